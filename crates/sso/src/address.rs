//! Where requests may go, so that a provider's metadata cannot send us into our own network by plain `http`.

use openidconnect::url::{Host, Url};

use crate::SsoError;

/// Which addresses a provider may name, after where its issuer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The issuer is elsewhere: `https`, and never this machine.
    Elsewhere,
    /// The issuer is on this machine, which is for tests and for a provider beside us: this machine, or `https`.
    Loopback,
}

impl Reach {
    /// What an issuer's address allows.
    ///
    /// # Errors
    /// [`SsoError::Insecure`] when it is neither `https` nor on the loopback, [`SsoError::Settings`] when it is none.
    pub(crate) fn of(issuer: &str) -> Result<Self, SsoError> {
        let url = Url::parse(issuer).map_err(|e| SsoError::Settings { what: "issuer", why: e.to_string() })?;
        let reach = if is_loopback(&url) { Reach::Loopback } else { Reach::Elsewhere };
        reach.check("issuer", &url)?;
        Ok(reach)
    }

    /// Whether a request may go to this address; `what` names it in the error.
    ///
    /// # Errors
    /// [`SsoError::Insecure`].
    pub(crate) fn check(self, what: &'static str, url: &Url) -> Result<(), SsoError> {
        let allowed = match self {
            Reach::Elsewhere => url.scheme() == "https" && !is_loopback(url),
            Reach::Loopback => url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)),
        };
        let allowed = allowed && url.has_host() && url.username().is_empty() && url.password().is_none();
        if allowed { Ok(()) } else { Err(SsoError::Insecure { what, address: url.to_string() }) }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(v4)) => v4.is_loopback() || v4.is_unspecified(),
        Some(Host::Ipv6(v6)) => {
            v6.is_loopback() || v6.is_unspecified() || v6.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers() {
        let check = |issuer, expected: Option<Reach>| assert_eq!(Reach::of(issuer).ok(), expected, "{issuer}");
        check("https://login.example.org/realms/habitat", Some(Reach::Elsewhere));
        check("https://10.0.0.8", Some(Reach::Elsewhere));
        check("http://127.0.0.1:8080", Some(Reach::Loopback));
        check("http://[::1]:8080", Some(Reach::Loopback));
        check("http://localhost", Some(Reach::Loopback));
        check("http://login.example.org", None);
        check("http://localhost.example.org", None);
        check("https://somebody@login.example.org", None);
        check("ftp://127.0.0.1", None);
        check("file:///etc/passwd", None);
        check("login.example.org", None);
        check("", None);
    }

    #[test]
    fn endpoints() {
        let check = |reach: Reach, url: &str, expected: bool| {
            assert_eq!(reach.check("token endpoint", &Url::parse(url).unwrap()).is_ok(), expected, "{reach:?} {url}");
        };
        check(Reach::Elsewhere, "https://tokens.example.org/token", true);
        check(Reach::Elsewhere, "http://login.example.org/token", false);
        for here in
            ["127.0.0.1", "127.1", "2130706433", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "localhost", "a.localhost."]
        {
            check(Reach::Elsewhere, &format!("https://{here}/"), false);
            check(Reach::Elsewhere, &format!("http://{here}/"), false);
            check(Reach::Loopback, &format!("http://{here}/"), true);
        }
        check(Reach::Loopback, "http://login.example.org/token", false);
        check(Reach::Loopback, "http://169.254.169.254/latest", false);
    }
}
