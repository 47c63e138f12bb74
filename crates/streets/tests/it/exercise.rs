//! The exercise case that the product ships: made by the program that is here, and answering what it is for.

use std::path::Path;
use streets::*;

#[path = "../../examples/exercise_city"]
mod made {
    pub mod case;
    #[path = "../../../grids/examples/exercise_grids/chance.rs"]
    mod chance;
    mod pbf;
    mod people;
    pub mod plan;
    pub mod ways;
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/space/nairobi");

#[test]
fn the_program_makes_what_is_shipped() {
    // Another version of the compressor may pack the same streets otherwise; then the files are made again.
    for (name, bytes) in made::case::files() {
        let shipped = std::fs::read(Path::new(FOLDER).join(name)).expect(name);
        assert!(bytes == shipped, "{name} is not what the program makes");
    }
}

#[test]
fn shares_differ_by_group() {
    let evaluation = evaluate(FOLDER.as_ref(), &Options::of_method(), &unwatched).expect("a case");
    let report = evaluation.report;
    assert_eq!(report.warnings, [Warning::OpenSpaceUnverified { n: 20 }]);
    assert!(report.refused.is_empty() && report.unknown.is_empty());
    let network = report.walk_network.expect("a network");
    assert_eq!((network.nodes, network.edges, network.missing_refs), (7931, 11_946, 0));

    let shares = report.share_percent.expect("shares");
    for (group, expected) in [
        ("pop", 61.3),
        ("pop_female", 61.8),
        ("pop_male", 60.8),
        ("pop_children", 58.3),
        ("pop_older", 65.5),
        ("pop_disability", 57.4),
    ] {
        let share = shares.get(group).and_then(|shares| shares.sdg_11_2_1).expect(group);
        assert!((share - expected).abs() < 0.05, "{group}: {share}");
    }
    let open = report.open_space.expect("open space");
    assert_eq!((open.polygons, open.verified), (68, 48));
    let near = open.population_share_400_percent.get("pop").copied().flatten().expect("a share");
    assert!((near - 20.1).abs() < 0.05, "{near}");
}

#[test]
fn groups_add_up_in_every_cell() {
    let population = Population::read(&Path::new(FOLDER).join("population.csv")).expect("a table");
    let of = |name: &str| {
        let group = population.groups.iter().find(|group| group.name == name).expect(name);
        group.people.iter().map(|people| people.expect("known")).collect::<Vec<f64>>()
    };
    let [all, female, male] = ["pop", "pop_female", "pop_male"].map(of);
    let [children, older, disability] = ["pop_children", "pop_older", "pop_disability"].map(of);
    for i in 0..population.len() {
        assert_eq!(all[i], female[i] + male[i], "{}", population.ids[i]);
        assert!(children[i] + older[i] <= all[i] && disability[i] <= all[i], "{}", population.ids[i]);
    }
}

#[test]
fn motorway_and_closed_ways_are_not_walked() {
    let file = Path::new(FOLDER).join("nairobi.osm.pbf");
    let ways = read_ways(&file, WayNetwork { walked: true, streets: false, excluded: &[] }, &unwatched).expect("ways");
    let network = Network::walking(&ways, 1000.0).expect("a network");
    let index = SnapIndex::of(&network);
    let town = made::ways::draw();
    // How far people stand from the walking network on each node of the ways with a tag, nearest first.
    let off_m = |key: &str, value: &str| {
        let tagged = town.ways.iter().filter(|way| way.tags.iter().any(|(k, v)| k == key && v == value));
        let nodes = tagged.flat_map(|way| &way.nodes).map(|node| made::plan::plane().unproject(town.nodes[*node]));
        let mut off: Vec<f64> = nodes.map(|place| index.edge(place, 1e9).expect("an edge").connector_m).collect();
        off.sort_by(f64::total_cmp);
        off
    };
    // A node of the network would stand on it to the centimetre.
    assert!(off_m("highway", "motorway")[0] > 0.1);
    assert!(off_m("highway", "service").last().is_some_and(|off| *off > 300.0), "the drive of the club");
    assert!(off_m("highway", "primary").iter().all(|off| *off < 0.02));
}

#[test]
fn parks_of_the_extract_are_those_of_the_inventory() {
    let file = Path::new(FOLDER).join("nairobi.osm.pbf");
    let (found, _) = areas(&file, &AreaRule::open_space(), &unwatched).expect("areas");
    let inventory = read_open_spaces(&Path::new(FOLDER).join("open_space.geojson")).expect("an inventory");
    // The club is in the extract, too, and is nobody's open space.
    assert_eq!(found.len(), inventory.len());
}
