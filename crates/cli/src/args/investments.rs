//! Arguments of `investments`.

use std::path::PathBuf;

use clap::Args;

#[derive(Args)]
pub struct InvestmentsArgs {
    /// Only those of this place and what lies in it, e.g. KEN
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// What the need weighs: how many places of its sort are better off
    #[arg(long, value_name = "WEIGHT", default_value_t = 50.0)]
    pub need: f64,
    /// What the cost by person weighs
    #[arg(long, value_name = "WEIGHT", default_value_t = 30.0)]
    pub cost: f64,
    /// What the share of the cost that is agreed weighs
    #[arg(long, value_name = "WEIGHT", default_value_t = 20.0)]
    pub finance: f64,
    /// The currency in which costs are compared; that of most investments when left out
    #[arg(long, value_name = "ABC")]
    pub currency: Option<String>,
    /// Write the list as a table
    #[arg(long, value_name = "CSV")]
    pub csv: Option<PathBuf>,
    /// Write the list as points for a map
    #[arg(long, value_name = "GEOJSON")]
    pub geojson: Option<PathBuf>,
}
