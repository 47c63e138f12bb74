//! # What it finds
//! A project in a country that has a country programme in force at its start, and that names no country
//! programme. A country programme speaks of a country when its title names it.
//!
//! # Why it matters
//! The country programme is what the host government agreed to; a project beside it competes with it.
//!
//! # Example
//! A project of 2019 in a country with a programme for 2018–2022 does not name the programme.
//!
//! # What to do
//! Name the country programme that the project follows, or say why it follows none.

use model::kinds::{Place, PlaceKind, Plan, PlanKind};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ011: Code =
    Code { id: "PRJ011", name: "country-programme-missing", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let programmes: Vec<&Plan> =
        context.records.plans.iter().filter(|p| p.kind == PlanKind::CountryProgramme).collect();
    if programmes.is_empty() {
        return;
    }
    for project in context.records.projects.iter().filter(|p| p.country_programme.is_none()) {
        let countries = project.places.iter().filter_map(|p| country(context, p.as_str()));
        let found = countries
            .filter_map(|c| {
                Some((
                    c,
                    *programmes.iter().find(|p| {
                        names(p, c)
                            && p.starts_on <= project.starts_on
                            && p.ends_on.is_none_or(|e| e >= project.starts_on)
                    })?,
                ))
            })
            .next();
        if let Some((country, programme)) = found {
            out.push(
                Diagnostic::new(&PRJ011)
                    .on("project", project.id.as_str())
                    .field("country_programme")
                    .related("plan", programme.id.as_str())
                    .arg("project", title(&project.title))
                    .arg("country", title(&country.title))
                    .arg("programme", title(&programme.title)),
            );
        }
    }
}

/// The country that a place is or lies in.
fn country<'a>(context: &Context<'a>, place: &str) -> Option<&'a Place> {
    let mut place = context.records.places.get(place)?;
    // No place lies deeper than neighbourhood, city, district, province in its country.
    for _ in 0..8 {
        if place.kind == PlaceKind::Country {
            return Some(place);
        }
        place = place.parent.as_ref().and_then(|p| context.records.places.of(p))?;
    }
    None
}

fn names(programme: &Plan, country: &Place) -> bool {
    country.title.iter().any(|(lang, name)| programme.title.get(lang).is_some_and(|t| t.contains(name)))
}

pub(super) const CHECK: Check =
    Check { code: &PRJ011, run, file: include_str!("country_programme_missing.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "places | id  | kind    | title_en
               | PSE | country | State of Palestine
        plans | id  | kind              | title_en                                        | starts_on  | ends_on
              | CPD | country_programme | Country programme, State of Palestine 2018-2022 | 2018-01-01 | 2022-12-31",
    wrong: "projects | id | starts_on  | places
                 | J  | 2019-01-01 | PSE",
    right: "projects | id | starts_on  | places | country_programme
                 | J  | 2019-01-01 | PSE    | CPD",
};
