//! What several tests need.

use std::path::PathBuf;

use geo::{Geometry, line_string, polygon};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value};

/// A file of the shared data, where it is there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
    file.exists().then_some(file)
}

/// A layer with every kind of value and shape.
pub fn sample() -> Layer {
    let field = |name: &str, kind| Field { name: name.into(), kind };
    let shapes = [
        Some(Geometry::from(polygon![
            exterior: [(x: 0., y: 0.), (x: 4., y: 0.), (x: 4., y: 4.), (x: 0., y: 4.)],
            interiors: [[(x: 1., y: 1.), (x: 1., y: 2.), (x: 2., y: 2.), (x: 2., y: 1.)]],
        ])),
        Some(Geometry::from(geo::MultiPolygon(vec![
            polygon![(x: 10., y: 0.1), (x: 11., y: 0.2), (x: 10.5, y: 1. / 3.)],
            polygon![(x: 12., y: 0.), (x: 13., y: 0.), (x: 12.5, y: 1.)],
        ]))),
        None,
        Some(Geometry::from(geo::point!(x: 1e-7, y: -45.123456789012345))),
        Some(Geometry::from(line_string![(x: 0., y: 0.), (x: 1., y: 1.)])),
        Some(Geometry::from(geo::MultiPoint::from(vec![(0., 0.), (1., 1.)]))),
        Some(Geometry::from(geo::MultiLineString(vec![line_string![(x: 0., y: 0.), (x: 1., y: 1.)]]))),
        Some(Geometry::GeometryCollection(geo::GeometryCollection(vec![
            geo::point!(x: 1., y: 2.).into(),
            line_string![(x: 0., y: 0.), (x: 1., y: 1.)].into(),
        ]))),
    ];
    let features = (1_i64..).zip(shapes).map(|(id, shape)| Feature {
        id: id * 10,
        shape,
        values: vec![
            Value::Text(format!("Place \"{id}\" — 地方")),
            if id % 2 == 0 { Value::Missing } else { Value::Whole(id - 4) },
            Value::Number(0.1 * id as f64 + 0.05),
            Value::Flag(id % 2 == 0),
        ],
    });
    Layer {
        name: "sample".into(),
        crs: Crs::Wgs84,
        fields: vec![
            field("name", FieldKind::Text),
            field("count", FieldKind::Whole),
            field("share", FieldKind::Number),
            field("is_capital", FieldKind::Flag),
        ],
        features: features.collect(),
    }
}
