//! What lies outside, as the settings name it: the mail server, the identity provider, the place of backups. Nobody is
//! asked here.

use app::{AppError, Keep, Mail, MailSettings, Schedule, Vault, Whom, Witness};
use config::{Config, WebAddress};
use jiff::SignedDuration;
use web::{Elsewhere, ElsewhereSettings};

use crate::{Stop, session::Session};

/// The mail server, where one is named.
pub fn mail(config: &Config) -> Result<Option<Mail>, Stop> {
    let Some(address) = &config.mail.address else { return Ok(None) };
    let missing = |key: &str| AppError::Mail(format!("`{key}` is not set"));
    let from = config.mail.from.clone().ok_or_else(|| missing("mail.from"))?;
    let site = config.server.public_address.as_ref().ok_or_else(|| missing("server.public_address"))?;
    let hour = i8::try_from(u8::from(config.mail.digest_hour)).unwrap_or_default();
    let settings = MailSettings {
        server: address.reveal().to_owned(),
        from,
        authority_pem: None,
        site: site.as_str().to_owned(),
        digest_hour: hour,
    };
    Ok(Some(Mail::open(&settings)?))
}

/// The identity provider, where one is named.
pub fn elsewhere(config: &Config) -> Result<Option<Elsewhere>, Stop> {
    let oidc = &config.oidc;
    let Some(issuer) = &oidc.issuer else { return Ok(None) };
    let missing = |key: &str| Stop::Usage(format!("`oidc.issuer` needs `{key}` too"));
    let client_id = oidc.client_id.clone().ok_or_else(|| missing("oidc.client_id"))?;
    let site = config.server.public_address.as_ref().ok_or_else(|| missing("server.public_address"))?;
    Ok(Some(Elsewhere::new(ElsewhereSettings {
        issuer: issuer.as_str().to_owned(),
        client_id,
        client_secret: oidc.client_secret.as_ref().map(|s| s.reveal().to_owned()),
        authority_pem: None,
        site: WebAddress::as_str(site).to_owned(),
        label: oidc.label.clone().unwrap_or_else(|| issuer.host().to_owned()),
        new_from: oidc.allowed_domains.clone(),
    })))
}

/// Who is told the head of the chain.
pub fn witness(config: &Config) -> Witness {
    Witness {
        file: config.witness.file.as_ref().map(Into::into),
        mail: config.witness.mail.clone(),
        every: SignedDuration::try_from(config.witness.every.length()).unwrap_or(SignedDuration::MAX),
    }
}

/// Which backups the server makes by itself, where it should. What is wrong with the place or the recipients is said at
/// the start, and not when the first one is due.
pub fn backups(session: &Session) -> Result<Option<Schedule>, Stop> {
    let backup = &session.settings.config.backup;
    let Some(every) = backup.every else { return Ok(None) };
    let to = backup.to.clone().ok_or_else(|| Stop::Usage("`backup.every` needs `backup.to` too".to_owned()))?;
    if backup.recipients.is_empty() {
        return Err(Stop::Usage("`backup.every` needs `backup.recipients` too".to_owned()));
    }
    let whom = Whom::Recipients(backup.recipients.clone());
    Vault::open(&to).map_err(AppError::from)?;
    whom.lock(None).map_err(AppError::from)?;
    Ok(Some(Schedule {
        to,
        whom,
        keep: backup.keep.map(|n| Keep { n_runs: Some(n.max(1).into()), n_days: None }),
        every: SignedDuration::try_from(every.length()).unwrap_or(SignedDuration::MAX),
    }))
}
