//! Backups as people make and use them: with real servers beside them, killed, damaged, restored elsewhere.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use app::{App, OpenMode, Vault, Whom};
use jiff::Timestamp;
use serde_json::Value as Json;
use tempfile::TempDir;

use super::serving::Server;
use super::support::{ON, complaint, ekistics, file, json, on_postgres, program, sample, samples};

/// A place for backups, with a key.
struct Place {
    folder: TempDir,
    recipient: String,
}

impl Place {
    fn new() -> Place {
        let folder = TempDir::new().expect("a folder");
        let key = folder.path().join("key.txt").display().to_string();
        let made = json(folder.path(), &["backup", "--new-identity", &key], 0);
        Place { recipient: made["recipient"].as_str().expect("a recipient").to_owned(), folder }
    }
    fn key(&self) -> String {
        self.folder.path().join("key.txt").display().to_string()
    }
    fn to(&self) -> String {
        self.folder.path().join("backups").display().to_string()
    }
    fn back_up(&self, data: &Path) -> Json {
        json(data, &["backup", &self.to(), "--recipient", &self.recipient], 0)
    }
    fn verify(&self, code: i32) -> Json {
        json(self.folder.path(), &["backup", &self.to(), "--verify", "--identity", &self.key()], code)
    }
    fn restore(&self, into: &Path, more: &[&str]) -> Json {
        json(into, &[&["restore", &self.to(), "--identity", &self.key()], more].concat(), 0)
    }
    /// All pieces.
    fn pieces(&self) -> Vec<PathBuf> {
        let of = |p: PathBuf| fs::read_dir(p).expect("a folder").map(|e| e.expect("an entry").path());
        of(Path::new(&self.to()).join("pieces")).flat_map(of).collect()
    }
}

fn import(data: &Path, value: u32) {
    let csv = format!("indicator,kind,on,value\nI-1419-FA1,baseline,2013-12-31,{value}\n");
    let path = file(data, "targets.csv", csv);
    json(data, &["import", &path, "--yes"], 0);
}

fn attach(data: &Path, bytes: &[u8]) -> String {
    let name = format!("{}.pdf", blake3::hash(bytes).to_hex());
    fs::create_dir_all(data.join("evidence")).expect("a folder");
    fs::write(data.join("evidence").join(&name), bytes).expect("written");
    name
}

/// Bytes that do not shrink.
fn noise(n: usize, seed: u64) -> Vec<u8> {
    let mut bytes = vec![0; n];
    blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof().fill(&mut bytes);
    bytes
}

#[test]
fn a_backup_is_restored_on_either_database() {
    for (folder, other) in samples().into_iter().zip([on_postgres(), TempDir::new().expect("a folder")]) {
        let place = Place::new();
        // Larger than a piece.
        let evidence = attach(folder.path(), &noise(17 << 20, 1));
        let first = place.back_up(folder.path());
        assert_eq!((first["run"].as_str(), first["files"].as_u64()), (Some("000001"), Some(2)), "{first}");
        assert!(folder.path().join("last-backup").is_file(), "nobody can tell how old the last backup is");
        // The same by the settings.
        let settings = [
            "backup",
            "--set",
            &format!("backup.to={}", place.to()),
            "--set",
            &format!("backup.recipients=[\"{}\"]", place.recipient),
        ];
        let same = json(folder.path(), &settings, 0);
        assert_eq!((same["new"]["pieces"].as_u64(), same["new"]["bytes"].as_u64()), (Some(0), Some(0)), "{same}");
        import(folder.path(), 4);
        let later = place.back_up(folder.path());
        let new = &later["new"];
        assert_eq!((new["revisions"].as_u64(), new["files"].as_u64()), (Some(1), Some(0)), "{later}");
        assert!(new["pieces"].as_u64().is_some_and(|n| n <= 2), "{later}");
        assert_eq!(place.verify(0)["head"], later["head"]);

        let whole = json(folder.path(), &["verify"], 0);
        let restored = place.restore(other.path(), &[]);
        assert_eq!(restored["head"], whole["head"]);
        assert_eq!((restored["segments"].as_u64(), restored["evidence"].as_u64()), (Some(1), Some(1)));
        assert_eq!(json(other.path(), &["verify"], 0), whole);
        assert_eq!(json(other.path(), &["status"], 0), json(folder.path(), &["status"], 0));
        let kept = |data: &Path| fs::read(data.join("evidence").join(&evidence)).expect("the evidence");
        assert!(kept(other.path()) == kept(folder.path()), "the evidence is another");
        // It goes on from there, and a register in use is never restored over.
        import(other.path(), 5);
        assert_eq!(json(other.path(), &["verify"], 0)["changes"], 3);
        let again = complaint(other.path(), &["restore", &place.to(), "--identity", &place.key()], 3);
        assert!(again.contains("changes already"), "{again}");
        // Two histories in one place would lose one of them.
        import(folder.path(), 6);
        place.back_up(folder.path());
        let parted = complaint(other.path(), &["backup", &place.to(), "--recipient", &place.recipient], 3);
        assert!(parted.contains("another state"), "{parted}");
        let strange = TempDir::new().expect("a folder");
        let path = file(strange.path(), "places.csv", "id,kind,title_en\nKEN,country,Kenya\n");
        json(strange.path(), &["import", &path, "--yes"], 0);
        let another = complaint(strange.path(), &["backup", &place.to(), "--plain"], 3);
        assert!(another.contains("another register"), "{another}");
    }
}

