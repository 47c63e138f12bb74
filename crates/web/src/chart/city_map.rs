//! A map of a city or a country that moves: layers of shapes from addresses of ours, drawn by a script over a picture that says
//! the same and stays where there is no script.
//!
//! To add a layer to a page: give the address of its GeoJSON (longitude and latitude, each feature with `id`, `name` and where
//! known `value` and `link`), say what its features are, and which property decides the colour.

use askama::Template;
use serde::Serialize;
use shapes::{Extent, draw::Colour};

use crate::{html::Html, pages::map_table::MapTable, visit::Visit};

/// A map of layers.
#[derive(Clone, Debug)]
pub(crate) struct CityMap {
    /// What it shows.
    pub title: String,
    /// What is in view at first.
    pub bounds: Extent,
    /// The address of lands and boundaries under it; none for a map without them.
    pub lands: Option<String>,
    /// The country that the ground brings out.
    pub focus: Option<String>,
    /// The layers, the lowest first.
    pub layers: Vec<CityLayer>,
    /// Names of places, those that matter more first.
    pub names: Vec<NameOnMap>,
    /// Sources, always in view.
    pub attribution: Vec<String>,
    /// The organisation's words where boundaries between countries are in view.
    pub disclaimer: Option<String>,
    /// The same as pictures: on a desk and on a phone.
    pub svg: (Html, Html),
    /// The same as a table.
    pub table: Option<MapTable>,
    /// The same as files.
    pub files: MapFiles,
}

/// Where the files of a map lie.
#[derive(Clone, Debug, Default)]
pub(crate) struct MapFiles {
    /// The picture.
    pub svg: String,
    /// The table.
    pub csv: Option<String>,
    /// Each layer with its name (GeoJSON).
    pub layers: Vec<(String, String)>,
    /// The name of what the browser makes of the picture, without its ending.
    pub name: String,
}

/// A name on the map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct NameOnMap {
    /// Longitude and latitude.
    pub at: [f64; 2],
    /// In the reader's language.
    pub name: String,
    /// How far the place's sign reaches, pixels.
    pub gap: f64,
}

/// One layer, which can be switched off.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CityLayer {
    /// Letters and digits, unique in the map.
    pub id: String,
    /// Its name beside the check box.
    #[serde(skip)]
    pub title: String,
    /// What its features are.
    pub kind: LayerKind,
    /// The address of its GeoJSON.
    pub url: String,
    /// The property whose value is the class; empty where all features are of the first class.
    pub property: String,
    /// Its classes, in the order of the legend.
    pub classes: Vec<CityClass>,
    /// Whether its points lie close to each other, so that they are drawn smaller from afar.
    pub is_dense: bool,
    /// Whether it is on at first.
    pub is_on: bool,
}

/// What the features of a layer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LayerKind {
    /// Filled areas by class.
    Areas,
    /// The line around areas.
    Outline,
    /// Round points by class.
    Points,
}

/// One class of a layer.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CityClass {
    /// The value of the property.
    pub value: String,
    /// What it means.
    #[serde(skip)]
    pub label: String,
    /// Its colour.
    #[serde(serialize_with = "as_text")]
    pub colour: Colour,
    /// The radius of a point or the width of a line, in pixels.
    pub size: f64,
    /// Whether it is what has no data.
    pub is_hatched: bool,
    /// Whether its points are squares: another shape for what matters more, not only another colour.
    pub is_square: bool,
    /// Whether its line is broken.
    pub is_dashed: bool,
    /// How many features have it, where they were counted.
    #[serde(skip)]
    pub count: Option<usize>,
}

fn as_text<S: serde::Serializer>(colour: &Colour, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(colour)
}

/// What the script is told.
#[derive(Serialize)]
struct Spec<'a> {
    title: &'a str,
    bounds: [f64; 4],
    lands: Option<&'a str>,
    focus: Option<&'a str>,
    layers: &'a [CityLayer],
    names: &'a [NameOnMap],
    words: Words,
}

#[derive(Serialize)]
struct Words {
    kilometres: String,
    metres: String,
    open: String,
    wheel: String,
    mac: String,
    touch: String,
}

#[derive(Template)]
#[template(path = "part/city-map.html")]
struct Figure<'a> {
    map: &'a CityMap,
    spec: String,
    table: Html,
    say: &'a dyn Fn(&str) -> String,
}

