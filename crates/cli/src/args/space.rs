//! Arguments of `grid`, `land` and `access`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub enum GridCommand {
    /// Classify the cells of a population grid of 1 km
    Classify(GridClassifyArgs),
    /// Classify polygons by the people in them
    Units(GridUnitsArgs),
    /// Statistics of a raster by zone, each cell by the share of it that lies inside
    Zonal(GridZonalArgs),
    /// Sum a grid of people to larger cells
    Aggregate(GridAggregateArgs),
    /// People at a date between two grids
    Interpolate(GridInterpolateArgs),
    /// Fit a grid of people to the totals of zones
    Calibrate(GridCalibrateArgs),
    /// Functional areas: cities with the places whose people work in them
    Areas(GridAreasArgs),
}

#[derive(Args)]
pub struct GridClassifyArgs {
    /// Persons per cell (GeoTIFF); give several for the tiles of one grid
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
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
    /// Which level
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=2))]
    pub level: u8,
    /// Write the classes as a cloud-optimised GeoTIFF
    #[arg(long, value_name = "TIF")]
    pub out: Option<PathBuf>,
    /// Write urban centres and clusters as a GeoPackage
    #[arg(long, value_name = "GPKG")]
    pub entities: Option<PathBuf>,
    /// Points with `name` and `population` by which entities are named; the program's list of cities when left out
    #[arg(long, value_name = "FILE")]
    pub places: Option<PathBuf>,
}

#[derive(Args)]
pub struct GridUnitsArgs {
    /// Persons per cell
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
    pub population: Vec<PathBuf>,
    /// Classes of level 2, as `grid classify` wrote them
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
    pub class: Vec<PathBuf>,
    /// The polygons: GeoPackage, GeoJSON, FlatGeobuf or shapefile
    #[arg(long, value_name = "FILE")]
    pub units: PathBuf,
    /// Their layer, where the file has several
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,
    /// Options as JSON: {"rules": "2024" | "2021", "cut": "exact" | "raster", "ratio": 20}
    #[arg(long, value_name = "FILE")]
    pub params: Option<PathBuf>,
}

#[derive(Args)]
pub struct GridZonalArgs {
    /// The raster
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
    pub raster: Vec<PathBuf>,
    /// The polygons: GeoPackage, GeoJSON, FlatGeobuf or shapefile
    #[arg(long, value_name = "FILE")]
    pub zones: PathBuf,
    /// Their layer, where the file has several
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,
    /// A raster of weights, for weighted_sum and weighted_mean
    #[arg(long, num_args = 1.., value_name = "TIF")]
    pub weights: Vec<PathBuf>,
    /// count, sum, mean, min, max, variance, stdev, median, quantile_90, variety, majority, minority, weighted_sum, weighted_mean, frac_1
    #[arg(long, value_delimiter = ',', default_value = "count,sum,mean", value_name = "LIST")]
    pub stats: Vec<String>,
    /// Cells count whole where their centre lies inside
    #[arg(long)]
    pub by_centre: bool,
}

#[derive(Args)]
pub struct GridAggregateArgs {
    /// Persons per cell
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
    pub population: Vec<PathBuf>,
    /// Cells on a side of a large one: 10 from 100 m to 1 km
    #[arg(long, value_name = "CELLS")]
    pub ratio: usize,
    /// The raster that is written
    #[arg(long, value_name = "TIF")]
    pub out: PathBuf,
}

#[derive(Args)]
pub struct GridInterpolateArgs {
    /// Persons per cell at the first date
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
    pub population: Vec<PathBuf>,
    /// The same at the second date
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
    pub population_later: Vec<PathBuf>,
    /// The first date
    #[arg(long, value_name = "YEAR")]
    pub since: f64,
    /// The second date
    #[arg(long, value_name = "YEAR")]
    pub until: f64,
    /// The date that is wanted
    #[arg(long, value_name = "YEAR")]
    pub at: f64,
    /// The raster that is written
    #[arg(long, value_name = "TIF")]
    pub out: PathBuf,
}

