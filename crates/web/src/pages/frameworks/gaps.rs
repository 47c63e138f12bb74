//! The gap matrix: cities by the indicators of a framework.

use app::{FrameworkIndicator, Gap, GapQuestion, GapState, Gaps, MeasuredColumns, Supplier, Tally};
use askama::Template;
use axum::response::Response;
use model::{
    kinds::{Place, PlaceKind},
    value::Id,
};

use crate::{
    failure::Failure,
    html::{Html, escaped, push_escaped, query_value},
    pages::files::{download, off_thread},
    visit::{Visit, page},
};

/// Cities on one page: with 60 columns that is some thousand cells.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "gaps.html")]
struct GapsPage<'a> {
    v: &'a Visit,
    title: String,
    framework: String,
    columns: &'static str,
    gaps: Gaps,
    /// Rows of this page.
    shown: std::ops::Range<usize>,
    at: usize,
    n_pages: usize,
    countries: Vec<&'a Place>,
}

/// What the address asks for.
fn question(v: &Visit) -> GapQuestion {
    let some = |name: &str| Some(v.ask(name)).filter(|t| !t.is_empty());
    GapQuestion {
        framework: some("framework").unwrap_or("sdg").to_owned(),
        places: some("place").map(Id::new).into_iter().collect(),
        within: some("country").map(Id::new),
        columns: match columns(v) {
            "measured" => MeasuredColumns::Measured,
            "unmeasured" => MeasuredColumns::Unmeasured,
            _ => MeasuredColumns::All,
        },
    }
}

fn columns(v: &Visit) -> &'static str {
    ["measured", "unmeasured", "all"].into_iter().find(|c| *c == v.ask("columns")).unwrap_or("measured")
}

/// The page.
pub async fn gaps(v: Visit) -> Result<Response, Failure> {
    let question = question(&v);
    let (world, on) = (v.world.clone(), v.on);
    let framework = question.framework.clone();
    let gaps = off_thread(move || app::gap_matrix(&world, &question, on)).await?.ok_or_else(Failure::not_found)?;
    let name = v.say_suffix("framework-", &framework);
    let n_pages = gaps.matrix.places.len().div_ceil(PAGE).max(1);
    let at = v.ask("page").parse().unwrap_or(1).clamp(1, n_pages);
    let first = (at - 1) * PAGE;
    let template = GapsPage {
        title: v.say_name("framework-gaps-of", "name", name),
        columns: columns(&v),
        shown: first..gaps.matrix.places.len().min(first + PAGE),
        framework,
        gaps,
        at,
        n_pages,
        countries: countries(&v),
        v: &v,
    };
    page(&v, &template)
}

/// The same as CSV, all rows.
pub async fn csv(v: Visit) -> Result<Response, Failure> {
    let question = question(&v);
    let (world, on, lang) = (v.world.clone(), v.on, v.lang);
    let name = format!("gaps-{}-{on}.csv", question.framework);
    let bytes =
        off_thread(move || app::gap_matrix(&world, &question, on).map(|gaps| app::gaps_csv(&world, &gaps, lang)));
    Ok(download(bytes.await?.ok_or_else(Failure::not_found)?, "text/csv; charset=utf-8", &name))
}

/// Countries with cities, by name.
fn countries(v: &Visit) -> Vec<&Place> {
    let places = &v.records().places;
    let mut of_cities: Vec<&Id<Place>> =
        places.iter().filter(|p| p.kind == PlaceKind::City).filter_map(|p| p.parent.as_ref()).collect();
    of_cities.sort();
    of_cities.dedup();
    let mut countries: Vec<&Place> =
        of_cities.into_iter().filter_map(|id| places.of(id)).filter(|p| p.kind == PlaceKind::Country).collect();
    // A region may have been asked for by its address: what is chosen must stand in the list.
    if let Some(asked) = places.get(v.ask("country")).filter(|asked| countries.iter().all(|c| c.id != asked.id)) {
        countries.push(asked);
    }
    countries.sort_by_key(|p| v.plain(&p.title).to_lowercase());
    countries
}

/// Each state has a shape of its own, so that it is told without colour.
fn shape(state: GapState) -> &'static str {
    match state {
        GapState::There => "●",
        GapState::Weak => "◐",
        GapState::Old => "◔",
        GapState::Missing => "○",
        GapState::NotApplicable => "–",
    }
}

