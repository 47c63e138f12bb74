//! Use cases that need more than one part: a register, a mail server, a place for backups, data of surveys, indices and
//! cities, frameworks over the sample, a filled questionnaire.

mod analyses;
mod frameworks;
mod households;
mod instrument;
mod investments;
mod letters;
mod observatory;
mod parquet_files;
mod schedule;
mod space;
mod survey;
mod survey_weights;
mod witness;
