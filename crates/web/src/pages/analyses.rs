//! Computations over grids, boundaries and streets: begin one, follow it, look at what it found, publish it.

use std::io::Write as _;

use app::{
    AppError,
    access::Deed,
    analyses::{
        self, AnalysisPublication, AnalysisRequest, Found, FoundMeasure, FoundRow, InputFile, Job, NewAnalysis,
        Outdated, prepare, start_job, suggested,
    },
    people,
    proposals::Written,
};
use askama::Template;
use axum::{
    Json,
    extract::{Form, Multipart, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use locale::Explained;
use model::{
    Kind,
    kinds::{Analysis, AnalysisMethod, BoundaryDefinition, Indicator, Place, PlaceKind, Scope},
    value::{Id, Period},
};
use serde_json::json;

use crate::{
    caller::Who,
    failure::Failure,
    html::{Html, segment},
    pages::{
        analysis_map::layer_response,
        files::off_thread,
        found_map::{figure, map_of_analysis, map_of_job, read_layer, time_of},
        place::place_path,
    },
    site::Site,
    visit::{Visit, page},
};

/// Place, earlier and later date of the exercise files of each method.
const SAMPLES: [(AnalysisMethod, &str, Option<&str>, &str); 3] = [
    (AnalysisMethod::Urbanisation, "KEN", None, "2025"),
    (AnalysisMethod::Land, "KEN", Some("2015"), "2025"),
    (AnalysisMethod::Access, "KEN-nairobi", None, "2025"),
];
/// Figures of a measure shown at most; the count says how many there are.
const MOST_ROWS: usize = 300;

/// A file that a form asks for.
struct Field {
    role: &'static str,
    is_needed: bool,
    is_many: bool,
    accept: &'static str,
}

/// What the form of a method asks for.
struct MethodForm {
    method: AnalysisMethod,
    fields: Vec<Field>,
    has_sample: bool,
}

fn forms(v: &Visit) -> Vec<MethodForm> {
    let tif = |role, is_needed| Field { role, is_needed, is_many: true, accept: ".tif,.tiff" };
    let other = |role, is_needed, accept| Field { role, is_needed, is_many: role == "gtfs", accept };
    let fields = |method| match method {
        AnalysisMethod::Urbanisation => vec![tif("population", true), tif("land", false), tif("built", false)],
        AnalysisMethod::Land => {
            vec![tif("population", true), tif("population_later", true), tif("built", true), tif("built_later", true)]
        }
        AnalysisMethod::Access => vec![
            other("osm", true, ".pbf"),
            other("population", true, ".csv"),
            other("stops", false, ".csv"),
            other("gtfs", false, ".zip"),
            other("open_space", false, ".geojson,.json"),
            other("area", false, ".geojson,.json"),
        ],
    };
    let has = |place: &str| v.records().places.contains(place);
    let form = |(method, place, _, _): (AnalysisMethod, &str, Option<&str>, &str)| MethodForm {
        method,
        fields: fields(method),
        has_sample: has(place),
    };
    SAMPLES.map(form).into()
}

#[derive(Template)]
#[template(path = "analyses.html")]
struct AnalysesPage<'a> {
    v: &'a Visit,
    title: String,
    jobs: Vec<Job>,
    analyses: Vec<&'a Analysis>,
    outdated: Vec<Outdated>,
    forms: Vec<MethodForm>,
    places: Vec<&'a Place>,
    may_compute: bool,
}

impl AnalysesPage<'_> {
    fn job_link(&self, job: &Job) -> String {
        self.v.to(&job_path(&job.id))
    }
    fn state(&self, job: &Job) -> String {
        self.v.say(&format!("job-state-{}", job.state.as_str()))
    }
    fn method(&self, job: &Job) -> String {
        self.v.item("analysis-method", &job.request.method)
    }
    fn role(&self, field: &Field) -> String {
        self.v.say(&format!("space-role-{}", field.role.replace('_', "-")))
    }
    fn note(&self, form: &MethodForm) -> String {
        self.v.say(&format!("space-note-{}", form.method.as_str().replace('_', "-")))
    }
    fn definitions(&self) -> Vec<&'static str> {
        BoundaryDefinition::ALL.iter().map(|definition| definition.as_str()).collect()
    }
    fn old(&self, of: &Outdated) -> String {
        let now = of.now.as_deref().map_or_else(|| "–".to_owned(), |now| boundary_words(self.v, now));
        let args = [("n", of.n.into()), ("then", boundary_words(self.v, &of.then).into()), ("now", now.into())];
        self.v.say_with("space-outdated", args)
    }
    fn again(&self, of: &Outdated) -> String {
        format!("{}/again", analysis_path(of.analysis.as_str()))
    }
}

