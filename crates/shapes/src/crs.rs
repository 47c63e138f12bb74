//! Reference systems: which we know, and by which codes files name them.

/// A reference system, as far as we compute in it.
///
/// Frames that follow WGS 84 to within two metres (ETRS89, SIRGAS 2000, NAD83 and their kind) count as it:
/// boundaries of places are not that exact, and the shifts depend on the epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crs {
    /// Longitude and latitude on WGS 84, degrees (EPSG:4326).
    Wgs84,
    /// World Mollweide on WGS 84, metres (ESRI:54009), which the grids of the GHSL are in.
    Mollweide,
    /// Lambert's azimuthal equal-area projection for Europe, metres (EPSG:3035).
    LaeaEurope,
    /// The Mercator projection of web maps, on the sphere, metres (EPSG:3857).
    WebMercator,
    /// Equal Earth on WGS 84 around Greenwich, metres (EPSG:8857).
    EqualEarth,
    /// Universal Transverse Mercator on WGS 84, metres (EPSG:326zz north, 327zz south).
    Utm {
        /// From 1 (180° to 174° west) to 60.
        zone: u8,
        /// Whether northings count from 10 000 km, as they do south of the equator.
        south: bool,
    },
    /// Another one, by authority and code where the file says so (`EPSG:32198`), else as it describes it.
    Other(String),
}

/// Codes of EPSG for longitude and latitude in frames that follow WGS 84 to within two metres:
/// WGS 84 itself (also with heights), ETRS89, SIRGAS 2000, NAD83 and its 2011 adjustment, GDA94, GDA2020, RGF93,
/// NZGD2000, JGD2011, CGCS2000, Hartebeesthoek94, ITRF2014.
const GEOGRAPHIC: [u32; 15] =
    [4326, 4979, 4258, 4937, 4674, 4269, 6318, 4283, 7844, 4171, 4167, 6668, 4490, 4148, 9000];

impl Crs {
    /// Whether a square metre on the plane is one on the ground everywhere. What we do not know is not.
    ///
    /// Mollweide is computed on a sphere by everybody (ESRI:54009), with latitudes of the ellipsoid: areas come out 0.7 %
    /// too large at the equator, right at 45° and 0.7 % too small at the poles. The other two are exact.
    pub fn is_equal_area(&self) -> bool {
        matches!(self, Self::Mollweide | Self::LaeaEurope | Self::EqualEarth)
    }

    /// Whether the coordinates are degrees of longitude and latitude.
    pub fn is_geographic(&self) -> bool {
        matches!(self, Self::Wgs84)
    }

    /// The system that an authority's code stands for: [`Crs::Other`] where we do not compute in it.
    pub fn from_code(authority: &str, code: u32) -> Self {
        let authority = authority.trim().to_ascii_uppercase();
        match (authority.as_str(), code) {
            ("EPSG", code) if GEOGRAPHIC.contains(&code) => Self::Wgs84,
            ("OGC", 84) => Self::Wgs84,
            ("EPSG" | "ESRI", 54009) => Self::Mollweide,
            ("EPSG", 3035) => Self::LaeaEurope,
            ("EPSG", 3857 | 900_913) | ("ESRI", 102_100 | 102_113) => Self::WebMercator,
            ("EPSG", 8857) => Self::EqualEarth,
            ("EPSG", 32601..=32660) => Self::utm(code - 32600, false),
            ("EPSG", 32701..=32760) => Self::utm(code - 32700, true),
            // ETRS89 in Europe.
            ("EPSG", 25828..=25838) => Self::utm(code - 25800, false),
            // SIRGAS 2000 in the Americas.
            ("EPSG", 31965..=31976) => Self::utm(code - 31954, false),
            ("EPSG", 31977..=31985) => Self::utm(code - 31960, true),
            _ => Self::Other(format!("{authority}:{code}")),
        }
    }

    /// The zone, which the caller has bounded to 1–60.
    fn utm(zone: u32, south: bool) -> Self {
        Self::Utm { zone: u8::try_from(zone).unwrap_or(u8::MAX), south }
    }

    /// The system by a name as files write it: `EPSG:3035`, `urn:ogc:def:crs:EPSG::3035`,
    /// `urn:ogc:def:crs:OGC:1.3:CRS84`, `http://www.opengis.net/def/crs/EPSG/0/4326`.
    pub fn from_name(name: &str) -> Self {
        let name = name.trim();
        let parts: Vec<&str> = name.split([':', '/']).filter(|part| !part.is_empty()).collect();
        let last = parts.last().copied().unwrap_or_default();
        if last.eq_ignore_ascii_case("CRS84") || last.eq_ignore_ascii_case("CRS84h") {
            return Self::Wgs84;
        }
        let authority =
            parts.iter().copied().find(|part| part.eq_ignore_ascii_case("EPSG") || part.eq_ignore_ascii_case("ESRI"));
        match (authority, last.parse::<u32>()) {
            (Some(authority), Ok(code)) => Self::from_code(authority, code),
            _ => Self::Other(name.to_owned()),
        }
    }

