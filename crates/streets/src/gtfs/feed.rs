//! Reads a feed: a zip of tables, each streamed, none trusted.

use super::{
    calendar::{Day, Service},
    frequency::{Call, FrequencyRule, Repeated, busiest_day, departures, span},
    route_types::RouteTypes,
};
use crate::{
    error::StreetsError,
    progress::{Progress, Stage, tell},
    tables::{Capacity, Column, Refused, Stop, Table, place_of},
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};
use zip::{ZipArchive, result::ZipError};

/// Bytes of one table that are read, unpacked: a whole country's stop times have two or three thousand million.
const TABLE_LIMIT: u64 = 8 << 30;
/// Trips, stops, services, routes that are held, each.
const ROWS_LIMIT: usize = 20_000_000;

/// What a feed holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct GtfsCounts {
    /// Rows of `stops.txt`.
    pub stops_txt_rows: u64,
    /// Stops that a trip serves, of a kind that counts.
    pub served: u64,
    /// Served by low capacity (those of both included).
    pub low: u64,
    /// Served by high capacity (those of both included).
    pub high: u64,
    /// Served by both.
    pub both: u64,
    /// Routes of kinds that do not count.
    pub routes_dropped: u64,
    /// Calls at stops, or of trips, that the feed does not have.
    pub calls_dropped: u64,
    /// Stops, by capacity, left out because people wait too long; 0 without a rule.
    pub too_rare: u64,
}

/// Stops of a feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timetable {
    /// One for each served stop and capacity, in the order of `stops.txt`, low before high.
    pub stops: Vec<Stop>,
    /// Counts.
    pub counts: GtfsCounts,
    /// The day that the rule of frequency looked at, days since 1970-01-01; `None` without a rule or a day.
    pub frequency_day: Option<i32>,
    /// First and last day of the calendar, where a day was asked for on which nothing runs.
    pub nothing_runs: Option<[i32; 2]>,
    /// Rows that were left out.
    pub refused: Vec<Refused>,
}

/// A trip.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trip {
    pub capacity: Option<Capacity>,
    pub service: u32,
}

/// Reads the stops of a feed that trips serve. A stop has the capacities of the routes of those trips; without any such
/// trip it is none. Empty tables give an empty timetable.
///
/// Errors: [`StreetsError::Gtfs`] when the file is no zip, a table is missing, or larger than 8 GiB;
/// [`StreetsError::NoColumn`], [`StreetsError::Csv`] with the table.
pub fn read_gtfs(
    path: &Path,
    types: &RouteTypes,
    rule: Option<&FrequencyRule>,
    progress: Progress<'_>,
) -> Result<Timetable, StreetsError> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|e| StreetsError::io(path, e))?;
    let wrong = |why: String| StreetsError::Gtfs { file: name.clone(), why };
    let archive = ZipArchive::new(BufReader::new(file)).map_err(|e| wrong(format!("is no zip of a timetable: {e}")))?;
    let mut feed = Feed { name, archive, progress };

    let mut timetable = Timetable::default();
    let mut routes: FxHashMap<Vec<u8>, Option<Capacity>> = FxHashMap::default();
    feed.each("routes.txt", true, ["route_id", "route_type"], [], |table, [id, kind], _| {
        let kind = std::str::from_utf8(table.bytes(kind)).ok().and_then(|kind| kind.parse().ok());
        let capacity = kind.and_then(|kind| types.capacity(kind));
        timetable.counts.routes_dropped += u64::from(capacity.is_none());
        routes.insert(table.bytes(id).to_vec(), capacity);
        Ok(routes.len())
    })?;

    let (mut services, mut trip_numbers) = (Numbers::default(), Numbers::default());
    let mut trips: Vec<Trip> = Vec::new();
    feed.each("trips.txt", true, ["trip_id", "route_id"], ["service_id"], |table, [id, route], [service]| {
        let capacity = routes.get(table.bytes(route)).copied().flatten();
        let service = services.of(service.map_or(&[], |at| table.bytes(at)));
        if trip_numbers.of(table.bytes(id)) as usize == trips.len() {
            trips.push(Trip { capacity, service });
        }
        Ok(trips.len())
    })?;

    let mut stop_numbers = Numbers::default();
    let mut places: Vec<Option<(String, [f64; 2], u64)>> = Vec::new();
    feed.each("stops.txt", true, ["stop_id", "stop_lat", "stop_lon"], [], |table, [id, lat, lon], _| {
        timetable.counts.stops_txt_rows += 1;
        let name = table.text(id).into_owned();
        if stop_numbers.of(table.bytes(id)) as usize == places.len() {
            places.push(match place_of(table, lon, lat) {
                Ok(place) => Some((name, place, table.line())),
                Err(why) => {
                    timetable.refused.push(table.refuse(&name, why));
                    None
                }
            });
        }
        Ok(places.len())
    })?;

    let plan = match rule {
        Some(rule) => Some(feed.plan(rule, &mut services, &trips, &trip_numbers)?),
        None => None,
    };
    let mut served: FxHashSet<(u32, Capacity)> = FxHashSet::default();
    let mut calls: Vec<Call> = Vec::new();
    let optional = ["stop_sequence", "departure_time", "arrival_time", "pickup_type"];
    feed.each(
        "stop_times.txt",
        true,
        ["trip_id", "stop_id"],
        optional,
        |table, [trip, stop], [sequence, departs, arrives, pickup]| {
            let (Some(trip), Some(stop)) = (trip_numbers.get(table.bytes(trip)), stop_numbers.get(table.bytes(stop)))
            else {
                timetable.counts.calls_dropped += 1;
                return Ok(0);
            };
            let Some(Trip { capacity: Some(capacity), service }) = trips.get(trip as usize).copied() else {
                return Ok(0);
            };
            served.insert((stop, capacity));
            if plan.as_ref().is_some_and(|plan| plan.active.get(service as usize).copied().unwrap_or_default()) {
                let second = |at: Option<Column>| at.and_then(|at| seconds(table.bytes(at)));
                let sequence = sequence.and_then(|at| table.number(at)).unwrap_or_default() as u32;
                // 1: nobody is taken up.
                let takes_up = pickup.is_none_or(|at| table.bytes(at) != b"1");
                let departs_s = second(departs).or_else(|| second(arrives));
                calls.push(Call { trip, sequence, stop, departs_s, takes_up });
            }
            // Calls are as many as a network has; their limit is that of memory for a country's.
            Ok(calls.len() / 3)
        },
    )?;

    let frequent = plan.as_ref().zip(rule).map(|(plan, rule)| {
        timetable.frequency_day = plan.day.map(|day| day.0);
        timetable.nothing_runs = plan.nothing_runs;
        (rule, departures(rule, calls, &trips, &plan.repeated))
    });
    for (number, place) in places.into_iter().enumerate() {
        let number = number as u32;
        let Some((id, place, line)) = place else { continue };
        let kinds = [Capacity::Low, Capacity::High].map(|kind| served.contains(&(number, kind)).then_some(kind));
        let counts = &mut timetable.counts;
        counts.served += u64::from(kinds != [None, None]);
        counts.low += u64::from(kinds[0].is_some());
        counts.high += u64::from(kinds[1].is_some());
        counts.both += u64::from(kinds[0].is_some() && kinds[1].is_some());
        for capacity in kinds.into_iter().flatten() {
            let rare = frequent.as_ref().is_some_and(|(rule, departures)| {
                !rule.is_met(departures.get(&(number, capacity)).copied().unwrap_or_default())
            });
            if rare {
                counts.too_rare += 1;
            } else {
                timetable.stops.push(Stop { id: id.clone(), place, capacity, line });
            }
        }
    }
    Ok(timetable)
}

