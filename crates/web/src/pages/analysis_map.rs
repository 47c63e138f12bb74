//! Layers that analyses found, as maps: the map that moves, its picture, its table, its files.

use std::collections::BTreeMap;

use app::analyses::{FoundCity, FoundLayer, LayerKind as FoundKind, LayerShapes};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use geo::{BoundingRect as _, Coord, Geometry};
use shapes::{
    Crs, Extent, Feature, Layer,
    draw::{
        AreaStyle, Colour, Dash, Fill, Ground, Label, LegendEntry, LineStyle, MapLayer, Marker, Sign, Texts, layered,
    },
};

use crate::{
    chart::{CityClass, CityLayer, CityMap, LayerKind, MapFiles, MapWidth, NameOnMap},
    failure::Failure,
    html::segment,
    pages::{
        choropleth::{base_texts, disclaimer},
        layer_look::OPACITY,
        layer_words::ToldLayer,
        map_table::MapTable,
        pictures,
        place_map::{Lands, notes},
    },
    visit::Visit,
};

/// Layers with more bytes are not drawn into the picture; the map that moves fetches them by itself.
const MOST_DRAWN: usize = 12 << 20;
/// A frame that is wider, in degrees, shows boundaries between countries.
const WIDE: f64 = 1.5;
/// Features of a layer that lie close to each other on most maps.
const MANY: usize = 150;
/// From so many pixels a degree on signs have their full size.
const FULL_DETAIL: f64 = 2_500.0;
/// Names on a map.
const MOST_NAMES: usize = 60;

/// A layer with its shapes and its address.
pub(crate) struct SourceLayer {
    /// What it is.
    pub layer: FoundLayer,
    /// Its shapes.
    pub shapes: LayerShapes,
    /// Where the map that moves finds it.
    pub url: String,
    /// Urban centres by the attribute `number`, where the file does not name them itself.
    pub centres: BTreeMap<i64, FoundCity>,
    /// The time of what it shows, in the notation of periods; empty where there is none.
    pub period: String,
    /// The boundaries within which figures of places were computed.
    pub boundaries: BTreeMap<String, String>,
}

/// A map of layers.
pub(crate) struct AnalysisMap<'a> {
    /// What it shows.
    pub title: String,
    /// Where and when.
    pub subtitle: String,
    /// The finding in a sentence.
    pub description: String,
    /// The layers, the lowest first.
    pub layers: Vec<SourceLayer>,
    /// Sources, always in view.
    pub sources: Vec<String>,
    /// How the picture was made.
    pub methods: Vec<String>,
    /// The country whose ground lies below, where the frame is wide.
    pub country: Option<&'a str>,
    /// Begins all ids of the picture.
    pub prefix: &'a str,
    /// Where its files lie: the address before their names.
    pub files: String,
    /// What its files are called, without their endings.
    pub name: String,
}

/// What a picture shows beside its layers.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    pub title: &'a str,
    pub subtitle: &'a str,
    pub description: &'a str,
    pub sources: &'a [String],
    /// What a reader of the legend must know.
    pub notes: &'a [String],
    pub frame: &'a Extent,
    /// The country whose ground lies below.
    pub country: Option<&'a str>,
    pub names: &'a [NameOnMap],
}

impl AnalysisMap<'_> {
    /// The map; none when no layer has a shape.
    pub fn city_map(self, v: &Visit) -> Option<CityMap> {
        let told: Vec<ToldLayer> = self.layers.into_iter().map(|of| ToldLayer::new(v, of, MOST_DRAWN)).collect();
        let frame = frame_of(told.iter())?;
        let is_wide = frame.east - frame.west > WIDE;
        let country = self.country.filter(|_| is_wide);
        let mut names = names_of(&told);
        // One name alone is that of the city which the whole map is about, and would lie over what the map shows of it.
        if !is_wide && names.len() == 1 {
            names.clear();
        }
        let mut sources = self.sources;
        if is_wide {
            sources.extend(lands_source(v));
            sources.extend(notes(v, &frame));
        }
        // The map that moves is drawn in another projection than its picture.
        let with_methods: Vec<String> = sources.iter().chain(&self.methods).cloned().collect();
        let notes: Vec<String> = undrawn(&told).then(|| v.say("space-classes-undrawn")).into_iter().collect();
        let shown = Shown {
            title: &self.title,
            notes: &notes,
            subtitle: &self.subtitle,
            description: &self.description,
            sources: &with_methods,
            frame: &frame,
            country,
            names: &names,
        };
        let picture = |suffix: &str, width: MapWidth| {
            let prefix = format!("{}{suffix}", self.prefix);
            let tags: Vec<_> = told.iter().map(made_of).collect();
            pictures::kept(&(&prefix, width, v.lang, disclaimer(v), tags, &shown), || {
                draw(v, &told, &shown, &prefix, width)
            })
        };
        let svg = (picture("", MapWidth::Wide), picture("n", MapWidth::Narrow));
        let rows = told.iter().rev().flat_map(|of| of.rows(v)).collect();
        let files = MapFiles {
            svg: v.to(&format!("{}{}.svg", self.files, self.prefix)),
            csv: Some(v.to(&format!("{}{}.csv", self.files, self.prefix))),
            layers: told.iter().map(|of| (of.title.clone(), of.url.clone())).collect(),
            name: self.name,
        };
        let layers = told.into_iter().map(|of| CityLayer {
            is_dense: of.layer.kind == FoundKind::Points && of.shapes.features.len() > MANY,
            title: of.title,
            kind: kind(of.layer.kind),
            url: of.url,
            property: "class".to_owned(),
            classes: of.legend,
            is_on: of.layer.is_on,
            id: of.layer.id,
        });
        Some(CityMap {
            bounds: frame,
            lands: country.map(|country| format!("/maps/lands/{}", segment(country))),
            focus: country.map(str::to_owned),
            layers: layers.collect(),
            names,
            attribution: notes.into_iter().chain(sources).collect(),
            disclaimer: is_wide.then(|| disclaimer(v)),
            svg,
            table: Some(MapTable::new(v, self.prefix, &self.title, rows)),
            files,
            title: self.title,
        })
    }
}

