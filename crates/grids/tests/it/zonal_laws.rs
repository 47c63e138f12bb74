//! The worked example of docs/methods/zonal-statistics.md, and what holds for all zones and grids.

use geo::{Area, Coord, LineString, MultiPolygon, Polygon, Rect};
use grids::Quiet;
use grids::raster::{Frame, Grid};
use grids::zonal::{Rule, Statistic, exact, zonal};
use proptest::prelude::*;
use shapes::Crs;

fn grid(width: usize, values: Vec<f64>) -> Grid {
    let height = values.len() / width;
    let frame = Frame { width, height, left: 0.0, top: height as f64, dx: 1.0, dy: 1.0, crs: Crs::Mollweide };
    Grid::new(frame, values).unwrap()
}

fn rect(x0: f64, y0: f64, x1: f64, y1: f64) -> MultiPolygon<f64> {
    MultiPolygon::new(vec![Rect::new(Coord { x: x0, y: y0 }, Coord { x: x1, y: y1 }).to_polygon()])
}

fn ask(values: &Grid, weights: Option<&Grid>, zone: MultiPolygon<f64>, names: &str, rule: Rule) -> Vec<Option<f64>> {
    let statistics: Vec<Statistic> = names.split(' ').map(|n| n.parse().unwrap()).collect();
    let weights = weights.map(|w| w as &dyn grids::raster::Source);
    zonal(values, weights, &[zone], &statistics, rule, &Quiet).unwrap().remove(0).values
}

#[test]
fn nine_cells_by_hand() {
    let values = grid(3, (1..10).map(f64::from).collect());
    let weights = grid(3, vec![1., 1., 1., 2., 2., 2., 0., 0., 0.]);
    let found = ask(
        &values,
        Some(&weights),
        rect(0.5, 0.5, 2.5, 2.0),
        "count sum mean min max weighted_sum weighted_mean variety frac(5) majority minority",
        Rule::Exact,
    );
    let expected = [3.0, 18.0, 6.0, 4.0, 9.0, 20.0, 5.0, 6.0, 1.0 / 3.0, 5.0, 7.0];
    assert_eq!(found, expected.map(Some));
    let found = ask(&values, None, rect(-0.1, 1.1, 1.9, 3.1), "count sum", Rule::Centre);
    assert_eq!(found, [Some(4.0), Some(12.0)]);
    let outside = ask(&values, None, rect(5.0, 5.0, 6.0, 6.0), "count mean min sum", Rule::Exact);
    assert_eq!(outside, [Some(0.0), None, None, Some(0.0)]);
}

#[test]
fn zones_beside_over_and_around_the_grid() {
    let values = grid(3, (1..10).map(f64::from).collect());
    let (low, high) = (-1e9, 1e9);
    for rule in [Rule::Exact, Rule::Centre] {
        // Left, right, below, above; and without area.
        for (x0, y0, x1, y1) in [
            (low, 0.0, -0.5, 3.0),
            (3.5, 0.0, high, 3.0),
            (0.0, low, 3.0, -0.5),
            (0.0, 3.5, 3.0, high),
            (1.0, 1.0, 1.0, 2.0),
        ] {
            assert_eq!(ask(&values, None, rect(x0, y0, x1, y1), "count sum mean", rule), [Some(0.0), Some(0.0), None]);
        }
        // Around it all, and over one side: what is beyond the edge adds nothing.
        assert_eq!(ask(&values, None, rect(low, low, high, high), "count sum", rule), [Some(9.0), Some(45.0)]);
        assert_eq!(ask(&values, None, rect(low, 1.0, 1.0, high), "count sum", rule), [Some(2.0), Some(5.0)]);
        assert_eq!(ask(&values, None, MultiPolygon::new(Vec::new()), "count", rule), [Some(0.0)]);
    }
    // A grid without values has cells and no answer.
    let nothing = grid(2, vec![f64::NAN; 4]);
    let found =
        zonal(&nothing, None, &[rect(0.0, 0.0, 2.0, 2.0)], &[Statistic::Mean, Statistic::Max], Rule::Exact, &Quiet);
    let zone = found.unwrap().remove(0);
    assert_eq!((zone.values, zone.covered, zone.count), (vec![None, None], 4.0, 0.0));
}

#[test]
fn whole_cells_have_plain_quantiles() {
    let values = grid(5, vec![3.0, 1.0, 5.0, 2.0, 4.0]);
    let found = ask(&values, None, rect(0.0, 0.0, 5.0, 1.0), "median quantile(0.25) quantile(0.9) stdev", Rule::Exact);
    let expected = [3.0, 2.0, 4.6, 2f64.sqrt()];
    assert!(found.iter().zip(expected).all(|(a, b)| (a.unwrap() - b).abs() < 1e-12), "{found:?}");
}

#[test]
fn names_are_checked() {
    assert_eq!(
        "meen".parse::<Statistic>().unwrap_err().to_string(),
        "there is no statistic `meen`; did you mean `mean`?"
    );
    assert!("quantile(2)".parse::<Statistic>().is_err());
    assert!("mean(2)".parse::<Statistic>().is_err());
    let values = grid(1, vec![1.0]);
    assert!(zonal(&values, None, &[], &[Statistic::WeightedSum], Rule::Exact, &Quiet).is_err());
}

