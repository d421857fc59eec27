//! Rules of amending, one a file in `tests/cases`, readable by a lawyer.
//!
//! A file has a title, words of explanation, and fenced blocks named by what they hold: `base`,
//! `operations` or `act` (one for each amending act: its operations, or its own text), `options`,
//! and what is expected: `read`, `redline`, `consolidated`, `outline`, `diagnostics`. With `UPDATE_EXPECT=1` the expected blocks are
//! rewritten; read the difference before you keep it.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use tuzet::apply::{Options, apply};
use tuzet::diagnostic::{Code, Diagnostic, Severity};
use tuzet::redline::Redline;
use tuzet::render::{Document, Format, render};
use tuzet::text::Moment;

/// A fenced block: its name, and where its lines stand in the file.
struct Fence {
    name: String,
    text: String,
    range: std::ops::Range<usize>,
}

fn fences(file: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let mut at = 0;
    let mut open: Option<(String, usize)> = None;
    for line in file.split_inclusive('\n') {
        let next = at + line.len();
        match (line.strip_prefix("````"), open.take()) {
            (Some(_), Some((name, start))) => fences.push(Fence {
                name,
                text: file[start..at].to_string(),
                range: start..at,
            }),
            (Some(name), None) => open = Some((name.trim().to_string(), next)),
            (None, still) => open = still,
        }
        at = next;
    }
    assert!(open.is_none(), "a fence is not closed");
    fences
}

fn said(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut line = format!("{severity}[{}]: {}\n", diagnostic.code, diagnostic.message);
    if !diagnostic.help.is_empty() {
        writeln!(line, "  help: {}", diagnostic.help).unwrap();
    }
    line
}

/// What is read of an amending act, an operation a line.
fn orders(reading: &tuzet::read::Reading) -> String {
    use tuzet::operation::{Action, Position};
    let mut text = String::new();
    let many = reading.amendment.targets.len() > 1;
    for operation in &reading.amendment.operations {
        write!(text, "{} {}", operation.action.name(), operation.at).unwrap();
        if many {
            write!(text, " in act {}", operation.act).unwrap();
        }
        let words = match &operation.action {
            Action::Replace(text) | Action::Insert(None, text) => text.join(" ¶ "),
            Action::Insert(Some(side), text) => format!("{}: {}", side.name(), text.join(" ¶ ")),
            Action::Delete | Action::Repeal => String::new(),
            Action::Renumber(num) => num.to_string(),
            Action::ReplaceWords { old, new, .. } => format!("«{old}» → «{new}»"),
            Action::InsertWords {
                position: Position::End,
                new,
                ..
            } => format!("… «{new}»"),
            Action::InsertWords {
                position,
                anchor,
                new,
                ..
            } => format!("«{new}» {} «{anchor}»", position.name()),
            Action::DeleteWords { old, .. } => format!("«{old}»"),
        };
        if !words.is_empty() {
            write!(text, ": {}", words.replace('\t', " | ")).unwrap();
        }
        if let Some(before) = &operation.after {
            write!(text, " behind «{before}»").unwrap();
        }
        for place in &operation.except {
            write!(text, " (but {place})").unwrap();
        }
        if let Some(force) = operation.in_force {
            write!(text, " ({force:?})").unwrap();
        }
        text.push('\n');
    }
    for repeal in &reading.repeals {
        let number = repeal.act.number.clone().unwrap_or_default();
        writeln!(text, "repeals № {number}").unwrap();
    }
    if let Some(force) = reading.amendment.head.in_force {
        writeln!(text, "in force: {force:?}").unwrap();
    }
    text
}

