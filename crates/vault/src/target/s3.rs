//! A bucket of a store that speaks S3.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use object_store::{
    ClientOptions, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};
use tokio_stream::StreamExt;

use super::Found;
use crate::VaultError;

/// How long a request is tried again before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A bucket and a prefix.
#[derive(Clone, Debug)]
pub(crate) struct Bucket {
    store: Arc<AmazonS3>,
    prefix: Path,
    address: String,
}

impl Bucket {
    pub fn open(address: &str) -> Result<Bucket, VaultError> {
        let rest = address.strip_prefix("s3://").unwrap_or(address);
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let prefix = Path::parse(prefix.trim_end_matches('/')).map_err(|_| VaultError::NoPlace(address.to_owned()))?;
        if bucket.is_empty() {
            return Err(VaultError::NoPlace(address.to_owned()));
        }
        let retry = RetryConfig { max_retries: 6, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let allow_http = std::env::var("AWS_ALLOW_HTTP").is_ok_and(|v| v.eq_ignore_ascii_case("true"));
        // A piece of 16 MiB over a slow line takes longer than the 30 seconds that are usual.
        let client = ClientOptions::new()
            .with_timeout(Duration::from_secs(300))
            .with_connect_timeout(Duration::from_secs(10))
            .with_allow_http(allow_http);
        let store = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .with_retry(retry)
            .with_client_options(client)
            .build()
            .map_err(|e| failed(address, &e))?;
        Ok(Bucket { store: Arc::new(store), prefix, address: address.to_owned() })
    }

    pub fn address(&self) -> String {
        self.address.clone()
    }

    fn path(&self, name: &str) -> Path {
        name.split('/').fold(self.prefix.clone(), |path, part| path.join(part))
    }

    fn fail(&self, name: &str, error: &Error) -> VaultError {
        failed(&format!("{}/{name}", self.address.trim_end_matches('/')), error)
    }

    pub async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), VaultError> {
        let put = self.store.put(&self.path(name), PutPayload::from(bytes)).await;
        put.map(drop).map_err(|e| self.fail(name, &e))
    }

    pub async fn create(&self, name: &str, bytes: Vec<u8>) -> Result<bool, VaultError> {
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.store.put_opts(&self.path(name), PutPayload::from(bytes.clone()), options).await {
            Ok(_) => Ok(true),
            Err(Error::AlreadyExists { .. }) => Ok(false),
            // An older store without conditional writes: look, then write.
            Err(Error::NotImplemented { .. } | Error::NotSupported { .. }) => {
                if self.get(name).await?.is_some() {
                    return Ok(false);
                }
                self.put(name, bytes).await.map(|()| true)
            }
            Err(e) => Err(self.fail(name, &e)),
        }
    }

    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError> {
        let found = match self.store.get(&self.path(name)).await {
            Ok(found) => found.bytes().await,
            Err(e) => Err(e),
        };
        match found {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(e) => Err(self.fail(name, &e)),
        }
    }

    pub async fn list(&self, below: &str) -> Result<Vec<Found>, VaultError> {
        let mut stream = self.store.list(Some(&self.path(below)));
        let mut found = Vec::new();
        while let Some(meta) = stream.next().await {
            let meta = meta.map_err(|e| self.fail(below, &e))?;
            let full = meta.location.to_string();
            let name = full.strip_prefix(self.prefix.as_ref()).unwrap_or(&full).trim_start_matches('/');
            let at = Timestamp::from_millisecond(meta.last_modified.timestamp_millis()).ok();
            found.push(Found { name: name.to_owned(), n_bytes: meta.size, at });
        }
        Ok(found)
    }

    pub async fn remove(&self, name: &str) -> Result<(), VaultError> {
        match self.store.delete(&self.path(name)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(e) => Err(self.fail(name, &e)),
        }
    }
}

fn failed(place: &str, error: &Error) -> VaultError {
    match error {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => VaultError::NotWritable(place.to_owned()),
        // The cause says more than its wrapping, which repeats the address of the request.
        other => {
            let mut cause: &dyn std::error::Error = other;
            while let Some(source) = cause.source() {
                cause = source;
            }
            let (outer, inner) = (other.to_string(), cause.to_string());
            let detail = if outer.contains(&inner) { outer } else { format!("{outer}: {inner}") };
            VaultError::Io { place: place.to_owned(), detail }
        }
    }
}
