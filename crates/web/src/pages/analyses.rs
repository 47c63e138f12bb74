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
    kinds::{Analysis, Indicator},
};
use serde_json::json;

use crate::{
    failure::Failure,
    html::{Html, segment},
    pages::{
        analysis_map::layer_response,
        files::off_thread,
        found_map::{figure, map_of_analysis, map_of_job, name_of, read_layer, time_of},
        place::place_path,
        space_words,
    },
    visit::{Visit, page},
};

/// Figures of a measure shown at most; the count says how many there are.
const MOST_ROWS: usize = 300;

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
    /// Why it was not published just now.
    refusals: Vec<Explained>,
    /// The form as it was filled in, where it was refused.
    entered: Vec<(String, String)>,
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
        let title = self.found.as_ref().map(|found| name_of(self.v, found, &row.place));
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
        space_words::boundary(self.v, name)
    }
    /// What was entered into a field of the form that was refused.
    fn entry(&self, field: &str) -> Option<&str> {
        self.entered.iter().find(|(of, _)| of == field).map(|(_, text)| text.as_str())
    }
    /// The reason that was entered.
    fn reason(&self) -> &str {
        self.entry("reason").unwrap_or_default()
    }
    /// What a centre that has no place yet is called in the form.
    fn name_in_form(&self, city: &FoundCity) -> String {
        self.entry(&format!("name-{}", city.place)).map_or_else(|| self.centre(city), str::to_owned)
    }
    /// Whether the box about cities is ticked.
    fn makes_cities(&self) -> bool {
        self.entered.is_empty() || self.entry("cities").is_some()
    }
    /// Whether publishing again makes sense: what a later computation replaced would take its place again.
    fn is_superseded(&self) -> bool {
        self.done.as_ref().is_some_and(|done| done.n_figures == 0)
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
        space_words::unbroken(&locale::date(at.to_zoned(jiff::tz::TimeZone::UTC).date()))
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
        if let Some(entered) = self.entry(&format!("tie-{}", measure.id)) {
            return entered == indicator.id.as_str();
        }
        match &self.done {
            // Of what nothing is in force any more nobody knows what it was tied to.
            Some(done) if done.n_figures > 0 => {
                done.ties.iter().any(|(of, id)| *of == measure.id && *id == indicator.id)
            }
            _ => is_likely,
        }
    }
}

/// A publication that was refused: why, and the form as it was filled in.
pub(super) struct Refused {
    pub found: Vec<diag::Diagnostic>,
    pub entered: Vec<(String, String)>,
}

/// How far a job is, and what it found.
pub async fn job(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    job_page(v, id, None).await
}

/// The page of a job, also after a publication that was refused.
pub(super) async fn job_page(v: Visit, id: String, refused: Option<Refused>) -> Result<Response, Failure> {
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
        refusals: refused.iter().flat_map(|of| &of.found).map(|found| locale::explained(v.lang, found)).collect(),
        entered: refused.map(|of| of.entered).unwrap_or_default(),
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
        done: None,
        refusals: Vec::new(),
        entered: Vec::new(),
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
