//! Access decisions as a table of cases: who, when, what, where, and whether.

use jiff::civil::{Date, date};
use model::{
    Kind, Records,
    kinds::Role,
    value::{CellKind, Value},
};

use super::{Actor, Because, Deed, Scope, Subject, decide};

/// A record from `column=value` pairs.
fn put(records: &mut Records, kind: Kind, pairs: &str) {
    let mut row = vec![Value::Null; kind.def().columns.len()];
    for pair in pairs.split_whitespace() {
        let (name, value) = pair.split_once('=').expect("a pair");
        let at = kind.def().column(name).unwrap_or_else(|| panic!("no column {name}"));
        row[at] = match value {
            "true" => Value::Bool(true),
            _ if matches!(kind.def().columns[at].kind, CellKind::Whole(..)) => Value::Whole(value.parse().expect("n")),
            _ if name.ends_with("_on") => Value::Date(value.parse().expect("a day")),
            _ => Value::Text(value.to_owned()),
        };
    }
    records.put(kind, &row, None).unwrap_or_else(|missing| panic!("{pairs}: without {missing:?}"));
}

/// HQ above RO above CO and CX; a partner outside of the tree; plans P and Q, results R1 above R2 in P.
fn organisation() -> Records {
    let mut r = Records::default();
    for unit in [
        "id=HQ title_en=HQ kind=organisation",
        "id=RO title_en=RO kind=regional_office parent=HQ",
        "id=CO title_en=CO kind=country_office parent=RO",
        "id=CX title_en=CX kind=country_office parent=RO",
        "id=PA title_en=PA kind=partner",
    ] {
        put(&mut r, Kind::Unit, unit);
    }
    for result in [
        "id=R1 plan=P level=1 code=1 title_en=R1",
        "id=R2 plan=P level=2 code=2 title_en=R2 parent=R1",
        "id=S plan=Q level=1 code=1 title_en=S",
    ] {
        put(&mut r, Kind::Result, result);
    }
    for grant in [
        "id=G1 person=manager role=contributor unit=CO",
        "id=G2 person=region role=reviewer unit=RO",
        "id=G3 person=chief role=planner",
        "id=G4 person=part role=planner result=R1",
        "id=G5 person=plan role=planner plan=Q",
        "id=G6 person=left role=contributor unit=CO ends_on=2026-06-30",
        "id=G7 person=later role=contributor unit=CO starts_on=2026-07-01",
        "id=G8 person=barred role=contributor unit=HQ",
        "id=G9 person=barred role=contributor unit=CX refused=true",
        "id=G10 person=admin role=administrator",
        "id=G11 person=top role=reviewer unit=HQ",
    ] {
        put(&mut r, Kind::Grant, grant);
    }
    put(&mut r, Kind::Deputy, "person=region deputy=helper starts_on=2026-06-01 ends_on=2026-06-30");
    put(&mut r, Kind::Deputy, "person=helper deputy=helpers-helper starts_on=2026-06-01 ends_on=2026-06-30");
    r
}

const JUNE: Date = date(2026, 6, 15);
const JULY: Date = date(2026, 7, 15);

fn person(code: &str) -> Actor {
    Actor::Person { code: code.to_owned(), scopes: None }
}

fn at(text: &str) -> Subject {
    match text.split_once('=') {
        Some(("unit", unit)) => Subject::unit(unit),
        Some((kind, id)) => {
            let mut row = vec![Value::Null; Kind::Target.def().columns.len()];
            assert_eq!(kind, "result");
            let mut records = organisation();
            put(
                &mut records,
                Kind::Indicator,
                &format!("id=I title_en=I result={id} measure=flow unit=n status=confirmed"),
            );
            row[Kind::Target.def().column("indicator").expect("a column")] = Value::Text("I".to_owned());
            Subject::of_row(&records, Kind::Target, &row)
        }
        None if text == "organisation" => Subject::organisation(),
        None => Subject::Anywhere,
    }
}

