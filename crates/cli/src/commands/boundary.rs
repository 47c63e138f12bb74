//! `boundary import`, `check`, `list`, `export`: boundaries of places.

use std::io::IsTerminal as _;

use app::{
    AppError, NamedBytes, OpenMode,
    analyses::sample_boundaries,
    space::{
        BoundaryBecomes, BoundaryCounts, BoundaryFormat, BoundaryLine, ImportedBoundaries, LARGEST_BOUNDARIES,
        NewBoundaries, ReadBoundaries, export_boundaries, import_boundaries, read_boundaries,
    },
};
use diag::Diagnostic;
use model::{
    kinds::{Boundary, BoundaryDefinition},
    record::Record,
    value::Id,
};
use serde_json::{Value as Json, json};

use super::{
    households::told,
    import::{ask, refused},
};
use crate::{
    Stop,
    args::{BoundaryCommand, BoundaryImport},
    session::Session,
};

/// Boundaries shown in the terminal; all of them are in `--json`.
const MOST_SHOWN: usize = 100;

/// What is done with what a file would write.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Will {
    /// It is shown.
    Show,
    /// It is written where somebody says so; without a terminal at once.
    Ask,
    /// It is written at once.
    Write,
}

/// Runs `boundary`.
pub async fn run(session: &Session, command: BoundaryCommand) -> Result<(), Stop> {
    match command {
        BoundaryCommand::Import { file, dry_run, yes } => {
            let will = match (dry_run, yes) {
                (true, _) => Will::Show,
                (false, true) => Will::Write,
                (false, false) => Will::Ask,
            };
            import(session, &file, will).await
        }
        BoundaryCommand::Check(args) => check(session, &args).await,
        BoundaryCommand::List { place } => list(session, place.as_deref()).await,
        BoundaryCommand::Export { out, place } => export(session, &out, place.as_deref()).await,
    }
}

fn file(args: &BoundaryImport) -> Result<NamedBytes, Stop> {
    let Some(path) = &args.file else {
        return sample_boundaries().ok_or_else(|| AppError::Unknown.into());
    };
    let fail = |e: std::io::Error| AppError::file(path, &e);
    let size = std::fs::metadata(path).map_err(fail)?.len();
    if size > LARGEST_BOUNDARIES as u64 {
        let detail = format!("{} MB > {} MB", size >> 20, LARGEST_BOUNDARIES >> 20);
        return Err(AppError::File { path: path.clone(), detail }.into());
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(NamedBytes { name, bytes: std::fs::read(path).map_err(fail)? })
}

fn new(args: &BoundaryImport) -> NewBoundaries {
    NewBoundaries {
        layer: args.layer.clone(),
        place_field: args.place_field.clone(),
        definition: BoundaryDefinition::parse(&args.definition).unwrap_or(BoundaryDefinition::Administrative),
        valid_from: args.valid_from,
        source: args.source.as_deref().map(Id::new),
        note: None,
    }
}

async fn import(session: &Session, args: &BoundaryImport, will: Will) -> Result<(), Stop> {
    let mode = if will == Will::Show { OpenMode::ReadOnlyOrEmpty } else { OpenMode::Create };
    let (file, app) = (file(args)?, session.open(mode).await?);
    let by = session.actor(args.author.author.as_deref());
    let reason = args.reason.clone().unwrap_or_else(|| file.name.clone());
    let agree = |lines: &[BoundaryLine], counts: BoundaryCounts, warnings: &[Diagnostic]| {
        if !session.json {
            show(session, lines, counts, warnings);
        }
        let any = counts.added + counts.replaced > 0;
        // A script has nobody to ask: it wrote before there was a question, and goes on to.
        let has_reader = !session.json && std::io::stdin().is_terminal();
        match will {
            Will::Show => false,
            Will::Write => true,
            Will::Ask => !any || !has_reader || ask(session),
        }
    };
    match import_boundaries(&app, &file, &new(args), (&by, &reason), agree, session.now()).await {
        Ok(Ok(ImportedBoundaries { n, lines, counts, warnings, written })) => {
            let all: Vec<_> = warnings.iter().map(|d| crate::render::diagnostic_json(d, session.lang)).collect();
            let lines: Vec<Json> = lines.iter().map(line_json).collect();
            let answer = json!({ "boundaries": n, "summary": counts, "lines": lines, "diagnostics": all });
            match written {
                Some(written) => {
                    if !session.json {
                        outln!("{}", session.say_with("cli-boundary-imported", &[("n", n.into())]));
                    }
                    told(session, answer, &written);
                }
                None if session.json => session.print_json(&answer),
                None if counts.added + counts.replaced == 0 => outln!("{}", session.say("cli-boundary-nothing")),
                None if will == Will::Show => outln!("{}", session.say("cli-import-dry")),
                None => outln!("{}", session.say("cli-import-stopped")),
            }
            Ok(())
        }
        Ok(Err(found)) | Err(AppError::Refused(found)) => refused(session, json!({"written": false}), &found),
        Err(other) => Err(other.into()),
    }
}

/// What is found, then each boundary with what it changes, then how many are what.
fn show(session: &Session, lines: &[BoundaryLine], counts: BoundaryCounts, warnings: &[Diagnostic]) {
    let mut out = crate::print::out();
    for found in warnings {
        let _ = crate::render::diagnostic(&mut out, found, session.lang, session.paint);
    }
    drop(out);
    for line in lines.iter().take(MOST_SHOWN) {
        let sign = match line.becomes {
            BoundaryBecomes::New => "+",
            BoundaryBecomes::Replaced => "~",
            BoundaryBecomes::Equal => "=",
        };
        let definition = locale::list_item(session.lang, "boundary-definition", line.definition.as_str());
        let change = line.change_percent.zip(line.before.as_ref()).map_or_else(String::new, |(percent, before)| {
            format!("  {percent:+.1} %  ({} {:.1} km²)", before.valid_from, before.area_km2)
        });
        let place = session.paint.bold(line.place.as_str());
        outln!(
            "{sign} {place}  {definition}  {}  {:.1} km²{}",
            line.valid_from,
            line.area_km2,
            session.paint.dim(&change)
        );
    }
    if lines.len() > MOST_SHOWN {
        outln!("{}", session.say_with("cli-n-more", &[("n", (lines.len() - MOST_SHOWN).into())]));
    }
    let counts =
        [("added", counts.added.into()), ("replaced", counts.replaced.into()), ("unchanged", counts.unchanged.into())];
    outln!("{}", session.say_with("cli-boundary-counts", &counts));
}

fn line_json(line: &BoundaryLine) -> Json {
    json!({"place": line.place.as_str(), "name": line.name, "definition": line.definition.as_str(),
           "valid_from": line.valid_from.to_string(), "area_km2": line.area_km2, "becomes": line.becomes.as_str(),
           "change_percent": line.change_percent,
           "before": line.before.as_ref().map(|b| json!({"valid_from": b.valid_from.to_string(), "area_km2": b.area_km2}))})
}

async fn check(session: &Session, args: &BoundaryImport) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnlyOrEmpty).await?;
    let read: ReadBoundaries = match read_boundaries(&app, &*app.world().await?, &file(args)?, &new(args)) {
        Ok(read) => read,
        Err(AppError::Refused(found)) => return refused(session, json!({"boundaries": 0}), &found),
        Err(other) => return Err(other.into()),
    };
    let n = read.boundaries.len();
    if read.is_refused() {
        return refused(session, json!({ "boundaries": n }), &read.findings);
    }
    if session.json {
        let found = read.findings.iter().map(|d| crate::render::diagnostic_json(d, session.lang)).collect::<Vec<_>>();
        session.print_json(&json!({"boundaries": n, "diagnostics": found}));
        return Ok(());
    }
    let mut out = crate::print::out();
    for found in &read.findings {
        let _ = crate::render::diagnostic(&mut out, found, session.lang, session.paint);
    }
    drop(out);
    outln!("{}", session.say_with("cli-boundary-sound", &[("n", n.into())]));
    Ok(())
}

