//! The crate from outside: shared cases against expected values, small cases by hand, damaged files.

mod chosen;
mod damage;
mod exercise;
mod golden;
mod laws;
mod small_cases;
mod support;
mod tagged;
mod timetables;
