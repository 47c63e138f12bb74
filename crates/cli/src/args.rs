//! What can be typed. The help texts are for a newcomer.

mod investments;
mod space;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use model::value::Lang;

pub use investments::InvestmentsArgs;
pub use space::{
    Access, BuiltAtTwoDates, GridAreasArgs, GridClassifyArgs, GridCommand, GridUnitsArgs, GridZonalArgs, LandCommand,
    LandCoverArgs, LandGrowthArgs, LandRatesArgs, LandSampleArgs,
};

/// Plans, indicators and results of a settlements programme: checked, measured, explained.
#[derive(Parser)]
#[command(
    name = "ekistics",
    version,
    max_term_width = 100,
    after_help = "\
Start here:
  ekistics demo                       load the sample programme and open its pages
  ekistics check                      what is wrong with the plans, and what to do
  ekistics explain IND002             what a finding means
  ekistics workbook new               an empty workbook to fill in
  ekistics import programme.xlsx      shows what would change, then asks

Exit codes: 0 fine, 1 findings of severity error, 2 wrong use, 3 cannot go on."
)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Args, Clone)]
pub struct Common {
    /// Folder that holds the register and the lake [env: EKISTICS_DATA] [default: ekistics-data]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Keep the register in this PostgreSQL database instead of a file of the folder; lake and evidence stay in the
    /// folder, which all servers of one database share [env: EKISTICS_DATABASE]
    #[arg(long, global = true, value_name = "postgres://…")]
    pub database: Option<String>,
    /// File of settings [env: EKISTICS_CONFIG] [default: ekistics.toml in the data folder, else
    /// /etc/ekistics/ekistics.toml, if one is there]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Any setting, e.g. --set server.max_upload_mb=64; `ekistics config` lists them
    #[arg(long = "set", global = true, value_name = "KEY=VALUE", value_parser = setting)]
    pub settings: Vec<(String, String)>,
    /// Language of messages: en, ar or zh [default: from the environment, else en]
    #[arg(long, global = true, env = "EKISTICS_LANG", value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Print JSON instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// Day for which statuses and duties are computed [default: today]
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub on: Option<Date>,
}

#[derive(Subcommand)]
pub enum Command {
    /// Load the sample programme into an empty data folder and serve its pages
    Demo(Demo),
    /// Serve the pages of a data folder
    Serve(Serve),
    /// Check plans, budgets, projects and data as one program
    Check(Check),
    /// Explain a code (IND002) or a figure (I-1419-Ra~global~KEN~2018~)
    Explain(Explain),
    /// Show what a file would change, then write it
    Import(Import),
    /// Take back a whole change; both stay in the history
    Undo(Undo),
    /// Write records to a workbook, a folder of CSV files, observations to Parquet, or the whole log
    Export(Export),
    /// Templates and the schema of the workbook
    #[command(subcommand)]
    Workbook(WorkbookCommand),
    /// Where every indicator stands, with all figures
    Status(Status),
    /// A result's figures through all plan cycles
    Series(Series),
    /// Who changed a record, when and why, field by field
    History(History),
    /// Recompute the chain and the segments, compare the tables with the log; name the first thing that is broken
    Verify(Verify),
    /// Back the register up with its lake and evidence: encrypted, and only what is new
    #[command(after_help = BACKUP_HELP)]
    Backup(Backup),
    /// Make a register from a backup, as of its newest run or of any instant
    Restore(Restore),
    /// Copy the register to another database and prove both chains equal
    Move(Move),
    /// Reports with the same figures as the pages
    #[command(subcommand)]
    Report(ReportCommand),
    /// The settings in force, and where each came from
    Config(ConfigArgs),
    /// Look at an installation and say what to do about what is wrong
    Doctor(Doctor),
    /// Ask a running server whether it is ready
    Health(Health),
    /// Persons, links to come in, and roles: for administrators without a browser
    #[command(subcommand)]
    People(PeopleCommand),
    /// Estimates from household surveys, with the error of their design
    #[command(subcommand)]
    Survey(SurveyCommand),
    /// Questionnaires: which there are, what one asks, whether a file is sound, what answers score
    #[command(subcommand)]
    Instrument(InstrumentCommand),
    /// Composite indices: scores, levels, ranks, and what other choices would have made of them
    #[command(subcommand)]
    Index(IndexCommand),
    /// What monitoring frameworks ask of cities, what the register measures of it, and the gaps
    Frameworks(Frameworks),
    /// Where the share of people in slums is going, by country and region
    #[command(subcommand)]
    Project(ProjectCommand),
    /// The investments that places need, ranked by need, cost by person and money that is agreed
    Investments(InvestmentsArgs),
    /// Samples of cities: how many of each size, which ones, and figures with their error
    #[command(subcommand)]
    Sample(SampleCommand),
    /// Population grids: the degree of urbanisation of cells and of units, statistics of zones
    #[command(subcommand)]
    Grid(GridCommand),
    /// Land consumption and population growth of cities (SDG 11.3.1)
    #[command(subcommand)]
    Land(LandCommand),
    /// Access on foot to public transport and open space in a city (SDG 11.2.1, 11.7.1)
    Access(Access),
    /// Computations over grids, boundaries and streets as jobs: begun, followed, ended, resumed, published
    #[command(subcommand)]
    Analysis(AnalysisCommand),
    /// Boundaries of places: import, check, list, export
    #[command(subcommand)]
    Boundary(BoundaryCommand),
    /// Examples of the programming interface of `serve`, with records of this register
    Api(Api),
}

