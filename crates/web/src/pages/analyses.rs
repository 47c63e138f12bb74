//! Computations over grids, boundaries and streets: how far one is, and what it found.

use app::{
    AppError,
    access::Deed,
    analyses::{
        self, AnalysisRequest, Found, FoundCity, FoundMeasure, FoundRow, Job, Note, PublishedAnalysis, centre_title,
        suggested,
    },
};
use askama::Template;
use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use locale::Explained;
use model::{
    Kind,
    kinds::{Analysis, BoundaryDefinition, Indicator, Place},
};
use serde_json::json;

use crate::{
    failure::Failure,
    html::{Html, segment},
    pages::{
        analysis_map::{AnalysisMap, SourceLayer, layer_response},
        files::off_thread,
        place::place_path,
    },
    visit::{Visit, page},
};

/// Figures of a measure shown at most; the count says how many there are.
const MOST_ROWS: usize = 300;

/// A boundary's name as a figure has it (`PLACE/DEFINITION/DAY@FINGERPRINT`) in words: what it is and from when.
pub(super) fn boundary_words(v: &Visit, name: &str) -> String {
    let mut parts = name.rsplitn(3, '/');
    let (last, definition) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    // An urban centre that is not published yet has no day.
    if BoundaryDefinition::parse(last).is_some() {
        return v.item("boundary-definition", last);
    }
    let day = last.split('@').next().unwrap_or_default();
    format!("{} \u{2066}{day}\u{2069}", v.item("boundary-definition", definition))
}

/// The address of a job.
pub(crate) fn job_path(id: &str) -> String {
    format!("/analyses/jobs/{}", segment(id))
}

/// The address of an analysis of the register.
pub(crate) fn analysis_path(id: &str) -> String {
    format!("/analyses/{}", segment(id))
}

#[derive(Template)]
#[template(path = "analysis.html")]
struct AnalysisPage<'a> {
    v: &'a Visit,
    title: String,
    id: String,
    request: Option<AnalysisRequest>,
    job: Option<Job>,
    faults: Vec<Explained>,
    found: Option<Found>,
    map: Html,
    record: Option<Analysis>,
    indicators: Vec<&'a Indicator>,
    may_compute: bool,
    may_publish: bool,
    may_make_places: bool,
    /// Whether it was published just now.
    published: Option<u64>,
    /// What was published of the job.
    done: Option<PublishedAnalysis>,
}

