//! What the commands that run and keep an installation take.

use std::path::PathBuf;

use clap::Args;

#[derive(Args)]
pub struct ConfigArgs {
    /// Print the reference of all settings as Markdown, as in docs/operations/configuration.md
    #[arg(long)]
    pub markdown: bool,
}

#[derive(Args)]
pub struct Doctor {
    /// Revisions at the end of the chain to recompute; `ekistics verify` recomputes all
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub revisions: u32,
    /// Leave out what asks other machines: mail, the identity provider, the public address
    #[arg(long)]
    pub offline: bool,
}

#[derive(Args)]
pub struct Health {
    /// Address to ask [default: /readyz at the port and address of the settings]
    pub url: Option<String>,
}

#[derive(Args)]
pub struct Api {
    /// Print the OpenAPI 3.1 document instead
    #[arg(long)]
    pub openapi: bool,
    /// Where the pages are served
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL", conflicts_with = "openapi")]
    pub url: String,
}

#[derive(Args)]
pub struct Verify {
    /// A head that was printed or published before: proves that nothing up to it was altered since
    #[arg(long, value_name = "HEAD")]
    pub against: Option<String>,
}

pub(super) const BACKUP_HELP: &str = "\
A server on the register goes on meanwhile. The first run writes everything, later ones what is new.

  ekistics backup --new-identity backup-key.txt        once; keep the file elsewhere, print it, lock it away
  ekistics backup /mnt/backup --recipient age1… --keep 30
  ekistics backup /mnt/backup --list
  ekistics backup /mnt/backup --verify --identity backup-key.txt
  ekistics restore /mnt/backup --identity backup-key.txt --data restored

How to schedule it and how to test a restore: docs/operations/backup.md.";

#[derive(Args)]
pub struct Backup {
    /// A folder, or s3://bucket/prefix with the access that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and
    /// AWS_ENDPOINT give [default: the setting backup.to]
    #[arg(value_name = "TO")]
    pub to: Option<String>,
    /// Encrypt to this recipient of age; give it again for each who may restore [default: the setting
    /// backup.recipients]
    #[arg(long, value_name = "age1…", value_delimiter = ',', conflicts_with_all = ["passphrase_file", "plain"])]
    pub recipient: Vec<String>,
    /// Encrypt to the recipients of this file, one a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["passphrase_file", "plain"])]
    pub recipients_file: Option<PathBuf>,
    /// Encrypt with the passphrase in the first line of this file; with --verify, open with it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["plain", "identity"])]
    pub passphrase_file: Option<PathBuf>,
    /// Do not encrypt: whoever reads the place reads everything
    #[arg(long)]
    pub plain: bool,
    /// Afterwards forget runs that are neither among so many of the newest nor kept by --keep-days
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub keep: Option<u64>,
    /// Afterwards forget runs that are older than so many days and not kept by --keep
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    pub keep_days: Option<u32>,
    /// List the runs instead
    #[arg(long, group = "instead")]
    pub list: bool,
    /// Read everything back and compare every hash instead; with a key also what the pieces hold, and the chain
    #[arg(long, group = "instead")]
    pub verify: bool,
    /// Only forget runs and sweep away what none names, by --keep and --keep-days
    #[arg(long, group = "instead")]
    pub prune: bool,
    /// Make an identity of age in this file and print its recipient
    #[arg(long, group = "instead", value_name = "FILE")]
    pub new_identity: Option<PathBuf>,
    /// With --verify: the identity file that opens the backup
    #[arg(long, value_name = "FILE", requires = "verify")]
    pub identity: Option<PathBuf>,
    /// With --verify: only this run
    #[arg(long, value_name = "RUN", requires = "verify")]
    pub run: Option<String>,
}

#[derive(Args)]
pub struct Restore {
    /// A folder, or s3://bucket/prefix
    #[arg(value_name = "FROM")]
    pub from: String,
    #[command(flatten)]
    pub open: Open,
    /// Only changes that were written at or before this day or instant
    #[arg(long, value_name = "INSTANT")]
    pub at: Option<String>,
    /// This run instead of the newest
    #[arg(long, value_name = "RUN")]
    pub run: Option<String>,
}

/// What opens a backup.
#[derive(Args)]
pub struct Open {
    /// The identity file that opens the backup
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase_file")]
    pub identity: Option<PathBuf>,
    /// A file with the passphrase in its first line
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub struct Move {
    /// Where to: postgres://user@host/database, or sqlite for a file of the data folder. It must not hold a change yet
    #[arg(long, env = "EKISTICS_MOVE_TO", hide_env_values = true, value_name = "DATABASE")]
    pub to: String,
}

#[derive(Args)]
pub struct Serve {
    /// Port to listen on; 0 takes any free one [env: EKISTICS_SERVER_PORT] [default: 8080]
    #[arg(long)]
    pub port: Option<u16>,
    /// Address to listen on; anything but the loopback needs --allow-remote [env: EKISTICS_SERVER_BIND]
    /// [default: 127.0.0.1]
    #[arg(long)]
    pub bind: Option<std::net::IpAddr>,
    /// Let other machines in. There is no sign-in: everybody who reaches the port may read and write
    #[arg(long)]
    pub allow_remote: bool,
}
