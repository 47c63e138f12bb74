//! One GeoTIFF as a source: strips or tiles, unpacked by several threads, never more than asked for.

use std::path::Path;

use rayon::prelude::*;

use super::decode::{Packing, Sample, settle};
use super::input::Input;
use super::source::{Source, check_window};
use super::tags::Tags;
use super::{Frame, Window, geokeys};
use crate::Fault;

/// The largest block, unpacked. A strip of 36 082 doubles by 512 rows has 148 MB.
const MAX_BLOCK_BYTES: u64 = 1 << 29;
/// How many unpacked bytes are held at once while a window is read.
const BATCH_BYTES: usize = 64 << 20;

/// A GeoTIFF with one band, opened. Reading does not change it, so threads share it.
pub struct Raster {
    input: Input,
    frame: Frame,
    sample: Sample,
    packing: Packing,
    predictor: u64,
    big_endian: bool,
    nodata: Option<f64>,
    /// Whether the file has a word for missing cells; it may be "not a number".
    declares_missing: bool,
    scale: Scale,
    block_width: usize,
    block_height: usize,
    tiled: bool,
    /// Position and length of each block, row by row; (0, 0) for one that is not stored.
    blocks: Vec<(u64, u64)>,
}

impl std::fmt::Debug for Raster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Raster").field("input", &self.input).field("frame", &self.frame).finish_non_exhaustive()
    }
}

impl Raster {
    /// Opens a file and checks its tags; no pixel is read.
    ///
    /// Errors: no TIFF, cut off, tags that cannot be true, a packing that is not known, more than one band, no place or a
    /// turned grid.
    pub fn open(path: &Path) -> Result<Raster, Fault> {
        let input = Input::open(path)?;
        let name = input.name();
        let tags = Tags::read(&input)?;
        let unsupported = |what: String, advice| Fault::Unsupported { path: name.clone(), what, advice };

        let size = |tag: u16| match tags.one(tag)? {
            Some(n) if (1..=i32::MAX as u64).contains(&n) => Ok(n as usize),
            Some(n) => Err(tags.fault(tag, format!("{n} is no size"))),
            None => Err(tags.fault(tag, "is missing")),
        };
        let (width, height) = (size(256)?, size(257)?);
        let bands = tags.one(277)?.unwrap_or(1);
        if bands != 1 {
            return Err(unsupported(
                format!("a file of {bands} bands"),
                "write the band that is meant to a file of its own",
            ));
        }
        let (bits, format) = (tags.one(258)?.unwrap_or(1), tags.one(339)?.unwrap_or(1));
        let sample = Sample::from_tags(format, bits).ok_or_else(|| {
            unsupported(
                format!("a sample of {bits} bits in format {format}"),
                "convert it to whole numbers of 8, 16 or 32 bits or to floating point of 32 or 64",
            )
        })?;
        let code = tags.one(259)?.unwrap_or(1);
        let packing = Packing::from_code(code).ok_or_else(|| {
            unsupported(format!("compression {code}"), "write it with deflate, LZW, zstd or no compression")
        })?;
        let predictor = tags.one(317)?.unwrap_or(1);
        if !(1..=3).contains(&predictor) || (predictor == 3 && !sample.is_float()) {
            return Err(tags.fault(317, format!("{predictor} is no predictor for this sample")));
        }

        let tiled = tags.has(322);
        let (block_width, block_height) = if tiled {
            (size(322)?, size(323)?)
        } else {
            (width, tags.one(278)?.unwrap_or(u64::MAX).clamp(1, height as u64) as usize)
        };
        let bytes = (block_width as u64).saturating_mul(block_height as u64).saturating_mul(sample.bytes() as u64);
        if bytes > MAX_BLOCK_BYTES {
            let what = format!("a block of {block_width} x {block_height}");
            return Err(Fault::TooLarge { path: name, what, bytes, limit: MAX_BLOCK_BYTES });
        }
        let n_blocks = width.div_ceil(block_width) as u64 * height.div_ceil(block_height) as u64;
        let (offset_tag, count_tag) = if tiled { (324, 325) } else { (273, 279) };
        let (offsets, counts) = (tags.whole(offset_tag)?, tags.whole(count_tag)?);
        for (tag, have) in [(offset_tag, offsets.len()), (count_tag, counts.len())] {
            if (have as u64) < n_blocks {
                return Err(tags.fault(tag, format!("{have} values for {n_blocks} blocks")));
            }
        }
        let blocks = offsets.into_iter().zip(counts).take(n_blocks as usize).collect();
        let nodata = match tags.text(42113)? {
            None => None,
            Some(text) => {
                let v = text.trim().parse::<f64>().map_err(|_| tags.fault(42113, format!("`{text}` is no number")))?;
                Some(sample.rounded(v)).filter(|v| !v.is_nan())
            }
        };
        if tags.has_mask() {
            return Err(unsupported(
                "a mask of valid cells in the file".to_owned(),
                "write missing cells as a number that the file declares (GDAL_NODATA)",
            ));
        }
        let scale = Scale::of_metadata(&tags.text(42112)?.unwrap_or_default())
            .ok_or_else(|| tags.fault(42112, "a scale or offset that is no number"))?;
        let frame = geokeys::read(&tags, &name, width, height)?;
        let big_endian = tags.big_endian;
        Ok(Raster {
            frame,
            sample,
            packing,
            predictor,
            big_endian,
            nodata,
            declares_missing: tags.has(42113),
            scale,
            block_width,
            block_height,
            tiled,
            blocks,
            input,
        })
    }

