//! Regions: posts, places, caseloads and growth, and how they change from month to month.
//!
//! Posts held by the young + posts held by people past the leaving age + vacancies = posts, always;
//! posts are opened and closed only here. Fractions of a post or place are carried over, so that
//! rounding does not bias small regions.

use crate::calendar::MONTHS_A_YEAR;
use crate::conditions::{Condition as C, Conditions};
use crate::domain::{Funding, JobClass, Kind, Level, Programme, Region, State};
use crate::engine::rates::tables::Tables;
use crate::engine::state::flow::{Flow, post};
use crate::engine::state::person::Person;
use crate::engine::submodels::apprenticeships::Economy;
use std::collections::VecDeque;
use std::sync::Arc;
use strum::VariantArray;

/// The state of all regions, in agents.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub regions: usize,
    /// Posts held by people aged 16-39, by region and class.
    pub held: Vec<i64>,
    /// Posts held by people past the leaving age.
    pub older: Vec<i64>,
    pub vacant: Vec<i64>,
    /// People past compulsory schooling.
    pub residents: Vec<i64>,
    pub unemployed: Vec<i64>,
    /// People in the model, pupils included.
    pub people: i64,
    /// Apprenticeship places left in the academic year, by region, level and funding.
    pub apprenticeships: Vec<f64>,
    /// Course places left in the academic year, by region and programme.
    pub courses: Vec<f64>,
    /// Extra course places left in the academic year, by region and programme.
    pub extra_courses: Vec<f64>,
    /// Public money paid to or for people this month, by region (GBP for each agent's one person).
    pub spent_gbp: Vec<f64>,
    /// Places in guaranteed jobs that are taken, by region.
    guaranteed: Vec<i64>,
    guaranteed_ends: Vec<VecDeque<i64>>,
    /// Posts that hiring subsidies have opened, by region and class.
    pub subsidised_posts: Vec<f64>,
    /// Vacancies that employers still keep for people on support this month, by region.
    pub reserved_posts: Vec<f64>,
    /// People on the support caseload by region, in places for everybody and in places for target groups.
    pub caseload: Vec<[i64; 2]>,
    support_ends: Vec<VecDeque<[i64; 2]>>,
    /// What became of the academic year's apprenticeship places, cell by cell.
    year: Vec<PlaceYear>,
    /// Apprentices beyond the baseline's places, by region and level.
    extra_apprentices: Vec<f64>,
    /// Growth of target posts since the start in log points, by region and class.
    growth: Vec<f64>,
    /// Log points of productivity gained over the baseline.
    pub productivity_gain: Vec<f64>,
    innovation: Vec<f64>,
    carried: Carried,
}

/// One academic year of one kind of apprenticeship place in a region, in agents.
#[derive(Clone, Copy, Debug, Default)]
struct PlaceYear {
    /// Places that the baseline would have offered so far.
    baseline: f64,
    started: f64,
    /// Starts beyond the baseline's places that are booked so far.
    extra: f64,
}

#[derive(Clone, Debug)]
struct Carried {
    opened: Vec<f64>,
    lapsed: Vec<f64>,
    older_left: Vec<f64>,
    older_hired: Vec<f64>,
}

/// The whole part of a carried amount, which is taken off it.
#[expect(clippy::cast_possible_truncation, reason = "counts of agents stay far below 2^53")]
pub(crate) fn take_whole(carried: &mut f64) -> i64 {
    let whole = carried.floor();
    *carried -= whole;
    whole as i64
}

fn add(sum: &mut [i64; 2], more: [i64; 2]) {
    sum[0] += more[0];
    sum[1] += more[1];
}

/// A count as a float; counts of agents stay far below 2^53.
pub(crate) fn float(count: i64) -> f64 {
    count as f64
}

impl Places {
    pub fn new(regions: usize) -> Self {
        let posts = regions * JobClass::count();
        let none = || vec![0.0; posts];
        Self {
            regions,
            held: vec![0; posts],
            older: vec![0; posts],
            vacant: vec![0; posts],
            residents: vec![0; regions],
            unemployed: vec![0; regions],
            people: 0,
            apprenticeships: vec![0.0; regions * Level::count() * Funding::count()],
            courses: vec![0.0; regions * Programme::count()],
            extra_courses: vec![0.0; regions * Programme::count()],
            spent_gbp: vec![0.0; regions],
            guaranteed: vec![0; regions],
            guaranteed_ends: vec![VecDeque::new(); regions],
            subsidised_posts: none(),
            reserved_posts: vec![0.0; regions],
            caseload: vec![[0; 2]; regions],
            support_ends: vec![VecDeque::new(); regions],
            year: vec![PlaceYear::default(); regions * Level::count() * Funding::count()],
            extra_apprentices: vec![0.0; regions * Level::count()],
            growth: none(),
            productivity_gain: vec![0.0; regions],
            innovation: vec![0.0; regions],
            carried: Carried { opened: none(), lapsed: none(), older_left: none(), older_hired: none() },
        }
    }

