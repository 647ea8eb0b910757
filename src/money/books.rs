//! What each scenario costs and saves, item by item and year by year, against the baseline.

use super::discount::discount_factor;
use super::plan::planned_gbp;
use crate::calendar::{MONTHS_A_YEAR, Month};
use crate::conditions::support;
use crate::experiment::Outcomes;
use crate::levers::{Lever, path};
use crate::outcomes::{Period, RunOutcome, measures};
use crate::scenario::Scenario;
use crate::statistics::{CriticalValues, EnsembleSpread, PairedDifference};
use crate::world::World;

/// The measure of gross public spending, whose numerator is in GBP million.
pub(super) const SPENDING: &str = "public_spending";
/// The measure whose numerator is the person-months for which benefits are paid.
const BENEFIT_MONTHS: &str = "neet_rate";
/// The place of everybody among the slices of results.
const EVERYBODY: usize = 0;

/// What a line of the books is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// What one lever was to cost, if every place that it funds were taken: its path, such as `levers.skills_levy[0]`.
    Lever(String),
    /// What all levers together were to cost less the sum of each alone: they share employers' willingness.
    Overlap,
    /// What all levers together were to cost: the lines above.
    Planned,
    /// What was simulated less what was planned: places not taken, and what a policy saves or costs in spending that was there before.
    TakeUp,
    /// All public spending beyond the baseline's: the two lines above.
    Gross,
    /// Benefits not paid for person-months NEET that did not happen (ages 16-24).
    Savings,
    /// Gross less savings.
    Net,
}

impl Item {
    /// The name used in files.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Lever(path) => path,
            Self::Overlap => "overlap of levers",
            Self::Planned => "planned",
            Self::TakeUp => "take-up and knock-on",
            Self::Gross => "gross",
            Self::Savings => "savings",
            Self::Net => "net",
        }
    }

    /// How its amounts come about.
    #[must_use]
    pub fn basis(&self) -> Basis {
        match self {
            Self::Lever(_) | Self::Overlap | Self::Planned => Basis::Planned,
            Self::TakeUp | Self::Gross | Self::Savings | Self::Net => Basis::Simulated,
        }
    }
}

/// How a number came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Worked out from conditions; it has no error.
    Planned,
    /// Simulated; it has a Monte Carlo error.
    Simulated,
}

impl Basis {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Simulated => "simulated",
        }
    }
}

/// A number with its error: of the luck of the draw, and over sets of parameters of doubt about them as well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// Mean over replicates, or over sets of parameters.
    pub mean: f64,
    /// Standard error; unknown for one replicate, none for what is planned.
    pub mcse: Option<f64>,
    /// 95% interval by Student's t; unknown when the error is.
    pub interval: Option<(f64, f64)>,
}

impl Amount {
    /// What is known without simulating.
    pub(super) fn exactly(mean: f64) -> Self {
        Self { mean, mcse: None, interval: None }
    }

    /// The mean of differences to the baseline, one of each replicate.
    pub(super) fn of(differences: &[f64], critical: &mut CriticalValues) -> Self {
        let pairs: Vec<(f64, f64)> = differences.iter().map(|difference| (0.0, *difference)).collect();
        PairedDifference::of(&pairs, critical).map_or(Self::exactly(0.0), |paired| Self {
            mean: paired.difference,
            mcse: paired.mcse,
            interval: paired.interval,
        })
    }

    /// What amounts under several sets of parameters say together.
    pub(super) fn over_members(amounts: &[Self], critical: &mut CriticalValues) -> Self {
        let squared = |amount: &Self| amount.mcse.map_or(0.0, |error| error * error);
        let found: Vec<(f64, f64)> = amounts.iter().map(|amount| (amount.mean, squared(amount))).collect();
        let Some(spread) = EnsembleSpread::of(&found, critical) else {
            return Self::exactly(found.first().map_or(0.0, |(mean, _)| *mean));
        };
        let mcse = spread.standard_error(found.len(), critical);
        Self { mean: spread.mean, mcse, interval: spread.interval }
    }
}

