//! The computations of a node: those that there are, and forms that begin one. A form that is refused comes again as it was filled in,
//! and its files wait here, so that they need not be sent twice.

use std::{io::Write as _, sync::Arc};

use app::{
    AppError,
    access::Deed,
    analyses::{
        self, InputFile, Job, NewAnalysis, Outdated, Upload, keep_upload, prepare, start_job, upload, upload_of,
        with_earlier,
    },
    people,
};
use askama::Template;
use axum::{
    extract::{Form, Multipart, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use diag::Diagnostic;
use model::{
    Kind,
    kinds::{Analysis, AnalysisMethod, BoundaryDefinition, Place, PlaceKind},
    value::{Id, Period},
};

use crate::{
    failure::Failure,
    pages::{
        analyses::{analysis_path, job_path},
        files::off_thread,
        import::too_large_or_bad,
        space_words,
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

/// The files that a method asks for.
fn asked(method: AnalysisMethod) -> Vec<Field> {
    let tif = |role, is_needed| Field { role, is_needed, is_many: true, accept: ".tif,.tiff" };
    let other = |role, is_needed, accept| Field { role, is_needed, is_many: role == "gtfs", accept };
    match method {
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
    }
}

fn forms(v: &Visit) -> Vec<MethodForm> {
    let has = |place: &str| v.records().places.contains(place);
    let form = |(method, place, _, _): (AnalysisMethod, &str, Option<&str>, &str)| MethodForm {
        method,
        fields: asked(method),
        has_sample: has(place),
    };
    SAMPLES.map(form).into()
}

/// A form as it was filled in, and what is wrong with it.
#[derive(Default)]
struct Entries {
    method: String,
    texts: Vec<(String, String)>,
    files: Option<Arc<Upload>>,
    /// By field; an empty name is the form as a whole.
    errors: Vec<(String, String)>,
}

impl Entries {
    /// What a job was asked, with its files; nothing where there is no such job.
    fn of(v: &Visit, id: &str) -> Self {
        let Ok(job) = analyses::job(&v.site.app, id) else { return Entries::default() };
        let of = &job.request;
        let texts = [
            ("place", of.place.clone()),
            ("period", of.period.clone()),
            ("since", of.since.clone().unwrap_or_default()),
            ("definition", of.definition.clone()),
            ("parameters", of.parameters.clone().unwrap_or_default()),
        ];
        Entries {
            method: of.method.clone(),
            texts: texts.map(|(field, text)| (field.to_owned(), text)).into(),
            files: Some(upload_of(&v.site.app, &job)).filter(|of| !of.files.is_empty()),
            errors: Vec::new(),
        }
    }
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
    entries: Entries,
    /// The computation that went away just now, and how many of its files went with it.
    removed: Option<(String, String)>,
}

impl AnalysesPage<'_> {
    fn is_open(&self, form: &MethodForm) -> bool {
        self.entries.method == form.method.as_str()
    }
    /// Whether a form was refused.
    fn is_refused(&self, form: &MethodForm) -> bool {
        self.is_open(form) && !self.entries.errors.is_empty()
    }
    /// What was entered into a field.
    fn value(&self, form: &MethodForm, field: &str) -> &str {
        let texts = if self.is_open(form) { self.entries.texts.as_slice() } else { &[] };
        texts.iter().find(|(of, _)| of == field).map_or("", |(_, text)| text)
    }
    fn error(&self, form: &MethodForm, field: &str) -> Option<&str> {
        let errors = if self.is_open(form) { self.entries.errors.as_slice() } else { &[] };
        errors.iter().find(|(of, _)| of == field).map(|(_, error)| error.as_str())
    }
    /// What is wrong with a form as a whole.
    fn general(&self, form: &MethodForm) -> Vec<&str> {
        let errors = if self.is_open(form) { self.entries.errors.as_slice() } else { &[] };
        errors.iter().filter(|(of, _)| of.is_empty()).map(|(_, error)| error.as_str()).collect()
    }
    /// The files of a field that wait here.
    fn waiting(&self, form: &MethodForm, role: &str) -> Vec<&str> {
        let upload = self.entries.files.iter().filter(|_| self.is_open(form));
        upload.flat_map(|of| &of.files).filter(|file| file.role == role).map(|file| file.name.as_str()).collect()
    }
    fn token(&self, form: &MethodForm) -> Option<&str> {
        self.entries.files.as_ref().filter(|_| self.is_open(form)).map(|of| of.token.as_str())
    }
    /// Begins the ids of a form.
    fn id(&self, form: &MethodForm) -> String {
        form.method.as_str().replace('_', "-")
    }
    fn hint(&self, form: &MethodForm) -> String {
        self.v.say(if form.method == AnalysisMethod::Access {
            "space-hint-one-boundary"
        } else {
            "space-hint-boundaries"
        })
    }
    /// The computation that figures came from, in words, with its address.
    fn origin(&self, of: &Outdated) -> (String, String) {
        let id = of.analysis.as_str();
        let words = self.v.records().analyses.get(id).map(|a| {
            let place = self.v.records().places.of(&a.place);
            let place = place.map_or_else(|| a.place.as_str().to_owned(), |p| self.v.plain(&p.title).to_owned());
            format!("{} – {place} \u{2068}{}\u{2069}", self.v.item("analysis-method", a.method.as_str()), a.period)
        });
        (self.v.to(&analysis_path(id)), words.unwrap_or_else(|| id.to_owned()))
    }
    fn job_link(&self, job: &Job) -> String {
        self.v.to(&job_path(&job.id))
    }
    fn state(&self, job: &Job) -> String {
        self.v.say(&format!("job-state-{}", job.state.as_str()))
    }
    fn is_published(&self, job: &Job) -> bool {
        analyses::record_of(&self.v.world, job).is_some()
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
        match &of.now {
            None => {
                let then = space_words::boundary(self.v, &of.then).into();
                self.v.say_with("space-outdated-gone", [("n", of.n.into()), ("then", then)])
            }
            Some(now) => {
                let words = space_words::boundaries(self.v, &[of.then.clone(), now.clone()]);
                let [then, now] = [0, 1].map(|at| words.get(at).cloned().unwrap_or_default().into());
                self.v.say_with("space-outdated", [("n", of.n.into()), ("then", then), ("now", now)])
            }
        }
    }
    /// Where the boundaries of a place are, for one that has none any more.
    fn boundaries_of(&self, of: &Outdated) -> String {
        format!("{}?place={}", self.v.to("/boundaries"), crate::html::query_value(of.place.as_str()))
    }
    fn again(&self, of: &Outdated) -> String {
        format!("{}/again", analysis_path(of.analysis.as_str()))
    }
}

/// All jobs of this node, the analyses of the register, and the forms that begin one.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    let entries = match v.ask("from") {
        "" => Entries::default(),
        id => Entries::of(&v, id),
    };
    listed(&v, entries).await
}

async fn listed(v: &Visit, entries: Entries) -> Result<Response, Failure> {
    let (app, world) = (v.site.app.clone(), v.world.clone());
    let (jobs, outdated) =
        off_thread(move || Ok::<_, AppError>((analyses::jobs(&app)?, analyses::outdated(&world)))).await??;
    let named = |p: &&Place| matches!(p.kind, PlaceKind::Country | PlaceKind::City | PlaceKind::Subnational);
    let is_job = |a: &&Analysis| !jobs.iter().any(|job| job.id == a.id.as_str());
    let template = AnalysesPage {
        title: v.say("space-analyses"),
        analyses: v.records().analyses.iter().filter(is_job).collect(),
        forms: forms(v),
        places: v.records().places.iter().filter(named).collect(),
        may_compute: v.writable() && v.may(Deed::Write(Kind::Analysis)),
        removed: Some((v.ask("removed").to_owned(), v.ask("files").to_owned())).filter(|(id, _)| !id.is_empty()),
        jobs,
        outdated,
        entries,
        v,
    };
    page(v, &template)
}

/// A form as it came: its texts, its files, and the folder in which they lie.
async fn read(mut parts: Multipart) -> Result<(Vec<(String, String)>, Vec<InputFile>, tempfile::TempDir), Failure> {
    let bad = |_| Failure::bad("page-fail-bad", &[]);
    let folder = tempfile::tempdir().map_err(|e| Failure::internal(&e))?;
    let (mut files, mut texts): (Vec<InputFile>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    while let Some(mut part) = parts.next_field().await.map_err(too_large_or_bad)? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) if name.is_empty() => {}
            Some(name) => {
                // Large files go to the disk piece by piece.
                let path = folder.path().join(files.len().to_string());
                let mut out = std::fs::File::create(&path).map_err(|e| Failure::internal(&e))?;
                while let Some(piece) = part.chunk().await.map_err(too_large_or_bad)? {
                    out.write_all(&piece).map_err(|e| Failure::internal(&e))?;
                }
                files.push(InputFile { role: field, name, path });
            }
            None => texts.push((field, part.text().await.map_err(bad)?.trim().to_owned())),
        }
    }
    Ok((texts, files, folder))
}

