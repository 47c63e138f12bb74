//! GeoParquet 1.1 (OGC 24-014): a table with shapes as well-known binary, and what they are in the file's metadata.

use std::{collections::BTreeSet, io::Write, path::Path, sync::Arc};

use geo::{BoundingRect as _, Geometry};
use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::{EnabledStatistics, WriterProperties},
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::Type,
};
use serde_json::{Value as Json, json};

use super::{Failed, name_of, whole};
use crate::{Crs, Fault, Feature, FieldKind, Layer, Place, Value, wkb};

/// Features in a row group.
const GROUP: usize = 20_000;

/// Writes a layer as GeoParquet, whole or not at all; a file that is there is replaced.
///
/// The column `geometry` (with a `_` for each attribute of that name) holds the shapes, `fid` the ids. A reference
/// system that we do not compute in is written as unknown, as the format has it.
///
/// Errors: attributes of the same name; shapes too large; the file system.
pub fn write_geoparquet(path: &Path, layer: &Layer) -> Result<(), Fault> {
    let file = name_of(path);
    whole(path, |to| write_geoparquet_to(to, &file, layer).map_err(Failed::Fault)).map_err(|failed| failed.fault(&file))
}

/// Writes a layer as GeoParquet to anything that takes bytes; `name` is what to call it in messages.
///
/// Errors: as [`write_geoparquet`].
pub fn write_geoparquet_to(to: &mut (dyn Write + Send), name: &str, layer: &Layer) -> Result<(), Fault> {
    let place = Place::file(name).layer(&layer.name);
    let fail = |error: ParquetError| Fault::Unsupported {
        place: place.clone(),
        found: format!("it cannot be written as Parquet ({error})"),
        todo: "look at the names of attributes, and whether there is room on the disk",
    };
    let mut seen = BTreeSet::new();
    if let Some(twice) = layer.fields.iter().find(|field| !seen.insert(&field.name)) {
        return Err(Fault::Unsupported {
            place: place.clone(),
            found: format!("two attributes have the name {}", twice.name),
            todo: "rename one",
        });
    }
    let free = |wished: &str| {
        let mut name = wished.to_owned();
        while layer.fields.iter().any(|field| field.name == name) {
            name.push('_');
        }
        name
    };
    let (key, column) = (free("fid"), free("geometry"));
    let schema = schema(layer, &key, &column).map_err(fail)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("ekistics".into())
        // Least and greatest bytes of a shape mean nothing.
        .set_column_statistics_enabled(column.as_str().into(), EnabledStatistics::None)
        .set_key_value_metadata(Some(vec![KeyValue::new("geo".into(), metadata(layer, &column).to_string())]))
        .build();
    let mut writer = SerializedFileWriter::new(Forward(to), Arc::new(schema), Arc::new(properties)).map_err(fail)?;
    for features in layer.features.chunks(GROUP) {
        let mut group = writer.next_row_group().map_err(fail)?;
        let ids: Vec<i64> = features.iter().map(|feature| feature.id).collect();
        put::<Int64Type, _>(&mut group, &ids, None).map_err(fail)?;
        let (mut shapes, mut levels) = (Vec::new(), Vec::new());
        for feature in features {
            levels.push(i16::from(feature.shape.is_some()));
            if let Some(shape) = &feature.shape {
                let mut bytes = Vec::new();
                wkb::write(shape, &mut bytes).map_err(|_| Fault::TooLarge {
                    place: place.feature(feature.id),
                    what: "parts",
                    limit: u64::from(u32::MAX),
                })?;
                shapes.push(ByteArray::from(bytes));
            }
        }
        put::<ByteArrayType, _>(&mut group, &shapes, Some(&levels)).map_err(fail)?;
        for (at, field) in layer.fields.iter().enumerate() {
            attribute(&mut group, features, at, field.kind).map_err(fail)?;
        }
        group.close().map_err(fail)?;
    }
    writer.close().map_err(fail)?;
    Ok(())
}

/// The writer wants a type of known size.
struct Forward<'a>(&'a mut (dyn Write + Send));

impl Write for Forward<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

