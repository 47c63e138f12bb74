//! What takes longest of an evaluation, kept beside it, so that one that was interrupted goes on.

use geo::MultiPolygon;

/// Where served areas are kept by their name, in the plane of the city, metres. Drawing them takes longer than all else
/// together; who keeps them answers that they are of the same case.
pub trait Kept: Sync {
    /// The area that was drawn before; none where it was not.
    fn held(&self, name: &str) -> Option<MultiPolygon<f64>>;
    /// Keeps an area that was drawn. One that cannot be kept is drawn again the next time.
    fn keep(&self, name: &str, area: &MultiPolygon<f64>);
}

/// Nothing is kept.
pub struct Unkept;

impl Kept for Unkept {
    fn held(&self, _: &str) -> Option<MultiPolygon<f64>> {
        None
    }
    fn keep(&self, _: &str, _: &MultiPolygon<f64>) {}
}
