//! Measures by hand: one table of cases for each type, the arithmetic shown.

use engine::{Prepared, evaluate};
use jiff::civil::date;
use model::{
    figure::{Answer, Figure, FigureKey, Reason},
    kinds::*,
    observations::NewRow,
    value::Id,
};
use snapshot::Snapshot;
use std::sync::Arc;
use testkit::snapshot::*;

/// World with Kenya (Nairobi, Mombasa) and Uganda (Kampala); sex is a partition, theme is not.
fn world(indicator: Indicator) -> Build {
    Build::default()
        .with(plan("P", 2014, 2019))
        .with(result("R", "P", None))
        .with(indicator)
        .with(place("W", PlaceKind::World, None))
        .with(place("KEN", PlaceKind::Country, Some("W")))
        .with(place("UGA", PlaceKind::Country, Some("W")))
        .with(place("NBO", PlaceKind::City, Some("KEN")))
        .with(place("MBA", PlaceKind::City, Some("KEN")))
        .with(place("KLA", PlaceKind::City, Some("UGA")))
        .with(dimension("sex", true))
        .with_all(categories("sex", &["female", "male"]))
        .with(dimension("theme", false))
        .with_all(categories("theme", &["land", "water"]))
        .with_all(["P1", "P2", "P3"].map(|p| project(p, 2014, 2019, &["I"])))
}

fn figure(snapshot: Arc<Snapshot>, key: &str) -> Figure {
    evaluate(&Prepared::new(snapshot), &FigureKey::parse(key).expect("a key"))
}

