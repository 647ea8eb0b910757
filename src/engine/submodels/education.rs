//! Education: what people choose when a stage ends, and what they gain. Who enters is in `entrants`.

use crate::calendar::MONTHS_A_YEAR;
use crate::conditions::education;
use crate::domain::{AfterStudy, AttainmentBand, EnumTable, NextStep, Programme, Qualification, Route, State};
use crate::engine::exchange::context::MonthContext;
use crate::engine::exchange::requests::Requests;
use crate::engine::rates::reader::Grid;
use crate::engine::state::flow::Flow;
use crate::engine::state::person::Person;
use crate::engine::submodels::moves::{self, Journey};
use crate::engine::submodels::{apprenticeships, courses, job_search};
use crate::random::{Purpose, exponentials, race, uniform};
use strum::VariantArray;

/// People this old or older look for work after a course instead of choosing as school leavers do.
const ADULT: u16 = 21;

/// The qualification that a course leads to.
fn award(programme: Programme) -> Qualification {
    match programme {
        Programme::FurtherLevel2 => Qualification::Level2,
        Programme::SixthForm | Programme::FurtherLevel3 => Qualification::Level3,
        Programme::HigherShort => Qualification::Level4To5,
        Programme::HigherDegree => Qualification::Level6Plus,
    }
}

fn route_of(programme: Programme) -> Route {
    match programme {
        Programme::SixthForm | Programme::HigherShort | Programme::HigherDegree => Route::Academic,
        Programme::FurtherLevel2 | Programme::FurtherLevel3 => Route::Vocational,
    }
}

/// The band of a person's attainment at 16.
fn band(context: &MonthContext<'_>, person: &Person) -> AttainmentBand {
    let attainment = f64::from(person.attainment_sd());
    let [middle, high] = *context.tables.attainment_threshold.values();
    if attainment < middle {
        AttainmentBand::Low
    } else if attainment < high {
        AttainmentBand::Middle
    } else {
        AttainmentBand::High
    }
}

/// The end of compulsory schooling or of a course: what is gained, and what comes next.
pub(crate) fn finish(context: &MonthContext<'_>, at: u16, person: &mut Person, requests: &mut Requests) {
    if person.is_pupil() {
        if band(context, person) != AttainmentBand::Low {
            person.gain(Qualification::Level2, Route::StraightToWork);
        }
        let weights = weights(context, person, &context.tables.choice_at_16);
        return take_step(context, at, person, weights, requests);
    }
    let programme = person.programme();
    let pass = person.luck.words(context.month.0, Purpose::Pass, 0)[0];
    let has_passed = context.tables.pass_rate[programme].includes(uniform(pass));
    if has_passed {
        person.gain(award(programme), route_of(programme));
    }
    match programme {
        Programme::HigherShort | Programme::HigherDegree => {
            after_study(context, person);
            job_search::leave_learning(context, at, person, requests);
        }
        Programme::SixthForm | Programme::FurtherLevel2 | Programme::FurtherLevel3 => {
            if person.age(context.month) >= ADULT {
                return job_search::leave_learning(context, at, person, requests);
            }
            let table = match person.qualification() {
                Qualification::BelowLevel2 | Qualification::Level2 => &context.tables.choice_after_level_2,
                Qualification::Level3 | Qualification::Level4To5 | Qualification::Level6Plus => {
                    &context.tables.choice_after_level_3
                }
            };
            let mut weights = weights(context, person, table);
            if !has_passed {
                for closed in [NextStep::HigherEducation, NextStep::FurtherLevel3, NextStep::SixthForm] {
                    weights[closed] = 0.0;
                }
            }
            take_step(context, at, person, weights, requests);
        }
    }
}

fn weights(
    context: &MonthContext<'_>,
    person: &Person,
    table: &Grid<NextStep, AttainmentBand>,
) -> EnumTable<NextStep, f32> {
    let band = band(context, person);
    context.tables.next_steps(table, band, person)
}

