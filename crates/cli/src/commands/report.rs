//! `report`: the same figures as the pages, to hand over.

use std::path::PathBuf;

use app::OpenMode;

use super::{known_plan, write};
use crate::{Stop, session::Session};

/// Writes the progress report of a plan.
pub async fn progress(session: &Session, plan: &str, as_of: Option<&str>, out: Option<PathBuf>) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = session.world(&app, as_of).await?;
    let plan = known_plan(session, world.records(), plan)?;
    let on = session.on(world.is_past());
    let files = match out {
        Some(path) => vec![path],
        None => ["html", "xlsx"].map(|e| PathBuf::from(format!("progress-{plan}-{on}.{e}"))).to_vec(),
    };
    for path in files {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        let bytes = match ending.as_str() {
            "html" | "htm" => app::progress_report_html(&world, &plan, on, session.lang)?.into_bytes(),
            "xlsx" => app::progress_report_xlsx(&world, &plan, on, session.lang)?,
            _ => return Err(Stop::Usage(format!("{}: expected a file that ends in .html or .xlsx", path.display()))),
        };
        write(session, &path, &bytes)?;
    }
    Ok(())
}
