//! Holes of urban centres.
//!
//! A hole of a part is a 4-connected piece of everything that is not this part and does not reach the edge of the grid. With
//! parts and gaps as nodes of a graph (an edge where they share a side of a cell), the holes of a part are what it cuts off from
//! the outside: the part is a cut vertex. So one depth-first search finds the holes of all parts, also of nested ones
//! (Hopcroft and Tarjan 1973, doi 10.1145/362248.362272). Only regions not larger than a hole may be enter the search;
//! everything larger stands for the outside or encloses.

use super::labels::LabelledRuns;
use super::runs::{Part, Run, Sets};

const NONE: u32 = u32::MAX;
const MANY: u32 = u32::MAX - 1;

/// All cells of a grid as runs: labelled ones and the gaps between them.
struct Mesh {
    runs: Vec<Run>,
    /// The label of each run, 0 for a gap.
    labels: Vec<u32>,
    first: Vec<usize>,
}

/// The runs of cells in holes of at most `most` cells, with row and the label of the centre that they join. Cells of another
/// centre inside a hole count in its size and keep their label.
pub(crate) fn holes(labelled: &LabelledRuns, width: usize, most: u64) -> Vec<(usize, Run, u32)> {
    let height = labelled.runs.n_rows();
    if most == 0 || labelled.labels.is_empty() {
        return Vec::new();
    }
    let mesh = Mesh::new(labelled, width as u32, height);
    let (of, n) = mesh.regions();
    let mut size = vec![0u64; n];
    let mut label = vec![0u32; n];
    let mut edge = vec![false; n];
    for row in 0..height {
        let range = mesh.first[row]..mesh.first[row + 1];
        for (i, region) in of[range.clone()].iter().enumerate() {
            let (i, region) = (range.start + i, *region as usize);
            let run = mesh.runs[i];
            size[region] += u64::from(run.end - run.start);
            label[region] = mesh.labels[i];
            edge[region] |= row == 0 || row + 1 == height || run.start == 0 || run.end as usize == width;
        }
    }
    let small: Vec<bool> = size.iter().zip(&edge).map(|(s, e)| *s <= most && !e).collect();

    // The only neighbour of each small region, if it has only one.
    let mut only = vec![NONE; n];
    mesh.each_border(&of, |a, b| {
        for (one, other) in [(a, b), (b, a)] {
            if small[one as usize] {
                let known = &mut only[one as usize];
                *known = if *known == NONE || *known == other { other } else { MANY };
            }
        }
    });
    let mut joins = vec![0u32; n];
    let mut nested = false;
    for region in (0..n).filter(|r| small[*r]) {
        match only[region] {
            _ if label[region] != 0 => nested = true,
            MANY => nested = true,
            NONE => {}
            // A gap with one neighbour lies inside it.
            part => joins[region] = label[part as usize],
        }
    }
    if nested {
        // A gap inside one large part is settled, and nothing else touches it.
        let open: Vec<bool> =
            (0..n).map(|r| small[r] && !(label[r] == 0 && only[r] < MANY && !small[only[r] as usize])).collect();
        cut_off(&mesh, &of, &open, &size, &label, most, &mut joins);
    }
    let mut out = Vec::new();
    for row in 0..height {
        for i in mesh.first[row]..mesh.first[row + 1] {
            let join = joins[of[i] as usize];
            if join != 0 && mesh.labels[i] == 0 {
                out.push((row, mesh.runs[i], join));
            }
        }
    }
    out
}

impl Mesh {
    fn new(labelled: &LabelledRuns, width: u32, height: usize) -> Mesh {
        let n = labelled.labels.len() * 2 + height;
        let mut mesh =
            Mesh { runs: Vec::with_capacity(n), labels: Vec::with_capacity(n), first: Vec::with_capacity(height + 1) };
        for row in 0..height {
            mesh.first.push(mesh.runs.len());
            let mut at = 0;
            for i in labelled.runs.row(row) {
                let run = labelled.runs.runs[i];
                if run.start > at {
                    mesh.push(at, run.start, 0);
                }
                mesh.push(run.start, run.end, labelled.labels[i]);
                at = run.end;
            }
            if at < width {
                mesh.push(at, width, 0);
            }
        }
        mesh.first.push(mesh.runs.len());
        mesh
    }

    fn push(&mut self, start: u32, end: u32, label: u32) {
        self.runs.push(Run { start, end });
        self.labels.push(label);
    }

    /// Calls with each pair of runs that lie above each other, the lower in `row`.
    fn above(&self, row: usize, mut f: impl FnMut(usize, usize)) {
        let (mut a, mut b) = (self.first[row - 1], self.first[row]);
        let (above, end) = (b, self.first[row + 1]);
        while a < above && b < end {
            f(a, b);
            let (ea, eb) = (self.runs[a].end, self.runs[b].end);
            a += usize::from(ea <= eb);
            b += usize::from(eb <= ea);
        }
    }

