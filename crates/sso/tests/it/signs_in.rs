//! The whole way with a certified provider, and each thing that has to be refused.

use sso::{Callback, Identity, Pending, Provider, Settings, SsoError};
use testkit::oidc::{CLIENT_SECRET, Transport, provider};

use crate::browser::{Consent, REDIRECT, walk};

fn settings(issuer: &str, client: &str) -> Settings {
    Settings {
        issuer: issuer.to_owned(),
        client_id: client.to_owned(),
        client_secret: (client != "public").then(|| CLIENT_SECRET.to_owned()),
        redirect: REDIRECT.to_owned(),
        authority_pem: None,
    }
}

async fn begun(provider: &Provider, login: &str) -> (Pending, Callback) {
    let (url, pending) = provider.begin();
    let callback = walk(url.as_str(), login, Consent::Yes, None).await;
    assert!(callback.code.is_some(), "{callback:?}");
    (pending, callback)
}

async fn sign_in(issuer: &str, client: &str, login: &str) -> Result<Identity, SsoError> {
    let provider = Provider::discover(&settings(issuer, client)).await?;
    let (pending, callback) = begun(&provider, login).await;
    provider.finish(pending, callback).await
}

#[tokio::test]
async fn somebody_signs_in() {
    let op = provider(REDIRECT, Transport::Plain);
    // By the secret, without one, and with a key of another kind that was added after the keys were first read.
    for client in ["elliptic", "ekistics", "public"] {
        let identity = sign_in(&op.issuer, client, "amina").await.unwrap();
        let expected = Identity {
            issuer: op.issuer.clone(),
            subject: "amina".into(),
            email: Some("amina@example.org".into()),
            email_verified: true,
            name: Some("amina of the tests".into()),
        };
        assert_eq!(identity, expected, "{client}");
    }
    let identity = sign_in(&op.issuer, "ekistics", "unverified").await.unwrap();
    assert_eq!((identity.email.as_deref(), identity.email_verified), (Some("unverified@example.org"), false));
}

#[tokio::test]
async fn the_request_carries_what_protects_it() {
    let op = provider(REDIRECT, Transport::Plain);
    let provider = Provider::discover(&settings(&op.issuer, "ekistics")).await.unwrap();
    let (url, pending) = provider.begin();
    let query: std::collections::BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(query["response_type"], "code");
    assert_eq!(query["scope"], "openid email profile");
    assert_eq!(query["code_challenge_method"], "S256");
    assert_eq!((&query["state"], &query["nonce"]), (&pending.state, &pending.nonce));
    assert!(!url.as_str().contains(&pending.verifier));
    let (_, other) = provider.begin();
    assert!(other.state != pending.state && other.nonce != pending.nonce && other.verifier != pending.verifier);
    // What is kept survives being written down, and does not show itself.
    let kept = serde_json::to_string(&pending).unwrap();
    assert_eq!(serde_json::from_str::<Pending>(&kept).unwrap(), pending);
    for secret in [&pending.state, &pending.nonce, &pending.verifier] {
        assert!(!format!("{pending:?}").contains(secret.as_str()));
    }
}

#[tokio::test]
async fn an_answer_to_another_sign_in_is_refused() {
    let op = provider(REDIRECT, Transport::Plain);
    let provider = Provider::discover(&settings(&op.issuer, "ekistics")).await.unwrap();
    let (pending, callback) = begun(&provider, "amina").await;

    let state = Callback { state: format!("{}x", callback.state), ..callback.clone() };
    assert!(matches!(provider.finish(pending.clone(), state).await, Err(SsoError::WrongState)));
    let none = Callback { state: String::new(), ..callback.clone() };
    let forgotten = Pending { state: String::new(), ..pending.clone() };
    assert!(matches!(provider.finish(forgotten, none).await, Err(SsoError::WrongState)));

    let issuer = Callback { iss: Some("https://login.example.org".into()), ..callback.clone() };
    assert!(matches!(provider.finish(pending.clone(), issuer).await, Err(SsoError::WrongIssuer { .. })));
    let elsewhere = Pending { issuer: "https://login.example.org".into(), ..pending.clone() };
    assert!(matches!(provider.finish(elsewhere, callback.clone()).await, Err(SsoError::WrongIssuer { .. })));

    // None of these spent the code: the right answer still works, once.
    let identity = provider.finish(pending.clone(), callback.clone()).await.unwrap();
    assert_eq!(identity.subject, "amina");
    let again = provider.finish(pending, callback).await;
    assert!(matches!(&again, Err(SsoError::CodeRefused(text)) if text.contains("invalid_grant")), "{again:?}");
}

