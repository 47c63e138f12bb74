//! Totals, means, ratios and proportions of files that are larger than memory: rows are taken in part after part, and rows
//! that the design and the question cannot tell apart become one.
//!
//! Parts may be gathered side by side; added in the order of the file, they give the same sums on any number of threads.

use diag::Diagnostic;
use model::microdata::{DesignRequest, MISSING, OneOrMany, StatisticRequest, Table, Values, Variable};
use rustc_hash::FxHashMap;

use super::{
    Answer, Refusal,
    answer::{answer_from, is_name, measured, share_of},
    calibrated::INTERCEPT,
    codes,
    expression::{Expression, unknown},
    factors::Factors,
    sample::{Sample, numbers},
    sums::{Range, Sum, Sums},
};

/// What tells rows apart, in words, at most.
const MOST_KEYS: usize = 16;
/// The weight of what was taken together, a name that no file has.
const WEIGHT: &str = "\0weight";

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
    if let Some(known) = &design.calibration {
        names.extend(known.margins.iter().flat_map(|margin| margin.variables.all().iter().cloned()));
        texts.extend(known.totals.keys().filter(|name| *name != INTERCEPT).cloned());
    }
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
    /// Replicate weights, whose factors tell rows apart in place of the design.
    replicates: Vec<String>,
    by: Vec<String>,
    categories: Vec<String>,
    n_measured: usize,
}

