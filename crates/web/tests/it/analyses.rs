//! Boundaries and computations on pages: begun, followed, looked at, published, and what is refused.

use axum::http::{StatusCode, header};
use model::value::Lang;

use crate::{
    pages::{in_language, untranslated},
    site::Site,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// Begins a computation with the exercise files and waits for its end; the job's address.
async fn computed(site: &Site, method: &str) -> String {
    let begun = site.post("/analyses/sample", FORM, format!("method={method}").into_bytes()).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    let job = begun.header(header::LOCATION).to_owned();
    for _ in 0..600 {
        let state: serde_json::Value =
            serde_json::from_str(site.get(&format!("{job}/state")).await.text()).expect("a state as JSON");
        if state["open"] == false {
            return job;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{job} does not end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_computation_from_its_files_to_the_place() {
    let site = Site::new().await;
    assert!(site.get("/analyses").await.text().contains("Nothing was computed yet"));
    assert!(site.get("/boundaries").await.text().contains("There is no boundary yet"));
    let added = site.post("/boundaries/sample", FORM, Vec::new()).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let job = computed(&site, "land").await;
    let access = computed(&site, "access").await;
    for path in ["/analyses", "/boundaries", job.as_str(), access.as_str()] {
        for lang in Lang::INTERFACE {
            let answer = in_language(&site, path, lang).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
            assert_eq!(untranslated(answer.text()), Vec::<String>::new(), "{path} {}", lang.code());
            assert_eq!(answer.text().matches("<h1").count(), 1, "{path}");
        }
    }
    let page = site.get(&access).await;
    // The picture says its finding, and a table stands behind it.
    for part in ["<title", "<desc", "61.28", "data-layer=\"stops\"", "name=\"tie-transport_access\"", "OpenStreetMap"] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    // The same as files, of this job alone.
    let svg = site.get(&format!("{access}/maps/an.svg")).await;
    assert!(svg.text().starts_with("<svg xmlns=") && svg.text().contains("Stops: High capacity ("));
    assert!(!svg.text().contains("The boundaries and names shown"), "no boundary between countries is in view");
    let csv = site.get(&format!("{access}/maps/an.csv")).await;
    assert!(csv.text().lines().any(|line| line.starts_with("People by what they reach on foot,")), "{}", csv.text());
    for path in [format!("{access}/maps/an.png"), format!("{access}/maps/nothing.svg")] {
        assert_eq!(site.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let layer = site.get(&format!("{access}/layers/stops")).await;
    assert_eq!(layer.header(header::CONTENT_TYPE), "application/geo+json");
    assert!(layer.text().contains("High capacity"));
    assert!(in_language(&site, &format!("{access}/layers/stops"), Lang::Ar).await.text().contains("سعة كبيرة"));
    for path in [format!("{access}/layers/nothing"), "/analyses/jobs/nothing".into(), "/analyses/jobs/..%2F..".into()] {
        assert_eq!(site.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let tied = b"tie-transport_access=I-2629-X9&tie-street_share=&scope=supported&reason=Streets".to_vec();
    let done = site.post(&format!("{access}/publish"), FORM, tied).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert!(site.get(done.header(header::LOCATION)).await.text().contains("Published."));
    let place = site.get("/places/KEN-nairobi").await;
    assert!(place.text().contains("61.28") && place.text().contains("/analyses/access-KEN-nairobi-2025"));
    assert!(place.text().contains("data-layer=\"boundaries\""));
    // Everybody may see what was published; what this node computes and did not publish stays inside.
    let public = site.for_the_public();
    assert_eq!(public.get("/analyses/access-KEN-nairobi-2025").await.status, StatusCode::OK);
    assert_eq!(public.get("/analyses/access-KEN-nairobi-2025/layers/cells").await.status, StatusCode::OK);
    assert_eq!(public.get("/boundaries/all.geojson").await.status, StatusCode::OK);
    for path in ["/analyses", job.as_str(), &format!("{access}/layers/stops"), &format!("{access}/state")] {
        assert_ne!(public.get(path).await.status, StatusCode::OK, "{path}");
    }
    for (path, body) in [("/analyses/sample", "method=land"), ("/boundaries/sample", "")] {
        let refused = public.post(path, FORM, body.as_bytes().to_vec()).await;
        assert!(refused.status.is_client_error(), "{path}: {}", refused.status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_boundaries_go_in_checked_and_come_out() {
    let site = Site::new().await;
    let part =
        |name: &str, text: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    let load = async |file: &str, day: &str| {
        let file =
            format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.geojson\"\r\n\r\n{file}\r\n");
        let body = format!("{file}{}--x--\r\n", part("valid_from", day)).into_bytes();
        site.post("/boundaries", "multipart/form-data; boundary=x", body).await
    };
    let shape = |ring: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"place":"Nairobi"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let bow = load(&shape("[36,-1],[37,0.5],[37,-1],[36,0],[36,-1]"), "2020-01-01").await;
    assert!(bow.status.is_client_error(), "{}", bow.status);
    assert!(
        bow.text().contains("GEO006") && bow.text().contains("Nairobi") && bow.text().contains("crosses itself"),
        "{}",
        bow.text()
    );
    let without = load(&shape("[36,-1],[37,-1],[37,0],[36,-1]"), "").await;
    assert!(without.status.is_client_error() && without.text().contains("valid_from"), "{}", without.text());
    assert!(site.get("/boundaries").await.text().contains("There is no boundary yet"));
    let done = load(&shape("[36,-1],[37,-1],[37,0],[36,-1]"), "2020-01-01").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert!(site.get("/boundaries").await.text().contains("2020-01-01"));
    for (ending, media) in [
        ("geojson", "application/geo+json"),
        ("gpkg", "application/geopackage+sqlite3"),
        ("parquet", "application/vnd.apache.parquet"),
    ] {
        let file = site.get(&format!("/boundaries/all.{ending}?place=KEN")).await;
        assert_eq!((file.status, file.header(header::CONTENT_TYPE)), (StatusCode::OK, media));
    }
    for path in ["/boundaries/all.exe", "/boundaries/nothing"] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // Land has nothing to be summed within elsewhere: the job says so and can go on when there is.
    let job = computed(&site, "access").await;
    assert_eq!(site.get(&job).await.status, StatusCode::OK);
    let removed = site.post(&format!("{job}/remove"), FORM, Vec::new()).await;
    assert_eq!(removed.header(header::LOCATION), "/analyses");
    assert_eq!(site.get(&job).await.status, StatusCode::NOT_FOUND);
}
