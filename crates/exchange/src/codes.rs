//! The codes of findings made while reading files.

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
    /// The file has no bytes, or no character but white space.
    XCH001 "file-empty" Error,
    /// The bytes are those of another kind of file.
    XCH002 "not-a-table-file" Error,
    /// The workbook is protected by a password.
    XCH003 "file-encrypted" Error,
    /// The container is broken.
    XCH004 "file-damaged" Error,
    /// Unpacking would yield more than the limit.
    XCH005 "archive-too-large" Error,
    /// The archive has more entries than the limit.
    XCH006 "too-many-entries" Error,
    /// The workbook follows another version of the schema.
    XCH007 "schema-version-differs" Error,
    /// A sheet that is none of ours.
    XCH008 "unknown-sheet" Warning,
    /// A hidden sheet was read.
    XCH009 "hidden-sheet-read" Note,
    /// No sheet is one of ours.
    XCH010 "no-table-found" Error,
    /// Neither name nor header tells which table a file is.
    XCH011 "table-not-told" Error,
    /// The encoding was guessed.
    XCH012 "encoding-assumed" Warning,
    /// The bytes do not fit the encoding that they declare.
    XCH013 "encoding-broken" Error,
    /// A file that is no table was passed over.
    XCH014 "file-passed-over" Note,
    /// The description of the package cannot be read.
    XCH015 "package-unreadable" Warning,
    /// There are more findings than are kept.
    XCH016 "findings-cut" Note,
    /// There are rows but no header.
    XCH020 "header-missing" Error,
    /// Two columns have one name.
    XCH021 "header-duplicated" Error,
    /// A column with values has no name.
    XCH022 "header-blank" Error,
    /// A column that is none of the table's.
    XCH023 "column-unknown" Warning,
    /// A column that must be there is not.
    XCH024 "column-missing" Error,
    /// More columns than the limit.
    XCH025 "too-many-columns" Error,
    /// More rows than the limit.
    XCH026 "too-many-rows" Error,
    /// Cells are merged.
    XCH030 "cells-merged" Error,
    /// A formula's last result was read.
    XCH031 "formula-read" Warning,
    /// A formula has no result.
    XCH032 "formula-without-value" Error,
    /// A cell shows an error such as `#N/A`.
    XCH033 "error-value" Error,
    /// White space around values was removed.
    XCH034 "space-trimmed" Warning,
    /// Numbers are stored as text.
    XCH035 "number-as-text" Warning,
    /// A row has more or fewer cells than the header.
    XCH036 "row-ragged" Error,
    /// A quotation mark is never closed.
    XCH037 "quote-unclosed" Error,
    /// Rows of a sheet are hidden.
    XCH038 "hidden-rows-read" Warning,
    /// A value is of another type than the column.
    XCH040 "type-differs" Error,
    /// A value is not in the code list.
    XCH041 "not-in-list" Error,
    /// A number lies outside of the bounds.
    XCH042 "out-of-bounds" Error,
    /// A value is too long.
    XCH043 "too-long" Error,
    /// A comma may part thousands or decimals.
    XCH044 "number-ambiguous" Error,
    /// A cell that must be filled is empty.
    XCH045 "required-empty" Error,
    /// A list names a code twice.
    XCH046 "repeated-in-list" Error,
    /// A control character.
    XCH047 "control-character" Error,
    /// A value cannot be kept as it stands.
    XCH048 "value-not-kept" Error,
    /// An amount was rounded to its currency's smallest unit.
    XCH049 "amount-rounded" Warning,
    /// Two rows have one key.
    XCH050 "key-duplicated" Error,
    /// The file of a statistics program breaks off or contradicts itself.
    XCH051 "statistics-file-damaged" Error,
    /// Tables of which none, or more than one, are submissions.
    XCH052 "submissions-not-found" Error,
    /// Several repeats, of which none was chosen.
    XCH053 "repeat-not-chosen" Error,
    /// A repeat that there is not.
    XCH054 "repeat-unknown" Error,
    /// A submission, or a row of a repeat, is there twice.
    XCH055 "submission-twice" Error,
    /// A row of a repeat whose submission is not there.
    XCH056 "parent-missing" Error,
    /// A form that knows none of the columns.
    XCH057 "form-does-not-fit" Error,
    /// A workbook that is no form.
    XCH058 "form-not-found" Error,
}
