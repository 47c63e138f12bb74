//! Changes that programs send: judged, carried out once, refused as a whole, kept as proposals.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::{Value as Json, json};

use crate::{
    people::{Browser, first_administrator, invited, write_record},
    site::{Answer, Site},
};

const PATH: &str = "/api/v1/changes";

/// A program with its token and a key; either may be empty.
async fn send(site: &Site, path: &str, token: &str, key: &str, body: String) -> Answer {
    let mut request =
        Request::post(path).header(header::HOST, "localhost").header(header::CONTENT_TYPE, "application/json");
    for (name, value) in [("authorization", format!("Bearer {token}")), ("idempotency-key", format!("\"{key}\""))] {
        if !value.ends_with(' ') && value != "\"\"" {
            request = request.header(name, value);
        }
    }
    site.send(request.body(Body::from(body)).expect("a request")).await
}

fn json_of(answer: &Answer) -> Json {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|_| panic!("{}", answer.text()))
}

async fn ask(site: &Site, path: &str) -> Json {
    json_of(&site.get(path).await)
}

async fn position(site: &Site) -> u64 {
    ask(site, "/api/v1/head").await["position"].as_u64().expect("a position")
}

async fn token(site: &Site, by: &mut Browser, scopes: &[&str]) -> String {
    let scopes = scopes.iter().map(|scope| ("scope", *scope));
    let typed: Vec<(&str, &str)> = [("name", "script"), ("days", "1")].into_iter().chain(scopes).collect();
    let page = by.form(site, "/account/tokens", &typed).await;
    let token = page.text().split("<code class=\"secret\">").nth(1).and_then(|r| r.split('<').next());
    token.unwrap_or_else(|| panic!("{}", page.text())).to_owned()
}

