//! The programming interface against tools of others: its document is valid, and a running server keeps what it says.

use std::{fs, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{
    run::{self, root, step},
    test::Server,
};

/// What an answer is held to. What the document allows and the register does not (a column that there is not) may be
/// refused, so acceptance is not among them.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance,negative_data_rejection,unsupported_method";

/// Python with the tools, in a folder of its own; made where it is missing, made again when the list of tools changed.
fn tools() -> Result<String> {
    let list = "tests/api/requirements.txt";
    let wanted = fs::read_to_string(root().join(list)).context(list)?;
    let folder = root().join("target/api-tools");
    let (bin, made) = (folder.join("bin"), folder.join("requirements.txt"));
    if fs::read_to_string(&made).unwrap_or_default() != wanted || !bin.join("schemathesis").exists() {
        step("tools for the interface", "python3", &["-m", "venv", "--clear", &folder.display().to_string()])?;
        let pip = bin.join("pip").display().to_string();
        step("tools for the interface", &pip, &["install", "--quiet", "--disable-pip-version-check", "-r", list])?;
        fs::write(&made, wanted)?;
    }
    Ok(bin.display().to_string())
}

/// Validates the document, then asks a server over the sample programme for so many seconds.
pub fn schemathesis(seconds: u64) -> Result<()> {
    let tools = tools()?;
    validate(&tools)?;
    let data = std::env::temp_dir().join(format!("ekistics-api-{}", std::process::id()));
    let server = Server::start(&data)?;
    let result = ask(&tools, &server.url, seconds);
    drop(server);
    fs::remove_dir_all(&data).ok();
    result
}

/// The document as the command line prints it, which a test compares with the one that is served.
fn validate(tools: &str) -> Result<()> {
    let printed = Command::new(run::program("debug", "ekistics"))
        .args(["api", "--openapi", "--lang", "en"])
        .current_dir(root())
        .output()
        .context("the program could not be started")?;
    ensure!(printed.status.success(), "the document: {}", String::from_utf8_lossy(&printed.stderr));
    let file = root().join("target/openapi.json");
    fs::write(&file, printed.stdout)?;
    step("document", &format!("{tools}/openapi-spec-validator"), &[&file.display().to_string()])
}

fn ask(tools: &str, url: &str, seconds: u64) -> Result<()> {
    let document = format!("{url}/api/v1/openapi.json");
    let seconds = seconds.to_string();
    let args = [
        "run",
        &document,
        "--max-time",
        &seconds,
        "--checks",
        CHECKS,
        "--continue-on-failure",
        "--no-color",
        "--request-timeout",
        "30",
    ];
    step("interface", &format!("{tools}/schemathesis"), &args)
}
