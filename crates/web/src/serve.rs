//! Listening, and stopping without cutting anybody off.

use std::{io, net::SocketAddr};

use axum::Router;
use thiserror::Error;
use tokio::net::TcpListener;

use crate::Reach;

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

/// Serves until the process is asked to end (Ctrl-C or TERM), then lets running requests finish.
pub async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, router).with_graceful_shutdown(asked_to_end()).await
}

async fn asked_to_end() {
    let interrupt = async {
        // Without a handler the process could not be stopped at all, so a failure means: end now.
        tokio::signal::ctrl_c().await.ok();
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
    tracing::info!("asked to end");
}
