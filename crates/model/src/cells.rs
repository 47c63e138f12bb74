//! An observation's columns as values, in the order of its table.

use crate::{
    observations::Row,
    value::{CellKind, Value},
};

/// Number of columns.
pub const N_COLUMNS: usize = 19;

impl Row<'_> {
    /// One column by its index in the definition; nothing for an index that there is not.
    pub fn cell(self, column: usize) -> Value {
        let (all, idx) = (self.of, self.idx);
        let text = |code: u32| match all.dict.text(code) {
            "" => Value::Null,
            t => Value::Text(t.to_owned()),
        };
        let number = |n: Option<f64>| n.map_or(Value::Null, Value::Number);
        match column {
            8 => number(all.value[idx]),
            9 => number(all.numerator[idx]),
            10 => number(all.denominator[idx]),
            11 => number(all.standard_error[idx]),
            12 => all.sample_size[idx].map_or(Value::Null, Value::Whole),
            17 => all.measured_on[idx].map_or(Value::Null, Value::Date),
            2 => Value::Text(all.period[idx].to_string()),
            4 => Value::Text(all.scope[idx].as_str().to_owned()),
            13 => Value::Text(all.status[idx].as_str().to_owned()),
            14 => Value::Text(all.state[idx].as_str().to_owned()),
            other => self.of.codes(other).map_or(Value::Null, |codes| text(codes[idx])),
        }
    }
    /// All columns.
    pub fn cells(self) -> Vec<Value> {
        (0..N_COLUMNS).map(|column| self.cell(column)).collect()
    }
}

impl crate::observations::Observations {
    /// The codes of a column of texts, by its index in the definition; `None` for a column of another type.
    pub fn codes(&self, column: usize) -> Option<&[u32]> {
        Some(match column {
            0 => &self.indicator,
            1 => &self.place,
            3 => &self.breakdown,
            5 => &self.project,
            6 => &self.entity,
            7 => &self.stage,
            15 => &self.source,
            16 => &self.evidence,
            18 => &self.comment,
            _ => return None,
        })
    }
    /// Whether a column holds texts of the dictionary.
    pub fn is_coded(kind: CellKind) -> bool {
        matches!(kind, CellKind::Ref(_) | CellKind::Breakdown | CellKind::Code | CellKind::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kinds::{Observation, Scope},
        observations::{NewRow, Observations},
        record::Record,
        value::Period,
    };

    #[test]
    fn the_order_of_values_is_the_order_of_the_columns() {
        let names: Vec<&str> = Observation::def().columns.iter().map(|c| c.name.as_str()).collect();
        let expected = "indicator place period breakdown scope project entity stage value numerator denominator \
                        standard_error sample_size status state source evidence measured_on comment";
        assert_eq!(names, expected.split_whitespace().collect::<Vec<_>>());
        assert_eq!(names.len(), N_COLUMNS);
        let mut all = Observations::default();
        for (i, column) in Observation::def().columns.iter().enumerate() {
            assert_eq!(all.codes(i).is_some(), Observations::is_coded(column.kind), "{}", column.name);
        }
        let row = NewRow::new("I", "KEN", Period::year(2016), Scope::Global, Some(1.5));
        all.push(&NewRow { comment: "c", numerator: Some(3.0), sample_size: Some(2), ..row });
        let cells = all.row(0).cells();
        let read = Observation::from_row(&cells).expect("a record");
        assert_eq!(read.to_row(), cells);
        assert_eq!(read.id(), all.row(0).id());
    }
}
