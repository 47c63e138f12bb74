//! # What it finds
//! Measured zeros whose comment says that there is no figure, in English, French, Spanish, Russian, Arabic or
//! Chinese.
//!
//! # Why it matters
//! A missing figure is not a zero. As a zero it enters every mean and every comparison, and nobody asks for it again.
//!
//! # Example
//! The value is 0 and the comment “no data”.
//!
//! # What to do
//! Empty the value and record the status: not available, not applicable or not yet due.

use model::kinds::ObservationStatus;
use rustc_hash::FxHashMap;

use super::{Case, each_indicator};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS023: Code = Code { id: "OBS023", name: "zero-for-missing", severity: Severity::Error, since: "0.1" };

/// Comments that are nothing but this say that there is no figure.
const WHOLE: [&str; 16] =
    ["n/a", "na", "n.a.", "n.d.", "nd", "none", "nil", "-", "–", "—", "...", "…", "missing", "tbd", "unknown", "无"];
/// Words that say so wherever they stand.
const WITHIN: [&str; 26] = [
    "n/a",
    "no data",
    "no figure",
    "no information",
    "not available",
    "not applicable",
    "not collected",
    "not measured",
    "not reported",
    "data missing",
    "pas de données",
    "non disponible",
    "sin datos",
    "no disponible",
    "нет данных",
    "لا توجد بيانات",
    "لا تتوفر بيانات",
    "البيانات غير متاحة",
    "غير متوفر",
    "غير متاح",
    "无数据",
    "暂无",
    "没有数据",
    "未报告",
    "数据缺失",
    "不适用",
];

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    each_indicator(context, &OBS023, out, |_, rows| {
        let mut says: FxHashMap<u32, bool> = FxHashMap::from_iter([(0, false)]);
        rows.iter()
            .copied()
            .filter(|r| o.status[*r] == ObservationStatus::Measured && o.value[*r] == Some(0.0))
            .filter(|r| *says.entry(o.comment[*r]).or_insert_with(|| says_missing(o.dict.text(o.comment[*r]))))
            .map(Case::plain)
            .collect()
    });
}

fn says_missing(comment: &str) -> bool {
    let comment = comment.trim().to_lowercase();
    WHOLE.contains(&comment.as_str()) || WITHIN.iter().any(|words| comment.contains(words))
}

pub(super) const CHECK: Check =
    Check { code: &OBS023, run, file: include_str!("zero_for_missing.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "indicators | id | measure
                   | I  | flow",
    wrong: "observations | indicator | place | period | value | comment
                         | I         | KEN   | 2015   | 0     | No data yet",
    right: "observations | indicator | place | period | value | status        | comment
                         | I         | KEN   | 2015   |       | not_available | No data yet",
};

#[cfg(test)]
mod tests {
    use super::says_missing;

    #[test]
    fn comments_say_that_there_is_no_figure() {
        for comment in ["n/a", "None", "Survey not available", "无数据", "لا توجد بيانات", "–"] {
            assert!(says_missing(comment), "{comment}");
        }
        for comment in ["", "None of the four towns took part", "Work begins next year", "本期无住户迁入"] {
            assert!(!says_missing(comment), "{comment}");
        }
    }
}