fn schema(layer: &Layer, key: &str, column: &str) -> Result<Type, ParquetError> {
    let leaf = |name: &str, kind: Physical, repetition, logical| {
        Type::primitive_type_builder(name, kind)
            .with_repetition(repetition)
            .with_logical_type(logical)
            .build()
            .map(Arc::new)
    };
    let mut columns = vec![
        leaf(key, Physical::INT64, Repetition::REQUIRED, None)?,
        leaf(column, Physical::BYTE_ARRAY, Repetition::OPTIONAL, None)?,
    ];
    for field in &layer.fields {
        let (kind, logical) = match field.kind {
            FieldKind::Whole => (Physical::INT64, None),
            FieldKind::Number => (Physical::DOUBLE, None),
            FieldKind::Flag => (Physical::BOOLEAN, None),
            FieldKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        columns.push(leaf(&field.name, kind, Repetition::OPTIONAL, logical)?);
    }
    Type::group_type_builder("schema").with_fields(columns).build()
}

/// Writes the next column of a group.
fn put<T, V>(
    group: &mut SerializedRowGroupWriter<'_, V>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError>
where
    T: parquet::data_type::DataType,
    V: Write + Send,
{
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, levels, None)?;
        column.close()?;
    }
    Ok(())
}

fn attribute<V: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, V>,
    features: &[Feature],
    at: usize,
    kind: FieldKind,
) -> Result<(), ParquetError> {
    let values = || features.iter().map(|feature| feature.values.get(at).unwrap_or(&Value::Missing));
    fn split<T>(values: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
        let (mut there, mut levels) = (Vec::new(), Vec::new());
        for value in values {
            levels.push(i16::from(value.is_some()));
            there.extend(value);
        }
        (there, levels)
    }
    match kind {
        FieldKind::Whole => {
            let (there, levels) =
                split(values().map(|v| if let Value::Whole(whole) = v { Some(*whole) } else { None }));
            put::<Int64Type, _>(group, &there, Some(&levels))
        }
        FieldKind::Number => {
            let (there, levels) =
                split(values().map(|v| if let Value::Number(number) = v { Some(*number) } else { None }));
            put::<DoubleType, _>(group, &there, Some(&levels))
        }
        FieldKind::Flag => {
            let (there, levels) = split(values().map(|v| if let Value::Flag(flag) = v { Some(*flag) } else { None }));
            put::<BoolType, _>(group, &there, Some(&levels))
        }
        FieldKind::Text => {
            let (there, levels) = split(
                values().map(|v| if let Value::Text(text) = v { Some(ByteArray::from(text.as_str())) } else { None }),
            );
            put::<ByteArrayType, _>(group, &there, Some(&levels))
        }
    }
}

/// The member `geo` of the file.
fn metadata(layer: &Layer, column: &str) -> Json {
    let shapes = || layer.features.iter().filter_map(|feature| feature.shape.as_ref());
    let kinds: BTreeSet<&str> = shapes().map(kind_of).collect();
    let mut described = json!({ "encoding": "WKB", "geometry_types": kinds });
    let bounds = shapes().filter_map(|shape| shape.bounding_rect()).reduce(|one, other| {
        geo::Rect::new(
            (one.min().x.min(other.min().x), one.min().y.min(other.min().y)),
            (one.max().x.max(other.max().x), one.max().y.max(other.max().y)),
        )
    });
    if let Some(members) = described.as_object_mut() {
        if let Some(bounds) = bounds {
            let (min, max) = (bounds.min(), bounds.max());
            members.insert("bbox".into(), json!([min.x, min.y, max.x, max.y]));
        }
        // Without the member it is longitude and latitude on WGS 84, which is what most readers expect.
        if layer.crs != Crs::Wgs84 {
            members.insert("crs".into(), projjson(&layer.crs));
        }
    }
    json!({ "version": "1.1.0", "primary_column": column, "columns": { column: described } })
}

fn kind_of(shape: &Geometry<f64>) -> &'static str {
    match shape {
        Geometry::Point(_) => "Point",
        Geometry::MultiPoint(_) => "MultiPoint",
        Geometry::Line(_) | Geometry::LineString(_) => "LineString",
        Geometry::MultiLineString(_) => "MultiLineString",
        Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "Polygon",
        Geometry::MultiPolygon(_) => "MultiPolygon",
        Geometry::GeometryCollection(_) => "GeometryCollection",
    }
}

