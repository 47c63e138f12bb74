//! Makes the exercise grids of Kenya and the exercise boundaries of three cities: people, land and built-up surface that nobody
//! counted, to try out with. `cargo run --release -p grids --example exercise_grids -- samples/space`.
//!
//! Reads the outline (`samples/world`) and the towns (`samples/series/cities.csv`) of this repository; the same bytes come out of
//! every run.

mod boundaries;
mod chance;
mod country;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let target = std::env::args().nth(1).ok_or("name the folder, as samples/space")?;
    let target = Path::new(&target);
    let samples = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples"));
    let towns = country::towns(samples)?;
    let made = country::make(&country::outline(samples)?, &towns);
    country::write(&made, &target.join("kenya"))?;
    let layer = boundaries::layer(&towns);
    shapes::write_geojson(&target.join("boundaries.geojson"), &layer)?;
    for (name, grid) in &made.grids {
        let sum: f64 = grid.iter().filter(|v| **v != country::OUTSIDE).map(|v| f64::from(*v)).sum();
        println!("{name}: {sum}");
    }
    Ok(())
}
