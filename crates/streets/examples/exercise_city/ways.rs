//! Streets, paths and all else that the extract holds, from the plan.

use std::collections::HashMap;

use geo::Coord;

use super::chance::chance;
use super::pbf::Way;
use super::plan::*;

/// Parts of a step between the paths of a settlement.
const FINE: i64 = 3;
/// Lines on which a footbridge leads over the river, beside the bridges of the main roads.
const FOOTBRIDGES: [i64; 2] = [-21, 12];

/// What the extract holds, and which of its points people walk on.
pub struct Town {
    /// Points in metres; the number of a node is its place here and one more.
    pub nodes: Vec<Coord<f64>>,
    /// Lines and areas.
    pub ways: Vec<Way>,
    /// Nodes of main roads in the order of their lines.
    pub on_main: Vec<OnMain>,
    /// By their place in the lattice, in parts of a step.
    lattice: HashMap<(i64, i64), usize>,
}

/// A node of a main road.
pub struct OnMain {
    /// Whether the road runs from south to north.
    pub north: bool,
    /// The line of the lattice that it runs on, and the one that it crosses here.
    pub lines: [i64; 2],
    /// The node.
    pub node: usize,
}

/// Draws everything.
pub fn draw() -> Town {
    let mut town = Town { nodes: Vec::new(), ways: Vec::new(), on_main: Vec::new(), lattice: HashMap::new() };
    for north in [false, true] {
        for line in -LINES..=LINES {
            town.street_line(line, north);
        }
    }
    town.settlement_paths();
    town.short_cuts();
    town.course("highway", "motorway", |t| Coord { x: t, y: motorway(t) });
    town.course("railway", "rail", |t| Coord { x: railway(t), y: t });
    town.course("waterway", "river", |t| Coord { x: t, y: river(t) });
    for space in open_spaces() {
        let key = match space.kind {
            "square" => "place",
            "recreation_ground" | "village_green" => "landuse",
            _ => "leisure",
        };
        town.area(space.sides, &[(key, space.kind), ("name", &space.name)]);
    }
    let club = [16.3, 0.3, 23.7, 7.7];
    town.area(club, &[("leisure", "golf_course"), ("access", "private"), ("name", "Ridge Golf Club")]);
    town
}

/// A point of the lattice in parts of a step, pushed aside a little: main roads hardly, lanes more.
fn place(i: i64, j: i64) -> Coord<f64> {
    let part = STEP_M / FINE as f64;
    let main = i % (FINE * BLOCK) == 0 || j % (FINE * BLOCK) == 0;
    let fine = i % FINE != 0 || j % FINE != 0;
    let push = if fine {
        9.0
    } else if main {
        8.0
    } else {
        20.0
    };
    let aside = |purpose| push * (2.0 * chance(i, j, purpose) - 1.0);
    Coord { x: i as f64 * part + aside(60), y: j as f64 * part + aside(61) }
}

/// Key and value of a tag.
type Tag<'t> = (&'t str, &'t str);

impl Town {
    fn node(&mut self, i: i64, j: i64) -> usize {
        *self.lattice.entry((i, j)).or_insert_with(|| {
            self.nodes.push(place(i, j));
            self.nodes.len() - 1
        })
    }

