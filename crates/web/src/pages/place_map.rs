//! Where a place lies: its country with its neighbours, and the cities of the register in it.

use app::{Scale, Surroundings, atlas, surroundings};
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use geo::{Coord, Geometry, Point};
use model::{kinds::Place, value::Id};
use shapes::{
    Country, Crs, Extent, Feature, Field, FieldKind, Layer, Value, World,
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
        map_table::{MachineRow, MapRow, MapTable},
        pictures,
        space_words::{population, population_sources, population_time},
    },
    visit::Visit,
};

/// Classes of cities begin at these numbers of people.
const SIZES: [u64; 3] = [300_000, 1_000_000, 5_000_000];
/// Radii of their circles.
const RADII: [f64; 4] = [3.5, 5.0, 7.0, 9.0];
const CITY: Colour = Colour(0x2c7fb8);
const OWN: Colour = Colour(0xe66101);
/// A city whose people are not counted in the register.
const UNKNOWN: Colour = Colour(0xf2f2f2);
const OWN_RADIUS: f64 = 7.0;
const WATER: Colour = Colour(0xdfe9ef);
const LAND: Colour = Colour(0xecece6);
const FOCUS: Colour = Colour(0xfffdf5);
const LINE: Colour = Colour(0x666666);
/// Sources of populations that are named.
const MOST_SOURCES: usize = 3;
/// Names on a map.
const MOST_NAMES: usize = 60;
/// The media type of GeoJSON.
pub(super) const GEOJSON: &str = "application/geo+json";

/// The map of a place; `None` for one that lies in no country.
pub(crate) fn of_place(v: &Visit, id: &Id<Place>) -> Option<CityMap> {
    let around = surroundings(&v.world, id)?;
    let country = around.country.as_ref()?;
    let frame = frame(country, &around.cities)?;
    let title = format!("{} – {}", v.plain(&around.place.title), v.say("map-where"));
    let names = names(v, &around);
    let cities: Vec<_> = around.cities.iter().map(|city| (position(city), class_of(&around, city))).collect();
    let words = texts(v, &around, &frame, &title);
    let picture = |prefix: &str, width: MapWidth| {
        pictures::kept(&(prefix, width, v.lang, &country.id, &frame, &cities, &names, &words), || {
            picture(v, &around, &frame, &names, &words, prefix, width)
        })
    };
    let svg = (picture("where", MapWidth::Wide), picture("wheren", MapWidth::Narrow));
    let classes = shown_classes(v, &around);
    let cities_url = v.to(&format!("/places/{}/cities.geojson", segment(id.as_str())));
    let files = format!("/places/{}/maps/where", segment(id.as_str()));
    let files = MapFiles {
        svg: v.to(&format!("{files}.svg")),
        csv: (!around.cities.is_empty()).then(|| v.to(&format!("{files}.csv"))),
        layers: if classes.is_empty() { Vec::new() } else { vec![(v.say("map-cities"), cities_url.clone())] },
        name: format!("{}-where", id.as_str()),
    };
    let table = MapTable::new(v, "where", &title, rows(v, &around, &classes));
    let layers = if classes.is_empty() {
        Vec::new()
    } else {
        vec![CityLayer {
            id: "cities".to_owned(),
            title: v.say("map-cities"),
            kind: LayerKind::Points,
            url: cities_url.clone(),
            property: "class".to_owned(),
            is_dense: false,
            classes,
            is_on: true,
        }]
    };
    Some(CityMap {
        bounds: frame,
        lands: Some(format!("/maps/lands/{}", segment(country.id.as_str()))),
        focus: Some(country.id.to_string()),
        layers,
        names,
        attribution: notes(v, &frame).into_iter().chain(sources(v, &around)).collect(),
        disclaimer: Some(disclaimer(v)),
        svg,
        table: Some(table),
        files,
        title,
    })
}

/// Cities as names on the map: the place itself, then the largest.
fn names(v: &Visit, around: &Surroundings) -> Vec<NameOnMap> {
    let mut cities: Vec<&Place> = around.cities.iter().collect();
    cities.sort_by_key(|city| city.id != around.place.id);
    let name = |city: &Place| {
        let Coord { x, y } = position(city)?;
        let gap = radius_of(class_of(around, city));
        Some(NameOnMap { at: [x, y], name: v.plain(&city.title).to_owned(), gap })
    };
    cities.into_iter().take(MOST_NAMES).filter_map(name).collect()
}

