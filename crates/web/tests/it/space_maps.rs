//! What maps and profiles say of figures that computations found: the ground that they stand on, groups, numbers for machines.

use app::access::Actor;
use app::{
    App, NamedBytes,
    analyses::{AnalysisPublication, NewAnalysis, prepare, publish_analysis, run_job, sample_files, start_job},
    space::{NewBoundaries, import_boundaries},
};
use axum::http::{StatusCode, header};
use jiff::Timestamp;
use model::{
    kinds::{AnalysisMethod, BoundaryDefinition, Scope},
    value::{Id, Lang, Period},
};

use crate::{
    pages::{in_language, untranslated},
    site::Site,
};

const FORM: &str = "application/x-www-form-urlencoded";

fn local() -> Actor {
    Actor::Local { name: "t".into() }
}

/// Computes with the exercise files; without their own boundary that of the register is taken.
async fn computed(app: &App, method: AnalysisMethod, place: &str, (since, period): (Option<&str>, &str)) -> String {
    let world = app.world().await.expect("a world");
    let sample = sample_files(method).expect("exercise files");
    let files = sample.files.iter().filter(|file| file.role != "area").cloned().collect();
    let new = NewAnalysis {
        method,
        place: Id::new(place),
        period: Period::parse(period).expect("a period"),
        since: since.and_then(Period::parse),
        definition: BoundaryDefinition::Administrative,
        files,
        parameters: None,
        source: None,
    };
    let request = prepare(app, &world, &new, &local(), Timestamp::now()).expect("prepared");
    let job = start_job(app, &world, request, &local(), Timestamp::now()).expect("a job");
    run_job(app, &world, &job.id, Timestamp::now, &|_, _| true).expect("an answer");
    job.id
}

async fn published(app: &App, job: &str, (measure, indicator): (&str, &str)) {
    let publication = AnalysisPublication {
        job: job.to_owned(),
        ties: vec![(measure.to_owned(), Id::new(indicator))],
        scope: Scope::Supported,
        with_cities: false,
        names: Vec::new(),
        reason: "maps".into(),
    };
    publish_analysis(app, &publication, &local(), Timestamp::now()).await.expect("written").expect("accepted");
}

async fn bounded(app: &App, file: NamedBytes, day: Option<&str>) {
    let new = NewBoundaries {
        layer: None,
        place_field: None,
        definition: BoundaryDefinition::Administrative,
        valid_from: day.map(|day| day.parse().expect("a day")),
        source: None,
        note: None,
    };
    let done = import_boundaries(app, &file, &new, (&local(), "maps"), |_, _, _| true, Timestamp::now()).await;
    done.expect("read").expect("accepted");
}

