//! The list of investments as a page and as files.

use axum::http::{StatusCode, header};

use crate::site::{Site, shared};

const LIST: &str = "id,title_en,place,need,people,cost,cost_currency,secured,secured_currency,finance,stage\n\
    INV-1,Bus <lanes>,KEN-nairobi,I-SDG11-2-1,600000,48000000,USD,12000000,USD,development_bank,feasibility\n\
    INV-2,Footbridges,KEN-mombasa,I-SDG11-2-1,250000,3500000,USD,0,USD,city,idea\n\
    INV-3,Market,KEN-kisumu,I-SDG11-2-1,,2600000,USD,0,USD,open,idea\n";
const NEEDS: &str = "indicator,place,period,scope,value\nI-SDG11-2-1,KEN-nairobi,2024,global,41\n\
    I-SDG11-2-1,KEN-mombasa,2024,global,55\nI-SDG11-2-1,KEN-kisumu,2023,global,30\n";

async fn import(site: &Site, name: &str, text: &str) {
    let file = app::NamedBytes { name: name.into(), bytes: text.as_bytes().to_vec() };
    let on = jiff::civil::date(2026, 11, 22);
    let preview = app::preview_import(&site.app, name, vec![file], on, &|_, _| {}).await.expect("read");
    let by = app::access::Actor::Local { name: "t".into() };
    let written = app::confirm_import(&site.app, &preview.token, &by, "list", jiff::Timestamp::now()).await;
    written.expect("waits").expect("accepted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_ranked_mapped_and_taken_along() {
    let empty = shared().get("/investments").await;
    assert!(empty.text().contains("No investment has been written down yet"));
    assert!(empty.text().contains("href=\"/records/investment/new\"") && !empty.text().contains("<table"));

    let site = Site::new().await;
    import(&site, "observations.csv", NEEDS).await;
    import(&site, "investments.csv", LIST).await;
    let page = site.get("/investments?place=KEN&cost=10").await;
    let html = page.text();
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}: {html}"));
    assert!(at("Bus &lt;lanes&gt;") < at("Footbridges") && at("Footbridges") < at("Market"), "need goes first");
    assert!(html.contains("value=\"10\"") && html.contains("It does not say how many people will use it."));
    assert!(html.contains("data-island=\"city-map\"") && html.contains("<svg"), "a picture stands below the map");
    // What is linked from the page holds what was asked.
    let link = "/investments/list.csv?currency=USD&#38;need=50&#38;cost=10&#38;finance=20&#38;place=KEN";
    assert!(html.contains(link), "{html}");
    let csv = site.get("/investments/list.csv?cost=10&place=KEN").await;
    assert!(csv.header(header::CONTENT_TYPE).starts_with("text/csv"));
    assert!(csv.text().lines().nth(1).is_some_and(|line| line.starts_with("1,") && line.contains("INV-1")));
    let points: serde_json::Value =
        serde_json::from_slice(&site.get("/investments/points.geojson").await.bytes).expect("json");
    assert_eq!(points["features"].as_array().map(Vec::len), Some(3));
    let json: serde_json::Value =
        serde_json::from_slice(&site.get("/investments/list.json").await.bytes).expect("json");
    assert_eq!((json["ranked"].as_array().map(Vec::len), &json["weights"]["need"]), (Some(2), &50.0.into()));
    assert!(site.get("/investments/map.svg").await.text().starts_with("<svg"));
    assert_eq!(site.get("/investments/list.exe").await.status, StatusCode::NOT_FOUND);
    // Weights that weigh nothing are told, and the usual ones stand.
    let wrong = site.get("/investments?need=0&cost=0&finance=0").await;
    assert!(wrong.text().contains("one of them is above 0") && wrong.text().contains("value=\"50\""));
    let profile = site.get("/places/KEN-nairobi").await;
    assert!(profile.text().contains("/investments?place=KEN-nairobi"));
}
