//! Funds, amounts and allotments.

use crate::{
    code_list, record,
    record::{Code, Whole},
    value::{Currency, Id, Money, Text},
};
use crate::{
    record::Field,
    value::{CellKind, Value},
};

use super::{Mandate, Plan, Result, Source};

impl Field for Currency {
    fn columns() -> Vec<(&'static str, CellKind)> {
        vec![("", CellKind::Currency)]
    }
    fn write(&self, out: &mut Vec<Value>) {
        out.push(Value::Text(self.as_str().to_owned()));
    }
    fn read(cells: &[Value]) -> Option<Self> {
        match &cells[0] {
            Value::Text(t) => Currency::parse(t),
            _ => None,
        }
    }
}

code_list! {
    /// How freely money may be used.
    Earmark as "earmark" {
        /// Not tied to a purpose.
        Core = "core",
        /// Tied to a theme.
        SoftEarmarked = "soft_earmarked",
        /// Tied to a project or country.
        Earmarked = "earmarked",
        /// Assessed contributions of the regular budget.
        Assessed = "assessed",
        /// Money of others, for comparison only.
        External = "external",
    }
}

record! {
    /// A fund.
    Fund as "fund" in "funds" {
        /// Code.
        own [id]: Id<Fund>,
        /// Name.
        [title]: Text,
        /// How freely its money may be used.
        [earmark]: Earmark,
        /// The decision that set it up.
        [mandate]: Option<Id<Mandate>>,
    }
}

code_list! {
    /// How firm an amount is.
    AmountState as "amount-state" {
        /// Printed without any state.
        FinalAssumed = "final_assumed",
        /// Final.
        Final = "final",
        /// Preliminary.
        Preliminary = "preliminary",
        /// Worked out here.
        Derived = "derived",
        /// Pledged.
        Pledged = "pledged",
        /// Agreed.
        Agreed = "agreed",
        /// Approved.
        Approved = "approved",
        /// Received so far.
        Received = "received",
        /// Sum of several years.
        Cumulative = "cumulative",
        /// Estimate.
        Estimate = "estimate",
        /// A forecast.
        Forecast = "forecast",
        /// Planned or in preparation.
        Planned = "planned",
    }
}

record! {
    /// An amount of money by year, fund and donor or category, as a document states it.
    Amount as "amount" in "amounts" {
        /// Code.
        own [id]: Id<Amount>,
        /// Year.
        [year]: Whole<1900, 2999>,
        /// Fund.
        [fund]: Id<Fund>,
        /// Donor or category.
        [donor]: Option<Text>,
        /// What it is: contribution, pledge, income_total, deficit, …
        [kind]: Code,
        /// Target in units of the currency.
        [target]: Option<f64>,
        /// Actual amount in units of the currency; negative for a deficit.
        [actual]: Option<f64>,
        /// Currency.
        [currency]: Currency,
        /// How firm it is.
        [state]: AmountState,
        /// The document's own words on precision: exact, about, more than, as printed, derived.
        [qualifier]: Option<Code>,
        /// Percentage that the document states.
        [stated_percent]: Option<f64>,
        /// What the percentage is a share of: this amount's own target when empty, else another amount.
        [percent_of]: Option<Id<Amount>>,
        /// The total that this amount is a part of.
        [part_of]: Option<Id<Amount>>,
        /// The amount that this one corrects, worked out from others.
        [reconciles]: Option<Id<Amount>>,
        /// Year that the document prints, when it contradicts the amount's own arithmetic.
        [printed_year]: Option<Whole<1900, 2999>>,
        /// Round of a forecast, from 1.
        [round]: Option<Whole<1, 99>>,
        /// What the figure covers, when two figures for one year differ in coverage.
        [coverage]: Option<Code>,
        /// Note.
        [note]: Option<Text>,
        /// Document.
        [source]: Option<Id<Source>>,
        /// Paragraph of the document.
        [source_para]: Option<String>,
    }
}

record! {
    /// Money of a programme by result, fund and year.
    Allotment as "allotment" in "allotments" {
        /// The programme.
        key [plan]: Id<Plan>,
        /// The result.
        key [result]: Id<Result>,
        /// The fund.
        key [fund]: Id<Fund>,
        /// The year.
        key [year]: Whole<1900, 2999>,
        /// The amount.
        [amount]: Money,
        /// Posts.
        [posts]: Option<Whole<0, 100_000>>,
    }
}
