//! Reference systems from their description as text (WKT 1, as in the .prj beside a shapefile).

use crate::Crs;

/// Datums that follow WGS 84 to within two metres, as letters and digits of their names.
const DATUMS: [&str; 14] = [
    "wgs1984",
    "wgs84",
    "etrs1989",
    "etrs89",
    "europeanterrestrialreferencesystem1989",
    "sirgas2000",
    "sistemadereferenciageocentricoparalasamericas2000",
    "northamerican1983",
    "nad83",
    "gda94",
    "gda2020",
    "rgf1993",
    "jgd2011",
    "china2000",
];

/// A piece of WKT: a word, its texts and numbers, and what is in its brackets.
#[derive(Debug, Default)]
struct Node {
    word: String,
    values: Vec<String>,
    inner: Vec<Node>,
}

/// Brackets within brackets.
const DEPTH: usize = 16;
/// A description is a page of text.
const MOST_BYTES: usize = 64 << 10;

/// The system that a description stands for; [`Crs::Other`] with its name, or with its authority's code, where we do
/// not compute in it.
pub(crate) fn read(text: &str) -> Crs {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() || text.len() > MOST_BYTES {
        return Crs::Other("unknown".into());
    }
    let mut signs = text.chars().peekable();
    let Some(root) = node(&mut signs, 0) else {
        return Crs::from_name(text);
    };
    let authority = root.inner.iter().find(|inner| inner.word == "AUTHORITY" || inner.word == "ID");
    if let Some([authority, code, ..]) = authority.map(|node| node.values.as_slice())
        && let Ok(code) = code.parse()
    {
        return Crs::from_code(authority, code);
    }
    by_parameters(&root).unwrap_or_else(|| Crs::Other(root.values.first().cloned().unwrap_or_else(|| "unknown".into())))
}

/// Reads a word with its brackets.
fn node(signs: &mut std::iter::Peekable<std::str::Chars<'_>>, depth: usize) -> Option<Node> {
    let mut found = Node::default();
    while let Some(sign) = signs.next_if(|sign| !matches!(sign, '[' | '(')) {
        found.word.push(sign.to_ascii_uppercase());
    }
    found.word = found.word.trim().to_owned();
    signs.next()?;
    if depth > DEPTH {
        return None;
    }
    loop {
        match signs.peek()? {
            ']' | ')' => {
                signs.next();
                return Some(found);
            }
            '"' => {
                signs.next();
                let mut text = String::new();
                loop {
                    match signs.next()? {
                        '"' if signs.next_if_eq(&'"').is_none() => break,
                        sign => text.push(sign),
                    }
                }
                found.values.push(text);
            }
            ',' => {
                signs.next();
            }
            sign if sign.is_whitespace() => {
                signs.next();
            }
            sign if sign.is_ascii_alphabetic() => {
                // A word alone is an axis' direction; with brackets it is a piece.
                let ahead: String =
                    signs.clone().take_while(|sign| !matches!(sign, '[' | '(' | ']' | ')' | ',')).collect();
                let next = signs.clone().nth(ahead.chars().count());
                if matches!(next, Some('[' | '(')) {
                    found.inner.push(node(signs, depth + 1)?);
                } else {
                    for _ in ahead.chars() {
                        signs.next();
                    }
                    found.values.push(ahead);
                }
            }
            _ => {
                let mut number = String::new();
                while let Some(sign) = signs.next_if(|sign| !matches!(sign, ',' | ']' | ')')) {
                    number.push(sign);
                }
                if number.is_empty() {
                    return None;
                }
                found.values.push(number.trim().to_owned());
            }
        }
    }
}

/// Letters and digits in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_lowercase()).collect()
}

impl Node {
    fn child(&self, word: &str) -> Option<&Self> {
        self.inner.iter().find(|inner| inner.word == word)
    }

    /// A parameter of the projection, by its name in letters and digits.
    fn parameter(&self, name: &str) -> Option<f64> {
        let found = self
            .inner
            .iter()
            .find(|inner| inner.word == "PARAMETER" && inner.values.first().is_some_and(|found| plain(found) == name));
        found?.values.get(1)?.parse().ok()
    }
}

