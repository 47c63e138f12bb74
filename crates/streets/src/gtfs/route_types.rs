//! From the type of a route to the capacity of its system.

use crate::tables::Capacity;

/// Which types of routes count, and as what: a setting, because cities class a gondola or a tram line differently.
///
/// Types are those of GTFS and of its extension by the European classification. What is in neither list is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteTypes {
    /// First and last type of each range of low capacity.
    pub low: Vec<[u16; 2]>,
    /// First and last type of each range of high capacity.
    pub high: Vec<[u16; 2]>,
}

impl RouteTypes {
    /// The classes of the method `access-v1`. Low: tram, bus, cable tram, trolleybus, coaches. High: metro, rail, ferry,
    /// aerial lift, funicular, monorail. School buses (712, 713) run along streets and are in the range of buses.
    pub fn of_method() -> Self {
        Self {
            low: vec![[0, 0], [3, 3], [5, 5], [11, 11], [200, 209], [700, 716], [800, 800], [900, 906]],
            high: vec![
                [1, 2],
                [4, 4],
                [6, 7],
                [12, 12],
                [100, 117],
                [400, 405],
                [1000, 1000],
                [1200, 1200],
                [1300, 1307],
                [1400, 1400],
            ],
        }
    }

    /// The capacity of a type; `None` when it does not count.
    pub fn capacity(&self, route_type: u16) -> Option<Capacity> {
        let is_in = |ranges: &[[u16; 2]]| ranges.iter().any(|[first, last]| (*first..=*last).contains(&route_type));
        if is_in(&self.low) { Some(Capacity::Low) } else { is_in(&self.high).then_some(Capacity::High) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_their_capacity() {
        let types = RouteTypes::of_method();
        for (route_type, capacity) in [
            (0, Some(Capacity::Low)),
            (3, Some(Capacity::Low)),
            (715, Some(Capacity::Low)),
            (906, Some(Capacity::Low)),
            (1, Some(Capacity::High)),
            (2, Some(Capacity::High)),
            (7, Some(Capacity::High)),
            (109, Some(Capacity::High)),
            (1300, Some(Capacity::High)),
            (8, None),
            (907, None),
            (1100, None),
            (1500, None),
        ] {
            assert_eq!(types.capacity(route_type), capacity, "{route_type}");
        }
    }
}
