//! Mail by SMTP: plain text in any script, to one person at a time.
//!
//! [`Postbox::open`] reads the administrator's settings and asks nobody; [`Postbox::send`] makes a connection, hands
//! one [`Letter`] over, and ends it. When it fails, [`PostError::again`] says whether trying again makes sense.
//! A letter whose hand-over was cut off may have arrived all the same, so trying again can deliver it twice; that is
//! better than not at all, and letters should bear it (a link that works once works once in both).
//!
//! Invariant: nothing here knows why a letter is sent; nothing of a letter can become a header of its own; a password
//! never goes over a network in the clear.

mod error;
mod letter;
mod postbox;
mod settings;

pub use error::{Again, PostError};
pub use letter::Letter;
pub use postbox::Postbox;
pub use settings::{PATIENCE, Settings};
