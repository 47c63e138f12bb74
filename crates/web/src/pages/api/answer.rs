//! The shape of an answer: JSON page by page, or a whole list as CSV or lines of JSON; and where to go on.

use std::{io, sync::Arc};

use app::{Listing, World};
use axum::{
    Json,
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use diag::Diagnostic;
use model::{
    Kind,
    record::json_of,
    value::{Id, Value},
};
use query::{Cursor, MOST_ROWS, codes};
use serde_json::{Map, Value as Json_, json};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::{failure::Failure, lang, pages::files::off_thread, visit::Visit};

/// Rows of a page of JSON when nobody says.
pub(super) const ROWS: usize = 100;
/// Rows of one piece of a stream: some 100 kB, which is what an answer of any size holds in memory.
const PIECE: usize = 500;

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Csv,
    Ndjson,
}

impl Format {
    const ALL: [(Format, &'static str, &'static str); 3] = [
        (Format::Json, "json", "application/json"),
        (Format::Csv, "csv", "text/csv"),
        (Format::Ndjson, "ndjson", "application/x-ndjson"),
    ];
    fn mime(self) -> &'static str {
        match self {
            Format::Json => "application/json",
            Format::Csv => "text/csv; charset=utf-8; header=present",
            Format::Ndjson => "application/x-ndjson",
        }
    }
}

/// The format that the address asks for, else the one that `Accept` prefers, else JSON.
pub(super) fn format(v: &Visit, headers: &HeaderMap) -> Result<Format, Failure> {
    // An empty format is none of them; it is not the same as none asked for.
    match v.query.iter().find(|(name, _)| name == "format") {
        None => Ok(accepted(headers)),
        Some((_, word)) => match Format::ALL.into_iter().find(|(_, w, _)| w == word) {
            Some((format, ..)) => Ok(format),
            None => Err(wrong(query::parameter_fault("format", word, "json, csv, ndjson"))),
        },
    }
}

fn accepted(headers: &HeaderMap) -> Format {
    let ranges = headers.get_all(header::ACCEPT).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(','));
    let mut best = (0.0, Format::Json);
    for range in ranges {
        let mut parts = range.split(';').map(str::trim);
        let mime = parts.next().unwrap_or_default();
        let Some((format, ..)) = Format::ALL.into_iter().find(|(_, _, m)| m.eq_ignore_ascii_case(mime)) else {
            continue;
        };
        let quality = parts.find_map(|p| p.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if quality > best.0 {
            best = (quality, format);
        }
    }
    best.1
}

pub(super) fn wrong(found: Diagnostic) -> Failure {
    Failure::question(vec![found])
}

