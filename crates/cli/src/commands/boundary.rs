//! `boundary import`, `check`, `list`, `export`: boundaries of places.

use app::{
    AppError, NamedBytes, OpenMode,
    analyses::sample_boundaries,
    space::{
        BoundaryFormat, ImportedBoundaries, LARGEST_BOUNDARIES, NewBoundaries, ReadBoundaries, export_boundaries,
        import_boundaries, read_boundaries,
    },
};
use model::{
    kinds::{Boundary, BoundaryDefinition},
    record::Record,
    value::Id,
};
use serde_json::json;

use super::{households::told, import::refused};
use crate::{
    Stop,
    args::{BoundaryCommand, BoundaryImport},
    session::Session,
};

/// Runs `boundary`.
pub async fn run(session: &Session, command: BoundaryCommand) -> Result<(), Stop> {
    match command {
        BoundaryCommand::Import(args) => import(session, &args).await,
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

async fn import(session: &Session, args: &BoundaryImport) -> Result<(), Stop> {
    let (file, app) = (file(args)?, session.open(OpenMode::Create).await?);
    let by = session.actor(args.author.author.as_deref());
    let reason = args.reason.clone().unwrap_or_else(|| file.name.clone());
    match import_boundaries(&app, &file, &new(args), &by, &reason, session.now()).await {
        Ok(Ok(ImportedBoundaries { n, warnings, written })) => {
            let all: Vec<_> = warnings.iter().map(|d| crate::render::diagnostic_json(d, session.lang)).collect();
            if !session.json {
                let mut out = std::io::stdout().lock();
                for found in &warnings {
                    let _ = crate::render::diagnostic(&mut out, found, session.lang, session.paint);
                }
                drop(out);
                outln!("{}", session.say_with("cli-boundary-imported", &[("n", n.into())]));
            }
            told(session, json!({ "boundaries": n, "diagnostics": all }), &written);
            Ok(())
        }
        Ok(Err(found)) | Err(AppError::Refused(found)) => refused(session, json!({"written": false}), &found),
        Err(other) => Err(other.into()),
    }
}

async fn check(session: &Session, args: &BoundaryImport) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnlyOrEmpty).await?;
    let read: ReadBoundaries = match read_boundaries(&*app.world().await?, &file(args)?, &new(args)) {
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
    let mut out = std::io::stdout().lock();
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
fn chosen<'w>(world: &'w app::World, place: Option<&str>) -> Result<Vec<&'w Boundary>, Stop> {
    if let Some(place) = place.filter(|place| !world.records().places.contains(place)) {
        return Err(AppError::File { path: place.into(), detail: "--place".to_owned() }.into());
    }
    let all = world.records().boundaries.iter();
    Ok(all.filter(|b| place.is_none_or(|place| app::place_is_below(world, &b.place, &Id::new(place)))).collect())
}

async fn list(session: &Session, place: Option<&str>) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = app.world().await?;
    let all = chosen(&world, place)?;
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
    let unknown = || AppError::File { path: out.to_owned(), detail: ".geojson, .gpkg, .parquet".to_owned() };
    let format = BoundaryFormat::of(out).ok_or_else(unknown)?;
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = app.world().await?;
    let bytes = export_boundaries(&app, world.records(), &chosen(&world, place)?, format)?;
    super::write(session, out, &bytes)
}
