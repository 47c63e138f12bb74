//! Figures of a rule over a survey, for all and by groups, with their error and what must be withheld.

use std::collections::BTreeMap;

use diag::Diagnostic;
use model::{
    kinds::{RowUnit, SurveyMeasure},
    microdata::{DesignRequest, MISSING, OneOrMany, StatisticRequest, Table, Values, Variable},
};
use rustc_hash::FxHashMap;

use super::{
    codebook::Concepts,
    disclosure::{Published, protect},
    rules::{Ready, RuleSet},
};
use crate::{
    Refusal,
    survey::{
        AnswerRow, Concept, Expression, Sample, answer,
        codes::{SVY005, SVY040, SVY043},
    },
};

/// Ages from one to another, both in, and what the group is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// First year of age.
    pub from: f64,
    /// Last year of age.
    pub to: f64,
    /// Its code, e.g. `0-14`.
    pub code: String,
}

/// What is asked of a survey.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The rules.
    pub rules: &'a RuleSet<'a>,
    /// The rule.
    pub component: &'a str,
    /// Concepts by which figures are broken down: by each, and by all together.
    pub by: &'a [Concept],
    /// Only those of whom this is true, beside what the rule says itself.
    pub among: Option<&'a str>,
    /// Groups of age.
    pub bands: &'a [Band],
    /// What a row is.
    pub rows: RowUnit,
    /// The rule for strata with one unit, as designs name it.
    pub lonely: &'a str,
    /// A figure that rests on fewer rows is withheld.
    pub threshold: usize,
    /// Figures that were published from this survey before.
    pub published: &'a [Out],
}

/// A figure that is out: its group, and the condition that it was restricted to.
#[derive(Clone, Debug, PartialEq)]
pub struct Out {
    /// The group.
    pub group: Group,
    /// The condition; none for everybody.
    pub among: Option<String>,
}

/// A group: concepts with their categories; everybody when empty.
pub type Group = Vec<(Concept, String)>;

/// Why a figure is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// It rests on too few rows.
    Few,
    /// With it somebody could work out one that rests on too few rows.
    GivesAway,
}

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct HouseholdFigure {
    /// Whose.
    pub group: Group,
    /// Share in percent, mean or number; none where it cannot be estimated or is withheld.
    pub estimate: Option<f64>,
    /// Standard error, in the estimate's unit.
    pub se: Option<f64>,
    /// Lower end of the interval at 95 percent (shares: on the logit scale).
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// Design effect against a simple random sample of as many rows.
    pub deff: Option<f64>,
    /// Degrees of freedom.
    pub degf: Option<f64>,
    /// How many of the people (or households) it is true of; shares only.
    pub numerator: Option<f64>,
    /// How many people (or households) stand behind it.
    pub denominator: Option<f64>,
    /// Rows that it rests on.
    pub n: usize,
    /// Rows of the group that the rule leaves open.
    pub n_unknown: usize,
    /// What a reader should know, as estimates have it (`few_degrees_of_freedom`, `cv_above_20`, …).
    pub flags: Vec<&'static str>,
    /// Why it is withheld.
    pub withheld: Option<Withheld>,
}

/// The figures of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// For all, then by each concept, then by all of them together.
    pub cells: Vec<HouseholdFigure>,
    /// What went in and what had to be left out.
    pub ready: Ready,
    /// The condition that they are restricted to; none for everybody.
    pub among: Option<String>,
    /// Share of people (or households) that the rule leaves open, in percent of the weight.
    pub unknown_percent: f64,
    /// Degrees of freedom for all.
    pub degf: f64,
    /// What a row was weighted by.
    pub weighted_by: String,
    /// Whether rows are taken as drawn one by one because no sampling unit is known: errors are then too small.
    pub is_without_units: bool,
}

/// Groups of age from the categories of a dimension: `0-14`, `60+`. Others are passed over.
pub fn bands_of<'c>(categories: impl Iterator<Item = &'c str>) -> Vec<Band> {
    categories
        .filter_map(|code| {
            let (from, to) = match code.split_once('-') {
                Some((from, to)) => (from.parse().ok()?, to.parse().ok()?),
                None => (code.strip_suffix('+')?.parse().ok()?, f64::MAX),
            };
            Some(Band { from, to, code: code.to_owned() })
        })
        .collect()
}

