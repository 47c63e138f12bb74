//! Computations of the observatory's space as jobs of this node: what is asked, how far it is, what was found, and how that
//! becomes figures of the register.
//!
//! Input files stay in the node's folder by the fingerprint of their bytes, so that the same computation can be made again
//! within another boundary. A job is a folder too: its request, its state, and the answer of every step that ended.

mod access;
mod centres;
mod classed;
mod found;
mod inputs;
mod job;
mod land;
mod outdated;
mod plausible;
mod prepared;
mod publish;
mod published;
mod remove;
mod request;
mod run;
mod told;
mod uploads;
mod urbanisation;
mod view;
mod within;
mod zones;

pub use access::case_files;
pub use centres::{NearCity, centre_title};
pub use classed::{ClassTally, tally};
pub use found::{Found, FoundCity, FoundLayer, FoundMeasure, FoundRow, LayerKind, MEASURES, MeasureDef};
pub use inputs::{SampleFiles, sample_boundaries, sample_files};
pub use job::{Job, JobFault, JobState, cancel_job, job, job_findings, jobs, may_compute, start_job};
pub use outdated::{Outdated, outdated, recompute};
pub(crate) use prepared::evidence_shapes;
pub use prepared::{LayerShapes, layer_shapes};
pub use publish::{AnalysisPublication, publish_analysis, record_of, suggested};
pub use published::{PublishedAnalysis, published_analysis};
pub use remove::{Removal, removal, remove_job};
pub use request::{AnalysisRequest, Input, InputFile, NewAnalysis, prepare};
pub use run::{resume_job, run_job};
pub use told::Note;
pub(crate) use uploads::Uploads;
pub use uploads::{Upload, keep_upload, upload, upload_of, with_earlier};
pub use view::{AnalysisLayer, AnalysisView, analyses_of, analysis, analysis_layer, job_layer, job_view};
pub use within::{boundaries_of, boundary_moved, breaks};
