//! Distances of every cell, as a table.

use crate::{error::StreetsError, tables::Population};
use serde::Serialize;
use std::{io::Write, path::Path};

/// Distances of the cells of a case, metres; infinite where nothing is within the limit of the search.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CellTable {
    /// What each cell is called.
    pub ids: Vec<String>,
    /// Longitude and latitude of each cell's centre.
    pub places: Vec<[f64; 2]>,
    /// To the nearest stop of low capacity.
    pub low_m: Vec<f64>,
    /// To the nearest stop of high capacity.
    pub high_m: Vec<f64>,
    /// To the nearest open space; `None` in a case without any.
    pub open_space_m: Option<Vec<f64>>,
}

impl CellTable {
    pub(crate) fn of(population: &Population, low_m: Vec<f64>, high_m: Vec<f64>) -> Self {
        Self { ids: population.ids.clone(), places: population.places.clone(), low_m, high_m, open_space_m: None }
    }

    /// Writes `id, d_low, d_high, d_any, d_open_space` as CSV: centimetres, empty where nothing is reached.
    pub fn write_to(&self, to: &mut dyn Write) -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_writer(to);
        writer.write_record(["id", "d_low", "d_high", "d_any", "d_open_space"])?;
        let text = |metres: f64| if metres.is_finite() { format!("{metres:.2}") } else { String::new() };
        for (i, id) in self.ids.iter().enumerate() {
            let at = |list: &[f64]| list.get(i).copied().unwrap_or(f64::INFINITY);
            let (low, high) = (at(&self.low_m), at(&self.high_m));
            let open = self.open_space_m.as_ref().map_or(f64::INFINITY, |list| at(list));
            writer.write_record([id.as_str(), &text(low), &text(high), &text(low.min(high)), &text(open)])?;
        }
        writer.flush()?;
        Ok(())
    }
}

/// Writes the distances of cells to a file: beside it first, then in its place, or where a link leads to.
pub fn write_cells(path: &Path, cells: &CellTable) -> Result<(), StreetsError> {
    let mut bytes = Vec::new();
    let written = cells.write_to(&mut bytes).map_err(std::io::Error::other);
    written.and_then(|()| shapes::write_whole(path, &bytes)).map_err(|e| StreetsError::io(path, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreached_cells_are_empty() {
        let cells = CellTable {
            ids: vec!["a".into(), "b,c".into()],
            places: vec![[0.0, 0.0]; 2],
            low_m: vec![1.005, f64::INFINITY],
            high_m: vec![f64::INFINITY, f64::INFINITY],
            open_space_m: None,
        };
        let mut bytes = Vec::new();
        cells.write_to(&mut bytes).expect("memory");
        assert_eq!(String::from_utf8_lossy(&bytes), "id,d_low,d_high,d_any,d_open_space\na,1.00,,1.00,\n\"b,c\",,,,\n");
    }
}