impl<'r> Gathering<'r> {
    /// How a question is answered by gathering; `None` where it needs every row (quantiles, contrasts, calibration, replicate
    /// weights that are made or lie in another file, samples without clusters).
    pub fn of(
        file: &str,
        design: &'r DesignRequest,
        statistic: &'r StatisticRequest,
    ) -> Result<Option<Gathering<'r>>, Refusal> {
        let is_sum = matches!(statistic.kind.as_str(), "mean" | "total" | "ratio" | "proportion");
        let has_weights = design.weights.as_deref().map_or(design.base_weight.is_some(), |w| w != "from_fpc");
        let is_elsewhere = design.repweights_file.is_some() || design.replicates.is_some();
        let replicates = design.repweights.as_ref().map_or_else(Vec::new, |names| names.all().to_vec());
        let without = OneOrMany::Many(Vec::new());
        let ids = match design.ids.as_ref().filter(|ids| !ids.all().is_empty()) {
            _ if !replicates.is_empty() => &without,
            Some(ids) => ids,
            None => return Ok(None),
        };
        if !is_sum || !has_weights || is_elsewhere || design.calibration.is_some() {
            return Ok(None);
        }
        let fpc = design.fpc.as_ref().map_or(&[][..], |f| f.all());
        // A stage after one whose population is not known adds nothing.
        let used = ids.all().iter().take(fpc.len() + 1).cloned();
        let mut of_design: Vec<String> = design.strata.iter().cloned().chain(used).chain(fpc.iter().cloned()).collect();
        of_design.sort();
        of_design.dedup();
        if !replicates.is_empty() {
            of_design.clear();
        }
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
        Ok(Some(Gathering { design, statistic, file, domain, of_design, replicates, by, categories, n_measured }))
    }

    /// Nothing yet.
    pub fn begin(&self) -> Gathered {
        Gathered {
            unit: Codes::of(self.of_design.len()),
            factors: (!self.replicates.is_empty()).then(|| Factors::new(self.replicates.len())),
            group: Codes::of(self.by.len() + self.categories.len()),
            at: Places::new(),
            cells: Vec::new(),
            first: Vec::new(),
            lines: Vec::new(),
            ranges: vec![Range::NONE; self.n_measured],
            layout: Layout {
                n_measured: self.n_measured,
                has_ratio: self.statistic.kind == "ratio",
                has_spread: self.statistic.deff.is_some(),
            },
        }
    }

    /// Takes rows in. Their places in the file are those of `Table::place`.
    ///
    /// Errors: a variable that is not there, a key of the design that is missing, a weight that is none.
    pub fn add(&self, into: &mut Gathered, part: &Table) -> Result<(), Refusal> {
        if into.is_too_varied() {
            return Ok(());
        }
        let n = part.n_rows;
        let holds = self.domain.as_ref().map(|condition| condition.truth(part)).transpose()?;
        let is_in = |row: usize| holds.as_ref().is_none_or(|holds| holds[row] == Some(true));
        let mut units = into.unit.codes(part, self.of_design.iter(), |name, row| {
            let found = Diagnostic::new(&codes::SVY014).arg("name", name).arg("row", part.line(row));
            Err(Box::new(found.arg("file", &self.file)))
        })?;
        let groups = into.group.codes(part, self.by.iter().chain(&self.categories), |_, _| Ok(()))?;
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
        if let Some(factors) = &mut into.factors {
            units = factors.codes(part, &self.replicates, weights, self.design.combined)?;
            if factors.is_too_varied {
                return Ok(());
            }
        }
        let measured = if self.categories.is_empty() { measured(part, self.statistic)? } else { Vec::new() };
        let (width, step) = (into.layout.width(), into.layout.step());
        // Rows outside of the domain count for their units, whatever their groups are. The cells of all rows are found before
        // anything is added, so that the processor can fetch many lines at once.
        let group = |row: usize| if is_in(row) { groups[row] + 1 } else { OUTSIDE };
        let cells: Vec<usize> = (0..n).map(|row| into.cell(units[row], group(row), || part.place(row))).collect();
        for (row, at) in cells.into_iter().enumerate() {
            let weight = weights[row];
            let line = &mut into.lines[at * width..(at + 1) * width];
            line[POSITIVE] += f64::from(u8::from(weight > 0.0));
            if !is_in(row) {
                continue;
            }
            let is_whole = measured
                .iter()
                .all(|m| !m.numerator[row].is_nan() && m.denominator.as_ref().is_none_or(|x| !x[row].is_nan()));
            if !is_whole {
                line[MISSED] += 1.0;
                continue;
            }
            line[WHOLE] += 1.0;
            if weight > 0.0 {
                line[WEIGHTED] += 1.0;
                line[SUM] += weight;
                let upto = line[SUM];
                let of = measured.iter().zip(line[SUM + 1..].chunks_exact_mut(step)).zip(&mut into.ranges);
                for ((m, sums), range) in of {
                    let y = m.numerator[row];
                    range.add(y, m.denominator.as_ref().map(|x| x[row]));
                    sums[0] += weight * y;
                    if let Some(x) = &m.denominator {
                        sums[1] += weight * x[row];
                    }
                    if let [.., mean, spread] = sums
                        && into.layout.has_spread
                    {
                        let away = y - *mean;
                        *mean += weight / upto * away;
                        *spread += weight * away * (y - *mean);
                    }
                }
            }
        }
        Ok(())
    }

    /// Answers from all that was gathered; `None` where the rows turned out to be too different to be taken together.
    pub fn answer(&self, gathered: &Gathered) -> Result<Option<Answer>, Refusal> {
        if gathered.is_too_varied() {
            return Ok(None);
        }
        let n = gathered.cells.len();
        let table = |variables: Vec<Variable>| Table {
            name: self.file.clone(),
            variables,
            n_rows: n,
            origin: Some(gathered.first.clone()),
        };
        let units: Vec<u32> = gathered.cells.iter().map(|(unit, _)| *unit).collect();
        let weight: Vec<f64> = gathered.column(POSITIVE).map(|n| f64::from(u8::from(n > 0.0))).collect();
        let sample = match &gathered.factors {
            Some(factors) => {
                let mut columns: Vec<Variable> = vec![Variable::new(WEIGHT, Values::Numbers(weight))];
                let named = self.replicates.iter().zip(factors.columns(&units));
                columns.extend(named.map(|(name, factors)| Variable::new(name, Values::Numbers(factors))));
                let design = DesignRequest { weights: Some(WEIGHT.to_owned()), combined: false, ..self.design.clone() };
                Sample::of(&table(columns), None, &design)?
            }
            None => {
                let mut of_design = gathered.unit.variables(&self.of_design, &units);
                of_design.push(Variable::new(WEIGHT, Values::Numbers(weight)));
                let fpc = self.design.fpc.as_ref().map_or(0, |f| f.all().len());
                let ids = self.design.ids.as_ref().map(|ids| ids.all().iter().take(fpc + 1).cloned().collect());
                let ids = ids.map(OneOrMany::Many);
                let design = DesignRequest { weights: Some(WEIGHT.to_owned()), ids, ..self.design.clone() };
                Sample::of(&table(of_design), None, &design)?
            }
        };
        let of_question: Vec<String> = self.by.iter().chain(&self.categories).cloned().collect();
        // What is outside of the domain belongs to no group.
        let groups: Vec<u32> = gathered.cells.iter().map(|(_, group)| group.saturating_sub(1)).collect();
        let question = table(gathered.group.variables(&of_question, &groups));
        let domain: Vec<u32> = (0..n as u32).filter(|cell| gathered.cells[*cell as usize].1 != OUTSIDE).collect();
        let mut sums = gathered.sums(self.names());
        if !self.categories.is_empty() {
            sums = sums.by_category(&question, &domain, &self.categories)?;
        }
        answer_from(&question, &sample, self.statistic, &domain, Some(sums)).map(Some)
    }

    fn names(&self) -> Vec<String> {
        match (self.statistic.kind.as_str(), &self.statistic.numerator, &self.statistic.denominator) {
            ("ratio", Some(a), Some(b)) => vec![format!("{a}/{b}")],
            ("proportion", ..) => vec![String::new()],
            _ => self.statistic.vars.as_ref().map_or(Vec::new(), |v| v.all().to_vec()),
        }
    }
}

