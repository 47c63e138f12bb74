//! The colours of layers on maps of cities and countries. Layers of several analyses lie on one map, so no two areas that can meet
//! there look alike, to anybody: a test compares them.

use shapes::draw::{Colour, Palette};

/// Areas are drawn this much over what lies below.
pub(crate) const OPACITY: f64 = 0.85;
/// What has no value, under its hatch.
pub(crate) const NO_DATA: Colour = Colour(0xf2f2f2);

/// How a class of a layer looks: its colour, and the radius or width in pixels.
pub(crate) fn look(layer: &str, value: &str) -> (Colour, f64) {
    match (layer, value) {
        ("urban_centre", _) | ("cells", "both") => (Colour(0x253494), 3.0),
        ("dense_urban_cluster", _) | ("cells", "low") => (Colour(0x2c7fb8), 3.0),
        ("semi_dense_urban_cluster", _) => (Colour(0x7fcdbb), 3.0),
        ("cells", "high") => (Colour(0x41b6c4), 3.0),
        ("cells", _) => (Colour(0xfdb863), 3.0),
        ("stops", "high") => (Colour(0x000000), 6.0),
        ("stops", _) => (Colour(0x995577), 3.0),
        ("open_space", _) => (Colour(0x779977), 1.0),
        ("served", _) => (Colour(0x5e3c99), 2.0),
        ("boundaries", "now") => (Colour(0x111111), 2.0),
        ("boundaries", _) => (Colour(0x7a7a7a), 1.2),
        ("land", class) => {
            // The degree of urbanisation has the blues.
            let colours = Palette::YellowBrown.colours(5).unwrap_or_default();
            let at: usize = class.strip_prefix('c').and_then(|at| at.parse().ok()).unwrap_or(4);
            (colours.get(at).or(colours.last()).copied().unwrap_or(NO_DATA), 1.0)
        }
        _ => (Colour(0x222222), 2.0),
    }
}

#[cfg(test)]
mod tests {
    use shapes::draw::{Vision, difference};

    use super::*;

    const AREAS: [(&str, &[&str]); 5] = [
        ("urban_centre", &["30"]),
        ("dense_urban_cluster", &["23"]),
        ("semi_dense_urban_cluster", &["22"]),
        ("land", &["c0", "c1", "c2", "c3", "c4"]),
        ("open_space", &["all"]),
    ];
    const POINTS: [(&str, &[&str]); 2] = [("cells", &["both", "low", "high", "none"]), ("stops", &["high", "low"])];

    fn all(layers: &[(&'static str, &'static [&'static str])]) -> Vec<(String, Colour)> {
        let of = |(layer, values): &(&'static str, &'static [&'static str])| {
            values.iter().map(|value| (format!("{layer} {value}"), look(layer, value).0)).collect::<Vec<_>>()
        };
        layers.iter().flat_map(of).collect()
    }

    /// A colour as it is seen over another one.
    fn over(colour: Colour, ground: Colour) -> Colour {
        let mix = |shift: u32| {
            let level = |of: Colour| f64::from((of.0 >> shift) & 0xff);
            ((OPACITY * level(colour) + (1.0 - OPACITY) * level(ground)).round() as u32) << shift
        };
        Colour(mix(16) | mix(8) | mix(0))
    }

    fn differ(colours: &[(String, Colour)]) {
        for (at, (one, a)) in colours.iter().enumerate() {
            for (other, b) in colours.iter().skip(at + 1) {
                for vision in Vision::ALL {
                    let found = difference(*a, *b, vision);
                    assert!(found >= 9.0, "{one} and {other} to {vision:?}: {found}");
                }
            }
        }
    }

    #[test]
    fn areas_of_all_analyses_differ_on_one_map() {
        // On the country that a map is about, on its neighbours, and where there is no land below.
        for ground in [Colour(0xfffdf5), Colour(0xecece6), Colour(0xffffff)] {
            let areas = all(&AREAS).into_iter().map(|(name, colour)| (name, over(colour, ground)));
            // What has no value is told from all of them too, besides its hatch.
            differ(&areas.collect::<Vec<_>>());
        }
        differ(&all(&AREAS));
    }

    #[test]
    fn points_differ_on_one_map() {
        differ(&all(&POINTS));
    }
}
