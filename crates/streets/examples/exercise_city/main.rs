//! Makes the exercise case for access on foot: a town of 60 km² that lies where the middle of Nairobi is and is not Nairobi.
//! `cargo run --release -p streets --example exercise_city -- samples/space/nairobi`.
//!
//! Nothing is read, nothing is drawn from a source; the same bytes come out of every run.

mod case;
// The chance of the exercise grids: a number that belongs to a place.
#[path = "../../../grids/examples/exercise_grids/chance.rs"]
mod chance;
mod pbf;
mod people;
mod plan;
mod ways;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder of the case, as samples/space/nairobi")?;
    std::fs::create_dir_all(&folder)?;
    for (name, bytes) in case::files() {
        println!("{name}: {} bytes", bytes.len());
        std::fs::write(std::path::Path::new(&folder).join(name), bytes)?;
    }
    Ok(())
}
