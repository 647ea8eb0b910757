//! `adjust`: scales or shifts any named condition, so that a new policy needs no new lever.

use super::common::{Common, all_regions};
use super::effect::{Effect, every_combination, shares_by_youth};
use super::printer::Printer;
use super::table::{Table, closest};
use super::typed::quoted;
use super::{Entry, Key, Lever};
use crate::calendar::Month;
use crate::conditions::{Axis, Condition, Offer, OfferKind, Operation, Spec};
use crate::domain::Region;
use crate::world::World;
use strum::VariantArray;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "adjust",
    purpose: "scales or shifts any named condition, in any regions and period",
    keys: &[
        Key { name: "condition", unit: "name", meaning: "the condition to change (needed)" },
        Key {
            name: "of",
            unit: "names joined by /",
            meaning: "which of its numbers, one name or `all` for each axis but the region; all without it",
        },
        Key { name: "scale", unit: "ratio", meaning: "multiplies the numbers (this or `shift`)" },
        Key { name: "shift", unit: "the condition's", meaning: "is added to the numbers (this or `scale`)" },
        Key {
            name: "cost_gbp_million_per_year",
            unit: "GBP million a year",
            meaning: "public cost, booked by region in proportion to young people",
        },
    ],
    evidence: "none of its own: the source of each use says where its size comes from",
    read: |table, world, start| Adjust::read(table, world, start).map(Lever::Adjust),
};

/// A change of one condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjust {
    /// When, where, for whom, on what authority.
    pub common: Common,
    /// The condition.
    pub condition: Condition,
    /// For each of its axes but the region: one index, or all.
    pub of: Vec<Option<usize>>,
    /// The change at full strength.
    pub change: Operation,
    /// Public cost at full strength (GBP million a year).
    pub cost_gbp_million_per_year: f64,
}

impl Adjust {
    fn read(table: &mut Table<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs("condition");
        let names: Vec<&str> = Condition::VARIANTS.iter().map(|condition| condition.spec().name).collect();
        let condition = table.name("condition", "a condition", &names).map(|index| Condition::VARIANTS[index]);
        let of = read_of(table, condition.map(Condition::spec), world);
        let change = read_change(table, condition.map(Condition::spec));
        let common = Common::read(table, world, start);
        let cost_gbp_million_per_year = table.number("cost_gbp_million_per_year", 0.0..=1e6).unwrap_or(0.0);
        check_group(table, condition?.spec(), &common);
        check_read(table, condition?);
        check_parts(table, condition?, of.as_deref(), change);
        Some(Self { common, condition: condition?, of: of?, change: change?, cost_gbp_million_per_year })
    }

    /// What it does in a month in which it has this strength.
    #[must_use]
    pub fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut effect = Effect::default();
        let operation = at_strength(self.change, strength);
        let regions = self.common.regions(world);
        if let (Operation::Scale(ratio), false) = (operation, self.common.group.is_everybody()) {
            self.offer(&mut effect, &regions, ratio);
        } else {
            for at in every_combination(&self.indexes(world)) {
                effect.edit(world, self.condition, &at, operation);
            }
        }
        let gbp_per_month = strength * self.cost_gbp_million_per_year * 1e6 / 12.0;
        for (region, share) in regions.iter().zip(shares_by_youth(world, &regions)) {
            effect.book(*region, gbp_per_month * share);
        }
        effect
    }

    fn offer(&self, effect: &mut Effect, regions: &[Region], ratio: f64) {
        for region in regions {
            effect.offer(Offer {
                region: *region,
                group: self.common.group.clone(),
                kind: OfferKind::HazardRatio(self.condition, ratio),
            });
        }
    }

    /// The indexes to change along each axis of the condition.
    fn indexes(&self, world: &World) -> Vec<Vec<usize>> {
        let mut of = self.of.iter();
        let along = |axis: &Axis| {
            if *axis == Axis::Region {
                return self.common.regions(world).iter().map(|region| region.index()).collect();
            }
            let all = || (0..axis.len(world.regions.len())).collect();
            of.next().copied().flatten().map_or_else(all, |index| vec![index])
        };
        self.condition.spec().axes.iter().map(along).collect()
    }

    /// Writes its own keys.
    pub fn print(&self, world: &World, out: &mut Printer) {
        let spec = self.condition.spec();
        out.text("condition", spec.name);
        if self.of.iter().any(Option::is_some) {
            let axes = spec.axes.iter().filter(|axis| **axis != Axis::Region);
            let parts: Vec<String> = axes.zip(&self.of).map(|(axis, index)| of_name(*axis, *index, world)).collect();
            out.text("of", &parts.join("/"));
        }
        match self.change {
            Operation::Scale(by) => out.number("scale", by),
            Operation::Shift(by) => out.number("shift", by),
        }
        out.number("cost_gbp_million_per_year", self.cost_gbp_million_per_year);
    }
}

