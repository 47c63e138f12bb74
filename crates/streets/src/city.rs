//! The city that a result is about: its boundary in degrees and in the plane of the case, its areas.

use crate::{error::StreetsError, overlay::united, sphere::Plane, zone::Zone};
use geo::{Area, BoundingRect, Coord, GeodesicArea, Geometry, MultiPolygon, Polygon};
use shapes::Crs;
use std::path::Path;

/// By how much of it an area in the plane may differ from that on the ellipsoid: a sphere is off by two thirds of a percent.
const MOST_DISTORTION: f64 = 0.02;

/// A city's boundary.
#[derive(Debug, Clone)]
pub struct City {
    /// In degrees.
    pub shape: MultiPolygon<f64>,
    /// The plane that areas are computed in.
    pub plane: Plane,
    /// In that plane, metres.
    pub planar: MultiPolygon<f64>,
    pub(crate) zone: Zone,
}

impl City {
    /// Takes polygons in degrees; they are united. The plane touches the sphere at `reference` (longitude, latitude),
    /// or at the middle of the box around the city.
    ///
    /// Errors: [`StreetsError::Shape`] when there is no polygon, or it has no area.
    pub fn of(name: &str, shape: MultiPolygon<f64>, reference: Option<[f64; 2]>) -> Result<Self, StreetsError> {
        let wrong = |why: &str| StreetsError::Shape { file: name.into(), why: why.into() };
        let bounds =
            shape.bounding_rect().ok_or_else(|| wrong("there is no polygon; a boundary of the city is needed"))?;
        let sides = [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y];
        let on_earth = sides[0] >= -180.0 && sides[2] <= 180.0 && sides[1] >= -90.0 && sides[3] <= 90.0;
        if !on_earth || sides.iter().any(|side| !side.is_finite()) {
            return Err(wrong("the boundary does not lie on Earth; longitude and latitude in degrees are expected"));
        }
        let reference = reference.unwrap_or([bounds.center().x, bounds.center().y]);
        let plane = Plane::at(reference[0], reference[1]);
        // Uniting moves corners by fractions of a micrometre; what lies on the boundary is asked of the corners as they are.
        let own = plane.project_shape(&shape);
        let planar = united(std::slice::from_ref(&own));
        if planar.unsigned_area() <= 0.0 {
            return Err(wrong("the boundary has no area"));
        }
        let city = Self { shape, plane, zone: Zone::of(&own), planar };
        // A plane that touches elsewhere shrinks or stretches all that is measured in it.
        let (planar, true_km2) = (city.planar_km2(), city.geodesic_km2());
        if (planar / true_km2 - 1.0).abs() > MOST_DISTORTION {
            let middle = bounds.center();
            return Err(wrong(&format!(
                "its area would be {planar:.1} km² in the plane that touches at `ref_lon` {}, `ref_lat` {}, and is {true_km2:.1} km²; \
                 the city lies at {:.3}, {:.3}: correct or leave out the two settings",
                reference[0], reference[1], middle.x, middle.y
            )));
        }
        Ok(city)
    }

    /// Reads a boundary; all its polygons together are the city.
    pub fn read(path: &Path, reference: Option<[f64; 2]>) -> Result<Self, StreetsError> {
        let polygons = polygons(&read_layer(path)?).flat_map(|(_, shape, _)| shape).collect();
        Self::of(&path.display().to_string(), polygons, reference)
    }

    /// Area in the plane, km²: what shares divide by.
    pub fn planar_km2(&self) -> f64 {
        self.planar.unsigned_area() / 1e6
    }

    /// Area on the ellipsoid, km²: what is published.
    pub fn geodesic_km2(&self) -> f64 {
        // In degrees the parts may overlap; those of the plane do not.
        self.plane.unproject_shape(&self.planar).geodesic_area_unsigned() / 1e6
    }

    /// Whether a place (degrees) lies inside or on the boundary.
    pub fn covers(&self, place: [f64; 2]) -> bool {
        self.zone.covers(self.plane.project(place))
    }

    /// West, south, east, north in degrees, farther out by some metres.
    pub fn bounds(&self, margin_m: f64) -> [f64; 4] {
        let [west, south, east, north] = self.zone.bounds();
        let [w, s] = self.plane.unproject(Coord { x: west - margin_m, y: south - margin_m });
        let [e, n] = self.plane.unproject(Coord { x: east + margin_m, y: north + margin_m });
        [w, s, e, n]
    }
}

/// The features of a layer that have polygons: their text `id` or number, the polygons, the values.
pub(crate) fn polygons(
    layer: &shapes::Layer,
) -> impl Iterator<Item = (String, MultiPolygon<f64>, &[shapes::Value])> + '_ {
    let id = layer.fields.iter().position(|field| field.name == "id");
    layer.features.iter().filter_map(move |feature| {
        let mut polygons = Vec::new();
        collect(feature.shape.as_ref()?, &mut polygons);
        (!polygons.is_empty()).then(|| (name_of(feature, id), MultiPolygon(polygons), feature.values.as_slice()))
    })
}

/// What a feature is called: the value of a field, else its number.
pub(crate) fn name_of(feature: &shapes::Feature, id: Option<usize>) -> String {
    match id.and_then(|at| feature.values.get(at)) {
        Some(shapes::Value::Text(text)) => text.clone(),
        Some(shapes::Value::Whole(number)) => number.to_string(),
        _ => feature.id.to_string(),
    }
}

/// A layer in degrees.
pub(crate) fn read_layer(path: &Path) -> Result<shapes::Layer, StreetsError> {
    let wrong = |why: String| StreetsError::Shape { file: path.display().to_string(), why };
    let layer = shapes::read(path, None).map_err(|fault| wrong(fault.to_string()))?;
    if layer.crs == Crs::Wgs84 {
        return Ok(layer);
    }
    Err(wrong(format!("coordinates are in {}; longitude and latitude on WGS 84 (EPSG:4326) are needed", layer.crs)))
}

fn collect(shape: &Geometry<f64>, into: &mut Vec<Polygon<f64>>) {
    match shape {
        Geometry::Polygon(polygon) => into.push(polygon.clone()),
        Geometry::MultiPolygon(polygons) => into.extend(polygons.iter().cloned()),
        Geometry::GeometryCollection(shapes) => shapes.iter().for_each(|shape| collect(shape, into)),
        Geometry::Rect(rect) => into.push(rect.to_polygon()),
        Geometry::Triangle(triangle) => into.push(triangle.to_polygon()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::wkt;

    #[test]
    fn boundaries_that_are_refused() {
        let refused = |shape: MultiPolygon<f64>| City::of("x", shape, None).is_err();
        assert!(refused(MultiPolygon::new(vec![])));
        assert!(refused(wkt! { MULTIPOLYGON(((0. 0., 1. 0., 2. 0., 0. 0.))) }), "no area");
        assert!(refused(wkt! { MULTIPOLYGON(((0. 0., 500000. 0., 500000. 500000., 0. 0.))) }), "metres, not degrees");
    }
}
