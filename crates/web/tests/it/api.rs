//! The programming interface: questions, pages, formats, problems, limits, and the document that describes it.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use model::Kind;
use serde_json::Value as Json;
use web::{
    Rates, Reach,
    routes::{Access, table},
};

use crate::site::{Answer, Site, options, shared};

fn json(answer: &Answer) -> Json {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|_| panic!("{}", answer.text()))
}

async fn ask(site: &Site, path: &str) -> Json {
    let answer = site.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    json(&answer)
}

fn ids(page: &Json) -> Vec<String> {
    page["items"].as_array().expect("items").iter().map(|i| i["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_record_of_every_kind_comes_by_pages_and_alone() {
    let site = shared();
    let world = site.app.world().await.expect("a world");
    for kind in Kind::ALL.iter().copied() {
        let expected: Vec<String> = match kind {
            Kind::Observation => world.snapshot().observations.rows().map(|r| r.id()).collect(),
            kind => world.records().rows(kind).map(|(id, _)| id.to_owned()).collect(),
        };
        let start = format!("/api/v1/records/{}?fields=id&limit=1000&count=true", kind.sheet());
        let mut found = Vec::new();
        let mut path = start.clone();
        loop {
            let answer = site.get(&path).await;
            let page = json(&answer);
            assert_eq!(page["count"], expected.len(), "{path}");
            found.extend(ids(&page));
            let Some(next) = page["next"].as_str() else { break };
            let link = answer.header(header::LINK).to_owned();
            path = format!("{start}&cursor={next}");
            assert!(link.contains(next) && link.ends_with("rel=\"next\""), "{link}");
        }
        assert_eq!(found, expected, "{}", kind.name());
        let Some(id) = expected.first() else { continue };
        let id = id.replace('/', "%2F").replace(';', "%3B");
        let one = ask(site, &format!("/api/v1/records/{}/{id}", kind.name())).await;
        assert_eq!(one["item"]["id"].as_str(), expected.first().map(String::as_str));
        let history = ask(site, &format!("/api/v1/records/{}/{id}/history", kind.name())).await;
        assert_eq!(history["items"][0]["change"]["number"], 1, "{history}");
        assert!(!history["items"][0]["fields"].as_array().expect("fields").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_chosen_by_filters_fields_and_order() {
    let site = shared();
    let page =
        ask(site, "/api/v1/records/indicators?fields=id,title&lang=ar&filter[measure][in]=flow,share&sort=-id&limit=3")
            .await;
    let found = ids(&page);
    let mut sorted = found.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    assert!(found.len() <= 3 && found == sorted, "{page}");
    let page = ask(site, "/api/v1/records/observations?filter[place]=KEN&filter[period][ge]=2016&limit=1000").await;
    let items = page["items"].as_array().expect("items");
    assert!(!items.is_empty() && items.iter().all(|i| i["place"] == "KEN" && i["period"].as_str() >= Some("2016")));
    let plain = ask(site, "/api/v1/records/plans?fields=id,title&filter[id]=P1419R&lang=zh").await;
    let titled = ask(site, "/api/v1/records/plans?fields=title_zh&filter[id]=P1419R").await;
    assert_eq!(plain["items"][0]["title"], titled["items"][0]["title_zh"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_come_as_csv_and_lines_of_json() {
    let site = Site::new().await;
    let csv = "id,kind,title_en\nX-1,city,=1+1\nX-2,city,\"a, \"\"b\"\"\"\n";
    let preview = site.upload("places.csv", csv.as_bytes()).await.header(header::LOCATION).to_owned();
    site.post(&format!("{preview}/confirm"), "application/x-www-form-urlencoded", b"reason=x".to_vec()).await;
    let path = "/api/v1/records/places?fields=id,title_en&filter[id][prefix]=X-";
    let get = |accept: &'static str| {
        let request = Request::get(path).header(header::HOST, "localhost").header(header::ACCEPT, accept);
        site.send(request.body(Body::empty()).expect("a request"))
    };
    let csv = get("text/csv").await;
    assert_eq!(csv.text(), "id,title_en\nX-1,'=1+1\nX-2,\"a, \"\"b\"\"\"\n");
    assert!(csv.header(header::CONTENT_TYPE).starts_with("text/csv"));
    let lines = get("application/x-ndjson").await;
    assert_eq!(
        lines.text(),
        "{\"id\":\"X-1\",\"title_en\":\"=1+1\"}\n{\"id\":\"X-2\",\"title_en\":\"a, \\\"b\\\"\"}\n"
    );
    // A whole list streams past the size of a page, and a page of it says where to go on.
    let world = site.app.world().await.expect("a world");
    let all = site.get("/api/v1/records/observations?format=ndjson&fields=id").await;
    assert_eq!(all.text().lines().count(), world.snapshot().observations.len());
    let one = site.get("/api/v1/records/observations?format=csv&limit=2").await;
    assert!(one.text().lines().count() == 3 && one.header(header::LINK).contains("cursor="));
    for list in ["figures", "duties", "changes", "changes/1"] {
        let csv = site.get(&format!("/api/v1/{list}?format=csv")).await;
        let lines = site.get(&format!("/api/v1/{list}?format=ndjson")).await;
        assert_eq!(csv.status, StatusCode::OK, "{list}");
        assert_eq!(lines.text().lines().count() + 1, csv.text().lines().count(), "{list}");
    }
}

/// Status, code and the first error's field of a refused question.
async fn check_problem(site: &Site, path: &str, status: StatusCode, code: &str, field: Option<&str>) {
    let answer = site.get(path).await;
    assert_eq!(answer.status, status, "{path}: {}", answer.text());
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json", "{path}");
    let body = json(&answer);
    assert_eq!((body["code"].as_str(), body["status"].as_u64()), (Some(code), Some(status.as_u16().into())), "{path}");
    assert_eq!(body["instance"], answer.header("x-request-id"), "{path}");
    for member in ["type", "title", "detail", "remedy"] {
        assert!(body[member].as_str().is_some_and(|t| !t.is_empty()), "{path}: {member} of {body}");
    }
    assert_eq!(body["errors"][0]["field"].as_str(), field, "{path}: {body}");
    let explained = body["type"].as_str().expect("a type").split('#').next().expect("an address").to_owned();
    assert_eq!(site.get(&explained).await.status, StatusCode::OK, "{explained}");
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_problem_documents() {
    let site = shared();
    let (bad, gone, none) = (StatusCode::BAD_REQUEST, StatusCode::GONE, StatusCode::NOT_FOUND);
    for (path, status, code, field) in [
        ("/api/v1/nothing", none, "not-found", None),
        ("/api/v1/records/nothing", none, "not-found", None),
        ("/api/v1/records/plans/NOPE", none, "not-found", None),
        ("/api/v1/records/plans/NOPE/history", none, "not-found", None),
        ("/api/v1/figures/nonsense", none, "not-found", None),
        ("/api/v1/changes/999999", none, "not-found", None),
        ("/api/v1/changes/one", bad, "bad", None),
        ("/api/v1/status?on=yesterday", bad, "bad-day", None),
        ("/api/v1/records/plans?filter[unti]=x", bad, "QRY001", Some("filter[unti]")),
        ("/api/v1/records/plans?filter[starts_on]=soon", bad, "QRY002", Some("filter[starts_on]")),
        ("/api/v1/records/plans?limit=0", bad, "QRY006", Some("limit")),
        ("/api/v1/records/plans?format=pdf", bad, "QRY006", Some("format")),
        ("/api/v1/figures?period=soon", bad, "QRY006", Some("period")),
        ("/api/v1/duties?stat=due", bad, "QRY005", Some("stat")),
        ("/api/v1/duties?plan=NOPE", none, "not-found", None),
        ("/api/v1/head?lang=fr", bad, "QRY006", Some("lang")),
        ("/api/v1/status?on=", bad, "QRY006", Some("on")),
        ("/api/v1/check?plan=P1419R&plan=P1419R", bad, "QRY012", Some("plan")),
        ("/api/v1/changes?cursor=x", bad, "QRY007", Some("cursor")),
    ] {
        check_problem(site, path, status, code, field).await;
    }
    // A position that was never held, in a cursor of the very question.
    let page = ask(site, "/api/v1/records/plans?limit=1").await;
    let cursor = page["next"].as_str().expect("a cursor").to_owned();
    let other = format!("{}{:016x}{}", &cursor[..2], 4_000, &cursor[18..]);
    check_problem(site, &format!("/api/v1/records/plans?limit=1&cursor={other}"), gone, "QRY009", Some("cursor")).await;
    let swapped = format!("/api/v1/records/places?limit=1&cursor={cursor}");
    check_problem(site, &swapped, bad, "QRY008", Some("cursor")).await;
    let said = site.get("/api/v1/records/plans?limit=0&lang=zh").await;
    assert!(json(&said)["detail"].as_str().is_some_and(|d| d.contains("limit 不能是 0")), "{}", said.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_stay_together_while_the_register_moves() {
    let site = Site::new().await;
    let first = ask(&site, "/api/v1/records/plans?fields=id&limit=2").await;
    let before = ask(&site, "/api/v1/records/plans?fields=id&limit=1000").await;
    let undone = site.post("/changes/1/undo", "application/x-www-form-urlencoded", b"reason=x".to_vec()).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert!(ids(&ask(&site, "/api/v1/records/plans").await).is_empty());
    let (mut found, mut next) = (ids(&first), first["next"].clone());
    while let Some(cursor) = next.as_str() {
        let page = ask(&site, &format!("/api/v1/records/plans?fields=id&limit=2&cursor={cursor}")).await;
        assert_eq!(page["position"], 1, "answered as of the first page");
        found.extend(ids(&page));
        next = page["next"].clone();
    }
    assert_eq!(found, ids(&before));
    // The list of changes needs no former world: it began at change 1 and goes on from there.
    assert_eq!(ask(&site, "/api/v1/changes").await["items"][0]["undoes"], 1);
    let head = ask(&site, "/api/v1/head").await;
    assert_eq!((head["position"].as_u64(), head["head"].as_str().map(str::len)), (Some(2), Some(64)));
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_told_from_the_newest_and_in_pages() {
    let site = Site::new().await;
    for number in 1..4 {
        site.post(&format!("/changes/{number}/undo"), "application/x-www-form-urlencoded", b"reason=x".to_vec()).await;
    }
    let numbers = |page: &Json| -> Vec<u64> {
        page["items"].as_array().expect("items").iter().filter_map(|i| i["number"].as_u64()).collect()
    };
    let first = ask(&site, "/api/v1/changes?limit=3").await;
    assert_eq!(numbers(&first), [4, 3, 2]);
    let rest = ask(&site, &format!("/api/v1/changes?limit=3&cursor={}", first["next"].as_str().expect("more"))).await;
    assert_eq!((numbers(&rest), rest["next"].is_null()), (vec![1], true));
    let one = ask(&site, "/api/v1/changes/1?limit=2").await;
    let two = ask(&site, &format!("/api/v1/changes/1?limit=2&cursor={}", one["next"].as_str().expect("more"))).await;
    assert_ne!(one["items"], two["items"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_figures_is_that_of_the_tracking_table() {
    let site = shared();
    let table_of = ask(site, "/api/v1/tracking/P1419R").await;
    let shown: Vec<&Json> = table_of["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .flat_map(|r| r["cells"].as_array().expect("cells"))
        .map(|c| &c["figure"])
        .filter(|f| !f.is_null())
        .collect();
    let listed = ask(site, "/api/v1/figures?plan=P1419R&limit=1000").await;
    assert_eq!(listed["items"].as_array().expect("items").iter().collect::<Vec<_>>(), shown);
    let of_place = ask(site, "/api/v1/figures?plan=P1419R&place=KEN").await;
    for figure in of_place["items"].as_array().expect("items") {
        let key = figure["derivation"].as_str().expect("a key");
        let alone = ask(site, &format!("/api/v1/figures/{key}")).await;
        assert_eq!((&alone["answer"], &figure["place"]), (&figure["answer"], &Json::from("KEN")), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_waits() {
    let site = Site::new().await;
    let rates = Rates { burst: 3, per_minute: 1, per_file: 3, most_addresses: 10 };
    let limited = |reach| site.served_as(web::Options { rates, ..options(reach) });
    let public = limited(Reach::Remote(Vec::new()));
    for left in [2, 1, 0] {
        let answer = public.get("/api/v1/head").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.header("ratelimit").contains(&format!("r={left};")), "{}", answer.header("ratelimit"));
    }
    let refused = public.get("/api/v1/head").await;
    assert_eq!((refused.status, json(&refused)["code"].as_str()), (StatusCode::TOO_MANY_REQUESTS, Some("rate")));
    let seconds: u64 = refused.header(header::RETRY_AFTER).parse().expect("seconds");
    assert!((50..=60).contains(&seconds), "{seconds}");
    assert_eq!(public.get("/export.xlsx?kind=plan").await.status, StatusCode::TOO_MANY_REQUESTS, "files count too");
    assert_eq!(public.get("/about").await.status, StatusCode::OK, "pages do not count");
    let staff = limited(Reach::Loopback);
    for _ in 0..5 {
        assert_eq!(staff.get("/api/v1/head").await.status, StatusCode::OK, "staff are not held back");
    }
}

#[test]
fn the_document_and_the_routes_are_one() {
    for lang in model::value::Lang::INTERFACE {
        let document = web::openapi(lang);
        let described: BTreeSet<String> = document["paths"].as_object().expect("paths").keys().cloned().collect();
        let routed: BTreeSet<String> =
            table().iter().filter(|r| r.path.starts_with("/api/v1/")).map(|r| r.path.to_owned()).collect();
        assert_eq!(described, routed);
        for row in table().iter().filter(|r| r.path.starts_with("/api/v1/")) {
            let operation = &document["paths"][row.path][row.method.to_lowercase()];
            let named: BTreeSet<String> =
                row.path.split('{').skip(1).filter_map(|p| Some(p.split('}').next()?.to_owned())).collect();
            let parameters = operation["parameters"].as_array().expect(row.path).iter();
            let in_path: BTreeSet<String> = parameters
                .map(|p| document.pointer(p["$ref"].as_str().expect("a link").trim_start_matches('#')).expect("there"))
                .filter(|p| p["in"] == "path")
                .filter_map(|p| p["name"].as_str().map(str::to_owned))
                .collect();
            assert_eq!(named, in_path, "{}", row.path);
            let needs_sign_in = operation["security"].is_array();
            let is_for_all = matches!(row.access, Access::Open | Access::Read | Access::Fetch);
            assert_eq!(needs_sign_in, !is_for_all, "{}", row.path);
        }
        // Every link leads somewhere, and every sentence is there.
        let text = document.to_string();
        for link in text.split("\"$ref\":\"#").skip(1).filter_map(|t| t.split('"').next()) {
            assert!(document.pointer(link).is_some(), "{link}");
        }
        assert!(!text.contains("\"api-"), "a sentence is missing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_served_as_it_is_printed() {
    let served = ask(shared(), "/api/v1/openapi.json?lang=ar").await;
    assert_eq!(served, web::openapi(model::value::Lang::Ar));
    let page = shared().get("/api").await;
    for row in table().iter().filter(|r| r.path.starts_with("/api/v1/")) {
        assert!(page.text().contains(row.path), "{}", row.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_of_every_kind_is_told() {
    let kinds = ask(shared(), "/api/v1/kinds?lang=zh").await;
    let items = kinds["items"].as_array().expect("items");
    assert_eq!(items.len(), Kind::ALL.len());
    for (kind, told) in Kind::ALL.iter().zip(items) {
        let columns = told["columns"].as_array().expect("columns");
        assert_eq!((told["kind"].as_str(), columns.len()), (Some(kind.name()), kind.def().columns.len()));
    }
}
