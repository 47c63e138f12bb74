//! What every handler knows: the application and how it is served.

use std::{
    hash::RandomState,
    sync::{Arc, atomic::AtomicBool},
};

use app::App;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use model::value::Lang;

use crate::{
    elsewhere::Elsewhere,
    limit::{Buckets, Rates},
    remembered::Remembered,
};

/// Who can reach the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// This machine only: the `Host` header must be a loopback name, which defeats DNS rebinding.
    Loopback,
    /// Other machines too, under these host names; any name when the list is empty.
    Remote(Vec<String>),
}

/// How the site is served.
#[derive(Clone, Debug)]
pub struct Options {
    /// The clock: the only place where the pages take the time from.
    pub clock: fn() -> Timestamp,
    /// The day for statuses unless the address says `?on=`; the clock's day in UTC when empty.
    pub today: Option<Date>,
    /// Who is written down as the author of changes made here.
    pub actor: String,
    /// Who can reach the pages.
    pub reach: Reach,
    /// How long somebody stays signed in.
    pub limits: app::people::Limits,
    /// How often somebody who is not signed in may ask for data and files.
    pub rates: Rates,
    /// Whether browsers reach the site by TLS: then cookies are bound to it.
    pub secure: bool,
    /// Whether what is open is shown to those who have not signed in.
    pub public_reading: bool,
    /// Where letters go; none when mail is off.
    pub mail: Option<app::Mail>,
    /// The identity provider at which people may sign in.
    pub elsewhere: Option<Arc<Elsewhere>>,
    /// The organisation's words about boundaries and names on maps, by language; our own sentence where it has none.
    pub disclaimers: Vec<(Lang, String)>,
}

impl Options {
    /// The usual way: signed in for an hour without doing anything and for half a day at most, no TLS, open for reading, neither mail
    /// nor an identity provider.
    pub fn new(clock: fn() -> Timestamp, actor: &str, reach: Reach) -> Self {
        Options {
            clock,
            today: None,
            actor: actor.to_owned(),
            reach,
            limits: app::people::Limits::default(),
            rates: Rates::STANDARD,
            secure: false,
            public_reading: true,
            mail: None,
            elsewhere: None,
            disclaimers: Vec::new(),
        }
    }
}

/// Shared by all requests.
#[derive(Clone)]
pub(crate) struct Site {
    pub app: App,
    pub options: Arc<Options>,
    /// Pages that were made before.
    pub remembered: Arc<Remembered>,
    /// Requests by address.
    pub buckets: Arc<Buckets>,
    /// Makes the tags of pages differ from run to run.
    pub seed: RandomState,
    /// Whether there are persons.
    pub has_people: Arc<AtomicBool>,
}

impl Site {
    pub fn new(app: App, options: Options) -> Self {
        Site {
            app,
            options: Arc::new(options),
            remembered: Arc::default(),
            buckets: Arc::default(),
            seed: RandomState::new(),
            has_people: Arc::default(),
        }
    }
    /// The instant of this request.
    pub fn now(&self) -> Timestamp {
        (self.options.clock)()
    }
    /// The day on which rights are decided: always the clock's, in UTC.
    pub fn day(&self) -> Date {
        self.now().to_zoned(TimeZone::UTC).date()
    }
    /// The day for statuses when nobody asks for another.
    pub fn today(&self) -> Date {
        self.options.today.unwrap_or_else(|| self.now().to_zoned(TimeZone::UTC).date())
    }
}
