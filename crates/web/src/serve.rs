//! Listening, and stopping without cutting anybody off.

use std::{future::IntoFuture, io, net::SocketAddr, time::Duration};

use axum::Router;
use thiserror::Error;
use tokio::{net::TcpListener, sync::oneshot};

use crate::{Reach, watch::Watch};

/// Why the pages cannot be served.
#[derive(Debug, Error)]
pub enum BindError {
    /// Another program listens there.
    #[error("{0} is in use by another program")]
    InUse(SocketAddr),
    /// The address can be reached from other machines and nobody allowed that.
    #[error("{0} can be reached from other machines")]
    Remote(SocketAddr),
    /// Anything else.
    #[error("cannot listen on {0}: {1}")]
    Io(SocketAddr, io::Error),
}

/// Opens the address. Everything is open to whoever reaches the pages, so an address that other machines
/// can reach is refused unless `reach` allows it.
pub async fn bind(address: SocketAddr, reach: &Reach) -> Result<TcpListener, BindError> {
    if !address.ip().is_loopback() && *reach == Reach::Loopback {
        return Err(BindError::Remote(address));
    }
    TcpListener::bind(address).await.map_err(|e| match e.kind() {
        io::ErrorKind::AddrInUse => BindError::InUse(address),
        _ => BindError::Io(address, e),
    })
}

/// How patient a server is when it is asked to end.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// It stays open so long and says that it is not ready, so that a load balancer looks away.
    pub drain: Duration,
    /// Then it closes its door, and waits at most so long for requests that run.
    pub finish: Duration,
}

/// How a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every request was answered.
    Whole,
    /// So many requests ran longer than it had patience, and were cut off.
    Cut(i64),
    /// It was asked a second time, and ended at once.
    AtOnce,
}

/// Serves until the process is asked to end (Ctrl-C or TERM); calls `ending` then; lets running requests finish.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    watch: &Watch,
    patience: Patience,
    ending: impl FnOnce(),
) -> io::Result<Ended> {
    let mut asks = Asks::listen()?;
    let (close, closed) = oneshot::channel::<()>();
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    // The sender is dropped at the latest when this function ends, and that closes the door too.
    let server = axum::serve(listener, router).with_graceful_shutdown(async { drop(closed.await) });
    let mut server = std::pin::pin!(server.into_future());
    tokio::select! {
        ended = &mut server => return ended.map(|()| Ended::Whole),
        () = asks.next() => {}
    }
    tracing::info!(requests.running = watch.n_running(), "asked to end");
    watch.end();
    ending();
    tokio::select! {
        ended = &mut server => return ended.map(|()| Ended::Whole),
        () = asks.next() => return Ok(Ended::AtOnce),
        () = tokio::time::sleep(patience.drain) => {}
    }
    drop(close);
    tokio::select! {
        ended = &mut server => ended.map(|()| Ended::Whole),
        () = asks.next() => Ok(Ended::AtOnce),
        () = tokio::time::sleep(patience.finish) => match watch.n_running() {
            // Connections without a request are nobody's loss.
            0 => Ok(Ended::Whole),
            n => Ok(Ended::Cut(n)),
        },
    }
}

/// The asks to end, one after the other.
struct Asks {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Asks {
    #[cfg(unix)]
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Asks { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }
    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! { _ = self.interrupt.recv() => {}, _ = self.terminate.recv() => {} }
    }
    #[cfg(not(unix))]
    fn listen() -> io::Result<Self> {
        Ok(Asks {})
    }
    #[cfg(not(unix))]
    async fn next(&mut self) {
        // Without a handler the process could not be stopped at all, so a failure means: end now.
        tokio::signal::ctrl_c().await.ok();
    }
}
