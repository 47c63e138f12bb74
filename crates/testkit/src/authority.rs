//! A certificate authority of the tests' own, for servers on the loopback.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};

/// A server's certificate for `127.0.0.1` and `localhost`, and who vouches for it.
pub struct Certificate {
    /// The authority's certificate (PEM), which a client has to be told to trust.
    pub authority_pem: String,
    /// File of the server's certificate (PEM).
    pub certificate: PathBuf,
    /// File of the server's key (PEM).
    pub key: PathBuf,
}

/// Makes an authority and one certificate of it; the server's files are written into `folder`.
pub fn certificate(folder: &Path) -> Certificate {
    let mut params = CertificateParams::new(Vec::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "Authority of the tests");
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority");
    let names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
    let key = KeyPair::generate().expect("a key");
    let signed = CertificateParams::new(names).expect("names").signed_by(&key, &authority).expect("a certificate");
    let files = Certificate {
        authority_pem: authority.pem(),
        certificate: folder.join("certificate.pem"),
        key: folder.join("key.pem"),
    };
    fs::write(&files.certificate, signed.pem()).expect("the certificate is written");
    fs::write(&files.key, key.serialize_pem()).expect("the key is written");
    files
}