#[test]
fn any_instant_is_restored() {
    let folder = sample();
    let place = Place::new();
    import(folder.path(), 4);
    place.back_up(folder.path());
    let then = json(folder.path(), &["verify"], 0);
    let figures = json(folder.path(), &["status"], 0);
    std::thread::sleep(Duration::from_millis(20));
    let instant = Timestamp::now().to_string();
    std::thread::sleep(Duration::from_millis(20));
    import(folder.path(), 5);
    import(folder.path(), 6);
    place.back_up(folder.path());
    for (into, more) in [
        (TempDir::new().expect("a folder"), ["--at", &instant]),
        (on_postgres(), ["--at", &instant]),
        (TempDir::new().expect("a folder"), ["--run", "000001"]),
        (TempDir::new().expect("a folder"), ["--run", "1"]),
    ] {
        let restored = place.restore(into.path(), &more);
        assert_eq!((&restored["head"], &restored["changes"]), (&then["head"], &then["changes"]), "{more:?}");
        assert_eq!(restored["beside"]["run"], "000001", "{more:?}");
        assert_eq!(json(into.path(), &["verify"], 0), then, "{more:?}");
        assert_eq!(json(into.path(), &["status"], 0), figures, "{more:?}");
    }
    let empty = TempDir::new().expect("a folder");
    let fail = |more: &[&str], code| {
        complaint(empty.path(), &[&["restore", &place.to(), "--identity", &place.key()], more].concat(), code)
    };
    assert!(fail(&["--at", "1999-12-31"], 3).contains("no change by"));
    assert!(fail(&["--at", "yesterday"], 2).contains("2019-12-31"));
    assert!(fail(&["--run", "000007"], 3).contains("000001, 000002"));
    assert!(!empty.path().join("register.sqlite").exists(), "a refused restore made a register");
}

