//! An export as its tables: the submissions, the repeats, and which row of which table each row belongs to.

use diag::Diagnostic;
use rustc_hash::FxHashMap;

use super::grid::{Grid, stem};
use crate::{codes, read::Findings};

/// The program that wrote an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// ODK Central or Briefcase: `KEY` and `PARENT_KEY`, groups joined by `-`.
    Odk,
    /// KoboToolbox: `_index` and `_parent_index`, groups joined by `/` or another sign.
    Kobo,
}

/// A table of an export.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) grid: Grid,
    /// What a person calls it.
    pub(super) name: String,
    /// The table that its rows belong to, and for each row the row there; none for submissions.
    pub(super) parent: Option<(usize, Vec<u32>)>,
}

/// An export.
#[derive(Debug)]
pub(super) struct Export {
    pub(super) origin: Origin,
    /// The submissions first.
    pub(super) levels: Vec<Level>,
    /// What identifies each submission.
    pub(super) keys: Vec<String>,
}

/// Which program's table a header is.
pub(super) fn origin_of(names: &[String]) -> Option<Origin> {
    let has = |name: &str| names.iter().any(|own| own.trim() == name);
    let ends = |end: &str| names.iter().any(|own| own.trim().ends_with(end));
    let is_child = has("PARENT_KEY") || names.iter().any(|own| own.trim().starts_with("SET-OF-"));
    if is_child || has("KEY") && (has("SubmissionDate") || ends("instanceID")) {
        return Some(Origin::Odk);
    }
    let is_kobo = has("_index") && (has("_parent_index") || has("_uuid") || has("_id"));
    (is_kobo || has("_uuid") && has("_submission_time")).then_some(Origin::Kobo)
}

/// Joins the tables of an export.
///
/// Errors: no table of submissions or more than one (`XCH052`); a submission or a row twice (`XCH055`); a row whose parent is
/// not there (`XCH056`); a row without its key (`XCH045`).
pub(super) fn joined(origin: Origin, grids: Vec<Grid>) -> Result<Export, Vec<Diagnostic>> {
    let parent_of = if origin == Origin::Odk { "PARENT_KEY" } else { "_parent_index" };
    let (roots, children): (Vec<Grid>, Vec<Grid>) = grids.into_iter().partition(|g| g.find(&[parent_of]).is_none());
    let mut roots = roots.into_iter();
    let (Some(root), None) = (roots.next(), roots.next()) else {
        let tables: Vec<&str> = children.iter().map(Grid::title).collect();
        let file = children.first().map_or_else(String::new, |g| g.file.clone());
        return Err(vec![Diagnostic::new(&codes::XCH052).arg("file", file).arg("tables", tables.join(", "))]);
    };
    let mut found = Findings::new(super::MOST_FOUND);
    let keys = submissions(origin, &root, &mut found);
    let form = root.title().to_owned();
    let name = |grid: &Grid| {
        let title = grid.title();
        let inner = title.strip_prefix(form.as_str()).filter(|_| grid.sheet.is_empty());
        inner.map_or(title, |rest| rest.trim_start_matches(['-', '_', ' '])).to_owned()
    };
    let mut levels = vec![Level { name: form.clone(), grid: root, parent: None }];
    levels.extend(children.into_iter().map(|grid| Level { name: name(&grid), grid, parent: None }));
    let parents = match origin {
        Origin::Odk => by_key(&levels, &mut found),
        Origin::Kobo => by_index(&levels, &mut found),
    };
    for (level, parent) in levels.iter_mut().skip(1).zip(parents) {
        level.parent = Some(parent);
    }
    let (found, _) = found.finish();
    if found.iter().any(Diagnostic::blocks) {
        return Err(found);
    }
    // Tables that are each other's parents lead to no submission.
    let leads = |mut at: usize| {
        for _ in 0..levels.len() {
            match levels.get(at).and_then(|l| l.parent.as_ref()) {
                Some((above, _)) => at = *above,
                None => return true,
            }
        }
        false
    };
    if let Some(lost) = (0..levels.len()).find(|at| !leads(*at)).and_then(|at| levels.get(at)) {
        return Err(vec![Diagnostic::new(&codes::XCH052).arg("file", &lost.grid.file).arg("tables", &lost.name)]);
    }
    Ok(Export { origin, levels, keys })
}

/// What identifies each submission: each is there once.
fn submissions(origin: Origin, root: &Grid, found: &mut Findings) -> Vec<String> {
    let names: &[&str] = match origin {
        Origin::Odk => &["KEY"],
        Origin::Kobo => &["_uuid", "meta/instanceID", "meta_instanceID", "instanceID", "_id", "_index"],
    };
    match root.find(names) {
        Some(column) => unique(root, column, found),
        // A table of one level that says no key: its rows are their own.
        None => (0..root.n_rows()).map(|row| (row + 1).to_string()).collect(),
    }
}

