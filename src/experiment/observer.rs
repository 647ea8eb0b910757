//! Who hears how an experiment goes.

/// Hears how an experiment goes, and may ask it to stop. Called from many threads.
pub trait Observer: Sync {
    /// `count` more person-months are simulated.
    fn person_months(&self, count: u64);
    /// One more replicate is finished in all scenarios.
    fn replicate_done(&self);
    /// Whether to stop now; asked once a simulated month.
    fn stop_wanted(&self) -> bool;
}

/// An observer that hears nothing and never stops.
pub struct Unobserved;

impl Observer for Unobserved {
    fn person_months(&self, _count: u64) {}

    fn replicate_done(&self) {}

    fn stop_wanted(&self) -> bool {
        false
    }
}
