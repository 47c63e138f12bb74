//! Segments: immutable Parquet files, named by the hash of their bytes.

use std::fmt;

/// The name of a segment: the BLAKE3 hash of its bytes, 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SegmentId(String);

impl SegmentId {
    /// Reads an id; `None` unless it is 64 lower-case hexadecimal digits, so that an id from elsewhere can
    /// never become a path out of the lake.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
            .then(|| SegmentId(text.to_owned()))
    }
    pub(crate) fn of(hash: &blake3::Hash) -> Self {
        SegmentId(hash.to_hex().to_string())
    }
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The file's path below the lake's folder: `<2 digits>/<id>.parquet`.
    pub fn relative_path(&self) -> String {
        format!("{}/{}.parquet", &self.0[..2], self.0)
    }
}

impl fmt::Display for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A segment that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its name.
    pub id: SegmentId,
    /// How many observations it holds.
    pub n_rows: u64,
    /// Its size on disk.
    pub n_bytes: u64,
}

/// Version of the columns and of their meaning.
pub(crate) const SCHEMA_VERSION: i64 = 1;

/// Names of the key-value metadata in a segment's footer.
pub(crate) mod meta {
    /// What the rows are; always `observations`.
    pub const TABLE: &str = "ekistics.table";
    /// [`super::SCHEMA_VERSION`].
    pub const VERSION: &str = "ekistics.schema_version";
    /// For each row group its first and last indicator and place, as JSON.
    pub const SPANS: &str = "ekistics.row_group_spans";
    /// `true` when no natural key occurs twice.
    pub const UNIQUE: &str = "ekistics.unique_keys";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_never_a_path() {
        assert!(SegmentId::parse(&"a1".repeat(32)).is_some());
        for text in ["", "../../etc/passwd", &"A1".repeat(32), &"a1".repeat(33), &"/".repeat(64)] {
            assert_eq!(SegmentId::parse(text), None, "{text}");
        }
    }
}
