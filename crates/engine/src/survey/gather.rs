//! Totals, means, ratios and proportions of files that are larger than memory: rows are taken in part after part, and rows
//! that the design and the question cannot tell apart become one.
//!
//! Parts may be gathered side by side; added in the order of the file, they give the same sums on any number of threads.

use diag::Diagnostic;
use hashbrown::HashTable;
use model::microdata::{DesignRequest, MISSING, OneOrMany, StatisticRequest, Table, Values, Variable};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

use super::{
    Answer, Refusal,
    answer::{answer_from, is_name, measured, share_of},
    codes,
    expression::{Expression, unknown},
    sample::{Sample, numbers},
    sums::{Sum, Sums},
};

/// What tells rows apart, in words, at most.
const MOST_KEYS: usize = 16;
/// The weight of what was taken together, a name that no file has.
const WEIGHT: &str = "\0weight";
/// A text that is missing, as a key.
const NO_TEXT: u64 = u64::MAX;

/// The variables that a question needs, each once.
pub fn needed(design: &DesignRequest, statistic: &StatisticRequest) -> Result<Vec<String>, Refusal> {
    let mut names: Vec<String> = Vec::new();
    let many = |names: &Option<OneOrMany<String>>| names.as_ref().map_or(Vec::new(), |n| n.all().to_vec());
    names.extend(many(&design.ids));
    names.extend(design.strata.clone());
    names.extend(many(&design.fpc));
    names.extend(design.weights.clone().filter(|w| w != "from_fpc"));
    if design.repweights_file.is_none() {
        names.extend(many(&design.repweights));
    }
    names.extend(many(&statistic.by));
    let mut texts: Vec<String> = many(&statistic.vars);
    texts.extend(statistic.numerator.clone());
    texts.extend(statistic.denominator.clone());
    texts.extend(statistic.expr.clone());
    texts.extend(statistic.domain.clone());
    for text in texts {
        if is_name(&text) {
            names.push(text);
        } else {
            names.extend(Expression::parse(&text)?.variables());
        }
    }
    let mut seen: FxHashMap<String, ()> = FxHashMap::default();
    names.retain(|name| seen.insert(name.clone(), ()).is_none());
    Ok(names)
}

/// What is gathered, read once for all parts.
pub struct Gathering<'r> {
    design: &'r DesignRequest,
    statistic: &'r StatisticRequest,
    file: String,
    domain: Option<Expression>,
    /// Columns of the design that tell rows apart.
    of_design: Vec<String>,
    by: Vec<String>,
    categories: Vec<String>,
    n_measured: usize,
}

