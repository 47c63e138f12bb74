//! The same map for several dates, side by side, with one legend.

use std::collections::BTreeMap;

use super::{
    Classes, Direction, Drawing, Ground, LegendEntry, MapLayer, Palette, Place, Refusal, Sign, Texts,
    choropleth::{Fill, check_disclaimer, circle, class_entries, fills_of, not_shown, paint},
    layered,
    sheet::Sheet,
    svg::{escape, px},
    text,
};

/// Maps in one picture at most.
const MOST_PANELS: usize = 24;
/// Between them, and for the line above each, pixels.
const GAP: f64 = 14.0;
const HEAD: f64 = 20.0;

/// One of the maps.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its date, or whatever sets it apart.
    pub title: String,
    /// Its places by key.
    pub places: BTreeMap<String, Place>,
}

/// One of the maps of layers.
#[derive(Debug, Clone)]
pub struct LayeredPanel<'a> {
    /// Its date, or whatever sets it apart.
    pub title: String,
    /// Its layers, the lowest first.
    pub layers: Vec<MapLayer<'a>>,
}

/// The column where a map lies: reading begins on the right in some languages, and so does time.
fn corner(column: usize, columns: usize, texts: &Texts) -> f64 {
    (if texts.direction == Direction::RightToLeft { columns - 1 - column } else { column }) as f64
}

/// Opens the group of one map and writes its line above it.
fn head(sheet: &mut Sheet<'_>, title: &str, width: f64, (x, y): (f64, f64)) {
    sheet.body.push_str(&format!("<g transform=\"translate({} {})\">", px(x), px(y)));
    let start = if sheet.texts.direction == Direction::RightToLeft { width } else { 0.0 };
    let line = text::wrap(title, 13.0, width).into_iter().next().unwrap_or_default();
    sheet.body.push_str(&format!("<text x=\"{}\" y=\"14\" font-size=\"13\" font-weight=\"600\">", px(start)));
    escape(&line, &mut sheet.body);
    sheet.body.push_str("</text>");
}

