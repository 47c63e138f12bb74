//! Hilbert's space-filling curve, along which nodes are numbered so that neighbours lie near each other in memory.

/// Place on the curve of a point of a square with 2¹⁶ steps a side.
///
/// Source: D. Hilbert, "Über die stetige Abbildung einer Linie auf ein Flächenstück", Math. Ann. 38 (1891); the loop
/// rotates quadrants as in H. S. Warren, "Hacker's Delight", chapter 16.
pub(super) fn hilbert(x: u16, y: u16) -> u32 {
    let (mut x, mut y) = (u32::from(x), u32::from(y));
    let mut along = 0u32;
    for bit in (0..16).rev() {
        let side = 1u32 << bit;
        let (right, upper) = ((x >> bit) & 1, (y >> bit) & 1);
        along = (along << 2) | ((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                // Flip within the quadrant; higher bits are used no more.
                x = !x & (side - 1);
                y = !y & (side - 1);
            }
            std::mem::swap(&mut x, &mut y);
        }
    }
    along
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_on_the_curve_are_neighbours_in_the_square() {
        // The lowest corner of 64 × 64 holds the first 4 096 places of the curve.
        let mut at = vec![None; 64 * 64];
        for x in 0..64u16 {
            for y in 0..64u16 {
                let slot = &mut at[hilbert(x, y) as usize];
                assert!(slot.is_none(), "every place once");
                *slot = Some((i32::from(x), i32::from(y)));
            }
        }
        let path: Vec<(i32, i32)> = at.into_iter().map(|at| at.expect("every place")).collect();
        for step in path.windows(2) {
            assert_eq!((step[0].0 - step[1].0).abs() + (step[0].1 - step[1].1).abs(), 1);
        }
    }
}
