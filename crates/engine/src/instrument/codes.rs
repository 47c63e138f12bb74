//! Codes of what is wrong with a questionnaire or with answers to one.

error_codes! {
    /// The file of a questionnaire cannot be read.
    INS001 "instrument-unreadable",
    /// A code with letters that do not belong into it.
    INS002 "instrument-code-wrong",
    /// Two sections, questions or choices with one code.
    INS003 "instrument-code-twice",
    /// A condition that cannot be read.
    INS004 "instrument-condition-unreadable",
    /// A condition over a question that there is not, or that comes later.
    INS005 "instrument-condition-looks-ahead",
    /// A condition over an answer that cannot be given.
    INS006 "instrument-condition-never-holds",
    /// A text that is missing in a language.
    INS007 "instrument-language-missing",
    /// Levels that do not begin at 0 or do not ascend.
    INS008 "instrument-levels-wrong",
    /// A choice between fewer than two.
    INS009 "instrument-choices-missing",
    /// A choice that says nothing about its score.
    INS010 "instrument-score-missing",
    /// Points that make no scale.
    INS011 "instrument-points-wrong",
    /// A part that its type of question has not.
    INS012 "instrument-part-misplaced",
    /// A number outside of what it can be.
    INS013 "instrument-number-wrong",
    /// Nothing is asked.
    INS014 "instrument-empty",
    /// An answer to a question that there is not.
    INS015 "answer-to-no-question",
    /// An answer that cannot be given.
    INS016 "answer-not-possible",
    /// A question that must be answered.
    INS017 "answer-missing",
    /// Evidence that must be given.
    INS018 "evidence-missing",
    /// A questionnaire that there is not.
    INS019 "instrument-unknown",
    /// A questionnaire about a record that there is not.
    INS020 "subject-unknown",
    /// A file of answers that cannot be read.
    INS021 "answers-unreadable",
    /// Nothing was answered.
    INS022 "answers-empty",
    /// A row of a form that no questionnaire has.
    INS023 "form-type-unknown",
    /// A condition of a form that a questionnaire cannot say.
    INS024 "form-condition-not-translated",
    /// A part of a form that is not kept.
    INS025 "form-part-not-kept" Warning,
    /// A cell of a form that cannot be read.
    INS026 "form-cell-wrong",
    /// A group of a form without its other end.
    INS027 "form-group-unbalanced",
    /// A list of choices that there is not.
    INS028 "form-list-missing",
    /// A language of a form that records do not have.
    INS029 "form-language-not-kept" Warning,
    /// A version of a questionnaire that cannot follow those that there are.
    INS030 "instrument-version-taken",
    /// A setting that a questionnaire needs.
    INS031 "form-setting-missing",
    /// A code that a questionnaire of the program has.
    INS032 "instrument-code-taken",
    /// A part of a questionnaire that no cell of a workbook could hold.
    INS033 "instrument-part-too-long",
    /// A file that is no photograph and no document.
    INS034 "evidence-file-unknown",
    /// A file of evidence that is too large.
    INS035 "evidence-file-too-large",
}
