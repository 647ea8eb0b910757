//! Education: who enters, what they choose when a stage ends, and what they gain.

use crate::conditions::{Condition as C, Conditions};
use crate::domain::Health;
use crate::domain::{
    AfterStudy, AgeBand, Attainment, FIRST_AGE, NextStep, Origin, Programme, Qualification, Region, Route, Sex, State,
};
use crate::engine::MONTHS_A_YEAR;
use crate::engine::clocks::{self, Next};
use crate::engine::flow::Flow;
use crate::engine::lives::{Outbox, Scene};
use crate::engine::moves::{self, Journey};
use crate::engine::population::{ABROAD, EFFECT_STEPS, Person, luck_of};
use crate::engine::tables::{Grid, Tables};
use crate::engine::{apprenticeships, courses, jobs};
use crate::random::{Luck, Purpose, exponentials, normal, race, uniform};
use rayon::prelude::*;
use strum::VariantArray;

/// People this old or older look for work after a course instead of choosing as school leavers do.
const ADULT: u16 = 21;

/// The pupils who begin their last compulsory year in `month`, a September, by region and ordinal; each with that number.
pub(crate) fn pupils(tables: &Tables, luck: &Luck, scale: f64, month: u16) -> Vec<(u32, Person)> {
    let conditions = &tables.conditions;
    let mut pupils = Vec::new();
    for region in 0..conditions.layout().regions() {
        let place = Region(u8::try_from(region).unwrap_or(u8::MAX));
        let expected = conditions.get(C::CohortSize, &[region]) / scale;
        let number = luck.rounded(expected, u32::from(place.0), month, 0);
        let born = |ordinal| (ordinal, pupil(tables, luck, ordinal, place, month));
        pupils.par_extend((0..number).into_par_iter().with_min_len(FEW_PEOPLE).map(born));
    }
    pupils
}

/// People whom it does not pay to share among threads.
const FEW_PEOPLE: usize = 4_096;

fn pupil(tables: &Tables, luck: &Luck, ordinal: u32, region: Region, month: u16) -> Person {
    let conditions = &tables.conditions;
    let first_birth = month - FIRST_AGE * MONTHS_A_YEAR;
    let own = luck_of(luck, first_birth, region.0, ordinal);
    let mut person = Person::pupil(own, first_birth, month, region);
    let words = person.luck.words(0, Purpose::Traits, 0);
    person.birth += u16::try_from((u64::from(words[3]) * 12) >> 32).unwrap_or(0);
    let origins = |origin: usize| conditions.get(C::OriginShare, &[region.index(), origin]);
    give_traits(&mut person, conditions, words, origins);
    // Target groups are as they will be on the 16th birthday.
    let own = &tables.of(&person, person.birth + FIRST_AGE * MONTHS_A_YEAR).conditions;
    give_attainment(&mut person, own, own.get(C::AttainmentByRegion, &[region.index()]));
    person
}

fn give_traits(person: &mut Person, conditions: &Conditions, words: [u32; 4], origin_share: impl Fn(usize) -> f64) {
    let sex = if uniform(words[0]) < conditions.get(C::MaleShare, &[]) { Sex::Male } else { Sex::Female };
    let origin = pick(Origin::VARIANTS, uniform(words[1]), |origin| origin_share(*origin as usize));
    let limited = uniform(words[2]) < conditions.get(C::HealthLimitation, &[origin as usize]);
    person.set_traits(sex, if limited { Health::Limited } else { Health::NotLimited }, origin);
}

/// The kind whose share of [0, 1) holds `at`: for what people are born as, which no policy changes.
fn pick<T: Copy>(kinds: &[T], at: f64, share: impl Fn(&T) -> f64) -> T {
    let mut left = at;
    for kind in kinds {
        left -= share(kind);
        if left < 0.0 {
            return *kind;
        }
    }
    kinds[kinds.len() - 1]
}

