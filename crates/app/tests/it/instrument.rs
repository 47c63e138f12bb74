//! A filled questionnaire: handed in as one change or not at all, compared with the one before, agreed on by several.

use app::{
    App, OpenMode,
    access::Actor,
    instrument::{
        Answers, Filled, FormStart, Given, Verdict, instrument_form, instruments, response_result, responses,
        save_response, score_answers,
    },
    proposals::Written,
};
use jiff::{Timestamp, civil::date};
use model::{kinds::ResponseState, value::Lang};
use serde_json::json;

const SUBJECT: &str = "KEN-nairobi";

async fn demo() -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let app = App::open(&folder.path().join("data"), OpenMode::Create).await.expect("opens");
    app::load_demo(&app, now()).await.expect("loads");
    (app, folder)
}

fn now() -> Timestamp {
    "2026-11-22T08:00:00Z".parse().expect("an instant")
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    let plan = [
        ("stage", "plan"),
        ("homes", "120"),
        ("cost_share", "30"),
        ("jobs_reach", "walk"),
        ("site_hazard", "safe"),
        ("participation", "decide"),
        ("tenure", "nobody"),
        ("heritage", "kept"),
    ];
    let given = |value: &str| Given { value: value.to_owned(), evidence: "a.pdf".to_owned(), ..Given::default() };
    plan.iter().chain(pairs).map(|(id, value)| ((*id).to_owned(), given(value))).collect()
}

fn filled(on: jiff::civil::Date, role: &str, answers: Answers) -> Filled {
    Filled {
        instrument: "housing-self-rating".to_owned(),
        version: 1,
        subject: SUBJECT.to_owned(),
        role: role.to_owned(),
        state: ResponseState::Submitted,
        on,
        note: String::new(),
        answers,
    }
}