fn take_step(
    context: &MonthContext<'_>,
    at: u16,
    person: &mut Person,
    weights: EnumTable<NextStep, f32>,
    requests: &mut Requests,
) {
    let [[a, b, c, d], [e, f, g, h]] = [0, 1].map(|part| person.luck.words(context.month.0, Purpose::NextStep, part));
    let units = exponentials([a, b, c, d, e, f, g, h]);
    let first = |weights: EnumTable<NextStep, f32>| {
        race(weights.values(), &units).map_or(NextStep::Work, |step| NextStep::VARIANTS[step])
    };
    let step = first(weights);
    let pulled = first(pulled(context, weights));
    if let Some(programme) = courses::programme_of_step(pulled).filter(|_| pulled != step) {
        // They wait for the answer as unemployed; those refused take the other step by `go_on`.
        person.seek(context.month);
        return courses::apply_instead_of(context, at, person, programme, step, requests);
    }
    match step {
        NextStep::SixthForm => begin(context, person, Programme::SixthForm, &mut requests.flow),
        NextStep::FurtherLevel3 => begin(context, person, Programme::FurtherLevel3, &mut requests.flow),
        NextStep::FurtherLevel2 => begin(context, person, Programme::FurtherLevel2, &mut requests.flow),
        NextStep::HigherEducation => begin_higher(context, person, &mut requests.flow),
        NextStep::Apprenticeship => {
            // They wait for the answer as unemployed; those refused are helped on by `refused`.
            person.seek(context.month);
            apprenticeships::apply(context, at, person, requests);
        }
        NextStep::Work => job_search::leave_learning(context, at, person, requests),
        NextStep::Inactive => person.withdraw(context.month),
    }
}

/// The weights of next steps where further places draw people in.
fn pulled(context: &MonthContext<'_>, mut weights: EnumTable<NextStep, f32>) -> EnumTable<NextStep, f32> {
    for step in NextStep::VARIANTS {
        if let Some(programme) = courses::programme_of_step(*step) {
            weights[*step] *= context.tables.hazards.course_pull[programme];
        }
    }
    weights
}

/// Somebody refused a further course place takes the step that they would have taken without it, but is too
/// late to apply for a job or an apprenticeship this month.
pub(crate) fn go_on(context: &MonthContext<'_>, person: &mut Person, step: NextStep, flow: &mut Flow) {
    match step {
        NextStep::SixthForm => begin(context, person, Programme::SixthForm, flow),
        NextStep::FurtherLevel3 => begin(context, person, Programme::FurtherLevel3, flow),
        NextStep::FurtherLevel2 => begin(context, person, Programme::FurtherLevel2, flow),
        NextStep::HigherEducation => begin_higher(context, person, flow),
        NextStep::Apprenticeship => refused(context, person, flow),
        NextStep::Work => {}
        NextStep::Inactive => person.withdraw(context.month),
    }
}

/// A young person refused an apprenticeship takes a college course; an older one goes on seeking.
pub(crate) fn refused(context: &MonthContext<'_>, person: &mut Person, flow: &mut Flow) {
    let has_just_left = person.state == State::Unemployed && person.since == context.month;
    if has_just_left && person.age(context.month) < 18 {
        let programme = match person.qualification() {
            Qualification::BelowLevel2 => Programme::FurtherLevel2,
            Qualification::Level2 | Qualification::Level3 | Qualification::Level4To5 | Qualification::Level6Plus => {
                Programme::FurtherLevel3
            }
        };
        begin(context, person, programme, flow);
    }
}

/// Begins a course in the region lived in, with whatever bursary there is for the years of it.
pub(crate) fn begin(context: &MonthContext<'_>, person: &mut Person, programme: Programme, flow: &mut Flow) {
    let months = context.tables.course_months[programme];
    let bursary = context.tables.get(education::BURSARY, programme);
    flow.spent_gbp[person.region.index()] += bursary * f64::from(months) / f64::from(MONTHS_A_YEAR);
    person.study(programme, context.month + months, context.month);
}

