//! National shares become those of regions and of the world: gaps of a country are filled and told, countries without any
//! value stand in for by their region, and nothing is said of a region of which too little is known.
//!
//! Source: UN-Habitat, metadata of indicator 11.1.1 (2021); flags after the nature of data in the SDG database.

/// How many years a last value is carried forward.
pub const CARRIED_YEARS: i32 = 5;
/// A group of which less of the urban population is covered says nothing.
pub const LEAST_COVERAGE: f64 = 0.5;

/// Where a country's share of a year comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The country's own value of that year.
    Country,
    /// On the straight line between two of its values, or its last one carried forward.
    Estimated,
    /// That of its region.
    Modelled,
}

impl Origin {
    /// All of them.
    pub const ALL: [Origin; 3] = [Origin::Country, Origin::Estimated, Origin::Modelled];

    /// The flag in tables: `C`, `E`, `M`.
    pub const fn flag(self) -> &'static str {
        match self {
            Origin::Country => "C",
            Origin::Estimated => "E",
            Origin::Modelled => "M",
        }
    }
}

/// A country's share of a year from its values, which are in the order of years: its own, between two, or the last one for
/// [`CARRIED_YEARS`]. None before the first value, and where the last one is too old.
pub fn filled(points: &[(i32, f64)], year: i32) -> Option<(f64, Origin)> {
    let after = points.partition_point(|(y, _)| *y < year);
    let earlier = after.checked_sub(1).map(|at| points[at]);
    match (earlier, points.get(after)) {
        (_, Some((y, share))) if *y == year => Some((*share, Origin::Country)),
        (Some((y0, p0)), Some((y1, p1))) => {
            let part = f64::from(year - y0) / f64::from(y1 - y0);
            Some((p0 + (p1 - p0) * part, Origin::Estimated))
        }
        (Some((y0, p0)), None) if year - y0 <= CARRIED_YEARS => Some((p0, Origin::Estimated)),
        _ => None,
    }
}

/// A country of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// Its share in percent.
    pub share: Option<(f64, Origin)>,
    /// Its urban population.
    pub urban: f64,
}

/// A group of countries in a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region {
    /// Countries with an urban population.
    pub n_countries: usize,
    /// Countries by where their share comes from, in the order of [`Origin::ALL`].
    pub n_by_origin: [usize; 3],
    /// The part of the urban population behind each, from 0 to 1.
    pub population_by_origin: [f64; 3],
    /// Share in percent; none where too little is covered.
    pub share: Option<f64>,
    /// People in slums, as far as countries are in it; none where there is no share.
    pub slum_population: Option<f64>,
    /// The part of the urban population in countries with a share of their own, measured or estimated.
    pub coverage: Option<f64>,
}

/// Adds countries up by their urban population. What countries say themselves must cover [`LEAST_COVERAGE`] of the people.
pub fn region(members: &[Member]) -> Region {
    let all = stats::sum(members.iter().map(|m| m.urban));
    let mut found = Region { n_countries: members.len(), ..Region::default() };
    if all <= 0.0 {
        return found;
    }
    let of = |origin: Origin| members.iter().filter(move |m| m.share.is_some_and(|(_, o)| o == origin));
    for (at, origin) in Origin::ALL.into_iter().enumerate() {
        found.n_by_origin[at] = of(origin).count();
        found.population_by_origin[at] = stats::sum(of(origin).map(|m| m.urban)) / all;
    }
    let coverage = found.population_by_origin[0] + found.population_by_origin[1];
    found.coverage = Some(coverage);
    let known = || members.iter().filter_map(|m| Some((m.share?.0, m.urban)));
    let urban = stats::sum(known().map(|(_, urban)| urban));
    if coverage >= LEAST_COVERAGE && urban > 0.0 {
        let slum = stats::sum(known().map(|(share, urban)| share / 100.0 * urban));
        found.share = Some(100.0 * slum / urban);
        found.slum_population = Some(slum);
    }
    found
}

/// The world from its regions: a country without a share of its own gets that of its region, where the region has one.
pub fn world(regions: &[Vec<Member>]) -> Region {
    let of = |members: &Vec<Member>| {
        let own = region(members).share;
        let with_region = move |m: &Member| Member { share: m.share.or(own.map(|s| (s, Origin::Modelled))), ..*m };
        members.iter().map(with_region).collect::<Vec<Member>>()
    };
    region(&regions.iter().flat_map(of).collect::<Vec<Member>>())
}

