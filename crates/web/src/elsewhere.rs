//! The identity provider at which people sign in: its settings, and the provider once it has been found.

use std::sync::Arc;

use sso::{Provider, SsoError};
use tokio::sync::Mutex;

/// What the administrator says about an identity provider.
#[derive(Clone)]
pub struct ElsewhereSettings {
    /// Its address, as it writes it itself.
    pub issuer: String,
    /// The id of this installation there.
    pub client_id: String,
    /// The secret of this installation there; none for a public client.
    pub client_secret: Option<String>,
    /// Certificates (PEM) of an authority that is not a public one.
    pub authority_pem: Option<String>,
    /// The address under which people reach the pages: `https://plans.example.org`. `/sign-in/callback` below it is what
    /// is registered at the provider.
    pub site: String,
    /// What stands on the button: the provider's name as people know it.
    pub label: String,
    /// Domains of addresses whose owners become persons without any role when they first come; others need an
    /// invitation.
    pub new_from: Vec<String>,
}

/// A provider that is found when somebody first asks for it, so that the pages are served whether it answers or not.
pub struct Elsewhere {
    settings: sso::Settings,
    label: String,
    new_from: Vec<String>,
    found: Mutex<Option<Arc<Provider>>>,
}

impl std::fmt::Debug for Elsewhere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Elsewhere")
            .field("settings", &self.settings)
            .field("label", &self.label)
            .finish_non_exhaustive()
    }
}

impl Elsewhere {
    /// Asks nobody yet.
    pub fn new(settings: ElsewhereSettings) -> Self {
        let ElsewhereSettings { issuer, client_id, client_secret, authority_pem, site, label, new_from } = settings;
        let redirect = format!("{}/sign-in/callback", site.trim_end_matches('/'));
        let settings = sso::Settings { issuer, client_id, client_secret, redirect, authority_pem };
        Elsewhere { settings, label, new_from, found: Mutex::default() }
    }

    /// What stands on the button.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Domains of addresses whose owners need no invitation.
    pub fn new_from(&self) -> &[String] {
        &self.new_from
    }

    /// The provider. It is asked until it has answered once; those who wait at the same time wait for one question.
    ///
    /// # Errors
    /// [`SsoError`]; the next one who comes asks again.
    pub async fn provider(&self) -> Result<Arc<Provider>, SsoError> {
        let mut found = self.found.lock().await;
        if let Some(provider) = &*found {
            return Ok(provider.clone());
        }
        let provider = Arc::new(Provider::discover(&self.settings).await?);
        *found = Some(provider.clone());
        Ok(provider)
    }
}
