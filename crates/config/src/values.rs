//! Values that settings are made of, read from text and written as it.

use std::{fmt, net::IpAddr, str::FromStr, time::Duration};

use ipnet::IpNet;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How lines of the log look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// An address of the web: `https://plans.example` or `http://127.0.0.1:4318/v1/traces`. A slash at its end is dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebAddress(String);

impl WebAddress {
    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Whether it is protected by TLS.
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }
    /// The name of the host, without its port and brackets.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or_default();
        match authority.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => authority.split(':').next().unwrap_or_default(),
        }
    }
}

impl TryFrom<String> for WebAddress {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let expected = "expected an address such as https://plans.example, without a user, a question mark or spaces";
        let is_web = text.starts_with("https://") || text.starts_with("http://");
        let address = WebAddress(text.trim_end_matches('/').to_owned());
        let is_odd = text.contains(['@', '?', '#']) || text.contains(char::is_whitespace);
        if is_web && !is_odd && !address.host().is_empty() { Ok(address) } else { Err(expected) }
    }
}

impl From<WebAddress> for String {
    fn from(address: WebAddress) -> Self {
        address.0
    }
}

/// Addresses of a network: `10.0.0.0/8`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network(IpNet);

impl Network {
    /// Whether an address is in it. An IPv4 address that came over IPv6 (`::ffff:10.0.0.1`) is an IPv4 address.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

impl TryFrom<String> for Network {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let one = || IpAddr::from_str(&text).map(IpNet::from);
        IpNet::from_str(&text)
            .or_else(|_| one())
            .map(|net| Network(net.trunc()))
            .map_err(|_| "expected a network such as 10.0.0.0/8 or an address")
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.0.to_string()
    }
}

/// A stretch of time that repeats: `24h`, `30m`, `1h 30m`. Not a day, whose length depends on where one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Interval(Duration);

impl Interval {
    /// 24 hours.
    pub const DAY: Interval = Interval(Duration::from_secs(24 * 60 * 60));

    /// Its length.
    pub fn length(self) -> Duration {
        self.0
    }
}

impl TryFrom<String> for Interval {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let expected = "expected a time such as 24h or 30m";
        let span: SignedDuration = text.parse().map_err(|_| expected)?;
        let length = Duration::try_from(span).map_err(|_| expected)?;
        if length < Duration::from_secs(60) { Err("expected a minute or more") } else { Ok(Interval(length)) }
    }
}

impl From<Interval> for String {
    fn from(interval: Interval) -> Self {
        SignedDuration::try_from(interval.0).map_or_else(|_| format!("{}s", interval.0.as_secs()), |d| format!("{d:#}"))
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from(*self))
    }
}

/// A share, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Share(f64);

impl TryFrom<f64> for Share {
    type Error = &'static str;
    fn try_from(share: f64) -> Result<Self, Self::Error> {
        if (0.0..=1.0).contains(&share) { Ok(Share(share)) } else { Err("expected a number from 0 to 1") }
    }
}

impl From<Share> for f64 {
    fn from(share: Share) -> Self {
        share.0
    }
}

/// An hour of the day, from 0 to 23.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Hour(u8);

impl TryFrom<u8> for Hour {
    type Error = &'static str;
    fn try_from(hour: u8) -> Result<Self, Self::Error> {
        if hour < 24 { Ok(Hour(hour)) } else { Err("expected an hour from 0 to 23") }
    }
}

impl From<Hour> for u8 {
    fn from(hour: Hour) -> Self {
        hour.0
    }
}

impl Share {
    /// The whole.
    pub const WHOLE: Share = Share(1.0);
}

impl Hour {
    /// Six in the morning.
    pub const SIX: Hour = Hour(6);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_the_web() {
        for (text, host) in [
            ("https://plans.example/", Some("plans.example")),
            ("http://127.0.0.1:4318/v1/traces", Some("127.0.0.1")),
            ("https://[2001:db8::1]:8443", Some("2001:db8::1")),
            ("https://", None),
            ("ftp://plans.example", None),
            ("plans.example", None),
            ("https://user:word@plans.example", None),
            ("https://plans.example?x", None),
        ] {
            assert_eq!(WebAddress::try_from(text.to_owned()).ok().as_ref().map(WebAddress::host), host, "{text}");
        }
    }

    #[test]
    fn networks_hold_their_addresses() {
        for (network, address, expected) in [
            ("10.0.0.0/8", "10.200.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.4", false),
            ("127.0.0.0/8", "::ffff:127.0.0.1", true),
            ("fd00::/8", "fd12::1", true),
        ] {
            let parsed = Network::try_from(network.to_owned()).expect("a network");
            assert_eq!(parsed.contains(address.parse().expect("an address")), expected, "{network} {address}");
        }
        assert!(Network::try_from("10.0.0.0/33".to_owned()).is_err());
    }

    #[test]
    fn intervals_are_positive() {
        for (text, minutes) in [("24h", Some(1440)), ("1h 30m", Some(90)), ("0s", None), ("-1h", None), ("often", None)]
        {
            let length = Interval::try_from(text.to_owned()).ok().map(|i| i.length().as_secs() / 60);
            assert_eq!(length, minutes, "{text}");
        }
        let day = Interval::try_from("24h".to_owned()).expect("a day");
        assert_eq!(Interval::try_from(day.to_string()), Ok(day));
    }
}
