//! Codes of what is wrong with files of the observatory's space. The detail is that of the reader, which names file, layer and place.

use diag::{Code, Severity};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident $slug:literal,)+) => {
        $($(#[doc = $doc])+ pub static $name: Code =
            Code { id: stringify!($name), name: $slug, severity: Severity::Error, since: "0.2" };)+
        /// Every code of this family.
        pub static CODES: &[&Code] = &[$(&$name,)+];
    };
}

codes! {
    /// A file of boundaries or points cannot be read or written.
    GEO001 "boundaries-unreadable",
    /// A raster cannot be read, does not fit the others, or cannot be classified.
    GEO002 "raster-unusable",
    /// A street network, its stops or its people cannot be used.
    GEO003 "network-unusable",
    /// Somebody asked for an end.
    GEO004 "stopped-on-request",
    /// Options that do not go together.
    GEO005 "options-do-not-fit",
}
