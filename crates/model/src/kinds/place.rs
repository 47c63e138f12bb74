//! Places, and the bodies that can be counted once.

use crate::{
    code_list, record,
    record::{Code, Whole},
    value::{Id, Text},
};

code_list! {
    /// What sort of place.
    PlaceKind as "place-kind" {
        /// The world.
        World = "world",
        /// A region of the United Nations' M49 standard, or another group of countries.
        Region = "region",
        /// A country or area.
        Country = "country",
        /// A province, state or district.
        Subnational = "subnational",
        /// A city or town.
        City = "city",
        /// A neighbourhood or settlement within a city.
        Neighbourhood = "neighbourhood",
    }
}

record! {
    /// A place: the world, a region, a country, a city. Places form a tree.
    Place as "place" in "places" {
        /// Code: ISO 3166 alpha-3 for countries, M49 digits for regions, our own for cities.
        own [id]: Id<Place>,
        /// What sort of place.
        [kind]: PlaceKind,
        /// Name.
        [title]: Text,
        /// The place that contains it.
        [parent]: Option<Id<Place>>,
        /// Numeric code of the M49 standard, three digits.
        [m49]: Option<Code>,
        /// Longitude in degrees east.
        [longitude]: Option<f64>,
        /// Latitude in degrees north.
        [latitude]: Option<f64>,
        /// Groups it belongs to: ldc, lldc, sids, developing, transition, crisis.
        [classes]: Vec<Code>,
        /// Share of people in cities and the like is weighted by this number of people, in persons.
        [population]: Option<Whole<0, 20_000_000_000>>,
    }
}

code_list! {
    /// What sort of body.
    EntityKind as "entity-kind" {
        /// A city, regional or national authority.
        Authority = "authority",
        /// A city.
        City = "city",
        /// A country.
        Country = "country",
        /// A partner organisation.
        Partner = "partner",
        /// An institution.
        Institution = "institution",
        /// An urban observatory.
        Observatory = "observatory",
        /// A national forum.
        Forum = "forum",
        /// Another body.
        Other = "other",
    }
}

code_list! {
    /// Level of government.
    Tier as "tier" {
        /// A city or municipality.
        Local = "local",
        /// A province, state or region.
        Subnational = "subnational",
        /// A country.
        National = "national",
    }
}

record! {
    /// A body that can be counted once, however many projects work with it.
    Entity as "entity" in "entities" {
        /// Code.
        own [id]: Id<Entity>,
        /// What sort of body.
        [kind]: EntityKind,
        /// Name.
        [title]: Text,
        /// Level of government.
        [tier]: Option<Tier>,
        /// Where it is.
        [place]: Option<Id<Place>>,
    }
}
