//! The axes of conditions' tables, and the keys by which one number of a table is looked up.

use crate::domain::{self, Kind, Region};
use std::fmt::Debug;

/// What one number of a condition's table is looked up by: one kind for each axis, outermost first.
///
/// A condition says its key in its type, so that a wrong axis, a missing one or one too many does not compile.
pub trait TableKey: Copy + Debug {
    /// One index for each axis.
    type Indexes: AsRef<[usize]>;
    /// The axes, outermost first.
    const AXES: &'static [Axis];
    /// The index along each axis.
    fn indexes(self) -> Self::Indexes;
}

/// What one axis is looked up by.
pub trait Along: Copy + Debug {
    /// The axis.
    const AXIS: Axis;
    /// The index along it.
    fn along(self) -> usize;
}

/// A key with an axis along which `A` is. `Place` tells the axes of one key apart; it is always inferred.
pub trait HasAxis<A, Place> {}

/// The only axis of a key.
#[derive(Debug)]
pub struct Only;

/// The axis at a place of a key with several.
#[derive(Debug)]
pub struct At<const PLACE: usize>;

impl<A: Along> HasAxis<A, Only> for A {}
impl<A: Along, B> HasAxis<A, At<0>> for (A, B) {}
impl<A, B: Along> HasAxis<B, At<1>> for (A, B) {}
impl<A: Along, B, C> HasAxis<A, At<0>> for (A, B, C) {}
impl<A, B: Along, C> HasAxis<B, At<1>> for (A, B, C) {}
impl<A, B, C: Along> HasAxis<C, At<2>> for (A, B, C) {}

/// A region as where somebody moves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Destination(pub Region);

impl TableKey for () {
    type Indexes = [usize; 0];
    const AXES: &'static [Axis] = &[];

    #[inline]
    fn indexes(self) -> [usize; 0] {
        []
    }
}

impl<A: Along, B: Along> TableKey for (A, B) {
    type Indexes = [usize; 2];
    const AXES: &'static [Axis] = &[A::AXIS, B::AXIS];

    #[inline]
    fn indexes(self) -> [usize; 2] {
        [self.0.along(), self.1.along()]
    }
}

impl<A: Along, B: Along, C: Along> TableKey for (A, B, C) {
    type Indexes = [usize; 3];
    const AXES: &'static [Axis] = &[A::AXIS, B::AXIS, C::AXIS];

    #[inline]
    fn indexes(self) -> [usize; 3] {
        [self.0.along(), self.1.along(), self.2.along()]
    }
}

/// Declares the axes, one row each: the kind along it, its name in lists, and one of its places in a sentence.
///
/// A macro, because an axis is a kind's names and a kind's index at once, and Rust has no list of types.
macro_rules! axes {
    ($($kind:ident, $name:literal, $in_words:literal;)+) => {
        /// An axis of a condition's table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Axis {
            /// The world's regions.
            Region,
            /// The world's regions again, as destinations.
            Destination,
            $(#[doc = concat!("[`domain::", stringify!($kind), "`].")] $kind,)+
        }

        impl Axis {
            /// The names along a closed axis; `None` for regions, which belong to the world.
            #[must_use]
            pub fn names(self) -> Option<Vec<&'static str>> {
                match self {
                    Self::Region | Self::Destination => None,
                    $(Self::$kind => Some(domain::$kind::names()),)+
                }
            }

            /// Its name in lists.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    Self::Region => "region",
                    Self::Destination => "destination region",
                    $(Self::$kind => $name,)+
                }
            }

            /// One of its places, in a sentence.
            #[must_use]
            pub fn in_words(self) -> &'static str {
                match self {
                    Self::Region | Self::Destination => "a region",
                    $(Self::$kind => $in_words,)+
                }
            }
        }

        $(along!($kind, domain::$kind, |kind| kind as usize);)+
    };
}

/// The kind along an axis, which is also the key of a table with that axis alone.
macro_rules! along {
    ($axis:ident, $kind:ty, |$it:ident| $index:expr) => {
        impl Along for $kind {
            const AXIS: Axis = Axis::$axis;

            #[inline]
            fn along(self) -> usize {
                let $it = self;
                $index
            }
        }

        impl TableKey for $kind {
            type Indexes = [usize; 1];
            const AXES: &'static [Axis] = &[Axis::$axis];

            #[inline]
            fn indexes(self) -> [usize; 1] {
                [self.along()]
            }
        }
    };
}

along!(Region, Region, |region| region.index());
along!(Destination, Destination, |destination| destination.0.index());

axes! {
    Origin, "origin", "an origin class";
    Sex, "sex", "a sex";
    Health, "health", "a state of health";
    Qualification, "qualification", "a qualification";
    JobClass, "class", "a job class";
    Level, "level", "a level";
    Funding, "funding", "a funding";
    AgeBand, "age band", "an age band";
    Programme, "programme", "a programme";
    NextStep, "next step", "a next step";
    AttainmentBand, "attainment", "an attainment";
    AttainmentCut, "threshold", "a cut of attainment";
    Agency, "agency", "an agency";
    Seeker, "seeker", "a kind of seeker";
    SupportEffect, "effect", "an effect of support";
    AfterStudy, "after study", "a step after study";
    Clock, "exit", "a clock";
    CalendarMonth, "month", "a month of the year";
}

impl Axis {
    /// How many places the axis has in a world with `regions` regions.
    #[must_use]
    pub fn len(self, regions: usize) -> usize {
        self.names().map_or(regions, |names| names.len())
    }
}
