//! FlatGeobuf, shapefiles and zips: files made by GDAL, and what is wrong with some.

use std::{io::Write as _, path::PathBuf};

use geo::{Area as _, Geometry};
use shapes::{Crs, Fault, FieldKind, Layer, Value, read, read_bytes};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")).join(name)
}

/// The layer that all fixtures hold (see the README beside them).
fn check(layer: &Layer, crs: &Crs, has_rest: Rest) {
    assert_eq!(&layer.crs, crs);
    assert_eq!(layer.features.len(), 3);
    let at = |name: &str| layer.fields.iter().position(|field| field.name == name).unwrap();
    let values = |name: &str| layer.features.iter().map(|f| f.values[at(name)].clone()).collect::<Vec<_>>();
    assert_eq!(
        values("name"),
        [Value::Text("São Tomé".into()), Value::Text("Île".into()), Value::Text("plain".into())]
    );
    assert_eq!(values("pop"), [Value::Whole(12), Value::Missing, Value::Whole(-3)]);
    assert_eq!(values("share"), [Value::Number(0.25), Value::Number(1.5), Value::Missing]);
    assert_eq!(layer.fields[at("pop")].kind, FieldKind::Whole);
    // A square of 10 with a hole of 2, two triangles, a square of 1.
    let areas: Vec<f64> = layer.features.iter().map(|f| f.shape.as_ref().map_or(0.0, |s| s.unsigned_area())).collect();
    if has_rest == Rest::Degrees {
        assert_eq!(areas, [96.0, 1.0, 1.0]);
    }
    let Some(Geometry::MultiPolygon(two)) = &layer.features[1].shape else { panic!() };
    assert_eq!(two.0.len(), 2);
}

#[derive(PartialEq, Eq)]
enum Rest {
    Degrees,
    Metres,
}

#[test]
fn flatgeobuf_is_read_with_and_without_index() {
    // With an index the features lie in the order of the index.
    let sorted = |name: &str| {
        let mut layer = read(&fixture(name), None).unwrap();
        let order = [Value::Text("São Tomé".into()), Value::Text("Île".into()), Value::Text("plain".into())];
        layer.features.sort_by_key(|feature| order.iter().position(|name| feature.values.contains(name)));
        layer
    };
    for name in ["places.fgb", "places-no-index.fgb"] {
        check(&sorted(name), &Crs::Wgs84, Rest::Degrees);
    }
    // The index of one feature has a root, too.
    let one = read(&fixture("one.fgb"), None).unwrap();
    assert_eq!((one.features.len(), one.features[0].values[0].clone()), (1, Value::Text("São Tomé".into())));
    check(&sorted("places-utm.fgb"), &Crs::Utm { zone: 31, south: false }, Rest::Metres);
}

#[test]
fn shapefiles_are_read_in_their_encodings() {
    for name in ["utf8/places.shp", "latin1/places.shp"] {
        let layer = read(&fixture(name), None).unwrap();
        assert_eq!(layer.name, "places");
        check(&layer, &Crs::Wgs84, Rest::Degrees);
    }
}

/// A zip with the parts of a shapefile, in a folder as people pack them.
fn zipped(parts: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for part in parts {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("my folder/places.{part}"), options).unwrap();
        zip.write_all(&std::fs::read(fixture(&format!("utf8/places.{part}"))).unwrap()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_zip_with_a_shapefile_is_a_layer() {
    let bytes = zipped(&["shp", "shx", "dbf", "prj", "cpg"]);
    check(&read_bytes("upload.zip", &bytes, None).unwrap(), &Crs::Wgs84, Rest::Degrees);
    check(&read_bytes("upload.zip", &bytes, Some("places")).unwrap(), &Crs::Wgs84, Rest::Degrees);
    let without = read_bytes("upload.zip", &zipped(&["shp"]), None).unwrap();
    assert!(matches!(&without.crs, Crs::Other(text) if text.contains(".prj")));
    assert!(without.fields.is_empty());
    let nothing = read_bytes("upload.zip", &zipped(&["dbf"]), None).unwrap_err();
    assert!(matches!(nothing, Fault::Unrecognised { .. }), "{nothing}");
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("a.shp", options).unwrap();
    zip.write_all(&std::fs::read(fixture("utf8/places.shp")).unwrap()[..100]).unwrap();
    zip.start_file("a.dbf", options).unwrap();
    zip.write_all(&std::fs::read(fixture("utf8/places.dbf")).unwrap()).unwrap();
    let fault = read_bytes("a.zip", &zip.finish().unwrap().into_inner(), None).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "a.zip, layer a: the .shp has 0 shapes, the .dbf 3 rows; bring the .shp and the .dbf that were saved together"
    );
}

#[test]
fn geoparquet_has_its_metadata_and_rows() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    for crs in [Crs::Wgs84, Crs::LaeaEurope, Crs::Mollweide, Crs::Utm { zone: 22, south: true }, Crs::Other("x".into())]
    {
        let layer = Layer { crs: crs.clone(), ..crate::common::sample() };
        shapes::write_geoparquet(&path, &layer).unwrap();
        let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
        let metadata = reader.metadata().file_metadata();
        assert_eq!(metadata.num_rows(), 8);
        let pairs = metadata.key_value_metadata().unwrap();
        let geo = pairs.iter().find(|pair| pair.key == "geo").unwrap().value.clone().unwrap();
        let geo: serde_json::Value = serde_json::from_str(&geo).unwrap();
        assert_eq!(geo["version"], "1.1.0");
        let column = &geo["columns"]["geometry"];
        assert_eq!(column["encoding"], "WKB");
        assert_eq!(column["geometry_types"].as_array().unwrap().len(), 7);
        match crs {
            Crs::Wgs84 => assert!(column.get("crs").is_none()),
            Crs::Other(_) => assert!(column["crs"].is_null()),
            Crs::LaeaEurope => assert_eq!(column["crs"]["id"]["code"], 3035),
            _ => assert_eq!(column["crs"]["type"], "ProjectedCRS"),
        }
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert!(rows[0].to_string().contains("fid: 10"), "{}", rows[0]);
        assert_eq!(rows[0].get_column_iter().count(), 6);
    }
}