fn give_attainment(person: &mut Person, conditions: &Conditions, regional: f64) {
    let words = person.luck.words(0, Purpose::Attainment, 0);
    let origin = person.origin() as usize;
    let attainment =
        conditions.get(C::AttainmentByOrigin, &[origin]) + regional + f64::from(normal(words[0], words[1]));
    person.attainment = clamped(helped(conditions, attainment) * 1000.0, 30_000.0);
    person.effect = i8::try_from(clamped(f64::from(normal(words[2], words[3])) * EFFECT_STEPS, 127.0)).unwrap_or(0);
}

/// Attainment after earlier help, which brings nobody past the line below which it is given.
fn helped(conditions: &Conditions, attainment: f64) -> f64 {
    let line = conditions.get(C::AttainmentHelpBelow, &[]);
    if attainment >= line {
        return attainment;
    }
    (attainment + conditions.get(C::AttainmentHelp, &[])).min(line)
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to the limit first")]
fn clamped(value: f64, limit: f64) -> i16 {
    libm::round(value.clamp(-limit, limit)) as i16
}

/// What people meet who enter the model this month.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub luck: &'a Luck,
    pub tables: &'a Tables,
    pub month: u16,
}

/// People who arrive from abroad this month, each with a number among those of their birth cohort, and when they are
/// first due.
pub(crate) fn arrivals(entry: &Entry<'_>, scale: f64, first_month: u16) -> Vec<(u32, Person, Next)> {
    let conditions = &entry.tables.conditions;
    let mut expected = Vec::new();
    for region in 0..conditions.layout().regions() {
        for band in AgeBand::VARIANTS {
            let ages = band.first_age()..band.end_age();
            let months = f64::from(band.end_age() - band.first_age()) * f64::from(MONTHS_A_YEAR);
            let mean = conditions.get(C::Arrivals, &[region, *band as usize]) / scale / months;
            for age in ages {
                let part = u8::try_from(age).unwrap_or(u8::MAX);
                let place = u32::try_from(region).unwrap_or(u32::MAX);
                for number in 0..entry.luck.rounded(mean, place, entry.month, part) {
                    let ordinal = u32::from(entry.month - first_month) << 22 | place << 14 | number & 0x3FFF;
                    expected.push((ordinal, region, *band, age));
                }
            }
        }
    }
    let arrive = |(ordinal, region, band, age)| {
        let person = arrival(entry, ordinal, region, band, age);
        (ordinal, person, clocks::next(&person, entry.tables, entry.month))
    };
    expected.into_par_iter().with_min_len(FEW_PEOPLE).map(arrive).collect()
}

fn arrival(entry: &Entry<'_>, ordinal: u32, region: usize, band: AgeBand, age: u16) -> Person {
    let (conditions, luck, month) = (&entry.tables.conditions, entry.luck, entry.month);
    let place = Region(u8::try_from(region).unwrap_or(u8::MAX));
    let birth = month - age * MONTHS_A_YEAR - 6;
    let mut person = Person::pupil(luck_of(luck, birth, ABROAD, ordinal), birth, month, place);
    person.upbringing = ABROAD;
    let words = person.luck.words(0, Purpose::Traits, 0);
    let origins = |origin: usize| conditions.get(C::OriginShare, &[region, origin]);
    give_traits(&mut person, conditions, words, origins);
    give_attainment(&mut person, conditions, 0.0);
    let words = person.luck.words(0, Purpose::Arrival, 0);
    let share = |held: &Qualification| conditions.get(C::ArrivalQualification, &[*held as usize]);
    let qualification = pick(Qualification::VARIANTS, uniform(words[0]), share);
    if uniform(words[1]) < conditions.get(C::ArrivalStudents, &[band as usize]) {
        person.gain(Qualification::Level3, Route::Academic);
        let months = entry.tables.course_months[Programme::HigherDegree as usize];
        person.study(Programme::HigherDegree, month + months, month);
    } else {
        person.gain(qualification, Route::Academic);
        person.seek(month);
    }
    person
}

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
fn band(scene: &Scene<'_>, person: &Person) -> Attainment {
    let attainment = f64::from(person.attainment_sd());
    let [middle, high] = [0, 1].map(|cut| scene.tables.get(C::AttainmentThreshold, &[cut]));
    if attainment < middle {
        Attainment::Low
    } else if attainment < high {
        Attainment::Middle
    } else {
        Attainment::High
    }
}

