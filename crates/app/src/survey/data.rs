//! The data of a case: a file, files joined, rows left out, variables made of others.
//!
//! A case names its data in words: `households.csv`, `golden weights.csv` (a folder's own name for itself), `a.csv + b.csv`
//! (joined by the column that both have), `a.csv joined by id to b.csv`, `export.zip repeat members` (of an export of forms), `a.csv without stratum 82 except ea 83094`. The words
//! of a file of cases may say what a variable is: `sexl: sex 1 male, 2 female`, and `age group 0-4,5-14,65+` for `ageg`.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use diag::Diagnostic;
use engine::survey::{
    Refusal,
    codes::{SVY015, SVY016, SVY017, SVY018, SVY019},
};
use exchange::{NamedBytes, collected, read_microdata};
use lake::MicrodataFile;
use model::{
    microdata::{MISSING, Table, Values, Variable},
    value::Lang,
};
use rustc_hash::FxHashMap;

use crate::{
    check::read_path,
    error::AppError,
    households::{assembled, repeat as repeat_of},
};

/// Bytes of a file that is read whole, at most: in memory it takes some times as much.
const LARGEST: u64 = 1 << 30;

/// Where files are looked for, and those that were read.
pub(super) struct Library<'a> {
    folders: &'a [PathBuf],
    read: FxHashMap<String, Arc<Table>>,
    labels: Vec<Labelled>,
}

/// A variable made of another one: its values by their labels.
struct Labelled {
    name: String,
    of: String,
    bands: Vec<Band>,
}

/// From one number to another, both in, and what it is called.
struct Band {
    from: f64,
    to: f64,
    label: String,
}

impl<'a> Library<'a> {
    /// `words` are those of all cases: what one says of a variable holds for all.
    pub fn new(folders: &'a [PathBuf], words: &[&str]) -> Self {
        let labels = words.iter().flat_map(|words| labelled(words).into_iter().chain(age_groups(words))).collect();
        Library { folders, read: FxHashMap::default(), labels }
    }

    /// The table that words name.
    pub fn table(&mut self, words: &str) -> Result<Arc<Table>, Refusal> {
        if let Some(table) = self.read.get(words) {
            return Ok(table.clone());
        }
        let mut table = self.composed(words)?;
        for label in &self.labels {
            if table.variable(&label.name).is_none()
                && let Some(Values::Numbers(numbers)) = table.variable(&label.of)
            {
                let values = label.values(numbers);
                table.variables.push(Variable::new(&label.name, values));
            }
        }
        let table = Arc::new(table);
        self.read.insert(words.to_owned(), table.clone());
        Ok(table)
    }

    /// The table of `words` with variables that it lacks, each from a file beside it: one whose name begins with the same
    /// word (`popstan_households.csv`, `popstan_slum_flags.csv`) and that has exactly one row for each of the table's.
    /// `None` when no such file has one of them.
    pub fn with_variables(&mut self, words: &str, variables: &[String]) -> Result<Option<Arc<Table>>, Refusal> {
        let Some((last, before)) = variables.split_last() else { return self.table(words).map(Some) };
        let key = format!("{words}\0{}", variables.join("\0"));
        if let Some(table) = self.read.get(&key) {
            return Ok(Some(table.clone()));
        }
        let Some(table) = self.with_variables(words, before)? else { return Ok(None) };
        let Some(wider) = self.beside(&table, last) else { return Ok(None) };
        let wider = Arc::new(wider);
        self.read.insert(key, wider.clone());
        Ok(Some(wider))
    }

    fn beside(&mut self, table: &Table, variable: &str) -> Option<Table> {
        let word = table.name.split('_').next().filter(|w| *w != table.name)?;
        let mut names: Vec<String> = Vec::new();
        for folder in self.folders {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            names.extend(entries.filter_map(|entry| entry.file_name().into_string().ok()));
        }
        names.sort();
        let is_beside = |name: &&String| {
            name.strip_prefix(word).is_some_and(|rest| rest.starts_with('_'))
                && name.ends_with(".csv")
                && !table.name.contains(name.as_str())
        };
        names.iter().filter(is_beside).find_map(|name| {
            let other = self.table(name).ok().filter(|other| other.variable(variable).is_some())?;
            let key = other.variables.iter().find(|v| table.variable(&v.name).is_some())?.name.clone();
            joined(table, &other, &key).ok()
        })
    }