#[test]
fn only_who_has_a_key_opens_a_backup() {
    let folder = sample();
    let (place, other) = (Place::new(), Place::new());
    let to = place.to();
    assert!(complaint(folder.path(), &["backup"], 2).contains("backup.to"));
    let refused = complaint(folder.path(), &["backup", &to], 2);
    assert!(refused.contains("--recipient") && refused.contains("--plain"), "{refused}");
    assert!(complaint(folder.path(), &["backup", &to, "--recipient", "age1nonsense"], 3).contains("age1nonsense"));
    assert!(!Path::new(&to).join("runs").exists(), "a refused backup wrote something");
    // Two recipients: each opens it alone, a third one does not, and a word of it stands nowhere.
    let both = format!("{},{}", place.recipient, other.recipient);
    json(folder.path(), &["backup", &to, "--recipient", &both], 0);
    for key in [place.key(), other.key()] {
        json(folder.path(), &["backup", &to, "--verify", "--identity", &key], 0);
    }
    let empty = TempDir::new().expect("a folder");
    let third = Place::new();
    let wrong = complaint(empty.path(), &["restore", &to, "--identity", &third.key()], 3);
    assert!(wrong.contains("does not open") && wrong.contains(&place.recipient), "{wrong}");
    assert!(complaint(empty.path(), &["backup", &to, "--verify", "--identity", &third.key()], 3).contains("not open"));
    assert!(complaint(empty.path(), &["restore", &to], 3).contains("--identity"));
    let no_key = file(empty.path(), "no.txt", "a letter");
    assert!(complaint(empty.path(), &["restore", &to, "--identity", &no_key], 3).contains("no.txt"));
    assert!(!empty.path().join("register.sqlite").exists(), "a refused restore made a register");
    for piece in place.pieces() {
        let bytes = fs::read(&piece).expect("readable");
        assert!(bytes.starts_with(b"age-encryption.org/v1"), "{} is not encrypted", piece.display());
    }
    // Without a key the stored bytes are compared, which needs none.
    let unopened = json(empty.path(), &["backup", &to, "--verify"], 0);
    assert_eq!((unopened["opened"].as_u64(), &unopened["head"]), (Some(0), &Json::Null), "{unopened}");
    // Other recipients: everything is written anew, and whoever left opens the runs before only.
    let one = json(folder.path(), &["backup", &to, "--recipient", &other.recipient], 0);
    assert_eq!(one["new"]["bytes"], one["bytes"], "{one}");
    let left = complaint(empty.path(), &["restore", &to, "--identity", &place.key()], 3);
    assert!(left.contains("does not open"), "{left}");
    assert!(complaint(empty.path(), &["backup", "--new-identity", &place.key()], 3).contains("key.txt"));
}

#[test]
fn a_passphrase_opens_what_it_closed() {
    let folder = sample();
    let place = Place::new();
    let right = file(folder.path(), "right.txt", "correct horse battery\n");
    let wrong = file(folder.path(), "wrong.txt", "correct horse\n");
    let empty = file(folder.path(), "empty.txt", "\n");
    let to = place.to();
    let run = |word: &str, code| ekistics_with(folder.path(), &["backup", &to, "--passphrase-file", word], code);
    assert!(run(&empty, 2).contains("empty.txt"));
    run(&right, 0);
    import(folder.path(), 4);
    assert!(run(&wrong, 3).contains("passphrase"));
    run(&right, 0);
    json(folder.path(), &["backup", &to, "--verify", "--passphrase-file", &right], 0);
    let into = TempDir::new().expect("a folder");
    assert!(complaint(into.path(), &["restore", &to, "--passphrase-file", &wrong], 3).contains("passphrase"));
    json(into.path(), &["restore", &to, "--passphrase-file", &right], 0);
    assert_eq!(json(into.path(), &["verify"], 0), json(folder.path(), &["verify"], 0));
}

fn ekistics_with(data: &Path, args: &[&str], code: i32) -> String {
    let output = ekistics(data, args);
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
    text
}

#[test]
fn a_flipped_byte_anywhere_is_named() {
    let folder = sample();
    attach(folder.path(), b"a receipt");
    let place = Place::new();
    place.back_up(folder.path());
    let into = TempDir::new().expect("a folder");
    let pieces = place.pieces();
    assert!(pieces.len() > 5, "{}", pieces.len());
    for piece in &pieces {
        let name = piece.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(piece).expect("readable");
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 1;
        fs::write(piece, &flipped).expect("written");
        let found = place.verify(1);
        assert_eq!(found["findings"].as_array().map(Vec::len), Some(1), "{found}");
        assert!(found["findings"][0]["piece"].as_str().is_some_and(|p| p.ends_with(&name)), "{found}");
        assert_eq!(found["findings"][0]["runs"][0], "000001");
        let args = ["restore", &place.to(), "--identity", &place.key()];
        let refused = complaint(into.path(), &args, 3);
        assert!(refused.contains("damaged") && refused.contains(&name), "{refused}");
        assert!(find_file(&into.path().join("lake")).is_none(), "a refused restore left a segment");
        assert!(find_file(&into.path().join("evidence")).is_none(), "a refused restore left evidence");
        fs::write(piece, &bytes).expect("written");
    }
    // A piece that is gone is named, and comes back with the next run.
    let gone = &pieces[pieces.len() / 2];
    fs::remove_file(gone).expect("removed");
    let name = gone.file_name().expect("a name").to_string_lossy().into_owned();
    let found = place.verify(1);
    assert!(found["findings"][0]["piece"].as_str().is_some_and(|p| p.ends_with(&name)), "{found}");
    let refused = complaint(into.path(), &["restore", &place.to(), "--identity", &place.key()], 3);
    assert!(refused.contains("missing") && refused.contains(&name), "{refused}");
    let next = place.back_up(folder.path());
    assert_eq!(next["new"]["pieces"], 1, "{next}");
    json(folder.path(), &["backup", &place.to(), "--verify", "--run", "2", "--identity", &place.key()], 0);
    place.restore(into.path(), &[]);
    assert_eq!(json(into.path(), &["verify"], 0), json(folder.path(), &["verify"], 0));
}

