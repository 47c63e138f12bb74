//! Functional urban areas: cities with the places whose people work in them.
//!
//! Source: the definition of the European Union and the OECD (Dijkstra, Poelman and Veneri, *The EU-OECD definition of a
//! functional urban area*, OECD Regional Development Working Papers 2019/11, section 2; Eurostat, *Methodological manual on
//! territorial typologies*, 2018, chapter 3). `docs/methods/functional-areas.md` tells where it leaves a choice.

use std::collections::BTreeMap;

use shapes::topology::Border;

use crate::degurba::Sets;

/// A local unit: the smallest area of which commuters are known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LocalUnit {
    /// Persons.
    pub people: f64,
    /// Persons by urban centre: number of the centre, persons of the unit who live in it.
    pub in_centres: Vec<(u32, f64)>,
    /// The length of its border, in the unit of the borders.
    pub perimeter: f64,
}

/// People who live in one unit and work in another, or in the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    /// Where they live.
    pub origin: usize,
    /// Where they work; none for outside of the units.
    pub destination: Option<usize>,
    /// How many.
    pub people: f64,
}

/// The thresholds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunctionalRule {
    /// From which share of its people in urban centres on a unit is a part of a city.
    pub city: f64,
    /// From which share of its working people on a unit belongs to the city that they work in, and two cities together.
    pub commuters: f64,
}

impl Default for FunctionalRule {
    /// A half of the people, 15 % of those who work.
    fn default() -> Self {
        FunctionalRule { city: 0.5, commuters: 0.15 }
    }
}

/// What a unit is in an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Of a city.
    City,
    /// Enough of its people work in the cities.
    CommutingZone,
    /// All its neighbours belong to the area, which closes around it.
    Enclave,
}

/// A unit of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// The unit.
    pub unit: usize,
    /// What it is.
    pub part: Part,
    /// Share of its working people who work in the cities of the area; none where nobody is known to work.
    pub commuters: Option<f64>,
}

/// A functional area.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionalArea {
    /// Its urban centres, in order.
    pub centres: Vec<u32>,
    /// Its units: cities, then the commuting zone, each in the order of the units.
    pub members: Vec<Member>,
}

/// The functional areas, by their first centre, and units that are not clear.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FunctionalAreas {
    /// The areas.
    pub areas: Vec<FunctionalArea>,
    /// Units that enough people commute from, but that hang together with no city: they are left out (exclaves).
    pub exclaves: Vec<usize>,
    /// Units that have neighbours of one area alone, but whose border is partly open: to the sea, or to what is not in the
    /// data. Only the first would make them enclaves; they are left out.
    pub open: Vec<usize>,
}

/// The part of its border that an enclave must share.
const CLOSED: f64 = 0.999;

