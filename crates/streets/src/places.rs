//! Access to any set of places: who lives within so many metres of a school, a clinic, a market.

use crate::{
    access::{distances_m, share_percent},
    city::{name_of, read_layer},
    error::StreetsError,
    field::{Field, Serving, Source},
    network::{SnapIndex, Snapped},
    osm::{AreaRule, TagMatch, areas, points},
    progress::Progress,
    tables::{Population, Refused, Table, place_of},
};
use geo::Centroid;
use serde::Serialize;
use std::{fs::File, path::Path};

/// A place to walk to.
#[derive(Debug, Clone, PartialEq)]
pub struct Destination {
    /// What it is called in its source.
    pub id: String,
    /// Longitude and latitude in degrees.
    pub place: [f64; 2],
}

/// Places of one source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Destinations {
    /// The places, in the order of the source.
    pub places: Vec<Destination>,
    /// Rows that were left out.
    pub refused: Vec<Refused>,
}

impl Destinations {
    /// Reads places from CSV (`lon`, `lat`, perhaps `id`), or from any file of shapes in degrees: points as they are, of other
    /// shapes the centroid.
    pub fn read(path: &Path) -> Result<Self, StreetsError> {
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
            Self::read_csv(path)
        } else {
            Self::read_shapes(path)
        }
    }

    fn read_csv(path: &Path) -> Result<Self, StreetsError> {
        let file = File::open(path).map_err(|e| StreetsError::io(path, e))?;
        let mut table = Table::open(&path.display().to_string(), file)?;
        let (lon, lat) = (table.column("lon")?, table.column("lat")?);
        let mut found = Self::default();
        while table.advance()? {
            let name = table.name();
            match place_of(&table, lon, lat) {
                Ok(place) => found.places.push(Destination { id: name, place }),
                Err(why) => found.refused.push(table.refuse(&name, why)),
            }
        }
        Ok(found)
    }

    fn read_shapes(path: &Path) -> Result<Self, StreetsError> {
        let layer = read_layer(path)?;
        let id = layer.fields.iter().position(|field| field.name == "id");
        let mut found = Self::default();
        for feature in &layer.features {
            let name = name_of(feature, id);
            match feature.shape.as_ref().and_then(Centroid::centroid) {
                Some(at) => found.places.push(Destination { id: name, place: [at.x(), at.y()] }),
                None => found.refused.push(Refused {
                    file: path.display().to_string(),
                    line: 0,
                    id: name,
                    why: "the feature has no shape".into(),
                }),
            }
        }
        Ok(found)
    }

    /// Places of an extract that have one of some tags: nodes, and the centroids of areas.
    pub fn of_osm(path: &Path, tags: &[TagMatch], progress: Progress<'_>) -> Result<Self, StreetsError> {
        let nodes = points(path, tags, progress)?;
        let mut places: Vec<Destination> =
            nodes.into_iter().map(|point| Destination { id: point.id, place: point.place }).collect();
        let rule = AreaRule { any: tags.iter().map(|tag| vec![tag.clone()]).collect(), none: Vec::new() };
        let (found, _) = areas(path, &rule, progress)?;
        places.extend(found.into_iter().filter_map(|area| {
            let at = area.shape.centroid()?;
            Some(Destination { id: area.id, place: [at.x(), at.y()] })
        }));
        Ok(Self { places, refused: Vec::new() })
    }
}

/// Walking distances to the nearest of some places.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceAccess {
    /// Distance of each cell in metres; infinite where none is within the limit.
    pub distances_m: Vec<f64>,
    /// Which place is the nearest, by its number in the list; of equals the lowest.
    pub nearest: Vec<Option<u32>>,
}

/// Share of a group within a threshold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WithinShare {
    /// The group.
    pub group: String,
    /// Threshold in metres.
    pub within_m: f64,
    /// Percent; `None`: unknown.
    pub percent: Option<f64>,
}

impl PlaceAccess {
    /// Walks from the places to cells that stand on the network, `limit_m` at most. Places are connected as in `edge-v1`.
    pub fn of(
        index: &SnapIndex<'_>,
        places: &[Destination],
        cells: &[Option<Snapped>],
        limit_m: f64,
        progress: Progress<'_>,
    ) -> Result<Self, StreetsError> {
        let at: Vec<[f64; 2]> = places.iter().map(|place| place.place).collect();
        let snapped = index.edges(&at, f64::INFINITY);
        // A network without edges takes none; the numbers of the others stay those of the list.
        let sources: Vec<Source> = snapped.iter().flatten().copied().map(Source::Beside).collect();
        let graph = &index.network().graph;
        let field = Field::search(graph, &sources, limit_m, Serving::Keep, progress)?;
        let nearest = cells.iter().map(|cell| cell.and_then(|cell| field.serving(graph, &cell))).collect();
        Ok(Self { distances_m: distances_m(index, &field, cells), nearest })
    }

    /// Shares of every group within each of some thresholds, group by group.
    pub fn shares(&self, population: &Population, thresholds_m: &[f64]) -> Vec<WithinShare> {
        let of = |group: &crate::tables::PopulationGroup, within_m: f64| WithinShare {
            group: group.name.clone(),
            within_m,
            percent: share_percent(&group.people, |cell| self.distances_m[cell] <= within_m),
        };
        population.groups.iter().flat_map(|group| thresholds_m.iter().map(move |t| of(group, *t))).collect()
    }
}