/// Rows of the table: the cities, the largest first.
fn rows(v: &Visit, around: &Surroundings, classes: &[CityClass]) -> Vec<MapRow> {
    let row = |city: &Place| {
        let class = class_of(around, city);
        let label = classes.iter().find(|of| of.value == value_of(class)).map(|of| of.label.clone());
        MapRow {
            name: v.plain(&city.title).to_owned(),
            link: Some(v.record_link("place", city.id.as_str())),
            class: label.unwrap_or_default(),
            class_at: Some(class),
            people: city.population.map(|people| people.0 as f64),
            value: city.population.map(|_| population_time(v, city)).unwrap_or_default(),
            machine: MachineRow {
                place: city.id.to_string(),
                class: value_of(class),
                value: city.population.map(|people| people.0 as f64),
                unit: if city.population.is_some() { "person" } else { "" },
                period: city.population_period.map_or_else(String::new, |period| period.to_string()),
                source: city.population_source.as_ref().map_or_else(String::new, |of| of.as_str().to_owned()),
                ..MachineRow::default()
            },
            ..MapRow::default()
        }
    };
    around.cities.iter().map(row).collect()
}

/// The country with a margin, and whatever of its cities lies beyond.
fn frame(country: &Place, cities: &[Place]) -> Option<Extent> {
    let bounds = atlas(Scale::Country)?.frame_of(country.id.as_str())?;
    let bounds = cities.iter().filter_map(position).fold(bounds, Extent::with_place);
    Some(bounds.with_margin(0.06, 0.2))
}

fn position(place: &Place) -> Option<Coord<f64>> {
    Some(Coord { x: place.longitude?, y: place.latitude? })
}

fn sources(v: &Visit, around: &Surroundings) -> Vec<String> {
    let version = atlas(Scale::Country).map_or("", |world| world.version.as_str());
    let mut people = population_sources(v, around.cities.iter());
    if people.len() > MOST_SOURCES {
        people.truncate(MOST_SOURCES);
        people.push("…".to_owned());
    }
    let people = match people.is_empty() {
        true => v.say("map-source-places"),
        false => v.say_name("map-source-population", "sources", people.join(" | ")),
    };
    vec![people, v.say_name("map-source-lands", "version", version)]
}

/// The class of a city: `own` for the place itself, else by its people, or without.
fn class_of(around: &Surroundings, city: &Place) -> usize {
    if city.id == around.place.id {
        return OWN_CLASS;
    }
    let Some(people) = city.population else { return UNKNOWN_CLASS };
    SIZES.iter().filter(|least| people.0.unsigned_abs() >= **least).count()
}

/// After four sizes: cities whose people are not known, and the place itself.
const UNKNOWN_CLASS: usize = SIZES.len() + 1;
const OWN_CLASS: usize = UNKNOWN_CLASS + 1;

/// The value of a class in the GeoJSON.
fn value_of(class: usize) -> String {
    match class {
        OWN_CLASS => "own".to_owned(),
        UNKNOWN_CLASS => "unknown".to_owned(),
        class => class.to_string(),
    }
}

fn colour_of(class: usize) -> Colour {
    match class {
        OWN_CLASS => OWN,
        UNKNOWN_CLASS => UNKNOWN,
        _ => CITY,
    }
}

fn radius_of(class: usize) -> f64 {
    if class == UNKNOWN_CLASS { RADII[0] } else { RADII.get(class).copied().unwrap_or(OWN_RADIUS) }
}

/// Classes that have a city, with the words of the legend.
fn shown_classes(v: &Visit, around: &Surroundings) -> Vec<CityClass> {
    let number = |n: u64| locale::number(n as f64);
    let label = |class: usize| match (class.checked_sub(1).and_then(|at| SIZES.get(at)), SIZES.get(class)) {
        _ if class == OWN_CLASS => v.say("map-place-itself"),
        _ if class == UNKNOWN_CLASS => v.say("map-cities-unknown"),
        (None, Some(high)) => v.say_name("map-cities-under", "high", number(*high)),
        (Some(low), Some(high)) => {
            v.say_with("map-cities-of-size", [("low", number(*low).into()), ("high", number(*high).into())])
        }
        (Some(low), None) => v.say_name("map-cities-over", "low", number(*low)),
        (None, None) => String::new(),
    };
    let count = |class: usize| around.cities.iter().filter(|city| class_of(around, city) == class).count();
    let shown =
        (0..=OWN_CLASS).map(|class| (class, count(class))).filter(|(_, n)| *n > 0).map(|(class, n)| CityClass {
            value: value_of(class),
            label: label(class),
            colour: colour_of(class),
            size: radius_of(class),
            is_hatched: false,
            is_square: class == OWN_CLASS,
            is_dashed: false,
            count: Some(n),
        });
    shown.collect()
}

