//! What one row of a subject's file declares.

/// Declares the conditions of a subject, one row each:
///
/// ```text
/// NAME: key = who meets it, unit, "meaning";
/// ```
///
/// The key is the axes of its table, outermost first. The name in files is the row's in small letters. A row may end with
/// `within(lowest, highest)` where its range is not the usual one of its unit, and with `shared_out()` or `chosen()` where
/// its numbers are parts of a whole.
///
/// A macro, because a row is three things that must not drift apart: a typed handle with its documentation, a line of the
/// registry, and a number in the order of the layout.
macro_rules! rows {
    (
        $subject:literal $(, after $previous:path)?;
        $($name:ident: $key:ty = $met_by:ident, $unit:ident, $meaning:literal $(, $trait:ident($($of:tt)*))*;)+
    ) => {
        use crate::conditions::condition::Condition;
        use crate::conditions::spec::{Met, Spec, row_named, small_letters};
        use crate::conditions::unit::Unit;

        /// How many conditions there are up to this subject's last.
        pub(in crate::conditions) const END: usize = FIRST + ROWS.len();

        const FIRST: usize = 0 $(+ { use $previous as previous; previous::END })?;

        /// The subject's conditions, in order.
        pub(in crate::conditions) const ROWS: &[Spec] = &[$({
            const NAME: [u8; stringify!($name).len()] = small_letters(stringify!($name));
            Spec::new::<$key>($subject, &NAME, Met::$met_by, Unit::$unit, $meaning)$(.$trait($($of)*))*
        }),+];

        $(
            #[doc = concat!($meaning, ".")]
            pub const $name: Condition<$key> = Condition::at(FIRST + row_named(ROWS, stringify!($name)));
        )+
    };
}

pub(super) use rows;
