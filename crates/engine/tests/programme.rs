//! Standing, tracking, duties and series of small programmes, by hand.

use std::sync::Arc;

use engine::{Prepared, duties, evaluate, figures, series, side_by_side, standing, tracking};
use jiff::civil::{Date, date};
use model::{
    figure::{Answer, DutyKind, DutyState, Progress, Standing},
    kinds::*,
    observations::NewRow,
    record::Whole,
    value::{Currency, Id, Money},
};
use snapshot::Snapshot;
use testkit::snapshot::*;

fn base(indicator: Indicator) -> Build {
    Build::default()
        .with(plan("P", 2014, 2019))
        .with(result("R", "P", None))
        .with(indicator)
        .with(place("KEN", PlaceKind::Country, None))
        .with(place("UGA", PlaceKind::Country, None))
}

/// From 10 at the end of 2013 to 70 at the end of 2019: 10 a year.
fn six_years(from: f64, to: f64) -> [Target; 2] {
    [
        target("I", TargetKind::Baseline, date(2013, 12, 31), from),
        target("I", TargetKind::Target, date(2019, 12, 31), to),
    ]
}

fn stand(snapshot: Arc<Snapshot>, on: Date) -> Standing {
    standing(&Prepared::new(snapshot), &"I".into(), on)
}

fn stock(direction: Direction) -> Indicator {
    Indicator { direction: Some(direction), ..indicator("I", "R", Measure::Stock) }
}

#[test]
fn progress_follows_the_path() {
    // At the end of 2016, 1096 of 2191 days: the path is at 10 + 60 × 1096 / 2191 = 40.01; the tolerance is 6.
    let check = |value: f64, expected: Progress| {
        let snapshot = base(stock(Direction::Increase))
            .with_all(six_years(10.0, 70.0))
            .row(row("I", "KEN", "2016", Scope::Global, value))
            .freeze();
        let found = stand(snapshot, date(2017, 6, 30));
        assert_eq!(found.progress, expected, "{value}");
        assert!(found.expected.is_some_and(|e| (e - (10.0 + 60.0 * 1096.0 / 2191.0)).abs() < 1e-9));
        assert_eq!(found.achieved_share, Some((value - 10.0) / 60.0));
    };
    check(70.0, Progress::Achieved);
    check(41.0, Progress::OnTrack);
    check(34.1, Progress::OnTrack);
    check(33.9, Progress::AtRisk);
    check(22.1, Progress::AtRisk);
    check(21.9, Progress::OffTrack);
    check(5.0, Progress::OffTrack);
}

#[test]
fn falling_is_progress_where_less_is_better() {
    let check = |value: f64, expected: Progress| {
        let snapshot = base(stock(Direction::Decrease))
            .with_all(six_years(70.0, 10.0))
            .row(row("I", "KEN", "2016", Scope::Global, value))
            .freeze();
        assert_eq!(stand(snapshot, date(2017, 6, 30)).progress, expected, "{value}");
    };
    // The path is at 39.99.
    check(9.0, Progress::Achieved);
    check(45.9, Progress::OnTrack);
    check(46.1, Progress::AtRisk);
    check(58.0, Progress::OffTrack);
    check(75.0, Progress::OffTrack);
}

#[test]
fn early_losses_are_off_track_only_beyond_the_tolerance() {
    // At the end of January 2014 the path is at 10.8; 9 is behind the baseline, but within the tolerance of 6.
    let at = |value| {
        let rows = base(stock(Direction::Increase)).with_all(six_years(10.0, 70.0)).row(row(
            "I",
            "KEN",
            "2014-01",
            Scope::Global,
            value,
        ));
        stand(rows.freeze(), date(2014, 3, 1)).progress
    };
    assert_eq!(at(9.0), Progress::OnTrack);
    // 4 is behind by 6.8: more than 6, less than 18, but behind the baseline as well.
    assert_eq!(at(4.0), Progress::OffTrack);
}

#[test]
fn milestones_bend_the_path() {
    let late = target("I", TargetKind::Milestone, date(2016, 12, 31), 20.0);
    let snapshot = base(stock(Direction::Increase))
        .with_all(six_years(10.0, 70.0))
        .with(late)
        .row(row("I", "KEN", "2016", Scope::Global, 20.0))
        .freeze();
    let found = stand(snapshot, date(2017, 1, 1));
    assert_eq!((found.expected, found.progress), (Some(20.0), Progress::OnTrack));
}

