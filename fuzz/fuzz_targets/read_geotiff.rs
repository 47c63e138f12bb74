//! Any bytes as a GeoTIFF: nothing panics, a window is a part of the whole, and a small file never takes much memory.

#![no_main]

use grids::raster::{Grid, Raster, Source, Window};
use libfuzzer_sys::fuzz_target;

/// Cells that are read as a whole.
const WHOLE: usize = 1 << 16;

fuzz_target!(|input: &[u8]| {
    let file = fuzz::file(input, ".tif");
    let raster = match Raster::open(file.path()) {
        Ok(raster) => raster,
        Err(fault) => return assert!(!fault.to_string().is_empty()),
    };
    let frame = raster.frame();
    let (width, height) = (frame.width.min(40), frame.height.min(40));
    // The first corner and the last, where blocks reach over the edge.
    for (column, row) in [(0, 0), (frame.width - width, frame.height - height)] {
        let mut values = vec![0.0; width * height];
        let window = Window { column, row, width, height };
        let Ok(()) = raster.read(window, &mut values) else { continue };
        let Ok(whole) = Grid::read(&raster, WHOLE) else { continue };
        let mut again = vec![0.0; values.len()];
        whole.read(window, &mut again).expect("the window is inside");
        assert!(values.iter().zip(&again).all(|(a, b)| a.to_bits() == b.to_bits()));
    }
});
