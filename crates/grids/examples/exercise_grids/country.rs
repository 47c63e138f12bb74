//! The country: where its land is, where people live in 2015 and 2025, and what is built.

use std::error::Error;
use std::path::Path;
use std::sync::LazyLock;

use geo::{Coord, CoordsIter as _, Geometry, LinesIter as _, MapCoords as _, MultiPolygon};
use grids::raster::{Compression, Frame, Pixels, Resampling, Writing, write_cog};
use shapes::project::Projection;
use shapes::{Crs, World};

use super::chance::{chance, rolling};

/// What stands for "not in the country".
pub const OUTSIDE: i32 = -1;
/// Side of a cell in metres.
const CELL: f64 = 1000.0;

/// A town of the list of cities, or one that is invented.
pub struct Town {
    /// What it is called; empty for invented ones.
    pub name: String,
    /// Its middle in the plane of the grid, in kilometres.
    pub at: Coord<f64>,
    /// People in 2015 and 2025, before they are set down in whole persons.
    people: [f64; 2],
    /// People in its densest cell in 2015.
    peak: f64,
    /// What a person of 2025 has of built-up land, against a person of 2015.
    spread: f64,
}

/// Towns whose two dates are not like those of the others, so that every kind of answer on land comes out once: people in
/// 2015, in 2025, and built-up land per person, each against what is usual.
const PARTICULAR: [(&str, f64, f64, f64); 4] = [
    // Grows in its suburbs.
    ("Nairobi", 1.38, 1.64, 1.12),
    // Builds upwards: land grows slower than people.
    ("Kisumu", 1.35, 1.8, 0.92),
    // Loses people while land grows: the ratio is negative.
    ("Kapenguria", 1.5, 1.32, 1.3),
    // Keeps all its people: there is no growth to divide by.
    (STILL, 1.5, 1.5, 1.15),
];
/// Around this town every cell keeps its people, and within so many kilometres.
const STILL: &str = "Nyeri";
const STILL_KM: f64 = 9.0;
/// A town that is nowhere in 2015: neither land nor people to start from. Longitude and latitude; no such place is planned there.
const NEW: (f64, f64) = (37.62, -1.72);
const NEW_KM: f64 = 7.0;
/// Suburbs in the east of Nairobi: longitude, latitude, people in 2015 and 2025.
const SUBURBS: [(f64, f64, f64, f64); 2] =
    [(36.925, -1.262, 70_000.0, 330_000.0), (36.915, -1.325, 40_000.0, 150_000.0)];

/// Ground that feeds many: longitude, latitude, reach west to east and south to north in kilometres. Invented, roughly where
/// highlands and coast are.
const FERTILE: [(f64, f64, f64, f64); 7] = [
    (34.65, 0.45, 65.0, 95.0),
    (34.75, -0.75, 60.0, 75.0),
    (35.35, -0.05, 85.0, 150.0),
    (37.10, -0.55, 85.0, 110.0),
    (37.50, -1.60, 105.0, 95.0),
    (36.30, -0.45, 85.0, 100.0),
    (39.55, -3.75, 45.0, 120.0),
];
/// Lakes as ellipses: longitude, latitude, half axes in kilometres, and degrees by which the first is turned from the east.
const LAKES: [(f64, f64, f64, f64, f64); 4] = [
    (33.90, -0.50, 38.0, 62.0, 0.0),
    (34.42, -0.32, 34.0, 9.0, 12.0),
    (36.05, 3.55, 13.0, 130.0, 8.0),
    (36.34, -0.77, 7.0, 8.0, 0.0),
];