    /// The number that stands for "missing" in the file, if it names one.
    pub fn nodata(&self) -> Option<f64> {
        self.nodata
    }

    fn blocks_across(&self) -> usize {
        self.frame.width.div_ceil(self.block_width)
    }

    /// The cells of a block that lie in a window, unpacked: `None` where the file stores nothing.
    fn part(&self, block: usize, window: Window) -> Result<Part, Fault> {
        let (by, bx) = (block / self.blocks_across(), block % self.blocks_across());
        let (row, column) = (by * self.block_height, bx * self.block_width);
        // The last strip holds only the rows that are left; a tile is always whole.
        let rows = if self.tiled { self.block_height } else { self.block_height.min(self.frame.height - row) };
        let r0 = row.max(window.row);
        let r1 = (row + self.block_height).min(window.row + window.height).min(self.frame.height);
        let c0 = column.max(window.column);
        let c1 = (column + self.block_width).min(window.column + window.width).min(self.frame.width);
        let mut part = Part { row: r0, column: c0, width: c1 - c0, values: Vec::new() };

        let (at, packed) = self.blocks[block];
        if packed == 0 {
            // A hole in a sparse file: missing where the file has a word for it, else zero, as GDAL reads it.
            let value = if self.declares_missing { f64::NAN } else { self.scale.of(0.0) };
            part.values = vec![value; (c1 - c0) * (r1 - r0)];
            return Ok(part);
        }
        let fault = |cause: String| Fault::Block { path: self.input.name(), block, column, row, cause };
        let expected = self.block_width * rows * self.sample.bytes();
        if self.packing.most(packed) < expected as u64 {
            return Err(fault(format!("{packed} packed bytes cannot hold {expected}")));
        }
        let bytes = self.input.read(at, packed, &format!("block {block}"))?;
        let mut bytes = self.packing.unpack(bytes, expected).map_err(fault)?;
        settle(&mut bytes, self.sample, self.predictor, self.big_endian, self.block_width);
        part.values = vec![0.0; (c1 - c0) * (r1 - r0)];
        let size = self.sample.bytes();
        for (i, line) in part.values.chunks_exact_mut(c1 - c0).enumerate() {
            let from = ((r0 - row + i) * self.block_width + c0 - column) * size;
            self.sample.numbers(&bytes[from..from + (c1 - c0) * size], self.nodata, line);
            if self.scale != Scale::NONE {
                line.iter_mut().for_each(|v| *v = self.scale.of(*v));
            }
        }
        Ok(part)
    }
}

/// What a stored number stands for: GDAL keeps both in its metadata.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    factor: f64,
    offset: f64,
}

impl Scale {
    const NONE: Scale = Scale { factor: 1.0, offset: 0.0 };

    fn of(self, stored: f64) -> f64 {
        stored * self.factor + self.offset
    }

    /// From the text of tag 42112; `None` where it says what is no number.
    fn of_metadata(text: &str) -> Option<Scale> {
        let item = |role: &str| {
            let items = text.split("<Item").filter(|item| item.contains(&format!("role=\"{role}\"")));
            let mut first = items.filter(|item| !item.contains("sample=") || item.contains("sample=\"0\""));
            first.next().map(|item| {
                let value = item.split_once('>').and_then(|(_, rest)| rest.split_once('<')).map(|(value, _)| value);
                value.and_then(|value| value.trim().parse::<f64>().ok()).filter(|value| value.is_finite())
            })
        };
        Some(Scale { factor: item("scale").unwrap_or(Some(1.0))?, offset: item("offset").unwrap_or(Some(0.0))? })
    }
}

struct Part {
    row: usize,
    column: usize,
    width: usize,
    values: Vec<f64>,
}

impl Source for Raster {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn name(&self) -> String {
        self.input.name()
    }

    fn block_rows(&self) -> usize {
        self.block_height
    }

    fn read(&self, window: Window, into: &mut [f64]) -> Result<(), Fault> {
        check_window(self, window, into.len())?;
        let (b0, b1) = (window.row / self.block_height, (window.row + window.height - 1) / self.block_height);
        let (a0, a1) = (window.column / self.block_width, (window.column + window.width - 1) / self.block_width);
        let wanted: Vec<usize> = (b0..=b1).flat_map(|b| (a0..=a1).map(move |a| b * self.blocks_across() + a)).collect();
        let batch = (BATCH_BYTES / (self.block_width * self.block_height * 8)).max(2);
        for blocks in wanted.chunks(batch) {
            let parts: Vec<Part> = blocks.par_iter().map(|b| self.part(*b, window)).collect::<Result<_, _>>()?;
            // Lines side by side: the parts of a wide raster are many megabytes.
            let (Some(first), Some(last)) = (parts.first(), parts.last()) else { continue };
            let rows = first.row - window.row..last.row + last.values.len() / last.width - window.row;
            let lines = into[rows.start * window.width..rows.end * window.width].par_chunks_exact_mut(window.width);
            lines.with_min_len(16).zip(rows).for_each(|(into, row)| {
                let row = window.row + row;
                for part in parts.iter().filter(|part| part.row <= row) {
                    let at = (row - part.row) * part.width;
                    if let Some(line) = part.values.get(at..at + part.width) {
                        into[part.column - window.column..][..part.width].copy_from_slice(line);
                    }
                }
            });
        }
        Ok(())
    }
}