/// Name of the column that a table of concepts gets for the weights.
const WEIGHT: &str = "weight of the figure";
/// Name of the column of ones for those of whom the rule is known.
const KNOWN: &str = "known";
/// Finest groups at most: beyond, whether cells give each other away takes too long to find out.
const MOST_GROUPS: usize = 2_000;
/// Concepts and conditions of all figures together, at most.
const MOST_AXES: usize = 10;

/// Computes a rule over a survey.
///
/// Errors: those of the rule, of the design and of the estimates; `SVY043` where figures that are out already give a small
/// group away.
pub fn measure(concepts: &Concepts, question: &Question<'_>) -> Result<Figures, Refusal> {
    let rule = question.rules.rule(question.component)?;
    let mut table = concepts.table.clone();
    let ready = question.rules.add(question.component, &mut table)?;
    let ages = banded(&table, question.bands);
    if let (Some(ages), Some(age)) = (ages, table.variables.iter_mut().find(|v| v.name == Concept::Age.name())) {
        age.values = ages;
    }
    let (weights, weighted_by) = weights(&table, question.rows, rule.of)?;
    table.variables.push(Variable::new(WEIGHT, Values::Numbers(weights)));
    let known: Vec<f64> =
        numbers(&table, question.component).iter().map(|n| if n.is_nan() { f64::NAN } else { 1.0 }).collect();
    table.variables.push(Variable::new(KNOWN, Values::Numbers(known)));
    let (design, is_without_units) = design(&table, question);
    let sample = Sample::of(&table, None, &design)?;
    let asked: Vec<&str> = [rule.among.as_deref(), question.among].into_iter().flatten().collect();
    let domain =
        (!asked.is_empty()).then(|| asked.iter().map(|text| format!("({text})")).collect::<Vec<_>>().join(" & "));
    let in_domain = in_domain(&table, domain.as_deref())?;
    let mut figures = Figures {
        cells: Vec::new(),
        ready,
        among: None,
        unknown_percent: unknown_percent(&table, question.component, &in_domain),
        degf: f64::NAN,
        weighted_by,
        is_without_units,
    };
    for by in groupings(question.by) {
        for concept in &by {
            if table.variable(concept.name()).is_none() {
                let found = Diagnostic::new(&SVY040).arg("rule", question.component).arg("concepts", concept.name());
                return Err(Box::new(found));
            }
        }
        let (cells, degf) = cells(&table, &sample, question.component, rule.measure, &by, domain.as_deref())?;
        if by.is_empty() {
            figures.degf = degf;
        }
        figures.cells.extend(cells);
    }
    withhold(&mut figures.cells, &table, domain.as_deref(), question)?;
    figures.among = domain;
    Ok(figures)
}

fn numbers<'t>(table: &'t Table, name: &str) -> &'t [f64] {
    match table.variable(name) {
        Some(Values::Numbers(numbers)) => numbers,
        _ => &[],
    }
}

/// Nothing, each concept, and all together.
fn groupings(by: &[Concept]) -> Vec<Vec<Concept>> {
    let mut out = vec![Vec::new()];
    out.extend(by.iter().map(|concept| vec![*concept]));
    if by.len() > 1 {
        out.push(by.to_vec());
    }
    out
}

/// Ages as groups; `None` when there are no ages or no groups.
fn banded(table: &Table, bands: &[Band]) -> Option<Values> {
    let Some(Values::Numbers(ages)) = table.variable(Concept::Age.name()) else { return None };
    if bands.is_empty() {
        return None;
    }
    let code = |age: &f64| bands.iter().position(|b| b.from <= age.floor() && age.floor() <= b.to);
    let codes = ages.iter().map(|age| code(age).map_or(MISSING, |at| at as u32)).collect();
    Some(Values::Texts { levels: bands.iter().map(|b| b.code.clone()).collect(), codes })
}

