//! Land consumption rate, population growth rate and their ratio.

use serde::Serialize;

use crate::Fault;

/// Below this yearly growth (0.05 %) a ratio is drawn by rounding: it is `unstable`.
pub const UNSTABLE_PGR: f64 = 0.0005;

/// How the land consumption rate is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Variant {
    /// (V₂ − V₁) / V₁ / t: the metadata since 2021.
    Linear,
    /// ln(V₂ / V₁) / t: the metadata before 2021, Trends.Earth, the urban centre database of the GHSL.
    Log,
}

impl std::str::FromStr for Variant {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Variant, Fault> {
        match text {
            "linear" => Ok(Variant::Linear),
            "log" => Ok(Variant::Log),
            _ => Err(Fault::unknown("variant of the rate", text, ["linear", "log"])),
        }
    }
}

/// A city at two dates, within one boundary.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct City {
    /// Built-up area at the first date, in any unit of area.
    pub built_1: f64,
    /// Built-up area at the second date, in the same unit.
    pub built_2: f64,
    /// Persons at the first date.
    pub people_1: f64,
    /// Persons at the second date.
    pub people_2: f64,
    /// Years between the dates.
    pub years: f64,
}

/// Whether there is a ratio, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// There is, and it may be averaged.
    Fine,
    /// People change by less than 0.05 % a year: do not colour, do not average.
    Unstable,
    /// The population did not change: no growth to divide by.
    NoPopulationGrowth,
    /// Nothing was built at the first date.
    NothingBuiltAtStart,
    /// Nothing is built at the second date: its logarithm has no value.
    NothingBuiltAtEnd,
    /// Nobody lives there at one of the dates.
    NoPopulation,
}

/// What the signs of the two rates say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Land grows faster than people.
    Sprawling,
    /// People grow faster than land.
    Densifying,
    /// Both grow alike.
    Even,
    /// Land grows while people leave: the ratio is negative.
    LandGrowsPeopleLeave,
    /// Land is given back while people come: the ratio is negative.
    LandShrinksPeopleCome,
    /// Both fall: the ratio is positive, but of two losses.
    BothNegative,
    /// Built-up land did not change.
    NoChangeOfLand,
}

/// Rates of one city. Shares per year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LandRates {
    /// How LCR was computed.
    pub variant: Variant,
    /// Land consumption rate.
    pub lcr: Option<f64>,
    /// Population growth rate, ln(P₂ / P₁) / t.
    pub pgr: Option<f64>,
    /// LCR / PGR.
    pub ratio: Option<f64>,
    /// Whether there is a ratio.
    pub status: Status,
    /// What the signs say, where both rates are there.
    pub reading: Option<Reading>,
    /// Built-up area per person at the first date.
    pub built_per_person_1: Option<f64>,
    /// Built-up area per person at the second date.
    pub built_per_person_2: Option<f64>,
    /// (V₂ − V₁) / V₁.
    pub total_change: Option<f64>,
}

/// The rates of a city.
///
/// Undefined answers are `None` with a [`Status`], never infinite and never nudged.
/// Errors: years that are not above zero; an area or a population below zero or not a number.
/// Source: UN-Habitat, metadata of SDG 11.3.1 (March 2021).
pub fn land_rates(city: &City, variant: Variant) -> Result<LandRates, Fault> {
    let bad = |name: &str, found: f64, wanted: &str| {
        Err(Fault::Value { name: name.to_owned(), found: found.to_string(), wanted: wanted.to_owned() })
    };
    let City { built_1, built_2, people_1, people_2, years } = *city;
    for (name, v) in [("V1", built_1), ("V2", built_2), ("P1", people_1), ("P2", people_2)] {
        if !(v.is_finite() && v >= 0.0) {
            return bad(name, v, "a number of 0 or more");
        }
    }
    if !(years.is_finite() && years > 0.0) {
        return bad("t", years, "a number of years above 0");
    }
    // Adding zero turns a negative zero into zero.
    let total_change = (built_1 > 0.0).then(|| (built_2 - built_1) / built_1 + 0.0);
    let lcr = match variant {
        Variant::Linear => total_change.map(|c| c / years),
        Variant::Log => (built_1 > 0.0 && built_2 > 0.0).then(|| (built_2 / built_1).ln() / years + 0.0),
    };
    let pgr = (people_1 > 0.0 && people_2 > 0.0).then(|| (people_2 / people_1).ln() / years + 0.0);
    let status = match (lcr, pgr) {
        _ if built_1 == 0.0 => Status::NothingBuiltAtStart,
        (None, _) => Status::NothingBuiltAtEnd,
        (_, None) => Status::NoPopulation,
        (_, Some(0.0)) => Status::NoPopulationGrowth,
        (_, Some(g)) if g.abs() < UNSTABLE_PGR => Status::Unstable,
        _ => Status::Fine,
    };
    let ratio = match (lcr, pgr) {
        (Some(l), Some(g)) if g != 0.0 => Some(l / g + 0.0),
        _ => None,
    };
    let per_person = |built: f64, people: f64| (people > 0.0).then(|| built / people);
    Ok(LandRates {
        variant,
        lcr,
        pgr,
        ratio,
        status,
        reading: lcr.zip(pgr).and_then(|(l, g)| reading(l, g)),
        built_per_person_1: per_person(built_1, people_1),
        built_per_person_2: per_person(built_2, people_2),
        total_change,
    })
}

