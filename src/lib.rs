//! Rungs: regional opportunity simulation.
//!
//! The way of the data: TOML text becomes a [`scenario`]; a scenario becomes [`conditions`] month by
//! month; the [`engine`] carries a population through them and counts; [`outcomes`] turns counts into
//! measures; [`statistics`], [`money`] and [`results`] turn those into tables, a [`folder`] keeps them, [`text`] and [`compare`] say what they mean, and [`report`] turns
//! the files of a run into a page. A module imports only from modules above it in this list.
#![forbid(unsafe_code)]

pub mod units;
pub mod calendar;
pub mod diagnostics;
pub mod threads;
pub mod domain;
pub mod toml_tables;
pub mod random;
pub mod conditions;
pub mod world;
pub mod levers;
pub mod scenario;
pub mod engine;
pub mod outcomes;
pub mod statistics;
mod svg;
pub mod experiment;
pub mod calibrate;
pub mod money;
pub mod results;
pub mod folder;
pub mod text;
pub mod compare;
pub mod assure;
pub mod report;
pub mod cli;
