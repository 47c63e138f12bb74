//! Of nested periods the longest counts; of levels and cumulative values the last.

use model::figure::Reason;

use super::Leaves;

/// How values of one contributor at one place stand to each other over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timing {
    /// Each covers its own period.
    Apart,
    /// Nobody declared it: one value can stand, several cannot be put together.
    Undeclared,
    /// Each is a level at the end of its period: the last inside the period asked for.
    Last,
    /// Each covers everything since the start: the last up to the end of the period asked for. A contributor
    /// that is silent in the period keeps its earlier value, provided that somebody reported in the period.
    Cumulative,
}

impl Timing {
    /// Whether values from before the period asked for take part.
    pub fn looks_back(self) -> bool {
        self == Timing::Cumulative
    }
}

/// Chooses for each project, place and body.
pub(super) fn choose(leaves: &mut Leaves, timing: Timing) -> Result<(), Reason> {
    if leaves.all.len() < 2 {
        return Ok(());
    }
    // The longer of two periods that begin together stands first.
    leaves
        .all
        .sort_unstable_by_key(|l| (l.project, l.place, l.entity, l.period.first_month(), -l.period.month_after()));
    for run in leaves.all.chunk_by_mut(|a, b| (a.project, a.place, a.entity) == (b.project, b.place, b.entity)) {
        match timing {
            Timing::Last | Timing::Cumulative => {
                // Of two that end together the longer one, which the sort puts first, is the value as reported.
                let counting = run.iter().enumerate().filter(|(_, l)| l.counts());
                let last = counting.rev().max_by_key(|(_, l)| l.period.month_after()).map(|(i, _)| i);
                let earlier = run.iter_mut().enumerate().filter(|(i, l)| Some(*i) != last && l.counts());
                earlier.for_each(|(_, l)| l.out = Some("superseded-period"));
            }
            Timing::Apart | Timing::Undeclared => {
                let (mut covered_to, mut n_values) = (i32::MIN, 0);
                for leaf in run.iter_mut().filter(|l| l.counts()) {
                    if leaf.period.month_after() <= covered_to {
                        leaf.out = Some("superseded-period");
                    } else if leaf.period.first_month() < covered_to {
                        // Two periods overlap in part: what falls into the overlap would count twice.
                        return Err(Reason::IllegalRollUp);
                    } else {
                        covered_to = leaf.period.month_after();
                        n_values += 1;
                    }
                }
                if timing == Timing::Undeclared && n_values > 1 {
                    return Err(Reason::ReportingUndeclared);
                }
            }
        }
    }
    Ok(())
}
