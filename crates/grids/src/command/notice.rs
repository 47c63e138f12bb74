//! What a reader of results must be told: each a code with its arguments, and a sentence in English.

use std::fmt;

use serde::Serialize;
use serde_json::Value as Json;

use crate::degurba::Warning;

/// Something that a reader must be told. As JSON it is a code with its arguments, for whoever says it in another language, and
/// `text`, its sentence in English: [`Notice::coded`].
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// Of the classification of cells.
    Classes(Warning),
    /// Built-up land falls in some cities.
    LandFalls {
        /// How many.
        n: usize,
    },
    /// Zones without a cell that has a value.
    ZonesWithoutValue {
        /// How many.
        n: usize,
        /// The grid.
        grid: String,
    },
    /// Zones outside of the grid.
    ZonesOutside {
        /// How many.
        n: usize,
        /// Of how many.
        all: usize,
        /// Whether cells count by their centre: small zones may hold none.
        by_centre: bool,
    },
    /// Latitude stands before longitude: no zone lies on the grid, and with both exchanged some would.
    ZonesSwapped {
        /// How many would.
        n: usize,
    },
    /// Zones that lie partly outside of a grid: their sums are too small.
    ZonesPartly {
        /// How many.
        n: usize,
        /// The grid.
        grid: String,
    },
    /// Zones that hold only cells without a value.
    ZonesBare {
        /// How many.
        n: usize,
    },
    /// Zones with values in less than nine tenths of their area.
    ZonesThin {
        /// How many.
        n: usize,
    },
    /// Zones that hold no centre of a cell.
    ZonesWithoutCentre {
        /// How many.
        n: usize,
    },
    /// No cell of any zone is covered.
    NothingCovered,
    /// Cells too large for the urban extent, which was left out.
    CellsTooLarge {
        /// Side of a cell, m.
        side_m: f64,
        /// How far the extent looks around each cell, m.
        radius_m: f64,
    },
    /// The date lies outside of the two that are known.
    Extrapolated {
        /// The date, as a year.
        t: f64,
        /// The first that is known.
        t1: f64,
        /// The second.
        t2: f64,
    },
    /// Cells with a value at one date only.
    OneDateOnly {
        /// How many.
        n: u64,
    },
    /// Zones with people and without an inhabited cell.
    SpreadEvenly {
        /// How many.
        n: usize,
    },
    /// Zones that cross themselves, which is no area by OGC 06-103r4: where lines cross an odd number of times is inside.
    ZonesCross {
        /// How many.
        n: usize,
        /// The first of them.
        first: String,
        /// Where it crosses itself, in the coordinates of the layer.
        at: [f64; 2],
    },
    /// Units with equally large rural classes: the denser one was taken.
    UnitsTied(Units),
    /// Units in which nobody lives: judged by area.
    UnitsEmpty(Units),
    /// Units outside of the grid: without a class.
    UnitsOutside(Units),
    /// Units without the centre of a small cell: touched cells were taken, people not counted.
    UnitsWithoutCentre(Units),
    /// Commuters to places that are no unit: they work outside.
    FlowsOutside {
        /// Rows of the table.
        n: usize,
    },
    /// Units of which nobody is known to work.
    UnitsWithoutWorkers(Units),
    /// Units that enough people commute from, but that hang together with no city: left out.
    Exclaves(Units),
    /// Units with neighbours of one area alone, but an open border: left out.
    OpenEnclaves(Units),
    /// Urban centres without a unit of which half of the people live in them.
    CentresWithoutCity {
        /// How many.
        n: usize,
    },
}

/// Some units: how many, and the first of them by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    /// How many.
    pub n: usize,
    /// The first of them, with commas between.
    pub first: String,
}

