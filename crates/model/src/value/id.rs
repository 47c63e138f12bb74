//! Ids are types, so two cannot be swapped.

use std::{fmt, hash, marker::PhantomData, sync::Arc};

/// The id of a record of kind `T`; cheap to clone.
pub struct Id<T>(Arc<str>, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// An id from its text.
    pub fn new(text: impl AsRef<str>) -> Self {
        Id(Arc::from(text.as_ref()), PhantomData)
    }
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Id(self.0.clone(), PhantomData)
    }
}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
impl<T> AsRef<str> for Id<T> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
impl<T> std::borrow::Borrow<str> for Id<T> {
    fn borrow(&self) -> &str {
        &self.0
    }
}
impl<T> From<&str> for Id<T> {
    fn from(text: &str) -> Self {
        Id::new(text)
    }
}
