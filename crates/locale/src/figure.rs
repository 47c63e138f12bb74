//! Answers in words: the one place where a figure becomes text, so that every output shows the same.

use model::{figure::Answer, value::Lang};

use crate::{exact, number, say};

/// An answer for reading: a number, bounds, stages with their counts, or the reason why there is none.
/// Stages are shown by their codes; a page that knows their titles may do better.
pub fn answer(lang: Lang, answer: &Answer) -> String {
    match answer {
        Answer::Value(v) => number(*v),
        Answer::Interval { low, high, .. } => format!("{}\u{a0}–\u{a0}{}", number(*low), number(*high)),
        Answer::Stages(stages) => {
            stages.iter().filter(|(_, n)| *n > 0).map(|(s, n)| format!("{s}: {n}")).collect::<Vec<_>>().join(", ")
        }
        Answer::None(reason) => say(lang, &format!("reason-{}", reason.as_str())),
    }
}

/// An answer for machines, equal in page, workbook, report and JSON: the exact number, `low..high`,
/// `stage=count;…`, or `!reason`.
pub fn answer_exact(answer: &Answer) -> String {
    match answer {
        Answer::Value(v) => exact(*v),
        Answer::Interval { low, high, .. } => format!("{}..{}", exact(*low), exact(*high)),
        Answer::Stages(stages) => stages.iter().map(|(s, n)| format!("{s}={n}")).collect::<Vec<_>>().join(";"),
        Answer::None(reason) => format!("!{}", reason.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use model::figure::Reason;

    use super::*;

    #[test]
    fn machines_read_answers_exactly() {
        for (given, text) in [
            (Answer::Value(24.8), "24.8"),
            (Answer::Interval { low: 3.0, high: 9.5, reason: Reason::OverlapUnknown }, "3..9.5"),
            (Answer::Stages(vec![("drafted".into(), 1), ("adopted".into(), 0)]), "drafted=1;adopted=0"),
            (Answer::None(Reason::NoDenominator), "!no-denominator"),
        ] {
            assert_eq!(answer_exact(&given), text);
        }
    }
}
