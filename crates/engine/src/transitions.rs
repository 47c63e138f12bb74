//! How bodies moved between the stages of a scale from one period to another.

use model::{
    figure::FigureKey,
    kinds::{Indicator, Stage},
    value::{Breakdown, Id, Period},
};

use crate::{ask::Ask, measure, prepared::Prepared};

/// Moves between two periods.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transitions {
    /// Stage at the end of the first period (`None`: not yet on the scale), stage at the end of the second, number of
    /// bodies; bodies that stayed are there too. In the order of the scale.
    pub moves: Vec<(Option<String>, String, u32)>,
    /// Steps that the scale does not allow, body by body.
    pub illegal: Vec<IllegalMove>,
}

/// A step between two reported stages that the scale does not list.
#[derive(Clone, Debug, PartialEq)]
pub struct IllegalMove {
    /// The body.
    pub entity: String,
    /// Its stage before.
    pub from: String,
    /// Its stage after.
    pub to: String,
    /// Whether a chain of listed steps leads there, so that stages in between may have gone unreported.
    pub skipped: bool,
}

/// The table of moves in the indicator's own scope, over all places.
///
/// A stage's `next` lists the stages that may follow directly; an empty list allows any higher one. Every step
/// from one reported stage to the next reported stage is compared with it.
pub fn transitions(prepared: &Prepared, indicator: &Id<Indicator>, from: Period, to: Period) -> Transitions {
    let key = FigureKey {
        indicator: indicator.clone(),
        scope: prepared.own_scope(indicator),
        place: None,
        period: to,
        breakdown: Breakdown::default(),
    };
    let Some(ask) = Ask::new(prepared, &key) else { return Transitions::default() };
    let stages = &ask.held.stages;
    let order = |code: &str| stages.iter().position(|s| s.code.0 == code);
    let mut found = Transitions::default();
    for path in measure::stages_between(&ask, from) {
        let mut at = path.from.as_deref();
        for next in &path.then {
            if let Some(before) = at.filter(|b| b != next && !allowed(stages, b, next)) {
                found.illegal.push(IllegalMove {
                    entity: prepared.names.text(path.entity).to_owned(),
                    from: before.to_owned(),
                    to: next.clone(),
                    skipped: leads_to(stages, before, next),
                });
            }
            at = Some(next);
        }
        let Some(last) = at.map(str::to_owned) else { continue };
        match found.moves.iter_mut().find(|(f, t, _)| *f == path.from && *t == last) {
            Some((_, _, n)) => *n += 1,
            None => found.moves.push((path.from, last, 1)),
        }
    }
    found.moves.sort_by_key(|(f, t, _)| (f.as_deref().map(order), order(t)));
    found
}

fn allowed(stages: &[Stage], from: &str, to: &str) -> bool {
    let find = |code: &str| stages.iter().find(|s| s.code.0 == code);
    match (find(from), find(to)) {
        (Some(a), Some(b)) if a.next.is_empty() => b.position > a.position,
        (Some(a), Some(_)) => a.next.iter().any(|n| n.0 == to),
        _ => false,
    }
}

fn leads_to(stages: &[Stage], from: &str, to: &str) -> bool {
    let mut reached = vec![from];
    let mut at = 0;
    while let Some(stage) = reached.get(at).copied() {
        at += 1;
        let next = stages.iter().map(|s| s.code.0.as_str()).filter(|s| allowed(stages, stage, s));
        let fresh: Vec<&str> = next.filter(|s| !reached.contains(s)).collect();
        reached.extend(fresh);
    }
    reached.iter().skip(1).any(|s| *s == to)
}
