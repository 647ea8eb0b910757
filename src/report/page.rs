//! The page: what a section is made of, and the template that lays it out.

use super::charts::Tone;
use super::error::ReportError;
use super::facts::Facts;
use crate::diagnostics::printable;
use crate::text::effects_table::NOT_A_FORECAST;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, Value, context, escape_formatter};
use serde::Serialize;
use sha2::{Digest, Sha256};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// One section of the report.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    /// Its anchor.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it shows and how it is read.
    pub lead: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Block {
    /// A paragraph.
    Text {
        /// The text.
        text: String,
    },
    /// What the run does not hold, and why.
    Missing {
        /// The text.
        text: String,
    },
    /// Several points.
    List {
        /// Each with what it is about and what it says.
        items: Vec<(String, String)>,
    },
    /// What each scenario changes.
    Answers {
        /// One for each scenario.
        answers: Vec<ScenarioAnswer>,
    },
    /// Charts beside or under each other.
    Figures {
        /// Each as SVG.
        figures: Vec<ChartFigure>,
    },
    /// A table that stands open with all its columns in sight.
    Overview {
        /// The table.
        table: PageTable,
        /// The unit of each column, the first that of the rows' names.
        units: Vec<String>,
    },
    /// A table that stands open.
    Open {
        /// The table.
        table: PageTable,
    },
    /// The table behind charts: closed until asked for.
    Behind {
        /// The table.
        table: PageTable,
    },
    /// Several views of which one is seen at a time.
    Switch {
        /// What is chosen.
        legend: String,
        /// Tells its buttons from those of other switches.
        name: String,
        /// The views.
        views: Vec<SwitchView>,
    },
}

/// A chart.
#[derive(Debug, Serialize)]
pub(super) struct ChartFigure {
    /// The SVG; made by `charts`, the only part of a page that is not escaped.
    pub svg: String,
    /// The name of the file it can be saved as, without ending.
    pub file: String,
    /// `small` for one of several of a kind, else `wide`.
    pub shape: &'static str,
}

/// One view of a switch.
#[derive(Debug, Serialize)]
pub(super) struct SwitchView {
    /// Its button.
    pub label: String,
    /// What it shows.
    pub blocks: Vec<Block>,
}

/// What a scenario changes, in short.
#[derive(Debug, Serialize)]
pub(super) struct ScenarioAnswer {
    /// The scenario's title.
    pub title: String,
    /// Its name in files.
    pub name: String,
    /// What it does.
    pub description: String,
    /// The clearest changes.
    pub changes: Vec<ClearChange>,
    /// How many changes are clear and how many are not.
    pub sure: String,
    /// What it costs.
    pub cost: String,
}

/// One change.
#[derive(Debug, Serialize)]
pub(super) struct ClearChange {
    /// The measure.
    pub label: String,
    /// The change.
    pub cell: PageCell,
    /// Its unit.
    pub unit: String,
}

/// A table with a heading for each row and column.
#[derive(Debug, Serialize)]
pub(super) struct PageTable {
    /// What it shows, with units and replicates.
    pub caption: String,
    /// The headings, the first over the rows' names.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Serialize)]
pub(super) struct TableRow {
    /// Its name.
    pub name: String,
    /// Its cells.
    pub cells: Vec<PageCell>,
}

/// A cell of a table.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageCell {
    /// The number or text.
    pub main: String,
    /// Its interval.
    pub range: String,
    /// A word on it.
    pub note: String,
    /// The class of [`Tone`].
    pub tone: &'static str,
}

impl PageCell {
    /// A text.
    pub(super) fn plain(text: &str) -> Self {
        Self { main: text.to_owned(), range: String::new(), note: String::new(), tone: Tone::Level.class() }
    }
}

/// The page of a run with these sections.
pub(super) fn render(facts: &Facts<'_>, sections: &[Section]) -> Result<String, ReportError> {
    let manifest = &facts.run.manifest;
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    let world = if manifest.world_title.is_empty() { &manifest.world } else { &manifest.world_title };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(|out, state, value| {
        // What drives a terminal or turns text around is made visible before anything else.
        match value.as_str().filter(|_| value.kind() == ValueKind::String && !value.is_safe()) {
            Some(text) => escape_formatter(out, state, &Value::from(printable(text))),
            None => escape_formatter(out, state, value),
        }
    });
    let template = environment.template_from_str(TEMPLATE)?;
    Ok(template.render(context! {
        policy,
        style => STYLE,
        script => SCRIPT,
        sections => Value::from(Serde(sections)),
        world,
        start => super::facts::written(facts.periods.first().map_or(crate::calendar::Month(0), |period| period.0)),
        years => manifest.years,
        replicates => manifest.replicates_kept,
        members => facts.members(),
        scale => crate::text::brief::count(u64::from(manifest.scale)),
        scale_note => manifest.scale_note.clone(),
        scenarios => facts.policies.len(),
        baseline => facts.baseline_title(),
        titles => facts.policies.iter().map(|policy| policy.title.clone()).collect::<Vec<_>>(),
        fingerprint => manifest.fingerprint(),
        version => manifest.version.clone(),
        not_a_forecast => NOT_A_FORECAST,
    })?)
}

/// The hash of an inline text as a content security policy names it.
fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_made_here_goes_into_a_page_as_it_is() {
        let unescaped: Vec<&str> = TEMPLATE.lines().filter(|line| line.contains("|safe")).collect();
        assert_eq!(unescaped.len(), 3, "{unescaped:?}");
        for made_here in ["{{ style|safe }}", "{{ script|safe }}", "{{ figure.svg|safe }}"] {
            assert!(unescaped.iter().any(|line| line.contains(made_here)), "{made_here}");
        }
        assert!(!TEMPLATE.contains("autoescape false"));
    }

    #[test]
    fn the_page_asks_for_nothing() {
        for text in [TEMPLATE, STYLE, SCRIPT] {
            for word in
                ["http:", "https:", "url(", "@import", "fetch(", "XMLHttpRequest", "import(", "eval(", "innerHTML"]
            {
                assert!(!text.contains(word), "{word}");
            }
        }
        assert!(!TEMPLATE.contains("style=") && !TEMPLATE.contains("onclick"));
    }
}