/// The only caller of the API in the tables: rows in, answer and rule out.
fn check(indicator: &Indicator, rows: &[NewRow<'_>], key: &str, expected: Answer, rule: &str) {
    let figure = figure(world(indicator.clone()).rows(rows.iter().copied()).freeze(), key);
    assert_eq!((&figure.answer, figure.derivation.rule), (&expected, rule), "{key}: {:#?}", figure.derivation);
}

fn with_reporting(measure: Measure, reporting: Option<Reporting>) -> Indicator {
    Indicator { reporting, ..indicator("I", "R", measure) }
}

fn global(place: &'static str, when: &str, value: f64) -> NewRow<'static> {
    row("I", place, when, Scope::Global, value)
}

fn none(reason: Reason) -> Answer {
    Answer::None(reason)
}

#[test]
fn flows_sum_over_time_place_and_groups() {
    let yearly = with_reporting(Measure::Flow, Some(Reporting::Incremental));
    let rows = [global("KEN", "2014", 12.0), global("KEN", "2015", 30.0), global("UGA", "2015", 7.0)];
    // 12 + 30 + 7 = 49.
    check(&yearly, &rows, "I~global~~2014_2015~", Answer::Value(49.0), "sum");
    check(&yearly, &rows, "I~global~KEN~2014_2015~", Answer::Value(42.0), "sum");
    check(&yearly, &rows, "I~global~KEN~2015~", Answer::Value(30.0), "as-reported");
    check(&yearly, &rows, "I~global~NBO~2015~", none(Reason::NothingReported), "none");
    check(&yearly, &rows, "I~delivered~~2015~", none(Reason::NothingReported), "none");
    // The year stands; its halves are parts of it: 12, not 12 + 5 + 7.
    let halves = [global("KEN", "2014", 12.0), global("KEN", "2014-S1", 5.0), global("KEN", "2014-S2", 7.0)];
    check(&yearly, &halves, "I~global~~2014~", Answer::Value(12.0), "only-value");
    check(&yearly, &halves[1..], "I~global~KEN~2014~", Answer::Value(12.0), "sum");
    // 2014–2015 and 2015–2016 share a year.
    let crossing = [global("KEN", "2014/2015", 1.0), global("KEN", "2015/2016", 1.0)];
    check(&yearly, &crossing, "I~global~~2014_2016~", none(Reason::IllegalRollUp), "none");
    // Women and men make up the total; land and water do not, and women alone do not.
    let by = |g| NewRow { breakdown: g, ..global("KEN", "2014", 4.0) };
    check(&yearly, &[by("sex=female"), by("sex=male")], "I~global~~2014~", Answer::Value(8.0), "sum");
    check(&yearly, &[by("sex=female")], "I~global~~2014~", none(Reason::GroupsOverlap), "none");
    check(&yearly, &[by("theme=land"), by("theme=water")], "I~global~~2014~", none(Reason::GroupsOverlap), "none");
    check(&yearly, &[by("sex=female")], "I~global~KEN~2014~sex=female", Answer::Value(4.0), "as-reported");
    // Women are put together from themes only if themes partition, which they do not; from ages they would.
    let crossed = [by("sex=female;theme=land"), by("sex=male;theme=land")];
    check(&yearly, &crossed, "I~global~~2014~theme=land", Answer::Value(8.0), "sum");
}

#[test]
fn flows_add_over_time_as_declared() {
    let rows = [global("KEN", "2014", 12.0), global("KEN", "2015", 30.0)];
    let declared = |r| with_reporting(Measure::Flow, r);
    check(&declared(Some(Reporting::Incremental)), &rows, "I~global~~2014_2015~", Answer::Value(42.0), "sum");
    check(&declared(Some(Reporting::Cumulative)), &rows, "I~global~~2014_2015~", Answer::Value(30.0), "only-value");
    check(&declared(None), &rows, "I~global~~2014_2015~", none(Reason::ReportingUndeclared), "none");
    check(&declared(None), &rows, "I~global~~2015~", Answer::Value(30.0), "only-value");
    // Uganda is silent in 2015: its 7 since the start still count, 30 + 7. In 2016 nobody reported anything.
    let silent = [rows[0], rows[1], global("UGA", "2014", 7.0)];
    check(&declared(Some(Reporting::Cumulative)), &silent, "I~global~~2015~", Answer::Value(37.0), "sum-of-latest");
    check(&declared(Some(Reporting::Cumulative)), &silent, "I~global~~2016~", none(Reason::NothingReported), "none");
}

#[test]
fn stocks_are_the_last_over_time_and_sum_over_disjoint_places() {
    let stock = indicator("I", "R", Measure::Stock);
    let rows = [global("KEN", "2014", 10.0), global("KEN", "2015", 11.0), global("UGA", "2014", 5.0)];
    // 11 + 5, each place at its last.
    check(&stock, &rows, "I~global~~2014_2015~", Answer::Value(16.0), "sum-of-latest");
    // The world was reported: that is the figure, whatever its parts sum to.
    let with_world = [rows[0], rows[2], global("W", "2014", 20.0)];
    check(&stock, &with_world, "I~global~~2014~", Answer::Value(20.0), "as-reported");
    check(&stock, &with_world, "I~global~W~2014~", Answer::Value(20.0), "as-reported");
    // Countries are one level: 10 + 5; Nairobi is a part of Kenya.
    let nested = [rows[0], rows[2], global("NBO", "2014", 3.0)];
    check(&stock, &nested, "I~global~~2014~", Answer::Value(15.0), "sum-of-latest");
    // Kenya, a city in it, and a city of silent Uganda: no single level.
    let mixed = [rows[0], global("NBO", "2014", 3.0), global("KLA", "2014", 2.0)];
    check(&stock, &mixed, "I~global~~2014~", none(Reason::PlacesOverlap), "none");
    check(&stock, &mixed, "I~global~KEN~2014~", Answer::Value(10.0), "as-reported");
    check(&stock, &mixed[1..], "I~global~~2014~", Answer::Value(5.0), "sum-of-latest");
    // Kenya's last value is of 2014, Nairobi's of 2015: the city is still a part of the country.
    let over_time = [rows[0], global("NBO", "2015", 3.0), rows[2]];
    check(&stock, &over_time, "I~global~~2014_2015~", Answer::Value(15.0), "sum-of-latest");
}

#[test]
fn distinct_counts_are_unions() {
    let count = indicator("I", "R", Measure::DistinctCount);
    let rows = [
        claim("I", "P1", "nairobi", "NBO", "2014"),
        claim("I", "P2", "nairobi", "NBO", "2014"),
        claim("I", "P2", "kampala", "KLA", "2015"),
        claim("I", "P1", "nairobi", "NBO", "2015"),
    ];
    // Nairobi in two projects counts once: |{kampala, nairobi}| = 2, although there are four rows.
    check(&count, &rows, "I~delivered~~2014_2015~", Answer::Value(2.0), "distinct-union");
    check(&count, &rows, "I~delivered~~2014~", Answer::Value(1.0), "distinct-union");
    check(&count, &rows, "I~delivered~UGA~2014_2015~", Answer::Value(1.0), "distinct-union");
    check(&count, &rows, "I~delivered~UGA~2014~", none(Reason::NothingReported), "none");
    // Cumulative: what was reported before stays, kampala is new.
    let since = with_reporting(Measure::DistinctCount, Some(Reporting::Cumulative));
    check(&since, &rows[..3], "I~delivered~~2015~", Answer::Value(2.0), "distinct-union");
    check(&since, &rows[..3], "I~delivered~~2016~", none(Reason::NothingReported), "none");
    // A project that reports zero has reported.
    let zero = NewRow { value: Some(0.0), ..rows[0] };
    check(&count, &[zero], "I~delivered~~2014~", Answer::Value(0.0), "distinct-union");
    // Without names only bounds are known where places meet: [max(5, 3), 5 + 3]; apart they add up.
    let unnamed = |p, place, n| delivered("I", p, place, "2014", n);
    let bounds = Answer::Interval { low: 5.0, high: 8.0, reason: Reason::OverlapUnknown };
    check(
        &count,
        &[unnamed("P1", "KEN", 5.0), unnamed("P2", "KEN", 3.0)],
        "I~delivered~~2014~",
        bounds,
        "interval-overlap",
    );
    check(
        &count,
        &[unnamed("P1", "KEN", 5.0), unnamed("P2", "UGA", 3.0)],
        "I~delivered~~2014~",
        Answer::Value(8.0),
        "sum",
    );
    let beside = [unnamed("P2", "KEN", 3.0), rows[0]];
    let bounds = Answer::Interval { low: 3.0, high: 4.0, reason: Reason::OverlapUnknown };
    check(&count, &beside, "I~delivered~~2014~", bounds, "interval-overlap");
    // A number and the names behind it are one statement.
    check(&count, &[unnamed("P1", "NBO", 1.0), rows[0]], "I~delivered~~2014~", Answer::Value(1.0), "distinct-union");

    let figure = figure(world(count).rows(rows).freeze(), "I~delivered~~2014_2015~");
    let bodies = &figure.derivation.bodies;
    assert_eq!(bodies[1], ("nairobi".to_owned(), vec!["P1".to_owned(), "P2".to_owned()]));
    assert_eq!(figure.derivation.inputs.iter().filter(|i| i.left_out == Some("duplicate-body")).count(), 2);
    assert_eq!((figure.completeness.n_expected, figure.completeness.n_reported), (3, 2));
}

#[test]
fn stages_follow_each_body() {
    let scaled = Indicator { scale: Some(code("policy")), ..indicator("I", "R", Measure::StageCount) };
    let at = |e, stage, when, place| NewRow { stage, value: None, ..claim("I", "P1", e, place, when) };
    let rows = [
        at("kenya", "drafted", "2014", "KEN"),
        at("kenya", "adopted", "2016", "KEN"),
        at("uganda", "drafted", "2015", "UGA"),
        at("uganda", "unheard-of", "2016", "UGA"),
    ];
    let build =
        || world(scaled.clone()).with_all(stages("policy", &["none", "drafted", "adopted"])).rows(rows).freeze();
    let table = |none: u32, drafted: u32, adopted: u32| {
        Answer::Stages(vec![("none".into(), none), ("drafted".into(), drafted), ("adopted".into(), adopted)])
    };
    for (key, expected) in [
        ("I~delivered~~2014~", table(0, 1, 0)),
        ("I~delivered~~2015~", table(0, 2, 0)),
        ("I~delivered~~2016~", table(0, 1, 1)),
        ("I~delivered~KEN~2016~", table(0, 0, 1)),
        ("I~delivered~~2017~", none(Reason::NothingReported)),
    ] {
        assert_eq!(figure(build(), key).answer, expected, "{key}");
    }
    let left_out: Vec<_> = figure(build(), "I~delivered~~2016~").derivation.inputs.iter().map(|i| i.left_out).collect();
    assert_eq!(left_out, [Some("earlier-stage"), None, None, Some("unknown-stage")]);
    let moves = engine::transitions(&Prepared::new(build()), &Id::from("I"), period("2014"), period("2016")).moves;
    assert_eq!(moves[0], (None, "unheard-of".to_owned(), 1));
    assert_eq!(moves[1], (Some("drafted".to_owned()), "adopted".to_owned(), 1));
}

#[test]
fn illegal_moves_are_listed() {
    let scaled = Indicator { scale: Some(code("policy")), ..indicator("I", "R", Measure::StageCount) };
    let at = |stage, when| NewRow { stage, value: None, ..claim("I", "P1", "kenya", "KEN", when) };
    let strict = stages("policy", &["none", "drafted", "adopted"]).map(|s| {
        let next = match s.code.0.as_str() {
            "none" => vec![code("drafted")],
            "drafted" => vec![code("adopted")],
            _ => vec![code("adopted")],
        };
        Stage { next, ..s }
    });
    let rows = [at("none", "2014"), at("adopted", "2015"), at("drafted", "2016")];
    let snapshot = world(scaled).with_all(strict).rows(rows).freeze();
    let found = engine::transitions(&Prepared::new(snapshot), &Id::from("I"), period("2014"), period("2016"));
    let seen: Vec<_> = found.illegal.iter().map(|m| (m.from.as_str(), m.to.as_str(), m.skipped)).collect();
    // None to adopted leaves out a stage that may have gone unreported; adopted to drafted is a way back.
    assert_eq!(seen, [("none", "adopted", true), ("adopted", "drafted", false)]);
}

#[test]
fn shares_are_ratios_of_sums() {
    let percent = Indicator { unit: Some(code("percent")), ..indicator("I", "R", Measure::Share) };
    let part =
        |place, n, d| NewRow { value: None, numerator: Some(n), denominator: Some(d), ..global(place, "2014", 0.0) };
    // (24 + 60) / (100 + 120) × 100 = 38.18…, not the mean 37 of 24 % and 50 %.
    let rows = [part("KEN", 24.0, 100.0), part("UGA", 60.0, 120.0)];
    check(&percent, &rows, "I~global~~2014~", Answer::Value(84.0 / 220.0 * 100.0), "ratio-of-sums");
    check(&percent, &rows, "I~global~KEN~2014~", Answer::Value(24.0), "ratio-of-sums");
    let share = Indicator { unit: Some(code("share")), ..percent.clone() };
    check(&share, &rows, "I~global~KEN~2014~", Answer::Value(0.24), "ratio-of-sums");
    // A single share stands without a denominator; two do not combine.
    let plain = [global("KEN", "2014", 24.0), global("UGA", "2014", 50.0)];
    check(&percent, &plain[..1], "I~global~~2014~", Answer::Value(24.0), "only-value");
    check(&percent, &plain, "I~global~~2014~", none(Reason::NoDenominator), "none");
    check(&percent, &[part("KEN", 0.0, 0.0)], "I~global~~2014~", none(Reason::ZeroDenominator), "ratio-of-sums");
    // A share with its denominator gives the numerator: 24 % of 100 and 50 % of 300 are 174 of 400, 43.5 %.
    let based = |r: NewRow<'static>, d| NewRow { denominator: Some(d), ..r };
    let rows = [based(plain[0], 100.0), based(plain[1], 300.0)];
    check(&percent, &rows, "I~global~~2014~", Answer::Value(43.5), "ratio-of-sums");
}

#[test]
fn means_scores_and_indices_are_weighted() {
    for measure in [Measure::Mean, Measure::Index, Measure::Score] {
        let mean = indicator("I", "R", measure);
        let weighed = |place, v, w| NewRow { denominator: Some(w), ..global(place, "2014", v) };
        // (2 × 1 + 5 × 3) / (1 + 3) = 4.25.
        let rows = [weighed("KEN", 2.0, 1.0), weighed("UGA", 5.0, 3.0)];
        check(&mean, &rows, "I~global~~2014~", Answer::Value(4.25), "weighted-mean");
        check(&mean, &rows, "I~global~KEN~2014~", Answer::Value(2.0), "as-reported");
        let plain = [global("KEN", "2014", 2.0), global("UGA", "2014", 5.0)];
        check(&mean, &plain, "I~global~~2014~", none(Reason::NoDenominator), "none");
        let zero = [weighed("KEN", 2.0, 0.0), weighed("UGA", 5.0, 0.0)];
        check(&mean, &zero, "I~global~~2014~", none(Reason::ZeroDenominator), "weighted-mean");
    }
}

#[test]
fn stories_are_never_numbers() {
    check(
        &indicator("I", "R", Measure::Story),
        &[global("KEN", "2014", 1.0)],
        "I~global~~2014~",
        none(Reason::Story),
        "story",
    );
}

#[test]
fn a_reason_is_not_a_zero() {
    let flow = with_reporting(Measure::Flow, Some(Reporting::Incremental));
    let without = |place, status| NewRow { value: None, status, ..global(place, "2014", 0.0) };
    let na = without("KEN", ObservationStatus::NotAvailable);
    let hidden = without("UGA", ObservationStatus::Suppressed);
    check(&flow, &[global("KEN", "2014", 0.0)], "I~global~~2014~", Answer::Value(0.0), "only-value");
    check(&flow, &[na], "I~global~~2014~", none(Reason::NotAvailable), "none");
    check(&flow, &[na, hidden], "I~global~~2014~", none(Reason::Suppressed), "none");
    let not_due = without("KEN", ObservationStatus::NotYetDue);
    check(&flow, &[not_due], "I~global~KEN~2014~", none(Reason::NotYetDue), "none");
    let partly = figure(world(flow).rows([na, global("UGA", "2014", 5.0)]).freeze(), "I~global~~2014~");
    assert_eq!(partly.answer, Answer::Value(5.0));
    assert_eq!(
        (partly.completeness.n_expected, partly.completeness.n_reported, partly.completeness.n_without_value),
        (2, 2, 1)
    );
}

#[test]
fn overlap_between_projects_is_data() {
    let people =
        Indicator { unit: Some(code("person")), ..with_reporting(Measure::Flow, Some(Reporting::Incremental)) };
    let dollars = Indicator { unit: Some(code("USD")), ..people.clone() };
    let rows = [delivered("I", "P1", "KEN", "2014", 40.0), delivered("I", "P2", "KEN", "2014", 30.0)];
    let answer = |indicator: &Indicator, overlaps: &[Overlap], rows: &[NewRow<'_>]| {
        let build = world(indicator.clone()).with_all(overlaps.to_vec()).rows(rows.iter().copied());
        figure(build.freeze(), "I~delivered~~2014~").answer
    };
    let between = |low, high| Answer::Interval { low, high, reason: Reason::OverlapUnknown };
    use OverlapRelation::*;
    // No record: people in one place may be the same, dollars are not.
    assert_eq!(answer(&people, &[], &rows), between(40.0, 70.0));
    assert_eq!(answer(&dollars, &[], &rows), Answer::Value(70.0));
    for (relation, expected) in [
        (Additive, Answer::Value(70.0)),
        (Subset, Answer::Value(30.0)),
        (Shared, Answer::Value(40.0)),
        (Unknown, between(40.0, 70.0)),
    ] {
        assert_eq!(answer(&people, &[overlap("I", "P1", "P2", relation)], &rows), expected, "{relation}");
        let swapped = if relation == Subset { Answer::Value(40.0) } else { expected };
        assert_eq!(answer(&people, &[overlap("I", "P2", "P1", relation)], &rows), swapped, "{relation}");
    }
    // In different places people are different; in a city and its country they may be the same.
    let apart = [rows[0], delivered("I", "P2", "UGA", "2014", 30.0)];
    assert_eq!(answer(&people, &[], &apart), Answer::Value(70.0));
    assert_eq!(answer(&people, &[], &[rows[0], delivered("I", "P2", "NBO", "2014", 30.0)]), between(40.0, 70.0));
    // A third project elsewhere is certain: 10 + [max(40, 30), 40 + 30].
    let three = [rows[0], rows[1], delivered("I", "P3", "UGA", "2014", 10.0)];
    assert_eq!(answer(&people, &[], &three), between(50.0, 80.0));
    // A circle of subsets is one thing said three times: the largest counts.
    let circle = [overlap("I", "P1", "P2", Subset), overlap("I", "P2", "P3", Subset), overlap("I", "P3", "P1", Subset)];
    let same = [rows[0], rows[1], delivered("I", "P3", "KEN", "2014", 50.0)];
    assert_eq!(answer(&people, &circle, &same), Answer::Value(50.0));
    // Negative flows have no lower bound of this sort.
    let negative = [rows[0], delivered("I", "P2", "KEN", "2014", -5.0)];
    assert_eq!(answer(&people, &[], &negative), none(Reason::OverlapUnknown));
}

#[test]
fn a_child_project_is_a_part_of_its_parent_where_both_report() {
    let flow = Indicator { unit: Some(code("person")), ..with_reporting(Measure::Flow, Some(Reporting::Incremental)) };
    let child = Project { parent: Some("P1".into()), ..project("P2", 2014, 2019, &["I"]) };
    let rows = [delivered("I", "P1", "KEN", "2014", 40.0), delivered("I", "P2", "KEN", "2014", 30.0)];
    let build = |rows: &[NewRow<'_>]| world(flow.clone()).with(child.clone()).rows(rows.iter().copied()).freeze();
    let both = figure(build(&rows), "I~delivered~~2014~");
    assert_eq!((both.answer, both.derivation.inputs[1].left_out), (Answer::Value(40.0), Some("subset")));
    assert_eq!(figure(build(&rows[1..]), "I~delivered~~2014~").answer, Answer::Value(30.0));
}

#[test]
fn completeness_counts_projects() {
    let flow = Indicator { unit: Some(code("USD")), ..with_reporting(Measure::Flow, Some(Reporting::Incremental)) };
    let estimated = NewRow { status: ObservationStatus::Estimated, ..delivered("I", "P1", "KEN", "2014", 40.0) };
    let silent =
        NewRow { value: None, status: ObservationStatus::NotAvailable, ..delivered("I", "P2", "UGA", "2014", 0.0) };
    let build = world(flow)
        .with(project("LATE", 2018, 2019, &["I"]))
        .with(Project { status: ProjectStatus::Draft, ..project("DRAFT", 2014, 2019, &["I"]) })
        .rows([estimated, silent]);
    // P1, P2 and P3 run in 2014; the draft and the late one are not expected.
    let snapshot = build.freeze();
    let c = figure(snapshot.clone(), "I~delivered~~2014~").completeness;
    let unheard = figure(snapshot, "I~delivered~~2014~sex=female").completeness;
    assert_eq!((unheard.n_expected, unheard.n_reported), (3, 0));
    assert_eq!((c.n_expected, c.n_reported, c.n_estimated, c.n_without_value), (3, 2, 1, 1));
}

#[test]
fn definitions_are_joined_by_factors_and_mappings() {
    let flow = with_reporting(Measure::Flow, Some(Reporting::Incremental));
    let versions = |factor, change| {
        [
            definition("I", 1, date(2014, 1, 1), ChangeClass::Major),
            Definition { factor, ..definition("I", 2, date(2016, 1, 1), change) },
        ]
    };
    let rows = [global("KEN", "2015", 3.0), global("KEN", "2016", 4000.0)];
    let answer = |versions: [Definition; 2], key: &str| {
        figure(world(flow.clone()).with_all(versions).rows(rows).freeze(), key).answer
    };
    // Thousands until 2015, units since: 3 × 1000 + 4000.
    let thousands = || versions(Some(1000.0), ChangeClass::Major);
    assert_eq!(answer(thousands(), "I~global~~2015_2016~"), Answer::Value(7000.0));
    // A question about 2015 is answered in the version of 2015.
    assert_eq!(answer(thousands(), "I~global~~2015~"), Answer::Value(3.0));
    assert_eq!(answer(versions(None, ChangeClass::Major), "I~global~~2015_2016~"), none(Reason::NoMapping));
    assert_eq!(answer(versions(None, ChangeClass::Major), "I~global~~2016~"), Answer::Value(4000.0));
    assert_eq!(answer(versions(None, ChangeClass::Minor), "I~global~~2015_2016~"), Answer::Value(4003.0));
}

#[test]
fn categories_are_joined_by_mappings() {
    let flow = with_reporting(Measure::Flow, Some(Reporting::Incremental));
    let mapping = |from: &str, to: &str, relation, share| Mapping {
        indicator: "I".into(),
        version: model::record::Whole(2),
        dimension: "age".into(),
        from_code: code(from),
        to_code: code(to),
        relation,
        share,
    };
    let joined = |rows: &[NewRow<'_>]| {
        world(flow.clone())
            .with_all([2014, 2016].map(|y| definition("I", i64::from(y - 2012) / 2, date(y, 1, 1), ChangeClass::Major)))
            .with(dimension("age", true))
            .with_all(categories("age", &["young", "15-64", "65+"]))
            .with(mapping("infant", "young", MappingRelation::Merge, None))
            .with(mapping("child", "young", MappingRelation::Merge, None))
            .with(mapping("adult", "15-64", MappingRelation::Split, Some(0.9)))
            .with(mapping("adult", "65+", MappingRelation::Split, Some(0.1)))
            .rows(rows.iter().copied())
            .freeze()
    };
    let aged = |breakdown, when, value| NewRow { breakdown, ..global("KEN", when, value) };
    let rows = [
        aged("age=infant", "2015", 2.0),
        aged("age=child", "2015", 3.0),
        aged("age=adult", "2015", 50.0),
        aged("age=young", "2016", 6.0),
    ];
    // Infants and children are the young: 2 + 3 + 6.
    assert_eq!(figure(joined(&rows), "I~global~~2015_2016~age=young").answer, Answer::Value(11.0));
    // A tenth of the adults: an estimate.
    let old = figure(joined(&rows), "I~global~~2015_2016~age=65+");
    assert_eq!((old.answer, old.completeness.n_estimated), (Answer::Value(5.0), 1));
    // Children alone are not the young of 2015; what is left is the 6 of 2016.
    let partly = figure(joined(&rows[1..]), "I~global~~2015_2016~age=young");
    assert_eq!(partly.answer, Answer::Value(6.0));
    assert_eq!(partly.derivation.inputs[0].left_out, Some("groups-incomplete"));
    // In 2015 itself the old categories hold, and in them there are no young.
    assert_eq!(figure(joined(&rows), "I~global~~2015~age=infant").answer, Answer::Value(2.0));
    assert_eq!(figure(joined(&rows), "I~global~~2015~age=young").answer, none(Reason::NothingReported));
    // Seen from 2016 the three categories partition: 5 + 45 + 5 = 55 for 2015.
    let later = [rows[0], rows[1], rows[2]];
    assert_eq!(figure(joined(&later), "I~global~~2015_2016~").answer, Answer::Value(55.0));
}

#[test]
fn standard_errors_propagate_where_every_input_has_one() {
    let percent = Indicator { unit: Some(code("percent")), ..indicator("I", "R", Measure::Share) };
    let with = |place, v, d, e| NewRow { denominator: Some(d), standard_error: e, ..global(place, "2014", v) };
    let error = |indicator: &Indicator, rows: [NewRow<'_>; 2]| {
        figure(world(indicator.clone()).rows(rows).freeze(), "I~global~~2014~").standard_error
    };
    // Weights 1/4 and 3/4: √((4·1/4)² + (4·3/4)²) = √(1 + 9) = √10.
    let rows = [with("KEN", 20.0, 100.0, Some(4.0)), with("UGA", 40.0, 300.0, Some(4.0))];
    assert!(error(&percent, rows).is_some_and(|e| (e - 10f64.sqrt()).abs() < 1e-12));
    assert_eq!(error(&percent, [rows[0], with("UGA", 40.0, 300.0, None)]), None);
    // √(3² + 4²) = 5.
    let flow = with_reporting(Measure::Flow, Some(Reporting::Incremental));
    assert_eq!(error(&flow, [with("KEN", 1.0, 1.0, Some(3.0)), with("UGA", 1.0, 1.0, Some(4.0))]), Some(5.0));
}

#[test]
fn a_figure_names_its_parts() {
    let flow = with_reporting(Measure::Flow, Some(Reporting::Incremental));
    let rows = [global("KEN", "2014", 1.0), global("NBO", "2015", 2.0), global("UGA", "2015", 3.0)];
    let prepared = Prepared::new(world(flow).rows(rows).freeze());
    let parts = |key: &str| {
        let figure = evaluate(&prepared, &FigureKey::parse(key).expect("a key"));
        figure.derivation.parts.iter().map(|(k, a)| (k.to_string(), a.value())).collect::<Vec<_>>()
    };
    assert_eq!(
        parts("I~global~~2014_2015~"),
        [("I~global~~2014~".into(), Some(1.0)), ("I~global~~2015~".into(), Some(5.0))]
    );
    assert_eq!(
        parts("I~global~W~2015~"),
        [("I~global~KEN~2015~".into(), Some(2.0)), ("I~global~UGA~2015~".into(), Some(3.0))]
    );
    assert_eq!(parts("I~global~UGA~2015~"), []);
}