/// Standard error of a region's share from those of its countries, which are independent: √Σ (uᵢ/U)² seᵢ².
/// Shape: urban population and standard error in percentage points of each country.
pub fn error_of_region(countries: &[(f64, f64)]) -> Option<f64> {
    let all = stats::sum(countries.iter().map(|(urban, _)| *urban));
    (all > 0.0).then(|| stats::sum(countries.iter().map(|(urban, se)| (urban / all * se).powi(2))).sqrt())
}

/// One year in two releases of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vintages {
    /// The year.
    pub year: i32,
    /// In the earlier release.
    pub earlier: Option<f64>,
    /// In the later one.
    pub later: Option<f64>,
}

impl Vintages {
    /// How much the later release says more, in points.
    pub fn difference(&self) -> Option<f64> {
        Some(self.later? - self.earlier?)
    }
}

/// Two releases side by side, for every year that one of them has; both in the order of years.
pub fn vintages(earlier: &[(i32, f64)], later: &[(i32, f64)]) -> Vec<Vintages> {
    let mut years: Vec<i32> = earlier.iter().chain(later).map(|(year, _)| *year).collect();
    years.sort_unstable();
    years.dedup();
    let of = |points: &[(i32, f64)], year: i32| points.iter().find(|(y, _)| *y == year).map(|(_, share)| *share);
    years.into_iter().map(|year| Vintages { year, earlier: of(earlier, year), later: of(later, year) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: Origin = Origin::Country;

    fn member(share: Option<f64>, urban: f64) -> Member {
        Member { share: share.map(|s| (s, OWN)), urban }
    }

    #[test]
    fn gaps_are_filled_and_told() {
        let points = [(2000, 40.0), (2010, 20.0), (2014, 24.0)];
        for (year, expected) in [
            (1999, None),
            (2000, Some((40.0, OWN))),
            (2005, Some((30.0, Origin::Estimated))),
            (2012, Some((22.0, Origin::Estimated))),
            (2019, Some((24.0, Origin::Estimated))),
            (2020, None),
        ] {
            assert_eq!(filled(&points, year), expected, "{year}");
        }
        assert_eq!(filled(&[], 2000), None);
    }

    #[test]
    fn a_region_of_which_little_is_known_says_nothing() {
        let found = region(&[member(Some(50.0), 40.0), member(None, 60.0)]);
        assert_eq!((found.share, found.slum_population, found.coverage), (None, None, Some(0.4)));
        let found = region(&[member(Some(50.0), 60.0), member(Some(20.0), 20.0), member(None, 20.0)]);
        assert_eq!((found.share, found.slum_population), (Some(42.5), Some(34.0)));
        assert_eq!((found.n_countries, found.n_by_origin), (3, [2, 0, 0]));
        assert_eq!(region(&[]), Region::default());
        assert_eq!(region(&[member(Some(1.0), 0.0)]).share, None);
    }

    #[test]
    fn the_world_takes_a_missing_country_from_its_region() {
        let africa = vec![member(Some(60.0), 60.0), member(None, 40.0)];
        let unknown = vec![member(None, 10.0)];
        let found = world(&[africa, vec![member(Some(10.0), 90.0)], unknown]);
        // 0.6 × 60 + 0.6 × 40 + 0.1 × 90 of the 190 people of whom something is known.
        assert!((found.share.expect("covered") - 100.0 * 69.0 / 190.0).abs() < 1e-12);
        assert_eq!((found.n_by_origin, found.coverage), ([2, 0, 1], Some(150.0 / 200.0)));
    }

    #[test]
    fn errors_and_releases() {
        assert_eq!(error_of_region(&[(50.0, 3.0), (50.0, 4.0)]), Some(2.5));
        assert_eq!(error_of_region(&[]), None);
        let found = vintages(&[(2000, 28.0), (2014, 23.0)], &[(2000, 31.0), (2020, 24.0)]);
        assert_eq!(found.iter().map(|v| v.year).collect::<Vec<_>>(), [2000, 2014, 2020]);
        assert_eq!((found[0].difference(), found[1].difference()), (Some(3.0), None));
    }
}
