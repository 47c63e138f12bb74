//! Tests of the checks that go over all of them, and the acceptance list.

mod catalogue;
