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
    let shown = site.post("/boundaries/sample", FORM, Vec::new()).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.text());
    let preview = shown.header(header::LOCATION).to_owned();
    for lang in Lang::INTERFACE {
        let page = in_language(&site, &preview, lang).await;
        assert_eq!(untranslated(page.text()), Vec::<String>::new(), "{preview} {}", lang.code());
    }
    let page = site.get(&preview).await;
    for part in ["+29.2 %", "<svg class=\"outlines\"", "Write these boundaries"] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    assert!(site.get("/boundaries").await.text().contains("There is no boundary yet"), "nothing is written yet");
    let added = site.post(&format!("{preview}/confirm"), FORM, b"reason=Exercise".to_vec()).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    assert!(site.get(added.header(header::LOCATION)).await.text().contains("The boundaries are in force"));
    assert_eq!(site.get(&preview).await.status, StatusCode::GONE);
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
    let page = site.get(done.header(header::LOCATION)).await;
    for part in ["Published on ", "figures of the register rest on it", "would change nothing", "I-2629-X9"] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    // It says so later too, and in every language.
    for lang in Lang::INTERFACE {
        let page = in_language(&site, &access, lang).await;
        assert_eq!(untranslated(page.text()), Vec::<String>::new(), "{}", lang.code());
        assert!(page.text().contains("banner saved"), "{}", page.text());
    }
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
    // What stands on the page that a file leads to.
    let shown = async |file: &str, day: &str| {
        let sent = load(file, day).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        sent.header(header::LOCATION).to_owned()
    };
    let bow = shown(&shape("[36,-1],[37,0.5],[37,-1],[36,0],[36,-1]"), "2020-01-01").await;
    for lang in Lang::INTERFACE {
        let page = in_language(&site, &bow, lang).await;
        assert_eq!(untranslated(page.text()), Vec::<String>::new(), "{}", lang.code());
        for part in ["GEO006", "b.geojson", "Nairobi", "banner refused", "name=\"waiting\""] {
            assert!(page.text().contains(part), "{part}: {}", page.text());
        }
    }
    assert!(site.get(&bow).await.text().contains("feature 1: the boundary of Nairobi cannot be used"));
    // The halves of this one cancel each other out; it crosses itself all the same. Nothing of it would be written.
    let even = shown(&shape("[36,-1],[37,0],[37,-1],[36,0],[36,-1]"), "2020-01-01").await;
    let page = site.get(&even).await;
    assert!(
        page.text().contains("it crosses itself; longitude, latitude: \u{2066}36.500000, -0.500000"),
        "{}",
        page.text()
    );
    for part in ["What would be written", "<dt>New</dt>", "no area", "1 new"] {
        assert!(!page.text().contains(part), "{part}: {}", page.text());
    }
    let confirmed = site.post(&format!("{bow}/confirm"), FORM, b"reason=x".to_vec()).await;
    assert_eq!(confirmed.status, StatusCode::BAD_REQUEST);
    let without = shown(&shape("[36,-1],[37,-1],[37,0],[36,-1]"), "").await;
    let page = site.get(&without).await;
    let field =
        page.text().split("name=\"valid_from\"").nth(1).and_then(|rest| rest.split('>').next()).expect("the field");
    assert!(field.contains("aria-invalid") && field.contains("b-from-wrong"), "{field}");
    // A day is added without sending the file again.
    let token = without.rsplit('/').next().expect("a token");
    let text = format!("{}{}--x--\r\n", part("waiting", token), part("valid_from", "2020-01-01"));
    let again = site.post("/boundaries", "multipart/form-data; boundary=x", text.into_bytes()).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    let with = again.header(header::LOCATION).to_owned();
    assert!(site.get(&with).await.text().contains("Write these boundaries"));
    // Neither a file nor one that waits: the form comes again with what was entered.
    let text = format!("{}{}--x--\r\n", part("waiting", "nobody"), part("valid_from", "2020-02-03"));
    let none = site.post("/boundaries", "multipart/form-data; boundary=x", text.into_bytes()).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text().contains("value=\"2020-02-03\"") && none.text().contains("b-file-wrong"), "{}", none.text());
    assert!(site.get("/boundaries").await.text().contains("There is no boundary yet"));
    let public = site.for_the_public();
    assert_ne!(public.get(&with).await.status, StatusCode::OK);
    assert!(public.post(&format!("{with}/confirm"), FORM, b"reason=x".to_vec()).await.status.is_client_error());
    let done = site.post(&format!("{with}/confirm"), FORM, b"reason=x".to_vec()).await;
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
    for lang in Lang::INTERFACE {
        let page = in_language(&site, &format!("{job}/remove"), lang).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert_eq!(untranslated(page.text()), Vec::<String>::new(), "{}", lang.code());
        assert!(page.text().contains("nairobi.osm.pbf"), "{}", page.text());
    }
    assert_eq!(site.get(&job).await.status, StatusCode::OK, "asking removes nothing");
    let removed = site.post(&format!("{job}/remove"), FORM, Vec::new()).await;
    let to = removed.header(header::LOCATION).to_owned();
    assert_eq!(to, "/analyses?removed=access-KEN-nairobi-2025&files=6");
    let page = site.get(&to).await;
    for part in ["banner saved", "access-KEN-nairobi-2025 was removed.", "6 input files went with it."] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    assert_eq!(site.get(&job).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_refused_comes_again_as_it_was_filled_in() {
    let site = Site::new().await;
    let text =
        |name: &str, text: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    let file = |role: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{role}\"; filename=\"{role}-mine.tif\"\r\n\r\nII*\r\n")
    };
    let send = async |parts: Vec<String>| {
        let body = format!("{}--x--\r\n", parts.concat()).into_bytes();
        site.post("/analyses", "multipart/form-data; boundary=x", body).await
    };
    let words = |place: &str, since: &str| {
        vec![
            text("method", "land"),
            text("place", place),
            text("since", since),
            text("period", "2025"),
            text("definition", "built_up"),
        ]
    };
    let mut parts = words("Atlantis", "20x5");
    parts.extend(["population", "population_later", "built"].map(file));
    let refused = send(parts).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    for part in [
        "value=\"Atlantis\"",
        "value=\"20x5\"",
        "<option value=\"built_up\" selected",
        "id=\"land-place-wrong\"",
        "id=\"land-since-wrong\"",
        "population_later-mine.tif",
        "<details class=\"others\" id=\"land\" open",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let token = |page: &str| {
        let rest = page.split("name=\"waiting\" value=\"").nth(1).expect("a token");
        rest.split('"').next().expect("a token").to_owned()
    };
    // One file was forgotten: its field says so, the others wait.
    let mut parts = words("KEN", "2015");
    parts.push(text("waiting", &token(page)));
    let refused = send(parts).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("id=\"land-built_later-wrong\""), "{}", refused.text());
    assert!(!refused.text().contains("id=\"land-place-wrong\""));
    // Sent alone it completes them.
    let mut parts = words("KEN", "2015");
    parts.extend([text("waiting", &token(refused.text())), file("built_later")]);
    let begun = send(parts).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    let job = begun.header(header::LOCATION).to_owned();
    for _ in 0..100 {
        if site.get(&job).await.text().contains("/analyses?from=") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    // The files are no grids: the job says so by their names, and leads back to the form.
    let page = site.get(&job).await;
    assert!(page.text().contains("population-mine.tif") && !page.text().contains("/inputs/"), "{}", page.text());
    let form = site.get("/analyses?from=land-KEN-2025").await;
    for part in ["value=\"KEN\"", "value=\"2015\"", "population_later-mine.tif", "name=\"waiting\""] {
        assert!(form.text().contains(part), "{part}: {}", form.text());
    }
    assert!(!form.text().contains("banner refused"));
}
