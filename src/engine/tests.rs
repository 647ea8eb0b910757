//! What the engine promises, tested on whole runs.

use super::tally::{PeriodTally, Slice, Status, Tallies};
use super::*;
use crate::calendar::Month;
use crate::conditions::{
    Condition, Conditions, Edit, Group, GroupEdit, Layout, Offer, OfferKind, Operation, TableKey, apprenticeships,
    education, jobs, places, population, support,
};
use crate::domain::{
    AttainmentBand, CalendarMonth, Clock, EnumTable, Funding, JobClass, Kind, Level, NextStep, Qualification, Region,
    State,
};
use crate::engine::events::{competing_risks, hazards};
use crate::engine::rates::economy::Economy;
use crate::engine::rates::month_rates::MonthRates;
use crate::engine::rates::tables::Tables;
use crate::engine::state::chunk::CHUNK;
use crate::engine::state::person::Person;
use crate::engine::state::stocks::RegionalStocks;
use crate::engine::submodels::posts;
use crate::world::World;
use std::sync::Arc;
use strum::VariantArray;

const START: Month = Month(1500);

pub(super) fn plan(scale: u32, months: u16, regions: usize) -> Plan {
    Plan {
        seed: 7,
        replicate: 1,
        scale,
        start: START,
        months,
        months_per_period: 12,
        regions,
        survey: Survey::NotTaken,
    }
}

pub(super) fn uk() -> Conditions {
    World::uk().unwrap().baseline
}

pub(super) fn fill<K: Copy>(conditions: &mut Conditions, condition: Condition<K>, value: f64) {
    let range = conditions.layout().range(condition);
    conditions.values_mut()[range].fill(value);
}

pub(super) fn set<K: TableKey>(conditions: &mut Conditions, condition: Condition<K>, key: K, value: f64) {
    let position = conditions.layout().position(condition, key);
    conditions.values_mut()[position] = value;
}

/// The first region of the UK as a world of its own.
fn one_region() -> Conditions {
    let uk = uk();
    let layout = Arc::new(Layout::new(1));
    let values = Condition::all().flat_map(|condition| {
        let count = layout.range(condition).len();
        uk.table(condition)[..count].to_vec()
    });
    let values = values.collect();
    Conditions::new(Arc::clone(&layout), values)
}

pub(super) fn warmed(plan: Plan, baseline: &Arc<Conditions>) -> Simulation {
    let mut simulation = Simulation::new(plan);
    while simulation.month() < plan.start {
        simulation.step(baseline);
    }
    simulation
}

pub(super) fn run_on(mut simulation: Simulation, conditions: &Arc<Conditions>, months: u16) -> Tallies {
    for _ in 0..months {
        simulation.step(conditions);
    }
    simulation.into_tallies()
}

#[test]
fn a_fork_goes_on_exactly_as_a_full_run() {
    let baseline = Arc::new(uk());
    let mut policy = uk();
    for value in policy.values_mut()[baseline.layout().range(apprenticeships::APPRENTICESHIP_PLACES)].iter_mut() {
        *value *= 1.3;
    }
    let policy = Arc::new(policy);
    let plan = plan(2_000, 24, 12);
    let trunk = warmed(plan, &baseline);
    let fork = run_on(trunk.clone(), &policy, 24);
    let full = run_on(warmed(plan, &baseline), &policy, 24);
    assert_eq!(fork, full);
    assert_ne!(fork, run_on(trunk, &baseline, 24));
}

/// Scales a whole condition for a group.
pub(super) fn change_for<K: Copy>(conditions: &mut Conditions, group: &Group, condition: Condition<K>, by: f64) {
    for position in conditions.layout().range(condition) {
        let edit = Edit { condition: condition.any(), position, operation: Operation::Scale(by) };
        conditions.changes.push(GroupEdit { group: group.clone(), edit });
    }
}

/// Offers a group places in every region of the UK.
pub(super) fn offer(conditions: &mut Conditions, group: &Group, kind: OfferKind, places: f64) {
    for region in 0..12 {
        let group = group.clone();
        conditions.offers.push(Offer { region: Region(region), group, kind, places, unit_cost_gbp: None });
    }
}

