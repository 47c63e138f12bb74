//! Measures a survey: a rule over its people, for all and by groups.

use diag::Diagnostic;
use engine::{
    Refusal,
    household::{Band, Codebook, Concepts, Figures, HouseholdFigure, Out, Question, Withheld, bands_of, measure},
    survey::{Concept, codes::SVY042},
};
use model::{
    kinds::{LonelyRule, Survey, SurveyIndicator},
    value::Id,
};
use serde_json::{Map, Value as Json, json};

use super::{files, publish, rules::rule_sets};
use crate::{App, error::AppError, observatory::number, world::World};

/// Rows that a figure rests on at least, where the survey says nothing.
pub(super) const THRESHOLD: usize = 25;

/// What is asked of a survey.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SurveyQuestion {
    /// The rule set, e.g. `sdg-sish-4`.
    pub rule_set: String,
    /// Its component, e.g. `slum`.
    pub component: String,
    /// Concepts by which figures are broken down.
    pub by: Vec<Concept>,
    /// Only those of whom this is true.
    pub among: Option<String>,
}

/// The figures of a survey, with what they were made of.
#[derive(Clone, Debug)]
pub struct SurveyFigures {
    /// The survey.
    pub survey: Survey,
    /// The rule.
    pub rule: SurveyIndicator,
    /// What was asked.
    pub question: SurveyQuestion,
    /// The figures.
    pub figures: Figures,
    /// Rows below which a figure is withheld.
    pub threshold: usize,
    /// The rule for strata with one unit.
    pub lonely: &'static str,
}

/// Concepts from their names, separated by commas.
///
/// Errors: `SVY042` for a name that is none, with those that figures can be broken down by.
pub fn parse_groups(text: &str) -> Result<Vec<Concept>, Refusal> {
    let mut out = Vec::new();
    for name in text.split([',', ' ']).filter(|name| !name.is_empty()) {
        match GROUPS.iter().find(|concept| concept.name() == name) {
            Some(concept) if out.contains(concept) => {}
            Some(concept) => out.push(*concept),
            None => {
                let known: Vec<&str> = GROUPS.iter().map(|concept| concept.name()).collect();
                return Err(Box::new(Diagnostic::new(&SVY042).arg("name", name).arg("known", known.join(", "))));
            }
        }
    }
    Ok(out)
}

/// The concepts that figures can be broken down by.
const GROUPS: [Concept; 8] = [
    Concept::Sex,
    Concept::Age,
    Concept::Disability,
    Concept::Place,
    Concept::Urban,
    Concept::DegreeOfUrbanisation,
    Concept::Wealth,
    Concept::Tenure,
];

/// The concepts of a survey's codebook that figures can be broken down by.
pub fn groups_of(world: &World, id: &Id<Survey>) -> Vec<Concept> {
    let book = Codebook::of(world.records(), id);
    GROUPS.into_iter().filter(|concept| book.variables.contains_key(concept)).collect()
}

/// Groups of age where the register has no dimension `age`.
const AGES: [&str; 7] = ["0-4", "5-14", "15-24", "25-34", "35-49", "50-64", "65+"];

/// The groups of age of a register.
fn bands(world: &World) -> Vec<Band> {
    let of_register = bands_of(
        world.records().categories.iter().filter(|c| c.dimension.as_str() == "age").map(|c| c.code.0.as_str()),
    );
    if of_register.is_empty() { bands_of(AGES.into_iter()) } else { of_register }
}

/// Measures a survey that this node holds.
///
/// Errors: no such survey, or files that are not here; findings: those of the files, the codebook, the rule and the design.
pub fn measure_survey(
    app: &App,
    world: &World,
    id: &Id<Survey>,
    question: &SurveyQuestion,
) -> Result<Result<SurveyFigures, Vec<Diagnostic>>, AppError> {
    let survey = world.records().surveys.of(id).ok_or(AppError::Unknown)?;
    let table = match files::table(app, survey)? {
        Ok(table) => table,
        Err(found) => return Ok(Err(found)),
    };
    let read = Codebook::of(world.records(), id).read(&table);
    let published = publish::published_before(world, survey);
    Ok(read.and_then(|concepts| measured(world, survey, &concepts, question, &published)).map_err(|found| vec![*found]))
}

fn measured(
    world: &World,
    survey: &Survey,
    concepts: &Concepts,
    question: &SurveyQuestion,
    published: &[Out],
) -> Result<SurveyFigures, Refusal> {
    let sets = rule_sets(world);
    let rules = sets.set(&question.rule_set)?;
    let threshold = survey.threshold.map_or(THRESHOLD, |n| usize::try_from(n.0).unwrap_or(THRESHOLD));
    let lonely = survey.lonely.unwrap_or(LonelyRule::Refuse).as_str();
    let figures = measure(
        concepts,
        &Question {
            rules: &rules,
            component: &question.component,
            by: &question.by,
            among: question.among.as_deref().filter(|text| !text.trim().is_empty()),
            bands: &bands(world),
            rows: survey.rows,
            lonely,
            threshold,
            published,
        },
    )?;
    let rule = rules.rule(&question.component)?.clone();
    Ok(SurveyFigures { survey: survey.clone(), rule, question: question.clone(), figures, threshold, lonely })
}

/// Figures as scripts read them.
pub fn figures_json(found: &SurveyFigures) -> Json {
    let f = &found.figures;
    json!({
        "survey": found.survey.id.as_str(),
        "rule_set": found.rule.rule_set.0,
        "component": found.rule.component.0,
        "version": found.rule.version.0,
        "expression": found.rule.expression,
        "among": f.among,
        "weighted_by": f.weighted_by,
        "lonely_psu": found.lonely,
        "without_sampling_units": f.is_without_units,
        "degf": number(f.degf),
        "used": f.ready.used,
        "left_out": f.ready.left_out,
        "unknown_percent": number(f.unknown_percent),
        "threshold": found.threshold,
        "results": f.cells.iter().map(cell).collect::<Vec<Json>>(),
    })
}

fn cell(cell: &HouseholdFigure) -> Json {
    let of = |n: Option<f64>| n.map_or(Json::Null, number);
    let group: Map<String, Json> =
        cell.group.iter().map(|(concept, category)| (concept.name().to_owned(), category.clone().into())).collect();
    json!({
        "group": group,
        "estimate": of(cell.estimate),
        "se": of(cell.se),
        "ci_low": of(cell.low),
        "ci_high": of(cell.high),
        "deff": of(cell.deff),
        "degf": of(cell.degf),
        "numerator": of(cell.numerator),
        "denominator": of(cell.denominator),
        "n": if cell.withheld == Some(Withheld::Few) { Json::Null } else { cell.n.into() },
        "n_unknown": cell.n_unknown,
        "flags": if cell.withheld.is_none() { cell.flags.clone() } else { Vec::new() },
        "withheld": match cell.withheld {
            None => Json::Null,
            Some(Withheld::Few) => "few".into(),
            Some(Withheld::GivesAway) => "gives_away".into(),
        },
    })
}
