//! Ten thousand draws of an index of 60 indicators in six parts: other weights, scales and means, one indicator left out.
//!
//! Size: cities.

use anyhow::{Result, anyhow};
use model::value::Lang;
use serde_json::{Map, Value as Json, json};

use crate::{Measured, Task, clock};

const INDICATORS: usize = 60;

/// Writes the cities.
pub fn prepare(task: &Task) -> Result<()> {
    let indicators: Vec<Json> = (0..INDICATORS)
        .map(|i| json!({"id": format!("i{i}"), "dim": format!("d{}", i % 6), "m": "benchmark", "d": 1, "lo": 0, "hi": 100}))
        .collect();
    // Every twentieth value is missing.
    let value = |city: usize, i: usize| match (city * 31 + i * 17) % 20 {
        0 => Json::Null,
        _ => json!(((city * 7_919 + i * 104_729) % 10_007) as f64 / 100.07),
    };
    let city = |city: usize| {
        let raw: Map<String, Json> = (0..INDICATORS).map(|i| (format!("i{i}"), value(city, i))).collect();
        json!({"city": format!("c{city}"), "raw": raw})
    };
    let file = json!({
        "indicators": indicators,
        "cities": (0..task.size).map(city).collect::<Vec<Json>>(),
        "monte_carlo": {"n": 10_000, "seed": 1, "weights": "flat", "all_parts": true, "scales": ["rank", "minmax"],
            "aggregation": ["arithmetic", "geometric"], "leave_one_out": true},
    });
    std::fs::create_dir_all(&task.folder)?;
    std::fs::write(task.folder.join("index.json"), file.to_string())?;
    Ok(())
}

/// Draws.
pub fn run(task: &Task) -> Result<Measured> {
    let text = std::fs::read_to_string(task.folder.join("index.json"))?;
    let (seconds, found) =
        clock::repeat(1, || app::evaluate_index(&text, &[], Lang::En).map_err(|found| anyhow!("{found:?}")))?;
    let cities = found["monte_carlo"]["cities"].as_object().ok_or_else(|| anyhow!("no draws"))?;
    Ok(Measured { seconds, check: vec![cities.len() as f64], ..Measured::default() })
}