/// All grids of one frame, row by row.
pub struct Country {
    /// Where they lie.
    pub frame: Frame,
    /// Name of the file, cells.
    pub grids: Vec<(&'static str, Vec<i32>)>,
}

/// Longitude and latitude to kilometres in the plane of the grid.
pub fn to_plane(lon: f64, lat: f64) -> Coord<f64> {
    // Nothing within a country is off the map.
    Projection::Mollweide.forward(Coord { x: lon, y: lat }).unwrap_or_default() / CELL
}

/// The outline of the country in kilometres of the plane.
pub fn outline(samples: &Path) -> Result<MultiPolygon<f64>, Box<dyn Error>> {
    let path = samples.join("world/world-50m.topo.json");
    let world = World::from_topojson("world-50m", &std::fs::read(path)?)?;
    let kenya = world.countries.into_iter().find(|c| c.iso3.as_deref() == Some("KEN"));
    let shape = match kenya.and_then(|c| c.shape) {
        Some(Geometry::Polygon(one)) => MultiPolygon(vec![one]),
        Some(Geometry::MultiPolygon(many)) => many,
        _ => return Err("the world has no outline of KEN".into()),
    };
    Ok(shape.map_coords(|at| to_plane(at.x, at.y)))
}

/// The towns of the list that lie in the country, then invented ones.
pub fn towns(samples: &Path) -> Result<Vec<Town>, Box<dyn Error>> {
    let mut towns = Vec::new();
    for row in csv::Reader::from_path(samples.join("series/cities.csv"))?.records() {
        let row = row?;
        if &row[2] != "KEN" {
            continue;
        }
        let (size, lon, lat): (f64, f64, f64) = (row[5].parse()?, row[6].parse()?, row[7].parse()?);
        let usual =
            (&row[1], 1.35 + 0.1 * chance(1, row[0].parse()?, 1), 1.62 + 0.2 * chance(2, row[0].parse()?, 1), 1.12);
        let (_, first, last, spread) = *PARTICULAR.iter().find(|p| p.0 == &row[1]).unwrap_or(&usual);
        let peak = (7500.0 + 2600.0 * (size / 50_000.0).ln()).min(18_000.0);
        let at = to_plane(lon, lat);
        towns.push(Town { name: row[1].to_owned(), at, people: [size * first, size * last], peak, spread });
    }
    towns.push(Town {
        name: String::new(),
        at: to_plane(NEW.0, NEW.1),
        people: [0.0, 74_000.0],
        peak: 8000.0,
        spread: 1.0,
    });
    for (lon, lat, first, last) in SUBURBS {
        let at = to_plane(lon, lat);
        towns.push(Town { name: String::new(), at, people: [first, last], peak: 2500.0, spread: 1.25 });
    }
    // Small towns where the ground feeds many: tried places are kept by chance, and apart from what is there already.
    for i in 0..4000 {
        let (lon, lat) = (34.0 + 6.0 * chance(i, 0, 2), -4.4 + 5.8 * chance(i, 1, 2));
        let at = to_plane(lon, lat);
        let near = |t: &Town| (t.at.x - at.x).hypot(t.at.y - at.y) < if t.people[1] > 300_000.0 { 26.0 } else { 11.0 };
        if towns.len() == 270 || fertility(at) < 0.35 + 0.5 * chance(i, 2, 2) || towns.iter().any(near) {
            continue;
        }
        // Few are large: the reciprocal of chance is what sizes of towns look like.
        let size = 9500.0 / (0.19 + chance(i, 3, 2));
        let people = [size, size * (1.12 + 0.26 * chance(i, 4, 2))];
        towns.push(Town { name: String::new(), at, people, peak: 2600.0 + 0.07 * size, spread: 1.1 });
    }
    Ok(towns)
}

/// From 0 (nothing grows) to 1.
fn fertility(at: Coord<f64>) -> f64 {
    static GROUND: LazyLock<[(Coord<f64>, f64, f64); 7]> =
        LazyLock::new(|| FERTILE.map(|(lon, lat, east, north)| (to_plane(lon, lat), east, north)));
    let from = |(middle, east, north): &(Coord<f64>, f64, f64)| {
        let r2 = ((at.x - middle.x) / east).powi(2) + ((at.y - middle.y) / north).powi(2);
        (-0.5 * r2 * r2).exp()
    };
    GROUND.iter().map(from).fold(0.0, f64::max)
}

/// Makes all grids.
pub fn make(outline: &MultiPolygon<f64>, towns: &[Town]) -> Country {
    let (frame, land) = land(outline);
    let people_of = |year: usize| people(&frame, &land, towns, year);
    let ([first, mut last], owner) = {
        let ((first, _), (last, owner)) = (people_of(0), people_of(1));
        ([first, last], owner)
    };
    for town in towns.iter().filter(|t| t.name == STILL) {
        around(&frame, town.at, STILL_KM, |cell, _| last[cell] = first[cell]);
    }
    let built_of = |people: &[i32], year: usize| -> Vec<i32> {
        let spread = |cell: usize| match (year, owner[cell]) {
            (0, _) => 1.0,
            (_, Some(town)) => towns[town as usize].spread,
            _ => 1.05,
        };
        (0..land.len()).map(|cell| built(people[cell], land[cell], spread(cell))).collect()
    };
    let (built_first, built_last) = (built_of(&first, 0), built_of(&last, 1));
    let grids = vec![
        ("POP_2015", first),
        ("POP_2025", last),
        ("LAND", land),
        ("BUILT_2015", built_first),
        ("BUILT_2025", built_last),
    ];
    Country { frame, grids }
}

/// The frame of whole kilometres around the country, and land in m²: cells whose middle lies in the country, less lakes and sea.
fn land(outline: &MultiPolygon<f64>) -> (Frame, Vec<i32>) {
    let all = || outline.coords_iter();
    let edge = |start: f64, pick: fn(f64, f64) -> f64, of: fn(Coord<f64>) -> f64| all().map(of).fold(start, pick);
    let (left, right) = (edge(f64::MAX, f64::min, |c| c.x).floor(), edge(f64::MIN, f64::max, |c| c.x).ceil());
    let (bottom, top) = (edge(f64::MAX, f64::min, |c| c.y).floor(), edge(f64::MIN, f64::max, |c| c.y).ceil());
    let (width, height) = ((right - left) as usize, (top - bottom) as usize);
    let frame = Frame { width, height, left: left * CELL, top: top * CELL, dx: CELL, dy: CELL, crs: Crs::Mollweide };

    // Each cell is looked at in lines of ten dots: a line across the country is inside between every odd crossing and the next.
    const DOTS: usize = 10;
    let lines: Vec<geo::Line<f64>> = outline.lines_iter().collect();
    let lakes = LAKES.map(|(lon, lat, a, b, turned)| (to_plane(lon, lat), a, b, turned.to_radians().sin_cos()));
    let wet = |x: f64, y: f64| {
        lakes.iter().any(|(middle, a, b, (sin, cos))| {
            let (dx, dy) = (x - middle.x, y - middle.y);
            let reach = ((dx * cos + dy * sin) / a).powi(2) + ((dy * cos - dx * sin) / b).powi(2);
            // Shores wind.
            reach < 1.1 && reach < 1.0 + 0.16 * (rolling(x, y, 9.0, 20) - 0.5)
        })
    };
    let mut dry = vec![0u32; width * height];
    let mut within = vec![0u32; width * height];
    for line in 0..height * DOTS {
        let y = top - (line as f64 + 0.5) / DOTS as f64;
        let mut crossings: Vec<f64> = lines
            .iter()
            .filter(|l| (l.start.y > y) != (l.end.y > y))
            .map(|l| l.start.x + (y - l.start.y) / (l.end.y - l.start.y) * (l.end.x - l.start.x))
            .collect();
        crossings.sort_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let dot = |x: f64| (((x - left) * DOTS as f64 - 0.5).ceil().max(0.0)) as usize;
            for i in dot(pair[0])..dot(pair[1]).min(width * DOTS) {
                let cell = line / DOTS * width + i / DOTS;
                within[cell] += 1;
                let x = left + (i as f64 + 0.5) / DOTS as f64;
                dry[cell] += u32::from(!wet(x, y));
            }
        }
    }
    let n = (DOTS * DOTS) as u32;
    let area = |(dry, within): (&u32, &u32)| if within * 2 < n { OUTSIDE } else { (dry * 1_000_000 / n) as i32 };
    (frame, dry.iter().zip(&within).map(area).collect())
}

