//! Use cases that need more than one part: a register, a mail server, a place for backups, data of surveys.

mod letters;
mod schedule;
mod survey;
mod witness;
