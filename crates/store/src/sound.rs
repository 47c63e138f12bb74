//! Whether what stands beside the log agrees with it: the database's own structure, and the table of each kind.

use model::{Kind, Records, value::CellKind};
use register::{Folded, Log, Upto};
use sqlx::{ColumnIndex, Decode, Row, Type};
use tokio_stream::StreamExt;

use crate::{
    append::cell,
    dialect::Dialect,
    error::StoreError,
    open::{Store, on},
    sql::Param,
};

/// How often the state is folded anew because somebody wrote in between.
const TRIES: usize = 20;

impl Store {
    /// The first disagreement, in words for an auditor; `None` when there is none.
    ///
    /// The chain says that the log is what was written. This says that the answers made of it are: SQLite's trees and
    /// indexes (`pragma integrity_check`), and each kind's table, which must hold exactly the state folded from the log.
    pub async fn disagreement(&self) -> Result<Option<String>, StoreError> {
        if self.dialect() == Dialect::Sqlite {
            let said = "pragma integrity_check(1)";
            let said: String =
                on!(self, |pool| sqlx::query_scalar(said).fetch_one(pool).await).map_err(|e| self.fail(&e))?;
            if said != "ok" {
                // Its first line only names the database.
                let lines: Vec<&str> = said.lines().filter(|l| !l.starts_with("***")).collect();
                return Ok(Some(lines.join("; ")));
            }
        }
        let mut folded = self.fold(Upto::Now).await?;
        for _ in 0..TRIES {
            if let Some(found) = self.differs(&folded).await? {
                return Ok(found);
            }
            folded = self.fold_from(folded).await?;
        }
        Err(StoreError::Busy(self.path.clone()))
    }

    /// Compares all tables with a state; `None` when the register has moved on.
    async fn differs(&self, folded: &Folded) -> Result<Option<Option<String>>, StoreError> {
        let fail = |e: sqlx::Error| self.fail(&e);
        on!(self, |pool| {
            // One transaction, so that the tables belong together while others write.
            let mut tx = pool.begin_with(self.dialect().begin_reading()).await.map_err(fail)?;
            let number: i64 =
                sqlx::query_scalar("select number from head where id = 1").fetch_one(&mut *tx).await.map_err(fail)?;
            if number as u64 != folded.position {
                return Ok(None);
            }
            for kind in Kind::REGISTER {
                let sql = rows_of(*kind);
                // Names come from our own definitions.
                let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch(&mut *tx);
                let mut n_rows = 0;
                while let Some(row) = rows.next().await {
                    n_rows += 1;
                    if let Some(found) = odd(&folded.records, *kind, &row.map_err(fail)?).map_err(fail)? {
                        return Ok(Some(Some(found)));
                    }
                }
                let n_records = folded.records.count(*kind);
                if n_rows != n_records {
                    let found = format!("table {} has {n_rows} rows, the log {n_records} records", kind.name());
                    return Ok(Some(Some(found)));
                }
            }
            Ok(Some(None))
        })
    }
}

/// Reads a kind's table in types that both databases give.
fn rows_of(kind: Kind) -> String {
    let columns = kind.def().columns.iter().map(|c| match c.kind {
        CellKind::YesNo => format!(", cast(\"{}\" as bigint)", c.name),
        _ => format!(", \"{}\"", c.name),
    });
    format!("select \"record_id\"{} from \"{}\"", columns.collect::<String>(), kind.name())
}

/// What a row says that its record does not.
fn odd<'r, R>(records: &Records, kind: Kind, row: &'r R) -> Result<Option<String>, sqlx::Error>
where
    R: Row,
    usize: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    f64: Decode<'r, R::Database> + Type<R::Database>,
{
    let id: String = row.try_get(0)?;
    let Some(values) = records.row(kind, &id) else {
        return Ok(Some(format!("table {} has {id}, which the log does not", kind.name())));
    };
    for (at, (column, value)) in kind.def().columns.iter().zip(&values).enumerate() {
        let there = match column.kind {
            CellKind::Number => Param::Number(row.try_get(at + 1)?),
            CellKind::Whole(..) | CellKind::YesNo => Param::Whole(row.try_get(at + 1)?),
            _ => Param::Text(row.try_get(at + 1)?),
        };
        if there != cell(column.kind, value) {
            let name = &column.name;
            return Ok(Some(format!("table {} says of {id} in {name} what the log does not", kind.name())));
        }
    }
    Ok(None)
}
