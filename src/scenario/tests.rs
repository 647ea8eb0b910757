use super::*;
use crate::calendar::Month;
use crate::conditions::apprenticeships::{APPRENTICESHIP_PLACES, APPRENTICESHIP_UNIT_COST};
use crate::conditions::education::{EXTRA_COURSE_PLACES, EXTRA_COURSE_UNIT_COST, PASS_RATE};
use crate::conditions::jobs::{PROMOTION, SEPARATION};
use crate::conditions::support::{
    GUARANTEED_JOB_UNIT_COST, GUARANTEED_TRAINING_UNIT_COST, SUPPORT_MONTHS, SUPPORT_UNIT_COST,
};
use crate::conditions::{Condition, Group, Operation};
use crate::diagnostics::Diagnostics;
use crate::domain::{Funding, Health, Origin, Qualification, Region, Sex};
use crate::levers::testing::{of_each_kind, world};
use crate::levers::{Adjust, ApprenticeshipPlaces, Common, Lever, RegionalInnovation};
use crate::world::World;
use proptest::prelude::*;
use std::sync::Arc;
use strum::VariantArray;

/// A folder of files that is gone after the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.0.path().join(name), content).unwrap();
        self
    }

    fn load(&self, name: &str, set: &[&str]) -> Result<Scenario, Diagnostics> {
        let overrides =
            Overrides { set: set.iter().map(|entry| (*entry).to_owned()).collect(), ..Overrides::default() };
        Scenario::load(self.0.path().join(name).to_str().unwrap(), &overrides, &world())
    }

    /// The mistakes as shown, without the folder's own name.
    fn mistakes(&self, name: &str, set: &[&str]) -> String {
        let shown = self.load(name, set).expect_err(name).to_string();
        shown.replace(&format!("{}/", self.0.path().display()), "")
    }
}

fn loaded(text: &str) -> Scenario {
    Folder::new().with("a.toml", text).load("a.toml", &[]).unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"))
}

fn mistakes_in(text: &str) -> String {
    Folder::new().with("a.toml", text).mistakes("a.toml", &[])
}

fn uk() -> World {
    World::uk().unwrap()
}

const MANY_MISTAKES: &str = r#"
titel = "One of everything that goes wrong"

[run]
years = 200
replicates = 0
scale = 1000000000000
seed = -1
start = "2025-13"
every = "weekly"
by = ["residence", "region", "sex", "sex"]
threads = 2

[[levers.skils_levy]]
source = "a lever that does not exist"

[[levers.skills_levy]]
ring_fence_under_25 = 60
regional_spread = "wide"
target = 16

[[levers.adjust]]
condition = "separatoin"
scale = -1
regions = ["north", "Mars", "West", "West"]
from = "2027-09"
to = "2026-09"
source = "   "

[[levers.adjust]]
condition = "separation"
of = "professional"
scal = 1.1
source = "test"

[[levers.adjust]]
condition = "separation"
of = "professional/18 to 20"
scale = 1.1
shift = 0.1
fade_months = 6

[[levers.adjust]]
condition = "vacancy_lapse"
at_most = 99
regions = ["West"]
source = "test"

[[levers.adjust]]
condition = "course_places"
shift = 0.1
source = "test"
[levers.adjust.target]
ages = [24, 16]
sex = ["femal"]
origins = ["intermediate"]
months_neet_at_least = 3

[[levers.adjust]]
condition = "duration_dependence"
of = "all"
scale = 1.1
source = "test"

[[levers.apprenticeship_places]]
levels = "level 2"
funding = "under 25"
displacement = 2020-01-01
source = "test"
target = { ages = [16, 18] }

[[levers.local_partnership]]
agencies = ["health"]
handover_loss = 0.9
support_places = 1e99
source = "test"

[levers.regional_innovation]
investment_gbp_million_per_year = 3
"#;

#[test]
fn every_mistake_of_a_file_is_shown_at_once_with_its_place() {
    let folder = Folder::new().with("many.toml", MANY_MISTAKES);
    let set = [
        "run.yeers=3",
        "levers.adjust[9].scale=1",
        "levers.adjust[x]=1",
        "levers.skills_levy[1]=[1",
        "nonsense",
        "run[0]=1",
        "extends=\"baseline\"",
        "title.a=1",
        "run.seed=",
    ];
    insta::assert_snapshot!(folder.mistakes("many.toml", &set));
}

