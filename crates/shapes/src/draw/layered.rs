//! Maps of a city or a country from several layers: classed cells, areas, lines, points.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Coord, Geometry};

use super::{
    Colour, Direction, Drawing, Ground, Label, LegendEntry, LineStyle, Refusal, Texts,
    choropleth::check_disclaimer,
    ground::{Plane, borders},
    labels,
    palette::INK,
    sheet::Sheet,
    svg::{push_quad, push_shape, px},
};
use crate::{Crs, project::Projection, simplify};

/// Rectangles of one grid at most; a grid that needs more is drawn coarser.
const MOST_RECTANGLES: usize = 120_000;

/// A grid of classes.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'a> {
    /// The grid's reference system.
    pub crs: &'a Crs,
    /// Its upper left corner.
    pub origin: Coord<f64>,
    /// Side of a cell, in units of the system.
    pub side: f64,
    /// Cells in a row.
    pub n_cols: usize,
    /// The class of each cell, row by row from above; what is beyond the colours is not drawn.
    pub classes: &'a [u8],
    /// The colour of each class.
    pub colours: &'a [Colour],
}

/// A point's sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Marker {
    /// Round, with its radius in pixels.
    Circle(Colour, f64),
    /// Square, with half its side in pixels: another shape, not only another colour.
    Square(Colour, f64),
}

/// What an area is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The colour of its class.
    Colour(Colour),
    /// The hatch of what has no data.
    Hatch,
}

/// How an area is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaStyle {
    /// Its colour; `None` for an outline alone.
    pub fill: Option<Fill>,
    /// From 0, nothing, to 1.
    pub opacity: f64,
    /// Its outline.
    pub outline: Option<LineStyle>,
}