/// Where the shapes of layers lie, with a margin.
pub(super) fn frame_of<'t>(told: impl Iterator<Item = &'t ToldLayer>) -> Option<Extent> {
    let bounds = told.flat_map(|d| &d.shapes.features).filter_map(|f| f.shape.as_ref()?.bounding_rect());
    let corners = bounds.flat_map(|r| [r.min(), r.max()]);
    let frame = corners.fold(None, |frame: Option<Extent>, at: Coord<f64>| {
        Some(frame.unwrap_or(Extent { west: at.x, south: at.y, east: at.x, north: at.y }).with_place(at))
    })?;
    Some(frame.with_margin(0.04, 0.003))
}

/// Names of the places in all layers, each once, the largest first.
fn names_of(told: &[ToldLayer]) -> Vec<NameOnMap> {
    let mut all: Vec<(f64, NameOnMap)> = told.iter().filter(|of| of.layer.is_on).flat_map(ToldLayer::names).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut names: Vec<NameOnMap> = Vec::new();
    for (_, name) in all {
        if names.len() < MOST_NAMES && !names.iter().any(|of| of.name == name.name) {
            names.push(name);
        }
    }
    names
}

/// Where lands and boundaries come from.
pub(super) fn lands_source(v: &Visit) -> Option<String> {
    app::atlas(app::Scale::Country).map(|world| v.say_name("map-source-lands", "version", &world.version))
}

fn kind(of: FoundKind) -> LayerKind {
    match of {
        FoundKind::Areas => LayerKind::Areas,
        FoundKind::Outlines => LayerKind::Outline,
        FoundKind::Points => LayerKind::Points,
    }
}

/// A layer for the map that moves.
pub(crate) fn layer_response(v: &Visit, of: SourceLayer) -> Result<Response, Failure> {
    let told = ToldLayer::new(v, of, usize::MAX);
    let mut out = Vec::new();
    shapes::write_geojson_to(&mut out, &told.layer.id, &told.for_the_map()).map_err(|e| Failure::internal(&e))?;
    let mut response = out.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/geo+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// The ground of a frame, and the lands on it where it is wide.
pub(super) fn ground_of(frame: &Extent, country: Option<&str>, width: f64) -> Option<(Ground, Option<Lands>)> {
    let rectangle = Feature { id: 1, shape: Some(frame.outline()), values: Vec::new() };
    let rectangle = Layer { name: "frame".to_owned(), crs: Crs::Wgs84, fields: Vec::new(), features: vec![rectangle] };
    let ground = Ground::around(&rectangle, width).ok()?;
    match country.and_then(|_| app::atlas(app::Scale::Country)) {
        Some(world) => Some((ground.with_international_boundaries(), Some(Lands::around(world, frame)))),
        None => Some((ground, None)),
    }
}

/// The words of a picture.
pub(super) fn texts_of(v: &Visit, shown: &Shown<'_>) -> Texts {
    let mut texts = base_texts(v, shown.title);
    texts.subtitle = shown.subtitle.to_owned();
    texts.description = shown.description.to_owned();
    texts.sources = shown.sources.to_vec();
    texts.notes = shown.notes.to_vec();
    // Words about boundaries stand where boundaries between countries are.
    if shown.country.is_none() {
        texts.disclaimer.clear();
    }
    texts
}

/// All of a layer that its picture shows.
pub(super) fn made_of(of: &ToldLayer) -> (&str, &str, bool, &[CityClass]) {
    (&of.layer.id, &of.tag, of.layer.is_on, &of.legend)
}

/// Maps whose legend says which classes are not drawn.
fn undrawn<'t>(told: impl IntoIterator<Item = &'t ToldLayer>) -> bool {
    told.into_iter().any(|of| of.layer.id == "rural_cluster")
}

