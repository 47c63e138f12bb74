//! Hadamard matrices: square tables of signs of which any two columns agree in half of the rows. They balance half samples.

/// Signs of the smallest matrix that can be made here with more than `n` columns: `signs[row][column]`, for each of `n`
/// columns. The first column of the matrix, in which all signs are equal, is not among them, so that every column adds up to
/// zero.
///
/// Orders are made by Sylvester's doubling and by Paley's two constructions over prime fields; of those below 120 only 52, 92,
/// 100 and 116 are passed over, and the next one is taken.
pub(super) fn signs(n: usize) -> Vec<Vec<f64>> {
    let mut order = if n == 0 { 1 } else { 2 };
    while order <= n {
        order += 2;
    }
    loop {
        if let Some(matrix) = matrix(order) {
            // Rows are turned so that the first column is positive.
            let turned = |row: Vec<i8>| row[1..=n].iter().map(|s| f64::from(s * row[0])).collect();
            return matrix.into_iter().map(turned).collect();
        }
        order += 1;
    }
}

fn matrix(order: usize) -> Option<Vec<Vec<i8>>> {
    if order == 1 {
        return Some(vec![vec![1]]);
    }
    if !order.is_multiple_of(4) && order != 2 {
        return None;
    }
    // Sylvester: each matrix beside itself, below it itself and its opposite.
    if let Some(half) = order.is_multiple_of(2).then(|| matrix(order / 2)).flatten() {
        let doubled = |sign: i8| {
            half.iter().map(move |row| row.iter().copied().chain(row.iter().map(move |s| s * sign)).collect())
        };
        return Some(doubled(1).chain(doubled(-1)).collect());
    }
    if order.is_multiple_of(4) && is_prime(order - 1) {
        return Some(paley_one(order - 1));
    }
    let q = order / 2 - 1;
    (q % 4 == 1 && is_prime(q)).then(|| paley_two(q))
}

fn is_prime(n: usize) -> bool {
    n >= 2 && (2..).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d))
}

/// Whether each number is a square of the field of `q`: 1, −1, or 0 for 0.
fn characters(q: usize) -> Vec<i8> {
    let mut of = vec![-1; q];
    (1..q).for_each(|x| of[x * x % q] = 1);
    of[0] = 0;
    of
}

/// Order q + 1 with q = 3 mod 4 (Paley 1933): 1 + S, where S is skew.
fn paley_one(q: usize) -> Vec<Vec<i8>> {
    let of = characters(q);
    let cell = |i: usize, j: usize| match (i, j) {
        (0, _) => 1,
        (_, 0) => -1,
        _ if i == j => 1,
        _ => of[(q + i - j) % q],
    };
    (0..=q).map(|i| (0..=q).map(|j| cell(i, j)).collect()).collect()
}

/// Order 2 (q + 1) with q = 1 mod 4: each sign of the symmetric table of characters becomes a square of four.
fn paley_two(q: usize) -> Vec<Vec<i8>> {
    let of = characters(q);
    let cell = |i: usize, j: usize| match (i, j) {
        _ if i == j => 0,
        (0, _) | (_, 0) => 1,
        _ => of[(q + i - j) % q],
    };
    let square = |sign: i8, a: usize, b: usize| match (sign, a, b) {
        (0, 0, 0) => 1,
        (0, ..) => -1,
        (s, 1, 1) => -s,
        (s, ..) => s,
    };
    let n = 2 * (q + 1);
    (0..n).map(|i| (0..n).map(|j| square(cell(i / 2, j / 2), i % 2, j % 2)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_two_columns_agree_in_half_of_the_rows() {
        for n in 1..130 {
            let signs = signs(n);
            let sum = |of: &dyn Fn(&Vec<f64>) -> f64| signs.iter().map(of).sum::<f64>();
            for a in 0..n {
                assert_eq!(sum(&|row| row[a]), 0.0, "{n}");
                assert!((0..a).all(|b| sum(&|row| row[a] * row[b]) == 0.0), "{n}: column {a}");
            }
        }
    }

    #[test]
    fn orders_are_small() {
        let orders =
            [(1, 2), (2, 4), (3, 4), (4, 8), (11, 12), (12, 16), (19, 20), (27, 28), (35, 36), (51, 56), (75, 76)];
        for (n, order) in orders {
            assert_eq!(signs(n).len(), order, "{n}");
        }
    }
}