/// The group of rows outside of the domain.
const OUTSIDE: u32 = 0;

/// Places in a line of sums: rows with all values, rows that lack one, rows with all values and a weight, rows with a
/// weight, and Σ w of rows with all values. Of each variable follow Σ w y, of a ratio Σ w x, then mean and spread of y.
const WHOLE: usize = 0;
const MISSED: usize = 1;
const WEIGHTED: usize = 2;
const POSITIVE: usize = 3;
const SUM: usize = 4;

/// What a line of sums holds.
#[derive(Clone, Copy)]
struct Layout {
    n_measured: usize,
    has_ratio: bool,
    has_spread: bool,
}

impl Layout {
    /// Numbers of one variable.
    fn step(self) -> usize {
        1 + usize::from(self.has_ratio) + 2 * usize::from(self.has_spread)
    }
    fn width(self) -> usize {
        SUM + 1 + self.n_measured * self.step()
    }
}

/// Rows that were taken together.
pub struct Gathered {
    /// What the design tells apart.
    unit: Codes,
    /// What replicate weights tell apart, where there are such.
    factors: Option<Factors>,
    /// What the question tells apart.
    group: Codes,
    at: Places,
    /// Unit and group of each cell.
    cells: Vec<(u32, u32)>,
    /// Place of each cell's first row in the file.
    first: Vec<u64>,
    lines: Vec<f64>,
    /// By variable.
    ranges: Vec<Range>,
    layout: Layout,
}

impl Gathered {
    /// The cell of a unit and a group, made where there is none.
    fn cell(&mut self, unit: u32, group: u32, first: impl FnOnce() -> u64) -> usize {
        let slot = self.at.slot(unit, group);
        if *slot == NONE {
            *slot = self.cells.len() as u32;
            self.cells.push((unit, group));
            self.first.push(first());
            self.lines.resize(self.lines.len() + self.layout.width(), 0.0);
        }
        *slot as usize
    }

    fn is_too_varied(&self) -> bool {
        self.factors.as_ref().is_some_and(|factors| factors.is_too_varied)
    }