/// Makes functional areas of units, commuters and borders.
///
/// A unit with at least [`FunctionalRule::city`] of its people in urban centres is a part of the city of the centre that most
/// of them live in. Cities of which one sends at least [`FunctionalRule::commuters`] of its working people to the other are
/// one destination. A unit belongs to the destination that most of its people work in, if they are enough. What hangs
/// together with none of its cities falls out, what is enclosed comes in, until nothing changes.
pub fn functional_areas(
    units: &[LocalUnit],
    flows: &[Flow],
    borders: &[Border],
    rule: FunctionalRule,
) -> FunctionalAreas {
    let cities = cities(units, rule.city);
    let working = working(units.len(), flows);
    let destinations = destinations(&cities, flows, &working, rule.commuters);
    let n = destinations.iter().flatten().map(|d| d + 1).max().unwrap_or(0);
    let to = commuters(units.len(), flows, &destinations);
    let share = |unit: usize, area: usize| {
        (working[unit] > 0.0).then(|| to[unit].get(&area).map_or(0.0, |x| x / working[unit]))
    };
    let mut area_of: Vec<Option<(usize, Part)>> = (0..units.len())
        .map(|unit| match destinations[unit] {
            Some(area) => Some((area, Part::City)),
            None => {
                // The first of equal ones: those of the first centre.
                let (best, _) = to[unit].iter().rev().max_by(|a, b| a.1.total_cmp(b.1))?;
                let best = *best;
                let is_enough = share(unit, best).is_some_and(|share| share >= rule.commuters);
                is_enough.then_some((best, Part::CommutingZone))
            }
        })
        .collect();
    let neighbours = neighbours(units.len(), borders);
    let exclaves = without_exclaves(&mut area_of, &neighbours, n);
    let open = enclose(&mut area_of, units, &neighbours);
    let areas = (0..n)
        .map(|area| {
            let mut centres: Vec<u32> =
                (0..units.len()).filter(|u| destinations[*u] == Some(area)).filter_map(|u| cities[u]).collect();
            centres.sort_unstable();
            centres.dedup();
            let part_of = |unit: usize| area_of[unit].filter(|(of, _)| *of == area).map(|(_, part)| part);
            let member = |unit| Some(Member { unit, part: part_of(unit)?, commuters: share(unit, area) });
            let mut members: Vec<Member> = (0..units.len()).filter_map(member).collect();
            members.sort_by_key(|member| (member.part != Part::City, member.unit));
            FunctionalArea { centres, members }
        })
        .collect();
    FunctionalAreas { areas, exclaves, open }
}

/// The urban centre of each unit that is a part of a city.
fn cities(units: &[LocalUnit], least: f64) -> Vec<Option<u32>> {
    let city = |unit: &LocalUnit| {
        let urban: f64 = unit.in_centres.iter().map(|(_, people)| people).sum();
        if unit.people <= 0.0 || urban < least * unit.people * (1.0 - 1e-12) {
            return None;
        }
        let most = unit.in_centres.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        most.map(|(centre, _)| *centre)
    };
    units.iter().map(city).collect()
}

/// Working people who live in each unit.
fn working(n_units: usize, flows: &[Flow]) -> Vec<f64> {
    let mut working = vec![0.0; n_units];
    flows.iter().for_each(|flow| working[flow.origin] += flow.people);
    working
}

/// The destination that each unit of a city belongs to, numbered by the first centre.
fn destinations(cities: &[Option<u32>], flows: &[Flow], working: &[f64], least: f64) -> Vec<Option<usize>> {
    let mut centres: Vec<u32> = cities.iter().flatten().copied().collect();
    centres.sort_unstable();
    centres.dedup();
    let city_of: Vec<Option<usize>> =
        cities.iter().map(|centre| centre.and_then(|c| centres.binary_search(&c).ok())).collect();
    let n = centres.len();
    let mut between = vec![BTreeMap::<usize, f64>::new(); n];
    for flow in flows {
        if let (Some(from), Some(to)) = (city_of[flow.origin], flow.destination.and_then(|d| city_of[d]))
            && from != to
        {
            *between[from].entry(to).or_default() += flow.people;
        }
    }
    let mut employed = vec![0.0; n];
    city_of.iter().zip(working).filter_map(|(city, w)| city.map(|city| (city, w))).for_each(|(c, w)| employed[c] += w);
    let mut groups = Sets::new(n);
    for (from, to) in between.iter().enumerate() {
        for (to, people) in to {
            if employed[from] > 0.0 && *people >= least * employed[from] * (1.0 - 1e-12) {
                groups.join(from, *to);
            }
        }
    }
    let (group, _) = groups.numbered();
    city_of.into_iter().map(|city| city.map(|c| group[c] as usize)).collect()
}

/// People of each unit who work in each destination.
fn commuters(n_units: usize, flows: &[Flow], destinations: &[Option<usize>]) -> Vec<BTreeMap<usize, f64>> {
    let mut to = vec![BTreeMap::new(); n_units];
    for flow in flows {
        if let Some(area) = flow.destination.and_then(|d| destinations[d]) {
            *to[flow.origin].entry(area).or_default() += flow.people;
        }
    }
    to
}

