//! How different colours look, also to people who see fewer of them.
//!
//! Difference: CAM02-UCS (M. R. Luo, G. Cui, C. Li, 2006) on CIECAM02 in the surround of sRGB. Colour vision:
//! G. M. Machado, M. M. Oliveira, L. A. F. Fernandes (2009), full severity.

use super::Colour;

/// Colour vision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vision {
    /// Of most people.
    Full,
    /// Without the cones for red.
    Protan,
    /// Without the cones for green.
    Deutan,
    /// Without the cones for blue.
    Tritan,
}

impl Vision {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Full, Self::Protan, Self::Deutan, Self::Tritan];
}

type Triple = [f64; 3];
type Matrix = [Triple; 3];

/// The difference of the two most alike neighbours in a row of colours; infinite for fewer than two.
///
/// Below 9 classes are mistaken for each other.
pub fn least_difference(colours: &[Colour], vision: Vision) -> f64 {
    let pairs =
        colours.windows(2).map(|pair| if let [a, b] = pair { difference(*a, *b, vision) } else { f64::INFINITY });
    pairs.fold(f64::INFINITY, f64::min)
}

/// The difference of the two most alike of all colours, for kinds without order.
pub fn least_difference_of_all(colours: &[Colour], vision: Vision) -> f64 {
    let pairs = colours
        .iter()
        .enumerate()
        .flat_map(|(at, one)| colours.iter().skip(at + 1).map(move |other| difference(*one, *other, vision)));
    pairs.fold(f64::INFINITY, f64::min)
}

