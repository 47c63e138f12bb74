//! `serve`: the pages of a data folder.

use std::net::{IpAddr, SocketAddr};

use app::{App, AppError, OpenMode};
use jiff::Timestamp;
use web::{BindError, Options, Reach};

use crate::{Stop, args::Serve, session::Session};

/// Serves a data folder.
pub async fn run(session: &Session, args: &Serve) -> Result<(), Stop> {
    let app = session.open(OpenMode::Existing).await?;
    pages(session, app, args.bind, args.port, args.allow_remote).await
}

/// Serves the pages until the process is told to end.
pub async fn pages(session: &Session, app: App, bind: IpAddr, port: u16, remote: bool) -> Result<(), Stop> {
    let _lock = app.serve_lock()?;
    let reach = if remote { Reach::Remote(Vec::new()) } else { Reach::Loopback };
    let listener = web::bind(SocketAddr::new(bind, port), &reach).await.map_err(|e| match e {
        BindError::InUse(_) => Stop::Port(session.say_with("error-port", &[("port", port.to_string().into())])),
        BindError::Remote(_) => Stop::Usage(session.say("cli-remote")),
        BindError::Io(address, e) => Stop::Failed(AppError::file(address.to_string(), &e)),
    })?;
    let address = listener.local_addr().map_err(|e| AppError::file("listener", &e))?;
    // The first page is quick when the world is there before it is asked for.
    app.world().await?;
    outln!("{}", session.say_with("cli-serving", &[("url", format!("http://{address}/").into())]));
    if let Some(secret) = app::people::setup_link(&app, session.now()).await? {
        let link = format!("http://{address}/enter/{secret}");
        outln!("{}", session.say_with("cli-setup", &[("link", link.into())]));
    }
    let options = Options { today: session.today(), ..Options::new(Timestamp::now, &session.author(None), reach) };
    web::serve(listener, web::router(app, options)).await.map_err(|e| Stop::Failed(AppError::file("server", &e)))
}
