//! Gaps and profiles over the sample programme, against sums made here by hand from its file.

use std::{collections::BTreeSet, sync::Arc};

use app::{App, GapQuestion, GapState, MeasuredColumns, OpenMode, PeerGroup, World};
use jiff::{Timestamp, civil::date};
use model::{
    kinds::{ObservationStatus, PlaceKind, Scope},
    value::{Id, Lang},
};
use tempfile::TempDir;

async fn demo() -> (TempDir, Arc<World>) {
    let folder = TempDir::new().expect("a folder");
    let app = App::open(&folder.path().join("data"), OpenMode::Create).await.expect("opens");
    app::load_demo(&app, Timestamp::now()).await.expect("loads");
    let world = app.world().await.expect("a world");
    (folder, world)
}

fn question(framework: &str) -> GapQuestion {
    GapQuestion { framework: framework.to_owned(), places: Vec::new(), within: None, columns: MeasuredColumns::All }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cell_is_filled_where_and_only_where_somebody_observed_the_city() {
    let (_folder, world) = demo().await;
    let on = date(2026, 11, 22);
    let gaps = app::gap_matrix(&world, &question("sdg"), on).expect("a matrix");
    let n_cities = world.records().places.iter().filter(|p| p.kind == PlaceKind::City).count();
    assert_eq!((gaps.matrix.places.len(), gaps.matrix.indicators.len()), (n_cities, 41));
    let list = app::frameworks();
    let column = |name: &str| {
        let at = list.at(name).expect("a code");
        gaps.matrix.indicators.iter().position(|i| *i == at).expect("a column")
    };
    // Adequate homes carry the code of slums too, and count the other way: they fill no cell.
    for (name, ids) in [
        ("SDG:11.1.1", &["I-1419-Ra", "I-SDG11-1-1", "I-2629-X8"][..]),
        ("SDG:11.2.1", &["I-1419-Rc", "I-SDG11-2-1"][..]),
        ("SDG:16.1.1", &[][..]),
    ] {
        let all = &world.snapshot().observations;
        let wanted: BTreeSet<&str> = all
            .rows()
            .filter(|r| ids.contains(&r.indicator()) && r.scope() != Scope::Delivered && r.breakdown_text().is_empty())
            .filter(|r| matches!(r.status(), ObservationStatus::Measured | ObservationStatus::Estimated))
            .map(|r| r.place())
            .filter(|p| world.records().places.get(p).is_some_and(|p| p.kind == PlaceKind::City))
            .collect();
        let at = column(name);
        let filled: BTreeSet<&str> = gaps
            .matrix
            .places
            .iter()
            .zip(&gaps.matrix.cells)
            .filter(|(_, line)| line[at].found.is_some())
            .map(|(p, _)| p.as_str())
            .collect();
        assert_eq!(filled, wanted, "{name}");
        assert_eq!(gaps.matrix.by_indicator[at].n_filled, wanted.len());
        assert_eq!(gaps.n_in(at, GapState::Missing), n_cities - wanted.len());
    }
    let slums = &gaps.suppliers[column("SDG:11.1.1")];
    assert_eq!(slums.custodian, "UN-Habitat");
    assert!(slums.indicator.is_some() && slums.owner.is_some());
    assert!(gaps.suppliers[column("SDG:16.1.1")].indicator.is_none(), "only the custodian could");
    assert!(app::gap_matrix(&world, &question("none"), on).is_none());

    let csv = String::from_utf8(app::gaps_csv(&world, &gaps, Lang::En)).expect("text");
    assert_eq!(csv.lines().count(), 1 + n_cities * 41);
    let json = app::gaps_json(&gaps, on);
    assert_eq!(json["rows"].as_array().map(Vec::len), Some(n_cities));
    let kenya = GapQuestion { within: Some(Id::new("KEN")), ..question("umf") };
    let kenya = app::gap_matrix(&world, &kenya, on).expect("a matrix");
    assert!(kenya.matrix.places.iter().all(|p| p.as_str().starts_with("KEN-")) && !kenya.matrix.places.is_empty());
    // UMF 1.4.1 is the same thing under another name, and measured by the same.
    let at = list.at("UMF:1.4.1").and_then(|at| kenya.matrix.indicators.iter().position(|i| *i == at)).expect("there");
    let by: Vec<&str> = kenya.matrix.measures[at].iter().map(|i| i.as_str()).collect();
    assert_eq!(by, ["I-1419-Ra", "I-SDG11-1-1", "I-2629-X8"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_shows_what_was_observed_there_and_its_like() {
    let (_folder, world) = demo().await;
    let on = date(2026, 11, 22);
    let nairobi = app::place_profile(&world, &Id::new("KEN-nairobi"), on).expect("a profile");
    let path: Vec<&str> = nairobi.path.iter().map(|p| p.id.as_str()).collect();
    assert_eq!((path.first(), path.last()), (Some(&"001"), Some(&"KEN")));
    assert_eq!(nairobi.size_class.as_deref(), Some("1-5M"));
    let all = &world.snapshot().observations;
    let observed: BTreeSet<(&str, Scope)> =
        all.rows().filter(|r| r.place() == "KEN-nairobi").map(|r| (r.indicator(), r.scope())).collect();
    let shown: BTreeSet<(&str, Scope)> = nairobi.measured.iter().map(|m| (m.indicator.id.as_str(), m.scope)).collect();
    assert_eq!(shown, observed);
    let slums = nairobi.measured.iter().find(|m| m.indicator.id.as_str() == "I-1419-Ra").expect("slums");
    let line = slums.peers.iter().find(|l| l.group == PeerGroup::SizeClass("1-5M".into())).expect("its size");
    let own = slums.latest.answer.value().expect("a value");
    assert!(line.values.iter().any(|(p, v)| p.as_str() == "KEN-nairobi" && *v == own));
    let better = line.values.iter().filter(|(_, v)| *v < own).count();
    assert_eq!((line.peers.rank, line.peers.n), (Some(better + 1), line.values.len()), "less is better");
    for (place, _) in &line.values {
        let people = world.records().places.of(place).and_then(|p| p.population).map_or(0, |n| n.0);
        assert!((1_000_000..5_000_000).contains(&people), "{place} is of another size");
    }
    assert_eq!(slums.frameworks, [app::frameworks().at("SDG:11.1.1").expect("a code")]);

    let kenya = app::place_profile(&world, &Id::new("KEN"), on).expect("a profile");
    assert!(kenya.inside.iter().any(|p| p.id.as_str() == "KEN-nairobi") && kenya.size_class.is_none());
    let slums = kenya.measured.iter().find(|m| m.indicator.id.as_str() == "I-SDG11-1-1").expect("slums");
    assert!(slums.peers.iter().all(|l| matches!(&l.group, PeerGroup::Within(region) if region.as_str() != "KEN")));
    // What begins after the day is not yet.
    let early = app::place_profile(&world, &Id::new("KEN"), date(2005, 6, 1)).expect("a profile");
    let slums = early.measured.iter().find(|m| m.indicator.id.as_str() == "I-SDG11-1-1").expect("slums");
    assert!(slums.latest.key.period.starts_on() <= date(2005, 6, 1));
    assert!(app::place_profile(&world, &Id::new("NOWHERE"), on).is_none());
}
