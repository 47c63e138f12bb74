//! The return of the browser: from a code to an identity.

use openidconnect::{
    AccessToken, AccessTokenHash, AuthorizationCode, ClaimsVerificationError, IdTokenVerifier, JsonWebKeySet, Nonce,
    OAuth2TokenResponse, PkceCodeVerifier, RequestTokenError, StandardErrorResponse, TokenResponse, UserInfoError,
    core::{
        CoreErrorResponseType, CoreIdToken, CoreIdTokenClaims as Claims, CoreJsonWebKey, CoreTokenResponse,
        CoreUserInfoClaims,
    },
};
use subtle::ConstantTimeEq;

use crate::{Callback, Pending, Provider, SsoError, error::chain, fetch::FetchError, provider};

type ExchangeError = RequestTokenError<FetchError, StandardErrorResponse<CoreErrorResponseType>>;

/// Who somebody is by the word of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The person's name there, which is never given to another: with the issuer the only lasting key. An address of
    /// mail is not.
    pub subject: String,
    /// Address of mail, when the provider says one.
    pub email: Option<String>,
    /// Whether the provider knows the address to be the person's. Never find an account by an address without it.
    pub email_verified: bool,
    /// Name for display.
    pub name: Option<String>,
}

impl Provider {
    /// Ends a sign-in: checks the answer, exchanges the code, checks the identity.
    ///
    /// Half-way failures leave nothing behind here; the code is spent at the provider, so a new sign-in must begin.
    ///
    /// # Errors
    /// [`SsoError`], before any request for what the answer itself shows.
    pub async fn finish(&self, pending: Pending, callback: Callback) -> Result<Identity, SsoError> {
        let code = self.code(&pending, callback)?;
        let tokens = self
            .client
            .exchange_code(code)
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier))
            .request_async(&self.fetcher)
            .await
            .map_err(exchange)?;
        let token = tokens.id_token().ok_or_else(|| SsoError::Token("the provider gave no ID token".into()))?;
        let claims = self.verified(token, &Nonce::new(pending.nonce), tokens.access_token()).await?;

        let mut identity = Identity {
            issuer: self.issuer().to_owned(),
            subject: claims.subject().to_string(),
            email: claims.email().map(|e| e.to_string()),
            email_verified: claims.email_verified().unwrap_or(false),
            name: claims.name().and_then(|n| n.get(None)).map(|n| n.to_string()),
        };
        // Most providers put these into the token only on request, and answer them here.
        if identity.email.is_none() || identity.name.is_none() {
            self.complete(&mut identity, &claims, &tokens).await?;
        }
        Ok(identity)
    }

    /// The code of an answer that belongs to this sign-in.
    fn code(&self, pending: &Pending, callback: Callback) -> Result<AuthorizationCode, SsoError> {
        let is_same: bool = pending.state.as_bytes().ct_eq(callback.state.as_bytes()).into();
        if !is_same || pending.state.is_empty() {
            return Err(SsoError::WrongState);
        }
        for found in [Some(&pending.issuer), callback.iss.as_ref()].into_iter().flatten() {
            if found != self.issuer() {
                return Err(SsoError::WrongIssuer { expected: self.issuer().to_owned(), found: found.clone() });
            }
        }
        if let Some(error) = callback.error {
            return Err(SsoError::Refused { error, description: callback.error_description.unwrap_or_default() });
        }
        let missing = || SsoError::Provider("its answer has neither a code nor an error".into());
        callback.code.filter(|code| !code.is_empty()).map(AuthorizationCode::new).ok_or_else(missing)
    }

    /// The claims of a token whose signature, issuer, audience, expiry, nonce and hash are right. Keys are fetched
    /// again once, because providers change them.
    async fn verified(&self, token: &CoreIdToken, nonce: &Nonce, access: &AccessToken) -> Result<Claims, SsoError> {
        let verifier = |keys| {
            // Made without the client's secret, because signatures by it are not accepted.
            IdTokenVerifier::new_public_client(self.client.client_id().clone(), self.metadata.issuer().clone(), keys)
                .set_allowed_algs(self.algorithms.iter().cloned())
        };
        let known = verifier(self.metadata.jwks().clone());
        match claims(token, &known, nonce, access) {
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                let keys = JsonWebKeySet::fetch_async(self.metadata.jwks_uri(), &self.fetcher)
                    .await
                    .map_err(provider::discovery)?;
                claims(token, &verifier(keys), nonce, access).map_err(|e| SsoError::Token(chain(&e)))
            }
            other => other.map_err(|e| SsoError::Token(chain(&e))),
        }
    }

    /// Fills what is missing from the provider's endpoint for the person's data, when it has one.
    async fn complete(
        &self,
        identity: &mut Identity,
        claims: &Claims,
        tokens: &CoreTokenResponse,
    ) -> Result<(), SsoError> {
        let Ok(request) = self.client.user_info(tokens.access_token().clone(), Some(claims.subject().clone())) else {
            return Ok(());
        };
        let person: CoreUserInfoClaims = request.request_async(&self.fetcher).await.map_err(user_info)?;
        if identity.email.is_none() {
            identity.email = person.email().map(|e| e.to_string());
            identity.email_verified = person.email_verified().unwrap_or(false);
        }
        if identity.name.is_none() {
            identity.name = person.name().and_then(|n| n.get(None)).map(|n| n.to_string());
        }
        Ok(())
    }
}

/// The claims of a token that is valid, and came together with this access token when it says so (OpenID Connect
/// Core 1.0, section 3.1.3.8).
fn claims(
    token: &CoreIdToken,
    verifier: &IdTokenVerifier<'_, CoreJsonWebKey>,
    nonce: &Nonce,
    access: &AccessToken,
) -> Result<Claims, ClaimsVerificationError> {
    let claims = token.claims(verifier, nonce)?;
    if let Some(expected) = claims.access_token_hash() {
        let (algorithm, key) = (token.signing_alg(), token.signing_key(verifier));
        let (algorithm, key) = (
            algorithm.map_err(ClaimsVerificationError::SignatureVerification)?,
            key.map_err(ClaimsVerificationError::SignatureVerification)?,
        );
        let found = AccessTokenHash::from_token(access, algorithm, key)
            .map_err(|e| ClaimsVerificationError::Unsupported(e.to_string()))?;
        if found != *expected {
            return Err(ClaimsVerificationError::Other("the hash is of another access token".into()));
        }
    }
    Ok(claims.clone())
}

fn exchange(error: ExchangeError) -> SsoError {
    match error {
        RequestTokenError::ServerResponse(refused) => SsoError::CodeRefused(refused.to_string()),
        RequestTokenError::Request(inner) => inner.into(),
        // The body of what could not be parsed may hold a token: it is not carried on.
        RequestTokenError::Parse(error, _) => SsoError::Provider(format!("its tokens cannot be read: {error}")),
        RequestTokenError::Other(text) => SsoError::Provider(text),
    }
}

fn user_info(error: UserInfoError<FetchError>) -> SsoError {
    match error {
        UserInfoError::Request(inner) => inner.into(),
        UserInfoError::ClaimsVerification(inner) => SsoError::Token(chain(&inner)),
        other => SsoError::Provider(chain(&other)),
    }
}