fn find_file(folder: &Path) -> Option<PathBuf> {
    fs::read_dir(folder)
        .ok()?
        .map(|e| e.expect("an entry").path())
        .find_map(|path| if path.is_dir() { find_file(&path) } else { Some(path) })
}

#[test]
fn a_manifest_is_as_safe_as_a_piece() {
    let folder = sample();
    let place = Place::new();
    place.back_up(folder.path());
    import(folder.path(), 4);
    place.back_up(folder.path());
    let path = Path::new(&place.to()).join("runs/000002.json");
    let whole = fs::read_to_string(&path).expect("readable");
    let into = TempDir::new().expect("a folder");
    let restore = ["restore", &place.to(), "--identity", &place.key()];
    // One digit of the head.
    fs::write(&path, whole.replacen("\"n_changes\":2", "\"n_changes\":3", 1)).expect("written");
    assert!(complaint(into.path(), &restore, 3).contains("runs/000002.json"));
    assert_eq!(place.verify(1)["findings"][0]["piece"], "runs/000002.json");
    let listed = json(folder.path(), &["backup", &place.to(), "--list"], 0);
    assert!(listed[1]["damaged"].is_string() && listed[0]["head"].is_string(), "{listed}");
    // What it names is not known, so nothing is swept; the next run does not need it.
    let pruning = complaint(folder.path(), &["backup", &place.to(), "--prune", "--keep", "1"], 3);
    assert!(pruning.contains("runs/000002.json"), "{pruning}");
    assert_eq!(place.back_up(folder.path())["run"], "000003");
    place.restore(into.path(), &[]);
    // A format of tomorrow.
    let line = whole.lines().next().expect("a line").replacen("\"ekistics_backup\":1", "\"ekistics_backup\":2", 1);
    let hash = blake3::hash(format!("{line}\n").as_bytes()).to_hex();
    fs::write(Path::new(&place.to()).join("runs/000004.json"), format!("{line}\n{hash}\n")).expect("written");
    let other = TempDir::new().expect("a folder");
    assert!(complaint(other.path(), &restore, 3).contains("newer program"));
    let newer = complaint(folder.path(), &["backup", &place.to(), "--recipient", &place.recipient], 3);
    assert!(newer.contains("newer program"), "{newer}");
    assert!(!other.path().join("register.sqlite").exists());
}

#[test]
fn a_place_that_cannot_be_used_is_named() {
    let folder = sample();
    let place = Place::new();
    let back_up = |to: &str, code| complaint(folder.path(), &["backup", to, "--plain"], code);
    // The system's own read-only folder, a file, and what is no place.
    assert!(back_up("/proc/ekistics-backup", 3).contains("/proc/ekistics-backup"));
    let letter = file(folder.path(), "letter", "x");
    assert!(back_up(&letter, 3).contains("letter"));
    assert!(back_up("gs://bucket", 3).contains("s3://bucket/prefix"));
    for args in [&["backup", "/nowhere/at/all", "--list"][..], &["backup", "/nowhere/at/all", "--verify"]] {
        assert!(complaint(folder.path(), args, 3).contains("no backup in /nowhere/at/all"));
    }
    assert!(complaint(folder.path(), &["restore", "/nowhere/at/all"], 3).contains("/nowhere/at/all"));
    // A disk that fills in the middle; only the administrator may mount one.
    let disk = TempDir::new().expect("a folder");
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(disk.path()).output();
    if mounted.is_ok_and(|o| o.status.success()) {
        let to = disk.path().display().to_string();
        json(folder.path(), &["backup", &to, "--plain"], 0);
        attach(folder.path(), &noise(3 << 20, 7));
        let full = back_up(&to, 3);
        let listed = json(folder.path(), &["backup", &to, "--list"], 0);
        let whole = json(folder.path(), &["backup", &to, "--verify"], 0);
        Command::new("umount").arg("-l").arg(disk.path()).status().expect("umount runs");
        assert!(full.contains("full"), "{full}");
        assert_eq!(listed.as_array().map(Vec::len), Some(1), "half a run is listed");
        assert_eq!(whole["whole"], true);
    }
    drop(place);
}

