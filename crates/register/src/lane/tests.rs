//! The state machine of proposals, walked through by every sequence of actions.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{Action, Case, CaseState, Refusal, Route, Step, Word};

const AT: Timestamp = Timestamp::UNIX_EPOCH;

/// `id after… n_persons` as in `b a,c 2`.
fn a_route(steps: &[(&str, &str, u32)]) -> Route {
    let steps = steps.iter().map(|(id, after, n_persons)| Step {
        id: (*id).to_owned(),
        after: after.split(',').filter(|a| !a.is_empty()).map(str::to_owned).collect(),
        role: "reviewer".to_owned(),
        unit: None,
        n_persons: *n_persons,
    });
    Route { lane: Some("L".to_owned()), steps: steps.collect() }
}

/// Everything that anybody could try.
fn attempts(route: &Route) -> Vec<(Action, &'static str)> {
    let persons = ["author", "ann", "ben"];
    let mut all = vec![];
    for by in persons {
        all.push((Action::Submit(route.clone()), by));
        all.push((Action::Withdraw, by));
        all.push((Action::Override { reason: "late".to_owned() }, by));
        all.push((Action::ConfirmOverride, by));
        for step in &route.steps {
            for word in [Word::Agree, Word::Return, Word::Reject] {
                // Everybody stands in for everybody: the state machine itself must hold.
                for for_person in [None, Some("author"), Some("ann")] {
                    let (step, reason) = (step.id.clone(), "why".to_owned());
                    let for_person = for_person.filter(|p| *p != by).map(str::to_owned);
                    all.push((Action::Decide { step, word, reason, for_person }, by));
                }
            }
        }
    }
    all.dedup();
    all
}

/// What must hold in every state that can be reached, looking at the history that led there.
fn hold(before: &Case, action: &Action, by: &str, after: &Case) {
    let voices = after.decided.iter().map(|d| (d.by.as_str(), d.for_person.as_deref()));
    for (by, for_person) in voices {
        assert!(by != "author" && for_person != Some("author"), "own approval: {after:?}");
    }
    assert!(!before.state.is_end(), "an end was left: {before:?} by {action:?}");
    if after.state == CaseState::Accepted {
        let overridden = after
            .overriding
            .as_ref()
            .is_some_and(|o| o.confirmed_by.as_deref().is_some_and(|c| c != o.by && c != "author" && o.by != "author"));
        let agreed = after.route.steps.iter().all(|step| {
            let mut who: Vec<&str> = after
                .decided
                .iter()
                .filter(|d| d.round == after.round && d.step == step.id && d.word == Word::Agree)
                .map(|d| d.for_person.as_deref().unwrap_or(&d.by))
                .collect();
            who.sort_unstable();
            who.dedup();
            who.len() >= step.n_persons as usize
        });
        assert!(overridden || agreed, "accepted without agreement: {after:?}");
        let mut voices: Vec<&str> = after
            .decided
            .iter()
            .filter(|d| d.round == after.round && d.word == Word::Agree)
            .map(|d| d.for_person.as_deref().unwrap_or(&d.by))
            .collect();
        let n = voices.len();
        voices.sort_unstable();
        voices.dedup();
        assert_eq!(voices.len(), n, "one person was two voices: {after:?}");
    }
    if before.state == CaseState::Returned {
        assert_eq!(by, "author", "a return was lost to {action:?} of {by}");
        assert!(matches!(action, Action::Submit(_) | Action::Withdraw));
    }
    // What was decided is never forgotten.
    assert_eq!(after.decided.get(..before.decided.len()), Some(&before.decided[..]));
    if after.round > before.round && after.state == CaseState::Submitted {
        assert!(after.overriding.is_none(), "an override of another round: {after:?}");
    }
}

/// All states within so many actions, each visited once with its shortest way.
fn explore(route: &Route, depth: usize) -> HashMap<Case, usize> {
    let start = Case::draft("author");
    let mut seen = HashMap::from([(start.clone(), 0)]);
    let mut frontier = vec![start];
    let attempts = attempts(route);
    for level in 1..=depth {
        let mut next = Vec::new();
        for case in &frontier {
            for (action, by) in &attempts {
                let Ok(after) = case.after(action, by, AT) else { continue };
                hold(case, action, by, &after);
                if !seen.contains_key(&after) {
                    seen.insert(after.clone(), level);
                    next.push(after);
                }
            }
        }
        frontier = next;
    }
    seen
}

