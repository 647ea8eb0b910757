//! School, courses, choices between them, and study away from home.

use super::row::rows;
use crate::domain::{
    AfterStudy, AgeBand, AttainmentBand, AttainmentCut, NextStep, Origin, Programme, Qualification, Region, Sex,
};

rows! {
    "education", after super::population;
    ATTAINMENT_BY_ORIGIN: Origin = People, StandardDeviations,
        "mean attainment at 16 of an origin class against the national mean";
    ATTAINMENT_BY_REGION: Region = People, StandardDeviations,
        "mean attainment at 16 in a region, given origin class, against the national mean";
    ATTAINMENT_THRESHOLD: AttainmentCut = People, StandardDeviations,
        "attainment that divides low from middle and middle from high";
    ATTAINMENT_HELP: () = People, StandardDeviations,
        "gain in attainment at 16 of those below `attainment_help_below`, up to it", within(0.0, 5.0);
    ATTAINMENT_HELP_BELOW: () = People, StandardDeviations,
        "attainment at 16 below which earlier help is given";
    CHOICE_AT_16: (NextStep, AttainmentBand) = People, Weight, "next steps at 16", chosen();
    CHOICE_AFTER_LEVEL_2: (NextStep, AttainmentBand) = People, Weight,
        "next steps after a level 2 course", chosen();
    CHOICE_AFTER_LEVEL_3: (NextStep, AttainmentBand) = People, Weight,
        "next steps after a level 3 course", chosen();
    CHOICE_BY_ORIGIN: (NextStep, Origin) = People, Ratio,
        "ratio on the weight of a next step by origin class";
    CHOICE_BY_REGION: (Region, NextStep) = People, Ratio,
        "ratio on the weight of a next step by region of upbringing";
    CHOICE_BY_SEX: (NextStep, Sex) = People, Ratio, "ratio on the weight of a next step by sex";
    COURSE_MONTHS: Programme = People, Months, "length of a course from September";
    WITHDRAWAL: Programme = People, HazardPerMonth, "leaving a course early";
    WITHDRAWAL_BY_ORIGIN: Origin = People, Ratio,
        "ratio on leaving a course or an apprenticeship early by origin class";
    PASS_RATE: Programme = People, Probability, "passing at the end of a course";
    HIGHER_SHORT_SHARE: AttainmentBand = People, Probability,
        "share of higher education entrants who take a course below a degree";
    RETURN_TO_LEARNING: (AgeBand, Qualification) = People, HazardPerMonth,
        "people outside learning who start a course, averaged over the year";
    RETURN_BY_ORIGIN: Origin = People, Ratio, "ratio on returning to learning by origin class";
    SEPTEMBER_SHARE: () = Places, Share,
        "share of a year's entries to learning that fall in September", within(1.0 / 12.0, 1.0);
    COURSE_PLACES: (Region, Programme) = Places, PersonsAYear,
        "places for people who return to learning", within(0.0, 1e9);
    COURSE_PULL: Programme = People, Ratio,
        "ratio on choosing or asking for a course; whoever does so because of it needs one of `extra_course_places`",
        within(1.0, 100.0);
    EXTRA_COURSE_PLACES: (Region, Programme) = Places, StartsAYear,
        "places for those whom `course_pull` brings; higher education has them in common under the degree",
        within(0.0, 1e9);
    EXTRA_COURSE_UNIT_COST: Programme = Places, GbpPerStart, "public cost of one start on those places";
    BURSARY: Programme = People, GbpAYear,
        "further public money to everybody who starts a course, for each year of it", within(0.0, 1e5);
    LEAVE_HOME_TO_STUDY: Origin = People, Probability,
        "entrants to higher education who study in another region";
    STUDY_PULL: Region = People, Weight,
        "attraction of a region to students from elsewhere", within(0.0, 1e9);
    AFTER_STUDY: AfterStudy = People, Weight,
        "where graduates go who had moved to study", chosen();
}
