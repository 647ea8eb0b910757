//! Charts as SVG: one file a kind of chart.
//!
//! A chart takes plain numbers and texts. It knows no measure and no file; whatever text it shows is made
//! printable and escaped by the sheet that it is drawn on.

mod ages;
mod axis;
mod canvas;
mod flow;
mod forest;
mod matrix;
mod palette;
mod tiles;
mod trajectory;

pub(super) use ages::{AgeChart, AgeColumn};
pub(super) use canvas::NONE;
pub(super) use flow::{FlowChart, FlowStream};
pub(super) use forest::{Forest, Row as ForestRow};
pub(super) use matrix::{Matrix, MatrixCell};
pub(super) use palette::Tone;
pub(super) use tiles::{Tile, TileMap};
pub(super) use trajectory::{Start, Trajectory, TrajectoryPoint, common_range};
