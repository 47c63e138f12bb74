//! Stops of public transport in CSV: one row for each stop and capacity.

use super::{Refused, Table, place_of};
use crate::error::StreetsError;
use serde::{Deserialize, Serialize};
use std::{fs::File, path::Path};

/// How much a system carries, which decides how far people walk to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// Bus, bus rapid transit, tram, paratransit: within 500 m.
    Low,
    /// Train, metro, ferry: within 1 000 m.
    High,
}

/// A stop.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// What it is called in its source.
    pub id: String,
    /// Longitude and latitude in degrees.
    pub place: [f64; 2],
    /// Its capacity.
    pub capacity: Capacity,
    /// Its line in a table, from 1 with the header; 0 where the source has no lines.
    pub line: u64,
}

/// Stops of one source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StopTable {
    /// The stops, in the order of the source.
    pub stops: Vec<Stop>,
    /// Rows that were left out.
    pub refused: Vec<Refused>,
}

/// Reads a table with the columns `stop_id` (or `id`), `lon`, `lat` and `capacity` (`low` or `high`). Rows whose place
/// is not on Earth, or with another capacity, are refused and named.
pub fn read_stops(path: &Path) -> Result<StopTable, StreetsError> {
    let file = File::open(path).map_err(|e| StreetsError::io(path, e))?;
    let mut table = Table::open(&path.display().to_string(), file)?;
    let id = table.optional("stop_id").or_else(|| table.optional("id")).map_or_else(|| table.column("stop_id"), Ok)?;
    let (lon, lat, capacity) = (table.column("lon")?, table.column("lat")?, table.column("capacity")?);
    let mut stops = StopTable::default();
    while table.advance()? {
        let name = table.text(id).into_owned();
        let kind = match table.bytes(capacity) {
            b"low" => Ok(Capacity::Low),
            b"high" => Ok(Capacity::High),
            _ => Err(format!("capacity is `{}`; `low` or `high` is expected", table.text(capacity))),
        };
        match place_of(&table, lon, lat).and_then(|place| kind.map(|kind| (place, kind))) {
            Ok((place, capacity)) => stops.stops.push(Stop { id: name, place, capacity, line: table.line() }),
            Err(why) => stops.refused.push(table.refuse(&name, why)),
        }
    }
    Ok(stops)
}