#[tokio::test]
async fn another_nonce_or_verifier_is_refused() {
    let op = provider(REDIRECT, Transport::Plain);
    let provider = Provider::discover(&settings(&op.issuer, "ekistics")).await.unwrap();

    let (pending, callback) = begun(&provider, "amina").await;
    let nonce = Pending { nonce: "another".into(), ..pending };
    let refused = provider.finish(nonce, callback).await;
    assert!(matches!(&refused, Err(SsoError::Token(text)) if text.contains("nonce")), "{refused:?}");

    // Somebody else's code, put into the victim's browser: its challenge was another's.
    let (_, stolen) = begun(&provider, "attacker").await;
    let (pending, callback) = begun(&provider, "amina").await;
    let refused = provider.finish(pending, Callback { code: stolen.code, ..callback }).await;
    assert!(matches!(&refused, Err(SsoError::CodeRefused(text)) if text.contains("invalid_grant")), "{refused:?}");
}

/// What the clients of these names get was tampered with (see `tests/oidc/provider.mjs`).
#[tokio::test]
async fn a_token_that_is_not_ours_is_refused() {
    let op = provider(REDIRECT, Transport::Plain);
    sign_in(&op.issuer, "ekistics", "amina").await.unwrap();
    for (client, reason) in [
        ("mixed-up", "Invalid audiences"),
        ("forged", "Signature verification failed"),
        ("unsigned", "Signature verification failed"),
        ("stripped", "no ID token"),
        ("swapped", "another access token"),
        ("double", "Invalid subject"),
    ] {
        let refused = sign_in(&op.issuer, client, "attacker").await;
        assert!(matches!(&refused, Err(SsoError::Token(text)) if text.contains(reason)), "{client}: {refused:?}");
        assert!(!refused.unwrap_err().is_temporary());
    }
}

#[tokio::test]
async fn a_wrong_secret_is_refused() {
    let op = provider(REDIRECT, Transport::Plain);
    let wrong = Settings { client_secret: Some("guessed".into()), ..settings(&op.issuer, "ekistics") };
    let provider = Provider::discover(&wrong).await.unwrap();
    let (pending, callback) = begun(&provider, "amina").await;
    let refused = provider.finish(pending, callback).await;
    assert!(matches!(&refused, Err(SsoError::CodeRefused(text)) if text.contains("invalid_client")), "{refused:?}");
}

#[tokio::test]
async fn somebody_cancels() {
    let op = provider(REDIRECT, Transport::Plain);
    let provider = Provider::discover(&settings(&op.issuer, "ekistics")).await.unwrap();
    let (url, pending) = provider.begin();
    let callback = walk(url.as_str(), "amina", Consent::Cancel, None).await;
    let refused = provider.finish(pending, callback).await;
    assert!(matches!(&refused, Err(SsoError::Refused { error, .. }) if error == "access_denied"), "{refused:?}");
}

#[tokio::test]
async fn a_provider_on_https_has_to_be_trusted() {
    let op = provider(REDIRECT, Transport::Tls);
    let stranger = settings(&op.issuer, "ekistics");
    let refused = Provider::discover(&stranger).await;
    assert!(matches!(&refused, Err(SsoError::Unreachable(text)) if text.contains("certificate")), "{refused:?}");

    let trusting = Settings { authority_pem: op.authority_pem.clone(), ..stranger };
    let provider = Provider::discover(&trusting).await.unwrap();
    let (url, pending) = provider.begin();
    let callback = walk(url.as_str(), "王小明", Consent::Yes, op.authority_pem.as_deref()).await;
    assert_eq!(provider.finish(pending, callback).await.unwrap().subject, "王小明");

    let nonsense = Settings {
        authority_pem: Some("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----".into()),
        ..trusting
    };
    let refused = Provider::discover(&nonsense).await;
    assert!(matches!(&refused, Err(SsoError::Settings { what: "certificate", .. })), "{refused:?}");
}
