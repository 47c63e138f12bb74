//! The codes of what can be wrong with a question.

use diag::{Code, Severity};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident $slug:literal,)+) => {
        $($(#[doc = $doc])+ pub static $name: Code =
            Code { id: stringify!($name), name: $slug, severity: Severity::Error, since: "0.1" };)+
        /// Every code of this crate.
        pub static CODES: &[&Code] = &[$(&$name,)+];
    };
}

codes! {
    /// There is no such column for this audience.
    QRY001 "column-unknown",
    /// A value does not fit its column.
    QRY002 "value-unfit",
    /// There is no such operator.
    QRY003 "operator-unknown",
    /// An operator cannot be asked of a column.
    QRY004 "operator-unfit",
    /// There is no such parameter.
    QRY005 "parameter-unknown",
    /// A parameter cannot have this value.
    QRY006 "parameter-unfit",
    /// A cursor that nobody gave out.
    QRY007 "cursor-unreadable",
    /// A cursor of another question.
    QRY008 "cursor-of-another-question",
    /// The position that a cursor continues from is no longer held.
    QRY009 "position-gone",
    /// More filters, fields or values than one question may have.
    QRY010 "question-too-long",
    /// More records than can be put in order.
    QRY011 "too-many-to-sort",
    /// A parameter that may be given once is given again.
    QRY012 "parameter-twice",
}
