//! From the packed bytes of a block to numbers: compression, predictor, byte order, sample type.
//!
//! Source: TIFF revision 6.0, sections 13 and 14; TIFF Technical Note 3 (floating point predictor).

use std::io::Read;

/// How the bytes of a block are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Lzw,
    Deflate,
    PackBits,
    Zstd,
}

impl Packing {
    /// From the value of the tag `Compression`.
    pub fn from_code(code: u64) -> Option<Packing> {
        match code {
            1 => Some(Packing::Plain),
            5 => Some(Packing::Lzw),
            8 | 32946 => Some(Packing::Deflate),
            32773 => Some(Packing::PackBits),
            50000 => Some(Packing::Zstd),
            _ => None,
        }
    }

    /// The most bytes that so many packed bytes can unpack to: a block that claims more lies, and nothing is allocated for it.
    pub fn most(self, packed: u64) -> u64 {
        match self {
            Packing::Plain => packed,
            // 258 bytes from two bits at best, about 1032 to 1.
            Packing::Deflate => packed.saturating_mul(1040).saturating_add(1024),
            // 4094 entries, each one longer than the last, in twelve bits.
            Packing::Lzw => packed.saturating_mul(2800).saturating_add(8192),
            Packing::PackBits => packed.saturating_mul(64).saturating_add(128),
            // A block of 128 KiB of one byte takes four bytes.
            Packing::Zstd => packed.saturating_mul(43_700).saturating_add(131_072),
        }
    }

    /// Unpacks exactly `expected` bytes.
    pub fn unpack(self, packed: Vec<u8>, expected: usize) -> Result<Vec<u8>, String> {
        let short = |n: usize| format!("{n} bytes where {expected} belong");
        match self {
            Packing::Plain => {
                let mut bytes = packed;
                if bytes.len() < expected {
                    return Err(short(bytes.len()));
                }
                bytes.truncate(expected);
                Ok(bytes)
            }
            Packing::Deflate => read_exactly(flate2::read::ZlibDecoder::new(packed.as_slice()), expected),
            Packing::Zstd => {
                let decoder = zstd::stream::read::Decoder::with_buffer(packed.as_slice()).map_err(|e| e.to_string())?;
                read_exactly(decoder, expected)
            }
            Packing::Lzw => {
                let mut out = vec![0; expected];
                let mut decoder = weezl::decode::Decoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8);
                let (mut from, mut to) = (0, 0);
                while to < expected {
                    let done = decoder.decode_bytes(&packed[from..], &mut out[to..]);
                    from += done.consumed_in;
                    to += done.consumed_out;
                    done.status.map_err(|e| e.to_string())?;
                    if done.consumed_in == 0 && done.consumed_out == 0 {
                        return Err(short(to));
                    }
                }
                Ok(out)
            }
            Packing::PackBits => unpack_bits(&packed, expected).ok_or_else(|| short(packed.len())),
        }
    }
}

fn read_exactly(mut reader: impl Read, expected: usize) -> Result<Vec<u8>, String> {
    let mut out = vec![0; expected];
    reader.read_exact(&mut out).map_err(|e| e.to_string())?;
    Ok(out)
}

fn unpack_bits(mut packed: &[u8], expected: usize) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(expected);
    while out.len() < expected {
        let (head, rest) = packed.split_first()?;
        packed = rest;
        match *head as i8 {
            -128 => {}
            n if n < 0 => {
                let (value, rest) = packed.split_first()?;
                out.resize(out.len() + 1 + usize::from(n.unsigned_abs()), *value);
                packed = rest;
            }
            n => {
                let (bytes, rest) = packed.split_at_checked(n as usize + 1)?;
                out.extend_from_slice(bytes);
                packed = rest;
            }
        }
    }
    out.truncate(expected);
    Some(out)
}

/// What a sample is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sample {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
}

