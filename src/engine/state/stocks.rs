//! What regions hold: posts, places and caseloads, in agents.
//!
//! Posts held by the young + posts held by people past the leaving age + vacancies = posts, always;
//! posts are opened and closed in `submodels::posts` only. Fractions of a post or place are carried
//! over, so that rounding does not bias small regions.

use super::applicants::Applicants;
use super::flow::Flow;
use super::person::Person;
use super::places_left::TargetedPlaces;
use crate::domain::{Funding, JobClass, Kind, Level, Programme, Region, State};
use std::collections::VecDeque;

/// The state of all regions, in agents.
#[derive(Clone, Debug)]
pub(crate) struct RegionalStocks {
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
    /// Apprenticeship places left in the academic year, by region, level and funding; fewer than none where a coarse run gave
    /// one ahead of time.
    pub apprenticeships: Vec<f64>,
    /// Those of this month, likewise.
    pub new_apprenticeships: Vec<f64>,
    /// Who usually applies for them, likewise.
    pub applicants: Vec<Applicants>,
    /// Course places left in the academic year, by region and programme.
    pub courses: Vec<f64>,
    /// Extra course places left in the academic year, by region and programme.
    pub extra_courses: Vec<f64>,
    /// Places for target groups, apprenticeships and guaranteed ones.
    pub targeted: TargetedPlaces,
    /// Public money paid to or for people this month, by region (GBP for each agent's one person).
    pub spent_gbp: Vec<f64>,
    /// Places in guaranteed jobs that are taken, by region.
    pub guaranteed: Vec<i64>,
    pub guaranteed_ends: Vec<VecDeque<i64>>,
    /// Posts that hiring subsidies have opened, by region and class.
    pub subsidised_posts: Vec<f64>,
    /// Vacancies that employers still keep for people on support this month, by region.
    pub reserved_posts: Vec<f64>,
    /// People on the support caseload by region, in places for everybody and in places for target groups.
    pub caseload: Vec<[i64; 2]>,
    pub support_ends: Vec<VecDeque<[i64; 2]>>,
    /// What became of the academic year's apprenticeship places, cell by cell.
    pub year: Vec<PlaceYear>,
    /// Apprentices beyond the baseline's places, by region and level.
    pub extra_apprentices: Vec<f64>,
    /// Growth of target posts since the start in log points, by region and class.
    pub growth: Vec<f64>,
    /// Log points of productivity gained over the baseline.
    pub productivity_gain: Vec<f64>,
    pub innovation: Vec<f64>,
    pub carried: Carried,
}

/// One academic year of one kind of apprenticeship place in a region, in agents.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PlaceYear {
    /// Places that the baseline would have offered so far.
    pub baseline: f64,
    pub started: f64,
    /// Starts beyond the baseline's places that are booked so far.
    pub extra: f64,
}

/// Fractions of posts that are carried to the next month.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    pub opened: Vec<f64>,
    pub lapsed: Vec<f64>,
    pub older_left: Vec<f64>,
    pub older_hired: Vec<f64>,
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

impl RegionalStocks {
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
            new_apprenticeships: vec![0.0; regions * Level::count() * Funding::count()],
            applicants: vec![Applicants::default(); regions * Level::count() * Funding::count()],
            courses: vec![0.0; regions * Programme::count()],
            extra_courses: vec![0.0; regions * Programme::count()],
            targeted: TargetedPlaces::default(),
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
    fn support_ends_after_its_months() {
        let mut stocks = RegionalStocks::new(1);
        stocks.support(Region(0), [3, 1], 2);
        stocks.end_support();
        assert_eq!(stocks.caseload[0], [3, 1]);
        stocks.end_support();
        assert_eq!(stocks.caseload[0], [0, 0]);
    }
}
