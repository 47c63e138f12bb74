//! Rasters are written and read, and broken ones are refused.

use std::fs;

use grids::Fault;
use grids::raster::{Compression, Frame, Grid, Mosaic, Pixels, Raster, Resampling, Source, Window, Writing, write_cog};
use proptest::prelude::*;
use shapes::Crs;

use crate::shared::data;

fn frame(width: usize, height: usize, crs: Crs) -> Frame {
    Frame { width, height, left: 1000.0, top: 9000.0, dx: 100.0, dy: 100.0, crs }
}

const WRITING: Writing =
    Writing { compression: Compression::Deflate, overviews: Resampling::Mode, nodata: Some(255.0) };

#[test]
fn what_is_written_reads_back() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("grid.tif");
    for (i, crs) in
        [Crs::Mollweide, Crs::LaeaEurope, Crs::Wgs84, Crs::Utm { zone: 33, south: false }].into_iter().enumerate()
    {
        let (width, height) = ([5, 1300, 600, 33][i], [3, 700, 513, 1025][i]);
        let frame = frame(width, height, crs);
        let classes: Vec<u8> = (0..width * height).map(|i| (i * 7 % 31) as u8).collect();
        let numbers: Vec<f64> = classes.iter().map(|c| f64::from(*c) / 3.0).collect();
        for compression in [Compression::Deflate, Compression::Zstd] {
            let writing = Writing { compression, ..WRITING };
            write_cog(&path, &frame, Pixels::U8(&classes), writing).unwrap();
            let read = Raster::open(&path).unwrap();
            assert_eq!(read.frame(), &frame);
            let back = Grid::read(&read, 1 << 24).unwrap();
            assert!(back.values.iter().zip(&classes).all(|(a, b)| *a == f64::from(*b)));
            let sums = Writing { overviews: Resampling::Sum, nodata: Some(f64::NAN), ..writing };
            write_cog(&path, &frame, Pixels::F64(&numbers), sums).unwrap();
            assert_eq!(Grid::read(&Raster::open(&path).unwrap(), 1 << 24).unwrap().values, numbers);
        }
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside");
}

#[test]
fn numbers_that_stand_for_others_holes_and_masks() {
    let read =
        |name: &str| Raster::open(&std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")).join(name));
    let values = |name: &str| Grid::read(&read(name).unwrap(), 1 << 24).unwrap().values;
    // 2 stands for 5.2.
    assert!(values("scaled.tif").iter().all(|v| (v - 5.2).abs() < 1e-12));
    // One block of sixteen is there; without a word for what is missing the rest is 0.
    let holes = values("holes.tif");
    assert_eq!((holes.iter().sum::<f64>(), holes.iter().filter(|v| **v == 0.0).count()), (256.0, 64 * 64 - 256));
    // A mask in the file is not passed over.
    let masked = read("masked.tif").unwrap_err().to_string();
    assert!(masked.contains("mask") && masked.contains("GDAL_NODATA"), "{masked}");
}

#[test]
fn windows_are_parts_of_the_whole() {
    let Some(path) = data("europe/POP.tif") else { return };
    let raster = Raster::open(&path).unwrap();
    let whole = Grid::read(&raster, 1 << 25).unwrap();
    for window in [
        Window { column: 0, row: 0, width: 1, height: 1 },
        Window { column: 250, row: 1000, width: 520, height: 300 },
        Window { column: 5569, row: 4400, width: 1, height: 82 },
    ] {
        let (mut a, mut b) = (vec![0.0; window.n_cells()], vec![0.0; window.n_cells()]);
        raster.read(window, &mut a).unwrap();
        whole.read(window, &mut b).unwrap();
        assert!(a.iter().zip(&b).all(|(a, b)| a.to_bits() == b.to_bits()));
    }
    let out = Window { column: 5569, row: 0, width: 2, height: 1 };
    assert!(raster.read(out, &mut [0.0; 2]).is_err());
}

/// A TIFF with one strip, made by hand: tag, type, count, value.
fn tiff(tags: &[(u16, u16, u32, u32)], rest: &[u8], big_endian: bool) -> Vec<u8> {
    let short = |v: u16| if big_endian { v.to_be_bytes() } else { v.to_le_bytes() };
    let long = |v: u32| if big_endian { v.to_be_bytes() } else { v.to_le_bytes() };
    let mut out = if big_endian { b"MM".to_vec() } else { b"II".to_vec() };
    out.extend(short(42));
    out.extend(long(8));
    out.extend(short(tags.len() as u16));
    for (tag, kind, count, value) in tags {
        out.extend(short(*tag));
        out.extend(short(*kind));
        out.extend(long(*count));
        if *kind == 3 && *count == 1 {
            out.extend(short(*value as u16));
            out.extend([0, 0]);
        } else {
            out.extend(long(*value));
        }
    }
    out.extend(long(0));
    out.resize(512, 0);
    out.extend(rest);
    out
}

/// The tags of a 2 x 2 grid of 16 bit numbers; data at 512, doubles at 520, keys at 600.
fn small() -> Vec<(u16, u16, u32, u32)> {
    vec![
        (256, 3, 1, 2),
        (257, 3, 1, 2),
        (258, 3, 1, 16),
        (259, 3, 1, 1),
        (273, 4, 1, 512),
        (277, 3, 1, 1),
        (278, 3, 1, 2),
        (279, 4, 1, 8),
        (317, 3, 1, 1),
        (33550, 12, 3, 520),
        (33922, 12, 6, 544),
        (34735, 3, 8, 600),
    ]
}

fn rest(big_endian: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let shorts = |out: &mut Vec<u8>, v: &[u16]| {
        v.iter().for_each(|v| out.extend(if big_endian { v.to_be_bytes() } else { v.to_le_bytes() }));
    };
    shorts(&mut out, &[1, 2, 300, 4]);
    for v in [1000.0f64, 1000.0, 0.0, 0.0, 0.0, 0.0, 5000.0, 9000.0, 0.0] {
        out.extend(if big_endian { v.to_be_bytes() } else { v.to_le_bytes() });
    }
    out.resize(600 - 512, 0);
    shorts(&mut out, &[1, 1, 0, 1, 3072, 0, 1, 3035]);
    shorts(&mut out, &[0; 4]);
    // The first key is the model: projected.
    out
}

fn read(bytes: &[u8]) -> Result<Grid, Fault> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.tif");
    fs::write(&path, bytes).unwrap();
    Grid::read(&Raster::open(&path)?, 1 << 20)
}