#[test]
fn a_server_makes_backups_by_itself() {
    for folder in samples() {
        let place = Place::new();
        let (to, recipient) = (format!("backup.to={}", place.to()), format!("backup.recipients={}", place.recipient));
        let settings = [to.as_str(), &recipient, "backup.every=24h", "backup.keep=3"];
        let mut server = Server::start(folder.path(), &settings);
        assert_eq!(server.lines("a backup was made")[0]["backup.run"], 1);
        server.signal("TERM");
        assert!(server.end(Duration::from_secs(30)).success());
        place.verify(0);

        // What is wrong is said at the start, not tomorrow.
        for (settings, expected, code) in [
            (&["backup.every=24h"][..], "backup.to", 2),
            (&["backup.every=24h", &to][..], "backup.recipients", 2),
            (&["backup.every=24h", &to, "backup.recipients=age1nobody"][..], "age1nobody", 3),
        ] {
            let set = settings.iter().flat_map(|s| ["--set", s]);
            let args: Vec<&str> = ["serve", "--port", "0"].into_iter().chain(set).collect();
            let said = complaint(folder.path(), &args, code);
            assert!(said.contains(expected), "{said}");
        }
    }
}

#[test]
fn a_killed_backup_leaves_no_half_run() {
    let folder = sample();
    for n in 0..12 {
        attach(folder.path(), &noise(1 << 20, n));
    }
    let place = Place::new();
    let mut n_killed = 0;
    for wait in [20u64, 60, 120, 200, 300, 450, 700, 1000] {
        let mut child = program(folder.path())
            .args(["backup", &place.to(), "--recipient", &place.recipient])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        std::thread::sleep(Duration::from_millis(wait));
        let has_ended = child.try_wait().expect("asked").is_some();
        child.kill().ok();
        child.wait().expect("ends");
        n_killed += u32::from(!has_ended);
        let list = ekistics(folder.path(), &["backup", &place.to(), "--list", "--json"]);
        if list.status.success() {
            // What is listed is whole.
            place.verify(0);
            if has_ended {
                break;
            }
        }
    }
    assert!(n_killed > 0, "none was killed");
    place.back_up(folder.path());
    place.verify(0);
    // What the killed ones left is swept.
    let to = place.to();
    json(folder.path(), &["backup", &to, "--prune", "--keep", "1"], 0);
    assert!(!Path::new(&to).join("unfinished").exists());
    let needed = place.verify(0)["pieces"].as_u64();
    assert_eq!(Some(place.pieces().len() as u64), needed);
    let into = TempDir::new().expect("a folder");
    place.restore(into.path(), &[]);
    assert_eq!(json(into.path(), &["verify"], 0), json(folder.path(), &["verify"], 0));
}

#[test]
fn a_server_goes_on_and_every_run_is_whole() {
    for folder in samples() {
        let place = Place::new();
        let mut server =
            program(folder.path()).args(["serve", "--port", "0"]).stdout(Stdio::piped()).spawn().expect("starts");
        let mut line = String::new();
        let mut out = std::io::BufReader::new(server.stdout.take().expect("output"));
        std::io::BufRead::read_line(&mut out, &mut line).expect("a line");
        assert!(line.contains("http://"), "{line}");
        let data = folder.path().to_owned();
        let writer = std::thread::spawn(move || {
            for value in 1..8 {
                attach(&data, &noise(1000, u64::from(value)));
                import(&data, value);
            }
        });
        let mut n_runs = 0;
        while !writer.is_finished() || n_runs == 0 {
            place.back_up(folder.path());
            n_runs += 1;
        }
        writer.join().expect("writes");
        assert!(server.try_wait().expect("asked").is_none(), "the server ended");
        server.kill().ok();
        server.wait().expect("ends");
        place.verify(0);
        for run in [1, n_runs / 2 + 1, n_runs] {
            let into = TempDir::new().expect("a folder");
            let restored = place.restore(into.path(), &["--run", &run.to_string()]);
            let verified = json(into.path(), &["verify"], 0);
            assert_eq!(verified["head"], restored["head"]);
            // The head of the run is one that the register had.
            let head = restored["head"].as_str().expect("a head");
            assert_eq!(json(folder.path(), &["verify", "--against", head], 0)["reached"], verified["changes"]);
        }
    }
}

