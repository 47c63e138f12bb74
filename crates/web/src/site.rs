//! What every handler knows: the application and how it is served.

use std::{hash::RandomState, sync::Arc};

use app::App;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::remembered::Remembered;

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
}

/// Shared by all requests.
#[derive(Clone)]
pub(crate) struct Site {
    pub app: App,
    pub options: Arc<Options>,
    /// Pages that were made before.
    pub remembered: Arc<Remembered>,
    /// Makes the tags of pages differ from run to run.
    pub seed: RandomState,
}

impl Site {
    pub fn new(app: App, options: Options) -> Self {
        Site { app, options: Arc::new(options), remembered: Arc::default(), seed: RandomState::new() }
    }
    /// The instant of this request.
    pub fn now(&self) -> Timestamp {
        (self.options.clock)()
    }
    /// The day for statuses when nobody asks for another.
    pub fn today(&self) -> Date {
        self.options.today.unwrap_or_else(|| self.now().to_zoned(TimeZone::UTC).date())
    }
}
