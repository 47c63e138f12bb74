//! # What it finds
//! A title of a plan, result or indicator with a wording that is marked as a variant, in the language
//! of the wording.
//!
//! # Why it matters
//! A new text with an old wording is not found by those who search for the preferred one, and carries
//! the variant on.
//!
//! # Example
//! A result's Chinese title says 贫民区, while 贫民窟 is preferred.
//!
//! # What to do
//! Use the preferred wording, unless the title quotes a document word for word.

use model::{
    kinds::{Term, TermStatus},
    value::{Lang, Text},
};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT015: Code = Code { id: "FCT015", name: "variant-wording-used", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let variants: Vec<Variant<'_>> = context
        .records
        .terms
        .iter()
        .filter(|t| t.status == TermStatus::Variant)
        .filter_map(|t| {
            let lang = Lang::parse(&t.language.0)?;
            let preferred =
                context.records.terms.iter().find(|p| {
                    p.concept == t.concept && p.language == t.language && p.status == TermStatus::Preferred
                })?;
            Some(Variant { lang, term: t, preferred: &preferred.wording })
        })
        .collect();
    if variants.is_empty() {
        return;
    }
    let records = context.records;
    records.plans.iter().for_each(|p| look("plan", p.id.as_str(), &p.title, &variants, out));
    records.results.iter().for_each(|r| look("result", r.id.as_str(), &r.title, &variants, out));
    records.indicators.iter().for_each(|i| look("indicator", i.id.as_str(), &i.title, &variants, out));
}

struct Variant<'a> {
    lang: Lang,
    term: &'a Term,
    preferred: &'a str,
}

fn look(kind: &'static str, id: &str, title: &Text, variants: &[Variant<'_>], out: &mut Vec<Diagnostic>) {
    for variant in variants {
        let Some(text) = title.get(variant.lang) else { continue };
        let wording = variant.term.wording.as_str();
        // A preferred wording may contain the variant; only what remains without it is a use of the variant.
        let used = text.contains(wording) && text.replace(variant.preferred, "").contains(wording);
        if used {
            out.push(
                Diagnostic::new(&FCT015)
                    .on(kind, id)
                    .field(format!("title_{}", variant.lang.code()))
                    .arg("wording", wording)
                    .arg("preferred", variant.preferred),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &FCT015, run, file: include_str!("variant_used.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "terms | concept | language | wording | status
              | slum    | zh       | 贫民区     | variant
              | slum    | zh       | 贫民窟     | preferred",
    wrong: "results | id | plan | title_zh
                | R  | P    | 先止住贫民区扩张",
    right: "results | id | plan | title_zh
                | R  | P    | 先止住贫民窟扩张",
};
