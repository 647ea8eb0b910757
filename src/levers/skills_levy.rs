//! `skills_levy`: the growth and skills levy: how much it raises, and where the training budget goes.

use super::common::Common;
use super::effect::{Effect, employers_room, shares, shares_by_youth};
use super::printer::Printer;
use super::table::Table;
use super::{Entry, Key, Lever};
use crate::calendar::Month;
use crate::conditions::{Condition, Offer, OfferKind, Operation};
use crate::domain::{Funding, Level, Region};
use crate::world::World;
use strum::VariantArray;

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
            name: "ring_fence_under_25",
            unit: "share",
            meaning: "share of the additional and redirected budget kept for under 25s at levels 2 and 3; none without it",
        },
        Key {
            name: "regional_spread",
            unit: "share",
            meaning: "0 spreads that budget over regions like today's spending, 1 by young people; what finds no employers goes where some are left; 0 without it",
        },
        Key {
            name: "redirect_existing",
            unit: "share",
            meaning: "share of today's spending put under the ring-fence and spread; none without it",
        },
    ],
    evidence: "0.5% of pay bills above GBP 3 million raised GBP 3.84 billion in 2023/24, of which about two thirds reached England's budget (FE Week, NAO 2019); levels 4+ took 13% of funding in 2017/18 and 39% in 2021/22 (IFS 2025); money that finds no employer willing to offer a place is unspent, and each lever counts employers' room as if it was alone",
    read: |table, world, start| SkillsLevy::read(table, world, start).map(Lever::SkillsLevy),
};

/// A change of the levy.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillsLevy {
    /// When, where (the budget is spent), for whom, on what authority.
    pub common: Common,
    /// Change of the rate (percentage points of the pay bill).
    pub rate_change_percentage_points: f64,
    /// Share of receipts that reaches the training budget, if it changes.
    pub budget_share: Option<f64>,
    /// Public money added to the budget beside the levy's receipts (GBP million a year).
    pub additional_budget_gbp_million_per_year: f64,
    /// Share of the moved budget that is kept for under 25s at levels 2 and 3.
    pub ring_fence_under_25: f64,
    /// How far the moved budget follows young people (1) rather than today's spending (0).
    pub regional_spread: f64,
    /// Share of today's spending that is moved as well.
    pub redirect_existing: f64,
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

    fn is_fenced(&self) -> bool {
        self.funding == Funding::Under25 && matches!(self.level, Level::Level2 | Level::Level3)
    }
}

impl SkillsLevy {
    fn read(table: &mut Table<'_>, world: &World, start: Month) -> Option<Self> {
        let rate = table.number("rate_change_percentage_points", -100.0..=100.0);
        let budget_share = table.number("budget_share", 0.0..=1.0);
        let additional = table.number("additional_budget_gbp_million_per_year", 0.0..=1e6);
        let ring_fence = table.number("ring_fence_under_25", 0.0..=1.0);
        let spread = table.number("regional_spread", 0.0..=1.0);
        let redirect = table.number("redirect_existing", 0.0..=1.0);
        Some(Self {
            common: Common::read(table, world, start),
            rate_change_percentage_points: rate.unwrap_or(0.0),
            budget_share,
            additional_budget_gbp_million_per_year: additional.unwrap_or(0.0),
            ring_fence_under_25: ring_fence.unwrap_or(0.0),
            regional_spread: spread.unwrap_or(0.0),
            redirect_existing: redirect.unwrap_or(0.0),
        })
    }

