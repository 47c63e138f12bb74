//! How long people wait: departures in the peak of one day, stop by stop.

use super::{
    calendar::{Day, Service},
    feed::Trip,
};
use rustc_hash::FxHashMap;

/// Keep only stops where people wait on average no longer than this in the peak. Reported apart, never silently.
///
/// The average wait is half the mean headway: window / (2 × departures of all lines of one capacity at the stop).
/// Source: the secondary criteria of the metadata of SDG 11.2.1 (20 minutes in the peak, as its experts suggest).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrequencyRule {
    /// Begin of the peak, seconds after midnight.
    pub from_s: u32,
    /// End of the peak, seconds after midnight.
    pub to_s: u32,
    /// Longest average wait in minutes.
    pub most_minutes: f64,
    /// The day as `YYYYMMDD`; `None`: the day from Monday to Friday with most trips, the first of equals.
    pub date: Option<u32>,
}

impl FrequencyRule {
    /// 20 minutes between seven and nine on the busiest working day.
    pub fn of_method() -> Self {
        Self { from_s: 7 * 3600, to_s: 9 * 3600, most_minutes: 20.0, date: None }
    }

    /// Whether so many departures are enough.
    pub(super) fn is_met(&self, departures: u32) -> bool {
        let window = f64::from(self.to_s.saturating_sub(self.from_s)) / 60.0;
        departures > 0 && window / (2.0 * f64::from(departures)) <= self.most_minutes
    }
}

/// Days that a timetable may span to be searched for the busiest.
const DAYS_LIMIT: i32 = 3 * 366;

/// First and last day of a calendar; `None` of an empty one.
pub(super) fn span(services: &[Service]) -> Option<(Day, Day)> {
    let days = services.iter().flat_map(|service| {
        let weekly = service.weekly.map(|(first, last, _)| [first, last]);
        weekly.into_iter().flatten().chain(service.added.iter().copied())
    });
    let (first, last) = days.fold((None, None), |(first, last): (Option<Day>, Option<Day>), day| {
        (Some(first.map_or(day, |f| f.min(day))), Some(last.map_or(day, |l| l.max(day))))
    });
    Some((first?, last?))
}

/// The working day with most trips; `None` when nothing runs on any.
pub(super) fn busiest_day(services: &[Service], n_trips: &[u32]) -> Option<Day> {
    let (first, last) = span(services)?;
    let mut best = None;
    for day in (first.0..=last.0.min(first.0.saturating_add(DAYS_LIMIT))).map(Day).filter(|day| day.weekday() < 5) {
        let trips: u64 = services
            .iter()
            .zip(n_trips)
            .filter(|(service, n)| **n > 0 && service.runs_on(day))
            .map(|(_, n)| u64::from(*n))
            .sum();
        if trips > 0 && best.is_none_or(|(most, _)| trips > most) {
            best = Some((trips, day));
        }
    }
    best.map(|(_, day)| day)
}

/// One call of a trip at a stop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub trip: u32,
    pub sequence: u32,
    pub stop: u32,
    /// Seconds after midnight; `None` where the timetable leaves it open.
    pub departs_s: Option<u32>,
    /// Whether people can board.
    pub takes_up: bool,
}

/// A trip that is repeated: first, last second of the span and the headway.
#[derive(Debug, Clone, Copy)]
pub(super) struct Repeated {
    pub from_s: u32,
    pub to_s: u32,
    pub headway_s: u32,
}

/// Departures in the peak at each stop and capacity. Times left open lie evenly between those given.
pub(super) fn departures(
    rule: &FrequencyRule,
    mut calls: Vec<Call>,
    trips: &[Trip],
    repeated: &FxHashMap<u32, Vec<Repeated>>,
) -> FxHashMap<(u32, crate::tables::Capacity), u32> {
    calls.sort_by_key(|call| (call.trip, call.sequence));
    let mut counts = FxHashMap::default();
    for of_trip in calls.chunk_by(|a, b| a.trip == b.trip) {
        let Some(head) = of_trip.first() else { continue };
        let Some(capacity) = trips.get(head.trip as usize).and_then(|trip| trip.capacity) else { continue };
        let times = filled(of_trip);
        let start_s = times.iter().flatten().next().copied().unwrap_or_default();
        // Nobody boards where a trip ends, or where it only sets down.
        let boards = of_trip.iter().zip(&times).take(of_trip.len() - 1).filter(|(call, _)| call.takes_up);
        for (call, time) in boards {
            let Some(time) = *time else { continue };
            let n = match repeated.get(&head.trip) {
                None => u32::from(time >= f64::from(rule.from_s) && time < f64::from(rule.to_s)),
                Some(spans) => spans.iter().map(|span| repeats(rule, span, time - start_s)).sum(),
            };
            if n > 0 {
                let count: &mut u32 = counts.entry((call.stop, capacity)).or_default();
                *count = count.saturating_add(n);
            }
        }
    }
    counts
}

