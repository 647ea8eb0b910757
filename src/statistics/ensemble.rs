//! What sets of parameters say together of one number, or of a ratio of two: doubt about parameters told apart from luck.

use super::{CriticalValues, FEWEST, FEWEST_EQUAL, RatioOfMeans, count, mean, sd, sum};

/// What an ensemble says of one number, such as an effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnsembleSpread {
    /// Mean over members.
    pub mean: f64,
    /// Monte Carlo standard error of that mean.
    pub monte_carlo_error: f64,
    /// Standard deviation of the number between sets of parameters, Monte Carlo error taken off.
    pub parameter_sd: f64,
    /// The share of the variance between members that is doubt about parameters; unknown when there is no variance, and of fewer than
    /// [`FEWEST_EQUAL`] members, of which it is mostly luck.
    pub parameter_share: Option<f64>,
    /// 95% interval of the number, doubt about parameters and the error of the mean taken together; unknown of fewer than [`FEWEST`].
    pub interval: Option<(f64, f64)>,
}

impl EnsembleSpread {
    /// The spread of pairs of difference and squared Monte Carlo error; `None` of fewer than two.
    ///
    /// One-way random effects: the variance between members is that of the parameters and the mean squared error
    /// together, because each member has luck of its own.
    #[must_use]
    pub fn of(found: &[(f64, f64)], critical: &mut CriticalValues) -> Option<Self> {
        let differences: Vec<f64> = found.iter().map(|(difference, _)| *difference).collect();
        let errors: Vec<f64> = found.iter().map(|(_, error)| *error).collect();
        let (centre, within) = (mean(&differences)?, mean(&errors)?);
        let spread = sd(&differences)?;
        let between = spread * spread;
        let parameters = (between - within).max(0.0);
        let members = f64::from(u32::try_from(found.len()).unwrap_or(u32::MAX));
        let half = critical.two_sided_95(found.len() - 1) * (parameters + between / members).sqrt();
        // members that all agree do so by chance when they are few, as replicates do
        let fewest = if half > 0.0 { FEWEST } else { FEWEST_EQUAL };
        Some(Self {
            mean: centre,
            monte_carlo_error: (within / members).sqrt(),
            parameter_sd: parameters.sqrt(),
            parameter_share: (between > 0.0 && found.len() >= FEWEST_EQUAL).then(|| parameters / between),
            interval: (found.len() >= fewest).then_some((centre - half, centre + half)),
        })
    }

    /// The standard error over so many members: that which the interval is of, or what it would be of if there were members enough for one
    /// (there it may be more, never less). Unknown if all agree and are too few to say so.
    #[must_use]
    pub fn standard_error(&self, members: usize, critical: &mut CriticalValues) -> Option<f64> {
        if let Some((low, high)) = self.interval {
            return Some(0.5 * (high - low) / critical.two_sided_95(members.saturating_sub(1)));
        }
        let (doubt, luck) = (self.parameter_sd * self.parameter_sd, self.monte_carlo_error * self.monte_carlo_error);
        let error = (doubt + doubt / count(members.max(1)) + luck).sqrt();
        (error > 0.0).then_some(error)
    }
}

/// The means of numerators and denominators over the replicates of one set of parameters, with their Monte Carlo errors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairOfMeans {
    /// Mean numerator.
    pub numerator: f64,
    /// Mean denominator.
    pub denominator: f64,
    /// Squared Monte Carlo errors of the one and of the other.
    pub variances: [f64; 2],
    /// What their errors share.
    pub covariance: f64,
}

impl PairOfMeans {
    /// The means of pairs of `(numerator, denominator)`, one of each replicate; `None` of fewer than two.
    #[must_use]
    pub fn of(pairs: &[(f64, f64)]) -> Option<Self> {
        let [numerators, denominators] = sides(pairs);
        let (numerator, denominator) = (mean(&numerators)?, mean(&denominators)?);
        let [above, below, shared] = products(pairs, [numerator, denominator])?;
        let all = count(pairs.len());
        Some(Self { numerator, denominator, variances: [above / all, below / all], covariance: shared / all })
    }
}

