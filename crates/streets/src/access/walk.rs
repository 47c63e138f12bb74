//! Points of two kinds on one network: from where people walk, and to where.

use super::CellDistances;
use crate::{
    error::StreetsError,
    field::{Field, Serving, Source},
    network::{SnapIndex, Snapped},
    progress::Progress,
    tables::{Capacity, Stop},
};
use rayon::prelude::*;
use serde::Serialize;

/// How far points lie from the network, metres.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Connectors {
    /// Half of them are nearer. `None` without points.
    pub median: Option<f64>,
    /// 95 % of them are nearer.
    pub p95: Option<f64>,
    /// The farthest.
    pub max: Option<f64>,
}

impl Connectors {
    /// Of points on a network. Quantiles between two values are taken in proportion (type 7 of Hyndman and Fan 1996).
    pub fn of(snapped: &[Option<Snapped>]) -> Self {
        let mut metres: Vec<f64> = snapped.iter().flatten().map(|at| at.connector_m).collect();
        metres.sort_by(f64::total_cmp);
        let quantile = |share: f64| {
            let at = share * metres.len().checked_sub(1)? as f64;
            let (low, high) = (metres.get(at.floor() as usize)?, metres.get(at.ceil() as usize)?);
            Some(low + (high - low) * at.fract())
        };
        Self { median: quantile(0.5), p95: quantile(0.95), max: metres.last().copied() }
    }
}

/// Distance fields of stops of low and of high capacity.
#[derive(Debug)]
pub struct WalkAccess<'n> {
    /// The index of the network.
    pub index: SnapIndex<'n>,
    /// Where each stop stands.
    pub stops: Vec<Option<Snapped>>,
    /// From stops of low capacity.
    pub low: Field,
    /// From stops of high capacity.
    pub high: Field,
}

impl<'n> WalkAccess<'n> {
    /// Puts stops on the network (`edge-v1`) and walks from them, and from streets (edges) on which vehicles of low capacity
    /// stop anywhere, `limit_m` at most.
    pub fn of(
        index: SnapIndex<'n>,
        stops: &[Stop],
        streets: &[u32],
        limit_m: f64,
        progress: Progress<'_>,
    ) -> Result<Self, StreetsError> {
        let places: Vec<[f64; 2]> = stops.iter().map(|stop| stop.place).collect();
        let snapped = index.edges(&places, f64::INFINITY);
        let field = |capacity| {
            let of_class = stops.iter().zip(&snapped).filter(|(stop, _)| stop.capacity == capacity);
            let mut sources: Vec<Source> = of_class.filter_map(|(_, at)| at.map(Source::Beside)).collect();
            if capacity == Capacity::Low {
                sources.extend(streets.iter().copied().map(Source::Street));
            }
            Field::search(&index.network().graph, &sources, limit_m, Serving::Forget, progress)
        };
        let (low, high) = rayon::join(|| field(Capacity::Low), || field(Capacity::High));
        Ok(Self { stops: snapped, low: low?, high: high?, index })
    }

    /// Distances of points that stand on the network; infinite for those that do not.
    pub fn distances(&self, cells: &[Option<Snapped>]) -> CellDistances {
        let of = |field: &Field| distances_m(&self.index, field, cells);
        CellDistances { low_m: of(&self.low), high_m: of(&self.high) }
    }

    /// Distances with points put on their nearest node, and no connectors (`node-v1`), to compare with other programs.
    pub fn distances_by_node(
        &self,
        stops: &[Stop],
        cells: &[[f64; 2]],
        progress: Progress<'_>,
    ) -> Result<CellDistances, StreetsError> {
        let places: Vec<[f64; 2]> = stops.iter().map(|stop| stop.place).collect();
        let (at_stop, at_cell) = (self.index.nodes(&places), self.index.nodes(cells));
        let of = |capacity, limit_m| {
            let of_class = stops.iter().zip(&at_stop).filter(|(stop, _)| stop.capacity == capacity);
            let sources: Vec<Source> = of_class.filter_map(|(_, node)| node.map(Source::Node)).collect();
            let graph = &self.index.network().graph;
            let field = Field::search(graph, &sources, limit_m, Serving::Forget, progress)?;
            let at = |node: &Option<u32>| node.map_or(f64::INFINITY, |node| field.distances_m()[node as usize]);
            Ok::<_, StreetsError>(at_cell.iter().map(at).collect())
        };
        Ok(CellDistances {
            low_m: of(Capacity::Low, self.low.limit_m())?,
            high_m: of(Capacity::High, self.high.limit_m())?,
        })
    }
}

/// Distances in a field of points that stand on its network; infinite for those that do not.
pub(crate) fn distances_m(index: &SnapIndex<'_>, field: &Field, cells: &[Option<Snapped>]) -> Vec<f64> {
    let graph = &index.network().graph;
    let of = |cell: &Option<Snapped>| cell.map_or(f64::INFINITY, |at| field.distance_m(graph, &at));
    cells.par_iter().with_min_len(1024).map(of).collect()
}
