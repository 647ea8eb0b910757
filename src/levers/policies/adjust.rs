//! `adjust`: scales or shifts any named condition, so that a new policy needs no new lever.
//!
//! Its keys depend on one another: the condition says what numbers `of` may name, and in what range they are.

use crate::conditions::population::COHORT_SIZE;
use crate::conditions::support::NEET_BENEFIT;
use crate::conditions::{Axis, Condition, Met, Operation, Spec};
use crate::levers::change::at_strength;
use crate::levers::common::Common;
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::Policy;
use crate::toml_tables::{Key, Printer, TableReader, closest, quoted};
use crate::world::World;

/// A change of one condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjust {
    /// The condition.
    pub condition: Condition,
    /// For each of its axes but the region: one index, or all.
    pub of: Vec<Option<usize>>,
    /// The change at full strength.
    pub change: Operation,
    /// Public cost at full strength (GBP million a year).
    pub cost_gbp_million_per_year: f64,
}

impl Default for Adjust {
    fn default() -> Self {
        let change = Operation::Scale(1.0);
        Self { condition: COHORT_SIZE.any(), of: Vec::new(), change, cost_gbp_million_per_year: 0.0 }
    }
}

impl Policy for Adjust {
    const NAME: &'static str = "adjust";
    const PURPOSE: &'static str = "scales, shifts or bounds any named condition, in any regions and period and for any target group that meets it";
    const EVIDENCE: &'static str = "none of its own: the source of each use says where its size comes from";
    const KEYS: &'static [Key<Self>] = &[
        Key::own("condition", read_condition, |own, out, key, _| out.text(key, own.condition.spec().name))
            .means("name", "the condition to change")
            .needed(),
        Key::own("of", read_of, print_of)
            .means("names joined by /", "which of its numbers, one name or `all` for each axis but the region")
            .otherwise("all"),
        Key::own("scale", read_change, print_change)
            .means("ratio", "multiplies the numbers (one of these four is needed)"),
        Key::own("shift", read_change, print_change).means("the condition's", "is added to the numbers"),
        Key::own("at_least", read_change, print_change)
            .means("the condition's", "raises the numbers to this where they are less"),
        Key::own("at_most", read_change, print_change)
            .means("the condition's", "lowers the numbers to this where they are more"),
    ];
    const LAST_KEYS: &'static [Key<Self>] =
        &[Key::number("cost_gbp_million_per_year", 0.0..=1e6, |own: &mut Self| &mut own.cost_gbp_million_per_year)
            .means("GBP million a year", "public cost, booked by region in proportion to young people")];
    const NEEDS_ONE_OF: &'static [&'static str] = &CHANGES;

    fn check(&self, common: &Common, _world: &World, table: &mut TableReader<'_>) {
        let typed: Vec<&'static str> = CHANGES.into_iter().filter(|key| table.has(key)).collect();
        if let [first, second, ..] = typed[..] {
            table.note(second, format!("found both `{first}` and `{second}`, expected one of them"), None);
        }
        if table.can_stand("condition") {
            check_group(table, self.condition.spec(), common);
            check_read(table, self.condition);
            check_parts(table, self.condition, &self.of, at_strength(self.change, common.full_strength, 0.0));
        }
    }

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        let mut change = effect.change(self.condition);
        for (axis, index) in named_axes(self.condition).into_iter().zip(&self.of) {
            change = index.iter().fold(change, |change, index| change.at_index(axis, *index));
        }
        change.by(self.change);
        effect.book(self.cost_gbp_million_per_year * 1e6);
    }

    fn can_be_scaled(&self) -> bool {
        self.cost_gbp_million_per_year > 0.0
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        // A condition that people meet and that differs by region.
        let (condition, change) =
            (crate::conditions::support::SUPPORT_QUALITY.any(), Operation::Scale(1.0 + 0.3 * size));
        Self { condition, of: Vec::new(), change, cost_gbp_million_per_year: 3.7 * size }
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        conditions.get(crate::conditions::support::SUPPORT_QUALITY, crate::domain::Region(0))
    }
}

/// The keys of which one says what is done to the numbers.
const CHANGES: [&str; 4] = ["scale", "shift", "at_least", "at_most"];
/// The most that numbers may be multiplied by.
const MOST_SCALE: f64 = 1000.0;
/// The widest range of any condition.
const WIDEST: (f64, f64) = (-1e13, 1e13);

/// What places meet is the same for everybody there, and what is the same everywhere is the same in all regions.
fn check_group(table: &mut TableReader<'_>, spec: &Spec, common: &Common) {
    let name = spec.name;
    if spec.met_by == Met::People {
        return;
    }
    if !common.group.is_everybody() {
        let message = format!("found a target group for {name}, expected a condition that people meet one by one");
        let hint = "rungs list conditions says which do".to_owned();
        table.note("target", message, Some(hint));
    }
    if !spec.axes.contains(&Axis::Region) && table.has("regions") {
        let message = format!("found regions for {name}, expected none: it is the same everywhere");
        table.note("regions", message, None);
    }
}