/// The boundaries of a place and of the places in it; all without a place.
///
/// Errors: a place that nobody knows.
fn chosen<'w>(session: &Session, world: &'w app::World, place: Option<&str>) -> Result<Vec<&'w Boundary>, Stop> {
    if let Some(place) = place.filter(|place| !world.records().places.contains(place)) {
        return Err(Stop::Usage(session.say_with("cli-boundary-nowhere", &[("place", place.into())])));
    }
    let all = world.records().boundaries.iter();
    Ok(all.filter(|b| place.is_none_or(|place| app::place_is_below(world, &b.place, &Id::new(place)))).collect())
}

async fn list(session: &Session, place: Option<&str>) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = app.world().await?;
    let all = chosen(session, &world, place)?;
    if session.json {
        let boundary = |b: &&Boundary| {
            json!({"id": b.id(), "place": b.place.as_str(), "definition": b.definition.as_str(),
                   "valid_from": b.valid_from.to_string(), "area_km2": b.area_km2, "corners": b.corners.0,
                   "bounds": [b.west, b.south, b.east, b.north], "class": b.class.as_ref().map(|c| &c.0), "shape": b.shape.0})
        };
        session.print_json(&json!({"boundaries": all.iter().map(boundary).collect::<Vec<_>>()}));
        return Ok(());
    }
    if all.is_empty() {
        outln!("{}", session.say("cli-boundary-none"));
    }
    for b in all {
        let id = session.paint.bold(b.place.as_str());
        let definition = locale::list_item(session.lang, "boundary-definition", b.definition.as_str());
        outln!("{id}  {definition}  {}  {:.1} km²", b.valid_from, b.area_km2);
    }
    Ok(())
}

async fn export(session: &Session, out: &std::path::Path, place: Option<&str>) -> Result<(), Stop> {
    let file = || [("file", out.display().to_string().into())];
    let unknown = || Stop::Usage(session.say_with("cli-boundary-format", &file()));
    let format = BoundaryFormat::of(out).ok_or_else(unknown)?;
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = app.world().await?;
    let all = chosen(session, &world, place)?;
    if all.is_empty() {
        return Err(Stop::Usage(session.say("cli-boundary-none")));
    }
    let bytes = export_boundaries(&app, world.records(), &all, format)?;
    super::write(session, out, &bytes)
}
