//! The form of a record. Its columns follow from the kind's definition; what is typed takes the door of an import.

use app::proposals::{self, FormCell, FormTable, Said, Written};
use askama::Template;
use axum::{
    Json,
    extract::{Form, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use model::{
    Kind, Records,
    record::Column,
    value::{CellKind, Value},
};
use serde_json::json;

use crate::{
    caller::Who,
    failure::Failure,
    html::segment,
    site::Site,
    visit::{Visit, page},
};

/// References offered in a list; beyond, the code is typed.
const MOST_OFFERED: usize = 400;

#[derive(Template)]
#[template(path = "edit.html")]
struct EditPage<'a> {
    v: &'a Visit,
    title: String,
    kind: Kind,
    id: String,
    form: FormTable,
    position: u64,
    /// What was typed before and not saved, and when.
    draft: Option<String>,
    remarks: Vec<Said>,
}

impl EditPage<'_> {
    fn key(&self) -> String {
        form_key(self.kind, &self.id)
    }
    fn cells(&self) -> Vec<(&'static Column, &FormCell)> {
        let cells = self.form.rows.first().map_or(&[][..], |(_, cells)| cells);
        self.form.columns.iter().copied().zip(cells).collect()
    }
}

/// What a cell can be filled with, for a form: codes with names; empty where anything can be typed.
pub(crate) fn options(v: &Visit, column: &Column) -> Vec<(String, String)> {
    match column.kind {
        CellKind::OneOf(list, items) => {
            items.iter().map(|i| (i.code.to_owned(), locale::list_item(v.lang, list, i.code))).collect()
        }
        CellKind::YesNo => ["true", "false"].map(|c| (c.to_owned(), v.say(&format!("people-{c}")))).to_vec(),
        CellKind::Ref(kind) if v.records().count(kind) <= MOST_OFFERED => names(v, v.records(), kind),
        _ => Vec::new(),
    }
}

fn names(v: &Visit, records: &Records, kind: Kind) -> Vec<(String, String)> {
    records.rows(kind).map(|(id, _)| (id.to_owned(), plain_name(v, kind, id))).collect()
}

fn plain_name(v: &Visit, kind: Kind, id: &str) -> String {
    crate::visit::title_of(v.records(), kind, id).map_or(id.to_owned(), |t| format!("{id} – {}", t.show(v.lang)))
}

/// The kind of input for a column: `date`, `number`, or text.
pub(crate) fn input_type(column: &Column) -> &'static str {
    match column.kind {
        CellKind::Date => "date",
        _ => "text",
    }
}

fn of_kind(kind: &str) -> Result<Kind, Failure> {
    Kind::parse(kind).filter(|k| *k != Kind::Observation).ok_or_else(Failure::not_found)
}

/// An empty form.
pub async fn new(v: Visit, Path(kind): Path<String>) -> Result<Response, Failure> {
    let kind = of_kind(&kind)?;
    show(&v, kind, None).await
}

/// The form of a record.
pub async fn edit(v: Visit, Path((kind, id)): Path<(String, String)>) -> Result<Response, Failure> {
    let kind = of_kind(&kind)?;
    show(&v, kind, Some(id)).await
}

async fn show(v: &Visit, kind: Kind, id: Option<String>) -> Result<Response, Failure> {
    let form = proposals::record_form(v.records(), kind, id.as_deref()).ok_or_else(Failure::not_found)?;
    let key = form_key(kind, id.as_deref().unwrap_or_default());
    let draft = match v.who.person() {
        Some(_) => proposals::draft(&v.site.app, v.who.actor(), &key).await?.map(|(_, body)| body),
        None => None,
    };
    let remarks = match &id {
        Some(id) => proposals::record_remarks(&v.site.app, v.who.actor(), kind.name(), id, v.site.now()).await?,
        None => Vec::new(),
    };
    let title = match &id {
        Some(id) => format!("{} – {id}", v.say("people-edit")),
        None => v.say_name("people-new", "kind", v.kind(kind.name())),
    };
    let position = v.world.snapshot().position;
    page(v, &EditPage { title, kind, id: id.unwrap_or_default(), form, position, draft, remarks, v })
}

/// Under which name a half-typed form is kept.
pub(crate) fn form_key(kind: Kind, id: &str) -> String {
    format!("{}/{id}", kind.name())
}

/// Submits a record, or its removal.
pub async fn save(
    State(site): State<Site>,
    who: Who,
    Path(kind): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let kind = of_kind(&kind)?;
    let get = |name: &str| pairs.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str());
    let cells: Vec<FormCell> = pairs
        .iter()
        .filter_map(|(name, text)| {
            Some(FormCell { column: name.strip_prefix("c-")?.to_owned(), text: text.trim().to_owned() })
        })
        .collect();
    let against = get("against").parse().unwrap_or(0);
    let (tables, removed) = if get("remove") == "1" {
        (Vec::new(), vec![(kind, get("id").to_owned())])
    } else {
        (vec![(kind, vec![cells])], Vec::new())
    };
    let reason = get("reason").trim();
    let by = who.actor();
    let written = proposals::submit_form(&site.app, by, &tables, &removed, reason, against, None, site.now()).await?;
    let done = match written {
        Ok(written) => written,
        Err(found) if found.is_empty() => return Err(Failure::bad("page-fail-nothing-entered", &[])),
        Err(found) => return Err(super::refused(&found)),
    };
    if who.person().is_some() {
        proposals::keep_draft(&site.app, by, &form_key(kind, get("id")), "", site.now()).await?;
    }
    Ok(Redirect::to(&after(&done)).into_response())
}

/// Where to go after something was submitted.
pub(crate) fn after(written: &Written) -> String {
    match written {
        Written::InForce(line) => super::change_path(line.number),
        Written::Waiting(number) => format!("/proposals/{number}"),
        Written::Clashes(number) => format!("/proposals/{number}/merge"),
    }
}

/// Something to say about a record or a figure.
#[derive(serde::Deserialize)]
pub struct RemarkForm {
    kind: String,
    record: String,
    #[serde(default)]
    field: String,
    body: String,
}

/// Says something about a record, a field of it, or a figure.
pub async fn remark(State(site): State<Site>, who: Who, Form(form): Form<RemarkForm>) -> Result<Response, Failure> {
    let RemarkForm { kind, record, field, body } = form;
    if kind != "figure" && Kind::parse(&kind).is_none() {
        return Err(Failure::not_found());
    }
    proposals::remark(&site.app, who.actor(), None, &kind, &record, &field, &body, site.now()).await?;
    let back = match kind.as_str() {
        "figure" => format!("/figures/{}", segment(&record)),
        _ => super::record_path(&kind, &record),
    };
    Ok(Redirect::to(&back).into_response())
}

/// What somebody has typed so far.
#[derive(serde::Deserialize)]
pub struct DraftBody {
    form: String,
    body: String,
}

/// Keeps what somebody has typed so far: it survives a closed browser.
pub async fn keep_draft(State(site): State<Site>, who: Who, Json(draft): Json<DraftBody>) -> Result<Response, Failure> {
    if who.person().is_some() {
        proposals::keep_draft(&site.app, who.actor(), &draft.form, &draft.body, site.now()).await?;
    }
    Ok(Json(json!({"kept": who.person().is_some()})).into_response())
}

/// A value as text.
pub(crate) fn text_of(value: &Value) -> String {
    value.to_text()
}
