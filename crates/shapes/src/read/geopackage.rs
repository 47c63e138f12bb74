//! GeoPackage (OGC 12-128r19): tables of SQLite with shapes as binary values.
//!
//! The file is foreign: it is opened read-only and unchanging, its own code (views, triggers) is not trusted, values
//! are bounded, and a query that does not end is stopped.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, config::DbConfig, limits::Limit, types::ValueRef};

use super::values::as_kind;
use crate::{Crs, Fault, Feature, Field, FieldKind, Layer, Place, Value, limits, wkb, wkt};

/// Steps of SQLite's machine between two looks at the count.
const STEPS: i32 = 1_000_000;
/// Looks after which a query is stopped: 10¹¹ steps, some minutes. A table of the greatest size needs a tenth.
const MOST_LOOKS: u32 = 100_000;

/// Reads a layer of the file.
pub(super) fn read_file(path: &Path, file: &str, asked: Option<&str>) -> Result<Layer, Fault> {
    // Unchanging means that no log beside it is read: what lies in one would be missing without a word.
    for suffix in ["-wal", "-journal"] {
        let mut log = path.as_os_str().to_owned();
        log.push(suffix);
        if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            return Err(Fault::Unsupported {
                place: Place::file(file),
                found: format!("another program has it open and keeps changes beside it ({suffix})"),
                todo: "close it there, then read it again",
            });
        }
    }
    let uri = format!("file:{}?mode=ro&immutable=1", percent(path));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let place = Place::file(file);
    let connection = Connection::open_with_flags(uri, flags).map_err(|error| sql(&place, &error))?;
    read(&connection, place, asked)
}

/// Reads a layer of a file that is in memory.
pub(super) fn read_bytes(file: &str, bytes: &[u8], asked: Option<&str>) -> Result<Layer, Fault> {
    let place = Place::file(file);
    let mut patched;
    let mut bytes = bytes;
    // A file that was kept with a log (2 at 18 and 19) cannot be opened in memory; without its log it is an ordinary one.
    if bytes.get(18..20) == Some(&[2, 2]) {
        patched = bytes.to_vec();
        if let Some(modes) = patched.get_mut(18..20) {
            modes.fill(1);
        }
        bytes = &patched;
    }
    let mut connection = Connection::open_in_memory().map_err(|error| sql(&place, &error))?;
    connection.deserialize_read_exact("main", bytes, bytes.len(), true).map_err(|error| sql(&place, &error))?;
    read(&connection, place, asked)
}

/// The path for a URI of SQLite.
fn percent(path: &Path) -> String {
    let mut text = String::new();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// A layer as the tables of contents describe it.
struct Contents {
    table: String,
    column: String,
    srs: i64,
}

fn read(connection: &Connection, place: Place, asked: Option<&str>) -> Result<Layer, Fault> {
    harden(connection).map_err(|error| sql(&place, &error))?;
    let contents = choose(connection, &place, asked)?;
    let place = place.layer(&contents.table);
    let crs = crs_of(connection, contents.srs).map_err(|error| sql(&place, &error))?;
    let columns = columns(connection, &contents).map_err(|error| sql(&place, &error))?;
    if columns.fields.len() > limits::FIELDS {
        return Err(Fault::TooLarge { place, what: "attributes", limit: limits::FIELDS as u64 });
    }
    let features = features(connection, &place, &contents, &columns)?;
    Ok(Layer { name: contents.table, crs, fields: columns.fields, features })
}

/// Bounds what the file can make SQLite do.
fn harden(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::try_from(limits::VALUE_BYTES).unwrap_or(i32::MAX))?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    let mut looks = 0;
    connection.progress_handler(
        STEPS,
        Some(move || {
            looks += 1;
            looks > MOST_LOOKS
        }),
    )?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)
}

/// A sentence for what SQLite says.
fn sql(place: &Place, error: &rusqlite::Error) -> Fault {
    Fault::damaged(place, format!("it cannot be read as a GeoPackage ({error})"))
}

