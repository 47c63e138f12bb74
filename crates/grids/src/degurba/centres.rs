//! Urban centres: dense clusters with many people, smoothed and without holes.

use super::fill::holes;
use super::labels::{LabelledRuns, Labels};
use super::options::{Options, Order};
use super::runs::{Components, Runs};
use super::smooth::smooth;

/// The cells of urban centres, with the number of their cluster from 1. `found` are the components of dense cells.
pub(crate) fn urban_centres(found: &Components, flags: &[u16], options: &Options, width: usize) -> LabelledRuns {
    let height = found.runs.n_rows();
    let kept = found.kept(options.uc_size);
    let mut labels = Labels::of(found, &kept, width, height);
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
        smooth(&mut labels, flags, rule);
    }
    if options.order == Order::SmoothThenFill {
        fill(&mut labels);
    }
    labels.runs()
}
