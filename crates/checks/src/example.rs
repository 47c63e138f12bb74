//! Examples of checks: a few records written as a table.

use std::sync::Arc;

use jiff::civil::Date;
use model::{
    Kind, Record,
    kinds::{Observation, ObservationState, ObservationStatus},
    record::{Column, Origin, SheetOrigin},
    value::{CellKind, Raw, Value, parse_cell},
};
use snapshot::{NewRow, Snapshot};

/// A tiny programme on which a check fires, and one on which it does not.
///
/// Records are tables in text: a line whose first cell is filled names the sheet and its columns, a
/// line whose first cell is empty is a record. Cells are parted by `|`.
///
/// ```text
/// results | id  | plan | parent | level
///         | P1  | P    |        | 1
///         | P1a | P    | P1     | 2
/// ```
///
/// Columns that must be filled but that the table does not speak of are filled neutrally: a name is
/// the record's id, a code is the first of its list, a day is 2014-01-01, a number is 0.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The day on which both are looked at.
    pub on: Date,
    /// Records that both have.
    pub both: &'static str,
    /// Further records, with which the check fires.
    pub wrong: &'static str,
    /// Further records, with which it does not.
    pub right: &'static str,
}

/// An example that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadExample {
    /// The line at fault.
    pub line: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Example {
    /// The snapshot on which the check fires.
    pub fn wrong(&self) -> Result<Snapshot, BadExample> {
        snapshot_of(&[self.both, self.wrong])
    }
    /// The snapshot on which the check does not fire.
    pub fn right(&self) -> Result<Snapshot, BadExample> {
        snapshot_of(&[self.both, self.right])
    }
}

/// A snapshot of records written as tables (see [`Example`]). The origin of each record is the file
/// `example` and its place among the records of its sheet.
pub fn snapshot_of(tables: &[&str]) -> Result<Snapshot, BadExample> {
    let mut snapshot = Snapshot::default();
    let mut head: Option<(Kind, Vec<usize>, Arc<SheetOrigin>)> = None;
    for line in tables.iter().flat_map(|t| t.lines()).filter(|l| !l.trim().is_empty()) {
        let bad = |reason: String| BadExample { line: line.trim().to_owned(), reason };
        let mut cells = line.split('|').map(str::trim);
        let sheet = cells.next().unwrap_or_default();
        if !sheet.is_empty() {
            let kind = Kind::parse(sheet).ok_or_else(|| bad(format!("no sheet {sheet}")))?;
            let names: Vec<String> = cells.map(str::to_owned).collect();
            let columns: Result<Vec<usize>, BadExample> =
                names.iter().map(|n| kind.def().column(n).ok_or_else(|| bad(format!("no column {n}")))).collect();
            let origin = SheetOrigin { file: "example".to_owned(), sheet: kind.sheet().to_owned(), header: names };
            head = Some((kind, columns?, Arc::new(origin)));
            continue;
        }
        let Some((kind, columns, origin)) = &head else { return Err(bad("no sheet was named".to_owned())) };
        let def = kind.def();
        let mut row = vec![Value::Null; def.columns.len()];
        for (at, text) in columns.iter().zip(cells) {
            let column = &def.columns[*at];
            row[*at] = parse_cell(column.kind, Raw::Text(text)).map_err(|f| bad(format!("{}: {f:?}", column.name)))?;
        }
        let id = def.id_of(&row);
        for (column, value) in def.columns.iter().zip(&mut row).filter(|(_, v)| v.is_null()) {
            *value = neutral(column, &id);
        }
        if *kind == Kind::Observation {
            observe(&mut snapshot, &row).map_err(|missing| bad(format!("missing {missing:?}")))?;
        } else {
            let row_number = snapshot.records.count(*kind) as u32 + 2;
            let origin = Origin { sheet: origin.clone(), row: row_number };
            let put = snapshot.records.put(*kind, &row, Some(origin));
            put.map_err(|missing| bad(format!("missing {missing:?}")))?;
        }
    }
    Ok(snapshot)
}

/// What stands in a column that must be filled and that the example does not speak of.
fn neutral(column: &Column, id: &str) -> Value {
    if matches!(column.kind, CellKind::TextIn(model::value::Lang::En)) && matches!(column.field, "title" | "body") {
        return Value::Text(id.to_owned());
    }
    if !column.required {
        return Value::Null;
    }
    match column.kind {
        CellKind::Code | CellKind::Text | CellKind::TextIn(_) | CellKind::Ref(_) => Value::Text("x".to_owned()),
        CellKind::Whole(low, _) => Value::Whole(low),
        CellKind::Number => Value::Number(0.0),
        CellKind::Currency => Value::Text("USD".to_owned()),
        CellKind::Date => Value::Date(jiff::civil::date(2014, 1, 1)),
        CellKind::Period => Value::Text("2014".to_owned()),
        CellKind::YesNo => Value::Bool(false),
        CellKind::OneOf(_, items) => items.first().map_or(Value::Null, |i| Value::Text(i.code.to_owned())),
        CellKind::Breakdown | CellKind::Refs(_) | CellKind::Codes => Value::Null,
    }
}

fn observe(snapshot: &mut Snapshot, row: &[Value]) -> Result<(), Vec<String>> {
    let o = Observation::from_row(row)?;
    let breakdown = o.breakdown.to_string();
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let (evidence, comment) = (text(&o.evidence), text(&o.comment));
    std::sync::Arc::make_mut(&mut snapshot.observations).push(&NewRow {
        breakdown: &breakdown,
        project: o.project.as_ref().map_or("", |p| p.as_str()),
        entity: o.entity.as_ref().map_or("", |e| e.as_str()),
        stage: o.stage.as_ref().map_or("", |s| &s.0),
        numerator: o.numerator,
        denominator: o.denominator,
        standard_error: o.standard_error,
        sample_size: o.sample_size.map(|n| n.0),
        status: o.status.unwrap_or(ObservationStatus::Measured),
        state: o.state.unwrap_or(ObservationState::Provisional),
        source: o.source.as_ref().map_or("", |s| s.as_str()),
        evidence: &evidence,
        measured_on: o.measured_on,
        comment: &comment,
        ..NewRow::new(o.indicator.as_str(), o.place.as_str(), o.period, o.scope, o.value)
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_become_records() {
        let snapshot = snapshot_of(&[
            "plans | id | starts_on
                   | P  | 2014-01-01",
            "observations | indicator | place | period | value
                          | I         | KEN   | 2016   | 3",
        ]);
        let snapshot = snapshot.expect("a good example");
        assert_eq!(snapshot.records.plans.get("P").map(|p| p.title.show(model::value::Lang::En)), Some("P"));
        assert_eq!(snapshot.observations.row(0).value(), Some(3.0));
        let bad = snapshot_of(&["plans | idd"]).map(|_| ());
        assert_eq!(bad, Err(BadExample { line: "plans | idd".into(), reason: "no column idd".into() }));
    }
}
