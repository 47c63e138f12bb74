//! Two people changed the same: what stood when the second one began, what the first one made of it, and what the
//! second one wants, field by field.

use model::{Kind, observations::Observations, value::Value};
use register::{Edit, Log, Upto, access::Actor};

use super::{Content, Ready};
use crate::{App, error::AppError, observed, personal, world::World};

/// A record that was changed by somebody else in the meantime.
#[derive(Clone, Debug)]
pub struct Clash {
    /// The kind.
    pub kind: Kind,
    /// The record.
    pub id: String,
    /// The change of the other.
    pub change: u64,
    /// Whether the other removed it.
    pub is_gone: bool,
    /// The fields that one of the two changed.
    pub fields: Vec<ClashField>,
}

/// One field in three versions.
#[derive(Clone, Debug)]
pub struct ClashField {
    /// The column.
    pub column: String,
    /// When the second one began.
    pub base: Value,
    /// As it is now.
    pub theirs: Value,
    /// As the second one wants it.
    pub mine: Value,
}

impl ClashField {
    /// Whether somebody has to choose: both changed it, and not to the same.
    pub fn is_open(&self) -> bool {
        self.theirs != self.mine && self.base != self.theirs && self.base != self.mine
    }
    /// Whether the other's version goes without asking.
    pub fn takes_theirs(&self) -> bool {
        !self.is_open() && *self.merged() == self.theirs
    }
    /// Whether the own version goes without asking.
    pub fn takes_mine(&self) -> bool {
        !self.is_open() && *self.merged() != self.theirs
    }
    /// What goes without asking: the side that changed it.
    pub fn merged(&self) -> &Value {
        if self.base == self.mine { &self.theirs } else { &self.mine }
    }
}

/// Rows of sent observations for which another value came after a change: the row, and the current one.
pub(super) fn later_observations(world: &World, sent: &Observations, against: u64) -> Vec<(usize, usize)> {
    let current = &world.snapshot().observations;
    let diff = observed::diff(current, sent);
    diff.changed.into_iter().filter(|(_, held)| current.change[*held] > against).collect()
}

/// The first record or observation of a change that others changed after the position that it was made of, and their
/// change.
pub(super) async fn first_later(app: &App, world: &World, ready: &Ready) -> Result<Option<(String, u64)>, AppError> {
    if ready.against >= world.snapshot().position {
        return Ok(None);
    }
    let current = &world.snapshot().observations;
    if let Some((row, held)) = later_observations(world, &ready.observed, ready.against).first() {
        let id = ready.observed.row(*row).id();
        return Ok(Some((format!("{}/{id}", Kind::Observation.name()), current.change[*held])));
    }
    let store = app.store()?;
    let later = store.touched_since(ready.against).await?;
    for edit in &ready.edits {
        let (kind, id) = match edit {
            Edit::Put { kind, row, .. } => (kind.name(), kind.def().id_of(row)),
            Edit::Remove { kind, id } => (kind.name(), id.clone()),
            _ => continue,
        };
        if later.contains(&(kind.to_owned(), id.clone())) {
            let revisions = store.revisions_of(kind, &id).await?;
            return Ok(Some((format!("{kind}/{id}"), revisions.last().map_or(0, |(change, _)| change.number))));
        }
    }
    Ok(None)
}

/// Where a proposal of one's own meets later changes.
pub async fn clashes(app: &App, by: &Actor, number: i64) -> Result<Vec<Clash>, AppError> {
    let p = app.store()?.proposal(number).await?.filter(|p| p.case.author == by.author()).ok_or(AppError::Unknown)?;
    let world = app.world().await?;
    let content = Content::read(&p.edits)?;
    let store = app.store()?;
    let later = store.touched_since(p.against).await?;
    let base = personal::told_records(app, store.fold(Upto::Change(p.against)).await?.records).await?;
    let mut found = Vec::new();
    for edit in personal::told_edits(app, content.edits()).await? {
        let Edit::Put { kind, row, .. } = edit else { continue };
        let id = kind.def().id_of(&row);
        if !later.contains(&(kind.name().to_owned(), id.clone())) {
            continue;
        }
        let revisions = store.revisions_of(kind.name(), &id).await?;
        let change = revisions.last().map_or(0, |(c, _)| c.number);
        let empty = vec![Value::Null; row.len()];
        let theirs = world.records().row(kind, &id);
        let was = base.row(kind, &id).unwrap_or_else(|| empty.clone());
        let is_gone = theirs.is_none();
        let fields = three(kind, &was, &theirs.unwrap_or(empty), &row);
        found.push(Clash { kind, id, change, is_gone, fields });
    }
    let sent = content.observations(app).await?;
    let current = &world.snapshot().observations;
    let met = later_observations(&world, &sent, p.against);
    if !met.is_empty() {
        let was = app.observations_at(p.against).await?;
        for (row, held) in met {
            let mine = observed::value_row(&sent, row);
            let theirs = observed::value_row(current, held);
            let key = sent.row(row).id();
            let base = (0..was.len()).find(|r| was.row(*r).id() == key).map(|r| observed::value_row(&was, r));
            let base = base.unwrap_or_else(|| vec![Value::Null; mine.len()]);
            let fields = three(Kind::Observation, &base, &theirs, &mine);
            let change = current.change[held];
            found.push(Clash { kind: Kind::Observation, id: key, change, is_gone: false, fields });
        }
    }
    Ok(found)
}

fn three(kind: Kind, base: &[Value], theirs: &[Value], mine: &[Value]) -> Vec<ClashField> {
    let columns = kind.def().columns.iter().map(|c| c.name.clone());
    columns
        .zip(base.iter().zip(theirs.iter().zip(mine)))
        .map(|(column, (base, (theirs, mine)))| ClashField {
            column,
            base: base.clone(),
            theirs: theirs.clone(),
            mine: mine.clone(),
        })
        .filter(|f| f.base != f.theirs || f.base != f.mine)
        .collect()
}