fn place(id: &str, title: &str) -> Json {
    json!({"kind": "place", "id": id, "set": {"id": id, "kind": "city", "title_en": title}})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_judged_and_then_carried_out() {
    let site = &Site::new().await;
    let before = position(site).await;
    let change = json!({
        "reason": "Census of 2019",
        "records": [
            {"kind": "place", "id": "KEN-nairobi", "set": {"population": 4_397_073}},
            place("X-1", "A \"new\" city, with a comma"),
        ],
        "observations": [
            {"indicator": "I-1419-Ra", "place": "KEN-kisumu", "period": "2019", "scope": "supported",
             "project": "PRJ-018", "value": 44.1},
        ],
    });
    let judged = send(site, &format!("{PATH}?dry_run=true"), "", "", change.to_string()).await;
    assert_eq!(judged.status, StatusCode::OK, "{}", judged.text());
    let judged = json_of(&judged);
    assert_eq!((&judged["state"], &judged["n_changed"]), (&json!("judged"), &json!(3)), "{judged}");
    assert!(judged["findings"].is_array() && judged["lane"].is_null());
    let items = judged["items"].as_array().expect("items");
    let nairobi = items.iter().find(|i| i["id"] == "KEN-nairobi").expect("what is changed");
    let columns: Vec<&str> =
        nairobi["fields"].as_array().expect("fields").iter().filter_map(|f| f["column"].as_str()).collect();
    assert_eq!(columns, ["population"], "{judged}");
    assert_eq!(position(site).await, before, "nothing was written");

    let taken = send(site, PATH, "", "", change.to_string()).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
    assert_eq!(json_of(&taken), json!({"state": "accepted", "change": before + 1, "proposal": null}));
    let written = ask(site, taken.header(header::LOCATION)).await;
    assert_eq!(written["change"]["reason"], "Census of 2019", "{written}");
    let nairobi = ask(site, "/api/v1/records/place/KEN-nairobi").await;
    assert_eq!(nairobi["item"]["population"], 4_397_073);
    assert_eq!(nairobi["item"]["title_en"], "Nairobi", "what is not set stays");
    assert_eq!(ask(site, "/api/v1/records/place/X-1").await["item"]["title_en"], "A \"new\" city, with a comma");
    let figure = ask(site, "/api/v1/figures/I-1419-Ra~supported~KEN-kisumu~2019~").await;
    assert_eq!(figure["value"], 44.1, "{figure}");

    // The same again changes nothing and says so; null empties; a record goes.
    let again = send(site, PATH, "", "", change.to_string()).await;
    assert_eq!((again.status, json_of(&again)["state"].as_str()), (StatusCode::OK, Some("unchanged")));
    let records = json!([
        {"kind": "place", "id": "KEN-nairobi", "set": {"title_zh": null}},
        {"kind": "place", "id": "X-1", "remove": true},
    ]);
    let gone = send(site, PATH, "", "", json!({"reason": "taken back", "records": records}).to_string()).await;
    assert_eq!(gone.status, StatusCode::CREATED, "{}", gone.text());
    assert_eq!(site.get("/api/v1/records/place/X-1").await.status, StatusCode::NOT_FOUND);
    assert!(ask(site, "/api/v1/records/place/KEN-nairobi").await["item"]["title_zh"].is_null());
}

/// Sends a change that is refused: status, code and the paths of what is wrong.
async fn check_refused(site: &Site, change: &Json, status: StatusCode, code: &str, fields: &[&str]) {
    for path in [PATH.to_owned(), format!("{PATH}?dry_run=true")] {
        let answer = send(site, &path, "", "", change.to_string()).await;
        assert_eq!(answer.status, status, "{change}: {}", answer.text());
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
        let body = json_of(&answer);
        assert_eq!(body["code"], code, "{change}: {body}");
        let found: Vec<&str> =
            body["errors"].as_array().into_iter().flatten().filter_map(|e| e["field"].as_str()).collect();
        assert_eq!(found, fields, "{change}: {body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_named_by_its_path_and_nothing_is_written() {
    let site = &Site::new().await;
    let before = position(site).await;
    let (unfit, bad) = (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::BAD_REQUEST);
    let one = |record: Json| json!({"reason": "x", "records": [place("X-1", "good"), record]});
    for (change, status, code, fields) in [
        (one(json!({"kind": "plaice"})), unfit, "QRY006", &["records[1].kind"][..]),
        (one(json!({"kind": "observation"})), unfit, "QRY006", &["records[1].kind"]),
        (
            one(json!({"kind": "place", "id": "KEN", "set": {"popluation": 1}})),
            unfit,
            "QRY001",
            &["records[1].set.popluation"],
        ),
        (one(json!({"kind": "place", "id": "KEN", "set": {"id": "KEN2"}})), unfit, "QRY006", &["records[1].id"]),
        (one(json!({"kind": "place", "id": "NOPE", "remove": true})), unfit, "QRY006", &["records[1].id"]),
        (
            one(json!({"kind": "place", "id": "KEN", "set": {"population": {"n": 1}}})),
            unfit,
            "QRY006",
            &["records[1].set.population"],
        ),
        (json!({"reason": "  ", "records": [place("X-1", "x")]}), unfit, "QRY006", &["reason"]),
        (json!({"records": []}), bad, "body", &[]),
        (json!({"reason": "x", "record": []}), bad, "body", &[]),
        (json!([1, 2]), bad, "body", &[]),
    ] {
        check_refused(site, &change, status, code, fields).await;
    }
    // The rules of imports hold, and name the cell by its path.
    let many = one(json!({"kind": "place", "id": "KEN", "set": {"population": "many"}}));
    let answer = send(site, PATH, "", "", many.to_string()).await;
    assert_eq!(answer.status, unfit);
    assert_eq!(json_of(&answer)["errors"][0]["field"], "records[1].set.population", "{}", answer.text());
    let nowhere = json!({"reason": "x", "records": [place("X-1", "good")], "observations": [
        {"indicator": "I-1419-Ra", "place": "NOWHERE", "period": "2019", "scope": "global", "value": 1},
    ]});
    let answer = send(site, PATH, "", "", nowhere.to_string()).await;
    assert_eq!(answer.status, unfit, "{}", answer.text());
    assert_eq!(json_of(&answer)["errors"][0]["field"], "observations[0].place", "{}", answer.text());
    // Bodies that are none, too large, or of another type.
    assert_eq!(send(site, PATH, "", "", "{\"reason\": ".into()).await.status, bad);
    let long = json!({"reason": "x".repeat(9_000), "records": [place("X-1", "x")]}).to_string();
    assert_eq!(send(site, PATH, "", "", long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let large = json!({"reason": "x".repeat(17 << 20)}).to_string();
    assert_eq!(send(site, PATH, "", "", large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let many: Vec<Json> = (0..10_001).map(|i| place(&format!("X-{i}"), "x")).collect();
    let many = json!({"reason": "x", "records": many}).to_string();
    assert_eq!(send(site, PATH, "", "", many).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let form = site.post(PATH, "application/x-www-form-urlencoded", b"reason=x".to_vec()).await;
    assert_eq!(form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(send(site, PATH, "", &"k".repeat(201), "{}".into()).await.status, bad);
    assert_eq!(send(site, &format!("{PATH}?dryrun=true"), "", "", "{}".into()).await.status, bad);
    assert_eq!(position(site).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_with_a_key_is_carried_out_once() {
    let site = &Site::new().await;
    let before = position(site).await;
    let body = json!({"reason": "once", "records": [place("X-1", "Once")]}).to_string();
    let one = || send(site, PATH, "", "k-1", body.clone());
    let (a, b, c, d) = tokio::join!(one(), one(), one(), one());
    let answers = [a, b, c, d];
    for answer in &answers {
        match answer.status {
            StatusCode::CREATED => assert_eq!(json_of(answer)["change"], before + 1),
            StatusCode::CONFLICT => assert_eq!(json_of(answer)["code"], "key-in-use"),
            other => panic!("{other}: {}", answer.text()),
        }
    }
    assert!(answers.iter().any(|a| a.status == StatusCode::CREATED));
    let again = send(site, PATH, "", "k-1", body.clone()).await;
    assert_eq!((again.status, &json_of(&again)["change"]), (StatusCode::CREATED, &json!(before + 1)));
    assert_eq!(position(site).await, before + 1);
    // Another body under the same key is a mistake of the program.
    let other = json!({"reason": "twice", "records": [place("X-2", "Twice")]}).to_string();
    let reused = send(site, PATH, "", "k-1", other.clone()).await;
    assert_eq!(
        (reused.status, json_of(&reused)["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("key-of-another"))
    );
    // A refused change frees its key, and what was corrected goes through.
    let wrong =
        json!({"reason": "x", "records": [{"kind": "place", "id": "X-2", "set": {"kind": "city"}}]}).to_string();
    assert_eq!(send(site, PATH, "", "k-2", wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(send(site, PATH, "", "k-2", other).await.status, StatusCode::CREATED);
    assert_eq!(position(site).await, before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_changed_since_is_a_conflict() {
    let site = &Site::new().await;
    let read_at = position(site).await;
    let rename = |title: &str| {
        json!({"reason": "name", "against": read_at,
               "records": [{"kind": "place", "id": "KEN-nairobi", "set": {"title_en": title}}]})
    };
    assert_eq!(send(site, PATH, "", "", rename("Nairobi City").to_string()).await.status, StatusCode::CREATED);
    let late = send(site, PATH, "", "", rename("Nairobi County").to_string()).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text());
    let problem = json_of(&late);
    assert!(problem["detail"].as_str().is_some_and(|d| d.contains("place/KEN-nairobi")), "{problem}");
    assert_eq!(ask(site, "/api/v1/records/place/KEN-nairobi").await["item"]["title_en"], "Nairobi City");
    // Another record of the same old position is none.
    let other = json!({"reason": "x", "against": read_at, "records": [place("X-1", "x")]}).to_string();
    assert_eq!(send(site, PATH, "", "", other).await.status, StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_lanes_and_rights_hold_for_programs() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let (mut planner, planner_code) = invited(site, &mut admin, "Paula Planner", &[("planner", "")]).await;
    let (mut viewer, _) = invited(site, &mut admin, "Vera Viewer", &[("viewer", "")]).await;
    let (mut reviewer, _) = invited(site, &mut admin, "Rob Reviewer", &[("reviewer", "HQ")]).await;
    let writing = token(site, &mut planner, &["read", "write"]).await;
    let body = |id: &str| json!({"reason": "new place", "records": [place(id, "x")]}).to_string();
    // Nobody, a reader's token, and a person without the right write nothing.
    assert_eq!(send(site, PATH, "", "", body("X-1")).await.status, StatusCode::UNAUTHORIZED);
    let reading = token(site, &mut planner, &["read"]).await;
    assert_eq!(send(site, PATH, &reading, "", body("X-1")).await.status, StatusCode::FORBIDDEN);
    let without = token(site, &mut viewer, &["read", "write"]).await;
    for path in [PATH.to_owned(), format!("{PATH}?dry_run=true")] {
        assert_eq!(send(site, &path, &without, "", body("X-1")).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let cookies: Vec<String> = planner.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
    let foreign = Request::post(PATH)
        .header(header::HOST, "localhost")
        .header(header::COOKIE, cookies.join("; "))
        .header(header::ORIGIN, "http://evil.example")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body("X-1")))
        .expect("a request");
    assert_eq!(site.send(foreign).await.status, StatusCode::FORBIDDEN);
    assert_eq!(admin.get(site, "/api/v1/records/place/X-1").await.status, StatusCode::NOT_FOUND);
    // What the token writes is its person's.
    let taken = send(site, PATH, &writing, "k-0", body("X-0")).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
    let change = json_of(&admin.get(site, taken.header(header::LOCATION)).await);
    assert_eq!(change["change"]["author"], json!(planner_code), "{change}");

    // A lane takes it: it waits, can be followed, and its key answers with what became of it.
    let lane = [("id", "L-P"), ("title_en", "Places"), ("kinds", "place"), ("starts_on", "2020-01-01")];
    let step = [("lane", "L-P"), ("step", "hq"), ("title_en", "HQ"), ("role", "reviewer"), ("unit", "HQ")];
    assert_eq!(write_record(site, &mut admin, "lane", &lane).await.status, StatusCode::SEE_OTHER);
    assert_eq!(write_record(site, &mut admin, "lane_step", &step).await.status, StatusCode::SEE_OTHER);
    let judged = send(site, &format!("{PATH}?dry_run=true"), &writing, "", body("X-1")).await;
    assert_eq!(json_of(&judged)["lane"], "L-P", "{}", judged.text());
    let waits = send(site, PATH, &writing, "k-1", body("X-1")).await;
    assert_eq!(waits.status, StatusCode::ACCEPTED, "{}", waits.text());
    let number = json_of(&waits)["proposal"].as_i64().expect("a number");
    assert_eq!(waits.header(header::LOCATION), format!("/api/v1/proposals/{number}"));
    let again = send(site, PATH, &writing, "k-1", body("X-1")).await;
    assert_eq!((again.status, json_of(&again)["proposal"].as_i64()), (StatusCode::ACCEPTED, Some(number)));
    let listed = json_of(&reviewer.get(site, "/api/v1/proposals?case=submitted").await);
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
    let one = json_of(&reviewer.get(site, &format!("/api/v1/proposals/{number}")).await);
    assert_eq!((&one["steps"][0]["is_open"], &one["items"][0]["id"]), (&json!(true), &json!("X-1")), "{one}");
    let agreed = [("step", "hq"), ("word", "agree"), ("reason", "It is there")];
    let done = reviewer.form(site, &format!("/proposals/{number}/decide"), &agreed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let again = send(site, PATH, &writing, "k-1", body("X-1")).await;
    assert_eq!(again.status, StatusCode::CREATED, "{}", again.text());
    assert!(json_of(&again)["change"].is_u64());

    // The audit is for who may read it.
    assert_eq!(viewer.get(site, "/api/v1/audit").await.status, StatusCode::FORBIDDEN);
    let audit = json_of(&admin.get(site, "/api/v1/audit?deed=accept&limit=5").await);
    assert_eq!(audit["items"][0]["kind"], "proposal", "{audit}");
}
