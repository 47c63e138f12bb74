//! Single values: what one cell, field or number can be, and the checks it can do on itself.

mod cell;
mod id;
mod money;
mod period;
mod text;

pub use cell::{CellFault, CellKind, Item, Raw, Value, edit_distance, normalise_digits, parse_cell};
pub use id::Id;
pub use money::{Currency, Money};
pub use period::{Grain, Period};
pub use text::{Breakdown, Lang, Text};
