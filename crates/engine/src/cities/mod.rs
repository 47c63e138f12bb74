//! A sample of cities for a country: strata by size, how many of each, which ones, and figures with their error.
//!
//! Source: UN-Habitat, *National Sample of Cities* (2017).

mod answers;
mod draw;

use diag::Diagnostic;
use rustc_hash::FxHashMap;
use stats::{
    sampling::{AllocationError, Stratum, allocate, systematic},
    survey::{Design, Lonely, Stage, Statistic, Survey},
};

error_codes! {
    /// The file of a city sample cannot be read.
    SMP001 "sample-file-unreadable",
    /// The frame has no city.
    SMP002 "frame-empty",
    /// More cities are asked for than there are, or fewer than every stratum needs.
    SMP003 "sample-size-wrong",
    /// A way of dividing a sample that there is not.
    SMP004 "allocation-unknown",
    /// A city without population.
    SMP005 "population-missing",
    /// A class of sizes that cannot be read.
    SMP006 "size-class-unreadable",
    /// No city of a stratum has a value.
    SMP007 "stratum-without-answers",
}

pub use crate::Refusal;
pub use answers::{Compared, DomainMeans, LEAST_RESPONSE, Response, SampleCity, SampleMeans, compare, means};
pub use draw::{Draw, Drawing, Method, Sampled, draw};

/// Cities that are taken from each stratum at least.
pub const LEAST: u32 = 2;

/// A class of sizes, from a population on to below another.
#[derive(Clone, Debug, PartialEq)]
pub struct SizeClass {
    /// What it is called.
    pub name: String,
    /// The smallest population.
    pub from: f64,
    /// Below this one; endless for the last.
    pub below: f64,
}

/// A city of the frame.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// Its id; equals of size stand in its order.
    pub id: i64,
    /// Its population.
    pub population: f64,
    /// What is measured there, where it was.
    pub x: f64,
}

/// The cities of a stratum, as places in the frame: the largest first, then by id.
#[derive(Clone, Debug, PartialEq)]
pub struct CityStratum {
    /// The class of sizes.
    pub name: String,
    /// The cities.
    pub cities: Vec<usize>,
    /// Their population.
    pub population: f64,
    /// Standard deviation of what is measured (divisor n − 1); 0 for one city.
    pub deviation: f64,
}

/// What a stratum's part of the sample is proportional to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocation {
    /// Its cities.
    Proportional,
    /// Its people.
    Population,
    /// The root of its people: between the two.
    RootPopulation,
    /// Its cities times their standard deviation (Neyman 1934).
    Neyman,
}

impl Allocation {
    /// All of them.
    pub const ALL: [Allocation; 4] =
        [Allocation::Proportional, Allocation::Population, Allocation::Neyman, Allocation::RootPopulation];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Allocation::Proportional => "proportional",
            Allocation::Population => "population",
            Allocation::RootPopulation => "root_population",
            Allocation::Neyman => "neyman",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Result<Allocation, Refusal> {
        Allocation::ALL.into_iter().find(|a| a.name() == name).ok_or_else(|| {
            let known = Allocation::ALL.map(Allocation::name).join(", ");
            Box::new(Diagnostic::new(&SMP004).arg("value", name).arg("known", known))
        })
    }

    fn measure(self, stratum: &CityStratum) -> f64 {
        let n = stratum.cities.len() as f64;
        match self {
            Allocation::Proportional => n,
            Allocation::Population => stratum.population,
            Allocation::RootPopulation => stratum.population.sqrt(),
            Allocation::Neyman => n * stratum.deviation,
        }
    }
}

/// A city that was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn {
    /// Its place in the frame.
    pub city: usize,
    /// Its stratum.
    pub stratum: usize,
    /// How many cities it stands for.
    pub weight: f64,
}

/// An estimate with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CityEstimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
}