/// The end of compulsory schooling or of a course: what is gained, and what comes next.
pub(crate) fn finish(scene: &Scene<'_>, at: u16, person: &mut Person, outbox: &mut Outbox) {
    if person.is_pupil() {
        if band(scene, person) != Attainment::Low {
            person.gain(Qualification::Level2, Route::StraightToWork);
        }
        let weights = weights(scene, person, &scene.tables.choice_at_16);
        return take_step(scene, at, person, weights, outbox);
    }
    let programme = person.programme();
    let pass = person.luck.words(scene.month, Purpose::Pass, 0)[0];
    let has_passed = uniform(pass) < scene.tables.pass_rate[programme as usize];
    if has_passed {
        person.gain(award(programme), route_of(programme));
    }
    match programme {
        Programme::HigherShort | Programme::HigherDegree => {
            after_study(scene, person);
            jobs::leave_learning(scene, at, person, outbox);
        }
        Programme::SixthForm | Programme::FurtherLevel2 | Programme::FurtherLevel3 => {
            if person.age(scene.month) >= ADULT {
                return jobs::leave_learning(scene, at, person, outbox);
            }
            let table = match person.qualification() {
                Qualification::BelowLevel2 | Qualification::Level2 => &scene.tables.choice_after_level_2,
                Qualification::Level3 | Qualification::Level4To5 | Qualification::Level6Plus => {
                    &scene.tables.choice_after_level_3
                }
            };
            let mut weights = weights(scene, person, table);
            if !has_passed {
                for closed in [NextStep::HigherEducation, NextStep::FurtherLevel3, NextStep::SixthForm] {
                    weights[closed as usize] = 0.0;
                }
            }
            take_step(scene, at, person, weights, outbox);
        }
    }
}

fn weights(scene: &Scene<'_>, person: &Person, table: &Grid<7, 3>) -> [f32; 7] {
    let band = band(scene, person) as usize;
    scene.tables.next_steps(table, band, person)
}

fn take_step(scene: &Scene<'_>, at: u16, person: &mut Person, weights: [f32; 7], outbox: &mut Outbox) {
    let [[a, b, c, d], [e, f, g, _]] = [0, 1].map(|part| person.luck.words(scene.month, Purpose::NextStep, part));
    let units = exponentials([a, b, c, d, e, f, g]);
    let first = |weights| race(&weights, &units).map_or(NextStep::Work, |step| NextStep::VARIANTS[step]);
    let step = first(weights);
    let pulled = first(pulled(scene, weights));
    if let Some(programme) = courses::programme_of_step(pulled).filter(|_| pulled != step) {
        // They wait for the answer as unemployed; those refused take the other step by `go_on`.
        person.seek(scene.month);
        return courses::apply_instead_of(scene, at, person, programme, step, outbox);
    }
    match step {
        NextStep::SixthForm => begin(scene, person, Programme::SixthForm, &mut outbox.flow),
        NextStep::FurtherLevel3 => begin(scene, person, Programme::FurtherLevel3, &mut outbox.flow),
        NextStep::FurtherLevel2 => begin(scene, person, Programme::FurtherLevel2, &mut outbox.flow),
        NextStep::HigherEducation => begin_higher(scene, person, &mut outbox.flow),
        NextStep::Apprenticeship => {
            // They wait for the answer as unemployed; those refused are helped on by `refused`.
            person.seek(scene.month);
            apprenticeships::apply(scene, at, person, outbox);
        }
        NextStep::Work => jobs::leave_learning(scene, at, person, outbox),
        NextStep::Inactive => person.withdraw(scene.month),
    }
}

