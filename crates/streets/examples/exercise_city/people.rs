//! Who lives where: squares of 200 m with women and men, children, older people, people with a disability.

use geo::{Contains as _, Coord, LineString, Point, Polygon};

use super::chance::{chance, rolling};
use super::plan::*;

/// Side of a cell in metres: below the 250 m from which cells blur a walk of 500 m.
const CELL_M: f64 = 200.0;

/// One cell.
pub struct Cell {
    /// Column and row, which are its name too.
    pub at: (i64, i64),
    /// Its middle in metres.
    pub middle: Coord<f64>,
    /// All, female, male, children under 15, people of 60 and more, people with a disability.
    pub people: [i64; 6],
}

/// The cells whose middle lies in the town and where somebody lives.
pub fn cells() -> Vec<Cell> {
    let town = Polygon::new(LineString(boundary()), Vec::new());
    let mut cells = Vec::new();
    for row in -26..26 {
        for column in -26..26 {
            let middle = Coord { x: (column as f64 + 0.5) * CELL_M, y: (row as f64 + 0.5) * CELL_M };
            let people = people(middle, column, row);
            if people[0] > 0 && town.contains(&Point(middle)) {
                cells.push(Cell { at: (column, row), middle, people });
            }
        }
    }
    cells
}

fn people(middle: Coord<f64>, column: i64, row: i64) -> [i64; 6] {
    // People of a km²; of a hundred: female, children, older, with a disability.
    let (density, female, children, older, disability) = match kind_of(middle) {
        Kind::Core => (8_500.0, 52.5, 20.0, 5.5, 2.2),
        Kind::Grid => (19_000.0, 51.0, 29.0, 4.6, 2.4),
        Kind::Rows => (15_500.0, 51.0, 31.0, 4.4, 2.5),
        Kind::Estate => (5_500.0, 52.0, 25.0, 8.0, 2.6),
        Kind::Informal => (56_000.0, 47.5, 43.0, 1.6, 3.9),
        Kind::Outside => (2_500.0, 50.0, 36.0, 5.0, 2.6),
        Kind::Park | Kind::Club => return [0; 6],
    };
    let along_river = (middle.y - river(middle.x)).abs() < 90.0;
    if in_open_space(middle) || along_river {
        return [0; 6];
    }
    let luck = |purpose| 2.0 * chance(column, row, purpose) - 1.0;
    let part = 0.7 + 0.6 * rolling(middle.x, middle.y, 900.0, 75);
    let all = (density * CELL_M * CELL_M / 1e6 * part * (1.0 + 0.25 * luck(70))).round();
    let of = |percent: f64, purpose| (all * percent / 100.0 * (1.0 + 0.12 * luck(purpose))).round() as i64;
    // Women vary less from street to street than ages do.
    let female = (all * female / 100.0 * (1.0 + 0.03 * luck(71))).round() as i64;
    [all as i64, female, all as i64 - female, of(children, 72), of(older, 73), of(disability, 74)]
}
