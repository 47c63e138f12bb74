//! Sign-in at a real provider, and what happens when something on the way is not as it should be.

mod browser;
mod hostile;
mod signs_in;
