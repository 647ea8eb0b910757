//! Worlds that load, and every kind of mistake in those that do not.

use super::*;
use crate::conditions::{Axis, Condition, education, jobs, pay, population};
use crate::domain::{JobClass, Kind, MOST_REGIONS, Origin};
use std::fmt::Write as _;
use std::fs;

const HEAD: &str = "condition,region,of,value,unit,period,source,confidence,note\n";
const SOURCES: &str = "[sources.assumption]\ntitle = \"Project assumption\"\nurl = \"\"\n";

/// A world folder with the fewest rows that fill every number.
struct Minimal {
    world: String,
    sources: String,
    rows: Vec<String>,
}

impl Minimal {
    fn with_regions(count: usize) -> Self {
        let mut world = "name = \"small\"\ntitle = \"A small world\"\n".to_owned();
        for index in 0..count {
            let _ = write!(
                world,
                "\n[[regions]]\nname = \"Place {index}\"\ncode = \"P{index}\"\ntile = [{}, {}]\n",
                index % 16,
                index / 16
            );
        }
        let rows = Condition::all().map(minimal_row).collect();
        Self { world, sources: SOURCES.to_owned(), rows }
    }

    fn table(&self) -> String {
        HEAD.to_owned() + &self.rows.join("\n") + "\n"
    }

    fn written(&self) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("world.toml"), &self.world).unwrap();
        fs::write(dir.path().join("sources.toml"), &self.sources).unwrap();
        fs::write(dir.path().join("table.csv"), self.table()).unwrap();
        dir
    }

    fn load(&self) -> Result<World, Diagnostics> {
        World::load(self.written().path())
    }

    fn replace(&mut self, condition: Condition, from: &str, to: &str) {
        let row = &mut self.rows[condition.index()];
        assert!(row.contains(from), "{row}");
        *row = row.replacen(from, to, 1);
    }

    /// The mistakes with the text that each points at.
    fn mistakes(&self) -> Vec<(String, String)> {
        let mistakes = self.load().unwrap_err();
        let pointed = mistakes.list().iter().map(|mistake| {
            let text = if mistake.file.ends_with("table.csv") { self.table() } else { self.world.clone() };
            let place = mistake.span.clone().map_or(String::new(), |span| text[span].to_owned());
            (mistake.message.clone(), place)
        });
        pointed.collect()
    }

    fn only_mistake(&self) -> (String, String) {
        let mistakes = self.mistakes();
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        mistakes.into_iter().next().unwrap()
    }
}

fn uk() -> World {
    World::uk().unwrap()
}

fn minimal_row(condition: Condition) -> String {
    let spec = condition.spec();
    let others: Vec<Axis> = spec.axes.iter().copied().filter(|axis| *axis != Axis::Region).collect();
    let of = vec!["all"; others.len()].join("/");
    let value = if spec.meaning.contains("sums to 1") {
        1.0 / f64::from(u8::try_from(spec.axes.last().unwrap().len(1)).unwrap())
    } else {
        spec.lowest.max(0.0) + 0.25 * (spec.highest - spec.lowest).min(1.0)
    };
    format!("{},all,{of},{value},\"{}\",2024,assumption,assumption,made up", spec.name, spec.unit)
}

#[test]
fn the_built_in_world_loads_with_a_sourced_figure_for_every_number() {
    let world = uk();
    assert_eq!(world.figures.len(), world.baseline.values().len());
    assert!(world.figures.iter().all(|figure| world.sources.contains_key(&figure.source)));
    let unfitted = World::of(None, Fitted::LeftOut).unwrap();
    let used = |key: &String| {
        let cited = format!(",{key},");
        // What a calibration writes cites "calibration".
        key == "calibration"
            || unfitted.figures.iter().any(|figure| figure.source == *key)
            || world.targets().any(|table| table.text.contains(&cited))
    };
    assert!(world.sources.keys().all(used));
    assert!(world.files.iter().all(|file| file.summary().sha256.len() == 64));
    assert!(world.files.windows(2).all(|pair| pair[0].name < pair[1].name));
}

