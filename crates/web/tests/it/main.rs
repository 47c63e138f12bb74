//! The site over a small data folder: every page in three languages, who may call what, import and undo.

mod access;
mod health;
mod pages;
mod people;
mod security;
mod site;
mod writing;
