//! The command line: one face of the program. It parses, calls one use case of `app`, prints, and ends with
//! a code: 0 fine, 1 findings of severity error, 2 wrong use, 3 cannot go on.

/// Prints to standard output; a closed pipe (`| head`) is no failure of ours.
macro_rules! out {
    ($($arg:tt)*) => {{
        use std::io::Write as _;
        let _ = write!(std::io::stdout(), $($arg)*);
    }};
}
/// Prints a line to standard output; a closed pipe is no failure of ours.
macro_rules! outln {
    () => { out!("\n") };
    ($($arg:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($arg)*);
    }};
}

mod args;
mod commands;
mod render;
mod session;

use std::process::ExitCode;

use clap::Parser;

use crate::{args::Cli, session::Session};

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
}

impl From<app::AppError> for Stop {
    fn from(error: app::AppError) -> Self {
        Stop::Failed(error)
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("EKISTICS_LOG").unwrap_or_else(|_| "warn".into()))
        .with_writer(std::io::stderr)
        .init();
    let session = Session::new(cli.common);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(3);
        }
    };
    match runtime.block_on(commands::run(&session, cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Findings) => ExitCode::from(1),
        Err(Stop::Usage(message)) => {
            session.complain("usage", &message);
            ExitCode::from(2)
        }
        Err(Stop::Port(message)) => {
            session.complain("error-port", &message);
            ExitCode::from(3)
        }
        Err(Stop::Failed(error)) => {
            session.complain(error.key(), &session.say_with(error.key(), &error.args()));
            ExitCode::from(3)
        }
    }
}
