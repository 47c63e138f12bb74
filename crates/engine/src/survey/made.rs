//! Replicate weights on request: what is asked in the words of a design, what was made in the words of the answer.

use diag::Diagnostic;
use model::microdata::{DesignRequest, ReplicatesRequest, Table};
use stats::survey::{Making, MakingError, Survey, replicates};

use super::{
    Refusal, codes,
    sample::{Sample, stages, unreadable, wrong_option},
};

/// Replicates of a bootstrap, and where its draws begin, when nothing is said.
const N_DRAWN: usize = 500;
const SEED: u64 = 1;

/// What was made.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeReplicates {
    /// `JK1`, `JKn`, `BRR`, `Fay`, `bootstrap`.
    pub kind: &'static str,
    /// Replicates.
    pub n: usize,
    /// Factor of the variance.
    pub scale: f64,
    /// Factor of each replicate.
    pub rscales: Vec<f64>,
    /// Whether deviations are taken from the estimate of the full sample.
    pub mse: bool,
    /// Fay's coefficient.
    pub rho: Option<f64>,
    /// Where the draws began.
    pub seed: Option<u64>,
    /// Strata with one sampled unit, which are the same in all replicates.
    pub n_lonely: usize,
}

/// The sample with replicate weights in place of its strata and clusters.
pub(super) fn with_replicates(
    sample: Sample,
    table: &Table,
    request: &DesignRequest,
    of: &ReplicatesRequest,
) -> Result<Sample, Refusal> {
    let (kind, making) = asked(of)?;
    if request.rscales.is_some() || request.scale.is_some() || request.combined || request.mse || request.rho.is_some()
    {
        return Err(unreadable("replicates: scale, rscales, combined, mse, rho"));
    }
    let Survey::Linear(design) = &sample.survey else { return Err(unreadable("repweights, replicates")) };
    let made = replicates(design, making, of.mse).map_err(|e| refused(&e, kind, table, request))?;
    let all: Vec<u32> = (0..table.n_rows as u32).collect();
    let told = MadeReplicates {
        n_lonely: design.n_lonely(&all),
        kind,
        n: made.len(),
        scale: made.scale(),
        rscales: made.rscales().to_vec(),
        mse: made.is_mse(),
        rho: if let Making::Fay { rho } = making { Some(rho) } else { None },
        seed: if let Making::Bootstrap { seed, .. } = making { Some(seed) } else { None },
    };
    let centre = if told.mse { "mse" } else { "mean" };
    Ok(Sample { survey: Survey::Replicated(made), centre: Some(centre), made: Some(told), ..sample })
}

/// The way that a request names. A number that the way does not know is refused: it would change nothing, and its reader
/// would think that it did.
fn asked(of: &ReplicatesRequest) -> Result<(&'static str, Making), Refusal> {
    let (kind, making) = match (of.kind.as_str(), of.rho) {
        ("JK1", _) => ("JK1", Making::JackknifeOne),
        ("JKn", _) => ("JKn", Making::Jackknife),
        ("BRR", _) => ("BRR", Making::HalfSamples),
        ("Fay", Some(rho)) => ("Fay", Making::Fay { rho }),
        ("Fay", None) => return Err(unreadable("replicates: rho")),
        ("bootstrap", _) => {
            let (n, seed) = (of.n.unwrap_or(N_DRAWN), of.seed.unwrap_or(SEED));
            ("bootstrap", Making::Bootstrap { n, seed })
        }
        (other, _) => return Err(wrong_option("type", other, "JK1, JKn, BRR, Fay, bootstrap")),
    };
    if of.rho.is_some() && kind != "Fay" {
        return Err(unreadable("replicates: rho"));
    }
    if (of.n.is_some() || of.seed.is_some()) && kind != "bootstrap" {
        return Err(unreadable("replicates: n, seed"));
    }
    Ok((kind, making))
}

fn refused(error: &MakingError, kind: &str, table: &Table, request: &DesignRequest) -> Refusal {
    let (mut stratum, mut line, mut most) = (String::new(), 0, 0);
    let (reason, n) = match *error {
        MakingError::Strata { n } => ("strata", n),
        MakingError::NotTwo { stratum: code, n } => {
            // The stages are made again for the words of the refusal.
            let row = stages(table, request)
                .ok()
                .and_then(|stages| stages.first()?.strata.iter().position(|h| *h == code))
                .unwrap_or_default();
            let name = request.strata.as_deref().and_then(|name| table.variable(name));
            stratum = name.map_or_else(String::new, |values| values.show(row));
            line = table.line(row);
            ("two", n as usize)
        }
        MakingError::Units => ("units", 0),
        MakingError::Stages => ("stages", 0),
        MakingError::Lonely => ("lonely", 0),
        MakingError::Rho => ("rho", 0),
        MakingError::Number => ("number", 0),
        MakingError::Size { n, most: of_rows } => {
            most = of_rows;
            ("size", n)
        }
        MakingError::Wrong(_) => ("units", 0),
    };
    let found = Diagnostic::new(&codes::SVY020).arg("type", kind).arg("reason", reason).arg("n", n).arg("most", most);
    Box::new(found.arg("stratum", stratum).arg("row", line).arg("file", &table.name))
}