/// What the engine makes of a case, by the names of the blocks.
fn made(fences: &[Fence]) -> Vec<(&'static str, String)> {
    let text = |name: &str| {
        fences
            .iter()
            .find(|it| it.name == name)
            .map(|it| it.text.as_str())
    };
    let mut act = tuzet::parse::act(text("base").unwrap_or_default(), None);
    let outline = tuzet::outline::outline(&act);
    let mut diagnostics = String::new();
    let mut amendments = Vec::new();
    let mut read = String::new();
    for fence in fences {
        match fence.name.as_str() {
            "operations" => match tuzet::operation::parse(&fence.text) {
                Ok(amendment) => amendments.push(amendment),
                Err(problem) => diagnostics.push_str(&said(&problem)),
            },
            "act" => {
                let language = tuzet::lang::of(&fence.text);
                let drafting = language.drafting.unwrap();
                let reading = tuzet::read::act(&fence.text, language, drafting);
                for diagnostic in &reading.diagnostics {
                    let start = diagnostic.at[0].bytes.start;
                    let line = fence.text[..start].matches('\n').count() + 1;
                    write!(diagnostics, "line {line}: {}", said(diagnostic)).unwrap();
                }
                read.push_str(&orders(&reading));
                amendments.push(reading.amendment);
            }
            _ => {}
        }
    }
    let mut options = Options::default();
    let mut from = None;
    for line in text("options").unwrap_or_default().lines() {
        let (key, value) = line.split_once('=').unwrap();
        match key.trim() {
            "as-of" => options.as_of = Some(value.trim().parse().unwrap()),
            "published" => options.published = Some(value.trim().parse().unwrap()),
            "target" => options.target = Some(value.trim().parse().unwrap()),
            "from" => from = Some(value.trim().parse().unwrap()),
            other => panic!("no option is called {other}"),
        }
    }
    let reports = match text("base") {
        Some(_) => apply(&mut act, &amendments, &options),
        None => Vec::new(),
    };
    for report in &reports {
        let operation = &amendments[report.amendment].operations[report.operation];
        for diagnostic in &report.diagnostics {
            write!(
                diagnostics,
                "operation {}: {}",
                operation.n,
                said(diagnostic)
            )
            .unwrap();
        }
    }
    let write = |redline: Redline, format| {
        let document = Document {
            redline,
            preface: Vec::new(),
            clauses: Vec::new(),
        };
        let mut bytes = Vec::new();
        render(&document, format, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let redline = Redline {
        act: &act,
        from: from.map_or(Moment::BASE, |date| act.on(date)),
        to: act.last(),
        refine: true,
    };
    if text("marked").is_some()
        && let Some(warning) = tuzet::render::warning(&redline, Format::Markdown)
    {
        write!(diagnostics, "marked: {}", said(&warning)).unwrap();
    }
    let lines = |entries: Vec<tuzet::outline::Entry>| -> String {
        entries
            .iter()
            .map(tuzet::outline::Entry::line_text)
            .collect()
    };
    vec![
        ("read", read),
        ("redline", write(redline, Format::Text)),
        ("marked", write(redline, Format::Markdown)),
        (
            "consolidated",
            write(Redline::clean(&act, act.last()), Format::Markdown),
        ),
        ("outline", lines(outline)),
        ("diagnostics", diagnostics),
    ]
}

fn files() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "md"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn every_case_is_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut failures = String::new();
    for path in files() {
        let mut file = fs::read_to_string(&path).unwrap();
        let blocks = fences(&file);
        let made = made(&blocks);
        let mut checked = 0;
        for fence in blocks.iter().rev() {
            let Some((_, made)) = made.iter().find(|(name, _)| *name == fence.name) else {
                continue;
            };
            checked += 1;
            let made = match made.is_empty() || made.ends_with('\n') {
                true => made.clone(),
                false => format!("{made}\n"),
            };
            if made == fence.text {
                continue;
            }
            if update {
                file.replace_range(fence.range.clone(), &made);
            } else {
                let name = path.file_name().unwrap().to_string_lossy();
                write!(
                    failures,
                    "\n{name}: {}\n--- expected\n{}--- made\n{made}",
                    fence.name, fence.text
                )
                .unwrap();
            }
        }
        assert!(checked > 0, "{} expects nothing", path.display());
        if update {
            fs::write(&path, file).unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_code_has_a_case() {
    let mut raised = BTreeSet::new();
    for path in files() {
        let file = fs::read_to_string(&path).unwrap();
        for fence in fences(&file).iter().filter(|it| it.name == "diagnostics") {
            let codes = Code::ALL.into_iter();
            raised.extend(codes.filter(|code| fence.text.contains(&format!("[{code}]"))));
        }
    }
    let missing: Vec<Code> = Code::ALL
        .into_iter()
        .filter(|code| !raised.contains(code))
        .collect();
    assert!(missing.is_empty(), "no case raises {missing:?}");
}