#[test]
fn keeping_a_level_is_a_band() {
    let check = |value: f64, expected: Progress| {
        let targets = six_years(50.0, 50.0);
        let snapshot = base(stock(Direction::Maintain))
            .with_all(targets)
            .row(row("I", "KEN", "2016", Scope::Global, value))
            .freeze();
        assert_eq!(stand(snapshot, date(2017, 6, 30)).progress, expected, "{value}");
    };
    // The band is 50 ± 5.
    for (value, expected) in [
        (54.9, Progress::OnTrack),
        (45.1, Progress::OnTrack),
        (56.0, Progress::AtRisk),
        (36.0, Progress::AtRisk),
        (66.0, Progress::OffTrack),
    ] {
        check(value, expected);
    }
}

#[test]
fn a_standard_error_gives_a_probability() {
    let uncertain = NewRow { standard_error: Some(5.0), ..row("I", "KEN", "2016", Scope::Global, 34.0) };
    let snapshot = base(stock(Direction::Increase)).with_all(six_years(10.0, 70.0)).row(uncertain).freeze();
    let found = stand(snapshot, date(2017, 6, 30));
    // Behind by 6.0137 where 6 is allowed: z = (6 − 6.0137) / 5 = −0.0027, P = 0.4989.
    let behind = 10.0 + 60.0 * 1096.0 / 2191.0 - 34.0;
    assert_eq!(found.probability, Some(stats::normal_cdf((6.0 - behind) / 5.0)));
    assert!(found.probability.is_some_and(|p| (p - 0.4989).abs() < 1e-4));
    assert_eq!(found.progress, Progress::AtRisk);
}

#[test]
fn what_is_missing_is_named() {
    let bare = base(stock(Direction::Increase));
    assert_eq!(stand(bare.clone().freeze(), date(2015, 1, 1)).progress, Progress::NoBaseline);
    let [from, to] = six_years(10.0, 70.0);
    assert_eq!(stand(bare.clone().with(from.clone()).freeze(), date(2015, 1, 1)).progress, Progress::NoTarget);
    let undated = Target { on: None, ..to.clone() };
    assert_eq!(
        stand(bare.clone().with(from.clone()).with(undated).freeze(), date(2015, 1, 1)).progress,
        Progress::NoTarget
    );
    let both = bare.with(from).with(to);
    // The value of 2014 is due on 31 March 2015.
    assert_eq!(stand(both.clone().freeze(), date(2015, 3, 30)).progress, Progress::NotYetDue);
    assert_eq!(stand(both.freeze(), date(2015, 4, 1)).progress, Progress::NoData);
    let story = base(indicator("I", "R", Measure::Story)).freeze();
    assert_eq!(stand(story, date(2015, 1, 1)).progress, Progress::NotMeasured);
}

#[test]
fn increments_are_judged_by_their_running_total() {
    let adds = Indicator { reporting: Some(Reporting::Incremental), ..indicator("I", "R", Measure::Flow) };
    let rows = ["2014", "2015", "2016"].map(|y| row("I", "KEN", y, Scope::Global, 10.0));
    // 30 were added in three years; from 10 to 70 the path asks for 30.01.
    let snapshot = base(adds).with_all(six_years(10.0, 70.0)).rows(rows).freeze();
    let prepared = Prepared::new(snapshot);
    let found = standing(&prepared, &"I".into(), date(2017, 6, 30));
    let actual = found.actual.expect("a figure");
    assert_eq!((actual.key.to_string().as_str(), actual.answer.value()), ("I~global~~2014_2016~", Some(30.0)));
    assert_eq!((found.progress, found.achieved_share), (Progress::OnTrack, Some(0.5)));
    let table = tracking(&prepared, &"P".into(), date(2017, 6, 30));
    let percents: Vec<_> =
        table.rows[0].cells.iter().map(|c| c.percent.map(|p| (p * 1000.0).round() / 1000.0)).collect();
    // 10, 20 and 30 of 60.
    assert_eq!(percents, [Some(16.667), Some(33.333), Some(50.0), None, None, None]);
}

#[test]
fn an_interval_is_judged_by_its_worse_end() {
    let people = Indicator {
        reporting: Some(Reporting::Cumulative),
        unit: Some(code("person")),
        ..indicator("I", "R", Measure::Flow)
    };
    let snapshot = base(people)
        .with_all(["A", "B"].map(|p| project(p, 2014, 2019, &["I"])))
        .with_all(six_years(0.0, 60.0))
        .rows([delivered("I", "A", "KEN", "2016", 20.0), delivered("I", "B", "KEN", "2016", 15.0)])
        .freeze();
    let found = stand(snapshot, date(2017, 6, 30));
    // [20, 35] against 30.01 with a tolerance of 6: 20 is behind by 10.
    assert_eq!(found.actual.map(|a| a.key.scope), Some(Scope::Delivered));
    assert_eq!(found.progress, Progress::AtRisk);
}