impl GapsPage<'_> {
    fn states(&self) -> [GapState; 5] {
        GapState::ALL
    }
    fn n_of(&self, state: &GapState) -> usize {
        self.gaps.matrix.cells.iter().flatten().filter(|c| c.state == *state).count()
    }
    fn n_in(&self, column: &usize, state: &str) -> usize {
        GapState::ALL.into_iter().find(|s| s.as_str() == state).map_or(0, |s| self.gaps.n_in(*column, s))
    }
    fn mark(&self, state: &GapState) -> Html {
        Html(format!(
            r#"<span class="gap {}"><span aria-hidden="true">{}</span></span>"#,
            state.as_str(),
            shape(*state)
        ))
    }
    fn asked(&self, column: &usize) -> &'static FrameworkIndicator {
        &app::frameworks().indicators()[self.gaps.matrix.indicators[*column]]
    }
    fn doubt(&self, column: &usize) -> Html {
        super::doubt(self.v, self.asked(column))
    }
    fn code_link(&self, column: &usize) -> String {
        super::code_link(self.v, self.asked(column))
    }
    fn n_columns(&self) -> usize {
        self.gaps.matrix.indicators.len()
    }
    fn supplier(&self, column: &usize) -> &Supplier {
        &self.gaps.suppliers[*column]
    }
    fn place(&self, row: &usize) -> &Id<Place> {
        &self.gaps.matrix.places[*row]
    }
    fn of_tally(&self, tally: &Tally) -> String {
        self.v.say_with("framework-of", [("n", tally.n_filled.into()), ("all", tally.n_applicable.into())])
    }
    fn share(&self, tally: &Tally) -> String {
        tally.share().map_or_else(|| "–".to_owned(), locale::percent)
    }
    fn of_row(&self, row: &usize) -> &Tally {
        &self.gaps.matrix.by_place[*row]
    }
    fn of_column(&self, column: &usize) -> &Tally {
        &self.gaps.matrix.by_indicator[*column]
    }
    fn is_framework(&self, name: &str) -> bool {
        self.framework == name
    }
    fn is_columns(&self, name: &str) -> bool {
        self.columns == name
    }
    fn names(&self) -> Vec<&'static str> {
        app::frameworks().names()
    }
    fn csv_link(&self) -> String {
        let address = self.v.here_with("page", "");
        format!("/gaps.csv{}", address.strip_prefix(&self.v.path).unwrap_or_default())
    }
    /// The entry grid at the last whole year before the day, for one indicator, at one place when it is given.
    fn entry(&self, indicator: &str, place: Option<&Id<Place>>) -> String {
        let place = place.map_or(String::new(), |p| format!("&place={}", query_value(p.as_str())));
        let year = self.v.on.year() - 1;
        self.v.to(&format!("/entry?indicator={}{place}&periods={year}", query_value(indicator)))
    }
    /// The cells of a row.
    fn cells(&self, row: &usize) -> Html {
        let mut out = String::with_capacity(self.n_columns() * 200);
        for (column, gap) in self.gaps.matrix.cells[*row].iter().enumerate() {
            out.push_str("<td class=\"n\">");
            self.push_cell(&mut out, *row, column, gap);
            out.push_str("</td>");
        }
        Html(out)
    }
    fn push_cell(&self, out: &mut String, row: usize, column: usize, gap: &Gap) {
        let word = self.v.say_suffix("framework-gap-", gap.state.as_str());
        let open = format!(
            r#"<span class="gap {}"><span aria-hidden="true">{}</span> "#,
            gap.state.as_str(),
            shape(gap.state)
        );
        out.push_str(&open);
        if let Some(found) = &gap.found {
            out.push_str(r#"<a class="f" href=""#);
            push_escaped(out, &self.v.figure_link(&found.key.to_string()));
            out.push_str(&format!(
                r#""><data value="{}">{}</data></a></span><span class="pc"><bdi>{}</bdi>"#,
                locale::exact(found.value),
                locale::number(found.value),
                found.key.period
            ));
            let mut said: Vec<String> = if gap.state == GapState::Old { vec![word] } else { Vec::new() };
            said.extend(found.weaknesses.iter().map(|w| self.v.say_suffix("framework-weak-", w.as_str())));
            for text in said {
                out.push_str("<br>");
                push_escaped(out, &text);
            }
            out.push_str("</span>");
            return;
        }
        let word = match gap.reason {
            Some(reason) => self.v.item("observation-status", reason.as_str()),
            None => word,
        };
        match &self.gaps.suppliers[column].indicator {
            Some(indicator) if gap.state == GapState::Missing && self.v.writable() => {
                let link = self.entry(indicator.as_str(), Some(self.place(&row)));
                out.push_str(&format!(r#"<a href="{}">{}</a></span>"#, escaped(&link), escaped(&word)));
            }
            _ if gap.state == GapState::Missing => {
                let name = self.asked(&column).name();
                out.push_str(&format!(r##"<a href="#s-{}">{}</a></span>"##, escaped(&name), escaped(&word)));
            }
            _ => out.push_str(&format!("{}</span>", escaped(&word))),
        }
    }
}
