//! Telling the service manager how far we are (the protocol of `sd_notify`): one datagram to the socket that it names.
//! Without such a socket nothing happens.

/// What a service manager is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The world is there and the door is open.
    Ready,
    /// We were asked to end.
    Stopping,
}

/// Tells it. A manager that does not listen is none of our business: the pages are served all the same.
pub fn tell(state: State) {
    let text = match state {
        State::Ready => "READY=1",
        State::Stopping => "STOPPING=1",
    };
    if let Some(name) = std::env::var_os("NOTIFY_SOCKET").filter(|n| !n.is_empty())
        && let Err(error) = send(&name, text)
    {
        tracing::warn!(error = error.to_string(), "the service manager was not told {text}");
    }
}

#[cfg(unix)]
fn send(name: &std::ffi::OsStr, text: &str) -> std::io::Result<()> {
    use std::os::unix::{
        ffi::OsStrExt,
        net::{SocketAddr, UnixDatagram},
    };
    let address = match name.as_bytes().strip_prefix(b"@") {
        #[cfg(target_os = "linux")]
        Some(rest) => {
            use std::os::linux::net::SocketAddrExt;
            SocketAddr::from_abstract_name(rest)?
        }
        _ => SocketAddr::from_pathname(name)?,
    };
    UnixDatagram::unbound()?.send_to_addr(text.as_bytes(), &address).map(drop)
}

#[cfg(not(unix))]
fn send(_: &std::ffi::OsStr, _: &str) -> std::io::Result<()> {
    Ok(())
}
