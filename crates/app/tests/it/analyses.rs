//! Boundaries of places, and computations over grids and streets from a job to a figure of the plan.

use app::{
    App, AppError, NamedBytes, OpenMode,
    analyses::{
        AnalysisPublication, AnalysisRequest, Found, JobState, NewAnalysis, cancel_job, case_files, job, job_findings,
        job_view, jobs, outdated, prepare, publish_analysis, published_analysis, recompute, removal, remove_job,
        run_job, sample_boundaries, sample_files, start_job, suggested,
    },
    space::{
        BoundaryBecomes, BoundaryFile, BoundaryFormat, NewBoundaries, boundary_preview, confirm_boundaries,
        export_boundaries, import_boundaries, preview_boundaries, read_boundaries,
    },
};
use jiff::Timestamp;
use model::{
    kinds::{AnalysisMethod, Boundary, BoundaryDefinition, Scope},
    value::{Id, Period},
};
use register::access::Actor;
use tempfile::TempDir;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().expect("an instant")
}

fn local() -> Actor {
    Actor::Local { name: "t".into() }
}

async fn demo() -> (TempDir, App) {
    let folder = TempDir::new().expect("a folder");
    let app = App::open(folder.path(), OpenMode::Create).await.expect("opens");
    app::load_demo(&app, now()).await.expect("loads");
    (folder, app)
}

fn new_boundaries(valid_from: Option<&str>) -> NewBoundaries {
    NewBoundaries {
        layer: None,
        place_field: None,
        definition: BoundaryDefinition::Administrative,
        valid_from: valid_from.map(|day| day.parse().expect("a day")),
        source: None,
        note: None,
    }
}

fn geojson(place: &str, ring: &str) -> NamedBytes {
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"place":"{place}"}},
            "geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}]}}"#
    );
    NamedBytes { name: "new.geojson".into(), bytes: text.into_bytes() }
}

async fn with_boundaries(app: &App) {
    let file = sample_boundaries().expect("the exercise boundaries");
    let written =
        import_boundaries(app, &file, &new_boundaries(None), (&local(), "boundaries"), |_, _, _| true, now()).await;
    assert_eq!(written.expect("read").expect("accepted").n, 4);
}

fn new(method: AnalysisMethod, place: &str) -> NewAnalysis {
    NewAnalysis {
        method,
        place: Id::new(place),
        period: Period::parse("2025").expect("a period"),
        since: Period::parse("2015"),
        definition: BoundaryDefinition::Administrative,
        files: sample_files(method).expect("exercise files").files,
        parameters: None,
        source: None,
    }
}

/// The request of the exercise files, which are kept before their folder goes.
async fn request(app: &App, method: AnalysisMethod, place: &str) -> AnalysisRequest {
    let world = app.world().await.expect("a world");
    let sample = sample_files(method).expect("exercise files");
    let new = NewAnalysis { files: sample.files.clone(), ..new(method, place) };
    prepare(app, &world, &new, &local(), now()).expect("prepared")
}

async fn computed(app: &App, method: AnalysisMethod, place: &str) -> (String, Found) {
    let (request, world) = (request(app, method, place).await, app.world().await.expect("a world"));
    let made = start_job(app, &world, request, &local(), now()).expect("a job");
    let found = run_job(app, &world, &made.id, now, &|_, _| true).expect("an answer");
    (made.id, found)
}

/// Publishes all measures that an indicator waits for; the indicators.
async fn published(app: &App, id: &str, with_cities: bool) -> Vec<String> {
    let (world, found) = (app.world().await.expect("a world"), job_view(app, id).expect("a job").expect("done"));
    let tie = |m: &app::analyses::FoundMeasure| Some((m.id.clone(), suggested(&world, m.def()?)?));
    let ties: Vec<_> = found.measures.iter().filter_map(tie).collect();
    let indicators = ties.iter().map(|(_, indicator)| indicator.as_str().to_owned()).collect();
    let publication = AnalysisPublication {
        job: id.into(),
        ties,
        scope: Scope::Supported,
        with_cities,
        names: Vec::new(),
        reason: "grids".into(),
    };
    publish_analysis(app, &publication, &local(), now()).await.expect("written").expect("accepted");
    indicators
}

fn value(found: &Found, measure: &str, place: &str, breakdown: &str) -> Option<f64> {
    let measure = found.measures.iter().find(|m| m.id == measure)?;
    measure.rows.iter().find(|row| row.place == place && row.breakdown == breakdown)?.value
}

