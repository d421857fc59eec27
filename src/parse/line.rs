//! What a line of an act looks like by itself.

use std::borrow::Cow;
use std::ops::Range;

use crate::lang::{self, Label, Language};
use crate::unit::{Num, Unit};

/// A block that stands in the act, and what its line looks like by itself.
pub struct Line<'a> {
    /// Its block.
    pub block: usize,
    /// Its words.
    pub shown: Cow<'a, str>,
    /// What it looks like.
    pub look: Look,
    /// Its last letter; none where it has no words.
    pub last: Option<char>,
    /// Whether it ends with a mark that ends a sentence or a clause, quotes and brackets aside.
    pub ended: bool,
    /// Whether an empty line comes after it.
    pub gap: bool,
}

/// What a line looks like.
pub enum Look {
    /// A line of the title.
    Title,
    /// The form, date and number of the act.
    Requisite,
    /// A line of a contents list: its block, with the marks of a fence that stand beside it.
    Contents(Range<usize>),
    /// A note of the publisher, with the unit that it speaks of.
    Remark(Option<Unit>),
    /// A line over an approved document, with the number that it gives it, and whether it says that
    /// it is an annex of the document before.
    Stamp(Option<Num>, bool),
    /// A note that belongs to the act.
    Note,
    /// The words of a note whose first line is its name.
    NoteText,
    /// The rest of a paragraph that is broken into lines inside a fence.
    Wrapped,
    /// The caption of a table or a picture.
    Caption,
    /// `5-бап. …`, `1-тарау. …`; the level of its heading mark, 0 where it has none.
    Unit(Label, u8),
    /// A heading that names no unit, with its level.
    Heading(Option<Label>, u8),
    /// `1.`
    Paragraph(Label),
    /// `1)`
    Point(Label),
    /// A row of a table.
    Row,
    /// The end or the beginning of a table, with whether it begins.
    TableEdge(bool),
    /// A line of a signature.
    Signature,
    /// Any other words.
    Text,
}

/// The level of a heading that has no mark and no number.
pub const BARE: u8 = 9;

/// A look whose label was found in a line without the white space before it.
pub fn shifted(mut look: Look, lead: usize) -> Look {
    if let Look::Unit(label, _)
    | Look::Heading(Some(label), _)
    | Look::Paragraph(label)
    | Look::Point(label) = &mut look
    {
        label.range = label.range.start + lead..label.range.end + lead;
        label.rest += lead;
    }
    look
}

/// What a line looks like that is marked as a heading of a level.
pub fn heading(words: &str, level: u8, language: &Language) -> Look {
    if language.is_remark(words) {
        return Look::Remark(None);
    }
    match language.unit_label(words) {
        Some(label) => Look::Unit(label, level),
        None => Look::Heading(
            lang::item_label(words).filter(|label| label.unit == Unit::Paragraph),
            level,
        ),
    }
}

/// What a line of text looks like; whether it is emphasised tells some headings.
pub fn paragraph(words: &str, emphasised: bool, language: &Language) -> Look {
    // Remarks and notes begin with a word, most lines with a number.
    let named = !words.starts_with(|first: char| first.is_ascii_digit());
    if named && language.is_remark(words) {
        return Look::Remark(remark_unit(words, language));
    }
    if named && language.is_note(words) {
        return Look::Note;
    }
    if language.is_caption(words) {
        return Look::Caption;
    }
    if language.is_requisite(words) {
        return Look::Requisite;
    }
    if let Some(label) = language.unit_label(words)
        && (words[label.range.clone()].ends_with(['.', ':']) || label.rest >= words.len())
    {
        return Look::Unit(label, 0);
    }
    match lang::item_label(words) {
        Some(label) if language.cites(&words[label.rest..]) => Look::Text,
        Some(label) if label.unit == Unit::Point => Look::Point(label),
        Some(label) => Look::Paragraph(label),
        None if language.is_signature(words) => Look::Signature,
        None if emphasised && !ends_sentence(words) => Look::Heading(None, BARE),
        None => Look::Text,
    }
}

/// «3-бапқа өзгеріс енгізілді»: the note of an article stands after all of the article.
pub fn remark_unit(words: &str, language: &Language) -> Option<Unit> {
    let mut from = 0;
    for word in words.split_whitespace().take(6) {
        from = words[from..].find(word).map_or(from, |at| from + at);
        if let Some(label) = language.unit_prefix(&words[from..]) {
            return Some(label);
        }
        from += word.len();
    }
    None
}

/// Whether words end with a mark that ends a sentence or a clause, quotes and brackets aside.
pub fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '"' | '»' | '”' | '*' | ')')
        })
        .ends_with(['.', ';', ':', ',', '!', '?'])
}

/// Whether a paragraph starts a part, given the last letter of the one before it.
pub fn starts_part(words: &str, before: char) -> bool {
    let first = words
        .trim_start()
        .trim_start_matches(|letter: char| "\"«“„‘(".contains(letter))
        .chars()
        .next();
    match first {
        Some(letter) if letter.is_alphabetic() => letter.is_uppercase(),
        _ => !matches!(before, ':' | ';'),
    }
}