/// The layer asked for, or the only one.
fn choose(connection: &Connection, place: &Place, asked: Option<&str>) -> Result<Contents, Fault> {
    let is_geopackage: bool = connection
        .query_row(
            "select count(*) = 2 from sqlite_master where name in ('gpkg_contents', 'gpkg_geometry_columns')",
            [],
            |row| row.get(0),
        )
        .map_err(|error| sql(place, &error))?;
    if !is_geopackage {
        return Err(Fault::Unrecognised {
            file: place.file.clone(),
            found: "it is an SQLite file without the tables of a GeoPackage".into(),
        });
    }
    let mut all = layers(connection).map_err(|error| sql(place, &error))?;
    let names = |all: &[Contents]| all.iter().map(|contents| contents.table.clone()).collect::<Vec<_>>();
    match asked {
        Some(asked) => match all.iter().position(|contents| contents.table == asked) {
            Some(at) => Ok(all.swap_remove(at)),
            None => Err(Fault::NoSuchLayer { file: place.file.clone(), asked: asked.to_owned(), layers: names(&all) }),
        },
        None if all.len() > 1 => Err(Fault::ManyLayers { file: place.file.clone(), layers: names(&all) }),
        None => all.pop().ok_or_else(|| Fault::Unsupported {
            place: place.clone(),
            found: "the GeoPackage has no layer with shapes".into(),
            todo: "save the layer into it, or name another file",
        }),
    }
}

fn layers(connection: &Connection) -> rusqlite::Result<Vec<Contents>> {
    let mut query = connection.prepare(
        "select g.table_name, g.column_name, g.srs_id from gpkg_geometry_columns g \
         join gpkg_contents c on c.table_name = g.table_name where c.data_type = 'features' order by c.rowid limit 10000",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Contents { table: row.get(0)?, column: row.get(1)?, srs: row.get::<_, Option<i64>>(2)?.unwrap_or(-1) })
    })?;
    rows.collect()
}

fn crs_of(connection: &Connection, srs: i64) -> rusqlite::Result<Crs> {
    if srs == -1 || srs == 0 {
        return Ok(Crs::Other(if srs == 0 { "undefined geographic" } else { "undefined cartesian" }.to_owned()));
    }
    let mut query = connection.prepare(
        "select organization, organization_coordsys_id, definition from gpkg_spatial_ref_sys where srs_id = ?1",
    )?;
    let mut rows = query.query([srs])?;
    let Some(row) = rows.next()? else { return Ok(Crs::Other(format!("unknown ({srs})"))) };
    let authority = row.get::<_, Option<String>>(0)?.unwrap_or_default();
    let code = row.get::<_, Option<i64>>(1)?.and_then(|code| u32::try_from(code).ok());
    Ok(match code {
        Some(code) if !authority.is_empty() && !authority.eq_ignore_ascii_case("none") => {
            Crs::from_code(&authority, code)
        }
        // What another program described without a code; what we wrote of it comes back as it was.
        _ => match row.get::<_, Option<String>>(2)? {
            Some(text) => match wkt::read(&text) {
                Crs::Other(_) => Crs::Other(text),
                known => known,
            },
            None => Crs::Other(format!("unknown ({srs})")),
        },
    })
}

/// The columns of a layer's table.
struct Columns {
    /// The primary key, where it is one whole number.
    key: Option<String>,
    fields: Vec<Field>,
}

fn columns(connection: &Connection, contents: &Contents) -> rusqlite::Result<Columns> {
    let mut query = connection.prepare("select name, type, pk from pragma_table_info(?1)")?;
    let rows = query.query_map([&contents.table], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default(), row.get::<_, i64>(2)?))
    })?;
    let mut columns = Columns { key: None, fields: Vec::new() };
    for row in rows {
        let (name, declared, key) = row?;
        if name.eq_ignore_ascii_case(&contents.column) {
            continue;
        }
        let kind = kind_of(&declared);
        match kind {
            Some(FieldKind::Whole) if key == 1 && columns.key.is_none() => columns.key = Some(name),
            Some(kind) => columns.fields.push(Field { name, kind }),
            None => {}
        }
    }
    Ok(columns)
}

/// What a declared type holds; `None` for bytes.
fn kind_of(declared: &str) -> Option<FieldKind> {
    let name = declared.split('(').next().unwrap_or_default().trim().to_ascii_uppercase();
    Some(match name.as_str() {
        "BOOLEAN" => FieldKind::Flag,
        "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "INTEGER" | "BIGINT" => FieldKind::Whole,
        "FLOAT" | "DOUBLE" | "REAL" | "NUMERIC" | "DOUBLE PRECISION" | "DECIMAL" => FieldKind::Number,
        "BLOB" => return None,
        // Text, dates, and whatever else a table without strict types may say.
        _ => FieldKind::Text,
    })
}

