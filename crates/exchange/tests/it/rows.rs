//! Random rows of every kind, with everything in them that a file format might stumble over.

use model::{
    Kind, for_each_kind,
    record::Record,
    value::{CellKind, Raw, Value, parse_cell},
};
use proptest::{collection::vec, prelude::*, sample::select};

macro_rules! canonical {
    ($($variant:ident $field:ident,)+) => {
        /// The row as its record would write it; `None` when a required field is missing.
        pub fn canonical(kind: Kind, row: &[Value]) -> Option<Vec<Value>> {
            match kind {
                $(Kind::$variant => model::kinds::$variant::from_row(row).ok().map(|r| r.to_row()),)+
                Kind::Observation => model::kinds::Observation::from_row(row).ok().map(|r| r.to_row()),
            }
        }
    };
}
for_each_kind!(canonical);

const PIECES: &[&str] = &[
    "a", "B", "7", "0", ".", "-", "+", "=", "@", "#", "'", "\"", ",", ";", "|", "/", "é", "ß", "城", "م", "٣", "𝄞",
    "&", "<", ">", "]]>", "_x0041_", "_x000D_", "\u{fffe}", "\u{200f}", "\\", "true", "1E5", "001", "=1+1", "%",
    "\u{feff}",
];
const SPACES: &[&str] = &[" ", "\n", "\t", "\r\n", "\r", "\u{a0}", "  "];

fn code() -> impl Strategy<Value = String> {
    vec(select(PIECES), 1..6).prop_map(|p| p.concat().replace([';', '"', '\u{feff}'], "x"))
}

fn prose() -> impl Strategy<Value = String> {
    vec(prop_oneof![4 => select(PIECES), 1 => select(SPACES)], 1..30).prop_map(|p| p.concat())
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => (-1_000_000i64..1_000_000).prop_map(|n| n as f64 / 100.0),
        1 => any::<f64>().prop_filter("finite", |n| n.is_finite()),
        1 => Just(0.1 + 0.2),
        1 => Just(5e-324),
        1 => Just(9_007_199_254_740_993.0),
    ]
}

/// A text that a file may hold for the kind of cell; random texts become their canonical form.
fn cell(kind: CellKind) -> BoxedStrategy<Value> {
    let read = move |t: String| parse_cell(kind, Raw::Text(&t)).unwrap_or(Value::Null);
    match kind {
        CellKind::Code | CellKind::Ref(_) => code().prop_map(read).boxed(),
        CellKind::Text | CellKind::TextIn(_) => prose().prop_map(read).boxed(),
        CellKind::Codes | CellKind::Refs(_) => vec(code(), 1..4).prop_map(move |c| read(c.join(";"))).boxed(),
        CellKind::Number => number().prop_map(Value::Number).boxed(),
        CellKind::Whole(low, high) => (low..=high).prop_map(Value::Whole).boxed(),
        CellKind::Currency => select(&["USD", "JPY", "KWD", "EUR"][..]).prop_map(|c| Value::Text(c.into())).boxed(),
        CellKind::Date => {
            (1i16..2999, 1i8..13, 1i8..29).prop_map(|(y, m, d)| Value::Date(jiff::civil::date(y, m, d))).boxed()
        }
        CellKind::Period => select(&["2016", "2016-S1", "2016-Q2", "2016-03", "2014/2015"][..])
            .prop_map(|p| Value::Text(p.into()))
            .boxed(),
        CellKind::YesNo => any::<bool>().prop_map(Value::Bool).boxed(),
        CellKind::Breakdown => {
            select(&["sex=female", "age=15-24;sex=male", "-x=+1", "地区=城"][..]).prop_map(read_breakdown).boxed()
        }
        CellKind::OneOf(_, items) => {
            select(items.iter().map(|i| i.code).collect::<Vec<_>>()).prop_map(|c| Value::Text(c.into())).boxed()
        }
    }
}

fn read_breakdown(text: &str) -> Value {
    parse_cell(CellKind::Breakdown, Raw::Text(text)).unwrap_or(Value::Null)
}

/// Rows of a kind in canonical form, no two with one key.
pub fn rows(kind: Kind) -> impl Strategy<Value = Vec<Vec<Value>>> {
    let def = kind.def();
    let needed = canonical(kind, &vec![Value::Null; def.columns.len()]).is_none();
    let cells: Vec<BoxedStrategy<Value>> = def
        .columns
        .iter()
        .map(|c| {
            let must = c.required || needed && matches!(c.kind, CellKind::TextIn(model::value::Lang::En));
            let weight = if must { 1000 } else { 2 };
            prop_oneof![weight => cell(c.kind), 1 => Just(Value::Null)].boxed()
        })
        .collect();
    vec(cells, 1..12).prop_map(move |rows| {
        let mut ids = std::collections::BTreeSet::new();
        rows.iter().filter_map(|r| canonical(kind, r)).filter(|r| ids.insert(def.id_of(r))).collect()
    })
}
