//! Against PROJ 9.1.1: `echo "$points" | cs2cs -d 5 +proj=longlat +datum=WGS84 +to CODE`.

use geo::{Geometry, Rect};

use super::*;

/// Longitude, latitude and the two coordinates that PROJ gives, east before north.
type Row = (f64, f64, f64, f64);

fn check(crs: Crs, rows: &[Row]) {
    let projection = Projection::of(&crs).unwrap();
    for (lon, lat, x, y) in rows {
        let at = Coord { x: *lon, y: *lat };
        let found = projection.forward(at).unwrap();
        assert!((found.x - x).hypot(found.y - y) < 1e-4, "{crs} {at:?}: {found:?}");
        let back = projection.inverse(found).unwrap();
        assert!((back.x - lon).hypot(back.y - lat) < 1e-9, "{crs} back {at:?}: {back:?}");
    }
}

#[test]
fn mollweide_is_that_of_proj() {
    check(
        Crs::Mollweide,
        &[
            (4.3517, 50.8503, 327274.01549, 5962223.67670),
            (-51.2, -30.03, -4693177.88221, -3647365.04844),
            (36.82, -1.29, 3689624.84515, -159496.71464),
            (0.0, 0.0, 0.0, 0.0),
            (179.9, -16.5, 17567852.97382, -2029309.42789),
            (-73.98, 40.75, -6239330.63872, 4873057.32580),
            (0.0, 85.0, 0.0, 8824978.85226),
        ],
    );
}

#[test]
fn laea_europe_is_that_of_proj() {
    check(
        Crs::LaeaEurope,
        &[
            (4.3517, 50.8503, 3923672.02121, 3097434.53666),
            (24.94, 60.17, 5145382.16170, 4206177.50404),
            (-9.14, 38.72, 2665402.84005, 1946531.12441),
            (10.0, 52.0, 4321000.0, 3210000.0),
            (30.0, 70.0, 5081405.57074, 5319011.50712),
            (36.82, -1.29, 7604666.63092, -1995659.75861),
        ],
    );
}

#[test]
fn web_mercator_is_that_of_proj() {
    check(
        Crs::WebMercator,
        &[
            (4.3517, 50.8503, 484429.02809, 6594856.12333),
            (-51.2, -30.03, -5699557.92862, -3507406.64694),
            (0.0, 85.0, 0.0, 19971868.88041),
        ],
    );
    assert_eq!(Projection::WebMercator.forward(Coord { x: 0.0, y: 89.0 }), None);
}

#[test]
fn equal_earth_is_that_of_proj_and_of_its_authors() {
    check(
        Crs::EqualEarth,
        &[
            (4.3517, 50.8503, 341846.04166, 6071100.62243),
            (-51.2, -30.03, -4589631.84263, -3767904.16902),
            (179.9, -16.5, 16897173.69043, -2105286.36036),
            (-73.98, 40.75, -6256825.41685, 5004447.56877),
            (0.0, 85.0, 0.0, 8345267.17634),
        ],
    );
    for (lon, lat, x, y) in [
        (0.0, 0.0, 0.0, 0.0),
        (180.0, 0.0, 2.706630, 0.0),
        (0.0, 90.0, 0.0, 1.317363),
        (180.0, 90.0, 1.603589, 1.317363),
        (90.0, 45.0, 1.159854, 0.860231),
        (-73.98, 40.75, -0.981283, 0.787712),
        (36.82, -1.29, 0.553589, -0.026132),
    ] {
        let found = equal_earth_sphere(f64::to_radians(lon), f64::to_radians(lat));
        assert!((found.0 - x).abs() < 1e-6 && (found.1 - y).abs() < 1e-6, "{lon} {lat}: {found:?}");
    }
}

#[test]
fn utm_is_that_of_proj() {
    check(
        Crs::Utm { zone: 31, south: false },
        &[
            (4.3517, 50.8503, 595151.34996, 5634048.38023),
            (24.94, 60.17, 1701920.04884, 6873686.58101),
            (-9.14, 38.72, -557049.55872, 4356345.03261),
            (0.0, 0.0, 166021.44308, 0.0),
            (0.0, 85.0, 470821.24803, 9440493.90424),
            (12.5, 0.1, 1562020.99436, 11207.75526),
        ],
    );
    check(Crs::Utm { zone: 22, south: true }, &[(-51.2, -30.03, 480716.24770, 6677873.55324)]);
    check(Crs::Utm { zone: 36, south: true }, &[(36.82, -1.29, 925280.33765, 9857096.47204)]);
    let far = Projection::Utm { zone: 31, south: false };
    assert_eq!(far.forward(Coord { x: 60.0, y: 0.0 }), None);
}

