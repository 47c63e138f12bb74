//! Single-record changes, each with its chain link, its typed row and a synced commit, against plain inserts of the
//! same bodies with the same durability. Size: changes.

use anyhow::{Result, anyhow};
use jiff::Timestamp;
use model::{Kind, Records};
use register::{Edit, Log, Proposal, accept};
use store::{Mode, Store};

use crate::{Measured, Task, clock, synthetic::row};

/// The bodies that the peer inserts, one a line.
pub fn prepare(task: &Task) -> Result<()> {
    let def = Kind::Place.def();
    let lines: Vec<String> = (0..task.size).map(|i| def.to_json(&place(i))).collect();
    Ok(std::fs::write(task.folder.join("bodies.jsonl"), lines.join("\n"))?)
}

fn place(i: usize) -> Vec<model::value::Value> {
    let (id, title) = (format!("CITY-{i:07}"), format!("City number {i}"));
    row(Kind::Place, &[("id", &id), ("kind", "city"), ("title_en", &title)])
}

/// Appends the changes one after the other.
pub fn run(task: &Task) -> Result<Measured> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let nothing = Records::default();
    let path = task.folder.join("register.sqlite");
    let (seconds, n) = clock::repeat(1, || {
        for ending in ["", "-wal", "-shm"] {
            std::fs::remove_file(task.folder.join(format!("register.sqlite{ending}"))).ok();
        }
        runtime.block_on(async {
            let store = Store::open(&path, Mode::Create).await?;
            for i in 0..task.size {
                let proposal = Proposal {
                    author: "bench".into(),
                    at: Timestamp::UNIX_EPOCH,
                    reason: "bench".into(),
                    undoes: None,
                    against: i as u64,
                    edits: vec![Edit::Put { kind: Kind::Place, row: place(i), origin: None }],
                };
                let (checked, found) = accept(&nothing, proposal);
                store.append(checked.ok_or_else(|| anyhow!("{found:?}"))?).await?;
            }
            let n = store.tip().await?.0;
            store.close().await;
            anyhow::Ok(n)
        })
    })?;
    Ok(Measured { seconds, check: vec![n as f64], ..Measured::default() })
}
