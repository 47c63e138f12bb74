//! One city as a folder: settings, boundary, extract, stops, people, open spaces; and everything computed of it.

mod beside;
mod cells;
mod choices;
mod evaluate;
mod fault;
mod inputs;
mod kept;
mod report;
mod settings;
mod walked;

pub use cells::{CellTable, write_cells};
pub use choices::{Choices, Origin, PlaceOrigin, PlaceSet};
pub use evaluate::{Evaluation, Options, ServedShape, Shapes, evaluate, evaluate_on};
pub use fault::{Expected, SettingFault};
pub use kept::{Kept, Unkept};
pub use report::*;
pub use settings::{CaseSettings, Mode};
