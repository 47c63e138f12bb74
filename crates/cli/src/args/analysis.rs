//! What the commands about computations and boundaries take.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Author;

#[derive(Subcommand)]
pub enum AnalysisCommand {
    /// The degree of urbanisation of a population grid, with its urban centres as cities
    Urbanisation(AnalysisUrbanisation),
    /// Land consumption and population growth of all places with a boundary (SDG 11.3.1)
    Land(AnalysisLand),
    /// Access on foot to public transport and open space in a city (SDG 11.2.1, 11.7.1)
    Access(AnalysisAccess),
    /// The jobs of this node and the analyses of the register
    List,
    /// What a job or an analysis found
    Show {
        /// The job or analysis
        id: String,
    },
    /// Let a job go on that was interrupted, ended or failed
    Resume {
        /// The job
        id: String,
        #[command(flatten)]
        author: Author,
    },
    /// End a job; it can be resumed
    Cancel {
        /// The job
        id: String,
        #[command(flatten)]
        author: Author,
    },
    /// Remove a job with what it found; what was published of it stays
    Remove {
        /// The job
        id: String,
        #[command(flatten)]
        author: Author,
    },
    /// Submit what a job found as observations
    Publish(AnalysisPublish),
    /// Figures that were computed within a boundary that is not in force any more
    Outdated,
    /// Compute an analysis again within the boundaries that are in force now
    Again {
        /// The analysis
        id: String,
        #[command(flatten)]
        author: Author,
    },
}

/// What all computations are told.
#[derive(Args)]
pub struct AnalysisOf {
    /// The place that it is about
    #[arg(long, value_name = "PLACE", required_unless_present = "sample")]
    pub place: Option<String>,
    /// The time of the newest input, e.g. 2025
    #[arg(long, required_unless_present = "sample")]
    pub period: Option<String>,
    /// By what places are bounded
    #[arg(long, value_parser = ["administrative", "degree_of_urbanisation", "built_up", "functional", "statistical", "settlement"], default_value = "administrative")]
    pub definition: String,
    /// The source record of the inputs
    #[arg(long)]
    pub source: Option<String>,
    /// Compute with the exercise files that the program carries
    #[arg(long)]
    pub sample: bool,
    #[command(flatten)]
    pub author: Author,
}

#[derive(Args)]
pub struct AnalysisUrbanisation {
    #[command(flatten)]
    pub of: AnalysisOf,
    /// Persons per cell of 1 km (GeoTIFF); give several for the tiles of one grid
    #[arg(long, num_args = 1.., value_name = "TIF", required_unless_present = "sample")]
    pub population: Vec<PathBuf>,
    /// Land per cell in square metres; all land when left out
    #[arg(long, num_args = 1.., value_name = "TIF")]
    pub land: Vec<PathBuf>,
    /// Built-up surface per cell in square metres; without it the built-up rules are off
    #[arg(long, num_args = 1.., value_name = "TIF")]
    pub built: Vec<PathBuf>,
    /// Options as JSON; docs/methods/degree-of-urbanisation.md lists them
    #[arg(long, value_name = "FILE")]
    pub params: Option<PathBuf>,
}

#[derive(Args)]
pub struct AnalysisLand {
    #[command(flatten)]
    pub of: AnalysisOf,
    /// The earlier date, e.g. 2015
    #[arg(long, required_unless_present = "sample")]
    pub since: Option<String>,
    /// Persons per cell at the earlier date
    #[arg(long, num_args = 1.., value_name = "TIF", required_unless_present = "sample")]
    pub population: Vec<PathBuf>,
    /// Persons per cell at the later date
    #[arg(long, num_args = 1.., value_name = "TIF", required_unless_present = "sample")]
    pub population_later: Vec<PathBuf>,
    /// Built-up surface per cell at the earlier date, in square metres
    #[arg(long, num_args = 1.., value_name = "TIF", required_unless_present = "sample")]
    pub built: Vec<PathBuf>,
    /// Built-up surface per cell at the later date, in square metres
    #[arg(long, num_args = 1.., value_name = "TIF", required_unless_present = "sample")]
    pub built_later: Vec<PathBuf>,
    /// Options as JSON: {"variant": "linear" or "log", "years": …}
    #[arg(long, value_name = "FILE")]
    pub params: Option<PathBuf>,
}

#[derive(Args)]
pub struct AnalysisAccess {
    #[command(flatten)]
    pub of: AnalysisOf,
    /// A folder with `case.json`: extract of OpenStreetMap, stops, people, open space; without a boundary the register's is taken
    #[arg(required_unless_present = "sample")]
    pub folder: Option<PathBuf>,
}

#[derive(Args)]
pub struct AnalysisPublish {
    /// The job
    pub id: String,
    /// Which indicator a measure answers, e.g. transport_access=I-SDG11-2-1; the likely ones when left out
    #[arg(long = "tie", value_name = "MEASURE=INDICATOR")]
    pub ties: Vec<String>,
    /// Make the urban centres that were found places with a boundary
    #[arg(long)]
    pub cities: bool,
    /// What a new place is called, e.g. KEN-centre-15=Naivasha, in the language of messages
    #[arg(long = "name", value_name = "PLACE=NAME", requires = "cities")]
    pub names: Vec<String>,
    /// Whose change the figures describe
    #[arg(long, value_parser = ["global", "supported"], default_value = "supported")]
    pub scope: String,
    /// Why, for the history
    #[arg(long)]
    pub reason: Option<String>,
    #[command(flatten)]
    pub author: Author,
}

#[derive(Subcommand)]
pub enum BoundaryCommand {
    /// Read a file of boundaries, check it, say what is new and what changes, and submit them; on a terminal it asks first
    Import {
        #[command(flatten)]
        file: BoundaryImport,
        /// Say what would be written; write nothing
        #[arg(long)]
        dry_run: bool,
        /// Write without asking
        #[arg(long, conflicts_with = "dry_run")]
        yes: bool,
    },
    /// Read a file of boundaries and say what is wrong with it; nothing is written
    Check(BoundaryImport),
    /// The boundaries of the register
    List {
        /// Only those of a place and of the places in it
        #[arg(long)]
        place: Option<String>,
    },
    /// Write boundaries as GeoJSON, GeoPackage or GeoParquet, by the ending of the file
    Export {
        /// The file: .geojson, .gpkg or .parquet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Only those of a place and of the places in it
        #[arg(long)]
        place: Option<String>,
    },
}

#[derive(Args)]
pub struct BoundaryImport {
    /// GeoPackage, GeoJSON, TopoJSON, FlatGeobuf, or a shapefile with its parts in one zip
    #[arg(required_unless_present = "sample")]
    pub file: Option<PathBuf>,
    /// The exercise boundaries that the program carries
    #[arg(long, conflicts_with = "file")]
    pub sample: bool,
    /// The layer, where the file has several
    #[arg(long)]
    pub layer: Option<String>,
    /// The attribute with codes or names of places [default: found out]
    #[arg(long, value_name = "NAME")]
    pub place_field: Option<String>,
    /// By what places are bounded, where no attribute `definition` says it
    #[arg(long, value_parser = ["administrative", "degree_of_urbanisation", "built_up", "functional", "statistical", "settlement"], default_value = "administrative")]
    pub definition: String,
    /// The first day on which they hold, where no attribute `valid_from` says it
    #[arg(long, value_name = "DAY")]
    pub valid_from: Option<jiff::civil::Date>,
    /// Their source record
    #[arg(long)]
    pub source: Option<String>,
    /// Why, for the history
    #[arg(long)]
    pub reason: Option<String>,
    #[command(flatten)]
    pub author: Author,
}
