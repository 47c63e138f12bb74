//! Rules of functional areas: they stand beside the tree of places, and their members in it.

use diag::Diagnostic;
use model::{
    kinds::{Place, PlaceKind},
    record::Record,
    value::Id,
};

use super::Incoming;
use crate::codes::{REG029, REG030, REG032};

/// Members name an area and a place that is none; no place lies in an area by its parent, or sums over the tree would
/// count it there and not in its country.
pub(super) fn check(incoming: &Incoming<'_>, found: &mut Vec<Diagnostic>) {
    let is_area = |id: &Id<Place>| {
        let place = incoming.new.places.of(id).or_else(|| incoming.state.places.of(id));
        place.map(|place| place.kind == PlaceKind::FunctionalArea)
    };
    for own in incoming.new.area_members.iter() {
        let wrong = [
            ("area", &own.area, is_area(&own.area) == Some(false)),
            ("member", &own.member, is_area(&own.member) == Some(true)),
        ];
        for (field, place, _) in wrong.into_iter().filter(|(.., is_wrong)| *is_wrong) {
            let id = own.id();
            found.push(
                Diagnostic::new(&REG029)
                    .on("area_member", id)
                    .field(field)
                    .arg("field", field)
                    .arg("place", place.as_str()),
            );
        }
        if let Some(percent) = own.commuters_percent.filter(|p| !(0.0..=100.0).contains(p)) {
            let field = "commuters_percent";
            found.push(
                Diagnostic::new(&REG032)
                    .on("area_member", own.id())
                    .field(field)
                    .arg("column", field)
                    .arg("value", percent),
            );
        }
    }
    // A place that becomes an area must not keep the places that lie in it, nor a new place lie in an area.
    let made: Vec<&Place> = incoming.new.places.iter().filter(|p| p.kind == PlaceKind::FunctionalArea).collect();
    let held = incoming.state.places.iter().filter(|p| {
        incoming.new.places.of(&p.id).is_none()
            && incoming.holds(model::Kind::Place, p.id.as_str())
            && p.parent.as_ref().is_some_and(|parent| made.iter().any(|area| area.id == *parent))
    });
    let new = incoming.new.places.iter().filter(|p| p.parent.as_ref().and_then(is_area) == Some(true));
    for (place, parent) in held.chain(new).filter_map(|place| Some((place, place.parent.as_ref()?))) {
        found.push(
            Diagnostic::new(&REG030)
                .on("place", place.id.as_str())
                .field("parent")
                .related("place", parent.as_str())
                .arg("place", place.id.as_str())
                .arg("parent", parent.as_str()),
        );
    }
}
