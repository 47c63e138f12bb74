//! The map of the world: the one that the program carries, or the package that the organisation installed in its place.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use rust_embed::RustEmbed;
use shapes::{Fault, World as WorldLayer};

use crate::error::AppError;

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

impl Scale {
    /// The name of its file without the ending.
    fn stem(self) -> &'static str {
        match self {
            Scale::World => "world-110m",
            Scale::Country => "world-50m",
        }
    }
}

/// Another map of the world in place of the one that the program carries.
#[derive(Clone, Debug)]
pub struct WorldPackage {
    world: WorldLayer,
    /// None where one file serves both scales.
    country: Option<WorldLayer>,
}

impl WorldPackage {
    /// What its files say of their edition.
    pub fn version(&self) -> &str {
        &self.world.version
    }

    /// How many areas it has, and how many of them are of a country whose figures they can show.
    pub fn n_areas(&self) -> (usize, usize) {
        let countries = &self.world.countries;
        (countries.len(), countries.iter().filter(|country| country.joins.is_some()).count())
    }
}

/// Endings of the files of a package, in the order in which they are looked for.
const ENDINGS: [&str; 4] = ["topo.json", "topojson", "json", "gpkg"];

/// Reads a package: one file for both scales, or a folder with `world-110m` and `world-50m`, each as TopoJSON or GeoPackage. A folder
/// may have one of the two.
///
/// Errors: no such file or folder, a folder without either file, and all that [`WorldLayer::read_package`] finds, with file,
/// layer and feature.
pub fn read_world(path: &Path) -> Result<WorldPackage, Fault> {
    if !path.is_dir() {
        return Ok(WorldPackage { world: WorldLayer::read_package(path)?, country: None });
    }
    let file = |scale: Scale| -> Option<PathBuf> {
        ENDINGS.iter().map(|ending| path.join(format!("{}.{ending}", scale.stem()))).find(|file| file.is_file())
    };
    let read = |scale: Scale| file(scale).map(|file| WorldLayer::read_package(&file)).transpose();
    match (read(Scale::World)?, read(Scale::Country)?) {
        (Some(world), country) => Ok(WorldPackage { world, country }),
        (None, Some(only)) => Ok(WorldPackage { world: only, country: None }),
        (None, None) => Err(Fault::Unrecognised {
            file: path.display().to_string(),
            found: format!("a folder with neither {} nor {}", Scale::World.stem(), Scale::Country.stem()),
        }),
    }
}

/// Reads a package (see [`read_world`]) and draws all maps of this process on it from now on; gives its version. Called before the
/// first map is drawn.
///
/// Errors: what is wrong with the package, by layer and feature; a process that has one already.
pub fn install_world_at(path: &Path) -> Result<String, AppError> {
    let wrong = |detail: String| AppError::File { path: path.to_owned(), detail };
    let package = read_world(path).map_err(|found| wrong(found.to_string()))?;
    let version = package.world.version.clone();
    install_world(package).map_err(|_| wrong("another map of the world is in use".to_owned()))?;
    Ok(version)
}

static INSTALLED: OnceLock<WorldPackage> = OnceLock::new();

/// Draws all maps of this process on another package from now on. Called once, before the first map is drawn.
///
/// Errors: the package back, when there is one already.
fn install_world(package: WorldPackage) -> Result<(), Box<WorldPackage>> {
    INSTALLED.set(package).map_err(Box::new)
}

/// The countries of the world and the lines between them; `None` where the package cannot be read, which is logged once.
pub fn atlas(scale: Scale) -> Option<&'static WorldLayer> {
    static WORLD: OnceLock<Option<WorldLayer>> = OnceLock::new();
    static COUNTRY: OnceLock<Option<WorldLayer>> = OnceLock::new();
    if let Some(WorldPackage { world, country }) = INSTALLED.get() {
        return Some(match scale {
            Scale::World => world,
            Scale::Country => country.as_ref().unwrap_or(world),
        });
    }
    let held = match scale {
        Scale::World => &WORLD,
        Scale::Country => &COUNTRY,
    };
    held.get_or_init(|| shipped(&format!("{}.topo.json", scale.stem()))).as_ref()
}

fn shipped(name: &str) -> Option<WorldLayer> {
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

    #[test]
    fn a_package_is_a_file_or_a_folder_of_two() {
        let shipped = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/world"));
        let both = read_world(shipped).expect("the shipped folder is a package too");
        assert!(both.version().contains("1:110m"));
        assert!(both.n_areas().0 >= both.n_areas().1 && both.n_areas().1 > 150, "{:?}", both.n_areas());
        assert!(both.country.is_some_and(|country| country.version.contains("1:50m")));
        let one = read_world(&shipped.join("world-50m.topo.json")).expect("one file for both scales");
        assert!(one.world.version.contains("1:50m") && one.country.is_none());
        let folder = tempfile::tempdir().expect("a folder");
        let empty = read_world(folder.path()).expect_err("nothing in it").to_string();
        assert!(empty.contains("neither world-110m nor world-50m"), "{empty}");
        let missing = read_world(&folder.path().join("official.gpkg")).expect_err("no file").to_string();
        assert!(missing.contains("official.gpkg"), "{missing}");
    }
}