impl Sample {
    /// From the tags `SampleFormat` (1 unsigned, 2 signed, 3 float) and `BitsPerSample`.
    pub fn from_tags(format: u64, bits: u64) -> Option<Sample> {
        Some(match (format, bits) {
            (1, 8) => Sample::U8,
            (2, 8) => Sample::I8,
            (1, 16) => Sample::U16,
            (2, 16) => Sample::I16,
            (1, 32) => Sample::U32,
            (2, 32) => Sample::I32,
            (1, 64) => Sample::U64,
            (2, 64) => Sample::I64,
            (3, 32) => Sample::F32,
            (3, 64) => Sample::F64,
            _ => return None,
        })
    }

    pub fn bytes(self) -> usize {
        match self {
            Sample::U8 | Sample::I8 => 1,
            Sample::U16 | Sample::I16 => 2,
            Sample::U32 | Sample::I32 | Sample::F32 => 4,
            Sample::U64 | Sample::I64 | Sample::F64 => 8,
        }
    }

    pub fn is_float(self) -> bool {
        matches!(self, Sample::F32 | Sample::F64)
    }

    /// The number that stands for "missing", as a sample of this type would hold it.
    pub fn rounded(self, nodata: f64) -> f64 {
        if self == Sample::F32 { f64::from(nodata as f32) } else { nodata }
    }

    /// Numbers from samples in little-endian order; what equals `nodata` becomes NaN.
    pub fn numbers(self, bytes: &[u8], nodata: Option<f64>, into: &mut [f64]) {
        macro_rules! take {
            ($kind:ty) => {{
                const N: usize = size_of::<$kind>();
                let samples = bytes.as_chunks::<N>().0;
                match nodata {
                    None => {
                        for (to, b) in into.iter_mut().zip(samples) {
                            *to = <$kind>::from_le_bytes(*b) as f64;
                        }
                    }
                    Some(nodata) => {
                        for (to, b) in into.iter_mut().zip(samples) {
                            let v = <$kind>::from_le_bytes(*b) as f64;
                            *to = if v == nodata { f64::NAN } else { v };
                        }
                    }
                }
            }};
        }
        match self {
            Sample::U8 => take!(u8),
            Sample::I8 => take!(i8),
            Sample::U16 => take!(u16),
            Sample::I16 => take!(i16),
            Sample::U32 => take!(u32),
            Sample::I32 => take!(i32),
            Sample::U64 => take!(u64),
            Sample::I64 => take!(i64),
            Sample::F32 => take!(f32),
            Sample::F64 => take!(f64),
        }
    }
}

/// Undoes predictor and byte order: afterwards each sample is little-endian. `row` is the number of samples in a row.
pub(crate) fn settle(bytes: &mut [u8], sample: Sample, predictor: u64, big_endian: bool, row: usize) {
    let size = sample.bytes();
    if predictor == 3 {
        // The planes are the bytes of the numbers, most significant first, whatever the order of the file.
        let mut plain = vec![0; row * size];
        for line in bytes.chunks_exact_mut(row * size) {
            for i in 1..line.len() {
                line[i] = line[i].wrapping_add(line[i - 1]);
            }
            for (plane, values) in line.chunks_exact(row).enumerate() {
                for (i, v) in values.iter().enumerate() {
                    plain[i * size + size - 1 - plane] = *v;
                }
            }
            line.copy_from_slice(&plain);
        }
        return;
    }
    if big_endian && size > 1 {
        bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse);
    }
    if predictor == 2 {
        macro_rules! add {
            ($kind:ty) => {
                for line in bytes.chunks_exact_mut(row * size) {
                    let mut sum: $kind = 0;
                    for b in line.as_chunks_mut::<{ size_of::<$kind>() }>().0 {
                        sum = sum.wrapping_add(<$kind>::from_le_bytes(*b));
                        *b = sum.to_le_bytes();
                    }
                }
            };
        }
        match size {
            1 => add!(u8),
            2 => add!(u16),
            4 => add!(u32),
            _ => add!(u64),
        }
    }
}
