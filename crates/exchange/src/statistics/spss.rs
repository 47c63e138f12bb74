//! SPSS's files: .sav, plain or packed by bytes, and .zsav.
//!
//! Source: the PSPP developers' guide, "System File Format". A library would bring a second release of Arrow
//! (`docs/decisions/0004-own-reader-of-spss-files.md`).

use std::io::Read as _;

use diag::Diagnostic;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use flate2::read::ZlibDecoder;
use model::microdata::{MISSING, Table, Values, Variable};
use rustc_hash::FxHashMap;

use super::{MOST_VALUES, damaged};
use crate::read::NamedBytes;

/// Bytes that the blocks of a .zsav file may hold: as many as a file that is read whole.
const MOST_INFLATED: u64 = 1 << 30;

/// Whether bytes begin as such a file does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"$FL2") || bytes.starts_with(b"$FL3")
}

type Read<T> = Result<T, String>;

/// Bytes with a place and the order of theirs.
struct Bytes<'b> {
    all: &'b [u8],
    at: usize,
    is_little: bool,
}

impl<'b> Bytes<'b> {
    fn take(&mut self, n: usize) -> Read<&'b [u8]> {
        let end = self.at.checked_add(n).filter(|end| *end <= self.all.len());
        let Some(end) = end else { return Err(format!("{} + {n} > {} B", self.at, self.all.len())) };
        let taken = &self.all[self.at..end];
        self.at = end;
        Ok(taken)
    }
    fn eight(&mut self) -> Read<[u8; 8]> {
        self.take(8).map(|b| [b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]])
    }
    fn whole(&mut self) -> Read<i32> {
        let b = self.take(4)?;
        let four = [b[0], b[1], b[2], b[3]];
        Ok(if self.is_little { i32::from_le_bytes(four) } else { i32::from_be_bytes(four) })
    }
    /// A number that counts something.
    fn count(&mut self) -> Read<usize> {
        let n = self.whole()?;
        usize::try_from(n).map_err(|_| format!("{n} < 0 ({} B)", self.at))
    }
    fn long(&mut self) -> Read<u64> {
        let eight = self.eight()?;
        Ok(if self.is_little { u64::from_le_bytes(eight) } else { u64::from_be_bytes(eight) })
    }
    fn number(&mut self) -> Read<f64> {
        self.long().map(f64::from_bits)
    }
}

/// A variable of the dictionary. Long texts are several of them.
struct Told {
    /// The short name, which other records use.
    short: String,
    label: Vec<u8>,
    /// 0 for numbers, else the width of a text in bytes.
    width: usize,
    /// Where it stands in a case, in pieces of eight bytes.
    slot: usize,
    missing: Declared,
    labels: Vec<([u8; 8], Vec<u8>)>,
}

/// What a variable declares missing.
#[derive(Default)]
struct Declared {
    range: Option<(f64, f64)>,
    numbers: Vec<f64>,
    texts: Vec<[u8; 8]>,
}

/// All that stands before the cases.
struct Dictionary {
    told: Vec<Told>,
    /// Pieces of eight bytes in a case.
    n_slots: usize,
    /// 0 none, 1 by bytes, 2 by bytes and zlib.
    packing: i32,
    bias: f64,
    n_cases: Option<usize>,
    is_little: bool,
    encoding: &'static Encoding,
    long_names: FxHashMap<String, String>,
    /// Widths of texts that are longer than 255 bytes, by short name.
    very_long: FxHashMap<String, usize>,
}

/// Reads a file. What the system or a variable declares missing is missing.
pub(super) fn read(file: &NamedBytes) -> Result<Table, Box<Diagnostic>> {
    opened(file).map_err(|detail| damaged(file, detail))
}

