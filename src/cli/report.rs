//! `rungs report`.

use super::ending::{Ending, Step};
use super::stop::undisturbed;
use super::{compare, terminal};
use crate::assure;
use crate::compare::filter::Filter;
use crate::diagnostics::printable;
use crate::folder::disk::{Overwrite, check_alone, write_alone};
use crate::folder::read::{Saved, read_text_file};
use crate::folder::report_page::{REPORT, is_report, write_report};
use crate::report::{self, ReportError, RunTables};
use crate::results::keys::LAST_YEAR;
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  rungs report results/scenarios
  rungs report results/scenarios --out levy.html
  rungs report results/scenarios --validation results/validation/validation.csv
  rungs report results/levy-2 --against results/levy --out what-changed.html

One HTML file that needs no network and no other file: it can be mailed, printed and read with scripts
off. Without --out it is report.html in the results folder, where it replaces an older report; any other
file is replaced with --overwrite alone.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Report {
    /// Results folder
    #[arg(value_name = "RUN")]
    run: PathBuf,

    /// Where to write the report; see below for the default. A name that ends in .md gets the tables of effects alone, as Markdown
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Show how the baseline fits published figures: the table that `rungs validate --out` wrote
    #[arg(long, value_name = "FILE")]
    validation: Option<PathBuf>,

    /// Show what differs from this other run, as `rungs compare` does
    #[arg(long, value_name = "RUN")]
    against: Option<PathBuf>,

    /// Replace a file that is there already
    #[arg(long)]
    overwrite: bool,
}

impl Report {
    pub(super) fn run(self) -> Step<Ending> {
        let own = self.run.join(REPORT);
        let overwrite = if self.overwrite || (self.out.is_none() && is_report(&own)) {
            Overwrite::Replace
        } else {
            Overwrite::Refuse
        };
        let path = self.out.unwrap_or(own);
        // Whether there are results is said when they are read.
        if self.run.is_dir() {
            check_alone(&path, overwrite)?;
        }
        if path.extension().is_some_and(|extension| extension == "md") {
            for (flag, is_given) in [("--validation", self.validation.is_some()), ("--against", self.against.is_some())]
            {
                if is_given {
                    let why =
                        format!("{flag}: found a report in Markdown, which has no place for it, expected one in HTML");
                    return Err(Ending::Refused(why));
                }
            }
            let saved = Saved::load_where(&self.run, report::wants)?;
            let page = assure::results_page(&saved);
            undisturbed(|| write_alone(&path, &page, overwrite))?;
        } else {
            write(&self.run, self.validation.as_deref(), self.against.as_deref(), &path, overwrite)?;
        }
        terminal::data(&format!("{}\n", printable(&path.display().to_string())))?;
        Ok(Ending::Fine)
    }
}

/// Writes the report of a run that was just written into its folder.
///
/// # Errors
/// Why there is none, in words.
pub(super) fn write_into(folder: &Path, run: &RunTables) -> Result<(), String> {
    let html = report::html_of(run, None, None).map_err(|error| error.to_string())?;
    write_report(&folder.join(REPORT), &html, Overwrite::Refuse).map_err(|error| error.to_string())
}

fn write(run: &Path, validation: Option<&Path>, against: Option<&Path>, path: &Path, overwrite: Overwrite) -> Step<()> {
    let saved = Saved::load_where(run, report::wants)?;
    let table = validation.map(|file| read_text_file(file).map(|text| (file, text))).transpose()?;
    let against = against.map(|earlier| {
        let earlier = Saved::load_where(earlier, |_| false)?;
        compare::against(&earlier, &saved, &Filter { period: LAST_YEAR.to_owned(), ..Filter::default() })
    });
    let against = against.transpose()?;
    let table = table.as_ref().map(|(file, text)| (*file, text.as_str()));
    let html = report::html_against(&saved, table, against.as_ref()).map_err(failed)?;
    Ok(undisturbed(|| write_report(path, &html, overwrite))?)
}

fn failed(error: ReportError) -> Ending {
    match error {
        ReportError::Results(error) => Ending::from(error),
        ReportError::Page(_) => Ending::Failed(printable(&error.to_string())),
    }
}