/// Refuses parameters that an operation does not take, that are given twice, or that have no such value: a question that
/// is half understood gets another answer than the one asked for. `own` are the operation's, beside `lang`.
pub(super) fn only(v: &Visit, own: &[&'static str]) -> Result<(), Failure> {
    let mut found = common(v);
    for (i, (name, _)) in v.query.iter().enumerate() {
        if name != "lang" && !own.contains(&name.as_str()) {
            found.push(query::unknown_parameter(name, own.iter().copied().chain(["lang"])));
        } else if v.query.iter().take(i).any(|(before, _)| before == name) {
            found.push(query::twice(name));
        }
    }
    if found.is_empty() { Ok(()) } else { Err(Failure::question(found)) }
}

/// What is wrong with language, day and instant, which every operation takes in the same way. A day that cannot be read
/// was refused before.
pub(super) fn common(v: &Visit) -> Vec<Diagnostic> {
    let given = |name: &'static str| v.query.iter().filter(move |(k, _)| k == name).map(|(_, value)| value.as_str());
    let langs = given("lang").filter(|code| lang::interface(code).is_none());
    let langs = langs.map(|code| query::parameter_fault("lang", code, "en, ar, zh"));
    let empty = ["on", "as_of"].into_iter().filter(|name| given(name).any(str::is_empty));
    langs.chain(empty.map(|name| query::parameter_fault(name, "", "2018-06-30"))).collect()
}

/// The record of a kind that a parameter names, if it is given; not found when there is none.
pub(super) fn named<T>(v: &Visit, parameter: &str, kind: Kind) -> Result<Option<Id<T>>, Failure> {
    match v.ask(parameter) {
        "" if v.query.iter().any(|(k, _)| k == parameter) => Err(wrong(query::parameter_fault(parameter, "", "I-1"))),
        "" => Ok(None),
        id if v.records().contains(kind, id) => Ok(Some(Id::new(id))),
        _ => Err(Failure::not_found()),
    }
}

/// The world that a question is answered from: that of its cursor, or the visit's.
pub(super) async fn world_of(v: &Visit, cursor: Option<Cursor>) -> Result<Arc<World>, Failure> {
    let Some(cursor) = cursor.filter(|c| c.position != v.world.snapshot().position) else { return Ok(v.world.clone()) };
    let held = match v.as_of {
        // The past does not move, but what was the present when the cursor was given out may have.
        Some(_) => None,
        None => v.site.app.world_for_paging(cursor.position).await?,
    };
    held.map(|w| w.seen_by(v.audience())).ok_or_else(|| wrong(query::gone(cursor.position)))
}

/// A page of records as JSON. Its world is held for the next page.
pub(super) async fn page_of(v: &Visit, world: &World, listing: Arc<Listing>) -> Result<Response, Failure> {
    let question = listing.question();
    let (from, most) = (start(question.cursor), question.limit.unwrap_or(ROWS));
    let counted = question.count == query::Count::Wanted;
    let asked = listing.clone();
    let (stretch, count) = off_thread(move || (asked.stretch(from, most), counted.then(|| asked.count()))).await?;
    let names = listing.names();
    let items: Vec<Json_> = stretch.rows.iter().map(|row| object(&names, row)).collect();
    let position = world.snapshot().position;
    let next = stretch.next.map(|at| question.cursor_at(position, at));
    let mut body = json!({"kind": question.kind.name(), "position": position, "items": items});
    if let (Some(n), Some(members)) = (count, body.as_object_mut()) {
        members.insert("count".into(), n.into());
    }
    if let (Some(cursor), None) = (next, &v.as_of) {
        v.site.app.hold_for_paging(cursor.position).await?;
    }
    if let Some(members) = body.as_object_mut() {
        members.insert("next".into(), json!(next.map(|c| c.to_string())));
    }
    let mut response = Json(body).into_response();
    link(v, response.headers_mut(), next);
    Ok(response)
}

/// `Link: <…>; rel="next"` and what caches may do.
fn link(v: &Visit, headers: &mut HeaderMap, next: Option<Cursor>) {
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-language, authorization, cookie"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    let address = next.map(|cursor| v.here_with("cursor", &cursor.to_string()));
    if let Some(Ok(value)) = address.map(|a| HeaderValue::from_str(&format!("<{a}>; rel=\"next\""))) {
        headers.insert(header::LINK, value);
    }
}

/// A list of records as CSV or lines of JSON: one page when the question says how large, else all of it, made piece by
/// piece while it is read, so that it takes little memory however large it is.
pub(super) fn stream(v: &Visit, world: &World, listing: Arc<Listing>, format: Format) -> Response {
    let from = start(listing.question().cursor);
    let mut head = Vec::new();
    let names = listing.names();
    if format == Format::Csv {
        app::csv_row(&mut head, &names.iter().map(|n| Value::Text((*n).to_owned())).collect::<Vec<_>>());
    }
    let mut next = None;
    let body = match listing.question().limit {
        Some(most) => {
            let stretch = listing.stretch(from, most);
            lines(&mut head, &names, &stretch.rows, format);
            next = stretch.next.map(|at| listing.question().cursor_at(world.snapshot().position, at));
            Body::from(head)
        }
        None => {
            let (send, receive) = mpsc::channel::<io::Result<Bytes>>(2);
            tokio::spawn(pieces(listing, from, head, format, send));
            Body::from_stream(ReceiverStream::new(receive))
        }
    };
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(format.mime()));
    link(v, response.headers_mut(), next);
    response
}

/// Makes pieces as fast as they are read. A reader who goes away ends it; a failure cuts the answer off, so that half a
/// list is not taken for the whole.
async fn pieces(
    listing: Arc<Listing>,
    from: usize,
    head: Vec<u8>,
    format: Format,
    send: mpsc::Sender<io::Result<Bytes>>,
) {
    let mut bytes = head;
    let mut next = Some(from);
    while let Some(at) = next {
        let asked = listing.clone();
        let made = tokio::task::spawn_blocking(move || {
            let stretch = asked.stretch(at, PIECE);
            lines(&mut bytes, &asked.names(), &stretch.rows, format);
            (bytes, stretch.next)
        });
        let Ok((piece, after)) = made.await else {
            send.send(Err(io::Error::other("the answer was cut off"))).await.ok();
            return;
        };
        if send.send(Ok(piece.into())).await.is_err() {
            return;
        }
        (bytes, next) = (Vec::new(), after);
    }
}