fn opened(file: &NamedBytes) -> Read<Table> {
    let mut bytes = Bytes { all: &file.bytes, at: 0, is_little: true };
    let dictionary = dictionary(&mut bytes)?;
    if dictionary.n_slots == 0 {
        return Err("0 variables".to_owned());
    }
    let variables = columns(&dictionary)?;
    let mut cases = Cases { columns: variables, n: 0 };
    match dictionary.packing {
        0 => {
            let case = dictionary.n_slots * 8;
            while bytes.at < bytes.all.len() && dictionary.n_cases.is_none_or(|n| cases.n < n) {
                let (is_little, piece) = (bytes.is_little, bytes.take(case)?);
                cases.push(piece, is_little, &dictionary)?;
            }
        }
        1 => unpack(bytes.all.get(bytes.at..).unwrap_or_default(), bytes.is_little, &dictionary, &mut cases)?,
        2 => {
            let inflated = inflate(&mut bytes)?;
            unpack(&inflated, bytes.is_little, &dictionary, &mut cases)?;
        }
        other => return Err(format!("compression {other}")),
    }
    if let Some(n) = dictionary.n_cases.filter(|n| *n != cases.n) {
        return Err(format!("{} ≠ {n}", cases.n));
    }
    let n_rows = cases.n;
    Ok(Table { name: file.name.clone(), variables: cases.finish(&dictionary), n_rows, origin: None })
}

fn dictionary(bytes: &mut Bytes<'_>) -> Read<Dictionary> {
    bytes.take(64)?;
    let layout = bytes.whole()?;
    if layout != 2 && layout != 3 {
        bytes.is_little = false;
        if !matches!(layout.swap_bytes(), 2 | 3) {
            return Err(format!("layout {layout}"));
        }
    }
    bytes.whole()?;
    let packing = bytes.whole()?;
    bytes.whole()?;
    let n_cases = usize::try_from(bytes.whole()?).ok();
    let bias = bytes.number()?;
    bytes.take(9 + 8 + 64 + 3)?;
    let mut found = Dictionary {
        told: Vec::new(),
        n_slots: 0,
        packing,
        bias,
        n_cases,
        is_little: bytes.is_little,
        encoding: WINDOWS_1252,
        long_names: FxHashMap::default(),
        very_long: FxHashMap::default(),
    };
    let (mut names, mut long_texts) = (Vec::new(), Vec::new());
    loop {
        match bytes.whole()? {
            2 => variable(bytes, &mut found)?,
            3 => value_labels(bytes, &mut found)?,
            6 => {
                let n = bytes.count()?;
                bytes.take(n.checked_mul(80).ok_or("documents")?)?;
            }
            7 => {
                let (kind, size, n) = (bytes.whole()?, bytes.count()?, bytes.count()?);
                let body = bytes.take(size.checked_mul(n).ok_or("extension")?)?;
                let mut inner = Bytes { all: body, at: 0, is_little: bytes.is_little };
                match kind {
                    3 if body.len() >= 32 => {
                        inner.take(28)?;
                        found.encoding = by_code_page(inner.whole()?).unwrap_or(found.encoding);
                    }
                    13 => names = body.to_vec(),
                    14 => long_texts = body.to_vec(),
                    16 if body.len() >= 16 => {
                        inner.take(8)?;
                        found.n_cases = usize::try_from(inner.long()?).ok().filter(|n| *n < usize::MAX / 2);
                    }
                    20 => found.encoding = Encoding::for_label(body.trim_ascii()).unwrap_or(found.encoding),
                    _ => {}
                }
            }
            999 => {
                bytes.whole()?;
                break;
            }
            other => return Err(format!("record {other} ({} B)", bytes.at)),
        }
    }
    // Names are told in the file's encoding, which may come after them.
    let pairs = |body: &[u8]| -> Vec<(String, String)> {
        let text = found.encoding.decode_without_bom_handling(body).0.into_owned();
        let split = text.split(['\t', '\0']).filter_map(|pair| pair.split_once('='));
        split.map(|(short, long)| (short.trim().to_owned(), long.trim().to_owned())).collect()
    };
    let widths = pairs(&long_texts).into_iter().filter_map(|(name, width)| Some((name, width.parse().ok()?)));
    let (long_names, very_long) = (pairs(&names).into_iter().collect(), widths.collect());
    Ok(Dictionary { long_names, very_long, ..found })
}

fn by_code_page(page: i32) -> Option<&'static Encoding> {
    match page {
        65001 => Some(UTF_8),
        // 2 stands for seven-bit text.
        2 => Some(WINDOWS_1252),
        932 => Encoding::for_label(b"shift_jis"),
        936 => Encoding::for_label(b"gbk"),
        949 => Encoding::for_label(b"euc-kr"),
        950 => Encoding::for_label(b"big5"),
        28591..=28605 => Encoding::for_label(format!("iso-8859-{}", page - 28590).as_bytes()),
        other => Encoding::for_label(format!("windows-{other}").as_bytes()),
    }
}

