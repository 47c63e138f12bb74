//! Statistics of zones and classes of units from files.

use std::path::PathBuf;

use serde::Serialize;
use shapes::Layer;

use super::{Notice, Units, crossed, field, key_of, n_partly, shapes_of, swapped};
use crate::raster::open;
use crate::units::{CLASSES, Cut, Edition, Unit, classify_units, unit_class_name};
use crate::zonal::{Rule, Statistic, zonal};
use crate::{Fault, Progress};

/// One zone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ZoneRow {
    /// The zone.
    pub key: String,
    /// One answer for each statistic.
    pub values: Vec<Option<f64>>,
    /// Cells inside, with or without a value.
    pub covered: f64,
}

/// Statistics of all zones.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ZoneTable {
    /// The statistics, as they head the columns.
    pub statistics: Vec<String>,
    /// The zones, in the order of the layer.
    pub rows: Vec<ZoneRow>,
    /// What a reader must be told.
    pub warnings: Vec<Notice>,
}

/// Statistics of a raster (with weights, if any) within the polygons of a layer, which is projected where needed.
///
/// Errors: an unknown statistic or attribute; those of [`zonal`], of reading and of projecting.
pub fn zonal_files(
    raster: &[PathBuf],
    weights: &[PathBuf],
    zones: &Layer,
    key: Option<&str>,
    statistics: &[String],
    rule: Rule,
    progress: &dyn Progress,
) -> Result<ZoneTable, Fault> {
    let statistics: Vec<Statistic> = statistics.iter().map(|s| s.parse()).collect::<Result<_, _>>()?;
    let at = field(zones, key)?;
    let raster = open(raster)?;
    let weights = if weights.is_empty() { None } else { Some(open(weights)?) };
    let shapes = shapes_of(zones, raster.frame())?;
    let found = zonal(raster.as_ref(), weights.as_deref(), &shapes, &statistics, rule, progress)?;
    let mut warnings = Vec::from_iter(crossed(zones, at));
    warnings.extend(swapped(zones, &shapes, raster.frame()));
    let empty = found.iter().filter(|z| z.covered == 0.0).count();
    if empty > 0 {
        warnings.push(Notice::ZonesOutside { n: empty, all: found.len(), by_centre: rule == Rule::Centre });
    }
    let partly =
        if rule == Rule::Exact { n_partly(&shapes, found.iter().map(|zone| zone.covered), raster.frame()) } else { 0 };
    if partly > 0 {
        warnings.push(Notice::ZonesPartly { n: partly, grid: raster.name() });
    }
    let bare = found.iter().filter(|z| z.covered > 0.0 && z.count == 0.0).count();
    if bare > 0 {
        warnings.push(Notice::ZonesBare { n: bare });
    }
    let rows = zones
        .features
        .iter()
        .zip(found)
        .map(|(f, z)| ZoneRow { key: key_of(f, at), values: z.values, covered: z.covered })
        .collect();
    Ok(ZoneTable { statistics: statistics.iter().map(ToString::to_string).collect(), rows, warnings })
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitRow {
    /// The unit.
    pub key: String,
    /// Its figures.
    #[serde(flatten)]
    pub unit: Unit,
    /// Shares by class, in the order of the table's `classes`.
    pub shares: Option<[f64; 8]>,
    /// Level 2 by the edition asked for.
    pub level_2: u8,
    /// The name of that class.
    pub class: &'static str,
}

/// All units.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitTable {
    /// The classes that shares are of.
    pub classes: [u8; 8],
    /// The units, in the order of the layer.
    pub rows: Vec<UnitRow>,
    /// What a reader must be told.
    pub warnings: Vec<Notice>,
}

/// Classifies the polygons of a layer over a raster of level 2, by the people in them.
///
/// Errors: an unknown attribute; those of [`classify_units`], of reading and of projecting.
pub fn units_files(
    population: &[PathBuf],
    classes: &[PathBuf],
    units: &Layer,
    key: Option<&str>,
    cut: Cut,
    edition: Edition,
    progress: &dyn Progress,
) -> Result<UnitTable, Fault> {
    let at = field(units, key)?;
    let (population, classes) = (open(population)?, open(classes)?);
    let shapes = shapes_of(units, population.frame())?;
    let found = classify_units(population.as_ref(), classes.as_ref(), &shapes, cut, progress)?;
    let rows: Vec<UnitRow> = units
        .features
        .iter()
        .zip(found)
        .map(|(f, unit)| {
            let level_2 = unit.level_2(edition);
            let shares = unit.shares();
            UnitRow { key: key_of(f, at), unit, shares, level_2, class: unit_class_name(level_2) }
        })
        .collect();
    let mut warnings = Vec::from_iter(crossed(units, at));
    warnings.extend(swapped(units, &shapes, population.frame()));
    let mut warn = |notice: fn(Units) -> Notice, f: &dyn Fn(&UnitRow) -> bool| {
        let keys: Vec<&str> = rows.iter().filter(|r| f(r)).map(|r| r.key.as_str()).collect();
        if !keys.is_empty() {
            let first = keys.iter().take(5).copied().collect::<Vec<_>>().join(", ");
            warnings.push(notice(Units { n: keys.len(), first }));
        }
    };
    warn(Notice::UnitsTied, &|r| edition == Edition::Rules2021 && r.unit.tied);
    warn(Notice::UnitsEmpty, &|r| r.unit.base == crate::units::Base::Area);
    warn(Notice::UnitsOutside, &|r| r.unit.base == crate::units::Base::None);
    warn(Notice::UnitsWithoutCentre, &|r| r.unit.without_centre);
    Ok(UnitTable { classes: CLASSES, rows, warnings })
}
