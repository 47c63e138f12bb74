//! A snapshot with everything that is worth computing once for it.

use std::{
    collections::VecDeque,
    hash::Hash,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use checks::{Filter, Report};
use diag::{Diagnostic, Waived};
use engine::{Prepared, instrument::Questionnaire};
use jiff::{Timestamp, civil::Date};
use model::{
    Audience, Kind, Records,
    figure::{Duty, Standing, Tracking},
    kinds::{Indicator, Place, Plan},
    value::Id,
};
use rustc_hash::FxHashMap;
use snapshot::Snapshot;

/// A snapshot, its indexes, and answers that were asked for before. Everything in it is a pure function of the
/// snapshot and a day, so the caches never go stale; a new position is a new world.
///
/// A world knows whose it is: that of the public has no record, column or person that is not open, so that whatever is
/// made from it can go out.
pub struct World {
    snapshot: Arc<Snapshot>,
    audience: Audience,
    /// What the public's world was taken from, to tell which findings are true of it.
    whole: Option<Arc<Snapshot>>,
    public: OnceLock<Arc<World>>,
    prepared: OnceLock<Prepared>,
    by_plan: OnceLock<FxHashMap<Id<Plan>, Vec<Id<Indicator>>>>,
    rows: OnceLock<FxHashMap<u32, Vec<usize>>>,
    rows_at: OnceLock<FxHashMap<u32, Vec<usize>>>,
    standings: Cache<(Id<Indicator>, Date), Standing>,
    findings: Cache<(Option<Id<Plan>>, Date), Report>,
    tracking: Cache<(Id<Plan>, Date), Tracking>,
    duties: Cache<Date, Vec<Duty>>,
    instruments: OnceLock<Vec<Arc<Questionnaire>>>,
}

/// Answers by question, the latest of them: asking about ever new days must not fill the memory.
struct Cache<K, V> {
    held: Mutex<Held<K, V>>,
    most: usize,
}

struct Held<K, V> {
    answers: FxHashMap<K, Arc<V>>,
    /// The questions, the oldest first.
    asked: VecDeque<K>,
}

/// Standings are small; this is what the pages need of a plan of 10,000 indicators on two days.
const MOST_STANDINGS: usize = 20_000;
/// A table of 500 indicators takes 20 MB; these are the plans or days that are looked at in turn.
const MOST_TABLES: usize = 8;

impl<K: Hash + Eq + Clone, V> Cache<K, V> {
    fn new(most: usize) -> Self {
        Cache { held: Mutex::new(Held { answers: FxHashMap::default(), asked: VecDeque::new() }), most }
    }
    /// The answer, computed outside of the lock; two askers at once may both compute, and get one.
    fn get(&self, key: K, compute: impl FnOnce() -> V) -> Arc<V> {
        if let Some(answer) = self.held.lock().unwrap_or_else(PoisonError::into_inner).answers.get(&key) {
            return answer.clone();
        }
        let answer = Arc::new(compute());
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(first) = held.answers.get(&key) {
            return first.clone();
        }
        if held.asked.len() >= self.most
            && let Some(oldest) = held.asked.pop_front()
        {
            held.answers.remove(&oldest);
        }
        held.asked.push_back(key.clone());
        held.answers.insert(key, answer.clone());
        answer
    }
}

impl World {
    /// Indexes a snapshot.
    pub fn new(snapshot: Snapshot) -> Self {
        World::of(Arc::new(snapshot), Audience::Staff, None)
    }
    fn of(snapshot: Arc<Snapshot>, audience: Audience, whole: Option<Arc<Snapshot>>) -> Self {
        World {
            snapshot,
            prepared: OnceLock::new(),
            audience,
            whole,
            public: OnceLock::new(),
            by_plan: OnceLock::new(),
            rows: OnceLock::new(),
            rows_at: OnceLock::new(),
            standings: Cache::new(MOST_STANDINGS),
            findings: Cache::new(MOST_TABLES),
            tracking: Cache::new(MOST_TABLES),
            duties: Cache::new(MOST_TABLES),
            instruments: OnceLock::new(),
        }
    }
    /// This world as an audience sees it. The public's is made when it is first asked for, and shares the observations.
    pub fn seen_by(self: &Arc<Self>, audience: Audience) -> Arc<World> {
        if audience == self.audience {
            return self.clone();
        }
        let public = || Arc::new(World::of(Arc::new(public(&self.snapshot)), audience, Some(self.snapshot.clone())));
        self.public.get_or_init(public).clone()
    }
    /// Who may see this world.
    pub fn audience(&self) -> Audience {
        self.audience
    }
    /// The snapshot.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }
    /// The records.
    pub fn records(&self) -> &Records {
        &self.snapshot.records
    }
    /// The instant asked for, when this is the past.
    pub fn is_past(&self) -> Option<Timestamp> {
        self.snapshot.as_of
    }
    /// The organisation's own questionnaires, by code, of each the oldest version first.
    pub(crate) fn own_instruments(&self) -> &[Arc<Questionnaire>] {
        self.instruments.get_or_init(|| crate::instrument::own(self.records()))
    }
    /// The engine's indexes, made when the first figure is asked for: a record's page needs none of them.
    pub(crate) fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| Prepared::new(self.snapshot.clone()))
    }
    /// The indicators of a plan, in the order of the register.
    pub fn indicators_of(&self, plan: &Id<Plan>) -> Vec<&Indicator> {
        let by_plan = self.by_plan.get_or_init(|| {
            let mut map: FxHashMap<Id<Plan>, Vec<Id<Indicator>>> = FxHashMap::default();
            for indicator in self.records().indicators.iter() {
                if let Some(result) = self.records().results.of(&indicator.result) {
                    map.entry(result.plan.clone()).or_default().push(indicator.id.clone());
                }
            }
            map
        });
        by_plan.get(plan).into_iter().flatten().filter_map(|id| self.records().indicators.of(id)).collect()
    }
    /// The rows of an indicator's observations.
    pub(crate) fn rows_of(&self, indicator: &Id<Indicator>) -> &[usize] {
        let all = &self.snapshot.observations;
        let rows = self.rows.get_or_init(|| rows_by(&all.indicator));
        all.dict.code(indicator.as_str()).and_then(|code| rows.get(&code)).map_or(&[], Vec::as_slice)
    }
    /// The rows of what was observed at a place.
    pub(crate) fn rows_at(&self, place: &Id<Place>) -> &[usize] {
        let all = &self.snapshot.observations;
        let rows = self.rows_at.get_or_init(|| rows_by(&all.place));
        all.dict.code(place.as_str()).and_then(|code| rows.get(&code)).map_or(&[], Vec::as_slice)
    }
    /// Where an indicator stands on a day.
    pub fn standing(&self, indicator: &Id<Indicator>, on: Date) -> Arc<Standing> {
        self.standings.get((indicator.clone(), on), || engine::standing(self.prepared(), indicator, on))
    }
    /// What the checker says about a plan, or about everything.
    pub fn findings(&self, plan: Option<&Id<Plan>>, on: Date) -> Arc<Report> {
        let filter = Filter { plan: plan.cloned() };
        self.findings.get((plan.cloned(), on), || {
            let found = checks::check(&self.snapshot, on, &filter);
            match &self.whole {
                None => found,
                Some(whole) => true_of_both(found, &checks::check(whole, on, &filter)),
            }
        })
    }
    /// The tracking table of a plan.
    pub fn tracking(&self, plan: &Id<Plan>, on: Date) -> Arc<Tracking> {
        self.tracking.get((plan.clone(), on), || engine::tracking(self.prepared(), plan, on))
    }
    /// Everything due as of a day.
    pub fn duties(&self, on: Date) -> Arc<Vec<Duty>> {
        self.duties.get(on, || engine::duties(self.prepared(), on))
    }
}

