//! Any text as the query of the programming interface: nothing panics, a question that is understood is answered by pages
//! that together are the whole, and none of it shows a hidden column.
//!
//! The first byte chooses kind and audience; the rest is pairs `name=value` separated by `&`, not encoded.

#![no_main]

use libfuzzer_sys::fuzz_target;
use model::{
    Audience, Kind, Publicity, Records,
    kinds::Scope,
    observations::{NewRow, Observations},
    publicity::publicity,
    value::{Lang, Period, Value},
};
use query::{Cursor, Field, Plan, Source, parse};

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let audience = if first & 1 == 0 { Audience::Public } else { Audience::Staff };
    let kind = if first & 2 == 0 { Kind::Observation } else { Kind::ALL[usize::from(first >> 2) % Kind::ALL.len()] };
    if !audience.sees(kind) {
        return;
    }
    let pair = |p: &str| {
        let (name, value) = p.split_once('=').unwrap_or((p, ""));
        (name.to_owned(), value.to_owned())
    };
    let pairs: Vec<(String, String)> = text.split('&').filter(|p| !p.is_empty()).map(pair).collect();
    let question = match parse(kind, audience, &pairs, "") {
        Ok(question) => question,
        Err(wrong) => {
            assert!(!wrong.is_empty());
            return;
        }
    };
    for field in &question.fields {
        if let Field::Column(index) = field {
            let open = publicity(kind.name(), &kind.def().columns[*index].name) == Publicity::Open;
            assert!(open || audience == Audience::Staff);
        }
    }
    if let Some(cursor) = question.cursor {
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
    }
    let (records, observations) = world(kind);
    let source = Source::new(kind, &records, &observations);
    let plan = Plan::new(&question, source).expect("few rows");
    let whole = plan.walk(source, 0, usize::MAX).slots;
    let (mut parts, mut from) = (Vec::new(), Some(0));
    while let Some(at) = from {
        let walked = plan.walk(source, at, 2);
        parts.extend(walked.slots);
        from = walked.next;
    }
    assert_eq!(parts, whole);
    assert_eq!(plan.count(source), whole.len());
    for slot in whole {
        assert_eq!(source.fields(&question, slot, Lang::Ar).map(|row| row.len()), Some(question.fields.len()));
    }
    // Wherever a cursor points, there is an answer.
    let at = question.cursor.map_or(0, |c| usize::try_from(c.at).unwrap_or(usize::MAX));
    plan.walk(source, at, 3);
});

/// A few rows of a kind, with gaps.
fn world(kind: Kind) -> (Records, Observations) {
    let (mut records, mut observations) = (Records::default(), Observations::default());
    let columns = &kind.def().columns;
    for n in 0..4 {
        let text = |i: usize| Value::Text(format!("{}{}", ["a", "b", "", "A"][n], if i == 0 { n } else { i % 3 }));
        let row: Vec<Value> = columns
            .iter()
            .enumerate()
            .map(|(i, c)| match model::value::parse_cell(c.kind, model::value::Raw::Text("2016")) {
                Ok(Value::Text(_)) if matches!(c.kind, model::value::CellKind::Period) => Value::Text("2016".into()),
                Ok(Value::Text(_)) => text(i),
                Ok(value) if c.required || n % 2 == 0 => value,
                _ => Value::Null,
            })
            .collect();
        // A kind with a list of codes among its required columns stays without records here.
        records.put(kind, &row, None).ok();
    }
    for (place, year, value) in [("KEN", 2016, Some(1.0)), ("UGA", 2014, None), ("KEN", 2014, Some(-2.5))] {
        let row = NewRow::new("I-1", place, Period::year(year), Scope::Global, value);
        observations.push(&NewRow { comment: "c", breakdown: if year == 2014 { "sex=female" } else { "" }, ..row });
    }
    (records, observations)
}
