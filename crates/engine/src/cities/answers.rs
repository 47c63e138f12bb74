//! What the cities of a sample tell: means with their error, how many answered, and how two samples differ.

use std::collections::BTreeMap;

use diag::Diagnostic;
use stats::survey::{Design, Lonely, Stage, Statistic, Survey};

use super::{CityEstimate, Refusal, SMP007};

/// Below this part of a stratum's population its figures are marked.
pub const LEAST_RESPONSE: f64 = 0.7;

/// A city of a sample, with what was measured in it.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleCity {
    /// Its id.
    pub id: String,
    /// Its stratum.
    pub stratum: String,
    /// Its region; empty without.
    pub region: String,
    /// Population, or what a mean over people is weighted by.
    pub population: f64,
    /// How many cities it stands for.
    pub weight: f64,
    /// Cities of its stratum in the frame; none for samples with unequal probabilities.
    pub n_frame: Option<f64>,
    /// What was measured; none when the city did not answer.
    pub x: Option<f64>,
    /// Standard error of that, when it is an estimate itself.
    pub se: Option<f64>,
    /// Drawn to stand in for a city of its stratum that does not answer; such cities are asked in their order.
    pub is_reserve: bool,
}

/// A stratum's response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The stratum.
    pub stratum: String,
    /// Cities drawn and cities with a value.
    pub n: (usize, usize),
    /// The part of the sample's population in cities with a value.
    pub share: f64,
    /// Whether it is below [`LEAST_RESPONSE`].
    pub is_low: bool,
}

/// Means of a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleMeans {
    /// For all (empty name), then by region.
    pub domains: Vec<DomainMeans>,
    /// By stratum.
    pub response: Vec<Response>,
    /// Degrees of freedom: cities less strata.
    pub degf: f64,
}

/// Means of a domain.
#[derive(Clone, Debug, PartialEq)]
pub struct DomainMeans {
    /// The region; empty for all.
    pub name: String,
    /// Cities with a value.
    pub n: usize,
    /// Mean over cities.
    pub cities: CityEstimate,
    /// Mean over people.
    pub people: CityEstimate,
}

/// How two samples differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Cities in the first, in the second, and in both, with a value.
    pub n: (usize, usize, usize),
    /// Mean over cities: first, second, and the second less the first.
    pub cities: [CityEstimate; 3],
    /// Mean over people.
    pub people: [CityEstimate; 3],
}

/// Estimates the means. For each city that did not answer one in reserve stands in, in the order of the list; what is missing
/// then is made up for by those of the stratum that did answer, and a stratum without any answer is refused. A value's own error is added: Σ (wᵢ/W)² seᵢ².
///
/// Errors: no value at all, or none in a stratum (SMP007).
pub fn means(cities: &[SampleCity]) -> Result<SampleMeans, Refusal> {
    let (rows, response) = answered(cities)?;
    let codes = stratum_codes(rows.iter().map(|r| r.city.stratum.as_str()));
    // A stratum of unknown size is without end: drawn with unequal probabilities, it has no correction.
    let is_known = rows.iter().any(|r| r.city.n_frame.is_some());
    let stage = Stage {
        units: (0..rows.len() as u32).collect(),
        population: is_known.then(|| rows.iter().map(|r| r.city.n_frame.unwrap_or(f64::INFINITY)).collect()),
        strata: codes.clone(),
    };
    let weights: Vec<f64> = rows.iter().map(|r| r.weight).collect();
    let wrong = || Box::new(Diagnostic::new(&SMP007).arg("stratum", ""));
    let survey = Survey::Linear(Design::new(weights, vec![stage], Lonely::Adjust, false).map_err(|_| wrong())?);
    let mut regions: Vec<&str> = rows.iter().map(|r| r.city.region.as_str()).filter(|r| !r.is_empty()).collect();
    regions.sort_unstable();
    regions.dedup();
    let x: Vec<f64> = rows.iter().map(|r| r.x).collect();
    let people: Vec<f64> = rows.iter().map(|r| r.city.population).collect();
    let weighted: Vec<f64> = x.iter().zip(&people).map(|(x, p)| x * p).collect();
    let asked = [Statistic::Ratio(x, vec![1.0; rows.len()]), Statistic::Ratio(weighted, people)];
    let domain = |name: &str| -> Option<DomainMeans> {
        let of: Vec<u32> =
            (0..rows.len() as u32).filter(|i| name.is_empty() || rows[*i as usize].city.region == name).collect();
        let found = survey.estimate(&of, &asked).ok()?;
        let own = |weight: &dyn Fn(&Answered<'_>) -> f64| {
            let all = stats::sum(of.iter().map(|i| weight(&rows[*i as usize])));
            stats::sum(of.iter().filter_map(|i| {
                let row = &rows[*i as usize];
                Some((weight(row) / all * row.city.se?).powi(2))
            }))
        };
        let estimate =
            |at: usize, own: f64| CityEstimate { value: found.values[at], se: (found.variance(at) + own).sqrt() };
        Some(DomainMeans {
            name: name.to_owned(),
            n: of.len(),
            cities: estimate(0, own(&|r| r.weight)),
            people: estimate(1, own(&|r| r.weight * r.city.population)),
        })
    };
    let domains = std::iter::once("").chain(regions.into_iter().filter(|r| !r.is_empty())).filter_map(domain).collect();
    let n_strata = codes.iter().max().map_or(0, |most| *most as usize + 1);
    Ok(SampleMeans { domains, response, degf: rows.len().saturating_sub(n_strata) as f64 })
}

