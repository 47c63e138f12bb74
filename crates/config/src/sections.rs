//! The settings, section by section. What stands at a field is what its reader is told.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use serde::{Deserialize, Serialize};

use crate::{
    field::{Field, Setting, unfit},
    secret::Secret,
    values::{Hour, Interval, LogFormat, Network, Share, WebAddress},
};

/// Declares a section: a struct with defaults, and the list of its fields with their documentation.
macro_rules! section {
    ($(#[doc = $about:literal])* $name:ident at $path:literal {
        $($(#[doc = $doc:literal])+ $field:ident: $type:ty = $default:expr,)*
    }) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[doc = $doc])+ pub $field: $type,)* }

        impl Default for $name {
            fn default() -> Self {
                $name { $($field: $default,)* }
            }
        }

        impl $name {
            fn list(out: &mut Vec<Field>) {
                $(out.push(Field {
                    key: concat!($path, stringify!($field)).to_owned(),
                    doc: concat!($($doc),+).trim_ascii_start(),
                    kind: <$type as Setting>::KIND,
                    unfit: unfit::<$type>,
                });)*
            }
        }
    };
}

section! {
    /// Where pages are served, and to whom.
    Server at "server." {
        /// Address to listen on. Anything but the loopback needs `allow_remote`
        bind: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST),
        /// Port to listen on; 0 takes any free one
        port: u16 = 8080,
        /// Whether other machines are let in
        allow_remote: bool = false,
        /// Names of hosts that are answered, besides the loopback and the host of `public_address`; any name when other machines are let in and none is given
        names: Vec<String> = Vec::new(),
        /// The address as the outside sees it, through the proxy that ends TLS: `https://plans.example`
        public_address: Option<WebAddress> = None,
        /// Networks of the proxies whose `X-Forwarded-For` is believed
        trusted_proxies: Vec<Network> = Vec::new(),
        /// Whether what is open can be read without signing in
        public_reading: bool = true,
        /// The largest file that is taken, in megabytes (1 MB is 1 048 576 bytes)
        max_upload_mb: u32 = 256,
        /// How long an ending server stays open while it says `503` at `/readyz`, in seconds, so that a load balancer looks away first
        drain_seconds: u16 = 0,
        /// How long an ending server waits for running requests, in seconds
        shutdown_seconds: u16 = 30,
    }
}

section! {
    /// Mail that is sent.
    Mail at "mail." {
        /// The server, with its user and password: `smtp://user:password@mail.example:587`
        address: Option<Secret> = None,
        /// Who mail comes from: `Ekistics <plans@mail.example>`
        from: Option<String> = None,
        /// Hour of the day, in UTC, at which the daily summary is sent
        digest_hour: Hour = Hour::SIX,
    }
}

section! {
    /// Signing in with an identity provider of the organisation (OpenID Connect).
    Oidc at "oidc." {
        /// The provider: its address, below which `/.well-known/openid-configuration` lies
        issuer: Option<WebAddress> = None,
        /// Name of this program at the provider
        client_id: Option<String> = None,
        /// Password of this program at the provider
        client_secret: Option<Secret> = None,
        /// Domains of mail addresses whose owners become persons without any role when they first sign in; others need an invitation
        allowed_domains: Vec<String> = Vec::new(),
        /// What stands on the button to sign in
        label: Option<String> = None,
    }
}

section! {
    /// What is logged to standard error.
    Log at "log." {
        /// `text` for people, `json` for one object a line
        format: LogFormat = LogFormat::Text,
        /// From which level: `error`, `warn`, `info`, `debug`; or by part, `info,sqlx=debug`. Commands other than `serve` say only warnings unless it is set
        level: String = "info".to_owned(),
    }
}

section! {
    /// Figures about the running server, for Prometheus.
    Metrics at "metrics." {
        /// Address of the separate listener that answers `/metrics`: `127.0.0.1:9464`. None when left out
        bind: Option<SocketAddr> = None,
    }
}

section! {
    /// Traces of requests, for OpenTelemetry.
    Traces at "traces." {
        /// Where spans are sent (OTLP over HTTP): `http://127.0.0.1:4318`; `/v1/traces` is added. Nothing is sent when left out
        endpoint: Option<WebAddress> = None,
        /// Share of the requests that are traced when the caller did not decide it, 0 to 1
        sample: Share = Share::WHOLE,
    }
}

