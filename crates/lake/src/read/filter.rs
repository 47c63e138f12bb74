//! Which observations a question is about: row groups that cannot hold any are never read.

use std::{collections::BTreeSet, ops::Bound};

use model::{kinds::Scope, value::Period};

use super::{
    Chunk, TextField,
    footer::{GroupSpan, SegmentFile},
};

/// Which observations are asked for; what is `None` is not restricted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Only these indicators.
    pub indicators: Option<BTreeSet<String>>,
    /// Only these places.
    pub places: Option<BTreeSet<String>>,
    /// Only this scope.
    pub scope: Option<Scope>,
    /// Only this breakdown in its canonical text; the empty text is the total.
    pub breakdown: Option<String>,
    /// Only periods that share a month with this one.
    pub during: Option<Period>,
}

impl Filter {
    /// Only these indicators.
    pub fn of_indicators(ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Filter { indicators: Some(ids.into_iter().map(Into::into).collect()), ..Filter::default() }
    }

    /// Whether a row group may hold a row that is asked for.
    pub(crate) fn may_hold(&self, group: &GroupSpan) -> bool {
        let indicator =
            self.indicators.as_ref().is_none_or(|wanted| any_between(wanted, &group.first.0, &group.last.0));
        // Places are in order only within one indicator.
        let place = self
            .places
            .as_ref()
            .is_none_or(|wanted| group.first.0 != group.last.0 || any_between(wanted, &group.first.1, &group.last.1));
        let during = match (self.during, group.months) {
            (Some(wanted), Some(held)) => wanted.overlaps(held),
            _ => true,
        };
        indicator && place && during
    }
}

fn any_between(wanted: &BTreeSet<String>, first: &str, last: &str) -> bool {
    // A damaged footer may have the two in the wrong order, for which `range` would panic.
    first <= last && wanted.range::<str, _>((Bound::Included(first), Bound::Included(last))).next().is_some()
}

/// How many row groups a question reads, and how many it leaves alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    /// Row groups read.
    pub n_read: usize,
    /// Row groups passed over, because nothing asked for can be in them.
    pub n_skipped: usize,
}

impl Spans {
    pub(crate) fn of<'a>(files: impl IntoIterator<Item = &'a SegmentFile>, filter: &Filter) -> Self {
        let mut spans = Spans::default();
        for group in files.into_iter().flat_map(|f| &f.groups) {
            if filter.may_hold(group) {
                spans.n_read += 1;
            } else {
                spans.n_skipped += 1;
            }
        }
        spans
    }
}

/// A filter spelled in the codes of one chunk: one look-up a column instead of comparing texts.
pub(crate) struct Mask(Vec<(TextField, Vec<bool>)>);

impl Mask {
    pub fn new(filter: &Filter, chunk: &Chunk) -> Self {
        let mut columns = Vec::new();
        let mut restrict = |field: TextField, keep: &dyn Fn(&str) -> bool| {
            let column = chunk.text(field);
            let flags: Vec<bool> = column.texts().map(keep).collect();
            if !flags.iter().all(|f| *f) {
                columns.push((field, flags));
            }
        };
        if let Some(wanted) = &filter.indicators {
            restrict(TextField::Indicator, &|t| wanted.contains(t));
        }
        if let Some(wanted) = &filter.places {
            restrict(TextField::Place, &|t| wanted.contains(t));
        }
        if let Some(wanted) = filter.scope {
            restrict(TextField::Scope, &|t| t == wanted.as_str());
        }
        if let Some(wanted) = &filter.breakdown {
            restrict(TextField::Breakdown, &|t| t == wanted);
        }
        if let Some(wanted) = filter.during {
            restrict(TextField::Period, &|t| Period::parse(t).is_some_and(|p| p.overlaps(wanted)));
        }
        Mask(columns)
    }

    /// Whether a row is asked for.
    #[inline]
    pub fn keeps(&self, chunk: &Chunk, row: usize) -> bool {
        self.0.iter().all(|(field, flags)| flags[chunk.text(*field).code(row) as usize])
    }

    /// Whether nothing is left out.
    pub fn keeps_all(&self) -> bool {
        self.0.is_empty()
    }
}
