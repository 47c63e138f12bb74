//! Checks of the port, and of other machines that we need.

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs},
    time::Duration,
};

use diag::Severity;
use serde_json::Value as Json;

use super::{Asking, Finding, Seen, fine, found};
use crate::{
    ask::{Way, get},
    commands::here,
};

/// How long a server may take to accept a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// The port is free, or it is our own server that has it.
pub fn port(seen: &Seen) -> Vec<Finding> {
    let server = &seen.settings.config.server;
    let address = SocketAddr::new(server.bind, server.port);
    let args = |detail: String| vec![("address", address.to_string().into()), ("detail", detail.into())];
    match TcpListener::bind(address) {
        Ok(_) => fine("doctor-port-free", args(String::new())),
        Err(e) if e.kind() == ErrorKind::AddrInUse => match get(&format!("{}/readyz", here(server)), Way::Straight) {
            Ok((200, body)) if is_ours(&body) => fine("doctor-port-served", args(String::new())),
            Ok((_, body)) if is_ours(&body) => found(Severity::Error, "doctor-port-unready", args(reason(&body))),
            _ => found(Severity::Error, "doctor-port-taken", args(String::new())),
        },
        Err(e) => found(Severity::Error, "doctor-port-refused", args(e.to_string())),
    }
}

/// Whether an answer of `/readyz` is that of this program.
fn is_ours(body: &str) -> bool {
    serde_json::from_str::<Json>(body).is_ok_and(|b| b["ok"].is_boolean() && b["forwarded"].is_object())
}

fn reason(body: &str) -> String {
    let body: Json = serde_json::from_str(body).unwrap_or_default();
    body["reason"].as_str().unwrap_or_default().to_owned()
}

/// The mail server accepts connections. Nothing is said to it.
pub fn mail(seen: &Seen) -> Vec<Finding> {
    let Some(address) = &seen.settings.config.mail.address else { return Vec::new() };
    if seen.reach == Asking::Here {
        return Vec::new();
    }
    let Some((host, port)) = host_and_port(address.reveal()) else {
        return found(Severity::Error, "doctor-mail-address", Vec::new());
    };
    // The address itself holds a password; its host does not.
    let place = format!("{host}:{port}");
    let connected = (host.as_str(), port).to_socket_addrs().and_then(|found| {
        let mut last = Err(std::io::Error::from(ErrorKind::NotFound));
        for address in found {
            last = TcpStream::connect_timeout(&address, PATIENCE);
            if last.is_ok() {
                break;
            }
        }
        last
    });
    match connected {
        Ok(_) => fine("doctor-mail-fine", vec![("address", place.into())]),
        Err(e) => {
            let args = vec![("address", place.into()), ("detail", e.to_string().into())];
            found(Severity::Error, "doctor-mail-fails", args)
        }
    }
}

/// Host and port of `smtp://user:password@host:port` or `smtps://…`.
fn host_and_port(address: &str) -> Option<(String, u16)> {
    let (scheme, rest) = address.split_once("://")?;
    let usual = match scheme {
        "smtp" => 587,
        "smtps" => 465,
        _ => return None,
    };
    let authority = rest.split(['/', '?']).next()?;
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let (host, port) = match place.strip_prefix('[').and_then(|p| p.split_once(']')) {
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let port = port.map_or(Some(usual), |p| p.parse().ok())?;
    (!host.is_empty()).then(|| (host.to_owned(), port))
}

/// The identity provider describes itself, and under the name by which we know it.
pub fn oidc(seen: &Seen) -> Vec<Finding> {
    let Some(issuer) = seen.settings.config.oidc.issuer.as_ref() else { return Vec::new() };
    if seen.reach == Asking::Here {
        return Vec::new();
    }
    let args = |detail: String| vec![("issuer", issuer.as_str().into()), ("detail", detail.into())];
    let url = format!("{}/.well-known/openid-configuration", issuer.as_str());
    match get(&url, Way::Usual) {
        Ok((200, body)) => {
            let body: Json = serde_json::from_str(&body).unwrap_or_default();
            match body["issuer"].as_str().map(|text| text.trim_end_matches('/')) {
                Some(name) if name == issuer.as_str() => fine("doctor-oidc-fine", args(String::new())),
                Some(name) => found(Severity::Error, "doctor-oidc-other", args(name.to_owned())),
                None => found(Severity::Error, "doctor-oidc-fails", args("no discovery document".to_owned())),
            }
        }
        Ok((status, _)) => found(Severity::Error, "doctor-oidc-fails", args(status.to_string())),
        Err(detail) => found(Severity::Error, "doctor-oidc-fails", args(detail)),
    }
}

/// From outside we are reached through the proxy, and it says whom it speaks for.
pub fn proxy(seen: &Seen) -> Vec<Finding> {
    let Some(address) = seen.settings.config.server.public_address.as_ref() else { return Vec::new() };
    let args = |detail: String| vec![("url", address.as_str().into()), ("detail", detail.into())];
    let mut all = Vec::new();
    if !address.is_secure() {
        all.extend(found(Severity::Warning, "doctor-proxy-plain", args(String::new())));
    }
    if seen.reach == Asking::Here {
        return all;
    }
    match get(&format!("{}/readyz", address.as_str()), Way::Usual) {
        Ok((_, body)) if is_ours(&body) => {
            let body: Json = serde_json::from_str(&body).unwrap_or_default();
            let mut missing = Vec::new();
            if body["forwarded"]["for"] != true {
                missing.push("X-Forwarded-For");
            }
            if address.is_secure() && body["forwarded"]["proto"] != "https" {
                missing.push("X-Forwarded-Proto: https");
            }
            if missing.is_empty() {
                all.extend(fine("doctor-proxy-fine", args(String::new())));
            } else {
                all.extend(found(Severity::Warning, "doctor-proxy-headers", args(missing.join(", "))));
            }
        }
        Ok((status, _)) => all.extend(found(Severity::Error, "doctor-proxy-fails", args(status.to_string()))),
        Err(detail) => all.extend(found(Severity::Error, "doctor-proxy-fails", args(detail))),
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_is_found_in_its_address() {
        for (address, expected) in [
            ("smtp://user:p%40ss@mail.example:2525", Some(("mail.example", 2525))),
            ("smtps://mail.example", Some(("mail.example", 465))),
            ("smtp://mail.example/?tls=required", Some(("mail.example", 587))),
            ("smtp://[2001:db8::1]:25", Some(("2001:db8::1", 25))),
            ("smtp://[2001:db8::1]", Some(("2001:db8::1", 587))),
            ("https://mail.example", None),
            ("smtp://user@:25", None),
            ("mail.example:25", None),
        ] {
            let found = host_and_port(address);
            assert_eq!(found.as_ref().map(|(host, port)| (host.as_str(), *port)), expected, "{address}");
        }
    }
}
