//! Asking a server of the web, for `health` and `doctor`.

use std::time::Duration;

use ureq::Agent;

/// How long somebody may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Larger answers are not what was asked for.
const MOST_BYTES: u64 = 1 << 20;

/// Which way a question goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Straight to the server, which is ours.
    Straight,
    /// Through the proxy of the environment, if there is one.
    Usual,
}

/// Status and body of the answer to a GET; why there is none otherwise. Blocks.
pub fn get(url: &str, way: Way) -> Result<(u16, String), String> {
    let config = Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false);
    let config = if way == Way::Straight { config.proxy(None) } else { config };
    let agent: Agent = config.build().into();
    let mut response = agent.get(url).call().map_err(|e| e.to_string())?;
    let body = response.body_mut().with_config().limit(MOST_BYTES).read_to_string().map_err(|e| e.to_string())?;
    Ok((response.status().as_u16(), body))
}