#[test]
fn an_assumption_or_a_derived_figure_of_the_built_in_world_says_why() {
    for figure in uk().figures {
        let plain = matches!(figure.confidence, Confidence::Read | Confidence::Secondary);
        assert!(plain || !figure.note.is_empty(), "{} line {}", figure.file, figure.line);
        assert!(
            figure.source != "assumption"
                || matches!(figure.confidence, Confidence::Assumption | Confidence::Calibrated),
            "{} line {}",
            figure.file,
            figure.line
        );
    }
}

#[test]
fn removing_the_source_of_any_row_of_the_built_in_world_is_refused() {
    let mut mistakes = Diagnostics::default();
    let files = folder::embedded(&UK, "uk", &mut mistakes);
    let header = header::read("uk", &files, &mut mistakes).unwrap();
    let sources = header::read_sources("uk", &files, &mut mistakes).unwrap();
    assert!(mistakes.is_empty());
    let names = table::Names { regions: Some(header.region_names()), sources: Some(&sources) };
    for file in files.iter().filter(|file| file.name.ends_with(".csv") && !file.is_beside()) {
        let lines: Vec<&str> = file.text.lines().collect();
        for row in 1..lines.len() {
            let record = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(lines[row].as_bytes())
                .into_records()
                .next()
                .unwrap()
                .unwrap();
            let text = format!("{}\n{}\n", lines[0], lines[row].replacen(&format!(",{},", &record[6]), ",,", 1));
            let mut found = Diagnostics::default();
            table::read_all(&[TextFile::new("uk", &file.name, text)], &names, &mut found);
            let messages: Vec<&str> = found.list().iter().map(|mistake| mistake.message.as_str()).collect();
            assert_eq!(messages, ["found no source, expected a key of sources.toml"], "{}", lines[row]);
        }
    }
}

#[test]
fn the_folder_on_disk_loads_as_the_built_in_world() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join("uk");
    let mut world = World::load(&dir).unwrap();
    for file in world.files.iter_mut().chain(&mut world.beside) {
        file.shown = format!("uk/{}", file.name);
    }
    assert!(world == uk());
}

#[test]
fn worlds_with_one_and_with_forty_one_regions_load() {
    for count in [1, 41, MOST_REGIONS] {
        let world = Minimal::with_regions(count).load().unwrap();
        assert_eq!(world.regions.len(), count);
        assert_eq!(world.baseline.layout().regions(), count);
        let last = world.region_named(&format!("Place {}", count - 1)).unwrap();
        assert_eq!(last.index(), count - 1);
        assert_eq!(world.region_named("Nowhere"), None);
    }
}

#[test]
fn the_most_specific_row_wins_whatever_the_order() {
    let mut minimal = Minimal::with_regions(3);
    let row = |region: &str, of: &str, value: &str| {
        format!("posts_per_resident,{region},{of},{value},posts per person,2024,assumption,assumption,test")
    };
    minimal.rows.insert(0, row("Place 1", "professional", "0.5"));
    minimal.rows.push(row("Place 1", "all", "0.4"));
    let world = minimal.load().unwrap();
    let at = |region, class| {
        world.baseline.get(jobs::POSTS_PER_RESIDENT, (Region::at(region), JobClass::at(class))).to_string()
    };
    assert_eq!([at(1, 2), at(1, 1), at(0, 2)], ["0.5", "0.4", "0.25"]);
    let position = world.baseline.layout().position(jobs::POSTS_PER_RESIDENT, (Region(1), JobClass::Professional));
    assert_eq!(world.figures[position].line, 2);
}

#[test]
fn two_rows_of_equal_rank_for_one_number_are_refused() {
    let mut minimal = Minimal::with_regions(2);
    let row = |region: &str, of: &str| {
        format!("posts_per_resident,{region},{of},0.4,posts per person,2024,assumption,assumption,test")
    };
    minimal.rows.extend([row("Place 0", "all"), row("all", "working")]);
    let (message, place) = minimal.only_mistake();
    assert!(message.starts_with("found a second row for a number that line"), "{message}");
    assert_eq!(place, "0.4");
    minimal.rows.push(row("Place 0", "working"));
    assert!(minimal.load().is_ok(), "a more specific row settles it");
    minimal.rows.push(row("Place 0", "working"));
    assert!(minimal.only_mistake().0.starts_with("found a second row"));
}

