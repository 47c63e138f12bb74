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
use serde_json::{Map, Value as Json};
use streets::SettingFault;

use super::{access, inputs, job::may_compute, land};
use crate::{
    App,
    error::AppError,
    space::{
        codes::{GEO005, GEO012},
        grids_finding, not_json, setting_finding,
    },
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

/// Whether options are sound, and have the files that they need.
fn options(new: &NewAnalysis, text: &str) -> Result<(), Box<Diagnostic>> {
    match new.method {
        AnalysisMethod::Access => {
            let chosen = access::chosen(text)?;
            let has = |role: &str| new.files.iter().any(|file| file.role == role);
            if chosen.get("frequency").is_some_and(|of| *of != false) {
                let (key, missing, other) = ("frequency", "gtfs", "stops");
                if !has(missing) {
                    return Err(Box::new(setting_finding(&SettingFault::Needs { key, missing })));
                }
                if has(other) {
                    return Err(Box::new(setting_finding(&SettingFault::NotWith { key, other })));
                }
            }
            if chosen.contains_key("gates")
                && !has("open_space")
                && chosen.get("open_space").is_none_or(|of| of != "osm")
            {
                return Err(Box::new(setting_finding(&SettingFault::Needs { key: "gates", missing: "open_space" })));
            }
            Ok(())
        }
        AnalysisMethod::Land => land::Options::read(text).map(|_| ()),
        AnalysisMethod::Urbanisation => {
            let all: Map<String, Json> =
                serde_json::from_str(text).map_err(|e| Box::new(not_json(e.line(), e.column())))?;
            grids::degurba::Options::from_map(&all).map(|_| ()).map_err(|fault| Box::new(grids_finding(&fault)))
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
    let wrong = |problem: &str| Diagnostic::new(&GEO005).arg("problem", problem);
    if !world.records().places.contains(new.place.as_str()) {
        found.push(Diagnostic::new(&GEO012).arg("role", "place").arg("detail", new.place.as_str()).field("place"));
    }
    match (new.method, new.since) {
        (AnalysisMethod::Land, None) => found.push(wrong("since_missing").field("since")),
        (AnalysisMethod::Land, Some(since)) if since.mid() >= new.period.mid() => {
            let told = wrong("since_late").arg("found", since.to_string()).arg("known", new.period.to_string());
            found.push(told.field("since"));
        }
        _ => {}
    }
    if let Some(text) = new.parameters.as_deref().filter(|text| !text.trim().is_empty()) {
        // Before the files are kept and half of it is computed.
        found.extend(options(new, text).err().map(|told| told.field("parameters")));
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