section! {
    /// Copies of the register and the lake.
    Backup at "backup." {
        /// Where to: a folder, or `s3://bucket/prefix`
        to: Option<String> = None,
        /// Recipients of age for whom copies are encrypted: `age1…`
        recipients: Vec<String> = Vec::new(),
        /// How often the running server makes one: `24h`. Never when left out; then `ekistics backup` does, by hand or by a timer
        every: Option<Interval> = None,
        /// How many of the newest the server keeps. All when left out
        keep: Option<u32> = None,
    }
}

section! {
    /// Who else holds the head of the chain, so that nobody can write the history anew unnoticed.
    Witness at "witness." {
        /// A file to which a line is added: instant, number of the last change, head. Best on a medium that keeps what was written
        file: Option<String> = None,
        /// An address of e-mail that gets the same line; needs `mail.address`
        mail: Option<String> = None,
        /// How often it is told, if there was a change
        every: Interval = Interval::DAY,
    }
}

section! {
    /// What stands in maps.
    Maps at "maps." {
        /// The organisation's words about boundaries and names, inside every map that shows boundaries between countries, for readers of English. A neutral sentence when left out
        disclaimer_en: Option<String> = None,
        /// The same for readers of Arabic
        disclaimer_ar: Option<String> = None,
        /// The same for readers of Chinese
        disclaimer_zh: Option<String> = None,
        /// Another map of the world in place of the one that the program carries: a TopoJSON or GeoPackage file with the layers `countries` and `boundaries`, or a folder with `world-110m` and `world-50m`. `docs/operations/administration.md` describes it
        world: Option<PathBuf> = None,
    }
}

section! {
    /// How long somebody stays signed in.
    Session at "session." {
        /// Ends after so many minutes without a request
        idle_minutes: u32 = 60,
        /// Ends after so many hours in any case
        absolute_hours: u32 = 12,
    }
}

/// What stands above all sections. Listed on its own, because `section!` knows no sections within.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Folder that holds the register and the lake
    pub data: PathBuf,
    /// Address of the PostgreSQL database that holds the register: `postgres://user@host/database`. A file of the data folder when left out
    pub database: Option<Secret>,
    /// Where pages are served, and to whom.
    pub server: Server,
    /// Mail that is sent.
    pub mail: Mail,
    /// Signing in with an identity provider.
    pub oidc: Oidc,
    /// What is logged.
    pub log: Log,
    /// Figures about the running server.
    pub metrics: Metrics,
    /// Traces of requests.
    pub traces: Traces,
    /// Copies of the register and the lake.
    pub backup: Backup,
    /// Who else holds the head of the chain.
    pub witness: Witness,
    /// What stands in maps.
    pub maps: Maps,
    /// How long somebody stays signed in.
    pub session: Session,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            data: PathBuf::from("ekistics-data"),
            database: None,
            server: Server::default(),
            mail: Mail::default(),
            oidc: Oidc::default(),
            log: Log::default(),
            metrics: Metrics::default(),
            traces: Traces::default(),
            backup: Backup::default(),
            witness: Witness::default(),
            maps: Maps::default(),
            session: Session::default(),
        }
    }
}

/// All settings, in the order in which they are documented.
pub fn fields() -> Vec<Field> {
    let mut list = vec![
        Field {
            key: "data".to_owned(),
            doc: "Folder that holds the register and the lake. It cannot be set in the file `ekistics.toml` of the data folder itself",
            kind: PathBuf::KIND,
            unfit: unfit::<PathBuf>,
        },
        Field {
            key: "database".to_owned(),
            doc: "Address of the PostgreSQL database that holds the register, `postgres://user@host/database`; a file of the data folder when left out",
            kind: Secret::KIND,
            unfit: unfit::<Secret>,
        },
    ];
    Server::list(&mut list);
    Mail::list(&mut list);
    Oidc::list(&mut list);
    Log::list(&mut list);
    Metrics::list(&mut list);
    Traces::list(&mut list);
    Backup::list(&mut list);
    Witness::list(&mut list);
    Maps::list(&mut list);
    Session::list(&mut list);
    list
}
