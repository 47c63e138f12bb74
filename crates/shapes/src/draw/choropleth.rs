//! Areas in the colours of their classes.

use std::collections::BTreeMap;

use super::{
    Classes, Colour, Ground, LegendEntry, Palette, Refusal, Sign, Texts,
    ground::Piece,
    palette::{BLANK, GROUND, INK},
    sheet::Sheet,
    svg::{escape, escaped, px},
    symbols::{PlacePoint, draw_points},
};

/// Below this drawn area, in square pixels, a place also gets a circle, and the circle's radius: on a map of a page.
const SMALL: f64 = 12.0;
pub(super) const RADIUS: f64 = 4.0;
/// The width from which on circles have their full size; on smaller maps they would cover the neighbours.
pub(super) const FULL_WIDTH: f64 = 700.0;

/// What is known about a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its value was measured.
    Measured,
    /// Its value was estimated: dots over the colour.
    Estimated,
    /// There is a value that must not be shown: the hatch, and a note from the caller.
    Suppressed,
    /// The indicator does not apply there: white.
    NotApplicable,
    /// There is no value: the hatch.
    Missing,
}

/// A place with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The value; looked at only where the status says that there is one to show.
    pub value: Option<f64>,
    /// What is known.
    pub status: Status,
    /// Name, value and unit in the reader's language, shown at the pointer.
    pub label: String,
}

/// A finished map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The picture.
    pub svg: String,
    /// Keys of places that have a value and are not in the picture: for a line under it.
    pub not_shown: Vec<String>,
}

/// How a place is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fill {
    Class(usize),
    Blank,
    Hatch,
}

/// A place's fill, and whether it has dots.
pub(super) fn fill_of(key: &str, place: Option<&Place>, classes: &Classes) -> Result<(Fill, bool), Refusal> {
    let Some(place) = place else { return Ok((Fill::Hatch, false)) };
    match (place.status, place.value) {
        (Status::NotApplicable, _) => Ok((Fill::Blank, false)),
        (Status::Measured | Status::Estimated, Some(value)) => match classes.of(value) {
            Some(class) => Ok((Fill::Class(class), place.status == Status::Estimated)),
            None => Err(Refusal::OutsideOfClasses { key: key.to_owned(), value }),
        },
        _ => Ok((Fill::Hatch, false)),
    }
}

/// The attribute of a fill.
pub(super) fn paint(fill: Fill, colours: &[Colour], prefix: &str) -> String {
    match fill {
        Fill::Class(class) => colours.get(class).copied().unwrap_or(BLANK).to_string(),
        Fill::Blank => BLANK.to_string(),
        Fill::Hatch => format!("url(#{prefix}-hatch)"),
    }
}

/// Draws a map of classes.
///
/// `prefix` begins all ids: a letter, then letters, digits, `-` and `_`; an area's id is the prefix, `-` and its key.
/// Places are joined by key; an area without a place takes the hatch. A place whose area is under 12 square pixels
/// also gets a circle. The legend names each class with the count of its places, then what has no data.
///
/// Errors: a bad prefix; no title, no description; no disclaimer where boundaries between countries are in view; more
/// classes than the palette has; a value outside of the classes.
pub fn choropleth(
    prefix: &str,
    ground: &Ground,
    classes: &Classes,
    palette: Palette,
    places: &BTreeMap<String, Place>,
    texts: &Texts,
) -> Result<Drawing, Refusal> {
    compose(prefix, ground, classes, palette, &Shown { places, areas: AreasAre::Classed, points: &[] }, texts)
}

/// How the areas of a ground are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AreasAre {
    /// In the colours of their classes, hatched where there is no value.
    Classed,
    /// All alike, because what is measured are points.
    Ground,
}

/// What is shown on a ground.
pub(super) struct Shown<'a> {
    pub(super) places: &'a BTreeMap<String, Place>,
    pub(super) areas: AreasAre,
    pub(super) points: &'a [PlacePoint],
}

