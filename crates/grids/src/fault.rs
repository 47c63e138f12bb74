//! What can go wrong with a raster, a grid or a request, with what a person needs to put it right.

use std::io;

/// Why something could not be read, computed or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The operating system refused.
    #[error("{path}: {cause}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        cause: io::Error,
    },
    /// Not a TIFF at all.
    #[error("{path}: this is not a TIFF file (it begins with {found}); give a GeoTIFF")]
    NotTiff {
        /// The file.
        path: String,
        /// Its first bytes.
        found: String,
    },
    /// The file ends before what it announces.
    #[error("{path}: {what} lies at byte {at} to {to}, but the file has {length} bytes; it is cut off, fetch it again")]
    Truncated {
        /// The file.
        path: String,
        /// What is not there.
        what: String,
        /// First byte wanted.
        at: u64,
        /// One past the last byte wanted.
        to: u64,
        /// Length of the file.
        length: u64,
    },
    /// A tag that is missing or cannot be true.
    #[error("{path}: tag {tag} ({name}): {why}")]
    Tag {
        /// The file.
        path: String,
        /// Its number.
        tag: u16,
        /// Its name.
        name: &'static str,
        /// What is wrong.
        why: String,
    },
    /// A valid TIFF of a sort that is not read here.
    #[error("{path}: {what} is not read; {advice}")]
    Unsupported {
        /// The file.
        path: String,
        /// The sort.
        what: String,
        /// What to do.
        advice: &'static str,
    },
    /// More memory than a block or a grid may ask for.
    #[error("{path}: {what} would need {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// The file.
        path: String,
        /// What is too large.
        what: String,
        /// What it would need.
        bytes: u64,
        /// What is allowed.
        limit: u64,
    },
    /// A block whose bytes do not unpack.
    #[error("{path}: block {block} (column {column}, row {row}) does not unpack: {cause}")]
    Block {
        /// The file.
        path: String,
        /// Its number.
        block: usize,
        /// First column of the block.
        column: usize,
        /// First row of the block.
        row: usize,
        /// What the decoder said.
        cause: String,
    },
    /// Nothing says where the raster lies.
    #[error("{path}: no {what}; write the file as GeoTIFF with its reference system")]
    NoPlace {
        /// The file.
        path: String,
        /// What is missing.
        what: &'static str,
    },
    /// A grid that is turned, sheared or upside down.
    #[error("{path}: the grid is {how}; warp it so that rows run west to east, north first")]
    Turned {
        /// The file.
        path: String,
        /// How.
        how: &'static str,
    },
    /// Two grids that are not one.
    #[error("{first} and {second} are not one grid: {difference}")]
    Unaligned {
        /// The one.
        first: String,
        /// The other.
        second: String,
        /// What differs, and by how much.
        difference: String,
    },
    /// Two tiles of one grid that say different things of one cell.
    #[error(
        "{first} and {second} overlap and differ: {} and {} at {}, {} ({crs}; row {}, column {} of the second); give tiles of one edition, or cut one of them",
        .values[0], .values[1], .at[0], .at[1], .cell[0], .cell[1]
    )]
    TilesDiffer {
        /// The tile that was named before.
        first: String,
        /// The other.
        second: String,
        /// What each says.
        values: [f64; 2],
        /// Row and column in the second, from 0.
        cell: [usize; 2],
        /// The centre of the cell.
        at: [f64; 2],
        /// The reference system of that place.
        crs: String,
    },
    /// Densities need cells of one size.
    #[error("{name}: its reference system is {crs}; {wanted}")]
    Projection {
        /// The grid or layer.
        name: String,
        /// What it has.
        crs: String,
        /// What is wanted, and what to do.
        wanted: &'static str,
    },
    /// A grid without cells, or with a negative or endless size.
    #[error("{name}: {why}")]
    Grid {
        /// The grid.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// A number that no cell can have.
    #[error("{name}: row {row}, column {column} has {found} {}; {}", .holds.unit(), .holds.bounds(*.found, *.most))]
    Implausible {
        /// The grid.
        name: String,
        /// What its numbers are.
        holds: Holds,
        /// The number.
        found: f64,
        /// The most that a cell has.
        most: f64,
        /// The row, from 0.
        row: usize,
        /// The column, from 0.
        column: usize,
    },
    /// An option nobody knows.
    #[error("there is no {what} `{name}`; {}", .nearest.as_ref().map_or_else(|| format!("there is: {known}"), |n| format!("did you mean `{n}`?")))]
    Unknown {
        /// An option, a preset, a statistic.
        what: &'static str,
        /// As written.
        name: String,
        /// The nearest one that exists.
        nearest: Option<String>,
        /// All that exist, with commas between.
        known: String,
    },
    /// An option with a value it cannot have.
    #[error("option `{name}`: {found} is not {wanted}")]
    Value {
        /// The option.
        name: String,
        /// As written.
        found: String,
        /// What it may be.
        wanted: String,
    },
    /// A zone or unit that cannot be measured.
    #[error("zone {zone}: {why}")]
    Zone {
        /// Its identifier or row.
        zone: String,
        /// What is wrong.
        why: String,
    },
    /// A table or a text that does not hold what it should.
    #[error("{name}, {place}: {why}")]
    Table {
        /// The file or argument.
        name: String,
        /// Row and column.
        place: String,
        /// What is wrong.
        why: String,
    },
    /// Zones, units or entities could not be read, projected or written.
    #[error(transparent)]
    Shapes(#[from] shapes::Fault),
    /// Somebody asked the run to stop.
    #[error("stopped on request")]
    Stopped,
}

/// What the numbers of a grid are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Persons in each cell.
    People,
    /// Land in each cell.
    Land,
    /// Built-up surface in each cell.
    Built,
}

impl Holds {
    fn unit(self) -> &'static str {
        match self {
            Holds::People => "persons",
            Holds::Land => "of land",
            Holds::Built => "of built-up surface",
        }
    }

    fn bounds(self, found: f64, most: f64) -> String {
        if found < 0.0 {
            return "name the value for missing cells in the file (GDAL_NODATA)".to_owned();
        }
        match self {
            Holds::People => "a number of persons has an end".to_owned(),
            Holds::Land | Holds::Built => format!("a cell has {most} at most, give square metres in each cell"),
        }
    }
}

impl std::fmt::Display for Holds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Holds::People => "population",
            Holds::Land => "land",
            Holds::Built => "built-up",
        })
    }
}

impl Fault {
    /// A name that does not exist among those that do.
    pub(crate) fn unknown<'a>(
        what: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) -> Fault {
        let nearest = nearest(name, known.clone());
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        Fault::Unknown { what, name: name.to_owned(), nearest, known }
    }

    pub(crate) fn io(path: &std::path::Path) -> impl Fn(io::Error) -> Fault + '_ {
        move |cause| Fault::Io { path: path.display().to_string(), cause }
    }
}

/// The nearest of some names to one that does not exist.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    known
        .into_iter()
        .map(|k| (strsim::jaro_winkler(&name.to_lowercase(), &k.to_lowercase()), k))
        .filter(|(score, _)| *score > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| k.to_owned())
}