impl<'r> Gathering<'r> {
    /// How a question is answered by gathering; `None` where it needs every row (quantiles, contrasts, replicate weights,
    /// samples without clusters).
    pub fn of(
        file: &str,
        design: &'r DesignRequest,
        statistic: &'r StatisticRequest,
    ) -> Result<Option<Gathering<'r>>, Refusal> {
        let is_sum = matches!(statistic.kind.as_str(), "mean" | "total" | "ratio" | "proportion");
        let has_weights = design.weights.as_deref().map_or(design.base_weight.is_some(), |w| w != "from_fpc");
        let is_replicated = design.repweights.is_some() || design.repweights_file.is_some();
        let Some(ids) = design.ids.as_ref().filter(|ids| !ids.all().is_empty()) else { return Ok(None) };
        if !is_sum || !has_weights || is_replicated {
            return Ok(None);
        }
        let fpc = design.fpc.as_ref().map_or(&[][..], |f| f.all());
        // A stage after one whose population is not known adds nothing.
        let used = ids.all().iter().take(fpc.len() + 1).cloned();
        let mut of_design: Vec<String> = design.strata.iter().cloned().chain(used).chain(fpc.iter().cloned()).collect();
        of_design.sort();
        of_design.dedup();
        let all = |names: &Option<OneOrMany<String>>| names.as_ref().map_or(Vec::new(), |n| n.all().to_vec());
        let is_categorical = statistic.categorical && matches!(statistic.kind.as_str(), "mean" | "total");
        let categories = if is_categorical { all(&statistic.vars) } else { Vec::new() };
        let n_measured = match statistic.kind.as_str() {
            _ if is_categorical => 0,
            "ratio" | "proportion" => 1,
            _ => all(&statistic.vars).len(),
        };
        let by = all(&statistic.by);
        if of_design.len() + by.len() + categories.len() + 1 > MOST_KEYS || is_categorical && categories.is_empty() {
            return Ok(None);
        }
        if statistic.kind == "proportion" {
            share_of(statistic)?;
        }
        let domain = statistic.domain.as_deref().map(Expression::parse).transpose()?;
        let file = file.to_owned();
        Ok(Some(Gathering { design, statistic, file, domain, of_design, by, categories, n_measured }))
    }

    /// Nothing yet.
    pub fn begin(&self) -> Gathered {
        let n_keys = self.of_design.len() + 1 + self.by.len() + self.categories.len();
        Gathered {
            n_keys,
            n_design: self.of_design.len(),
            n_measured: self.n_measured,
            with_spread: self.statistic.deff.is_some(),
            keys: Vec::new(),
            texts: (0..n_keys).map(|_| Texts::default()).collect(),
            at: HashTable::new(),
            counts: Vec::new(),
            first: Vec::new(),
            sums: Vec::new(),
        }
    }

    /// Takes rows in. Their places in the file are those of `Table::place`.
    ///
    /// Errors: a variable that is not there, a key of the design that is missing, a weight that is none.
    pub fn add(&self, into: &mut Gathered, part: &Table) -> Result<(), Refusal> {
        let n = part.n_rows;
        let in_domain: Vec<bool> = match &self.domain {
            None => vec![true; n],
            Some(condition) => condition.truth(part)?.into_iter().map(|holds| holds == Some(true)).collect(),
        };
        let mut columns: Vec<Vec<u64>> = Vec::with_capacity(into.n_keys);
        for name in &self.of_design {
            let column = into.texts[columns.len()].keys(part, name)?;
            let is_missing = |key: &u64| *key == NO_TEXT || *key == f64::NAN.to_bits();
            if let Some(row) = column.iter().position(is_missing) {
                let found = Diagnostic::new(&codes::SVY014).arg("name", name).arg("row", part.line(row));
                return Err(Box::new(found.arg("file", &self.file)));
            }
            columns.push(column);
        }
        columns.push(in_domain.iter().map(|is_in| u64::from(*is_in)).collect());
        for name in self.by.iter().chain(&self.categories) {
            let column = into.texts[columns.len()].keys(part, name)?;
            columns.push(column);
        }
        let base;
        let weights: &[f64] = match (&self.design.weights, self.design.base_weight) {
            (Some(name), _) => numbers(part, name)?,
            (None, weight) => {
                base = vec![weight.unwrap_or(f64::NAN); n];
                &base
            }
        };
        if let Some(row) = weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
            let value = if weights[row].is_nan() { String::new() } else { weights[row].to_string() };
            let name = self.design.weights.as_deref().unwrap_or("base_weight");
            let found = Diagnostic::new(&codes::SVY006).arg("name", name).arg("row", part.line(row));
            return Err(Box::new(found.arg("value", value).arg("file", &self.file)));
        }
        let measured = if self.categories.is_empty() { measured(part, self.statistic)? } else { Vec::new() };
        let n_of_question = self.of_design.len();
        let mut key = vec![0; into.n_keys];
        let (mut last, mut cell) = (vec![0; into.n_keys], None);
        for row in 0..n {
            // Rows outside of the domain count for their units, whatever their groups are.
            let n_told = if in_domain[row] { into.n_keys } else { n_of_question + 1 };
            for (slot, column) in key.iter_mut().zip(&columns[..n_told]) {
                *slot = column[row];
            }
            key[n_told..].fill(0);
            let at = match cell {
                Some(at) if key == last => at,
                _ => {
                    last.copy_from_slice(&key);
                    into.cell(&key, || part.place(row))
                }
            };
            cell = Some(at);
            let weight = weights[row];
            let counts = &mut into.counts[at];
            counts.positive += u32::from(weight > 0.0);
            if !in_domain[row] {
                continue;
            }
            let is_whole = measured
                .iter()
                .all(|m| !m.numerator[row].is_nan() && m.denominator.as_ref().is_none_or(|x| !x[row].is_nan()));
            if !is_whole {
                counts.missing += 1;
                continue;
            }
            counts.whole += 1;
            if weight > 0.0 {
                counts.weighted += 1;
                let width = into.width();
                let sums = &mut into.sums[at * width..(at + 1) * width];
                sums[0] += weight;
                for (m, sums) in measured.iter().zip(sums[1..].chunks_exact_mut(4)) {
                    let y = m.numerator[row];
                    sums[0] += weight * y;
                    sums[1] += m.denominator.as_ref().map_or(0.0, |x| weight * x[row]);
                }
                if into.with_spread {
                    let upto = sums[0];
                    for (m, sums) in measured.iter().zip(sums[1..].chunks_exact_mut(4)) {
                        let away = m.numerator[row] - sums[2];
                        sums[2] += weight / upto * away;
                        sums[3] += weight * away * (m.numerator[row] - sums[2]);
                    }
                }
            }
        }
        Ok(())
    }

    /// Answers from all that was gathered.
    pub fn answer(&self, gathered: &Gathered) -> Result<Answer, Refusal> {
        let n = gathered.counts.len();
        let variable = |slot: usize, name: &String| {
            let values = gathered.texts[slot].values((0..n).map(|cell| gathered.keys[cell * gathered.n_keys + slot]));
            Variable { name: name.clone(), values }
        };
        let table = |variables: Vec<Variable>| Table {
            name: self.file.clone(),
            variables,
            n_rows: n,
            origin: Some(gathered.first.clone()),
        };
        let mut of_design: Vec<Variable> =
            self.of_design.iter().enumerate().map(|(slot, name)| variable(slot, name)).collect();
        let weight = gathered.counts.iter().map(|c| f64::from(u8::from(c.positive > 0))).collect();
        of_design.push(Variable { name: WEIGHT.to_owned(), values: Values::Numbers(weight) });
        let fpc = self.design.fpc.as_ref().map_or(0, |f| f.all().len());
        let ids = self.design.ids.as_ref().map(|ids| ids.all().iter().take(fpc + 1).cloned().collect());
        let design =
            DesignRequest { weights: Some(WEIGHT.to_owned()), ids: ids.map(OneOrMany::Many), ..self.design.clone() };
        let sample = Sample::of(&table(of_design), None, &design)?;
        let in_domain = self.of_design.len();
        let of_question = self.by.iter().chain(&self.categories).enumerate();
        let question = table(of_question.map(|(i, name)| variable(in_domain + 1 + i, name)).collect());
        let is_in = |cell: &u32| gathered.keys[*cell as usize * gathered.n_keys + in_domain] == 1;
        let domain: Vec<u32> = (0..n as u32).filter(is_in).collect();
        let mut sums = gathered.sums(self.names(), self.statistic.kind == "ratio");
        if !self.categories.is_empty() {
            sums = sums.by_category(&question, &domain, &self.categories)?;
        }
        answer_from(&question, &sample, self.statistic, &domain, Some(sums))
    }

    fn names(&self) -> Vec<String> {
        match (self.statistic.kind.as_str(), &self.statistic.numerator, &self.statistic.denominator) {
            ("ratio", Some(a), Some(b)) => vec![format!("{a}/{b}")],
            ("proportion", ..) => vec![String::new()],
            _ => self.statistic.vars.as_ref().map_or(Vec::new(), |v| v.all().to_vec()),
        }
    }
}

