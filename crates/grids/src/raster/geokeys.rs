//! Where a GeoTIFF says it lies, and how that is written.
//!
//! Source: OGC 19-008r4 (GeoTIFF 1.1). World Mollweide has no method in that standard, so writers put an ESRI description into a
//! citation; it is known by that.

use shapes::Crs;

use super::Frame;
use super::tags::Tags;
use crate::Fault;

const SCALE: u16 = 33550;
const TIEPOINT: u16 = 33922;
const TRANSFORM: u16 = 34264;
const DIRECTORY: u16 = 34735;
const DOUBLES: u16 = 34736;
const TEXTS: u16 = 34737;

const USER_DEFINED: u64 = 32767;

/// The frame of a raster of so many columns and rows.
pub(crate) fn read(tags: &Tags<'_>, name: &str, width: usize, height: usize) -> Result<Frame, Fault> {
    let keys = Keys::read(tags)?;
    let (mut left, mut top, dx, dy) = place(tags, name)?;
    // Key 1025: coordinates are of the centres of pixels, not of their corners.
    if keys.number(1025) == Some(2) {
        left -= dx / 2.0;
        top += dy / 2.0;
    }
    let frame = Frame { width, height, left, top, dx, dy, crs: keys.crs(name)? };
    frame.check(name)?;
    Ok(frame)
}

fn place(tags: &Tags<'_>, name: &str) -> Result<(f64, f64, f64, f64), Fault> {
    let turned = |how| Fault::Turned { path: name.to_owned(), how };
    let upright = |left: f64, top: f64, dx: f64, dy: f64| {
        if dx < 0.0 || dy < 0.0 { Err(turned("mirrored (south or east first)")) } else { Ok((left, top, dx, dy)) }
    };
    if tags.has(TRANSFORM) {
        let m = tags.doubles(TRANSFORM)?;
        let [a, b, _, left, d, e, _, top] =
            *m.first_chunk::<8>().ok_or_else(|| tags.fault(TRANSFORM, "not 16 numbers"))?;
        if b != 0.0 || d != 0.0 {
            return Err(turned("rotated or sheared"));
        }
        return upright(left, top, a, -e);
    }
    let (scale, tie) = (tags.doubles(SCALE)?, tags.doubles(TIEPOINT)?);
    let (Some([dx, dy]), Some([column, row, _, x, y, _])) = (scale.first_chunk::<2>(), tie.first_chunk::<6>()) else {
        return Err(Fault::NoPlace { path: name.to_owned(), what: "geographic tags (33550 and 33922, or 34264)" });
    };
    if tie.len() > 6 {
        return Err(turned("placed by several control points"));
    }
    upright(x - column * dx, y + row * dy, *dx, *dy)
}

/// The geographic keys: number, or text, or double.
struct Keys {
    entries: Vec<[u64; 4]>,
    doubles: Vec<f64>,
    texts: String,
}

impl Keys {
    fn read(tags: &Tags<'_>) -> Result<Keys, Fault> {
        let words = tags.whole(DIRECTORY)?;
        let entries = words.get(4..).unwrap_or_default().as_chunks::<4>().0.to_vec();
        Ok(Keys { entries, doubles: tags.doubles(DOUBLES)?, texts: tags.text(TEXTS)?.unwrap_or_default() })
    }

    fn entry(&self, key: u64) -> Option<&[u64; 4]> {
        self.entries.iter().find(|e| e[0] == key)
    }

    fn number(&self, key: u64) -> Option<u64> {
        self.entry(key).filter(|e| e[1] == 0).map(|e| e[3])
    }

    fn double(&self, key: u64) -> Option<f64> {
        let at = self.entry(key).filter(|e| e[1] == u64::from(DOUBLES))?[3];
        self.doubles.get(usize::try_from(at).ok()?).copied()
    }

    fn text(&self, key: u64) -> Option<&str> {
        let e = self.entry(key).filter(|e| e[1] == u64::from(TEXTS))?;
        let (from, n) = (usize::try_from(e[3]).ok()?, usize::try_from(e[2]).ok()?);
        let bytes = self.texts.as_bytes();
        let part = bytes.get(from..from.checked_add(n)?.min(bytes.len()))?;
        std::str::from_utf8(part).ok().map(|t| t.trim_end_matches(['|', '\0']).trim())
    }

    fn crs(&self, name: &str) -> Result<Crs, Fault> {
        match self.number(1024) {
            Some(1) => Ok(self.projected()),
            Some(2) => Ok(self.geographic()),
            Some(3) => Ok(Crs::Other("geocentric".to_owned())),
            _ if self.entries.is_empty() => Err(Fault::NoPlace {
                path: name.to_owned(),
                what: "geographic keys (34735): its reference system is unknown",
            }),
            // Writers call a model their own when its method is not in the standard, as Mollweide is not.
            _ => Ok(self.projected()),
        }
    }

    fn geographic(&self) -> Crs {
        match self.number(2048) {
            Some(code) if code != USER_DEFINED && code != 0 => Crs::from_code("EPSG", code as u32),
            _ => Crs::Other(self.told()),
        }
    }

    fn projected(&self) -> Crs {
        match self.number(3072) {
            Some(code) if code != USER_DEFINED && code != 0 => return Crs::from_code("EPSG", code as u32),
            _ => {}
        }
        if self.is_mollweide() {
            return Crs::Mollweide;
        }
        if self.is_laea_europe() {
            return Crs::LaeaEurope;
        }
        Crs::Other(self.told())
    }

    fn in_metres(&self) -> bool {
        self.number(3076).is_none_or(|unit| unit == 9001)
    }

