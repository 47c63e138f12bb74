//! What stands beside the log, on both databases: persons, sign-in, proposals, notices, jobs, the audit.

use jiff::{SignedDuration, Timestamp};
use register::{
    Edit, Log, Proposal, Upto, accept,
    lane::{Action, Case, CaseState, Route},
};
use store::{AuditFilter, Beside, Entry, IN_FORCE, Person, Proposed, Remark, RequestKey, Store};

use crate::support::{BOTH, Register, unit};

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_700_000_000 + seconds)
}

fn entry(deed: &str) -> Entry<'_> {
    Entry { at: at(0), who: "tester", deed, kind: "", record: "", detail: "" }
}

fn a_person(code: &str, email: &str) -> Person {
    Person {
        code: code.into(),
        name: format!("Name of {code}"),
        email: email.into(),
        state: "active".into(),
        body: "{}".into(),
        created_at: at(0),
        version: 0,
    }
}

#[tokio::test]
async fn a_person_is_written_by_one_at_a_time_and_can_be_erased() {
    for on in BOTH {
        let r = Register::new(on).await;
        let store = &r.store;
        assert_eq!(store.n_persons().await.expect("counts"), 0);
        assert!(store.save_person(&a_person("P1", "Ann@Example.org"), &entry("add-person")).await.expect("writes"));
        assert!(!store.save_person(&a_person("P2", "ann@example.org"), &entry("add-person")).await.expect("writes"));
        let ann = store.person_by_email("ANN@example.org").await.expect("reads").expect("is there");
        let renamed = Person { name: "Ann".into(), ..ann.clone() };
        assert!(store.save_person(&renamed, &entry("change-person")).await.expect("writes"));
        assert!(!store.save_person(&renamed, &entry("change-person")).await.expect("writes"), "{on:?}: a lost update");
        store.start_session(&[1; 32], "P1", at(60), "browser", "::1", &entry("sign-in")).await.expect("signs in");
        store.erase_person("P1", &entry("erase-person")).await.expect("erases");
        let erased = store.person("P1").await.expect("reads").expect("the code stays");
        assert_eq!((erased.name.as_str(), erased.email.as_str(), erased.state.as_str()), ("", "", "erased"));
        assert!(store.session(&[1; 32]).await.expect("reads").is_none());
        // Two erased persons have no address; that is no double.
        assert!(store.save_person(&a_person("P3", "ann@example.org"), &entry("add-person")).await.expect("writes"));
        store.erase_person("P3", &entry("erase-person")).await.expect("erases");
        let deeds: Vec<String> =
            store.audited(&AuditFilter::default(), 50).await.expect("reads").into_iter().map(|e| e.deed).collect();
        let expected = ["erase-person", "add-person", "erase-person", "sign-in", "change-person", "add-person"];
        assert_eq!(deeds, expected, "{on:?}: what was not done is not recorded");
    }
}

#[tokio::test]
async fn a_link_and_a_job_are_taken_once_of_many_who_try() {
    for on in BOTH {
        let r = Register::new(on).await;
        r.store.add_link(&[7; 32], "setup", "", at(100), &entry("add-link")).await.expect("writes");
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let store = r.store.clone();
            tries.spawn(async move {
                let link = store.use_link(&[7; 32], at(10)).await.expect("asks");
                let job = store.take_job("digest", at(10), at(20)).await.expect("asks");
                (link, job)
            });
        }
        let won = tries.join_all().await;
        assert_eq!(won.iter().filter(|(link, _)| *link).count(), 1, "{on:?}");
        assert_eq!(won.iter().filter(|(_, job)| *job).count(), 1, "{on:?}");
        assert!(!r.store.use_link(&[8; 32], at(10)).await.expect("asks"), "{on:?}: no such link");
        // Whoever took the job died: after its time another one takes it. A job that was done is due later.
        assert!(r.store.take_job("digest", at(21), at(30)).await.expect("asks"));
        r.store.finish_job("digest", at(22), at(100), "ok").await.expect("writes");
        assert!(!r.store.take_job("digest", at(50), at(60)).await.expect("asks"));
        assert!(r.store.take_job("digest", at(100), at(110)).await.expect("asks"));
        r.store.add_link(&[9; 32], "reset", "", at(100), &entry("add-link")).await.expect("writes");
        assert!(!r.store.use_link(&[9; 32], at(101)).await.expect("asks"), "{on:?}: too late");
    }
}

