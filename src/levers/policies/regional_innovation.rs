//! `regional_innovation`: public investment in research and development outside where it is today.

use crate::conditions::jobs::SCORE_SUBSIDY;
use crate::conditions::places::INNOVATION_INVESTMENT;
use crate::levers::common::Common;
use crate::levers::effect_builder::EffectBuilder;
use crate::levers::policy::Policy;
use crate::toml_tables::{Key, TableReader};
use crate::world::World;

/// Investment in innovation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegionalInnovation {
    /// Investment over all the regions at full strength (GBP million a year).
    pub investment_gbp_million_per_year: f64,
    /// Standing with employers there for members of the target group who are NEET (score).
    pub local_hiring_score: f64,
}

impl Policy for RegionalInnovation {
    const NAME: &'static str = "regional_innovation";
    const PURPOSE: &'static str = "adds investment in innovation, shared over regions by their young people";
    const EVIDENCE: &'static str = "ten high-tech jobs bring about seven further local jobs, six of them low-skilled (Lee and Clarke 2019, UK); the path from investment to productivity is the world's assumption, and so is what conditions on local hiring do";
    const KEYS: &'static [Key<Self>] = &[
        Key::number(
            "investment_gbp_million_per_year",
            0.0..=1e6,
            |own: &mut Self| &mut own.investment_gbp_million_per_year,
        )
        .means("GBP million a year", "investment over all the regions, all of it public money")
        .needed(),
        Key::number("local_hiring_score", 0.0..=20.0, |own: &mut Self| &mut own.local_hiring_score)
            .means("score", "standing with employers there that conditions on the money give to members of the target group who are NEET; only with a target"),
    ];

    fn check(&self, common: &Common, _world: &World, table: &mut TableReader<'_>) {
        if common.group.is_everybody() != table.has("local_hiring_score") {
            return;
        }
        let (key, message) = if table.has("target") {
            (
                "target",
                "found a target group without `local_hiring_score`, expected both: investment itself changes a place for all who live there",
            )
        } else {
            ("local_hiring_score", "found no target group beside it, expected the group that is to be hired first")
        };
        table.note(key, message.to_owned(), None);
    }

    fn is_printed(&self, key: &str, common: &Common) -> bool {
        key != "local_hiring_score" || !common.group.is_everybody()
    }

    fn act(&self, effect: &mut EffectBuilder<'_>) {
        effect.share_out(INNOVATION_INVESTMENT, |region| region, self.investment_gbp_million_per_year);
        effect.book(self.investment_gbp_million_per_year * 1e6);
        effect.change(SCORE_SUBSIDY).shift(self.local_hiring_score);
    }

    #[cfg(test)]
    fn example(size: f64) -> Self {
        Self { investment_gbp_million_per_year: 0.1 * size, local_hiring_score: 0.0 }
    }

    #[cfg(test)]
    fn supply(conditions: &crate::conditions::Conditions) -> f64 {
        conditions.table(INNOVATION_INVESTMENT).iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::domain::Region;
    use crate::levers::testing::{ForEverybody, conditions_with, gain, world, young_women};

    #[test]
    fn conditions_on_the_money_raise_the_standing_of_the_group_there() {
        let world = world();
        let mut lever = RegionalInnovation { investment_gbp_million_per_year: 1.0, local_hiring_score: 0.5 }.lever();
        (lever.common.regions, lever.common.group) = (vec![Region(1)], young_women());
        let conditions = conditions_with(lever.effect_at(&world, 0.5, lever.common.from), &world);
        let score = |conditions: &Conditions| conditions.get(SCORE_SUBSIDY, ());
        assert!((score(&conditions) - score(&world.baseline)).abs() < 1e-12);
        let own = conditions.met_by(|group| group.residence == [Region(1)]);
        assert!((score(&own) - score(&world.baseline) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn investment_follows_young_people_and_is_booked_where_it_is_spent() {
        let world = world();
        let mut lever = RegionalInnovation { investment_gbp_million_per_year: 36.0, local_hiring_score: 0.0 }.lever();
        lever.common.regions = vec![Region(0), Region(2)];
        let conditions = conditions_with(lever.effect_at(&world, 0.5, lever.common.from), &world);
        for (region, share) in [(0, 2.0 / 3.0), (1, 0.0), (2, 1.0 / 3.0)].map(|(at, share)| (Region(at), share)) {
            let added = gain(&conditions, &world, INNOVATION_INVESTMENT, region);
            assert!((added - 18.0 * share).abs() < 1e-9);
            assert!((conditions.booked_gbp[region.index()] - 1.5e6 * share).abs() < 1e-3);
        }
    }
}