    /// Mollweide by name or description, around Greenwich, in metres, without false origin.
    fn is_mollweide(&self) -> bool {
        let texts = self.texts.to_lowercase();
        let zero = |parameter: &str| match texts.split_once(parameter) {
            None => true,
            Some((_, rest)) => {
                let number: String = rest
                    .chars()
                    .skip_while(|c| "\", =".contains(*c))
                    .take_while(|c| "0123456789.-+e".contains(*c))
                    .collect();
                number.parse::<f64>().is_ok_and(|v| v == 0.0)
            }
        };
        // The axis of the spheroid: that on a sphere (ESRI:53009) is another projection.
        let described = texts.split_once("spheroid[").and_then(|(_, rest)| rest.split(',').nth(1)?.trim().parse().ok());
        let is_wgs84 = |axis: f64| (axis - 6_378_137.0).abs() < 1.0;
        texts.contains("mollweide")
            && self.double(2057).or(described).is_none_or(is_wgs84)
            && self.in_metres()
            && ["central_meridian", "false_easting", "false_northing"].into_iter().all(zero)
    }

    /// The projection of EPSG:3035 by its parameters: method 10, around 52° N 10° E, its false origin.
    fn is_laea_europe(&self) -> bool {
        let near = |keys: &[u64], wanted: f64| {
            keys.iter().find_map(|k| self.double(*k)).is_some_and(|v| (v - wanted).abs() < 1e-9 * wanted.abs().max(1.0))
        };
        let by_parameters = self.number(3075) == Some(10)
            && near(&[3089, 3081, 3085], 52.0)
            && near(&[3088, 3080, 3084], 10.0)
            && near(&[3082, 3086], 4_321_000.0)
            && near(&[3083, 3087], 3_210_000.0);
        let named = [3073, 1026].iter().filter_map(|k| self.text(*k)).any(|t| {
            let t = t.to_lowercase();
            t.contains("laea europe") || t.contains("etrs_1989_laea") || t.contains("etrs89_laea")
        });
        (by_parameters || (named && self.number(3075).is_none())) && self.in_metres()
    }

    /// What the file says about a system that we do not know.
    fn told(&self) -> String {
        let text = [3073, 1026, 2049].iter().find_map(|k| self.text(*k)).filter(|t| !t.is_empty());
        text.unwrap_or("a reference system of its own").chars().take(200).collect()
    }
}

/// The tags that say where a grid lies, for the writer.
pub(crate) struct Written {
    pub scale: [f64; 3],
    pub tiepoint: [f64; 6],
    pub directory: Vec<u16>,
    pub doubles: Vec<f64>,
    pub texts: String,
}

/// The code in the EPSG registry, if it fits into a key.
fn epsg(crs: &Crs) -> Option<u16> {
    crs.code().filter(|(authority, _)| authority == "EPSG").and_then(|(_, code)| u16::try_from(code).ok())
}

/// The ESRI description of World Mollweide that other programs know.
const MOLLWEIDE: &str = "ESRI PE String = PROJCS[\"World_Mollweide\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",\
SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],\
PROJECTION[\"Mollweide\"],PARAMETER[\"False_Easting\",0.0],PARAMETER[\"False_Northing\",0.0],\
PARAMETER[\"Central_Meridian\",0.0],UNIT[\"Meter\",1.0]]|";

/// The tags for a frame. A system that we do not know is written as a citation only.
pub(crate) fn written(frame: &Frame) -> Written {
    let mut texts = String::new();
    let mut doubles = Vec::new();
    let mut keys: Vec<[u16; 4]> = Vec::new();
    let text_key = |texts: &mut String, key: u16, text: &str| {
        let at = texts.len() as u16;
        texts.push_str(text);
        [key, TEXTS, text.len() as u16, at]
    };
    match &frame.crs {
        Crs::Wgs84 => keys.extend([[1024, 0, 1, 2], [1025, 0, 1, 1], [2048, 0, 1, 4326], [2054, 0, 1, 9102]]),
        Crs::Mollweide => {
            doubles.extend([298.257223563, 6378137.0]);
            // Other programs look for the description only in a model that calls itself user-defined and names no code.
            keys.extend([[1024, 0, 1, 32767], [1025, 0, 1, 1]]);
            keys.push(text_key(&mut texts, 1026, "World_Mollweide|"));
            keys.push([2048, 0, 1, 4326]);
            keys.push(text_key(&mut texts, 2049, "WGS 84|"));
            keys.extend([[2054, 0, 1, 9102], [2057, DOUBLES, 1, 1], [2059, DOUBLES, 1, 0]]);
            keys.push(text_key(&mut texts, 3073, MOLLWEIDE));
            keys.push([3076, 0, 1, 9001]);
        }
        // 4000 to 4999 are systems of longitude and latitude in the registry.
        Crs::Other(_) if matches!(epsg(&frame.crs), Some(4000..5000)) => {
            keys.extend([[1024, 0, 1, 2], [1025, 0, 1, 1], [2048, 0, 1, epsg(&frame.crs).unwrap_or(0)]]);
        }
        known if epsg(known).is_some() => {
            keys.extend([[1024, 0, 1, 1], [1025, 0, 1, 1], [3072, 0, 1, epsg(known).unwrap_or(0)]]);
        }
        other => {
            let told = other.to_string();
            keys.extend([[1024, 0, 1, 32767], [1025, 0, 1, 1]]);
            let ascii: String = told.chars().filter(|c| c.is_ascii() && *c != '|').take(1000).collect();
            keys.push(text_key(&mut texts, 1026, &format!("{ascii}|")));
        }
    }
    let mut directory = vec![1, 1, 0, keys.len() as u16];
    directory.extend(keys.into_iter().flatten());
    Written {
        scale: [frame.dx, frame.dy, 0.0],
        tiepoint: [0.0, 0.0, 0.0, frame.left, frame.top, 0.0],
        directory,
        doubles,
        texts,
    }
}
