//! A place-based indicator on the map of the world, period by period.

use app::view::PlaceFigure;
use askama::Template;
use axum::{extract::Path, response::Response};
use model::{
    kinds::Indicator,
    value::{Id, Period},
};

use crate::{
    failure::Failure,
    html::{Html, query_value},
    pages::indicator::map_of,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage<'a> {
    v: &'a Visit,
    title: String,
    indicator: &'a Indicator,
    map: Html,
    classes: [f64; 5],
    periods: Vec<Period>,
    period: Option<Period>,
    places: Vec<PlaceFigure>,
}

impl MapPage<'_> {
    fn at(&self, period: &Period) -> String {
        let path = super::map_path(self.indicator.id.as_str());
        self.v.to(&format!("{path}?period={}", query_value(&period.to_string())))
    }
    fn is_shown(&self, period: &Period) -> bool {
        self.period == Some(*period)
    }
    fn latest(&self) -> String {
        self.v.to(&super::map_path(self.indicator.id.as_str()))
    }
}

/// The page.
pub async fn map(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: Id<Indicator> = Id::new(id);
    let indicator = v.records().indicators.of(&id).ok_or_else(Failure::not_found)?;
    let period = match v.ask("period") {
        "" => None,
        text => Some(Period::parse(text).ok_or_else(|| Failure::bad("page-bad-period", &[("period", text.into())]))?),
    };
    let mut places = app::place_figures(&v.world, &id, period);
    places.sort_by(|a, b| {
        b.figure.answer.value().unwrap_or(f64::MIN).total_cmp(&a.figure.answer.value().unwrap_or(f64::MIN))
    });
    let map = map_of(&v, v.plain(&indicator.title), &places);
    let template = MapPage {
        title: format!("{} – {}", v.say("page-map"), v.plain(&indicator.title)),
        indicator,
        classes: map.classes(),
        map: map.svg(),
        periods: periods(&v, &id),
        period,
        places,
        v: &v,
    };
    page(&v, &template)
}

/// The periods that have observations of the indicator.
fn periods(v: &Visit, id: &Id<Indicator>) -> Vec<Period> {
    let all = &v.world.snapshot().observations;
    let Some(code) = all.dict.code(id.as_str()) else { return Vec::new() };
    let mut periods: Vec<Period> =
        all.indicator.iter().zip(&all.period).filter(|(i, _)| **i == code).map(|(_, p)| *p).collect();
    periods.sort();
    periods.dedup();
    periods
}
