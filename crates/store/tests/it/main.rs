//! The log on real SQLite files and on a real PostgreSQL server.

mod backup;
mod beside;
mod disk;
mod laws;
mod migrations;
mod pieces;
mod support;
