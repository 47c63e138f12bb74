//! Whether an indicator puts several figures into one number.

use model::kinds::{Indicator, Measure};

use super::wording::{self, Joined};

/// Whether several figures are put into one number: the unit says so (`composite of four counts`, `indicator set`), it
/// lists several things that no dimension keeps apart, or an index without a definition lists its parts.
pub(crate) fn is_composite(indicator: &Indicator) -> bool {
    let unit = indicator.unit.as_ref().map_or("", |u| u.0.as_str()).to_lowercase();
    let words: Vec<&str> = unit.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let says_so = words.iter().any(|w| matches!(*w, "composite" | "bundle" | "set" | "several" | "various" | "mixed"));
    let lists = words.iter().any(|w| matches!(*w, "or" | "and")) && indicator.dimensions.is_empty();
    let is_index = matches!(indicator.measure, Measure::Index | Measure::Score);
    let index = is_index && indicator.definition.is_none() && {
        wording::double_barrelled(&indicator.title).is_some_and(|d| d.joined == Joined::List)
    };
    says_so || lists || index
}
