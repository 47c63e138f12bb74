//! What analyses of several dates found at a place, side by side: the same frame, the same classes, one legend, and a table with
//! the figures of each date.

use app::analyses::{self, AnalysisRequest, Found};
use model::kinds::{Analysis, AnalysisMethod, Place};
use shapes::draw::{LayeredPanel, LegendEntry, MapLayer, layered_multiples};

use crate::{
    chart::MapWidth,
    html::Html,
    pages::{
        analyses::analysis_path,
        analysis_map::{Shown, frame_of, ground_of, lands_source, legend_of, made_of, map_layer, texts_of},
        choropleth::disclaimer,
        found_map::{layers_of, method as method_words, sources, time_of},
        layer_words::ToldLayer,
        pictures,
        place_map::notes,
        space_words,
    },
    visit::Visit,
};

/// Dates beside each other at most: the last ones.
const MOST_DATES: usize = 6;
/// Layers of one date with more bytes are left out.
const MOST_DRAWN: usize = 4 << 20;
/// Boundaries named for one date.
const MOST_GROUNDS: usize = 3;
/// A frame that is wider, in degrees, shows boundaries between countries.
const WIDE: f64 = 1.5;

/// A method at several dates.
pub(crate) struct Times {
    /// What is shown.
    pub title: String,
    /// The pictures: on a desk and on a phone.
    pub svg: (Html, Html),
    /// The address of the picture, and the name of what is saved.
    pub file: (String, String),
    /// The dates with the addresses of their analyses.
    pub dates: Vec<(String, String)>,
    /// The boundary of the place's figures at each date, in words; empty where none is named.
    pub grounds: Vec<String>,
    /// What a reader must know where dates stand on different boundaries.
    pub moved: Option<String>,
    /// Each measure with its value at each date.
    pub rows: Vec<(String, Vec<Option<f64>>)>,
}

/// One date.
struct Date {
    time: String,
    id: String,
    found: Found,
    told: Vec<ToldLayer>,
}

/// All methods that have two dates or more at a place.
pub(crate) fn of_place(v: &Visit, place: &Place) -> Vec<Times> {
    let of = analyses::analyses_of(&v.world, &place.id);
    let here: Vec<Analysis> = of.into_iter().filter(|analysis| analysis.place == place.id).collect();
    AnalysisMethod::ALL.iter().filter_map(|method| times(v, place, &here, *method)).collect()
}

/// The picture of a method by the name of its file: `times-land.svg`.
pub(super) fn file(v: &Visit, place: &Place, name: &str) -> Option<String> {
    let method = AnalysisMethod::ALL.iter().find(|method| file_name(**method) == name)?;
    let of = analyses::analyses_of(&v.world, &place.id);
    let here: Vec<Analysis> = of.into_iter().filter(|analysis| analysis.place == place.id).collect();
    times(v, place, &here, *method).map(|times| times.svg.0.0)
}

fn file_name(method: AnalysisMethod) -> String {
    format!("times-{}.svg", method.as_str().replace('_', "-"))
}

fn times(v: &Visit, place: &Place, here: &[Analysis], method: AnalysisMethod) -> Option<Times> {
    // The newest analysis of each time; a method may have been computed again.
    let mut dates: Vec<Date> = Vec::new();
    for analysis in here.iter().filter(|analysis| analysis.method == method) {
        if dates.len() == MOST_DATES {
            break;
        }
        let id = analysis.id.as_str();
        let Ok(Some(view)) = analyses::analysis(&v.site.app, &v.world, id) else { continue };
        let Some(request) = view.found.request.clone() else { continue };
        if dates.iter().any(|date| date.time == time_of(&request)) {
            continue;
        }
        dates.push(date(v, id, &request, view.found));
    }
    dates.reverse();
    let (first, last) = (dates.first()?, dates.last()?);
    if dates.len() < 2 {
        return None;
    }
    let request = last.found.request.as_ref()?;
    let name = v.item("analysis-method", &request.method);
    let title = format!("{name} – {} – {}", v.plain(&place.title), v.say("map-over-time"));
    let args = [("n", dates.len().into()), ("from", first.time.clone().into()), ("to", last.time.clone().into())];
    let description = v.say_with("map-over-time-desc", args);
    let frame = frame_of(dates.iter().flat_map(|date| &date.told))?;
    let is_wide = frame.east - frame.west > WIDE;
    let around = app::surroundings(&v.world, &place.id);
    let country = around.as_ref().and_then(|around| around.country.as_ref()).filter(|_| is_wide);
    let mut from: Vec<String> = Vec::new();
    let lines = dates.iter().flat_map(|date| sources(v, &date.found));
    for line in lines.chain(dates.iter().map(|date| method_words(v, &date.found))) {
        if !from.contains(&line) {
            from.push(line);
        }
    }
    if is_wide {
        from.extend(lands_source(v));
        from.extend(notes(v, &frame));
    }
    let names: Vec<Vec<String>> = dates.iter().map(ground_of_date).collect();
    let (grounds, moved) = told_grounds(v, &names);
    let mut notes: Vec<String> = moved.iter().cloned().collect();
    if moved.is_some() {
        notes.extend(dates.iter().zip(&grounds).map(|(date, ground)| format!("{}: {ground}", date.time)));
    }
    let shown = Shown {
        title: &title,
        subtitle: &format!("{} · {} – {}", v.plain(&place.title), first.time, last.time),
        description: &description,
        sources: &from,
        notes: &notes,
        frame: &frame,
        country: country.map(|country| country.id.as_str()),
        names: &[],
    };
    let picture = |prefix: &str, width: MapWidth| {
        let tags: Vec<_> =
            dates.iter().map(|date| (&date.time, date.told.iter().map(made_of).collect::<Vec<_>>())).collect();
        pictures::kept(&(prefix, width, v.lang, disclaimer(v), tags, &shown), || draw(v, &dates, &shown, prefix, width))
    };
    let name = file_name(method);
    let stem = name.trim_end_matches(".svg");
    Some(Times {
        svg: (picture(stem, MapWidth::Wide), picture(&format!("{stem}-n"), MapWidth::Narrow)),
        file: (v.to(&format!("/places/{}/maps/{name}", crate::html::segment(place.id.as_str()))), stem.to_owned()),
        rows: rows(v, &dates),
        grounds,
        moved,
        dates: dates.iter().map(|date| (date.time.clone(), v.to(&analysis_path(&date.id)))).collect(),
        title,
    })
}

