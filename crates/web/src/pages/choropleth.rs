//! Figures of places as a map of the world: which classes, which words, what is said about it.

use std::collections::{BTreeMap, BTreeSet};

use app::view::PlaceFigure;
use model::{
    figure::{Answer, Reason},
    kinds::{Indicator, PlaceKind},
    value::{Lang, Period},
};
use shapes::{
    Extent, World,
    draw::{
        ClassRule, Classes, Direction, Drawing, Ground, Palette, Panel, Place, PlacePoint, Refusal, Status, Texts,
        multiples, regional, symbols,
    },
};

use crate::{
    chart::{MapWidth, world_ground},
    html::Html,
    pages::{
        near_map::{self, Near},
        place_map::{notes, said},
        space_words,
    },
    visit::Visit,
};

/// Classes of values that are no shares of a whole.
const N_CLASSES: usize = 5;
/// Sources named in a picture; more would be longer than it.
const MOST_SOURCES: usize = 4;
/// The unit whose classes are the same on each map.
const PERCENT: &str = "percent";

/// A map of the figures of one indicator.
pub(crate) struct PlaceMap<'a> {
    v: &'a Visit,
    indicator: &'a Indicator,
    places: &'a [PlaceFigure],
    classes: Classes,
}

/// A value with its status, and the name of its place.
fn known(of: &PlaceFigure) -> (Option<f64>, Status) {
    match &of.figure.answer {
        Answer::Value(value) if of.figure.completeness.n_estimated > 0 => (Some(*value), Status::Estimated),
        Answer::Value(value) => (Some(*value), Status::Measured),
        Answer::None(Reason::Suppressed) => (None, Status::Suppressed),
        Answer::None(Reason::NotApplicable) => (None, Status::NotApplicable),
        _ => (None, Status::Missing),
    }
}

/// What a status is called in files.
pub(crate) fn status_of(of: &PlaceFigure) -> &'static str {
    match known(of).1 {
        Status::Measured => "measured",
        Status::Estimated => "estimated",
        Status::Suppressed => "suppressed",
        Status::NotApplicable => "not_applicable",
        Status::Missing => "missing",
    }
}

fn values(places: &[PlaceFigure]) -> impl Iterator<Item = f64> {
    places.iter().filter_map(|of| of.figure.answer.value()).filter(|value| value.is_finite())
}

/// Fixed classes where all are percentages of a whole, else quantiles.
fn classes_of(indicator: &Indicator, values: &[f64]) -> Result<Classes, Refusal> {
    let is_percent = indicator.unit.as_ref().is_some_and(|unit| unit.0 == PERCENT);
    if is_percent && values.iter().all(|value| (0.0..=100.0).contains(value)) {
        return Ok(Classes::percent());
    }
    Classes::from_values(ClassRule::Quantiles, values, N_CLASSES)
}

impl<'a> PlaceMap<'a> {
    /// A map with classes of its own; `None` where no place has a value.
    pub fn of(v: &'a Visit, indicator: &'a Indicator, places: &'a [PlaceFigure]) -> Option<Self> {
        Self::with_classes_from(v, indicator, places, &values(places).collect::<Vec<f64>>())
    }
    fn with_classes_from(
        v: &'a Visit,
        indicator: &'a Indicator,
        places: &'a [PlaceFigure],
        values: &[f64],
    ) -> Option<Self> {
        let classes = classes_of(indicator, values).ok()?;
        (!values.is_empty()).then_some(PlaceMap { v, indicator, places, classes })
    }

    /// The picture; nothing where the program has no map of the world.
    pub fn svg(&self, prefix: &str, width: MapWidth) -> Html {
        Html(self.drawing(prefix, width).map(|drawing| drawing.svg).unwrap_or_default())
    }
    /// Names of places with a value that a picture does not show.
    pub fn not_shown(&self, drawing: &Drawing) -> Option<String> {
        let names = self.places.iter().filter(|of| drawing.not_shown.iter().any(|key| key == of.place.id.as_str()));
        let names: Vec<&str> = names.map(|of| self.v.plain(&of.place.title)).collect();
        let args = [("n", names.len().into()), ("places", names.join(", ").into())];
        (!names.is_empty()).then(|| self.v.say_with("map-not-shown", args))
    }
    /// The picture, and what is not in it; `None` where the program has no map of the world.
    pub fn drawing(&self, prefix: &str, width: MapWidth) -> Option<Drawing> {
        if let Some(near) = near_map::frame_of(self.places).and_then(|frame| Some((Near::of(&frame, width)?, frame))) {
            return self.near(prefix, &near.0, &near.1);
        }
        let ground = world_ground(width)?;
        let (areas, points) = self.parts(ground);
        let texts = self.texts(ground, &areas);
        let drawn = symbols(prefix, ground, &self.classes, Palette::YellowGreenBlue, &areas, &points, &texts);
        drawn.inspect_err(|error| tracing::error!(error = error.to_string(), "a map is not drawn")).ok()
    }

