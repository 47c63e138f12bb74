//! What is personal about records: told to those who may see it, absent from the chain, erased everywhere on request.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};

use crate::{
    people::{Browser, first_administrator, invited, write_record},
    site::Site,
};

/// The whole log as an auditor gets it.
async fn log_of(site: &Site) -> String {
    let mut log = Vec::new();
    app::export_log(&site.app, &mut log, &|_, _| {}).await.expect("is written");
    String::from_utf8(log).expect("text")
}

async fn assess(site: &Site, by: &mut Browser, reason: &str) {
    let cells = [
        ("indicator", "I-1419-Ra"),
        ("criterion", "relevant"),
        ("grade", "met"),
        ("by", "Wanjiru Assessor"),
        ("on", "2019-12-31"),
        ("reason", reason),
    ];
    let done = write_record(site, by, "assessment", &cells).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
}

/// Pages are kept by fingerprint, and an erasure leaves that as it is.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_kept_is_made_anew_after_an_erasure() {
    let site = &Site::new().await;
    assess(site, &mut Browser::default(), "Seen on the ground").await;
    let path = "/records/assessment/I-1419-Ra%2Frelevant";
    let shown = site.get(path).await;
    assert!(shown.text().contains("Wanjiru Assessor"), "{}", shown.text());
    let by = app::access::Actor::Local { name: "tester".into() };
    let n = app::erase_value(&site.app, &by, "Wanjiru Assessor", jiff::Timestamp::now()).await.expect("erases");
    assert_eq!(n, 1);
    let after = site.get(path).await;
    assert!(!after.text().contains("Wanjiru"), "{}", after.text());
    assert_ne!(after.header(header::ETAG), shown.header(header::ETAG), "browsers ask again");
}

/// Whoever reads a mark in the log learns nothing by writing it into another record.
#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_is_typed_elsewhere_stays_a_text() {
    let site = &Site::new().await;
    assess(site, &mut Browser::default(), "Seen on the ground").await;
    let log = log_of(site).await;
    let mark: String = log.rsplit("pd-").next().map(|t| format!("pd-{}", &t[..32])).expect("a mark");
    let cells = [
        ("indicator", "I-1419-Ra"),
        ("criterion", "specific"),
        ("grade", "met"),
        ("by", mark.as_str()),
        ("on", "2019-12-31"),
        ("reason", "x"),
    ];
    let done = write_record(site, &mut Browser::default(), "assessment", &cells).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let shown = site.get("/records/assessment/I-1419-Ra%2Fspecific").await;
    assert!(shown.text().contains(&mark) && !shown.text().contains("Wanjiru"), "{}", shown.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_in_a_record_is_no_part_of_the_chain_and_can_be_erased() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let (mut planner, _) = invited(site, &mut admin, "Paula Planner", &[("planner", "")]).await;
    assess(site, &mut planner, "Seen on the ground").await;
    let path = "/api/v1/records/assessments?filter[indicator]=I-1419-Ra&filter[criterion]=relevant";
    let told = planner.get(site, path).await;
    assert!(told.text().contains("Wanjiru Assessor"), "{}", told.text());
    let id = serde_json::from_slice::<serde_json::Value>(&told.bytes).expect("json")["items"][0]["id"].clone();
    let history = format!("/history/assessment/{}", id.as_str().expect("an id").replace('/', "%2F"));
    assert!(planner.get(site, &history).await.text().contains("Wanjiru Assessor"));
    let log = log_of(site).await;
    assert!(!log.contains("Wanjiru") && log.contains("pd-"), "the log holds a mark");
    let marks_of = |log: &str| -> BTreeSet<String> {
        log.split("pd-").skip(1).map(|text| text.chars().take(32).collect()).collect()
    };
    let marks = marks_of(&log);

    // Another field changes, the mark stays; the same again changes nothing.
    assess(site, &mut planner, "Seen twice").await;
    let fields = planner.get(site, &history).await;
    assert!(fields.text().contains("Seen twice"), "{}", fields.text());
    assert_eq!(marks_of(&log_of(site).await), marks, "a value that is there keeps its mark");

    // Only an administrator erases, and the page says at how many places.
    let refused = planner.form(site, "/people/erase", &[("value", "Wanjiru Assessor")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let before = site.app.world().await.expect("a world").snapshot().fingerprint.clone();
    let done = admin.form(site, "/people/erase", &[("value", "Wanjiru Assessor")]).await;
    assert_eq!(done.header(header::LOCATION), "/people?erased=1");
    assert!(admin.get(site, "/people?erased=1").await.text().contains("Erased at 1 place"));
    for path in [path, history.as_str()] {
        let shown = planner.get(site, path).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}");
        assert!(!shown.text().contains("Wanjiru") && !shown.text().contains("pd-"), "{path}: {}", shown.text());
    }
    let past = planner.get(site, &format!("{path}&as_of=2100-01-01")).await;
    assert!(!past.text().contains("Wanjiru"), "{}", past.text());
    assert_eq!(site.app.world().await.expect("a world").snapshot().fingerprint, before, "the chain is what it was");
    assert!(app::verify(&site.app, None, &|_, _| {}).await.expect("reads").broken.is_none());
    assert_eq!(app::audit::verify_audit(&site.app).await.expect("reads").map(|n| n > 2), Ok(true));
    let audit = admin.get(site, "/audit?deed=erase").await;
    assert!(audit.text().contains("personal") && !audit.text().contains("Wanjiru"), "{}", audit.text());
}
