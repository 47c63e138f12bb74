//! Colours that people with any colour vision can tell apart.
//!
//! YlGnBu, Blues, YlOrBr, PuOr and BrBG: C. Brewer, M. Harrower, ColorBrewer (Apache 2.0). Cividis: J. Nuñez, C. Anderton,
//! R. Renslow (2018). The palette for kinds: M. Okabe, K. Ito (2008), without its black and yellow.

use super::Refusal;

/// A colour of sRGB, red in the highest byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u32);

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:06x}", self.0 & 0xff_ffff)
    }
}

/// What the order of the colours means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    /// From little to much, yellow over green to blue; the one to take.
    YellowGreenBlue,
    /// From little to much, also when printed in grey.
    Cividis,
    /// From little to much, blue only.
    Blues,
    /// From little to much, yellow to brown: beside a map in blues or yellow-green-blue.
    YellowBrown,
    /// To both sides of a middle that means something: orange and purple.
    OrangePurple,
    /// To both sides of a middle that means something: brown and teal.
    BrownTeal,
    /// Kinds without order.
    Kinds,
}

/// What is drawn where there is no class: ground of the hatch, its lines, not applicable, outlines, water's edge.
pub(super) const NO_DATA: Colour = Colour(0xf2f2f2);
pub(super) const HATCH: Colour = Colour(0x8a8a8a);
/// Land that is only there to tell where: points must stand out on it.
pub(super) const GROUND: Colour = Colour(0xf4f4f1);
pub(super) const BLANK: Colour = Colour(0xffffff);
pub(super) const OUTLINE: Colour = Colour(0x666666);
/// Text; 15:1 on white.
pub(super) const INK: Colour = Colour(0x222222);

impl Palette {
    /// All palettes.
    pub const ALL: [Self; 7] = [
        Self::YellowGreenBlue,
        Self::Cividis,
        Self::Blues,
        Self::YellowBrown,
        Self::OrangePurple,
        Self::BrownTeal,
        Self::Kinds,
    ];

    /// Its colours in order, as many as it has for five classes.
    fn five(self) -> &'static [u32] {
        match self {
            Self::YellowGreenBlue => &[0xffffcc, 0xa1dab4, 0x41b6c4, 0x2c7fb8, 0x253494],
            Self::Cividis => &[0xfee838, 0xbcaf6f, 0x7d7c78, 0x434e6c, 0x00224e],
            Self::Blues => &[0xeff3ff, 0xbdd7e7, 0x6baed6, 0x3182bd, 0x08519c],
            Self::YellowBrown => &[0xffffd4, 0xfed98e, 0xfe9929, 0xd95f0e, 0x993404],
            Self::OrangePurple => &[0xe66101, 0xfdb863, 0xf7f7f7, 0xb2abd2, 0x5e3c99],
            Self::BrownTeal => &[0xa6611a, 0xdfc27d, 0xf5f5f5, 0x80cdc1, 0x018571],
            Self::Kinds => &[0xe69f00, 0x56b4e9, 0x009e73, 0xcc79a7, 0x0072b2, 0xd55e00],
        }
    }

    /// The colours of so many classes.
    ///
    /// Errors: more than the palette has: seven for yellow-green-blue (on screen only, its neighbours come close),
    /// six for kinds, five for the others.
    pub fn colours(self, n_classes: usize) -> Result<Vec<Colour>, Refusal> {
        let all = self.five();
        let of = |colours: &[u32]| colours.iter().map(|colour| Colour(*colour)).collect();
        Ok(match (self, n_classes) {
            (Self::YellowGreenBlue, 6) => of(&[0xffffcc, 0xc7e9b4, 0x7fcdbb, 0x41b6c4, 0x2c7fb8, 0x253494]),
            (Self::YellowGreenBlue, 7) => of(&[0xffffcc, 0xc7e9b4, 0x7fcdbb, 0x41b6c4, 0x1d91c0, 0x225ea8, 0x0c2c84]),
            (_, n) if n > all.len() => return Err(Refusal::TooManyClasses { asked: n, most: all.len() }),
            (Self::Kinds, n) => of(all.get(..n).unwrap_or_default()),
            (_, 0) => Vec::new(),
            // One class takes the middle: the ends would say little or much.
            (_, 1) => of(all.get(2..3).unwrap_or_default()),
            // Spread over the whole, ends included.
            (_, n) => (0..n)
                .filter_map(|at| all.get((at * (all.len() - 1) + (n - 1) / 2) / (n - 1)))
                .map(|c| Colour(*c))
                .collect(),
        })
    }
}
