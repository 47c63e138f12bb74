//! A survey's codebook as a form: which variable holds a concept, and what its answers mean.

use app::households::{self, CodebookForm, CodebookView, save_codebook, survey_codebook};
use askama::Template;
use axum::{
    extract::{Form, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use model::{Kind, kinds::Survey, value::Id};

use super::surveys::{category_name, path};
use crate::{
    caller::Who,
    failure::Failure,
    site::Site,
    visit::{Visit, page},
};

/// The concept that can be made of several variables.
const WEALTH: &str = "wealth";

#[derive(Template)]
#[template(path = "codebook.html")]
struct CodebookPage<'a> {
    v: &'a Visit,
    title: String,
    survey: &'a Survey,
    view: CodebookView,
    may_write: bool,
}

impl CodebookPage<'_> {
    fn survey_link(&self) -> String {
        self.v.to(&path(&self.survey.id))
    }
    fn action(&self) -> String {
        format!("{}/codebook", path(&self.survey.id))
    }
    fn settings(&self) -> String {
        self.v.to(&format!("/records/survey/{}/edit", crate::html::segment(self.survey.id.as_str())))
    }
    fn concept(&self, concept: &households::Concept) -> String {
        self.v.say(&format!("concept-{}", concept.name()))
    }
    fn category(&self, concept: &households::Concept, category: &str) -> String {
        category_name(self.v, concept.name(), category)
    }
    fn is_of(&self, variable: &Option<String>, name: &str) -> bool {
        variable.as_deref() == Some(name)
    }
    /// The possessions that fifths of wealth are made of; empty where the file has fifths, or none are asked for.
    fn made_of(&self) -> &str {
        let wealth = self.view.entries.iter().find(|(concept, _)| concept.name() == WEALTH);
        wealth.and_then(|(_, variable)| variable.as_deref()).filter(|name| name.contains(',')).unwrap_or_default()
    }
    fn is_wealth(&self, concept: &households::Concept) -> bool {
        concept.name() == WEALTH
    }
    fn chosen(&self, category: &Option<String>, name: &str) -> bool {
        category.as_deref() == Some(name)
    }
    fn n_open(&self, answers: &households::ConceptAnswers) -> usize {
        answers.answers.iter().filter(|(.., category)| category.is_none()).count()
    }
    /// A variable's own words: its label, or its most frequent values.
    fn told(&self, name: &str) -> String {
        let Some(variable) = self.view.variables.iter().find(|d| d.name == name) else { return String::new() };
        let label =
            |(value, _, label): &(String, usize, String)| if label.is_empty() { value.clone() } else { label.clone() };
        let values: Vec<String> = variable.values.iter().take(4).map(label).collect();
        match variable.range {
            Some((low, high, _)) if values.is_empty() => format!("{} … {}", self.v.number(&low), self.v.number(&high)),
            _ => values.join(", "),
        }
    }
}

/// The form.
pub async fn form(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: Id<Survey> = Id::new(id);
    let survey = v.records().surveys.of(&id).ok_or_else(Failure::not_found)?;
    let (app, world, of) = (v.site.app.clone(), v.world.clone(), id.clone());
    let view = tokio::task::spawn_blocking(move || survey_codebook(&app, &world, &of))
        .await
        .map_err(|_| Failure::bad("page-fail-bad", &[]))??
        .map_err(|found| super::refused(&found))?;
    let title = format!("{} – {}", v.say("survey-codebook"), v.plain(&survey.title));
    let may_write = v.writable() && v.may(app::access::Deed::Write(Kind::CodebookEntry));
    page(&v, &CodebookPage { title, survey, view, may_write, v: &v })
}

/// Submits what was said: fields `v~concept`, and `a~concept~answer`.
pub async fn save(
    State(site): State<Site>,
    who: Who,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: Id<Survey> = Id::new(id);
    let mut form = CodebookForm::default();
    let (mut reason, mut made_of) = (String::new(), String::new());
    for (name, value) in pairs {
        let value = value.trim().to_owned();
        if let Some(concept) = name.strip_prefix("v~") {
            form.variables.push((concept.to_owned(), value));
        } else if let Some((concept, answer)) = name.strip_prefix("a~").and_then(|rest| rest.split_once('~')) {
            form.values.push((concept.to_owned(), answer.to_owned(), value));
        } else if name == "made-of" {
            made_of = value;
        } else if name == "reason" {
            reason = value;
        }
    }
    // Several possessions in place of one variable: fifths are made of them.
    if !made_of.is_empty()
        && let Some((_, variable)) = form.variables.iter_mut().find(|(concept, _)| concept == WEALTH)
    {
        *variable = made_of;
    }
    let reason = if reason.is_empty() { id.as_str().to_owned() } else { reason };
    let to = path(&id);
    match save_codebook(&site.app, &id, &form, who.actor(), &reason, site.now()).await? {
        Ok(None) => Ok(Redirect::to(&to).into_response()),
        Ok(Some(app::proposals::Written::InForce(_))) => {
            Ok(Redirect::to(&format!("{to}/codebook?saved=1")).into_response())
        }
        Ok(Some(written)) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Err(found) => Err(super::refused(&found)),
    }
}
