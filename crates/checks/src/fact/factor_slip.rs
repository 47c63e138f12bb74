//! # What it finds
//! Two figures for one fact that differ by a factor of a thousand or a million. Figures are of one fact
//! when they share the subject; without a subject, when they share topic, unit, kind, year and place
//! and the factor is exact. Decided claims are a warning.
//!
//! # Why it matters
//! “Hundred” in place of “hundred million” is printed easily and quoted for years.
//!
//! # Example
//! A target for 2020 is printed as 100 people in one paragraph and as 100 million in another.
//!
//! # What to do
//! Choose the figure that other sources support, reject the other with the reason, and keep both.

use model::kinds::Fact;
use rustc_hash::FxHashMap;

use super::{decided, place_key};
use crate::{arithmetic::slip, context::title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT002: Code = Code { id: "FCT002", name: "factor-slip", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, facts) in context.facts.sorted() {
        compare(facts, 0.02, out);
    }
    let mut alike: FxHashMap<(&str, &str, &str, &str, String), Vec<&Fact>> = FxHashMap::default();
    let mut order = Vec::new();
    for fact in context.records.facts.iter().filter(|f| f.subject.is_none()) {
        let (Some(unit), Some(year)) = (&fact.unit, &fact.year) else { continue };
        let key = (fact.topic.0.as_str(), unit.0.as_str(), fact.kind.as_str(), year.0.as_str(), place_key(fact));
        if !alike.contains_key(&key) {
            order.push(key.clone());
        }
        alike.entry(key).or_default().push(fact);
    }
    for key in order {
        compare(alike.get(&key).map_or(&[], Vec::as_slice), 1e-9, out);
    }
}

/// Reports the smaller of two figures, unless it is the one that was chosen.
fn compare(facts: &[&Fact], tolerance: f64, out: &mut Vec<Diagnostic>) {
    let mut sorted: Vec<(f64, &Fact)> = facts.iter().filter_map(|f| Some((f.value?, *f))).collect();
    sorted.sort_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
    for (i, (low, small)) in sorted.iter().enumerate() {
        // The first larger figure that differs by such a factor is enough to name the slip.
        let found = sorted[i + 1..].iter().find_map(|(high, large)| {
            (small.unit == large.unit)
                .then(|| slip(*low, *high, tolerance))
                .flatten()
                .map(|factor| (*high, *large, factor))
        });
        let Some((high, large, factor)) = found else { continue };
        let small_chosen = small.verdict == Some(model::kinds::ClaimVerdict::Chosen);
        let (fault, value, right, other) =
            if small_chosen { (large, high, *small, *low) } else { (*small, *low, large, high) };
        let severity = if decided(fault, right) { Severity::Warning } else { Severity::Error };
        out.push(
            Diagnostic::new(&FCT002)
                .severity(severity)
                .on("fact", fault.id.as_str())
                .field("value")
                .related("fact", right.id.as_str())
                .arg("title", title(&fault.title))
                .arg("value", value)
                .arg("other", other)
                .arg("other_id", right.id.as_str())
                .arg("factor", factor),
        );
    }
}

pub(super) const CHECK: Check = Check { code: &FCT002, run, file: include_str!("factor_slip.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "facts | id | topic  | title_en          | year | value     | unit   | kind
              | F1 | target | People to benefit | 2020 | 100000000 | person | target",
    wrong: "facts | id | topic  | title_en          | year | value | unit   | kind
              | F2 | target | People to benefit | 2020 | 100   | person | target",
    right: "facts | id | topic  | title_en          | year | value     | unit   | kind
              | F2 | target | People to benefit | 2020 | 120000000 | person | target",
};
