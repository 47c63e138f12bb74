//! What is told of a case: everything that must travel with a value, and the values.

use crate::{
    access::{Classes, Connectors, LatticeCounts, Shares},
    layout::Layout,
    network::BuildCounts,
    places::WithinShare,
    tables::Refused,
};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// Values by name, in their own order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T> Named<T> {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Result of one case. What was not asked for, or cannot be computed without an input, is absent; what is unknown is
/// null, with its reason in `unknown`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Report {
    /// The case.
    pub case: String,
    /// Versions of the methods.
    pub methods: Vec<&'static str>,
    /// What the settings say about the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// What the settings choose beside the method.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<&'static str>,
    /// Seconds since 1970 up to which edits are in the extract, where its header says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_replicated_at: Option<i64>,
    /// The walking network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub walk_network: Option<BuildCounts>,
    /// The city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// The stops.
    pub stops: Stops,
    /// Streets on which vehicles of low capacity stop anywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paratransit: Option<Paratransit>,
    /// Number of cells, in a case without a network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cells: Option<u64>,
    /// Median distance of a cell to the nearest other, metres: how fine people are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell_spacing_m: Option<f64>,
    /// The people, in a case with a network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<People>,
    /// Shares by group: SDG 11.2.1 and its parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_percent: Option<Named<Shares>>,
    /// Value of a group minus that of all people, in points of percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parity_gap_points: Option<Named<Shares>>,
    /// People by what serves them; adds up to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes_percent: Option<Named<Classes>>,
    /// Percent of all people within a distance of any stop: distance in metres, share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve_any_percent: Option<Vec<(f64, Option<f64>)>>,
    /// Nodes instead of edges, and no connectors: how other programs count. For comparison.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_percent_node_snap_no_connector: Option<Shares>,
    /// Along great circles. For comparison; in a case without a network all there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_percent_crow_fly: Option<CrowFly>,
    /// Percent of people within half a metre of a threshold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sensitivity_pop_percent_within_half_metre_of_threshold: Option<Sensitivity>,
    /// Percent of people within five centimetres of a threshold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sensitivity_pop_percent_within_5cm_of_threshold: Option<Sensitivity>,
    /// Shares of all people with every cell spread over a square of points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_percent_spread: Option<Spread>,
    /// Mean distance of people who are reached, metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_distance_m_pop_weighted_mean_where_reached: Option<MeanDistances>,
    /// Shares by stops with frequent service alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequent_service: Option<FrequentService>,
    /// Walks to other places, by their name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<Named<PlacesReached>>,
    /// The area that is served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_area: Option<ServiceArea>,
    /// How the city is laid out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub streets: Option<Layout>,
    /// Open public space.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_space: Option<OpenSpaceResult>,
    /// Values that cannot be given, and why.
    pub unknown: Vec<Unknown>,
    /// What a reader must know.
    pub warnings: Vec<Warning>,
    /// Rows that were left out.
    pub refused: Vec<Refused>,
}

/// Areas of the city.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Area {
    /// In the plane of the case: what shares divide by.
    pub planar_km2: f64,
    /// On the ellipsoid: what is published.
    pub geodesic_km2: f64,
}

/// Counts of stops.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Stops {
    /// All rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Of low capacity.
    pub low: u64,
    /// Of high capacity.
    pub high: u64,
    /// How far from the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connector_m: Option<Connectors>,
    /// How many are farther than 100 m.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connector_over_100m: Option<u64>,
}

/// The people of a case.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct People {
    /// Cells.
    pub cells: u64,
    /// People.
    pub total: f64,
    /// Cells that no stop reaches within 2 000 m along streets.
    pub cells_unreached_2000m: u64,
    /// Percent of people in them.
    pub unreached_percent: Option<f64>,
    /// How far cells lie from the network.
    pub connector_m: Connectors,
}

/// Shares along great circles.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum CrowFly {
    /// Of all people, beside values of a network.
    All(Shares),
    /// By group with its number of people, where there is no network.
    Groups(Named<GroupShares>),
}

/// Shares of a group and how many people it has.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupShares {
    /// People.
    pub total: f64,
    /// Shares.
    #[serde(flatten)]
    pub shares: Shares,
}

