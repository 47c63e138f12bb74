//! Places, and the bodies that can be counted once.

use jiff::civil::Date;

use super::Source;
use crate::{
    code_list, record,
    record::{Code, Whole},
    value::{Id, Period, Text},
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
        /// A functional or metropolitan area: cities with the places whose people work in them. It stands beside the tree of
        /// places, since it may cross the limits of districts and countries; its members are records of their own.
        FunctionalArea = "functional_area",
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
        /// The time for which the population was counted or estimated; none where its source mixes dates or says none.
        [population_period]: Option<Period>,
        /// Where the population comes from.
        [population_source]: Option<Id<Source>>,
    }
}

code_list! {
    /// By what a place is bounded.
    BoundaryDefinition as "boundary-definition" {
        /// By law: a municipality, a district, a country.
        Administrative = "administrative",
        /// An urban centre or cluster of the degree of urbanisation.
        DegreeOfUrbanisation = "degree_of_urbanisation",
        /// Built-up land that hangs together.
        BuiltUp = "built_up",
        /// A city with those who work in it.
        Functional = "functional",
        /// Areas of a census or a survey.
        Statistical = "statistical",
        /// A settlement or neighbourhood as those who live there know it.
        Settlement = "settlement",
    }
}

record! {
    /// A version of a place's boundary, by one definition of it. A figure that was computed within it names it, so that a
    /// boundary that moves shows which figures were computed on the old one.
    Boundary as "boundary" in "boundaries" {
        /// The place.
        key [place]: Id<Place>,
        /// By what it is bounded.
        key [definition]: BoundaryDefinition,
        /// The first day on which it holds.
        key [valid_from]: Date,
        /// The shape: a file of evidence with one polygon or several (GeoJSON, longitude and latitude on WGS 84).
        [shape]: Code,
        /// Area on the ellipsoid, in square kilometres.
        [area_km2]: f64,
        /// Least longitude, in degrees east.
        [west]: f64,
        /// Least latitude, in degrees north.
        [south]: f64,
        /// Greatest longitude, in degrees east. Less than the least where it crosses the antimeridian.
        [east]: f64,
        /// Greatest latitude, in degrees north.
        [north]: f64,
        /// Corners of the shape.
        [corners]: Whole<3, 20_000_000>,
        /// Degree of urbanisation of what lies within: level 1 or 2, as in the official code, e.g. `30`.
        [class]: Option<Code>,
        /// Where it comes from.
        [source]: Option<Id<Source>>,
        /// What somebody who uses it should know.
        [note]: Option<Text>,
    }
}

code_list! {
    /// What a place is in a functional area.
    AreaRole as "area-role" {
        /// A city of the area: most of its people live in an urban centre.
        City = "city",
        /// A part of the commuting zone: enough of its working people work in the cities of the area, or all around it do.
        CommutingZone = "commuting_zone",
        /// A member by law or by agreement, as of a metropolitan authority.
        Associated = "associated",
    }
}

record! {
    /// A place that belongs to a functional or metropolitan area from a day on.
    AreaMember as "area_member" in "area_members" {
        /// The area.
        key [area]: Id<Place>,
        /// The place that belongs to it.
        key [member]: Id<Place>,
        /// The first day on which it does.
        key [valid_from]: Date,
        /// The last day, where it has ended.
        [valid_to]: Option<Date>,
        /// What it is in the area.
        [role]: AreaRole,
        /// Share of its working people who work in the cities of the area, in percent.
        [commuters_percent]: Option<f64>,
        /// Where it comes from.
        [source]: Option<Id<Source>>,
        /// What somebody who uses it should know.
        [note]: Option<Text>,
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