/// The weight of each row for figures of persons or of households.
///
/// A household stands for its members, a person for its part of the household.
fn weights(table: &Table, rows: RowUnit, of: RowUnit) -> Result<(Vec<f64>, String), Refusal> {
    let column = |concept: Concept| match table.variable(concept.name()) {
        Some(Values::Numbers(numbers)) => Some(numbers.clone()),
        _ => None,
    };
    let persons = || column(Concept::Persons);
    let one = |weights: Vec<f64>| Ok((weights, Concept::Weight.name().to_owned()));
    let without = |concept: Concept| {
        let found = Diagnostic::new(&SVY040).arg("rule", Concept::Weight.name()).arg("concepts", concept.name());
        Err(Box::new(found))
    };
    let weight = column(Concept::Weight);
    // Files of households carry a weight for all their people; once joined to persons each would count for all.
    let is_of_one = |given: &Vec<f64>| match (&weight, persons()) {
        (Some(weights), Some(persons)) => {
            let is_of_all = |((g, w), n): ((&f64, &f64), &f64)| (g - w * n).abs() <= 1e-6 * g.abs();
            !given.iter().zip(weights).zip(&persons).all(is_of_all)
        }
        _ => true,
    };
    match (rows, of) {
        (RowUnit::Household, RowUnit::Household) => match weight {
            Some(weights) => one(weights),
            None => Err(Box::new(Diagnostic::new(&SVY005).arg("file", &table.name))),
        },
        (RowUnit::Person, RowUnit::Person) => match column(Concept::PersonWeight).filter(is_of_one).or(weight) {
            Some(weights) => one(weights),
            None => Err(Box::new(Diagnostic::new(&SVY005).arg("file", &table.name))),
        },
        (RowUnit::Household, RowUnit::Person) => match (weight, persons(), column(Concept::PersonWeight)) {
            (Some(weights), Some(persons), _) => {
                Ok((weights.iter().zip(&persons).map(|(w, n)| w * n).collect(), "weight × persons".to_owned()))
            }
            (_, _, Some(weights)) => Ok((weights, Concept::PersonWeight.name().to_owned())),
            (None, ..) => Err(Box::new(Diagnostic::new(&SVY005).arg("file", &table.name))),
            _ => without(Concept::Persons),
        },
        (RowUnit::Person, RowUnit::Household) => match (weight, persons()) {
            (Some(weights), Some(persons)) => {
                Ok((weights.iter().zip(&persons).map(|(w, n)| w / n).collect(), "weight ÷ persons".to_owned()))
            }
            (None, _) => Err(Box::new(Diagnostic::new(&SVY005).arg("file", &table.name))),
            _ => without(Concept::Persons),
        },
    }
}

/// The design that the codebook tells, and whether it knows no sampling unit.
///
/// Persons of one household were drawn together: without sampling units the household is one.
fn design(table: &Table, question: &Question<'_>) -> (DesignRequest, bool) {
    let has = |concept: Concept| table.variable(concept.name()).is_some();
    let unit = [Concept::Psu, Concept::Household].into_iter().find(|concept| has(*concept));
    let design = DesignRequest {
        ids: unit.map(|concept| OneOrMany::One(concept.name().to_owned())),
        strata: has(Concept::Stratum).then(|| Concept::Stratum.name().to_owned()),
        weights: Some(WEIGHT.to_owned()),
        lonely_psu: Some(question.lonely.to_owned()),
        ..DesignRequest::default()
    };
    (design, !has(Concept::Psu))
}

fn in_domain(table: &Table, domain: Option<&str>) -> Result<Vec<bool>, Refusal> {
    match domain {
        None => Ok(vec![true; table.n_rows]),
        Some(text) => Ok(Expression::parse(text)?.truth(table)?.into_iter().map(|t| t == Some(true)).collect()),
    }
}

fn unknown_percent(table: &Table, component: &str, in_domain: &[bool]) -> f64 {
    let (values, weights) = (numbers(table, component), numbers(table, WEIGHT));
    let sum = |of: &dyn Fn(usize) -> bool| {
        stats::sum((0..table.n_rows).filter(|r| in_domain[*r] && of(*r)).map(|r| weights[r]))
    };
    let all = sum(&|_| true);
    if all > 0.0 { 100.0 * sum(&|r| values[r].is_nan()) / all } else { 0.0 }
}

