//! Publishes what a job found: one change with the analysis, its figures, and the cities that it found where that is wanted.

use std::sync::Arc;

use diag::Diagnostic;
use exchange::NamedBytes;
use jiff::Timestamp;
use model::{
    kinds::{Analysis, AnalysisMethod, BoundaryDefinition, Indicator, ObservationStatus, PlaceKind, Scope},
    record::{Code, Record},
    value::{Id, Lang, Value},
};
use register::{Edit, access::Actor};

use super::{
    centres::centre_title,
    found::{Found, FoundCity, FoundMeasure, FoundRow, MeasureDef},
    job::{self, JobState},
    request::AnalysisRequest,
    urbanisation::{centre_shapes, lies_in},
    view,
    zones::boundary_name,
};
use crate::{
    App,
    enter::{LARGEST_EVIDENCE, attach_evidence},
    error::AppError,
    import,
    proposals::{Ready, Written, submit},
    space::{
        ReadBoundary, boundary_on,
        codes::{GEO013, GEO015, GEO016},
        found_boundary, kept, shape_name,
    },
    world::World,
};

/// What of a job goes where.
#[derive(Clone, Debug)]
pub struct AnalysisPublication {
    /// The job.
    pub job: String,
    /// Measures with the indicator that each answers.
    pub ties: Vec<(String, Id<Indicator>)>,
    /// Whose change they describe.
    pub scope: Scope,
    /// Whether the urban centres become places with a boundary.
    pub with_cities: bool,
    /// Names for urban centres that become places: the place's code, the language, the name.
    pub names: Vec<(String, Lang, String)>,
    /// Why.
    pub reason: String,
}

/// The indicator that a measure most likely answers: one that names the same indicator of a framework, first of the plan whose
/// indicators name the world's.
pub fn suggested(world: &World, measure: &MeasureDef) -> Option<Id<Indicator>> {
    let answers = |indicator: &&Indicator| {
        indicator.frameworks.iter().any(|code| measure.frameworks.contains(&code.0.as_str()))
            || (measure.id == "people_by_degree"
                && indicator.dimensions.iter().any(|dimension| dimension.as_str() == "degree_of_urbanisation"))
    };
    let all: Vec<&Indicator> = world.records().indicators.iter().filter(answers).collect();
    let first = all.iter().find(|indicator| indicator.world_indicator.is_some()).or(all.first());
    first.map(|indicator| indicator.id.clone())
}

/// Submits what a job found, all or nothing.
///
/// Errors: no such job, or one that is not done (`GEO013`); no tie that has a figure (`GEO015`); as [`submit`]; findings of the
/// rules of acceptance.
pub async fn publish_analysis(
    app: &App,
    publication: &AnalysisPublication,
    by: &Actor,
    now: Timestamp,
) -> Result<Result<Written, Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    job::may_compute(&world, by, now)?;
    let held = job::job(app, &publication.job)?;
    if held.state != JobState::Done {
        let found = Diagnostic::new(&GEO013).arg("job", &publication.job).arg("state", held.state.as_str());
        return Ok(Err(vec![found]));
    }
    let folder = job::folder(app, &publication.job)?;
    let mut found = view::read(&folder.join("results.json"))?;
    let id = record_id(&world, &held);
    for mut layer in std::mem::take(&mut found.layers) {
        let path = folder.join(&layer.file);
        let bytes = std::fs::read(&path).map_err(|e| AppError::file(&path, &e))?;
        if bytes.len() > LARGEST_EVIDENCE {
            found.warnings.push(serde_json::json!({"code": "layer_too_large", "layer": layer.id}).to_string());
            continue;
        }
        layer.file = attach_evidence(app, "layer.geojson", bytes).await?;
        found.layers.push(layer);
    }
    let with_cities = publication.with_cities && held.request.method() == AnalysisMethod::Urbanisation;
    let mut edits = Vec::new();
    if held.request.method() == AnalysisMethod::Urbanisation {
        let read = tokio::task::block_in_place(|| city_boundaries(&held, &folder, &found.cities))?;
        if with_cities {
            let taken = taken(&world, &found.cities, &read);
            if !taken.is_empty() {
                return Ok(Err(taken));
            }
            edits = kept(app, read).await?;
            name_boundaries(&mut found, &edits);
        } else {
            name_held(&world, &held, &mut found, &read)?;
        }
    }
    let results = serde_json::to_vec(&found).map_err(|e| AppError::Internal(e.to_string()))?;
    let results = attach_evidence(app, "results.json", results).await?;
    edits.push(put(&record(&id, &held, &found.program, results)));
    let mut files = Vec::new();
    if with_cities {
        let bytes = new_places(&world, &held.request, &found.cities, &publication.names);
        files.push(NamedBytes { name: "places.csv".to_owned(), bytes });
    }
    let rows = rows(&world, (&id, &held), &found, publication, with_cities);
    match rows {
        Some(rows) => files.push(NamedBytes { name: "observations.csv".to_owned(), bytes: rows }),
        // Cities alone are worth a change.
        None if with_cities => {}
        None => return Ok(Err(vec![Diagnostic::new(&GEO015).arg("job", &publication.job)])),
    }
    let ((more, observed), told) = tokio::task::block_in_place(|| import::judge_files(&world, files, now));
    let errors: Vec<Diagnostic> = told.into_iter().filter(Diagnostic::blocks).collect();
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let mut all = more;
    all.append(&mut edits);
    let ready = Ready {
        reason: publication.reason.clone(),
        edits: all,
        observed: Arc::new(observed),
        against: world.snapshot().position,
        ..Ready::default()
    };
    submit(app, by, ready, now).await
}

