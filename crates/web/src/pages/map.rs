//! A place-based indicator on the map of the world, period by period, and the same as files.

use std::collections::BTreeMap;

use app::{OnMaps, analyses, view::PlaceFigure};
use askama::Template;
use axum::{extract::Path, response::Response};
use geo::{Coord, Geometry, GeometryCollection, MapCoords as _, MultiPolygon, Point};
use model::{
    kinds::Indicator,
    value::{Breakdown, Id, Period, Value as Cell},
};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value};

use crate::{
    chart::MapWidth,
    failure::Failure,
    html::{Html, query_value},
    pages::{
        choropleth::{PlaceMap, disclaimer, over_time, status_of},
        files::download,
        space_words,
    },
    sorting::{Falling, Key, Sorting},
    visit::{Visit, page},
};

/// Columns that the table can be in the order of.
const SORTED_BY: &[&str] = &["name", "period", "value", "class"];
/// Maps beside each other at most: the last periods that have values.
const MOST_PERIODS: usize = 6;
/// Periods offered above the map at most.
const MOST_STEPS: usize = 60;

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage<'a> {
    v: &'a Visit,
    title: String,
    indicator: &'a Indicator,
    map: Option<PlaceMap<'a>>,
    wide: Html,
    not_shown: Option<String>,
    over_time: Option<(Html, Html)>,
    periods: Vec<Period>,
    period: Option<Period>,
    places: &'a [PlaceFigure],
    sorting: Sorting,
    /// Groups that have figures, with their addresses and whether each is shown; empty where there is one alone.
    groups: Vec<(String, String, bool)>,
    /// The group that is shown, for addresses.
    group: Breakdown,
    /// What the page says where it shows nothing.
    empty: &'static str,
    /// Where the figures are that no map shows.
    figures: String,
}

impl MapPage<'_> {
    /// The head of a column of the table.
    fn head(&self, column: usize, label: &str) -> Html {
        self.sorting.head(self.v, column, label, if column == 2 { "n" } else { "" })
    }
    fn value_head(&self) -> Html {
        let unit = self.indicator.unit.as_ref().map(|unit| format!(" ({})", self.v.unit(&unit.0)));
        self.head(2, &format!("{}{}", self.v.say("page-value"), unit.unwrap_or_default()))
    }
    fn sort_form(&self) -> Html {
        self.sorting.form(self.v, "values")
    }
    /// What a script puts the rows in order by.
    fn value_key(&self, of: &PlaceFigure) -> String {
        of.figure.answer.value().map_or_else(String::new, locale::exact)
    }
    fn class_key(&self, map: &PlaceMap<'_>, of: &PlaceFigure) -> String {
        map.class_at(of).map_or_else(String::new, |class| class.to_string())
    }
    fn times(&self) -> String {
        self.v.to(&format!("{}/times.svg{}", super::map_path(self.indicator.id.as_str()), query(None, &self.group)))
    }
    fn png(&self) -> String {
        let period = self.period.map_or_else(String::new, |period| format!("-{period}"));
        format!("{}{period}", self.indicator.id)
    }
    fn at(&self, period: &Period) -> String {
        self.of("", Some(*period))
    }
    fn is_shown(&self, period: &Period) -> bool {
        self.period == Some(*period)
    }
    fn latest(&self) -> String {
        self.of("", None)
    }
    /// A file with what is shown.
    fn file(&self, name: &str) -> String {
        self.of(name, self.period)
    }
    fn of(&self, name: &str, period: Option<Period>) -> String {
        let path = super::map_path(self.indicator.id.as_str());
        self.v.to(&format!("{path}{name}{}", query(period, &self.group)))
    }
    fn narrow(&self, map: &PlaceMap<'_>) -> Html {
        map.svg("mapn", MapWidth::Narrow)
    }
    fn figure_of(&self, of: &PlaceFigure) -> String {
        self.v.figure_link(&of.figure.key.to_string())
    }
    /// What is said when the keyboard comes to a place.
    fn said(&self, map: &PlaceMap<'_>, of: &PlaceFigure) -> String {
        format!("{} ({})", map.label(of), map.class_of(of))
    }
}

