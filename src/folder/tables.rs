//! Every table that a results folder may hold, in the order of its data dictionary: a new one is a line here.

use crate::folder::panel;
use crate::folder::series::{csv_series, parquet_series, who_moved_series};
use crate::results::table::ResultTable;
use crate::results::tables::{
    cost_effectiveness, costs, effects, parameters, policy_contrasts, precision, structure_fluidity, summary,
    uncertainty, who_moved,
};

/// The tables but the dictionary itself.
pub(crate) const TABLES: &[ResultTable] = &[
    parquet_series::TABLE,
    csv_series::TABLE,
    summary::TABLE,
    effects::TABLE,
    structure_fluidity::TABLE,
    who_moved::TABLE,
    who_moved_series::PARQUET_TABLE,
    who_moved_series::CSV_TABLE,
    uncertainty::TABLE,
    costs::UNCERTAIN_TABLE,
    cost_effectiveness::UNCERTAIN_TABLE,
    parameters::TABLE,
    panel::TABLE,
    precision::TABLE,
    policy_contrasts::TABLE,
    costs::TABLE,
    cost_effectiveness::TABLE,
];
