//! Writes small extracts, timetables and case folders.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// Tags of an element.
pub type Tags = Vec<(&'static str, &'static str)>;
/// Members of a relation: ways and their roles.
pub type Members = Vec<(i64, &'static str)>;

/// A small extract to be written.
#[derive(Default)]
pub struct Extract {
    /// Number, longitude, latitude, tags.
    pub nodes: Vec<(i64, f64, f64, Tags)>,
    /// Number, nodes, tags.
    pub ways: Vec<(i64, Vec<i64>, Tags)>,
    /// Number, members (way, role), tags.
    pub relations: Vec<(i64, Members, Tags)>,
}

fn varint(mut value: u64, into: &mut Vec<u8>) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

pub fn number(field: u64, value: u64, into: &mut Vec<u8>) {
    varint(field << 3, into);
    varint(value, into);
}

pub fn bytes(field: u64, value: &[u8], into: &mut Vec<u8>) {
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

/// One blob with its header, as it is or packed with zlib.
pub fn blob(kind: &str, content: &[u8], zlib: bool) -> Vec<u8> {
    let mut blob = Vec::new();
    if zlib {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(content).expect("memory");
        number(2, content.len() as u64, &mut blob);
        bytes(3, &packer.finish().expect("memory"), &mut blob);
    } else {
        bytes(1, content, &mut blob);
    }
    framed(kind, &blob)
}

/// A blob that is packed already, with its header.
pub fn framed(kind: &str, blob: &[u8]) -> Vec<u8> {
    let mut header = Vec::new();
    bytes(1, kind.as_bytes(), &mut header);
    number(3, blob.len() as u64, &mut header);
    let mut all = (header.len() as u32).to_be_bytes().to_vec();
    all.extend(header);
    all.extend(blob);
    all
}

/// The blob that an extract begins with.
pub fn header() -> Vec<u8> {
    let mut header = Vec::new();
    bytes(4, b"OsmSchema-V0.6", &mut header);
    bytes(4, b"DenseNodes", &mut header);
    blob("OSMHeader", &header, false)
}

impl Extract {
    /// The bytes of the extract: nodes in one blob (dense), ways and relations in another.
    pub fn bytes(&self) -> Vec<u8> {
        let mut strings: Vec<Vec<u8>> = vec![Vec::new()];
        let mut string = |text: &str| {
            if let Some(at) = strings.iter().position(|own| own == text.as_bytes()) {
                return at as u64;
            }
            strings.push(text.as_bytes().to_vec());
            strings.len() as u64 - 1
        };
        let mut dense = Vec::new();
        packed(1, deltas(self.nodes.iter().map(|node| node.0)), &mut dense);
        packed(8, deltas(self.nodes.iter().map(|node| (node.2 * 1e7).round() as i64)), &mut dense);
        packed(9, deltas(self.nodes.iter().map(|node| (node.1 * 1e7).round() as i64)), &mut dense);
        let mut tags = Vec::new();
        for node in &self.nodes {
            node.3.iter().for_each(|(key, value)| tags.extend([string(key), string(value)]));
            tags.push(0);
        }
        packed(10, tags, &mut dense);
        let mut nodes = Vec::new();
        bytes(2, &dense, &mut nodes);

        let (mut ways, mut relations) = (Vec::new(), Vec::new());
        for (id, refs, tags) in &self.ways {
            let mut way = Vec::new();
            number(1, *id as u64, &mut way);
            packed(2, tags.iter().map(|tag| string(tag.0)).collect::<Vec<_>>(), &mut way);
            packed(3, tags.iter().map(|tag| string(tag.1)).collect::<Vec<_>>(), &mut way);
            packed(8, deltas(refs.iter().copied()), &mut way);
            bytes(3, &way, &mut ways);
        }
        for (id, members, tags) in &self.relations {
            let mut relation = Vec::new();
            number(1, *id as u64, &mut relation);
            packed(2, tags.iter().map(|tag| string(tag.0)).collect::<Vec<_>>(), &mut relation);
            packed(3, tags.iter().map(|tag| string(tag.1)).collect::<Vec<_>>(), &mut relation);
            packed(8, members.iter().map(|member| string(member.1)).collect::<Vec<_>>(), &mut relation);
            packed(9, deltas(members.iter().map(|member| member.0)), &mut relation);
            packed(10, members.iter().map(|_| 1), &mut relation);
            bytes(4, &relation, &mut relations);
        }
        let mut table = Vec::new();
        strings.iter().for_each(|text| bytes(1, text, &mut table));
        let block = |groups: &[&Vec<u8>]| {
            let mut block = Vec::new();
            bytes(1, &table, &mut block);
            groups.iter().filter(|group| !group.is_empty()).for_each(|group| bytes(2, group, &mut block));
            block
        };
        let mut all = header();
        all.extend(blob("OSMData", &block(&[&nodes]), true));
        all.extend(blob("OSMData", &block(&[&ways, &relations]), false));
        all
    }
}

/// Longitude and latitude of a point some metres east and north of 10°, 0°: at the equator both scales are one.
pub fn at(east_m: f64, north_m: f64) -> (f64, f64) {
    let degree = streets::EARTH_RADIUS_M * std::f64::consts::PI / 180.0;
    (10.0 + east_m / degree, north_m / degree)
}

/// A streets extract from lines of points in metres; points that are equal are one node.
pub fn streets(lines: &[&[(f64, f64)]]) -> Extract {
    let mut extract = Extract::default();
    let mut seen: Vec<(f64, f64)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let mut refs = Vec::new();
        for point in *line {
            let n = seen.iter().position(|own| own == point).unwrap_or_else(|| {
                seen.push(*point);
                let (lon, lat) = at(point.0, point.1);
                extract.nodes.push((seen.len() as i64, lon, lat, Vec::new()));
                seen.len() - 1
            });
            refs.push(n as i64 + 1);
        }
        extract.ways.push((i as i64 + 1, refs, vec![("highway", "residential")]));
    }
    extract
}

/// A folder of a case: `case.json` with some keys, and files.
pub struct Folder(pub tempfile::TempDir);

impl Folder {
    pub fn new(settings: &str) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        folder.write("case.json", settings.as_bytes());
        folder
    }

    pub fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).expect("a file");
        path
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A table with places in metres: `id,lon,lat` and what follows.
    pub fn table(&self, name: &str, header: &str, rows: &[(&str, f64, f64, &str)]) {
        let mut text = format!("{header}\n");
        for (id, x, y, rest) in rows {
            let (lon, lat) = at(*x, *y);
            text += &format!("{id},{lon:.7},{lat:.7},{rest}\n");
        }
        self.write(name, text.as_bytes());
    }

    /// A square boundary between two corners in metres.
    pub fn area(&self, low: (f64, f64), high: (f64, f64)) {
        let ((w, s), (e, n)) = (at(low.0, low.1), at(high.0, high.1));
        let ring = format!("[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]");
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}"#
        );
        self.write("area.geojson", text.as_bytes());
    }
}
