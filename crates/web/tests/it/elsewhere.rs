//! Signing in at a real identity provider, through the pages; and each way in which it must not work.

use std::sync::Arc;

use app::access::Actor;
use app::people::{self, Account};
use axum::http::{StatusCode, header};
use jiff::Timestamp;
use sso::Callback;
use testkit::oidc::{CLIENT_SECRET, Provider, Transport, provider};
use web::{Elsewhere, ElsewhereSettings};

use crate::{
    browser::{Consent, REDIRECT, walk},
    people::{Browser, PASSWORD, first_administrator, link_on},
    site::{Answer, Site},
};

async fn site_with(issuer: &str, new_from: &[&str]) -> Site {
    let settings = ElsewhereSettings {
        issuer: issuer.to_owned(),
        client_id: "ekistics".into(),
        client_secret: Some(CLIENT_SECRET.into()),
        authority_pem: None,
        site: REDIRECT.trim_end_matches("/sign-in/callback").to_owned(),
        label: "Habitat".into(),
        new_from: new_from.iter().map(|d| (*d).to_owned()).collect(),
    };
    Site::with(|options| web::Options { elsewhere: Some(Arc::new(Elsewhere::new(settings))), ..options }).await
}

async fn begin(site: &Site, browser: &mut Browser, next: &str) -> String {
    let away = browser.get(site, &format!("/sign-in/elsewhere?next={next}")).await;
    assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.text());
    assert!(away.header(header::CACHE_CONTROL).contains("no-store"));
    away.header(header::LOCATION).to_owned()
}

fn back(callback: &Callback) -> String {
    let parts = [("state", Some(&callback.state)), ("code", callback.code.as_ref()), ("iss", callback.iss.as_ref())];
    let error = [("error", callback.error.as_ref())];
    let pairs = parts.into_iter().chain(error).filter_map(|(k, v)| Some((k, v?)));
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect()
    };
    let query: Vec<String> = pairs.map(|(k, v)| format!("{k}={}", encode(v))).collect();
    format!("/sign-in/callback?{}", query.join("&"))
}

/// The whole way.
async fn sign_in(site: &Site, browser: &mut Browser, login: &str) -> Answer {
    let url = begin(site, browser, "%2Frights").await;
    let callback = walk(&url, login, Consent::Yes, None).await;
    browser.get(site, &back(&callback)).await
}

async fn invite(site: &Site, admin: &mut Browser, name: &str) -> String {
    let email = format!("{name}@example.org");
    let page = admin.form(site, "/people/invite", &[("name", name), ("email", &email)]).await;
    link_on(page.text())
}

async fn persons(site: &Site) -> Vec<Account> {
    let local = Actor::Local { name: "tester".into() };
    people::persons(&site.app, &local, Timestamp::now()).await.expect("reads")
}

