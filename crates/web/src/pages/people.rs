//! Persons for administrators, and the page that says what a person may do, and why.

use app::{
    access::{Because, Decision, Deed},
    people::{self, Account, Rights, Taken},
};
use askama::Template;
use axum::{
    extract::{Form, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use model::kinds::{Role, Unit};

use crate::{
    caller::Who,
    failure::Failure,
    html::segment,
    site::Site,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage<'a> {
    v: &'a Visit,
    title: String,
    persons: Vec<Account>,
    /// A link to hand over, shown once.
    link: Option<String>,
    wrong: Option<String>,
    /// At how many places a name was just erased.
    erased: Option<i64>,
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage<'a> {
    v: &'a Visit,
    title: String,
    /// `None` on the page of one's own rights.
    a: Option<Account>,
    code: String,
    rights: Rights,
    units: Vec<&'a Unit>,
    roles: &'static [Role],
    link: Option<Link>,
    wrong: Option<String>,
}

/// A link as it is handed over, shown once.
struct Link {
    address: String,
    /// Whether it left by mail; none when mail is off.
    is_sent: Option<bool>,
}

impl Link {
    /// What is to be done with it.
    fn note(&self) -> &'static str {
        match self.is_sent {
            None => "people-link-hand-over",
            Some(true) => "people-link-sent",
            Some(false) => "people-link-not-sent",
        }
    }
}

impl PersonPage<'_> {
    fn deed(&self, deed: &Deed) -> String {
        match deed {
            Deed::Write(kind) => self.v.say_name("people-deed-write", "kind", self.v.kind(kind.name())),
            Deed::Agree(_) => self.v.say("people-deed-agree"),
            Deed::ReadOpen => self.v.say("people-deed-read-open"),
            Deed::ReadInternal => self.v.say("people-deed-read-internal"),
            Deed::ReadPersonal => self.v.say("people-deed-read-personal"),
            Deed::Override => self.v.say("people-deed-override"),
            Deed::Administer => self.v.say("people-deed-administer"),
            Deed::Audit => self.v.say("people-deed-audit"),
        }
    }
    /// Which grants give it, or that none does.
    fn why(&self, decision: &Decision) -> String {
        let reasons = decision.because.iter().map(|because| match because {
            Because::Granted { grant, for_person: None } => grant.clone(),
            Because::Granted { grant, for_person: Some(person) } => {
                format!("{grant} ({})", self.v.say_name("people-deputy-of", "name", self.v.author(person)))
            }
            Because::Refused { grant } => self.v.say_name("people-refused-by", "grant", grant),
            _ => self.v.say("people-no-grant"),
        });
        reasons.collect::<Vec<_>>().join(", ")
    }
    fn path(&self, end: &str) -> String {
        format!("/people/{}{end}", segment(&self.code))
    }
}

/// Everybody.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    show_list(&v, None, None).await
}

async fn show_list(v: &Visit, link: Option<String>, wrong: Option<&'static str>) -> Result<Response, Failure> {
    let persons = people::persons(&v.site.app, v.who.actor(), v.site.now()).await?;
    let wrong = wrong.map(|key| v.say(key));
    page(
        v,
        &PeoplePage { title: v.say("people-people"), persons, link, wrong, erased: v.ask("erased").parse().ok(), v },
    )
}

/// What to erase.
#[derive(serde::Deserialize)]
pub struct EraseForm {
    value: String,
}

/// Erases a name from all records.
pub async fn erase(State(site): State<Site>, who: Who, Form(form): Form<EraseForm>) -> Result<Response, Failure> {
    let n = app::erase_value(&site.app, who.actor(), &form.value, site.now()).await?;
    Ok(Redirect::to(&format!("/people?erased={n}")).into_response())
}

/// Whom to invite.
#[derive(serde::Deserialize)]
pub struct InviteForm {
    name: String,
    email: String,
}

/// Invites a person; shows the link once.
pub async fn invite(v: Visit, Form(form): Form<InviteForm>) -> Result<Response, Failure> {
    match people::invite(&v.site.app, v.who.actor(), &form.name, &form.email, v.site.now()).await? {
        Ok((secret, code)) => show_person(&v, code, Some(secret), None).await,
        Err(Taken(key)) => show_list(&v, None, Some(key)).await,
    }
}

