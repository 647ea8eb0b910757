//! Charts as SVG, drawn by `plotters`: one file a kind of chart.
//!
//! A chart takes plain numbers and texts. It knows no measure and no file; whatever text it shows is made
//! printable here, and escaped by the drawing backend.

mod ages;
mod canvas;
mod flow;
mod forest;
mod matrix;
mod tiles;
mod trajectory;

pub(super) use ages::{AgeBand, Ages};
pub(super) use canvas::{NONE, Tone};
pub(super) use flow::{Flow, Stream};
pub(super) use forest::{Forest, Row as ForestRow};
pub(super) use matrix::{Cell as MatrixCell, Matrix};
pub(super) use tiles::{Tile, TileMap};
pub(super) use trajectory::{Point, Start, Trajectory, common_range};
