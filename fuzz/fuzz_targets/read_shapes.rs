//! Any bytes as a file of shapes: nothing panics, and what is read is written and read back the same, checked, projected,
//! cut, simplified and drawn.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shapes::{
    Crs, Fault, antimeridian::split_antimeridian, draw, geopackage_bytes, label_point, project::project, read_bytes,
    simplify,
    topology::{Rules, check},
};

fuzz_target!(|input: &[u8]| {
    let layer = match read_bytes("fuzz", input, None) {
        Ok(layer) => layer,
        Err(Fault::ManyLayers { layers, .. }) => {
            let Some(Ok(layer)) = layers.first().map(|name| read_bytes("fuzz", input, Some(name))) else { return };
            layer
        }
        Err(fault) => return assert!(!fault.to_string().is_empty()),
    };
    for feature in &layer.features {
        assert_eq!(feature.values.len(), layer.fields.len());
        if let Some(shape) = &feature.shape {
            split_antimeridian(shape);
            label_point(shape);
        }
    }
    let _ = check(&layer, &Rules::municipalities(None));
    let _ = project(&layer, &Crs::EqualEarth);
    let drawn: Vec<_> = layer.features.iter().filter_map(|feature| feature.shape.as_ref()).collect();
    simplify(&drawn, 1e-3);
    let _ = draw::Ground::around(&layer, 400.0);
    // Names that SQLite does not take are refused.
    if let Ok(bytes) = geopackage_bytes("fuzz.gpkg", std::slice::from_ref(&layer)) {
        let back = read_bytes("fuzz.gpkg", &bytes, None).expect("what was written is read");
        assert_eq!(back.features.len(), layer.features.len());
    }
});