/// Keeps the files of a computation and begins it; a form that cannot be computed comes again with what is wrong.
pub async fn begin(State(site): State<Site>, v: Visit, parts: Multipart) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let (texts, files, folder) = read(parts).await?;
    let text = |name: &str| texts.iter().find(|(field, _)| field == name).map_or("", |(_, text)| text.as_str());
    let method = AnalysisMethod::parse(text("method")).ok_or_else(Failure::not_found)?;
    let before = upload(&site.app, text("waiting"));
    let mut errors: Vec<(String, String)> = Vec::new();
    let place = text("place");
    let by_name = || v.records().places.iter().find(|p| v.plain(&p.title).eq_ignore_ascii_case(place));
    let found = v.records().places.get(place).or_else(by_name).map(|place| place.id.clone());
    if found.is_none() {
        errors.push(("place".to_owned(), v.say_with("survey-fail-place", [("place", place.to_owned().into())])));
    }
    let mut period = |name: &str| {
        let read = Period::parse(text(name));
        if read.is_none() {
            let error = v.say_with("page-bad-period", [("period", text(name).to_owned().into())]);
            errors.push((name.to_owned(), error));
        }
        read
    };
    let since = if method == AnalysisMethod::Land { period("since") } else { None };
    let at = period("period");
    let made = match (found, at, errors.is_empty()) {
        (Some(place), Some(period), true) => {
            let new = NewAnalysis {
                method,
                place,
                period,
                since,
                definition: BoundaryDefinition::parse(text("definition")).unwrap_or(BoundaryDefinition::Administrative),
                files: with_earlier(files.clone(), before.as_deref()),
                parameters: Some(text("parameters").to_owned()).filter(|text| !text.is_empty()),
                source: None,
            };
            start(&site, &v, new).await?
        }
        _ => Err(AppError::Refused(Vec::new())),
    };
    let refused = match made {
        Err(AppError::Refused(refused)) => refused,
        made => return go(&site, &v, made).await,
    };
    errors.extend(refused.iter().map(|found| field_error(&v, method, found)));
    let method = method.as_str().to_owned();
    let files = keep_upload(&site.app, folder, files, before);
    let files = Some(files).filter(|of| !of.files.is_empty());
    let mut answer = listed(&v, Entries { method, texts, files, errors }).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

