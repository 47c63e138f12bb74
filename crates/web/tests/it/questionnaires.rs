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