/// A condition, what is replaced in its row by what, and the mistake that is found then with its place.
fn spoiled_cells() -> Vec<(Condition, &'static str, &'static str, &'static str, &'static str)> {
    vec![
        (
            population::COHORT_SIZE.any(),
            "cohort_size",
            "cohort_sise",
            "found \"cohort_sise\", expected the name of a condition",
            "cohort_sise",
        ),
        (
            population::COHORT_SIZE.any(),
            "all",
            "Place 9",
            "found \"Place 9\", expected all, Place 0, Place 1",
            "Place 9",
        ),
        (
            population::MALE_SHARE.any(),
            "all",
            "Place 1",
            "found \"Place 1\", expected \"all\": this condition has no regions",
            "Place 1",
        ),
        (
            jobs::YOUNG_SHARE.any(),
            "all,all",
            "all,werking",
            "found \"werking\", expected all, working, intermediate, professional",
            "werking",
        ),
        (jobs::SEPARATION.any(), "all/all", "all", "found \"all\", expected a job class/an age band", "all"),
        (population::MALE_SHARE.any(), ",0.25,", ",0.25x,", "found \"0.25x\", expected a number", "0.25x"),
        (population::MALE_SHARE.any(), ",0.25,", ",NaN,", "found \"NaN\", expected a number", "NaN"),
        (population::MALE_SHARE.any(), ",0.25,", ",1.5,", "found 1.5, expected 0 to 1 (share)", "1.5"),
        (
            population::MALE_SHARE.any(),
            "0.25,\"share\"",
            "150,percent",
            "found 150, expected 0 to 100 (percent)",
            "150",
        ),
        (
            population::MALE_SHARE.any(),
            "\"share\"",
            "persons",
            "found the unit \"persons\", expected \"share\"",
            "persons",
        ),
    ]
}

/// The same, of the cells that say where a number comes from.
fn spoiled_sources() -> Vec<(Condition, &'static str, &'static str, &'static str, &'static str)> {
    vec![
        (population::MALE_SHARE.any(), ",2024,", ",,", "found no period, expected one such as \"2023/24\"", ""),
        (
            population::MALE_SHARE.any(),
            ",assumption,assumption",
            ",,assumption",
            "found no source, expected a key of sources.toml",
            "",
        ),
        (
            population::MALE_SHARE.any(),
            ",assumption,",
            ",asumption,",
            "found \"asumption\", expected a key of sources.toml",
            "asumption",
        ),
        (
            population::MALE_SHARE.any(),
            ",assumption,made",
            ",guess,made",
            "found \"guess\", expected one of read, derived, secondary, assumption, calibrated",
            "guess",
        ),
        (
            population::MALE_SHARE.any(),
            "made up",
            "made \u{202e}up",
            "found \"made \\u{202e}up\", expected no control characters",
            "made \u{202e}up",
        ),
    ]
}

#[test]
fn each_kind_of_mistake_in_a_cell_is_found_and_located() {
    let spoiled = |condition: Condition, from: &str, to: &str| {
        let mut minimal = Minimal::with_regions(2);
        minimal.replace(condition, from, to);
        minimal.only_mistake()
    };
    for (condition, from, to, message, place) in spoiled_cells().into_iter().chain(spoiled_sources()) {
        assert_eq!(spoiled(condition, from, to), (message.to_owned(), place.to_owned()));
    }
}

#[test]
fn a_percentage_is_read_as_a_share() {
    let mut minimal = Minimal::with_regions(1);
    minimal.replace(population::MALE_SHARE.any(), "0.25,\"share\"", "51,percent");
    assert!((minimal.load().unwrap().baseline.get(population::MALE_SHARE, ()) - 0.51).abs() < 1e-12);
}

