//! Names that would do harm in a browser, a spreadsheet or a terminal, and a run that is full of them.

use rayon::prelude::*;
use rungs::calendar::Month;
use rungs::domain::{Origin, Qualification, Region, Sex};
use rungs::engine::tally::{Seen, Slice, Snapshot, Standing};
use rungs::experiment::{Outcomes, Replicate};
use rungs::folder::claim::claim;
use rungs::folder::disk::Overwrite;
use rungs::money::{Amount, CostKind, CostLine, CostPerGain, CostVerdict, GAINS, Item, Money};
use rungs::outcomes::{Period, Ratio, RunOutcome, Standings, measures, spans, standings};
use rungs::results::about::{Input, NamedRegion, PeriodRows, RunOptions, ScenarioInfo, Timings, WorldInfo};
use rungs::results::run::Results;
use rungs::results::table::Format;
use rungs::scenario::{Breakdown, Every, RunSettings};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// About sixty names. Those for a browser set `hacked` or would open something.
pub const NAMES: [&str; 62] = [
    // pages
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "</style><script>window.hacked=1</script>",
    "</title><script>window.hacked=1</script>",
    "</textarea><img src=x onerror=window.hacked=1>",
    "<img src=x onerror=window.hacked=1>",
    "<svg onload=window.hacked=1>",
    "<svg><script>window.hacked=1</script></svg>",
    "</svg><script>window.hacked=1</script>",
    "</text></svg><img src=x onerror=window.hacked=1>",
    "\"><script>window.hacked=1</script>",
    "'><script>window.hacked=1</script>",
    "\" onmouseover=\"window.hacked=1",
    "' onfocus='window.hacked=1' autofocus='",
    "` onload=`window.hacked=1",
    "x\" autofocus onfocus=window.hacked=1 y=\"",
    "<iframe src=javascript:window.hacked=1>",
    "<a href=javascript:window.hacked=1>x</a>",
    "javascript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    "<base href=//evil.invalid/>",
    "<meta http-equiv=refresh content=0;url=//evil.invalid>",
    "<link rel=stylesheet href=//evil.invalid/x.css>",
    "<style>*{background:url(//evil.invalid/x)}</style>",
    "<form action=//evil.invalid><input autofocus onfocus=window.hacked=1>",
    "<object data=//evil.invalid></object>",
    "<details open ontoggle=window.hacked=1>",
    "<!-- --><script>window.hacked=1</script><!--",
    "]]><script>window.hacked=1</script>",
    "<![CDATA[<script>window.hacked=1</script>]]>",
    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
    "&#60;script&#62;window.hacked=1&#60;/script&#62;",
    "\\u003cscript\\u003ewindow.hacked=1\\u003c/script\\u003e",
    "%3Cscript%3Ewindow.hacked=1%3C/script%3E",
    "＜script＞window.hacked=1＜/script＞",
    "<ScRiPt/x>window.hacked=1</sCrIpT>",
    // templates
    "{{ 7*7 }}{% raw %}",
    "{% include 'page.html' %}",
    "{{ self|safe }}",
    "${window.hacked=1}",
    // spreadsheets
    "=HYPERLINK(\"http://evil.invalid\",\"x\")",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "'=1+1",
    "\",=1+1,\"",
    ";=1+1",
    // terminals
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]52;c;aGFja2Vk\u{7}",
    "\u{1b}]8;;http://evil.invalid\u{7}link\u{1b}]8;;\u{7}",
    "\u{9b}31mred",
    "over\rwritten",
    "back\u{8}\u{8}\u{8}\u{8}space",
    "\u{202e}txet desrever\u{202c}",
    "\u{2066}isolate\u{2069}\u{200f}\u{61c}",
    "line\u{2028}and\u{2029}paragraph",
    "null\0byte",
];

/// Writes a run in which every text that comes from a file is hostile, and gives its folder.
pub fn write_run(home: &Path) -> PathBuf {
    let folder = home.join("hostile");
    claim(&folder, Overwrite::Refuse).unwrap().write(&results(), &[Format::Csv]).unwrap();
    folder
}