impl Notice {
    /// The code, its arguments and its sentence in English: `{"code": "units_outside", "n": 3, "first": "…", "text": "…"}`.
    pub fn coded(&self) -> Json {
        let of = |code: &str, args: Json| {
            let mut out = serde_json::Map::new();
            out.insert("code".to_owned(), code.into());
            out.extend(args.as_object().cloned().unwrap_or_default());
            out.insert("text".to_owned(), self.to_string().into());
            Json::Object(out)
        };
        let some = |code: &str, some: &Units| of(code, serde_json::json!({"n": some.n, "first": some.first}));
        match self {
            Notice::Classes(warning) => match warning {
                Warning::NoBuiltLayer => of("no_built_layer", Json::Null),
                Warning::NoLandLayer => of("no_land_layer", Json::Null),
                Warning::Geographic => of("geographic_grid", Json::Null),
                Warning::CellSize(km2) => of("cell_size", serde_json::json!({"area": km2})),
                Warning::OwnThreshold(o) => {
                    of("own_threshold", serde_json::json!({"percent": 100.0 * o.threshold, "n": o.n_cells}))
                }
                Warning::SmoothingAtLevel1Only => of("smoothing_at_level_1_only", Json::Null),
                Warning::Crowded { most, limit } => of("crowded", serde_json::json!({"most": most, "limit": limit})),
                Warning::LooksLikeShares { holds, most, cell_m2 } => of(
                    "looks_like_shares",
                    serde_json::json!({"layer": holds.to_string(), "most": most, "area": cell_m2}),
                ),
            },
            Notice::LandFalls { n } => of("land_falls", serde_json::json!({"n": n})),
            Notice::ZonesWithoutValue { n, grid } => {
                of("zones_without_value", serde_json::json!({"n": n, "file": grid}))
            }
            Notice::ZonesOutside { n, all, .. } => of("zones_outside", serde_json::json!({"n": n, "all": all})),
            Notice::ZonesSwapped { n } => of("zones_swapped", serde_json::json!({"n": n})),
            Notice::ZonesPartly { n, grid } => of("zones_partly", serde_json::json!({"n": n, "file": grid})),
            Notice::ZonesBare { n } => of("zones_bare", serde_json::json!({"n": n})),
            Notice::ZonesCross { n, first, at } => {
                of("zones_cross", serde_json::json!({"n": n, "first": first, "at": place(*at)}))
            }
            Notice::ZonesThin { n } => of("zones_thin", serde_json::json!({"n": n})),
            Notice::ZonesWithoutCentre { n } => of("zones_without_centre", serde_json::json!({"n": n})),
            Notice::NothingCovered => of("nothing_covered", Json::Null),
            Notice::CellsTooLarge { side_m, radius_m } => {
                of("cells_too_large", serde_json::json!({"side_m": side_m, "radius_m": radius_m}))
            }
            Notice::Extrapolated { t, t1, t2 } => {
                // Years are names here, with no thousands to tell apart.
                let [t, t1, t2] = [t, t1, t2].map(ToString::to_string);
                of("extrapolated", serde_json::json!({"year": t, "low": t1, "high": t2}))
            }
            Notice::OneDateOnly { n } => of("one_date_only", serde_json::json!({"n": n})),
            Notice::SpreadEvenly { n } => of("spread_evenly", serde_json::json!({"n": n})),
            Notice::UnitsTied(of) => some("units_tied", of),
            Notice::UnitsEmpty(of) => some("units_empty", of),
            Notice::UnitsOutside(of) => some("units_outside", of),
            Notice::UnitsWithoutCentre(of) => some("units_without_centre", of),
            Notice::FlowsOutside { n } => of("flows_outside", serde_json::json!({"n": n})),
            Notice::UnitsWithoutWorkers(of) => some("units_without_workers", of),
            Notice::Exclaves(of) => some("exclaves", of),
            Notice::OpenEnclaves(of) => some("open_enclaves", of),
            Notice::CentresWithoutCity { n } => of("centres_without_city", serde_json::json!({"n": n})),
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units =
            |f: &mut fmt::Formatter<'_>, of: &Units, what: &str| write!(f, "{} units {what}: {}", of.n, of.first);
        match self {
            Notice::Classes(warning) => warning.fmt(f),
            Notice::LandFalls { n } => {
                write!(f, "built-up land falls in {n} cities; often the source or sensor changed")
            }
            Notice::ZonesWithoutValue { n, grid } => write!(f, "{n} zones have no cell with a value in {grid}"),
            Notice::ZonesOutside { n, all, by_centre } => {
                let why = if *by_centre { "hold no centre of a cell, or lie" } else { "lie" };
                write!(f, "{n} of {all} zones {why} outside the grid and have no figures")
            }
            Notice::ZonesSwapped { n } => write!(
                f,
                "no zone lies on the grid, and {n} would if longitude and latitude were exchanged: longitude comes first"
            ),
            Notice::ZonesPartly { n, grid } => {
                write!(f, "{n} zones lie partly outside of {grid}; sums are of the part inside")
            }
            Notice::ZonesBare { n } => write!(f, "{n} zones hold only cells without a value"),
            Notice::ZonesThin { n } => write!(f, "{n} zones have values in less than nine tenths of their area"),
            Notice::ZonesWithoutCentre { n } => write!(f, "{n} zones hold no centre of a cell"),
            Notice::NothingCovered => write!(f, "no cell is covered: are these the classes of this raster?"),
            Notice::CellsTooLarge { side_m, radius_m } => write!(
                f,
                "cells of {side_m} m are too large for the urban extent, which looks {radius_m:.0} m around each: it is left out"
            ),
            Notice::Extrapolated { t, t1, t2 } => {
                write!(f, "{t} lies outside {t1} to {t2}: this is an extrapolation")
            }
            Notice::OneDateOnly { n } => write!(f, "{n} cells have a value at one date only and are left without"),
            Notice::SpreadEvenly { n } => {
                write!(f, "{n} zones had people and no inhabited cell: theirs are spread evenly")
            }
            Notice::ZonesCross { n, first, at } => write!(
                f,
                "{n} zones cross themselves and are no valid areas; each side of the crossing counts as inside; the first is {first}, at {}",
                place(*at)
            ),
            Notice::UnitsTied(of) => units(f, of, "have equally large rural classes, the denser one was taken"),
            Notice::UnitsEmpty(of) => units(f, of, "have nobody living in them and were judged by area"),
            Notice::UnitsOutside(of) => units(f, of, "lie outside the grid and have no class"),
            Notice::FlowsOutside { n } => {
                write!(f, "{n} rows of commuters lead to places that are no unit; they count as working outside")
            }
            Notice::UnitsWithoutWorkers(of) => units(f, of, "have no row of commuters and can only be enclaves"),
            Notice::Exclaves(of) => units(f, of, "commute enough but hang together with no city, and were left out"),
            Notice::OpenEnclaves(of) => units(
                f,
                of,
                "have neighbours of one area alone, but a border that is partly sea or the edge of the data; add them by hand \
                 where it is sea",
            ),
            Notice::CentresWithoutCity { n } => {
                write!(f, "{n} urban centres have no unit with half of its people in urban centres, and so no area")
            }
            Notice::UnitsWithoutCentre(of) => {
                units(f, of, "hold no centre of a small cell: touched cells were taken, people not counted")
            }
        }
    }
}

/// A position, with the digits that a person needs to find it.
fn place([x, y]: [f64; 2]) -> String {
    let digits = if x.abs() <= 360.0 && y.abs() <= 90.0 { 6 } else { 1 };
    format!("{x:.digits$}, {y:.digits$}")
}

impl Serialize for Notice {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.coded().serialize(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_a_code_with_its_arguments_and_a_sentence() {
        let outside = Notice::UnitsOutside(Units { n: 2, first: "A, B".into() });
        let told = "2 units lie outside the grid and have no class: A, B";
        assert_eq!(outside.to_string(), told);
        let coded = serde_json::json!({"code": "units_outside", "n": 2, "first": "A, B", "text": told});
        assert_eq!(serde_json::to_value(&outside).unwrap(), coded);
        let plain = Notice::Classes(Warning::NoLandLayer);
        let text = Warning::NoLandLayer.to_string();
        assert_eq!(plain.coded(), serde_json::json!({"code": "no_land_layer", "text": text}));
    }
}