impl AnalysisPage<'_> {
    fn state(&self, job: &Job) -> String {
        self.v.say(&format!("job-state-{}", job.state.as_str()))
    }
    fn percent(&self, job: &Job) -> u32 {
        (job.share * 100.0).round() as u32
    }
    fn stage(&self, job: &Job) -> String {
        let key = format!("job-stage-{}", job.stage.replace([' ', '_'], "-"));
        if locale::has(model::value::Lang::En, &key) { self.v.say(&key) } else { String::new() }
    }
    /// The form of the method as the job was asked.
    fn with_other_files(&self) -> String {
        let method = self.request.as_ref().map_or("", |request| request.method.as_str()).replace('_', "-");
        let from = self.v.to(&format!("/analyses?from={}", crate::html::query_value(&self.id)));
        format!("{from}#{method}")
    }
    fn to(&self, deed: &str) -> String {
        format!("{}/{deed}", job_path(&self.id))
    }
    fn measure(&self, measure: &FoundMeasure) -> String {
        self.v.say(&format!("measure-{}", measure.id.replace('_', "-")))
    }
    fn rows<'f>(&self, measure: &'f FoundMeasure) -> Vec<&'f FoundRow> {
        measure.rows.iter().take(MOST_ROWS).collect()
    }
    fn more(&self, measure: &FoundMeasure) -> Option<String> {
        let (n, all) = (MOST_ROWS, measure.rows.len());
        (all > n).then(|| self.v.say_with("profile-first-shown", [("n", n.into()), ("all", all.into())]))
    }
    fn place(&self, row: &FoundRow) -> Html {
        if let Some(place) = self.v.records().places.get(&row.place) {
            return self.v.text(&place.title);
        }
        let mut cities = self.found.iter().flat_map(|found| &found.cities);
        let title = cities.find(|city| city.place == row.place).map(|city| centre_title(self.v.lang, city));
        Html(crate::html::escaped(&title.unwrap_or_else(|| row.place.clone())))
    }
    fn place_link(&self, row: &FoundRow) -> Option<String> {
        self.v.records().places.contains(&row.place).then(|| self.v.to(&place_path(&row.place)))
    }
    fn group(&self, row: &FoundRow) -> Html {
        if row.breakdown.is_empty() {
            return Html(crate::html::escaped(&self.v.say("survey-all")));
        }
        match model::value::Breakdown::parse(&row.breakdown) {
            Some(breakdown) => self.v.group(&breakdown),
            None => Html(crate::html::escaped(&row.breakdown)),
        }
    }
    fn value(&self, row: &FoundRow) -> Html {
        match row.value {
            Some(n) => Html(format!("<data value=\"{}\">{}</data>", self.v.exact(&n), locale::number(n))),
            None => Html("–".to_owned()),
        }
    }
    fn note(&self, row: &FoundRow) -> String {
        row.note.as_ref().map_or_else(String::new, |note| self.v.say(&format!("space-note-{}", note.replace('_', "-"))))
    }
    fn boundary(&self, name: &str) -> String {
        boundary_words(self.v, name)
    }
    fn has_groups(&self, measure: &FoundMeasure) -> bool {
        measure.rows.iter().any(|row| !row.breakdown.is_empty())
    }
    /// Indicators that can hold a measure, those of its unit or of no unit, and whether each is the likely one, which comes first.
    fn fitting(&self, measure: &FoundMeasure) -> Vec<(&Indicator, bool)> {
        let unit = measure.def().map_or("", |def| def.unit);
        let likely = measure.def().and_then(|def| suggested(&self.v.world, def));
        let fits = |i: &&Indicator| i.unit.as_ref().is_none_or(|of| of.0 == unit) && i.measure.as_str() != "story";
        let fitting = self.indicators.iter().copied().filter(fits);
        let mut fitting: Vec<(&Indicator, bool)> = fitting.map(|i| (i, likely.as_ref() == Some(&i.id))).collect();
        fitting.sort_by_key(|(_, is_likely)| !is_likely);
        fitting
    }
    fn day(&self, at: &jiff::Timestamp) -> String {
        locale::date(at.to_zoned(jiff::tz::TimeZone::UTC).date())
    }
    fn warning(&self, text: &str) -> String {
        Note::of(text).words(self.v.lang)
    }
    /// Whether an urban centre is a place of the register by now.
    fn is_known(&self, city: &FoundCity) -> bool {
        city.is_known || self.v.records().places.contains(&city.place)
    }
    fn centre(&self, city: &FoundCity) -> String {
        centre_title(self.v.lang, city)
    }
    /// Whether the reader may say what an urban centre is called.
    fn may_name(&self, city: &FoundCity) -> bool {
        self.may_publish && self.may_make_places && !self.is_known(city)
    }
    fn n_new(&self) -> usize {
        self.found.iter().flat_map(|found| &found.cities).filter(|city| !self.is_known(city)).count()
    }
    /// The indicators that have figures of this computation.
    fn indicator_links(&self, of: &PublishedAnalysis) -> Vec<(String, String)> {
        let link = |id: &str| {
            let title = self.v.records().indicators.get(id).map(|i| self.v.plain(&i.title).to_owned())?;
            Some((self.v.record_link("indicator", id), title))
        };
        let mut ids: Vec<&str> = of.ties.iter().map(|(_, indicator)| indicator.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().filter_map(link).collect()
    }
    /// Whether an indicator holds a measure: the one that was published, else the likely one.
    fn is_tied(&self, measure: &FoundMeasure, indicator: &Indicator, is_likely: bool) -> bool {
        match &self.done {
            Some(done) => done.ties.iter().any(|(of, id)| *of == measure.id && *id == indicator.id),
            None => is_likely,
        }
    }
}

