//! Withholding small cells so that nobody can work them out: not from the margins of their own table, and not from the difference
//! of two tables.
//!
//! Every cell is a sum of atoms, the finest groups that the tables together make. What an attacker can work out are the linear
//! combinations of the published cells; a small cell that is one of them is given away. Cells are withheld, the smallest first,
//! until none is (Willenborg and de Waal 2001, ch. 5: secondary suppression for sums).

use rustc_hash::FxHashMap;

/// A cell that is published, or is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// Its atoms, each once.
    pub atoms: Vec<u32>,
    /// Rows that it rests on.
    pub n: usize,
    /// It is published already: it cannot be withheld any more.
    pub is_out: bool,
}

/// Below this a coefficient is rounding.
const NOTHING: f64 = 1e-9;

/// Which cells must be withheld so that no sensitive set of atoms can be worked out: `true` for each of `cells` that must.
///
/// `sensitive` are the small sets, whether they are cells or not. A cell that is one of them is withheld anyway.
///
/// Errors: the index of a sensitive set that what is out already gives away, or gives away with the smallest possible table.
pub fn protect(cells: &[Published], sensitive: &[Vec<u32>]) -> Result<Vec<bool>, usize> {
    let n_atoms =
        cells.iter().flat_map(|c| &c.atoms).chain(sensitive.iter().flatten()).max().map_or(0, |a| *a as usize + 1);
    let set = |atoms: &[u32]| {
        let mut sorted = atoms.to_vec();
        sorted.sort_unstable();
        sorted
    };
    let small: FxHashMap<Vec<u32>, usize> = sensitive.iter().enumerate().map(|(i, atoms)| (set(atoms), i)).collect();
    let mut withheld: Vec<bool> = cells.iter().map(|c| !c.is_out && small.contains_key(&set(&c.atoms))).collect();
    loop {
        let Some(given_away) = first_given_away(cells, &withheld, sensitive, n_atoms) else { return Ok(withheld) };
        let atoms = &sensitive[given_away];
        let mut open: Vec<usize> = (0..cells.len()).filter(|i| !withheld[*i] && !cells[*i].is_out).collect();
        open.sort_by_key(|i| (cells[*i].n, *i));
        // The smallest cell without which it is safe; where none alone is enough, the smallest beside it.
        let helps = |i: &usize| {
            let without: Vec<bool> = (0..cells.len()).map(|c| withheld[c] || c == *i).collect();
            !space(cells, &without, n_atoms).has(row(atoms, n_atoms))
        };
        let next = open.iter().copied().find(helps).or_else(|| beside(cells, &open, atoms)).or(open.first().copied());
        withheld[next.ok_or(given_away)?] = true;
    }
}

/// What can be worked out from the cells that are not withheld.
fn space(cells: &[Published], withheld: &[bool], n_atoms: usize) -> Space {
    Space::of(cells.iter().zip(withheld).filter(|(_, gone)| !**gone).map(|(c, _)| row(&c.atoms, n_atoms)))
}

fn first_given_away(cells: &[Published], withheld: &[bool], sensitive: &[Vec<u32>], n_atoms: usize) -> Option<usize> {
    let space = space(cells, withheld, n_atoms);
    sensitive.iter().position(|atoms| space.has(row(atoms, n_atoms)))
}

/// The smallest cell beside a small set, within the smallest cell around both.
fn beside(cells: &[Published], open: &[usize], atoms: &[u32]) -> Option<usize> {
    let around = |c: &&Published| c.atoms.len() > atoms.len() && atoms.iter().all(|a| c.atoms.contains(a));
    let mut around: Vec<&Published> = cells.iter().filter(around).collect();
    around.sort_by_key(|c| c.atoms.len());
    around.into_iter().find_map(|total| {
        open.iter().copied().find(|i| {
            let of = &cells[*i].atoms;
            of.iter().all(|a| total.atoms.contains(a) && !atoms.contains(a))
        })
    })
}

fn row(atoms: &[u32], n_atoms: usize) -> Vec<f64> {
    let mut row = vec![0.0; n_atoms];
    atoms.iter().for_each(|a| row[*a as usize] = 1.0);
    row
}

