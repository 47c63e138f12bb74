//! GeoPackage 1.3 (OGC 12-128r17): one table for each layer, with bounding boxes and an R-tree.
//!
//! The file is made in memory and written in one go. Its time of change is the start of the epoch, so that the same
//! layers give the same bytes.

mod rtree;

use std::{collections::HashSet, path::Path};

use geo::{BoundingRect as _, Geometry, MultiLineString, MultiPoint, MultiPolygon, Rect};
use rusqlite::{Connection, params, types::ToSqlOutput};

use super::{name_of, whole};
use crate::{Crs, Fault, FieldKind, Layer, Place, Value, wkb};

/// Writes layers into a new GeoPackage, whole or not at all; a file that is there is replaced.
///
/// Layers with polygons and multipolygons become multipolygons, likewise lines and points.
/// Ids are kept where they are all different.
///
/// Errors: layers or attributes of the same name (SQLite does not tell `Name` from `name`); shapes too large; the file system.
pub fn write_geopackage(path: &Path, layers: &[Layer]) -> Result<(), Fault> {
    let file = name_of(path);
    let bytes = geopackage_bytes(&file, layers)?;
    whole(path, |to| to.write_all(&bytes)).map_err(|error| Fault::io(&file, error))
}

/// The bytes of a GeoPackage with these layers; `name` is what to call it in messages.
///
/// Errors: as [`write_geopackage`].
pub fn geopackage_bytes(name: &str, layers: &[Layer]) -> Result<Vec<u8>, Fault> {
    let place = Place::file(name);
    let fail = |error: rusqlite::Error| sql(&place, &error);
    let mut names = HashSet::new();
    for layer in layers {
        let lower = layer.name.to_lowercase();
        if lower.is_empty() || lower.starts_with("gpkg_") || lower.starts_with("sqlite_") || lower.starts_with("rtree_")
        {
            return Err(bad_name(&place.layer(&layer.name), "a layer cannot have this name"));
        }
        if !names.insert(lower) {
            return Err(bad_name(&place.layer(&layer.name), "two layers have this name"));
        }
    }
    let mut connection = Connection::open_in_memory().map_err(fail)?;
    connection.execute_batch(TABLES).map_err(fail)?;
    let transaction = connection.transaction().map_err(fail)?;
    let mut systems = Systems::new(&transaction).map_err(fail)?;
    for layer in layers {
        write_layer(&transaction, &mut systems, layer, &place.layer(&layer.name))?;
    }
    transaction.commit().map_err(fail)?;
    let bytes = connection.serialize("main").map_err(fail)?;
    Ok(bytes.to_vec())
}

fn sql(place: &Place, error: &rusqlite::Error) -> Fault {
    Fault::Unsupported {
        place: place.clone(),
        found: format!("SQLite refuses to write it ({error})"),
        todo: "look at the names of layers and attributes and at the size of shapes",
    }
}

fn bad_name(place: &Place, found: &str) -> Fault {
    Fault::Unsupported { place: place.clone(), found: found.to_owned(), todo: "rename one" }
}

/// The head (`GPKG`, version 1.3.0) and the tables that each GeoPackage has.
const TABLES: &str = "
pragma application_id = 1196444487;
pragma user_version = 10300;
create table gpkg_spatial_ref_sys (
  srs_name text not null, srs_id integer primary key, organization text not null,
  organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (
  table_name text not null primary key, data_type text not null, identifier text unique, description text default '',
  last_change datetime not null default '1970-01-01T00:00:00.000Z',
  min_x double, min_y double, max_x double, max_y double, srs_id integer,
  constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id));
create table gpkg_geometry_columns (
  table_name text not null, column_name text not null, geometry_type_name text not null, srs_id integer not null,
  z tinyint not null, m tinyint not null,
  constraint pk_geom_cols primary key (table_name, column_name), constraint uk_gc_table_name unique (table_name),
  constraint fk_gc_tn foreign key (table_name) references gpkg_contents (table_name),
  constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id));
