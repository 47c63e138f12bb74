//! What is personal about records. The log holds a mark, made of a random salt and the value; the value stands here, so
//! that it can be erased and the chain stays whole. Without the salt, which goes with it, nobody can guess the value
//! from the mark.

use sqlx::FromRow;

use crate::{
    aside::within,
    audit::{Entry, add_entry},
    dialect::Dialect,
    error::StoreError,
    jobs::RequestKey,
    open::{Store, on},
    sql::{Param, Sql},
};

/// A value that stands apart from the log.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Personal {
    /// The mark that stands in the log in its place.
    #[sqlx(rename = "hash")]
    pub mark: String,
    /// Kind of the record.
    pub kind: String,
    /// The record.
    pub record: String,
    /// The column.
    pub field: String,
    /// Random bytes that are part of the mark.
    pub salt: Vec<u8>,
    /// The value.
    pub value: String,
}

/// What is written beside a change or a proposal, in its transaction.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The key that its number is the answer to.
    pub key: Option<RequestKey>,
    /// What stands apart.
    pub personal: Vec<Personal>,
}

/// Keeps a value; one that is there stays.
pub(crate) fn keep(dialect: Dialect, personal: &Personal) -> Sql {
    let mut sql = Sql::new(dialect, "insert into personal (hash, kind, record, field, salt, value) values (");
    let text = |text: &str| Param::Text(Some(text.to_owned()));
    let Personal { mark, kind, record, field, salt, value } = personal;
    sql.list([text(mark), text(kind), text(record), text(field), Param::Bytes(Some(salt.clone())), text(value)]);
    sql.push(") on conflict (hash) do nothing");
    sql
}

impl Store {
    /// Everything that stands apart.
    pub async fn personal(&self) -> Result<Vec<Personal>, StoreError> {
        let sql = "select hash, kind, record, field, salt, value from personal";
        on!(self, |pool| sqlx::query_as(sql).fetch_all(pool).await).map_err(|e| self.fail(&e))
    }

    /// Number and hash of the last change, and how often something personal was erased: while they are the same, so is
    /// everything.
    pub async fn mark(&self) -> Result<(u64, [u8; 32], u64), StoreError> {
        let sql = "select number, hash, n_erased from head where id = 1";
        let (number, hash, n_erased): (i64, Vec<u8>, i64) =
            on!(self, |pool| sqlx::query_as(sql).fetch_one(pool).await).map_err(|e| self.fail(&e))?;
        Ok((number as u64, crate::append::hash_of(&hash).unwrap_or_default(), n_erased as u64))
    }

    /// Erases a value wherever it stands apart, with an entry in the audit; at how many places. The entry does not say
    /// what was erased.
    pub async fn erase_personal(&self, value: &str, entry: &Entry<'_>) -> Result<u64, StoreError> {
        within!(self, |c| {
            async {
                let gone = sqlx::query("delete from personal where value = $1").bind(value.to_owned());
                let n = gone.execute(&mut *c).await?.rows_affected();
                if n > 0 {
                    sqlx::query("update head set n_erased = n_erased + 1 where id = 1").execute(&mut *c).await?;
                    let detail = n.to_string();
                    let entry = &Entry { detail: &detail, ..entry.clone() };
                    add_entry!(c, entry);
                }
                Ok(n)
            }
            .await
        })
    }
}
