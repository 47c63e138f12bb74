//! Statistics of zones and classes of units against other programs.

use geo::MultiPolygon;
use grids::Quiet;
use grids::degurba::{AreaUnit, Layers, Levels, Options, classify};
use grids::raster::Grid;
use grids::units::{Base, Cut, Unit, classify_units};
use grids::zonal::{Rule, Statistic, polygons, zonal};
use shapes::Value;

use crate::shared::{data, grid, rows};

/// Keys and shapes of the units of Belgium.
fn units() -> Option<(Vec<String>, Vec<MultiPolygon<f64>>)> {
    let layer = shapes::read(&data("belgium/units.gpkg")?, Some("units")).unwrap();
    let key = layer.fields.iter().position(|f| f.name == "UID").unwrap();
    let keys = layer.features.iter().map(|f| match &f.values[key] {
        Value::Text(t) => t.clone(),
        Value::Whole(n) => n.to_string(),
        Value::Number(n) => n.to_string(),
        other => panic!("{other:?}"),
    });
    Some((keys.collect(), layer.features.iter().map(|f| polygons(f.shape.as_ref())).collect()))
}

#[test]
fn statistics_of_belgian_units() {
    let (Some(population), Some(land), Some((keys, shapes))) =
        (grid("belgium/POP.tif"), grid("belgium/LAND.tif"), units())
    else {
        return;
    };
    let names = [
        "count",
        "sum",
        "mean",
        "min",
        "max",
        "stdev",
        "median",
        "quantile(0.9)",
        "variety",
        "weighted_sum",
        "weighted_mean",
    ];
    let statistics: Vec<Statistic> = names.iter().map(|n| n.parse().unwrap()).collect();
    let found = zonal(&population, Some(&land), &shapes, &statistics, Rule::Exact, &Quiet).unwrap();
    let golden = rows("golden/belgium/zonal_pop_units.csv").unwrap();
    assert_eq!(golden.len(), 581);
    for row in golden {
        let at = keys.iter().position(|k| *k == row[0]).unwrap();
        for (i, name) in names.iter().enumerate() {
            let (expected, found) = (row[i + 1].parse::<f64>().unwrap(), found[at].values[i].unwrap());
            // The golden file has nine digits and comes from shares of single precision (6e-8); quantiles step by them.
            let tolerance = match *name {
                "min" | "max" | "variety" => 6e-9,
                "median" | "quantile(0.9)" => 1e-5,
                _ => 1e-7,
            };
            let error = (found - expected).abs() / expected.abs().max(1e-3);
            assert!(error <= tolerance, "{} {name}: {found} not {expected} ({error:e})", &row[0]);
        }
    }
}

fn level_2(options: &Options) -> Option<(Grid, Grid)> {
    let (population, land, built) = (grid("belgium/POP.tif")?, grid("belgium/LAND.tif")?, grid("belgium/BUILT_S.tif")?);
    let layers =
        Layers { population: &population, land: Some(&land), built: Some(&built), unit: AreaUnit::SquareMetres };
    let classes = classify(&layers, options, Levels::Two, &Quiet).unwrap();
    let codes = classes.level_2.unwrap().iter().map(|c| f64::from(*c)).collect();
    let classes = Grid::new(population.frame.clone(), codes).unwrap();
    Some((population, classes))
}

#[test]
fn classes_of_belgian_units_by_exact_shares() {
    let (Some((population, classes)), Some((keys, shapes))) = (level_2(&Options::ghsl_r2023()), units()) else {
        return;
    };
    let found = classify_units(&population, &classes, &shapes, Cut::Exact, &Quiet).unwrap();
    for row in rows("golden/belgium/units_exact.csv").unwrap() {
        let unit = &found[keys.iter().position(|k| *k == row[0]).unwrap()];
        let number = |i: usize| row[i].parse::<f64>().unwrap();
        let base = match &row[1] {
            "pop" => Base::Population,
            "area" => Base::Area,
            _ => Base::None,
        };
        assert_eq!(unit.base, base, "{}", &row[0]);
        // Its shares of cells are of single precision too.
        assert!(
            (unit.population - number(2)).abs() < 1e-6 + 1e-7 * number(2),
            "{}: {} {}",
            &row[0],
            unit.population,
            number(2)
        );
        assert!((unit.area_cells - number(3)).abs() < 1e-6, "{}: {}", &row[0], unit.area_cells);
        for (i, share) in unit.shares().unwrap().iter().enumerate() {
            assert!((share - number(4 + i)).abs() < 1e-7, "{} {i}: {share}", &row[0]);
        }
        let classes = (unit.level_1, unit.level_2_2024, unit.level_2_2021);
        assert_eq!(classes, (number(12) as u8, number(13) as u8, number(14) as u8), "{}", &row[0]);
    }
}

fn tally(units: &[Unit]) -> [usize; 3] {
    [3, 2, 1].map(|level| units.iter().filter(|u| u.level_1 == level).count())
}

#[test]
fn classes_of_belgian_units_by_small_cells() {
    let (Some((population, classes)), Some((keys, shapes))) = (level_2(&Options::ghsl_r2023()), units()) else {
        return;
    };
    for (file, ratio) in [("raster50", 20), ("raster1000", 1)] {
        let cut = Cut::Raster { ratio };
        let found = classify_units(&population, &classes, &shapes, cut, &Quiet).unwrap();
        let golden = rows(&format!("golden/belgium/units_flex_l2_{file}_2024.csv")).unwrap();
        let mut far = Vec::new();
        for row in &golden {
            let unit = &found[keys.iter().position(|k| *k == row[0]).unwrap()];
            let expected: f64 = row[1].parse().unwrap_or(0.0);
            if (unit.population - expected).abs() > 1e-6 * expected.max(1.0)
                || unit.level_1.to_string() != row[row.len() - 2]
            {
                far.push((row[0].to_owned(), unit.population, expected, unit.level_1, row[row.len() - 2].to_owned()));
            }
        }
        assert!(far.is_empty(), "{file}: {far:?}");
        assert_eq!(tally(&found).iter().sum::<usize>(), golden.len());
    }
}
