//! Which language a reader gets: the address, then the cookie, then what the browser prefers.

use axum::http::{HeaderMap, header};
use model::value::Lang;

/// The interface language with this code, if the interface speaks it.
pub fn interface(code: &str) -> Option<Lang> {
    Lang::parse(code).filter(|l| Lang::INTERFACE.contains(l))
}

/// The language of a request. `asked` is the address's `lang`.
pub fn of_request(asked: Option<&str>, headers: &HeaderMap) -> Lang {
    asked.and_then(interface).or_else(|| cookie(headers)).or_else(|| preferred(headers)).unwrap_or(Lang::En)
}

fn cookie(headers: &HeaderMap) -> Option<Lang> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    pairs.filter_map(|p| p.trim().strip_prefix("lang=")).find_map(interface)
}

/// The interface language with the highest quality in `Accept-Language`; the earlier one among equals.
fn preferred(headers: &HeaderMap) -> Option<Lang> {
    let text = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Lang)> = None;
    for part in text.split(',') {
        let mut pieces = part.split(';');
        let Some(lang) = pieces.next().and_then(|code| interface(code.trim())) else { continue };
        let quality = pieces.find_map(|p| p.trim().strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if quality > 0.0 && best.is_none_or(|(q, _)| quality > q) {
            best = Some((quality, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// What the language is called by those who speak it.
pub fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Ar => "العربية",
        Lang::Zh => "中文",
        Lang::En => "English",
        Lang::Fr => "Français",
        Lang::Ru => "Русский",
        Lang::Es => "Español",
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn check(asked: Option<&str>, cookie: &str, accept: &str, expected: Lang) {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).expect("ascii"));
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_str(accept).expect("ascii"));
        assert_eq!(of_request(asked, &headers), expected, "{asked:?} {cookie} {accept}");
    }

    #[test]
    fn the_address_wins_over_the_cookie_over_the_browser() {
        check(Some("ar"), "lang=zh", "en", Lang::Ar);
        check(None, "a=b; lang=zh", "ar", Lang::Zh);
        check(None, "", "ar-EG,en;q=0.5", Lang::Ar);
        check(None, "", "fr, en;q=0.4, zh-CN;q=0.8", Lang::Zh);
        check(None, "", "zh;q=0, ar;q=0.1", Lang::Ar);
        check(Some("xx"), "lang=fr", "fr", Lang::En);
        check(None, "", "", Lang::En);
    }
}