#[test]
fn both_byte_orders_and_predictor_2() {
    for big_endian in [false, true] {
        let grid = read(&tiff(&small(), &rest(big_endian), big_endian)).unwrap();
        assert_eq!(grid.values, [1.0, 2.0, 300.0, 4.0]);
        assert_eq!((grid.frame.left, grid.frame.top, grid.frame.dx), (5000.0, 9000.0, 1000.0));
        assert_eq!(grid.frame.crs, Crs::LaeaEurope);
        let mut tags = small();
        tags[8].3 = 2;
        let grid = read(&tiff(&tags, &rest(big_endian), big_endian)).unwrap();
        assert_eq!(grid.values, [1.0, 3.0, 300.0, 304.0]);
    }
}

#[test]
fn broken_files_are_refused_with_what_is_wrong() {
    let with = |tag: u16, value: u32| {
        let mut tags = small();
        tags.iter_mut().filter(|t| t.0 == tag).for_each(|t| t.3 = value);
        read(&tiff(&tags, &rest(false), false)).unwrap_err()
    };
    let without = |tag: u16| {
        let tags: Vec<_> = small().into_iter().filter(|t| t.0 != tag).collect();
        read(&tiff(&tags, &rest(false), false)).unwrap_err()
    };
    assert!(matches!(read(b"GIF89a").unwrap_err(), Fault::NotTiff { .. }));
    assert!(matches!(read(b"II*\0\xff\xff\xff\xff").unwrap_err(), Fault::Truncated { .. }));
    assert!(matches!(with(256, 0), Fault::Tag { tag: 256, .. }));
    assert!(matches!(with(258, 12), Fault::Unsupported { .. }));
    assert!(matches!(with(259, 7), Fault::Unsupported { .. }));
    assert!(matches!(with(277, 3), Fault::Unsupported { .. }));
    assert!(matches!(with(279, 1 << 30), Fault::Truncated { .. }));
    assert!(matches!(with(317, 3), Fault::Tag { tag: 317, .. }));
    assert!(matches!(without(273), Fault::Tag { tag: 273, .. }));
    assert!(matches!(without(33550), Fault::NoPlace { .. }));
    assert!(matches!(without(34735), Fault::NoPlace { .. }));
    // A width and height that no file of this size can hold.
    let mut tags = small();
    (tags[0], tags[1], tags[6]) = ((256, 4, 1, 2_000_000_000), (257, 4, 1, 2_000_000_000), (278, 4, 1, 2_000_000_000));
    assert!(matches!(read(&tiff(&tags, &rest(false), false)).unwrap_err(), Fault::TooLarge { .. }));
    // A small packed block that claims to hold much.
    let mut tags = small();
    (tags[0], tags[1], tags[6], tags[3]) = ((256, 4, 1, 700), (257, 4, 1, 700), (278, 4, 1, 700), (259, 3, 1, 8));
    let fault = read(&tiff(&tags, &rest(false), false)).unwrap_err();
    assert!(matches!(fault, Fault::Block { .. }), "{fault}");
    assert!(fault.to_string().contains("cannot hold"), "{fault}");
}

