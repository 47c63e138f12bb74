//! What is not open leaves by no door: recognisable values in every internal and personal column, and a look at every
//! answer that the public can get.

use std::{collections::BTreeSet, io::Read};

use app::{NamedBytes, Publicity, publicity};
use axum::http::{StatusCode, header};
use model::{
    Kind,
    value::{CellKind, Value},
};

use crate::{
    pages::addresses,
    site::{Answer, Site},
};

/// What stands in a hidden number, and in a hidden day; of waivers a later one, so that they are in force.
const NUMBER: f64 = 918_273_645.0;
const SMALL: i64 = 91_827;

/// A record with hidden values.
struct Marked {
    kind: Kind,
    id: String,
    row: Vec<Value>,
}

/// What stands in a hidden column; `None` where a value cannot be told from others.
fn mark(kind: Kind, column: &model::record::Column) -> Option<Value> {
    Some(match column.kind {
        CellKind::Text | CellKind::Code => Value::Text(format!("SECRET-{}-{}", kind.name(), column.name)),
        CellKind::TextIn(l) => Value::Text(format!("SECRET-{}-{}-{}", kind.name(), column.field, l.code())),
        CellKind::Number if column.name == "share" => Value::Number(0.918_273_645),
        CellKind::Number => Value::Number(NUMBER),
        // The version of a questionnaire is a smaller number than any that could be told from others.
        CellKind::Whole(low, high) => return (low..=high).contains(&SMALL).then_some(Value::Whole(SMALL)),
        CellKind::Date if kind == Kind::Waiver => Value::Date(jiff::civil::date(2087, 1, 2)),
        CellKind::Date => Value::Date(jiff::civil::date(1987, 1, 2)),
        _ => return None,
    })
}

/// Puts a mark into every hidden column of some records of each kind.
fn marked(world: &app::World) -> Vec<Marked> {
    let mut all = Vec::new();
    for kind in Kind::ALL.iter().copied() {
        let def = kind.def();
        let hidden: Vec<usize> =
            (0..def.columns.len()).filter(|i| publicity(def.name, &def.columns[*i].name) != Publicity::Open).collect();
        if hidden.is_empty() {
            continue;
        }
        let rows: Vec<Vec<Value>> = match kind {
            // One below a figure of the tracking table: a comment on it is close to many pages.
            Kind::Observation => world.snapshot().observations.rows().take(200).map(|r| r.cells()).collect(),
            kind => world.records().rows(kind).map(|(_, row)| row).take(3).collect(),
        };
        // Rights and lanes are hidden as a whole; the sample has none of them, and no questionnaire of its own.
        let has_none = [Kind::Grant, Kind::Deputy, Kind::Lane, Kind::LaneStep, Kind::Questionnaire].contains(&kind);
        assert!(!rows.is_empty() || has_none, "the sample has no {}", def.sheet);
        for mut row in rows {
            for i in &hidden {
                // The code and record of a waiver must meet a finding, or nothing is waived.
                let column = &def.columns[*i];
                if kind == Kind::Waiver && ["code", "record_kind", "record", "field"].contains(&column.name.as_str()) {
                    continue;
                }
                if let Some(value) = mark(kind, column) {
                    row[*i] = value;
                }
            }
            all.push(Marked { kind, id: def.id_of(&row), row });
        }
    }
    all
}

/// One file for each kind.
fn files(marked: &[Marked]) -> Vec<NamedBytes> {
    let kinds: BTreeSet<Kind> = marked.iter().map(|m| m.kind).collect();
    let file = |kind: Kind| {
        let mut bytes = Vec::new();
        let names: Vec<Value> = kind.def().columns.iter().map(|c| Value::Text(c.name.clone())).collect();
        app::csv_row(&mut bytes, &names);
        let mut seen = BTreeSet::new();
        for m in marked.iter().filter(|m| m.kind == kind && seen.insert(m.id.clone())) {
            app::csv_row(&mut bytes, &m.row);
        }
        NamedBytes { name: format!("{}.csv", kind.sheet()), bytes }
    };
    kinds.into_iter().map(file).collect()
}

