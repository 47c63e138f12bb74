//! Layers that analyses found, as maps: shapes with names and words in the reader's language, the map that moves, and its picture.

use app::analyses::{FoundLayer, LayerKind as FoundKind};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use geo::{BoundingRect as _, Coord, Geometry};
use shapes::{
    Crs, Extent, Feature, Field, FieldKind, Layer, Value,
    draw::{AreaStyle, Colour, Dash, Ground, LegendEntry, LineStyle, MapLayer, Marker, Sign, layered},
};

use crate::{
    chart::{CityClass, CityLayer, CityMap, LayerKind, MapWidth},
    failure::Failure,
    html::{Html, segment},
    pages::{
        choropleth::{base_texts, disclaimer},
        place_map::Lands,
    },
    visit::Visit,
};

/// Layers with more bytes are not drawn into the picture; the map that moves fetches them by itself.
const MOST_DRAWN: usize = 12 << 20;
/// A frame that is wider, in degrees, shows boundaries between countries.
const WIDE: f64 = 1.5;

/// A layer with its bytes and its address.
pub(crate) struct SourceLayer {
    /// What it is.
    pub layer: FoundLayer,
    /// Its shapes (GeoJSON).
    pub bytes: Vec<u8>,
    /// Where the map that moves finds it.
    pub url: String,
}

/// A map of layers.
pub(crate) struct AnalysisMap<'a> {
    /// What it shows.
    pub title: String,
    /// The finding in a sentence.
    pub description: String,
    /// The layers, the lowest first.
    pub layers: Vec<SourceLayer>,
    /// Sources, always in view.
    pub sources: Vec<String>,
    /// The country whose ground lies below, where the frame is wide.
    pub country: Option<&'a str>,
    /// Begins all ids of the picture.
    pub prefix: &'a str,
}

/// A layer with its shapes in classes.
struct Drawn {
    layer: FoundLayer,
    url: String,
    shapes: Layer,
    classes: Vec<CityClass>,
}

impl AnalysisMap<'_> {
    /// The map; none when no layer has a shape.
    pub fn city_map(self, v: &Visit) -> Option<CityMap> {
        let mut drawn = Vec::new();
        for SourceLayer { layer, bytes, url } in self.layers {
            let shapes = if bytes.len() <= MOST_DRAWN { classed(v, &layer, &bytes) } else { None };
            let classes = classes(v, &layer);
            let shapes = shapes.unwrap_or_else(|| empty(&layer.id));
            drawn.push(Drawn { layer, url, shapes, classes });
        }
        let bounds = drawn.iter().flat_map(|d| &d.shapes.features).filter_map(|f| f.shape.as_ref()?.bounding_rect());
        let corners = bounds.flat_map(|r| [r.min(), r.max()]);
        let frame = corners.fold(None, |frame: Option<Extent>, at: Coord<f64>| {
            Some(frame.unwrap_or(Extent { west: at.x, south: at.y, east: at.x, north: at.y }).with_place(at))
        })?;
        let frame = frame.with_margin(0.04, 0.003);
        let is_wide = frame.east - frame.west > WIDE;
        let country = self.country.filter(|_| is_wide);
        let picture = |suffix: &str, width: MapWidth| {
            let prefix = format!("{}{suffix}", self.prefix);
            let about = (self.title.as_str(), self.description.as_str(), self.sources.as_slice());
            picture(v, &drawn, (&frame, country), about, &prefix, width).unwrap_or_default()
        };
        let svg = (picture("", MapWidth::Wide), picture("n", MapWidth::Narrow));
        let layers = drawn.into_iter().map(|d| CityLayer {
            title: v.say_suffix("space-layer-", &d.layer.id.replace('_', "-")),
            kind: kind(d.layer.kind),
            url: d.url,
            property: "class".to_owned(),
            classes: d.classes,
            is_on: d.layer.is_on,
            id: d.layer.id,
        });
        Some(CityMap {
            bounds: frame,
            lands: country.map(|country| format!("/maps/lands/{}", segment(country))),
            focus: country.map(str::to_owned),
            layers: layers.collect(),
            attribution: self.sources,
            disclaimer: is_wide.then(|| disclaimer(v)),
            svg,
            title: self.title,
        })
    }
}

