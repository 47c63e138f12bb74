//! Rows from columns: row groups are read in parallel, rows without a fault are taken in order.

use std::ops::Range;

use jiff::civil::Date;
use model::{
    Record,
    kinds::{Observation, ObservationState, ObservationStatus, Scope},
    observations::{NewRow, Observations},
    order::{key_order, same_key},
    value::{CellFault, Period},
};
use parquet::{
    arrow::{ProjectionMask, arrow_reader::ParquetRecordBatchReaderBuilder},
    errors::ParquetError,
};
use rayon::prelude::*;

use super::{
    ParquetReading,
    cells::{Cells, RowFault, read as read_cells},
    codes,
    findings::{Fault, Findings},
    open::{Table, guarded},
};
use crate::read::append_rows;

/// Rows that are decoded at once; a foreign row group may hold the whole file.
const BATCH: usize = 131_072;

/// A batch of rows: for each column of the definition its values, if the file has it, and the faults.
struct Batch {
    first_row: usize,
    n_rows: usize,
    columns: Vec<Option<(Cells, Vec<RowFault>)>>,
}

/// Reads all rows.
pub(super) fn read(table: &Table, findings: &mut Findings, reading: &mut ParquetReading) {
    let batches = spans(table);
    for wave in batches.chunks(rayon::current_num_threads().max(1)) {
        let decoded: Vec<Result<Batch, String>> = wave.par_iter().map(|span| decode(table, span)).collect();
        for batch in decoded {
            match batch {
                Ok(batch) => take(table, &batch, findings, reading),
                Err(detail) => {
                    // What came before may be true, but nobody can say what is missing.
                    let finding = findings.file(&codes::XCH304).arg("detail", detail);
                    findings.push(finding);
                    *reading = ParquetReading::default();
                    return;
                }
            }
        }
    }
    reject_repeated(table, findings, reading);
}

/// Row group, the rows of it, and the row of the file that the first one is.
type Span = (usize, Range<usize>, usize);

fn spans(table: &Table) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut first_row = 0;
    for (group, footer) in table.arrow.metadata().row_groups().iter().enumerate() {
        let n_rows = usize::try_from(footer.num_rows()).unwrap_or(0);
        for from in (0..n_rows).step_by(BATCH) {
            spans.push((group, from..(from + BATCH).min(n_rows), first_row + from));
        }
        first_row += n_rows;
    }
    spans
}

fn decode(table: &Table, (group, rows, first_row): &Span) -> Result<Batch, String> {
    let batches = guarded(|| {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(table.bytes.clone(), table.arrow.clone());
        let mask = ProjectionMask::roots(builder.parquet_schema(), table.positions.iter().flatten().copied());
        let reader = builder
            .with_projection(mask)
            .with_row_groups(vec![*group])
            .with_batch_size(BATCH)
            .with_offset(rows.start)
            .with_limit(rows.len())
            .build()?;
        reader.collect::<Result<Vec<_>, _>>().map_err(ParquetError::from)
    })?;
    let n_rows: usize = batches.iter().map(|b| b.num_rows()).sum();
    let [batch] = &batches[..] else {
        return Err(format!("row group {group} has {n_rows} rows where it should have {}", rows.len()));
    };
    if n_rows != rows.len() {
        return Err(format!("row group {group} has {n_rows} rows where it should have {}", rows.len()));
    }
    let columns = Observation::def().columns.iter().zip(&table.positions).map(|(column, position)| {
        let Some(position) = position else { return Ok(None) };
        let name = table.arrow.schema().field(*position).name();
        let array = batch.column_by_name(name).ok_or_else(|| format!("the column {name} has no pages"))?;
        let cells = read_cells(array, column.kind).ok_or_else(|| format!("the column {name} changes its type"))?;
        Ok(Some(cells))
    });
    Ok(Batch { first_row: *first_row, n_rows, columns: columns.collect::<Result<_, String>>()? })
}

/// Names the faults of a batch and takes the other rows.
fn take(table: &Table, batch: &Batch, findings: &mut Findings, reading: &mut ParquetReading) {
    let def = Observation::def();
    let row_number = |row: u32| (batch.first_row + row as usize + 2).min(u32::MAX as usize) as u32;
    let mut bad = vec![false; batch.n_rows];
    let mut faults: Vec<(u32, usize, Fault, &str)> = Vec::new();
    for (at, read) in batch.columns.iter().enumerate() {
        let Some((cells, column_faults)) = read else { continue };
        for (row, fault, value) in column_faults {
            bad[*row as usize] = true;
            faults.push((*row, at, fault.clone(), value));
        }
        if let (true, Cells::Text(_, codes)) = (def.columns[at].required, cells) {
            let empty = (0u32..).zip(codes).filter(|(_, code)| **code == 0).map(|(row, _)| row);
            for row in empty.filter(|row| column_faults.binary_search_by_key(row, |f| f.0).is_err()) {
                bad[row as usize] = true;
                faults.push((row, at, Fault::Cell(CellFault::Required), ""));
            }
        }
    }
    // By row, then by column, as somebody who reads along finds them.
    faults.sort_by_key(|(row, at, ..)| (*row, *at));
    for (row, at, fault, value) in &faults {
        findings.value(fault, &def.columns[*at], table.positions[*at].unwrap_or(0), row_number(*row), value);
    }

    let columns = Columns::of(batch);
    reading.n_rows_read += batch.n_rows;
    for (row, bad) in bad.iter().enumerate() {
        match columns.row(row).filter(|_| !bad) {
            Some(new) => {
                reading.observations.push(&new);
                reading.row_numbers.push(row_number(row as u32));
            }
            None => reading.n_rejected += 1,
        }
    }
}