    /// What it does in a month in which it has this strength.
    #[must_use]
    pub fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut effect = Effect::default();
        let (rate_change, share_change) = self.changes(world, strength);
        effect.edit(world, Condition::LevyRate, &[], Operation::Shift(rate_change));
        effect.edit(world, Condition::LevyBudgetShare, &[], Operation::Shift(share_change));
        let additional_gbp = additional_receipts_gbp(world, rate_change, share_change)
            + strength * self.additional_budget_gbp_million_per_year * 1e6;
        let redirect = self.redirect(strength);
        let cells = self.cells(world);
        let redirected_gbp = redirect * cells.iter().map(Cell::spending).sum::<f64>();
        let mut room_gbp = Self::room_gbp(world, &cells, redirect);
        let added = self.places_bought(world, &cells, additional_gbp, redirected_gbp, &mut room_gbp);
        for (cell, added) in cells.iter().zip(added) {
            self.change_places(world, &mut effect, cell, added, redirect * cell.places);
        }
        effect
    }

    /// The change of the rate and of the budget's share of receipts.
    fn changes(&self, world: &World, strength: f64) -> (f64, f64) {
        let rate = world.baseline.get(Condition::LevyRate, &[]);
        let share = world.baseline.get(Condition::LevyBudgetShare, &[]);
        let rate_change = (strength * self.rate_change_percentage_points / 100.0).clamp(-rate, 1.0 - rate);
        (rate_change, strength.min(1.0) * self.budget_share.map_or(0.0, |new| new - share))
    }

    /// Moving money without a ring-fence or a spread would put it back where it was: not at all, then.
    pub(super) fn redirect(&self, strength: f64) -> f64 {
        let moves = self.ring_fence_under_25 > 0.0 || self.regional_spread > 0.0 || !self.common.group.is_everybody();
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

    /// Places bought in each cell (starts a year). A cut is taken like today's spending: the ring-fence
    /// and the spread say where new money goes, not where it is missed.
    fn places_bought(
        &self,
        world: &World,
        cells: &[Cell],
        additional_gbp: f64,
        redirected_gbp: f64,
        room_gbp: &mut [f64],
    ) -> Vec<f64> {
        let moved_gbp = additional_gbp.max(0.0) + redirected_gbp;
        let fenced_gbp = moved_gbp * self.ring_fence_under_25;
        let cut_gbp = additional_gbp.min(0.0);
        let fenced = self.pattern(world, cells, Cell::is_fenced, self.regional_spread);
        let fenced = poured(fenced_gbp, &fenced, room_gbp);
        let open = self.pattern(world, cells, |_| true, self.regional_spread);
        let open = poured(moved_gbp - fenced_gbp, &open, room_gbp);
        let today = self.pattern(world, cells, |_| true, 0.0);
        let gbp = |at: usize| fenced[at] + open[at] + cut_gbp * today[at];
        let places =
            |(at, cell): (usize, &Cell)| if cell.unit_cost_gbp > 0.0 { gbp(at) / cell.unit_cost_gbp } else { 0.0 };
        cells.iter().enumerate().map(places).collect()
    }

    /// Money that still finds employers willing to offer places in each cell (GBP a year).
    fn room_gbp(world: &World, cells: &[Cell], redirect: f64) -> Vec<f64> {
        let room = |cell: &Cell| {
            let at = [cell.region.index(), cell.level as usize, cell.funding as usize];
            (employers_room(world, &at) + redirect * cell.places) * cell.unit_cost_gbp
        };
        cells.iter().map(room).collect()
    }

    /// The share of one pound that goes to each cell: over regions between today's spending and young
    /// people, and within a region like its own spending today.
    fn pattern(&self, world: &World, cells: &[Cell], eligible: impl Fn(&Cell) -> bool, spread: f64) -> Vec<f64> {
        let spending: Vec<f64> = cells.iter().map(|cell| if eligible(cell) { cell.spending() } else { 0.0 }).collect();
        let regions = self.common.regions(world);
        let kinds = Level::VARIANTS.len() * Funding::VARIANTS.len();
        let by_region: Vec<f64> = spending.chunks(kinds).map(|kinds| kinds.iter().sum()).collect();
        let today = shares(by_region.clone());
        let youth = shares_by_youth(world, &regions);
        let mut pattern = Vec::with_capacity(cells.len());
        for (at, of_region) in spending.chunks(kinds).enumerate() {
            let total = by_region[at];
            let region_share = (1.0 - spread) * today[at] + spread * youth[at];
            pattern.extend(of_region.iter().map(|kind| if total > 0.0 { region_share * kind / total } else { 0.0 }));
        }
        pattern
    }

    fn change_places(&self, world: &World, effect: &mut Effect, cell: &Cell, added: f64, removed: f64) {
        let at = [cell.region.index(), cell.level as usize, cell.funding as usize];
        if self.common.group.is_everybody() || added < 0.0 {
            effect.edit(world, Condition::ApprenticeshipPlaces, &at, Operation::Shift(added - removed));
            return;
        }
        effect.edit(world, Condition::ApprenticeshipPlaces, &at, Operation::Shift(0.0 - removed));
        let kind = OfferKind::Apprenticeships(cell.level, added);
        effect.offer(Offer { region: cell.region, group: self.common.group.clone(), kind });
    }

    /// Writes its own keys.
    pub fn print(&self, out: &mut Printer) {
        out.number("rate_change_percentage_points", self.rate_change_percentage_points);
        if let Some(share) = self.budget_share {
            out.number("budget_share", share);
        }
        out.number("additional_budget_gbp_million_per_year", self.additional_budget_gbp_million_per_year);
        out.number("ring_fence_under_25", self.ring_fence_under_25);
        out.number("regional_spread", self.regional_spread);
        out.number("redirect_existing", self.redirect_existing);
    }
}

