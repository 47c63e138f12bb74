//! The register under attack: whoever alters it, kills it or fights over it.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use sqlx::{Connection, SqliteConnection};

use super::support::{complaint, file, json, program, sample, samples};

async fn alter(data: &Path, sql: &'static str) {
    let path = data.join("register.sqlite");
    let mut db = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.expect("opens");
    sqlx::raw_sql(sql).execute(&mut db).await.expect("altered");
    db.close().await.expect("closes");
}

#[tokio::test]
async fn verify_names_the_first_broken_revision() {
    for (sql, revision) in [
        ("update revision set body = replace(body, 'R', 'r') where seq = 7", Some(7)),
        ("update change set author = 'somebody else'", Some(1)),
        ("update change set reason = 'another'", Some(1)),
        ("pragma foreign_keys = off; delete from revision where seq = 12", Some(13)),
        ("delete from revision where seq = (select max(seq) from revision)", None),
        ("update revision set hash = zeroblob(32) where seq = 20", Some(20)),
        (
            "update revision set seq = -seq where seq in (30, 31); update revision set seq = 31 where seq = -30; update revision set seq = 30 where seq = -31",
            Some(30),
        ),
        ("update head set hash = zeroblob(32)", None),
    ] {
        let folder = sample();
        json(folder.path(), &["verify"], 0);
        alter(folder.path(), sql).await;
        let found = json(folder.path(), &["verify"], 1);
        assert_eq!(found["intact"], false, "{sql}");
        if let Some(revision) = revision {
            assert_eq!(found["broken"]["revision"], revision, "{sql}: {found}");
        }
    }
}

/// The log leaves the house, is verified without the program, and one byte is enough to be found out.
#[test]
fn an_exported_log_is_verified_by_others() {
    for folder in samples() {
        let path = file(folder.path(), "targets.csv", "indicator,kind,on,value\nI-1419-FA1,baseline,2013-12-31,4\n");
        json(folder.path(), &["import", &path, "--yes"], 0);
        let out = folder.path().join("log.jsonl");
        json(folder.path(), &["export", "--out", &out.display().to_string()], 0);
        let mut log = std::fs::read(&out).expect("readable");
        let verdict = json(folder.path(), &["verify"], 0);
        let intact = witness::verify(&log[..], None).expect("whole");
        assert_eq!(Some(intact.n_revisions), verdict["revisions"].as_u64());
        assert_eq!(
            (Some(intact.n_changes), witness::hex(&intact.head).as_str()),
            (verdict["changes"].as_u64(), verdict["head"].as_str().expect("a head"))
        );
        let at = log.len() / 2;
        log[at] ^= 1;
        let broken = witness::verify(&log[..], None).expect_err("one byte").to_string();
        assert!(broken.starts_with("revision "), "{broken}");
        assert!(complaint(folder.path(), &["export", "--plan", "P1419R", "--out", "x.jsonl"], 2).contains("whole"));
    }
}

/// A history that was written anew has a chain that is whole; only a head that was kept elsewhere tells.
#[test]
fn a_kept_head_tells_of_a_rewritten_history() {
    for folder in samples() {
        let kept = json(folder.path(), &["verify"], 0)["head"].as_str().expect("a head").to_owned();
        let path = file(folder.path(), "targets.csv", "indicator,kind,on,value\nI-1419-FA1,baseline,2013-12-31,4\n");
        json(folder.path(), &["import", &path, "--yes"], 0);
        let later = json(folder.path(), &["verify", "--against", &kept], 0);
        assert_eq!((later["reached"].as_u64(), later["intact"].as_bool()), (Some(1), Some(true)));
        let other = tempfile::TempDir::new().expect("a folder");
        let places = file(other.path(), "places.csv", "id,kind,title_en\nKEN,country,Kenya\n");
        json(other.path(), &["import", &places, "--yes"], 0);
        let another = json(other.path(), &["verify", "--against", &kept], 1);
        assert_eq!((another["intact"].as_bool(), another["reached"].as_u64()), (Some(false), None), "{another}");
        assert!(another["broken"]["detail"].as_str().is_some_and(|d| d.contains(&kept)), "{another}");
        assert!(complaint(folder.path(), &["verify", "--against", "abc"], 2).contains("64"));
    }
}

