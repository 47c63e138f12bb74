//! `export` and `workbook`: records out, templates, the schema.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use app::{App, OpenMode, Selection};
use model::{Kind, value::CellKind};
use serde_json::json;

use super::{known_plan, write};
use crate::{Stop, args::Export, session::Session};

fn kinds(names: &[String]) -> Result<Vec<Kind>, Stop> {
    names
        .iter()
        .flat_map(|n| n.split(','))
        .map(|name| {
            Kind::parse(name.trim()).ok_or_else(|| {
                let known: Vec<&str> = Kind::ALL.iter().map(|k| k.sheet()).collect();
                Stop::Usage(format!("--kind {name}: expected one of {}", known.join(", ")))
            })
        })
        .collect()
}

/// Writes a selection of the records to a workbook, a folder or a Parquet file.
pub async fn run(session: &Session, args: &Export) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    if args.out.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl")) {
        return log(session, &app, args).await;
    }
    let world = session.world(&app, args.as_of.as_deref()).await?;
    let plan = args.plan.as_ref().map(|p| known_plan(session, world.records(), p)).transpose()?;
    let selection = Selection { kinds: kinds(&args.kind)?, plan };
    match args.out.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase().as_str() {
        "xlsx" => write(session, &args.out, &app::export_xlsx(&world, &selection, session.lang)?)?,
        "parquet" => write(session, &args.out, &app::export_parquet(&world, &selection)?)?,
        "" => {
            std::fs::create_dir_all(&args.out).map_err(|e| app::AppError::file(&args.out, &e))?;
            for file in app::export_folder(&world, &selection)? {
                write(session, &args.out.join(&file.name), &file.bytes)?;
            }
        }
        other => {
            return Err(Stop::Usage(format!(
                "--out: .{other} is not written; expected FILE.xlsx, FILE.parquet, FILE.jsonl (the whole log) or a folder"
            )));
        }
    }
    if session.json {
        session.print_json(&json!({"out": args.out, "position": world.snapshot().position}));
    }
    Ok(())
}

/// Writes the whole log. The file appears when it is complete.
async fn log(session: &Session, app: &App, args: &Export) -> Result<(), Stop> {
    if !args.kind.is_empty() || args.plan.is_some() || args.as_of.is_some() {
        return Err(Stop::Usage(session.say("cli-log-whole")));
    }
    let failed = |e: std::io::Error| app::AppError::file(&args.out, &e);
    // A link stays one: its target is written.
    let out = app::destination(&args.out).map_err(failed)?;
    let part = out.with_extension("jsonl.part");
    let mut file = BufWriter::new(File::create(&part).map_err(failed)?);
    let bar = session.progress();
    let written = app::export_log(app, &mut file, &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await;
    bar.finish_and_clear();
    let whole = match written {
        Ok(n) => file.flush().and_then(|()| std::fs::rename(&part, &out)).map(|()| n).map_err(failed),
        Err(error) => Err(error),
    };
    if whole.is_err() {
        std::fs::remove_file(&part).ok();
    }
    let n = whole?;
    if session.json {
        session.print_json(&json!({"out": args.out, "revisions": n}));
    } else {
        outln!("{}", args.out.display());
    }
    Ok(())
}

/// Writes an empty workbook. With a data folder its lists hold the records that are there.
pub async fn template(session: &Session, out: &Path, kind: &[String]) -> Result<(), Stop> {
    let selection = Selection { kinds: kinds(kind)?, plan: None };
    let bytes = if app::is_data_folder(&session.data) {
        let app = session.open(OpenMode::ReadOnly).await?;
        app::template_xlsx(&*app.world().await?, session.lang, &selection)?
    } else {
        app::template_xlsx(&app::World::new(app::empty_snapshot()), session.lang, &selection)?
    };
    write(session, out, &bytes)
}

/// Prints the tables and columns.
pub fn schema(session: &Session, markdown: bool) -> Result<(), Stop> {
    if markdown {
        out!("{}", app::schema_markdown());
        return Ok(());
    }
    if session.json {
        let tables = Kind::ALL.iter().map(|k| {
            let columns = k.def().columns.iter().map(|c| {
                let items = match c.kind {
                    CellKind::OneOf(_, items) => items.iter().map(|i| i.code).collect(),
                    _ => Vec::new(),
                };
                json!({"name": c.name, "type": app::type_name(c.kind), "required": c.required, "key": c.key, "description": c.doc, "codes": items})
            });
            json!({"kind": k.name(), "sheet": k.sheet(), "description": k.def().doc, "columns": columns.collect::<Vec<_>>()})
        });
        session.print_json(&json!(tables.collect::<Vec<_>>()));
        return Ok(());
    }
    for kind in Kind::ALL {
        outln!("{}  {}", session.paint.bold(kind.sheet()), kind.def().doc);
        for column in &kind.def().columns {
            let mark = if column.key {
                "key"
            } else if column.required {
                "*"
            } else {
                ""
            };
            outln!(
                "    {:28} {mark:4} {:12} {}",
                column.name,
                app::type_name(column.kind),
                session.paint.dim(column.doc)
            );
        }
    }
    Ok(())
}
