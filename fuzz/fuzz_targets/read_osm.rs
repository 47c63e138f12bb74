//! Any bytes as an extract of OpenStreetMap, or as the blocks of one: nothing panics, and what is read makes a network.
//!
//! Bytes that do not begin like an extract become the one block of a sound file, not packed, so that the fuzzer need not find its
//! way through lengths and checksums first.

#![no_main]

use libfuzzer_sys::fuzz_target;
use streets::{
    AreaRule, Field, Network, Serving, SnapIndex, Source, StreetNetwork, WayNetwork, areas, read_ways, stops_of_osm, unwatched,
};

fuzz_target!(|input: &[u8]| {
    let is_file = input.get(4..).is_some_and(|rest| rest.starts_with(b"\x0a\x09OSMHeader"));
    let file = if is_file { fuzz::file(input, ".osm.pbf") } else { fuzz::file(&in_blob(input), ".osm.pbf") };
    let _ = stops_of_osm(file.path(), &unwatched);
    let _ = areas(file.path(), &AreaRule::open_space(), &unwatched);
    let ways = match read_ways(file.path(), WayNetwork { walked: true, streets: true, excluded: &[] }, &unwatched) {
        Ok(ways) => ways,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    StreetNetwork::of(&ways).expect("streets of what was read");
    let network = Network::walking(&ways, 0.0).expect("a network of what was read");
    let index = SnapIndex::of(&network);
    assert_eq!(index.edge([0.0, 0.0], f64::INFINITY).is_some(), network.graph.n_edges() > 0);
    if network.graph.n_nodes() > 0 {
        let field = Field::search(&network.graph, &[Source::Node(0)], 2000.0, Serving::Keep, &unwatched).expect("sound");
        assert_eq!(field.distances_m()[0], 0.0);
    }
});

fn in_blob(block: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let header = b"\x22\x0eOsmSchema-V0.6\x22\x0aDenseNodes".as_slice();
    for (kind, content) in [(b"\x0a\x09OSMHeader".as_slice(), header), (b"\x0a\x07OSMData", block)] {
        let mut blob = vec![0x0a];
        varint(content.len() as u64, &mut blob);
        blob.extend(content);
        let mut head = kind.to_vec();
        head.push(0x18);
        varint(blob.len() as u64, &mut head);
        file.extend((head.len() as u32).to_be_bytes());
        file.extend(head);
        file.extend(blob);
    }
    file
}

fn varint(mut value: u64, into: &mut Vec<u8>) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}