/// Reads classes such as `50-100k, 0.5-1M, 5M+`.
pub fn size_classes(text: &str) -> Result<Vec<SizeClass>, Refusal> {
    let class = |name: &str| {
        let wrong = || Box::new(Diagnostic::new(&SMP006).arg("value", name));
        let (body, unit) = match name.strip_suffix('+').unwrap_or(name) {
            n if n.ends_with(['k', 'K']) => (&n[..n.len() - 1], 1e3),
            n if n.ends_with('M') => (&n[..n.len() - 1], 1e6),
            n => (n, 1.0),
        };
        let number = |text: &str| text.trim().parse::<f64>().map(|n| n * unit).map_err(|_| wrong());
        let (from, below) = match body.split_once(['-', '–']) {
            Some((from, below)) => (number(from)?, number(below)?),
            None if name.ends_with('+') => (number(body)?, f64::INFINITY),
            None => return Err(wrong()),
        };
        if from < below { Ok(SizeClass { name: name.to_owned(), from, below }) } else { Err(wrong()) }
    };
    text.split(',').map(|part| class(part.trim())).collect()
}

/// The strata of a frame, in the order of their names; a city smaller than every class is in none.
pub fn strata(cities: &[City], classes: &[SizeClass]) -> Result<Vec<CityStratum>, Refusal> {
    if let Some(city) = cities.iter().find(|c| !(c.population.is_finite() && c.population > 0.0)) {
        return Err(Box::new(Diagnostic::new(&SMP005).arg("city", city.id)));
    }
    let mut of: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (place, city) in cities.iter().enumerate() {
        if let Some(class) = classes.iter().position(|c| c.from <= city.population && city.population < c.below) {
            of.entry(class).or_default().push(place);
        }
    }
    let mut strata: Vec<CityStratum> = of
        .into_iter()
        .map(|(class, mut members)| {
            members.sort_by(|a, b| {
                let (a, b) = (&cities[*a], &cities[*b]);
                b.population.total_cmp(&a.population).then(a.id.cmp(&b.id))
            });
            let population = stats::sum(members.iter().map(|m| cities[*m].population));
            let n = members.len() as f64;
            let mean = stats::sum(members.iter().map(|m| cities[*m].x)) / n;
            let square = stats::sum(members.iter().map(|m| (cities[*m].x - mean).powi(2)));
            let deviation = if members.len() > 1 { (square / (n - 1.0)).sqrt() } else { 0.0 };
            CityStratum { name: classes[class].name.clone(), cities: members, population, deviation }
        })
        .collect();
    strata.sort_by(|a, b| a.name.cmp(&b.name));
    if strata.is_empty() { Err(Box::new(Diagnostic::new(&SMP002))) } else { Ok(strata) }
}

/// How many cities each stratum gives.
pub fn allocated(strata: &[CityStratum], n: u32, by: Allocation) -> Result<Vec<u32>, Refusal> {
    let of = |s: &CityStratum| Stratum { n_units: s.cities.len() as u32, measure: by.measure(s) };
    let measures: Vec<Stratum> = strata.iter().map(of).collect();
    allocate(&measures, n, LEAST).map_err(|e| {
        let wrong = |least: u32, most: u32| {
            let found = Diagnostic::new(&SMP003).arg("n", i64::from(n));
            Box::new(found.arg("least", i64::from(least)).arg("most", i64::from(most)))
        };
        let least = measures.iter().map(|s| s.n_units.min(LEAST)).sum();
        let most = measures.iter().map(|s| s.n_units).sum();
        match e {
            AllocationError::AboveAll { .. } | AllocationError::BelowLeast { .. } => wrong(least, most),
            AllocationError::Measure { stratum } => {
                Box::new(Diagnostic::new(&SMP004).arg("value", &strata[stratum].name).arg("known", by.name()))
            }
        }
    })
}

/// A systematic sample of each stratum, from its list by size; `start` from 0 to below 1.
pub fn drawn(strata: &[CityStratum], parts: &[u32], start: f64) -> Vec<Drawn> {
    let of = |(stratum, (s, n)): (usize, (&CityStratum, &u32))| {
        let weight = s.cities.len() as f64 / f64::from(*n);
        let places = systematic(s.cities.len(), *n as usize, start);
        places.into_iter().map(move |place| Drawn { city: s.cities[place], stratum, weight }).collect::<Vec<Drawn>>()
    };
    strata.iter().zip(parts).enumerate().flat_map(of).collect()
}

