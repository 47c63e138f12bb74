//! Notices become letters at a real mail server: once, in the person's language, when the person likes.

use app::{App, Mail, MailSettings, OpenMode, Sent, people, send_letters};
use jiff::{SignedDuration, Timestamp};
use register::access::Actor;
use store::Store;
use testkit::smtp::{Guard, MailServer, mail_server};

const SITE: &str = "https://plans.example.org";
const PASSWORD: &str = "four maps of a quiet harbour";

/// Two servers on one database.
struct Office {
    apps: [App; 2],
    store: Store,
    _folders: [tempfile::TempDir; 2],
}

impl Office {
    async fn new() -> Self {
        let database = testkit::postgres::database();
        let folders = [0, 1].map(|_| tempfile::tempdir().expect("a folder"));
        let open = async |folder: &tempfile::TempDir| {
            App::open_in(&folder.path().join("data"), Some(&database), OpenMode::Create).await.expect("opens")
        };
        let apps = [open(&folders[0]).await, open(&folders[1]).await];
        let store = Store::connect(&database, store::Mode::ReadWrite).await.expect("connects");
        Office { apps, store, _folders: folders }
    }
    /// A person who has come in, and likes what is given.
    async fn person(&self, name: &str, lang: &str, letters: &str) -> String {
        let app = &self.apps[0];
        let local = Actor::Local { name: "tester".into() };
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let (secret, code) = people::invite(app, &local, name, &email, at("2026-01-01T00:00:00Z"))
            .await
            .expect("asks")
            .expect("invites");
        let entered = people::enter_by_link(app, &secret, name, &email, PASSWORD, at("2026-01-01T00:00:00Z")).await;
        assert_eq!(entered.expect("asks").expect("enters").code, code);
        let likes = people::Preferences { lang: model::value::Lang::parse(lang), letters: letters.into() };
        let actor = Actor::Person { code: code.clone(), scopes: None };
        people::save_preferences(app, &actor, &likes, at("2026-01-01T00:00:00Z")).await.expect("asks").expect("saves");
        code
    }
    async fn tell(&self, code: &str, what: &str, who: &str, when: Timestamp) {
        let args = serde_json::json!({"number": "3", "title": "Survey of\r\n2019", "who": who}).to_string();
        let notice = (code.to_owned(), what, "/proposals/3".to_owned(), args);
        self.store.notify(when, &[notice]).await.expect("writes");
    }
    /// Both servers at once.
    async fn both(&self, mail: &Mail, now: Timestamp) -> Sent {
        let (one, other) = tokio::join!(send_letters(&self.apps[0], mail, now), send_letters(&self.apps[1], mail, now));
        let (one, other) = (one.expect("asks"), other.expect("asks"));
        Sent {
            letters: one.letters + other.letters,
            notices: one.notices + other.notices,
            unneeded: one.unneeded + other.unneeded,
            refused: one.refused + other.refused,
            later: one.later + other.later,
        }
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn later(now: Timestamp, seconds: i64) -> Timestamp {
    now + SignedDuration::from_secs(seconds)
}

fn mail(port: &str) -> Mail {
    Mail::open(&MailSettings {
        server: format!("smtp://127.0.0.1:{port}"),
        from: "Ekistics <plans@example.org>".into(),
        authority_pem: None,
        site: format!("{SITE}/"),
        digest_hour: 6,
    })
    .expect("opens")
}

/// Subject and text of the letters to somebody.
fn letters_to(server: &MailServer, to: &str) -> Vec<(String, String)> {
    let mine = server.letters().into_iter().filter(|l| l.to == [to]);
    mine.map(|l| {
        assert_eq!(l.defects, Vec::<String>::new());
        (l.header("subject")[0].to_owned(), l.text.as_deref().unwrap_or_default().replace("\r\n", "\n"))
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_notice_is_mailed_once_by_one_of_two_servers() {
    let office = Office::new().await;
    let server = mail_server(Guard::Open, None);
    let mail = mail(&server.port);
    let ann = office.person("Ann", "en", "immediate").await;
    let ming = office.person("Ming", "zh", "immediate").await;
    let amal = office.person("Amal", "ar", "immediate").await;
    let nils = office.person("Nils", "en", "never").await;
    let now = at("2026-03-01T10:00:00Z");
    for code in [&ann, &ming, &amal, &nils] {
        office.tell(code, "returned", &ann, now).await;
    }
    office.tell(&ann, "accepted", &ming, now).await;
    // Somebody who was told on the page needs no letter, nor for what happened long ago.
    office.tell(&ming, "accepted", &ann, at("2026-01-02T10:00:00Z")).await;

    let mut all = Sent::default();
    for round in 0..6 {
        let sent = office.both(&mail, later(now, 3 * round)).await;
        all.letters += sent.letters;
        all.notices += sent.notices;
        all.unneeded += sent.unneeded;
    }
    assert_eq!(all, Sent { letters: 3, notices: 4, unneeded: 2, ..Sent::default() });
    assert_eq!(server.letters().len(), 3);

    let ann_s = letters_to(&server, "ann@example.org");
    assert_eq!(ann_s[0].0, "What happened on Ekistics: 2");
    let text = &ann_s[0].1;
    assert!(text.starts_with("Good day Ann,\n\n"), "{text}");
    assert!(text.contains("Ann returned “Survey of 2019” to you.\nhttps://plans.example.org/proposals/3\n"), "{text}");
    assert!(text.contains("“Survey of 2019” was accepted by Ming.\n"), "{text}");
    assert!(text.contains("https://plans.example.org/account\n"), "{text}");
    assert!(!text.contains('@'), "no address of anybody: {text}");
    let (subject, text) = &letters_to(&server, "ming@example.org")[0];
    assert_eq!(subject, "Ann 将“Survey of 2019”退回给您。");
    assert!(text.starts_with("Ming，您好："), "{text}");
    let (subject, text) = &letters_to(&server, "amal@example.org")[0];
    assert_eq!(subject, "أعاد Ann إليك «Survey of 2019».");
    assert!(text.contains("تختار في حسابك"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daily_letter_comes_at_its_hour_and_holds_the_day() {
    let office = Office::new().await;
    let server = mail_server(Guard::Open, None);
    let mail = mail(&server.port);
    let dana = office.person("Dana", "en", "daily").await;
    for hour in ["2026-03-01T07:00:00Z", "2026-03-01T15:00:00Z", "2026-03-02T05:59:00Z"] {
        office.tell(&dana, "remarked", "P-nobody", at(hour)).await;
        assert_eq!(office.both(&mail, at(hour)).await, Sent::default(), "{hour}");
    }
    // The server was asleep at the hour itself; what happened since belongs to the next day.
    office.tell(&dana, "mentioned", "P-nobody", at("2026-03-02T06:30:00Z")).await;
    let sent = office.both(&mail, at("2026-03-02T09:00:00Z")).await;
    assert_eq!((sent.letters, sent.notices), (1, 3));
    assert_eq!(office.both(&mail, at("2026-03-02T20:00:00Z")).await, Sent::default());
    assert_eq!(office.both(&mail, at("2026-03-03T06:00:00Z")).await.notices, 1);
    let letters = letters_to(&server, "dana@example.org");
    assert_eq!(
        letters.iter().map(|l| l.0.as_str()).collect::<Vec<_>>(),
        ["What happened on Ekistics: 3", "What happened on Ekistics: 1"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_down_is_asked_again_and_less_often() {
    let office = Office::new().await;
    let ann = office.person("Ann", "en", "immediate").await;
    let now = at("2026-03-01T10:00:00Z");
    office.tell(&ann, "accepted", "P-nobody", now).await;
    // A port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("binds").local_addr().expect("an address").port();
    let down = mail(&free.to_string());
    assert_eq!(office.both(&down, now).await.later, 1);
    assert_eq!(office.both(&down, later(now, 29)).await, Sent::default(), "put off");
    assert_eq!(office.both(&down, later(now, 30)).await.later, 1);
    assert_eq!(office.both(&down, later(now, 60)).await, Sent::default(), "put off for longer");

    let server = mail_server(Guard::Open, None);
    let up = mail(&server.port);
    assert_eq!(office.both(&up, later(now, 90)).await.letters, 1);
    assert_eq!(office.both(&up, later(now, 100)).await, Sent::default());
    assert_eq!(letters_to(&server, "ann@example.org").len(), 1);
    // The next one waits for nothing.
    office.tell(&ann, "accepted", "P-nobody", later(now, 101)).await;
    assert_eq!(office.both(&up, later(now, 110)).await.letters, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_is_refused_or_put_off_holds_nobody_up() {
    let office = Office::new().await;
    let server = mail_server(Guard::Open, None);
    let mail = mail(&server.port);
    // The server says that nobody has the first name, and to come back later for the second.
    let gone = office.person("Gone", "zh", "immediate").await;
    let busy = office.person("Busy", "en", "immediate").await;
    let ann = office.person("Ann", "en", "immediate").await;
    let now = at("2026-03-01T10:00:00Z");
    for code in [&gone, &busy, &ann] {
        office.tell(code, "accepted", "P-nobody", now).await;
    }
    let sent = office.both(&mail, now).await;
    assert_eq!((sent.letters, sent.refused, sent.later), (1, 1, 1));
    let again = office.both(&mail, later(now, 10)).await;
    assert_eq!((again.letters, again.refused, again.later), (0, 0, 1), "not asked yet");
    assert_eq!(office.store.job(&format!("letters {busy}")).await.expect("reads"), Some((later(now, 30), "1".into())));
    let filter = store::AuditFilter { deed: "letter-refused".into(), ..Default::default() };
    let entries = office.store.audited(&filter, 10).await.expect("reads");
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].record.as_str(), entries[0].detail.as_str()), (gone.as_str(), "refused by the mail server"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_loop_sends_and_ends() {
    let office = Office::new().await;
    let server = mail_server(Guard::Open, None);
    let ann = office.person("Ann", "en", "immediate").await;
    office.tell(&ann, "accepted", "P-nobody", Timestamp::now()).await;
    let every = std::time::Duration::from_millis(50);
    let jobs =
        app::Jobs { mail: Some(mail(&server.port)), witness: app::Witness::default(), every, clock: Timestamp::now };
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(app::run_jobs(office.apps[0].clone(), jobs, async {
        ended.await.ok();
    }));
    for _ in 0..600 {
        if !server.letters().is_empty() {
            break;
        }
        tokio::time::sleep(every).await;
    }
    drop(end);
    running.await.expect("ends");
    assert_eq!(server.letters().len(), 1);
}
