//! A certified OpenID Connect provider, run by Node.js on the loopback.

use std::{fs, process::Command};

use serde_json::json;
use tempfile::TempDir;

use crate::{
    authority::{Certificate, certificate},
    server::{Server, folder, packages},
};

/// Secret of every client that has one. The clients are named in `tests/oidc/provider.mjs`.
pub const CLIENT_SECRET: &str = "a secret that only tests know, of some length";

/// How the provider is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// By `http`.
    Plain,
    /// By `https`, with a certificate of an authority of its own.
    Tls,
}

/// A running provider; it ends when this is dropped.
pub struct Provider {
    /// Its issuer.
    pub issuer: String,
    /// The authority that vouches for it, when it is on `https`.
    pub authority_pem: Option<String>,
    _server: Server,
    _folder: TempDir,
}

/// Starts a provider whose clients return to `redirect`. Installs it first where it is missing.
pub fn provider(redirect: &str, transport: Transport) -> Provider {
    let home = folder("oidc");
    packages(&home);
    let temporary = tempfile::tempdir().expect("a folder");
    let tls: Option<Certificate> = (transport == Transport::Tls).then(|| certificate(temporary.path()));
    let settings = json!({
        "redirect": redirect,
        "tls": tls.as_ref().map(|tls| json!({ "cert": tls.certificate, "key": tls.key })),
    });
    let file = temporary.path().join("settings.json");
    fs::write(&file, settings.to_string()).expect("the settings");
    let server = Server::start(Command::new("node").arg(home.join("provider.mjs")).arg(file));
    Provider {
        issuer: server.place.clone(),
        authority_pem: tls.map(|tls| tls.authority_pem),
        _server: server,
        _folder: temporary,
    }
}
