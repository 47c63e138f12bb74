//! Groups (breakdowns) by number, which of them refine which, and the dimensions that partition.

use model::{Records, value::Breakdown};
use rustc_hash::FxHashMap;

/// A group by its position in text order; 0 is the total.
pub(crate) type GroupIx = u32;
/// One category of one dimension.
pub(crate) type PairIx = u32;

/// All groups that observations name, and every coarser group of them.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    list: Vec<Breakdown>,
    by_text: FxHashMap<String, GroupIx>,
    pairs: Vec<Vec<PairIx>>,
    /// A group and one category more.
    finer: FxHashMap<(GroupIx, PairIx), GroupIx>,
    /// For each dimension that is marked as a partition, all of its categories; only dimensions of which
    /// every category occurs.
    pub partitions: Vec<Vec<PairIx>>,
}

/// Beyond this number of dimensions in one group its coarser groups are not listed: 2⁶ = 64 of them.
const MOST_DIMENSIONS: usize = 6;

impl Groups {
    /// Numbers the groups.
    pub fn new<'a>(records: &Records, texts: impl Iterator<Item = &'a str>) -> Self {
        let mut all: Vec<String> = vec![String::new()];
        for text in texts {
            let Some(group) = Breakdown::parse(text) else { continue };
            let parts: Vec<String> = group.parts().map(|(d, c)| format!("{d}={c}")).collect();
            if parts.len() > MOST_DIMENSIONS {
                all.push(group.to_string());
                continue;
            }
            for subset in 0..1u32 << parts.len() {
                let chosen = parts.iter().enumerate().filter(|(i, _)| subset & (1 << i) != 0);
                all.push(chosen.map(|(_, p)| p.as_str()).collect::<Vec<_>>().join(";"));
            }
        }
        all.sort_unstable();
        all.dedup();
        let mut groups = Groups::default();
        let mut pair_ix: FxHashMap<(String, String), PairIx> = FxHashMap::default();
        for text in all {
            let group = Breakdown::parse(&text).unwrap_or_default();
            let mut own: Vec<PairIx> = Vec::new();
            for (d, c) in group.parts() {
                let next = pair_ix.len() as PairIx;
                own.push(*pair_ix.entry((d.to_owned(), c.to_owned())).or_insert(next));
            }
            own.sort_unstable();
            groups.by_text.insert(text, groups.list.len() as GroupIx);
            groups.list.push(group);
            groups.pairs.push(own);
        }
        let by_pairs: FxHashMap<&[PairIx], GroupIx> =
            groups.pairs.iter().enumerate().map(|(i, p)| (p.as_slice(), i as GroupIx)).collect();
        for (i, own) in groups.pairs.iter().enumerate() {
            for taken in 0..own.len() {
                let mut coarser = own.clone();
                let pair = coarser.remove(taken);
                if let Some(coarser) = by_pairs.get(coarser.as_slice()) {
                    groups.finer.insert((*coarser, pair), i as GroupIx);
                }
            }
        }
        let mut partitions: Vec<&str> =
            records.dimensions.iter().filter(|d| d.partition).map(|d| d.id.as_str()).collect();
        partitions.sort_unstable();
        for dimension in partitions {
            let mut of: Vec<&str> = records
                .categories
                .iter()
                .filter(|c| c.dimension.as_str() == dimension)
                .map(|c| c.code.0.as_str())
                .collect();
            of.sort_unstable();
            let pairs: Option<Vec<PairIx>> =
                of.iter().map(|c| pair_ix.get(&(dimension.to_owned(), (*c).to_owned())).copied()).collect();
            groups.partitions.extend(pairs.filter(|p| !p.is_empty()));
        }
        groups
    }
    /// A group by its canonical text.
    pub fn ix(&self, text: &str) -> Option<GroupIx> {
        self.by_text.get(text).copied()
    }
    /// The group.
    pub fn group(&self, group: GroupIx) -> Option<&Breakdown> {
        self.list.get(group as usize)
    }
    /// Whether a group lies inside another or is it: it names the same categories and perhaps more.
    pub fn refines(&self, group: GroupIx, of: GroupIx) -> bool {
        if group == of || of == 0 {
            return true;
        }
        match (self.pairs.get(group as usize), self.pairs.get(of as usize)) {
            (Some(fine), Some(coarse)) => coarse.iter().all(|p| fine.contains(p)),
            _ => false,
        }
    }
    /// The group that names one category more.
    pub fn finer(&self, group: GroupIx, pair: PairIx) -> Option<GroupIx> {
        self.finer.get(&(group, pair)).copied()
    }
}

#[cfg(test)]
mod tests {
    use testkit::snapshot::{Build, categories, dimension};

    use super::*;

    #[test]
    fn finer_groups_and_partitions() {
        let snapshot = Build::default()
            .with(dimension("sex", true))
            .with(dimension("theme", false))
            .with(dimension("age", true))
            .with_all(categories("sex", &["female", "male"]))
            .with_all(categories("age", &["young", "old"]))
            .freeze();
        let texts = ["age=old;sex=female", "sex=male", "theme=land"];
        let groups = Groups::new(&snapshot.records, texts.into_iter());
        let ix = |t| groups.ix(t).expect("there");
        assert_eq!(ix(""), 0);
        assert!(groups.refines(ix("age=old;sex=female"), ix("sex=female")));
        assert!(!groups.refines(ix("sex=male"), ix("sex=female")));
        // Young is a category that nobody reported, so age is no partition that could be used.
        assert_eq!(groups.partitions.len(), 1);
        let by_sex: Vec<_> = groups.partitions[0].iter().map(|p| groups.finer(0, *p)).collect();
        assert_eq!(by_sex, [Some(ix("sex=female")), Some(ix("sex=male"))]);
    }
}
