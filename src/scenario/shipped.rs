//! The scenarios that come with the program, so that their names work without a file.

/// A scenario that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// Its name: the stem of its file.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All of them, the baseline first and the set of equal cost last.
pub const SHIPPED: &[Shipped] = &[
    Shipped { name: "baseline", text: include_str!("../../scenarios/baseline.toml") },
    Shipped { name: "growth-and-skills-levy", text: include_str!("../../scenarios/growth-and-skills-levy.toml") },
    Shipped { name: "levy-without-ring-fence", text: include_str!("../../scenarios/levy-without-ring-fence.toml") },
    Shipped { name: "local-partnerships", text: include_str!("../../scenarios/local-partnerships.toml") },
    Shipped { name: "youth-guarantee", text: include_str!("../../scenarios/youth-guarantee.toml") },
    Shipped { name: "further-education", text: include_str!("../../scenarios/further-education.toml") },
    Shipped { name: "university-only", text: include_str!("../../scenarios/university-only.toml") },
    Shipped { name: "relocation", text: include_str!("../../scenarios/relocation.toml") },
    Shipped { name: "regional-innovation", text: include_str!("../../scenarios/regional-innovation.toml") },
    Shipped { name: "innovation-generation", text: include_str!("../../scenarios/innovation-generation.toml") },
    Shipped { name: "recession", text: include_str!("../../scenarios/recession.toml") },
    Shipped {
        name: "equal-cost-apprenticeships",
        text: include_str!("../../scenarios/equal-cost/equal-cost-apprenticeships.toml"),
    },
    Shipped {
        name: "equal-cost-further-education",
        text: include_str!("../../scenarios/equal-cost/equal-cost-further-education.toml"),
    },
    Shipped {
        name: "equal-cost-higher-education",
        text: include_str!("../../scenarios/equal-cost/equal-cost-higher-education.toml"),
    },
    Shipped {
        name: "equal-cost-partnerships",
        text: include_str!("../../scenarios/equal-cost/equal-cost-partnerships.toml"),
    },
    Shipped {
        name: "equal-cost-youth-guarantee",
        text: include_str!("../../scenarios/equal-cost/equal-cost-youth-guarantee.toml"),
    },
    Shipped {
        name: "equal-cost-innovation",
        text: include_str!("../../scenarios/equal-cost/equal-cost-innovation.toml"),
    },
];

/// The shipped scenario of a name.
pub(super) fn named(name: &str) -> Option<&'static Shipped> {
    SHIPPED.iter().find(|shipped| shipped.name == name)
}

/// The names of all shipped scenarios.
pub(super) fn names() -> Vec<&'static str> {
    SHIPPED.iter().map(|shipped| shipped.name).collect()
}
