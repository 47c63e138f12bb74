//! Letters to a real mail server, read there by another language's parser.

use std::time::Duration;

use post::{Again, Letter, PATIENCE, PostError, Postbox, Settings};
use testkit::smtp::{Guard, MailServer, mail_server};

const LOGIN: Option<(&str, &str)> = Some(("ekistics", "p:w/é"));

fn settings(address: String) -> Settings {
    Settings {
        address,
        from: "برنامج المستوطنات <noreply@example.org>".into(),
        authority_pem: None,
        patience: PATIENCE,
    }
}

fn postbox(server: &MailServer, address: &str) -> Postbox {
    let address = address.replace("PORT", &server.port);
    Postbox::open(&Settings { authority_pem: Some(server.authority_pem.clone()), ..settings(address) }).unwrap()
}

fn letter(to: &str, subject: &str, text: &str) -> Letter {
    Letter { to: to.into(), subject: subject.into(), text: text.into() }
}

#[tokio::test]
async fn letters_in_every_script() {
    let server = mail_server(Guard::Tls, LOGIN);
    let postbox = postbox(&server, "smtps://ekistics:p%3Aw%2F%C3%A9@localhost:PORT");
    let long = "地".repeat(3000);
    let cases = [
        ("An invitation", "Follow this link:\nhttps://habitat.example.org/?a=b&c=d\n\n.\n..\n.hidden\n"),
        (
            "دعوة إلى برنامج المستوطنات البشرية: أهلا وسهلا بكم في المنصة الجديدة للمتابعة",
            "السلام عليكم\n\nاتبع الرابط.\n",
        ),
        ("邀请您加入人类住区方案的监测平台，并请在三天之内确认您的电子邮件地址，谢谢", "您好！\n请点击链接。\n"),
        ("= ?utf-8?q?not_encoded?= = _ ?", "= =20 =\n\ttab\nno end"),
        ("", &long),
    ];
    for (subject, text) in cases {
        postbox.send(&letter("amina@example.org", subject, text)).await.unwrap();
    }
    let letters = server.letters();
    assert_eq!(letters.len(), cases.len());
    for (received, (subject, text)) in letters.iter().zip(cases) {
        assert_eq!(
            (received.from.as_str(), received.to.as_slice()),
            ("noreply@example.org", &["amina@example.org".to_owned()][..])
        );
        assert_eq!(received.header("subject"), [subject]);
        assert_eq!(received.header("from"), ["برنامج المستوطنات <noreply@example.org>"]);
        assert_eq!(received.header("to"), ["amina@example.org"]);
        assert_eq!(received.header("auto-submitted"), ["auto-generated"]);
        // The server ends the last line when the letter did not.
        assert_eq!(
            received.text.as_deref().map(|t| t.replace("\r\n", "\n").trim_end().to_owned()).unwrap(),
            text.trim_end()
        );
        assert_eq!(received.defects, Vec::<String>::new());
        assert!(received.raw.is_ascii(), "{}", received.raw);
        assert!(received.raw.lines().all(|line| line.len() <= 998), "RFC 5322, section 2.1.1");
    }
    postbox.send(&letter("amina@example.org", "=?utf-8?q?looks_encoded?=", "x")).await.unwrap();
    assert_eq!(server.letters()[cases.len()].header("subject"), ["= ?utf-8?q?looks_encoded?="]);
    let ids: std::collections::BTreeSet<_> = letters.iter().flat_map(|l| l.header("message-id")).collect();
    assert_eq!(ids.len(), cases.len());
    assert!(ids.iter().all(|id| id.ends_with("@example.org>")));
}