/// The text of an answer; of a workbook, the text of its parts.
fn text(answer: &Answer) -> String {
    if !answer.bytes.starts_with(b"PK") {
        return String::from_utf8_lossy(&answer.bytes).into_owned();
    }
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&answer.bytes)).expect("a workbook");
    let mut all = String::new();
    for i in 0..zip.len() {
        let mut part = Vec::new();
        zip.by_index(i).expect("a part").read_to_end(&mut part).expect("readable");
        all.push_str(&String::from_utf8_lossy(&part));
    }
    all
}

/// The hidden values in an answer.
fn found(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in text.split("SECRET-").skip(1) {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        found.insert(rest[..end].to_owned());
    }
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '\u{a0}' | '\u{202f}')).collect();
    for word in ["918273645", "1987-01-02", "2087-01-02"] {
        if plain.contains(word) {
            found.insert(word.to_owned());
        }
    }
    found
}

async fn walk(site: &Site, paths: &[String]) -> (BTreeSet<String>, Vec<String>) {
    let (mut all, mut where_found) = (BTreeSet::new(), Vec::new());
    for path in paths {
        let answer = site.get(path).await;
        let in_path = found(path);
        let here: BTreeSet<String> = found(&text(&answer)).difference(&in_path).cloned().collect();
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        if !here.is_empty() {
            where_found.push(format!("{path}: {here:?}"));
        }
        all.extend(here);
    }
    (all, where_found)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_hidden_reaches_the_public_by_any_address() {
    let site = Site::new().await;
    let world = site.app.world().await.expect("a world");
    let marked = marked(&world);
    let on = jiff::civil::date(2020, 3, 1);
    let preview = app::preview_import(&site.app, "SECRET-change-file", files(&marked), on, &|_, _| {}).await;
    let preview = preview.expect("read");
    assert!(preview.can_confirm, "{:#?}", preview.diagnostics);
    let at = jiff::Timestamp::now();
    let by = app::access::Actor::Local { name: "SECRET-change-author".to_owned() };
    let written = app::confirm_import(&site.app, &preview.token, &by, "SECRET-change-reason", at).await;
    let Ok(Ok(app::proposals::Written::InForce(line))) = written else { panic!("not written") };
    let number = line.number;

    let segment = |text: &str| text.replace('/', "%2F").replace(';', "%3B");
    let mut paths = addresses(&site).await;
    for kind in Kind::ALL {
        let sheet = kind.sheet();
        paths.extend([format!("/records/{sheet}"), format!("/records/{sheet}?q=SECRET")]);
        for accept in ["json", "csv", "ndjson"] {
            paths.push(format!("/api/v1/records/{sheet}?limit=1000&format={accept}"));
        }
    }
    for m in &marked {
        let (name, id) = (m.kind.name(), segment(&m.id));
        for start in ["/records", "/history", "/api/v1/records"] {
            paths.push(format!("{start}/{name}/{id}"));
        }
        paths.push(format!("/api/v1/records/{name}/{id}/history"));
        for column in m.kind.def().columns.iter().zip(&m.row).filter(|(_, v)| !v.is_null()).map(|(c, _)| &c.name) {
            paths.push(format!("/api/v1/records/{name}?fields=id&sort={column}&filter[{column}][null]=false"));
        }
        if let (Kind::Assessment | Kind::Judgement | Kind::Observation, Value::Text(indicator)) = (m.kind, &m.row[0]) {
            paths.push(format!("/indicators/{}", segment(indicator)));
            paths.push(format!("/entry?indicator={}", segment(indicator)));
        }
        if let (Kind::Observation, [Value::Text(i), Value::Text(p), Value::Text(period), _, Value::Text(scope), ..]) =
            (m.kind, m.row.as_slice())
        {
            for start in ["/figures", "/api/v1/figures"] {
                paths.push(format!("{start}/{i}~{scope}~{p}~{}~", period.replace('/', "_")));
            }
        }
    }
    for card in app::plans(&world, on) {
        for view in ["check", "check?severity=waived"] {
            paths.push(format!("/plans/{}/{view}", card.plan.id));
        }
    }
    paths.extend([
        format!("/changes/{number}"),
        format!("/api/v1/changes/{number}?limit=1000"),
        format!("/import/{}", preview.token),
        "/search?q=SECRET".to_owned(),
        "/search.json?q=SECRET".to_owned(),
        "/check?severity=waived".to_owned(),
        "/export.xlsx".to_owned(),
        "/?as_of=2100-01-01".to_owned(),
        "/check?as_of=2100-01-01".to_owned(),
    ]);
    paths.sort();
    paths.dedup();

    let (for_staff, _) = walk(&site, &paths).await;
    let hidden: Vec<String> = Kind::ALL
        .iter()
        .flat_map(|k| k.def().columns.iter().map(move |c| (*k, c)))
        .filter(|(k, c)| publicity(k.name(), &c.name) != Publicity::Open)
        .filter(|(k, _)| marked.iter().any(|m| m.kind == *k))
        .filter(|(k, c)| *k != Kind::Waiver || !["code", "record_kind", "record", "field"].contains(&c.name.as_str()))
        .filter_map(|(k, c)| match mark(k, c) {
            Some(Value::Text(mark)) => mark.strip_prefix("SECRET-").map(str::to_owned),
            _ => None,
        })
        .chain(["918273645", "1987-01-02", "2087-01-02", "change-author", "change-reason"].map(str::to_owned))
        .collect();
    for mark in &hidden {
        assert!(for_staff.contains(mark), "{mark} is nowhere, so that the walk proves nothing of it: {for_staff:?}");
    }

    let public = site.for_the_public();
    let (all, where_found) = walk(&public, &paths).await;
    assert!(all.is_empty(), "{}", where_found.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_public_does_not_see_is_not_there() {
    let site = Site::new().await;
    let public = site.for_the_public();
    let world = site.app.world().await.expect("a world");
    for kind in [Kind::Judgement, Kind::Assignment, Kind::Waiver] {
        let id = world.records().rows(kind).next().expect("a record").0.replace('/', "%2F");
        for start in ["/records", "/api/v1/records"] {
            for path in [format!("{start}/{}", kind.sheet()), format!("{start}/{}/{id}", kind.name())] {
                assert_eq!(site.get(&path).await.status, StatusCode::OK, "{path}");
                assert_eq!(public.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
    }
    let kept = app::attach_evidence(&site.app, "a.pdf", b"x".to_vec()).await.expect("kept");
    assert_eq!(site.get(&format!("/{kept}")).await.status, StatusCode::OK);
    assert_ne!(public.get(&format!("/{kept}")).await.status, StatusCode::OK);
    for path in ["/api/v1/changes", "/api/v1/changes/1", "/api/v1/check", "/api/v1/records/plan/P1419R/history"] {
        let answer = public.get(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(answer.header(header::WWW_AUTHENTICATE), "Bearer", "{path}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json", "{path}");
    }
}

/// The figures, statuses and findings that the public does see are those of staff.
#[tokio::test(flavor = "multi_thread")]
async fn the_public_sees_the_same_figures_and_true_findings() {
    let site = Site::new().await;
    let world = site.app.world().await.expect("a world");
    let public = world.seen_by(app::Audience::Public);
    let on = jiff::civil::date(2020, 3, 1);
    for card in app::plans(&world, on) {
        let (own, theirs) = (app::tracking(&world, &card.plan.id, on), app::tracking(&public, &card.plan.id, on));
        assert_eq!(own.periods, theirs.periods);
        for (a, b) in own.rows.iter().zip(&theirs.rows) {
            assert_eq!(a.cells, b.cells, "{}", a.indicator);
            assert_eq!(a.standing.as_ref().map(|s| s.progress), b.standing.as_ref().map(|s| s.progress));
        }
        assert_eq!(app::duties(&world, Some(&card.plan.id), on), app::duties(&public, Some(&card.plan.id), on));
    }
    let (all, seen) = (app::findings(&world, None, on), app::findings(&public, None, on));
    assert!(
        seen.diagnostics.len() * 2 > all.diagnostics.len(),
        "{} of {}",
        seen.diagnostics.len(),
        all.diagnostics.len()
    );
    assert!(seen.n_waived > 0, "a waived finding stays waived");
    for finding in &seen.diagnostics {
        let same =
            |d: &&diag::Diagnostic| d.code == finding.code && d.record == finding.record && d.args == finding.args;
        assert!(all.diagnostics.iter().any(|d| same(&d)), "{finding:?} is not true");
        assert!(finding.pointer.file.is_none(), "where a record came from is internal");
    }
    let page = site.for_the_public().get("/plans/P1419R/tracking").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header(header::CONTENT_TYPE).starts_with("text/html"));
}
