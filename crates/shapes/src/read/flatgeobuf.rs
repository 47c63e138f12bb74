//! FlatGeobuf (version 3): a header and features as flat buffers, one after the other; the index is skipped.

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

use super::flatbuffer::Table;
use crate::{Crs, Fault, Feature, Field, FieldKind, Layer, Place, Value, limits, wkt};

/// The first bytes; the eighth is the patch version.
pub(super) const MAGIC: &[u8] = b"fgb\x03fgb";
/// A header is some kilobytes; a description may make it longer.
const MOST_HEADER: usize = 16 << 20;

/// Types of columns.
const JSON: u8 = 12;
const BINARY: u8 = 14;

struct Column {
    name: String,
    kind: u8,
}

/// Reads the layer of the file.
pub(super) fn read(file: &str, bytes: &[u8], asked: Option<&str>) -> Result<Layer, Fault> {
    let place = Place::file(file);
    let broken = |found: &str| Fault::damaged(&place, found);
    let mut at = 8;
    let header = sized(bytes, &mut at, MOST_HEADER).ok_or_else(|| broken("the header breaks off"))?;
    let header = Table::root(header).ok_or_else(|| broken("the header is not one of FlatGeobuf"))?;
    let name = header.text(0).unwrap_or_default();
    let name = if name.is_empty() { super::stem(file).to_owned() } else { name };
    super::only_layer(file, &name, asked)?;
    let place = place.layer(&name);
    let kind = header.byte(2).unwrap_or_default();
    let columns =
        columns(&header).ok_or_else(|| Fault::damaged(&place, "the columns are not described as they must be"))?;
    let crs = header.table(10).map_or(Crs::Other("unknown".into()), |crs| crs_of(&crs));
    let n_features = header.long(8).unwrap_or_default();
    let node_size = header.short(9).unwrap_or(16);
    at =
        index_bytes(n_features, node_size).and_then(|n| at.checked_add(n)).filter(|at| *at <= bytes.len()).ok_or_else(
            || Fault::damaged(&place, format!("it says that it has {n_features} features, which it has not")),
        )?;
    let kept: Vec<usize> = (0..columns.len()).filter(|at| columns.get(*at).is_some_and(|c| c.kind != BINARY)).collect();
    let fields = kept.iter().filter_map(|at| columns.get(*at)).map(|column| Field {
        name: column.name.clone(),
        kind: match column.kind {
            2 => FieldKind::Flag,
            0 | 1 | 3..=8 => FieldKind::Whole,
            9 | 10 => FieldKind::Number,
            _ => FieldKind::Text,
        },
    });
    let mut layer = Layer { name, crs, fields: fields.collect(), features: Vec::new() };
    let mut n_positions = 0_usize;
    while at < bytes.len() {
        let number = layer.features.len() as i64 + 1;
        limits::check_values(&place, layer.features.len(), columns.len())?;
        let here = place.feature(number);
        if layer.features.len() >= limits::FEATURES {
            return Err(Fault::TooLarge { place, what: "features", limit: limits::FEATURES as u64 });
        }
        let feature = sized(bytes, &mut at, limits::VALUE_BYTES)
            .ok_or_else(|| Fault::damaged(&here, "the feature breaks off"))?;
        let broken = |found: &str| Fault::damaged(&here, found);
        let root = Table::root(feature).ok_or_else(|| broken("it is not a feature of FlatGeobuf"))?;
        let mut source = Source { n_visits: 0, most_visits: feature.len() };
        let shape = match root.table(0) {
            Some(geometry) => source.geometry(&geometry, kind, 0).map_err(|found| broken(&found))?,
            None => None,
        };
        n_positions = n_positions.saturating_add(feature.len() / 16);
        if n_positions > limits::POSITIONS {
            return Err(Fault::TooLarge { place: here, what: "positions", limit: limits::POSITIONS as u64 });
        }
        let values = properties(root.bytes(1).unwrap_or_default(), &columns)
            .ok_or_else(|| broken("its attributes break off or are not those of the columns"))?;
        let mut values: Vec<Option<Value>> = values.into_iter().map(Some).collect();
        let values = kept.iter().filter_map(|at| values.get_mut(*at)?.take()).collect();
        layer.features.push(Feature { id: number, shape, values });
    }
    if n_features != 0 && n_features != layer.features.len() as u64 {
        let found = format!("it says that it has {n_features} features, but there are {}", layer.features.len());
        return Err(Fault::damaged(&place, found));
    }
    Ok(layer)
}

