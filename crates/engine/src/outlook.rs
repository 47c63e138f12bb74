//! Where the share of people in slums of a country is going, and what it was in a group of countries.

use diag::Diagnostic;
use stats::projection::{
    LOGIT_BOUNDS, Line, continuous_rate, doubling_years, exponential_share, from_logit, grown, linear_share, logit,
    logit_share, people_a_year, stepwise_rate,
};

error_codes! {
    /// The file of a projection cannot be read.
    OUT001 "projection-file-unreadable",
    /// A country has no value in a year that is needed.
    OUT002 "series-without-year",
    /// The years do not follow each other.
    OUT003 "years-out-of-order",
    /// A share outside 0 to 100, or a population that is none.
    OUT004 "value-out-of-range",
    /// There is no country or region of that name in the series.
    OUT005 "place-unknown",
}

pub use crate::Refusal;

/// Points of percentage between neighbours that look like a change of method.
pub const BREAK: f64 = 10.0;

/// Years that are spoken of; others are slips.
const KNOWN_YEARS: std::ops::RangeInclusive<i32> = 1800..=2300;

/// What is known of a country: shares in percent, urban population in persons.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// The country.
    pub iso3: String,
    /// First and last year.
    pub years: (i32, i32),
    /// The year that is asked for.
    pub horizon: i32,
    /// Share in the first and the last year.
    pub shares: (f64, f64),
    /// Urban population in the first and the last year.
    pub urban: (f64, f64),
    /// Shares of all years between them that have one.
    pub points: Vec<(i32, f64)>,
    /// A share to be reached at the horizon.
    pub aim: Option<f64>,
}

/// The line through all points, on the scale of the logit.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// The years of the points.
    pub years: Vec<i32>,
    /// The line.
    pub line: Line,
    /// Standard error of a new point at the horizon, on the scale of the logit.
    pub se_forecast: f64,
    /// The share at the horizon, and where it lies with 95 percent.
    pub share: f64,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// Several ways to carry the past on.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// People in slums in the first and the last year.
    pub slum: (f64, f64),
    /// Growth of their number: continuous, and in yearly steps.
    pub exponential_rate: Option<f64>,
    /// In yearly steps.
    pub geometric_rate: Option<f64>,
    /// Their number at the horizon when it goes on growing so.
    pub slum_exponential: Option<f64>,
    /// In yearly steps.
    pub slum_geometric: Option<f64>,
    /// Growth of the urban population.
    pub urban_rate: Option<f64>,
    /// Urban population at the horizon.
    pub urban_horizon: Option<f64>,
    /// The share in a straight line, and whether it was held at 0 or 100.
    pub share_linear: (f64, bool),
    /// The share in a straight line on the scale of the logit, and whether a point was held away from 0 and 100.
    pub share_logit: (f64, bool),
    /// The share at its own rate of growth.
    pub share_exponential: Option<f64>,
    /// The line through all points.
    pub trend: Option<Trend>,
    /// Years until the number has doubled.
    pub doubling_years: Option<f64>,
    /// People a year who must leave slums for the aim, beyond the straight line.
    pub people_a_year: Option<f64>,
    /// Years whose value differs from the one before by more than [`BREAK`] points.
    pub breaks: Vec<i32>,
    /// Years whose value repeats the one before: carried forward, not measured.
    pub repeats: Vec<i32>,
}

/// Carries a country's past on to its horizon.
///
/// Errors: years out of order, values that are no shares or no populations.
pub fn outlook(past: &Past) -> Result<Outlook, Refusal> {
    let (y0, y1) = past.years;
    check_years(&past.iso3, past.years, past.horizon)?;
    let range = |name: &str, value: f64, most: f64| {
        if (0.0..=most).contains(&value) && value.is_finite() {
            return Ok(());
        }
        let found = Diagnostic::new(&OUT004).arg("country", &past.iso3).arg("name", name);
        Err(Box::new(found.arg("value", value.to_string())))
    };
    range("share0", past.shares.0, 100.0)?;
    range("share1", past.shares.1, 100.0)?;
    range("urban0", past.urban.0, f64::MAX)?;
    range("urban1", past.urban.1, f64::MAX)?;
    for (year, share) in &past.points {
        range(&year.to_string(), *share, 100.0)?;
    }
    let (years, ahead) = (f64::from(y1 - y0), f64::from(past.horizon - y1));
    let ((p0, p1), (u0, u1)) = (past.shares, past.urban);
    let slum = (p0 * u0 / 100.0, p1 * u1 / 100.0);
    let rate = continuous_rate(slum.0, slum.1, years);
    let stepwise = stepwise_rate(slum.0, slum.1, years);
    let urban_rate = continuous_rate(u0, u1, years);
    let urban_horizon = urban_rate.map(|r| grown(u1, r, ahead));
    let is_held = |p: f64| !(LOGIT_BOUNDS.0..=LOGIT_BOUNDS.1).contains(&p);
    let share_linear = linear_share(p0, p1, years, ahead);
    let neighbours = || past.points.iter().zip(past.points.iter().skip(1));
    Ok(Outlook {
        slum,
        exponential_rate: rate,
        geometric_rate: stepwise,
        slum_exponential: rate.map(|r| grown(slum.1, r, ahead)),
        slum_geometric: stepwise.map(|g| slum.1 * (1.0 + g).powf(ahead)),
        urban_rate,
        urban_horizon,
        share_linear,
        share_logit: (logit_share(p0, p1, years, ahead), is_held(p0) || is_held(p1)),
        share_exponential: exponential_share(p0, p1, years, ahead),
        trend: trend(past),
        doubling_years: rate.and_then(doubling_years),
        people_a_year: past
            .aim
            .zip(urban_horizon)
            .and_then(|(aim, urban)| people_a_year(share_linear.0, aim, urban, ahead)),
        breaks: neighbours().filter(|(a, b)| (b.1 - a.1).abs() > BREAK).map(|(_, b)| b.0).collect(),
        repeats: neighbours().filter(|(a, b)| a.1 == b.1).map(|(_, b)| b.0).collect(),
    })
}

