//! Synthetic programmes: a register's content of any size, the same in every run.

use model::{
    Kind,
    value::{Raw, Value, parse_cell},
};

/// A record's row from column and text pairs; every other column is empty.
pub fn row(kind: Kind, cells: &[(&str, &str)]) -> Vec<Value> {
    let of = |name: &str| cells.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text);
    kind.def().columns.iter().map(|c| parse_cell(c.kind, Raw::Text(of(&c.name))).unwrap_or_default()).collect()
}

/// A record of a synthetic programme.
pub type Made = (Kind, Vec<Value>);

/// A plan of `n_results` results in three levels with `per_result` indicators each, every one with a baseline, a target
/// and the rest of its sheet.
pub fn plan(n_results: usize, per_result: usize) -> Vec<Made> {
    let mut all = vec![
        (Kind::Source, row(Kind::Source, &[("id", "S"), ("title_en", "Survey of cities"), ("kind", "survey")])),
        (Kind::Unit, row(Kind::Unit, &[("id", "U"), ("title_en", "Branch"), ("kind", "branch")])),
        (Kind::Place, row(Kind::Place, &[("id", "001"), ("kind", "world"), ("title_en", "World")])),
        (
            Kind::Plan,
            row(
                Kind::Plan,
                &[
                    ("id", "P"),
                    ("title_en", "Plan"),
                    ("kind", "strategic_plan"),
                    ("status", "in_force"),
                    ("starts_on", "2014-01-01"),
                    ("ends_on", "2019-12-31"),
                    ("framework_on", "2013-06-30"),
                    ("adopted_on", "2013-07-01"),
                ],
            ),
        ),
    ];
    for (position, role) in ["strategic_result", "area", "outcome"].into_iter().enumerate() {
        let position = (position + 1).to_string();
        all.push((
            Kind::Level,
            row(Kind::Level, &[("plan", "P"), ("position", &position), ("title_en", role), ("role", role)]),
        ));
    }
    for i in 0..n_results {
        let id = format!("R-{i}");
        let (level, parent) = match i {
            0 => ("1", String::new()),
            1..=100 => ("2", "R-0".to_owned()),
            _ => ("3", format!("R-{}", 1 + i % 100)),
        };
        let title = format!("Result {i}: cities of group {} have plans that work", i % 977);
        let cells = [
            ("id", id.as_str()),
            ("plan", "P"),
            ("parent", &parent),
            ("level", level),
            ("code", &id),
            ("title_en", &title),
            ("owner", "U"),
        ];
        all.push((Kind::Result, row(Kind::Result, &cells)));
        for j in 0..per_result {
            indicator(&mut all, &id, i, j);
        }
    }
    all
}

fn indicator(all: &mut Vec<Made>, result: &str, i: usize, j: usize) {
    let id = format!("I-{i}-{j}");
    let title = format!("Share of cities of kind {j} in group {i} that apply their plan number {}", i * 7 + j);
    let cells = [
        ("id", id.as_str()),
        ("result", result),
        ("title_en", &title),
        ("measure", "share"),
        ("unit", "percent"),
        ("direction", "increase"),
        ("numerator", "cities that apply it"),
        ("denominator", "cities asked"),
        ("cadence", "yearly"),
        ("source", "S"),
        ("verification", "survey report"),
        ("owner", "U"),
        ("status", "confirmed"),
    ];
    all.push((Kind::Indicator, row(Kind::Indicator, &cells)));
    for (kind, on, value) in [("baseline", "2013-12-31", "10"), ("target", "2019-12-31", "60")] {
        let cells = [("indicator", id.as_str()), ("kind", kind), ("on", on), ("value", value)];
        all.push((Kind::Target, row(Kind::Target, &cells)));
    }
}
