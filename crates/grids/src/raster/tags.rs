//! The directory of a TIFF: its tags, classic and BigTIFF, in both byte orders.
//!
//! Source: TIFF revision 6.0 (1992), section 2; the BigTIFF design of 2004.

use rustc_hash::FxHashMap;

use super::input::Input;
use crate::Fault;

/// More entries than any writer makes.
const MAX_ENTRIES: u64 = 4096;
/// More numbers than any tag of a raster we could read holds: offsets of 64 million blocks.
const MAX_COUNT: u64 = 1 << 26;

/// Images of a file that are looked at: overviews and masks.
const MAX_DIRECTORIES: usize = 64;

/// The tags of the first image in a file.
pub(crate) struct Tags<'a> {
    input: &'a Input,
    pub big_endian: bool,
    entries: FxHashMap<u16, Entry>,
    has_mask: bool,
}

struct Entry {
    kind: u16,
    count: u64,
    /// The bytes of the value field, or those it points to (read when asked).
    field: Vec<u8>,
}

impl<'a> Tags<'a> {
    pub fn read(input: &'a Input) -> Result<Tags<'a>, Fault> {
        let head = input.read(0, input.length().min(16), "the header")?;
        let not_tiff = || Fault::NotTiff { path: input.name(), found: format!("{:02x?}", &head[..head.len().min(4)]) };
        let big_endian = match head.get(..2) {
            Some(b"II") => false,
            Some(b"MM") => true,
            _ => return Err(not_tiff()),
        };
        let number = |from: usize, n: usize| {
            head.get(from..from + n).map(|b| number(b, big_endian)).ok_or_else(|| Fault::Truncated {
                path: input.name(),
                what: "the header".to_owned(),
                at: 0,
                to: 16,
                length: input.length(),
            })
        };
        let (big, at) = match number(2, 2)? {
            42 => (false, number(4, 4)?),
            43 if number(4, 2)? == 8 => (true, number(8, 8)?),
            _ => return Err(not_tiff()),
        };
        let mut tags = Tags { input, big_endian, entries: FxHashMap::default(), has_mask: false };
        let mut next = tags.read_directory(at, big)?;
        // Further images are smaller pictures of the first (overviews), or say which of its cells are valid (bit 2 of tag 254).
        for _ in 0..MAX_DIRECTORIES {
            // A chain that is broken behind the first image does not harm it.
            if next == 0 {
                break;
            }
            let mut other = Tags { input, big_endian, entries: FxHashMap::default(), has_mask: false };
            let Ok(after) = other.read_directory(next, big) else { break };
            tags.has_mask |= other.one(254).ok().flatten().is_some_and(|kind| kind & 4 != 0);
            next = after;
        }
        Ok(tags)
    }

    /// Whether another image in the file says which cells are valid.
    pub fn has_mask(&self) -> bool {
        self.has_mask
    }

    /// Reads a directory and answers where the next one lies, 0 for none.
    fn read_directory(&mut self, at: u64, big: bool) -> Result<u64, Fault> {
        let (head, size, inline) = if big { (8, 20, 8) } else { (2, 12, 4) };
        let n = number(&self.input.read(at, head, "the directory of tags")?, self.big_endian);
        if n == 0 || n > MAX_ENTRIES {
            return Err(Fault::Tag {
                path: self.input.name(),
                tag: 0,
                name: "directory",
                why: format!("{n} tags; a raster has between 1 and {MAX_ENTRIES}"),
            });
        }
        let bytes = self.input.read(at + head, n * size, "the directory of tags")?;
        for entry in bytes.chunks_exact(size as usize) {
            let count = number(&entry[4..4 + inline], self.big_endian);
            let kind = number(&entry[2..4], self.big_endian) as u16;
            let tag = number(&entry[..2], self.big_endian) as u16;
            // The first of two equal tags counts, as in other readers.
            self.entries.entry(tag).or_insert(Entry { kind, count, field: entry[4 + inline..].to_vec() });
        }
        let end = at + head + n * size;
        let next = self.input.read(end, inline as u64, "where the next directory lies");
        Ok(next.map_or(0, |bytes| number(&bytes, self.big_endian)))
    }

    pub fn has(&self, tag: u16) -> bool {
        self.entries.contains_key(&tag)
    }

    pub fn fault(&self, tag: u16, why: impl Into<String>) -> Fault {
        Fault::Tag { path: self.input.name(), tag, name: name(tag), why: why.into() }
    }

    fn bytes(&self, tag: u16) -> Result<Option<(u16, Vec<u8>)>, Fault> {
        let Some(entry) = self.entries.get(&tag) else { return Ok(None) };
        let size = size_of_kind(entry.kind).ok_or_else(|| self.fault(tag, format!("type {} is none", entry.kind)))?;
        if entry.count > MAX_COUNT {
            return Err(self.fault(tag, format!("{} values, more than any raster has", entry.count)));
        }
        let length = entry.count * size;
        if length <= entry.field.len() as u64 {
            return Ok(Some((entry.kind, entry.field[..length as usize].to_vec())));
        }
        let at = number(&entry.field, self.big_endian);
        Ok(Some((entry.kind, self.input.read(at, length, &format!("tag {tag} ({})", name(tag)))?)))
    }

    /// Whole numbers of a tag; empty where it is not there.
    pub fn whole(&self, tag: u16) -> Result<Vec<u64>, Fault> {
        let Some((kind, bytes)) = self.bytes(tag)? else { return Ok(Vec::new()) };
        let size = match kind {
            1 | 3 | 4 | 16 => size_of_kind(kind).unwrap_or(1) as usize,
            other => return Err(self.fault(tag, format!("type {other} where whole numbers belong"))),
        };
        Ok(bytes.chunks_exact(size).map(|b| number(b, self.big_endian)).collect())
    }

    /// One whole number.
    pub fn one(&self, tag: u16) -> Result<Option<u64>, Fault> {
        Ok(self.whole(tag)?.first().copied())
    }

    /// Numbers of a tag; empty where it is not there.
    pub fn doubles(&self, tag: u16) -> Result<Vec<f64>, Fault> {
        let Some((kind, bytes)) = self.bytes(tag)? else { return Ok(Vec::new()) };
        match kind {
            12 => Ok(bytes.chunks_exact(8).map(|b| f64::from_bits(number(b, self.big_endian))).collect()),
            11 => Ok(bytes
                .chunks_exact(4)
                .map(|b| f64::from(f32::from_bits(number(b, self.big_endian) as u32)))
                .collect()),
            other => Err(self.fault(tag, format!("type {other} where numbers belong"))),
        }
    }

    /// The text of a tag.
    pub fn text(&self, tag: u16) -> Result<Option<String>, Fault> {
        let Some((_, bytes)) = self.bytes(tag)? else { return Ok(None) };
        Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_owned()))
    }
}