#[test]
fn grids_that_do_not_align_say_by_how_much() {
    let grid = |f: Frame| Box::new(Grid::new(f.clone(), vec![1.0; f.n_cells()]).unwrap()) as Box<dyn Source>;
    let base = frame(3, 2, Crs::Mollweide);
    let join = |other: Frame| Mosaic::join(vec![grid(base.clone()), grid(other)]).map_err(|e| e.to_string());
    assert!(join(Frame { left: 1030.0, ..base.clone() }).unwrap_err().contains("0.3"));
    assert!(join(Frame { dx: 50.0, ..base.clone() }).unwrap_err().contains("50 x 100"));
    assert!(join(Frame { crs: Crs::LaeaEurope, ..base.clone() }).unwrap_err().contains("EPSG:3035"));
    // A gap of two columns is missing.
    let far = join(Frame { left: 1500.0, width: 1, ..base.clone() }).unwrap();
    assert_eq!((far.frame().width, far.frame().height), (6, 2));
    let values = Grid::read(&far, 100).unwrap().values;
    assert_eq!(values.iter().filter(|v| v.is_nan()).count(), 4);
    let fault = base.same_as(&Frame { top: 9050.0, ..base.clone() }, ("a", "b")).unwrap_err().to_string();
    assert!(fault.contains("0.5 cells"), "{fault}");
}

#[test]
fn tiles_that_overlap_must_say_the_same() {
    let dir = tempfile::tempdir().unwrap();
    // Three tiles in a row, each of four columns; the second begins in the last column of the first.
    let tile = |name: &str, column: f64, values: &[f64; 8]| {
        let path = dir.path().join(name);
        let frame = Frame { left: 1000.0 + column * 100.0, ..frame(4, 2, Crs::Mollweide) };
        let writing = Writing { nodata: Some(-1.0), overviews: Resampling::Sum, ..WRITING };
        write_cog(&path, &frame, Pixels::F64(values), writing).unwrap();
        path
    };
    let west = tile("west.tif", 0.0, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, -1.0]);
    let far = tile("far.tif", 9.0, &[9.0; 8]);
    let read =
        |tiles: &[std::path::PathBuf]| Mosaic::open(tiles).and_then(|all| Grid::read(&all, 1000)).map(|all| all.values);
    // The same number, one that rounding to 32 bits made of it, or none.
    for (same, below) in [(4.0, 8.0), (4.0 + 1e-7, -1.0), (-1.0, 8.0)] {
        let east = tile("east.tif", 3.0, &[same, 5.0, 6.0, 7.0, below, 9.0, 9.0, 9.0]);
        for tiles in [[0, 1, 2], [2, 1, 0]] {
            let all = [&west, &east, &far];
            let values = read(&tiles.map(|at: usize| all[at].clone())).unwrap();
            assert!((values[3] - 4.0).abs() < 1e-6, "{values:?}");
            assert_eq!(values[13 + 3].is_nan(), below < 0.0);
        }
    }
    let east = tile("east.tif", 3.0, &[4.5, 5.0, 6.0, 7.0, 8.0, 9.0, 9.0, 9.0]);
    match read(&[west.clone(), far, east.clone()]) {
        Err(Fault::TilesDiffer { first, second, values, cell, at, crs }) => {
            assert!(first.ends_with("west.tif") && second.ends_with("east.tif"), "{first} {second}");
            assert_eq!((values, cell, at, crs.as_str()), ([4.0, 4.5], [0, 0], [1350.0, 8950.0], "ESRI:54009"));
        }
        other => panic!("{other:?}"),
    }
    let told = read(&[east, west]).unwrap_err().to_string();
    for part in ["east.tif", "west.tif", "4.5 and 4", "1350, 8950", "row 0, column 3"] {
        assert!(told.contains(part), "{told}");
    }
}

/// Files of another program in `tests/data`, see `make.py` there: packing, predictor, byte order, strips or tiles, BigTIFF.
const FOREIGN: [&str; 11] = [
    "plain_strips",
    "lzw_strips",
    "lzw_tiles_predictor_2",
    "packbits",
    "deflate_tiles",
    "zstd_strips",
    "predictor_3_f32",
    "predictor_3_f64",
    "predictor_3_big_endian",
    "big_tiff",
    "big_tiff_big_endian",
];

fn foreign(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(format!("{name}.tif"))
}

