//! The columns of a segment, which follow from the definition of an observation.

use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, Schema, SchemaRef};
use model::{Record, kinds::Observation, value::CellKind};

/// First day of the period, so that SQL tools can filter by date.
pub(crate) const PERIOD_START: &str = "period_start";
/// Last day of the period.
pub(crate) const PERIOD_END: &str = "period_end";
/// Number of the change that recorded the row; null means: the change that registered the segment.
pub(crate) const CHANGE: &str = "change";

/// The columns that we add to those of the definition; a reader of foreign files passes over them.
pub(crate) const OURS: [&str; 3] = [PERIOD_START, PERIOD_END, CHANGE];

/// The columns that rows are sorted by, in order, before the change: the natural key.
pub(crate) const SORTED_BY: [&str; 8] =
    ["indicator", "place", PERIOD_START, PERIOD_END, "breakdown", "scope", "project", "entity"];

/// The Arrow schema of a segment as every reader sees it: text is plain `Utf8` (dictionary-encoded
/// inside of the file only, because a cluster cannot group by a dictionary type).
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let mut fields = Vec::new();
        for column in &Observation::def().columns {
            let data_type = match column.kind {
                CellKind::Number => DataType::Float64,
                CellKind::Whole(..) => DataType::Int64,
                CellKind::Date => DataType::Date32,
                _ => DataType::Utf8,
            };
            // Status and state are required in a segment: the reader of the file has filled in what empty means.
            let filled = column.required || matches!(column.name.as_str(), "status" | "state");
            fields.push(Field::new(&column.name, data_type, !filled));
            if column.name == "period" {
                fields.push(Field::new(PERIOD_START, DataType::Date32, false));
                fields.push(Field::new(PERIOD_END, DataType::Date32, false));
            }
        }
        fields.push(Field::new(CHANGE, DataType::Int64, true));
        Arc::new(Schema::new(fields))
    });
    SCHEMA.clone()
}

/// The same schema with text as dictionaries: what rows are written from and read into, because codes are
/// compared and counted faster than texts.
pub(crate) fn with_dictionaries(schema: &Schema) -> SchemaRef {
    let fields = schema.fields().iter().map(|field| match field.data_type() {
        DataType::Utf8 => {
            let codes = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
            Arc::new(field.as_ref().clone().with_data_type(codes))
        }
        _ => field.clone(),
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_follow_from_the_definition() {
        let names: Vec<String> = schema().fields().iter().map(|f| f.name().clone()).collect();
        for column in &Observation::def().columns {
            assert!(names.contains(&column.name), "{}", column.name);
        }
        let key: Vec<&str> = Observation::def().key_columns().map(|c| c.name.as_str()).collect();
        let sorted: Vec<&str> = SORTED_BY.into_iter().filter(|c| *c != PERIOD_END).collect();
        let sorted: Vec<&str> = sorted.into_iter().map(|c| if c == PERIOD_START { "period" } else { c }).collect();
        assert_eq!(key, sorted);
    }
}