/// A part that has its size before it.
fn sized<'a>(bytes: &'a [u8], at: &mut usize, most: usize) -> Option<&'a [u8]> {
    let rest = bytes.get(*at..)?;
    let (size, rest) = rest.split_first_chunk::<4>()?;
    let size = usize::try_from(u32::from_le_bytes(*size)).ok().filter(|size| *size <= most)?;
    let part = rest.get(..size)?;
    *at = at.checked_add(4)?.checked_add(size)?;
    Some(part)
}

/// Size of the packed R-tree: forty bytes for each node of each level.
fn index_bytes(n_features: u64, node_size: u16) -> Option<usize> {
    if n_features == 0 || node_size == 0 {
        return Some(0);
    }
    let node_size = u64::from(node_size.max(2));
    let mut level = n_features;
    let mut n_nodes = level;
    // There is a root above the leaves, also above a single one.
    loop {
        level = level.div_ceil(node_size);
        n_nodes = n_nodes.checked_add(level)?;
        if level <= 1 {
            break;
        }
    }
    usize::try_from(n_nodes.checked_mul(40)?).ok()
}

fn columns(header: &Table<'_>) -> Option<Vec<Column>> {
    let tables = header.tables(7)?;
    if tables.len() > limits::FIELDS {
        return None;
    }
    let columns: Option<Vec<_>> = tables
        .into_iter()
        .map(|column| Some(Column { name: column.text(0)?, kind: column.byte(1).unwrap_or_default() }))
        .collect();
    columns.filter(|columns| columns.iter().all(|column| column.kind <= BINARY))
}

fn crs_of(crs: &Table<'_>) -> Crs {
    let authority = crs.text(0).filter(|org| !org.is_empty()).unwrap_or_else(|| "EPSG".into());
    match (crs.int(1).unwrap_or_default(), crs.text(5), crs.text(4)) {
        (code @ 1.., ..) => Crs::from_code(&authority, code.unsigned_abs()),
        (_, Some(code), _) if !code.is_empty() => Crs::from_name(&format!("{authority}:{code}")),
        (_, _, Some(text)) => wkt::read(&text),
        _ => Crs::Other("unknown".into()),
    }
}

/// A geometry may name a part of it twice: what is visited is bounded by what is there.
struct Source {
    n_visits: usize,
    most_visits: usize,
}

impl Source {
    fn geometry(&mut self, table: &Table<'_>, of_layer: u8, depth: usize) -> Result<Option<Geometry<f64>>, String> {
        if depth > limits::DEPTH {
            return Err(format!("collections lie within each other more than {} deep", limits::DEPTH));
        }
        let kind = match of_layer {
            0 => table.byte(6).unwrap_or_default(),
            known => known,
        };
        let positions = self.positions(table)?;
        let parts = |source: &mut Self, kind: u8| -> Result<Vec<Geometry<f64>>, String> {
            let tables = table.tables(7).ok_or("its parts break off")?;
            let mut parts = Vec::new();
            for part in tables {
                source.visit(1)?;
                parts.extend(source.geometry(&part, kind, depth + 1)?);
            }
            Ok(parts)
        };
        Ok(match kind {
            1 => positions
                .first()
                .filter(|at| at.x.is_finite() && at.y.is_finite())
                .map(|at| Geometry::Point(Point(*at))),
            2 => some(finite(positions)?, |line| Geometry::LineString(LineString(line))),
            3 => polygon(self.lines(table, finite(positions)?)?).map(Geometry::Polygon),
            4 => some(finite(positions)?, |points| {
                Geometry::MultiPoint(MultiPoint(points.into_iter().map(Point).collect()))
            }),
            5 => {
                some(self.lines(table, finite(positions)?)?, |lines| Geometry::MultiLineString(MultiLineString(lines)))
            }
            6 => {
                let parts = parts(self, 3)?;
                let areas = parts.into_iter().filter_map(|part| Polygon::try_from(part).ok()).collect();
                some(areas, |areas| Geometry::MultiPolygon(MultiPolygon(areas)))
            }
            7 => some(parts(self, 0)?, |parts| Geometry::GeometryCollection(GeometryCollection(parts))),
            8..=12 => return Err("the geometry is curved, which is not read: save it with straight lines".into()),
            13..=17 => return Err("the geometry is a surface in space, which is not read: save it flat".into()),
            other => return Err(format!("there is no geometry of type {other}")),
        })
    }

