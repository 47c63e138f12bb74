//! # What it finds
//! A concept with two or more wordings in one language of which none or more than one is preferred.
//!
//! # Why it matters
//! Two names for one thing are taken for two things, in the text and in the search.
//!
//! # Example
//! Chinese texts write slum as 贫民区 and as 贫民窟, and neither is preferred.
//!
//! # What to do
//! Mark one wording as preferred and the others as variants.

use model::{
    Record,
    kinds::{Term, TermStatus},
};
use rustc_hash::FxHashMap;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT014: Code = Code { id: "FCT014", name: "term-without-preferred", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut concepts: FxHashMap<(&str, &str), Vec<&Term>> = FxHashMap::default();
    let mut order = Vec::new();
    for term in context.records.terms.iter() {
        let key = (term.concept.0.as_str(), term.language.0.as_str());
        if !concepts.contains_key(&key) {
            order.push(key);
        }
        concepts.entry(key).or_default().push(term);
    }
    for (key, terms) in order.iter().filter_map(|k| Some((k, concepts.get(k)?))) {
        let n_preferred = terms.iter().filter(|t| t.status == TermStatus::Preferred).count();
        if terms.len() > 1 && n_preferred != 1 {
            let wordings: Vec<&str> = terms.iter().map(|t| t.wording.as_str()).collect();
            out.push(
                Diagnostic::new(&FCT014)
                    .on("term", terms[0].id())
                    .field("status")
                    .arg("concept", key.0)
                    .arg("language", key.1)
                    .arg("wordings", wordings.join(" / "))
                    .arg("n", n_preferred),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FCT014, run, file: include_str!("term_without_preferred.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "terms | concept | language | wording | status
              | slum    | zh       | 贫民区     | variant",
    wrong: "terms | concept | language | wording | status
              | slum    | zh       | 贫民窟     | variant",
    right: "terms | concept | language | wording | status
              | slum    | zh       | 贫民窟     | preferred",
};
