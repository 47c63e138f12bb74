//! Five households by hand, and what is withheld of small groups.

use engine::{
    household::{Concepts, HouseholdFigure, Out, Question, RuleSet, bands_of, measure},
    survey::Concept,
};
use model::{
    kinds::{RowUnit, SurveyIndicator, SurveyMeasure},
    microdata::{Table, Values, Variable},
    record::{Code, Whole},
    value::Text,
};

fn rule(component: &str, of: RowUnit, expression: &str) -> SurveyIndicator {
    let measure = if component == "count" { SurveyMeasure::Mean } else { SurveyMeasure::Share };
    SurveyIndicator {
        rule_set: Code("five".into()),
        component: Code(component.into()),
        version: Whole(1),
        title: Text::default(),
        measure,
        of,
        expression: expression.into(),
        among: None,
        unit: None,
        framework: None,
        note: None,
    }
}

fn rules(of: RowUnit) -> Vec<SurveyIndicator> {
    vec![
        rule("slum", of, "dry | open | crowded | weak"),
        rule("dry", of, "water == 'surface'"),
        rule("open", of, "sanitation == 'none'"),
        rule("crowded", of, "persons > 3 * rooms"),
        rule("weak", of, "floor == 'natural'"),
        rule("dear", of, "housing_cost / income > 0.3"),
        rule("either", of, "slum | dear"),
        rule("both", of, "slum & dear"),
        rule("count", of, "dry + open + crowded + weak"),
    ]
}

fn words(levels: [&str; 2], codes: [u32; 5]) -> Values {
    Values::Texts { levels: levels.map(str::to_owned).to_vec(), codes: codes.to_vec() }
}

/// | hh | weight | persons | women | rooms | W | S | D | cost by income |, A follows: only the second has more than three a room.
fn five() -> Concepts {
    let number = |name: &str, values: [f64; 5]| Variable::new(name, Values::Numbers(values.to_vec()));
    let variables = vec![
        number("weight", [100., 150., 50., 200., 100.]),
        number("persons", [4., 7., 3., 2., 6.]),
        number("rooms", [2., 2., 1., 1., 2.]),
        Variable::new("water", words(["borehole", "surface"], [0, 0, 0, 0, 1])),
        Variable::new("sanitation", words(["pit_slab", "none"], [0, 0, 1, 0, 0])),
        Variable::new("floor", words(["finished", "natural"], [0, 0, 1, 0, 0])),
        number("housing_cost", [20., 35., 10., 40., 25.]),
        number("income", [100.; 5]),
    ];
    Concepts { table: Table { name: "five".into(), variables, n_rows: 5, origin: None }, unread: Vec::new() }
}

fn asked<'a>(rules: &'a RuleSet<'a>, component: &'a str) -> Question<'a> {
    Question {
        rules,
        component,
        by: &[],
        among: None,
        bands: &[],
        rows: RowUnit::Household,
        lonely: "fail",
        threshold: 1,
        published: &[],
    }
}

fn figure(of: RowUnit, component: &str) -> HouseholdFigure {
    let rules = rules(of);
    let set = RuleSet::of("five", rules.iter()).expect("a set");
    let figures = measure(&five(), &asked(&set, component)).expect("figures");
    figures.cells[0].clone()
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.expect("a figure");
    assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{found} is not {expected}");
}

#[test]
fn five_households() {
    // 400 + 1050 + 150 + 400 + 600 = 2600 people, of them 1050 + 150 + 600 in households 2, 3 and 5.
    let slum = figure(RowUnit::Person, "slum");
    near(slum.estimate, 100.0 * 1800.0 / 2600.0);
    near(slum.numerator, 1800.0);
    near(slum.denominator, 2600.0);
    assert_eq!((slum.n, slum.n_unknown), (5, 0));
    near(figure(RowUnit::Household, "slum").estimate, 100.0 * 300.0 / 600.0);
    // Households 2 and 4 pay more than three tenths.
    let dear = figure(RowUnit::Person, "dear").estimate.expect("a share");
    near(Some(dear), 100.0 * 1450.0 / 2600.0);
    let (either, both) = (figure(RowUnit::Person, "either"), figure(RowUnit::Person, "both"));
    near(either.estimate, 100.0 * 2200.0 / 2600.0);
    near(both.estimate, 100.0 * 1050.0 / 2600.0);
    // The union is the sum less what is in both, exactly.
    near(either.estimate, slum.estimate.expect("a share") + dear - both.estimate.expect("a share"));
    // (0 × 800 + 1 × 1650 + 2 × 150) / 2600
    near(figure(RowUnit::Person, "count").estimate, 1950.0 / 2600.0);
}