#[test]
fn mistakes_of_syntax_stand_beside_the_others_and_bring_no_followers() {
    let text = "title = \"x\"\n[run]\nstart = 2026-09\nyears = 99\nyears = 3\n[[levers.adjust]\ncondition = \"separation\"\nsource = \"x\"\n[levers]\nadjust = [3]\n";
    insta::assert_snapshot!(mistakes_in(text));
}

#[test]
fn files_that_cannot_be_read_are_mistakes_too() {
    let folder = Folder::new()
        .with("empty.toml", "")
        .with("latin.toml", b"title = \"caf\xe9\"")
        .with("nul.toml", "title = \"a\0b\"\n")
        .with("list.toml", "title = \"x\"\nextends = [\"baseline\"]\n")
        .with("loop.toml", "title = \"x\"\nextends = \"loop.toml\"\n")
        .with("a.toml", "title = \"x\"\nextends = \"./b.toml\"\n")
        .with("b.toml", "title = \"x\"\nextends = \"nosuch.toml\"\n")
        .with("c.toml", "title = \"x\"\nextends = \"d.toml\"\n")
        .with("d.toml", "title = \"x\"\nextends = \"./c.toml\"\n");
    std::fs::create_dir(folder.0.path().join("folder.toml")).unwrap();
    let names = [
        "empty.toml",
        "latin.toml",
        "nul.toml",
        "list.toml",
        "loop.toml",
        "a.toml",
        "c.toml",
        "folder.toml",
        "baselin",
    ];
    let shown: Vec<String> = names.iter().map(|name| folder.mistakes(name, &[])).collect();
    insta::assert_snapshot!(shown.join("=====\n"));
}

#[test]
fn a_file_larger_than_any_scenario_is_refused_unread() {
    let shown = mistakes_in(&"# padding\n".repeat(600_000));
    assert!(shown.contains("found more than 5000000 bytes"), "{shown}");
}

#[test]
fn a_chain_of_files_without_end_is_refused() {
    let mut folder = Folder::new();
    for at in 0..40 {
        folder = folder.with(&format!("{at}.toml"), format!("title = \"x\"\nextends = \"{}.toml\"\n", at + 1));
    }
    assert!(folder.mistakes("0.toml", &[]).contains("expected a scenario that does not lead back here"));
}

#[test]
fn hostile_files_are_refused_in_few_words() {
    let deep = |open: &str| format!("title = \"x\"\na = {}", open.repeat(100_000));
    let files = [
        deep("["),
        deep("{a="),
        format!("a{} = 1", ".a".repeat(100_000)),
        format!("[a{}]", ".a".repeat(100_000)),
        "= ".repeat(100_000),
        "[[a\n".repeat(50_000),
        "a = 1\n".repeat(50_000),
        (0..50_000).map(|at| format!("key{at} = 1\n")).collect(),
        format!("title = {}", "9".repeat(100_000)),
        format!("{} = 1", "k".repeat(1_000_000)),
        format!("title = \"x\"\n[run]\nby = [{}]", "\"r\", ".repeat(100_000)),
        format!("title = \"x\"\n{}", "[[levers.adjust]]\n".repeat(100_000)),
        "\u{feff}\u{202e}title".to_owned(),
        format!("title = \"{}\"\n[run]\nyears = 1e400", "\u{1f300}".repeat(10)),
    ];
    for text in files {
        let shown = mistakes_in(&text);
        assert!(shown.len() < 100_000, "{} bytes", shown.len());
    }
}

#[test]
fn overrides_are_laid_over_the_file_in_order() {
    let text = "title = \"x\"\nextends = \"recession\"\n[[levers.adjust]]\ncondition = \"pass_rate\"\nscale = 1.1\nsource = \"test\"\n";
    let folder = Folder::new().with("a.toml", text);
    let set = [
        "run.years=3",
        "run.years = 4",
        "run.start=2030-01",
        "levers.adjust[0].scale=1.2",
        "levers.adjust[0].of=\"sixth form\"",
        "levers.adjust[0].condition=\"hiring_subsidy_months\"",
        "levers.adjust[0].target.ages=[16,18]",
    ];
    let shown = folder.mistakes("a.toml", &set);
    assert!(shown.contains("found a target group for hiring_subsidy_months"), "{shown}");
    let scenario = folder.load("a.toml", &set[..5]).unwrap();
    assert_eq!((scenario.run.years, scenario.run.start.to_string().as_str()), (4, "2030-01"));
    let last = scenario.levers.last().unwrap();
    assert_eq!(last.policy::<Adjust>().unwrap().change, Operation::Scale(1.2));
    assert_eq!(last.common.from, scenario.run.start);
}

