//! Roll-ups over place and time: the embedded executor of the measures' accumulators.
//!
//! Rows are the latest ones as of a change. Each indicator is rolled up by its own rule; the groups of
//! places are given, so that the caller answers for their being disjoint.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use model::{
    kinds::{ObservationStatus, Scope},
    observations::Dict,
    value::{Grain, Period},
};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use stats::accumulate::{Accumulator, Distinct, Last, NoAnswer, Share, Sum, WeightedMean};

use super::{
    latest::latest,
    partition::{Plan, Slice},
};
use crate::{
    Filter, Lake, LakeError, SegmentId,
    read::{Chunk, Fields, NumberField, Pick, TextField},
};

/// How an indicator is rolled up; follows from its type of measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Flows: the sum over places, contributors and the periods of the year.
    Sum,
    /// Stocks: the last value of the year of each contributor, summed over places and contributors.
    Last,
    /// Shares: sum of numerators over sum of denominators.
    Share,
    /// Means, indices, scores: weighted by the denominator column.
    WeightedMean,
    /// Distinct counts: the union of entities.
    DistinctCount,
}

/// A question: which indicators, by which rules, over which places and periods.
#[derive(Clone, Debug)]
pub struct RollUp {
    /// The indicators with their rules.
    pub rules: BTreeMap<String, Rule>,
    /// Whose change.
    pub scope: Scope,
    /// The breakdown in its canonical text; the empty text is the total.
    pub breakdown: String,
    /// Only periods of this length, so that a year is not added to its own quarters. The others are counted.
    pub grain: Grain,
    /// The group of each place, e.g. its region; other places are not in the answer. No place may contain
    /// another one of its group.
    pub groups: BTreeMap<String, String>,
    /// The last change that counts.
    pub last_change: u64,
}

/// One answer: an indicator in a group of places in a calendar year.
#[derive(Clone, Debug, PartialEq)]
pub struct RollUpRow {
    /// The indicator.
    pub indicator: String,
    /// The group of places.
    pub group: String,
    /// The year that the periods lie in.
    pub year: i16,
    /// The number, or why there is none. Shares are between 0 and 1 when numerator and denominator have one unit.
    pub answer: Result<f64, NoAnswer>,
    /// Observations with a value.
    pub n_with_value: u64,
    /// Of these, estimates.
    pub n_estimated: u64,
    /// Observations that say why there is no value.
    pub n_without_value: u64,
}

/// All answers, sorted by indicator, group and year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RollUpAnswer {
    /// The answers.
    pub rows: Vec<RollUpRow>,
    /// Latest observations left out, because their period has another length or reaches over a year's end.
    pub n_other_periods: u64,
}

impl Lake {
    /// Rolls up the latest rows as of a change.
    ///
    /// Row groups are read in parallel, parted between threads at indicator and place; sums are exact to the
    /// last digit but one, in whatever order. Memory: about a million rows for each thread, the groups, and
    /// the entities of distinct counts. Errors: as [`Lake::load`].
    pub fn roll_up(&self, segments: &[(SegmentId, u64)], query: &RollUp) -> Result<RollUpAnswer, LakeError> {
        let filter = Filter {
            indicators: Some(query.rules.keys().cloned().collect::<BTreeSet<_>>()),
            places: Some(query.groups.keys().cloned().collect::<BTreeSet<_>>()),
            scope: Some(query.scope),
            breakdown: Some(query.breakdown.clone()),
            during: None,
        };
        let names = Names::of(query);
        let files = self.footers(segments)?;
        let plan = Plan::new(files, &filter, Fields::RolledUp, query.last_change, self.sizes.rows_in_part);
        let answer = plan
            .parts
            .par_iter()
            .map(|part| {
                let slices = plan.read(part)?;
                let picks = latest(&slices, &filter, query.last_change);
                let mut fold = Fold::default();
                fold.take(&names, query.grain, &slices, &picks);
                Ok(fold)
            })
            .try_reduce(Fold::default, |mut a, b| {
                a.merge(b);
                Ok(a)
            })?;
        Ok(answer.finish(&names))
    }
}

/// Numbers for the query's texts.
struct Names<'q> {
    rules: Vec<(&'q str, Rule)>,
    groups: Vec<&'q str>,
    indicator: FxHashMap<&'q str, u32>,
    group_of_place: FxHashMap<&'q str, u32>,
    /// Projects and entities, numbered alike for all threads.
    contributors: Mutex<Dict>,
}

