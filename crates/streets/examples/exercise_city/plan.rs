//! The plan of the town: where the boundary, water, motorway, railway, parks and settlements are, in metres around its middle.
//!
//! Streets lie on a lattice of [`STEP_M`] with main roads on every eighth line, so that everything else can be told by squares
//! of eight steps between them ("blocks": (0, 0) is the one north-east of the middle).

use geo::Coord;
use streets::Plane;

use super::chance::chance;

/// Between two lines of the lattice.
pub const STEP_M: f64 = 125.0;
/// Lines on each side of the middle: 6.5 km, which is 1.5 km beyond the boundary and some more.
pub const LINES: i64 = 52;
/// Lines between two main roads.
pub const BLOCK: i64 = 8;

/// The plane that the town is drawn in.
pub fn plane() -> Plane {
    Plane::at(36.8167, -1.2833)
}

/// Corners of the boundary.
pub fn boundary() -> Vec<Coord<f64>> {
    let corner = |i: i64| {
        let angle = std::f64::consts::TAU * i as f64 / 24.0;
        let reach = 4350.0 * (0.94 + 0.14 * chance(i, 0, 50));
        Coord { x: (reach * angle.cos()).round(), y: (reach * angle.sin()).round() }
    };
    (0..24).chain([0]).map(corner).collect()
}

/// How far north the river runs at some way east.
pub fn river(x: f64) -> f64 {
    -1430.0 + 500.0 * (x / 1700.0).sin() + 160.0 * (x / 610.0 + 1.0).sin()
}

/// How far north the motorway runs.
pub fn motorway(x: f64) -> f64 {
    3350.0 + 0.5 * x + 200.0 * (x / 2100.0).sin()
}

/// How far east the railway runs at some way north.
pub fn railway(y: f64) -> f64 {
    -930.0 + 480.0 * (y / 2600.0).sin()
}

/// Whether something that runs from west to east lies between two points.
pub fn parts(course: fn(f64) -> f64, a: Coord<f64>, b: Coord<f64>) -> bool {
    (a.y > course(a.x)) != (b.y > course(b.x))
}

/// Whether the railway lies between two points.
pub fn railway_parts(a: Coord<f64>, b: Coord<f64>) -> bool {
    (a.x > railway(a.y)) != (b.x > railway(b.y))
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Offices and shops; every street is there.
    Core,
    /// Streets both ways.
    Grid,
    /// Long rows, few ways across.
    Rows,
    /// Large plots, closed roads, dead ends.
    Estate,
    /// Built by the people who live there: paths, hardly a stop.
    Informal,
    /// A large park for everybody.
    Park,
    /// A golf club behind a fence.
    Club,
    /// Fields and single farms beyond the boundary.
    Outside,
}

/// Blocks that are planned one by one.
const PLANNED: [((i64, i64), Kind); 6] = [
    ((1, -3), Kind::Informal),
    ((2, -3), Kind::Informal),
    ((-4, -1), Kind::Informal),
    ((-2, 1), Kind::Park),
    ((2, 0), Kind::Club),
    ((0, 2), Kind::Estate),
];

/// The block of a point.
pub fn block_of(at: Coord<f64>) -> (i64, i64) {
    let side = STEP_M * BLOCK as f64;
    ((at.x / side).floor() as i64, (at.y / side).floor() as i64)
}

/// What the block of a point is.
pub fn kind_of(at: Coord<f64>) -> Kind {
    let (i, j) = block_of(at);
    if let Some((_, kind)) = PLANNED.iter().find(|planned| planned.0 == (i, j)) {
        return *kind;
    }
    let from_middle = (i as f64 + 0.5).hypot(j as f64 + 0.5);
    match chance(i, j, 51) {
        _ if from_middle > 5.0 => Kind::Outside,
        _ if from_middle < 1.0 => Kind::Core,
        luck if luck < 0.38 => Kind::Grid,
        luck if luck < 0.72 => Kind::Rows,
        _ => Kind::Estate,
    }
}

/// An open space.
pub struct Space {
    /// Its name.
    pub name: String,
    /// As OpenStreetMap calls its kind.
    pub kind: &'static str,
    /// West, south, east, north in steps of the lattice.
    pub sides: [f64; 4],
    /// Whether somebody went and looked that it is open to all.
    pub verified: bool,
}

/// The larger ones: name, kind, west, south, east, north, whether verified.
const LARGER: [(&str, &str, [f64; 4], bool); 9] = [
    ("Heron Park", "park", [-15.7, 8.3, -8.3, 15.7], true),
    ("Lantern Square", "square", [0.15, 0.15, 0.85, 0.85], true),
    ("Mill Garden", "garden", [-5.9, -6.9, -3.1, -4.1], true),
    ("Acacia Playground", "playground", [4.2, 5.2, 4.75, 5.7], true),
    ("South Meadow", "park", [0.4, -30.8, 5.8, -25.2], true),
    ("Quarry Field", "recreation_ground", [17.2, -23.6, 19.8, -21.4], false),
    ("Orchard Park", "park", [17.3, 17.3, 21.7, 20.7], true),
    ("Reed Park", "park", [-27.6, 9.3, -24.4, 12.7], true),
    ("Weaver Green", "village_green", [-22.7, -21.6, -20.3, -18.4], false),
];

/// All of them: the larger ones, then a playground in most blocks of houses.
pub fn open_spaces() -> Vec<Space> {
    let larger =
        |(name, kind, sides, verified): (&str, _, _, _)| Space { name: name.to_owned(), kind, sides, verified };
    let mut spaces: Vec<Space> = LARGER.map(larger).into();
    for (i, j) in (-5..5).flat_map(|i| (-5..5).map(move |j| (i, j))) {
        // South-west corner of the square of the lattice that it fills, but for the streets around.
        let corner = [i, j].map(|block| (block * BLOCK + 1) as f64);
        let [west, south] =
            [corner[0] + (6.0 * chance(i, j, 52)).floor(), corner[1] + (6.0 * chance(i, j, 53)).floor()];
        let sides = [west + 0.1, south + 0.1, west + 0.9, south + 0.7];
        let middle = Coord { x: (west + 0.5) * STEP_M, y: (south + 0.5) * STEP_M };
        let dry = (middle.y - river(middle.x)).abs() > 150.0 && (middle.y - motorway(middle.x)).abs() > 150.0;
        let of_houses = matches!(kind_of(middle), Kind::Grid | Kind::Rows | Kind::Estate);
        let apart = spaces.iter().all(|s| {
            let [w, s, e, n] = s.sides;
            sides[2] < w || sides[0] > e || sides[3] < s || sides[1] > n
        });
        if of_houses && dry && apart && chance(i, j, 54) < 0.9 {
            let name = format!("Playground {}", spaces.len() + 1);
            spaces.push(Space { name, kind: "playground", sides, verified: chance(i, j, 55) < 0.8 });
        }
    }
    spaces
}

/// Whether a point lies in one of the larger open spaces. Playgrounds lie between streets and hinder none.
pub fn in_open_space(at: Coord<f64>) -> bool {
    let (x, y) = (at.x / STEP_M, at.y / STEP_M);
    LARGER.iter().any(|(_, _, [w, s, e, n], _)| (*w..=*e).contains(&x) && (*s..=*n).contains(&y))
}
