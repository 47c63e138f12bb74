//! Scores by hand, the cases shared with the page's own scoring, and everything that makes a questionnaire unsound.

use serde_json::{Value as Json, json};

use super::*;

/// Cases that the script of the form computes too: `npm test` in `islands`.
fn shared() -> Json {
    serde_json::from_str(include_str!("../../../../islands/test/scores.json")).expect("json")
}

fn read(json: &Json) -> Questionnaire {
    Questionnaire::read(json.to_string().as_bytes()).expect("a sound questionnaire")
}

fn answers(json: &Json) -> Answers {
    let given = |value: &Json| Given { value: value.as_str().expect("text").to_owned(), ..Given::default() };
    json.as_object().expect("answers").iter().map(|(id, value)| (id.clone(), given(value))).collect()
}

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (a, b) => a == b,
    }
}

#[test]
fn the_shared_cases_score_as_computed_by_hand() {
    let shared = shared();
    for case in shared["scores"].as_array().expect("cases") {
        let mut instrument = shared["instrument"].clone();
        if let Some(aggregation) = case.get("aggregation") {
            instrument["aggregation"] = aggregation.clone();
        }
        let scored = score(&read(&instrument), &answers(&case["answers"]));
        let sections: Vec<Option<f64>> =
            case["sections"].as_array().expect("a list").iter().map(Json::as_f64).collect();
        assert!(scored.sections.iter().zip(&sections).all(|(s, e)| near(s.score, *e)), "{case} {:?}", scored.sections);
        assert!(near(scored.total, case["total"].as_f64()), "{case} {:?}", scored.total);
        let coverage = case["answered"].as_f64().expect("n") / case["asked"].as_f64().expect("n");
        assert!(near(Some(scored.coverage), Some(coverage)), "{case} {}", scored.coverage);
    }
}

#[test]
fn the_shared_conditions_hold_where_they_should() {
    let shared = shared();
    for case in shared["conditions"].as_array().expect("cases") {
        let mut instrument = shared["instrument"].clone();
        instrument["sections"][3]["relevant"] = case["condition"].clone();
        let replies = read(&instrument).replies(&answers(&case["answers"]));
        assert_eq!(Json::from(replies[7].is_some()), case["holds"], "{case}");
    }
}

fn given(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(id, v)| ((*id).to_owned(), Given { value: (*v).to_owned(), ..Given::default() })).collect()
}

#[test]
fn levels_verdict_and_actions_follow_from_the_scores() {
    let q = read(&shared()["instrument"]);
    let scored = score(&q, &given(&[("a", "none"), ("d", "3"), ("e", "25"), ("f", "x y")]));
    // First is 0, below 40; second (50 + 30 + 100) / 3 = 60, of the upper level; the total (0 + 3 × 60) / 4 = 45.
    assert_eq!(scored.sections.iter().map(|s| s.level).collect::<Vec<_>>(), [Some(0), Some(1), None, None]);
    assert_eq!((scored.total, scored.level, scored.verdict), (Some(45.0), Some(0), Verdict::NotMet));
    assert!(scored.sections[0].is_below_required && !scored.sections[1].is_below_required);
    // A loses all of its quarter: 25. E loses 70 of a third of three quarters: 17.5; D 50 of it: 12.5.
    let actions: Vec<(&str, f64)> = scored.actions.iter().map(|a| (a.question.as_str(), a.loss)).collect();
    assert_eq!(actions.iter().map(|a| a.0).collect::<Vec<_>>(), ["a", "e", "d"]);
    assert!(actions.iter().zip([25.0, 17.5, 12.5]).all(|(a, loss)| (a.1 - loss).abs() < 1e-9), "{actions:?}");
    let shares: f64 = scored.questions.iter().map(|q| q.share).sum();
    assert!((shares - 1.0).abs() < 1e-9, "shares are of the whole: {shares}");

    let met = score(&q, &given(&[("a", "half"), ("d", "3")]));
    assert_eq!(met.verdict, Verdict::Met);
    let open = score(&q, &given(&[("a", "half")]));
    assert_eq!(open.verdict, Verdict::Open, "the second section has no score yet");
    assert_eq!(score(&q, &given(&[])).verdict, Verdict::Open);
    let out = score(&q, &given(&[("a", "na"), ("d", "3")]));
    assert_eq!(out.verdict, Verdict::Met, "a section of which nothing applies holds nothing up");
}