/// Public money besides apprenticeships and support, over a whole run (GBP).
pub(super) fn other_gbp(tallies: &Tallies) -> f64 {
    let spend = tallies.periods.iter().flat_map(|tally| &tally.spend);
    spend.map(|spend| spend.other_gbp).sum::<i64>() as f64
}

/// Person-months at ages 16 to 24 in some statuses, over a whole run.
pub(super) fn months_in(tallies: &Tallies, statuses: &[Status]) -> u32 {
    let of_tally = |tally: &tally::PeriodTally| -> u32 {
        let cells = tally.cells.of_slice(Slice::All);
        let at = |age| {
            let cells = cells.clone();
            cells
                .into_iter()
                .flat_map(move |cell| statuses.iter().map(move |status| tally.stock_at(cell, age, *status)))
        };
        (16..25).flat_map(at).map(|at| tally.stock[at]).sum()
    };
    tallies.periods.iter().map(of_tally).sum()
}

#[test]
fn looking_at_everybody_changes_nothing() {
    let baseline = Arc::new(uk());
    let mut nobody = uk();
    let group = Group { ages: (200, 210), ..Group::everybody() };
    change_for(&mut nobody, &group, jobs::SEPARATION, 3.0);
    let plan = plan(2_000, 18, 12);
    let trunk = warmed(plan, &baseline);
    assert_eq!(run_on(trunk.clone(), &Arc::new(nobody), 18), run_on(trunk, &baseline, 18));
}

/// Conditions under which regions do not meet: nobody moves, applies or studies elsewhere.
fn isolated() -> Conditions {
    let mut conditions = uk();
    for condition in [
        places::MOVE_FLOW.any(),
        places::MOVE_HAZARD.any(),
        jobs::SEARCH_FAR.any(),
        education::LEAVE_HOME_TO_STUDY.any(),
    ] {
        fill(&mut conditions, condition, 0.0);
    }
    conditions
}

#[test]
fn a_change_in_one_region_touches_no_draw_elsewhere() {
    let baseline = Arc::new(isolated());
    let mut policy = isolated();
    for condition in [
        apprenticeships::APPRENTICESHIP_PLACES.any(),
        jobs::POSTS_PER_RESIDENT.any(),
        education::CHOICE_BY_REGION.any(),
        support::SUPPORT_PLACES.any(),
    ] {
        let range = baseline.layout().range(condition);
        let share = range.len() / 12;
        for value in &mut policy.values_mut()[range][..share] {
            *value *= 1.2;
        }
    }
    let plan = plan(1_000, 24, 12);
    let trunk = warmed(plan, &baseline);
    let (with, without) = (run_on(trunk.clone(), &Arc::new(policy), 24), run_on(trunk, &baseline, 24));
    for (with, without) in with.periods.iter().zip(&without.periods) {
        let stock = |tally: &tally::PeriodTally, region: u8| {
            let cells = tally.cells.of_slice(Slice::Residence(Region(region)));
            let of_age = |age| cells.iter().map(move |cell| tally.stock_at(*cell, age, Status::SixthForm));
            (16..40).flat_map(of_age).flat_map(|at| tally.stock[at..][..tally::STATUSES].to_vec()).collect::<Vec<_>>()
        };
        assert_ne!(stock(with, 0), stock(without, 0));
        for region in 1..12 {
            assert_eq!(stock(with, region), stock(without, region), "region {region}");
            assert_eq!(
                with.vacancies[usize::from(region) * 3..][..3],
                without.vacancies[usize::from(region) * 3..][..3]
            );
        }
    }
}

