//! Posts, losing and finding them, search, hiring, and promotion.

use super::row::rows;
use crate::domain::{AgeBand, Clock, Health, JobClass, Origin, Qualification, Region, Seeker, Sex};

rows! {
    "jobs", after super::apprenticeships;
    POSTS_PER_RESIDENT: (Region, JobClass) = Places, PostsPerPerson,
        "posts for people aged 16-39 per resident aged 16-39";
    YOUNG_SHARE: JobClass = Places, Share,
        "share of all posts of a class that people aged 16-39 hold", within(0.01, 1.0);
    OLDER_SEPARATION: JobClass = Places, HazardPerMonth,
        "people aged 40 and over leaving their post", within(0.0, 1.0);
    POSTS_GROWTH: (Region, JobClass) = Places, LogPointsAYear, "growth of target posts per resident";
    POSTS_GAP_OPENED: () = Places, SharePerMonth,
        "share of the gap between target and actual posts that is opened in a month";
    VACANCY_LAPSE: () = Places, HazardPerMonth, "a vacancy being withdrawn unfilled";
    SEPARATION: (JobClass, AgeBand) = People, HazardPerMonth, "losing or leaving a job for unemployment";
    SEPARATION_BY_QUALIFICATION: Qualification = People, Ratio, "ratio on that hazard";
    SEPARATION_BY_HEALTH: Health = People, Ratio, "ratio on that hazard";
    LEAVE_TO_INACTIVITY: (Sex, AgeBand) = People, HazardPerMonth, "leaving a job for inactivity";
    GIVE_UP_SEARCH: (Sex, AgeBand) = People, HazardPerMonth, "unemployed people who stop seeking";
    INACTIVITY_BY_ORIGIN: Origin = People, Ratio, "ratio on becoming inactive";
    INACTIVITY_BY_QUALIFICATION: Qualification = People, Ratio, "ratio on becoming inactive";
    INACTIVITY_BY_HEALTH: Health = People, Ratio, "ratio on becoming inactive";
    START_SEEKING: (Sex, AgeBand) = People, HazardPerMonth, "inactive people who start to seek work";
    SEEKING_BY_QUALIFICATION: Qualification = People, Ratio, "ratio on starting to seek";
    SEEKING_BY_HEALTH: Health = People, Ratio, "ratio on starting to seek";
    SEARCH_INTENSITY: Seeker = People, ApplicationsPerMonth, "hazard of sending an application";
    SEARCH_BY_HEALTH: Health = People, Ratio, "ratio on sending applications";
    DURATION_DEPENDENCE: () = People, Elasticity,
        "phi: search, return to learning and starting to seek fall by (1 + d/1.5)^-phi, d months NEET",
        within(0.0, 3.0);
    SEARCH_DIRECTION: (Qualification, JobClass) = People, LogWeight, "taste for applying to a class of job";
    SEARCH_PAY_ELASTICITY: () = People, Elasticity,
        "response of the direction of search to expected pay", within(0.0, 20.0);
    SEARCH_VACANCY_ELASTICITY: () = Places, Elasticity,
        "response of the direction of search to vacancies", within(0.0, 20.0);
    SEARCH_FAR: Qualification = People, Probability, "applications sent to another region";
    JOB_REQUIREMENT: JobClass = People, QualificationRank,
        "lowest qualification rank (0 below level 2 to 4 degree) that meets the requirement";
    SCORE_REQUIREMENT: () = People, Score, "gain when the qualification meets the requirement";
    SCORE_EXCESS: () = People, ScorePerStep, "gain for each step of qualification above the requirement";
    SCORE_EXPERIENCE: () = People, ScorePerYear, "gain for each year of experience, up to five";
    SCORE_ATTAINMENT: () = People, ScorePerStandardDeviation, "gain for attainment at 16";
    SCORE_NETWORK: Origin = People, Score, "family networks: counts for professional jobs only";
    SCORE_DISTANCE: () = People, Score, "loss when the job is in another region";
    SCORE_DURATION: () = People, ScorePerLogMonth, "loss for months out of work, times ln(1 + d)";
    SCORE_SUBSIDY: () = People, Score,
        "gain from a hiring subsidy, for people who are NEET", within(0.0, 20.0);
    HIRING_SUBSIDY: () = People, GbpPerHire,
        "public money to the employer who hires somebody NEET for an advertised vacancy";
    HIRING_SUBSIDY_EXTRA_POSTS: () = People, PostsPerHire,
        "posts that would not be there without the subsidy, for each subsidised hire";
    HIRING_SUBSIDY_MONTHS: () = Places, Months, "mean time for which such a post lasts";
    HIRING_THRESHOLD: JobClass = People, Score, "lowest score an employer accepts";
    PROMOTION: JobClass = People, HazardPerMonth, "asking for promotion out of this class";
    PROMOTION_BY_QUALIFICATION: Qualification = People, Ratio, "ratio on that hazard";
    PROMOTION_BY_ORIGIN: Origin = People, Ratio, "ratio on that hazard";
    INTERNAL_SHARE: JobClass = Places, Share,
        "share of a month's vacancies open to promotion and kept-on apprentices before advertising";
    PERSONAL_LOADING: Clock = People, LogPointsPerStandardDeviation,
        "weight of the fixed personal effect in the log hazard of an exit";
}
