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
        "<td class=\"whole\" data-key=\"4\">80 to 100",
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
    assert!(csv.text().starts_with("id,name,period,value,unit,status,class,class_label,scope,figure"));
    let kenya = csv.text().lines().find(|line| line.starts_with("KEN,")).expect("Kenya");
    assert!(kenya.starts_with("KEN,Kenya,2018,") && kenya.contains(",percent,estimated,3,40 to under 60"), "{kenya}");

    let shapes = shared().get(&format!("{MAP}/values.geojson")).await;
    assert_eq!(shapes.header(header::CONTENT_TYPE), "application/geo+json");
    let json: serde_json::Value = serde_json::from_slice(&shapes.bytes).expect("JSON");
    assert!(json["disclaimer"].as_str().is_some_and(|words| words.starts_with("The boundaries")));
    let features = json["features"].as_array().expect("features");
    let of = |id: &str| features.iter().find(|f| f["properties"]["id"] == id).expect("a feature");
    assert!(of("KEN")["geometry"]["type"].as_str().is_some_and(|kind| kind.ends_with("Polygon")));
    assert!(of("KEN")["properties"]["value"].is_number() && of("KEN")["properties"]["class"].is_number());

    for path in ["/map/NONE", "/map/NONE/map.svg", "/map/NONE/values.csv", "/map/NONE/values.geojson"] {
        assert_eq!(shared().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let bad = shared().get(&format!("{MAP}/map.svg?period=soon")).await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_country_with_a_value_is_on_the_map_or_named_under_it() {
    let page = shared().get(MAP).await;
    let html = page.text();
    let under =
        html.split("<figcaption>").nth(1).and_then(|rest| rest.split("</figcaption>").next()).expect("a caption");
    let csv = shared().get(&format!("{MAP}/values.csv")).await;
    let mut n = 0;
    for line in csv.text().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells.iter().any(|cell| ["measured", "estimated"].contains(cell)) {
            n += 1;
            let is_drawn = html.contains(&format!("id=\"map-{}\"", cells[0]));
            assert!(is_drawn || under.contains(cells[1]), "{line}");
        }
    }
    assert!(n > 150, "{n}");
    // Countries without a value are named too, in the reader's language.
    let arabic = shared().get(&format!("{MAP}?lang=ar")).await;
    assert!(arabic.text().contains("<title>غرينلند: لا بيانات</title>"), "Greenland");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_of_a_map_is_put_in_order_without_a_script() {
    let first = async |path: &str| {
        let page = shared().get(path).await;
        let text = page.text().to_owned();
        let places: Vec<String> = text
            .split("<tr data-place=\"")
            .skip(1)
            .filter_map(|row| row.split('"').next().map(str::to_owned))
            .collect();
        let state = text.split("aria-sort=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
        assert_eq!(text.matches("aria-sort=").count(), 1, "{path}");
        (places, state.expect("a column"))
    };
    let (by_value, state) = first(MAP).await;
    assert_eq!(state, "descending");
    let (names, state) = first(&format!("{MAP}?sort=name")).await;
    assert_eq!((names[0].as_str(), state.as_str()), ("AFG", "ascending"));
    let (turned, state) = first(&format!("{MAP}?sort=-name")).await;
    assert_eq!((turned[0].as_str(), state.as_str()), ("ZWE", "descending"));
    let (rising, _) = first(&format!("{MAP}?sort=value")).await;
    assert_ne!(rising[0], by_value[0]);
    assert_eq!(rising.len(), by_value.len());
    // The button asks for the other way, and the form keeps the period.
    let page = shared().get(&format!("{MAP}?sort=value&period=2018")).await;
    assert!(page.text().contains("name=\"sort\" value=\"-value\""));
    assert!(page.text().contains("<input type=\"hidden\" name=\"period\" value=\"2018\">"));
    assert!(first(&format!("{MAP}?lang=ar&sort=name")).await.0.len() == names.len());
    // Cities of a country too, in a table that is open then.
    let cities = shared().get("/places/KEN?sort-where=people").await;
    let table = cities.text().split("id=\"where-table\" open").nth(1).expect("an open table");
    let at = |name: &str| table.find(&format!("<bdi>{name}</bdi>")).expect("a city");
    assert!(at("Kisumu") < at("Mombasa") && at("Mombasa") < at("Nairobi"));
}

#[tokio::test(flavor = "multi_thread")]
async fn maps_of_places_are_saved_and_carry_what_maps_must_carry() {
    let svg = shared().get("/places/KEN-nairobi/maps/where.svg").await;
    assert_eq!((svg.status, svg.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/svg+xml"));
    assert!(svg.header(header::CONTENT_DISPOSITION).contains("KEN-nairobi-where.svg"));
    for part in [
        "role=\"img\"",
        "<title id=\"where-title\">",
        "<desc id=\"where-desc\">",
        // Place and date, a count in the legend, a scale, sources of shapes and population, the version, the disclaimer, a name.
        "Kenya, ",
        "2020-03-01",
        "This place (1)",
        " km</text>",
        "Natural Earth",
        "Places: this register. Population: year not stated; Places of",
        "drawn by Ekistics",
        "The boundaries and names shown",
        ">Mombasa</text>",
    ] {
        assert!(svg.text().contains(part), "{part}");
    }
    assert_eq!(svg.text(), shared().get("/places/KEN-nairobi/maps/where.svg").await.text(), "the same bytes twice");
    let csv = shared().get("/places/KEN/maps/where.csv").await;
    assert!(csv.header(header::CONTENT_TYPE).starts_with("text/csv"));
    assert!(csv.text().lines().any(|line| line.contains("Nairobi") && line.contains("City of ")), "{}", csv.text());
    let page = shared().get("/places/KEN-nairobi").await;
    for part in ["/places/KEN-nairobi/maps/where.svg", "/places/KEN-nairobi/maps/where.csv", "data-png=", "picture.js"]
    {
        assert!(page.text().contains(part), "{part}");
    }
    let times = shared().get(&format!("{MAP}/times.svg")).await;
    assert!(times.text().starts_with("<svg xmlns=") && times.text().contains("id=\"times-title\""));
    for path in [
        "/places/KEN/maps/where.exe",
        "/places/KEN/maps/sp.svg",
        "/places/KEN/maps/times-land.svg",
        "/places/NOWHERE/maps/where.svg",
        "/analyses/nothing/maps/an.svg",
        "/analyses/jobs/nothing/maps/an.svg",
        "/map/NONE/times.svg",
    ] {
        assert_eq!(shared().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // What has neither boundary nor analysis says what to do; a region has nothing to do.
    assert!(page.text().contains("/boundaries?place=KEN-nairobi") && page.text().contains("Compute growth of land"));
    assert!(!shared().get("/places/002").await.text().contains("Compute growth of land"));
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
