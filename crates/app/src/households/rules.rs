//! The rule sets that measure surveys: those that the program carries, and those of the register, which come first.

use std::sync::LazyLock;

use engine::{Refusal, household::RuleSet};
use exchange::NamedBytes;
use jiff::Timestamp;
use model::kinds::SurveyIndicator;
use rust_embed::RustEmbed;

use crate::{
    import::{judge, read_files},
    world::{World, empty_snapshot},
};

/// The rules that the program carries; `samples/README.md` names their sources.
#[derive(RustEmbed)]
#[folder = "../../samples/rules"]
struct Shipped;

static SHIPPED: LazyLock<Vec<SurveyIndicator>> = LazyLock::new(|| {
    let files = Shipped::iter()
        .filter_map(|name| Some(NamedBytes { bytes: Shipped::get(&name)?.data.into_owned(), name: name.into_owned() }));
    let reading = read_files(files.collect(), &|_, _| {});
    let judged = judge(&World::new(empty_snapshot()), &reading, Timestamp::UNIX_EPOCH);
    judged.after.map(|after| after.survey_indicators.iter().cloned().collect()).unwrap_or_default()
});

/// All rules.
#[derive(Clone, Debug)]
pub struct RuleSets<'w> {
    rules: Vec<&'w SurveyIndicator>,
}

/// The rules of the register and those that the program carries, without those that the register has in the same version.
pub fn rule_sets(world: &World) -> RuleSets<'_> {
    let own = &world.records().survey_indicators;
    let is_own = |rule: &SurveyIndicator| {
        own.iter()
            .any(|o| (&o.rule_set, &o.component, o.version.0) == (&rule.rule_set, &rule.component, rule.version.0))
    };
    let rules = SHIPPED.iter().filter(|rule| !is_own(rule)).chain(own.iter()).collect();
    RuleSets { rules }
}

impl RuleSets<'_> {
    /// The set of a name.
    ///
    /// Errors: `SVY042` with the names that there are.
    pub fn set(&self, name: &str) -> Result<RuleSet<'_>, Refusal> {
        RuleSet::of(name, self.rules.iter().copied())
    }
    /// The names of all sets, in their order.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for rule in &self.rules {
            if !names.contains(&rule.rule_set.0.as_str()) {
                names.push(&rule.rule_set.0);
            }
        }
        names
    }
}
