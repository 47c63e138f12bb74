//! Household surveys: load one, look at what it holds, measure it, publish what it says.

use app::{
    NamedBytes,
    access::Deed,
    households::{
        self, NewSurvey, Publication, SurveyFigures, SurveyQuestion, groups_of, parse_groups, rule_sets,
        survey_files_are_here,
    },
    people,
    proposals::Written,
};
use askama::Template;
use axum::{
    extract::{Form, Multipart, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use diag::Diagnostic;
use locale::Explained;
use model::{
    Kind,
    kinds::{Indicator, Place, PlaceKind, Scope, Survey, SurveyIndicator},
    value::{Id, Period, Text},
};

use crate::{
    caller::Who,
    chart,
    failure::Failure,
    html::{Html, query_value, segment},
    site::Site,
    visit::{Visit, page},
};

/// The place and period of the exercise survey.
const SAMPLE: (&str, &str) = ("KEN-nairobi", "2026-S1");
/// The rule set and rule that a survey opens with.
const FIRST: (&str, &str) = ("sdg-sish-4", "slum");

#[derive(Template)]
#[template(path = "surveys.html")]
struct SurveysPage<'a> {
    v: &'a Visit,
    title: String,
    surveys: Vec<(&'a Survey, bool)>,
    places: Vec<&'a Place>,
    may_load: bool,
    has_sample_place: bool,
}

impl SurveysPage<'_> {
    fn link(&self, survey: &Survey) -> String {
        self.v.to(&path(&survey.id))
    }
    fn rows(&self, survey: &Survey) -> usize {
        usize::try_from(survey.n_rows.0).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "survey.html")]
struct SurveyPage<'a> {
    v: &'a Visit,
    title: String,
    survey: &'a Survey,
    rule_sets: Vec<String>,
    rules: Vec<SurveyIndicator>,
    groups: Vec<&'static str>,
    question: SurveyQuestion,
    found: Option<SurveyFigures>,
    refused: Vec<Explained>,
    indicators: Vec<&'a Indicator>,
    may_publish: bool,
    published: Option<u64>,
}

impl SurveyPage<'_> {
    fn codebook(&self) -> String {
        format!("{}/codebook", path(&self.survey.id))
    }
    fn publish(&self) -> String {
        format!("{}/publish", path(&self.survey.id))
    }
    fn is_by(&self, name: &str) -> bool {
        self.question.by.iter().any(|concept| concept.name() == name)
    }
    fn by(&self) -> String {
        self.question.by.iter().map(|concept| concept.name()).collect::<Vec<_>>().join(",")
    }
    fn among(&self) -> &str {
        self.question.among.as_deref().unwrap_or_default()
    }
    /// The group of a figure in words.
    fn group(&self, cell: &households::HouseholdFigure) -> String {
        if cell.group.is_empty() {
            return self.v.say("survey-all");
        }
        let name =
            |(concept, category): &(households::Concept, String)| category_name(self.v, concept.name(), category);
        cell.group.iter().map(name).collect::<Vec<_>>().join(" · ")
    }
    /// A number of the figures with one decimal, beside its exact value; a dash where there is none.
    fn shown(&self, n: &Option<f64>) -> Html {
        match n {
            None => Html("–".to_owned()),
            Some(n) => Html(format!("<data value=\"{}\">{}</data>", self.v.exact(n), locale::tenths(*n))),
        }
    }
    fn words(&self, n: &Option<f64>) -> String {
        n.map_or_else(|| "–".to_owned(), locale::tenths)
    }
    fn span(&self, cell: &households::HouseholdFigure, found: &SurveyFigures) -> Html {
        let all = found.figures.cells.iter().filter_map(|c| c.high.or(c.estimate));
        let most = all.fold(0.0, f64::max);
        // Shares are drawn on a scale to a round ten above the highest.
        let most = if found.rule.measure.as_str() == "share" { ((most / 10.0).ceil() * 10.0).min(100.0) } else { most };
        match (cell.low, cell.estimate, cell.high) {
            (Some(low), Some(x), Some(high)) => chart::interval(low, x, high, most),
            _ => Html::default(),
        }
    }
    /// What a reader should know of a figure, in words; empty when there is nothing.
    fn cautions(&self, cell: &households::HouseholdFigure) -> String {
        // Rows without an answer stand in the table of what the figures are made of.
        let flags = cell.flags.iter().filter(|flag| cell.withheld.is_none() && **flag != "rows_missing");
        flags.map(|flag| self.v.say(&format!("survey-flag-{}", flag.replace('_', "-")))).collect::<Vec<_>>().join("; ")
    }
    fn left_out(&self, found: &SurveyFigures) -> String {
        let names = found.figures.ready.left_out.iter().map(|name| self.v.say(&format!("concept-{name}")));
        names.collect::<Vec<_>>().join(", ")
    }
    fn used(&self, found: &SurveyFigures) -> String {
        let names = found.figures.ready.used.iter().map(|name| self.v.say(&format!("concept-{name}")));
        names.collect::<Vec<_>>().join(", ")
    }
    fn indicator_link(&self) -> String {
        self.v.to(&format!("/indicators/{}", segment(self.v.ask("indicator"))))
    }
}

