//! Laws: what is written is read back, whatever it is; cutting, projecting and simplifying keep what they must.

use geo::{Area as _, Coord, Geometry, LineString, MapCoords as _, MultiPolygon, Polygon};
use proptest::prelude::*;
use shapes::{
    Crs, Feature, Field, FieldKind, Layer, Value,
    antimeridian::{crosses_antimeridian, split_antimeridian},
    geopackage_bytes,
    project::{Projection, geodesic_area_m2},
    read_bytes, simplify,
    topology::{Problem, Rules, check, self_crossings},
    write_geojson_to,
};

/// A star around a place: a simple polygon whatever the radii.
fn star(west: f64, east: f64) -> impl Strategy<Value = Polygon<f64>> {
    (west..east, -60.0..60.0_f64, proptest::collection::vec(0.5..8.0_f64, 3..24)).prop_map(|(x, y, radii)| {
        let n = radii.len() as f64;
        let ring = radii.iter().enumerate().map(|(at, radius)| {
            let (sin, cos) = (at as f64 / n * std::f64::consts::TAU).sin_cos();
            Coord { x: x + radius * cos, y: y + radius * sin }
        });
        Polygon::new(LineString(ring.collect()), vec![])
    })
}

fn value(kind: FieldKind) -> BoxedStrategy<Value> {
    let some = match kind {
        FieldKind::Whole => any::<i64>().prop_map(Value::Whole).boxed(),
        FieldKind::Number => {
            // A fraction, so that no reader takes the column for whole numbers.
            any::<i32>().prop_map(|n| Value::Number(f64::from(n) + 0.5)).boxed()
        }
        FieldKind::Text => "[^\u{0}]{1,12}".prop_map(Value::Text).boxed(),
        FieldKind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
    };
    prop_oneof![1 => Just(Value::Missing), 4 => some].boxed()
}

fn layer() -> impl Strategy<Value = Layer> {
    let kinds = [FieldKind::Whole, FieldKind::Number, FieldKind::Text, FieldKind::Flag];
    let feature = (proptest::option::of(star(-150.0, 150.0)), kinds.map(value));
    proptest::collection::vec(feature, 1..6).prop_map(move |rows| {
        let features = (1_i64..).zip(rows).map(|(id, (shape, values))| Feature {
            id,
            shape: shape.map(Geometry::Polygon),
            values: values.into(),
        });
        Layer {
            name: "layer".into(),
            crs: Crs::Wgs84,
            fields: kinds.iter().map(|kind| Field { name: format!("{kind:?}"), kind: *kind }).collect(),
            features: features.collect(),
        }
    })
}

/// The same outline in degrees, each edge of the outer ring in a hundred pieces.
fn in_short_pieces(area: &Polygon<f64>) -> Polygon<f64> {
    let piece = |line: geo::Line<f64>| (0..100).map(move |i| line.start + line.delta() * (f64::from(i) / 100.0));
    Polygon::new(area.exterior().lines().flat_map(piece).collect(), Vec::new())
}

/// Rings over few corners: they cross, touch and run back on themselves in every way.
fn scribble() -> impl Strategy<Value = Polygon<f64>> {
    proptest::collection::vec((0..6_i8, 0..6_i8), 3..12).prop_map(|corners| {
        let ring = corners.iter().map(|(x, y)| Coord { x: f64::from(*x), y: f64::from(*y) });
        Polygon::new(LineString(ring.collect()), vec![])
    })
}