fn variable(bytes: &mut Bytes<'_>, found: &mut Dictionary) -> Read<()> {
    let width = bytes.whole()?;
    let (has_label, n_missing) = (bytes.whole()? == 1, bytes.whole()?);
    bytes.take(8)?;
    let short = String::from_utf8_lossy(bytes.take(8)?).trim().to_owned();
    let mut label = Vec::new();
    if has_label {
        let n = bytes.count()?;
        label = bytes.take(n)?.to_vec();
        bytes.take(n.div_ceil(4) * 4 - n)?;
    }
    let mut missing = Declared::default();
    if !(-3..=3).contains(&n_missing) || n_missing == -1 {
        return Err(format!("{short}: missing {n_missing}"));
    }
    let mut n_single = n_missing.unsigned_abs();
    if n_missing < 0 {
        missing.range = Some((bytes.number()?, bytes.number()?));
        n_single -= 2;
    }
    for _ in 0..n_single {
        if width > 0 {
            missing.texts.push(bytes.eight()?);
        } else {
            missing.numbers.push(bytes.number()?);
        }
    }
    let slot = found.n_slots;
    found.n_slots += 1;
    // What goes on from the variable before has no name of its own.
    if let Ok(width) = usize::try_from(width) {
        found.told.push(Told { short, label, width, slot, missing, labels: Vec::new() });
    }
    Ok(())
}

fn value_labels(bytes: &mut Bytes<'_>, found: &mut Dictionary) -> Read<()> {
    let n = bytes.count()?;
    let mut labels = Vec::new();
    for _ in 0..n {
        let value = bytes.eight()?;
        let length = usize::from(bytes.take(1)?[0]);
        labels.push((value, bytes.take(length)?.to_vec()));
        bytes.take((length + 1).div_ceil(8) * 8 - length - 1)?;
    }
    if bytes.whole()? != 4 {
        return Err(format!("record 4 ({} B)", bytes.at));
    }
    for _ in 0..bytes.count()? {
        let slot = bytes.count()?.wrapping_sub(1);
        if let Ok(at) = found.told.binary_search_by_key(&slot, |told| told.slot) {
            found.told[at].labels.clone_from(&labels);
        }
    }
    Ok(())
}

/// A variable as people see it, and the pieces of a case that it is made of.
struct Column {
    /// Place of its first part in the dictionary.
    told: usize,
    /// First byte within a case and number of bytes, part by part; empty for a number.
    pieces: Vec<(usize, usize)>,
    offset: usize,
    numbers: Vec<f64>,
    known: FxHashMap<Vec<u8>, u32>,
    levels: Vec<Vec<u8>>,
    codes: Vec<u32>,
}

fn columns(dictionary: &Dictionary) -> Read<Vec<Column>> {
    let mut columns = Vec::new();
    let mut at = 0;
    while let Some(told) = dictionary.told.get(at) {
        let width = dictionary.very_long.get(&told.short).copied().unwrap_or(told.width);
        // A text longer than 255 bytes lies in parts of 255, each told as a variable.
        let n_parts = if width > 255 { width.div_ceil(252) } else { 1 };
        let parts = dictionary.told.get(at..at + n_parts).ok_or_else(|| format!("{}: {width}", told.short))?;
        let end = |part: &Told| part.slot * 8 + part.width;
        if parts.iter().any(|part| end(part) > dictionary.n_slots * 8 || n_parts > 1 && part.width == 0) {
            return Err(format!("{}: {width}", told.short));
        }
        let pieces = parts.iter().map(|part| (part.slot * 8, part.width));
        columns.push(Column {
            told: at,
            pieces: if told.width == 0 { Vec::new() } else { pieces.collect() },
            offset: told.slot * 8,
            numbers: Vec::new(),
            known: FxHashMap::default(),
            levels: Vec::new(),
            codes: Vec::new(),
        });
        at += n_parts;
    }
    Ok(columns)
}

/// The cases that were read.
struct Cases {
    columns: Vec<Column>,
    n: usize,
}