/// What the rule of frequency needs besides the calls.
struct Plan {
    day: Option<Day>,
    /// First and last day of the calendar, where a day was asked for on which nothing runs.
    nothing_runs: Option<[i32; 2]>,
    active: Vec<bool>,
    repeated: FxHashMap<u32, Vec<Repeated>>,
}

/// Numbers for names, in the order that they are met.
#[derive(Default)]
struct Numbers(FxHashMap<Vec<u8>, u32>);

impl Numbers {
    fn of(&mut self, name: &[u8]) -> u32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        let number = self.0.len() as u32;
        self.0.insert(name.to_vec(), number);
        number
    }

    fn get(&self, name: &[u8]) -> Option<u32> {
        self.0.get(name).copied()
    }
}

/// A time of day in seconds; hours go beyond 24 after midnight.
fn seconds(text: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(text).ok()?;
    let mut parts = text.split(':').map(|part| part.trim().parse::<u32>().ok());
    match (parts.next()??, parts.next()??, parts.next()??, parts.next()) {
        (hours @ 0..=240, minutes @ 0..=59, seconds @ 0..=59, None) => Some(hours * 3600 + minutes * 60 + seconds),
        _ => None,
    }
}

struct Feed<'p> {
    name: String,
    archive: ZipArchive<BufReader<File>>,
    progress: Progress<'p>,
}

