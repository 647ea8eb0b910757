//! `skills_levy`: the growth and skills levy: how much it raises, and where the training budget goes.

use crate::conditions::apprenticeships::{
    APPRENTICESHIP_DISPLACEMENT, APPRENTICESHIP_PLACES, EMPLOYER_WILLINGNESS, LEVY_ALLOWANCE, LEVY_BUDGET_SHARE,
    LEVY_PAY_BILL, LEVY_PAYERS, LEVY_RATE,
};
use crate::conditions::jobs::POSTS_PER_RESIDENT;
use crate::conditions::{Condition, Group, Operation};
use crate::domain::{JobClass, Kind, Level};
use crate::levers::apprenticeship_spending::{Cell, Spread, SpreadBy, cells, payroll_gbp};
use crate::levers::budget::{Budget, Rank};
use crate::levers::common::{Common, all_regions};
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::{Part, Policy, SetNumber, Shared};
use crate::toml_tables::Key;
use crate::world::World;
use strum::VariantArray;

/// A change of the levy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SkillsLevy {
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

impl Policy for SkillsLevy {
    const NAME: &'static str = "skills_levy";
    const PURPOSE: &'static str =
        "changes what the levy raises and which apprenticeships, ages and regions its budget reaches";
    const EVIDENCE: &'static str = "0.5% of pay bills above GBP 3 million raised GBP 3.84 billion in 2023/24, of which about two thirds reached England's budget (FE Week, NAO 2019); 34,200 employers paid in 2022/23 (HM Treasury); without a ring-fence levels 4+ took 13% of funding in 2017/18 and 39% in 2021/22, a drift of 0.065 a year (IFS 2025; derived); willingness, displacement (test 0.3 to 0.6) and incidence have no UK estimate: assumptions";
    const KEYS: &'static [Key<Self>] = &[
        Key::number(
            "rate_change_percentage_points",
            -100.0..=100.0,
            |own: &mut Self| &mut own.rate_change_percentage_points,
        )
        .means("percentage points", "change of the levy rate on the pay bill")
        .otherwise("none"),
        Key::number_or_none("allowance_gbp", 0.0..=1e9, |own: &mut Self| &mut own.allowance_gbp)
            .means("GBP a year", "allowance that each payer takes off the levy")
            .otherwise("the world's"),
        Key::number_or_none("budget_share", 0.0..=1.0, |own: &mut Self| &mut own.budget_share)
            .means("share", "share of receipts that reaches the training budget")
            .otherwise("unchanged"),
        Key::number(
            "additional_budget_gbp_million_per_year",
            0.0..=1e6,
            |own: &mut Self| &mut own.additional_budget_gbp_million_per_year,
        )
        .means("GBP million a year", "public money beside the levy's receipts")
        .otherwise("none"),
        Key::number("redirect_existing", 0.0..=1.0, |own: &mut Self| &mut own.redirect_existing)
            .means("share", "share of today's spending on apprenticeships in the lever's regions, put under the ring-fences, the spread and the drift")
            .otherwise("none"),
        Key::number("ring_fence_under_25", 0.0..=1.0, |own: &mut Self| &mut own.ring_fence_under_25)
            .means("share", "share of the additional and redirected budget kept for under 25s")
            .otherwise("none"),
        Key::number("ring_fence_levels_2_and_3", 0.0..=1.0, |own: &mut Self| &mut own.ring_fence_levels_2_and_3)
            .means("share", "share of that budget kept for levels 2 and 3")
            .otherwise("none"),
        Key::number("drift_per_year", 0.0..=1.0, |own: &mut Self| &mut own.drift_per_year)
            .means("share a year", "share of that budget outside the ring-fences that moves to level 4+ or people of 25 and over with each whole year")
            .otherwise("none"),
        Key::number("regional_spread", 0.0..=1.0, |own: &mut Self| &mut own.regional_spread)
            .means("share", "0 spreads that budget over regions like today's spending, 1 as `spread_by` says; what finds no employers goes where some are left")
            .or(0.0),
        Key::name("spread_by", "what the budget follows", |own: &mut Self| &mut own.spread_by)
            .means("name", "\"young people\", \"need\" (like today's support places, which follow people who are NEET) or \"payroll\"")
            .or_names(&["young people"]),
        Key::number("employer_willingness", 0.0..=100.0, |own: &mut Self| &mut own.employer_willingness)
            .means("ratio", "ratio on the most places that employers would offer there")
            .or(1.0),
        Key::number_or_none("displacement", 0.0..=1.0, |own: &mut Self| &mut own.displacement)
            .means("share", "share of all places beyond today's that replace ordinary posts")
            .otherwise("unchanged"),
        Key::number("incidence_on_jobs", 0.0..=1.0, |own: &mut Self| &mut own.incidence_on_jobs)
            .means("share", "share of a higher levy that employers save on posts, in all regions")
            .otherwise("none"),
    ];

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        let (world, strength) = (effect.world(), effect.strength());
        let cells = cells(world, &effect.regions());
        effect.change(EMPLOYER_WILLINGNESS).scale(self.employer_willingness);
        let (receipts_gbp, budget_gbp) = self.raised_gbp(world, strength);
        let new_gbp = budget_gbp + strength * self.additional_budget_gbp_million_per_year * 1e6;
        let redirect = self.redirect(effect.group(), strength);
        let redirected_gbp = redirect * cells.iter().map(Cell::spending).sum::<f64>();
        self.cut(effect, &cells, (-new_gbp).max(0.0), redirect);
        let moved_gbp = new_gbp.max(0.0) + redirected_gbp;
        self.spend(effect, &cells, moved_gbp);
        self.lose_posts(effect, receipts_gbp);
        if let Some(displacement) = self.displacement.filter(|_| moved_gbp > 0.0) {
            for level in Level::VARIANTS {
                let now = world.baseline.get(APPRENTICESHIP_DISPLACEMENT, *level);
                let displaced = effect.change(APPRENTICESHIP_DISPLACEMENT).of(*level);
                displaced.no_further().shift(displacement - now);
            }
        }
    }

    fn sets(&self, _common: &Common, _world: &World) -> Vec<SetNumber> {
        // The levy is one for all regions, wherever its budget is spent.
        let share = self.budget_share.map(|_| ("budget_share", LEVY_BUDGET_SHARE.any(), Vec::new()));
        let allowance = self.allowance_gbp.map(|_| ("allowance_gbp", LEVY_ALLOWANCE.any(), Vec::new()));
        let levels = (0..Level::count()).filter(|_| self.displacement.is_some());
        let displacement = levels.map(|level| ("displacement", APPRENTICESHIP_DISPLACEMENT.any(), vec![level]));
        share.into_iter().chain(allowance).chain(displacement).collect()
    }

    fn takes(&self, common: &Common, world: &World, strength: f64) -> Vec<Part> {
        let redirected = self.redirect(&common.group, strength);
        let cut = 0.0 - strength * self.rate_change_percentage_points;
        let rate = 100.0 * world.baseline.get(LEVY_RATE, ());
        let spending = Part {
            key: "redirect_existing",
            amount: redirected,
            most: 1.0,
            of: "today's spending",
            shared: Shared::ByRegion,
        };
        let levy = Part {
            key: "rate_change_percentage_points",
            amount: cut.max(0.0),
            most: rate,
            of: "today's rate",
            shared: Shared::Everywhere,
        };
        vec![spending, levy]
    }

    fn idle_keys(&self, common: &Common) -> Vec<(&'static str, &'static str)> {
        let is_more = self.additional_budget_gbp_million_per_year > 0.0
            || self.rate_change_percentage_points > 0.0
            || self.budget_share.is_some()
            || self.allowance_gbp.is_some();
        let moves = is_more || self.redirect_existing > 0.0;
        let places: [(&'static str, bool, &'static str); 8] = [
            ("ring_fence_under_25", self.ring_fence_under_25 > 0.0 && !moves, MONEY),
            ("ring_fence_levels_2_and_3", self.ring_fence_levels_2_and_3 > 0.0 && !moves, MONEY),
            ("drift_per_year", self.drift_per_year > 0.0 && !moves, MONEY),
            ("regional_spread", self.regional_spread > 0.0 && !moves, MONEY),
            ("displacement", self.displacement.is_some() && !moves, MONEY),
            ("spread_by", self.spread_by != SpreadBy::default() && self.regional_spread <= 0.0, "`regional_spread`"),
            (
                "redirect_existing",
                self.redirect_existing > 0.0 && self.redirect(&common.group, 1.0) <= 0.0,
                "a ring-fence, a spread, a drift or a target that says where to",
            ),
            (
                "incidence_on_jobs",
                self.incidence_on_jobs > 0.0
                    && self.rate_change_percentage_points.abs() <= 0.0
                    && self.allowance_gbp.is_none(),
                "a change of the rate or of the allowance",
            ),
        ];
        places.into_iter().filter(|(_, is_idle, _)| *is_idle).map(|(key, _, what)| (key, what)).collect()
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        Self {
            additional_budget_gbp_million_per_year: 0.2 * size,
            redirect_existing: 0.1 * size,
            ring_fence_under_25: 0.7,
            ring_fence_levels_2_and_3: 0.5,
            drift_per_year: 0.065,
            employer_willingness: 1.0 + 0.1 * size,
            ..tests::levy()
        }
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        tests::spending(conditions)
    }
}