fn results() -> Results {
    let all = NAMES.concat();
    let region = |(index, name): (usize, &&str)| NamedRegion {
        name: (*name).to_owned(),
        code: (*name).to_owned(),
        tile: (u8::try_from(index % 8).unwrap(), u8::try_from(index / 8).unwrap()),
    };
    let regions: Vec<NamedRegion> = NAMES.iter().enumerate().map(region).collect();
    let mut slices = vec![Slice::All];
    slices.extend((0..NAMES.len()).map(|index| Slice::Residence(Region(u8::try_from(index).unwrap()))));
    // a file's name may hold anything that is printable and no path
    let fit = |name: &&str| rungs::scenario::is_fit_name(name);
    let names: Vec<&str> = NAMES.iter().copied().filter(fit).take(3).collect();
    let scenario = |name: &&str| ScenarioInfo {
        name: (*name).to_owned(),
        title: all.clone(),
        resolved: resolved(&all),
        scaled_by: None,
    };
    let scenarios: Vec<ScenarioInfo> = ["baseline"].iter().chain(&names).map(scenario).collect();
    let start = Month::new(2025, 9).unwrap();
    let periods = vec![Period { start, months: 12 }, Period { start: start.plus(12), months: 12 }];
    let outcome = |shift: f64| {
        let ratio = Ratio { numerator: 1.0 + shift, denominator: 10.0 };
        let ratios = vec![ratio; measures().len() * slices.len() * spans(&periods).len()];
        Arc::new(RunOutcome::from_ratios(measures(), slices.len(), &spans(&periods), ratios).unwrap())
    };
    let replicate = |number: u32| Replicate {
        number,
        runs: (0..scenarios.len()).map(|scenario| outcome(0.01 * f64::from(number) * scenario as f64)).collect(),
        standings: moved(scenarios.len()),
        panels: Vec::new(),
    };
    Results {
        world: WorldInfo {
            name: all.clone(),
            title: all.clone(),
            regions,
            figures: BTreeMap::from([(all.clone(), 1)]),
            files: Vec::new(),
        },
        inputs: NAMES.iter().map(|name| Input { name: (*name).to_owned(), sha256: all.clone() }).collect(),
        settings: RunSettings {
            start,
            years: 2,
            replicates: 6,
            scale: 1,
            seed: 1,
            every: Every::Year,
            by: vec![Breakdown::Residence],
        },
        options: RunOptions {
            period_rows: PeriodRows::All,
            half_widths: Vec::new(),
            panel_share: None,
            until: Vec::new(),
            scale_note: None,
        },
        outcomes: Outcomes { replicates: (0..6).map(replicate).collect(), slices: slices.clone(), periods },
        money: money(&all, &names),
        scenarios,
        timings: Timings { wall_seconds: 1.0, person_months: 1, person_months_per_second: 1.0, threads: 1 },
    }
}

/// Somebody from each region, who is NEET with every policy.
fn moved(scenarios: usize) -> Vec<Arc<Standings>> {
    let world = |standing: Standing| {
        let seen = |index: usize| Seen {
            identity: index as u64,
            age_months: 20 * 12,
            upbringing: Some(Region(u8::try_from(index).unwrap())),
            origin: Origin::Intermediate,
            sex: Sex::Female,
            qualification: Qualification::Level2,
            standing,
        };
        Snapshot::of([(0..NAMES.len()).map(seen).collect::<Vec<_>>()].into_par_iter())
    };
    let [before, after] =
        [Standing::Working, Standing::Neet].map(|standing| Arc::new(standings(&world(standing), NAMES.len())));
    (0..scenarios).map(|scenario| Arc::clone(if scenario > 0 { &after } else { &before })).collect()
}

/// An item of every name for every policy, and what a gain costs.
fn money(all: &str, scenarios: &[&str]) -> Money {
    let amount = Amount { mean: -1.0, mcse: Some(0.1), interval: Some((-1.2, -0.8)) };
    let items = NAMES.iter().map(|name| Item::Lever((*name).to_owned()));
    let items: Vec<Item> = items.chain([Item::Gross, Item::Savings, Item::Net]).collect();
    let line = |scenario: &str, item: &Item| CostLine {
        scenario: scenario.to_owned(),
        basis: item.basis(),
        replicates: None,
        item: item.clone(),
        year: None,
        months: 24,
        gbp_million: amount,
        discounted_gbp_million: amount,
    };
    let ratio = |scenario: &&str| CostPerGain {
        scenario: (*scenario).to_owned(),
        gain: &GAINS[0],
        kind: CostKind::Net,
        gained: amount,
        gained_discounted: amount,
        cost_gbp_million: amount,
        means: None,
        verdict: CostVerdict::NoGain,
        replicates: 6,
    };
    Money {
        price_year: Some(all.to_owned()),
        costs: scenarios.iter().flat_map(|scenario| items.iter().map(|item| line(scenario, item))).collect(),
        ratios: scenarios.iter().map(ratio).collect(),
    }
}

/// A scenario whose every text is hostile.
fn resolved(all: &str) -> String {
    let mut table = toml::Table::new();
    table.insert("title".to_owned(), all.into());
    table.insert("description".to_owned(), all.into());
    let lever = |name: &&str| {
        let mut lever = toml::Table::new();
        lever.insert("from".to_owned(), "2026-01".into());
        lever.insert("source".to_owned(), (*name).into());
        lever.insert((*name).to_owned(), (*name).into());
        toml::Value::Table(lever)
    };
    let mut levers = toml::Table::new();
    levers.insert(all.to_owned(), toml::Value::Array(NAMES.iter().map(lever).collect()));
    table.insert("levers".to_owned(), toml::Value::Table(levers));
    table.to_string()
}
