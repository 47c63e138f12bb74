//! Frameworks, gaps and profiles of places as pages.

use axum::http::{StatusCode, header};

use crate::site::{Site, shared};

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test(flavor = "multi_thread")]
async fn a_framework_says_what_measures_it_and_what_is_not_confirmed() {
    let page = shared().get("/frameworks?framework=umf").await;
    let html = page.text();
    let row = |id: &str| {
        let start = html.find(&format!("<tr id=\"{id}\">")).expect("a row");
        html[start..].split("</tr>").next().unwrap_or_default().to_owned()
    };
    let slums = row("UMF:1.4.1");
    assert!(slums.contains("/indicators/I-1419-Ra") && !slums.contains("to verify"), "{slums}");
    assert!(slums.contains("same as <a class=\"code\" href=\"/frameworks?framework=sdg#SDG:11.1.1\""), "{slums}");
    assert!(slums.contains("broader than") && slums.contains("CPI:E2.1"), "{slums}");
    assert!(row("UMF:2.1-a").contains("to verify") && row("UMF:2.1-a").contains("No indicator here yet"));
    // Five domains of four objectives.
    assert_eq!(html.matches("<td><span class=\"sub code\">").count(), 20);
    for path in ["/frameworks?framework=none", "/gaps?framework=none", "/gaps.csv?framework=none", "/places/NOWHERE"] {
        assert_eq!(shared().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_is_told_in_shape_and_word_and_leads_to_where_it_is_filled() {
    let site = Site::new().await;
    let page = site.get("/gaps?framework=sdg&place=KEN-nairobi").await;
    let html = page.text();
    assert!(html.contains("href=\"/places/KEN-nairobi\""));
    for state in ["there", "weak", "old", "missing", "not-applicable"] {
        assert!(html.contains(&format!("class=\"gap {state}\"><span aria-hidden=\"true\">")), "{state}");
    }
    let gap = html.split("<a href=\"/entry?indicator=I-SDG1-4-2&amp;place=KEN-nairobi").nth(1).expect("a gap");
    assert!(gap.split("</a>").next().unwrap_or_default().ends_with(">missing"), "a word, not only a sign");

    // Where the link leads there is a cell to fill, and what is filled is no gap any more.
    let entry = site.get("/entry?indicator=I-SDG1-4-2&place=KEN-nairobi&periods=2019").await;
    let row = "I-SDG1-4-2~KEN-nairobi~~global~~";
    assert!(entry.text().contains(&format!("name=\"v~{row}~2019\"")), "{}", entry.text());
    let cell = serde_json::json!({"cells": [{"row": row, "period": "2019", "value": "61.5"}], "reason": "a survey"});
    let saved = site.post("/entry.json", "application/json", cell.to_string().into_bytes()).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    let after = site.get("/gaps?framework=sdg&place=KEN-nairobi").await;
    assert!(after.text().contains("<data value=\"61.5\">61.5</data>"), "{}", after.text());
    assert!(!after.text().contains("I-SDG1-4-2&amp;place=KEN-nairobi"));
    let profile = site.get("/places/KEN-nairobi").await;
    assert!(profile.text().contains("value=\"61.5\""));

    let csv = site.get("/gaps.csv?framework=sdg&place=KEN-nairobi&columns=all").await;
    assert!(csv.header(header::CONTENT_TYPE).starts_with("text/csv"));
    assert_eq!(csv.text().lines().count(), 1 + 41, "a heading and one city");
    let line = csv.text().lines().find(|l| l.contains(",sdg,1.4.2,")).expect("tenure");
    assert!(
        line.starts_with("KEN-nairobi,Nairobi,sdg,1.4.2,") && line.contains(",weak,61.5,percent,2019,global,"),
        "{line}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_has_figures_with_their_trend_and_its_like() {
    let site = shared();
    let page = site.get("/places/KEN-nairobi").await;
    let html = page.text();
    assert!(
        html.contains("<a href=\"/places/KEN\">Kenya</a>") && html.contains("Cities of \u{2066}1–5M\u{2069} people")
    );
    assert!(html.contains("class=\"chart\"") && html.contains("class=\"strip\"") && html.contains("class=\"own\""));
    assert!(html.contains("rank ") && html.contains("median of "));
    assert!(html.contains("href=\"/gaps?framework=umf&#38;place=KEN-nairobi\""));
    assert!(site.get("/records/place/KEN").await.text().contains("href=\"/places/KEN\""));
    assert!(site.get("/search?q=nairobi").await.text().contains("href=\"/places/KEN-nairobi\""));
    assert!(site.get("/map/I-SDG11-1-1").await.text().contains("href=\"/places/KEN\""));
    // Nothing was observed of Africa itself: the page says what to do.
    let empty = site.get("/places/002").await;
    assert!(empty.text().contains("Nothing was observed here yet.") && empty.text().contains("href=\"/import\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_in_confidence_is_on_no_public_profile() {
    let site = Site::new().await;
    let csv = "id,instrument,version,subject_kind,subject,place,state,on,role\n\
        RSP-1,housing-self-rating,1,place,KEN-kisumu,,submitted,2020-01-15,engineer\n";
    let preview = site.upload("responses.csv", csv.as_bytes()).await;
    let preview = preview.header(header::LOCATION).to_owned();
    let written = site.post(&format!("{preview}/confirm"), FORM, b"reason=try".to_vec()).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", site.get(&preview).await.text());
    let own = site.get("/places/KEN-kisumu").await;
    assert!(own.text().contains("housing-self-rating") && own.text().contains("Filled questionnaires"));
    let public = site.for_the_public();
    let theirs = public.get("/places/KEN-kisumu").await;
    assert_eq!(theirs.status, StatusCode::OK);
    assert!(!theirs.text().contains("housing-self-rating") && !theirs.text().contains("Filled questionnaires"));
    assert!(!public.get("/gaps?framework=sdg").await.text().contains("/entry?"), "the public enters nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_is_tried_with_other_weights_and_says_that_its_cities_are_invented() {
    let site = shared();
    let own = site.get("/indices/cpi-2012").await;
    assert!(
        own.text().contains("these cities and their values are invented")
            && own.text().contains("not the official index")
    );
    assert!(own.text().contains("type=\"range\"") && own.text().contains("name=\"w.productivity\" value=\"1\""));
    let other = site.get("/indices/cpi-2012?w.productivity=0&w.equity=99").await;
    assert!(other.text().contains("name=\"w.productivity\" value=\"0\""));
    assert!(other.text().contains("name=\"w.equity\" value=\"5\""), "what is beyond the slider is at its end");
    let scores =
        |html: &str| html.split("<data value=\"").skip(1).map(|d| d[..8.min(d.len())].to_owned()).collect::<Vec<_>>();
    assert_ne!(scores(own.text()), scores(other.text()));
    // Without any weight there is no index, and the page says so rather than failing.
    let parts = ["productivity", "infrastructure", "quality_of_life", "equity"].map(|p| format!("w.{p}=0")).join("&");
    assert_eq!(site.get(&format!("/indices/cpi-2012?{parts}")).await.status, StatusCode::OK);
    for path in ["/indices/none", "/indices/exercise-cities"] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
