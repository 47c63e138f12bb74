//! Codes of what is wrong with an index.

error_codes! {
    /// The file of an index cannot be read.
    IDX001 "index-file-unreadable",
    /// A way of standardising or combining that there is not.
    IDX002 "index-method-unknown",
    /// Bounds or a target that make no scale.
    IDX003 "index-bounds-wrong",
    /// A part that is its own parent, or has one that there is not.
    IDX004 "index-part-misplaced",
    /// A weight below zero.
    IDX005 "index-weight-wrong",
    /// Two indicators, parts or cities with one name.
    IDX006 "index-name-twice",
    /// Given weights do not fit the index.
    IDX007 "index-draws-wrong",
    /// A name that is no indicator and no part.
    IDX008 "index-name-unknown",
    /// More draws than are kept.
    IDX009 "index-too-many-draws",
}
