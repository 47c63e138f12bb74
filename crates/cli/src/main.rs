//! The command line: one face of the program. It parses, calls one use case of `app`, prints, and ends with
//! a code: 0 fine, 1 findings of severity error, 2 wrong use, 3 cannot go on.

/// Prints to standard output; whether that failed is asked at the end ([`print::failure`]).
macro_rules! out {
    ($($arg:tt)*) => {{
        use std::io::Write as _;
        let _ = write!($crate::print::out(), $($arg)*);
    }};
}
/// Prints a line to standard output; whether that failed is asked at the end.
macro_rules! outln {
    () => { out!("\n") };
    ($($arg:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!($crate::print::out(), $($arg)*);
    }};
}

mod args;
mod ask;
mod commands;
mod doctor;
mod logging;
mod notify;
mod print;
mod render;
mod session;
mod settings;
#[cfg(feature = "traces")]
mod traces;

use std::{
    io::ErrorKind,
    panic::{self, AssertUnwindSafe},
    process::ExitCode,
    time::Duration,
};

use clap::Parser;
use tokio::runtime::Runtime;

use crate::{
    args::{Cli, Command},
    logging::Usual,
    session::Session,
};

/// Keeps large blocks for the next use: columns of a million rows come and go with every import and roll-up, and a
/// fresh page costs more than what is written to it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Why a command ends without success.
pub enum Stop {
    /// Findings of severity error, or a broken chain.
    Findings,
    /// Wrong use: an unknown plan, record or code.
    Usage(String),
    /// The port is taken.
    Port(String),
    /// Cannot go on.
    Failed(app::AppError),
    /// A server that was asked to end a second time, and did not wait for its requests.
    AtOnce,
    /// Work that was ended on request, and can go on: the code that shells know the signal by.
    Ended(u8),
}

impl From<app::AppError> for Stop {
    fn from(error: app::AppError) -> Self {
        Stop::Failed(error)
    }
}

/// What a shell calls the end of a process by TERM.
const ENDED_BY_TERM: u8 = 143;
/// What Rust calls the end of a process by a panic.
const ENDED_BY_PANIC: u8 = 101;
/// How long what still runs may hold up the end of the process.
const LAST_WORDS: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help is printed as well, and may find no room.
        Err(found) => {
            let unsaid = found.print().err().filter(|error| error.kind() != ErrorKind::BrokenPipe);
            let code = u8::try_from(found.exit_code()).unwrap_or(2);
            return ExitCode::from(unsaid.map_or(code, |error| {
                eprintln!("ekistics: {error}");
                3
            }));
        }
    };
    let (settings, problem) = match settings::load(&cli) {
        Ok(settings) => (settings, None),
        Err(problem) => (config::Effective::default(), Some(problem)),
    };
    let session = Session::new(&cli.common, settings);
    // Settings that cannot be read stop everything but the command that looks for what is wrong.
    if let Some(problem) = &problem
        && !matches!(cli.command, Command::Doctor(_))
    {
        session.complain(problem.key(), &session.say_with(problem.key(), &problem.args()));
        return ExitCode::from(2);
    }
    let usual = if matches!(cli.command, Command::Serve(_)) { Usual::Info } else { Usual::Warnings };
    let spans = match logging::begin(&session.settings, usual) {
        Ok(spans) => spans,
        Err(message) => {
            session.complain("usage", &message);
            return ExitCode::from(2);
        }
    };
    let runtime = match threads() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(3);
        }
    };
    let run = AssertUnwindSafe(|| runtime.block_on(commands::run(&session, cli.command, problem.as_ref())));
    let ended = match panic::catch_unwind(run) {
        Ok(Err(Stop::AtOnce)) => {
            runtime.shutdown_background();
            return ExitCode::from(ENDED_BY_TERM);
        }
        Ok(ended) => ended,
        // The panic has said what it is; a thread that waits for another must not keep the process.
        Err(_) => {
            runtime.shutdown_background();
            return ExitCode::from(ENDED_BY_PANIC);
        }
    };
    runtime.shutdown_timeout(LAST_WORDS);
    spans.end();
    let code = match ended {
        Ok(()) => 0,
        Err(Stop::Findings) => 1,
        Err(Stop::Usage(message)) => {
            session.complain("usage", &message);
            2
        }
        Err(Stop::Port(message)) => {
            session.complain("error-port", &message);
            3
        }
        Err(Stop::Failed(error)) => {
            session.complain(error.key(), &session.say_with(error.key(), &error.args()));
            3
        }
        Err(Stop::AtOnce) => ENDED_BY_TERM,
        Err(Stop::Ended(code)) => code,
    };
    match print::failure() {
        // A script that asked for an answer and got a part of it must not go on as if it had all.
        Some(error) => {
            eprintln!("ekistics: {}", session.say_with("cli-output-failed", &[("detail", error.to_string().into())]));
            ExitCode::from(code.max(3))
        }
        None => ExitCode::from(code),
    }
}

/// The threads of the program. Where one cannot be started (no memory, too many processes) the runtime panics, and the
/// threads that were started before it would then wait for it for ever: the process ends there.
fn threads() -> std::io::Result<Runtime> {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|why| {
        eprintln!("ekistics: {}", why.payload_as_str().unwrap_or("no thread can be started"));
        std::process::exit(3);
    }));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    panic::set_hook(usual);
    runtime
}
