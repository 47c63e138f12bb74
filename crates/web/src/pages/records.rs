//! Any record of any kind, from its definition alone.

use app::{
    access::Deed,
    proposals::{self, Said},
};
use askama::Template;
use axum::{extract::Path, response::Response};
use model::{
    Kind,
    record::RecordDef,
    value::{CellKind, Value},
};

use crate::{
    failure::Failure,
    html::{Html, escaped, push_escaped, segment},
    visit::{Visit, page},
};

/// Records on one page.
const PAGE: usize = 100;
/// Columns in a list beside the name.
const COLUMNS: usize = 6;

#[derive(Template)]
#[template(path = "records.html")]
struct KindsPage<'a> {
    v: &'a Visit,
    title: String,
    kinds: Vec<(Kind, usize)>,
}

#[derive(Template)]
#[template(path = "records-of.html")]
struct ListPage<'a> {
    v: &'a Visit,
    title: String,
    kind: Kind,
    columns: Vec<&'static str>,
    rows: Vec<ListRow>,
    n_all: usize,
    at: usize,
    n_pages: usize,
}

struct ListRow {
    id: String,
    name: Html,
    cells: Vec<Html>,
}

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage<'a> {
    v: &'a Visit,
    title: String,
    kind: Kind,
    id: String,
    name: Html,
    fields: Vec<(&'static str, &'static str, Html)>,
    origin: Option<String>,
    remarks: Vec<Said>,
}

impl RecordPage<'_> {
    fn edit_path(&self) -> String {
        format!("/records/{}/{}/edit", self.kind.name(), segment(&self.id))
    }
}

/// All kinds with how many records each has.
pub async fn kinds(v: Visit) -> Result<Response, Failure> {
    let count = |kind: Kind| match kind {
        Kind::Observation => v.world.snapshot().observations.len(),
        kind => v.records().count(kind),
    };
    let kinds = Kind::ALL.iter().filter(|k| v.audience().sees(**k)).map(|k| (*k, count(*k))).collect();
    page(&v, &KindsPage { title: v.say("page-nav-records"), kinds, v: &v })
}

/// Records of one kind, page by page.
pub async fn list(v: Visit, Path(kind): Path<String>) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).filter(|k| v.audience().sees(*k)).ok_or_else(Failure::not_found)?;
    let at = v.ask("page").parse::<usize>().unwrap_or(1).max(1);
    let text = v.ask("q").to_lowercase();
    let seen = v.audience().columns(kind);
    let shown: Vec<usize> = listed(kind.def()).into_iter().filter(|i| seen.contains(i)).collect();
    let from = (at - 1).saturating_mul(PAGE);
    let (rows, n_all) = if kind == Kind::Observation { observations(&v, from) } else { stored(&v, kind, &text, from) };
    let rows = rows
        .into_iter()
        .map(|(id, row)| {
            let name = v.record_name(kind.name(), &id);
            let cells = shown.iter().map(|i| row.get(*i).map_or_else(Html::default, |x| cell(&v, kind.def(), *i, x)));
            ListRow { name, cells: cells.collect(), id }
        })
        .collect();
    let template = ListPage {
        title: v.kind(kind.name()),
        columns: shown.iter().filter_map(|i| kind.def().columns.get(*i)).map(|c| c.name.as_str()).collect(),
        kind,
        rows,
        n_all,
        at,
        n_pages: n_all.div_ceil(PAGE).max(1),
        v: &v,
    };
    page(&v, &template)
}

/// Ids and rows of one page, and how many there are.
type Found = (Vec<(String, Vec<Value>)>, usize);

fn stored(v: &Visit, kind: Kind, text: &str, from: usize) -> Found {
    if text.is_empty() {
        let rows = v.records().rows(kind).skip(from).take(PAGE).map(|(id, row)| (id.to_owned(), row)).collect();
        return (rows, v.records().count(kind));
    }
    let holds = |id: &str, row: &[Value]| {
        id.to_lowercase().contains(text)
            || row.iter().any(|x| matches!(x, Value::Text(t) if t.to_lowercase().contains(text)))
    };
    let all: Vec<_> =
        // What is hidden is not found either.
        v.records()
            .rows(kind)
            .map(|(id, row)| (id.to_owned(), row))
            .filter(|(id, row)| holds(id, row))
            .collect();
    let n_all = all.len();
    (all.into_iter().skip(from).take(PAGE).collect(), n_all)
}

/// Observations, of one indicator when it is asked for.
fn observations(v: &Visit, from: usize) -> Found {
    let all = &v.world.snapshot().observations;
    let indicator = v.ask("indicator");
    let code = all.dict.code(indicator);
    let wanted = |idx: &usize| indicator.is_empty() || code == all.indicator.get(*idx).copied();
    let n_all = (0..all.len()).filter(wanted).count();
    let rows = (0..all.len())
        .filter(wanted)
        .skip(from)
        .take(PAGE)
        .map(|idx| (all.row(idx).id(), observation(v, idx)))
        .collect();
    (rows, n_all)
}