#[test]
fn one_more_person_changes_nobody_elses_luck() {
    let quiet = |extra: f64| {
        let mut conditions = isolated();
        // Without vacancies and places there are no queues in which people could meet.
        for condition in [
            jobs::POSTS_PER_RESIDENT.any(),
            apprenticeships::APPRENTICESHIP_PLACES.any(),
            education::COURSE_PLACES.any(),
            support::SUPPORT_PLACES.any(),
        ] {
            fill(&mut conditions, condition, 0.0);
        }
        let size = conditions.get(population::COHORT_SIZE, Region(0));
        set(&mut conditions, population::COHORT_SIZE, Region(0), size + extra);
        Arc::new(conditions)
    };
    let plan = plan(1_000, 12, 12);
    let everyone = |simulation: &Simulation| {
        let people = simulation.chunks().iter().flat_map(|chunk| &chunk.people);
        people.map(|person| (person.luck, *person)).collect::<std::collections::BTreeMap<_, _>>()
    };
    let (few, more) = (warmed(plan, &quiet(0.0)), warmed(plan, &quiet(1_000.0)));
    let (few, more) = (everyone(&few), everyone(&more));
    assert!(few.len() > 15_000 && more.len() >= few.len() + 20);
    for (key, person) in &few {
        assert_eq!(Some(person), more.get(key));
    }
}

/// One region, one kind of person, constant hazards: leave work 0.03, work to inactive 0.01, give up 0.05,
/// start seeking 0.08, search 0.1; every application succeeds but for the rare clash over one vacancy.
fn constant() -> Conditions {
    let mut conditions = one_region();
    for condition in [
        jobs::PERSONAL_LOADING.any(),
        jobs::DURATION_DEPENDENCE.any(),
        population::DEPARTURE.any(),
        population::ARRIVALS.any(),
        places::MOVE_HAZARD.any(),
        jobs::SEARCH_FAR.any(),
        jobs::SEARCH_INTENSITY.any(),
        education::RETURN_TO_LEARNING.any(),
        apprenticeships::APPRENTICESHIP_APPLICATION.any(),
        apprenticeships::APPRENTICESHIP_APPLICATION_IN_WORK.any(),
        education::CHOICE_AT_16.any(),
        jobs::PROMOTION.any(),
        support::CONTACT.any(),
        support::SUPPORT_PLACES.any(),
        jobs::VACANCY_LAPSE.any(),
        jobs::SEARCH_VACANCY_ELASTICITY.any(),
    ] {
        fill(&mut conditions, condition, 0.0);
    }
    for condition in [
        jobs::SEPARATION_BY_QUALIFICATION.any(),
        jobs::SEPARATION_BY_HEALTH.any(),
        jobs::INACTIVITY_BY_ORIGIN.any(),
        jobs::INACTIVITY_BY_QUALIFICATION.any(),
        jobs::INACTIVITY_BY_HEALTH.any(),
        jobs::SEEKING_BY_QUALIFICATION.any(),
        jobs::SEEKING_BY_HEALTH.any(),
        jobs::SEARCH_BY_HEALTH.any(),
        education::CHOICE_BY_ORIGIN.any(),
        education::CHOICE_BY_REGION.any(),
        education::CHOICE_BY_SEX.any(),
        jobs::YOUNG_SHARE.any(),
        jobs::POSTS_GAP_OPENED.any(),
    ] {
        fill(&mut conditions, condition, 1.0);
    }
    for (condition, hazard) in HAZARDS {
        fill(&mut conditions, condition, hazard);
    }
    for band in 0..3 {
        set(&mut conditions, education::CHOICE_AT_16, (NextStep::Work, AttainmentBand::at(band)), 1.0);
    }
    for qualification in 0..5 {
        for (class, taste) in [0.0, -1e9, -1e9].into_iter().enumerate() {
            set(
                &mut conditions,
                jobs::SEARCH_DIRECTION,
                (Qualification::at(qualification), JobClass::at(class)),
                taste,
            );
        }
    }
    set(&mut conditions, jobs::SEARCH_INTENSITY, crate::domain::Seeker::Unemployed, SEARCH);
    fill(&mut conditions, jobs::HIRING_THRESHOLD, -1e9);
    fill(&mut conditions, jobs::POSTS_PER_RESIDENT, 0.0);
    set(&mut conditions, jobs::POSTS_PER_RESIDENT, (Region(0), JobClass::Working), 40.0);
    fill(&mut conditions, population::COHORT_SIZE, 40_000.0);
    conditions
}

