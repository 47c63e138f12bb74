//! The list of capital investments that places need, in an order that can be made again, each on the map.

mod files;

use std::collections::BTreeMap;

use engine::investments::{Criterion, Priority, Weights, prioritise, share_behind};
use model::{
    figure::Figure,
    kinds::{Direction, FinanceSource, Indicator, Investment, InvestmentStage, Place, PlaceKind},
    value::{Currency, Id},
};
use rustc_hash::FxHashMap;

pub use files::{investments_csv, investments_geojson, investments_json};

use crate::{indicator::place_figures, place::place_is_below, view::PlaceFigure, world::World};

/// The need of a place is compared with that of at least so many others of its sort.
const FEWEST_OTHERS: usize = 2;

/// What list is wanted.
#[derive(Clone, Debug, Default)]
pub struct InvestmentQuestion {
    /// Of a place and all that lies in it; of all places when left out.
    pub place: Option<Id<Place>>,
    /// What each criterion weighs.
    pub weights: Weights,
    /// Costs in this currency are compared; the one of most investments when left out.
    pub currency: Option<Currency>,
}

/// Why an investment has no place in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unranked {
    /// It names no indicator of its need.
    NoNeed,
    /// The indicator does not say whether more is better.
    NoDirection,
    /// There is no figure of its place.
    NoFigure,
    /// Too few places of its sort have a figure.
    FewPlaces,
    /// It does not say how many people will use it.
    NoPeople,
    /// It does not say what is agreed, be it nothing.
    NoFinance,
    /// Its cost is in another currency.
    OtherCurrency,
}

impl Unranked {
    /// Its name, for message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Unranked::NoNeed => "no-need",
            Unranked::NoDirection => "no-direction",
            Unranked::NoFigure => "no-figure",
            Unranked::FewPlaces => "few-places",
            Unranked::NoPeople => "no-people",
            Unranked::NoFinance => "no-finance",
            Unranked::OtherCurrency => "other-currency",
        }
    }
}

/// One investment.
#[derive(Clone, Debug)]
pub struct InvestmentLine {
    /// The investment.
    pub investment: Investment,
    /// Its place.
    pub place: Option<Place>,
    /// Longitude and latitude of the site, else of the place.
    pub at: Option<(f64, f64)>,
    /// The figure that says how great the need is, with its indicator and how many places of its sort it was compared with.
    pub need: Option<(Indicator, Figure, usize)>,
    /// Cost by person, in units of its currency.
    pub cost_per_person: Option<f64>,
    /// Share of the cost that is agreed, 0 to 1.
    pub secured: Option<f64>,
    /// Its place in the order.
    pub priority: Option<Priority>,
    /// Why it has none.
    pub unranked: Vec<Unranked>,
}

/// A list of investments.
#[derive(Clone, Debug)]
pub struct InvestmentList {
    /// The currency that costs are compared in.
    pub currency: Currency,
    /// Currencies of the list, the commonest first.
    pub currencies: Vec<Currency>,
    /// What each criterion weighs.
    pub weights: Weights,
    /// Investments with a place in the order, the first first; equals by their code.
    pub ranked: Vec<InvestmentLine>,
    /// Investments without, and why.
    pub unranked: Vec<InvestmentLine>,
    /// Investments that need no order any more: financed, being built, in use, given up.
    pub decided: Vec<InvestmentLine>,
    /// Costs of those that are not decided by who pays, in units of the currency, and how many they are; the greatest first.
    pub by_finance: Vec<(FinanceSource, f64, usize)>,
}

impl InvestmentList {
    /// Every line, in the order of the list.
    pub fn lines(&self) -> impl Iterator<Item = &InvestmentLine> {
        self.ranked.iter().chain(&self.unranked).chain(&self.decided)
    }
    /// How many have neither a site nor a place with coordinates.
    pub fn n_unmapped(&self) -> usize {
        self.lines().filter(|line| line.at.is_none()).count()
    }
}