/// Begins higher education, at home or away.
pub(crate) fn begin_higher(context: &MonthContext<'_>, person: &mut Person, flow: &mut Flow) {
    let words = person.luck.words(context.month.0, Purpose::Study, 0);
    let is_short = context.tables.higher_short_share[band(context, person)].includes(uniform(words[0]));
    let leaves = context.tables.leave_home_to_study[person.origin()].includes(uniform(words[1]));
    person.home = person.region;
    if leaves && person.age(context.month) < ADULT {
        let pull = |place: usize| context.tables.study_pull[place];
        if let Some(region) = moves::destination(context, person, Journey::ToStudy, pull) {
            person.region = region;
        }
    }
    begin(context, person, if is_short { Programme::HigherShort } else { Programme::HigherDegree }, flow);
}

/// Those who had moved away to study return home, stay, or go elsewhere.
fn after_study(context: &MonthContext<'_>, person: &mut Person) {
    if person.home == person.region {
        return;
    }
    let words = person.luck.words(context.month.0, Purpose::Study, 1);
    match race(context.tables.after_study.values(), &exponentials(words)).map(|at| AfterStudy::VARIANTS[at]) {
        Some(AfterStudy::ReturnHome) => person.region = person.home,
        Some(AfterStudy::Elsewhere) => {
            if let Some(region) = moves::destination(context, person, Journey::AfterStudy, |_| 1.0) {
                person.region = region;
            }
        }
        Some(AfterStudy::Stay) | None => {}
    }
    person.home = person.region;
}

/// Somebody leaves a course early.
pub(crate) fn withdraw(context: &MonthContext<'_>, at: u16, person: &mut Person, requests: &mut Requests) {
    person.home = person.region;
    job_search::leave_learning(context, at, person, requests);
}

/// Begins the course that was applied for.
pub(crate) fn admit(context: &MonthContext<'_>, person: &mut Person, programme: Programme, flow: &mut Flow) {
    match programme {
        Programme::HigherDegree | Programme::HigherShort => begin_higher(context, person, flow),
        Programme::SixthForm | Programme::FurtherLevel2 | Programme::FurtherLevel3 => {
            begin(context, person, programme, flow);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::domain::{Kind, Sex};
    use crate::engine::rates::month_rates::MonthRates;
    use crate::engine::rates::tables::Tables;
    use crate::engine::submodels::entrants::{EntryContext, pupils};
    use crate::engine::tests::{set, uk};
    use crate::random::Luck;
    use std::sync::Arc;

    #[test]
    fn a_ratio_by_sex_moves_that_step_of_that_sex_alone() {
        let mut policy = uk();
        let (higher, female) = (NextStep::HigherEducation as usize, Sex::Female as usize);
        let own = policy.get(education::CHOICE_BY_SEX, (NextStep::at(higher), Sex::at(female)));
        set(&mut policy, education::CHOICE_BY_SEX, (NextStep::at(higher), Sex::at(female)), 2.0 * own);
        let rates = MonthRates::new(&Arc::new(uk()));
        let (before, after) = (&rates.everybody, Tables::new(&Arc::new(policy)));
        let entry = EntryContext { luck: &Luck::new(1, 1), rates: &rates, month: Month(1_508) };
        for (_, pupil) in pupils(&entry, 10_000.0) {
            let weights =
                |tables: &Tables| tables.next_steps(&tables.choice_after_level_3, AttainmentBand::High, &pupil);
            let (before, after) = (weights(before), weights(&after));
            for step in NextStep::VARIANTS {
                let (before, after) = (before[*step], after[*step]);
                let ratio = if *step as usize == higher && pupil.sex() == Sex::Female { 2.0 } else { 1.0 };
                assert!((after - ratio * before).abs() <= 1e-5 * after);
            }
        }
    }

    #[test]
    fn a_pull_moves_people_only_into_the_course_that_pulls() {
        let mut conditions = uk();
        set(&mut conditions, education::COURSE_PULL, Programme::HigherDegree, 3.0);
        let tables = Tables::new(&Arc::new(conditions));
        let pull =
            |step: NextStep| courses::programme_of_step(step).map_or(1.0, |course| tables.hazards.course_pull[course]);
        let pulls: Vec<f32> = NextStep::VARIANTS.iter().map(|step| pull(*step)).collect();
        assert_eq!(pulls, [1.0, 1.0, 1.0, 1.0, 3.0, 1.0, 1.0]);
    }
}
