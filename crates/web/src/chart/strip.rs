//! A strip: one value among those of its like, with their median.

use std::fmt::Write;

use crate::html::{Html, push_escaped};

/// A place on the strip.
pub struct Mark {
    /// Its value.
    pub value: f64,
    /// What the tooltip says.
    pub label: String,
    /// Where it leads.
    pub link: String,
    /// Whose it is.
    pub whose: Whose,
}

/// Whose a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The place that the page is about.
    Own,
    /// One of its like.
    Peer,
}

/// Values along a line.
pub struct Strip {
    /// What it shows, for those who do not see it.
    pub title: String,
    /// The values.
    pub marks: Vec<Mark>,
    /// The middle one.
    pub median: f64,
}

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 44.0;
const SIDE: f64 = 14.0;
const MIDDLE: f64 = 18.0;

impl Strip {
    /// The drawing; empty when there is nothing to draw.
    pub fn svg(&self) -> Html {
        let finite = || self.marks.iter().map(|m| m.value).filter(|v| v.is_finite());
        let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        if low > high {
            return Html::default();
        }
        let span = if high > low { high - low } else { 1.0 };
        let x = |value: f64| SIDE + (value - low) / span * (WIDTH - 2.0 * SIDE);
        let mut out = String::with_capacity(512 + self.marks.len() * 160);
        let _ = write!(
            out,
            r#"<svg class="strip" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" direction="ltr" aria-label=""#
        );
        push_escaped(&mut out, &self.title);
        let _ = write!(
            out,
            r#""><path class="grid" d="M{SIDE} {MIDDLE}H{:.1}"/><path class="median" d="M{:.1} {:.1}v20"/>"#,
            WIDTH - SIDE,
            x(self.median),
            MIDDLE - 10.0
        );
        // The own mark last, so that no other hides it.
        let mut order: Vec<&Mark> = self.marks.iter().filter(|m| m.value.is_finite()).collect();
        order.sort_by_key(|m| m.whose == Whose::Own);
        for mark in order {
            let (class, radius) = if mark.whose == Whose::Own { ("own", 6.5) } else { ("peer", 4.5) };
            out.push_str(r#"<a href=""#);
            push_escaped(&mut out, &mark.link);
            let _ = write!(
                out,
                r#""><circle class="{class}" cx="{:.1}" cy="{MIDDLE}" r="{radius}"/><title>"#,
                x(mark.value)
            );
            push_escaped(&mut out, &mark.label);
            out.push_str("</title></a>");
        }
        let ends = [(SIDE, "start", low), (WIDTH - SIDE, "end", high)];
        for (at, anchor, value) in ends.into_iter().take(if high > low { 2 } else { 1 }) {
            let _ = write!(
                out,
                r#"<text x="{at:.1}" y="{:.1}" text-anchor="{anchor}">{}</text>"#,
                HEIGHT - 2.0,
                locale::number(value)
            );
        }
        out.push_str("</svg>");
        Html(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(values: &[f64]) -> String {
        let mark = |(at, value): (usize, &f64)| Mark {
            value: *value,
            label: "<x>".into(),
            link: "/places/a".into(),
            whose: if at == 0 { Whose::Own } else { Whose::Peer },
        };
        Strip { title: "T".into(), marks: values.iter().enumerate().map(mark).collect(), median: 2.0 }.svg().0
    }

    #[test]
    fn every_value_has_its_mark_and_the_own_one_lies_on_top() {
        let svg = strip(&[2.0, 1.0, 3.0, 2.0]);
        assert_eq!(svg.matches("<circle").count(), 4);
        assert_eq!(svg.rfind("<circle class=\"own\""), svg.rfind("<circle"));
        assert!(svg.contains("&lt;x&gt;") && !svg.contains("<x>") && !svg.contains("NaN"));
        assert!(!strip(&[5.0]).contains("NaN") && strip(&[]).is_empty());
    }
}
