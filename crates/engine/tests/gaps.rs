//! The gap matrix by hand.

use std::sync::Arc;

use engine::{
    Prepared,
    frameworks::{FrameworkIndicator, Frameworks, FrameworksError, GapState, Listing, Relation, Tally, Weakness, gaps},
};
use jiff::civil::date;
use model::{kinds::*, observations::NewRow, value::Text};
use snapshot::Snapshot;
use testkit::snapshot::*;

fn of(framework: &str, number: &str, direction: Option<Direction>) -> FrameworkIndicator {
    FrameworkIndicator {
        framework: framework.to_owned(),
        code: number.to_owned(),
        title: Text::en(number),
        unit: "percent".to_owned(),
        direction,
        tier: String::new(),
        custodian: "UN-Habitat".to_owned(),
        disaggregations: Vec::new(),
        unit_of_collection: String::new(),
        listing: Listing::Confirmed,
    }
}

/// Slums as the SDG and the UMF have them, and as the CPI does; transport; something nobody measures.
fn frameworks() -> Frameworks {
    let down = Some(Direction::Decrease);
    let indicators = vec![
        of("sdg", "11.1.1", down),
        of("sdg", "11.2.1", Some(Direction::Increase)),
        of("umf", "1.4.1", down),
        of("cpi", "E2.1", down),
        of("umf", "9.9.9", None),
    ];
    let pairs = [("UMF:1.4.1", "SDG:11.1.1", Relation::Same), ("CPI:E2.1", "SDG:11.1.1", Relation::Narrower)];
    Frameworks::new(indicators, &pairs.map(|(a, b, r)| (a.to_owned(), b.to_owned(), r))).expect("a list")
}

fn linked(id: &str, direction: Direction, codes: &[&str]) -> Indicator {
    let frameworks = codes.iter().map(|c| code(c)).collect();
    Indicator { direction: Some(direction), frameworks, ..indicator(id, "R", Measure::Share) }
}

fn snapshot<'a>(rows: impl IntoIterator<Item = NewRow<'a>>) -> Arc<Snapshot> {
    Build::default()
        .with(plan("P", 2014, 2029))
        .with(result("R", "P", None))
        .with(place("KEN", PlaceKind::Country, None))
        .with_all(["NBO", "MBA", "KIS"].map(|id| place(id, PlaceKind::City, Some("KEN"))))
        .with(linked("SLUM", Direction::Decrease, &["SDG:11.1.1"]))
        .with(linked("HOMES", Direction::Increase, &["SDG:11.1.1"]))
        .with(linked("BUS", Direction::Increase, &["SDG:11.2.1", "UNKNOWN:1"]))
        .rows(rows)
        .freeze()
}

fn sound<'a>(indicator: &'a str, place: &'a str, year: &'a str, value: f64) -> NewRow<'a> {
    NewRow { state: ObservationState::Final, ..row(indicator, place, year, Scope::Global, value) }
}

/// State, value and weaknesses.
type Cell<'c> = (GapState, Option<f64>, &'c [Weakness]);

