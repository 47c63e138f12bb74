//! The program that is killed: several writers on one register, each of which says what it wrote once it is written.

use std::io::Write as _;

use anyhow::Result;
use jiff::Timestamp;
use model::{Kind, Records};
use register::{Edit, Log, SegmentRef, Upto};
use store::{Mode, Store, StoreError};

use crate::{
    dice::Dice,
    place::Place,
    runtime,
    written::{Acknowledged, checked, observations, unit},
};

/// Records of a writer: few, so that they are changed again and again.
const OWN: u64 = 24;
/// Records that all writers want.
const SHARED: u64 = 3;

/// What the program is told.
#[derive(clap::Args)]
pub struct Write {
    #[command(flatten)]
    pub place: Place,
    /// What all chance follows from.
    #[arg(long)]
    pub seed: u64,
    /// Number of the first writer.
    #[arg(long)]
    pub first: u64,
    /// How many write.
    #[arg(long)]
    pub writers: u64,
}

/// Writes until it is killed or the database goes away.
pub fn run(write: &Write) -> Result<()> {
    runtime()?.block_on(async {
        let store = write.place.open(Mode::Create).await?;
        let folded = store.fold(Upto::Now).await?;
        say("ready");
        let mut tasks = Vec::new();
        for number in write.first..write.first + write.writers {
            let mut writer = Writer {
                number,
                store: store.clone(),
                lake: write.place.lake()?,
                dice: Dice::new(write.seed).fork(number),
                seen: folded.position,
                own: Records::default(),
                segments: Vec::new(),
            };
            let prefix = writer.prefix();
            for (id, row) in folded.records.rows(Kind::Unit).filter(|(id, _)| id.starts_with(&prefix)) {
                writer.own.put(Kind::Unit, &row, None).map_err(|m| anyhow::anyhow!("{id} without {m:?}"))?;
            }
            let nth = folded.segments.iter().filter(|s| s.change % 16 == number);
            writer.segments.extend(nth.map(|s| s.segment.clone()));
            tasks.push(tokio::spawn(async move { writer.write().await }));
        }
        for task in tasks {
            if let Err(error) = task.await? {
                say(&format!("error {error}"));
            }
        }
        Ok(())
    })
}

/// One line, at once: the pipe takes it whole or not at all.
fn say(line: &str) {
    // Whoever listened has gone; so shall we.
    if writeln!(std::io::stdout().lock(), "{line}").is_err() {
        std::process::exit(0);
    }
}

struct Writer {
    number: u64,
    store: Store,
    lake: lake::Lake,
    dice: Dice,
    /// The last change that it knows of.
    seen: u64,
    own: Records,
    /// Segments that it may take back.
    segments: Vec<SegmentRef>,
}

impl Writer {
    fn prefix(&self) -> String {
        format!("W{}-", self.number)
    }

    async fn write(&mut self) -> Result<()> {
        loop {
            let edits = self.edits()?;
            let author = format!("writer {}", self.number);
            let checked = checked(&self.own, &author, Timestamp::now(), self.seen, edits)?;
            let digest = checked.proposal().reason.clone();
            let edits = checked.proposal().edits.clone();
            match self.store.append(checked).await {
                Ok(committed) => {
                    say(&Acknowledged::line(&committed, &digest));
                    self.seen = committed.number;
                    self.learn(edits);
                }
                // Somebody else had one of the records in the meantime, which was written nowhere.
                Err(StoreError::Conflict { change, .. }) => self.seen = self.seen.max(change),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// A change of one or of many records, with or without a segment.
    fn edits(&mut self) -> Result<Vec<Edit>> {
        let n_edits = match self.dice.below(10) {
            0..6 => 1,
            6..9 => 2 + self.dice.below(OWN / 2),
            _ => 0,
        };
        let mut edits = Vec::new();
        let from = self.dice.below(OWN);
        for i in 0..n_edits {
            let id = format!("{}{}", self.prefix(), (from + i) % OWN);
            if n_edits > 1 && self.own.contains(Kind::Unit, &id) && self.dice.one_in(4) {
                edits.push(Edit::Remove { kind: Kind::Unit, id });
            } else {
                let title = "x".repeat(1 + self.dice.below(300) as usize);
                edits.push(unit(&id, &format!("{:016x} {title}", self.dice.next())));
            }
        }
        if edits.is_empty() {
            let n_rows = 1 + self.dice.below(40);
            let segment = self.lake.write_segment(&observations(self.dice.next() >> 16, n_rows))?;
            let (id, n_rows, n_bytes) = (segment.id.as_str().to_owned(), segment.n_rows, segment.n_bytes);
            edits.push(Edit::AddSegment(SegmentRef { id, n_rows, n_bytes }));
            edits.push(unit(&format!("{}segment", self.prefix()), &format!("{:016x}", self.dice.next())));
        } else if !self.segments.is_empty() && self.dice.one_in(30) {
            let at = self.dice.below(self.segments.len() as u64) as usize;
            edits.push(Edit::RetractSegment(self.segments[at].clone()));
        }
        if self.dice.one_in(20) {
            edits.push(Edit::Agree { proposal: self.dice.next() >> 32, body: "{}".to_owned() });
        }
        if self.dice.one_in(8) {
            let shared = self.dice.below(SHARED);
            edits.push(unit(&format!("SHARED-{shared}"), &format!("{:016x}", self.dice.next())));
        }
        Ok(edits)
    }

    fn learn(&mut self, edits: Vec<Edit>) {
        for edit in edits {
            match edit {
                Edit::Put { kind, row, .. } => drop(self.own.put(kind, &row, None)),
                Edit::Remove { kind, id } => drop(self.own.remove(kind, &id)),
                Edit::AddSegment(segment) => self.segments.push(segment),
                Edit::RetractSegment(segment) => self.segments.retain(|s| s.id != segment.id),
                Edit::Agree { .. } => {}
            }
        }
    }
}
