//! `skills_levy`: the growth and skills levy: how much it raises, and where the training budget goes.

use super::budget::{Budget, Rank};
use super::common::{Common, all_regions};
use super::effect::{Effect, shares};
use super::work::Work;
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Condition, Operation};
use crate::domain::{AGES, Funding, JobClass, Kind, Level, Region};
use crate::toml_tables::{Printer, TableReader};
use crate::world::World;
use strum::{IntoStaticStr, VariantArray};

/// Hours of work paid in a year for one post (assumption: about 32 hours a week).
const HOURS_A_YEAR: f64 = 1_664.0;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "skills_levy",
    purpose: "changes what the levy raises and which apprenticeships, ages and regions its budget reaches",
    keys: &[
        Key {
            name: "rate_change_percentage_points",
            unit: "percentage points",
            meaning: "change of the levy rate on the pay bill; none without it",
        },
        Key {
            name: "allowance_gbp",
            unit: "GBP a year",
            meaning: "allowance that each payer takes off the levy; the world's without it",
        },
        Key {
            name: "budget_share",
            unit: "share",
            meaning: "share of receipts that reaches the training budget; unchanged without it",
        },
        Key {
            name: "additional_budget_gbp_million_per_year",
            unit: "GBP million a year",
            meaning: "public money beside the levy's receipts; none without it",
        },
        Key {
            name: "redirect_existing",
            unit: "share",
            meaning: "share of today's spending put under the ring-fences, the spread and the drift; none without it",
        },
        Key {
            name: "ring_fence_under_25",
            unit: "share",
            meaning: "share of the additional and redirected budget kept for under 25s; none without it",
        },
        Key {
            name: "ring_fence_levels_2_and_3",
            unit: "share",
            meaning: "share of that budget kept for levels 2 and 3; none without it",
        },
        Key {
            name: "drift_per_year",
            unit: "share a year",
            meaning: "share of that budget outside the ring-fences that moves to level 4+ or people of 25 and over with each whole year; none without it",
        },
        Key {
            name: "regional_spread",
            unit: "share",
            meaning: "0 spreads that budget over regions like today's spending, 1 as `spread_by` says; what finds no employers goes where some are left; 0 without it",
        },
        Key {
            name: "spread_by",
            unit: "name",
            meaning: "\"young people\", \"need\" (like today's support places, which follow people who are NEET) or \"payroll\"; \"young people\" without it",
        },
        Key {
            name: "employer_willingness",
            unit: "ratio",
            meaning: "ratio on the most places that employers would offer there; 1 without it",
        },
        Key {
            name: "displacement",
            unit: "share",
            meaning: "share of all places beyond today's that replace ordinary posts; unchanged without it",
        },
        Key {
            name: "incidence_on_jobs",
            unit: "share",
            meaning: "share of a higher levy that employers save on posts, in all regions; none without it",
        },
    ],
    evidence: "0.5% of pay bills above GBP 3 million raised GBP 3.84 billion in 2023/24, of which about two thirds reached England's budget (FE Week, NAO 2019); 34,200 employers paid in 2022/23 (HM Treasury); without a ring-fence levels 4+ took 13% of funding in 2017/18 and 39% in 2021/22, a drift of 0.065 a year (IFS 2025; derived); willingness, displacement (test 0.3 to 0.6) and incidence have no UK estimate: assumptions",
    read: |table, world, start| SkillsLevy::read(table, world, start).map(Lever::SkillsLevy),
};

/// What the budget follows over regions when it does not follow today's spending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, VariantArray, IntoStaticStr)]
pub enum SpreadBy {
    /// People who reach 16.
    #[default]
    #[strum(serialize = "young people")]
    YoungPeople,
    /// People who are NEET.
    #[strum(serialize = "need")]
    Need,
    /// What employers pay.
    #[strum(serialize = "payroll")]
    Payroll,
}

