//! Waivers: they cover a finding, expire, and are themselves findings when they no longer do their work.

use model::kinds::Waiver;

use crate::{Check, Diagnostic};

mod expired;
mod unused;

/// The checks of waivers. They run after all others, on what those found.
pub const CHECKS: &[Check] = &[expired::CHECK, unused::CHECK];

/// Whether a waiver speaks of this finding, whatever its date.
fn covers(waiver: &Waiver, finding: &Diagnostic) -> bool {
    waiver.code.0 == finding.code.id
        && finding.record.as_ref().is_some_and(|r| r.kind == waiver.record_kind.0 && r.id == waiver.record)
        && waiver.field.as_ref().is_none_or(|f| finding.field.as_deref() == Some(f.0.as_str()))
}
