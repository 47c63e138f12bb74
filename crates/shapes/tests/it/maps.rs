//! Maps: what must be in each of them, the world package, and the same bytes for the same input.

use std::{collections::BTreeMap, path::PathBuf};

use geo::{Coord, Geometry};
use shapes::draw::*;
use shapes::{BoundaryClass, Crs, Feature, Field, FieldKind, Layer, Value, World};

fn world(scale: &str) -> World {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/world"))
        .join(format!("world-{scale}.topo.json"));
    World::from_topojson(scale, &std::fs::read(path).unwrap()).unwrap()
}

fn texts() -> Texts {
    Texts {
        title: "Access to <transport>".into(),
        description: "From 0 to 100 percent; 3 without data.".into(),
        subtitle: "World, 2020".into(),
        unit: "Percent".into(),
        class_labels: vec![],
        no_data: "No data".into(),
        not_applicable: "Not applicable".into(),
        estimated: "Estimated".into(),
        notes: vec!["A note.".into()],
        sources: vec!["Source: test.".into()],
        disclaimer: "The boundaries shown do not imply endorsement.".into(),
        table: Some(Link { href: "#table".into(), text: "Table".into() }),
        metres: "m".into(),
        kilometres: "km".into(),
        language: "en".into(),
        direction: Direction::LeftToRight,
    }
}

fn place(value: f64, status: Status) -> Place {
    Place { value: Some(value), status, label: format!("place: {value}") }
}

/// A value for every country with a code.
fn places(world: &World) -> BTreeMap<String, Place> {
    let joined = world.countries.iter().filter_map(|country| country.joins.clone());
    joined.enumerate().map(|(at, key)| (key, place((at * 7 % 101) as f64, Status::Measured))).collect()
}

fn draw(places: &BTreeMap<String, Place>, texts: &Texts) -> Result<Drawing, Refusal> {
    let ground = Ground::world(&world("110m"), &WorldView::page(960.0))?;
    choropleth("m1", &ground, &Classes::percent(), Palette::YellowGreenBlue, places, texts)
}

#[test]
fn a_world_map_has_what_it_must_have() {
    let drawing = draw(&places(&world("110m")), &texts()).unwrap();
    let svg = &drawing.svg;
    for part in [
        "role=\"img\"",
        "aria-labelledby=\"m1-title m1-desc\"",
        "<title id=\"m1-title\">Access to &lt;transport&gt;</title>",
        "<desc id=\"m1-desc\">From 0 to 100 percent; 3 without data.</desc>",
        "The boundaries shown do not imply endorsement.",
        "Source: test.",
        "href=\"#table\"",
        "id=\"m1-KEN\"",
        "url(#m1-hatch)",
        "stroke-dasharray=\"4 2\"",
        "stroke-dasharray=\"1 2\"",
    ] {
        assert!(svg.contains(part), "{part}");
    }
    assert!(svg.len() < 250_000, "{}", svg.len());
    assert_eq!(svg, &draw(&places(&world("110m")), &texts()).unwrap().svg, "the same bytes twice");
    // All ids begin with the prefix and none comes twice.
    let mut ids: Vec<&str> = svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let n = ids.len();
    assert!(ids.iter().all(|id| id.starts_with("m1-")));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n);
    is_well_formed(svg);
}

/// Tags close in the order in which they open.
fn is_well_formed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap();
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn every_place_with_a_value_is_drawn_or_named() {
    let mut given = places(&world("110m"));
    given.insert("XXX".into(), place(5.0, Status::Measured));
    let drawing = draw(&given, &texts()).unwrap();
    // Antarctica is left out, and nobody knows XXX.
    assert_eq!(drawing.not_shown, ["ATA", "XXX"]);
    for small in ["TUV", "MDV", "SGP", "LIE", "BRB"] {
        let tag = drawing.svg.split("<circle").find(|tag| tag.contains(&format!("id=\"m1-{small}\"")));
        assert!(tag.is_some() || drawing.svg.contains(&format!("<path id=\"m1-{small}\"")), "{small}");
    }
}

