//! Folding in pieces equals folding at once, whatever was written and wherever the cuts lie.

use jiff::Timestamp;
use model::{
    Kind,
    record::{Origin, SheetOrigin},
    value::Value,
};
use proptest::prelude::*;
use register::{Edit, Folded, LiveSegment, Log, Op, Proposal, Revision, SegmentRef, Upto, accept, invert};

use super::support::{BOTH, On, Register, row, unit};

/// One change of a random history.
#[derive(Clone, Debug)]
enum Step {
    /// Units with a title, some from a sheet.
    Put(Vec<(u8, u8)>),
    /// A unit goes, where there is one.
    Remove(u8),
    /// A segment comes, or comes back, with a unit.
    Segment(u8),
    /// A segment goes.
    Retract(u8),
    /// The last change but so many is taken back, where it can be.
    Undo(u8),
    /// Somebody looks: the pieces are cut here.
    Look,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::collection::vec((0u8..6, any::<u8>()), 1..4).prop_map(Step::Put),
        1 => (0u8..6).prop_map(Step::Remove),
        2 => (0u8..3).prop_map(Step::Segment),
        1 => (0u8..3).prop_map(Step::Retract),
        2 => (0u8..4).prop_map(Step::Undo),
        3 => Just(Step::Look),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn folding_in_pieces_is_folding_at_once(steps in prop::collection::vec(step(), 1..16)) {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime").block_on(async {
            for on in BOTH {
                folds(&steps, on).await;
            }
        });
    }
}

async fn folds(steps: &[Step], on: On) {
    let register = Register::new(on).await;
    let mut held = vec![Folded::default()];
    for (number, step) in steps.iter().enumerate() {
        if matches!(step, Step::Look) {
            let last = held.last().cloned().unwrap_or_default();
            held.push(register.store.fold_from(last).await.expect("folds on"));
            continue;
        }
        if let Some(proposal) = proposal(&register, step, number).await {
            let state = register.state(Upto::Now).await;
            // What breaks a rule, as a record named twice, is no change.
            if let (Some(checked), _) = accept(&state, proposal) {
                register.store.append(checked).await.expect("written");
            }
        }
    }
    let at_once = register.store.fold(Upto::Now).await.expect("folds");
    for earlier in held {
        let position = earlier.position;
        let on = register.store.fold_from(earlier).await.expect("folds on");
        assert_same(&on, &at_once, position);
    }
}

async fn proposal(register: &Register, step: &Step, number: usize) -> Option<Proposal> {
    let (position, _) = register.store.head().await.expect("a head");
    let sheet = std::sync::Arc::new(SheetOrigin { file: format!("{number}.csv"), ..sheet() });
    let put = |(u, t): &(u8, u8)| match unit(&format!("U{u}"), &format!("Title {t}")) {
        Edit::Put { kind, row, .. } if t % 2 == 0 => {
            Edit::Put { kind, row, origin: Some(Origin { sheet: sheet.clone(), row: u32::from(*t) }) }
        }
        other => other,
    };
    let segment = |s: &u8| SegmentRef { id: format!("{s:064}"), n_rows: 5, n_bytes: 100 };
    let edits = match step {
        Step::Put(units) => units.iter().map(put).collect(),
        Step::Remove(u) => vec![Edit::Remove { kind: Kind::Unit, id: format!("U{u}") }],
        Step::Segment(s) => vec![Edit::AddSegment(segment(s)), unit(&format!("U{s}"), "with a segment")],
        Step::Retract(s) => vec![Edit::RetractSegment(segment(s))],
        Step::Undo(back) => {
            let (summary, touched) =
                register.store.touched(position.checked_sub(u64::from(*back))?).await.expect("reads")?;
            let at = Timestamp::UNIX_EPOCH;
            return invert(&summary.change, &touched, summary.undone_by, position, "t", "undo", at).ok();
        }
        Step::Look => return None,
    };
    let (author, reason) = ("tester".into(), "test".into());
    Some(Proposal { author, at: Timestamp::UNIX_EPOCH, reason, undoes: None, against: position, edits })
}

fn sheet() -> SheetOrigin {
    SheetOrigin { file: String::new(), sheet: "units".into(), header: Vec::new() }
}

type Rows = Vec<(Kind, String, Vec<Value>, Option<Origin>)>;

/// Equal to the last detail: the order of the records and where each came from included.
fn assert_same(a: &Folded, b: &Folded, from: u64) {
    let rows = |f: &Folded| -> Rows {
        let of = |k: &Kind| -> Rows {
            let rows = f.records.rows(*k);
            rows.map(|(id, row)| (*k, id.to_owned(), row, f.records.origin(*k, id).cloned())).collect()
        };
        Kind::REGISTER.iter().flat_map(of).collect()
    };
    let ends = |f: &Folded| (f.position, f.at, f.head, f.segments.iter().map(LiveSegment::clone).collect::<Vec<_>>());
    assert_eq!(ends(a), ends(b), "from {from}");
    assert_eq!(rows(a), rows(b), "from {from}");
}