/// The query of an address of the map.
fn query(period: Option<Period>, group: &Breakdown) -> String {
    let mut parts = Vec::new();
    if !group.is_total() {
        parts.push(format!("group={}", query_value(&group.to_string())));
    }
    parts.extend(period.map(|period| format!("period={}", query_value(&period.to_string()))));
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

/// The group that is asked for; else all people, or the first group where an indicator has nothing of all.
fn group_of(v: &Visit, on_maps: &OnMaps) -> Result<Breakdown, Failure> {
    match v.ask("group") {
        "" => Ok(on_maps.groups.first().cloned().unwrap_or_default()),
        text => Breakdown::parse(text).filter(|group| on_maps.groups.contains(group)).ok_or_else(Failure::not_found),
    }
}

/// What was asked for: the indicator, the period, the figures in the order of the table.
struct Asked {
    indicator: Indicator,
    period: Option<Period>,
    places: Vec<PlaceFigure>,
    sorting: Sorting,
    on_maps: OnMaps,
    group: Breakdown,
}

fn asked(v: &Visit, id: String) -> Result<Asked, Failure> {
    let id: Id<Indicator> = Id::new(id);
    let indicator = v.records().indicators.of(&id).ok_or_else(Failure::not_found)?.clone();
    let period = match v.ask("period") {
        "" => None,
        text => Some(Period::parse(text).ok_or_else(|| Failure::bad("page-bad-period", &[("period", text.into())]))?),
    };
    let on_maps = app::on_maps(&v.world, &id);
    let group = group_of(v, &on_maps)?;
    let mut places = app::place_figures_of(&v.world, &id, period, &group);
    let sorting = Sorting::asked(v, "sort", SORTED_BY, (2, Falling::Yes));
    let map = PlaceMap::of(v, &indicator, &places);
    let class = |of: &PlaceFigure| map.as_ref().and_then(|map| map.class_at(of));
    let keys: BTreeMap<String, Option<usize>> = places.iter().map(|of| (of.place.id.to_string(), class(of))).collect();
    // Equal ones stay in the order of their names.
    places.sort_by_key(|of| v.plain(&of.place.title).to_lowercase());
    sorting.sort(&mut places, |of, column| match column {
        0 => Key::word(v.plain(&of.place.title)),
        1 => Key::word(&of.figure.key.period.to_string()),
        2 => Key::number(of.figure.answer.value()),
        _ => Key::number(keys.get(of.place.id.as_str()).copied().flatten().map(|class| class as f64)),
    });
    Ok(Asked { indicator, period, places, sorting, on_maps, group })
}

/// The page.
pub async fn map(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let Asked { indicator, period, places, sorting, on_maps, group } = asked(&v, id)?;
    let mut periods = periods(&v, &indicator.id);
    let last = last_periods(&v, &indicator.id, &periods, &group);
    let in_width = |prefix: &str, width| over_time(&v, &indicator, &last, prefix, width);
    let over_time = in_width("times", MapWidth::Wide).zip(in_width("timesn", MapWidth::Narrow));
    periods.drain(..periods.len().saturating_sub(MOST_STEPS));
    let map = PlaceMap::of(&v, &indicator, &places);
    let drawing = map.as_ref().and_then(|map| map.drawing("map", MapWidth::Wide));
    let link = |of: &Breakdown| {
        let to = v.to(&format!("{}{}", super::map_path(indicator.id.as_str()), query(period, of)));
        (space_words::group(&v, of), to, *of == group)
    };
    let template = MapPage {
        groups: if on_maps.groups.len() > 1 || !group.is_total() {
            on_maps.groups.iter().map(link).collect()
        } else {
            Vec::new()
        },
        empty: match (on_maps.groups.is_empty(), on_maps.n_elsewhere) {
            (false, _) => "page-map-none-then",
            (true, 0) => "page-map-none",
            (true, _) => "page-map-none-here",
        },
        figures: v.record_link("indicator", indicator.id.as_str()),
        title: format!("{} – {}", v.say("page-map"), v.plain(&indicator.title)),
        not_shown: map.as_ref().zip(drawing.as_ref()).and_then(|(map, drawing)| map.not_shown(drawing)),
        wide: Html(drawing.map(|drawing| drawing.svg).unwrap_or_default()),
        map,
        indicator: &indicator,
        group: group.clone(),
        over_time,
        periods,
        period,
        places: &places,
        sorting,
        v: &v,
    };
    page(&v, &template)
}

/// The last periods with values, each with its figures. A period in which hardly anybody reported would be a map of hatches: one
/// with less than a tenth of the places of the fullest is left out.
fn last_periods(
    v: &Visit,
    id: &Id<Indicator>,
    periods: &[Period],
    group: &Breakdown,
) -> Vec<(Period, Vec<PlaceFigure>)> {
    let n_values = |places: &[PlaceFigure]| places.iter().filter(|of| of.figure.answer.value().is_some()).count();
    let newest = periods.iter().rev().take(MOST_STEPS);
    let mut all: Vec<_> =
        newest.map(|period| (*period, app::place_figures_of(&v.world, id, Some(*period), group))).collect();
    let most = all.iter().map(|(_, places)| n_values(places)).max().unwrap_or_default();
    all.retain(|(_, places)| n_values(places) > 0 && 10 * n_values(places) >= most);
    all.truncate(MOST_PERIODS);
    all.reverse();
    all
}

/// The map as a picture that stands for itself.
pub async fn svg(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let asked = asked(&v, id)?;
    let map = PlaceMap::of(&v, &asked.indicator, &asked.places).ok_or_else(Failure::not_found)?;
    let svg = map.svg("map", MapWidth::Wide).0;
    if svg.is_empty() {
        return Err(Failure::not_found());
    }
    Ok(download(svg.into_bytes(), "image/svg+xml", &name_of(&asked, "svg")))
}

/// The maps over time as a picture that stands for itself.
pub async fn times(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: Id<Indicator> = Id::new(id);
    let indicator = v.records().indicators.of(&id).ok_or_else(Failure::not_found)?.clone();
    let group = group_of(&v, &app::on_maps(&v.world, &id))?;
    let last = last_periods(&v, &id, &periods(&v, &id), &group);
    let svg = over_time(&v, &indicator, &last, "times", MapWidth::Wide).ok_or_else(Failure::not_found)?;
    Ok(download(svg.0.into_bytes(), "image/svg+xml", &format!("{id}-times.svg")))
}

/// The values as a table.
pub async fn csv(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let asked = asked(&v, id)?;
    let map = PlaceMap::of(&v, &asked.indicator, &asked.places).ok_or_else(Failure::not_found)?;
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut out = Vec::new();
    app::csv_row(&mut out, &COLUMNS.map(|(name, _)| text(name)));
    for row in rows(&v, &asked, &map) {
        let cells = row.map(|value| match value {
            Value::Text(text) => Cell::Text(text),
            Value::Number(number) => Cell::Number(number),
            Value::Whole(whole) => Cell::Whole(whole),
            Value::Flag(_) | Value::Missing => Cell::Null,
        });
        app::csv_row(&mut out, &cells);
    }
    Ok(download(out, "text/csv; charset=utf-8", &name_of(&asked, "csv")))
}

/// The values with the shapes that they are drawn on.
pub async fn geojson(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let asked = asked(&v, id)?;
    let map = PlaceMap::of(&v, &asked.indicator, &asked.places).ok_or_else(Failure::not_found)?;
    let world = app::atlas(app::Scale::World).ok_or_else(Failure::not_found)?;
    let mut shapes: BTreeMap<&str, Vec<&Geometry<f64>>> = BTreeMap::new();
    for country in &world.countries {
        if let (Some(key), Some(shape)) = (&country.joins, &country.shape) {
            shapes.entry(key).or_default().push(shape);
        }
    }
    // Five decimals are about a metre; what is beyond them comes from computing.
    let rounded = |at: f64| (at * 1e5).round() / 1e5;
    let shape_of = |of: &PlaceFigure| match shapes.get(of.place.id.as_str()) {
        Some(parts) => Some(joined(parts).map_coords(|at| Coord { x: rounded(at.x), y: rounded(at.y) })),
        None => Some(Geometry::Point(Point::new(of.place.longitude?, of.place.latitude?))),
    };
    let rows = rows(&v, &asked, &map).zip(&asked.places).zip(1..);
    let layer = Layer {
        name: v.plain(&asked.indicator.title).to_owned(),
        crs: Crs::Wgs84,
        fields: COLUMNS.map(|(name, kind)| Field { name: name.to_owned(), kind }).to_vec(),
        features: rows.map(|((row, of), id)| Feature { id, shape: shape_of(of), values: row.to_vec() }).collect(),
    };
    let mut out = Vec::new();
    shapes::write_geojson_to(&mut out, "map", &layer).map_err(|e| Failure::internal(&e))?;
    let said = serde_json::json!({
        "source": v.say_name("map-source-lands", "version", &world.version),
        "disclaimer": disclaimer(&v),
    });
    Ok(download(with_members(out, &said), "application/geo+json", &name_of(&asked, "geojson")))
}

/// One shape of several: areas as one, whatever else is among them beside each other.
fn joined(parts: &[&Geometry<f64>]) -> Geometry<f64> {
    if let [only] = parts {
        return (*only).clone();
    }
    let mut areas = Vec::new();
    for part in parts {
        match part {
            Geometry::Polygon(area) => areas.push(area.clone()),
            Geometry::MultiPolygon(more) => areas.extend(more.0.iter().cloned()),
            _ => return Geometry::GeometryCollection(GeometryCollection(parts.iter().map(|p| (*p).clone()).collect())),
        }
    }
    Geometry::MultiPolygon(MultiPolygon(areas))
}

/// A collection of features with more members at its head, as RFC 7946 allows.
pub(crate) fn with_members(collection: Vec<u8>, members: &serde_json::Value) -> Vec<u8> {
    let members = members.to_string();
    match (collection.strip_prefix(b"{"), members.strip_suffix('}')) {
        (Some(rest), Some(head)) => [head.as_bytes(), b",", rest].concat(),
        _ => collection,
    }
}

/// Columns of the files.
const COLUMNS: [(&str, FieldKind); 12] = [
    ("id", FieldKind::Text),
    ("name", FieldKind::Text),
    ("period", FieldKind::Text),
    ("value", FieldKind::Number),
    ("unit", FieldKind::Text),
    ("status", FieldKind::Text),
    ("class", FieldKind::Whole),
    ("class_label", FieldKind::Text),
    ("scope", FieldKind::Text),
    ("figure", FieldKind::Text),
    ("group", FieldKind::Text),
    ("boundary", FieldKind::Text),
];

fn rows<'a>(v: &'a Visit, asked: &'a Asked, map: &'a PlaceMap<'a>) -> impl Iterator<Item = [Value; 12]> + 'a {
    let text = |text: &str| Value::Text(text.to_owned());
    let unit = asked.indicator.unit.as_ref().map_or("", |unit| unit.0.as_str());
    asked.places.iter().map(move |of| {
        [
            text(of.place.id.as_str()),
            text(v.plain(&of.place.title)),
            text(&of.figure.key.period.to_string()),
            of.figure.answer.value().map_or(Value::Missing, Value::Number),
            text(unit),
            text(status_of(of)),
            // From 1, the lowest.
            map.class_at(of).map_or(Value::Missing, |class| Value::Whole(class as i64 + 1)),
            text(&map.class_of(of)),
            text(of.figure.key.scope.as_str()),
            text(&of.figure.key.to_string()),
            text(&of.figure.key.breakdown.to_string()),
            text(&analyses::boundaries_of(&v.world, &of.figure).join(" ")),
        ]
    })
}

fn name_of(asked: &Asked, ending: &str) -> String {
    let period = asked.period.map_or_else(String::new, |period| format!("-{period}"));
    format!("{}{period}.{ending}", asked.indicator.id)
}

/// The periods that have observations of the indicator.
fn periods(v: &Visit, id: &Id<Indicator>) -> Vec<Period> {
    let all = &v.world.snapshot().observations;
    let Some(code) = all.dict.code(id.as_str()) else { return Vec::new() };
    let mut periods: Vec<Period> =
        all.indicator.iter().zip(&all.period).filter(|(i, _)| **i == code).map(|(_, p)| *p).collect();
    periods.sort();
    periods.dedup();
    periods
}
