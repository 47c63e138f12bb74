//! Writing: rows are sorted by their natural key, cut into row groups and encoded in parallel.

mod columns;
mod encode;
mod hybrid;
mod pages;

use jiff::civil::{Date, date};

pub(crate) use encode::Encoder;

/// Days since 1970-01-01.
pub(super) fn day_number(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The day of a number of days since 1970-01-01; `None` outside of the calendar.
pub(crate) fn day_of(days: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
