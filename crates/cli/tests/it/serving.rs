//! The real server as its operators meet it: its log, its numbers, its readiness, and how it ends.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::net::UnixDatagram,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::Value as Json;
use testkit::postgres::{Cluster, Disk};

use super::support::{DATABASE, complaint, json, program, sample};

/// A server on a port of its own. It ends with its owner.
pub struct Server {
    child: Child,
    /// `127.0.0.1:port`.
    pub address: String,
    log: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts one, and waits until it serves.
    pub fn start(data: &Path, settings: &[&str]) -> Server {
        Server::start_with(data, settings, |_| {})
    }

    fn start_with(data: &Path, settings: &[&str], prepare: impl FnOnce(&mut Command)) -> Server {
        let mut command = program(data);
        command.args(["serve", "--port", "0", "--set", "log.format=json"]);
        for setting in settings {
            command.args(["--set", setting]);
        }
        prepare(&mut command);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        let log = Arc::new(Mutex::new(Vec::new()));
        let (lines, kept) = (BufReader::new(child.stderr.take().expect("a log")).lines(), log.clone());
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|l| kept.lock().expect("held").push(l)));
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("output")).read_line(&mut line).expect("a line");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.unwrap_or_else(|| panic!("{line}: {:?}", log.lock())).to_owned();
        Server { child, address, log }
    }

    /// Status and body of the answer to a GET.
    pub fn get(&self, path: &str) -> (u16, String) {
        get(&self.address, path)
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Waits for the end.
    pub fn end(&mut self, most: Duration) -> ExitStatus {
        let began = Instant::now();
        while began.elapsed() < most {
            if let Some(status) = self.child.try_wait().expect("waits") {
                return status;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it did not end within {most:?}: {:?}", self.log.lock());
    }

    /// Lines of the log with a message; waits a moment for the first.
    pub fn lines(&self, message: &str) -> Vec<Json> {
        for _ in 0..250 {
            let found: Vec<Json> =
                self.log.lock().expect("held").iter().filter_map(|l| serde_json::from_str(l).ok()).collect();
            let found: Vec<Json> = found.into_iter().filter(|l: &Json| l["message"] == message).collect();
            if !found.is_empty() {
                return found;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("no line {message}: {:?}", self.log.lock());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn get(address: &str, path: &str) -> (u16, String) {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut stream = TcpStream::connect(address).expect("connects");
    stream.write_all(request.as_bytes()).expect("sent");
    answer(stream)
}

fn answer(mut stream: TcpStream) -> (u16, String) {
    let mut text = Vec::new();
    stream.read_to_end(&mut text).expect("an answer");
    let text = String::from_utf8_lossy(&text).into_owned();
    let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or_else(|| panic!("{text}"));
    (status, text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
}

/// A request whose body is slow to come: it runs when this returns, and ends when the rest is sent.
fn slow(server: &Server) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).expect("connects");
    let head = "POST /changes/1/undo HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nExpect: 100-continue\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("sent");
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).expect("the server asks for the body");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

#[test]
fn the_log_names_routes_and_nothing_of_the_data() {
    let folder = sample();
    let server = Server::start(folder.path(), &[]);
    assert_eq!(server.get("/indicators/I-1419-Ra?on=2020-06-30").0, 200);
    assert_eq!(server.get("/search?q=Mustermann").0, 200);
    assert_eq!(server.get("/nothing/Mustermann").0, 404);
    assert_eq!(server.get("/healthz").0, 200);
    let wait = Instant::now();
    while server.lines("answered").len() < 3 && wait.elapsed() < Duration::from_secs(5) {}
    let lines = server.lines("answered");
    let seen: Vec<(&str, u64)> =
        lines.iter().map(|l| (l["route"].as_str().unwrap_or_default(), l["status"].as_u64().unwrap_or(0))).collect();
    assert_eq!(seen, [("/indicators/{id}", 200), ("/search", 200), ("none", 404)]);
    for line in &lines {
        assert_eq!(line["request.id"].as_str().map(str::len), Some(16), "{line}");
        assert!(line["duration_ms"].as_f64().is_some_and(|d| d > 0.0 && d < 60_000.0), "{line}");
        assert!(line["bytes"].as_u64().is_some_and(|b| b > 500), "{line}");
        assert_eq!((line["method"].as_str(), line["cut"].as_bool()), (Some("GET"), Some(false)), "{line}");
    }
    let all = server.log.lock().expect("held").join("\n");
    assert!(!all.contains("Mustermann") && !all.contains("I-1419"), "{all}");
}

#[test]
fn numbers_are_told_on_a_listener_of_their_own() {
    let folder = sample();
    let server = Server::start(folder.path(), &["metrics.bind=127.0.0.1:0"]);
    assert_eq!(server.get("/metrics").0, 404, "never to whoever reads the pages");
    for _ in 0..3 {
        server.get("/plans/P1419R");
    }
    server.get("/plans/none");
    let address = server.lines("metrics")[0]["address"].as_str().expect("an address").to_owned();
    assert_eq!(get(&address, "/").0, 404);
    // The last byte of an answer is sent before it is counted.
    let (mut body, began) = (String::new(), Instant::now());
    while !body.contains("route=\"/plans/{id}\",method=\"GET\",status=\"4xx\"} 1")
        && began.elapsed() < Duration::from_secs(5)
    {
        let (status, text) = get(&address, "/metrics");
        assert_eq!(status, 200);
        body = text;
    }
    let families = parse(&body);
    let of = |name: &str| families.iter().find(|f| f["name"] == name).unwrap_or_else(|| panic!("no {name} in {body}"));
    let value = |name: &str, labels: Json| {
        let samples = families.iter().flat_map(|f| f["samples"].as_array().cloned().unwrap_or_default());
        let found: Vec<f64> =
            samples.filter(|s| s[0] == name && s[1] == labels).filter_map(|s| s[2].as_f64()).collect();
        assert_eq!(found.len(), 1, "{name} {labels} in {body}");
        found[0]
    };
    let none = || serde_json::json!({});
    let plans = |status: &str| serde_json::json!({"route": "/plans/{id}", "method": "GET", "status": status});
    assert_eq!(value("ekistics_http_requests_total", plans("2xx")), 3.0);
    assert_eq!(value("ekistics_http_requests_total", plans("4xx")), 1.0);
    let route = serde_json::json!({"route": "/plans/{id}"});
    assert_eq!(value("ekistics_http_request_duration_seconds_count", route), 4.0);
    assert_eq!(value("ekistics_http_requests_in_flight", none()), 0.0);
    let status = json(folder.path(), &["demo", "--no-serve"], 0);
    for (name, field) in [("position", "position"), ("records", "n_records"), ("observations", "n_observations")] {
        assert_eq!(Some(value(&format!("ekistics_world_{name}"), none())), status["records"][field].as_f64(), "{name}");
    }
    assert_eq!(value("ekistics_register_position", none()), 1.0);
    assert_eq!(value("ekistics_database_up", none()), 1.0);
    assert_eq!(value("ekistics_world_folds_total", none()), 1.0);
    assert!(value("ekistics_world_last_fold_seconds", none()) > 0.0);
    assert!(value("ekistics_world_age_seconds", none()) >= 0.0);
    assert!(
        value("ekistics_database_connections_limit", none()) >= value("ekistics_database_connections_open", none())
    );
    assert!(value("process_resident_memory_bytes", none()) > 1e6);
    assert!(value("process_open_fds", none()) > 3.0);
    assert_eq!(
        (of("ekistics_build")["type"].as_str(), of("process_cpu_seconds")["type"].as_str()),
        (Some("info"), Some("counter"))
    );
}

/// The families of a text, read by Prometheus' own parser for Python (Debian: python3-prometheus-client). It is strict.
fn parse(text: &str) -> Vec<Json> {
    const PROGRAM: &str = "import json, sys\n\
        from prometheus_client.openmetrics.parser import text_string_to_metric_families as read\n\
        print(json.dumps([{'name': f.name, 'type': f.type, 'samples': [[s.name, s.labels, s.value] for s in f.samples]} \
        for f in read(sys.stdin.read())]))";
    // Debian keeps its packages with its own interpreter, which may not be the first on the path.
    let mut child = Command::new("/usr/bin/python3")
        .args(["-c", PROGRAM])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 runs");
    child.stdin.take().expect("input").write_all(text.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ends");
    assert!(output.status.success(), "Prometheus refuses: {text}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn running_requests_finish_and_the_process_ends_with_0() {
    let folder = sample();
    let mut server = Server::start(folder.path(), &[]);
    assert_eq!(server.get("/readyz").0, 200);
    let mut stream = slow(&server);
    server.signal("TERM");
    server.lines("asked to end");
    // The door is closed to others at once.
    let began = Instant::now();
    while TcpStream::connect(&server.address).is_ok() {
        assert!(began.elapsed() < Duration::from_secs(2), "the door stays open");
        std::thread::sleep(Duration::from_millis(10));
    }
    stream.write_all(b"reason=x").expect("sent");
    let (status, body) = answer(stream);
    assert_eq!(status, 303, "{body}");
    assert_eq!(server.end(Duration::from_secs(5)).code(), Some(0));
    server.lines("ended");
    // What was confirmed is there, and the journal was folded into the file.
    assert!(!folder.path().join("register.sqlite-wal").exists());
    let verdict = json(folder.path(), &["verify"], 0);
    assert_eq!(verdict["changes"], 2);
}

#[test]
fn readiness_turns_before_the_door_closes() {
    let folder = sample();
    let mut server = Server::start(folder.path(), &["server.drain_seconds=2"]);
    let (status, body) = server.get("/readyz");
    let ready: Json = serde_json::from_str(&body).expect("JSON");
    assert_eq!((status, &ready["ok"], &ready["position"], &ready["world"]), (200, &true.into(), &1.into(), &1.into()));
    // Any name of host is answered, for a probe comes by address.
    let mut stream = TcpStream::connect(&server.address).expect("connects");
    stream
        .write_all(b"GET /readyz HTTP/1.1\r\nHost: 10.1.2.3\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n")
        .expect("sent");
    let (status, body) = answer(stream);
    assert!(status == 200 && body.contains("\"proto\":\"https\""), "{body}");
    let url = format!("http://{}/readyz", server.address);
    assert_eq!(json(folder.path(), &["health", &url], 0)["ok"], true);
    let port = server.address.rsplit(':').next().expect("a port").to_owned();
    let found = json(folder.path(), &["doctor", "--offline", "--set", &format!("server.port={port}")], 0);
    assert!(found["checks"].as_array().is_some_and(|l| l.iter().any(|c| c["key"] == "doctor-port-served")), "{found}");
    server.signal("TERM");
    server.lines("asked to end");
    let (status, body) = server.get("/readyz");
    assert_eq!((status, body.contains("\"reason\":\"ending\"")), (503, true), "{body}");
    assert_eq!(server.get("/healthz").0, 200);
    assert_eq!(server.get("/plans/P1419R").0, 200, "whoever comes in time is served");
    let health = json(folder.path(), &["health", &url], 1);
    assert_eq!(health["reason"], "ending");
    assert_eq!(server.end(Duration::from_secs(6)).code(), Some(0));
}

#[test]
fn a_request_that_runs_too_long_is_cut_off() {
    let folder = sample();
    let mut server = Server::start(folder.path(), &["server.shutdown_seconds=1"]);
    let _stream = slow(&server);
    server.signal("TERM");
    assert_eq!(server.end(Duration::from_secs(10)).code(), Some(0));
    let cut = server.lines("requests that ran too long were cut off");
    assert_eq!(cut[0]["requests.cut"], 1);
}

#[test]
fn a_second_term_ends_at_once() {
    let folder = sample();
    let mut server = Server::start(folder.path(), &[]);
    let _stream = slow(&server);
    server.signal("TERM");
    server.lines("asked to end");
    let began = Instant::now();
    server.signal("TERM");
    assert_eq!(server.end(Duration::from_secs(5)).code(), Some(143));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    // Nothing was half written.
    json(folder.path(), &["verify"], 0);
}

#[test]
fn the_service_manager_is_told() {
    let folder = sample();
    let path = folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).expect("a socket");
    socket.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
    let told = || {
        let mut text = [0; 64];
        let n = socket.recv(&mut text).expect("told");
        String::from_utf8_lossy(&text[..n]).into_owned()
    };
    let mut server = Server::start_with(folder.path(), &[], |command| {
        command.env("NOTIFY_SOCKET", &path);
    });
    assert_eq!(told(), "READY=1");
    server.signal("TERM");
    assert_eq!(told(), "STOPPING=1");
    assert_eq!(server.end(Duration::from_secs(5)).code(), Some(0));
}

#[test]
fn a_larger_file_than_the_setting_is_refused() {
    let folder = sample();
    let server = Server::start(folder.path(), &["server.max_upload_mb=2"]);
    for (megabytes, expected) in [(1, false), (3, true)] {
        let file = "x".repeat(megabytes << 20);
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\n{file}\r\n--b--\r\n"
        );
        let head = format!(
            "POST /import HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
             Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut stream = TcpStream::connect(&server.address).expect("connects");
        stream.write_all(head.as_bytes()).expect("sent");
        // The server may answer and hang up before the end.
        let _ = stream.write_all(body.as_bytes());
        let mut text = Vec::new();
        let _ = stream.read_to_end(&mut text);
        let text = String::from_utf8_lossy(&text);
        assert_eq!(text.starts_with("HTTP/1.1 413"), expected, "{megabytes}: {text}");
    }
}

#[test]
fn a_database_that_goes_away_is_told_and_comes_back() {
    let mut cluster = Cluster::start(Disk::Synced);
    let folder = tempfile::TempDir::new().expect("a folder");
    std::fs::write(folder.path().join(DATABASE), cluster.database("plans")).expect("written");
    json(folder.path(), &["demo", "--no-serve"], 0);
    let server = Server::start(folder.path(), &[]);
    assert_eq!(server.get("/plans/P1419R?on=2019-06-30").0, 200);
    cluster.kill();
    // Its processes notice one after the other that the first of them is gone, and connections end one by one.
    let wait = Instant::now();
    let away = |path: &str| loop {
        let answer = server.get(path);
        if answer.0 != 200 || wait.elapsed() > Duration::from_secs(30) {
            break answer;
        }
    };
    away("/readyz");
    let (status, page) = away("/plans/P1419R?on=2019-06-29");
    assert_eq!(status, 503, "{page}");
    assert!(page.contains("does not answer") && !page.contains("postgres://"), "{page}");
    let (status, problem) = away("/api/v1/records/plan");
    assert!(status == 503 && !problem.contains("postgres://"), "{problem}");
    assert_eq!((away("/readyz").0, server.get("/healthz").0), (503, 200));
    cluster.restart();
    assert_eq!(server.get("/plans/P1419R?on=2019-06-29").0, 200);
    assert_eq!(server.get("/readyz").0, 200);
}

#[test]
fn maps_stand_on_the_world_that_was_installed_and_a_wrong_one_is_refused_at_the_start() {
    let folder = sample();
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/world/world-110m.topo.json");
    let shipped = std::fs::read_to_string(shipped).expect("the shipped world");
    let mut official: Json = serde_json::from_str(&shipped).expect("JSON");
    official["version"] = "Official boundaries 7".into();
    official["objects"]["countries"]["geometries"][0]["properties"]["note_en"] = "A note of the office.".into();
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("official.topo.json");
    std::fs::write(&path, official.to_string()).expect("written");
    let setting = format!("maps.world={}", path.display());
    let mut server = Server::start(folder.path(), &[&setting]);
    for page in ["/map/I-SDG11-1-1", "/places/KEN"] {
        let (status, html) = server.get(page);
        assert_eq!(status, 200);
        assert!(html.contains("Official boundaries 7") && !html.contains("Natural Earth"), "{page}");
    }
    assert!(server.get("/map/I-SDG11-1-1").1.contains("A note of the office."));
    server.signal("TERM");
    assert!(server.end(Duration::from_secs(30)).success());

    let lines = official["objects"]["boundaries"]["geometries"].as_array_mut().expect("lines");
    lines[2]["properties"]["class"] = "wall".into();
    std::fs::write(&path, official.to_string()).expect("written");
    let said = complaint(folder.path(), &["serve", "--port", "0", "--set", &setting], 3);
    for part in ["official.topo.json", "boundaries", "feature 3", "wall", "line_of_control"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let missing = format!("maps.world={}", place.path().join("nothing").display());
    let said = complaint(folder.path(), &["serve", "--port", "0", "--set", &missing], 3);
    assert!(said.contains("nothing"), "{said}");
}
