//! The profile of a place: what was observed there, how it stands among its like, what lies in it, what was asked there.

use std::collections::BTreeMap;

use engine::{
    Peers,
    cities::{SizeClass, size_classes},
    peers,
};
use jiff::civil::Date;
use model::{
    figure::{Answer, Figure, FigureKey},
    kinds::{Indicator, Measure, Place, PlaceKind, Response, Scope, Survey},
    value::{Breakdown, Id, Period},
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    areas::{Membership, areas_of, members_of, people_of_members},
    frameworks::{ancestors, frameworks},
    place_scores::{PlaceScore, place_scores},
    world::World,
};

/// Classes of cities by people, in which one is compared: those of the National Sample of Cities, and smaller towns.
const SIZE_CLASSES: &str = "0-50k, 50-100k, 100-500k, 0.5-1M, 1-5M, 5M+";
/// Peers at most; of more, those nearest in population are taken.
const MOST_PEERS: usize = 200;
/// Peers' figures are compared when their periods end at most so many years before or after the place's.
const PEER_YEARS: i16 = 5;
/// Indicators of a profile at most; the count says how many there are.
const MOST_MEASURED: usize = 300;
/// Places inside shown at most.
const MOST_INSIDE: usize = 300;

/// Everything the page of a place shows.
#[derive(Clone, Debug)]
pub struct PlaceProfile {
    /// The place.
    pub place: Place,
    /// The places above it, from the top.
    pub path: Vec<Place>,
    /// Its class of size, e.g. `1-5M`; none without population, and for what is no city.
    pub size_class: Option<String>,
    /// Places directly in it, the largest first.
    pub inside: Vec<Place>,
    /// How many there are.
    pub n_inside: usize,
    /// Each indicator and scope with figures there, in the order of the register.
    pub measured: Vec<Measured>,
    /// How many there are.
    pub n_measured: usize,
    /// What its figures make of indices and of the framework of cells.
    pub scores: Vec<PlaceScore>,
    /// Observations at the place itself.
    pub n_observations: usize,
    /// Household surveys about it.
    pub surveys: Vec<Survey>,
    /// Questionnaires filled there or about it; none in the public's world.
    pub responses: Vec<Response>,
    /// Of a functional area its members on the day.
    pub members: Vec<Membership>,
    /// People of the members, and of how many they are known.
    pub people_of_members: (i64, usize),
    /// The functional areas that it belongs to on the day.
    pub areas: Vec<Membership>,
    /// Investments there and in what lies in it.
    pub n_investments: usize,
}

/// What lies around a place, for its map.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The place.
    pub place: Place,
    /// The country that it is, or lies in.
    pub country: Option<Place>,
    /// Cities of the country that have coordinates, the largest first.
    pub cities: Vec<Place>,
}

/// What lies around a country or a place in one; `None` when there is no such place.
pub fn surroundings(world: &World, id: &Id<Place>) -> Option<Surroundings> {
    let places = &world.records().places;
    let country_of = |place: &Place| {
        let mut at = Some(place);
        // A tree of places is not deep; a bound keeps a broken one from going round.
        for _ in 0..16 {
            match at {
                Some(place) if place.kind == PlaceKind::Country => return Some(place.id.clone()),
                Some(place) => at = place.parent.as_ref().and_then(|parent| places.of(parent)),
                None => break,
            }
        }
        None
    };
    let place = places.of(id)?.clone();
    let country = country_of(&place);
    let is_inside = |city: &&Place| {
        city.kind == PlaceKind::City
            && city.longitude.is_some()
            && city.latitude.is_some()
            && country.is_some()
            && country_of(city) == country
    };
    let mut cities: Vec<Place> = places.iter().filter(is_inside).cloned().collect();
    cities.sort_by_key(|p| (std::cmp::Reverse(p.population.map(|n| n.0)), p.id.clone()));
    let country = country.and_then(|id| places.of(&id)).cloned();
    Some(Surroundings { place, country, cities })
}

/// One indicator at a place, in one scope.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The indicator.
    pub indicator: Indicator,
    /// Whose change.
    pub scope: Scope,
    /// Figures of the total by period, oldest first.
    pub figures: Vec<Figure>,
    /// The newest figure with an answer on or before the day; else the newest.
    pub latest: Figure,
    /// Figures by group in the newest period that has groups.
    pub groups: Vec<Figure>,
    /// How it stands among its like.
    pub peers: Vec<PeerLine>,
    /// The framework indicators that it measures, as places in the list.
    pub frameworks: Vec<usize>,
}

/// With whom a place is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerGroup {
    /// Cities of a class of size.
    SizeClass(String),
    /// Cities of the same country, or countries of the same region.
    Within(Id<Place>),
}