fn date(v: &Visit, id: &str, request: &AnalysisRequest, found: Found) -> Date {
    let layers = layers_of(v, &found, id);
    let told = layers.into_iter().filter(|of| of.layer.is_on).map(|of| ToldLayer::new(v, of, MOST_DRAWN)).collect();
    Date { time: time_of(request), id: id.to_owned(), found, told }
}

/// The boundary of the figures of a date: of the place itself where it has figures, else of all places.
fn ground_of_date(date: &Date) -> Vec<String> {
    let place = date.found.request.as_ref().map(|request| request.place.clone()).unwrap_or_default();
    let all = date.found.boundaries();
    match all.get(&place) {
        Some(own) => vec![own.clone()],
        None => all.into_values().collect(),
    }
}

/// Boundaries of dates in words, and a warning where they are not the same ground.
fn told_grounds(v: &Visit, names: &[Vec<String>]) -> (Vec<String>, Option<String>) {
    if names.iter().all(Vec::is_empty) {
        return (Vec::new(), None);
    }
    let is_moved = analyses::breaks(names).contains(&true);
    // Many places of a country have many boundaries; what they are is said once.
    let short = |of: &Vec<String>| {
        let mut words = space_words::boundaries(v, of);
        words.sort();
        words.dedup();
        let n = words.len();
        words.truncate(MOST_GROUNDS);
        if n > MOST_GROUNDS {
            words.push("…".to_owned());
        }
        if words.is_empty() { "–".to_owned() } else { words.join(", ") }
    };
    let single: Option<Vec<String>> =
        names.iter().map(|of| <[String; 1]>::try_from(of.clone()).ok().map(|[only]| only)).collect();
    // Two versions that would read alike are told apart only beside each other.
    let words = match single {
        Some(all) => space_words::boundaries(v, &all),
        None => names.iter().map(short).collect(),
    };
    (words, is_moved.then(|| v.say("space-moved-times")))
}

fn draw(v: &Visit, dates: &[Date], shown: &Shown<'_>, prefix: &str, width: MapWidth) -> Option<String> {
    let (ground, lands) = ground_of(shown.frame, shown.country, MapWidth::Panel.pixels())?;
    let below: Vec<MapLayer<'_>> =
        lands.as_ref().zip(shown.country).map_or_else(Vec::new, |(lands, country)| lands.layers(country));
    let per_degree = MapWidth::Panel.pixels() / (shown.frame.east - shown.frame.west);
    let panels: Vec<LayeredPanel<'_>> = dates
        .iter()
        .map(|date| LayeredPanel {
            title: date.time.clone(),
            layers: date.told.iter().map(|of| map_layer(of, per_degree)).collect(),
        })
        .collect();
    // One legend for all: the classes are the same; counts differ from date to date and stand in the tables of the analyses.
    let mut legend: Vec<LegendEntry> = Vec::new();
    for entry in dates.iter().flat_map(|date| &date.told).flat_map(legend_of) {
        if !legend.iter().any(|held| held.label == entry.label) {
            legend.push(LegendEntry { count: None, ..entry });
        }
    }
    let columns = if width == MapWidth::Wide { 3 } else { 1 };
    let texts = texts_of(v, shown);
    layered_multiples(prefix, &ground, columns, &below, &panels, &legend, &texts)
        .inspect_err(|error| tracing::error!(error = error.to_string(), "maps over time are not drawn"))
        .ok()
        .map(|drawn| drawn.svg)
}

/// The first figure of each measure at each date: of the place itself, or of the whole.
fn rows(v: &Visit, dates: &[Date]) -> Vec<(String, Vec<Option<f64>>)> {
    let mut ids: Vec<&str> = Vec::new();
    for measure in dates.iter().flat_map(|date| &date.found.measures) {
        if !ids.contains(&measure.id.as_str()) {
            ids.push(&measure.id);
        }
    }
    let value = |date: &Date, id: &str| {
        let measure = date.found.measures.iter().find(|measure| measure.id == id)?;
        let place = &date.found.request.as_ref()?.place;
        let total = measure.rows.iter().find(|row| row.place == *place && row.breakdown.is_empty());
        total.and_then(|row| row.value)
    };
    let row = |id: &str| {
        let name = v.say(&format!("measure-{}", id.replace('_', "-")));
        (name, dates.iter().map(|date| value(date, id)).collect::<Vec<_>>())
    };
    ids.into_iter().map(row).filter(|(_, values)| values.iter().any(Option::is_some)).collect()
}
