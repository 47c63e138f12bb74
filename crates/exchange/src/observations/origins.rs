//! Where observations stood, kept as runs of rows that follow each other.

use std::sync::Arc;

use model::record::{Origin, SheetOrigin};

/// The sheet and row of each observation of a reading.
#[derive(Clone, Debug, Default)]
pub struct ObservationOrigins {
    runs: Vec<Run>,
    len: usize,
}

#[derive(Clone, Debug)]
struct Run {
    /// Index of the first observation of the run.
    from: usize,
    sheet: Arc<SheetOrigin>,
    /// Its row; the following observations stand in the following rows.
    row: u32,
}

impl ObservationOrigins {
    /// How many observations have an origin.
    pub fn len(&self) -> usize {
        self.len
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// Where the observation with this index stood.
    pub fn of(&self, idx: usize) -> Option<Origin> {
        if idx >= self.len {
            return None;
        }
        let run = self.runs.get(self.runs.partition_point(|r| r.from <= idx).checked_sub(1)?)?;
        Some(Origin { sheet: run.sheet.clone(), row: run.row + (idx - run.from) as u32 })
    }
    /// Adds the origin of the next observation.
    pub(crate) fn push(&mut self, sheet: &Arc<SheetOrigin>, row: u32) {
        self.push_run(sheet, row, 1);
    }
    /// Adds `n` observations that stand in `row` and the rows below it.
    pub(crate) fn push_run(&mut self, sheet: &Arc<SheetOrigin>, row: u32, n: usize) {
        if n == 0 {
            return;
        }
        let follows = self.runs.last().is_some_and(|run| {
            Arc::ptr_eq(&run.sheet, sheet) && u64::from(run.row) + (self.len - run.from) as u64 == u64::from(row)
        });
        if !follows {
            self.runs.push(Run { from: self.len, sheet: sheet.clone(), row });
        }
        self.len += n;
    }
    /// Keeps the origins of the observations that stay.
    pub(crate) fn retain(&mut self, taken: &[bool]) {
        let mut kept = ObservationOrigins::default();
        for (idx, _) in taken.iter().enumerate().filter(|(_, t)| **t) {
            if let Some(origin) = self.of(idx) {
                kept.push(&origin.sheet, origin.row);
            }
        }
        *self = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_part_where_a_row_is_left_out() {
        let sheet = Arc::new(SheetOrigin { file: "f".into(), sheet: "observations".into(), header: Vec::new() });
        let mut origins = ObservationOrigins::default();
        for row in [2, 3, 4, 7, 8] {
            origins.push(&sheet, row);
        }
        assert_eq!(origins.runs.len(), 2);
        let rows: Vec<u32> = (0..origins.len()).filter_map(|i| origins.of(i)).map(|o| o.row).collect();
        assert_eq!(rows, [2, 3, 4, 7, 8]);
        origins.retain(&[true, false, true, true, false]);
        let rows: Vec<u32> = (0..origins.len()).filter_map(|i| origins.of(i)).map(|o| o.row).collect();
        assert_eq!(rows, [2, 4, 7]);
        assert!(origins.of(3).is_none());
    }
}
