//! Number formats: which of them show a day, and which day a number is.

use jiff::{ToSpan, civil::date};
use model::value::Raw;

use super::{
    archive::{Archive, Broken},
    workbook::Workbook,
    xml::{attribute, for_each_element},
};

/// For each cell style whether it shows a day.
pub(super) fn date_styles(archive: &mut Archive<'_>, path: &str) -> Result<Vec<bool>, Broken> {
    let mut own: Vec<(u32, bool)> = Vec::new();
    let mut styles = Vec::new();
    let mut in_cells = false;
    for_each_element(archive, path, |name, element| {
        let number = |name: &str| attribute(element, name).and_then(|v| v.parse::<u32>().ok());
        match name {
            "numFmt" => {
                if let (Some(id), Some(code)) = (number("numFmtId"), attribute(element, "formatCode")) {
                    own.push((id, shows_day(&code)));
                }
            }
            "cellXfs" => in_cells = true,
            "cellStyleXfs" | "cellStyles" | "dxfs" => in_cells = false,
            "xf" if in_cells => {
                let id = number("numFmtId").unwrap_or(0);
                let known = own.iter().find(|(own, _)| *own == id).map(|(_, day)| *day);
                // The built-in formats (ECMA-376, 18.8.30) that show a day; 18 to 21 and 45 to 47 show a time.
                styles.push(known.unwrap_or(matches!(id, 14..=17 | 22 | 27..=36 | 50..=58)));
            }
            _ => {}
        }
    })?;
    Ok(styles)
}

/// Whether a format shows a day: it has a year, or a day, outside of quotes and brackets.
fn shows_day(code: &str) -> bool {
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => {
                signs.by_ref().find(|c| *c == '"');
            }
            '[' => {
                signs.by_ref().find(|c| *c == ']');
            }
            '\\' | '_' | '*' => {
                signs.next();
            }
            // Only the first of several sections counts.
            ';' => return false,
            'y' | 'Y' | 'd' | 'D' => return true,
            _ => {}
        }
    }
    false
}

/// A number, or the day it is when its style shows one.
pub(super) fn raw_number(n: f64, style: usize, workbook: &Workbook) -> Raw<'static> {
    if !workbook.is_date.get(style).copied().unwrap_or(false) {
        return Raw::Number(n);
    }
    day(n, workbook.from_1904).map_or(Raw::Number(n), Raw::Date)
}

/// The day of a serial number; its time of day is left out. The first system counts a 29 February 1900
/// that never was.
fn day(serial: f64, from_1904: bool) -> Option<jiff::civil::Date> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let days = serial.floor() as i64;
    let epoch = match (from_1904, days) {
        (true, _) => date(1904, 1, 1),
        (false, 60) => return None,
        (false, ..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    epoch.checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_in_both_systems() {
        for (serial, from_1904, expected) in [
            (1.0, false, Some(date(1900, 1, 1))),
            (59.0, false, Some(date(1900, 2, 28))),
            (60.0, false, None),
            (61.0, false, Some(date(1900, 3, 1))),
            (41_640.75, false, Some(date(2014, 1, 1))),
            (40_178.0, true, Some(date(2014, 1, 1))),
            (-1.0, false, None),
            (9e9, false, None),
            (f64::NAN, false, None),
        ] {
            assert_eq!(day(serial, from_1904), expected, "{serial}");
        }
    }

    #[test]
    fn formats_that_show_a_day() {
        for (code, day) in [
            ("yyyy-mm-dd", true),
            ("d/m/yyyy", true),
            ("0.00", false),
            ("[Red]0", false),
            ("\"day\" 0", false),
            ("hh:mm:ss", false),
            ("#,##0;[Red]dd", false),
            ("General", false),
        ] {
            assert_eq!(shows_day(code), day, "{code}");
        }
    }
}