    /// Adds what was gathered from later rows of the file.
    pub fn merge(&mut self, later: &Gathered) {
        let groups = self.group.translate(&later.group);
        let units = match (&mut self.factors, &later.factors) {
            (Some(mine), Some(theirs)) => mine.translate(theirs),
            _ => self.unit.translate(&later.unit),
        };
        if self.is_too_varied() {
            return;
        }
        let (width, step) = (self.layout.width(), self.layout.step());
        self.ranges.iter_mut().zip(&later.ranges).for_each(|(mine, theirs)| mine.join(*theirs));
        for (other, (unit, group)) in later.cells.iter().enumerate() {
            let group = if *group == OUTSIDE { OUTSIDE } else { groups[*group as usize - 1] + 1 };
            let cell = self.cell(units[*unit as usize], group, || later.first[other]);
            let mine = &mut self.lines[cell * width..(cell + 1) * width];
            let theirs = &later.lines[other * width..(other + 1) * width];
            let (a, b) = (mine[SUM], theirs[SUM]);
            mine.iter_mut().zip(theirs).take(SUM + 1).for_each(|(mine, theirs)| *mine += theirs);
            let of = mine[SUM + 1..].chunks_exact_mut(step).zip(theirs[SUM + 1..].chunks_exact(step));
            for (mine, theirs) in of {
                let n_sums = 1 + usize::from(self.layout.has_ratio);
                mine.iter_mut().zip(theirs).take(n_sums).for_each(|(mine, theirs)| *mine += theirs);
                if let ([.., mean, spread], [.., other_mean, other_spread]) = (mine, theirs)
                    && self.layout.has_spread
                    && b > 0.0
                {
                    let away = other_mean - *mean;
                    *mean += b / (a + b) * away;
                    *spread += other_spread + a * b / (a + b) * away * away;
                }
            }
        }
    }

    fn column(&self, place: usize) -> impl Iterator<Item = f64> {
        self.lines.iter().skip(place).step_by(self.layout.width()).copied()
    }

    fn sums(&self, names: Vec<String>) -> Sums {
        let Layout { n_measured, has_ratio, has_spread } = self.layout;
        let step = self.layout.step();
        let none = || vec![0.0; self.cells.len()];
        let of = (0..n_measured).zip(names).map(|(i, name)| {
            let at = |offset: usize| self.column(SUM + 1 + i * step + offset).collect::<Vec<f64>>();
            Sum {
                name,
                y: at(0),
                x: has_ratio.then(|| at(1)),
                mean: if has_spread { at(step - 2) } else { none() },
                spread: if has_spread { at(step - 1) } else { none() },
                range: self.ranges[i],
            }
        });
        let count = |place: usize| self.column(place).map(|n| n as u32).collect::<Vec<u32>>();
        let weight: Vec<f64> = self.column(SUM).collect();
        Sums {
            n_whole: count(WHOLE),
            n_missing: count(MISSED),
            n_weighted: count(WEIGHTED),
            ones: weight.clone(),
            weight,
            of: of.collect(),
        }
    }
}

/// Where the cell of each unit and group is: a table with a row for each unit, as long as that is not mostly empty; else by
/// hash.
struct Places {
    table: Vec<u32>,
    /// Groups of each row of the table.
    stride: usize,
    hashed: Option<FxHashMap<u64, u32>>,
}

/// Places of a table that may be empty, beside those that are used.
const MOST_EMPTY: usize = 4 << 20;

impl Places {
    fn new() -> Places {
        Places { table: Vec::new(), stride: 8, hashed: None }
    }

    /// The place of a unit and a group; [`NONE`] where there is no cell yet.
    fn slot(&mut self, unit: u32, group: u32) -> &mut u32 {
        let (row, column) = (unit as usize, group as usize);
        if self.hashed.is_none() && (column >= self.stride || (row + 1) * self.stride > self.table.len()) {
            self.grow(row, column);
        }
        let key = u64::from(unit) << 32 | u64::from(group);
        match &mut self.hashed {
            Some(hashed) => hashed.entry(key).or_insert(NONE),
            None => &mut self.table[row * self.stride + column],
        }
    }

    fn grow(&mut self, row: usize, column: usize) {
        let stride = self.stride.max((column + 1).next_power_of_two());
        let n_rows = (row + 1).next_power_of_two().max(self.table.len() / self.stride);
        let n_found = self.table.iter().filter(|cell| **cell != NONE).count();
        let cells = self.table.chunks(self.stride).enumerate();
        if stride.saturating_mul(n_rows) > MOST_EMPTY + 4 * n_found {
            let mut hashed: FxHashMap<u64, u32> = FxHashMap::default();
            for (unit, row) in cells {
                for (group, cell) in row.iter().enumerate().filter(|(_, cell)| **cell != NONE) {
                    hashed.insert((unit as u64) << 32 | group as u64, *cell);
                }
            }
            self.hashed = Some(hashed);
            self.table = Vec::new();
            return;
        }
        let mut table = vec![NONE; stride * n_rows];
        for (unit, row) in cells {
            table[unit * stride..unit * stride + row.len()].copy_from_slice(row);
        }
        (self.table, self.stride) = (table, stride);
    }
}

