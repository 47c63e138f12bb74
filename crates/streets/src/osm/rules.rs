//! Which ways are walked (`walk-v1`), which are streets and how wide (`street-v1`).

use super::{Fault, block::Tags};
use serde::{Deserialize, Serialize};

/// The tags of a way that decide, as they are written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WayTags<'a> {
    pub highway: &'a [u8],
    foot: Option<&'a [u8]>,
    access: Option<&'a [u8]>,
    service: &'a [u8],
    motorroad: &'a [u8],
    area: &'a [u8],
    width: &'a [u8],
    oneway: &'a [u8],
    junction: &'a [u8],
}

impl<'a> WayTags<'a> {
    /// Picks them; the first of a repeated key counts.
    pub fn of(mut tags: Tags<'a, '_>) -> Result<Self, Fault> {
        let mut way = Self::default();
        while let Some((key, value)) = tags.next()? {
            match key {
                b"highway" => way.highway = value,
                b"foot" => way.foot = Some(value),
                b"access" => way.access = Some(value),
                b"service" => way.service = value,
                b"motorroad" => way.motorroad = value,
                b"area" => way.area = value,
                b"width" => way.width = value,
                b"oneway" => way.oneway = value,
                b"junction" => way.junction = value,
                _ => {}
            }
        }
        Ok(way)
    }

    /// Whether people walk on it.
    pub fn is_walked(&self) -> bool {
        let known = matches!(
            self.highway,
            b"trunk"
                | b"primary"
                | b"secondary"
                | b"tertiary"
                | b"trunk_link"
                | b"primary_link"
                | b"secondary_link"
                | b"tertiary_link"
                | b"unclassified"
                | b"residential"
                | b"living_street"
                | b"service"
                | b"pedestrian"
                | b"footway"
                | b"path"
                | b"steps"
                | b"track"
                | b"road"
                | b"corridor"
                | b"bridleway"
                | b"cycleway"
        );
        let barred = match self.foot {
            Some(foot) => matches!(foot, b"no" | b"private" | b"use_sidepath"),
            None => self.is_closed(),
        };
        let of_others = matches!(self.highway, b"cycleway" | b"bridleway")
            && !matches!(self.foot, Some(b"yes" | b"designated" | b"permissive" | b"official" | b"public"));
        let fast = matches!(self.highway, b"trunk" | b"trunk_link") && self.motorroad == b"yes";
        known && self.area != b"yes" && !barred && self.service != b"private" && !fast && !of_others
    }

    /// What it is as a street; `None` when it is none.
    pub fn street(&self) -> Option<StreetTraits> {
        let class = StreetClass::of(self.highway)?;
        if self.area == b"yes" || self.is_closed() {
            return None;
        }
        let oneway = matches!(self.oneway, b"yes" | b"1" | b"true" | b"-1" | b"reverse")
            // Motorways and roundabouts are one-way without saying so.
            || (self.oneway != b"no" && (class == StreetClass::Motorway || self.junction == b"roundabout"));
        Some(StreetTraits { class, tagged_width_m: width_m(self.width), oneway })
    }

    fn is_closed(&self) -> bool {
        matches!(self.access, Some(b"no" | b"private"))
    }
}

/// The classes of `street-v1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are those of the key `highway` in OpenStreetMap")]
pub enum StreetClass {
    Motorway,
    Trunk,
    Primary,
    Secondary,
    Tertiary,
    Unclassified,
    Residential,
    Road,
    Pedestrian,
    LivingStreet,
    Busway,
    /// A slip road of any class.
    Link,
}

impl StreetClass {
    fn of(highway: &[u8]) -> Option<Self> {
        Some(match highway {
            b"motorway" => Self::Motorway,
            b"trunk" => Self::Trunk,
            b"primary" => Self::Primary,
            b"secondary" => Self::Secondary,
            b"tertiary" => Self::Tertiary,
            b"unclassified" => Self::Unclassified,
            b"residential" => Self::Residential,
            b"road" => Self::Road,
            b"pedestrian" => Self::Pedestrian,
            b"living_street" => Self::LivingStreet,
            b"busway" => Self::Busway,
            b"motorway_link" | b"trunk_link" | b"primary_link" | b"secondary_link" | b"tertiary_link" => Self::Link,
            _ => return None,
        })
    }
}

/// What a street is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StreetTraits {
    /// Its class.
    pub class: StreetClass,
    /// The width that its tag gives, in metres, where it is a plain number between 1 and 80.
    pub tagged_width_m: Option<f64>,
    /// Whether traffic goes one way only.
    pub oneway: bool,
}

/// One row of the table of widths.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClassRow {
    /// The class.
    pub class: StreetClass,
    /// Its width with pavements, in metres.
    pub width_m: f64,
}

