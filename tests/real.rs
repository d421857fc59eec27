//! Real acts: operations written by hand from the amending acts (`tests/real/*.toml`), and what
//! the engine makes of the bases, compared with the official texts.
//!
//! The texts are not part of the project. Where they are missing, the tests say so and pass, but
//! not in CI.

#![allow(clippy::unwrap_used, clippy::panic)]

mod beside;

use std::fs;

use tuzet::apply::{Fate, Options, apply};
use tuzet::operation;

/// A real text; `None` where the texts are missing.
fn text(name: &str) -> Option<String> {
    let folder = beside::real()?;
    Some(fs::read_to_string(folder.join(name)).unwrap())
}

/// The text that a base becomes by files of operations, all of which must be applied.
fn amended(base: &str, files: &[&str]) -> String {
    let amendments: Vec<_> = files
        .iter()
        .map(|file| {
            let path = format!("{}/tests/real/{file}.toml", env!("CARGO_MANIFEST_DIR"));
            operation::parse(&fs::read_to_string(path).unwrap()).unwrap()
        })
        .collect();
    let mut act = tuzet::parse::act(base, None);
    for report in apply(&mut act, &amendments, &Options::default()) {
        let said = &report.diagnostics;
        assert_eq!(report.fate, Fate::Applied, "{files:?}: {said:?}");
    }
    act.print(act.last())
}

/// The text that a base becomes by the amending acts' own texts, all of which must be read and
/// applied whole.
fn amended_by_text(base: &str, acts: &[&str]) -> String {
    let language = tuzet::lang::by_code("kk").unwrap();
    let read = |name: &&str| {
        let source = text(name).unwrap();
        let reading = tuzet::read::act(&source, language, language.drafting.unwrap());
        assert!(reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);
        reading.amendment
    };
    let amendments: Vec<_> = acts.iter().map(read).collect();
    let mut act = tuzet::parse::act(base, None);
    for report in apply(&mut act, &amendments, &Options::default()) {
        let said = &report.diagnostics;
        assert_eq!(report.fate, Fate::Applied, "{acts:?}: {said:?}");
    }
    act.print(act.last())
}

/// The paragraphs of an official text without what its publishers set as they like: notes,
/// anchors, heading marks, emphasis, quotes, dashes, spaces, and a final `;` or `.`.
fn paragraphs(text: &str) -> Vec<String> {
    let publisher = |line: &&str| line.starts_with("Ескерту") || line.starts_with("РҚАО");
    text.lines()
        .filter(|line| !line.starts_with("<a id="))
        .map(|line| {
            line.trim_matches(|letter: char| letter.is_whitespace() || "#>*".contains(letter))
        })
        .filter(|line| !line.is_empty())
        .filter(|line| !publisher(line))
        .map(|line| {
            let folded: String = line
                .trim_end_matches([';', '.'])
                .chars()
                .map(|letter| match letter {
                    '«' | '»' | '“' | '”' | '„' => '"',
                    '–' | '—' => '-',
                    letter => letter,
                })
                .collect();
            let words: Vec<&str> = folded.split_whitespace().collect();
            words.join(" ")
        })
        .collect()
}

#[test]
fn holidays_step_by_step() {
    let (Some(first), Some(second), Some(third)) = (
        text("kaz-holidays/v0_2001-12-13.md"),
        text("kaz-holidays/v1_2008-06-25.md"),
        text("kaz-holidays/v2_2009-04-22.md"),
    ) else {
        return;
    };
    let made = amended(&first, &["holidays-47-IV"]);
    assert_eq!(paragraphs(&made), paragraphs(&second));
    assert_eq!(amended_by_text(&first, &[HOLIDAYS_2008]), made);
    let made = amended(&second, &["holidays-152-IV"]);
    assert_eq!(paragraphs(&made), paragraphs(&third));
    assert_eq!(amended_by_text(&second, &[HOLIDAYS_2009]), made);
}

const HOLIDAYS_2008: &str = "kaz-holidays/amend1_2008-06-25_47-IV.md";
const HOLIDAYS_2009: &str = "kaz-holidays/amend2_2009-04-22_152-IV.md";

#[test]
fn holidays_as_a_chain() {
    let (Some(first), Some(third)) = (
        text("kaz-holidays/v0_2001-12-13.md"),
        text("kaz-holidays/v2_2009-04-22.md"),
    ) else {
        return;
    };
    let made = amended(&first, &["holidays-47-IV", "holidays-152-IV"]);
    assert_eq!(paragraphs(&made), paragraphs(&third));
    let read = amended_by_text(&first, &[HOLIDAYS_2008, HOLIDAYS_2009]);
    assert_eq!(read, made);
}

#[test]
fn transfer_of_2012() {
    let (Some(base), Some(after)) = (
        text("kaz-transfer-2012/base_2011-11-15.md"),
        text("kaz-transfer-2012/after_2013-01-01.md"),
    ) else {
        return;
    };
    let made = amended(&base, &["transfer-5-V"]);
    let read = amended_by_text(&base, &["kaz-transfer-2012/amend_2012-03-16_5-V.md"]);
    assert_eq!(read, made);
    let mut made = paragraphs(&made);
    let mut after = paragraphs(&after);
    // The base has a note of the publisher in two lines, of which the second bears no name; the
    // official text has other line breaks in the signature.
    made.remove(1);
    let signature = |text: &mut Vec<String>| text.split_off(text.len() - 2).join(" ");
    assert_eq!(signature(&mut made), signature(&mut after));
    assert_eq!(made, after);
}

#[test]
fn subsistence_of_2005() {
    let (Some(base), Some(expected)) = (
        text("triple-subsistence-2005/base.md"),
        text("triple-subsistence-2005/expected.md"),
    ) else {
        return;
    };
    assert_eq!(amended(&base, &["subsistence-101"]), expected);
    let read = amended_by_text(&base, &["triple-subsistence-2005/amend.md"]);
    assert_eq!(read, expected);
}

#[test]
fn lists_of_the_ministry() {
    let (Some(base), Some(expected)) = (
        text("triple-mnvo-lists-2024/base.md"),
        text("triple-mnvo-lists-2024/expected.md"),
    ) else {
        return;
    };
    let made = amended(&base, &["lists-52"]);
    let read = amended_by_text(&base, &["triple-mnvo-lists-2024/amend.md"]);
    assert_eq!(read, made);
    // The marks that stand at the numbers of deleted paragraphs are not in the expected text.
    let marks = "3\\. Алып тасталды\n\n4\\. Алып тасталды\n\n";
    let count = made.matches(marks).count();
    assert_eq!(count, 1, "{made}");
    assert_eq!(made.replace(marks, ""), expected);
}