/// The mean over cities and the mean over their people, from a sample of cities that were drawn without replacement.
/// Cities without a value are left out. `None` without any, or with a stratum of which one city has a value.
pub fn estimates(cities: &[City], strata: &[CityStratum], drawn: &[Drawn]) -> Option<(CityEstimate, CityEstimate)> {
    let rows: Vec<&Drawn> = drawn.iter().filter(|d| !cities[d.city].x.is_nan()).collect();
    let stage = Stage {
        strata: rows.iter().map(|d| d.stratum as u32).collect(),
        units: (0..rows.len() as u32).collect(),
        population: Some(rows.iter().map(|d| strata[d.stratum].cities.len() as f64).collect()),
    };
    let weights = rows.iter().map(|d| d.weight).collect();
    let survey = Survey::Linear(Design::new(weights, vec![stage], Lonely::Fail, false).ok()?);
    let domain: Vec<u32> = (0..rows.len() as u32).collect();
    let x: Vec<f64> = rows.iter().map(|d| cities[d.city].x).collect();
    let people: Vec<f64> = rows.iter().map(|d| cities[d.city].population).collect();
    let weighted = x.iter().zip(&people).map(|(x, p)| x * p).collect();
    let asked = [Statistic::Ratio(x, vec![1.0; rows.len()]), Statistic::Ratio(weighted, people)];
    let found = survey.estimate(&domain, &asked).ok()?;
    let of = |i: usize| CityEstimate { value: found.values[i], se: found.variance(i).sqrt() };
    Some((of(0), of(1)))
}

/// The same of all cities, which have no error.
pub fn frame_means(cities: &[City]) -> (f64, f64) {
    let known = || cities.iter().filter(|c| !c.x.is_nan());
    let n = known().count() as f64;
    let people = stats::sum(known().map(|c| c.population));
    (stats::sum(known().map(|c| c.x)) / n, stats::sum(known().map(|c| c.x * c.population)) / people)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-5, "{found} is not {expected}");
    }

    #[test]
    fn two_strata_by_hand() {
        let city = |id, population, x| City { id, population, x };
        let mut cities: Vec<City> =
            [10.0, 14.0, 12.0, 0.0, 0.0, 0.0].iter().enumerate().map(|(i, x)| city(i as i64, 100.0, *x)).collect();
        cities.extend([city(6, 1000.0, 40.0), city(7, 3000.0, 50.0)]);
        let strata = strata(&cities, &size_classes("0-1k, 1k+").expect("classes")).expect("strata");
        assert_eq!(strata.iter().map(|s| s.cities.len()).collect::<Vec<_>>(), [6, 2]);
        let drawn: Vec<Drawn> = [(0, 0), (1, 0), (2, 0), (6, 1), (7, 1)]
            .map(|(city, stratum)| Drawn { city, stratum, weight: if stratum == 0 { 2.0 } else { 1.0 } })
            .to_vec();
        let (cities_mean, people_mean) = estimates(&cities, &strata, &drawn).expect("estimates");
        near(cities_mean.value, 20.25);
        near(cities_mean.se, 0.612372);
        near(people_mean.value, 42.8696);
    }

    #[test]
    fn classes_are_read_or_refused() {
        let classes = size_classes("50-100k, 0.5-1M, 5M+").expect("classes");
        let ends: Vec<(f64, f64)> = classes.iter().map(|c| (c.from, c.below)).collect();
        assert_eq!(ends, [(5e4, 1e5), (5e5, 1e6), (5e6, f64::INFINITY)]);
        for wrong in ["50k", "a-b", "100-50k", ""] {
            assert_eq!(size_classes(wrong).expect_err(wrong).code.id, "SMP006", "{wrong}");
        }
    }

    #[test]
    fn a_sample_that_does_not_fit_is_refused() {
        let cities: Vec<City> = (0..5).map(|id| City { id, population: 60_000.0, x: 1.0 }).collect();
        let found = strata(&cities, &size_classes("50-100k").expect("classes")).expect("strata");
        assert_eq!(allocated(&found, 9, Allocation::Population).expect_err("too many").code.id, "SMP003");
        assert_eq!(allocated(&found, 1, Allocation::Population).expect_err("too few").code.id, "SMP003");
        assert_eq!(allocated(&found, 3, Allocation::Neyman), Ok(vec![3]));
        assert_eq!(Allocation::named("best").expect_err("none").code.id, "SMP004");
        let empty = strata(&cities, &size_classes("5M+").expect("classes"));
        assert_eq!(empty.expect_err("no city").code.id, "SMP002");
        let nobody = [City { id: 3, population: 0.0, x: 1.0 }];
        assert_eq!(strata(&nobody, &[]).expect_err("nobody").code.id, "SMP005");
    }
}