/// The difference of two samples of one frame. With the linearised values *z* of both, a city's part is *u* = *z*₂ − *z*₁ (0
/// where it is not in a sample), and the variance Σ over strata of *n*/(*n* − 1) Σ (*u* − *ū*)²: for simple random samples this
/// is *S*² (1/*n*₁ + 1/*n*₂ − 2 *n*₁₂/(*n*₁ *n*₂)), in which the size of the frame cancels out.
///
/// Errors: as [`means`].
pub fn compare(first: &[SampleCity], second: &[SampleCity]) -> Result<Compared, Refusal> {
    let (one, two) = (means(first)?, means(second)?);
    let (rows_one, rows_two) = (answered(first)?.0, answered(second)?.0);
    // A city that both samples have lies in the stratum that the first one gives it.
    let mut parts: BTreeMap<&str, (&str, [f64; 2])> = BTreeMap::new();
    for (rows, of, sign) in [(&rows_one, &one.domains[0], -1.0), (&rows_two, &two.domains[0], 1.0)] {
        let all = stats::sum(rows.iter().map(|r| r.weight));
        let people = stats::sum(rows.iter().map(|r| r.weight * r.city.population));
        for row in rows {
            let z = [
                row.weight * (row.x - of.cities.value) / all,
                row.weight * row.city.population * (row.x - of.people.value) / people,
            ];
            let held = parts.entry(row.city.id.as_str()).or_insert((row.city.stratum.as_str(), [0.0; 2]));
            (0..2).for_each(|i| held.1[i] += sign * z[i]);
        }
    }
    let mut strata: BTreeMap<&str, Vec<[f64; 2]>> = BTreeMap::new();
    parts.values().for_each(|(stratum, u)| strata.entry(stratum).or_default().push(*u));
    let variance = |i: usize| {
        stats::sum(strata.values().filter(|s| s.len() > 1).map(|s| {
            let n = s.len() as f64;
            let mean = stats::sum(s.iter().map(|u| u[i])) / n;
            n / (n - 1.0) * stats::sum(s.iter().map(|u| (u[i] - mean).powi(2)))
        }))
    };
    let difference =
        |a: CityEstimate, b: CityEstimate, i| [a, b, CityEstimate { value: b.value - a.value, se: variance(i).sqrt() }];
    let ids: std::collections::BTreeSet<&str> = rows_one.iter().map(|r| r.city.id.as_str()).collect();
    let n_both = rows_two.iter().filter(|r| ids.contains(r.city.id.as_str())).count();
    Ok(Compared {
        n: (rows_one.len(), rows_two.len(), n_both),
        cities: difference(one.domains[0].cities, two.domains[0].cities, 0),
        people: difference(one.domains[0].people, two.domains[0].people, 1),
    })
}

/// A city with a value, its weight made up for those of its stratum that gave none.
struct Answered<'c> {
    city: &'c SampleCity,
    weight: f64,
    x: f64,
}