/// Whether an indicator asks for values of the survey's time.
trait Later {
    fn plan_is_later(&self, v: &Visit) -> bool;
}

impl Later for Indicator {
    /// Its own plan's, not a global framework's.
    fn plan_is_later(&self, v: &Visit) -> bool {
        let plan = v.records().results.of(&self.result).and_then(|r| v.records().plans.of(&r.plan));
        plan.is_some_and(|p| p.starts_on <= v.on && p.ends_on.is_none_or(|last| v.on <= last))
            && self.world_indicator.is_some()
    }
}

/// What a category is called: a place by its title, others by their word, an age by its years.
pub(super) fn category_name(v: &Visit, concept: &str, category: &str) -> String {
    if concept == "place" {
        return v.records().places.get(category).map_or_else(|| category.to_owned(), |p| v.plain(&p.title).to_owned());
    }
    if concept == "age" || concept == "wealth" {
        return format!("{} {category}", v.say(&format!("concept-{concept}")));
    }
    v.say(&format!("category-{category}"))
}

/// The address of a survey.
pub(super) fn path(id: &Id<Survey>) -> String {
    format!("/surveys/{}", segment(id.as_str()))
}

/// All surveys, and the form that loads one.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    let surveys = v.records().surveys.iter().map(|s| (s, survey_files_are_here(&v.site.app, s))).collect();
    let named = |p: &&Place| matches!(p.kind, PlaceKind::Country | PlaceKind::City | PlaceKind::Subnational);
    let template = SurveysPage {
        title: v.say("survey-surveys"),
        surveys,
        places: v.records().places.iter().filter(named).collect(),
        may_load: v.writable() && v.may(Deed::Write(Kind::Survey)),
        has_sample_place: v.records().places.contains(SAMPLE.0),
        v: &v,
    };
    page(&v, &template)
}

/// Keeps the files of a survey and submits its record.
pub async fn load(State(site): State<Site>, v: Visit, mut parts: Multipart) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let bad = |_| Failure::bad("page-fail-bad", &[]);
    let (mut files, mut title, mut place, mut period) = (Vec::new(), String::new(), String::new(), String::new());
    let mut repeat = None;
    while let Some(part) = parts.next_field().await.map_err(super::import::too_large_or_bad)? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) if name.is_empty() => {}
            Some(name) => {
                let bytes = part.bytes().await.map_err(super::import::too_large_or_bad)?;
                files.push(NamedBytes { name, bytes: bytes.to_vec() });
            }
            None => {
                let text = part.text().await.map_err(bad)?.trim().to_owned();
                match field.as_str() {
                    "title" => title = text,
                    "place" => place = text,
                    "period" => period = text,
                    "repeat" => repeat = Some(text),
                    _ => {}
                }
            }
        }
    }
    if files.is_empty() {
        return Err(Failure::bad("page-fail-no-file", &[]));
    }
    // A place is chosen from the list by its code, or typed by its name.
    let by_name = || v.records().places.iter().find(|p| v.plain(&p.title).eq_ignore_ascii_case(&place));
    let place = match v.records().places.get(&place).or_else(by_name) {
        Some(place) => place.id.clone(),
        None => return Err(Failure::bad("survey-fail-place", &[("place", place.into())])),
    };
    let period = Period::parse(&period).ok_or_else(|| Failure::bad("page-bad-period", &[("period", period.into())]))?;
    let name = if title.is_empty() { files[0].name.clone() } else { title };
    keep(&site, &v, files, name, (place, period, repeat)).await
}

/// Loads the exercise survey that the program carries.
pub async fn load_sample(State(site): State<Site>, v: Visit) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let period = Period::parse(SAMPLE.1).ok_or_else(Failure::not_found)?;
    let name = v.say("survey-sample-title");
    keep(&site, &v, households::sample_survey(), name, (Id::new(SAMPLE.0), period, None)).await
}

async fn keep(
    site: &Site,
    v: &Visit,
    files: Vec<NamedBytes>,
    name: String,
    (place, period, repeat): (Id<Place>, Period, Option<String>),
) -> Result<Response, Failure> {
    let mut title = Text::default();
    title.set(v.lang, name.clone());
    let new = NewSurvey { id: None, title, place, period, source: None, rows: None, lang: v.lang, repeat };
    match households::load_survey(&site.app, files, new, v.who.actor(), &name, site.now()).await? {
        Ok((id, Written::InForce(_))) => Ok(Redirect::to(&format!("{}/codebook?loaded=1", path(&id))).into_response()),
        Ok((_, written)) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Err(found) => Err(super::refused(&found)),
    }
}