/// A boundary's name as a figure has it (`PLACE/DEFINITION/DAY@FINGERPRINT`) in words: what it is and from when.
fn boundary_words(v: &Visit, name: &str) -> String {
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

/// All jobs of this node, the analyses of the register, and the forms that begin one.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    let (app, world) = (v.site.app.clone(), v.world.clone());
    let (jobs, outdated) =
        off_thread(move || Ok::<_, AppError>((analyses::jobs(&app)?, analyses::outdated(&world)))).await??;
    let named = |p: &&Place| matches!(p.kind, PlaceKind::Country | PlaceKind::City | PlaceKind::Subnational);
    let is_job = |a: &&Analysis| !jobs.iter().any(|job| job.id == a.id.as_str());
    let template = AnalysesPage {
        title: v.say("space-analyses"),
        analyses: v.records().analyses.iter().filter(is_job).collect(),
        forms: forms(&v),
        places: v.records().places.iter().filter(named).collect(),
        may_compute: v.writable() && v.may(Deed::Write(Kind::Analysis)),
        jobs,
        outdated,
        v: &v,
    };
    page(&v, &template)
}

/// Keeps the files of a computation and begins it.
pub async fn begin(State(site): State<Site>, v: Visit, mut parts: Multipart) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let bad = |_| Failure::bad("page-fail-bad", &[]);
    let folder = tempfile::tempdir().map_err(|e| Failure::internal(&e))?;
    let (mut files, mut texts): (Vec<InputFile>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    while let Some(mut part) = parts.next_field().await.map_err(super::import::too_large_or_bad)? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) if name.is_empty() => {}
            Some(name) => {
                // Large files go to the disk piece by piece.
                let path = folder.path().join(files.len().to_string());
                let mut out = std::fs::File::create(&path).map_err(|e| Failure::internal(&e))?;
                while let Some(piece) = part.chunk().await.map_err(super::import::too_large_or_bad)? {
                    out.write_all(&piece).map_err(|e| Failure::internal(&e))?;
                }
                files.push(InputFile { role: field, name, path });
            }
            None => texts.push((field, part.text().await.map_err(bad)?.trim().to_owned())),
        }
    }
    let text = |name: &str| texts.iter().find(|(field, _)| field == name).map_or("", |(_, text)| text.as_str());
    let place = text("place");
    let by_name = || v.records().places.iter().find(|p| v.plain(&p.title).eq_ignore_ascii_case(place));
    let place = match v.records().places.get(place).or_else(by_name) {
        Some(place) => place.id.clone(),
        None => return Err(Failure::bad("survey-fail-place", &[("place", place.to_owned().into())])),
    };
    let period = |name: &str| {
        let text = text(name);
        Period::parse(text).ok_or_else(|| Failure::bad("page-bad-period", &[("period", text.to_owned().into())]))
    };
    let method = AnalysisMethod::parse(text("method")).ok_or_else(Failure::not_found)?;
    let new = NewAnalysis {
        method,
        place,
        period: period("period")?,
        since: if method == AnalysisMethod::Land { Some(period("since")?) } else { None },
        definition: BoundaryDefinition::parse(text("definition")).unwrap_or(BoundaryDefinition::Administrative),
        files,
        parameters: Some(text("parameters").to_owned()).filter(|text| !text.is_empty()),
        source: None,
    };
    start(&site, &v, new).await
}

/// Which method the exercise files are wanted of.
#[derive(serde::Deserialize)]
pub struct SampleForm {
    method: String,
}

