//! Who in a queue for apprenticeships is offered a place.
//!
//! In a large queue the places go down the ranking. A queue of a coarse run may have one person in it or none where there would be
//! twenty with smaller agents: whether that one is among those who would be offered a place is then read off who usually applies,
//! and a place may be given ahead of time, which later ones make up for. So what people of each age and merit get depends little on
//! how many people an agent stands for. A queue learns from itself alone: what happens in one region changes no other.

use crate::calendar::Month;
use crate::engine::exchange::allocation::Who;
use crate::engine::state::applicants::Applicants;

/// Somebody in a queue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// Higher is better.
    pub score: f32,
    /// Between 0 and 1: settles who is next to the last place.
    pub draw: f64,
    pub who: Who,
}

/// The places of a queue in a month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    /// All that there are, those of earlier months included; fewer than none where some were given ahead of time.
    pub all: f64,
    /// Those that this month brings.
    pub new: f64,
}

/// Agents in a queue from which on it speaks for itself rather than with those who usually apply.
const FEW: f64 = 15.0;
/// The same for places of other months, which a queue of one or two makes up for over several months.
const FEW_PLACES: f64 = 2.0;

/// For everybody in a queue, in the order of their scores, whether a place is offered. Of those who `usually` apply note is taken.
pub(crate) fn offered(queue: &[Candidate], places: Places, usually: &mut Applicants, month: Month) -> Vec<bool> {
    let here = count(queue.len());
    usually.note(queue.iter().map(|candidate| f64::from(candidate.score)), month);
    let likely = usually.count(month);
    let expected = likely + likely / (likely + FEW) * (here - likely);
    let part = expected / (expected + FEW_PLACES);
    let open = places.new + part * (places.all - places.new);
    let share = if expected > 0.0 { (open / expected).clamp(0.0, 1.0) } else { 0.0 };
    let offers = share * (here + FEW);
    let is_offered = |(better, candidate): (usize, &Candidate)| {
        count(better) + FEW * usually.share_above(f64::from(candidate.score), month) + candidate.draw < offers
    };
    queue.iter().enumerate().map(is_offered).collect()
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Luck, Purpose, normal, uniform};

    fn candidates(luck: &Luck, month: u32, number: usize) -> Vec<Candidate> {
        let drawn = |at: usize| {
            let key = month << 12 | u32::try_from(at).unwrap();
            let words = luck.person(0, key).words(0, Purpose::Score, 0);
            let who = Who { chunk: 0, at: 0 };
            Candidate { score: normal(words[0], words[1]), draw: uniform(words[2]), who }
        };
        let mut queue: Vec<Candidate> = (0..number).map(drawn).collect();
        queue.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
        queue
    }

    #[test]
    fn in_a_large_queue_places_go_down_the_ranking() {
        let queue = candidates(&Luck::new(1, 1), 1, 4_000);
        let places = Places { all: 1_500.5, new: 1_000.0 };
        let offered = offered(&queue, places, &mut Applicants::default(), Month(1_200));
        let given = offered.iter().filter(|is_offered| **is_offered).count();
        // The last few of them, next to the line, depend on who usually applies as well.
        assert!((1_490..=1_510).contains(&given), "{given}");
        assert!(offered[..1_480].iter().all(|is_offered| *is_offered));
        assert!(offered[1_520..].iter().all(|is_offered| !is_offered));
    }

    /// Of the places that there are, the share given, and the mean score of those who got one: in a queue of so many each month, or of
    /// one person every other month, for a third of whom there are places.
    fn live(size: usize, months: u32) -> (f64, f64) {
        let luck = Luck::new(2, 1);
        let usual = if size == 1 { 0.5 } else { count(size) };
        let (mut usually, mut all, mut given, mut merit) = (Applicants::default(), 0.0, 0.0, 0.0);
        for month in 0..months {
            let is_empty = size == 1 && uniform(luck.person(1, month).words(0, Purpose::Score, 0)[0]) < 0.5;
            let queue = candidates(&luck, month, if is_empty { 0 } else { size });
            let new = usual / 3.0;
            all += new;
            let offers = offered(&queue, Places { all, new }, &mut usually, Month(1_200));
            for (candidate, _) in queue.iter().zip(&offers).filter(|(_, is_offered)| **is_offered) {
                all -= 1.0;
                given += 1.0;
                merit += f64::from(candidate.score);
            }
        }
        (given / (usual / 3.0 * f64::from(months)), merit / given)
    }

    #[test]
    fn small_queues_give_as_many_places_as_there_are_and_to_nearly_the_same_people() {
        let ((small, small_merit), (large, large_merit)) = (live(1, 60_000), live(200, 300));
        assert!((small - 1.0).abs() < 0.005 && (large - 1.0).abs() < 0.005, "{small} {large}");
        // The best third of a normal distribution has a mean of 1.09; anybody, of 0.
        assert!((large_merit - 1.09).abs() < 0.03, "{large_merit}");
        assert!(small_merit > 0.8, "{small_merit}");
    }
}
