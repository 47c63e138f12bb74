//! Functional and metropolitan areas: their members, and the areas that a place belongs to.

use jiff::civil::Date;
use model::{
    kinds::{AreaMember, Place},
    value::Id,
};

use crate::world::World;

/// A functional area and a place in it, seen from one of both.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The record.
    pub member: AreaMember,
    /// The other one of both.
    pub other: Place,
}

fn holds_on(member: &AreaMember, on: Date) -> bool {
    member.valid_from <= on && member.valid_to.is_none_or(|last| on <= last)
}

/// The members of an area on a day: cities first, then the commuting zone, the largest first.
pub fn members_of(world: &World, area: &Id<Place>, on: Date) -> Vec<Membership> {
    let mut found = found(world, on, |member| (member.area == *area).then_some(&member.member));
    found.sort_by_key(|m| (m.member.role, std::cmp::Reverse(m.other.population.map(|n| n.0)), m.other.id.clone()));
    found
}

/// The areas that a place belongs to on a day.
pub fn areas_of(world: &World, place: &Id<Place>, on: Date) -> Vec<Membership> {
    let mut found = found(world, on, |member| (member.member == *place).then_some(&member.area));
    found.sort_by(|a, b| a.other.id.cmp(&b.other.id));
    found
}

fn found<'w>(world: &'w World, on: Date, other: impl Fn(&'w AreaMember) -> Option<&'w Id<Place>>) -> Vec<Membership> {
    let records = world.records();
    let of = |member: &'w AreaMember| {
        let other = records.places.of(other(member)?)?.clone();
        Some(Membership { member: member.clone(), other })
    };
    records.area_members.iter().filter(|member| holds_on(member, on)).filter_map(of).collect()
}

/// People of the members whose population is known, and how many of them that are. Members do not lie in one another unless
/// one contains the other in the tree of places: then the outer one counts.
pub fn people_of_members(world: &World, members: &[Membership]) -> (i64, usize) {
    let is_inside_another = |place: &Place| {
        let above = crate::frameworks::ancestors(world, place);
        above.iter().any(|up| members.iter().any(|m| m.other.id == up.id && m.other.population.is_some()))
    };
    let counted = members.iter().map(|m| &m.other).filter(|place| !is_inside_another(place));
    let people: Vec<i64> = counted.filter_map(|place| place.population.map(|n| n.0)).collect();
    (people.iter().sum(), people.len())
}