/// Draws maps of layers side by side on the same ground, `columns` of them in a row, with one scale bar and one legend.
///
/// `below` is drawn under the layers of each map and is in the picture once. The ground's width is that of one map.
///
/// Errors: as [`super::layered()`]; no panel or more than 24.
pub fn layered_multiples(
    prefix: &str,
    ground: &Ground,
    columns: usize,
    below: &[MapLayer<'_>],
    panels: &[LayeredPanel<'_>],
    legend: &[LegendEntry],
    texts: &Texts,
) -> Result<Drawing, Refusal> {
    check_disclaimer(ground, texts)?;
    if panels.is_empty() || panels.len() > MOST_PANELS {
        return Err(Refusal::Panels { found: panels.len(), most: MOST_PANELS });
    }
    let plane = ground.plane.ok_or_else(|| Refusal::Empty("world, which has no plane in metres".into()))?;
    let columns = columns.clamp(1, panels.len());
    let mut sheet = Sheet::new(prefix, columns as f64 * (ground.width + GAP) - GAP, texts)?;
    let top = sheet.y + 6.0;
    let size = (ground.width, ground.height);
    sheet.body.push_str(&format!("<defs>{}<g id=\"{prefix}-below\">", ground.clip(prefix)));
    for layer in below {
        layered::draw(layer, prefix, &plane, size, texts.direction, &mut sheet.body)?;
    }
    sheet.body.push_str("</g></defs>");
    let step = (ground.width + GAP, ground.height + HEAD + GAP);
    for (number, panel) in panels.iter().enumerate() {
        let (column, row) = (number % columns, number / columns);
        head(
            &mut sheet,
            &panel.title,
            ground.width,
            (corner(column, columns, texts) * step.0, top + row as f64 * step.1),
        );
        sheet.body.push_str(&format!(
            "<g transform=\"translate(0 {HEAD})\"><g clip-path=\"url(#{prefix}-clip)\"><use href=\"#{prefix}-below\"/>"
        ));
        for layer in &panel.layers {
            layered::draw(layer, prefix, &plane, size, texts.direction, &mut sheet.body)?;
        }
        sheet.body.push_str("</g></g></g>");
    }
    sheet.y = top + panels.len().div_ceil(columns) as f64 * step.1 - GAP;
    layered::scale_bar(&mut sheet, &plane, ground.width);
    sheet.legend(legend);
    Ok(Drawing { svg: sheet.finish(), not_shown: Vec::new() })
}

/// Draws several maps on the same ground, `columns` of them in a row, with one legend.
///
/// The shapes are in the picture once and are used by all maps. The ground's width is that of one map.
///
/// Errors: as [`super::choropleth()`]; no panel or more than 24.
pub fn multiples(
    prefix: &str,
    ground: &Ground,
    columns: usize,
    classes: &Classes,
    palette: Palette,
    panels: &[Panel],
    texts: &Texts,
) -> Result<Drawing, Refusal> {
    check_disclaimer(ground, texts)?;
    if panels.is_empty() || panels.len() > MOST_PANELS {
        return Err(Refusal::Panels { found: panels.len(), most: MOST_PANELS });
    }
    let columns = columns.clamp(1, panels.len());
    let colours = palette.colours(classes.n_classes())?;
    let width = columns as f64 * (ground.width + GAP) - GAP;
    let mut sheet = Sheet::new(prefix, width, texts)?;
    let top = sheet.y + 6.0;
    sheet.body.push_str("<defs>");
    for (at, piece) in ground.pieces.values().enumerate() {
        if !piece.path.is_empty() {
            sheet.body.push_str(&format!("<path id=\"{prefix}-s{at}\" fill-rule=\"evenodd\" d=\"{}\"/>", piece.path));
        }
    }
    sheet.body.push_str(&format!("<g id=\"{prefix}-lines\">{}</g></defs>", ground.lines));
    let step = (ground.width + GAP, ground.height + HEAD + GAP);
    let mut missing = Vec::new();
    let (mut has_blank, mut has_dots) = (false, false);
    for (number, panel) in panels.iter().enumerate() {
        let (column, row) = (number % columns, number / columns);
        let fills = fills_of(ground, &panel.places, classes)?;
        head(
            &mut sheet,
            &panel.title,
            ground.width,
            (corner(column, columns, texts) * step.0, top + row as f64 * step.1),
        );
        sheet.body.push_str(&format!("<g class=\"map-fill\" transform=\"translate(0 {HEAD})\">"));
        let mut signs = String::new();
        for (at, (key, piece)) in ground.pieces.iter().enumerate() {
            let Some((fill, dots)) = fills.get(key.as_str()).copied() else { continue };
            let colour = paint(fill, &colours, prefix);
            has_blank |= fill == Fill::Blank;
            has_dots |= dots;
            if !piece.path.is_empty() {
                sheet.body.push_str(&format!("<use href=\"#{prefix}-s{at}\" fill=\"{colour}\"/>"));
                if dots {
                    signs.push_str(&format!("<use href=\"#{prefix}-s{at}\" fill=\"url(#{prefix}-dots)\"/>"));
                }
            }
            if let (Fill::Class(_), Some(circle)) = (fill, circle(piece, &colour, ground.width)) {
                signs.push_str(&format!("<circle {circle}/>"));
            }
        }
        sheet.body.push_str(&format!("<use href=\"#{prefix}-lines\"/>{signs}</g></g>"));
        missing.extend(not_shown(ground, &panel.places, classes));
    }
    let rows = panels.len().div_ceil(columns);
    sheet.y = top + rows as f64 * step.1 - GAP;
    let mut entries = class_entries(classes, &colours, texts);
    let mut entry = |sign, label: &String| entries.push(LegendEntry { sign, label: label.clone(), count: None });
    entry(Sign::Hatch, &texts.no_data);
    if has_blank {
        entry(Sign::Blank, &texts.not_applicable);
    }
    if has_dots {
        let middle = colours.get(colours.len() / 2).copied().unwrap_or(super::palette::BLANK);
        entry(Sign::Dotted(middle), &texts.estimated);
    }
    sheet.legend(&entries);
    missing.sort();
    missing.dedup();
    Ok(Drawing { svg: sheet.finish(), not_shown: missing })
}
