//! The codes of findings made while reading foreign Parquet files.

use diag::{Code, Severity};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident $slug:literal $severity:ident,)+) => {
        $($(#[doc = $doc])+ pub static $name: Code =
            Code { id: stringify!($name), name: $slug, severity: Severity::$severity, since: "0.1" };)+
        /// Every code of this crate.
        pub static CODES: &[&Code] = &[$(&$name,)+];
    };
}

codes! {
    /// The file has no bytes.
    XCH300 "parquet-empty" Error,
    /// The bytes are those of another kind of file.
    XCH301 "parquet-not-parquet" Error,
    /// The end of the file is missing.
    XCH302 "parquet-truncated" Error,
    /// The file is encrypted.
    XCH303 "parquet-encrypted" Error,
    /// The file contradicts itself.
    XCH304 "parquet-damaged" Error,
    /// More rows, columns or bytes than the limit.
    XCH305 "parquet-too-large" Error,
    /// The compression is one that this program does not read.
    XCH306 "parquet-compression-unreadable" Error,
    /// A column that must be there is not.
    XCH307 "parquet-column-missing" Error,
    /// A column that is none of the table's.
    XCH308 "parquet-column-unknown" Warning,
    /// Two columns have one name.
    XCH309 "parquet-column-duplicated" Error,
    /// A column is of a type that cannot hold its values.
    XCH310 "parquet-column-type-unfit" Error,
    /// A value is of another type than the column.
    XCH311 "parquet-value-type-differs" Error,
    /// A value is not in the code list.
    XCH312 "parquet-value-not-in-list" Error,
    /// A number lies outside of the bounds.
    XCH313 "parquet-value-out-of-bounds" Error,
    /// A value is too long.
    XCH314 "parquet-value-too-long" Error,
    /// A comma may part thousands or decimals.
    XCH315 "parquet-number-ambiguous" Error,
    /// A value that must be there is not.
    XCH316 "parquet-required-empty" Error,
    /// A control character, or bytes that are no text.
    XCH317 "parquet-control-character" Error,
    /// A whole number is too large to be kept exactly.
    XCH318 "parquet-number-not-exact" Error,
    /// Two rows have one key.
    XCH319 "parquet-key-duplicated" Error,
    /// There are more findings than are kept.
    XCH320 "parquet-findings-cut" Note,
}
