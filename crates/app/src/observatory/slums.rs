//! The share of people in slums on a page: of a country, a region or the world, in two releases of the series, with where it is
//! going; and all regions in one year.

use std::sync::OnceLock;

use diag::Diagnostic;
use engine::{
    outlook::{OUT001, OUT002, OUT005, Outlook, Past, Refusal, outlook},
    regions::{Member, Origin, Region, Vintages, filled, region, vintages, world},
};
use model::{
    figure::{Answer, Figure},
    kinds::{Indicator, Measure, PlaceKind},
    value::{Id, Lang, Text},
};
use rustc_hash::FxHashMap;
use serde_json::{Value as Json, json};

use super::{maybe, number, tables};
use crate::{indicator::place_figures, world::World};

/// The group that holds all countries.
const WORLD: &str = "World";
/// Regions are shown for these years.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2021;
/// Trends are drawn up to this year unless somebody asks for another: from the next on the series is made in another way.
const LAST_BEFORE_BREAK: i32 = 2020;
const HORIZON: i32 = 2030;
/// Horizons that are answered.
const HORIZONS: std::ops::RangeInclusive<i32> = 2021..=2100;

/// Values by country, in the order of years.
type Points = FxHashMap<String, Vec<(i32, f64)>>;

/// A country of the list.
#[derive(Clone, Debug)]
struct Country {
    iso3: String,
    m49: String,
    name: String,
    region: String,
    subregion: String,
}

struct Known {
    countries: Vec<Country>,
    later: Points,
    earlier: Points,
    urban: Points,
    projected: Points,
}

/// What the program carries. A test holds that it can be read.
fn known() -> Result<&'static Known, Refusal> {
    static KNOWN: OnceLock<Result<Known, Refusal>> = OnceLock::new();
    KNOWN.get_or_init(Known::read).as_ref().map_err(Clone::clone)
}

impl Known {
    fn read() -> Result<Known, Refusal> {
        let points = |name: &str, column: &str| -> Result<Points, Refusal> {
            let table = tables::table(name, &[], &OUT001)?;
            let (iso3, years) = (tables::texts(&table, "iso3"), tables::numbers(&table, "year")?);
            let mut all = Points::default();
            for ((iso3, year), value) in iso3.into_iter().zip(years).zip(tables::numbers(&table, column)?) {
                if !value.is_nan() {
                    all.entry(iso3).or_default().push((*year as i32, *value));
                }
            }
            all.values_mut().for_each(|points| points.sort_by_key(|(year, _)| *year));
            Ok(all)
        };
        let table = tables::table("countries.csv", &[], &OUT001)?;
        let column = |name: &str| tables::texts(&table, name);
        let (iso3, m49, names) = (column("iso3"), column("m49"), column("name"));
        let (regions, subregions) = (column("region"), column("subregion"));
        let country = |at: usize| Country {
            iso3: iso3[at].clone(),
            m49: m49[at].clone(),
            name: names[at].clone(),
            region: regions[at].clone(),
            subregion: subregions[at].clone(),
        };
        Ok(Known {
            countries: (0..table.n_rows).map(country).collect(),
            later: points("slum_share.csv", "share_percent")?,
            earlier: points("slum_share_2020.csv", "share_percent")?,
            urban: points("urban_population.csv", "urban")?,
            projected: points("urban_projection.csv", "urban")?,
        })
    }

    fn urban(&self, iso3: &str, year: i32) -> Option<f64> {
        value_at(self.urban.get(iso3)?, year)
    }

    /// The official projection, between its points as it grows.
    fn projected(&self, iso3: &str, year: i32) -> Option<f64> {
        let points = self.projected.get(iso3)?;
        let after = points.partition_point(|(y, _)| *y < year);
        let (y1, u1) = points.get(after)?;
        if *y1 == year {
            return Some(*u1);
        }
        let (y0, u0) = points.get(after.checked_sub(1)?)?;
        let part = f64::from(year - y0) / f64::from(y1 - y0);
        Some(if *u0 > 0.0 { u0 * (u1 / u0).powf(part) } else { u0 + (u1 - u0) * part })
    }