/// Money poured over cells in a pattern (GBP a year): what finds no employer in one cell flows on to those
/// that have room left, in the same pattern; what finds none at all is unspent.
fn poured(gbp: f64, pattern: &[f64], room_gbp: &mut [f64]) -> Vec<f64> {
    let mut spent = vec![0.0; pattern.len()];
    let mut left = gbp;
    // Each round but the last fills a cell.
    for _ in 0..pattern.len() {
        let weights: Vec<f64> =
            pattern.iter().zip(&*room_gbp).map(|(weight, room)| if *room > 0.0 { *weight } else { 0.0 }).collect();
        let total = weights.iter().fold(0.0, |sum, weight| sum + weight);
        if left <= 0.0 || total <= 0.0 {
            break;
        }
        let mut too_much = 0.0;
        for (at, weight) in weights.into_iter().enumerate() {
            let wanted = left * weight / total;
            let taken = wanted.min(room_gbp[at]);
            spent[at] += taken;
            room_gbp[at] -= taken;
            too_much += wanted - taken;
        }
        left = too_much;
    }
    spent
}

/// Change of pay bill x rate x share (GBP a year); exactly zero when neither changes.
fn additional_receipts_gbp(world: &World, rate_change: f64, share_change: f64) -> f64 {
    let pay_bill = world.baseline.get(Condition::LevyPayBill, &[]);
    let rate = world.baseline.get(Condition::LevyRate, &[]);
    let share = world.baseline.get(Condition::LevyBudgetShare, &[]);
    pay_bill * (rate_change * (share + share_change) + rate * share_change)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::levers::tests::{common, conditions_with, world, young_women};

    fn levy() -> SkillsLevy {
        SkillsLevy {
            common: common(),
            rate_change_percentage_points: 0.0,
            budget_share: None,
            additional_budget_gbp_million_per_year: 0.0,
            ring_fence_under_25: 0.0,
            regional_spread: 0.0,
            redirect_existing: 0.0,
        }
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
        let cut = spent_by(&SkillsLevy { rate_change_percentage_points: -0.01, ring_fence_under_25: 1.0, ..levy() });
        assert!(cut.iter().all(|spent| *spent < 0.0) && (cut.iter().sum::<f64>() + 60_000.0).abs() < 1e-3);
        let more = spent_by(&SkillsLevy { budget_share: Some(0.7), ..levy() });
        assert!((more.iter().sum::<f64>() - 500_000.0).abs() < 1e-3);
    }

    #[test]
    fn ring_fenced_money_goes_to_under_25s_at_levels_2_and_3_alone() {
        let lever = SkillsLevy { additional_budget_gbp_million_per_year: 1.0, ring_fence_under_25: 1.0, ..levy() };
        let spent = spent_by(&lever);
        for (cell, spent) in levy().cells(&world()).iter().zip(&spent) {
            assert_eq!(cell.is_fenced(), *spent > 1.0);
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
        let lever = SkillsLevy { redirect_existing: 0.1, ring_fence_under_25: 1.0, regional_spread: 1.0, ..levy() };
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
            let expected = if cell.is_fenced() { 0.1 } else { -0.1 };
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
        let effect = lever.effect(&world, 1.0);
        assert!(effect.edits().is_empty());
        let worth = effect.offers().iter().map(|offer| match offer.kind {
            OfferKind::Apprenticeships(level, places) => {
                places * world.baseline.get(Condition::ApprenticeshipUnitCost, &[level as usize])
            }
            OfferKind::Support(_) | OfferKind::HazardRatio(..) => f64::NAN,
        });
        assert!((worth.sum::<f64>() - 1e6).abs() < 1e-3);
    }
}