/// How far a job is, and what it found.
pub async fn job(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let (app, name) = (v.site.app.clone(), id.clone());
    let (held, found) = off_thread(move || {
        let held = analyses::job(&app, &name)?;
        let found = analyses::job_view(&app, &name)?;
        Ok::<_, AppError>((held, found))
    })
    .await??;
    let map = match &found {
        Some(found) => {
            let url = |layer: &str| format!("{}/layers/{}", job_path(&id), segment(layer));
            tokio::task::block_in_place(|| map(&v, found, Some(&id), &url))
        }
        None => Html::default(),
    };
    let done = analyses::published_analysis(&v.site.app, &v.world, &held, v.site.now()).await?;
    let faults = analyses::job_findings(&held).iter().map(|d| locale::explained(v.lang, d)).collect();
    let may_compute = v.writable() && v.may(Deed::Write(Kind::Analysis));
    let template = AnalysisPage {
        title: title(&v, &held.request),
        request: Some(held.request.clone()),
        faults,
        map,
        record: done.as_ref().and_then(|done| v.records().analyses.get(done.record.as_str()).cloned()),
        indicators: v.records().indicators.iter().collect(),
        may_compute,
        may_publish: may_compute && v.may(Deed::Write(Kind::Observation)),
        may_make_places: v.may(Deed::Write(Kind::Place)),
        published: v.ask("published").parse().ok(),
        done,
        found,
        job: Some(held),
        id,
        v: &v,
    };
    page(&v, &template)
}

/// What a computation is about, in words.
pub(super) fn title(v: &Visit, request: &AnalysisRequest) -> String {
    let place = v.records().places.get(&request.place);
    let place = place.map_or_else(|| request.place.clone(), |place| v.plain(&place.title).to_owned());
    let time = match &request.since {
        Some(since) => format!("{since}–{}", request.period),
        None => request.period.clone(),
    };
    format!("{} – {place} \u{2068}{time}\u{2069}", v.item("analysis-method", &request.method))
}

/// A layer with its bytes; none, and a line in the log, for one that cannot be read.
fn source(v: &Visit, job: Option<&str>, layer: &analyses::FoundLayer, url: String) -> Option<SourceLayer> {
    let bytes = analyses::layer_bytes(&v.site.app, job, layer)
        .inspect_err(|error| tracing::error!(%error, layer = layer.file, "a layer cannot be read"))
        .ok()?;
    Some(SourceLayer { layer: layer.clone(), bytes, url: v.to(&url) })
}

/// The map of what was found, by a job or by an analysis of the register.
fn map(v: &Visit, found: &Found, job: Option<&str>, url: &dyn Fn(&str) -> String) -> Html {
    let Some(request) = &found.request else { return Html::default() };
    let layer = |layer: &analyses::FoundLayer| source(v, job, layer, url(&layer.id));
    let around = app::surroundings(&v.world, &request.place());
    let country = around.as_ref().and_then(|around| around.country.as_ref()).map(|country| country.id.as_str());
    let drawn = AnalysisMap {
        title: title(v, request),
        description: describe(v, found),
        layers: found.layers.iter().filter_map(layer).collect(),
        sources: sources(v, found),
        country,
        prefix: "an",
    };
    drawn.city_map(v).map(|map| map.figure(&|key| v.say(key))).unwrap_or_default()
}

/// The finding in a sentence: the first figure of each of the first measures.
pub(crate) fn describe(v: &Visit, found: &Found) -> String {
    let told = found.measures.iter().filter_map(|measure| {
        let row = measure.rows.iter().find(|row| row.value.is_some())?;
        let name = v.say(&format!("measure-{}", measure.id.replace('_', "-")));
        Some(format!("{name}: {}", locale::number(row.value?)))
    });
    let told: Vec<String> = told.take(3).collect();
    if told.is_empty() { v.say("space-nothing-found") } else { told.join("; ") }
}

/// What the map was made of.
pub(crate) fn sources(v: &Visit, found: &Found) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(request) = &found.request {
        let names: Vec<&str> = request.inputs.iter().map(|input| input.name.as_str()).collect();
        out.push(v.say_with("space-source-files", [("files", names.join(", ").into())]));
        if request.inputs.iter().any(|input| input.role == "osm") {
            out.push(v.say("space-source-osm"));
        }
    }
    out.push(v.say_with("map-method-plane", [("version", found.program.clone().into())]));
    out
}

