//! Scores of a framework whose indicators stand in cells of domain × objective, as the Global Urban Monitoring Framework's.
//!
//! Means by domain and means by objective are two ways through the same cells and disagree where cells are missing, so that the
//! score of the whole is the mean of the cells that are there (UN-Habitat, *Global Urban Monitoring Framework guide*, 2022).

use std::collections::BTreeMap;

/// Means over cells. Keys are the numbers of codes: cell `1.3`, domain `1`, objective `3`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellMeans {
    /// The mean of each cell with an indicator, 0 to 100, and how many indicators it rests on.
    pub cells: BTreeMap<String, (f64, usize)>,
    /// The mean of the cells of each domain.
    pub domains: BTreeMap<String, f64>,
    /// The mean of the cells of each objective.
    pub objectives: BTreeMap<String, f64>,
    /// The mean of all cells that are there; none without any.
    pub overall: Option<f64>,
}

/// Means over cells of scores from 0 to 100, each with the code of its indicator (`domain.objective.number`).
/// Codes of another shape are left out, and so is what is no number.
pub fn cell_means<'c>(scores: impl IntoIterator<Item = (&'c str, f64)>) -> CellMeans {
    let mut by_cell: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    for (code, score) in scores {
        let mut parts = code.split('.');
        if let (Some(domain), Some(objective), Some(_), None, false) =
            (parts.next(), parts.next(), parts.next(), parts.next(), score.is_nan())
        {
            by_cell.entry((domain, objective)).or_default().push(score);
        }
    }
    let mean = |of: &[f64]| stats::sum(of.iter().copied()) / of.len() as f64;
    let cells: Vec<((&str, &str), f64, usize)> =
        by_cell.iter().map(|(cell, scores)| (*cell, mean(scores), scores.len())).collect();
    let along = |pick: &dyn Fn((&'c str, &'c str)) -> &'c str| {
        let mut held: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for (cell, score, _) in &cells {
            held.entry(pick(*cell).to_owned()).or_default().push(*score);
        }
        held.into_iter().map(|(key, scores)| (key, mean(&scores))).collect()
    };
    let all: Vec<f64> = cells.iter().map(|(_, score, _)| *score).collect();
    CellMeans {
        domains: along(&|cell| cell.0),
        objectives: along(&|cell| cell.1),
        overall: (!all.is_empty()).then(|| mean(&all)),
        cells: cells.iter().map(|((d, o), score, n)| (format!("{d}.{o}"), (*score, *n))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_is_the_mean_of_the_cells_that_are_there() {
        // Two domains by two objectives, the last cell missing.
        let found = cell_means([("1.1.1", 90.0), ("1.1.2", 70.0), ("1.2.1", 60.0), ("2.1.1", 40.0)]);
        assert_eq!(found.domains, BTreeMap::from([("1".into(), 70.0), ("2".into(), 40.0)]));
        assert_eq!(found.objectives, BTreeMap::from([("1".into(), 60.0), ("2".into(), 60.0)]));
        assert_eq!((found.overall, found.cells["1.1"]), (Some(60.0), (80.0, 2)));
    }

    #[test]
    fn without_a_score_there_is_no_mean() {
        assert_eq!(
            cell_means([("1.1", 50.0), ("x", 1.0), ("1.1.1.1", 2.0), ("1.1.1", f64::NAN)]),
            CellMeans::default()
        );
    }
}
