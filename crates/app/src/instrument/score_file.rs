//! A file of answers, scored without being kept.

use std::collections::BTreeMap;

use diag::Diagnostic;
use engine::instrument::{change, codes::INS021, faults, score, views};
use model::value::Lang;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Answers, Given, Questionnaire, Scored, Spread, Verdict, find_instrument};
use crate::{observatory::error_json, world::World};

/// One response.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    instrument: Option<String>,
    version: Option<i64>,
    role: Option<String>,
    answers: BTreeMap<String, Told>,
}

/// An answer as people write it in JSON.
#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Yes(bool),
    Number(serde_json::Number),
    Text(String),
    Several(Vec<String>),
    Full(Full),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Full {
    value: String,
    #[serde(default)]
    evidence: String,
    #[serde(default)]
    comment: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Several(Vec<Sheet>),
    One(Sheet),
}

impl Told {
    fn given(self) -> Given {
        let value = match self {
            Told::Yes(yes) => if yes { "yes" } else { "no" }.to_owned(),
            Told::Number(n) => n.to_string(),
            Told::Text(text) => text,
            Told::Several(codes) => codes.join(" "),
            Told::Full(Full { value, evidence, comment }) => return Given { value, evidence, comment },
        };
        Given { value, ..Given::default() }
    }
}

/// Scores a file of answers: one response or a list of them, each
/// `{"instrument", "version", "role", "answers": {question: value}}`, where a value is text, a number, true or false, a list of
/// choices, or `{"value", "evidence", "comment"}`. `instrument` stands for those that name none.
///
/// The answer: `{"responses": [{"instrument", "version", "role", "total", "level", "verdict", "coverage", "sections",
/// "questions", "missing", "missing_evidence", "actions", "errors"}]}`, and of several to one questionnaire `"views"`
/// (mean, lowest, highest, whether they disagree) and `"change"` from the first to the last.
///
/// Errors: a file that cannot be read; a questionnaire that there is not. What is wrong with single answers stands in
/// `errors` of its response, and counts as not answered.
pub fn score_answers(world: &World, text: &str, instrument: Option<&str>, lang: Lang) -> Result<Json, Vec<Diagnostic>> {
    let unreadable = |detail: String| vec![Diagnostic::new(&INS021).arg("detail", detail)];
    let sheets = match serde_json::from_str(text).map_err(|e| unreadable(e.to_string()))? {
        File::Several(sheets) => sheets,
        File::One(sheet) => vec![sheet],
    };
    let mut all = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let named = sheet.instrument.as_deref().or(instrument);
        let named = named.ok_or_else(|| unreadable("instrument".to_owned()))?;
        let questionnaire = find_instrument(world, named, sheet.version).map_err(|unknown| vec![*unknown])?;
        let answers: Answers = sheet.answers.into_iter().map(|(id, told)| (id, told.given())).collect();
        let found = faults(&questionnaire, &answers);
        let scored = score(&questionnaire, &answers);
        all.push((questionnaire, sheet.role, scored, found));
    }
    let told = all.iter().map(|(q, role, scored, found)| {
        let mut out = scored_json(q, scored, lang);
        out["role"] = role.clone().into();
        out["errors"] = found
            .iter()
            .map(|d| {
                let mut error = error_json(d, lang);
                error["question"] = d.field.clone().into();
                error
            })
            .collect();
        out
    });
    let mut out = json!({"responses": told.collect::<Vec<Json>>()});
    if let [(first, _, before, _), .., (_, _, last, _)] = all.as_slice()
        && all.iter().all(|(q, ..)| q.id == first.id && q.version == first.version)
    {
        let scored: Vec<Scored> = all.iter().map(|(_, _, scored, _)| scored.clone()).collect();
        let views = views(first, &scored);
        let by_id = |all: &[(String, Option<Spread>)]| -> Json {
            all.iter().map(|(id, s)| json!({"id": id, "scores": s.as_ref().map(spread)})).collect()
        };
        out["views"] = json!({
            "questions": by_id(&views.questions),
            "sections": by_id(&views.sections),
            "total": views.total.as_ref().map(spread),
        });
        let change = change(last, before);
        let section = |s: &super::SectionChange| json!({"id": s.id, "before": s.before, "now": s.now, "by": s.by()});
        out["change"] = json!({
            "sections": change.sections.iter().map(section).collect::<Vec<Json>>(),
            "total": {"before": change.before, "now": change.now, "by": change.by()},
        });
    }
    Ok(out)
}

fn spread(s: &Spread) -> Json {
    json!({"n": s.n, "mean": s.mean, "lowest": s.lowest, "highest": s.highest, "disagree": s.disagrees()})
}

fn scored_json(questionnaire: &Questionnaire, scored: &Scored, lang: Lang) -> Json {
    let level = |i: Option<usize>| i.and_then(|i| questionnaire.levels.get(i)).map(|l| l.title.show(lang).to_owned());
    let sections = questionnaire.sections.iter().zip(&scored.sections).map(|(section, s)| {
        json!({
            "id": s.id,
            "title": section.title.show(lang),
            "score": s.score,
            "level": level(s.level),
            "below_required": s.is_below_required,
            "asked": s.n_asked,
            "answered": s.n_answered,
        })
    });
    let questions = scored
        .questions
        .iter()
        .map(|q| json!({"id": q.id, "standing": standing(q.standing), "score": q.standing.score(), "share": q.share}));
    let actions = scored.actions.iter().map(|a| {
        let text = questionnaire.question(&a.question).and_then(|q| q.action.as_ref()).map(|a| a.text.show(lang));
        json!({"question": a.question, "action": text, "loss": a.loss})
    });
    json!({
        "instrument": questionnaire.id,
        "version": questionnaire.version,
        "title": questionnaire.title.show(lang),
        "total": scored.total,
        "level": level(scored.level),
        "verdict": verdict(scored.verdict),
        "coverage": scored.coverage,
        "sections": sections.collect::<Vec<Json>>(),
        "questions": questions.collect::<Vec<Json>>(),
        "missing": scored.missing,
        "missing_evidence": scored.missing_evidence,
        "actions": actions.collect::<Vec<Json>>(),
    })
}

fn standing(standing: super::Standing) -> &'static str {
    match standing {
        super::Standing::Irrelevant => "not-asked",
        super::Standing::Unanswered => "unanswered",
        super::Standing::DoesNotApply => "does-not-apply",
        super::Standing::Unscored => "not-scored",
        super::Standing::Scored(_) => "scored",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotAsked => "none",
        Verdict::Open => "open",
        Verdict::Met => "met",
        Verdict::NotMet => "not-met",
    }
}
