//! Boundaries from a file: upload, see what would be written, confirm. Nothing is written before, and a file that is refused can be
//! read again with other words without being sent twice.

use std::sync::Arc;

use app::{
    NamedBytes,
    access::Deed,
    analyses::sample_boundaries,
    people,
    proposals::Written,
    space::{
        BoundaryFile, BoundaryLine, BoundaryPreview, NewBoundaries, boundary_map, boundary_preview, confirm_boundaries,
        preview_boundaries,
    },
};
use askama::Template;
use axum::{
    extract::{Form, Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use model::{
    Kind,
    kinds::{BoundaryDefinition, Place},
    value::Id,
};

use crate::{
    caller::Who,
    chart::Outlines,
    failure::Failure,
    html::{Html, segment},
    pages::{
        boundaries::listed,
        import::{Group, grouped, too_large_or_bad},
        place::place_path,
    },
    site::Site,
    visit::{Visit, page},
};

/// Boundaries shown at most; the counts say how many there are.
const MOST_LINES: usize = 500;

/// What a reader says with a file of boundaries, and what is wrong with it.
#[derive(Clone, Default)]
pub(super) struct BoundaryForm {
    /// The file that waits here: its name on this node, and what it is called.
    pub(super) waiting: Option<(String, String)>,
    pub(super) layer: String,
    pub(super) place_field: String,
    definition: String,
    pub(super) valid_from: String,
    /// By field.
    errors: Vec<(&'static str, String)>,
}

impl BoundaryForm {
    pub(super) fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|(of, _)| *of == field).map(|(_, error)| error.as_str())
    }
    pub(super) fn definitions(&self) -> Vec<(&'static str, bool)> {
        BoundaryDefinition::ALL.iter().map(|of| (of.as_str(), of.as_str() == self.definition)).collect()
    }
    /// Whether the rarer fields hold something.
    pub(super) fn has_options(&self) -> bool {
        let is_wrong = |field: &str| self.error(field).is_some();
        !self.layer.is_empty() || !self.place_field.is_empty() || is_wrong("layer") || is_wrong("place_field")
    }

    /// The form with which a file was read, and what was wrong with it by field.
    fn of(v: &Visit, p: &BoundaryPreview) -> Self {
        let fields = ["valid_from", "place_field", "layer", "definition"];
        let mut errors: Vec<(&'static str, String)> = Vec::new();
        for found in p.findings.iter().filter(|found| found.blocks()) {
            let field = fields.into_iter().find(|field| found.field.as_deref() == Some(field));
            if let Some(field) = field.filter(|field| !errors.iter().any(|(of, _)| of == field)) {
                errors.push((field, v.message(found)));
            }
        }
        BoundaryForm {
            waiting: Some((p.token.clone(), p.name.clone())),
            layer: p.new.layer.clone().unwrap_or_default(),
            place_field: p.new.place_field.clone().unwrap_or_default(),
            definition: p.new.definition.as_str().to_owned(),
            valid_from: p.new.valid_from.map_or_else(String::new, |day| day.to_string()),
            errors,
        }
    }

    fn new_boundaries(&self) -> NewBoundaries {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        NewBoundaries {
            layer: text(&self.layer),
            place_field: text(&self.place_field),
            definition: BoundaryDefinition::parse(&self.definition).unwrap_or(BoundaryDefinition::Administrative),
            valid_from: self.valid_from.parse().ok(),
            source: None,
            note: None,
        }
    }
}

#[derive(Template)]
#[template(path = "boundaries-preview.html")]
struct PreviewPage<'a> {
    v: &'a Visit,
    title: String,
    p: Arc<BoundaryPreview>,
    groups: Vec<Group>,
    form: BoundaryForm,
    map: Html,
    may_load: bool,
}

impl PreviewPage<'_> {
    fn lines(&self) -> &[BoundaryLine] {
        self.p.lines.get(..MOST_LINES).unwrap_or(&self.p.lines)
    }
    fn place(&self, line: &BoundaryLine) -> String {
        self.v.to(&place_path(line.place.as_str()))
    }
    fn becomes(&self, line: &BoundaryLine) -> String {
        self.v.say(&format!("space-becomes-{}", line.becomes.as_str()))
    }
    /// How much larger or smaller than before, with its sign.
    fn change(&self, line: &BoundaryLine) -> String {
        match line.change_percent {
            None => String::new(),
            Some(percent) if percent.abs() < 0.05 => "0 %".to_owned(),
            Some(percent) => {
                let sign = if percent > 0.0 { "+" } else { "−" };
                format!("\u{2066}{sign}{} %\u{2069}", locale::tenths(percent.abs()))
            }
        }
    }
    fn n_errors(&self) -> usize {
        self.p.findings.iter().filter(|found| found.blocks()).count()
    }
    fn confirm(&self) -> String {
        format!("{}/confirm", preview_path(&self.p.token))
    }
}

fn preview_path(token: &str) -> String {
    format!("/boundaries/import/{}", segment(token))
}