/// What is wrong in words, and the field of the form that it stands in.
fn field_error(v: &Visit, method: AnalysisMethod, found: &Diagnostic) -> (String, String) {
    let fields = ["place", "since", "period", "definition", "parameters"];
    let is_asked = |field: &str| fields.contains(&field) || asked(method).iter().any(|asked| asked.role == field);
    let field = found.field.clone().filter(|field| is_asked(field)).unwrap_or_default();
    (field, v.message(found))
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
    let made = start(&site, &v, new).await?;
    drop(sample);
    go(&site, &v, made).await
}

async fn start(site: &Site, v: &Visit, new: NewAnalysis) -> Result<Result<Job, AppError>, Failure> {
    let (app, world, by, now) = (site.app.clone(), v.world.clone(), v.who.actor().clone(), site.now());
    off_thread(move || {
        let request = prepare(&app, &world, &new, &by, now)?;
        start_job(&app, &world, request, &by, now)
    })
    .await
}

/// Lets a job that was made compute, and shows it.
pub(super) async fn go(site: &Site, v: &Visit, made: Result<Job, AppError>) -> Result<Response, Failure> {
    match made {
        Ok(job) => {
            analyses::resume_job(&site.app, &job.id, v.who.actor(), site.options.clock).await?;
            Ok(Redirect::to(&job_path(&job.id)).into_response())
        }
        Err(AppError::Refused(found)) => Err(super::refused(&found)),
        Err(other) => Err(other.into()),
    }
}