#[test]
fn a_mean_of_equal_scores_is_at_their_level_whatever_the_weights() {
    let mut json = shared()["instrument"].clone();
    for (i, weight) in [0.1, 0.2, 0.3].into_iter().enumerate() {
        json["sections"][1]["questions"][i]["weight"] = json!(weight);
    }
    json["levels"][1]["from"] = json!(60);
    json["sections"][1]["questions"][0]["steps"] = json!(6);
    let scored = score(&read(&json), &given(&[("d", "4"), ("e", "50"), ("f", "x")]));
    assert_eq!(scored.sections[1].level, Some(1), "{:?}", scored.sections[1].score);
}

#[test]
fn what_must_be_answered_and_shown_is_missed_only_where_it_is_asked() {
    let mut json = shared()["instrument"].clone();
    json["sections"][0]["questions"][1]["required"] = json!(true);
    json["sections"][0]["questions"][1]["evidence"] = json!("required");
    let q = read(&json);
    let codes = |answers: &Answers| -> Vec<(&str, Option<String>)> {
        faults(&q, answers).into_iter().map(|d| (d.code.id, d.field)).collect()
    };
    assert_eq!(codes(&given(&[("a", "none")])), []);
    assert_eq!(codes(&given(&[("a", "half")])), [("INS017", Some("b".to_owned()))]);
    assert_eq!(codes(&given(&[("a", "half"), ("b", "yes")])), [("INS018", Some("b".to_owned()))]);
    assert_eq!(codes(&given(&[("a", "half"), ("b", "no")])), [], "nothing to show for a no");
    assert_eq!(
        codes(&given(&[("e", "300"), ("nope", "1")])).iter().map(|c| c.0).collect::<Vec<_>>(),
        ["INS015", "INS016"]
    );
    assert_eq!(codes(&given(&[])), [("INS022", None)]);
    let scored = score(&q, &given(&[("a", "half")]));
    assert_eq!((scored.missing, scored.verdict), (vec!["b".to_owned()], Verdict::Open));
    let mut shown = given(&[("a", "half"), ("b", "yes")]);
    assert_eq!(score(&q, &shown).missing_evidence, ["b"]);
    shown.get_mut("b").expect("b").evidence = "minutes.pdf".to_owned();
    assert_eq!((codes(&shown), score(&q, &shown).missing_evidence), (vec![], vec![]));
}

#[test]
fn respondents_are_compared_and_their_common_answers_kept() {
    let q = read(&shared()["instrument"]);
    let all = [
        given(&[("a", "half"), ("b", "yes"), ("d", "1"), ("e", "50")]),
        given(&[("a", "half"), ("b", "yes"), ("d", "5"), ("e", "50.0")]),
        given(&[("a", "half"), ("d", "3"), ("e", "50"), ("f", "x")]),
    ];
    let scored: Vec<Scored> = all.iter().map(|a| score(&q, a)).collect();
    let found = views(&q, &scored);
    let d = found.questions[3].1.expect("scores");
    assert_eq!((d.n, d.mean, d.lowest, d.highest, d.disagrees()), (3, 50.0, 0.0, 100.0, true));
    assert!(!found.questions[4].1.expect("scores").disagrees());
    // Second: (0 + 60) / 2, (100 + 60) / 2, (50 + 60 + 60) / 3.
    let second = found.sections[1].1.expect("scores");
    assert_eq!((second.lowest, second.highest), (30.0, 80.0));
    assert!((second.mean - (30.0 + 80.0 + 170.0 / 3.0) / 3.0).abs() < 1e-9);
    let common = agreed(&q, &all);
    assert_eq!(common.keys().collect::<Vec<_>>(), ["a", "e"], "b was left out by one, d answered in three ways");
    assert_eq!(agreed(&q, &[]), Answers::new());
}

