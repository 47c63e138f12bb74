//! `serve`: the pages of a data folder, until the process is told to end.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use app::{App, AppError, Jobs, OpenMode, people::Limits};
use config::WebAddress;
use jiff::{SignedDuration, Timestamp};
use model::value::Lang;
use tokio::{net::TcpListener, sync::oneshot};
use web::{BindError, Ended, Options, Patience, Reach, Watch};

use crate::{
    Stop,
    args::Serve,
    commands::outside,
    notify::{State, tell},
    session::Session,
};

/// How often it is looked whether a letter is due.
const EVERY: Duration = Duration::from_secs(3);
/// How often it is looked whether a backup is due.
const BACKUP_LOOK: Duration = Duration::from_secs(30);
/// How long a letter that is being handed over holds up the end; one that is cut off may be sent twice.
const LAST_LETTER: Duration = Duration::from_secs(20);
/// How long the database may take to close.
const CLOSING: Duration = Duration::from_secs(5);

/// Whether other machines are let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// This machine alone.
    Here,
    /// Whoever reaches the port.
    Open,
}

/// Serves a data folder.
pub async fn run(session: &Session, _: &Serve) -> Result<(), Stop> {
    for name in &session.settings.strangers {
        tracing::warn!(name, "this variable is no setting");
    }
    let app = session.open(OpenMode::Existing).await?;
    let server = &session.settings.config.server;
    let door = if server.allow_remote { Door::Open } else { Door::Here };
    pages(session, app, SocketAddr::new(server.bind, server.port), door).await
}

/// Serves the pages until the process is told to end. The door is open before the world is there, so that whoever asks
/// learns that it is being made.
pub async fn pages(session: &Session, app: App, address: SocketAddr, door: Door) -> Result<(), Stop> {
    if let Some(path) = &session.settings.config.maps.world {
        let version = app::install_world_at(path)?;
        tracing::info!(version, "maps are drawn on another world");
    }
    let mail = outside::mail(&session.settings.config)?;
    let elsewhere = outside::elsewhere(&session.settings.config)?;
    let schedule = outside::backups(session)?;
    let lock = app.serve_lock()?;
    let bound = if door == Door::Open { Reach::Remote(Vec::new()) } else { Reach::Loopback };
    let listener = listen(session, address, &bound).await?;
    let address = listener.local_addr().map_err(|e| AppError::file("listener", &e))?;
    let config = &session.settings.config;
    let proxies = config.server.trusted_proxies.clone();
    let watch = Watch::new(adopt(), Box::new(move |ip| proxies.iter().any(|p| p.contains(ip))));
    watch.set_largest_upload(u64::from(config.server.max_upload_mb) << 20);
    let metrics = match config.metrics.bind {
        None => None,
        Some(address) => {
            let listener = listen(session, address, &Reach::Remote(Vec::new())).await?;
            let address = listener.local_addr().map_err(|e| AppError::file("listener", &e))?;
            tracing::info!(address = address.to_string(), "metrics");
            // The numbers are told until the process ends, while it is ending too.
            Some(tokio::spawn(web::serve_metrics(listener, app.clone(), watch.clone())))
        }
    };
    let reach = reach(session, door);
    let options = Options {
        today: session.today(),
        limits: Limits {
            idle: SignedDuration::from_mins(config.session.idle_minutes.into()),
            absolute: SignedDuration::from_hours(config.session.absolute_hours.into()),
        },
        secure: config.server.public_address.as_ref().is_some_and(WebAddress::is_secure),
        public_reading: config.server.public_reading,
        mail: mail.clone(),
        elsewhere: elsewhere.map(Arc::new),
        disclaimers: disclaimers(&config.maps),
        ..Options::new(Timestamp::now, &session.author(None), reach)
    };
    // Dropped with this function too, so the jobs end however it ends.
    let (ended_here, end) = oneshot::channel::<()>();
    let jobs = Jobs { mail, witness: outside::witness(config), every: EVERY, clock: Timestamp::now };
    let jobs = tokio::spawn(app::run_jobs(app.clone(), jobs, async {
        end.await.ok();
    }));
    let (backups_end, end) = oneshot::channel::<()>();
    let backups = schedule.map(|schedule| {
        let app = app.clone();
        // A thread of its own: a run packs, encrypts and writes for minutes, and those who ask for pages should not wait.
        tokio::task::spawn_blocking(move || {
            tokio::runtime::Handle::current().block_on(app::run_backups(
                app,
                schedule,
                BACKUP_LOOK,
                Timestamp::now,
                async {
                    end.await.ok();
                },
            ));
        })
    });
    let router = web::watched(web::router(app.clone(), options), watch.clone());
    let patience = Patience {
        drain: Duration::from_secs(config.server.drain_seconds.into()),
        finish: Duration::from_secs(config.server.shutdown_seconds.into()),
    };
    let serving = web::serve(listener, router, &watch, patience, || tell(State::Stopping));
    let mut serving = std::pin::pin!(serving);
    // The first page is quick when the world is there before it is asked for.
    let ended = tokio::select! {
        ended = &mut serving => ended,
        world = app.world() => {
            world?;
            outln!("{}", session.say_with("cli-serving", &[("url", format!("http://{address}/").into())]));
            if let Some(secret) = app::people::setup_link(&app, session.now()).await? {
                let link = match &config.server.public_address {
                    Some(public) => format!("{}/enter/{secret}", public.as_str()),
                    None => format!("http://{address}/enter/{secret}"),
                };
                outln!("{}", session.say_with("cli-setup", &[("link", link.into())]));
            }
            tell(State::Ready);
            serving.await
        }
    };
    let ended = ended.map_err(|e| AppError::file("server", &e))?;
    if ended == Ended::AtOnce {
        return Err(Stop::AtOnce);
    }
    if let Ended::Cut(n) = ended {
        tracing::warn!(requests.cut = n, "requests that ran too long were cut off");
    }
    drop((ended_here, backups_end));
    if let Some(backups) = backups {
        backups.await.ok();
    }
    if tokio::time::timeout(LAST_LETTER, jobs).await.is_err() {
        tracing::warn!("a letter was cut off");
    }
    if tokio::time::timeout(CLOSING, app.close()).await.is_err() {
        tracing::warn!("the database was left open: somebody still uses it");
    }
    if let Some(metrics) = metrics {
        metrics.abort();
    }
    drop(lock);
    tracing::info!("ended");
    Ok(())
}