create table gpkg_extensions (
  table_name text, column_name text, extension_name text not null, definition text not null, scope text not null,
  constraint ge_tce unique (table_name, column_name, extension_name));
";

/// Definitions of the systems that each file has or that we compute in, as WKT 1.
const MOLLWEIDE: &str = r#"PROJCS["World_Mollweide",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mollweide"],PARAMETER["central_meridian",0],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["ESRI","54009"]]"#;
const WGS84: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#;
const LAEA: &str = r#"PROJCS["ETRS89-extended / LAEA Europe",GEOGCS["ETRS89",DATUM["European_Terrestrial_Reference_System_1989",SPHEROID["GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]],AUTHORITY["EPSG","6258"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4258"]],PROJECTION["Lambert_Azimuthal_Equal_Area"],PARAMETER["latitude_of_center",52],PARAMETER["longitude_of_center",10],PARAMETER["false_easting",4321000],PARAMETER["false_northing",3210000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AUTHORITY["EPSG","3035"]]"#;

/// The reference systems that the file knows so far.
struct Systems {
    known: HashSet<i64>,
    next_own: i64,
}

impl Systems {
    /// With the rows that each GeoPackage has, and the two projections that grids and boundaries come in.
    fn new(connection: &Connection) -> rusqlite::Result<Self> {
        let mut systems = Self { known: HashSet::new(), next_own: 100_000 };
        systems.add(connection, "Undefined Cartesian SRS", -1, "NONE", -1, "undefined")?;
        systems.add(connection, "Undefined geographic SRS", 0, "NONE", 0, "undefined")?;
        systems.add(connection, "WGS 84 geodetic", 4326, "EPSG", 4326, WGS84)?;
        systems.add(connection, "ETRS89-extended / LAEA Europe", 3035, "EPSG", 3035, LAEA)?;
        systems.add(connection, "World Mollweide", 54009, "ESRI", 54009, MOLLWEIDE)?;
        Ok(systems)
    }

    fn add(
        &mut self,
        connection: &Connection,
        name: &str,
        srs: i64,
        authority: &str,
        code: i64,
        definition: &str,
    ) -> rusqlite::Result<()> {
        if self.known.insert(srs) {
            connection.execute(
                "insert into gpkg_spatial_ref_sys values (?1, ?2, ?3, ?4, ?5, null)",
                params![name, srs, authority, code, definition],
            )?;
        }
        Ok(())
    }

    /// The number of a system in this file.
    fn number(&mut self, connection: &Connection, crs: &Crs) -> rusqlite::Result<i64> {
        match crs {
            Crs::Other(text) if text.starts_with("undefined geographic") => return Ok(0),
            Crs::Other(text) if text.starts_with("undefined cartesian") || text.starts_with("unknown") => {
                return Ok(-1);
            }
            _ => {}
        }
        if let Some((authority, code)) = crs.code() {
            let srs = i64::from(code);
            self.add(connection, &crs.to_string(), srs, &authority, srs, &crs.wkt().unwrap_or("undefined".into()))?;
            return Ok(srs);
        }
        let srs = self.next_own;
        self.next_own += 1;
        self.add(connection, "as the source describes it", srs, "NONE", srs, &crs.to_string())?;
        Ok(srs)
    }
}

/// A name for use in a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A name that no attribute has.
fn free_name(wished: &str, layer: &Layer) -> String {
    let is_taken = |name: &str| layer.fields.iter().any(|field| field.name.eq_ignore_ascii_case(name));
    let mut name = wished.to_owned();
    while is_taken(&name) {
        name.push('_');
    }
    name
}

