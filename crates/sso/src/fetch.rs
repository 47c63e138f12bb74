//! Requests to the provider: bounded in time and size, to allowed addresses only, without redirects.

use std::{future::Future, pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http, url::Url};

use crate::{SsoError, address::Reach};

/// Longest time for a connection to be made.
const CONNECT: Duration = Duration::from_secs(5);

/// Longest time for one request with its answer.
const REQUEST: Duration = Duration::from_secs(15);

/// Largest answer. Metadata and keys of the big providers are tens of kilobytes.
const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error(transparent)]
    Address(Box<SsoError>),
    #[error("the answer has more than {MAX_ANSWER_BYTES} bytes")]
    TooLarge,
    #[error("the request failed")]
    Http(#[from] reqwest::Error),
    #[error("the answer has no sense")]
    Answer(#[from] http::Error),
}

/// A client for one provider.
#[derive(Clone, Debug)]
pub(crate) struct Fetcher {
    client: reqwest::Client,
    reach: Reach,
}

impl Fetcher {
    /// A client that trusts the public authorities, and one more if its certificate is given (PEM).
    ///
    /// # Errors
    /// [`SsoError::Settings`] when the certificate cannot be read.
    pub(crate) fn new(reach: Reach, authority_pem: Option<&str>) -> Result<Self, SsoError> {
        let wrong = |e: reqwest::Error| SsoError::Settings { what: "certificate", why: crate::error::chain(&e) };
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(REQUEST)
            .user_agent(concat!("ekistics/", env!("CARGO_PKG_VERSION")));
        if reach == Reach::Loopback {
            // A proxy for the outside has no business between two programs of one machine.
            builder = builder.no_proxy();
        }
        if let Some(pem) = authority_pem {
            for certificate in reqwest::Certificate::from_pem_bundle(pem.as_bytes()).map_err(wrong)? {
                builder = builder.add_root_certificate(certificate);
            }
        }
        Ok(Fetcher { client: builder.build().map_err(wrong)?, reach })
    }

    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        // Checked again here and not only in the metadata: the keys are fetched before anybody sees the metadata.
        let url = Url::parse(&request.uri().to_string()).map_err(|e| {
            FetchError::Address(Box::new(SsoError::Provider(format!("{} is no address: {e}", request.uri()))))
        })?;
        self.reach.check("address", &url).map_err(|e| FetchError::Address(Box::new(e)))?;
        let mut response = self.client.execute(request.try_into()?).await?;
        let mut answer = http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > MAX_ANSWER_BYTES {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(answer.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Fetcher {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.answer(request))
    }
}
