//! Files that are cut, changed or made to do harm: an error with its place, never a panic, never much memory.

use crate::support::{Extract, blob, bytes, framed, header, number, streets};
use std::path::Path;
use streets::*;

const WALKED: WayNetwork<'static> = WayNetwork { walked: true, streets: true, excluded: &[] };

fn read(content: &[u8]) -> Result<OsmWays, StreetsError> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), content).expect("a file");
    read_all(file.path())
}

/// By all readers, so that each meets the damage.
fn read_all(path: &Path) -> Result<OsmWays, StreetsError> {
    let ways = read_ways(path, WALKED, &unwatched);
    if let Ok(ways) = &ways {
        Network::walking(ways, 0.0).expect("a network of what was read");
        StreetNetwork::of(ways).expect("streets of what was read");
    }
    let _ = stops_of_osm(path, &unwatched);
    let _ = areas(path, &AreaRule::open_space(), &unwatched);
    ways
}

fn sample() -> Extract {
    let mut extract = streets(&[&[(0.0, 0.0), (300.0, 0.0), (300.0, 300.0)], &[(0.0, 0.0), (0.0, 500.0)]]);
    extract.nodes[0].3 = vec![("highway", "bus_stop"), ("name", "Market")];
    extract.ways.push((9, vec![1, 2, 3, 1], vec![("leisure", "park")]));
    extract.relations.push((7, vec![(9, "outer")], vec![("type", "multipolygon"), ("leisure", "garden")]));
    extract
}

#[test]
fn a_sound_extract_is_read() {
    let ways = read(&sample().bytes()).expect("sound");
    let network = Network::walking(&ways, 0.0).expect("sound");
    assert_eq!((network.graph.n_nodes(), network.graph.n_edges()), (4, 3));
    assert_eq!(network.counts.ways, 2);
}

#[test]
fn cut_anywhere() {
    let sound = sample().bytes();
    for length in 0..sound.len() {
        if let Err(error) = read(&sound[..length]) {
            assert!(matches!(error, StreetsError::Pbf { .. }), "{length}: {error}");
        } else {
            // Only where a blob ends may a file end; then nodes are there and ways are not.
            assert!(matches!(length, n if n == header().len() || n > header().len()), "{length}");
        }
    }
}

#[test]
fn changed_anywhere() {
    let sound = sample().bytes();
    for at in 0..sound.len() {
        for change in [0x01u8, 0x80, 0xff, 0x7f] {
            let mut damaged = sound.clone();
            damaged[at] ^= change;
            match read(&damaged) {
                Ok(_) | Err(StreetsError::Pbf { .. }) => {}
                Err(error) => panic!("byte {at}: {error}"),
            }
        }
    }
}

#[test]
fn faults_are_named() {
    let fault = |content: &[u8]| match read(content) {
        Err(StreetsError::Pbf { fault, at, .. }) => (fault, at),
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(b""), (Fault::NoHeader, 0));
    assert_eq!(fault(b"PK\x03\x04 a zip, not an extract"), (Fault::HeaderSize(0x504b0304), 0));
    assert_eq!(fault(&blob("OSMData", b"", false)), (Fault::NoHeader, 0));
    let begun = header().len() as u64;
    let after = |more: Vec<u8>| fault(&[header(), more].concat());
    // A blob of four gigabytes, of which there is nothing.
    let mut large = Vec::new();
    bytes(1, b"OSMData", &mut large);
    number(3, 1 << 32, &mut large);
    let large = [&(large.len() as u32).to_be_bytes()[..], &large].concat();
    assert_eq!(after(large), (Fault::BlobSize(1 << 32), begun));
    // Within the limit, but the bytes are not there.
    let mut missing = Vec::new();
    bytes(1, b"OSMData", &mut missing);
    number(3, 30 << 20, &mut missing);
    let missing = [&(missing.len() as u32).to_be_bytes()[..], &missing].concat();
    assert_eq!(after(missing), (Fault::Cut, begun));
    // A size that the packed bytes cannot have.
    let mut lie = Vec::new();
    number(2, 32 << 20, &mut lie);
    bytes(3, &[0x78, 0x9c, 3, 0, 0, 0, 0, 1], &mut lie);
    assert_eq!(after(framed("OSMData", &lie)), (Fault::Unpacked, begun));
    for (field, packing) in [(4, "LZMA"), (5, "bzip2"), (6, "LZ4"), (7, "Zstandard")] {
        let mut packed = Vec::new();
        bytes(field, b"...", &mut packed);
        assert_eq!(after(framed("OSMData", &packed)), (Fault::Packing(packing), begun));
    }
    let mut history = Vec::new();
    bytes(4, b"HistoricalInformation", &mut history);
    assert_eq!(fault(&blob("OSMHeader", &history, false)), (Fault::Feature, 0));
}

#[test]
fn nodes_that_are_nowhere_or_missing() {
    let mut north = streets(&[&[(0.0, 0.0), (300.0, 0.0)]]);
    north.nodes[1].2 = 95.0;
    assert!(matches!(read(&north.bytes()), Err(StreetsError::Pbf { fault: Fault::Nowhere(2), .. })));
    // A missing node breaks its way: A–?–C is no edge.
    let mut gap = streets(&[&[(0.0, 0.0), (100.0, 0.0), (200.0, 0.0), (300.0, 0.0), (400.0, 0.0)]]);
    gap.nodes.remove(2);
    let network = Network::walking(&read(&gap.bytes()).expect("sound"), 0.0).expect("sound");
    assert_eq!((network.counts.edges, network.counts.components, network.counts.missing_refs), (2, 2, 1));
    // No node at all.
    gap.nodes.clear();
    let none = Network::walking(&read(&gap.bytes()).expect("sound"), 0.0).expect("sound");
    assert_eq!((none.counts.nodes, none.counts.missing_refs), (0, 5));
}

#[test]
fn a_reader_ends_on_request() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), sample().bytes()).expect("a file");
    let stopped = read_ways(file.path(), WALKED, &|_, _, _| Flow::Break(()));
    assert!(matches!(stopped, Err(StreetsError::Stopped { stage: Stage::Ways })));
}

#[test]
fn real_extracts_cut_and_changed() {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/geo/cities/helsinki-centre"));
    let Ok(sound) = std::fs::read(shared.join("helsinki-centre.osm.pbf")) else { return };
    let file = tempfile::NamedTempFile::new().expect("a file");
    for i in 1..60 {
        std::fs::write(file.path(), &sound[..sound.len() * i / 60]).expect("a file");
        let _ = read_all(file.path());
        let mut changed = sound.clone();
        for at in (i * 997..sound.len()).step_by(sound.len() / 3) {
            changed[at] ^= 0x55;
        }
        std::fs::write(file.path(), &changed).expect("a file");
        let _ = read_all(file.path());
    }
}
