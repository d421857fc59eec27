//! The bank of real sentences: what is understood of each.

use std::fs;
use std::path::Path;

use super::chain::{Chain, Link, address};
use super::head::{Found, head};
use super::line::lines;
use super::verb::{Edit, Order, Wording};
use crate::lang::by_code;
use crate::parse::markdown::blocks;
use crate::unit::Unit;

/// What is understood of a sentence, its names left out.
fn understood(code: &str, sentence: &str) -> String {
    let language = by_code(code).unwrap();
    let drafting = language.drafting.unwrap();
    let lines = lines(&blocks(&sentence.into()), sentence, drafting.lexicon());
    let found = head(&lines[0], 0, language, drafting);
    let numbers: Vec<String> = found
        .numbers
        .iter()
        .map(|(_, num)| num.to_string())
        .collect();
    let mut text = match found.found {
        None => "–".to_string(),
        Some(Found::Target(_) | Found::Within(..)) => "target".to_string(),
        Some(Found::Several) => "targets".to_string(),
        Some(Found::Repeals) => "repeals".to_string(),
        Some(Found::Repealed(_)) => "repeal".to_string(),
        Some(Found::Force | Found::ForceOf) => "in force".to_string(),
        Some(Found::Withheld) => "withheld".to_string(),
        Some(Found::Suspension { .. }) => "suspension".to_string(),
        Some(Found::OtherLanguage(_)) => "other language".to_string(),
        Some(Found::Following) => "following".to_string(),
        Some(Found::Context { chains, .. }) => {
            let places: Vec<String> = chains.iter().map(|chain| place(&[], chain)).collect();
            format!("in {}", places.join(" + "))
        }
        Some(Found::Orders { orders, withheld }) => {
            let list: Vec<String> = orders.iter().map(order).collect();
            format!(
                "{}{}",
                list.join("; "),
                if withheld { " (withheld)" } else { "" }
            )
        }
    };
    if !numbers.is_empty() {
        text = format!("[{}] {text}", numbers.join(" "));
    }
    let rest = lines[0].tokens().len().saturating_sub(found.end);
    if rest > 0 {
        text.push_str(&format!(" … {rest} tokens more"));
    }
    text
}

fn place(context: &[Link], chain: &Chain) -> String {
    let mut address = address(context, chain);
    for step in &mut address.0 {
        if step.words.is_some() && step.unit != Unit::Act {
            step.words = Some("…".to_string());
        }
    }
    address.to_string()
}

fn order(order: &Order) -> String {
    let all = |chains: &[Chain]| {
        let list: Vec<String> = chains.iter().map(|chain| place(&[], chain)).collect();
        match list.as_slice() {
            [first, .., last] if list.len() > 6 => format!("{first} … {last} ({})", list.len()),
            _ => list.join(" + "),
        }
    };
    match order {
        Order::Restate(targets, Wording::Annexes(nums)) => format!(
            "replace {} by annex {}",
            all(targets),
            nums.iter()
                .map(|num| num.as_ref().map_or("–", |num| &num.0))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Order::Restate(targets, _) => format!("replace {}", all(targets)),
        Order::Add(units, Some((side, anchor)), _) => {
            format!(
                "insert {} {} {}",
                all(units),
                side.name(),
                place(&[], anchor)
            )
        }
        Order::Add(units, None, _) => format!("insert {}", all(units)),
        Order::Strike(targets) => format!("delete {}", all(targets)),
        Order::Repeal(targets) => format!("repeal {}", all(targets)),
        Order::Renumber(target, num) => format!("renumber {} {num}", place(&[], target)),
        Order::Words(scopes, edits, except) => {
            let kinds: Vec<&str> = edits
                .iter()
                .map(|edit| match edit {
                    Edit::Swap(..) => "replace-words",
                    Edit::Insert(..) => "insert-words",
                    Edit::Delete(..) => "delete-words",
                })
                .collect();
            let but = match except.is_empty() {
                true => String::new(),
                false => format!(" but {}", all(except)),
            };
            format!("{} {}{but}", kinds.join(" "), all(scopes))
        }
    }
}

/// The sentences of a bank beside the project; `None` where they are missing.
fn sentences(bank: &str) -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("../shared/data/language").join(bank);
    let sentences = fs::read_to_string(&path).ok();
    if sentences.is_none() {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "{} is absent",
            path.display()
        );
        eprintln!("NOT CHECKED: {} is absent", path.display());
    }
    sentences
}

/// Compares what is understood of a bank with the list that is kept of it: a loss and an unrecorded
/// gain both fail. `UPDATE_EXPECT=1` writes the list anew.
fn check(code: &str, bank: &str) {
    let Some(sentences) = sentences(bank) else {
        return;
    };
    let mut text = String::new();
    for (number, line) in sentences.lines().enumerate().skip(1) {
        let sentence = line.splitn(3, '\t').nth(2).unwrap_or_default();
        text.push_str(&format!("{} {}\n", number + 1, understood(code, sentence)));
    }
    kept(bank, &text);
}

/// Compares what is understood of a bank with the list that is kept of it.
fn kept(bank: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank");
    let kept = folder.join(bank).with_extension("txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(&kept, text).unwrap();
    }
    let known = fs::read_to_string(&kept).unwrap();
    for (old, new) in known.lines().zip(text.lines()) {
        assert_eq!(old, new, "{bank}");
    }
    assert_eq!(known.lines().count(), text.lines().count(), "{bank}");
}

#[test]
fn kazakh_sentences_are_understood() {
    check("kk", "kk_amending.tsv");
}

#[test]
fn russian_sentences_are_understood() {
    check("ru", "ru_amending.tsv");
    check("ru", "ru_2026_sample.tsv");
}

/// Sentences that stand in both languages say the same, names and forms apart.
#[test]
fn paired_sentences_say_the_same() {
    let Some(sentences) = sentences("pairs_kk_ru.tsv") else {
        return;
    };
    let mut kazakh: Option<(&str, String)> = None;
    let mut text = String::new();
    for line in sentences.lines().skip(1) {
        let mut cells = line.split('\t');
        let (code, source) = (cells.next().unwrap(), cells.next().unwrap());
        let name = source.split(' ').next().unwrap();
        let found = understood(code, cells.next().unwrap_or_default());
        match (code, kazakh.take()) {
            ("kk", _) => kazakh = Some((name, found)),
            (_, Some((pair, kk))) if pair == name => match kk == found {
                true => text.push_str(&format!("{name} {kk}\n")),
                false => text.push_str(&format!("{name} {kk} | {found}\n")),
            },
            _ => {}
        }
    }
    kept("pairs_kk_ru.tsv", &text);
}
