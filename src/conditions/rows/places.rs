//! Moves between regions, and how well their economies do.

use super::row::rows;
use crate::conditions::axis::Destination;
use crate::domain::{AgeBand, JobClass, Qualification, Region};

rows! {
    "places", after super::support;
    MOVE_FLOW: (Region, Destination) = People, PersonsAYear,
        "moves between regions: the weights of destinations";
    MOVE_HAZARD: AgeBand = People, HazardPerMonth,
        "people without a job moving to another region without an offer", within(0.0, 1.0);
    MOVE_HAZARD_IN_WORK: AgeBand = People, HazardPerMonth,
        "people in work who want to move to another region and do when a post of their class is vacant there",
        within(0.0, 1.0);
    MOVE_BY_QUALIFICATION: Qualification = People, Ratio, "ratio on both hazards of moving";
    MOVING_GRANT_WITH_OFFER: () = People, GbpPerMove,
        "public money to somebody NEET who is hired in another region";
    MOVING_GRANT_WITHOUT_OFFER: () = People, GbpPerMove,
        "public money to somebody NEET who moves without an offer";
    MOVE_PAY_ELASTICITY: () = Places, Elasticity, "response of destinations to pay";
    MOVE_VACANCY_ELASTICITY: () = Places, Elasticity, "response of destinations to vacancies per seeker";
    PRODUCTIVITY_INDEX: Region = Places, Index, "output per hour worked";
    INNOVATION_INVESTMENT: Region = Places, GbpMillionAYear, "business and public research and development";
    INNOVATION_LAG_MONTHS: () = Places, Months,
        "mean delay from investment to productivity", within(1.0, 600.0);
    PRODUCTIVITY_ELASTICITY: () = Places, Elasticity,
        "log points of productivity per log point of innovation stock", within(0.0, 5.0);
    PROFESSIONAL_ELASTICITY: () = Places, Elasticity,
        "log points of professional posts per log point of productivity", within(0.0, 20.0);
    PAY_PASS_THROUGH: () = People, Elasticity,
        "log points of pay per log point of productivity", within(0.0, 5.0);
    LOCAL_MULTIPLIER: JobClass = Places, PostsPerPost, "further local posts for each extra professional post";
}
