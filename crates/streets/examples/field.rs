//! From an extract to a distance field, with the time of each step: `cargo run --release --example field -- FILE`.

use std::time::Instant;
use streets::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("name an extract (.osm.pbf)")?;
    let began = Instant::now();
    let step = |name: &str| println!("{:8.3} s  {name}", began.elapsed().as_secs_f64());

    let wanted = WayNetwork { walked: true, streets: false, excluded: &[] };
    let ways = read_ways(file.as_ref(), wanted, &unwatched)?;
    step("ways and their nodes read");
    let network = Network::walking(&ways, 1000.0)?;
    drop(ways);
    step("network built and pruned");
    println!("            {:?}", network.counts);
    let n_nodes = network.graph.n_nodes() as u32;
    // A source at every five-hundredth node: some 2 400 stops in a large city.
    let sources: Vec<Source> = (0..n_nodes).step_by(500).map(Source::Node).collect();
    let field = Field::search(&network.graph, &sources, 2000.0, Serving::Forget, &unwatched)?;
    step("distance field, 2 000 m");
    let inside = |m: f64| field.distances_m().iter().filter(|d| **d <= m).count();
    println!("            {} sources, {} nodes within 1 000 m", sources.len(), inside(1000.0));
    println!("            {} nodes within 500 m", inside(500.0));
    step("second threshold");
    let index = SnapIndex::of(&network);
    step("index of edges");
    // Points a little off every twelfth node, as the cells of a population grid lie.
    let points: Vec<[f64; 2]> =
        (0..n_nodes).step_by(12).map(|n| network.place(n)).map(|[x, y]| [x + 3e-4, y - 2e-4]).collect();
    let snapped = index.edges(&points, f64::INFINITY);
    step("points snapped");
    let reached = snapped.iter().flatten().filter(|at| field.distance_m(&network.graph, at) <= 500.0).count();
    println!("            {} points, {reached} within 500 m", points.len());
    step("distances of points");
    println!(
        "            {:.1} km reached in 500 m",
        Reached::within(&network.graph, &[(&field, 500.0)]).length_m() / 1000.0
    );
    step("reached network");
    Ok(())
}
