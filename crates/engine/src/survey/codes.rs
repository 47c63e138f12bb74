//! The codes of what cannot be answered about a survey.

error_codes! {
    /// A question that cannot be read.
    SVY001 "question-unreadable",
    /// A variable that the data do not have.
    SVY002 "variable-unknown",
    /// A condition that cannot be read.
    SVY003 "condition-unreadable",
    /// A variable that should hold numbers has texts.
    SVY004 "variable-not-numeric",
    /// There are no weights.
    SVY005 "weights-missing",
    /// A weight is missing, below zero or no number.
    SVY006 "weight-wrong",
    /// A sampled unit lies in two strata.
    SVY007 "unit-in-two-strata",
    /// A stratum has one sampled unit.
    SVY008 "stratum-with-one-unit",
    /// The population of a stratum is missing, or given with two values.
    SVY009 "population-wrong",
    /// More units were sampled than the population has.
    SVY010 "sample-above-population",
    /// No row of the domain has weight and a value.
    SVY011 "nothing-to-estimate",
    /// Replicate weights do not fit.
    SVY012 "replicates-wrong",
    /// An option has a value that is none of its own.
    SVY013 "option-unknown",
    /// A key of the design is missing in a row.
    SVY014 "design-key-missing",
    /// A file that is in none of the folders.
    SVY015 "data-file-not-found",
    /// Two files that cannot be joined row by row.
    SVY016 "files-not-joined",
    /// Words about the data that are not understood.
    SVY017 "data-not-understood",
    /// A file that is there and cannot be read.
    SVY018 "data-file-unreadable",
    /// A file that would not fit into memory, of a kind that is not gone through part by part.
    SVY019 "data-file-too-large",
    /// A design of which such replicate weights cannot be made.
    SVY020 "replicates-not-made",
    /// A row belongs to a part of the population whose size is not given.
    SVY021 "part-without-total",
    /// A part of the population that nobody of the sample belongs to.
    SVY022 "part-without-rows",
    /// Totals of the population that the weights cannot be brought to.
    SVY023 "totals-not-reached",
    /// A variable that weights are to be calibrated by is missing in a row.
    SVY024 "auxiliary-missing",
    /// Two divisions of a population have different sums.
    SVY025 "margins-disagree",
    /// A total of the population that cannot be one.
    SVY026 "total-wrong",
    /// Quantiles of weights of which some are below zero.
    SVY027 "quantile-of-negative-weights",
    /// A rule needs a concept that the survey's codebook does not have.
    SVY040 "concept-missing",
    /// Rules that need each other in a circle.
    SVY041 "rules-in-circle",
    /// A rule set, or a part of one, that nobody knows.
    SVY042 "rule-unknown",
    /// Figures that were published before would give away a cell that is withheld.
    SVY043 "table-would-disclose",
}
