//! Laws that hold for any numbers.

use engine::{Prepared, evaluate};
use model::{
    figure::{Answer, FigureKey},
    kinds::*,
    observations::NewRow,
};
use proptest::prelude::*;
use testkit::snapshot::*;

const CITIES: [(&str, &str); 4] = [("NBO", "KEN"), ("MBA", "KEN"), ("KLA", "UGA"), ("JIN", "UGA")];
const PROJECTS: [&str; 3] = ["P1", "P2", "P3"];
const YEARS: [&str; 3] = ["2014", "2015", "2016"];
const BODIES: [&str; 5] = ["a", "b", "c", "d", "e"];

/// One reported number: city, project, year, value, denominator.
type Told = (usize, usize, usize, u32, u32);

fn told() -> impl Strategy<Value = Vec<Told>> {
    let one = (0..CITIES.len(), 0..PROJECTS.len(), 0..YEARS.len(), 0u32..1000, 1u32..1000);
    // The natural key is unique in a snapshot.
    prop::collection::vec(one, 1..24).prop_map(|mut all| {
        all.sort_unstable();
        all.dedup_by_key(|t| (t.0, t.1, t.2));
        all
    })
}

fn rows(all: &[Told]) -> Vec<NewRow<'static>> {
    all.iter()
        .map(|(city, project, year, value, base)| NewRow {
            numerator: Some(f64::from(*value)),
            denominator: Some(f64::from(*base)),
            ..delivered("I", PROJECTS[*project], CITIES[*city].0, YEARS[*year], f64::from(*value) / f64::from(*base))
        })
        .collect()
}

fn prepare(indicator: Indicator, rows: Vec<NewRow<'_>>) -> Prepared {
    let build = Build::default()
        .with(plan("P", 2014, 2019))
        .with(result("R", "P", None))
        .with(indicator)
        .with_all(["KEN", "UGA"].map(|c| place(c, PlaceKind::Country, None)))
        .with_all(CITIES.map(|(city, country)| place(city, PlaceKind::City, Some(country))))
        .with_all(PROJECTS.map(|p| project(p, 2014, 2019, &["I"])));
    Prepared::new(build.rows(rows).freeze())
}

fn ask(prepared: &Prepared, place: &str, period: &str) -> Answer {
    evaluate(prepared, &FigureKey::parse(&format!("I~delivered~{place}~{period}~")).expect("a key")).answer
}

fn flow(unit: &str) -> Indicator {
    Indicator { reporting: Some(Reporting::Incremental), unit: Some(code(unit)), ..indicator("I", "R", Measure::Flow) }
}

