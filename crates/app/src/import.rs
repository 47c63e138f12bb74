//! An import is a diff that can be undone: read, compare, judge, show; write only when confirmed, all or nothing.

use std::{
    collections::HashSet,
    hash::{BuildHasher, Hasher, RandomState},
    sync::{Arc, PoisonError},
};

use checks::Filter;
use diag::Diagnostic;
use exchange::{Limits, Meta, NamedBytes, Reading};
use jiff::{Timestamp, civil::Date};
use lake::ParquetLimits;
use model::{Kind, Records, observations::Observations, value::Lang};
use register::{Edit, Proposal, access::Actor};
use rustc_hash::FxHashMap;
use snapshot::Snapshot;

use crate::{
    App,
    error::AppError,
    export::words,
    observed::{self, ObservedDiff},
    proposals::{Ready, Written, submit},
    view::{DiffLine, ImportCounts, ImportPreview},
    world::World,
};

/// Additions and changes shown at most; the counts say how many there are.
const MOST_SHOWN: usize = 200;
/// The checker runs over the result of an import up to this many observation rows; beyond, its page does.
pub(crate) const MOST_CHECKED: usize = 200_000;
/// Imports that wait for a word, at most.
const MOST_PENDING: usize = 16;

/// An import that waits for a word.
pub(crate) struct Pending {
    preview: Arc<ImportPreview>,
    reading: Reading,
    register_findings: Vec<Diagnostic>,
    edits: Vec<Edit>,
    observed: Arc<Observations>,
    /// The order of the observations, where it is known.
    order: Option<Vec<u32>>,
    against: u64,
}

