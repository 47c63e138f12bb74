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
