//! The urban observatory's records: surveys with their codebooks, indicators over microdata, answers to questionnaires.
//!
//! Microdata are no records: a survey names its file, which stays on the node that holds it.

use jiff::civil::Date;

use crate::{
    code_list, record,
    record::{Code, Whole},
    value::{Id, Period, Text},
};

use super::{BoundaryDefinition, Indicator, Place, Project, Source};

code_list! {
    /// What a row of microdata is.
    RowUnit as "row-unit" {
        /// A household with all its members.
        Household = "household",
        /// A person.
        Person = "person",
    }
}

code_list! {
    /// What becomes of a stratum with one sampled unit.
    LonelyRule as "lonely-rule" {
        /// Nothing is estimated.
        Refuse = "fail",
        /// It adds nothing to the error.
        Remove = "remove",
        /// Its distance from the mean of all units counts.
        Centre = "adjust",
        /// It adds what the other strata add on average.
        Average = "average",
    }
}

record! {
    /// A household survey whose microdata this node holds.
    Survey as "survey" in "surveys" {
        /// Code.
        own [id]: Id<Survey>,
        /// Name.
        [title]: Text,
        /// The place that it is about.
        [place]: Id<Place>,
        /// When people were asked.
        [period]: Period,
        /// What a row of the file is.
        [rows]: RowUnit,
        /// The file as it was called when it was loaded.
        [file]: String,
        /// Fingerprint of the file's bytes, by which the node finds it.
        [fingerprint]: Code,
        /// Rows of the file.
        [n_rows]: Whole<0, 20_000_000_000>,
        /// What becomes of a stratum with one sampled unit; nothing is estimated when empty.
        [lonely]: Option<LonelyRule>,
        /// A figure that rests on fewer rows is withheld; 25 when empty.
        [threshold]: Option<Whole<1, 10_000>>,
        /// Where it comes from.
        [source]: Option<Id<Source>>,
        /// What somebody who uses it should know.
        [note]: Option<Text>,
    }
}

record! {
    /// Which variable of a survey's file holds a concept.
    CodebookEntry as "codebook_entry" in "codebook" {
        /// The survey.
        key [survey]: Id<Survey>,
        /// The concept, e.g. `water`.
        key [concept]: Code,
        /// The variable's name in the file.
        [variable]: String,
    }
}

record! {
    /// What an answer in a survey's file means, in the words of the concept.
    CodebookValue as "codebook_value" in "codebook_values" {
        /// The survey.
        key [survey]: Id<Survey>,
        /// The concept, e.g. `water`.
        key [concept]: Code,
        /// The answer as the file has it, e.g. `32`.
        key [value]: String,
        /// The concept's category, e.g. `unprotected_well`.
        [category]: Code,
    }
}

code_list! {
    /// What is computed of a condition or a number over microdata.
    SurveyMeasure as "survey-measure" {
        /// The share of those of whom it is true, in percent.
        Share = "share",
        /// The mean of a number.
        Mean = "mean",
        /// How many there are.
        Total = "total",
    }
}

record! {
    /// An indicator over microdata: a condition or a number in terms of concepts, so that it holds for any survey with a
    /// codebook. Those of one rule set may name each other by their component.
    SurveyIndicator as "survey_indicator" in "survey_indicators" {
        /// The rule set, e.g. `sdg-sish-4`.
        key [rule_set]: Code,
        /// Its part of the rule set, e.g. `water_deprived`.
        key [component]: Code,
        /// Version, from 1.
        key [version]: Whole<1, 999>,
        /// Name.
        [title]: Text,
        /// What is computed.
        [measure]: SurveyMeasure,
        /// Of whom: of households, or of the people in them.
        [of]: RowUnit,
        /// Condition or number over concepts, e.g. `persons / rooms > 3`.
        [expression]: String,
        /// Only those of whom this is true, e.g. `urban == 'urban'`.
        [among]: Option<String>,
        /// Unit of the figure.
        [unit]: Option<Code>,
        /// The framework's indicator that it measures, e.g. `SDG:11.1.1`.
        [framework]: Option<Code>,
        /// What it takes from where, and what it leaves out.
        [note]: Option<Text>,
    }
}