async fn saved(app: &App, filled: Filled) -> String {
    let by = Actor::Local { name: "tester".to_owned() };
    let (written, id) = save_response(app, filled, &by, now()).await.expect("answers").expect("taken");
    assert!(matches!(written, Written::InForce(_)));
    id.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_questionnaire_is_handed_in_whole_compared_and_agreed_on() {
    let (app, _folder) = demo().await;
    let before = app.world().await.expect("a world");

    // What is wrong is told question by question, and nothing is written.
    let mut wrong = answers(&[("cost_share", "130")]);
    wrong.remove("heritage");
    wrong.get_mut("site_hazard").expect("given").evidence.clear();
    let by = Actor::Local { name: "tester".to_owned() };
    let found = save_response(&app, filled(date(2026, 1, 10), "", wrong), &by, now()).await.expect("answers");
    let found: Vec<(&str, String)> =
        found.expect_err("refused").into_iter().map(|d| (d.code.id, d.field.unwrap_or_default())).collect();
    let expected = [("INS016", "cost_share"), ("INS018", "site_hazard"), ("INS017", "heritage")];
    assert_eq!(found, expected.map(|(code, field)| (code, field.to_owned())));
    let nowhere = Filled { subject: "NOPE".to_owned(), ..filled(date(2026, 1, 10), "", answers(&[])) };
    let found = save_response(&app, nowhere, &by, now()).await.expect("answers").expect_err("refused");
    assert_eq!(found[0].code.id, "INS020");
    assert_eq!(app.world().await.expect("a world").snapshot().position, before.snapshot().position);

    // One change; what is not asked at this stage is not kept.
    let first = saved(&app, filled(date(2026, 1, 10), "", answers(&[("satisfied", "5")]))).await;
    let world = app.world().await.expect("a world");
    assert_eq!(world.snapshot().position, before.snapshot().position + 1);
    assert!(!world.records().answers.contains(&format!("{first}/satisfied")));
    assert!(world.records().answers.contains(&format!("{first}/heritage")));
    let found = response_result(&world, &first).expect("there").expect("known");
    // Economic (2 × 80 + 100) / 3; the site is safe; residents decide and nobody lives there; heritage is kept.
    let total = found.scored.total.expect("a total");
    assert!((total - (260.0 / 3.0 + 300.0) / 4.0).abs() < 1e-9, "{total}");
    assert_eq!((found.scored.verdict, found.earlier.is_none(), found.views.is_none()), (Verdict::Met, true, true));

    // Half a year later two answer: each is compared with the first time and with the other.
    let worse = answers(&[("participation", "inform"), ("cost_share", "40")]);
    let second = saved(&app, filled(date(2026, 7, 1), "residents", worse)).await;
    let third = saved(&app, filled(date(2026, 7, 9), "city", answers(&[]))).await;
    let world = app.world().await.expect("a world");
    let found = response_result(&world, &second).expect("there").expect("known");
    let (earlier, change) = found.earlier.expect("an earlier one");
    assert_eq!((earlier.id.as_str(), change.sections[3].by()), (first.as_str(), Some(-75.0)));
    assert_eq!(found.scored.verdict, Verdict::NotMet, "the social section has 25");
    let views = found.views.expect("two views");
    assert!(views.sections[3].1.expect("scores").disagrees() && !views.sections[2].1.expect("scores").disagrees());
    assert_eq!(response_result(&world, &third).expect("there").expect("known").round.len(), 2);

    // What both said stands in the form of the consensus, the rest is open; then it closes the round.
    let form = instrument_form(&world, "housing-self-rating", SUBJECT, FormStart::Consensus).expect("a form");
    assert_eq!((form.n_views, form.answers.contains_key("heritage")), (2, true));
    assert!(!form.answers.contains_key("participation") && !form.answers.contains_key("cost_share"));
    let agreed = Filled { state: ResponseState::Consensus, ..filled(date(2026, 7, 20), "", answers(&[])) };
    let agreed = saved(&app, agreed).await;
    let again = saved(&app, filled(date(2026, 8, 1), "city", answers(&[]))).await;
    let world = app.world().await.expect("a world");
    let found = response_result(&world, &again).expect("there").expect("known");
    assert_eq!(found.earlier.expect("an earlier one").0.id.as_str(), agreed, "a consensus goes before any view");

    assert_eq!(responses(&world, None, Some(("place", SUBJECT))).len(), 5);
    let card = instruments(&world).into_iter().find(|c| c.questionnaire.id == "housing-self-rating").expect("listed");
    assert_eq!((card.n_subjects, card.last_on), (3, Some(date(2026, 8, 1))));
    assert!(response_result(&world.seen_by(app::Audience::Public), &first).is_none(), "responses are internal");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_has_whole_responses_only() {
    let (app, _folder) = demo().await;
    let world = app.world().await.expect("a world");
    let all = responses(&world, None, None);
    assert!(all.len() >= 6);
    for line in &all {
        let scored = line.scored.as_ref().expect("a questionnaire of the program");
        assert!(scored.missing.is_empty() && scored.missing_evidence.is_empty(), "{}: {scored:?}", line.response.id);
    }
    let found = response_result(&world, "RSP-HERAT-2018-A").expect("there").expect("known");
    assert!(found.views.is_some() && found.round.len() == 2);
    let found = response_result(&world, "RSP-KISUMU-2017").expect("there").expect("known");
    assert_eq!(found.earlier.expect("an earlier one").0.id.as_str(), "RSP-KISUMU-2015");
}

#[test]
fn a_file_of_answers_is_scored_without_a_register() {
    let world = app::World::new(snapshot::Snapshot::default());
    let one = |role: &str, participation: &str| {
        let answers = json!({"stage": "plan", "homes": 120, "cost_share": 30, "jobs_reach": "walk", "tenure": "nobody",
            "site_hazard": {"value": "safe", "evidence": "a.pdf"}, "participation": participation, "heritage": "kept"});
        json!({"role": role, "answers": answers})
    };
    let file = json!([one("city", "decide"), one("residents", "inform")]).to_string();
    let found = score_answers(&world, &file, Some("housing-self-rating"), Lang::Ar).expect("scored");
    assert_eq!(found["responses"][0]["errors"], json!([]));
    assert_eq!(found["responses"][1]["verdict"], "not-met");
    assert_eq!(found["views"]["sections"][3]["scores"]["disagree"], true);
    assert_eq!(found["change"]["sections"][3]["by"], -75.0);
    let codes = |file: &str| score_answers(&world, file, None, Lang::En).expect_err("refused")[0].code.id;
    assert_eq!((codes("[{"), codes("{\"answers\": {}}")), ("INS021", "INS021"));
    assert_eq!(codes("{\"instrument\": \"nope\", \"answers\": {}}"), "INS019");
    assert_eq!(codes("{\"instrument\": \"markers\", \"answer\": {}}"), "INS021");
}