/// A change that adds a unit and says who agreed.
async fn checked(store: &Store, number: i64) -> register::Checked {
    let folded = store.fold(Upto::Now).await.expect("folds");
    let proposal = Proposal {
        author: "P1".into(),
        at: at(0),
        reason: "test".into(),
        undoes: None,
        against: folded.position,
        edits: vec![
            unit(&format!("U{number}"), "a unit"),
            Edit::Agree { proposal: number as u64, body: r#"{"state":"accepted"}"#.into() },
        ],
    };
    accept(&folded.records, proposal).0.expect("is acceptable")
}

#[tokio::test]
async fn a_proposal_becomes_a_change_once() {
    for on in BOTH {
        let r = Register::new(on).await;
        let store = &r.store;
        let mut p = Proposed {
            number: 0,
            title: "A unit".into(),
            against: 0,
            change: None,
            created_at: at(0),
            moved_at: at(0),
            case: Case::draft("P1"),
            edits: "[]".into(),
            version: 0,
        };
        p.number = store.add_proposal(&p, &entry("propose"), &Beside::default()).await.expect("writes");
        let held = store.proposal(p.number).await.expect("reads").expect("is there");
        let step =
            register::lane::Step { id: "s".into(), after: vec![], role: "reviewer".into(), unit: None, n_persons: 1 };
        let route = Route { lane: Some("L".into()), steps: vec![step] };
        let case = held.case.after(&Action::Submit(route), "P1", at(1)).expect("submits");
        let submitted = Proposed { case, moved_at: at(1), ..held.clone() };
        assert!(store.save_proposal(&submitted, &entry("submit"), &Beside::default()).await.expect("writes"));
        assert!(
            !store.save_proposal(&submitted, &entry("submit"), &Beside::default()).await.expect("writes"),
            "{on:?}: a lost update"
        );
        let accepted = Proposed { case: Case { state: CaseState::Accepted, ..submitted.case }, ..submitted };
        let committed = store.accept_proposal(checked(store, p.number).await, &accepted).await.expect("is accepted");
        let after = store.proposal(p.number).await.expect("reads").expect("is there");
        assert_eq!((after.case.state, after.change), (CaseState::Accepted, Some(committed.number)), "{on:?}");
        let again = store.accept_proposal(checked(store, p.number).await, &accepted).await;
        assert!(again.is_err(), "{on:?}: accepted twice");
        assert_eq!(store.head().await.expect("reads").0, committed.number, "{on:?}: nothing of it stays");
        // The agreement is in the chain, counts as no record, and an undo leaves it.
        let (summary, touched) = store.touched(committed.number).await.expect("reads").expect("is there");
        assert_eq!((summary.n_records, touched.len()), (1, 2), "{on:?}");
        let late = Proposed { version: after.version, ..after };
        assert!(
            !store.save_proposal(&late, &entry("submit"), &Beside::default()).await.expect("writes"),
            "{on:?}: an end was left"
        );
    }
}

#[tokio::test]
async fn what_is_told_is_kept() {
    for on in BOTH {
        let r = Register::new(on).await;
        let store = &r.store;
        let on_field = Remark {
            kind: "project".into(),
            record: "X".into(),
            field: "budget".into(),
            body: "?".into(),
            ..Remark::default()
        };
        let id = store.add_remark(&on_field, at(1)).await.expect("writes");
        store.add_remark(&Remark { proposal: Some(3), ..on_field.clone() }, at(2)).await.expect("writes");
        store.settle_remark(id, at(3)).await.expect("writes");
        let on_record = store.remarks_on("project", "X").await.expect("reads");
        assert_eq!(on_record.iter().map(|r| (r.id, r.is_settled())).collect::<Vec<_>>(), [(id, true)], "{on:?}");
        assert_eq!(store.remarks_of_proposal(3).await.expect("reads").len(), 1);

        let news = |who: &str| (who.to_owned(), "returned", "/proposals/3".to_owned(), "{}".to_owned());
        store.notify(at(1), &[news("P1"), news("P2"), news("P1")]).await.expect("writes");
        let notices = store.notices_of("P1", 10).await.expect("reads");
        assert_eq!((notices.len(), store.n_unread("P1").await.expect("counts")), (2, 2), "{on:?}");
        store.read_notices("P1", notices[1].id, at(2)).await.expect("writes");
        assert_eq!(store.n_unread("P1").await.expect("counts"), 1, "{on:?}");
        let waiting: Vec<i64> = store.unmailed(0, 10).await.expect("reads").iter().map(|n| n.id).collect();
        store.mailed(&waiting[..2], at(3), None).await.expect("writes");
        assert_eq!(store.unmailed(0, 10).await.expect("reads").len(), 1, "{on:?}");
        assert_eq!(store.unmailed(waiting[2], 10).await.expect("reads"), [], "{on:?}");

        store.save_draft("P1", "project/X", "half a", at(1)).await.expect("writes");
        store.save_draft("P1", "project/X", "half a sentence", at(2)).await.expect("writes");
        assert_eq!(store.draft("P1", "project/X").await.expect("reads"), Some((at(2), "half a sentence".into())));
        store.save_draft("P1", "project/X", "", at(3)).await.expect("writes");
        assert!(store.drafts_of("P1").await.expect("reads").is_empty(), "{on:?}");
    }
}

#[tokio::test]
async fn a_request_with_a_key_is_carried_out_once() {
    for on in BOTH {
        let r = Register::new(on).await;
        let store = &r.store;
        let key = |person: &str, key: &str| RequestKey { person: person.into(), key: key.into() };
        let mine = key("P1", "k");
        assert_eq!(store.claim_key(&mine, &[1; 32], at(1)).await.expect("asks"), None);
        assert_eq!(store.claim_key(&mine, &[1; 32], at(2)).await.expect("asks").map(|a| a.status), Some(0), "{on:?}");
        assert_eq!(store.claim_key(&key("P2", "k"), &[2; 32], at(2)).await.expect("asks"), None, "{on:?}: another's");
        // The server was killed before it wrote anything: later the key is free again.
        let later = |minutes: i64| at(2) + SignedDuration::from_mins(minutes);
        assert_eq!(store.claim_key(&mine, &[3; 32], later(30)).await.expect("asks"), None, "{on:?}");
        // A refused request frees its key.
        store.forget_key(&mine).await.expect("writes");
        assert_eq!(store.claim_key(&mine, &[4; 32], later(30)).await.expect("asks"), None, "{on:?}");
        // The change and the answer are one.
        let beside = Beside { key: Some(mine.clone()), ..Beside::default() };
        let committed = store.append_with(checked(store, 1).await, &beside).await.expect("appends");
        store.forget_key(&mine).await.expect("writes");
        let held = store.claim_key(&mine, &[4; 32], later(31)).await.expect("asks").expect("is there");
        assert_eq!(
            (held.request, held.status, held.body),
            (vec![4; 32], IN_FORCE, committed.number.to_string()),
            "{on:?}"
        );
        // After a week it is forgotten.
        assert_eq!(store.claim_key(&mine, &[5; 32], later(60 * 24 * 8)).await.expect("asks"), None, "{on:?}");
    }
}

#[tokio::test]
async fn what_was_begun_elsewhere_is_taken_once() {
    for on in BOTH {
        let r = Register::new(on).await;
        let store = &r.store;
        store.add_pending(&[1; 32], "one", at(0), at(600)).await.expect("writes");
        store.add_pending(&[2; 32], "two", at(0), at(600)).await.expect("writes");
        store.add_pending(&[3; 32], "three", at(10), at(20)).await.expect("writes");
        assert_eq!(store.take_pending(&[3; 32], at(20)).await.expect("asks"), None, "{on:?}: too late");
        let takers: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.take_pending(&[1; 32], at(30)).await.expect("asks") })
            })
            .collect();
        let mut taken = Vec::new();
        for taker in takers {
            taken.extend(taker.await.expect("runs"));
        }
        assert_eq!(taken, ["one"], "{on:?}");
        // Beginning another one forgets those whose time is over.
        store.add_pending(&[4; 32], "four", at(700), at(1300)).await.expect("writes");
        assert_eq!(store.take_pending(&[2; 32], at(30)).await.expect("asks"), None, "{on:?}");
    }
}

