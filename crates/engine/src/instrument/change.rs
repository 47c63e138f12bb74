//! What changed since an earlier response about the same.

use super::Scored;

/// What changed in a section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionChange {
    /// The section's code.
    pub id: String,
    /// Score before.
    pub before: Option<f64>,
    /// Score now.
    pub now: Option<f64>,
}

impl SectionChange {
    /// By how many points; `None` unless there was a score both times.
    pub fn by(&self) -> Option<f64> {
        by(self.before, self.now)
    }
}

/// What changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Sections in the order of now; one that there was not before has no score before.
    pub sections: Vec<SectionChange>,
    /// The total before.
    pub before: Option<f64>,
    /// The total now.
    pub now: Option<f64>,
}

impl Change {
    /// By how many points the total; `None` unless there was one both times.
    pub fn by(&self) -> Option<f64> {
        by(self.before, self.now)
    }
}

fn by(before: Option<f64>, now: Option<f64>) -> Option<f64> {
    before.zip(now).map(|(before, now)| now - before)
}

/// Compares scores with those of an earlier response, section by section by their codes, so that versions of a
/// questionnaire can be compared where they ask the same.
pub fn change(now: &Scored, before: &Scored) -> Change {
    let was = |id: &str| before.sections.iter().find(|s| s.id == id).and_then(|s| s.score);
    let of = |s: &super::SectionScore| SectionChange { id: s.id.clone(), before: was(&s.id), now: s.score };
    Change { sections: now.sections.iter().map(of).collect(), before: before.total, now: now.total }
}
