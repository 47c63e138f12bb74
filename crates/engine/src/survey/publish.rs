//! What a reader of an estimate should know, and whether it may be published.
//!
//! Below 25 rows a result is withheld and from 25 to 49 it is marked, as household survey programmes do.

use model::microdata::PublishRequest;

use super::{Answer, AnswerRow, Refusal, sample::wrong_option};

/// Degrees of freedom below which an error is itself not known well.
const FEW_DEGREES: f64 = 8.0;
/// Rows below which a result is withheld, and those below which it is marked.
const FEW_ROWS: usize = 25;
const SOME_ROWS: usize = 50;
/// Coefficients of variation that are marked, and that are withheld.
const CV_WARN: f64 = 0.2;
const CV_SUPPRESS: f64 = 0.3;
/// Rounding of a limit that is no step outside.
const ROUNDING: f64 = 1e-12;

/// What may be done with a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It may be published.
    Yes,
    /// With a word of caution.
    Warn,
    /// It is withheld.
    Suppress,
}

impl Mark {
    /// `yes`, `warn`, `suppress`.
    pub fn code(self) -> &'static str {
        match self {
            Mark::Yes => "yes",
            Mark::Warn => "warn",
            Mark::Suppress => "suppress",
        }
    }
}

/// Whether a result may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publish {
    /// The decision.
    pub mark: Mark,
    /// Why it is not simply yes, by code.
    pub reasons: Vec<&'static str>,
}

/// Gives every row its coefficient of variation and its flags; with `rules` also a mark, and takes the estimate, its error,
/// interval and design effect from what is withheld. With the design effect and the rows a share could be found again.
///
/// Differences and covariances have no coefficient of variation: they may well be near zero. A difference is withheld by the
/// rows of its smallest group.
///
/// Errors: rules that contradict each other.
pub fn judge(mut answer: Answer, kind: &str, rules: Option<&PublishRequest>) -> Result<Answer, Refusal> {
    let has_cv = !matches!(kind, "contrast" | "vcov_mean");
    let rules = rules.map(Rules::of).transpose()?;
    let n_lonely = answer.made.as_ref().map_or(0, |made| made.n_lonely);
    for row in &mut answer.rows {
        row.cv = match (row.estimate, row.se) {
            (Some(estimate), Some(se)) if has_cv && estimate != 0.0 => Some(se / estimate.abs()),
            _ => None,
        };
        row.flags = flags(row, row.degf.unwrap_or(answer.degf), n_lonely);
        if let Some(rules) = &rules {
            let publish = rules.mark(row, kind != "vcov_mean");
            if publish.mark == Mark::Suppress {
                (row.estimate, row.se, row.ci_low, row.ci_high) = (None, None, None, None);
                (row.deff, row.cv) = (None, None);
            }
            row.publish = Some(publish);
        }
    }
    Ok(answer)
}

/// Rows that decide whether a result tells about few persons.
fn n_rows(row: &AnswerRow) -> usize {
    row.n_least.unwrap_or(row.n)
}

fn flags(row: &AnswerRow, degf: f64, n_lonely: usize) -> Vec<&'static str> {
    let is_outside = row.ci_low.zip(row.possible.0).is_some_and(|(limit, least)| limit < least - ROUNDING)
        || row.ci_high.zip(row.possible.1).is_some_and(|(limit, greatest)| limit > greatest + ROUNDING);
    let is_above = |limit: f64| row.cv.is_some_and(|cv| cv > limit);
    let n = n_rows(row);
    [
        ("few_degrees_of_freedom", degf < FEW_DEGREES),
        ("cv_above_20", is_above(CV_WARN)),
        ("cv_above_30", is_above(CV_SUPPRESS)),
        ("few_rows", n < FEW_ROWS),
        ("rows_25_to_49", (FEW_ROWS..SOME_ROWS).contains(&n)),
        ("rows_missing", row.n_missing > 0),
        ("lonely_strata", row.n_lonely + n_lonely > 0),
        ("replicates_lost", row.n_lost > 0),
        ("outside_range", is_outside),
    ]
    .into_iter()
    .filter_map(|(flag, holds)| holds.then_some(flag))
    .collect()
}

/// Flags that call for a word of caution by themselves; the others have a rule with a number.
const CAUTION: [&str; 5] =
    ["few_degrees_of_freedom", "rows_25_to_49", "lonely_strata", "replicates_lost", "outside_range"];

struct Rules {
    cv_warn: f64,
    cv_suppress: f64,
    n_suppress: usize,
}

impl Rules {
    fn of(request: &PublishRequest) -> Result<Rules, Refusal> {
        let (cv_warn, cv_suppress) = (request.cv_warn.unwrap_or(CV_WARN), request.cv_suppress.unwrap_or(CV_SUPPRESS));
        if !(cv_warn >= 0.0 && cv_suppress >= cv_warn) {
            return Err(wrong_option(
                "cv_warn, cv_suppress",
                &format!("{cv_warn}, {cv_suppress}"),
                "0 ≤ cv_warn ≤ cv_suppress",
            ));
        }
        Ok(Rules { cv_warn, cv_suppress, n_suppress: request.n_suppress.unwrap_or(FEW_ROWS) })
    }