/// Reads files and says what they would change. Nothing is written.
pub async fn preview_import(
    app: &App,
    name: &str,
    files: Vec<NamedBytes>,
    on: Date,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<ImportPreview, AppError> {
    let world = app.world().await?;
    // Reading is work for a processor, not for the event loop; the progress closure is borrowed, so the thread is lent.
    let pending = tokio::task::block_in_place(|| prepare(&world, name, files, on, progress));
    let pending = Arc::new(pending);
    let preview = pending.preview.clone();
    let mut held = app.pending().lock().unwrap_or_else(PoisonError::into_inner);
    if held.len() >= MOST_PENDING {
        held.clear();
    }
    held.insert(preview.token.clone(), pending);
    Ok(preview.as_ref().clone())
}

/// Reads one Parquet file, one workbook, one CSV file or the files of a folder.
pub(crate) fn read_files(mut files: Vec<NamedBytes>, progress: &(dyn Fn(u64, u64) + Sync)) -> Reading {
    let parquet = |f: &NamedBytes| f.bytes.starts_with(b"PAR1") || f.name.to_lowercase().ends_with(".parquet");
    match files.pop_if(|f| parquet(f)) {
        Some(file) if files.is_empty() => {
            let read = lake::read_parquet(&file.name, file.bytes, &ParquetLimits::STANDARD);
            Reading {
                n_rows_read: read.n_rows_read,
                n_rejected: read.n_rejected,
                all_diagnostics: read.diagnostics.clone(),
                diagnostics: read.diagnostics,
                order: read.order,
                observations: read.observations,
                ..Reading::default()
            }
        }
        held => {
            files.extend(held);
            exchange::read(&files, &Limits::STANDARD, progress)
        }
    }
}

/// A judged reading: what it would change, what the register says to it, and the state after it.
pub(crate) struct Judged {
    pub diff: register::Diff,
    pub observed: ObservedDiff,
    /// The rows that would be written; `None` when it is all rows of the reading.
    pub new: Option<Observations>,
    pub findings: Vec<Diagnostic>,
    pub after: Option<Records>,
}

/// Compares a reading with a world and asks the register's rules.
pub(crate) fn judge(world: &World, reading: &Reading, at: Timestamp) -> Judged {
    let before = world.records();
    let drafts = reading
        .records
        .iter()
        .map(|d| register::Draft { kind: d.kind, row: d.row.clone(), origin: Some(d.origin.clone()) })
        .collect();
    let diff = register::diff(before, drafts);
    let proposal = Proposal {
        author: String::new(),
        at,
        reason: String::new(),
        undoes: None,
        against: world.snapshot().position,
        edits: diff.edits(),
    };
    let (_, mut findings) = register::accept(before, proposal);
    let after = (!diff.added.is_empty() || !diff.changed.is_empty()).then(|| {
        let mut after = before.clone();
        for c in diff.added.iter().chain(&diff.changed) {
            // What is not well-formed has a finding already.
            let _ = after.put(c.draft.kind, &c.draft.row, c.draft.origin.clone());
        }
        after
    });
    let observed = observed::diff(&world.snapshot().observations, &reading.observations);
    // Only what would be written is judged: a row that is there already was judged when it came, and its period may
    // have been closed since. The usual large file brings new rows only, and is not copied.
    let all_new = observed.added.len() == reading.observations.len();
    let rows: Vec<usize> = if all_new {
        Vec::new()
    } else {
        observed.added.iter().copied().chain(observed.changed.iter().map(|(row, _)| *row)).collect()
    };
    let new = (!all_new).then(|| {
        let mut new = Observations::default();
        for row in &rows {
            new.push(&observed::new_row(&reading.observations, *row));
        }
        new
    });
    let pointer = |row: usize, field: &str| {
        let row = if all_new { Some(row) } else { rows.get(row).copied() };
        row.and_then(|row| reading.observation_origins.of(row)).map(|o| o.pointer(Some(field))).unwrap_or_default()
    };
    let written = new.as_ref().unwrap_or(&reading.observations);
    findings.extend(register::accept_observations(before, after.as_ref().unwrap_or(before), written, at, &pointer));
    Judged { diff, observed, new, findings, after }
}

/// Reads files and judges them: the edits and observations that differ from what is there, and everything found.
pub(crate) fn judge_files(
    world: &World,
    files: Vec<NamedBytes>,
    at: Timestamp,
) -> ((Vec<Edit>, Observations), Vec<Diagnostic>) {
    let mut reading = read_files(files, &|_, _| {});
    let judged = judge(world, &reading, at);
    let mut found = std::mem::take(&mut reading.all_diagnostics);
    found.extend(judged.findings);
    let observed = judged.new.unwrap_or(reading.observations);
    ((judged.diff.edits(), observed), found)
}

fn prepare(
    world: &World,
    name: &str,
    files: Vec<NamedBytes>,
    on: Date,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Pending {
    let mut reading = read_files(files, progress);
    // Closures are compared with the instant of writing; for the preview that is the day asked about.
    let at = on.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp());
    let judged = judge(world, &reading, at);
    let current = &world.snapshot().observations;
    let (added, changed) = lines(&judged, &reading, current);
    let by_kind = counts(&judged, &reading);
    let mut counts = ImportCounts { rejected: reading.n_rejected, ..ImportCounts::default() };
    for (_, c) in &by_kind {
        counts.added += c.added;
        counts.changed += c.changed;
        counts.unchanged += c.unchanged;
    }
    let refused: HashSet<(&str, &str)> = judged
        .findings
        .iter()
        .filter(|d| d.blocks())
        .filter_map(|d| d.record.as_ref().map(|r| (r.kind, r.id.as_str())))
        .collect();
    counts.rejected += refused.len();
    let mut diagnostics = reading.diagnostics.clone();
    diagnostics.extend(judged.findings.iter().cloned());
    diagnostics.sort_by_key(|d| std::cmp::Reverse(d.severity));
    let n_errors =
        reading.all_diagnostics.iter().chain(&judged.findings).filter(|d| d.blocks()).map(|d| 1 + d.n_more).sum();
    let any = counts.added + counts.changed > 0;
    let order = judged.new.is_none().then(|| std::mem::take(&mut reading.order));
    let new = judged.new.unwrap_or_else(|| std::mem::take(&mut reading.observations));
    let (new_findings, n_ended_findings) = if n_errors == 0 && any && current.len() + new.len() <= MOST_CHECKED {
        effect(world, judged.after, &new, on)
    } else {
        (Vec::new(), 0)
    };
    let preview = ImportPreview {
        token: token(),
        name: name.to_owned(),
        counts,
        by_kind,
        added,
        changed,
        diagnostics,
        n_errors,
        new_findings,
        n_ended_findings,
        can_confirm: n_errors == 0 && any,
    };
    Pending {
        preview: Arc::new(preview),
        edits: judged.diff.edits(),
        register_findings: judged.findings,
        observed: Arc::new(new),
        order,
        reading,
        against: world.snapshot().position,
    }
}

/// A name that nobody can guess: the operating system seeds the hasher.
pub(crate) fn token() -> String {
    let part = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", part(), part())
}

fn lines(judged: &Judged, reading: &Reading, current: &Observations) -> (Vec<DiffLine>, Vec<DiffLine>) {
    let record = |c: &register::Changed| DiffLine {
        kind: c.draft.kind,
        id: c.id.clone(),
        pointer: c.draft.origin.as_ref().map(|o| o.pointer(None)).unwrap_or_default(),
        fields: c.fields.clone(),
    };
    let observation = |row: usize, held: Option<usize>| DiffLine {
        kind: Kind::Observation,
        id: reading.observations.row(row).id(),
        pointer: reading.observation_origins.of(row).map(|o| o.pointer(None)).unwrap_or_default(),
        fields: observed::changes(held.map(|h| (current, h)), &reading.observations, row),
    };
    let added = judged.diff.added.iter().map(record).chain(judged.observed.added.iter().map(|r| observation(*r, None)));
    let changed = judged
        .diff
        .changed
        .iter()
        .map(record)
        .chain(judged.observed.changed.iter().map(|(r, held)| observation(*r, Some(*held))));
    (added.take(MOST_SHOWN).collect(), changed.take(MOST_SHOWN).collect())
}

fn counts(judged: &Judged, reading: &Reading) -> Vec<(Kind, ImportCounts)> {
    let mut by_kind: FxHashMap<Kind, ImportCounts> = FxHashMap::default();
    judged.diff.added.iter().for_each(|c| by_kind.entry(c.draft.kind).or_default().added += 1);
    judged.diff.changed.iter().for_each(|c| by_kind.entry(c.draft.kind).or_default().changed += 1);
    judged.diff.unchanged.iter().for_each(|(k, n)| by_kind.entry(*k).or_default().unchanged += n);
    if !reading.observations.is_empty() {
        let held = by_kind.entry(Kind::Observation).or_default();
        held.added += judged.observed.added.len();
        held.changed += judged.observed.changed.len();
        held.unchanged += judged.observed.n_unchanged;
    }
    reading.rejected.iter().for_each(|r| by_kind.entry(r.kind).or_default().rejected += 1);
    let mut list: Vec<_> = by_kind.into_iter().collect();
    list.sort_by_key(|(k, _)| *k);
    list
}

/// What the checker would say more, and how much less, after the import.
pub(crate) fn effect(world: &World, after: Option<Records>, new: &Observations, on: Date) -> (Vec<Diagnostic>, usize) {
    let mut observations = Observations::clone(&world.snapshot().observations);
    let replaced = observed::diff(&observations, new);
    for row in 0..new.len() {
        observations.push(&observed::new_row(new, row));
    }
    // Rows that are replaced count for the checker no more.
    let gone: HashSet<usize> = replaced.changed.iter().map(|(_, held)| *held).collect();
    if !gone.is_empty() {
        let mut kept = Observations::default();
        for row in (0..observations.len()).filter(|r| !gone.contains(r)) {
            kept.push(&observed::new_row(&observations, row));
        }
        observations = kept;
    }
    let records = after.unwrap_or_else(|| world.records().clone());
    let snapshot = Snapshot { records, observations: observations.into(), ..Snapshot::default() };
    let now = checks::check(&snapshot, on, &Filter::ALL);
    let before = world.findings(None, on);
    let key = |d: &Diagnostic| (d.code.id, d.record.clone(), d.field.clone());
    let known: HashSet<_> = before.diagnostics.iter().map(key).collect();
    let stays: HashSet<_> = now.diagnostics.iter().map(key).collect();
    let ended = before.diagnostics.iter().filter(|d| d.waived.is_none() && !stays.contains(&key(d))).count();
    let fresh = now.diagnostics.into_iter().filter(|d| d.waived.is_none() && !known.contains(&key(d))).collect();
    (fresh, ended)
}

/// An import that waits for a word.
pub fn preview(app: &App, token: &str) -> Option<Arc<ImportPreview>> {
    pending(app, token).map(|p| p.preview.clone())
}

fn pending(app: &App, token: &str) -> Option<Arc<Pending>> {
    app.pending().lock().unwrap_or_else(PoisonError::into_inner).get(token).cloned()
}

/// Submits an import: one change with its records and one segment of observations, or nothing.
pub async fn confirm_import(
    app: &App,
    token: &str,
    by: &Actor,
    reason: &str,
    at: Timestamp,
) -> Result<Result<Written, Vec<Diagnostic>>, AppError> {
    let pending = pending(app, token).filter(|p| p.preview.can_confirm).ok_or(AppError::Expired)?;
    let ready = Ready {
        reason: reason.to_owned(),
        edits: pending.edits.clone(),
        observed: pending.observed.clone(),
        order: pending.order.clone(),
        against: pending.against,
        judged_at: Some(pending.against),
        ..Ready::default()
    };
    let written = submit(app, by, ready, at).await?;
    if written.is_ok() {
        app.pending().lock().unwrap_or_else(PoisonError::into_inner).remove(token);
    }
    Ok(written)
}

/// All findings of an import as CSV: ten thousand errors belong into a spreadsheet.
pub fn all_findings_csv(app: &App, token: &str, lang: Lang) -> Option<Vec<u8>> {
    let pending = pending(app, token)?;
    let mut out =
        String::from("\u{feff}severity,code,file,sheet,row,column,cell,field,value,record,message,remedy\r\n");
    for d in pending.reading.all_diagnostics.iter().chain(&pending.register_findings) {
        let words = locale::explained(lang, d);
        let p = &d.pointer;
        let cells = [
            d.severity.as_str().to_owned(),
            d.code.id.to_owned(),
            p.file.clone().unwrap_or_default(),
            p.sheet.clone().unwrap_or_default(),
            p.row.map_or(String::new(), |r| r.to_string()),
            p.column.map_or(String::new(), |c| c.to_string()),
            p.cell().unwrap_or_default(),
            d.field.clone().unwrap_or_default(),
            p.value.clone().unwrap_or_default(),
            d.record.as_ref().map_or(String::new(), |r| format!("{} {}", r.kind, r.id)),
            words.message,
            words.remedy,
        ];
        let quoted: Vec<String> = cells.iter().map(|c| csv_cell(c)).collect();
        out.push_str(&quoted.join(","));
        out.push_str("\r\n");
    }
    Some(out.into_bytes())
}

/// A cell that no spreadsheet takes for a formula.
pub(crate) fn csv_cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// The rejected rows of an import as a workbook to mend and send back.
pub fn corrections_xlsx(app: &App, token: &str, lang: Lang) -> Option<Vec<u8>> {
    let pending = pending(app, token)?;
    let meta = Meta {
        created: Timestamp::UNIX_EPOCH,
        title: pending.preview.name.clone(),
        language: lang,
        fingerprint: None,
        as_of: None,
    };
    let message = |d: &Diagnostic| {
        let words = locale::explained(lang, d);
        format!("{} {} {}", d.code.id, words.message, words.remedy)
    };
    exchange::write_corrections(&pending.reading, &message, &meta, &words(lang).text()).ok()
}
