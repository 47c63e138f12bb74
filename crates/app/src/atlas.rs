//! The map of the world that the program carries, read once.

use std::sync::OnceLock;

use rust_embed::RustEmbed;
use shapes::World as WorldLayer;

/// Countries and boundary lines; `samples/world/README.md` names their source.
#[derive(RustEmbed)]
#[folder = "../../samples/world"]
struct Shipped;

/// How fine the lines of a map are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// 1:110 million: the world on a page.
    World,
    /// 1:50 million: a country or a region.
    Country,
}

/// The countries of the world and the lines between them; `None` where the package cannot be read, which is logged once.
pub fn atlas(scale: Scale) -> Option<&'static WorldLayer> {
    static WORLD: OnceLock<Option<WorldLayer>> = OnceLock::new();
    static COUNTRY: OnceLock<Option<WorldLayer>> = OnceLock::new();
    let (held, name) = match scale {
        Scale::World => (&WORLD, "world-110m.topo.json"),
        Scale::Country => (&COUNTRY, "world-50m.topo.json"),
    };
    held.get_or_init(|| read(name)).as_ref()
}

fn read(name: &str) -> Option<WorldLayer> {
    let file = Shipped::get(name)?;
    match WorldLayer::from_topojson(name, &file.data) {
        Ok(world) => Some(world),
        Err(fault) => {
            tracing::error!(file = name, error = fault.to_string(), "the map of the world cannot be read");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_carries_the_world_at_both_scales() {
        for scale in [Scale::World, Scale::Country] {
            let world = atlas(scale).expect("a package");
            assert!(world.countries.iter().any(|country| country.joins.as_deref() == Some("KEN")), "{scale:?}");
            assert!(world.boundaries.len() > 100 && !world.version.is_empty(), "{scale:?}");
        }
    }
}
