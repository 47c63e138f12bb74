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
                (3, include_str!("../migrations/0003_elsewhere/sqlite.sql")),
                (4, include_str!("../migrations/0004_erasures/sqlite.sql")),
            ],
            Dialect::Postgres => &[
                (1, include_str!("../migrations/0001_log/postgres.sql")),
                (2, include_str!("../migrations/0002_people/postgres.sql")),
                (3, include_str!("../migrations/0003_elsewhere/postgres.sql")),
                (4, include_str!("../migrations/0004_erasures/postgres.sql")),
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
    /// Names the ordinary tables.
    pub fn tables(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "select name from pragma_table_list where schema = 'main' and type = 'table' \
                 and name not like 'sqlite\\_%' escape '\\' order by name"
            }
            Dialect::Postgres => {
                "select table_name::text from information_schema.tables \
                 where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1"
            }
        }
    }
    /// Names the columns of a table that are not computed from others, with their types.
    pub fn column_types(self) -> &'static str {
        match self {
            Dialect::Sqlite => "select name, type from pragma_table_info($1) order by cid",
            Dialect::Postgres => {
                "select column_name::text, data_type::text from information_schema.columns \
                 where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER' \
                 order by ordinal_position"
            }
        }
    }
    /// Names the references between tables that have to be put off one by one: table, reference.
    pub fn references(self) -> &'static str {
        match self {
            Dialect::Sqlite => "select '', '' where false",
            Dialect::Postgres => {
                "select t.relname::text, c.conname::text from pg_constraint c join pg_class t on t.oid = c.conrelid \
                 where c.contype = 'f' and not c.condeferrable and t.relnamespace = current_schema()::regnamespace"
            }
        }
    }
    /// Puts the checking of references off to the end of the transaction.
    pub fn defer_references(self) -> &'static str {
        match self {
            Dialect::Sqlite => "pragma defer_foreign_keys = on",
            Dialect::Postgres => "select 1",
        }
    }
    /// Checks the references that were put off.
    pub fn check_references(self) -> &'static str {
        match self {
            // The commit does it.
            Dialect::Sqlite => "select 1",
            Dialect::Postgres => "set constraints all immediate",
        }
    }
    /// Names what counts the values of a column (table quoted, column), if something does.
    pub fn counter(self) -> &'static str {
        match self {
            // A row gets the number after the largest one.
            Dialect::Sqlite => "select null where $1 = $1 and $2 = $2 union all select null limit 1",
            Dialect::Postgres => "select pg_get_serial_sequence($1, $2)",
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