/// The snapshot without what is not open: kinds, columns, and the files that records came from.
fn public(whole: &Snapshot) -> Snapshot {
    let mut records = Records::default();
    for kind in Kind::REGISTER.iter().copied().filter(|k| Audience::Public.sees(*k)) {
        for (id, mut row) in whole.records.rows(kind) {
            Audience::Public.mask(kind, &mut row);
            let origin = whole.records.origin(kind, id).filter(|_| Audience::Public.sees_of_change("origin")).cloned();
            // A test holds that no kind loses a column without which it is no record.
            if let Err(missing) = records.put(kind, &row, origin) {
                tracing::error!(record.kind = kind.name(), ?missing, "a record is withheld as a whole");
            }
        }
    }
    Snapshot {
        position: whole.position,
        as_of: whole.as_of,
        fingerprint: whole.fingerprint.clone(),
        records,
        observations: whole.observations.clone(),
    }
}

/// Findings about what the public sees that are true of the whole as well. What only emptied columns bring about ("no
/// evidence") is no finding, and what only hidden values bring about is not told. Who waived one, and why, is withheld.
fn true_of_both(public: Report, whole: &Report) -> Report {
    let key = |d: &Diagnostic| format!("{} {:?} {:?} {:?} {:?}", d.code.id, d.record, d.field, d.args, d.related);
    let known: FxHashMap<String, bool> = whole.diagnostics.iter().map(|d| (key(d), d.waived.is_some())).collect();
    let sees = |d: &Diagnostic| {
        let kinds = d.record.iter().chain(&d.related).filter_map(|r| Kind::parse(r.kind));
        let kind = d.record.as_ref().and_then(|r| Kind::parse(r.kind));
        let hidden = kind.zip(d.field.as_deref()).is_some_and(|(k, f)| !Audience::Public.sees_column(k, f));
        kinds.into_iter().all(|k| Audience::Public.sees(k)) && !hidden
    };
    let mut diagnostics = Vec::with_capacity(public.diagnostics.len());
    for mut finding in public.diagnostics {
        let Some(waived) = known.get(&key(&finding)).copied() else { continue };
        if sees(&finding) {
            finding.waived =
                waived.then(|| Waived { reason: String::new(), author: String::new(), expires_on: String::new() });
            diagnostics.push(finding);
        }
    }
    Report::counted(diagnostics)
}

/// Rows by the code that a column has in them.
fn rows_by(column: &[u32]) -> FxHashMap<u32, Vec<usize>> {
    let mut map: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (row, code) in column.iter().enumerate() {
        map.entry(*code).or_default().push(row);
    }
    map
}

/// A snapshot of nothing, for a file that stands alone.
pub fn empty_snapshot() -> Snapshot {
    Snapshot::default()
}

#[cfg(test)]
mod tests {
    use super::Cache;

    #[test]
    fn the_latest_answers_are_kept() {
        let cache: Cache<u32, u32> = Cache::new(3);
        let ask = |key: u32| {
            let mut computed = false;
            let answer = cache.get(key, || {
                computed = true;
                key * 10
            });
            assert_eq!(*answer, key * 10);
            computed
        };
        assert_eq!([1, 2, 3, 3, 1].map(ask), [true, true, true, false, false]);
        assert!(ask(4), "a fourth question");
        assert!(ask(1), "the oldest has gone");
        assert!(!ask(3) && !ask(4), "the others have not");
        assert!(cache.held.lock().expect("held").answers.len() <= 3);
    }
}
