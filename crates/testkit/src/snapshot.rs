//! Builds snapshots in few words: records with plain defaults, put together by [`Build`].
//!
//! ```
//! use testkit::snapshot::{Build, indicator, place, plan, result, row};
//! use model::kinds::{Indicator, Measure, PlaceKind, Scope};
//!
//! let snapshot = Build::default()
//!     .with(plan("P", 2014, 2019))
//!     .with(result("R", "P", None))
//!     .with(Indicator { unit: Some(model::record::Code("person".into())), ..indicator("I", "R", Measure::Flow) })
//!     .with(place("KEN", PlaceKind::Country, None))
//!     .row(row("I", "KEN", "2016", Scope::Global, 5.0))
//!     .freeze();
//! assert_eq!(snapshot.observations.len(), 1);
//! ```

use std::sync::Arc;

use jiff::civil::{Date, date};
use model::{
    Record, Records,
    kinds::*,
    observations::NewRow,
    record::{Code, Whole},
    table::Table,
    value::{Breakdown, Currency, Id, Money, Period, Text},
};
use snapshot::Snapshot;

/// A kind of record that has a table among [`Records`].
pub trait Held: Record {
    /// Its table.
    fn table(records: &mut Records) -> &mut Table<Self>;
}

macro_rules! held {
    ($($variant:ident $field:ident,)+) => {
        $(impl Held for $variant { fn table(records: &mut Records) -> &mut Table<Self> { &mut records.$field } })+
    };
}
model::for_each_kind!(held);

/// A snapshot that grows by records and observations.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// What was put together so far; open, so that a test may reach into it.
    pub snapshot: Snapshot,
}

impl Build {
    /// Puts a record; one with the same id is replaced.
    #[must_use]
    pub fn with(mut self, record: impl Held) -> Self {
        put(&mut self.snapshot.records, record);
        self
    }
    /// Puts several records of one kind.
    #[must_use]
    pub fn with_all(mut self, records: impl IntoIterator<Item = impl Held>) -> Self {
        for record in records {
            put(&mut self.snapshot.records, record);
        }
        self
    }
    /// Adds an observation.
    #[must_use]
    pub fn row(mut self, row: NewRow<'_>) -> Self {
        Arc::make_mut(&mut self.snapshot.observations).push(&row);
        self
    }
    /// Adds observations.
    #[must_use]
    pub fn rows<'a>(mut self, rows: impl IntoIterator<Item = NewRow<'a>>) -> Self {
        for row in rows {
            Arc::make_mut(&mut self.snapshot.observations).push(&row);
        }
        self
    }
    /// The finished snapshot.
    pub fn freeze(self) -> Arc<Snapshot> {
        Arc::new(self.snapshot)
    }
}

fn put<T: Held>(records: &mut Records, record: T) {
    T::table(records).put(record, None);
}

/// A period from its text.
///
/// # Panics
/// When the text is no period.
pub fn period(text: &str) -> Period {
    Period::parse(text).unwrap_or_else(|| panic!("{text} is no period"))
}

/// A breakdown from its text.
///
/// # Panics
/// When the text is no breakdown.
pub fn group(text: &str) -> Breakdown {
    Breakdown::parse(text).unwrap_or_else(|| panic!("{text} is no breakdown"))
}

/// A code.
pub fn code(text: &str) -> Code {
    Code(text.to_owned())
}

/// A measured observation without project, body or group; set the rest with struct update.
pub fn row<'a>(indicator: &'a str, place: &'a str, when: &str, scope: Scope, value: f64) -> NewRow<'a> {
    NewRow::new(indicator, place, period(when), scope, Some(value))
}

/// A measured observation that a project reports as delivered.
pub fn delivered<'a>(indicator: &'a str, project: &'a str, place: &'a str, when: &str, value: f64) -> NewRow<'a> {
    NewRow { project, ..row(indicator, place, when, Scope::Delivered, value) }
}

/// A body that a project reports: one observation of value 1.
pub fn claim<'a>(indicator: &'a str, project: &'a str, entity: &'a str, place: &'a str, when: &str) -> NewRow<'a> {
    NewRow { entity, ..delivered(indicator, project, place, when, 1.0) }
}

/// A strategic plan in force over whole years.
pub fn plan(id: &str, first: i16, last: i16) -> Plan {
    Plan {
        id: id.into(),
        title: Text::en(id),
        kind: PlanKind::StrategicPlan,
        status: PlanStatus::InForce,
        starts_on: date(first, 1, 1),
        ends_on: Some(date(last, 12, 31)),
        predecessor: None,
        part_of: None,
        adopted_on: None,
        framework_on: None,
        reporting_tiers: Vec::new(),
        source: None,
        source_para: None,
    }
}

/// A level of a plan.
pub fn level(plan: &str, position: i64, role: LevelRole) -> Level {
    Level {
        plan: plan.into(),
        position: Whole(position),
        title: Text::en(role.as_str()),
        role,
        code: None,
        source: None,
        source_para: None,
    }
}

/// A result; level 1 without a parent, else level 2.
pub fn result(id: &str, plan: &str, parent: Option<&str>) -> Result {
    Result {
        id: id.into(),
        plan: plan.into(),
        parent: parent.map(Id::from),
        level: Whole(if parent.is_none() { 1 } else { 2 }),
        code: code(id),
        title: Text::en(id),
        owner: None,
        priority: None,
        added_on: None,
        source: None,
        source_para: None,
    }
}

