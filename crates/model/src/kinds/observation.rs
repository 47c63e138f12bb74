//! Observations: values somebody asserts. They live in the lake, but their table is defined like any other.

use jiff::civil::Date;

use crate::{
    code_list, record,
    record::{Code, Whole},
    value::{Breakdown, Id, Period},
};

use super::{Entity, Indicator, Place, Project, Source};

code_list! {
    /// Whose change a value describes. The three are shown side by side and never mixed.
    Scope as "scope" {
        /// The world as it is.
        Global = "global",
        /// Places where the programme works.
        Supported = "supported",
        /// What a project reports to have delivered.
        Delivered = "delivered",
    }
}

code_list! {
    /// Whether there is a value, and if not, why. A missing figure is not a zero.
    ObservationStatus as "observation-status" {
        /// Measured.
        Measured = "measured",
        /// Estimated.
        Estimated = "estimated",
        /// The question does not apply here.
        NotApplicable = "not_applicable",
        /// Asked for, not to be had.
        NotAvailable = "not_available",
        /// Not yet due.
        NotYetDue = "not_yet_due",
        /// Known, withheld to protect people.
        Suppressed = "suppressed",
    }
}

impl ObservationStatus {
    /// Whether an observation of this status carries a value.
    pub fn has_value(self) -> bool {
        matches!(self, ObservationStatus::Measured | ObservationStatus::Estimated)
    }
}

code_list! {
    /// How far a value has been checked.
    ObservationState as "observation-state" {
        /// As it came in.
        Provisional = "provisional",
        /// Checked against its evidence.
        Verified = "verified",
        /// Closed.
        Final = "final",
    }
}

record! {
    /// A value of an indicator for a place, a period and a group, as somebody asserts it.
    Observation as "observation" in "observations" {
        /// The indicator.
        key [indicator]: Id<Indicator>,
        /// The place.
        key [place]: Id<Place>,
        /// The period.
        key [period]: Period,
        /// The group, e.g. `sex=female`; empty for the total.
        key [breakdown]: Breakdown,
        /// Whose change it describes.
        key [scope]: Scope,
        /// The project that reports it.
        key [project]: Option<Id<Project>>,
        /// The body that is counted.
        key [entity]: Option<Id<Entity>>,
        /// The stage that the body has reached.
        [stage]: Option<Code>,
        /// The value; empty unless the status is measured or estimated.
        [value]: Option<f64>,
        /// Numerator, for shares.
        [numerator]: Option<f64>,
        /// Denominator or weight, for shares, means, indices and scores.
        [denominator]: Option<f64>,
        /// Standard error of the value.
        [standard_error]: Option<f64>,
        /// Number of units observed.
        [sample_size]: Option<Whole<0, 20_000_000_000>>,
        /// Whether there is a value, and if not, why; measured when empty.
        [status]: Option<ObservationStatus>,
        /// How far it has been checked; provisional when empty.
        [state]: Option<ObservationState>,
        /// Where it comes from.
        [source]: Option<Id<Source>>,
        /// File or address of the evidence.
        [evidence]: Option<String>,
        /// Day of measurement, when it matters within the period.
        [measured_on]: Option<Date>,
        /// Comment.
        [comment]: Option<String>,
    }
}