const HAZARDS: [(Condition, f64); 4] = [
    (jobs::SEPARATION.any(), 0.03),
    (jobs::LEAVE_TO_INACTIVITY.any(), 0.01),
    (jobs::GIVE_UP_SEARCH.any(), 0.05),
    (jobs::START_SEEKING.any(), 0.08),
];
const SEARCH: f64 = 0.1;

/// Monthly transitions among work, unemployment and inactivity under [`constant`]: a race of exits,
/// then, if none rang, an application.
fn transitions() -> [[f64; 3]; 3] {
    let rings = |hazard: f64| -libm::expm1(-hazard);
    let [(_, separation), (_, leave), (_, give_up), (_, start)] = HAZARDS;
    let out = rings(separation + leave);
    let (to_seek, to_rest) = (out * separation / (separation + leave), out * leave / (separation + leave));
    let hired = (1.0 - rings(give_up)) * rings(SEARCH);
    [
        [1.0 - out, to_seek, to_rest],
        [hired, 1.0 - hired - rings(give_up), rings(give_up)],
        [0.0, rings(start), 1.0 - rings(start)],
    ]
}

fn z(count: usize, total: usize, probability: f64) -> f64 {
    let (count, total) = (count as f64, total as f64);
    (count - total * probability) / (total * probability * (1.0 - probability)).sqrt()
}

#[test]
fn state_shares_equal_matrix_powers_and_spells_are_geometric() {
    let conditions = Arc::new(constant());
    let mut simulation = Simulation::new(plan(1, 12, 1));
    for _ in 0..13 {
        simulation.step(&conditions);
    }
    // The first cohort has just left school, all of it unemployed, and its month began this step.
    let entry = START.min(simulation.month() - 1);
    let chunks = 40_000usize.div_ceil(CHUNK);
    let (steps, mut shares) = (transitions(), [0.0, 1.0, 0.0]);
    let stays = steps[1][1];
    for months in 0..60u16 {
        let cohort: Vec<_> = simulation.chunks()[..chunks].iter().flat_map(|chunk| &chunk.people).collect();
        let total = cohort.len();
        assert!((39_999..=40_001).contains(&total));
        if months > 0 && months % 6 == 0 {
            for (state, share) in [State::WorkingClassJob, State::Unemployed, State::Inactive].into_iter().zip(shares) {
                let count = cohort.iter().filter(|person| person.state == state).count();
                assert!(
                    z(count, total, share).abs() < 4.5,
                    "{state:?} after {months}: {count} of {total}, expected {share}"
                );
            }
            let first_spell = |person: &&&Person| person.state == State::Unemployed && person.since == entry;
            let survivors = cohort.iter().filter(first_spell).count();
            let survival = (0..months).fold(1.0, |product, _| product * stays);
            assert!(
                z(survivors, total, survival).abs() < 4.5,
                "spells after {months}: {survivors}, expected {survival}"
            );
        }
        shares = std::array::from_fn(|to| (0..3).map(|from| shares[from] * steps[from][to]).sum());
        simulation.step(&conditions);
    }
}

#[test]
fn exits_split_as_their_hazards() {
    let conditions = Arc::new(constant());
    let rates = MonthRates::new(&conditions);
    let luck = crate::random::Luck::new(3, 1);
    let mut left = [0usize; 2];
    for ordinal in 0..400_000 {
        let mut person = Person::pupil(luck.person(0, ordinal), START - 300, START - 100, Region(0));
        person.work(State::WorkingClassJob, START - 50);
        let next = competing_risks::next_event(&person, &rates, START);
        match next.occurrence.own().filter(|_| next.month == START) {
            Some(Clock::Leave) => left[0] += 1,
            Some(Clock::Activity) => left[1] += 1,
            _ => {}
        }
    }
    let total = left[0] + left[1];
    assert!(z(left[0], total, 0.75).abs() < 4.5, "{left:?}");
    assert!(z(total, 400_000, -libm::expm1(-0.04)).abs() < 4.5);
}