fn write_layer(connection: &Connection, systems: &mut Systems, layer: &Layer, place: &Place) -> Result<(), Fault> {
    let fail = |error: rusqlite::Error| sql(place, &error);
    let srs = systems.number(connection, &layer.crs).map_err(fail)?;
    let (key, column, kind) = (free_name("fid", layer), free_name("geom", layer), kind_of(layer));
    create_table(connection, layer, place, [&key, &column, kind.name()])?;
    let bounds = layer
        .features
        .iter()
        .filter_map(|feature| feature.shape.as_ref()?.bounding_rect())
        .reduce(|one, other| Rect::new(min(one.min(), other.min()), max(one.max(), other.max())));
    connection
        .execute(
            "insert into gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, max_y, srs_id) \
             values (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                layer.name,
                bounds.map(|b| b.min().x),
                bounds.map(|b| b.min().y),
                bounds.map(|b| b.max().x),
                bounds.map(|b| b.max().y),
                srs
            ],
        )
        .map_err(fail)?;
    connection
        .execute(
            "insert into gpkg_geometry_columns values (?1, ?2, ?3, ?4, 0, 0)",
            params![layer.name, column, kind.name(), srs],
        )
        .map_err(fail)?;
    insert(connection, layer, place, [&key, &column], kind, srs)?;
    rtree::index(connection, layer, [&key, &column]).map_err(fail)
}

fn create_table(connection: &Connection, layer: &Layer, place: &Place, names: [&str; 3]) -> Result<(), Fault> {
    let [key, column, kind] = names;
    let mut seen = HashSet::new();
    let mut text = format!(
        "create table {} ({} integer primary key autoincrement not null, {} {kind}",
        quoted(&layer.name),
        quoted(key),
        quoted(column)
    );
    for field in &layer.fields {
        if !seen.insert(field.name.to_lowercase()) {
            return Err(bad_name(place, &format!("two attributes have the name {}", field.name)));
        }
        let kind = match field.kind {
            FieldKind::Whole => "integer",
            FieldKind::Number => "double",
            FieldKind::Text => "text",
            FieldKind::Flag => "boolean",
        };
        text.push_str(&format!(", {} {kind}", quoted(&field.name)));
    }
    text.push(')');
    connection.execute_batch(&text).map_err(|error| sql(place, &error))
}

fn insert(
    connection: &Connection,
    layer: &Layer,
    place: &Place,
    names: [&str; 2],
    kind: Kind,
    srs: i64,
) -> Result<(), Fault> {
    let fail = |error: rusqlite::Error| sql(place, &error);
    let mut columns: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    columns.extend(layer.fields.iter().map(|field| quoted(&field.name)));
    let marks: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
    let text = format!("insert into {} ({}) values ({})", quoted(&layer.name), columns.join(", "), marks.join(", "));
    let mut statement = connection.prepare(&text).map_err(fail)?;
    let mut ids = HashSet::new();
    let keeps_ids = layer.features.iter().all(|feature| ids.insert(feature.id));
    for (number, feature) in (1_i64..).zip(&layer.features) {
        let id = if keeps_ids { feature.id } else { number };
        let shape = match &feature.shape {
            Some(shape) => Some(blob(shape, kind, srs).map_err(|_| Fault::TooLarge {
                place: place.feature(feature.id),
                what: "parts",
                limit: u64::from(u32::MAX),
            })?),
            None => None,
        };
        statement.raw_bind_parameter(1, id).map_err(fail)?;
        statement.raw_bind_parameter(2, shape).map_err(fail)?;
        for at in 0..layer.fields.len() {
            let value = feature.values.get(at).unwrap_or(&Value::Missing);
            statement.raw_bind_parameter(at + 3, Bound(value)).map_err(fail)?;
        }
        statement.raw_execute().map_err(fail)?;
    }
    Ok(())
}

/// A value as SQLite takes it.
struct Bound<'a>(&'a Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Missing => ToSqlOutput::from(rusqlite::types::Null),
            Value::Whole(whole) => ToSqlOutput::from(*whole),
            Value::Number(number) => ToSqlOutput::from(*number),
            Value::Text(text) => ToSqlOutput::from(text.as_str()),
            Value::Flag(flag) => ToSqlOutput::from(*flag),
        })
    }
}