impl Figure<'_> {
    fn word(&self, key: &str) -> String {
        (self.say)(key)
    }
    /// Where the rights of a source are, which its licence wants to be linked.
    fn rights(&self, line: &str) -> Option<&'static str> {
        line.contains("OpenStreetMap").then_some("https://www.openstreetmap.org/copyright")
    }
    /// The sign of a class in the legend, drawn because a policy without inline styles has no other way to give it a colour.
    fn sign(&self, layer: &CityLayer, class: &CityClass) -> Html {
        let (colour, size) = (class.colour, class.size.clamp(1.0, 9.0));
        let shape = match layer.kind {
            _ if class.is_hatched => concat!(
                r##"<path d="M1 3h20v14H1z" fill="#f2f2f2" stroke="#666" stroke-width=".5"/>"##,
                r##"<path d="M1 9l6-6M1 15l12-12M5 17l14-14M11 17l10-10M17 17l4-4" stroke="#8a8a8a" fill="none"/>"##
            )
            .to_owned(),
            LayerKind::Points if class.is_square => {
                let (x, y, side) = (11.0 - size, 10.0 - size, 2.0 * size);
                format!(r##"<rect x="{x}" y="{y}" width="{side}" height="{side}" fill="{colour}" stroke="#222"/>"##)
            }
            LayerKind::Points => format!(r##"<circle cx="11" cy="10" r="{size}" fill="{colour}" stroke="#222"/>"##),
            LayerKind::Areas => {
                format!(r##"<path d="M1 3h20v14H1z" fill="{colour}" stroke="#666" stroke-width=".5"/>"##)
            }
            LayerKind::Outline => {
                let dash = if class.is_dashed { r#" stroke-dasharray="4 2""# } else { "" };
                format!(r#"<path d="M1 10h20" stroke="{colour}" stroke-width="{size}"{dash}/>"#)
            }
        };
        Html(format!(
            r#"<svg class="swatch" viewBox="0 0 22 20" aria-hidden="true"><g class="map-fill">{shape}</g></svg>"#
        ))
    }
}

impl CityMap {
    /// The figure with its table and its files.
    pub fn figure(&self, v: &Visit) -> Html {
        let table = self.table.as_ref().map(|table| table.html(v)).unwrap_or_default();
        self.figure_with(table, &|key| v.say(key))
    }

    /// The figure. `say` gives a sentence by its key.
    fn figure_with(&self, table: Html, say: &dyn Fn(&str) -> String) -> Html {
        let Extent { west, south, east, north } = self.bounds;
        let spec = Spec {
            title: &self.title,
            bounds: [west, south, east, north],
            lands: self.lands.as_deref(),
            focus: self.focus.as_deref(),
            layers: &self.layers,
            names: &self.names,
            words: Words {
                kilometres: say("map-kilometres"),
                metres: say("map-metres"),
                open: say("map-open"),
                wheel: say("map-gestures-wheel"),
                mac: say("map-gestures-mac"),
                touch: say("map-gestures-touch"),
            },
        };
        let spec = serde_json::to_string(&spec).unwrap_or_default();
        Html(Figure { map: self, spec, table, say }.render().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_its_picture_its_layers_and_nothing_from_elsewhere() {
        let class = CityClass {
            value: "1".into(),
            label: "low \"<1>".into(),
            colour: Colour(0xffffcc),
            size: 4.0,
            is_hatched: false,
            is_square: false,
            is_dashed: false,
            count: Some(7),
        };
        let layer = |id: &str, kind| CityLayer {
            id: id.into(),
            title: format!("Layer {id}"),
            kind,
            url: format!("/{id}.geojson"),
            property: "class".into(),
            classes: vec![class.clone()],
            is_dense: kind == LayerKind::Points,
            is_on: kind != LayerKind::Outline,
        };
        let map = CityMap {
            title: "A city".into(),
            bounds: Extent { west: 1.0, south: 2.0, east: 3.0, north: 4.0 },
            lands: Some("/lands.geojson".into()),
            focus: None,
            layers: vec![
                layer("cells", LayerKind::Areas),
                layer("ways", LayerKind::Outline),
                layer("stops", LayerKind::Points),
            ],
            attribution: vec!["Somebody's shapes".into()],
            disclaimer: Some("No opinion.".into()),
            svg: (Html("<svg>wide</svg>".into()), Html("<svg>narrow</svg>".into())),
            names: vec![NameOnMap { at: [1.5, 2.5], name: "Somewhere".into(), gap: 4.0 }],
            table: None,
            files: MapFiles {
                svg: "/map.svg".into(),
                csv: Some("/map.csv".into()),
                layers: vec![("Cells".into(), "/cells.geojson".into())],
                name: "map".into(),
            },
        };
        let html = map.figure_with(Html("<table></table>".into()), &|key| key.to_owned()).0;
        for part in [
            "<svg>wide</svg>",
            "<svg>narrow</svg>",
            "data-layer=\"cells\" checked",
            "data-layer=\"ways\">",
            "low &#34;&#60;1&#62;",
            "Somebody&#39;s shapes",
            "No opinion.",
            "&#34;bounds&#34;:[1.0,2.0,3.0,4.0]",
            "&#34;kind&#34;:&#34;points&#34;",
            "&#34;colour&#34;:&#34;#ffffcc&#34;",
            "&#34;name&#34;:&#34;Somewhere&#34;",
            "<table></table>",
            "href=\"/map.svg\"",
            "href=\"/map.csv\"",
            "href=\"/cells.geojson\"",
            "data-png=\"map.png\"",
            "(7)",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("http"), "{html}");
    }
}
