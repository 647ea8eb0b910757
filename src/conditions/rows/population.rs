//! Who enters, arrives and leaves, and the families people come from.

use super::row::rows;
use crate::domain::{AgeBand, Origin, Qualification, Region};

rows! {
    "population";
    COHORT_SIZE: Region = Places, PersonsAYear,
        "people who reach the end of compulsory schooling each September";
    ORIGIN_SHARE: (Region, Origin) = Places, Share,
        "origin classes among those people; sums to 1 in each region", shared_out();
    MALE_SHARE: () = Places, Share, "men and boys among those people";
    ARRIVALS: (Region, AgeBand) = Places, PersonsAYear,
        "people who arrive from abroad, spread over the years of the band";
    ARRIVAL_QUALIFICATION: Qualification = Places, Share,
        "highest qualifications of people who arrive; sums to 1", shared_out();
    ARRIVAL_STUDENTS: AgeBand = Places, Share, "people who arrive to study in higher education";
    DEPARTURE: AgeBand = People, HazardPerMonth, "leaving the country", within(0.0, 1.0);
    HEALTH_LIMITATION: Origin = Places, Share, "people with a lasting health limitation";
    PARENTAL_PAY: Origin = People, GbpPerHour, "typical pay of the main earner, in base-year prices";
    PARENTAL_PAY_SPREAD: () = People, LogPoints,
        "standard deviation of parental log pay within an origin class", within(0.0, 5.0);
    PARENTAL_PAY_BY_AGE: AgeBand = People, Ratio,
        "pay of parents when they were as old as their child is now, against parental_pay", within(0.1, 10.0);
}