#[test]
fn a_scenario_takes_the_run_settings_and_levers_of_those_it_extends() {
    let adjust =
        |condition: &str| format!("[[levers.adjust]]\ncondition = \"{condition}\"\nscale = 2\nsource = \"test\"\n");
    let folder = Folder::new()
        .with(
            "first.toml",
            format!(
                "title = \"first\"\ndescription = \"of the first\"\n[run]\nyears = 3\nscale = 7\n{}",
                adjust("pass_rate")
            ),
        )
        .with(
            "then.toml",
            format!("title = \"then\"\nextends = \"first.toml\"\n[run]\nyears = 4\n{}", adjust("promotion")),
        );
    let scenario = folder.load("then.toml", &[]).unwrap();
    assert_eq!((scenario.name.as_str(), scenario.title.as_str(), scenario.description.as_str()), ("then", "then", ""));
    assert_eq!((scenario.run.years, scenario.run.scale, scenario.run.replicates), (4, 7, 10));
    let conditions: Vec<Condition> =
        scenario.levers.iter().map(|lever| lever.policy::<Adjust>().unwrap().condition).collect();
    assert_eq!(conditions, [PASS_RATE.any(), PROMOTION.any()]);
    assert_eq!(scenario.files.len(), 2);
}

#[test]
fn a_mistake_in_an_extended_file_is_shown_in_that_file() {
    let folder = Folder::new()
        .with("base.toml", "title = \"x\"\n[run]\nyears = 0\n")
        .with("a.toml", "title = \"x\"\nextends = \"base.toml\"\n");
    assert!(folder.mistakes("a.toml", &[]).contains("--> base.toml:3:9"));
}

#[test]
fn the_order_of_a_file_does_not_change_a_month() {
    let first = "[[levers.adjust]]\ncondition = \"separation\"\nscale = 1.1\nsource = \"test\"\n";
    let second =
        "[[levers.adjust]]\ncondition = \"separation\"\nscale = 0.7\nof = \"working/all\"\nsource = \"test\"\n";
    let third = "[[levers.adjust]]\ncondition = \"separation\"\nshift = 0.01\nsource = \"test\"\n";
    let timeline = |parts: [&str; 3]| loaded(&format!("title = \"x\"\n{}", parts.concat())).timeline(&world());
    assert_eq!(timeline([first, second, third]), timeline([third, second, first]));
}

#[test]
fn the_baselines_timeline_is_the_worlds_baseline_shared_by_all_months() {
    let world = world();
    let timeline = Scenario::load("baseline", &Overrides::default(), &world).unwrap().timeline(&world);
    assert_eq!(timeline.months.len(), 120);
    assert!(timeline.months.iter().all(|month| Arc::ptr_eq(month, &timeline.months[0])));
    assert_eq!(*timeline.months[0], world.baseline);
}

#[test]
fn equal_neighbours_share_one_table_and_a_lever_ends_where_it_says() {
    let lever = "[[levers.adjust]]\ncondition = \"pass_rate\"\nscale = 0.5\nfrom = \"2026-09\"\nto = \"2027-08\"\nsource = \"test\"\n";
    let months = loaded(&format!("title = \"x\"\n{lever}")).timeline(&world()).months;
    let baseline = Arc::new(world().baseline);
    assert!(months[..12].iter().chain(&months[24..]).all(|month| **month == *baseline));
    assert!(months[12..24].iter().all(|month| Arc::ptr_eq(month, &months[12]) && **month != *baseline));
    assert!(Arc::ptr_eq(&months[0], &months[11]) && Arc::ptr_eq(&months[24], &months[119]));
}

