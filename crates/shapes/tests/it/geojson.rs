//! GeoJSON, read and written.

use geo::Geometry;
use shapes::{Crs, Fault, FieldKind, Value, read, read_bytes, write_geojson, write_geojson_to};

use crate::common::{sample, shared};

#[test]
fn what_is_written_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.geojson");
    write_geojson(&path, &sample()).unwrap();
    assert_eq!(read(&path, None).unwrap(), sample());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half is left");
}

#[test]
fn another_projection_is_not_written() {
    let mut layer = sample();
    layer.crs = Crs::LaeaEurope;
    let mut bytes = Vec::new();
    let fault = write_geojson_to(&mut bytes, "a.geojson", &layer).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "a.geojson, layer sample: GeoJSON is in longitude and latitude, the layer is in EPSG:3035; \
         project the layer to WGS 84 first, or write a GeoPackage"
    );
}

#[test]
fn old_files_name_their_system() {
    let text = |crs: &str| format!(r#"{{"features":[],"crs":{crs},"type":"FeatureCollection","name":"n"}}"#);
    for (crs, expected) in [
        (r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3035"}}"#, Crs::LaeaEurope),
        (r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}"#, Crs::Wgs84),
        (r#"{"type":"EPSG","properties":{"code":4326}}"#, Crs::Wgs84),
        ("null", Crs::Other("unknown".into())),
    ] {
        let layer = read_bytes("x.geojson", text(crs).as_bytes(), None).unwrap();
        assert_eq!((layer.crs, layer.name.as_str()), (expected, "n"), "{crs}");
    }
}

#[test]
fn metres_without_a_word_of_their_system_are_refused() {
    let text = |crs: &str, at: &str| {
        format!(
            r#"{{"type":"FeatureCollection",{crs}"features":[
                {{"type":"Feature","properties":{{"Name":"Sea"}},"geometry":{{"type":"Point","coordinates":[1,2]}}}},
                {{"type":"Feature","properties":{{"Name":"Porto"}},"geometry":{{"type":"Point","coordinates":[{at}]}}}}]}}"#
        )
    };
    let read = |crs: &str, at: &str| read_bytes("x.geojson", text(crs, at).as_bytes(), None);
    let utm = "532000.5,4556000";
    for crs in ["", r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"#] {
        match read(crs, utm) {
            Err(Fault::NotDegrees { place, name, at }) => {
                assert_eq!((place.feature, name.as_deref(), at), (Some(2), Some("Porto"), [532_000.5, 4_556_000.0]));
            }
            other => panic!("{other:?}"),
        }
    }
    let told = read("", utm).unwrap_err().to_string();
    for part in ["x.geojson, feature 2 (Porto)", "532000.5, 4556000", "RFC 7946", "EPSG:4326"] {
        assert!(told.contains(part), "{told}");
    }
    // With a word of their system they are what they are; a shape that runs on over the antimeridian is in degrees.
    let named = read(r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32629"}},"#, utm).unwrap();
    assert_eq!(named.crs, Crs::Utm { zone: 29, south: false });
    assert!(read("", "181.5,-17").is_ok());
}

#[test]
fn members_come_in_any_order() {
    let text = "\u{feff}{\"features\":[{\"geometry\":{\"coordinates\":[1,2,30],\"type\":\"Point\"},\
        \"properties\":{\"a\":1,\"b\":{\"c\":[1]}},\"type\":\"Feature\",\"id\":\"KEN\"},\
        {\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"a\":2.5}}],\"type\":\"FeatureCollection\"}";
    let layer = read_bytes("place.geojson", text.as_bytes(), None).unwrap();
    assert_eq!(layer.name, "place");
    let fields: Vec<_> = layer.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
    assert_eq!(fields, [("a", FieldKind::Number), ("b", FieldKind::Text), ("id", FieldKind::Text)]);
    assert_eq!(layer.features[0].shape, Some(Geometry::from(geo::point!(x: 1., y: 2.))));
    assert_eq!(
        layer.features[0].values,
        [Value::Number(1.0), Value::Text("{\"c\":[1]}".into()), Value::Text("KEN".into())]
    );
    assert_eq!(layer.features[1].values, [Value::Number(2.5), Value::Missing, Value::Missing]);
}

#[test]
fn a_geometry_alone_and_features_on_lines_are_layers() {
    let alone = read_bytes("a.json", br#"{"type":"Point","coordinates":[1,2]}"#, None).unwrap();
    assert_eq!(alone.features.len(), 1);
    let line = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{}}"#;
    for text in [format!("{line}\n{line}\n"), format!("\u{1e}{line}\n\u{1e}{line}\n")] {
        assert_eq!(read_bytes("a.geojsonl", text.as_bytes(), None).unwrap().features.len(), 2);
    }
}

#[test]
fn refusals_say_where() {
    let second = |geometry: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":null,"geometry":null}},
            {{"type":"Feature","properties":{{}},"geometry":{geometry}}}]}}"#
        )
    };
    let todo = "the file is damaged: save it again from the program that made it";
    for (geometry, expected) in [
        (r#"{"type":"Polygon","coordinates":[1,2]}"#, "the coordinates of the Polygon are not nested as they must be"),
        (r#"{"type":"Circle","coordinates":[1,2]}"#, "there is no geometry of type Circle"),
        (r#"{"type":"Point"}"#, "the Point has no coordinates"),
        (r#"{"coordinates":[1,2]}"#, "the geometry has no type"),
    ] {
        let fault = read_bytes("b.geojson", second(geometry).as_bytes(), None).unwrap_err();
        assert_eq!(fault.to_string(), format!("b.geojson, feature 2: {expected}; {todo}"));
    }
    for (bytes, expected) in [
        (&b""[..], "there is nothing in the file"),
        (b"[1,2]", "it is JSON, but a list and not GeoJSON"),
        (b"<kml/>", "it is XML (KML and GML are not read: save as GeoPackage)"),
    ] {
        let fault = read_bytes("b", bytes, None).unwrap_err();
        assert!(matches!(&fault, Fault::Unrecognised { found, .. } if found == expected), "{fault}");
    }
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!(r#"{{"type":"Point","coordinates":{}"#, "[".repeat(100_000));
    assert!(read_bytes("deep.json", deep.as_bytes(), None).is_err());
}

#[test]
fn countries_of_the_world_are_read() {
    let Some(path) = shared("geo/world/countries-110m.geojson") else { return };
    let layer = read(&path, None).unwrap();
    assert_eq!((layer.crs, layer.features.len()), (Crs::Wgs84, 177));
    assert!(layer.fields.iter().any(|field| field.name == "un_join_iso3"));
}
