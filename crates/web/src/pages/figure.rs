//! Explain this figure: the formula with its numbers, the observations, their sources, who recorded them and when.

use app::{proposals::Said, view::Explanation};
use askama::Template;
use axum::{extract::Path, response::Response};
use model::figure::{Answer, FigureKey};

use crate::{
    failure::Failure,
    html::Html,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "figure.html")]
struct FigurePage<'a> {
    v: &'a Visit,
    title: String,
    e: &'a Explanation,
    remarks: Vec<Said>,
}

impl FigurePage<'_> {
    /// The address of the analysis that an observation names as its evidence.
    fn analysis(&self, evidence: &str) -> String {
        let id = evidence.strip_prefix("analysis/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        self.v.to(&super::analyses::analysis_path(id))
    }
    /// The reason of bounds or of no number.
    fn reason(&self) -> String {
        match &self.e.figure.answer {
            Answer::Interval { reason, .. } | Answer::None(reason) => {
                self.v.say(&format!("reason-{}", reason.as_str()))
            }
            _ => String::new(),
        }
    }
    fn stage(&self, code: &str) -> Html {
        let scale = self.e.indicator.scale.as_ref().map_or("", |s| s.0.as_str());
        let stage = self.v.records().stages.get(format!("{scale}/{code}"));
        stage.map_or_else(|| Html(crate::html::escaped(code)), |s| self.v.text(&s.title))
    }
}

/// The page.
pub async fn explain(v: Visit, Path(key): Path<String>) -> Result<Response, Failure> {
    let key = FigureKey::parse(&key).ok_or_else(Failure::not_found)?;
    let e = app::explain(&v.site.app, &v.world, &key).await?.ok_or_else(Failure::not_found)?;
    let title = format!("{} – {}", v.say("page-explain"), v.plain(&e.indicator.title));
    let remarks = super::records::remarks_on(&v, "figure", &key.to_string()).await?;
    page(&v, &FigurePage { title, e: &e, remarks, v: &v })
}