#[derive(Subcommand)]
pub enum SurveyCommand {
    /// Say what a file holds, and propose which variable is which concept
    Describe {
        /// The file: CSV, Parquet, Stata (.dta) or SPSS (.sav, .zsav); an export of ODK or Kobo as .zip, .xlsx or a folder
        file: PathBuf,
        #[command(flatten)]
        export: SurveyExport,
    },
    /// Answer a file of cases, each with its data, its design and what is estimated
    Estimate {
        /// The file: {"cases": [{"id", "data", "design", "statistic", "publish"}]}; `publish` may be left out
        #[arg(long, value_name = "FILE")]
        cases: PathBuf,
        /// A folder with the data; several are looked through in their order, the file's own last
        #[arg(long, value_name = "DIR")]
        data_dir: Vec<PathBuf>,
    },
    /// Keep the files of a survey on this node, and propose its codebook
    Load(SurveyLoad),
    /// The surveys of this register
    List,
    /// The rule sets that measure surveys, or the rules of one
    Rules {
        /// The rule set, e.g. sdg-sish-4
        rule_set: Option<String>,
    },
    /// Measure a survey: a rule over its people, for all and by groups, with its error
    Measure(SurveyMeasure),
    /// Measure, and submit the figures as observations of an indicator
    Publish(SurveyPublish),
}

/// How an export of ODK or Kobo is read.
#[derive(Args)]
pub struct SurveyExport {
    /// The form that the data were collected with (XLSForm, .xlsx): tells labels and choices
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,
    /// Of several repeats the one that lists persons; “none” when a row is a submission
    #[arg(long, value_name = "NAME")]
    pub repeat: Option<String>,
}

#[derive(Args)]
pub struct SurveyLoad {
    /// The files: households, persons if there are, a list of labels (variable, value, value_label); CSV, Parquet, Stata, SPSS;
    /// or an export of ODK or Kobo as .zip, .xlsx or a folder
    #[arg(required_unless_present = "sample")]
    pub files: Vec<PathBuf>,
    /// Load the exercise survey that the program carries
    #[arg(long, conflicts_with = "files")]
    pub sample: bool,
    /// The place that it is about
    #[arg(long, value_name = "PLACE", required_unless_present = "sample")]
    pub place: Option<String>,
    /// When people were asked, e.g. 2026 or 2026-S1
    #[arg(long, required_unless_present = "sample")]
    pub period: Option<String>,
    /// Its name [default: the first file's name]
    #[arg(long)]
    pub title: Option<String>,
    /// Its code [default: made of place and period]
    #[arg(long)]
    pub id: Option<String>,
    #[command(flatten)]
    pub export: SurveyExport,
    /// What a row is [default: found out]
    #[arg(long, value_parser = ["household", "person"])]
    pub rows: Option<String>,
    /// Its source record
    #[arg(long)]
    pub source: Option<String>,
    /// Why, for the history
    #[arg(long)]
    pub reason: Option<String>,
    #[command(flatten)]
    pub author: Author,
}