#[test]
fn every_shipped_scenario_loads_prints_and_is_named_like_its_file() {
    let world = uk();
    for shipped in SHIPPED {
        let scenario = Scenario::load(shipped.name, &Overrides::default(), &world).unwrap();
        assert_eq!(scenario.name, shipped.name);
        assert!(!scenario.title.is_empty() && !scenario.description.is_empty());
        assert_eq!(scenario.levers.is_empty(), shipped.name == "baseline");
        assert!(shipped.text.starts_with("# "), "{} says what it asks", shipped.name);
        assert!(!scenario.resolved.contains("extends"));
        let timeline = scenario.timeline(&world);
        assert_eq!(timeline.months.iter().any(|month| **month != world.baseline), shipped.name != "baseline");
    }
}

#[test]
fn every_shipped_file_is_known_by_name_and_listed_in_the_readme() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let read = |folder: &std::path::Path| std::fs::read_dir(folder).unwrap();
    let mut files: Vec<String> = read(&folder)
        .chain(read(&folder.join("equal-cost")))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let mut names = shipped::names();
    files.sort();
    names.sort_unstable();
    assert_eq!(files, names);
    assert!(names.iter().all(|name| readme.contains(&format!("`{name}`"))));
}

#[test]
fn scenarios_of_equal_cost_ask_for_the_same_sum_from_the_same_month() {
    let world = uk();
    for shipped in SHIPPED.iter().filter(|shipped| shipped.name.starts_with("equal-cost-")) {
        let scenario = Scenario::load(shipped.name, &Overrides::default(), &world).unwrap();
        let [lever] = &scenario.levers[..] else { panic!("one route each") };
        assert_eq!((lever.common.from.to_string().as_str(), lever.common.ramp_months), ("2026-09", 12));
        let conditions = &scenario.timeline(&world).months[60];
        let millions = gbp_a_year(conditions, &world) / 1e6;
        assert!((299.0..301.0).contains(&millions), "{} asks for {millions}", shipped.name);
    }
}

/// What is paid in a year under some conditions beyond the baseline's, if all places are filled.
fn gbp_a_year(conditions: &crate::conditions::Conditions, world: &World) -> f64 {
    use crate::conditions::OfferKind;
    let baseline = &world.baseline;
    let one = |condition| baseline.get(condition, ());
    let further = |condition: Condition, unit_cost: Condition, group: usize, kinds: usize| -> f64 {
        let (now, then) = (conditions.table(condition), baseline.table(condition));
        let cost = |at: usize| baseline.table(unit_cost)[at / group % kinds];
        now.iter().zip(then).enumerate().map(|(at, (now, then))| (now - then) * cost(at)).sum()
    };
    let offers = conditions.offers.iter().map(|offer| match offer.kind {
        OfferKind::Apprenticeships(level) => offer.places * baseline.get(APPRENTICESHIP_UNIT_COST, level),
        OfferKind::Support => offer.places * one(SUPPORT_UNIT_COST) * 12.0 / one(SUPPORT_MONTHS),
        OfferKind::GuaranteedJobs => offer.places * one(GUARANTEED_JOB_UNIT_COST),
        OfferKind::GuaranteedTraining => offer.places * one(GUARANTEED_TRAINING_UNIT_COST),
    });
    further(APPRENTICESHIP_PLACES.any(), APPRENTICESHIP_UNIT_COST.any(), 2, 3)
        + further(EXTRA_COURSE_PLACES.any(), EXTRA_COURSE_UNIT_COST.any(), 1, 5)
        + offers.sum::<f64>()
        + conditions.booked_gbp.iter().sum::<f64>() * 12.0
}

#[test]
fn the_levy_is_englands_in_shipped_scenarios() {
    let world = uk();
    let elsewhere = ["Wales", "Scotland", "Northern Ireland"].map(|name| world.region_named(name).unwrap());
    for shipped in SHIPPED {
        for lever in Scenario::load(shipped.name, &Overrides::default(), &world).unwrap().levers {
            let regions = lever.common.regions(&world);
            let is_levy = lever.kind().name == "skills_levy";
            assert!(!is_levy || regions.len() == 9 && !regions.iter().any(|region| elsewhere.contains(region)));
        }
    }
}

