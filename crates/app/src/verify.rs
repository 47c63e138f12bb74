//! Recomputing the chain and the segments, and comparing the tables beside the log with it.

use lake::SegmentId;
use register::{Log, Op, Verifier};
use rustc_hash::FxHashMap;

use crate::{App, error::AppError, open::hex};

/// Revisions read at once.
const BATCH: u32 = 5_000;

/// What verifying found.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The first broken place; `None` when intact.
    pub broken: Option<BrokenAt>,
    /// Changes that are intact.
    pub n_changes: u64,
    /// Revisions that are intact.
    pub n_revisions: u64,
    /// Segments that are intact.
    pub n_segments: u64,
    /// Head of the chain, in hexadecimal.
    pub head: String,
    /// The change that the chain had reached at the head that was asked about; `None` when none was, or when it is not
    /// in the chain, which `broken` then says.
    pub reached: Option<u64>,
}

/// The first broken place.
#[derive(Clone, Debug)]
pub struct BrokenAt {
    /// The revision; 0 for a segment.
    pub revision: u64,
    /// Its change.
    pub change: u64,
    /// Its record, `kind/id`.
    pub record: String,
    /// What is wrong.
    pub detail: String,
}

impl BrokenAt {
    /// The place in one line.
    pub fn place(&self) -> String {
        match self.revision {
            0 => self.record.clone(),
            n => format!("#{n} ({}, change {})", self.record, self.change),
        }
    }
}

impl From<register::Broken> for BrokenAt {
    fn from(b: register::Broken) -> Self {
        BrokenAt { revision: b.revision, change: b.change, record: b.record, detail: b.detail }
    }
}

/// A head as it was published: 64 hexadecimal digits.
pub fn parse_head(text: &str) -> Option<[u8; 32]> {
    let digits = text.trim().as_bytes();
    let mut head = [0; 32];
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in head.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(head)
}

/// Recomputes the last revisions of the chain, taking the one before them as it stands: how many were right, or the
/// first that is not.
pub(crate) async fn verify_last(app: &App, most: u64) -> Result<Result<u64, BrokenAt>, AppError> {
    let store = app.store()?;
    let (total, head) = store.tip().await?;
    // One more than asked for: its hash is where the others begin. The first revision of all begins by itself.
    let from = total.saturating_sub(most).max(1);
    let batch = store.read(from, u32::try_from(total + 1 - from).unwrap_or(u32::MAX)).await?;
    let whole = total <= most;
    let mut verifier = match batch.first() {
        Some((_, first)) if !whole => Verifier::after(first),
        _ => Verifier::default(),
    };
    for (change, revision) in batch.iter().skip(usize::from(!whole)) {
        if let Err(b) = verifier.take(change, revision) {
            return Ok(Err(b.into()));
        }
    }
    Ok(verifier.finish(total, &head).map(|_| total.min(most)).map_err(BrokenAt::from))
}

/// Recomputes the chain from the first revision to the head, then the segments in force, and compares the tables of
/// the kinds with the state that the log gives. With a head that somebody
/// kept, also that the chain went through it: then nothing before it was altered, added or taken away since.
pub async fn verify(
    app: &App,
    against: Option<[u8; 32]>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Verdict, AppError> {
    let store = app.store()?;
    let (total, head) = store.tip().await?;
    let mut verifier = Verifier::default();
    let mut segments: FxHashMap<String, u64> = FxHashMap::default();
    let mut verdict =
        Verdict { broken: None, n_changes: 0, n_revisions: 0, n_segments: 0, head: hex(&head), reached: None };
    // The head of a register without changes is where every chain begins.
    verdict.reached = against.filter(|head| *head == verifier.head()).map(|_| 0);
    let mut from = 1;
    loop {
        let batch = store.read(from, BATCH).await?;
        if batch.is_empty() {
            break;
        }
        for (change, revision) in &batch {
            if let Err(b) = verifier.take(change, revision) {
                verdict.broken = Some(BrokenAt::from(b));
                return Ok(verdict);
            }
            verdict.n_revisions += 1;
            verdict.n_changes = change.number;
            if against == Some(revision.hash) {
                verdict.reached = Some(change.number);
            }
            if let Some(segment) = revision.segment() {
                match revision.op {
                    Op::AddSegment => segments.insert(segment.id, change.number),
                    _ => segments.remove(&segment.id),
                };
            }
            from = revision.seq + 1;
        }
        progress(verdict.n_revisions, total);
    }
    if let Err(b) = verifier.finish(total, &head) {
        verdict.broken = Some(BrokenAt::from(b));
        return Ok(verdict);
    }
    if let Some(kept) = against.filter(|_| verdict.reached.is_none()) {
        let detail = format!("the chain is whole, but never had the head {}", hex(&kept));
        verdict.broken = Some(BrokenAt { revision: 0, change: 0, record: "head".to_owned(), detail });
        return Ok(verdict);
    }
    for (id, change) in segments {
        let found = match SegmentId::parse(&id) {
            Some(parsed) => app.lake()?.verify_segment(&parsed).map_err(|e| e.to_string()),
            None => Err("its id is no hash".to_owned()),
        };
        if let Err(detail) = found {
            verdict.broken = Some(BrokenAt { revision: 0, change, record: format!("segment/{id}"), detail });
            return Ok(verdict);
        }
        verdict.n_segments += 1;
    }
    // The log is whole; what is answered from beside it must say the same.
    if let Some(detail) = store.disagreement().await? {
        verdict.broken = Some(BrokenAt { revision: 0, change: 0, record: "tables".to_owned(), detail });
    }
    Ok(verdict)
}
