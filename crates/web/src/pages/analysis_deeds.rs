//! What is done with a computation: it is ended, goes on, goes away, is published, is made again.

use app::{
    AppError,
    analyses::{self, AnalysisPublication, Removal},
    people,
    proposals::Written,
};
use askama::Template;
use axum::{
    extract::{Form, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use model::{kinds::Scope, value::Id};

use crate::{
    caller::Who,
    failure::Failure,
    html::query_value,
    pages::{
        analyses::{Refused, analysis_path, job_page, job_path, title},
        computations::go,
        files::off_thread,
    },
    site::Site,
    visit::{Visit, page},
};

/// What goes with a computation, before it goes.
#[derive(Template)]
#[template(path = "analysis-remove.html")]
struct RemovePage<'a> {
    v: &'a Visit,
    title: String,
    removal: Removal,
}

impl RemovePage<'_> {
    fn job_link(&self) -> String {
        self.v.to(&job_path(&self.removal.job.id))
    }
    fn analysis_link(&self, id: &str) -> String {
        self.v.to(&analysis_path(id))
    }
    fn is_done(&self) -> bool {
        self.removal.job.state == analyses::JobState::Done
    }
}

/// Ends a job; it can be resumed.
pub async fn cancel(State(site): State<Site>, who: Who, Path(id): Path<String>) -> Result<Response, Failure> {
    analyses::cancel_job(&site.app, &id, who.actor(), site.now()).await?;
    // Whoever computes looks again within the blink that the redirect takes.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    Ok(Redirect::to(&job_path(&id)).into_response())
}

/// Lets a job go on.
pub async fn resume(State(site): State<Site>, who: Who, Path(id): Path<String>) -> Result<Response, Failure> {
    match analyses::resume_job(&site.app, &id, who.actor(), site.options.clock).await {
        Err(AppError::Refused(found)) => Err(super::refused(&found)),
        other => {
            other?;
            Ok(Redirect::to(&job_path(&id)).into_response())
        }
    }
}

/// Asks whether a job is to go, and says what goes with it.
pub async fn remove_page(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let (app, world) = (v.site.app.clone(), v.world.clone());
    let removal = match off_thread(move || analyses::removal(&app, &world, &id)).await? {
        Err(AppError::Refused(found)) => return Err(super::refused(&found)),
        other => other?,
    };
    page(&v, &RemovePage { title: title(&v, &removal.job.request), removal, v: &v })
}

/// Removes a job.
pub async fn remove(State(site): State<Site>, who: Who, Path(id): Path<String>) -> Result<Response, Failure> {
    match analyses::remove_job(&site.app, &id, who.actor(), site.now()).await {
        Err(AppError::Refused(found)) => Err(super::refused(&found)),
        other => {
            let n_files = other?;
            let to = format!("/analyses?removed={}&files={n_files}", query_value(&id));
            Ok(Redirect::to(&to).into_response())
        }
    }
}

/// Submits what a job found.
pub async fn publish(
    State(site): State<Site>,
    mut v: Visit,
    Path(id): Path<String>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let text = |name: &str| form.iter().find(|(field, _)| field == name).map_or("", |(_, text)| text.trim());
    let tie = |(field, indicator): &(String, String)| {
        let measure = field.strip_prefix("tie-")?;
        (!indicator.is_empty()).then(|| (measure.to_owned(), Id::new(indicator)))
    };
    let name = |(field, name): &(String, String)| {
        let place = field.strip_prefix("name-")?;
        // A title that nobody touched is made in every language.
        let is_touched = form.iter().any(|(other, was)| other.strip_prefix("was-") == Some(place) && was != name);
        (is_touched && !name.trim().is_empty()).then(|| (place.to_owned(), v.lang, name.trim().to_owned()))
    };
    let publication = AnalysisPublication {
        ties: form.iter().filter_map(tie).collect(),
        scope: Scope::parse(text("scope")).unwrap_or(Scope::Supported),
        with_cities: !text("cities").is_empty(),
        names: form.iter().filter_map(name).collect(),
        reason: if text("reason").is_empty() { id.clone() } else { text("reason").to_owned() },
        job: id.clone(),
    };
    match analyses::publish_analysis(&site.app, &publication, v.who.actor(), site.now()).await {
        Ok(Ok(Written::InForce(line))) => {
            Ok(Redirect::to(&format!("{}?published={}", job_path(&id), line.number)).into_response())
        }
        Ok(Ok(written)) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Ok(Err(found)) | Err(AppError::Refused(found)) => {
            // The page of the job as it was filled in, with what stands in the way.
            v.path = job_path(&id);
            let mut answer = job_page(v, id, Some(Refused { found, entered: form })).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(other) => Err(other.into()),
    }
}

/// Computes an analysis again within the boundaries that are in force now.
pub async fn again(State(site): State<Site>, v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let (app, world, by, now) = (site.app.clone(), v.world.clone(), v.who.actor().clone(), site.now());
    let made = off_thread(move || analyses::recompute(&app, &world, &id, &by, now)).await?;
    go(&site, &v, made).await
}
