//! What people tell each other: remarks on records, fields and proposals, notices, and what somebody is still typing.

use jiff::Timestamp;
use sqlx::FromRow;

use crate::{
    aside::within,
    audit::{Entry, add_entry},
    error::StoreError,
    open::{Store, on},
    people::instant,
};

/// A remark.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Remark {
    /// Its number; 0 before it was kept.
    pub id: i64,
    /// The proposal that it belongs to.
    pub proposal: Option<i64>,
    /// The kind of the record; `figure` for a figure; empty for the proposal as a whole.
    pub kind: String,
    /// The record, or the figure's key.
    pub record: String,
    /// The field; empty for the whole record.
    pub field: String,
    /// Who.
    pub author: String,
    /// When, in microseconds since 1970; given again when it is kept.
    pub at: i64,
    /// What.
    pub body: String,
    /// Codes of the persons it names, with spaces between.
    pub mentions: String,
    /// When what it asks for was done, in microseconds since 1970.
    pub settled_at: Option<i64>,
}

impl Remark {
    /// When.
    pub fn at(&self) -> Timestamp {
        instant(self.at)
    }
    /// Whether what it asks for was done.
    pub fn is_settled(&self) -> bool {
        self.settled_at.is_some()
    }
}

/// A notice to a person.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Notice {
    /// Its number.
    pub id: i64,
    /// To whom.
    pub person: String,
    at: i64,
    /// What happened: the end of a message key.
    pub what: String,
    /// Where to go.
    pub link: String,
    /// Arguments of the message, as a JSON object of texts.
    pub args: String,
    read_at: Option<i64>,
}

impl Notice {
    /// When.
    pub fn at(&self) -> Timestamp {
        instant(self.at)
    }
    /// Whether the person has seen it.
    pub fn is_read(&self) -> bool {
        self.read_at.is_some()
    }
}

const REMARKS: &str = "select id, proposal, kind, record, field, author, at, body, mentions, settled_at from remark ";

impl Store {
    /// Keeps a remark; its number.
    pub async fn add_remark(&self, new: &Remark, at: Timestamp) -> Result<i64, StoreError> {
        let sql = "insert into remark (proposal, kind, record, field, author, at, body, mentions) \
                   values ($1, $2, $3, $4, $5, $6, $7, $8) returning id";
        within!(self, |c| {
            sqlx::query_scalar(sql)
                .bind(new.proposal)
                .bind(new.kind.clone())
                .bind(new.record.clone())
                .bind(new.field.clone())
                .bind(new.author.clone())
                .bind(at.as_microsecond())
                .bind(new.body.clone())
                .bind(new.mentions.clone())
                .fetch_one(c)
                .await
        })
    }

