//! Sentences per language: messages, diagnostics, code lists, numbers and dates.
//!
//! Words live in `words/<language>/<area>.ftl` (Fluent), one key per thought. A missing translation
//! falls back to English, visibly: the answer says which language it is in.
//!
//! Invariant: nothing is computed here, and no key is made up at run time except from codes of the model.

mod figure;
mod number;
mod words;

pub use figure::{answer, answer_exact};
pub use number::{date, exact, number, percent, tenths};
pub use words::{Explained, Spoken, diagnostic, explained, has, keys, list_item, say, say_with, spoken};
