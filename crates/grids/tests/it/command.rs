//! The whole way from files to files.

use grids::Quiet;
use grids::command::{BuiltArea, ClassifyRequest, classify_files, land_from_grids, units_files, zonal_files};
use grids::degurba::Levels;
use grids::land::Variant;
use grids::raster::{Grid, Raster};
use grids::units::{Cut, Edition};
use grids::zonal::Rule;

use crate::shared::{data, grid, rows};

#[test]
fn belgium_from_files_to_files() {
    let Some(population) = data("belgium/POP.tif") else { return };
    let (land, built) = (data("belgium/LAND.tif").unwrap(), data("belgium/BUILT_S.tif").unwrap());
    let dir = tempfile::tempdir().unwrap();
    let (one, two, things) = (dir.path().join("1.tif"), dir.path().join("2.tif"), dir.path().join("entities.gpkg"));
    let (population, land, built) = ([population], [land], [built]);
    let request = ClassifyRequest {
        population: &population,
        land: &land,
        built: &built,
        params: r#"{"preset": "ghsl_r2023"}"#,
        levels: Levels::Both,
        level_1: Some(&one),
        level_2: Some(&two),
        entities: Some(&things),
        places: &[],
    };
    let summary = classify_files(&request, &Quiet).unwrap();
    let golden = grid("golden/belgium/l2_default.tif").unwrap();
    let written = Grid::read(&Raster::open(&two).unwrap(), 1 << 20).unwrap();
    assert_eq!(golden.values, written.values);
    let json = serde_json::to_value(&summary).unwrap();
    assert_eq!(json["level_1"][0]["cells"], 2145);
    assert_eq!(json["entities"][0]["entities"], 33);

    // The entities are those of the golden list, by people.
    let layer = shapes::read(&things, Some("urban_centre")).unwrap();
    let expected: Vec<_> =
        rows("golden/belgium/urban_centres.csv").unwrap().into_iter().filter(|r| &r[0] == "l1_default").collect();
    assert_eq!(layer.features.len(), expected.len());
    let at = |name: &str| layer.fields.iter().position(|f| f.name == name).unwrap();
    let (row, column, cells, people) = (at("first_row"), at("first_column"), at("cells"), at("population"));
    for (feature, expected) in layer.features.iter().zip(&expected) {
        let whole = |i: usize| match &feature.values[i] {
            shapes::Value::Whole(n) => *n,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            [whole(row), whole(column), whole(cells)].map(|n| n.to_string()),
            [1, 2, 3].map(|i| expected[i].to_owned())
        );
        let shapes::Value::Number(found) = feature.values[people] else { panic!() };
        assert!((found - expected[4].parse::<f64>().unwrap()).abs() < 1e-2);
        let area = geo::Area::unsigned_area(feature.shape.as_ref().unwrap());
        assert_eq!(area, whole(cells) as f64 * 1e6);
    }

    let units = shapes::read(&data("belgium/units.gpkg").unwrap(), None).unwrap();
    let classes = [two];
    let table =
        units_files(&population, &classes, &units, Some("UID"), Cut::Exact, Edition::Rules2024, &Quiet).unwrap();
    assert_eq!(table.rows.iter().filter(|r| r.unit.level_1 == 3).count(), 77);
    let statistics = ["sum".to_owned(), "mean".to_owned()];
    let zones = zonal_files(&population, &[], &units, Some("UID"), &statistics, Rule::Exact, &Quiet).unwrap();
    for (zone, unit) in zones.rows.iter().zip(&table.rows) {
        assert_eq!(zone.key, unit.key);
        assert!((zone.values[0].unwrap() - unit.unit.population).abs() < 1e-6 * unit.unit.population.max(1.0));
    }
    assert!(zonal_files(&population, &[], &units, Some("uid"), &statistics, Rule::Exact, &Quiet).is_err());
    let same = BuiltArea::Surfaces(&built, &built);
    let people = Some((&population[..], &population[..]));
    let table = land_from_grids(same, people, &units, None, 5.0, Variant::Linear, &Quiet).unwrap();
    assert!(table.rows.iter().all(|r| r.rates.ratio.is_none()));
}
