//! Administrative boundaries that no assembly ever drew: rings around three cities, in two versions for the largest.

use geo::{Coord, Geometry, LineString, Polygon};
use shapes::project::Projection;
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value};

use super::chance::chance;
use super::country::Town;

/// What is drawn: the town, the place it stands for, since when, its mean reach in kilometres, and the reach in the east against
/// the other sides, whose new suburbs the earlier version left out.
const DRAWN: [(&str, &str, &str, f64, f64, &str); 4] = [
    ("Nairobi", "KEN-nairobi", "2010-01-01", 14.2, 0.55, "Invented for exercises. Without the suburbs in the east."),
    ("Nairobi", "KEN-nairobi", "2020-01-01", 14.2, 1.0, "Invented for exercises. Takes in the suburbs in the east."),
    ("Mombasa", "KEN-mombasa", "2010-01-01", 9.5, 1.0, "Invented for exercises; reaches over water."),
    ("Kisumu", "KEN-kisumu", "2010-01-01", 6.5, 1.0, "Invented for exercises; reaches over water."),
];
/// Corners of a ring.
const CORNERS: i64 = 32;

/// The boundaries in degrees.
pub fn layer(towns: &[Town]) -> Layer {
    let text = |text: &str| Value::Text(text.to_owned());
    let feature = |(row, (name, place, from, reach, east, note)): (usize, &(&str, &str, &str, f64, f64, &str))| {
        let town = towns.iter().position(|t| t.name == *name);
        let ring = |at: usize| ring(towns[at].at, at as i64, *reach, *east);
        Feature {
            id: row as i64 + 1,
            shape: town.map(|at| Geometry::Polygon(Polygon::new(ring(at), Vec::new()))),
            values: vec![text(place), text("administrative"), text(from), text(note)],
        }
    };
    let field = |name: &str| Field { name: name.to_owned(), kind: FieldKind::Text };
    Layer {
        name: "boundaries".to_owned(),
        crs: Crs::Wgs84,
        fields: ["place", "definition", "valid_from", "note"].map(field).to_vec(),
        features: DRAWN.iter().enumerate().map(feature).collect(),
    }
}

/// A ring of corners at even angles, near or far by chance. Of two reaches in the east the smaller ring lies inside the larger,
/// and elsewhere they are one line.
fn ring(middle: Coord<f64>, town: i64, reach: f64, east: f64) -> LineString<f64> {
    let corner = |i: i64| {
        let angle = std::f64::consts::TAU * i as f64 / CORNERS as f64;
        // From 0 in the west to 1 in the east, without a kink.
        let eastern = angle.cos().max(0.0);
        let km = reach * (0.88 + 0.24 * chance(i, town, 40)) * (1.0 - (1.0 - east) * eastern);
        let at = Coord { x: middle.x + km * angle.cos(), y: middle.y + km * angle.sin() } * 1000.0;
        let degrees = Projection::Mollweide.inverse(at).unwrap_or_default();
        // Ten metres are finer than such a line is drawn.
        Coord { x: (degrees.x * 1e4).round() / 1e4, y: (degrees.y * 1e4).round() / 1e4 }
    };
    (0..CORNERS).chain([0]).map(corner).collect()
}