/// One layer, drawn above those before it.
#[derive(Debug, Clone)]
pub enum MapLayer<'a> {
    /// A grid.
    Cells(Cells<'a>),
    /// Areas by class: filled or outlined, or both.
    Areas {
        /// Their reference system.
        crs: &'a Crs,
        /// Each with its class.
        areas: Vec<(&'a Geometry<f64>, usize)>,
        /// The look of each class.
        styles: Vec<AreaStyle>,
    },
    /// Lines by class.
    Lines {
        /// Their reference system.
        crs: &'a Crs,
        /// Each with its class.
        lines: Vec<(&'a Geometry<f64>, usize)>,
        /// The look of each class.
        styles: Vec<LineStyle>,
    },
    /// Points by class.
    Points {
        /// Their reference system.
        crs: &'a Crs,
        /// Each with its class.
        points: Vec<(Coord<f64>, usize)>,
        /// The sign of each class.
        markers: Vec<Marker>,
    },
    /// Names of places, those that matter more first: what has no room is left out.
    Labels {
        /// Their reference system.
        crs: &'a Crs,
        /// Each with its place.
        labels: Vec<Label>,
    },
}

/// Draws layers on a ground, from the lowest up, with a scale bar and the legend that is given.
///
/// What lies outside of the ground is cut off. Lines and outlines are thinned to half a pixel, cells of one class are
/// joined to rectangles, points that fall on the same tenth of a pixel are drawn once: the picture's size is bounded
/// by its width, not by the data. On a ground of areas their borders lie above all layers.
///
/// Errors: a bad prefix; no title, no description; no disclaimer where boundaries between countries are in view; a
/// system that we do not compute in; a grid that contradicts itself; the world as ground.
pub fn layered(
    prefix: &str,
    ground: &Ground,
    layers: &[MapLayer<'_>],
    legend: &[LegendEntry],
    texts: &Texts,
) -> Result<Drawing, Refusal> {
    check_disclaimer(ground, texts)?;
    let plane = ground.plane.ok_or_else(|| Refusal::Empty("world, which has no plane in metres".into()))?;
    let mut sheet = Sheet::new(prefix, ground.width, texts)?;
    let top = sheet.y + 6.0;
    sheet.body.push_str(&format!(
        "<defs>{}</defs><g transform=\"translate(0 {})\"><g clip-path=\"url(#{prefix}-clip)\">",
        ground.clip(prefix),
        px(top)
    ));
    for layer in layers {
        draw(layer, prefix, &plane, (ground.width, ground.height), texts.direction, &mut sheet.body)?;
    }
    sheet.body.push_str(&ground.lines);
    sheet.body.push_str("</g></g>");
    sheet.y = top + ground.height;
    scale_bar(&mut sheet, &plane, ground.width);
    sheet.legend(legend);
    Ok(Drawing { svg: sheet.finish(), not_shown: Vec::new() })
}

fn known(crs: &Crs) -> Result<Projection, Refusal> {
    Projection::of(crs).ok_or_else(|| Refusal::UnknownSystem { layer: "of the map".into(), crs: crs.to_string() })
}

pub(super) fn draw(
    layer: &MapLayer<'_>,
    prefix: &str,
    plane: &Plane,
    size: (f64, f64),
    direction: Direction,
    to: &mut String,
) -> Result<(), Refusal> {
    match layer {
        MapLayer::Cells(cells) => draw_cells(cells, plane, size, to),
        MapLayer::Areas { crs, areas, styles } => {
            let thin = thinned(areas, known(crs)?, plane);
            for (class, AreaStyle { fill, opacity, outline }) in styles.iter().enumerate() {
                let of_class = || thin.iter().enumerate().filter(move |(_, (_, of))| *of == class);
                let mut path = String::new();
                of_class().for_each(|(_, (shape, _))| push_shape(shape, &mut path));
                if let (Some(fill), false) = (fill, path.is_empty()) {
                    let paint = match fill {
                        Fill::Colour(colour) => colour.to_string(),
                        Fill::Hatch => format!("url(#{prefix}-hatch)"),
                    };
                    to.push_str(&format!(
                        "<path class=\"map-fill\" fill-rule=\"evenodd\" fill=\"{paint}\" fill-opacity=\"{}\" d=\"{path}\"/>",
                        px(opacity.clamp(0.0, 1.0))
                    ));
                }
                let mut path = String::new();
                push_shape(&borders(of_class().map(|(at, (shape, _))| (shape, at))), &mut path);
                if let (Some(style), false) = (outline, path.is_empty()) {
                    to.push_str(&format!("<path fill=\"none\"{} d=\"{path}\"/>", stroke(style)));
                }
            }
            Ok(())
        }
        MapLayer::Lines { crs, lines, styles } => {
            let thin = thinned(lines, known(crs)?, plane);
            for (class, style) in styles.iter().enumerate() {
                let mut path = String::new();
                // Each line once, also where polygons with common borders were given as lines.
                let of_class = thin.iter().enumerate().filter(|(_, (_, of))| *of == class);
                push_shape(&borders(of_class.map(|(at, (shape, _))| (shape, at))), &mut path);
                if !path.is_empty() {
                    to.push_str(&format!("<path fill=\"none\"{} d=\"{path}\"/>", stroke(style)));
                }
            }
            Ok(())
        }
        MapLayer::Points { crs, points, markers } => draw_points(points, markers, known(crs)?, plane, size, to),
        MapLayer::Labels { crs, labels } => {
            labels::draw(labels, known(crs)?, plane, size, direction, to);
            Ok(())
        }
    }
}

fn stroke(style: &LineStyle) -> String {
    format!(
        " stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{}",
        style.colour,
        px(style.width),
        style.dash.attribute()
    )
}

/// Shapes in pixels, thinned together, with their classes.
fn thinned(shapes: &[(&Geometry<f64>, usize)], from: Projection, plane: &Plane) -> Vec<(Geometry<f64>, usize)> {
    let drawn: Vec<_> = shapes.iter().filter_map(|(shape, class)| Some((plane.draw(shape, from)?, *class))).collect();
    let thin = simplify(&drawn.iter().map(|(shape, _)| shape).collect::<Vec<_>>(), 0.25);
    thin.into_iter().zip(drawn).filter_map(|(shape, (_, class))| Some((shape?, class))).collect()
}

fn draw_points(
    points: &[(Coord<f64>, usize)],
    markers: &[Marker],
    from: Projection,
    plane: &Plane,
    (width, height): (f64, f64),
    to: &mut String,
) -> Result<(), Refusal> {
    // One sign for each class and tenth of a pixel, in a fixed order.
    let mut places: BTreeMap<usize, BTreeSet<(i64, i64)>> = BTreeMap::new();
    for (at, class) in points {
        let at = from.inverse(*at).and_then(|at| plane.projection.forward(at)).map(|at| plane.to_px(at));
        if let Some(at) = at.filter(|at| (-9.0..=width + 9.0).contains(&at.x) && (-9.0..=height + 9.0).contains(&at.y))
        {
            places.entry(*class).or_default().insert(((at.y * 10.0).round() as i64, (at.x * 10.0).round() as i64));
        }
    }
    for (class, marker) in markers.iter().enumerate() {
        let (colour, half) = match marker {
            Marker::Circle(colour, half) | Marker::Square(colour, half) => (colour, half.clamp(0.5, 50.0)),
        };
        // The line around a small sign would be all that is seen of it.
        let line = px((0.2 * half).min(0.5));
        to.push_str(&format!("<g class=\"map-fill\" fill=\"{colour}\" stroke=\"{INK}\" stroke-width=\"{line}\">"));
        for (y, x) in places.get(&class).into_iter().flatten() {
            let (x, y) = (*x as f64 / 10.0, *y as f64 / 10.0);
            to.push_str(&match marker {
                Marker::Circle(..) => format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>", px(x), px(y), px(half)),
                Marker::Square(..) => {
                    let side = px(2.0 * half);
                    format!("<rect x=\"{}\" y=\"{}\" width=\"{side}\" height=\"{side}\"/>", px(x - half), px(y - half))
                }
            });
        }
        to.push_str("</g>");
    }
    Ok(())
}

/// A rectangle of cells of one class: columns and rows from one to before another.
#[derive(Clone, Copy)]
struct Run {
    class: u8,
    cols: (usize, usize),
    rows: (usize, usize),
}

fn draw_cells(cells: &Cells<'_>, plane: &Plane, size: (f64, f64), to: &mut String) -> Result<(), Refusal> {
    let from = known(cells.crs)?;
    let n_rows = cells.classes.len().checked_div(cells.n_cols).unwrap_or_default();
    if n_rows.saturating_mul(cells.n_cols) != cells.classes.len()
        || cells.side.is_nan()
        || cells.side <= 0.0
        || cells.n_cols == 0
    {
        return Err(Refusal::Grid { found: cells.classes.len(), expected: n_rows.saturating_mul(cells.n_cols) });
    }
    let is_aligned = from == plane.projection;
    let metres = if cells.crs.is_geographic() { cells.side * 111_000.0 } else { cells.side };
    // Blocks of at least a pixel, each of the class that most of its cells have.
    let mut block = (1.0 / (metres * plane.scale)).ceil().clamp(1.0, 1e6) as usize;
    let runs = loop {
        let runs = runs(cells, n_rows, block, if is_aligned { usize::MAX } else { 24 });
        if runs.len() <= MOST_RECTANGLES {
            break runs;
        }
        block = block.saturating_mul(2);
    };
    let mut paths = vec![String::new(); cells.colours.len()];
    for run in runs {
        let corner = |col: usize, row: usize| {
            let at = Coord {
                x: cells.origin.x + col.min(cells.n_cols) as f64 * cells.side,
                y: cells.origin.y - row.min(n_rows) as f64 * cells.side,
            };
            let at = if is_aligned { at } else { plane.projection.forward(from.inverse(at)?)? };
            Some(plane.to_px(at))
        };
        let corners = [
            corner(run.cols.0, run.rows.0),
            corner(run.cols.1, run.rows.0),
            corner(run.cols.1, run.rows.1),
            corner(run.cols.0, run.rows.1),
        ];
        let ([Some(a), Some(b), Some(c), Some(d)], Some(path)) = (corners, paths.get_mut(usize::from(run.class)))
        else {
            continue;
        };
        let all = [a, b, c, d];
        let is_outside = all.iter().all(|at| at.x < 0.0)
            || all.iter().all(|at| at.y < 0.0)
            || all.iter().all(|at| at.x > size.0)
            || all.iter().all(|at| at.y > size.1);
        if !is_outside {
            push_quad(all, path);
        }
    }
    to.push_str("<g class=\"map-fill\" shape-rendering=\"crispEdges\">");
    for (path, colour) in paths.iter().zip(cells.colours) {
        if !path.is_empty() {
            // Turned rectangles would show the paper through the cracks between them.
            let seam = if is_aligned { String::new() } else { format!(" stroke=\"{colour}\" stroke-width=\".7\"") };
            to.push_str(&format!("<path fill=\"{colour}\"{seam} d=\"{path}\"/>"));
        }
    }
    to.push_str("</g>");
    Ok(())
}

/// Cells joined to rectangles: along the row up to a length, then down while the next row has the same.
fn runs(cells: &Cells<'_>, n_rows: usize, block: usize, longest: usize) -> Vec<Run> {
    let class_of = |col: usize, row: usize| {
        if block == 1 {
            return cells.classes.get(row * cells.n_cols + col).copied().unwrap_or(u8::MAX);
        }
        let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
        for row in row..(row + block).min(n_rows) {
            let start = row * cells.n_cols;
            let line = cells.classes.get(start + col..start + (col + block).min(cells.n_cols)).unwrap_or_default();
            for class in line {
                *counts.entry(*class).or_default() += 1;
            }
        }
        // Of equal counts the lower class, so that the answer is always the same.
        counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map_or(u8::MAX, |(class, _)| class)
    };
    let is_drawn = |class: u8| usize::from(class) < cells.colours.len();
    let mut done = Vec::new();
    let mut open: BTreeMap<(usize, usize, u8), usize> = BTreeMap::new();
    for row in (0..n_rows).step_by(block) {
        let mut line: Vec<(usize, usize, u8)> = Vec::new();
        for col in (0..cells.n_cols).step_by(block) {
            let class = class_of(col, row);
            let end = (col + block).min(cells.n_cols);
            match line.last_mut() {
                Some((from, to, known)) if *known == class && *to == col && (end - *from) / block <= longest => {
                    *to = end
                }
                _ => line.push((col, end, class)),
            }
        }
        line.retain(|(_, _, class)| is_drawn(*class));
        let mut next = BTreeMap::new();
        for run in line {
            let begun = open.remove(&run).filter(|begun| (row - begun) / block < longest);
            next.insert(run, begun.unwrap_or(row));
        }
        // What is left was not gone on with; what was cut for its length ends here as well.
        for ((from, to, class), begun) in open {
            done.push(Run { class, cols: (from, to), rows: (begun, row) });
        }
        open = next;
    }
    for ((from, to, class), begun) in open {
        done.push(Run { class, cols: (from, to), rows: (begun, n_rows) });
    }
    done
}

/// A bar of a round length, no longer than a quarter of a map of that width.
pub(super) fn scale_bar(sheet: &mut Sheet<'_>, plane: &Plane, width: f64) {
    let most = width / 4.0 / plane.scale;
    if !(most.is_finite() && most > 0.0) {
        return;
    }
    let power = 10f64.powf(most.log10().floor());
    let metres = [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|metres| *metres <= most).unwrap_or(power);
    let length = metres * plane.scale;
    let label = if metres >= 1000.0 {
        format!("{} {}", (metres / 1000.0).round(), sheet.texts.kilometres)
    } else {
        format!("{metres} {}", sheet.texts.metres)
    };
    let y = sheet.y + 12.0;
    let is_left = sheet.texts.direction == super::Direction::LeftToRight;
    let edge = sheet.width;
    let (x, text_x) = if is_left { (0.0, length + 6.0) } else { (edge - length, edge - length - 6.0) };
    sheet.body.push_str(&format!(
        "<path d=\"M{} {}v5h{}v-5\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"1\"/><text x=\"{}\" y=\"{}\" font-size=\"11\">",
        px(x),
        px(y - 5.0),
        px(length),
        px(text_x),
        px(y)
    ));
    super::svg::escape(&label, &mut sheet.body);
    sheet.body.push_str("</text>");
    sheet.y = y + 4.0;
}
