//! Who usually applies: how many in a month, and with which scores.

use crate::calendar::Month;

/// Who usually applies for one kind of place in a region: means over the last years.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Applicants {
    /// In a September, when courses have ended, and in any other month.
    counts: [Mean; 2],
    scores: [Mean; 2],
    squares: [Mean; 2],
}

/// A mean of the latest of what was noted.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    value: f64,
    noted: f64,
}

impl Mean {
    fn note(&mut self, value: f64, memory: f64) {
        self.noted = (self.noted + 1.0).min(memory);
        self.value += (value - self.value) / self.noted;
    }
}

impl Applicants {
    /// Years that count.
    const YEARS: f64 = 4.0;
    /// Applicants whose scores count.
    const PEOPLE: f64 = 400.0;

    /// Takes note of a month's scores.
    pub fn note(&mut self, scores: impl ExactSizeIterator<Item = f64>, month: Month) {
        let months = if month.is_september() { Self::YEARS } else { 11.0 * Self::YEARS };
        let season = usize::from(month.is_september());
        let number = u32::try_from(scores.len()).map_or(f64::MAX, f64::from);
        self.counts[season].note(number, months);
        for score in scores {
            self.scores[season].note(score, Self::PEOPLE);
            self.squares[season].note(score * score, Self::PEOPLE);
        }
    }

    /// How many usually apply in such a month.
    pub fn count(&self, month: Month) -> f64 {
        self.counts[usize::from(month.is_september())].value
    }

    /// The share of those who usually apply whose score is higher, as of a normal distribution.
    pub fn share_above(&self, score: f64, month: Month) -> f64 {
        let season = usize::from(month.is_september());
        let (scores, squares) = (self.scores[season], self.squares[season]);
        let variance = squares.value - scores.value * scores.value;
        if scores.noted < 2.0 || variance <= 0.0 {
            return 0.5;
        }
        0.5 * libm::erfc((score - scores.value) / (2.0 * variance).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn septembers_and_other_months_are_kept_apart_and_scores_are_ranked() {
        let mut usually = Applicants::default();
        for month in (1_200..1_248).map(Month) {
            // Those of a September are better.
            let scores = if month.is_september() { [2.0, 4.0].repeat(4) } else { vec![-1.0, 1.0] };
            usually.note(scores.into_iter(), month);
        }
        let [september, october] = [1_208, 1_209].map(|month| usually.count(Month(month)));
        assert!((september - 8.0).abs() < 1e-12 && (october - 2.0).abs() < 1e-12, "{september} {october}");
        for (month, middle) in [(1_208, 3.0), (1_209, 0.0)] {
            assert!((usually.share_above(middle, Month(month)) - 0.5).abs() < 0.02, "{month}");
        }
        // One standard deviation above the mean.
        assert!((usually.share_above(1.0, Month(1_209)) - 0.158_655).abs() < 0.02);
    }
}
