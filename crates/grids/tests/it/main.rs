//! Grids against golden results, worked examples and laws.

mod degurba_golden;
mod shared;
