//! `data_dictionary.csv`: what every column of every file and every measure means.

use crate::folder::panel;
use crate::folder::series::csv as series_csv;
use crate::outcomes::measures;
use crate::results::keys::{ALL, LAST_YEAR, WHOLE_RUN};
use crate::results::tables::{
    costs, effects, parameters, policy_contrasts, precision, structure_fluidity, summary, uncertainty, who_moved,
};
use std::io::{self, Write};

/// The columns of the dictionary itself, in order.
const COLUMNS: [&str; 9] = ["kind", "file", "name", "meaning", "unit", "numerator", "denominator", "ages", "better"];

/// Writes a row for each column of each file, then one for each measure.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn write(sink: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(sink);
    csv.write_record(COLUMNS)?;
    for (file, columns) in files() {
        for column in columns {
            let (meaning, unit) = meaning(column);
            csv.write_record(["column", file, column, &meaning, unit, "", "", "", ""])?;
        }
    }
    for measure in measures() {
        csv.write_record([
            "measure",
            "",
            measure.key,
            measure.label,
            measure.unit,
            measure.numerator,
            measure.denominator,
            &measure.ages.to_string(),
            measure.better.name(),
        ])?;
    }
    csv.flush()
}

fn files() -> [(&'static str, &'static [&'static str]); 14] {
    [
        ("series", &series_csv::COLUMNS),
        ("summary.csv", &summary::COLUMNS),
        ("effects.csv", &effects::COLUMNS),
        ("structure_fluidity.csv", &structure_fluidity::COLUMNS),
        ("who_moved.csv", &who_moved::COLUMNS),
        ("who_moved_series", &who_moved::SERIES_COLUMNS),
        ("uncertainty.csv", &uncertainty::COLUMNS),
        ("parameters.csv", &parameters::COLUMNS),
        (panel::PANEL, &panel::COLUMNS),
        ("precision.csv", &precision::COLUMNS),
        ("between_policies.csv", &policy_contrasts::COLUMNS),
        ("costs.csv", &costs::COLUMNS),
        ("cost_effectiveness.csv", &costs::RATIO_COLUMNS),
        ("data_dictionary.csv", &COLUMNS),
    ]
}

/// Meaning and unit of a column; the same name means the same in every file.
fn meaning(column: &str) -> (String, &'static str) {
    let of_others = of_moves(column).or_else(|| of_precision(column)).or_else(|| of_money(column));
    let of_others = of_others.or_else(|| of_uncertainty(column)).or_else(|| of_parameters(column));
    if let Some((meaning, unit)) = of_others.or_else(|| of_panel(column)) {
        return (meaning.to_owned(), unit);
    }
    let (meaning, unit) = match column {
        "scenario" => ("name of the scenario", ""),
        "replicate" => ("number of the replicate; replicates of the same number share their luck across scenarios", ""),
        "period" => return (periods(), ""),
        "months" => ("length of the period", "months"),
        "region" => return (format!("name of a region, abroad (upbringing alone), or {ALL}"), ""),
        "region_basis" => ("residence or upbringing; empty when not by region", ""),
        "origin" => {
            return (
                format!(
                    "origin class, or {ALL} ; people who grew up abroad have no origin row, so origins do not add up to {ALL}"
                ),
                "",
            );
        }
        "sex" => return (format!("sex, or {ALL}"), ""),
        "measure" => ("key of the measure", ""),
        "value" => (
            "value of a measure that is no ratio, such as a median; empty for ratios, whose value is numerator / denominator, and where \
             nobody was counted",
            "that of the measure",
        ),
        "numerator" => ("numerator at full scale; empty for measures that are no ratio", "as the measure says"),
        "denominator" => {
            ("denominator at full scale; for medians how many people the median is of", "as the measure says")
        }
        "unit" => ("unit of the numbers in the row", ""),
        "mean" => ("mean over replicates", "that of the measure"),
        "sd" => ("standard deviation over replicates; empty for fewer than two", "that of the measure"),
        "mcse" => (
            "Monte Carlo standard error of the mean or difference; it covers the luck of the draw alone, not the \
             parameters; empty when unknown: fewer than two replicates, or all that differ by the same amount",
            "that of the measure",
        ),
        "p5" => ("5th percentile over replicates", "that of the measure"),
        "p50" => ("median over replicates", "that of the measure"),
        "p95" => ("95th percentile over replicates", "that of the measure"),
        "replicates" => ("replicates with a known value", "replicates"),
        "baseline" => ("mean of the baseline scenario over the same replicates", "that of the measure"),
        "difference" => ("mean of scenario less baseline, replicate by replicate", "that of the measure"),
        "low95" => (
            "lower end of the 95% interval of the difference (Student's t; Monte Carlo error alone); empty when mcse is",
            "that of the measure",
        ),
        "high95" => ("upper end of that interval", "that of the measure"),
        "kind" => ("column or measure", ""),
        "file" => ("the file that has the column; series is series.parquet and, if asked for, series.csv", ""),
        "name" => ("name of the column or key of the measure", ""),
        "meaning" => ("what it means", ""),
        "ages" => ("ages in completed years that a measure is about", "years"),
        "better" => ("direction of change that is better for people: higher, lower or neither", ""),
        _ => ("", ""),
    };
    (meaning.to_owned(), unit)
}

/// Columns of the numbers of a world.
fn of_parameters(column: &str) -> Option<(&'static str, &'static str)> {
    Some(match column {
        "condition" => ("name of a condition, as in `rungs list conditions`", ""),
        "place" => ("where in its table: the names along its axes, joined by slashes; empty for a single number", ""),
        "number" => ("the world's number before any policy", "that of the row"),
        "cites" => ("key of its source in the world's sources.toml", ""),
        "refers_to" => ("period that it refers to", ""),
        "confidence" => ("how it was come by: read, derived, secondary, assumption or calibrated", ""),
        "world_file" => ("file of the world that it stands in", ""),
        "line" => ("line of that file", ""),
        _ => return None,
    })
}

/// Columns of the panel.
fn of_panel(column: &str) -> Option<(&'static str, &'static str)> {
    Some(match column {
        "person" => (
            "name of the person, the same in every scenario and replicate: cohort, code of the region of upbringing (or abroad), number",
            "",
        ),
        "cohort" => ("year in which the academic year of birth ended", ""),
        "birth_month" => ("month of birth", ""),
        "upbringing" => ("name of the region of upbringing, or abroad", ""),
        "spell" => ("number of the spell among those of the person in this scenario and replicate, from 1", ""),
        "state" => ("what the person does", ""),
        "detail" => (
            "course, level of the apprenticeship, guaranteed job, or reason for being inactive; empty when there is none",
            "",
        ),
        "job_class" => ("destination class of the job; empty without one", ""),
        "start_month" => (
            "first month of the spell; of a spell under way when the run starts the month in which the state began, which may have been in \
             another region",
            "",
        ),
        "end_month" => ("first month after the spell; empty when it goes on after the run (censored)", ""),
        "is_start_seen" => {
            ("whether the spell began after the run's first month; if not, what came before it is not known", "")
        }
        "months_seen" => ("months of the spell within the run", "months"),
        "qualification_at_end" => ("highest qualification in the last month of the spell", ""),
        "route" => ("route by which the highest qualification came, in the first month of the spell that was seen", ""),
        "route_at_end" => ("route by which the highest qualification came, in the last month of the spell", ""),
        "pay_at_start" => {
            ("pay in the first month of the spell that was seen; empty without a job", "GBP an hour, base-year prices")
        }
        "pay_at_end" => ("pay in the last month of the spell; empty without a job", "GBP an hour, base-year prices"),
        _ => return None,
    })
}

/// Columns of effects under many sets of parameters.
fn of_uncertainty(column: &str) -> Option<(&'static str, &'static str)> {
    Some(match column {
        "members" => ("sets of parameters with a known effect", "sets"),
        "mean_difference" => {
            ("mean over sets of parameters of the mean difference to the baseline", "that of the measure")
        }
        "monte_carlo_error" => ("Monte Carlo standard error of mean_difference", "that of the measure"),
        "parameter_sd" => (
            "standard deviation of the difference between sets of parameters, Monte Carlo error taken off",
            "that of the measure",
        ),
        "parameter_share" => ("share of the variance between sets that is doubt about parameters", "share"),
        "total_low95" => (
            "lower end of the 95% interval of the difference: doubt about parameters and the error of the mean together",
            "that of the measure",
        ),
        "total_high95" => ("upper end of that interval", "that of the measure"),
        _ => return None,
    })
}

/// Columns of who moved, and of why mobility changed.
fn of_moves(column: &str) -> Option<(&'static str, &'static str)> {
    Some(match column {
        "part" => (
            "change: scenario less baseline; structure: what other margins do at the baseline's odds ratios; fluidity: the rest, \
             what other odds ratios do",
            "",
        ),
        "age_band" => ("ages at the end of the run, or all", "years"),
        "qualification" => ("highest qualification in the baseline, or all", ""),
        "doing" => ("what people do in the baseline at the end of the run, or all", ""),
        "change" => (
            "the same person in the scenario against the baseline at the end of the run, on the rungs NEET, learning or \
             working-class job, intermediate job, professional job; displaced: NEET instead of in a job or in learning; \
             sideways: learning instead of a working-class job or the other way round; net: moved up less moved down and displaced",
            "",
        ),
        "people" => ("people at full scale; over replicates their mean", "persons"),
        "share" => ("people as a share of those of the group in the baseline, mean over replicates", "share"),
        _ => return None,
    })
}

/// Columns of precision and of comparisons between policies.
fn of_precision(column: &str) -> Option<(&'static str, &'static str)> {
    Some(match column {
        "half_width95" => ("how far the 95% interval reaches on either side", "that of the measure"),
        "half_width_wanted" => (
            "the half-width asked for; without one a tenth of a clear effect, or all of an unclear one",
            "that of the measure",
        ),
        "replicates_needed" => {
            ("replicates in all that the wanted half-width needs, if their spread stays", "replicates")
        }
        "other" => ("name of the scenario that the difference is to", ""),
        "low95_together" => (
            "lower end of the interval that holds together with those of all other pairs on the measure and period in 95% \
             of cases (Bonferroni); a scenario is clearly ahead if all of its intervals leave zero out",
            "that of the measure",
        ),
        "high95_together" => ("upper end of that interval", "that of the measure"),
        _ => return None,
    })
}

/// Columns of costs and of costs per gain.
fn of_money(column: &str) -> Option<(&'static str, &'static str)> {
    Some(match column {
        "item" => (
            "a lever alone; overlap of levers: all together less the sum of each; planned: the sum of those; take-up and knock-on: \
             simulated less planned; gross: all public spending beyond the baseline's, the sum of those two; savings: benefits not paid for person-months NEET avoided at 16-24; net: gross less savings",
            "",
        ),
        "basis" => {
            ("planned: worked out as if every place were taken, without error; simulated: mean over replicates", "")
        }
        "year" => ("first month of the year (year-month), or the whole run", ""),
        "price_year" => ("year of all prices; empty when the world does not say", ""),
        "gbp_million" => ("amount beyond the baseline's", "GBP million"),
        "discounted_gbp_million" => {
            ("the same, discounted at 3.5% a year to the run's first year (HM Treasury, Green Book)", "GBP million")
        }
        "discounted_mcse" => ("Monte Carlo standard error of the discounted amount", "GBP million"),
        "discounted_low95" => ("lower end of its 95% interval (Monte Carlo error alone)", "GBP million"),
        "discounted_high95" => ("upper end of that interval", "GBP million"),
        "gain" => ("what is gained: a total over everybody, so that people who are displaced are counted", ""),
        "cost" => ("which cost is divided: gross, or net of savings", ""),
        "gained" => ("units gained over the whole run, beyond the baseline's", "units of the gain"),
        "gained_mcse" => ("its Monte Carlo standard error", "units of the gain"),
        "gained_low95" => ("lower end of its 95% interval (Monte Carlo error alone)", "units of the gain"),
        "gained_high95" => ("upper end of that interval", "units of the gain"),
        "discounted_gained" => ("units gained, discounted like money", "units of the gain"),
        "gbp_per_gain" => ("discounted cost over discounted gain; empty unless estimated", "GBP per unit"),
        "gbp_per_gain_low95" => ("lower end of its 95% interval (Fieller; Monte Carlo error alone)", "GBP per unit"),
        "gbp_per_gain_high95" => ("upper end of that interval", "GBP per unit"),
        "verdict" => (
            "estimated; not estimable: the interval of the gain covers zero; no gain: clearly less of it; unknown: no error",
            "",
        ),
        _ => return None,
    })
}

fn periods() -> String {
    format!(
        "first month of the period (year-month); in summary and effects also {WHOLE_RUN:?} and {LAST_YEAR:?}: numerators and \
         denominators are summed over periods before the division, medians are averaged"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_file_has_a_meaning() {
        for (file, columns) in files() {
            for column in columns {
                assert!(!meaning(column).0.is_empty(), "{file}: {column}");
            }
        }
    }

    #[test]
    fn every_measure_is_in_the_dictionary_with_its_unit_and_direction() {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        for measure in measures() {
            let line = text.lines().find(|line| line.starts_with(&format!("measure,,{},", measure.key))).unwrap();
            assert!(line.contains(measure.unit) && line.ends_with(measure.better.name()), "{line}");
        }
    }
}
