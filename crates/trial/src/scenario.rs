//! The program whose disk says no: it opens a register, writes three changes, one of them with a segment, and closes.
//! What fails is said, and the next thing tried all the same, as people do.

use anyhow::Result;
use jiff::Timestamp;
use model::Records;
use register::{Edit, Log, SegmentRef};
use store::Mode;

use crate::{
    place::Place,
    runtime,
    written::{Acknowledged, checked, observations, unit},
};

/// What the program is told.
#[derive(clap::Args)]
pub struct Scenario {
    #[command(flatten)]
    pub place: Place,
}

/// Ends without success only when it could not even open the register.
pub fn run(scenario: &Scenario) -> Result<()> {
    runtime()?.block_on(async {
        let store = match scenario.place.open(Mode::Create).await {
            Ok(store) => store,
            Err(error) => {
                println!("failed to open: {error}");
                return Ok(());
            }
        };
        for step in 0..3 {
            match step_edits(&scenario.place, step) {
                Ok(edits) => write(&store, edits).await?,
                Err(error) => println!("failed to write a segment: {error}"),
            }
        }
        store.close().await;
        Ok(())
    })
}

/// A small change, one with a segment, one that fills many pages.
fn step_edits(place: &Place, step: u64) -> Result<Vec<Edit>> {
    let units =
        |n: u64, length: usize| (0..n).map(move |i| unit(&format!("U{i}"), &format!("{step} {}", "x".repeat(length))));
    Ok(match step {
        0 => units(3, 20).collect(),
        1 => {
            let segment = place.lake()?.write_segment(&observations(step, 30))?;
            let (id, n_rows, n_bytes) = (segment.id.as_str().to_owned(), segment.n_rows, segment.n_bytes);
            units(1, 20).chain([Edit::AddSegment(SegmentRef { id, n_rows, n_bytes })]).collect()
        }
        _ => units(40, 400).collect(),
    })
}

async fn write(store: &store::Store, edits: Vec<Edit>) -> Result<()> {
    // Nobody else writes: whatever the last word of the register is, this comes after it.
    let checked = checked(&Records::default(), "scenario", Timestamp::now(), i64::MAX as u64, edits)?;
    let digest = checked.proposal().reason.clone();
    match store.append(checked).await {
        Ok(committed) => println!("{}", Acknowledged::line(&committed, &digest)),
        Err(error) => println!("failed to append: {error}"),
    }
    Ok(())
}