#[derive(Args)]
pub struct GridCalibrateArgs {
    /// Persons per cell
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
    pub population: Vec<PathBuf>,
    /// The zones as polygons
    #[arg(long, value_name = "FILE")]
    pub zones: PathBuf,
    /// Their attribute with the people
    #[arg(long, value_name = "NAME")]
    pub totals: String,
    /// The raster that is written
    #[arg(long, value_name = "TIF")]
    pub out: PathBuf,
}

#[derive(Args)]
pub struct GridAreasArgs {
    /// Persons per cell
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
    pub population: Vec<PathBuf>,
    /// Classes of the cells, as `grid classify` wrote them
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
    pub class: Vec<PathBuf>,
    /// The local units as polygons
    #[arg(long, value_name = "FILE")]
    pub units: PathBuf,
    /// Their layer, where the file has several
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,
    /// Their attribute with the code that the table of commuters uses
    #[arg(long, value_name = "NAME")]
    pub key: String,
    /// Who works where: CSV with the columns origin, destination, people
    #[arg(long, value_name = "CSV")]
    pub flows: PathBuf,
    /// From which share of its people in urban centres on a unit is a city
    #[arg(long, value_name = "SHARE", default_value_t = 0.5)]
    pub city: f64,
    /// From which share of its working people on a unit belongs to the city that they work in
    #[arg(long, value_name = "SHARE", default_value_t = 0.15)]
    pub commuters: f64,
    /// Write the areas as a GeoPackage or GeoJSON
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write places.csv and area_members.csv into this folder, for `ekistics import`
    #[arg(long, value_name = "DIR", requires = "valid_from")]
    pub records: Option<PathBuf>,
    /// The first day on which the members belong to their area
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub valid_from: Option<jiff::civil::Date>,
}

#[derive(Subcommand)]
pub enum LandCommand {
    /// Land consumption rate, population growth rate and their ratio, by city, by class of size and for all
    Rates(LandRatesArgs),
    /// What growth is made of (infill, extension, leapfrog), urban extent, and densities at two dates
    Growth(LandGrowthArgs),
    /// Green area: classes of a land cover, or a vegetation index from a threshold on, by zone and by person
    Cover(LandCoverArgs),
    /// Circles of 10 ha at sample points of a city, to draw its streets in
    Sample(LandSampleArgs),
    /// The mean land in streets of sampled circles, with its error
    Sampled {
        /// A CSV file with the column `share_percent`
        file: PathBuf,
    },
}

#[derive(Args)]
pub struct LandSampleArgs {
    /// The boundary of the city
    #[arg(long, value_name = "FILE")]
    pub area: PathBuf,
    /// How many points
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub points: u32,
    /// The circles, with an empty column `share_percent`
    #[arg(long, value_name = "GPKG")]
    pub out: PathBuf,
}

#[derive(Args)]
pub struct LandRatesArgs {
    /// A table (CSV or JSON) with built-up area and people at two dates; docs/methods/land.md names its columns
    #[arg(long, value_name = "FILE", conflicts_with_all = ["built", "built_later", "built_year", "since", "until", "population", "population_later", "years", "zones"])]
    pub table: Option<PathBuf>,
    #[command(flatten)]
    pub land: BuiltAtTwoDates,
    /// The cities as polygons, as delimited at the second date; all that the grid covers as one when left out
    #[arg(long, value_name = "FILE")]
    pub zones: Option<PathBuf>,
    /// Their layer, where the file has several
    #[arg(long, value_name = "NAME", requires = "zones")]
    pub layer: Option<String>,
    /// The attribute that names a city
    #[arg(long, value_name = "NAME", requires = "zones")]
    pub key: Option<String>,
    /// linear (the metadata since 2021) or log
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// Classes of size by people at the second date, as "100-250k, 250-500k, 0.5-1M, 1M+"
    #[arg(long, value_name = "LIST")]
    pub size_classes: Option<String>,
}