    fn way(&mut self, nodes: Vec<usize>, tags: &[Tag<'_>]) {
        let tags = tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        self.ways.push(Way { nodes, tags });
    }

    /// The streets of one line: pieces that follow one another and are alike are one way.
    fn street_line(&mut self, line: i64, north: bool) {
        let at = |k: i64| if north { (line * FINE, k * FINE) } else { (k * FINE, line * FINE) };
        let name = format!("{} {}", if north { "Avenue" } else { "Street" }, line + LINES + 1);
        let (mut run, mut of_run): (Vec<usize>, Option<Lane>) = (Vec::new(), None);
        let mut k = -LINES;
        while k < LINES {
            // Beyond the boundary every second line is there, and corners only where such lines meet.
            let (i, j) = at(k);
            let outside = kind_of((place(i, j) + place(at(k + 1).0, at(k + 1).1)) / 2.0) == Kind::Outside;
            let step = if outside && k % 2 == 0 { 2 } else { 1 };
            let (a, b) = (at(k), at((k + step).min(LINES)));
            let lane = lane(line, north, a, b);
            if lane != of_run || lane.is_none() {
                self.finish(&mut run, of_run, &name);
                of_run = lane;
            }
            if lane.is_some() {
                let (from, to) = (self.node(a.0, a.1), self.node(b.0, b.1));
                if run.is_empty() {
                    run.push(from);
                }
                run.push(to);
                if line % BLOCK == 0 {
                    self.on_main.push(OnMain { north, lines: [line, k], node: from });
                }
            }
            k += step;
        }
        self.finish(&mut run, of_run, &name);
    }

    fn finish(&mut self, run: &mut Vec<usize>, lane: Option<Lane>, name: &str) {
        let Some(lane) = lane.filter(|_| run.len() > 1) else { return run.clear() };
        let mut tags = vec![("highway", lane.highway)];
        match lane.highway {
            "primary" => tags.extend([("name", name), ("width", "21")]),
            "secondary" | "tertiary" => tags.push(("name", name)),
            _ => {}
        }
        if lane.closed {
            tags.push(("access", "private"));
        }
        if lane.bridge {
            tags.push(("bridge", "yes"));
        }
        self.way(std::mem::take(run), &tags);
    }

    /// Paths between the houses of settlements; they meet the streets around at the corners of the lattice.
    fn settlement_paths(&mut self) {
        let n = LINES * FINE;
        for i in -n..n {
            for j in -n..n {
                for (di, dj) in [(1, 0), (0, 1)] {
                    let (a, b) = (place(i, j), place(i + di, j + dj));
                    let on_street = |i: i64, j: i64| i % (FINE * BLOCK) == 0 || j % (FINE * BLOCK) == 0;
                    let corner = |i: i64, j: i64| i % FINE == 0 && j % FINE == 0;
                    let ends = [(i, j), (i + di, j + dj)];
                    let along = ends.iter().all(|e| on_street(e.0, e.1));
                    let loose = ends.iter().any(|e| on_street(e.0, e.1) && !corner(e.0, e.1));
                    let middle = (a + b) / 2.0;
                    if kind_of(middle) != Kind::Informal || along || loose || in_open_space(middle) {
                        continue;
                    }
                    if chance(2 * i + di, 2 * j + dj, 62) < 0.78 {
                        let nodes = ends.map(|e| self.node(e.0, e.1)).to_vec();
                        let highway = if chance(i, j, 63) < 0.5 { "path" } else { "footway" };
                        self.way(nodes, &[("highway", highway)]);
                    }
                }
            }
        }
    }

    /// Footways from corner to corner through some squares of the lattice.
    fn short_cuts(&mut self) {
        for i in -LINES..LINES {
            for j in -LINES..LINES {
                let ends = [(i * FINE, j * FINE), ((i + 1) * FINE, (j + 1) * FINE)];
                let known = ends.map(|e| self.lattice.get(&e).copied());
                let (a, b) = (place(ends[0].0, ends[0].1), place(ends[1].0, ends[1].1));
                let free = !parts(river, a, b) && !parts(motorway, a, b) && !railway_parts(a, b);
                let open = !matches!(kind_of((a + b) / 2.0), Kind::Club | Kind::Informal | Kind::Outside);
                let wanted = chance(i, j, 64) < 0.06;
                if let ([Some(from), Some(to)], true) = (known, free && open && wanted) {
                    let highway = if chance(i, j, 65) < 0.1 { "steps" } else { "footway" };
                    self.way(vec![from, to], &[("highway", highway)]);
                }
            }
        }
    }

    /// Something that crosses the whole extract and shares no node with a street.
    fn course(&mut self, key: &str, value: &str, at: impl Fn(f64) -> Coord<f64>) {
        let end = LINES as f64 * STEP_M;
        let within = |at: &Coord<f64>| at.x.abs() <= end && at.y.abs() <= end;
        let points: Vec<Coord<f64>> = (-32..=32).map(|i| at(f64::from(i) / 32.0 * end)).filter(within).collect();
        let first = self.nodes.len();
        self.nodes.extend(points);
        let nodes = (first..self.nodes.len()).collect();
        // One line stands for both carriageways, so that its land is not counted twice.
        let both_ways: &[Tag<'_>] = if value == "motorway" { &[("oneway", "no"), ("foot", "no")] } else { &[] };
        self.way(nodes, &[&[(key, value)], both_ways].concat());
    }

    fn area(&mut self, sides: [f64; 4], tags: &[Tag<'_>]) {
        let first = self.nodes.len();
        self.nodes.extend(corners(sides));
        self.way((first..first + 4).chain([first]).collect(), tags);
    }
}

/// Corners of a rectangle in steps of the lattice, counterclockwise, in metres.
pub fn corners([w, s, e, n]: [f64; 4]) -> [Coord<f64>; 4] {
    [(w, s), (e, s), (e, n), (w, n)].map(|(x, y)| Coord { x: x * STEP_M, y: y * STEP_M })
}

/// What a piece of street is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lane {
    highway: &'static str,
    closed: bool,
    bridge: bool,
}

/// The street between two corners of a line; `None` where there is none.
fn lane(line: i64, north: bool, from: (i64, i64), to: (i64, i64)) -> Option<Lane> {
    let (a, b) = (place(from.0, from.1), place(to.0, to.1));
    let middle = (a + b) / 2.0;
    let bridge = parts(river, a, b);
    if bridge && north && FOOTBRIDGES.contains(&line) {
        return Some(Lane { highway: "footway", closed: false, bridge: true });
    }
    // Main roads cross everything; every second of them the river, every fourth line the railway.
    let barred = (bridge && line % (2 * BLOCK) != 0)
        || (parts(motorway, a, b) && line % BLOCK != 0)
        || (railway_parts(a, b) && line % (BLOCK / 2) != 0);
    if barred {
        return None;
    }
    let of = |highway| Some(Lane { highway, closed: false, bridge });
    if line % BLOCK == 0 {
        return of(match line.rem_euclid(4 * BLOCK) / BLOCK {
            0 => "primary",
            2 => "secondary",
            _ => "tertiary",
        });
    }
    if in_open_space(middle) {
        return if line % 2 == 0 { of("footway") } else { None };
    }
    let luck = chance(from.0 + to.0, from.1 + to.1, 66);
    match kind_of(middle) {
        Kind::Core => of(if luck < 0.1 { "pedestrian" } else { "residential" }).filter(|_| luck < 0.97),
        Kind::Grid => of("residential").filter(|_| luck < 0.9),
        Kind::Rows => of("residential").filter(|_| luck < if north { 0.34 } else { 0.95 }),
        Kind::Estate if luck > 0.92 => Some(Lane { highway: "residential", closed: true, bridge }),
        Kind::Estate => of("residential").filter(|_| luck < 0.64),
        Kind::Outside => of("unclassified").filter(|_| line % 2 == 0 && luck < 0.6),
        // A drive through the club, behind its gate.
        Kind::Club if line == 4 && !north => Some(Lane { highway: "service", closed: true, bridge }),
        Kind::Informal | Kind::Park | Kind::Club => None,
    }
}
