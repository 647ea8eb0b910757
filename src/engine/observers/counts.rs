//! What is kept of a run: the counts of its periods, and the panel.

use super::follow_up;
use super::panel::Panel;
use super::record::{self, MonthRecord};
use super::survey;
use super::view::MonthView;
use crate::calendar::Month;
use crate::engine::plan::{Plan, Survey};
use crate::engine::state::chunk::Chunk;
use crate::engine::tally::survey::SurveyTally;
use crate::engine::tally::{Cells, Follow, PanelTally, PeriodTally, Tallies};

/// The counts so far, and those who are followed, if any are.
#[derive(Clone, Debug)]
pub(crate) struct Counts {
    plan: Plan,
    tallies: Tallies,
    pub panel: Option<Box<Panel>>,
}

impl Counts {
    /// Nothing counted yet, and nobody followed.
    pub fn new(plan: Plan) -> Self {
        Self { plan, tallies: Tallies { scale: plan.scale, periods: Vec::new() }, panel: None }
    }

    /// Follows these people, from the first month on.
    pub fn follow(&mut self, follow: Follow) {
        self.panel = Panel::of(follow);
    }

    /// What was seen of those who are followed until `month`, the last one simulated; from then on nobody is.
    pub fn take_panel(&mut self, month: Month) -> PanelTally {
        self.panel.take().map_or_else(PanelTally::default, |panel| panel.into_tally(month))
    }

    /// Everything counted, with the spells that go on before `month`.
    pub fn into_tallies(mut self, chunks: &[Chunk], month: Month) -> Tallies {
        self.close_period(chunks, month);
        self.tallies
    }

    /// Begins a month: if a period begins with it, the one before is closed.
    pub fn begin(&mut self, month: Month, chunks: &[Chunk]) {
        if self.plan.counted_since(month) == month {
            self.close_period(chunks, month);
        }
    }

    /// Counts the spells that go on at the end of the period so far.
    fn close_period(&mut self, chunks: &[Chunk], month: Month) {
        if let Some(tally) = self.tallies.periods.last_mut() {
            record::close(tally, chunks, month);
        }
    }

    /// Looks at the panel, and counts the month if it is one that is counted.
    pub fn observe(&mut self, view: &MonthView<'_>, month: &MonthRecord<'_>) {
        if let Some(panel) = &mut self.panel {
            panel.look(view, self.plan.start);
        }
        if view.month < self.plan.start {
            return;
        }
        let months = view.month - self.plan.start;
        let index = usize::from(months / self.plan.months_per_period);
        let cells = Cells::new(self.plan.regions);
        if self.tallies.periods.len() <= index {
            self.tallies.periods.push(PeriodTally::new(view.month, cells));
        }
        let tally = &mut self.tallies.periods[index];
        tally.months += 1;
        if self.plan.survey == Survey::Taken {
            survey::take(view, tally.survey.get_or_insert_with(|| SurveyTally::new(cells)), cells);
        }
        record::count(tally, month, &view.rates.everybody, f64::from(self.plan.scale));
        if follow_up::is_due(months) {
            tally.follow_up = Some(follow_up::count(view, cells));
        }
    }
}