    fn composed(&mut self, words: &str) -> Result<Table, Refusal> {
        if let Some((left, right)) = words.split_once(" joined by ")
            && let Some((key, right)) = right.split_once(" to ")
        {
            let (left, right) = (self.table(left)?, self.table(right)?);
            return joined(&left, &right, key.trim());
        }
        if let Some((left, right)) = words.split_once(" + ") {
            let (left, right) = (self.table(left)?, self.table(right)?);
            let shared = right.variables.iter().find(|v| left.variable(&v.name).is_some());
            let key = shared.map(|v| v.name.clone()).unwrap_or_default();
            return joined(&left, &right, &key);
        }
        if let Some((file, repeat)) = words.split_once(" repeat ") {
            return self.repeat(plain(file), repeat.trim());
        }
        if let Some((file, rule)) = words.split_once(" without ") {
            let table = self.table(file)?;
            return without(&table, rule);
        }
        self.file(plain(words))
    }

    /// Where a file lies that is named on its own. A name is never a way out of the folders.
    fn path(&self, name: &str) -> Option<PathBuf> {
        let is_plain = !name.contains(['/', '\\']) && name != "..";
        self.folders.iter().map(|f| f.join(name)).find(|p| is_plain && p.is_file())
    }

    /// The file that words name, when it is one that can be gone through part by part and has all these variables.
    pub fn parts(&self, words: &str, variables: &[String]) -> Result<Option<MicrodataFile>, Refusal> {
        let name = plain(words);
        let Some(path) = self.path(name).filter(|_| is_parquet(name)) else { return Ok(None) };
        let file = MicrodataFile::open(&path)?;
        let known = file.variables();
        Ok(variables.iter().all(|v| known.contains(v)).then_some(file))
    }

    /// An export of forms with the repeat that is named.
    fn repeat(&self, name: &str, repeat: &str) -> Result<Table, Refusal> {
        let path = self.path(name).ok_or_else(|| self.missing(name))?;
        let first = |mut found: Vec<Diagnostic>| Box::new(found.swap_remove(0));
        let unread = |e: AppError| Box::new(Diagnostic::new(&SVY018).arg("file", name).arg("detail", e.to_string()));
        let files = read_path(&path).map_err(unread)?;
        let (table, _) = read_collected(files, Some(repeat), Lang::En).map_err(first)?;
        Ok(Table { name: name.to_owned(), ..table })
    }

    fn missing(&self, name: &str) -> Refusal {
        let looked = || self.folders.iter().map(|f| f.display().to_string()).collect::<Vec<_>>().join(", ");
        Box::new(Diagnostic::new(&SVY015).arg("file", name).arg("folders", looked()))
    }

    fn file(&self, name: &str) -> Result<Table, Refusal> {
        let path = self.path(name).ok_or_else(|| self.missing(name))?;
        read_file(&path, name).map_err(|mut found| Box::new(found.swap_remove(0)))
    }
}

/// A file of microdata that is read whole, whatever program wrote it.
///
/// Errors: a file that cannot be read, or is larger than 1 GiB and no Parquet; what is wrong in it.
pub(crate) fn read_file(path: &Path, name: &str) -> Result<Table, Vec<Diagnostic>> {
    if is_parquet(name) {
        let file = MicrodataFile::open(path).map_err(|found| vec![*found])?;
        return file.read(&file.variables()).map_err(|found| vec![*found]);
    }
    let unread = |e: std::io::Error| vec![Diagnostic::new(&SVY018).arg("file", name).arg("detail", e.to_string())];
    let size = fs::metadata(path).map_err(unread)?.len();
    if size > LARGEST {
        let found = Diagnostic::new(&SVY019).arg("file", name).arg("size", (size >> 20) as i64);
        return Err(vec![found.arg("limit", (LARGEST >> 20) as i64)]);
    }
    let bytes = fs::read(path).map_err(unread)?;
    let file = NamedBytes { name: name.to_owned(), bytes };
    if file.bytes.starts_with(b"PK") {
        return read_collected(vec![file], None, Lang::En).map(|(table, _)| Table { name: name.to_owned(), ..table });
    }
    Ok(read_microdata(&file)?.0)
}

/// The table of files that may be an export of forms, and the names of its repeats: persons with what is known of their
/// household where there is a repeat.
///
/// Errors: what [`collected`] refuses, and what is wrong in the files.
pub(crate) fn read_collected(
    files: Vec<NamedBytes>,
    repeat: Option<&str>,
    lang: Lang,
) -> Result<(Table, Vec<String>), Vec<Diagnostic>> {
    let made = collected(files, repeat_of(repeat), lang)?;
    let tables = made.files.iter().map(|file| Ok((file.name.clone(), read_microdata(file)?.0)));
    let (_, _, table) = assembled(tables.collect::<Result<_, Vec<Diagnostic>>>()?)?;
    Ok((table, made.repeats))
}