/// A whole number of one to eight bytes.
fn number(bytes: &[u8], big_endian: bool) -> u64 {
    let fold = |n: u64, b: &u8| n << 8 | u64::from(*b);
    if big_endian { bytes.iter().fold(0, fold) } else { bytes.iter().rev().fold(0, fold) }
}

fn size_of_kind(kind: u16) -> Option<u64> {
    match kind {
        1 | 2 | 6 | 7 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 => Some(4),
        5 | 10 | 12 | 16 | 17 | 18 => Some(8),
        _ => None,
    }
}

/// What a tag is called in the specifications.
fn name(tag: u16) -> &'static str {
    match tag {
        256 => "ImageWidth",
        257 => "ImageLength",
        258 => "BitsPerSample",
        259 => "Compression",
        273 => "StripOffsets",
        277 => "SamplesPerPixel",
        278 => "RowsPerStrip",
        279 => "StripByteCounts",
        317 => "Predictor",
        322 => "TileWidth",
        323 => "TileLength",
        324 => "TileOffsets",
        325 => "TileByteCounts",
        339 => "SampleFormat",
        33550 => "ModelPixelScale",
        33922 => "ModelTiepoint",
        34264 => "ModelTransformation",
        34735 => "GeoKeyDirectory",
        34736 => "GeoDoubleParams",
        34737 => "GeoAsciiParams",
        42113 => "GDAL_NODATA",
        _ => "tag",
    }
}