/// The difference of two colours.
pub fn difference(one: Colour, other: Colour, vision: Vision) -> f64 {
    let (a, b) = (appearance(one, vision), appearance(other, vision));
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// The contrast of two colours as WCAG 2 defines it, from 1 to 21.
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |colour| {
        let [r, g, b] = linear(colour);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Linear light of a colour, 0 to 1.
fn linear(colour: Colour) -> Triple {
    [16, 8, 0].map(|shift| {
        let level = f64::from((colour.0 >> shift) & 0xff) / 255.0;
        if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
    })
}

fn times(matrix: &Matrix, [x, y, z]: Triple) -> Triple {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

/// Simulation of missing cones on linear light.
fn seen(light: Triple, vision: Vision) -> Triple {
    let matrix: Matrix = match vision {
        Vision::Full => return light,
        Vision::Protan => {
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
        }
        Vision::Deutan => {
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
        }
        Vision::Tritan => {
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
        }
    };
    times(&matrix, light).map(|level| level.clamp(0.0, 1.0))
}

const XYZ: Matrix =
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];
const CAT02: Matrix = [[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]];
const CAT02_BACK: Matrix = [
    [1.096123820835514, -0.278869000218287, 0.182745179382773],
    [0.454369041975359, 0.473533154307412, 0.072097803717229],
    [-0.009627608738429, -0.005698031216113, 1.015325639954543],
];
const HPE: Matrix = [[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0.0, 0.0, 1.0]];

/// Lightness and two opponent axes of CAM02-UCS.
fn appearance(colour: Colour, vision: Vision) -> Triple {
    // White of D65, a background of 20 %, 64 lux of light around, an average surround.
    const WHITE: Triple = [95.047, 100.0, 108.883];
    let (adapting, background, f, c, n_c) = (64.0 / std::f64::consts::PI / 5.0, 20.0, 1.0, 0.69, 1.0);
    let k = 1.0 / (5.0 * adapting + 1.0);
    let k4 = f64::powi(k, 4);
    let f_l = 0.2 * k4 * (5.0 * adapting) + 0.1 * (1.0 - k4).powi(2) * f64::cbrt(5.0 * adapting);
    let n = background / WHITE[1];
    let n_bb = 0.725 * f64::powf(1.0 / n, 0.2);
    let z = 1.48 + f64::sqrt(n);
    let d: f64 = f * (1.0 - (1.0 / 3.6) * f64::exp((-adapting - 42.0) / 92.0));
    let white_rgb = times(&CAT02, WHITE);
    let adapt = |xyz: Triple| {
        let [r, g, b] = times(&CAT02, xyz);
        let [wr, wg, wb] = white_rgb;
        let adapted = [(r, wr), (g, wg), (b, wb)].map(|(level, white)| (WHITE[1] * d / white + 1.0 - d) * level);
        times(&HPE, times(&CAT02_BACK, adapted)).map(|level| {
            let t = (f_l * level.abs() / 100.0).powf(0.42);
            level.signum() * 400.0 * t / (t + 27.13) + 0.1
        })
    };
    let achromatic = |[r, g, b]: Triple| (2.0 * r + g + b / 20.0 - 0.305) * n_bb;
    let xyz = times(&XYZ, seen(linear(colour), vision)).map(|level| level * 100.0);
    let response = adapt(xyz);
    let [r, g, b] = response;
    let (red_green, yellow_blue) = (r - 12.0 * g / 11.0 + b / 11.0, (r + g - 2.0 * b) / 9.0);
    let hue = yellow_blue.atan2(red_green);
    let e_t = (f64::cos(hue + 2.0) + 3.8) / 4.0;
    let j = 100.0 * (achromatic(response) / achromatic(adapt(WHITE))).max(0.0).powf(c * z);
    let t = 50_000.0 / 13.0 * n_c * n_bb * e_t * red_green.hypot(yellow_blue) / (r + g + 21.0 / 20.0 * b);
    let chroma = t.powf(0.9) * (j / 100.0).sqrt() * (1.64 - f64::powf(0.29, n)).powf(0.73);
    let colourfulness = chroma * f_l.powf(0.25);
    let m = (1.0 + 0.0228 * colourfulness).ln() / 0.0228;
    [1.7 * j / (1.0 + 0.007 * j), m * hue.cos(), m * hue.sin()]
}

#[cfg(test)]
mod tests {
    use super::{super::Palette, *};

    #[test]
    fn neighbours_of_all_palettes_differ_for_everybody() {
        for palette in Palette::ALL {
            let n = if palette == Palette::Kinds { 6 } else { 5 };
            for n in 2..=n {
                let colours = palette.colours(n).unwrap();
                assert_eq!(colours.len(), n);
                for vision in Vision::ALL {
                    let least = if palette == Palette::Kinds {
                        least_difference_of_all(&colours, vision)
                    } else {
                        least_difference(&colours, vision)
                    };
                    assert!(least >= 9.0, "{palette:?} {n} {vision:?}: {least}");
                }
            }
        }
    }

    #[test]
    fn differences_are_those_published_for_the_palettes() {
        // Least difference between neighbours: full, deutan, protan, tritan.
        for (palette, expected) in [
            (Palette::YellowGreenBlue, [20.5, 16.2, 12.8, 15.8]),
            (Palette::Cividis, [20.2, 20.1, 19.3, 17.0]),
            (Palette::Blues, [12.3, 11.2, 9.7, 13.2]),
            (Palette::YellowBrown, [13.4, 12.0, 13.3, 14.6]),
            (Palette::OrangePurple, [25.3, 20.3, 26.3, 23.4]),
            (Palette::BrownTeal, [24.5, 19.1, 15.4, 21.0]),
        ] {
            let colours = palette.colours(5).unwrap();
            let visions = [Vision::Full, Vision::Deutan, Vision::Protan, Vision::Tritan];
            for (vision, expected) in visions.into_iter().zip(expected) {
                let found = least_difference(&colours, vision);
                assert!((found - expected).abs() < 0.15, "{palette:?} {vision:?}: {found} {expected}");
            }
        }
        let traffic_light = [0xd7191c, 0xfdae61, 0xffffbf, 0xa6d96a, 0x1a9641].map(Colour);
        assert!((least_difference_of_all(&traffic_light, Vision::Deutan) - 2.4).abs() < 0.1);
    }

    #[test]
    fn text_can_be_read() {
        use super::super::palette::{BLANK, INK, OUTLINE};
        assert!(contrast(INK, BLANK) > 4.5);
        assert!(contrast(OUTLINE, BLANK) > 3.0);
        assert!((contrast(Colour(0), Colour(0xffffff)) - 21.0).abs() < 1e-9);
    }
}