/// By what the description says, since names differ from program to program.
fn by_parameters(root: &Node) -> Option<Crs> {
    let geographic = if root.word == "GEOGCS" { root } else { root.child("GEOGCS")? };
    let datum = plain(geographic.child("DATUM")?.values.first()?);
    let datum = datum.strip_prefix('d').filter(|rest| DATUMS.iter().any(|known| rest == known)).unwrap_or(&datum);
    let greenwich = geographic.child("PRIMEM").and_then(|node| node.values.get(1)?.parse::<f64>().ok());
    if !DATUMS.contains(&datum) || greenwich.is_some_and(|lon| lon != 0.0) {
        return None;
    }
    if root.word == "GEOGCS" {
        return Some(Crs::Wgs84);
    }
    let is = |name: &str, value: f64| root.parameter(name).is_some_and(|found| (found - value).abs() < 1e-9);
    let is_metre = root.child("UNIT").and_then(|unit| unit.values.get(1)?.parse::<f64>().ok()) == Some(1.0);
    if !is_metre {
        return None;
    }
    match plain(root.child("PROJECTION")?.values.first()?).as_str() {
        "mollweide" if is("centralmeridian", 0.0) && is("falseeasting", 0.0) => Some(Crs::Mollweide),
        "equalearth" if is("centralmeridian", 0.0) && is("falseeasting", 0.0) => Some(Crs::EqualEarth),
        "mercatorauxiliarysphere" if is("centralmeridian", 0.0) && is("falseeasting", 0.0) => Some(Crs::WebMercator),
        "lambertazimuthalequalarea" if is("falseeasting", 4_321_000.0) && is("falsenorthing", 3_210_000.0) => {
            let is_centre = (is("centralmeridian", 10.0) || is("longitudeofcenter", 10.0))
                && (is("latitudeoforigin", 52.0) || is("latitudeofcenter", 52.0));
            is_centre.then_some(Crs::LaeaEurope)
        }
        "transversemercator" if is("scalefactor", 0.9996) && is("falseeasting", 500_000.0) => {
            let zone = (root.parameter("centralmeridian")? + 183.0) / 6.0;
            let south = is("falsenorthing", 10_000_000.0);
            let is_utm = zone.fract() == 0.0
                && (1.0..=60.0).contains(&zone)
                && (south || is("falsenorthing", 0.0))
                && is("latitudeoforigin", 0.0);
            is_utm.then_some(Crs::Utm { zone: zone as u8, south })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_of_programs_are_understood() {
        let gcs = |name: &str| {
            format!(
                r#"GEOGCS["GCS_{name}",DATUM["D_{name}",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#
            )
        };
        let tm = |datum: &str, meridian: i32, north: i32| {
            format!(
                r#"PROJCS["x",{},PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",{north}.0],PARAMETER["Central_Meridian",{meridian}.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#,
                gcs(datum)
            )
        };
        for (text, expected) in [
            (gcs("WGS_1984"), Crs::Wgs84),
            (gcs("ETRS_1989"), Crs::Wgs84),
            (gcs("European_1950"), Crs::Other("GCS_European_1950".into())),
            (tm("SIRGAS_2000", -51, 10_000_000), Crs::Utm { zone: 22, south: true }),
            (tm("ETRS_1989", 9, 0), Crs::Utm { zone: 32, south: false }),
            (tm("South_American_1969", -51, 10_000_000), Crs::Other("x".into())),
            (
                format!(
                    r#"PROJCS["ETRS_1989_LAEA",{},PROJECTION["Lambert_Azimuthal_Equal_Area"],PARAMETER["False_Easting",4321000.0],PARAMETER["False_Northing",3210000.0],PARAMETER["Central_Meridian",10.0],PARAMETER["Latitude_Of_Origin",52.0],UNIT["Meter",1.0]]"#,
                    gcs("ETRS_1989")
                ),
                Crs::LaeaEurope,
            ),
            (
                "PROJCS[\"WGS 84 / UTM zone 22S\",\n GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",AUTHORITY[\"EPSG\",\"6326\"]]],\n AXIS[\"Easting\",EAST],AUTHORITY[\"EPSG\",\"32722\"]]".to_owned(),
                Crs::Utm { zone: 22, south: true },
            ),
            ("EPSG:3035".to_owned(), Crs::LaeaEurope),
            (String::new(), Crs::Other("unknown".into())),
            ("GEOGCS[\"broken".to_owned(), Crs::Other("GEOGCS[\"broken".into())),
            ("A[".repeat(40), Crs::Other("A[".repeat(40))),
        ] {
            assert_eq!(read(&text), expected, "{text}");
        }
    }

    #[test]
    fn what_we_write_we_read() {
        for crs in [Crs::WebMercator, Crs::EqualEarth, Crs::Utm { zone: 7, south: true }] {
            assert_eq!(read(&crs.wkt().unwrap()), crs);
        }
    }
}
