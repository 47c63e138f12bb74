//! Plans as trees: results in reading order with the indicators of each.

use std::cmp::Ordering;

use model::{
    Records,
    kinds::{Indicator, Plan, Result as PlanResult},
    value::Id,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// The results of a plan, top down, each with its depth (from 0) and its indicators.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub nodes: Vec<Node>,
    at: FxHashMap<Id<PlanResult>, usize>,
}

/// One result in the tree.
#[derive(Debug)]
pub(crate) struct Node {
    pub result: Id<PlanResult>,
    pub depth: usize,
    pub indicators: Vec<Id<Indicator>>,
}

impl Tree {
    /// A result's node.
    pub fn node(&self, result: &Id<PlanResult>) -> Option<&Node> {
        self.at.get(result).and_then(|at| self.nodes.get(*at))
    }
    /// All indicators in reading order.
    pub fn indicators(&self) -> impl Iterator<Item = (&Id<PlanResult>, &Id<Indicator>)> {
        self.nodes.iter().flat_map(|n| n.indicators.iter().map(move |i| (&n.result, i)))
    }
}

/// The tree of every plan. Siblings stand in order of level, then of their code as people count (`SP2` before
/// `SP10`), then of their id. A result whose parent is missing, or in a circle, stands at the top.
pub(crate) fn trees(records: &Records) -> FxHashMap<Id<Plan>, Tree> {
    let mut indicators: FxHashMap<&Id<PlanResult>, Vec<&Indicator>> = FxHashMap::default();
    for indicator in records.indicators.iter() {
        indicators.entry(&indicator.result).or_default().push(indicator);
    }
    let mut by_plan: FxHashMap<&Id<Plan>, Vec<&PlanResult>> = FxHashMap::default();
    for result in records.results.iter() {
        by_plan.entry(&result.plan).or_default().push(result);
    }
    let mut trees: FxHashMap<Id<Plan>, Tree> = FxHashMap::default();
    for (plan, mut results) in by_plan {
        results.sort_unstable_by(|a, b| {
            a.level.cmp(&b.level).then_with(|| by_number(&a.code.0, &b.code.0)).then_with(|| a.id.cmp(&b.id))
        });
        let own: FxHashSet<&Id<PlanResult>> = results.iter().map(|r| &r.id).collect();
        let mut children: FxHashMap<&Id<PlanResult>, Vec<&PlanResult>> = FxHashMap::default();
        let mut tops = Vec::new();
        for result in &results {
            match result.parent.as_ref().filter(|p| own.contains(p)) {
                Some(parent) => children.entry(parent).or_default().push(result),
                None => tops.push(*result),
            }
        }
        let mut tree = Tree::default();
        let mut seen: FxHashSet<&Id<PlanResult>> = FxHashSet::default();
        for top in tops.into_iter().chain(results.iter().copied()) {
            let mut stack = vec![(top, 0)];
            while let Some((result, depth)) = stack.pop() {
                if !seen.insert(&result.id) {
                    continue;
                }
                let mut of = indicators.get(&result.id).cloned().unwrap_or_default();
                of.sort_unstable_by(|a, b| by_number(a.id.as_str(), b.id.as_str()));
                let indicators = of.into_iter().map(|i| i.id.clone()).collect();
                tree.at.insert(result.id.clone(), tree.nodes.len());
                tree.nodes.push(Node { result: result.id.clone(), depth, indicators });
                let below = children.get(&result.id).map_or(&[][..], Vec::as_slice);
                stack.extend(below.iter().rev().map(|c| (*c, depth + 1)));
            }
        }
        trees.insert(plan.clone(), tree);
    }
    trees
}

/// Text order in which runs of digits count as numbers.
fn by_number(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    loop {
        let (Some(x), Some(y)) = (a_rest.chars().next(), b_rest.chars().next()) else {
            return a_rest.len().cmp(&b_rest.len()).then_with(|| a.cmp(b));
        };
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let (m, n) = (digits(a_rest), digits(b_rest));
            let (p, q) = (m.trim_start_matches('0'), n.trim_start_matches('0'));
            match p.len().cmp(&q.len()).then_with(|| p.cmp(q)) {
                Ordering::Equal => {
                    a_rest = a_rest.get(m.len()..).unwrap_or_default();
                    b_rest = b_rest.get(n.len()..).unwrap_or_default();
                }
                other => return other,
            }
        } else if x == y {
            a_rest = a_rest.get(x.len_utf8()..).unwrap_or_default();
            b_rest = b_rest.get(y.len_utf8()..).unwrap_or_default();
        } else {
            return x.cmp(&y);
        }
    }
}

fn digits(text: &str) -> &str {
    text.get(..text.bytes().take_while(u8::is_ascii_digit).count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use model::kinds::Measure;
    use testkit::snapshot::{Build, indicator, plan, result};

    use super::*;

    #[test]
    fn the_tree_reads_top_down_in_counting_order() {
        let snapshot = Build::default()
            .with(plan("P", 2014, 2019))
            .with(result("R10", "P", Some("R")))
            .with(result("R2", "P", Some("R")))
            .with(result("R", "P", None))
            .with(result("LOST", "P", Some("nobody")))
            .with(indicator("I2", "R2", Measure::Flow))
            .freeze();
        let trees = trees(&snapshot.records);
        let read: Vec<_> = trees[&Id::from("P")].nodes.iter().map(|n| (n.result.as_str(), n.depth)).collect();
        assert_eq!(read, [("R", 0), ("R2", 1), ("R10", 1), ("LOST", 0)]);
        assert_eq!(trees[&Id::from("P")].indicators().count(), 1);
    }
}
