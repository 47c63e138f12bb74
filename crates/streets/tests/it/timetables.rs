//! Timetables: sound, empty, damaged.

use std::io::Write;
use streets::*;

const ROUTES: &str = "route_id,route_type\nbus,3\nmetro,1\ntaxi,1500\n";
const TRIPS: &str = "route_id,service_id,trip_id\nbus,wk,b1\nbus,wk,b2\nbus,we,b3\nmetro,wk,m1\ntaxi,wk,t1\n";
const STOPS: &str = "\u{feff}stop_id,stop_name,stop_lat,stop_lon\nA,\"Market, west\",0.0,10.0\nB,Hill,0.001,10.0\nC,Far,0.002,10.0\nD,Unserved,0.003,10.0\nE,Swapped,100,0\n";
const TIMES: &str = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n\
    b1,07:10:00,07:10:00,A,1\nb1,,,B,2\nb1,07:50:00,07:50:00,C,3\n\
    b2,08:10:00,08:10:00,A,1\nb2,12:00:00,12:00:00,B,2\nb3,07:30:00,07:30:00,A,1\n\
    m1,07:00:00,07:00:00,A,1\nt1,07:00:00,07:00:00,D,1\nghost,07:00:00,07:00:00,A,1\nb1,09:00:00,09:00:00,Z,9\n";
const CALENDAR: &str = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n\
    wk,1,1,1,1,1,0,0,20240101,20240131\nwe,0,0,0,0,0,1,1,20240101,20240131\n";

fn feed(tables: &[(&str, &str)]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let mut zip = zip::ZipWriter::new(file.reopen().expect("a file"));
    for (name, text) in tables {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a table");
        zip.write_all(text.as_bytes()).expect("a table");
    }
    zip.finish().expect("a zip");
    file
}

fn read(tables: &[(&str, &str)], rule: Option<&FrequencyRule>) -> Result<Timetable, StreetsError> {
    read_gtfs(feed(tables).path(), &RouteTypes::of_method(), rule, &unwatched)
}

const SOUND: [(&str, &str); 4] =
    [("routes.txt", ROUTES), ("trips.txt", TRIPS), ("stops.txt", STOPS), ("stop_times.txt", TIMES)];

#[test]
fn served_stops_and_their_capacity() {
    let timetable = read(&SOUND, None).expect("sound");
    let told: Vec<(&str, Capacity)> = timetable.stops.iter().map(|stop| (stop.id.as_str(), stop.capacity)).collect();
    assert_eq!(told, [("A", Capacity::Low), ("A", Capacity::High), ("B", Capacity::Low), ("C", Capacity::Low)]);
    let counts = timetable.counts;
    assert_eq!((counts.stops_txt_rows, counts.served, counts.low, counts.high, counts.both), (5, 3, 3, 1, 1));
    assert_eq!((counts.routes_dropped, counts.calls_dropped), (1, 2));
    assert_eq!(timetable.refused.len(), 1, "E lies beyond the pole");
    // The choice of classes is the caller's.
    let metro_is_low = RouteTypes { low: vec![[1, 3]], high: vec![] };
    let other = read_gtfs(feed(&SOUND).path(), &metro_is_low, None, &unwatched).expect("sound");
    assert_eq!((other.counts.low, other.counts.high), (3, 0));
}

/// A table at the root comes before one that was left in a folder below.
#[test]
fn the_table_nearest_to_the_root_is_read() {
    let old = ("old/routes.txt", "route_id,route_type\nbus,1500\nmetro,1500\n");
    let mixed: Vec<(&str, &str)> = [old].into_iter().chain(SOUND).collect();
    let counts = |tables: &[(&str, &str)]| read(tables, None).expect("sound").counts;
    assert_eq!(counts(&mixed), counts(&SOUND));
    let within = SOUND.map(|(name, text)| (format!("feed/{name}"), text));
    let within: Vec<(&str, &str)> = within.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    assert_eq!(counts(&within), counts(&SOUND));
}

#[test]
fn stops_where_people_wait_too_long() {
    // On a working day A has two buses in the peak, at 7:10 and 8:10: half of 60 minutes.
    let rule = |most_minutes| FrequencyRule { most_minutes, ..FrequencyRule::of_method() };
    let with_calendar = [&SOUND[..], &[("calendar.txt", CALENDAR)]].concat();
    let strict = read(&with_calendar, Some(&rule(20.0))).expect("sound");
    assert_eq!((strict.stops.len(), strict.counts.too_rare), (0, 4));
    let easy = read(&with_calendar, Some(&rule(30.0))).expect("sound");
    assert_eq!(easy.stops.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["A"]);
    // Monday 1 January 2024.
    assert_eq!(easy.frequency_day, Some(19723));
    // B's time is open: half way between 7:10 and 7:50; one bus, 60 minutes.
    // Nobody boards where a trip ends: at C, and where the metro calls once.
    let slow = read(&with_calendar, Some(&rule(60.0))).expect("sound");
    assert_eq!(slow.stops.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    // Without a calendar nothing runs on any day.
    let never = read(&SOUND, Some(&rule(60.0))).expect("sound");
    assert_eq!((never.stops.len(), never.frequency_day), (0, None));
}

#[test]
fn empty_feeds_are_empty_timetables() {
    let bare = [
        ("routes.txt", "route_id,route_type\n"),
        ("trips.txt", "route_id,service_id,trip_id\n"),
        ("stops.txt", "stop_id,stop_lat,stop_lon\n"),
        ("stop_times.txt", "trip_id,stop_id\n"),
    ];
    assert_eq!(read(&bare, None).expect("empty"), Timetable::default());
    let blank = bare.map(|(name, _)| (name, ""));
    assert_eq!(read(&blank, None).expect("empty"), Timetable::default());
}

#[test]
fn feeds_that_are_damaged() {
    for missing in 0..4 {
        let mut tables = SOUND.to_vec();
        let (name, _) = tables.remove(missing);
        let error = read(&tables, None).expect_err("a table is missing").to_string();
        assert!(error.contains(name) && error.contains("missing"), "{error}");
    }
    let mut columns = SOUND.to_vec();
    columns[2].1 = "stop_id,lat,lon\n";
    let error = read(&columns, None).expect_err("a column is missing").to_string();
    assert!(error.contains("stop_lat") && error.contains("stops.txt"), "{error}");

    let sound = std::fs::read(feed(&SOUND).path()).expect("bytes");
    let file = tempfile::NamedTempFile::new().expect("a file");
    for at in 0..sound.len() {
        std::fs::write(file.path(), &sound[..at]).expect("a file");
        assert!(read_gtfs(file.path(), &RouteTypes::of_method(), None, &unwatched).is_err(), "cut at {at}");
        let mut changed = sound.clone();
        changed[at] ^= 0xff;
        std::fs::write(file.path(), &changed).expect("a file");
        let _ = read_gtfs(file.path(), &RouteTypes::of_method(), Some(&FrequencyRule::of_method()), &unwatched);
    }
}
