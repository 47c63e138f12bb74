//! Rules with their numbers filled in. Numbers are written exactly; rounding is for pages.

use std::fmt::Write;

use crate::select::Contribution;

/// A formula names this many terms; of a longer one the rest is counted.
const MOST_TERMS: usize = 12;

/// The shortest text that reads back equal.
pub(crate) fn number(n: f64) -> String {
    if n == 0.0 { "0".to_owned() } else { n.to_string() }
}

/// `12 + 30 + 7 = 49`.
pub(crate) fn sum(terms: impl Iterator<Item = f64> + Clone, total: f64) -> String {
    let mut out = String::with_capacity(24);
    let mut n_terms = 0;
    for term in terms {
        if n_terms < MOST_TERMS {
            join(&mut out, n_terms, term);
        }
        n_terms += 1;
    }
    rest(&mut out, n_terms);
    if n_terms > 1 {
        let _ = write!(out, " = {}", plain(total));
    }
    out
}

/// `(24 + 60) / (100 + 120) × 100 = 38.18…`.
pub(crate) fn ratio(pairs: &[(f64, f64)], scale: f64, share: f64) -> String {
    let side = |of: fn(&(f64, f64)) -> f64| {
        let mut out = String::new();
        pairs.iter().take(MOST_TERMS).enumerate().for_each(|(i, p)| join(&mut out, i, of(p)));
        rest(&mut out, pairs.len());
        if pairs.len() > 1 { format!("({out})") } else { out }
    };
    let scaled = if scale == 1.0 { String::new() } else { format!(" × {}", plain(scale)) };
    format!("{} / {}{scaled} = {}", side(|p| p.0), side(|p| p.1), plain(share))
}

/// `(2 × 1 + 5 × 3) / (1 + 3) = 4.25`.
pub(crate) fn weighted(pairs: &[(f64, f64)], mean: f64) -> String {
    let (mut above, mut below) = (String::new(), String::new());
    for (i, (v, w)) in pairs.iter().take(MOST_TERMS).enumerate() {
        join(&mut above, i, *v);
        let _ = write!(above, " × {}", plain(*w));
        join(&mut below, i, *w);
    }
    rest(&mut above, pairs.len());
    rest(&mut below, pairs.len());
    format!("({above}) / ({below}) = {}", plain(mean))
}

/// `10 + [max(40, 30), 40 + 30] = [50, 80]`.
pub(crate) fn bounds(clear: f64, clusters: &[Vec<Contribution>], low: f64, high: f64) -> String {
    let mut out = if clear == 0.0 { String::new() } else { plain(clear) };
    for cluster in clusters.iter().take(MOST_TERMS) {
        let sizes: Vec<String> = cluster.iter().take(MOST_TERMS).map(|c| plain(c.size)).collect();
        if !out.is_empty() {
            out.push_str(" + ");
        }
        let _ = write!(out, "[max({}), {}]", sizes.join(", "), sizes.join(" + "));
    }
    let _ = write!(out, " = [{}, {}]", plain(low), plain(high));
    out
}

fn plain(n: f64) -> String {
    number(n)
}

fn join(out: &mut String, before: usize, term: f64) {
    let sign = match (before, term < 0.0) {
        (0, _) => "",
        (_, true) => " − ",
        (_, false) => " + ",
    };
    let shown = if before > 0 { term.abs() } else { term };
    let _ = if shown == 0.0 { write!(out, "{sign}0") } else { write!(out, "{sign}{shown}") };
}

fn rest(out: &mut String, n_terms: usize) {
    if n_terms > MOST_TERMS {
        let _ = write!(out, " + … (+{})", n_terms - MOST_TERMS);
    }
}
