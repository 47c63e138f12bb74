//! What answers at the issuer's address is not what it should be: redirects, floods, silence, foreign endpoints.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use sso::{Provider, Settings, SsoError};

/// A server that answers every request with what `answer` makes of the issuer, and counts them.
fn server(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let (counted, own) = (requests.clone(), issuer.clone());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            counted.fetch_add(1, Ordering::SeqCst);
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(&answer(&own));
        }
    });
    (issuer, requests)
}

fn json(body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .into()
}

/// Metadata as they should be, but for one line.
fn metadata(issuer: &str, key: &str, value: serde_json::Value) -> Vec<u8> {
    let mut metadata = serde_json::json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "keys": [],
    });
    metadata[key] = value;
    json(&metadata.to_string())
}

async fn discover(issuer: &str) -> Result<Provider, SsoError> {
    let settings = Settings {
        issuer: issuer.to_owned(),
        client_id: "ekistics".into(),
        client_secret: None,
        redirect: "https://ekistics.example.org/return".into(),
        authority_pem: None,
    };
    Provider::discover(&settings).await
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (elsewhere, reached) = server(|_| json("{}"));
    let (issuer, _) = server(move |_| {
        format!("HTTP/1.1 302 Found\r\nlocation: {elsewhere}/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").into()
    });
    let refused = discover(&issuer).await;
    assert!(matches!(&refused, Err(SsoError::Provider(text)) if text.contains("302")), "{refused:?}");
    assert_eq!(reached.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_answer_has_a_bound() {
    let (issuer, _) = server(|_| json(&format!("\"{}\"", "x".repeat(3 * 1024 * 1024))));
    let refused = discover(&issuer).await;
    assert!(matches!(&refused, Err(SsoError::Unreachable(text)) if text.contains("1048576 bytes")), "{refused:?}");
}

#[tokio::test]
async fn nobody_answers() {
    let (issuer, _) = server(|_| Vec::new());
    assert!(discover(&issuer).await.unwrap_err().is_temporary());
    let (issuer, _) = server(|_| b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec());
    assert!(discover(&issuer).await.unwrap_err().is_temporary());
    // A port that was free a moment ago.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(discover(&format!("http://{free}")).await.unwrap_err().is_temporary());
}

#[tokio::test]
async fn endpoints_in_our_network_are_not_asked() {
    let target = "http://169.254.169.254/latest/meta-data";
    for key in ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"] {
        let (issuer, _) = server(move |issuer| metadata(issuer, key, target.into()));
        let refused = discover(&issuer).await;
        assert!(matches!(&refused, Err(SsoError::Insecure { address, .. }) if address == target), "{key}: {refused:?}");
    }
    let (issuer, _) = server(|issuer| metadata(issuer, "userinfo_endpoint", "https://login.example.org/me".into()));
    discover(&issuer).await.unwrap();
}

#[tokio::test]
async fn metadata_of_somebody_else_are_refused() {
    let (issuer, _) = server(|issuer| metadata(issuer, "issuer", "https://login.example.org".into()));
    assert!(matches!(discover(&issuer).await, Err(SsoError::Provider(_))));
    // Identities that the client's own secret could sign are not offered as an alternative.
    let (issuer, _) = server(|issuer| {
        metadata(issuer, "id_token_signing_alg_values_supported", serde_json::json!(["HS256", "none"]))
    });
    assert!(matches!(discover(&issuer).await, Err(SsoError::Provider(_))));
}

#[tokio::test]
async fn addresses_of_the_settings() {
    for issuer in ["http://login.example.org", "ftp://127.0.0.1", "https://me:pw@login.example.org"] {
        assert!(matches!(discover(issuer).await, Err(SsoError::Insecure { what: "issuer", .. })), "{issuer}");
    }
    assert!(matches!(discover("login").await, Err(SsoError::Settings { what: "issuer", .. })));
}
