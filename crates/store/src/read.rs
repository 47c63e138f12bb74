//! Reading the log: history, changes, revisions in order.

use jiff::Timestamp;
use register::{
    Change, ChangeState, ChangeSummary, Checked, Committed, Folded, Log, Op, Revision, SegmentRef, Touched, Upto,
};
use sqlx::{Row, sqlite::SqliteRow};

use crate::{append::hash_of, error::StoreError, open::Store};

/// Columns of a change (c) and a revision (r) in the order in which [`Store::pair`] reads them.
macro_rules! pair {
    ($rest:literal) => {
        concat!(
            "select c.number, c.author, c.at, c.reason, c.state, c.undoes, c.sheets, ",
            "r.seq, r.kind, r.record, r.op, r.body, r.sheet, r.sheet_row, r.hash ",
            "from revision r left join change c on c.number = r.change ",
            $rest
        )
    };
}

impl Store {
    fn change(&self, row: &SqliteRow) -> Result<Change, StoreError> {
        let fail = |e: sqlx::Error| self.corrupt(&e.to_string());
        let number: i64 = row.try_get::<Option<i64>, _>(0).map_err(fail)?.unwrap_or(0);
        let at: String = row.try_get::<Option<String>, _>(2).map_err(fail)?.unwrap_or_default();
        let state: String = row.try_get::<Option<String>, _>(4).map_err(fail)?.unwrap_or_default();
        let sheets: String = row.try_get::<Option<String>, _>(6).map_err(fail)?.unwrap_or_default();
        Ok(Change {
            number: number as u64,
            author: row.try_get::<Option<String>, _>(1).map_err(fail)?.unwrap_or_default(),
            // What cannot be read back was altered; the chain will say so, at the right revision.
            at: at.parse().unwrap_or(Timestamp::UNIX_EPOCH),
            reason: row.try_get::<Option<String>, _>(3).map_err(fail)?.unwrap_or_default(),
            state: ChangeState::parse(&state).unwrap_or(ChangeState::Rejected),
            undoes: row.try_get::<Option<i64>, _>(5).map_err(fail)?.map(|u| u as u64),
            sheets: if sheets.is_empty() { Vec::new() } else { serde_json::from_str(&sheets).unwrap_or_default() },
        })
    }

    fn pair(&self, row: &SqliteRow) -> Result<(Change, Revision), StoreError> {
        let fail = |e: sqlx::Error| self.corrupt(&e.to_string());
        let change = self.change(row)?;
        let op: String = row.try_get(10).map_err(fail)?;
        let sheet: Option<i64> = row.try_get(12).map_err(fail)?;
        let at: Option<i64> = row.try_get(13).map_err(fail)?;
        let hash: Vec<u8> = row.try_get(14).map_err(fail)?;
        let revision = Revision {
            seq: row.try_get::<i64, _>(7).map_err(fail)? as u64,
            change: change.number,
            kind: row.try_get(8).map_err(fail)?,
            record: row.try_get(9).map_err(fail)?,
            op: Op::parse(&op).unwrap_or(Op::Remove),
            body: row.try_get(11).map_err(fail)?,
            origin: sheet.zip(at).map(|(s, r)| (s as u32, r as u32)),
            hash: hash_of(&hash).unwrap_or_default(),
        };
        Ok((change, revision))
    }

    fn summary(&self, row: &SqliteRow) -> Result<ChangeSummary, StoreError> {
        let fail = |e: sqlx::Error| self.corrupt(&e.to_string());
        let segments: Option<String> = row.try_get(9).map_err(fail)?;
        let n_observations = segments
            .unwrap_or_default()
            .lines()
            .filter_map(|l| serde_json::from_str::<SegmentRef>(l).ok())
            .map(|s| s.n_rows)
            .sum();
        Ok(ChangeSummary {
            change: self.change(row)?,
            undone_by: row.try_get::<Option<i64>, _>(7).map_err(fail)?.map(|n| n as u64),
            n_records: row.try_get::<i64, _>(8).map_err(fail)? as u64,
            n_observations,
        })
    }
}

/// A change with its counts; the second parameter is how many.
const SUMMARIES: &str = "select c.number, c.author, c.at, c.reason, c.state, c.undoes, c.sheets, \
    (select min(u.number) from change u where u.undoes = c.number), \
    (select count(*) from revision r where r.change = c.number and r.kind <> 'segment'), \
    (select group_concat(r.body, char(10)) from revision r where r.change = c.number and r.kind = 'segment') \
    from change c where c.number <= $1 order by c.number desc limit $2";

impl Log for Store {
    type Error = StoreError;

    async fn append(&self, change: Checked) -> Result<Committed, StoreError> {
        self.write(change).await
    }