/// The columns of a batch by name, code lists and periods already understood.
struct Columns<'a> {
    batch: &'a Batch,
    periods: Vec<Option<Period>>,
    scopes: Vec<Option<Scope>>,
    statuses: Vec<Option<ObservationStatus>>,
    states: Vec<Option<ObservationState>>,
    at: [usize; 19],
}

const NAMES: [&str; 19] = [
    "indicator",
    "place",
    "period",
    "breakdown",
    "scope",
    "project",
    "entity",
    "stage",
    "value",
    "numerator",
    "denominator",
    "standard_error",
    "sample_size",
    "status",
    "state",
    "source",
    "evidence",
    "measured_on",
    "comment",
];

impl<'a> Columns<'a> {
    fn of(batch: &'a Batch) -> Self {
        let def = Observation::def();
        let at = NAMES.map(|name| def.column(name).unwrap_or(usize::MAX));
        let mut columns =
            Columns { batch, periods: Vec::new(), scopes: Vec::new(), statuses: Vec::new(), states: Vec::new(), at };
        columns.periods = columns.each_text(2, Period::parse);
        columns.scopes = columns.each_text(4, Scope::parse);
        columns.statuses = columns.each_text(13, ObservationStatus::parse);
        columns.states = columns.each_text(14, ObservationState::parse);
        columns
    }
    fn cells(&self, idx: usize) -> Option<&'a Cells> {
        self.batch.columns.get(self.at[idx])?.as_ref().map(|(cells, _)| cells)
    }
    fn each_text<T>(&self, idx: usize, parse: fn(&str) -> Option<T>) -> Vec<Option<T>> {
        match self.cells(idx) {
            Some(Cells::Text(texts, _)) => texts.iter().map(|t| parse(t)).collect(),
            _ => Vec::new(),
        }
    }
    fn code(&self, idx: usize, row: usize) -> usize {
        match self.cells(idx) {
            Some(Cells::Text(_, codes)) => codes[row] as usize,
            _ => 0,
        }
    }
    fn text(&self, idx: usize, row: usize) -> &'a str {
        match self.cells(idx) {
            Some(Cells::Text(texts, codes)) => &texts[codes[row] as usize],
            _ => "",
        }
    }
    fn number(&self, idx: usize, row: usize) -> Option<f64> {
        match self.cells(idx) {
            Some(Cells::Number(numbers)) => numbers[row],
            _ => None,
        }
    }
    fn whole(&self, idx: usize, row: usize) -> Option<i64> {
        match self.cells(idx) {
            Some(Cells::Whole(numbers)) => numbers[row],
            _ => None,
        }
    }
    fn day(&self, idx: usize, row: usize) -> Option<Date> {
        match self.cells(idx) {
            Some(Cells::Date(days)) => days[row],
            _ => None,
        }
    }
    /// The row; `None` when its period or scope is empty.
    fn row(&self, row: usize) -> Option<NewRow<'a>> {
        let period = *self.periods.get(self.code(2, row))?.as_ref()?;
        let scope = *self.scopes.get(self.code(4, row))?.as_ref()?;
        let status = self.statuses.get(self.code(13, row)).copied().flatten();
        let state = self.states.get(self.code(14, row)).copied().flatten();
        Some(NewRow {
            breakdown: self.text(3, row),
            project: self.text(5, row),
            entity: self.text(6, row),
            stage: self.text(7, row),
            numerator: self.number(9, row),
            denominator: self.number(10, row),
            standard_error: self.number(11, row),
            sample_size: self.whole(12, row),
            status: status.unwrap_or(ObservationStatus::Measured),
            state: state.unwrap_or(ObservationState::Provisional),
            source: self.text(15, row),
            evidence: self.text(16, row),
            measured_on: self.day(17, row),
            comment: self.text(18, row),
            ..NewRow::new(self.text(0, row), self.text(1, row), period, scope, self.number(8, row))
        })
    }
}

/// Of rows with one key the first stays; the others are named with it.
fn reject_repeated(table: &Table, findings: &mut Findings, reading: &mut ParquetReading) {
    let obs = &reading.observations;
    let order = key_order(obs);
    let mut repeated: Vec<(u32, u32)> = Vec::new();
    let mut first = order.first().copied();
    for pair in order.windows(2) {
        if same_key(obs, pair[0] as usize, pair[1] as usize) {
            repeated.extend(first.map(|first| (pair[1], first)));
        } else {
            first = Some(pair[1]);
        }
    }
    if repeated.is_empty() {
        reading.order = order;
        return;
    }
    repeated.sort_unstable();
    let position = table.positions.first().copied().flatten();
    for (later, first) in &repeated {
        let (row, first) = (reading.row_numbers[*later as usize], reading.row_numbers[*first as usize]);
        let mut finding = findings
            .column(&codes::XCH319, position, "indicator")
            .on("observation", obs.row(*later as usize).id())
            .arg("key", obs.row(*later as usize).id())
            .arg("row", i64::from(row))
            .arg("first", i64::from(first));
        finding.pointer.row = Some(row);
        findings.push(finding);
    }
    let mut gone = repeated.iter().map(|(later, _)| *later).peekable();
    let stays: Vec<u32> = (0..obs.len() as u32).filter(|row| gone.next_if_eq(row).is_none()).collect();
    let mut kept = Observations::default();
    append_rows(&mut kept, obs, &stays);
    reading.row_numbers = stays.iter().map(|row| reading.row_numbers[*row as usize]).collect();
    reading.n_rejected += repeated.len();
    reading.order = key_order(&kept);
    reading.observations = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_definition() {
        let names: Vec<&str> = Observation::def().columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, NAMES);
    }
}
