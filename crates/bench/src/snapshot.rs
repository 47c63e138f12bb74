//! A snapshot of many records from SQLite. Size: records (places), written in changes of 50,000.

use anyhow::{Result, anyhow};
use jiff::Timestamp;
use model::{Kind, Records};
use register::{Edit, Log, Proposal, Upto, accept};
use store::{Mode, Store};

use crate::{Measured, Task, clock, synthetic::row};

const PER_CHANGE: usize = 50_000;

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Writes the register.
pub fn prepare(task: &Task) -> Result<()> {
    runtime()?.block_on(async {
        let store = Store::open(&task.folder.join("register.sqlite"), Mode::Create).await?;
        // The rules look at what is there; these places refer to nothing.
        let nothing = Records::default();
        let mut written = 0;
        while written < task.size {
            let n = PER_CHANGE.min(task.size - written);
            let edits = (written..written + n)
                .map(|i| {
                    let (id, title, longitude) =
                        (format!("CITY-{i:07}"), format!("City number {i}"), (i % 360) as f64 - 180.0);
                    let longitude = longitude.to_string();
                    let cells = [
                        ("id", id.as_str()),
                        ("kind", "city"),
                        ("title_en", &title),
                        ("title_zh", "城市"),
                        ("longitude", &longitude),
                        ("latitude", "12.5"),
                        ("population", "123456"),
                    ];
                    Edit::Put { kind: Kind::Place, row: row(Kind::Place, &cells), origin: None }
                })
                .collect();
            let proposal = Proposal {
                author: "bench".into(),
                at: Timestamp::UNIX_EPOCH,
                reason: "bench".into(),
                undoes: None,
                against: store.head().await?.0,
                edits,
            };
            let (checked, found) = accept(&nothing, proposal);
            store.append(checked.ok_or_else(|| anyhow!("{found:?}"))?).await?;
            written += n;
        }
        store.close().await;
        Ok(())
    })
}

/// Folds the log into typed records.
pub fn run(task: &Task) -> Result<Measured> {
    let runtime = runtime()?;
    let store = runtime.block_on(Store::open(&task.folder.join("register.sqlite"), Mode::ReadOnly))?;
    let (seconds, n) = clock::repeat(2, || Ok(runtime.block_on(store.fold(Upto::Now))?.records.places.len()))?;
    Ok(Measured { seconds, check: vec![n as f64], ..Measured::default() })
}
