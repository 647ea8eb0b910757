//! Agencies, funded support, guaranteed jobs and training.

use super::row::rows;
use crate::domain::{Agency, Region, SupportEffect};

rows! {
    "support", after super::jobs;
    AGENCY_REACH: (Region, Agency) = People, Share, "people who are NEET known to an agency";
    HANDOVER_LOSS: Region = People, Share, "people lost when one agency hands over to another";
    CONTACT: () = People, HazardPerMonth, "an agency trying to reach somebody who is NEET";
    SUPPORT_PLACES: Region = Places, PersonsAtATime, "caseload that funded support can carry";
    SUPPORT_MONTHS: () = Places, Months, "length of support";
    SUPPORT_FADE_MONTHS: () = People, Months, "months over which the effect fades after support";
    SUPPORT_EFFECT: SupportEffect = People, HazardRatio, "effect while supported";
    SUPPORT_HEALTH_DISCOUNT: Region = People, Share,
        "share of the effect that people with a health limitation get";
    SUPPORT_QUALITY: Region = People, Ratio, "ratio on the effect of support beyond 1", within(0.0, 10.0);
    SUPPORT_UNIT_COST: () = Places, GbpPerPlace, "public cost of one period of support";
    RESERVED_POSTS: Region = Places, PostsAYear,
        "vacancies in working-class jobs that employers keep for people on support who apply";
    GUARANTEED_JOB_MONTHS: () = Places, Months, "length of a guaranteed job";
    GUARANTEED_JOB_KEPT_ON: () = People, Probability,
        "people at the end of a guaranteed job whom the employer wants to keep in a working-class post";
    GUARANTEED_JOB_DISPLACEMENT: () = Places, Share,
        "guaranteed jobs that replace ordinary working-class posts";
    GUARANTEED_JOB_UNIT_COST: () = Places, GbpPerJob, "public cost of one guaranteed job";
    GUARANTEED_TRAINING_UNIT_COST: () = Places, GbpPerStart,
        "public cost of one start of guaranteed training";
    NEET_BENEFIT: () = Places, GbpPerPersonMonth,
        "benefits paid per person-month NEET at 16-24, claimed or not; saved by each that is avoided";
}