#[test]
fn the_table_has_a_row_for_each_group_and_a_cell_for_each_year() {
    let women = Target { breakdown: group("sex=female"), ..target("I", TargetKind::Target, date(2019, 12, 31), 40.0) };
    let counted = stock(Direction::Increase);
    let snapshot = base(counted)
        .with_all(six_years(10.0, 70.0))
        .with(women)
        .rows([row("I", "KEN", "2015", Scope::Global, 20.0), row("I", "UGA", "2016", Scope::Global, 25.0)])
        .row(NewRow { breakdown: "sex=male", ..row("I", "KEN", "2016", Scope::Global, 9.0) })
        .freeze();
    let prepared = Prepared::new(snapshot);
    let table = tracking(&prepared, &"P".into(), date(2016, 6, 1));
    assert_eq!(table.periods.len(), 6);
    let rows: Vec<_> = table.rows.iter().map(|r| r.breakdown.to_string()).collect();
    assert_eq!(rows, ["", "sex=female", "sex=male"]);
    let total = &table.rows[0];
    let values: Vec<_> = total.cells.iter().map(|c| c.figure.as_ref().map(|f| f.answer.value())).collect();
    // 2014 was due and is missing; 2016 has come early; later years are empty.
    assert_eq!(values, [Some(None), Some(Some(20.0)), Some(Some(25.0)), None, None, None]);
    assert_eq!(total.cells.iter().map(|c| c.due).collect::<Vec<_>>(), [true, true, false, false, false, false]);
    assert!(total.standing.is_some() && table.rows[1].standing.is_none());
    assert_eq!(table.rows[1].target.as_ref().map(|t| t.value), Some(40.0));
    for figure in figures(&prepared, &"P".into(), date(2016, 6, 1)) {
        assert_eq!(evaluate(&prepared, &figure.key).answer, figure.answer, "{}", figure.key);
    }
}

#[test]
fn a_biennial_value_stands_where_its_period_ends() {
    let biennial = Indicator { cadence: Some(Cadence::Biennial), ..stock(Direction::Increase) };
    let snapshot = base(biennial).row(row("I", "KEN", "2014/2015", Scope::Global, 20.0)).freeze();
    let table = tracking(&Prepared::new(snapshot), &"P".into(), date(2019, 1, 1));
    let cells = &table.rows[0].cells;
    let keys: Vec<_> = cells.iter().map(|c| c.figure.as_ref().map(|f| f.key.period.to_string())).collect();
    assert_eq!(keys[..4], [None, Some("2014/2015".to_owned()), None, Some("2017".to_owned())]);
    assert_eq!(cells[1].figure.as_ref().map(|f| f.answer.clone()), Some(Answer::Value(20.0)));
}

#[test]
fn a_programme_of_two_years_shows_its_halves_and_its_whole() {
    let often = Indicator { cadence: Some(Cadence::HalfYearly), ..stock(Direction::Increase) };
    let snapshot = Build::default().with(plan("P", 2012, 2013)).with(result("R", "P", None)).with(often).freeze();
    let table = tracking(&Prepared::new(snapshot), &"P".into(), date(2014, 1, 1));
    let columns: Vec<_> = table.periods.iter().map(ToString::to_string).collect();
    assert_eq!(columns, ["2012-S1", "2012-S2", "2012", "2013-S1", "2013-S2", "2013", "2012/2013"]);
}

#[test]
fn scopes_stand_side_by_side() {
    let own = Indicator { world_indicator: Some("WORLD".into()), ..indicator("I", "R", Measure::Share) };
    let snapshot = base(own)
        .with(indicator("WORLD", "R", Measure::Share))
        .rows([
            row("WORLD", "KEN", "2016", Scope::Global, 0.5),
            row("I", "KEN", "2016", Scope::Supported, 0.4),
            delivered("I", "A", "KEN", "2016", 0.3),
        ])
        .freeze();
    let figures = side_by_side(&Prepared::new(snapshot), &"I".into(), period("2016"), Some(&"KEN".into()));
    let seen: Vec<_> = figures.iter().map(|f| (f.key.indicator.as_str(), f.answer.value())).collect();
    assert_eq!(seen, [("WORLD", Some(0.5)), ("I", Some(0.4)), ("I", Some(0.3))]);
}