    fn member(&self, country: &Country, points: &Points, year: i32) -> Option<Member> {
        let share = points.get(&country.iso3).and_then(|points| filled(points, year));
        Some(Member { share, urban: self.urban(&country.iso3, year)? })
    }

    fn members<'k>(&'k self, group: &'k str) -> impl Iterator<Item = &'k Country> {
        self.countries.iter().filter(move |c| group == WORLD || c.region == group || c.subregion == group)
    }

    /// A group in a year: the world takes what is missing from regions, a region takes nothing from elsewhere.
    fn group(&self, group: &str, points: &Points, year: i32) -> Region {
        if group != WORLD {
            return region(&self.members(group).filter_map(|c| self.member(c, points, year)).collect::<Vec<_>>());
        }
        let mut by_subregion: Vec<(&str, Vec<Member>)> = Vec::new();
        for country in &self.countries {
            let Some(member) = self.member(country, points, year) else { continue };
            match by_subregion.iter_mut().find(|(name, _)| *name == country.subregion) {
                Some((_, members)) => members.push(member),
                None => by_subregion.push((&country.subregion, vec![member])),
            }
        }
        world(&by_subregion.into_iter().map(|(_, members)| members).collect::<Vec<_>>())
    }

    /// That there is no such country or group, with the nearest name.
    fn unknown(&self, of: &str) -> Refusal {
        let near = |name: &str| strsim::jaro_winkler(&name.to_lowercase(), &of.to_lowercase());
        let groups = self.groups().into_iter().map(|(name, _)| (near(name), name.to_owned()));
        let countries = self.countries.iter().map(|c| (near(&c.name), format!("{} ({})", c.iso3, c.name)));
        let nearest = groups.chain(countries).max_by(|a, b| a.0.total_cmp(&b.0)).map_or_else(String::new, |(_, n)| n);
        Box::new(Diagnostic::new(&OUT005).arg("of", of).arg("nearest", nearest))
    }

    /// The names of groups, each subregion below its region.
    fn groups(&self) -> Vec<(&str, u8)> {
        let mut all: Vec<(&str, &str)> = self
            .countries
            .iter()
            .filter(|c| !c.region.is_empty())
            .map(|c| (c.region.as_str(), c.subregion.as_str()))
            .collect();
        all.sort_unstable();
        all.dedup();
        let mut groups = vec![(WORLD, 0)];
        for (region, subregion) in all {
            if groups.iter().all(|(name, _)| *name != region) {
                groups.push((region, 1));
            }
            // Some regions of the standard have no parts.
            if subregion != region && !subregion.is_empty() {
                groups.push((subregion, 2));
            }
        }
        groups
    }
}