#[test]
fn files_of_another_program_in_every_packing() {
    for name in FOREIGN {
        let raster = Raster::open(&foreign(name)).unwrap();
        let frame = raster.frame().clone();
        assert_eq!((frame.width, frame.height, frame.dx, &frame.crs), (37, 20, 1000.0, &Crs::LaeaEurope), "{name}");
        assert_eq!((frame.left, frame.top, raster.nodata()), (4_000_000.0, 3_000_000.0, Some(-1.0)), "{name}");
        let is_whole = !name.starts_with("predictor_3") && name != "big_tiff";
        let grid = Grid::read(&raster, 1000).unwrap();
        for (i, value) in grid.values.iter().enumerate() {
            let (row, column) = ((i / 37) as f64, (i % 37) as f64);
            let expected = if is_whole { row + column } else { row + column / 4.0 };
            let is_right = if (i / 37, i % 37) == (2, 3) { value.is_nan() } else { *value == expected };
            assert!(is_right, "{name}: {value} in row {row}, column {column}");
        }
        // A window over the corner of four blocks.
        let window = Window { column: 13, row: 12, width: 7, height: 6 };
        let mut values = vec![0.0; window.n_cells()];
        raster.read(window, &mut values).unwrap();
        let mut expected = vec![0.0; window.n_cells()];
        grid.read(window, &mut expected).unwrap();
        assert_eq!(values, expected, "{name}");
    }
}

#[test]
fn files_cut_anywhere_are_refused_or_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cut.tif");
    for name in FOREIGN {
        let bytes = fs::read(foreign(name)).unwrap();
        let whole = Grid::read(&Raster::open(&foreign(name)).unwrap(), 1000).unwrap();
        for length in (0..bytes.len()).step_by(13) {
            fs::write(&path, &bytes[..length]).unwrap();
            // What is cut off may have been of no use, but then nothing else is missing either.
            if let Ok(grid) = Raster::open(&path).and_then(|raster| Grid::read(&raster, 1000)) {
                let same = grid.values.iter().zip(&whole.values).all(|(a, b)| a.to_bits() == b.to_bits());
                assert!(same, "{name}, {length} bytes");
            }
        }
    }
}

#[test]
fn absurd_tags_take_no_memory() {
    let with = |changes: &[(u16, u16, u32, u32)]| {
        let mut tags = small();
        for change in changes {
            tags.iter_mut().filter(|t| t.0 == change.0).for_each(|t| *t = *change);
        }
        read(&tiff(&tags, &rest(false), false)).unwrap_err()
    };
    // Lists longer than the file, at its end, or of a type that there is not.
    let fault = with(&[(273, 4, u32::MAX, 512)]);
    assert!(matches!(fault, Fault::Tag { tag: 273, .. }), "{fault}");
    assert!(matches!(with(&[(273, 4, 1000, u32::MAX)]), Fault::Truncated { .. }));
    let fault = with(&[(33550, 12, u32::MAX, 520)]);
    assert!(matches!(fault, Fault::Tag { tag: 33550, .. }), "{fault}");
    with(&[(33550, 99, 3, 520)]);
    with(&[(278, 3, 1, 0), (279, 4, 1, 0)]);
    with(&[(256, 12, 1, 520)]);
    // Blocks without end: one row each of a very high grid.
    let high = [(257, 4, 1, 2_000_000_000), (278, 4, 1, 1)];
    assert!(matches!(with(&high), Fault::Tag { tag: 273, .. }));
}

#[test]
fn grids_without_a_value_or_of_one_cell() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("grid.tif");
    for (width, height) in [(1, 1), (700, 1), (1, 700)] {
        let frame = frame(width, height, Crs::Mollweide);
        write_cog(&path, &frame, Pixels::U8(&vec![255; width * height]), WRITING).unwrap();
        let grid = Grid::read(&Raster::open(&path).unwrap(), 1000).unwrap();
        assert_eq!(grid.frame, frame);
        assert!(grid.values.iter().all(|v| v.is_nan()));
        write_cog(&path, &frame, Pixels::U8(&vec![7; width * height]), WRITING).unwrap();
        assert!(Grid::read(&Raster::open(&path).unwrap(), 1000).unwrap().values.iter().all(|v| *v == 7.0));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// No bytes make the reader panic.
    #[test]
    fn any_bytes_are_read_or_refused(changes in prop::collection::vec((0usize..680, any::<u8>()), 1..12), cut in 0usize..700) {
        let mut bytes = tiff(&small(), &rest(false), false);
        for (at, value) in changes {
            if let Some(b) = bytes.get_mut(at) {
                *b = value;
            }
        }
        bytes.truncate(bytes.len().min(cut.max(8)));
        let _ = read(&bytes);
    }
}
