//! Rounds: who answered the same questionnaire about the same record at the same time.

use model::{
    Records,
    kinds::{Response, ResponseState},
    value::Id,
};

use super::{Answers, Given};

/// Responses further apart than this are not of one round, in days.
const ROUND_DAYS: i32 = 60;

/// The responses about a record to a questionnaire, by round, the first one first. A round ends with its consensus, or
/// when nobody answered for 60 days.
pub(super) fn rounds<'r>(records: &'r Records, instrument: &str, kind: &str, subject: &str) -> Vec<Vec<&'r Response>> {
    let fits = |r: &&Response| r.instrument.0 == instrument && r.subject_kind.0 == kind && r.subject == subject;
    let mut all: Vec<&Response> = records.responses.iter().filter(fits).collect();
    // What was agreed on comes after the views of the same day.
    let rank = |r: &Response| u8::from(r.state == ResponseState::Consensus);
    all.sort_by(|a, b| (a.on, rank(a), a.id.as_str()).cmp(&(b.on, rank(b), b.id.as_str())));
    let mut rounds: Vec<Vec<&Response>> = Vec::new();
    for response in all {
        let goes_on = rounds.last().and_then(|r| r.last()).is_some_and(|last| {
            let days = (response.on - last.on).get_days();
            last.state != ResponseState::Consensus && days <= ROUND_DAYS
        });
        match rounds.last_mut() {
            Some(round) if goes_on => round.push(response),
            _ => rounds.push(vec![response]),
        }
    }
    rounds
}

/// The answers of a response.
pub(super) fn answers_of(records: &Records, response: &Id<Response>) -> Answers {
    let own = records.answers.iter().filter(|a| a.response == *response);
    own.map(|a| {
        let given = Given {
            value: a.value.clone(),
            evidence: a.evidence.clone().unwrap_or_default(),
            comment: a.comment.clone().unwrap_or_default(),
        };
        (a.question.0.clone(), given)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use model::record::{Code, Whole};

    use super::*;

    fn response(id: &str, on: Date, state: ResponseState) -> Response {
        Response {
            id: Id::new(id),
            instrument: Code("a".into()),
            version: Whole(1),
            subject_kind: Code("place".into()),
            subject: "KEN".into(),
            place: None,
            project: None,
            indicator: None,
            role: None,
            state,
            on,
            note: None,
        }
    }

    #[test]
    fn a_round_ends_with_its_consensus_or_with_silence() {
        use ResponseState::{Consensus, Submitted};
        let mut records = Records::default();
        for (id, on, state) in [
            ("1", date(2024, 1, 1), Submitted),
            ("2", date(2024, 2, 20), Submitted),
            ("0", date(2024, 2, 20), Consensus),
            ("4", date(2024, 2, 21), Submitted),
            ("5", date(2024, 4, 21), Submitted),
            ("6", date(2024, 8, 1), Submitted),
        ] {
            records.responses.put(response(id, on, state), None);
        }
        let found = rounds(&records, "a", "place", "KEN");
        let ids: Vec<Vec<&str>> = found.iter().map(|r| r.iter().map(|r| r.id.as_str()).collect()).collect();
        assert_eq!(ids, [vec!["1", "2", "0"], vec!["4", "5"], vec!["6"]]);
        assert!(rounds(&records, "b", "place", "KEN").is_empty());
    }
}
