//! Rule sets: what makes a home deprived, a household a slum household, a tenure secure, as data.
//!
//! A rule is a condition or a number over concepts and over other rules of its set. What is unknown stays unknown: a household
//! with one known deprivation is deprived whatever else is unknown, and one without is unknown as soon as something is.

use std::collections::BTreeSet;

use diag::Diagnostic;
use model::{
    kinds::{SurveyIndicator, SurveyMeasure},
    microdata::{Table, Values, Variable},
};

use crate::{
    Refusal,
    survey::{
        Concept, Expression,
        codes::{SVY040, SVY041, SVY042},
    },
};

/// The rules of one set, each in its newest version.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSet<'a> {
    /// Its name.
    pub name: String,
    rules: Vec<&'a SurveyIndicator>,
}

/// A rule that was computed, and what it was computed without.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ready {
    /// Concepts that the survey does not have and that alternatives were left out for.
    pub left_out: BTreeSet<String>,
    /// Concepts that went in.
    pub used: BTreeSet<String>,
}

impl<'a> RuleSet<'a> {
    /// The set of a name among all rules; of each component the newest version.
    ///
    /// Errors: `SVY042` with the names that there are.
    pub fn of(name: &str, all: impl Iterator<Item = &'a SurveyIndicator>) -> Result<Self, Refusal> {
        let mut rules: Vec<&SurveyIndicator> = Vec::new();
        let mut names = BTreeSet::new();
        for rule in all {
            names.insert(rule.rule_set.0.clone());
            if rule.rule_set.0 != name {
                continue;
            }
            match rules.iter_mut().find(|held| held.component == rule.component) {
                Some(held) if held.version.0 < rule.version.0 => *held = rule,
                Some(_) => {}
                None => rules.push(rule),
            }
        }
        if rules.is_empty() {
            let known: Vec<String> = names.into_iter().collect();
            return Err(unknown(name, &known.join(", ")));
        }
        Ok(RuleSet { name: name.to_owned(), rules })
    }

    /// All rules of the set.
    pub fn rules(&self) -> &[&'a SurveyIndicator] {
        &self.rules
    }

    /// A rule by its component.
    ///
    /// Errors: `SVY042` with the components that there are.
    pub fn rule(&self, component: &str) -> Result<&'a SurveyIndicator, Refusal> {
        self.rules.iter().find(|r| r.component.0 == component).copied().ok_or_else(|| {
            let known: Vec<&str> = self.rules.iter().map(|r| r.component.0.as_str()).collect();
            unknown(component, &known.join(", "))
        })
    }

    /// Adds a rule's values to a table of concepts, with those of the rules that it needs: 1 and 0 for what holds and what
    /// does not, numbers for means and totals, missing where it is unknown.
    ///
    /// An alternative (`a | b`) about a concept that the survey does not have is left out, and said so.
    ///
    /// Errors: `SVY040` for a rule of which nothing is left without a concept, `SVY041` for a circle, `SVY003` for what cannot be
    /// read.
    pub fn add(&self, component: &str, table: &mut Table) -> Result<Ready, Refusal> {
        let mut ready = Ready::default();
        self.add_within(component, table, &mut ready, &mut Vec::new())?;
        Ok(ready)
    }

    fn add_within(
        &self,
        component: &str,
        table: &mut Table,
        ready: &mut Ready,
        path: &mut Vec<String>,
    ) -> Result<(), Refusal> {
        if path.iter().any(|above| above == component) {
            path.push(component.to_owned());
            return Err(Box::new(Diagnostic::new(&SVY041).arg("rules", path.join(" → "))));
        }
        let rule = self.rule(component)?;
        let asked = Expression::parse(&rule.expression)?;
        path.push(component.to_owned());
        for name in asked.variables() {
            if Concept::parse(&name).is_none() {
                self.add_within(&name, table, ready, path)?;
            }
        }
        path.pop();
        let has = |name: &str| table.variable(name).is_some();
        let missing: Vec<String> = asked.variables().into_iter().filter(|name| !has(name)).collect();
        let Some(expression) = asked.answerable(&has) else {
            let found = Diagnostic::new(&SVY040).arg("rule", component).arg("concepts", missing.join(", "));
            return Err(Box::new(found));
        };
        ready.used.extend(expression.variables().into_iter().filter(|name| Concept::parse(name).is_some()));
        ready.left_out.extend(missing);
        if !has(component) {
            let numbers = match rule.measure {
                SurveyMeasure::Share => expression.truth(table)?.into_iter().map(of_truth).collect(),
                SurveyMeasure::Mean | SurveyMeasure::Total => expression.numbers(table)?,
            };
            table.variables.push(Variable::new(component, Values::Numbers(numbers)));
        }
        Ok(())
    }
}