    /// The picture of a part of the world, where all places lie near each other. Countries without a value are ground there.
    fn near(&self, prefix: &str, near: &Near, frame: &Extent) -> Option<Drawing> {
        let (mut areas, mut points, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for of in self.places {
            let key = of.place.id.as_str().to_owned();
            let (value, status) = known(of);
            let place = Place { value, status, label: self.label(of) };
            match (of.place.kind, of.place.longitude.zip(of.place.latitude)) {
                (PlaceKind::Country, _) => areas.push((key, place)),
                (_, Some((x, y))) => {
                    let at = geo::Coord { x, y };
                    names.push((of.place.population.map(|n| n.0), at, self.v.plain(&of.place.title).to_owned()));
                    points.push(PlacePoint { key, at, place });
                }
                _ => {}
            }
        }
        names.sort_by_key(|(people, ..)| std::cmp::Reverse(*people));
        let mut texts = self.texts_of(self.places);
        texts.description = self.finding(0);
        texts.subtitle = self.when();
        texts.notes = notes(self.v, frame);
        texts.notes.extend(self.withheld());
        // The lands of this map are drawn finer than those of the world's, on another plane.
        let said =
            |world: Option<&'static World>| world.map(|of| self.v.say_name("map-source-lands", "version", &of.version));
        let (coarse, fine) = (said(app::atlas(app::Scale::World)), said(app::atlas(app::Scale::Country)));
        if let (Some(coarse), Some(fine)) = (coarse, fine) {
            texts.sources.iter_mut().filter(|source| **source == coarse).for_each(|source| *source = fine.clone());
        }
        if let Some(source) = texts.sources.last_mut() {
            *source = self.v.say_name("map-method-plane", "version", env!("CARGO_PKG_VERSION"));
        }
        let names = names.into_iter().map(|(_, at, name)| (at, name)).collect();
        let region = near.region(&areas, points, names);
        regional(prefix, near.ground(), &self.classes, Palette::YellowGreenBlue, &region, &texts)
            .inspect_err(|error| tracing::error!(error = error.to_string(), "a map is not drawn"))
            .ok()
    }

    /// How many values are withheld, where any are.
    fn withheld(&self) -> Option<String> {
        let n_withheld = self.places.iter().filter(|of| known(of).1 == Status::Suppressed).count();
        (n_withheld > 0).then(|| self.v.count("map-note-withheld", &n_withheld))
    }

    /// Values of areas by code, and of points. Where countries have values, those without are named in the reader's language too.
    fn parts(&self, ground: &Ground) -> (BTreeMap<String, Place>, Vec<PlacePoint>) {
        let drawn: BTreeSet<&str> = ground.keys().collect();
        let (mut areas, mut points) = (BTreeMap::new(), Vec::new());
        for of in self.places {
            let key = of.place.id.as_str().to_owned();
            let (value, status) = known(of);
            let place = Place { value, status, label: self.label(of) };
            let at = of.place.longitude.zip(of.place.latitude);
            match at {
                // A country that the package does not draw has its coordinates at least.
                Some((x, y)) if of.place.kind != PlaceKind::Country || !drawn.contains(key.as_str()) => {
                    points.push(PlacePoint { key, at: geo::Coord { x, y }, place });
                }
                _ => {
                    areas.insert(key, place);
                }
            }
        }
        if !areas.is_empty() {
            let without = drawn.into_iter().filter(|key| !areas.contains_key(*key)).collect::<Vec<_>>();
            for key in without {
                if let Some(country) = self.v.records().places.get(key) {
                    let label = format!("{}: {}", self.v.plain(&country.title), self.v.say("map-no-data"));
                    areas.insert(key.to_owned(), Place { value: None, status: Status::Missing, label });
                }
            }
        }
        (areas, points)
    }

    /// Name, period, value and unit, as they are shown at the pointer and said at the keyboard.
    pub fn label(&self, of: &PlaceFigure) -> String {
        let unit = match (&self.indicator.unit, of.figure.answer.value()) {
            (Some(unit), Some(_)) => format!(" {}", self.v.unit(&unit.0)),
            _ => String::new(),
        };
        let name = self.v.plain(&of.place.title);
        format!("{name}, {}: {}{unit}", of.figure.key.period, self.v.answer_text(&of.figure.answer))
    }

    /// The class of a place in words; why it has none otherwise.
    pub fn class_of(&self, of: &PlaceFigure) -> String {
        let (value, status) = known(of);
        match (value.and_then(|value| self.classes.of(value)), status) {
            (Some(class), Status::Estimated) => {
                format!("{} · {}", self.class_label(class), self.v.say("map-estimated"))
            }
            (Some(class), _) => self.class_label(class),
            (None, Status::NotApplicable) => self.v.say("map-not-applicable"),
            (None, _) => self.v.say("map-no-data"),
        }
    }
    /// The number of a place's class.
    pub fn class_at(&self, of: &PlaceFigure) -> Option<usize> {
        known(of).0.and_then(|value| self.classes.of(value))
    }
    fn class_label(&self, class: usize) -> String {
        let Some((low, high)) = self.classes.bounds(class) else { return String::new() };
        let key = if class + 1 == self.classes.n_classes() { "map-between-last" } else { "map-between" };
        self.v.say_with(key, [("low", locale::number(low).into()), ("high", locale::number(high).into())])
    }

    /// The finding in two sentences.
    fn finding(&self, n_without: usize) -> String {
        let with_value = || self.places.iter().filter_map(|of| Some((of.figure.answer.value()?, of)));
        let lowest = with_value().min_by(|a, b| a.0.total_cmp(&b.0));
        let highest = with_value().max_by(|a, b| a.0.total_cmp(&b.0));
        let (Some((low, lowest)), Some((high, highest))) = (lowest, highest) else {
            return self.v.say("map-finding-none");
        };
        let name = |of: &PlaceFigure| self.v.plain(&of.place.title).to_owned();
        let args = [
            ("n", with_value().count().into()),
            ("low", locale::number(low).into()),
            ("lowest", name(lowest).into()),
            ("high", locale::number(high).into()),
            ("highest", name(highest).into()),
        ];
        let finding = self.v.say_with("map-finding", args);
        if n_without == 0 {
            return finding;
        }
        format!("{finding} {}", self.v.count("map-finding-without", &n_without))
    }

    /// The period of all figures, or from the first to the last one; before it their group.
    fn when(&self) -> String {
        let group = self.places.first().map(|of| &of.figure.key.breakdown).filter(|group| !group.is_total());
        match group {
            Some(group) => format!("{} · {}", space_words::group(self.v, group), self.period()),
            None => self.period(),
        }
    }
    fn period(&self) -> String {
        let periods: BTreeSet<Period> = self.places.iter().map(|of| of.figure.key.period).collect();
        match (periods.first(), periods.last()) {
            (Some(first), Some(last)) if first != last => {
                let args = [("from", first.to_string().into()), ("to", last.to_string().into())];
                self.v.say_with("map-latest-between", args)
            }
            (Some(only), _) => only.to_string(),
            _ => String::new(),
        }
    }

    fn texts(&self, ground: &Ground, areas: &BTreeMap<String, Place>) -> Texts {
        let mut texts = self.texts_of(self.places);
        // On a map of points the areas are ground.
        let n_without = ground.keys().filter(|key| areas.get(*key).is_none_or(|place| place.value.is_none())).count();
        texts.description = self.finding(if areas.is_empty() { 0 } else { n_without });
        texts.subtitle = self.when();
        texts.notes.splice(0..0, self.withheld());
        texts
    }

    /// The words that all maps of the indicator have.
    fn texts_of(&self, places: &[PlaceFigure]) -> Texts {
        let v = self.v;
        let rule = match self.classes.rule() {
            ClassRule::Given => "map-rule-fixed",
            _ => "map-rule-quantiles",
        };
        let unit = self.indicator.unit.as_ref().map_or_else(|| v.say("page-value"), |unit| v.unit(&unit.0));
        let sources = app::sources_of(&v.world, places);
        let mut names: Vec<&str> = sources.iter().take(MOST_SOURCES).map(|source| v.plain(&source.title)).collect();
        if sources.len() > MOST_SOURCES {
            names.push("…");
        }
        let mut texts = base_texts(v, v.plain(&self.indicator.title));
        texts.unit = v.say_with("map-unit", [("unit", unit.into()), ("rule", v.say(rule).into())]);
        texts.class_labels = (0..self.classes.n_classes()).map(|class| self.class_label(class)).collect();
        texts.notes = ["map-note-kashmir", "map-note-abyei", "map-note-falklands", "map-note-kosovo"]
            .map(|key| v.say(key))
            .into();
        if let Some(world) = app::atlas(app::Scale::World) {
            texts.notes.extend(world.countries.iter().filter_map(|country| said(v, country)));
        }
        if !names.is_empty() {
            texts.sources.push(v.say_name("map-source-values", "sources", names.join("; ")));
        }
        if let Some(world) = app::atlas(app::Scale::World) {
            texts.sources.push(v.say_name("map-source-lands", "version", &world.version));
        }
        texts.sources.push(v.say_name("map-method", "version", env!("CARGO_PKG_VERSION")));
        texts
    }
}

/// Words that every map has: language, direction, signs without a value, units of length, disclaimer.
pub(crate) fn base_texts(v: &Visit, title: &str) -> Texts {
    let is_from_the_right = v.lang.dir() == "rtl";
    Texts {
        title: title.to_owned(),
        description: String::new(),
        subtitle: String::new(),
        unit: String::new(),
        class_labels: Vec::new(),
        no_data: v.say("map-no-data"),
        not_applicable: v.say("map-not-applicable"),
        estimated: v.say("map-estimated"),
        notes: Vec::new(),
        sources: Vec::new(),
        disclaimer: disclaimer(v),
        table: None,
        metres: v.say("map-metres"),
        kilometres: v.say("map-kilometres"),
        language: v.lang.code().to_owned(),
        direction: if is_from_the_right { Direction::RightToLeft } else { Direction::LeftToRight },
    }
}

/// The organisation's words about boundaries and names in the reader's language; our own where it gave none.
pub(crate) fn disclaimer(v: &Visit) -> String {
    let given =
        |lang: Lang| v.site.options.disclaimers.iter().find(|(of, _)| *of == lang).map(|(_, words)| words.clone());
    given(v.lang).filter(|words| !words.trim().is_empty()).unwrap_or_else(|| v.say("map-disclaimer"))
}

/// Maps of several periods with the same classes; `None` where fewer than two periods have values of countries.
pub(crate) fn over_time(
    v: &Visit,
    indicator: &Indicator,
    periods: &[(Period, Vec<PlaceFigure>)],
    prefix: &str,
    width: MapWidth,
) -> Option<Html> {
    let ground = world_ground(if width == MapWidth::Wide { MapWidth::Panel } else { width })?;
    let all: Vec<f64> = periods.iter().flat_map(|(_, places)| values(places)).collect();
    let map = PlaceMap::with_classes_from(v, indicator, &[], &all)?;
    let panels: Vec<Panel> = periods
        .iter()
        .map(|(period, places)| Panel {
            title: period.to_string(),
            places: PlaceMap { places, classes: map.classes.clone(), ..map }.parts(ground).0,
        })
        .filter(|panel| panel.places.values().any(|place| place.value.is_some()))
        .collect();
    let (first, last) = (panels.first()?, panels.last()?);
    if panels.len() < 2 {
        return None;
    }
    let mut texts = map.texts_of(&periods.iter().flat_map(|(_, places)| places.clone()).collect::<Vec<_>>());
    texts.title = format!("{} – {}", texts.title, v.say("map-over-time"));
    let args = [("n", panels.len().into()), ("from", first.title.clone().into()), ("to", last.title.clone().into())];
    texts.description = v.say_with("map-over-time-desc", args);
    let columns = if width == MapWidth::Wide { 3 } else { 1 };
    let drawn = multiples(prefix, ground, columns, &map.classes, Palette::YellowGreenBlue, &panels, &texts);
    drawn.ok().map(|drawing| Html(drawing.svg))
}
