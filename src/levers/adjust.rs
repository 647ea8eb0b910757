//! `adjust`: scales or shifts any named condition, so that a new policy needs no new lever.

use super::common::{Common, all_regions};
use super::effect::Effect;
use super::work::{Work, at_strength};
use super::{Entry, Key, Lever, Policy};
use crate::calendar::Month;
use crate::conditions::{Axis, Condition, Met, Operation, Spec};
use crate::toml_tables::{Printer, TableReader, closest, quoted};
use crate::world::World;

/// The registry's line.
pub const ENTRY: Entry = Entry {
    name: "adjust",
    purpose: "scales, shifts or bounds any named condition, in any regions and period and for any target group that meets it",
    keys: &[
        Key { name: "condition", unit: "name", meaning: "the condition to change (needed)" },
        Key {
            name: "of",
            unit: "names joined by /",
            meaning: "which of its numbers, one name or `all` for each axis but the region; all without it",
        },
        Key { name: "scale", unit: "ratio", meaning: "multiplies the numbers (one of these four is needed)" },
        Key { name: "shift", unit: "the condition's", meaning: "is added to the numbers" },
        Key { name: "at_least", unit: "the condition's", meaning: "raises the numbers to this where they are less" },
        Key { name: "at_most", unit: "the condition's", meaning: "lowers the numbers to this where they are more" },
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
    fn read(table: &mut TableReader<'_>, world: &World, start: Month) -> Option<Self> {
        table.needs("condition");
        let names: Vec<&str> = Condition::all().map(|condition| condition.spec().name).collect();
        let condition = table.name("condition", "a condition", &names).and_then(|index| Condition::all().nth(index));
        let of = read_of(table, condition.map(Condition::spec), world);
        let change = read_change(table, condition.map(Condition::spec));
        let common = Common::read(table, world, start);
        let cost_gbp_million_per_year = table.number("cost_gbp_million_per_year", 0.0..=1e6).unwrap_or(0.0);
        check_group(table, condition?.spec(), &common);
        check_read(table, condition?);
        check_parts(
            table,
            condition?,
            of.as_deref(),
            change.map(|change| at_strength(change, common.full_strength, 0.0)),
        );
        Some(Self { common, condition: condition?, of: of?, change: change?, cost_gbp_million_per_year })
    }
}

impl Policy for Adjust {
    fn common(&self) -> &Common {
        &self.common
    }

    fn effect(&self, world: &World, strength: f64) -> Effect {
        let mut work = Work::new(world, &self.common, strength);
        work.change(self.condition, &self.of, self.change);
        work.book(self.cost_gbp_million_per_year * 1e6);
        work.done()
    }

    fn print(&self, world: &World, out: &mut Printer) {
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
            Operation::AtLeast(bound) => out.number("at_least", bound),
            Operation::AtMost(bound) => out.number("at_most", bound),
        }
        out.number("cost_gbp_million_per_year", self.cost_gbp_million_per_year);
    }
}

/// What places meet is the same for everybody there, and what is the same everywhere is the same in all regions.
fn check_group(table: &mut TableReader<'_>, spec: &Spec, common: &Common) {
    let name = spec.name;
    if spec.met_by == Met::People {
        return;
    }
    if !common.group.is_everybody() {
        let message = format!("found a target group for {name}, expected a condition that people meet one by one");
        let hint = "rungs list conditions says which do".to_owned();
        table.note::<()>("target", message, Some(hint));
    }
    if !spec.axes.contains(&Axis::Region) && table.has("regions") {
        let message = format!("found regions for {name}, expected none: it is the same everywhere");
        table.note::<()>("regions", message, None);
    }
}

/// What only the money's books read: changing it alone would do nothing.
fn check_read(table: &mut TableReader<'_>, condition: Condition) {
    if condition == Condition::NeetBenefit {
        let message = format!(
            "found {}, expected a condition that people or places meet: changing it does nothing",
            condition.spec().name
        );
        let hint = "change its row in the world's support.csv".to_owned();
        table.note::<()>("condition", message, Some(hint));
    }
}

/// Somebody has to be able to choose something: a whole cannot be taken away.
fn check_parts(
    table: &mut TableReader<'_>,
    condition: Condition,
    of: Option<&[Option<usize>]>,
    change: Option<Operation>,
) {
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

fn read_of(table: &mut TableReader<'_>, spec: Option<&Spec>, world: &World) -> Option<Vec<Option<usize>>> {
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

fn read_change(table: &mut TableReader<'_>, spec: Option<&Spec>) -> Option<Operation> {
    const KEYS: [&str; 4] = ["scale", "shift", "at_least", "at_most"];
    let (lowest, highest) = spec.map_or((-1e13, 1e13), |spec| (spec.lowest, spec.highest));
    let width = highest - lowest;
    let changes = [
        table.number("scale", 0.0..=1000.0).map(Operation::Scale),
        table.number("shift", -width..=width).map(Operation::Shift),
        table.number("at_least", lowest..=highest).map(Operation::AtLeast),
        table.number("at_most", lowest..=highest).map(Operation::AtMost),
    ];
    let typed: Vec<&str> = KEYS.into_iter().filter(|key| table.has(key)).collect();
    match typed[..] {
        [] => table.needs_one_of(&KEYS),
        [_] => {}
        [first, second, ..] => {
            let message = format!("found both `{first}` and `{second}`, expected one of them");
            table.note::<()>(second, message, None);
        }
    }
    changes.into_iter().flatten().next()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::conditions::Group;
    use crate::domain::Region;
    use crate::levers::tests::{common, conditions_with, world, young_women};

    fn adjust(condition: Condition, of: Vec<Option<usize>>, change: Operation) -> Adjust {
        Adjust { common: common(), condition, of, change, cost_gbp_million_per_year: 0.0 }
    }

    pub(crate) fn example(size: f64) -> Lever {
        let change = Operation::Scale(1.0 + 0.3 * size);
        let cost_gbp_million_per_year = 3.7 * size;
        // A condition that people meet and that differs by region.
        let condition = Condition::SupportQuality;
        Lever::Adjust(Adjust { cost_gbp_million_per_year, ..adjust(condition, Vec::new(), change) })
    }

    pub(crate) fn supply(conditions: &Conditions) -> f64 {
        conditions.get(Condition::SupportQuality, &[0])
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
    fn a_target_group_meets_its_own_numbers_and_everybody_elses_stay() {
        let world = world();
        let mut lever = adjust(Condition::Separation, vec![Some(2), None], Operation::Scale(0.8));
        lever.common.group = young_women();
        lever.common.regions = vec![Region(2)];
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        assert_eq!(conditions.values(), world.baseline.values());
        let living_there = Group { residence: vec![Region(2)], ..young_women() };
        assert_eq!(conditions.groups(), [&living_there]);
        let own = conditions.met_by(|group| *group == living_there);
        let ratio = |at: &[usize]| own.get(Condition::Separation, at) / world.baseline.get(Condition::Separation, at);
        assert!((ratio(&[2, 3]) - 0.8).abs() < 1e-12 && (ratio(&[1, 3]) - 1.0).abs() < 1e-12);
        assert_eq!(conditions.met_by(|_| false).values(), world.baseline.values());
    }

    #[test]
    fn a_bound_raises_only_what_is_below_it() {
        let world = world();
        let lever = adjust(Condition::MinimumWage, vec![None], Operation::AtLeast(0.32));
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        let bands = world.baseline.table(Condition::MinimumWage).iter().map(|wage| wage.max(0.32));
        assert_eq!(conditions.table(Condition::MinimumWage), bands.collect::<Vec<_>>());
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
