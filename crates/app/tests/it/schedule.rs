//! Backups that servers make by themselves: when one is due, by one of two, and again after a failure.

use app::{App, OpenMode, Schedule, Vault, Whom, back_up_when_due};
use jiff::{SignedDuration, Timestamp};

/// The clock of a server, by the minute of the trial.
fn at<const MINUTE: i64>() -> Timestamp {
    "2026-01-01T00:00:00Z".parse::<Timestamp>().expect("an instant") + SignedDuration::from_mins(MINUTE)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_made_when_it_is_due_by_one_of_two_servers() {
    let database = testkit::postgres::database();
    let folder = tempfile::tempdir().expect("a folder");
    let open =
        async || App::open_in(&folder.path().join("data"), Some(&database), OpenMode::Create).await.expect("opens");
    let (one, other) = (open().await, open().await);
    app::load_demo(&one, at::<0>()).await.expect("loads");
    let to = folder.path().join("backups").display().to_string();
    let schedule = Schedule { to, whom: Whom::Nobody, keep: None, every: SignedDuration::from_mins(60) };
    let both = async |clock: fn() -> Timestamp| {
        let (a, b) = tokio::join!(back_up_when_due(&one, &schedule, clock), back_up_when_due(&other, &schedule, clock));
        let made = [a.expect("asks"), b.expect("asks")].into_iter().flatten();
        made.map(|done| done.manifest.run).collect::<Vec<u64>>()
    };
    assert_eq!(both(at::<1>).await, [1]);
    assert_eq!(both(at::<60>).await, [0; 0], "an hour has not passed");
    assert_eq!(both(at::<61>).await, [2]);
    // One that was made by hand puts the next off.
    let vault = Vault::open(&schedule.to).expect("opens");
    app::back_up(&one, &vault, &Whom::Nobody, None, at::<100>(), &|_, _| {}).await.expect("is made");
    assert_eq!(both(at::<121>).await, [0; 0], "there is one of 21 minutes ago");
    assert_eq!(both(at::<160>).await, [4]);

    // A place that is no folder: an error, and again in ten minutes.
    std::fs::write(folder.path().join("file"), "x").expect("written");
    let nowhere = Schedule { to: folder.path().join("file").display().to_string(), ..schedule.clone() };
    assert!(back_up_when_due(&one, &nowhere, at::<220>).await.is_err());
    assert_eq!(both(at::<229>).await, [0; 0]);
    assert_eq!(both(at::<231>).await, [5]);
    assert_eq!(app::backups(&vault).await.expect("a list").len(), 5);
}
