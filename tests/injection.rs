//! Names and texts from files never run in a browser, a spreadsheet or a terminal that opens an output.

#![expect(clippy::unwrap_used, reason = "a test may fail here")]

mod hostile;

use hostile::NAMES;
use rungs::compare::comparison_table;
use rungs::compare::filter::{Filter, Pick};
use rungs::compare::inputs::input_differences;
use rungs::compare::two_runs::compare;
use rungs::diagnostics::printable;
use rungs::folder::read::Saved;
use rungs::report;
use rungs::text::{effects_table, money_table};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn saved(home: &Path) -> Saved {
    Saved::load(&hostile::write_run(home)).unwrap()
}

/// Fails with the first character that could drive a terminal or turn text around.
fn assert_printable(what: &str, text: &str) {
    for line in text.split('\n') {
        let found = line.chars().find(|letter| printable(&letter.to_string()) != letter.to_string());
        assert!(found.is_none(), "{what} holds {:?} in {line:?}", found.unwrap());
    }
}

#[test]
fn there_are_about_sixty_hostile_names_each_once() {
    assert_eq!(NAMES.iter().collect::<BTreeSet<_>>().len(), NAMES.len());
    assert!(NAMES.len() >= 60);
}

#[test]
fn no_cell_of_any_table_starts_a_formula() {
    let home = tempfile::tempdir().unwrap();
    let folder = hostile::write_run(home.path());
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let tables: Vec<String> = files.filter(|name| name.ends_with(".csv")).collect();
    assert!(tables.len() >= 11, "{tables:?}");
    for name in &tables {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        assert_printable(name, &text);
        assert!(name == "data_dictionary.csv" || text.lines().count() > 2, "{name} holds nothing hostile");
        let mut csv = csv::Reader::from_reader(text.as_bytes());
        let header = csv.headers().unwrap().clone();
        for record in csv.records() {
            for (column, cell) in header.iter().zip(record.unwrap().iter()) {
                let harmless = cell.parse::<f64>().is_ok()
                    || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋']);
                assert!(harmless, "{name}, {column}: {cell:?}");
            }
        }
    }
}

#[test]
fn every_name_reads_back_from_the_tables_as_it_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let saved = saved(home.path());
    let found: BTreeSet<&str> = saved.effects.iter().map(|effect| effect.key.subgroup.region.as_str()).collect();
    for name in NAMES {
        assert!(found.contains(printable(name).as_str()), "{name:?} is missing");
    }
}

#[test]
fn no_text_file_and_no_terminal_table_holds_what_drives_a_terminal() {
    let home = tempfile::tempdir().unwrap();
    let saved = saved(home.path());
    assert_printable("manifest.json", &fs::read_to_string(saved.folder.join("manifest.json")).unwrap());
    let every = Filter { region: Pick::Each, ..Filter::default() };
    let rows = every.effects_of(&saved);
    assert!(rows.len() > NAMES.len());
    for width in [None, Some(80)] {
        assert_printable("the table of effects", &effects_table::effects(&rows, &[], saved.baseline(), width));
        let mut other = saved.clone();
        other.manifest.inputs.clear();
        other.manifest.world.clear();
        other.scenarios.clear();
        let differences = input_differences(&saved, &other).unwrap();
        assert!(!differences.is_empty());
        assert_printable("the table of costs", &money_table::money(&saved.costs, &saved.ratios, width));
        assert_printable("the table of items", &money_table::items(&saved.costs, width));
        let compared = compare(&saved, &saved, &every).unwrap();
        assert_printable("the table of outcomes", &comparison_table::outcomes(&compared, ["A", "B"], width));
        assert_printable("the list of runs", &comparison_table::runs(&[&saved, &other]));
        assert_printable("the table of inputs", &comparison_table::inputs(&differences, ["A", "B"], width));
    }
}

#[test]
fn a_report_of_hostile_names_holds_our_own_tags_alone() {
    let home = tempfile::tempdir().unwrap();
    let saved = saved(home.path());
    let against = (compare(&saved, &saved, &Filter::default()).unwrap(), Vec::new());
    let html = report::html_against(&saved, None, Some(&against)).unwrap();
    assert_printable("report.html", &html);
    let tags = tags(&html);
    let known = "a article b body button caption circle dd details div dl dt fieldset figure footer h1 h2 h3 head header html i input label legend \
                 li line main meta nav ol p polygon polyline rect script section small span strong style summary svg table tbody td text th \
                 thead title tr ul";
    let known: BTreeSet<&str> = known.split_whitespace().collect();
    let attributes = "aria-label aria-labelledby charset checked class content cx cy data-file data-switch dy fill font-family font-size \
                      font-weight for height href http-equiv id lang name opacity points r rel role scope stroke stroke-width tabindex \
                      text-anchor transform type viewBox width x x1 x2 xmlns y y1 y2";
    let attributes: BTreeSet<&str> = attributes.split_whitespace().collect();
    for (name, list) in &tags {
        assert!(known.contains(name.as_str()), "found the tag {name}");
        for (attribute, value) in list {
            assert!(attributes.contains(attribute.as_str()), "found the attribute {attribute} of {name}");
            assert!(attribute != "href" || value.starts_with('#'), "{name} leads to {value}");
        }
    }
    let of = |name: &str| tags.iter().filter(|tag| tag.0 == name).count();
    assert_eq!((of("script"), of("style"), of("title"), of("html"), of("main")), (1, 1, 1, 1, 1));
    let policy = tags.iter().find(|tag| tag.1.iter().any(|(name, _)| name == "http-equiv")).unwrap();
    let policy = policy.1.iter().find(|(name, _)| name == "content").unwrap().1.replace("&#x27;", "'");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
}

/// Every opening tag with its attributes, read as a browser does: what a quote opens, only the same quote closes.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let letters = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest[..letters].to_owned();
        if name.is_empty() {
            assert!(
                rest.starts_with('/') || rest.starts_with("!doctype html>"),
                "found <{}",
                &rest[..rest.len().min(40)]
            );
            continue;
        }
        rest = &rest[letters..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix("/>").or(rest.strip_prefix('>')) {
                rest = after;
                break;
            }
            let end = rest.find(['=', ' ', '>', '/']).unwrap();
            let attribute = rest[..end].to_owned();
            rest = &rest[end..];
            let value = match rest.strip_prefix("=\"") {
                Some(quoted) => {
                    let (value, after) = quoted.split_once('"').unwrap();
                    rest = after;
                    value.to_owned()
                }
                None => {
                    assert!(!rest.starts_with('='), "{name} has an attribute without quotes");
                    String::new()
                }
            };
            attributes.push((attribute, value));
        }
        if ["script", "style"].contains(&name.as_str()) {
            // its text is ours, which another test holds; a browser ends it at the first such mark
            rest = rest.split_once(&format!("</{name}>")).unwrap().1;
        }
        found.push((name, attributes));
    }
    found
}

#[test]
fn the_reading_of_tags_finds_what_it_is_meant_to_find() {
    let found = tags(
        "<!doctype html><p class=\"a b\">x &lt;b&gt;</p><input checked><svg viewBox=\"<&>\"/><script>a<b</script>",
    );
    let names: Vec<&str> = found.iter().map(|tag| tag.0.as_str()).collect();
    assert_eq!(names, ["p", "input", "svg", "script"]);
    assert_eq!(found[0].1, [("class".to_owned(), "a b".to_owned())]);
    assert_eq!(found[2].1[0].1, "<&>");
}