fn texts(v: &Visit, around: &Surroundings, frame: &Extent, title: &str) -> Texts {
    let mut texts = base_texts(v, title);
    let country = around.country.as_ref().map_or("", |country| v.plain(&country.title));
    let largest = around.cities.first().map_or("", |city| v.plain(&city.title));
    let args = [("n", around.cities.len().into()), ("place", country.into()), ("largest", largest.into())];
    texts.description = v.say_with("map-city-desc", args);
    texts.unit = if around.cities.is_empty() { String::new() } else { v.say("map-cities") };
    texts.subtitle = format!("{country}, \u{2068}{}\u{2069}", v.on);
    texts.notes = notes(v, frame);
    texts.sources = sources(v, around);
    texts.sources.push(v.say_name("map-method-plane", "version", env!("CARGO_PKG_VERSION")));
    texts
}

/// Columns of the lands around a place.
const PART: usize = 0;
const CODE: usize = 1;
const JOINS: usize = 2;
const CLASS: usize = 4;

fn word(feature: &Feature, column: usize) -> &str {
    match feature.values.get(column) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

/// What must be said about areas in view: by us, and by the makers of another map of the world.
pub(super) fn notes(v: &Visit, frame: &Extent) -> Vec<String> {
    let Some(world) = atlas(Scale::Country) else { return Vec::new() };
    let lands = world.around(frame).features;
    let has = |column: usize, text: &str| lands.iter().any(|feature| word(feature, column) == text);
    let in_view = [
        ("map-note-kashmir", has(CLASS, "line_of_control") && has(JOINS, "IND") && has(JOINS, "PAK")),
        ("map-note-abyei", has(JOINS, "SDN") && has(JOINS, "SSD")),
        ("map-note-falklands", has(JOINS, "FLK")),
        ("map-note-kosovo", has(CODE, "KOS") || has(CODE, "XKX")),
    ];
    let ours = in_view.into_iter().filter(|(_, is_in_view)| *is_in_view).map(|(key, _)| v.say(key));
    let theirs =
        world.countries.iter().filter(|country| has(CODE, &country.code)).filter_map(|country| said(v, country));
    ours.chain(theirs).collect()
}

/// What the makers of a map of the world say about an area, in the reader's language, else in English.
pub(super) fn said(v: &Visit, country: &Country) -> Option<String> {
    country.said.get(v.lang.code()).or_else(|| country.said.get("en")).cloned()
}

/// Lands, coasts and boundaries of a frame: the ground of its picture.
pub(crate) struct Lands {
    lands: Layer,
    water: Geometry<f64>,
}

impl Lands {
    /// Of a frame with a margin, since the sides of the picture are no meridians and parallels.
    pub fn around(world: &World, frame: &Extent) -> Self {
        Lands { lands: world.around(&frame.with_margin(0.25, 1.0)), water: frame.with_margin(0.5, 2.0).outline() }
    }

    /// The pieces of a country.
    pub fn areas_of(&self, country: &str) -> Vec<&Geometry<f64>> {
        let is_of = |feature: &&Feature| word(feature, PART) == "area" && word(feature, JOINS) == country;
        self.lands.features.iter().filter(is_of).filter_map(|feature| feature.shape.as_ref()).collect()
    }

    /// As layers, the lowest first: water, lands, then coasts and boundaries. One country is brought out.
    pub fn layers(&self, country: &str) -> Vec<MapLayer<'_>> {
        let (mut areas, mut lines) = (Vec::new(), Vec::new());
        for feature in &self.lands.features {
            let Some(shape) = &feature.shape else { continue };
            match (word(feature, PART), word(feature, CLASS)) {
                ("area", _) => areas.push((shape, usize::from(word(feature, JOINS) == country))),
                ("coast", _) => lines.push((shape, 0)),
                ("boundary", "international") => lines.push((shape, 1)),
                ("boundary", "line_of_control") => lines.push((shape, 3)),
                ("boundary", "disputed" | "indefinite") => lines.push((shape, 2)),
                _ => {}
            }
        }
        let fill = |colour| AreaStyle { fill: Some(Fill::Colour(colour)), opacity: 1.0, outline: None };
        let line = |width, dash| LineStyle { colour: LINE, width, dash };
        let solid = line(0.75, Dash::Solid);
        let styles = vec![line(0.6, Dash::Solid), solid, line(0.75, Dash::Dashed), line(0.75, Dash::Dotted)];
        vec![
            MapLayer::Areas { crs: &Crs::Wgs84, areas: vec![(&self.water, 0)], styles: vec![fill(WATER)] },
            MapLayer::Areas { crs: &Crs::Wgs84, areas, styles: vec![fill(LAND), fill(FOCUS)] },
            MapLayer::Lines { crs: &Crs::Wgs84, lines, styles },
        ]
    }
}