    /// The authority and its code, where there is one.
    pub fn code(&self) -> Option<(String, u32)> {
        let epsg = |code| Some(("EPSG".to_owned(), code));
        match self {
            Self::Wgs84 => epsg(4326),
            Self::Mollweide => Some(("ESRI".to_owned(), 54009)),
            Self::LaeaEurope => epsg(3035),
            Self::WebMercator => epsg(3857),
            Self::EqualEarth => epsg(8857),
            Self::Utm { zone, south: false } => epsg(32600 + u32::from(*zone)),
            Self::Utm { zone, south: true } => epsg(32700 + u32::from(*zone)),
            Self::Other(name) => {
                let (authority, code) = name.rsplit_once(':')?;
                Some((authority.to_owned(), code.parse().ok()?)).filter(|(authority, _)| {
                    !authority.is_empty() && authority.chars().all(|letter| letter.is_ascii_alphanumeric())
                })
            }
        }
    }
}

impl Crs {
    /// Its definition as WKT 1, for the systems that we compute in and that are not written out elsewhere.
    pub(crate) fn wkt(&self) -> Option<String> {
        const GEOGRAPHIC: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]"#;
        let (_, code) = self.code()?;
        match self {
            Self::WebMercator => Some(format!(
                r#"PROJCS["WGS 84 / Pseudo-Mercator",{GEOGRAPHIC},PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"],AUTHORITY["EPSG","{code}"]]"#
            )),
            Self::EqualEarth => Some(format!(
                r#"PROJCS["WGS 84 / Equal Earth Greenwich",{GEOGRAPHIC},PROJECTION["Equal_Earth"],PARAMETER["central_meridian",0],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","{code}"]]"#
            )),
            Self::Utm { zone, south } => {
                let (letter, northing) = if *south { ('S', 10_000_000) } else { ('N', 0) };
                let meridian = i32::from(*zone) * 6 - 183;
                Some(format!(
                    r#"PROJCS["WGS 84 / UTM zone {zone}{letter}",{GEOGRAPHIC},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",{meridian}],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",{northing}],UNIT["metre",1],AUTHORITY["EPSG","{code}"]]"#
                ))
            }
            Self::Wgs84 | Self::Mollweide | Self::LaeaEurope | Self::Other(_) => None,
        }
    }
}

impl std::fmt::Display for Crs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self, self.code()) {
            (Self::Other(name), _) => f.write_str(name),
            (_, Some((authority, code))) => write!(f, "{authority}:{code}"),
            (_, None) => f.write_str("unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_understood() {
        for (name, expected) in [
            ("EPSG:3035", Crs::LaeaEurope),
            ("urn:ogc:def:crs:EPSG::3035", Crs::LaeaEurope),
            ("urn:ogc:def:crs:EPSG:6.9:4326", Crs::Wgs84),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", Crs::Wgs84),
            ("http://www.opengis.net/def/crs/EPSG/0/4326", Crs::Wgs84),
            ("ESRI:54009", Crs::Mollweide),
            ("EPSG:32722", Crs::Utm { zone: 22, south: true }),
            ("EPSG:31982", Crs::Utm { zone: 22, south: true }),
            ("EPSG:31972", Crs::Utm { zone: 18, south: false }),
            ("EPSG:25832", Crs::Utm { zone: 32, south: false }),
            ("EPSG:2056", Crs::Other("EPSG:2056".into())),
            ("my own", Crs::Other("my own".into())),
        ] {
            assert_eq!(Crs::from_name(name), expected, "{name}");
        }
    }

    #[test]
    fn a_code_gives_the_system_back() {
        for crs in [
            Crs::Wgs84,
            Crs::Mollweide,
            Crs::LaeaEurope,
            Crs::WebMercator,
            Crs::EqualEarth,
            Crs::Utm { zone: 1, south: false },
            Crs::Utm { zone: 60, south: true },
            Crs::Other("EPSG:2056".into()),
        ] {
            let (authority, code) = crs.code().unwrap();
            assert_eq!(Crs::from_code(&authority, code), crs);
            assert_eq!(Crs::from_name(&crs.to_string()), crs);
        }
    }
}