fn is_decided(stage: InvestmentStage) -> bool {
    match stage {
        InvestmentStage::Idea | InvestmentStage::Feasibility | InvestmentStage::Ready => false,
        InvestmentStage::Financed
        | InvestmentStage::Construction
        | InvestmentStage::Completed
        | InvestmentStage::Dropped => true,
    }
}

/// The investments of a place in order.
pub fn investment_list(world: &World, asked: &InvestmentQuestion) -> InvestmentList {
    let records = world.records();
    let is_asked =
        |own: &&Investment| asked.place.as_ref().is_none_or(|above| place_is_below(world, &own.place, above));
    let listed: Vec<&Investment> = records.investments.iter().filter(is_asked).collect();
    let currencies = currencies(&listed);
    let currency = asked.currency.or_else(|| currencies.first().copied()).unwrap_or(Currency::USD);
    let mut figures: FxHashMap<&Id<Indicator>, Vec<PlaceFigure>> = FxHashMap::default();
    for indicator in listed.iter().filter_map(|own| own.need.as_ref()) {
        figures.entry(indicator).or_insert_with(|| place_figures(world, indicator, None));
    }
    let mut lines: Vec<(InvestmentLine, [Option<f64>; 3])> = listed
        .iter()
        .map(|own| {
            line(world, own, currency, own.need.as_ref().and_then(|id| figures.get(id)).map_or(&[], Vec::as_slice))
        })
        .collect();
    lines.sort_by(|a, b| a.0.investment.id.cmp(&b.0.investment.id));
    let (decided, mut open): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|(line, _)| is_decided(line.investment.stage));
    compare_costs(&mut open);
    let criteria: Vec<[Option<f64>; 3]> = open.iter().map(|(_, criteria)| *criteria).collect();
    let order = prioritise(&criteria, asked.weights);
    let by_finance = by_finance(open.iter().map(|(line, _)| &line.investment), currency);
    let (mut ranked, mut unranked) = (Vec::new(), Vec::new());
    for ((mut line, criteria), priority) in open.into_iter().zip(order) {
        line.priority = priority;
        // What weighs nothing is not missed.
        let is_missed = |c: Criterion| asked.weights.of(c) > 0.0 && criteria[c as usize].is_none();
        line.unranked.retain(|why| is_missed(criterion_of(*why)));
        if priority.is_some() { ranked.push(line) } else { unranked.push(line) }
    }
    ranked.sort_by_key(|line| line.priority.map(|p| p.rank));
    let mut decided: Vec<InvestmentLine> = decided.into_iter().map(|(line, _)| line).collect();
    decided.iter_mut().for_each(|line| line.unranked.clear());
    InvestmentList { currency, currencies, weights: asked.weights, ranked, unranked, decided, by_finance }
}

/// The criterion that an investment lacks.
fn criterion_of(why: Unranked) -> Criterion {
    match why {
        Unranked::NoNeed | Unranked::NoDirection | Unranked::NoFigure | Unranked::FewPlaces => Criterion::Need,
        Unranked::NoPeople | Unranked::OtherCurrency => Criterion::Cost,
        Unranked::NoFinance => Criterion::Finance,
    }
}

fn currencies(listed: &[&Investment]) -> Vec<Currency> {
    let mut n_of: BTreeMap<Currency, usize> = BTreeMap::new();
    listed.iter().for_each(|own| *n_of.entry(own.cost.currency).or_default() += 1);
    let mut sorted: Vec<(Currency, usize)> = n_of.into_iter().collect();
    sorted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    sorted.into_iter().map(|(currency, _)| currency).collect()
}

