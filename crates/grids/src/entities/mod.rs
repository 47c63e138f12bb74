//! Urban centres and clusters as things: numbered, counted, named and drawn.

mod outline;

use geo::MultiPolygon;
use rayon::prelude::*;
use shapes::{Feature, Field, FieldKind, Layer, Value};

use crate::Fault;
use crate::degurba::{AreaUnit, Classes, Layers, class_name};
use crate::raster::{Frame, Source, Window};

/// A run of cells of one entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub row: u32,
    pub start: u32,
    pub end: u32,
    pub entity: u32,
}

/// A connected settlement: an urban centre, or the cells of a cluster that carry its class.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// From 1, by people, the largest first; equal ones by their first cell.
    pub number: u32,
    /// The class: 30, 23, 22, 21, 13, or 2 for an urban cluster of level 1 with the centres in it.
    pub code: u8,
    /// The most populous named place inside.
    pub name: Option<String>,
    /// Persons.
    pub population: f64,
    /// How many cells.
    pub cells: u64,
    /// Their area, km².
    pub area_km2: f64,
    /// Built-up share of that area, where a built-up layer was given.
    pub built_share: Option<f64>,
    /// Row and column of its first cell in row order.
    pub first_cell: (u32, u32),
    /// Mean of the centres of its cells, in the grid's reference system.
    pub centroid: (f64, f64),
    /// Left, bottom, right, top.
    pub bounds: [f64; 4],
    /// Its outline along the edges of cells, where asked for: one polygon for each 4-connected part.
    pub shape: Option<MultiPolygon<f64>>,
}

/// A named point in the grid's reference system.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Easting.
    pub x: f64,
    /// Northing.
    pub y: f64,
    /// Its people, by which the largest is chosen.
    pub population: f64,
}

/// Whether outlines are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlines {
    /// With polygons.
    Drawn,
    /// Numbers only.
    None,
}

/// The entities of one class.
///
/// `code` is 30 (or 3) for urban centres, 2 for urban clusters of level 1, 23, 22, 21 or 13 for clusters of level 2. A cluster
/// of level 2 is what is left of it after denser classes took their cells; one of which nothing is left is none.
/// Errors: a class that has no clusters or was not computed; what the built-up layer says.
pub fn entities(
    classes: &Classes,
    layers: &Layers<'_>,
    code: u8,
    places: &[Place],
    outlines: Outlines,
) -> Result<Vec<Entity>, Fault> {
    let pieces = pieces(classes, code)?;
    let n = pieces.iter().map(|p| p.entity as usize + 1).max().unwrap_or(0);
    let frame = &classes.frame;
    let built = layers.built.map(|b| built_areas(b, layers.unit, frame, &pieces, n)).transpose()?;
    let names = names(&pieces, n, places, frame);
    let mut of = vec![0usize; n + 1];
    pieces.iter().for_each(|p| of[p.entity as usize + 1] += 1);
    for i in 0..n {
        of[i + 1] += of[i];
    }
    let mut sorted = vec![Piece { row: 0, start: 0, end: 0, entity: 0 }; pieces.len()];
    let mut next = of.clone();
    for piece in &pieces {
        let at = &mut next[piece.entity as usize];
        sorted[*at] = *piece;
        *at += 1;
    }
    let code = if code == 3 { 30 } else { code };
    let mut all: Vec<Entity> = (0..n)
        .into_par_iter()
        .filter(|i| of[*i] < of[i + 1])
        .map(|i| {
            let mut entity = measure(classes, &sorted[of[i]..of[i + 1]], code);
            entity.name = names[i].clone();
            entity.built_share = built.as_ref().map(|b| b[i] / entity.area_km2);
            if outlines == Outlines::Drawn {
                entity.shape = Some(outline::outline(&sorted[of[i]..of[i + 1]], frame));
            }
            entity
        })
        .collect();
    all.sort_by(|a, b| b.population.total_cmp(&a.population).then(a.first_cell.cmp(&b.first_cell)));
    for (i, entity) in all.iter_mut().enumerate() {
        entity.number = i as u32 + 1;
    }
    Ok(all)
}