/// A layer of one shape.
fn layer_of(shape: &Polygon<f64>) -> Layer {
    let features = vec![Feature { id: 1, shape: Some(Geometry::Polygon(shape.clone())), values: vec![] }];
    Layer { name: "l".into(), crs: Crs::Mollweide, fields: vec![], features }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_quick_look_for_crossings_overlooks_none(shape in scribble(), sound in star(-100.0, 100.0)) {
        let report = check(&layer_of(&shape), &Rules::municipalities(None)).unwrap();
        let crosses = report.findings.iter().any(|finding| finding.problem == Problem::SelfCrossing);
        // A ring without area is told as such by the one and as a crossing by the other.
        prop_assert!(!crosses || self_crossings(&layer_of(&shape), None).len() == 1, "{report:?}");
        prop_assert!(self_crossings(&layer_of(&sound), None).is_empty());
    }

    #[test]
    fn a_geopackage_gives_the_layer_back(layer in layer()) {
        let bytes = geopackage_bytes("a.gpkg", std::slice::from_ref(&layer)).unwrap();
        prop_assert_eq!(read_bytes("a.gpkg", &bytes, None).unwrap(), layer);
    }

    #[test]
    fn geojson_gives_the_layer_back(layer in layer()) {
        let mut bytes = Vec::new();
        write_geojson_to(&mut bytes, "a.geojson", &layer).unwrap();
        let back = read_bytes("a.geojson", &bytes, None).unwrap();
        for (before, after) in layer.features.iter().zip(&back.features) {
            prop_assert_eq!(&before.shape, &after.shape);
            // A column without any value has no kind in the file, but its values are the same.
            prop_assert_eq!(&before.values, &after.values);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), magic in 0..5_usize) {
        let magics: [&[u8]; 5] = [b"", b"fgb\x03fgb\x01", b"\0\0\x27\x0a", b"{\"type\":\"Topology\",", b"PK\x03\x04"];
        let mut file = magics[magic].to_vec();
        file.extend(bytes);
        let _ = read_bytes("a", &file, None);
    }

    #[test]
    fn a_cut_at_the_antimeridian_keeps_the_area(area in star(172.0, 188.0)) {
        let before = area.unsigned_area();
        let split = split_antimeridian(&Geometry::Polygon(area.clone()));
        prop_assert!((split.unsigned_area() - before).abs() < 1e-9 * before.max(1.0));
        prop_assert!(!crosses_antimeridian(&split));
        // The same shape written with longitudes within the world.
        let wrapped = area.map_coords(|at| Coord { x: if at.x > 180.0 { at.x - 360.0 } else { at.x }, y: at.y });
        let again = split_antimeridian(&Geometry::Polygon(wrapped));
        prop_assert!((again.unsigned_area() - before).abs() < 1e-9 * before.max(1.0));
    }

    #[test]
    fn projections_come_back(lon in -179.0..179.0_f64, lat in -84.0..84.0_f64) {
        let at = Coord { x: lon, y: lat };
        for crs in [Crs::Mollweide, Crs::EqualEarth, Crs::WebMercator, Crs::LaeaEurope] {
            let projection = Projection::of(&crs).unwrap();
            let Some(there) = projection.forward(at) else { continue };
            let back = projection.inverse(there).unwrap();
            prop_assert!((back.x - lon).hypot(back.y - lat) < 1e-8, "{crs} {back:?}");
        }
        let zone = 1 + ((lon + 180.0) / 6.0) as u8;
        let utm = Projection::Utm { zone, south: lat < 0.0 };
        let back = utm.inverse(utm.forward(at).unwrap()).unwrap();
        prop_assert!((back.x - lon).hypot(back.y - lat) < 1e-8, "{back:?}");
    }

    #[test]
    fn equal_area_is_equal_area(area in star(-150.0, 150.0)) {
        let shape = Geometry::Polygon(area);
        let layer = Layer {
            name: "a".into(), crs: Crs::Wgs84, fields: vec![],
            features: vec![Feature { id: 1, shape: Some(shape.clone()), values: vec![] }],
        };
        let plane = shapes::project::project(&layer, &Crs::EqualEarth).unwrap();
        let found = plane.features[0].shape.as_ref().unwrap().unsigned_area();
        // Edges are straight in degrees there and geodesics here: in short pieces they are the same.
        let Geometry::Polygon(area) = &shape else { unreachable!() };
        let expected = geodesic_area_m2(&Geometry::Polygon(in_short_pieces(area)));
        prop_assert!((found / expected - 1.0).abs() < 2e-3, "{found} {expected}");
    }

    #[test]
    fn simplified_neighbours_still_fit(parts in proptest::collection::vec(star(-20.0, 20.0), 1..4), smallest in 0.0..30.0_f64) {
        let together = Geometry::MultiPolygon(MultiPolygon(parts.clone()));
        let thinned = simplify(&[&together, &together], smallest);
        prop_assert_eq!(&thinned[0], &thinned[1]);
        if let Some(Geometry::MultiPolygon(areas)) = &thinned[0] {
            prop_assert_eq!(areas.0.len(), parts.len());
        }
    }
}
