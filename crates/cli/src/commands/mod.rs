//! One file a command: it calls one use case and prints.

mod analysis;
mod api;
mod backup;
mod boundary;
mod check;
mod config;
mod demo;
mod doctor;
mod explain;
mod export;
mod frameworks;
mod health;
mod history;
mod households;
mod import;
mod instrument;
mod investments;
mod observatory;
mod outside;
mod people;
mod relocate;
mod report;
mod serve;
mod space;
mod status;
mod survey;
mod verify;

pub use health::here;

use ::config::ConfigError;
use model::{
    Records,
    kinds::Plan,
    value::{Id, Lang},
};

use crate::{
    Stop,
    args::{Command, ReportCommand, WorkbookCommand},
    session::Session,
};

/// Runs a command. `problem` is what is wrong with the settings; only `doctor` is run then.
pub async fn run(session: &Session, command: Command, problem: Option<&ConfigError>) -> Result<(), Stop> {
    match command {
        Command::Api(args) => api::run(session, &args).await,
        Command::Demo(args) => demo::run(session, &args).await,
        Command::Serve(args) => serve::run(session, &args).await,
        Command::Check(args) => check::run(session, &args).await,
        Command::Explain(args) => explain::run(session, &args).await,
        Command::Import(args) => import::run(session, &args).await,
        Command::Undo(args) => import::undo(session, &args).await,
        Command::Export(args) => export::run(session, &args).await,
        Command::Workbook(WorkbookCommand::New { out, kind }) => export::template(session, &out, &kind).await,
        Command::Workbook(WorkbookCommand::Schema { markdown }) => export::schema(session, markdown),
        Command::Status(args) => status::run(session, &args).await,
        Command::Series(args) => status::series(session, &args).await,
        Command::Backup(args) => backup::run(session, &args).await,
        Command::Restore(args) => backup::restore(session, &args).await,
        Command::Move(args) => relocate::run(session, &args).await,
        Command::History(args) => history::run(session, &args).await,
        Command::Verify(args) => verify::run(session, &args).await,
        Command::Config(args) => config::run(session, &args),
        Command::Doctor(args) => doctor::run(session, &args, problem).await,
        Command::Health(args) => health::run(session, &args).await,
        Command::Survey(command) => survey::run(session, &command).await,
        Command::Instrument(command) => instrument::run(session, &command).await,
        Command::Index(command) => observatory::index(session, &command),
        Command::Frameworks(args) => frameworks::run(session, &args).await,
        Command::Project(command) => observatory::project(session, &command),
        Command::Grid(command) => space::grid(session, &command),
        Command::Land(command) => space::land(session, &command),
        Command::Access(args) => space::access(session, &args),
        Command::Analysis(command) => analysis::run(session, command).await,
        Command::Boundary(command) => boundary::run(session, command).await,
        Command::Investments(args) => investments::run(session, &args).await,
        Command::Sample(command) => observatory::sample(session, &command),
        Command::People(command) => people::run(session, &command).await,
        Command::Report(ReportCommand::Progress { plan, as_of, out }) => {
            report::progress(session, &plan, as_of.as_deref(), out).await
        }
    }
}

/// The plan with an id, or a usage error that lists the plans there are.
fn known_plan(session: &Session, records: &Records, id: &str) -> Result<Id<Plan>, Stop> {
    if records.plans.contains(id) {
        return Ok(Id::new(id));
    }
    let known: Vec<&str> = records.plans.iter().map(|p| p.id.as_str()).collect();
    Err(Stop::Usage(session.say_with("cli-plan-unknown", &[("plan", id.into()), ("known", known.join(", ").into())])))
}

/// Writes a file, whole or not at all, and says so.
fn write(session: &Session, path: &std::path::Path, bytes: &[u8]) -> Result<(), Stop> {
    app::write_whole(path, bytes).map_err(|e| app::AppError::file(path, &e))?;
    if !session.json {
        eprintln!("{}", session.say_with("cli-wrote", &[("path", path.display().to_string().into())]));
    }
    Ok(())
}

/// A number with its unit, for a line of text.
fn with_unit(lang: Lang, figure: &model::figure::Figure) -> String {
    let text = locale::answer(lang, &figure.answer);
    match &figure.unit {
        Some(unit) if figure.answer.value().is_some() => format!("{text} {unit}"),
        _ => text,
    }
}