code_list! {
    /// What was computed from grids, boundaries or streets.
    AnalysisMethod as "analysis-method" {
        /// The degree of urbanisation of a grid, with its urban centres and clusters.
        Urbanisation = "degree_of_urbanisation",
        /// Land consumption and population growth between two dates.
        Land = "land",
        /// Access on foot to public transport and open space.
        Access = "access",
    }
}

record! {
    /// A computation from grids, boundaries or streets whose figures are in the register. Each of them names it as its evidence.
    Analysis as "analysis" in "analyses" {
        /// Code.
        own [id]: Id<Analysis>,
        /// What was computed.
        [method]: AnalysisMethod,
        /// The place that it is about.
        [place]: Id<Place>,
        /// The time of its figures: that of the newest input.
        [period]: Period,
        /// The earlier date, where two were compared.
        [since]: Option<Period>,
        /// By what places were bounded, where boundaries of the register were used.
        [definition]: Option<BoundaryDefinition>,
        /// The input files with what each is and its fingerprint, e.g. `population POP.tif 3f2a…; land LAND.tif 88c1…`.
        [inputs]: String,
        /// The options that were chosen (JSON).
        [parameters]: Option<String>,
        /// Everything that was found: a file of evidence (JSON), which names the layers of its maps.
        [results]: Code,
        /// Version of the program.
        [program]: Code,
        /// Where the inputs come from.
        [source]: Option<Id<Source>>,
        /// What a reader should know.
        [note]: Option<Text>,
    }
}

record! {
    /// A version of a questionnaire of the organisation's own, beside those that the program carries.
    Questionnaire as "questionnaire" in "questionnaires" {
        /// Its code, e.g. `market-survey`.
        key [instrument]: Code,
        /// Version, from 1. One that was answered is never changed.
        key [version]: Whole<1, 999>,
        /// Name.
        [title]: Text,
        /// The kind of record that it is about, e.g. `place`.
        [subject]: Code,
        /// What holds for all of it, as in the file of a questionnaire without its sections (JSON).
        [head]: String,
        /// The file that it was made from.
        [file]: Option<String>,
    }
}

record! {
    /// A section of an own questionnaire, or one of the questions below it.
    QuestionnaireItem as "questionnaire_item" in "questionnaire_items" {
        /// The questionnaire's code.
        key [instrument]: Code,
        /// Its version.
        key [version]: Whole<1, 999>,
        /// Its place, from 1: a section stands before its questions.
        key [position]: Whole<1, 9_999>,
        /// Code of the section.
        [section]: Code,
        /// Code of the question; empty for the section itself.
        [question]: Option<Code>,
        /// The section without its questions, or the question, as in the file of a questionnaire (JSON).
        [content]: String,
    }
}

code_list! {
    /// How far a filled questionnaire has come.
    ResponseState as "response-state" {
        /// One respondent's answers.
        Submitted = "submitted",
        /// What the respondents agreed on.
        Consensus = "consensus",
    }
}

record! {
    /// A filled questionnaire: one respondent's view, or what several agreed on.
    Response as "response" in "responses" {
        /// Code.
        own [id]: Id<Response>,
        /// The questionnaire, e.g. `housing-self-rating`.
        [instrument]: Code,
        /// Its version.
        [version]: Whole<1, 999>,
        /// The kind of record that it is about, e.g. `place`.
        [subject_kind]: Code,
        /// The record that it is about.
        [subject]: String,
        /// Where it was filled, if that is a place.
        [place]: Option<Id<Place>>,
        /// The project in which it was filled.
        [project]: Option<Id<Project>>,
        /// An indicator that it judges.
        [indicator]: Option<Id<Indicator>>,
        /// In which capacity it was answered, e.g. `city engineer`; no name of a person.
        [role]: Option<String>,
        /// Whether it is one view or what was agreed on.
        [state]: ResponseState,
        /// When it was answered.
        [on]: Date,
        /// What else should be known.
        [note]: Option<String>,
    }
}

record! {
    /// One answer of a filled questionnaire.
    Answer as "answer" in "answers" {
        /// The filled questionnaire.
        key [response]: Id<Response>,
        /// The question's code.
        key [question]: Code,
        /// The answer: a choice's code, codes separated by blanks, a number, a day, or text.
        [value]: String,
        /// File or address of the evidence.
        [evidence]: Option<String>,
        /// Why.
        [comment]: Option<String>,
    }
}