fn put<R: Record>(record: &R) -> Edit {
    Edit::Put { kind: R::KIND, row: record.to_row(), origin: None }
}

/// The inputs of a job as its record names them.
fn inputs_of(held: &job::Job) -> String {
    let input = |input: &super::request::Input| format!("{} {} {}", input.role, input.name, input.short());
    held.request.inputs.iter().map(input).collect::<Vec<_>>().join("; ")
}

/// The analysis of the register that a job became; none when nothing was published of it.
pub fn record_of<'w>(world: &'w World, held: &job::Job) -> Option<&'w Analysis> {
    world.records().analyses.get(record_id(world, held))
}

/// The code of a job's analysis. Names of jobs are free on one node: where another node published something else under this one, the
/// next that is free.
fn record_id(world: &World, held: &job::Job) -> Id<Analysis> {
    let is_free = |id: &String| world.records().analyses.get(id).is_none_or(|of| is_same(of, held));
    let mut names = std::iter::once(held.id.clone()).chain((2..10_000).map(|n| format!("{}-n{n}", held.id)));
    Id::new(names.find(is_free).unwrap_or_else(|| held.id.clone()))
}

/// Whether an analysis of the register is what a job computes.
fn is_same(of: &Analysis, held: &job::Job) -> bool {
    let request = &held.request;
    of.inputs == inputs_of(held)
        && of.method == request.method()
        && of.place == request.place()
        && Some(of.period) == request.period()
        && of.since == request.since()
        && of.definition == Some(request.definition())
        && of.parameters.as_deref().unwrap_or_default() == request.parameters.as_deref().unwrap_or_default()
}

fn record(id: &Id<Analysis>, held: &job::Job, program: &str, results: String) -> Analysis {
    let request = &held.request;
    Analysis {
        id: id.clone(),
        method: request.method(),
        place: request.place(),
        // A job has a period: its request was prepared with one.
        period: request.period().unwrap_or_else(|| model::value::Period::year(1)),
        since: request.since(),
        definition: Some(request.definition()),
        inputs: inputs_of(held),
        parameters: request.parameters.clone(),
        results: Code(results),
        program: Code(program.to_owned()),
        source: request.source.as_deref().map(Id::new),
        note: None,
    }
}

/// The urban centres as boundaries of their places.
fn city_boundaries(
    held: &job::Job,
    folder: &std::path::Path,
    cities: &[FoundCity],
) -> Result<Vec<ReadBoundary>, AppError> {
    let shapes = centre_shapes(folder)?;
    let Some(period) = held.request.period() else { return Ok(Vec::new()) };
    let source = held.request.source.as_deref().map(Id::new);
    let of = |city: &FoundCity| {
        let (_, shape) = shapes.iter().find(|(number, _)| *number == city.number)?;
        let definition = BoundaryDefinition::DegreeOfUrbanisation;
        found_boundary(Id::new(&city.place), definition, period.starts_on(), "30", shape, source.clone())
    };
    Ok(cities.iter().filter_map(of).collect())
}

