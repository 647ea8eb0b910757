//! Who has to look ahead again because conditions have changed.
//!
//! Looking ahead is dear and conditions of a lever that comes slowly change every month, so it is kept to those for whom
//! it can bring something new. People whose hazards only fell will not be due before they said: it is enough that they
//! look again then, which is for people in work, the most, and only as long as hazards go on falling. Whoever is left out
//! here must be due in the same month as if they had looked. What hangs on which condition is in `concerned`, how people
//! look ahead in `clocks`.

use crate::conditions::Group;
use crate::engine::concerned::Concerned;
use crate::engine::groups::Members;
use crate::engine::hazards::is_known;
use crate::engine::population::Person;
use crate::engine::tables::Tables;
use std::collections::BTreeMap;

/// Who has to look ahead again.
#[derive(Debug)]
pub(crate) struct Rethinking<'a> {
    /// Kinds of people of whom everybody has to.
    kinds: Concerned,
    /// Shares of people known to agencies before and now, if they changed.
    known: Option<[&'a [f64]; 2]>,
    /// Groups whose members meet other changes than before, and whom of them it concerns. Who may be a member is asked with
    /// the month until which somebody relies on what they found out. Of people in work in doubt that is not known: those look
    /// ahead anyway.
    groups: Vec<(Members, Concerned)>,
    /// Whether hazards of people in work fell, and none rose; never with groups that have hazards of their own.
    has_fallen: bool,
}

impl<'a> Rethinking<'a> {
    /// Those whose hazards differ between two months.
    pub fn between(before: &'a Tables, now: &'a Tables) -> Self {
        let (old, new) = (&before.conditions.changes, &now.conditions.changes);
        let came_or_went =
            old.iter().filter(|change| !new.contains(change)).chain(new.iter().filter(|change| !old.contains(change)));
        let mut groups: BTreeMap<&Group, Concerned> = BTreeMap::new();
        for change in came_or_went {
            let concerned = groups.entry(&change.group).or_insert(Concerned::NOBODY);
            *concerned = Concerned::by(change.edit.condition).and(*concerned);
        }
        let groups = groups.into_iter().filter(|(_, concerned)| *concerned != Concerned::NOBODY);
        let groups = groups.map(|(group, concerned)| (Members::new(group), concerned)).collect();
        if before.groups.have_hazards() || now.groups.have_hazards() {
            // What holds for everybody need not hold for members.
            return Self { kinds: now.concerned_since(before), known: None, groups, has_fallen: false };
        }
        let (kinds, has_fallen) =
            (now.hazards.concerned_since(&before.hazards), now.hazards.fell_in_work(&before.hazards));
        let known = (now.known != before.known).then_some([&before.known[..], &now.known[..]]);
        Self { kinds: if has_fallen { kinds.without(Concerned::WORKING) } else { kinds }, known, groups, has_fallen }
    }

    /// Everybody in work, whose hazards no longer fall.
    pub fn in_work() -> Self {
        Self { kinds: Concerned::WORKING, known: None, groups: Vec::new(), has_fallen: false }
    }

    /// Adds everybody in work, whose hazards fell in months before, unless they fell again.
    pub fn settle_doubt(&mut self) {
        if !self.has_fallen {
            self.kinds = self.kinds.and(Concerned::WORKING);
        }
    }

    /// Whether people in work who have not looked ahead may be due later than they said.
    pub fn leaves_doubt(&self) -> bool {
        self.has_fallen
    }

    /// Whether nobody has to.
    pub fn is_needless(&self) -> bool {
        self.kinds == Concerned::NOBODY && self.known.is_none() && self.groups.is_empty()
    }

    /// Whether somebody has to who relies until `until` on what they found out.
    pub fn concerns(&self, person: &Person, month: u16, until: u16) -> bool {
        let mut groups = self.groups.iter();
        self.kinds.hold(person.state)
            || self.known.is_some_and(|known| {
                let [before, now] = known.map(|known| is_known(person, known));
                person.state.is_neet() && before != now
            })
            || groups.any(|(members, concerned)| concerned.hold(person.state) && members.may_hold(person, month, until))
    }
}