#[derive(Args)]
pub struct SurveyMeasure {
    /// The survey's code
    pub survey: String,
    /// The rule set
    #[arg(long = "rules", value_name = "SET", default_value = "sdg-sish-4")]
    pub rule_set: String,
    /// The rule of the set
    #[arg(long, value_name = "RULE", default_value = "slum")]
    pub component: String,
    /// Break down by, separated by commas: sex, age, disability, place, urban, wealth, tenure
    #[arg(long, default_value = "")]
    pub by: String,
    /// Only those of whom this is true, e.g. "urban == 'urban'"
    #[arg(long, value_name = "CONDITION")]
    pub among: Option<String>,
}

#[derive(Args)]
pub struct SurveyPublish {
    #[command(flatten)]
    pub measure: SurveyMeasure,
    /// The indicator that gets the figures
    #[arg(long)]
    pub indicator: String,
    /// Whose change they describe
    #[arg(long, value_parser = ["global", "supported"], default_value = "supported")]
    pub scope: String,
    /// Why, for the history
    #[arg(long)]
    pub reason: Option<String>,
    #[command(flatten)]
    pub author: Author,
}

#[derive(Subcommand)]
pub enum IndexCommand {
    /// The definitions that the program carries
    List,
    /// Answer a file of questions
    Evaluate {
        /// The file, JSON; with --definition its cities are enough
        file: PathBuf,
        /// A definition of the program, e.g. cpi-2016, in place of the file's own
        #[arg(long, value_name = "ID")]
        definition: Option<String>,
        /// A folder with weights; several are looked through in their order, the file's own last
        #[arg(long, value_name = "DIR")]
        data_dir: Vec<PathBuf>,
    },
}

#[derive(Subcommand)]
pub enum InstrumentCommand {
    /// List the questionnaires that there are
    List,
    /// Add a questionnaire of your own, or its next version
    Add(InstrumentAdd),
    /// Say what a questionnaire asks: its questions with their codes and answers
    Show {
        /// The questionnaire, e.g. housing-self-rating
        id: String,
    },
    /// Find everything that is wrong with the file of a questionnaire
    Check {
        /// The file: JSON, or a form (XLSForm, .xlsx)
        file: PathBuf,
    },
    /// Score a file of answers: of one respondent, or of several to be compared
    Score {
        /// The file: {"instrument", "answers": {question: value}}, or a list of such
        file: PathBuf,
        /// The questionnaire of answers that name none
        #[arg(long, value_name = "ID")]
        instrument: Option<String>,
    },
}

#[derive(Args)]
pub struct Evaluate {
    /// The file, JSON
    pub file: PathBuf,
    /// A folder with series, lists or weights; several are looked through in their order, the file's own last
    #[arg(long, value_name = "DIR")]
    pub data_dir: Vec<PathBuf>,
}

#[derive(Args)]
pub struct InstrumentAdd {
    /// The file: JSON, or a form (XLSForm, .xlsx)
    pub file: PathBuf,
    /// Say what was found and stop
    #[arg(long)]
    pub dry_run: bool,
    /// Why, for the history
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub author: Author,
}

#[derive(Subcommand)]
pub enum ProjectCommand {
    /// Answer a file of questions
    Evaluate(Evaluate),
    /// One country or region: both releases of its series, and where it is going
    Show {
        /// A country's code (BGD) or a region's name ("Sub-Saharan Africa"); the world when left out
        #[arg(default_value = "")]
        of: String,
        /// First year of the trend
        #[arg(long, value_name = "YEAR")]
        from: Option<i32>,
        /// Last year of the trend
        #[arg(long, value_name = "YEAR")]
        to: Option<i32>,
        /// The year that is looked at
        #[arg(long, value_name = "YEAR")]
        horizon: Option<i32>,
        /// A share to be reached by then, in percent
        #[arg(long, value_name = "PERCENT")]
        aim: Option<f64>,
    },
    /// The world and its regions in a year, with what each figure rests on
    Regions {
        /// The year
        #[arg(long, default_value_t = 2020)]
        year: i32,
    },
}

#[derive(Subcommand)]
pub enum SampleCommand {
    /// Answer a file of questions
    Evaluate(Evaluate),
    /// Draw a sample of the cities of a country, or of the world
    Draw(SampleDraw),
    /// Means over the cities of a sample and over their people, with errors, by region
    Estimate {
        /// The sample, as `sample draw --out` wrote it
        sample: PathBuf,
        #[command(flatten)]
        measured: SampleMeasured,
    },
    /// Two samples of one frame: what each says, and how they differ
    Compare {
        /// The first sample
        first: PathBuf,
        /// The second sample
        second: PathBuf,
        #[command(flatten)]
        measured: SampleMeasured,
    },
}

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

