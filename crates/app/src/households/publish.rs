//! Publishes figures of a survey: a proposed change with one observation a figure, its error, its size, and what it was made of.

use std::sync::Arc;

use diag::Diagnostic;
use engine::{household::Out, survey::Concept};
use exchange::NamedBytes;
use jiff::Timestamp;
use model::{
    kinds::{Indicator, ObservationStatus, Scope, Survey},
    value::{Id, Value},
};
use register::access::Actor;

use super::measure::{SurveyFigures, SurveyQuestion, measure_survey};
use crate::{
    App,
    error::AppError,
    import,
    proposals::{Ready, Written, submit},
    world::World,
};

/// Where figures go.
#[derive(Clone, Debug)]
pub struct Publication {
    /// The survey.
    pub survey: Id<Survey>,
    /// What is asked of it.
    pub question: SurveyQuestion,
    /// The indicator that gets the observations.
    pub indicator: Id<Indicator>,
    /// Whose change they describe: the world's or that of places where the programme works.
    pub scope: Scope,
    /// Why.
    pub reason: String,
}

/// Share of people that a rule may leave open before its figures are estimates, in percent.
const MOST_UNKNOWN: f64 = 5.0;

/// Measures a survey and submits its figures as observations of an indicator, all or nothing. What is withheld is written as
/// withheld.
///
/// Errors: as [`measure_survey`] and [`submit`]; findings of both and of the rules of observations.
pub async fn publish_survey(
    app: &App,
    publication: &Publication,
    by: &Actor,
    now: Timestamp,
) -> Result<Result<Written, Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let measure = || measure_survey(app, &world, &publication.survey, &publication.question);
    let figures = match tokio::task::block_in_place(measure)? {
        Ok(figures) => figures,
        Err(found) => return Ok(Err(found)),
    };
    let files = vec![NamedBytes { name: "observations.csv".to_owned(), bytes: rows(&figures, publication) }];
    let ((edits, observed), found) = tokio::task::block_in_place(|| import::judge_files(&world, files, now));
    let errors: Vec<Diagnostic> = found.into_iter().filter(Diagnostic::blocks).collect();
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let ready = Ready {
        reason: publication.reason.clone(),
        edits,
        observed: Arc::new(observed),
        against: world.snapshot().position,
        ..Ready::default()
    };
    submit(app, by, ready, now).await
}

/// The table of observations.
fn rows(found: &SurveyFigures, publication: &Publication) -> Vec<u8> {
    let mut out = Vec::new();
    let columns = [
        "indicator",
        "place",
        "period",
        "breakdown",
        "scope",
        "value",
        "numerator",
        "denominator",
        "standard_error",
        "sample_size",
        "status",
        "source",
        "evidence",
        "comment",
    ];
    exchange::csv_row(&mut out, &columns.map(|name| Value::Text(name.to_owned())));
    let (evidence, survey) = (evidence(found), &found.survey);
    let measured = if found.figures.unknown_percent > MOST_UNKNOWN {
        ObservationStatus::Estimated
    } else {
        ObservationStatus::Measured
    };
    for cell in &found.figures.cells {
        if cell.estimate.is_none() && cell.withheld.is_none() {
            continue;
        }
        let place = cell.group.iter().find(|(concept, _)| *concept == Concept::Place);
        let breakdown: Vec<String> = cell
            .group
            .iter()
            .filter(|(concept, _)| *concept != Concept::Place)
            .map(|(concept, category)| format!("{}={category}", concept.name()))
            .collect();
        let status = if cell.withheld.is_some() { ObservationStatus::Suppressed } else { measured };
        let number = |n: Option<f64>| n.map_or(Value::Null, Value::Number);
        let n =
            if cell.withheld.is_some() { Value::Null } else { Value::Whole(i64::try_from(cell.n).unwrap_or(i64::MAX)) };
        let text = |text: &str| if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) };
        let row = [
            text(publication.indicator.as_str()),
            text(place.map_or(survey.place.as_str(), |(_, category)| category.as_str())),
            text(&survey.period.to_string()),
            text(&breakdown.join(";")),
            text(publication.scope.as_str()),
            number(cell.estimate),
            number(cell.numerator),
            number(cell.denominator),
            number(cell.se),
            n,
            text(status.as_str()),
            text(survey.source.as_ref().map_or("", |s| s.as_str())),
            text(&evidence),
            text(&derivation(found, cell.deff, cell.degf)),
        ];
        exchange::csv_row(&mut out, &row);
    }
    out
}

/// What figures of a survey name as their evidence: `survey/ID/RULE-SET/COMPONENT/VERSION`, and the condition behind a `?`.
fn evidence(found: &SurveyFigures) -> String {
    let (survey, rule) = (&found.survey.id, &found.rule);
    let mut out = format!("survey/{survey}/{}/{}/{}", rule.rule_set.0, rule.component.0, rule.version.0);
    if let Some(among) = &found.figures.among {
        out.push('?');
        out.push_str(among);
    }
    out
}

/// How a figure was made, in words that need no language.
fn derivation(found: &SurveyFigures, deff: Option<f64>, degf: Option<f64>) -> String {
    let f = &found.figures;
    let list = |names: &std::collections::BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(" ");
    let mut parts = vec![
        format!(
            "{}/{}@{}: {}",
            found.rule.rule_set.0, found.rule.component.0, found.rule.version.0, found.rule.expression
        ),
        format!("w = {}", f.weighted_by),
        format!("lonely_psu = {}", found.lonely),
        format!("unknown = {:.2}%", f.unknown_percent),
        format!("file = {}", found.survey.fingerprint.0.get(..12).unwrap_or_default()),
    ];
    if let Some(deff) = deff {
        parts.push(format!("deff = {deff:.2}"));
    }
    if let Some(degf) = degf {
        parts.push(format!("df = {degf}"));
    }
    if !f.ready.left_out.is_empty() {
        parts.push(format!("left_out = {}", list(&f.ready.left_out)));
    }
    if f.is_without_units {
        parts.push("psu = –".to_owned());
    }
    parts.join("; ")
}

/// The figures of a survey that are in the register already: what they would help to work out must be withheld.
pub fn published_before(world: &World, survey: &Survey) -> Vec<Out> {
    let prefix = format!("survey/{}/", survey.id);
    let all = &world.snapshot().observations;
    let evidences: Vec<u32> =
        (0..all.dict.texts().len() as u32).filter(|code| all.dict.text(*code).starts_with(&prefix)).collect();
    if evidences.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for row in all.rows().filter(|row| evidences.contains(&all.evidence[row.idx]) && row.status().has_value()) {
        let mut group: Vec<(Concept, String)> = row
            .breakdown()
            .parts()
            .filter_map(|(dimension, category)| Some((Concept::parse(dimension)?, category.to_owned())))
            .collect();
        if row.place() != survey.place.as_str() {
            group.push((Concept::Place, row.place().to_owned()));
        }
        let among = row.evidence().split_once('?').map(|(_, among)| among.to_owned());
        let one = Out { group, among };
        if !out.contains(&one) {
            out.push(one);
        }
    }
    out
}