#[test]
fn all_mistakes_of_the_folder_come_at_once() {
    let mut minimal = Minimal::with_regions(2);
    minimal.world = minimal.world.replace("\"A small world\"", "\" \"").replace("Place 1", "Place 0");
    minimal.replace(population::MALE_SHARE.any(), "share\"", "persons\"");
    minimal.replace(pay::PAY_SCAR_EARLY.any(), ",2024,", ",,");
    minimal.replace(pay::MINIMUM_WAGE.any(), ",assumption,", ",,");
    let messages: Vec<String> = minimal.mistakes().into_iter().map(|(message, _)| message).collect();
    assert_eq!(messages.len(), 5, "{messages:#?}");
    assert!(messages[0].contains("expected some text") && messages[1].contains("twice"), "{messages:#?}");
}

#[test]
fn a_number_without_a_row_is_refused() {
    let mut minimal = Minimal::with_regions(2);
    minimal.rows.remove(pay::MINIMUM_WAGE.any().index());
    assert_eq!(minimal.only_mistake().0, "found no row, expected at least one");
    let mut minimal = Minimal::with_regions(2);
    minimal.replace(jobs::POSTS_PER_RESIDENT.any(), ",all,all", ",Place 1,all");
    assert_eq!(minimal.only_mistake().0, "found no row for Place 0/working, expected one (and for 2 more)");
}

#[test]
fn shares_must_add_up_and_are_then_made_exact() {
    let mut minimal = Minimal::with_regions(2);
    minimal.replace(population::ORIGIN_SHARE.any(), "0.2", "0.2004");
    let world = minimal.load().unwrap();
    let sum: f64 = world.baseline.table(population::ORIGIN_SHARE)[..Origin::count()].iter().sum();
    assert!((sum - 1.0).abs() < 1e-15);
    minimal.replace(population::ORIGIN_SHARE.any(), "0.2004", "0.21");
    let mistakes = minimal.mistakes();
    assert_eq!(mistakes.len(), 2, "one for each region: {mistakes:?}");
    assert_eq!(
        mistakes[0],
        ("found shares that add up to 1.0500 from this row on, expected 1".to_owned(), "0.21".to_owned())
    );
}

#[test]
fn weights_that_are_all_zero_are_refused() {
    let mut minimal = Minimal::with_regions(1);
    minimal.replace(education::AFTER_STUDY.any(), "0.25", "0");
    assert_eq!(
        minimal.only_mistake(),
        ("found weights that are all 0, expected at least one above 0".to_owned(), "0".to_owned())
    );
}

#[test]
fn none_or_too_many_regions_are_refused() {
    let mut minimal = Minimal::with_regions(0);
    minimal.world += "regions = []\n";
    assert_eq!(minimal.only_mistake().0, "found 0 regions, expected 1 to 250");
    assert_eq!(Minimal::with_regions(MOST_REGIONS + 1).only_mistake().0, "found 251 regions, expected 1 to 250");
}

#[test]
fn region_names_that_could_mislead_are_refused() {
    for name in ["", " ", "all", "abroad", "a/b", "a\\u001b[31m", "a\\u202eb", " a"] {
        let mut minimal = Minimal::with_regions(2);
        minimal.world = minimal.world.replace("Place 1", name);
        let (message, place) = minimal.only_mistake();
        assert!(message.starts_with("found "), "{message}");
        assert_eq!(place, format!("\"{name}\""));
    }
}

#[test]
fn unknown_keys_are_refused() {
    let mut minimal = Minimal::with_regions(1);
    minimal.world = format!("colour = 1\n{}", minimal.world);
    let (message, place) = minimal.only_mistake();
    assert!(message.contains("unknown field `colour`"), "{message}");
    assert_eq!(place, "colour");
}

#[test]
fn a_source_needs_a_title_and_a_web_address() {
    let mut minimal = Minimal::with_regions(1);
    minimal.sources += "\n[sources.other]\ntitle = \"\"\nurl = \"javascript:alert(1)\"\n";
    let messages: Vec<String> = minimal.load().unwrap_err().list().iter().map(|mistake| mistake.key.clone()).collect();
    assert_eq!(messages, ["sources.other.title", "sources.other.url"]);
}

