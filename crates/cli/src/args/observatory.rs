//! What the commands of the observatory take: surveys, questionnaires, indices, samples of cities.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Author;

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
