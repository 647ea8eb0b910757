//! What one replicate says.

/// What one replicate says about one target: a value over one, or the parts of a ratio that replicates share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// The value, or what is divided.
    pub above: f64,
    /// 1, or what it is divided by.
    pub below: f64,
}
