//! The share of people in slums: of a country or region in two releases, where it is going, all regions in a year, and beside
//! another figure of countries.

use app::{BesidePoint, Origin, Region, SlumBeside, SlumChoices, SlumGroups, SlumQuestion, SlumSeries, Vintages};
use askama::Template;
use axum::response::Response;
use diag::Diagnostic;
use jiff::civil::{Date, date};
use model::{
    kinds::Indicator,
    value::{Id, Text},
};

use crate::{
    chart::{Chart, Dot, Point, Scatter, Trace},
    failure::Failure,
    html::{Html, query_value},
    pages::files::off_thread,
    visit::{Visit, page},
};

/// The year of the table of regions, unless another is asked for.
const YEAR: i32 = 2020;

#[derive(Template)]
#[template(path = "outlook.html")]
struct OutlookPage<'a> {
    v: &'a Visit,
    title: String,
    choices: SlumChoices,
    series: Result<SlumSeries, Box<Diagnostic>>,
    groups: SlumGroups,
    indicators: Vec<Indicator>,
    beside: Option<(Indicator, SlumBeside)>,
}

/// A year of the chart, its value, and where it lies.
type Drawn = (i32, Option<f64>, Option<(f64, f64)>);

/// One way to carry the share on.
struct Way {
    key: &'static str,
    share: Option<f64>,
    between: Option<(f64, f64)>,
    /// People in slums when the urban population grows as it did.
    people: Option<f64>,
    /// The same by the official projection of the urban population.
    people_official: Option<f64>,
    is_held: bool,
}

/// The page.
pub async fn outlook(v: Visit) -> Result<Response, Failure> {
    let number = |name: &str| v.ask(name).parse().ok();
    let question = SlumQuestion {
        of: v.ask("of").to_owned(),
        from: number("from"),
        to: number("to"),
        horizon: number("horizon"),
        aim: v.ask("aim").parse().ok().filter(|a: &f64| a.is_finite()),
    };
    let year = number("year").filter(|y| app::slum_years().contains(y)).unwrap_or(YEAR);
    let (world, beside) = (v.world.clone(), v.ask("beside").to_owned());
    let found = off_thread(move || {
        let indicators = app::beside_choices(&world);
        let chosen = indicators.iter().find(|i| i.id.as_str() == beside).cloned();
        let beside = chosen.map(|i| app::slums_beside(&world, &Id::clone(&i.id), year).map(|b| (i, b))).transpose();
        Ok::<_, Box<Diagnostic>>((
            app::slum_choices()?,
            app::slum_series(&question),
            app::slum_groups(year)?,
            indicators,
            beside?,
        ))
    })
    .await?;
    let (choices, series, groups, indicators, beside) = found.map_err(|found| super::refused(&[*found]))?;
    let title = v.say("outlook-title");
    page(&v, &OutlookPage { title, choices, series, groups, indicators, beside, v: &v })
}

/// The middle of a year, where its point stands.
fn middle(year: i32) -> Option<Date> {
    i16::try_from(year).ok().filter(|y| (1..=9999).contains(y)).map(|y| date(y, 7, 1))
}

