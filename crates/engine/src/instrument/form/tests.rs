//! Forms as field teams write them, and what cannot be a questionnaire.

use model::{
    form::{FormColumn, FormSheet},
    instrument::{EvidenceRule, Score},
    value::Lang,
};

use super::*;
use crate::instrument::{Answers, Given, score};

fn sheet(name: &str, text: &str) -> FormSheet {
    let mut lines = text.lines().map(|line| line.trim().split('|').map(|c| c.trim().to_owned()).collect::<Vec<_>>());
    let columns = lines.next().unwrap_or_default().into_iter().enumerate().map(|(i, header)| {
        let (name, language) = header.split_once("::").unwrap_or((&header, ""));
        FormColumn {
            name: name.to_owned(),
            language: language.to_owned(),
            number: i as u32 + 1,
            header: header.clone(),
        }
    });
    let columns: Vec<FormColumn> = columns.collect();
    let rows = lines.enumerate().map(|(i, mut cells)| {
        cells.resize(columns.len(), String::new());
        FormRow { number: i as u32 + 2, cells }
    });
    let rows = rows.filter(|row| row.cells.iter().any(|c| !c.is_empty())).collect();
    FormSheet { file: "m.xlsx".to_owned(), name: name.to_owned(), columns, rows }
}

const SURVEY: &str = "type|name|label::English (en)|label::Arabic (ar)|hint::English (en)|hint::Arabic (ar)|relevant|required|weight|evidence|constraint|points|unit|parameters|default
    start|start
    note|intro|Please walk the market first.|تجول في السوق أولاً.
    text|Market|Name|الاسم||||yes
    begin_group|Stalls|Stalls|الأكشاك||||||||||
    select_one yn|covered|Is it covered?|هل هو مسقوف؟|Look up|انظر إلى أعلى||true()|2|required
    select_multiple src|water|Water from|الماء من
    integer|n|Stalls|الأكشاك|||selected(${water}, 'well') and ${covered} != '0'||||. > 0 and . <= 500|0 0; 100 100|count||5
    note|rest|Ask the guards.|اسأل الحراس.
    begin_group|inner|Inner|داخلي|||${n} > 3
    range|order|Order|الترتيب||||||||||start=1 end=5 step=1
    date|seen|Seen on|تاريخ الزيارة|||${order} >= 2
    end_group
    end_group";
const CHOICES: &str = "list_name|name|label::English (en)|label::Arabic (ar)|score
    yn|1|Yes|نعم|100
    yn|0|No|لا|0
    yn|na|Does not apply|لا ينطبق|-
    src|well|Well|بئر
    src|Tap-Stand|Tap|صنبور";
const SETTINGS: &str =
    "form_title::English (en)|form_title::Arabic (ar)|form_id|version|subject|levels::English (en)|levels::Arabic (ar)
    Market walk|جولة في السوق|Market_Walk|2026010101|place|0 Weak; 60 Good|0 ضعيف؛ 60 جيد";

fn form(survey: &str, choices: &str, settings: &str) -> Form {
    Form {
        file: "m.xlsx".to_owned(),
        survey: sheet("survey", survey),
        choices: sheet("choices", choices),
        settings: sheet("settings", settings),
    }
}

fn shown(found: &[Diagnostic]) -> Vec<String> {
    let told = |d: &Diagnostic| {
        let sheet = d.pointer.sheet.clone().unwrap_or_default();
        format!("{} {sheet} {}", d.code.id, d.pointer.cell().unwrap_or_default())
    };
    found.iter().map(told).collect()
}