fn reading(lcr: f64, pgr: f64) -> Option<Reading> {
    if pgr == 0.0 {
        return None;
    }
    Some(match (lcr, pgr) {
        (0.0, _) => Reading::NoChangeOfLand,
        (l, g) if l > 0.0 && g > 0.0 && l > g => Reading::Sprawling,
        (l, g) if l > 0.0 && g > 0.0 && l < g => Reading::Densifying,
        (l, g) if l > 0.0 && g > 0.0 => Reading::Even,
        (l, _) if l > 0.0 => Reading::LandGrowsPeopleLeave,
        (_, g) if g > 0.0 => Reading::LandShrinksPeopleCome,
        _ => Reading::BothNegative,
    })
}

/// The rates of several cities as one, as if they had one boundary.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PooledRates {
    /// Rates of the sums.
    pub rates: LandRates,
    /// How many cities.
    pub n_cities: usize,
}

/// Pools cities: sums of areas and people, one rate of each. It is defined where ratios of single cities are not.
///
/// Errors: no city; cities over different numbers of years; what [`land_rates`] refuses.
pub fn pooled(cities: &[City], variant: Variant) -> Result<PooledRates, Fault> {
    let first = cities.first().ok_or_else(|| Fault::Value {
        name: "cities".to_owned(),
        found: "none".to_owned(),
        wanted: "at least one city".to_owned(),
    })?;
    if let Some(other) = cities.iter().find(|c| (c.years - first.years).abs() > 1e-9) {
        return Err(Fault::Value {
            name: "t".to_owned(),
            found: other.years.to_string(),
            wanted: format!("the years of the other cities, {}", first.years),
        });
    }
    let sum = |f: fn(&City) -> f64| cities.iter().map(f).sum::<f64>();
    let all = City {
        built_1: sum(|c| c.built_1),
        built_2: sum(|c| c.built_2),
        people_1: sum(|c| c.people_1),
        people_2: sum(|c| c.people_2),
        years: first.years,
    };
    Ok(PooledRates { rates: land_rates(&all, variant)?, n_cities: cities.len() })
}

/// A mean of ratios over the cities where it may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mean {
    /// The mean; `None` where no city has a stable ratio.
    pub ratio: Option<f64>,
    /// Over how many cities.
    pub n_cities: usize,
    /// How many were left out, as their ratio is undefined or unstable.
    pub n_left_out: usize,
}

