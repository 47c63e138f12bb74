//! The disk says no.

use std::process::Command;

use register::{Log, Upto};
use store::{Mode, Store, StoreError};
use tempfile::TempDir;

use super::support::{unit, write};

/// A file system of two megabytes that ends with its owner. Only the administrator may mount one; elsewhere the
/// kernel's own full device stands in for it.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = TempDir::new().expect("a folder");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(folder.path()).output();
        mounted.is_ok_and(|o| o.status.success()).then_some(SmallDisk(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(self.0.path()).status().ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let Some(disk) = SmallDisk::mount() else {
        let full = Store::open(std::path::Path::new("/dev/full"), Mode::Create).await;
        assert!(full.is_err(), "a device is no register");
        return;
    };
    let store = Store::open(&disk.0.path().join("register.sqlite"), Mode::Create).await.expect("opens");
    let mut acknowledged = 0;
    let error = loop {
        let title = "x".repeat(20_000);
        match write(&store, vec![unit(&format!("U{acknowledged}"), &title)], None).await {
            Ok(committed) => {
                acknowledged += 1;
                assert_eq!(committed.number, acknowledged);
            }
            Err(error) => break error,
        }
        assert!(acknowledged < 1_000, "the disk never filled");
    };
    assert!(matches!(error, StoreError::DiskFull(_)), "{error:?}");
    assert!(acknowledged > 0);
    let folded = store.fold(Upto::Now).await.expect("still readable");
    assert_eq!((folded.position, folded.records.units.len() as u64), (acknowledged, acknowledged));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_register_is_named() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("register.sqlite");
    std::fs::write(&path, "a letter, and not a short one, because a short one would be taken for an empty file")
        .expect("written");
    assert!(matches!(Store::open(&path, Mode::Create).await, Err(StoreError::NotADatabase { .. })));
    assert!(matches!(Store::open(&path, Mode::ReadOnly).await, Err(StoreError::NotADatabase { .. })));
    let other = folder.path().join("other.sqlite");
    {
        use sqlx::Connection;
        let mut db =
            sqlx::SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", other.display())).await.expect("opens");
        sqlx::raw_sql("create table recipes (name text)").execute(&mut db).await.expect("made");
    }
    assert!(matches!(Store::open(&other, Mode::ReadWrite).await, Err(StoreError::NotADatabase { .. })));
    let missing = folder.path().join("missing.sqlite");
    assert!(Store::open(&missing, Mode::ReadOnly).await.is_err());
    assert!(!missing.exists(), "reading made a file");
}