/// One item of one scenario in one year or the whole run.
#[derive(Clone, Debug, PartialEq)]
pub struct CostLine {
    /// The scenario's name.
    pub scenario: String,
    /// What it is.
    pub item: Item,
    /// How it came about.
    pub basis: Basis,
    /// The first month of the year; none for the whole run.
    pub year: Option<Month>,
    /// Its length in months.
    pub months: u32,
    /// GBP million at base-year prices.
    pub gbp_million: Amount,
    /// The same, discounted to the run's first year.
    pub discounted_gbp_million: Amount,
    /// Replicates behind it; none for what is planned.
    pub replicates: Option<u32>,
}

impl CostLine {
    /// The line under several sets of parameters, from those under each; what was planned is the mean of the plans.
    pub(super) fn over_members(members: &[&Self], critical: &mut CriticalValues) -> Option<Self> {
        let first = *members.first()?;
        let mut over = |of: fn(&Self) -> Amount| {
            let amounts: Vec<Amount> = members.iter().map(|member| of(member)).collect();
            let amount = Amount::over_members(&amounts, critical);
            if first.basis == Basis::Planned { Amount::exactly(amount.mean) } else { amount }
        };
        let (gbp_million, discounted) = (over(|line| line.gbp_million), over(|line| line.discounted_gbp_million));
        Some(Self { gbp_million, discounted_gbp_million: discounted, ..first.clone() })
    }
}

/// The books of one scenario: GBP million by year of the run.
pub(super) struct Books {
    scenario: String,
    start: Month,
    /// What each lever was to cost, by year.
    levers: Vec<(String, Vec<f64>)>,
    /// What all levers together were to cost, by year.
    planned: Vec<f64>,
    /// Spending beyond the baseline's: `gross[replicate][year]`.
    pub(super) gross: Vec<Vec<f64>>,
    /// Benefits saved, likewise.
    pub(super) savings: Vec<Vec<f64>>,
}

impl Books {
    /// The books of the scenario with this place in the experiment.
    pub(super) fn of(world: &World, scenario: &Scenario, index: usize, outcomes: &Outcomes) -> Self {
        let years = usize::from(scenario.run.years);
        let planned = |levers: &[&Lever]| -> Vec<f64> {
            let months = planned_gbp(levers, &scenario.run, world);
            months.chunks(usize::from(MONTHS_A_YEAR)).map(|year| year.iter().sum::<f64>() / 1e6).collect()
        };
        let alone = |(at, lever)| (path(&scenario.levers, at), planned(&[lever]));
        let benefit_gbp = world.baseline.get(support::NEET_BENEFIT, ());
        let mut savings = difference_by_year(outcomes, BENEFIT_MONTHS, index, years);
        for value in savings.iter_mut().flatten() {
            *value *= -benefit_gbp / 1e6;
        }
        Self {
            scenario: scenario.name.clone(),
            start: scenario.run.start,
            levers: scenario.levers.iter().enumerate().map(alone).collect(),
            planned: planned(&scenario.levers.iter().collect::<Vec<_>>()),
            gross: difference_by_year(outcomes, SPENDING, index, years),
            savings,
        }
    }

    /// The scenario's name.
    pub(super) fn scenario(&self) -> &str {
        &self.scenario
    }

    /// Net cost: `net[replicate][year]`.
    pub(super) fn net(&self) -> Vec<Vec<f64>> {
        combined(&self.gross, &self.savings, |gross, saved| gross - saved)
    }

    /// Every line: item by item, the years first and then the whole run.
    pub(super) fn into_lines(self) -> Vec<CostLine> {
        let mut critical = CriticalValues::default();
        let mut lines = Vec::new();
        for (path, yearly) in &self.levers {
            lines.extend(self.lines(&Item::Lever(path.clone()), std::slice::from_ref(yearly), &mut critical));
        }
        let planned = &self.planned;
        if self.levers.len() > 1 {
            let alone = |year: usize| self.levers.iter().fold(0.0, |sum, (_, yearly)| sum + yearly[year]);
            let overlap = planned.iter().enumerate().map(|(year, together)| together - alone(year)).collect();
            lines.extend(self.lines(&Item::Overlap, &[overlap], &mut critical));
        }
        if !self.levers.is_empty() {
            let take_up =
                combined(&self.gross, &vec![planned.clone(); self.gross.len()], |gross, planned| gross - planned);
            lines.extend(self.lines(&Item::Planned, std::slice::from_ref(planned), &mut critical));
            lines.extend(self.lines(&Item::TakeUp, &take_up, &mut critical));
        }
        lines.extend(self.lines(&Item::Gross, &self.gross, &mut critical));
        lines.extend(self.lines(&Item::Savings, &self.savings, &mut critical));
        lines.extend(self.lines(&Item::Net, &self.net(), &mut critical));
        lines
    }

