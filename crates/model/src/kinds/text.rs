//! Sources, units, facts and terms.

use jiff::civil::Date;

use crate::{
    code_list, record,
    record::Code,
    value::{Id, Text},
};

use super::Place;

code_list! {
    /// What sort of source.
    SourceKind as "source-kind" {
        /// A member state.
        MemberState = "member_state",
        /// The secretariat.
        Secretariat = "secretariat",
        /// A partner.
        Partner = "partner",
        /// A survey.
        Survey = "survey",
        /// A printed document.
        Document = "document",
        /// A dataset.
        Dataset = "dataset",
        /// Something else.
        Other = "other",
    }
}

record! {
    /// Where a figure or a statement comes from.
    Source as "source" in "sources" {
        /// Code.
        own [id]: Id<Source>,
        /// Name.
        [title]: Text,
        /// What sort of source.
        [kind]: SourceKind,
        /// Who published it.
        [publisher]: Option<String>,
        /// When it was issued: a year or a day.
        [issued]: Option<Code>,
        /// Address.
        [url]: Option<String>,
        /// Licence.
        [licence]: Option<String>,
        /// What to know before using it.
        [note]: Option<Text>,
    }
}

code_list! {
    /// What sort of unit.
    UnitKind as "unit-kind" {
        /// The organisation.
        Organisation = "organisation",
        /// A branch or section at headquarters.
        Branch = "branch",
        /// A regional office.
        RegionalOffice = "regional_office",
        /// A country or city office.
        CountryOffice = "country_office",
        /// A liaison office.
        LiaisonOffice = "liaison_office",
        /// A partner.
        Partner = "partner",
    }
}

record! {
    /// A unit of the organisation, or a partner that answers for something.
    Unit as "unit" in "units" {
        /// Code.
        own [id]: Id<Unit>,
        /// Name.
        [title]: Text,
        /// What sort of unit.
        [kind]: UnitKind,
        /// The unit above it.
        [parent]: Option<Id<Unit>>,
    }
}

code_list! {
    /// What sort of statement.
    FactKind as "fact-kind" {
        /// A count.
        Count = "count",
        /// A measurement.
        Observation = "observation",
        /// A projection.
        Projection = "projection",
        /// A target.
        Target = "target",
        /// A threshold.
        Threshold = "threshold",
        /// A date.
        Date = "date",
        /// A statement in words.
        Statement = "statement",
    }
}

code_list! {
    /// Which of several claims for one fact is followed.
    ClaimVerdict as "claim-verdict" {
        /// This one.
        Chosen = "chosen",
        /// Not this one.
        Rejected = "rejected",
        /// Nobody has decided.
        Open = "open",
        /// Both hold: they differ in date, coverage or edition.
        Both = "both",
    }
}

record! {
    /// A figure or statement that a document makes. Claims for one fact share a subject.
    Fact as "fact" in "facts" {
        /// Code.
        own [id]: Id<Fact>,
        /// Topic.
        [topic]: Code,
        /// What the fact is about; claims with the same subject speak of one fact.
        [subject]: Option<Code>,
        /// What it says.
        [title]: Text,
        /// Where it holds.
        [places]: Vec<Id<Place>>,
        /// Where it holds, in the document's words, when that is no place of ours.
        [place_note]: Option<String>,
        /// Year or range of years.
        [year]: Option<Code>,
        /// The value as a number.
        [value]: Option<f64>,
        /// The value as a day.
        [value_on]: Option<Date>,
        /// The value in words.
        [value_text]: Option<String>,
        /// Unit.
        [unit]: Option<Code>,
        /// The document's own words on precision.
        [qualifier]: Option<Code>,
        /// What sort of statement.
        [kind]: FactKind,
        /// The fact whose parts this one is among; parts must add up to it.
        [part_of]: Option<Id<Fact>>,
        /// The base that a percentage is stated of.
        [percent_of]: Option<Id<Fact>>,
        /// The amount that the percentage works out to.
        [percent_as]: Option<Id<Fact>>,
        /// Which of several claims is followed.
        [verdict]: Option<ClaimVerdict>,
        /// Why.
        [verdict_reason]: Option<Text>,
        /// Document.
        [source]: Option<Id<Source>>,
        /// Paragraph of the document.
        [source_para]: Option<String>,
    }
}

code_list! {
    /// Whether a wording should be used.
    TermStatus as "term-status" {
        /// Use this one.
        Preferred = "preferred",
        /// Found in documents; search finds it, new text avoids it.
        Variant = "variant",
    }
}

record! {
    /// One wording of a concept in one language.
    Term as "term" in "terms" {
        /// The concept.
        key [concept]: Code,
        /// The language, e.g. `zh`.
        key [language]: Code,
        /// The wording.
        key [wording]: String,
        /// Whether it should be used.
        [status]: TermStatus,
        /// Where it is found.
        [source_para]: Option<String>,
    }
}
