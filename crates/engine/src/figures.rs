//! Every figure that outputs show for a plan, so that outputs can be compared.

use jiff::civil::Date;
use model::{
    figure::{Figure, FigureKey},
    kinds::Plan,
    value::Id,
};
use rustc_hash::FxHashSet;

use crate::{evaluate::side_by_side, prepared::Prepared, series::outermost, tracking::tracking};

/// The figures of the tracking table (totals and groups by period), those that standings are judged by, and for each
/// indicator the three scopes of every period reported; each once, in the order of the results tree.
pub fn figures(prepared: &Prepared, plan: &Id<Plan>, on: Date) -> Vec<Figure> {
    let mut all: Vec<Figure> = Vec::new();
    let mut seen: FxHashSet<FigureKey> = FxHashSet::default();
    let mut add = |figure: Figure| {
        if seen.insert(figure.key.clone()) {
            all.push(figure);
        }
    };
    for row in tracking(prepared, plan, on).rows {
        row.cells.into_iter().filter_map(|c| c.figure).for_each(&mut add);
        if let Some(standing) = row.standing {
            standing.actual.into_iter().for_each(&mut add);
            for period in outermost(prepared.periods(&row.indicator, row.scope)) {
                side_by_side(prepared, &row.indicator, period, None).into_iter().for_each(&mut add);
            }
        }
    }
    all
}
