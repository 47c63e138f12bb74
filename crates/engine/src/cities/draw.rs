//! Drawing a sample from a frame of cities, of one country or of the world: strata by region and size, which cities, with what
//! probability, and who stands in for those that do not answer.
//!
//! Source: UN-Habitat, *National Sample of Cities* (2017); *Global Sample of Cities* (Angel and others, 2016), whose strata are
//! regions by classes of size.

use diag::Diagnostic;
use stats::sampling::{permanent_number, proportional_to_size, systematic};

use super::{Allocation, City, CityStratum, LEAST, Refusal, SMP002, SMP004, SizeClass, allocated, strata};

/// How cities are taken from a stratum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// From the list by size, at equal steps from a start that the seed decides: spread over all sizes.
    #[default]
    Systematic,
    /// Those with the smallest permanent random numbers: samples of one seed overlap as far as they can.
    Random,
    /// With probability proportional to population, at equal steps.
    Proportional,
}

impl Method {
    /// All of them.
    pub const ALL: [Method; 3] = [Method::Systematic, Method::Random, Method::Proportional];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Method::Systematic => "systematic",
            Method::Random => "random",
            Method::Proportional => "proportional",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Result<Method, Refusal> {
        Method::ALL.into_iter().find(|m| m.name() == name).ok_or_else(|| {
            let known = Method::ALL.map(Method::name).join(", ");
            Box::new(Diagnostic::new(&SMP004).arg("value", name).arg("known", known))
        })
    }
}

/// What is asked of a draw.
#[derive(Clone, Debug)]
pub struct Draw {
    /// Cities in the sample.
    pub n: u32,
    /// Classes of size.
    pub classes: Vec<SizeClass>,
    /// What a stratum's part is proportional to.
    pub by: Allocation,
    /// How cities are taken.
    pub method: Method,
    /// The same seed draws the same cities.
    pub seed: u64,
    /// Cities in reserve for each stratum, at most.
    pub n_reserve: usize,
}

/// A city in a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampled {
    /// Its place in the frame.
    pub city: usize,
    /// Its stratum.
    pub stratum: usize,
    /// The probability that it was drawn.
    pub probability: f64,
}

/// A sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The strata, in the order of regions, each from its smallest class.
    pub strata: Vec<CityStratum>,
    /// The cities, by stratum.
    pub cities: Vec<Sampled>,
    /// Who stands in, by stratum, in the order in which they are asked.
    pub reserve: Vec<Sampled>,
}

/// Draws a sample. Shape: `regions[i]` is the region of `frame[i]`; one region for a country.
///
/// A stratum with fewer than two cities joins its neighbour by size, never one of another region.
///
/// Errors: a city without population, an empty frame, more or fewer cities than the strata allow.
pub fn draw(frame: &[City], regions: &[String], asked: &Draw) -> Result<Drawing, Refusal> {
    let mut names: Vec<&String> = regions.iter().collect();
    names.sort();
    names.dedup();
    let has_regions = names.len() > 1;
    let mut all: Vec<CityStratum> = Vec::new();
    for region in names {
        let places: Vec<usize> = (0..frame.len()).filter(|i| regions[*i] == *region).collect();
        let cities: Vec<City> = places.iter().map(|i| frame[*i].clone()).collect();
        let of_region = match strata(&cities, &asked.classes) {
            Ok(of_region) => by_class(of_region, &asked.classes),
            // A region in which every city is smaller than the classes has no part in the sample.
            Err(found) if found.code.id == SMP002.id && has_regions => continue,
            Err(found) => return Err(found),
        };
        for mut stratum in joined(of_region) {
            stratum.cities.iter_mut().for_each(|city| *city = places[*city]);
            if has_regions {
                stratum.name = format!("{region}, {}", stratum.name);
            }
            all.push(stratum);
        }
    }
    if all.is_empty() {
        return Err(Box::new(Diagnostic::new(&SMP002)));
    }
    let parts = allocated(&all, asked.n, asked.by)?;
    let (mut cities, mut reserve) = (Vec::new(), Vec::new());
    for (at, (stratum, n)) in all.iter().zip(parts).enumerate() {
        let (drawn, left) = taken(frame, stratum, n as usize, asked);
        cities.extend(drawn.into_iter().map(|(city, probability)| Sampled { city, stratum: at, probability }));
        let in_reserve = left.into_iter().take(asked.n_reserve);
        reserve.extend(in_reserve.map(|(city, probability)| Sampled { city, stratum: at, probability }));
    }
    Ok(Drawing { strata: all, cities, reserve })
}

/// In the order of the classes, not of their names.
fn by_class(mut strata: Vec<CityStratum>, classes: &[SizeClass]) -> Vec<CityStratum> {
    strata.sort_by_key(|s| classes.iter().position(|c| c.name == s.name));
    strata
}

/// Strata with fewer than two cities join the next smaller one, or the next larger one.
fn joined(strata: Vec<CityStratum>) -> Vec<CityStratum> {
    let mut out: Vec<CityStratum> = Vec::new();
    for stratum in strata {
        match out.last_mut() {
            Some(last) if last.cities.len() < LEAST as usize || stratum.cities.len() < LEAST as usize => {
                last.name = format!("{} + {}", last.name, stratum.name);
                // The larger cities stand first.
                last.cities = stratum.cities.into_iter().chain(std::mem::take(&mut last.cities)).collect();
                last.population += stratum.population;
                last.deviation = last.deviation.max(stratum.deviation);
            }
            _ => out.push(stratum),
        }
    }
    out
}

