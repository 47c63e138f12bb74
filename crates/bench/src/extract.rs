//! A made-up city as an extract of OpenStreetMap: blocks of houses on streets that are not quite straight, some garden paths that
//! lead nowhere, and buildings that no network needs.
//!
//! Source: "PBF Format", OpenStreetMap wiki.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use anyhow::Result;

use crate::dice::Dice;

/// Elements of one blob, as other programs write them.
const IN_BLOB: usize = 8_000;
/// Nodes of a street between two corners, the first corner counted.
const PER_BLOCK: usize = 5;
/// The step of coordinates: 10⁻⁷ degrees, about a centimetre.
const DEGREE: f64 = 1e7;

struct Way {
    refs: Vec<i64>,
    /// The value of `highway`, or of `building`.
    tag: [u64; 2],
}

/// Keys and values; a tag is a pair of their numbers.
const STRINGS: [&str; 8] = ["", "highway", "residential", "footway", "building", "yes", "motorway", "primary"];

/// Writes a city with about so many nodes on streets.
pub fn write(path: &Path, n_nodes: usize) -> Result<()> {
    let mut dice = Dice(3);
    // A corner of a block has two streets of five nodes, and shares the first.
    let side = ((n_nodes as f64 / (2 * PER_BLOCK - 1) as f64).sqrt() as usize).max(2);
    let mut nodes: Vec<[i64; 2]> = Vec::new();
    let mut ways: Vec<Way> = Vec::new();
    let (west, south, block) = (10.0 * DEGREE, 41.0 * DEGREE, 0.0012 * DEGREE);
    let mut node = |x: f64, y: f64, dice: &mut Dice| {
        let shift = |dice: &mut Dice| (dice.share() - 0.5) * 0.1 * block;
        let (x, y) = (west + x * block + shift(dice), south + y * block + shift(dice));
        nodes.push([x as i64, y as i64]);
        nodes.len() as i64
    };
    let corners: Vec<i64> = (0..side * side).map(|i| node((i % side) as f64, (i / side) as f64, &mut dice)).collect();
    let between = |i: usize| i as f64 / PER_BLOCK as f64;
    for i in 0..side * side {
        let (x, y) = (i % side, i / side);
        let mut street = |to: usize, dx: f64, dy: f64, tag: [u64; 2], dice: &mut Dice| {
            let mut refs = vec![corners[i]];
            refs.extend((1..PER_BLOCK).map(|k| node(x as f64 + between(k) * dx, y as f64 + between(k) * dy, dice)));
            refs.push(corners[to]);
            ways.push(Way { refs, tag });
        };
        let tag = if y % 20 == 0 { [1, 7] } else { [1, 2] };
        if x + 1 < side {
            street(i + 1, 1.0, 0.0, tag, &mut dice);
        }
        if y + 1 < side {
            street(i + side, 0.0, 1.0, [1, 2], &mut dice);
        }
        if i % 50 == 0 {
            // A garden path without a street, and the house beside it.
            let refs = (0..3).map(|k| node(x as f64 + 0.3 + 0.1 * f64::from(k), y as f64 + 0.4, &mut dice)).collect();
            ways.push(Way { refs, tag: [1, 3] });
        }
        if i % 2 == 0 {
            let corners = [(0.4, 0.5), (0.6, 0.5), (0.6, 0.7), (0.4, 0.7)];
            let mut refs: Vec<i64> =
                corners.iter().map(|(dx, dy)| node(x as f64 + dx, y as f64 + dy, &mut dice)).collect();
            refs.extend(refs.first().copied());
            ways.push(Way { refs, tag: [4, 5] });
        }
    }
    let mut file = BufWriter::new(File::create(path)?);
    let mut header = Vec::new();
    bytes(4, b"OsmSchema-V0.6", &mut header);
    bytes(4, b"DenseNodes", &mut header);
    blob(&mut file, "OSMHeader", &header)?;
    for (n, part) in nodes.chunks(IN_BLOB).enumerate() {
        let first = (n * IN_BLOB + 1) as i64;
        let mut dense = Vec::new();
        packed(1, deltas((0..part.len() as i64).map(|i| first + i)), &mut dense);
        packed(8, deltas(part.iter().map(|at| at[1])), &mut dense);
        packed(9, deltas(part.iter().map(|at| at[0])), &mut dense);
        let mut group = Vec::new();
        bytes(2, &dense, &mut group);
        blob(&mut file, "OSMData", &in_block(&group))?;
    }
    for (n, part) in ways.chunks(IN_BLOB).enumerate() {
        let mut group = Vec::new();
        for (i, way) in part.iter().enumerate() {
            let mut one = Vec::new();
            number(1, (n * IN_BLOB + i + 1) as u64, &mut one);
            packed(2, [way.tag[0]], &mut one);
            packed(3, [way.tag[1]], &mut one);
            packed(8, deltas(way.refs.iter().copied()), &mut one);
            bytes(3, &one, &mut group);
        }
        blob(&mut file, "OSMData", &in_block(&group))?;
    }
    Ok(file.flush()?)
}

/// A block: the table of strings, then one group.
fn in_block(group: &[u8]) -> Vec<u8> {
    let (mut table, mut block) = (Vec::new(), Vec::new());
    STRINGS.iter().for_each(|text| bytes(1, text.as_bytes(), &mut table));
    bytes(1, &table, &mut block);
    bytes(2, group, &mut block);
    block
}

fn blob(file: &mut impl Write, kind: &str, content: &[u8]) -> Result<()> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(content)?;
    let (mut blob, mut header) = (Vec::new(), Vec::new());
    number(2, content.len() as u64, &mut blob);
    bytes(3, &packer.finish()?, &mut blob);
    bytes(1, kind.as_bytes(), &mut header);
    number(3, blob.len() as u64, &mut header);
    file.write_all(&(header.len() as u32).to_be_bytes())?;
    file.write_all(&header)?;
    Ok(file.write_all(&blob)?)
}

fn varint(mut value: u64, into: &mut Vec<u8>) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

fn number(field: u64, value: u64, into: &mut Vec<u8>) {
    varint(field << 3, into);
    varint(value, into);
}

fn bytes(field: u64, value: &[u8], into: &mut Vec<u8>) {
    varint(field << 3 | 2, into);
    varint(value.len() as u64, into);
    into.extend_from_slice(value);
}

fn packed(field: u64, values: impl IntoIterator<Item = u64>, into: &mut Vec<u8>) {
    let mut list = Vec::new();
    values.into_iter().for_each(|value| varint(value, &mut list));
    bytes(field, &list, into);
}

fn deltas(values: impl IntoIterator<Item = i64>) -> Vec<u64> {
    let mut last = 0;
    let zigzag = |value: i64| ((value << 1) ^ (value >> 63)) as u64;
    values.into_iter().map(|value| zigzag(value - std::mem::replace(&mut last, value))).collect()
}