fn value_at(points: &[(i32, f64)], year: i32) -> Option<f64> {
    points.binary_search_by_key(&year, |(y, _)| *y).ok().map(|at| points[at].1)
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct SlumQuestion {
    /// A country's code or the English name of a group; the world when empty.
    pub of: String,
    /// First year of the trend.
    pub from: Option<i32>,
    /// Its last year.
    pub to: Option<i32>,
    /// The year that is looked at.
    pub horizon: Option<i32>,
    /// A share to be reached by then, in percent.
    pub aim: Option<f64>,
}

/// The share of people in slums of one country or group.
#[derive(Clone, Debug)]
pub struct SlumSeries {
    /// A country's code or a group's English name.
    pub of: String,
    /// Its English name.
    pub name: String,
    /// Whether it is a country.
    pub is_country: bool,
    /// The later release by year: a country's own values; of a group what its countries make.
    pub shares: Vec<(i32, f64)>,
    /// Years of which too little of a group is known.
    pub n_withheld: usize,
    /// Both releases.
    pub vintages: Vec<Vintages>,
    /// First and last year of the trend.
    pub span: (i32, i32),
    /// The year that is looked at.
    pub horizon: i32,
    /// Where it goes, in several ways.
    pub outlook: Result<Outlook, Box<Diagnostic>>,
    /// Urban population at the horizon by the official projection.
    pub urban_official: Option<f64>,
    /// A share to be reached.
    pub aim: Option<f64>,
    /// People a year who must leave slums for it, by the official projection.
    pub people_a_year: Option<f64>,
}

/// Countries with a series (code and English name), and groups with their depth.
#[derive(Clone, Debug)]
pub struct SlumChoices {
    /// By name.
    pub countries: Vec<(String, String)>,
    /// Each below the one that holds it.
    pub groups: Vec<(String, u8)>,
}

/// What can be asked for.
///
/// Errors: a series of the program that cannot be read.
pub fn slum_choices() -> Result<SlumChoices, Refusal> {
    let known = known()?;
    let with_series = known.countries.iter().filter(|c| known.later.contains_key(&c.iso3));
    let mut countries: Vec<(String, String)> = with_series.map(|c| (c.iso3.clone(), c.name.clone())).collect();
    countries.sort_by(|a, b| a.1.cmp(&b.1));
    let groups = known.groups().into_iter().map(|(name, depth)| (name.to_owned(), depth)).collect();
    Ok(SlumChoices { countries, groups })
}

/// What the register calls a country (by its code) or a group (by its English name); that name where it has none.
pub fn slum_name(world: &World, of: &str) -> Text {
    let country = known().ok().and_then(|known| known.countries.iter().find(|c| c.iso3 == of));
    let places = &world.records().places;
    let found = match country {
        Some(country) => {
            let m49 = country.m49.trim_start_matches('0');
            places.iter().find(|p| p.m49.as_ref().is_some_and(|code| code.0.trim_start_matches('0') == m49))
        }
        None => places.iter().find(|p| p.title.get(Lang::En) == Some(of)),
    };
    found.map_or_else(|| Text::en(country.map_or(of, |c| c.name.as_str())), |place| place.title.clone())
}

/// The series of a country or group, with where it is going.
///
/// Errors: `OUT005` for a name that is neither, `OUT002` for one without values.
pub fn slum_series(question: &SlumQuestion) -> Result<SlumSeries, Refusal> {
    let known = known()?;
    let of = if question.of.is_empty() { WORLD } else { question.of.as_str() };
    let country = known.countries.iter().find(|c| c.iso3.eq_ignore_ascii_case(of));
    let group = known.groups().into_iter().find(|(name, _)| *name == of).map(|(name, _)| name);
    let mut n_withheld = 0;
    let (name, own, before) = match (country, group) {
        (Some(country), _) => {
            let of = |points: &Points| points.get(&country.iso3).cloned().unwrap_or_default();
            (country.name.as_str(), of(&known.later), of(&known.earlier))
        }
        (None, Some(group)) => {
            let years = |points: &Points| -> Vec<(i32, Option<f64>)> {
                YEARS.map(|y| (y, known.group(group, points, y).share)).collect()
            };
            let with = |years: Vec<(i32, Option<f64>)>| years.into_iter().filter_map(|(y, s)| Some((y, s?))).collect();
            let later = years(&known.later);
            n_withheld = later.iter().filter(|(_, share)| share.is_none()).count();
            (group, with(later), with(years(&known.earlier)))
        }
        (None, None) => return Err(known.unknown(of)),
    };
    let missing =
        || Box::new(Diagnostic::new(&OUT002).arg("country", of).arg("series", "slum_share.csv").arg("year", "–"));
    if own.is_empty() {
        return Err(missing());
    }
    let iso3 = country.map(|c| c.iso3.as_str());
    let people = |year: i32, projected: bool| -> Option<f64> {
        let of = |iso3: &str| if projected { known.projected(iso3, year) } else { known.urban(iso3, year) };
        match (iso3, group) {
            (Some(iso3), _) => of(iso3),
            (None, Some(group)) => {
                let all = stats::sum(known.members(group).filter_map(|c| of(&c.iso3)));
                (all > 0.0).then_some(all)
            }
            _ => None,
        }
    };
    let usable: Vec<(i32, f64)> = own.iter().copied().filter(|(y, _)| people(*y, false).is_some()).collect();
    let near = |wanted: i32| usable.iter().map(|(y, _)| *y).rfind(|y| *y <= wanted);
    let last = question.to.and_then(near).or_else(|| near(LAST_BEFORE_BREAK)).or(usable.last().map(|p| p.0));
    let first =
        question.from.and_then(|y| usable.iter().map(|p| p.0).find(|p| *p >= y)).or(usable.first().map(|p| p.0));
    // Values without people beside them are shown, and carried on nowhere.
    let (first, last) = first.zip(last).unwrap_or((own[0].0, own[own.len() - 1].0));
    let horizon = question.horizon.filter(|y| HORIZONS.contains(y)).unwrap_or(HORIZON).max(last);
    let aim = question.aim.filter(|a| (0.0..=100.0).contains(a));
    let past = (|| {
        let share = |year| value_at(&usable, year);
        Some(Past {
            iso3: name.to_owned(),
            years: (first, last),
            horizon,
            shares: (share(first)?, share(last)?),
            urban: (people(first, false)?, people(last, false)?),
            points: usable.iter().copied().filter(|(y, _)| (first..=last).contains(y)).collect(),
            aim,
        })
    })();
    let without_people = || {
        let found = Diagnostic::new(&OUT002).arg("country", name).arg("series", "urban_population.csv");
        Box::new(found.arg("year", i64::from(last)))
    };
    let outlook = past.ok_or_else(without_people).and_then(|past| outlook(&past));
    let urban_official = people(horizon, true);
    let people_a_year = outlook.as_ref().ok().zip(aim).zip(urban_official).and_then(|((outlook, aim), urban)| {
        stats::projection::people_a_year(outlook.share_linear.0, aim, urban, f64::from(horizon - last))
    });
    Ok(SlumSeries {
        of: iso3.unwrap_or(name).to_owned(),
        name: name.to_owned(),
        is_country: iso3.is_some(),
        vintages: vintages(&before, &own),
        shares: own,
        n_withheld,
        span: (first, last),
        horizon,
        outlook,
        urban_official,
        aim,
        people_a_year,
    })
}

/// The years that groups are known for: those with an urban population.
pub fn slum_years() -> std::ops::RangeInclusive<i32> {
    YEARS
}

/// People in slums: a share in percent of an urban population.
pub fn people_of(share: f64, urban: f64) -> f64 {
    share / 100.0 * urban
}

/// All groups in a year.
#[derive(Clone, Debug)]
pub struct SlumGroups {
    /// The year.
    pub year: i32,
    /// Each group's English name, its depth and what is known of it.
    pub groups: Vec<(String, u8, Region)>,
}

/// The world and its regions in a year.
///
/// Errors: a series of the program that cannot be read.
pub fn slum_groups(year: i32) -> Result<SlumGroups, Refusal> {
    let known = known()?;
    let of = |(name, depth): (&str, u8)| (name.to_owned(), depth, known.group(name, &known.later, year));
    Ok(SlumGroups { year, groups: known.groups().into_iter().map(of).collect() })
}

/// A series and its outlook as JSON.
///
/// Errors: as [`slum_series`], and what keeps the outlook from being one.
pub fn slum_series_json(question: &SlumQuestion) -> Result<Json, Refusal> {
    let found = slum_series(question)?;
    let outlook = found.outlook.clone()?;
    let way = |name: &str, share: Option<f64>, between: Option<(f64, f64)>| {
        let people = |urban: Option<f64>| maybe(share.zip(urban).map(|(share, urban)| people_of(share, urban)));
        json!({
            "way": name, "share": maybe(share), "low": maybe(between.map(|b| b.0)), "high": maybe(between.map(|b| b.1)),
            "people": people(outlook.urban_horizon), "people_official": people(found.urban_official),
        })
    };
    let mut ways = vec![
        way("linear", Some(outlook.share_linear.0), None),
        way("logit", Some(outlook.share_logit.0), None),
        way("rate", outlook.share_exponential, None),
    ];
    ways.extend(outlook.trend.as_ref().map(|t| way("trend", Some(t.share), t.low.zip(t.high))));
    ways.push(json!({"way": "number", "share": null, "people": maybe(outlook.slum_exponential)}));
    let release = |v: &Vintages| json!({"year": v.year, "earlier": maybe(v.earlier), "later": maybe(v.later)});
    Ok(json!({
        "of": found.of, "name": found.name, "from": found.span.0, "to": found.span.1, "horizon": found.horizon,
        "ways": ways, "aim": maybe(found.aim), "people_a_year": maybe(found.people_a_year),
        "urban_horizon": maybe(outlook.urban_horizon), "urban_official": maybe(found.urban_official),
        "breaks": outlook.breaks, "repeats": outlook.repeats, "years_withheld": found.n_withheld,
        "releases": found.vintages.iter().map(release).collect::<Vec<Json>>(),
    }))
}

/// The world and its regions in a year as JSON.
///
/// Errors: as [`slum_groups`].
pub fn slum_groups_json(year: i32) -> Result<Json, Refusal> {
    let found = slum_groups(year)?;
    let by_flag = |n: &dyn Fn(usize) -> Json| -> Json {
        Origin::ALL
            .iter()
            .enumerate()
            .map(|(at, o)| (o.flag().to_owned(), n(at)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let region = |(name, depth, r): &(String, u8, Region)| {
        json!({
            "region": name, "depth": depth, "share": maybe(r.share), "slum_population": maybe(r.slum_population),
            "coverage": maybe(r.coverage), "countries": r.n_countries,
            "countries_by_flag": by_flag(&|at| r.n_by_origin[at].into()),
            "population_by_flag": by_flag(&|at| number(r.population_by_origin[at])),
        })
    };
    Ok(json!({"year": found.year, "regions": found.groups.iter().map(region).collect::<Vec<Json>>()}))
}

/// Countries with their share of people in slums beside another figure of theirs.
#[derive(Clone, Debug, Default)]
pub struct SlumBeside {
    /// Country, title, share, its origin, and the figure beside it.
    pub points: Vec<BesidePoint>,
    /// Correlation of the two (Pearson); none below three countries.
    pub correlation: Option<f64>,
}

/// One country.
#[derive(Clone, Debug)]
pub struct BesidePoint {
    /// Its code.
    pub iso3: String,
    /// What the register calls it.
    pub title: Text,
    /// Share in slums, in percent.
    pub share: f64,
    /// Where the share comes from.
    pub origin: Origin,
    /// The figure of the other indicator.
    pub figure: Figure,
    /// Its value.
    pub value: f64,
    /// Urban population.
    pub urban: Option<f64>,
}

/// Indicators of the register that have figures of countries and can stand beside the share in slums.
pub fn beside_choices(world: &World) -> Vec<Indicator> {
    let all = &world.snapshot().observations;
    let countries: rustc_hash::FxHashSet<u32> = world
        .records()
        .places
        .iter()
        .filter(|p| p.kind == PlaceKind::Country)
        .filter_map(|p| all.dict.code(p.id.as_str()))
        .collect();
    let has = |i: &&Indicator| {
        let rows = world.rows_of(&i.id);
        let mut seen = rustc_hash::FxHashSet::default();
        rows.iter().filter(|r| countries.contains(&all.place[**r])).any(|r| {
            seen.insert(all.place[*r]);
            seen.len() >= 3
        })
    };
    let fits = |i: &&Indicator| !matches!(i.measure, Measure::Story | Measure::StageCount);
    world.records().indicators.iter().filter(fits).filter(has).cloned().collect()
}

/// Each country's share in a year beside its newest figure of an indicator.
///
/// Errors: a series of the program that cannot be read.
pub fn slums_beside(world: &World, indicator: &Id<Indicator>, year: i32) -> Result<SlumBeside, Refusal> {
    let known = known()?;
    let by_m49: FxHashMap<&str, &Country> =
        known.countries.iter().map(|c| (c.m49.trim_start_matches('0'), c)).collect();
    let mut points: Vec<BesidePoint> = place_figures(world, indicator, None)
        .into_iter()
        .filter(|of| of.place.kind == PlaceKind::Country)
        .filter_map(|of| {
            let country = by_m49.get(of.place.m49.as_ref()?.0.trim_start_matches('0'))?;
            let (share, origin) = filled(known.later.get(&country.iso3)?, year)?;
            let value = match of.figure.answer {
                Answer::Value(value) => value,
                _ => return None,
            };
            Some(BesidePoint {
                iso3: country.iso3.clone(),
                title: of.place.title,
                share,
                origin,
                value,
                figure: of.figure,
                urban: known.urban(&country.iso3, year),
            })
        })
        .collect();
    points.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.iso3.cmp(&b.iso3)));
    let pairs: Vec<(f64, f64)> = points.iter().map(|p| (p.value, p.share)).collect();
    Ok(SlumBeside { correlation: stats::correlation(&pairs), points })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> SlumSeries {
        slum_series(&SlumQuestion { of: name.to_owned(), ..SlumQuestion::default() }).expect("a series")
    }

    #[test]
    fn regions_are_those_that_were_published() {
        let share = |name: &str, year| {
            let found = slum_groups(year).expect("groups");
            let of = found.groups.iter().find(|(n, ..)| n == name).expect("there").2.clone();
            (of.share.map(|s| (s * 10.0).round() / 10.0), of.coverage.expect("people"))
        };
        for (year, expected) in [(2000, 64.0), (2010, 57.3), (2020, 50.3)] {
            let (found, coverage) = share("Sub-Saharan Africa", year);
            // The published shares are 64.1, 57.3 and 50.2; countries without a value in the very year are filled here.
            assert!((found.expect("covered") - expected).abs() < 0.6, "{year}: {found:?}");
            assert!(coverage > 0.9, "{year}: {coverage}");
        }
        assert_eq!(share("Eastern Asia", 2010).0, None, "China has its first value in 2022");
    }

    #[test]
    fn the_world_says_what_it_is_made_of() {
        let world = slum_groups(2018).expect("groups").groups.swap_remove(0);
        assert_eq!((world.0.as_str(), world.1), (WORLD, 0));
        let parts = world.2.population_by_origin;
        assert!(parts.iter().sum::<f64>() <= 1.0 + 1e-12 && parts[0] > 0.0, "{parts:?}");
        assert!((world.2.coverage.expect("people") - parts[0] - parts[1]).abs() < 1e-12);
    }

    #[test]
    fn a_country_and_a_group_have_an_outlook() {
        let found = of("BGD");
        assert_eq!((found.name.as_str(), found.span, found.horizon), ("Bangladesh", (2000, 2020), 2030));
        let outlook = found.outlook.expect("an outlook");
        assert!((outlook.share_linear.0 - 48.65).abs() < 1e-9);
        // Not the same people as those that growth alone gives.
        assert!(found.urban_official.expect("projected") > 8e7);
        let group = of("Sub-Saharan Africa");
        assert!(group.outlook.is_ok() && !group.is_country && group.vintages.iter().any(|v| v.difference().is_some()));
        assert!(of("").outlook.is_ok(), "the world");
        let wrong = slum_series(&SlumQuestion { of: "Atlantis".into(), ..SlumQuestion::default() });
        assert_eq!(wrong.expect_err("unknown").code.id, "OUT005");
    }

    #[test]
    fn a_country_without_people_in_its_only_year_shows_its_value() {
        // China has its first value in 2022, where the series of urban people has ended.
        let found = of("CHN");
        assert_eq!((found.shares.len(), found.span), (1, (2022, 2022)));
        assert_eq!(found.outlook.expect_err("no people").code.id, "OUT002");
    }

    #[test]
    fn years_beyond_what_there_is_are_brought_back() {
        let found = slum_series(&SlumQuestion {
            of: "BGD".into(),
            from: Some(1900),
            to: Some(3000),
            horizon: Some(9999),
            aim: Some(30.0),
        })
        .expect("a series");
        assert_eq!((found.span.0, found.horizon), (2000, HORIZON));
        assert!(found.people_a_year.is_some_and(|n| n > 0.0));
    }
}