    /// `needs_error`: whether a result of this kind has a standard error.
    fn mark(&self, row: &AnswerRow, needs_error: bool) -> Publish {
        let is_above = |limit: f64| row.cv.is_some_and(|cv| cv > limit);
        let withheld = [
            ("no_estimate", row.estimate.is_none()),
            ("rows_below_limit", n_rows(row) < self.n_suppress),
            ("cv_above_limit", is_above(self.cv_suppress)),
        ];
        let marked =
            [("no_standard_error", needs_error && row.se.is_none()), ("cv_above_warning", is_above(self.cv_warn))];
        let holding = |of: &[(&'static str, bool)]| -> Vec<&'static str> {
            of.iter().filter_map(|(reason, holds)| holds.then_some(*reason)).collect()
        };
        let mut reasons = holding(&withheld);
        if !reasons.is_empty() {
            return Publish { mark: Mark::Suppress, reasons };
        }
        reasons = holding(&marked);
        reasons.extend(row.flags.iter().filter(|flag| CAUTION.contains(flag)));
        let mark = if reasons.is_empty() { Mark::Yes } else { Mark::Warn };
        Publish { mark, reasons }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(estimate: f64, se: f64, n: usize) -> AnswerRow {
        AnswerRow { estimate: Some(estimate), se: Some(se), n, ..AnswerRow::default() }
    }

    fn judged(row: AnswerRow, kind: &str, rules: Option<&PublishRequest>) -> AnswerRow {
        let rows = vec![row];
        let answer = Answer { degf: 40.0, lonely: None, centre: None, made: None, calibrated: None, rows };
        judge(answer, kind, rules).expect("rules").rows.remove(0)
    }

    fn check(row: AnswerRow, kind: &str, flags: &[&str], mark: Mark, reasons: &[&str]) {
        let found = judged(row.clone(), kind, None);
        assert_eq!((&found.flags[..], found.publish, found.estimate), (flags, None, row.estimate));
        let found = judged(row.clone(), kind, Some(&PublishRequest::default()));
        let publish = found.publish.expect("a mark");
        assert_eq!((publish.mark, &publish.reasons[..]), (mark, reasons));
        assert_eq!(found.estimate.is_none(), mark == Mark::Suppress || row.estimate.is_none());
        assert_eq!(found.cv.is_none() && found.se.is_none(), mark == Mark::Suppress || row.se.is_none());
    }

    #[test]
    fn flags_and_marks_by_hand() {
        check(row(10.0, 2.0, 50), "mean", &[], Mark::Yes, &[]);
        check(
            row(-10.0, 2.5, 49),
            "mean",
            &["cv_above_20", "rows_25_to_49"],
            Mark::Warn,
            &["cv_above_warning", "rows_25_to_49"],
        );
        check(row(10.0, 3.1, 500), "mean", &["cv_above_20", "cv_above_30"], Mark::Suppress, &["cv_above_limit"]);
        check(row(10.0, 0.1, 24), "total", &["few_rows"], Mark::Suppress, &["rows_below_limit"]);
        // A difference near zero is as good as another.
        check(row(0.01, 2.0, 500), "contrast", &[], Mark::Yes, &[]);
        let small = AnswerRow { n_least: Some(3), ..row(5.0, 1.0, 500) };
        check(small, "contrast", &["few_rows"], Mark::Suppress, &["rows_below_limit"]);
        check(row(0.0, 0.0, 90), "mean", &[], Mark::Yes, &[]);
        let covariance = AnswerRow { se: None, ..row(5.0, 1.0, 90) };
        assert_eq!(
            judged(covariance, "vcov_mean", Some(&PublishRequest::default())).publish.map(|p| p.mark),
            Some(Mark::Yes)
        );
        let open = AnswerRow { se: None, ..row(5.0, 1.0, 90) };
        assert_eq!(
            judged(open, "quantile", Some(&PublishRequest::default())).publish.map(|p| p.mark),
            Some(Mark::Warn)
        );
        let none = AnswerRow { n: 90, n_missing: 2, ..AnswerRow::default() };
        check(none, "mean", &["rows_missing"], Mark::Suppress, &["no_estimate"]);
        let wide =
            AnswerRow { ci_low: Some(-0.1), ci_high: Some(0.3), possible: (Some(0.0), Some(1.0)), ..row(0.5, 0.1, 90) };
        check(wide.clone(), "mean", &["outside_range"], Mark::Warn, &["outside_range"]);
        let wide = AnswerRow { ci_low: Some(0.1), ci_high: Some(1.1), n_lost: 1, n_lonely: 2, degf: Some(7.0), ..wide };
        let all = ["few_degrees_of_freedom", "lonely_strata", "replicates_lost", "outside_range"];
        check(wide, "mean", &all, Mark::Warn, &all);
    }

    #[test]
    fn rules_are_those_that_were_asked() {
        let rules = |cv_warn, cv_suppress, n_suppress| PublishRequest { cv_warn, cv_suppress, n_suppress };
        let mark = |of: &PublishRequest| judged(row(10.0, 2.5, 20), "mean", Some(of)).publish.map(|p| p.mark);
        assert_eq!(mark(&rules(None, None, Some(10))), Some(Mark::Warn));
        assert_eq!(mark(&rules(Some(0.25), None, Some(10))), Some(Mark::Yes));
        assert_eq!(mark(&rules(Some(0.1), Some(0.2), Some(10))), Some(Mark::Suppress));
        let answer = Answer { degf: 1.0, lonely: None, centre: None, made: None, calibrated: None, rows: Vec::new() };
        for wrong in [rules(Some(0.4), None, None), rules(Some(-1.0), None, None), rules(None, Some(f64::NAN), None)] {
            assert!(judge(answer.clone(), "mean", Some(&wrong)).is_err());
        }
    }
}
