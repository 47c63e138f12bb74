//! One function per use case. Opens the ports (register, lake), holds the current snapshot, and hands
//! answers to the faces.
//!
//! Invariant: no sentence for a person and no mark-up is made here; faces reach figures only through here.

pub mod view;
