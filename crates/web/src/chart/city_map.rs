//! A map of a city or a country that moves: layers of shapes from addresses of ours, drawn by a script over a picture that says
//! the same and stays where there is no script.
//!
//! To add a layer to a page: give the address of its GeoJSON (longitude and latitude, each feature with `id`, `name` and where
//! known `value` and `link`), say what its features are, and which property decides the colour.

use askama::Template;
use serde::Serialize;
use shapes::{Extent, draw::Colour};

use crate::html::Html;

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
    /// Sources, always in view.
    pub attribution: Vec<String>,
    /// The organisation's words where boundaries between countries are in view.
    pub disclaimer: Option<String>,
    /// The same as pictures: on a desk and on a phone.
    pub svg: (Html, Html),
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
    say: &'a dyn Fn(&str) -> String,
}

impl Figure<'_> {
    fn word(&self, key: &str) -> String {
        (self.say)(key)
    }
    /// The sign of a class in the legend, drawn because a policy without inline styles has no other way to give it a colour.
    fn sign(&self, layer: &CityLayer, class: &CityClass) -> Html {
        let (colour, size) = (class.colour, class.size.clamp(1.0, 9.0));
        let shape = match layer.kind {
            LayerKind::Points => format!(r##"<circle cx="11" cy="10" r="{size}" fill="{colour}" stroke="#222"/>"##),
            LayerKind::Areas => {
                format!(r##"<path d="M1 3h20v14H1z" fill="{colour}" stroke="#666" stroke-width=".5"/>"##)
            }
            LayerKind::Outline => {
                format!(r#"<path d="M1 10h20" stroke="{colour}" stroke-width="{size}"/>"#)
            }
        };
        Html(format!(
            r#"<svg class="swatch" viewBox="0 0 22 20" aria-hidden="true"><g class="map-fill">{shape}</g></svg>"#
        ))
    }
}

impl CityMap {
    /// The figure. `say` gives a sentence by its key.
    pub fn figure(&self, say: &dyn Fn(&str) -> String) -> Html {
        let Extent { west, south, east, north } = self.bounds;
        let spec = Spec {
            title: &self.title,
            bounds: [west, south, east, north],
            lands: self.lands.as_deref(),
            focus: self.focus.as_deref(),
            layers: &self.layers,
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
        Html(Figure { map: self, spec, say }.render().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_its_picture_its_layers_and_nothing_from_elsewhere() {
        let class = CityClass { value: "1".into(), label: "low \"<1>".into(), colour: Colour(0xffffcc), size: 4.0 };
        let layer = |id: &str, kind| CityLayer {
            id: id.into(),
            title: format!("Layer {id}"),
            kind,
            url: format!("/{id}.geojson"),
            property: "class".into(),
            classes: vec![class.clone()],
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
        };
        let html = map.figure(&|key| key.to_owned()).0;
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
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("http"), "{html}");
    }
}