fn kind(of: FoundKind) -> LayerKind {
    match of {
        FoundKind::Areas => LayerKind::Areas,
        FoundKind::Outlines => LayerKind::Outline,
        FoundKind::Points => LayerKind::Points,
    }
}

fn empty(name: &str) -> Layer {
    Layer { name: name.to_owned(), crs: Crs::Wgs84, fields: Vec::new(), features: Vec::new() }
}

/// How a class of a layer looks: its colour, and the radius or width in pixels.
fn look(layer: &str, value: &str) -> (Colour, f64) {
    match (layer, value) {
        ("urban_centre", _) | ("cells", "both") => (Colour(0x253494), 3.0),
        ("dense_urban_cluster", _) | ("cells", "low") => (Colour(0x2c7fb8), 3.0),
        ("semi_dense_urban_cluster", _) => (Colour(0x7fcdbb), 3.0),
        ("cells", "high") => (Colour(0x41b6c4), 3.0),
        ("cells", _) => (Colour(0xfdb863), 3.0),
        ("stops", "high") => (Colour(0x000000), 6.0),
        ("stops", _) => (Colour(0x5e3c99), 3.0),
        ("open_space", _) => (Colour(0xa1d99b), 1.0),
        ("served", _) => (Colour(0x5e3c99), 2.0),
        ("boundaries", "now") => (Colour(0x111111), 2.0),
        ("boundaries", _) => (Colour(0x7a7a7a), 1.2),
        ("land", "c0") => (Colour(0xffffcc), 1.0),
        ("land", "c1") => (Colour(0xa1dab4), 1.0),
        ("land", "c2") => (Colour(0x41b6c4), 1.0),
        ("land", "c3") => (Colour(0x2c7fb8), 1.0),
        ("land", _) => (Colour(0x253494), 1.0),
        _ => (Colour(0x222222), 2.0),
    }
}

/// The values of a layer's classes: those of its attribute, or one for each interval between its breaks.
fn values(layer: &FoundLayer) -> Vec<String> {
    if !layer.breaks.is_empty() {
        return (0..=layer.breaks.len()).map(|at| format!("c{at}")).collect();
    }
    if layer.values.is_empty() { vec!["all".to_owned()] } else { layer.values.clone() }
}

fn classes(v: &Visit, layer: &FoundLayer) -> Vec<CityClass> {
    let label = |at: usize, value: &str| {
        if layer.breaks.is_empty() {
            let key = format!("space-class-{}-{value}", layer.id).replace('_', "-");
            return if locale::has(model::value::Lang::En, &key) { v.say(&key) } else { String::new() };
        }
        let number = |n: Option<&f64>| n.map(|n| locale::number(*n));
        let ends = (number(at.checked_sub(1).and_then(|at| layer.breaks.get(at))), number(layer.breaks.get(at)));
        match ends {
            (None, Some(high)) => format!("< {high} %"),
            (Some(low), None) => format!("≥ {low} %"),
            (Some(low), Some(high)) => format!("{low} – {high} %"),
            (None, None) => String::new(),
        }
    };
    let class = |(at, value): (usize, String)| {
        let (colour, size) = look(&layer.id, &value);
        CityClass { label: label(at, &value), colour, size, value }
    };
    values(layer).into_iter().enumerate().map(class).collect()
}

