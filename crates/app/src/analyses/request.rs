//! What a computation is asked, and the check that it can be.

use std::path::PathBuf;

use diag::Diagnostic;
use jiff::Timestamp;
use model::{
    kinds::{AnalysisMethod, BoundaryDefinition, Place, Source},
    value::{Id, Period},
};
use register::access::Actor;
use serde::{Deserialize, Serialize};

use super::{access, inputs, job::may_compute};
use crate::{
    App,
    error::AppError,
    space::codes::{GEO005, GEO012},
    world::World,
};

/// A file that a computation reads, in the node's folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// What it is, e.g. `population`.
    pub role: String,
    /// What it was called.
    pub name: String,
    /// Fingerprint of its bytes.
    pub fingerprint: String,
}

impl Input {
    /// The beginning of the fingerprint, as records name it.
    pub fn short(&self) -> &str {
        self.fingerprint.get(..16).unwrap_or(&self.fingerprint)
    }
}

/// A file that is handed in: its role, its name, and where its bytes lie.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// What it is, e.g. `population`.
    pub role: String,
    /// What it is called.
    pub name: String,
    /// Where it lies now; it is copied, not moved.
    pub path: PathBuf,
}

/// What somebody wants computed.
#[derive(Clone, Debug)]
pub struct NewAnalysis {
    /// What is to be computed.
    pub method: AnalysisMethod,
    /// The place that it is about.
    pub place: Id<Place>,
    /// The time of the newest input.
    pub period: Period,
    /// The earlier date, where two are compared.
    pub since: Option<Period>,
    /// By what places are bounded.
    pub definition: BoundaryDefinition,
    /// The files.
    pub files: Vec<InputFile>,
    /// Options (JSON).
    pub parameters: Option<String>,
    /// Where the inputs come from.
    pub source: Option<Id<Source>>,
}

/// A computation as a job keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalysisRequest {
    /// What is to be computed.
    pub method: String,
    /// The place that it is about.
    pub place: String,
    /// The time of the newest input.
    pub period: String,
    /// The earlier date, where two are compared.
    pub since: Option<String>,
    /// By what places are bounded.
    pub definition: String,
    /// The files.
    pub inputs: Vec<Input>,
    /// Options (JSON).
    pub parameters: Option<String>,
    /// Where the inputs come from.
    pub source: Option<String>,
}

impl AnalysisRequest {
    /// What is to be computed. A request that was prepared has one.
    pub fn method(&self) -> AnalysisMethod {
        AnalysisMethod::parse(&self.method).unwrap_or(AnalysisMethod::Access)
    }
    /// The place that it is about.
    pub fn place(&self) -> Id<Place> {
        Id::new(&self.place)
    }
    /// The time of the newest input.
    pub fn period(&self) -> Option<Period> {
        Period::parse(&self.period)
    }
    /// The earlier date, where two are compared.
    pub fn since(&self) -> Option<Period> {
        self.since.as_deref().and_then(Period::parse)
    }
    /// By what places are bounded.
    pub fn definition(&self) -> BoundaryDefinition {
        BoundaryDefinition::parse(&self.definition).unwrap_or(BoundaryDefinition::Administrative)
    }
    /// The files of a role.
    pub fn of_role(&self, role: &str) -> Vec<&Input> {
        self.inputs.iter().filter(|input| input.role == role).collect()
    }
}

/// Roles that a method cannot do without, and those that it may have beside them.
pub(super) fn roles(method: AnalysisMethod) -> (&'static [&'static str], &'static [&'static str]) {
    match method {
        AnalysisMethod::Urbanisation => (&["population"], &["land", "built"]),
        AnalysisMethod::Land => (&["population", "population_later", "built", "built_later"], &[]),
        AnalysisMethod::Access => {
            (&["osm", "population"], &["case", "area", "stops", "gtfs", "open_space", "gates", "paratransit", "places"])
        }
    }
}

/// Copies the files of a computation into the node's folder and makes its request.
///
/// Errors: somebody who may not, a place that nobody knows, dates that do not follow each other, options that are no JSON, files that are missing, of
/// a role that the method does not have, or unreadable.
pub fn prepare(
    app: &App,
    world: &World,
    new: &NewAnalysis,
    by: &Actor,
    now: Timestamp,
) -> Result<AnalysisRequest, AppError> {
    // Before anything is kept.
    may_compute(world, by, now)?;
    let mut found = Vec::new();
    let wrong = |detail: String| Diagnostic::new(&GEO005).arg("detail", detail);
    if !world.records().places.contains(new.place.as_str()) {
        found.push(Diagnostic::new(&GEO012).arg("role", "place").arg("detail", new.place.as_str()).field("place"));
    }
    match (new.method, new.since) {
        (AnalysisMethod::Land, None) => found.push(wrong("since".to_owned()).field("since")),
        (AnalysisMethod::Land, Some(since)) if since.mid() >= new.period.mid() => {
            found.push(wrong(format!("{since} ≥ {}", new.period)).field("since"));
        }
        _ => {}
    }
    if let Some(text) = new.parameters.as_deref().filter(|text| !text.trim().is_empty())
        && let Err(e) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text)
    {
        found.push(wrong(e.to_string()).field("parameters"));
    }
    if let (AnalysisMethod::Access, Some(text)) = (new.method, &new.parameters)
        && let Ok(chosen) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text)
    {
        // Before the files are kept and half of it is computed.
        if let Some(unknown) = chosen.keys().find(|key| !access::CHOICES.contains(&key.as_str())) {
            found.push(wrong(format!("{unknown}: {}", access::CHOICES.join(", "))).field("parameters"));
        }
        let has = |role: &str| new.files.iter().any(|file| file.role == role);
        if chosen.get("frequency").is_some_and(|of| *of != false) && (!has("gtfs") || has("stops")) {
            found.push(wrong("frequency: gtfs, – stops".to_owned()).field("parameters"));
        }
    }
    let (needed, beside) = roles(new.method);
    let missing = needed.iter().filter(|role| !new.files.iter().any(|file| file.role == **role));
    found.extend(missing.map(|role| Diagnostic::new(&GEO012).arg("role", *role).arg("detail", "–").field(*role)));
    let stray = new.files.iter().filter(|f| !needed.contains(&f.role.as_str()) && !beside.contains(&f.role.as_str()));
    found.extend(
        stray.map(|file| Diagnostic::new(&GEO012).arg("role", &file.role).arg("detail", &file.name).field(&file.role)),
    );
    if !found.is_empty() {
        return Err(AppError::Refused(found));
    }
    let inputs = new.files.iter().map(|file| inputs::keep(app, file)).collect::<Result<Vec<_>, _>>()?;
    Ok(AnalysisRequest {
        method: new.method.as_str().to_owned(),
        place: new.place.as_str().to_owned(),
        period: new.period.to_string(),
        since: new.since.filter(|_| new.method == AnalysisMethod::Land).map(|since| since.to_string()),
        definition: new.definition.as_str().to_owned(),
        inputs,
        parameters: new.parameters.clone().filter(|text| !text.trim().is_empty()),
        source: new.source.as_ref().map(|source| source.as_str().to_owned()),
    })
}
