//! A register of each schema that there was opens, is brought up to date, and is the register that it was.

use std::{fs, path::Path};

use register::{Change, Log, Revision, Upto, Verifier};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::{Mode, Store};

use super::support::{BOTH, On, Register, append, bodies, unit};

/// The migrations of a database by their order, as their files say.
fn migrations(on: On) -> Vec<String> {
    let name = if on == On::Sqlite { "sqlite.sql" } else { "postgres.sql" };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut steps: Vec<_> = fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    steps.sort();
    steps.iter().map(|step| fs::read_to_string(step.join(name)).expect("a file")).collect()
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The log as statements of its first schema, and the table of units without the columns that came later.
fn as_it_was(on: On, log: &[(Change, Revision)]) -> String {
    let bytes = |hash: &[u8; 32]| {
        let hex: String = hash.iter().map(|b| format!("{b:02x}")).collect();
        if on == On::Sqlite { format!("x'{hex}'") } else { format!("'\\x{hex}'") }
    };
    let mut sql = String::from(
        "create table \"unit\" (\"record_id\" text not null primary key, \"id\" text, \"title_en\" text, \"kind\" text);",
    );
    let mut last = 0;
    for (change, revision) in log {
        if change.number != last {
            last = change.number;
            let (author, reason, state) = (quoted(&change.author), quoted(&change.reason), change.state.as_str());
            let (at, us) = (change.at, change.at.as_microsecond());
            sql +=
                &format!("insert into change values ({last}, {author}, '{at}', {us}, {reason}, '{state}', null, '');");
        }
        let Revision { seq, kind, record, op, body, hash, .. } = revision;
        let (body, hash) = (quoted(body), bytes(hash));
        let op = op.as_str();
        sql += &format!(
            "insert into revision values ({seq}, {last}, '{kind}', '{record}', '{op}', {body}, null, null, {hash});"
        );
        let title = serde_json::from_str::<serde_json::Value>(&revision.body).expect("a body");
        let title = quoted(title["title_en"].as_str().expect("a title"));
        sql += &format!(
            "insert into \"unit\" values ('{record}', '{record}', {title}, 'branch') \
             on conflict (\"record_id\") do update set \"title_en\" = excluded.\"title_en\";"
        );
        sql += &format!("update head set number = {last}, n_revisions = {seq}, hash = {hash};");
    }
    sql
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_of_every_schema_is_brought_up_to_date() {
    for on in BOTH {
        let now = Register::new(on).await;
        for (i, title) in ["first", "it's", "third"].into_iter().enumerate() {
            let edits = vec![unit("U1", title), unit(&format!("V{i}"), title)];
            append(&now.store, edits, i as u64).await.expect("written");
        }
        let log = now.store.read(1, 100).await.expect("reads");
        let migrations = migrations(on);
        for n in 1..=migrations.len() {
            let mut sql = String::from("create table schema_version (number bigint not null primary key);");
            for (i, step) in migrations.iter().take(n).enumerate() {
                sql += &format!("{step};insert into schema_version (number) values ({});", i + 1);
            }
            sql += &as_it_was(on, &log);
            let folder = tempfile::TempDir::new().expect("a folder");
            let (file, address) = (folder.path().join("register.sqlite"), testkit::postgres::database());
            let open = async |mode: Mode| match on {
                On::Sqlite => Store::open(&file, mode).await,
                On::Postgres => Store::connect(&address, mode).await,
            };
            let sql = AssertSqlSafe(sql);
            match on {
                On::Sqlite => {
                    let address = format!("sqlite://{}?mode=rwc", file.display());
                    let mut db = SqliteConnection::connect(&address).await.expect("opens");
                    sqlx::raw_sql(sql).execute(&mut db).await.expect("is made");
                    db.close().await.expect("closes");
                }
                On::Postgres => {
                    let mut db = PgConnection::connect(&address).await.expect("connects");
                    sqlx::raw_sql(sql).execute(&mut db).await.expect("is made");
                }
            }
            let store = open(Mode::ReadWrite).await.expect("opens an old register");
            let (then, here) = (now.store.fold(Upto::Now).await, store.fold(Upto::Now).await);
            let (then, here) = (then.expect("folds"), here.expect("folds"));
            assert_eq!((bodies(&here.records), here.head), (bodies(&then.records), then.head), "{on:?} {n}");
            append(&store, vec![unit("NEW", "x")], 3).await.expect("written");
            let mut verifier = Verifier::default();
            for (change, revision) in store.read(1, 100).await.expect("reads") {
                verifier.take(&change, &revision).expect("one chain");
            }
            assert_eq!(store.disagreement().await.expect("asks"), None);
        }
    }
}