/// Each unit's neighbours with the length of the border.
fn neighbours(n_units: usize, borders: &[Border]) -> Vec<Vec<(usize, f64)>> {
    let mut of = vec![Vec::new(); n_units];
    for Border { between: (a, b), length } in borders {
        of[*a].push((*b, *length));
        of[*b].push((*a, *length));
    }
    of
}

/// Takes out what hangs together with no city of its area, and names it.
fn without_exclaves(area_of: &mut [Option<(usize, Part)>], neighbours: &[Vec<(usize, f64)>], n: usize) -> Vec<usize> {
    let mut is_reached = vec![false; area_of.len()];
    for area in 0..n {
        let mut open: Vec<usize> = (0..area_of.len()).filter(|u| area_of[*u] == Some((area, Part::City))).collect();
        open.iter().for_each(|unit| is_reached[*unit] = true);
        while let Some(unit) = open.pop() {
            for (next, _) in &neighbours[unit] {
                if !is_reached[*next] && area_of[*next].is_some_and(|(of, _)| of == area) {
                    is_reached[*next] = true;
                    open.push(*next);
                }
            }
        }
    }
    let lost: Vec<usize> = (0..area_of.len()).filter(|u| area_of[*u].is_some() && !is_reached[*u]).collect();
    lost.iter().for_each(|unit| area_of[*unit] = None);
    lost
}

/// Brings in what an area closes around; units whose neighbours are of one area but whose border is partly open.
fn enclose(area_of: &mut [Option<(usize, Part)>], units: &[LocalUnit], neighbours: &[Vec<(usize, f64)>]) -> Vec<usize> {
    loop {
        let mut open = Vec::new();
        let mut is_changed = false;
        for unit in 0..units.len() {
            if area_of[unit].is_some() {
                continue;
            }
            let Some(area) = surrounding(area_of, &neighbours[unit]) else { continue };
            let shared: f64 = neighbours[unit].iter().map(|(_, length)| length).sum();
            if shared >= CLOSED * units[unit].perimeter {
                area_of[unit] = Some((area, Part::Enclave));
                is_changed = true;
            } else {
                open.push(unit);
            }
        }
        if !is_changed {
            return open;
        }
    }
}