impl<'q> Names<'q> {
    fn of(query: &'q RollUp) -> Self {
        let rules: Vec<(&str, Rule)> = query.rules.iter().map(|(id, rule)| (&**id, *rule)).collect();
        let groups: BTreeSet<&str> = query.groups.values().map(String::as_str).collect();
        let groups: Vec<&str> = groups.into_iter().collect();
        let number = |g: &str| groups.binary_search(&g).unwrap_or(0) as u32;
        Names {
            indicator: rules.iter().enumerate().map(|(i, (id, _))| (*id, i as u32)).collect(),
            group_of_place: query.groups.iter().map(|(place, group)| (&**place, number(group))).collect(),
            rules,
            groups,
            contributors: Mutex::default(),
        }
    }
}

/// One chunk's codes in the query's numbers.
struct Tables {
    /// By code of the indicator column; the filter has left out what is not asked for.
    rule: Vec<Option<u32>>,
    group: Vec<Option<u32>>,
    year: Vec<Option<i16>>,
    project: Vec<u32>,
    entity: Vec<u32>,
}

impl Tables {
    fn of(names: &Names<'_>, grain: Grain, chunk: &Chunk) -> Self {
        let look_up = |field: TextField, numbers: &FxHashMap<&str, u32>| {
            chunk.text(field).texts().map(|t| numbers.get(t).copied()).collect::<Vec<_>>()
        };
        let year = |period: &Option<Period>| {
            period.filter(|p| p.grain() == grain && p.first_year() == p.last_year()).map(|p| p.first_year())
        };
        let rule = look_up(TextField::Indicator, &names.indicator);
        // Only stocks and distinct counts ask who contributed.
        let asks =
            |r: &Option<u32>| r.is_some_and(|r| matches!(names.rules[r as usize].1, Rule::Last | Rule::DistinctCount));
        let (project, entity) = if rule.iter().any(asks) {
            let mut dict = names.contributors.lock().unwrap_or_else(PoisonError::into_inner);
            let mut numbers = |field| chunk.text(field).texts().map(|t| dict.intern(t)).collect();
            (numbers(TextField::Project), numbers(TextField::Entity))
        } else {
            (Vec::new(), Vec::new())
        };
        Tables {
            group: look_up(TextField::Place, &names.group_of_place),
            year: chunk.periods.iter().map(year).collect(),
            rule,
            project,
            entity,
        }
    }
    fn contributor(numbers: &[u32], chunk: &Chunk, field: TextField, row: usize) -> u32 {
        numbers.get(chunk.text(field).code(row) as usize).copied().unwrap_or(0)
    }
}

/// The state of one answer.
enum State {
    Sum(Sum),
    Share(Share),
    WeightedMean(WeightedMean),
    Distinct(Distinct),
}

impl State {
    fn new(rule: Rule) -> Self {
        match rule {
            Rule::Sum | Rule::Last => State::Sum(Sum::default()),
            Rule::Share => State::Share(Share::default()),
            Rule::WeightedMean => State::WeightedMean(WeightedMean::default()),
            Rule::DistinctCount => State::Distinct(Distinct::default()),
        }
    }
    fn merge(&mut self, other: State) {
        match (self, other) {
            (State::Sum(a), State::Sum(b)) => a.merge(b),
            (State::Share(a), State::Share(b)) => a.merge(b),
            (State::WeightedMean(a), State::WeightedMean(b)) => a.merge(b),
            (State::Distinct(a), State::Distinct(b)) => a.merge(b),
            // Both sides have the state of one indicator's rule.
            _ => {}
        }
    }
    fn finish(&self) -> Result<f64, NoAnswer> {
        match self {
            State::Sum(s) => s.finish(),
            State::Share(s) => s.finish(),
            State::WeightedMean(s) => s.finish(),
            State::Distinct(s) => s.finish(),
        }
    }
}

/// One answer in the making.
struct Group {
    state: State,
    n_with_value: u64,
    n_estimated: u64,
    n_without_value: u64,
}

impl Group {
    fn new(rule: Rule) -> Self {
        Group { state: State::new(rule), n_with_value: 0, n_estimated: 0, n_without_value: 0 }
    }
}

/// Indicator, group of places and year, as numbers.
type GroupKey = (u32, u32, i16);

/// The answers of some parts. A part holds all rows of its places, so that the last value over time is known
/// when a part ends.
#[derive(Default)]
struct Fold {
    index: FxHashMap<GroupKey, u32>,
    groups: Vec<(GroupKey, Group)>,
    n_other_periods: u64,
}

impl Fold {
    fn group(&mut self, key: GroupKey, rule: Rule) -> &mut Group {
        let at = *self.index.entry(key).or_insert_with(|| {
            self.groups.push((key, Group::new(rule)));
            self.groups.len() as u32 - 1
        });
        &mut self.groups[at as usize].1
    }

