//! What somebody may do, and why.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use model::{
    Kind, Records,
    kinds::{Deputy, Grant, Role},
    record::{Code, Record},
    value::Id,
};
use register::{
    Edit, Proposal,
    access::{Actor, Decision, Deed, Subject, decide, is_in_force},
};

use crate::{App, error::AppError, proposals, view::ChangeLine};

/// Everything about what a person may do on a day.
#[derive(Clone, Debug)]
pub struct Rights {
    /// The grants and refusals, the person's own and those of persons for whom he or she stands in.
    pub grants: Vec<RightLine>,
    /// For whom the person stands in.
    pub stands_in_for: Vec<Deputy>,
    /// Who stands in for the person.
    pub deputies: Vec<Deputy>,
    /// Each deed, whether it can be done anywhere, and by which grants.
    pub deeds: Vec<(Deed, Decision)>,
}

/// A grant, whether it holds today, and for whom it is.
#[derive(Clone, Debug)]
pub struct RightLine {
    /// The grant.
    pub grant: Grant,
    /// Whether it holds on the day.
    pub in_force: bool,
    /// The person for whom the person stands in.
    pub for_person: Option<String>,
    /// Kinds of record that the role writes.
    pub writes: Vec<Kind>,
}

fn day(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

/// Decides, on the register as it is now.
pub async fn is_allowed(
    app: &App,
    by: &Actor,
    deed: Deed,
    subject: &Subject,
    now: Timestamp,
) -> Result<Decision, AppError> {
    let world = app.world().await?;
    Ok(decide(world.records(), by, deed, subject, day(now)))
}

/// Refuses what is not allowed.
pub async fn require(app: &App, by: &Actor, deed: Deed, subject: &Subject, now: Timestamp) -> Result<(), AppError> {
    let decision = is_allowed(app, by, deed, subject, now).await?;
    if decision.allowed {
        return Ok(());
    }
    Err(if *by == Actor::Public { AppError::SignedOut } else { AppError::Forbidden(Box::new((deed, decision))) })
}

/// Refuses whoever writes nothing at all. What is uploaded is read or kept before anything in it can be judged.
pub async fn require_writer(app: &App, by: &Actor, now: Timestamp) -> Result<(), AppError> {
    let world = app.world().await?;
    let mut refused = None;
    for kind in Kind::ALL {
        let deed = Deed::Write(*kind);
        let decision = decide(world.records(), by, deed, &Subject::Anywhere, day(now));
        if decision.allowed {
            return Ok(());
        }
        refused = Some(AppError::Forbidden(Box::new((deed, decision))));
    }
    Err(refused.filter(|_| *by != Actor::Public).unwrap_or(AppError::SignedOut))
}

/// What a person may do on a day, and why.
pub async fn rights(app: &App, code: &str, on: Date) -> Result<Rights, AppError> {
    let world = app.world().await?;
    let records = world.records();
    let stands_in_for: Vec<Deputy> = register::access::stands_in_for(records, code, on).cloned().collect();
    let line = |grant: &Grant| {
        let for_person = if grant.person.0 == code {
            None
        } else {
            Some(stands_in_for.iter().find(|d| d.person.0 == grant.person.0)?.person.0.clone())
        };
        let writes = Kind::ALL.iter().copied().filter(|k| Deed::Write(*k).roles().contains(&grant.role)).collect();
        Some(RightLine { grant: grant.clone(), in_force: is_in_force(grant, on), for_person, writes })
    };
    let actor = Actor::Person { code: code.to_owned(), scopes: None };
    let deeds = [
        Deed::ReadInternal,
        Deed::Write(Kind::Observation),
        Deed::Write(Kind::Target),
        Deed::Write(Kind::Amount),
        Deed::Write(Kind::Evaluation),
        Deed::Agree(Role::Reviewer),
        Deed::Override,
        Deed::ReadPersonal,
        Deed::Audit,
        Deed::Administer,
    ];
    Ok(Rights {
        grants: records.grants.iter().filter_map(line).collect(),
        deputies: records.deputies.iter().filter(|d| d.person.0 == code).cloned().collect(),
        deeds: deeds.into_iter().map(|d| (d, decide(records, &actor, d, &Subject::Anywhere, on))).collect(),
        stands_in_for,
    })
}

/// Gives a person a role in a unit (everywhere when `None`), as a change of the register.
pub async fn give_role(
    app: &App,
    by: &Actor,
    person: &str,
    role: Role,
    unit: Option<&str>,
    reason: &str,
    now: Timestamp,
) -> Result<ChangeLine, AppError> {
    require(app, by, Deed::Administer, &Subject::organisation(), now).await?;
    let world = app.world().await?;
    let grants = &world.records().grants;
    let stem = format!("{person}-{role}");
    let id = std::iter::once(stem.clone())
        .chain((2..).map(|n| format!("{stem}-{n}")))
        .find(|id| !grants.contains(id))
        .unwrap_or_default();
    let grant = Grant {
        id: Id::new(id),
        person: Code(person.to_owned()),
        role,
        unit: unit.filter(|u| !u.is_empty()).map(Id::new),
        plan: None,
        result: None,
        refused: None,
        starts_on: None,
        ends_on: None,
        reason: Some(reason.to_owned()).filter(|r| !r.is_empty()),
    };
    let edit = Edit::Put { kind: Kind::Grant, row: grant.to_row(), origin: None };
    write_rights(app, by, edit, reason, now).await
}

/// Whether edits leave a register that has an administrator of everything without one: nobody could let anybody in again.
pub(crate) fn takes_last_administrator(records: &Records, edits: &[Edit], on: Date) -> bool {
    let of_grant =
        |e: &&Edit| matches!(e, Edit::Put { kind: Kind::Grant, .. } | Edit::Remove { kind: Kind::Grant, .. });
    if !edits.iter().any(|e| of_grant(&e)) {
        return false;
    }
    let is_admin =
        |g: &&Grant| g.role == Role::Administrator && g.refused != Some(true) && g.unit.is_none() && is_in_force(g, on);
    let has_one = |records: &Records| records.grants.iter().any(|g| is_admin(&g));
    let after = register::applied(records, edits.iter().filter(of_grant));
    has_one(records) && !has_one(&after)
}

/// Takes a grant away, as a change of the register. The last administrator stays.
pub async fn take_role(app: &App, by: &Actor, grant: &str, now: Timestamp) -> Result<ChangeLine, AppError> {
    require(app, by, Deed::Administer, &Subject::organisation(), now).await?;
    let world = app.world().await?;
    if !world.records().grants.contains(grant) {
        return Err(AppError::Unknown);
    }
    let gone = Edit::Remove { kind: Kind::Grant, id: grant.to_owned() };
    if takes_last_administrator(world.records(), &[gone], day(now)) {
        return Err(AppError::LastAdministrator);
    }
    let edit = Edit::Remove { kind: Kind::Grant, id: grant.to_owned() };
    write_rights(app, by, edit, "", now).await
}

async fn write_rights(app: &App, by: &Actor, edit: Edit, reason: &str, now: Timestamp) -> Result<ChangeLine, AppError> {
    let proposal = Proposal {
        author: by.author().to_owned(),
        at: now,
        reason: reason.to_owned(),
        undoes: None,
        against: app.world().await?.snapshot().position,
        edits: vec![edit],
    };
    let written = proposals::write_checked(app, proposal, None, &store::Beside::default()).await?;
    written.map_err(AppError::Refused)
}