/// A place among its like for one indicator.
#[derive(Clone, Debug)]
pub struct PeerLine {
    /// With whom.
    pub group: PeerGroup,
    /// Median, ends and rank.
    pub peers: Peers,
    /// Every value with its place, the place itself among them.
    pub values: Vec<(Id<Place>, f64)>,
}

/// The profile of a place on a day. None when there is no such place.
pub fn place_profile(world: &World, id: &Id<Place>, on: Date) -> Option<PlaceProfile> {
    let records = world.records();
    let place = records.places.of(id)?;
    let mut path: Vec<Place> = ancestors(world, place).into_iter().cloned().collect();
    path.reverse();
    let mut inside: Vec<Place> = records.places.iter().filter(|p| p.parent.as_ref() == Some(id)).cloned().collect();
    inside.sort_by_key(|p| (std::cmp::Reverse(p.population.map(|n| n.0)), p.id.clone()));
    let n_inside = inside.len();
    inside.truncate(MOST_INSIDE);
    let groups = peer_groups(world, place);
    let held = observed(world, id, on);
    let n_measured = held.len();
    let measured: Vec<Measured> =
        held.into_iter().take(MOST_MEASURED).filter_map(|of| measured(world, id, of, &groups)).collect();
    let mut surveys: Vec<Survey> = records.surveys.iter().filter(|s| s.place == *id).cloned().collect();
    surveys.sort_by_key(|s| std::cmp::Reverse(s.period));
    let about =
        |r: &&Response| r.place.as_ref() == Some(id) || (r.subject_kind.0 == "place" && r.subject == id.as_str());
    let mut responses: Vec<Response> = records.responses.iter().filter(about).cloned().collect();
    responses.sort_by_key(|r| std::cmp::Reverse(r.on));
    let members = members_of(world, id, on);
    Some(PlaceProfile {
        place: place.clone(),
        path,
        size_class: size_class(place).map(|c| c.name),
        inside,
        n_inside,
        scores: place_scores(world, &measured),
        measured,
        n_measured,
        n_observations: world.rows_at(id).len(),
        surveys,
        responses,
        people_of_members: people_of_members(world, &members),
        members,
        areas: areas_of(world, id, on),
        n_investments: records.investments.iter().filter(|own| place_is_below(world, &own.place, id)).count(),
    })
}

/// The country that a place is, or lies in.
pub fn country_of<'w>(world: &'w World, place: &'w Place) -> Option<&'w Place> {
    let above = ancestors(world, place).into_iter();
    std::iter::once(place).chain(above).find(|place| place.kind == PlaceKind::Country)
}

/// Whether a place is another one or lies in it.
pub fn place_is_below(world: &World, place: &Id<Place>, above: &Id<Place>) -> bool {
    let lies_in = |place: &Place| ancestors(world, place).iter().any(|up| up.id == *above);
    place == above || world.records().places.of(place).is_some_and(lies_in)
}

/// What was observed of one indicator in one scope at a place.
struct Observed {
    indicator: Indicator,
    scope: Scope,
    periods: Vec<Period>,
    /// The groups of each period.
    groups: BTreeMap<Period, Vec<Breakdown>>,
}

/// Indicators in the order of the register; what begins after the day is not yet.
fn observed(world: &World, place: &Id<Place>, on: Date) -> Vec<Observed> {
    let all = &world.snapshot().observations;
    let mut rows: FxHashMap<(u32, Scope), Vec<usize>> = FxHashMap::default();
    for row in world.rows_at(place).iter().copied().filter(|row| all.period[*row].starts_on() <= on) {
        rows.entry((all.indicator[row], all.scope[row])).or_default().push(row);
    }
    let mut found = Vec::new();
    for indicator in world.records().indicators.iter() {
        let Some(code) = all.dict.code(indicator.id.as_str()) else { continue };
        for scope in [Scope::Global, Scope::Supported, Scope::Delivered] {
            let Some(rows) = rows.get(&(code, scope)) else { continue };
            let mut periods: Vec<Period> = rows.iter().map(|row| all.period[*row]).collect();
            periods.sort_unstable();
            periods.dedup();
            let mut groups: BTreeMap<Period, Vec<Breakdown>> = BTreeMap::new();
            for row in rows.iter().filter(|row| all.breakdown[**row] != 0) {
                groups.entry(all.period[*row]).or_default().push(all.row(*row).breakdown());
            }
            found.push(Observed { indicator: indicator.clone(), scope, periods, groups });
        }
    }
    found
}