/// The system as PROJJSON 0.7; null where we do not know it.
fn projjson(crs: &Crs) -> Json {
    let epsg = |code: u32| json!({ "authority": "EPSG", "code": code });
    let parameter = |name: &str, code: u32, value: f64, unit: &str| json!({ "name": name, "value": value, "unit": unit, "id": epsg(code) });
    let latitude = |value| parameter("Latitude of natural origin", 8801, value, "degree");
    let longitude = |value| parameter("Longitude of natural origin", 8802, value, "degree");
    let easting = |value| parameter("False easting", 8806, value, "metre");
    let northing = |value| parameter("False northing", 8807, value, "metre");
    let scale = |value| parameter("Scale factor at natural origin", 8805, value, "unity");
    let (name, method, parameters) = match crs {
        Crs::Mollweide => {
            ("World Mollweide", json!({ "name": "Mollweide" }), vec![longitude(0.0), easting(0.0), northing(0.0)])
        }
        Crs::LaeaEurope => (
            "ETRS89-extended / LAEA Europe",
            json!({ "name": "Lambert Azimuthal Equal Area", "id": epsg(9820) }),
            vec![latitude(52.0), longitude(10.0), easting(4_321_000.0), northing(3_210_000.0)],
        ),
        Crs::WebMercator => (
            "WGS 84 / Pseudo-Mercator",
            json!({ "name": "Popular Visualisation Pseudo Mercator", "id": epsg(1024) }),
            vec![latitude(0.0), longitude(0.0), easting(0.0), northing(0.0)],
        ),
        Crs::EqualEarth => (
            "WGS 84 / Equal Earth Greenwich",
            json!({ "name": "Equal Earth", "id": epsg(1078) }),
            vec![longitude(0.0), easting(0.0), northing(0.0)],
        ),
        Crs::Utm { zone, south } => (
            "WGS 84 / UTM zone",
            json!({ "name": "Transverse Mercator", "id": epsg(9807) }),
            vec![
                latitude(0.0),
                longitude(f64::from(*zone) * 6.0 - 183.0),
                scale(0.9996),
                easting(500_000.0),
                northing(if *south { 10_000_000.0 } else { 0.0 }),
            ],
        ),
        Crs::Wgs84 | Crs::Other(_) => return Json::Null,
    };
    let name = match crs {
        Crs::Utm { zone, south } => format!("{name} {zone}{}", if *south { "S" } else { "N" }),
        _ => name.to_owned(),
    };
    let (datum, ellipsoid, flattening, base) = match crs {
        Crs::LaeaEurope => ("European Terrestrial Reference System 1989", "GRS 1980", 298.257222101, "ETRS89"),
        _ => ("World Geodetic System 1984", "WGS 84", 298.257223563, "WGS 84"),
    };
    let axis = |name: &str, short: &str, direction: &str, unit: &str| json!({ "name": name, "abbreviation": short, "direction": direction, "unit": unit });
    let (authority, code) = crs.code().unwrap_or_default();
    json!({
        "$schema": "https://proj.org/schemas/v0.7/projjson.schema.json",
        "type": "ProjectedCRS",
        "name": name,
        "base_crs": {
            "name": base,
            "datum": {
                "type": "GeodeticReferenceFrame",
                "name": datum,
                "ellipsoid": { "name": ellipsoid, "semi_major_axis": 6378137, "inverse_flattening": flattening },
            },
            "coordinate_system": {
                "subtype": "ellipsoidal",
                "axis": [
                    axis("Geodetic latitude", "Lat", "north", "degree"),
                    axis("Geodetic longitude", "Lon", "east", "degree"),
                ],
            },
        },
        "conversion": { "name": name, "method": method, "parameters": parameters },
        "coordinate_system": {
            "subtype": "Cartesian",
            "axis": [axis("Easting", "E", "east", "metre"), axis("Northing", "N", "north", "metre")],
        },
        "id": { "authority": authority, "code": code },
    })
}