/// Names of hosts that are answered. A proxy on this machine passes the public name on, so names that were set are
/// answered behind a closed door too.
fn reach(session: &Session, door: Door) -> Reach {
    let server = &session.settings.config.server;
    let mut names = server.names.clone();
    names.extend(server.public_address.as_ref().map(|a| a.host().to_owned()));
    match door {
        Door::Here if names.is_empty() => Reach::Loopback,
        _ => Reach::Remote(names),
    }
}

async fn listen(session: &Session, address: SocketAddr, reach: &Reach) -> Result<TcpListener, Stop> {
    web::bind(address, reach).await.map_err(|e| match e {
        BindError::InUse(address) => {
            Stop::Port(session.say_with("error-port", &[("port", address.port().to_string().into())]))
        }
        BindError::Remote(_) => Stop::Usage(session.say("cli-remote")),
        BindError::Io(address, e) => Stop::Failed(AppError::file(address.to_string(), &e)),
    })
}

fn adopt() -> web::Adopt {
    #[cfg(feature = "traces")]
    return crate::traces::adopt;
    #[cfg(not(feature = "traces"))]
    return web::no_traces;
}

/// The organisation's words on maps, in the languages that it gave them in.
fn disclaimers(maps: &config::Maps) -> Vec<(Lang, String)> {
    let given = [(Lang::En, &maps.disclaimer_en), (Lang::Ar, &maps.disclaimer_ar), (Lang::Zh, &maps.disclaimer_zh)];
    given.into_iter().filter_map(|(lang, words)| Some((lang, words.clone()?))).collect()
}
