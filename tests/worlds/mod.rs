//! Worlds of any number of regions, made from the shipped one, for tests of what a user may bring.

use std::fs;
use std::path::Path;

/// Files that say how the shipped world is fitted and compared: they name its regions.
const BESIDE: [&str; 6] = ["targets.csv", "calibration.toml", "fitted.csv", "ensemble.csv", "scale.csv", "README.md"];

/// Three published figures, of everybody, of the first region and of a mechanism.
const TARGETS: &str = "subject,target,measure,by,of,value,low,high,unit,period,source,confidence,use,note\n\
     NEET,everywhere,neet_rate,all,,13,1,60,percent,2024,smc-in21,read,fitted,\n\
     NEET,first,neet_rate,residence,Region 1,13,,,percent,2024,smc-in21,read,fitted,\n\
     jobs,found,flow.unemployed_to_employed,all,,0.1,,,per month,2013,ons-flows-2013,read,out-of-sample,\n";

/// A plan that frees one parameter.
const PLAN: &str = r#"
fit = { seed = 3, scale = 100000, replicates = 1, years = 1, starts = 1, rounds = 1, alignment_runs = 1, fine_scale = 100000, fine_alignment_runs = 1 }
ensemble = { members = 2, most_draws = 20, pass_share = 0.0 }

[[parameters]]
name = "separation"
condition = "separation"
change = "scale"
low = 0.3
high = 2.0
sd = 0.3
why = "a test"
"#;

/// The most regions that are aligned one by one: each is a parameter of its own.
const MOST_ALIGNED: usize = 13;

/// An alignment of every region.
const ALIGNMENT: &str = r#"
[[alignments]]
name = "posts"
condition = "posts_per_resident"
of = "*/all"
measure = "neet_rate"
by = "residence"
gain = -0.1
low = 0.8
high = 1.3
sd = 0.05
why = "a test"
"#;

/// A world of so many regions in `folder`: those of the shipped world in turn, as `Region 1`, `Region 2` and so on.
pub fn world_of(regions: usize, folder: &Path) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/uk");
    fs::create_dir(folder).unwrap();
    let header: toml::Table = fs::read_to_string(shipped.join("world.toml")).unwrap().parse().unwrap();
    let known: Vec<&str> =
        header["regions"].as_array().unwrap().iter().filter_map(|region| region["name"].as_str()).collect();
    for entry in fs::read_dir(&shipped).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if BESIDE.contains(&name.as_str()) || name.starts_with("calibration-") || name == "world.toml" {
            continue;
        }
        let text = fs::read_to_string(shipped.join(&name)).unwrap();
        let text = if name.ends_with(".csv") { rows_of(&text, &known, regions) } else { text };
        fs::write(folder.join(&name), text).unwrap();
    }
    let mut text = "name = \"some\"\ntitle = \"Some regions\"\nprice_year = \"2024/25\"\n".to_owned();
    for at in 0..regions {
        let (name, column, row) = (at + 1, at % 20, at / 20);
        text += &format!("[[regions]]\nname = \"Region {name}\"\ncode = \"R{name}\"\ntile = [{column}, {row}]\n");
    }
    fs::write(folder.join("world.toml"), text).unwrap();
    fs::write(folder.join("targets.csv"), TARGETS).unwrap();
    let alignment = if regions <= MOST_ALIGNED { ALIGNMENT } else { "" };
    fs::write(folder.join("calibration.toml"), format!("{PLAN}{alignment}")).unwrap();
}

/// The rows of a table for the new regions; of flows between regions as many go every way.
fn rows_of(text: &str, known: &[&str], regions: usize) -> String {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        if &row[0] == "move_flow" {
            if &row[1] == "all" {
                writer.write_record(row.iter().map(|cell| if cell == "0" { "1000" } else { cell })).unwrap();
            }
            continue;
        }
        let Some(place) = known.iter().position(|name| *name == &row[1]) else {
            writer.write_record(&row).unwrap();
            continue;
        };
        for at in (place..regions).step_by(known.len()) {
            let name = format!("Region {}", at + 1);
            writer
                .write_record(row.iter().enumerate().map(|(column, cell)| if column == 1 { &name } else { cell }))
                .unwrap();
        }
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}
