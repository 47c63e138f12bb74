//! Times the tracking table of 500 indicators × 12 periods × 4 groups, once with one value a cell and once with three
//! projects reporting each. Run: `cargo run --release -p engine --example tracking_time`.

use std::{fmt::Write as _, time::Instant};

use engine::{Prepared, duties, tracking};
use jiff::civil::date;
use model::{kinds::*, observations::NewRow};
use testkit::snapshot::*;

const MEASURES: [Measure; 5] = [Measure::Flow, Measure::Stock, Measure::Share, Measure::Mean, Measure::DistinctCount];
const GROUPS: [&str; 4] = ["", "sex=female", "sex=male", "theme=land"];

fn prepared(n_projects: usize) -> Prepared {
    let ids: Vec<String> = (0..500).map(|i| format!("I-{i}")).collect();
    let listed: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut build = Build::default()
        .with(plan("P", 2014, 2025))
        .with(result("R", "P", None))
        .with(dimension("sex", true))
        .with_all(categories("sex", &["female", "male"]))
        .with(place("KEN", PlaceKind::Country, None));
    let projects: Vec<String> = (0..n_projects).map(|p| format!("PRJ-{p}")).collect();
    build = build.with_all(projects.iter().filter(|_| n_projects > 1).map(|p| project(p, 2014, 2025, &listed)));
    for (i, id) in ids.iter().enumerate() {
        let one = indicator(id, "R", MEASURES[i % MEASURES.len()]);
        build = build.with(Indicator { reporting: Some(Reporting::Incremental), unit: Some(code("person")), ..one });
        build = build.with(target(id, TargetKind::Baseline, date(2013, 12, 31), 0.0)).with(target(
            id,
            TargetKind::Target,
            date(2025, 12, 31),
            100.0,
        ));
        for year in 2014..2026i16 {
            for group in GROUPS {
                for name in &projects {
                    let project = if n_projects > 1 { name } else { "" };
                    let scope = if n_projects > 1 { Scope::Delivered } else { Scope::Global };
                    let told = NewRow {
                        breakdown: group,
                        project,
                        denominator: Some(10.0),
                        ..row(id, "KEN", &year.to_string(), scope, 5.0)
                    };
                    build = build.row(told);
                }
            }
        }
    }
    Prepared::new(build.freeze())
}

fn main() {
    let mut out = String::new();
    for n_projects in [1, 3] {
        let start = Instant::now();
        let prepared = prepared(n_projects);
        let built = start.elapsed();
        let mut times: Vec<f64> = (0..40)
            .map(|_| {
                let start = Instant::now();
                let table = tracking(&prepared, &"P".into(), date(2026, 6, 1));
                assert_eq!(table.rows.len(), 2000);
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let start = Instant::now();
        let n_duties = duties(&prepared, date(2026, 6, 1)).len();
        let _ = writeln!(
            out,
            "{n_projects} value(s) a cell: median {:.1} ms, p95 {:.1} ms; built in {:.0} ms; {n_duties} duties in {:.1} ms",
            times[times.len() / 2],
            times[times.len() * 95 / 100],
            built.as_secs_f64() * 1e3,
            start.elapsed().as_secs_f64() * 1e3,
        );
    }
    print!("{out}");
}
