//! `people`: who there is, links to come in, and roles, for administrators without a browser. Whoever runs it can read and
//! write the data folder anyway, so it asks for no password; what it does is recorded like everything else.

use app::{
    App, OpenMode,
    people::{self, Account, Taken},
};
use model::{kinds::Role, record::Record};
use serde_json::{Value as Json, json};

use crate::{Stop, args::PeopleCommand, session::Session};

/// Runs one of them.
pub async fn run(session: &Session, command: &PeopleCommand) -> Result<(), Stop> {
    let app = session.open(OpenMode::Existing).await?;
    match command {
        PeopleCommand::List => list(session, &app).await,
        PeopleCommand::Link { email, name, site } => link(session, &app, email, name.as_deref(), site.as_deref()).await,
        PeopleCommand::Erase { value } => erase(session, &app, value).await,
        PeopleCommand::Give { email, role, unit, reason } => {
            let reason = reason.as_deref().unwrap_or_default();
            give(session, &app, email, role, unit.as_deref(), reason).await
        }
    }
}

async fn list(session: &Session, app: &App) -> Result<(), Stop> {
    let persons = people::persons(app, &session.actor(None), session.now()).await?;
    let world = app.world().await?;
    let roles = |code: &str| -> Vec<Json> {
        let of = world.records().grants.iter().filter(|g| g.person.0 == code);
        of.map(|g| {
            json!({"grant": g.id(), "role": g.role.as_str(), "unit": g.unit.as_ref().map(|u| u.as_str()),
                   "refused": g.refused == Some(true), "starts_on": g.starts_on, "ends_on": g.ends_on})
        })
        .collect()
    };
    if session.json {
        let line = |a: &Account| {
            json!({"code": a.code, "name": a.name, "email": a.email, "state": a.state,
                   "two_factor": a.has_two_factor, "roles": roles(&a.code)})
        };
        session.print_json(&json!({"people": persons.iter().map(line).collect::<Vec<_>>()}));
        return Ok(());
    }
    for a in &persons {
        let state = session.say(&format!("people-state-{}", a.state));
        outln!("{}  {} <{}>  {state}", a.code, printable(&a.name), printable(&a.email));
        for role in roles(&a.code) {
            let refused = if role["refused"] == true { "−" } else { " " };
            let unit = role["unit"].as_str().map_or(String::new(), |u| format!("  {u}"));
            outln!("  {refused} {}{unit}", role["role"].as_str().unwrap_or_default());
        }
    }
    if persons.is_empty() {
        outln!("{}", session.say("cli-people-nobody"));
    }
    Ok(())
}

/// A terminal obeys control characters; a name has none, but this is not the place that made sure of it.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// The person with an address, as far as there is one.
async fn known(session: &Session, app: &App, email: &str) -> Result<Option<Account>, Stop> {
    let email = email.trim().to_lowercase();
    let persons = people::persons(app, &session.actor(None), session.now()).await?;
    Ok(persons.into_iter().find(|a| a.email == email))
}

async fn link(session: &Session, app: &App, email: &str, name: Option<&str>, site: Option<&str>) -> Result<(), Stop> {
    let (by, now) = (session.actor(None), session.now());
    let (code, state, secret) = match known(session, app, email).await? {
        Some(a) => (a.code.clone(), a.state, people::reset_link(app, &by, &a.code, now).await?),
        None => match people::invite(app, &by, name.unwrap_or(email), email, now).await? {
            Ok((secret, code)) => (code, "invited".to_owned(), Some(secret)),
            Err(Taken(key)) => return Err(Stop::Usage(session.say(key))),
        },
    };
    let Some(secret) = secret else {
        return Err(Stop::Usage(session.say_with("cli-people-kept-out", &[("email", email.into())])));
    };
    let server = &session.settings.config.server;
    let here = format!("http://127.0.0.1:{}", server.port);
    let site = site.or(server.public_address.as_ref().map(|a| a.as_str())).unwrap_or(&here);
    let link = format!("{}/enter/{secret}", site.trim_end_matches('/'));
    let purpose = if state == "invited" { "invitation" } else { "reset" };
    if session.json {
        session.print_json(&json!({"code": code, "email": email, "purpose": purpose, "link": link}));
    } else {
        outln!("{}", session.say_with(&format!("cli-people-{purpose}"), &[("link", link.into())]));
    }
    Ok(())
}

async fn erase(session: &Session, app: &App, value: &str) -> Result<(), Stop> {
    let n = app::erase_value(app, &session.actor(None), value, session.now()).await?;
    if session.json {
        session.print_json(&json!({"erased": n}));
    } else {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        outln!("{}", session.say_with("people-erase-done", &[("n", n.into())]));
    }
    Ok(())
}

async fn give(
    session: &Session,
    app: &App,
    email: &str,
    role: &str,
    unit: Option<&str>,
    reason: &str,
) -> Result<(), Stop> {
    let Some(role) = Role::parse(role) else {
        let known: Vec<&str> = Role::ALL.iter().map(|r| r.as_str()).collect();
        let args = [("role", role.into()), ("known", known.join(", ").into())];
        return Err(Stop::Usage(session.say_with("cli-people-role-unknown", &args)));
    };
    let Some(person) = known(session, app, email).await? else {
        return Err(Stop::Usage(session.say_with("cli-people-unknown", &[("email", email.into())])));
    };
    if let Some(unit) = unit
        && !app.world().await?.records().units.contains(unit)
    {
        return Err(Stop::Usage(session.say_with("cli-people-unit-unknown", &[("unit", unit.into())])));
    }
    let by = session.actor(None);
    let change = people::give_role(app, &by, &person.code, role, unit, reason, session.now()).await?;
    if session.json {
        let done = json!({"code": person.code, "role": role.as_str(), "unit": unit, "change": change.number});
        session.print_json(&done);
    } else {
        let args = [("change", change.number.to_string().into()), ("role", role.as_str().into())];
        outln!("{}", session.say_with("cli-people-given", &args));
    }
    Ok(())
}
