//! Reading English names of indicators.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Double, Joined, without_brackets};

struct Word {
    text: String,
    /// The mark that follows: `,`, `;`, `:` or a space.
    mark: char,
}

fn words(text: &str) -> Vec<Word> {
    let lower = without_brackets(text).to_lowercase().replace(" as well as ", " and ").replace(" & ", " and ");
    let word = |raw: &str| {
        let mark = raw.chars().last().filter(|c| matches!(c, ',' | ';' | ':')).unwrap_or(' ');
        let text = raw.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        Word { text, mark }
    };
    lower.split_whitespace().map(word).filter(|w| !w.text.is_empty()).collect()
}

/// Form of a verb.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Base,
    Gerund,
    Participle,
}

/// What bodies do in results: base form, gerund, participle.
const VERBS: &[(&str, &str, &str)] = &[
    ("adopt", "adopting", "adopted"),
    ("apply", "applying", "applied"),
    ("approve", "approving", "approved"),
    ("borrow", "borrowing", "borrowed"),
    ("build", "building", "built"),
    ("change", "changing", "changed"),
    ("collect", "collecting", "collected"),
    ("create", "creating", "created"),
    ("deliver", "delivering", "delivered"),
    ("design", "designing", "designed"),
    ("develop", "developing", "developed"),
    ("draft", "drafting", "drafted"),
    ("empower", "empowering", "empowered"),
    ("enact", "enacting", "enacted"),
    ("endorse", "endorsing", "endorsed"),
    ("enforce", "enforcing", "enforced"),
    ("establish", "establishing", "established"),
    ("evaluate", "evaluating", "evaluated"),
    ("finance", "financing", "financed"),
    ("formulate", "formulating", "formulated"),
    ("fund", "funding", "funded"),
    ("give", "giving", "given"),
    ("govern", "governing", "governed"),
    ("implement", "implementing", "implemented"),
    ("improve", "improving", "improved"),
    ("integrate", "integrating", "integrated"),
    ("introduce", "introducing", "introduced"),
    ("invest", "investing", "invested"),
    ("launch", "launching", "launched"),
    ("mainstream", "mainstreaming", "mainstreamed"),
    ("maintain", "maintaining", "maintained"),
    ("make", "making", "made"),
    ("manage", "managing", "managed"),
    ("monitor", "monitoring", "monitored"),
    ("operate", "operating", "operated"),
    ("plan", "planning", "planned"),
    ("prepare", "preparing", "prepared"),
    ("promote", "promoting", "promoted"),
    ("provide", "providing", "provided"),
    ("publish", "publishing", "published"),
    ("ratify", "ratifying", "ratified"),
    ("reduce", "reducing", "reduced"),
    ("report", "reporting", "reported"),
    ("review", "reviewing", "reviewed"),
    ("revise", "revising", "revised"),
    ("strengthen", "strengthening", "strengthened"),
    ("support", "supporting", "supported"),
    ("train", "training", "trained"),
    ("upgrade", "upgrading", "upgraded"),
    ("use", "using", "used"),
    ("validate", "validating", "validated"),
];

static FORMS: LazyLock<FxHashMap<&'static str, (usize, Form)>> = LazyLock::new(|| {
    let forms = VERBS.iter().enumerate();
    forms
        .flat_map(|(at, (base, gerund, participle))| {
            [(*base, (at, Form::Base)), (*gerund, (at, Form::Gerund)), (*participle, (at, Form::Participle))]
        })
        .collect()
});

/// Base forms and gerunds that are as often nouns; two of them side by side are a list of nouns.
const ALSO_NOUNS: &[&str] = &[
    "borrowing",
    "building",
    "change",
    "design",
    "finance",
    "financing",
    "fund",
    "funding",
    "monitoring",
    "plan",
    "planning",
    "report",
    "reporting",
    "review",
    "support",
    "training",
    "upgrade",
    "upgrading",
    "use",
];

/// Words after which the counted bodies are only described.
const MARKERS: &[&str] = &[
    "able", "against", "among", "at", "by", "for", "from", "in", "into", "of", "on", "per", "relative", "that", "to",
    "under", "where", "which", "who", "whose", "with", "within", "without", "better",
];

/// Words that open the deed of a body.
const OPENERS: &[&str] = &["can", "that", "they", "to", "which", "who"];

/// Words of measuring: "number of", "rise in the share of".
const MEASURES: &[&str] = &[
    "amount",
    "change",
    "cost",
    "count",
    "coverage",
    "decrease",
    "extent",
    "fall",
    "frequency",
    "growth",
    "increase",
    "level",
    "number",
    "percentage",
    "proportion",
    "quality",
    "quantity",
    "rate",
    "rise",
    "share",
    "total",
    "trend",
    "value",
    "volume",
];

/// Pairs that name one population or one sort of place.
const ONE_SORT: &[&[&str]] = &[
    &["adults", "boys", "children", "girls", "men", "persons", "people", "women", "youth", "families", "households"],
    &["cities", "municipalities", "settlements", "towns", "villages"],
    &["goods", "services"],
    &["refugees", "migrants", "returnees"],
];

