//! Reading amending acts from their own text.

#![allow(clippy::unwrap_used, clippy::panic)]

mod beside;
mod written;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use tuzet::diagnostic::{Code, Severity};
use tuzet::operation::{self, Amendment, Form};
use tuzet::read::{Reading, act};

use crate::written::{HEAD, TAIL};

fn read(source: &str) -> Reading {
    let language = tuzet::lang::of(source);
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
        (17, Code::SharedQuote),
        (25, Code::ContextMark),
        (31, Code::BrokenParagraph),
        (99, Code::UnclosedQuote),
        (117, Code::UnclosedQuote),
        (130, Code::TableRule),
        (146, Code::ReversedQuote),
        (149, Code::TableRule),
        (157, Code::ReversedQuote),
        (160, Code::TableRule),
        (164, Code::SharedLine),
        (169, Code::TableRule),
        (178, Code::TableRule),
    ];
    let mut said = said;
    said.sort_by_key(|(line, _)| *line);
    assert_eq!(said, expected);
}

/// The amending acts that lie beside the project.
fn acts() -> Vec<PathBuf> {
    let Some(folder) = beside::real() else {
        return Vec::new();
    };
    let mut list: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| fs::read_dir(entry.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            let samples = path.parent().unwrap().ends_with("kaz-amending-samples");
            samples
                || path.parent().unwrap().ends_with("rus-amending-2026")
                || name.starts_with("amend")
                || ["kk.md", "ru.md", "kaz.txt"].contains(&&*name)
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

fn fixed(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: proptest::test_runner::RngSeed::Fixed(271),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(fixed(400))]

    /// What is written by the tables is read as it was meant, in both languages.
    #[test]
    fn instructions_are_read_as_they_were_meant(
        list in prop::collection::vec(written::instruction(), 1..6)
    ) {
        for (code, source) in [("kk", written::kazakh(&list)), ("ru", written::russian(&list))] {
            let language = tuzet::lang::by_code(code).unwrap();
            let reading = act(&source, language, language.drafting.unwrap());
            let meaning: Vec<(&str, String)> =
                list.iter().flat_map(|it| it.meaning.clone()).collect();
            let found: Vec<(&str, String)> = reading
                .amendment
                .operations
                .iter()
                .map(|it| (it.action.name(), it.at.to_string()))
                .collect();
            prop_assert_eq!(found, meaning, "{}\n{:?}", source, reading.diagnostics);
            prop_assert!(reading.diagnostics.is_empty(), "{}\n{:?}", source, reading.diagnostics);
            assert_whole(&reading, &source);
        }
    }
}

/// A slip of the pen, of a printer or of a converter.
fn slip(source: &mut String, kind: usize, place: usize) {
    let marks = |wanted: fn(char) -> bool| -> Vec<usize> {
        let letters = source.char_indices().filter(|(_, letter)| wanted(*letter));
        letters.map(|(at, _)| at).collect()
    };
    let (places, new): (Vec<usize>, Option<&str>) = match kind {
        0 => (marks(|it| "\"«»”".contains(it)), None),
        1 => (marks(|it| it == '\n'), Some(" ")),
        2 => (marks(|it| it == ' '), Some("\n\n")),
        3 => (marks(|it| it == 'і'), Some("i")),
        4 => (marks(|it| it == ':'), Some(";")),
        _ => (marks(|it| it.is_ascii_digit()), None),
    };
    if let Some(at) = places.get(place % places.len().max(1)) {
        let end = *at + source[*at..].chars().next().map_or(0, char::len_utf8);
        source.replace_range(*at..end, new.unwrap_or_default());
    }
}

proptest! {
    #![proptest_config(fixed(300))]

    /// A real act with slips is read without a panic, and no character of it is lost.
    #[test]
    fn slips_lose_nothing(
        act in 0..1000usize,
        slips in prop::collection::vec((0..6usize, any::<usize>()), 1..8)
    ) {
        let acts = acts();
        if let Some(path) = acts.get(act % acts.len().max(1)) {
            let mut source = fs::read_to_string(path).unwrap();
            for (kind, place) in slips {
                slip(&mut source, kind, place);
            }
            let reading = read(&source);
            assert_whole(&reading, &source);
        }
    }
}

/// Words, numbers and marks of the drafting language in any order.
fn soup() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "5-баптың",
        "бапта:",
        "2-тармағы",
        "3) тармақшасы",
        "бірінші бөлік",
        "он",
        "үшінші",
        "абзацтар",
        "мынадай редакцияда жазылсын:",
        "толықтырылсын:",
        "алып тасталсын;",
        "ауыстырылып,",
        "мынадай мазмұндағы",
        "деген",
        "сөздер",
        "сөзбен",
        "«",
        "»",
        "\"",
        "1.",
        "2)",
        "1-бап.",
        "тізбесінде:",
        "көрсетілген қаулымен бекітілген",
        "2020 жылғы 1 мамырдағы № 5 қаулысына",
        "енгізілсін:",
        "мына:",
        "(",
        ")",
        "–",
        ",",
        "және",
        "қоспағанда",
        "осы қаулыға қосымшаға сәйкес",
        "күші жойылды деп танылсын",
        "статьи 5",
        "пункт",
        "подпункте 3)",
        "часть вторую",
        "изложить в следующей редакции:",
        "дополнить",
        "словами",
        "слова",
        "заменить",
        "исключить.",
        "в",
        "после",
        "постановление от 1 мая 2020 года № 5",
        "Внести",
        "следующие изменения:",
        "согласно приложению 1 к настоящему постановлению",
        "\n\n",
        "\n> ",
        "\n| 1 | а |\n",
        "қосымша",
        "приложение",
        "Осы қаулы қол қойылған күнінен бастап қолданысқа енгізіледі.",
    ]);
    prop::collection::vec(words, 1..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(fixed(600))]

    /// No order of words panics, and none loses a character, in either language.
    #[test]
    fn any_words_are_accounted_for(source in prop_oneof![soup(), any::<String>()]) {
        for language in tuzet::lang::ALL {
            for source in [source.clone(), format!("{HEAD}{source}{TAIL}")] {
                let reading = act(&source, language, language.drafting.unwrap());
                assert_whole(&reading, &source);
                let toml = operation::print(&reading.amendment);
                let again = operation::parse(&toml).unwrap_or_else(|it| panic!("{}\n{toml}", it.message));
                prop_assert_eq!(operations(&again), operations(&reading.amendment));
            }
        }
    }
}
