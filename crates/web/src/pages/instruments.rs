//! The questionnaires: what each is for, what one asks, where it was filled.

use app::{
    access::Deed,
    instrument::{InstrumentCard, Questionnaire, ResponseLine, find_instrument, instruments, responses},
};
use askama::Template;
use axum::{extract::Path, response::Response};
use model::Kind;

use crate::{
    failure::Failure,
    visit::{Visit, page, title_of},
};

/// Records offered in a list; beyond, the code is typed.
const MOST_OFFERED: usize = 600;

#[derive(Template)]
#[template(path = "instruments.html")]
struct ListPage<'a> {
    v: &'a Visit,
    title: String,
    cards: Vec<InstrumentCard>,
    may_add: bool,
}

#[derive(Template)]
#[template(path = "instrument.html")]
struct InstrumentPage<'a> {
    v: &'a Visit,
    title: String,
    q: &'a Questionnaire,
    /// Codes and names of the records that it can be filled about; empty when there are too many for a list.
    subjects: Vec<(String, String)>,
    responses: Vec<ResponseLine>,
}

impl InstrumentPage<'_> {
    fn n_questions(&self) -> usize {
        self.q.questions().count()
    }
    fn points(&self, score: &f64) -> String {
        self.v.number(&super::response::tenths(*score))
    }
    fn level(&self, line: &ResponseLine) -> Option<&str> {
        let level = line.scored.as_ref()?.level?;
        self.q.levels.get(level).map(|l| self.v.plain(&l.title))
    }
}

/// Every questionnaire.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    let cards = instruments(&v.world);
    let may_add = v.writable() && v.may(Deed::Write(Kind::Questionnaire));
    page(&v, &ListPage { title: v.say("page-nav-instruments"), cards, may_add, v: &v })
}

/// One questionnaire.
pub async fn one(v: Visit, Path(instrument): Path<String>) -> Result<Response, Failure> {
    let q = find_instrument(&v.world, &instrument, None).map_err(|_| Failure::not_found())?;
    let kind = q.subject.kind();
    let title = v.plain(&q.title).to_owned();
    let responses = responses(&v.world, Some(&q.id), None);
    page(&v, &InstrumentPage { title, subjects: subjects(&v, kind), responses, q: &q, v: &v })
}

/// Records of a kind by name.
fn subjects(v: &Visit, kind: Kind) -> Vec<(String, String)> {
    if v.records().count(kind) > MOST_OFFERED || !v.writable() {
        return Vec::new();
    }
    let name = |id: &str| title_of(v.records(), kind, id).map_or(id.to_owned(), |t| t.show(v.lang).to_owned());
    let mut all: Vec<(String, String)> = v.records().rows(kind).map(|(id, _)| (id.to_owned(), name(id))).collect();
    all.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    all
}