#[test]
fn skipping_months_gives_the_run_that_visiting_every_month_gives() {
    let baseline = Arc::new(uk());
    let plan = plan(5_000, 24, 12);
    let skipped = run_on(warmed(plan, &baseline), &baseline, 24);
    let mut visited = Simulation::new(plan);
    while visited.month() < plan.start.plus(24) {
        visited.look_ahead_for_everybody();
        visited.step(&baseline);
    }
    assert_eq!(skipped, visited.into_tallies());
}

#[test]
fn conditions_that_rise_and_fall_give_the_run_in_which_everybody_looks_ahead_every_month() {
    let baseline = uk();
    let with = |ratios: &[(Condition, f64)], group: Option<&Group>| {
        let mut conditions = baseline.clone();
        for (condition, ratio) in ratios {
            for value in &mut conditions.values_mut()[baseline.layout().range(*condition)] {
                *value = (*value * ratio).min(1.0);
            }
        }
        if let Some(group) = group {
            change_for(&mut conditions, group, jobs::SEPARATION, 3.0);
        }
        Arc::new(conditions)
    };
    let young = Group { ages: (19, 30), residence: vec![Region(0), Region(4)], ..Group::everybody() };
    let loss = |ratio| with(&[(jobs::SEPARATION.any(), ratio)], None);
    // Up, down in steps with a rest between them, and up again; then more and fewer people known to agencies.
    let mut course: Vec<_> = [1.2, 1.8, 1.5, 1.3, 1.3, 1.1, 1.0, 1.4, 0.7, 0.9].map(loss).to_vec();
    course.extend([1.4, 2.0, 0.5, 0.5].map(|ratio| with(&[(support::AGENCY_REACH.any(), ratio)], None)));
    // Both at once; one hazard down and another up; a group that comes while hazards fall, and goes.
    course.extend(
        [(0.9, 0.8), (0.8, 1.6)]
            .map(|(a, b)| with(&[(jobs::SEPARATION.any(), a), (support::AGENCY_REACH.any(), b)], None)),
    );
    course.extend(
        [(0.7, 1.5), (0.6, 1.2)].map(|(a, b)| with(&[(jobs::SEPARATION.any(), a), (jobs::PROMOTION.any(), b)], None)),
    );
    course.extend([0.5, 0.45].map(loss));
    course.extend([0.4, 0.3].map(|ratio| with(&[(jobs::SEPARATION.any(), ratio)], Some(&young))));
    course.extend([0.25, 0.2, 0.2].map(loss));
    // A fall, and then months in which something else changes.
    course.extend([2.0, 0.1].map(loss));
    course.extend(
        [1.5, 1.7, 0.5, 0.9, 1.1]
            .map(|ratio| with(&[(jobs::SEPARATION.any(), 0.1), (support::AGENCY_REACH.any(), ratio)], None)),
    );
    let trunk = warmed(plan(2_000, 36, 12), &Arc::new(baseline.clone()));
    let (mut skipped, mut visited) = (trunk.clone(), trunk);
    for conditions in &course {
        // A fork in each month goes on as the original does.
        skipped = skipped.clone();
        skipped.step(conditions);
        visited.meet_with_everybody(conditions);
        visited.step(conditions);
    }
    assert_eq!(skipped.into_tallies(), visited.into_tallies());
}

#[test]
fn whoever_joins_a_group_between_two_searches_meets_its_hazards_from_then_on() {
    let baseline = uk();
    let plan = plan(1_000, 24, 12);
    let trunk = warmed(plan, &Arc::new(baseline.clone()));
    for (condition, ratio) in [(jobs::SEARCH_INTENSITY.any(), 0.2), (jobs::GIVE_UP_SEARCH.any(), 5.0)] {
        let mut policy = baseline.clone();
        change_for(&mut policy, &Group { least_months_neet: 6, ..Group::everybody() }, condition, ratio);
        let policy = Arc::new(policy);
        let (mut skipped, mut visited) = (trunk.clone(), trunk.clone());
        for _ in 0..24 {
            skipped.step(&policy);
            visited.meet_with_everybody(&policy);
            visited.step(&policy);
        }
        assert_eq!(skipped.into_tallies(), visited.into_tallies(), "{condition:?}");
    }
}

