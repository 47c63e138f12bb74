//! Questions about surveys: files of cases, each with its data, its design and what is estimated.

mod cases;
mod data;
mod describe;

pub use cases::estimate_cases;
pub use describe::describe_microdata;
