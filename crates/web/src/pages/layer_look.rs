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
        ("suburban", _) => (Colour(0xc0a0e0), 3.0),
        ("rural_cluster", _) => (Colour(0x705050), 3.0),
        ("cells", "high") => (Colour(0x41b6c4), 3.0),
        ("cells", _) => (Colour(0xfdb863), 3.0),
        // Stops lie above people: small enough to leave them in sight.
        ("stops", "high") => (Colour(0x000000), 3.0),
        ("stops", _) => (Colour(0x995577), 1.5),
        ("open_space", _) => (Colour(0x779977), 1.0),
        ("served", _) => (Colour(0x5e3c99), 2.0),
        ("boundaries", kind) => {
            let width = if is_dashed(layer, kind) { 1.2 } else { 2.0 };
            (kind.split('-').next().map_or(Colour(0x111111), boundary_colour), width)
        }
        ("land", class) => {
            // The degree of urbanisation has the blues.
            let colours = Palette::YellowBrown.colours(5).unwrap_or_default();
            let at: usize = class.strip_prefix('c').and_then(|at| at.parse().ok()).unwrap_or(4);
            (colours.get(at).or(colours.last()).copied().unwrap_or(NO_DATA), 1.0)
        }
        _ => (Colour(0x222222), 2.0),
    }
}

/// The colour of a boundary's line by what the place is bounded by.
fn boundary_colour(definition: &str) -> Colour {
    match definition {
        "degree_of_urbanisation" => Colour(0x8a1c7c),
        "built_up" => Colour(0xa6611a),
        "functional" => Colour(0x1f6f8b),
        "statistical" => Colour(0x2e7d32),
        "settlement" => Colour(0xb5382f),
        _ => Colour(0x111111),
    }
}

/// Whether the line of a class is broken: boundaries that are not in force any more.
pub(crate) fn is_dashed(layer: &str, value: &str) -> bool {
    layer == "boundaries" && value.ends_with("-then")
}

#[cfg(test)]
mod tests {
    use shapes::draw::{Vision, difference};

    use super::*;

    const AREAS: [(&str, &[&str]); 7] = [
        ("urban_centre", &["30"]),
        ("dense_urban_cluster", &["23"]),
        ("semi_dense_urban_cluster", &["22"]),
        ("suburban", &["21"]),
        ("rural_cluster", &["13"]),
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

    #[test]
    fn lines_of_boundaries_differ_by_definition_and_age() {
        let lines: Vec<(String, Colour)> = model::kinds::BoundaryDefinition::ALL
            .iter()
            .map(|of| (of.as_str().to_owned(), look("boundaries", &format!("{}-now", of.as_str())).0))
            .collect();
        for (at, (one, a)) in lines.iter().enumerate() {
            for (other, b) in lines.iter().skip(at + 1) {
                assert!(Vision::ALL.iter().any(|vision| difference(*a, *b, *vision) >= 9.0), "{one} and {other}");
            }
        }
        assert!(is_dashed("boundaries", "administrative-then") && !is_dashed("boundaries", "administrative-now"));
    }
}