/// A census of everybody after each month, as spells are to count them.
#[test]
fn spells_count_the_person_months_that_a_monthly_census_counts() {
    let baseline = Arc::new(uk());
    let plan = plan(2_000, 30, 12);
    let mut simulation = warmed(plan, &baseline);
    let mut census = std::collections::BTreeMap::<(u16, usize, Status), u64>::new();
    for month in (0..30).map(|months| START + months) {
        simulation.step(&baseline);
        let people = simulation.chunks().iter().flat_map(|chunk| &chunk.people);
        for person in people.filter(|person| person.state != State::Gone && month >= person.birth + 192) {
            let is_long = person.months_neet(month) > 12;
            let status = match (person.state, is_long) {
                (State::SixthForm, _) => Status::SixthForm,
                (State::FurtherEducation, _) => Status::FurtherEducation,
                (State::Apprenticeship, _) => {
                    [Status::Apprenticeship2, Status::Apprenticeship3, Status::Apprenticeship4Plus]
                        [person.level() as usize]
                }
                (State::HigherEducation, _) => Status::HigherEducation,
                (State::WorkingClassJob, _) => Status::Working,
                (State::Intermediate, _) => Status::Intermediate,
                (State::Professional, _) => Status::Professional,
                (State::Unemployed, false) => Status::UnemployedShort,
                (State::Unemployed, true) => Status::UnemployedLong,
                (State::Inactive, false) => Status::InactiveShort,
                (State::Inactive, true) => Status::InactiveLong,
                (State::Gone, _) => unreachable!(),
            };
            *census.entry((person.age(month), person.region.index(), status)).or_default() += 1;
        }
    }
    let periods = simulation.into_tallies().periods;
    assert_eq!(periods.iter().map(|period| period.months).collect::<Vec<_>>(), [12, 12, 6]);
    for age in 16..40 {
        for region in 0..12 {
            for status in Status::VARIANTS {
                let slice = Slice::Residence(Region(u8::try_from(region).unwrap()));
                let of_period = |tally: &PeriodTally| -> u64 {
                    let cells = tally.cells.of_slice(slice).into_iter();
                    cells.map(|cell| u64::from(tally.stock[tally.stock_at(cell, age, *status)])).sum()
                };
                let counted: u64 = periods.iter().map(of_period).sum();
                let expected = census.get(&(age, region, *status)).copied().unwrap_or(0);
                assert_eq!(counted, expected, "{age} {region} {status:?}");
            }
        }
    }
}

#[test]
fn skipping_misses_no_month_in_which_somebody_joins_or_leaves_a_group() {
    let baseline = Arc::new(uk());
    let mut policy = uk();
    let young = Group { ages: (19, 22), ..Group::everybody() };
    let long = Group { least_months_neet: 7, residence: vec![Region(0), Region(4)], ..Group::everybody() };
    for (group, condition) in [
        (&young, jobs::SEPARATION.any()),
        (&young, education::RETURN_TO_LEARNING.any()),
        (&long, jobs::SEARCH_INTENSITY.any()),
        (&long, jobs::START_SEEKING.any()),
    ] {
        change_for(&mut policy, group, condition, 4.0);
    }
    let policy = Arc::new(policy);
    let plan = plan(5_000, 24, 12);
    let trunk = warmed(plan, &baseline);
    let mut visited = trunk.clone();
    for _ in 0..24 {
        visited.look_ahead_for_everybody();
        visited.step(&policy);
    }
    assert_eq!(run_on(trunk, &policy, 24), visited.into_tallies());
}

#[test]
fn more_places_never_give_fewer_starts() {
    let baseline = Arc::new(uk());
    let mut policy = uk();
    for condition in [apprenticeships::APPRENTICESHIP_PLACES.any(), apprenticeships::EMPLOYER_WILLINGNESS.any()] {
        for value in &mut policy.values_mut()[baseline.layout().range(condition)] {
            *value *= 1.4;
        }
    }
    let plan = plan(1_000, 36, 12);
    let trunk = warmed(plan, &baseline);
    let starts =
        |tallies: Tallies| -> Vec<u32> { tallies.periods.iter().map(|tally| tally.starts.iter().sum()).collect() };
    let (more, base) = (starts(run_on(trunk.clone(), &Arc::new(policy), 36)), starts(run_on(trunk, &baseline, 36)));
    for (more, base) in more.iter().zip(&base) {
        assert!(more > base, "{more} starts with more places, {base} with fewer");
    }
}

