//! Finding the words that an operation names, and where others come beside them.

use std::ops::Range;

use super::seam::{hugs_left, is_space};
use crate::fold::Folded;
use crate::refine::{self, Change, Segment};

/// Every place, in bytes of `text`, where the words stand. Quotes, spaces and look-alike letters
/// are folded; case is not; no run of letters or figures is cut.
pub fn find(text: &str, words: &str) -> Vec<Range<usize>> {
    find_folded(text, &Folded::new(text), words)
}

/// As [`find`], for a text that is folded already.
pub fn find_folded(text: &str, folded: &Folded, words: &str) -> Vec<Range<usize>> {
    let wanted = crate::fold::key(words);
    let mut found = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    let mut from = 0;
    while let Some(at) = folded.key()[from..].find(&wanted) {
        let key = from + at..from + at + wanted.len();
        let range = folded.source(key.clone());
        if !cuts(
            &text[..range.start],
            &text[range.clone()],
            &text[range.end..],
        ) {
            from = key.end;
            found.push(range);
        } else {
            let first = folded.key()[key.start..].chars().next();
            from = key.start + first.map_or(1, char::len_utf8);
        }
    }
    found
}

/// Whether taking `words` out of `before words after` would cut a run of letters or figures.
/// `14` is cut out of `140`, `14-1`, `14,5`; `357-2` is whole in `357-2-баптарында`.
fn cuts(before: &str, words: &str, after: &str) -> bool {
    let (Some(first), Some(last)) = (words.chars().next(), words.chars().next_back()) else {
        return true;
    };
    let joined = |outer: Option<char>, inner: char| {
        outer.is_some_and(|outer| {
            outer.is_alphabetic() && inner.is_alphabetic()
                || outer.is_ascii_digit() && inner.is_ascii_digit()
        })
    };
    let mark = |letter: char| matches!(letter, '-' | ',' | '.');
    let mut left = before.chars().rev();
    let mut right = after.chars();
    let (next_left, next_right) = (left.next(), right.next());
    joined(next_left, first)
        || joined(next_right, last)
        || first.is_ascii_digit()
            && next_left.is_some_and(mark)
            && left.next().is_some_and(|letter| letter.is_ascii_digit())
        || last.is_ascii_digit()
            && next_right.is_some_and(mark)
            && right.next().is_some_and(|letter| letter.is_ascii_digit())
}

/// Where new words come beside others, and with which spaces.
pub fn beside(text: &str, range: Range<usize>, before: bool, new: &str) -> (usize, String) {
    let new = new.trim();
    if before {
        let gap = if text[range.start..].starts_with(is_space) {
            ""
        } else {
            " "
        };
        return (range.start, format!("{new}{gap}"));
    }
    let gap = if hugs_left(new) || range.end == 0 {
        ""
    } else {
        " "
    };
    let tail = match text[range.end..].chars().next() {
        Some(next) if next.is_alphanumeric() => " ",
        _ => "",
    };
    (range.end, format!("{gap}{new}{tail}"))
}

/// Where words come at the end of a text: before its closing `.` or `;`.
pub fn end(text: &str, new: &str) -> (usize, String) {
    let body = text.trim_end();
    let at = match body.ends_with(['.', ';']) {
        true => body.len() - 1,
        false => body.len(),
    };
    let new = new.trim();
    let gap = match hugs_left(new) || text[..at].trim().is_empty() {
        true => "",
        false => " ",
    };
    (at, format!("{gap}{new}"))
}

/// What differs between words that were looked for and a passage, for a message.
pub fn compared(words: &str, passage: &str) -> String {
    let marked = |segment: Segment| match segment.change {
        Change::Same | Change::Typographic => segment.new.to_string(),
        Change::Deleted => format!("[-{}-]", segment.old),
        Change::Inserted => format!("{{+{}+}}", segment.new),
    };
    refine::words(words, passage)
        .into_iter()
        .map(marked)
        .collect()
}

/// The passage of `text` nearest to words that do not stand in it, for a message: the longest
/// stretch of the words' own words, wherever it stands; `None` where not two of them do.
pub fn nearest(text: &str, words: &str) -> Option<String> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    if let Some(found) = find(&text.to_lowercase(), &words.to_lowercase()).first() {
        return text.get(found.clone()).map(str::to_string);
    }
    for length in (1..parts.len()).rev() {
        for start in 0..=parts.len() - length {
            let stretch = parts[start..start + length].join(" ");
            if let Some(found) = find(text, &stretch).first() {
                let from = text[..found.start]
                    .rsplit(' ')
                    .take(3)
                    .map(|it| it.len() + 1)
                    .sum::<usize>();
                let from = found.start.saturating_sub(from);
                let rest = &text[found.end..];
                let to = rest
                    .split_inclusive(' ')
                    .take(4)
                    .map(str::len)
                    .sum::<usize>();
                return text
                    .get(from..found.end + to)
                    .map(|it| it.trim().to_string());
            }
        }
    }
    None
}
