//! Writing a change: its head, its revisions in the chain, the current state, in one transaction.

use model::{Kind, value::Value};
use register::{Change, ChangeState, Checked, Committed, Link, Op, Revision, seal};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use crate::{error::StoreError, open::Store};

/// SQLite takes 32,766 parameters; statements stay well below.
const MOST_PARAMETERS: usize = 12_000;

impl Store {
    pub(crate) async fn write(&self, checked: Checked) -> Result<Committed, StoreError> {
        let pool = self.writer()?;
        let fail = |e: sqlx::Error| self.fail(&e);
        let mut tx = pool.begin_with("begin immediate").await.map_err(fail)?;
        let head = sqlx::query("select number, n_revisions, hash from head where id = 1")
            .fetch_one(&mut *tx)
            .await
            .map_err(fail)?;
        let position: i64 = head.try_get(0).map_err(fail)?;
        let n_revisions: i64 = head.try_get(1).map_err(fail)?;
        let mut hash = hash_of(&head.try_get::<Vec<u8>, _>(2).map_err(fail)?)
            .ok_or_else(|| self.corrupt("the head has no hash"))?;
        let proposal = checked.proposal();
        if (proposal.against as i64) < position {
            self.conflict(&mut tx, proposal.against, checked.links()).await?;
        }
        let change = Change {
            number: position as u64 + 1,
            author: proposal.author.clone(),
            at: proposal.at,
            reason: proposal.reason.clone(),
            state: ChangeState::Accepted,
            undoes: proposal.undoes,
            sheets: checked.sheets().to_vec(),
        };
        insert_change(&mut tx, &change).await.map_err(fail)?;
        let mut revisions = Vec::with_capacity(checked.links().len());
        for (i, link) in checked.links().iter().enumerate() {
            let mut revision = Revision {
                seq: n_revisions as u64 + i as u64 + 1,
                change: change.number,
                kind: link.kind_name().to_owned(),
                record: link.record.clone(),
                op: link.op,
                body: link.body.clone(),
                origin: link.origin,
                hash: [0; 32],
            };
            hash = seal(&hash, &change, &revision);
            revision.hash = hash;
            revisions.push(revision);
        }
        for chunk in revisions.chunks(MOST_PARAMETERS / 9) {
            insert_revisions(&mut tx, chunk).await.map_err(fail)?;
        }
        for group in checked.links().chunk_by(|a, b| a.kind == b.kind && a.op == b.op) {
            keep_current(&mut tx, group).await.map_err(fail)?;
        }
        sqlx::query("update head set number = $1, n_revisions = $2, hash = $3 where id = 1")
            .bind(change.number as i64)
            .bind(n_revisions + revisions.len() as i64)
            .bind(hash.to_vec())
            .execute(&mut *tx)
            .await
            .map_err(fail)?;
        tx.commit().await.map_err(fail)?;
        Ok(Committed { number: change.number, head: hash })
    }

    /// Refuses when a change after the one that the proposal was made against touched one of its records.
    async fn conflict(&self, tx: &mut SqliteConnection, against: u64, links: &[Link]) -> Result<(), StoreError> {
        for link in links {
            let later: Option<i64> =
                sqlx::query_scalar("select min(change) from revision where kind = $1 and record = $2 and change > $3")
                    .bind(link.kind_name())
                    .bind(&link.record)
                    .bind(against as i64)
                    .fetch_one(&mut *tx)
                    .await
                    .map_err(|e| self.fail(&e))?;
            if let Some(change) = later {
                let record = format!("{}/{}", link.kind_name(), link.record);
                return Err(StoreError::Conflict { record, change: change as u64 });
            }
        }
        Ok(())
    }

    pub(crate) fn corrupt(&self, detail: &str) -> StoreError {
        StoreError::Corrupt { path: self.path.clone(), detail: detail.to_owned() }
    }
}

pub(crate) fn hash_of(bytes: &[u8]) -> Option<[u8; 32]> {
    bytes.try_into().ok()
}

async fn insert_change(tx: &mut SqliteConnection, change: &Change) -> Result<(), sqlx::Error> {
    let sheets = if change.sheets.is_empty() {
        String::new()
    } else {
        serde_json::to_string(&change.sheets).unwrap_or_default()
    };
    sqlx::query("insert into change (number, author, at, at_us, reason, state, undoes, sheets) values ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(change.number as i64)
        .bind(&change.author)
        .bind(change.at.to_string())
        .bind(change.at.as_microsecond())
        .bind(&change.reason)
        .bind(change.state.as_str())
        .bind(change.undoes.map(|u| u as i64))
        .bind(sheets)
        .execute(tx)
        .await?;
    Ok(())
}

async fn insert_revisions(tx: &mut SqliteConnection, revisions: &[Revision]) -> Result<(), sqlx::Error> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "insert into revision (seq, change, kind, record, op, body, sheet, sheet_row, hash) ",
    );
    sql.push_values(revisions, |mut row, r| {
        row.push_bind(r.seq as i64)
            .push_bind(r.change as i64)
            .push_bind(&r.kind)
            .push_bind(&r.record)
            .push_bind(r.op.as_str())
            .push_bind(&r.body)
            .push_bind(r.origin.map(|(sheet, _)| i64::from(sheet)))
            .push_bind(r.origin.map(|(_, row)| i64::from(row)))
            .push_bind(r.hash.to_vec());
    });
    sql.build().persistent(revisions.len() == 1).execute(tx).await?;
    Ok(())
}

/// Brings the kind's own table up to date. All links have one kind and one operation.
async fn keep_current(tx: &mut SqliteConnection, links: &[Link]) -> Result<(), sqlx::Error> {
    let Some(kind) = links.first().and_then(|l| l.kind) else { return Ok(()) };
    if links.first().is_some_and(|l| l.op == Op::Remove) {
        for chunk in links.chunks(MOST_PARAMETERS) {
            let mut sql = QueryBuilder::<Sqlite>::new(format!("delete from \"{}\" where record_id in (", kind.name()));
            let mut ids = sql.separated(", ");
            for link in chunk {
                ids.push_bind(&link.record);
            }
            sql.push(")");
            sql.build().persistent(false).execute(&mut *tx).await?;
        }
        return Ok(());
    }
    for chunk in links.chunks((MOST_PARAMETERS / (kind.def().columns.len() + 1)).max(1)) {
        put(tx, kind, chunk).await?;
    }
    Ok(())
}

async fn put(tx: &mut SqliteConnection, kind: Kind, links: &[Link]) -> Result<(), sqlx::Error> {
    let def = kind.def();
    let names: Vec<String> = def.columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
    let updates: Vec<String> = names.iter().map(|n| format!("{n} = excluded.{n}")).collect();
    let mut sql =
        QueryBuilder::<Sqlite>::new(format!("insert into \"{}\" (\"record_id\", {}) ", def.name, names.join(", ")));
    sql.push_values(links, |mut row, link| {
        row.push_bind(&link.record);
        for value in &link.row {
            match value {
                Value::Null => row.push_bind(None::<String>),
                Value::Whole(n) => row.push_bind(*n),
                Value::Number(n) => row.push_bind(*n),
                Value::Bool(b) => row.push_bind(i64::from(*b)),
                other => row.push_bind(other.to_text()),
            };
        }
    });
    sql.push(format!(" on conflict (\"record_id\") do update set {}", updates.join(", ")));
    // A statement for one record comes again and again; one for a whole import does not.
    sql.build().persistent(links.len() == 1).execute(tx).await?;
    Ok(())
}
