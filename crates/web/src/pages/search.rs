//! Search over everything with a name; also as JSON for the field at the top.

use app::view::Hit;
use askama::Template;
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    failure::Failure,
    visit::{Visit, page},
};

/// Hits on the page.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'a> {
    v: &'a Visit,
    title: String,
    hits: Vec<Hit>,
}

/// The page.
pub async fn search(v: Visit) -> Result<Response, Failure> {
    let text = cut(v.ask("q"));
    let hits = app::search(&v.world, text, v.lang, MOST);
    let title = if text.is_empty() { v.say("page-search-go") } else { v.say_name("page-search-for", "text", text) };
    page(&v, &SearchPage { title, hits, v: &v })
}

/// The first hits for the field at the top.
pub async fn suggest(v: Visit) -> Result<Response, Failure> {
    let hits = app::search(&v.world, cut(v.ask("q")), v.lang, 8);
    let lines: Vec<_> = hits
        .iter()
        .map(|h| {
            json!({
                "title": h.title,
                "kind": v.kind(h.record.kind),
                "id": h.record.id,
                "href": v.record_link(h.record.kind, &h.record.id),
            })
        })
        .collect();
    Ok(Json(lines).into_response())
}

/// At most 200 characters: what is longer finds nothing anyway.
fn cut(text: &str) -> &str {
    text.char_indices().nth(200).map_or(text, |(at, _)| &text[..at]).trim()
}
