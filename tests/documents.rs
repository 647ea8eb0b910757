//! What the documents say is so: every name, path, link and command in them exists, their commands run, their lines are short, and what
//! the program wrote of them is what it writes today.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

use assert_cmd::cargo::cargo_bin;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use rungs::assure::{fingerprint, inputs_fingerprint};
use rungs::cli::Request;
use rungs::conditions::Condition;
use rungs::scenario::{Overrides, Scenario};
use rungs::world::World;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders whose Markdown is ours; the one of the repository itself without those below it.
const FOLDERS: [&str; 9] = [
    "",
    "benches",
    "docs",
    "docs/how-to",
    "docs/reference",
    "docs/results",
    "docs/validation",
    "examples",
    "scenarios",
];
/// The folders of the repository that a path in a document may start with.
const ROOTS: [&str; 7] = [".ci/", "benches/", "docs/", "examples/", "scenarios/", "src/", "tests/"];
const WIDEST: usize = 100;
const LONGEST_README: usize = 150;
/// Its blocks of Python, R and SQL are run by `tests/examples.rs`.
const ANALYSIS: &str = "docs/how-to/analyse-results-elsewhere.md";

/// A document, named by its path in the repository.
struct Document {
    path: String,
    text: String,
}

/// A fenced block: what stands after the fence, and its lines.
struct Block<'a> {
    info: &'a str,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every document, one in a fixed order after the other.
fn documents() -> Vec<Document> {
    let mut all = Vec::new();
    for folder in FOLDERS.iter().chain(&["scenarios/uk"]) {
        for path in files_in(&root().join(folder), "md") {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            all.push(Document { path: name, text: fs::read_to_string(&path).unwrap() });
        }
    }
    assert!(all.len() > 20, "only {} documents were found", all.len());
    all
}

/// The files of a folder with an extension, sorted.
fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    files
}

/// The Rust files at a path: itself, or all below it.
fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The text of all Rust files at some paths.
fn code_of(paths: &[&str]) -> String {
    paths.iter().flat_map(|path| sources(&root().join(path))).map(|file| fs::read_to_string(file).unwrap()).collect()
}

