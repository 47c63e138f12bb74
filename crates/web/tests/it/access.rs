//! Who may call what: the table of routes, names of hosts, origins of writes, headers.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use web::routes::{Access, table};

use crate::site::shared;

#[test]
fn every_write_is_guarded_and_nothing_else_writes() {
    for row in table() {
        assert_eq!(row.method != "GET", row.access.is_write(), "{}", row.path);
    }
}

#[test]
fn what_is_open_tells_nothing_about_the_data() {
    let open: Vec<&str> = table().iter().filter(|r| r.access == Access::Open).map(|r| r.path).collect();
    assert_eq!(
        open,
        [
            "/healthz",
            "/readyz",
            "/favicon.ico",
            "/assets/{*name}",
            "/api/v1/openapi.json",
            "/sign-in",
            "/sign-in/forgotten",
            "/sign-in/elsewhere",
            "/sign-in/callback",
            "/enter/{secret}"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_from_elsewhere_is_refused_on_every_route() {
    let site = shared();
    for row in table().iter().filter(|r| r.access.is_write()) {
        let path = row
            .path
            .replace("{number}", "1")
            .replace("{token}", "x")
            .replace("{secret}", "x")
            .replace("{code}", "x")
            .replace("{instrument}", "x")
            .replace("{kind}", "unit");
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "http://evil.example"), ("x-none", "")] {
            let request = Request::post(&path)
                .header(header::HOST, "localhost")
                .header(name, value)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from("reason=x"))
                .expect("a request");
            let answer = site.send(request).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_of_host_is_refused() {
    let request = Request::get("/").header(header::HOST, "evil.example").body(Body::empty()).expect("a request");
    let answer = shared().send(request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("This server does not answer to that name"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_strict() {
    for path in ["/", "/assets/style.css", "/no-such-page", "/api/v1/status"] {
        let answer = shared().get(path).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "same-origin", "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_beyond_its_limit_is_a_page() {
    let body = format!("reason={}", "x".repeat(2 << 20)).into_bytes();
    let answer = shared().post("/changes/1/undo", "application/x-www-form-urlencoded", body).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("<h1>What was sent is too large"));
}