/// A confirmed, yearly indicator where more is better; whether it is cumulative is not declared.
pub fn indicator(id: &str, result: &str, measure: Measure) -> Indicator {
    Indicator {
        id: id.into(),
        result: result.into(),
        title: Text::en(id),
        definition: None,
        measure,
        unit: None,
        direction: Some(Direction::Increase),
        reporting: None,
        scale: None,
        counts: None,
        numerator: None,
        denominator: None,
        dimensions: Vec::new(),
        cadence: Some(Cadence::Yearly),
        source: None,
        verification: None,
        owner: None,
        status: IndicatorStatus::Confirmed,
        frameworks: Vec::new(),
        reason_new: None,
        minimum: None,
        maximum: None,
        tolerance: None,
        world_indicator: None,
        added_on: None,
        origin: None,
        source_para: None,
    }
}

/// A baseline, milestone or target for the whole programme and the total.
pub fn target(indicator: &str, kind: TargetKind, on: Date, value: f64) -> Target {
    Target {
        indicator: indicator.into(),
        kind,
        on: Some(on),
        place: None,
        breakdown: Breakdown::default(),
        value,
        unit: None,
        standard_error: None,
        set_on: None,
        source: None,
        note: None,
    }
}

/// A dimension.
pub fn dimension(id: &str, partition: bool) -> Dimension {
    Dimension { id: id.into(), title: Text::en(id), partition }
}

/// The categories of a dimension.
pub fn categories<'a>(dimension: &'a str, codes: &'a [&'a str]) -> impl Iterator<Item = Category> + 'a {
    codes.iter().map(move |c| Category { dimension: dimension.into(), code: code(c), title: Text::en(*c) })
}

/// The stages of a scale from low to high; any higher one may follow.
pub fn stages<'a>(scale: &'a str, codes: &'a [&'a str]) -> impl Iterator<Item = Stage> + 'a {
    codes.iter().enumerate().map(move |(i, c)| Stage {
        scale: code(scale),
        code: code(c),
        position: Whole(i as i64),
        title: Text::en(*c),
        next: Vec::new(),
    })
}

/// A place.
pub fn place(id: &str, kind: PlaceKind, parent: Option<&str>) -> Place {
    Place {
        id: id.into(),
        kind,
        title: Text::en(id),
        parent: parent.map(Id::from),
        m49: None,
        longitude: None,
        latitude: None,
        classes: Vec::new(),
        population: None,
        population_period: None,
        population_source: None,
    }
}

/// A body.
pub fn entity(id: &str, kind: EntityKind, place: Option<&str>) -> Entity {
    Entity { id: id.into(), kind, title: Text::en(id), tier: None, place: place.map(Id::from) }
}

/// A running project of one million dollars over whole years that reports on indicators.
pub fn project(id: &str, first: i16, last: i16, indicators: &[&str]) -> Project {
    Project {
        id: id.into(),
        title: Text::en(id),
        status: ProjectStatus::Running,
        unit: None,
        parent: None,
        starts_on: date(first, 1, 1),
        ends_on: Some(date(last, 12, 31)),
        budget: Money { minor: 100_000_000, currency: Currency::USD },
        evaluation_budget: None,
        administration: None,
        places: Vec::new(),
        results: Vec::new(),
        indicators: indicators.iter().map(|i| Id::from(*i)).collect(),
        donors: Vec::new(),
        partners: Vec::new(),
        consulted_on: None,
        approved_on: None,
        safeguards_on: None,
        normative_share: None,
        country_programme: None,
        scales: Vec::new(),
        summary: None,
    }
}

/// How one project's figures overlap with another's.
pub fn overlap(indicator: &str, project: &str, with: &str, relation: OverlapRelation) -> Overlap {
    Overlap { indicator: indicator.into(), project: project.into(), with_project: with.into(), relation, reason: None }
}

/// A version of a definition.
pub fn definition(indicator: &str, version: i64, effective_on: Date, change: ChangeClass) -> Definition {
    Definition {
        indicator: indicator.into(),
        version: Whole(version),
        effective_on,
        change,
        unit: None,
        factor: None,
        note: None,
    }
}

/// A mandate without a duty to report.
pub fn mandate(id: &str, results: &[&str]) -> Mandate {
    Mandate {
        id: id.into(),
        organ: code("GA"),
        kind: code("resolution"),
        number: None,
        year: None,
        year_basis: None,
        title: Text::en(id),
        results: results.iter().map(|r| Id::from(*r)).collect(),
        general: None,
        duty: None,
        duty_from: None,
        duty_until: None,
        owner: None,
        source: None,
        source_para: None,
    }
}

/// A link between results of two plans, as the documents state it.
pub fn crosswalk(id: &str, from: &str, to: &str, relation: CrosswalkRelation) -> Crosswalk {
    Crosswalk {
        id: id.into(),
        from_result: from.into(),
        to_result: Some(to.into()),
        relation,
        share: None,
        basis: None,
        confidence: Confidence::Stated,
        source: None,
        source_para: None,
    }
}
