//! What a server does beside answering: letters, and telling the head of the chain. Of several servers one does each.

use std::time::Duration;

use jiff::Timestamp;

use crate::{
    App,
    letters::{Sent, send_letters},
    mail::Mail,
    witness::{Witness, tell_head},
};

/// What has to be done.
#[derive(Clone, Debug)]
pub struct Jobs {
    /// Where letters go; none when mail is off.
    pub mail: Option<Mail>,
    /// Where the head of the chain is told; nowhere when it is empty.
    pub witness: Witness,
    /// How often it is looked whether something is due.
    pub every: Duration,
    /// The clock.
    pub clock: fn() -> Timestamp,
}

/// Does what is due, again and again, until `stop` ends. What was begun is ended first. A failure is logged, and the
/// next turn tries again.
pub async fn run_jobs(app: App, jobs: Jobs, stop: impl Future<Output = ()>) {
    if jobs.mail.is_none() && jobs.witness.is_nobody() {
        return;
    }
    tokio::pin!(stop);
    loop {
        if let Some(mail) = &jobs.mail {
            match send_letters(&app, mail, (jobs.clock)()).await {
                Ok(Sent { letters: 0, refused: 0, later: 0, .. }) => {}
                Ok(sent) => tracing::info!(
                    letters.sent = sent.letters,
                    letters.refused = sent.refused,
                    letters.later = sent.later,
                    "letters"
                ),
                Err(error) => tracing::warn!(%error, "letters were not sent"),
            }
        }
        if !jobs.witness.is_nobody() {
            match tell_head(&app, &jobs.witness, jobs.mail.as_ref(), (jobs.clock)()).await {
                Ok(None) => {}
                Ok(Some(number)) => tracing::info!(change.number = number, "the head of the chain was told"),
                Err(error) => tracing::warn!(%error, "the head of the chain was not told"),
            }
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(jobs.every) => {}
        }
    }
}