#[tokio::test]
async fn nothing_becomes_a_header() {
    let server = mail_server(Guard::Open, None);
    let postbox = postbox(&server, "smtp://127.0.0.1:PORT?tls=none");
    let subject = "Hello\r\nBcc: boris@example.org\r\n\r\nanother body";
    postbox
        .send(&letter("amina@example.org", subject, "body\r\nBcc: x@example.org\r\n.\r\nRCPT TO:<x@example.org>"))
        .await
        .unwrap();
    let refused = postbox.send(&letter("amina@example.org\r\nRCPT TO:<boris@example.org>", "x", "x")).await;
    assert!(matches!(refused, Err(PostError::Recipient(_))));
    let letters = server.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, ["amina@example.org"]);
    assert_eq!(letters[0].header("bcc"), Vec::<&str>::new());
    assert_eq!(letters[0].header("subject"), ["Hello Bcc: boris@example.org another body"]);
    assert!(letters[0].text.as_ref().unwrap().contains("RCPT TO:<x@example.org>"));
}

#[tokio::test]
async fn starttls_and_a_login() {
    let server = mail_server(Guard::StartTls, LOGIN);
    let good = postbox(&server, "smtp://ekistics:p%3Aw%2F%C3%A9@localhost:PORT");
    good.try_out().await.unwrap();
    good.send(&letter("王@example.org", "x", "x")).await.unwrap();
    assert_eq!(server.letters()[0].to, ["王@example.org"]);

    let guessed = postbox(&server, "smtp://ekistics:guessed@localhost:PORT");
    for refused in [guessed.try_out().await, guessed.send(&letter("amina@example.org", "x", "x")).await] {
        let error = refused.unwrap_err();
        assert!(matches!(error, PostError::SignIn(_)), "{error:?}");
        assert_eq!(error.again(), Again::AfterMending);
        assert!(!error.to_string().contains("guessed"));
    }
    let nobody = postbox(&server, "smtp://localhost:PORT").send(&letter("amina@example.org", "x", "x")).await;
    assert!(matches!(nobody, Err(PostError::SignIn(_))), "{nobody:?}");
    assert_eq!(server.letters().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_not_trusted() {
    let other = mail_server(Guard::Open, None).authority_pem;
    for (guard, scheme) in [(Guard::Tls, "smtps"), (Guard::StartTls, "smtp")] {
        let server = mail_server(guard, LOGIN);
        let address = format!("{scheme}://ekistics:pw@localhost:{}", server.port);
        let stranger = Settings { authority_pem: Some(other.clone()), ..settings(address) };
        let error = Postbox::open(&stranger).unwrap().send(&letter("amina@example.org", "x", "x")).await.unwrap_err();
        assert!(matches!(error, PostError::NotTrusted(_)), "{error:?}");
        assert_eq!(error.again(), Again::AfterMending);
    }
    // A server in the clear where TLS is wanted.
    let open = mail_server(Guard::Open, None);
    for address in ["smtps://localhost:PORT", "smtp://localhost:PORT"] {
        let error = postbox(&open, address).send(&letter("amina@example.org", "x", "x")).await.unwrap_err();
        assert!(matches!(error, PostError::NotTrusted(_)), "{address}: {error:?}");
    }
    assert_eq!(open.letters().len(), 0);
}

#[tokio::test]
async fn whether_to_try_again() {
    let server = mail_server(Guard::Open, None);
    let quick =
        Settings { patience: Duration::from_secs(2), ..settings(format!("smtp://127.0.0.1:{}?tls=none", server.port)) };
    let postbox = Postbox::open(&quick).unwrap();
    for (to, again, reason) in [
        ("busy@example.org", Again::Later, "greylisted"),
        ("full@example.org", Again::Later, "no room"),
        ("silent@example.org", Again::Later, "2 seconds"),
        ("gone@example.org", Again::Never, "nobody of that name"),
        ("no address", Again::Never, "no address"),
        ("王@example.org", Again::Never, "SMTPUTF8"),
    ] {
        let error = postbox.send(&letter(to, "x", "x")).await.unwrap_err();
        assert_eq!(error.again(), again, "{to}: {error:?}");
        assert!(error.to_string().contains(reason), "{to}: {error}");
    }
    assert_eq!(server.letters().len(), 0);
    drop(server);
    let error = postbox.send(&letter("amina@example.org", "x", "x")).await.unwrap_err();
    assert_eq!(error.again(), Again::Later, "{error:?}");
}
