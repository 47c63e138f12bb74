//! Reading the audit: who did, saw and took out what.

use jiff::Timestamp;
use register::access::{Actor, Deed, Subject};
pub use store::{AuditFilter, Audited};

use crate::{App, error::AppError, people};

/// Entries in one file at most.
const MOST: u32 = 100_000;

/// Entries, newest first.
pub async fn audited(
    app: &App,
    by: &Actor,
    filter: &AuditFilter,
    limit: u32,
    now: Timestamp,
) -> Result<Vec<Audited>, AppError> {
    people::require(app, by, Deed::Audit, &Subject::Anywhere, now).await?;
    Ok(app.store()?.audited(filter, limit).await?)
}

/// Entries as CSV, newest first; that somebody took them out is an entry of its own. No cell becomes a formula.
pub async fn audit_csv(app: &App, by: &Actor, filter: &AuditFilter, now: Timestamp) -> Result<Vec<u8>, AppError> {
    let entries = audited(app, by, filter, MOST, now).await?;
    exported(app, by, "audit", now).await?;
    let mut out = String::from("\u{feff}number,at,who,deed,kind,record,detail\r\n");
    for e in &entries {
        let at = e.at().to_string();
        let cells = [&e.seq.to_string(), &at, &e.who, &e.deed, &e.kind, &e.record, &e.detail];
        let cells: Vec<String> = cells.iter().map(|c| crate::import::csv_cell(c)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    Ok(out.into_bytes())
}

/// Writes down that somebody took data out. Whoever has not signed in takes out what is open to everybody, and that is
/// not written down.
pub async fn exported(app: &App, by: &Actor, what: &str, now: Timestamp) -> Result<(), AppError> {
    if *by == Actor::Public {
        return Ok(());
    }
    Ok(app.store()?.audit(&people::entry(now, by.author(), "export", what, "")).await?)
}

/// Writes down that somebody read what is personal about a record.
pub async fn read_personal(app: &App, by: &Actor, kind: &str, record: &str, now: Timestamp) -> Result<(), AppError> {
    Ok(app.store()?.audit(&people::entry(now, by.author(), "read-personal", kind, record)).await?)
}

/// Recomputes the chain of the audit: the number of entries, or the first that is not what was written.
pub async fn verify_audit(app: &App) -> Result<Result<u64, i64>, AppError> {
    Ok(app.store()?.verify_audit().await?)
}
