//! What lies outside, as the settings name it: the mail server and the identity provider. Nobody is asked here.

use app::{AppError, Mail, MailSettings, Witness};
use config::{Config, WebAddress};
use jiff::SignedDuration;
use web::{Elsewhere, ElsewhereSettings};

use crate::Stop;

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
