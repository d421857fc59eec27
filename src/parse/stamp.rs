//! The stamps over the documents that an act approves, and over its annexes.
//!
//! «Утверждены / приказом Министра / от 5 мая 2010 года № 400» begins with the word of approval;
//! «Үкіметінің / 2010 жылғы 5 мамырдағы / № 400 қаулысымен / бекітілген» ends with it.

use std::ops::Range;

use super::line::{Line, Look};
use crate::act::{Act, Kind};
use crate::fold;
use crate::lang::Language;
use crate::unit::Num;

/// The most lines that a stamp has behind its first one.
const LINES: usize = 6;
/// A line of more bytes is none of a stamp.
const LONG: usize = 200;

/// Finds the stamps: runs of quotation lines with a word of approval in them, and the short lines
/// after a signature that say by or to which act the next document belongs.
pub fn stamps(lines: &mut [Line], act: &Act) {
    let language = act.language;
    let mut signed = false;
    let mut begun = false;
    // The heading of the last document that is no annex of another one.
    let mut document: Option<String> = None;
    let mut from = 0;
    while from < lines.len() {
        let first = &lines[from];
        signed |= matches!(first.look, Look::Signature);
        begun |= matches!(first.look, Look::Heading(..) | Look::Unit(..) | Look::Title);
        let range = match matches!(act.blocks[first.block].kind, Kind::Quote) {
            true => {
                let quoted = |line: &&Line| {
                    matches!(act.blocks[line.block].kind, Kind::Quote) && is_text(line)
                };
                from..from + lines[from..].iter().take_while(quoted).count()
            }
            false if signed && is_text(first) => plain(lines, from, language),
            false => from..from,
        };
        let numbers: Vec<Option<Num>> = lines[range.clone()]
            .iter()
            .filter_map(|line| language.annex_number(&line.shown))
            .collect();
        // «Подлежит опубликованию» over the title says nothing of the act.
        if numbers.is_empty() && !range.is_empty() && !begun {
            lines[range.clone()]
                .iter_mut()
                .for_each(|line| line.look = Look::Remark(None));
        }
        let next = range.end.max(from + 1);
        if !numbers.is_empty() {
            let number = numbers.into_iter().flatten().next();
            let words: Vec<&str> = lines[range.clone()].iter().map(|it| &*it.shown).collect();
            let words = words.join(" ");
            let named = |heading: &String| names(&words, heading);
            let inner = number.is_some()
                && language.is_of_document(&words)
                && document.as_ref().is_none_or(named);
            if !inner {
                document = lines.get(range.end).map(|line| line.shown.to_string());
            }
            for line in &mut lines[range] {
                line.look = Look::Stamp(number.clone(), inner);
            }
        }
        from = next;
    }
}

/// Whether a stamp names a document by its heading: most of its words are there, in any case.
fn names(stamp: &str, heading: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|letter: char| !letter.is_alphabetic());
        let long = words.filter(|word| word.chars().count() > 3);
        long.map(str::to_lowercase).collect()
    };
    let (stamp, heading) = (words(stamp), words(heading));
    let said = |word: &&String| {
        stamp
            .iter()
            .any(|it| it == *word || fold::is_inflected(it, word))
    };
    heading.iter().filter(said).count() * 2 >= heading.len()
}

fn is_text(line: &Line) -> bool {
    matches!(line.look, Look::Text | Look::Requisite)
}

/// Whether a line may be one of a stamp. Those that name an office look like a signature.
fn is_part(line: &Line) -> bool {
    (is_text(line) || matches!(line.look, Look::Signature))
        && line.shown.len() < LONG
        && !line.ended
}

/// The lines of a stamp whose word of approval stands on this line; none where it has none.
fn plain(lines: &[Line], at: usize, language: &Language) -> Range<usize> {
    let first = &lines[at];
    if language.annex_number(&first.shown).is_none() {
        return at..at;
    }
    let whole = language.is_whole_stamp(&first.shown);
    match (first.ended, whole) {
        (true, false) => at..at,
        (_, true) => at..at + 1,
        (false, false) if language.ends_stamp(&first.shown) => begin(lines, at, language)..at + 1,
        (false, false) => at..end(lines, at),
    }
}

/// Where a stamp begins whose last line is known.
fn begin(lines: &[Line], last: usize, language: &Language) -> usize {
    let part = |it: &'_ Line| is_part(it).then_some((it.shown.to_string(), !it.gap));
    let mut first = last - lines_before(lines[..last].iter().rev().map(part), language);
    // What stands between the end of a sentence and a stamp is none of the text.
    let loose = |it: &&Line| is_text(it) && is_part(it);
    let loose = lines[..first].iter().rev().take_while(loose).count();
    let whole = first
        .checked_sub(loose + 1)
        .is_some_and(|at| lines[at].ended);
    if first < last && loose <= 2 && whole {
        first -= loose;
    }
    first
}

/// How many of the lines before the last one of a stamp belong to it, given from there backwards with
/// whether the next one follows without an empty line: those that do, those bound by their endings,
/// and the state over its organ. A line that can be none is `None`.
pub fn lines_before(
    lines: impl Iterator<Item = Option<(String, bool)>>,
    language: &Language,
) -> usize {
    let belongs = |(line, close): &(String, bool)| *close || language.is_bound(line);
    lines
        .take(LINES)
        .map_while(|line| line)
        .take_while(belongs)
        .count()
}

/// Where a stamp ends that begins on a line: with the number of the act, else with the last line that
/// follows without an empty one or goes on in small letters.
fn end(lines: &[Line], first: usize) -> usize {
    let rest = lines[first + 1..]
        .iter()
        .take(LINES)
        .take_while(|line| is_part(line));
    let numbered = |line: &Line| line.shown.contains('№');
    if numbered(&lines[first]) {
        return first + 1;
    }
    if let Some(at) = rest.clone().position(numbered) {
        return first + at + 2;
    }
    let small = |line: &Line| line.shown.trim_start().starts_with(char::is_lowercase);
    let goes_on = |pair: &&[Line]| is_part(&pair[1]) && (!pair[0].gap || small(&pair[1]));
    first
        + 1
        + lines[first..]
            .windows(2)
            .take(LINES)
            .take_while(goes_on)
            .count()
}
