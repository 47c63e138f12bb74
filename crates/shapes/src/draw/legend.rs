//! The legend: signs with their words, in rows that begin where reading begins.

use super::{
    Direction,
    palette::{BLANK, Colour, INK, OUTLINE},
    svg::{escape, px},
    text,
};

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    Solid,
    /// Strokes of 4 with gaps of 2.
    Dashed,
    /// Dots with gaps of 2.
    Dotted,
}

impl Dash {
    /// The attribute, with the blank before it.
    pub(super) fn attribute(self) -> &'static str {
        match self {
            Self::Solid => "",
            Self::Dashed => " stroke-dasharray=\"4 2\"",
            Self::Dotted => " stroke-dasharray=\"1 2\"",
        }
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineStyle {
    /// Its colour.
    pub colour: Colour,
    /// Its width, pixels.
    pub width: f64,
    /// How it is broken.
    pub dash: Dash,
}

/// A sign of the legend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sign {
    /// A filled area.
    Area(Colour),
    /// The hatch of what has no data.
    Hatch,
    /// A white area with an outline: not applicable, not covered.
    Blank,
    /// A filled area with dots: estimated.
    Dotted(Colour),
    /// A line.
    Line(LineStyle),
    /// A round point, with its radius in pixels.
    Circle(Colour, f64),
    /// A square point.
    Square(Colour),
}

/// A sign and its words.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// The sign.
    pub sign: Sign,
    /// What it means, with its unit.
    pub label: String,
    /// How many places have it.
    pub count: Option<usize>,
}

/// Size of a sign and of the words, pixels.
const WIDTH: f64 = 22.0;
const HEIGHT: f64 = 14.0;
const SIZE: f64 = 12.0;
const ROW: f64 = 22.0;

/// Draws the legend from a height on; gives the height where it ends.
pub(super) fn draw(
    entries: &[LegendEntry],
    prefix: &str,
    direction: Direction,
    (width, top): (f64, f64),
    to: &mut String,
) -> f64 {
    let mut at = 0.0;
    let mut y = top;
    to.push_str(&format!("<g font-size=\"{SIZE}\" fill=\"{INK}\">"));
    for entry in entries {
        let label = match entry.count {
            // The count is set apart, so that it is not read as part of a number.
            Some(count) => format!("{} ({count})", entry.label),
            None => entry.label.clone(),
        };
        let lines = text::wrap(&label, SIZE, (width - WIDTH - 8.0).max(40.0));
        let widest = lines.iter().map(|line| text::width(line, SIZE)).fold(0.0, f64::max);
        let needed = WIDTH + 6.0 + widest + 16.0;
        if at > 0.0 && at + needed - 16.0 > width {
            at = 0.0;
            y += ROW;
        }
        let (sign_x, text_x) = match direction {
            Direction::LeftToRight => (at, at + WIDTH + 6.0),
            Direction::RightToLeft => (width - at - WIDTH, width - at - WIDTH - 6.0),
        };
        sign(entry.sign, prefix, (sign_x, y), to);
        for (row, line) in lines.iter().enumerate() {
            to.push_str(&format!("<text x=\"{}\" y=\"{}\">", px(text_x), px(y + 11.0 + row as f64 * SIZE * 1.25)));
            escape(line, to);
            to.push_str("</text>");
        }
        y += lines.len().saturating_sub(1) as f64 * SIZE * 1.25;
        at += needed;
    }
    to.push_str("</g>");
    if entries.is_empty() { top } else { y + ROW }
}

fn sign(sign: Sign, prefix: &str, (x, y): (f64, f64), to: &mut String) {
    let rect = |fill: &str| {
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{fill}\" stroke=\"{OUTLINE}\" \
             stroke-width=\".5\" class=\"map-fill\"/>",
            px(x),
            px(y)
        )
    };
    let (middle_x, middle_y) = (px(x + WIDTH / 2.0), px(y + HEIGHT / 2.0));
    to.push_str(&match sign {
        Sign::Area(colour) => rect(&colour.to_string()),
        Sign::Hatch => rect(&format!("url(#{prefix}-hatch)")),
        Sign::Blank => rect(&BLANK.to_string()),
        Sign::Dotted(colour) => rect(&colour.to_string()) + &rect(&format!("url(#{prefix}-dots)")),
        Sign::Line(style) => format!(
            "<path d=\"M{} {middle_y}h{WIDTH}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{}/>",
            px(x),
            style.colour,
            px(style.width),
            style.dash.attribute()
        ),
        Sign::Circle(colour, radius) => format!(
            "<circle cx=\"{middle_x}\" cy=\"{middle_y}\" r=\"{}\" fill=\"{colour}\" stroke=\"{INK}\" stroke-width=\".8\" \
             class=\"map-fill\"/>",
            px(radius.clamp(1.0, 10.0))
        ),
        Sign::Square(colour) => format!(
            "<rect x=\"{}\" y=\"{}\" width=\"7\" height=\"7\" fill=\"{colour}\" stroke=\"{INK}\" stroke-width=\".8\"/>",
            px(x + WIDTH / 2.0 - 3.5),
            px(y + HEIGHT / 2.0 - 3.5)
        ),
    });
}
