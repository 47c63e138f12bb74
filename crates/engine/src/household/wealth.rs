//! Fifths of the population by wealth, made of what households have.
//!
//! The index is the first principal component of possessions, as in the Demographic and Health Surveys; the fifths are of people,
//! not of households. Source: Rutstein and Johnson, *The DHS Wealth Index* (2004).

use model::microdata::{MISSING, Table, Values};
use stats::component::first_component;

use crate::{Refusal, survey::unknown};

/// What joins the names of variables in a codebook entry of fifths that are to be made.
pub const JOIN: char = ',';
/// Answers of one variable that become columns at most, the most frequent first.
const MOST_ANSWERS: usize = 30;

/// Whether an entry names several variables, of which fifths are to be made.
pub fn is_made(entry: &str) -> bool {
    entry.contains(JOIN)
}

/// The fifth of each row, from 1 (poorest): people in rows below it and half of those level with it, in fifths of all people.
///
/// `people` is the number of people that a row stands for. Numbers go in as they are, but 1 and 2 alone are yes and no, as
/// questionnaires have them; each answer in words is a column of its own. Missing where no variable has an answer.
///
/// Errors: a variable that the file lacks.
pub fn fifths(table: &Table, entry: &str, people: &[f64]) -> Result<Vec<f64>, Refusal> {
    let mut columns: Vec<Vec<f64>> = Vec::new();
    let mut is_known = vec![false; table.n_rows];
    for name in entry.split(JOIN).map(str::trim).filter(|name| !name.is_empty()) {
        let values = table.variable(name).ok_or_else(|| unknown(name, table))?;
        (0..table.n_rows).filter(|row| !values.is_missing(*row)).for_each(|row| is_known[row] = true);
        match values {
            Values::Numbers(numbers) => columns.push(as_possession(numbers)),
            Values::Texts { levels, codes } => columns.extend(answers(levels.len(), codes)),
        }
    }
    let people: Vec<f64> = people.iter().map(|n| if n.is_finite() && *n > 0.0 { *n } else { 0.0 }).collect();
    let Some(index) = first_component(&columns, &people) else { return Ok(vec![f64::NAN; table.n_rows]) };
    let mut order: Vec<usize> = (0..table.n_rows).filter(|row| is_known[*row]).collect();
    order.sort_by(|a, b| index.scores[*a].total_cmp(&index.scores[*b]));
    let all = stats::sum(order.iter().map(|row| people[*row]));
    let mut fifths = vec![f64::NAN; table.n_rows];
    let mut below = 0.0;
    // Scores of equal households differ by rounding alone.
    for level in order.chunk_by(|a, b| (index.scores[*a] - index.scores[*b]).abs() < 1e-9) {
        let here = stats::sum(level.iter().map(|row| people[*row]));
        let middle = if all > 0.0 { (below + here / 2.0) / all } else { f64::NAN };
        let fifth = (middle * 5.0).floor().min(4.0) + 1.0;
        level.iter().for_each(|row| fifths[*row] = fifth);
        below += here;
    }
    Ok(fifths)
}

/// 1 and 2 alone are yes and no.
fn as_possession(numbers: &[f64]) -> Vec<f64> {
    let mut known = numbers.iter().filter(|n| !n.is_nan());
    if known.clone().any(|n| *n == 2.0) && known.all(|n| *n == 1.0 || *n == 2.0) {
        return numbers.iter().map(|n| 2.0 - n).collect();
    }
    numbers.to_vec()
}

/// A column of 0 and 1 for each answer.
fn answers(n_levels: usize, codes: &[u32]) -> Vec<Vec<f64>> {
    let mut counts: Vec<(usize, usize)> = (0..n_levels).map(|level| (level, 0)).collect();
    codes.iter().filter(|code| **code != MISSING).for_each(|code| counts[*code as usize].1 += 1);
    counts.sort_by_key(|(level, n)| (std::cmp::Reverse(*n), *level));
    let column = |level: usize| {
        let of = |code: &u32| match *code {
            MISSING => f64::NAN,
            code => f64::from(u8::from(code as usize == level)),
        };
        codes.iter().map(of).collect()
    };
    counts.into_iter().take(MOST_ANSWERS).filter(|(_, n)| *n > 0).map(|(level, _)| column(level)).collect()
}

#[cfg(test)]
mod tests {
    use model::microdata::Variable;

    use super::*;

    fn table(columns: Vec<(&str, Values)>) -> Table {
        let n_rows = match &columns[0].1 {
            Values::Numbers(n) => n.len(),
            Values::Texts { codes, .. } => codes.len(),
        };
        let variables = columns.into_iter().map(|(name, values)| Variable::new(name, values)).collect();
        Table { name: "t".into(), variables, n_rows, origin: None }
    }

    #[test]
    fn who_has_more_stands_higher() {
        // Ten households: the more possessions, the wealthier; yes and no are 1 and 2.
        let has = |from: usize| Values::Numbers((0..10).map(|i| if i >= from { 1.0 } else { 2.0 }).collect());
        let table = table(vec![("radio", has(2)), ("fridge", has(4)), ("car", has(6)), ("flat", has(8))]);
        let found = fifths(&table, "radio, fridge, car, flat", &[1.0; 10]).expect("fifths");
        assert_eq!(found, [1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 5.0, 5.0]);
        // Where the poorest household holds most people, the others are all in the upper fifths.
        let mut people = [1.0; 10];
        people[0] = 91.0;
        let found = fifths(&table, "radio, fridge, car, flat", &people).expect("fifths");
        assert_eq!((found[0], found[9]), (3.0, 5.0));
    }

    #[test]
    fn answers_in_words_are_columns_of_their_own() {
        let floor = Values::Texts { levels: vec!["earth".into(), "tiles".into()], codes: vec![0, 0, 1, 1, MISSING] };
        let rooms = Values::Numbers(vec![1.0, 1.0, 4.0, 5.0, f64::NAN]);
        let table = table(vec![("floor", floor), ("rooms", rooms)]);
        let found = fifths(&table, "floor, rooms,", &[1.0; 5]).expect("fifths");
        assert!(found[0] < found[3] && found[0] == found[1] && found[4].is_nan(), "{found:?}");
        assert_eq!(fifths(&table, "floor, car", &[1.0; 5]).expect_err("no car").code.id, "SVY002");
        let nothing = fifths(&table, "floor,", &[0.0; 5]).expect("nobody");
        assert!(nothing.iter().all(|n| n.is_nan()));
    }
}
