//! The kinds of record, subject by subject, and the list of all of them.

pub mod access;
pub mod evaluation;
pub mod indicator;
pub mod mandate;
pub mod money;
pub mod observation;
pub mod observatory;
pub mod place;
pub mod plan;
pub mod portfolio;
pub mod text;
pub mod trust;

use crate::record::{Record, RecordDef};

/// Calls a macro with every kind stored in the register: `Variant, field_name`.
#[macro_export]
macro_rules! for_each_kind {
    ($callback:ident) => {
        $callback! {
            Source sources,
            Unit units,
            Place places,
            Boundary boundaries,
            AreaMember area_members,
            Entity entities,
            Plan plans,
            Level levels,
            Result results,
            Alignment alignments,
            Task tasks,
            Crosswalk crosswalk,
            Dimension dimensions,
            Category categories,
            Stage stages,
            Indicator indicators,
            Definition definitions,
            Mapping mappings,
            Target targets,
            Assessment assessments,
            Judgement judgements,
            Closure closures,
            Project projects,
            Marker markers,
            Investment investments,
            Output outputs,
            Overlap overlaps,
            Assignment assignments,
            Fund funds,
            Amount amounts,
            Allotment allotments,
            Mandate mandates,
            Followup followups,
            Event events,
            Session sessions,
            Evaluation evaluations,
            Story stories,
            ReportLine report_lines,
            Fact facts,
            Term terms,
            Survey surveys,
            CodebookEntry codebook,
            CodebookValue codebook_values,
            SurveyIndicator survey_indicators,
            Analysis analyses,
            Questionnaire questionnaires,
            QuestionnaireItem questionnaire_items,
            Response responses,
            Answer answers,
            Waiver waivers,
            Grant grants,
            Deputy deputies,
            Lane lanes,
            LaneStep lane_steps,
        }
    };
}

pub use access::*;
pub use evaluation::*;
pub use indicator::*;
pub use mandate::*;
pub use money::*;
pub use observation::*;
pub use observatory::*;
pub use place::*;
pub use plan::*;
pub use portfolio::*;
pub use text::*;
pub use trust::*;

macro_rules! define_kind {
    ($($variant:ident $field:ident,)+) => {
        /// Every kind of record. `Observation` lives in the lake, all others in the register.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each variant is documented at its struct")]
        pub enum Kind { $($variant,)+ Observation }

        impl Kind {
            /// The kinds of the register, in an order in which references point backwards where they can.
            pub const REGISTER: &'static [Kind] = &[$(Kind::$variant,)+];
            /// All kinds: the register's, then observations.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)+ Kind::Observation];
            /// The definition of the kind.
            pub fn def(self) -> &'static RecordDef {
                match self { $(Kind::$variant => <$variant as Record>::def(),)+ Kind::Observation => Observation::def() }
            }
        }

        /// All records of the register at one moment, typed.
        #[derive(Clone, Debug, Default)]
        pub struct Records {
            $(#[doc = concat!("All records of kind `", stringify!($variant), "`.")] pub $field: crate::table::Table<$variant>,)+
        }

        impl Records {
            /// Puts a record by its row; the names of required columns that are empty otherwise.
            pub fn put(&mut self, kind: Kind, row: &[crate::value::Value], origin: Option<crate::record::Origin>)
                -> std::result::Result<(), Vec<String>> {
                match kind {
                    $(Kind::$variant => { self.$field.put(<$variant as Record>::from_row(row)?, origin); })+
                    Kind::Observation => {}
                }
                Ok(())
            }
            /// Puts a record as the last of its kind, as a fold does; errors as [`Records::put`].
            pub fn put_last(&mut self, kind: Kind, row: &[crate::value::Value], origin: Option<crate::record::Origin>)
                -> std::result::Result<(), Vec<String>> {
                match kind {
                    $(Kind::$variant => { self.$field.put_last(<$variant as Record>::from_row(row)?, origin); })+
                    Kind::Observation => {}
                }
                Ok(())
            }
            /// Removes a record; whether it was there.
            pub fn remove(&mut self, kind: Kind, id: &str) -> bool {
                match kind { $(Kind::$variant => self.$field.remove(id),)+ Kind::Observation => false }
            }
            /// Whether there is such a record.
            pub fn contains(&self, kind: Kind, id: &str) -> bool {
                match kind { $(Kind::$variant => self.$field.contains(id),)+ Kind::Observation => false }
            }
            /// The row of a record.
            pub fn row(&self, kind: Kind, id: &str) -> Option<Vec<crate::value::Value>> {
                match kind { $(Kind::$variant => self.$field.get(id).map(Record::to_row),)+ Kind::Observation => None }
            }
            /// Where a record's current revision came from.
            pub fn origin(&self, kind: Kind, id: &str) -> Option<&crate::record::Origin> {
                match kind { $(Kind::$variant => self.$field.origin(id),)+ Kind::Observation => None }
            }
            /// How many records of a kind there are.
            pub fn count(&self, kind: Kind) -> usize {
                match kind { $(Kind::$variant => self.$field.len(),)+ Kind::Observation => 0 }
            }
            /// How many places a kind's table has; see [`crate::table::Table::n_slots`].
            pub fn n_slots(&self, kind: Kind) -> usize {
                match kind { $(Kind::$variant => self.$field.n_slots(),)+ Kind::Observation => 0 }
            }
            /// Id and row of the record at a place.
            pub fn at(&self, kind: Kind, slot: usize) -> Option<(&str, Vec<crate::value::Value>)> {
                match kind {
                    $(Kind::$variant => self.$field.at(slot).map(|(id, r)| (id, r.to_row())),)+
                    Kind::Observation => None,
                }
            }
            /// Ids and rows of a kind in order of insertion.
            pub fn rows(&self, kind: Kind) -> Box<dyn Iterator<Item = (&str, Vec<crate::value::Value>)> + '_> {
                match kind {
                    $(Kind::$variant => Box::new(self.$field.entries().map(|(id, r)| (id, r.to_row()))),)+
                    Kind::Observation => Box::new(std::iter::empty()),
                }
            }
        }
    };
}
for_each_kind!(define_kind);

impl Kind {
    /// The kind's name, singular, e.g. `plan`.
    pub fn name(self) -> &'static str {
        self.def().name
    }
    /// The kind's sheet and file name, plural, e.g. `plans`.
    pub fn sheet(self) -> &'static str {
        self.def().sheet
    }
    /// A kind by its singular or plural name.
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|k| k.name() == name || k.sheet() == name)
    }
}