/// A change of the levy.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillsLevy {
    /// When, where (the budget is spent), for whom, on what authority.
    pub common: Common,
    /// Change of the rate (percentage points of the pay bill).
    pub rate_change_percentage_points: f64,
    /// Allowance of each payer, if it changes (GBP a year).
    pub allowance_gbp: Option<f64>,
    /// Share of receipts that reaches the training budget, if it changes.
    pub budget_share: Option<f64>,
    /// Public money added to the budget beside the levy's receipts (GBP million a year).
    pub additional_budget_gbp_million_per_year: f64,
    /// Share of today's spending that is moved as well.
    pub redirect_existing: f64,
    /// Share of the moved budget that is kept for under 25s.
    pub ring_fence_under_25: f64,
    /// Share of the moved budget that is kept for levels 2 and 3.
    pub ring_fence_levels_2_and_3: f64,
    /// Share of the rest that moves to level 4+ or 25 and over with each whole year.
    pub drift_per_year: f64,
    /// How far the moved budget follows `spread_by` (1) rather than today's spending (0).
    pub regional_spread: f64,
    /// What it follows then.
    pub spread_by: SpreadBy,
    /// Ratio on the most places that employers would offer.
    pub employer_willingness: f64,
    /// Share of places beyond today's that replace ordinary posts, if it changes.
    pub displacement: Option<f64>,
    /// Share of a higher levy that comes out of posts.
    pub incidence_on_jobs: f64,
}

/// One kind of place in one region: what it costs and what is spent on it today.
struct Cell {
    region: Region,
    level: Level,
    funding: Funding,
    places: f64,
    unit_cost_gbp: f64,
}

impl Cell {
    fn spending(&self) -> f64 {
        self.places * self.unit_cost_gbp
    }

    fn is_young(&self) -> bool {
        self.funding == Funding::Under25
    }

    fn is_lower(&self) -> bool {
        matches!(self.level, Level::Level2 | Level::Level3)
    }

    fn at(&self) -> [usize; 3] {
        [self.region.index(), self.level as usize, self.funding as usize]
    }
}

/// Which cells a part of the budget is kept for.
type Kept<'a> = &'a dyn Fn(&Cell) -> bool;