/// A change at a strength between 0 (none) and 1 (all of it), or above it. No ratio is below zero.
fn at_strength(change: Operation, strength: f64) -> Operation {
    match change {
        Operation::Scale(by) => Operation::Scale((1.0 + strength * (by - 1.0)).max(0.0)),
        Operation::Shift(by) => Operation::Shift(strength * by),
    }
}

/// A target group meets a condition as a ratio on one exit, so it needs a condition that is one; without a
/// target group, only a condition that differs by region can change in some regions.
fn check_group(table: &mut Table<'_>, spec: &Spec, common: &Common) {
    let name = spec.name;
    if common.group.is_everybody() {
        if !spec.axes.contains(&Axis::Region) && table.has("regions") && !table.has("target") {
            table.note::<()>(
                "regions",
                format!("found regions for {name}, expected none: it is the same everywhere"),
                None,
            );
        }
        return;
    }
    if spec.clock.is_none() {
        let exits = Condition::VARIANTS.iter().map(|condition| condition.spec()).filter(|spec| spec.clock.is_some());
        let known: Vec<&str> = exits.map(|spec| spec.name).collect();
        let message = format!("found a target group for {name}, expected a condition that is the hazard of an exit");
        table.note::<()>(
            "target",
            message,
            Some(format!("the conditions that can be kept to a group are: {}", known.join(", "))),
        );
    }
    if table.has("of") {
        table.note::<()>("of", "found `of` beside a target group, expected only one of them".to_owned(), None);
    }
    if table.has("shift") {
        table.note::<()>("shift", "found a shift for a target group, expected `scale`".to_owned(), None);
    }
}

/// Conditions that only levers or tables read: changing them alone would do nothing.
const NOT_READ: [(Condition, &str); 5] = [
    (Condition::NeetBenefit, "change its row in the world's support.csv"),
    (Condition::LevyPayBill, "use the lever `skills_levy`"),
    (Condition::LevyRate, "use the lever `skills_levy`"),
    (Condition::LevyBudgetShare, "use the lever `skills_levy`"),
    (Condition::ProductivityIndex, "adjust `innovation_investment` or use the lever `regional_innovation`"),
];

fn check_read(table: &mut Table<'_>, condition: Condition) {
    if let Some((_, instead)) = NOT_READ.iter().find(|(unread, _)| *unread == condition) {
        let name = condition.spec().name;
        let message =
            format!("found {name}, expected a condition that people or places meet: changing it does nothing");
        table.note::<()>("condition", message, Some((*instead).to_owned()));
    }
}

/// Somebody has to be able to choose something: a whole cannot be taken away.
fn check_parts(table: &mut Table<'_>, condition: Condition, of: Option<&[Option<usize>]>, change: Option<Operation>) {
    let spec = condition.spec();
    let Some(axis) = condition.parts_axis() else { return };
    // `of` leaves the region out, which comes first where there is one.
    let place = axis - usize::from(spec.axes.contains(&Axis::Region));
    let all_parts = of.is_some_and(|of| of[place].is_none());
    if all_parts && matches!(change, Some(Operation::Scale(by)) if by <= 0.0) {
        let message = format!("found 0 for all parts of {}, expected something left to choose", spec.name);
        table.note::<()>("scale", message, Some("name in `of` the parts that go".to_owned()));
    }
}

fn axis_names(axis: Axis, world: &World) -> Vec<String> {
    match axis.names() {
        Some(names) => names.into_iter().map(str::to_owned).collect(),
        None => all_regions(world).iter().map(|region| world.regions[region.index()].name.clone()).collect(),
    }
}

fn count(names: usize) -> String {
    if names == 1 { "one name".to_owned() } else { format!("{names} names") }
}

fn of_name(axis: Axis, index: Option<usize>, world: &World) -> String {
    index.map_or_else(|| "all".to_owned(), |index| axis_names(axis, world).swap_remove(index))
}

