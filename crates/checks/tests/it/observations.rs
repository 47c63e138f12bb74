//! What the checks of observations find in the real series of slums, and what they let pass.

use diag::{Arg, Severity};
use model::value::Lang;

use crate::sample::REPORT;

/// The rows of a finding of one severity on the slum series.
fn rows(code: &'static str, severity: Severity) -> Vec<&'static str> {
    let on_slums =
        |d: &&checks::Diagnostic| d.severity == severity && d.record.as_ref().is_some_and(|r| r.id == "I-SDG11-1-1");
    let related = REPORT.of(code).filter(on_slums).flat_map(|d| &d.related).filter(|r| r.kind == "observation");
    related.map(|r| r.id.as_str()).collect()
}

/// Burkina Faso 26.55 → 87.88 and Mali 41.93 → 92.5 are no change of two years: the definition of 2022 is another.
#[test]
fn jumps_where_the_definition_changed_are_notes() {
    let declared = rows("OBS003", Severity::Note);
    for place in ["BFA", "MLI", "TUV"] {
        assert!(declared.iter().any(|id| id.contains(place) && id.contains("2022")), "{place}: {declared:?}");
    }
    let open = rows("OBS003", Severity::Warning);
    assert!(open.iter().all(|id| !id.contains("2022")), "{open:?}");
    assert!(open.iter().any(|id| id.contains("SDN")), "Sudan, 21.76 → 99.1 in 2002: {open:?}");
}

/// Countries where nobody measured, and which stand at zero in all twelve vintages.
#[test]
fn zeros_that_are_nobodys_measurement_are_asked_about() {
    let zeros = rows("OBS010", Severity::Warning);
    for place in ["ABW", "AND", "BEL"] {
        assert!(zeros.iter().any(|id| id.contains(place)), "{place}: {zeros:?}");
    }
}

/// A reader sees how many and the worst three, in the words of his language.
#[test]
fn a_finding_names_the_worst() {
    let jump = REPORT.of("OBS003").find(|d| d.severity == Severity::Note).expect("the jump of 2022");
    assert!(jump.args.iter().any(|(name, arg)| *name == "n" && !matches!(arg, Arg::Words(_))));
    assert!(locale::diagnostic(Lang::En, jump).contains("Burkina Faso 2022: 26.55 → 87.88, Mali 2022: 41.93 → 92.5"));
    assert!(locale::diagnostic(Lang::Zh, jump).contains("布基纳法索 2022: 26.55 → 87.88、马里"));
    assert!(locale::diagnostic(Lang::Ar, jump).contains("87.88"));
}
