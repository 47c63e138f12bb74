//! What a lane would do before it is switched on: which of the changes of the last time it would have taken, and who
//! could have agreed.

use jiff::{SignedDuration, Timestamp};
use model::{Records, kinds::Lane, value::Id};
use register::{
    Edit, Log, Op,
    access::{Actor, Deed, Subject, subjects},
    lane::{Case, lane_for, route_in},
};
use store::Proposed;

use super::{Content, remarks::who_can, submit::day};
use crate::{App, error::AppError, people, view::ChangeLine};

/// Changes looked at.
const MOST: u32 = 200;

/// A change that a lane would have taken.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// The change.
    pub change: ChangeLine,
    /// The steps, in the lane's order.
    pub steps: Vec<SimulatedStep>,
}

/// A step that it would have had to take.
#[derive(Clone, Debug)]
pub struct SimulatedStep {
    /// Code within the lane.
    pub id: String,
    /// The unit that agrees.
    pub unit: Option<String>,
    /// How many must agree.
    pub n_persons: u32,
    /// The persons who could; fewer than needed means that changes would wait for ever.
    pub persons: Vec<String>,
}

impl SimulatedStep {
    /// Whether there are too few to agree.
    pub fn is_stuck(&self) -> bool {
        (self.persons.len() as u64) < u64::from(self.n_persons)
    }
}

/// Runs a lane, as if it were in force, over the changes of so many days.
pub async fn simulate(
    app: &App,
    by: &Actor,
    lane: &str,
    days: i64,
    now: Timestamp,
) -> Result<(Vec<Simulated>, usize), AppError> {
    people::require(app, by, Deed::Administer, &Subject::organisation(), now).await?;
    let world = app.world().await?;
    let lane: Lane = world.records().lanes.of(&Id::new(lane)).cloned().ok_or(AppError::Unknown)?;
    // The lane alone, in force: what others would take is not asked here.
    let mut records: Records = world.records().clone();
    let others: Vec<String> = records.lanes.iter().map(|l| l.id.to_string()).collect();
    for id in others {
        records.lanes.remove(&id);
    }
    records.lanes.put(Lane { starts_on: Some(jiff::civil::Date::MIN), ends_on: None, ..lane.clone() }, None);
    let since = now.checked_sub(SignedDuration::from_hours(24 * days.clamp(1, 3660))).unwrap_or(now);
    let changes = crate::history::changes(app, None, MOST as usize).await?;
    let recent: Vec<ChangeLine> = changes.into_iter().filter(|c| c.at >= since).collect();
    let n_looked_at = recent.len();
    let mut taken = Vec::new();
    for change in recent {
        let Some((_, touched)) = app.store()?.touched(change.number).await? else { continue };
        let mut edits = Vec::new();
        let mut content = Content::default();
        for t in &touched {
            match (t.revision.op, t.revision.row()) {
                (Op::Put, Some((kind, row))) => edits.push(Edit::Put { kind, row, origin: None }),
                (Op::AddSegment | Op::RetractSegment, _) => content.segments.extend(t.revision.segment()),
                _ => {}
            }
        }
        let observed = content.observations(app).await?;
        let places = subjects(&records, &edits, &observed);
        if lane_for(&records, &edits, &places, day(now)).is_none() {
            continue;
        }
        let route = route_in(&records, &lane, &edits, &places);
        let p = Proposed {
            number: 0,
            title: String::new(),
            against: 0,
            change: None,
            created_at: now,
            moved_at: now,
            case: Case::draft(&change.author),
            edits: String::new(),
            version: 0,
        };
        let steps = route.steps.iter().map(|s| SimulatedStep {
            id: s.id.clone(),
            unit: s.unit.clone(),
            n_persons: s.n_persons,
            persons: who_can(&records, &p, s, now),
        });
        taken.push(Simulated { steps: steps.collect(), change });
    }
    Ok((taken, n_looked_at))
}
