//! Laws: folding in pieces equals folding at once, undo restores every byte, two writers never lose an update.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use jiff::Timestamp;
use model::Kind;
use proptest::prelude::*;
use register::{Edit, Log, Upto, Verifier, accept, invert};
use store::{Entry, Mode, Person, Store, StoreError};

use super::support::{BOTH, On, Register, append, bodies, unit, write};

/// One change of a random history: units that it puts (with a title) or removes.
#[derive(Clone, Debug)]
enum Step {
    Put(u8, u8),
    Remove(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![3 => (0u8..6, any::<u8>()).prop_map(|(u, t)| Step::Put(u, t)), 1 => (0u8..6).prop_map(Step::Remove)]
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// A model held in memory and the register agree after every change, now and at every past position; the chain holds;
    /// taking the last change back restores the state before it byte for byte.
    #[test]
    fn the_register_remembers_every_state(steps in prop::collection::vec(step(), 1..12)) {
        block_on(async {
            // Equal histories have equal chains, wherever they are kept.
            assert_eq!(remembers(&steps, On::Sqlite).await, remembers(&steps, On::Postgres).await);
        });
    }
}

/// Writes a history and holds it against the model; the end of its chain.
async fn remembers(steps: &[Step], on: On) -> (u64, [u8; 32]) {
    let register = Register::new(on).await;
    let mut states = vec![Vec::new()];
    for step in steps {
        let state = register.state(Upto::Now).await;
        let edit = match *step {
            Step::Put(u, t) => unit(&format!("U{u}"), &format!("Title {t}")),
            Step::Remove(u) if state.units.contains(&format!("U{u}")) => {
                Edit::Remove { kind: Kind::Unit, id: format!("U{u}") }
            }
            Step::Remove(_) => continue,
        };
        register.write(vec![edit], None).await.expect("written");
        states.push(bodies(&register.state(Upto::Now).await));
    }
    for (position, expected) in states.iter().enumerate() {
        let folded = register.store.fold(Upto::Change(position as u64)).await.expect("folds");
        assert_eq!(folded.position, position as u64);
        assert_eq!(&bodies(&folded.records), expected);
    }
    let mut verifier = Verifier::default();
    for (change, revision) in register.store.read(1, 1_000).await.expect("reads") {
        verifier.take(&change, &revision).expect("intact");
    }
    let (n, head) = register.store.tip().await.expect("a tip");
    verifier.finish(n, &head).expect("whole");

    if states.len() > 1 {
        let last = states.len() as u64 - 1;
        let (summary, touched) = register.store.touched(last).await.expect("reads").expect("is there");
        let proposal = invert(&summary.change, &touched, summary.undone_by, last, "t", "undo", Timestamp::UNIX_EPOCH)
            .expect("no conflict");
        let (checked, found) = accept(&register.state(Upto::Now).await, proposal);
        register.store.append(checked.unwrap_or_else(|| panic!("{found:?}"))).await.expect("written");
        assert_eq!(bodies(&register.state(Upto::Now).await), states[states.len() - 2]);
    }
    register.store.tip().await.expect("a tip")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_is_undone_and_a_conflict_refused() {
    for on in BOTH {
        let register = Register::new(on).await;
        register.write(vec![unit("U1", "first")], None).await.expect("written");
        register.write(vec![unit("U1", "second"), unit("U2", "other")], None).await.expect("written");
        let after = bodies(&register.state(Upto::Now).await);
        let undo = async |number: u64| {
            let (summary, touched) = register.store.touched(number).await.expect("reads").expect("is there");
            let position = register.store.head().await.expect("a head").0;
            let proposal =
                invert(&summary.change, &touched, summary.undone_by, position, "t", "undo", Timestamp::UNIX_EPOCH)?;
            let (checked, found) = accept(&register.state(Upto::Now).await, proposal);
            Ok::<_, Vec<diag::Diagnostic>>(
                register.store.append(checked.unwrap_or_else(|| panic!("{found:?}"))).await.expect("written"),
            )
        };
        undo(2).await.expect("taken back");
        assert_eq!(register.state(Upto::Now).await.units.len(), 1);
        undo(3).await.expect("brought back");
        assert_eq!(bodies(&register.state(Upto::Now).await), after);
        let refused = undo(1).await.expect_err("U1 was changed since");
        assert_eq!(refused.first().map(|d| d.code.id), Some("REG011"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_writer_of_one_record_gets_a_conflict() {
    for on in BOTH {
        let register = Register::new(on).await;
        register.write(vec![unit("U1", "first"), unit("U2", "other")], None).await.expect("written");
        register.write(vec![unit("U1", "mine")], Some(1)).await.expect("written");
        match register.write(vec![unit("U1", "yours")], Some(1)).await {
            Err(StoreError::Conflict { record, change }) => assert_eq!((record.as_str(), change), ("unit/U1", 2)),
            other => panic!("{other:?}"),
        }
        // Another record of the same old position is no conflict.
        register.write(vec![unit("U2", "yours")], Some(1)).await.expect("written");
        assert_eq!(
            register
                .state(Upto::Now)
                .await
                .units
                .get("U1")
                .map(|u| u.title.show(model::value::Lang::En).to_owned())
                .as_deref(),
            Some("mine")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_append_at_once() {
    for on in BOTH {
        let register = Register::new(on).await;
        let second = register.again(Mode::ReadWrite).await;
        let many = async |store: &Store, name: &str| {
            for i in 0..20 {
                write(store, vec![unit(&format!("{name}{i}"), "x")], Some(0)).await.expect("written");
            }
        };
        tokio::join!(many(&register.store, "A"), many(&second, "B"));
        let folded = register.store.fold(Upto::Now).await.expect("folds");
        assert_eq!((folded.position, folded.records.units.len()), (40, 40));
        let mut verifier = Verifier::default();
        for (change, revision) in register.store.read(1, 1_000).await.expect("reads") {
            verifier.take(&change, &revision).expect("one chain, not two");
        }
    }
}

/// A program whose writers queue at the lock all the time leaves its turn to another.
#[tokio::test(flavor = "multi_thread")]
async fn a_busy_program_does_not_keep_another_from_writing() {
    const MOST: u64 = 4_000;
    for on in BOTH {
        let register = Register::new(on).await;
        let second = register.again(Mode::ReadWrite).await;
        // What was made against an old state takes a while to be compared with what was written since.
        let before = (0..10_000).map(|i| unit(&format!("U{i}"), "x")).collect();
        append(&register.store, before, 0).await.expect("written");
        let is_done = Arc::new(AtomicBool::new(false));
        let busy = (0..3).map(|writer| {
            let (store, is_done) = (register.store.clone(), is_done.clone());
            tokio::spawn(async move {
                let mut n_written = 0;
                let mut seen = 1;
                while n_written < MOST && !is_done.load(Ordering::SeqCst) {
                    seen = append(&store, vec![unit(&format!("W{writer}"), "x")], seen).await.expect("written").number;
                    n_written += 1;
                }
                n_written
            })
        });
        let busy: Vec<_> = busy.collect();
        for i in 0..12 {
            append(&second, vec![unit(&format!("B{i}"), "x")], 0).await.expect("written");
        }
        is_done.store(true, Ordering::SeqCst);
        for writer in busy {
            assert!(writer.await.expect("ends") < MOST, "{on:?}: waited to the end of the other's work");
        }
    }
}

/// Whoever waits for a change may go away at any moment; the change is whole or not there, and the next one is taken.
#[tokio::test(flavor = "multi_thread")]
async fn an_append_given_up_is_whole_or_nothing() {
    for on in BOTH {
        let register = Register::new(on).await;
        for i in 0..60_u64 {
            let before = register.store.tip().await.expect("a tip").0;
            let writing = register.write(vec![unit(&format!("U{i}"), "x")], Some(before));
            let seen = tokio::time::timeout(std::time::Duration::from_micros(i * 10), writing).await;
            // What was acknowledged is there; one that was given up before may have come to its end as well.
            let there = register.store.revisions_of("unit", &format!("U{i}")).await.expect("reads");
            match seen {
                Ok(Ok(committed)) => assert_eq!(there.len(), 1, "{on:?}: change {i} on {before}: {committed:?}"),
                Ok(Err(error)) => panic!("{on:?}: change {i} on {before}: {error:?}"),
                Err(_) => assert!(there.len() <= 1, "{on:?}: change {i} on {before}"),
            }
        }
        register.write(vec![unit("LAST", "x")], Some(0)).await.expect("written");
        let folded = register.store.fold(Upto::Now).await.expect("folds");
        assert_eq!(folded.records.units.len() as u64, folded.position);
        let mut verifier = Verifier::default();
        for (change, revision) in register.store.read(1, 1_000).await.expect("reads") {
            verifier.take(&change, &revision).expect("the chain");
        }
    }
}

/// A register that is read cannot be written, an empty database is none, and tables of others are left alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_server_is_asked_like_a_file() {
    let register = Register::new(On::Postgres).await;
    register.write(vec![unit("U1", "x")], None).await.expect("written");
    let reader = register.again(Mode::ReadOnly).await;
    assert!(matches!(write(&reader, vec![unit("U2", "x")], None).await, Err(StoreError::ReadOnly(_))));
    assert_eq!(reader.head().await.expect("a head").0, 1);
    let address = register.address().expect("an address");
    let wrong = address.replace("ekistics@", "ekistics:s3cret@").replace('?', "x?");
    let refused = Store::connect(&wrong, Mode::ReadWrite).await.expect_err("no such database").to_string();
    assert!(refused.contains("does not exist") && !refused.contains("s3cret"), "{refused}");
    let empty = testkit::postgres::database();
    assert!(matches!(Store::connect(&empty, Mode::ReadWrite).await, Err(StoreError::NotADatabase { .. })));
    let options: sqlx::postgres::PgConnectOptions = empty.parse().expect("an address");
    let other = sqlx::PgPool::connect_with(options).await.expect("connects");
    sqlx::raw_sql("create table recipes (name text)").execute(&other).await.expect("made");
    assert!(matches!(Store::connect(&empty, Mode::Create).await, Err(StoreError::NotADatabase { .. })));
}

/// A register is the same after it was copied there and back, goes on where it was, and is copied into nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_has_the_same_chain() {
    for (from, to) in [(On::Sqlite, On::Postgres), (On::Postgres, On::Sqlite)] {
        let register = Register::new(from).await;
        register.write(vec![unit("U1", "first"), unit("U2", "other")], None).await.expect("written");
        register.write(vec![unit("U1", "second")], None).await.expect("written");
        let gone = Edit::Remove { kind: Kind::Unit, id: "U2".into() };
        register.write(vec![gone], None).await.expect("written");
        let created_at = jiff::Timestamp::UNIX_EPOCH;
        let person = Person {
            code: "P-1".into(),
            name: "Ann".into(),
            email: "ann@example.org".into(),
            state: "active".into(),
            body: "{}".into(),
            created_at,
            version: 0,
        };
        let entry = Entry { at: created_at, who: "t", deed: "add", kind: "", record: "", detail: "" };
        assert!(register.store.save_person(&person, &entry).await.expect("written"));
        let copy = Register::new(to).await;
        let copied = register.store.copy_to(&copy.store, &|_, _| {}).await.expect("copied");
        assert_eq!((copied.n_changes, copied.n_revisions), (3, 4));
        assert_eq!(copy.store.tip().await.expect("a tip"), register.store.tip().await.expect("a tip"));
        for position in 0..=3 {
            let [here, there] = [&register, &copy].map(|r| r.state(Upto::Change(position)));
            assert_eq!(bodies(&here.await), bodies(&there.await), "{position}");
        }
        assert_eq!(copy.store.person("P-1").await.expect("reads").map(|p| p.name), Some("Ann".into()), "{to:?}");
        assert_eq!(copy.store.verify_audit().await.expect("reads"), Ok(1), "{to:?}");
        // The tables of the kinds came along: the next change of a record replaces its row.
        let committed = copy.write(vec![unit("U1", "third")], None).await.expect("written");
        assert_eq!(committed.number, 4);
        let again = register.store.copy_to(&copy.store, &|_, _| {}).await;
        assert!(matches!(again, Err(StoreError::NotEmpty(_))), "{again:?}");
    }
}
