//! Order in the house: what every file of `src` keeps to.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What a stretch of Rust is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Code,
    Comment,
    /// A string or a letter.
    Literal,
}

/// The stretches of a Rust file: comments and literals found, everything else code.
fn stretches(source: &str) -> Vec<(Kind, Range<usize>)> {
    let bytes = source.as_bytes();
    let mut list: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut code = 0;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &source[at..];
        let before = source[..at].chars().next_back();
        let in_word = before.is_some_and(|it| it.is_alphanumeric() || it == '_');
        let found = if rest.starts_with("//") {
            Some((Kind::Comment, rest.find('\n').unwrap_or(rest.len())))
        } else if rest.starts_with("/*") {
            Some((Kind::Comment, block_comment(rest)))
        } else if !in_word && let Some(length) = raw_string(rest) {
            Some((Kind::Literal, length))
        } else if rest.starts_with('"') {
            Some((Kind::Literal, quoted(rest, '"')))
        } else if rest.starts_with('\'') && is_letter(rest) {
            Some((Kind::Literal, quoted(rest, '\'')))
        } else {
            None
        };
        match found {
            Some((kind, length)) => {
                list.push((Kind::Code, code..at));
                list.push((kind, at..at + length));
                at += length;
                code = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    list.push((Kind::Code, code..bytes.len()));
    list.retain(|(_, range)| !range.is_empty());
    list
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        let (step, length) = match &rest[at..] {
            it if it.starts_with("/*") => (1, 2),
            it if it.starts_with("*/") => (-1, 2),
            it => (0, it.chars().next().map_or(1, char::len_utf8)),
        };
        depth += step;
        at += length;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length of `r"…"`, `r#"…"#`, `br"…"` at the start of a text.
fn raw_string(rest: &str) -> Option<usize> {
    let start = ["r", "br", "cr"].into_iter().find(|it| {
        rest.strip_prefix(it)
            .is_some_and(|rest| rest.starts_with(['#', '"']))
    })?;
    let hashes = rest[start.len()..]
        .bytes()
        .take_while(|it| *it == b'#')
        .count();
    let open = start.len() + hashes;
    if !rest[open..].starts_with('"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let end = rest[open + 1..].find(&close)?;
    Some(open + 1 + end + close.len())
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            letter if letter == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// Whether an apostrophe opens a letter and not a lifetime.
fn is_letter(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    match letters.next() {
        Some('\\') => true,
        Some(_) => letters.next() == Some('\''),
        None => false,
    }
}

/// The bytes of `#[cfg(test)]` items: from the attribute to the end of the braces after it, or to
/// the first semicolon before them.
fn tests_in(source: &str, list: &[(Kind, Range<usize>)]) -> Vec<Range<usize>> {
    let mut code = source.as_bytes().to_vec();
    for (kind, range) in list {
        if *kind != Kind::Code {
            code[range.clone()].fill(b' ');
        }
    }
    let mark = b"#[cfg(test)]";
    let mut tests = Vec::new();
    let mut at = 0;
    while let Some(found) = code[at..].windows(mark.len()).position(|it| it == mark) {
        let start = at + found;
        let mut depth = 0;
        let mut end = code.len();
        for (place, byte) in code.iter().enumerate().skip(start + mark.len()) {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            if depth == 0 && matches!(byte, b'}' | b';') {
                end = place + 1;
                break;
            }
        }
        tests.push(start..end);
        at = end;
    }
    tests
}

struct File {
    name: String,
    source: String,
    stretches: Vec<(Kind, Range<usize>)>,
    tests: Vec<Range<usize>>,
}

impl File {
    /// Stretches of a kind outside of tests.
    fn pieces(&self, kind: Kind) -> impl Iterator<Item = (usize, &str)> {
        self.stretches
            .iter()
            .filter(move |(it, _)| *it == kind)
            .filter(|(_, range)| !self.tests.iter().any(|test| test.contains(&range.start)))
            .map(|(_, range)| (range.start, &self.source[range.clone()]))
    }

    fn line(&self, byte: usize) -> usize {
        self.source[..byte].matches('\n').count() + 1
    }

    fn is_language(&self) -> bool {
        self.name.starts_with("src/lang/")
    }
}

fn paths(folder: &Path, list: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => paths(&path, list),
            false => list.push(path),
        }
    }
}

/// The files of `src`, Rust or not.
fn files() -> Vec<File> {
    let mut list = Vec::new();
    paths(&Path::new(ROOT).join("src"), &mut list);
    list.sort();
    assert!(list.len() > 10);
    list.iter()
        .map(|path| {
            let source = fs::read_to_string(path).unwrap();
            let name = path
                .strip_prefix(ROOT)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            let list = match name.ends_with(".rs") {
                true => stretches(&source),
                false => vec![(Kind::Literal, 0..source.len())],
            };
            let tests = tests_in(&source, &list);
            File {
                name,
                source,
                stretches: list,
                tests,
            }
        })
        .collect()
}

fn rust() -> impl Iterator<Item = File> {
    files()
        .into_iter()
        .filter(|file| file.name.ends_with(".rs"))
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}')
}

#[test]
fn words_of_a_language_stand_in_its_table() {
    let mut found = String::new();
    for file in files().iter().filter(|file| !file.is_language()) {
        for kind in [Kind::Literal, Kind::Code] {
            for (start, piece) in file.pieces(kind) {
                if let Some(at) = piece.find(is_cyrillic) {
                    let words: String = piece[at..].chars().take(30).collect();
                    writeln!(found, "{}:{}: {words}", file.name, file.line(start + at)).unwrap();
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{found}");
}

#[test]
fn no_file_is_too_long_to_be_read_at_a_sitting() {
    let mut long = String::new();
    for file in rust().filter(|file| !file.is_language()) {
        let lines = file.source.lines().count();
        if lines > 600 {
            writeln!(long, "{}: {lines} lines", file.name).unwrap();
        }
    }
    assert!(long.is_empty(), "\n{long}");
}

#[test]
fn nothing_panics_on_purpose() {
    const CALLS: [&str; 6] = [
        ".unwrap()",
        ".unwrap_err()",
        "panic!",
        "todo!",
        "unimplemented!",
        "unsafe ",
    ];
    let mut found = String::new();
    // A module of that name holds tests alone.
    for file in rust().filter(|file| !file.name.ends_with("/tests.rs")) {
        for (start, code) in file.pieces(Kind::Code) {
            for call in CALLS {
                for (at, _) in code.match_indices(call) {
                    writeln!(found, "{}:{}: {call}", file.name, file.line(start + at)).unwrap();
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{found}");
}

#[test]
fn every_file_starts_with_what_it_is() {
    for file in rust() {
        assert!(file.source.starts_with("//! "), "{}", file.name);
    }
}

#[test]
fn the_pages_about_the_house_are_there() {
    for page in [
        "README.md",
        "ARCHITECTURE.md",
        "GLOSSARY.md",
        "CHANGELOG.md",
    ] {
        let text = fs::read_to_string(Path::new(ROOT).join(page)).unwrap_or_default();
        assert!(text.starts_with("# "), "{page} is missing, or has no title");
        assert!(!text.contains("TODO"), "{page} is not finished");
    }
}

#[test]
fn every_dependency_is_accounted_for() {
    let root = Path::new(ROOT);
    let manifest: toml::Table = fs::read_to_string(root.join("Cargo.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let page = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap_or_default();
    let crates: Vec<&String> = manifest["dependencies"]
        .as_table()
        .unwrap()
        .keys()
        .collect();
    assert!(!crates.is_empty());
    let missing: Vec<&&String> = crates
        .iter()
        .filter(|name| !page.contains(&format!("`{name}`")))
        .collect();
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md does not name {missing:?}"
    );
}

#[test]
fn the_reader_of_rust_sees_what_is_what() {
    let source = r####"
//! Бірінші
/* сыртқы /* ішкі */ әлі */
fn f<'a>(x: &'a str) -> char { let _ = "б\"ір" ; let _ = r#"е"кі"#; b'"'; 'ү' }
#[cfg(test)]
mod tests { fn g() { "{"; "үш"; } }
const LAST: char = '\'';
"####;
    let list = stretches(source);
    let of = |kind: Kind| -> Vec<&str> {
        let pieces = list.iter().filter(|(it, _)| *it == kind);
        pieces.map(|(_, range)| &source[range.clone()]).collect()
    };
    assert_eq!(
        of(Kind::Comment),
        ["//! Бірінші", "/* сыртқы /* ішкі */ әлі */"]
    );
    let literals = [
        "\"б\\\"ір\"",
        "r#\"е\"кі\"#",
        "'\"'",
        "'ү'",
        "\"{\"",
        "\"үш\"",
        "'\\''",
    ];
    assert_eq!(of(Kind::Literal), literals);
    let tests = tests_in(source, &list);
    assert_eq!(tests.len(), 1);
    assert!(source[tests[0].clone()].ends_with("\"үш\"; } }"));
}