#[test]
fn an_altered_segment_is_found() {
    let folder = sample();
    let segment = find(&folder.path().join("lake"), "parquet").expect("a segment");
    let mut bytes = std::fs::read(&segment).expect("readable");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&segment, bytes).expect("written");
    let found = json(folder.path(), &["verify"], 1);
    assert!(found["broken"]["record"].as_str().is_some_and(|r| r.starts_with("segment/")), "{found}");
}

fn find(folder: &Path, ending: &str) -> Option<std::path::PathBuf> {
    std::fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|e| e.path()).find_map(|path| {
        if path.is_dir() { find(&path, ending) } else { (path.extension()? == ending).then_some(path) }
    })
}

#[tokio::test]
async fn typed_tables_hold_the_current_state() {
    let [folder, on_server] = samples();
    let address: sqlx::postgres::PgConnectOptions =
        std::fs::read_to_string(on_server.path().join("database.address")).expect("an address").parse().expect("read");
    let mut server = sqlx::PgConnection::connect_with(&address).await.expect("connects");
    let path = file(on_server.path(), "targets.csv", "indicator,kind,on,value\nI-1419-FA1,baseline,2013-12-31,4\n");
    json(on_server.path(), &["import", &path, "--yes"], 0);
    let sql =
        "select value, (select count(*) from plan) from target where indicator = 'I-1419-FA1' and kind = 'baseline'";
    let there: (f64, i64) = sqlx::query_as(sql).fetch_one(&mut server).await.expect("the row");
    assert_eq!(there, (4.0, 41));
    let path = file(folder.path(), "targets.csv", "indicator,kind,on,value\nI-1419-FA1,baseline,2013-12-31,4\n");
    let change = json(folder.path(), &["import", &path, "--yes"], 0)["change"].as_u64().expect("a change").to_string();
    let url = format!("sqlite://{}", folder.path().join("register.sqlite").display());
    let mut db = SqliteConnection::connect(&url).await.expect("opens");
    let value: f64 =
        sqlx::query_scalar("select value from target where indicator = 'I-1419-FA1' and kind = 'baseline'")
            .fetch_one(&mut db)
            .await
            .expect("the row");
    assert_eq!(value, 4.0);
    json(folder.path(), &["undo", &change], 0);
    let n: i64 = sqlx::query_scalar("select count(*) from target where indicator = 'I-1419-FA1'")
        .fetch_one(&mut db)
        .await
        .expect("a count");
    assert_eq!(n, 0);
    let plans: i64 = sqlx::query_scalar("select count(*) from plan").fetch_one(&mut db).await.expect("a count");
    assert_eq!(plans, 41);
}