fn unique(grid: &Grid, column: usize, found: &mut Findings) -> Vec<String> {
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    for (row, key) in grid.column(column).enumerate() {
        let name = grid.names.get(column).map_or("", String::as_str);
        if key.is_empty() {
            found.push(Diagnostic::new(&codes::XCH045).arg("column", name).at(grid.at(Some(row), Some(column))));
        } else if let Some(before) = first.insert(key, row) {
            first.insert(key, before);
            let twice = Diagnostic::new(&codes::XCH055).arg("row", grid.number(row).to_string()).arg("key", key);
            let twice = twice.arg("first_row", grid.number(before).to_string()).arg("table", grid.title());
            found.push(twice.at(grid.at(Some(row), Some(column))));
        }
    }
    grid.column(column).map(str::to_owned).collect()
}

/// A row whose parent is not there.
fn orphan(grid: &Grid, row: usize, column: usize, key: &str) -> Diagnostic {
    let found = Diagnostic::new(&codes::XCH056).arg("row", grid.number(row).to_string()).arg("key", key);
    found.arg("table", grid.title()).at(grid.at(Some(row), Some(column)))
}

/// Rows by the key of their parent, whichever table has it.
fn by_key(levels: &[Level], found: &mut Findings) -> Vec<(usize, Vec<u32>)> {
    let mut at: FxHashMap<&str, (usize, u32)> = FxHashMap::default();
    for (l, level) in levels.iter().enumerate() {
        let Some(column) = level.grid.find(&["KEY"]) else { continue };
        if l > 0 {
            unique(&level.grid, column, found);
        }
        for (row, key) in level.grid.column(column).enumerate() {
            at.entry(key).or_insert((l, u32::try_from(row).unwrap_or(u32::MAX)));
        }
    }
    let rows_of = |level: &Level| {
        let Some(column) = level.grid.find(&["PARENT_KEY"]) else { return (0, Vec::new()) };
        // The rows of a table belong to one table; the first that is found says which.
        let above = level.grid.column(column).find_map(|key| at.get(key)).map_or(0, |(l, _)| *l);
        let mut rows = Vec::with_capacity(level.grid.n_rows());
        for (row, key) in level.grid.column(column).enumerate() {
            match at.get(key).filter(|(l, _)| *l == above) {
                Some((_, parent)) => rows.push(*parent),
                None => found.push(orphan(&level.grid, row, column, key)),
            }
        }
        (above, rows)
    };
    levels.iter().skip(1).map(rows_of).collect()
}

/// Rows by the number of their parent in the table that they name.
fn by_index(levels: &[Level], found: &mut Findings) -> Vec<(usize, Vec<u32>)> {
    let mut at: Vec<FxHashMap<String, u32>> = Vec::new();
    for level in levels {
        let own = level.grid.find(&["_index"]);
        if let Some(column) = own {
            unique(&level.grid, column, found);
        }
        let number = |row: usize| own.map_or_else(|| (row + 1).to_string(), |c| whole(level.grid.cell(row, c)));
        let numbered = |row: usize| (number(row), u32::try_from(row).unwrap_or(u32::MAX));
        at.push((0..level.grid.n_rows()).map(numbered).collect());
    }
    let rows_of = |level: &Level| {
        let Some(column) = level.grid.find(&["_parent_index"]) else { return (0, Vec::new()) };
        let named = level
            .grid
            .find(&["_parent_table_name"])
            .map_or("", |c| level.grid.column(c).find(|name| !name.is_empty()).unwrap_or_default());
        let above = sheet_named(levels, named).unwrap_or(0);
        let mut rows = Vec::with_capacity(level.grid.n_rows());
        for (row, key) in level.grid.column(column).enumerate() {
            match at.get(above).and_then(|keys| keys.get(&whole(key))) {
                Some(parent) => rows.push(*parent),
                None => found.push(orphan(&level.grid, row, column, key)),
            }
        }
        (above, rows)
    };
    levels.iter().skip(1).map(rows_of).collect()
}

/// The table of a sheet's full name: sheets have 31 characters at most, so that longer names are cut, some with dots.
fn sheet_named(levels: &[Level], name: &str) -> Option<usize> {
    let exact =
        levels.iter().position(|l| l.grid.sheet == name || stem(&l.grid.file) == name && l.grid.sheet.is_empty());
    exact.or_else(|| {
        let is_cut = |l: &&Level| {
            let sheet = l.grid.sheet.as_str();
            let bare = sheet.split_once("...").or_else(|| sheet.split_once('…')).map_or(sheet, |(start, _)| start);
            sheet.chars().count() >= 28 && name.starts_with(bare)
        };
        let mut cut = levels.iter().enumerate().filter(|(_, l)| is_cut(l)).map(|(i, _)| i);
        cut.next().filter(|_| cut.next().is_none())
    })
}

/// A number as a whole one: a cell of numbers may say `3.0`.
fn whole(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        _ => text.to_owned(),
    }
}