/// Percent of people close to a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sensitivity {
    /// To 500 m of low capacity.
    pub low_500: Option<f64>,
    /// To 1 000 m of high capacity.
    pub high_1000: Option<f64>,
}

/// Shares with cells spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// Side of a cell in metres.
    pub cell_m: f64,
    /// Points along a side.
    pub k: u32,
    /// The shares.
    pub shares: Shares,
}

/// Mean distances, metres. `None`: nobody is reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MeanDistances {
    /// To low capacity.
    pub low: Option<f64>,
    /// To high capacity.
    pub high: Option<f64>,
    /// To any.
    pub any: Option<f64>,
}

/// What is served, as area and as network.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ServiceArea {
    /// Side of a square.
    pub lattice_m: f64,
    /// Squares in the city.
    pub lattice_points: u64,
    /// Squares near the network.
    pub lattice_points_within_connector_cap: u64,
    /// Low capacity within 500 m.
    pub low_500: Served,
    /// High capacity within 1 000 m.
    pub high_1000: Served,
    /// Either.
    pub sdg_11_2_1: Served,
    /// Any within 500 m.
    pub any_500: Served,
    /// Any within 1 000 m.
    pub any_1000: Served,
}

/// One served area.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Served {
    /// Squares.
    pub lattice_count: u64,
    /// Their area.
    pub lattice_km2: f64,
    /// Percent of the squares in the city.
    pub share_of_area_percent: Option<f64>,
    /// Length of streets that are reached, in the whole extract.
    pub reached_network_km: f64,
    /// Area of the strips along them inside the city, in its plane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buffer50_in_area_km2: Option<f64>,
}

impl ServiceArea {
    /// Counts of squares as areas; lengths and shapes come later.
    pub(crate) fn of(lattice_m: f64, counts: &LatticeCounts) -> Self {
        let served = |n: u64| Served {
            lattice_count: n,
            lattice_km2: n as f64 * lattice_m * lattice_m / 1e6,
            share_of_area_percent: (counts.all > 0).then(|| 100.0 * n as f64 / counts.all as f64),
            reached_network_km: 0.0,
            buffer50_in_area_km2: None,
        };
        Self {
            lattice_m,
            lattice_points: counts.all,
            lattice_points_within_connector_cap: counts.near,
            low_500: served(counts.low_500),
            high_1000: served(counts.high_1000),
            sdg_11_2_1: served(counts.sdg_11_2_1),
            any_500: served(counts.any_500),
            any_1000: served(counts.any_1000),
        }
    }
}

/// Streets along lines on which vehicles stop anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Paratransit {
    /// Lines that were given.
    pub lines: u64,
    /// Edges of the network that they run along.
    pub edges: u64,
    /// Length of these in kilometres.
    pub street_km: f64,
}

/// Shares by stops where vehicles come often enough.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrequentService {
    /// The longest average wait in the peak, minutes.
    pub most_minutes: f64,
    /// The day that was looked at. `None` where nothing runs on any working day.
    pub day: Option<String>,
    /// The stops.
    pub stops: Stops,
    /// Shares by group.
    pub share_percent: Named<Shares>,
}

/// Walks to one set of places.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlacesReached {
    /// How many places.
    pub places: u64,
    /// Share of each group within each distance. Unknown without places.
    pub shares: Vec<WithinShare>,
}

/// Open public space of a case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenSpaceResult {
    /// Spaces.
    pub polygons: u64,
    /// Those that somebody verified.
    pub verified: u64,
    /// Those under 400 m².
    pub under_400_m2: u64,
    /// Those without a node of the network inside or within 20 m.
    pub polygons_without_node_within_20m: u64,
    /// Nodes of the network inside spaces or within 20 m.
    pub source_nodes: u64,
    /// Spaces that are entered through their known gates alone, where gates are given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub polygons_with_gates: Option<u64>,
    /// Their area inside the city, in its plane.
    pub area_in_city_km2: f64,
    /// Percent of the city. Potential, except for what is verified.
    pub share_of_city_percent: f64,
    /// With streets: the share of land of SDG 11.7.1. `None` without streets.
    pub share_11_7_1_percent: Option<f64>,
    /// Percent of people within 400 m, by group.
    pub population_share_400_percent: Named<Option<f64>>,
    /// The same of verified spaces alone, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_only: Option<VerifiedOpenSpace>,
}