fn lines(out: &mut Vec<u8>, names: &[&'static str], rows: &[Vec<Value>], format: Format) {
    for row in rows {
        match format {
            Format::Csv => app::csv_row(out, row),
            Format::Json | Format::Ndjson => json_line(out, &object(names, row)),
        }
    }
}

fn json_line(out: &mut Vec<u8>, value: &Json_) {
    // Writing into memory does not fail.
    serde_json::to_writer(&mut *out, value).ok();
    out.push(b'\n');
}

fn object(names: &[&'static str], row: &[Value]) -> Json_ {
    let members: Map<String, Json_> = names.iter().zip(row).map(|(n, v)| ((*n).to_owned(), json_of(v))).collect();
    Json_::Object(members)
}

fn start(cursor: Option<Cursor>) -> usize {
    cursor.map_or(0, |c| usize::try_from(c.at).unwrap_or(usize::MAX))
}

/// What a list that is computed as a whole is asked for.
pub(super) struct Asked {
    pub format: Format,
    pub cursor: Option<Cursor>,
    pub fingerprint: u64,
    limit: Option<usize>,
}

/// Reads the parameters of a computed list; those of `own` are its filters.
pub(super) fn asked(v: &Visit, headers: &HeaderMap, own: &[&'static str]) -> Result<Asked, Failure> {
    const COMMON: [&str; 4] = ["limit", "cursor", "format", "as_of"];
    let names: Vec<&'static str> = own.iter().chain(&COMMON).copied().collect();
    only(v, &names)?;
    let mut found = Vec::new();
    let (mut limit, mut cursor) = (None, None);
    let mut parts = vec![v.path.as_str()];
    for (name, value) in &v.query {
        match name.as_str() {
            "limit" => match query::read_limit(value) {
                Ok(read) => limit = Some(read),
                Err(diagnostic) => found.push(*diagnostic),
            },
            "cursor" => match Cursor::parse(value) {
                Some(read) => cursor = Some(read),
                None => found.push(Diagnostic::new(&codes::QRY007).field("cursor")),
            },
            "format" | "lang" => {}
            filter => parts.extend([filter, value.as_str()]),
        }
    }
    let fingerprint = Cursor::fingerprint(parts);
    if cursor.is_some_and(|c| c.question != fingerprint) {
        found.push(Diagnostic::new(&codes::QRY008).field("cursor"));
    }
    if found.is_empty() {
        Ok(Asked { format: format(v, headers)?, cursor, limit, fingerprint })
    } else {
        Err(Failure::question(found))
    }
}

impl Asked {
    /// Items of the page; no bound when a list is wanted as a whole.
    pub fn most(&self) -> usize {
        match (self.limit, self.format) {
            (Some(limit), _) => limit.min(MOST_ROWS),
            (None, Format::Json) => ROWS,
            (None, Format::Csv | Format::Ndjson) => usize::MAX,
        }
    }
}

/// A list that was computed from a world: one page of it. The world is held for the next.
pub(super) async fn hold_and_answer(
    v: &Visit,
    world: &World,
    asked: &Asked,
    columns: &[&'static str],
    items: Vec<Json_>,
    about: Json_,
) -> Result<Response, Failure> {
    let position = world.snapshot().position;
    if v.as_of.is_none() && items.len() > start(asked.cursor).saturating_add(asked.most()) {
        v.site.app.hold_for_paging(position).await?;
    }
    computed(v, position, asked, columns, items, about)
}

/// A list that was computed as a whole: one page of it.
pub(super) fn computed(
    v: &Visit,
    position: u64,
    asked: &Asked,
    columns: &[&'static str],
    items: Vec<Json_>,
    about: Json_,
) -> Result<Response, Failure> {
    let from = start(asked.cursor).min(items.len());
    let end = from.saturating_add(asked.most()).min(items.len());
    let next = (end < items.len()).then_some(Cursor { position, question: asked.fingerprint, at: end as u64 });
    written(v, position, asked, columns, items.get(from..end).unwrap_or_default(), about, next)
}

/// Items as JSON, as CSV of `columns`, or as lines of JSON. `about` are members of the page beside its items.
pub(super) fn written(
    v: &Visit,
    position: u64,
    asked: &Asked,
    columns: &[&'static str],
    items: &[Json_],
    about: Json_,
    next: Option<Cursor>,
) -> Result<Response, Failure> {
    let mut response = match asked.format {
        Format::Json => {
            let mut body = json!({"position": position, "items": items, "next": next.map(|c| c.to_string())});
            if let (Some(members), Json_::Object(about)) = (body.as_object_mut(), about) {
                members.extend(about);
            }
            Json(body).into_response()
        }
        Format::Csv => {
            let mut out = Vec::new();
            app::csv_row(&mut out, &columns.iter().map(|n| Value::Text((*n).to_owned())).collect::<Vec<_>>());
            for item in items {
                app::csv_row(&mut out, &columns.iter().map(|n| cell(&item[*n])).collect::<Vec<_>>());
            }
            out.into_response()
        }
        Format::Ndjson => {
            let mut out = Vec::new();
            items.iter().for_each(|item| json_line(&mut out, item));
            out.into_response()
        }
    };
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(asked.format.mime()));
    link(v, response.headers_mut(), next);
    Ok(response)
}

/// A member as the cell of a table.
fn cell(value: &Json_) -> Value {
    match value {
        Json_::Null => Value::Null,
        Json_::Bool(b) => Value::Bool(*b),
        Json_::Number(n) => n.as_i64().map(Value::Whole).or_else(|| n.as_f64().map(Value::Number)).unwrap_or_default(),
        Json_::String(text) => Value::Text(text.clone()),
        other => Value::Text(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_format_is_given() {
        for (accept, expected) in [
            ("", Format::Json),
            ("*/*", Format::Json),
            ("text/csv", Format::Csv),
            ("text/html, text/csv;q=0.5, application/x-ndjson;q=0.8", Format::Ndjson),
            ("text/csv;q=0", Format::Json),
            ("TEXT/CSV; header=present; q=0.3", Format::Csv),
            ("image/png", Format::Json),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(accepted(&headers), expected, "{accept}");
        }
    }
}
