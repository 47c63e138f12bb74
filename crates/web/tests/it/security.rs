//! Attacks on the site, one test each: what somebody with a browser, a stolen session, a guessed number or a prepared file
//! tries, and that it is of no use. `docs/security.md` names these tests.

use app::{
    access::Actor,
    people::{self, Attempt, Limits, Outcome, Taken},
    proposals,
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use jiff::Timestamp;
use model::Kind;
use serde_json::json;
use web::routes::{Access, table};

use crate::{
    people::{Browser, PASSWORD, first_administrator, invited, link_on, write_record},
    site::{Answer, Site, shared},
};

const FORM: &str = "application/x-www-form-urlencoded";
const OTHER_PASSWORD: &str = "seven kites above the old mill";

/// Uploads a file as a browser with its cookies does.
async fn upload(site: &Site, by: &mut Browser, path: &str, name: &str, text: &str) -> Answer {
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
    by.send(site, Method::POST, path, "multipart/form-data; boundary=x", format!("{head}{text}\r\n--x--\r\n")).await
}

/// Who has which role, as the register has it now.
async fn grants_of(site: &Site, person: &str) -> Vec<String> {
    let world = site.app.world().await.expect("a world");
    world.records().grants.iter().filter(|g| g.person.0 == person).map(|g| g.role.to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_are_bound_to_the_host_and_to_tls() {
    let site = &Site::by_tls().await;
    let secret = people::setup_link(&site.app, Timestamp::now()).await.expect("asks").expect("nobody yet");
    let mut admin = Browser::default();
    let typed = [("name", "Amina Director"), ("email", "amina@example.org"), ("password", PASSWORD)];
    let done = admin.form(site, &format!("/enter/{secret}"), &typed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let set: Vec<&str> = done.headers.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().expect("text")).collect();
    assert_eq!(set.len(), 2);
    for cookie in set {
        for part in ["__Host-", "; Path=/;", "HttpOnly", "SameSite=", "; Secure"] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    let strict = done.header(header::STRICT_TRANSPORT_SECURITY);
    assert_eq!(strict, "max-age=31536000; includeSubDomains");
    let lang = site.get("/sign-in?lang=ar").await;
    assert!(lang.header(header::SET_COOKIE).contains("; Secure"), "{}", lang.header(header::SET_COOKIE));
    assert_eq!(shared().get("/").await.header(header::STRICT_TRANSPORT_SECURITY), "", "only where TLS is");
}

/// A session that somebody planted or kept is worth nothing once its browser signed in.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_new_at_each_sign_in_and_the_former_one_ends() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let planted = admin.cookies.clone();
    let typed = [("email", "amina@example.org"), ("password", PASSWORD)];
    assert_eq!(admin.form(site, "/sign-in", &typed).await.status, StatusCode::SEE_OTHER);
    assert_ne!(admin.cookies, planted);
    assert_eq!(admin.get(site, "/account").await.status, StatusCode::OK);
    let mut former = Browser { cookies: planted };
    assert_eq!(former.get(site, "/account").await.status, StatusCode::SEE_OTHER, "signed out");
    // A value that the server never gave is no session, and is not taken over at sign-in.
    let mut invented = Browser { cookies: vec![("ekistics".to_owned(), "A".repeat(43))] };
    assert_eq!(invented.get(site, "/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(invented.form(site, "/sign-in", &typed).await.status, StatusCode::SEE_OTHER);
    assert_ne!(invented.cookies[0].1, "A".repeat(43));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_every_session_and_changes_ones_own() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let mut elsewhere = Browser::default();
    let typed = [("email", "amina@example.org"), ("password", PASSWORD)];
    assert_eq!(elsewhere.form(site, "/sign-in", &typed).await.status, StatusCode::SEE_OTHER);
    let mut copied = Browser { cookies: admin.cookies.clone() };
    let wrong = admin.form(site, "/account/password", &[("old", "not this one"), ("new", OTHER_PASSWORD)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = admin.form(site, "/account/password", &[("old", PASSWORD), ("new", OTHER_PASSWORD)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(admin.get(site, "/account").await.status, StatusCode::OK, "one's own goes on");
    for browser in [&mut elsewhere, &mut copied] {
        assert_eq!(browser.get(site, "/account").await.status, StatusCode::SEE_OTHER, "signed out");
    }
}

/// An open browser that somebody else found: the password is asked for, and cannot be guessed there.
#[tokio::test(flavor = "multi_thread")]
async fn a_found_browser_cannot_take_the_account_over() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    for path in ["/account/two-factor", "/account/two-factor/drop", "/account/recovery-codes"] {
        let refused = admin.form(site, path, &[("old", "a guess at the password")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(!refused.text().contains("class=\"secret\""), "{path}: {}", refused.text());
    }
    let by = Actor::Person { code: administrator(site).await, scopes: None };
    let at = Timestamp::now();
    let try_one =
        async |old: &str| people::change_password(&site.app, &by, old, OTHER_PASSWORD, &[], at).await.expect("answers");
    for _ in 0..11 {
        assert!(try_one("a guess at the password").await.is_err());
    }
    // Even the right one is not looked at now.
    assert_eq!(try_one(PASSWORD).await, Err(Taken("people-password-wait")));
}

/// Many guesses in one moment are not all judged as if they were the first.
#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_once_are_judged_few_at_a_time() {
    let site = &Site::new().await;
    first_administrator(site).await;
    let at = Timestamp::now();
    let mut guesses = tokio::task::JoinSet::new();
    for n in 0..40 {
        let app = site.app.clone();
        guesses.spawn(async move {
            let password = format!("guess number {n} of many");
            let attempt = Attempt {
                email: "amina@example.org",
                password: &password,
                code: "",
                device: None,
                address: Some("203.0.113.9".parse().expect("an address")),
                agent: "guesser",
            };
            people::sign_in(&app, &attempt, Limits::default(), at).await.expect("answers")
        });
    }
    let outcomes = guesses.join_all().await;
    let judged = outcomes.iter().filter(|o| matches!(o, Outcome::Wrong)).count();
    assert!((1..=15).contains(&judged), "{judged} of 40 were judged");
}

/// The answer to somebody who is not there is that to a wrong password, word for word.
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_does_not_tell_who_is_there() {
    let site = &Site::new().await;
    first_administrator(site).await;
    let mut pages = Vec::new();
    for email in ["amina@example.org", "nobody@example.org", "no address at all"] {
        let typed = [("email", email), ("password", "not the password at all")];
        let answer = Browser::default().form(site, "/sign-in", &typed).await;
        pages.push((answer.status, answer.text().replace(email, "…")));
    }
    assert_eq!(pages[0].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(pages.iter().all(|p| *p == pages[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_sent_to_another_site() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    for next in
        ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example", "/\n/evil.example", "x"]
    {
        let typed = [("email", "amina@example.org"), ("password", PASSWORD), ("next", next)];
        let done = Browser::default().form(site, "/sign-in", &typed).await;
        assert_eq!((done.status, done.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/"), "{next:?}");
    }
    // Whoever is signed in already is sent on at once.
    for next in ["%2F%09%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example"] {
        let done = admin.get(site, &format!("/sign-in?next={next}")).await;
        assert_eq!((done.status, done.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/"), "{next:?}");
    }
}

/// A one-time link is a secret in an address: no other site learns it, no cache keeps it, and it works once.
#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_link_is_told_to_nobody() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let invite = [("name", "Ann Planner"), ("email", "ann@example.org")];
    let link = link_on(admin.form(site, "/people/invite", &invite).await.text());
    let page = site.get(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header(header::REFERRER_POLICY), "no-referrer");
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    let typed = [("name", "Ann Planner"), ("password", OTHER_PASSWORD)];
    assert_eq!(Browser::default().form(site, &link, &typed).await.status, StatusCode::SEE_OTHER);
    for answer in [site.get(&link).await, Browser::default().form(site, &link, &typed).await] {
        assert_eq!(answer.status, StatusCode::GONE, "once");
    }
    assert_eq!(site.get("/enter/guessed").await.status, StatusCode::GONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_sees_is_in_no_cache() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    for path in ["/", "/account", "/people", "/audit", "/plans", "/proposals", "/export.xlsx"] {
        let page = admin.get(site, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.header(header::CACHE_CONTROL).contains("no-store"), "{path}");
    }
    // And what is kept for everybody holds nothing of the person who asked first.
    let everybody = site.get("/plans").await;
    assert!(!everybody.text().contains("Amina"), "{}", everybody.text());
    let left = admin.form(site, "/sign-out", &[]).await;
    assert_eq!(left.header("clear-site-data"), "\"cache\"");
    assert_eq!(admin.get(site, "/account").await.status, StatusCode::SEE_OTHER);
}

/// A contributor tries to become an administrator: by a form, by a file, by a proposal of his own, by the pages for it.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_himself_a_role() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let (mut cara, code) = invited(site, &mut admin, "Cara Contributor", &[("contributor", "CO-KEN")]).await;
    let row = [("id", "G-MINE"), ("person", code.as_str()), ("role", "administrator")];
    for kind in ["grant", "deputy", "lane", "lane_step", "unit"] {
        let refused = write_record(site, &mut cara, kind, &row).await;
        assert!(refused.status.is_client_error(), "{kind}: {}", refused.status);
    }
    let refused = write_record(site, &mut cara, "grant", &row).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
    // By a file, alone and beside something that is allowed.
    let csv = format!("id,person,role\nG-MINE,{code},administrator\n");
    let preview = upload(site, &mut cara, "/import", "grants.csv", &csv).await;
    let preview = preview.header(header::LOCATION).to_owned();
    assert!(preview.starts_with("/import/"), "{preview}");
    let refused = cara.form(site, &format!("{preview}/confirm"), &[("reason", "a role")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
    // By the pages for administrators.
    for (path, pairs) in [
        (format!("/people/{code}/roles"), vec![("role", "administrator")]),
        ("/people/invite".to_owned(), vec![("name", "X"), ("email", "x@example.org")]),
        (format!("/people/{code}/state"), vec![("what", "link")]),
    ] {
        assert_eq!(cara.form(site, &path, &pairs).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    // By mending a proposal that is not there, with rows of another kind in it.
    let mend = [("kind-0", "grant"), ("c-0-0-id", "G-MINE"), ("c-0-0-person", &code), ("c-0-0-role", "administrator")];
    let refused = cara.form(site, "/proposals/1/mend", &mend).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
    assert_eq!(grants_of(site, &code).await, ["contributor"]);
}

/// What stands in a form is judged by what it would change, not by the address that it is sent to.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_changes_no_record_out_of_reach() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let (mut cara, _) = invited(site, &mut admin, "Cara Contributor", &[("contributor", "CO-KEN")]).await;
    let world = site.app.world().await.expect("a world");
    let position = world.snapshot().position;
    let foreign = world
        .records()
        .projects
        .iter()
        .find(|p| p.unit.as_ref().is_some_and(|u| u.as_str() != "CO-KEN" && u.as_str() != "HQ"));
    let foreign = foreign.expect("a project of somebody else").clone();
    // The whole row of another's record in the form of a new one, as it is and moved into one's own unit.
    let form = proposals::record_form(world.records(), Kind::Project, Some(foreign.id.as_str())).expect("its form");
    for unit in [foreign.unit.as_ref().map_or("", |u| u.as_str()), "CO-KEN"] {
        let cells = form.rows[0].1.iter().map(|c| {
            let text = match c.column.as_str() {
                "unit" => unit,
                "title_en" => "Another title",
                _ => c.text.as_str(),
            };
            (c.column.as_str(), text)
        });
        let refused = write_record(site, &mut cara, "project", &cells.collect::<Vec<_>>()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{unit}: {}", refused.text());
    }
    // Nor is it removed by its name.
    let gone = [("remove", "1"), ("id", foreign.id.as_str()), ("reason", "gone"), ("against", "100000")];
    let refused = cara.form(site, "/records/project/save", &gone).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
    assert_eq!(site.app.world().await.expect("a world").snapshot().position, position);
}

/// Numbers and codes can be guessed; what is behind them is for whom it is for.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_anothers_cannot_be_had_by_its_number() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let (mut ann, ann_code) = invited(site, &mut admin, "Ann Planner", &[("planner", "")]).await;
    let (mut ben, _) = invited(site, &mut admin, "Ben Planner", &[("planner", "")]).await;
    // Two who edit one place: the later one becomes a draft of Ben's.
    let form = ben.get(site, "/records/place/KEN-nairobi/edit").await;
    let against = form.text().split("name=\"against\" value=\"").nth(1).and_then(|r| r.split('"').next());
    let against = against.expect("a position").to_owned();
    for (browser, title) in [(&mut ann, "Nairobi City"), (&mut ben, "Nairobi County")] {
        let cells = [
            ("c-id", "KEN-nairobi"),
            ("c-kind", "city"),
            ("c-title_en", title),
            ("c-parent", "KEN"),
            ("id", "KEN-nairobi"),
            ("reason", "a name"),
            ("against", against.as_str()),
        ];
        let done = browser.form(site, "/records/place/save", &cells).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    }
    assert_eq!(ben.get(site, "/proposals/1/merge").await.status, StatusCode::OK);
    for browser in [&mut ann, &mut admin] {
        for path in ["/proposals/1", "/proposals/1/merge", "/proposals/1/mend"] {
            assert_eq!(browser.get(site, path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let said = browser.form(site, "/proposals/1/remarks", &[("body", "I see it")]).await;
        assert_eq!(said.status, StatusCode::NOT_FOUND);
        let taken = browser.form(site, "/proposals/1/withdraw", &[]).await;
        assert!(taken.status.is_client_error(), "{}", taken.status);
        let mended = [("against", against.as_str()), ("f-0-title_en", "mine"), ("reason", "x")];
        assert!(browser.form(site, "/proposals/1/merge", &mended).await.status.is_client_error());
    }
    // What somebody types is kept under his own name only.
    let draft = json!({"form": "place/KEN-nairobi", "body": "{\"c-title_en\":\"Half a title\"}"});
    assert_eq!(ben.json(site, "/drafts", &draft).await.status, StatusCode::OK);
    let anns = ann.get(site, "/records/place/KEN-nairobi/edit").await;
    assert!(!anns.text().contains("Half a title"));
    // Sessions and tokens of another.
    let page = ben.form(site, "/account/tokens", &[("name", "script"), ("scope", "read"), ("days", "1")]).await;
    let token = page.text().split("eki_").nth(1).and_then(|t| t.split('_').next()).expect("a token").to_owned();
    ann.form(site, "/account/tokens/revoke", &[("id", &token)]).await;
    let by = Actor::Person { code: ann_code.clone(), scopes: None };
    let bens = ben.get(site, "/account").await;
    assert!(bens.text().contains("/account/tokens/revoke"), "the token still holds");
    let sessions = people::sessions(&site.app, &by).await.expect("reads");
    ben.form(site, "/account/sessions/end", &[("id", &sessions[0].id())]).await;
    assert_eq!(ann.get(site, "/account").await.status, StatusCode::OK, "still signed in");
    // Persons are for administrators.
    for path in ["/people", &format!("/people/{ann_code}"), "/audit", "/audit.csv"] {
        assert_eq!(ben.get(site, path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

/// A name is only a name: in pages, in headers, in the audit.
#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_only_a_name() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let name = "Mal\r\nSet-Cookie: a=b <script>alert(1)</script>\u{202e}";
    let page = admin.form(site, "/people/invite", &[("name", name), ("email", "mal@example.org")]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(!page.text().contains("<script>alert") && !page.text().contains('\u{202e}'), "{}", page.text());
    let link = link_on(page.text());
    for bad in ["Two\nlines", "Turned \u{202e}name", ""] {
        let refused = Browser::default().form(site, &link, &[("name", bad), ("password", OTHER_PASSWORD)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad:?}");
    }
    let bad =
        admin.form(site, "/people/invite", &[("name", "X"), ("email", "x@example.org\nbcc: y@example.org")]).await;
    assert!(!bad.text().contains("/enter/"), "{}", bad.text());
}

/// Uploads are for those who can write something, and bounded; other bodies are small.
#[tokio::test(flavor = "multi_thread")]
async fn uploads_are_for_those_who_write_and_are_bounded() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let (mut vera, _) = invited(site, &mut admin, "Vera Viewer", &[("viewer", "")]).await;
    let csv = "indicator,kind,on,value\nI-1419-FA1,baseline,2013-12-31,4\n";
    for path in ["/import", "/entry/evidence"] {
        assert_eq!(upload(site, &mut vera, path, "a.csv", csv).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    // Each address that writes refuses more than a form can hold; the two for files are the exception.
    let large = format!("reason={}", "x".repeat(2 << 20));
    for row in table().iter().filter(|r| r.access == Access::OwnWrite || r.access == Access::AdminWrite) {
        let path = row.path.replace(['{', '}'], "");
        if path == "/sign-out" || path.contains("two-factor") {
            continue;
        }
        let status = admin.send(site, Method::POST, &path, FORM, large.clone()).await.status;
        assert!(status.is_client_error(), "{path}: {status}");
    }
    // A draft, a remark and a reason have bounds of their own.
    let long = "x".repeat(300_000);
    let draft = json!({"form": "place/KEN", "body": long});
    assert_eq!(admin.json(site, "/drafts", &draft).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let remark = [("kind", "place"), ("record", &long[..5_000]), ("body", "hello")];
    assert_eq!(admin.form(site, "/remarks", &remark).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let reason =
        [("c-id", "KEN-new"), ("c-kind", "city"), ("c-title_en", "New"), ("c-parent", "KEN"), ("reason", &long)];
    let kept = admin.form(site, "/records/place/save", &reason).await;
    assert_eq!(kept.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", kept.status);
    for n in 0..201 {
        let draft = json!({"form": format!("place/{n}"), "body": "x"});
        let status = admin.json(site, "/drafts", &draft).await.status;
        assert_eq!(status == StatusCode::OK, n < 200, "{n}: {status}");
    }
}

/// Pages for errors tell what to do, and nothing about the program.
#[tokio::test(flavor = "multi_thread")]
async fn an_error_tells_nothing_about_the_program() {
    let site = shared();
    let traces = ["panicked", "sqlx", "/src/", ".rs:", "backtrace", "SELECT", "Internal("];
    for path in [
        "/nothing",
        "/plans/%00",
        "/figures/%ff",
        "/records/grant/x",
        "/proposals/x",
        "/changes/99999999",
        "/api/v1/nothing",
    ] {
        let answer = site.get(path).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        let text = String::from_utf8_lossy(&answer.bytes).into_owned();
        assert!(traces.iter().all(|t| !text.contains(t)), "{path}: {text}");
        assert_eq!(answer.header(header::SERVER), "", "{path}");
    }
}

/// Only the methods of the table answer, and no other site may read.
#[tokio::test(flavor = "multi_thread")]
async fn other_methods_and_other_sites_are_refused() {
    let site = shared();
    for method in ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT"] {
        let request = Request::builder().method(method).uri("/plans").header(header::HOST, "localhost");
        let request = request.header(header::ORIGIN, "http://evil.example").body(Body::empty()).expect("a request");
        let answer = site.send(request).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "", "{method}");
    }
    let page = site.get("/plans").await;
    assert_eq!(page.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
    assert_eq!(page.header("cross-origin-resource-policy"), "same-origin");
    assert!(page.header(header::CONTENT_SECURITY_POLICY).contains("object-src 'none'"));
    assert!(page.header(header::CONTENT_SECURITY_POLICY).contains("base-uri 'none'"));
}

/// A right that is taken is gone at the next request, and so is one that was blocked; the last administrator stays.
#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_taken_is_gone_at_once() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let (mut ann, code) = invited(site, &mut admin, "Ann Administrator", &[("administrator", "")]).await;
    assert_eq!(ann.get(site, "/people").await.status, StatusCode::OK);
    let page = ann.form(site, "/account/tokens", &[("name", "script"), ("scope", "read"), ("days", "1")]).await;
    let token = page.text().split("<code class=\"secret\">").nth(1).and_then(|r| r.split('<').next()).expect("a token");
    let by_token = || {
        let request = Request::get("/api/v1/check").header(header::HOST, "localhost");
        request.header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty()).expect("a request")
    };
    assert_eq!(site.send(by_token()).await.status, StatusCode::OK);
    let grant = format!("{code}-administrator");
    let taken = admin.form(site, &format!("/people/{code}/roles/take"), &[("grant", &grant)]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    assert_eq!(ann.get(site, "/people").await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.send(by_token()).await.status, StatusCode::FORBIDDEN);
    admin.form(site, &format!("/people/{code}/state"), &[("what", "block")]).await;
    assert_eq!(ann.get(site, "/account").await.status, StatusCode::SEE_OTHER, "signed out");
    assert_eq!(site.send(by_token()).await.status, StatusCode::UNAUTHORIZED);
    let typed = [("email", "ann@example.org"), ("password", PASSWORD)];
    assert_eq!(Browser::default().form(site, "/sign-in", &typed).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let own = administrator(site).await;
    let last = [("grant", format!("{own}-administrator"))];
    let last: Vec<(&str, &str)> = last.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(admin.form(site, &format!("/people/{own}/roles/take"), &last).await.status, StatusCode::CONFLICT);
    // Nor by the form of the record, whether it is removed or ends before today.
    let id = format!("{own}-administrator");
    let removal = [("remove", "1"), ("id", id.as_str()), ("against", "100000"), ("reason", "gone")];
    assert_eq!(admin.form(site, "/records/grant/save", &removal).await.status, StatusCode::CONFLICT);
    let ended = [("id", id.as_str()), ("person", &own), ("role", "administrator"), ("ends_on", "2019-12-31")];
    assert_eq!(write_record(site, &mut admin, "grant", &ended).await.status, StatusCode::CONFLICT);
    assert_eq!(admin.get(site, "/people").await.status, StatusCode::OK);
}

/// The code of the only administrator.
async fn administrator(site: &Site) -> String {
    let world = site.app.world().await.expect("a world");
    let grant =
        world.records().grants.iter().find(|g| g.role == model::kinds::Role::Administrator).expect("one").clone();
    grant.person.0
}

/// Who has not signed in, and who has no role, reads what is open: no grants, no persons, no comments, no tables to edit.
#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_what_is_open_and_no_more() {
    let site = &Site::new().await;
    let mut admin = first_administrator(site).await;
    let (mut nil, _) = invited(site, &mut admin, "Nil Person", &[]).await;
    let world = site.app.world().await.expect("a world");
    let waiver = world.records().waivers.iter().next().expect("a waiver").clone();
    for browser in [&mut Browser::default(), &mut nil] {
        for kind in ["grant", "deputy", "lane", "lane_step", "waiver", "judgement", "assignment"] {
            assert_eq!(browser.get(site, &format!("/records/{kind}")).await.status, StatusCode::NOT_FOUND, "{kind}");
        }
        let one = browser.get(site, &format!("/records/waiver/{}", waiver.id)).await;
        assert_eq!(one.status, StatusCode::NOT_FOUND);
        let kinds = browser.get(site, "/records").await;
        assert!(kinds.text().contains("/records/indicators") && !kinds.text().contains("/records/grants"));
        let projects = browser.get(site, "/records/project/PRJ-001").await;
        assert!(!projects.text().contains("administration_currency"), "{}", projects.text());
        for path in ["/export.xlsx", "/template.xlsx", "/plans/P1419R/workbook.xlsx"] {
            assert_ne!(browser.get(site, path).await.status, StatusCode::OK, "{path}");
        }
        let tracking = browser.get(site, "/api/v1/tracking/P1419R").await;
        assert_eq!(tracking.status, StatusCode::OK);
        assert!(!tracking.text().contains("\"judgements\":[{"), "{}", tracking.text());
    }
    let inside = admin.get(site, "/records/grant").await;
    assert_eq!(inside.status, StatusCode::OK);
    assert!(admin.get(site, "/records/project/PRJ-001").await.text().contains("administration_currency"));
}