/// Verified open space.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VerifiedOpenSpace {
    /// Area inside the city, in its plane.
    pub area_in_city_km2: f64,
    /// Percent of the city.
    pub share_of_city_percent: f64,
    /// Percent of people within 400 m, by group.
    pub population_share_400_percent: Named<Option<f64>>,
}

/// A value that cannot be given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unknown {
    /// Which.
    pub what: &'static str,
    /// Why.
    pub why: &'static str,
}

/// What a reader must know, as data: the words are made where it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Warning {
    /// Keys of the settings that mean nothing here.
    UnknownSettings {
        /// The keys.
        keys: Vec<String>,
    },
    /// Stops of timetables that lie too far from the city to serve it were left out.
    StopsElsewhere {
        /// How many.
        n: u64,
        /// Metres from the boundary.
        farther_than_m: f64,
    },
    /// There are stops, and timetables beside them that nobody read.
    TimetablesUnused {
        /// How many.
        n: u64,
    },
    /// Ways that were to be left out are no streets or paths of the extract: nothing was left out for them.
    ExcludedWaysUnknown {
        /// How many.
        n: u64,
        /// The first of them, with commas between.
        first: String,
    },
    /// No boundary is given; the area, streets and open space are not computed.
    NoBoundary,
    /// There is no stop of a capacity; its share is 0.
    NoStopsOf {
        /// Which.
        capacity: crate::tables::Capacity,
    },
    /// Stops lie far from the network, and serve few or nobody.
    StopsFarFromNetwork {
        /// How many.
        n: u64,
        /// Percent of all.
        percent: f64,
        /// How far, at least.
        farther_than_m: f64,
    },
    /// The extract ends nearer than 1.5 km beyond the city: paths and stops outside may be missing.
    ExtractTooSmall {
        /// Metres missing in the west, south, east, north.
        missing_m: [f64; 4],
    },
    /// Streets leave the extract: nodes of ways that it does not hold.
    NodesMissing {
        /// How many.
        n: u64,
    },
    /// Much of the network was in short parts.
    MuchPruned {
        /// Percent of its edges.
        percent: f64,
    },
    /// People live where no stop is reached.
    PeopleUnreached {
        /// Cells.
        cells: u64,
        /// Percent of people.
        percent: f64,
    },
    /// A group is unknown in some cells; they leave its numerator and denominator.
    GroupUnknown {
        /// The group.
        group: String,
        /// Cells.
        cells: u64,
    },
    /// Many people live within half a metre of a threshold: the value hangs on details.
    SensitiveToThreshold {
        /// Percent of people.
        percent: f64,
    },
    /// Cells are so large that they blur a threshold.
    LargeCells {
        /// Side in metres.
        side_m: f64,
    },
    /// Along great circles people seem nearer than they are.
    CrowFly,
    /// Rows were left out; they are listed.
    RowsRefused {
        /// How many.
        n: u64,
    },
    /// Open space is taken from OpenStreetMap or imagery, and not verified.
    OpenSpaceUnverified {
        /// How many spaces.
        n: u64,
    },
    /// There is hardly any open space in the data: its source is thin, not the city.
    OpenSpaceThin {
        /// Percent of the city.
        percent: f64,
    },
    /// Open space and streets take more of the city than any benchmark asks for; crossings count twice where streets are length
    /// by width.
    MuchPublicLand {
        /// Percent of the city.
        percent: f64,
    },
    /// Classes of which more than a third is one-way: dual carriageways may count twice.
    MostlyOneway {
        /// The classes.
        classes: Vec<crate::osm::StreetClass>,
    },
    /// Stops come from timetables.
    StopsFromTimetables {
        /// Stops in the city's timetables.
        n: u64,
        /// Routes of kinds that do not count (taxi, school, air).
        routes_dropped: u64,
    },
    /// Stops come from OpenStreetMap.
    StopsFromOsm {
        /// How many.
        n: u64,
    },
}
