//! The tree of places in walking order, so that "lies inside" is a comparison of two numbers.

use std::sync::Arc;

use model::{
    Records,
    kinds::{Place, PlaceKind},
    value::Id,
};
use rustc_hash::FxHashMap;

/// A place by its position in the walk: a parent stands before its children, its subtree is one run.
pub(crate) type PlaceIx = u32;

/// The tree. Children stand in order of their ids, so the walk does not depend on the order of records.
#[derive(Debug, Default)]
pub(crate) struct Places {
    ids: Vec<Id<Place>>,
    /// Last place of the subtree.
    last: Vec<PlaceIx>,
    /// `None` for a place that observations name and no record describes.
    kinds: Vec<Option<PlaceKind>>,
    by_id: FxHashMap<Arc<str>, PlaceIx>,
}

impl Places {
    /// Walks the tree of the records; places that only observations name become roots. A circle of parents
    /// (a finding of the checker) is cut at its first id. A functional area is a root of its own whatever stands above it: its
    /// members lie in the tree already, and what is said of it must not be added to what is said of them.
    pub fn new<'a>(records: &Records, observed: impl Iterator<Item = &'a str>) -> Self {
        let mut nodes: Vec<(&str, Option<PlaceKind>, Option<&str>)> =
            records.places.iter().map(|p| (p.id.as_str(), Some(p.kind), above(p))).collect();
        nodes.extend(observed.filter(|id| !records.places.contains(id)).map(|id| (id, None, None)));
        nodes.sort_unstable_by_key(|n| n.0);
        nodes.dedup_by_key(|n| n.0);
        let at: FxHashMap<&str, usize> = nodes.iter().enumerate().map(|(i, n)| (n.0, i)).collect();
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        let mut roots = Vec::new();
        for (i, node) in nodes.iter().enumerate() {
            match node.2.and_then(|parent| at.get(parent)) {
                Some(parent) => children[*parent].push(i),
                None => roots.push(i),
            }
        }
        let mut tree = Places::default();
        let mut seen = vec![false; nodes.len()];
        for start in roots.into_iter().chain(0..nodes.len()) {
            let mut stack = vec![(start, 0usize)];
            while let Some((node, next_child)) = stack.pop() {
                if next_child == 0 {
                    if std::mem::replace(&mut seen[node], true) {
                        continue;
                    }
                    let id: Arc<str> = Arc::from(nodes[node].0);
                    tree.by_id.insert(id, tree.ids.len() as PlaceIx);
                    tree.ids.push(Id::new(nodes[node].0));
                    tree.last.push(0);
                    tree.kinds.push(nodes[node].1);
                }
                match children[node].get(next_child) {
                    Some(child) => {
                        stack.push((node, next_child + 1));
                        stack.push((*child, 0));
                    }
                    None => {
                        let own = tree.by_id.get(nodes[node].0).copied().unwrap_or_default();
                        tree.last[own as usize] = tree.ids.len() as PlaceIx - 1;
                    }
                }
            }
        }
        tree
    }
    /// A place by its id.
    pub fn ix(&self, id: &str) -> Option<PlaceIx> {
        self.by_id.get(id).copied()
    }
    /// Its id.
    pub fn id(&self, place: PlaceIx) -> Option<&Id<Place>> {
        self.ids.get(place as usize)
    }
    /// Its sort.
    pub fn kind(&self, place: PlaceIx) -> Option<PlaceKind> {
        self.kinds.get(place as usize).copied().flatten()
    }
    /// Last place of its subtree.
    pub fn last(&self, place: PlaceIx) -> PlaceIx {
        self.last.get(place as usize).copied().unwrap_or(place)
    }
    /// Whether a place lies inside another or is it.
    pub fn inside(&self, place: PlaceIx, of: PlaceIx) -> bool {
        of <= place && place <= self.last(of)
    }
    /// Whether a place is inside the one asked for; every place is inside "all places".
    pub fn within(&self, place: PlaceIx, asked: Option<PlaceIx>) -> bool {
        asked.is_none_or(|of| self.inside(place, of))
    }
    /// Whether what is said of a place is a part of what is asked: it lies inside, and is no functional area beside the tree.
    pub fn counts_within(&self, place: PlaceIx, asked: Option<PlaceIx>) -> bool {
        match asked {
            Some(of) => self.inside(place, of),
            None => self.kind(place) != Some(PlaceKind::FunctionalArea),
        }
    }
    /// Whether a place is exactly the one asked for; the world is "all places".
    pub fn is_asked(&self, place: PlaceIx, asked: Option<PlaceIx>) -> bool {
        match asked {
            Some(of) => place == of,
            None => self.kind(place) == Some(PlaceKind::World),
        }
    }
    /// The place's children; the roots for "all places".
    pub fn children(&self, of: Option<PlaceIx>) -> impl Iterator<Item = PlaceIx> + '_ {
        let (mut next, end) = match of {
            Some(place) => (place + 1, self.last(place) + 1),
            None => (0, self.ids.len() as PlaceIx),
        };
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.last(child) + 1;
                child
            })
        })
    }
}

/// What a place lies in, for sums.
fn above(place: &Place) -> Option<&str> {
    place.parent.as_ref().map(Id::as_str).filter(|_| place.kind != PlaceKind::FunctionalArea)
}

#[cfg(test)]
mod tests {
    use testkit::snapshot::{Build, place};

    use super::*;

    #[test]
    fn a_subtree_is_one_run() {
        let snapshot = Build::default()
            .with(place("W", PlaceKind::World, None))
            .with(place("KEN", PlaceKind::Country, Some("W")))
            .with(place("NBO", PlaceKind::City, Some("KEN")))
            .with(place("UGA", PlaceKind::Country, Some("W")))
            .freeze();
        let tree = Places::new(&snapshot.records, ["X"].into_iter());
        let ix = |id| tree.ix(id).expect("there");
        assert!(tree.inside(ix("NBO"), ix("KEN")) && tree.inside(ix("NBO"), ix("W")) && tree.inside(ix("W"), ix("W")));
        assert!(!tree.inside(ix("UGA"), ix("KEN")) && !tree.inside(ix("X"), ix("W")));
        assert_eq!(tree.children(Some(ix("W"))).collect::<Vec<_>>(), [ix("KEN"), ix("UGA")]);
        assert_eq!(tree.children(None).count(), 2);
    }

    #[test]
    fn a_circle_of_parents_ends() {
        let snapshot = Build::default()
            .with(place("A", PlaceKind::City, Some("B")))
            .with(place("B", PlaceKind::City, Some("A")))
            .freeze();
        let tree = Places::new(&snapshot.records, std::iter::empty());
        assert_eq!((tree.ix("A"), tree.ix("B")), (Some(0), Some(1)));
        assert!(tree.inside(1, 0) && !tree.inside(0, 1));
    }
}