/// Numbers for what some variables tell apart, in the order of appearance.
struct Codes {
    coders: Vec<Coder>,
    /// For each variable after the first: numbers of pairs of what came before and its own.
    pairs: Vec<Pairs>,
}

/// Numbers for pairs.
#[derive(Default)]
struct Pairs {
    at: FxHashMap<u64, u32>,
    of: Vec<(u32, u32)>,
}

impl Pairs {
    fn code(&mut self, a: u32, b: u32) -> u32 {
        let next = self.of.len() as u32;
        let code = *self.at.entry(u64::from(a) << 32 | u64::from(b)).or_insert(next);
        if code == next {
            self.of.push((a, b));
        }
        code
    }
}

impl Codes {
    fn of(n: usize) -> Codes {
        Codes { coders: (0..n).map(|_| Coder::new()).collect(), pairs: (1..n).map(|_| Pairs::default()).collect() }
    }

    /// A number for each row; 0 for all without variables. `missing` hears of the first row that lacks a variable.
    fn codes<'n>(
        &mut self,
        part: &Table,
        names: impl Iterator<Item = &'n String>,
        missing: impl Fn(&str, usize) -> Result<(), Refusal>,
    ) -> Result<Vec<u32>, Refusal> {
        let mut all = vec![0; part.n_rows];
        for (i, (coder, name)) in self.coders.iter_mut().zip(names).enumerate() {
            let own = coder.codes(part.variable(name).ok_or_else(|| unknown(name, part))?);
            if coder.missing != NONE
                && let Some(row) = own.iter().position(|code| *code == coder.missing)
            {
                missing(name, row)?;
            }
            match i.checked_sub(1) {
                None => all = own,
                Some(pair) => {
                    let pairs = &mut self.pairs[pair];
                    // Neighbours are often of one unit.
                    let mut last = (NONE, NONE, NONE);
                    for (code, own) in all.iter_mut().zip(own) {
                        if (last.0, last.1) != (*code, own) {
                            last = (*code, own, pairs.code(*code, own));
                        }
                        *code = last.2;
                    }
                }
            }
        }
        Ok(all)
    }

    /// My number for each of the other's.
    fn translate(&mut self, other: &Codes) -> Vec<u32> {
        let mut all = vec![0];
        for (i, (mine, theirs)) in self.coders.iter_mut().zip(&other.coders).enumerate() {
            let own = mine.translate(theirs);
            match i.checked_sub(1) {
                None => all = own,
                Some(pair) => {
                    let (mine, theirs) = (&mut self.pairs[pair], &other.pairs[pair]);
                    all = theirs.of.iter().map(|(a, b)| mine.code(all[*a as usize], own[*b as usize])).collect();
                }
            }
        }
        all
    }

    /// The variables with the values that numbers stand for.
    fn variables(&self, names: &[String], codes: &[u32]) -> Vec<Variable> {
        let mut rest = codes.to_vec();
        let mut variables = Vec::new();
        for (i, name) in names.iter().enumerate().rev() {
            let own: Vec<u32> = match i.checked_sub(1) {
                None => rest.clone(),
                Some(pair) => {
                    let of = &self.pairs[pair].of;
                    // Of rows outside of the domain nothing is told, and nothing is asked.
                    let split: Vec<(u32, u32)> =
                        rest.iter().map(|c| of.get(*c as usize).copied().unwrap_or_default()).collect();
                    rest = split.iter().map(|(before, _)| *before).collect();
                    split.into_iter().map(|(_, own)| own).collect()
                }
            };
            variables.push(Variable::new(name, self.coders[i].values(&own)));
        }
        variables.reverse();
        variables
    }
}

