//! People at work: the first administrator, invitations, roles, a lane, a submission that is returned, mended and
//! accepted; and who may call which address.

use app::{
    access::Actor,
    people::{self, Attempt, Limits, Outcome},
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use jiff::{SignedDuration, Timestamp};
use model::kinds::Role;
use serde_json::{Value, json};
use web::{
    caller::{Admission, admission},
    routes::{Access, table},
};

use crate::site::{Answer, Site};

pub const PASSWORD: &str = "four maps of a quiet harbour";

/// A browser with its cookies.
#[derive(Default)]
pub struct Browser {
    pub cookies: Vec<(String, String)>,
}

impl Browser {
    pub async fn send(&mut self, site: &Site, method: Method, path: &str, mime: &str, body: String) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, mime);
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let answer = site.send(request.body(Body::from(body)).expect("a request")).await;
        for set in answer.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().expect("text");
            let (name, value) = set.split(';').next().and_then(|p| p.split_once('=')).expect("a cookie");
            assert!(set.contains("HttpOnly") && set.contains("SameSite="), "{set}");
            self.cookies.retain(|(k, _)| k != name);
            if !set.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }
    pub async fn get(&mut self, site: &Site, path: &str) -> Answer {
        self.send(site, Method::GET, path, "text/plain", String::new()).await
    }
    pub async fn form(&mut self, site: &Site, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| -> String {
            text.bytes()
                .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
                .collect()
        };
        let body: Vec<String> = pairs.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect();
        self.send(site, Method::POST, path, "application/x-www-form-urlencoded", body.join("&")).await
    }
    pub async fn json(&mut self, site: &Site, path: &str, body: &Value) -> Answer {
        self.send(site, Method::POST, path, "application/json", body.to_string()).await
    }
}

/// The first link to come in on a page.
pub fn link_on(page: &str) -> String {
    let at = page.find("/enter/").unwrap_or_else(|| panic!("no link on {page}"));
    page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-_".contains(*c)).collect()
}