fn op() -> Provider {
    provider(REDIRECT, Transport::Plain)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invited_person_signs_in_elsewhere() {
    let op = op();
    let site = &site_with(&op.issuer, &[]).await;
    let mut admin = first_administrator(site).await;
    let link = invite(site, &mut admin, "boris").await;
    let mut boris = Browser::default();
    let form = boris.get(site, "/sign-in?next=%2Frights").await;
    assert!(form.text().contains("Sign in with Habitat"), "{}", form.text());
    assert!(form.text().contains("href=\"/sign-in/elsewhere?next=%2Frights\""), "{}", form.text());

    let done = sign_in(site, &mut boris, "boris").await;
    assert_eq!((done.status, done.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/rights"), "{}", done.text());
    assert_eq!(boris.get(site, "/rights").await.status, StatusCode::OK);
    assert!(!boris.cookies.iter().any(|(name, _)| name == "ekistics-elsewhere"));
    let account = persons(site).await.into_iter().find(|p| p.email == "boris@example.org").expect("is there");
    assert_eq!((account.state.as_str(), account.name.as_str(), account.has_password), ("active", "boris", false));
    // The invitation that was not used would set a password for somebody who is here.
    let late = Browser::default().form(site, &link, &[("name", "boris"), ("password", PASSWORD)]).await;
    assert_eq!(late.status, StatusCode::GONE);

    // The second time it is the subject that is known. Somebody with a password may come in this way as well.
    let mut again = Browser::default();
    assert_eq!(sign_in(site, &mut again, "boris").await.status, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(site, &mut Browser::default(), "amina").await.status, StatusCode::SEE_OTHER);
    assert_eq!(persons(site).await.len(), 2);
    let audit = admin.get(site, "/audit").await;
    assert!(audit.text().contains("join-elsewhere") && audit.text().contains("bind-elsewhere"), "{}", audit.text());

    // Whoever is blocked here stays out.
    let blocked = admin.form(site, &format!("/people/{}/state", account.code), &[("what", "block")]).await;
    assert_eq!(blocked.status, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(site, &mut again, "boris").await.status, StatusCode::FORBIDDEN);
    assert_eq!(again.get(site, "/rights").await.status, StatusCode::SEE_OTHER, "signed out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_needs_an_invitation_unless_the_domain_is_ours() {
    let op = op();
    let site = &site_with(&op.issuer, &[]).await;
    let mut admin = first_administrator(site).await;
    let mut browser = Browser::default();
    let refused = sign_in(site, &mut browser, "stranger").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text().contains("you have no account here"), "{}", refused.text());
    assert_eq!(browser.get(site, "/rights").await.status, StatusCode::SEE_OTHER);
    // An address that nobody has verified finds nobody.
    invite(site, &mut admin, "unverified").await;
    let refused = sign_in(site, &mut browser, "unverified").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text().contains("has not verified"), "{}", refused.text());
    assert_eq!(persons(site).await.iter().filter(|p| p.state == "active").count(), 1);

    let open = &site_with(&op.issuer, &["EXAMPLE.org"]).await;
    // Before there is an administrator nobody is made, or there never would be one.
    assert_eq!(sign_in(open, &mut browser, "stranger").await.status, StatusCode::FORBIDDEN);
    let mut admin = first_administrator(open).await;
    assert_eq!(sign_in(open, &mut browser, "stranger").await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get(open, "/rights").await.status, StatusCode::OK);
    assert_eq!(browser.get(open, "/proposals").await.status, StatusCode::FORBIDDEN, "without any role");
    let people = admin.get(open, "/people").await;
    assert!(people.text().contains("stranger of the tests"), "{}", people.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_counts_once_and_in_the_browser_that_asked() {
    let op = op();
    let site = &site_with(&op.issuer, &[]).await;
    first_administrator(site).await;

    // Without the cookie: somebody else's answer, put before the victim.
    let mut attacker = Browser::default();
    let url = begin(site, &mut attacker, "%2F").await;
    let callback = walk(&url, "amina", Consent::Yes, None).await;
    let mut victim = Browser::default();
    let refused = victim.get(site, &back(&callback)).await;
    assert_eq!(refused.status, StatusCode::GONE);
    assert!(refused.text().contains("was not begun in this browser"), "{}", refused.text());
    // With a cookie of another sign-in: the state is foreign.
    begin(site, &mut victim, "%2F").await;
    assert_eq!(victim.get(site, &back(&callback)).await.status, StatusCode::GONE);
    assert_eq!(victim.get(site, "/rights").await.status, StatusCode::SEE_OTHER, "not signed in");
    // That one is spent by now.
    let kept = victim.cookies.clone();
    assert_eq!(victim.get(site, &back(&callback)).await.status, StatusCode::GONE);
    assert_eq!(victim.cookies, kept);

    // The right browser, and then once more with the cookie it had.
    let had = attacker.cookies.clone();
    assert_eq!(attacker.get(site, &back(&callback)).await.status, StatusCode::SEE_OTHER);
    let mut replay = Browser { cookies: had };
    assert_eq!(replay.get(site, &back(&callback)).await.status, StatusCode::GONE);
    assert_eq!(replay.get(site, "/rights").await.status, StatusCode::SEE_OTHER, "not signed in");

    // Nowhere but to a page of ours.
    let mut browser = Browser::default();
    let url = begin(site, &mut browser, "%2F%2Fevil.example%2F").await;
    let callback = walk(&url, "amina", Consent::Yes, None).await;
    assert_eq!(browser.get(site, &back(&callback)).await.header(header::LOCATION), "/");
    // Who says no at the provider stays out.
    let url = begin(site, &mut browser, "%2F").await;
    let callback = walk(&url, "amina", Consent::Cancel, None).await;
    assert_eq!(browser.get(site, &back(&callback)).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_are_there_without_the_provider() {
    // A port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("binds").local_addr().expect("an address");
    let site = &site_with(&format!("http://{free}"), &[]).await;
    let mut admin = first_administrator(site).await;
    let down = Browser::default().get(site, "/sign-in/elsewhere").await;
    assert_eq!(down.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(down.text().contains("does not answer"), "{}", down.text());
    assert_eq!(admin.get(site, "/rights").await.status, StatusCode::OK);
    // Where there is none, nothing is said about one.
    let site = &Site::new().await;
    assert_eq!(site.get("/sign-in/elsewhere").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/sign-in/callback").await.status, StatusCode::NOT_FOUND);
    assert!(!site.get("/sign-in").await.text().contains("/sign-in/elsewhere"));
}
