//! Distinct count: a set union of bodies over time, place, contributor and group. A city in two projects counts once.
//!
//! Bodies that are named need no record of overlap. Numbers without names ("five cities") cannot be united: one
//! stands as it is; several, or one beside named bodies, are added only where their places are apart, else the answer
//! is bounds: the largest single count, and the sum.

use model::figure::{Answer, Reason};

use super::{Outcome, flow, input, inputs, reason_of, rule_of_one, value, without_number};
use crate::{
    ask::Ask,
    completeness::{self, Told},
    formula,
    prepared::{Mapped, Piece},
    select::{self, Leaf, Leaves, People},
};
use model::kinds::ObservationStatus;

pub(super) fn answer(ask: &Ask<'_>) -> Outcome {
    let timing = flow::timing(ask.held.indicator.reporting);
    let rows = ask.rows();
    let amount = |p: &Piece| value(ask, p).unwrap_or_default() * p.part;
    let size = |leaves: &Leaves, leaf: &Leaf| stats::sum(leaves.pieces(leaf).iter().map(amount));
    // Bodies of two unnamed counts can be the same where the places are, as people can.
    let (mut unnamed, clusters) = select::select(ask, timing, People::Counted, |p| p.entity == 0, size);
    let mut named: Vec<&Piece> = Vec::new();
    if !unnamed.exact {
        if timing.looks_back() {
            named.extend(ask.pieces.until(ask.key.period).filter(|p| p.entity != 0 && ask.covers(p)));
            let fresh = named.iter().any(|p| ask.ends_inside(p.period))
                || unnamed.all.iter().any(|l| ask.ends_inside(l.period));
            if !fresh {
                named.clear();
            }
        } else {
            named.extend(ask.pieces.inside(ask.key.period).filter(|p| p.entity != 0 && ask.covers(p)));
        }
        named.sort_unstable_by_key(|p| (p.entity, p.project, p.period, p.place, p.group, p.row));
    }
    // A body counts unless its row says zero or says that there is nothing to say.
    let claims = |p: &Piece| {
        let row = p.row as usize;
        rows.status[row].has_value() && rows.value[row].is_none_or(|v| v > 0.0)
    };
    let mut bodies: Vec<(String, Vec<String>)> = Vec::new();
    for run in named.chunk_by(|a, b| a.entity == b.entity) {
        let mut projects: Vec<u32> = run.iter().filter(|p| claims(p)).map(|p| p.project).collect();
        projects.dedup();
        if let Some(first) = run.first().filter(|_| !projects.is_empty()) {
            let by = projects.into_iter().filter(|p| *p != 0).map(|p| ask.prepared.names.text(p).to_owned()).collect();
            bodies.push((ask.prepared.names.text(first.entity).to_owned(), by));
        }
    }
    // A project that counts five cities in a place and names five there says one thing twice.
    let n_named_by = |leaf: &Leaf| {
        let mut of: Vec<u32> = named
            .iter()
            .filter(|p| p.project == leaf.project && leaf.period.contains(p.period) && claims(p))
            .filter(|p| ask.prepared.places.inside(p.place, leaf.place))
            .map(|p| p.entity)
            .collect();
        of.dedup();
        of.len() as f64
    };
    if !named.is_empty() {
        let same: Vec<bool> = unnamed.all.iter().map(|l| l.counts() && size(&unnamed, l) <= n_named_by(l)).collect();
        for (leaf, _) in unnamed.all.iter_mut().zip(same).filter(|(l, same)| *same && l.counts()) {
            leaf.out = Some("subset");
        }
    }
    let (n_bodies, n_unnamed) = (bodies.len() as f64, unnamed.counting().count());
    let any_number = n_unnamed > 0 || named.iter().any(|p| rows.status[p.row as usize].has_value());
    let mut outcome = Outcome::none(Reason::NothingReported);
    outcome.answer = match clusters {
        Err(reason) => Answer::None(reason),
        Ok(_) if !any_number && unnamed.all.is_empty() => {
            Answer::None(reason_of(named.iter().map(|p| ask.status_of(p))))
        }
        Ok(_) if !any_number => Answer::None(without_number(&unnamed)),
        Ok(_) if n_unnamed == 0 => {
            outcome.rule = "distinct-union";
            Answer::Value(n_bodies)
        }
        Ok(clusters) => {
            let clear = |l: &&Leaf| !clusters.iter().flatten().any(|c| c.project == l.project);
            let rest = stats::sum(unnamed.counting().filter(clear).map(|l| size(&unnamed, l)));
            let low = rest + stats::sum(clusters.iter().map(|c| c.iter().map(|c| c.size).fold(0.0, f64::max)));
            let high = rest + stats::sum(clusters.iter().flatten().map(|c| c.size));
            let touches = |l: &Leaf| {
                let places = &ask.prepared.places;
                named.iter().any(|p| claims(p) && (places.inside(p.place, l.place) || places.inside(l.place, p.place)))
            };
            let (low, high) = if unnamed.counting().any(touches) {
                (low.max(n_bodies), high + n_bodies)
            } else {
                (low + n_bodies, high + n_bodies)
            };
            outcome.symbols.extend([("named", n_bodies), ("unnamed", high - n_bodies)]);
            if low == high {
                let single = unnamed.counting_pieces().next().filter(|_| n_unnamed == 1 && bodies.is_empty());
                outcome.rule = single.map_or("sum", |p| rule_of_one(ask, p));
                let terms = unnamed.counting().map(|l| size(&unnamed, l)).chain((n_bodies > 0.0).then_some(n_bodies));
                outcome.formula = formula::sum(terms.collect::<Vec<_>>().into_iter(), high);
                Answer::Value(high)
            } else {
                outcome.rule = "interval-overlap";
                outcome.formula = format!("[{}, {}]", formula::number(low), formula::number(high));
                Answer::Interval { low, high, reason: Reason::OverlapUnknown }
            }
        }
    };
    if outcome.rule == "distinct-union" {
        let n_claims = bodies.iter().map(|b| b.1.len().max(1)).sum::<usize>();
        outcome.symbols.extend([("bodies", n_bodies), ("claims", n_claims as f64)]);
        outcome.formula = format!("|{}| = {n_bodies}", union_of(&bodies));
    }
    outcome.inputs = inputs(ask, &unnamed);
    let mut last = None;
    for piece in &named {
        let left_out = if !rows.status[piece.row as usize].has_value() {
            Some("no-value")
        } else if !claims(piece) {
            None
        } else if last.replace(piece.entity) == Some(piece.entity) {
            Some("duplicate-body")
        } else {
            None
        };
        outcome.inputs.push(input(ask, piece, left_out));
    }
    outcome.told = completeness::told(ask, &unnamed);
    outcome.told.extend(named.iter().filter(|p| ask.ends_inside(p.period)).map(|p| Told {
        project: p.project,
        place: p.place,
        number: rows.status[p.row as usize].has_value(),
        estimated: rows.status[p.row as usize] == ObservationStatus::Estimated || p.mapped == Mapped::Estimated,
        aside: false,
    }));
    outcome.exact = unnamed.exact;
    outcome.bodies = bodies;
    outcome
}

/// The bodies as a set, the first few by name.
fn union_of(bodies: &[(String, Vec<String>)]) -> String {
    let mut names: Vec<&str> = bodies.iter().take(8).map(|b| b.0.as_str()).collect();
    if bodies.len() > names.len() {
        names.push("…");
    }
    format!("{{{}}}", names.join(", "))
}