#[derive(Args)]
pub struct SampleDraw {
    /// Cities in the sample
    #[arg(long, value_name = "N")]
    pub n: u32,
    /// A country by its code (COL); several may be given, and all are drawn from when left out
    #[arg(long, value_name = "ISO3")]
    pub country: Vec<String>,
    /// A frame of your own with id, name, iso3 (or region) and population; the program's list of cities when left out
    #[arg(long, value_name = "FILE")]
    pub frame: Option<PathBuf>,
    /// Strata by size within: region, subregion, country or none
    #[arg(long, value_name = "WHICH")]
    pub regions: Option<String>,
    /// Leave out cities with fewer people
    #[arg(long, value_name = "PEOPLE")]
    pub at_least: Option<f64>,
    /// Classes of size, such as "50-100k, 100-500k, 5M+"
    #[arg(long, value_name = "CLASSES")]
    pub classes: Option<String>,
    /// What a stratum gives in proportion to: proportional, population, root_population
    #[arg(long, value_name = "RULE")]
    pub by: Option<String>,
    /// How cities are taken: systematic, random (samples of one seed overlap), proportional (to population)
    #[arg(long, value_name = "METHOD")]
    pub method: Option<String>,
    /// The same seed draws the same cities
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Cities of each stratum that stand in, in their order, for those that do not answer
    #[arg(long, default_value_t = 2, value_name = "N")]
    pub reserve: usize,
    /// Write the sample as CSV
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Args)]
pub struct SampleMeasured {
    /// A file with `id` and what was measured; the sample itself when left out
    #[arg(long, value_name = "FILE")]
    pub values: Option<PathBuf>,
    /// The column of what was measured
    #[arg(long, default_value = "x", value_name = "COLUMN")]
    pub column: String,
    /// The column of its standard errors
    #[arg(long, value_name = "COLUMN")]
    pub error_column: Option<String>,
}

#[derive(Args)]
pub struct ConfigArgs {
    /// Print the reference of all settings as Markdown, as in docs/operations/configuration.md
    #[arg(long)]
    pub markdown: bool,
}

#[derive(Args)]
pub struct Doctor {
    /// Revisions at the end of the chain to recompute; `ekistics verify` recomputes all
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub revisions: u32,
    /// Leave out what asks other machines: mail, the identity provider, the public address
    #[arg(long)]
    pub offline: bool,
}

#[derive(Args)]
pub struct Health {
    /// Address to ask [default: /readyz at the port and address of the settings]
    pub url: Option<String>,
}

#[derive(Args)]
pub struct Api {
    /// Print the OpenAPI 3.1 document instead
    #[arg(long)]
    pub openapi: bool,
    /// Where the pages are served
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL", conflicts_with = "openapi")]
    pub url: String,
}

#[derive(Args)]
pub struct Verify {
    /// A head that was printed or published before: proves that nothing up to it was altered since
    #[arg(long, value_name = "HEAD")]
    pub against: Option<String>,
}

const BACKUP_HELP: &str = "\
A server on the register goes on meanwhile. The first run writes everything, later ones what is new.

  ekistics backup --new-identity backup-key.txt        once; keep the file elsewhere, print it, lock it away
  ekistics backup /mnt/backup --recipient age1… --keep 30
  ekistics backup /mnt/backup --list
  ekistics backup /mnt/backup --verify --identity backup-key.txt
  ekistics restore /mnt/backup --identity backup-key.txt --data restored

How to schedule it and how to test a restore: docs/operations/backup.md.";

