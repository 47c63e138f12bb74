//! What goes into a backup comes out again, on either database.

use std::convert::Infallible;

use jiff::{SignedDuration, Timestamp};
use register::{Log, Upto};
use store::{Entry, Item, LogEnd, NOT_KEPT, Passing, Person, Remark, Store, StoreError, TableLine};

use super::support::{BOTH, On, Register, bodies, unit};

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_700_000_000 + seconds)
}

fn entry(deed: &str) -> Entry<'_> {
    Entry { at: at(0), who: "tester", deed, kind: "", record: "", detail: "" }
}

/// A register with changes, and with rows in tables that refer to each other, hold every type and count their rows.
async fn worked_in(on: On) -> Register {
    let r = Register::new(on).await;
    r.sql(match on {
        On::Sqlite => "create table kinds_of_cells (t text, w integer, d double precision, b blob, parent text references kinds_of_cells_of (t)); create table kinds_of_cells_of (t text primary key)",
        On::Postgres => "create table kinds_of_cells_of (t varchar(20) primary key); create table kinds_of_cells (t text, w integer, d double precision, b bytea, parent varchar(20) references kinds_of_cells_of (t))",
    })
    .await;
    r.sql("insert into kinds_of_cells_of values ('p')").await;
    r.sql(match on {
        On::Sqlite => "insert into kinds_of_cells values ('ع\"\n', -7, 0.1, x'00ff', 'p'), (null, null, null, null, null), ('', 0, 1e300, x'', 'p')",
        On::Postgres => "insert into kinds_of_cells values (E'ع\"\n', -7, 0.1, '\\x00ff', 'p'), (null, null, null, null, null), ('', 0, 1e300, '', 'p')",
    })
    .await;
    for n in 0..3 {
        r.write(vec![unit(&format!("U{n}"), "a unit"), unit("U", &format!("title {n}"))], None).await.expect("written");
    }
    let person = Person {
        code: "P1".into(),
        name: "Ann".into(),
        email: "ann@example.org".into(),
        state: "active".into(),
        body: "{}".into(),
        created_at: at(0),
        version: 0,
    };
    assert!(r.store.save_person(&person, &entry("add-person")).await.expect("writes"));
    r.store.start_session(&[1; 32], "P1", at(60), "browser", "::1", &entry("sign-in")).await.expect("signs in");
    r.store.add_link(&[7; 32], "reset", "P1", at(100), &entry("add-link")).await.expect("writes");
    let remark = Remark { kind: "unit".into(), record: "U".into(), body: "?".into(), ..Remark::default() };
    r.store.add_remark(&remark, at(1)).await.expect("writes");
    r.store.add_remark(&remark, at(2)).await.expect("writes");
    r
}

/// All lines of a dump, and where the log ended.
async fn dumped(store: &Store) -> (Vec<TableLine>, LogEnd) {
    let mut lines = Vec::new();
    let end = store
        .dump(async |line| {
            lines.push(line);
            Ok::<(), Infallible>(())
        })
        .await;
    (lines, end.expect("dumps"))
}

/// What a backup of a register hands over, in pieces of two.
async fn items(store: &Store) -> (Vec<Item>, LogEnd) {
    let (lines, end) = dumped(store).await;
    let mut items = Vec::new();
    let (mut from, mut last) = (1, 0);
    while let Some(batch) = Some(store.read(from, 2).await.expect("reads")).filter(|b| !b.is_empty()) {
        let (mut changes, mut revisions) = (Vec::new(), Vec::new());
        for (change, revision) in batch {
            from = revision.seq + 1;
            if change.number != last {
                last = change.number;
                changes.push(change);
            }
            revisions.push(revision);
        }
        items.push(Item::Log { changes, revisions });
    }
    for line in lines {
        items.push(match line {
            TableLine::Begin(name) => Item::Table(name),
            TableLine::Line(line) => Item::Lines(vec![line]),
        });
    }
    (items, end)
}

async fn restored(into: &Store, items: Vec<Item>, end: LogEnd) -> Result<(), Passing<String>> {
    let mut items = items.into_iter();
    into.restore(end, async || Ok(items.next())).await
}

fn is_kept(lines: &[TableLine], name: &str) -> bool {
    lines.iter().any(|l| matches!(l, TableLine::Begin(n) if n == name))
}