/// The shapes of a layer with `id`, `name`, `value`, `link` and `class`, in the reader's language.
fn classed(v: &Visit, layer: &FoundLayer, bytes: &[u8]) -> Option<Layer> {
    let read = shapes::read_bytes(&layer.file, bytes, None)
        .inspect_err(|error| tracing::error!(error = error.to_string(), "a layer cannot be read"))
        .ok()?;
    let column = |name: &str| read.fields.iter().position(|field| field.name == name);
    let at = ["place", "name", "population", "people", "land_rate", "low_m", "high_m", "valid_from"].map(column);
    let [place, name, population, people, land, low, high, from] = at;
    let property = layer.property.as_deref().and_then(column);
    let text = |feature: &Feature, at: Option<usize>| match feature.values.get(at?)? {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    let number = |feature: &Feature, at: Option<usize>| match feature.values.get(at?)? {
        Value::Number(n) => Some(*n),
        Value::Whole(n) => Some(*n as f64),
        _ => None,
    };
    let class = |feature: &Feature| match (layer.breaks.is_empty(), layer.property.is_some()) {
        (false, _) => {
            let rate = number(feature, property)?;
            Some(format!("c{}", layer.breaks.iter().filter(|low| rate >= **low).count()))
        }
        (true, true) => text(feature, property),
        (true, false) => Some("all".to_owned()),
    };
    let feature = |(idx, feature): (usize, Feature)| {
        let code = text(&feature, place);
        let record = code.as_deref().and_then(|code| v.records().places.get(code));
        let title =
            record.map(|place| v.plain(&place.title).to_owned()).or_else(|| text(&feature, name)).or(code.clone());
        let class = class(&feature);
        let mut said: Vec<String> = Vec::new();
        if let Some(n) = number(&feature, population).or_else(|| number(&feature, people)) {
            said.push(v.say_with("space-n-people", [("n", locale::number(n.round()).into())]));
        }
        if let Some(n) = number(&feature, land) {
            said.push(format!("{}: {}", v.say("measure-land-rate"), locale::number(n)));
        }
        for (key, metres) in [("space-to-low", low), ("space-to-high", high)] {
            if let Some(n) = number(&feature, metres) {
                said.push(v.say_with(key, [("n", locale::number(n.round()).into())]));
            }
        }
        said.extend(text(&feature, from));
        let of_class = class.as_deref().map(|class| format!("space-class-{}-{class}", layer.id).replace('_', "-"));
        if let Some(key) = of_class.filter(|key| title.is_none() && locale::has(model::value::Lang::En, key)) {
            said.insert(0, v.say(&key));
        }
        let link = record.map(|place| v.record_link("place", place.id.as_str()));
        let some = |text: Option<String>| text.map_or(Value::Missing, Value::Text);
        let name =
            title.or_else(|| (!said.is_empty()).then(|| v.say_suffix("space-layer-", &layer.id.replace('_', "-"))));
        let values = vec![
            Value::Text(format!("{}-{}", layer.id, idx + 1)),
            some(name),
            some((!said.is_empty()).then(|| said.join(" · "))),
            some(link),
            some(class),
        ];
        Feature { id: idx as i64 + 1, shape: feature.shape, values }
    };
    let field = |name: &str| Field { name: name.to_owned(), kind: FieldKind::Text };
    Some(Layer {
        name: layer.id.clone(),
        crs: Crs::Wgs84,
        fields: ["id", "name", "value", "link", "class"].map(field).to_vec(),
        features: read.features.into_iter().enumerate().map(feature).collect(),
    })
}

/// A layer for the map that moves.
pub(crate) fn layer_response(v: &Visit, layer: &FoundLayer, bytes: &[u8]) -> Result<Response, Failure> {
    let shapes = classed(v, layer, bytes).ok_or_else(Failure::not_found)?;
    let mut out = Vec::new();
    shapes::write_geojson_to(&mut out, &layer.id, &shapes).map_err(|e| Failure::internal(&e))?;
    let mut response = out.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/geo+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// The picture of the layers.
fn picture(
    v: &Visit,
    drawn: &[Drawn],
    (frame, country): (&Extent, Option<&str>),
    (title, description, sources): (&str, &str, &[String]),
    prefix: &str,
    width: MapWidth,
) -> Option<Html> {
    let rectangle = Feature { id: 1, shape: Some(frame.outline()), values: Vec::new() };
    let rectangle = Layer { name: "frame".to_owned(), crs: Crs::Wgs84, fields: Vec::new(), features: vec![rectangle] };
    let mut ground = Ground::around(&rectangle, width.pixels().min(720.0)).ok()?;
    let lands = country.and_then(|country| Some((Lands::around(app::atlas(app::Scale::Country)?, frame), country)));
    let mut layers = lands.as_ref().map_or_else(Vec::new, |(lands, country)| lands.layers(country));
    if lands.is_some() {
        ground = ground.with_international_boundaries();
    }
    let mut legend: Vec<LegendEntry> = Vec::new();
    for of in drawn.iter().filter(|of| of.layer.is_on) {
        let class = |feature: &Feature| match feature.values.get(4) {
            Some(Value::Text(text)) => of.classes.iter().position(|class| class.value == *text),
            _ => None,
        };
        let shaped = || of.shapes.features.iter().filter_map(|f| Some((f.shape.as_ref()?, class(f)?)));
        let title = v.say_suffix("space-layer-", &of.layer.id.replace('_', "-"));
        let named = |class: &CityClass| {
            if class.label.is_empty() { title.clone() } else { format!("{title}: {}", class.label) }
        };
        let line = |class: &CityClass| LineStyle { colour: class.colour, width: class.size, dash: Dash::Solid };
        match of.layer.kind {
            FoundKind::Areas => {
                let styles = of.classes.iter().map(|class| AreaStyle {
                    fill: Some(class.colour),
                    opacity: 0.85,
                    outline: Some(LineStyle { colour: Colour(0x666666), width: 0.5, dash: Dash::Solid }),
                });
                layers.push(MapLayer::Areas { crs: &Crs::Wgs84, areas: shaped().collect(), styles: styles.collect() });
            }
            FoundKind::Outlines => {
                let styles =
                    of.classes.iter().map(|class| AreaStyle { fill: None, opacity: 1.0, outline: Some(line(class)) });
                layers.push(MapLayer::Areas { crs: &Crs::Wgs84, areas: shaped().collect(), styles: styles.collect() });
            }
            FoundKind::Points => {
                let point = |(shape, class): (&Geometry<f64>, usize)| match shape {
                    Geometry::Point(point) => Some((point.0, class)),
                    _ => None,
                };
                // Another shape for the one that matters more, not only another colour.
                let marker = |class: &CityClass| {
                    if of.layer.id == "stops" && class.value == "high" {
                        Marker::Square(class.colour, 4.0)
                    } else {
                        Marker::Circle(class.colour, class.size.min(2.5))
                    }
                };
                layers.push(MapLayer::Points {
                    crs: &Crs::Wgs84,
                    points: shaped().filter_map(point).collect(),
                    markers: of.classes.iter().map(marker).collect(),
                });
            }
        }
        legend.extend(of.classes.iter().map(|class| LegendEntry {
            sign: match of.layer.kind {
                FoundKind::Areas => Sign::Area(class.colour),
                FoundKind::Outlines => Sign::Line(line(class)),
                FoundKind::Points if of.layer.id == "stops" && class.value == "high" => Sign::Square(class.colour),
                FoundKind::Points => Sign::Circle(class.colour, class.size),
            },
            label: named(class),
            count: Some(shaped().filter(|(_, at)| of.classes.get(*at).is_some_and(|c| c.value == class.value)).count()),
        }));
    }
    let mut texts = base_texts(v, title);
    texts.description = description.to_owned();
    texts.sources = sources.to_vec();
    let drawn = layered(prefix, &ground, &layers, &legend, &texts);
    drawn
        .inspect_err(|error| tracing::error!(error = error.to_string(), "a map is not drawn"))
        .ok()
        .map(|drawn| Html(drawn.svg))
}
