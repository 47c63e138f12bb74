//! Running the program, and a sample programme that is loaded once and copied.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::LazyLock,
};

use serde_json::Value as Json;
use tempfile::TempDir;

/// The day for all tests: statuses and duties depend on it.
pub const ON: &str = "2020-06-30";

/// Runs the program with a data folder.
pub fn ekistics(data: &Path, args: &[&str]) -> Output {
    program(data).args(args).args(["--on", ON]).output().expect("the program starts")
}

/// The program with a data folder, and the database that the folder's register was given.
pub fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ekistics"));
    command.env("EKISTICS_LANG", "en").env("EKISTICS_AUTHOR", "tester").env("EKISTICS_DATA", data);
    match fs::read_to_string(data.join(DATABASE)) {
        Ok(address) => command.env("EKISTICS_DATABASE", address),
        Err(_) => command.env_remove("EKISTICS_DATABASE"),
    };
    command
}

/// In a data folder of the tests: the address of its register's database.
pub const DATABASE: &str = "database.address";

/// A data folder whose register is in a PostgreSQL database of its own, without tables yet.
pub fn on_postgres() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join(DATABASE), testkit::postgres::database()).expect("written");
    folder
}

/// The sample programme in a file, and in a PostgreSQL database.
pub fn samples() -> [TempDir; 2] {
    let (file, server) = (sample(), sample());
    let address = testkit::postgres::database();
    json(server.path(), &["move", "--to", &address], 0);
    fs::remove_file(server.path().join("register.sqlite")).expect("put away");
    fs::write(server.path().join(DATABASE), address).expect("written");
    [file, server]
}

/// Runs the program, expects an exit code, and reads its JSON.
pub fn json(data: &Path, args: &[&str], code: i32) -> Json {
    let mut all = args.to_vec();
    all.push("--json");
    let output = ekistics(data, &all);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{args:?}: {e}: {text}"))
}

/// Standard error of a run that must end with a code.
pub fn complaint(data: &Path, args: &[&str], code: i32) -> String {
    let output = ekistics(data, args);
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
    assert!(!text.contains("panicked"), "{args:?}: {text}");
    text
}

static LOADED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a folder");
    json(folder.path(), &["demo", "--no-serve"], 0);
    folder
});

/// A data folder of its own with the sample programme.
pub fn sample() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    copy(LOADED.path(), folder.path());
    folder
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(drop).expect("copied") }
    }
}

/// Writes a file into a folder and gives its path as text.
pub fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path: PathBuf = folder.join(name);
    fs::write(&path, bytes).expect("written");
    path.display().to_string()
}
