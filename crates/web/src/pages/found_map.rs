//! What analyses found, put together for a map: of one analysis, of a job, of a place with the newest of each method.

use app::analyses::{self, AnalysisRequest, Found, FoundMeasure, FoundRow, centre_title};
use model::{
    kinds::{Analysis, BoundaryDefinition, Place},
    value::Breakdown,
};

use crate::{
    chart::CityMap,
    html::{Html, segment},
    pages::{
        analyses::{analysis_path, job_path, title},
        analysis_map::{AnalysisMap, SourceLayer},
        space_words::group,
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
    Some(SourceLayer {
        centres: found.centres_of(layer),
        period: found.request.as_ref().map(time_of).unwrap_or_default(),
        boundaries: found.boundaries(),
        layer: layer.clone(),
        shapes,
        url: v.to(&url),
    })
}

/// A layer that stands for itself.
pub(crate) fn read_layer(of: analyses::AnalysisLayer) -> SourceLayer {
    let period = of.request.as_ref().map(time_of).unwrap_or_default();
    let analyses::AnalysisLayer { layer, shapes, centres, boundaries, .. } = of;
    SourceLayer { layer, shapes, centres, period, boundaries, url: String::new() }
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

/// Measures that a description tells of.
const MOST_TOLD: usize = 3;

/// The finding in a few sentences: of each of the first measures how many places have it, from which to which; the one value where
/// there is one place, and its groups where a measure has nothing but groups.
pub(crate) fn describe(v: &Visit, found: &Found) -> String {
    let told: Vec<String> = found.measures.iter().filter_map(|of| finding(v, found, of)).take(MOST_TOLD).collect();
    if told.is_empty() { v.say("space-nothing-found") } else { told.join(". ") }
}

/// A place of a figure in words: of the register, or an urban centre that was found.
pub(crate) fn name_of(v: &Visit, found: &Found, code: &str) -> String {
    if let Some(place) = v.records().places.get(code) {
        return v.plain(&place.title).to_owned();
    }
    let centre = found.cities.iter().find(|city| city.place == code);
    centre.map_or_else(|| code.to_owned(), |city| centre_title(v.lang, city))
}

fn finding(v: &Visit, found: &Found, measure: &FoundMeasure) -> Option<String> {
    let name = v.say(&format!("measure-{}", measure.id.replace('_', "-")));
    let unit = measure.def().map(|def| v.unit(def.unit)).unwrap_or_default();
    let value = |n: f64| locale::number(n);
    let all: Vec<(f64, &str)> = measure
        .rows
        .iter()
        .filter(|row| row.breakdown.is_empty())
        .filter_map(|row| Some((row.value?, row.place.as_str())))
        .collect();
    if let [(only, place)] = all.as_slice() {
        return Some(format!("{name} ({unit}), {}: {}", name_of(v, found, place), value(*only)));
    }
    let least = all.iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let most = all.iter().max_by(|a, b| a.0.total_cmp(&b.0));
    if let (Some((low, lowest)), Some((high, highest))) = (least, most) {
        let args = [
            ("measure", name.into()),
            ("unit", unit.into()),
            ("n", all.len().into()),
            ("low", value(*low).into()),
            ("lowest", name_of(v, found, lowest).into()),
            ("high", value(*high).into()),
            ("highest", name_of(v, found, highest).into()),
        ];
        return Some(v.say_with("space-desc-range", args));
    }
    let own = found.request.as_ref().map(|request| request.place.as_str());
    let of_own = measure.rows.iter().find(|row| Some(row.place.as_str()) == own);
    let place = &of_own.or(measure.rows.first())?.place;
    let group = |row: &FoundRow| {
        let words = Breakdown::parse(&row.breakdown).map_or_else(|| row.breakdown.clone(), |of| group(v, &of));
        Some(format!("{words} {}", value(row.value?)))
    };
    let groups: Vec<String> = measure.rows.iter().filter(|row| row.place == *place).filter_map(group).collect();
    (!groups.is_empty()).then(|| format!("{name} ({unit}), {}: {}", name_of(v, found, place), groups.join("; ")))
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

/// Which layers of several analyses lie above which. What is shaded by a number has areas that people bounded: towns lie below them,
/// urban centres within them, unless the areas are those centres.
fn height(of: &SourceLayer, within: Option<BoundaryDefinition>) -> u8 {
    let is_centre = of.layer.id == "urban_centre";
    match (is_centre, of.layer.breaks.is_empty(), of.layer.kind) {
        (_, _, analyses::LayerKind::Points | analyses::LayerKind::Outlines) => 4,
        (true, ..) => 2,
        (false, true, _) => 0,
        (false, false, _) if within == Some(BoundaryDefinition::DegreeOfUrbanisation) => 3,
        (false, false, _) => 1,
    }
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
        let within = view.found.request.as_ref().map(AnalysisRequest::definition);
        layers.extend(layers_of(v, &view.found, id).into_iter().map(|of| (height(&of, within), of)));
    }
    layers.sort_by_key(|(height, _)| *height);
    let mut layers: Vec<SourceLayer> = layers.into_iter().map(|(_, of)| of).collect();
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