#[test]
fn a_table_with_other_columns_is_refused() {
    let minimal = Minimal::with_regions(1);
    let dir = minimal.written();
    fs::write(dir.path().join("table.csv"), minimal.table().replacen("source", "sauce", 1)).unwrap();
    let mistakes = World::load(dir.path()).unwrap_err();
    assert!(mistakes.to_string().contains("hint: did you mean \"source\"?"), "{mistakes}");
    assert_eq!(mistakes.list().len(), 2);
    fs::write(dir.path().join("table.csv"), "").unwrap();
    assert!(World::load(dir.path()).unwrap_err().list()[0].message.starts_with("found an empty file"));
}

#[test]
fn a_row_with_a_cell_too_many_or_too_few_is_refused() {
    let mut minimal = Minimal::with_regions(1);
    minimal.replace(population::MALE_SHARE.any(), "made up", "made, up");
    minimal.replace(pay::PAY_SPREAD.any(), ",made up", "");
    let mistakes = minimal.mistakes();
    let messages: Vec<&str> = mistakes.iter().map(|(message, _)| message.as_str()).collect();
    assert_eq!(messages, ["found 10 cells, expected 9", "found 8 cells, expected 9"]);
    assert!(mistakes[0].1.starts_with("male_share,all"));
}

#[test]
fn a_quotation_mark_out_of_place_is_refused_where_it_stands() {
    let wrong = [
        (",ma\"de up", "found a quotation mark inside a cell that does not begin with one, expected none"),
        (",made up\"", "found a quotation mark inside a cell that does not begin with one, expected none"),
        (", \"made up\"", "found a quotation mark inside a cell that does not begin with one, expected none"),
        (",\"made\" up", "found more after a closing quotation mark, expected the cell to end there"),
        (",\"made up\" ", "found more after a closing quotation mark, expected the cell to end there"),
    ];
    for (typed, message) in wrong {
        let mut minimal = Minimal::with_regions(1);
        minimal.replace(population::MALE_SHARE.any(), ",made up", typed);
        assert_eq!(minimal.only_mistake(), (message.to_owned(), "\"".to_owned()), "{typed}");
    }
    let unclosed = Some((2..3, "found a quotation mark that is never closed, expected a second".to_owned()));
    assert_eq!(cells::stray_quote("a,\"b\nc"), unclosed);
    for right in [",\"made up\"", ",\"made \"\"up\"\"\"", ",\"made, up\""] {
        let mut minimal = Minimal::with_regions(1);
        minimal.replace(population::MALE_SHARE.any(), ",made up", right);
        assert!(minimal.load().is_ok(), "{right}");
    }
}

#[test]
fn windows_line_ends_a_byte_order_mark_and_blank_lines_change_nothing_but_the_places() {
    let mut minimal = Minimal::with_regions(1);
    minimal.replace(population::MALE_SHARE.any(), ",0.25,", ",\" 7 \",");
    let dir = minimal.written();
    let text = format!("\u{feff}{}", minimal.table().replace('\n', "\r\n\r\n"));
    fs::write(dir.path().join("table.csv"), &text).unwrap();
    let mistakes = World::load(dir.path()).unwrap_err();
    let [mistake] = mistakes.list() else { panic!("{mistakes}") };
    assert_eq!(&text[mistake.span.clone().unwrap()], "7");
    assert!(mistakes.to_string().contains(":7:"), "line 7: {mistakes}");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let minimal = Minimal::with_regions(1);
    let dir = minimal.written();
    fs::write(dir.path().join("binary.csv"), [0xff, 0xfe]).unwrap();
    fs::create_dir(dir.path().join("folder.csv")).unwrap();
    fs::write(dir.path().join(".hidden.csv"), "not read").unwrap();
    let mistakes = World::load(dir.path()).unwrap_err();
    let mut found: Vec<&str> = mistakes.list().iter().map(|mistake| mistake.message.as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, ["found UTF-16, expected UTF-8", "found a folder, expected a file"]);
    fs::write(dir.path().join("file"), "x").unwrap();
    for (name, expected) in [("nowhere", "found no such folder"), ("file", "found a file")] {
        let mistakes = World::load(&dir.path().join(name)).unwrap_err();
        assert!(mistakes.list().len() == 1 && mistakes.to_string().contains(expected), "{mistakes}");
    }
}

