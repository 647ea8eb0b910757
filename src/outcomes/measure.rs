//! What a measure is: its words, its ages, and how it is worked out.

use super::ages::Ages;
use super::counted::Counted;
use super::ratio::Ratio;
use crate::engine::tally::Slice;

/// Which direction of change is better for the people concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither by itself.
    Neither,
}

impl Better {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "neither",
        }
    }
}

/// Whether a measure belongs in a short table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prominence {
    /// Shown unless something else is asked for.
    Headline,
    /// Shown when asked for.
    Detail,
}

/// What a measure gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A numerator and a denominator, which add up over periods and groups before the division.
    Ratio,
    /// The value itself (a median, a logarithm), worked out from all counts at once: those of parts do not add up. The denominator is
    /// what it was worked out from.
    Value,
}

impl Form {
    /// The value that a measure of this form gives; `None` when it is unknown.
    #[must_use]
    pub fn value(self, given: Ratio) -> Option<f64> {
        match self {
            Self::Ratio => given.value(),
            Self::Value => (given.denominator > 0.0).then_some(given.numerator),
        }
    }
}

/// The slices for which a measure exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every slice.
    Anyone,
    /// Everybody and regions of residence: what is counted belongs to a place, not to a person.
    Places,
    /// Slices that hold every origin class: origins are what is compared.
    Origins,
    /// Everybody alone: regions are what is compared.
    Everybody,
}

/// One measure. In its label, numerator and denominator `{ages}` stands for its ages and `{last}` for the last of them.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// The name used in files, such as `neet_rate`.
    pub key: &'static str,
    /// The name used in tables.
    pub label: &'static str,
    /// The unit of the value.
    pub unit: &'static str,
    /// The numerator in words.
    pub numerator: &'static str,
    /// The denominator in words.
    pub denominator: &'static str,
    /// The ages in completed years.
    pub ages: Ages,
    /// Which direction is better.
    pub better: Better,
    /// Whether it is shown without being asked for.
    pub prominence: Prominence,
    /// What it gives.
    pub form: Form,
    /// The slices for which it exists.
    pub scope: Scope,
    /// Numerator and denominator of one period and slice, at the measure's ages.
    pub compute: fn(&Counted, Ages) -> Ratio,
}

impl Measure {
    /// A headline share of person-months or people of any age, better when higher: a measure says what it has instead.
    pub const SHARE: Self = Self {
        key: "",
        label: "",
        unit: "share",
        numerator: "",
        denominator: "",
        ages: Ages::ALL,
        better: Better::Higher,
        prominence: Prominence::Headline,
        form: Form::Ratio,
        scope: Scope::Anyone,
        compute: |_, _| Ratio::UNKNOWN,
    };

    /// The measure with its ages written out in its words. The words live as long as the program: this is for lists that are made once.
    #[must_use]
    pub(super) fn with_ages_written(self) -> Self {
        let written = |text: &'static str| {
            if !text.contains('{') {
                return text;
            }
            let text = text.replace("{ages}", &self.ages.to_string()).replace("{last}", &self.ages.last.to_string());
            &*text.leak()
        };
        Self {
            label: written(self.label),
            numerator: written(self.numerator),
            denominator: written(self.denominator),
            ..self
        }
    }

    /// Numerator and denominator of one period and slice.
    #[must_use]
    pub fn of(&self, counted: &Counted) -> Ratio {
        (self.compute)(counted, self.ages)
    }

    /// The value of one period and slice; `None` when it is unknown.
    #[must_use]
    pub fn value(&self, counted: &Counted) -> Option<f64> {
        self.form.value(self.of(counted))
    }

    /// Whether the measure exists for a slice.
    #[must_use]
    pub fn applies_to(&self, slice: Slice) -> bool {
        match self.scope {
            Scope::Anyone => true,
            Scope::Places => matches!(slice, Slice::All | Slice::Residence(_)),
            Scope::Origins => !matches!(
                slice,
                Slice::ResidenceOrigin(..) | Slice::UpbringingOrigin(..) | Slice::Origin(_) | Slice::OriginSex(..)
            ),
            Scope::Everybody => slice == Slice::All,
        }
    }

    /// Whether it is shown without being asked for.
    #[must_use]
    pub fn is_headline(&self) -> bool {
        self.prominence == Prominence::Headline
    }

    /// Whether it compares regions, so that nothing is known of it where there is one.
    #[must_use]
    pub fn compares_regions(&self) -> bool {
        self.key.starts_with("regional_")
    }
}
