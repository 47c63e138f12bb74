//! People by cell: where each cell stands, how many live in it, and how many of each group.

use super::{Refused, Table, place_of};
use crate::error::StreetsError;
use std::{fs::File, path::Path};

/// People of one kind, by cell.
#[derive(Debug, Clone, PartialEq)]
pub struct PopulationGroup {
    /// The column: `pop` for all, `pop_female` and the like.
    pub name: String,
    /// People of each cell; `None` where unknown: the cell leaves numerator and denominator.
    pub people: Vec<Option<f64>>,
}

/// Cells with people.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Population {
    /// What each cell is called.
    pub ids: Vec<String>,
    /// Longitude and latitude of each cell's centre in degrees.
    pub places: Vec<[f64; 2]>,
    /// All people first, then the groups in the order of the file.
    pub groups: Vec<PopulationGroup>,
    /// Rows that were left out.
    pub refused: Vec<Refused>,
    /// The line of each cell in its file.
    pub(crate) lines: Vec<u64>,
}

impl Population {
    /// Reads a table with the columns `lon`, `lat`, `pop`, perhaps `id`, and any number of `pop_…`. Rows whose place is not on
    /// Earth, or with a number of people that is none or below 0, are refused and named.
    pub fn read(path: &Path) -> Result<Self, StreetsError> {
        let file = File::open(path).map_err(|e| StreetsError::io(path, e))?;
        let mut table = Table::open(&path.display().to_string(), file)?;
        let (lon, lat) = (table.column("lon")?, table.column("lat")?);
        table.column("pop")?;
        let names = table.headers().iter().filter(|name| *name != "pop" && name.starts_with("pop_"));
        let names: Vec<String> = ["pop".to_owned()].into_iter().chain(names.cloned()).collect();
        let columns = names.iter().map(|name| table.column(name)).collect::<Result<Vec<_>, _>>()?;
        let groups = names.into_iter().map(|name| PopulationGroup { name, people: Vec::new() }).collect();
        let mut population = Self { groups, ..Self::default() };
        let mut row = Vec::with_capacity(columns.len());
        while table.advance()? {
            let name = table.name();
            let place = match place_of(&table, lon, lat) {
                Ok(place) => place,
                Err(why) => {
                    population.refused.push(table.refuse(&name, why));
                    continue;
                }
            };
            row.clear();
            for (column, group) in columns.iter().zip(&population.groups) {
                row.push(match table.number(*column) {
                    _ if table.bytes(*column).is_empty() => Ok(None),
                    Some(people) if people.is_finite() && people >= 0.0 => Ok(Some(people)),
                    _ => Err(format!("{} is `{}`; a number from 0 up is needed", group.name, table.text(*column))),
                });
            }
            if let Some(Err(why)) = row.iter().find(|people| people.is_err()) {
                population.refused.push(table.refuse(&name, why.clone()));
                continue;
            }
            population.lines.push(table.line());
            population.ids.push(name);
            population.places.push(place);
            for (group, people) in population.groups.iter_mut().zip(row.drain(..)) {
                group.people.push(people.unwrap_or_default());
            }
        }
        Ok(population)
    }

    /// Leaves out cells; `why` says of a place why it cannot be used, or nothing.
    pub(crate) fn refuse_places(&mut self, file: &str, why: impl Fn([f64; 2]) -> Option<String>) {
        let mut stays = Vec::with_capacity(self.len());
        for ((place, id), line) in self.places.iter().zip(&self.ids).zip(&self.lines) {
            let why = why(*place);
            stays.push(why.is_none());
            let refused = why.map(|why| Refused { file: file.into(), line: *line, id: id.clone(), why });
            self.refused.extend(refused);
        }
        if !stays.contains(&false) {
            return;
        }
        keep(&mut self.ids, &stays);
        keep(&mut self.places, &stays);
        keep(&mut self.lines, &stays);
        self.groups.iter_mut().for_each(|group| keep(&mut group.people, &stays));
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are no cells.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// All people whose number is known.
    pub fn total(&self) -> f64 {
        self.groups.first().map_or(0.0, |all| all.people.iter().flatten().sum())
    }
}

fn keep<T>(list: &mut Vec<T>, stays: &[bool]) {
    let mut stays = stays.iter();
    list.retain(|_| stays.next().copied().unwrap_or(true));
}