    async fn head(&self) -> Result<(u64, [u8; 32]), StoreError> {
        let row = sqlx::query("select number, hash from head where id = 1")
            .fetch_one(&self.readers)
            .await
            .map_err(|e| self.fail(&e))?;
        let number: i64 = row.try_get(0).map_err(|e| self.fail(&e))?;
        let hash: Vec<u8> = row.try_get(1).map_err(|e| self.fail(&e))?;
        Ok((number as u64, hash_of(&hash).unwrap_or_default()))
    }

    async fn tip(&self) -> Result<(u64, [u8; 32]), StoreError> {
        let row = sqlx::query("select n_revisions, hash from head where id = 1")
            .fetch_one(&self.readers)
            .await
            .map_err(|e| self.fail(&e))?;
        let n: i64 = row.try_get(0).map_err(|e| self.fail(&e))?;
        let hash: Vec<u8> = row.try_get(1).map_err(|e| self.fail(&e))?;
        Ok((n as u64, hash_of(&hash).unwrap_or_default()))
    }

    async fn fold(&self, upto: Upto) -> Result<Folded, StoreError> {
        self.folded(upto).await
    }

    async fn revisions_of(&self, kind: &str, id: &str) -> Result<Vec<(Change, Revision)>, StoreError> {
        let rows = sqlx::query(pair!("where r.kind = $1 and r.record = $2 order by r.seq"))
            .bind(kind)
            .bind(id)
            .fetch_all(&self.readers)
            .await
            .map_err(|e| self.fail(&e))?;
        rows.iter().map(|r| self.pair(r)).collect()
    }

    async fn changes(&self, before: Option<u64>, limit: u32) -> Result<Vec<ChangeSummary>, StoreError> {
        let below = before.map_or(i64::MAX, |n| i64::try_from(n).unwrap_or(i64::MAX).saturating_sub(1));
        let rows =
            sqlx::query(SUMMARIES).bind(below).bind(limit).fetch_all(&self.readers).await.map_err(|e| self.fail(&e))?;
        rows.iter().map(|r| self.summary(r)).collect()
    }

    async fn touched(&self, number: u64) -> Result<Option<(ChangeSummary, Vec<Touched>)>, StoreError> {
        let fail = |e: sqlx::Error| self.fail(&e);
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let row = sqlx::query(SUMMARIES).bind(number).bind(1u32).fetch_optional(&self.readers).await.map_err(fail)?;
        let Some(summary) = row.map(|r| self.summary(&r)).transpose()?.filter(|s| s.change.number as i64 == number)
        else {
            return Ok(None);
        };
        let own = sqlx::query(pair!("where r.change = $1 order by r.seq"))
            .bind(number)
            .fetch_all(&self.readers)
            .await
            .map_err(fail)?;
        let before = sqlx::query(pair!(
            "join revision o on o.kind = r.kind and o.record = r.record and o.change = $1 \
             where r.seq = (select max(b.seq) from revision b where b.kind = o.kind and b.record = o.record and b.seq < o.seq)"
        ))
        .bind(number)
        .fetch_all(&self.readers)
        .await
        .map_err(fail)?;
        let later = sqlx::query(
            "select o.kind, o.record, min(l.change) from revision o \
             join revision l on l.kind = o.kind and l.record = o.record and l.change > o.change \
             where o.change = $1 group by o.kind, o.record",
        )
        .bind(number)
        .fetch_all(&self.readers)
        .await
        .map_err(fail)?;
        let mut stood: rustc_hash::FxHashMap<(String, String), Revision> = rustc_hash::FxHashMap::default();
        for row in &before {
            let (_, revision) = self.pair(row)?;
            stood.insert((revision.kind.clone(), revision.record.clone()), revision);
        }
        let mut came: rustc_hash::FxHashMap<(String, String), u64> = rustc_hash::FxHashMap::default();
        for row in &later {
            let change: i64 = row.try_get(2).map_err(fail)?;
            came.insert((row.try_get(0).map_err(fail)?, row.try_get(1).map_err(fail)?), change as u64);
        }
        let touched = own
            .iter()
            .map(|row| {
                let (_, revision) = self.pair(row)?;
                let key = (revision.kind.clone(), revision.record.clone());
                Ok(Touched { before: stood.remove(&key), later: came.get(&key).copied(), revision })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        Ok(Some((summary, touched)))
    }

    async fn read(&self, from: u64, limit: u32) -> Result<Vec<(Change, Revision)>, StoreError> {
        let rows = sqlx::query(pair!("where r.seq >= $1 order by r.seq limit $2"))
            .bind(i64::try_from(from).unwrap_or(i64::MAX))
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(|e| self.fail(&e))?;
        rows.iter().map(|r| self.pair(r)).collect()
    }
}
