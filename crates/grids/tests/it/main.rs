//! Grids against golden results, worked examples and laws.

mod command;
mod degurba_examples;
mod degurba_golden;
mod degurba_model;
mod exercise;
mod land_golden;
mod raster_files;
mod shared;
mod sprawl;
mod zonal_laws;
mod zones_golden;
