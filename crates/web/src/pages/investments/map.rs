//! The investments of a list as points on a map, by their place in the order.

use std::collections::{BTreeMap, BTreeSet};

use app::{InvestmentLine, InvestmentList, Scale, atlas};
use axum::response::Response;
use geo::{Coord, Geometry, Point};
use shapes::{
    Crs, Extent, Feature, Field, FieldKind, Layer, Value,
    draw::{Colour, Ground, Label, LegendEntry, MapLayer, Marker, Sign, Texts, layered},
};

use super::address;
use crate::{
    chart::{CityClass, CityLayer, CityMap, LayerKind, MapFiles, MapWidth, NameOnMap},
    failure::Failure,
    pages::{
        choropleth::{base_texts, disclaimer},
        pictures,
        place_map::{Lands, geojson, notes},
    },
    visit::Visit,
};

pub(super) use crate::pages::place_map::GEOJSON;

/// Numbers on the map; of more, those that come first.
const MOST_NAMES: usize = 60;
/// Shares of the frame and degrees that the map shows around its points.
const MARGIN: (f64, f64) = (0.15, 0.6);

/// How an investment is drawn: by its rank, else by why it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    First,
    Second,
    Later,
    Unranked,
    Decided,
}

impl Class {
    const ALL: [Class; 5] = [Class::First, Class::Second, Class::Later, Class::Unranked, Class::Decided];

    fn of(line: &InvestmentLine) -> Self {
        match line.priority.map(|p| p.rank) {
            Some(..=3) => Class::First,
            Some(4..=10) => Class::Second,
            Some(_) => Class::Later,
            None if line.unranked.is_empty() => Class::Decided,
            None => Class::Unranked,
        }
    }
    fn name(self) -> &'static str {
        match self {
            Class::First => "first",
            Class::Second => "second",
            Class::Later => "later",
            Class::Unranked => "unranked",
            Class::Decided => "decided",
        }
    }
    /// Dark before light, and the first ones of another shape: not by colour alone.
    fn look(self) -> (Colour, f64) {
        match self {
            Class::First => (Colour(0xe66101), 6.5),
            Class::Second => (Colour(0x2c7fb8), 6.0),
            Class::Later => (Colour(0xa6cee3), 5.0),
            Class::Unranked => (Colour(0xf2f2f2), 4.0),
            Class::Decided => (Colour(0x666666), 4.0),
        }
    }
    fn marker(self) -> Marker {
        match (self, self.look()) {
            (Class::First, (colour, size)) => Marker::Square(colour, size),
            (_, (colour, size)) => Marker::Circle(colour, size),
        }
    }
}

/// The map; `None` where no investment has coordinates.
pub(super) fn of_list(v: &Visit, list: &InvestmentList) -> Option<CityMap> {
    // What comes first is drawn last, on top.
    let points: Vec<(Coord<f64>, &InvestmentLine)> = list
        .lines()
        .filter_map(|line| line.at.map(|(x, y)| (Coord { x, y }, line)))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let (first, rest) = points.split_first()?;
    let one = Extent { west: first.0.x, south: first.0.y, east: first.0.x, north: first.0.y };
    let frame = rest.iter().fold(one, |frame, (at, _)| frame.with_place(*at)).with_margin(MARGIN.0, MARGIN.1);
    let (country, focus) = countries(v, &points);
    let title = v.say("investment-map");
    let words = texts(v, list, points.len(), &frame, &title);
    let names = names(v, &points);
    let drawn: Vec<(Coord<f64>, Class)> = points.iter().map(|(at, line)| (*at, Class::of(line))).collect();
    let legend = classes(v, &drawn);
    let picture = |prefix: &str, width: MapWidth| {
        pictures::kept(&(prefix, width, v.lang, &focus, &frame, &drawn, &names, &words), || {
            picture(&drawn, &legend, focus.as_deref(), &frame, &names, &words, prefix, width)
        })
    };
    let svg = (picture("inv", MapWidth::Wide), picture("invn", MapWidth::Narrow));
    let classes = legend
        .iter()
        .map(|(class, label, n)| CityClass {
            value: class.name().to_owned(),
            label: label.clone(),
            colour: class.look().0,
            size: class.look().1,
            is_hatched: false,
            is_dashed: false,
            is_square: *class == Class::First,
            count: Some(*n),
        })
        .collect();
    Some(CityMap {
        bounds: frame,
        lands: country.as_ref().map(|country| format!("/maps/lands/{}", crate::html::segment(country))),
        focus: focus.clone(),
        layers: vec![CityLayer {
            id: "investments".to_owned(),
            title: v.say("investment-title"),
            kind: LayerKind::Points,
            url: address(v, list, "points.geojson"),
            property: "class".to_owned(),
            classes,
            is_on: true,
            is_dense: false,
        }],
        names,
        attribution: words.notes.iter().chain(&words.sources).cloned().collect(),
        disclaimer: Some(disclaimer(v)),
        svg,
        table: None,
        files: MapFiles {
            svg: address(v, list, "map.svg"),
            csv: Some(address(v, list, "list.csv")),
            layers: vec![(v.say("investment-title"), address(v, list, "list.geojson"))],
            name: "investments".to_owned(),
        },
        title,
    })
}

/// The country of the investment that comes first, around which lands are drawn; and the one that all lie in, which the
/// ground brings out.
fn countries(v: &Visit, points: &[(Coord<f64>, &InvestmentLine)]) -> (Option<String>, Option<String>) {
    let country = |line: &InvestmentLine| Some(app::country_of(&v.world, line.place.as_ref()?)?.id.to_string());
    let all: BTreeSet<Option<String>> = points.iter().map(|(_, line)| country(line)).collect();
    let first = points.iter().rev().find_map(|(_, line)| country(line));
    let is_one = all.len() == 1;
    (first.clone(), first.filter(|_| is_one))
}

