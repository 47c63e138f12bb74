//! A line chart over time: values with their intervals, the path from baseline to target, plan cycles.

use std::fmt::Write;

use jiff::civil::Date;

use super::scale::{ticks, year_of};
use crate::html::{Html, push_escaped};

/// One value at a day.
pub struct Point {
    /// The day it stands for.
    pub on: Date,
    /// The value; `None` when there are bounds only.
    pub value: Option<f64>,
    /// Bounds: a confidence interval, or what is possible when overlap is unknown.
    pub bounds: Option<(f64, f64)>,
    /// Fewer than half of those who should report did: the line does not run through it.
    pub partial: bool,
    /// It is of other ground than those before it: the line begins anew.
    pub breaks: bool,
    /// What the tooltip says.
    pub label: String,
    /// Where it leads.
    pub link: String,
}

/// A line of values; `class` is its colour and dash in the style sheet.
pub struct Trace {
    /// `t0` to `t3`.
    pub class: &'static str,
    /// Its points by day.
    pub points: Vec<Point>,
}

/// A plan cycle behind the lines.
pub struct Cycle {
    /// First and last day.
    pub span: (Date, Date),
    /// Its name.
    pub label: String,
}

/// A chart.
pub struct Chart {
    /// What it shows, for those who do not see it.
    pub title: String,
    /// What it says in short.
    pub desc: String,
    /// Lines of values.
    pub traces: Vec<Trace>,
    /// The way from baseline through milestones to target: day, value, tooltip.
    pub path: Vec<(Date, f64, String)>,
    /// Targets that no path joins: day, value, tooltip.
    pub goals: Vec<(Date, f64, String)>,
    /// Half the width of the band around the path that counts as on track, in the unit.
    pub tolerance: Option<f64>,
    /// Plan cycles.
    pub cycles: Vec<Cycle>,
    /// The day asked about.
    pub on: Option<Date>,
}

const WIDTH: f64 = 620.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 62.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 30.0;

struct Frame {
    x: (f64, f64),
    y: (f64, f64),
}

impl Frame {
    fn x(&self, year: f64) -> f64 {
        LEFT + (year - self.x.0) / (self.x.1 - self.x.0) * (WIDTH - LEFT - RIGHT)
    }
    fn y(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - (value - self.y.0) / (self.y.1 - self.y.0) * (HEIGHT - TOP - BOTTOM)
    }
    fn day(&self, on: Date) -> f64 {
        self.x(year_of(on))
    }
}

