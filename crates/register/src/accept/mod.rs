//! Deciding whether a change may enter the register.

mod areas;
mod cycles;
mod observations;
mod references;
mod rules;

use diag::{Diagnostic, Severity};
use model::{
    Kind, Records,
    record::{Origin, SheetOrigin},
    value::Value,
};
use rustc_hash::{FxHashMap, FxHashSet};

pub use observations::accept_observations;

use crate::{
    change::{AGREEMENT, Edit, Op, Proposal, SEGMENT, SegmentRef},
    codes::{REG001, REG005, REG014},
};

/// A change that passed the rules. Only [`accept`] makes one.
#[derive(Clone, Debug)]
pub struct Checked {
    proposal: Proposal,
    sheets: Vec<SheetOrigin>,
    links: Vec<Link>,
}

/// A revision before it has a position.
#[derive(Clone, Debug)]
pub struct Link {
    /// The record's kind; `None` for a segment and an agreement.
    pub kind: Option<Kind>,
    /// The record's id, or the segment's.
    pub record: String,
    /// What it does.
    pub op: Op,
    /// Canonical JSON.
    pub body: String,
    /// Sheet and row it came from.
    pub origin: Option<(u32, u32)>,
    /// The values, for the kind's own table; empty for a removal or segment.
    pub row: Vec<Value>,
    /// The segment.
    pub segment: Option<SegmentRef>,
}

impl Link {
    /// The kind's name, `segment` or `agreement`.
    pub fn kind_name(&self) -> &'static str {
        match (self.kind, self.op) {
            (Some(kind), _) => kind.name(),
            (None, Op::Agree) => AGREEMENT,
            (None, _) => SEGMENT,
        }
    }
}

impl Checked {
    /// What was proposed.
    pub fn proposal(&self) -> &Proposal {
        &self.proposal
    }
    /// Sheets that its records came from.
    pub fn sheets(&self) -> &[SheetOrigin] {
        &self.sheets
    }
    /// Its revisions in order.
    pub fn links(&self) -> &[Link] {
        &self.links
    }
}

/// What the rules see: what is there, and what the proposal adds and takes away.
pub(crate) struct Incoming<'a> {
    /// What is there.
    pub state: &'a Records,
    /// What the proposal puts, typed.
    pub new: Records,
    /// What it removes.
    pub removed: FxHashSet<(Kind, &'a str)>,
}

impl Incoming<'_> {
    /// Whether a record is there after the change.
    pub fn holds(&self, kind: Kind, id: &str) -> bool {
        self.new.contains(kind, id) || (self.state.contains(kind, id) && !self.removed.contains(&(kind, id)))
    }
}

/// Decides whether a change may enter the register.
///
/// Returns the checked change unless an error was found, and everything found on the way: empty required columns,
/// records named twice, dangling references (with the nearest id there is), circles of parents, and the rules of
/// single kinds. Reads nothing and knows no time.
pub fn accept(state: &Records, proposal: Proposal) -> (Option<Checked>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut incoming = Incoming { state, new: Records::default(), removed: FxHashSet::default() };
    let mut seen: FxHashSet<(Kind, String)> = FxHashSet::default();
    let mut sheets: Vec<SheetOrigin> = Vec::new();
    let mut sheet_of: FxHashMap<*const SheetOrigin, u32> = FxHashMap::default();
    let mut links = Vec::with_capacity(proposal.edits.len());
    for edit in &proposal.edits {
        match edit {
            Edit::Put { kind, row, origin } => {
                let def = kind.def();
                let id = def.id_of(row);
                if let Err(missing) = incoming.new.put(*kind, row, origin.clone()) {
                    for column in missing {
                        found.push(locate(
                            Diagnostic::new(&REG001)
                                .on(kind.name(), id.clone())
                                .field(column.clone())
                                .arg("column", column),
                            origin.as_ref(),
                        ));
                    }
                }
                if !seen.insert((*kind, id.clone())) {
                    found.push(locate(
                        Diagnostic::new(&REG005).on(kind.name(), id.clone()).arg("id", &id),
                        origin.as_ref(),
                    ));
                }
                let origin = origin.as_ref().map(|o| {
                    let sheet = *sheet_of.entry(std::sync::Arc::as_ptr(&o.sheet)).or_insert_with(|| {
                        sheets.push(o.sheet.as_ref().clone());
                        sheets.len() as u32 - 1
                    });
                    (sheet, o.row)
                });
                // The body is what the record would say of itself, so that equal records have equal bodies.
                let row = incoming.new.row(*kind, &id).unwrap_or_else(|| row.clone());
                links.push(Link {
                    kind: Some(*kind),
                    body: def.to_json(&row),
                    record: id,
                    op: Op::Put,
                    origin,
                    row,
                    segment: None,
                });
            }
            Edit::Remove { kind, id } => {
                if !state.contains(*kind, id) {
                    found.push(Diagnostic::new(&REG014).on(kind.name(), id.clone()).arg("id", id));
                }
                if !seen.insert((*kind, id.clone())) {
                    found.push(Diagnostic::new(&REG005).on(kind.name(), id.clone()).arg("id", id));
                }
                incoming.removed.insert((*kind, id));
                links.push(Link {
                    kind: Some(*kind),
                    record: id.clone(),
                    op: Op::Remove,
                    body: String::new(),
                    origin: None,
                    row: Vec::new(),
                    segment: None,
                });
            }
            Edit::AddSegment(segment) => links.push(segment_link(segment, Op::AddSegment)),
            Edit::RetractSegment(segment) => links.push(segment_link(segment, Op::RetractSegment)),
            Edit::Agree { proposal, body } => links.push(Link {
                kind: None,
                record: proposal.to_string(),
                op: Op::Agree,
                body: body.clone(),
                origin: None,
                row: Vec::new(),
                segment: None,
            }),
        }
    }
    references::check(&incoming, &mut found);
    cycles::check(&incoming, &mut found);
    rules::check(&incoming, &mut found);
    areas::check(&incoming, &mut found);
    for diagnostic in &mut found {
        point(&incoming.new, diagnostic);
    }
    let refused = found.iter().any(|d| d.severity == Severity::Error);
    (if refused { None } else { Some(Checked { sheets, links, proposal }) }, found)
}

fn segment_link(segment: &SegmentRef, op: Op) -> Link {
    Link {
        kind: None,
        record: segment.id.clone(),
        op,
        body: serde_json::to_string(segment).unwrap_or_default(),
        origin: None,
        row: Vec::new(),
        segment: Some(segment.clone()),
    }
}

fn locate(mut diagnostic: Diagnostic, origin: Option<&Origin>) -> Diagnostic {
    if let Some(origin) = origin {
        diagnostic.pointer = origin.pointer(diagnostic.field.as_deref());
    }
    diagnostic
}

/// Adds the place in the file and the text there, from the record's own origin.
fn point(new: &Records, diagnostic: &mut Diagnostic) {
    let Some(record) = &diagnostic.record else { return };
    let Some(kind) = Kind::parse(record.kind) else { return };
    if diagnostic.pointer.row.is_none()
        && let Some(origin) = new.origin(kind, &record.id)
    {
        diagnostic.pointer = origin.pointer(diagnostic.field.as_deref());
    }
    if diagnostic.pointer.value.is_none()
        && let Some(at) = diagnostic.field.as_deref().and_then(|f| kind.def().column(f))
        && let Some(row) = new.row(kind, &record.id)
    {
        diagnostic.pointer.value = row.get(at).map(Value::to_text).filter(|t| !t.is_empty());
    }
}