#[test]
fn a_change_is_told_where_there_was_a_score_both_times() {
    let q = read(&shared()["instrument"]);
    let before = score(&q, &given(&[("a", "none"), ("d", "3")]));
    let now = score(&q, &given(&[("a", "half"), ("d", "3"), ("g", "yes")]));
    let change = change(&now, &before);
    let by: Vec<Option<f64>> = change.sections.iter().map(SectionChange::by).collect();
    assert_eq!(by, [Some(50.0), Some(0.0), None, None]);
    // (0 + 150) / 4 = 37.5 and (50 + 150) / 4 = 50.
    assert_eq!(change.by(), Some(12.5));
}

/// Changes one part of the shared questionnaire, and expects one finding.
fn check(pointer: &str, value: Json, code: &str) {
    let mut json = shared()["instrument"].clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = json.pointer_mut(parent).expect(pointer);
    match key.parse::<usize>() {
        Ok(i) => parent[i] = value,
        Err(_) => parent[key] = value,
    }
    let found = Questionnaire::read(json.to_string().as_bytes()).expect_err(pointer);
    assert!(found.iter().any(|d| d.code.id == code), "{pointer}: {found:?}");
    let text = format!("{found:?}");
    assert!(found.len() <= 3, "{text}");
}

#[test]
fn every_unsound_part_is_found() {
    let text = json!({"en": "E", "ar": "ع", "zh": "中"});
    check("/wieght", json!(1), "INS001");
    check("/id", json!("Not Kebab"), "INS002");
    check("/sections/0/questions/0/id", json!("A B"), "INS002");
    check("/sections/1/id", json!("first"), "INS003");
    check("/sections/1/questions/0/id", json!("c"), "INS003");
    check("/sections/0/questions/0/choices/1/id", json!("none"), "INS003");
    check("/sections/3/relevant", json!("g =="), "INS004");
    check("/sections/3/relevant", json!("g > 3"), "INS004");
    check("/sections/3/relevant", json!("h == 'yes'"), "INS005");
    check("/sections/3/relevant", json!("nope == 'yes'"), "INS005");
    check("/sections/3/relevant", json!("f == 'x'"), "INS005");
    check("/sections/3/relevant", json!("f.nope == 1"), "INS005");
    check("/sections/0/questions/0/relevant", json!("a == 'half'"), "INS005");
    check("/sections/3/relevant", json!("a == 'hlaf'"), "INS006");
    check("/title", json!({"en": "E", "ar": "ع"}), "INS007");
    check("/sections/0/questions/0/choices/0/title", json!({"en": "E", "ar": " ", "zh": "中"}), "INS007");
    check("/levels/0/from", json!(1), "INS008");
    check("/levels/1/from", json!(0), "INS008");
    check("/levels", json!([]), "INS008");
    check("/sections/0/questions/0/choices", json!([{"id": "none", "title": text, "score": 0}]), "INS009");
    check("/sections/0/questions/0/choices/0", json!({"id": "none", "title": text}), "INS010");
    check("/sections/1/questions/1/points", json!([[0, 0], [0, 5]]), "INS011");
    check("/sections/1/questions/1/points", json!([[0, 0], [1, 101]]), "INS011");
    check("/sections/0/questions/2/steps", json!(5), "INS012");
    check("/sections/0/questions/2/action", json!({"below": 5, "text": text}), "INS012");
    check("/required_score", json!(101), "INS013");
    check("/sections/1/questions/0/steps", json!(1), "INS013");
    check("/sections/1/questions/1/maximum", json!(0), "INS013");
    check("/sections/1/weight", json!(-1), "INS013");
    check("/sections/2/questions", json!([]), "INS014");
}
