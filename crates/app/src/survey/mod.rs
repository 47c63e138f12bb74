//! Questions about surveys: files of cases, each with its data, its design and what is estimated.

mod cases;
mod data;
mod describe;

pub use cases::estimate_cases;
pub(crate) use data::{joined as joined_tables, read_file};
pub use describe::{Collecting, describe_microdata};