#[test]
fn duties_follow_from_cadences() {
    let twice =
        Indicator { cadence: Some(Cadence::TwicePerPlan), owner: Some("UNIT".into()), ..stock(Direction::Increase) };
    let delivered_one =
        Indicator { id: "J".into(), reporting: Some(Reporting::Incremental), ..indicator("J", "R", Measure::Flow) };
    let large =
        Project { budget: Money { minor: 300_000_001, currency: Currency::USD }, ..project("A", 2015, 2016, &["J"]) };
    let small = project("B", 2014, 2014, &["J"]);
    let agenda = Mandate {
        duty: Some(Cadence::FourYearly),
        duty_from: Some(Whole(2018)),
        duty_until: Some(Whole(2036)),
        ..mandate("M", &["R"])
    };
    let told = Followup {
        mandate: "M".into(),
        on: date(2018, 5, 1),
        state: FollowupState::Ongoing,
        note: None,
        source: None,
        source_para: None,
    };
    let snapshot = base(twice)
        .with(delivered_one)
        .with(large)
        .with(small)
        .with(agenda)
        .with(told)
        .rows([row("I", "KEN", "2016", Scope::Global, 1.0), delivered("J", "A", "KEN", "2015", 1.0)])
        .freeze();
    let found = duties(&Prepared::new(snapshot), date(2017, 2, 1));
    let of = |kind: DutyKind, about: &str| -> Vec<(String, DutyState)> {
        let mine = found.iter().filter(|d| d.kind == kind && d.about.id == about);
        mine.map(|d| {
            (
                format!(
                    "{} {}",
                    d.period.map_or(String::new(), |p| p.to_string()),
                    d.project.as_ref().map_or("", Id::as_str)
                ),
                d.state,
            )
        })
        .collect()
    };
    let pairs = |list: &[(&str, DutyState)]| list.iter().map(|(a, s)| ((*a).to_owned(), *s)).collect::<Vec<_>>();
    use DutyState::*;
    assert_eq!(of(DutyKind::Value, "I"), pairs(&[("2016 ", Met), ("2019 ", Upcoming)]));
    // B ran in 2014 only and reported nothing; A in 2015 (met) and 2016 (due on 31 March 2017).
    assert_eq!(of(DutyKind::Value, "J"), pairs(&[("2014 B", Overdue), ("2015 A", Met), ("2016 A", Due)]));
    assert_eq!(
        of(DutyKind::Report, "M"),
        pairs(&[("2018 ", Met), ("2022 ", Upcoming), ("2026 ", Upcoming), ("2030 ", Upcoming), ("2034 ", Upcoming)])
    );
    assert_eq!(of(DutyKind::Evaluation, "P"), pairs(&[("2016 ", Overdue), ("2019 ", Upcoming)]));
    assert_eq!(of(DutyKind::Evaluation, "A"), pairs(&[(" A", Overdue)]));
    assert!(of(DutyKind::Evaluation, "B").is_empty());
    assert!(found.is_sorted_by_key(|d| d.due_on));
    assert!(found.iter().filter(|d| d.about.id == "I").all(|d| d.owner == Some("UNIT".into())));
}

#[test]
fn a_series_runs_through_the_cycles() {
    let snapshot = Build::default()
        .with_all([plan("P08", 2008, 2013), plan("P14", 2014, 2019), plan("P20", 2020, 2025), plan("SDG", 2015, 2030)])
        .with_all([
            result("A", "P08", None),
            result("B", "P14", None),
            result("C", "P20", None),
            result("G", "SDG", None),
        ])
        .with(crosswalk("X1", "A", "B", CrosswalkRelation::Continues))
        .with(crosswalk("X2", "B", "C", CrosswalkRelation::RestatedAs))
        .with(crosswalk("X3", "C", "G", CrosswalkRelation::AlignedWith))
        .with(indicator("IB", "B", Measure::Stock))
        .with(Indicator { world_indicator: Some("IG".into()), ..indicator("IC", "C", Measure::Stock) })
        .with(indicator("IG", "G", Measure::Stock))
        .with(place("W", PlaceKind::World, None))
        .rows([
            row("IB", "W", "2014", Scope::Global, 1.0),
            row("IB", "W", "2014-S2", Scope::Global, 1.0),
            row("IC", "W", "2020", Scope::Supported, 2.0),
            row("IG", "W", "2016", Scope::Global, 3.0),
        ])
        .freeze();
    let prepared = Prepared::new(snapshot);
    for start in ["A", "B", "C"] {
        let found = series(&prepared, &start.into());
        let parts: Vec<_> = found
            .parts
            .iter()
            .map(|p| (p.result.as_str(), p.indicator.as_ref().map(Id::as_str), p.link.map(|l| l.0), p.figures.len()))
            .collect();
        assert_eq!(
            parts,
            [
                ("A", None, None, 0),
                ("B", Some("IB"), Some(CrosswalkRelation::Continues), 1),
                ("G", Some("IG"), None, 1),
                ("C", Some("IC"), Some(CrosswalkRelation::RestatedAs), 1),
            ],
            "{start}"
        );
    }
}
