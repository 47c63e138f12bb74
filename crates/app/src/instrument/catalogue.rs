//! The questionnaires that the program carries, and the check of one that somebody writes.

use std::sync::{Arc, LazyLock};

use diag::Diagnostic;
use engine::instrument::{Questionnaire, codes::INS019};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../samples/instruments"]
struct Shipped;

/// By code, of each the oldest version first.
static CATALOGUE: LazyLock<Vec<Arc<Questionnaire>>> = LazyLock::new(|| {
    let read = |name: std::borrow::Cow<'static, str>| Questionnaire::read(&Shipped::get(&name)?.data).ok();
    let mut all: Vec<Arc<Questionnaire>> = Shipped::iter().filter_map(read).map(Arc::new).collect();
    all.sort_by(|a, b| (&a.id, a.version).cmp(&(&b.id, b.version)));
    all
});

/// The questionnaires of today, by code: of each its latest version.
pub fn known_instruments() -> Vec<Arc<Questionnaire>> {
    let all = &CATALOGUE;
    let is_latest = |i: usize, q: &Questionnaire| all.get(i + 1).is_none_or(|next| next.id != q.id);
    all.iter().enumerate().filter(|(i, q)| is_latest(*i, q)).map(|(_, q)| q.clone()).collect()
}

/// A questionnaire by its code: the version asked for, else the latest.
///
/// Errors: `INS019` with the codes that there are.
pub fn find_instrument(id: &str, version: Option<i64>) -> Result<Arc<Questionnaire>, Box<Diagnostic>> {
    let fits = |q: &&Arc<Questionnaire>| q.id == id && version.is_none_or(|v| v == i64::from(q.version));
    CATALOGUE.iter().rfind(fits).cloned().ok_or_else(|| {
        let named = version.map_or_else(|| id.to_owned(), |v| format!("{id} {v}"));
        let known: Vec<String> = known_instruments().iter().map(|q| q.id.clone()).collect();
        Box::new(Diagnostic::new(&INS019).arg("instrument", named).arg("known", known.join(", ")))
    })
}

/// Whether a file is a sound questionnaire; everything that is wrong with it otherwise.
pub fn check_instrument(json: &[u8]) -> Result<Questionnaire, Vec<Diagnostic>> {
    Questionnaire::read(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_is_sound_and_in_the_catalogue() {
        let mut wrong = Vec::new();
        for name in Shipped::iter() {
            match check_instrument(&Shipped::get(&name).expect("there").data) {
                Ok(q) if name == format!("{}.json", q.id) || name == format!("{}-{}.json", q.id, q.version) => {}
                Ok(q) => wrong.push(format!("{name} holds {} {}", q.id, q.version)),
                Err(found) => wrong.extend(found.iter().map(|d| format!("{name}: {} {:?}", d.code.id, d.args))),
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(CATALOGUE.len(), Shipped::iter().count());
        assert!(known_instruments().windows(2).all(|w| w[0].id < w[1].id));
        let housing = find_instrument("housing-self-rating", None).expect("shipped");
        assert_eq!(find_instrument("housing-self-rating", Some(1)).map(|q| q.version), Ok(1));
        assert!(housing.version >= 1);
        assert_eq!(find_instrument("housing-self-rating", Some(999)).expect_err("none").code.id, "INS019");
    }
}
