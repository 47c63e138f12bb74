//! Questions about surveys: files of cases, each with its data, its design and what is estimated.

mod cases;
mod data;

pub use cases::estimate_cases;