#[test]
fn poles_and_edges_come_back() {
    for projection in [Projection::Mollweide, Projection::EqualEarth] {
        for lat in [-90.0, -89.9999, -89.0, 0.0, 88.0, 89.99999, 90.0] {
            let at = projection.forward(Coord { x: 179.0, y: lat }).unwrap();
            let back = projection.inverse(at).unwrap();
            assert!((back.y - lat).abs() < 2e-6, "{projection:?} {lat}: {back:?}");
        }
        assert_eq!(projection.inverse(Coord { x: 3e7, y: 0.0 }), None);
        assert_eq!(projection.inverse(Coord { x: 0.0, y: f64::NAN }), None);
        assert_eq!(projection.forward(Coord { x: 0.0, y: 91.0 }), None);
        assert_eq!(projection.forward(Coord { x: f64::NAN, y: 0.0 }), None);
    }
}

#[test]
fn a_local_plane_is_true_at_its_centre() {
    let centre = Coord { x: 24.94, y: 60.17 };
    let plane = Projection::Local(LocalPlane::around(centre).unwrap());
    let near = Coord { x: 24.95, y: 60.18 };
    let at = plane.forward(near).unwrap();
    let line = Geometry::Line(geo::Line::new(centre, near));
    let true_m = geodesic_length_m(&line);
    assert!((at.x.hypot(at.y) / true_m - 1.0).abs() < 2e-4, "{at:?} {true_m}");
    let back = plane.inverse(at).unwrap();
    assert!((back.x - near.x).hypot(back.y - near.y) < 1e-12);
    assert_eq!(LocalPlane::around(Coord { x: 0.0, y: 90.0 }), None);
}

#[test]
fn areas_on_the_ellipsoid_are_those_of_equal_area_maps() {
    // One degree by one degree at the equator: between the parallels lie a² (q(1°) − q(0)) π/180 / 2; the lower edge
    // is a geodesic, the upper one nearly the parallel.
    let square = Geometry::Rect(Rect::new((0.0, 0.0), (1.0, 1.0)));
    let area = geodesic_area_m2(&square);
    let ellipsoid = super::ellipsoid::WGS84;
    let expected = ellipsoid.a.powi(2) * ellipsoid.q(1f64.to_radians().sin()) / 2.0 * std::f64::consts::PI / 180.0;
    assert!((area / expected - 1.0).abs() < 2e-4, "{area} {expected}");
    let mut turned = square.clone();
    if let Geometry::Rect(rect) = &square {
        let mut ring = rect.to_polygon().exterior().clone();
        ring.0.reverse();
        turned = Geometry::Polygon(geo::Polygon::new(ring, vec![]));
    }
    assert!((geodesic_area_m2(&turned) - area).abs() < 1e-3);
    assert_eq!(geodesic_area_m2(&Geometry::Point(geo::Point::new(1.0, 1.0))), 0.0);
}

#[test]
fn a_long_edge_follows_its_parallel() {
    let layer = crate::Layer {
        name: "a".into(),
        crs: Crs::Wgs84,
        fields: vec![],
        features: vec![crate::Feature {
            id: 1,
            shape: Some(Geometry::Rect(Rect::new((-10.0, 40.0), (30.0, 60.0)))),
            values: vec![],
        }],
    };
    let there = project(&layer, &Crs::LaeaEurope).unwrap();
    let Some(Geometry::Polygon(area)) = &there.features[0].shape else { panic!() };
    assert!(area.exterior().0.len() > 60);
    use geo::Area as _;
    // The area between parallels and meridians, which the curved edges follow to a metre.
    let ellipsoid = super::ellipsoid::GRS80;
    let q = |lat: f64| ellipsoid.q(lat.to_radians().sin());
    let expected = ellipsoid.a.powi(2) * (q(60.0) - q(40.0)) / 2.0 * 40f64.to_radians();
    assert!((area.unsigned_area() / expected - 1.0).abs() < 1e-6, "{} {expected}", area.unsigned_area());
    let back = project(&there, &Crs::Wgs84).unwrap();
    let Some(Geometry::Polygon(area)) = &back.features[0].shape else { panic!() };
    assert!(area.exterior().0.iter().all(|at| at.y < 60.0001 && at.y > 39.9999));
    let unknown = project(&layer, &Crs::Other("EPSG:2056".into())).unwrap_err().to_string();
    assert!(unknown.contains("EPSG:2056 is not computed here"), "{unknown}");
}