fn refused(error: AppError) -> Vec<&'static str> {
    match error {
        AppError::Refused(found) => found.iter().map(|d| d.code.id).collect(),
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn boundaries_are_records_with_versions_that_go_out_as_they_came_in() {
    let (_folder, app) = demo().await;
    with_boundaries(&app).await;
    let world = app.world().await.expect("a world");
    let nairobi: Vec<&Boundary> =
        world.records().boundaries.iter().filter(|b| b.place.as_str() == "KEN-nairobi").collect();
    assert_eq!(nairobi.len(), 2);
    assert!((nairobi[0].area_km2 - 488.9).abs() < 1.0 && (nairobi[1].area_km2 - 631.7).abs() < 1.0, "{nairobi:?}");
    assert!(nairobi[1].west < 36.8 && nairobi[1].east > 36.9);
    let on = |day: &str| {
        let (place, definition) = (Id::new("KEN-nairobi"), BoundaryDefinition::Administrative);
        app::space::boundary_on(world.records(), &place, definition, day.parse().expect("a day"))
            .map(|b| b.valid_from.to_string())
    };
    assert_eq!(on("2019-12-31").as_deref(), Some("2010-01-01"));
    assert_eq!(on("2020-01-01").as_deref(), Some("2020-01-01"));
    // Before the first version the first stands for the place.
    assert_eq!(on("1990-01-01").as_deref(), Some("2010-01-01"));

    let all: Vec<&Boundary> = world.records().boundaries.iter().collect();
    for format in [BoundaryFormat::GeoJson, BoundaryFormat::GeoPackage] {
        let bytes = export_boundaries(&app, world.records(), &all, format).expect("a file");
        let file = NamedBytes { name: format!("out.{}", format.ending()), bytes };
        let read = read_boundaries(&app, &world, &file, &new_boundaries(None)).expect("read");
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        let areas: Vec<f64> = read.boundaries.iter().map(|b| b.record.area_km2).collect();
        assert_eq!(areas, all.iter().map(|b| b.area_km2).collect::<Vec<_>>());
        // What is there already changes nothing.
        assert_eq!(
            read.boundaries.iter().map(|b| b.record.valid_from).collect::<Vec<_>>(),
            all.iter().map(|b| b.valid_from).collect::<Vec<_>>()
        );
    }
    let parquet = export_boundaries(&app, world.records(), &all, BoundaryFormat::GeoParquet).expect("a file");
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_boundary_is_refused_with_its_place_and_leaves_nothing() {
    let (_folder, app) = demo().await;
    let before = app.world().await.expect("a world").snapshot().position;
    let day = new_boundaries(Some("2020-01-01"));
    for (file, code) in [
        // A bow tie.
        (geojson("KEN-nairobi", "[36,-1],[37,0],[37,-1],[36,0],[36,-1]"), "GEO006"),
        (geojson("KEN-nairobi", "[36,-1],[37,-1],[37,-95],[36,-1]"), "GEO006"),
        // Latitude before longitude.
        (geojson("KEN-nairobi", "[-1.5,36.6],[-1.5,37.0],[-1.1,37.0],[-1.1,36.6],[-1.5,36.6]"), "GEO006"),
        (geojson("Atlantis", "[36,-1],[37,-1],[37,0],[36,-1]"), "GEO007"),
    ] {
        let found = import_boundaries(&app, &file, &day, (&local(), "bad"), |_, _, _| true, now()).await.expect("read");
        let found = found.expect_err("it is refused");
        assert!(found.iter().any(|d| d.code.id == code), "{code}: {found:?}");
        let place = found.iter().find(|d| d.code.id == code).and_then(|d| d.args.iter().find(|(n, _)| *n == "place"));
        assert!(place.is_some(), "{found:?}");
    }
    let sound = geojson("KEN-nairobi", "[36,-1],[37,-1],[37,0],[36,-1]");
    let without_day =
        import_boundaries(&app, &sound, &new_boundaries(None), (&local(), "bad"), |_, _, _| true, now()).await;
    assert_eq!(without_day.expect("read").expect_err("no day")[0].code.id, "GEO008");
    let asked = NewBoundaries { place_field: Some("nothing".into()), ..day.clone() };
    assert_eq!(
        refused(
            read_boundaries(&app, &app.world().await.expect("a world"), &sound, &asked).expect_err("no such attribute")
        ),
        ["GEO009"]
    );
    let broken = NamedBytes { name: "half.gpkg".into(), bytes: b"SQLite format 3\0 and no more".to_vec() };
    assert_eq!(
        refused(read_boundaries(&app, &app.world().await.expect("a world"), &broken, &day).expect_err("half a file")),
        ["GEO001"]
    );
    assert_eq!(app.world().await.expect("a world").snapshot().position, before);

    let point = NamedBytes {
        name: "point.geojson".into(),
        bytes: br#"{"type":"Feature","properties":{"place":"KEN-nairobi"},"geometry":{"type":"Point","coordinates":[36.8,-1.3]}}"#.to_vec(),
    };
    assert!(read_boundaries(&app, &app.world().await.expect("a world"), &point, &day).expect("read").is_refused());
    // Neighbours that cover the same ground are told, and can be taken.
    let two = NamedBytes {
        name: "two.geojson".into(),
        bytes: br#"{"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"place":"KEN-nairobi"},"geometry":{"type":"Polygon","coordinates":[[[36,-3],[37,-3],[37,-1],[36,-1],[36,-3]]]}},
            {"type":"Feature","properties":{"place":"Mombasa"},"geometry":{"type":"Polygon","coordinates":[[[36.5,-3],[39,-3],[39,-1],[36.5,-1],[36.5,-3]]]}}]}"#
            .to_vec(),
    };
    let read = read_boundaries(&app, &app.world().await.expect("a world"), &two, &day).expect("read");
    assert!(!read.is_refused());
    assert_eq!(read.findings.iter().map(|d| d.code.id).collect::<Vec<_>>(), ["GEO011"]);
    // By its name.
    assert_eq!(read.boundaries[1].record.place.as_str(), "KEN-mombasa");
}