fn question(v: &Visit) -> Result<SurveyQuestion, Vec<Diagnostic>> {
    let or = |name: &str, first: &str| if v.ask(name).is_empty() { first.to_owned() } else { v.ask(name).to_owned() };
    let by: Vec<&str> = v.query.iter().filter(|(k, _)| k == "by").map(|(_, value)| value.as_str()).collect();
    Ok(SurveyQuestion {
        rule_set: or("rules", FIRST.0),
        component: or("component", FIRST.1),
        by: parse_groups(&by.join(",")).map_err(|found| vec![*found])?,
        among: Some(v.ask("among").trim().to_owned()).filter(|text| !text.is_empty()),
    })
}

/// A survey: what it says, by whatever rule and groups are asked.
pub async fn survey(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = Id::new(id);
    let survey = v.records().surveys.of(&id).ok_or_else(Failure::not_found)?;
    let sets = rule_sets(&v.world);
    let asked = question(&v);
    let mut question = asked.clone().unwrap_or_default();
    let rules = sets.set(&question.rule_set).map(|set| set.rules().iter().map(|r| (*r).clone()).collect::<Vec<_>>());
    let rules: Vec<SurveyIndicator> = rules.unwrap_or_default();
    // Another rule set was chosen: its first rule stands for the one that it lacks.
    if !rules.iter().any(|r| r.component.0 == question.component)
        && let Some(first) = rules.first()
    {
        question.component.clone_from(&first.component.0);
    }
    let measured = match asked {
        Err(found) => Err(found),
        Ok(_) if !survey_files_are_here(&v.site.app, survey) => Err(Vec::new()),
        Ok(_) => {
            let (app, world, question) = (v.site.app.clone(), v.world.clone(), question.clone());
            tokio::task::spawn_blocking(move || households::measure_survey(&app, &world, &id, &question))
                .await
                .map_err(|_| Failure::bad("page-fail-bad", &[]))??
        }
    };
    let (found, refused) = match measured {
        Ok(found) => (Some(found), Vec::new()),
        Err(found) => (None, found.iter().map(|d| locale::explained(v.lang, d)).collect()),
    };
    let mut indicators: Vec<&Indicator> = v
        .records()
        .indicators
        .iter()
        .filter(|i| found.as_ref().is_some_and(|f| f.rule.measure.as_str() == i.measure.as_str()))
        .collect();
    let fits = |i: &Indicator| {
        let of = |f: &SurveyFigures| f.rule.framework.as_ref().is_some_and(|code| i.frameworks.contains(code));
        !found.as_ref().is_some_and(of)
    };
    indicators.sort_by_key(|i| (fits(i), !i.plan_is_later(&v)));
    let template = SurveyPage {
        title: v.plain(&survey.title).to_owned(),
        survey,
        rule_sets: sets.names().into_iter().map(str::to_owned).collect(),
        rules,
        groups: groups_of(&v.world, &survey.id).into_iter().map(|concept| concept.name()).collect(),
        question,
        found,
        refused,
        indicators,
        may_publish: v.writable() && v.may(Deed::Write(Kind::Observation)),
        published: v.ask("published").parse().ok(),
        v: &v,
    };
    page(&v, &template)
}

/// What is published of a survey, and where.
#[derive(serde::Deserialize)]
pub struct PublishForm {
    rules: String,
    component: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    among: String,
    indicator: String,
    scope: String,
    #[serde(default)]
    reason: String,
}

/// Measures and submits the figures as observations.
pub async fn publish(
    State(site): State<Site>,
    who: Who,
    Path(id): Path<String>,
    Form(form): Form<PublishForm>,
) -> Result<Response, Failure> {
    let by = parse_groups(&form.by).map_err(|found| super::refused(&[*found]))?;
    let publication = Publication {
        survey: Id::new(&id),
        question: SurveyQuestion {
            rule_set: form.rules.clone(),
            component: form.component.clone(),
            by,
            among: Some(form.among.trim().to_owned()).filter(|text| !text.is_empty()),
        },
        indicator: Id::new(&form.indicator),
        scope: Scope::parse(&form.scope).unwrap_or(Scope::Supported),
        reason: if form.reason.trim().is_empty() { id.clone() } else { form.reason.trim().to_owned() },
    };
    match households::publish_survey(&site.app, &publication, who.actor(), site.now()).await? {
        Ok(Written::InForce(line)) => {
            let mut to = format!(
                "{}?rules={}&component={}&indicator={}&published={}",
                path(&publication.survey),
                query_value(&form.rules),
                query_value(&form.component),
                query_value(&form.indicator),
                line.number
            );
            for concept in &publication.question.by {
                to.push_str(&format!("&by={}", concept.name()));
            }
            if let Some(among) = &publication.question.among {
                to.push_str(&format!("&among={}", query_value(among)));
            }
            Ok(Redirect::to(&to).into_response())
        }
        Ok(written) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Err(found) => Err(super::refused(&found)),
    }
}
