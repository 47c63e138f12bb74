//! Proposals: the list, one with its difference, its steps and what was said, and the decisions on it.

use app::{
    lane::{CaseState, Word},
    proposals::{self, Done, ProposalLine, ProposalView},
};
use askama::Template;
use axum::{
    extract::{Form, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use diag::Diagnostic;
use model::value::Value;

use crate::{
    caller::Who,
    failure::Failure,
    html::Html,
    pages::history::diff,
    site::Site,
    visit::{Visit, page},
};

/// Proposals on one page.
const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "proposals.html")]
struct ListPage<'a> {
    v: &'a Visit,
    title: String,
    lines: Vec<ProposalLine>,
    states: [CaseState; 6],
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "proposal.html")]
struct ProposalPage<'a> {
    v: &'a Visit,
    title: String,
    p: ProposalView,
    /// Why an agreement was not taken: findings, and whether a word would do.
    stopped: Option<(bool, Vec<Diagnostic>)>,
}

impl ProposalPage<'_> {
    fn fields(&self, fields: &[(String, Value, Value)]) -> Html {
        diff(self.v, fields)
    }
    fn path(&self, end: &str) -> String {
        format!("/proposals/{}{end}", self.p.line.number)
    }
    fn step(&self, id: &str) -> Html {
        let lane = self.p.line.case.route.lane.as_deref().unwrap_or_default();
        self.v.record_name("lane_step", &format!("{lane}/{id}"))
    }
    fn word(&self, word: &Word) -> &'static str {
        match word {
            Word::Agree => "agree",
            Word::Return => "return",
            Word::Reject => "reject",
        }
    }
}

/// The list.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    let state = CaseState::parse(v.ask("state"));
    let before = v.ask("before").parse().ok();
    let lines = proposals::proposals(&v.site.app, v.who.actor(), state, before, PAGE, v.site.now()).await?;
    let before = (lines.len() == PAGE as usize).then(|| lines.last().map(|l| l.number)).flatten();
    page(&v, &ListPage { title: v.say("people-proposals"), lines, states: CaseState::ALL, before, v: &v })
}

/// One proposal.
pub async fn one(v: Visit, Path(number): Path<i64>) -> Result<Response, Failure> {
    show(&v, number, None).await
}

async fn show(v: &Visit, number: i64, stopped: Option<(bool, Vec<Diagnostic>)>) -> Result<Response, Failure> {
    let p = proposals::proposal(&v.site.app, v.who.actor(), number, v.site.now()).await?;
    let title = v.say_with("people-proposal-n", [("n", number.to_string().into())]);
    let is_stopped = stopped.is_some();
    let mut response = page(v, &ProposalPage { title, p, stopped, v })?;
    if is_stopped {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// A decision.
#[derive(serde::Deserialize)]
pub struct DecisionForm {
    step: String,
    word: Word,
    #[serde(default)]
    reason: String,
    /// Where the reviewer's note belongs: `kind`, `record`, `field`.
    #[serde(default)]
    place: String,
}

/// Agrees, returns or rejects.
pub async fn decide(v: Visit, Path(number): Path<i64>, Form(form): Form<DecisionForm>) -> Result<Response, Failure> {
    let (app, by, now) = (&v.site.app, v.who.actor(), v.site.now());
    let done = proposals::decide(app, by, number, &form.step, form.word, form.reason.trim(), now).await?;
    // A note about a field is also a remark there, so that the author finds it where it belongs.
    let mut place = form.place.splitn(3, '\u{1f}');
    if let (Word::Return, Some(kind), Some(record), Some(field)) =
        (form.word, place.next().filter(|k| !k.is_empty()), place.next(), place.next())
    {
        proposals::remark(app, by, Some(number), kind, record, field, form.reason.trim(), now).await?;
    }
    match done {
        Done::Kept(_) => Ok(Redirect::to(&format!("/proposals/{number}")).into_response()),
        Done::InForce(_) => Ok(Redirect::to(&format!("/proposals/{number}")).into_response()),
        Done::Refused(found) => show(&v, number, Some((false, found))).await,
        Done::NeedsWord(found) => show(&v, number, Some((true, found))).await,
    }
}

/// Why.
#[derive(serde::Deserialize)]
pub struct ReasonForm {
    #[serde(default)]
    reason: String,
}

/// Takes one's own proposal back.
pub async fn withdraw(State(site): State<Site>, who: Who, Path(number): Path<i64>) -> Result<Response, Failure> {
    proposals::withdraw(&site.app, who.actor(), number, site.now()).await?;
    Ok(Redirect::to(&format!("/proposals/{number}")).into_response())
}

/// Asks to put it through without its lane, or confirms that.
pub async fn overrule(v: Visit, Path(number): Path<i64>, Form(form): Form<ReasonForm>) -> Result<Response, Failure> {
    let done = proposals::overrule(&v.site.app, v.who.actor(), number, form.reason.trim(), v.site.now()).await?;
    match done {
        Done::Refused(found) => show(&v, number, Some((false, found))).await,
        _ => Ok(Redirect::to(&format!("/proposals/{number}")).into_response()),
    }
}

/// Something to say.
#[derive(serde::Deserialize)]
pub struct RemarkForm {
    body: String,
    #[serde(default)]
    place: String,
}

/// Says something about a proposal or one of its fields.
pub async fn remark(
    State(site): State<Site>,
    who: Who,
    Path(number): Path<i64>,
    Form(form): Form<RemarkForm>,
) -> Result<Response, Failure> {
    let mut place = form.place.splitn(3, '\u{1f}');
    let mut part = || place.next().unwrap_or_default();
    let (kind, record, field) = (part(), part(), part());
    let said =
        proposals::remark(&site.app, who.actor(), Some(number), kind, record, field, &form.body, site.now()).await?;
    let end = said.map_or(String::new(), |id| format!("#remark-{id}"));
    Ok(Redirect::to(&format!("/proposals/{number}{end}")).into_response())
}

/// Agrees to several with one reason; those that did not go through are named.
pub async fn agree_to_many(v: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Failure> {
    let numbers: Vec<i64> = pairs.iter().filter(|(k, _)| k == "number").filter_map(|(_, n)| n.parse().ok()).collect();
    let reason = pairs.iter().find(|(k, _)| k == "reason").map_or("", |(_, r)| r.trim());
    let done = proposals::decide_many(&v.site.app, v.who.actor(), &numbers, reason, v.site.now()).await?;
    let left = done.iter().filter(|(_, d)| !matches!(d, Ok(Done::Kept(_) | Done::InForce(_)))).count();
    Ok(Redirect::to(&format!("/?agreed={}&left={left}", done.len() - left)).into_response())
}
