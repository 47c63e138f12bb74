//! Reads what a case is made of, and refuses what lies elsewhere on Earth.

use super::{CaseSettings, Mode, Origin, Warning};
use crate::{
    city::City,
    error::StreetsError,
    gtfs::{RouteTypes, date_of_day, read_gtfs},
    open_space::{OpenSpace, read_open_spaces},
    osm::{AreaRule, OsmArea, TagMatch, areas, points, stops_of_osm},
    places::Destinations,
    progress::Progress,
    tables::{Population, Refused, Stop, read_stops},
};
use std::path::Path;

/// How far outside of the extract a point may lie, in degrees: farther out it is swapped, or 0, or of another city.
const OUTSIDE_DEGREES: f64 = 1.0;

/// How far beyond the city stops of timetables are kept, metres: farther ones serve nobody in it, and a feed may be of a country.
const AROUND_M: f64 = 1500.0;

/// Potential open spaces of an extract; nobody verified them.
fn spaces_of_extract(path: &Path, progress: Progress<'_>) -> Result<Vec<OpenSpace>, StreetsError> {
    let (found, _) = areas(path, &AreaRule::open_space(), progress)?;
    let space = |area: OsmArea| OpenSpace { id: area.id, shape: area.shape, verified: false };
    Ok(found.into_iter().map(space).collect())
}

/// Everything but the network.
pub(super) struct Inputs {
    pub settings: CaseSettings,
    pub city: Option<City>,
    pub population: Population,
    pub stops: Vec<Stop>,
    pub open_spaces: Option<Vec<OpenSpace>>,
    /// Points through which open spaces are entered: longitude and latitude.
    pub gates: Vec<[f64; 2]>,
    /// Stops where vehicles come often enough, where that is asked about.
    pub frequent: Option<Vec<Stop>>,
    /// The day that was looked at for it, days since 1970.
    pub frequency_day: Option<i32>,
    pub warnings: Vec<Warning>,
    pub refused: Vec<Refused>,
}

impl Inputs {
    /// Reads boundary, people, stops and open spaces.
    pub fn read(settings: CaseSettings, progress: Progress<'_>) -> Result<Self, StreetsError> {
        let (mut warnings, mut refused) = (Vec::new(), Vec::new());
        let choices = &settings.choices;
        if !settings.unknown.is_empty() {
            warnings.push(Warning::UnknownSettings { keys: settings.unknown.clone() });
        }
        let city = match &settings.area {
            Some(path) => Some(City::read(path, settings.reference)?),
            None => None,
        };
        let mut population = match &settings.population {
            Some(path) => Population::read(path)?,
            None => Population::default(),
        };
        refused.append(&mut population.refused);
        let (mut stops, mut frequent, mut frequency_day) = (Vec::new(), None, None);
        if let Some(path) = &settings.stops {
            if !settings.gtfs.is_empty() {
                warnings.push(Warning::TimetablesUnused { n: settings.gtfs.len() as u64 });
            }
            let table = read_stops(path)?;
            stops = table.stops;
            refused.extend(table.refused);
        } else if !settings.gtfs.is_empty() {
            let mut routes_dropped = 0;
            let types = choices.route_types.clone().unwrap_or_else(RouteTypes::of_method);
            if let Some(rule) = &choices.frequency {
                let often = frequent.get_or_insert_with(Vec::new);
                let mut idle = Vec::new();
                for path in &settings.gtfs {
                    let timetable = read_gtfs(path, &types, Some(rule), progress)?;
                    idle.extend(timetable.nothing_runs.map(|calendar| (path, calendar)));
                    often.extend(timetable.stops);
                    frequency_day = frequency_day.or(timetable.frequency_day);
                }
                // A day on which nothing runs at all is a slip of the pen; one city's trams may well rest on a day.
                if let (Some((path, [first, last])), true) = (idle.first(), idle.len() == settings.gtfs.len()) {
                    let day = frequency_day.map(date_of_day).unwrap_or_default();
                    let why = format!(
                        "nothing runs on {day} (`frequency.date`); the calendar goes from {} to {}",
                        date_of_day(*first),
                        date_of_day(*last)
                    );
                    return Err(StreetsError::Gtfs { file: path.display().to_string(), why });
                }
            }
            for path in &settings.gtfs {
                let timetable = read_gtfs(path, &types, None, progress)?;
                stops.extend(timetable.stops);
                refused.extend(timetable.refused);
                routes_dropped += timetable.counts.routes_dropped;
            }
            if let Some(city) = &city {
                let before = stops.len();
                let is_near = |stop: &Stop| city.zone.is_within(city.plane.project(stop.place), AROUND_M);
                stops.retain(is_near);
                frequent.iter_mut().for_each(|stops| stops.retain(is_near));
                if stops.len() < before {
                    warnings
                        .push(Warning::StopsElsewhere { n: (before - stops.len()) as u64, farther_than_m: AROUND_M });
                }
            }
            warnings.push(Warning::StopsFromTimetables { n: stops.len() as u64, routes_dropped });
        } else if let Some(path) = &settings.osm {
            stops = stops_of_osm(path, progress)?;
            warnings.push(Warning::StopsFromOsm { n: stops.len() as u64 });
        }
        let open_spaces = match (&settings.open_space, &settings.osm) {
            (Some(path), _) => Some(read_open_spaces(path)?),
            (None, Some(osm)) if choices.spaces_of_extract => Some(spaces_of_extract(osm, progress)?),
            _ => None,
        };
        let gates = match (&choices.gates, &settings.osm) {
            (Some(Origin::File(path)), _) => {
                let found = Destinations::read(path)?;
                refused.extend(found.refused);
                found.places.into_iter().map(|gate| gate.place).collect()
            }
            (Some(Origin::Extract), Some(osm)) => {
                let tags = [TagMatch::of("barrier", &["gate", "entrance"]), TagMatch::of("entrance", &[])];
                points(osm, &tags, progress)?.into_iter().map(|gate| gate.place).collect()
            }
            _ => Vec::new(),
        };
        Ok(Self { settings, city, population, stops, open_spaces, gates, frequent, frequency_day, warnings, refused })
    }

    /// Refuses stops and cells that lie more than a degree outside of a box; in a case without one, those at 0, 0.
    pub fn refuse_elsewhere(&mut self, bounds: Option<[f64; 4]>) {
        let why = |place: [f64; 2]| {
            let Some([west, south, east, north]) = bounds else {
                return (place == [0.0, 0.0]).then(|| "longitude and latitude are 0".to_owned());
            };
            let [lon, lat] = place;
            let near = (west - OUTSIDE_DEGREES..=east + OUTSIDE_DEGREES).contains(&lon)
                && (south - OUTSIDE_DEGREES..=north + OUTSIDE_DEGREES).contains(&lat);
            (!near).then(|| {
                format!(
                    "longitude {lon}, latitude {lat} is more than a degree outside of the case \
                     ({west:.2} to {east:.2}, {south:.2} to {north:.2}); are they swapped?"
                )
            })
        };
        let name =
            |path: &Option<std::path::PathBuf>| path.as_ref().map(|p| p.display().to_string()).unwrap_or_default();
        self.population.refuse_places(&name(&self.settings.population), why);
        self.refused.append(&mut self.population.refused);
        let file = name(&self.settings.stops);
        self.stops.retain(|stop| match why(stop.place) {
            None => true,
            Some(why) => {
                self.refused.push(Refused { file: file.clone(), line: stop.line, id: stop.id.clone(), why });
                false
            }
        });
    }

    /// Whether distances are walked.
    pub fn is_walked(&self) -> bool {
        self.settings.mode == Mode::Network
    }
}
