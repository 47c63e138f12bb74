//! Use cases that need more than one part: a register, a mail server.

mod letters;
mod witness;
