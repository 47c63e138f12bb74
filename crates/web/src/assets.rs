//! Files that never change while the program runs: style sheet, islands, shapes.

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

use crate::failure::Failure;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

/// A file by name, with a tag so that it is sent once.
pub(crate) async fn file(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    let file = Assets::get(&name).ok_or_else(Failure::not_found)?;
    let tag: String = file.metadata.sha256_hash().iter().take(12).map(|b| format!("{b:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { file.data.into_owned().into_response() };
    let out = response.headers_mut();
    if let Ok(mime) = HeaderValue::from_str(file.metadata.mimetype()) {
        out.insert(header::CONTENT_TYPE, mime);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// The icon, under the name that browsers ask for unasked.
pub(crate) async fn icon(headers: HeaderMap) -> Result<Response, Failure> {
    file(Path("icon.svg".to_owned()), headers).await
}
