//! Changes that say what they are: the reason of each is a digest of all its edits, so whoever finds a change in the
//! log can tell a whole one from a half one without asking who wrote it.

use anyhow::{Result, anyhow, bail};
use jiff::Timestamp;
use model::{
    Kind, Records,
    kinds::Scope,
    observations::{NewRow, Observations},
    value::{Period, Raw, Value, parse_cell},
};
use register::{Checked, Committed, Edit, Op, Proposal, Revision, accept};

/// A record's row from column and text pairs; every other column is empty.
pub fn row(kind: Kind, cells: &[(&str, &str)]) -> Vec<Value> {
    let of = |name: &str| cells.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text);
    kind.def().columns.iter().map(|c| parse_cell(c.kind, Raw::Text(of(&c.name))).unwrap_or_default()).collect()
}

/// Says what a unit is.
pub fn unit(id: &str, title: &str) -> Edit {
    Edit::Put {
        kind: Kind::Unit,
        row: row(Kind::Unit, &[("id", id), ("title_en", title), ("kind", "branch")]),
        origin: None,
    }
}

/// Observations that differ from those of every other number.
pub fn observations(number: u64, n_rows: u64) -> Observations {
    let mut all = Observations::default();
    for i in 0..n_rows {
        let place = format!("PLACE-{i}");
        let value = Some((number * 1_000 + i) as f64);
        all.push(&NewRow::new("INDICATOR", &place, Period::year(2020), Scope::Global, value));
    }
    all
}

/// A proposal with the digest of its edits as its reason, checked.
pub fn checked(state: &Records, author: &str, at: Timestamp, against: u64, edits: Vec<Edit>) -> Result<Checked> {
    let mut proposal = Proposal { author: author.to_owned(), at, reason: String::new(), undoes: None, against, edits };
    let judge = |proposal: Proposal| {
        let (checked, found) = accept(state, proposal);
        checked.ok_or_else(|| anyhow!("refused: {found:?}"))
    };
    let first = judge(proposal.clone())?;
    let links = first.links().iter().map(|l| (l.kind_name(), l.record.as_str(), l.op, l.body.as_str()));
    proposal.reason = digest(links);
    judge(proposal)
}

/// The digest of the revisions of one change.
pub fn digest_of(revisions: &[Revision]) -> String {
    digest(revisions.iter().map(|r| (r.kind.as_str(), r.record.as_str(), r.op, r.body.as_str())))
}

fn digest<'a>(parts: impl Iterator<Item = (&'a str, &'a str, Op, &'a str)>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut n = 0;
    for (kind, record, op, body) in parts {
        n += 1;
        for part in [kind, record, op.as_str(), body] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
    }
    format!("{n} edits {}", hasher.finalize().to_hex())
}

/// What a program said it had written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// Number of the change.
    pub number: u64,
    /// Head of the chain after it.
    pub head: [u8; 32],
    /// Its digest.
    pub digest: String,
}

impl Acknowledged {
    /// The line of an acknowledged change.
    pub fn line(committed: &Committed, digest: &str) -> String {
        let head: String = committed.head.iter().map(|b| format!("{b:02x}")).collect();
        format!("ack {} {head} {digest}", committed.number)
    }
    /// Reads a line; `None` for lines that say something else.
    pub fn read(line: &str) -> Result<Option<Self>> {
        let Some(rest) = line.strip_prefix("ack ") else { return Ok(None) };
        let parts: Vec<&str> = rest.splitn(3, ' ').collect();
        let [number, head, digest] = parts[..] else { bail!("{line} is half an acknowledgement") };
        let head = app::parse_head(head).ok_or_else(|| anyhow!("{head} is no head"))?;
        Ok(Some(Acknowledged { number: number.parse()?, head, digest: digest.to_owned() }))
    }
}