#[test]
fn levers_that_set_one_thing_twice_are_mistakes_at_the_later_one() {
    let levy = "[[levers.skills_levy]]\nsource = \"test\"\n";
    let places = "[[levers.apprenticeship_places]]\nplaces_per_year = 9\ndisplacement = 0.4\nsource = \"test\"\n";
    let partnership =
        "[[levers.local_partnership]]\nagencies = [\"health\", \"council\"]\nhandover_loss = 0.1\nsource = \"test\"\n";
    let base = format!(
        "title = \"base\"\n{levy}from = \"2026-08\"\nto = \"2027-07\"\nfade_months = 6\nbudget_share = 0.7\nredirect_existing = 0.6\nring_fence_under_25 = 1\n"
    );
    let text = format!(
        "title = \"x\"\nextends = \"base.toml\"\n{levy}from = \"2027-12\"\nbudget_share = 0.8\n{levy}from = \"2027-01\"\nredirect_existing = 0.5\nregional_spread = 1\n{places}levels = [\"level 2\", \"level 3\"]\n{places}levels = [\"level 3\"]\nregions = [\"West\"]\n{partnership}{partnership}regions = [\"North\"]\n"
    );
    let folder = Folder::new().with("base.toml", base).with("a.toml", text);
    insta::assert_snapshot!(folder.mistakes("a.toml", &[]));
}

#[test]
fn levers_that_set_things_apart_or_one_after_the_other_are_fine() {
    let levy = "[[levers.skills_levy]]\nsource = \"test\"\nring_fence_under_25 = 1\n";
    let partnership =
        "[[levers.local_partnership]]\nagencies = [\"health\", \"council\"]\nhandover_loss = 0.1\nsource = \"test\"\n";
    let scenario = loaded(&format!(
        "title = \"x\"\n{levy}from = \"2026-08\"\nto = \"2027-07\"\nfade_months = 6\nbudget_share = 0.7\nredirect_existing = 0.6\n{levy}from = \"2028-01\"\nbudget_share = 0.8\nredirect_existing = 0.6\n{levy}redirect_existing = 0.4\n{partnership}regions = [\"West\"]\n{partnership}regions = [\"North\"]\n"
    ));
    assert_eq!(scenario.levers.len(), 5);
}

#[test]
fn a_choice_cannot_be_scaled_away_as_a_whole() {
    let adjust = |condition: &str, of: &str| {
        format!(
            "title = \"x\"\n[[levers.adjust]]\ncondition = \"{condition}\"\nof = \"{of}\"\nscale = 0\nsource = \"test\"\n"
        )
    };
    let shown = mistakes_in(&adjust("choice_at_16", "all/low"));
    assert!(shown.contains("found 0 for all parts of choice_at_16, expected something left to choose"), "{shown}");
    for (condition, of) in
        [("choice_at_16", "work/low"), ("pass_rate", "all"), ("apprenticeship_class", "all/professional")]
    {
        loaded(&adjust(condition, of));
    }
}

#[test]
fn the_whole_package_is_its_three_parts() {
    let world = uk();
    let levers = |name: &str| Scenario::load(name, &Overrides::default(), &world).unwrap().levers;
    let parts = ["growth-and-skills-levy", "local-partnerships", "regional-innovation"].map(levers).concat();
    assert_eq!(levers("innovation-generation"), parts);
}

fn text() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| text.trim().to_owned()).prop_filter("some text", |text| !text.is_empty())
}

fn some_of<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = Vec<T>> + use<T> {
    proptest::sample::subsequence(all.to_vec(), 1..=all.len())
}

fn group() -> impl Strategy<Value = Group> {
    let ages = (16_u16..39, 16_u16..39).prop_map(|(a, b)| (a.min(b), a.max(b)));
    (
        ages,
        some_of(Origin::VARIANTS),
        some_of(Sex::VARIANTS),
        some_of(Qualification::VARIANTS),
        some_of(Health::VARIANTS),
        proptest::sample::subsequence(vec![Region(0), Region(1), Region(2)], 0..=3),
        0_u16..40,
    )
        .prop_map(|(ages, origins, sexes, qualifications, health, upbringing, least_months_neet)| Group {
            ages,
            origins,
            sexes,
            qualifications,
            health,
            upbringing,
            residence: Vec::new(),
            least_months_neet,
        })
}

fn common(group: impl Strategy<Value = Group>) -> impl Strategy<Value = Common> {
    let regions = proptest::sample::subsequence(vec![Region(0), Region(1), Region(2)], 0..3);
    let end = prop_oneof![Just(None), (0_u16..300, 0_u16..=420).prop_map(Some)];
    (600_u16..3000, end, 0_u16..=420, regions, group, text()).prop_map(
        |(from, end, ramp_months, regions, group, source)| Common {
            full_strength: 0.25 * f64::from(ramp_months),
            from: Month(from),
            to: end.map(|(months, _)| Month(from + months)),
            ramp_months,
            fade_months: end.map_or(0, |(_, fade_months)| fade_months),
            regions,
            group,
            source,
        },
    )
}