/// The runs of all entities of a class in row order; entities are numbered without gaps that matter.
fn pieces(classes: &Classes, code: u8) -> Result<Vec<Piece>, Fault> {
    let mut pieces = Vec::new();
    if matches!(code, 3 | 30) {
        let centres = &classes.centres;
        for row in 0..classes.frame.height {
            for i in centres.runs.row(row) {
                let run = centres.runs.runs[i];
                pieces.push(Piece { row: row as u32, start: run.start, end: run.end, entity: centres.labels[i] });
            }
        }
        return Ok(renumbered(pieces));
    }
    let missing = || Fault::Value {
        name: "entities".to_owned(),
        found: format!("{code} ({})", class_name(code)),
        wanted: "a class with clusters that was computed: 30, 2 (level 1), 23, 22, 21 or 13 (level 2)".to_owned(),
    };
    let (_, clusters) = classes.clusters.iter().find(|(c, _)| *c == code).ok_or_else(missing)?;
    let level = if code == 2 { None } else { Some(classes.level_2.as_ref().ok_or_else(missing)?) };
    for row in 0..classes.frame.height {
        let line = level.map(|l| &l[row * classes.frame.width..(row + 1) * classes.frame.width]);
        for i in clusters.found.runs.row(row) {
            let (run, entity) = (clusters.found.runs.runs[i], clusters.found.of[i]);
            if !clusters.kept[entity as usize] {
                continue;
            }
            let mut start = run.start;
            for end in run.start + 1..=run.end {
                let same = |c: u32| line.is_none_or(|l| l[c as usize] == code);
                if !same(end - 1) {
                    start = end;
                } else if end == run.end || !same(end) {
                    pieces.push(Piece { row: row as u32, start, end, entity });
                    start = end;
                }
            }
        }
    }
    Ok(renumbered(pieces))
}

/// Entities numbered by their first piece.
fn renumbered(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let mut numbers = rustc_hash::FxHashMap::default();
    for piece in &mut pieces {
        let next = numbers.len() as u32;
        piece.entity = *numbers.entry(piece.entity).or_insert(next);
    }
    pieces
}

fn measure(classes: &Classes, pieces: &[Piece], code: u8) -> Entity {
    let frame = &classes.frame;
    let (mut cells, mut population, mut area, mut x, mut y) = (0u64, 0.0, 0.0, 0.0, 0.0);
    let (mut left, mut right) = (u32::MAX, 0);
    for p in pieces {
        let n = f64::from(p.end - p.start);
        cells += u64::from(p.end - p.start);
        population += classes.people.run(p.row as usize, p.start as usize, p.end as usize).iter().sum::<f64>();
        area += n * crate::degurba::cell_km2(frame, p.row as usize);
        x += n * (f64::from(p.start) + f64::from(p.end)) / 2.0;
        y += n * (f64::from(p.row) + 0.5);
        (left, right) = (left.min(p.start), right.max(p.end));
    }
    let (top, bottom) = (pieces.first().map_or(0, |p| p.row), pieces.last().map_or(0, |p| p.row + 1));
    let n = cells as f64;
    let at = |c: f64, r: f64| (frame.left + c * frame.dx, frame.top - r * frame.dy);
    let (west, south) = at(f64::from(left), f64::from(bottom));
    let (east, north) = at(f64::from(right), f64::from(top));
    Entity {
        number: 0,
        code,
        name: None,
        population,
        cells,
        area_km2: area,
        built_share: None,
        first_cell: pieces.first().map_or((0, 0), |p| (p.row, p.start)),
        centroid: at(x / n, y / n),
        bounds: [west, south, east, north],
        shape: None,
    }
}

