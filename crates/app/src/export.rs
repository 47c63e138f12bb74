//! Records out: workbooks, folders, Parquet, templates, the schema.

use exchange::{Meta, NamedBytes, Table, TemplateText};
use jiff::Timestamp;
use model::{
    Kind, Records,
    kinds::Plan,
    observations::Observations,
    record::Column,
    value::{CellKind, Id, Lang, Value},
};
use rustc_hash::FxHashSet;

use crate::{error::AppError, world::World};

/// Which records to write. Empty means all.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these kinds.
    pub kinds: Vec<Kind>,
    /// Only records of this plan and of the programmes and phases that carry it out.
    pub plan: Option<Id<Plan>>,
}

impl Selection {
    /// The kinds to write: those asked for; else all that have records and, with a plan, can lie in one.
    fn kinds(&self, world: &World) -> Vec<Kind> {
        let has = |k: &Kind| match k {
            Kind::Observation => !world.snapshot().observations.is_empty(),
            k => world.records().count(*k) > 0,
        };
        if self.kinds.is_empty() { Kind::ALL.iter().copied().filter(has).collect() } else { self.kinds.clone() }
    }
}

/// The ids that lie in a plan: its own, its programmes', their results and indicators.
#[derive(Clone)]
struct Scope {
    plans: FxHashSet<String>,
    results: FxHashSet<String>,
    indicators: FxHashSet<String>,
    projects: FxHashSet<String>,
}

impl Scope {
    fn new(records: &Records, plan: &Id<Plan>) -> Self {
        let mut plans = FxHashSet::from_iter([plan.to_string()]);
        loop {
            let before = plans.len();
            for p in records.plans.iter() {
                if p.part_of.as_ref().is_some_and(|of| plans.contains(of.as_str())) {
                    plans.insert(p.id.to_string());
                }
            }
            if plans.len() == before {
                break;
            }
        }
        let results: FxHashSet<String> =
            records.results.iter().filter(|r| plans.contains(r.plan.as_str())).map(|r| r.id.to_string()).collect();
        let indicators = records
            .indicators
            .iter()
            .filter(|i| results.contains(i.result.as_str()))
            .map(|i| i.id.to_string())
            .collect();
        let projects = records
            .projects
            .iter()
            .filter(|p| p.results.iter().any(|r| results.contains(r.as_str())))
            .map(|p| p.id.to_string())
            .collect();
        Scope { plans, results, indicators, projects }
    }
    /// Whether a record lies in the plan: any of its references to a plan, result, indicator or project does, or it is one.
    fn holds(&self, kind: Kind, id: &str, row: &[Value]) -> bool {
        let among = |kind: Kind, id: &str| match kind {
            Kind::Plan => self.plans.contains(id),
            Kind::Result => self.results.contains(id),
            Kind::Indicator => self.indicators.contains(id),
            Kind::Project => self.projects.contains(id),
            _ => false,
        };
        match kind {
            Kind::Plan | Kind::Result | Kind::Indicator | Kind::Project => among(kind, id),
            _ => kind.def().columns.iter().zip(row).any(|(column, value)| match (column.kind, value) {
                (CellKind::Ref(to), Value::Text(id)) => among(to, id),
                (CellKind::Refs(to), Value::List(ids)) => ids.iter().any(|id| among(to, id)),
                _ => false,
            }),
        }
    }
}

fn tables<'a>(world: &'a World, selection: &Selection) -> Vec<Table<'a>> {
    let scope = selection.plan.as_ref().map(|p| Scope::new(world.records(), p));
    let within = |kind: Kind, table: Table<'a>, scope: Option<Scope>| match scope {
        None => table,
        Some(scope) => {
            let def = kind.def();
            Table { kind, rows: Box::new(table.rows.filter(move |row| scope.holds(kind, &def.id_of(row), row))) }
        }
    };
    let audience = world.audience();
    // The records of a world are its audience's already; the observations are everybody's.
    let masked = move |table: Table<'a>| Table {
        kind: table.kind,
        rows: Box::new(table.rows.map(move |mut row| {
            audience.mask(table.kind, &mut row);
            row
        })),
    };
    selection
        .kinds(world)
        .into_iter()
        .filter(|kind| audience.sees(*kind))
        .map(|kind| match kind {
            Kind::Observation => {
                within(kind, exchange::observation_rows(&world.snapshot().observations), scope.clone())
            }
            kind => within(kind, exchange::record_rows(world.records(), kind), scope.clone()),
        })
        .map(masked)
        .collect()
}

