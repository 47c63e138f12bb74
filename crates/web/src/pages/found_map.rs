//! What analyses found, put together for a map: of one analysis, of a job, of a place with the newest of each method.

use app::analyses::{self, AnalysisRequest, Found};
use model::kinds::{Analysis, Place};

use crate::{
    chart::CityMap,
    html::{Html, segment},
    pages::{
        analyses::{analysis_path, job_path, title},
        analysis_map::{AnalysisMap, SourceLayer},
    },
    visit::Visit,
};

/// The time of a computation, or from when to when.
pub(crate) fn time_of(request: &AnalysisRequest) -> String {
    match &request.since {
        Some(since) => format!("{since}–{}", request.period),
        None => request.period.clone(),
    }
}

/// A layer with its shapes; none, and a line in the log, for one that cannot be read.
fn source(
    v: &Visit,
    found: &Found,
    job: Option<&str>,
    layer: &analyses::FoundLayer,
    url: String,
) -> Option<SourceLayer> {
    let shapes = analyses::layer_shapes(&v.site.app, job, layer)
        .inspect_err(|error| tracing::error!(%error, layer = layer.file, "a layer cannot be read"))
        .ok()?;
    Some(SourceLayer { places: found.places_of(layer), layer: layer.clone(), shapes, url: v.to(&url) })
}

/// A layer that stands for itself.
pub(crate) fn read_layer(of: analyses::AnalysisLayer) -> SourceLayer {
    SourceLayer { layer: of.layer, shapes: of.shapes, places: of.places, url: String::new() }
}

/// The layers of an analysis of the register.
pub(crate) fn layers_of(v: &Visit, found: &Found, id: &str) -> Vec<SourceLayer> {
    let url = |layer: &str| format!("{}/layers/{}", analysis_path(id), segment(layer));
    found.layers.iter().filter_map(|layer| source(v, found, None, layer, url(&layer.id))).collect()
}

/// The map of an analysis of the register.
pub(crate) fn map_of_analysis(v: &Visit, found: &Found, id: &str) -> Option<CityMap> {
    map(v, found, None, &analysis_path(id))
}

/// The map of what a job found.
pub(crate) fn map_of_job(v: &Visit, found: &Found, id: &str) -> Option<CityMap> {
    map(v, found, Some(id), &job_path(id))
}

/// The map of what was found, by a job or by an analysis of the register.
fn map(v: &Visit, found: &Found, job: Option<&str>, path: &str) -> Option<CityMap> {
    let request = found.request.as_ref()?;
    let layer =
        |layer: &analyses::FoundLayer| source(v, found, job, layer, format!("{path}/layers/{}", segment(&layer.id)));
    let around = app::surroundings(&v.world, &request.place());
    let country = around.as_ref().and_then(|around| around.country.as_ref()).map(|country| country.id.as_str());
    let drawn = AnalysisMap {
        title: title(v, request),
        subtitle: String::new(),
        description: describe(v, found),
        layers: found.layers.iter().filter_map(layer).collect(),
        sources: sources(v, found),
        methods: vec![method(v, found)],
        name: job.map_or_else(|| path.rsplit('/').next().unwrap_or("map").to_owned(), str::to_owned),
        country,
        prefix: "an",
        files: format!("{path}/maps/"),
    };
    drawn.city_map(v)
}

/// The finding in a sentence: the first figure of each of the first measures.
pub(crate) fn describe(v: &Visit, found: &Found) -> String {
    let told = found.measures.iter().filter_map(|measure| {
        let row = measure.rows.iter().find(|row| row.value.is_some())?;
        let name = v.say(&format!("measure-{}", measure.id.replace('_', "-")));
        Some(format!("{name}: {}", locale::number(row.value?)))
    });
    let told: Vec<String> = told.take(3).collect();
    if told.is_empty() { v.say("space-nothing-found") } else { told.join("; ") }
}

/// What the map was made of.
pub(crate) fn sources(v: &Visit, found: &Found) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(request) = &found.request {
        let names: Vec<&str> = request.inputs.iter().map(|input| input.name.as_str()).collect();
        out.push(v.say_with("space-source-files", [("files", names.join(", ").into())]));
        if request.inputs.iter().any(|input| input.role == "osm") {
            out.push(v.say("space-source-osm"));
        }
    }
    out
}

/// How the picture of what was found is made, and by which version it was found.
pub(crate) fn method(v: &Visit, found: &Found) -> String {
    v.say_with("map-method-plane", [("version", found.program.clone().into())])
}

/// The figure of a map; nothing where there is none.
pub(crate) fn figure(v: &Visit, map: Option<CityMap>) -> Html {
    map.map(|map| map.figure(v)).unwrap_or_default()
}

/// What analyses found at a place, with its boundaries: a map, and the newest analysis of each method with its address.
pub(crate) fn of_place(v: &Visit, place: &Place) -> (Html, Vec<(String, String)>) {
    let (map, links) = map_of_place(v, place);
    (figure(v, map), links)
}

/// The map of [`of_place`], and its addresses.
pub(crate) fn map_of_place(v: &Visit, place: &Place) -> (Option<CityMap>, Vec<(String, String)>) {
    let mut newest: Vec<Analysis> = Vec::new();
    for analysis in analyses::analyses_of(&v.world, &place.id) {
        if !newest.iter().any(|held| held.method == analysis.method) {
            newest.push(analysis);
        }
    }
    let (mut layers, mut told, mut from, mut links) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut times, mut methods) =
        (Vec::new(), vec![v.say_name("map-method-plane", "version", env!("CARGO_PKG_VERSION"))]);
    for record in &newest {
        let id = record.id.as_str();
        let Ok(Some(view)) = analyses::analysis(&v.site.app, &v.world, id) else { continue };
        if let Some(request) = &view.found.request {
            links.push((v.to(&analysis_path(id)), title(v, request)));
        }
        // What was found of the country is drawn on the country's page.
        if record.place != place.id {
            continue;
        }
        told.push(describe(v, &view.found));
        methods = vec![method(v, &view.found)];
        if let Some(request) = &view.found.request {
            times.push(format!("{} \u{2068}{}\u{2069}", v.item("analysis-method", &request.method), time_of(request)));
        }
        sources(v, &view.found)
            .into_iter()
            .filter(|line| !from.contains(line))
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|line| from.push(line));
        layers.push((view.found.layers.iter().any(|of| of.breaks.is_empty()), layers_of(v, &view.found, id)));
    }
    // What is shaded by a number lies above what is told apart by kind: its areas are bounded by people and lie within.
    layers.sort_by_key(|(is_of_kinds, _)| !is_of_kinds);
    let mut layers: Vec<SourceLayer> = layers.into_iter().flat_map(|(_, of)| of).collect();
    layers.extend(super::boundaries::of_place(v, &place.id));
    if told.is_empty() {
        told.push(v.say_suffix("space-layer-", "boundaries"));
    }
    let around = app::surroundings(&v.world, &place.id);
    let country = around.as_ref().and_then(|around| around.country.as_ref()).map(|country| country.id.as_str());
    let map = AnalysisMap {
        title: v.say_with("space-place-map", [("place", v.plain(&place.title).into())]),
        subtitle: times.join(" · "),
        description: told.join(". "),
        layers,
        sources: from,
        methods,
        name: format!("{}-space", place.id),
        country,
        prefix: "sp",
        files: format!("/places/{}/maps/", segment(place.id.as_str())),
    };
    (map.city_map(v), links)
}