/// Places that were made since the job looked, under the codes of its new cities: elsewhere they are others.
fn taken(world: &World, cities: &[FoundCity], read: &[ReadBoundary]) -> Vec<Diagnostic> {
    let is_another = |city: &&FoundCity| {
        let shape = read.iter().find(|of| of.record.place.as_str() == city.place).map(|of| &of.shape);
        let place = world.records().places.get(&city.place).filter(|_| !city.is_known);
        place.is_some_and(|place| shape.is_none_or(|shape| !lies_in(place, shape)))
    };
    let refused = |city: &FoundCity| Diagnostic::new(&GEO016).arg("place", &city.place);
    cities.iter().filter(is_another).map(refused).collect()
}

/// Ties the figures of urban centres that are not written as cities to the boundaries that the register has of them, where they
/// are the same.
fn name_held(world: &World, held: &job::Job, found: &mut Found, read: &[ReadBoundary]) -> Result<(), AppError> {
    let Some(period) = held.request.period() else { return Ok(()) };
    let mut names: Vec<(String, Option<String>)> = Vec::new();
    for of in read {
        let (place, definition) = (&of.record.place, BoundaryDefinition::DegreeOfUrbanisation);
        let name = shape_name(&of.shape)?;
        let boundary = boundary_on(world.records(), place, definition, period.ends_on());
        let same = boundary.filter(|boundary| boundary.shape.0 == name);
        names.push((place.as_str().to_owned(), same.map(boundary_name)));
    }
    for row in found.measures.iter_mut().flat_map(|measure| &mut measure.rows) {
        if row.boundary.as_ref().is_some_and(|name| name.ends_with("/degree_of_urbanisation")) {
            row.boundary = names.iter().find(|(place, _)| *place == row.place).and_then(|(_, name)| name.clone());
        }
    }
    Ok(())
}

/// Ties the figures of urban centres to the boundaries that are written with them.
fn name_boundaries(found: &mut Found, edits: &[Edit]) {
    let boundaries: Vec<model::kinds::Boundary> = edits
        .iter()
        .filter_map(|edit| match edit {
            Edit::Put { row, .. } => model::kinds::Boundary::from_row(row).ok(),
            _ => None,
        })
        .collect();
    for row in found.measures.iter_mut().flat_map(|measure| &mut measure.rows) {
        let is_centre = |name: &String| name.ends_with("/degree_of_urbanisation");
        if row.boundary.as_ref().is_some_and(is_centre) {
            let of = boundaries.iter().find(|boundary| boundary.place.as_str() == row.place);
            row.boundary = of.map(boundary_name);
        }
    }
}

/// Places for the urban centres that the register does not know.
fn new_places(
    world: &World,
    request: &AnalysisRequest,
    cities: &[FoundCity],
    names: &[(String, Lang, String)],
) -> Vec<u8> {
    let mut out = Vec::new();
    let text = |text: &str| Value::Text(text.to_owned());
    let titles = Lang::INTERFACE.map(|lang| format!("title_{}", lang.code()));
    let mut columns = vec!["id", "kind"];
    columns.extend(titles.iter().map(String::as_str));
    columns.extend(["parent", "longitude", "latitude", "population", "population_period", "population_source"]);
    exchange::csv_row(&mut out, &columns.into_iter().map(text).collect::<Vec<_>>());
    // What somebody wrote of a city since is not written over.
    let is_new = |city: &&FoundCity| !city.is_known && !world.records().places.contains(&city.place);
    for city in cities.iter().filter(is_new) {
        let mut cells = vec![text(&city.place), text(PlaceKind::City.as_str())];
        cells.extend(Lang::INTERFACE.map(|lang| title(city, lang, names).map_or(Value::Null, Value::Text)));
        cells.extend([
            text(&request.place),
            Value::Number(city.at[0]),
            Value::Number(city.at[1]),
            Value::Whole(city.population.round() as i64),
            text(&request.period),
            request.source.as_deref().map_or(Value::Null, text),
        ]);
        exchange::csv_row(&mut out, &cells);
    }
    out
}

