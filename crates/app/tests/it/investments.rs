//! Lists of investments, and functional areas with their members, from the tables that people import.

use app::{
    App, Criterion, InvestmentQuestion, NamedBytes, OpenMode, Unranked, Weights, areas_of, investment_list,
    investments_csv, investments_geojson, investments_json, members_of, place_profile,
};
use jiff::{Timestamp, civil::date};
use model::{
    figure::FigureKey,
    kinds::{AreaRole, Scope},
    value::{Breakdown, Currency, Id, Lang, Period},
};
use register::access::Actor;
use tempfile::TempDir;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().expect("an instant")
}

async fn demo() -> (TempDir, App) {
    let folder = TempDir::new().expect("a folder");
    let app = App::open(folder.path(), OpenMode::Create).await.expect("opens");
    app::load_demo(&app, now()).await.expect("loads");
    (folder, app)
}

/// Imports tables; the codes of what stands against it.
async fn import(app: &App, tables: &[(&str, &str)]) -> Vec<&'static str> {
    let file = |(name, text): &(&str, &str)| NamedBytes { name: (*name).into(), bytes: text.as_bytes().to_vec() };
    let files = tables.iter().map(file).collect();
    let preview = app::preview_import(app, "tables", files, date(2026, 11, 22), &|_, _| {}).await.expect("read");
    let by = Actor::Local { name: "t".into() };
    if !preview.can_confirm {
        return preview.diagnostics.iter().filter(|d| d.blocks()).map(|d| d.code.id).collect();
    }
    app::confirm_import(app, &preview.token, &by, "tables", now()).await.expect("waits").expect("accepted");
    Vec::new()
}

const NEEDS: &str = "indicator,place,period,scope,value\n\
    I-SDG11-2-1,KEN-nairobi,2024,global,41\n\
    I-SDG11-2-1,KEN-mombasa,2024,global,55\n\
    I-SDG11-2-1,KEN-kisumu,2023,global,30\n\
    I-SDG11-2-1,UGA-kampala,2024,global,35\n";

const INVESTMENTS: &str = "id,title_en,place,longitude,latitude,need,people,cost,cost_currency,secured,secured_currency,finance,stage\n\
    INV-1,Bus lanes,KEN-nairobi,36.87,-1.285,I-SDG11-2-1,600000,48000000,USD,12000000,USD,development_bank,feasibility\n\
    INV-2,Footbridges,KEN-nairobi,,,I-SDG11-2-1,250000,3500000,USD,0,USD,city,idea\n\
    INV-3,\"=Terminal, new\",KEN-mombasa,,,I-SDG11-2-1,180000,22000000,USD,11000000,USD,government,ready\n\
    INV-4,Market street,KEN-kisumu,,,I-SDG11-2-1,90000,2600000,USD,,,open,idea\n\
    INV-5,Drainage,KEN-mombasa,,,,120000,7000000,EUR,0,EUR,open,idea\n\
    INV-6,Station in use,UGA-kampala,,,I-SDG11-2-1,90000,4000000,USD,4000000,USD,grant,completed\n";