/// The one area that all neighbours belong to.
fn surrounding(area_of: &[Option<(usize, Part)>], neighbours: &[(usize, f64)]) -> Option<usize> {
    let mut areas = neighbours.iter().map(|(unit, _)| area_of[*unit].map(|(area, _)| area));
    let first = areas.next()??;
    areas.all(|area| area == Some(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nine units in three rows of three squares with sides of 1; numbers run along the rows.
    fn nine(in_centres: &[(usize, u32)]) -> (Vec<LocalUnit>, Vec<Border>) {
        let unit = |at: usize| {
            let centre = in_centres.iter().find(|(unit, _)| *unit == at).map(|(_, centre)| (*centre, 60.0));
            LocalUnit { people: 100.0, in_centres: centre.into_iter().collect(), perimeter: 4.0 }
        };
        let right = (0..9).filter(|u| u % 3 < 2).map(|u| (u, u + 1));
        let below = (0..6).map(|u| (u, u + 3));
        let borders = right.chain(below).map(|between| Border { between, length: 1.0 }).collect();
        ((0..9).map(unit).collect(), borders)
    }

    fn flows(of: &[(usize, usize, f64)]) -> Vec<Flow> {
        of.iter()
            .map(|(origin, to, people)| Flow { origin: *origin, destination: Some(*to), people: *people })
            .collect()
    }

    fn told(found: &FunctionalAreas) -> Vec<Vec<(usize, Part)>> {
        found.areas.iter().map(|area| area.members.iter().map(|m| (m.unit, m.part)).collect()).collect()
    }

    #[test]
    fn commuters_exclaves_and_enclaves_by_hand() {
        use Part::{City, CommutingZone, Enclave};
        // The city is the first unit. All around the middle one people work there; from the middle one nobody does. The
        // corner at the lower right sends people but hangs together through others that do; unit 8 is reached by 5 and 7.
        let (units, borders) = nine(&[(0, 7)]);
        let mut of: Vec<(usize, usize, f64)> =
            [1, 2, 3, 5, 6, 7, 8].iter().flat_map(|u| [(*u, 0, 15.0), (*u, *u, 85.0)]).collect();
        of.extend([(4, 4, 100.0), (0, 0, 100.0)]);
        let found = functional_areas(&units, &flows(&of), &borders, FunctionalRule::default());
        let ring = [1, 2, 3].map(|u| (u, CommutingZone)).into_iter().chain([(4, Enclave)]);
        let ring = ring.chain([5, 6, 7, 8].map(|u| (u, CommutingZone)));
        assert_eq!(told(&found), [[(0, City)].into_iter().chain(ring).collect::<Vec<_>>()]);
        assert_eq!(found.areas[0].centres, [7]);
        assert_eq!(found.areas[0].members[1].commuters, Some(0.15));
        assert!(found.exclaves.is_empty() && found.open.is_empty());
        // With a little less from 5 and 7 the corner hangs together with nothing, and the middle one is no enclave.
        let less: Vec<_> =
            of.iter().map(|(u, to, x)| (*u, *to, if [5, 7].contains(u) && *to == 0 { 14.0 } else { *x })).collect();
        let found = functional_areas(&units, &flows(&less), &borders, FunctionalRule::default());
        assert_eq!(
            told(&found),
            [[(0, City), (1, CommutingZone), (2, CommutingZone), (3, CommutingZone), (6, CommutingZone)]]
        );
        assert_eq!(found.exclaves, [8]);
        // The last corner has neighbours of the area alone, but its border is open to the outside.
        let found = functional_areas(&units, &flows(&of[..of.len() - 4]), &borders, FunctionalRule::default());
        assert_eq!(found.open, [8]);
    }

    #[test]
    fn cities_that_work_together_are_one_and_others_compete() {
        // Three centres: 15 of 100 of the first work in the second, 14 of the third in the second.
        let (units, borders) = nine(&[(0, 3), (2, 5), (8, 9)]);
        let of = [
            (0, 0, 85.0),
            (0, 2, 15.0),
            (2, 2, 100.0),
            (8, 8, 86.0),
            (8, 2, 14.0),
            (1, 0, 20.0),
            (1, 2, 10.0),
            (1, 1, 70.0),
            (5, 2, 20.0),
            (5, 8, 25.0),
            (5, 5, 55.0),
        ];
        let found = functional_areas(&units, &flows(&of), &borders, FunctionalRule::default());
        assert_eq!(found.areas.iter().map(|a| a.centres.clone()).collect::<Vec<_>>(), [vec![3, 5], vec![9]]);
        let units: Vec<Vec<usize>> = found.areas.iter().map(|a| a.members.iter().map(|m| m.unit).collect()).collect();
        // Unit 5 goes where most of its people work; unit 1 sends 30 of 100 to the two together.
        assert_eq!(units, [vec![0, 2, 1], vec![8, 5]]);
        assert_eq!(found.areas[0].members[2].commuters, Some(0.3));
    }

    #[test]
    fn nothing_makes_nothing() {
        assert_eq!(functional_areas(&[], &[], &[], FunctionalRule::default()), FunctionalAreas::default());
        let (units, borders) = nine(&[]);
        assert_eq!(functional_areas(&units, &[], &borders, FunctionalRule::default()).areas, []);
        // A half is enough, a little less is not.
        let unit = |urban: f64| LocalUnit { people: 100.0, in_centres: vec![(1, urban)], perimeter: 4.0 };
        assert_eq!(cities(&[unit(50.0), unit(49.9)], 0.5), [Some(1), None]);
    }
}