/// Built-up land and people at two dates.
#[derive(Args)]
pub struct BuiltAtTwoDates {
    /// Built-up surface in square metres per cell at the first date
    #[arg(long, num_args = 1.., value_name = "TIF")]
    pub built: Vec<PathBuf>,
    /// The same at the second date
    #[arg(long, num_args = 1.., value_name = "TIF")]
    pub built_later: Vec<PathBuf>,
    /// In place of both: the first year in which each cell was built
    #[arg(long, num_args = 1.., value_name = "TIF", conflicts_with_all = ["built", "built_later", "years"])]
    pub built_year: Vec<PathBuf>,
    /// The first year, for --built-year
    #[arg(long, value_name = "YEAR", requires = "built_year", conflicts_with_all = ["built", "built_later", "years"])]
    pub since: Option<f64>,
    /// The second year, for --built-year
    #[arg(long, value_name = "YEAR", requires = "since", conflicts_with_all = ["built", "built_later", "years"])]
    pub until: Option<f64>,
    /// Persons per cell at the first date
    #[arg(long, num_args = 1.., value_name = "TIF")]
    pub population: Vec<PathBuf>,
    /// The same at the second date
    #[arg(long, num_args = 1.., value_name = "TIF")]
    pub population_later: Vec<PathBuf>,
    /// Years between the two dates
    #[arg(long, value_name = "YEARS")]
    pub years: Option<f64>,
}

#[derive(Args)]
pub struct LandGrowthArgs {
    #[command(flatten)]
    pub land: BuiltAtTwoDates,
    /// The cities as polygons, as delimited at the second date
    #[arg(long, value_name = "FILE")]
    pub zones: PathBuf,
    /// Their layer, where the file has several
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,
    /// Their limits at the first date, for the settlements that they swallowed since
    #[arg(long, value_name = "FILE", requires = "key")]
    pub zones_before: Option<PathBuf>,
    /// The attribute that names a city in both
    #[arg(long, value_name = "NAME")]
    pub key: Option<String>,
    /// From which share of its area on a cell is built
    #[arg(long, value_name = "SHARE", default_value_t = 0.5)]
    pub least: f64,
    /// The rasters hold shares of a cell from 0 to 1, or 0 and 1, in place of square metres
    #[arg(long)]
    pub as_shares: bool,
    /// Cells around a patch that are looked at
    #[arg(long, value_name = "CELLS", default_value_t = 1)]
    pub buffer: usize,
    /// Patches with this part of built land around them or less leap over open land, in percent; some tools take 2
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub leapfrog: f64,
}

#[derive(Args)]
pub struct LandCoverArgs {
    /// A raster of land cover, or of a vegetation index
    #[arg(long, required = true, num_args = 1.., value_name = "TIF")]
    pub cover: Vec<PathBuf>,
    /// Classes that count; the green ones of ESA WorldCover (10, 20, 30, 90, 95, 100) when left out
    #[arg(long, value_delimiter = ',', value_name = "LIST", conflicts_with = "from", value_parser = number)]
    pub classes: Vec<f64>,
    /// In place of classes: cells of this value or more, as 0.3 for NDVI
    #[arg(long, value_name = "VALUE")]
    pub from: Option<f64>,
    /// The zones as polygons
    #[arg(long, value_name = "FILE")]
    pub zones: PathBuf,
    /// Their layer, where the file has several
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,
    /// Persons per cell, for the area by person
    #[arg(long, num_args = 1.., value_name = "TIF")]
    pub population: Vec<PathBuf>,
}

#[derive(Args)]
pub struct Access {
    /// A folder with `case.json`: boundary, extract of OpenStreetMap, stops, people, open space
    pub folder: PathBuf,
    /// Write the distance of every cell as CSV
    #[arg(long, value_name = "FILE")]
    pub cells: Option<PathBuf>,
    /// Leave out the shapes of served areas, which take most of the time
    #[arg(long)]
    pub without_shapes: bool,
}

/// A number of a list in which blanks may follow the commas.
fn number(text: &str) -> Result<f64, std::num::ParseFloatError> {
    text.trim().parse()
}