    /// Puts somebody who enters the model into the stocks. They hold no post yet.
    pub fn add(&mut self, person: &Person) {
        self.people += 1;
        self.residents[person.region.index()] += i64::from(!person.is_pupil());
        self.unemployed[person.region.index()] += i64::from(person.state == State::Unemployed);
    }

    /// Takes over the net changes of a chunk, and what was paid in it: a post that is left becomes vacant, a hire fills one.
    pub fn take_over(&mut self, flow: &Flow) {
        for at in 0..self.held.len() {
            self.held[at] += flow.held[at];
            self.older[at] += flow.to_older[at];
            self.vacant[at] -= flow.held[at] + flow.to_older[at];
            self.subsidised_posts[at] += flow.subsidised_posts[at];
        }
        for region in 0..self.regions {
            self.residents[region] += flow.residents[region];
            self.unemployed[region] += flow.unemployed[region];
            self.spent_gbp[region] += flow.spent_gbp[region];
        }
        self.people += flow.people;
    }

    /// Adds the month's apprenticeship and course places; in September those left over lapse.
    pub fn offer_places(&mut self, tables: &Tables, economy: &Economy<'_>, month: u16) {
        let month_of_year = usize::from(month % MONTHS_A_YEAR);
        if month_of_year == 8 {
            for left in self.apprenticeships.iter_mut().chain(&mut self.courses).chain(&mut self.extra_courses) {
                // Whole places lapse; the fraction goes on, or every cell would lose half an agent's place a year.
                *left = left.fract();
            }
            for (year, left) in self.year.iter_mut().zip(&self.apprenticeships) {
                *year = PlaceYear { baseline: *left, ..PlaceYear::default() };
            }
        }
        let season = tables.get(C::ApprenticeshipSeason, &[month_of_year]);
        for region in 0..self.regions {
            let reserved = tables.get(C::ReservedPosts, &[region]) / f64::from(MONTHS_A_YEAR) / economy.scale;
            self.reserved_posts[region] = self.reserved_posts[region].fract() + reserved;
            for level in 0..Level::count() {
                for funding in 0..Funding::count() {
                    let offered = economy.offered(&tables.conditions, &[region, level, funding]);
                    let place = (region * Level::count() + level) * Funding::count() + funding;
                    self.apprenticeships[place] += offered * season / economy.scale;
                    let before = economy.offered(economy.baseline, &[region, level, funding]);
                    self.year[place].baseline += before * season / economy.scale;
                }
            }
            for programme in 0..Programme::count() {
                let share = if month_of_year == 8 {
                    tables.get(C::SeptemberShare, &[])
                } else {
                    (1.0 - tables.get(C::SeptemberShare, &[])) / 11.0
                };
                let yearly = |condition| tables.get(condition, &[region, programme]) * share / economy.scale;
                let at = region * Programme::count() + programme;
                self.courses[at] += yearly(C::CoursePlaces);
                self.extra_courses[at] += yearly(C::ExtraCoursePlaces);
            }
        }
    }

    /// Books people on the two caseloads of a region for `months`.
    pub fn support(&mut self, region: Region, people: [i64; 2], months: u16) {
        add(&mut self.caseload[region.index()], people);
        let ends = &mut self.support_ends[region.index()];
        let months = usize::from(months);
        if ends.len() < months {
            ends.resize(months, [0; 2]);
        }
        add(&mut ends[months - 1], people);
    }

    /// The public money paid this month, which starts again from nothing.
    pub fn take_spent(&mut self) -> Vec<f64> {
        std::mem::replace(&mut self.spent_gbp, vec![0.0; self.regions])
    }

    /// Books one guaranteed job for `months`.
    pub fn guarantee(&mut self, region: Region, months: u16) {
        self.guaranteed[region.index()] += 1;
        let ends = &mut self.guaranteed_ends[region.index()];
        let months = usize::from(months.max(1));
        if ends.len() < months {
            ends.resize(months, 0);
        }
        ends[months - 1] += 1;
    }

