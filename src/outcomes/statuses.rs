//! Groups of statuses that several measures count together.

use crate::engine::tally::{Standing, Status};

/// Every status of people in a job, apprentices apart.
pub const EMPLOYED: [Status; 3] = [Status::Working, Status::Intermediate, Status::Professional];
/// Every status of apprentices.
pub const APPRENTICES: [Status; 3] = [Status::Apprenticeship2, Status::Apprenticeship3, Status::Apprenticeship4Plus];
/// Every status of the unemployed.
pub const UNEMPLOYED: [Status; 2] = [Status::UnemployedShort, Status::UnemployedLong];
/// Every status of the inactive.
pub const INACTIVE: [Status; 2] = [Status::InactiveShort, Status::InactiveLong];
/// Every status that is not in education, employment or training.
pub const NEET: [Status; 4] =
    [Status::UnemployedShort, Status::UnemployedLong, Status::InactiveShort, Status::InactiveLong];
/// Every standing of the employed; apprentices stand as learning.
pub const EMPLOYED_STANDINGS: [Standing; 3] = [Standing::Working, Standing::Intermediate, Standing::Professional];