#[test]
fn places_budgets_and_caseloads_are_kept() {
    let conditions = Arc::new(uk());
    let plan = plan(1_000, 12, 12);
    let tallies = run_on(warmed(plan, &conditions), &conditions, 12);
    let starts: u32 = tallies.periods[0].starts.iter().sum::<u32>() / 3;
    let places: f64 = conditions.table(apprenticeships::APPRENTICESHIP_PLACES).iter().sum::<f64>() / 1_000.0;
    // Each of 72 queues may carry less than one place over from the year before, and keep less than one back.
    assert!(f64::from(starts) <= places + 72.0, "{starts} starts, {places} places");
    assert!(f64::from(starts) > 0.9 * places - 72.0, "{starts} starts, {places} places");
}

#[test]
fn a_world_with_one_region_runs() {
    let conditions = Arc::new(one_region());
    let tallies = run_on(warmed(plan(500, 12, 1), &conditions), &conditions, 12);
    let neet: u32 = [Status::UnemployedShort, Status::InactiveShort]
        .iter()
        .flat_map(|status| {
            let tally = &tallies.periods[0];
            tally.cells.of_slice(Slice::All).into_iter().map(|cell| tally.stock[tally.stock_at(cell, 20, *status)])
        })
        .sum();
    assert!(neet > 0);
}

#[test]
fn two_identical_regions_behave_as_one_of_twice_the_size() {
    let one = Arc::new(one_region());
    let layout = Arc::new(Layout::new(2));
    let values = Condition::all().flat_map(|condition| {
        let twice = condition.spec().axes.first() == Some(&crate::conditions::Axis::Region);
        let table = one.table(condition);
        if condition == places::MOVE_FLOW.any() { vec![0.0; 4] } else { table.repeat(if twice { 2 } else { 1 }) }
    });
    let values = values.collect();
    let two = Arc::new(Conditions::new(Arc::clone(&layout), values));
    let rate = |conditions: &Arc<Conditions>, scale: u32, regions: usize, replicate: u32| {
        let plan = Plan { replicate, ..plan(scale, 12, regions) };
        let tallies = run_on(warmed(plan, conditions), conditions, 12);
        let tally = &tallies.periods[0];
        let sum = |wanted: &[Status]| -> f64 {
            let cells = tally.cells.of_slice(Slice::All);
            let at = |age| {
                cells.iter().flat_map(move |cell| wanted.iter().map(move |status| tally.stock_at(*cell, age, *status)))
            };
            (16..25).flat_map(at).map(|at| f64::from(tally.stock[at])).sum()
        };
        let neet = [Status::UnemployedShort, Status::UnemployedLong, Status::InactiveShort, Status::InactiveLong];
        sum(&neet) / sum(Status::VARIANTS)
    };
    let moments = |rates: &[f64]| {
        let n = rates.len() as f64;
        let mean = rates.iter().sum::<f64>() / n;
        (mean, rates.iter().map(|rate| (rate - mean) * (rate - mean)).sum::<f64>() / (n - 1.0) / n)
    };
    let ones: Vec<f64> = (1..=8).map(|replicate| rate(&one, 100, 1, replicate)).collect();
    let twos: Vec<f64> = (11..=18).map(|replicate| rate(&two, 200, 2, replicate)).collect();
    let ((a, va), (b, vb)) = (moments(&ones), moments(&twos));
    assert!(((a - b) / (va + vb).sqrt()).abs() < 4.5, "{a} against {b}");
}

/// Runs with support places for a group of nobody beside those for everybody, and without.
#[test]
fn places_for_a_group_take_none_from_anybody_else() {
    let baseline = Arc::new(uk());
    let mut policy = uk();
    let nobody = Group { ages: (200, 210), ..Group::everybody() };
    for kind in [OfferKind::Support, OfferKind::GuaranteedJobs, OfferKind::GuaranteedTraining] {
        offer(&mut policy, &nobody, kind, 20_000.0);
    }
    let plan = plan(1_000, 24, 12);
    let trunk = warmed(plan, &baseline);
    assert_eq!(run_on(trunk.clone(), &Arc::new(policy), 24), run_on(trunk, &baseline, 24));
}