/// A name for use in a query.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn features(
    connection: &Connection,
    place: &Place,
    contents: &Contents,
    columns: &Columns,
) -> Result<Vec<Feature>, Fault> {
    let mut selected = vec![columns.key.as_deref().map_or("null".to_owned(), quoted), quoted(&contents.column)];
    selected.extend(columns.fields.iter().map(|field| quoted(&field.name)));
    let order = columns.key.as_deref().map_or(String::new(), |key| format!(" order by {}", quoted(key)));
    let text = format!("select {} from {}{order}", selected.join(", "), quoted(&contents.table));
    let fail = |error: rusqlite::Error| sql(place, &error);
    let mut query = connection.prepare(&text).map_err(fail)?;
    let mut rows = query.query([]).map_err(fail)?;
    let mut features = Vec::new();
    let mut n_positions = 0_usize;
    while let Some(row) = rows.next().map_err(fail)? {
        let number = features.len() as i64 + 1;
        limits::check_values(place, features.len(), columns.fields.len())?;
        if features.len() >= limits::FEATURES {
            return Err(Fault::TooLarge { place: place.clone(), what: "features", limit: limits::FEATURES as u64 });
        }
        let id = match row.get_ref(0).map_err(fail)? {
            ValueRef::Integer(id) => id,
            _ => number,
        };
        let here = place.feature(id);
        let shape = match row.get_ref(1).map_err(fail)? {
            ValueRef::Null => None,
            ValueRef::Blob(bytes) => {
                // Two numbers of eight bytes are the least that a position takes.
                n_positions = n_positions.saturating_add(bytes.len() / 16);
                geometry(bytes).map_err(|found| Fault::damaged(&here, found))?
            }
            _ => return Err(Fault::damaged(&here, "its shape is not binary")),
        };
        if n_positions > limits::POSITIONS {
            return Err(Fault::TooLarge { place: here, what: "positions", limit: limits::POSITIONS as u64 });
        }
        let mut values = Vec::with_capacity(columns.fields.len());
        for (at, field) in columns.fields.iter().enumerate() {
            values.push(value_of(row.get_ref(at + 2).map_err(fail)?, field, &here)?);
        }
        features.push(Feature { id, shape, values });
    }
    Ok(features)
}

/// A value in the kind that its column declares. SQLite keeps what it is given, so text may stand among numbers.
fn value_of(value: ValueRef<'_>, field: &Field, here: &Place) -> Result<Value, Fault> {
    let found = match (value, field.kind) {
        (ValueRef::Null, _) => return Ok(Value::Missing),
        (ValueRef::Integer(flag), FieldKind::Flag) => Value::Flag(flag != 0),
        (ValueRef::Integer(whole), _) => Value::Whole(whole),
        (ValueRef::Real(number), FieldKind::Whole) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Value::Whole(number as i64)
        }
        (ValueRef::Real(number), _) => Value::Number(number),
        (ValueRef::Text(text), kind) => {
            let text = String::from_utf8_lossy(text);
            match kind {
                FieldKind::Whole => text.trim().parse().map_or(Value::Text(text.into_owned()), Value::Whole),
                FieldKind::Number => match text.trim().parse::<f64>() {
                    Ok(number) if !number.is_nan() => Value::Number(number),
                    _ => Value::Text(text.into_owned()),
                },
                _ => Value::Text(text.into_owned()),
            }
        }
        (ValueRef::Blob(bytes), FieldKind::Text) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        (ValueRef::Blob(_), _) => Value::Text("bytes".into()),
    };
    let is_empty = matches!(&found, Value::Text(text) if text.trim().is_empty());
    match as_kind(found.clone(), field.kind) {
        Value::Missing if !is_empty => Err(Fault::Damaged {
            place: here.clone(),
            found: format!("the attribute {} holds {found:?}, which is not what its column is declared as", field.name),
            todo: "correct the value or the type of the column",
        }),
        value => Ok(value),
    }
}

/// The geometry behind the head of GeoPackage (section 2.1.3).
fn geometry(bytes: &[u8]) -> Result<Option<geo::Geometry<f64>>, String> {
    let Some(([b'G', b'P', version, flags, ..], _)) = bytes.split_first_chunk::<8>() else {
        return Err("its shape does not begin as one of a GeoPackage".into());
    };
    if *version != 0 {
        return Err(format!("its shape is of version {version}, this program reads version 0"));
    }
    if flags & 0x20 != 0 {
        return Err("its shape is of an extension that is not read".into());
    }
    let n_envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        other => return Err(format!("there is no envelope of kind {other}")),
    };
    let body = bytes.get(8 + n_envelope..).ok_or("the shape breaks off")?;
    // The flag of an empty shape; what follows may be written in several ways.
    if flags & 0x10 != 0 { Ok(None) } else { wkb::read(body) }
}
