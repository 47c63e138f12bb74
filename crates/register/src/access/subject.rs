//! Where a record belongs: to which unit, which plan, which results. It follows from its references, so that nobody
//! has to write it down a second time.

use model::{
    Kind, Records,
    kinds::{Indicator, Plan, Project, Result as PlanResult, Unit},
    observations::Observations,
    value::{CellKind, Id, Value},
};
use rustc_hash::FxHashSet;

use crate::change::Edit;

/// What a deed is done to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Nothing in particular: a grant anywhere is enough.
    Anywhere,
    /// Something that belongs somewhere.
    At(Spot),
}

/// Where something belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spot {
    /// The unit; the whole organisation when there is none.
    pub unit: Option<Id<Unit>>,
    /// The plans.
    pub plans: Vec<Id<Plan>>,
    /// The results.
    pub results: Vec<Id<PlanResult>>,
    /// The projects.
    pub projects: Vec<Id<Project>>,
}

impl Subject {
    /// What belongs to a unit.
    pub fn unit(unit: &str) -> Self {
        Subject::At(Spot { unit: Some(Id::new(unit)), ..Spot::default() })
    }
    /// What belongs to the whole organisation.
    pub fn organisation() -> Self {
        Subject::At(Spot::default())
    }
    /// Where a record belongs, by its row. References lead on: a marker belongs to its project's unit, a target to its
    /// indicator's result.
    pub fn of_row(records: &Records, kind: Kind, row: &[Value]) -> Self {
        let def = kind.def();
        let mut spot = Spot::default();
        match kind {
            // A unit's own place is the unit itself; what is above it is found from there.
            Kind::Unit => spot.unit = Some(Id::new(def.id_of(row))),
            Kind::Plan => spot.plans.push(Id::new(def.id_of(row))),
            Kind::Result => spot.results.push(Id::new(def.id_of(row))),
            Kind::Project => spot.projects.push(Id::new(def.id_of(row))),
            _ => {}
        }
        for (column, value) in def.columns.iter().zip(row) {
            match (column.kind, value) {
                (CellKind::Ref(target), Value::Text(id)) => spot.follow(records, target, id),
                (CellKind::Refs(target), Value::List(ids)) => {
                    ids.iter().for_each(|id| spot.follow(records, target, id));
                }
                _ => {}
            }
        }
        spot.settle();
        Subject::At(spot)
    }
    /// Where an observation belongs: to its project's unit, else to the unit that answers for its indicator.
    pub fn of_observation(records: &Records, indicator: &str, project: Option<&str>) -> Self {
        let mut spot = Spot::default();
        if let Some(project) = project.filter(|p| !p.is_empty()) {
            spot.follow(records, Kind::Project, project);
        }
        spot.follow(records, Kind::Indicator, indicator);
        spot.settle();
        Subject::At(spot)
    }
}

impl Spot {
    /// Goes where a reference leads. What was found first for the unit stays: a project's own unit goes before the
    /// unit that answers for its indicator.
    fn follow(&mut self, records: &Records, target: Kind, id: &str) {
        match target {
            Kind::Unit => self.claim(Some(&Id::new(id))),
            Kind::Plan => self.plans.push(Id::new(id)),
            Kind::Result => self.result(records, &Id::new(id)),
            Kind::Project => self.project(records, records.projects.get(id)),
            Kind::Indicator => self.indicator(records, records.indicators.get(id)),
            _ => {}
        }
    }
    fn claim(&mut self, unit: Option<&Id<Unit>>) {
        if self.unit.is_none() {
            self.unit = unit.cloned();
        }
    }
    fn project(&mut self, records: &Records, project: Option<&Project>) {
        if let Some(project) = project {
            self.claim(project.unit.as_ref());
            self.projects.push(project.id.clone());
            project.results.iter().for_each(|r| self.result(records, r));
        }
    }
    fn indicator(&mut self, records: &Records, indicator: Option<&Indicator>) {
        if let Some(indicator) = indicator {
            self.claim(indicator.owner.as_ref());
            self.result(records, &indicator.result);
        }
    }
    fn result(&mut self, records: &Records, id: &Id<PlanResult>) {
        if let Some(result) = records.results.of(id) {
            self.claim(result.owner.as_ref());
            self.plans.push(result.plan.clone());
        }
        self.results.push(id.clone());
    }
    /// Equal spots become equal values.
    fn settle(&mut self) {
        self.plans.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        self.plans.dedup();
        self.results.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        self.results.dedup();
        self.projects.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        self.projects.dedup();
    }
}

/// What a change touches: each kind with each place where its records belong, before and after, so that nobody moves a
/// record into his reach or out of another's. `observed` are the observations that it adds.
pub fn subjects(records: &Records, edits: &[Edit], observed: &Observations) -> Vec<(Kind, Subject)> {
    let mut found = FxHashSet::default();
    // References may lead to what comes along.
    let mut after = None;
    if edits.iter().any(|e| matches!(e, Edit::Put { .. })) {
        let mut with = records.clone();
        for edit in edits {
            if let Edit::Put { kind, row, .. } = edit {
                // What is not well-formed is refused by the rules of acceptance.
                let _ = with.put(*kind, row, None);
            }
        }
        after = Some(with);
    }
    let after = after.as_ref().unwrap_or(records);
    for edit in edits {
        let (kind, id) = match edit {
            Edit::Put { kind, row, .. } => {
                found.insert((*kind, Subject::of_row(after, *kind, row)));
                (*kind, kind.def().id_of(row))
            }
            Edit::Remove { kind, id } => (*kind, id.clone()),
            Edit::AddSegment(_) | Edit::RetractSegment(_) | Edit::Agree { .. } => continue,
        };
        if let Some(row) = records.row(kind, &id) {
            found.insert((kind, Subject::of_row(records, kind, &row)));
        }
    }
    let pairs: FxHashSet<(u32, u32)> =
        observed.indicator.iter().copied().zip(observed.project.iter().copied()).collect();
    for (indicator, project) in pairs {
        let (indicator, project) = (observed.dict.text(indicator), observed.dict.text(project));
        found.insert((Kind::Observation, Subject::of_observation(after, indicator, Some(project))));
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by(|a, b| (a.0, format!("{:?}", a.1)).cmp(&(b.0, format!("{:?}", b.1))));
    found
}
