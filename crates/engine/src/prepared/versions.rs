//! Versions of a definition: which one a value was made under, and how it is carried to a later one.
//!
//! A value belongs to the version in force on the last day of its period and stays there. Seen from a later
//! version it is converted step by step: the factor of the step for the unit, the mappings of the step for the
//! categories. A major step with neither a factor nor a mapping joins nothing: [`Mapped::Unmapped`].

use jiff::civil::Date;
use model::{
    Records,
    kinds::{ChangeClass, Definition, Mapping, MappingRelation},
    value::{Breakdown, Period},
};
use rustc_hash::FxHashMap;

/// What became of a value on its way to the version asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mapped {
    /// Made under this version.
    AsIs,
    /// Converted by a factor, a rename or a merge.
    Converted,
    /// Split by a share, which makes it an estimate.
    Estimated,
    /// Nothing joins the versions.
    Unmapped,
}

/// One version.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    /// First day.
    pub effective_on: Date,
    change: ChangeClass,
    factor: Option<f64>,
    mappings: Vec<Mapping>,
}

/// A value seen from another version.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    /// Its group in that version.
    pub group: Breakdown,
    /// Factor on the value.
    pub factor: f64,
    /// Part of it that falls into the group.
    pub part: f64,
    /// How many values of the older version make up the group's value: a merge with a part missing is no sum.
    pub n_sources: u16,
    pub mapped: Mapped,
}

/// The versions of every indicator that has several, in order. With one version nothing is converted.
pub(crate) fn versions(records: &Records) -> FxHashMap<&str, Vec<Version>> {
    let mut mappings: FxHashMap<(&str, i64), Vec<Mapping>> = FxHashMap::default();
    for mapping in records.mappings.iter() {
        mappings.entry((mapping.indicator.as_str(), mapping.version.0)).or_default().push(mapping.clone());
    }
    for list in mappings.values_mut() {
        list.sort_unstable_by(|a, b| {
            (&a.dimension, &a.from_code, &a.to_code).cmp(&(&b.dimension, &b.from_code, &b.to_code))
        });
    }
    let mut definitions: FxHashMap<&str, Vec<&Definition>> = FxHashMap::default();
    for definition in records.definitions.iter() {
        definitions.entry(definition.indicator.as_str()).or_default().push(definition);
    }
    definitions.retain(|_, of| of.len() > 1);
    definitions
        .into_iter()
        .map(|(indicator, mut of)| {
            of.sort_unstable_by_key(|d| d.version);
            let version = |d: &&Definition| Version {
                effective_on: d.effective_on,
                change: d.change,
                factor: d.factor,
                mappings: mappings.get(&(indicator, d.version.0)).cloned().unwrap_or_default(),
            };
            (indicator, of.iter().map(version).collect())
        })
        .collect()
}

/// Position of the version in force on the last day of a period; the first one holds before its own day too.
pub(crate) fn version_at(versions: &[Version], period: Period) -> usize {
    versions.iter().rposition(|v| v.effective_on <= period.ends_on()).unwrap_or(0)
}

/// A value of version `from` seen from version `to`; several when its category was split.
pub(crate) fn seen_from(versions: &[Version], from: usize, to: usize, group: &Breakdown) -> Vec<Seen> {
    let mut seen = vec![Seen { group: group.clone(), factor: 1.0, part: 1.0, n_sources: 1, mapped: Mapped::AsIs }];
    for step in versions.iter().take(to + 1).skip(from + 1) {
        seen = seen.into_iter().flat_map(|s| one_step(step, s)).collect();
    }
    seen
}

fn one_step(step: &Version, mut seen: Seen) -> Vec<Seen> {
    if step.change == ChangeClass::Major && step.factor.is_none() && step.mappings.is_empty() {
        seen.mapped = Mapped::Unmapped;
        return vec![seen];
    }
    if let Some(factor) = step.factor.filter(|f| *f != 1.0) {
        seen.factor *= factor;
        seen.mapped = seen.mapped.max(Mapped::Converted);
    }
    let mut all = vec![seen];
    let mut dimensions: Vec<&str> = step.mappings.iter().map(|m| m.dimension.as_str()).collect();
    dimensions.dedup();
    for dimension in dimensions {
        all = all.into_iter().flat_map(|s| map_category(step, dimension, s)).collect();
    }
    all
}