#[tokio::test]
async fn a_job_is_held_and_put_off() {
    for on in BOTH {
        let r = Register::new(on).await;
        let store = &r.store;
        assert_eq!(store.job("letters").await.expect("reads"), None, "{on:?}");
        assert!(store.take_job("letters", at(0), at(10)).await.expect("asks"));
        assert!(store.hold_job("letters", at(10), at(20)).await.expect("asks"), "{on:?}");
        assert!(!store.take_job("letters", at(15), at(25)).await.expect("asks"), "{on:?}: it is held");
        assert!(store.take_job("letters", at(20), at(30)).await.expect("asks"));
        assert!(!store.hold_job("letters", at(20), at(40)).await.expect("asks"), "{on:?}: another one has it");
        for due in [100, 200] {
            store.put_off_job("letters P1", at(due), "2").await.expect("writes");
            assert_eq!(store.job("letters P1").await.expect("reads"), Some((at(due), "2".into())), "{on:?}");
        }
        assert!(!store.take_job("letters P1", at(199), at(300)).await.expect("asks"), "{on:?}");
    }
}

#[tokio::test]
async fn the_audit_is_a_chain() {
    for on in BOTH {
        let r = Register::new(on).await;
        let mut writers = tokio::task::JoinSet::new();
        for n in 0..20 {
            let store = r.store.clone();
            writers.spawn(async move {
                let record = n.to_string();
                let entry = Entry { at: at(n), who: "P1", deed: "export", kind: "plan", record: &record, detail: "" };
                store.audit(&entry).await.expect("writes");
            });
        }
        writers.join_all().await;
        assert_eq!(r.store.verify_audit().await.expect("reads"), Ok(20), "{on:?}");
        let filter = AuditFilter { kind: "plan".into(), record: "7".into(), ..AuditFilter::default() };
        let found = r.store.audited(&filter, 5).await.expect("reads");
        assert_eq!(found.iter().map(|e| e.at()).collect::<Vec<_>>(), [at(7)], "{on:?}");
        r.sql("update audit set who = 'P2' where seq = 5").await;
        assert_eq!(r.store.verify_audit().await.expect("reads"), Err(5), "{on:?}");
    }
}
