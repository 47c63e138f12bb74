//! Four people in a real browser, on a register in a file with one server, and in a PostgreSQL database with two.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::support::{json, on_postgres, program};

/// A server, killed when dropped.
struct Server {
    process: Child,
    url: String,
    /// The link that makes the first administrator.
    link: String,
}

impl Server {
    fn start(data: &Path) -> Server {
        let mut process =
            program(data).args(["serve", "--port", "0"]).stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut lines = BufReader::new(process.stdout.take().expect("output")).lines().map_while(Result::ok);
        let mut address = || {
            let line = lines.find(|l| l.contains("http://")).expect("a line with an address");
            let at = line.find("http://").expect("an address");
            line[at..].split_whitespace().next().expect("a word").to_owned()
        };
        let (url, link) = (address(), address());
        std::thread::spawn(move || lines.for_each(drop));
        Server { process, url: url.trim_end_matches('/').to_owned(), link }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn four_people_bring_a_figure_to_the_public() {
    let browser = testkit::server::folder("browser");
    testkit::server::packages(&browser);
    let (file, database) = (tempfile::TempDir::new().expect("a folder"), on_postgres());
    for (data, n_servers) in [(file.path(), 1), (database.path(), 2)] {
        json(data, &["demo", "--no-serve"], 0);
        let servers: Vec<Server> = (0..n_servers).map(|_| Server::start(data)).collect();
        // The link that was printed last is the one that is good; it is asked for on the first server.
        let last = servers.last().expect("a server");
        let link = last.link.replace(&last.url, &servers[0].url);
        let shots = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("people-{n_servers}"));
        let walked = Command::new("node")
            .arg("people.mjs")
            .arg(&servers[0].url)
            .arg(&shots)
            .arg(&link)
            .arg(&last.url)
            .current_dir(&browser)
            .status()
            .expect("node starts");
        assert!(walked.success(), "with {n_servers} servers");
        // The auditor takes the log out, has it read by the second reader, and finds a flipped byte.
        let log = data.join("log.jsonl");
        json(data, &["export", "--out", &log.display().to_string()], 0);
        let text = std::fs::read_to_string(&log).expect("the log");
        assert!(witness::verify(text.as_bytes(), None).is_ok());
        assert!(text.contains("44.1") || text.contains("agreement"), "the agreement is in the log");
        assert!(!text.contains("Moses") && !text.contains("example.org"), "no name is in the log");
        let at = text.find("\"agreement\"").expect("the agreement") + 1;
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let found = witness::verify(&bytes[..], None).expect_err("a flipped byte is found");
        assert!(found.to_string().contains("revision"), "{found}");
    }
}
