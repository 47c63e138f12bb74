//! The files of a survey on this node: kept by the fingerprint of their bytes, read as one table.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use diag::Diagnostic;
use engine::survey::codes::{SVY016, SVY018};
use exchange::NamedBytes;
use model::{
    kinds::Survey,
    microdata::{Table, Values},
};
use rustc_hash::FxHashMap;

use crate::{
    App,
    error::AppError,
    survey::{joined_tables, read_file},
};

/// Between the files of people and those that say what values mean, in a survey's `file`.
const LABELS: &str = "; ";
/// Between files that are joined.
const JOINED: &str = " + ";
/// The key of a repeat's rows in files made of an export.
const ROW_KEY: &str = "row_key";
/// Begins the name of a folder whose files are still being written.
const HALF: &str = "half-";

/// A survey's files, read.
pub(super) struct ReadFiles {
    /// What the survey's record calls them.
    pub name: String,
    /// Fingerprint of their names and bytes.
    pub fingerprint: String,
    /// One table: of persons joined to households where both were given.
    pub table: Table,
}

/// Reads files of a folder as one table: data joined by the variable that they share, values labelled where a file of labels says
/// what they mean.
///
/// Errors: files that cannot be read or joined, or no data among them.
fn read(folder: &Path, names: &[String]) -> Result<ReadFiles, Vec<Diagnostic>> {
    let read = |name: &String| Ok((name.clone(), read_file(&folder.join(name), name)?));
    let (name, order, table) = assembled(names.iter().map(read).collect::<Result<_, Vec<Diagnostic>>>()?)?;
    Ok(ReadFiles { name, fingerprint: fingerprint(folder, &order)?, table })
}

/// Tables by the names of their files as one table; what a survey's record calls them, and the order of the names in it.
///
/// Errors: no data among them, or tables that share no variable.
pub(crate) fn assembled(all: Vec<(String, Table)>) -> Result<(String, Vec<String>, Table), Vec<Diagnostic>> {
    let first = all.first().map_or_else(String::new, |(name, _)| name.clone());
    let is_labels = |(_, table): &(String, Table)| ["variable", "value"].iter().all(|n| table.variable(n).is_some());
    let (labels, mut data): (Vec<_>, Vec<_>) = all.into_iter().partition(is_labels);
    // The file of persons has more rows than that of households.
    data.sort_by_key(|(_, table)| std::cmp::Reverse(table.n_rows));
    let joined_names =
        |of: &[(String, Table)]| of.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(JOINED);
    let mut name = joined_names(&data);
    if !labels.is_empty() {
        name = format!("{name}{LABELS}{}", joined_names(&labels));
    }
    let order: Vec<String> = data.iter().chain(&labels).map(|(name, _)| name.clone()).collect();
    // A repeat has its rows' own key, however few its rows are.
    data.sort_by_key(|(_, table)| table.variable(ROW_KEY).is_none());
    let mut tables = data.into_iter().map(|(_, table)| table);
    let Some(mut table) = tables.next() else {
        return Err(vec![Diagnostic::new(&SVY018).arg("file", first).arg("detail", "variable, value")]);
    };
    for other in tables {
        let shared = other.variables.iter().find(|v| table.variable(&v.name).is_some());
        let Some(key) = shared.map(|v| v.name.clone()) else {
            let found = Diagnostic::new(&SVY016).arg("left", &table.name).arg("right", &other.name);
            return Err(vec![found.arg("key", "").arg("detail", "")]);
        };
        table = joined_tables(&table, &other, &key).map_err(|found| vec![*found])?;
    }
    labels.iter().for_each(|(_, of)| label(&mut table, of));
    Ok((name, order, table))
}

fn fingerprint(folder: &Path, names: &[String]) -> Result<String, Vec<Diagnostic>> {
    let mut all = blake3::Hasher::new();
    for name in names {
        let unread = |e: std::io::Error| vec![Diagnostic::new(&SVY018).arg("file", name).arg("detail", e.to_string())];
        let mut one = blake3::Hasher::new();
        one.update_reader(fs::File::open(folder.join(name)).map_err(unread)?).map_err(unread)?;
        all.update(blake3::hash(name.as_bytes()).as_bytes());
        all.update(one.finalize().as_bytes());
    }
    Ok(all.finalize().to_hex().to_string())
}

/// Puts what variables and values are called into a table. A file's own labels stay where the list has none.
fn label(table: &mut Table, labels: &Table) {
    let text = |name: &str, row: usize| labels.variable(name).map_or_else(String::new, |values| values.show(row));
    let mut by_name: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for row in 0..labels.n_rows {
        by_name.entry(text("variable", row)).or_default().push(row);
    }
    for variable in &mut table.variables {
        for row in by_name.get(&variable.name).into_iter().flatten() {
            let (name, value) = (text("label", *row), text("value", *row));
            if !name.is_empty() {
                variable.label = name;
            }
            let meaning = text("value_label", *row);
            if !value.is_empty() && !meaning.is_empty() {
                variable.labels.retain(|(of, _)| *of != value);
                variable.labels.push((value, meaning));
            }
        }
    }
}

