//! Links by mail: invitations, and new passwords for those who forgot theirs.

use app::{Mail, MailSettings};
use axum::http::StatusCode;
use jiff::Timestamp;
use testkit::smtp::{Guard, MailServer, Received, mail_server};

use crate::{
    people::{Browser, PASSWORD, first_administrator, link_on},
    site::Site,
};

fn mail(server: &MailServer) -> Mail {
    Mail::open(&MailSettings {
        server: format!("smtp://127.0.0.1:{}", server.port),
        from: "plans@example.org".into(),
        authority_pem: None,
        site: "https://plans.example.org".into(),
        digest_hour: 6,
    })
    .expect("opens")
}

/// The letters once there are as many; they leave after the answer.
async fn letters(server: &MailServer, n: usize) -> Vec<Received> {
    for _ in 0..400 {
        let letters = server.letters();
        if letters.len() >= n {
            return letters;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{:?}", server.letters());
}

fn text(letter: &Received) -> &str {
    letter.text.as_deref().expect("a text")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_sent_and_still_shown() {
    let server = mail_server(Guard::Open, None);
    let mail = mail(&server);
    let site = &Site::with(|options| web::Options { mail: Some(mail), ..options }).await;
    let mut admin = first_administrator(site).await;
    let page = admin.form(site, "/people/invite", &[("name", "Boris"), ("email", "boris@example.org")]).await;
    assert!(page.text().contains("This link was sent by mail"), "{}", page.text());
    let letters = letters(&server, 1).await;
    assert_eq!(letters[0].to, ["boris@example.org"]);
    assert_eq!(letters[0].header("subject"), ["You are invited to Ekistics"]);
    // The address is that of the settings, never that of a request.
    assert!(text(&letters[0]).contains("https://plans.example.org/enter/"), "{}", text(&letters[0]));
    assert_eq!(link_on(text(&letters[0])), link_on(page.text()));
    let typed = [("name", "Boris"), ("password", PASSWORD)];
    let entered = Browser::default().form(site, &link_on(text(&letters[0])), &typed).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text());

    // A letter that is refused does not take the link away.
    let page = admin.form(site, "/people/invite", &[("name", "Gone"), ("email", "gone@example.org")]).await;
    assert!(page.text().contains("could not be sent") && page.text().contains("/enter/"), "{}", page.text());
    assert!(admin.get(site, "/audit").await.text().contains("letter-not-sent"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_forgot_a_password_gets_a_link_and_nobody_learns_who_is_here() {
    let server = mail_server(Guard::Open, None);
    let mail = mail(&server);
    let site = &Site::with(|options| web::Options { mail: Some(mail.clone()), ..options }).await;
    let mut admin = first_administrator(site).await;
    let mut browser = Browser::default();
    assert!(browser.get(site, "/sign-in").await.text().contains("href=\"/sign-in/forgotten\""));
    assert_eq!(browser.get(site, "/sign-in/forgotten").await.status, StatusCode::OK);
    let known = browser.form(site, "/sign-in/forgotten", &[("email", "Amina@example.org")]).await;
    let unknown = browser.form(site, "/sign-in/forgotten", &[("email", "nobody@example.org")]).await;
    let main = |page: &str| page.split("<main").nth(1).expect("a main part").to_owned();
    assert_eq!((known.status, main(known.text())), (unknown.status, main(unknown.text())));
    assert!(known.text().contains("If there is an account"), "{}", known.text());

    let letter = &letters(&server, 1).await[0];
    assert_eq!(letter.to, ["amina@example.org"]);
    let link = link_on(text(letter));
    let new = "seven boats on a green river";
    let done = browser.form(site, &link, &[("password", new)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(admin.get(site, "/account").await.status, StatusCode::SEE_OTHER, "signed out");
    assert_eq!(browser.form(site, &link, &[("password", new)]).await.status, StatusCode::GONE, "used once");

    // However often it is asked for, an hour brings three letters at most; and one network has to wait.
    let address = Some("203.0.113.9".parse().expect("an address"));
    let now = Timestamp::now();
    for n in 0..11 {
        let wait = app::forgot_password(&site.app, &mail, "amina@example.org", address, now).await.expect("asks");
        assert_eq!(wait, None, "{n}");
    }
    let wait = app::forgot_password(&site.app, &mail, "other@example.org", address, now).await.expect("asks");
    assert!(wait.is_some());
    let mut entries = 0;
    for _ in 0..400 {
        let audit = browser.get(site, "/audit?deed=forgotten-password-refused").await;
        entries = audit
            .text()
            .matches("<code>forgotten-password-refused")
            .count()
            .max(audit.text().matches("forgotten-password-refused</").count());
        if entries >= 10 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(entries, 10, "one stranger, and nine of eleven that were too many");
    assert_eq!(letters(&server, 3).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_mail_nothing_is_promised() {
    let site = &Site::new().await;
    assert_eq!(site.get("/sign-in/forgotten").await.status, StatusCode::NOT_FOUND);
    assert!(!site.get("/sign-in").await.text().contains("/sign-in/forgotten"));
}