/// The numbers themselves as values.
fn amounts(all: &[Told]) -> Vec<NewRow<'static>> {
    rows(all)
        .into_iter()
        .zip(all)
        .map(|(row, t)| NewRow { value: Some(f64::from(t.3)), numerator: None, denominator: None, ..row })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn children_and_years_sum_to_the_whole(all in told()) {
        let prepared = prepare(flow("USD"), amounts(&all));
        let value = |place, period| ask(&prepared, place, period).value().unwrap_or(0.0);
        let whole = value("", "2014_2016");
        prop_assert_eq!(whole, all.iter().map(|t| f64::from(t.3)).sum::<f64>());
        prop_assert_eq!(whole, value("KEN", "2014_2016") + value("UGA", "2014_2016"));
        prop_assert_eq!(whole, YEARS.iter().map(|y| value("", y)).sum::<f64>());
        prop_assert_eq!(value("KEN", "2015"), value("NBO", "2015") + value("MBA", "2015"));
    }

    #[test]
    fn the_order_of_rows_changes_nothing(all in told(), seed in 0usize..1000) {
        for measure in [Measure::Flow, Measure::Stock, Measure::Share, Measure::Mean, Measure::DistinctCount] {
            let indicator = Indicator { measure, ..flow("person") };
            let told = if measure == Measure::Share || measure == Measure::Mean { rows(&all) } else { amounts(&all) };
            let mut turned = told.clone();
            turned.rotate_left(seed % told.len());
            turned.reverse();
            let (a, b) = (prepare(indicator.clone(), told), prepare(indicator, turned));
            for place in ["", "KEN", "NBO"] {
                prop_assert_eq!(ask(&a, place, "2014_2016"), ask(&b, place, "2014_2016"));
            }
        }
    }

    #[test]
    fn a_union_is_between_the_largest_and_the_sum(claims in prop::collection::vec((0..BODIES.len(), 0..PROJECTS.len(), 0..YEARS.len()), 1..20)) {
        let mut claims = claims;
        claims.sort_unstable();
        claims.dedup();
        let told = claims.iter().map(|(b, p, y)| claim("I", PROJECTS[*p], BODIES[*b], "NBO", YEARS[*y])).collect();
        let union = ask(&prepare(indicator("I", "R", Measure::DistinctCount), told), "", "2014_2016").value().expect("a number");
        let by = |p: usize| {
            let mut of: Vec<usize> = claims.iter().filter(|c| c.1 == p).map(|c| c.0).collect();
            of.dedup();
            of.len() as f64
        };
        let sizes: Vec<f64> = (0..PROJECTS.len()).map(by).collect();
        prop_assert!(union <= sizes.iter().sum::<f64>());
        prop_assert!(union >= sizes.iter().copied().fold(0.0, f64::max));
        // Year by year the union grows to that of all years.
        let mut bodies: Vec<usize> = claims.iter().map(|c| c.0).collect();
        bodies.dedup();
        prop_assert_eq!(union, bodies.len() as f64);
    }

    #[test]
    fn an_interval_holds_the_largest_and_the_sum(all in told()) {
        let prepared = prepare(flow("person"), amounts(&all));
        let by = |p: usize| all.iter().filter(|t| t.1 == p).map(|t| f64::from(t.3)).sum::<f64>();
        let (largest, sum) = (0..3).map(by).fold((0.0f64, 0.0), |(m, s), v| (m.max(v), s + v));
        match ask(&prepared, "", "2014_2016") {
            Answer::Interval { low, high, .. } => {
                prop_assert!(low <= high && largest <= low && high == sum);
            }
            Answer::Value(v) => prop_assert_eq!(v, sum),
            other => prop_assert!(false, "{other:?}"),
        }
        // A recorded overlap narrows the answer to a point.
        let recorded = |relation| {
            let pairs = [("P1", "P2"), ("P1", "P3"), ("P2", "P3")].map(|(a, b)| overlap("I", a, b, relation));
            let mut snapshot = (**prepared.snapshot()).clone();
            pairs.into_iter().for_each(|o| snapshot.records.overlaps.put(o, None));
            ask(&Prepared::new(std::sync::Arc::new(snapshot)), "", "2014_2016")
        };
        prop_assert_eq!(recorded(OverlapRelation::Additive), Answer::Value(sum));
        prop_assert_eq!(recorded(OverlapRelation::Shared), Answer::Value(largest));
    }

    #[test]
    fn a_share_and_a_mean_lie_between_their_parts(all in told()) {
        for measure in [Measure::Share, Measure::Mean, Measure::Index, Measure::Score] {
            let prepared = prepare(indicator("I", "R", measure), rows(&all));
            let shares = all.iter().map(|t| f64::from(t.3) / f64::from(t.4));
            let (low, high) = shares.fold((f64::MAX, f64::MIN), |(l, h), s| (l.min(s), h.max(s)));
            let found = ask(&prepared, "", "2014_2016").value().expect("a number");
            prop_assert!(found >= low - 1e-12 * low.abs() && found <= high + 1e-12 * high.abs(), "{low} {found} {high}");
            // Σ numerators / Σ denominators, computed apart.
            let (n, d) = all.iter().fold((0.0, 0.0), |(n, d), t| (n + f64::from(t.3), d + f64::from(t.4)));
            prop_assert!((found - n / d).abs() <= 1e-12 * found.abs());
        }
    }
}