fn everybody_or_some() -> impl Strategy<Value = Group> {
    prop_oneof![Just(Group::everybody()), group()]
}

/// Any lever, at any time, place and size, for everybody or some.
fn lever() -> impl Strategy<Value = Lever> {
    let kinds = 0..crate::levers::LEVERS.len();
    let sized = (kinds, 0.0..2.0_f64, common(everybody_or_some())).prop_map(|(kind, size, common)| {
        let mut lever = of_each_kind(size).swap_remove(kind);
        // What they may have with a target group alone, or without one alone.
        let everybody = common.group.is_everybody();
        if let (Some(places), true) = (lever.policy::<ApprenticeshipPlaces>(), everybody) {
            lever = Lever::new(common.clone(), ApprenticeshipPlaces { funding: Funding::From25, ..places.clone() });
        }
        if let (Some(innovation), false) = (lever.policy::<RegionalInnovation>(), everybody) {
            let targeted = RegionalInnovation { local_hiring_score: size, ..innovation.clone() };
            lever = Lever::new(common.clone(), targeted);
        }
        lever.common = common;
        lever
    });
    prop_oneof![4 => sized, 1 => adjust()]
}

fn adjust() -> impl Strategy<Value = Lever> {
    let change = prop_oneof![
        (0.0..1000.0_f64).prop_map(Operation::Scale),
        (-0.5..0.5_f64).prop_map(Operation::Shift),
        (0.0..9.0_f64).prop_map(Operation::AtLeast),
        (0.0..9.0_f64).prop_map(Operation::AtMost),
    ];
    let of = [proptest::option::of(0_usize..3), proptest::option::of(0_usize..2)];
    let plain = (common(Just(Group::everybody())), of, change, 0.0..1e6_f64).prop_map(|(common, of, change, cost)| {
        let (condition, of) = (APPRENTICESHIP_PLACES.any(), of.to_vec());
        Lever::new(common, Adjust { condition, of, change, cost_gbp_million_per_year: cost })
    });
    let grouped = (common(group()), 0.0..1000.0_f64).prop_map(|(common, scale)| {
        let (condition, of, change) = (SEPARATION.any(), vec![None, None], Operation::Scale(scale));
        Lever::new(common, Adjust { condition, of, change, cost_gbp_million_per_year: 0.0 })
    });
    prop_oneof![plain, grouped]
}

fn run_settings() -> impl Strategy<Value = RunSettings> {
    let every = proptest::sample::select(Every::VARIANTS.to_vec());
    let by = proptest::sample::subsequence(Breakdown::VARIANTS.to_vec(), 0..=Breakdown::VARIANTS.len());
    (600_u16..3000, 1..=MOST_YEARS, 1..=MOST_REPLICATES, 1..=MOST_SCALE, 0..=u64::MAX >> 1, every, by).prop_map(
        |(start, years, replicates, scale, seed, every, by)| RunSettings {
            start: Month(start),
            years,
            replicates,
            scale,
            seed,
            every,
            by,
        },
    )
}

proptest! {
    #[test]
    fn a_scenario_that_is_printed_reads_back_to_itself(
        title in text(),
        description in prop_oneof![Just(String::new()), text()],
        run in run_settings(),
        levers in proptest::collection::vec(lever(), 0..4),
    ) {
        let mut levers = levers;
        levers.sort_by_key(|lever| crate::levers::LEVERS.iter().position(|entry| entry.name == lever.kind().name));
        prop_assume!(crate::levers::conflicts(&levers, &world()).is_empty());
        let scenario = Scenario { name: "a".into(), title, description, run, levers, files: Vec::new(), resolved: String::new() };
        let printed = scenario.printed(&world());
        let again = loaded(&printed);
        prop_assert_eq!(&again.title, &scenario.title);
        prop_assert_eq!(&again.description, &scenario.description);
        prop_assert_eq!(&again.run, &scenario.run);
        prop_assert_eq!(&again.levers, &scenario.levers);
        prop_assert_eq!(&again.resolved, &printed);
    }

    #[test]
    fn no_text_can_crash_the_reading(text in ".{0,200}", set in ".{0,40}") {
        let folder = Folder::new().with("a.toml", &text);
        let _ = folder.load("a.toml", &[&set]);
        let folder = Folder::new().with("a.toml", format!("title = \"x\"\n[[levers.adjust]]\n{text}"));
        let _ = folder.load("a.toml", &[&format!("levers.adjust[0].{set}")]);
    }
}