async fn with_boundaries(app: &App) {
    bounded(app, app::analyses::sample_boundaries().expect("exercise boundaries"), None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_within_another_boundary_break_the_line_and_say_so() {
    let site = Site::new().await;
    let app = &site.app;
    with_boundaries(app).await;
    let transport = ("transport_access", "I-2629-X9");
    let access = async |period| computed(app, AnalysisMethod::Access, "KEN-nairobi", (None, period)).await;
    for period in ["2023", "2025"] {
        let job = access(period).await;
        published(app, &job, transport).await;
    }
    let profile = "/places/KEN-nairobi?on=2026-11-22";
    let page = site.get(profile).await;
    assert!(page.text().contains("Within: Administrative, from"), "{}", page.text());
    for part in ["class=\"moved\"", "do not stand on the same boundary"] {
        assert!(!page.text().contains(part), "one boundary: {part}");
    }
    let ring = "[36.6,-1.5],[37.2,-1.5],[37.2,-1.0],[36.6,-1.0],[36.6,-1.5]";
    let moved = format!(
        r#"{{"type":"Feature","properties":{{"place":"KEN-nairobi"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
    );
    bounded(app, NamedBytes { name: "moved.geojson".into(), bytes: moved.into_bytes() }, Some("2024-01-01")).await;
    let again = access("2025").await;
    assert_eq!(again, "access-KEN-nairobi-2025-2");
    published(app, &again, transport).await;
    for lang in Lang::INTERFACE {
        let page = in_language(&site, profile, lang).await;
        assert_eq!(untranslated(page.text()), Vec::<String>::new(), "{}", lang.code());
        assert_eq!(page.text().matches("class=\"moved\"").count(), 1, "{}", lang.code());
        // Once under the chart, as the key of its sign.
        assert!(page.text().contains("class=\"moved-key\""), "{}", page.text());
    }
    let page = site.get(profile).await;
    for part in [
        "These dates do not stand on the same boundary",
        "Within which boundary",
        "from \u{2066}2020\u{2060}-\u{2060}01",
        "from \u{2066}2024\u{2060}-\u{2060}01",
        "/analyses/access-KEN-nairobi-2025-2?",
    ] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    let indicator = site.get("/indicators/I-2629-X9?on=2026-11-22").await;
    assert!(indicator.text().contains("class=\"moved\""), "{}", indicator.text());

    // What a later computation replaced says so, and can be put back; what is refused comes back to the same page.
    let job = "/analyses/jobs/access-KEN-nairobi-2025";
    let page = site.get(job).await;
    for part in ["No figure of the register rests on it any more", "submitting them again puts them back"] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    let field = page.text().split("name=\"tie-transport_access\"").nth(1).expect("a field");
    assert!(field.split("</select>").next().is_some_and(|of| of.contains("value=\"I-2629-X9\" selected")), "{field}");
    let nothing = site.post(&format!("{job}/publish"), FORM, b"scope=global&reason=My%20words".to_vec()).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in
        ["Nothing was published.", "value=\"My words\"", "action=\"/analyses/jobs/access-KEN-nairobi-2025/publish\""]
    {
        assert!(nothing.text().contains(part), "{part}: {}", nothing.text());
    }
    let back = b"tie-transport_access=I-2629-X9&scope=supported&reason=back".to_vec();
    let done = site.post(&format!("{job}/publish"), FORM, back).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_map_shows_groups_and_only_the_part_of_the_world_that_has_figures() {
    let site = Site::new().await;
    let app = &site.app;
    let map = "/map/I-2629-X11";
    let page = site.get(map).await;
    assert!(page.text().contains("No country or city has a figure of this indicator."), "{}", page.text());
    with_boundaries(app).await;
    let job = computed(app, AnalysisMethod::Urbanisation, "KEN", (None, "2025")).await;

    // Centres without a name are called before they are published as they will be called then.
    let layer = site.get(&format!("/analyses/jobs/{job}/layers/urban_centre")).await;
    let shapes: serde_json::Value = serde_json::from_str(layer.text()).expect("GeoJSON");
    let names: Vec<&str> = shapes["features"]
        .as_array()
        .expect("features")
        .iter()
        .filter_map(|f| f["properties"]["name"].as_str())
        .collect();
    assert!(names.iter().any(|name| name.starts_with("Urban centre 15, ")), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("centre-")), "{names:?}");
    // Numbers for machines, words as a label.
    let nairobi = &shapes["features"].as_array().expect("features")[0]["properties"];
    assert_eq!((nairobi["unit"].as_str(), nairobi["period"].as_str()), (Some("km2"), Some("2025")), "{nairobi}");
    assert_eq!((nairobi["class"].as_str(), nairobi["place"].as_str()), (Some("30"), Some("KEN-nairobi")), "{nairobi}");
    assert!(nairobi["value"].as_f64().is_some_and(|area| area > 100.0), "{nairobi}");
    assert!(nairobi["people"].as_f64().is_some_and(|people| people > 4e6), "{nairobi}");
    assert!(nairobi["label"].as_str().is_some_and(|label| label.contains("people (2025)")), "{nairobi}");
    let csv = site.get(&format!("/analyses/jobs/{job}/maps/an.csv")).await;
    let mut lines = csv.text().lines();
    let head = "layer,place,name,class,class_label,people,value,unit,period,boundary,source,label";
    assert_eq!(lines.next(), Some(head));
    let row = lines.clone().find(|line| line.contains(",KEN-nairobi,")).expect("Nairobi");
    assert!(row.starts_with("Urban centres,KEN-nairobi,Nairobi,30,") && row.contains(",km2,2025,"), "{row}");
    assert!(
        lines.any(|line| line.starts_with("Suburbs and edges of towns,") && line.contains(",21,")),
        "{}",
        csv.text()
    );
    let svg = site.get(&format!("/analyses/jobs/{job}/maps/an.svg")).await;
    assert!(
        svg.text().contains("class 21, town or semi-dense area") && svg.text().contains("Not coloured: rural cells")
    );
    let told = svg.text().split("<desc").nth(1).and_then(|of| of.split("</desc>").next()).expect("a description");
    assert!(told.contains("places, from ") && told.contains("Kenya"), "{told}");

    published(app, &job, ("people_by_degree", "I-2629-X11")).await;
    for lang in Lang::INTERFACE {
        let page = in_language(&site, map, lang).await;
        assert_eq!(untranslated(page.text()), Vec::<String>::new(), "{}", lang.code());
    }
    let page = site.get(map).await;
    for part in [
        "id=\"map-KEN\"",
        "id=\"map-KEN-nairobi\"",
        "Cities · 2025",
        "?group=degree_of_urbanisation%3Dtown",
        " km</text>",
    ] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    assert!(!page.text().contains("id=\"map-FRA\""), "three cities of Kenya are no map of the world");
    let towns = site.get(&format!("{map}?group=degree_of_urbanisation%3Dtown")).await;
    assert!(towns.text().contains("Towns and semi-dense areas · 2025"), "{}", towns.text());
    let csv = site.get(&format!("{map}/values.csv?group=degree_of_urbanisation%3Dtown")).await;
    let kisumu = csv.text().lines().find(|line| line.starts_with("KEN-kisumu,")).expect("Kisumu");
    assert!(
        kisumu.contains("degree_of_urbanisation=town") && kisumu.contains("KEN-kisumu/administrative/2010-01-01@"),
        "{kisumu}"
    );
    assert_eq!(site.get(&format!("{map}?group=sex%3Dfemale")).await.status, StatusCode::NOT_FOUND);
    // Figures of the world alone are figures that no map shows.
    let place = site.get("/places/KEN").await;
    assert!(place.text().contains("53,005,614 (2021; Urban and rural population"), "{}", place.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_boundary_that_was_taken_back_is_not_called_in_force() {
    let site = Site::new().await;
    let app = &site.app;
    let shown = site.post("/boundaries/sample", FORM, Vec::new()).await;
    let preview = shown.header(header::LOCATION).to_owned();
    let added = site.post(&format!("{preview}/confirm"), FORM, b"reason=Exercise".to_vec()).await;
    let change = added.header(header::LOCATION).rsplit('=').next().expect("a change").to_owned();
    let job = computed(app, AnalysisMethod::Land, "KEN", (Some("2015"), "2025")).await;
    published(app, &job, ("land_ratio", "I-2629-X10")).await;
    let undone = site.post(&format!("/changes/{change}/undo"), FORM, b"reason=gone".to_vec()).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text());
    for lang in Lang::INTERFACE {
        let page = in_language(&site, "/analyses", lang).await;
        assert_eq!(untranslated(page.text()), Vec::<String>::new(), "{}", lang.code());
        assert!(!page.text().contains("/again\""), "{}", page.text());
    }
    let page = site.get("/analyses").await;
    assert!(page.text().contains("which was taken back") && !page.text().contains("in force is"), "{}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn options_that_are_wrong_are_told_in_the_words_of_the_form() {
    let site = Site::new().await;
    let text =
        |name: &str, text: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    for (options, told) in [
        (r#"{"places":{"schools":{"osm":"school"}}}"#, "«places.schools»"),
        (r#"{"spread":{"cell_m":0,"points":4}}"#, "«spread.cell_m»"),
        (r#"{"colour":1}"#, "«colour»"),
        ("{", "JSON"),
    ] {
        let body = [
            text("method", "access"),
            text("place", "KEN-nairobi"),
            text("period", "2025"),
            text("parameters", options),
        ];
        let body = format!("{}--x--\r\n", body.concat()).into_bytes();
        let page = site.post("/analyses?lang=ar", "multipart/form-data; boundary=x", body).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{options}");
        let wrong = page.text().split("id=\"access-parameters-wrong\">").nth(1).and_then(|of| of.split("</p>").next());
        let wrong = wrong.unwrap_or_else(|| panic!("{options}: {}", page.text()));
        assert!(wrong.contains(told), "{options}: {wrong}");
        for word in ["case.json", "--help", "expected", "is missing"] {
            assert!(!wrong.contains(word), "{options}: {wrong}");
        }
    }
}
