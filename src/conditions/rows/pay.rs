//! What jobs pay, and what people bring to their pay.

use super::row::rows;
use crate::domain::{AgeBand, JobClass, Level, Origin, Qualification, Region};

rows! {
    "pay", after super::places;
    PAY_BY_CLASS: JobClass = People, GbpPerHour,
        "typical starting pay of a class of job for a person with a level 3 qualification, in base-year prices";
    PAY_BY_QUALIFICATION: Qualification = People, LogPoints, "pay by qualification within a class";
    PAY_BY_REGION: Region = People, LogPoints, "pay in a region against the national mean";
    PAY_EXPERIENCE: () = People, LogPointsPerYear, "pay growth in the first year of experience";
    PAY_EXPERIENCE_SQUARED: () = People, LogPointsPerYearSquared, "change of that growth with experience";
    PAY_NETWORK: Origin = People, LogPoints, "pay in professional jobs by origin class";
    PAY_SCAR_EARLY: () = People, LogPointsPerMonth, "lasting loss of pay for each month unemployed at 18-20";
    PAY_SCAR_LATE: () = People, LogPointsPerMonth, "lasting loss of pay for each month unemployed at 21-23";
    PAY_PERSISTENCE: () = People, CorrelationOverAYear, "persistence of the personal deviation of pay";
    PAY_SPREAD: () = People, LogPoints,
        "standard deviation of the personal deviation of pay", within(0.0, 5.0);
    PAY_BY_PARENTS: () = People, Elasticity,
        "what parents' pay above the usual of their class and region adds to that of their child",
        within(0.0, 1.0);
    MINIMUM_WAGE: AgeBand = People, GbpPerHour, "legal minimum for the age", within(0.0, 1000.0);
    APPRENTICE_PAY: Level = People, GbpPerHour, "typical pay of an apprentice";
}
