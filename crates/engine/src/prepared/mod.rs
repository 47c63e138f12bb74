//! Indexes over one snapshot, built once, read by every figure.

mod contributors;
mod cube;
mod groups;
mod places;
mod tree;
mod versions;

use std::sync::Arc;

use model::{
    kinds::{Indicator, Judgement, Measure, Plan, Project, Result as PlanResult, Scope, Stage, Target, TargetKind},
    value::{Breakdown, Id, Period},
};
use rustc_hash::{FxHashMap, FxHashSet};
use snapshot::Snapshot;

pub(crate) use contributors::{Expected, Overlaps};
pub(crate) use cube::{Cube, NameIx, Piece, Pieces};
pub(crate) use groups::{GroupIx, Groups};
pub(crate) use places::{PlaceIx, Places};
pub(crate) use tree::{Node, Tree};
pub(crate) use versions::Mapped;

/// A snapshot with its indexes. Building takes one pass and one sort; after that no figure scans all rows.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) places: Places,
    pub(crate) groups: Groups,
    pub(crate) names: Names,
    /// The projects above a project.
    pub(crate) parents: FxHashMap<NameIx, Vec<NameIx>>,
    pub(crate) trees: FxHashMap<Id<Plan>, Tree>,
    /// Judgements of persons, oldest first.
    pub(crate) judgements: FxHashMap<Id<Indicator>, Vec<Judgement>>,
    indicators: FxHashMap<Id<Indicator>, Held>,
}

/// One indicator with all that its figures need.
#[derive(Debug)]
pub(crate) struct Held {
    pub indicator: Indicator,
    pub plan: Option<Id<Plan>>,
    /// Baselines, milestones and targets in order of their day.
    pub targets: Vec<Target>,
    pub expected: Vec<Expected>,
    pub overlaps: Overlaps,
    /// Stages of its scale, lowest first.
    pub stages: Vec<Stage>,
    /// One for each version of the definition, oldest first; at least one.
    cubes: Vec<Cube>,
}

impl Held {
    /// The observations of a scope as the version in force at the end of the period sees them.
    pub fn pieces(&self, scope: Scope, period: Period) -> &Pieces {
        let at = self.cubes.iter().rposition(|c| c.effective_on.is_none_or(|on| on <= period.ends_on())).unwrap_or(0);
        self.cubes[at].scope(scope)
    }
    /// The observations of a scope as the last version sees them.
    pub fn latest(&self, scope: Scope) -> &Pieces {
        self.cubes[self.cubes.len() - 1].scope(scope)
    }
    /// Whether projects are expected to report it.
    pub fn by_projects(&self) -> bool {
        !self.expected.is_empty() || self.latest(Scope::Delivered).has_projects
    }
    /// The dated target of a kind with the latest day, for all places and this group.
    pub fn target(&self, kind: TargetKind, group: &Breakdown) -> Option<&Target> {
        self.targets
            .iter()
            .rev()
            .find(|t| t.kind == kind && t.on.is_some() && t.place.is_none() && t.breakdown == *group)
    }
}

/// Ids of projects and bodies that observations name, in text order; 0 is none.
#[derive(Debug, Default)]
pub(crate) struct Names {
    texts: Vec<Arc<str>>,
    by_text: FxHashMap<Arc<str>, NameIx>,
    /// By code of the snapshot's dictionary.
    of_code: Vec<NameIx>,
}

impl Names {
    fn new(snapshot: &Snapshot) -> Self {
        let observations = &snapshot.observations;
        let mut used: Vec<u32> = observations.project.iter().chain(&observations.entity).copied().collect();
        used.push(0);
        used.sort_unstable();
        used.dedup();
        used.sort_unstable_by(|a, b| observations.dict.text(*a).cmp(observations.dict.text(*b)));
        let mut names = Names { of_code: vec![0; observations.dict.texts().len()], ..Names::default() };
        for code in used {
            let text: Arc<str> = observations.dict.texts().get(code as usize).cloned().unwrap_or_else(|| Arc::from(""));
            let ix = names.texts.len() as NameIx;
            if let Some(slot) = names.of_code.get_mut(code as usize) {
                *slot = ix;
            }
            names.by_text.insert(text.clone(), ix);
            names.texts.push(text);
        }
        names
    }
    /// A name by its text.
    pub fn ix(&self, text: &str) -> Option<NameIx> {
        self.by_text.get(text).copied()
    }
    /// The text.
    pub fn text(&self, name: NameIx) -> &str {
        self.texts.get(name as usize).map_or("", |t| t)
    }
    fn of_code(&self, code: u32) -> NameIx {
        self.of_code.get(code as usize).copied().unwrap_or_default()
    }
}