/// Widths of streets that have no usable tag, by class, in metres.
///
/// The metadata of SDG 11.7.1 asks for local widths, sampled by class; [`WidthTable::default_of_method`] holds ours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WidthTable(pub Vec<ClassRow>);

impl WidthTable {
    /// The widths of the method `street-v1`.
    pub fn default_of_method() -> Self {
        use StreetClass::*;
        let rows = [
            (Motorway, 24.0),
            (Trunk, 22.0),
            (Primary, 18.0),
            (Secondary, 15.0),
            (Tertiary, 12.0),
            (Unclassified, 9.0),
            (Residential, 9.0),
            (Road, 9.0),
            (Pedestrian, 8.0),
            (LivingStreet, 7.0),
            (Busway, 7.0),
            (Link, 8.0),
        ];
        Self(rows.map(|(class, width_m)| ClassRow { class, width_m }).to_vec())
    }

    /// The width of a street in metres: its tag, else that of its class, else that of the method.
    pub fn width_m(&self, street: &StreetTraits) -> f64 {
        let of = |rows: &[ClassRow]| rows.iter().find(|row| row.class == street.class).map(|row| row.width_m);
        let by_class = || of(&self.0).or_else(|| of(&Self::default_of_method().0));
        street.tagged_width_m.or_else(by_class).unwrap_or_default()
    }
}

/// A width tag in metres: digits with at most one point and perhaps an "m" behind, between 1 and 80.
pub(super) fn width_m(tag: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(tag).ok()?.trim();
    let number = text.strip_suffix('m').unwrap_or(text).trim_end();
    let plain = number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && number.bytes().filter(|b| *b == b'.').count() <= 1;
    let metres: f64 = if plain { number.parse().ok()? } else { return None };
    (1.0..=80.0).contains(&metres).then_some(metres)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_that_are_plain_numbers() {
        for (tag, metres) in [("7", 7.0), ("7.5", 7.5), ("7 m", 7.0), ("7m", 7.0), ("80", 80.0), ("1", 1.0)] {
            assert_eq!(width_m(tag.as_bytes()), Some(metres), "{tag}");
        }
        for tag in ["7,5", "narrow", "30'", "0.5", "120", "", "m", "1e1", "7.5.1", "-7", "7 mm", "inf", "NaN", "+7"] {
            assert_eq!(width_m(tag.as_bytes()), None, "{tag}");
        }
    }

    fn way(tags: &[(&str, &'static str)]) -> WayTags<'static> {
        let mut way = WayTags::default();
        for (key, value) in tags {
            let value = value.as_bytes();
            match *key {
                "highway" => way.highway = value,
                "foot" => way.foot = Some(value),
                "access" => way.access = Some(value),
                "service" => way.service = value,
                "motorroad" => way.motorroad = value,
                "area" => way.area = value,
                "oneway" => way.oneway = value,
                _ => unreachable!(),
            }
        }
        way
    }

    #[test]
    fn ways_that_are_walked() {
        for (tags, walked) in [
            (&[("highway", "residential")][..], true),
            (&[("highway", "motorway")], false),
            (&[("highway", "proposed")], false),
            (&[("highway", "pedestrian"), ("area", "yes")], false),
            (&[("highway", "footway"), ("foot", "no")], false),
            (&[("highway", "footway"), ("access", "private")], false),
            (&[("highway", "footway"), ("access", "private"), ("foot", "yes")], true),
            (&[("highway", "primary"), ("foot", "use_sidepath")], false),
            (&[("highway", "service"), ("service", "private")], false),
            (&[("highway", "service"), ("service", "driveway")], true),
            (&[("highway", "trunk")], true),
            (&[("highway", "trunk"), ("motorroad", "yes")], false),
            (&[("highway", "primary"), ("motorroad", "yes")], true),
            (&[("highway", "cycleway")], false),
            (&[("highway", "cycleway"), ("foot", "designated")], true),
            (&[("highway", "bridleway"), ("foot", "destination")], false),
        ] {
            assert_eq!(way(tags).is_walked(), walked, "{tags:?}");
        }
    }

    #[test]
    fn ways_that_are_streets() {
        assert_eq!(way(&[("highway", "footway")]).street(), None);
        assert_eq!(way(&[("highway", "primary"), ("access", "no")]).street(), None);
        // `foot` does not matter to a street.
        assert!(way(&[("highway", "primary"), ("foot", "no")]).street().is_some());
        let slip = way(&[("highway", "primary_link"), ("oneway", "yes")]).street();
        assert_eq!(slip, Some(StreetTraits { class: StreetClass::Link, tagged_width_m: None, oneway: true }));
        assert_eq!(slip.map(|s| WidthTable::default_of_method().width_m(&s)), Some(8.0));
    }
}