/// One person.
pub async fn one(v: Visit, Path(code): Path<String>) -> Result<Response, Failure> {
    show_person(&v, code, None, None).await
}

async fn show_person(
    v: &Visit,
    code: String,
    secret: Option<String>,
    wrong: Option<&'static str>,
) -> Result<Response, Failure> {
    let a = people::account(&v.site.app, v.who.actor(), &code, v.site.now()).await?.ok_or_else(Failure::not_found)?;
    let title = if a.name.is_empty() { v.say("people-erased") } else { a.name.clone() };
    let link = match secret {
        Some(secret) => Some(link_of(v, &code, &secret).await?),
        None => None,
    };
    show_rights(v, title, Some(a), code, link, wrong).await
}

/// A link as it is handed over; it is sent by mail too where mail is on.
async fn link_of(v: &Visit, code: &str, secret: &str) -> Result<Link, Failure> {
    Ok(match &v.site.options.mail {
        None => Link { address: format!("{}/enter/{secret}", v.origin), is_sent: None },
        Some(mail) => {
            let is_sent = app::send_link(&v.site.app, mail, code, secret, v.site.now()).await?;
            Link { address: mail.link(secret), is_sent: Some(is_sent) }
        }
    })
}

/// What one may do oneself.
pub async fn own_rights(v: Visit) -> Result<Response, Failure> {
    let code = v.who.person().ok_or_else(Failure::not_found)?.to_owned();
    let title = v.say("people-rights");
    show_rights(&v, title, None, code, None, None).await
}

async fn show_rights(
    v: &Visit,
    title: String,
    a: Option<Account>,
    code: String,
    link: Option<Link>,
    wrong: Option<&'static str>,
) -> Result<Response, Failure> {
    let rights = people::rights(&v.site.app, &code, v.site.day()).await?;
    let template = PersonPage {
        units: v.records().units.iter().collect(),
        roles: Role::ALL,
        wrong: wrong.map(|key| v.say(key)),
        title,
        a,
        code,
        rights,
        link,
        v,
    };
    page(v, &template)
}

/// A role to give.
#[derive(serde::Deserialize)]
pub struct RoleForm {
    #[serde(default)]
    role: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    grant: String,
}

/// Gives a person a role.
pub async fn give_role(
    State(site): State<Site>,
    who: Who,
    Path(code): Path<String>,
    Form(form): Form<RoleForm>,
) -> Result<Response, Failure> {
    let role = Role::parse(&form.role).ok_or_else(|| Failure::bad("page-fail-bad", &[]))?;
    people::give_role(&site.app, who.actor(), &code, role, Some(&form.unit), &form.reason, site.now()).await?;
    Ok(Redirect::to(&format!("/people/{}", segment(&code))).into_response())
}

/// Takes a role away.
pub async fn take_role(
    State(site): State<Site>,
    who: Who,
    Path(code): Path<String>,
    Form(form): Form<RoleForm>,
) -> Result<Response, Failure> {
    people::take_role(&site.app, who.actor(), &form.grant, site.now()).await?;
    Ok(Redirect::to(&format!("/people/{}", segment(&code))).into_response())
}

/// What to do with an account.
#[derive(serde::Deserialize)]
pub struct StateForm {
    what: String,
}

/// Blocks, lets in again, erases, or makes a new link.
pub async fn state(v: Visit, Path(code): Path<String>, Form(form): Form<StateForm>) -> Result<Response, Failure> {
    let (app, by, now) = (&v.site.app, v.who.actor(), v.site.now());
    let done = match form.what.as_str() {
        "block" => people::block_person(app, by, &code, now).await?,
        "unblock" => people::unblock_person(app, by, &code, now).await?,
        "erase" => people::erase_person(app, by, &code, now).await?,
        "link" => {
            let secret = people::reset_link(app, by, &code, now).await?;
            return show_person(&v, code, secret, None).await;
        }
        _ => return Err(Failure::bad("page-fail-bad", &[])),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/people/{}", segment(&code))).into_response()),
        Err(Taken(key)) => show_person(&v, code, None, Some(key)).await,
    }
}