/// A line with its need and its money; costs are compared when all are known.
fn line(
    world: &World,
    own: &Investment,
    currency: Currency,
    figures: &[PlaceFigure],
) -> (InvestmentLine, [Option<f64>; 3]) {
    let place = world.records().places.of(&own.place).cloned();
    let of_place = place.as_ref().and_then(|place| place.longitude.zip(place.latitude));
    let mut unranked = Vec::new();
    let (need, score) = need(world, own, place.as_ref(), figures);
    let need_score = score.map_err(|why| unranked.push(why)).ok();
    let cost_per_person = own.people.map(|people| own.cost.major() / people.0 as f64);
    if own.cost.currency != currency {
        unranked.push(Unranked::OtherCurrency);
    } else if cost_per_person.is_none() {
        unranked.push(Unranked::NoPeople);
    }
    // A cost of nothing has all its money.
    let secured = own.secured.map(|money| if own.cost.minor == 0 { 1.0 } else { money.major() / own.cost.major() });
    if secured.is_none() {
        unranked.push(Unranked::NoFinance);
    }
    let comparable = cost_per_person.filter(|_| own.cost.currency == currency);
    let line = InvestmentLine {
        at: own.longitude.zip(own.latitude).or(of_place),
        place,
        need,
        cost_per_person,
        secured,
        priority: None,
        unranked,
        investment: own.clone(),
    };
    (line, [need_score, comparable, secured])
}

/// A figure of need: the indicator, the place's figure, and of how many places.
type Need = (Indicator, Figure, usize);

/// The figure of need, and how many of the other places of the same sort are better off; else why that cannot be said.
fn need(
    world: &World,
    own: &Investment,
    place: Option<&Place>,
    figures: &[PlaceFigure],
) -> (Option<Need>, Result<f64, Unranked>) {
    let Some(indicator) = own.need.as_ref().and_then(|id| world.records().indicators.of(id)) else {
        return (None, Err(Unranked::NoNeed));
    };
    let kind = place.map(|place| place.kind);
    let like: Vec<(&PlaceFigure, f64)> = figures
        .iter()
        .filter(|of| Some(of.place.kind) == kind)
        .filter_map(|of| Some((of, of.figure.answer.value()?)))
        .collect();
    let Some((held, value)) = like.iter().find(|(of, _)| of.place.id == own.place) else {
        return (None, Err(Unranked::NoFigure));
    };
    let told = Some((indicator.clone(), held.figure.clone(), like.len()));
    let goes_first = match indicator.direction {
        Some(Direction::Increase) => Direction::Decrease,
        Some(Direction::Decrease) => Direction::Increase,
        Some(Direction::Maintain) | None => return (told, Err(Unranked::NoDirection)),
    };
    if like.len() <= FEWEST_OTHERS {
        return (told, Err(Unranked::FewPlaces));
    }
    let values: Vec<f64> = like.iter().map(|(_, value)| *value).collect();
    (told, Ok(share_behind(&values, *value, goes_first)))
}

/// Costs by person become the share of the others that cost more.
fn compare_costs(open: &mut [(InvestmentLine, [Option<f64>; 3])]) {
    let at = Criterion::Cost as usize;
    let costs: Vec<f64> = open.iter().filter_map(|(_, criteria)| criteria[at]).collect();
    for (_, criteria) in open {
        criteria[at] = criteria[at].map(|cost| share_behind(&costs, cost, Direction::Decrease));
    }
}

fn by_finance<'a>(open: impl Iterator<Item = &'a Investment>, currency: Currency) -> Vec<(FinanceSource, f64, usize)> {
    let mut sums: BTreeMap<FinanceSource, (f64, usize)> = BTreeMap::new();
    for own in open.filter(|own| own.cost.currency == currency) {
        let sum = sums.entry(own.finance).or_default();
        *sum = (sum.0 + own.cost.major(), sum.1 + 1);
    }
    let mut sorted: Vec<_> = sums.into_iter().map(|(source, (cost, n))| (source, cost, n)).collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1));
    sorted
}

/// Places that have investments, or hold places that have: for the choice of a list. Cities and what contains them.
pub fn invested_places(world: &World) -> Vec<Place> {
    let places = &world.records().places;
    let mut found: BTreeMap<Id<Place>, Place> = BTreeMap::new();
    for own in world.records().investments.iter().filter_map(|own| places.of(&own.place)) {
        let above = crate::frameworks::ancestors(world, own);
        let named = above.into_iter().filter(|p| p.kind != PlaceKind::World).chain([own]);
        found.extend(named.map(|place| (place.id.clone(), place.clone())));
    }
    found.into_values().collect()
}
