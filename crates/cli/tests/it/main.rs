//! The program as its users meet it: the commands, their contracts, and figures that are equal everywhere.

mod backup;
mod bad;
mod contract;
mod doctor;
mod equal;
mod frameworks;
mod instrument;
mod observatory;
mod people;
mod persons;
mod register;
mod serving;
mod settings;
mod space;
mod support;
mod survey;
#[cfg(feature = "traces")]
mod traces;