#[derive(Args)]
pub struct Backup {
    /// A folder, or s3://bucket/prefix with the access that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and
    /// AWS_ENDPOINT give [default: the setting backup.to]
    #[arg(value_name = "TO")]
    pub to: Option<String>,
    /// Encrypt to this recipient of age; give it again for each who may restore [default: the setting
    /// backup.recipients]
    #[arg(long, value_name = "age1…", value_delimiter = ',', conflicts_with_all = ["passphrase_file", "plain"])]
    pub recipient: Vec<String>,
    /// Encrypt to the recipients of this file, one a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["passphrase_file", "plain"])]
    pub recipients_file: Option<PathBuf>,
    /// Encrypt with the passphrase in the first line of this file; with --verify, open with it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["plain", "identity"])]
    pub passphrase_file: Option<PathBuf>,
    /// Do not encrypt: whoever reads the place reads everything
    #[arg(long)]
    pub plain: bool,
    /// Afterwards forget runs that are neither among so many of the newest nor kept by --keep-days
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub keep: Option<u64>,
    /// Afterwards forget runs that are older than so many days and not kept by --keep
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    pub keep_days: Option<u32>,
    /// List the runs instead
    #[arg(long, group = "instead")]
    pub list: bool,
    /// Read everything back and compare every hash instead; with a key also what the pieces hold, and the chain
    #[arg(long, group = "instead")]
    pub verify: bool,
    /// Only forget runs and sweep away what none names, by --keep and --keep-days
    #[arg(long, group = "instead")]
    pub prune: bool,
    /// Make an identity of age in this file and print its recipient
    #[arg(long, group = "instead", value_name = "FILE")]
    pub new_identity: Option<PathBuf>,
    /// With --verify: the identity file that opens the backup
    #[arg(long, value_name = "FILE", requires = "verify")]
    pub identity: Option<PathBuf>,
    /// With --verify: only this run
    #[arg(long, value_name = "RUN", requires = "verify")]
    pub run: Option<String>,
}

#[derive(Args)]
pub struct Restore {
    /// A folder, or s3://bucket/prefix
    #[arg(value_name = "FROM")]
    pub from: String,
    #[command(flatten)]
    pub open: Open,
    /// Only changes that were written at or before this day or instant
    #[arg(long, value_name = "INSTANT")]
    pub at: Option<String>,
    /// This run instead of the newest
    #[arg(long, value_name = "RUN")]
    pub run: Option<String>,
}

