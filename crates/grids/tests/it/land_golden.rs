//! Rates of land consumption against the official template, and built-up land by year.

use grids::Quiet;
use grids::land::{City, Variant, built_by_year, land_rates};
use grids::raster::Source;
use grids::zonal::Rule;

use crate::shared::{grid, rows};

#[test]
fn lombardy_in_the_template() {
    let Some(rows) = rows("sdg1131/lombardy_case1.csv") else { return };
    for row in rows {
        let n = |i: usize| row[i].parse::<f64>().ok();
        let city = City {
            built_1: n(4).unwrap(),
            built_2: n(5).unwrap(),
            people_1: n(6).unwrap(),
            people_2: n(7).unwrap(),
            years: n(3).unwrap() - n(2).unwrap(),
        };
        let rates = land_rates(&city, Variant::Linear).unwrap();
        let found =
            [rates.lcr, rates.pgr, rates.ratio, rates.built_per_person_1, rates.built_per_person_2, rates.total_change];
        for (i, found) in found.iter().enumerate() {
            let (expected, found) = (n(8 + i).unwrap(), found.unwrap());
            assert!((found - expected).abs() <= 1e-11 * expected.abs().max(1e-3), "{row:?} {i}: {found}");
        }
    }
}

#[test]
fn washington_by_year() {
    let (Some(years), Some(golden)) = (grid("washington/BUILT_YEAR.tif"), rows("golden/washington/built_area_lcr.csv"))
    else {
        return;
    };
    let frame = years.frame().clone();
    let (w, n) = (frame.left, frame.top);
    let (x, s, e) = (w + 703.0 * frame.dx, n - 434.0 * frame.dy, frame.right());
    let bottom = frame.bottom();
    let mut checked = 0;
    for row in &golden {
        let (x0, y0, x1, y1) = match &row[0] {
            "all" => (w, bottom, e, n),
            "nw" | "NW" | "north_west" => (w, s, x, n),
            "ne" | "NE" | "north_east" => (x, s, e, n),
            "sw" | "SW" | "south_west" => (w, bottom, x, s),
            "se" | "SE" | "south_east" => (x, bottom, e, s),
            other => panic!("{other}"),
        };
        let zone = geo::Rect::new(geo::Coord { x: x0, y: y0 }, geo::Coord { x: x1, y: y1 }).to_polygon();
        let year: f64 = row[1].parse().unwrap();
        let found = built_by_year(&years, &[vec![zone].into()], &[year - 5.0, year], Rule::Exact, &Quiet).unwrap();
        assert_eq!(found[0].areas[1], row[2].parse::<f64>().unwrap(), "{row:?}");
        if let Ok(expected) = row[3].parse::<f64>() {
            let city = City {
                built_1: found[0].areas[0],
                built_2: found[0].areas[1],
                people_1: 1.0,
                people_2: 1.0,
                years: 5.0,
            };
            let lcr = land_rates(&city, Variant::Linear).unwrap().lcr.unwrap();
            assert!((lcr - expected).abs() < 1e-12, "{row:?} {lcr}");
        }
        checked += 1;
    }
    assert_eq!(checked, golden.len());
}