/// What analyses found at a place, with its boundaries: a map, and the newest analysis of each method with its address.
pub(crate) fn of_place(v: &Visit, place: &Place) -> (Html, Vec<(String, String)>) {
    let mut newest: Vec<Analysis> = Vec::new();
    for analysis in analyses::analyses_of(&v.world, &place.id) {
        if !newest.iter().any(|held| held.method == analysis.method) {
            newest.push(analysis);
        }
    }
    let (mut layers, mut told, mut from, mut links) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for record in &newest {
        let id = record.id.as_str();
        let Ok(Some(view)) = analyses::analysis(&v.site.app, &v.world, id) else { continue };
        if let Some(request) = &view.found.request {
            links.push((v.to(&analysis_path(id)), title(v, request)));
        }
        // What was found of the country is drawn on the country's page.
        if record.place != place.id {
            continue;
        }
        told.push(describe(v, &view.found));
        sources(v, &view.found)
            .into_iter()
            .filter(|line| !from.contains(line))
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|line| from.push(line));
        let url = |layer: &str| format!("{}/layers/{}", analysis_path(id), segment(layer));
        layers.extend(view.found.layers.iter().filter_map(|layer| source(v, None, layer, url(&layer.id))));
    }
    layers.extend(super::boundaries::of_place(v, &place.id));
    if told.is_empty() {
        told.push(v.say_suffix("space-layer-", "boundaries"));
    }
    let around = app::surroundings(&v.world, &place.id);
    let country = around.as_ref().and_then(|around| around.country.as_ref()).map(|country| country.id.as_str());
    let map = AnalysisMap {
        title: v.say_with("space-place-map", [("place", v.plain(&place.title).into())]),
        description: told.join(". "),
        layers,
        sources: from,
        country,
        prefix: "sp",
    };
    (map.city_map(v).map(|map| map.figure(&|key| v.say(key))).unwrap_or_default(), links)
}

/// How far a job is, for the script of its page.
pub async fn state(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let app = v.site.app.clone();
    let held = off_thread(move || analyses::job(&app, &id)).await??;
    let stage = format!("job-stage-{}", held.stage.replace([' ', '_'], "-"));
    let stage = if locale::has(model::value::Lang::En, &stage) { v.say(&stage) } else { String::new() };
    let word = v.say(&format!("job-state-{}", held.state.as_str()));
    Ok(Json(json!({"open": held.state.is_open(), "state": word, "stage": stage, "share": held.share})).into_response())
}

/// A layer of what a job found.
pub async fn job_layer(v: Visit, Path((id, layer)): Path<(String, String)>) -> Result<Response, Failure> {
    let app = v.site.app.clone();
    let read = off_thread(move || analyses::job_layer(&app, &id, &layer)).await??;
    tokio::task::block_in_place(|| layer_response(&v, &read.layer, &read.bytes))
}

/// An analysis of the register with what it found.
pub async fn analysis(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let (app, world, name) = (v.site.app.clone(), v.world.clone(), id.clone());
    let view = off_thread(move || analyses::analysis(&app, &world, &name)).await??.ok_or_else(Failure::not_found)?;
    let url = |layer: &str| format!("{}/layers/{}", analysis_path(&id), segment(layer));
    let map = tokio::task::block_in_place(|| map(&v, &view.found, None, &url));
    let template = AnalysisPage {
        title: view.found.request.as_ref().map_or_else(|| id.clone(), |request| title(&v, request)),
        request: view.found.request.clone(),
        faults: Vec::new(),
        map,
        record: Some(view.record),
        indicators: Vec::new(),
        may_compute: v.writable() && v.may(Deed::Write(Kind::Analysis)),
        may_publish: false,
        may_make_places: false,
        published: None,
        done: None,
        found: Some(view.found),
        job: None,
        id,
        v: &v,
    };
    page(&v, &template)
}

/// A layer of an analysis of the register.
pub async fn analysis_layer(v: Visit, Path((id, layer)): Path<(String, String)>) -> Result<Response, Failure> {
    let (app, world) = (v.site.app.clone(), v.world.clone());
    let read = off_thread(move || analyses::analysis_layer(&app, &world, &id, &layer)).await??;
    tokio::task::block_in_place(|| layer_response(&v, &read.layer, &read.bytes))
}
