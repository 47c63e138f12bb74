//! On which days a service runs.

/// A day, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Day(pub i32);

impl Day {
    /// A day as `YYYYMMDD`; `None` when there is none of that name.
    pub fn of_date(date: u32) -> Option<Self> {
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if !(1900..=2200).contains(&year) || !(1..=last).contains(&day) {
            return None;
        }
        // Years that begin in March, in eras of 400: H. Hinnant, "chrono-compatible low-level date algorithms".
        let from_march = if month <= 2 { year - 1 } else { year };
        let (era, of_era) = (from_march / 400, from_march % 400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Some(Self((era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year) as i32 - 719_468))
    }

    /// 0 Monday to 6 Sunday.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7) as usize
    }
}

/// Whether there is a day of that name, `YYYYMMDD`.
pub(crate) fn is_date(date: u32) -> bool {
    Day::of_date(date).is_some()
}

/// A number of days since 1970 as `2024-01-01`.
///
/// Source: H. Hinnant, "chrono-compatible low-level date algorithms" (civil from days).
pub(crate) fn date_of_day(days: i32) -> String {
    let z = i64::from(days) + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// When one service runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Service {
    /// First and last day of its weekly plan and the days of the week, Monday first.
    pub weekly: Option<(Day, Day, [bool; 7])>,
    /// Days on which it runs besides.
    pub added: Vec<Day>,
    /// Days on which it does not run.
    pub removed: Vec<Day>,
}

impl Service {
    /// Whether it runs on a day.
    pub fn runs_on(&self, day: Day) -> bool {
        let weekly = self.weekly.is_some_and(|(first, last, week)| {
            (first..=last).contains(&day) && week.get(day.weekday()).copied().unwrap_or_default()
        });
        self.added.contains(&day) || (weekly && !self.removed.contains(&day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        assert_eq!([0, 19_723, 59, -1].map(date_of_day), ["1970-01-01", "2024-01-01", "1970-03-01", "1969-12-31"]);
        assert_eq!(date_of_day(19_782), "2024-02-29");
        assert_eq!(Day::of_date(20_240_229), Some(Day(19_782)));
    }

    #[test]
    fn days_by_hand() {
        for (date, day, weekday) in
            [(19700101, Some(0), 3), (19700301, Some(59), 6), (20000229, Some(11016), 1), (20240101, Some(19723), 0)]
        {
            assert_eq!(Day::of_date(date).map(|d| d.0), day, "{date}");
            assert_eq!(Day::of_date(date).map(Day::weekday), Some(weekday), "{date}");
        }
        for date in [0, 20230229, 20241301, 20240100, 20240431, u32::MAX] {
            assert_eq!(Day::of_date(date), None, "{date}");
        }
    }

    #[test]
    fn exceptions_win() {
        let day = |date| Day::of_date(date).expect("a date");
        let service = Service {
            weekly: Some((day(20240101), day(20240131), [true, true, true, true, true, false, false])),
            added: vec![day(20240106)],
            removed: vec![day(20240102)],
        };
        let runs: Vec<bool> = (20240101..=20240107).map(|date| service.runs_on(day(date))).collect();
        assert_eq!(runs, [true, false, true, true, true, true, false]);
        assert!(!service.runs_on(day(20240201)));
    }
}
