//! The list of frameworks that the program carries; `samples/README.md` says where it comes from.

use std::sync::OnceLock;

use engine::frameworks::{FrameworkIndicator, Frameworks, Listing, Relation};
use exchange::{NamedBytes, read_microdata};
use model::{
    kinds::Direction,
    microdata,
    value::{Lang, Text},
};
use rust_embed::RustEmbed;

use crate::observatory::texts;

#[derive(RustEmbed)]
#[folder = "../../samples/frameworks"]
struct Shipped;

/// A cell of the Global Urban Monitoring Framework: a domain crossed with an objective.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its code, e.g. `1.4`; the codes of its indicators begin with it.
    pub code: String,
    /// The domain: society, economy, environment, culture, governance.
    pub domain: Text,
    /// The objective: safe, inclusive, resilient, sustainable.
    pub objective: Text,
}

/// The list. A test holds that the files can be read; were they not, the list would be empty and the log would say why.
pub fn frameworks() -> &'static Frameworks {
    static LIST: OnceLock<Frameworks> = OnceLock::new();
    LIST.get_or_init(|| {
        let list = || -> Result<Frameworks, String> {
            Frameworks::new(indicators()?, &correspondences()?).map_err(|e| format!("{e:?}"))
        };
        list().unwrap_or_else(|detail| {
            tracing::error!(detail, "the list of frameworks is not readable");
            Frameworks::default()
        })
    })
}

/// The 20 cells of the Global Urban Monitoring Framework, domain by domain.
pub fn umf_cells() -> &'static [Cell] {
    static CELLS: OnceLock<Vec<Cell>> = OnceLock::new();
    CELLS.get_or_init(|| {
        let Ok(table) = table("cells.csv") else { return Vec::new() };
        let code = texts(&table, "cell");
        let (domain, objective) = (titles(&table, "domain"), titles(&table, "objective"));
        let cells = code.into_iter().zip(domain).zip(objective);
        cells.map(|((code, domain), objective)| Cell { code, domain, objective }).collect()
    })
}

fn table(name: &str) -> Result<microdata::Table, String> {
    let file = Shipped::get(name).ok_or_else(|| format!("{name} is not there"))?;
    let read = read_microdata(&NamedBytes { name: name.to_owned(), bytes: file.data.into_owned() });
    read.map(|(table, _)| table).map_err(|found| format!("{name}: {:?}", found.first().map(|d| d.code.id)))
}

/// The texts of a field in the languages of the pages.
fn titles(table: &microdata::Table, field: &str) -> Vec<Text> {
    let mut all = vec![Text::default(); table.n_rows];
    for lang in Lang::INTERFACE {
        for (title, text) in all.iter_mut().zip(texts(table, &format!("{field}_{}", lang.code()))) {
            title.set(lang, text);
        }
    }
    all
}

fn indicators() -> Result<Vec<FrameworkIndicator>, String> {
    let table = table("indicators.csv")?;
    let column = |name: &str| texts(&table, name);
    let title = titles(&table, "title");
    let (framework, code, unit, direction) = (column("framework"), column("code"), column("unit"), column("direction"));
    let (tier, custodian, disaggregations) = (column("tier"), column("custodian"), column("disaggregations"));
    let (unit_of_collection, status) = (column("unit_of_collection"), column("status"));
    let row = |at: usize| {
        let listing = match status[at].as_str() {
            "confirmed" => Listing::Confirmed,
            "to verify" => Listing::ToVerify,
            other => return Err(format!("status {other}")),
        };
        Ok(FrameworkIndicator {
            framework: framework[at].clone(),
            code: code[at].clone(),
            title: title[at].clone(),
            unit: unit[at].clone(),
            direction: Direction::parse(&direction[at]),
            tier: tier[at].clone(),
            custodian: custodian[at].clone(),
            disaggregations: disaggregations[at].split(';').filter(|d| !d.is_empty()).map(str::to_owned).collect(),
            unit_of_collection: unit_of_collection[at].clone(),
            listing,
        })
    };
    (0..table.n_rows).map(row).collect()
}

fn correspondences() -> Result<Vec<(String, String, Relation)>, String> {
    let table = table("correspondences.csv")?;
    let pairs = texts(&table, "from").into_iter().zip(texts(&table, "to")).zip(texts(&table, "relation"));
    let relation =
        |name: &str| Relation::ALL.into_iter().find(|r| r.as_str() == name).ok_or_else(|| format!("relation {name}"));
    pairs.map(|((from, to), name)| Ok((from, to, relation(&name)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_in_three_languages() {
        let list = Frameworks::new(indicators().expect("indicators"), &correspondences().expect("pairs"));
        let list = list.expect("codes are unique and every correspondence resolves");
        assert_eq!(list.names(), ["sdg", "umf", "nua", "cpi", "ugi"]);
        for indicator in list.indicators() {
            let languages = indicator.title.iter().filter(|(_, text)| !text.is_empty()).count();
            assert_eq!(languages, Lang::INTERFACE.len(), "{}", indicator.name());
            assert!(!indicator.unit.is_empty() && !indicator.custodian.is_empty(), "{}", indicator.name());
            // What has no official code is marked so, and never passes for confirmed.
            let own = indicator.code.contains('-');
            assert!(!own || indicator.listing == Listing::ToVerify, "{}", indicator.name());
        }
        let confirmed = |name: &str| list.of(name).filter(|(_, i)| i.listing == Listing::Confirmed).count();
        // 15 of goal 11 and 26 beside them; 22 codes of the UMF with a title; 16 numbers of the New Urban Agenda.
        assert_eq!(["sdg", "umf", "nua", "cpi", "ugi"].map(confirmed), [41, 22, 16, 20, 12]);
    }

    #[test]
    fn slums_are_read_from_each_framework_to_the_others() {
        let list = frameworks();
        let names = |of: &str| -> Vec<(String, Relation)> {
            list.crosswalk(list.at(of).expect("a code")).map(|(i, r)| (i.name(), r)).collect()
        };
        for (of, to, relation) in [
            ("SDG:11.1.1", "UMF:1.4.1", Relation::Same),
            ("UMF:1.4.1", "SDG:11.1.1", Relation::Same),
            ("CPI:E2.1", "UMF:1.4.1", Relation::Narrower),
            ("UMF:1.4.1", "CPI:E2.1", Relation::Broader),
            ("SDG:11.1.1", "CPI:E2.1", Relation::Broader),
        ] {
            assert!(names(of).contains(&(to.to_owned(), relation)), "{of} {to}: {:?}", names(of));
        }
    }

    #[test]
    fn every_indicator_of_the_umf_lies_in_a_cell() {
        let cells = umf_cells();
        assert_eq!(cells.len(), 20);
        for (_, indicator) in frameworks().of("umf") {
            assert!(cells.iter().any(|c| indicator.code.starts_with(&c.code)), "{}", indicator.code);
        }
        assert!(cells.iter().all(|c| Lang::INTERFACE.iter().all(|l| c.domain.get(*l).is_some())));
    }
}