impl Feed<'_> {
    /// Gives each row of a table to a function, which answers how much it holds by now.
    fn each<const N: usize, const M: usize>(
        &mut self,
        table: &str,
        needed: bool,
        columns: [&str; N],
        optional: [&str; M],
        mut each: impl FnMut(&Table<&mut dyn Read>, [Column; N], [Option<Column>; M]) -> Result<usize, StreetsError>,
    ) -> Result<(), StreetsError> {
        let file = format!("{}, {table}", self.name);
        let wrong = |why: String| StreetsError::Gtfs { file: file.clone(), why };
        // Some feeds are zipped with their folder; a table nearer to the root comes before an older one that was left below it.
        let inside = format!("/{table}");
        let depth = |at: usize| match self.archive.name_for_index(at) {
            Some(Ok(name)) if name == table || name.ends_with(&inside) => Some(name.matches('/').count()),
            _ => None,
        };
        let at = (0..self.archive.len()).filter_map(|at| Some((depth(at)?, at))).min().map(|(_, at)| at);
        let Some(at) = at else {
            return if needed { Err(wrong("the table is missing".into())) } else { Ok(()) };
        };
        let entry = self.archive.by_index(at).map_err(|e: ZipError| wrong(format!("cannot be unpacked: {e}")))?;
        if entry.size() > TABLE_LIMIT {
            return Err(wrong(format!("has {} bytes, at most {TABLE_LIMIT} are read", entry.size())));
        }
        // The size may be a lie.
        let mut entry = entry.take(TABLE_LIMIT + 1);
        let from: &mut dyn Read = &mut entry;
        let mut rows = Table::open(&file, from)?;
        let is_empty = rows.headers().iter().all(String::is_empty);
        if is_empty {
            return Ok(());
        }
        let mut found = [Column::default(); N];
        for (slot, name) in found.iter_mut().zip(columns) {
            *slot = rows.column(name)?;
        }
        let optional = optional.map(|name| rows.optional(name));
        let mut n_rows = 0u64;
        while rows.advance()? {
            n_rows += 1;
            if n_rows.is_multiple_of(1 << 16) {
                tell(self.progress, Stage::Tables, 0, 0)?;
            }
            if each(&rows, found, optional)? > ROWS_LIMIT {
                return Err(wrong(format!("has more than {ROWS_LIMIT} rows; cut the feed to the city")));
            }
        }
        drop(rows);
        if entry.limit() == 0 {
            return Err(wrong(format!("has more than {TABLE_LIMIT} bytes")));
        }
        Ok(())
    }

    /// Reads on which day to look, which services run on it, and which trips are repeated.
    fn plan(
        &mut self,
        rule: &FrequencyRule,
        services: &mut Numbers,
        trips: &[Trip],
        trip_numbers: &Numbers,
    ) -> Result<Plan, StreetsError> {
        let mut runs: Vec<Service> = vec![Service::default(); services.0.len()];
        let day_of =
            |table: &Table<&mut dyn Read>, at: Column| table.number(at).and_then(|date| Day::of_date(date as u32));
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        self.each(
            "calendar.txt",
            false,
            ["service_id", "start_date", "end_date"],
            days,
            |table, [id, start, end], week| {
                let service = services.get(table.bytes(id)).and_then(|number| runs.get_mut(number as usize));
                if let (Some(service), Some(first), Some(last)) = (service, day_of(table, start), day_of(table, end)) {
                    service.weekly = Some((first, last, week.map(|at| at.is_some_and(|at| table.bytes(at) == b"1"))));
                }
                Ok(0)
            },
        )?;
        let mut n_exceptions = 0;
        self.each(
            "calendar_dates.txt",
            false,
            ["service_id", "date", "exception_type"],
            [],
            |table, [id, date, kind], []| {
                let service = services.get(table.bytes(id)).and_then(|number| runs.get_mut(number as usize));
                if let (Some(service), Some(day)) = (service, day_of(table, date)) {
                    n_exceptions += 1;
                    match table.bytes(kind) {
                        b"1" => service.added.push(day),
                        b"2" => service.removed.push(day),
                        _ => {}
                    }
                }
                Ok(n_exceptions)
            },
        )?;
        let mut repeated: FxHashMap<u32, Vec<Repeated>> = FxHashMap::default();
        let mut n_repeated = 0;
        let columns = ["trip_id", "start_time", "end_time", "headway_secs"];
        self.each("frequencies.txt", false, columns, [], |table, [trip, start, end, headway], []| {
            let span = (seconds(table.bytes(start)), seconds(table.bytes(end)), table.number(headway));
            if let (Some(trip), (Some(from_s), Some(to_s), Some(headway))) = (trip_numbers.get(table.bytes(trip)), span)
            {
                n_repeated += 1;
                repeated.entry(trip).or_default().push(Repeated { from_s, to_s, headway_s: headway as u32 });
            }
            Ok(n_repeated)
        })?;
        let mut n_trips = vec![0; runs.len()];
        for trip in trips.iter().filter(|trip| trip.capacity.is_some()) {
            if let Some(n) = n_trips.get_mut(trip.service as usize) {
                *n += 1;
            }
        }
        let day = rule.date.map_or_else(|| busiest_day(&runs, &n_trips), Day::of_date);
        let active: Vec<bool> = runs.iter().map(|service| day.is_some_and(|day| service.runs_on(day))).collect();
        let is_idle = rule.date.is_some() && !active.iter().zip(&n_trips).any(|(runs, n)| *runs && *n > 0);
        let nothing_runs = span(&runs).filter(|_| is_idle).map(|(first, last)| [first.0, last.0]);
        Ok(Plan { day, nothing_runs, active, repeated })
    }
}
