//! Pages that were made before. A page that only reads is a pure function of the register's fingerprint, what
//! was erased, the address, the language and the day, so an equal question gets the equal answer without making it again.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use model::value::Lang;

use crate::{caller::Who, failure::Failure, site::Site, visit::Asked};

/// All pages held together take at most this many bytes.
const MOST_BYTES: usize = 64 << 20;
/// A page above this size is made each time.
const LARGEST: usize = 16 << 20;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Question {
    fingerprint: String,
    today: Date,
    lang: Lang,
    address: String,
    is_public: bool,
}

/// Pages by question.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<Held>);

#[derive(Default)]
struct Held {
    pages: HashMap<Question, (HeaderMap, Bytes)>,
    n_bytes: usize,
}

impl Remembered {
    fn get(&self, question: &Question) -> Option<(HeaderMap, Bytes)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pages.get(question).cloned()
    }
    fn put(&self, question: Question, headers: HeaderMap, page: Bytes) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A new fingerprint makes all older pages useless, so forgetting everything loses little.
        if held.n_bytes + page.len() > MOST_BYTES {
            *held = Held::default();
        }
        held.n_bytes += page.len();
        // Two who asked at once have both made the page; one of them is kept.
        if let Some((_, before)) = held.pages.insert(question, (headers, page)) {
            held.n_bytes -= before.len();
        }
    }
}

/// Answers from memory, or makes the page and keeps it. A browser that has the page already is told so.
pub(crate) async fn remember(
    State(site): State<Site>,
    asked: Asked,
    who: Who,
    request: Request,
    next: Next,
) -> Response {
    // What a person sees carries the person's name and work, and is made each time.
    if request.method() != Method::GET || who.person().is_some() {
        return next.run(request).await;
    }
    let fingerprint = match site.app.world().await {
        Ok(world) => {
            let snapshot = world.snapshot();
            format!("{}-{}-{}", snapshot.position, snapshot.fingerprint, site.app.n_erased())
        }
        Err(error) => return Failure::from(error).into_response(),
    };
    let address = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let question = Question { fingerprint, today: site.today(), lang: asked.lang, address, is_public: who.is_public() };
    let tag = tag_of(&site, &question);
    if request.headers().get(header::IF_NONE_MATCH).is_some_and(|v| *v == tag) {
        return answer(StatusCode::NOT_MODIFIED, HeaderMap::new(), Bytes::new(), tag);
    }
    if let Some((headers, page)) = site.remembered.get(&question) {
        return answer(StatusCode::OK, headers, page, tag);
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(page) = to_bytes(body, usize::MAX).await else {
        return Failure::internal(&"the page was cut off").into_response();
    };
    if page.len() <= LARGEST {
        site.remembered.put(question, parts.headers.clone(), page.clone());
    }
    answer(StatusCode::OK, parts.headers, page, tag)
}

/// Differs between questions, between programs, and between runs of one program, since a page also depends on the code.
fn tag_of(site: &Site, question: &Question) -> HeaderValue {
    use std::hash::BuildHasher;
    let tag = format!("\"{:016x}\"", site.seed.hash_one(question));
    HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""))
}

fn answer(status: StatusCode, headers: HeaderMap, page: Bytes, tag: HeaderValue) -> Response {
    let mut response = Body::from(page).into_response();
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.headers_mut().insert(header::ETAG, tag);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