/// The weights of next steps where further places draw people in.
fn pulled(scene: &Scene<'_>, mut weights: [f32; 7]) -> [f32; 7] {
    for (weight, step) in weights.iter_mut().zip(NextStep::VARIANTS) {
        if let Some(programme) = courses::programme_of_step(*step) {
            *weight *= scene.tables.hazards.course_pull[programme as usize];
        }
    }
    weights
}

/// Somebody refused a further course place takes the step that they would have taken without it, but is too
/// late to apply for a job or an apprenticeship this month.
pub(crate) fn go_on(scene: &Scene<'_>, person: &mut Person, step: NextStep, flow: &mut Flow) {
    match step {
        NextStep::SixthForm => begin(scene, person, Programme::SixthForm, flow),
        NextStep::FurtherLevel3 => begin(scene, person, Programme::FurtherLevel3, flow),
        NextStep::FurtherLevel2 => begin(scene, person, Programme::FurtherLevel2, flow),
        NextStep::HigherEducation => begin_higher(scene, person, flow),
        NextStep::Apprenticeship => refused(scene, person, flow),
        NextStep::Work => {}
        NextStep::Inactive => person.withdraw(scene.month),
    }
}

/// A young person refused an apprenticeship takes a college course; an older one goes on seeking.
pub(crate) fn refused(scene: &Scene<'_>, person: &mut Person, flow: &mut Flow) {
    let has_just_left = person.state == State::Unemployed && person.since == scene.month;
    if has_just_left && person.age(scene.month) < 18 {
        let programme = match person.qualification() {
            Qualification::BelowLevel2 => Programme::FurtherLevel2,
            Qualification::Level2 | Qualification::Level3 | Qualification::Level4To5 | Qualification::Level6Plus => {
                Programme::FurtherLevel3
            }
        };
        begin(scene, person, programme, flow);
    }
}

/// Begins a course in the region lived in, with whatever bursary there is for the years of it.
pub(crate) fn begin(scene: &Scene<'_>, person: &mut Person, programme: Programme, flow: &mut Flow) {
    let months = scene.tables.course_months[programme as usize];
    let bursary = scene.tables.get(C::Bursary, &[programme as usize]);
    flow.spent_gbp[person.region.index()] += bursary * f64::from(months) / f64::from(MONTHS_A_YEAR);
    person.study(programme, scene.month + months, scene.month);
}

/// Begins higher education, at home or away.
pub(crate) fn begin_higher(scene: &Scene<'_>, person: &mut Person, flow: &mut Flow) {
    let words = person.luck.words(scene.month, Purpose::Study, 0);
    let is_short = uniform(words[0]) < scene.tables.higher_short_share[band(scene, person) as usize];
    let leaves = uniform(words[1]) < scene.tables.leave_home_to_study[person.origin() as usize];
    person.home = person.region;
    if leaves && person.age(scene.month) < ADULT {
        let pull = |place: usize| scene.tables.study_pull[place];
        if let Some(region) = moves::destination(scene, person, Journey::ToStudy, pull) {
            person.region = region;
        }
    }
    begin(scene, person, if is_short { Programme::HigherShort } else { Programme::HigherDegree }, flow);
}

/// Those who had moved away to study return home, stay, or go elsewhere.
fn after_study(scene: &Scene<'_>, person: &mut Person) {
    if person.home == person.region {
        return;
    }
    let words = person.luck.words(scene.month, Purpose::Study, 1);
    match race(&scene.tables.after_study, &exponentials(words)).map(|at| AfterStudy::VARIANTS[at]) {
        Some(AfterStudy::ReturnHome) => person.region = person.home,
        Some(AfterStudy::Elsewhere) => {
            if let Some(region) = moves::destination(scene, person, Journey::AfterStudy, |_| 1.0) {
                person.region = region;
            }
        }
        Some(AfterStudy::Stay) | None => {}
    }
    person.home = person.region;
}