#[test]
fn decisions() {
    let records = organisation();
    let write = Deed::Write(Kind::Observation);
    let agree = Deed::Agree(Role::Reviewer);
    for (who, deed, subject, on, expected) in [
        ("manager", write, "unit=CO", JUNE, true),
        ("manager", write, "unit=CX", JUNE, false),
        ("manager", write, "unit=RO", JUNE, false),
        ("manager", write, "organisation", JUNE, false),
        ("manager", write, "anywhere", JUNE, true),
        ("manager", Deed::Write(Kind::Target), "unit=CO", JUNE, false),
        ("manager", Deed::Write(Kind::Grant), "unit=CO", JUNE, false),
        ("manager", Deed::ReadInternal, "anywhere", JUNE, true),
        ("manager", Deed::ReadPersonal, "anywhere", JUNE, false),
        ("manager", agree, "unit=CO", JUNE, false),
        ("region", agree, "unit=CO", JUNE, true),
        ("region", agree, "unit=RO", JUNE, true),
        ("region", agree, "unit=HQ", JUNE, false),
        ("region", agree, "unit=PA", JUNE, false),
        ("region", write, "unit=CO", JUNE, false),
        ("helper", agree, "unit=CO", JUNE, true),
        ("helper", agree, "unit=CO", JULY, false),
        // Standing in does not go on from one to the next.
        ("helpers-helper", agree, "unit=CO", JUNE, false),
        ("chief", Deed::Write(Kind::Target), "organisation", JUNE, true),
        ("chief", Deed::Administer, "organisation", JUNE, false),
        ("part", Deed::Write(Kind::Target), "result=R2", JUNE, true),
        ("part", Deed::Write(Kind::Target), "result=S", JUNE, false),
        ("part", Deed::Write(Kind::Target), "unit=CO", JUNE, false),
        ("plan", Deed::Write(Kind::Target), "result=S", JUNE, true),
        ("plan", Deed::Write(Kind::Target), "result=R2", JUNE, false),
        ("left", write, "unit=CO", JUNE, true),
        ("left", write, "unit=CO", JULY, false),
        ("later", write, "unit=CO", JUNE, false),
        ("later", write, "unit=CO", JULY, true),
        ("barred", write, "unit=CO", JUNE, true),
        ("barred", write, "unit=CX", JUNE, false),
        ("barred", write, "organisation", JUNE, true),
        ("admin", Deed::Administer, "organisation", JUNE, true),
        ("admin", Deed::Audit, "anywhere", JUNE, true),
        ("admin", write, "unit=CO", JUNE, false),
        ("top", agree, "organisation", JUNE, true),
        ("nobody", Deed::ReadInternal, "anywhere", JUNE, false),
        ("nobody", Deed::ReadOpen, "anywhere", JUNE, true),
    ] {
        let decision = decide(&records, &person(who), deed, &at(subject), on);
        assert_eq!(decision.allowed, expected, "{who} {deed:?} {subject} {on}: {:?}", decision.because);
        assert!(!decision.because.is_empty());
    }
}

#[test]
fn a_refusal_names_itself() {
    let decision = decide(&organisation(), &person("barred"), Deed::Write(Kind::Output), &Subject::unit("CX"), JUNE);
    assert_eq!(decision.because, [Because::Refused { grant: "G9".to_owned() }]);
}

#[test]
fn a_deputy_acts_in_anothers_name() {
    let decision = decide(&organisation(), &person("helper"), Deed::Agree(Role::Reviewer), &Subject::unit("CO"), JUNE);
    assert_eq!(decision.on_behalf().collect::<Vec<_>>(), ["region"]);
}

#[test]
fn a_token_does_no_more_than_its_scopes() {
    let records = organisation();
    for (scopes, deed, expected) in [
        (vec![Scope::Read], Deed::ReadInternal, true),
        (vec![Scope::Read], Deed::Write(Kind::Observation), false),
        (vec![Scope::Read, Scope::Write], Deed::Write(Kind::Observation), true),
        (vec![Scope::Write], Deed::ReadInternal, false),
        (vec![], Deed::ReadInternal, false),
    ] {
        let actor = Actor::Person { code: "manager".to_owned(), scopes: Some(scopes.clone()) };
        assert_eq!(decide(&records, &actor, deed, &Subject::unit("CO"), JUNE).allowed, expected, "{scopes:?} {deed:?}");
    }
}

#[test]
fn the_public_reads_what_is_open_and_the_machine_does_everything() {
    let records = organisation();
    let local = Actor::Local { name: "anna".to_owned() };
    for kind in Kind::ALL {
        let deed = Deed::Write(*kind);
        assert!(!decide(&records, &Actor::Public, deed, &Subject::Anywhere, JUNE).allowed);
        assert!(decide(&records, &local, deed, &Subject::organisation(), JUNE).allowed);
        assert!(!deed.roles().is_empty(), "nobody writes {kind:?}");
    }
    assert!(decide(&records, &Actor::Public, Deed::ReadOpen, &Subject::Anywhere, JUNE).allowed);
}

#[test]
fn only_administrators_give_rights() {
    for kind in [Kind::Grant, Kind::Deputy, Kind::Lane, Kind::LaneStep, Kind::Unit] {
        assert_eq!(Deed::Write(kind).roles(), [Role::Administrator], "{kind:?}");
    }
}
