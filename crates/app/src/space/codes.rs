//! Codes of what is wrong with files of the observatory's space. The detail is that of the reader, which names file, layer and place.

use diag::{Code, Severity};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident $slug:literal $severity:ident,)+) => {
        $($(#[doc = $doc])+ pub static $name: Code =
            Code { id: stringify!($name), name: $slug, severity: Severity::$severity, since: "0.2" };)+
        /// Every code of this family.
        pub static CODES: &[&Code] = &[$(&$name,)+];
    };
}

codes! {
    /// A file of boundaries or points cannot be read or written.
    GEO001 "boundaries-unreadable" Error,
    /// A raster cannot be read, does not fit the others, or cannot be classified.
    GEO002 "raster-unusable" Error,
    /// A street network, its stops or its people cannot be used.
    GEO003 "network-unusable" Error,
    /// Somebody asked for an end.
    GEO004 "stopped-on-request" Error,
    /// Options that do not go together.
    GEO005 "options-do-not-fit" Error,
    /// A result cannot be written where it should go.
    GEO020 "output-not-writable" Error,
    /// The boundary of a place is no area, or lies where it cannot.
    GEO006 "boundary-invalid" Error,
    /// A file of boundaries names a place that nobody knows.
    GEO007 "boundary-of-nowhere" Error,
    /// A boundary's attribute says something that it cannot.
    GEO008 "boundary-attribute" Error,
    /// A file of boundaries does not say which places they are of.
    GEO009 "boundary-without-place" Error,
    /// A file of boundaries holds more than we take.
    GEO010 "too-many-boundaries" Error,
    /// Boundaries overlap, leave a gap, or are drawn carelessly.
    GEO011 "boundaries-do-not-fit" Warning,
    /// An input of a computation is missing or is none.
    GEO012 "input-missing" Error,
    /// A computation is not as far as is asked of it.
    GEO013 "job-not-there" Error,
    /// No place of the register has the boundary that is asked for.
    GEO014 "no-boundaries" Error,
    /// Nothing of a computation is tied to an indicator.
    GEO015 "nothing-to-publish" Error,
    /// A city that was found would get the code of another place.
    GEO016 "city-is-another" Error,
    /// Inputs of a computation lie elsewhere than the place.
    GEO017 "inputs-elsewhere" Error,
    /// An input's numbers cannot be what its field says.
    GEO018 "input-implausible" Error,
    /// A table or a file of options cannot be used.
    GEO021 "table-unusable" Error,
    /// A file of boundaries has no feature.
    GEO019 "boundaries-empty" Error,
}