/// Keeps files in the node's folder and reads them. Files that cannot be read are not kept; files with the same bytes that are
/// there already are left alone.
///
/// Errors: a name that is a way to elsewhere, a folder that cannot be written; findings in the files.
pub(super) fn keep(app: &App, files: &[NamedBytes]) -> Result<Result<ReadFiles, Vec<Diagnostic>>, AppError> {
    let folder = app.folder()?.microdata();
    if let Some(file) = files.iter().find(|f| !is_plain_name(&f.name)) {
        return Err(AppError::File { path: file.name.clone().into(), detail: "/ \\ : ; +".to_owned() });
    }
    fs::create_dir_all(&folder).map_err(|e| AppError::file(&folder, &e))?;
    let _loading = loading(&folder)?;
    let half = tempfile::Builder::new().prefix(HALF).tempdir_in(&folder).map_err(|e| AppError::file(&folder, &e))?;
    for file in files {
        let path = half.path().join(&file.name);
        let write = || -> std::io::Result<()> {
            let mut out = fs::File::create(&path)?;
            out.write_all(&file.bytes)?;
            out.sync_all()
        };
        write().map_err(|e| AppError::file(&path, &e))?;
    }
    let names: Vec<String> = files.iter().map(|f| f.name.clone()).collect();
    let read = match read(half.path(), &names) {
        Ok(read) => read,
        Err(found) => return Ok(Err(found)),
    };
    let place = folder.join(&read.fingerprint);
    if !place.exists() {
        // A folder under its own name is whole.
        fs::rename(half.path(), &place).map_err(|e| AppError::file(&place, &e))?;
    }
    Ok(Ok(read))
}

/// Says that files are being loaded, until it is dropped. Where nobody else does, what a load that was killed left is removed.
fn loading(folder: &Path) -> Result<fs::File, AppError> {
    let path = folder.join(".loading");
    let fail = |e: &std::io::Error| AppError::file(&path, e);
    let lock = fs::File::options().create(true).truncate(false).write(true).open(&path).map_err(|e| fail(&e))?;
    if lock.try_lock().is_ok() {
        let entries = fs::read_dir(folder).map_err(|e| fail(&e))?;
        for entry in entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with(HALF)) {
            // What cannot be removed is in nobody's way; the next load tries again.
            let _ = fs::remove_dir_all(entry.path());
        }
        lock.unlock().map_err(|e| fail(&e))?;
    }
    lock.lock_shared().map_err(|e| fail(&e))?;
    Ok(lock)
}

/// Whether a file's name can be kept as it is: a name, no way to elsewhere, and not what separates names.
pub(super) fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && !name.contains(['/', '\\', '\0', ':'])
        && !name.contains(JOINED)
        && !name.contains(LABELS)
}

fn place(app: &App, survey: &Survey) -> Result<PathBuf, AppError> {
    // The fingerprint is typed by whoever edits the record; it is never a path.
    let is_hash = survey.fingerprint.0.len() == 64 && survey.fingerprint.0.bytes().all(|b| b.is_ascii_hexdigit());
    let missing = || AppError::File { path: survey.file.clone().into(), detail: survey.fingerprint.0.clone() };
    Ok(app.folder()?.microdata().join(is_hash.then_some(survey.fingerprint.0.as_str()).ok_or_else(missing)?))
}

/// Whether this node holds the files of a survey.
pub fn survey_files_are_here(app: &App, survey: &Survey) -> bool {
    place(app, survey).is_ok_and(|place| place.is_dir())
}

/// The table of a survey's files.
///
/// Errors: files that this node does not hold, or that are not those that the survey was loaded with.
pub(super) fn table(app: &App, survey: &Survey) -> Result<Result<Table, Vec<Diagnostic>>, AppError> {
    let place = place(app, survey)?;
    let names = survey.file.split(LABELS).flat_map(|names| names.split(JOINED)).filter(|name| is_plain_name(name));
    let names: Vec<String> = names.map(str::to_owned).collect();
    if !place.is_dir() {
        return Err(AppError::File { path: survey.file.clone().into(), detail: survey.fingerprint.0.clone() });
    }
    Ok(read(&place, &names).and_then(|read| {
        if read.fingerprint == survey.fingerprint.0 {
            return Ok(read.table);
        }
        Err(vec![Diagnostic::new(&SVY018).arg("file", &survey.file).arg("detail", survey.fingerprint.0.clone())])
    }))
}

/// The different values of a variable with their labels, at most so many.
pub(super) fn answers(table: &Table, name: &str, most: usize) -> Option<Vec<(String, String)>> {
    let variable = table.variables.iter().find(|v| v.name == name)?;
    let labelled = |value: String| {
        let label = variable.labels.iter().find(|(of, _)| *of == value).map_or_else(String::new, |(_, l)| l.clone());
        (value, label)
    };
    let values: Vec<String> = match &variable.values {
        Values::Texts { levels, codes } => {
            let mut used = vec![false; levels.len()];
            codes.iter().filter(|c| (**c as usize) < levels.len()).for_each(|c| used[*c as usize] = true);
            levels.iter().zip(used).filter(|(_, used)| *used).map(|(level, _)| level.clone()).collect()
        }
        Values::Numbers(numbers) => {
            let mut distinct: Vec<f64> = Vec::new();
            for n in numbers.iter().filter(|n| !n.is_nan()) {
                if !distinct.contains(n) {
                    distinct.push(*n);
                    if distinct.len() > most {
                        return None;
                    }
                }
            }
            distinct.sort_by(f64::total_cmp);
            distinct.into_iter().map(|n| n.to_string()).collect()
        }
    };
    (values.len() <= most).then(|| values.into_iter().map(labelled).collect())
}
