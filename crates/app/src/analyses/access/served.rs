//! Served areas as steps of a job: each that was drawn is kept until the job ends.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use streets::Kept;

use crate::analyses::run::Bench;

/// The steps of a job that draw served areas.
pub(super) struct ServedSteps<'b> {
    /// The job.
    pub bench: &'b Bench<'b>,
    /// What the areas rest on beside the files of the request: settings, and the boundary of the register.
    pub of: Vec<String>,
}

/// Polygons, their rings, positions.
type Rings = Vec<Vec<Vec<[f64; 2]>>>;

fn step(name: &str) -> String {
    format!("served-{name}")
}

impl Kept for ServedSteps<'_> {
    fn held(&self, name: &str) -> Option<MultiPolygon<f64>> {
        let rings: Rings = self.bench.held(&step(name), &self.of)?;
        let line = |ring: Vec<[f64; 2]>| LineString(ring.into_iter().map(|[x, y]| Coord { x, y }).collect());
        let polygon = |rings: Vec<Vec<[f64; 2]>>| {
            let mut rings = rings.into_iter().map(line);
            let outer = rings.next().unwrap_or_else(|| LineString(Vec::new()));
            Polygon::new(outer, rings.collect())
        };
        Some(MultiPolygon(rings.into_iter().map(polygon).collect()))
    }

    fn keep(&self, name: &str, area: &MultiPolygon<f64>) {
        let ring = |line: &LineString<f64>| line.0.iter().map(|at| [at.x, at.y]).collect::<Vec<_>>();
        let rings: Rings =
            area.0.iter().map(|of| std::iter::once(of.exterior()).chain(of.interiors()).map(ring).collect()).collect();
        if let Err(error) = self.bench.keep(&step(name), &self.of, &rings) {
            tracing::warn!(%error, area = name, "a served area could not be kept; it is drawn again where the job goes on");
        }
    }
}
