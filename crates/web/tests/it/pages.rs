//! Every page answers, in three languages, without a missing sentence, and as the structure it promises.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use model::{figure::FigureKey, value::Lang};
use web::routes::{Access, table};

use crate::site::{Answer, Site, shared};

/// One address of each readable route, with records of the sample.
pub async fn addresses(site: &Site) -> Vec<String> {
    let world = site.app.world().await.expect("a world");
    let plan = app::default_plan(&world).expect("a plan");
    let on = jiff::civil::date(2020, 3, 1);
    let tracking = app::tracking(&world, &plan, on);
    let figure = tracking.rows.iter().flat_map(|r| &r.cells).find_map(|c| c.figure.as_ref()).expect("a figure");
    let indicator = figure.key.indicator.to_string();
    let result = tracking.rows.first().expect("a row").result.to_string();
    let code = app::code_docs().first().expect("a code").code.id;
    let mut paths: Vec<String> = table()
        .iter()
        .filter(|r| r.method == "GET" && !r.path.contains("{token}") && !r.path.starts_with("/evidence"))
        // What belongs to a person, a proposal or a lane is tried where there are some.
        .filter(|r| r.access != Access::Own)
        .filter(|r| {
            !["/proposals/{", "/api/v1/proposals/{", "/people/{", "/lanes/{", "/enter/{", "/surveys/{", "/analyses/"]
                .iter()
                .any(|p| r.path.starts_with(p))
        })
        // The sample has no boundary.
        .filter(|r| r.path != "/places/{id}/boundaries.geojson")
        // These are there where letters can be sent or a provider is set.
        .filter(|r| !["/sign-in/forgotten", "/sign-in/elsewhere", "/sign-in/callback"].contains(&r.path))
        .map(|r| {
            let id = if r.path.starts_with("/results") {
                &result
            } else if r.path.starts_with("/indicators") {
                &indicator
            } else {
                plan.as_str()
            };
            r.path
                .replace("/places/{id}", "/places/KEN-nairobi")
                .replace("/indices/{id}", "/indices/cpi-2016")
                .replace("/records/{kind}/{id}", &format!("/records/indicator/{indicator}"))
                .replace("/records/{kind}/new", "/records/project/new")
                .replace("/history/{kind}/{id}", &format!("/history/indicator/{indicator}"))
                .replace("{kind}", "observations")
                .replace("{instrument}/fill", "{instrument}/fill?subject=KEN-nairobi")
                .replace("{instrument}", "housing-self-rating")
                .replace("{response}", "RSP-HERAT-2018-A")
                .replace("{id}", id)
                .replace("{plan}", plan.as_str())
                .replace("/map/{indicator}/times", "/map/I-SDG11-1-1/times")
                .replace("{indicator}", &indicator)
                .replace("{key}", &figure.key.to_string())
                .replace("{code}", code)
                .replace("{country}", "KEN")
                .replace("{number}", "1")
                .replace("/boundaries/{name}", "/boundaries/all.geojson")
                .replace("{file}", "where.svg")
                .replace("{list}", "list.csv")
                .replace("{*name}", "style.css")
        })
        .collect();
    paths.extend([
        "/search?q=slum".to_owned(),
        "/search.json?q=slum".to_owned(),
        "/check".to_owned(),
        "/?as_of=2100-01-01".to_owned(),
        "/indices/adequate-housing?w.tenure=0&w.services=3".to_owned(),
        "/indices/ugi".to_owned(),
        "/indices/city-competitiveness".to_owned(),
        "/places/001".to_owned(),
        "/places/002".to_owned(),
        "/places/KEN".to_owned(),
        "/records/place/KEN".to_owned(),
        "/gaps?framework=nua&columns=all&country=KEN".to_owned(),
        "/responses/RSP-KISUMU-2017".to_owned(),
        "/instruments/housing-self-rating/fill?subject=AFG-herat&consensus=1".to_owned(),
    ]);
    for name in app::frameworks().names() {
        paths.extend([format!("/frameworks?framework={name}"), format!("/gaps?framework={name}&columns=all")]);
    }
    paths.extend(app::instrument::known_instruments(&world).iter().map(|q| format!("/instruments/{}", q.id)));
    for kind in model::Kind::ALL {
        paths.push(format!("/records/{}", kind.sheet()));
    }
    for card in app::plans(&world, on) {
        paths.push(format!("/plans/{}", card.plan.id));
    }
    paths
}

