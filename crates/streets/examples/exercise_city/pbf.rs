//! Writes an extract as PBF: dense nodes, then ways, each block packed with zlib.
//!
//! Source: "PBF Format", OpenStreetMap wiki.

use std::io::Write;

/// A line or, closed, an area.
pub struct Way {
    /// Places in the list of nodes.
    pub nodes: Vec<usize>,
    /// Keys and values.
    pub tags: Vec<(String, String)>,
}

/// Elements of one block, as other writers have it.
const BLOCK: usize = 8000;
/// The day that the header gives, in seconds since 1970: 1 January 2025.
const MADE_AT: u64 = 1_735_689_600;

/// The bytes of an extract: longitudes and latitudes in 10⁻⁷ degrees, lines between them. Numbers of nodes and of ways begin at 1.
pub fn extract(places: &[[i64; 2]], ways: &[Way]) -> Vec<u8> {
    let mut all = blob("OSMHeader", &header(places));
    for (n, chunk) in places.chunks(BLOCK).enumerate() {
        let first = (n * BLOCK) as i64 + 1;
        let mut dense = Vec::new();
        packed(1, deltas((0..chunk.len() as i64).map(|i| first + i)), &mut dense);
        packed(8, deltas(chunk.iter().map(|place| place[1])), &mut dense);
        packed(9, deltas(chunk.iter().map(|place| place[0])), &mut dense);
        let mut group = Vec::new();
        bytes(2, &dense, &mut group);
        all.extend(blob("OSMData", &block(&[String::new()], &group)));
    }
    for (n, chunk) in ways.chunks(BLOCK).enumerate() {
        let mut strings = vec![String::new()];
        let mut group = Vec::new();
        for (i, way) in chunk.iter().enumerate() {
            let mut at = |text: &String| {
                strings.iter().position(|own| own == text).unwrap_or_else(|| {
                    strings.push(text.clone());
                    strings.len() - 1
                }) as u64
            };
            let (keys, values): (Vec<u64>, Vec<u64>) = way.tags.iter().map(|(k, v)| (at(k), at(v))).unzip();
            let mut element = Vec::new();
            number(1, (n * BLOCK + i + 1) as u64, &mut element);
            packed(2, keys, &mut element);
            packed(3, values, &mut element);
            packed(8, deltas(way.nodes.iter().map(|node| *node as i64 + 1)), &mut element);
            bytes(3, &element, &mut group);
        }
        all.extend(blob("OSMData", &block(&strings, &group)));
    }
    all
}

/// The box around everything, what a reader must know, who wrote it and when.
fn header(places: &[[i64; 2]]) -> Vec<u8> {
    let side = |axis: usize, pick: fn(i64, i64) -> i64| places.iter().map(|p| p[axis]).reduce(pick).unwrap_or(0) * 100;
    let mut bounds = Vec::new();
    for (field, side) in
        [(1, side(0, i64::min)), (2, side(0, i64::max)), (3, side(1, i64::max)), (4, side(1, i64::min))]
    {
        number(field, zigzag(side), &mut bounds);
    }
    let mut header = Vec::new();
    bytes(1, &bounds, &mut header);
    bytes(4, b"OsmSchema-V0.6", &mut header);
    bytes(4, b"DenseNodes", &mut header);
    bytes(5, b"Sort.Type_then_ID", &mut header);
    bytes(16, b"exercise_city", &mut header);
    bytes(17, b"invented for exercises; not OpenStreetMap data", &mut header);
    number(32, MADE_AT, &mut header);
    header
}

fn block(strings: &[String], group: &[u8]) -> Vec<u8> {
    let mut table = Vec::new();
    strings.iter().for_each(|text| bytes(1, text.as_bytes(), &mut table));
    let mut block = Vec::new();
    bytes(1, &table, &mut block);
    bytes(2, group, &mut block);
    block
}

fn blob(kind: &str, content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    // A list in memory takes everything.
    let packed = packer.write_all(content).and_then(|()| packer.finish()).unwrap_or_default();
    let (mut blob, mut header) = (Vec::new(), Vec::new());
    number(2, content.len() as u64, &mut blob);
    bytes(3, &packed, &mut blob);
    bytes(1, kind.as_bytes(), &mut header);
    number(3, blob.len() as u64, &mut header);
    [&(header.len() as u32).to_be_bytes()[..], &header, &blob].concat()
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

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn deltas(values: impl IntoIterator<Item = i64>) -> Vec<u64> {
    let mut last = 0;
    values.into_iter().map(|value| zigzag(value - std::mem::replace(&mut last, value))).collect()
}