/// The title of a new city in a language: the one that somebody gave, else the one of the list of cities, else where it lies.
fn title(city: &FoundCity, lang: Lang, names: &[(String, Lang, String)]) -> Option<String> {
    let given: Vec<_> =
        names.iter().filter(|(place, _, name)| *place == city.place && !name.trim().is_empty()).collect();
    if !given.is_empty() {
        // What somebody calls a city in one language is not made up in another.
        return given.into_iter().find(|(_, of, _)| *of == lang).map(|(_, _, name)| name.trim().to_owned());
    }
    match &city.name {
        Some(name) => (lang == Lang::En).then(|| name.clone()),
        None => Some(centre_title(lang, city)),
    }
}

/// The table of observations under the code of an analysis; none when no tie has a figure.
pub(super) fn rows(
    world: &World,
    (id, held): (&Id<Analysis>, &job::Job),
    found: &Found,
    publication: &AnalysisPublication,
    with_cities: bool,
) -> Option<Vec<u8>> {
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
        "status",
        "source",
        "evidence",
        "comment",
    ];
    exchange::csv_row(&mut out, &columns.map(|name| Value::Text(name.to_owned())));
    let mut n = 0;
    for (measure, indicator) in &publication.ties {
        let Some(measure) = found.measures.iter().find(|of| of.id == *measure) else { continue };
        for row in measure.rows.iter().filter(|row| is_told(world, row, found, with_cities)) {
            n += 1;
            let number = |n: Option<f64>| n.map_or(Value::Null, Value::Number);
            let text = |text: &str| if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) };
            let status =
                if row.value.is_some() { ObservationStatus::Measured } else { ObservationStatus::NotApplicable };
            let cells = [
                text(indicator.as_str()),
                text(&row.place),
                text(&held.request.period),
                text(&row.breakdown),
                text(publication.scope.as_str()),
                number(row.value),
                number(row.numerator),
                number(row.denominator),
                text(status.as_str()),
                text(held.request.source.as_deref().unwrap_or_default()),
                text(&evidence(id.as_str(), row)),
                text(&derivation(held, &found.program, measure, row)),
            ];
            exchange::csv_row(&mut out, &cells);
        }
    }
    (n > 0).then_some(out)
}

/// Whether the register can hold a figure: its place is there or is made with it, and it has words for its group.
fn is_told(world: &World, row: &FoundRow, found: &Found, with_cities: bool) -> bool {
    let records = world.records();
    let is_new = with_cities && found.cities.iter().any(|city| city.place == row.place);
    let has_words = row.breakdown.split(';').filter(|part| !part.is_empty()).all(|part| {
        part.split_once('=').is_some_and(|(dimension, category)| {
            records.dimensions.contains(dimension) && records.categories.contains(&format!("{dimension}/{category}"))
        })
    });
    (is_new || records.places.contains(&row.place)) && has_words
}

/// What a figure names as its evidence: `analysis/ID`, and the boundary within which it was computed.
fn evidence(id: &str, row: &FoundRow) -> String {
    let mut out = format!("analysis/{id}");
    if let Some(boundary) = &row.boundary {
        out.push('/');
        out.push_str(boundary);
    }
    out
}

/// How a figure was made, in words that need no language.
fn derivation(held: &job::Job, program: &str, measure: &FoundMeasure, row: &FoundRow) -> String {
    let input = |input: &super::request::Input| {
        format!("{} = {} {}", input.role, input.name, input.fingerprint.get(..12).unwrap_or_default())
    };
    let mut parts = vec![measure.id.clone(), format!("ekistics {program}")];
    parts.extend(held.request.inputs.iter().map(input));
    parts.extend(held.request.since.iter().map(|since| format!("since = {since}")));
    parts.extend(held.request.parameters.iter().map(|options| format!("options = {options}")));
    parts.extend(row.note.iter().map(|note| format!("note = {note}")));
    parts.join("; ")
}
