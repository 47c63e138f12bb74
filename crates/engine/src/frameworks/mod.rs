//! Monitoring frameworks: their indicators, how they correspond, and which indicators of the register measure them.
//!
//! One measured thing has many codes: people in slums are SDG 11.1.1 and UMF 1.4.1. The register's indicators name codes
//! in their column `frameworks`; what corresponds as [`Relation::Same`] is measured by them too.

mod cells;
mod gaps;

pub use cells::{CellMeans, cell_means};
pub use gaps::{Found, Gap, GapMatrix, GapState, LEAST_SAMPLE, OLD_AFTER_YEARS, Tally, WIDEST_CV, Weakness, gaps};

use model::{
    Records,
    kinds::{Direction, Indicator},
    value::Text,
};
use rustc_hash::FxHashMap;

/// How sure we are of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Code and subject were found in a source.
    Confirmed,
    /// It belongs to the framework by theme; its code or definition is to be verified, and must not pass as official.
    ToVerify,
}

impl Listing {
    /// The code, for files and message keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Listing::Confirmed => "confirmed",
            Listing::ToVerify => "to verify",
        }
    }
}

/// How one code stands to another: the first *is* … than, or as, the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same measured thing: what measures one measures the other.
    Same,
    /// The first covers less.
    Narrower,
    /// The first covers more.
    Broader,
    /// They are about the same subject, and neither holds the other.
    Related,
}

impl Relation {
    /// All of them.
    pub const ALL: [Relation; 4] = [Relation::Same, Relation::Narrower, Relation::Broader, Relation::Related];

    /// The code, for files and message keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Relation::Same => "same",
            Relation::Narrower => "narrower",
            Relation::Broader => "broader",
            Relation::Related => "related",
        }
    }

    /// Read from the other side.
    #[must_use]
    pub const fn turned(self) -> Relation {
        match self {
            Relation::Narrower => Relation::Broader,
            Relation::Broader => Relation::Narrower,
            other => other,
        }
    }
}

/// An indicator as a framework has it.
#[derive(Clone, Debug)]
pub struct FrameworkIndicator {
    /// The framework, e.g. `sdg`.
    pub framework: String,
    /// Its code there, e.g. `11.1.1`.
    pub code: String,
    /// What it measures, in our own words.
    pub title: Text,
    /// Unit.
    pub unit: String,
    /// Which way is better; none when it only describes.
    pub direction: Option<Direction>,
    /// The tier of SDG indicators; else empty.
    pub tier: String,
    /// Who answers for it in the world.
    pub custodian: String,
    /// Dimensions by which it should be broken down.
    pub disaggregations: Vec<String>,
    /// From what it is collected, e.g. `household_survey`.
    pub unit_of_collection: String,
    /// How sure we are of it.
    pub listing: Listing,
}

impl FrameworkIndicator {
    /// The name by which records point at it, e.g. `SDG:11.1.1`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.framework.to_uppercase(), self.code)
    }
}

/// What makes a list of frameworks no list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameworksError {
    /// Two rows have one code.
    CodeTwice(String),
    /// A correspondence names a code that there is not.
    CodeUnknown(String),
}

/// All frameworks with what joins them.
#[derive(Clone, Debug, Default)]
pub struct Frameworks {
    indicators: Vec<FrameworkIndicator>,
    /// Both sides of each correspondence: `(of, other, of *is* … other)`.
    crosswalk: Vec<(usize, usize, Relation)>,
    by_name: FxHashMap<String, usize>,
    /// The first member of the class of equal codes that an indicator is in.
    class: Vec<usize>,
}

impl Frameworks {
    /// Joins indicators by correspondences, each a pair of names and what the first is to the second.
    pub fn new(
        indicators: Vec<FrameworkIndicator>,
        correspondences: &[(String, String, Relation)],
    ) -> Result<Frameworks, FrameworksError> {
        let mut by_name = FxHashMap::default();
        for (at, indicator) in indicators.iter().enumerate() {
            if by_name.insert(indicator.name(), at).is_some() {
                return Err(FrameworksError::CodeTwice(indicator.name()));
            }
        }
        let known = |name: &String| by_name.get(name).copied().ok_or(FrameworksError::CodeUnknown(name.clone()));
        let mut crosswalk = Vec::with_capacity(2 * correspondences.len());
        let mut class: Vec<usize> = (0..indicators.len()).collect();
        for (from, to, relation) in correspondences {
            let (from, to) = (known(from)?, known(to)?);
            crosswalk.extend([(from, to, *relation), (to, from, relation.turned())]);
            if *relation == Relation::Same {
                let (kept, gone) = (class[from].min(class[to]), class[from].max(class[to]));
                // Some hundred rows: renaming a class as a whole is quick enough.
                class.iter_mut().filter(|c| **c == gone).for_each(|c| *c = kept);
            }
        }
        Ok(Frameworks { indicators, crosswalk, by_name, class })
    }

    /// The indicators, framework by framework.
    pub fn indicators(&self) -> &[FrameworkIndicator] {
        &self.indicators
    }
    /// The frameworks' names in the order of the list.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for indicator in &self.indicators {
            if !names.contains(&indicator.framework.as_str()) {
                names.push(&indicator.framework);
            }
        }
        names
    }
    /// The indicators of one framework, with their places in the list.
    pub fn of<'f, 'n>(
        &'f self,
        framework: &'n str,
    ) -> impl Iterator<Item = (usize, &'f FrameworkIndicator)> + use<'f, 'n> {
        self.indicators.iter().enumerate().filter(move |(_, i)| i.framework == framework)
    }
    /// An indicator's place in the list by its name, e.g. `SDG:11.1.1`.
    pub fn at(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }
    /// What an indicator corresponds to, read from its side.
    pub fn crosswalk(&self, at: usize) -> impl Iterator<Item = (&FrameworkIndicator, Relation)> {
        self.crosswalk.iter().filter(move |(of, ..)| *of == at).map(|(_, to, r)| (&self.indicators[*to], *r))
    }
    /// Whether two indicators are the same measured thing.
    pub fn are_same(&self, one: usize, other: usize) -> bool {
        self.class.get(one) == self.class.get(other)
    }

    /// The register's indicators that measure each framework indicator: by its own code first, then by a code that is
    /// the same. An indicator that counts the other way (adequate homes under the code of slums) does not measure it.
    pub fn measures<'r>(&self, records: &'r Records) -> Vec<Vec<&'r Indicator>> {
        let mut linked: Vec<Vec<(bool, &Indicator)>> = vec![Vec::new(); self.indicators.len()];
        let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (at, class) in self.class.iter().enumerate() {
            members.entry(*class).or_default().push(at);
        }
        for indicator in records.indicators.iter() {
            for at in indicator.frameworks.iter().filter_map(|code| self.at(&code.0)) {
                for same in members.get(&self.class[at]).into_iter().flatten() {
                    let opposite = matches!(
                        (indicator.direction, self.indicators[*same].direction),
                        (Some(Direction::Increase), Some(Direction::Decrease))
                            | (Some(Direction::Decrease), Some(Direction::Increase))
                    );
                    if !opposite && !linked[*same].iter().any(|(_, held)| held.id == indicator.id) {
                        linked[*same].push((*same != at, indicator));
                    }
                }
            }
        }
        let ordered = |mut of: Vec<(bool, &'r Indicator)>| {
            of.sort_by_key(|(by_other_code, _)| *by_other_code);
            of.into_iter().map(|(_, indicator)| indicator).collect()
        };
        linked.into_iter().map(ordered).collect()
    }
}