/// Begins a computation with the exercise files that the program carries.
pub async fn begin_sample(
    State(site): State<Site>,
    v: Visit,
    Form(form): Form<SampleForm>,
) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let of = SAMPLES.iter().find(|(method, ..)| method.as_str() == form.method).ok_or_else(Failure::not_found)?;
    let (method, place, since, period) = *of;
    let sample = analyses::sample_files(method)?;
    let new = NewAnalysis {
        method,
        place: Id::new(place),
        period: Period::parse(period).ok_or_else(Failure::not_found)?,
        since: since.and_then(Period::parse),
        definition: BoundaryDefinition::Administrative,
        files: sample.files.clone(),
        parameters: None,
        source: v.records().sources.contains("EX-SPACE").then(|| Id::new("EX-SPACE")),
    };
    let answer = start(&site, &v, new).await;
    drop(sample);
    answer
}

async fn start(site: &Site, v: &Visit, new: NewAnalysis) -> Result<Response, Failure> {
    let (app, world, by, now) = (site.app.clone(), v.world.clone(), v.who.actor().clone(), site.now());
    let made = off_thread(move || {
        let request = prepare(&app, &world, &new, &by, now)?;
        start_job(&app, &world, request, &by, now)
    })
    .await?;
    go(site, v, made).await
}

async fn go(site: &Site, v: &Visit, made: Result<Job, AppError>) -> Result<Response, Failure> {
    match made {
        Ok(job) => {
            analyses::resume_job(&site.app, &job.id, v.who.actor(), site.options.clock).await?;
            Ok(Redirect::to(&job_path(&job.id)).into_response())
        }
        Err(AppError::Refused(found)) => Err(super::refused(&found)),
        Err(other) => Err(other.into()),
    }
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
    published: Option<u64>,
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
        let cities = self.found.iter().flat_map(|found| &found.cities);
        let name = cities.filter(|city| city.place == row.place).find_map(|city| city.name.clone());
        Html(crate::html::escaped(&name.unwrap_or_else(|| row.place.clone())))
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
    fn warning(&self, text: &str) -> String {
        warning(self.v, text)
    }
    fn n_new(&self) -> usize {
        self.found.iter().flat_map(|found| &found.cities).filter(|city| !city.is_known).count()
    }
    fn indicator_links(&self) -> Vec<(String, String)> {
        let asked = self.v.query.iter().filter(|(name, _)| name == "indicator");
        let link = |id: &str| {
            let title = self.v.records().indicators.get(id).map(|i| self.v.plain(&i.title).to_owned())?;
            Some((self.v.record_link("indicator", id), title))
        };
        asked.filter_map(|(_, id)| link(id)).collect()
    }
}

/// What a reader must be told: in words where the method gave a code.
fn warning(v: &Visit, text: &str) -> String {
    let Ok(of) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text) else {
        return text.to_owned();
    };
    let code = of.get("code").and_then(|code| code.as_str()).unwrap_or_default();
    let key = format!("space-warning-{}", code.replace('_', "-"));
    let plain = |value: &serde_json::Value| match value {
        serde_json::Value::Number(n) => n.as_f64().map_or_else(String::new, locale::number),
        other => other.to_string().trim_matches('"').to_owned(),
    };
    let rest: Vec<String> = of.iter().filter(|(name, _)| *name != "code").map(|(_, value)| plain(value)).collect();
    let words = if locale::has(model::value::Lang::En, &key) { v.say(&key) } else { code.to_owned() };
    if rest.is_empty() { words } else { format!("{words} ({})", rest.join(", ")) }
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
        Some(found) => figure(&v, tokio::task::block_in_place(|| map_of_job(&v, found, &id))),
        None => Html::default(),
    };
    let faults = analyses::job_findings(&held).iter().map(|d| locale::explained(v.lang, d)).collect();
    let may_compute = v.writable() && v.may(Deed::Write(Kind::Analysis));
    let template = AnalysisPage {
        title: title(&v, &held.request),
        request: Some(held.request.clone()),
        faults,
        map,
        record: v.records().analyses.get(&id).cloned(),
        indicators: v.records().indicators.iter().collect(),
        may_compute,
        may_publish: may_compute && v.may(Deed::Write(Kind::Observation)),
        may_make_places: v.may(Deed::Write(Kind::Place)),
        published: v.ask("published").parse().ok(),
        found,
        job: Some(held),
        id,
        v: &v,
    };
    page(&v, &template)
}