/// Draws areas and points with one legend: all of [`choropleth()`] and [`super::symbols()`].
pub(super) fn compose(
    prefix: &str,
    ground: &Ground,
    classes: &Classes,
    palette: Palette,
    shown: &Shown<'_>,
    texts: &Texts,
) -> Result<Drawing, Refusal> {
    check_disclaimer(ground, texts)?;
    let Shown { places, areas, points } = *shown;
    let colours = palette.colours(classes.n_classes())?;
    let mut sheet = Sheet::new(prefix, ground.width, texts)?;
    let top = sheet.y + 6.0;
    let fills = match areas {
        AreasAre::Classed => fills_of(ground, places, classes)?,
        AreasAre::Ground => BTreeMap::new(),
    };
    sheet.body.push_str(&format!("<g transform=\"translate(0 {})\">", px(top)));
    let mut groups: BTreeMap<Fill, String> = BTreeMap::new();
    let mut quiet = String::new();
    let mut signs = String::new();
    for (at, (key, piece)) in ground.pieces.iter().enumerate() {
        let Some((fill, has_dots)) = fills.get(key.as_str()).copied() else {
            quiet.push_str(&piece.path);
            continue;
        };
        let place = places.get(key);
        let label = place.map_or_else(|| format!("{}: {}", piece.name, texts.no_data), |place| place.label.clone());
        let id = id_of(prefix, key, at);
        let group = groups.entry(fill).or_default();
        if !piece.path.is_empty() {
            group.push_str(&format!(
                "<path id=\"{id}\" d=\"{}\"><title>{}</title></path>",
                piece.path,
                escaped(&label)
            ));
            if has_dots {
                signs.push_str(&format!("<use href=\"#{id}\" fill=\"url(#{prefix}-dots)\" pointer-events=\"none\"/>"));
            }
        }
        if let (Fill::Class(_), Some(circle)) = (fill, circle(piece, &paint(fill, &colours, prefix), ground.width)) {
            let id = if piece.path.is_empty() { format!(" id=\"{id}\"") } else { String::new() };
            signs.push_str(&format!("<circle{id} {circle}><title>"));
            escape(&label, &mut signs);
            signs.push_str("</title></circle>");
        }
    }
    if !quiet.is_empty() {
        sheet
            .body
            .push_str(&format!("<path class=\"map-fill\" fill-rule=\"evenodd\" fill=\"{GROUND}\" d=\"{quiet}\"/>"));
    }
    for (fill, paths) in groups {
        let outline = if fill == Fill::Blank { " stroke=\"#666\" stroke-width=\".5\"" } else { "" };
        sheet.body.push_str(&format!(
            "<g class=\"map-fill\" fill-rule=\"evenodd\" fill=\"{}\"{outline}>{paths}</g>",
            paint(fill, &colours, prefix)
        ));
    }
    sheet.body.push_str(&ground.lines);
    sheet.body.push_str(&signs);
    let drawn = draw_points(prefix, ground, classes, &colours, points, &mut sheet.body)?;
    sheet.body.push_str("</g>");
    sheet.y = top + ground.height;
    if let Some(plane) = &ground.plane {
        super::layered::scale_bar(&mut sheet, plane, ground.width);
    }
    let given = fills.iter().filter(|(key, _)| !places.contains_key(**key)).map(|(_, fill)| *fill);
    let given: Vec<(Fill, bool)> = given.chain(drawn.fills).collect();
    sheet.legend(&entries(classes, &colours, places, &given, texts));
    let mut missing = not_shown(ground, places, classes);
    missing.extend(drawn.not_shown);
    missing.sort();
    Ok(Drawing { svg: sheet.finish(), not_shown: missing })
}

/// The fill of each area.
pub(super) fn fills_of<'a>(
    ground: &'a Ground,
    places: &BTreeMap<String, Place>,
    classes: &Classes,
) -> Result<BTreeMap<&'a str, (Fill, bool)>, Refusal> {
    let fills = ground.pieces.keys().map(|key| Ok((key.as_str(), fill_of(key, places.get(key), classes)?)));
    fills.collect()
}

/// No map of boundaries between countries is published without the organisation's words about them.
pub(super) fn check_disclaimer(ground: &Ground, texts: &Texts) -> Result<(), Refusal> {
    if ground.is_international && texts.disclaimer.trim().is_empty() {
        return Err(Refusal::NoText("disclaimer, because boundaries between countries are in view"));
    }
    Ok(())
}

/// The id of an area: its key where that can be one.
pub(super) fn id_of(prefix: &str, key: &str, at: usize) -> String {
    let is_plain =
        !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    if is_plain { format!("{prefix}-{key}") } else { format!("{prefix}--{at}") }
}

/// Whether a place is too small to be seen on a map of a width.
fn is_small(piece: &Piece, width: f64) -> bool {
    piece.area < SMALL * (width / FULL_WIDTH).min(1.0).powi(2)
}