/// Rows that were taken together.
pub struct Gathered {
    n_keys: usize,
    n_design: usize,
    n_measured: usize,
    with_spread: bool,
    /// What tells each cell apart, `n_keys` numbers a cell.
    keys: Vec<u64>,
    texts: Vec<Texts>,
    at: HashTable<u32>,
    counts: Vec<Counts>,
    /// Place of each cell's first row in the file.
    first: Vec<u64>,
    /// Of each cell Σ w, then by variable Σ w y, Σ w x, mean and spread of y.
    sums: Vec<f64>,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    whole: u32,
    missing: u32,
    weighted: u32,
    positive: u32,
}

fn hash(key: &[u64]) -> u64 {
    let mut hasher = FxHasher::default();
    key.iter().for_each(|k| hasher.write_u64(*k));
    hasher.finish()
}

impl Gathered {
    fn width(&self) -> usize {
        1 + 4 * self.n_measured
    }

    /// The cell of a key, made where there is none.
    fn cell(&mut self, key: &[u64], first: impl FnOnce() -> u64) -> usize {
        let (n_keys, keys) = (self.n_keys, &self.keys);
        let of = |cell: &u32| &keys[*cell as usize * n_keys..(*cell as usize + 1) * n_keys];
        let hashed = hash(key);
        if let Some(cell) = self.at.find(hashed, |cell| of(cell) == key) {
            return *cell as usize;
        }
        let cell = self.counts.len();
        self.at.insert_unique(hashed, cell as u32, |cell| hash(of(cell)));
        self.keys.extend_from_slice(key);
        self.counts.push(Counts::default());
        self.first.push(first());
        self.sums.resize(self.sums.len() + self.width(), 0.0);
        cell
    }

