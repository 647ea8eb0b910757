//! What stands under `src`: its files as modules, their code without comments and tests, and which file uses what another one defines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// One file under `src`.
pub struct Source {
    /// Its path from `src` on, such as `engine/month.rs`.
    pub path: String,
    /// Its module, such as `["engine", "month"]`; empty for `lib.rs`.
    pub module: Vec<String>,
    /// Its code without comments, texts in quotes kept, up to its tests.
    pub code: String,
    /// Lines of the file before its tests, comments and all.
    pub lines: usize,
}

impl Source {
    /// The room that the file is in: the first word of its module.
    pub fn room(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }
}

/// All files but those that only tests compile, in order of their paths.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let inner = |file: &PathBuf| file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    let kept = files.iter().filter(|file| !is_only_for_tests(&inner(file)));
    kept.map(|file| read(inner(file), &fs::read_to_string(file).unwrap())).collect()
}

fn is_only_for_tests(path: &str) -> bool {
    let folders = path.split('/').any(|part| part == "tests" || part == "testing");
    folders || path.ends_with("/tests.rs") || path.ends_with("/testing.rs")
}

fn read(path: String, text: &str) -> Source {
    let own = before_tests(text);
    let parts = path.trim_end_matches(".rs").split('/').map(str::to_owned);
    let module = parts.filter(|part| !["mod", "lib", "main"].contains(&part.as_str())).collect();
    Source { code: without_comments(own), lines: own.lines().count(), path, module }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// What stands before the test module, which comes last in every file.
fn before_tests(text: &str) -> &str {
    let starts = text.match_indices("#[cfg(test)]\n").map(|(at, _)| at);
    let mut of_modules = starts.filter(|at| {
        let next = text[*at..].lines().nth(1).unwrap_or_default();
        next.contains("mod ") && next.ends_with('{')
    });
    &text[..of_modules.next().unwrap_or(text.len())]
}

/// Line comments go, doc comments too; a `//` inside a text in quotes is kept when a quote follows it.
fn without_comments(text: &str) -> String {
    let cut = |line: &str| match line.find("//") {
        Some(at) if !line[at..].contains('"') => line[..at].to_owned(),
        Some(_) | None => line.to_owned(),
    };
    let kept = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    kept.map(|line| format!("{}\n", cut(line))).collect()
}

/// Whether `word` stands in the code as a whole word.
pub fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| is_whole(code, at, word.len()))
}

fn is_whole(code: &str, at: usize, length: usize) -> bool {
    !code[..at].chars().next_back().is_some_and(is_inside) && !code[at + length..].chars().next().is_some_and(is_inside)
}

fn is_inside(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The items that a file shows to others: `pub`, `pub(crate)` and `pub(super)` items of its modules and methods of its types.
/// The rows of a list that a macro declares (`conditions/rows`) are data, as the lines of a table are: they do not count.
pub fn public_items(code: &str) -> usize {
    let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod", "unsafe", "async", "union"];
    let is_item = |line: &&str| {
        let line = line.trim_start();
        let shown = shown(line);
        shown.is_some_and(|rest| kinds.contains(&rest.split_whitespace().next().unwrap_or_default()))
    };
    code.lines().filter(is_item).count()
}

/// What follows the word that shows an item to others.
fn shown(line: &str) -> Option<&str> {
    let plain = ["pub ", "pub(crate) ", "pub(super) "].iter().find_map(|start| line.strip_prefix(start));
    plain.or_else(|| line.strip_prefix("pub(in ").and_then(|rest| rest.split_once(") ")).map(|parts| parts.1))
}

/// The types and traits that a file defines, each with whether others may see it.
pub fn types(code: &str) -> Vec<(&str, bool)> {
    let defined = |line: &'_ str| -> Option<(usize, usize, bool)> {
        let shown = shown(line);
        let rest = shown.unwrap_or(line);
        let name = ["struct ", "enum ", "trait ", "type "].iter().find_map(|kind| rest.strip_prefix(kind))?;
        let length = name.find(|letter: char| !is_inside(letter)).unwrap_or(name.len());
        Some((line.len() - name.len(), length, shown.is_some()))
    };
    let found =
        code.lines().filter_map(|line| defined(line).map(|(at, length, shown)| (&line[at..at + length], shown)));
    found.collect()
}