    /// Lets people whose support has run its time off the caseload, and closes guaranteed jobs.
    pub fn end_support(&mut self) {
        for (taken, ends) in self.guaranteed.iter_mut().zip(&mut self.guaranteed_ends) {
            *taken -= ends.pop_front().unwrap_or_default();
        }
        for (caseload, ends) in self.caseload.iter_mut().zip(&mut self.support_ends) {
            add(caseload, ends.pop_front().unwrap_or_default().map(|people| -people));
        }
    }

    /// Books starts on one kind of place: what exceeds the baseline's places of the academic year so far
    /// is extra.
    pub fn note_starts(&mut self, place: usize, starts: i64) {
        let year = &mut self.year[place];
        year.started += float(starts);
        let extra = (year.started - year.baseline).max(0.0);
        self.extra_apprentices[place / Funding::count()] += extra - year.extra;
        year.extra = extra;
    }

    #[cfg(test)]
    pub fn growth_of(&self, at: usize) -> f64 {
        self.growth[at]
    }

    #[cfg(test)]
    pub fn extra_of(&self, at: usize) -> f64 {
        self.extra_apprentices[at]
    }

    /// A month of growth of target posts.
    pub fn grow_posts(&mut self, tables: &Tables) {
        for (at, growth) in self.growth.iter_mut().enumerate() {
            let (region, class) = (at / JobClass::count(), at % JobClass::count());
            *growth += tables.get(C::PostsGrowth, &[region, class]) / 12.0;
        }
    }

    /// Next month's posts and vacancies: older people leave and are hired, vacancies lapse, targets
    /// move with residents, growth and innovation, and part of the gap to the target is opened.
    pub fn turn(&mut self, tables: &Tables, baseline: &Arc<Conditions>) {
        self.grow(tables, baseline);
        for region in 0..self.regions {
            let targets = self.targets(tables, region);
            for (class, target) in targets.iter().enumerate() {
                self.turn_posts(tables, region, class, *target);
            }
        }
        for region in 0..self.regions {
            for level in 0..Level::count() {
                let months = f64::from(tables.apprenticeship_months[level]);
                self.extra_apprentices[region * Level::count() + level] *= 1.0 - 1.0 / months;
            }
        }
        let months = tables.get(C::HiringSubsidyMonths, &[]);
        for posts in &mut self.subsidised_posts {
            *posts *= 1.0 - 1.0 / months;
        }
    }

    fn grow(&mut self, tables: &Tables, baseline: &Conditions) {
        let lag = tables.get(C::InnovationLagMonths, &[]);
        let elasticity = tables.get(C::ProductivityElasticity, &[]);
        for region in 0..self.regions {
            let now = tables.get(C::InnovationInvestment, &[region]);
            let base = baseline.get(C::InnovationInvestment, &[region]);
            // One million more in both keeps a region without any investment finite.
            let goal = libm::log((now + 1.0) / (base + 1.0));
            self.innovation[region] += (goal - self.innovation[region]) / lag;
            let index = |conditions: &Conditions| conditions.get(C::ProductivityIndex, &[region]);
            let adjusted = libm::log(index(&tables.conditions) / index(baseline));
            self.productivity_gain[region] = elasticity * self.innovation[region] + adjusted;
        }
    }

    /// Target posts for people aged 16-39 by class.
    fn targets(&self, tables: &Tables, region: usize) -> [f64; 3] {
        let residents = float(self.residents[region]);
        let mut targets: [f64; 3] = std::array::from_fn(|class| {
            let per_resident = tables.get(C::PostsPerResident, &[region, class]);
            per_resident * residents * libm::exp(self.growth[region * JobClass::count() + class])
        });
        let professional = JobClass::Professional as usize;
        let gain = tables.get(C::ProfessionalElasticity, &[]) * self.productivity_gain[region];
        let extra = targets[professional] * libm::expm1(gain);
        targets[professional] += extra;
        for (class, target) in targets.iter_mut().enumerate() {
            *target += tables.get(C::LocalMultiplier, &[class]) * extra;
            // These are posts for everybody, of whom the young hold their share.
            let programmes = self.opened_by_programmes(tables, region, class);
            *target += programmes * tables.get(C::YoungShare, &[class]);
        }
        targets.map(|target| target.max(0.0))
    }

