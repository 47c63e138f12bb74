//! A survey's variables read as concepts: `hv201` = 32 becomes `water` = `unprotected_well`.

use std::collections::BTreeMap;

use diag::Diagnostic;
use model::{
    Records,
    kinds::Survey,
    microdata::{MISSING, Table, Values, Variable},
    value::Id,
};
use rustc_hash::FxHashMap;

use super::{
    category::{categories, holds_words},
    wealth,
};
use crate::{
    Refusal,
    survey::{Concept, codes::SVY004, unknown},
};

/// Which variable holds a concept, and what its answers mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codebook {
    /// The variable of each concept.
    pub variables: BTreeMap<Concept, String>,
    /// The category of an answer, as the file has it.
    pub values: FxHashMap<(Concept, String), String>,
}

/// Answers that the codebook does not know.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// The concept.
    pub concept: Concept,
    /// The answer.
    pub value: String,
    /// Rows that have it.
    pub n_rows: usize,
}

/// A survey in terms of concepts.
#[derive(Clone, Debug, PartialEq)]
pub struct Concepts {
    /// One variable for each concept, under the concept's name.
    pub table: Table,
    /// Answers that mean nothing here: they are missing in the table.
    pub unread: Vec<Unread>,
}

impl Codebook {
    /// The codebook of a survey in the register. Concepts that this program does not know are passed over.
    pub fn of(records: &Records, survey: &Id<Survey>) -> Codebook {
        let mut book = Codebook::default();
        for entry in records.codebook.iter().filter(|e| e.survey == *survey) {
            if let Some(concept) = Concept::parse(&entry.concept.0) {
                book.variables.insert(concept, entry.variable.clone());
            }
        }
        for value in records.codebook_values.iter().filter(|v| v.survey == *survey) {
            if let Some(concept) = Concept::parse(&value.concept.0) {
                book.values.insert((concept, value.value.clone()), value.category.0.clone());
            }
        }
        book
    }

    /// Reads a file's rows by the codebook.
    ///
    /// Errors: `SVY002` for a variable that the file lacks, `SVY004` for texts where a concept is a number.
    pub fn read(&self, table: &Table) -> Result<Concepts, Refusal> {
        let mut out =
            Table { name: table.name.clone(), n_rows: table.n_rows, origin: table.origin.clone(), ..Table::default() };
        let mut unread = Vec::new();
        for (concept, name) in &self.variables {
            if *concept == Concept::Wealth && table.variable(name).is_none() && wealth::is_made(name) {
                let fifths = wealth::fifths(table, name, &self.people(table))?;
                out.variables.push(Variable::new(concept.name(), self.fifths(fifths, &mut unread)));
                continue;
            }
            let values = table.variable(name).ok_or_else(|| unknown(name, table))?;
            let values = match concept {
                c if holds_words(*c) => self.words(*c, values, &mut unread),
                // Keys are compared and never counted with.
                Concept::Household | Concept::Psu | Concept::Stratum => values.clone(),
                _ => match values {
                    Values::Numbers(_) => values.clone(),
                    Values::Texts { .. } => {
                        return Err(Box::new(Diagnostic::new(&SVY004).arg("name", name).arg("file", &table.name)));
                    }
                },
            };
            out.variables.push(Variable::new(concept.name(), values));
        }
        Ok(Concepts { table: out, unread })
    }

    /// How many people each row stands for: those of a household, or one person; each row alike without a weight.
    fn people(&self, table: &Table) -> Vec<f64> {
        let column = |concept: Concept| match table.variable(self.variables.get(&concept)?)? {
            Values::Numbers(numbers) => Some(numbers),
            Values::Texts { .. } => None,
        };
        let is_person = [Concept::Sex, Concept::Age].into_iter().any(|c| self.variables.contains_key(&c));
        let persons = column(Concept::Persons).filter(|_| !is_person);
        let one = |of: Option<&Vec<f64>>, row: usize| of.map_or(1.0, |n| n[row]);
        let weight = column(Concept::Weight);
        (0..table.n_rows).map(|row| one(weight, row) * one(persons, row)).collect()
    }

    /// Fifths that were made, as the answers of a file are.
    fn fifths(&self, fifths: Vec<f64>, unread: &mut Vec<Unread>) -> Values {
        let values = Values::Numbers(fifths);
        if holds_words(Concept::Wealth) { self.words(Concept::Wealth, &values, unread) } else { values }
    }

    /// Answers as categories. A category's own name needs no entry, and a place without one keeps its name.
    fn words(&self, concept: Concept, values: &Values, unread: &mut Vec<Unread>) -> Values {
        let mut levels: Vec<String> = Vec::new();
        let mut known: FxHashMap<String, u32> = FxHashMap::default();
        let mut missed: BTreeMap<String, usize> = BTreeMap::new();
        let mut code_of = |shown: String| -> u32 {
            let category = self.values.get(&(concept, shown.clone())).cloned().or_else(|| {
                let is_own = concept == Concept::Place || categories(concept).any(|c| c == shown);
                is_own.then(|| shown.clone())
            });
            let Some(category) = category else { return MISSING };
            if let Some(at) = levels.iter().position(|level| *level == category) {
                return at as u32;
            }
            levels.push(category);
            levels.len() as u32 - 1
        };
        let n_rows = match values {
            Values::Numbers(numbers) => numbers.len(),
            Values::Texts { codes, .. } => codes.len(),
        };
        let mut codes = Vec::with_capacity(n_rows);
        for row in 0..n_rows {
            if values.is_missing(row) {
                codes.push(MISSING);
                continue;
            }
            let shown = values.show(row);
            let code = match known.get(&shown) {
                Some(code) => *code,
                None => {
                    let code = code_of(shown.clone());
                    known.insert(shown.clone(), code);
                    code
                }
            };
            if code == MISSING {
                *missed.entry(shown).or_default() += 1;
            }
            codes.push(code);
        }
        unread.extend(missed.into_iter().map(|(value, n_rows)| Unread { concept, value, n_rows }));
        Values::Texts { levels, codes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_categories() {
        let mut book = Codebook::default();
        book.variables.insert(Concept::Water, "hv201".into());
        book.variables.insert(Concept::Place, "district".into());
        book.variables.insert(Concept::Rooms, "rooms".into());
        book.values.insert((Concept::Water, "32".into()), "unprotected_well".into());
        book.values.insert((Concept::Water, "33".into()), "unprotected_well".into());
        let places = Values::Texts { levels: vec!["Kibra".into()], codes: vec![0, 0, MISSING, 0, 0] };
        let table = Table {
            name: "t".into(),
            variables: vec![
                Variable::new("hv201", Values::Numbers(vec![32.0, 33.0, 77.0, 77.0, f64::NAN])),
                Variable::new("district", places.clone()),
                Variable::new("rooms", Values::Numbers(vec![1.0; 5])),
            ],
            n_rows: 5,
            origin: None,
        };
        let found = book.read(&table).expect("a table");
        let water =
            Values::Texts { levels: vec!["unprotected_well".into()], codes: vec![0, 0, MISSING, MISSING, MISSING] };
        assert_eq!(found.table.variable("water"), Some(&water));
        assert_eq!(found.table.variable("place"), Some(&places));
        assert_eq!(found.unread, [Unread { concept: Concept::Water, value: "77".into(), n_rows: 2 }]);
        book.variables.insert(Concept::Rooms, "district".into());
        assert_eq!(book.read(&table).expect_err("texts").code.id, "SVY004");
        book.variables.insert(Concept::Rooms, "nrooms".into());
        assert_eq!(book.read(&table).expect_err("no such").code.id, "SVY002");
    }
}
