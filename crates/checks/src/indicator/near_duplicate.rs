//! # What it finds
//! Two indicators of a plan and its programmes whose names say nearly the same: seven tenths of their words are
//! common, in English or, where there is none, in Chinese. The same name in a plan and in its programme is one
//! set of indicators, as it should be.
//!
//! # Why it matters
//! Two indicators for one thing are collected twice, differ a little, and nobody knows which to quote.
//!
//! # Example
//! “Cities with a climate plan” and “Number of cities with climate plans” in one plan.
//!
//! # What to do
//! Retire one of the two, or make their names and definitions say how they differ.

use model::kinds::Plan;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    seen::Seen,
    wording::{Words, near_duplicates},
};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND037: Code = Code { id: "IND037", name: "near-duplicate", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut families: Vec<Vec<Seen<'_>>> = Vec::new();
    let mut at: FxHashMap<&str, usize> = FxHashMap::default();
    for group in &context.seen {
        let Some(plan) = group.first().and_then(|s| s.plan) else { continue };
        let family = *at.entry(root(context, plan)).or_insert_with(|| {
            families.push(Vec::new());
            families.len() - 1
        });
        if let Some(family) = families.get_mut(family) {
            family.extend(group.iter().copied());
        }
    }
    for family in families {
        let names: Vec<Words> = family.par_iter().map(|s| Words::of_text(&s.indicator.title)).collect();
        for alike in near_duplicates(&names) {
            let (Some(first), Some(second)) = (family.get(alike.first), family.get(alike.second)) else { continue };
            let same_plan = first.plan.map(|p| &p.id) == second.plan.map(|p| &p.id);
            if !same_plan && alike.overlap == 1.0 {
                continue;
            }
            let finding = second.finding(&IND037).severity(second.severity(Severity::Warning)).field("title");
            let finding = finding.arg("other", title(&first.indicator.title)).arg("id", first.indicator.id.as_str());
            let finding = finding.arg("percent", (alike.overlap * 100.0).round());
            out.push(finding.related("indicator", first.indicator.id.as_str()));
        }
    }
}

/// The plan that a programme carries out, at any height; a circle ends where it meets itself.
fn root<'a>(context: &Context<'a>, plan: &'a Plan) -> &'a str {
    let mut top = plan;
    for _ in 0..10 {
        match top.part_of.as_ref().and_then(|p| context.records.plans.of(p)) {
            Some(above) => top = above,
            None => break,
        }
    }
    top.id.as_str()
}

pub(super) const CHECK: Check = Check { code: &IND037, run, file: include_str!("near_duplicate.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2
        indicators | id | result | status    | title_en
                   | I1 | O      | confirmed | Cities with a climate plan",
    wrong: "indicators | id | result | status    | title_en
                   | I2 | O      | confirmed | Number of cities with climate plans",
    right: "indicators | id | result | status    | title_en
                   | I2 | O      | confirmed | Cities with a housing budget",
};
