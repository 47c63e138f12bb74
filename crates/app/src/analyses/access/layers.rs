//! The layers of a map of access: boundary, open space, cells by what they reach, served areas, stops.

use std::path::Path;

use geo::{Geometry, MultiPolygon, Point};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value, write_geojson};
use streets::{Evaluation, Population, read_stops};

use crate::{
    analyses::{
        found::{Found, FoundLayer, LayerKind},
        run::Bench,
    },
    error::AppError,
    space::{of_shapes, of_streets},
};

/// The boundary, served areas, cells by what they reach, open space and stops.
pub(super) fn layers(
    bench: &Bench<'_>,
    case: &Path,
    of: &Evaluation,
    people: &Population,
    found: &mut Found,
) -> Result<(), AppError> {
    let mut add = |id: &str, kind, property: Option<&str>, values: &[&str], layer: &Layer| -> Result<(), AppError> {
        let file = format!("{id}.geojson");
        write_geojson(&bench.folder.join(&file), layer).map_err(|e| of_shapes(&e))?;
        found.layers.push(FoundLayer {
            id: id.to_owned(),
            file,
            kind,
            property: property.map(str::to_owned),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            breaks: Vec::new(),
            // Strips along all streets would hide what lies below.
            is_on: id != "served",
        });
        Ok(())
    };
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    let layer = |name: &str, fields: Vec<Field>, features: Vec<Feature>| Layer {
        name: name.to_owned(),
        crs: Crs::Wgs84,
        fields,
        features,
    };
    for (id, file) in [("area", "area.geojson"), ("open_space", "open_space.geojson")] {
        let path = case.join(file);
        if path.is_file() {
            let read = shapes::read(&path, None).map_err(|e| of_shapes(&e))?;
            let kind = if id == "area" { LayerKind::Outlines } else { LayerKind::Areas };
            add(id, kind, None, &[], &read)?;
        }
    }
    let cells = cells(of, people);
    add(
        "cells",
        LayerKind::Points,
        Some("reach"),
        &["both", "low", "high", "none"],
        &layer(
            "cells",
            vec![
                field("reach", FieldKind::Text),
                field("people", FieldKind::Number),
                field("low_m", FieldKind::Number),
                field("high_m", FieldKind::Number),
            ],
            cells,
        ),
    )?;
    let served = of.shapes.iter().find(|shape| shape.name == "sdg_11_2_1").map(|shape| shape.shape.clone());
    if let Some(served) = served.filter(|served: &MultiPolygon<f64>| !served.0.is_empty()) {
        let feature = Feature { id: 1, shape: Some(Geometry::MultiPolygon(served)), values: Vec::new() };
        add("served", LayerKind::Outlines, None, &[], &layer("served", Vec::new(), vec![feature]))?;
    }
    let path = case.join("stops.csv");
    if path.is_file() {
        let stops = read_stops(&path).map_err(|e| of_streets(&e))?;
        let feature = |(at, stop): (usize, &streets::Stop)| Feature {
            id: at as i64 + 1,
            shape: Some(Geometry::Point(Point::new(stop.place[0], stop.place[1]))),
            values: vec![Value::Text(
                serde_json::to_value(stop.capacity)
                    .ok()
                    .and_then(|c| c.as_str().map(str::to_owned))
                    .unwrap_or_default(),
            )],
        };
        let features = stops.stops.iter().enumerate().map(feature).collect();
        let fields = vec![field("capacity", FieldKind::Text)];
        add("stops", LayerKind::Points, Some("capacity"), &["high", "low"], &layer("stops", fields, features))?;
    }
    Ok(())
}

/// Cells with people, by what they reach: low capacity within 500 m, high within 1 000 m.
fn cells(of: &Evaluation, people: &Population) -> Vec<Feature> {
    let all = people.groups.first().map_or(&[][..], |all| &all.people);
    let at = |list: &[f64], cell: usize| list.get(cell).copied().unwrap_or(f64::INFINITY);
    let metres = |m: f64| if m.is_finite() { Value::Number((m * 10.0).round() / 10.0) } else { Value::Missing };
    let feature = |(cell, place): (usize, &[f64; 2])| {
        let n = all.get(cell).copied().flatten().filter(|n| *n > 0.0)?;
        let (low, high) = (at(&of.cells.low_m, cell), at(&of.cells.high_m, cell));
        let reach = match (low <= 500.0, high <= 1_000.0) {
            (true, true) => "both",
            (true, false) => "low",
            (false, true) => "high",
            (false, false) => "none",
        };
        Some(Feature {
            id: cell as i64 + 1,
            shape: Some(Geometry::Point(Point::new(place[0], place[1]))),
            values: vec![
                Value::Text(reach.to_owned()),
                Value::Number((n * 10.0).round() / 10.0),
                metres(low),
                metres(high),
            ],
        })
    };
    of.cells.places.iter().enumerate().filter_map(feature).collect()
}
