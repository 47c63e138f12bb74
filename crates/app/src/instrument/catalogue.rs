//! The questionnaires that there are: those that the program carries, and the organisation's own beside them.

use std::sync::{Arc, LazyLock};

use diag::Diagnostic;
use engine::instrument::{Questionnaire, codes::INS019};
use rust_embed::RustEmbed;

use crate::world::World;

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

/// Whether the program carries a questionnaire with this code.
pub fn is_shipped(id: &str) -> bool {
    CATALOGUE.iter().any(|q| q.id == id)
}

/// The questionnaires of today, the program's and the organisation's own, by code: of each its latest version.
pub fn known_instruments(world: &World) -> Vec<Arc<Questionnaire>> {
    let latest = |all: &[Arc<Questionnaire>]| {
        let is_latest = |i: usize, q: &Questionnaire| all.get(i + 1).is_none_or(|next| next.id != q.id);
        all.iter().enumerate().filter(|(i, q)| is_latest(*i, q)).map(|(_, q)| q.clone()).collect::<Vec<_>>()
    };
    let mut all = latest(&CATALOGUE);
    all.extend(latest(world.own_instruments()).into_iter().filter(|q| !is_shipped(&q.id)));
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// A questionnaire by its code: the version asked for, else the latest.
///
/// Errors: `INS019` with the codes that there are.
pub fn find_instrument(world: &World, id: &str, version: Option<i64>) -> Result<Arc<Questionnaire>, Box<Diagnostic>> {
    let fits = |q: &&Arc<Questionnaire>| q.id == id && version.is_none_or(|v| v == i64::from(q.version));
    // What the program carries is never covered by an own one of the same code.
    let own = || world.own_instruments().iter().rfind(fits);
    CATALOGUE.iter().rfind(fits).or_else(own).cloned().ok_or_else(|| {
        let named = version.map_or_else(|| id.to_owned(), |v| format!("{id} {v}"));
        let known: Vec<String> = known_instruments(world).iter().map(|q| q.id.clone()).collect();
        Box::new(Diagnostic::new(&INS019).arg("instrument", named).arg("known", known.join(", ")))
    })
}

/// Whether a file is a sound questionnaire; everything that is wrong with it otherwise.
pub fn check_instrument(json: &[u8]) -> Result<Questionnaire, Vec<Diagnostic>> {
    Questionnaire::read(json)
}

#[cfg(test)]
mod tests {
    use model::value::Lang;
    use snapshot::Snapshot;

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
        let world = World::new(Snapshot::default());
        let known = known_instruments(&world);
        assert!(known.windows(2).all(|w| w[0].id < w[1].id));
        // Everybody who uses the program can read what it carries.
        assert!(known.iter().all(|q| Lang::INTERFACE.iter().all(|lang| q.title.get(*lang).is_some())));
        let find = |version| find_instrument(&world, "housing-self-rating", version);
        let housing = find(None).expect("shipped");
        assert_eq!(find(Some(1)).map(|q| q.version), Ok(1));
        assert!(housing.version >= 1);
        assert_eq!(find(Some(999)).expect_err("none").code.id, "INS019");
    }
}