#[test]
fn a_form_is_a_questionnaire_that_is_asked_and_scored() {
    let made = from_form(&form(SURVEY, CHOICES, SETTINGS), |id| u16::from(id == "market-walk") * 7)
        .unwrap_or_else(|found| panic!("{:?} {found:?}", shown(&found)));
    let q = &made.questionnaire;
    assert_eq!((q.id.as_str(), q.version, q.title.show(Lang::Ar)), ("market-walk", 7, "جولة في السوق"));
    let sections: Vec<(&str, usize)> = q.sections.iter().map(|s| (s.id.as_str(), s.questions.len())).collect();
    assert_eq!(sections, [("general", 1), ("stalls", 5)]);
    assert_eq!(q.sections[0].note.as_ref().map(|t| t.show(Lang::En)), Some("Please walk the market first."));
    let covered = q.question("covered").expect("there");
    assert!(covered.required && covered.evidence == EvidenceRule::Required && covered.weight == 2.0);
    let scores: Vec<Score> = covered.choices.iter().map(|c| c.score).collect();
    assert_eq!(scores, [Score::Points(100.0), Score::Points(0.0), Score::DoesNotApply]);
    assert_eq!(q.question("water").map(|w| (w.weight, w.choices[1].id.clone())), Some((0.0, "tap_stand".to_owned())));
    let n = q.question("n").expect("there");
    assert_eq!(n.relevant.as_deref(), Some("water.well == 1 and covered != 'c0'"));
    assert_eq!((n.minimum, n.maximum, n.points.len(), n.unit.as_deref()), (Some(1.0), Some(500.0), 2, Some("count")));
    let order = q.question("order").expect("there");
    assert_eq!((order.steps, order.relevant.as_deref()), (Some(5), Some("n > 3")));
    assert_eq!(order.help.as_ref().map(|t| t.show(Lang::En)), Some("Ask the guards."));
    assert_eq!(q.question("seen").and_then(|s| s.relevant.clone()).as_deref(), Some("(n > 3) and (order >= 2)"));
    assert_eq!(shown(&made.warnings), ["INS025 survey O8"], "the default");
    // The score of Stalls: (2 × 100 + 50 + 25) / 4.
    let given = [("market", "East"), ("covered", "c1"), ("water", "well"), ("n", "50"), ("order", "2")];
    let given = given.map(|(id, v)| (id.to_owned(), Given { value: v.to_owned(), ..Given::default() }));
    let scored = score(q, &Answers::from(given));
    assert_eq!((scored.total, scored.level), (Some(68.75), Some(1)));
    // What was made reads as what it is.
    assert_eq!(Questionnaire::read(made.json.to_string().as_bytes()).as_ref(), Ok(q));
}

fn check_refused(survey: &str, choices: &str, settings: &str, wanted: &[&str]) {
    let found = from_form(&form(survey, choices, settings), |_| 1).expect_err(survey);
    assert_eq!(shown(&found), wanted, "{found:?}");
}

const ONE: &str = "form_id|subject
    one|place";

#[test]
fn what_no_questionnaire_can_say_is_told_with_its_cell() {
    let head = "type|name|label|relevant|required|calculation|weight";
    let check =
        |rows: &str, wanted: &[&str]| check_refused(&format!("{head}\n{rows}"), "list_name|name|label", ONE, wanted);
    check("geopoint|where|Where", &["INS023 survey A2"]);
    check("text|a|A\ntext|b|B|count(${a}) > 1", &["INS024 survey D3"]);
    check("text|b|B|${a} = 'x'\ntext|a|A", &["INS024 survey D2"]);
    check("text|a|A||${b} > 1", &["INS026 survey E2"]);
    check("text|a|A|||1 + 1", &["INS026 survey F2"]);
    check("text|a|A||||heavy", &["INS026 survey G2"]);
    check("begin_group|g|G\ntext|a|A", &["INS027 survey A2"]);
    check("text|a|A\nend_group", &["INS027 survey A3"]);
    check("begin_repeat|r|R\ntext|a|A\nend_repeat", &["INS023 survey A2", "INS023 survey A4"]);
    check("select_one gone|a|A", &["INS028 survey A2"]);
    // What is wrong with the questionnaire is told at its row.
    check("text|a|A\ntext|A|B", &["INS003 survey B3"]);
    check("begin_group|g|G\nend_group\ntext|a|A", &["INS014 survey B2"]);
    let few = "list_name|name|label\nl|x|X";
    check_refused(&format!("{head}\nselect_one l|a|A"), few, ONE, &["INS009 survey B2"]);
    let half = "list_name|name|label|score\nl|x|X|5\nl|y|Y|";
    check_refused(&format!("{head}\nselect_one l|a|A"), half, ONE, &["INS010 choices B3"]);
    let survey = format!("{head}\ntext|a|A");
    check_refused(&survey, few, "form_id\none", &["INS031 settings 1:1"]);
    check_refused(&survey, few, "form_id|subject|aggregation\none|place|sum", &["INS031 settings C2"]);
    check_refused(&survey, few, "form_id|subject|levels\none|place|low", &["INS026 settings C2"]);
}

#[test]
fn languages_that_records_do_not_have_are_told_and_missing_texts_refused() {
    let survey = "type|name|label::Swahili (sw)|label::en\ntext|a|Jina|Name";
    let made = from_form(&form(survey, "", ONE), |_| 1).expect("a questionnaire");
    assert_eq!(shown(&made.warnings), ["INS029 survey C1"]);
    let survey = "type|name|label::ar|label::en\ntext|a|اسم|Name\ntext|b||Age";
    let settings = "form_title::ar|form_title::en|subject\nع|One|place";
    check_refused(survey, "", settings, &["INS007 survey B3"]);
}