pub async fn first_administrator(site: &Site) -> Browser {
    let secret = people::setup_link(&site.app, Timestamp::now()).await.expect("asks").expect("nobody yet");
    let mut admin = Browser::default();
    let path = format!("/enter/{secret}");
    assert_eq!(admin.get(site, &path).await.status, StatusCode::OK);
    let typed = [("name", "Amina Director"), ("email", "amina@example.org")];
    let short = admin.form(site, &path, &[typed[0], typed[1], ("password", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text().contains("At least 12 characters."));
    let done = admin.form(site, &path, &[typed[0], typed[1], ("password", PASSWORD)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(admin.form(site, &path, &[typed[0], typed[1], ("password", PASSWORD)]).await.status, StatusCode::GONE);
    assert_eq!(people::setup_link(&site.app, Timestamp::now()).await.expect("asks"), None);
    admin
}

/// Invites a person and gives roles; the browser of the person, and the code.
pub async fn invited(site: &Site, admin: &mut Browser, name: &str, roles: &[(&str, &str)]) -> (Browser, String) {
    let email = format!("{}@example.org", name.split(' ').next().expect("a name").to_lowercase());
    let page = admin.form(site, "/people/invite", &[("name", name), ("email", &email)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let link = link_on(page.text());
    let code = page.text().split("/people/P-").nth(1).and_then(|r| r.split(['/', '"', '?']).next()).expect("a code");
    let code = format!("P-{code}");
    for (role, unit) in roles {
        let done = admin.form(site, &format!("/people/{code}/roles"), &[("role", role), ("unit", unit)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    }
    let mut browser = Browser::default();
    let done = browser.form(site, &link, &[("name", name), ("password", PASSWORD)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    (browser, code)
}

/// The inputs of a page's main part, as a browser would send them.
fn inputs(page: &str) -> Vec<(String, String)> {
    let main = page.split("<main").nth(1).expect("a main part");
    let attribute = |tag: &str, name: &str| {
        let start = format!(" {name}=\"");
        let value = tag.split(&start).nth(1)?.split('"').next()?;
        Some(value.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'"))
    };
    main.split("<input")
        .skip(1)
        .map(|tag| tag.split('>').next().unwrap_or_default())
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default())))
        .collect()
}

pub async fn write_record(site: &Site, by: &mut Browser, kind: &str, cells: &[(&str, &str)]) -> Answer {
    let names: Vec<(String, &str)> = cells.iter().map(|(k, v)| (format!("c-{k}"), *v)).collect();
    let mut pairs: Vec<(&str, &str)> = names.iter().map(|(k, v)| (k.as_str(), *v)).collect();
    pairs.extend([("reason", "set up"), ("id", ""), ("against", "100000")]);
    by.form(site, &format!("/records/{kind}/save"), &pairs).await
}

/// Field office → region → headquarters, for observations.
async fn lane(site: &Site, admin: &mut Browser) {
    for (kind, cells) in [
        ("lane", &[("id", "L-OBS"), ("title_en", "Figures of country offices"), ("kinds", "observation")][..]),
        (
            "lane_step",
            &[
                ("lane", "L-OBS"),
                ("step", "region"),
                ("title_en", "Regional office"),
                ("role", "reviewer"),
                ("unit_kind", "regional_office"),
            ],
        ),
        (
            "lane_step",
            &[
                ("lane", "L-OBS"),
                ("step", "hq"),
                ("title_en", "Headquarters"),
                ("role", "reviewer"),
                ("unit", "HQ"),
                ("after", "region"),
            ],
        ),
    ] {
        let done = write_record(site, admin, kind, cells).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    }
}

const ROW: &str = "I-1419-Ra~KEN-kisumu~~supported~PRJ-018~";
const FIGURE: &str = "/api/v1/figures/I-1419-Ra~supported~KEN-kisumu~2019~";

async fn figure(site: &Site, by: &mut Browser) -> String {
    let answer = by.get(site, FIGURE).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice::<Value>(&answer.bytes).expect("json")["value"].to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submission_is_returned_mended_and_accepted_by_two() {
    let site = &Site::new().await;
    let mut public = Browser::default();
    let mut admin = first_administrator(site).await;
    let (mut manager, manager_code) = invited(site, &mut admin, "Moses Manager", &[("contributor", "CO-KEN")]).await;
    let (mut region, _) = invited(site, &mut admin, "Rosa Region", &[("reviewer", "RO-AFRICA")]).await;
    let (mut hq, _) = invited(site, &mut admin, "Hugo Headquarters", &[("reviewer", "HQ")]).await;
    lane(site, &mut admin).await;

    // Before it is switched on, the lane can be tried; then it is.
    let tried = admin.get(site, "/lanes/L-OBS/simulate?days=30").await;
    assert_eq!(tried.status, StatusCode::OK);
    assert!(tried.text().contains("Changes that would have waited: 1."), "{}", tried.text());
    let day = ("starts_on", "2020-01-01");
    let on = [("id", "L-OBS"), ("title_en", "Figures of country offices"), ("kinds", "observation"), day];
    assert_eq!(write_record(site, &mut admin, "lane", &on).await.status, StatusCode::SEE_OTHER);

    let before = figure(site, &mut public).await;
    let cell = json!({"row": ROW, "period": "2019", "value": "4.4", "comment": "", "evidence": ""});
    let entered = manager.json(site, "/entry.json", &json!({"cells": [cell], "reason": "Survey of 2019"})).await;
    assert_eq!(entered.status, StatusCode::OK, "{}", entered.text());
    let waits: Value = serde_json::from_slice(&entered.bytes).expect("json");
    assert_eq!(waits["proposal"], "/proposals/1", "{waits}");
    assert_eq!(figure(site, &mut public).await, before, "only accepted data enter figures");

    // The manager sees it with the draft, marked as such; nobody else does.
    let preview = manager.get(site, &format!("{}?drafts=1", FIGURE.replace("/api/v1", ""))).await;
    assert!(preview.text().contains("These figures hold your own drafts"), "{}", preview.text());
    assert!(preview.text().contains(">4.4<"));
    assert!(!public.get(site, &format!("{}?drafts=1", FIGURE.replace("/api/v1", ""))).await.text().contains(">4.4<"));

    // Nobody agrees to his own change, nor out of turn.
    let agree = |step| [("step", step), ("word", "agree"), ("reason", "")];
    for (browser, step) in [(&mut manager, "region"), (&mut hq, "hq")] {
        let refused = browser.form(site, "/proposals/1/decide", &agree(step)).await;
        assert!(refused.status.is_client_error(), "{step}: {}", refused.status);
    }
    let home = region.get(site, "/").await;
    assert!(home.text().contains("Survey of 2019") && home.text().contains("To review"), "{}", home.text());
    assert!(!hq.get(site, "/").await.text().contains("To review"), "headquarters comes later");

    // Returned without a reason: no. With one, at the very field.
    let no_word = region.form(site, "/proposals/1/decide", &[("step", "region"), ("word", "return")]).await;
    assert_eq!(no_word.status, StatusCode::CONFLICT);
    let key = "I-1419-Ra/KEN-kisumu/2019//supported/PRJ-018";
    let place = format!("observation\u{1f}{key}\u{1f}value");
    let word = [("step", "region"), ("word", "return"), ("reason", "4.4 or 44.1 per cent?"), ("place", &place)];
    assert_eq!(region.form(site, "/proposals/1/decide", &word).await.status, StatusCode::SEE_OTHER);

    let home = manager.get(site, "/").await;
    assert!(home.text().contains("Returned to me") && home.text().contains("4.4 or 44.1 per cent?"));
    let form = manager.get(site, "/proposals/1/mend").await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text());
    let noted = form.text().split("id=\"noted\"").nth(1).expect("the field that was noted");
    let noted = &noted[..noted.find("</label>").expect("its end")];
    assert!(noted.contains("<code>value</code>") && noted.contains("4.4 or 44.1 per cent?"), "{noted}");

    let mut mended = inputs(form.text());
    let value = mended.iter_mut().find(|(name, _)| name == "c-0-0-value").expect("the cell");
    assert_eq!(value.1, "4.4");
    value.1 = "44.1".to_owned();
    let mended: Vec<(&str, &str)> = mended.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let again = manager.form(site, "/proposals/1/mend", &mended).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    // A word is needed where the checker warns; both give one.
    let agree = |step| [("step", step), ("word", "agree"), ("reason", "Seen the questionnaire")];
    let first = region.form(site, "/proposals/1/decide", &agree("region")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
    assert!(hq.get(site, "/").await.text().contains("To review"));
    assert_eq!(figure(site, &mut public).await, before, "one of two has agreed");
    let last = hq.form(site, "/proposals/1/decide", &agree("hq")).await;
    assert_eq!(last.status, StatusCode::SEE_OTHER, "{}", last.text());
    assert_eq!(figure(site, &mut public).await, "44.1");
    let done = manager.get(site, "/proposals/1").await;
    assert!(done.text().contains("Accepted") && done.text().contains("Rosa Region"), "{}", done.text());

    // The chain says who agreed; names are no part of it; the public sees none.
    let mut log = Vec::new();
    app::export_log(&site.app, &mut log, &|_, _| {}).await.expect("is written");
    let log = String::from_utf8(log).expect("text");
    assert!(log.contains("\"agreement\"") && log.contains(&manager_code));
    for name in ["Moses", "Rosa", "Hugo", "Amina", "example.org"] {
        assert!(!log.contains(name), "{name} stands in the log");
    }
    let page = public.get(site, &FIGURE.replace("/api/v1", "")).await;
    assert!(!page.text().contains("Moses") && !page.text().contains(&manager_code));
    assert!(app::verify(&site.app, None, &|_, _| {}).await.expect("reads").broken.is_none());

    // Erasing the manager leaves the chain whole and the code in it.
    let erased = admin.form(site, &format!("/people/{manager_code}/state"), &[("what", "erase")]).await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.text());
    assert!(app::verify(&site.app, None, &|_, _| {}).await.expect("reads").broken.is_none());
    assert_eq!(manager.get(site, "/entry").await.status, StatusCode::SEE_OTHER, "signed out");
    let shown = hq.get(site, "/proposals/1").await;
    assert!(shown.text().contains("Erased person") && !shown.text().contains("Moses"));
    let audit = admin.get(site, "/audit").await;
    assert!(audit.text().contains("erase") && audit.text().contains("first-administrator"), "{}", audit.text());
    assert_eq!(app::audit::verify_audit(&site.app).await.expect("reads").map(|n| n > 20), Ok(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_edit_one_record_lose_nothing() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let (mut ann, _) = invited(site, &mut admin, "Ann Planner", &[("planner", "")]).await;
    let (mut ben, _) = invited(site, &mut admin, "Ben Planner", &[("planner", "")]).await;
    let form = ann.get(site, "/records/place/KEN-nairobi/edit").await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text());
    let against = form.text().split("name=\"against\" value=\"").nth(1).and_then(|r| r.split('"').next());
    let against = against.expect("a position").to_owned();
    let save = |english: &'static str, population: &'static str| {
        let cells = ["c-id", "c-kind", "c-title_en", "c-parent", "c-population"];
        let values = ["KEN-nairobi", "city", english, "KEN", population];
        let mut pairs: Vec<(&str, String)> = cells.into_iter().zip(values.map(str::to_owned)).collect();
        pairs.extend([("id", "KEN-nairobi".to_owned()), ("reason", "census".to_owned()), ("against", against.clone())]);
        pairs
    };
    let send = |pairs: Vec<(&'static str, String)>| pairs;
    let first = send(save("Nairobi City", "4400000"));
    let pairs: Vec<(&str, &str)> = first.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let done = ann.form(site, "/records/place/save", &pairs).await;
    assert!(done.header(header::LOCATION).starts_with("/changes/"), "{}", done.text());
    let second = send(save("Nairobi", "4500000"));
    let pairs: Vec<(&str, &str)> = second.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let clash = ben.form(site, "/records/place/save", &pairs).await;
    assert_eq!(clash.header(header::LOCATION), "/proposals/1/merge", "{}", clash.text());
    let page = ben.get(site, "/proposals/1/merge").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    for text in ["4400000", "4500000", "Nairobi City"] {
        assert!(page.text().contains(text), "{text}: {}", page.text());
    }
    // Without a choice nothing is written; with one, both keep what they meant.
    let position = page.text().split("name=\"against\" value=\"").nth(1).and_then(|r| r.split('"').next());
    let position = position.expect("a position").to_owned();
    let undecided = ben.form(site, "/proposals/1/merge", &[("against", &position), ("reason", "census")]).await;
    assert_eq!(undecided.status, StatusCode::BAD_REQUEST, "{}", undecided.text());
    let choice =
        [("against", position.as_str()), ("reason", "census"), ("f-0-population", "mine"), ("f-0-title_en", "theirs")];
    let done = ben.form(site, "/proposals/1/merge", &choice).await;
    assert!(done.header(header::LOCATION).starts_with("/changes/"), "{}", done.text());
    let world = site.app.world().await.expect("a world");
    let place = world.records().places.get("KEN-nairobi").expect("a place").clone();
    assert_eq!(place.title.get(model::value::Lang::En), Some("Nairobi City"));
    assert_eq!(place.population.map(|p| p.0), Some(4_500_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_survive_a_closed_browser() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let draft = json!({"form": "project/PRJ-018", "body": "{\"c-title_en\":\"Half a title\"}"});
    assert_eq!(admin.json(site, "/drafts", &draft).await.status, StatusCode::OK);
    let mut elsewhere = Browser::default();
    let typed = [("email", "AMINA@example.org"), ("password", PASSWORD), ("next", "//evil.example/")];
    let signed_in = elsewhere.form(site, "/sign-in", &typed).await;
    assert_eq!(signed_in.status, StatusCode::SEE_OTHER, "{}", signed_in.text());
    assert_eq!(signed_in.header(header::LOCATION), "/", "no open redirect");
    let form = elsewhere.get(site, "/records/project/PRJ-018/edit").await;
    assert!(form.text().contains("Half a title"), "{}", form.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_is_for_whom_the_table_says() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let mut browsers = vec![("nobody", Browser::default())];
    for role in Role::ALL {
        let (browser, _) = invited(site, &mut admin, &format!("{role} Person"), &[(role.as_str(), "")]).await;
        browsers.push((role.as_str(), browser));
    }
    let (without, _) = invited(site, &mut admin, "Nil Person", &[]).await;
    browsers.push(("without", without));
    let mut n_tried = 0;
    for row in table() {
        let is_read = matches!(row.access, Access::Open | Access::Read | Access::Fetch);
        for (name, browser) in &mut browsers {
            // What everybody reads is tried by somebody who has not signed in, and by one who has.
            if is_read && !["nobody", "without"].contains(name) {
                continue;
            }
            // Nothing is really done: an address of nothing, and a body of nothing.
            let path = row
                .path
                .replace("{kind}", "unit")
                .replace("{number}", "999999")
                .replace("{*name}", "style.css")
                .replace(['{', '}'], "");
            if path == "/sign-out" {
                continue;
            }
            let method = if row.method == "GET" { Method::GET } else { Method::POST };
            let answer = browser.send(site, method, &path, "application/x-www-form-urlencoded", String::new()).await;
            let status = answer.status;
            let to_sign_in = answer.header(header::LOCATION).starts_with("/sign-in?next=");
            let refused = to_sign_in || status == StatusCode::UNAUTHORIZED || status == StatusCode::FORBIDDEN;
            let expected = match (row.access, *name) {
                (Access::Open | Access::Enter | Access::Read | Access::Fetch, _) => true,
                (_, "nobody") => false,
                (Access::Own | Access::OwnWrite, _) => true,
                (_, "without") => false,
                (Access::Inside | Access::Write, _) => true,
                (Access::Admin | Access::AdminWrite, role) => role == "administrator",
                (Access::Audit, role) => ["administrator", "evaluator"].contains(&role),
            };
            if expected {
                assert!(!to_sign_in && status != StatusCode::UNAUTHORIZED, "{name} {} {path}: {status}", row.method);
                // What a role may not write in particular is refused by the use case.
                let may_be_refused = row.access.is_write();
                assert!(status != StatusCode::FORBIDDEN || may_be_refused, "{name} {} {path}: {status}", row.method);
            } else {
                assert!(refused, "{name} {} {path}: {status}", row.method);
            }
            assert!(!status.is_server_error(), "{name} {path}: {status}");
            n_tried += 1;
        }
    }
    assert!(n_tried > 500, "{n_tried}");
    // The same table, asked without a server.
    let records = site.app.world().await.expect("a world").records().clone();
    let on = jiff::civil::date(2026, 1, 1);
    assert_eq!(admission(Access::Read, &Actor::Public, &records, on, false), Admission::SignIn);
    assert_eq!(admission(Access::Read, &Actor::Public, &records, on, true), Admission::Yes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_a_token_and_a_session_end_when_they_should() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    // A token of the page reads and no more.
    let page = admin.form(site, "/account/tokens", &[("name", "script"), ("scope", "read"), ("days", "1")]).await;
    let token = page.text().split("<code class=\"secret\">").nth(1).and_then(|r| r.split('<').next()).expect("a token");
    let ask = |path: &str, token: &str| {
        let request = Request::get(path).header(header::HOST, "localhost");
        request.header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty()).expect("a request")
    };
    assert_eq!(site.send(ask("/api/v1/check", token)).await.status, StatusCode::OK);
    // One letter further: whatever the token ends with, this is another.
    let (start, last) = token.split_at(token.len() - 1);
    let wrong = format!("{start}{}", if last == "x" { "y" } else { "x" });
    assert_eq!(site.send(ask("/api/v1/check", &wrong)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(site.send(ask("/entry", token)).await.status, StatusCode::SEE_OTHER, "tokens are for the interface");

    // The second factor: begun, confirmed, asked for, and each code used once.
    let page = admin.form(site, "/account/two-factor", &[("old", PASSWORD)]).await;
    let typed =
        page.text().split("<code class=\"secret\">").nth(1).and_then(|r| r.split('<').next()).expect("a secret");
    let secret = base32(typed);
    let seconds = Timestamp::now().as_second() as u64;
    let code = |step: u64| identity::totp::code(&secret, step);
    let step = seconds / identity::totp::STEP_SECONDS;
    let confirmed = admin.form(site, "/account/two-factor/confirm", &[("code", &code(step))]).await;
    assert_eq!(confirmed.status, StatusCode::OK);
    let recovery = confirmed.text().split("<li><code class=\"secret\">").nth(1).and_then(|r| r.split('<').next());
    let recovery = recovery.expect("a recovery code").to_owned();
    let at = Timestamp::now();
    let sign_in = async |code: &str, at: Timestamp| {
        let attempt = Attempt {
            email: "amina@example.org",
            password: PASSWORD,
            code,
            device: None,
            address: None,
            agent: "test",
        };
        people::sign_in(&site.app, &attempt, Limits::default(), at).await.expect("answers")
    };
    assert!(matches!(sign_in("", at).await, Outcome::NeedsCode));
    assert!(matches!(sign_in(&code(step), at).await, Outcome::Wrong), "a code is used once");
    assert!(matches!(sign_in(&recovery, at).await, Outcome::In { .. }));
    assert!(matches!(sign_in(&recovery, at).await, Outcome::Wrong), "a recovery code too");
    let Outcome::In { secret, .. } = sign_in(&code(step + 1), at).await else { panic!("not in") };

    // A session idles out, and ends at last whatever is done.
    let limits = Limits::default();
    let minutes = |m: i64| at + SignedDuration::from_mins(m);
    let is_in = async |at: Timestamp| {
        people::caller_of_session(&site.app, &secret, limits, at).await.expect("answers").is_some()
    };
    assert!(is_in(minutes(59)).await);
    assert!(!is_in(minutes(59 + 60)).await, "idle");
    for m in (59..12 * 60).step_by(50) {
        assert!(is_in(minutes(m)).await || m > 59 + 60, "{m}");
    }
    assert!(!is_in(minutes(12 * 60)).await, "at last");
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slow_and_locks_nobody_out() {
    let site = &Site::new().await;
    first_administrator(site).await;
    let at = Timestamp::now();
    let mut refused = 0;
    for n in 0..15 {
        let attempt = Attempt {
            email: "amina@example.org",
            password: "not the password at all",
            code: "",
            device: None,
            address: Some("203.0.113.9".parse().expect("an address")),
            agent: "guesser",
        };
        let outcome = people::sign_in(&site.app, &attempt, Limits::default(), at).await.expect("answers");
        refused += usize::from(matches!(outcome, Outcome::Wait(_)));
        assert!(n <= 10 || matches!(outcome, Outcome::Wait(_)), "{n}: {outcome:?}");
    }
    assert!(refused >= 4);
    let attempt = Attempt {
        email: "amina@example.org",
        password: PASSWORD,
        code: "",
        device: None,
        address: Some("198.51.100.7".parse().expect("an address")),
        agent: "owner",
    };
    let outcome = people::sign_in(&site.app, &attempt, Limits::default(), at).await.expect("answers");
    assert!(matches!(outcome, Outcome::In { .. }), "the owner comes in from elsewhere: {outcome:?}");
}

/// The secret as the page shows it.
fn base32(text: &str) -> [u8; 20] {
    let (mut bits, mut n, mut out) = (0u32, 0, Vec::new());
    for c in text.chars().filter(|c| c.is_ascii_alphanumeric()) {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c.to_ascii_uppercase()).expect("base32") as u32;
        (bits, n) = (bits << 5 | value, n + 5);
        if n >= 8 {
            n -= 8;
            out.push((bits >> n) as u8);
            bits &= (1 << n) - 1;
        }
    }
    out.try_into().expect("20 bytes")
}
