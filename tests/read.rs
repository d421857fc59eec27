//! Reading amending acts from their own text.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tuzet::diagnostic::{Code, Severity};
use tuzet::operation::{self, Amendment, Form};
use tuzet::read::{Reading, act};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");

fn read(source: &str) -> Reading {
    let language = tuzet::lang::by_code("kk").unwrap();
    act(source, language, language.drafting.unwrap())
}

/// The operations as data, with their addresses in full.
fn operations(amendment: &Amendment) -> Vec<(String, String)> {
    let of = |operation: &operation::Operation| {
        let form = serde_json::to_string_pretty(&Form::of(operation)).unwrap();
        (operation.at.to_string(), form)
    };
    amendment.operations.iter().map(of).collect()
}

/// Every character is in one stretch, in order.
fn assert_whole(reading: &Reading, source: &str) {
    let mut end = 0;
    for stretch in &reading.stretches {
        assert_eq!(stretch.source.start, end);
        end = stretch.source.end;
    }
    assert_eq!(end, source.len());
    let (total, _) = reading.characters(source);
    assert_eq!(total, source.chars().count());
}

fn line_of(source: &str, byte: usize) -> usize {
    source[..byte].matches('\n').count() + 1
}

#[test]
fn resolution_271_reads_as_it_was_written_by_hand() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("amendments/271");
    let source = fs::read_to_string(root.join("kk.txt")).unwrap();
    let toml = fs::read_to_string(root.join("operations.toml")).unwrap();
    let reading = read(&source);
    let written = operation::parse(&toml).unwrap();
    for (read, written) in operations(&reading.amendment)
        .iter()
        .zip(operations(&written))
    {
        assert_eq!(*read, written);
    }
    assert_eq!(reading.amendment.operations.len(), 25);
    assert_eq!(reading.amendment.head, written.head);
    assert_eq!(reading.amendment.targets, written.targets);
    assert_whole(&reading, &source);
    let said: Vec<(usize, Code)> = reading
        .diagnostics
        .iter()
        .map(|it| (line_of(&source, it.at[0].bytes.start), it.code))
        .collect();
    let expected = [
        (15, Code::SharedQuote),
        (25, Code::ContextMark),
        (27, Code::BrokenParagraph),
        (97, Code::UnclosedQuote),
        (115, Code::UnclosedQuote),
        (130, Code::TableRule),
        (144, Code::ReversedQuote),
        (149, Code::TableRule),
        (155, Code::ReversedQuote),
        (160, Code::TableRule),
        (164, Code::SharedLine),
        (169, Code::TableRule),
        (178, Code::TableRule),
    ];
    let mut said = said;
    said.sort_by_key(|(line, _)| *line);
    assert_eq!(said, expected);
}

/// The Kazakh amending acts that lie beside the project.
fn acts() -> Vec<PathBuf> {
    let folder = Path::new(SHARED).join("real");
    if !folder.is_dir() {
        assert_ne!(
            std::env::var("CI").as_deref(),
            Ok("true"),
            "{} is missing",
            folder.display()
        );
        // Not a print macro, whose line a passing test would keep to itself.
        let line = format!("skipped: {} is missing\n", folder.display());
        std::io::stderr().write_all(line.as_bytes()).unwrap();
        return Vec::new();
    }
    let mut list: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| fs::read_dir(entry.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            let samples = path.parent().unwrap().ends_with("kaz-amending-samples");
            samples || name.starts_with("amend") || name == "kk.md" || name == "kaz.txt"
        })
        .collect();
    list.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("amendments/271/kk.txt"));
    list.sort();
    list
}

#[test]
fn real_acts_are_read_without_an_unread_clause() {
    for path in acts() {
        let source = fs::read_to_string(&path).unwrap();
        let reading = read(&source);
        assert_whole(&reading, &source);
        let errors: Vec<String> = reading
            .diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error)
            .map(|it| it.message.clone())
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        assert!(
            !reading.amendment.operations.is_empty(),
            "{}",
            path.display()
        );
    }
}

/// What is read is written as a file of operations, and read from it again.
#[test]
fn what_is_read_is_what_a_file_of_operations_says() {
    for path in acts() {
        let source = fs::read_to_string(&path).unwrap();
        let read = read(&source).amendment;
        let toml = operation::print(&read);
        let again = operation::parse(&toml).unwrap_or_else(|it| panic!("{}\n{toml}", it.message));
        assert_eq!(operations(&again), operations(&read), "{}", path.display());
        assert_eq!(again.head, read.head);
        assert_eq!(again.targets, read.targets);
    }
}
