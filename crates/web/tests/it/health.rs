//! Whether the process lives, and whether it can answer.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{body::Body, http::Request};
use tower::ServiceExt;
use web::{Watch, no_traces, watched};

use crate::site::Site;

#[tokio::test(flavor = "multi_thread")]
async fn ready_is_who_has_a_world_and_a_database() {
    let site = Site::empty().await;
    let loading = site.get("/readyz").await;
    assert_eq!(loading.status, 503);
    assert!(loading.text().contains(r#""reason":"loading""#), "{}", loading.text());
    assert_eq!(loading.header("x-request-id").len(), 16);
    site.app.world().await.expect("a world");
    let ready = site.get("/readyz").await;
    assert_eq!(ready.status, 200);
    assert!(ready.text().contains(r#""ok":true,"position":0,"world":0"#), "{}", ready.text());
    // Asking does not make the next world; the next page does.
    app::load_demo(&site.app, jiff::Timestamp::now()).await.expect("loads");
    let held = site.app.held().expect("held");
    let later = site.get("/readyz").await;
    let expected = format!(r#""position":1,"world":{}"#, held.position);
    assert!(later.text().contains(&expected), "{}", later.text());
    site.app.close().await;
    let closed = site.get("/readyz").await;
    assert_eq!(closed.status, 503);
    assert!(closed.text().contains(r#""reason":"database""#), "{}", closed.text());
    // The process lives all the same.
    assert_eq!(site.get("/healthz").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ending_server_is_not_ready_and_traces_are_continued_for_each_request() {
    static ADOPTED: AtomicUsize = AtomicUsize::new(0);
    let site = Site::empty().await;
    site.app.world().await.expect("a world");
    let adopt: web::Adopt = |_, headers| {
        ADOPTED.fetch_add(usize::from(headers.contains_key("traceparent")), Ordering::Relaxed);
    };
    let watch = Watch::new(adopt, Box::new(|_| false));
    let router = watched(site.router.clone(), watch.clone());
    let ask = async |path: &str| {
        let request = Request::get(path).header("host", "localhost").header("traceparent", "00-x").body(Body::empty());
        router.clone().oneshot(request.expect("a request")).await.expect("answers")
    };
    let response = ask("/readyz").await;
    assert_eq!((response.status().as_u16(), watch.n_running()), (200, 1), "it runs until its body is read");
    drop(response);
    assert_eq!(watch.n_running(), 0);
    watch.end();
    assert_eq!(ask("/readyz").await.status(), 503);
    assert_eq!(ADOPTED.load(Ordering::Relaxed), 2);
    no_traces(&tracing::Span::none(), &axum::http::HeaderMap::new());
}
