//! What a register must still be, whatever happened to the programs that wrote it.

use anyhow::{Context, Result, bail, ensure};
use jiff::Timestamp;
use lake::{Lake, SegmentId};
use model::Kind;
use register::{Change, Folded, Log, Op, Revision, Upto, Verifier};
use rustc_hash::FxHashMap;
use store::Store;

use crate::written::{Acknowledged, digest_of};

/// Revisions read at once.
const BATCH: u32 = 2_000;

/// A register as it was seen last, folded by our own hands from the log.
#[derive(Default)]
pub struct Audit {
    verifier: Verifier,
    n_revisions: u64,
    /// The last change.
    position: u64,
    written_at: Option<Timestamp>,
    /// Bodies of the current records with the revision that said so.
    records: FxHashMap<(String, String), (u64, String)>,
    /// Segments in force with the revision that added them.
    segments: FxHashMap<String, u64>,
    /// Segments that were ever named.
    named: Vec<String>,
    /// The state that the program's own fold gave.
    folded: Folded,
}

/// What was new since the last look.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Changes.
    pub n_changes: u64,
    /// Revisions.
    pub n_revisions: u64,
    /// Segments that were added.
    pub n_segments: u64,
    /// Changes that nobody had acknowledged, whole.
    pub n_unacknowledged: u64,
}

impl Audit {
    /// Looks at everything that was written since the last look, and holds all of the state against it.
    pub async fn look(&mut self, store: &Store, lake: &Lake, acknowledged: &[Acknowledged]) -> Result<Seen> {
        let (n_revisions, head) = store.tip().await?;
        ensure!(n_revisions >= self.n_revisions, "the log had {} revisions and has {n_revisions}", self.n_revisions);
        let mut seen = Seen::default();
        let mut told: FxHashMap<u64, &Acknowledged> = acknowledged.iter().map(|a| (a.number, a)).collect();
        ensure!(told.len() == acknowledged.len(), "two changes were acknowledged under one number");
        let mut whole: Option<(Change, Vec<Revision>)> = None;
        while self.n_revisions < n_revisions {
            let mut batch = store.read(self.n_revisions + 1, BATCH).await?;
            batch.truncate((n_revisions - self.n_revisions) as usize);
            ensure!(!batch.is_empty(), "revision {} is missing", self.n_revisions + 1);
            for (change, revision) in batch {
                self.verifier.take(&change, &revision).map_err(|b| anyhow::anyhow!("the chain is broken: {b}"))?;
                self.n_revisions += 1;
                match &mut whole {
                    Some((last, revisions)) if last.number == change.number => revisions.push(revision),
                    _ => {
                        if let Some((change, revisions)) = whole.replace((change, vec![revision])) {
                            self.change(lake, &change, &revisions, &mut told, &mut seen)?;
                        }
                    }
                }
            }
        }
        if let Some((change, revisions)) = whole {
            self.change(lake, &change, &revisions, &mut told, &mut seen)?;
        }
        self.verifier.clone().finish(n_revisions, &head).map_err(|b| anyhow::anyhow!("the head is another: {b}"))?;
        if let Some(lost) = told.values().next() {
            bail!("change {} was acknowledged and is not there as it was ({} changes)", lost.number, self.position);
        }
        self.state(store).await?;
        Ok(seen)
    }

