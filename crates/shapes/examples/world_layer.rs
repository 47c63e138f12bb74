//! Makes `samples/world/` from GeoJSON files of countries and boundary lines at two scales.
//!
//! Usage: `cargo run -p shapes --example world_layer -- SOURCE samples/world`, where SOURCE holds
//! `countries-110m.geojson`, `boundaries-110m.geojson` and the same at 50m. What is changed is told in the README there.

use std::{error::Error, path::Path};

use geo::{Coord, Geometry, MapCoordsInPlace as _};
use shapes::{Feature, Field, FieldKind, Layer, Value, label_point, read, simplify, topojson_bytes};

/// Scale, the smallest triangle that stays (square degrees), and the step of the grid (degrees).
const SCALES: [(&str, f64, f64); 2] = [("110m", 0.0, 0.01), ("50m", 0.002, 0.005)];

/// Columns of the source and what they are called here.
const COUNTRY: [(&str, &str); 7] = [
    ("ne_a3", "code"),
    ("iso3", "iso3"),
    ("un_join_iso3", "joins"),
    ("m49", "m49"),
    ("name", "name"),
    ("region_un", "region"),
    ("note", "note"),
];
const BOUNDARY: [(&str, &str); 2] = [("class", "class"), ("interior_to", "interior_to")];

/// Places with a code of their own that the source does not draw or draws as a part of another: code, M49, name, UN
/// region, and where they are, in degrees to one digit.
const ABSENT: [(&str, &str, &str, &str, f64, f64); 14] = [
    ("BES", "535", "Bonaire, Sint Eustatius and Saba", "Americas", -68.3, 12.2),
    ("BVT", "074", "Bouvet Island", "Americas", 3.4, -54.4),
    ("CCK", "166", "Cocos (Keeling) Islands", "Oceania", 96.8, -12.2),
    ("CXR", "162", "Christmas Island", "Oceania", 105.6, -10.5),
    ("GIB", "292", "Gibraltar", "Europe", -5.4, 36.1),
    ("GLP", "312", "Guadeloupe", "Americas", -61.6, 16.2),
    ("GUF", "254", "French Guiana", "Americas", -53.2, 4.0),
    ("MTQ", "474", "Martinique", "Americas", -61.0, 14.7),
    ("MYT", "175", "Mayotte", "Africa", 45.2, -12.8),
    ("REU", "638", "Réunion", "Africa", 55.5, -21.1),
    ("SJM", "744", "Svalbard and Jan Mayen", "Europe", 15.6, 78.2),
    ("TKL", "772", "Tokelau", "Oceania", -171.8, -9.2),
    ("TUV", "798", "Tuvalu", "Oceania", 179.2, -8.5),
    ("UMI", "581", "United States Minor Outlying Islands", "Oceania", 166.6, 19.3),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, source, target] = arguments.as_slice() else { return Err("usage: world_layer SOURCE TARGET".into()) };
    let finest = read(&Path::new(source).join("countries-50m.geojson"), None)?;
    let finest = selected("countries", &finest, &COUNTRY);
    for (scale, smallest, step) in SCALES {
        let open = |what: &str| read(&Path::new(source).join(format!("{what}-{scale}.geojson")), None);
        let countries = selected("countries", &open("countries")?, &COUNTRY);
        let boundaries = selected("boundaries", &open("boundaries")?, &BOUNDARY);
        // On the grid first: lines and outlines that differ in the last digit become the same.
        let [countries, boundaries] = thinned([countries, boundaries].map(|layer| on_grid(layer, step)), smallest);
        let countries = with_points(countries, &finest);
        let version = format!("Natural Earth 4.0.0, 1:{scale}, Crimea in Ukraine; package 1");
        let bytes = topojson_bytes(&[&boundaries, &countries], step, &[("version", &version)])?;
        std::fs::write(Path::new(target).join(format!("world-{scale}.topo.json")), bytes)?;
    }
    Ok(())
}

/// A layer with some of its columns, under other names.
fn selected(name: &str, layer: &Layer, columns: &[(&str, &str)]) -> Layer {
    let found: Vec<(usize, &str)> = columns
        .iter()
        .filter_map(|(from, to)| Some((layer.fields.iter().position(|field| field.name == *from)?, *to)))
        .collect();
    let features = layer.features.iter().map(|feature| Feature {
        id: feature.id,
        shape: feature.shape.clone(),
        values: found.iter().map(|(at, _)| feature.values[*at].clone()).map(text).collect(),
    });
    Layer {
        name: name.into(),
        crs: layer.crs.clone(),
        fields: found.iter().map(|(_, to)| Field { name: (*to).into(), kind: FieldKind::Text }).collect(),
        features: features.collect(),
    }
}

fn text(value: Value) -> Value {
    match value {
        Value::Whole(whole) => Value::Text(whole.to_string()),
        other => other,
    }
}

/// The countries, and those that only the finer scale has as points: a map shows them by a circle.
fn with_points(mut countries: Layer, finest: &Layer) -> Layer {
    let known: Vec<Value> = countries.features.iter().map(|feature| feature.values[0].clone()).collect();
    for feature in finest.features.iter().filter(|feature| !known.contains(&feature.values[0])) {
        let at = feature.shape.as_ref().and_then(label_point).map(|at| Geometry::Point(at.into()));
        countries.features.push(Feature { shape: at, ..feature.clone() });
    }
    for (code, m49, name, region, lon, lat) in ABSENT {
        let text = |text: &str| Value::Text(text.into());
        countries.features.push(Feature {
            id: 0,
            shape: Some(Geometry::Point(geo::Point::new(lon, lat))),
            values: vec![text(code), text(code), text(code), text(m49), text(name), text(region), Value::Missing],
        });
    }
    countries
}

/// A layer whose coordinates are whole numbers of steps.
fn on_grid(mut layer: Layer, step: f64) -> Layer {
    for shape in layer.features.iter_mut().flat_map(|feature| &mut feature.shape) {
        shape.map_coords_in_place(|at| Coord { x: (at.x / step).round() * step, y: (at.y / step).round() * step });
    }
    layer
}

/// Both layers with fewer positions, their common borders the same as before.
fn thinned(mut layers: [Layer; 2], smallest: f64) -> [Layer; 2] {
    let shapes: Vec<_> = layers.iter().flat_map(|layer| &layer.features).flat_map(|feature| &feature.shape).collect();
    let mut thin = simplify(&shapes, smallest).into_iter();
    for feature in layers.iter_mut().flat_map(|layer| &mut layer.features) {
        if feature.shape.is_some() {
            // A country that would vanish stays as it was.
            feature.shape = thin.next().flatten().or(feature.shape.take());
        }
    }
    layers
}
