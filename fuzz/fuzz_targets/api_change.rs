//! Any bytes as the body of a change that a program sends: it is refused with findings, or weighed; nothing panics, and
//! nothing is written.

#![no_main]

use std::sync::OnceLock;

use app::{App, OpenMode, access::Actor, proposals};
use jiff::{Timestamp, civil::date};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use tokio::runtime::Runtime;

struct Site {
    runtime: Runtime,
    app: App,
    _folder: TempDir,
}

/// A register with the sample programme, made once.
fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let runtime = Runtime::new().expect("a runtime");
        let folder = TempDir::new().expect("a folder");
        let app = runtime.block_on(async {
            let app = App::open(folder.path(), OpenMode::Create).await.expect("a register");
            app::load_demo(&app, Timestamp::UNIX_EPOCH).await.expect("the sample");
            app
        });
        Site { runtime, app, _folder: folder }
    })
}

fuzz_target!(|input: &[u8]| {
    let Ok(sent) = serde_json::from_slice::<proposals::Sent>(input) else { return };
    let site = site();
    let by = Actor::Local { name: "fuzz".to_owned() };
    // On a thread of the runtime, as a request runs.
    let weighing = async move {
        proposals::weigh(&site.app, &by, &sent, date(2020, 1, 1), "2020-01-01T00:00:00Z".parse().expect("an instant")).await
    };
    let weighed = site.runtime.block_on(site.runtime.spawn(weighing)).expect("no panic");
    if let Ok(Err(found)) = weighed {
        assert!(!found.is_empty());
    }
    let world = site.runtime.block_on(site.app.world()).expect("a world");
    assert_eq!(world.snapshot().position, 1);
});