#[test]
fn a_backup_to_a_folder_that_is_written_waits_for_nobody() {
    let folder = sample();
    let place = Place::new();
    place.back_up(folder.path());
    let lock = fs::File::options().write(true).open(Path::new(&place.to()).join("lock")).expect("the lock");
    lock.lock().expect("is free");
    let busy = complaint(folder.path(), &["backup", &place.to(), "--recipient", &place.recipient], 3);
    assert!(busy.contains("Another backup"), "{busy}");
    place.verify(0);
    drop(lock);
    place.back_up(folder.path());
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_and_many_runs() {
    let folder = sample();
    let place = Place::new();
    let app = App::open(folder.path(), OpenMode::Existing).await.expect("opens");
    let vault = Vault::open(&place.to()).expect("a place");
    let instant = |text: &str| text.parse::<Timestamp>().expect("an instant");
    let silent = |_: u64, _: u64| {};
    // The clock of whoever backs up; runs get old by it.
    let (late, early) = (instant("2026-01-02T12:00:00Z"), instant("2026-01-02T08:00:00Z"));
    // Later than the sample was written.
    let (noon, morning) = (instant("2126-01-02T12:00:00Z"), instant("2126-01-02T08:00:00Z"));
    let expires = "2130-01-01".parse().expect("a day");
    let by = app::access::Actor::Local { name: "tester".to_owned() };
    let waive = async |at: Timestamp| {
        let done = app::waive(&app, "FIN001", "amount", "F-022", None, "known", &by, expires, at).await;
        done.expect("goes on").expect("is accepted");
    };
    waive(noon).await;
    app::back_up(&app, &vault, &Whom::Nobody, None, late, &silent).await.expect("backs up");
    // The clock steps back four hours. The newest run is still the last one, and none is taken for older.
    waive(morning).await;
    let second = app::back_up(&app, &vault, &Whom::Nobody, None, early, &silent).await.expect("backs up");
    assert_eq!((second.manifest.run, second.manifest.n_changes), (2, 3));
    let newest = vault.choose(None).await.expect("is there");
    assert_eq!((newest.run, newest.n_changes), (2, 3));
    // A change is never dated before the one that it follows, so nine o'clock is before both of noon.
    for (instant, changes) in [("2126-01-02T09:00:00Z", 1), ("2126-01-02T12:00:00Z", 3)] {
        let into = TempDir::new().expect("a folder");
        assert_eq!(json(into.path(), &["restore", &place.to(), "--at", instant], 0)["changes"], changes);
    }
    // Many small runs do not make manifests of ever more parts.
    for n in 0..60 {
        waive(noon + jiff::SignedDuration::from_secs(n)).await;
        app::back_up(&app, &vault, &Whom::Nobody, None, late, &silent).await.expect("backs up");
    }
    let newest = vault.choose(None).await.expect("is there");
    assert!(newest.log.len() < 55, "{} parts", newest.log.len());
    let into = TempDir::new().expect("a folder");
    json(into.path(), &["restore", &place.to()], 0);
    assert_eq!(json(into.path(), &["verify"], 0), json(folder.path(), &["verify"], 0));
    // Old runs go, the rest stays whole.
    let to = place.to();
    let pruned = json(folder.path(), &["backup", &to, "--prune", "--keep", "3"], 0);
    assert_eq!(pruned["runs"].as_array().map(Vec::len), Some(59), "{pruned}");
    assert!(pruned["pieces"].as_u64().is_some_and(|n| n > 10), "{pruned}");
    let left = json(folder.path(), &["backup", &to, "--verify"], 0);
    assert_eq!((left["runs"].as_array().map(Vec::len), left["whole"].as_bool()), (Some(3), Some(true)));
    // By age: all three are old, and the newest stays nevertheless.
    json(folder.path(), &["backup", &to, "--prune", "--keep-days", "1"], 0);
    assert_eq!(json(folder.path(), &["backup", &to, "--list"], 0).as_array().map(Vec::len), Some(1));
    let none = json(folder.path(), &["backup", &to, "--prune", "--keep", "1"], 0);
    assert_eq!((none["runs"].as_array().map(Vec::len), none["pieces"].as_u64()), (Some(0), Some(0)), "{none}");
}

/// The pieces of the log are lines of the exported log: whoever has the key reads them without this program.
#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_a_backup_is_verified_by_others() {
    let folder = sample();
    let place = Place::new();
    json(folder.path(), &["backup", &place.to(), "--plain"], 0);
    import(folder.path(), 4);
    json(folder.path(), &["backup", &place.to(), "--plain"], 0);
    let vault = Vault::open(&place.to()).expect("a place");
    let newest = vault.choose(None).await.expect("is there");
    let (changes, revisions, head) = (newest.n_changes, newest.n_revisions, newest.head);
    let mut log =
        format!("{{\"ekistics_log\": 1, \"changes\": {changes}, \"revisions\": {revisions}, \"head\": \"{head}\"}}\n")
            .into_bytes();
    assert_eq!(newest.log.len(), 2);
    for part in &newest.log {
        let name = part.piece.name.to_string();
        let piece = Path::new(&place.to()).join("pieces").join(&name[..2]).join(&name);
        // Standard tools: the bytes are zstd's own format.
        let unpacked = Command::new("zstd").arg("-dcq").arg(&piece).output();
        match unpacked {
            Ok(out) if out.status.success() => log.extend(out.stdout),
            _ => log.extend(vault.load(&Default::default(), &part.of(), &part.piece).await.expect("readable")),
        }
    }
    let intact = witness::verify(&log[..], None).expect("whole");
    assert_eq!((intact.n_changes, intact.n_revisions), (changes, revisions));
}

