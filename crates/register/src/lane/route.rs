//! Which lane takes a change, and the steps that it then has to take.

use jiff::civil::Date;
use model::{
    Kind, Records,
    kinds::{Lane, LaneStep, Project, Role, Unit},
    record::Record,
    value::{Id, Money},
};
use serde::{Deserialize, Serialize};

use crate::{
    access::{Spot, Subject, reach},
    change::Edit,
};

/// Who must agree to a proposal, frozen when it was submitted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Route {
    /// The lane; none when no lane takes the change.
    pub lane: Option<String>,
    /// The steps.
    pub steps: Vec<Step>,
}

/// One agreement that is needed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    /// Code within the lane.
    pub id: String,
    /// Steps that come before.
    pub after: Vec<String>,
    /// The role that agrees.
    pub role: String,
    /// The unit that agrees; the whole organisation when none was found.
    pub unit: Option<String>,
    /// How many persons must agree.
    pub n_persons: u32,
}

impl Step {
    /// The role, typed.
    pub fn role(&self) -> Role {
        Role::parse(&self.role).unwrap_or(Role::Administrator)
    }
    /// Where somebody must have the role.
    pub fn subject(&self) -> Subject {
        self.unit.as_deref().map_or_else(Subject::organisation, Subject::unit)
    }
}

/// What the thresholds of lanes look at.
struct Weight {
    /// The largest of each currency among the projects and amounts that the change touches.
    amounts: Vec<Money>,
    /// Markers scored above 0 of the projects that it touches.
    markers: Vec<String>,
}

/// The lane that takes a change on a day, if one does: in force, and fitting by kind, unit, plan, amount and marker; of
/// several the one with the highest rank, then the first by code.
pub fn lane_for<'a>(records: &'a Records, edits: &[Edit], touched: &[(Kind, Subject)], on: Date) -> Option<&'a Lane> {
    let in_force = |l: &&Lane| l.starts_on.is_some_and(|first| first <= on) && l.ends_on.is_none_or(|last| on <= last);
    let mut fitting: Vec<&Lane> =
        records.lanes.iter().filter(in_force).filter(|l| fits(records, l, edits, touched)).collect();
    fitting.sort_by_key(|l| (std::cmp::Reverse(l.rank.map_or(0, |r| r.0)), l.id.as_str().to_owned()));
    fitting.first().copied()
}

/// The steps that a change has to take on a day. Without a lane there are none.
pub fn route(records: &Records, edits: &[Edit], touched: &[(Kind, Subject)], on: Date) -> Route {
    let Some(lane) = lane_for(records, edits, touched, on) else { return Route::default() };
    route_in(records, lane, edits, touched)
}

/// The steps of a given lane for a change.
pub fn route_in(records: &Records, lane: &Lane, edits: &[Edit], touched: &[(Kind, Subject)]) -> Route {
    let weight = weight(records, edits, touched);
    let own = own_unit(records, touched);
    let all: Vec<&LaneStep> = records.lane_steps.iter().filter(|s| s.lane == lane.id).collect();
    let needed: Vec<&LaneStep> = all
        .iter()
        .copied()
        .filter(|s| weight.reaches(s.amount_from, s.marker.as_ref().map(|m| m.0.as_str())))
        .collect();
    let steps = needed.iter().map(|step| Step {
        id: step.step.0.clone(),
        after: before(step, &all, &needed),
        role: step.role.as_str().to_owned(),
        unit: unit_of(records, step, own.as_ref()),
        n_persons: step.n_persons.map_or(1, |n| u32::try_from(n.0).unwrap_or(1)),
    });
    Route { lane: Some(lane.id.as_str().to_owned()), steps: steps.collect() }
}

/// The needed steps before a step: where one before it falls away, those before that one.
fn before(step: &LaneStep, all: &[&LaneStep], needed: &[&LaneStep]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = step.after.iter().map(|c| c.0.as_str()).collect();
    while let Some(code) = open.pop() {
        if seen.contains(&code) {
            continue;
        }
        seen.push(code);
        if needed.iter().any(|s| s.step.0 == code) {
            found.push(code.to_owned());
        } else if let Some(skipped) = all.iter().find(|s| s.step.0 == code) {
            open.extend(skipped.after.iter().map(|c| c.0.as_str()));
        }
    }
    found.sort();
    found
}

