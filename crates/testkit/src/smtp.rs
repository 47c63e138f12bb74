//! A mail server on the loopback (Debian's `python3-aiosmtpd`), and the letters that it took.

use std::{fs, process::Command};

use serde::Deserialize;
use serde_json::json;
use tempfile::TempDir;

use crate::{
    authority::certificate,
    server::{Server, folder},
};

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Not at all, by a server that is old enough to know no addresses beyond ASCII.
    Open,
    /// By TLS from the command STARTTLS on, which must be the first.
    StartTls,
    /// By TLS from the first byte.
    Tls,
}

/// A letter as it came, and as Python's mail parser reads it.
#[derive(Clone, Debug, Deserialize)]
pub struct Received {
    /// Sender of the envelope.
    pub from: String,
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// Everything after DATA.
    pub raw: String,
    /// Names and decoded values.
    pub headers: Vec<(String, String)>,
    /// The decoded body, when there is but one part.
    pub text: Option<String>,
    /// What the parser finds wrong.
    pub defects: Vec<String>,
}

impl Received {
    /// The decoded values of a header, in any case of its name.
    pub fn header(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect()
    }
}

/// A running server; it ends when this is dropped.
pub struct MailServer {
    /// Its port on the loopback.
    pub port: String,
    /// The authority that vouches for it.
    pub authority_pem: String,
    _server: Server,
    folder: TempDir,
}

impl MailServer {
    /// The letters that it took so far, in their order.
    pub fn letters(&self) -> Vec<Received> {
        let files = (0..).map(|n| self.folder.path().join(format!("{n}.json")));
        files
            .map_while(|file| fs::read(file).ok())
            .map(|bytes| serde_json::from_slice(&bytes).expect("a letter of our own server"))
            .collect()
    }
}

/// Starts a server; with a login (name and password) it takes letters of nobody else.
///
/// Panics when it cannot be started.
pub fn mail_server(guard: Guard, login: Option<(&str, &str)>) -> MailServer {
    let temporary = tempfile::tempdir().expect("a folder");
    let tls = certificate(temporary.path());
    let settings = json!({
        "folder": temporary.path(),
        "guard": match guard { Guard::Open => "open", Guard::StartTls => "starttls", Guard::Tls => "tls" },
        "certificate": tls.certificate,
        "key": tls.key,
        "login": login.map(|(name, password)| [name, password]),
    });
    let file = temporary.path().join("settings.json");
    fs::write(&file, settings.to_string()).expect("the settings");
    // The system's Python by its full name: another one in the path does not see the package.
    let server = Server::start(Command::new("/usr/bin/python3").arg(folder("smtp").join("server.py")).arg(file));
    MailServer { port: server.place.clone(), authority_pem: tls.authority_pem, _server: server, folder: temporary }
}
