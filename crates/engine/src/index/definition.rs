//! The tree of an index, from its definition.

use diag::Diagnostic;
use model::index::{IndexDefinition, IndexIndicator};
use rustc_hash::FxHashMap;
use stats::composite::{BoundsError, Direction, Mean, Missing, Scale};

use super::{Refusal, codes};

/// The part that is the index itself.
pub const ROOT: usize = 0;

/// Parts within parts at most.
const DEEPEST: usize = 12;

/// An index whose parts are known to be a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// The indicators.
    pub leaves: Vec<Leaf>,
    /// The parts, the index itself first; a part stands before those within it.
    pub parts: Vec<Part>,
    /// Where levels begin, the highest first.
    pub levels: Vec<(f64, String)>,
    /// Scores below it are taken for it in means that need it.
    pub floor: f64,
}

/// An indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Its name.
    pub id: String,
    /// How it is brought onto the scale.
    pub scale: Scale,
    /// Whether more is better.
    pub direction: Direction,
}

/// A part.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name; empty for the index itself.
    pub id: String,
    /// What it is made of, each with its weight.
    pub children: Vec<(Child, f64)>,
    /// How they become one.
    pub mean: Mean,
    /// What is done about gaps.
    pub missing: Missing,
}

/// What a part is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Child {
    /// An indicator, by its place.
    Leaf(usize),
    /// A part, by its place.
    Part(usize),
}

/// Levels of the City Prosperity Index (2016).
const LEVELS: [(f64, &str); 6] = [
    (80.0, "very solid"),
    (70.0, "solid"),
    (60.0, "moderately solid"),
    (50.0, "moderately weak"),
    (40.0, "weak"),
    (f64::NEG_INFINITY, "very weak"),
];

const MEANS: &str = "arithmetic, geometric, harmonic, power, minimum, penalised";
const SCALES: &str = "linear, benchmark, log, root4, root5, root, target, target_floor, minmax, rank, zscore";

/// A mean by its name.
pub fn mean_of(name: &str, p: Option<f64>, floor: f64) -> Result<Mean, Refusal> {
    Ok(match name {
        "arithmetic" => Mean::Arithmetic,
        "geometric" => Mean::Geometric { floor },
        "harmonic" => Mean::Power { p: -1.0, floor },
        "power" => Mean::Power { p: p.unwrap_or(1.0), floor },
        "minimum" => Mean::Minimum,
        "penalised" => Mean::Penalised,
        other => {
            let found = Diagnostic::new(&codes::IDX002).arg("name", "aggregation").arg("value", other);
            return Err(Box::new(found.arg("known", MEANS)));
        }
    })
}

/// The scale of an indicator.
pub fn scale_of(indicator: &IndexIndicator) -> Result<Scale, Refusal> {
    let (low, high) = (indicator.lo.unwrap_or(f64::NAN), indicator.hi.unwrap_or(f64::NAN));
    let target = indicator.target.unwrap_or(f64::NAN);
    let scale = match indicator.method.as_str() {
        "linear" | "benchmark" => Scale::Linear { low, high },
        "log" => Scale::Log { low, high },
        "root4" => Scale::Root { k: 4.0, low, high },
        "root5" => Scale::Root { k: 5.0, low, high },
        "root" => Scale::Root { k: indicator.k.unwrap_or(2.0), low, high },
        "target" => Scale::Target { target },
        "target_floor" => Scale::Reach { target },
        "minmax" => Scale::Observed,
        "rank" => Scale::Rank,
        "zscore" => Scale::Z,
        other => {
            let found = Diagnostic::new(&codes::IDX002).arg("name", &indicator.id).arg("value", other);
            return Err(Box::new(found.arg("known", SCALES)));
        }
    };
    scale.check().map_err(|e| {
        let detail = match (e, scale) {
            (BoundsError::Order, _) => "lo < hi",
            (BoundsError::Sign, Scale::Log { .. }) => "lo > 0",
            (BoundsError::Sign, Scale::Root { .. }) => "lo ≥ 0",
            (BoundsError::Sign, _) => "target > 0",
        };
        Box::new(Diagnostic::new(&codes::IDX003).arg("name", &indicator.id).arg("detail", detail))
    })?;
    Ok(scale)
}

fn fault(code: &'static diag::Code, name: &str) -> Refusal {
    Box::new(Diagnostic::new(code).arg("name", name))
}