/// The mean of the ratios of a country's cities with their weights: 1 each for the mean over cities, people for the mean over
/// people, expansion weights for a sample. Only defined, stable ratios enter.
pub fn mean_ratio(cities: &[(LandRates, f64)]) -> Mean {
    let used: Vec<(f64, f64)> = cities
        .iter()
        .filter(|(r, w)| r.status == Status::Fine && *w > 0.0)
        .filter_map(|(r, w)| r.ratio.map(|ratio| (ratio, *w)))
        .collect();
    let weight: f64 = used.iter().map(|u| u.1).sum();
    let ratio = (weight > 0.0).then(|| used.iter().map(|(r, w)| r * w).sum::<f64>() / weight);
    Mean { ratio, n_cities: used.len(), n_left_out: cities.len() - used.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(v: (f64, f64), p: (f64, f64), lcr: f64, pgr: f64, ratio: Option<f64>, log: Option<f64>, status: Status) {
        let city = City { built_1: v.0, built_2: v.1, people_1: p.0, people_2: p.1, years: 5.0 };
        let linear = land_rates(&city, Variant::Linear).unwrap();
        assert!((linear.lcr.unwrap() - lcr).abs() < 1e-12);
        assert!((linear.pgr.unwrap() - pgr).abs() < 1e-12);
        assert_eq!(linear.status, status);
        let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-12 * a.abs().max(1.0) + 5e-13,
            (a, b) => a == b,
        };
        assert!(near(linear.ratio, ratio), "{:?}", linear.ratio);
        assert!(near(land_rates(&city, Variant::Log).unwrap().ratio, log));
    }

    #[test]
    fn rates_by_hand() {
        use Status::{Fine, NoPopulationGrowth};
        let growth = 0.019062035961;
        check((50., 60.), (400e3, 440e3), 0.04, growth, Some(2.098411737451), Some(1.912928473834), Fine);
        check((50., 49.), (400e3, 380e3), -0.004, -0.010258658878, Some(0.389914514924), Some(0.393866441194), Fine);
        check((50., 55.), (400e3, 390e3), 0.02, -0.005063561597, Some(-3.949789020521), Some(-3.764551017350), Fine);
        check((50., 50.), (400e3, 440e3), 0.0, growth, Some(0.0), Some(0.0), Fine);
        check((50., 60.), (400e3, 400e3), 0.04, 0.0, None, None, NoPopulationGrowth);
    }

    #[test]
    fn edges_have_a_name() {
        let rates = |v1, v2, p1, p2| {
            let city = City { built_1: v1, built_2: v2, people_1: p1, people_2: p2, years: 10.0 };
            land_rates(&city, Variant::Linear).unwrap()
        };
        let none = rates(0.0, 3.0, 10.0, 20.0);
        assert_eq!((none.lcr, none.ratio, none.status), (None, None, Status::NothingBuiltAtStart));
        assert!(none.pgr.is_some());
        let empty = rates(1.0, 2.0, 0.0, 20.0);
        assert_eq!((empty.pgr, empty.ratio, empty.status), (None, None, Status::NoPopulation));
        assert!(empty.lcr.is_some());
        let slow = rates(1.0, 2.0, 1000.0, 1001.0);
        assert_eq!(slow.status, Status::Unstable);
        assert!(slow.ratio.is_some());
        let same = rates(5.0, 5.0, 20.0, 10.0);
        assert!(same.ratio.unwrap().is_sign_positive() && same.lcr.unwrap().is_sign_positive());
        assert_eq!(rates(5.0, 4.0, 20.0, 10.0).reading, Some(Reading::BothNegative));
        let late = City { built_1: 1.0, built_2: 1.0, people_1: 1.0, people_2: 1.0, years: 0.0 };
        assert!(land_rates(&late, Variant::Linear).is_err());
        assert!(land_rates(&City { years: 1.0, built_1: f64::NAN, ..late }, Variant::Linear).is_err());
    }

    #[test]
    fn cities_are_pooled_not_added() {
        let a = City { built_1: 50.0, built_2: 60.0, people_1: 400e3, people_2: 440e3, years: 5.0 };
        let b = City { built_1: 100.0, built_2: 104.0, people_1: 1e6, people_2: 1.1e6, years: 5.0 };
        assert!((land_rates(&b, Variant::Linear).unwrap().ratio.unwrap() - 0.419682347490).abs() < 1e-12);
        let all = pooled(&[a, b], Variant::Linear).unwrap().rates;
        assert!((all.lcr.unwrap() - 0.018666666667).abs() < 1e-12);
        assert!((all.ratio.unwrap() - 0.979258810811).abs() < 1e-12, "{all:?}");
        // The database of the GHSL publishes the logarithmic variant: Las Palmas de Gran Canaria, 1990 to 2015.
        let city = City {
            built_1: 24.4000759125,
            built_2: 24.9831447601,
            people_1: 318413.780792,
            people_2: 443141.222839,
            years: 25.0,
        };
        let of = |variant| land_rates(&city, variant).unwrap().ratio.unwrap();
        assert!((of(Variant::Log) - 0.071444832797).abs() < 1e-12);
        assert!((of(Variant::Linear) - 0.072295102709).abs() < 1e-12);
        let mean = mean_ratio(&[
            (land_rates(&a, Variant::Linear).unwrap(), 1.0),
            (land_rates(&City { people_2: 400e3, ..a }, Variant::Linear).unwrap(), 1.0),
        ]);
        assert_eq!((mean.n_cities, mean.n_left_out), (1, 1));
    }
}
