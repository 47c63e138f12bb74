//! A questionnaire as a plain form and by its script, on the pages.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::Value as Json;

use crate::site::Site;

const FORM: &str = "application/x-www-form-urlencoded";
const ADDRESS: &str = "/instruments/housing-self-rating/fill?subject=KEN-nairobi";
/// All that is asked in the stage of planning but the heritage; the number as an Arabic keyboard types it.
const BODY: &str = "subject=KEN-nairobi&version=1&state=submitted&on=2026-11-22&role=city%20engineer&note=&q~stage=plan\
    &q~homes=%D9%A1%D9%A2%D9%A0&q~cost_share=30&q~jobs_reach=walk&q~site_hazard=safe&e~site_hazard=a.pdf&q~participation=decide\
    &q~tenure=nobody&c~tenure=%3Cb%3Eempty%3C%2Fb%3E";

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_form_keeps_what_was_typed_until_it_is_right() {
    let site = Site::new().await;
    let page = site.get(ADDRESS).await;
    assert!(page.text().contains("name=\"q~stage\" value=\"plan\"") && page.text().contains("data-instrument="));
    let answer = site.post(ADDRESS, FORM, BODY.into()).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = answer.text();
    assert!(html.contains("href=\"#q-heritage\"") && html.contains("id=\"q-heritage\""), "{html}");
    assert!(
        html.contains("value=\"120\"") && html.contains("value=\"a.pdf\"") && html.contains("value=\"city engineer\"")
    );
    assert!(html.contains("value=\"walk\" checked") && html.contains("empty") && !html.contains("<b>empty"), "{html}");

    let answer = site.post(ADDRESS, FORM, format!("{BODY}&q~heritage=kept").into_bytes()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&answer.bytes));
    let to = answer.header(header::LOCATION).to_owned();
    assert!(to.starts_with("/responses/RSP-2026-11-22-"), "{to}");
    let page = site.get(&to).await;
    let html = page.text();
    assert!(html.contains("class=\"radar\"") && html.contains("city engineer") && !html.contains("<b>empty"));
    // (260 / 3 + 300) / 4.
    assert!(html.contains("<data value=\"96.66666666666667\">96.7</data>"), "{html}");
    assert!(site.get("/instruments/housing-self-rating").await.text().contains(&to));
    let public = site.for_the_public();
    assert_ne!(public.get(&to).await.status, StatusCode::OK);
    assert!(!public.get("/instruments/housing-self-rating").await.text().contains("RSP-"));
    assert_ne!(public.post(ADDRESS, FORM, BODY.into()).await.status, StatusCode::SEE_OTHER);
}