fn min(a: geo::Coord<f64>, b: geo::Coord<f64>) -> geo::Coord<f64> {
    geo::Coord { x: a.x.min(b.x), y: a.y.min(b.y) }
}

fn max(a: geo::Coord<f64>, b: geo::Coord<f64>) -> geo::Coord<f64> {
    geo::Coord { x: a.x.max(b.x), y: a.y.max(b.y) }
}

/// The type that a layer's shapes have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Point,
    MultiPoint,
    Line,
    MultiLine,
    Polygon,
    MultiPolygon,
    Collection,
    Any,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Point => "POINT",
            Self::MultiPoint => "MULTIPOINT",
            Self::Line => "LINESTRING",
            Self::MultiLine => "MULTILINESTRING",
            Self::Polygon => "POLYGON",
            Self::MultiPolygon => "MULTIPOLYGON",
            Self::Collection => "GEOMETRYCOLLECTION",
            Self::Any => "GEOMETRY",
        }
    }

    fn of(shape: &Geometry<f64>) -> Self {
        match shape {
            Geometry::Point(_) => Self::Point,
            Geometry::MultiPoint(_) => Self::MultiPoint,
            Geometry::Line(_) | Geometry::LineString(_) => Self::Line,
            Geometry::MultiLineString(_) => Self::MultiLine,
            Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => Self::Polygon,
            Geometry::MultiPolygon(_) => Self::MultiPolygon,
            Geometry::GeometryCollection(_) => Self::Collection,
        }
    }

    fn with(self, other: Self) -> Self {
        match (self, other) {
            _ if self == other => self,
            (Self::Point | Self::MultiPoint, Self::Point | Self::MultiPoint) => Self::MultiPoint,
            (Self::Line | Self::MultiLine, Self::Line | Self::MultiLine) => Self::MultiLine,
            (Self::Polygon | Self::MultiPolygon, Self::Polygon | Self::MultiPolygon) => Self::MultiPolygon,
            _ => Self::Any,
        }
    }
}

fn kind_of(layer: &Layer) -> Kind {
    let shapes = layer.features.iter().filter_map(|feature| feature.shape.as_ref());
    shapes.map(Kind::of).reduce(Kind::with).unwrap_or(Kind::Any)
}

/// A shape with the head of GeoPackage (section 2.1.3): little-endian, with its envelope.
fn blob(shape: &Geometry<f64>, kind: Kind, srs: i64) -> Result<Vec<u8>, wkb::TooMany> {
    let bounds = shape.bounding_rect();
    let mut bytes = vec![b'G', b'P', 0, if bounds.is_some() { 0b0000_0011 } else { 0b0001_0001 }];
    bytes.extend(i32::try_from(srs).unwrap_or(-1).to_le_bytes());
    if let Some(bounds) = bounds {
        for number in [bounds.min().x, bounds.max().x, bounds.min().y, bounds.max().y] {
            bytes.extend(number.to_le_bytes());
        }
    }
    let many = match (kind, shape) {
        (Kind::MultiPoint, Geometry::Point(point)) => Some(Geometry::MultiPoint(MultiPoint(vec![*point]))),
        (Kind::MultiLine, Geometry::LineString(line)) => {
            Some(Geometry::MultiLineString(MultiLineString(vec![line.clone()])))
        }
        (Kind::MultiPolygon, Geometry::Polygon(polygon)) => {
            Some(Geometry::MultiPolygon(MultiPolygon(vec![polygon.clone()])))
        }
        (Kind::MultiPolygon, Geometry::Rect(rect)) => {
            Some(Geometry::MultiPolygon(MultiPolygon(vec![rect.to_polygon()])))
        }
        (Kind::MultiPolygon, Geometry::Triangle(triangle)) => {
            Some(Geometry::MultiPolygon(MultiPolygon(vec![triangle.to_polygon()])))
        }
        _ => None,
    };
    wkb::write(many.as_ref().unwrap_or(shape), &mut bytes)?;
    Ok(bytes)
}
