//! Files out: workbooks, the tracking table, the progress report.

use app::Selection;
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use model::{Kind, kinds::Plan, value::Id};

use crate::{failure::Failure, visit::Visit};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// All records of a plan as a workbook.
pub async fn workbook(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = known(&v, &id)?;
    let name = format!("{id}-workbook.xlsx");
    let selection = Selection { kinds: kinds(&v), plan: Some(id) };
    let (world, lang) = (v.world.clone(), v.lang);
    let bytes = off_thread(move || app::export_xlsx(&world, &selection, lang)).await??;
    Ok(download(bytes, XLSX, &name))
}

/// All records, or those of the kinds asked for, as a workbook.
pub async fn export(v: Visit) -> Result<Response, Failure> {
    let selection = Selection { kinds: kinds(&v), plan: None };
    let (world, lang) = (v.world.clone(), v.lang);
    let bytes = off_thread(move || app::export_xlsx(&world, &selection, lang)).await??;
    Ok(download(bytes, XLSX, "ekistics.xlsx"))
}

/// The empty workbook with its instructions.
pub async fn template(v: Visit) -> Result<Response, Failure> {
    let selection = Selection { kinds: kinds(&v), plan: None };
    let (world, lang) = (v.world.clone(), v.lang);
    let bytes = off_thread(move || app::template_xlsx(&world, lang, &selection)).await??;
    Ok(download(bytes, XLSX, "ekistics-template.xlsx"))
}

/// The tracking table as a workbook.
pub async fn tracking(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = known(&v, &id)?;
    let name = format!("{id}-tracking-{}.xlsx", v.on);
    let (world, on, lang) = (v.world.clone(), v.on, v.lang);
    let bytes = off_thread(move || app::tracking_xlsx(&world, &id, on, lang)).await??;
    Ok(download(bytes, XLSX, &name))
}

/// The progress report as a workbook.
pub async fn report_xlsx(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = known(&v, &id)?;
    let name = format!("{id}-progress-{}.xlsx", v.on);
    let (world, on, lang) = (v.world.clone(), v.on, v.lang);
    let bytes = off_thread(move || app::progress_report_xlsx(&world, &id, on, lang)).await??;
    Ok(download(bytes, XLSX, &name))
}

/// The progress report as one self-contained file.
pub async fn report_html(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = known(&v, &id)?;
    let name = format!("{id}-progress-{}.html", v.on);
    let (world, on, lang) = (v.world.clone(), v.on, v.lang);
    let html = off_thread(move || app::progress_report_html(&world, &id, on, lang)).await??;
    // Its styles are inside, as a file to be sent around must have them; nothing else may run or load.
    let mut response = download(html.into_bytes(), "text/html; charset=utf-8", &name);
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox";
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    Ok(response)
}

fn known(v: &Visit, plan: &str) -> Result<Id<Plan>, Failure> {
    v.records().plans.get(plan).map(|p| p.id.clone()).ok_or_else(Failure::not_found)
}

/// Kinds asked for as `?kind=…`; empty means all.
fn kinds(v: &Visit) -> Vec<Kind> {
    v.query.iter().filter(|(k, _)| k == "kind").filter_map(|(_, name)| Kind::parse(name)).collect()
}

/// Long work does not hold up other requests.
pub(crate) async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Failure::internal(&e))
}

/// An answer that the browser saves under a name.
pub(crate) fn download(bytes: Vec<u8>, mime: &'static str, name: &str) -> Response {
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", safe.trim_start_matches('.'))) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