impl SkillsLevy {
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        let rate = table.number("rate_change_percentage_points", -100.0..=100.0);
        let allowance_gbp = table.number("allowance_gbp", 0.0..=1e9);
        let budget_share = table.number("budget_share", 0.0..=1.0);
        let additional = table.number("additional_budget_gbp_million_per_year", 0.0..=1e6);
        let redirect = table.number("redirect_existing", 0.0..=1.0);
        let under_25 = table.number("ring_fence_under_25", 0.0..=1.0);
        let levels = table.number("ring_fence_levels_2_and_3", 0.0..=1.0);
        let drift = table.number("drift_per_year", 0.0..=1.0);
        let spread = table.number("regional_spread", 0.0..=1.0);
        let spread_by = table.kind("spread_by", "what the budget follows");
        let willingness = table.number("employer_willingness", 0.0..=100.0);
        let displacement = table.number("displacement", 0.0..=1.0);
        let incidence = table.number("incidence_on_jobs", 0.0..=1.0);
        Some(Self {
            common: Common::read(table, world, start),
            rate_change_percentage_points: rate.unwrap_or(0.0),
            allowance_gbp,
            budget_share,
            additional_budget_gbp_million_per_year: additional.unwrap_or(0.0),
            redirect_existing: redirect.unwrap_or(0.0),
            ring_fence_under_25: under_25.unwrap_or(0.0),
            ring_fence_levels_2_and_3: levels.unwrap_or(0.0),
            drift_per_year: drift.unwrap_or(0.0),
            regional_spread: spread.unwrap_or(0.0),
            spread_by: spread_by.unwrap_or_default(),
            employer_willingness: willingness.unwrap_or(1.0),
            displacement,
            incidence_on_jobs: incidence.unwrap_or(0.0),
        })
    }

    /// Change of receipts and of the training budget (GBP a year); exactly zero when nothing changes.
    ///
    /// The rate is on the pay bill above today's threshold, and a change of the allowance moves what each of
    /// today's payers owes: employers at the threshold owe nothing, so that those who join or leave it count only to second order.
    fn raised_gbp(&self, world: &World, strength: f64) -> (f64, f64) {
        let today = |condition| world.baseline.get(condition, &[]);
        let (rate, share) = (today(Condition::LevyRate), today(Condition::LevyBudgetShare));
        let rate_change = (strength * self.rate_change_percentage_points / 100.0).clamp(-rate, 1.0 - rate);
        let allowance = today(Condition::LevyAllowance);
        let allowance_cut = (strength * self.allowance_gbp.map_or(0.0, |new| allowance - new)).min(allowance);
        let before = today(Condition::LevyPayBill) * rate;
        let receipts = today(Condition::LevyPayBill) * rate_change + today(Condition::LevyPayers) * allowance_cut;
        let receipts = receipts.max(-before);
        let share_change = strength.min(1.0) * self.budget_share.map_or(0.0, |new| new - share);
        (receipts, receipts * (share + share_change) + before * share_change)
    }

    /// Moving money with nothing to say where to would put it back where it was: not at all, then.
    pub(super) fn redirect(&self, strength: f64) -> f64 {
        let is_fenced = self.ring_fence_under_25 > 0.0 || self.ring_fence_levels_2_and_3 > 0.0;
        let moves =
            is_fenced || self.regional_spread > 0.0 || self.drift_per_year > 0.0 || !self.common.group.is_everybody();
        if moves { strength.min(1.0) * self.redirect_existing } else { 0.0 }
    }

    fn cells(&self, world: &World) -> Vec<Cell> {
        let mut cells = Vec::new();
        for region in self.common.regions(world) {
            for level in Level::VARIANTS {
                let unit_cost_gbp = world.baseline.get(Condition::ApprenticeshipUnitCost, &[*level as usize]);
                for funding in Funding::VARIANTS {
                    let at = [region.index(), *level as usize, *funding as usize];
                    let places = world.baseline.get(Condition::ApprenticeshipPlaces, &at);
                    cells.push(Cell { region, level: *level, funding: *funding, places, unit_cost_gbp });
                }
            }
        }
        cells
    }

    /// Spends the moved budget: what both ring-fences keep first, then what one of them keeps, then the
    /// rest, of which a share has drifted.
    fn spend(&self, world: &World, effect: &mut Effect, moved_gbp: f64, years: u16) {
        let cells = self.cells(world);
        let (young, lower) = (self.ring_fence_under_25, self.ring_fence_levels_2_and_3);
        let open = 1.0 - young.max(lower);
        let drifted = open * (self.drift_per_year * f64::from(years)).min(1.0);
        let is_core = |cell: &Cell| cell.is_young() && cell.is_lower();
        let parts: [(Rank, f64, Kept<'_>); 5] = [
            (Rank::AgeAndLevel, young.min(lower), &is_core),
            (Rank::AgeOrLevel, (young - lower).max(0.0), &Cell::is_young),
            (Rank::AgeOrLevel, (lower - young).max(0.0), &Cell::is_lower),
            (Rank::Open, open - drifted, &|_| true),
            (Rank::Open, drifted, &|cell| !is_core(cell)),
        ];
        for (rank, share, eligible) in parts {
            let weights = self.pattern(world, &cells, eligible, self.regional_spread);
            let pattern =
                cells.iter().zip(weights).map(|(cell, weight)| (cell.region, cell.level, cell.funding, weight));
            let pattern = pattern.filter(|cell| cell.3 > 0.0).collect();
            let group = self.common.group.clone();
            effect.spend(Budget { group, rank, gbp_per_year: moved_gbp * share, pattern });
        }
    }

    /// The share of one pound that goes to each cell: over regions between today's spending and what the
    /// budget is to follow, and within a region like its own spending today.
    fn pattern(&self, world: &World, cells: &[Cell], eligible: impl Fn(&Cell) -> bool, spread: f64) -> Vec<f64> {
        let spending: Vec<f64> = cells.iter().map(|cell| if eligible(cell) { cell.spending() } else { 0.0 }).collect();
        let kinds = Level::count() * Funding::count();
        let by_region: Vec<f64> = spending.chunks(kinds).map(|kinds| kinds.iter().sum()).collect();
        let today = shares(by_region.clone());
        let followed =
            shares(self.common.regions(world).into_iter().map(|region| self.followed(world, region)).collect());
        let mut pattern = Vec::with_capacity(cells.len());
        for (at, of_region) in spending.chunks(kinds).enumerate() {
            let total = by_region[at];
            let region_share = (1.0 - spread) * today[at] + spread * followed[at];
            pattern.extend(of_region.iter().map(|kind| if total > 0.0 { region_share * kind / total } else { 0.0 }));
        }
        pattern
    }

    /// The weight of a region in what the budget is to follow.
    fn followed(&self, world: &World, region: Region) -> f64 {
        match self.spread_by {
            SpreadBy::YoungPeople => world.baseline.get(Condition::CohortSize, &[region.index()]),
            SpreadBy::Need => world.baseline.get(Condition::SupportPlaces, &[region.index()]),
            SpreadBy::Payroll => payroll_gbp(world, region),
        }
    }

    /// A cut is taken like today's spending: ring-fences and spread say where new money goes, not where it is missed.
    fn cut(&self, world: &World, effect: &mut Effect, gbp: f64, redirect: f64) {
        let cells = self.cells(world);
        let today = self.pattern(world, &cells, |_| true, 0.0);
        for (cell, share) in cells.iter().zip(today) {
            let lost = if cell.unit_cost_gbp > 0.0 { gbp * share / cell.unit_cost_gbp } else { 0.0 };
            let change = Operation::Shift(0.0 - lost - redirect * cell.places);
            effect.edit(world, Condition::ApprenticeshipPlaces, &cell.at(), change);
        }
    }

    /// What a higher levy costs in posts, in every region and class alike.
    fn lose_posts(&self, world: &World, effect: &mut Effect, receipts_gbp: f64) {
        let regions = all_regions(world);
        let payroll: f64 = regions.iter().map(|region| payroll_gbp(world, *region)).sum();
        let lost = if payroll > 0.0 { self.incidence_on_jobs * receipts_gbp / payroll } else { 0.0 };
        for region in regions {
            for class in 0..JobClass::count() {
                let at = [region.index(), class];
                effect.edit(world, Condition::PostsPerResident, &at, Operation::Scale((1.0 - lost).max(0.0)));
            }
        }
    }
}