/// People of two sexes in three districts, each of 40 but the women of the second: 7.
fn districts() -> Concepts {
    let groups = [(0, 0, 40), (0, 1, 40), (1, 0, 7), (1, 1, 40), (2, 0, 40), (2, 1, 40)];
    let (mut place, mut sex, mut slum) = (Vec::new(), Vec::new(), Vec::new());
    for (district, of_sex, n) in groups {
        for i in 0..n {
            place.push(district);
            sex.push(of_sex);
            slum.push(f64::from(i % 3 == 0));
        }
    }
    let n_rows = slum.len();
    let texts =
        |levels: &[&str], codes| Values::Texts { levels: levels.iter().map(|l| (*l).to_owned()).collect(), codes };
    let variables = vec![
        Variable::new("weight", Values::Numbers(vec![10.0; n_rows])),
        Variable::new("rooms", Values::Numbers(slum)),
        Variable::new("place", texts(&["north", "centre", "south"], place)),
        Variable::new("sex", texts(&["female", "male"], sex)),
    ];
    Concepts { table: Table { name: "districts".into(), variables, n_rows, origin: None }, unread: Vec::new() }
}

fn withheld(by: &[Concept], published: &[Out], among: Option<&str>) -> Result<Vec<String>, String> {
    let rules = [rule("poor", RowUnit::Person, "rooms == 1")];
    let set = RuleSet::of("five", rules.iter()).expect("a set");
    let question = Question { by, published, among, rows: RowUnit::Person, threshold: 25, ..asked(&set, "poor") };
    let figures = measure(&districts(), &question).map_err(|found| found.code.id.to_owned())?;
    let of = |cell: &HouseholdFigure| {
        assert_eq!(cell.estimate.is_none(), cell.withheld.is_some(), "{cell:?}");
        assert_eq!(cell.denominator.is_none(), cell.withheld.is_some(), "{cell:?}");
        let name: Vec<&str> = cell.group.iter().map(|(_, category)| category.as_str()).collect();
        cell.withheld.map(|why| format!("{} {why:?}", name.join(" ")))
    };
    Ok(figures.cells.iter().filter_map(of).collect())
}

#[test]
fn small_groups_are_withheld_with_those_that_give_them_away() {
    assert_eq!(withheld(&[Concept::Place], &[], None), Ok(vec![]));
    let found = withheld(&[Concept::Sex, Concept::Place], &[], None).expect("a table");
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found.contains(&"female centre Few".to_owned()), "{found:?}");
    assert!(found.contains(&"male centre GivesAway".to_owned()), "{found:?}");
}

#[test]
fn two_tables_one_after_the_other_give_nothing_away() {
    // Districts are out. The same for men alone would give the seven women away by subtraction.
    let out = |group: &[(Concept, &str)]| Out {
        group: group.iter().map(|(concept, name)| (*concept, (*name).to_owned())).collect(),
        among: None,
    };
    let place = |name: &str| out(&[(Concept::Place, name)]);
    let all = [out(&[]), place("north"), place("centre"), place("south")];
    let found = withheld(&[Concept::Place], &all, Some("sex == 'male'")).expect("a table");
    assert!(found.contains(&"centre GivesAway".to_owned()), "{found:?}");
    // With the men of the centre out as well nothing helps any more, and nothing is published.
    let mut all = all.to_vec();
    all.push(out(&[(Concept::Place, "centre"), (Concept::Sex, "male")]));
    assert_eq!(withheld(&[Concept::Sex], &all, None), Err("SVY043".to_owned()));
}

#[test]
fn groups_of_age_come_from_categories() {
    let bands = bands_of(["0-14", "15-24", "60+", "all", "x-y"].into_iter());
    let found: Vec<(f64, f64, &str)> = bands.iter().map(|b| (b.from, b.to, b.code.as_str())).collect();
    assert_eq!(found, [(0.0, 14.0, "0-14"), (15.0, 24.0, "15-24"), (60.0, f64::MAX, "60+")]);
}