/// What opens a backup.
#[derive(Args)]
pub struct Open {
    /// The identity file that opens the backup
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase_file")]
    pub identity: Option<PathBuf>,
    /// A file with the passphrase in its first line
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub struct Move {
    /// Where to: postgres://user@host/database, or sqlite for a file of the data folder. It must not hold a change yet
    #[arg(long, env = "EKISTICS_MOVE_TO", hide_env_values = true, value_name = "DATABASE")]
    pub to: String,
}

#[derive(Args)]
pub struct Demo {
    /// Port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Load and print what was found, but do not serve
    #[arg(long)]
    pub no_serve: bool,
}

#[derive(Args)]
pub struct Serve {
    /// Port to listen on; 0 takes any free one [env: EKISTICS_SERVER_PORT] [default: 8080]
    #[arg(long)]
    pub port: Option<u16>,
    /// Address to listen on; anything but the loopback needs --allow-remote [env: EKISTICS_SERVER_BIND]
    /// [default: 127.0.0.1]
    #[arg(long)]
    pub bind: Option<std::net::IpAddr>,
    /// Let other machines in. There is no sign-in: everybody who reaches the port may read and write
    #[arg(long)]
    pub allow_remote: bool,
}

#[derive(Args)]
pub struct Check {
    /// A workbook, a CSV file or a folder of CSV files; the data folder when left out
    pub path: Option<PathBuf>,
    /// Only findings about this plan
    #[arg(long, value_name = "ID")]
    pub plan: Option<String>,
    /// The data as they were known at this day or instant
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Show every finding; otherwise the first of each code
    #[arg(long)]
    pub all: bool,
    /// Hide findings below this severity
    #[arg(long, value_enum, default_value_t = AtLeast::Note)]
    pub severity: AtLeast,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum AtLeast {
    Note,
    Warning,
    Error,
}

#[derive(Args)]
pub struct Explain {
    /// A code or a figure's key
    #[arg(required_unless_present = "all")]
    pub what: Option<String>,
    /// All codes
    #[arg(long)]
    pub all: bool,
    /// Markdown, as in docs/codes.md
    #[arg(long, requires = "all")]
    pub markdown: bool,
}

#[derive(Args)]
pub struct Import {
    /// A workbook (.xlsx), a CSV file, a Parquet file of observations, or a folder of CSV files
    pub file: PathBuf,
    /// Show the difference and stop
    #[arg(long)]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long, conflicts_with = "dry_run")]
    pub yes: bool,
    /// Why, for the history
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub author: Author,
    /// Write all findings as CSV to this file
    #[arg(long, value_name = "FILE")]
    pub findings: Option<PathBuf>,
    /// Write the rejected rows as a workbook to mend
    #[arg(long, value_name = "FILE")]
    pub corrections: Option<PathBuf>,
}

#[derive(Args)]
pub struct Author {
    /// Who, for the history [default: the user's name on this machine]
    #[arg(long, env = "EKISTICS_AUTHOR", value_name = "NAME")]
    pub author: Option<String>,
}

#[derive(Args)]
pub struct Undo {
    /// Number of the change
    pub change: u64,
    /// Why, for the history
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub author: Author,
}

#[derive(Args)]
pub struct Export {
    /// FILE.xlsx, FILE.parquet (observations), FILE.jsonl (the whole log, for ekistics-verify), or a folder for CSV files
    #[arg(long, value_name = "PATH")]
    pub out: PathBuf,
    /// Only these kinds, e.g. --kind indicators --kind targets
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// Only records of this plan
    #[arg(long, value_name = "ID")]
    pub plan: Option<String>,
    /// The data as they were known at this day or instant
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

#[derive(Subcommand)]
pub enum WorkbookCommand {
    /// Write an empty workbook to fill in, with drop-downs and instructions
    New {
        /// File to write
        #[arg(long, default_value = "ekistics.xlsx", value_name = "FILE")]
        out: PathBuf,
        /// Only these kinds
        #[arg(long, value_name = "KIND")]
        kind: Vec<String>,
    },
    /// Print the tables and columns
    Schema {
        /// Markdown, as in docs/schema.md
        #[arg(long)]
        markdown: bool,
    },
}

#[derive(Args)]
pub struct Status {
    /// Only this plan; all plans that run or ran when left out
    #[arg(long, value_name = "ID")]
    pub plan: Option<String>,
    /// The data as they were known at this day or instant
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

#[derive(Args)]
pub struct Frameworks {
    /// Only this one: sdg, umf, nua, cpi or ugi
    #[arg(long, value_name = "NAME")]
    pub framework: Option<String>,
    /// Cities by indicators: what is there, weak, old or missing, and who could supply it
    #[arg(long)]
    pub gaps: bool,
    /// With --gaps, only cities within this place, e.g. KEN
    #[arg(long, value_name = "PLACE", requires = "gaps")]
    pub within: Option<String>,
}

#[derive(Args)]
pub struct Series {
    /// The result, e.g. R-1419-SR
    pub result: String,
}

#[derive(Args)]
pub struct History {
    /// The record, e.g. I-1419-Ra or indicator:I-1419-Ra
    pub id: String,
}

#[derive(Subcommand)]
pub enum PeopleCommand {
    /// Everybody with state and roles
    List,
    /// Print a link, good once, to come in (for a week) or to set a new password (for a day)
    Link {
        /// The person's e-mail address; somebody who is not known is invited
        email: String,
        /// Name of a person who is invited; the address when left out
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Where browsers reach the pages [default: server.public_address of the settings, else the loopback]
        #[arg(long, value_name = "URL")]
        site: Option<String>,
    },
    /// Erase a name or another personal value from all records, present and past; the chain stays whole
    Erase {
        /// The value as it stands in the records
        value: String,
    },
    /// Give a person a role, as a change of the register
    Give {
        /// The person's e-mail address
        email: String,
        /// viewer, contributor, reviewer, planner, finance, evaluator or administrator
        role: String,
        /// The unit, with all units below it; everywhere when left out
        #[arg(long, value_name = "ID")]
        unit: Option<String>,
        /// Why, for the history
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

#[derive(Subcommand)]
pub enum ReportCommand {
    /// The progress report of a plan, as a page (.html) or a workbook (.xlsx)
    Progress {
        /// The plan
        #[arg(long, value_name = "ID")]
        plan: String,
        /// The data as they were known at this day or instant; statuses are computed for this day
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// File to write; the ending decides. Both when left out
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).filter(|l| Lang::INTERFACE.contains(l)).ok_or_else(|| "expected en, ar or zh".to_owned())
}

fn setting(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').ok_or_else(|| "expected KEY=VALUE".to_owned())?;
    Ok((pair.0.trim().to_owned(), pair.1.to_owned()))
}