/// What only the money's books read: changing it alone would do nothing.
fn check_read(table: &mut TableReader<'_>, condition: Condition) {
    if condition == NEET_BENEFIT.any() {
        let message = format!(
            "found {}, expected a condition that people or places meet: changing it does nothing",
            condition.spec().name
        );
        let hint = "change its row in the world's support.csv".to_owned();
        table.note("condition", message, Some(hint));
    }
}

/// Somebody has to be able to choose something: a whole cannot be taken away.
fn check_parts(table: &mut TableReader<'_>, condition: Condition, of: &[Option<usize>], change: Operation) {
    let spec = condition.spec();
    let Some(axis) = condition.parts_axis() else { return };
    // `of` leaves the region out, which comes first where there is one.
    let place = axis - usize::from(spec.axes.contains(&Axis::Region));
    let all_parts = of.get(place).is_some_and(Option::is_none);
    if all_parts && matches!(change, Operation::Scale(by) if by <= 0.0) {
        let message = format!("found 0 for all parts of {}, expected something left to choose", spec.name);
        table.note("scale", message, Some("name in `of` the parts that go".to_owned()));
    }
}

fn read_condition(own: &mut Adjust, table: &mut TableReader<'_>, key: &'static str, _regions: &[&str]) -> bool {
    let names: Vec<&str> = Condition::all().map(|condition| condition.spec().name).collect();
    let condition = table.name(key, "a condition", &names).and_then(|index| Condition::all().nth(index));
    condition.map(|condition| own.condition = condition).is_some()
}

fn axis_names<'a>(axis: Axis, regions: &[&'a str]) -> Vec<&'a str> {
    axis.names().unwrap_or_else(|| regions.to_vec())
}

fn count(names: usize) -> String {
    if names == 1 { "one name".to_owned() } else { format!("{names} names") }
}

fn of_name<'a>(axis: Axis, index: Option<usize>, regions: &[&'a str]) -> &'a str {
    index.map_or("all", |index| axis_names(axis, regions)[index])
}

/// The axes along which `of` names numbers.
fn named_axes(condition: Condition) -> Vec<Axis> {
    condition.spec().axes.iter().copied().filter(|axis| *axis != Axis::Region).collect()
}

fn read_of(own: &mut Adjust, table: &mut TableReader<'_>, key: &'static str, regions: &[&str]) -> bool {
    let typed = table.text(key);
    if !table.can_stand("condition") {
        return false;
    }
    let axes = named_axes(own.condition);
    let Some(typed) = typed else {
        own.of = vec![None; axes.len()];
        return false;
    };
    let parts: Vec<&str> = typed.split('/').map(str::trim).collect();
    if parts.len() != axes.len() {
        let example: Vec<&str> = axes.iter().map(|axis| of_name(*axis, Some(0), regions)).collect();
        let expected = if example.is_empty() {
            "none: it is one number".to_owned()
        } else {
            format!("{} joined by /", count(axes.len()))
        };
        let hint = (!example.is_empty()).then(|| format!("such as {:?}, with \"all\" in any place", example.join("/")));
        let name = own.condition.spec().name;
        table.note(key, format!("found {}, expected {expected} for {name}", quoted(&typed)), hint);
        return false;
    }
    let mut of = Vec::new();
    for (axis, part) in axes.into_iter().zip(parts) {
        let names = axis_names(axis, regions);
        if part == "all" {
            of.push(None);
        } else if let Some(index) = names.iter().position(|name| *name == part) {
            of.push(Some(index));
        } else {
            let hint = closest(part, &names).or_else(|| Some(format!("the names are: all, {}", names.join(", "))));
            table.note(key, format!("found {}, expected a known name or \"all\"", quoted(part)), hint);
            return false;
        }
    }
    own.of = of;
    true
}

fn print_of(own: &Adjust, out: &mut Printer, key: &'static str, regions: &[&str]) {
    if own.of.iter().any(Option::is_some) {
        let axes = named_axes(own.condition);
        let parts: Vec<&str> = axes.iter().zip(&own.of).map(|(axis, index)| of_name(*axis, *index, regions)).collect();
        out.text(key, &parts.join("/"));
    }
}

fn read_change(own: &mut Adjust, table: &mut TableReader<'_>, key: &'static str, _regions: &[&str]) -> bool {
    let is_known = table.can_stand("condition");
    let spec = own.condition.spec();
    let (lowest, highest) = if is_known { (spec.lowest, spec.highest) } else { WIDEST };
    let width = highest - lowest;
    let change = match key {
        "scale" => table.number(key, 0.0..=MOST_SCALE).map(Operation::Scale),
        "shift" => table.number(key, -width..=width).map(Operation::Shift),
        "at_least" => table.number(key, lowest..=highest).map(Operation::AtLeast),
        _ => table.number(key, lowest..=highest).map(Operation::AtMost),
    };
    // Of several changes, which is a mistake, the first counts.
    if own.change == Operation::Scale(1.0) {
        own.change = change.unwrap_or(own.change);
    }
    change.is_some()
}

