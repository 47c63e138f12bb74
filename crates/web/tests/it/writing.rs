//! Import, confirm, see, undo; entry by form and by island; a waiver.

use axum::http::{StatusCode, header};

use crate::site::Site;

const FORM: &str = "application/x-www-form-urlencoded";

/// The pages' way of an import: upload, see, confirm, undo.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_seen_confirmed_and_undone() {
    let site = Site::new().await;
    let before = site.app.world().await.expect("a world");
    let indicator = before.records().indicators.iter().next().expect("an indicator").id.clone();
    let csv = format!("indicator,kind,on,value\n{indicator},milestone,2015-06-30,4321.5\n");

    let answer = site.upload("targets.csv", csv.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&answer.bytes));
    let preview = answer.header(header::LOCATION).to_owned();
    let page = site.get(&preview).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("4321.5") && page.text().contains("/confirm"), "{}", page.text());
    assert_eq!(site.app.world().await.expect("a world").snapshot().position, before.snapshot().position);

    let answer = site.post(&format!("{preview}/confirm"), FORM, b"reason=try".to_vec()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&answer.bytes));
    let change = answer.header(header::LOCATION).to_owned();
    let page = site.get(&change).await;
    assert!(page.text().contains("4321.5") && page.text().contains("/undo"));
    let targets = site.app.world().await.expect("a world").records().targets.len();
    assert_eq!(targets, before.records().targets.len() + 1);

    let answer = site.post(&format!("{change}/undo"), FORM, b"reason=back".to_vec()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&answer.bytes));
    assert_eq!(site.app.world().await.expect("a world").records().targets.len(), before.records().targets.len());
    assert!(!site.get(&change).await.text().contains("/undo\""), "what is undone cannot be undone again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_names_sheet_and_cell_and_writes_nothing() {
    let site = Site::new().await;
    let position = site.app.world().await.expect("a world").snapshot().position;
    let answer = site.upload("targets.csv", b"indicator,kind,on,value\nNOPE,target,someday,many\n").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let preview = answer.header(header::LOCATION).to_owned();
    let page = site.get(&preview).await;
    assert!(page.text().contains("someday") && page.text().contains("C2") && !page.text().contains("/confirm"));
    let csv = site.get(&format!("{preview}/findings.csv")).await;
    assert!(csv.text().contains("someday") && csv.header(header::CONTENT_DISPOSITION).contains("findings.csv"));
    let answer = site.post(&format!("{preview}/confirm"), FORM, b"reason=x".to_vec()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(site.app.world().await.expect("a world").snapshot().position, position);
}

/// A row of the entry grid that is open, and a period of it.
async fn open_cell(site: &Site) -> (String, String) {
    let page = site.get("/entry").await;
    let html = page.text().to_owned();
    let name = html.split("name=\"v~").nth(1).and_then(|r| r.split('"').next()).expect("an open cell").to_owned();
    let (row, period) = name.rsplit_once('~').expect("a row and a period");
    (row.replace("&#39;", "'"), period.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_entered_by_island_and_refused_cell_by_cell() {
    let site = Site::new().await;
    let (row, period) = open_cell(&site).await;
    let body = |value: &str| {
        serde_json::json!({"cells": [{"row": row, "period": period, "value": value, "comment": "seen"}]})
            .to_string()
            .into_bytes()
    };
    let refused = site.post("/entry.json", "application/json", body("many")).await;
    let json: serde_json::Value = serde_json::from_slice(&refused.bytes).expect("json");
    assert_eq!(json["refused"][0]["cell"], 0, "{json}");
    let taken = site.post("/entry.json", "application/json", body("12")).await;
    let json: serde_json::Value = serde_json::from_slice(&taken.bytes).expect("json");
    assert!(json["change"].is_u64(), "{json}");
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_entered_by_form_without_script() {
    let site = Site::new().await;
    let (row, period) = open_cell(&site).await;
    let encode =
        |t: &str| t.replace('%', "%25").replace('&', "%26").replace('=', "%3D").replace(';', "%3B").replace('+', "%2B");
    let key = encode(&format!("{row}~{period}"));
    let form = format!("v~{key}=13&w~{key}=&comment=typed&reason=&plan=&indicator=&place=&periods=");
    let answer = site.post("/entry", FORM, form.into_bytes()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&answer.bytes));
    let form = format!("v~{key}=13&w~{key}=13");
    let answer = site.post("/entry", FORM, form.into_bytes()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("No value was changed."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiver_silences_one_finding_and_stays_visible() {
    let site = Site::new().await;
    let world = site.app.world().await.expect("a world");
    let on = jiff::civil::date(2020, 3, 1);
    let report = app::findings(&world, None, on);
    let finding = report.diagnostics.iter().find(|d| d.waived.is_none() && d.record.is_some()).expect("a finding");
    let record = finding.record.as_ref().expect("a record");
    let field = finding.field.clone().unwrap_or_default();
    let form = |reason: &str| {
        format!(
            "code={}&kind={}&record={}&field={field}&reason={reason}&author=head&expires_on=2030-01-01&back=//evil.example",
            finding.code.id, record.kind, record.id
        )
        .into_bytes()
    };
    assert_eq!(site.post("/waivers", FORM, form("%20")).await.status, StatusCode::BAD_REQUEST);
    let answer = site.post("/waivers", FORM, form("known")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&answer.bytes));
    assert_eq!(answer.header(header::LOCATION), "/", "nobody is sent to another site");
    let after = app::findings(&site.app.world().await.expect("a world"), None, on);
    assert_eq!(after.n_waived, report.n_waived + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_kept_and_handed_out_as_a_download() {
    let site = Site::new().await;
    let body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.html\"\r\n\r\n<script>1</script>\r\n--x--\r\n".to_vec();
    let answer = site.post("/entry/evidence", "multipart/form-data; boundary=x", body).await;
    let json: serde_json::Value = serde_json::from_slice(&answer.bytes).expect("json");
    let path = format!("/{}", json["evidence"].as_str().expect("a name"));
    let file = site.get(&path).await;
    assert_eq!(file.bytes, b"<script>1</script>");
    assert_eq!(file.header(header::CONTENT_TYPE), "application/octet-stream");
    assert!(file.header(header::CONTENT_DISPOSITION).starts_with("attachment"));
    assert_eq!(site.get("/evidence/..%2F..%2Fetc%2Fpasswd").await.status, StatusCode::NOT_FOUND);
}