impl Chart {
    /// The drawing; empty when there is nothing to draw.
    pub fn svg(&self) -> Html {
        let Some((frame, step)) = self.frame() else { return Html::default() };
        let mut out = String::with_capacity(4096);
        let _ = write!(
            out,
            r#"<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" direction="ltr" aria-label=""#
        );
        push_escaped(&mut out, &format!("{}. {}", self.title, self.desc));
        out.push_str(r#"">"#);
        self.draw_cycles(&frame, &mut out);
        draw_axes(&frame, step, &mut out);
        self.draw_path(&frame, &mut out);
        if let Some(on) = self.on.filter(|on| (frame.x.0..=frame.x.1).contains(&year_of(*on))) {
            let x = frame.day(on);
            let _ = write!(out, r#"<path class="on" d="M{x:.1} {TOP}V{:.1}"/>"#, HEIGHT - BOTTOM);
        }
        for trace in &self.traces {
            draw_trace(&frame, trace, &mut out);
        }
        out.push_str("</svg>");
        Html(out)
    }

    /// The ranges of both axes and the step of the vertical one.
    fn frame(&self) -> Option<(Frame, f64)> {
        let points = || self.traces.iter().flat_map(|t| &t.points);
        let mut values: Vec<f64> = points().filter_map(|p| p.value).collect();
        values.extend(points().filter_map(|p| p.bounds).flat_map(|(a, b)| [a, b]));
        values.extend(self.path.iter().chain(&self.goals).map(|(_, v, _)| *v));
        let mut years: Vec<f64> = points().map(|p| year_of(p.on)).collect();
        years.extend(self.path.iter().chain(&self.goals).map(|(on, ..)| year_of(*on)));
        years.extend(self.cycles.iter().flat_map(|c| [year_of(c.span.0), year_of(c.span.1)]));
        let (low, high) = range(&values)?;
        let (first, last) = range(&years)?;
        // Zero belongs in the picture unless it would flatten all change.
        let low = if low > 0.0 && low < 0.6 * high { 0.0 } else { low };
        let (y0, y1, step) = ticks(low, high, 5);
        let y1 = if y1 > y0 { y1 } else { y0 + step };
        let (x0, x1) = (first.floor(), (last + 0.05).ceil().max(first.floor() + 2.0));
        Some((Frame { x: (x0, x1), y: (y0, y1) }, step))
    }

    fn draw_cycles(&self, frame: &Frame, out: &mut String) {
        for (i, cycle) in self.cycles.iter().enumerate() {
            let (a, b) = (frame.day(cycle.span.0), frame.day(cycle.span.1));
            let _ = write!(
                out,
                r#"<g class="cycle-band c{}"><rect x="{a:.1}" y="{TOP}" width="{:.1}" height="{:.1}"/><text x="{:.1}" y="{:.1}" text-anchor="middle">"#,
                i % 2,
                (b - a).max(0.0),
                HEIGHT - TOP - BOTTOM,
                (a + b) / 2.0,
                TOP + 13.0
            );
            push_escaped(out, &cycle.label);
            out.push_str("</text></g>");
        }
    }

    fn draw_path(&self, frame: &Frame, out: &mut String) {
        if self.path.len() > 1 {
            if let Some(half) = self.tolerance {
                let mut edge: Vec<String> = self
                    .path
                    .iter()
                    .map(|(on, v, _)| format!("{:.1},{:.1}", frame.day(*on), frame.y(v + half)))
                    .collect();
                edge.extend(
                    self.path.iter().rev().map(|(on, v, _)| format!("{:.1},{:.1}", frame.day(*on), frame.y(v - half))),
                );
                let _ = write!(out, r#"<polygon class="band" points="{}"/>"#, edge.join(" "));
            }
            let line: Vec<String> =
                self.path.iter().map(|(on, v, _)| format!("{:.1},{:.1}", frame.day(*on), frame.y(*v))).collect();
            let _ = write!(out, r#"<polyline class="path" points="{}"/>"#, line.join(" "));
        }
        for (on, value, label) in self.path.iter().chain(&self.goals) {
            let (x, y) = (frame.day(*on), frame.y(*value));
            let _ = write!(out, r#"<path class="goal" d="M{:.1} {y:.1}l5 -5 5 5 -5 5z"><title>"#, x - 5.0);
            push_escaped(out, label);
            out.push_str("</title></path>");
        }
    }
}

fn range(values: &[f64]) -> Option<(f64, f64)> {
    let finite = || values.iter().copied().filter(|v| v.is_finite());
    let low = finite().fold(f64::INFINITY, f64::min);
    let high = finite().fold(f64::NEG_INFINITY, f64::max);
    (low <= high).then_some((low, high))
}

fn draw_axes(frame: &Frame, step: f64, out: &mut String) {
    let n = ((frame.y.1 - frame.y.0) / step).round() as usize;
    for i in 0..=n {
        let value = frame.y.0 + step * i as f64;
        let y = frame.y(value);
        let _ = write!(
            out,
            r#"<path class="grid" d="M{LEFT} {y:.1}H{:.1}"/><text x="{:.1}" y="{:.1}" text-anchor="end">{}</text>"#,
            WIDTH - RIGHT,
            LEFT - 8.0,
            y + 4.0,
            locale::number((value / step).round() * step)
        );
    }
    let years = (frame.x.1 - frame.x.0) as usize;
    let every = [1usize, 2, 5, 10, 20, 50].into_iter().find(|e| years / e <= 9).unwrap_or(100);
    for year in (0..=years).map(|i| frame.x.0 as i64 + i as i64).filter(|y| y % every as i64 == 0) {
        let x = frame.x(year as f64);
        let base = HEIGHT - BOTTOM;
        let _ = write!(
            out,
            r#"<path class="grid" d="M{x:.1} {base:.1}v5"/><text x="{x:.1}" y="{:.1}" text-anchor="middle">{year}</text>"#,
            base + 19.0
        );
    }
}

/// The days and values that lines run through: one line for each stretch on the same ground.
fn lines(points: &[Point]) -> Vec<Vec<(Date, f64)>> {
    let mut lines = vec![Vec::new()];
    for point in points {
        if point.breaks {
            lines.push(Vec::new());
        }
        if let (Some(value), false, Some(line)) = (point.value, point.partial, lines.last_mut()) {
            line.push((point.on, value));
        }
    }
    lines
}

fn draw_trace(frame: &Frame, trace: &Trace, out: &mut String) {
    let _ = write!(out, r#"<g class="{}">"#, trace.class);
    for line in lines(&trace.points).iter().filter(|line| line.len() > 1) {
        let at = |(on, value): &(Date, f64)| format!("{:.1},{:.1}", frame.day(*on), frame.y(*value));
        let _ =
            write!(out, r#"<polyline class="line" points="{}"/>"#, line.iter().map(at).collect::<Vec<_>>().join(" "));
    }
    // Where the ground changed: halfway between the points on both sides.
    for pair in trace.points.windows(2) {
        if let [before, after] = pair
            && after.breaks
        {
            let x = (frame.day(before.on) + frame.day(after.on)) / 2.0;
            let _ = write!(out, r#"<path class="moved" d="M{x:.1} {TOP}V{:.1}"/>"#, HEIGHT - BOTTOM);
        }
    }
    // Dots of dense series would hide the line.
    let radius = if trace.points.len() > 40 { 2.4 } else { 4.0 };
    for point in &trace.points {
        let x = frame.day(point.on);
        // Dense series would catch whoever walks the page by Tab; the table behind has the same links.
        out.push_str(if trace.points.len() > 40 { r#"<a tabindex="-1" href=""# } else { r#"<a href=""# });
        push_escaped(out, &point.link);
        out.push_str(r#"">"#);
        if let Some((low, high)) = point.bounds {
            let (a, b) = (frame.y(low), frame.y(high));
            let _ = write!(
                out,
                r#"<path class="bounds" d="M{x:.1} {a:.1}V{b:.1}M{:.1} {a:.1}h6M{:.1} {b:.1}h6"/>"#,
                x - 3.0,
                x - 3.0
            );
        }
        if let Some(value) = point.value {
            let _ = write!(
                out,
                r#"<circle{} cx="{x:.1}" cy="{:.1}" r="{radius}"/>"#,
                if point.partial { r#" class="partial""# } else { "" },
                frame.y(value)
            );
        }
        out.push_str("<title>");
        push_escaped(out, &point.label);
        out.push_str("</title></a>");
    }
    out.push_str("</g>");
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn chart(values: &[f64]) -> Chart {
        let points = values
            .iter()
            .enumerate()
            .map(|(i, v)| Point {
                on: date(2014 + i as i16, 7, 1),
                value: Some(*v),
                bounds: None,
                partial: i == 0,
                breaks: i == 4,
                label: "<x>".into(),
                link: "/figures/a".into(),
            })
            .collect();
        Chart {
            title: "T".into(),
            desc: "D".into(),
            traces: vec![Trace { class: "t0", points }],
            path: Vec::new(),
            goals: Vec::new(),
            tolerance: None,
            cycles: Vec::new(),
            on: None,
        }
    }

    #[test]
    fn a_line_does_not_run_from_one_boundary_to_another() {
        // The first point is partial; the fifth is of other ground.
        let svg = chart(&[1.0, 2.0, 3.0, 4.0, 9.0, 8.0]).svg().0;
        assert_eq!(svg.matches("<polyline class=\"line\"").count(), 2);
        assert_eq!(svg.matches("class=\"moved\"").count(), 1);
        let whole = chart(&[1.0, 2.0, 3.0, 4.0]).svg().0;
        assert_eq!((whole.matches("<polyline").count(), whole.contains("moved")), (1, false));
    }

    #[test]
    fn every_point_is_drawn_and_escaped() {
        let svg = chart(&[10.0, 20.0, 15.0]).svg().0;
        assert_eq!(svg.matches("<circle").count(), 3);
        assert_eq!(svg.matches("class=\"partial\"").count(), 1);
        assert!(svg.contains("&lt;x&gt;") && !svg.contains("<x>") && !svg.contains("NaN"));
        assert!(chart(&[]).svg().0.is_empty());
        assert!(!chart(&[5.0]).svg().0.contains("NaN"));
    }
}