async fn by_script(site: &Site, body: String) -> Json {
    let request = Request::post(ADDRESS)
        .header(header::HOST, "localhost")
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, FORM)
        .body(Body::from(body))
        .expect("a request");
    let answer = site.send(request).await;
    assert_eq!(answer.status, StatusCode::OK);
    serde_json::from_slice(&answer.bytes).expect("json")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_is_told_where_to_go_or_what_is_wrong() {
    let site = Site::new().await;
    let refused = by_script(&site, BODY.to_owned()).await;
    assert_eq!(refused["refused"][0]["question"], "heritage", "{refused}");
    assert!(refused["refused"][0]["remedy"].as_str().is_some_and(|r| !r.is_empty()));
    let refused = by_script(&site, BODY.replace("on=2026-11-22", "on=soon")).await;
    assert_eq!(refused["refused"][0]["question"], "", "{refused}");
    let taken = by_script(&site, format!("{BODY}&q~heritage=kept")).await;
    assert!(taken["to"].as_str().is_some_and(|to| to.starts_with("/responses/")), "{taken}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found_and_a_subject_is_asked_for() {
    let site = crate::site::shared();
    let fill = "/instruments/housing-self-rating/fill";
    for path in ["/instruments/nope", "/responses/nope", "/instruments/nope/fill?subject=KEN-nairobi"] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(site.get(&format!("{fill}?subject=nope")).await.status, StatusCode::NOT_FOUND);
    let answer = site.get(fill).await;
    assert_eq!(answer.header(header::LOCATION), "/instruments/housing-self-rating");
    let page = site.get("/responses/RSP-HERAT-2018-1").await;
    assert!(page.text().contains("far apart"), "respondents who disagree are told");
    let page = site.get(&format!("{fill}?subject=AFG-herat&consensus=1")).await;
    assert!(page.text().contains("name=\"state\" value=\"consensus\""));
}

/// What a page's hidden field holds.
fn hidden(html: &str, name: &str) -> String {
    let rest = html.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a field");
    let value = rest.split('"').next().unwrap_or_default();
    value
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_questionnaire_of_ones_own_is_looked_at_added_filled_and_taken_back() {
    let site = Site::new().await;
    let own = |version: u16, title: &str| {
        serde_json::json!({"id": "market", "version": version, "title": {"en": title}, "purpose": {"en": "P"},
            "subject": "place", "aggregation": "arithmetic", "levels": [{"from": 0, "title": {"en": "Any"}}],
            "sections": [{"id": "s", "title": {"en": "S"}, "questions": [
                {"id": "roof", "type": "yes_no", "title": {"en": "Is there a <roof>?"}}]}]})
    };
    let look = async |text: String| {
        let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"market.json\"\r\n\r\n";
        let body = format!("{head}{text}\r\n--x--\r\n").into_bytes();
        site.post("/instruments/new", "multipart/form-data; boundary=x", body).await
    };
    assert!(site.get("/instruments").await.text().contains("/instruments/new"));
    let wrong = look(own(1, "Market").to_string().replace("yes_no", "choice")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("INS009") && !wrong.text().contains("name=\"definition\""), "{}", wrong.text());
    let add = async |version: u16, title: &str| {
        let page = look(own(version, title).to_string()).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(page.text().contains("roof") && !page.text().contains("<roof>"));
        let definition = encoded(&hidden(page.text(), "definition"));
        site.post("/instruments", FORM, format!("definition={definition}&file=market.json&reason=Why").into_bytes())
            .await
    };
    let done = add(1, "Market").await;
    assert_eq!((done.status, done.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/instruments/market"));
    let page = site.get("/instruments").await;
    assert!(page.text().contains("Market") && page.text().contains("Your own"), "{}", page.text());
    // Everybody may see what is asked, nobody but those inside adds or fills.
    let public = site.for_the_public();
    assert!(public.get("/instruments/market").await.status == StatusCode::OK);
    assert_ne!(public.get("/instruments/new").await.status, StatusCode::OK);
    assert!(!public.get("/instruments").await.text().contains("/instruments/new"));
    let body = "subject=KEN-nairobi&version=1&state=submitted&on=2026-11-22&role=&note=&q~roof=yes";
    let filled = site.post("/instruments/market/fill?subject=KEN-nairobi", FORM, body.into()).await;
    assert_eq!(filled.status, StatusCode::SEE_OTHER, "{}", filled.text());
    let response = filled.header(header::LOCATION).to_owned();
    // Answered, it is never changed; its next version stands beside it.
    let same = look(own(1, "Bazaar").to_string()).await;
    assert!(same.status == StatusCode::UNPROCESSABLE_ENTITY && same.text().contains("INS030"), "{}", same.text());
    assert_eq!(add(2, "Bazaar").await.status, StatusCode::SEE_OTHER);
    assert!(site.get("/instruments/market").await.text().contains("Bazaar"));
    let page = site.get(&response).await;
    assert!(page.status == StatusCode::OK && page.text().contains("Market") && !page.text().contains("Bazaar"));
    // What was answered cannot be taken back, what was not can.
    let undo = async |number: u64| site.post(&format!("/changes/{number}/undo"), FORM, b"reason=x".to_vec()).await;
    let changes = site.get("/changes").await;
    assert_eq!(changes.status, StatusCode::OK);
    let number = |n: usize| {
        let all: Vec<u64> = changes
            .text()
            .split("href=\"/changes/")
            .skip(1)
            .filter_map(|r| r.split('"').next()?.parse().ok())
            .collect();
        let mut all = all;
        all.sort_unstable();
        all.dedup();
        all[all.len() - n]
    };
    let refused = undo(number(3)).await;
    assert!(refused.status.is_client_error() && refused.text().contains("REG028"), "{}", refused.text());
    assert_eq!(undo(number(1)).await.status, StatusCode::SEE_OTHER);
    assert!(site.get("/instruments/market").await.text().contains("Market"));
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_attached_as_a_file_that_only_those_inside_get() {
    let site = Site::new().await;
    let page = site.get(ADDRESS).await;
    assert!(page.text().contains("accept=\"image/*,application/pdf\""), "a telephone offers its camera");
    let attach = async |site: &Site, bytes: &[u8]| {
        let mut body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.html\"\r\n\r\n".to_vec();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        site.post("/instruments/evidence", "multipart/form-data; boundary=x", body).await
    };
    let photograph = b"\xff\xd8\xff\xe0 a photograph";
    let answer = attach(&site, photograph).await;
    let told: Json = serde_json::from_slice(&answer.bytes).expect("json");
    let kept = told["evidence"].as_str().expect("kept").to_owned();
    assert!(kept.starts_with("evidence/") && kept.ends_with(".jpg"), "the name that was given is not believed: {kept}");
    let refused: Json = serde_json::from_slice(&attach(&site, b"<script>alert(1)</script>").await.bytes).expect("json");
    assert!(refused["refused"].as_str().is_some_and(|words| words.contains("PDF")), "{refused}");
    // It goes through the form, a refusal and the save like any text.
    let body =
        BODY.replace("e~site_hazard=a.pdf", &format!("e~site_hazard=minutes.pdf%20{}", kept.replace('/', "%2F")));
    let again = site.post(ADDRESS, FORM, body.clone().into_bytes()).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text().contains(&format!("minutes.pdf {kept}")));
    let saved = site.post(ADDRESS, FORM, format!("{body}&q~heritage=kept").into_bytes()).await;
    let to = saved.header(header::LOCATION).to_owned();
    let page = site.get(&to).await;
    assert!(
        page.text().contains(&format!("href=\"/{kept}\"")) && page.text().contains("minutes.pdf"),
        "{}",
        page.text()
    );
    let file = site.get(&format!("/{kept}")).await;
    assert_eq!((file.status, file.bytes.as_slice()), (StatusCode::OK, &photograph[..]));
    assert_eq!(file.header(header::CONTENT_TYPE), "application/octet-stream");
    assert!(file.header(header::CONTENT_DISPOSITION).starts_with("attachment"));
    assert_eq!(file.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    let public = site.for_the_public();
    assert_ne!(public.get(&format!("/{kept}")).await.status, StatusCode::OK);
    assert_ne!(attach(&public, photograph).await.status, StatusCode::OK);
}
