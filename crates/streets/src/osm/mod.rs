//! OpenStreetMap extracts in the PBF format: streamed blob by blob, in parallel, never as a whole in memory.
//!
//! Source: "PBF Format", OpenStreetMap wiki, with the limits for headers and blobs that it states.

mod areas;
mod block;
mod container;
mod pass;

mod points;
mod rules;
mod ways;
mod wire;

pub use areas::{AreaRule, OsmArea, areas};
pub use pass::OsmHeader;
pub use points::{OsmPoint, TagMatch, points, stops_of_osm};

pub use rules::{ClassRow, StreetClass, StreetTraits, WidthTable};
pub use ways::{OsmWays, WayNetwork, read_ways};

pub(crate) use ways::{KeptWay, NO_NODE};

/// What is wrong with the bytes of an extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Bytes are missing.
    #[error("the file ends in the middle; fetch it again")]
    Cut,
    /// Bytes are no protocol buffer.
    #[error("these bytes are no protocol buffer")]
    Wire,
    /// The header of a blob claims to be longer than the format allows.
    #[error("the header of a blob would have {0} bytes, 65 536 are allowed; this is no PBF file, or a damaged one")]
    HeaderSize(u64),
    /// A blob claims to be longer than the format allows.
    #[error("a blob would have {0} bytes, 33 554 432 are allowed")]
    BlobSize(u64),
    /// The length of a blob is missing.
    #[error("a blob does not say how long it is")]
    NoSize,
    /// A blob without content.
    #[error("a blob holds nothing that can be unpacked")]
    NoData,
    /// The packing is one that we do not read.
    #[error("the blob is packed with {0}; write the file again with zlib, as OSM tools do when not told otherwise")]
    Packing(&'static str),
    /// A packed blob does not give what it promises.
    #[error("a packed blob does not give the bytes that it promises")]
    Unpacked,
    /// A file does not begin with its header.
    #[error("the file does not begin with the header of an OSM extract; is it .osm.pbf?")]
    NoHeader,
    /// The file needs a reader that knows more.
    #[error("the file asks for something that is not read here (a history, or a newer format)")]
    Feature,
    /// A string is missing from the table.
    #[error("a tag points to a string that is not in the table")]
    String,
    /// The table of strings is too long.
    #[error("a block has more than four million strings")]
    Strings,
    /// Keys and values differ in number.
    #[error("an element has another number of keys than of values")]
    Tags,
    /// Columns of nodes differ in length.
    #[error("the columns of the nodes differ in length")]
    Columns,
    /// The lists of a relation differ in length.
    #[error("the members of a relation, their kinds and roles differ in number")]
    Members,
    /// An element has no number or no place.
    #[error("an element has no number or no place")]
    NoId,
    /// A list in several parts.
    #[error("a list of an element is in several parts")]
    Pieces,
    /// The step of coordinates is not above zero.
    #[error("the step of the coordinates is not above zero")]
    Granularity,
    /// A node that a street needs lies nowhere on Earth.
    #[error("node {0} does not lie on Earth")]
    Nowhere(i64),
    /// More nodes than can be held.
    #[error("the streets of the extract have more than {0} points; cut the extract to the city and its surroundings")]
    TooMany(usize),
    /// Reading failed.
    #[error("the file cannot be read: {0}")]
    Io(std::io::ErrorKind),
}
