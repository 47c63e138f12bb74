//! The options of the degree of urbanisation, their presets, and how they are read from JSON.
//!
//! Source: Applying the Degree of Urbanisation (2021, doi 10.2785/706535) and its chapters of July 2024; GHSL Data Package 2022
//! (doi 10.2760/19817) and 2023 (doi 10.2760/098587).

use serde_json::{Map, Value, json};

use crate::Fault;

/// Which cells touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Connectivity {
    /// Those with a common edge.
    Four,
    /// Those with a common edge or corner.
    Eight,
}

/// The rule by which the edge of an urban centre is smoothed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Majority {
    /// A cell joins the centre that holds at least five of its eight neighbours.
    R2022A,
    /// A cell of land joins the centre that holds more than half of its valid neighbours.
    R2023A,
}

/// What is done first to the cells of an urban centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The majority rule, then the holes.
    SmoothThenFill,
    /// The holes, then the majority rule.
    FillThenSmooth,
}

/// A threshold of the built-up share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BuiltThreshold {
    /// A share of the land of the cell, 0 to 1.
    Fixed(f64),
    /// Found in the data, see [`super::optimal_threshold`].
    Optimal,
}

/// All options. Densities are persons per km² of land, sizes persons, gap and buffer cells.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // Each is named and explained in docs/methods/degree-of-urbanisation.md.
pub struct Options {
    pub uc_density: f64,
    pub uc_size: f64,
    pub uc_conn: Connectivity,
    pub uc_built: bool,
    pub uc_built_thr: BuiltThreshold,
    pub uc_smooth: Option<Majority>,
    pub uc_gap: u64,
    pub order: Order,
    pub uc_smooth_pop: usize,
    pub ucl_density: f64,
    pub ucl_size: f64,
    pub ucl_conn: Connectivity,
    pub ucl_smooth_pop: usize,
    pub duc_density: f64,
    pub duc_size: f64,
    pub duc_conn: Connectivity,
    pub duc_built: bool,
    pub duc_built_thr: BuiltThreshold,
    pub sduc_density: f64,
    pub sduc_size: f64,
    pub sduc_conn: Connectivity,
    pub sduc_buffer: usize,
    pub surb_density: f64,
    pub surb_size: f64,
    pub surb_conn: Connectivity,
    pub rc_density: f64,
    pub rc_size: f64,
    pub rc_conn: Connectivity,
    pub ldr_density: f64,
    pub water_land: f64,
    pub water_pop: f64,
    pub water_built: f64,
    /// Cells where people live have at least half a cell of land.
    pub land_floor: bool,
    /// Level 1 is put together from level 2 instead of being computed by its own rules.
    pub l1_from_l2: bool,
    /// Grids that are not of 1 km² in an equal-area projection are taken, with a warning.
    pub other_grid: bool,
}

/// The names of the presets.
pub const PRESETS: [&str; 5] = ["ghsl_r2023", "ghsl_r2022", "manual_2021", "manual_2024", "smod_r2023"];

/// The widest window of a smoothed population, in cells.
const MAX_WINDOW: u64 = 101;

impl Options {
    /// The rules of GHSL R2023 with the semi-dense clusters of July 2024: the default.
    pub fn ghsl_r2023() -> Options {
        use Connectivity::{Eight, Four};
        Options {
            uc_density: 1500.0,
            uc_size: 50_000.0,
            uc_conn: Four,
            uc_built: true,
            uc_built_thr: BuiltThreshold::Fixed(0.2),
            uc_smooth: Some(Majority::R2023A),
            uc_gap: 15,
            order: Order::SmoothThenFill,
            uc_smooth_pop: 0,
            ucl_density: 300.0,
            ucl_size: 5_000.0,
            ucl_conn: Eight,
            ucl_smooth_pop: 0,
            duc_density: 1500.0,
            duc_size: 5_000.0,
            duc_conn: Four,
            duc_built: true,
            duc_built_thr: BuiltThreshold::Fixed(0.2),
            sduc_density: 900.0,
            sduc_size: 2_500.0,
            sduc_conn: Four,
            sduc_buffer: 2,
            surb_density: 300.0,
            surb_size: 5_000.0,
            surb_conn: Eight,
            rc_density: 300.0,
            rc_size: 500.0,
            rc_conn: Eight,
            ldr_density: 50.0,
            water_land: 0.5,
            water_pop: 0.0,
            water_built: 0.0,
            land_floor: false,
            l1_from_l2: false,
            other_grid: false,
        }
    }