fn draw(v: &Visit, told: &[ToldLayer], shown: &Shown<'_>, prefix: &str, width: MapWidth) -> Option<String> {
    let (ground, lands) = ground_of(shown.frame, shown.country, width.pixels().min(720.0))?;
    let mut layers = lands.as_ref().zip(shown.country).map_or_else(Vec::new, |(lands, country)| lands.layers(country));
    let per_degree = width.pixels().min(720.0) / (shown.frame.east - shown.frame.west);
    layers.extend(told.iter().filter(|of| of.layer.is_on).map(|of| map_layer(of, per_degree)));
    let label =
        |name: &NameOnMap| Label { at: Coord { x: name.at[0], y: name.at[1] }, text: name.name.clone(), gap: name.gap };
    layers.push(MapLayer::Labels { crs: &Crs::Wgs84, labels: shown.names.iter().map(label).collect() });
    let legend: Vec<LegendEntry> = told.iter().filter(|of| of.layer.is_on).flat_map(legend_of).collect();
    layered(prefix, &ground, &layers, &legend, &texts_of(v, shown))
        .inspect_err(|error| tracing::error!(error = error.to_string(), "a map is not drawn"))
        .ok()
        .map(|drawn| drawn.svg)
}

fn line(class: &CityClass) -> LineStyle {
    let dash = if class.is_dashed { Dash::Dashed } else { Dash::Solid };
    LineStyle { colour: class.colour, width: class.size, dash }
}

/// A layer as it is drawn.
///
/// `per_degree` is how many pixels a degree has: cells of people are drawn no larger than the room between them, so that none hides
/// its neighbours, and stops smaller than that.
pub(super) fn map_layer(of: &ToldLayer, per_degree: f64) -> MapLayer<'_> {
    let features = of.shapes.features.iter().enumerate();
    let shaped = || features.clone().filter_map(|(at, f)| Some((f.shape.as_ref()?, of.class_at(at)?)));
    match of.layer.kind {
        FoundKind::Areas => {
            let styles = of.legend.iter().map(|class| AreaStyle {
                fill: Some(if class.is_hatched { Fill::Hatch } else { Fill::Colour(class.colour) }),
                opacity: if class.is_hatched { 1.0 } else { OPACITY },
                // Around many small areas lines would be all that is seen.
                outline: Some(LineStyle {
                    colour: Colour(0x666666),
                    width: if of.shapes.features.len() > MANY { 0.15 } else { 0.5 },
                    dash: Dash::Solid,
                }),
            });
            MapLayer::Areas { crs: &Crs::Wgs84, areas: shaped().collect(), styles: styles.collect() }
        }
        FoundKind::Outlines => {
            let styles =
                of.legend.iter().map(|class| AreaStyle { fill: None, opacity: 1.0, outline: Some(line(class)) });
            MapLayer::Areas { crs: &Crs::Wgs84, areas: shaped().collect(), styles: styles.collect() }
        }
        FoundKind::Points => {
            let point = |(shape, class): (&Geometry<f64>, usize)| match shape {
                Geometry::Point(point) => Some((point.0, class)),
                _ => None,
            };
            let part = (per_degree / FULL_DETAIL).clamp(0.35, 1.0);
            let room = spacing(of).map_or(f64::INFINITY, |degrees| 0.5 * degrees * per_degree);
            let marker = |class: &CityClass| match class.is_square {
                true => Marker::Square(class.colour, class.size * part),
                false => Marker::Circle(class.colour, (class.size * part).min(room)),
            };
            MapLayer::Points {
                crs: &Crs::Wgs84,
                points: shaped().filter_map(point).collect(),
                markers: of.legend.iter().map(marker).collect(),
            }
        }
    }
}

/// About how far the cells of a layer of people lie from each other, in degrees; none for other points, which are few.
fn spacing(of: &ToldLayer) -> Option<f64> {
    if of.layer.id != "cells" {
        return None;
    }
    let all = frame_of(std::iter::once(of))?;
    let n = of.shapes.features.len().max(1) as f64;
    Some(((all.east - all.west) * (all.north - all.south) / n).sqrt())
}

/// The legend of a layer, with counts.
pub(super) fn legend_of(of: &ToldLayer) -> Vec<LegendEntry> {
    let entry = |class: &CityClass| LegendEntry {
        sign: match of.layer.kind {
            _ if class.is_hatched => Sign::Hatch,
            FoundKind::Areas => Sign::Area(class.colour),
            FoundKind::Outlines => Sign::Line(line(class)),
            FoundKind::Points if class.is_square => Sign::Square(class.colour),
            FoundKind::Points => Sign::Circle(class.colour, class.size),
        },
        label: if class.label.is_empty() { of.title.clone() } else { format!("{}: {}", of.title, class.label) },
        count: class.count,
    };
    of.legend.iter().map(entry).collect()
}
