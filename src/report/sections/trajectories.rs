//! Trajectories: each headline measure over time, the baseline's level and the change each scenario makes.

use super::super::charts::{Tone, Trajectory, TrajectoryPoint, common_range};
use super::super::facts::{Facts, PolicyFacts, in_years};
use super::super::numbers::{factor, level_unit};
use super::super::page::{Block, ChartFigure, Section, SwitchView, TableRow};
use super::shared::{MOST_SMALL_CHARTS, across, across_head, behind, change_note, figure};
use crate::calendar::Month;
use crate::outcomes::Measure;
use crate::results::keys::Subgroup;
use crate::text::number::Reading;

/// Most cells of the tables of this section.
const MOST_CELLS: usize = 6_000;

pub(super) fn section(facts: &Facts<'_>) -> Section {
    let fit = facts.measures_that_fit(MOST_SMALL_CHARTS);
    let all = facts.telling();
    let measures = &all[..fit.min(all.len())];
    let (periods, step) = thinned(facts, measures.len());
    let views: Vec<SwitchView> = measures.iter().map(|measure| view(facts, measure, &periods)).collect();
    let mut lead =
        "The first chart is the baseline's level; each other is what a scenario adds to it, on one scale. Bands are \
                    95% intervals; an upright line marks where a policy starts. Colour says what a change means \
                    where its interval leaves zero out: blue better, orange worse, violet neither, grey not clear."
            .to_owned();
    if step > 1 {
        lead += &format!(" Of the {} periods every {step}th is shown.", facts.periods.len());
    }
    if measures.len() < all.len() {
        lead += &format!(" {} of {} headline measures are shown; effects.csv has all.", measures.len(), all.len());
    }
    let switch = Block::Switch { legend: "Measure".to_owned(), name: "trajectory".to_owned(), views };
    Section { id: "trajectories", title: "Over time", lead, blocks: vec![switch] }
}

/// The periods that are shown, and of how many each is one.
fn thinned(facts: &Facts<'_>, measures: usize) -> (Vec<(Month, u32)>, usize) {
    let columns = measures.max(1) * (facts.policies.len() + 1);
    let most = (MOST_CELLS / columns).clamp(8, 60);
    let step = facts.periods.len().div_ceil(most).max(1);
    (facts.periods.iter().copied().step_by(step).collect(), step)
}

fn view(facts: &Facts<'_>, measure: &'static Measure, periods: &[(Month, u32)]) -> SwitchView {
    let changes: Vec<(&PolicyFacts, Vec<TrajectoryPoint>)> =
        facts.policies.iter().map(|policy| (policy, changes(facts, policy, measure, periods))).collect();
    let range = common_range(changes.iter().flat_map(|(_, points)| points));
    let mut figures = vec![baseline(facts, measure, periods)];
    for (policy, points) in &changes {
        let label =
            format!("Change made by {} in {} over time; the table below has the numbers", policy.title, measure.label);
        let chart = Trajectory {
            title: &policy.title,
            note: &change_note(measure),
            label: &label,
            points,
            years: years(facts),
            range: range.clone(),
            starts: &policy.starts(),
        };
        figures.push(figure(chart.svg(), &[measure.key, &policy.name], "small"));
    }
    let rows = periods.iter().map(|(month, months)| TableRow {
        name: if *months == 1 { month.to_string() } else { format!("{month} to {}", last_month(*month, *months)) },
        cells: across(facts, measure.key, &Subgroup::everybody(), &month.to_string()),
    });
    let caption = format!(
        "{}: level of the baseline in {}, changes in the unit of the charts, with 95% intervals over {}.",
        measure.label,
        level_unit(measure.unit),
        facts.over_members()
    );
    let table = behind(caption, across_head(facts, "Period"), rows.collect());
    SwitchView { label: measure.label.to_owned(), blocks: vec![Block::Figures { figures }, table] }
}

fn last_month(month: Month, months: u32) -> Month {
    month.plus(u16::try_from(months.saturating_sub(1)).unwrap_or(0))
}

fn years(facts: &Facts<'_>) -> std::ops::Range<f64> {
    let (start, end) = facts.years();
    start..end
}

fn baseline(facts: &Facts<'_>, measure: &'static Measure, periods: &[(Month, u32)]) -> ChartFigure {
    let factor = factor(measure.unit);
    let points: Vec<TrajectoryPoint> = periods
        .iter()
        .filter_map(|(month, months)| {
            let mean = facts.mean(measure.key, &Subgroup::everybody(), &month.to_string())?;
            let interval = facts.interval(mean).map(|(low, high)| (low * factor, high * factor));
            Some(TrajectoryPoint {
                at: in_years(*month, *months),
                value: mean.values.mean? * factor,
                interval,
                tone: Tone::Level,
            })
        })
        .collect();
    let chart = Trajectory {
        title: &format!("Baseline: {}", facts.baseline_title()),
        note: &format!("{}, {}", measure.label, level_unit(measure.unit)),
        label: &format!("Level of {} in the baseline over time; the table below has the numbers", measure.label),
        points: &points,
        years: years(facts),
        range: common_range(points.iter()),
        starts: &[],
    };
    figure(chart.svg(), &[measure.key, "baseline"], "small")
}

fn changes(
    facts: &Facts<'_>,
    policy: &PolicyFacts,
    measure: &'static Measure,
    periods: &[(Month, u32)],
) -> Vec<TrajectoryPoint> {
    let factor = factor(measure.unit);
    let of = |(month, months): &(Month, u32)| {
        let effect = facts.effect(policy, measure.key, &Subgroup::everybody(), &month.to_string())?;
        let interval = effect.interval.map(|(low, high)| (low * factor, high * factor));
        let tone = Tone::of(Reading::of(effect));
        Some(TrajectoryPoint { at: in_years(*month, *months), value: effect.difference? * factor, interval, tone })
    };
    periods.iter().filter_map(of).collect()
}