fn checked_weight(name: &str, weight: f64) -> Result<f64, Refusal> {
    if weight.is_finite() && weight >= 0.0 {
        return Ok(weight);
    }
    Err(Box::new(Diagnostic::new(&codes::IDX005).arg("name", name).arg("value", weight.to_string())))
}

impl Index {
    /// Reads a definition.
    ///
    /// Errors: names given twice, parts without place, weights below zero, scales without bounds.
    pub fn of(definition: &IndexDefinition) -> Result<Index, Refusal> {
        if definition.indicators.is_empty() {
            return Err(Box::new(Diagnostic::new(&codes::IDX001).arg("detail", "indicators: 0")));
        }
        let floor = definition.floor.unwrap_or(1.0);
        if floor.is_nan() || floor <= 0.0 {
            let found = Diagnostic::new(&codes::IDX003).arg("name", "floor").arg("detail", "floor > 0");
            return Err(Box::new(found));
        }
        let mut parts = vec![Part {
            id: String::new(),
            children: Vec::new(),
            mean: Mean::Arithmetic,
            missing: Missing::Renormalise,
        }];
        let mut at: FxHashMap<&str, usize> = FxHashMap::from_iter([("", ROOT)]);
        let mut parents: Vec<Option<&str>> = vec![None];
        let mut weights: Vec<Option<f64>> = vec![None];
        for told in &definition.parts {
            if !told.id.is_empty() {
                if at.insert(&told.id, parts.len()).is_some() {
                    return Err(fault(&codes::IDX006, &told.id));
                }
                parents.push(told.parent.as_deref().or(Some("")));
                weights.push(told.weight);
                parts.push(Part { id: told.id.clone(), ..parts[ROOT].clone() });
            }
            let part = &mut parts[at[told.id.as_str()]];
            part.mean = mean_of(told.aggregation.as_deref().unwrap_or("arithmetic"), told.p, floor)?;
            part.missing = told.require.map_or(Missing::Renormalise, Missing::Require);
        }
        for indicator in &definition.indicators {
            if !at.contains_key(indicator.dim.as_str()) {
                at.insert(&indicator.dim, parts.len());
                parents.push(Some(""));
                weights.push(None);
                let (mean, missing) = (Mean::Arithmetic, Missing::Renormalise);
                parts.push(Part { id: indicator.dim.clone(), children: Vec::new(), mean, missing });
            }
        }
        let mut leaves: Vec<Leaf> = Vec::new();
        let mut names: FxHashMap<&str, ()> = FxHashMap::default();
        for (leaf, indicator) in definition.indicators.iter().enumerate() {
            if names.insert(&indicator.id, ()).is_some() || at.contains_key(indicator.id.as_str()) {
                return Err(fault(&codes::IDX006, &indicator.id));
            }
            let weight = definition.indicator_weights.get(&indicator.id).copied().unwrap_or(1.0);
            let child = (Child::Leaf(leaf), checked_weight(&indicator.id, weight)?);
            parts[at[indicator.dim.as_str()]].children.push(child);
            let direction = if indicator.direction < 0 { Direction::Lower } else { Direction::Higher };
            leaves.push(Leaf { id: indicator.id.clone(), scale: scale_of(indicator)?, direction });
        }
        for part in 1..parts.len() {
            let id = parts[part].id.clone();
            let parent = parents[part].and_then(|p| at.get(p)).copied();
            let parent = parent.ok_or_else(|| fault(&codes::IDX004, &id))?;
            let weight = weights[part].or_else(|| definition.dimension_weights.get(&id).copied()).unwrap_or(1.0);
            parts[parent].children.push((Child::Part(part), checked_weight(&id, weight)?));
        }
        let is_known = |name: &&String| names.contains_key(name.as_str()) || at.contains_key(name.as_str());
        let mut given = definition.indicator_weights.keys().chain(definition.dimension_weights.keys());
        if let Some(name) = given.find(|name| !is_known(name)) {
            return Err(fault(&codes::IDX008, name));
        }
        let levels = match definition.levels.as_slice() {
            [] => LEVELS.iter().map(|(from, label)| (*from, (*label).to_owned())).collect(),
            told => {
                let mut levels: Vec<(f64, String)> = told.iter().map(|l| (l.from, l.label.clone())).collect();
                levels.sort_by(|a, b| b.0.total_cmp(&a.0));
                levels
            }
        };
        Index { leaves, parts, levels, floor }.in_order()
    }