/// Reads a file and shows what it would write.
pub async fn upload(State(site): State<Site>, v: Visit, mut parts: Multipart) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let bad = |_| Failure::bad("page-fail-bad", &[]);
    let (mut file, mut form, mut token) = (None, BoundaryForm::default(), String::new());
    while let Some(part) = parts.next_field().await.map_err(too_large_or_bad)? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) if name.is_empty() => {}
            Some(name) => {
                let bytes = part.bytes().await.map_err(too_large_or_bad)?;
                file = Some(NamedBytes { name, bytes: bytes.to_vec() });
            }
            None => {
                let text = part.text().await.map_err(bad)?.trim().to_owned();
                match field.as_str() {
                    "layer" => form.layer = text,
                    "place_field" => form.place_field = text,
                    "definition" => form.definition = text,
                    "valid_from" => form.valid_from = text,
                    "waiting" => token = text,
                    _ => {}
                }
            }
        }
    }
    let waiting = boundary_preview(&site.app, &token);
    if !form.valid_from.is_empty() && form.valid_from.parse::<jiff::civil::Date>().is_err() {
        let error = v.say_with("page-bad-day", [("day", form.valid_from.clone().into())]);
        form.errors.push(("valid_from", error));
    }
    let file = match (file, &waiting) {
        (Some(file), _) => Some(BoundaryFile::Sent(file)),
        (None, Some(_)) => Some(BoundaryFile::Waiting(token.clone())),
        (None, None) => {
            // A file that had to make room is asked for once more.
            let key = if token.is_empty() { "page-fail-no-file" } else { "space-file-gone" };
            form.errors.push(("file", v.say(key)));
            None
        }
    };
    match file.filter(|_| form.errors.is_empty()) {
        Some(file) => shown(&site, file, &form.new_boundaries()).await,
        None => {
            form.waiting = waiting.map(|waiting| (token, waiting.name.clone()));
            let mut answer = listed(&v, form)?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
    }
}

/// Reads the exercise boundaries and shows what they would write.
pub async fn sample(State(site): State<Site>, v: Visit) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let file = sample_boundaries().ok_or_else(Failure::not_found)?;
    shown(&site, BoundaryFile::Sent(file), &BoundaryForm::default().new_boundaries()).await
}

async fn shown(site: &Site, file: BoundaryFile, new: &NewBoundaries) -> Result<Response, Failure> {
    let preview = preview_boundaries(&site.app, file, new, site.now()).await?;
    Ok(Redirect::to(&preview_path(&preview.token)).into_response())
}

/// What a file of boundaries would write.
pub async fn preview(v: Visit, Path(token): Path<String>) -> Result<Response, Failure> {
    let p = found(&v.site, &token)?;
    let map = tokio::task::block_in_place(|| map(&v, &p));
    let template = PreviewPage {
        title: v.say_name("space-import-of", "name", &p.name),
        groups: grouped(&v, &p.findings),
        form: BoundaryForm::of(&v, &p),
        map,
        may_load: v.writable() && v.may(Deed::Write(Kind::Boundary)),
        p,
        v: &v,
    };
    page(&v, &template)
}

fn found(site: &Site, token: &str) -> Result<Arc<BoundaryPreview>, Failure> {
    boundary_preview(&site.app, token).ok_or_else(|| Failure::gone("page-fail-expired"))
}

/// The outlines of a file over those before them; none where there are too many.
fn map(v: &Visit, p: &BoundaryPreview) -> Html {
    let Some(map) = boundary_map(&v.site.app, &p.token) else { return Html::default() };
    let title = |place: &Id<Place>| {
        v.records().places.of(place).map_or_else(|| place.as_str().to_owned(), |of| v.plain(&of.title).to_owned())
    };
    let drawn = Outlines {
        title: v.say_name("space-import-of", "name", &p.name),
        // Of a file that is refused nothing would be written.
        description: match p.findings.iter().any(|found| found.blocks()) {
            true => v.say("space-import-refused"),
            false => v.say_with("space-import-counts", counts(p)),
        },
        new: map.new.iter().map(|(place, shape)| (title(place), shape)).collect(),
        before: map.before.iter().map(|(_, shape)| shape).collect(),
    };
    drawn.svg()
}

fn counts(p: &BoundaryPreview) -> [(&'static str, diag::Arg); 3] {
    let c = p.counts;
    [("added", c.added.into()), ("replaced", c.replaced.into()), ("unchanged", c.unchanged.into())]
}

/// Why boundaries are written.
#[derive(serde::Deserialize)]
pub struct ConfirmForm {
    reason: String,
}

/// Writes what was shown, all or nothing.
pub async fn confirm(
    State(site): State<Site>,
    who: Who,
    Path(token): Path<String>,
    Form(form): Form<ConfirmForm>,
) -> Result<Response, Failure> {
    let p = found(&site, &token)?;
    if !p.can_confirm {
        return Err(Failure::bad("page-fail-cannot-confirm", &[]));
    }
    match confirm_boundaries(&site.app, &token, who.actor(), form.reason.trim(), site.now()).await? {
        Ok(Written::InForce(line)) => {
            Ok(Redirect::to(&format!("/boundaries?imported={}", line.number)).into_response())
        }
        Ok(written) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Err(found) => Err(super::refused(&found)),
    }
}