    /// The remarks of a proposal, oldest first.
    pub async fn remarks_of_proposal(&self, number: i64) -> Result<Vec<Remark>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("{REMARKS} where proposal = $1 order by id limit 1000"));
        on!(self, |pool| sqlx::query_as(sql).bind(number).fetch_all(pool).await).map_err(|e| self.fail(&e))
    }

    /// The remarks on a record or figure, oldest first, without those of proposals.
    pub async fn remarks_on(&self, kind: &str, record: &str) -> Result<Vec<Remark>, StoreError> {
        let sql = format!("{REMARKS} where kind = $1 and record = $2 and proposal is null order by id limit 1000");
        let sql = sqlx::AssertSqlSafe(sql);
        on!(self, |pool| sqlx::query_as(sql).bind(kind.to_owned()).bind(record.to_owned()).fetch_all(pool).await)
            .map_err(|e| self.fail(&e))
    }

    /// Says that what a remark asks for was done.
    pub async fn settle_remark(&self, id: i64, at: Timestamp) -> Result<(), StoreError> {
        let sql = "update remark set settled_at = $2 where id = $1 and settled_at is null";
        within!(self, |c| sqlx::query(sql).bind(id).bind(at.as_microsecond()).execute(c).await.map(|_| ()))
    }

    /// Keeps notices: person, what, link, arguments.
    pub async fn notify(&self, at: Timestamp, new: &[(String, &str, String, String)]) -> Result<(), StoreError> {
        if new.is_empty() {
            return Ok(());
        }
        let sql = "insert into notice (person, at, what, link, args) values ($1, $2, $3, $4, $5)";
        within!(self, |c| {
            async {
                for (person, what, link, args) in new {
                    let query = sqlx::query(sql).bind(person.clone()).bind(at.as_microsecond());
                    let query = query.bind((*what).to_owned()).bind(link.clone()).bind(args.clone());
                    query.execute(&mut *c).await?;
                }
                Ok(())
            }
            .await
        })
    }

    /// A person's notices, newest first.
    pub async fn notices_of(&self, person: &str, limit: u32) -> Result<Vec<Notice>, StoreError> {
        let sql =
            "select id, person, at, what, link, args, read_at from notice where person = $1 order by id desc limit $2";
        on!(self, |pool| sqlx::query_as(sql).bind(person.to_owned()).bind(i64::from(limit)).fetch_all(pool).await)
            .map_err(|e| self.fail(&e))
    }

    /// How many notices a person has not seen.
    pub async fn n_unread(&self, person: &str) -> Result<u64, StoreError> {
        let sql = "select count(*) from notice where person = $1 and read_at is null";
        let n: i64 = on!(self, |pool| sqlx::query_scalar(sql).bind(person.to_owned()).fetch_one(pool).await)
            .map_err(|e| self.fail(&e))?;
        Ok(n as u64)
    }

    /// Says that a person has seen all notices up to one.
    pub async fn read_notices(&self, person: &str, upto: i64, at: Timestamp) -> Result<(), StoreError> {
        let sql = "update notice set read_at = $3 where person = $1 and id <= $2 and read_at is null";
        within!(self, |c| {
            let query = sqlx::query(sql).bind(person.to_owned()).bind(upto).bind(at.as_microsecond());
            query.execute(c).await.map(|_| ())
        })
    }

    /// Notices after a number that were not mailed yet, oldest first.
    pub async fn unmailed(&self, after: i64, limit: u32) -> Result<Vec<Notice>, StoreError> {
        let sql = "select id, person, at, what, link, args, read_at from notice \
                   where mailed_at is null and id > $1 order by id limit $2";
        on!(self, |pool| sqlx::query_as(sql).bind(after).bind(i64::from(limit)).fetch_all(pool).await)
            .map_err(|e| self.fail(&e))
    }

    /// Says that notices were mailed, or need not be; why not is recorded.
    pub async fn mailed(&self, ids: &[i64], at: Timestamp, entry: Option<&Entry<'_>>) -> Result<(), StoreError> {
        let sql = "update notice set mailed_at = $2 where id = $1";
        within!(self, |c| {
            async {
                for id in ids {
                    sqlx::query(sql).bind(*id).bind(at.as_microsecond()).execute(&mut *c).await?;
                }
                if let Some(entry) = entry {
                    add_entry!(c, entry);
                }
                Ok(())
            }
            .await
        })
    }

    /// Keeps what a person has typed into a form so far; an empty text forgets it.
    pub async fn save_draft(&self, person: &str, form: &str, body: &str, at: Timestamp) -> Result<(), StoreError> {
        let drop = "delete from draft where person = $1 and form = $2";
        let keep = "insert into draft (person, form, saved_at, body) values ($1, $2, $3, $4) \
                    on conflict (person, form) do update set saved_at = excluded.saved_at, body = excluded.body";
        within!(self, |c| {
            async {
                let query = sqlx::query(if body.is_empty() { drop } else { keep });
                let query = query.bind(person.to_owned()).bind(form.to_owned());
                let query = if body.is_empty() { query } else { query.bind(at.as_microsecond()).bind(body.to_owned()) };
                query.execute(&mut *c).await.map(|_| ())
            }
            .await
        })
    }

    /// What a person has typed into a form, and when.
    pub async fn draft(&self, person: &str, form: &str) -> Result<Option<(Timestamp, String)>, StoreError> {
        let sql = "select saved_at, body from draft where person = $1 and form = $2";
        let row: Option<(i64, String)> = on!(self, |pool| {
            sqlx::query_as(sql).bind(person.to_owned()).bind(form.to_owned()).fetch_optional(pool).await
        })
        .map_err(|e| self.fail(&e))?;
        Ok(row.map(|(at, body)| (instant(at), body)))
    }

    /// The forms into which a person has typed, the latest first.
    pub async fn drafts_of(&self, person: &str) -> Result<Vec<(String, Timestamp)>, StoreError> {
        let sql = "select form, saved_at from draft where person = $1 order by saved_at desc limit 200";
        let rows: Vec<(String, i64)> =
            on!(self, |pool| sqlx::query_as(sql).bind(person.to_owned()).fetch_all(pool).await)
                .map_err(|e| self.fail(&e))?;
        Ok(rows.into_iter().map(|(form, at)| (form, instant(at))).collect())
    }
}