#[test]
fn a_ratio_on_one_condition_leaves_other_exits_of_its_clock_alone() {
    let mut conditions = uk();
    let there = Group { residence: vec![Region(0)], ..Group::everybody() };
    for condition in [jobs::SEPARATION.any(), jobs::START_SEEKING.any(), jobs::PROMOTION.any()] {
        change_for(&mut conditions, &there, condition, 0.0);
    }
    let (with, without) = (MonthRates::new(&Arc::new(conditions)), MonthRates::new(&Arc::new(uk())));
    let mut person = Person::pupil(crate::random::Luck::new(1, 1).person(0, 1), START - 300, START - 100, Region(0));
    // Of a learner, who has one clock, that of leaving.
    let hazards = |person: &Person, rates: &MonthRates| {
        let own = rates.for_hazards_of(person, START);
        if person.state.is_neet() {
            hazards::neet(person, own, START)
        } else if person.state.job_class().is_some() {
            hazards::in_work(person, own, START)
        } else {
            EnumTable::filled(hazards::leaving(person, own))
        }
    };
    person.work(State::WorkingClassJob, START - 5);
    for clock in [Clock::Leave, Clock::Step] {
        assert!(hazards(&person, &with)[clock] <= 0.0 && hazards(&person, &without)[clock] > 0.0);
    }
    let same = |person: &Person, clock: Clock| {
        assert_eq!(hazards(person, &with)[clock].to_bits(), hazards(person, &without)[clock].to_bits());
    };
    same(&person, Clock::Activity);
    person.seek(START - 3);
    same(&person, Clock::Activity);
    same(&person, Clock::Step);
    person.study(crate::domain::Programme::HigherDegree, START + 20, START - 2);
    same(&person, Clock::Leave);
}

#[test]
fn a_month_of_growth_moves_posts_by_a_month_of_growth() {
    let conditions = Arc::new(uk());
    let mut spurt = uk();
    fill(&mut spurt, jobs::POSTS_GROWTH, -0.6);
    let tables = [Tables::new(&conditions), Tables::new(&Arc::new(spurt))];
    let mut stocks = RegionalStocks::new(12);
    for month in 0..36 {
        posts::grow_posts(&mut stocks, &tables[usize::from(month == 30)]);
    }
    let yearly = conditions.get(jobs::POSTS_GROWTH, (Region(0), JobClass::Professional));
    let expected = yearly * 35.0 / 12.0 - 0.6 / 12.0;
    assert!((stocks.growth[2] - expected).abs() < 1e-12);
}

#[test]
fn only_starts_beyond_the_baselines_places_displace_posts() {
    let conditions = Arc::new(uk());
    let mut more = uk();
    for value in &mut more.values_mut()[conditions.layout().range(apprenticeships::APPRENTICESHIP_PLACES)] {
        *value *= 1.4;
    }
    let tables = Tables::new(&Arc::new(more));
    let economy = Economy { baseline: &conditions, scale: 100.0 };
    let mut stocks = RegionalStocks::new(12);
    crate::engine::submodels::places::offer(&mut stocks, &tables, &economy, &crate::random::Luck::new(1, 1), START + 8);
    let september = conditions.get(apprenticeships::APPRENTICESHIP_SEASON, CalendarMonth::September);
    let offered = conditions.get(apprenticeships::APPRENTICESHIP_PLACES, (Region(0), Level::Level2, Funding::Under25))
        * september
        / 100.0;
    #[expect(clippy::cast_possible_truncation, reason = "a small count")]
    let baseline = offered as i64;
    stocks.note_starts(0, baseline);
    assert!(stocks.extra_apprentices[0] <= 0.0);
    stocks.note_starts(0, 3);
    assert!((stocks.extra_apprentices[0] - (baseline as f64 + 3.0 - offered)).abs() < 1e-9);
}
