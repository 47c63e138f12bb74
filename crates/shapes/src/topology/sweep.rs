//! Whether a ring can cross itself at all, quickly: most rings do not, and need no tree to know it.

use geo::Coord;

/// Pairs of pieces that are compared for each piece of a ring, on average, before the ring is left to the tree: a comb has many
/// pieces above each other.
const MOST_PAIRS: usize = 64;

/// A piece of a ring with its box; the place in the ring tells neighbours.
struct Piece {
    from: Coord<f64>,
    to: Coord<f64>,
    low: Coord<f64>,
    high: Coord<f64>,
    at: usize,
}

/// Whether a ring may cross itself or run back on itself: `false` is certain, `true` is to be looked at.
///
/// Pieces are taken from west to east; each is compared with those that begin before it ends. Memory and time are linear but for
/// the sorting.
pub(super) fn may_cross(positions: &[Coord<f64>]) -> bool {
    let mut pieces: Vec<Piece> = positions
        .windows(2)
        .enumerate()
        .filter_map(|(at, pair)| {
            let [from, to] = pair else { return None };
            let low = Coord { x: from.x.min(to.x), y: from.y.min(to.y) };
            let high = Coord { x: from.x.max(to.x), y: from.y.max(to.y) };
            Some(Piece { from: *from, to: *to, low, high, at })
        })
        .collect();
    if positions.iter().any(|at| !at.x.is_finite() || !at.y.is_finite()) {
        return true;
    }
    let n = pieces.len();
    pieces.sort_unstable_by(|a, b| a.low.x.total_cmp(&b.low.x));
    let mut left = n.saturating_mul(MOST_PAIRS);
    for (i, one) in pieces.iter().enumerate() {
        for other in pieces.iter().skip(i + 1).take_while(|other| other.low.x <= one.high.x) {
            if left == 0 {
                return true;
            }
            left -= 1;
            if other.low.y > one.high.y || other.high.y < one.low.y {
                continue;
            }
            let (first, second) = if one.at < other.at { (one, other) } else { (other, one) };
            let meets = if second.at == first.at + 1 {
                turns_back(first, second)
            } else if first.at == 0 && second.at + 1 == n {
                turns_back(second, first)
            } else {
                meet(one, other)
            };
            if meets {
                return true;
            }
        }
    }
    false
}

/// On which side of a piece a position lies: above 0 left, below 0 right, 0 where rounding leaves it open.
fn side(of: &Piece, at: Coord<f64>) -> f64 {
    let (a, b) = ((of.to.x - of.from.x) * (at.y - of.from.y), (of.to.y - of.from.y) * (at.x - of.from.x));
    // Each product is off by three halves of the last digit at most.
    if (a - b).abs() <= 4.0 * f64::EPSILON * (a.abs() + b.abs()) { 0.0 } else { a - b }
}

/// Whether two pieces meet, or may.
fn meet(one: &Piece, other: &Piece) -> bool {
    let apart = |of: &Piece, with: &Piece| side(of, with.from) * side(of, with.to) > 0.0;
    !apart(one, other) && !apart(other, one)
}

/// Whether a piece runs back on the one before it.
fn turns_back(before: &Piece, after: &Piece) -> bool {
    let along = (before.to.x - before.from.x) * (after.to.x - after.from.x)
        + (before.to.y - before.from.y) * (after.to.y - after.from.y);
    along < 0.0 && side(before, after.to) == 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(positions: &[(f64, f64)]) -> Vec<Coord<f64>> {
        let mut ring: Vec<Coord<f64>> = positions.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        ring
    }

    #[test]
    fn rings_that_cross_are_suspected_and_plain_ones_are_not() {
        for (positions, expected) in [
            (&[(0., 0.), (10., 0.), (10., 10.), (0., 10.)][..], false),
            (&[(0., 0.), (4., 1.), (10., 0.), (6., 5.), (10., 10.), (5., 6.), (0., 10.), (4., 5.)], false),
            (&[(0., 0.), (10., 10.), (10., 0.), (0., 10.)], true),
            // A spike, at the seam of the ring as well.
            (&[(0., 0.), (10., 0.), (15., 0.), (10., 0.), (10., 10.)], true),
            (&[(10., 0.), (15., 0.), (10., 0.), (10., 10.), (0., 0.)], true),
            (&[(15., 0.), (10., 0.), (10., 10.), (0., 0.), (10., 0.)], true),
            // It touches itself.
            (&[(0., 0.), (5., 5.), (10., 0.), (10., 10.), (5., 5.), (0., 10.)], true),
        ] {
            assert_eq!(may_cross(&ring(positions)), expected, "{positions:?}");
        }
        assert!(may_cross(&ring(&[(0., 0.), (f64::NAN, 1.), (1., 1.)])));
    }

    #[test]
    fn a_comb_is_left_to_the_tree_before_it_takes_long() {
        // Teeth that all reach from west to east: every piece begins before every other one ends.
        let n = 20_000;
        let teeth = (0..n).flat_map(|i| {
            let y = f64::from(i);
            [(0.0, y), (1000.0, y + 0.25), (0.0, y + 0.5)]
        });
        let positions: Vec<(f64, f64)> = teeth.chain([(-1.0, f64::from(n)), (-1.0, -1.0)]).collect();
        assert!(may_cross(&ring(&positions)));
        assert!(!may_cross(&ring(&positions[positions.len() - 65..])));
    }
}