/// A `use`: the path that it names, the name by which the file knows it, and whether it hands it on.
struct Use {
    path: Vec<String>,
    name: String,
    is_handed_on: bool,
}

/// Which file uses what which other file defines: pairs of indices into the files. A `pub use` of a file that only hands a name on is no
/// use, whoever takes it from there uses the file that defines it; nor is `mod`.
pub fn imports(files: &[Source]) -> BTreeSet<(usize, usize)> {
    let by_module: BTreeMap<&[String], usize> = files
        .iter()
        .enumerate()
        .filter(|(_, file)| file.path != "main.rs")
        .map(|(at, file)| (&file.module[..], at))
        .collect();
    let uses: Vec<(Vec<Use>, String)> = files.iter().map(|file| split_uses(&file.code)).collect();
    let house = House { files, by_module, uses: &uses };
    let mut found = BTreeSet::new();
    for (at, (own_uses, rest)) in uses.iter().enumerate() {
        for own in own_uses {
            let target = house.resolve(at, &own.path, 0);
            let is_used_here = !own.is_handed_on || names(rest, &own.name);
            found.extend(target.into_iter().filter(|target| target.is_item && is_used_here).map(|to| (at, to.file)));
        }
        for path in inline_paths(rest) {
            let whole = own_uses.iter().find(|own| own.name == path[0]).map(|own| [&own.path[..], &path[1..]].concat());
            // a path that ends at a module is no use of it: such stand in `pub(in crate::report)`
            let target = house.resolve(at, whole.as_ref().unwrap_or(&path), 0).filter(|target| target.is_item);
            found.extend(target.map(|to| (at, to.file)));
        }
    }
    found.retain(|(from, to)| from != to);
    found
}

struct House<'a> {
    files: &'a [Source],
    by_module: BTreeMap<&'a [String], usize>,
    uses: &'a [(Vec<Use>, String)],
}

/// Where a path leads: to an item that a file defines, or to the module itself.
struct Target {
    file: usize,
    is_item: bool,
}

/// No chain of handing on is longer.
const DEEPEST: usize = 12;

impl House<'_> {
    /// The file that defines what `path` means in the file at `from`; `None` for what is not of this crate.
    fn resolve(&self, from: usize, path: &[String], depth: usize) -> Option<Target> {
        if depth > DEEPEST {
            return None;
        }
        let mut module: Vec<String> = self.files[from].module.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" | "rungs" => module.clear(),
            "self" => {}
            "super" => {
                while rest.first().is_some_and(|part| part == "super") {
                    module.pop()?;
                    rest = &rest[1..];
                }
                return self.walk(module, rest, depth);
            }
            first => {
                let child = [&module[..], &[first.to_owned()]].concat();
                self.by_module.get(&child[..])?;
                return self.walk(module, rest, depth);
            }
        }
        self.walk(module, &rest[1..], depth)
    }

    /// Follows a path from a module on.
    fn walk(&self, mut module: Vec<String>, path: &[String], depth: usize) -> Option<Target> {
        for (at, part) in path.iter().enumerate() {
            if part == "self" {
                continue;
            }
            let child = [&module[..], std::slice::from_ref(part)].concat();
            if self.by_module.contains_key(&child[..]) {
                module = child;
                continue;
            }
            let file = *self.by_module.get(&module[..])?;
            let handed_on = self.uses[file].0.iter().filter(|own| own.is_handed_on);
            if let Some(own) = handed_on.clone().find(|own| own.name == *part) {
                return self.resolve(file, &[&own.path[..], &path[at + 1..]].concat(), depth + 1);
            }
            for own in handed_on.filter(|own| own.name == "*") {
                let inner = [&own.path[..own.path.len() - 1], &path[at..]].concat();
                if let Some(target) = self.resolve(file, &inner, depth + 1).filter(|to| to.file != file)
                    && defines(&self.files[target.file].code, part)
                {
                    return Some(target);
                }
            }
            return Some(Target { file, is_item: true });
        }
        let file = *self.by_module.get(&module[..])?;
        Some(Target { file, is_item: path.last().is_some_and(|part| part == "*") })
    }
}

/// Whether the code defines an item of this name.
fn defines(code: &str, name: &str) -> bool {
    ["fn", "struct", "enum", "trait", "type", "const", "static"]
        .iter()
        .any(|kind| names(code, &format!("{kind} {name}")))
}