/// A star around a point: a simple ring of any shape.
fn star() -> impl Strategy<Value = MultiPolygon<f64>> {
    (prop::collection::vec(0.2f64..9.0, 3..30), -3.0f64..23.0, -3.0f64..23.0, any::<bool>()).prop_map(
        |(radii, x, y, hole)| {
            let n = radii.len() as f64;
            let ring = |scale: f64| {
                let mut ring: Vec<Coord<f64>> = radii
                    .iter()
                    .enumerate()
                    .map(|(i, r)| {
                        let angle = i as f64 / n * std::f64::consts::TAU;
                        Coord { x: x + scale * r * angle.cos(), y: y + scale * r * angle.sin() }
                    })
                    .collect();
                ring.push(ring[0]);
                LineString::new(ring)
            };
            MultiPolygon::new(vec![Polygon::new(ring(1.0), if hole { vec![ring(0.4)] } else { vec![] })])
        },
    )
}

/// What of a polygon lies left (-1) or right (1) of a line: rings are cut one by one, and may run back along the line.
fn side(shape: &MultiPolygon<f64>, at: f64, sign: f64) -> MultiPolygon<f64> {
    let cut = |ring: &LineString<f64>| {
        let mut out = Vec::new();
        for pair in ring.0.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let inside = |c: Coord<f64>| (c.x - at) * sign >= 0.0;
            if inside(a) {
                out.push(a);
            }
            if inside(a) != inside(b) {
                out.push(Coord { x: at, y: a.y + (at - a.x) / (b.x - a.x) * (b.y - a.y) });
            }
        }
        out.extend(out.first().copied());
        LineString::new(out)
    };
    let polygon = |p: &Polygon<f64>| Polygon::new(cut(p.exterior()), p.interiors().iter().map(cut).collect());
    MultiPolygon::new(shape.0.iter().map(polygon).collect())
}

proptest! {
    /// The shares sum to the area of the polygon, and each is what another algorithm has (which rounds corners to a ten
    /// millionth).
    #[test]
    fn coverage_is_area(star in star()) {
        let frame = Frame {
            width: 60, height: 60, left: -20.0, top: 40.0, dx: 1.0, dy: 1.0, crs: Crs::Mollweide,
        };
        let spans = exact(&star, &frame);
        let covered: f64 = spans.iter().map(|s| s.share * f64::from(s.end - s.start)).sum();
        prop_assert!((covered - star.unsigned_area()).abs() < 1e-10, "{covered} {}", star.unsigned_area());
        for s in &spans {
            let y = 40.0 - f64::from(s.row);
            let cells = rect(f64::from(s.start) - 20.0, y - 1.0, f64::from(s.end) - 20.0, y);
            let inside = geo::BooleanOps::intersection(&star, &cells).unsigned_area() / f64::from(s.end - s.start);
            prop_assert!((s.share - inside).abs() < 1e-5, "{s:?} {inside}");
        }
        // A grid that holds a part of it has the same shares there.
        let part = Frame { width: 20, height: 20, left: 0.0, top: 20.0, ..frame };
        let inner: f64 = exact(&star, &part).iter().map(|s| s.share * f64::from(s.end - s.start)).sum();
        let outer: f64 = spans
            .iter()
            .filter(|s| (20..40).contains(&s.row))
            .map(|s| s.share * f64::from(s.end.min(40).saturating_sub(s.start.max(20))))
            .sum();
        prop_assert!((inner - outer).abs() < 1e-10, "{inner} {outer}");
    }

    /// Cutting a zone in two keeps sum and count, under both rules; the mean lies between the extremes; scaling scales.
    #[test]
    fn parts_sum_to_the_whole(
        star in star(),
        values in prop::collection::vec(prop_oneof![4 => -5.0f64..50.0, 1 => Just(f64::NAN)], 400),
        at in 0.0f64..20.0,
    ) {
        let scaled = grid(20, values.iter().map(|v| v * 3.0).collect());
        let values = grid(20, values);
        for rule in [Rule::Exact, Rule::Centre] {
            let of = |zone, values: &Grid| ask(values, None, zone, "count sum mean min max", rule);
            let whole = of(star.clone(), &values);
            let (a, b) = (of(side(&star, at, -1.0), &values), of(side(&star, at, 1.0), &values));
            for i in 0..2 {
                let (all, parts) = (whole[i].unwrap(), a[i].unwrap() + b[i].unwrap());
                prop_assert!((all - parts).abs() < 1e-9 * values.values.len() as f64, "{rule:?} {all} {parts}");
            }
            if let (Some(mean), Some(min), Some(max)) = (whole[2], whole[3], whole[4]) {
                prop_assert!(min <= mean && mean <= max);
            }
            let three = of(star.clone(), &scaled);
            prop_assert!((three[1].unwrap() - 3.0 * whole[1].unwrap()).abs() < 1e-8);
        }
    }
}
