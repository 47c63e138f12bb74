//! `health`: asks a running server whether it is ready; for containers, whose images have no other program to ask with.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use config::Server;
use serde_json::Value as Json;

use crate::{
    Stop,
    args::Health,
    ask::{Way, get},
    session::Session,
};

/// Exit code 0 when ready, 1 otherwise.
pub async fn run(session: &Session, args: &Health) -> Result<(), Stop> {
    let url = args.url.clone().unwrap_or_else(|| format!("{}/readyz", here(&session.settings.config.server)));
    let asked = url.clone();
    let answer =
        tokio::task::spawn_blocking(move || get(&asked, Way::Straight)).await.unwrap_or_else(|e| Err(e.to_string()));
    let reason = match answer {
        Ok((200, _)) => None,
        Ok((status, body)) => {
            let body: Json = serde_json::from_str(&body).unwrap_or_default();
            Some(body["reason"].as_str().map_or_else(|| status.to_string(), str::to_owned))
        }
        Err(detail) => Some(detail),
    };
    if session.json {
        session.print_json(&serde_json::json!({"ok": reason.is_none(), "url": url, "reason": reason}));
    } else {
        let key = if reason.is_none() { "cli-health-fine" } else { "cli-health-fails" };
        let args = [("url", url.into()), ("reason", reason.clone().unwrap_or_default().into())];
        outln!("{}", session.say_with(key, &args));
    }
    if reason.is_some() { Err(Stop::Findings) } else { Ok(()) }
}

/// Where a server with these settings is reached from its own machine.
pub fn here(server: &Server) -> String {
    let host: IpAddr = match server.bind {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(host, server.port))
}