/// A state that is no beginning of the log is not gone on from.
#[tokio::test(flavor = "multi_thread")]
async fn another_registers_state_is_not_gone_on_from() {
    for on in BOTH {
        let (one, other) = (Register::new(on).await, Register::new(on).await);
        one.write(vec![unit("U1", "here")], None).await.expect("written");
        other.write(vec![unit("U2", "there")], None).await.expect("written");
        other.write(vec![unit("U3", "there")], None).await.expect("written");
        for position in [1, 2] {
            let foreign = other.store.fold(Upto::Change(position)).await.expect("folds");
            let folded = one.store.fold_from(foreign).await.expect("folds");
            assert_same(&folded, &one.store.fold(Upto::Now).await.expect("folds"), position);
        }
    }
}

/// The clock of the machine is set back between two changes: the second is written at the instant of the first, so the
/// changes up to an instant are always the first so many.
#[tokio::test(flavor = "multi_thread")]
async fn instants_never_go_back_along_the_log() {
    for on in BOTH {
        let register = Register::new(on).await;
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let write = async |store: &store::Store, id: &str, when: &str| {
            let position = store.head().await.expect("a head").0;
            let edits = vec![Edit::Put { kind: Kind::Unit, row: named(id), origin: None }];
            let (author, reason) = ("tester".into(), "test".into());
            let proposal = Proposal { author, at: at(when), reason, undoes: None, against: position, edits };
            let (checked, found) = accept(&Default::default(), proposal);
            store.append(checked.unwrap_or_else(|| panic!("{found:?}"))).await.expect("written");
        };
        write(&register.store, "U1", "2024-05-01T12:00:00Z").await;
        write(&register.store, "U2", "2024-05-01T11:00:00Z").await;
        // Neither a program that has just started, nor one beside it whose clock is behind, goes back.
        write(&register.again(store::Mode::ReadWrite).await, "U3", "2024-04-30T00:00:00Z").await;
        write(&register.store, "U4", "2024-05-01T11:59:59Z").await;
        write(&register.store, "U5", "2024-05-01T13:00:00Z").await;
        let read: Vec<(_, Revision)> = register.store.read(1, 10).await.expect("reads");
        let instants: Vec<String> = read.iter().map(|(change, _)| change.at.to_string()).collect();
        let (noon, later) = ("2024-05-01T12:00:00Z", "2024-05-01T13:00:00Z");
        assert_eq!(instants, [noon, noon, noon, noon, later]);
        assert!(read.iter().all(|(_, r)| r.op == Op::Put));
        for (instant, position) in [("2024-05-01T11:30:00Z", 0), (noon, 4), ("2024-05-01T12:30:00Z", 4), (later, 5)] {
            let folded = register.store.fold(Upto::Instant(at(instant))).await.expect("folds");
            assert_eq!((folded.position, folded.records.units.len() as u64), (position, position), "{instant}");
        }
        let mut verifier = register::Verifier::default();
        read.iter().for_each(|(change, revision)| verifier.take(change, revision).expect("the chain"));
    }
}

fn named(id: &str) -> Vec<Value> {
    row(Kind::Unit, &[("id", id), ("title_en", "x"), ("kind", "branch")])
}

/// The tables beside the log say what it says; when one does not, it is named.
#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_differs_from_the_log_is_named() {
    for on in BOTH {
        let register = Register::new(on).await;
        register.write(vec![unit("U1", "first"), unit("U2", "other")], None).await.expect("written");
        register.write(vec![Edit::Remove { kind: Kind::Unit, id: "U2".into() }], None).await.expect("written");
        assert_eq!(register.store.disagreement().await.expect("asked"), None);
        for (sql, expected) in [
            ("update unit set title_en = 'forged' where record_id = 'U1'", "says of U1 in title_en"),
            ("insert into unit (record_id, id) values ('U9', 'U9')", "has U9, which the log does not"),
            ("delete from unit where record_id = 'U1'", "has 0 rows, the log 1 records"),
        ] {
            register.sql(sql).await;
            let found = register.store.disagreement().await.expect("asked").unwrap_or_default();
            assert!(found.contains(expected), "{sql}: {found}");
            register.sql("delete from unit where record_id = 'U9'").await;
            register.write(vec![unit("U1", "first again")], None).await.expect("written");
            assert_eq!(register.store.disagreement().await.expect("asked"), None, "{sql}");
        }
    }
}