pub(super) fn title(v: &Visit, request: &AnalysisRequest) -> String {
    let place = v.records().places.get(&request.place);
    let place = place.map_or_else(|| request.place.clone(), |place| v.plain(&place.title).to_owned());
    format!("{} – {place} \u{2068}{}\u{2069}", v.item("analysis-method", &request.method), time_of(request))
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
    tokio::task::block_in_place(|| layer_response(&v, read_layer(read)))
}

/// Ends a job; it can be resumed.
pub async fn cancel(State(site): State<Site>, who: Who, Path(id): Path<String>) -> Result<Response, Failure> {
    analyses::cancel_job(&site.app, &id, who.actor(), site.now()).await?;
    // Whoever computes looks again within the blink that the redirect takes.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    Ok(Redirect::to(&job_path(&id)).into_response())
}

/// Lets a job go on.
pub async fn resume(State(site): State<Site>, who: Who, Path(id): Path<String>) -> Result<Response, Failure> {
    match analyses::resume_job(&site.app, &id, who.actor(), site.options.clock).await {
        Err(AppError::Refused(found)) => Err(super::refused(&found)),
        other => {
            other?;
            Ok(Redirect::to(&job_path(&id)).into_response())
        }
    }
}

/// Removes a job.
pub async fn remove(State(site): State<Site>, who: Who, Path(id): Path<String>) -> Result<Response, Failure> {
    match analyses::remove_job(&site.app, &id, who.actor(), site.now()).await {
        Err(AppError::Refused(found)) => Err(super::refused(&found)),
        other => {
            other?;
            Ok(Redirect::to("/analyses").into_response())
        }
    }
}

/// Submits what a job found.
pub async fn publish(
    State(site): State<Site>,
    who: Who,
    Path(id): Path<String>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let text = |name: &str| form.iter().find(|(field, _)| field == name).map_or("", |(_, text)| text.trim());
    let tie = |(field, indicator): &(String, String)| {
        let measure = field.strip_prefix("tie-")?;
        (!indicator.is_empty()).then(|| (measure.to_owned(), Id::new(indicator)))
    };
    let publication = AnalysisPublication {
        ties: form.iter().filter_map(tie).collect(),
        scope: Scope::parse(text("scope")).unwrap_or(Scope::Supported),
        with_cities: !text("cities").is_empty(),
        reason: if text("reason").is_empty() { id.clone() } else { text("reason").to_owned() },
        job: id.clone(),
    };
    match analyses::publish_analysis(&site.app, &publication, who.actor(), site.now()).await {
        Ok(Ok(Written::InForce(line))) => {
            let mut to = format!("{}?published={}", job_path(&id), line.number);
            for (_, indicator) in &publication.ties {
                to.push_str(&format!("&indicator={}", crate::html::query_value(indicator.as_str())));
            }
            Ok(Redirect::to(&to).into_response())
        }
        Ok(Ok(written)) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Ok(Err(found)) | Err(AppError::Refused(found)) => Err(super::refused(&found)),
        Err(other) => Err(other.into()),
    }
}

/// An analysis of the register with what it found.
pub async fn analysis(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let (app, world, name) = (v.site.app.clone(), v.world.clone(), id.clone());
    let view = off_thread(move || analyses::analysis(&app, &world, &name)).await??.ok_or_else(Failure::not_found)?;
    let map = figure(&v, tokio::task::block_in_place(|| map_of_analysis(&v, &view.found, &id)));
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
    tokio::task::block_in_place(|| layer_response(&v, read_layer(read)))
}

/// Computes an analysis again within the boundaries that are in force now.
pub async fn again(State(site): State<Site>, v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let (app, world, by, now) = (site.app.clone(), v.world.clone(), v.who.actor().clone(), site.now());
    let made = off_thread(move || analyses::recompute(&app, &world, &id, &by, now)).await?;
    go(&site, &v, made).await
}