fn print_change(own: &Adjust, out: &mut Printer, key: &'static str, _regions: &[&str]) {
    match (key, own.change) {
        ("scale", Operation::Scale(by)) => out.number(key, by),
        ("shift", Operation::Shift(by)) => out.number(key, by),
        ("at_least", Operation::AtLeast(bound)) => out.number(key, bound),
        ("at_most", Operation::AtMost(bound)) => out.number(key, bound),
        (_, _) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Group;
    use crate::conditions::education::PASS_RATE;
    use crate::conditions::jobs::SEPARATION;
    use crate::conditions::pay::MINIMUM_WAGE;
    use crate::domain::{AgeBand, JobClass, Region};
    use crate::levers::testing::{ForEverybody, conditions_with, ratio, world, young_women};
    use strum::VariantArray;

    fn adjust<K>(condition: Condition<K>, of: Vec<Option<usize>>, change: Operation) -> Adjust {
        Adjust { condition: condition.any(), of, change, cost_gbp_million_per_year: 0.0 }
    }

    #[test]
    fn only_the_named_numbers_change() {
        let world = world();
        let lever = adjust(SEPARATION, vec![Some(2), None], Operation::Scale(2.0));
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        let changed = |class, age: usize| ratio(&conditions, &world, SEPARATION, (class, AgeBand::VARIANTS[age]));
        assert!((changed(JobClass::Professional, 0) - 2.0).abs() < 1e-12);
        assert!((changed(JobClass::Professional, 5) - 2.0).abs() < 1e-12);
        assert!((changed(JobClass::Intermediate, 0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn half_the_strength_is_half_the_change() {
        let world = world();
        let scale = adjust(MINIMUM_WAGE, vec![None], Operation::Scale(1.5));
        let shift = adjust(MINIMUM_WAGE, vec![None], Operation::Shift(3.0));
        assert!(scale.effect(&world, 0.5).edits().iter().all(|edit| edit.operation == Operation::Scale(1.25)));
        assert!(shift.effect(&world, 0.5).edits().iter().all(|edit| edit.operation == Operation::Shift(1.5)));
    }

    #[test]
    fn a_target_group_meets_its_own_numbers_and_everybody_elses_stay() {
        let world = world();
        let mut lever = adjust(SEPARATION, vec![Some(2), None], Operation::Scale(0.8)).lever();
        lever.common.group = young_women();
        lever.common.regions = vec![Region(2)];
        let conditions = conditions_with(lever.effect_at(&world, 1.0, lever.common.from), &world);
        assert_eq!(conditions.values(), world.baseline.values());
        let living_there = Group { residence: vec![Region(2)], ..young_women() };
        assert_eq!(conditions.groups(), [&living_there]);
        let own = conditions.met_by(|group| *group == living_there);
        let met = |class| ratio(&own, &world, SEPARATION, (class, AgeBand::VARIANTS[3]));
        assert!((met(JobClass::Professional) - 0.8).abs() < 1e-12);
        assert!((met(JobClass::Intermediate) - 1.0).abs() < 1e-12);
        assert_eq!(conditions.met_by(|_| false).values(), world.baseline.values());
    }

    #[test]
    fn a_bound_raises_only_what_is_below_it() {
        let world = world();
        let lever = adjust(MINIMUM_WAGE, vec![None], Operation::AtLeast(0.32));
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        let bands = world.baseline.table(MINIMUM_WAGE).iter().map(|wage| wage.max(0.32));
        assert_eq!(conditions.table(MINIMUM_WAGE), bands.collect::<Vec<_>>());
    }

    #[test]
    fn a_result_stays_within_the_range_of_its_condition() {
        let world = world();
        let lever = adjust(PASS_RATE, vec![None], Operation::Shift(5.0));
        let conditions = conditions_with(lever.effect(&world, 1.0), &world);
        assert!(conditions.table(PASS_RATE).iter().all(|rate| (*rate - 1.0).abs() < 1e-12));
    }

    #[test]
    fn its_cost_is_booked_by_month_in_proportion_to_young_people() {
        let world = world();
        let mut lever = adjust(PASS_RATE, vec![None], Operation::Scale(1.0));
        lever.cost_gbp_million_per_year = 12.0;
        let conditions = conditions_with(lever.effect(&world, 0.5), &world);
        assert_eq!(conditions.booked_gbp, [250_000.0, 125_000.0, 125_000.0]);
        assert_eq!(conditions.values(), world.baseline.values());
    }
}