/// Words of the text that look like a key nobody translated.
pub fn untranslated(html: &str) -> Vec<String> {
    let starts = [
        "page-",
        "progress-",
        "reason-",
        "rule-",
        "duty-",
        "left-out-",
        "list-",
        "error-",
        "criterion-",
        "people-",
        "case-",
        "survey-",
        "concept-",
        "category-",
        "framework-",
        "profile-",
        "indices-",
        "space-",
        "measure-",
        "job-",
        "map-",
        "table-",
    ];
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    // Names of codes are shown as they are.
    let names: Vec<&str> = app::code_docs().iter().map(|d| d.code.name).collect();
    words
        .filter(|w| !names.contains(w) && !w.contains(char::is_uppercase))
        .filter(|w| starts.iter().any(|s| w.starts_with(s) && w.len() > s.len()))
        .map(str::to_owned)
        .collect()
}

pub async fn in_language(site: &Site, path: &str, lang: Lang) -> Answer {
    let request = Request::get(path).header(header::HOST, "localhost").header(header::ACCEPT_LANGUAGE, lang.code());
    site.send(request.body(Body::empty()).expect("a request")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_answers_in_three_languages_without_a_missing_sentence() {
    let site = shared();
    let mut wrong = Vec::new();
    for path in addresses(site).await {
        for lang in Lang::INTERFACE {
            let answer = in_language(site, &path, lang).await;
            if answer.status != StatusCode::OK {
                wrong.push(format!("{path} {}: {}", lang.code(), answer.status));
                continue;
            }
            if answer.header(header::CONTENT_TYPE).starts_with("text/html") && !path.ends_with("report.html") {
                let html = answer.text();
                let missing = untranslated(html);
                if !missing.is_empty() {
                    wrong.push(format!("{path} {}: {missing:?}", lang.code()));
                }
                let head = format!("<html lang=\"{}\" dir=\"{}\">", lang.code(), lang.dir());
                assert!(html.contains(&head), "{path}");
                assert_eq!(html.matches("<h1").count(), 1, "{path}: one heading of the first level");
                assert!(html.contains("<main id=\"main\"") && html.contains("class=\"skip\""), "{path}");
                assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick"), "{path}");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_sent_again_only_when_it_changed() {
    let site = Site::new().await;
    let (first, second) = (site.get("/").await, site.get("/").await);
    assert_eq!(first.bytes, second.bytes);
    let tag = first.header(header::ETAG).to_owned();
    let again = |lang: &'static str, tag: String| {
        let request = Request::get("/").header(header::HOST, "localhost").header(header::ACCEPT_LANGUAGE, lang);
        request.header(header::IF_NONE_MATCH, tag).body(Body::empty()).expect("a request")
    };
    assert_eq!(site.send(again("en", tag.clone())).await.status, StatusCode::NOT_MODIFIED);
    assert_eq!(site.send(again("zh", tag.clone())).await.status, StatusCode::OK, "another language is another page");
    let undone = site.post("/changes/1/undo", "application/x-www-form-urlencoded", b"reason=x".to_vec()).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&undone.bytes));
    let after = site.send(again("en", tag)).await;
    assert_ne!(after.status, StatusCode::NOT_MODIFIED, "a change makes a new page");
}

/// The skeleton of a page: headings, tables by their caption, forms by their target, in order.
fn outline(html: &str) -> Vec<String> {
    let text = |rest: &str, end: &str| {
        let inner = rest.split(end).next().unwrap_or_default();
        let plain: String = inner.split('<').map(|p| p.split_once('>').map_or(p, |(_, t)| t)).collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let main = html.split("<main").nth(1).and_then(|m| m.split("</main>").next()).unwrap_or_default();
    let mut found = Vec::new();
    for piece in main.split('<').skip(1) {
        let at = piece.as_ptr() as usize - main.as_ptr() as usize;
        let (tag, rest) = (piece.split([' ', '>']).next().unwrap_or_default(), &main[at..]);
        let after = rest.split_once('>').map_or("", |(_, r)| r);
        match tag {
            "h1" | "h2" => found.push(format!("{tag} {}", text(after, &format!("</{tag}>")))),
            "caption" => found.push(format!("table {}", text(after, "</caption>"))),
            "form" => {
                let target = rest.split("action=\"").nth(1).and_then(|r| r.split('"').next()).unwrap_or_default();
                found.push(format!("form {target}"));
            }
            _ => {}
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_pages_have_their_parts_in_order() {
    let site = shared();
    for (path, expected) in [
        (
            "/plans/P1419R",
            &[
                "h1 Strategic plan 2014–2019, text revised in 2017",
                "h2 New here? Three steps",
                "h2 Progress of the indicators",
                "h2 What the checker says",
                "h2 Files",
                "h2 Every result at a glance",
                "h2 What is due",
                "table What is due",
                "h2 First findings",
                "h2 Programmes, phases and strategies that carry it out",
            ][..],
        ),
        (
            "/plans/P1419R/tracking",
            &[
                "h1 Strategic plan 2014–2019, text revised in 2017 Indicator tracking",
                "form /plans/P1419R/tracking",
                "table Actual value and percentage of the way from baseline to target, by period. Every figure opens into its explanation.",
            ],
        ),
        ("/import", &["h1 Import", "form /import", "h2 Get a workbook to fill"]),
        ("/changes/1", &["h1 Change 1", "h2 Undo this change", "form /changes/1/undo", "h2 What changed"]),
        ("/records", &["h1 Records"]),
    ] {
        let page = site.get(path).await;
        assert_eq!(outline(page.text()), expected, "{path}");
    }
}

/// Every link of a page to a page of ours.
fn links(html: &str) -> Vec<String> {
    let mut found: Vec<String> = html
        .split(" href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with('/'))
        .map(|href| href.replace("&amp;", "&").replace("&#39;", "'"))
        .collect();
    found.sort();
    found.dedup();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn links_of_the_main_pages_lead_somewhere() {
    let site = shared();
    let mut broken = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for path in addresses(site)
        .await
        .iter()
        .filter(|p| !p.contains(".xlsx") && !p.starts_with("/api") && !p.starts_with("/assets"))
    {
        let page = site.get(path).await;
        // The first of each page's links stand for the rest: rows of a table are alike.
        for link in links(page.text()).into_iter().filter(|l| !l.contains(".xlsx")).take(40) {
            if seen.insert(link.clone()) && site.get(&link).await.status != StatusCode::OK {
                broken.push(format!("{path} → {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn links_keep_the_day_and_the_past() {
    let site = shared();
    let page = site.get("/?on=2018-06-30&as_of=2100-01-01").await;
    let html = page.text();
    assert!(html.contains("class=\"banner past\""));
    for link in links(html).iter().filter(|l| l.starts_with("/plans/") || l.starts_with("/results/")) {
        assert!(link.contains("on=2018-06-30") && link.contains("as_of=2100-01-01"), "{link}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_in_the_address_is_kept_in_a_cookie() {
    let answer = shared().get("/about?lang=ar").await;
    assert!(answer.header(header::SET_COOKIE).starts_with("lang=ar;"));
    assert!(answer.text().contains("<html lang=\"ar\" dir=\"rtl\">"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_register_says_how_to_begin() {
    let site = Site::empty().await;
    for path in ["/", "/entry", "/import", "/changes", "/records", "/codes", "/about", "/search"] {
        for lang in ["en", "ar", "zh"] {
            let page = site.get(&format!("{path}?lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path} {lang}: {}", page.text());
        }
    }
    let page = site.get("/").await;
    for link in links(page.text()) {
        assert_eq!(site.get(&link).await.status, StatusCode::OK, "{link}");
    }
    assert!(page.text().contains("No plan yet"), "{}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_pages_that_say_what_to_do() {
    for (path, status, words) in [
        ("/no-such-page", StatusCode::NOT_FOUND, "There is no such page or record."),
        ("/plans/NOPE", StatusCode::NOT_FOUND, "There is no such page or record."),
        ("/figures/nonsense", StatusCode::NOT_FOUND, "There is no such page or record."),
        ("/?on=yesterday", StatusCode::BAD_REQUEST, "The day yesterday cannot be read."),
        ("/map/I-1?period=20", StatusCode::NOT_FOUND, "There is no such page or record."),
        ("/import/none", StatusCode::GONE, "This import was prepared too long ago."),
    ] {
        let answer = shared().get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.text().contains(words), "{path}: {}", answer.text());
        assert!(answer.text().contains(answer.header("x-request-id")), "{path}");
    }
    let answer = shared().get("/api/v1/figures/nonsense").await;
    assert!(
        answer.header(header::CONTENT_TYPE).starts_with("application/problem+json")
            && answer.status == StatusCode::NOT_FOUND
    );
}

/// Exact value by key of every figure that a page shows.
fn figures(html: &str) -> Vec<(String, String)> {
    html.split("<data class=\"figure\" value=\"")
        .skip(1)
        .filter_map(|rest| {
            let (value, rest) = rest.split_once('"')?;
            let key = rest.strip_prefix(" data-key=\"")?.split('"').next()?;
            Some((key.to_owned(), value.to_owned()))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_of_the_pages_equal_those_of_the_interface_and_open_up() {
    let site = shared();
    let world = site.app.world().await.expect("a world");
    let plan = app::default_plan(&world).expect("a plan");
    let page = site.get(&format!("/plans/{plan}/tracking")).await;
    let shown = figures(page.text());
    assert!(shown.len() > 10, "{} figures", shown.len());
    let json: serde_json::Value =
        serde_json::from_slice(&site.get(&format!("/api/v1/tracking/{plan}")).await.bytes).expect("json");
    let mut known = std::collections::HashMap::new();
    for row in json["rows"].as_array().expect("rows") {
        for cell in row["cells"].as_array().expect("cells") {
            if let (Some(key), Some(answer)) =
                (cell["figure"]["derivation"].as_str(), cell["figure"]["answer"].as_str())
            {
                known.insert(key.to_owned(), answer.to_owned());
            }
        }
    }
    for (key, value) in &shown {
        assert_eq!(known.get(key), Some(value), "{key}");
        assert!(FigureKey::parse(key).is_some(), "{key}");
    }
    for (key, value) in shown.iter().step_by(shown.len().div_ceil(12)) {
        let page = site.get(&format!("/figures/{key}")).await;
        assert_eq!(page.status, StatusCode::OK, "{key}");
        assert!(figures(page.text()).contains(&(key.clone(), value.clone())), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_text_stays_text() {
    let answer = shared().get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27").await;
    assert!(!answer.text().contains("<script>alert"));
}

#[tokio::test(flavor = "multi_thread")]
async fn downloads_carry_safe_names() {
    let site = shared();
    let world = site.app.world().await.expect("a world");
    let plan = app::default_plan(&world).expect("a plan");
    for (end, start) in
        [("workbook.xlsx", "PK"), ("tracking.xlsx", "PK"), ("report.xlsx", "PK"), ("report.html", "<!doctype html>")]
    {
        let answer = site.get(&format!("/plans/{plan}/{end}")).await;
        let name = answer.header(header::CONTENT_DISPOSITION);
        assert!(
            name.starts_with("attachment; filename=\"") && name.contains(end.rsplit('.').next().unwrap_or("")),
            "{name}"
        );
        assert!(answer.bytes.starts_with(start.as_bytes()), "{end}");
    }
}
