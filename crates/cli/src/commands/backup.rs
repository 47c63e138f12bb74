//! `backup` and `restore`: a register written away, and made from what was written.

use std::{fs, io::Write, path::Path};

use app::{Given, Keep, Manifest, OpenMode, Pruned, Vault, Which, Whom};
use diag::Arg;
use serde_json::{Value as Json, json};

use crate::{
    Stop,
    args::{Backup, Open, Restore},
    session::{Session, instant},
};

fn whole(n: u64) -> Arg {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

/// Runs a backup, or what was asked for instead of one.
pub async fn run(session: &Session, args: &Backup) -> Result<(), Stop> {
    if let Some(path) = &args.new_identity {
        return new_identity(session, path);
    }
    let Some(to) = args.to.as_deref().or(session.settings.config.backup.to.as_deref()) else {
        return Err(Stop::Usage(session.say("cli-backup-no-place")));
    };
    let vault = Vault::open(to).map_err(app::AppError::from)?;
    let keep = Keep { n_runs: args.keep, n_days: args.keep_days };
    let keeps = keep.n_runs.is_some() || keep.n_days.is_some();
    if args.list {
        return list(session, &vault).await;
    }
    if args.verify {
        return verify(session, &vault, args).await;
    }
    if args.prune {
        let pruned = app::prune_backups(&vault, keep, session.now()).await?;
        if session.json {
            session.print_json(&pruned_json(&pruned));
        } else {
            say_pruned(session, &pruned);
        }
        return Ok(());
    }
    let whom = whom(session, args)?;
    let app = session.open(OpenMode::ReadOnly).await?;
    let bar = session.progress();
    let done = app::back_up(&app, &vault, &whom, keeps.then_some(keep), session.now(), &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    if session.json {
        let mut answer = manifest_json(&done.manifest);
        answer["new"] = json!({
            "revisions": done.n_new_revisions, "files": done.n_new_files, "pieces": done.n_pieces, "bytes": done.n_bytes,
        });
        answer["pruned"] = done.pruned.as_ref().map_or(Json::Null, pruned_json);
        session.print_json(&answer);
        return Ok(());
    }
    let numbers = [
        ("run", app::run_name(done.manifest.run).into()),
        ("place", vault.address().into()),
        ("changes", whole(done.manifest.n_changes)),
        ("revisions", whole(done.n_new_revisions)),
        ("files", whole(done.n_new_files)),
        ("bytes", whole(done.n_bytes)),
        ("head", done.manifest.head.to_string().into()),
    ];
    outln!("{}", session.say_with("cli-backup-done", &numbers));
    if done.manifest.recipients.is_empty() {
        outln!("{}", session.say("cli-backup-plain"));
    }
    if let Some(pruned) = &done.pruned {
        say_pruned(session, pruned);
    }
    Ok(())
}

fn say_pruned(session: &Session, pruned: &Pruned) {
    let args = [
        ("runs", whole(pruned.runs.len() as u64)),
        ("pieces", whole(pruned.n_pieces)),
        ("bytes", whole(pruned.n_bytes)),
    ];
    outln!("{}", session.say_with("cli-backup-pruned", &args));
}

fn pruned_json(pruned: &Pruned) -> Json {
    json!({"runs": pruned.runs.iter().map(|r| app::run_name(*r)).collect::<Vec<_>>(), "pieces": pruned.n_pieces, "bytes": pruned.n_bytes})
}

fn manifest_json(manifest: &Manifest) -> Json {
    let n_stored: u64 = manifest.pieces().map(|(_, piece)| piece.n_stored).sum();
    json!({
        "run": app::run_name(manifest.run),
        "at": manifest.at.to_string(),
        "changes": manifest.n_changes,
        "revisions": manifest.n_revisions,
        "head": manifest.head.to_string(),
        "files": manifest.files.len(),
        "tables": manifest.tables.iter().map(|t| (t.name.clone(), t.n_rows.into())).collect::<serde_json::Map<_, _>>(),
        "bytes": n_stored,
        "recipients": manifest.recipients,
        "passphrase": manifest.wrapped.is_some(),
    })
}

/// Whom to encrypt to. Nobody only when that was said.
fn whom(session: &Session, args: &Backup) -> Result<Whom, Stop> {
    if args.plain {
        return Ok(Whom::Nobody);
    }
    if let Some(path) = &args.passphrase_file {
        return Ok(Whom::Passphrase(passphrase(session, path)?));
    }
    let mut recipients = args.recipient.clone();
    if let Some(path) = &args.recipients_file {
        let text = fs::read_to_string(path).map_err(|e| app::AppError::file(path, &e))?;
        let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
        recipients.extend(lines.map(str::to_owned));
    }
    if recipients.is_empty() {
        recipients.clone_from(&session.settings.config.backup.recipients);
    }
    if recipients.is_empty() {
        return Err(Stop::Usage(session.say("cli-backup-no-recipient")));
    }
    Ok(Whom::Recipients(recipients))
}

fn passphrase(session: &Session, path: &Path) -> Result<String, Stop> {
    let text = fs::read_to_string(path).map_err(|e| app::AppError::file(path, &e))?;
    let line = text.lines().next().unwrap_or_default();
    if line.trim().is_empty() {
        let path = [("path", path.display().to_string().into())];
        return Err(Stop::Usage(session.say_with("cli-backup-no-passphrase", &path)));
    }
    Ok(line.to_owned())
}

fn given(session: &Session, open: &Open) -> Result<Given, Stop> {
    let mut given = Given::default();
    if let Some(path) = &open.identity {
        let text = fs::read_to_string(path).map_err(|e| app::AppError::file(path, &e))?;
        given.identities = Some((path.display().to_string(), text));
    }
    if let Some(path) = &open.passphrase_file {
        given.passphrase = Some(passphrase(session, path)?);
    }
    Ok(given)
}

/// Makes an identity, which nobody else may read, and prints its recipient.
fn new_identity(session: &Session, path: &Path) -> Result<(), Stop> {
    let (text, recipient) = app::new_identity(session.now());
    let mut options = fs::File::options();
    // A key that is overwritten takes all backups with it.
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let failed = |e: std::io::Error| app::AppError::file(path, &e);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    if session.json {
        session.print_json(&json!({"recipient": recipient, "identity": path}));
    } else {
        let args = [("path", path.display().to_string().into()), ("recipient", recipient.as_str().into())];
        outln!("{}", session.say_with("cli-backup-identity", &args));
    }
    Ok(())
}

async fn list(session: &Session, vault: &Vault) -> Result<(), Stop> {
    let runs = app::backups(vault).await?;
    if session.json {
        let all = runs.iter().map(|listed| match &listed.manifest {
            Ok(manifest) => manifest_json(manifest),
            Err(error) => json!({"run": app::run_name(listed.run), "damaged": error.to_string()}),
        });
        session.print_json(&Json::Array(all.collect()));
        return Ok(());
    }
    for listed in &runs {
        match &listed.manifest {
            Ok(m) => {
                let args = [
                    ("run", app::run_name(m.run).into()),
                    ("at", m.at.to_string().into()),
                    ("changes", whole(m.n_changes)),
                    ("revisions", whole(m.n_revisions)),
                    ("files", whole(m.files.len() as u64)),
                    ("head", m.head.to_string().into()),
                ];
                outln!("{}", session.say_with("cli-backup-run", &args));
            }
            Err(error) => outln!("{}  {error}", app::run_name(listed.run)),
        }
    }
    Ok(())
}

async fn verify(session: &Session, vault: &Vault, args: &Backup) -> Result<(), Stop> {
    let bar = session.progress();
    let open = Open { identity: args.identity.clone(), passphrase_file: args.passphrase_file.clone() };
    let read = app::verify_backup(vault, &given(session, &open)?, args.run.as_deref(), &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    if session.json {
        let names = |runs: &[u64]| runs.iter().map(|r| app::run_name(*r)).collect::<Vec<_>>();
        let findings = read
            .findings
            .iter()
            .map(|f| json!({"piece": f.piece, "of": f.of, "detail": f.detail, "runs": names(&f.runs)}));
        session.print_json(&json!({
            "whole": read.findings.is_empty(), "runs": names(&read.runs), "pieces": read.n_pieces, "bytes": read.n_bytes,
            "opened": read.n_opened, "head": read.head, "findings": findings.collect::<Vec<_>>(),
        }));
    } else {
        for finding in &read.findings {
            let runs: Vec<String> = finding.runs.iter().map(|r| app::run_name(*r)).collect();
            let args = [
                ("piece", finding.piece.as_str().into()),
                ("of", finding.of.as_str().into()),
                ("detail", finding.detail.as_str().into()),
                ("runs", runs.join(", ").into()),
            ];
            outln!("{}", session.say_with("cli-backup-broken", &args));
        }
        if read.findings.is_empty() {
            let args = [
                ("runs", whole(read.runs.len() as u64)),
                ("pieces", whole(read.n_pieces)),
                ("bytes", whole(read.n_bytes)),
            ];
            outln!("{}", session.say_with("cli-backup-whole", &args));
        }
        match &read.head {
            Some(head) => outln!("{}", session.say_with("cli-backup-chain", &[("head", head.as_str().into())])),
            None if read.n_opened < read.n_pieces => outln!("{}", session.say("cli-backup-unopened")),
            None => {}
        }
    }
    if read.findings.is_empty() { Ok(()) } else { Err(Stop::Findings) }
}

/// Makes a register from a backup.
pub async fn restore(session: &Session, args: &Restore) -> Result<(), Stop> {
    let vault = Vault::open(&args.from).map_err(app::AppError::from)?;
    let at = match &args.at {
        None => None,
        Some(text) => {
            let at = instant(text).ok_or_else(|| session.say_with("cli-restore-at", &[("text", text.as_str().into())]));
            Some(at.map_err(Stop::Usage)?)
        }
    };
    let which = Which { run: args.run.clone(), at };
    let bar = session.progress();
    let progress = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    // What cannot be opened is told before anything is made.
    let chosen = app::choose_run(&vault, &given(session, &args.open)?, &which, &progress).await?;
    let app = session.open(OpenMode::Create).await?;
    let done = app::restore(&app, &vault, &chosen, &progress).await?;
    bar.finish_and_clear();
    if session.json {
        session.print_json(&json!({
            "run": app::run_name(done.run), "changes": done.n_changes, "revisions": done.n_revisions, "head": done.head,
            "segments": done.n_segments, "evidence": done.n_evidence, "rows": done.n_rows,
            "beside": {"run": app::run_name(done.beside), "at": done.beside_at.to_string()},
        }));
        return Ok(());
    }
    let numbers = [
        ("run", app::run_name(done.run).into()),
        ("changes", whole(done.n_changes)),
        ("revisions", whole(done.n_revisions)),
        ("segments", whole(done.n_segments)),
        ("evidence", whole(done.n_evidence)),
        ("head", done.head.as_str().into()),
    ];
    outln!("{}", session.say_with("cli-restored", &numbers));
    let beside = [("run", app::run_name(done.beside).into()), ("at", done.beside_at.to_string().into())];
    outln!("{}", session.say_with("cli-restored-beside", &beside));
    Ok(())
}