/// Somebody leaves a course early.
pub(crate) fn withdraw(scene: &Scene<'_>, at: u16, person: &mut Person, outbox: &mut Outbox) {
    person.home = person.region;
    jobs::leave_learning(scene, at, person, outbox);
}

/// Begins the course that was applied for.
pub(crate) fn admit(scene: &Scene<'_>, person: &mut Person, programme: Programme, flow: &mut Flow) {
    match programme {
        Programme::HigherDegree | Programme::HigherShort => begin_higher(scene, person, flow),
        Programme::SixthForm | Programme::FurtherLevel2 | Programme::FurtherLevel3 => {
            begin(scene, person, programme, flow);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Group;
    use crate::engine::tests::{change_for, fill, set, uk};
    use std::sync::Arc;

    #[test]
    fn earlier_help_brings_pupils_below_the_line_up_to_it_and_nobody_past_it() {
        let mut conditions = uk();
        fill(&mut conditions, C::AttainmentHelp, 0.3);
        fill(&mut conditions, C::AttainmentHelpBelow, -0.4);
        for (before, after) in [(-1.0, -0.7), (-0.5, -0.4), (-0.4, -0.4), (0.8, 0.8)] {
            assert!((helped(&conditions, before) - after).abs() < 1e-12);
        }
    }

    #[test]
    fn help_for_pupils_of_one_origin_in_one_region_leaves_all_others_as_they_were() {
        let mut policy = uk();
        fill(&mut policy, C::AttainmentHelp, 1e-9);
        let helped = Group { origins: vec![Origin::LowerWorking], residence: vec![Region(3)], ..Group::everybody() };
        change_for(&mut policy, &helped, C::AttainmentHelp, 1e9);
        let pupils_of = |conditions| pupils(&Tables::new(&Arc::new(conditions)), &Luck::new(1, 1), 1_000.0, 1_508);
        let (before, after) = (pupils_of(uk()), pupils_of(policy));
        assert_eq!(before.len(), after.len());
        let mut gained = 0;
        for ((_, before), (_, after)) in before.iter().zip(&after) {
            let is_helped = before.origin() == Origin::LowerWorking && before.region == Region(3);
            assert!(after.attainment == before.attainment || is_helped);
            gained += usize::from(after.attainment > before.attainment);
        }
        assert!(gained > 3);
    }

    #[test]
    fn a_ratio_by_sex_moves_that_step_of_that_sex_alone() {
        let mut policy = uk();
        let (higher, female) = (NextStep::HigherEducation as usize, Sex::Female as usize);
        let own = policy.get(C::ChoiceBySex, &[higher, female]);
        set(&mut policy, C::ChoiceBySex, &[higher, female], 2.0 * own);
        let (before, after) = (Tables::new(&Arc::new(uk())), Tables::new(&Arc::new(policy)));
        for (_, pupil) in pupils(&before, &Luck::new(1, 1), 10_000.0, 1_508) {
            let weights = |tables: &Tables| tables.next_steps(&tables.choice_after_level_3, 2, &pupil);
            for (step, (before, after)) in weights(&before).into_iter().zip(weights(&after)).enumerate() {
                let ratio = if step == higher && pupil.sex() == Sex::Female { 2.0 } else { 1.0 };
                assert!((after - ratio * before).abs() <= 1e-5 * after);
            }
        }
    }

    #[test]
    fn a_pull_moves_people_only_into_the_course_that_pulls() {
        let mut conditions = uk();
        set(&mut conditions, C::CoursePull, &[Programme::HigherDegree as usize], 3.0);
        let tables = Tables::new(&Arc::new(conditions));
        let pull = |step: NextStep| {
            courses::programme_of_step(step).map_or(1.0, |course| tables.hazards.course_pull[course as usize])
        };
        let pulls: Vec<f32> = NextStep::VARIANTS.iter().map(|step| pull(*step)).collect();
        assert_eq!(pulls, [1.0, 1.0, 1.0, 1.0, 3.0, 1.0, 1.0]);
    }
}
