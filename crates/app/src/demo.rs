//! The sample programme that the binary carries.

use exchange::NamedBytes;
use jiff::Timestamp;
use register::access::Actor;
use rust_embed::RustEmbed;

use crate::{App, error::AppError, import};

#[derive(RustEmbed)]
#[folder = "../../samples/programme"]
struct Sample;

/// Loads the sample programme into an empty register; whether it did. A register with changes is left alone.
pub async fn load_demo(app: &App, at: Timestamp) -> Result<bool, AppError> {
    if app.world().await?.snapshot().position > 0 {
        return Ok(false);
    }
    let files: Vec<NamedBytes> = Sample::iter()
        .filter(|name| name.ends_with(".csv"))
        .filter_map(|name| Some(NamedBytes { bytes: Sample::get(&name)?.data.into_owned(), name: name.into_owned() }))
        .collect();
    let on = at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let preview = import::preview_import(app, "sample programme", files, on, &|_, _| {}).await?;
    if !preview.can_confirm {
        let first = preview.diagnostics.iter().find(|d| d.blocks()).map(|d| {
            let p = &d.pointer;
            format!("{} {:?} {:?}: {}", d.code.id, p.file, p.cell(), locale::diagnostic(model::value::Lang::En, d))
        });
        return Err(AppError::Internal(format!("the sample programme is refused: {}", first.unwrap_or_default())));
    }
    let by = Actor::Local { name: "sample".to_owned() };
    let written = import::confirm_import(app, &preview.token, &by, "sample programme", at).await?;
    written.map_err(|found| AppError::Internal(format!("the sample programme is refused: {found:?}")))?;
    Ok(true)
}