/// The circle of a place too small to be seen, as attributes.
pub(super) fn circle(piece: &Piece, colour: &str, width: f64) -> Option<String> {
    let at = piece.label.filter(|_| is_small(piece, width))?;
    let part = (width / FULL_WIDTH).clamp(0.4, 1.0);
    let (x, y, radius, line) = (px(at.x), px(at.y), px(RADIUS * part), px(0.8 * part));
    Some(format!(
        "class=\"map-fill\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{colour}\" stroke=\"{INK}\" stroke-width=\"{line}\""
    ))
}

/// Keys of places with a value that neither a path nor a circle shows.
pub(super) fn not_shown(ground: &Ground, places: &BTreeMap<String, Place>, classes: &Classes) -> Vec<String> {
    let is_shown = |key: &str| {
        ground
            .pieces
            .get(key)
            .is_some_and(|piece| (!piece.path.is_empty() && piece.area >= SMALL) || piece.label.is_some())
    };
    let has_value = |place: &Place| {
        matches!(place.status, Status::Measured | Status::Estimated)
            && place.value.is_some_and(|value| classes.of(value).is_some())
    };
    places.iter().filter(|(key, place)| has_value(place) && !is_shown(key)).map(|(key, _)| key.clone()).collect()
}

/// The legend of classes, with counts of all places, whether they are drawn or not, and of what else is drawn: areas
/// without a place, which count as those without data, and points.
pub(super) fn entries(
    classes: &Classes,
    colours: &[Colour],
    places: &BTreeMap<String, Place>,
    others: &[(Fill, bool)],
    texts: &Texts,
) -> Vec<LegendEntry> {
    let mut counts: BTreeMap<Fill, usize> = BTreeMap::new();
    let mut n_dotted = 0;
    let given = places.iter().filter_map(|(key, place)| fill_of(key, Some(place), classes).ok());
    for (fill, has_dots) in given.chain(others.iter().copied()) {
        *counts.entry(fill).or_default() += 1;
        n_dotted += usize::from(has_dots);
    }
    let count = |fill| counts.get(&fill).copied().unwrap_or_default();
    let mut entries = class_entries(classes, colours, texts);
    for (class, entry) in entries.iter_mut().enumerate() {
        entry.count = Some(count(Fill::Class(class)));
    }
    entries.push(LegendEntry { sign: Sign::Hatch, label: texts.no_data.clone(), count: Some(count(Fill::Hatch)) });
    if count(Fill::Blank) > 0 {
        let label = texts.not_applicable.clone();
        entries.push(LegendEntry { sign: Sign::Blank, label, count: Some(count(Fill::Blank)) });
    }
    if n_dotted > 0 {
        let sign = Sign::Dotted(colours.get(colours.len() / 2).copied().unwrap_or(BLANK));
        entries.push(LegendEntry { sign, label: texts.estimated.clone(), count: Some(n_dotted) });
    }
    entries
}

/// A legend entry for each class, without counts.
pub(super) fn class_entries(classes: &Classes, colours: &[Colour], texts: &Texts) -> Vec<LegendEntry> {
    let label = |class: usize| match (texts.class_labels.get(class), classes.bounds(class)) {
        (Some(label), _) => label.clone(),
        (None, Some((low, high))) => format!("{} – {}", plain(low), plain(high)),
        (None, None) => String::new(),
    };
    let entry =
        |(class, colour): (usize, &Colour)| LegendEntry { sign: Sign::Area(*colour), label: label(class), count: None };
    colours.iter().enumerate().map(entry).collect()
}

/// A number to four digits that count, without an exponent where it is of ordinary size.
fn plain(number: f64) -> String {
    if number == 0.0 || !(1e-4..1e9).contains(&number.abs()) {
        return format!("{number:?}").trim_end_matches(".0").to_owned();
    }
    let decimals = (3 - number.abs().log10().floor() as i32).clamp(0, 8) as usize;
    let text = format!("{number:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_legend_are_short() {
        for (number, text) in [
            (0.0, "0"),
            (20.0, "20"),
            (0.1 + 0.2, "0.3"),
            (1234.5678, "1235"),
            (-0.012345, "-0.01235"),
            (5e12, "5000000000000"),
        ] {
            assert_eq!(plain(number), text);
        }
    }
}