/// The row of an observation, without what this audience does not see.
fn observation(v: &Visit, idx: usize) -> Vec<Value> {
    let mut row = v.world.snapshot().observations.row(idx).cells();
    v.audience().mask(Kind::Observation, &mut row);
    row
}

/// The columns that a list shows: the first few that are neither long texts nor the title.
fn listed(def: &RecordDef) -> Vec<usize> {
    let wanted = |kind: CellKind| !matches!(kind, CellKind::TextIn(_) | CellKind::Text);
    let n = if def.kind == Kind::Observation { 9 } else { COLUMNS };
    def.columns
        .iter()
        .enumerate()
        .filter(|(i, c)| wanted(c.kind) && (*i > 0 || def.kind == Kind::Observation))
        .map(|(i, _)| i)
        .take(n)
        .collect()
}

/// One record.
pub async fn record(v: Visit, Path((kind, id)): Path<(String, String)>) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).filter(|k| v.audience().sees(*k)).ok_or_else(Failure::not_found)?;
    let row = match kind {
        Kind::Observation => find_observation(&v, &id).map(|idx| observation(&v, idx)),
        kind => v.records().row(kind, &id),
    };
    let row = row.ok_or_else(Failure::not_found)?;
    let def = kind.def();
    let seen = v.audience().columns(kind);
    let filled = def.columns.iter().zip(&row).enumerate().filter(|(i, (_, x))| !x.is_null() && seen.contains(i));
    let fields = filled.map(|(i, (c, x))| (c.name.as_str(), c.doc, cell(&v, def, i, x))).collect();
    let origin = v.records().origin(kind, &id).map(|o| {
        let cell = o.pointer(None).cell().unwrap_or_default();
        format!("{} · {} · {cell}", o.sheet.file, o.sheet.sheet)
    });
    let remarks = remarks_on(&v, kind.name(), &id).await?;
    let template = RecordPage {
        title: format!("{id} – {}", v.kind(kind.name())),
        name: v.record_name(kind.name(), &id),
        kind,
        id,
        fields,
        origin,
        remarks,
        v: &v,
    };
    page(&v, &template)
}

/// What persons said about a record or a figure, for persons.
pub(super) async fn remarks_on(v: &Visit, kind: &str, id: &str) -> Result<Vec<Said>, Failure> {
    match v.who.person() {
        Some(_) if v.may(Deed::ReadInternal) => {
            Ok(proposals::record_remarks(&v.site.app, v.who.actor(), kind, id, v.site.now()).await?)
        }
        _ => Ok(Vec::new()),
    }
}

/// The row of an observation by its id: a scan, since observations are found by their indicator.
fn find_observation(v: &Visit, id: &str) -> Option<usize> {
    let all = &v.world.snapshot().observations;
    let begins = |idx: &usize| id.strip_prefix(all.row(*idx).indicator()).is_some_and(|rest| rest.starts_with('/'));
    (0..all.len()).filter(begins).find(|idx| all.row(*idx).id() == id)
}

/// A cell for reading: references lead to what they name, codes have their word.
pub(crate) fn cell(v: &Visit, def: &RecordDef, column: usize, value: &Value) -> Html {
    let Some(column) = def.columns.get(column) else { return Html::default() };
    let link = |out: &mut String, kind: Kind, id: &str| {
        out.push_str("<a href=\"");
        push_escaped(out, &v.record_link(kind.name(), id));
        out.push_str("\">");
        out.push_str(&v.record_name(kind.name(), id).0);
        out.push_str("</a> <span class=\"code soft\">");
        push_escaped(out, id);
        out.push_str("</span>");
    };
    let mut out = String::new();
    match (column.kind, value) {
        (CellKind::Ref(kind), Value::Text(id)) => link(&mut out, kind, id),
        (CellKind::Refs(kind), Value::List(ids)) => {
            for (i, id) in ids.iter().enumerate() {
                if i > 0 {
                    out.push_str("<br>");
                }
                link(&mut out, kind, id);
            }
        }
        (CellKind::OneOf(list, _), Value::Text(code)) => push_escaped(&mut out, &v.item(list, code)),
        (CellKind::YesNo, Value::Bool(yes)) => {
            push_escaped(&mut out, &v.say(if *yes { "page-yes" } else { "page-no" }))
        }
        (CellKind::TextIn(lang), Value::Text(text)) => {
            out.push_str(&format!("<span lang=\"{}\" dir=\"{}\">{}</span>", lang.code(), lang.dir(), escaped(text)));
        }
        (CellKind::Number, Value::Number(n)) => {
            out.push_str(&format!("<data value=\"{}\">{}</data>", locale::exact(*n), locale::number(*n)));
        }
        // Only addresses that a browser opens as pages become links.
        (_, Value::Text(text)) if text.starts_with("https://") || text.starts_with("http://") => {
            out.push_str(&format!("<a href=\"{0}\" rel=\"noreferrer\">{0}</a>", escaped(text)));
        }
        (_, Value::Text(text)) if text.starts_with("evidence/") => {
            out.push_str(&format!("<a href=\"/{0}\">{0}</a>", escaped(text)));
        }
        (_, value) => push_escaped(&mut out, &value.to_text()),
    }
    Html(out)
}
