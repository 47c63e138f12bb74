//! Boundaries of places: what the register holds, and the same as files.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    access::Deed,
    analyses::{FoundLayer, LayerKind, LayerShapes},
    space::{BoundaryFormat, boundary_layer, export_boundaries},
};
use askama::Template;
use axum::{extract::Path, response::Response};
use geo::CoordsIter as _;
use model::{
    Kind,
    kinds::{Boundary, Place},
    value::Id,
};

use crate::{
    failure::Failure,
    html::{query_value, segment},
    pages::{
        analysis_map::{SourceLayer, layer_response},
        boundary_import::BoundaryForm,
        files::{download, off_thread},
        place::place_path,
    },
    visit::{Visit, page},
};

/// Boundaries listed at most; the count says how many there are.
const MOST_LISTED: usize = 500;

/// Corners of a file that is given out at most; more go out by the command line.
const MOST_CORNERS: i64 = 5_000_000;

#[derive(Template)]
#[template(path = "boundaries.html")]
struct BoundariesPage<'a> {
    v: &'a Visit,
    title: String,
    place: Option<&'a Place>,
    boundaries: Vec<&'a Boundary>,
    n_all: usize,
    formats: [BoundaryFormat; 3],
    may_load: bool,
    has_sample_place: bool,
    imported: Option<u64>,
    form: BoundaryForm,
}

impl BoundariesPage<'_> {
    fn file(&self, format: &BoundaryFormat) -> String {
        let place = self.place.map_or_else(String::new, |p| format!("?place={}", query_value(p.id.as_str())));
        self.v.to(&format!("/boundaries/all.{}{place}", format.ending()))
    }
    fn place_of(&self, boundary: &Boundary) -> String {
        self.v.to(&place_path(boundary.place.as_str()))
    }
}

/// The boundaries of a place and of the places in it; all without a place.
fn chosen(v: &Visit) -> (Option<&Place>, Vec<&Boundary>) {
    let place = v.records().places.get(v.ask("place"));
    let is_wanted = |b: &&Boundary| place.is_none_or(|place| app::place_is_below(&v.world, &b.place, &place.id));
    (place, v.records().boundaries.iter().filter(is_wanted).collect())
}

/// All boundaries, and the form for more.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    listed(&v, BoundaryForm::default())
}

/// The page of boundaries with a form as it was filled in.
pub(super) fn listed(v: &Visit, form: BoundaryForm) -> Result<Response, Failure> {
    let (place, mut boundaries) = chosen(v);
    if place.is_none() && !v.ask("place").is_empty() {
        return Err(Failure::not_found());
    }
    let n_all = boundaries.len();
    boundaries.truncate(MOST_LISTED);
    let template = BoundariesPage {
        title: v.say("space-boundaries"),
        place,
        boundaries,
        n_all,
        formats: BoundaryFormat::ALL,
        may_load: v.writable() && v.may(Deed::Write(Kind::Boundary)),
        has_sample_place: v.records().places.contains("KEN-nairobi"),
        imported: v.ask("imported").parse().ok(),
        form,
        v,
    };
    page(v, &template)
}

/// Boundaries as a file.
pub async fn file(v: Visit, Path(name): Path<String>) -> Result<Response, Failure> {
    let ending = name.strip_prefix("all.").ok_or_else(Failure::not_found)?;
    let format = BoundaryFormat::ALL.into_iter().find(|format| format.ending() == ending);
    let format = format.ok_or_else(Failure::not_found)?;
    let (app, world, asked) = (v.site.app.clone(), v.world.clone(), v.ask("place").to_owned());
    if !v.ask("place").is_empty() && !v.records().places.contains(v.ask("place")) {
        return Err(Failure::not_found());
    }
    let corners: i64 = chosen(&v).1.iter().map(|b| b.corners.0).sum();
    if corners > MOST_CORNERS {
        return Err(Failure::too_large());
    }
    let bytes = off_thread(move || {
        let place = world.records().places.get(&asked).map(|place| place.id.clone());
        let is_wanted = |b: &&Boundary| place.as_ref().is_none_or(|p| app::place_is_below(&world, &b.place, p));
        let chosen: Vec<&Boundary> = world.records().boundaries.iter().filter(is_wanted).collect();
        export_boundaries(&app, world.records(), &chosen, format)
    })
    .await??;
    Ok(download(bytes, format.media_type(), &format!("boundaries.{ending}")))
}

/// All versions of a place's boundaries as a layer; none when it has none.
pub(crate) fn of_place(v: &Visit, place: &Id<Place>) -> Option<SourceLayer> {
    let mut all: Vec<&Boundary> = v.records().boundaries.iter().filter(|b| b.place == *place).collect();
    if all.is_empty() {
        return None;
    }
    // The newest lies on top.
    all.sort_by_key(|b| b.valid_from);
    let mut layer = boundary_layer(&v.site.app, v.records(), &all)
        .inspect_err(|error| tracing::error!(error = error.to_string(), "a boundary cannot be read"))
        .ok()?;
    let newest = |b: &Boundary| !all.iter().any(|of| of.definition == b.definition && of.valid_from > b.valid_from);
    layer.fields.push(shapes::Field { name: "line".to_owned(), kind: shapes::FieldKind::Text });
    let mut values: Vec<String> = Vec::new();
    for (feature, boundary) in layer.features.iter_mut().zip(&all) {
        let age = if newest(boundary) { "now" } else { "then" };
        let line = format!("{}-{age}", boundary.definition.as_str());
        feature.values.push(shapes::Value::Text(line.clone()));
        if !values.contains(&line) {
            values.push(line);
        }
        // What is told of a version is its definition and its first day.
        let definition = v.item("boundary-definition", boundary.definition.as_str());
        if let Some(shown) = feature.values.get_mut(3) {
            *shown = shapes::Value::Text(format!("{definition}, {}", boundary.valid_from));
        }
    }
    // The shapes are kept by their fingerprints; this layer has those, and what the register says of them.
    let version = |b: &&Boundary| format!("{} {} {}", b.shape.0, b.valid_from, b.definition.as_str());
    let tag = all.iter().map(version).collect::<Vec<_>>().join(",");
    let n_bytes = layer.features.iter().map(|f| f.shape.as_ref().map_or(0, |shape| shape.coords_count() * 40)).sum();
    let shapes = LayerShapes { shapes: Arc::new(layer), tag, n_bytes };
    values.sort();
    let layer = FoundLayer {
        id: "boundaries".to_owned(),
        file: "boundaries.geojson".to_owned(),
        kind: LayerKind::Outlines,
        property: Some("line".to_owned()),
        values,
        breaks: Vec::new(),
        is_on: true,
    };
    Some(SourceLayer {
        layer,
        shapes,
        centres: BTreeMap::new(),
        period: String::new(),
        boundaries: BTreeMap::new(),
        url: v.to(&format!("/places/{}/boundaries.geojson", segment(place.as_str()))),
    })
}

/// The boundaries of one place for its map.
pub async fn layer(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let of = of_place(&v, &Id::new(id)).ok_or_else(Failure::not_found)?;
    layer_response(&v, of)
}