fn answered(cities: &[SampleCity]) -> Result<(Vec<Answered<'_>>, Vec<Response>), Refusal> {
    let mut strata: BTreeMap<&str, Vec<&SampleCity>> = BTreeMap::new();
    cities.iter().for_each(|c| strata.entry(c.stratum.as_str()).or_default().push(c));
    let (mut rows, mut response) = (Vec::new(), Vec::new());
    for (stratum, members) in strata {
        let (reserve, drawn): (Vec<&SampleCity>, Vec<&SampleCity>) = members.into_iter().partition(|c| c.is_reserve);
        let with_value = |of: &[&'_ SampleCity]| of.iter().filter(|c| c.x.is_some()).count();
        let n_missing = drawn.len() - with_value(&drawn);
        let standing_in = reserve.into_iter().filter(|c| c.x.is_some()).take(n_missing);
        let known: Vec<(&SampleCity, f64)> =
            drawn.iter().copied().chain(standing_in).filter_map(|c| Some((c, c.x?))).collect();
        if known.is_empty() {
            return Err(Box::new(Diagnostic::new(&SMP007).arg("stratum", stratum)));
        }
        let weight = |of: &mut dyn Iterator<Item = &SampleCity>| stats::sum(of.map(|c| c.weight));
        let up = weight(&mut drawn.iter().copied()) / weight(&mut known.iter().map(|(c, _)| *c));
        let people = |of: &mut dyn Iterator<Item = &SampleCity>| stats::sum(of.map(|c| c.population));
        let share = people(&mut drawn.iter().copied().filter(|c| c.x.is_some())) / people(&mut drawn.iter().copied());
        response.push(Response {
            stratum: stratum.to_owned(),
            n: (drawn.len(), with_value(&drawn)),
            share,
            is_low: share < LEAST_RESPONSE,
        });
        rows.extend(known.into_iter().map(|(city, x)| Answered { city, weight: city.weight * up, x }));
    }
    if rows.is_empty() {
        return Err(Box::new(Diagnostic::new(&SMP007).arg("stratum", "")));
    }
    Ok((rows, response))
}

fn stratum_codes<'s>(strata: impl Iterator<Item = &'s str>) -> Vec<u32> {
    let mut codes: BTreeMap<&str, u32> = BTreeMap::new();
    strata
        .map(|stratum| {
            let next = codes.len() as u32;
            *codes.entry(stratum).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn city(id: i64, stratum: &str, population: f64, weight: f64, n_frame: f64, x: Option<f64>) -> SampleCity {
        let (stratum, region) = (stratum.to_owned(), stratum.to_lowercase());
        SampleCity {
            id: id.to_string(),
            stratum,
            region,
            population,
            weight,
            n_frame: Some(n_frame),
            x,
            se: None,
            is_reserve: false,
        }
    }

    fn sample() -> Vec<SampleCity> {
        let a = [(0, 10.0), (1, 14.0), (2, 12.0)].map(|(id, x)| city(id, "A", 100.0, 2.0, 6.0, Some(x)));
        let b = [(6, 1000.0, 40.0), (7, 3000.0, 50.0)].map(|(id, p, x)| city(id, "B", p, 1.0, 2.0, Some(x)));
        a.into_iter().chain(b).collect()
    }

    #[test]
    fn means_by_hand() {
        // Strata of 6 and 2 cities, the second taken whole.
        let found = means(&sample()).expect("means");
        let all = &found.domains[0];
        assert!((all.cities.value - 20.25).abs() < 1e-12 && (all.cities.se - 0.612_372).abs() < 1e-6, "{all:?}");
        assert!((all.people.value - 42.869_565).abs() < 1e-6);
        assert_eq!((found.domains.len(), found.degf), (3, 3.0));
        assert!((found.domains[1].cities.value - 12.0).abs() < 1e-12 && found.domains[2].cities.se.abs() < 1e-12);
    }

    #[test]
    fn those_who_answer_stand_for_those_who_do_not() {
        let mut cities = sample();
        cities[1].x = None;
        cities[0].se = Some(3.0);
        let found = means(&cities).expect("means");
        // A: (10 + 12) / 2 × 6, B as before.
        assert!((found.domains[0].cities.value - (66.0 + 90.0) / 8.0).abs() < 1e-12);
        assert_eq!((found.response[0].n, found.response[0].is_low), ((3, 2), true));
        let without = means(&{
            let mut c = cities.clone();
            c[0].se = None;
            c
        })
        .expect("means")
        .domains[0]
            .cities
            .se;
        assert!(found.domains[0].cities.se > without, "an estimate's own error is not dropped");
        cities.iter_mut().filter(|c| c.stratum == "B").for_each(|c| c.x = None);
        assert_eq!(means(&cities).expect_err("a stratum without answers").code.id, "SMP007");
    }

    #[test]
    fn a_city_in_reserve_stands_in_for_one_that_does_not_answer() {
        let mut cities = sample();
        cities.extend([20, 21].map(|id| SampleCity { is_reserve: true, ..city(id, "A", 100.0, 2.0, 6.0, Some(20.0)) }));
        assert_eq!(means(&cities), means(&sample()), "nobody was missing");
        cities[1].x = None;
        let found = means(&cities).expect("means");
        // A: (10 + 20 + 12) / 3 × 6; one stands in, not two, and the response is that of the cities that were drawn.
        assert!((found.domains[0].cities.value - (84.0 + 90.0) / 8.0).abs() < 1e-12);
        assert_eq!(found.response[0].n, (3, 2));
    }

    #[test]
    fn a_sample_does_not_differ_from_itself() {
        let found = compare(&sample(), &sample()).expect("compared");
        assert_eq!((found.n, found.cities[2].value), ((5, 5, 5), 0.0));
        assert!(found.cities[2].se < 1e-12 && found.people[2].se < 1e-12);
    }

    #[test]
    fn nested_samples_have_the_error_of_what_one_has_more() {
        // Simple random samples of 8 and, within them, 4 of 100 cities: S² (1/4 − 1/8) with the larger sample's S².
        let x = [3.0, 8.0, 1.0, 6.0, 4.0, 9.0, 2.0, 7.0];
        let large: Vec<SampleCity> =
            x.iter().enumerate().map(|(i, x)| city(i as i64, "S", 1.0, 12.5, 100.0, Some(*x))).collect();
        let small: Vec<SampleCity> = large[..4].iter().map(|c| SampleCity { weight: 25.0, ..c.clone() }).collect();
        let found = compare(&large, &small).expect("compared");
        assert_eq!((found.n, found.cities[2].value), ((8, 4, 4), -0.5));
        let apart = compare(
            &large,
            &small.iter().map(|c| SampleCity { id: format!("o{}", c.id), ..c.clone() }).collect::<Vec<_>>(),
        )
        .expect("compared");
        assert!(found.cities[2].se < apart.cities[2].se, "what both have does not differ");
    }
}
