//! A forgotten password: a link to set a new one, by mail.

use askama::Template;
use axum::{extract::Form, response::Response};

use crate::{
    failure::Failure,
    pages::sign_in::From,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "forgotten.html")]
struct ForgottenPage<'a> {
    v: &'a Visit,
    title: String,
    /// What was done, or is to be waited for: a sentence.
    said: Option<String>,
    is_wrong: bool,
}

/// The form.
pub async fn form(v: Visit) -> Result<Response, Failure> {
    if v.site.options.mail.is_none() {
        return Err(Failure::not_found());
    }
    page(&v, &ForgottenPage { title: v.say("people-forgotten"), said: None, is_wrong: false, v: &v })
}

/// What the form sends.
#[derive(serde::Deserialize)]
pub struct ForgottenForm {
    email: String,
}

/// Sends the link to whoever has an account. The answer is the same for whoever has none.
pub async fn send(v: Visit, From(address): From, Form(form): Form<ForgottenForm>) -> Result<Response, Failure> {
    let mail = v.site.options.mail.as_ref().ok_or_else(Failure::not_found)?;
    let wait = app::forgot_password(&v.site.app, mail, &form.email, address, v.site.now()).await?;
    let said = match wait {
        None => v.say("people-forgotten-sent"),
        Some(seconds) => v.say_with("people-wait", [("n", i64::try_from(seconds).unwrap_or(i64::MAX).into())]),
    };
    let title = v.say("people-forgotten");
    let mut response = page(&v, &ForgottenPage { title, said: Some(said), is_wrong: wait.is_some(), v: &v })?;
    if wait.is_some() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}