/// The figures of one grouping, and the degrees of freedom for all.
fn cells(
    table: &Table,
    sample: &Sample,
    component: &str,
    measure: SurveyMeasure,
    by: &[Concept],
    domain: Option<&str>,
) -> Result<(Vec<HouseholdFigure>, f64), Refusal> {
    let base = StatisticRequest {
        by: (!by.is_empty()).then(|| OneOrMany::Many(by.iter().map(|c| c.name().to_owned()).collect())),
        domain: domain.map(str::to_owned),
        na_rm: true,
        ..StatisticRequest::default()
    };
    let ask = |kind: &str, vars: &[&str], deff: bool| {
        let request = StatisticRequest {
            kind: kind.to_owned(),
            vars: Some(OneOrMany::Many(vars.iter().map(|v| (*v).to_owned()).collect())),
            deff: deff.then(|| "wr".to_owned()),
            ..base.clone()
        };
        answer(table, sample, &request)
    };
    let totals = ask("total", &[component, KNOWN], false)?;
    let (main, scale) = match measure {
        SurveyMeasure::Share => {
            let request = StatisticRequest {
                kind: "proportion".to_owned(),
                expr: Some(format!("`{component}` == 1")),
                ..base.clone()
            };
            (answer(table, sample, &request)?, 100.0)
        }
        SurveyMeasure::Mean => (ask("mean", &[component], true)?, 1.0),
        SurveyMeasure::Total => (ask("total", &[component], true)?, 1.0),
    };
    let effects = ask("mean", &[component], true)?;
    let deff: FxHashMap<String, Option<f64>> = effects.rows.iter().map(|r| (key(r), r.deff)).collect();
    let mut summed: FxHashMap<String, Vec<Option<f64>>> = FxHashMap::default();
    for row in &totals.rows {
        summed.entry(key(row)).or_default().push(row.estimate);
    }
    let of = |row: &AnswerRow| {
        let sums = summed.get(&key(row)).map_or(&[][..], Vec::as_slice);
        let sum = |at: usize| sums.get(at).copied().flatten();
        HouseholdFigure {
            group: by.iter().copied().zip(row.group.iter().map(|(_, value)| value.to_string())).collect(),
            estimate: row.estimate.map(|x| x * scale),
            se: row.se.map(|x| x * scale),
            low: row.ci_low.map(|x| x * scale),
            high: row.ci_high.map(|x| x * scale),
            deff: deff.get(&key(row)).copied().flatten(),
            degf: row.degf.or(Some(main.degf)),
            numerator: if measure == SurveyMeasure::Share { sum(0) } else { None },
            denominator: sum(1),
            n: row.n,
            n_unknown: row.n_missing,
            flags: row.flags.clone(),
            withheld: None,
        }
    };
    Ok((main.rows.iter().map(of).collect(), main.degf))
}

/// A group as a text, to find its other figures by.
fn key(row: &AnswerRow) -> String {
    row.group.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(";")
}

/// The finest groups that figures together make, and how many rows each has.
struct Atoms {
    /// Concepts that figures are broken down by.
    axes: Vec<Concept>,
    /// Conditions that figures are restricted to.
    conditions: Vec<String>,
    /// For each atom its categories, then for each condition whether it holds; and its rows.
    cells: Vec<(Vec<String>, usize)>,
}

/// What a condition's label is where it holds.
const IN: &str = "in";

impl Atoms {
    fn of(table: &Table, domain: Option<&str>, question: &Question<'_>) -> Result<Atoms, Refusal> {
        let mut axes: Vec<Concept> = question.by.to_vec();
        let mut conditions: Vec<String> = domain.map(str::to_owned).into_iter().collect();
        for out in question.published {
            for (concept, _) in &out.group {
                if !axes.contains(concept) && table.variable(concept.name()).is_some() {
                    axes.push(*concept);
                }
            }
            conditions.extend(out.among.iter().filter(|text| !conditions.contains(text)).cloned().collect::<Vec<_>>());
        }
        let too_many = |n: usize| Box::new(Diagnostic::new(&SVY043).arg("group", format!("{n} > {MOST_AXES}")));
        if axes.len() + conditions.len() > MOST_AXES {
            return Err(too_many(axes.len() + conditions.len()));
        }
        let mut holds = Vec::new();
        for text in &conditions {
            holds.push(in_domain(table, Some(text))?);
        }
        // Rows that the rule leaves open stand behind no figure.
        let values = numbers(table, question.component);
        let columns: Vec<&Values> = axes.iter().filter_map(|c| table.variable(c.name())).collect();
        let mut cells: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for row in (0..table.n_rows).filter(|row| !values[*row].is_nan()) {
            let mut labels: Vec<String> = columns.iter().map(|c| c.show(row)).collect();
            labels.extend(holds.iter().map(|holds| if holds[row] { IN } else { "out" }.to_owned()));
            *cells.entry(labels).or_default() += 1;
        }
        if cells.len() > MOST_GROUPS {
            return Err(Box::new(Diagnostic::new(&SVY043).arg("group", format!("{} > {MOST_GROUPS}", cells.len()))));
        }
        Ok(Atoms { axes, conditions, cells: cells.into_iter().collect() })
    }