/// That years follow each other, and are years of cities.
pub fn check_years(iso3: &str, years: (i32, i32), horizon: i32) -> Result<(), Refusal> {
    let (first, last) = years;
    if first < last && last <= horizon && KNOWN_YEARS.contains(&first) && KNOWN_YEARS.contains(&horizon) {
        return Ok(());
    }
    let found = Diagnostic::new(&OUT003).arg("country", iso3).arg("first", i64::from(first));
    Err(Box::new(found.arg("last", i64::from(last)).arg("horizon", i64::from(horizon))))
}

fn trend(past: &Past) -> Option<Trend> {
    let points: Vec<(f64, f64)> = past.points.iter().map(|(year, share)| (f64::from(*year), logit(*share))).collect();
    let line = Line::through(&points)?;
    let at = f64::from(past.horizon);
    let interval = line.interval_at(at, 0.95);
    Some(Trend {
        years: past.points.iter().map(|p| p.0).collect(),
        line,
        se_forecast: line.error_at(at),
        share: from_logit(line.at(at)),
        low: interval.map(|i| from_logit(i.0)),
        high: interval.map(|i| from_logit(i.1)),
    })
}

/// A group of countries in a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Countries with a share and a population.
    pub n_countries: usize,
    /// People in slums.
    pub slum_population: f64,
    /// Urban population of these countries.
    pub urban_population: f64,
    /// Share in percent; `None` without any country.
    pub share: Option<f64>,
    /// The part of the group's urban population that lives in these countries.
    pub coverage: Option<f64>,
}

/// Adds countries up by their urban population. Shape: for each country its share, where there is one, and its urban
/// population.
pub fn group(countries: &[(Option<f64>, f64)]) -> Group {
    let known = || countries.iter().filter_map(|(share, urban)| share.map(|s| (s, *urban)));
    let slum_population = stats::sum(known().map(|(share, urban)| share / 100.0 * urban));
    let urban_population = stats::sum(known().map(|(_, urban)| urban));
    let all = stats::sum(countries.iter().map(|(_, urban)| *urban));
    Group {
        n_countries: known().count(),
        slum_population,
        urban_population,
        share: (urban_population > 0.0).then(|| 100.0 * slum_population / urban_population),
        coverage: (all > 0.0).then(|| urban_population / all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past() -> Past {
        Past {
            iso3: "XXX".into(),
            years: (2000, 2010),
            horizon: 2020,
            shares: (40.0, 20.0),
            urban: (1e6, 2e6),
            points: vec![(2000, 40.0), (2004, 28.0), (2007, 28.0), (2010, 20.0)],
            aim: Some(0.0),
        }
    }

    #[test]
    fn a_falling_share_in_a_growing_country() {
        let found = outlook(&past()).expect("an outlook");
        assert_eq!(found.slum, (4e5, 4e5));
        assert_eq!((found.exponential_rate, found.doubling_years), (Some(0.0), None));
        assert_eq!(found.share_linear, (0.0, false));
        assert!((found.urban_horizon.expect("grows") - 4e6).abs() < 1e-6);
        assert_eq!((found.breaks, found.repeats), (vec![2004], vec![2007]));
        assert_eq!(found.people_a_year, Some(0.0));
        let trend = found.trend.expect("four points");
        assert!(trend.low < Some(trend.share) && Some(trend.share) < trend.high);
    }

    #[test]
    fn years_and_values_that_cannot_be_are_refused() {
        let check = |change: &dyn Fn(&mut Past), code: &str| {
            let mut wrong = past();
            change(&mut wrong);
            assert_eq!(outlook(&wrong).expect_err(code).code.id, code);
        };
        check(&|p| p.years = (2010, 2010), "OUT003");
        check(&|p| p.horizon = 2009, "OUT003");
        check(&|p| p.horizon = i32::MAX, "OUT003");
        check(&|p| p.years.0 = 200, "OUT003");
        check(&|p| p.shares.0 = 120.0, "OUT004");
        check(&|p| p.urban.1 = f64::NAN, "OUT004");
        check(&|p| p.points[1].1 = -1.0, "OUT004");
    }

    #[test]
    fn a_group_says_whom_it_is_made_of() {
        let found = group(&[(Some(50.0), 100.0), (None, 300.0), (Some(20.0), 100.0)]);
        assert_eq!((found.n_countries, found.share, found.coverage), (2, Some(35.0), Some(0.4)));
        assert_eq!(group(&[]), Group::default());
    }
}