#[test]
fn an_override_that_cannot_be_laid_is_one_mistake() {
    let folder = Folder::new().with("a.toml", "title = \"T\"\n");
    let mistakes = folder.load("a.toml", &["nonsense.list[0].a=1"]).unwrap_err();
    assert_eq!(mistakes.list().len(), 1, "{mistakes}");
}

#[test]
fn a_mistake_in_a_flag_names_the_flag() {
    let folder = Folder::new().with("a.toml", "title = \"T\"\n");
    let flags = vec![Flag { name: "--scale", key: "run.scale", value: "0".to_owned() }];
    let path = folder.0.path().join("a.toml");
    let loaded = Scenario::load(path.to_str().unwrap(), &Overrides { flags, ..Overrides::default() }, &world());
    let shown = loaded.unwrap_err().to_string();
    assert!(shown.contains("--> --scale:1:1") && shown.contains("| 0\n") && !shown.contains("--set"), "{shown}");
}

#[test]
fn a_name_that_no_result_can_have_is_a_mistake_of_the_scenario() {
    for name in [".hidden.toml", "back\\slash.toml"] {
        let shown = Folder::new().with(name, "title = \"T\"\n").mistakes(name, &[]);
        assert!(shown.contains("found the file name"), "{shown}");
    }
}

#[test]
fn levers_together_take_no_more_than_there_is() {
    let guidance = |more: &str| format!("[[levers.careers_guidance]]\nsource = \"test\"\n{more}\n");
    let shown = |levers: &str| {
        let folder = Folder::new().with("a.toml", format!("title = \"x\"\n{levers}"));
        folder.load("a.toml", &[]).err().map(|mistakes| mistakes.to_string())
    };
    let [four, eight] = ["benchmarks = 4", "benchmarks = 8"].map(guidance);
    assert_eq!(shown(&format!("{four}{four}")), None);
    let twice = shown(&format!("{eight}{eight}")).unwrap();
    assert!(twice.contains("careers_guidance[1].benchmarks: found 8 of the benchmarks beside"), "{twice}");
    let more = shown(&guidance("benchmarks = 8\nfull_strength = 2")).unwrap();
    assert!(more.contains("found 16 of the benchmarks in"), "{more}");
    // each for people of its own, in a place of its own, or one after the other
    for (one, other) in [
        ("regions = [\"North\"]", "regions = [\"West\"]"),
        ("to = \"2026-12\"", "from = \"2027-01\""),
        ("target = { sex = [\"female\"] }", "target = { sex = [\"male\"] }"),
    ] {
        let levers = [one, other].map(|more| guidance(&format!("benchmarks = 8\n{more}"))).concat();
        assert_eq!(shown(&levers), None, "{levers}");
    }
    let cut =
        |points: &str| format!("[[levers.skills_levy]]\nsource = \"t\"\nrate_change_percentage_points = {points}\n");
    let cuts = shown(&format!("{}{}", cut("-0.4"), cut("-0.4"))).unwrap();
    assert!(cuts.contains("found 0.4 of today's rate beside"), "{cuts}");
}

#[test]
fn bounds_that_exclude_each_other_are_refused_at_the_later_one() {
    let bound = |key: &str, value: f64, more: &str| {
        format!("[[levers.adjust]]\ncondition = \"separation\"\n{key} = {value}\nsource = \"t\"\n{more}\n")
    };
    let shown = |levers: [String; 2]| {
        let folder = Folder::new().with("a.toml", format!("title = \"x\"\n{}", levers.concat()));
        folder.load("a.toml", &[]).err().map(|mistakes| mistakes.to_string())
    };
    let refused = shown([bound("at_least", 0.05, ""), bound("at_most", 0.01, "")]).unwrap();
    assert!(refused.contains("adjust[1].at_most: found 0.01, which levers.adjust[0] excludes"), "{refused}");
    assert!(shown([bound("at_most", 0.01, ""), bound("at_least", 0.05, "")]).unwrap().contains("adjust[1].at_least"));
    assert_eq!(shown([bound("at_least", 0.01, ""), bound("at_most", 0.05, "")]), None);
    let apart = ["of = \"working/all\"", "of = \"professional/all\""];
    assert_eq!(shown([bound("at_least", 0.05, apart[0]), bound("at_most", 0.01, apart[1])]), None);
    let one_after_the_other = ["to = \"2026-12\"", "from = \"2027-01\""];
    let [first, then] = one_after_the_other;
    assert_eq!(shown([bound("at_least", 0.05, first), bound("at_most", 0.01, then)]), None);
}