impl Prepared {
    /// Builds the indexes. Takes time and memory in proportion to the snapshot (48 bytes an observation).
    pub fn new(snapshot: Arc<Snapshot>) -> Self {
        let records = &snapshot.records;
        let observations = &snapshot.observations;
        let texts = |codes: &[u32]| -> Vec<&str> {
            let used: FxHashSet<u32> = codes.iter().copied().collect();
            used.into_iter().map(|c| observations.dict.text(c)).collect()
        };
        let places = Places::new(records, texts(&observations.place).into_iter());
        let names = Names::new(&snapshot);
        let mut rows_of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (row, code) in observations.indicator.iter().enumerate() {
            rows_of.entry(*code).or_default().push(row as u32);
        }
        let versions = versions::versions(records);
        // Groups that only a mapping makes must have a number too.
        let mut group_texts: Vec<String> = texts(&observations.breakdown).into_iter().map(str::to_owned).collect();
        for (indicator, versions) in &versions {
            let rows = observations.dict.code(indicator).and_then(|c| rows_of.get(&c)).map_or(&[][..], Vec::as_slice);
            let own: FxHashSet<(u32, usize)> = rows
                .iter()
                .map(|r| *r as usize)
                .map(|r| (observations.breakdown[r], versions::version_at(versions, observations.period[r])))
                .collect();
            for (group, from) in own {
                let group = Breakdown::parse(observations.dict.text(group)).unwrap_or_default();
                for to in from + 1..versions.len() {
                    group_texts
                        .extend(versions::seen_from(versions, from, to, &group).iter().map(|s| s.group.to_string()));
                }
            }
        }
        let groups = Groups::new(records, group_texts.iter().map(String::as_str));
        let mut expected = contributors::expected(records, &names, &places);
        let mut overlaps = contributors::overlaps(records, &names);
        let parents = contributors::parents(records, &names);
        let mut targets: FxHashMap<Id<Indicator>, Vec<Target>> = FxHashMap::default();
        for target in records.targets.iter() {
            targets.entry(target.indicator.clone()).or_default().push(target.clone());
        }
        let code_places: Vec<PlaceIx> =
            observations.dict.texts().iter().map(|t| places.ix(t).unwrap_or_default()).collect();
        let code_groups: Vec<GroupIx> =
            observations.dict.texts().iter().map(|t| groups.ix(t).unwrap_or_default()).collect();
        let mut indicators = FxHashMap::default();
        for indicator in records.indicators.iter() {
            let rows = observations.dict.code(indicator.id.as_str()).and_then(|c| rows_of.get(&c));
            let rows = rows.map_or(&[][..], Vec::as_slice);
            let versions = versions.get(indicator.id.as_str()).map_or(&[][..], Vec::as_slice);
            let mut cubes = Vec::with_capacity(versions.len().max(1));
            for to in 0..versions.len().max(1) {
                let mut cube = Cube::from_day(versions.get(to).map(|v| v.effective_on));
                for row in rows {
                    let r = *row as usize;
                    let mut piece = Piece {
                        period: observations.period[r],
                        project: names.of_code(observations.project[r]),
                        entity: names.of_code(observations.entity[r]),
                        place: code_places[observations.place[r] as usize],
                        group: code_groups[observations.breakdown[r] as usize],
                        row: *row,
                        factor: 1.0,
                        part: 1.0,
                        n_sources: 1,
                        mapped: Mapped::AsIs,
                    };
                    let sorted = &mut cube.scope_mut(observations.scope[r]).sorted;
                    let from = versions::version_at(versions, piece.period);
                    if from >= to {
                        sorted.push(piece);
                        continue;
                    }
                    let group = groups.group(piece.group).cloned().unwrap_or_default();
                    for seen in versions::seen_from(versions, from, to, &group) {
                        piece.group = groups.ix(&seen.group.to_string()).unwrap_or_default();
                        (piece.factor, piece.part) = (seen.factor, seen.part);
                        (piece.n_sources, piece.mapped) = (seen.n_sources, seen.mapped);
                        sorted.push(piece);
                    }
                }
                for scope in Scope::ALL {
                    cube.scope_mut(*scope).finish(|p| places.kind(p));
                }
                cubes.push(cube);
            }
            let mut targets = targets.remove(&indicator.id).unwrap_or_default();
            targets.sort_by(|a, b| (a.on, a.kind, &a.breakdown, &a.place).cmp(&(b.on, b.kind, &b.breakdown, &b.place)));
            let mut stages: Vec<Stage> =
                records.stages.iter().filter(|s| Some(&s.scale) == indicator.scale.as_ref()).cloned().collect();
            stages.sort_unstable_by(|a, b| (a.position, &a.code).cmp(&(b.position, &b.code)));
            indicators.insert(
                indicator.id.clone(),
                Held {
                    indicator: indicator.clone(),
                    plan: records.results.of(&indicator.result).map(|r| r.plan.clone()),
                    targets,
                    expected: expected.remove(&indicator.id).unwrap_or_default(),
                    overlaps: overlaps.remove(&indicator.id).unwrap_or_default(),
                    stages,
                    cubes,
                },
            );
        }
        let trees = tree::trees(records);
        let mut judgements: FxHashMap<Id<Indicator>, Vec<Judgement>> = FxHashMap::default();
        for judgement in records.judgements.iter() {
            judgements.entry(judgement.indicator.clone()).or_default().push(judgement.clone());
        }
        for list in judgements.values_mut() {
            list.sort_by(|a, b| (a.on, a.period, &a.by).cmp(&(b.on, b.period, &b.by)));
        }
        Prepared { places, groups, names, parents, trees, judgements, indicators, snapshot }
    }
    /// The snapshot below.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }
    /// The results of a plan in reading order with their depth, from 0.
    pub fn results(&self, plan: &Id<Plan>) -> impl Iterator<Item = (&PlanResult, usize)> {
        let nodes = self.trees.get(plan).map_or(&[][..], |t| t.nodes.as_slice());
        nodes.iter().filter_map(|n: &Node| self.snapshot.records.results.of(&n.result).map(|r| (r, n.depth)))
    }
    /// The indicators of a plan in reading order.
    pub fn indicators(&self, plan: &Id<Plan>) -> impl Iterator<Item = &Indicator> {
        self.trees
            .get(plan)
            .into_iter()
            .flat_map(Tree::indicators)
            .filter_map(|(_, i)| self.held(i))
            .map(|h| &h.indicator)
    }
    /// The indicators of a result in reading order.
    pub fn indicators_of(&self, result: &PlanResult) -> impl Iterator<Item = &Indicator> {
        let node = self.trees.get(&result.plan).and_then(|t| t.node(&result.id));
        node.into_iter().flat_map(|n| &n.indicators).filter_map(|i| self.held(i)).map(|h| &h.indicator)
    }
    /// The periods in which a scope of an indicator was reported, in order.
    pub fn periods(&self, indicator: &Id<Indicator>, scope: Scope) -> &[Period] {
        self.held(indicator).map_or(&[], |h| &h.latest(scope).periods)
    }
    /// The groups in which a scope of an indicator was reported; the total comes first if it was.
    pub fn groups(&self, indicator: &Id<Indicator>, scope: Scope) -> Vec<Breakdown> {
        let of = self.held(indicator).map_or(&[][..], |h| &h.latest(scope).groups);
        of.iter().filter_map(|g| self.groups.group(*g).cloned()).collect()
    }
    /// Number of observations of an indicator, all scopes together.
    pub fn n_observations(&self, indicator: &Id<Indicator>) -> usize {
        self.rows(indicator).count()
    }
    /// Rows of the snapshot that belong to an indicator, sorted by scope, period, project, place, body and group.
    pub fn rows(&self, indicator: &Id<Indicator>) -> impl Iterator<Item = usize> {
        let cube = self.held(indicator).and_then(|h| h.cubes.first());
        // The first version sees every row once: nothing is mapped backwards.
        Scope::ALL.iter().filter_map(move |s| cube.map(|c| c.scope(*s))).flat_map(|p| &p.sorted).map(|p| p.row as usize)
    }
    /// The projects that list an indicator, drafts left out.
    pub fn projects_of(&self, indicator: &Id<Indicator>) -> impl Iterator<Item = &Id<Project>> {
        self.held(indicator).into_iter().flat_map(|h| &h.expected).map(|e| &e.project)
    }
    /// The baselines, milestones and targets of an indicator in order of their day.
    pub fn targets(&self, indicator: &Id<Indicator>) -> &[Target] {
        self.held(indicator).map_or(&[], |h| &h.targets)
    }
    /// The scope in which an indicator measures the programme's own promise.
    ///
    /// Flows, distinct counts and stage counts are what the programme does: *delivered* if any project lists or
    /// reports the indicator. Otherwise, and for all other measures, the first of *delivered*, *supported*,
    /// *global* in which anything was reported. With nothing reported: *delivered* for what the programme does,
    /// *global* for the rest.
    pub fn own_scope(&self, indicator: &Id<Indicator>) -> Scope {
        let Some(held) = self.held(indicator) else { return Scope::Global };
        let done = matches!(held.indicator.measure, Measure::Flow | Measure::DistinctCount | Measure::StageCount);
        if done && held.by_projects() {
            return Scope::Delivered;
        }
        let reported = |s: &Scope| !held.latest(*s).sorted.is_empty();
        [Scope::Delivered, Scope::Supported, Scope::Global].into_iter().find(reported).unwrap_or(if done {
            Scope::Delivered
        } else {
            Scope::Global
        })
    }
    pub(crate) fn held(&self, indicator: &Id<Indicator>) -> Option<&Held> {
        self.indicators.get(indicator)
    }
}