    /// A preset by its name.
    pub fn preset(name: &str) -> Result<Options, Fault> {
        let mut o = Options::ghsl_r2023();
        let semi_dense_2021 = |o: &mut Options| {
            (o.sduc_density, o.sduc_size, o.sduc_conn, o.sduc_buffer) = (300.0, 5_000.0, Connectivity::Eight, 3);
        };
        match name {
            "ghsl_r2023" => {}
            "smod_r2023" => semi_dense_2021(&mut o),
            "ghsl_r2022" => {
                o.uc_smooth = Some(Majority::R2022A);
                (o.uc_built_thr, o.duc_built_thr) = (BuiltThreshold::Fixed(0.5), BuiltThreshold::Fixed(0.5));
                semi_dense_2021(&mut o);
            }
            "manual_2021" | "manual_2024" => {
                o.uc_smooth = Some(Majority::R2022A);
                (o.uc_built, o.duc_built) = (false, false);
                if name == "manual_2021" {
                    // Where the rule is switched on, the manual of 2021 has half of the land.
                    o.uc_built_thr = BuiltThreshold::Fixed(0.5);
                    semi_dense_2021(&mut o);
                }
            }
            _ => {
                return Err(Fault::unknown("preset", name, PRESETS));
            }
        }
        Ok(o)
    }

    /// Options from a JSON object; `preset` names where to start from, every other name changes one option.
    ///
    /// Errors: no object; an unknown name (with the nearest one); a value that the option cannot have.
    pub fn from_json(text: &str) -> Result<Options, Fault> {
        if text.trim().is_empty() {
            return Ok(Options::ghsl_r2023());
        }
        let value: Value = serde_json::from_str(text).map_err(|e| Fault::Table {
            name: "options".to_owned(),
            place: format!("line {}, column {}", e.line(), e.column()),
            why: e.to_string(),
        })?;
        match value {
            Value::Object(map) => Options::from_map(&map),
            other => Err(value_fault("options", &other, "a JSON object")),
        }
    }

    /// Options from a map, see [`Options::from_json`].
    pub fn from_map(map: &Map<String, Value>) -> Result<Options, Fault> {
        let mut options = match map.get("preset") {
            None => Options::ghsl_r2023(),
            Some(Value::String(name)) => Options::preset(name)?,
            Some(other) => return Err(value_fault("preset", other, "the name of a preset")),
        };
        for (name, value) in map.iter().filter(|(name, _)| *name != "preset") {
            options.set(name, value)?;
        }
        Ok(options)
    }
}

fn value_fault(name: &str, found: &Value, wanted: &str) -> Fault {
    Fault::Value { name: name.to_owned(), found: found.to_string(), wanted: wanted.to_owned() }
}

/// One kind of value: how it is read and written.
trait Setting: Sized {
    fn read(name: &str, value: &Value) -> Result<Self, Fault>;
    fn told(&self) -> Value;
}

impl Setting for f64 {
    fn read(name: &str, value: &Value) -> Result<f64, Fault> {
        let number = value.as_f64().filter(|v| v.is_finite() && *v >= 0.0);
        number.ok_or_else(|| value_fault(name, value, "a number of 0 or more"))
    }

    fn told(&self) -> Value {
        json!(self)
    }
}

impl Setting for bool {
    fn read(name: &str, value: &Value) -> Result<bool, Fault> {
        value.as_bool().ok_or_else(|| value_fault(name, value, "true or false"))
    }

    fn told(&self) -> Value {
        json!(self)
    }
}

impl Setting for u64 {
    fn read(name: &str, value: &Value) -> Result<u64, Fault> {
        let whole = value
            .as_u64()
            .or_else(|| value.as_f64().filter(|v| v.fract() == 0.0 && (0.0..1e15).contains(v)).map(|v| v as u64));
        whole.ok_or_else(|| value_fault(name, value, "a whole number of 0 or more"))
    }

    fn told(&self) -> Value {
        json!(self)
    }
}

impl Setting for usize {
    fn read(name: &str, value: &Value) -> Result<usize, Fault> {
        let n = u64::read(name, value)?;
        if name.ends_with("smooth_pop") && n != 0 && (n % 2 == 0 || n > MAX_WINDOW) {
            return Err(value_fault(name, value, "0 (off) or an odd number of cells up to 101"));
        }
        usize::try_from(n)
            .ok()
            .filter(|n| *n <= i32::MAX as usize)
            .ok_or_else(|| value_fault(name, value, "a number of cells"))
    }

    fn told(&self) -> Value {
        json!(self)
    }
}

