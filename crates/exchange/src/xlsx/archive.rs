//! The zip archive, unpacked within limits.

use std::io::{self, BufReader, Cursor, Read};

use diag::Diagnostic;
use rustc_hash::FxHashMap;
use zip::{ZipArchive, result::ZipError};

use crate::{
    codes,
    read::{Limits, NamedBytes},
};

/// Why a workbook cannot be read on.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The container or a part is not what it should be.
    Damaged(String),
    /// A part lies behind a password.
    Encrypted,
    /// Unpacking passed the limit, in bytes.
    TooLarge(u64),
    /// The archive has so many entries.
    TooManyEntries(usize),
}

impl Broken {
    pub(crate) fn damaged(detail: impl ToString) -> Broken {
        Broken::Damaged(detail.to_string())
    }
    /// Whether the rest of the workbook must not be touched.
    pub(crate) fn ends_reading(&self) -> bool {
        !matches!(self, Broken::Damaged(_))
    }
    pub(crate) fn finding(&self, file: &NamedBytes, limits: &Limits) -> Diagnostic {
        match self {
            Broken::Damaged(detail) => {
                Diagnostic::new(&codes::XCH004).arg("file", &file.name).arg("detail", crate::read::shown(detail))
            }
            Broken::Encrypted => Diagnostic::new(&codes::XCH003).arg("file", &file.name),
            Broken::TooLarge(limit) => Diagnostic::new(&codes::XCH005)
                .arg("file", &file.name)
                .arg("limit_mb", (limit / (1 << 20)).max(1) as i64)
                .arg("size_mb", (file.bytes.len() as f64 / f64::from(1 << 20) * 10.0).ceil() / 10.0),
            Broken::TooManyEntries(n) => {
                Diagnostic::new(&codes::XCH006).arg("file", &file.name).arg("n", *n).arg("limit", limits.entries)
            }
        }
    }
}

impl From<ZipError> for Broken {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Broken::Encrypted,
            other => Broken::damaged(other),
        }
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|e| e.downcast_ref::<Spent>()) {
            Some(spent) => Broken::TooLarge(spent.0),
            None => Broken::damaged(error),
        }
    }
}

impl From<quick_xml::Error> for Broken {
    fn from(error: quick_xml::Error) -> Self {
        match error {
            quick_xml::Error::Io(e) => match e.get_ref().and_then(|e| e.downcast_ref::<Spent>()) {
                Some(spent) => Broken::TooLarge(spent.0),
                None => Broken::damaged(e),
            },
            other => Broken::damaged(other),
        }
    }
}

/// The limit that was passed, carried through the layers of readers.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {0} bytes")]
struct Spent(u64);

/// An open archive and what may still be unpacked from it.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by path in lower case: some programs write other capitals than they refer to.
    index: FxHashMap<String, usize>,
    left: u64,
    limit: u64,
    text_limit: u64,
}

/// 64 MiB may be unpacked from any archive, however small it is.
const ALWAYS: u64 = 64 << 20;

impl<'a> Archive<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Broken> {
        let zip = ZipArchive::new(Cursor::new(bytes))?;
        if zip.len() > limits.entries {
            return Err(Broken::TooManyEntries(zip.len()));
        }
        let mut index = FxHashMap::default();
        for at in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(at) {
                index.entry(canonical(&name)).or_insert(at);
            }
        }
        let limit = limits.inflated_bytes.min(ALWAYS.max((bytes.len() as u64).saturating_mul(limits.inflation)));
        Ok(Archive { zip, index, left: limit, limit, text_limit: limits.text_bytes })
    }

    /// The names of all entries, as they stand in the archive.
    pub(crate) fn names(&self) -> Vec<String> {
        (0..self.zip.len()).filter_map(|at| Some(self.zip.name_for_index(at)?.ok()?.into_owned())).collect()
    }

    /// Whether there is such a part.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.index.contains_key(&canonical(path))
    }

    /// A part and the size that it declares, which is only good for showing progress.
    pub(crate) fn part(&mut self, path: &str, share: Share) -> Result<(Part<'_, 'a>, u64), Broken> {
        let missing = || Broken::Damaged(format!("{path} is missing"));
        let at = *self.index.get(&canonical(path)).ok_or_else(missing)?;
        let file = self.zip.by_index(at)?;
        let declared = file.size();
        let part_limit = match share {
            Share::Whole => u64::MAX,
            Share::Texts => self.text_limit,
        };
        let counted =
            Counted { inner: file, left: &mut self.left, limit: self.limit, part_left: part_limit, part_limit };
        Ok((BufReader::with_capacity(64 << 10, counted), declared))
    }
}

/// How much of the archive's allowance a part may use.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Share {
    /// All of it: the part is read as a stream.
    Whole,
    /// The limit of texts: the part is kept in memory.
    Texts,
}

/// A part as a stream of bytes.
pub(crate) type Part<'z, 'a> = BufReader<Counted<'z, 'a>>;

/// Counts what is really unpacked, whatever the archive declares.
pub(crate) struct Counted<'z, 'a> {
    inner: zip::read::ZipFile<'z, Cursor<&'a [u8]>>,
    left: &'z mut u64,
    limit: u64,
    part_left: u64,
    part_limit: u64,
}

impl Read for Counted<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        for (left, limit) in [(&mut *self.left, self.limit), (&mut self.part_left, self.part_limit)] {
            *left = left.checked_sub(n as u64).ok_or_else(|| io::Error::other(Spent(limit)))?;
        }
        Ok(n)
    }
}

fn canonical(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}