#[tokio::test]
async fn every_table_comes_back_on_either_database() {
    for from in BOTH {
        let r = worked_in(from).await;
        let (before, end) = dumped(&r.store).await;
        assert!(is_kept(&before, "person") && is_kept(&before, "remark") && is_kept(&before, "kinds_of_cells"));
        for name in NOT_KEPT.iter().chain(&["change", "revision", "head", "schema_version", "unit"]) {
            assert!(!is_kept(&before, name), "{name} is in a backup");
        }
        for to in BOTH {
            let other = Register::new(to).await;
            other
                .sql(match to {
                    On::Sqlite => "create table kinds_of_cells (t text, w integer, d double precision, b blob, parent text references kinds_of_cells_of (t)); create table kinds_of_cells_of (t text primary key)",
                    On::Postgres => "create table kinds_of_cells_of (t varchar(20) primary key); create table kinds_of_cells (t text, w integer, d double precision, b bytea, parent varchar(20) references kinds_of_cells_of (t))",
                })
                .await;
            let (items, end_again) = items(&r.store).await;
            assert_eq!(end_again, end);
            restored(&other.store, items, end).await.unwrap_or_else(|e| panic!("{from:?} to {to:?}: {e}"));
            let (mut after, mut expected) = (dumped(&other.store).await.0, before.clone());
            if from != to {
                // Each database has its own order of texts, and the same rows.
                after.sort_by_key(|l| format!("{l:?}"));
                expected.sort_by_key(|l| format!("{l:?}"));
            }
            assert_eq!(after, expected, "{from:?} to {to:?}");
            assert_eq!(other.store.tip().await.expect("a tip"), r.store.tip().await.expect("a tip"));
            assert_eq!(bodies(&other.state(Upto::Now).await), bodies(&r.state(Upto::Now).await));
            assert!(other.store.session(&[1; 32]).await.expect("reads").is_none(), "{to:?}: somebody is signed in");
            assert_eq!(other.store.verify_audit().await.expect("reads"), r.store.verify_audit().await.expect("reads"));
            // It goes on: numbers that the database gives, references that it checks, typed tables that it fills.
            let remark = Remark { kind: "unit".into(), record: "U".into(), body: "!".into(), ..Remark::default() };
            assert_eq!(other.store.add_remark(&remark, at(3)).await.expect("writes"), 3, "{to:?}");
            other.write(vec![unit("U9", "after"), unit("U", "after")], None).await.expect("written");
            assert!(other.try_sql("insert into kinds_of_cells (parent) values ('nobody')").await.is_err(), "{to:?}");
            assert_eq!(other.count("unit").await, 5, "{to:?}");
        }
    }
}

#[tokio::test]
async fn a_restore_is_all_or_nothing() {
    for on in BOTH {
        let r = worked_in(On::Sqlite).await;
        let (items, end) = items(&r.store).await;
        let items: Vec<Item> = items
            .into_iter()
            .scan(false, |is_probe, item| {
                // The other register has no such table.
                match &item {
                    Item::Table(name) => *is_probe = name.starts_with("kinds_of_cells"),
                    Item::Log { .. } => *is_probe = false,
                    Item::Lines(_) => {}
                }
                Some((!*is_probe).then_some(item))
            })
            .flatten()
            .collect();
        let other = Register::new(on).await;
        let empty = dumped(&other.store).await;
        let same = async |what: &str| assert_eq!(dumped(&other.store).await, empty, "{on:?}, {what}: something stayed");
        // The other side fails at every item.
        for broken in 0..items.len() {
            let mut left = items.clone().into_iter().take(broken);
            let next = async || left.next().map(Some).ok_or("gone".to_owned());
            let failed = other.store.restore(end, next).await;
            assert!(matches!(failed, Err(Passing::Outside(e)) if e == "gone"), "{on:?}, item {broken}");
        }
        same("broken off").await;
        let head = LogEnd { head: [1; 32], ..end };
        let failed = restored(&other.store, items.clone(), head).await;
        assert!(matches!(failed, Err(Passing::Store(StoreError::Corrupt { .. }))), "{on:?}: {failed:?}");
        same("another head").await;
        let mut altered = items.clone();
        if let Item::Log { revisions, .. } = &mut altered[1] {
            revisions[0].body = revisions[0].body.replace("title", "titel");
        }
        let failed = restored(&other.store, altered, end).await;
        assert!(failed.is_err_and(|e| e.to_string().contains("revision 3")), "{on:?}");
        same("an altered revision").await;
        let newer = restored(&other.store, items.clone(), LogEnd { schema: 9_999, ..end }).await;
        assert!(matches!(newer, Err(Passing::Store(StoreError::Newer { .. }))), "{on:?}");
        let mut strange = items.clone();
        strange.push(Item::Table("of_tomorrow".into()));
        let failed = restored(&other.store, strange, end).await;
        assert!(failed.is_err_and(|e| e.to_string().contains("of_tomorrow")), "{on:?}");
        same("an unknown table").await;
        // Whole at last; then it is in use, and so is one with a person and no change.
        restored(&other.store, items.clone(), end).await.expect("restores");
        let again = restored(&other.store, items.clone(), end).await;
        assert!(matches!(again, Err(Passing::Store(StoreError::NotEmpty(_)))), "{on:?}");
        let peopled = Register::new(on).await;
        let person = other.store.person("P1").await.expect("reads").expect("is there");
        let person = Person { version: 0, ..person };
        assert!(peopled.store.save_person(&person, &entry("add-person")).await.expect("writes"));
        let refused = restored(&peopled.store, items, end).await;
        assert!(matches!(refused, Err(Passing::Store(StoreError::NotEmpty(_)))), "{on:?}");
    }
}

#[tokio::test]
async fn a_type_that_cannot_be_kept_is_named() {
    let r = Register::new(On::Postgres).await;
    r.sql("create table odd (of_day date)").await;
    let failed = r.store.dump(async |_| Ok::<(), Infallible>(())).await;
    assert!(failed.is_err_and(|e| e.to_string().contains("odd.of_day is of type date")));
}