impl RatioOfMeans {
    /// The ratio of means over sets of parameters, each with luck of its own, with the interval that [`EnsembleSpread`] gives of a number:
    /// Fieller's, with the variances and the covariance between sets as far as they are no luck, and those of the means beside them.
    #[must_use]
    pub fn of_members(members: &[PairOfMeans], critical: &mut CriticalValues) -> Self {
        let pairs: Vec<(f64, f64)> = members.iter().map(|member| (member.numerator, member.denominator)).collect();
        let [numerators, denominators] = sides(&pairs);
        let (Some(y), Some(x)) = (mean(&numerators), mean(&denominators)) else { return Self::Unknown };
        let Some([above, below, shared]) = products(&pairs, [y, x]) else { return Self::Unknown };
        let all_equal = pairs.iter().all(|pair| *pair == pairs[0]);
        if pairs.len() < if all_equal { FEWEST_EQUAL } else { FEWEST } {
            return Self::Unknown;
        }
        let all = count(members.len());
        let luck = |of: fn(&PairOfMeans) -> f64| sum(&members.iter().map(of).collect::<Vec<_>>()) / all;
        let doubt = [above - luck(|one| one.variances[0]), below - luck(|one| one.variances[1])].map(|v| v.max(0.0));
        let most = (doubt[0] * doubt[1]).sqrt();
        let together = (shared - luck(|one| one.covariance)).clamp(-most, most);
        let variances = [doubt[0] + above / all, doubt[1] + below / all];
        Self::fieller([y, x], variances, together + shared / all, critical.two_sided_95(pairs.len() - 1))
    }
}

fn sides(pairs: &[(f64, f64)]) -> [Vec<f64>; 2] {
    [pairs.iter().map(|pair| pair.0).collect(), pairs.iter().map(|pair| pair.1).collect()]
}

