//! A person with a browser, as far as the provider's pages need one: redirects, cookies, forms.

use std::collections::BTreeMap;

use sso::Callback;

/// Where the clients return to. Nothing listens there: the walk ends when it is sent to it.
pub const REDIRECT: &str = "http://127.0.0.1:9/sign-in/callback";

/// What the person answers to the question whether the program may know their name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    Yes,
    Cancel,
}

/// Goes to `url`, signs in as `login`, answers the question, and returns with what the provider gives back.
pub async fn walk(url: &str, login: &str, consent: Consent, authority_pem: Option<&str>) -> Callback {
    let mut builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    if let Some(pem) = authority_pem {
        builder = builder.add_root_certificate(reqwest::Certificate::from_pem(pem.as_bytes()).unwrap());
    }
    let client = builder.build().unwrap();
    let mut cookies: BTreeMap<String, String> = BTreeMap::new();
    let mut request = client.get(url);
    let mut at = reqwest::Url::parse(url).unwrap();
    for _ in 0..20 {
        let cookie = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let response = client.execute(request.header("cookie", cookie).build().unwrap()).await.unwrap();
        for set in response.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        if response.status().is_redirection() {
            at = at.join(response.headers()["location"].to_str().unwrap()).unwrap();
            if at.as_str().starts_with(REDIRECT) {
                return callback(&at);
            }
            request = client.get(at.clone());
            continue;
        }
        let status = response.status();
        let page = response.text().await.unwrap();
        assert!(status.is_success(), "{at}: {status} {page}");
        let between = |start: &str, end: &str| page.split_once(start).and_then(|(_, rest)| rest.split_once(end));
        if page.contains("value=\"login\"") || consent == Consent::Yes {
            let action = between("action=\"", "\"").unwrap_or_else(|| panic!("no form on {page}")).0;
            let form = if page.contains("value=\"login\"") {
                format!("prompt=login&login={login}&password=any")
            } else {
                "prompt=consent".to_owned()
            };
            at = at.join(action).unwrap();
            request = client.post(at.clone()).header("content-type", "application/x-www-form-urlencoded").body(form);
        } else {
            at = at.join(&format!("{}/abort", at.path())).unwrap();
            request = client.get(at.clone());
        }
    }
    panic!("the walk does not end");
}

/// The query as a handler of pages would read it.
fn callback(url: &reqwest::Url) -> Callback {
    let query: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    serde_json::from_value(serde_json::to_value(query).unwrap()).unwrap()
}