#[tokio::test(flavor = "multi_thread")]
async fn investments_are_ranked_by_hand_and_the_order_can_be_made_again() {
    let (_folder, app) = demo().await;
    assert_eq!(import(&app, &[("observations.csv", NEEDS), ("investments.csv", INVESTMENTS)]).await, [""; 0]);
    let world = app.world().await.expect("a world");
    let list = investment_list(&world, &InvestmentQuestion::default());
    assert_eq!((list.currency, list.currencies.len(), list.n_unmapped()), (Currency::USD, 2, 0));
    // Of three other cities one is better off than Nairobi, none than Mombasa. By person Nairobi's bridges cost 14, the
    // lanes 80, the terminal 122, so that two, one and none of them cost more; Kisumu's street costs 29 and takes part in that.
    let third = 1.0 / 3.0;
    let told: Vec<_> = list.ranked.iter().map(|l| (l.investment.id.as_str(), l.priority.expect("ranked"))).collect();
    let wanted = [
        ("INV-2", [third, 1.0, 0.0], 1, (1, 3)),
        ("INV-1", [third, third, 0.25], 2, (1, 2)),
        ("INV-3", [0.0, 0.0, 0.5], 3, (1, 3)),
    ];
    assert_eq!(told.len(), wanted.len());
    for ((id, found), (wanted, criteria, rank, between)) in told.iter().zip(wanted) {
        assert_eq!((*id, found.rank, found.between), (wanted, rank, between));
        for (a, b) in found.criteria.into_iter().zip(criteria) {
            assert!((a.expect("known") - b).abs() < 1e-12, "{id}: {:?}", found.criteria);
        }
        let score = (50.0 * criteria[0] + 30.0 * criteria[1] + 20.0 * criteria[2]) / 100.0;
        assert!((found.score - score).abs() < 1e-12, "{id}: {}", found.score);
    }
    let why: Vec<_> = list.unranked.iter().map(|l| (l.investment.id.as_str(), l.unranked.clone())).collect();
    assert_eq!(why, [("INV-4", vec![Unranked::NoFinance]), ("INV-5", vec![Unranked::NoNeed, Unranked::OtherCurrency])]);
    assert_eq!(list.decided.iter().map(|l| l.investment.id.as_str()).collect::<Vec<_>>(), ["INV-6"]);
    // The site where it is known, else the place's own coordinates.
    assert_eq!(list.lines().find(|l| l.investment.id.as_str() == "INV-1").and_then(|l| l.at), Some((36.87, -1.285)));
    assert_eq!(list.ranked[0].at, Some((36.8167, -1.2833)));
    // The same question gives the same answer, byte for byte; what weighs nothing is not missed.
    let again = investment_list(&world, &InvestmentQuestion::default());
    assert_eq!(investments_json(&world, &list), investments_json(&world, &again));
    let weights = Weights::new([50.0, 50.0, 0.0]).expect("weights");
    let of_kenya = InvestmentQuestion { place: Some(Id::new("KEN")), weights, currency: None };
    let kenya = investment_list(&world, &of_kenya);
    assert_eq!(kenya.ranked[0].investment.id.as_str(), "INV-4", "nobody is worse off than Kisumu, and it is cheap");
    assert_eq!(kenya.ranked[0].priority.and_then(|p| p.criteria[Criterion::Finance as usize]), None);
    assert!(kenya.decided.is_empty(), "Kampala lies elsewhere");

    let csv = String::from_utf8(investments_csv(&list, Lang::En)).expect("utf-8");
    assert_eq!(csv.lines().count(), 7);
    assert!(csv.contains("\"'=Terminal, new\""), "a title is no formula: {csv}");
    let points: serde_json::Value =
        serde_json::from_slice(&investments_geojson(&list, Lang::En).expect("written")).expect("json");
    assert_eq!(points["features"].as_array().map(Vec::len), Some(6));
    assert_eq!(points["features"][0]["properties"]["rank"], 1);
    assert_eq!(points["features"][0]["properties"]["cost"], 3_500_000.0);
    let profile = place_profile(&world, &Id::new("KEN-nairobi"), date(2026, 11, 22)).expect("Nairobi");
    assert_eq!(profile.n_investments, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_investment_or_a_member_cannot_be_is_refused_whole() {
    let (_folder, app) = demo().await;
    let head = INVESTMENTS.lines().next().expect("a head");
    for (row, code) in [
        ("A,A,KEN-nairobi,,,,1,100,USD,101,USD,open,idea", "REG031"),
        ("A,A,KEN-nairobi,,,,1,100,USD,50,EUR,open,idea", "REG031"),
        ("A,A,KEN-nairobi,190,0,,1,100,USD,,,open,idea", "REG015"),
        ("A,A,KEN-nowhere,,,,1,100,USD,,,open,idea", "REG002"),
    ] {
        assert_eq!(import(&app, &[("investments.csv", &format!("{head}\n{row}\n"))]).await, [code], "{row}");
    }
    let places = "id,kind,title_en,parent\nFUA-N,functional_area,Greater Nairobi,KEN\n";
    let head = "area,member,valid_from,valid_to,role,commuters_percent\n";
    for (row, code) in [
        ("KEN-nairobi,KEN-mombasa,2020-01-01,,city,", "REG029"),
        ("FUA-N,FUA-N,2020-01-01,,city,", "REG029"),
        ("FUA-N,KEN-nairobi,2020-01-01,2019-01-01,city,", "REG009"),
        ("FUA-N,KEN-nairobi,2020-01-01,,city,101", "REG032"),
    ] {
        let members = format!("{head}{row}\n");
        assert_eq!(import(&app, &[("places.csv", places), ("area_members.csv", &members)]).await, [code], "{row}");
    }
    let inside = "id,kind,title_en,parent\nFUA-N,functional_area,Greater Nairobi,KEN\nX,city,X,FUA-N\n";
    assert_eq!(import(&app, &[("places.csv", inside)]).await, ["REG030"]);
    // A place that others lie in cannot become an area either.
    let becomes = "id,kind,title_en,parent\nKEN,functional_area,Kenya,\n";
    let found = import(&app, &[("places.csv", becomes)]).await;
    assert!(!found.is_empty() && found.iter().all(|code| *code == "REG030"), "{found:?}");
    assert!(app.world().await.expect("a world").records().area_members.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_functional_area_has_members_and_is_counted_in_no_sum() {
    let (_folder, app) = demo().await;
    let places = "id,kind,title_en,parent,population\nFUA-N,functional_area,Greater Nairobi,KEN,4000000\n\
        KEN-thika,city,Thika,KEN,279429\n";
    let members = "area,member,valid_from,valid_to,role,commuters_percent\n\
        FUA-N,KEN-thika,2020-01-01,,commuting_zone,21.5\nFUA-N,KEN-nairobi,2020-01-01,,city,90\n\
        FUA-N,KEN-kisumu,2010-01-01,2019-12-31,associated,\n";
    // Nobody else reports for 2031.
    let people = "indicator,place,period,scope,value\nI-URBPOP,KEN-nairobi,2031,global,100\n\
        I-URBPOP,KEN-thika,2031,global,10\nI-URBPOP,FUA-N,2031,global,120\n";
    let tables = [("places.csv", places), ("area_members.csv", members), ("observations.csv", people)];
    assert_eq!(import(&app, &tables).await, [""; 0]);
    let world = app.world().await.expect("a world");
    let area = Id::new("FUA-N");
    let of = |on| {
        let members = members_of(&world, &area, on);
        members.iter().map(|m| (m.other.id.to_string(), m.member.role)).collect::<Vec<_>>()
    };
    let both = [("KEN-nairobi".to_owned(), AreaRole::City), ("KEN-thika".to_owned(), AreaRole::CommutingZone)];
    assert_eq!(of(date(2026, 1, 1)), both);
    assert_eq!(of(date(2019, 12, 31)), [("KEN-kisumu".to_owned(), AreaRole::Associated)]);
    assert_eq!(areas_of(&world, &Id::new("KEN-thika"), date(2026, 1, 1))[0].other.id, area);
    let profile = place_profile(&world, &area, date(2026, 11, 22)).expect("the area");
    assert_eq!(profile.people_of_members, (2_750_547 + 279_429, 2));
    assert_eq!(profile.path.last().map(|p| p.id.to_string()), Some("KEN".to_owned()), "it is told where it lies");
    // The area's own figure is its own; its country and all places are made of the cities.
    let value = async |place: Option<&str>| {
        let key = FigureKey {
            indicator: Id::new("I-URBPOP"),
            scope: Scope::Global,
            place: place.map(Id::new),
            period: Period::parse("2031").expect("a year"),
            breakdown: Breakdown::default(),
        };
        app::explain(&app, &world, &key).await.expect("read").expect("an indicator").figure.answer.value()
    };
    let found = (value(Some("FUA-N")).await, value(Some("KEN")).await, value(None).await);
    assert_eq!(found, (Some(120.0), Some(110.0), Some(110.0)));
}