/// Built-up area of each entity, km², read row by row.
fn built_areas(
    built: &dyn Source,
    unit: AreaUnit,
    frame: &Frame,
    pieces: &[Piece],
    n: usize,
) -> Result<Vec<f64>, Fault> {
    let mut sums = vec![0.0; n];
    let rows = (16 << 20) / frame.width.max(1);
    let mut rest = pieces;
    while let Some(first) = rest.first() {
        let from = first.row as usize;
        let to = (from + rows.max(1)).min(frame.height);
        let here = rest.partition_point(|p| (p.row as usize) < to);
        let window = Window { column: 0, row: from, width: frame.width, height: to - from };
        let mut values = vec![f64::NAN; window.n_cells()];
        built.read(window, &mut values)?;
        for p in &rest[..here] {
            let at = (p.row as usize - from) * frame.width;
            let inside = &values[at + p.start as usize..at + p.end as usize];
            let sum: f64 = inside.iter().filter(|v| !v.is_nan()).sum();
            let to_km2 = if unit == AreaUnit::Share { crate::degurba::cell_km2(frame, p.row as usize) } else { 1e-6 };
            sums[p.entity as usize] += sum * to_km2;
        }
        rest = &rest[here..];
    }
    Ok(sums)
}

/// The name of the most populous place in each entity; at equal numbers the first of the list.
fn names(pieces: &[Piece], n: usize, places: &[Place], frame: &Frame) -> Vec<Option<String>> {
    let mut best: Vec<Option<&Place>> = vec![None; n];
    for place in places {
        let (c, r) = ((place.x - frame.left) / frame.dx, (frame.top - place.y) / frame.dy);
        if !(c >= 0.0 && r >= 0.0 && c < frame.width as f64 && r < frame.height as f64) {
            continue;
        }
        let (c, r) = (c as u32, r as u32);
        let at = pieces.partition_point(|p| (p.row, p.start) <= (r, c));
        let Some(piece) = at.checked_sub(1).map(|i| pieces[i]).filter(|p| p.row == r && c < p.end) else { continue };
        let known = &mut best[piece.entity as usize];
        if known.is_none_or(|k| place.population > k.population) {
            *known = Some(place);
        }
    }
    best.into_iter().map(|b| b.map(|p| p.name.clone())).collect()
}

/// Entities as a layer, for a GeoPackage.
pub fn layer(name: &str, frame: &Frame, entities: &[Entity]) -> Layer {
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    let number = |v: f64| if v.is_finite() { Value::Number(v) } else { Value::Missing };
    Layer {
        name: name.to_owned(),
        crs: frame.crs.clone(),
        fields: vec![
            field("number", FieldKind::Whole),
            field("code", FieldKind::Whole),
            field("class", FieldKind::Text),
            field("name", FieldKind::Text),
            field("population", FieldKind::Number),
            field("cells", FieldKind::Whole),
            field("area_km2", FieldKind::Number),
            field("built_share", FieldKind::Number),
            field("first_row", FieldKind::Whole),
            field("first_column", FieldKind::Whole),
            field("x", FieldKind::Number),
            field("y", FieldKind::Number),
        ],
        features: entities
            .iter()
            .map(|e| Feature {
                id: i64::from(e.number),
                shape: e.shape.clone().map(geo::Geometry::MultiPolygon),
                values: vec![
                    Value::Whole(i64::from(e.number)),
                    Value::Whole(i64::from(e.code)),
                    Value::Text(class_name(e.code).to_owned()),
                    e.name.clone().map_or(Value::Missing, Value::Text),
                    number(e.population),
                    Value::Whole(e.cells as i64),
                    number(e.area_km2),
                    e.built_share.map_or(Value::Missing, number),
                    Value::Whole(i64::from(e.first_cell.0)),
                    Value::Whole(i64::from(e.first_cell.1)),
                    number(e.centroid.0),
                    number(e.centroid.1),
                ],
            })
            .collect(),
    }
}