fn meta(world: &World, title: &str, lang: Lang) -> Meta {
    Meta {
        // The files of one snapshot are equal to the last byte, whenever they are written.
        created: world.is_past().unwrap_or(Timestamp::UNIX_EPOCH),
        title: title.to_owned(),
        language: lang,
        fingerprint: Some(world.snapshot().fingerprint.clone()),
        as_of: world.is_past(),
    }
}

/// What is said of a column.
type OfColumn = Box<dyn Fn(Kind, &Column) -> String>;
/// What is said of a code of a list.
type OfListItem = Box<dyn Fn(&str, &str) -> String>;

/// The words of a workbook in a language.
pub(crate) struct Words {
    lang: Lang,
    label: OfColumn,
    description: OfColumn,
    list_item: OfListItem,
    sheet: Box<dyn Fn(Kind) -> String>,
}

/// The words of a workbook in a language.
pub(crate) fn words(lang: Lang) -> Words {
    Words {
        lang,
        label: Box::new(move |_, column| label(lang, column)),
        description: Box::new(|_, column| column.doc.to_owned()),
        list_item: Box::new(move |list, code| locale::list_item(lang, list, code)),
        sheet: Box::new(|kind| kind.def().doc.to_owned()),
    }
}

/// A column's name for reading: `column-<field>` with the language of a text in brackets, else the name itself.
pub fn label(lang: Lang, column: &Column) -> String {
    let key = format!("column-{}", column.field.replace('_', "-"));
    let name = if locale::has(lang, &key) { locale::say(lang, &key) } else { column.field.replace('_', " ") };
    match column.kind {
        CellKind::TextIn(l) => format!("{name} ({})", l.code()),
        CellKind::Currency if column.name != column.field => {
            format!("{name}: {}", locale::say(lang, "column-currency"))
        }
        _ => name,
    }
}

impl Words {
    /// The words as the writer takes them.
    pub fn text(&self) -> TemplateText<'_> {
        let say = |key: &str| locale::say(self.lang, key);
        TemplateText {
            readme: (1..=9).map(|i| say(&format!("template-readme-{i}"))).collect(),
            label: &*self.label,
            description: &*self.description,
            list_item: &*self.list_item,
            sheet: &*self.sheet,
            not_in_list: say("template-not-in-list"),
            required: say("template-required"),
        }
    }
}

/// Ids of all records, for the drop-downs of references.
fn lists(world: &World) -> Vec<(Kind, Vec<String>)> {
    Kind::REGISTER
        .iter()
        .map(|k| (*k, world.records().rows(*k).map(|(id, _)| id.to_owned()).collect::<Vec<_>>()))
        .filter(|(_, ids)| !ids.is_empty())
        .collect()
}

/// A selection as a workbook that can be edited and imported again.
pub fn export_xlsx(world: &World, selection: &Selection, lang: Lang) -> Result<Vec<u8>, AppError> {
    exchange::write_xlsx_with(
        tables(world, selection),
        &meta(world, "Ekistics", lang),
        &words(lang).text(),
        &lists(world),
    )
    .map_err(|e| AppError::Internal(e.to_string()))
}

/// A selection as a folder of CSV files with its description.
pub fn export_folder(world: &World, selection: &Selection) -> Result<Vec<NamedBytes>, AppError> {
    Ok(exchange::write_csv_folder(tables(world, selection), &meta(world, "ekistics", Lang::En)))
}

/// The observations of a selection as Parquet.
pub fn export_parquet(world: &World, selection: &Selection) -> Result<Vec<u8>, AppError> {
    let all = &world.snapshot().observations;
    let Some(plan) = &selection.plan else { return Ok(lake::write_parquet(all)?) };
    let scope = Scope::new(world.records(), plan);
    let mut kept = Observations::default();
    for row in (0..all.len()).filter(|r| scope.indicators.contains(all.row(*r).indicator())) {
        kept.push(&crate::observed::new_row(all, row));
    }
    Ok(lake::write_parquet(&kept)?)
}

/// An empty workbook to fill in. Its drop-downs hold the records that are there.
pub fn template_xlsx(world: &World, lang: Lang, selection: &Selection) -> Result<Vec<u8>, AppError> {
    let kinds = if selection.kinds.is_empty() { Kind::ALL.to_vec() } else { selection.kinds.clone() };
    let tables = kinds
        .into_iter()
        .filter(|k| world.audience().sees(*k))
        .map(|kind| Table { kind, rows: Box::new(std::iter::empty()) })
        .collect();
    exchange::write_xlsx_with(tables, &meta(world, "Ekistics", lang), &words(lang).text(), &lists(world))
        .map_err(|e| AppError::Internal(e.to_string()))
}