/// Ranks with the name of their place, those at one point together.
fn names(v: &Visit, points: &[(Coord<f64>, &InvestmentLine)]) -> Vec<NameOnMap> {
    let mut at: BTreeMap<(i64, i64), (Vec<usize>, &str)> = BTreeMap::new();
    let key = |at: Coord<f64>| ((at.x * 1e5).round() as i64, (at.y * 1e5).round() as i64);
    for (place, line) in points {
        let held = at.entry(key(*place)).or_default();
        held.0.extend(line.priority.map(|p| p.rank));
        held.1 = line.place.as_ref().map_or("", |place| v.plain(&place.title));
    }
    let mut named: Vec<(Vec<usize>, NameOnMap)> = Vec::new();
    for ((x, y), (mut ranks, place)) in at {
        ranks.sort_unstable();
        if ranks.is_empty() {
            continue;
        }
        let name = format!("{} {place}", ranks.iter().map(usize::to_string).collect::<Vec<_>>().join(" · "));
        let gap = Class::First.look().1;
        named.push((ranks, NameOnMap { at: [x as f64 / 1e5, y as f64 / 1e5], name, gap }));
    }
    named.sort_by(|a, b| a.0.cmp(&b.0));
    named.into_iter().take(MOST_NAMES).map(|(_, name)| name).collect()
}

/// Classes that have a point: the class, its words, how many.
fn classes(v: &Visit, drawn: &[(Coord<f64>, Class)]) -> Vec<(Class, String, usize)> {
    let count = |class: Class| drawn.iter().filter(|(_, of)| *of == class).count();
    let shown = Class::ALL.into_iter().map(|class| (class, count(class))).filter(|(_, n)| *n > 0);
    shown.map(|(class, n)| (class, v.say_suffix("investment-class-", class.name()), n)).collect()
}

fn texts(v: &Visit, list: &InvestmentList, n: usize, frame: &Extent, title: &str) -> Texts {
    let mut texts = base_texts(v, title);
    let first = list.ranked.first().map_or("–", |line| v.plain(&line.investment.title));
    texts.description = v.say_with("investment-map-desc", [("n", n.into()), ("first", first.into())]);
    texts.subtitle = format!("\u{2068}{}\u{2069}", v.on);
    texts.notes = notes(v, frame);
    let version = atlas(Scale::Country).map_or("", |world| world.version.as_str());
    texts.sources = vec![v.say("investment-source"), v.say_name("map-source-lands", "version", version)];
    texts
}

#[allow(clippy::too_many_arguments, reason = "what the picture is made of, each once")]
fn picture(
    drawn: &[(Coord<f64>, Class)],
    legend: &[(Class, String, usize)],
    country: Option<&str>,
    frame: &Extent,
    names: &[NameOnMap],
    words: &Texts,
    prefix: &str,
    width: MapWidth,
) -> Option<String> {
    let rectangle = Feature { id: 1, shape: Some(frame.outline()), values: Vec::new() };
    let rectangle = Layer { name: "frame".to_owned(), crs: Crs::Wgs84, fields: Vec::new(), features: vec![rectangle] };
    let ground = Ground::around(&rectangle, width.pixels().min(720.0)).ok()?.with_international_boundaries();
    let lands = Lands::around(atlas(Scale::Country)?, frame);
    let mut layers = lands.layers(country.unwrap_or_default());
    let points = drawn.iter().map(|(at, class)| (*at, *class as usize)).collect();
    layers.push(MapLayer::Points { crs: &Crs::Wgs84, points, markers: Class::ALL.map(Class::marker).to_vec() });
    let label =
        |name: &NameOnMap| Label { at: Coord { x: name.at[0], y: name.at[1] }, text: name.name.clone(), gap: name.gap };
    layers.push(MapLayer::Labels { crs: &Crs::Wgs84, labels: names.iter().map(label).collect() });
    let entry = |(class, label, n): &(Class, String, usize)| LegendEntry {
        sign: match class.look() {
            (colour, _) if *class == Class::First => Sign::Square(colour),
            (colour, size) => Sign::Circle(colour, size),
        },
        label: label.clone(),
        count: Some(*n),
    };
    let legend: Vec<LegendEntry> = legend.iter().map(entry).collect();
    let found = layered(prefix, &ground, &layers, &legend, words);
    found
        .inspect_err(|error| tracing::error!(error = error.to_string(), "a map is not drawn"))
        .ok()
        .map(|found| found.svg)
}

/// What the map draws: a point for each investment with its words.
pub(super) fn points(v: &Visit, list: &InvestmentList) -> Result<Response, Failure> {
    let text = |text: &str| Value::Text(text.to_owned());
    let feature = |(line, id): (&InvestmentLine, i64)| {
        let (x, y) = line.at?;
        let own = &line.investment;
        let rank = line.priority.map(|p| v.say_with("investment-rank-of", [("rank", p.rank.into())]));
        let values = vec![
            text(own.id.as_str()),
            text(v.plain(&own.title)),
            rank.map_or(Value::Missing, Value::Text),
            text(Class::of(line).name()),
            text(&v.record_link("investment", own.id.as_str())),
        ];
        Some(Feature { id, shape: Some(Geometry::Point(Point::new(x, y))), values })
    };
    let field = |name: &str| Field { name: name.to_owned(), kind: FieldKind::Text };
    let mut features: Vec<Feature> = list.lines().zip(1..).filter_map(feature).collect();
    features.reverse();
    let layer = Layer {
        name: "investments".to_owned(),
        crs: Crs::Wgs84,
        fields: ["id", "name", "label", "class", "link"].map(field).to_vec(),
        features,
    };
    geojson(&layer)
}