/// What can be worked out from rows: their linear combinations, kept as rows in reduced echelon form.
struct Space {
    rows: Vec<(usize, Vec<f64>)>,
}

impl Space {
    fn of(rows: impl Iterator<Item = Vec<f64>>) -> Space {
        let mut space = Space { rows: Vec::new() };
        for row in rows {
            let mut rest = space.reduced(row);
            let pivot = (0..rest.len()).max_by(|a, b| rest[*a].abs().total_cmp(&rest[*b].abs()));
            let Some(pivot) = pivot.filter(|p| rest[*p].abs() > NOTHING) else { continue };
            let by = rest[pivot];
            rest.iter_mut().for_each(|x| *x /= by);
            for (_, other) in &mut space.rows {
                subtract(other, &rest, pivot);
            }
            space.rows.push((pivot, rest));
        }
        space
    }
    fn reduced(&self, mut row: Vec<f64>) -> Vec<f64> {
        for (pivot, held) in &self.rows {
            subtract(&mut row, held, *pivot);
        }
        row
    }
    fn has(&self, row: Vec<f64>) -> bool {
        self.reduced(row).iter().all(|x| x.abs() <= NOTHING)
    }
}

/// Takes as much of `held` from a row as its pivot has.
fn subtract(row: &mut [f64], held: &[f64], pivot: usize) {
    let by = row[pivot];
    if by != 0.0 {
        row.iter_mut().zip(held).for_each(|(x, h)| *x -= by * h);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three districts, two sexes: atom = 2 × district + sex.
    const N: [usize; 6] = [100, 90, 7, 60, 50, 40];

    fn cell(atoms: &[u32]) -> Published {
        Published { atoms: atoms.to_vec(), n: atoms.iter().map(|a| N[*a as usize]).sum(), is_out: false }
    }
    fn out(atoms: &[u32]) -> Published {
        Published { is_out: true, ..cell(atoms) }
    }
    /// The table by district and sex with all margins.
    fn table() -> Vec<Published> {
        let mut cells = vec![cell(&[0, 1, 2, 3, 4, 5]), cell(&[0, 1]), cell(&[2, 3]), cell(&[4, 5]), cell(&[0, 2, 4])];
        cells.push(cell(&[1, 3, 5]));
        cells.extend((0..6).map(|a| cell(&[a])));
        cells
    }

    #[test]
    fn a_small_cell_takes_three_others_with_it() {
        // With margins out, one cell alone is total less the rest; two in a row are found by their columns; four are safe.
        let withheld = protect(&table(), &[vec![2]]).expect("possible");
        let inner: Vec<bool> = withheld[6..].to_vec();
        assert_eq!(withheld[..6], [false; 6], "margins stay: {withheld:?}");
        assert_eq!(inner, [false, false, true, true, true, true], "{withheld:?}");
    }

    #[test]
    fn nothing_small_nothing_withheld() {
        assert_eq!(protect(&table(), &[]), Ok(vec![false; 12]));
        assert_eq!(protect(&[], &[]), Ok(vec![]));
    }

    #[test]
    fn a_difference_of_two_tables_is_seen() {
        // District 1 was published for all. The same for men gives the women away, 7 of them, though no table has them.
        let cells = [out(&[2, 3]), cell(&[3])];
        assert_eq!(protect(&cells, &[vec![2]]), Ok(vec![false, true]));
        // Both are out: nothing helps any more.
        assert_eq!(protect(&[out(&[2, 3]), out(&[3])], &[vec![2]]), Err(0));
    }

    #[test]
    fn an_attacker_with_every_equation_finds_nothing() {
        // The attacker solves for each atom from what is published; none of the small ones is determined.
        for small in 0..6u32 {
            let cells = table();
            let withheld = protect(&cells, &[vec![small]]).expect("possible");
            let known: Vec<Vec<f64>> =
                cells.iter().zip(&withheld).filter(|(_, gone)| !**gone).map(|(c, _)| row(&c.atoms, 6)).collect();
            // Two worlds with the same published sums and different small cells: a direction in the null space moves it.
            let space = Space::of(known.iter().cloned());
            assert!(!space.has(row(&[small], 6)), "atom {small} is given away: {withheld:?}");
        }
    }
}