/// Calls with every cell whose middle is within so many kilometres, and how far it is: east, north.
fn around(frame: &Frame, at: Coord<f64>, km: f64, mut each: impl FnMut(usize, Coord<f64>)) {
    let (column, row) = (at.x - frame.left / CELL, frame.top / CELL - at.y);
    let span = |middle: f64, n: usize| ((middle - km).max(0.0) as usize)..((middle + km).max(0.0) as usize + 1).min(n);
    for r in span(row, frame.height) {
        for c in span(column, frame.width) {
            let off = Coord { x: c as f64 + 0.5 - column, y: row - r as f64 - 0.5 };
            if off.x.hypot(off.y) <= km {
                each(r * frame.width + c, off);
            }
        }
    }
}

/// Persons by cell in the first or last year, and which town a cell belongs to.
fn people(frame: &Frame, land: &[i32], towns: &[Town], year: usize) -> (Vec<i32>, Vec<Option<u32>>) {
    let mut people: Vec<f64> = (0..land.len()).map(|cell| country_people(frame, cell, year)).collect();
    let mut owner = vec![None; land.len()];
    let mut most = vec![0.0; land.len()];
    for (i, town) in towns.iter().enumerate() {
        if town.at == to_plane(NEW.0, NEW.1) {
            around(frame, town.at, NEW_KM, |cell, _| people[cell] = 0.0);
        }
        if town.people[year] <= 0.0 {
            continue;
        }
        // A bell of people, longer than wide. Its width follows from the first year; later people fill it and go beyond a little.
        let first = if town.people[0] > 0.0 { town.people[0] } else { town.people[1] };
        let grown = (town.people[year] / first).powf(0.35);
        let sigma = (first / (std::f64::consts::TAU * town.peak)).sqrt() * grown;
        let (stretch, turned) = (1.0 + 0.25 * chance(i as i64, 0, 10), 3.1 * chance(i as i64, 1, 10));
        let bell = |off: Coord<f64>| {
            let (u, v) = (off.x * turned.cos() + off.y * turned.sin(), off.y * turned.cos() - off.x * turned.sin());
            (-0.5 * ((u / stretch).powi(2) + (v * stretch).powi(2)) / (sigma * sigma)).exp()
        };
        let mut shares: Vec<(usize, f64)> = Vec::new();
        around(frame, town.at, 4.0 * sigma + 1.0, |cell, off| {
            let uneven = 0.75 + 0.5 * chance(cell as i64, i as i64, 11);
            shares.push((cell, bell(off) * uneven * f64::from(land[cell].max(0)) / 1e6));
        });
        let all: f64 = shares.iter().map(|s| s.1).sum();
        for (cell, share) in shares {
            let here = town.people[year] * share / all;
            // Below this a town is countryside.
            if here >= 20.0 {
                people[cell] += here;
                if here > most[cell] {
                    (most[cell], owner[cell]) = (here, Some(i as u32));
                }
            }
        }
    }
    let whole = |(people, land): (f64, &i32)| match *land {
        OUTSIDE => OUTSIDE,
        land if land < 100_000 => 0,
        land => (people * f64::from(land) / 1e6).round() as i32,
    };
    (people.into_iter().zip(land).map(whole).collect(), owner)
}

