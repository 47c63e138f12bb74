//! The log on real SQLite files.

mod disk;
mod laws;
mod support;
