//! Columns that several tables have.

use crate::results::column::Column;

/// The unit of numbers of which the row's measure says the unit.
pub(crate) const OF_MEASURE: &str = "that of the measure";

/// The scenario.
pub(crate) const SCENARIO: Column = Column::new("scenario", "name of the scenario", "");
/// The replicate.
pub(crate) const REPLICATE: Column = Column::new(
    "replicate",
    "number of the replicate; replicates of the same number share their luck across scenarios",
    "",
);
/// The measure.
pub(crate) const MEASURE: Column = Column::new("measure", "key of the measure", "");
/// The unit.
pub(crate) const UNIT: Column = Column::new("unit", "unit of the numbers in the row", "");
/// The region of a subgroup.
pub(crate) const REGION: Column = Column::new("region", "name of a region, abroad (upbringing alone), or all", "");
/// What the region is: where people live, or where they grew up.
pub(crate) const REGION_BASIS: Column =
    Column::new("region_basis", "residence or upbringing; empty when not by region", "");
/// The origin of a subgroup.
pub(crate) const ORIGIN: Column = Column::new(
    "origin",
    "origin class, or all ; people who grew up abroad have no origin row, so origins do not add up to all",
    "",
);
/// The sex of a subgroup.
pub(crate) const SEX: Column = Column::new("sex", "sex, or all", "");
/// The period.
pub(crate) const PERIOD: Column = Column::new(
    "period",
    "first month of the period (year-month); where periods are shorter than a year, also its years, such as \"2026-09 to 2027-08\"; \
     \"whole run\"; and \"last 12 months\": each is worked out from the counts of all its months. In the series these stand for \
     measures that are no ratio, for the others add numerators and denominators up",
    "",
);
/// The length of the period.
pub(crate) const MONTHS: Column = Column::new("months", "length of the period", "months");
/// What an effect starts from.
pub(crate) const BASELINE: Column =
    Column::new("baseline", "mean of the baseline scenario over the same replicates", OF_MEASURE);
/// An effect.
pub(crate) const DIFFERENCE: Column =
    Column::new("difference", "mean of scenario less baseline, replicate by replicate", OF_MEASURE);
/// The error of a mean or an effect.
pub(crate) const MCSE: Column = Column::new(
    "mcse",
    "Monte Carlo standard error of the mean or difference; it covers the luck of the draw alone, not the \
     parameters; empty when unknown: fewer than two replicates, or all that differ by the same amount",
    OF_MEASURE,
);
/// The lower end of an interval.
pub(crate) const LOW95: Column = Column::new(
    "low95",
    "lower end of the 95% interval of the difference (Student's t; Monte Carlo error alone); empty when mcse is",
    OF_MEASURE,
);
/// Its upper end.
pub(crate) const HIGH95: Column = Column::new("high95", "upper end of that interval", OF_MEASURE);
/// How many replicates a number is of.
pub(crate) const REPLICATES: Column = Column::new("replicates", "replicates with a known value", "replicates");
/// The numerator of a measure.
pub(crate) const NUMERATOR: Column =
    Column::new("numerator", "numerator at full scale; empty for measures that are no ratio", "as the measure says");
/// Its denominator.
pub(crate) const DENOMINATOR: Column = Column::new(
    "denominator",
    "denominator at full scale; for medians how many people the median is of",
    "as the measure says",
);
/// The year of prices.
pub(crate) const PRICE_YEAR: Column =
    Column::new("price_year", "year of all prices; empty when the world does not say", "");
/// Money at the prices of one moment.
pub(crate) const DISCOUNTED_GBP_MILLION: Column = Column::new(
    "discounted_gbp_million",
    "the same, discounted at 3.5% a year to the run's first year (HM Treasury, Green Book)",
    "GBP million",
);
/// Its error.
pub(crate) const DISCOUNTED_MCSE: Column =
    Column::new("discounted_mcse", "Monte Carlo standard error of the discounted amount", "GBP million");
/// Sets of parameters.
pub(crate) const MEMBERS: Column =
    Column::new("members", "sets of parameters that the row is of, each with luck of its own", "sets");
/// What a total error is.
pub(crate) const TOTAL_ERROR: &str = "standard error of it: doubt about parameters and the luck of the draw together; empty when unknown: of \
     what was planned, and of fewer than two sets";
/// What the lower end of a total interval is.
pub(crate) const TOTAL_LOW95: &str = "lower end of its 95% interval: doubt about parameters and the error of the mean together; empty of fewer than five sets";
