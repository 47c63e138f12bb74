//! `ekistics-verify FILE [--against HEAD]`: 0 when the log is whole, 1 when it is broken, 2 for wrong use.

use std::{fs::File, io::BufReader, process::ExitCode};

use witness::{hex, parse_hash, verify};

const USAGE: &str = "\
ekistics-verify FILE [--against HEAD]

Verifies a log that `ekistics export --out FILE.jsonl` wrote, without a server and without the program that wrote it.
With --against also proves that nothing up to a head that you kept was altered since.
Exit codes: 0 whole, 1 broken, 2 wrong use.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (file, against) = match args[..] {
        ["--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [file] => (file, None),
        [file, "--against", head] | ["--against", head, file] => match parse_hash(&head.trim().to_lowercase()) {
            Some(head) => (file, Some(head)),
            None => {
                eprintln!("--against expects the 64 hexadecimal digits of a head; {head} is none.");
                return ExitCode::from(2);
            }
        },
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let log = match File::open(file) {
        Ok(log) => BufReader::new(log),
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    match verify(log, against) {
        Ok(intact) => {
            println!(
                "Intact: {} revisions in {} changes. Head {}",
                intact.n_revisions,
                intact.n_changes,
                hex(&intact.head)
            );
            if let Some(change) = intact.reached {
                println!("The head given is that after change {change}: nothing up to it was altered since.");
            }
            ExitCode::SUCCESS
        }
        Err(broken) => {
            println!("{file}: {broken}");
            ExitCode::from(1)
        }
    }
}