/// People of farms, pastures and villages in a whole cell of land. They come in steps, so that the files stay small.
fn country_people(frame: &Frame, cell: usize, year: usize) -> f64 {
    let (row, column) = ((cell / frame.width) as i64, (cell % frame.width) as i64);
    let (x, y) = frame.centre(row as usize, column as usize);
    let at = Coord { x: x / CELL, y: y / CELL };
    let rich = fertility(at) * (0.8 + 0.5 * rolling(at.x, at.y, 22.0, 30));
    let luck = chance(row, column, 31);
    // A village in some hundred cells of good ground.
    if luck < 0.011 * rich {
        return [450.0, 540.0][year] + 60.0 * (8.0 * luck / (0.011 * rich)).floor();
    }
    if rich > 0.06 {
        let steps = (rich * 8.0 + luck * 1.6).floor().min(8.0);
        return steps * [30.0, 35.0][year];
    }
    // Dry land: herds, and a well here and there.
    if luck > 0.93 { [25.0, 30.0][year] } else { 0.0 }
}

/// Built-up surface in m²: the denser people live, the less each has.
fn built(people: i32, land: i32, spread: f64) -> i32 {
    if people < 60 || land <= 0 {
        return people.min(0);
    }
    let density = f64::from(people) * 1e6 / f64::from(land);
    let each = 36.0 * (density / 1000.0).powf(-0.25) * spread;
    // Of farms in thousands, of towns finer.
    let step = if density < 330.0 { 1000.0 } else { 200.0 };
    ((f64::from(people) * each / step).round() * step).min(0.8 * f64::from(land)) as i32
}

/// Writes the grids as GeoTIFF.
pub fn write(country: &Country, folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let writing =
        Writing { compression: Compression::Deflate, overviews: Resampling::Sum, nodata: Some(f64::from(OUTSIDE)) };
    for (name, grid) in &country.grids {
        write_cog(&folder.join(format!("{name}.tif")), &country.frame, Pixels::I32(grid), writing)?;
    }
    Ok(())
}
