//! Whom a backup is encrypted to, and what opens it.

use std::io::{Read, Write};

use age::{
    Decryptor, Encryptor,
    secrecy::{ExposeSecret, SecretString},
    x25519,
};

use crate::{Manifest, VaultError};

/// Compresses well and quickly; stronger levels gain a few percent for many times the work.
const LEVEL: i32 = 3;

/// No piece is larger: one line of the log is 64 MiB at most. What a manifest says is memory that we ask for.
const LARGEST: u64 = 256 << 20;

/// Whom a backup should be encrypted to, as somebody asks for it.
#[derive(Clone, Debug)]
pub enum Whom {
    /// It is not encrypted. Only where somebody says so.
    Nobody,
    /// Whoever has the identity of one of these (`age1…`).
    Recipients(Vec<String>),
    /// Whoever knows this.
    Passphrase(String),
}

/// Whom pieces are encrypted to.
#[derive(Clone)]
pub struct Lock {
    recipients: Vec<x25519::Recipient>,
    wrapped: Option<String>,
}

/// What opens pieces.
#[derive(Clone, Default)]
pub struct Keys(Vec<x25519::Identity>);

impl Whom {
    /// Makes the lock of a run. `last` is the newest run before it.
    ///
    /// A passphrase opens an identity that was made for this place, and pieces are encrypted to that: stretching a
    /// passphrase takes a second, which is well spent once and not for each piece.
    ///
    /// Errors: a recipient that is none, a passphrase that is not the one of the runs before.
    pub fn lock(&self, last: Option<&Manifest>) -> Result<Lock, VaultError> {
        match self {
            Whom::Nobody => Ok(Lock { recipients: Vec::new(), wrapped: None }),
            Whom::Recipients(texts) => {
                let read = |text: &String| {
                    let known = text.trim().parse::<x25519::Recipient>();
                    known.map_err(|_| VaultError::BadRecipient(text.clone()))
                };
                let recipients = texts.iter().map(read).collect::<Result<Vec<_>, _>>()?;
                if recipients.is_empty() {
                    return Err(VaultError::BadRecipient(String::new()));
                }
                Ok(Lock { recipients, wrapped: None })
            }
            Whom::Passphrase(passphrase) => {
                let (identity, wrapped) = match last.and_then(|m| m.wrapped.clone()) {
                    Some(wrapped) => (unwrap(&wrapped, passphrase)?, wrapped),
                    None => wrap(passphrase)?,
                };
                Ok(Lock { recipients: vec![identity.to_public()], wrapped: Some(wrapped) })
            }
        }
    }
}

fn secret(passphrase: &str) -> SecretString {
    SecretString::from(passphrase.to_owned())
}

/// A new identity, and the same encrypted with a passphrase, in hexadecimal.
fn wrap(passphrase: &str) -> Result<(x25519::Identity, String), VaultError> {
    let identity = x25519::Identity::generate();
    let recipient = age::scrypt::Recipient::new(secret(passphrase));
    let text = identity.to_string();
    let sealed = age::encrypt(&recipient, text.expose_secret().as_bytes());
    let sealed = sealed.map_err(|e| VaultError::Encryption(e.to_string()))?;
    Ok((identity, sealed.iter().map(|b| format!("{b:02x}")).collect()))
}

fn unwrap(wrapped: &str, passphrase: &str) -> Result<x25519::Identity, VaultError> {
    let digits = wrapped.as_bytes().chunks(2).map(|pair| {
        let text = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(text, 16).ok()
    });
    let bytes = digits.collect::<Option<Vec<u8>>>().ok_or(VaultError::WrongPassphrase)?;
    let opened = age::decrypt(&age::scrypt::Identity::new(secret(passphrase)), &bytes);
    let opened = opened.map_err(|_| VaultError::WrongPassphrase)?;
    let text = String::from_utf8(opened).map_err(|_| VaultError::WrongPassphrase)?;
    text.parse().map_err(|_| VaultError::WrongPassphrase)
}