    /// The atoms of a figure.
    fn of_figure(&self, group: &Group, among: Option<&str>, is_out: bool) -> Published {
        let condition = among.and_then(|text| self.conditions.iter().position(|c| c == text));
        let fits = |labels: &[String]| {
            condition.is_none_or(|at| labels[self.axes.len() + at] == IN)
                && group.iter().all(|(concept, category)| {
                    self.axes.iter().position(|a| a == concept).is_none_or(|at| labels[at] == *category)
                })
        };
        let atoms: Vec<u32> = (0..self.cells.len() as u32).filter(|a| fits(&self.cells[*a as usize].0)).collect();
        Published { n: atoms.iter().map(|a| self.cells[*a as usize].1).sum(), atoms, is_out }
    }

    /// All groups of rows too few to be shown: by every choice of concepts and conditions, and the small ones of one choice
    /// together where even together they are too few.
    fn small(&self, threshold: usize) -> Vec<Vec<u32>> {
        let n_axes = self.axes.len() + self.conditions.len();
        let mut out: Vec<Vec<u32>> = Vec::new();
        for chosen in 0..(1u32 << n_axes) {
            let mut groups: BTreeMap<Vec<&str>, (Vec<u32>, usize)> = BTreeMap::new();
            for (at, (labels, n)) in self.cells.iter().enumerate() {
                let key =
                    (0..n_axes).filter(|axis| chosen >> axis & 1 == 1).map(|axis| labels[axis].as_str()).collect();
                let group = groups.entry(key).or_default();
                group.0.push(at as u32);
                group.1 += n;
            }
            let small: Vec<(Vec<u32>, usize)> = groups.into_values().filter(|(_, n)| *n < threshold).collect();
            let together: usize = small.iter().map(|(_, n)| n).sum();
            if small.len() > 1 && together < threshold {
                let mut union: Vec<u32> = small.iter().flat_map(|(atoms, _)| atoms.iter().copied()).collect();
                union.sort_unstable();
                out.push(union);
            }
            out.extend(small.into_iter().map(|(atoms, _)| atoms));
        }
        out.sort();
        out.dedup();
        out
    }

    fn name(&self, atoms: &[u32]) -> String {
        let names: Vec<String> = atoms.iter().map(|a| self.cells[*a as usize].0[..self.axes.len()].join(" ")).collect();
        names.join(", ")
    }
}

/// Withholds what rests on too few rows, and what would give that away: together with what is out already.
fn withhold(
    cells: &mut [HouseholdFigure],
    table: &Table,
    domain: Option<&str>,
    question: &Question<'_>,
) -> Result<(), Refusal> {
    let atoms = Atoms::of(table, domain, question)?;
    let mut all: Vec<Published> = cells.iter().map(|cell| atoms.of_figure(&cell.group, domain, false)).collect();
    for out in question.published {
        let out = atoms.of_figure(&out.group, out.among.as_deref(), true);
        // What is asked again is not new.
        match all.iter_mut().find(|cell| cell.atoms == out.atoms) {
            Some(same) => same.is_out = true,
            None => all.push(out),
        }
    }
    let small = atoms.small(question.threshold);
    let withheld =
        protect(&all, &small).map_err(|at| Box::new(Diagnostic::new(&SVY043).arg("group", atoms.name(&small[at]))))?;
    for (cell, gone) in cells.iter_mut().zip(withheld) {
        let why = match (cell.n < question.threshold, gone) {
            (true, _) => Withheld::Few,
            (false, true) => Withheld::GivesAway,
            (false, false) => continue,
        };
        (cell.estimate, cell.se, cell.low, cell.high) = (None, None, None, None);
        (cell.deff, cell.degf, cell.numerator, cell.denominator) = (None, None, None, None);
        cell.withheld = Some(why);
    }
    Ok(())
}