#[test]
fn legends_are_right_when_values_are_few() {
    let none = draw(&BTreeMap::new(), &texts()).unwrap().svg;
    assert!(none.contains("0 – 20 (0)") && none.contains("No data (2"), "counts");
    let one: BTreeMap<_, _> = [("KEN".to_owned(), place(20.0, Status::Measured))].into();
    assert!(draw(&one, &texts()).unwrap().svg.contains("20 – 40 (1)"), "a value on a break is in the upper class");
    let high: BTreeMap<_, _> = [("KEN".to_owned(), place(100.0, Status::Estimated))].into();
    let svg = draw(&high, &texts()).unwrap().svg;
    assert!(svg.contains("80 – 100 (1)") && svg.contains("Estimated (1)"));
    let hidden: BTreeMap<_, _> = [("KEN".to_owned(), place(50.0, Status::Suppressed))].into();
    assert!(draw(&hidden, &texts()).unwrap().svg.contains("40 – 60 (0)"), "what is suppressed is not drawn");
    let outside: BTreeMap<_, _> = [("KEN".to_owned(), place(101.0, Status::Measured))].into();
    assert_eq!(draw(&outside, &texts()).unwrap_err(), Refusal::OutsideOfClasses { key: "KEN".into(), value: 101.0 });
}

#[test]
fn what_is_missing_is_refused() {
    let given = places(&world("110m"));
    let without = |change: fn(&mut Texts)| {
        let mut texts = texts();
        change(&mut texts);
        draw(&given, &texts).unwrap_err().to_string()
    };
    assert!(without(|texts| texts.disclaimer.clear()).contains("disclaimer"));
    assert!(without(|texts| texts.title.clear()).contains("title"));
    assert!(without(|texts| texts.description = " ".into()).contains("description"));
    let ground = Ground::world(&world("110m"), &WorldView::page(960.0)).unwrap();
    for prefix in ["", "1a", "a\"b", "a b"] {
        let refused = choropleth(prefix, &ground, &Classes::percent(), Palette::Blues, &given, &texts());
        assert!(matches!(refused, Err(Refusal::Prefix(_))), "{prefix}");
    }
    assert!(matches!(Ground::world(&world("110m"), &WorldView::page(1e9)), Err(Refusal::Width(_))));
}

