//! The program as its users meet it: the commands, their contracts, and figures that are equal everywhere.

mod bad;
mod contract;
mod equal;
mod people;
mod register;
mod support;