/// The unit that agrees in a step: the one it names, else the nearest of its sort above the change's own unit, else the
/// own unit. A sort of unit that is not found above asks the whole organisation, which is more, never less.
fn unit_of(records: &Records, step: &LaneStep, own: Option<&Id<Unit>>) -> Option<String> {
    if let Some(unit) = &step.unit {
        return Some(unit.as_str().to_owned());
    }
    let own = own?;
    let found = match step.unit_kind {
        None => Some(own),
        Some(kind) => reach::units_above(records, own).find(|u| records.units.of(u).is_some_and(|u| u.kind == kind)),
    };
    found.map(|u| u.as_str().to_owned())
}

/// The unit whose change it is: that of all its records, or the lowest one above them all.
fn own_unit(records: &Records, touched: &[(Kind, Subject)]) -> Option<Id<Unit>> {
    let mut units = touched.iter().map(|(_, subject)| match subject {
        Subject::At(Spot { unit, .. }) => unit.clone(),
        Subject::Anywhere => None,
    });
    let first = units.next()??;
    units.try_fold(first, |common, unit| {
        let unit = unit?;
        reach::units_above(records, &common).find(|u| reach::is_within(records, &unit, u)).cloned()
    })
}

fn fits(records: &Records, lane: &Lane, edits: &[Edit], touched: &[(Kind, Subject)]) -> bool {
    let of_kind = |kind: Kind| lane.kinds.is_empty() || lane.kinds.iter().any(|k| Kind::parse(&k.0) == Some(kind));
    let takes = |(kind, subject): &(Kind, Subject)| {
        let Subject::At(spot) = subject else { return of_kind(*kind) };
        let unit =
            lane.unit.as_ref().is_none_or(|at| spot.unit.as_ref().is_some_and(|u| reach::is_within(records, u, at)));
        let plan = lane.plan.as_ref().is_none_or(|p| spot.plans.contains(p));
        of_kind(*kind) && unit && plan
    };
    touched.iter().any(takes)
        && weight(records, edits, touched).reaches(lane.amount_from, lane.marker.as_ref().map(|m| m.0.as_str()))
}

impl Weight {
    /// Whether thresholds are met; those that are not set are. Amounts in another currency than the threshold's meet it:
    /// what cannot be compared is looked at.
    fn reaches(&self, amount_from: Option<Money>, marker: Option<&str>) -> bool {
        let amount = amount_from.is_none_or(|from| {
            self.amounts.iter().any(|a| if a.currency == from.currency { a.minor >= from.minor } else { true })
        });
        amount && marker.is_none_or(|m| self.markers.iter().any(|x| x == m))
    }
}

fn weight(records: &Records, edits: &[Edit], touched: &[(Kind, Subject)]) -> Weight {
    let mut weight = Weight { amounts: Vec::new(), markers: Vec::new() };
    if touched.is_empty() {
        return weight;
    }
    let project = |weight: &mut Weight, project: &Project| {
        weight.amounts.push(project.budget);
        let markers = records.markers.iter().filter(|m| m.project == project.id && m.score.0 > 0);
        weight.markers.extend(markers.map(|m| m.marker.0.clone()));
    };
    for edit in edits {
        let Edit::Put { kind, row, .. } = edit else { continue };
        match kind {
            Kind::Project => {
                if let Ok(new) = Project::from_row(row) {
                    project(&mut weight, &new);
                }
            }
            Kind::Marker => {
                if let Ok(new) = model::kinds::Marker::from_row(row)
                    && new.score.0 > 0
                {
                    weight.markers.push(new.marker.0);
                }
            }
            Kind::Amount => {
                if let Ok(new) = model::kinds::Amount::from_row(row) {
                    let stated = new.actual.into_iter().chain(new.target).map(f64::abs);
                    weight.amounts.extend(stated.filter_map(|major| Money::from_major(major, new.currency)));
                }
            }
            _ => {}
        }
    }
    // What is told about a project weighs what the project weighs.
    for (_, subject) in touched {
        let Subject::At(spot) = subject else { continue };
        spot.projects.iter().filter_map(|p| records.projects.of(p)).for_each(|p| project(&mut weight, p));
    }
    weight
}
