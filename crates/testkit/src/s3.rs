//! A store that speaks S3, of the tests' own: moto's server, one a process, on a port of the loopback.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// A bucket of its own, empty.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// `s3://name`.
    pub address: String,
    /// What the environment must say to reach it.
    pub environment: Vec<(&'static str, String)>,
}

/// Pinned, so that a test that passes today passes tomorrow.
const PACKAGES: [&str; 4] = ["moto[s3]==5.2.1", "flask==3.1.3", "flask-cors==6.0.2", "werkzeug==3.1.8"];

/// An empty bucket on a real store. `TEST_S3_ENDPOINT` names a store to use, which takes any key; else one is started,
/// from the path or from a virtual environment that is made once beside the built tests, and ends with the process.
///
/// Panics when there is none and none can be made: Python 3 with its module venv, and its package registry once.
pub fn bucket() -> Bucket {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let name = format!("t{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let endpoint = match std::env::var("TEST_S3_ENDPOINT") {
        Ok(endpoint) => endpoint,
        Err(_) => format!("http://127.0.0.1:{}", server().port),
    };
    let host = endpoint.split("://").nth(1).unwrap_or(&endpoint).trim_end_matches('/').to_owned();
    let mut stream = TcpStream::connect(&host).expect("the store answers");
    // moto takes whoever asks for whom he says he is; a signature is not looked at.
    let request = format!(
        "PUT /{name} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answers");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let environment = [
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ENDPOINT", &endpoint),
        ("AWS_ALLOW_HTTP", "true"),
    ];
    let environment = environment.map(|(name, value)| (name, value.to_owned())).into();
    Bucket { address: format!("s3://{name}"), environment }
}

struct Server {
    port: u16,
    _keeper: Child,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(start)
}

/// Runs the server until standard input ends, and with it this process.
const KEEPER: &str = r#""$@" & server=$!; cat >/dev/null; kill $server"#;

fn start() -> Server {
    let mut keeper = Command::new("sh");
    keeper.args(["-c", KEEPER, "keeper"]).arg(program()).args(["-H", "127.0.0.1", "-p", "0"]);
    let mut child = keeper
        .env("PYTHONUNBUFFERED", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("sh runs");
    // "Running on http://127.0.0.1:PORT" stands among its warnings.
    let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
    let mut seen = String::new();
    let port = lines.by_ref().find_map(|line| {
        let port = line.split("127.0.0.1:").nth(1).map(|rest| rest.chars().take_while(char::is_ascii_digit).collect());
        seen.push_str(&line);
        port.and_then(|port: String| port.parse().ok())
    });
    // The rest is drained, or the server would block on a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    Server { port: port.unwrap_or_else(|| panic!("moto's server starts: {seen}")), _keeper: child }
}

fn program() -> PathBuf {
    let in_path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(found) = std::env::split_paths(&in_path).map(|p| p.join("moto_server")).find(|p| p.is_file()) {
        return found;
    }
    // Beside the built tests: `target/debug/deps/it-…` is what runs now.
    let here = std::env::current_exe().expect("the test has a path");
    let target = here.ancestors().nth(3).unwrap_or(Path::new("target"));
    let venv = target.join("test-venv");
    let found = venv.join("bin/moto_server");
    if !found.is_file() {
        let run = |program: &Path, args: &[&str]| {
            let done = Command::new(program).args(args).output().expect("Python 3 is installed");
            assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        };
        run(Path::new("python3"), &["-m", "venv", &venv.display().to_string()]);
        run(&venv.join("bin/pip"), &[&["install", "--quiet"], &PACKAGES[..]].concat());
    }
    found
}