fn map_category(step: &Version, dimension: &str, seen: Seen) -> Vec<Seen> {
    let Some(category) = seen.group.get(dimension) else { return vec![seen] };
    let of: Vec<&Mapping> =
        step.mappings.iter().filter(|m| m.dimension.as_str() == dimension && m.from_code.0 == category).collect();
    if of.is_empty() {
        // A category that no mapping names goes on under its code.
        return vec![seen];
    }
    of.into_iter()
        .map(|m| {
            let group = with_category(&seen.group, dimension, &m.to_code.0);
            let same = step.mappings.iter().filter(|o| o.dimension == m.dimension && o.to_code == m.to_code).count();
            let n_sources = seen.n_sources.saturating_mul(same as u16);
            match (m.relation, m.share) {
                (MappingRelation::Split, None) => Seen { group, mapped: Mapped::Unmapped, ..seen.clone() },
                (MappingRelation::Split, Some(share)) => Seen {
                    group,
                    part: seen.part * share,
                    n_sources,
                    mapped: seen.mapped.max(Mapped::Estimated),
                    ..seen.clone()
                },
                (MappingRelation::Merge | MappingRelation::Rename, _) => {
                    Seen { group, n_sources, mapped: seen.mapped.max(Mapped::Converted), ..seen.clone() }
                }
            }
        })
        .collect()
}

fn with_category(group: &Breakdown, dimension: &str, category: &str) -> Breakdown {
    let parts: Vec<String> = group
        .parts()
        .map(|(d, c)| if d == dimension { format!("{d}={category}") } else { format!("{d}={c}") })
        .collect();
    Breakdown::parse(&parts.join(";")).unwrap_or_else(|| group.clone())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::record::Whole;
    use testkit::snapshot::{Build, code, definition, group};

    use super::*;

    fn mapping(from: &str, to: &str, relation: MappingRelation, share: Option<f64>) -> Mapping {
        let (indicator, dimension) = ("I".into(), "age".into());
        Mapping { indicator, version: Whole(2), dimension, from_code: code(from), to_code: code(to), relation, share }
    }

    #[test]
    fn categories_are_renamed_merged_and_split() {
        let snapshot = Build::default()
            .with(definition("I", 1, date(2014, 1, 1), ChangeClass::Major))
            .with(definition("I", 2, date(2016, 1, 1), ChangeClass::Major))
            .with(mapping("kid", "child", MappingRelation::Rename, None))
            .with(mapping("adult", "15-64", MappingRelation::Split, Some(0.9)))
            .with(mapping("adult", "65+", MappingRelation::Split, Some(0.1)))
            .freeze();
        let versions = &versions(&snapshot.records)["I"];
        assert_eq!(version_at(versions, Period::year(2015)), 0);
        assert_eq!(version_at(versions, Period::years(2015, 2016)), 1);
        let see = |text| {
            let seen = seen_from(versions, 0, 1, &group(text));
            seen.into_iter().map(|s| (s.group.to_string(), s.part, s.mapped)).collect::<Vec<_>>()
        };
        assert_eq!(see("age=kid"), [("age=child".to_owned(), 1.0, Mapped::Converted)]);
        assert_eq!(
            see("age=adult"),
            [("age=15-64".to_owned(), 0.9, Mapped::Estimated), ("age=65+".to_owned(), 0.1, Mapped::Estimated)]
        );
        assert_eq!(see("sex=male"), [("sex=male".to_owned(), 1.0, Mapped::AsIs)]);
    }

    #[test]
    fn a_major_change_without_mapping_joins_nothing() {
        let snapshot = Build::default()
            .with(definition("I", 1, date(2014, 1, 1), ChangeClass::Major))
            .with(definition("I", 2, date(2016, 1, 1), ChangeClass::Major))
            .freeze();
        let versions = &versions(&snapshot.records)["I"];
        assert_eq!(seen_from(versions, 0, 1, &group(""))[0].mapped, Mapped::Unmapped);
        assert_eq!(seen_from(versions, 1, 1, &group(""))[0].mapped, Mapped::AsIs);
    }
}
