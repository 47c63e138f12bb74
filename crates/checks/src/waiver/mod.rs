//! Waivers: they cover a finding, expire, and are themselves findings when they no longer do their work.

use model::kinds::Waiver;
use rustc_hash::FxHashMap;

use crate::{Check, Context, Diagnostic};

mod expired;
mod unused;

/// The checks of waivers. They run after all others, on what those found.
pub const CHECKS: &[Check] = &[expired::CHECK, unused::CHECK];

/// Waivers by the code, kind and record that they speak of.
struct Waivers<'a>(FxHashMap<(&'a str, &'a str, &'a str), Vec<&'a Waiver>>);

impl<'a> Waivers<'a> {
    fn of(context: &Context<'a>) -> Self {
        let mut waivers: FxHashMap<_, Vec<&'a Waiver>> = FxHashMap::default();
        for waiver in context.records.waivers.iter() {
            let key = (waiver.code.0.as_str(), waiver.record_kind.0.as_str(), waiver.record.as_str());
            waivers.entry(key).or_default().push(waiver);
        }
        Waivers(waivers)
    }
    /// The waivers that speak of this finding, whatever their date.
    fn covering(&self, finding: &Diagnostic) -> Vec<&'a Waiver> {
        let Some(record) = finding.record.as_ref().filter(|_| !self.0.is_empty()) else { return Vec::new() };
        let found = self.0.get(&(finding.code.id, record.kind, record.id.as_str())).into_iter().flatten().copied();
        found.filter(|w| w.field.as_ref().is_none_or(|f| finding.field.as_deref() == Some(f.0.as_str()))).collect()
    }
}
