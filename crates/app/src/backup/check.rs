//! A backup read back, without restoring it.

use std::collections::{BTreeMap, BTreeSet};

use vault::{Hash, Keys, Manifest, Piece, Vault, VaultError};

use super::{Given, log::walk};
use crate::error::AppError;

/// What is wrong with a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The piece or the manifest.
    pub piece: String,
    /// What it holds.
    pub of: String,
    /// What is wrong.
    pub detail: String,
    /// Runs that need it.
    pub runs: Vec<u64>,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Readable {
    /// Runs, oldest first.
    pub runs: Vec<u64>,
    /// Pieces of these runs.
    pub n_pieces: u64,
    /// Their bytes as stored.
    pub n_bytes: u64,
    /// Pieces that were opened, too: of the others only the bytes as stored were compared.
    pub n_opened: u64,
    /// Head of the newest run's chain, in hexadecimal, when it was recomputed.
    pub head: Option<String>,
    /// What is wrong; empty when nothing is.
    pub findings: Vec<Finding>,
}

/// Reads all pieces of a run, or of all runs, and compares every hash; with a key also what they hold, and the newest
/// run's chain is recomputed. Memory: one piece.
///
/// Errors: there is no such run, the key is not the one of the newest run.
pub async fn verify_backup(
    vault: &Vault,
    given: &Given,
    run: Option<&str>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Readable, AppError> {
    let mut answer = Readable::default();
    let mut manifests = Vec::new();
    match run {
        Some(_) => manifests.push(vault.choose(run).await?),
        None => {
            for listed in super::backups(vault).await? {
                match listed.manifest {
                    Ok(manifest) => manifests.push(manifest),
                    Err(error) => answer.findings.push(finding(error, vec![listed.run])?),
                }
            }
        }
    }
    answer.runs = manifests.iter().map(|m| m.run).collect();
    let Some(newest) = manifests.last() else { return Ok(answer) };
    // Runs of other days may have other recipients; what cannot be opened is compared as stored.
    let mut openings: BTreeMap<Vec<String>, Option<Keys>> = BTreeMap::new();
    if given.is_something() {
        given.keys(newest)?.open_run(newest)?;
    }
    let mut wanted: BTreeMap<Hash, Wanted> = BTreeMap::new();
    for manifest in &manifests {
        if !openings.contains_key(&manifest.recipients) {
            let keys = given.keys(manifest).ok().filter(|k| k.open_run(manifest).is_ok());
            openings.insert(manifest.recipients.clone(), keys);
        }
        for (of, piece) in manifest.pieces() {
            let new = Wanted { piece: piece.clone(), of, by: manifest.recipients.clone(), runs: BTreeSet::new() };
            wanted.entry(piece.name).or_insert(new).runs.insert(manifest.run);
        }
        answer.findings.extend(wrong_files(manifest));
    }
    let n_wanted = wanted.len() as u64;
    let mut is_broken = false;
    for Wanted { piece, of, by, runs } in wanted.into_values() {
        let read = match openings.get(&by).and_then(Option::as_ref) {
            Some(keys) => vault.load(keys, &of, &piece).await.map(|_| answer.n_opened += 1),
            None => vault.stored(&of, &piece).await.map(drop),
        };
        if let Err(error) = read {
            is_broken |= runs.contains(&newest.run);
            answer.findings.push(finding(error, runs.into_iter().collect())?);
        }
        answer.n_pieces += 1;
        answer.n_bytes += piece.n_stored;
        progress(answer.n_pieces, n_wanted);
    }
    // A chain with a part that is known to be broken says nothing new.
    if let Some(Some(keys)) = openings.get(&newest.recipients)
        && !is_broken
    {
        match walk(vault, keys, newest, None, &|_, _| {}).await {
            Ok(cut) => answer.head = Some(cut.head.to_string()),
            Err(AppError::Backup(error)) => answer.findings.push(finding(error, vec![newest.run])?),
            Err(error) => return Err(error),
        }
    }
    Ok(answer)
}

struct Wanted {
    piece: Piece,
    of: String,
    by: Vec<String>,
    runs: BTreeSet<u64>,
}

/// What is wrong with the backup is collected; what keeps us from reading is an error.
fn finding(error: VaultError, runs: Vec<u64>) -> Result<Finding, VaultError> {
    match error {
        VaultError::Missing { piece, of } => Ok(Finding { piece, of, detail: "it is not there".to_owned(), runs }),
        VaultError::Damaged { piece, of, detail } => Ok(Finding { piece, of, detail, runs }),
        other => Err(other),
    }
}

/// Files whose pieces do not make up what the manifest says of them.
fn wrong_files(manifest: &Manifest) -> Vec<Finding> {
    let is_wrong = |file: &&vault::File| {
        let n_bytes: u64 = file.pieces.iter().map(|p| p.n_bytes).sum();
        let is_other = file.pieces.len() == 1 && file.pieces[0].content != file.content;
        n_bytes != file.n_bytes || is_other || !file.name.contains(&file.content.to_string())
    };
    let wrong = manifest.files.iter().filter(is_wrong);
    let found = wrong.map(|file| Finding {
        piece: vault::run_name(manifest.run),
        of: file.name.clone(),
        detail: "the manifest contradicts itself".to_owned(),
        runs: vec![manifest.run],
    });
    found.collect()
}