/// The picture.
fn picture(
    v: &Visit,
    around: &Surroundings,
    frame: &Extent,
    names: &[NameOnMap],
    words: &Texts,
    prefix: &str,
    width: MapWidth,
) -> Option<String> {
    let world = atlas(Scale::Country)?;
    let rectangle = Feature { id: 1, shape: Some(frame.outline()), values: Vec::new() };
    let rectangle = Layer { name: "frame".to_owned(), crs: Crs::Wgs84, fields: Vec::new(), features: vec![rectangle] };
    let ground = Ground::around(&rectangle, width.pixels().min(720.0)).ok()?.with_international_boundaries();
    let country = around.country.as_ref().map_or("", |country| country.id.as_str());
    let lands = Lands::around(world, frame);
    let points = around.cities.iter().filter_map(|city| Some((position(city)?, class_of(around, city)))).collect();
    let mut markers: Vec<Marker> =
        (0..OWN_CLASS).map(|class| Marker::Circle(colour_of(class), radius_of(class))).collect();
    // Another shape, not only another colour.
    markers.push(Marker::Square(OWN, OWN_RADIUS - 1.5));
    let label =
        |name: &NameOnMap| Label { at: Coord { x: name.at[0], y: name.at[1] }, text: name.name.clone(), gap: name.gap };
    let mut layers = lands.layers(country);
    layers.push(MapLayer::Points { crs: &Crs::Wgs84, points, markers });
    layers.push(MapLayer::Labels { crs: &Crs::Wgs84, labels: names.iter().map(label).collect() });
    let legend: Vec<LegendEntry> = shown_classes(v, around)
        .into_iter()
        .map(|class| LegendEntry {
            sign: if class.is_square { Sign::Square(OWN) } else { Sign::Circle(class.colour, class.size) },
            label: class.label,
            count: class.count,
        })
        .collect();
    let drawn = layered(prefix, &ground, &layers, &legend, words);
    drawn
        .inspect_err(|error| tracing::error!(error = error.to_string(), "a map is not drawn"))
        .ok()
        .map(|drawn| drawn.svg)
}

/// The cities of a place's country.
pub async fn cities(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let v = &v;
    let around = surroundings(&v.world, &Id::new(id)).ok_or_else(Failure::not_found)?;
    let text = |text: &str| Value::Text(text.to_owned());
    let feature = |(city, id): (&Place, i64)| {
        let label = population(v, city).map(|people| format!("{}: {people}", v.say("map-population")));
        let some = |text: Option<String>| text.map_or(Value::Missing, Value::Text);
        let class = value_of(class_of(&around, city));
        let values = vec![
            text(city.id.as_str()),
            text(v.plain(&city.title)),
            some(label),
            text(&v.record_link("place", city.id.as_str())),
            text(&class),
            city.population.map_or(Value::Missing, |people| Value::Whole(people.0)),
            if city.population.is_some() { text("person") } else { Value::Missing },
            some(city.population_period.map(|period| period.to_string())),
            some(city.population_source.as_ref().map(|of| of.as_str().to_owned())),
        ];
        let shape = position(city).map(|at| Geometry::Point(Point(at)));
        Feature { id, shape, values }
    };
    let field = |name: &str| {
        let kind = if name == "value" { FieldKind::Whole } else { FieldKind::Text };
        Field { name: name.to_owned(), kind }
    };
    let names = ["id", "name", "label", "link", "class", "value", "unit", "period", "source"];
    let layer = Layer {
        name: "cities".to_owned(),
        crs: Crs::Wgs84,
        fields: names.map(field).to_vec(),
        features: around.cities.iter().zip(1..).map(feature).collect(),
    };
    geojson(&layer)
}

/// Lands, coasts and boundaries around a country: the ground of its maps. It tells nothing about the data.
pub async fn lands(Path(country): Path<String>) -> Result<Response, Failure> {
    let around = |world: &'static World| {
        let frame = world.frame_of(&country)?;
        // As far as the map can be moved.
        Some(world.around(&frame.with_margin(1.2, 4.0)))
    };
    let layer = atlas(Scale::Country).and_then(around).ok_or_else(Failure::not_found)?;
    let mut response = geojson(&layer)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400"));
    Ok(response)
}

pub(super) fn geojson(layer: &Layer) -> Result<Response, Failure> {
    let mut out = Vec::new();
    shapes::write_geojson_to(&mut out, &layer.name, layer).map_err(|e| Failure::internal(&e))?;
    let mut response = out.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(GEOJSON));
    Ok(response)
}