#[test]
fn no_sequence_of_eight_actions_breaks_the_rules() {
    for route in [
        a_route(&[("region", "", 1), ("hq", "region", 1)]),
        a_route(&[("two", "", 2)]),
        a_route(&[("unit", "", 1), ("partner", "", 1)]),
    ] {
        let seen = explore(&route, 8);
        for state in CaseState::ALL {
            assert!(seen.keys().any(|c| c.state == state), "{state:?} is never reached by {route:?}");
        }
        let overridden = |c: &Case| c.state == CaseState::Accepted && c.overriding.is_some();
        assert!(seen.keys().any(overridden) && seen.len() > 500, "{}", seen.len());
    }
}

/// Acts one after the other; the last answer.
fn walk(route: &Route, steps: &[(&str, &str)]) -> Result<Case, Refusal> {
    let mut case = Case::draft("author");
    for (by, what) in steps {
        let (what, rest) = what.split_once(' ').unwrap_or((what, ""));
        let word = |word| Action::Decide { step: rest.to_owned(), word, reason: "why".to_owned(), for_person: None };
        let action = match what {
            "submit" => Action::Submit(route.clone()),
            "agree" => word(Word::Agree),
            "return" => word(Word::Return),
            "reject" => word(Word::Reject),
            "withdraw" => Action::Withdraw,
            "override" => Action::Override { reason: rest.to_owned() },
            _ => Action::ConfirmOverride,
        };
        case = case.after(&action, by, AT)?;
    }
    Ok(case)
}

#[test]
fn walks() {
    let chain = a_route(&[("region", "", 1), ("hq", "region", 1)]);
    let two = a_route(&[("review", "", 2)]);
    let none = Route::default();
    for (route, steps, expected) in [
        (&none, &[("author", "submit")][..], Ok(CaseState::Accepted)),
        (&chain, &[("author", "submit")], Ok(CaseState::Submitted)),
        (&chain, &[("ann", "submit")], Err(Refusal::OnlyAuthor)),
        (&chain, &[("author", "submit"), ("ben", "agree hq")], Err(Refusal::StepClosed)),
        (&chain, &[("author", "submit"), ("author", "agree region")], Err(Refusal::OwnChange)),
        (&chain, &[("author", "submit"), ("ann", "agree region"), ("ben", "agree hq")], Ok(CaseState::Accepted)),
        (&chain, &[("author", "submit"), ("ann", "return region")], Ok(CaseState::Returned)),
        (&chain, &[("author", "submit"), ("ann", "return region"), ("ann", "agree region")], Err(Refusal::State)),
        // After a return everybody agrees anew: what they agreed to has changed.
        (
            &chain,
            &[
                ("author", "submit"),
                ("ann", "agree region"),
                ("ben", "return hq"),
                ("author", "submit"),
                ("ben", "agree hq"),
            ],
            Err(Refusal::StepClosed),
        ),
        (&chain, &[("author", "submit"), ("ann", "agree region"), ("ann", "agree hq")], Err(Refusal::Again)),
        (&chain, &[("author", "submit"), ("ann", "agree region"), ("ann", "return hq")], Ok(CaseState::Returned)),
        (&two, &[("author", "submit"), ("ann", "agree review")], Ok(CaseState::Submitted)),
        (&two, &[("author", "submit"), ("ann", "agree review"), ("ann", "agree review")], Err(Refusal::Again)),
        (&two, &[("author", "submit"), ("ann", "agree review"), ("ben", "agree review")], Ok(CaseState::Accepted)),
        (&two, &[("author", "submit"), ("ann", "override")], Err(Refusal::Reason)),
        (&two, &[("author", "submit"), ("ann", "override x"), ("ann", "confirm")], Err(Refusal::SecondPerson)),
        (&two, &[("author", "submit"), ("ann", "override x"), ("author", "confirm")], Err(Refusal::OwnChange)),
        (&two, &[("author", "submit"), ("ann", "override x"), ("ben", "confirm")], Ok(CaseState::Accepted)),
        (&two, &[("author", "submit"), ("author", "withdraw"), ("ann", "agree review")], Err(Refusal::State)),
        (&two, &[("author", "submit"), ("ann", "reject review"), ("author", "submit")], Err(Refusal::State)),
    ] {
        assert_eq!(walk(route, steps).map(|c| c.state), expected, "{steps:?}");
    }
}
