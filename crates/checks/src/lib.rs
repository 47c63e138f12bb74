//! The compiler for plans: reads a plan, its budget, its projects and its data as one program and says
//! what is wrong with it, where, why it matters and what to do.
//!
//! One check is one file: its documentation, its code, an example on which it fires and one on which
//! it does not. [`CHECKS`] is the table of all of them; [`check`] runs them over a snapshot.
//!
//! Invariant: a check is a pure function of the snapshot and the date; it never changes a record and
//! never looks at the clock.

mod arithmetic;
mod context;
mod example;
mod report;
mod waiver;

pub mod fact;
pub mod indicator;
pub mod mandate;
pub mod money;
pub mod observation;
pub mod portfolio;
pub mod structure;

pub use context::{Context, Groups};
pub use diag::{Code, Diagnostic, Severity};
pub use example::{BadExample, Example, snapshot_of};
pub use report::{Filter, Report, check};

/// One check.
#[derive(Clone, Copy)]
pub struct Check {
    /// The code of what it finds. A check finds one kind of thing.
    pub code: &'static Code,
    /// Looks at everything and adds what it finds.
    pub run: fn(&Context<'_>, &mut Vec<Diagnostic>),
    /// The text of its file, whose `//!` lines are its documentation.
    pub file: &'static str,
    /// A tiny programme on which it fires, and one on which it does not.
    pub example: Example,
}

/// The headings that the documentation of every check has, in this order.
pub const HEADINGS: [&str; 4] = ["What it finds", "Why it matters", "Example", "What to do"];

impl Check {
    /// Its documentation in Markdown: the `//!` lines of its file.
    pub fn doc(&self) -> String {
        let lines = self.file.lines().take_while(|l| l.starts_with("//!"));
        let mut doc = String::new();
        for line in lines {
            let text = line.trim_start_matches("//!");
            doc.push_str(text.strip_prefix(' ').unwrap_or(text));
            doc.push('\n');
        }
        doc
    }
}

const fn joined<const N: usize>(families: &[&[Check]]) -> [Check; N] {
    let mut all = [families[0][0]; N];
    let (mut family, mut at) = (0, 0);
    while family < families.len() {
        let mut i = 0;
        while i < families[family].len() {
            all[at] = families[family][i];
            at += 1;
            i += 1;
        }
        family += 1;
    }
    all
}

const fn codes<const N: usize>(checks: &[Check]) -> [&'static Code; N] {
    let mut all = [checks[0].code; N];
    let mut i = 0;
    while i < N {
        all[i] = checks[i].code;
        i += 1;
    }
    all
}

const FAMILIES: &[&[Check]] = &[
    structure::CHECKS,
    indicator::CHECKS,
    observation::CHECKS,
    money::CHECKS,
    portfolio::CHECKS,
    mandate::CHECKS,
    fact::CHECKS,
    // The checks of waivers come last: they look at what all the others found.
    waiver::CHECKS,
];

const N_CHECKS: usize = {
    let (mut n, mut i) = (0, 0);
    while i < FAMILIES.len() {
        n += FAMILIES[i].len();
        i += 1;
    }
    n
};

/// All checks, family by family.
pub static CHECKS: &[Check] = &joined::<N_CHECKS>(FAMILIES);

/// The codes of all checks.
pub static CODES: &[&Code] = &codes::<N_CHECKS>(&joined::<N_CHECKS>(FAMILIES));
