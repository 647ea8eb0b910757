//! What people ask for in a month, and what changed with them.

use crate::domain::{Funding, JobClass, Kind, Level, NextStep, Programme, Region, Seeker};
use crate::engine::state::flow::Flow;
use crate::engine::state::person::Person;
use crate::engine::state::posts::post;
use strum::VariantArray;

/// Somebody who applies for a job.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Applicant {
    pub at: u16,
    pub seeker: Seeker,
    pub person: Person,
}

/// An application for a vacancy of one region and class.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JobApplication {
    /// The score as a whole number that grows with it; 0 when it does not reach what the employer accepts.
    pub rank: u32,
    /// The vacancy, if none is taken by a claim first.
    pub vacancy: u32,
    /// Which vacancy, and who goes first among equals.
    pub draw: [u32; 2],
    pub at: u16,
}

/// A claim to a post ahead of advertising.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PostClaim {
    pub at: u16,
    pub post: u16,
    pub claimant: Claimant,
    pub rank: u32,
}

impl PostClaim {
    /// One number that puts claims in order: by post (16 bits), claimant (8) and rank (32).
    pub fn order(&self) -> u64 {
        u64::from(self.post) << 40 | (self.claimant as u64) << 32 | u64::from(self.rank)
    }

    /// The post and the claimant of a claim in that order.
    pub fn post_and_claimant(order: u64) -> (usize, Claimant) {
        let [_, _, _, _, claimant, low, high, _] = order.to_le_bytes();
        (usize::from(u16::from_le_bytes([low, high])), Claimant::VARIANTS[usize::from(claimant)])
    }
}

/// Who claims a post; the first kind goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub(crate) enum Claimant {
    /// An apprentice whom the employer keeps on.
    KeptOn,
    /// Somebody who asks for promotion.
    Promotion,
    /// Somebody on support, for whom employers keep posts of their own.
    Supported,
    /// Somebody in work who moves there, and leaves a post of the class where they lived.
    Moving,
}

/// An application for an apprenticeship.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApprenticeshipApplication {
    pub at: u16,
    pub region: Region,
    pub level: Level,
    pub funding: Funding,
    /// Higher is better.
    pub score: f32,
    /// Between 0 and 1: settles who is next to the last place.
    pub draw: f64,
}

/// An application for a course place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CourseApplication {
    pub at: u16,
    pub region: Region,
    pub programme: Programme,
    pub rank: u32,
    pub places: CoursePlace,
    /// What a leaver of a stage does who is refused.
    pub instead: Option<NextStep>,
}

impl CourseApplication {
    /// The number of the region and programme.
    pub fn queue(&self) -> usize {
        self.region.index() * Programme::count() + self.programme as usize
    }

    /// One number that puts applications in order: by kind of place, region and programme (at most 256 times 5), and rank.
    pub fn order(&self) -> u64 {
        (self.places as u64) << 48 | (self.queue() as u64) << 32 | u64::from(self.rank)
    }
}

/// The two kinds of place; each has a queue of its own, the first kind's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CoursePlace {
    /// For people who return to learning.
    Ordinary,
    /// For people who would not have come without it.
    Extra,
}

/// Somebody who was reached and wants support.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SupportRequest {
    pub at: u16,
    pub region: Region,
    pub rank: u32,
}

/// People looked at together.
pub(crate) const BATCH: usize = 32;

/// What the people of one chunk ask for this month, and what changed.
#[derive(Clone, Debug)]
pub(crate) struct Requests {
    /// Who was due.
    pub due: Vec<u16>,
    /// Who of them waits for an answer.
    pub waiting: Vec<u16>,
    /// Who can do nothing but apply for a job, and waits as well.
    pub seeking: Vec<u16>,
    /// Who applies for a job.
    pub applicants: Vec<Applicant>,
    /// Applications for advertised jobs, by region and class.
    pub jobs: Vec<Vec<JobApplication>>,
    pub claims: Vec<PostClaim>,
    pub apprenticeships: Vec<ApprenticeshipApplication>,
    pub courses: Vec<CourseApplication>,
    pub support: Vec<SupportRequest>,
    pub flow: Flow,
    /// Memory of records that are looked at together.
    pub records: Vec<Person>,
}

impl Requests {
    pub fn new(regions: usize) -> Self {
        Self {
            due: Vec::new(),
            waiting: Vec::new(),
            seeking: Vec::new(),
            applicants: Vec::new(),
            jobs: vec![Vec::new(); regions * JobClass::count()],
            claims: Vec::new(),
            apprenticeships: Vec::new(),
            courses: Vec::new(),
            support: Vec::new(),
            flow: Flow::new(regions),
            records: Vec::with_capacity(BATCH),
        }
    }

    /// How much has been asked for.
    pub fn asked(&self) -> usize {
        self.applicants.len() + self.claims.len() + self.apprenticeships.len() + self.courses.len() + self.support.len()
    }

    /// Forgets everything, but keeps the memory.
    pub fn clear(&mut self) {
        self.waiting.clear();
        self.seeking.clear();
        self.applicants.clear();
        self.jobs.iter_mut().for_each(Vec::clear);
        self.claims.clear();
        self.apprenticeships.clear();
        self.courses.clear();
        self.support.clear();
        self.flow.clear();
    }

    /// Claims a post of `class` in `region`.
    pub fn claim(&mut self, at: u16, region: Region, class: JobClass, claimant: Claimant, rank: u32) {
        let post = u16::try_from(post(region, class)).unwrap_or(u16::MAX);
        self.claims.push(PostClaim { at, post, claimant, rank });
    }
}
