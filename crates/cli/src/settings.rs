//! The settings of this run: what was typed and what the environment says, given to `config`.

use std::path::PathBuf;

use config::{ConfigError, Effective, Given};

use crate::args::{Cli, Command};

/// Variables of ours that are no settings but options of single commands.
const OTHER_VARIABLES: &[&str] = &["EKISTICS_AUTHOR", "EKISTICS_LANG", "EKISTICS_MOVE_TO"];

/// Reads the settings.
pub fn load(cli: &Cli) -> Result<Effective, ConfigError> {
    let mut flags: Vec<(String, String, String)> = Vec::new();
    for (key, text) in &cli.common.settings {
        flags.push((key.clone(), text.clone(), format!("--set {key}")));
    }
    let mut flag = |key: &str, name: &str, text: Option<String>| {
        flags.extend(text.map(|text| (key.to_owned(), text, name.to_owned())));
    };
    flag("data", "--data", cli.common.data.as_ref().map(|p| p.display().to_string()));
    flag("database", "--database", cli.common.database.clone());
    if let Command::Serve(serve) = &cli.command {
        flag("server.port", "--port", serve.port.map(|p| p.to_string()));
        flag("server.bind", "--bind", serve.bind.map(|b| b.to_string()));
        flag("server.allow_remote", "--allow-remote", serve.allow_remote.then(|| "true".to_owned()));
    }
    // A variable that is no text cannot be one of ours.
    let environment = std::env::vars_os().filter_map(|(n, v)| Some((n.into_string().ok()?, v.into_string().ok()?)));
    config::load(&Given {
        file: cli.common.config.clone(),
        system_file: PathBuf::from("/etc/ekistics/ekistics.toml"),
        flags,
        environment: environment.collect(),
        other_variables: OTHER_VARIABLES,
    })
}