/// What ring-fences and the like act on.
const MONEY: &str = "a budget that is added or redirected";

/// Which cells a part of the budget is kept for.
type Kept<'a> = &'a dyn Fn(&Cell) -> bool;

impl SkillsLevy {
    /// Change of receipts and of the training budget (GBP a year); exactly zero when nothing changes.
    ///
    /// The rate is on the pay bill above today's threshold, and a change of the allowance moves what each of
    /// today's payers owes: employers at the threshold owe nothing, so that those who join or leave it count only to second order.
    fn raised_gbp(&self, world: &World, strength: f64) -> (f64, f64) {
        let today = |condition: Condition<()>| world.baseline.get(condition, ());
        let (rate, share) = (today(LEVY_RATE), today(LEVY_BUDGET_SHARE));
        let rate_change = (strength * self.rate_change_percentage_points / 100.0).clamp(-rate, 1.0 - rate);
        let allowance = today(LEVY_ALLOWANCE);
        let allowance_cut = (strength * self.allowance_gbp.map_or(0.0, |new| allowance - new)).min(allowance);
        let before = today(LEVY_PAY_BILL) * rate;
        let receipts = today(LEVY_PAY_BILL) * rate_change + today(LEVY_PAYERS) * allowance_cut;
        let receipts = receipts.max(-before);
        let share_change = strength.min(1.0) * self.budget_share.map_or(0.0, |new| new - share);
        (receipts, receipts * (share + share_change) + before * share_change)
    }