fn arg(found: &diag::Diagnostic, name: &str) -> String {
    let arg = found.args.iter().find(|(of, _)| *of == name).map(|(_, arg)| arg);
    match arg {
        Some(diag::Arg::Text(text)) => text.clone(),
        Some(diag::Arg::Words(words)) => {
            words.iter().find(|(lang, _)| *lang == "en").expect("a name in English").1.clone()
        }
        Some(diag::Arg::Number(n)) => format!("{n:.0}"),
        Some(diag::Arg::Whole(n)) => n.to_string(),
        None => panic!("{found:?} says no {name}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_boundaries_is_shown_before_it_is_written() {
    let (_folder, app) = demo().await;
    let before = app.world().await.expect("a world").snapshot().position;
    let show = async |file: BoundaryFile, new: &NewBoundaries| {
        preview_boundaries(&app, file, new, now()).await.expect("a preview")
    };
    let sample = || BoundaryFile::Sent(sample_boundaries().expect("the exercise boundaries"));
    let shown = show(sample(), &new_boundaries(None)).await;
    assert!(shown.can_confirm && shown.findings.is_empty(), "{:?}", shown.findings);
    assert_eq!((shown.counts.added, shown.counts.replaced, shown.counts.unchanged), (4, 0, 0));
    // Nairobi grows from the file's first version to its second: 488.9 to 631.7 km².
    let later = shown.lines.iter().find(|l| l.valid_from.to_string() == "2020-01-01").expect("a second version");
    assert_eq!(later.before.as_ref().map(|b| b.valid_from.to_string()).as_deref(), Some("2010-01-01"));
    assert!(later.change_percent.is_some_and(|percent| (percent - 29.2).abs() < 0.1), "{later:?}");
    assert_eq!(app.world().await.expect("a world").snapshot().position, before, "nothing is written");
    confirm_boundaries(&app, &shown.token, &local(), "shown", now()).await.expect("waits").expect("accepted");
    assert!(boundary_preview(&app, &shown.token).is_none(), "it waits no more");
    let twice = confirm_boundaries(&app, &shown.token, &local(), "shown", now()).await;
    assert!(matches!(twice, Err(AppError::Expired)));

    let again = show(sample(), &new_boundaries(None)).await;
    assert!(!again.can_confirm && again.counts.unchanged == 4, "{:?}", again.counts);
    // The same version with another shape, and a version that ends what was shown before it.
    let square = |east: f64| {
        let ring = format!("[36.6,-1.5],[{east},-1.5],[{east},-1.0],[36.6,-1.0],[36.6,-1.5]");
        BoundaryFile::Sent(geojson("KEN-nairobi", &ring))
    };
    let replaced = show(square(37.2), &new_boundaries(Some("2020-01-01"))).await;
    assert_eq!(replaced.lines[0].becomes, BoundaryBecomes::Replaced);
    let held = replaced.lines[0].before.as_ref().expect("the version that it replaces");
    assert!((held.area_km2 - 631.7).abs() < 1.0 && held.valid_from.to_string() == "2020-01-01", "{held:?}");
    let other = show(square(37.1), &new_boundaries(Some("2020-01-01"))).await;
    confirm_boundaries(&app, &other.token, &local(), "other", now()).await.expect("waits").expect("accepted");
    let other = show(square(37.1), &new_boundaries(Some("2020-01-01"))).await;
    assert_eq!(other.lines[0].becomes, BoundaryBecomes::Equal);

    // A file that lacks a day is read again with one, without being sent again.
    let without = show(square(37.3), &new_boundaries(None)).await;
    assert_eq!(
        without.findings.iter().map(|d| (d.code.id, d.field.as_deref())).collect::<Vec<_>>(),
        [("GEO008", Some("valid_from"))]
    );
    let with = show(BoundaryFile::Waiting(without.token.clone()), &new_boundaries(Some("2025-01-01"))).await;
    assert!(with.can_confirm && with.lines[0].becomes == BoundaryBecomes::New, "{:?}", with.findings);
    // What cannot be read says why, and waits too.
    let broken = NamedBytes { name: "half.gpkg".into(), bytes: b"SQLite format 3\0 and no more".to_vec() };
    let broken = show(BoundaryFile::Sent(broken), &new_boundaries(None)).await;
    assert!(broken.lines.is_empty() && broken.findings[0].code.id == "GEO001", "{:?}", broken.findings);
    assert!(arg(&broken.findings[0], "file").contains("half.gpkg"));
    let empty =
        NamedBytes { name: "none.geojson".into(), bytes: br#"{"type":"FeatureCollection","features":[]}"#.to_vec() };
    assert_eq!(show(BoundaryFile::Sent(empty), &new_boundaries(None)).await.findings[0].code.id, "GEO019");
    let gone = preview_boundaries(&app, BoundaryFile::Waiting("nobody".into()), &new_boundaries(None), now()).await;
    assert!(matches!(gone, Err(AppError::Expired)));
}

#[tokio::test(flavor = "multi_thread")]
async fn boundaries_are_compared_with_those_of_the_register() {
    let (_folder, app) = demo().await;
    with_boundaries(&app).await;
    let world = app.world().await.expect("a world");
    // Nairobi's middle lies at 36.8, -1.3.
    let square = |place: &str, west: f64, side: f64| {
        let (east, south, north) = (west + side, -1.3 - side / 2.0, -1.3 + side / 2.0);
        let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)];
        let ring: Vec<String> = ring.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
        geojson(place, &ring.join(","))
    };
    let told = |file: &NamedBytes, day: &str| -> Vec<(String, String, String)> {
        let read = read_boundaries(&app, &world, file, &new_boundaries(Some(day))).expect("read");
        let between = |d: &&diag::Diagnostic| d.code.id == "GEO011" && arg(d, "problem") != "far_away";
        let told = |d: &diag::Diagnostic| (arg(d, "problem"), arg(d, "neighbour"), arg(d, "since"));
        read.findings.iter().filter(between).map(told).collect()
    };
    let held = |since: &str| [("overlap_held".to_owned(), "Nairobi".to_owned(), since.to_owned())];
    // A city over a city: the version that holds on the day, with its name.
    assert_eq!(told(&square("KEN-kisumu", 36.75, 0.1), "2024-01-01"), held("2020-01-01"));
    assert_eq!(told(&square("KEN-kisumu", 36.75, 0.1), "2015-01-01"), held("2010-01-01"));
    // Nothing holds yet; another definition; far from it; its own new version; a country around its city.
    assert_eq!(told(&square("KEN-kisumu", 36.75, 0.1), "2005-01-01"), []);
    let built = NewBoundaries { definition: BoundaryDefinition::BuiltUp, ..new_boundaries(Some("2024-01-01")) };
    let read = read_boundaries(&app, &world, &square("KEN-kisumu", 36.75, 0.1), &built).expect("read");
    assert!(!read.findings.iter().any(|d| arg(d, "problem") == "overlap_held"), "{:?}", read.findings);
    assert_eq!(told(&square("KEN-kisumu", 34.7, 0.1), "2024-01-01"), []);
    assert_eq!(told(&square("KEN-nairobi", 36.6, 0.5), "2024-01-01"), []);
    assert_eq!(told(&square("KEN", 34.0, 6.0), "2024-01-01"), []);
    // Where the file moves the neighbour away, nothing is covered twice.
    let both = {
        let text = |file: NamedBytes| {
            let text = String::from_utf8(file.bytes).expect("text");
            let of: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            of["features"][0].to_string()
        };
        let features = [text(square("KEN-kisumu", 36.75, 0.1)), text(square("KEN-nairobi", 37.2, 0.1))].join(",");
        let text = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
        NamedBytes { name: "both.geojson".into(), bytes: text.into_bytes() }
    };
    assert_eq!(told(&both, "2024-01-01"), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_that_no_list_names_has_a_title_or_the_name_that_somebody_gives() {
    let (_folder, app) = demo().await;
    let (id, found) = computed(&app, AnalysisMethod::Urbanisation, "KEN").await;
    let nameless: Vec<_> = found.cities.iter().filter(|city| city.name.is_none() && !city.is_known).collect();
    let [first, second, ..] = nameless.as_slice() else { panic!("the exercise grid has centres without a name") };
    assert!(first.place.starts_with("KEN-centre-") && first.near.is_some(), "{first:?}");
    let publication = AnalysisPublication {
        job: id.clone(),
        ties: Vec::new(),
        scope: Scope::Supported,
        with_cities: true,
        names: vec![(second.place.clone(), model::value::Lang::Ar, "نيفاشا".into())],
        reason: "cities".into(),
    };
    publish_analysis(&app, &publication, &local(), now()).await.expect("written").expect("accepted");
    let world = app.world().await.expect("a world");
    let title = |place: &str| world.records().places.get(place).expect("a place").title.clone();
    let (made, given) = (title(&first.place), title(&second.place));
    let near = first.near.as_ref().expect("a city near it");
    for lang in model::value::Lang::INTERFACE {
        let text = made.get(lang).expect("a title in each language");
        assert!(text.contains(&first.number.to_string()), "{text}");
        let name = near.names.iter().find(|(of, _)| of == lang.code()).or(near.names.first()).expect("a name");
        assert!(text.contains(&name.1), "{text}: {near:?}");
    }
    assert_eq!(given.iter().collect::<Vec<_>>(), [(model::value::Lang::Ar, "نيفاشا")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_says_what_became_of_it_and_what_goes_with_it() {
    let (folder, app) = demo().await;
    with_boundaries(&app).await;
    let (id, _) = computed(&app, AnalysisMethod::Land, "KEN").await;
    let held = job(&app, &id).expect("the job");
    let world = app.world().await.expect("a world");
    assert!(published_analysis(&app, &world, &held, now()).await.expect("read").is_none());
    let goes = removal(&app, &world, &id).expect("the job");
    assert_eq!((goes.files.len(), goes.n_files_kept, goes.record), (4, 0, None));

    published(&app, &id, false).await;
    let world = app.world().await.expect("a world");
    let done = published_analysis(&app, &world, &held, now()).await.expect("read").expect("published");
    assert_eq!((done.record.as_str(), done.n_changed), (id.as_str(), 0), "again changes nothing");
    assert_eq!(done.ties, [("land_ratio".to_owned(), Id::new("I-2629-X10"))]);
    let of_it = world.snapshot().observations.rows().filter(|r| r.evidence().starts_with(&format!("analysis/{id}")));
    assert_eq!(done.n_figures, of_it.count());
    assert_eq!(done.change.map(|c| c.author).as_deref(), Some("t"));
    let goes = removal(&app, &world, &id).expect("the job");
    assert_eq!((goes.files.len(), goes.n_files_kept), (0, 4), "what is published can be computed again");
    assert_eq!(goes.record.as_ref().map(|id| id.as_str()), Some(id.as_str()));

    // Another node published something else under the name of this job: this one gets the next.
    let path = app_job(&folder, &id);
    let text = std::fs::read_to_string(&path).expect("the job's file").replace("POP_2015.tif", "OTHER.tif");
    std::fs::write(&path, text).expect("written");
    published(&app, &id, false).await;
    let world = app.world().await.expect("a world");
    let second = format!("{id}-n2");
    assert!(world.records().analyses.get(&second).is_some_and(|a| a.inputs.contains("OTHER.tif")));
    assert!(world.records().analyses.get(&id).is_some_and(|a| a.inputs.contains("POP_2015.tif")));
    let held = job(&app, &id).expect("the job");
    let done = published_analysis(&app, &world, &held, now()).await.expect("read").expect("published");
    assert_eq!(done.record.as_str(), second);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grid_becomes_cities_with_boundaries_and_people_by_degree() {
    let (_folder, app) = demo().await;
    with_boundaries(&app).await;
    let (id, found) = computed(&app, AnalysisMethod::Urbanisation, "KEN").await;
    assert_eq!(id, "degurba-KEN-2025");
    assert_eq!(found.cities.len(), 18);
    let largest = &found.cities[0];
    assert_eq!((largest.place.as_str(), largest.is_known), ("KEN-nairobi", true));
    assert!((4.8e6..5.0e6).contains(&largest.population), "{largest:?}");
    let degree = |place: &str, of: &str| {
        value(&found, "people_by_degree", place, &format!("degree_of_urbanisation={of}")).expect("a figure")
    };
    let all: f64 = ["city", "town", "rural_area"].iter().map(|of| degree("KEN", of)).sum();
    assert!((56.0e6..56.5e6).contains(&all), "{all}");
    // Everybody in a centre lives in a city, and in no other class.
    let centres: f64 = found.cities.iter().map(|city| city.population).sum();
    assert!((centres - degree("KEN", "city")).abs() < 2.0, "{centres}");

    // Whoever the table counts as people of towns lives on a layer of the map.
    let layers: Vec<&str> = found.layers.iter().map(|layer| layer.id.as_str()).collect();
    assert_eq!(
        layers,
        ["rural_cluster", "suburban", "semi_dense_urban_cluster", "dense_urban_cluster", "urban_centre"]
    );
    let drawn = |layer: &str| {
        let of = app::analyses::job_layer(&app, &id, layer).expect("a layer");
        let tallies = app::analyses::tally(1, &of.shapes.shapes, &of.layer.classes_of(&of.shapes.shapes));
        tallies[0].people.unwrap_or_default()
    };
    let towns: f64 = layers[1..4].iter().map(|layer| drawn(layer)).sum();
    assert!((towns - degree("KEN", "town")).abs() < 5.0, "{towns}");
    assert!(drawn("suburban") > 0.0 && drawn("rural_cluster") < degree("KEN", "rural_area"));

    assert_eq!(published(&app, &id, true).await, ["I-2629-X11"]);
    let world = app.world().await.expect("a world");
    let thika = world.records().places.get("KEN-thika").expect("a new place");
    assert_eq!((thika.kind.as_str(), thika.parent.as_ref().map(|p| p.as_str())), ("city", Some("KEN")));
    // Its people are those of the grid, and say so.
    assert_eq!(thika.population_period.map(|period| period.to_string()).as_deref(), Some("2025"));
    let boundary = world.records().boundaries.get("KEN-thika/degree_of_urbanisation/2025-01-01").expect("a boundary");
    let in_layer = found.cities.iter().find(|city| city.place == "KEN-thika").expect("found");
    // Cells of 1 km² in an equal-area projection, measured on the ellipsoid.
    assert!((boundary.area_km2 / in_layer.area_km2 - 1.0).abs() < 0.01, "{boundary:?} {in_layer:?}");
    let record = world.records().analyses.get(&id).expect("the analysis");
    assert!(record.inputs.contains("population POP_2025.tif "), "{}", record.inputs);
    let row = world
        .snapshot()
        .observations
        .rows()
        .find(|r| r.id() == "I-2629-X11/KEN/2025/degree_of_urbanisation=city/supported")
        .expect("a row");
    assert_eq!((row.value(), row.evidence()), (Some(degree("KEN", "city")), "analysis/degurba-KEN-2025"));
    // The layers lie beside the register now: the job can go.
    remove_job(&app, &id, &local(), now()).await.expect("removed");
    let layer = app::analyses::analysis_layer(&app, &world, &id, "urban_centre").expect("a layer");
    assert!(layer.shapes.shapes.features.len() > 10);
    // It was read once: another question gets the same shapes, and their file is counted once.
    let kept = app.shapes().n_bytes();
    let again = app::analyses::analysis_layer(&app, &world, &id, "urban_centre").expect("the layer");
    assert!(std::sync::Arc::ptr_eq(&layer.shapes.shapes, &again.shapes.shapes));
    assert_eq!(app.shapes().n_bytes(), kept);
    assert!(kept >= layer.shapes.n_bytes && kept < 64 << 20, "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_boundary_that_moves_shows_its_figures_and_they_are_computed_again() {
    let (_folder, app) = demo().await;
    let none = request(&app, AnalysisMethod::Land, "KEN").await;
    let world = app.world().await.expect("a world");
    let job_of = start_job(&app, &world, none, &local(), now()).expect("a job");
    // Without boundaries there is nothing to sum within.
    assert_eq!(refused(run_job(&app, &world, &job_of.id, now, &|_, _| true).expect_err("no boundary")), ["GEO014"]);
    let failed = job(&app, &job_of.id).expect("the job");
    assert_eq!((failed.state, job_findings(&failed)[0].code.id), (JobState::Failed, "GEO014"));

    with_boundaries(&app).await;
    let world = app.world().await.expect("a world");
    let found = run_job(&app, &world, &job_of.id, now, &|_, _| true).expect("an answer");
    let ratio = value(&found, "land_ratio", "KEN-nairobi", "").expect("a ratio");
    assert!((1.5..1.7).contains(&ratio), "{ratio}");
    assert!(value(&found, "land_ratio", "KEN-kisumu", "").is_some_and(|ratio| ratio < 1.0));
    assert_eq!(published(&app, &job_of.id, false).await, ["I-2629-X10"]);
    let world = app.world().await.expect("a world");
    assert_eq!(outdated(&world), []);
    let on = "2026-11-22".parse().expect("a day");
    let sheet = app::indicator_sheet(&world, &Id::new("I-2629-X10"), on).expect("an indicator");
    let newest = sheet.standing.actual.as_ref().and_then(|figure| figure.answer.value()).expect("a figure");
    assert!((0.5..1.7).contains(&newest) && (newest - 1.75).abs() > 0.05, "{newest}");

    // A version that begins before the figures' time moves the ground under them; one that begins after does not.
    let ring = "[36.6,-1.5],[37.2,-1.5],[37.2,-1.0],[36.6,-1.0],[36.6,-1.5]";
    for (day, n) in [("2026-01-01", 0), ("2024-01-01", 1)] {
        let (file, new) = (geojson("KEN-nairobi", ring), new_boundaries(Some(day)));
        import_boundaries(&app, &file, &new, (&local(), "moved"), |_, _, _| true, now())
            .await
            .expect("read")
            .expect("accepted");
        assert_eq!(outdated(&app.world().await.expect("a world")).len(), n, "{day}");
    }
    let world = app.world().await.expect("a world");
    let old = &outdated(&world)[0];
    assert_eq!((old.place.as_str(), old.analysis.as_str(), old.n), ("KEN-nairobi", job_of.id.as_str(), 1));
    assert!(old.then.contains("2020-01-01") && old.now.as_deref().is_some_and(|now| now.contains("2024-01-01")));
    let again = recompute(&app, &world, old.analysis.as_str(), &local(), now()).expect("a job");
    assert_ne!(again.id, job_of.id);
    run_job(&app, &world, &again.id, now, &|_, _| true).expect("an answer");
    published(&app, &again.id, false).await;
    assert_eq!(outdated(&app.world().await.expect("a world")), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_was_ended_goes_on_where_it_stopped() {
    let (_folder, app) = demo().await;
    with_boundaries(&app).await;
    let (request, world) =
        (request(&app, AnalysisMethod::Urbanisation, "KEN").await, app.world().await.expect("a world"));
    let made = start_job(&app, &world, request.clone(), &local(), now()).expect("a job");
    // Whoever watches says no when the second step begins.
    let stopped = run_job(&app, &world, &made.id, now, &|stage, _| stage != "units");
    assert_eq!(refused(stopped.expect_err("it ended")), ["GEO004"]);
    let held = job(&app, &made.id).expect("the job");
    assert_eq!(held.state, JobState::Cancelled);
    assert!(job_view(&app, &made.id).expect("the job").is_none());
    // The first step is not computed again: classifying would name its stage.
    let stages = std::sync::Mutex::new(Vec::new());
    let watch = |stage: &str, _: f64| {
        stages.lock().expect("nobody panicked").push(stage.to_owned());
        true
    };
    let resumed = run_job(&app, &world, &made.id, now, &watch).expect("an answer");
    let stages = stages.into_inner().expect("nobody panicked");
    assert!(
        !stages.iter().any(|stage| stage == "classify") && stages.iter().any(|stage| stage == "units"),
        "{stages:?}"
    );
    let (_, whole) = computed(&app, AnalysisMethod::Urbanisation, "KEN").await;
    assert_eq!(serde_json::to_value(&resumed).expect("JSON"), serde_json::to_value(&whole).expect("JSON"));

    // What is done is not computed again under its name.
    assert_eq!(refused(run_job(&app, &world, &made.id, now, &|_, _| true).expect_err("done")), ["GEO013"]);
    // What an end asks for in a file ends it too, from whichever program; a job that is done stays done.
    cancel_job(&app, &made.id, &local(), now()).await.expect("asked");
    assert_eq!(job(&app, &made.id).expect("the job").state, JobState::Done);
    assert_eq!(jobs(&app).expect("a list").len(), 2);
    // A job of a program that died says that it runs, while nobody holds it.
    let path = app_job(&_folder, &made.id);
    let text = std::fs::read_to_string(&path).expect("the job's file").replace("\"done\"", "\"running\"");
    std::fs::write(&path, text).expect("written");
    assert_eq!(job(&app, &made.id).expect("the job").state, JobState::Interrupted);
    for id in ["..", "a/b", "", ".hidden", "no-such-job"] {
        assert!(matches!(job(&app, id), Err(AppError::Unknown)), "{id}");
    }
}

/// The shapes of served areas take longest: those that were drawn before the end are not drawn again.
#[tokio::test(flavor = "multi_thread")]
async fn access_goes_on_after_the_areas_that_were_drawn() {
    let (folder, app) = demo().await;
    let (request, world) =
        (request(&app, AnalysisMethod::Access, "KEN-nairobi").await, app.world().await.expect("a world"));
    let made = start_job(&app, &world, request, &local(), now()).expect("a job");
    let drawn = app_job(&folder, &made.id).with_file_name("step-served-low_500.json");
    let stopped = run_job(&app, &world, &made.id, now, &|_, _| !drawn.exists());
    assert_eq!(refused(stopped.expect_err("it ended")), ["GEO004"]);
    let written = || std::fs::metadata(&drawn).and_then(|of| of.modified()).expect("it was kept");
    let before = written();
    let resumed = run_job(&app, &world, &made.id, now, &|_, _| true).expect("an answer");
    assert_eq!(written(), before);
    let (whole_job, whole) = computed(&app, AnalysisMethod::Access, "KEN-nairobi").await;
    assert_eq!(serde_json::to_value(&resumed).expect("JSON"), serde_json::to_value(&whole).expect("JSON"));
    let layer = |id: &str| std::fs::read(app_job(&folder, id).with_file_name("served.geojson")).expect("a layer");
    assert_eq!(layer(&made.id), layer(&whole_job));
}

fn app_job(folder: &TempDir, id: &str) -> std::path::PathBuf {
    folder.path().join("space").join("jobs").join(id).join("job.json")
}

#[tokio::test(flavor = "multi_thread")]
async fn access_to_clinics_and_with_choices() {
    let (_folder, app) = demo().await;
    let sample = sample_files(AnalysisMethod::Access).expect("exercise files");
    let folder = TempDir::new().expect("a folder");
    let mut settings = serde_json::Map::new();
    for file in sample.files.iter().filter(|file| file.role != "case") {
        std::fs::copy(&file.path, folder.path().join(&file.name)).expect("copied");
        settings.insert(file.role.clone(), file.name.clone().into());
    }
    std::fs::create_dir(folder.path().join("own")).expect("a folder");
    std::fs::write(folder.path().join("own/clinics.csv"), "id,lon,lat\none,36.82,-1.285\n").expect("written");
    std::fs::write(folder.path().join("gates.csv"), "id,lon,lat\ng,36.82,-1.285\n").expect("written");
    settings
        .insert("places".into(), serde_json::json!({"clinics": {"file": "own/clinics.csv", "within_m": [800, 1500]}}));
    settings.insert("gates".into(), "gates.csv".into());
    std::fs::write(folder.path().join("case.json"), serde_json::to_vec(&settings).expect("JSON")).expect("written");
    let files = case_files(folder.path()).expect("files");
    assert!(files.iter().any(|file| file.role == "places" && file.name == "clinics.csv"), "{files:?}");

    let run = async |parameters: Option<&str>| {
        let world = app.world().await.expect("a world");
        let asked = NewAnalysis {
            files: files.clone(),
            parameters: parameters.map(str::to_owned),
            ..new(AnalysisMethod::Access, "KEN-nairobi")
        };
        let request = prepare(&app, &world, &asked, &local(), now()).expect("prepared");
        let made = start_job(&app, &world, request, &local(), now()).expect("a job");
        (made.id.clone(), run_job(&app, &world, &made.id, now, &|_, _| true))
    };
    let (_, found) = run(None).await;
    let found = found.expect("an answer");
    let all = value(&found, "health_access", "KEN-nairobi", "").expect("a share");
    assert!((1.0..100.0).contains(&all), "{all}");
    let shares = found.details["places"]["clinics"]["shares"].as_array().expect("shares").clone();
    assert_eq!(shares[0]["percent"].as_f64(), Some(all), "the first distance is the figure");
    assert!(shares[1]["percent"].as_f64() > Some(all));
    assert_eq!(found.details["choices"], serde_json::json!(["places", "gates"]));

    let (_, narrow) = run(Some(r#"{"widths": {"residential": 1}, "open_space": "osm", "gates": "osm"}"#)).await;
    let narrow = narrow.expect("an answer");
    assert!(
        value(&narrow, "street_share", "KEN-nairobi", "") < value(&found, "street_share", "KEN-nairobi", ""),
        "narrow streets take less land"
    );
    let world = app.world().await.expect("a world");
    for (parameters, problem) in [
        (r#"{"colour": 1}"#, "unknown"),
        (r#"{"frequency": true}"#, "needs"),
        (r#"{"widths""#, "json"),
        (r#"[1]"#, "no_object"),
        (r#"{"widths": {"lane": 3}}"#, "street_class"),
        (r#"{"widths": {"residential": 500}}"#, "number"),
        (r#"{"frequency": {"minutes": 5}}"#, "part"),
    ] {
        let asked = NewAnalysis {
            files: files.clone(),
            parameters: Some(parameters.to_owned()),
            ..new(AnalysisMethod::Access, "KEN-nairobi")
        };
        let Err(AppError::Refused(told)) = prepare(&app, &world, &asked, &local(), now()) else {
            panic!("{parameters}")
        };
        let told: Vec<(&str, String)> = told.iter().map(|d| (d.code.id, arg(d, "problem"))).collect();
        assert_eq!(told, [("GEO005", problem.to_owned())], "{parameters}");
    }
    // A setting of the case's own file is found when it is read; the job keeps what is wrong with it.
    settings.insert("lattice_m".into(), 0.into());
    std::fs::write(folder.path().join("case.json"), serde_json::to_vec(&settings).expect("JSON")).expect("written");
    let (id, found) = run(None).await;
    assert!(found.is_err(), "squares without a side");
    let told = job_findings(&job(&app, &id).expect("a job"));
    assert_eq!(told.iter().map(|d| d.code.id).collect::<Vec<_>>(), ["GEO005"]);
    assert_eq!((arg(&told[0], "key"), arg(&told[0], "low")), ("lattice_m".to_owned(), "1".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn access_of_a_city_moves_the_plan_by_group() {
    let (_folder, app) = demo().await;
    let (id, found) = computed(&app, AnalysisMethod::Access, "KEN-nairobi").await;
    let all = value(&found, "transport_access", "KEN-nairobi", "").expect("a share");
    assert!((60.0..63.0).contains(&all), "{all}");
    let women = value(&found, "transport_access", "KEN-nairobi", "sex=female").expect("a share");
    let men = value(&found, "transport_access", "KEN-nairobi", "sex=male").expect("a share");
    assert!((women.min(men)..=women.max(men)).contains(&all), "{women} {men}");
    let layers: Vec<&str> = found.layers.iter().map(|layer| layer.id.as_str()).collect();
    assert_eq!(layers, ["area", "open_space", "cells", "served", "stops"]);
    let indicators = published(&app, &id, false).await;
    assert!(indicators.contains(&"I-2629-X9".to_owned()), "{indicators:?}");
    let world = app.world().await.expect("a world");
    let on = "2026-11-22".parse().expect("a day");
    let sheet = app::indicator_sheet(&world, &Id::new("I-2629-X9"), on).expect("an indicator");
    let latest = sheet.standing.actual.as_ref().and_then(|figure| figure.answer.value()).expect("a figure");
    assert!((latest - all).abs() < 0.01, "{latest} {all}");
    let profile = app::place_profile(&world, &Id::new("KEN-nairobi"), on).expect("a place");
    let measured = profile.measured.iter().find(|m| m.indicator.id.as_str() == "I-2629-X9").expect("measured");
    assert!(measured.groups.len() >= 5, "{:?}", measured.groups.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_cannot_be_computed_is_refused_before_it_begins() {
    let (folder, app) = demo().await;
    let world = app.world().await.expect("a world");
    let sample = sample_files(AnalysisMethod::Land).expect("exercise files");
    let land = NewAnalysis { files: sample.files.clone(), ..new(AnalysisMethod::Land, "KEN") };
    let codes = |new: &NewAnalysis| refused(prepare(&app, &world, new, &local(), now()).expect_err("refused"));
    assert_eq!(codes(&NewAnalysis { place: Id::new("Atlantis"), ..land.clone() }), ["GEO012"]);
    assert_eq!(codes(&NewAnalysis { since: None, ..land.clone() }), ["GEO005"]);
    assert_eq!(codes(&NewAnalysis { since: Period::parse("2030"), ..land.clone() }), ["GEO005"]);
    assert_eq!(codes(&NewAnalysis { parameters: Some("{".into()), ..land.clone() }), ["GEO005"]);
    assert_eq!(codes(&NewAnalysis { files: Vec::new(), ..land.clone() }), ["GEO012"; 4]);
    let mut stray = land.clone();
    stray.files[0].role = "weather".into();
    assert_eq!(codes(&stray), ["GEO012", "GEO012"]);
    let mut missing = land.clone();
    missing.files[0].path = folder.path().join("nothing.tif");
    assert_eq!(codes(&missing), ["GEO012"]);
    // A file that pretends to be a grid is found when it is read, and the job says so.
    let mut pretends = land.clone();
    let path = folder.path().join("not.tif");
    std::fs::write(&path, b"II*\0 and no more").expect("written");
    pretends.files[0].path = path;
    let request = prepare(&app, &world, &pretends, &local(), now()).expect("kept");
    with_boundaries(&app).await;
    let world = app.world().await.expect("a world");
    let made = start_job(&app, &world, request, &local(), now()).expect("a job");
    assert_eq!(refused(run_job(&app, &world, &made.id, now, &|_, _| true).expect_err("no grid")), ["GEO002"]);
    // It names the file as its owner does, and no folder of this node.
    let faults = job_findings(&job(&app, &made.id).expect("the job"));
    let told = locale::explained(model::value::Lang::Zh, &faults[0]).message;
    assert!(told.contains("POP_2015.tif") && !told.contains("inputs"), "{told}");
    // Nor can land be people, people be land, or a grid be of another country.
    for (change, code) in [
        ((|new: &mut NewAnalysis| new.files[0].role = "land".into()) as fn(&mut NewAnalysis), "GEO018"),
        (|new| new.place = Id::new("HTI"), "GEO017"),
    ] {
        let sample = sample_files(AnalysisMethod::Urbanisation).expect("exercise files");
        let mut wrong = NewAnalysis { files: sample.files.clone(), ..self::new(AnalysisMethod::Urbanisation, "KEN") };
        change(&mut wrong);
        // The land takes the people's place.
        if wrong.files[0].role == "land" {
            wrong.files[1].role = "population".into();
        }
        let request = prepare(&app, &world, &wrong, &local(), now()).expect("kept");
        let made = start_job(&app, &world, request, &local(), now()).expect("a job");
        assert_eq!(refused(run_job(&app, &world, &made.id, now, &|_, _| true).expect_err("implausible")), [code]);
    }
    // Somebody who has not signed in computes nothing.
    assert!(matches!(prepare(&app, &world, &land, &Actor::Public, now()), Err(AppError::SignedOut)));
}