/// Words that ask how somebody feels.
const FEELINGS: &[&str] =
    &["agree", "confident", "confidence", "content", "happy", "perceive", "satisfaction", "satisfied", "trust"];

fn is_conj(word: &Word) -> bool {
    matches!(word.text.as_str(), "and" | "or" | "and/or")
}

fn is_plural(word: &str) -> bool {
    matches!(word, "people" | "children" | "women" | "men" | "youth" | "staff")
        || (word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("is"))
}

fn is_adjective(word: &str) -> bool {
    ["al", "ive", "ic", "able", "ful", "ous", "ary", "ern"].iter().any(|s| word.len() > 4 && word.ends_with(s))
        || matches!(word, "urban" | "rural" | "clean" | "safe" | "public" | "private" | "formal" | "poor" | "new")
}

fn verb(word: &str) -> Option<(usize, Form)> {
    FORMS.get(word).copied()
}

/// First and one past the last word that name the counted bodies.
fn head(words: &[Word]) -> (usize, usize) {
    let text = |i: usize| words.get(i).map_or("", |w| w.text.as_str());
    let mut start = 0;
    loop {
        let at = if matches!(text(start), "a" | "an" | "the") { start + 1 } else { start };
        if MEASURES.contains(&text(at)) && matches!(text(at + 1), "of" | "in") {
            start = at + 2;
        } else {
            start = at;
            break;
        }
    }
    let end = (start + 1..words.len()).find(|i| {
        let (word, before) = (text(*i), words.get(i - 1));
        let describes = word.len() > 4 && (word.ends_with("ing") || word.ends_with("ed"));
        MARKERS.contains(&word) || (describes && !before.is_some_and(is_conj))
    });
    (start, end.unwrap_or(words.len()))
}

pub(super) fn double(text: &str) -> Option<Double> {
    let words = words(text);
    list(&words)
        .or_else(|| measures(&words))
        .or_else(|| subjects(&words))
        .or_else(|| actions(&words))
        .or_else(|| questions(&words))
}

fn pair(joined: Joined, first: &str, second: &str) -> Double {
    Double { joined, first: first.to_owned(), second: second.to_owned() }
}

/// A colon, then three things or more.
fn list(words: &[Word]) -> Option<Double> {
    let at = words.iter().position(|w| w.mark == ':')?;
    let rest = words.get(at + 1..)?;
    let n_marks = rest.iter().filter(|w| w.mark == ',').count();
    let (first, last) = (rest.first()?, rest.last()?);
    (n_marks >= 2).then(|| pair(Joined::List, &first.text, &last.text))
}

/// "Number and quality of …".
fn measures(words: &[Word]) -> Option<Double> {
    let found = words.windows(4).find(|w| {
        let [a, conj, b, of] = w else { return false };
        is_conj(conj)
            && of.text == "of"
            && a.text != b.text
            && [a, b].iter().all(|m| MEASURES.contains(&m.text.as_str()))
    })?;
    Some(pair(Joined::Measures, &found.first()?.text, &found.get(2)?.text))
}

/// Two sorts of counted bodies: plural nouns on both sides of a conjunction, before anything describes them.
fn subjects(words: &[Word]) -> Option<Double> {
    let (start, end) = head(words);
    let head = words.get(start..end)?;
    let conj = head.iter().position(is_conj)?;
    let (left, right) = (&head.get(conj.checked_sub(1)?)?.text, &head.last()?.text);
    let one_sort = ONE_SORT.iter().any(|sort| sort.contains(&left.as_str()) && sort.contains(&right.as_str()));
    (head.len() > conj + 1 && is_plural(left) && is_plural(right) && !one_sort)
        .then(|| pair(Joined::Subjects, left, right))
}

fn actions(words: &[Word]) -> Option<Double> {
    let text = |i: usize| words.get(i).map_or("", |w| w.text.as_str());
    for conj in (1..words.len()).filter(|i| words.get(*i).is_some_and(is_conj)) {
        // "and fully apply": an adverb may stand between.
        let right_at =
            if text(conj + 1).ends_with("ly") && verb(text(conj + 1)).is_none() { conj + 2 } else { conj + 1 };
        let Some((right, form)) = verb(text(right_at)) else { continue };
        let same_form = |i: &usize| verb(text(*i)).is_some_and(|(v, f)| f == form && v != right);
        let Some(left_at) = (0..conj).rev().find(same_form) else { continue };
        let (left, right) = (text(left_at), text(right_at));
        let nouns = [left, right].iter().filter(|w| ALSO_NOUNS.contains(w)).count();
        let opened = left_at.checked_sub(1).map(text).is_some_and(|w| OPENERS.contains(&w));
        let after = text(right_at + 1);
        let ends = after.is_empty() || MARKERS.contains(&after) || words.get(right_at).is_some_and(|w| w.mark != ' ');
        let is_double = match (form, left_at + 1 == conj) {
            (Form::Base, true) => nouns < 2 || opened,
            (Form::Gerund, true) => nouns < 2,
            // "Improved and maintained homes" describes homes; "homes improved and maintained" counts two deeds.
            (Form::Participle, true) => ends && left_at > 0,
            // "That mainstream gender and empower women": the second verb must be nothing but a verb.
            (Form::Base, false) => opened && !ALSO_NOUNS.contains(&right),
            (Form::Gerund, false) => {
                nouns == 0 && (left_at > 0 && (is_plural(text(left_at - 1)) || text(left_at - 1) == "by"))
            }
            (Form::Participle, false) => ends && left_at > 0 && !is_adjective(text(left_at - 1)),
        };
        if is_double {
            return Some(pair(Joined::Actions, left, right));
        }
    }
    None
}

