//! What the two databases say differently. Everything else is one text for both.

/// A database's way of speaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Dialect {
    /// Migrations of the log by number. What was released is never edited.
    pub fn migrations(self) -> &'static [(i64, &'static str)] {
        match self {
            Dialect::Sqlite => &[
                (1, include_str!("../migrations/0001_log/sqlite.sql")),
                (2, include_str!("../migrations/0002_people/sqlite.sql")),
            ],
            Dialect::Postgres => &[
                (1, include_str!("../migrations/0001_log/postgres.sql")),
                (2, include_str!("../migrations/0002_people/postgres.sql")),
            ],
        }
    }
    /// Begins a transaction that sees one state however long it reads.
    pub fn begin_reading(self) -> &'static str {
        match self {
            Dialect::Sqlite => "begin",
            Dialect::Postgres => "begin isolation level repeatable read read only",
        }
    }
    /// Begins a transaction that changes tables; programs that start at once wait for each other.
    pub fn begin_migrating(self) -> &'static str {
        match self {
            Dialect::Sqlite => "begin immediate",
            Dialect::Postgres => "begin",
        }
    }
    /// The lock under which tables are changed, where the transaction itself is none. The number is ours.
    pub fn migration_lock(self) -> &'static str {
        match self {
            Dialect::Sqlite => "select 1",
            Dialect::Postgres => "select 1 from (select pg_advisory_xact_lock(6031769)) as taken",
        }
    }
    /// Counts the tables; with a name, those of that name.
    pub fn count_tables(self) -> &'static str {
        match self {
            Dialect::Sqlite => "select count(*) from sqlite_master where type = 'table' and ($1 = '' or name = $1)",
            Dialect::Postgres => {
                "select count(*) from information_schema.tables \
                 where table_schema = current_schema() and ($1 = '' or table_name = $1)"
            }
        }
    }
    /// Names the columns of all tables: table, column. One question, because each waits for the server.
    pub fn columns(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'"
            }
            Dialect::Postgres => {
                "select t.relname::text, c.attname::text from pg_class t join pg_attribute c on c.attrelid = t.oid \
                 where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r' \
                 and c.attnum > 0 and not c.attisdropped"
            }
        }
    }
    /// What stands behind the columns of a table with a key of text.
    pub fn table_options(self) -> &'static str {
        match self {
            // Rows stand in the tree of their keys: one tree to write instead of two.
            Dialect::Sqlite => " without rowid",
            Dialect::Postgres => "",
        }
    }
}
