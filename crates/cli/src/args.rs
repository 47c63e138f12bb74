//! What can be typed. The help texts are for a newcomer.

mod analysis;
mod investments;
mod observatory;
mod operations;
mod space;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use model::value::Lang;

pub use analysis::{
    AnalysisAccess, AnalysisCommand, AnalysisLand, AnalysisOf, AnalysisPublish, AnalysisUrbanisation, BoundaryCommand,
    BoundaryImport,
};
pub use investments::InvestmentsArgs;
pub use observatory::{
    Evaluate, IndexCommand, InstrumentAdd, InstrumentCommand, ProjectCommand, SampleCommand, SampleMeasured,
    SurveyCommand, SurveyExport, SurveyLoad, SurveyMeasure, SurveyPublish,
};
use operations::BACKUP_HELP;
pub use operations::{Api, Backup, ConfigArgs, Doctor, Health, Move, Open, Restore, Serve, Verify};
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