#[test]
fn a_store_that_speaks_s3() {
    let folder = sample();
    attach(folder.path(), &noise(17 << 20, 3));
    let place = Place::new();
    let bucket = testkit::s3::bucket();
    let to = format!("{}/a/prefix", bucket.address);
    let run = |data: &Path, args: &[&str]| -> Output {
        let mut command = program(data);
        command.envs(bucket.environment.iter().cloned()).args(args).args(["--on", ON, "--json"]);
        command.output().expect("the program starts")
    };
    let json_of = |data: &Path, args: &[&str], code: i32| -> Json {
        let output = run(data, args);
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(&text).expect("JSON")
    };
    let none = json_of(folder.path(), &["backup", &to, "--list"], 3);
    assert!(none["error"]["message"].as_str().is_some_and(|m| m.contains("no backup")), "{none}");
    let back_up = ["backup", &to, "--recipient", &place.recipient, "--keep", "2"];
    json_of(folder.path(), &back_up, 0);
    for value in 1..4 {
        import(folder.path(), value);
        let done = json_of(folder.path(), &back_up, 0);
        assert_eq!(done["new"]["revisions"], 1, "{done}");
    }
    let listed = json_of(folder.path(), &["backup", &to, "--list"], 0);
    let names: Vec<&str> = listed.as_array().expect("a list").iter().filter_map(|r| r["run"].as_str()).collect();
    assert_eq!(names, ["000003", "000004"]);
    let whole = json_of(folder.path(), &["backup", &to, "--verify", "--identity", &place.key()], 0);
    assert_eq!(whole["opened"], whole["pieces"]);
    let into = on_postgres();
    json_of(into.path(), &["restore", &to, "--identity", &place.key()], 0);
    assert_eq!(json(into.path(), &["verify"], 0), json(folder.path(), &["verify"], 0));
    // A bucket that is not there is named.
    let nowhere = json_of(folder.path(), &["backup", "s3://no-such-bucket-here/x", "--plain"], 3);
    assert!(nowhere["error"]["message"].as_str().is_some_and(|m| m.contains("no-such-bucket-here")), "{nowhere}");
}