impl OutlookPage<'_> {
    fn name(&self, of: &str) -> Text {
        app::slum_name(&self.v.world, of)
    }
    fn shown(&self, of: &str) -> Html {
        self.v.text(&self.name(of))
    }
    fn plain(&self, of: &str) -> String {
        self.v.plain(&self.name(of)).to_owned()
    }
    fn is_of(&self, of: &str) -> bool {
        self.series.as_ref().is_ok_and(|s| s.of == of)
    }
    fn of_link(&self, of: &str) -> String {
        self.v.to(&format!("/outlook?of={}&year={}", query_value(of), self.groups.year))
    }
    fn years(&self) -> Vec<i32> {
        app::slum_years().rev().collect()
    }
    fn chart(&self, s: &SlumSeries) -> Html {
        let points = |of: Vec<Drawn>, key: &str| -> Vec<Point> {
            let name = self.v.say(key);
            let point = |(year, value, bounds): Drawn| {
                let shown = value.map_or_else(String::new, locale::number);
                Some(Point {
                    on: middle(year)?,
                    value,
                    bounds,
                    partial: false,
                    breaks: false,
                    label: format!("{name}, {year}: {shown} %"),
                    link: "#releases".to_owned(),
                })
            };
            of.into_iter().filter_map(point).collect()
        };
        let of = |pick: &dyn Fn(&Vintages) -> Option<f64>, key: &str| {
            points(s.vintages.iter().filter_map(|v| Some((v.year, Some(pick(v)?), None))).collect(), key)
        };
        let mut traces = vec![
            Trace { class: "t0", points: of(&|v| v.later, "outlook-later") },
            Trace { class: "t1", points: of(&|v| v.earlier, "outlook-earlier") },
        ];
        let from = s.shares.iter().find(|(year, _)| *year == s.span.1).map(|(_, share)| *share);
        if let (Ok(o), Some(from)) = (&s.outlook, from)
            && s.horizon > s.span.1
        {
            let line = vec![(s.span.1, Some(from), None), (s.horizon, Some(o.share_linear.0), None)];
            traces.push(Trace { class: "t2", points: points(line, "outlook-way-linear") });
            if let Some(trend) = &o.trend {
                let at = vec![(s.horizon, Some(trend.share), trend.low.zip(trend.high))];
                traces.push(Trace { class: "t3", points: points(at, "outlook-way-trend") });
            }
        }
        let goals = s
            .aim
            .zip(middle(s.horizon))
            .map(|(aim, on)| (on, aim, format!("{}: {} %", self.v.say("outlook-aim"), locale::number(aim))));
        let chart = Chart {
            title: format!("{}, {}", self.title, self.plain(&s.of)),
            desc: self.v.say("page-chart-desc"),
            traces,
            path: Vec::new(),
            goals: goals.into_iter().collect(),
            tolerance: None,
            cycles: Vec::new(),
            on: None,
        };
        chart.svg()
    }
    fn ways(&self, s: &SlumSeries) -> Vec<Way> {
        let Ok(o) = &s.outlook else { return Vec::new() };
        let way = |key, share: Option<f64>, is_held| Way {
            key,
            share,
            between: None,
            people: share.zip(o.urban_horizon).map(|(p, u)| app::people_of(p, u)),
            people_official: share.zip(s.urban_official).map(|(p, u)| app::people_of(p, u)),
            is_held,
        };
        let mut ways = vec![
            way("outlook-way-linear", Some(o.share_linear.0), o.share_linear.1),
            way("outlook-way-logit", Some(o.share_logit.0), o.share_logit.1),
            way("outlook-way-rate", o.share_exponential, false),
        ];
        if let Some(trend) = &o.trend {
            ways.push(Way { between: trend.low.zip(trend.high), ..way("outlook-way-trend", Some(trend.share), false) });
        }
        ways.push(Way {
            key: "outlook-way-number",
            share: None,
            between: None,
            people: o.slum_exponential,
            people_official: None,
            is_held: false,
        });
        ways
    }
    fn percent(&self, share: &Option<f64>) -> Html {
        match share {
            Some(share) => Html(format!(r#"<data value="{}">{share:.1}</data>"#, locale::exact(*share))),
            None => Html("–".to_owned()),
        }
    }
    fn one(&self, share: &f64) -> Html {
        self.percent(&Some(*share))
    }
    fn is_year(&self, year: &i32) -> bool {
        *year == self.groups.year
    }
    fn people(&self, n: &Option<f64>) -> String {
        n.map_or_else(|| "–".to_owned(), |n| locale::number(n.round()))
    }
    fn some_people(&self, n: &f64) -> String {
        self.people(&Some(*n))
    }
    fn flags(&self, region: &Region) -> String {
        let of = |(at, origin): (usize, Origin)| {
            let n = region.n_by_origin[at];
            (n > 0).then(|| format!("{} {n}", origin.flag()))
        };
        Origin::ALL.into_iter().enumerate().filter_map(of).collect::<Vec<_>>().join(" · ")
    }
    fn coverage(&self, region: &Region) -> String {
        region.coverage.map_or_else(|| "–".to_owned(), locale::percent)
    }
    fn listed(&self, years: &[i32]) -> String {
        years.iter().map(i32::to_string).collect::<Vec<_>>().join(", ")
    }
    fn difference(&self, v: &Vintages) -> String {
        v.difference().map_or_else(String::new, |d| format!("{d:+.1}"))
    }
    fn flag(&self, point: &BesidePoint) -> &'static str {
        point.origin.flag()
    }
    fn scatter(&self, of: &Indicator, beside: &SlumBeside) -> Html {
        let dot = |p: &BesidePoint| {
            let name = self.v.plain(&p.title).to_owned();
            Dot {
                x: p.value,
                y: p.share,
                label: format!("{name}: {} · {:.1} %", locale::number(p.value), p.share),
                link: self.of_link(&p.iso3),
                weight: p.urban.unwrap_or(0.0),
                is_chosen: self.is_of(&p.iso3),
                name,
            }
        };
        let title = format!("{} – {}", self.title, self.v.plain(&of.title));
        Scatter { title, dots: beside.points.iter().map(dot).collect() }.svg()
    }
    fn correlation(&self, beside: &SlumBeside) -> Option<String> {
        let r = beside.correlation?;
        Some(
            self.v
                .say_with("outlook-correlation", [("r", format!("{r:.2}").into()), ("n", beside.points.len().into())]),
        )
    }
}
