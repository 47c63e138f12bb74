//! Urban centres: dense clusters with many people, smoothed and without holes.

use super::cells::{Cells, UC};
use super::fill::holes;
use super::labels::{LabelledRuns, Labels};
use super::options::{Options, Order};
use super::runs::{Components, Runs};
use super::smooth::smooth;

/// The cells of urban centres, with the number of their cluster from 1.
pub(crate) fn urban_centres(cells: &Cells, options: &Options, width: usize, height: usize) -> LabelledRuns {
    let runs = Runs::of(&cells.flags, width, UC);
    let people = cells.smoothed_uc.as_ref().unwrap_or(&cells.people);
    let found = Components::of(runs, options.uc_conn, people);
    let kept = found.kept(options.uc_size);
    let mut labels = Labels::new(width, height);
    for row in 0..height {
        for i in found.runs.row(row) {
            let component = found.of[i];
            if kept[component as usize] {
                labels.paint(row, found.runs.runs[i], component + 1);
            }
        }
    }
    drop(found);
    if labels.blocks.is_empty() {
        return LabelledRuns { runs: Runs { runs: Vec::new(), first: vec![0; height + 1] }, labels: Vec::new() };
    }
    let fill = |labels: &mut Labels| {
        for (row, run, label) in holes(&labels.runs(), width, options.uc_gap.saturating_sub(1)) {
            labels.paint(row, run, label);
        }
    };
    if options.order == Order::FillThenSmooth {
        fill(&mut labels);
    }
    if let Some(rule) = options.uc_smooth {
        smooth(&mut labels, &cells.flags, rule);
    }
    if options.order == Order::SmoothThenFill {
        fill(&mut labels);
    }
    labels.runs()
}
