//! Proposals: changes that are not in force (yet), with their case.

use jiff::Timestamp;
use register::{Checked, Committed, lane::Case};
use sqlx::FromRow;

use crate::{
    aside::within,
    audit::{Entry, add_entry},
    error::StoreError,
    jobs::WAITING,
    open::{Store, on},
    people::instant,
    personal::{Beside, keep},
    sql::{Param, Sql, query_of},
};

/// A proposal as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// Its number, from 1; 0 before it was kept.
    pub number: i64,
    /// What it is about, in the author's words; becomes the reason of the change.
    pub title: String,
    /// Number of the change that it was made against.
    pub against: u64,
    /// The change that it became.
    pub change: Option<u64>,
    /// Since when.
    pub created_at: Timestamp,
    /// When it last moved.
    pub moved_at: Timestamp,
    /// Where it stands.
    pub case: Case,
    /// What it would change, as JSON of the application.
    pub edits: String,
    /// Counts the writings, so that two writers notice each other.
    pub version: i64,
}

#[derive(FromRow)]
struct Row {
    number: i64,
    title: String,
    against: i64,
    change: Option<i64>,
    created_at: i64,
    moved_at: i64,
    case_body: String,
    edits: String,
    version: i64,
}

impl Store {
    fn proposed(&self, row: Row) -> Result<Proposed, StoreError> {
        let case = serde_json::from_str(&row.case_body);
        Ok(Proposed {
            case: case.map_err(|e| self.corrupt(&format!("the case of proposal {}: {e}", row.number)))?,
            number: row.number,
            title: row.title,
            against: row.against as u64,
            change: row.change.map(|c| c as u64),
            created_at: instant(row.created_at),
            moved_at: instant(row.moved_at),
            edits: row.edits,
            version: row.version,
        })
    }

    /// Keeps a new proposal with what stands apart from it, and its number as the answer under a key; its number.
    pub async fn add_proposal(&self, new: &Proposed, entry: &Entry<'_>, beside: &Beside) -> Result<i64, StoreError> {
        let dialect = self.dialect();
        let answer =
            "update answered set status = $3, body = $4 where person = $1 and idempotency_key = $2 and status = 0";
        let sql = "insert into proposal \
                   (author, state, title, against, created_at, moved_at, case_body, edits, version) \
                   values ($1, $2, $3, $4, $5, $5, $6, $7, 1) returning number";
        within!(self, |c| {
            async {
                let number: i64 = sqlx::query_scalar(sql)
                    .bind(new.case.author.clone())
                    .bind(new.case.state.as_str())
                    .bind(new.title.clone())
                    .bind(new.against as i64)
                    .bind(new.created_at.as_microsecond())
                    .bind(body(&new.case))
                    .bind(new.edits.clone())
                    .fetch_one(&mut *c)
                    .await?;
                let record = number.to_string();
                for personal in &beside.personal {
                    query_of!(keep(dialect, personal)).execute(&mut *c).await?;
                }
                if let Some(key) = &beside.key {
                    let query = sqlx::query(answer).bind(key.person.clone()).bind(key.key.clone()).bind(WAITING);
                    query.bind(record.clone()).execute(&mut *c).await?;
                }
                let entry = &Entry { record: &record, ..entry.clone() };
                add_entry!(c, entry);
                Ok(number)
            }
            .await
        })
    }

    /// Writes what has changed about a proposal; whether it was done: not when somebody else has written since it was
    /// read.
    pub async fn save_proposal(&self, p: &Proposed, entry: &Entry<'_>, beside: &Beside) -> Result<bool, StoreError> {
        let dialect = self.dialect();
        let sql = "update proposal set state = $2, title = $3, against = $4, moved_at = $5, case_body = $6, edits = $7, \
                   version = version + 1 where number = $1 and version = $8 and state not in ('accepted', 'rejected', 'withdrawn')";
        within!(self, |c| {
            async {
                let done = sqlx::query(sql)
                    .bind(p.number)
                    .bind(p.case.state.as_str())
                    .bind(p.title.clone())
                    .bind(p.against as i64)
                    .bind(p.moved_at.as_microsecond())
                    .bind(body(&p.case))
                    .bind(p.edits.clone())
                    .bind(p.version)
                    .execute(&mut *c)
                    .await?;
                let done = done.rows_affected() == 1;
                if done {
                    for personal in &beside.personal {
                        query_of!(keep(dialect, personal)).execute(&mut *c).await?;
                    }
                    add_entry!(c, entry);
                }
                Ok(done)
            }
            .await
        })
    }

    /// Writes the change that a proposal became, and its state, in one transaction: both or neither. The change carries
    /// the agreement, of which the log holds one a proposal, so that nothing is accepted twice.
    pub async fn accept_proposal(&self, checked: Checked, p: &Proposed) -> Result<Committed, StoreError> {
        let mut sql =
            Sql::new(self.dialect(), "update proposal set state = 'accepted', version = version + 1, moved_at = ");
        sql.bind(Param::Whole(Some(p.moved_at.as_microsecond()))).push(", case_body = ");
        sql.bind(Param::Text(Some(body(&p.case))))
            .push(", change = (select number from head where id = 1) where number = ");
        sql.bind(Param::Whole(Some(p.number)));
        self.write_with(checked, vec![sql]).await
    }

    /// A proposal by number.
    pub async fn proposal(&self, number: i64) -> Result<Option<Proposed>, StoreError> {
        let sql = "select number, title, against, change, created_at, moved_at, case_body, edits, version \
                   from proposal where number = $1";
        let row: Option<Row> =
            on!(self, |pool| sqlx::query_as(sql).bind(number).fetch_optional(pool).await).map_err(|e| self.fail(&e))?;
        row.map(|r| self.proposed(r)).transpose()
    }

    /// Whether another proposal that is not at its end holds a segment.
    pub async fn is_segment_proposed(&self, segment: &str, but: i64) -> Result<bool, StoreError> {
        let sql = "select count(*) from proposal where number <> $2 and state not in ('rejected', 'withdrawn') \
                   and edits like '%' || $1 || '%'";
        let n: i64 = on!(self, |pool| sqlx::query_scalar(sql).bind(segment.to_owned()).bind(but).fetch_one(pool).await)
            .map_err(|e| self.fail(&e))?;
        Ok(n > 0)
    }

    /// Proposals in a state (all when empty) of an author (of all when empty), below a number, newest first; of the drafts
    /// those of a reader. Without their edits, which may be long.
    pub async fn proposals(
        &self,
        state: &str,
        author: &str,
        reader: &str,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Proposed>, StoreError> {
        let sql = "select number, title, against, change, created_at, moved_at, case_body, '' as edits, version \
                   from proposal where ($1 = '' or state = $1) and ($2 = '' or author = $2) and number < $3 \
                   and (state <> 'draft' or author = $5) order by number desc limit $4";
        let rows: Vec<Row> = on!(self, |pool| {
            sqlx::query_as(sql)
                .bind(state.to_owned())
                .bind(author.to_owned())
                .bind(before.unwrap_or(i64::MAX))
                .bind(i64::from(limit))
                .bind(reader.to_owned())
                .fetch_all(pool)
                .await
        })
        .map_err(|e| self.fail(&e))?;
        rows.into_iter().map(|r| self.proposed(r)).collect()
    }
}

fn body(case: &Case) -> String {
    // A case has no maps with keys other than texts, so it can always be written.
    serde_json::to_string(case).unwrap_or_default()
}