impl Document {
    /// The fenced blocks, in order.
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        let mut open: Option<Block<'_>> = None;
        for line in self.text.lines() {
            match (line.strip_prefix("```"), open.take()) {
                (Some(info), None) => open = Some(Block { info, text: String::new() }),
                (Some(_), Some(block)) => blocks.push(block),
                (None, Some(mut block)) => {
                    block.text += line;
                    block.text.push('\n');
                    open = Some(block);
                }
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{}: a block is not closed", self.path);
        blocks
    }

    /// The paragraphs outside of blocks, each on one line.
    fn paragraphs(&self) -> Vec<String> {
        let mut is_code = false;
        let mut prose = String::new();
        for line in self.text.lines() {
            if line.starts_with("```") {
                is_code = !is_code;
            } else if !is_code {
                prose += line.trim();
                prose.push('\n');
            }
        }
        prose.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect()
    }

    fn folder(&self) -> PathBuf {
        root().join(&self.path).parent().unwrap().to_owned()
    }

    /// The document without `docs/reference` and the like: what people write.
    fn is_written_by_hand(&self) -> bool {
        !["docs/reference/", "docs/results/", "docs/validation/"].iter().any(|folder| self.path.starts_with(folder))
    }
}

/// What stands in backticks.
fn spans(paragraph: &str) -> Vec<&str> {
    paragraph.split('`').skip(1).step_by(2).collect()
}

/// Whether a name is as long as those of tests are.
fn is_test_name(text: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    text.matches('_').count() >= 3 && text.chars().all(is_plain)
}

fn defines(code: &str, name: &str) -> bool {
    code.contains(&format!("fn {name}("))
}

/// Whether scenario files or the code know a name.
fn is_a_word(name: &str, code: &str) -> bool {
    Condition::named(name).is_some() || code.contains(&format!("\"{name}\""))
}

/// Fails with all that was found, if anything was.
fn none_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn lines_of_documents_are_at_most_a_hundred_columns_and_the_readme_is_short() {
    let mut wrong = Vec::new();
    for document in documents() {
        for (index, line) in document.text.lines().enumerate() {
            let columns = line.chars().count();
            // a row of a table cannot be cut
            let is_made = !document.is_written_by_hand() && line.starts_with('|');
            if columns > WIDEST && !is_made {
                wrong.push(format!("{}:{}: {columns} columns", document.path, index + 1));
            }
        }
    }
    none_wrong(&wrong);
    let lines = fs::read_to_string(root().join("README.md")).unwrap().lines().count();
    assert!(lines <= LONGEST_README, "README.md has {lines} lines");
}

#[test]
fn every_test_that_a_document_names_exists_in_the_file_named_beside_it() {
    let everything = code_of(&["src", "tests", "benches"]);
    let mut wrong = Vec::new();
    let mut tests = 0;
    for document in documents().iter().filter(|document| document.is_written_by_hand()) {
        for paragraph in document.paragraphs() {
            let mut waiting: Vec<&str> = Vec::new();
            for span in spans(&paragraph) {
                if is_test_name(span) && defines(&everything, span) {
                    tests += 1;
                    waiting.push(span);
                } else if is_test_name(span) && !is_a_word(span, &everything) {
                    wrong.push(format!("{}: nothing is called {span}", document.path));
                } else if (span.starts_with("src/") || span.starts_with("tests/")) && root().join(span).exists() {
                    let code = code_of(&[span]);
                    let elsewhere = waiting.drain(..).filter(|name| !defines(&code, name));
                    wrong.extend(elsewhere.map(|name| format!("{}: {name} is not in {span}", document.path)));
                }
            }
        }
    }
    none_wrong(&wrong);
    assert!(tests > 80, "only {tests} tests are named");
}

#[test]
fn every_path_and_link_of_a_document_leads_somewhere() {
    let files: BTreeSet<String> = ["src", "tests", "benches", "examples"]
        .iter()
        .flat_map(|folder| sources(&root().join(folder)))
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut wrong = Vec::new();
    for document in documents() {
        for paragraph in document.paragraphs() {
            for span in spans(&paragraph) {
                let is_rooted = ROOTS.iter().any(|folder| span.starts_with(folder)) && !span.contains(['<', ' ']);
                let is_file = span.ends_with(".rs") && !span.contains('/');
                if is_rooted && !leads_somewhere(span) || is_file && !files.contains(span) {
                    wrong.push(format!("{}: there is no {span}", document.path));
                }
            }
            for link in paragraph.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
                if let Some(why) = broken(&document, link) {
                    wrong.push(format!("{}: {link}: {why}", document.path));
                }
            }
        }
    }
    none_wrong(&wrong);
}

/// Whether a path of the repository is there; one with a star has to match something.
fn leads_somewhere(path: &str) -> bool {
    let Some((before, after)) = path.split_once('*') else { return root().join(path).exists() };
    let (folder, start) = before.rsplit_once('/').unwrap();
    let Ok(entries) = fs::read_dir(root().join(folder)) else { return false };
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.into_iter().any(|name| name.starts_with(start) && name.ends_with(after))
}

/// Why a link leads nowhere, if it does. Addresses of other hosts are not asked for.
fn broken(document: &Document, link: &str) -> Option<&'static str> {
    if link.starts_with("https://") {
        return None;
    }
    let (path, place) = link.split_once('#').map_or((link, None), |(path, place)| (path, Some(place)));
    let file = if path.is_empty() { root().join(&document.path) } else { document.folder().join(path) };
    let Some(place) = place else { return (!file.exists()).then_some("nothing is there") };
    let Ok(text) = fs::read_to_string(&file) else { return Some("nothing is there") };
    let is_there = text.lines().filter(|line| line.starts_with('#')).any(|line| anchor(line) == place);
    (!is_there).then_some("it has no such heading")
}

