//! Shares of people within thresholds, and the classes that add up to all.

use serde::Serialize;

/// How far people walk to a stop of low capacity, in metres (SDG 11.2.1).
pub const LOW_M: f64 = 500.0;
/// How far people walk to a stop of high capacity, in metres (SDG 11.2.1).
pub const HIGH_M: f64 = 1000.0;

/// Distance of each cell to the nearest stop of each capacity, metres; infinite where there is none within reach.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellDistances {
    /// To the nearest stop of low capacity.
    pub low_m: Vec<f64>,
    /// To the nearest stop of high capacity.
    pub high_m: Vec<f64>,
}

impl CellDistances {
    /// To the nearest stop of any capacity.
    pub fn any_m(&self) -> Vec<f64> {
        self.low_m.iter().zip(&self.high_m).map(|(low, high)| low.min(*high)).collect()
    }
}

/// Percent of people who are inside. `None` when there are none whose number is known.
///
/// 100 × people inside / people, over the cells whose number is known.
pub fn share_percent(people: &[Option<f64>], inside: impl Fn(usize) -> bool) -> Option<f64> {
    let (mut within, mut all) = (0.0, 0.0);
    for (cell, people) in people.iter().enumerate() {
        let Some(people) = people else { continue };
        all += people;
        if inside(cell) {
            within += people;
        }
    }
    (all > 0.0).then(|| 100.0 * within / all)
}

/// Shares of one group, percent. `None`: unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Shares {
    /// Within 500 m of a stop of low capacity.
    pub low_500: Option<f64>,
    /// Within 1 000 m of a stop of high capacity.
    pub high_1000: Option<f64>,
    /// Within either: SDG 11.2.1.
    pub sdg_11_2_1: Option<f64>,
    /// Within 500 m of any stop, for comparison with other publications.
    pub any_500: Option<f64>,
    /// Within 1 000 m of any stop.
    pub any_1000: Option<f64>,
}

impl Shares {
    /// The shares of a group. Unrounded distances are compared; a distance equal to the threshold is inside.
    pub fn of(people: &[Option<f64>], distances: &CellDistances) -> Self {
        let (low, high) = (&distances.low_m, &distances.high_m);
        let any = |cell: usize| low[cell].min(high[cell]);
        Self {
            low_500: share_percent(people, |cell| low[cell] <= LOW_M),
            high_1000: share_percent(people, |cell| high[cell] <= HIGH_M),
            sdg_11_2_1: share_percent(people, |cell| low[cell] <= LOW_M || high[cell] <= HIGH_M),
            any_500: share_percent(people, |cell| any(cell) <= LOW_M),
            any_1000: share_percent(people, |cell| any(cell) <= HIGH_M),
        }
    }
}

/// People by what serves them, percent; the four add up to 100. `None`: unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Classes {
    /// Low capacity within 500 m and nothing else.
    pub only_low: Option<f64>,
    /// High capacity within 1 000 m and nothing else.
    pub only_high: Option<f64>,
    /// Both.
    pub both: Option<f64>,
    /// Neither.
    pub none: Option<f64>,
}

impl Classes {
    /// The classes of a group.
    pub fn of(people: &[Option<f64>], distances: &CellDistances) -> Self {
        let class = |of_low: bool, of_high: bool| {
            share_percent(people, |cell| {
                (distances.low_m[cell] <= LOW_M) == of_low && (distances.high_m[cell] <= HIGH_M) == of_high
            })
        };
        Self {
            only_low: class(true, false),
            only_high: class(false, true),
            both: class(true, true),
            none: class(false, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// E1 of the method: four cells on a path.
    #[test]
    fn shares_by_hand() {
        let people = [Some(10.0), Some(20.0), Some(30.0), Some(40.0)];
        let distances =
            CellDistances { low_m: vec![300.0, 470.0, 600.0, 1100.0], high_m: vec![800.0, 670.0, 500.0, 0.0] };
        let shares = Shares::of(&people, &distances);
        assert_eq!((shares.low_500, shares.high_1000, shares.sdg_11_2_1), (Some(30.0), Some(100.0), Some(100.0)));
        assert_eq!((shares.any_500, shares.any_1000), (Some(100.0), Some(100.0)));
        let classes = Classes::of(&people, &distances);
        assert_eq!(classes, Classes { only_low: Some(0.0), only_high: Some(70.0), both: Some(30.0), none: Some(0.0) });
    }

    #[test]
    fn thresholds_are_inside_and_unknown_cells_leave_both_sides() {
        let people = [Some(1.0), None, Some(3.0)];
        let distances = CellDistances { low_m: vec![500.0, 0.0, 500.0000001], high_m: vec![f64::INFINITY; 3] };
        let shares = Shares::of(&people, &distances);
        assert_eq!((shares.low_500, shares.high_1000), (Some(25.0), Some(0.0)));
        assert_eq!(Shares::of(&[None, None, None], &distances), Shares::default());
        assert_eq!(Shares::of(&[Some(0.0), None, Some(0.0)], &distances), Shares::default());
    }
}
