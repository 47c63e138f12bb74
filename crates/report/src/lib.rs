//! Reports from figures: the progress report as one self-contained HTML page and as a workbook, and the
//! tracking table as a workbook.
//!
//! Invariant: nothing is computed here; every number comes in as a figure and leaves as the same figure.

mod progress;
mod sheets;

pub use progress::{FindingLine, Progress, ReportNode, progress_html, progress_xlsx};
pub use sheets::{ReportError, tracking_xlsx};