    /// 4-connected regions of one label: the region of each run, and how many there are.
    fn regions(&self) -> (Vec<u32>, usize) {
        let join = |row: usize, sets: &mut Part<'_>| {
            self.above(row, |a, b| {
                if self.labels[a] == self.labels[b] {
                    sets.join(a, b);
                }
            });
        };
        Sets::by_rows(&self.first, join).numbered()
    }

    /// Calls with each pair of different regions that share a side, as often as they do.
    fn each_border(&self, of: &[u32], mut f: impl FnMut(u32, u32)) {
        for row in 0..self.first.len() - 1 {
            for i in self.first[row] + 1..self.first[row + 1] {
                f(of[i - 1], of[i]);
            }
        }
        for row in 1..self.first.len() - 1 {
            self.above(row, |a, b| {
                if of[a] != of[b] {
                    f(of[a], of[b]);
                }
            });
        }
    }
}

/// What parts cut off from the outside, where regions lie in one another.
fn cut_off(mesh: &Mesh, of: &[u32], small: &[bool], size: &[u64], label: &[u32], most: u64, joins: &mut [u32]) {
    // The graph of small regions. Node 0 stands for all large ones.
    let mut node_of = vec![0u32; small.len()];
    let mut region_of = vec![NONE];
    for (region, _) in small.iter().enumerate().filter(|(_, s)| **s) {
        node_of[region] = region_of.len() as u32;
        region_of.push(region as u32);
    }
    let mut edges: Vec<(u32, u32)> = Vec::new();
    let mut large: Vec<u32> = vec![NONE; region_of.len()];
    mesh.each_border(of, |a, b| {
        let (na, nb) = (node_of[a as usize], node_of[b as usize]);
        if (na, nb) != (0, 0) {
            edges.push((na, nb));
            edges.push((nb, na));
            for (node, other, region) in [(na, nb, b), (nb, na, a)] {
                if node != 0 && other == 0 {
                    let known = &mut large[node as usize];
                    *known = if *known == NONE || *known == region { region } else { MANY };
                }
            }
        }
    });
    edges.sort_unstable();
    edges.dedup();
    let mut first = vec![0usize; region_of.len() + 1];
    edges.iter().for_each(|(a, _)| first[*a as usize + 1] += 1);
    for i in 1..first.len() {
        first[i] += first[i - 1];
    }

    let n = region_of.len();
    let (mut seen, mut low, mut cells) = (vec![0u32; n], vec![0u32; n], vec![0u64; n]);
    // The large regions beside a subtree: none, one or many.
    let mut beside = large;
    let mut next = first.clone();
    let mut order: Vec<u32> = Vec::with_capacity(n);
    let mut stack: Vec<(u32, u32)> = vec![(0, 0)];
    let enter = |node: u32, seen: &mut [u32], low: &mut [u32], cells: &mut [u64], order: &mut Vec<u32>| {
        order.push(node);
        seen[node as usize] = order.len() as u32;
        low[node as usize] = order.len() as u32;
        cells[node as usize] = if node == 0 { 0 } else { size[region_of[node as usize] as usize] };
    };
    enter(0, &mut seen, &mut low, &mut cells, &mut order);
    while let Some(&(node, parent)) = stack.last() {
        let at = node as usize;
        if next[at] < first[at + 1] {
            let other = edges[next[at]].1;
            next[at] += 1;
            if seen[other as usize] == 0 {
                enter(other, &mut seen, &mut low, &mut cells, &mut order);
                stack.push((other, node));
            } else if other != parent {
                low[at] = low[at].min(seen[other as usize]);
            }
            continue;
        }
        stack.pop();
        if node == 0 {
            break;
        }
        let up = parent as usize;
        low[up] = low[up].min(low[at]);
        // Who cuts this subtree off: a small part above it, or the one large region beside all of it.
        let by = if parent == 0 {
            Some(beside[at]).filter(|region| *region < MANY)
        } else {
            Some(region_of[up]).filter(|_| low[at] >= seen[up])
        };
        if let Some(join) = by.map(|region| label[region as usize]).filter(|l| *l != 0 && cells[at] <= most) {
            for inner in &order[seen[at] as usize - 1..] {
                let region = region_of[*inner as usize] as usize;
                // The innermost part comes first and keeps its hole.
                if label[region] == 0 && joins[region] == 0 {
                    joins[region] = join;
                }
            }
        }
        cells[up] += cells[at];
        beside[up] = match (beside[up], beside[at]) {
            (a, NONE) => a,
            (NONE, b) => b,
            (a, b) if a == b => a,
            _ => MANY,
        };
    }
}