#[test]
fn a_killed_import_leaves_all_or_nothing() {
    for folder in samples() {
        let mut csv = String::from("indicator,place,period,scope,value,source,comment\n");
        for i in 0..60_000 {
            csv.push_str(&format!("I-URBPOP,KEN,{}-{:02},global,{i},,row {i}\n", 1000 + i / 12, i % 12 + 1));
        }
        let path = file(folder.path(), "observations.csv", csv);
        for wait in [50u64, 200, 400, 800, 1500] {
            let mut child = program(folder.path())
                .args(["import", &path, "--yes"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("starts");
            std::thread::sleep(std::time::Duration::from_millis(wait));
            child.kill().ok();
            child.wait().expect("ends");
            let vital = json(folder.path(), &["demo", "--no-serve"], 0);
            let position = vital["records"]["position"].as_u64().expect("a position");
            let n = vital["records"]["n_observations"].as_u64().expect("a count");
            assert!(position == 1 && n < 60_000 || position == 2 && n > 60_000, "change {position}, {n} observations");
            json(folder.path(), &["verify"], 0);
            if position == 2 {
                json(folder.path(), &["undo", "2"], 0);
                break;
            }
        }
    }
}

#[test]
fn two_servers_on_one_folder_and_a_taken_port() {
    let folder = sample();
    let serve = |port: &str, data: &Path| {
        Command::new(env!("CARGO_BIN_EXE_ekistics"))
            .args(["serve", "--port", port, "--lang", "en", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts")
    };
    let mut first = serve("0", folder.path());
    let mut line = String::new();
    BufReader::new(first.stdout.take().expect("output")).read_line(&mut line).expect("a line");
    assert!(line.contains("http://127.0.0.1:"), "{line}");
    let port = line.split("127.0.0.1:").nth(1).and_then(|t| t.split('/').next()).expect("a port").to_owned();
    let second = serve("0", folder.path()).wait_with_output().expect("ends");
    assert_eq!(second.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&second.stderr).contains("Another server"), "{second:?}");
    let other = sample();
    let third = serve(&port, other.path()).wait_with_output().expect("ends");
    assert_eq!(third.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&third.stderr).contains(&port), "{third:?}");
    // The command line may write while a server runs; the server sees it.
    let path = file(folder.path(), "targets.csv", "indicator,kind,on,value\nI-1419-FA1,baseline,2013-12-31,4\n");
    json(folder.path(), &["import", &path, "--yes"], 0);
    first.kill().ok();
    first.wait().expect("ends");
}

/// Two servers on one database: what one accepts the other shows within a second.
#[test]
fn two_servers_on_one_database() {
    let [_, folder] = samples();
    let mut nodes: Vec<Node> = (0..2).map(|_| Node::start(folder.path())).collect();
    for (node, other) in [(0, 1), (1, 0)] {
        let mark = format!("W-NODE-{node}");
        assert!(!nodes[other].get("/records/waiver").contains(&mark));
        let csv = format!(
            "id,code,record_kind,record,reason,author,expires_on\n{mark},FIN001,amount,F-022,known,tester,2030-01-01\n"
        );
        let preview = nodes[node].upload("waivers.csv", &csv);
        nodes[node].post(&format!("{preview}/confirm"), "application/x-www-form-urlencoded", "reason=test");
        let accepted = std::time::Instant::now();
        while !nodes[other].get("/records/waiver").contains(&mark) {
            assert!(accepted.elapsed().as_secs() < 1, "the other server does not show {mark}");
        }
    }
    let before = json(folder.path(), &["verify"], 0);
    // One of them is killed; the other goes on.
    nodes.remove(0);
    assert!(nodes[0].get("/records/waiver").contains("W-NODE-1"));
    assert_eq!(json(folder.path(), &["verify"], 0), before);
}

/// A server of the program's own, killed when dropped.
struct Node {
    process: std::process::Child,
    host: String,
}

impl Node {
    fn start(data: &Path) -> Node {
        let mut process = program(data).args(["serve", "--port", "0"]).stdout(Stdio::piped()).spawn().expect("starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("output")).read_line(&mut line).expect("a line");
        let host = line.split("http://").nth(1).and_then(|t| t.split('/').next()).expect("an address").to_owned();
        Node { process, host }
    }
    fn get(&self, path: &str) -> String {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host))
    }
    fn post(&self, path: &str, mime: &str, body: &str) -> String {
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: {mime}\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        ))
    }
    /// Uploads a file; the address of its preview.
    fn upload(&self, name: &str, text: &str) -> String {
        let disposition = format!("Content-Disposition: form-data; name=\"files\"; filename=\"{name}\"");
        let body = format!("--x\r\n{disposition}\r\n\r\n{text}\r\n--x--\r\n");
        let answer = self.post("/import", "multipart/form-data; boundary=x", &body);
        let location = answer.lines().find_map(|l| l.strip_prefix("location: ")).map(str::trim);
        location.unwrap_or_else(|| panic!("no preview: {answer}")).to_owned()
    }
    fn send(&self, request: &str) -> String {
        use std::io::{Read, Write};
        let mut stream = std::net::TcpStream::connect(&self.host).expect("connects");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answers");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn folders_that_cannot_be_used() {
    let folder = tempfile::TempDir::new().expect("a folder");
    // A file where the folder should be.
    let path = file(folder.path(), "data", "x");
    complaint(Path::new(&path), &["demo", "--no-serve"], 3);
    // The system's own read-only folder.
    complaint(Path::new("/proc/ekistics"), &["demo", "--no-serve"], 3);
    // Something else under our name.
    std::fs::write(
        folder.path().join("register.sqlite"),
        "this is no database, it is a letter to a friend, and long enough",
    )
    .expect("written");
    assert!(complaint(folder.path(), &["status"], 3).contains("no register"));
    assert!(complaint(folder.path(), &["demo", "--no-serve"], 3).contains("no register"));
}

#[tokio::test]
async fn a_register_of_a_newer_program_is_left_alone() {
    let folder = sample();
    alter(folder.path(), "insert into schema_version (number) values (9999)").await;
    let path = file(folder.path(), "targets.csv", "indicator,kind,on,value\nI-1419-FA1,baseline,2013-12-31,4\n");
    assert!(complaint(folder.path(), &["import", &path, "--yes"], 3).contains("newer"));
    assert!(complaint(folder.path(), &["status"], 3).contains("newer"));
}