/// Cities, as places in the frame, each with its probability.
type Chosen = Vec<(usize, f64)>;

/// The cities of a stratum with their probability, and those left in the order in which they stand in.
fn taken(frame: &[City], stratum: &CityStratum, n: usize, asked: &Draw) -> (Chosen, Chosen) {
    let number = |city: &usize| permanent_number(&frame[*city].id.to_string(), asked.seed);
    let start = permanent_number(&stratum.name, asked.seed);
    let equal = n as f64 / stratum.cities.len() as f64;
    let mut by_number = stratum.cities.clone();
    by_number.sort_by(|a, b| number(a).total_cmp(&number(b)).then(frame[*a].id.cmp(&frame[*b].id)));
    let drawn: Chosen = match asked.method {
        Method::Random => by_number.iter().take(n).map(|city| (*city, equal)).collect(),
        Method::Systematic => {
            systematic(stratum.cities.len(), n, start).into_iter().map(|at| (stratum.cities[at], equal)).collect()
        }
        Method::Proportional => {
            let sizes: Vec<f64> = stratum.cities.iter().map(|city| frame[*city].population).collect();
            let found = proportional_to_size(&sizes, n, start);
            found.into_iter().map(|i| (stratum.cities[i.unit], i.probability)).collect()
        }
    };
    // Whoever stands in is decided beforehand, by numbers that nobody chooses.
    let left = by_number.into_iter().filter(|city| drawn.iter().all(|(d, _)| d != city)).map(|city| (city, equal));
    let left = left.collect();
    (drawn, left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cities::size_classes;

    fn frame() -> (Vec<City>, Vec<String>) {
        let city = |id: i64| City { id, population: 60e3 * (1.0 + (id % 17) as f64), x: id as f64 };
        let regions = (0..200).map(|id| if id % 3 == 0 { "North" } else { "South" }.to_owned()).collect();
        ((0..200).map(city).collect(), regions)
    }

    fn asked(method: Method) -> Draw {
        let classes = size_classes("50-100k, 100-500k, 0.5-1M, 1M+").expect("classes");
        Draw { n: 40, classes, by: Allocation::RootPopulation, method, seed: 7, n_reserve: 3 }
    }

    #[test]
    fn weights_add_up_to_the_frame() {
        let (cities, regions) = frame();
        for method in Method::ALL {
            let found = draw(&cities, &regions, &asked(method)).expect("a sample");
            assert_eq!(found.cities.len(), 40, "{method:?}");
            assert_eq!(found, draw(&cities, &regions, &asked(method)).expect("again"), "the seed decides");
            for (at, stratum) in found.strata.iter().enumerate() {
                let weights: f64 = found.cities.iter().filter(|c| c.stratum == at).map(|c| 1.0 / c.probability).sum();
                let n = stratum.cities.len() as f64;
                // Proportional samples hold the population, not the number.
                assert!(method == Method::Proportional || (weights - n).abs() < 1e-9, "{method:?} {}", stratum.name);
                let people: f64 = (found.cities.iter().filter(|c| c.stratum == at))
                    .map(|c| cities[c.city].population / c.probability)
                    .sum();
                assert!(method != Method::Proportional || (people / stratum.population - 1.0).abs() < 1e-9);
            }
            let mut seen: Vec<usize> = found.cities.iter().chain(&found.reserve).map(|c| c.city).collect();
            let n = seen.len();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), n, "nobody is drawn twice or stands in for himself");
        }
    }

    #[test]
    fn samples_of_one_seed_overlap() {
        let (cities, regions) = frame();
        let of = |n, seed| {
            let found = draw(&cities, &regions, &Draw { n, seed, ..asked(Method::Random) }).expect("a sample");
            found.cities.iter().map(|c| c.city).collect::<std::collections::BTreeSet<_>>()
        };
        let (large, small) = (of(80, 7), of(40, 7));
        assert!(small.is_subset(&large));
        assert!(!of(40, 8).is_subset(&large));
    }

    #[test]
    fn a_lonely_city_joins_its_neighbour() {
        let city = |id, population| City { id, population, x: 0.0 };
        let cities = [city(1, 60e3), city(2, 70e3), city(3, 9e6), city(4, 80e3), city(5, 2e6)];
        let one = vec![String::new(); 5];
        let found = draw(&cities, &one, &Draw { n: 4, ..asked(Method::Systematic) }).expect("a sample");
        assert_eq!(found.strata.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["50-100k", "1M+"]);
        let found = draw(&cities[..3], &one[..3], &Draw { n: 3, ..asked(Method::Systematic) }).expect("a sample");
        assert_eq!((found.strata.len(), found.strata[0].name.as_str()), (1, "50-100k + 1M+"));
        assert_eq!(draw(&[], &[], &asked(Method::Random)).expect_err("empty").code.id, "SMP002");
    }
}