impl Setting for Connectivity {
    fn read(name: &str, value: &Value) -> Result<Connectivity, Fault> {
        match value.as_f64() {
            Some(4.0) => Ok(Connectivity::Four),
            Some(8.0) => Ok(Connectivity::Eight),
            _ => Err(value_fault(name, value, "4 or 8")),
        }
    }

    fn told(&self) -> Value {
        json!(if *self == Connectivity::Four { 4 } else { 8 })
    }
}

impl Setting for BuiltThreshold {
    fn read(name: &str, value: &Value) -> Result<BuiltThreshold, Fault> {
        match value {
            Value::String(s) if s == "optimal" => Ok(BuiltThreshold::Optimal),
            _ => match value.as_f64().filter(|v| (0.0..=1.0).contains(v)) {
                Some(v) => Ok(BuiltThreshold::Fixed(v)),
                None => Err(value_fault(name, value, "a share between 0 and 1 or \"optimal\"")),
            },
        }
    }

    fn told(&self) -> Value {
        match self {
            BuiltThreshold::Fixed(v) => json!(v),
            BuiltThreshold::Optimal => json!("optimal"),
        }
    }
}

impl Setting for Option<Majority> {
    fn read(name: &str, value: &Value) -> Result<Option<Majority>, Fault> {
        match value {
            Value::Null => Ok(None),
            Value::String(s) if s == "R2022A" => Ok(Some(Majority::R2022A)),
            Value::String(s) if s == "R2023A" => Ok(Some(Majority::R2023A)),
            _ => Err(value_fault(name, value, "\"R2022A\", \"R2023A\" or null")),
        }
    }

    fn told(&self) -> Value {
        match self {
            None => Value::Null,
            Some(rule) => json!(format!("{rule:?}")),
        }
    }
}

impl Setting for Order {
    fn read(name: &str, value: &Value) -> Result<Order, Fault> {
        match value.as_str() {
            Some("smooth_then_fill") => Ok(Order::SmoothThenFill),
            Some("fill_then_smooth") => Ok(Order::FillThenSmooth),
            _ => Err(value_fault(name, value, "\"smooth_then_fill\" or \"fill_then_smooth\"")),
        }
    }

    fn told(&self) -> Value {
        json!(if *self == Order::SmoothThenFill { "smooth_then_fill" } else { "fill_then_smooth" })
    }
}

macro_rules! options {
    ($($name:ident),* $(,)?) => {
        /// The names of all options.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        impl Options {
            /// Changes one option by its name.
            pub fn set(&mut self, name: &str, value: &Value) -> Result<(), Fault> {
                match name {
                    $(stringify!($name) => self.$name = Setting::read(name, value)?,)*
                    _ => {
                        return Err(Fault::unknown("option", name, NAMES.iter().copied().chain(["preset"])));
                    }
                }
                Ok(())
            }

            /// All options by their names.
            pub fn to_map(&self) -> Map<String, Value> {
                let mut map = Map::new();
                $(map.insert(stringify!($name).to_owned(), self.$name.told());)*
                map
            }
        }
    };
}

options! {
    uc_density, uc_size, uc_conn, uc_built, uc_built_thr, uc_smooth, uc_gap, order, uc_smooth_pop,
    ucl_density, ucl_size, ucl_conn, ucl_smooth_pop,
    duc_density, duc_size, duc_conn, duc_built, duc_built_thr,
    sduc_density, sduc_size, sduc_conn, sduc_buffer,
    surb_density, surb_size, surb_conn, rc_density, rc_size, rc_conn, ldr_density,
    water_land, water_pop, water_built, land_floor, l1_from_l2, other_grid,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_refused_with_the_nearest() {
        let fault = Options::from_json(r#"{"uc_densty": 1}"#).unwrap_err().to_string();
        assert_eq!(fault, "there is no option `uc_densty`; did you mean `uc_density`?");
        let fault = Options::from_json(r#"{"preset": "ghsl_2023"}"#).unwrap_err().to_string();
        assert_eq!(fault, "there is no preset `ghsl_2023`; did you mean `ghsl_r2023`?");
    }

    #[test]
    fn values_are_checked() {
        for text in [
            r#"{"uc_conn": 6}"#,
            r#"{"uc_built_thr": 20}"#,
            r#"{"uc_smooth_pop": 4}"#,
            r#"{"uc_density": -1}"#,
            r#"{"order": "both"}"#,
            "[]",
            "{",
        ] {
            assert!(Options::from_json(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for preset in PRESETS {
            let options = Options::preset(preset).unwrap();
            assert_eq!(Options::from_map(&options.to_map()).unwrap(), options);
        }
    }
}