impl Cases {
    fn push(&mut self, case: &[u8], is_little: bool, dictionary: &Dictionary) -> Read<()> {
        self.n += 1;
        if self.n as u64 * self.columns.len() as u64 > MOST_VALUES {
            return Err(format!("> {MOST_VALUES}"));
        }
        for column in &mut self.columns {
            let missing = &dictionary.told[column.told].missing;
            if column.pieces.is_empty() {
                let eight: [u8; 8] = std::array::from_fn(|i| case[column.offset + i]);
                let n = if is_little { f64::from_le_bytes(eight) } else { f64::from_be_bytes(eight) };
                let is_declared = missing.numbers.contains(&n) || missing.range.is_some_and(|(a, b)| a <= n && n <= b);
                let is_missing = n == -f64::MAX || !n.is_finite() || is_declared;
                column.numbers.push(if is_missing { f64::NAN } else { n });
                continue;
            }
            let mut text = Vec::new();
            for (from, n) in &column.pieces {
                text.extend_from_slice(&case[*from..from + n]);
            }
            let text = text.trim_ascii_end();
            let is_declared = missing.texts.iter().any(|m| m.trim_ascii_end() == text);
            let code = match column.known.get(text) {
                _ if text.is_empty() || is_declared => MISSING,
                Some(code) => *code,
                None => {
                    let code = column.levels.len() as u32;
                    column.known.insert(text.to_vec(), code);
                    column.levels.push(text.to_vec());
                    code
                }
            };
            column.codes.push(code);
        }
        Ok(())
    }

    fn finish(self, dictionary: &Dictionary) -> Vec<Variable> {
        let text = |bytes: &[u8]| dictionary.encoding.decode_without_bom_handling(bytes).0.trim_end().to_owned();
        let of = |column: Column| {
            let told = &dictionary.told[column.told];
            let is_text = told.width > 0;
            let values = if is_text {
                Values::Texts { levels: column.levels.iter().map(|l| text(l)).collect(), codes: column.codes }
            } else {
                Values::Numbers(column.numbers)
            };
            let number = if dictionary.is_little { f64::from_le_bytes } else { f64::from_be_bytes };
            let shown = |value: &[u8; 8]| if is_text { text(value) } else { number(*value).to_string() };
            let labels = told.labels.iter().map(|(value, label)| (shown(value), text(label))).collect();
            let name = dictionary.long_names.get(&told.short).unwrap_or(&told.short);
            Variable { label: text(&told.label), labels, ..Variable::new(name, values) }
        };
        self.columns.into_iter().map(of).collect()
    }
}

/// Cases packed by bytes: a byte says what each eight bytes of a case are.
fn unpack(packed: &[u8], is_little: bool, dictionary: &Dictionary, cases: &mut Cases) -> Read<()> {
    let number = |n: f64| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
    let mut bytes = Bytes { all: packed, at: 0, is_little };
    let mut case = Vec::with_capacity(dictionary.n_slots * 8);
    'blocks: while bytes.at < packed.len() && dictionary.n_cases.is_none_or(|n| cases.n < n) {
        for code in bytes.eight()? {
            match code {
                0 => continue,
                252 => break 'blocks,
                253 => case.extend(bytes.eight()?),
                254 => case.extend([b' '; 8]),
                255 => case.extend(number(-f64::MAX)),
                n => case.extend(number(f64::from(n) - dictionary.bias)),
            }
            if case.len() == dictionary.n_slots * 8 {
                cases.push(&case, is_little, dictionary)?;
                case.clear();
                if dictionary.n_cases.is_some_and(|n| cases.n >= n) {
                    break 'blocks;
                }
            }
        }
    }
    if case.is_empty() { Ok(()) } else { Err(format!("{} B", bytes.at)) }
}

/// The bytes of a .zsav file's blocks.
fn inflate(bytes: &mut Bytes<'_>) -> Read<Vec<u8>> {
    let most = MOST_INFLATED;
    bytes.long()?;
    let (trailer, _) = (bytes.long()?, bytes.long()?);
    let begin = bytes.at as u64;
    let end = usize::try_from(trailer).ok().filter(|end| *end as u64 >= begin && *end <= bytes.all.len());
    let end = end.ok_or_else(|| format!("trailer {trailer}"))?;
    let mut packed = &bytes.all[bytes.at..end];
    let mut out = Vec::new();
    while !packed.is_empty() {
        let mut decoder = ZlibDecoder::new(packed);
        let left = most - out.len() as u64;
        let n = (&mut decoder).take(left).read_to_end(&mut out).map_err(|e| e.to_string())?;
        let used = usize::try_from(decoder.total_in()).unwrap_or(0);
        if used == 0 || n as u64 == left {
            return Err(format!("zlib, {} B", end - packed.len()));
        }
        packed = &packed[used..];
    }
    Ok(out)
}
