//! The head of the chain, told to somebody else: whoever holds it can prove later that nothing before it was altered
//! (`ekistics verify --against HEAD`), also against those who run the server.

use std::{
    fs::OpenOptions,
    io::Write as _,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use model::value::Lang;
use post::{Letter, PATIENCE};
use register::Log as _;

use crate::{App, error::AppError, mail::Mail, open::hex};

const JOB: &str = "witness";
/// How long the job is held: longer than a letter may take.
const HELD: SignedDuration = SignedDuration::from_secs(2 * PATIENCE.as_secs() as i64 + 30);
/// When it is tried again after a failure.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);

/// Where the head is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witness {
    /// A file to which a line is added: instant, number of the last change, head.
    pub file: Option<PathBuf>,
    /// An address of e-mail.
    pub mail: Option<String>,
    /// How often.
    pub every: SignedDuration,
}

impl Witness {
    /// Whether there is nobody to be told.
    pub fn is_nobody(&self) -> bool {
        self.file.is_none() && self.mail.is_none()
    }
}

/// Tells the head when that is due and it is another one than the last; the number of the change that it ends with.
/// Of several servers one does it. After a failure it is tried again in ten minutes.
///
/// # Errors
/// A file that cannot be written, a mail server that does not take the letter, the register.
pub async fn tell_head(
    app: &App,
    witness: &Witness,
    mail: Option<&Mail>,
    now: Timestamp,
) -> Result<Option<u64>, AppError> {
    let store = app.store()?;
    let after = |span: SignedDuration| now.checked_add(span).unwrap_or(Timestamp::MAX);
    let told = store.job(JOB).await?.map(|(_, outcome)| outcome).unwrap_or_default();
    if !store.take_job(JOB, now, after(HELD)).await? {
        return Ok(None);
    }
    let (number, head) = store.head().await?;
    let head = hex(&head);
    if number == 0 || told == head {
        store.finish_job(JOB, now, after(witness.every), &told).await?;
        return Ok(None);
    }
    let line = format!("{} {number} {head}", now.strftime("%Y-%m-%dT%H:%M:%SZ"));
    let done = hand_over(witness, mail, &line, number).await;
    let (due, outcome) = if done.is_ok() { (witness.every, &head) } else { (AGAIN, &told) };
    store.finish_job(JOB, now, after(due), outcome).await?;
    done.map(|()| Some(number))
}

async fn hand_over(witness: &Witness, mail: Option<&Mail>, line: &str, number: u64) -> Result<(), AppError> {
    // The letter first: a line cannot be taken back, and a letter that fails is tried again with both.
    if let Some(to) = &witness.mail {
        let mail = mail.ok_or_else(|| AppError::Mail("`mail.address` is not set".to_owned()))?;
        let n = number.to_string();
        let letter = Letter {
            to: to.clone(),
            subject: locale::say_with(Lang::En, "people-letter-witness-subject", &[("n", n.into())]),
            text: format!("{}\n\n{line}\n", locale::say(Lang::En, "people-letter-witness")),
        };
        mail.postbox.send(&letter).await.map_err(|e| AppError::Mail(e.to_string()))?;
    }
    if let Some(path) = &witness.file {
        let (path, line) = (path.clone(), line.to_owned());
        let added = tokio::task::spawn_blocking(move || add(&path, &line).map_err(|e| AppError::file(path, &e))).await;
        added.map_err(|e| AppError::Internal(e.to_string()))??;
    }
    Ok(())
}

fn add(path: &Path, line: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    writeln!(file, "{line}")?;
    file.sync_all()
}
