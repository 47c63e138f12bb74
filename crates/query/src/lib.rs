//! Questions about the records of one kind, as they come in from an address: which fields, which records, in which
//! order, how many, from where on. Reads them, says what is wrong with them, and walks a snapshot's rows to answer.
//!
//! Invariant: a question never reaches a column that its audience does not see; nothing here knows HTTP.

pub mod codes;
mod column;
mod cursor;
mod filter;
mod parse;
mod plan;
mod source;

pub use codes::CODES;
pub use column::{operators, type_word};
pub use cursor::Cursor;
pub use filter::{Filter, Operator};
pub use parse::{
    Count, Field, MOST_ROWS, PARAMETERS, Question, Sort, gone, nearest, parameter_fault, parse, read_limit, twice,
    unknown_column, unknown_parameter,
};
pub use plan::{Plan, Walked};
pub use source::Source;
