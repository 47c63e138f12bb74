//! Maps: of an indicator in the world, of a place in its country, and as files.

use axum::http::{StatusCode, header};
use model::value::Lang;
use web::Options;

use crate::site::{Site, shared};

const MAP: &str = "/map/I-SDG11-1-1";

#[tokio::test(flavor = "multi_thread")]
async fn a_world_map_says_what_it_shows_and_carries_its_words() {
    let page = shared().get(MAP).await;
    let html = page.text();
    for part in [
        "<title id=\"map-title\">",
        "places have a value: from ",
        "countries and areas have none.</desc>",
        "id=\"map-KEN\"",
        "id=\"mapn-KEN\"",
        "20 to under 40 (",
        "No data (",
        "the same classes on each map of this indicator",
        "Latest value of each place, ",
        "Values: Share of urban people in slum",
        "Natural Earth",
        "The boundaries and names shown",
        "Line of Control in Jammu and Kashmir",
        "class=\"map-fill\"",
        "data-place=\"KEN\"",
        "<td class=\"whole\">80 to 100",
        "<title id=\"times-title\">",
        "/assets/map.js",
    ] {
        assert!(html.contains(part), "{part}");
    }
    // Whatever the script needs is in the row: where Enter leads and what is said.
    let row = html.split("<tr data-place=\"KEN\"").nth(1).and_then(|rest| rest.split('>').next()).expect("a row");
    assert!(row.contains("data-open=\"/figures/I-SDG11-1-1~") && row.contains("data-say=\"Kenya, 2022: "), "{row}");
    let year = shared().get(&format!("{MAP}?period=2018")).await;
    assert!(year.text().contains(">2018</text>") && !year.text().contains("Latest value of each place, "));
    let arabic = shared().get(&format!("{MAP}?lang=ar")).await;
    assert!(arabic.text().contains("direction=\"rtl\"") && arabic.text().contains("لا تنطوي الحدود"));
    assert!(shared().get(&format!("{MAP}?lang=zh")).await.text().contains("本地图所示边界和名称"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_map_is_saved_as_picture_table_and_shapes() {
    let svg = shared().get(&format!("{MAP}/map.svg")).await;
    assert!(svg.header(header::CONTENT_TYPE).starts_with("image/svg+xml"));
    assert!(svg.header(header::CONTENT_DISPOSITION).contains("I-SDG11-1-1.svg"));
    assert!(svg.text().starts_with("<svg xmlns=") && svg.text().contains("The boundaries and names shown"));
    assert_eq!(svg.text(), shared().get(&format!("{MAP}/map.svg")).await.text(), "the same bytes twice");

    let csv = shared().get(&format!("{MAP}/values.csv?period=2018")).await;
    assert!(csv.header(header::CONTENT_TYPE).starts_with("text/csv"));
    assert!(csv.text().starts_with("id,name,period,value,unit,status,class,scope,figure"));
    let kenya = csv.text().lines().find(|line| line.starts_with("KEN,")).expect("Kenya");
    assert!(kenya.starts_with("KEN,Kenya,2018,") && kenya.contains(",percent,estimated,40 to under 60"), "{kenya}");

    let shapes = shared().get(&format!("{MAP}/values.geojson")).await;
    assert_eq!(shapes.header(header::CONTENT_TYPE), "application/geo+json");
    let json: serde_json::Value = serde_json::from_slice(&shapes.bytes).expect("JSON");
    assert!(json["disclaimer"].as_str().is_some_and(|words| words.starts_with("The boundaries")));
    let features = json["features"].as_array().expect("features");
    let of = |id: &str| features.iter().find(|f| f["properties"]["id"] == id).expect("a feature");
    assert!(of("KEN")["geometry"]["type"].as_str().is_some_and(|kind| kind.ends_with("Polygon")));
    assert!(of("KEN")["properties"]["value"].is_number());

    for path in ["/map/NONE", "/map/NONE/map.svg", "/map/NONE/values.csv", "/map/NONE/values.geojson"] {
        assert_eq!(shared().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let bad = shared().get(&format!("{MAP}/map.svg?period=soon")).await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_organisation_says_what_stands_on_its_maps() {
    let words = vec![(Lang::En, "Our lawyers' sentence.".to_owned())];
    let site = Site::with(|options| Options { disclaimers: words, ..options }).await;
    let page = site.get(MAP).await;
    assert!(page.text().contains("Our lawyers' sentence.") && !page.text().contains("The boundaries and names shown"));
    assert!(site.get("/places/KEN").await.text().contains("Our lawyers' sentence."));
    // In a language without words of its own, ours stand there; a map is never without.
    assert!(site.get(&format!("{MAP}?lang=zh")).await.text().contains("本地图所示边界和名称"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_lies_in_its_country_among_its_cities() {
    let page = shared().get("/places/KEN-nairobi").await;
    let html = page.text();
    for part in [
        "data-island=\"city-map\"",
        "&#34;lands&#34;:&#34;/maps/lands/KEN&#34;",
        "/places/KEN-nairobi/cities.geojson",
        "<title id=\"where-title\">Nairobi – Where it lies</title>",
        "The outline of Kenya and its neighbours, and 3 cities; the largest is Nairobi.",
        "This place",
        "The boundaries and names shown",
        "data-layer=\"lands\"",
        "/assets/city-map.js",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let cities = shared().get("/places/KEN/cities.geojson").await;
    assert_eq!(cities.header(header::CONTENT_TYPE), "application/geo+json");
    assert!(cities.text().contains("\"id\":\"KEN-mombasa\"") && !cities.text().contains("EGY"));
    let lands = shared().get("/maps/lands/KEN").await;
    assert!(lands.header(header::CACHE_CONTROL).contains("max-age"));
    assert!(lands.text().contains("\"joins\":\"UGA\"") && !lands.text().contains("\"joins\":\"BRA\""));
    // Notes stand where what they are about is in view.
    assert!(shared().get("/places/IND").await.text().contains("Line of Control"));
    assert!(!html.contains("Line of Control"));
    // A region is no country, and the unknown is refused.
    assert!(!shared().get("/places/002").await.text().contains("city-map"));
    for path in ["/places/NOWHERE/cities.geojson", "/maps/lands/NOWHERE"] {
        assert_eq!(shared().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_draws_maps_is_served_here_with_its_licences() {
    for (name, kind) in [
        ("maplibre.js", "text/javascript"),
        ("maplibre-worker.js", "text/javascript"),
        ("maplibre.css", "text/css"),
        ("maplibre-licences.txt", "text/plain"),
    ] {
        let file = shared().get(&format!("/assets/{name}")).await;
        assert_eq!(file.status, StatusCode::OK, "{name}");
        assert!(file.header(header::CONTENT_TYPE).starts_with(kind), "{name}");
        // The worker obeys the policy of its own answer: it may ask nobody but us.
        assert!(file.header(header::CONTENT_SECURITY_POLICY).contains("connect-src 'self'"), "{name}");
    }
    assert!(shared().get("/about").await.text().contains("/assets/maplibre-licences.txt"));
}