    /// Adds what was gathered from later rows of the file.
    pub fn merge(&mut self, later: &Gathered) {
        let translated: Vec<Option<Vec<u64>>> =
            self.texts.iter_mut().zip(&later.texts).map(|(mine, theirs)| mine.translate(theirs)).collect();
        let width = self.width();
        let mut key = vec![0; self.n_keys];
        for (other, counts) in later.counts.iter().enumerate() {
            let keys = &later.keys[other * self.n_keys..(other + 1) * self.n_keys];
            // Of rows outside of the domain nothing is told after the design.
            let n_told = if keys[self.n_design] == 1 { self.n_keys } else { self.n_design };
            key.copy_from_slice(keys);
            for (slot, to) in key.iter_mut().zip(&translated).take(n_told) {
                if let Some(number) = to.as_ref().and_then(|to| to.get(*slot as usize)) {
                    *slot = *number;
                }
            }
            let cell = self.cell(&key, || later.first[other]);
            let into = &mut self.counts[cell];
            into.whole += counts.whole;
            into.missing += counts.missing;
            into.weighted += counts.weighted;
            into.positive += counts.positive;
            let mine = &mut self.sums[cell * width..(cell + 1) * width];
            let theirs = &later.sums[other * width..(other + 1) * width];
            let (a, b) = (mine[0], theirs[0]);
            for (mine, theirs) in mine[1..].chunks_exact_mut(4).zip(theirs[1..].chunks_exact(4)) {
                mine[0] += theirs[0];
                mine[1] += theirs[1];
                if b > 0.0 {
                    let away = theirs[2] - mine[2];
                    mine[2] += b / (a + b) * away;
                    mine[3] += theirs[3] + a * b / (a + b) * away * away;
                }
            }
            mine[0] += b;
        }
    }

    fn sums(&self, names: Vec<String>, is_ratio: bool) -> Sums {
        let width = self.width();
        let at = |offset: usize| -> Vec<f64> { self.sums.iter().skip(offset).step_by(width).copied().collect() };
        let of = (0..self.n_measured).zip(names).map(|(i, name)| Sum {
            y: at(1 + 4 * i),
            x: is_ratio.then(|| at(2 + 4 * i)),
            mean: at(3 + 4 * i),
            spread: at(4 + 4 * i),
            name,
        });
        let count = |of: &dyn Fn(&Counts) -> u32| self.counts.iter().map(of).collect::<Vec<u32>>();
        Sums {
            n_whole: count(&|c| c.whole),
            n_missing: count(&|c| c.missing),
            n_weighted: count(&|c| c.weighted),
            ones: at(0),
            weight: at(0),
            of: of.collect(),
        }
    }
}

/// The texts of a key, numbered as they come; empty for a key of numbers.
#[derive(Default)]
struct Texts {
    is_text: bool,
    levels: Vec<String>,
    known: FxHashMap<String, u64>,
}

impl Texts {
    fn number(&mut self, text: &str) -> u64 {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        let number = self.levels.len() as u64;
        self.known.insert(text.to_owned(), number);
        self.levels.push(text.to_owned());
        number
    }

    /// A key for each row's value.
    fn keys(&mut self, part: &Table, name: &str) -> Result<Vec<u64>, Refusal> {
        Ok(match part.variable(name).ok_or_else(|| unknown(name, part))? {
            // Zero has two signs, and what is missing many; each is one key.
            Values::Numbers(numbers) => {
                numbers.iter().map(|n| if n.is_nan() { f64::NAN.to_bits() } else { (n + 0.0).to_bits() }).collect()
            }
            Values::Texts { levels, codes } => {
                self.is_text = true;
                let numbers: Vec<u64> = levels.iter().map(|level| self.number(level)).collect();
                codes.iter().map(|c| if *c == MISSING { NO_TEXT } else { numbers[*c as usize] }).collect()
            }
        })
    }

    /// My number of each of the other's texts; `None` for a key of numbers.
    fn translate(&mut self, other: &Texts) -> Option<Vec<u64>> {
        self.is_text |= other.is_text;
        other.is_text.then(|| other.levels.iter().map(|level| self.number(level)).collect())
    }

    /// The values that keys stand for.
    fn values(&self, keys: impl Iterator<Item = u64>) -> Values {
        if self.is_text {
            let code = |key: u64| if key == NO_TEXT { MISSING } else { key as u32 };
            return Values::Texts { levels: self.levels.clone(), codes: keys.map(code).collect() };
        }
        Values::Numbers(keys.map(f64::from_bits).collect())
    }
}