/// How often a repeated trip leaves a stop in the peak, `after_s` seconds after its start.
fn repeats(rule: &FrequencyRule, span: &Repeated, after_s: f64) -> u32 {
    if span.headway_s == 0 || span.to_s <= span.from_s {
        return 0;
    }
    let (from_s, headway_s) = (f64::from(span.from_s) + after_s, f64::from(span.headway_s));
    let runs = f64::from(span.to_s - span.from_s) / headway_s;
    // Starts 0, 1, … below `runs`; those with from_s + i·headway in the peak.
    let low = ((f64::from(rule.from_s) - from_s) / headway_s).ceil().max(0.0);
    let high = ((f64::from(rule.to_s) - from_s) / headway_s).ceil().min(runs.ceil());
    // Casting stops at 0.
    (high - low) as u32
}

/// Times of a trip, the open ones in proportion to the number of stops between those given.
fn filled(calls: &[Call]) -> Vec<Option<f64>> {
    let mut times: Vec<Option<f64>> = calls.iter().map(|call| call.departs_s.map(f64::from)).collect();
    let known: Vec<usize> = (0..times.len()).filter(|i| times[*i].is_some()).collect();
    for pair in known.windows(2) {
        let [a, b] = [pair[0], pair[1]];
        if let (Some(start), Some(end)) = (times[a], times[b]) {
            for (i, time) in times.iter_mut().enumerate().take(b).skip(a + 1) {
                *time = Some(start + (end - start) * (i - a) as f64 / (b - a) as f64);
            }
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Capacity;

    #[test]
    fn waits_by_hand() {
        // Two hours, 20 minutes on average: every 40 minutes, three departures.
        let rule = FrequencyRule::of_method();
        assert!(!rule.is_met(2));
        assert!(rule.is_met(3));
        assert!(!rule.is_met(0));
    }

    #[test]
    fn departures_by_hand() {
        let call = |trip, sequence, stop, departs_s| Call { trip, sequence, stop, departs_s, takes_up: stop != 13 };
        let trips = vec![Trip { capacity: Some(Capacity::Low), service: 0 }; 2];
        // Trip 0 leaves at 6:30, 7:10 (open) and 7:50; trip 1 starts every 30 minutes from 6:00 to 8:00.
        let calls = vec![
            call(0, 3, 12, Some(7 * 3600 + 50 * 60)),
            call(0, 1, 10, Some(6 * 3600 + 30 * 60)),
            call(0, 2, 11, None),
            call(1, 1, 10, Some(0)),
            call(1, 2, 12, Some(50 * 60)),
            // The ends of both, and a stop where trip 1 only sets down.
            call(0, 4, 14, Some(8 * 3600)),
            call(1, 3, 13, Some(55 * 60)),
            call(1, 4, 14, Some(3600)),
        ];
        let repeated =
            [(1, vec![Repeated { from_s: 6 * 3600, to_s: 8 * 3600, headway_s: 1800 }])].into_iter().collect();
        let counts = departures(&FrequencyRule::of_method(), calls, &trips, &repeated);
        let at = |stop| counts.get(&(stop, Capacity::Low)).copied();
        // Stop 10: starts at 7:00 and 7:30. Stop 12: 7:50 of trip 0, and 7:20, 7:50, 8:20 of trip 1.
        assert_eq!((at(10), at(11), at(12)), (Some(2), Some(1), Some(4)));
        assert_eq!((at(13), at(14)), (None, None));
    }
}
