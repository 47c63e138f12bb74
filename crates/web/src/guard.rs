//! Who may call: names in the `Host` header, same-origin writes, and the headers that every answer carries.

use std::{net::IpAddr, sync::Arc};

use axum::{
    Extension,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    failure::Failure,
    pages::health::is_probe,
    routes::UPLOAD_BYTES,
    site::{Reach, Site},
    watch::Watch,
};

/// What pages may load: only files of ours; nothing inline.
const POLICY: &str = "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Refuses names that are not ours, so that a foreign page cannot reach us under its own name
/// (DNS rebinding), and adds the headers that keep browsers strict.
pub(crate) async fn stand(State(site): State<Site>, request: Request, next: Next) -> Response {
    let is_known = known_host(&site.options.reach, &authority(request.headers(), request.uri()));
    let mut response = if is_known || is_probe(request.uri().path()) {
        next.run(request).await
    } else {
        Failure::refused("page-fail-host").into_response()
    };
    let headers = response.headers_mut();
    let strict = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    for (name, value) in strict {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if site.options.secure {
        // A year, as browsers that keep a list of their own ask for.
        let strict = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, strict);
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("permissions-policy", HeaderValue::from_static("camera=(), geolocation=(), microphone=()"));
    response
}

/// Lets a write through only when the browser says that a page of ours sent it.
pub(crate) async fn same_origin(request: Request, next: Next) -> Response {
    // A token is never sent by a browser on its own, so no foreign page can make one write.
    let has_token = request.headers().contains_key(header::AUTHORIZATION) && request.uri().path().starts_with("/api/");
    if has_token || is_program(&request) || is_same_origin(request.headers(), request.uri()) {
        next.run(request).await
    } else {
        Failure::refused("page-fail-origin").into_response()
    }
}

/// Whether no browser sent it for another page: a browser names the origin of every write, and asks first before it
/// sends JSON elsewhere. Programs on the server's own machine do neither.
fn is_program(request: &Request) -> bool {
    let headers = request.headers();
    let is_json = headers.get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"application/json"));
    let is_browser = headers.contains_key(header::ORIGIN)
        || headers.contains_key("sec-fetch-site")
        || headers.contains_key(header::COOKIE);
    is_json && !is_browser && request.uri().path().starts_with("/api/")
}

/// Lets files in up to the size that the server was told.
pub(crate) async fn upload_limit(watch: Option<Extension<Arc<Watch>>>, mut request: Request, next: Next) -> Response {
    let most = watch.map_or(UPLOAD_BYTES, |w| w.largest_upload());
    DefaultBodyLimit::max(most).apply(&mut request);
    next.run(request).await
}

fn authority(headers: &HeaderMap, uri: &Uri) -> String {
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok()).map(str::to_owned);
    host.or_else(|| uri.authority().map(|a| a.as_str().to_owned())).unwrap_or_default()
}

/// The name without its port and brackets.
fn name_of(authority: &str) -> &str {
    match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => authority.rsplit_once(':').map_or(authority, |(name, _)| name),
    }
}

fn known_host(reach: &Reach, authority: &str) -> bool {
    let name = name_of(authority);
    let loopback = name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match reach {
        _ if loopback => true,
        Reach::Loopback => false,
        Reach::Remote(names) => names.is_empty() || names.iter().any(|n| n.eq_ignore_ascii_case(name)),
    }
}

/// `Sec-Fetch-Site` decides where the browser sends it; else `Origin` must name this host. Without either
/// it is no browser of this decade, and it is refused.
fn is_same_origin(headers: &HeaderMap, uri: &Uri) -> bool {
    if let Some(site) = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()) {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(header::ORIGIN).and_then(|v| v.to_str().ok()) else { return false };
    let host = authority(headers, uri);
    !host.is_empty() && origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(&host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_are_answered() {
        let remote = |names: &[&str]| Reach::Remote(names.iter().map(|n| (*n).to_owned()).collect());
        for (reach, authority, expected) in [
            (Reach::Loopback, "localhost:8080", true),
            (Reach::Loopback, "127.0.0.1:8080", true),
            (Reach::Loopback, "[::1]:8080", true),
            (Reach::Loopback, "evil.example:8080", false),
            (Reach::Loopback, "192.0.2.7", false),
            (Reach::Loopback, "localhost.evil.example", false),
            (Reach::Loopback, "", false),
            (remote(&["plans.example"]), "Plans.Example", true),
            (remote(&["plans.example"]), "other.example", false),
            (remote(&[]), "other.example", true),
        ] {
            assert_eq!(known_host(&reach, authority), expected, "{authority}");
        }
    }

    #[test]
    fn only_our_own_pages_write() {
        let uri = Uri::from_static("/import");
        for (pairs, expected) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "same-site"), ("origin", "http://localhost:1")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("origin", "http://localhost:1"), ("host", "localhost:1")], true),
            (&[("origin", "http://localhost:2"), ("host", "localhost:1")], false),
            (&[("origin", "null"), ("host", "localhost:1")], false),
            (&[("host", "localhost:1")], false),
        ] {
            let headers =
                pairs.iter().map(|(k, v)| (k.parse().expect("a name"), HeaderValue::from_static(v))).collect();
            assert_eq!(is_same_origin(&headers, &uri), expected, "{pairs:?}");
        }
    }
}