#[test]
fn a_scenario_has_a_bounded_number_of_levers() {
    let levers = |count: usize| "[[levers.shock]]\nposts_ratio = 0.9\nsource = \"s\"\n".repeat(count);
    let folder = Folder::new()
        .with("most.toml", format!("title = \"x\"\n{}", levers(200)))
        .with("more.toml", format!("title = \"x\"\n{}", levers(5_000)));
    assert!(folder.load("most.toml", &[]).is_ok());
    let shown = folder.mistakes("more.toml", &[]);
    assert!(
        shown.contains("levers.shock[200]: found more than 200 levers") && shown.ends_with("1 mistake\n"),
        "{shown}"
    );
}

#[test]
fn a_scenario_extends_the_file_beside_it_before_the_shipped_one_of_that_name() {
    let shock = "title = \"own\"\nextends = \"baseline\"\n[[levers.shock]]\nposts_ratio = 0.9\nsource = \"s\"\n";
    let folder =
        Folder::new().with("baseline.toml", shock).with("plan.toml", "title = \"plan\"\nextends = \"baseline\"\n");
    assert_eq!(folder.load("plan.toml", &[]).unwrap().levers.len(), 1);
    assert_eq!(folder.load("baseline.toml", &[]).unwrap().levers.len(), 1);
    let copy = Folder::new()
        .with("baseline.toml", crate::scenario::SHIPPED[0].text)
        .with("plan.toml", "title = \"plan\"\nextends = \"baseline\"\n");
    assert_eq!(copy.load("plan.toml", &[]).unwrap().files[1].name, "baseline (shipped)");
}

#[test]
fn a_scenario_extends_nothing_outside_its_folder_unless_allowed() {
    let folder = Folder::new().with("above.toml", "title = \"above\"\n");
    let inner = folder.0.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    let load = |text: &str, extends: Extends| {
        std::fs::write(inner.join("a.toml"), text).unwrap();
        let overrides = Overrides { extends, ..Overrides::default() };
        Scenario::load(inner.join("a.toml").to_str().unwrap(), &overrides, &world())
    };
    let up = "title = \"a\"\nextends = \"../above.toml\"\n";
    assert!(load(up, Extends::Anywhere).is_ok());
    assert!(load("title = \"a\"\nextends = \"baseline\"\n", Extends::Within).is_ok());
    for outside in [up, "title = \"a\"\nextends = \"/etc/passwd\"\n", "title = \"a\"\nextends = \"../nosuch.toml\"\n"] {
        let shown = load(outside, Extends::Within).unwrap_err().to_string();
        assert!(shown.contains("the folder of the first file") && shown.contains("--extends-anywhere"), "{shown}");
        assert!(shown.ends_with("1 mistake\n"), "{shown}");
    }
}

#[test]
fn names_that_readers_of_tables_misread_are_refused_with_a_remedy() {
    for name in ["NA.toml", "007.toml", "null.toml", "1e5.toml", "2026-09.toml", "Mar-1.toml"] {
        let shown = Folder::new().with(name, "title = \"T\"\n").mistakes(name, &[]);
        assert!(shown.contains("readers of tables") && shown.contains("rename the file"), "{shown}");
    }
}

#[test]
fn a_text_that_is_hardly_toml_is_refused_in_few_words_and_a_mistyped_key_of_a_file_is_suggested() {
    let shown = mistakes_in(&"condition,region,of\nseparation,all,x\n".repeat(300));
    assert!(shown.lines().count() < 30 && shown.contains("is this a scenario file?"), "{shown}");
    assert!(mistakes_in("title = \"x\"\nextend = \"baseline\"\n").contains("did you mean \"extends\"?"));
}
