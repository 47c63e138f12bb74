//! Files that break off or lie: an error or a layer, never a panic, never more memory than the file has bytes for.

use std::{io::Write as _, path::Path};

use shapes::{geopackage_bytes, read, read_bytes, topojson_bytes, write_geojson_to};

use crate::common::sample;

/// A small file of each format.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let fixture =
        |name: &str| std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).unwrap();
    let mut geojson = Vec::new();
    write_geojson_to(&mut geojson, "a.geojson", &sample()).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for part in ["shp", "dbf", "prj", "cpg"] {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(format!("a.{part}"), options).unwrap();
        zip.write_all(&fixture(&format!("utf8/places.{part}"))).unwrap();
    }
    vec![
        ("a.geojson", geojson),
        ("a.topo.json", topojson_bytes(&[&sample()], 0.001, &[]).unwrap()),
        ("a.fgb", fixture("places.fgb")),
        ("b.fgb", fixture("places-no-index.fgb")),
        ("a.shp", fixture("utf8/places.shp")),
        ("a.zip", zip.finish().unwrap().into_inner()),
    ]
}

#[test]
fn cut_anywhere_nothing_panics() {
    for (name, bytes) in files() {
        read_bytes(name, &bytes, None).unwrap();
        for end in 0..bytes.len() {
            let _ = read_bytes(name, &bytes[..end], None);
        }
    }
}

#[test]
fn changed_anywhere_nothing_panics() {
    for (name, bytes) in files() {
        let mut changed = bytes.clone();
        for at in 0..bytes.len() {
            for value in [0, 0x7f, 0xff, bytes[at] ^ 1, bytes[at] ^ 0x80] {
                changed[at] = value;
                let _ = read_bytes(name, &changed, None);
            }
            changed[at] = bytes[at];
        }
    }
}

#[test]
fn a_geopackage_cut_or_changed_does_not_panic() {
    let bytes = geopackage_bytes("a.gpkg", &[sample()]).unwrap();
    for end in (0..bytes.len()).step_by(997) {
        let _ = read_bytes("a.gpkg", &bytes[..end], None);
    }
    let mut changed = bytes.clone();
    let mut n_read = 0;
    // The pages are mostly empty: each byte that is not zero.
    for at in (0..bytes.len()).filter(|at| bytes[*at] != 0).step_by(7) {
        changed[at] ^= 0x55;
        n_read += usize::from(read_bytes("a.gpkg", &changed, None).is_ok());
        changed[at] = bytes[at];
    }
    assert!(n_read > 0);
}

#[test]
fn counts_that_lie_do_not_allocate() {
    // A well-known binary of four thousand million rings, in a GeoPackage.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    shapes::write_geopackage(&path, &[sample()]).unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("drop trigger rtree_sample_geom_update6; drop trigger rtree_sample_geom_update7; drop trigger rtree_sample_geom_update2; drop trigger rtree_sample_geom_update5; drop trigger rtree_sample_geom_update4").unwrap();
    for (tail, expected) in [
        ("0103000000ffffffff", "says that 4294967295 parts follow"),
        ("0106000000ffffffff", "says that 4294967295 parts follow"),
        ("0102000000ffffff7f", "says that 2147483647 parts follow"),
        ("0101000000", "breaks off"),
        ("010a00000000000000", "curved"),
        ("0163000000", "no geometry of type 99"),
        ("0101000000000000000000f07f0000000000000000", "not a number"),
    ] {
        connection
            .execute_batch(&format!("update sample set geom = x'4750000100000000{tail}' where fid = 20"))
            .unwrap();
        let fault = read(&path, None).unwrap_err().to_string();
        assert!(fault.starts_with("a.gpkg, layer sample, feature 20: ") && fault.contains(expected), "{fault}");
    }
}

#[test]
fn views_without_end_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    shapes::write_geopackage(&path, &[sample()]).unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    // A view may be a layer; this one asks for a function that may not be called from a file.
    connection
        .execute_batch(
            "create view evil as select 1 as fid, load_extension('x') as geom;
             insert into gpkg_contents (table_name, data_type, identifier, srs_id) values ('evil', 'features', 'evil', 4326);
             insert into gpkg_geometry_columns values ('evil', 'geom', 'GEOMETRY', 4326, 0, 0);",
        )
        .unwrap();
    drop(connection);
    assert!(read(&path, Some("evil")).is_err());
    read(&path, Some("sample")).unwrap();
}

#[test]
fn an_arc_named_again_and_again_is_bounded() {
    let arc: Vec<String> = (0..20_000).map(|at| format!("[{at},0]")).collect();
    let passes = vec!["0"; 20_000].join(",");
    let text = format!(
        "{{\"type\":\"Topology\",\"objects\":{{\"a\":{{\"type\":\"LineString\",\"arcs\":[{passes}]}}}},\"arcs\":[[{}]]}}",
        arc.join(",")
    );
    let fault = read_bytes("a.json", text.as_bytes(), None).unwrap_err().to_string();
    assert!(fault.contains("more than 100000000 positions"), "{fault}");
}

#[test]
fn values_that_need_no_bytes_are_bounded() {
    // Two thousand attributes in one feature, and thirty thousand features without any.
    let names: Vec<String> = (0..2000).map(|at| format!("\"a{at}\":1")).collect();
    let empty = ",{\"type\":\"Feature\",\"properties\":null,\"geometry\":null}".repeat(30_000);
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"geometry\":null,\"properties\":{{{}}}}}{empty}]}}",
        names.join(",")
    );
    let fault = read_bytes("a.json", text.as_bytes(), None).unwrap_err().to_string();
    assert_eq!(fault, "a.json: more than 50000000 values; split the file");
}