/// What all employers of a region pay in a year: posts of the young and the older by class, at typical pay.
/// Residents aged 16 to 39 are taken as that many cohorts.
fn payroll_gbp(world: &World, region: Region) -> f64 {
    let baseline = &world.baseline;
    let at = region.index();
    let residents = baseline.get(Condition::CohortSize, &[at]) * f64::from(u16::try_from(AGES).unwrap_or(u16::MAX));
    let regional = libm::exp(baseline.get(Condition::PayByRegion, &[at]));
    let of_class = |class: usize| {
        let young = baseline.get(Condition::PostsPerResident, &[at, class]) * residents;
        let posts = young / baseline.get(Condition::YoungShare, &[class]);
        posts * baseline.get(Condition::PayByClass, &[class]) * regional * HOURS_A_YEAR
    };
    (0..JobClass::count()).map(of_class).fold(0.0, |sum, pay| sum + pay)
}

impl Policy for SkillsLevy {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        self.effect_after(world, strength, 0)
    }

    fn effect_after(&self, world: &World, strength: f64, years: u16) -> Effect {
        let mut work = Work::new(world, &self.common, strength);
        work.change(Condition::EmployerWillingness, &[None, None], Operation::Scale(self.employer_willingness));
        let mut effect = work.done();
        let (receipts_gbp, budget_gbp) = self.raised_gbp(world, strength);
        let new_gbp = budget_gbp + strength * self.additional_budget_gbp_million_per_year * 1e6;
        let redirect = self.redirect(strength);
        let redirected_gbp = redirect * self.cells(world).iter().map(Cell::spending).sum::<f64>();
        self.cut(world, &mut effect, (-new_gbp).max(0.0), redirect);
        let moved_gbp = new_gbp.max(0.0) + redirected_gbp;
        self.spend(world, &mut effect, moved_gbp, years);
        self.lose_posts(world, &mut effect, receipts_gbp);
        if let Some(displacement) = self.displacement.filter(|_| moved_gbp > 0.0) {
            for level in 0..Level::count() {
                let now = world.baseline.get(Condition::ApprenticeshipDisplacement, &[level]);
                let change = Operation::Shift(strength.min(1.0) * (displacement - now));
                effect.edit(world, Condition::ApprenticeshipDisplacement, &[level], change);
            }
        }
        effect
    }

    fn sets(&self, _world: &World) -> Vec<(&'static str, Condition, Vec<usize>)> {
        // The levy is one for all regions, wherever its budget is spent.
        let share = self.budget_share.map(|_| ("budget_share", Condition::LevyBudgetShare, Vec::new()));
        let allowance = self.allowance_gbp.map(|_| ("allowance_gbp", Condition::LevyAllowance, Vec::new()));
        let levels = (0..Level::count()).filter(|_| self.displacement.is_some());
        let displacement = levels.map(|level| ("displacement", Condition::ApprenticeshipDisplacement, vec![level]));
        share.into_iter().chain(allowance).chain(displacement).collect()
    }

    fn print(&self, _world: &World, out: &mut Printer) {
        out.number("rate_change_percentage_points", self.rate_change_percentage_points);
        if let Some(allowance) = self.allowance_gbp {
            out.number("allowance_gbp", allowance);
        }
        if let Some(share) = self.budget_share {
            out.number("budget_share", share);
        }
        out.number("additional_budget_gbp_million_per_year", self.additional_budget_gbp_million_per_year);
        out.number("redirect_existing", self.redirect_existing);
        out.number("ring_fence_under_25", self.ring_fence_under_25);
        out.number("ring_fence_levels_2_and_3", self.ring_fence_levels_2_and_3);
        out.number("drift_per_year", self.drift_per_year);
        out.number("regional_spread", self.regional_spread);
        out.text("spread_by", self.spread_by.name());
        out.number("employer_willingness", self.employer_willingness);
        if let Some(displacement) = self.displacement {
            out.number("displacement", displacement);
        }
        out.number("incidence_on_jobs", self.incidence_on_jobs);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::{Conditions, OfferKind};
    use crate::levers::tests::{common, conditions_with, world, young_women};

    pub(crate) fn levy() -> SkillsLevy {
        SkillsLevy {
            common: common(),
            rate_change_percentage_points: 0.0,
            allowance_gbp: None,
            budget_share: None,
            additional_budget_gbp_million_per_year: 0.0,
            redirect_existing: 0.0,
            ring_fence_under_25: 0.0,
            ring_fence_levels_2_and_3: 0.0,
            drift_per_year: 0.0,
            regional_spread: 0.0,
            spread_by: SpreadBy::YoungPeople,
            employer_willingness: 1.0,
            displacement: None,
            incidence_on_jobs: 0.0,
        }
    }

    pub(crate) fn example(size: f64) -> Lever {
        Lever::SkillsLevy(SkillsLevy {
            additional_budget_gbp_million_per_year: 0.2 * size,
            redirect_existing: 0.1 * size,
            ring_fence_under_25: 0.7,
            ring_fence_levels_2_and_3: 0.5,
            drift_per_year: 0.065,
            employer_willingness: 1.0 + 0.1 * size,
            ..levy()
        })
    }

    /// Spending on apprenticeships (GBP a year).
    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        let places = conditions.table(Condition::ApprenticeshipPlaces).iter().enumerate();
        let cost =
            |at: usize| conditions.get(Condition::ApprenticeshipUnitCost, &[at / Funding::count() % Level::count()]);
        let offers = conditions.offers.iter().filter_map(|offer| match offer.kind {
            OfferKind::Apprenticeships(level) => {
                Some(offer.places * conditions.get(Condition::ApprenticeshipUnitCost, &[level as usize]))
            }
            OfferKind::Support | OfferKind::GuaranteedJobs | OfferKind::GuaranteedTraining => None,
        });
        places.map(|(at, places)| places * cost(at)).sum::<f64>() + offers.sum::<f64>()
    }

    fn fenced(lever: SkillsLevy) -> SkillsLevy {
        SkillsLevy { ring_fence_under_25: 1.0, ring_fence_levels_2_and_3: 1.0, ..lever }
    }

    /// Change of spending in each region, level and age group (GBP a year).
    fn spent(conditions: &Conditions, world: &World) -> Vec<f64> {
        let cells = levy().cells(world);
        let now = conditions.table(Condition::ApprenticeshipPlaces);
        cells.iter().zip(now).map(|(cell, now)| (now - cell.places) * cell.unit_cost_gbp).collect()
    }

    fn spent_by(lever: &SkillsLevy) -> Vec<f64> {
        let world = world();
        spent(&conditions_with(lever.effect(&world, 1.0), &world), &world)
    }

    #[test]
    fn a_higher_rate_buys_places_for_what_it_raises_in_todays_pattern() {
        let spent = spent_by(&SkillsLevy { rate_change_percentage_points: 0.1, ..levy() });
        // A tenth of a point on a pay bill of a billion, of which six tenths reach the budget.
        assert!((spent.iter().sum::<f64>() - 600_000.0).abs() < 1e-3);
        let today: Vec<f64> = levy().cells(&world()).iter().map(Cell::spending).collect();
        let total: f64 = today.iter().sum();
        assert!(spent.iter().zip(today).all(|(spent, today)| (spent - 600_000.0 * today / total).abs() < 1e-3));
    }

    #[test]
    fn a_lower_rate_cuts_places_and_a_larger_share_adds_them() {
        let cut = spent_by(&fenced(SkillsLevy { rate_change_percentage_points: -0.01, ..levy() }));
        assert!(cut.iter().all(|spent| *spent < 0.0) && (cut.iter().sum::<f64>() + 60_000.0).abs() < 1e-3);
        let more = spent_by(&SkillsLevy { budget_share: Some(0.7), ..levy() });
        assert!((more.iter().sum::<f64>() - 500_000.0).abs() < 1e-3);
    }

    #[test]
    fn ring_fenced_money_goes_to_under_25s_at_levels_2_and_3_alone() {
        let spent = spent_by(&fenced(SkillsLevy { additional_budget_gbp_million_per_year: 1.0, ..levy() }));
        for (cell, spent) in levy().cells(&world()).iter().zip(&spent) {
            assert_eq!(cell.is_young() && cell.is_lower(), *spent > 1.0);
        }
        assert!((spent.iter().sum::<f64>() - 1e6).abs() < 1e-3);
    }

    #[test]
    fn a_full_spread_follows_young_people() {
        let lever = SkillsLevy { additional_budget_gbp_million_per_year: 1.0, regional_spread: 1.0, ..levy() };
        let spent = spent_by(&lever);
        let by_region: Vec<f64> = spent.chunks(6).map(|region| region.iter().sum()).collect();
        assert!((by_region[0] - 500_000.0).abs() < 1e-3 && (by_region[1] - 250_000.0).abs() < 1e-3);
    }

    #[test]
    fn redirected_money_is_spent_elsewhere_but_neither_made_nor_lost() {
        let lever = SkillsLevy { redirect_existing: 0.3, ring_fence_under_25: 0.8, regional_spread: 0.5, ..levy() };
        let spent = spent_by(&lever);
        assert!(spent.iter().sum::<f64>().abs() < 1e-6);
        assert!(spent.iter().any(|spent| *spent > 1.0) && spent.iter().any(|spent| *spent < -1.0));
    }

    /// A full ring-fence over half of today's spending, at a willingness of employers to offer places.
    fn moved_at(willingness: f64) -> (Vec<Cell>, Vec<f64>) {
        let mut world = world();
        let range = world.baseline.layout().range(Condition::EmployerWillingness);
        world.baseline.values_mut()[range].fill(willingness);
        let lever = fenced(SkillsLevy { redirect_existing: 0.1, regional_spread: 1.0, ..levy() });
        (lever.cells(&world), spent(&conditions_with(lever.effect(&world, 1.0), &world), &world))
    }

    #[test]
    fn money_that_finds_no_employer_in_one_cell_flows_on_to_others() {
        let (cells, spent) = moved_at(2.5);
        assert!(spent.iter().sum::<f64>().abs() < 1e-6, "all of it finds room somewhere");
        let full = |(cell, spent): &(&Cell, &f64)| (**spent - 1.5 * cell.spending()).abs() < 1e-6;
        assert!(cells.iter().zip(&spent).any(|pair| full(&pair)), "some cell is filled to the brim");
        assert!(cells.iter().zip(&spent).all(|(cell, spent)| *spent <= 1.5 * cell.spending() + 1e-6));
    }

    #[test]
    fn money_that_finds_no_employer_at_all_is_unspent() {
        let (cells, spent) = moved_at(1.1);
        for (cell, spent) in cells.iter().zip(&spent) {
            let expected = if cell.is_young() && cell.is_lower() { 0.1 } else { -0.1 };
            assert!((spent - expected * cell.spending()).abs() < 1e-6);
        }
    }

    #[test]
    fn a_region_without_apprenticeships_leaves_its_money_to_the_others() {
        let mut world = world();
        let places = world.baseline.layout().range(Condition::ApprenticeshipPlaces);
        world.baseline.values_mut()[places.start + 12..places.end].fill(0.0);
        let lever = SkillsLevy { additional_budget_gbp_million_per_year: 1.0, regional_spread: 1.0, ..levy() };
        let spent = spent(&conditions_with(lever.effect(&world, 1.0), &world), &world);
        assert!((spent[..12].iter().sum::<f64>() - 1e6).abs() < 1e-3);
    }

    #[test]
    fn places_for_a_target_group_are_offers_worth_the_money() {
        let world = world();
        let mut lever = SkillsLevy { additional_budget_gbp_million_per_year: 1.0, ..levy() };
        lever.common.group = young_women();
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        assert_eq!(conditions.values(), world.baseline.values());
        assert!(conditions.offers.iter().all(|offer| offer.group == young_women()));
        assert!((supply(&conditions) - supply(&world.baseline) - 1e6).abs() < 1e-3);
    }

    #[test]
    fn a_lower_allowance_raises_what_each_payer_owes() {
        let mut world = world();
        let payers = world.baseline.layout().range(Condition::LevyPayers).start;
        world.baseline.values_mut()[payers] = 100.0;
        let allowance = world.baseline.get(Condition::LevyAllowance, &[]);
        let lever = SkillsLevy { allowance_gbp: Some(0.0), ..levy() };
        let spent = spent(&conditions_with(lever.effect(&world, 1.0), &world), &world);
        // Six tenths of the receipts reach the budget.
        assert!((spent.iter().sum::<f64>() - 100.0 * allowance * 0.6).abs() < 1e-6);
    }

    #[test]
    fn ring_fences_by_age_and_by_level_each_keep_their_share() {
        let lever = SkillsLevy {
            additional_budget_gbp_million_per_year: 1.0,
            ring_fence_under_25: 0.9,
            ring_fence_levels_2_and_3: 0.6,
            ..levy()
        };
        let spent = spent_by(&lever);
        let of = |kept: Kept<'_>| {
            levy().cells(&world()).iter().zip(&spent).filter(|(cell, _)| kept(cell)).map(|(_, gbp)| gbp).sum::<f64>()
        };
        assert!(of(&Cell::is_young) >= 0.9e6 - 1e-3 && of(&Cell::is_lower) >= 0.6e6 - 1e-3);
        assert!((of(&|_| true) - 1e6).abs() < 1e-3);
    }

    #[test]
    fn money_outside_the_ring_fences_drifts_to_level_4_and_adults_year_by_year() {
        let world = world();
        let core_after = |lever: &SkillsLevy, years| {
            let spent = spent(&conditions_with(lever.effect_after(&world, 1.0, years), &world), &world);
            let core =
                lever.cells(&world).into_iter().zip(spent).filter(|(cell, _)| cell.is_young() && cell.is_lower());
            core.map(|(_, gbp)| gbp).sum::<f64>()
        };
        let open = SkillsLevy { additional_budget_gbp_million_per_year: 1.0, drift_per_year: 0.065, ..levy() };
        let first = core_after(&open, 0);
        assert!((core_after(&open, 4) - 0.74 * first).abs() < 1e-3);
        assert!(core_after(&open, 20).abs() < 1e-3, "all of it in the end");
        let kept = fenced(open);
        assert!((core_after(&kept, 0) - 1e6).abs() < 1e-3 && (core_after(&kept, 20) - 1e6).abs() < 1e-3);
    }

    #[test]
    fn the_budget_can_follow_need_or_payroll() {
        let mut world = world();
        let places = world.baseline.layout().range(Condition::SupportPlaces);
        world.baseline.values_mut()[places].copy_from_slice(&[10.0, 10.0, 60.0]);
        for (spread_by, expected) in
            [(SpreadBy::Need, [0.125, 0.125, 0.75]), (SpreadBy::YoungPeople, [0.5, 0.25, 0.25])]
        {
            let lever =
                SkillsLevy { additional_budget_gbp_million_per_year: 0.1, regional_spread: 1.0, spread_by, ..levy() };
            let spent = spent(&conditions_with(lever.effect(&world, 1.0), &world), &world);
            for (region, expected) in spent.chunks(6).zip(expected) {
                assert!((region.iter().sum::<f64>() - 1e5 * expected).abs() < 1e-3, "{spread_by:?}");
            }
        }
        let [first, second] = [0, 1].map(|region| payroll_gbp(&world, Region(region)));
        assert!(first > 1.5 * second, "twice the people earn about twice as much");
    }

    #[test]
    fn two_levies_share_the_room_of_employers_and_leave_nothing_unspent_that_one_would_spend() {
        let mut world = world();
        let range = world.baseline.layout().range(Condition::EmployerWillingness);
        world.baseline.values_mut()[range].fill(1.3);
        let lever = SkillsLevy { additional_budget_gbp_million_per_year: 0.4, ring_fence_under_25: 0.5, ..levy() };
        let twice = SkillsLevy { additional_budget_gbp_million_per_year: 0.8, ..lever.clone() };
        let mut both = lever.effect(&world, 1.0);
        both.append(lever.effect(&world, 1.0));
        let both = supply(&conditions_with(both, &world));
        assert!((both - supply(&conditions_with(twice.effect(&world, 1.0), &world))).abs() < 1e-3);
    }

    #[test]
    fn a_higher_levy_costs_posts_in_proportion_to_what_it_takes_of_the_pay_bill() {
        let world = world();
        let lever = SkillsLevy { rate_change_percentage_points: 0.1, incidence_on_jobs: 0.5, ..levy() };
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        let payroll: f64 = all_regions(&world).iter().map(|region| payroll_gbp(&world, *region)).sum();
        let ratio = conditions.get(Condition::PostsPerResident, &[2, 1])
            / world.baseline.get(Condition::PostsPerResident, &[2, 1]);
        assert!((ratio - (1.0 - 0.5 * 1e6 / payroll)).abs() < 1e-12);
    }

    #[test]
    fn willing_employers_offer_room_for_more_money() {
        let mut world = world();
        let range = world.baseline.layout().range(Condition::EmployerWillingness);
        world.baseline.values_mut()[range].fill(1.0);
        let lever = |employer_willingness| SkillsLevy {
            additional_budget_gbp_million_per_year: 100.0,
            employer_willingness,
            ..levy()
        };
        let spent = |lever: SkillsLevy| supply(&conditions_with(lever.effect(&world, 1.0), &world));
        let today = supply(&world.baseline);
        assert!((spent(lever(1.0)) - today).abs() < 1e-6, "no employer, no place");
        assert!((spent(lever(1.2)) - 1.2 * today).abs() < 1e-6);
    }
}