    fn take(&mut self, names: &Names<'_>, grain: Grain, slices: &[Slice], picks: &[Pick]) {
        let tables: Vec<Tables> = slices.iter().map(|s| Tables::of(names, grain, &s.chunk)).collect();
        // The last values of the year of one place, by year, project and entity.
        let mut lasts: FxHashMap<(i16, u32, u32), Last<Period>> = FxHashMap::default();
        let mut lasts_of: Option<(u32, u32, Pick)> = None;
        for pick in picks {
            let (chunk, table, row) = (&*slices[pick.0 as usize].chunk, &tables[pick.0 as usize], pick.1 as usize);
            let code = |field: TextField| chunk.text(field).code(row) as usize;
            let (Some(indicator), Some(place_group)) =
                (table.rule[code(TextField::Indicator)], table.group[code(TextField::Place)])
            else {
                continue;
            };
            let Some(year) = table.year[code(TextField::Period)] else {
                self.n_other_periods += 1;
                continue;
            };
            let rule = names.rules[indicator as usize].1;
            let status = chunk.statuses[code(TextField::Status)];
            let value =
                chunk.number(NumberField::Value, row).filter(|_| status.is_some_and(ObservationStatus::has_value));
            let group = self.group((indicator, place_group, year), rule);
            let Some(value) = value else {
                group.n_without_value += 1;
                continue;
            };
            group.n_with_value += 1;
            group.n_estimated += u64::from(status == Some(ObservationStatus::Estimated));
            let denominator = || chunk.number(NumberField::Denominator, row);
            match &mut group.state {
                State::Sum(sum) if rule == Rule::Sum => sum.add(value),
                State::Sum(_) => {
                    // Rows come by indicator and place: when either changes, the last values are known.
                    let same = lasts_of.is_some_and(|(i, g, at)| {
                        (i, g) == (indicator, place_group)
                            && slices[at.0 as usize].chunk.prefix(at.1 as usize).1 == chunk.prefix(row).1
                    });
                    if !same {
                        self.settle(&mut lasts, lasts_of);
                        lasts_of = Some((indicator, place_group, *pick));
                    }
                    let project = Tables::contributor(&table.project, chunk, TextField::Project, row);
                    let entity = Tables::contributor(&table.entity, chunk, TextField::Entity, row);
                    if let Some(period) = chunk.period(row) {
                        lasts.entry((year, project, entity)).or_default().add((period, value));
                    }
                }
                State::Share(share) => share.add((chunk.number(NumberField::Numerator, row), denominator())),
                State::WeightedMean(mean) => mean.add((value, denominator())),
                State::Distinct(bodies) => {
                    let entity = Tables::contributor(&table.entity, chunk, TextField::Entity, row);
                    bodies.add((entity != 0).then_some(entity));
                }
            }
        }
        self.settle(&mut lasts, lasts_of);
    }

    /// Adds a place's last values to its group.
    fn settle(&mut self, lasts: &mut FxHashMap<(i16, u32, u32), Last<Period>>, of: Option<(u32, u32, Pick)>) {
        let Some((indicator, place_group, _)) = of else { return };
        for ((year, _, _), last) in lasts.drain() {
            if let (State::Sum(sum), Ok(value)) =
                (&mut self.group((indicator, place_group, year), Rule::Last).state, last.finish())
            {
                sum.add(value);
            }
        }
    }

    fn merge(&mut self, other: Fold) {
        self.n_other_periods += other.n_other_periods;
        for (key, group) in other.groups {
            match self.index.get(&key) {
                Some(at) => {
                    let held = &mut self.groups[*at as usize].1;
                    held.state.merge(group.state);
                    held.n_with_value += group.n_with_value;
                    held.n_estimated += group.n_estimated;
                    held.n_without_value += group.n_without_value;
                }
                None => {
                    self.index.insert(key, self.groups.len() as u32);
                    self.groups.push((key, group));
                }
            }
        }
    }

    fn finish(mut self, names: &Names<'_>) -> RollUpAnswer {
        self.groups.sort_unstable_by_key(|(key, _)| *key);
        let rows = self.groups.into_iter().map(|((indicator, place_group, year), group)| RollUpRow {
            indicator: names.rules[indicator as usize].0.to_owned(),
            group: names.groups[place_group as usize].to_owned(),
            year,
            answer: group.state.finish(),
            n_with_value: group.n_with_value,
            n_estimated: group.n_estimated,
            n_without_value: group.n_without_value,
        });
        RollUpAnswer { rows: rows.collect(), n_other_periods: self.n_other_periods }
    }
}
