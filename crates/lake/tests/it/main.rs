//! The lake from outside: files in a folder, and answers that must equal the plain ones in memory.

mod answers;
mod arbitrary;
mod foreign;
mod segments;