    fn visit(&mut self, n: usize) -> Result<(), String> {
        self.n_visits = self.n_visits.saturating_add(n);
        if self.n_visits > self.most_visits {
            Err("the geometry names its parts again and again".into())
        } else {
            Ok(())
        }
    }

    fn positions(&mut self, table: &Table<'_>) -> Result<Vec<Coord<f64>>, String> {
        let numbers = table.doubles(1).ok_or("its coordinates break off")?;
        self.visit(numbers.len())?;
        if numbers.len() % 2 != 0 {
            return Err("there is a longitude without a latitude".into());
        }
        Ok(numbers
            .chunks_exact(2)
            .filter_map(|pair| if let [x, y] = pair { Some(Coord { x: *x, y: *y }) } else { None })
            .collect())
    }

    /// The positions cut where the parts end; one part where no ends are given.
    fn lines(&mut self, table: &Table<'_>, positions: Vec<Coord<f64>>) -> Result<Vec<LineString<f64>>, String> {
        let ends = table.ints(0).ok_or("the ends of its parts break off")?;
        self.visit(ends.len())?;
        if ends.is_empty() {
            return Ok(if positions.is_empty() { Vec::new() } else { vec![LineString(positions)] });
        }
        let mut lines = Vec::new();
        let mut from = 0;
        for end in ends {
            let end = end as usize;
            let line = positions.get(from..end).ok_or("a part ends beyond the coordinates or before it begins")?;
            if !line.is_empty() {
                lines.push(LineString(line.to_vec()));
            }
            from = end;
        }
        Ok(lines)
    }
}

fn finite(positions: Vec<Coord<f64>>) -> Result<Vec<Coord<f64>>, String> {
    match positions.iter().find(|at| !(at.x.is_finite() && at.y.is_finite())) {
        Some(at) => Err(format!("a coordinate is not a number ({}, {})", at.x, at.y)),
        None => Ok(positions),
    }
}

fn polygon(rings: Vec<LineString<f64>>) -> Option<Polygon<f64>> {
    let mut rings = rings.into_iter();
    rings.next().map(|outer| Polygon::new(outer, rings.collect()))
}

/// The geometry of the parts, where there are any.
fn some<T>(parts: Vec<T>, make: impl FnOnce(Vec<T>) -> Geometry<f64>) -> Option<Geometry<f64>> {
    if parts.is_empty() { None } else { Some(make(parts)) }
}

/// The attributes: each a column's number and its value; what is not there is missing.
fn properties(mut bytes: &[u8], columns: &[Column]) -> Option<Vec<Value>> {
    fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
        let (found, rest) = bytes.split_first_chunk::<N>()?;
        *bytes = rest;
        Some(*found)
    }
    fn taken<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
        let size = u32::from_le_bytes(take(bytes)?) as usize;
        let found = bytes.get(..size)?;
        *bytes = bytes.get(size..)?;
        Some(found)
    }
    let number = |number: f64| if number.is_nan() { Value::Missing } else { Value::Number(number) };
    let mut values = vec![Value::Missing; columns.len()];
    while !bytes.is_empty() {
        let at = usize::from(u16::from_le_bytes(take(&mut bytes)?));
        let slot = values.get_mut(at)?;
        let whole = |whole: i64| Value::Whole(whole);
        *slot = match columns.get(at)?.kind {
            0 => whole(i8::from_le_bytes(take(&mut bytes)?).into()),
            1 => whole(u8::from_le_bytes(take(&mut bytes)?).into()),
            2 => Value::Flag(take::<1>(&mut bytes)? != [0]),
            3 => whole(i16::from_le_bytes(take(&mut bytes)?).into()),
            4 => whole(u16::from_le_bytes(take(&mut bytes)?).into()),
            5 => whole(i32::from_le_bytes(take(&mut bytes)?).into()),
            6 => whole(u32::from_le_bytes(take(&mut bytes)?).into()),
            7 => whole(i64::from_le_bytes(take(&mut bytes)?)),
            8 => whole(i64::try_from(u64::from_le_bytes(take(&mut bytes)?)).ok()?),
            9 => number(f32::from_le_bytes(take(&mut bytes)?).into()),
            10 => number(f64::from_le_bytes(take(&mut bytes)?)),
            11 | JSON | 13 => Value::Text(String::from_utf8_lossy(taken(&mut bytes)?).into_owned()),
            BINARY => {
                taken(&mut bytes)?;
                Value::Missing
            }
            _ => return None,
        };
    }
    Some(values)
}