    /// The lines of one item from its amounts by replicate and year.
    fn lines(&self, item: &Item, by_year: &[Vec<f64>], critical: &mut CriticalValues) -> Vec<CostLine> {
        let basis = item.basis();
        let mut amount = |of: &dyn Fn(&Vec<f64>) -> f64| {
            let values: Vec<f64> = by_year.iter().map(of).collect();
            match basis {
                Basis::Planned => Amount::exactly(values.iter().sum()),
                Basis::Simulated => Amount::of(&values, critical),
            }
        };
        let years = u16::try_from(by_year.first().map_or(0, Vec::len)).unwrap_or(u16::MAX);
        let replicates = (basis == Basis::Simulated).then(|| u32::try_from(by_year.len()).unwrap_or(u32::MAX));
        let mut line = |year: Option<Month>,
                        months: u16,
                        plain: &dyn Fn(&Vec<f64>) -> f64,
                        discounted: &dyn Fn(&Vec<f64>) -> f64| CostLine {
            scenario: self.scenario.clone(),
            item: item.clone(),
            basis,
            year,
            months: u32::from(months),
            gbp_million: amount(plain),
            discounted_gbp_million: amount(discounted),
            replicates,
        };
        let mut lines: Vec<CostLine> = (0..years)
            .map(|year| {
                let at = usize::from(year);
                let start = self.start.plus(year * MONTHS_A_YEAR);
                line(Some(start), MONTHS_A_YEAR, &|by_year| by_year[at], &|by_year| by_year[at] * discount_factor(year))
            })
            .collect();
        lines.push(line(None, years * MONTHS_A_YEAR, &|by_year| by_year.iter().sum(), &|by_year| discounted(by_year)));
        lines
    }
}

/// The sum of amounts by year, discounted to the first.
pub(super) fn discounted(by_year: &[f64]) -> f64 {
    let years = (0..u16::MAX).zip(by_year);
    years.fold(0.0, |sum, (year, amount)| sum + amount * discount_factor(year))
}

fn combined(one: &[Vec<f64>], other: &[Vec<f64>], join: impl Fn(f64, f64) -> f64) -> Vec<Vec<f64>> {
    let rows = one.iter().zip(other);
    rows.map(|(one, other)| one.iter().zip(other).map(|(one, other)| join(*one, *other)).collect()).collect()
}

/// What a measure counts about everybody (its numerator) beyond the baseline, by replicate and year of the run.
pub(super) fn difference_by_year(outcomes: &Outcomes, measure: &str, scenario: usize, years: usize) -> Vec<Vec<f64>> {
    let found = measures().iter().position(|known| known.key == measure);
    debug_assert!(found.is_some(), "no measure is called {measure}");
    let Some(measure) = found else { return vec![vec![0.0; years]; outcomes.replicates.len()] };
    let of = |runs: &[std::sync::Arc<RunOutcome>]| {
        let (before, after) = (&runs[0], &runs[scenario]);
        let mut by_year = vec![0.0; years];
        for (at, period) in outcomes.periods.iter().enumerate() {
            let difference =
                after.ratio(measure, EVERYBODY, at).numerator - before.ratio(measure, EVERYBODY, at).numerator;
            if let Some(year) = by_year.get_mut(year_of(period, &outcomes.periods)) {
                *year += difference;
            }
        }
        by_year
    };
    outcomes.replicates.iter().map(|replicate| of(&replicate.runs)).collect()
}

/// The year of the run that a period lies in; the first is 0.
fn year_of(period: &Period, periods: &[Period]) -> usize {
    let first = periods.first().map_or(period.start.0, |first| first.start.0);
    usize::from((period.start.0 - first) / MONTHS_A_YEAR)
}