/// A heading as part of an address.
fn anchor(heading: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
    heading.trim_start_matches('#').trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

#[test]
fn every_command_and_flag_of_a_document_is_one_of_the_programs() {
    let flags = all_flags();
    let mut wrong = Vec::new();
    for document in documents().iter().filter(|document| document.is_written_by_hand()) {
        let mut commands: Vec<String> = Vec::new();
        for block in document.blocks() {
            let lines = block.text.replace("\\\n", " ");
            let lines = lines.lines().map(|line| line.trim().trim_start_matches("$ "));
            let lines =
                lines.map(|line| line.split_once(" -- ").map_or(line.to_owned(), |(_, rest)| format!("rungs {rest}")));
            commands.extend(lines.filter(|line| line.starts_with("rungs ")));
        }
        for paragraph in document.paragraphs() {
            for span in spans(&paragraph) {
                let flag = span.split([' ', '=']).next().unwrap();
                if span.starts_with("rungs ") {
                    commands.push(span.to_owned());
                } else if flag.starts_with("--") && !flags.contains(flag) {
                    wrong.push(format!("{}: no verb has {flag}", document.path));
                }
            }
        }
        for command in commands {
            if let Err(why) = parsed(&command) {
                wrong.push(format!("{}: {command}: {why}", document.path));
            }
        }
    }
    none_wrong(&wrong);
}

/// The long flags of all verbs.
fn all_flags() -> BTreeSet<String> {
    let mut program = Request::command();
    program.build();
    let of = |verb: &clap::Command| -> Vec<String> {
        verb.get_arguments().filter_map(clap::Arg::get_long).map(|flag| format!("--{flag}")).collect()
    };
    program.get_subcommands().flat_map(of).chain(of(&program)).collect()
}

/// Whether the program takes a command; one that is only begun may lack what is required.
fn parsed(command: &str) -> Result<(), String> {
    let command = command.split(" > ").next().unwrap();
    let mut words: Vec<&str> = command.split_whitespace().map(|word| word.trim_matches('"')).collect();
    if words.last().is_some_and(|word| all_flags().contains(*word)) {
        // named without the value that it takes
        words.pop();
    }
    let Err(error) = Request::try_parse_from(words) else { return Ok(()) };
    let is_begun = matches!(
        error.kind(),
        ErrorKind::MissingRequiredArgument
            | ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if is_begun { Ok(()) } else { Err(error.to_string().lines().next().unwrap_or("").to_owned()) }
}

#[test]
fn every_block_of_code_is_of_a_kind_that_a_test_looks_at() {
    let examples = code_of(&["examples"]);
    for document in documents() {
        for block in document.blocks() {
            let language = block.info.split(' ').next().unwrap();
            let is_looked_at = match language {
                "sh" | "console" | "text" => true,
                "toml" => block.info.contains(' '),
                "python" | "r" | "sql" => document.path == ANALYSIS,
                "rust" => examples.contains(block.text.trim()),
                _ => false,
            };
            assert!(is_looked_at, "{}: no test looks at this block:\n{}", document.path, block.text);
        }
    }
}

#[test]
fn the_commands_of_the_readme_and_the_guide_run_in_their_order() {
    let is_guide = |path: &str| path == "README.md" || path == "docs/tutorial.md" || path.starts_with("docs/how-to/");
    let mut ran = 0;
    for document in documents().iter().filter(|document| is_guide(&document.path)) {
        let folder = tempfile::tempdir().unwrap();
        for block in document.blocks() {
            match block.info.split_once(' ').unwrap_or((block.info, "")) {
                ("toml", name) => fs::write(folder.path().join(name), &block.text).unwrap(),
                ("sh", _) => {
                    run(&document.path, &block.text, folder.path());
                    ran += 1;
                }
                _ => {}
            }
        }
    }
    assert!(ran > 25, "only {ran} blocks of commands were found");
}

/// Runs a block as a shell does, with the program as `rungs`.
fn run(document: &str, block: &str, folder: &Path) {
    let program = cargo_bin("rungs");
    let found = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{found}", program.parent().unwrap().display());
    let output = Command::new("sh").args(["-eu", "-c", block]).current_dir(folder).env("PATH", path).output().unwrap();
    // a coarse baseline misses figures, and says so by this code
    let is_fine = output.status.success() || block.starts_with("rungs validate") && output.status.code() == Some(4);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(is_fine, "{document}: {} of\n{block}\n{said}", output.status);
}

#[test]
fn the_reference_is_what_the_program_writes_today() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("reference");
    let mut command = assert_cmd::Command::cargo_bin("rungs").unwrap();
    command.args(["reference", "--out"]).arg(&fresh).assert().success();
    let kept = root().join("docs/reference");
    let names = |folder: &Path| -> Vec<_> {
        files_in(folder, "md").iter().map(|path| path.file_name().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&fresh), names(&kept), "run `rungs reference --out docs/reference --overwrite`");
    for name in names(&kept) {
        let [fresh, kept] = [&fresh, &kept].map(|folder| fs::read_to_string(folder.join(&name)).unwrap());
        assert!(fresh == kept, "{name:?} is stale: run `rungs reference --out docs/reference --overwrite`");
    }
}

#[test]
fn pages_of_results_are_of_this_version_and_these_figures() {
    let world = World::uk().unwrap();
    let files = files_in(&root().join("scenarios"), "toml");
    let load = |file: &PathBuf| {
        let name = file.strip_prefix(root()).unwrap().display().to_string();
        Scenario::load(&name, &Overrides::default(), &world).unwrap()
    };
    let scenarios: Vec<Scenario> = files.iter().map(load).collect();
    let pages = [
        ("docs/validation/validation.md", fingerprint(&world), "rungs validate --out docs/validation --overwrite"),
        (
            "docs/results/scenarios.md",
            inputs_fingerprint(&world, &scenarios),
            "rungs report RUN --out docs/results/scenarios.md --overwrite",
        ),
    ];
    let versions = versions_of_these_results();
    for (path, inputs, again) in pages {
        let text = fs::read_to_string(root().join(path)).unwrap();
        let is_ours = versions.iter().any(|version| text.contains(&format!("Rungs {version};")));
        assert!(is_ours, "{path} is of a version that gave other results than {versions:?}: run `{again}`");
        assert!(text.contains(&inputs), "{path} is of other inputs than {inputs}: run `{again}`");
    }
}

/// This version and those before it, as far back as the changelog says that no result changed.
fn versions_of_these_results() -> Vec<String> {
    let text = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let mut versions = Vec::new();
    for entry in text.split("\n## ").skip(1) {
        versions.push(entry.lines().next().unwrap().to_owned());
        if !entry.contains("**Results change:** none") {
            break;
        }
    }
    assert_eq!(versions[0], env!("CARGO_PKG_VERSION"), "the changelog opens with this version");
    versions
}

#[test]
fn the_readme_quotes_the_page_of_results() {
    let results = fs::read_to_string(root().join("docs/results/scenarios.md")).unwrap();
    let section = results.split("\n## ").find(|section| section.contains("`growth-and-skills-levy`")).unwrap();
    let row = section.lines().find(|line| line.starts_with("| NEET rate, 16-24")).unwrap();
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let (effect, error) = cells[3].split_once(" ± ").unwrap();
    let readme = fs::read_to_string(root().join("README.md")).unwrap().replace('\n', " ");
    for quoted in [
        format!("**{effect} percentage points**"),
        format!("standard error {error},"),
        format!("95% interval {})", cells[4]),
    ] {
        assert!(readme.contains(&quoted), "the README does not say {quoted}");
    }
}