/// The `use` lines of a file, written out, and the code without them.
fn split_uses(code: &str) -> (Vec<Use>, String) {
    let (mut uses, mut rest) = (Vec::new(), String::new());
    let mut left = code;
    while let Some((at, is_handed_on)) = next_use(left) {
        rest.push_str(&left[..at]);
        let start = at + left[at..].find("use ").unwrap_or(0) + "use ".len();
        let end = start + left[start..].find(';').unwrap_or(left.len() - start);
        write_out(&[], &left[start..end], &mut |path, name| {
            uses.push(Use { path, name, is_handed_on });
        });
        left = &left[(end + 1).min(left.len())..];
    }
    rest.push_str(left);
    (uses, rest)
}

/// Where the next line that starts with `use` begins, and whether it hands on what it names.
fn next_use(code: &str) -> Option<(usize, bool)> {
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let start = line.trim_start();
        let handed = ["pub use ", "pub(crate) use ", "pub(super) use "].iter().any(|word| start.starts_with(word));
        if handed || start.starts_with("use ") {
            return Some((at, handed));
        }
        at += line.len();
    }
    None
}

/// Tells each path at the start of `rest` with the name that it goes by, and gives what follows them.
fn write_out<'a>(prefix: &[String], rest: &'a str, tell: &mut dyn FnMut(Vec<String>, String)) -> &'a str {
    let rest = rest.trim_start();
    if let Some(mut inner) = rest.strip_prefix('{') {
        loop {
            inner = write_out(prefix, inner, tell).trim_start();
            match inner.strip_prefix(',') {
                Some(next) if !next.trim_start().starts_with('}') => inner = next,
                Some(next) => return next.trim_start().strip_prefix('}').unwrap_or(next),
                None => return inner.strip_prefix('}').unwrap_or(inner),
            }
        }
    }
    let end = rest.find(|letter: char| !is_inside(letter) && letter != '*').unwrap_or(rest.len());
    let path = [prefix, &[rest[..end].to_owned()]].concat();
    let after = &rest[end..];
    if let Some(deeper) = after.strip_prefix("::") {
        return write_out(&path, deeper, tell);
    }
    let renamed = after.trim_start().strip_prefix("as ").map(str::trim_start);
    let name_end = |text: &str| text.find(|letter: char| !is_inside(letter)).unwrap_or(text.len());
    let own = if rest[..end] == *"self" { prefix.last() } else { path.last() };
    let name = renamed.map_or_else(|| own.cloned().unwrap_or_default(), |text| text[..name_end(text)].to_owned());
    tell(path, name);
    renamed.map_or(after, |text| &text[name_end(text)..])
}

/// The paths of two words or more in code, such as `jobs::hire`.
fn inline_paths(code: &str) -> BTreeSet<Vec<String>> {
    let mut paths = BTreeSet::new();
    let mut at = 0;
    while let Some(found) = code[at..].find("::") {
        let middle = at + found;
        let start = code[..middle].rfind(|letter: char| !is_inside(letter)).map_or(0, |before| before + 1);
        let mut end = middle;
        while let Some(deeper) = code[end..].strip_prefix("::") {
            let length = deeper.find(|letter: char| !is_inside(letter)).unwrap_or(deeper.len());
            if length == 0 {
                break;
            }
            end += 2 + length;
        }
        let path: Vec<String> = code[start..end].split("::").map(str::to_owned).collect();
        if path.len() > 1 && !path[0].is_empty() {
            paths.insert(path);
        }
        at = end.max(middle + 2);
    }
    paths
}

/// Files that use each other, directly or through others: each such set of two or more, by index.
pub fn circles(count: usize, imports: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut reached: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    for (start, reach) in reached.iter_mut().enumerate() {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let next = imports.range((at, 0)..(at + 1, 0)).map(|(_, to)| *to);
            open.extend(next.filter(|to| reach.insert(*to)));
        }
    }
    let mut found: Vec<Vec<usize>> = Vec::new();
    for at in (0..count).filter(|at| reached[*at].contains(at)) {
        if !found.iter().any(|circle| circle.contains(&at)) {
            found.push((0..count).filter(|to| reached[at].contains(to) && reached[*to].contains(&at)).collect());
        }
    }
    found
}
