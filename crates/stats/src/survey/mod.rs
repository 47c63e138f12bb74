//! Estimates from surveys with the error that their design gives them: strata, stages of clusters, weights, finite
//! populations, replicate weights.
//!
//! A [`Design`] says how the sample was drawn, [`Replicates`] give the error by repeated weights; both turn the influence
//! of each row on some estimates into the covariance of these. The formulas are those of Särndal, Swensson and Wretman,
//! *Model Assisted Survey Sampling* (1992), chapters 4 and 5, and Wolter, *Introduction to Variance Estimation* (2007).

mod auxiliary;
mod calibrate;
mod design;
mod estimate;
mod hadamard;
mod interval;
mod linear;
mod making;
mod quantile;
mod replicate;

pub use auxiliary::{Auxiliaries, Covariate, Known, Margin, NO_CELL};
pub use calibrate::{Calibrated, Calibrating, CalibrationError, Limits};
pub use design::{Design, DesignError, Lonely, Stage};
pub use estimate::{Domain, Estimates, Part, Statistic, Survey, Undefined, contrast, srs_variance};
pub use interval::{Interval, Method, confidence, normal_quantile, proportion_interval, t_quantile};
pub use making::{Making, MakingError, replicates};
pub use quantile::{QuantileEstimate, Rule, quantile};
pub use replicate::{Replicates, ReplicatesError};
