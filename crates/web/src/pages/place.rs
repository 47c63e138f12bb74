//! The profile of a place: its figures with their trend and its like, what lies in it, what was asked there.

use app::{
    AxisName, Cell, FrameworkIndicator, Measured, PeerGroup, PeerLine, PlaceProfile, PlaceScore, ScoreAxis,
    analyses::{boundaries_of, breaks},
};
use askama::Template;
use axum::{extract::Path, response::Response};
use model::{
    figure::Figure,
    kinds::{Place, PlaceKind, Scope},
    value::Id,
};

use crate::{
    chart::{Chart, Mark, Radar, Ring, Strip, Trace, Whose},
    failure::Failure,
    html::{Html, segment},
    pages::{
        analysis_times::{self, Times},
        files::off_thread,
        found_map, frameworks,
        indicator::points,
        indices, place_map, space_words,
    },
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "place.html")]
struct PlacePage<'a> {
    v: &'a Visit,
    title: String,
    /// Where it lies; empty for a place that lies in no country.
    map: Html,
    times: Vec<Times>,
    /// Its boundaries and what analyses found there; empty where there is neither.
    space: Html,
    /// The newest analyses about it and what contains it: address and title.
    analyses: Vec<(String, String)>,
    p: PlaceProfile,
}

/// A domain of the framework: its name, its cells with their means, and its own mean.
type DomainRow = (String, Vec<(&'static Cell, Option<f64>)>, Option<f64>);

/// The page.
pub async fn profile(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let (world, on) = (v.world.clone(), v.on);
    let profile = off_thread(move || app::place_profile(&world, &Id::new(id), on)).await?;
    let p = profile.ok_or_else(Failure::not_found)?;
    let map = place_map::of_place(&v, &p.place.id).map(|map| map.figure(&v)).unwrap_or_default();
    let ((space, analyses), times) =
        tokio::task::block_in_place(|| (found_map::of_place(&v, &p.place), analysis_times::of_place(&v, &p.place)));
    page(&v, &PlacePage { title: v.plain(&p.place.title).to_owned(), map, space, analyses, times, p, v: &v })
}

/// The address of a place's profile.
pub(crate) fn place_path(place: &str) -> String {
    format!("/places/{}", segment(place))
}

impl PlacePage<'_> {
    /// Whether boundaries and analyses are about such places.
    fn has_space(&self) -> bool {
        matches!(self.p.place.kind, PlaceKind::Country | PlaceKind::City | PlaceKind::FunctionalArea)
    }
    /// What frameworks ask for, then the rest: the key of the heading and what stands under it.
    fn parts(&self) -> Vec<(&'static str, Vec<&Measured>)> {
        let (framed, other): (Vec<&Measured>, Vec<&Measured>) =
            self.p.measured.iter().partition(|m| !m.frameworks.is_empty());
        let parts = vec![("profile-framed", framed), ("profile-other", other)];
        parts.into_iter().filter(|(_, measured)| !measured.is_empty()).collect()
    }
    fn has_gaps(&self) -> bool {
        !matches!(self.p.place.kind, PlaceKind::Neighbourhood | PlaceKind::FunctionalArea)
    }
    /// A class such as `1-5M` keeps its order in a line that runs the other way.
    fn of_size(&self, class: &str) -> String {
        self.v.say_name("profile-peers-size", "class", format!("\u{2066}{}\u{2069}", class.replace('-', "–")))
    }
    fn codes(&self, m: &Measured) -> Vec<&'static FrameworkIndicator> {
        m.frameworks.iter().map(|at| &app::frameworks().indicators()[*at]).collect()
    }
    fn code_link(&self, of: &FrameworkIndicator) -> String {
        frameworks::code_link(self.v, of)
    }
    fn gaps_link(&self, framework: &str) -> String {
        self.v.to(&frameworks::gaps_path(framework, Some(&self.p.place)))
    }
    fn names(&self) -> Vec<&'static str> {
        app::frameworks().names()
    }
    /// The interval that holds 95 % of a normal distribution, where the figure has a standard error.
    fn interval(&self, figure: &Figure) -> Option<String> {
        let (value, se) = (figure.answer.value()?, figure.standard_error?);
        let ends =
            [("low", value - 1.96 * se), ("high", value + 1.96 * se)].map(|(k, n)| (k, locale::number(n).into()));
        Some(self.v.say_with("profile-interval", ends))
    }
    fn chart(&self, m: &Measured) -> Html {
        let points = points(self.v, m.indicator.measure, m.figures.iter());
        if points.len() < 2 {
            return Html::default();
        }
        let class = match m.scope {
            Scope::Delivered => "t0",
            Scope::Supported => "t1",
            Scope::Global => "t2",
        };
        let chart = Chart {
            title: self.v.plain(&m.indicator.title).to_owned(),
            desc: self.v.say("page-chart-desc"),
            traces: vec![Trace { class, points }],
            path: Vec::new(),
            goals: Vec::new(),
            tolerance: None,
            cycles: Vec::new(),
            on: None,
        };
        chart.svg()
    }
    fn with_whom(&self, line: &PeerLine) -> String {
        match &line.group {
            PeerGroup::SizeClass(class) => self.of_size(class),
            PeerGroup::Within(place) => {
                let name = self.v.records().places.of(place).map_or(place.as_str(), |p| self.v.plain(&p.title));
                self.v.say_name("profile-peers-within", "place", name)
            }
        }
    }
    fn median(&self, line: &PeerLine) -> String {
        let p = line.peers;
        let number = |n: f64| locale::number(n).into();
        let args = [("n", p.n.into()), ("median", number(p.median)), ("low", number(p.low)), ("high", number(p.high))];
        self.v.say_with("profile-peers-of", args)
    }
    fn rank(&self, line: &PeerLine) -> Option<String> {
        let rank = line.peers.rank?;
        Some(self.v.say_with("profile-rank", [("rank", rank.into()), ("n", line.peers.n.into())]))
    }
    fn strip(&self, line: &PeerLine) -> Html {
        let mark = |(place, value): &(Id<Place>, f64)| {
            let name = self.v.records().places.of(place).map_or(place.as_str(), |p| self.v.plain(&p.title));
            Mark {
                value: *value,
                label: format!("{name}: {}", locale::number(*value)),
                link: self.v.to(&place_path(place.as_str())),
                whose: if *place == self.p.place.id { Whose::Own } else { Whose::Peer },
            }
        };
        let marks = line.values.iter().map(mark).collect();
        Strip { title: self.v.say("profile-strip"), marks, median: line.peers.median }.svg()
    }
    fn first_shown(&self, n: usize, all: &usize) -> String {
        self.v.say_with("profile-first-shown", [("n", n.into()), ("all", (*all).into())])
    }
    fn all_periods(&self, m: &Measured) -> String {
        self.v.say_with("profile-all-periods", [("n", m.figures.len().into())])
    }
    fn all_groups(&self, m: &Measured) -> String {
        let period = m.groups.first().map_or(String::new(), |f| f.key.period.to_string());
        self.v.say_with("profile-all-groups", [("period", period.into()), ("n", m.groups.len().into())])
    }
    fn score_title(&self, score: &PlaceScore) -> String {
        match &score.title {
            Some(title) => self.v.plain(title).to_owned(),
            None => self.v.say_suffix("framework-", &score.id),
        }
    }
    fn axis(&self, axis: &ScoreAxis) -> String {
        match &axis.name {
            AxisName::Part(part) => indices::part_name(self.v, part),
            AxisName::Domain(name) => self.v.plain(name).to_owned(),
        }
    }
    fn scored(&self, score: &PlaceScore) -> String {
        self.v.say_with("profile-scored", [("n", score.n_present.into()), ("all", score.n_all.into())])
    }
    /// Three parts with a score make a drawing; fewer are told by the table alone.
    fn radar(&self, score: &PlaceScore) -> Html {
        if score.axes.iter().filter(|axis| axis.score.is_some()).count() < 3 {
            return Html::default();
        }
        let title = self.score_title(score);
        let radar = Radar {
            desc: self.v.say("page-chart-desc"),
            axes: score.axes.iter().map(|axis| self.axis(axis)).collect(),
            rings: vec![Ring {
                class: "t0",
                label: title.clone(),
                scores: score.axes.iter().map(|axis| axis.score).collect(),
            }],
            required: None,
            title,
        };
        radar.svg()
    }
    /// The cells of the framework: for each domain its name, its cells with their means, and its own.
    fn cells(&self, score: &PlaceScore) -> Vec<DomainRow> {
        let Some(means) = &score.cells else { return Vec::new() };
        let cell = |cell: &'static Cell| (cell, means.cells.get(&cell.code).map(|(mean, _)| *mean));
        let rows = app::umf_cells().chunk_by(|a, b| a.domain == b.domain).zip(&score.axes);
        rows.map(|(row, axis)| (self.axis(axis), row.iter().map(cell).collect(), axis.score)).collect()
    }
    fn is_area(&self) -> bool {
        self.p.place.kind == PlaceKind::FunctionalArea
    }
    fn members_people(&self) -> String {
        let (people, known) = self.p.people_of_members;
        let people = locale::number(people as f64);
        let args = [("people", people.into()), ("known", known.into()), ("n", self.p.members.len().into())];
        self.v.say_with("profile-members-people", args)
    }
    fn investments(&self) -> String {
        format!("/investments?place={}", crate::html::query_value(self.p.place.id.as_str()))
    }
    fn people(&self, place: &Place) -> Option<String> {
        space_words::population(self.v, place)
    }
    /// The people of a place in a list, with their year; the list says where they come from.
    fn people_inside(&self, place: &Place) -> Option<String> {
        let n = locale::number(place.population?.0 as f64);
        Some(place.population_period.map_or_else(|| n.clone(), |period| format!("{n} ({period})")))
    }
    /// Where the people of the places inside come from.
    fn people_from(&self) -> Option<String> {
        let from = space_words::population_sources(self.v, self.p.inside.iter());
        (!from.is_empty()).then(|| self.v.say_name("profile-population-sources", "sources", from.join(" | ")))
    }
    /// The boundary of each figure of a series in words; empty where none of them names one.
    fn grounds(&self, m: &Measured) -> Vec<String> {
        let of: Vec<Vec<String>> = m.figures.iter().map(|f| boundaries_of(&self.v.world, f)).collect();
        if of.iter().all(Vec::is_empty) {
            return Vec::new();
        }
        let mut all: Vec<String> = of.iter().flatten().cloned().collect();
        all.sort();
        all.dedup();
        let words = space_words::boundaries(self.v, &all);
        let told = |names: &Vec<String>| {
            let of = names.iter().filter_map(|name| words.get(all.binary_search(name).ok()?).map(String::as_str));
            of.collect::<Vec<_>>().join(", ")
        };
        of.iter().map(told).collect()
    }
    /// The boundary of the latest figure.
    fn ground(&self, m: &Measured) -> Option<String> {
        let of = boundaries_of(&self.v.world, &m.latest);
        let words = space_words::boundaries(self.v, &of);
        (!words.is_empty()).then(|| self.v.say_name("space-within", "boundary", words.join(", ")))
    }
    /// Whether a series goes over from one boundary to another.
    fn is_broken(&self, m: &Measured) -> bool {
        let of: Vec<Vec<String>> = m.figures.iter().map(|f| boundaries_of(&self.v.world, f)).collect();
        breaks(&of).contains(&true)
    }
}