fn read_of(table: &mut Table<'_>, spec: Option<&Spec>, world: &World) -> Option<Vec<Option<usize>>> {
    let typed = table.text("of");
    let axes: Vec<Axis> = spec?.axes.iter().copied().filter(|axis| *axis != Axis::Region).collect();
    let Some(typed) = typed else {
        return Some(vec![None; axes.len()]);
    };
    let parts: Vec<&str> = typed.split('/').map(str::trim).collect();
    if parts.len() != axes.len() {
        let example: Vec<String> = axes.iter().map(|axis| of_name(*axis, Some(0), world)).collect();
        let expected = if example.is_empty() {
            "none: it is one number".to_owned()
        } else {
            format!("{} joined by /", count(axes.len()))
        };
        let hint = (!example.is_empty()).then(|| format!("such as {:?}, with \"all\" in any place", example.join("/")));
        return table.note("of", format!("found {}, expected {expected} for {}", quoted(&typed), spec?.name), hint);
    }
    let mut indexes = Vec::new();
    for (axis, part) in axes.into_iter().zip(parts) {
        let names = axis_names(axis, world);
        if part == "all" {
            indexes.push(None);
        } else if let Some(index) = names.iter().position(|name| name == part) {
            indexes.push(Some(index));
        } else {
            let known: Vec<&str> = names.iter().map(String::as_str).collect();
            let hint = closest(part, &known).or_else(|| Some(format!("the names are: all, {}", known.join(", "))));
            return table.note("of", format!("found {}, expected a known name or \"all\"", quoted(part)), hint);
        }
    }
    Some(indexes)
}

fn read_change(table: &mut Table<'_>, spec: Option<&Spec>) -> Option<Operation> {
    let scale = table.number("scale", 0.0..=1000.0).map(Operation::Scale);
    let width = spec.map_or(1e13, |spec| spec.highest - spec.lowest);
    let shift = table.number("shift", -width..=width).map(Operation::Shift);
    match (table.has("scale"), table.has("shift")) {
        (true, true) => table.note("shift", "found both `scale` and `shift`, expected one of them".to_owned(), None),
        (false, false) => {
            table.needs_either("scale", "shift");
            None
        }
        (true, false) => scale,
        (false, true) => shift,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::tests::{common, conditions_with, world, young_women};

    fn adjust(condition: Condition, of: Vec<Option<usize>>, change: Operation) -> Adjust {
        Adjust { common: common(), condition, of, change, cost_gbp_million_per_year: 0.0 }
    }

    #[test]
    fn only_the_named_numbers_change() {
        let world = world();
        let lever = adjust(Condition::Separation, vec![Some(2), None], Operation::Scale(2.0));
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        let changed =
            |at: &[usize]| conditions.get(Condition::Separation, at) / world.baseline.get(Condition::Separation, at);
        assert!((changed(&[2, 0]) - 2.0).abs() < 1e-12);
        assert!((changed(&[2, 5]) - 2.0).abs() < 1e-12);
        assert!((changed(&[1, 0]) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn half_the_strength_is_half_the_change() {
        let world = world();
        let scale = adjust(Condition::MinimumWage, vec![None], Operation::Scale(1.5));
        let shift = adjust(Condition::MinimumWage, vec![None], Operation::Shift(3.0));
        assert!(scale.effect(&world, 0.5).edits().iter().all(|edit| edit.operation == Operation::Scale(1.25)));
        assert!(shift.effect(&world, 0.5).edits().iter().all(|edit| edit.operation == Operation::Shift(1.5)));
    }

    #[test]
    fn a_target_group_is_offered_a_hazard_ratio_and_the_table_stays() {
        let world = world();
        let mut lever = adjust(Condition::Separation, vec![None, None], Operation::Scale(0.8));
        lever.common.group = young_women();
        lever.common.regions = vec![Region(2)];
        let effect = lever.effect(&world, 1.0);
        assert!(effect.edits().is_empty());
        assert_eq!(
            effect.offers(),
            [Offer {
                region: Region(2),
                group: young_women(),
                kind: OfferKind::HazardRatio(Condition::Separation, 0.8)
            }]
        );
    }

    #[test]
    fn a_result_stays_within_the_range_of_its_condition() {
        let world = world();
        let lever = adjust(Condition::PassRate, vec![None], Operation::Shift(5.0));
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        assert!(conditions.table(Condition::PassRate).iter().all(|rate| (*rate - 1.0).abs() < 1e-12));
    }

    #[test]
    fn its_cost_is_booked_by_month_in_proportion_to_young_people() {
        let world = world();
        let mut lever = adjust(Condition::PassRate, vec![None], Operation::Scale(1.0));
        lever.cost_gbp_million_per_year = 12.0;
        let conditions = conditions_with(lever.effect(&world, 0.5), &world);
        assert_eq!(conditions.booked_gbp, [250_000.0, 125_000.0, 125_000.0]);
        assert_eq!(conditions.values(), world.baseline.values());
    }
}
