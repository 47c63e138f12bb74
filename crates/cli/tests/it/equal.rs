//! One source, equal figures: page = workbook = report = JSON, for every figure of the sample.

use std::{collections::BTreeMap, io::Cursor};

use app::{App, OpenMode};
use axum::{body::Body, http::Request};
use calamine::{Data, Reader, Xlsx};
use model::value::{Id, Lang};
use tower::ServiceExt;

use super::support::{ON, json, sample};

type Figures = BTreeMap<String, String>;

/// The figures of a page or report: `<data class="figure" value="…" data-key="…">`.
fn of_html(html: &str) -> Figures {
    let attribute = |tag: &str, name: &str| {
        let from = tag.find(&format!("{name}=\""))? + name.len() + 2;
        let text = &tag[from..from + tag[from..].find('"')?];
        Some(text.replace("&#38;", "&").replace("&amp;", "&").replace("&#61;", "="))
    };
    html.split("<data ")
        .skip(1)
        .filter_map(|part| part.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| tag.contains("data-key="))
        .map(|tag| (attribute(tag, "data-key").expect("a key"), attribute(tag, "value").expect("a value")))
        .collect()
}

/// The figures of a workbook: its sheet `figures`.
fn of_xlsx(bytes: Vec<u8>) -> Figures {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range("figures").expect("the sheet figures");
    range
        .rows()
        .skip(1)
        .map(|row| {
            let answer = row[2].to_string();
            // A number stands beside its text, and both say the same.
            if let Data::Float(number) = row[1] {
                assert_eq!(locale::exact(number), answer);
            }
            (row[0].to_string(), answer)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_is_equal_everywhere() {
    let folder = sample();
    let status = json(folder.path(), &["status"], 0);
    let app = App::open(folder.path(), OpenMode::Existing).await.expect("opens");
    let world = app.world().await.expect("a world");
    let options = web::Options {
        today: ON.parse().ok(),
        ..web::Options::new(jiff::Timestamp::now, "tester", web::Reach::Loopback)
    };
    let router = web::router(app.clone(), options);
    let on = ON.parse().expect("a day");
    let mut n_figures = 0;
    for plan in status["plans"].as_array().expect("plans") {
        let id = plan["plan"].as_str().expect("an id");
        let of_json: Figures = plan["figures"]
            .as_array()
            .expect("figures")
            .iter()
            .map(|f| {
                (
                    f["derivation"].as_str().expect("a key").to_owned(),
                    f["answer"].as_str().expect("an answer").to_owned(),
                )
            })
            .collect();
        n_figures += of_json.len();
        let plan = Id::new(id);
        for lang in Lang::INTERFACE {
            let request = Request::get(format!("/plans/{id}/tracking?lang={}&on={ON}", lang.code()))
                .header("host", "127.0.0.1")
                .body(Body::empty())
                .expect("a request");
            let response = router.clone().oneshot(request).await.expect("an answer");
            assert!(response.status().is_success(), "{id}: {}", response.status());
            let bytes = axum::body::to_bytes(response.into_body(), 64 << 20).await.expect("a body");
            let page = of_html(&String::from_utf8_lossy(&bytes));
            for (key, answer) in &of_json {
                assert_eq!(page.get(key), Some(answer), "page of {id}, {key}");
            }
            let report = of_html(&app::progress_report_html(&world, &plan, on, lang).expect("a report"));
            for (key, answer) in &of_json {
                assert_eq!(report.get(key), Some(answer), "report of {id}, {key}");
            }
            assert_eq!(of_xlsx(app::tracking_xlsx(&world, &plan, on, lang).expect("a workbook")), of_json, "{id}");
            assert_eq!(
                of_xlsx(app::progress_report_xlsx(&world, &plan, on, lang).expect("a workbook")),
                of_json,
                "{id}"
            );
        }
        // Each figure explains itself to the same answer.
        for (key, answer) in of_json.iter().take(40) {
            let key = model::figure::FigureKey::parse(key).expect("a key");
            let explained = app::explain(&app, &world, &key).await.expect("an answer").expect("a figure");
            assert_eq!(locale::answer_exact(&explained.figure.answer), *answer);
        }
    }
    assert!(n_figures > 200, "{n_figures} figures compared");
}