#[test]
fn a_language_from_the_right_mirrors_words_and_not_the_map() {
    let given = places(&world("110m"));
    let left = draw(&given, &texts()).unwrap().svg;
    let right =
        draw(&given, &Texts { direction: Direction::RightToLeft, language: "ar".into(), ..texts() }).unwrap().svg;
    assert!(right.contains("direction=\"rtl\"") && right.contains("lang=\"ar\""));
    let kenya = |svg: &str| svg.split("id=\"m1-KEN\" d=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(kenya(&left), kenya(&right));
}

#[test]
fn small_multiples_hold_each_shape_once() {
    let ground = Ground::world(&world("110m"), &WorldView::page(300.0)).unwrap();
    let given = places(&world("110m"));
    let panels: Vec<_> = (0..6).map(|n| Panel { title: format!("{}", 2000 + n), places: given.clone() }).collect();
    let draw =
        |panels: &[Panel]| multiples("m", &ground, 3, &Classes::percent(), Palette::YellowGreenBlue, panels, &texts());
    let svg = draw(&panels).unwrap().svg;
    assert_eq!(svg.matches("<path id=\"m-s").count() * 6, svg.matches("<use href=\"#m-s").count());
    assert_eq!(svg.matches("No data").count(), 1, "one legend");
    assert!(svg.len() < 250_000, "{}", svg.len());
    is_well_formed(&svg);
    assert!(matches!(draw(&[]), Err(Refusal::Panels { .. })));
}

fn district(name: &str, x: f64) -> Feature {
    let shape = Geometry::Rect(geo::Rect::new((x, 10.0), (x + 1.0, 11.0)));
    Feature { id: 1, shape: Some(shape), values: vec![Value::Text(name.into())] }
}

fn districts() -> Layer {
    Layer {
        name: "districts".into(),
        crs: Crs::Wgs84,
        fields: vec![Field { name: "name".into(), kind: FieldKind::Text }],
        features: vec![district("A", 179.0), district("B & Co", -180.0)],
    }
}

#[test]
fn districts_on_both_sides_of_the_antimeridian_are_neighbours() {
    let layer = districts();
    let ground = Ground::areas(&Areas { layer: &layer, key: "name", name: "name", width: 400.0 }).unwrap();
    assert_eq!(ground.keys().collect::<Vec<_>>(), ["A", "B & Co"]);
    let given = [("A".to_owned(), place(5.0, Status::Measured))].into();
    let texts = Texts { disclaimer: String::new(), ..texts() };
    let svg = choropleth("d", &ground, &Classes::percent(), Palette::Cividis, &given, &texts).unwrap().svg;
    assert!(svg.contains("50 km"), "a scale bar");
    assert!(svg.contains("B &amp; Co: No data") && svg.contains("id=\"d--1\""));
    // Two degrees wide and one high: half as high as wide, so both lie side by side.
    let height: f64 = svg.split("viewBox=\"-6 0 412 ").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    assert!(height < 480.0, "{height}");
    is_well_formed(&svg);
    let crossing = ground.with_international_boundaries();
    assert!(choropleth("d", &crossing, &Classes::percent(), Palette::Cividis, &given, &texts).is_err());
}

#[test]
fn cells_of_one_class_are_one_rectangle() {
    let layer = districts();
    let ground = Ground::around(&Layer { features: vec![district("A", 20.0)], ..layer }, 400.0).unwrap();
    let colours = Palette::YellowGreenBlue.colours(5).unwrap();
    let grid = |classes: &[u8]| {
        let cells = Cells {
            crs: &Crs::Wgs84,
            origin: Coord { x: 20.0, y: 11.0 },
            side: 0.1,
            n_cols: 10,
            classes,
            colours: &colours,
        };
        layered("c", &ground, &[MapLayer::Cells(cells)], &[], &texts()).map(|drawing| drawing.svg)
    };
    let svg = grid(&[2; 100]).unwrap();
    let path = svg.split("crispEdges\"><path").nth(1).unwrap().split("/>").next().unwrap();
    assert_eq!(path.matches('M').count(), 1, "{path}");
    assert!(!grid(&[200; 100]).unwrap().contains("crispEdges\"><path"), "no class, no cell");
    assert!(matches!(grid(&[0; 95]), Err(Refusal::Grid { .. })));
    // A chess board of a thousand by a thousand stays a picture.
    let board: Vec<u8> = (0..1_000_000_u32).map(|at| ((at % 1000 + at / 1000) % 2) as u8).collect();
    let cells = Cells {
        crs: &Crs::Wgs84,
        origin: Coord { x: 20.0, y: 11.0 },
        side: 0.001,
        n_cols: 1000,
        classes: &board,
        colours: &colours,
    };
    let svg = layered("c", &ground, &[MapLayer::Cells(cells)], &[], &texts()).unwrap().svg;
    assert!(svg.len() < 4_000_000, "{}", svg.len());
}

/// A ground of one degree, and a layer of one area that covers a quarter of it.
fn one_degree() -> (Ground, Geometry<f64>) {
    let ground = Ground::around(&Layer { features: vec![district("A", 20.0)], ..districts() }, 400.0).unwrap();
    (ground, Geometry::Rect(geo::Rect::new((20.2, 10.2), (20.7, 10.7))))
}

fn label(x: f64, y: f64, text: &str) -> Label {
    Label { at: Coord { x, y }, text: text.into(), gap: 4.0 }
}

#[test]
fn names_stand_beside_their_places_and_never_over_each_other() {
    let (ground, _) = one_degree();
    let draw = |labels: &[Label], texts: &Texts| {
        let layer = MapLayer::Labels { crs: &Crs::Wgs84, labels: labels.to_vec() };
        layered("n", &ground, &[layer], &[], texts).unwrap().svg
    };
    let of = |svg: &str| {
        let names = svg.split("class=\"map-names\"").nth(1).map(|rest| rest.split("</g>").next().unwrap().to_owned());
        names.unwrap_or_default()
    };
    let places = [
        label(20.5, 10.5, "First & foremost"),
        label(20.5, 10.503, "Second"),
        label(20.97, 10.2, "At the edge"),
        label(25.0, 10.2, "Elsewhere"),
        label(20.2, 10.2, " "),
    ];
    let svg = draw(&places, &texts());
    is_well_formed(&svg);
    assert_eq!(svg, draw(&places, &texts()), "the same bytes twice");
    let names = of(&svg);
    assert!(names.contains(">First &amp; foremost</text>") && names.contains("At the edge"), "{names}");
    assert_eq!(names.matches("<text").count(), names.matches("</text>").count());
    assert!(!names.contains("Elsewhere"), "what is not in view has no name: {names}");
    // At the right of its place where there is room, else at the left, which ends there.
    assert!(names.contains("\">First"), "{names}");
    assert!(names.contains("text-anchor=\"end\">At the edge"), "{names}");
    // A hundred places in one spot: as many names as there is room for, the first one among them.
    let crowd: Vec<Label> = (0..100).map(|n| label(20.5, 10.5 + f64::from(n) * 1e-5, &format!("Place {n}"))).collect();
    let names = of(&draw(&crowd, &texts()));
    let n = names.matches("<text").count();
    assert!((1..=4).contains(&n) && names.contains(">Place 0<"), "{n}: {names}");
    // In a language from the right a text begins at its right side.
    let right = Texts { direction: Direction::RightToLeft, language: "ar".into(), ..texts() };
    let names = of(&draw(&[label(20.5, 10.5, "نيروبي")], &right));
    assert!(names.contains("text-anchor=\"end\">نيروبي"), "{names}");
    assert_eq!(of(&draw(&[], &texts())), "");
}

#[test]
fn an_area_without_a_value_has_the_hatch_and_not_a_colour() {
    let (ground, area) = one_degree();
    let style = |fill| AreaStyle { fill: Some(fill), opacity: 0.85, outline: None };
    let styles = vec![style(Fill::Colour(Colour(0xfe9929))), style(Fill::Hatch)];
    let draw = |class: usize| {
        let layer = MapLayer::Areas { crs: &Crs::Wgs84, areas: vec![(&area, class)], styles: styles.clone() };
        layered("h", &ground, &[layer], &[], &texts()).unwrap().svg
    };
    assert!(draw(1).contains("fill=\"url(#h-hatch)\"") && !draw(1).contains("#fe9929"));
    assert!(draw(0).contains("fill=\"#fe9929\"") && !draw(0).contains("url(#h-hatch)"));
}

#[test]
fn maps_of_layers_over_time_have_one_ground_one_scale_and_one_legend() {
    let (ground, area) = one_degree();
    let fill = |colour| AreaStyle { fill: Some(Fill::Colour(Colour(colour))), opacity: 1.0, outline: None };
    let layer = |colour| MapLayer::Areas { crs: &Crs::Wgs84, areas: vec![(&area, 0)], styles: vec![fill(colour)] };
    let legend = [LegendEntry { sign: Sign::Area(Colour(0x253494)), label: "Urban centres".into(), count: None }];
    let draw = |n: i32, texts: &Texts| {
        let panel = |n| LayeredPanel { title: format!("{}", 2015 + 10 * n), layers: vec![layer(0x253494)] };
        let panels: Vec<LayeredPanel<'_>> = (0..n).map(panel).collect();
        layered_multiples("t", &ground, 2, &[layer(0xecece6)], &panels, &legend, texts)
    };
    let svg = draw(3, &texts()).unwrap().svg;
    is_well_formed(&svg);
    assert_eq!(svg, draw(3, &texts()).unwrap().svg, "the same bytes twice");
    for (part, n) in [
        ("<use href=\"#t-below\"/>", 3),
        ("#ecece6", 1),
        (">Urban centres</text>", 1),
        (" km</text>", 1),
        (">2015</text>", 1),
        (">2035</text>", 1),
        ("The boundaries shown do not imply endorsement.", 1),
    ] {
        assert_eq!(svg.matches(part).count(), n, "{part}");
    }
    // Time begins where reading begins.
    let at = |svg: &str| {
        let before = svg.split(">2015</text>").next().unwrap().rsplit("translate(").next().unwrap().to_owned();
        before.split(' ').next().unwrap().parse::<f64>().unwrap()
    };
    assert_eq!(at(&svg), 0.0);
    let right = Texts { direction: Direction::RightToLeft, ..texts() };
    assert!(at(&draw(3, &right).unwrap().svg) > 400.0);
    assert!(matches!(draw(0, &texts()), Err(Refusal::Panels { .. })));
    let crossing = Ground::around(&Layer { features: vec![district("A", 20.0)], ..districts() }, 400.0).unwrap();
    let crossing = crossing.with_international_boundaries();
    let silent = Texts { disclaimer: String::new(), ..texts() };
    assert!(
        layered_multiples("t", &crossing, 2, &[], &[], &[], &silent).unwrap_err().to_string().contains("disclaimer")
    );
}

#[test]
fn equal_values_make_one_class_and_one_missing_is_counted() {
    let world = world("110m");
    let ground = Ground::world(&world, &WorldView::page(960.0)).unwrap();
    let mut given = places(&world);
    given.values_mut().for_each(|place| place.value = Some(7.0));
    let n = given.keys().filter(|key| ground.keys().any(|drawn| drawn == *key)).count();
    given.get_mut("KEN").unwrap().status = Status::Missing;
    let classes = Classes::from_values(ClassRule::Quantiles, &[7.0; 50], 5).unwrap();
    assert_eq!(classes.n_classes(), 1);
    let drawing = choropleth("e", &ground, &classes, Palette::YellowGreenBlue, &given, &texts()).unwrap();
    // Antarctica has a value and is not drawn; it is counted and named.
    assert_eq!(drawing.not_shown, ["ATA"]);
    assert!(drawing.svg.contains(&format!(" ({})</text>", n)), "{n} of one class");
    assert!(drawing.svg.contains("id=\"e-KEN\""));
}

#[test]
fn islands_on_both_sides_of_the_cut_are_two_pieces() {
    let view = WorldView { width: 960.0, centre: 0.0, antarctica: Antarctica::LeftOut, interior: Interior::LeftOut };
    let ground = Ground::world(&world("50m"), &view).unwrap();
    let given = [("FJI".to_owned(), place(50.0, Status::Measured))].into();
    let svg = choropleth("f", &ground, &Classes::percent(), Palette::Blues, &given, &texts()).unwrap().svg;
    let d = svg.split("id=\"f-FJI\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    let starts: Vec<f64> =
        d.split('M').skip(1).map(|ring| ring.split(['l', ' ']).next().unwrap().parse().unwrap()).collect();
    assert!(starts.iter().any(|x| *x < 60.0) && starts.iter().any(|x| *x > 900.0), "{starts:?}");
    assert!(steps(d).iter().all(|step| *step < 20.0), "a streak");
}

/// A world of two countries and the line between them.
fn small_world(change: impl Fn(&mut Layer, &mut Layer)) -> Result<World, String> {
    let text = |text: &str| Value::Text(text.into());
    let fields = |names: &[&str]| -> Vec<Field> {
        names.iter().map(|name| Field { name: (*name).into(), kind: FieldKind::Text }).collect()
    };
    let area = |id: i64, x: f64, code: &str| Feature {
        id,
        shape: Some(Geometry::Rect(geo::Rect::new((x, 0.0), (x + 10.0, 10.0)))),
        values: vec![text(code), text(code), text(code), text("Official 7"), text(&format!("About {code}."))],
    };
    let mut countries = Layer {
        name: "countries".into(),
        crs: Crs::Wgs84,
        fields: fields(&["code", "name", "joins", "version", "note_en"]),
        features: vec![area(1, 30.0, "KEN"), area(2, 40.0, "SOM")],
    };
    let line = geo::LineString::from(vec![(40.0, 0.0), (40.0, 10.0)]);
    let mut boundaries = Layer {
        name: "boundaries".into(),
        crs: Crs::Wgs84,
        fields: fields(&["class", "interior_to"]),
        features: vec![Feature { id: 1, shape: Some(line.into()), values: vec![text("disputed"), Value::Missing] }],
    };
    change(&mut countries, &mut boundaries);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("official.gpkg");
    shapes::write_geopackage(&path, &[countries, boundaries]).unwrap();
    World::read_package(&path).map_err(|fault| fault.to_string())
}

#[test]
fn another_world_is_read_or_refused_with_its_feature() {
    let world = small_world(|_, _| {}).unwrap();
    assert_eq!((world.version.as_str(), world.countries.len()), ("Official 7", 2));
    assert_eq!(world.boundaries[0].class, BoundaryClass::Disputed);
    assert_eq!(world.countries[0].said["en"], "About KEN.");
    assert!(world.frame_of("SOM").is_some());
    let text = |text: &str| Value::Text(text.into());
    let set = |at: usize, column: usize, value: Value| {
        small_world(|countries, _| countries.features[at].values[column] = value.clone()).unwrap_err()
    };
    for (refused, parts) in [
        (set(1, 0, text("KEN")), &["countries", "feature 2", "KEN comes twice"][..]),
        (set(1, 0, Value::Missing), &["feature 2", "no code"][..]),
        (set(0, 1, Value::Missing), &["feature 1", "no name"][..]),
        (
            small_world(|_, lines| lines.features[0].values[0] = text("wall")).unwrap_err(),
            &["boundaries", "feature 1", "wall", "line_of_control"][..],
        ),
        (small_world(|_, lines| lines.features.clear()).unwrap_err(), &["boundaries", "no feature"][..]),
        (
            small_world(|countries, _| countries.features.iter_mut().for_each(|f| f.values[3] = Value::Missing))
                .unwrap_err(),
            &["no version"][..],
        ),
        (
            small_world(|countries, _| countries.features.iter_mut().for_each(|f| f.values[2] = Value::Missing))
                .unwrap_err(),
            &["joins"][..],
        ),
        (
            small_world(|countries, _| {
                countries.features[1].shape = Some(Geometry::Rect(geo::Rect::new((4e6, 0.0), (5e6, 1e6))));
            })
            .unwrap_err(),
            &["feature 2", "longitude and latitude"][..],
        ),
    ] {
        for part in parts.iter().chain(&["official.gpkg"]) {
            assert!(refused.contains(part), "{part}: {refused}");
        }
    }
}

#[test]
fn the_world_package_is_complete_and_small() {
    let mut n_bytes = 0;
    for scale in ["110m", "50m"] {
        let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/world"));
        n_bytes += std::fs::metadata(path.join(format!("world-{scale}.topo.json"))).unwrap().len();
        let world = world(scale);
        assert!(world.version.contains(&format!("1:{scale}")));
        let of = |code: &str| world.countries.iter().find(|country| country.code == code).unwrap();
        assert!(world.countries.iter().all(|country| country.shape.is_some()));
        assert!(world.countries.len() >= 230, "{}", world.countries.len());
        // Crimea, by resolution 68/262 of the General Assembly.
        use geo::Contains as _;
        let crimea = geo::point!(x: 34.3, y: 45.2);
        assert!(of("UKR").shape.as_ref().unwrap().contains(&crimea));
        assert!(!of("RUS").shape.as_ref().unwrap().contains(&crimea));
        assert_eq!(of("SAH").joins.as_deref(), Some("ESH"));
        assert_eq!(of("SOL").joins.as_deref(), Some("SOM"));
        assert_eq!(of("KOS").joins, None);
        assert!(world.boundaries.iter().any(|line| line.class == BoundaryClass::LineOfControl));
        assert!(world.boundaries.iter().any(|line| line.class == BoundaryClass::Disputed));
    }
    assert!(n_bytes < 700_000, "{n_bytes}");
}

#[test]
fn nothing_streaks_across_the_map() {
    for (scale, centre) in [("110m", 11.0), ("50m", 0.0), ("50m", 11.0), ("50m", 150.0)] {
        let view = WorldView { width: 960.0, centre, antarctica: Antarctica::Shown, interior: Interior::Drawn };
        let ground = Ground::world(&world(scale), &view).unwrap();
        let svg =
            choropleth("w", &ground, &Classes::percent(), Palette::Blues, &BTreeMap::new(), &texts()).unwrap().svg;
        // Steps of path data: none is longer than a third of the width but along the edge of Antarctica.
        for path in svg.split(" id=\"w-").skip(1).filter(|tag| !tag.starts_with("ATA")) {
            let Some(d) = path.split(" d=\"").nth(1).and_then(|d| d.split('"').next()) else { continue };
            for step in steps(d) {
                assert!(step < 320.0, "{scale} {centre}: {} {step}", &path[..3]);
            }
        }
    }
}

/// Lengths of the steps of path data.
fn steps(d: &str) -> Vec<f64> {
    let mut lengths = Vec::new();
    for ring in d.split('M').skip(1) {
        let Some((_, rest)) = ring.trim_end_matches('z').split_once('l') else { continue };
        let mut numbers: Vec<f64> = Vec::new();
        let mut number = String::new();
        for sign in rest.chars().chain([' ']) {
            if (sign == ' ' || sign == '-') && !number.is_empty() {
                numbers.push(number.parse().unwrap());
                number.clear();
            }
            if sign != ' ' {
                number.push(sign);
            }
        }
        lengths.extend(numbers.chunks_exact(2).map(|pair| pair[0].hypot(pair[1])));
    }
    lengths
}

/// Two cities on the world: one with a value and one without.
fn cities() -> Vec<PlacePoint> {
    let at = |key: &str, x: f64, y: f64, place: Place| PlacePoint { key: key.into(), at: Coord { x, y }, place };
    vec![
        at("KEN-nairobi", 36.8167, -1.2833, Place { label: "Nairobi <1>".into(), ..place(61.5, Status::Estimated) }),
        at("x y", 0.0, 51.5, place(50.0, Status::Suppressed)),
        at("south", 0.0, -89.0, place(1.0, Status::Measured)),
    ]
}

#[test]
fn points_lie_on_the_ground_in_the_colour_of_their_class() {
    let ground = Ground::world(&world("110m"), &WorldView::page(960.0)).unwrap();
    let draw = |places: &BTreeMap<String, Place>| {
        symbols("s", &ground, &Classes::percent(), Palette::YellowGreenBlue, places, &cities(), &texts()).unwrap()
    };
    let drawing = draw(&BTreeMap::new());
    let svg = &drawing.svg;
    is_well_formed(svg);
    assert_eq!(svg, &draw(&BTreeMap::new()).svg, "the same bytes twice");
    // Equal Earth around 11° E: Nairobi is 25.8° east of the middle, a little below the equator.
    let nairobi = svg.split("id=\"s-KEN-nairobi\" cx=\"").nth(1).unwrap();
    let x: f64 = nairobi.split('"').next().unwrap().parse().unwrap();
    assert!((x - (480.0 + 960.0 * 25.8167 / 360.0)).abs() < 0.3, "{x}");
    assert!(nairobi.starts_with(&format!("{x}")) && nairobi.contains("fill=\"#2c7fb8\"><title>Nairobi &lt;1&gt;"));
    assert!(svg.contains("60 – 80 (1)") && svg.contains("No data (1)") && svg.contains("Estimated (1)"), "counts");
    assert!(!svg.contains("id=\"s-KEN\""), "areas are ground alone");
    assert_eq!(drawing.not_shown, ["south"]);
    // With values of countries too, both are classed and counted together.
    let both = draw(&[("KEN".to_owned(), place(70.0, Status::Measured))].into()).svg;
    assert!(both.contains("60 – 80 (2)") && both.contains("id=\"s-KEN\""));
}

#[test]
fn a_country_is_framed_without_its_far_islands() {
    let world = world("50m");
    for (country, west, east) in [("KEN", 33.9, 41.9), ("FRA", -5.2, 9.6), ("FJI", 174.6, 181.8), ("NZL", 165.9, 183.9)]
    {
        let frame = world.frame_of(country).unwrap();
        assert!((frame.west - west).abs() < 1.0 && (frame.east - east).abs() < 1.0, "{country}: {frame:?}");
    }
    assert_eq!(world.frame_of("XXX"), None);
    let around = world.around(&world.frame_of("KEN").unwrap().with_margin(0.3, 1.0));
    let texts = |at: usize| {
        around.features.iter().filter_map(move |feature| match &feature.values[at] {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    };
    assert!(texts(2).any(|joins| joins == "KEN") && texts(2).any(|joins| joins == "UGA"));
    assert!(texts(0).any(|part| part == "coast") && texts(4).any(|class| class == "international"));
    assert!(!texts(2).any(|joins| joins == "BRA"), "what is far away is left out");
}