    /// Ordinary posts of a class that subsidies open, less those that extra apprentices and guaranteed jobs replace.
    fn opened_by_programmes(&self, tables: &Tables, region: usize, class: usize) -> f64 {
        let mut posts = self.subsidised_posts[region * JobClass::count() + class];
        for level in 0..Level::count() {
            let displaced = tables.get(C::ApprenticeshipDisplacement, &[level])
                * self.extra_apprentices[region * Level::count() + level];
            posts -= displaced * f64::from(tables.apprenticeship_class[level][class]);
        }
        if class == JobClass::Working as usize {
            posts -= tables.get(C::GuaranteedJobDisplacement, &[]) * float(self.guaranteed[region]);
        }
        posts
    }

    fn turn_posts(&mut self, tables: &Tables, region: usize, class: usize, young_target: f64) {
        let at = post(Region(u8::try_from(region).unwrap_or(u8::MAX)), JobClass::VARIANTS[class]);
        let young_share = tables.get(C::YoungShare, &[class]);
        let older_target = young_target * (1.0 - young_share) / young_share;

        let carried = &mut self.carried;
        carried.older_left[at] += float(self.older[at]) * tables.get(C::OlderSeparation, &[class]);
        let left = take_whole(&mut carried.older_left[at]).min(self.older[at]);
        self.older[at] -= left;
        self.vacant[at] += left;

        carried.lapsed[at] += float(self.vacant[at]) * -libm::expm1(-tables.get(C::VacancyLapse, &[]));
        self.vacant[at] -= take_whole(&mut carried.lapsed[at]).min(self.vacant[at]);

        let gap = young_target + older_target - float(self.held[at] + self.older[at] + self.vacant[at]);
        carried.opened[at] += gap * tables.get(C::PostsGapOpened, &[]);
        let opened = take_whole(&mut carried.opened[at]).max(-self.vacant[at]);
        self.vacant[at] += opened;

        let wanted = (older_target - float(self.older[at])).max(0.0);
        carried.older_hired[at] += wanted.min((1.0 - young_share) * float(self.vacant[at]));
        let hired = take_whole(&mut carried.older_hired[at]).min(self.vacant[at]);
        self.older[at] += hired;
        self.vacant[at] -= hired;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carried_fractions_add_up_without_bias() {
        let mut carried = 0.0;
        let total: i64 = (0..1000)
            .map(|_| {
                carried += 0.3;
                take_whole(&mut carried)
            })
            .sum();
        assert!((299..=300).contains(&total));
    }

    #[test]
    fn guaranteed_jobs_and_subsidies_open_and_close_posts_for_the_young_by_their_share() {
        let conditions = Arc::new(crate::engine::tests::uk());
        let tables = Tables::new(&conditions);
        let mut places = Places::new(12);
        places.residents[0] = 1_000;
        let before = places.targets(&tables, 0);
        places.guarantee(Region(0), 2);
        places.subsidised_posts[JobClass::Intermediate as usize] = 3.0;
        let after = places.targets(&tables, 0);
        let share = |class: JobClass| conditions.get(C::YoungShare, &[class as usize]);
        let displaced = conditions.get(C::GuaranteedJobDisplacement, &[]);
        let expected = [-displaced * share(JobClass::Working), 3.0 * share(JobClass::Intermediate), 0.0];
        for class in 0..3 {
            assert!((after[class] - before[class] - expected[class]).abs() < 1e-9);
        }
        for _ in 0..2 {
            places.end_support();
        }
        assert!((places.targets(&tables, 0)[0] - before[0]).abs() < 1e-9, "the job has closed");
    }

    #[test]
    fn a_higher_productivity_index_is_a_gain_of_as_much() {
        let baseline = crate::engine::tests::uk();
        let mut higher = crate::engine::tests::uk();
        for value in &mut higher.values_mut()[baseline.layout().range(C::ProductivityIndex)] {
            *value *= 1.1;
        }
        let mut places = Places::new(12);
        places.grow(&Tables::new(&Arc::new(higher)), &baseline);
        assert!(places.productivity_gain.iter().all(|gain| (gain - libm::log(1.1)).abs() < 1e-12));
    }

    #[test]
    fn support_ends_after_its_months() {
        let mut places = Places::new(1);
        places.support(Region(0), [3, 1], 2);
        places.end_support();
        assert_eq!(places.caseload[0], [3, 1]);
        places.end_support();
        assert_eq!(places.caseload[0], [0, 0]);
    }
}