/// No number yet.
const NONE: u32 = u32::MAX;
/// Whole numbers below it have a table of their own.
const SMALL: f64 = 1_048_576.0;

/// Numbers for the values of one variable.
struct Coder {
    is_text: bool,
    /// The number of what is missing, once it came.
    missing: u32,
    levels: Vec<String>,
    known: FxHashMap<String, u32>,
    /// The number of each small whole number.
    small: Vec<u32>,
    others: FxHashMap<u64, u32>,
    numbers: Vec<f64>,
}

impl Coder {
    fn new() -> Coder {
        let (levels, known, small, others, numbers) = Default::default();
        Coder { is_text: false, missing: NONE, levels, known, small, others, numbers }
    }

    fn missing(&mut self) -> u32 {
        if self.missing == NONE {
            if self.is_text {
                self.missing = self.levels.len() as u32;
                self.levels.push(String::new());
            } else {
                self.missing = self.numbers.len() as u32;
                self.numbers.push(f64::NAN);
            }
        }
        self.missing
    }

    fn text(&mut self, text: &str) -> u32 {
        if let Some(code) = self.known.get(text) {
            return *code;
        }
        let code = self.levels.len() as u32;
        self.known.insert(text.to_owned(), code);
        self.levels.push(text.to_owned());
        code
    }

    fn number(&mut self, n: f64) -> u32 {
        if n.is_nan() {
            return self.missing();
        }
        let next = self.numbers.len() as u32;
        let slot = if (0.0..SMALL).contains(&n) && n.fract() == 0.0 {
            let at = n as usize;
            if at >= self.small.len() {
                self.small.resize((at + 1).next_power_of_two(), NONE);
            }
            &mut self.small[at]
        } else {
            // Zero has two signs and is one value; it is small.
            self.others.entry(n.to_bits()).or_insert(NONE)
        };
        if *slot == NONE {
            *slot = next;
            self.numbers.push(n + 0.0);
        }
        *slot
    }

    fn codes(&mut self, values: &Values) -> Vec<u32> {
        match values {
            Values::Numbers(numbers) => numbers.iter().map(|n| self.number(*n)).collect(),
            Values::Texts { levels, codes } => {
                self.is_text = true;
                let own: Vec<u32> = levels.iter().map(|level| self.text(level)).collect();
                codes.iter().map(|c| if *c == MISSING { self.missing() } else { own[*c as usize] }).collect()
            }
        }
    }

    fn translate(&mut self, other: &Coder) -> Vec<u32> {
        self.is_text |= other.is_text;
        match other.is_text {
            true => {
                let of = |(code, level): (usize, &String)| {
                    if code as u32 == other.missing { self.missing() } else { self.text(level) }
                };
                other.levels.iter().enumerate().map(of).collect()
            }
            false => other.numbers.iter().map(|n| self.number(*n)).collect(),
        }
    }

    fn values(&self, codes: &[u32]) -> Values {
        if self.is_text {
            let codes = codes.iter().map(|c| if *c == self.missing { MISSING } else { *c }).collect();
            return Values::Texts { levels: self.levels.clone(), codes };
        }
        Values::Numbers(codes.iter().map(|c| self.numbers.get(*c as usize).copied().unwrap_or(f64::NAN)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(of: impl Fn(u32) -> (u32, u32), is_hashed: bool) {
        let mut places = Places::new();
        for cell in 0..5_000 {
            let (unit, group) = of(cell);
            let slot = places.slot(unit, group);
            assert_eq!(*slot, NONE, "{cell}");
            *slot = cell;
        }
        for cell in 0..5_000 {
            let (unit, group) = of(cell);
            assert_eq!(*places.slot(unit, group), cell);
        }
        assert_eq!(places.hashed.is_some(), is_hashed);
    }

    #[test]
    fn cells_are_found_again_in_tables_that_grow() {
        check(|cell| (cell / 50, cell % 50), false);
        check(|cell| (cell % 50, cell / 50), false);
        // A table for these would be mostly empty.
        check(|cell| (cell, cell), true);
        check(|cell| (cell * 4_001, 0), true);
    }
}
