//! Reading the log: history, changes, revisions in order.

use register::{Change, ChangeSummary, Checked, Committed, Folded, Log, Revision, SegmentRef, Touched, Upto};
use rustc_hash::FxHashMap;

use crate::{
    append::{Tip, hash_of},
    error::StoreError,
    open::{Store, on},
    rows::{HEAD, HeadRow, PairRow, SummaryRow},
};

/// Columns of a change (c) and a revision (r) as a [`PairRow`] takes them.
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
pub(crate) use pair;

impl SummaryRow {
    fn read(self) -> ChangeSummary {
        let segments = self.segments.unwrap_or_default();
        let segments = segments.lines().filter_map(|l| serde_json::from_str::<SegmentRef>(l).ok());
        ChangeSummary {
            n_observations: segments.map(|s| s.n_rows).sum(),
            change: self.change.read(),
            undone_by: self.undone_by.map(|n| n as u64),
            n_records: self.n_records as u64,
        }
    }
}

impl Store {
    async fn head_row(&self) -> Result<(HeadRow, [u8; 32]), StoreError> {
        let head: HeadRow = on!(self, |pool| sqlx::query_as(HEAD).fetch_one(pool).await).map_err(|e| self.fail(&e))?;
        let hash = hash_of(&head.hash).unwrap_or_default();
        Ok((head, hash))
    }

    pub(crate) async fn end(&self) -> Result<Tip, StoreError> {
        self.tip_from(&self.head_row().await?.0)
    }

    /// The last so many changes up to a number, newest first.
    async fn summaries(&self, upto: i64, limit: u32) -> Result<Vec<ChangeSummary>, StoreError> {
        let rows: Result<Vec<SummaryRow>, _> =
            on!(self, |pool| sqlx::query_as(SUMMARIES).bind(upto).bind(i64::from(limit)).fetch_all(pool).await);
        Ok(rows.map_err(|e| self.fail(&e))?.into_iter().map(SummaryRow::read).collect())
    }
}

/// A change with its counts; the second parameter is how many.
const SUMMARIES: &str = "select c.number, c.author, c.at, c.reason, c.state, c.undoes, c.sheets, \
    (select min(u.number) from change u where u.undoes = c.number) as undone_by, \
    (select count(*) from revision r where r.change = c.number and r.op in ('put', 'remove')) as n_records, \
    (select string_agg(r.body, '\n') from revision r where r.change = c.number and r.kind = 'segment') as segments \
    from change c where c.number <= $1 order by c.number desc limit $2";

impl Log for Store {
    type Error = StoreError;

    async fn append(&self, change: Checked) -> Result<Committed, StoreError> {
        self.write(change).await
    }

    async fn head(&self) -> Result<(u64, [u8; 32]), StoreError> {
        let (head, hash) = self.head_row().await?;
        Ok((head.number as u64, hash))
    }

    async fn tip(&self) -> Result<(u64, [u8; 32]), StoreError> {
        let (head, hash) = self.head_row().await?;
        Ok((head.n_revisions as u64, hash))
    }

    async fn fold(&self, upto: Upto) -> Result<Folded, StoreError> {
        self.folded(upto).await
    }

    async fn revisions_of(&self, kind: &str, id: &str) -> Result<Vec<(Change, Revision)>, StoreError> {
        let sql = pair!("where r.kind = $1 and r.record = $2 order by r.seq");
        let rows: Result<Vec<PairRow>, _> =
            on!(self, |pool| sqlx::query_as(sql).bind(kind.to_owned()).bind(id.to_owned()).fetch_all(pool).await);
        Ok(rows.map_err(|e| self.fail(&e))?.into_iter().map(PairRow::read).collect())
    }

    async fn changes(&self, before: Option<u64>, limit: u32) -> Result<Vec<ChangeSummary>, StoreError> {
        let upto = before.map_or(i64::MAX, |n| i64::try_from(n).unwrap_or(i64::MAX).saturating_sub(1));
        self.summaries(upto, limit).await
    }

    async fn touched(&self, number: u64) -> Result<Option<(ChangeSummary, Vec<Touched>)>, StoreError> {
        let fail = |e: sqlx::Error| self.fail(&e);
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let last = self.summaries(number, 1).await?.pop();
        let Some(summary) = last.filter(|s| s.change.number as i64 == number) else { return Ok(None) };
        let own = pair!("where r.change = $1 order by r.seq");
        let own: Vec<PairRow> =
            on!(self, |pool| sqlx::query_as(own).bind(number).fetch_all(pool).await).map_err(fail)?;
        let before = pair!(
            "join revision o on o.kind = r.kind and o.record = r.record and o.change = $1 \
             where r.seq = (select max(b.seq) from revision b where b.kind = o.kind and b.record = o.record and b.seq < o.seq)"
        );
        let before: Vec<PairRow> =
            on!(self, |pool| sqlx::query_as(before).bind(number).fetch_all(pool).await).map_err(fail)?;
        let later = "select o.kind, o.record, min(l.change) from revision o \
             join revision l on l.kind = o.kind and l.record = o.record and l.change > o.change \
             where o.change = $1 group by o.kind, o.record";
        let later: Vec<(String, String, i64)> =
            on!(self, |pool| sqlx::query_as(later).bind(number).fetch_all(pool).await).map_err(fail)?;
        let mut stood: FxHashMap<(String, String), Revision> = FxHashMap::default();
        for (_, revision) in before.into_iter().map(PairRow::read) {
            stood.insert((revision.kind.clone(), revision.record.clone()), revision);
        }
        let came: FxHashMap<(String, String), u64> =
            later.into_iter().map(|(kind, record, change)| ((kind, record), change as u64)).collect();
        let touched = own.into_iter().map(|row| {
            let (_, revision) = row.read();
            let key = (revision.kind.clone(), revision.record.clone());
            Touched { before: stood.remove(&key), later: came.get(&key).copied(), revision }
        });
        Ok(Some((summary, touched.collect())))
    }

    async fn read(&self, from: u64, limit: u32) -> Result<Vec<(Change, Revision)>, StoreError> {
        let sql = pair!("where r.seq >= $1 order by r.seq limit $2");
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let rows: Result<Vec<PairRow>, _> =
            on!(self, |pool| sqlx::query_as(sql).bind(from).bind(i64::from(limit)).fetch_all(pool).await);
        Ok(rows.map_err(|e| self.fail(&e))?.into_iter().map(PairRow::read).collect())
    }
}

/// Kinds and ids, some of them several times: asked to tell them apart, SQLite reads the index of all records.
pub(crate) const TOUCHED_SINCE: &str =
    "select kind, record from revision where change > $1 and op in ('put', 'remove')";

impl Store {
    /// Kinds and ids of the records that later changes touched.
    pub async fn touched_since(&self, number: u64) -> Result<rustc_hash::FxHashSet<(String, String)>, StoreError> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let rows: Result<Vec<(String, String)>, _> =
            on!(self, |pool| sqlx::query_as(TOUCHED_SINCE).bind(number).fetch_all(pool).await);
        Ok(rows.map_err(|e| self.fail(&e))?.into_iter().collect())
    }
}
