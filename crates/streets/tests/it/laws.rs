//! Laws that hold for any network.

use proptest::prelude::*;
use streets::*;

/// Some nodes within a kilometre, some edges, some sources.
fn networks() -> impl Strategy<Value = (Network, Vec<(u32, f64, f64)>)> {
    (2usize..40).prop_flat_map(|n| {
        let places = prop::collection::vec((0i32..100_000, 0i32..100_000), n);
        let edges = prop::collection::vec((0..n as u32, 0..n as u32), 1..80);
        let sources = prop::collection::vec((any::<prop::sample::Index>(), 0.0..=1.0f64, 0.0..200.0f64), 1..6);
        (places, edges, sources).prop_map(|(places, edges, sources)| {
            let places: Vec<[f64; 2]> =
                places.iter().map(|(x, y)| [8.0 + f64::from(*x) * 1e-7, 47.0 + f64::from(*y) * 1e-7]).collect();
            let edges: Vec<[u32; 2]> = edges.iter().map(|(u, v)| [*u, *v]).collect();
            let at = |(edge, t, c): &(prop::sample::Index, f64, f64)| (edge.index(edges.len()) as u32, *t, *c);
            let sources = sources.iter().map(at).collect();
            (Network::in_order(&places, edges).expect("sound"), sources)
        })
    })
}

fn source((edge, t, connector_m): (u32, f64, f64)) -> Source {
    Source::Beside(Snapped { edge, t, connector_m })
}

fn field(graph: &Graph, sources: &[Source], limit_m: f64) -> Field {
    Field::search(graph, sources, limit_m, Serving::Forget, &unwatched).expect("sound")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn distances_are_the_shortest((network, places) in networks()) {
        let graph = &network.graph;
        let sources: Vec<Source> = places.iter().copied().map(source).collect();
        let found = field(graph, &sources, f64::INFINITY);
        // Rounds over all edges until nothing changes.
        let mut plain = vec![f64::INFINITY; graph.n_nodes()];
        for (edge, t, connector_m) in &places {
            let ([u, v], length) = (graph.edges()[*edge as usize], graph.lengths()[*edge as usize]);
            plain[u as usize] = plain[u as usize].min(connector_m + t * length);
            plain[v as usize] = plain[v as usize].min(connector_m + (1.0 - t) * length);
        }
        loop {
            let before = plain.clone();
            for ([u, v], length) in graph.edges().iter().map(|e| e.map(|n| n as usize)).zip(graph.lengths()) {
                plain[v] = plain[v].min(plain[u] + length);
                plain[u] = plain[u].min(plain[v] + length);
            }
            if before == plain {
                break;
            }
        }
        prop_assert_eq!(found.distances_m(), plain.as_slice());
    }

    #[test]
    fn a_limit_only_hides((network, places) in networks(), limit_m in 1.0..600.0f64) {
        let sources: Vec<Source> = places.iter().copied().map(source).collect();
        let all = field(&network.graph, &sources, f64::INFINITY);
        let near = field(&network.graph, &sources, limit_m);
        for (near, all) in near.distances_m().iter().zip(all.distances_m()) {
            prop_assert_eq!(*near, if *all <= limit_m { *all } else { f64::INFINITY });
        }
    }

    #[test]
    fn fields_of_parts_are_the_field_of_all((network, places) in networks()) {
        let sources: Vec<Source> = places.iter().copied().map(source).collect();
        let (some, rest) = sources.split_at(sources.len() / 2);
        let graph = &network.graph;
        let all = field(graph, &sources, 500.0);
        let joined = field(graph, some, 500.0).nearer(&field(graph, rest, 500.0));
        prop_assert_eq!(all.distances_m(), joined.distances_m());
        prop_assert_eq!(Reached::within(graph, &[(&all, 300.0)]), Reached::within(graph, &[(&joined, 300.0)]));
    }

    #[test]
    fn what_is_reached_is_what_is_near((network, places) in networks(), threshold_m in 1.0..500.0f64) {
        let sources: Vec<Source> = places.iter().copied().map(source).collect();
        let graph = &network.graph;
        let field = field(graph, &sources, 1000.0);
        let reached = Reached::within(graph, &[(&field, threshold_m)]);
        prop_assert!(reached.length_m() <= graph.length_m() + 1e-6);
        for edge in 0..graph.n_edges() as u32 {
            let length_m = graph.lengths()[edge as usize];
            for i in 0..=10 {
                let t = f64::from(i) / 10.0;
                let distance_m = field.distance_m(graph, &Snapped { edge, t, connector_m: 0.0 });
                let covers = |piece: &&Piece| {
                    piece.edge == edge && piece.from_m - 1e-6 <= t * length_m && t * length_m <= piece.to_m + 1e-6
                };
                let inside = reached.pieces.iter().find(covers).is_some();
                // At the very threshold rounding decides.
                prop_assert!(inside == (distance_m <= threshold_m) || (distance_m - threshold_m).abs() < 1e-5);
            }
        }
    }
}