fn measured(
    world: &World,
    place: &Id<Place>,
    of: Observed,
    peer_groups: &[(PeerGroup, Vec<Id<Place>>)],
) -> Option<Measured> {
    let Observed { indicator, scope, periods, groups } = of;
    let key = |period, breakdown| FigureKey {
        indicator: indicator.id.clone(),
        scope,
        place: Some(place.clone()),
        period,
        breakdown,
    };
    let figures: Vec<Figure> =
        periods.iter().map(|p| engine::evaluate(world.prepared(), &key(*p, Breakdown::default()))).collect();
    let told = |f: &&Figure| !matches!(f.answer, Answer::None(_));
    let latest = figures.iter().rev().find(told).or(figures.last())?.clone();
    let groups = groups.into_iter().next_back().map_or_else(Vec::new, |(period, mut groups)| {
        groups.sort();
        groups.dedup();
        groups.into_iter().map(|group| engine::evaluate(world.prepared(), &key(period, group))).collect()
    });
    let compared = |(group, members): &(PeerGroup, Vec<Id<Place>>)| {
        let (own, values) = (latest.answer.value()?, values_of(world, &indicator, &latest.key, members));
        let numbers: Vec<f64> = values.iter().map(|(_, v)| *v).collect();
        Some(PeerLine { group: group.clone(), peers: peers(&numbers, own, indicator.direction)?, values })
    };
    // What a project delivered depends on its money; comparing places by it would say nothing about them.
    let is_compared = scope != Scope::Delivered && !matches!(indicator.measure, Measure::StageCount | Measure::Story);
    let peers = if is_compared { peer_groups.iter().filter_map(compared).collect() } else { Vec::new() };
    let list = frameworks();
    let mut linked: Vec<usize> = indicator.frameworks.iter().filter_map(|code| list.at(&code.0)).collect();
    linked.sort_unstable();
    linked.dedup();
    Some(Measured { scope, figures, latest, groups, peers, frameworks: linked, indicator })
}

fn size_class(place: &Place) -> Option<SizeClass> {
    let people = place.population.filter(|_| place.kind == PlaceKind::City)?.0 as f64;
    size_classes(SIZE_CLASSES).ok()?.into_iter().find(|c| c.from <= people && people < c.below)
}

/// With whom a place is compared: a city with cities of its size and of its country, a country with those of its region.
fn peer_groups(world: &World, place: &Place) -> Vec<(PeerGroup, Vec<Id<Place>>)> {
    let places = &world.records().places;
    let like = || places.iter().filter(|p| p.kind == place.kind);
    let mut groups: Vec<(PeerGroup, Vec<&Place>)> = Vec::new();
    if let Some(class) = size_class(place) {
        let same = |p: &&Place| p.population.is_some_and(|n| class.from <= n.0 as f64 && (n.0 as f64) < class.below);
        groups.push((PeerGroup::SizeClass(class.name.clone()), like().filter(same).collect()));
    }
    let above = match place.kind {
        PlaceKind::City => ancestors(world, place).into_iter().find(|p| p.kind == PlaceKind::Country),
        PlaceKind::Country => ancestors(world, place).into_iter().find(|p| p.kind == PlaceKind::Region),
        _ => None,
    };
    if let Some(above) = above {
        let within = |p: &&Place| ancestors(world, p).iter().any(|a| a.id == above.id);
        groups.push((PeerGroup::Within(above.id.clone()), like().filter(within).collect()));
    }
    let own = place.population.map_or(0, |n| n.0);
    let nearest = |(group, mut members): (PeerGroup, Vec<&Place>)| {
        members.sort_by_key(|p| p.population.map_or(i64::MAX, |n| (n.0 - own).abs()));
        members.truncate(MOST_PEERS);
        (group, members.into_iter().map(|p| p.id.clone()).collect())
    };
    groups.into_iter().map(nearest).filter(|(_, members): &(_, Vec<_>)| members.len() > 1).collect()
}

/// The newest figure of each member within some years of the place's own.
fn values_of(world: &World, indicator: &Indicator, own: &FigureKey, members: &[Id<Place>]) -> Vec<(Id<Place>, f64)> {
    let all = &world.snapshot().observations;
    let wanted: FxHashSet<u32> = members.iter().filter_map(|p| all.dict.code(p.as_str())).collect();
    let years = own.period.last_year() - PEER_YEARS..=own.period.last_year() + PEER_YEARS;
    let mut newest: FxHashMap<u32, Period> = FxHashMap::default();
    for row in world.rows_of(&indicator.id).iter().copied() {
        let fits = all.scope[row] == own.scope
            && all.breakdown[row] == 0
            && all.status[row].has_value()
            && years.contains(&all.period[row].last_year());
        if fits && wanted.contains(&all.place[row]) {
            let held = newest.entry(all.place[row]).or_insert(all.period[row]);
            *held = (*held).max(all.period[row]);
        }
    }
    let value = |member: &Id<Place>| {
        let period = if own.place.as_ref() == Some(member) {
            own.period
        } else {
            *newest.get(&all.dict.code(member.as_str())?)?
        };
        let key = FigureKey { place: Some(member.clone()), period, ..own.clone() };
        Some((member.clone(), engine::evaluate(world.prepared(), &key).answer.value()?))
    };
    members.iter().filter_map(value).collect()
}