#[test]
fn a_file_above_the_limit_is_refused_unread() {
    let dir = Minimal::with_regions(1).written();
    let file = fs::File::create(dir.path().join("huge.csv")).unwrap();
    file.set_len(folder::LARGEST_FILE + 1).unwrap();
    let mistakes = World::load(dir.path()).unwrap_err();
    assert_eq!(mistakes.list()[0].message, "found more than 50 MB, expected at most 50 MB");
}

#[test]
fn thousands_of_mistakes_are_counted_not_listed() {
    let mut minimal = Minimal::with_regions(1);
    minimal.rows.extend((0..5000).map(|_| "x,all,,1,share,2024,assumption,assumption,".to_owned()));
    let mistakes = minimal.load().unwrap_err();
    assert_eq!(mistakes.list().len(), 201);
    assert_eq!(mistakes.list()[200].message, "4800 further mistakes in this file are not listed");
}

#[test]
fn a_region_that_there_is_none_of_is_said_once() {
    let mut minimal = Minimal::with_regions(2);
    minimal.replace(population::COHORT_SIZE.any(), "all", "Place 9");
    minimal.replace(population::ARRIVALS.any(), "all", "Place 9");
    assert!(minimal.only_mistake().0.starts_with("found \"Place 9\""));
}

#[test]
fn what_stands_in_a_file_that_is_not_text_is_not_missing_as_well() {
    let minimal = Minimal::with_regions(1);
    let dir = minimal.written();
    fs::write(dir.path().join("table.csv"), [0xff, 0xfe]).unwrap();
    assert_eq!(World::load(dir.path()).unwrap_err().list().len(), 1);
}

#[test]
fn rows_of_commas_alone_are_no_rows() {
    let plain = Minimal::with_regions(2);
    let dir = plain.written();
    let before = World::load(dir.path()).unwrap().baseline;
    for entry in fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, format!("{text},,,,,,,,\n,,,,,,,,\n")).unwrap();
        }
    }
    assert_eq!(World::load(dir.path()).unwrap().baseline, before);
}

#[test]
fn a_flow_that_nobody_gave_is_refused_where_others_are_given() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/uk");
    let dir = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(shipped).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, dir.path().join(path.file_name().unwrap())).unwrap();
    }
    let places = dir.path().join("places.csv");
    let text = fs::read_to_string(&places).unwrap();
    let flow = text.lines().filter(|line| line.starts_with("move_flow,")).nth(5).unwrap();
    fs::write(&places, text.replace(&format!("{flow}\n"), "")).unwrap();
    let shown = World::load(dir.path()).unwrap_err().to_string();
    assert!(shown.contains("move_flow: found no row for") && shown.contains("would make it 0"), "{shown}");
    assert!(shown.contains("places.csv:") && shown.ends_with("1 mistake\n"), "{shown}");
}

#[test]
fn tiles_are_taken_once_and_years_of_prices_are_years() {
    let header = |tile: &str, year: &str| {
        let mut minimal = Minimal::with_regions(2);
        minimal.world = minimal.world.replace("tile = [1, 0]", tile);
        minimal.world = minimal.world.replace("world\"\n", &format!("world\"\n{year}\n"));
        minimal
    };
    assert_eq!(
        header("tile = [0, 0]", "").only_mistake().0,
        "found [0, 0], the tile of \"Place 0\", expected one of its own"
    );
    for year in ["x", "24/25", "2024/26", "2024-25", "202", "2024/2025"] {
        let found = header("tile = [1, 0]", &format!("price_year = \"{year}\"")).only_mistake();
        assert!(found.0.contains("expected a year such as"), "{year}");
    }
    for year in ["2024", "2024/25", "1999/00"] {
        assert!(header("tile = [1, 0]", &format!("price_year = \"{year}\"")).load().is_ok(), "{year}");
    }
}
