//! Cloud optimised GeoTIFF: tiles of 512 x 512, overviews, all directories before all pixels, smallest overview first.
//!
//! Source: OGC 21-026 (Cloud Optimized GeoTIFF 1.0); TIFF revision 6.0; the BigTIFF design.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Frame;
use super::geokeys::{self, Written};
use super::overview::{Number, Resampling, halved};
use crate::Fault;

/// Side of a tile.
const TILE: usize = 512;

/// The numbers of a grid, row by row.
#[derive(Debug, Clone, Copy)]
pub enum Pixels<'a> {
    /// Classes and shares in percent.
    U8(&'a [u8]),
    /// Years.
    U16(&'a [u16]),
    /// Counts.
    I32(&'a [i32]),
    /// Measures.
    F32(&'a [f32]),
    /// Counts of people with fractions.
    F64(&'a [f64]),
}

/// How tiles are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Read by everybody.
    Deflate,
    /// Smaller and faster; older programs do not read it.
    Zstd,
}

/// Choices of a written file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Writing {
    /// How tiles are packed.
    pub compression: Compression,
    /// How overviews are made.
    pub overviews: Resampling,
    /// The number that stands for "missing".
    pub nodata: Option<f64>,
}

/// Writes a grid as a cloud optimised GeoTIFF; the file appears when it is complete.
///
/// Errors: another number of pixels than cells; what the system says.
pub fn write_cog(path: &Path, frame: &Frame, pixels: Pixels<'_>, writing: Writing) -> Result<(), Fault> {
    frame.check(&path.display().to_string())?;
    match pixels {
        Pixels::U8(v) => write(path, frame, v, (1, 8), writing),
        Pixels::U16(v) => write(path, frame, v, (1, 16), writing),
        Pixels::I32(v) => write(path, frame, v, (2, 32), writing),
        Pixels::F32(v) => write(path, frame, v, (3, 32), writing),
        Pixels::F64(v) => write(path, frame, v, (3, 64), writing),
    }
}

/// One resolution: its size, and its tiles once they are written.
struct Level {
    size: (usize, usize),
    tiles: Vec<(u64, u32)>,
}

impl Level {
    fn n_tiles(&self) -> usize {
        self.size.0.div_ceil(TILE) * self.size.1.div_ceil(TILE)
    }
}

fn write<T: Number>(path: &Path, frame: &Frame, values: &[T], kind: (u16, u16), writing: Writing) -> Result<(), Fault> {
    if values.len() != frame.n_cells() {
        let why = format!("{} values for {} cells", values.len(), frame.n_cells());
        return Err(Fault::Grid { name: path.display().to_string(), why });
    }
    let mut copies: Vec<Vec<T>> = Vec::new();
    let mut levels = vec![Level { size: (frame.width, frame.height), tiles: Vec::new() }];
    loop {
        let size = levels[levels.len() - 1].size;
        if size.0 <= TILE && size.1 <= TILE {
            break;
        }
        let (copy, size) = halved(copies.last().map_or(values, Vec::as_slice), size, writing.overviews, writing.nodata);
        copies.push(copy);
        levels.push(Level { size, tiles: Vec::new() });
    }
    // Tiles can grow a little by packing; 3.5 GB leave room below the 4 GB of the classic form.
    let big = values.len().saturating_mul(size_of::<T>()) / 3 * 4 > 3_500_000_000;
    let header = Header { frame: &geokeys::written(frame), kind, writing, big };

    // A link stays one: its target is written.
    let path = &shapes::destination(path).map_err(Fault::io(path))?;
    let beside = Beside::new(path);
    let partial = beside.path.clone();
    let fault = Fault::io(&partial);
    let mut file = File::create(&partial).map_err(&fault)?;
    let mut at = header.length(&levels);
    file.seek(SeekFrom::Start(at)).map_err(&fault)?;
    for i in (0..levels.len()).rev() {
        let (width, height) = levels[i].size;
        let values = if i == 0 { values } else { &copies[i - 1] };
        let across = width.div_ceil(TILE);
        for row in 0..height.div_ceil(TILE) {
            let packed: Vec<Vec<u8>> = (0..across)
                .into_par_iter()
                .map(|column| pack(&tile(values, (width, height), row, column, writing.nodata), writing.compression))
                .collect::<Result<_, _>>()
                .map_err(&fault)?;
            for bytes in packed {
                file.write_all(&bytes).map_err(&fault)?;
                levels[i].tiles.push((at, bytes.len() as u32));
                at += bytes.len() as u64;
            }
        }
    }
    file.seek(SeekFrom::Start(0)).map_err(&fault)?;
    file.write_all(&header.bytes(&levels)).map_err(&fault)?;
    file.sync_all().map_err(&fault)?;
    drop(file);
    beside.finish(path)
}

/// The bytes of one tile; what reaches over the edge is filled.
fn tile<T: Number>(
    values: &[T],
    (width, height): (usize, usize),
    row: usize,
    column: usize,
    nodata: Option<f64>,
) -> Vec<u8> {
    let fill = [T::from_f64(nodata.unwrap_or(0.0)); TILE];
    let (c0, c1) = (column * TILE, ((column + 1) * TILE).min(width));
    let mut bytes = Vec::with_capacity(TILE * TILE * size_of::<T>());
    for r in row * TILE..(row + 1) * TILE {
        let inside = if r < height { &values[r * width + c0..r * width + c1] } else { &[] };
        T::put(inside, &mut bytes);
        T::put(&fill[inside.len()..], &mut bytes);
    }
    bytes
}

fn pack(bytes: &[u8], how: Compression) -> std::io::Result<Vec<u8>> {
    match how {
        Compression::Zstd => zstd::bulk::compress(bytes, 9),
        Compression::Deflate => {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
            encoder.write_all(bytes)?;
            encoder.finish()
        }
    }
}

/// The directories of all levels, laid out before it is known where the tiles go.
struct Header<'a> {
    frame: &'a Written,
    kind: (u16, u16),
    writing: Writing,
    big: bool,
}

impl Header<'_> {
    fn length(&self, levels: &[Level]) -> u64 {
        let empty: Vec<Level> =
            levels.iter().map(|l| Level { size: l.size, tiles: vec![(0, 0); l.n_tiles()] }).collect();
        self.bytes(&empty).len() as u64
    }

    fn bytes(&self, levels: &[Level]) -> Vec<u8> {
        let mut out = if self.big { vec![b'I', b'I', 43, 0, 8, 0, 0, 0] } else { vec![b'I', b'I', 42, 0] };
        let word = if self.big { 8 } else { 4 };
        let first = out.len() + word;
        self.put(&mut out, first as u64);
        for (i, level) in levels.iter().enumerate() {
            self.put_directory(&mut out, level, i, i + 1 == levels.len());
        }
        out
    }

    fn put(&self, out: &mut Vec<u8>, n: u64) {
        if self.big { out.extend(n.to_le_bytes()) } else { out.extend((n as u32).to_le_bytes()) }
    }

    fn put_directory(&self, out: &mut Vec<u8>, level: &Level, i: usize, last: bool) {
        let fields = self.fields(level, i);
        let (entry, inline, head) = if self.big { (20, 8, 8) } else { (12, 4, 2) };
        let after = out.len() + head + fields.len() * entry + inline;
        let mut values = Vec::new();
        if self.big {
            out.extend((fields.len() as u64).to_le_bytes());
        } else {
            out.extend((fields.len() as u16).to_le_bytes());
        }
        for (tag, kind, count, bytes) in fields {
            out.extend(tag.to_le_bytes());
            out.extend(kind.to_le_bytes());
            self.put(out, count);
            if bytes.len() <= inline {
                out.extend(&bytes);
                out.resize(out.len() + inline - bytes.len(), 0);
            } else {
                self.put(out, (after + values.len()) as u64);
                values.extend(bytes);
                values.resize(values.len().next_multiple_of(8), 0);
            }
        }
        let next = (after + values.len()).next_multiple_of(8);
        self.put(out, if last { 0 } else { next as u64 });
        out.extend(values);
        out.resize(next, 0);
    }

    /// Tag, type, count and bytes of each field, by tag.
    fn fields(&self, level: &Level, i: usize) -> Vec<(u16, u16, u64, Vec<u8>)> {
        let short = |tag: u16, v: u16| (tag, 3, 1, v.to_le_bytes().to_vec());
        let long = |tag: u16, v: u32| (tag, 4, 1, v.to_le_bytes().to_vec());
        let compression = if self.writing.compression == Compression::Zstd { 50000 } else { 8 };
        let mut fields = Vec::new();
        if i > 0 {
            fields.push(long(254, 1));
        }
        fields.extend([
            long(256, level.size.0 as u32),
            long(257, level.size.1 as u32),
            short(258, self.kind.1),
            short(259, compression),
            short(262, 1),
            short(277, 1),
            short(284, 1),
            long(322, TILE as u32),
            long(323, TILE as u32),
        ]);
        let n = level.tiles.len() as u64;
        let (kind, offsets): (u16, Vec<u8>) = if self.big {
            (16, level.tiles.iter().flat_map(|t| t.0.to_le_bytes()).collect())
        } else {
            (4, level.tiles.iter().flat_map(|t| (t.0 as u32).to_le_bytes()).collect())
        };
        fields.push((324, kind, n, offsets));
        fields.push((325, 4, n, level.tiles.iter().flat_map(|t| t.1.to_le_bytes()).collect()));
        fields.push(short(339, self.kind.0));
        if i == 0 {
            let doubles = |v: &[f64]| v.iter().flat_map(|d| d.to_le_bytes()).collect::<Vec<u8>>();
            let g = self.frame;
            fields.push((33550, 12, 3, doubles(&g.scale)));
            fields.push((33922, 12, 6, doubles(&g.tiepoint)));
            let words: Vec<u8> = g.directory.iter().flat_map(|w| w.to_le_bytes()).collect();
            fields.push((34735, 3, g.directory.len() as u64, words));
            if !g.doubles.is_empty() {
                fields.push((34736, 12, g.doubles.len() as u64, doubles(&g.doubles)));
            }
            if !g.texts.is_empty() {
                let text = format!("{}\0", g.texts).into_bytes();
                fields.push((34737, 2, text.len() as u64, text));
            }
        }
        if let Some(nodata) = self.writing.nodata {
            let text =
                format!("{}\0", if nodata.is_nan() { "nan".to_owned() } else { nodata.to_string() }).into_bytes();
            fields.push((42113, 2, text.len() as u64, text));
        }
        fields
    }
}

/// A file beside the one that is meant; removed again unless it is finished.
struct Beside {
    path: PathBuf,
}

impl Beside {
    fn new(path: &Path) -> Beside {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".partial");
        Beside { path: path.with_file_name(name) }
    }

    fn finish(self, path: &Path) -> Result<(), Fault> {
        std::fs::rename(&self.path, path).map_err(Fault::io(path))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After a rename there is nothing to remove.
        let _ = std::fs::remove_file(&self.path);
    }
}