    /// Takes one whole change of the log.
    fn change(
        &mut self,
        lake: &Lake,
        change: &Change,
        revisions: &[Revision],
        told: &mut FxHashMap<u64, &Acknowledged>,
        seen: &mut Seen,
    ) -> Result<()> {
        let number = change.number;
        ensure!(change.reason == digest_of(revisions), "change {number} is not whole: {}", change.reason);
        ensure!(self.written_at.is_none_or(|at| at <= change.at), "change {number} is older than the one before");
        match told.remove(&number) {
            Some(told) => {
                ensure!(told.digest == change.reason, "change {number} was acknowledged with another content");
                ensure!(revisions.last().map(|r| r.hash) == Some(told.head), "change {number} has another head");
            }
            None => seen.n_unacknowledged += 1,
        }
        seen.n_changes += 1;
        for revision in revisions {
            seen.n_revisions += 1;
            let key = (revision.kind.clone(), revision.record.clone());
            match revision.op {
                Op::Put => drop(self.records.insert(key, (revision.seq, revision.body.clone()))),
                Op::Remove => drop(self.records.remove(&key)),
                Op::AddSegment => {
                    seen.n_segments += 1;
                    self.segments.insert(revision.record.clone(), revision.seq);
                    self.named.push(revision.record.clone());
                    whole(lake, &revision.record).with_context(|| format!("change {number}"))?;
                }
                Op::RetractSegment => drop(self.segments.remove(&revision.record)),
                // Who agreed is proved by the chain and is no part of the state.
                Op::Agree => {}
            }
        }
        (self.position, self.written_at) = (number, Some(change.at));
        Ok(())
    }

    /// Holds the program's folds and its tables against what we folded ourselves.
    async fn state(&mut self, store: &Store) -> Result<()> {
        let folded = store.fold(Upto::Change(self.position)).await?;
        ensure!(folded.position == self.position, "the fold ends at {}, not at {}", folded.position, self.position);
        let mut ours: FxHashMap<&str, Vec<(&u64, &str, &str)>> = FxHashMap::default();
        for ((kind, record), (seq, body)) in &self.records {
            ours.entry(kind).or_default().push((seq, record, body));
        }
        for kind in Kind::REGISTER {
            let mut ours = ours.remove(kind.name()).unwrap_or_default();
            ours.sort_unstable();
            let theirs = folded.records.rows(*kind).map(|(id, row)| (id.to_owned(), kind.def().to_json(&row)));
            let ours = ours.into_iter().map(|(_, record, body)| (record.to_owned(), body.to_owned()));
            ensure!(theirs.eq(ours), "the fold of {} differs from the log", kind.name());
        }
        let mut ours: Vec<(&u64, &String)> = self.segments.iter().map(|(id, seq)| (seq, id)).collect();
        ours.sort_unstable();
        let theirs = folded.segments.iter().map(|s| &s.segment.id);
        ensure!(theirs.eq(ours.into_iter().map(|(_, id)| id)), "other segments are in force than the log says");
        // Folding on from the last look gives the same; a change that was under way may have come since.
        let before = std::mem::take(&mut self.folded);
        let on = store.fold_from(before).await?;
        if on.position == folded.position {
            ensure!(same(&on, &folded), "folding in pieces differs from folding at once");
        }
        self.folded = on;
        if let Some(found) = store.disagreement().await? {
            bail!("the tables differ from the log: {found}");
        }
        Ok(())
    }

    /// Recomputes the whole chain and every segment that was ever named; the number of revisions.
    pub async fn recompute(&self, store: &Store, lake: &Lake) -> Result<u64> {
        let mut verifier = Verifier::default();
        let mut next = 1;
        while next <= self.n_revisions {
            for (change, revision) in store.read(next, BATCH).await? {
                if revision.seq <= self.n_revisions {
                    verifier.take(&change, &revision).map_err(|b| anyhow::anyhow!("the chain is broken: {b}"))?;
                }
                next = revision.seq + 1;
            }
        }
        ensure!(verifier.head() == self.verifier.head(), "the chain recomputed from its start has another head");
        self.named.iter().try_for_each(|id| whole(lake, id))?;
        Ok(self.n_revisions)
    }
}

/// Whether two states are the same to the last detail, the order of their records included.
pub fn same(a: &Folded, b: &Folded) -> bool {
    let rows = |f: &Folded, kind: Kind| f.records.rows(kind).map(|(id, row)| (id.to_owned(), row)).collect::<Vec<_>>();
    (a.position, a.at, a.head, &a.segments) == (b.position, b.at, b.head, &b.segments)
        && Kind::REGISTER.iter().all(|kind| rows(a, *kind) == rows(b, *kind))
}

fn whole(lake: &Lake, id: &str) -> Result<()> {
    let id = SegmentId::parse(id).with_context(|| format!("{id} is no segment id"))?;
    Ok(lake.verify_segment(&id)?)
}
