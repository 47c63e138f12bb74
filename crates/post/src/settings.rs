//! The mail server as the administrator writes it.

use std::{fmt, net::IpAddr, time::Duration};

use lettre::{
    message::Mailbox,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::PostError;

/// A good value for [`Settings::patience`]: servers that delay strangers do so for some seconds.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The mail server, and who sends.
#[derive(Clone)]
pub struct Settings {
    /// `smtps://user:password@host:port` for TLS from the first byte (port 465 unless given), or
    /// `smtp://user:password@host:port` for TLS by STARTTLS, which is insisted on (port 587 unless given). Without TLS
    /// are only a server on this machine, unless its authority is given, and a relay that takes no password and is
    /// written `smtp://host?tls=none`.
    /// Name and password are percent-encoded, as in any address.
    pub address: String,
    /// Who the letters are from: `noreply@example.org`, or with a name: `Habitat <noreply@example.org>`.
    pub from: String,
    /// Certificate (PEM) of an authority that is not a public one, for a server inside an organisation.
    pub authority_pem: Option<String>,
    /// Longest time for handing over one letter, connection included.
    pub patience: Duration,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("from", &self.from).finish_non_exhaustive()
    }
}

/// The settings, understood.
pub(crate) struct Server {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: Tls,
    pub(crate) login: Option<Credentials>,
    pub(crate) from: Mailbox,
}

impl Server {
    /// Understands the settings; asks nobody.
    ///
    /// # Errors
    /// [`PostError::Settings`].
    pub(crate) fn read(settings: &Settings) -> Result<Self, PostError> {
        let wrong = |what: String| PostError::Settings(what);
        let from = settings.from.parse().map_err(|e| wrong(format!("sender `{}`: {e}", settings.from)))?;
        // The address is not repeated in errors, because a password may stand in it.
        let url = Url::parse(&settings.address).map_err(|e| wrong(format!("address: {e}")))?;
        // To `Url` the host of an unknown scheme is any text, so what is an IP address is found here.
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if host.is_empty() {
            return Err(wrong("the address names no host".into()));
        }
        let is_loopback = host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        let is_here = is_loopback || host.eq_ignore_ascii_case("localhost");
        let login = login(&url)?;
        let (tls, port) = match (url.scheme(), url.query()) {
            ("smtps", None) => (Tls::Wrapper(tls(&host, settings)?), 465),
            ("smtp", Some("tls=none")) if login.is_none() => (Tls::None, 25),
            ("smtp", Some("tls=none")) if is_here => (Tls::None, 587),
            ("smtp", Some("tls=none")) => return Err(wrong("a password does not travel without TLS".into())),
            // What Debian's mail servers show by themselves on this machine is a certificate that nobody vouches for.
            ("smtp", None) if is_here && settings.authority_pem.is_none() => (Tls::None, 587),
            ("smtp", None) => (Tls::Required(tls(&host, settings)?), 587),
            ("smtp" | "smtps", Some(_)) => return Err(wrong("all that may follow `?` is `tls=none`".into())),
            (scheme, _) => return Err(wrong(format!("`{scheme}` is neither smtp nor smtps"))),
        };
        Ok(Server { host, port: url.port().unwrap_or(port), tls, login, from })
    }
}

fn tls(host: &str, settings: &Settings) -> Result<TlsParameters, PostError> {
    let wrong = |e: lettre::transport::smtp::Error| PostError::Settings(format!("certificate: {e}"));
    let mut parameters = TlsParameters::builder(host.to_owned());
    if let Some(pem) = &settings.authority_pem {
        parameters = parameters.add_root_certificate(Certificate::from_pem(pem.as_bytes()).map_err(wrong)?);
    }
    parameters.build().map_err(wrong)
}

fn login(url: &Url) -> Result<Option<Credentials>, PostError> {
    let decoded = |text: &str| {
        let wrong = |_| PostError::Settings("name and password are not text in UTF-8".into());
        percent_decode_str(text).decode_utf8().map(|t| t.into_owned()).map_err(wrong)
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err(PostError::Settings("a name without password, or the reverse".into())),
        (name, Some(password)) => Ok(Some(Credentials::new(decoded(name)?, decoded(password)?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Result<Server, String> {
        let settings = Settings {
            address: address.into(),
            from: "Habitat <noreply@example.org>".into(),
            authority_pem: None,
            patience: PATIENCE,
        };
        Server::read(&settings).map_err(|e| e.to_string())
    }

    #[test]
    fn addresses() {
        let check = |address: &str, expected: (&str, u16, &str, bool)| {
            let server = read(address).unwrap_or_else(|e| panic!("{address}: {e}"));
            let tls = match server.tls {
                Tls::None => "none",
                Tls::Opportunistic(_) => "if offered",
                Tls::Required(_) => "starttls",
                Tls::Wrapper(_) => "tls",
            };
            assert_eq!((server.host.as_str(), server.port, tls, server.login.is_some()), expected, "{address}");
        };
        check("smtps://me:pw@mail.example.org", ("mail.example.org", 465, "tls", true));
        check("smtps://mail.example.org:2465", ("mail.example.org", 2465, "tls", false));
        check("smtp://me:pw@mail.example.org", ("mail.example.org", 587, "starttls", true));
        check("smtp://mail.example.org:25", ("mail.example.org", 25, "starttls", false));
        check("smtp://relay.internal?tls=none", ("relay.internal", 25, "none", false));
        check("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, "none", false));
        check("smtp://me:pw@localhost:2525?tls=none", ("localhost", 2525, "none", true));
        check("smtp://[::1]:2525", ("::1", 2525, "none", false));
    }

    #[test]
    fn a_password_with_signs() {
        let server = read("smtps://me%40example.org:p%3Aw%2F%C3%A9@mail.example.org").unwrap();
        assert_eq!(server.login, Some(Credentials::new("me@example.org".into(), "p:w/é".into())));
    }

    #[test]
    fn what_cannot_be_used() {
        let check = |address: &str, reason: &str| {
            let error = read(address).err().unwrap_or_else(|| panic!("{address} is taken"));
            assert!(error.contains(reason), "{address}: {error}");
            assert!(!error.contains("pw"), "{address}: {error}");
        };
        check("mail.example.org", "address");
        check("http://me:pw@mail.example.org", "neither smtp nor smtps");
        check("smtp://me:pw@mail.example.org?tls=none", "without TLS");
        check("smtp://me:pw@mail.example.org?tls=opportunistic", "tls=none");
        check("smtps://me:pw@mail.example.org?tls=none", "tls=none");
        check("smtps://me@mail.example.org", "without password");
        check("smtps://me:pw@", "address");
        check("smtps:mail.example.org", "no host");
    }
}