    /// The same with each part before those within it.
    fn in_order(self) -> Result<Index, Refusal> {
        let mut order = vec![ROOT];
        let mut depth = vec![0; self.parts.len()];
        let mut next = 0;
        while let Some(part) = order.get(next).copied() {
            next += 1;
            for (child, _) in &self.parts[part].children {
                if let Child::Part(child) = *child {
                    depth[child] = depth[part] + 1;
                    if depth[child] > DEEPEST {
                        return Err(fault(&codes::IDX004, &self.parts[child].id));
                    }
                    order.push(child);
                }
            }
        }
        // What cannot be reached from the index goes round in a circle.
        if let Some(lost) = (0..self.parts.len()).find(|part| !order.contains(part)) {
            return Err(fault(&codes::IDX004, &self.parts[lost].id));
        }
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        let moved = |old: &usize| {
            let mut part = self.parts[*old].clone();
            for (child, _) in &mut part.children {
                if let Child::Part(part) = child {
                    *part = place[*part];
                }
            }
            part
        };
        let parts = order.iter().map(moved).collect();
        Ok(Index { parts, ..self })
    }

    /// The weights of a part's children.
    pub fn weights(&self, part: usize) -> Vec<f64> {
        self.parts[part].children.iter().map(|(_, weight)| *weight).collect()
    }

    /// What a part's child is called.
    pub fn name_of(&self, child: Child) -> &str {
        match child {
            Child::Leaf(leaf) => &self.leaves[leaf].id,
            Child::Part(part) => &self.parts[part].id,
        }
    }
}

#[cfg(test)]
mod tests {
    use model::index::IndexPart;

    use super::*;

    fn definition() -> IndexDefinition {
        let indicator = |id: &str, dim: &str| IndexIndicator {
            id: id.into(),
            dim: dim.into(),
            method: "benchmark".into(),
            direction: 1,
            lo: Some(0.0),
            hi: Some(10.0),
            ..IndexIndicator::default()
        };
        let part =
            |id: &str, parent: &str| IndexPart { id: id.into(), parent: Some(parent.into()), ..IndexPart::default() };
        IndexDefinition {
            indicators: vec![indicator("rooms", "space"), indicator("jobs", "work"), indicator("area", "space")],
            parts: vec![part("space", "home"), part("home", "")],
            ..IndexDefinition::default()
        }
    }

    fn check_refused(change: impl FnOnce(&mut IndexDefinition), code: &str) {
        let mut wrong = definition();
        change(&mut wrong);
        assert_eq!(Index::of(&wrong).expect_err(code).code.id, code);
    }

    #[test]
    fn parts_stand_before_those_within_them() {
        let index = Index::of(&definition()).expect("an index");
        let names: Vec<&str> = index.parts.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(names, ["", "home", "work", "space"]);
        assert_eq!(index.parts[ROOT].children, [(Child::Part(1), 1.0), (Child::Part(2), 1.0)]);
        assert_eq!(index.parts[3].children, [(Child::Leaf(0), 1.0), (Child::Leaf(2), 1.0)]);
        assert_eq!(index.name_of(Child::Part(3)), "space");
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        check_refused(|d| d.parts[1].parent = Some("space".into()), "IDX004");
        check_refused(|d| d.parts[1].parent = Some("house".into()), "IDX004");
        check_refused(|d| d.parts[1].id = "space".into(), "IDX006");
        check_refused(|d| d.indicators[1].id = "rooms".into(), "IDX006");
        check_refused(|d| d.indicators[1].id = "space".into(), "IDX006");
        check_refused(|d| d.indicators[1].method = "magic".into(), "IDX002");
        check_refused(|d| d.indicators[1].hi = None, "IDX003");
        check_refused(|d| d.parts[0].aggregation = Some("median".into()), "IDX002");
        check_refused(|d| d.floor = Some(0.0), "IDX003");
        check_refused(|d| d.indicators.clear(), "IDX001");
        check_refused(|d| d.indicator_weights.extend([("rooms".into(), -1.0)]), "IDX005");
        check_refused(|d| d.dimension_weights.extend([("house".into(), 1.0)]), "IDX008");
    }
}
