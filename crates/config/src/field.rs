//! What is known of a setting besides its value.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use serde::de::DeserializeOwned;

use crate::{Hour, Interval, LogFormat, Network, Secret, Share, WebAddress};

/// What a setting's value is, for reading it from a flag or the environment, and for the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text of some form.
    Text,
    /// Text that is never printed. It may stand in a file of its own, named by the same key with `_file` behind it.
    Secret,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// `true` or `false`.
    YesNo,
    /// Several texts; separated by commas in a flag or the environment.
    List,
}

/// A setting.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key with its section: `server.port`.
    pub key: String,
    /// What it is for, as written at the struct's field.
    pub doc: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Why a value does not fit, if it does not. It may quote the value.
    pub(crate) unfit: fn(&toml::Value) -> Option<String>,
}

impl Field {
    /// The variable of the environment: `EKISTICS_SERVER_PORT`.
    pub fn variable(&self) -> String {
        variable(&self.key)
    }
    /// The key under which the path of a file with the value is given, where there is one.
    pub fn file_key(&self) -> Option<String> {
        (self.kind == Kind::Secret).then(|| format!("{}_file", self.key))
    }
}

/// The variable of a key.
pub(crate) fn variable(key: &str) -> String {
    format!("EKISTICS_{}", key.replace('.', "_").to_uppercase())
}

/// A type that a setting can have.
pub(crate) trait Setting: DeserializeOwned {
    /// What its values are.
    const KIND: Kind;
}

macro_rules! settings {
    ($($type:ty: $kind:ident),* $(,)?) => { $(impl Setting for $type { const KIND: Kind = Kind::$kind; })* };
}

settings! {
    String: Text, PathBuf: Text, IpAddr: Text, SocketAddr: Text, LogFormat: Text, WebAddress: Text, Interval: Text,
    Secret: Secret, Hour: Whole, u16: Whole, u32: Whole, Share: Number, bool: YesNo, Vec<String>: List, Vec<Network>: List,
}

impl<T: Setting> Setting for Option<T> {
    const KIND: Kind = T::KIND;
}

/// The whole of [`Field::unfit`] for a type.
pub(crate) fn unfit<T: Setting>(value: &toml::Value) -> Option<String> {
    value.clone().try_into::<T>().err().map(|e| e.message().to_owned())
}