/// A folder's own name for itself is passed over.
fn plain(words: &str) -> &str {
    words.strip_prefix("golden ").unwrap_or(words).trim()
}

fn is_parquet(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".parquet")
}

/// Rows of the left table with the variables of the one row on the right that has the same key.
pub(crate) fn joined(left: &Table, right: &Table, key: &str) -> Result<Table, Refusal> {
    let wrong = |detail: String| {
        let found = Diagnostic::new(&SVY016).arg("left", &left.name).arg("right", &right.name).arg("key", key);
        Box::new(found.arg("detail", detail))
    };
    let (Some(a), Some(b)) = (left.variable(key), right.variable(key)) else { return Err(wrong(String::new())) };
    let mut at: FxHashMap<String, u32> = FxHashMap::default();
    for row in 0..right.n_rows {
        let shown = b.show(row);
        if at.insert(shown.clone(), row as u32).is_some() {
            return Err(wrong(shown));
        }
    }
    let mut rows = Vec::with_capacity(left.n_rows);
    for row in 0..left.n_rows {
        let shown = a.show(row);
        rows.push(*at.get(&shown).ok_or_else(|| wrong(shown))?);
    }
    let new = right.variables.iter().filter(|v| left.variable(&v.name).is_none());
    let taken = new.map(|v| v.with(v.values.take(&rows)));
    let variables = left.variables.iter().cloned().chain(taken).collect();
    Ok(Table {
        name: format!("{} + {}", left.name, right.name),
        variables,
        n_rows: left.n_rows,
        origin: left.origin.clone(),
    })
}

/// `stratum 82 except EA 83094 (…)`: rows of a stratum go, but for those of an area.
fn without(table: &Table, rule: &str) -> Result<Table, Refusal> {
    let rule = rule.split(" (").next().unwrap_or(rule);
    let (gone, stays) = rule.split_once(" except ").map_or((rule, None), |(a, b)| (a, Some(b)));
    let wrong = || Box::new(Diagnostic::new(&SVY017).arg("words", rule).arg("file", &table.name));
    let of = |words: &str| -> Option<Vec<bool>> {
        let (name, value) = words.trim().split_once(' ')?;
        let variable = table.variables.iter().find(|v| v.name.eq_ignore_ascii_case(name))?;
        Some((0..table.n_rows).map(|row| variable.values.show(row) == value.trim()).collect())
    };
    let gone = of(gone).ok_or_else(wrong)?;
    let stays = match stays {
        Some(words) => of(words).ok_or_else(wrong)?,
        None => vec![false; table.n_rows],
    };
    let rows: Vec<u32> = (0..table.n_rows as u32).filter(|r| !gone[*r as usize] || stays[*r as usize]).collect();
    Ok(table.take(&rows))
}

impl Labelled {
    fn values(&self, numbers: &[f64]) -> Values {
        let code = |n: &f64| self.bands.iter().position(|b| b.from <= *n && *n <= b.to).map_or(MISSING, |i| i as u32);
        let levels = self.bands.iter().map(|b| b.label.clone()).collect();
        Values::Texts { levels, codes: numbers.iter().map(code).collect() }
    }
}

/// `sexl: sex 1 male, 2 female` within brackets or up to the end.
fn labelled(words: &str) -> Option<Labelled> {
    let (before, after) = words.split_once(": ")?;
    let name = before.rsplit(['(', ' ']).next()?;
    let (of, list) = after.split(')').next()?.split_once(' ')?;
    let bands: Option<Vec<Band>> = list
        .split(',')
        .map(|part| {
            let (code, label) = part.trim().split_once(' ')?;
            let code = code.parse().ok()?;
            Some(Band { from: code, to: code, label: label.to_owned() })
        })
        .collect();
    Some(Labelled { name: name.to_owned(), of: of.to_owned(), bands: bands? })
}

/// `age group 0-4,5-14,65+`: what `ageg` is.
fn age_groups(words: &str) -> Option<Labelled> {
    let list = words.split_once("age group ")?.1.split(' ').next()?;
    let band = |part: &str| match part.split_once('-') {
        Some((from, to)) => Some(Band { from: from.parse().ok()?, to: to.parse().ok()?, label: part.to_owned() }),
        None => Some(Band { from: part.strip_suffix('+')?.parse().ok()?, to: f64::MAX, label: part.to_owned() }),
    };
    let bands: Option<Vec<Band>> = list.split(',').map(band).collect();
    Some(Labelled { name: "ageg".to_owned(), of: "age".to_owned(), bands: bands? })
}