/// The cells of one framework, row by row for Nairobi, Mombasa and Kisumu.
fn check<'a>(framework: &str, rows: impl IntoIterator<Item = NewRow<'a>>, expected: [&[Cell<'_>]; 3]) {
    let (snapshot, frameworks) = (snapshot(rows), frameworks());
    let prepared = Prepared::new(snapshot.clone());
    let all: Vec<(String, usize)> =
        snapshot.observations.rows().enumerate().map(|(at, row)| (row.indicator().to_owned(), at)).collect();
    let of: Vec<(String, Vec<usize>)> = ["SLUM", "HOMES", "BUS"]
        .map(|id| (id.to_owned(), all.iter().filter(|(i, _)| i == id).map(|(_, at)| *at).collect()))
        .into();
    let indicators = frameworks.of(framework).map(|(at, _)| at).collect();
    let places = ["NBO", "MBA", "KIS"].map(Into::into).into();
    let found = gaps(&prepared, &frameworks, indicators, places, date(2026, 11, 22), |id| {
        of.iter().find(|(i, _)| i == id.as_str()).map_or(&[], |(_, rows)| rows.as_slice())
    });
    for (line, wanted) in found.cells.iter().zip(expected) {
        let line: Vec<_> = line
            .iter()
            .map(|c| {
                (c.state, c.found.as_ref().map(|f| f.value), c.found.as_ref().map_or(vec![], |f| f.weaknesses.clone()))
            })
            .collect();
        let wanted: Vec<_> = wanted.iter().map(|(s, v, w)| (*s, *v, w.to_vec())).collect();
        assert_eq!(line, wanted);
    }
    let filled = found.cells.iter().flatten().filter(|c| c.found.is_some()).count();
    assert_eq!(found.all.n_filled, filled);
    assert_eq!(found.by_place.iter().map(|t| t.n_filled).sum::<usize>(), filled);
    assert_eq!(found.by_indicator.iter().map(|t| t.n_filled).sum::<usize>(), filled);
}

use GapState::{Missing, NotApplicable, Old, There, Weak};

#[test]
fn the_newest_figure_counts_and_says_how_good_it_is() {
    let rows = [
        sound("SLUM", "NBO", "2019", 60.0),
        sound("SLUM", "NBO", "2023", 55.0),
        // What begins after the day is not yet.
        sound("SLUM", "NBO", "2030", 5.0),
        // 2021 ended five years and more before the day only from 1 January 2027 on; 2020 did.
        sound("SLUM", "MBA", "2020", 40.0),
        sound("BUS", "MBA", "2021", 70.0),
        NewRow {
            status: ObservationStatus::Estimated,
            standard_error: Some(9.0),
            sample_size: Some(24),
            ..row("BUS", "NBO", "2024", Scope::Global, 29.0)
        },
        // A group, and what a project delivered, are not the city.
        NewRow { breakdown: "sex=female", ..sound("SLUM", "KIS", "2024", 1.0) },
        delivered("SLUM", "P1", "KIS", "2024", 2.0),
    ];
    // 9 / 29 is 0.31, above 0.3; 24 units are below 25.
    let weak = &[Weakness::Estimated, Weakness::Provisional, Weakness::WideError, Weakness::SmallSample];
    check(
        "sdg",
        rows,
        [
            &[(There, Some(55.0), &[]), (Weak, Some(29.0), weak)],
            &[(Old, Some(40.0), &[]), (There, Some(70.0), &[])],
            &[(Missing, None, &[]), (Missing, None, &[])],
        ],
    );
}

#[test]
fn the_same_thing_under_another_code_counts_and_the_narrower_does_not() {
    let rows = || [sound("SLUM", "NBO", "2024", 55.0), sound("HOMES", "MBA", "2024", 45.0)];
    // Homes count the other way: 45 percent in adequate homes are not 45 percent in slums.
    check(
        "umf",
        rows(),
        [
            &[(There, Some(55.0), &[]), (Missing, None, &[])],
            &[(Missing, None, &[]), (Missing, None, &[])],
            &[(Missing, None, &[]), (Missing, None, &[])],
        ],
    );
    check("cpi", rows(), [&[(Missing, None, &[])], &[(Missing, None, &[])], &[(Missing, None, &[])]]);
}

#[test]
fn what_does_not_apply_is_no_gap() {
    let said = |status, place, year| NewRow { status, value: None, ..sound("BUS", place, year, 0.0) };
    let rows = [
        said(ObservationStatus::NotApplicable, "NBO", "2024"),
        sound("BUS", "NBO", "2022", 3.0),
        said(ObservationStatus::NotApplicable, "MBA", "2022"),
        sound("BUS", "MBA", "2024", 3.0),
        said(ObservationStatus::NotAvailable, "KIS", "2024"),
    ];
    check(
        "sdg",
        rows,
        [
            &[(Missing, None, &[]), (NotApplicable, None, &[])],
            &[(Missing, None, &[]), (There, Some(3.0), &[])],
            &[(Missing, None, &[]), (Missing, None, &[])],
        ],
    );
    assert_eq!(Tally { n_filled: 1, n_there: 1, n_applicable: 4 }.share(), Some(0.25));
    assert_eq!(Tally::default().share(), None, "where nothing applies nothing is lacking");
}

#[test]
fn a_crosswalk_is_read_both_ways() {
    let list = frameworks();
    let names = |of: &str| -> Vec<(String, Relation)> {
        list.crosswalk(list.at(of).expect("a code")).map(|(i, r)| (i.name(), r)).collect()
    };
    assert_eq!(
        names("SDG:11.1.1"),
        [("UMF:1.4.1".to_owned(), Relation::Same), ("CPI:E2.1".to_owned(), Relation::Broader)]
    );
    assert_eq!(names("CPI:E2.1"), [("SDG:11.1.1".to_owned(), Relation::Narrower)]);
    assert_eq!(names("UMF:9.9.9"), []);
    let twice = vec![of("sdg", "1", None), of("sdg", "1", None)];
    assert_eq!(Frameworks::new(twice, &[]).err(), Some(FrameworksError::CodeTwice("SDG:1".to_owned())));
    let pair = [("SDG:1".to_owned(), "SDG:2".to_owned(), Relation::Same)];
    let unknown = Frameworks::new(vec![of("sdg", "1", None)], &pair).err();
    assert_eq!(unknown, Some(FrameworksError::CodeUnknown("SDG:2".to_owned())));
}
