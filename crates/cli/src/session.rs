//! What every command needs: language, day, output, the opened data folder.

use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    sync::Arc,
};

use app::{App, AppError, OpenMode, World, access::Actor};
use config::{Effective, Secret};
use diag::Arg;
use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use model::value::Lang;
use serde_json::{Value as Json, json};

use crate::{Stop, args::Common, print, render::Paint};

/// Options of this run.
pub struct Session {
    /// The data folder.
    pub data: PathBuf,
    /// The settings in force.
    pub settings: Effective,
    /// Language of messages.
    pub lang: Lang,
    /// Print JSON.
    pub json: bool,
    /// Colours.
    pub paint: Paint,
    on: Option<Date>,
}

impl Session {
    /// Options with the defaults of the environment.
    pub fn new(common: &Common, settings: Effective) -> Self {
        let lang = common.lang.or_else(|| {
            let of = |name| std::env::var(name).ok().filter(|v| !v.is_empty());
            let text = of("LC_ALL").or_else(|| of("LC_MESSAGES")).or_else(|| of("LANG"))?;
            Lang::parse(text.split('.').next()?).filter(|l| Lang::INTERFACE.contains(l))
        });
        Session {
            data: settings.config.data.clone(),
            settings,
            lang: lang.unwrap_or(Lang::En),
            json: common.json,
            paint: Paint::auto(),
            on: common.on,
        }
    }
    /// The instant.
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    /// The day asked for; else the day of the past that is looked at, else today in UTC.
    pub fn on(&self, past: Option<Timestamp>) -> Date {
        self.on.unwrap_or_else(|| past.unwrap_or_else(|| self.now()).to_zoned(TimeZone::UTC).date())
    }
    /// The day asked for, if one was.
    pub fn today(&self) -> Option<Date> {
        self.on
    }
    /// A sentence.
    pub fn say(&self, key: &str) -> String {
        locale::say(self.lang, key)
    }
    /// A sentence with arguments.
    pub fn say_with(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        locale::say_with(self.lang, key, args)
    }
    /// Opens the data folder.
    pub async fn open(&self, mode: OpenMode) -> Result<App, AppError> {
        App::open_in(&self.data, self.settings.config.database.as_ref().map(Secret::reveal), mode).await
    }
    /// The world now, or as it was known at a day's end or an instant.
    pub async fn world(&self, app: &App, as_of: Option<&str>) -> Result<Arc<World>, Stop> {
        match as_of {
            None => Ok(app.world().await?),
            Some(text) => {
                let at = instant(text).ok_or_else(|| {
                    Stop::Usage(format!("--as-of {text}: expected 2019-12-31 or 2019-12-31T12:00:00Z"))
                })?;
                Ok(app.world_as_of(at).await?)
            }
        }
    }
    /// Prints JSON.
    pub fn print_json(&self, value: &Json) {
        let mut out = print::out();
        // Whether that failed is asked at the end.
        let _ = serde_json::to_writer_pretty(&mut out, value);
        let _ = writeln!(out);
    }
    /// Prints an error: as JSON on standard output when JSON was asked for, and always as text on standard error.
    pub fn complain(&self, key: &str, message: &str) {
        if self.json {
            self.print_json(&json!({"error": {"key": key, "message": message}}));
        }
        eprintln!("ekistics: {message}");
    }
    /// A progress bar on standard error; silent when that is no terminal or JSON was asked for.
    pub fn progress(&self) -> indicatif::ProgressBar {
        let bar = if std::io::stderr().is_terminal() && !self.json {
            indicatif::ProgressBar::new(0)
        } else {
            indicatif::ProgressBar::hidden()
        };
        if let Ok(style) = indicatif::ProgressStyle::with_template("{bar:40} {percent:>3} %  {eta}") {
            bar.set_style(style);
        }
        bar
    }
    /// Whoever sits at this machine, who can read and write the data folder anyway.
    pub fn actor(&self, given: Option<&str>) -> Actor {
        Actor::Local { name: self.author(given) }
    }
    /// Who changes something: the name given, else the user's name on this machine, else `local`.
    pub fn author(&self, given: Option<&str>) -> String {
        given
            .map(str::to_owned)
            .or_else(|| std::env::var("USER").ok())
            .filter(|n| !n.trim().is_empty())
            .unwrap_or_else(|| "local".into())
    }
}

/// Reads an instant, or a day as its last second in UTC.
pub fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let day: Date = text.parse().ok()?;
    let end: Zoned = day.at(23, 59, 59, 999_000_000).to_zoned(TimeZone::UTC).ok()?;
    Some(end.timestamp())
}