    /// The share of today's spending that is moved. Moving money with nothing to say where to would put it
    /// back where it was: not at all, then.
    pub(crate) fn redirect(&self, group: &Group, strength: f64) -> f64 {
        let is_fenced = self.ring_fence_under_25 > 0.0 || self.ring_fence_levels_2_and_3 > 0.0;
        let moves = is_fenced || self.regional_spread > 0.0 || self.drift_per_year > 0.0 || !group.is_everybody();
        if moves { strength.min(1.0) * self.redirect_existing } else { 0.0 }
    }

    /// Spends the moved budget: what both ring-fences keep first, then what one of them keeps, then the
    /// rest, of which a share has drifted.
    fn spend(&self, effect: &mut EffectBuilder<'_>, cells: &[Cell], moved_gbp: f64) {
        let (world, group) = (effect.world(), effect.group());
        let (young, lower) = (self.ring_fence_under_25, self.ring_fence_levels_2_and_3);
        let open = 1.0 - young.max(lower);
        let drifted = open * (self.drift_per_year * f64::from(effect.years())).min(1.0);
        let is_core = |cell: &Cell| cell.is_young() && cell.is_lower();
        let parts: [(Rank, f64, Kept<'_>); 5] = [
            (Rank::AgeAndLevel, young.min(lower), &is_core),
            (Rank::AgeOrLevel, (young - lower).max(0.0), &Cell::is_young),
            (Rank::AgeOrLevel, (lower - young).max(0.0), &Cell::is_lower),
            (Rank::Open, open - drifted, &|_| true),
            (Rank::Open, drifted, &|cell| !is_core(cell)),
        ];
        let spread = Spread { share: self.regional_spread, by: self.spread_by };
        for (rank, share, eligible) in parts {
            let weights = spread.pattern(world, cells, eligible);
            let pattern =
                cells.iter().zip(weights).map(|(cell, weight)| (cell.region, cell.level, cell.funding, weight));
            let pattern = pattern.filter(|cell| cell.3 > 0.0).collect();
            effect.spend(Budget { group: group.clone(), rank, gbp_per_year: moved_gbp * share, pattern });
        }
    }

    /// A cut is taken like today's spending: ring-fences and spread say where new money goes, not where it is missed.
    fn cut(&self, effect: &mut EffectBuilder<'_>, cells: &[Cell], gbp: f64, redirect: f64) {
        let world = effect.world();
        let today = Spread { share: 0.0, by: self.spread_by }.pattern(world, cells, |_| true);
        for (cell, share) in cells.iter().zip(today) {
            let lost = if cell.unit_cost_gbp > 0.0 { gbp * share / cell.unit_cost_gbp } else { 0.0 };
            let change = Operation::Shift(0.0 - lost - redirect * cell.places);
            effect.worked_out().edit(world, APPRENTICESHIP_PLACES, cell.key(), change);
        }
    }

    /// What a higher levy costs in posts, in every region and class alike.
    fn lose_posts(&self, effect: &mut EffectBuilder<'_>, receipts_gbp: f64) {
        let world = effect.world();
        let regions = all_regions(world);
        let payroll: f64 = regions.iter().map(|region| payroll_gbp(world, *region)).sum();
        let lost = if payroll > 0.0 { self.incidence_on_jobs * receipts_gbp / payroll } else { 0.0 };
        let kept = Operation::Scale((1.0 - lost).max(0.0));
        for region in regions {
            for class in JobClass::VARIANTS {
                effect.worked_out().edit(world, POSTS_PER_RESIDENT, (region, *class), kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::apprenticeships::APPRENTICESHIP_UNIT_COST;
    use crate::conditions::support::SUPPORT_PLACES;
    use crate::conditions::{Conditions, OfferKind};
    use crate::domain::{Funding, Region};
    use crate::levers::testing::{ForEverybody, conditions_with, world, young_women};
    use crate::toml_tables::without_keys;

    pub(super) fn levy() -> SkillsLevy {
        without_keys(SkillsLevy::KEYS)
    }

    /// Spending on apprenticeships (GBP a year).
    pub(super) fn spending(conditions: &Conditions) -> f64 {
        let places = conditions.table(APPRENTICESHIP_PLACES).iter().enumerate();
        let cost = |at: usize| {
            conditions.get(APPRENTICESHIP_UNIT_COST, Level::VARIANTS[at / Funding::count() % Level::count()])
        };
        let offers = conditions.offers.iter().filter_map(|offer| match offer.kind {
            OfferKind::Apprenticeships(level) => Some(offer.places * conditions.get(APPRENTICESHIP_UNIT_COST, level)),
            OfferKind::Support | OfferKind::GuaranteedJobs | OfferKind::GuaranteedTraining => None,
        });
        places.map(|(at, places)| places * cost(at)).sum::<f64>() + offers.sum::<f64>()
    }

    fn all_cells(world: &World) -> Vec<Cell> {
        cells(world, &all_regions(world))
    }

    fn fenced(lever: SkillsLevy) -> SkillsLevy {
        SkillsLevy { ring_fence_under_25: 1.0, ring_fence_levels_2_and_3: 1.0, ..lever }
    }

    /// Change of spending in each region, level and age group (GBP a year).
    fn spent(conditions: &Conditions, world: &World) -> Vec<f64> {
        let cells = all_cells(world);
        let now = conditions.table(APPRENTICESHIP_PLACES);
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
        let today: Vec<f64> = all_cells(&world()).iter().map(Cell::spending).collect();
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
        for (cell, spent) in all_cells(&world()).iter().zip(&spent) {
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
        let range = world.baseline.layout().range(EMPLOYER_WILLINGNESS);
        world.baseline.values_mut()[range].fill(willingness);
        let lever = fenced(SkillsLevy { redirect_existing: 0.1, regional_spread: 1.0, ..levy() });
        (all_cells(&world), spent(&conditions_with(lever.effect(&world, 1.0), &world), &world))
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
        let places = world.baseline.layout().range(APPRENTICESHIP_PLACES);
        world.baseline.values_mut()[places.start + 12..places.end].fill(0.0);
        let lever = SkillsLevy { additional_budget_gbp_million_per_year: 1.0, regional_spread: 1.0, ..levy() };
        let spent = spent(&conditions_with(lever.effect(&world, 1.0), &world), &world);
        assert!((spent[..12].iter().sum::<f64>() - 1e6).abs() < 1e-3);
    }

    #[test]
    fn places_for_a_target_group_are_offers_worth_the_money() {
        let world = world();
        let mut lever = SkillsLevy { additional_budget_gbp_million_per_year: 1.0, ..levy() }.lever();
        lever.common.group = young_women();
        let conditions = conditions_with(lever.effect_at(&world, 1.0, lever.common.from), &world);
        assert_eq!(conditions.values(), world.baseline.values());
        assert!(conditions.offers.iter().all(|offer| offer.group == young_women()));
        assert!((spending(&conditions) - spending(&world.baseline) - 1e6).abs() < 1e-3);
    }

    #[test]
    fn a_lower_allowance_raises_what_each_payer_owes() {
        let mut world = world();
        let payers = world.baseline.layout().range(LEVY_PAYERS).start;
        world.baseline.values_mut()[payers] = 100.0;
        let allowance = world.baseline.get(LEVY_ALLOWANCE, ());
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
            all_cells(&world()).iter().zip(&spent).filter(|(cell, _)| kept(cell)).map(|(_, gbp)| gbp).sum::<f64>()
        };
        assert!(of(&Cell::is_young) >= 0.9e6 - 1e-3 && of(&Cell::is_lower) >= 0.6e6 - 1e-3);
        assert!((of(&|_| true) - 1e6).abs() < 1e-3);
    }

    #[test]
    fn money_outside_the_ring_fences_drifts_to_level_4_and_adults_year_by_year() {
        let world = world();
        let core_after = |lever: &SkillsLevy, years: u16| {
            let spent = spent(
                &conditions_with(
                    lever.clone().lever().effect_at(
                        &world,
                        1.0,
                        crate::levers::testing::common().from.plus(12 * years),
                    ),
                    &world,
                ),
                &world,
            );
            let core = all_cells(&world).into_iter().zip(spent).filter(|(cell, _)| cell.is_young() && cell.is_lower());
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
        let places = world.baseline.layout().range(SUPPORT_PLACES);
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
        let range = world.baseline.layout().range(EMPLOYER_WILLINGNESS);
        world.baseline.values_mut()[range].fill(1.3);
        let lever = SkillsLevy { additional_budget_gbp_million_per_year: 0.4, ring_fence_under_25: 0.5, ..levy() };
        let twice = SkillsLevy { additional_budget_gbp_million_per_year: 0.8, ..lever.clone() };
        let mut both = lever.effect(&world, 1.0);
        both.append(lever.effect(&world, 1.0));
        let both = spending(&conditions_with(both, &world));
        assert!((both - spending(&conditions_with(twice.effect(&world, 1.0), &world))).abs() < 1e-3);
    }

    #[test]
    fn a_higher_levy_costs_posts_in_proportion_to_what_it_takes_of_the_pay_bill() {
        let world = world();
        let lever = SkillsLevy { rate_change_percentage_points: 0.1, incidence_on_jobs: 0.5, ..levy() };
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        let payroll: f64 = all_regions(&world).iter().map(|region| payroll_gbp(&world, *region)).sum();
        let ratio = conditions.get(POSTS_PER_RESIDENT, (Region(2), JobClass::VARIANTS[1]))
            / world.baseline.get(POSTS_PER_RESIDENT, (Region(2), JobClass::VARIANTS[1]));
        assert!((ratio - (1.0 - 0.5 * 1e6 / payroll)).abs() < 1e-12);
    }

    #[test]
    fn willing_employers_offer_room_for_more_money() {
        let mut world = world();
        let range = world.baseline.layout().range(EMPLOYER_WILLINGNESS);
        world.baseline.values_mut()[range].fill(1.0);
        let lever = |employer_willingness| SkillsLevy {
            additional_budget_gbp_million_per_year: 100.0,
            employer_willingness,
            ..levy()
        };
        let spent = |lever: SkillsLevy| spending(&conditions_with(lever.effect(&world, 1.0), &world));
        let today = spending(&world.baseline);
        assert!((spent(lever(1.0)) - today).abs() < 1e-6, "no employer, no place");
        assert!((spent(lever(1.2)) - 1.2 * today).abs() < 1e-6);
    }
}