fn of_truth(truth: Option<bool>) -> f64 {
    truth.map_or(f64::NAN, |holds| f64::from(u8::from(holds)))
}

fn unknown(name: &str, known: &str) -> Refusal {
    Box::new(Diagnostic::new(&SVY042).arg("name", name).arg("known", known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        kinds::RowUnit,
        microdata::MISSING,
        record::{Code, Whole},
        value::Text,
    };

    fn rule(component: &str, version: i64, expression: &str) -> SurveyIndicator {
        SurveyIndicator {
            rule_set: Code("s".into()),
            component: Code(component.into()),
            version: Whole(version),
            title: Text::default(),
            measure: SurveyMeasure::Share,
            of: RowUnit::Person,
            expression: expression.into(),
            among: None,
            unit: None,
            framework: None,
            note: None,
        }
    }

    /// Water of two homes, floors of three; no variable on walls.
    fn homes() -> Table {
        let texts =
            |levels: [&str; 2], codes: Vec<u32>| Values::Texts { levels: levels.map(String::from).to_vec(), codes };
        let variables = vec![
            Variable::new("water", texts(["surface", "borehole"], vec![0, 1, MISSING, MISSING])),
            Variable::new("floor", texts(["natural", "finished"], vec![1, 1, 0, 1])),
        ];
        Table { name: "t".into(), variables, n_rows: 4, origin: None }
    }

    fn computed(rules: &[SurveyIndicator], component: &str) -> Result<(Vec<Option<bool>>, Ready), String> {
        let set = RuleSet::of("s", rules.iter()).expect("a set");
        let mut table = homes();
        let ready = set.add(component, &mut table).map_err(|found| found.code.id.to_owned())?;
        let truth = Expression::parse(component).and_then(|e| e.truth(&table)).expect("a column");
        Ok((truth, ready))
    }

    #[test]
    fn what_is_known_decides_and_what_is_not_is_left_open() {
        let rules = [
            rule("slum", 1, "dry | weak"),
            rule("dry", 1, "water == 'surface'"),
            rule("weak", 1, "floor == 'natural' | wall == 'natural'"),
        ];
        let (truth, ready) = computed(&rules, "slum").expect("a rule");
        // The third home's water is unknown, its floor decides; the last one's floor does not.
        assert_eq!(truth, [Some(true), Some(false), Some(true), None]);
        assert_eq!(ready.left_out.into_iter().collect::<Vec<_>>(), ["wall"]);
        assert_eq!(ready.used.into_iter().collect::<Vec<_>>(), ["floor", "water"]);
    }

    #[test]
    fn what_cannot_be_computed_is_refused() {
        let check = |expression: &str, expected: &str| {
            assert_eq!(
                computed(&[rule("slum", 1, expression), rule("b", 1, "slum")], "slum").expect_err("refused"),
                expected
            );
        };
        check("wall == 'natural'", "SVY040");
        check("water == 'surface' & wall == 'natural'", "SVY040");
        check("b", "SVY041");
        check("nowhere", "SVY042");
        check("water ==", "SVY003");
        let rules = [rule("slum", 1, "water")];
        assert_eq!(RuleSet::of("t", rules.iter()).expect_err("unknown").code.id, "SVY042");
    }

    #[test]
    fn the_newest_version_holds() {
        let rules = [rule("slum", 2, "water == 'borehole'"), rule("slum", 1, "water == 'surface'")];
        assert_eq!(computed(&rules, "slum").expect("a rule").0[..2], [Some(false), Some(true)]);
    }
}
