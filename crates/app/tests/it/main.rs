//! Use cases that need more than one part: a register, a mail server, a place for backups.

mod letters;
mod schedule;
mod witness;
