//! Periods: `2016`, `2016-S1`, `2016-Q2`, `2016-03`, and spans of years `2014/2015`.

use std::fmt;

use jiff::civil::{Date, date};

/// A span of whole months. Ordered by start, then by end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// First month, counted as `year * 12 + (month - 1)`.
    start: i32,
    /// Month after the last one, counted the same way.
    end: i32,
}

/// The usual lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grain {
    /// One month.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// Six months from January or July.
    HalfYear,
    /// A calendar year.
    Year,
    /// Several whole years or any other span.
    Span,
}

impl Period {
    /// The calendar year.
    pub const fn year(year: i16) -> Self {
        Period { start: year as i32 * 12, end: (year as i32 + 1) * 12 }
    }
    /// The years from `first` to `last`, both included.
    pub const fn years(first: i16, last: i16) -> Self {
        Period { start: first as i32 * 12, end: (last as i32 + 1) * 12 }
    }
    /// Reads `2016`, `2016-S1`, `2016-Q2`, `2016-03` or `2014/2015` (years only). Years 1000 to 2999.
    pub fn parse(text: &str) -> Option<Self> {
        let year_of = |t: &str| -> Option<i16> {
            (t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit()))
                .then(|| t.parse().ok())
                .flatten()
                .filter(|y| (1000..3000).contains(y))
        };
        if let Some((a, b)) = text.split_once('/') {
            let (a, b) = (year_of(a)?, year_of(b)?);
            return (a <= b).then(|| Period::years(a, b));
        }
        let Some((y, part)) = text.split_once('-') else { return year_of(text).map(Period::year) };
        let base = i32::from(year_of(y)?) * 12;
        let (offset, months) = match part {
            "S1" => (0, 6),
            "S2" => (6, 6),
            "Q1" => (0, 3),
            "Q2" => (3, 3),
            "Q3" => (6, 3),
            "Q4" => (9, 3),
            m if m.len() == 2 && m.bytes().all(|b| b.is_ascii_digit()) => {
                let m: i32 = m.parse().ok()?;
                ((1..=12).contains(&m).then_some(m - 1)?, 1)
            }
            _ => return None,
        };
        Some(Period { start: base + offset, end: base + offset + months })
    }
    /// The months from `first` to the one before `after`, both counted as `year * 12 + (month - 1)`; `None`
    /// when that is no month at all.
    pub fn of_months(first: i32, after: i32) -> Option<Self> {
        (first < after).then_some(Period { start: first, end: after })
    }
    /// First month, counted as `year * 12 + (month - 1)`.
    pub const fn first_month(self) -> i32 {
        self.start
    }
    /// Month after the last one, counted the same way.
    pub const fn month_after(self) -> i32 {
        self.end
    }
    /// First day.
    pub fn starts_on(self) -> Date {
        first_of(self.start)
    }
    /// Last day.
    pub fn ends_on(self) -> Date {
        first_of(self.end).yesterday().unwrap_or(Date::MAX)
    }
    /// The day in the middle, on which a stock or share measured over the period is placed.
    pub fn mid(self) -> Date {
        let (a, b) = (self.starts_on(), self.ends_on());
        let days = i64::from(a.until(b).map(|s| s.get_days()).unwrap_or(0));
        a.checked_add(jiff::Span::new().days(days / 2)).unwrap_or(a)
    }
    /// First calendar year.
    pub fn first_year(self) -> i16 {
        self.start.div_euclid(12) as i16
    }
    /// Last calendar year.
    pub fn last_year(self) -> i16 {
        (self.end - 1).div_euclid(12) as i16
    }
    /// Length in months.
    pub fn n_months(self) -> i32 {
        self.end - self.start
    }
    /// Which usual length it has.
    pub fn grain(self) -> Grain {
        let month = self.start.rem_euclid(12);
        match self.n_months() {
            1 => Grain::Month,
            3 if month % 3 == 0 => Grain::Quarter,
            6 if month % 6 == 0 => Grain::HalfYear,
            12 if month == 0 => Grain::Year,
            _ => Grain::Span,
        }
    }
    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Period) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Whether the two share a month.
    pub fn overlaps(self, other: Period) -> bool {
        self.start < other.end && other.start < self.end
    }
}

fn first_of(month: i32) -> Date {
    let year = month.div_euclid(12).clamp(-9999, 9999) as i16;
    date(year, month.rem_euclid(12) as i8 + 1, 1)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m) = (self.start.div_euclid(12), self.start.rem_euclid(12));
        match self.grain() {
            Grain::Month => write!(f, "{y:04}-{:02}", m + 1),
            Grain::Quarter => write!(f, "{y:04}-Q{}", m / 3 + 1),
            Grain::HalfYear => write!(f, "{y:04}-S{}", m / 6 + 1),
            Grain::Year => write!(f, "{y:04}"),
            Grain::Span => write!(f, "{y:04}/{:04}", (self.end - 1).div_euclid(12)),
        }
    }
}
impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_back_equal() {
        for text in ["2016", "2016-S1", "2016-S2", "2016-Q1", "2016-Q4", "2016-03", "2014/2015", "2008/2013"] {
            assert_eq!(Period::parse(text).map(|p| p.to_string()).as_deref(), Some(text));
        }
        for text in ["", "16", "2016-Q5", "2016-13", "2015/2014", "2016-3", "20166", "2016/", "０２０１"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_half_year_ends_in_june() {
        let period = Period::parse("2012-S1").expect("valid");
        assert_eq!(period.ends_on(), date(2012, 6, 30));
        assert!(Period::year(2012).contains(period));
    }
}
