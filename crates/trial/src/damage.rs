//! Bytes of the file are turned over, place by place: whatever happens, the damage is named or the answers are the
//! same as before, and the server answers in either case.

use std::{
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use app::{App, OpenMode};
use axum::{body::Body, http::Request};
use jiff::{Timestamp, civil::date};
use model::Records;
use register::{Folded, Log, Upto};
use store::{Mode, Store};
use tower::ServiceExt;

use crate::{
    audit::same,
    dice::Dice,
    place::Place,
    product, runtime,
    written::{checked, unit},
};

/// The size of a page as SQLite makes it.
const PAGE: usize = 4096;
/// Bytes that are turned over at once.
const BURST: usize = 24;
/// Pages of the site that are asked for.
const ADDRESSES: [&str; 4] = ["/", "/records/unit", "/changes", "/api/v1/status"];

/// How often something was found.
#[derive(Default)]
struct Counts {
    at_opening: u64,
    by_verify: u64,
    harmless: u64,
    refused_pages: u64,
    pages: u64,
}

static PANICS: AtomicU64 = AtomicU64::new(0);

/// Damages a register in every so manyth place.
pub fn run(stride: usize, folder: &Path) -> Result<()> {
    let start = Instant::now();
    let whole = folder.join("whole");
    std::fs::create_dir_all(&whole)?;
    let runtime = runtime()?;
    let expected = runtime.block_on(write(&whole))?;
    let bytes = std::fs::read(Place::folder(&whole).file())?;
    println!("damage: a register of {} pages, three places in each, every {stride}th", bytes.len() / PAGE);
    std::panic::set_hook(Box::new(|said| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        eprintln!("{said}");
    }));
    let mut counts = Counts::default();
    let mut dice = Dice::new(1);
    let data = folder.join("damaged");
    let mut named = None;
    for at in (0..bytes.len() / PAGE * 3).step_by(stride.max(1)) {
        // The head of the page, its middle, and anywhere.
        let page = at / 3 * PAGE;
        let offset = page + [0, PAGE / 2, dice.below((PAGE - BURST) as u64) as usize][at % 3];
        let mut damaged = bytes.clone();
        damaged[offset..offset + BURST].iter_mut().for_each(|b| *b ^= 0xa5);
        std::fs::create_dir_all(&data)?;
        std::fs::write(Place::folder(&data).file(), &damaged)?;
        let found =
            runtime.block_on(look(&data, &expected, &mut counts)).with_context(|| format!("bytes from {offset}"))?;
        if named.is_none() && found.is_some() {
            program(&data)?;
        }
        named = named.or(found);
        std::fs::remove_dir_all(&data)?;
    }
    drop(std::panic::take_hook());
    let panics = PANICS.load(Ordering::Relaxed);
    ensure!(panics == 0, "{panics} panics");
    println!(
        "  named at opening: {}, by verify: {}, in no content and the answers unchanged: {}",
        counts.at_opening, counts.by_verify, counts.harmless
    );
    println!("  pages asked for: {}, answered with what is wrong: {}, panics: 0", counts.pages, counts.refused_pages);
    println!("  such as: {}", named.unwrap_or_default());
    println!("damage: none unnoticed, in {:.0?}", start.elapsed());
    Ok(())
}

/// A register whose log, tables and indexes fill several pages each.
async fn write(data: &Path) -> Result<Folded> {
    let store = Place::folder(data).open(Mode::Create).await?;
    for i in 0..60 {
        let edits =
            (0..8).map(|j| unit(&format!("U{}", (i * 3 + j) % 90), &format!("{i} {}", "title ".repeat(20)))).collect();
        let at: Timestamp = "2020-01-01T00:00:00Z".parse()?;
        store.append(checked(&Records::default(), "trial", at, i, edits)?).await?;
    }
    let folded = store.fold(Upto::Now).await?;
    store.close().await;
    Ok(folded)
}

/// What the program says of a damaged register; an error when it says nothing and should.
async fn look(data: &Path, expected: &Folded, counts: &mut Counts) -> Result<Option<String>> {
    let found = match App::open(data, OpenMode::Existing).await {
        Err(error) => {
            counts.at_opening += 1;
            return Ok(Some(error.to_string()));
        }
        Ok(app) => {
            let found = match app::verify(&app, None, &|_, _| {}).await {
                Err(error) => Some(error.to_string()),
                Ok(verdict) => verdict.broken.map(|b| format!("{}: {}", b.place(), b.detail)),
            };
            pages(app, counts).await?;
            found
        }
    };
    if found.is_some() {
        counts.by_verify += 1;
    } else {
        counts.harmless += 1;
        let store = Store::open(&Place::folder(data).file(), Mode::ReadOnly).await?;
        let folded = store.fold(Upto::Now).await?;
        ensure!(same(&folded, expected), "verify says intact, and the answers are others");
        store.close().await;
    }
    Ok(found)
}

/// Asks the site over the register for some pages: each is answered, in words.
async fn pages(app: App, counts: &mut Counts) -> Result<()> {
    let options = web::Options {
        today: Some(date(2020, 1, 1)),
        ..web::Options::new(Timestamp::now, "trial", web::Reach::Loopback)
    };
    let router = web::router(app, options);
    for address in ADDRESSES {
        let request = Request::get(address).header("host", "127.0.0.1").body(Body::empty())?;
        let response = router.clone().oneshot(request).await?;
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await?;
        counts.pages += 1;
        if !status.is_success() {
            counts.refused_pages += 1;
            ensure!(status.is_server_error() && body.len() > 50, "{address}: {status} without a word");
        }
    }
    Ok(())
}

/// The program itself, once: it says what is wrong, and its exit code says so too.
fn program(data: &Path) -> Result<()> {
    let output = std::process::Command::new(product()?).args(["verify", "--data"]).arg(data).output()?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).trim().to_owned();
    println!("  ekistics verify: {:?}, {}", output.status.code(), said.lines().next().unwrap_or_default());
    ensure!(matches!(output.status.code(), Some(1 | 3)) && !said.contains("panicked"), "{said}");
    Ok(())
}