/// A feeling about two things.
fn questions(words: &[Word]) -> Option<Double> {
    let feeling = words.iter().position(|w| FEELINGS.contains(&w.text.as_str()))?;
    let about = words.iter().skip(feeling).position(|w| matches!(w.text.as_str(), "with" | "in" | "of"))? + feeling;
    let conj = words.iter().skip(about).position(is_conj)? + about;
    let (left, right) = (&words.get(conj - 1)?.text, &words.get(conj + 1)?.text);
    (conj > about + 1 && !is_adjective(left)).then(|| pair(Joined::Questions, left, right))
}

/// Things that are done; to count them is to count work.
const EVENTS: &[&str] = &[
    "briefing",
    "briefings",
    "campaign",
    "campaigns",
    "conference",
    "conferences",
    "consultation",
    "consultations",
    "course",
    "courses",
    "exhibition",
    "exhibitions",
    "lecture",
    "lectures",
    "meeting",
    "meetings",
    "mission",
    "missions",
    "seminar",
    "seminars",
    "session",
    "sessions",
    "training",
    "trainings",
    "webinar",
    "webinars",
    "workshop",
    "workshops",
];

/// Papers; to count those that were made is to count work.
const PAPERS: &[&str] = &[
    "brochures",
    "documents",
    "guidelines",
    "guides",
    "handbooks",
    "manuals",
    "papers",
    "publications",
    "reports",
    "studies",
    "toolkits",
    "tools",
];

/// What is done to papers.
const MADE: &[&str] = &[
    "delivered",
    "developed",
    "disseminated",
    "distributed",
    "issued",
    "prepared",
    "printed",
    "produced",
    "published",
];

/// What is done to people who are counted for having been there.
const ATTENDED: &[&str] = &["attended", "attending", "briefed", "participating", "sensitized", "trained"];

pub(super) fn activity(text: &str) -> Option<String> {
    let words = words(text);
    let (start, end) = head(&words);
    let head = words.get(start..end)?;
    // "Training" is the thing counted when it comes last ("days of training" apart), not in "training colleges".
    if let Some(last) = head.last().filter(|w| EVENTS.contains(&w.text.as_str())) {
        return Some(last.text.clone());
    }
    if let Some(event) = head.iter().find(|w| EVENTS.contains(&w.text.as_str()) && w.text.ends_with('s')) {
        return Some(event.text.clone());
    }
    let next = words.get(end).map_or("", |w| w.text.as_str());
    let is_paper = head.last().is_some_and(|w| PAPERS.contains(&w.text.as_str())) && MADE.contains(&next);
    let is_trained = head.last().is_some_and(|w| is_plural(&w.text)) && ATTENDED.contains(&next);
    (is_paper || is_trained).then(|| format!("{} {next}", head.last().map_or("", |w| w.text.as_str())))
}

const VAGUE: &[&str] = &[
    "adequate",
    "appropriate",
    "better",
    "comprehensive",
    "effective",
    "effectively",
    "enhanced",
    "good",
    "improved",
    "inclusive",
    "meaningful",
    "much",
    "proper",
    "relevant",
    "resilient",
    "significant",
    "significantly",
    "sound",
    "strengthened",
    "sustainable",
    "well",
    "working",
];

pub(super) fn vague(text: &str) -> Vec<String> {
    words(text).into_iter().map(|w| w.text).filter(|w| VAGUE.contains(&w.as_str())).collect()
}

const PEOPLE: &[&str] = &[
    "adult",
    "adults",
    "beneficiaries",
    "beneficiary",
    "boys",
    "children",
    "citizens",
    "consumers",
    "dwellers",
    "girls",
    "individuals",
    "inhabitants",
    "men",
    "officials",
    "participants",
    "patients",
    "people",
    "person",
    "persons",
    "population",
    "pupils",
    "refugees",
    "residents",
    "returnees",
    "students",
    "trainees",
    "users",
    "women",
    "workers",
    "youth",
];

pub(super) fn counts_people(phrase: &str) -> bool {
    let words = words(phrase);
    let (start, end) = head(&words);
    words.get(start..end).and_then(<[Word]>::last).is_some_and(|w| PEOPLE.contains(&w.text.as_str()))
}
