//! The site over a small data folder: every page in three languages, who may call what, import and undo.

mod access;
mod analyses;
mod api;
#[path = "../../../sso/tests/it/browser.rs"]
mod browser;
mod elsewhere;
mod frameworks;
mod health;
mod investments;
mod mail;
mod maps;
mod pages;
mod people;
mod personal;
mod publicity;
mod questionnaires;
mod security;
mod sending;
mod site;
mod space_maps;
mod surveys;
mod writing;
