//! Timetables (GTFS): which stops are served, and by what.

mod calendar;
mod feed;
mod frequency;
mod route_types;

pub(crate) use calendar::{date_of_day, is_date};
pub use feed::{GtfsCounts, Timetable, read_gtfs};
pub use frequency::FrequencyRule;
pub use route_types::RouteTypes;
