//! Names of places on a map: the first ones first, none over another, none beyond the edge.

use geo::Coord;

use super::{
    Direction,
    ground::Plane,
    palette::{BLANK, INK},
    svg::{escape, px},
    text,
};
use crate::project::Projection;

/// Size of a name and the white around it, pixels.
const SIZE: f64 = 11.0;
const HALO: f64 = 3.0;
/// Names on a map at most: those after them are not looked at.
const MOST_LABELS: usize = 200;

/// A name and where its place lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The place, in the layer's system.
    pub at: Coord<f64>,
    /// The name, in the reader's language.
    pub text: String,
    /// How far its sign reaches, pixels: the name begins beyond.
    pub gap: f64,
}

/// A rectangle in pixels: left, top, right, bottom.
#[derive(Clone, Copy)]
struct Room([f64; 4]);

impl Room {
    fn meets(&self, other: &Room) -> bool {
        let (Room([a, b, c, d]), Room([e, f, g, h])) = (self, other);
        a < g && e < c && b < h && f < d
    }
    fn is_within(&self, (width, height): (f64, f64)) -> bool {
        let Room([left, top, right, bottom]) = self;
        *left >= 0.0 && *top >= 0.0 && *right <= width && *bottom <= height
    }
}

/// Appends names in their order: each at the right of its place, else at the left, above or below; where there is no room, nowhere.
pub(super) fn draw(
    labels: &[Label],
    from: Projection,
    plane: &Plane,
    size: (f64, f64),
    direction: Direction,
    to: &mut String,
) {
    let mut taken: Vec<Room> = Vec::new();
    let mut names = String::new();
    let placed = labels.iter().take(MOST_LABELS).filter_map(|label| {
        let at = plane.to_px(plane.projection.forward(from.inverse(label.at)?)?);
        (Room([at.x, at.y, at.x, at.y]).is_within(size) && !label.text.trim().is_empty()).then_some((label, at))
    });
    let placed: Vec<(&Label, Coord<f64>)> = placed.collect();
    // No name lies over the sign of another place that has one.
    let sign = |(label, at): &(&Label, Coord<f64>)| {
        Room([at.x - label.gap, at.y - label.gap, at.x + label.gap, at.y + label.gap])
    };
    let signs: Vec<Room> = placed.iter().map(sign).collect();
    for (number, (label, at)) in placed.iter().enumerate() {
        let (wide, gap) = (text::width(&label.text, SIZE), label.gap + 3.0);
        let rooms = [
            Room([at.x + gap, at.y - SIZE / 2.0, at.x + gap + wide, at.y + SIZE / 2.0]),
            Room([at.x - gap - wide, at.y - SIZE / 2.0, at.x - gap, at.y + SIZE / 2.0]),
            Room([at.x - wide / 2.0, at.y - gap - SIZE, at.x + wide / 2.0, at.y - gap]),
            Room([at.x - wide / 2.0, at.y + gap, at.x + wide / 2.0, at.y + gap + SIZE]),
        ];
        let is_free = |room: &Room| {
            room.is_within(size)
                && !taken.iter().any(|other| room.meets(other))
                && !signs.iter().enumerate().any(|(at, other)| at != number && room.meets(other))
        };
        let Some((side, room)) = rooms.iter().enumerate().find(|(_, room)| is_free(room)) else { continue };
        taken.push(*room);
        let Room([left, _, right, bottom]) = *room;
        // A text begins where reading begins, so its side is another one in a language from the right.
        let is_left = direction == Direction::LeftToRight;
        let (x, anchor) = match side {
            0 => (left, if is_left { "" } else { " text-anchor=\"end\"" }),
            1 => (right, if is_left { " text-anchor=\"end\"" } else { "" }),
            _ => ((left + right) / 2.0, " text-anchor=\"middle\""),
        };
        names.push_str(&format!("<text x=\"{}\" y=\"{}\"{anchor}>", px(x), px(bottom - SIZE * 0.15)));
        escape(&label.text, &mut names);
        names.push_str("</text>");
    }
    if !names.is_empty() {
        to.push_str(&format!(
            "<g class=\"map-names\" font-size=\"{SIZE}\" fill=\"{INK}\" stroke=\"{BLANK}\" stroke-width=\"{HALO}\" \
             stroke-linejoin=\"round\" paint-order=\"stroke\">{names}</g>"
        ));
    }
}