impl Lock {
    /// Whom, sorted; empty for nobody.
    pub fn recipients(&self) -> Vec<String> {
        let mut names: Vec<String> = self.recipients.iter().map(ToString::to_string).collect();
        names.sort();
        names.dedup();
        names
    }
    /// The identity behind a passphrase, as the manifest keeps it.
    pub fn wrapped(&self) -> Option<String> {
        self.wrapped.clone()
    }
    /// Compresses, then encrypts.
    pub(crate) fn seal(&self, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        let failed = |e: &dyn std::fmt::Display| VaultError::Encryption(e.to_string());
        let small = zstd::bulk::compress(bytes, LEVEL).map_err(|e| failed(&e))?;
        if self.recipients.is_empty() {
            return Ok(small);
        }
        let recipients = self.recipients.iter().map(|r| r as &dyn age::Recipient);
        let encryptor = Encryptor::with_recipients(recipients).map_err(|e| failed(&e))?;
        let mut sealed = Vec::with_capacity(small.len() + 1024);
        let mut writer = encryptor.wrap_output(&mut sealed).map_err(|e| failed(&e))?;
        writer.write_all(&small).and_then(|()| writer.finish().map(drop)).map_err(|e| failed(&e))?;
        Ok(sealed)
    }
}

/// Why a piece was not opened.
#[derive(Debug)]
pub(crate) enum Unopened {
    /// No key fits.
    NoKey,
    /// The bytes are not what was stored.
    Damaged(String),
}

impl Keys {
    /// The identities of a file as `age-keygen` writes it. `path` is for the error.
    pub fn from_identities(path: &str, text: &str) -> Result<Keys, VaultError> {
        let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
        let keys = lines.map(|l| l.parse::<x25519::Identity>()).collect::<Result<Vec<_>, _>>();
        match keys {
            Ok(keys) if !keys.is_empty() => Ok(Keys(keys)),
            _ => Err(VaultError::BadIdentity(path.to_owned())),
        }
    }
    /// What a passphrase opens in a run.
    pub fn from_passphrase(passphrase: &str, of: &Manifest) -> Result<Keys, VaultError> {
        match &of.wrapped {
            Some(wrapped) => Ok(Keys(vec![unwrap(wrapped, passphrase)?])),
            None if of.recipients.is_empty() => Ok(Keys::default()),
            None => Err(VaultError::WrongKey { recipients: of.recipients.join(", ") }),
        }
    }
    /// Whether a run can be opened: it is not encrypted, or one of its recipients is one of ours.
    pub fn open_run(&self, of: &Manifest) -> Result<(), VaultError> {
        let ours = |r: &String| self.0.iter().any(|key| key.to_public().to_string() == *r);
        let recipients = of.recipients.join(", ");
        match (of.recipients.is_empty() || of.recipients.iter().any(ours), self.0.is_empty()) {
            (true, _) => Ok(()),
            (false, true) => Err(VaultError::NoKey { recipients }),
            (false, false) => Err(VaultError::WrongKey { recipients }),
        }
    }
    /// Decrypts, then unpacks; never more than `n_bytes`.
    pub(crate) fn open(&self, stored: &[u8], n_bytes: u64) -> Result<Vec<u8>, Unopened> {
        let damaged = |e: &dyn std::fmt::Display| Unopened::Damaged(e.to_string());
        let most = usize::try_from(n_bytes.min(LARGEST)).map_err(|e| damaged(&e))?;
        let unpack = |small: &[u8]| zstd::bulk::decompress(small, most).map_err(|e| damaged(&e));
        if !stored.starts_with(b"age-encryption.org/") {
            return unpack(stored);
        }
        let decryptor = Decryptor::new_buffered(stored).map_err(|e| damaged(&e))?;
        let keys = self.0.iter().map(|key| key as &dyn age::Identity);
        let mut reader = decryptor.decrypt(keys).map_err(|e| match e {
            age::DecryptError::NoMatchingKeys => Unopened::NoKey,
            other => damaged(&other),
        })?;
        let mut small = Vec::with_capacity(stored.len());
        reader.read_to_end(&mut small).map_err(|e| damaged(&e))?;
        unpack(&small)
    }
}

/// A new identity as the text of its file, and its recipient.
pub fn new_identity(at: jiff::Timestamp) -> (String, String) {
    let identity = x25519::Identity::generate();
    let recipient = identity.to_public().to_string();
    let secret = identity.to_string();
    (format!("# created: {at}\n# public key: {recipient}\n{}\n", secret.expose_secret()), recipient)
}
