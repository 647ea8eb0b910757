//! Apprenticeships: their places, costs and courses, and the levy.

use super::row::rows;
use crate::domain::{AgeBand, CalendarMonth, Funding, JobClass, Level, Region};

rows! {
    "apprenticeships", after super::education;
    APPRENTICESHIP_PLACES: (Region, Level, Funding) = Places, StartsAYear,
        "places that employers and funding allow";
    APPRENTICESHIP_MONTHS: Level = People, Months, "length of the programme";
    APPRENTICESHIP_SEASON: CalendarMonth = Places, Share,
        "share of a year's places offered in a month; sums to 1", shared_out();
    APPRENTICESHIP_WITHDRAWAL: Level = People, HazardPerMonth, "leaving an apprenticeship early";
    APPRENTICESHIP_PASS_RATE: Level = People, Probability, "passing at the end of an apprenticeship";
    APPRENTICESHIP_APPLICATION: AgeBand = People, HazardPerMonth,
        "people who are NEET applying for an apprenticeship";
    APPRENTICESHIP_APPLICATION_IN_WORK: AgeBand = People, HazardPerMonth,
        "people in work applying for an apprenticeship";
    APPRENTICESHIP_KEPT_ON: Level = People, Probability,
        "completers for whom the employer wants to keep a post";
    APPRENTICESHIP_CLASS: (Level, JobClass) = Places, Share,
        "class of the post that a completer is kept on in; sums to 1", shared_out();
    APPRENTICESHIP_LEAVER_TO_JOB: () = People, Probability,
        "early leavers who apply for a job at once rather than becoming unemployed";
    APPRENTICESHIP_UNIT_COST: Level = Places, GbpPerStart, "public cost of one start";
    EMPLOYER_WILLINGNESS: (Region, Level, Funding) = Places, Ratio,
        "most places employers would offer, against the baseline places";
    APPRENTICESHIP_DISPLACEMENT: Level = Places, Share,
        "share of places beyond the baseline that replace ordinary posts";
    LEVY_PAY_BILL: () = Places, GbpAYear, "pay bill above the levy allowance";
    LEVY_RATE: () = Places, Share, "apprenticeship levy rate on that pay bill";
    LEVY_BUDGET_SHARE: () = Places, Share, "share of levy receipts that reaches the training budget";
    LEVY_ALLOWANCE: () = Places, GbpAYear, "allowance that each payer takes off the levy", within(0.0, 1e9);
    LEVY_PAYERS: () = Places, Employers, "employers who pay the levy";
}
