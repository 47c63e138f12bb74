//! Waivers.

use jiff::civil::Date;

use crate::{record, record::Code, value::Id};

record! {
    /// Silences one finding on one record, with a reason, an author and a last day. It stays visible.
    Waiver as "waiver" in "waivers" {
        /// Code.
        own [id]: Id<Waiver>,
        /// The finding's code, e.g. `IND002`.
        [code]: Code,
        /// The kind of the record.
        [record_kind]: Code,
        /// The record.
        [record]: String,
        /// The field; empty for any.
        [field]: Option<Code>,
        /// Why.
        [reason]: String,
        /// Who takes the responsibility.
        [author]: String,
        /// Last day.
        [expires_on]: Date,
    }
}