/// The variances of both sides of pairs about their means, and their covariance; `None` of fewer than two pairs.
fn products(pairs: &[(f64, f64)], [above, below]: [f64; 2]) -> Option<[f64; 3]> {
    let freedom = count(pairs.len().checked_sub(1).filter(|freedom| *freedom > 0)?);
    let of = |product: &dyn Fn(f64, f64) -> f64| {
        let products: Vec<f64> = pairs.iter().map(|pair| product(pair.0 - above, pair.1 - below)).collect();
        sum(&products) / freedom
    };
    Some([of(&|y, _| y * y), of(&|_, x| x * x), of(&|y, x| y * x)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variance_between_members_is_parameters_and_luck() {
        // Differences 1, 2, 3, 6, three times: mean 3, variance 42/11; squared errors average 1.
        let found = [(1.0, 0.5), (2.0, 1.0), (3.0, 1.0), (6.0, 1.5)].repeat(3);
        let spread = EnsembleSpread::of(&found, &mut CriticalValues::default()).unwrap();
        let close = |found: f64, expected: f64| (found - expected).abs() < 1e-9;
        assert!(close(spread.mean, 3.0) && close(spread.monte_carlo_error, 12.0_f64.sqrt().recip()));
        assert!(close(spread.parameter_sd, (31.0_f64 / 11.0).sqrt()));
        assert!(close(spread.parameter_share.unwrap(), 31.0 / 42.0));
        // Student's t with 11 degrees of freedom: 2.200985.
        let half = 2.200_985_160 * (31.0_f64 / 11.0 + 42.0 / 11.0 / 12.0).sqrt();
        assert!((spread.interval.unwrap().1 - 3.0 - half).abs() < 1e-6);
    }

    #[test]
    fn few_members_have_no_share_and_fewer_no_interval() {
        let of = |count: usize| {
            let found: Vec<(f64, f64)> = [(1.0, 4.0), (2.0, 4.0)].into_iter().cycle().take(count).collect();
            EnsembleSpread::of(&found, &mut CriticalValues::default()).unwrap()
        };
        assert_eq!((of(4).interval, of(4).parameter_share), (None, None));
        assert!(of(5).interval.is_some() && of(5).parameter_share.is_none());
        let same = |count| EnsembleSpread::of(&vec![(0.0, 0.0); count], &mut CriticalValues::default()).unwrap();
        assert_eq!((same(9).interval, same(10).interval), (None, Some((0.0, 0.0))));
        assert_eq!(of(10).parameter_share, Some(0.0), "luck alone leaves no doubt about parameters");
    }

    #[test]
    fn one_member_says_nothing() {
        assert_eq!(EnsembleSpread::of(&[(1.0, 4.0)], &mut CriticalValues::default()), None);
    }

    #[test]
    fn a_ratio_over_members_has_the_interval_of_the_numerator_where_the_denominator_is_known() {
        let costs = [1.0, 2.0, 3.0, 6.0].repeat(3);
        let member =
            |cost: &f64| PairOfMeans { numerator: *cost, denominator: 2.0, variances: [1.0, 0.0], covariance: 0.0 };
        let members: Vec<PairOfMeans> = costs.iter().map(member).collect();
        let found: Vec<(f64, f64)> = costs.iter().map(|cost| (*cost, 1.0)).collect();
        let mut critical = CriticalValues::default();
        let (low, high) = EnsembleSpread::of(&found, &mut critical).unwrap().interval.unwrap();
        let RatioOfMeans::Estimated { ratio, low: least, high: most } =
            RatioOfMeans::of_members(&members, &mut critical)
        else {
            panic!("not estimated")
        };
        let close = |found: f64, expected: f64| (found - expected).abs() < 1e-9;
        assert!(close(ratio, 1.5) && close(least, low / 2.0) && close(most, high / 2.0), "{ratio} {least} {most}");
        assert_eq!(RatioOfMeans::of_members(&members[..4], &mut critical), RatioOfMeans::Unknown);
    }

    #[test]
    fn doubt_about_the_gain_widens_what_luck_alone_leaves_narrow() {
        // Each set of parameters knows its own gain well, and they differ: 400 for about 4 each, for 3.5 to 4.5.
        let members: Vec<PairOfMeans> = [3.5, 4.0, 4.5, 3.8, 4.2]
            .map(|gain| PairOfMeans { numerator: 400.0, denominator: gain, variances: [1.0, 1e-4], covariance: 0.0 })
            .to_vec();
        let mut critical = CriticalValues::default();
        let RatioOfMeans::Estimated { ratio, low, high } = RatioOfMeans::of_members(&members, &mut critical) else {
            panic!("not estimated")
        };
        assert!((ratio - 100.0).abs() < 1e-9 && low < 400.0 / 4.5 && high > 400.0 / 3.5, "{low} {high}");
        let unclear =
            members.iter().map(|one| PairOfMeans { denominator: one.denominator - 4.0, ..*one }).collect::<Vec<_>>();
        assert_eq!(RatioOfMeans::of_members(&unclear, &mut critical), RatioOfMeans::NotEstimable);
    }

    #[test]
    fn means_of_pairs_have_the_errors_of_each_and_what_they_share() {
        let pair = PairOfMeans::of(&[(10.0, 4.0), (20.0, 3.0), (30.0, 5.0)]).unwrap();
        assert_eq!((pair.numerator, pair.denominator), (20.0, 4.0));
        // sums of squares 200 and 2, of products 10; over n (n - 1) = 6
        assert!((pair.variances[0] - 200.0 / 6.0).abs() < 1e-12 && (pair.variances[1] - 2.0 / 6.0).abs() < 1e-12);
        assert!((pair.covariance - 10.0 / 6.0).abs() < 1e-12);
        assert_eq!(PairOfMeans::of(&[(1.0, 1.0)]), None);
    }
}
