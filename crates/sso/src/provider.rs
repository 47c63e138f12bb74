//! The provider of the settings: found by discovery, and asked to let somebody in.

use std::fmt;

use openidconnect::{
    AuthType, AuthenticationFlow, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IssuerUrl, Nonce, PkceCodeChallenge, RedirectUrl, Scope,
    core::{CoreClient, CoreClientAuthMethod, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType},
    url::Url,
};

use crate::{
    Pending, SsoError,
    address::Reach,
    error::chain,
    fetch::{FetchError, Fetcher},
};

/// What the administrator says about the provider.
#[derive(Clone)]
pub struct Settings {
    /// Address of the issuer, as the provider writes it, e.g. `https://login.example.org/realms/habitat`.
    pub issuer: String,
    /// The id under which this installation is registered there.
    pub client_id: String,
    /// Its secret; none for a public client, which PKCE alone protects.
    pub client_secret: Option<String>,
    /// The address of ours to which the browser returns, as registered there.
    pub redirect: String,
    /// Certificates (PEM) of an authority that is not a public one, for a provider inside an organisation.
    pub authority_pem: Option<String>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("redirect", &self.redirect)
            .finish_non_exhaustive()
    }
}

/// The library's client with the endpoints that we know to be there.
pub(crate) type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet, EndpointMaybeSet>;

/// A provider whose metadata and keys were read. Cheap to keep; keys that were changed meanwhile are fetched when a
/// token is signed by one that is not known.
pub struct Provider {
    pub(crate) client: Client,
    pub(crate) metadata: CoreProviderMetadata,
    pub(crate) algorithms: Vec<CoreJwsSigningAlgorithm>,
    pub(crate) fetcher: Fetcher,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("issuer", self.metadata.issuer()).finish_non_exhaustive()
    }
}

impl Provider {
    /// Reads the provider's metadata and keys.
    ///
    /// # Errors
    /// [`SsoError::Settings`] and [`SsoError::Insecure`] for what the administrator has to mend,
    /// [`SsoError::Unreachable`] when it may succeed later, [`SsoError::Provider`] when the answer is not metadata of
    /// this issuer.
    pub async fn discover(settings: &Settings) -> Result<Self, SsoError> {
        let reach = Reach::of(&settings.issuer)?;
        let wrong = |what, e: &dyn std::error::Error| SsoError::Settings { what, why: e.to_string() };
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|e| wrong("issuer", &e))?;
        let redirect = RedirectUrl::new(settings.redirect.clone()).map_err(|e| wrong("address of return", &e))?;
        let fetcher = Fetcher::new(reach, settings.authority_pem.as_deref())?;

        let metadata = CoreProviderMetadata::discover_async(issuer, &fetcher).await.map_err(discovery)?;
        let token_endpoint = metadata
            .token_endpoint()
            .ok_or_else(|| SsoError::Provider("its metadata name no token endpoint".into()))?
            .clone();
        reach.check("authorisation endpoint", metadata.authorization_endpoint().url())?;
        reach.check("token endpoint", token_endpoint.url())?;
        reach.check("address of keys", metadata.jwks_uri().url())?;
        if let Some(endpoint) = metadata.userinfo_endpoint() {
            reach.check("endpoint of the person's data", endpoint.url())?;
        }
        let algorithms: Vec<_> =
            metadata.id_token_signing_alg_values_supported().iter().filter(|a| is_by_key(a)).cloned().collect();
        if algorithms.is_empty() {
            return Err(SsoError::Provider("it signs identities by no method that its keys could prove".into()));
        }

        let secret = settings.client_secret.clone().map(ClientSecret::new);
        let client =
            CoreClient::from_provider_metadata(metadata.clone(), ClientId::new(settings.client_id.clone()), secret)
                .set_token_uri(token_endpoint)
                .set_redirect_uri(redirect)
                .set_auth_type(auth_type(&metadata));
        Ok(Provider { client, metadata, algorithms, fetcher })
    }

    /// The issuer, which together with a subject names a person for ever.
    pub fn issuer(&self) -> &str {
        self.metadata.issuer()
    }

    /// Begins a sign-in: the address to send the browser to, and what to keep until it returns.
    pub fn begin(&self) -> (Url, Pending) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = self
            .client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".into()))
            .add_scope(Scope::new("profile".into()))
            .set_pkce_challenge(challenge)
            .url();
        let pending = Pending {
            issuer: self.issuer().to_owned(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        };
        (url, pending)
    }
}

/// Whether a signature is made by a key that the provider publishes. A signature by the client's secret, or none, is
/// not accepted: a secret in a settings file must not be enough to be anybody.
fn is_by_key(algorithm: &CoreJwsSigningAlgorithm) -> bool {
    use CoreJwsSigningAlgorithm::{HmacSha256, HmacSha384, HmacSha512, None};
    !matches!(algorithm, HmacSha256 | HmacSha384 | HmacSha512 | None)
}

/// How the secret is shown: in the header, which every provider takes unless it says otherwise.
fn auth_type(metadata: &CoreProviderMetadata) -> AuthType {
    match metadata.token_endpoint_auth_methods_supported() {
        Some(methods)
            if !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
                && methods.contains(&CoreClientAuthMethod::ClientSecretPost) =>
        {
            AuthType::RequestBody
        }
        _ => AuthType::BasicAuth,
    }
}

/// What a failed request for metadata or keys means.
pub(crate) fn discovery(error: openidconnect::DiscoveryError<FetchError>) -> SsoError {
    use openidconnect::DiscoveryError::{Request, Response};
    match error {
        Request(inner) => inner.into(),
        Response(status, _, text) if status.is_server_error() => SsoError::Unreachable(text),
        other => SsoError::Provider(chain(&other)),
    }
}
