//! GeoPackage, read and written.

use geo::{Area as _, Geometry};
use rusqlite::Connection;
use shapes::{Crs, Fault, Layer, geopackage_bytes, read, read_bytes, write_geopackage};

use crate::common::{sample, shared};

fn named(name: &str, crs: Crs) -> Layer {
    Layer { name: name.into(), crs, ..sample() }
}

#[test]
fn what_is_written_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("what? 100% #1.gpkg");
    for crs in [
        Crs::Wgs84,
        Crs::Mollweide,
        Crs::LaeaEurope,
        Crs::WebMercator,
        Crs::Utm { zone: 22, south: true },
        Crs::Other("EPSG:2056".into()),
    ] {
        let layer = named("sample", crs);
        write_geopackage(&path, std::slice::from_ref(&layer)).unwrap();
        assert_eq!(read(&path, None).unwrap(), layer);
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(read_bytes("x.gpkg", &bytes, Some("sample")).unwrap(), layer);
        assert_eq!(bytes, geopackage_bytes("x.gpkg", std::slice::from_ref(&layer)).unwrap(), "the same bytes twice");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half is left");
}

#[test]
fn of_several_layers_one_is_named() {
    let layers = [named("districts", Crs::Wgs84), named("wards; drop table \"x\"", Crs::LaeaEurope)];
    let bytes = geopackage_bytes("two.gpkg", &layers).unwrap();
    assert_eq!(read_bytes("two.gpkg", &bytes, Some("wards; drop table \"x\"")).unwrap(), layers[1]);
    let fault = read_bytes("two.gpkg", &bytes, None).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "two.gpkg: there are several layers, name one of them: districts, wards; drop table \"x\""
    );
    assert!(matches!(read_bytes("two.gpkg", &bytes, Some("Wards")), Err(Fault::NoSuchLayer { .. })));
    let twice = [named("A", Crs::Wgs84), named("a", Crs::Wgs84)];
    assert!(geopackage_bytes("two.gpkg", &twice).is_err());
}

#[test]
fn the_file_is_as_the_standard_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    write_geopackage(&path, &[sample()]).unwrap();
    let connection = Connection::open(&path).unwrap();
    let number = |query: &str| connection.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(number("pragma application_id"), 0x4750_4b47);
    assert_eq!(number("pragma user_version"), 10300);
    assert_eq!(number("select count(*) from gpkg_spatial_ref_sys where srs_id in (-1, 0, 4326, 3035, 54009)"), 5);
    assert_eq!(number("select count(*) from pragma_foreign_key_check"), 0);
    assert_eq!(number("select count(*) from rtree_sample_geom where minx >= -1e-6 and maxx <= 13.1"), 7);
    let ok: String = connection.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(ok, "ok");
}

#[test]
fn other_files_of_sqlite_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    Connection::open(&path).unwrap().execute_batch("create table t (a)").unwrap();
    assert!(matches!(read(&path, None), Err(Fault::Unrecognised { .. })));
}

#[test]
fn a_file_with_changes_beside_it_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    write_geopackage(&path, &[sample()]).unwrap();
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("pragma journal_mode = wal; create table extra (a)").unwrap();
    let fault = read(&path, None).unwrap_err().to_string();
    assert!(fault.contains("close it there"), "{fault}");
    drop(connection);
    assert_eq!(read(&path, None).unwrap(), sample());
    assert_eq!(read_bytes("a.gpkg", &std::fs::read(&path).unwrap(), None).unwrap(), sample());
}

#[test]
fn municipalities_of_belgium_are_read() {
    let Some(path) = shared("degurba/belgium/units.gpkg") else { return };
    let layer = read(&path, None).unwrap();
    assert_eq!((layer.name.as_str(), &layer.crs), ("units", &Crs::Mollweide));
    assert_eq!(layer.features.len(), 581);
    let area: f64 = layer
        .features
        .iter()
        .map(|feature| match &feature.shape {
            Some(Geometry::MultiPolygon(area)) => area.unsigned_area(),
            other => panic!("{other:?}"),
        })
        .sum();
    // Belgium has 30 528 km² of land.
    assert!((area / 1e6 - 30_600.0).abs() < 300.0, "{area}");
}
