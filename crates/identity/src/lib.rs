//! Who somebody is, as far as it can be computed: passwords, one-time codes, recovery codes, secrets, and how long a
//! sign-in has to wait.
//!
//! Everything is a function of its arguments. Random bytes come from the caller, who takes them from the operating
//! system; instants come as seconds since 1970. What must be kept, and where, is the caller's business; nothing here
//! is to be logged.
//!
//! Invariant: no clock, no randomness, no I/O, and no secret in any `Debug` output.

mod patterns;

pub mod password;
pub mod qr;
pub mod recovery;
pub mod throttle;
pub mod token;
pub mod totp;
