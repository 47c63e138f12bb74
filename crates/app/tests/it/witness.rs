//! The head of the chain is told to others: by one of two servers, when it is due and there was a change.

use app::{App, Mail, MailSettings, OpenMode, Witness, tell_head};
use jiff::{SignedDuration, Timestamp};
use testkit::smtp::{Guard, mail_server};

const SITE: &str = "https://plans.example.org";
const NONE: [u64; 0] = [];

fn hour(n: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000 + n)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_head_is_told_once_by_one_of_two_servers() {
    let database = testkit::postgres::database();
    let folder = tempfile::tempdir().expect("a folder");
    let open =
        async || App::open_in(&folder.path().join("data"), Some(&database), OpenMode::Create).await.expect("opens");
    let (one, other) = (open().await, open().await);
    let server = mail_server(Guard::Open, None);
    let settings = MailSettings {
        server: format!("smtp://127.0.0.1:{}", server.port),
        from: "Ekistics <plans@example.org>".into(),
        authority_pem: None,
        site: SITE.into(),
        digest_hour: 6,
    };
    let mail = Mail::open(&settings).expect("opens");
    let file = folder.path().join("heads.txt");
    let every = SignedDuration::from_hours(24);
    let witness = Witness { file: Some(file.clone()), mail: Some("auditor@example.org".into()), every };
    let both = async |now: Timestamp| {
        let (a, b) =
            tokio::join!(tell_head(&one, &witness, Some(&mail), now), tell_head(&other, &witness, Some(&mail), now));
        [a.expect("tells"), b.expect("tells")].into_iter().flatten().collect::<Vec<u64>>()
    };
    assert_eq!(both(hour(0)).await, NONE, "there is no change yet");
    app::load_demo(&one, hour(1)).await.expect("loads");
    assert_eq!(both(hour(1)).await, NONE, "it is not due");
    assert_eq!(both(hour(24)).await, [1]);
    assert_eq!(both(hour(25)).await, NONE);
    assert_eq!(both(hour(49)).await, NONE, "there was no other change");
    let lines = std::fs::read_to_string(&file).expect("a file");
    let line = lines.lines().next().expect("a line").to_owned();
    assert_eq!(lines.lines().count(), 1, "{lines}");
    let [instant, number, head] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
    assert_eq!((instant.parse::<Timestamp>().ok(), number), (Some(hour(24)), "1"));
    let known = app::parse_head(head).expect("a head");
    let verdict = app::verify(&one, Some(known), &|_, _| {}).await.expect("reads");
    assert!(verdict.broken.is_none(), "{verdict:?}");
    let letters = server.letters();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].to == ["auditor@example.org"] && letters[0].text.as_deref().is_some_and(|t| t.contains(&line)));

    // A file that cannot be written is an error, and is tried again in ten minutes.
    let actor = app::access::Actor::Local { name: "tester".into() };
    app::undo(&one, 1, &actor, "back", hour(73)).await.expect("asks").expect("is undone");
    let nowhere = Witness { file: Some(folder.path().join("none/heads.txt")), mail: None, every };
    assert!(tell_head(&one, &nowhere, None, hour(73)).await.is_err());
    assert_eq!(both(hour(73) + SignedDuration::from_mins(9)).await, NONE);
    assert_eq!(both(hour(73) + SignedDuration::from_mins(11)).await, [2]);
    assert_eq!(std::fs::read_to_string(&file).expect("a file").lines().count(), 2);
}
