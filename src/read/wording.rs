//! The new wordings that follow the clauses of an amending act: where each ends, what its own
//! quotation marks are, and which unit each paragraph belongs to.

use std::ops::Range;

use super::line::Line;
use super::token::Kind as TokenKind;
use crate::act::Kind;
use crate::fold::is_dash;
use crate::lang::{self, Language};
use crate::unit::{Num, Unit};

/// A paragraph or row of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its line.
    pub line: usize,
    /// Its bytes in the text of the line.
    pub range: Range<usize>,
    /// Its words; cells parted by tabs.
    pub text: String,
    /// Whether it is a row of a table.
    pub row: bool,
}

/// What is odd about a wording, and where: a line, and a byte in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odd {
    /// What.
    pub what: Oddity,
    /// Its line.
    pub line: usize,
    /// The byte.
    pub at: usize,
}

impl Odd {
    fn at_start(what: Oddity, piece: &Piece) -> Odd {
        Odd {
            what,
            line: piece.line,
            at: piece.range.start,
        }
    }
}

/// What can be odd about a wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// The mark that should close it is missing.
    Unclosed,
    /// One mark serves the wording and a name inside it.
    Merged,
    /// It is opened with the mark that closes.
    Reversed,
    /// A paragraph is broken in the middle of a sentence.
    Broken,
}

/// How the marks of a wording stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// «
    pub opening: usize,
    /// »
    pub closing: usize,
    /// "
    pub straight: usize,
}

impl Marks {
    /// Counts the marks of a text.
    pub fn count(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '«' | '“' | '„' | '‹' => self.opening += 1,
                '»' | '”' | '›' => self.closing += 1,
                '"' | '″' => self.straight += 1,
                _ => {}
            }
        }
    }

    /// Whether every mark that was opened is closed.
    pub fn balanced(self) -> bool {
        match self.straight {
            0 => self.closing >= self.opening,
            _ => {
                let all = self.straight + self.closing + self.opening;
                self.straight.is_multiple_of(2) || all.is_multiple_of(2)
            }
        }
    }
}

/// Whether a text ends a quotation: a mark, and perhaps a full stop, a comma or a semicolon.
pub fn is_closed(text: &str) -> bool {
    trimmed(text).ends_with(is_quote)
}

/// Whether a text starts with a quotation mark.
pub fn is_opened(text: &str) -> bool {
    text.trim_start().starts_with(is_quote)
}

pub fn is_quote(letter: char) -> bool {
    "\"«»“”„‹›″".contains(letter)
}

/// Where a line closes a wording and goes on with an instruction: the byte after the marks.
pub fn glued(line: &Line, from: usize) -> Vec<usize> {
    let tokens = line.tokens();
    tokens
        .windows(3)
        .enumerate()
        .filter(|(_, it)| it[0].range.start >= from && it[0].is_quote())
        .filter(|(_, it)| {
            let begins = matches!(it[2].kind, TokenKind::Number(..) | TokenKind::Word(_));
            (it[1].is(';') || it[1].is('.')) && begins
        })
        .map(|(at, _)| tokens[at + 2].range.start)
        .collect()
}

/// Takes the quotation marks of a wording off its first and last piece, and says what is odd.
pub fn unquote(pieces: &mut Vec<Piece>, oddities: &mut Vec<Odd>) {
    unframe(pieces);
    let opened = pieces.len() > 1 && pieces.first().is_some_and(|it| is_mark(&it.text));
    if opened {
        let mark = pieces.remove(0);
        reversed(&mark, oddities);
    }
    let lone = pieces.len() > 1 && pieces.last().is_some_and(|it| is_mark(&it.text));
    if lone {
        pieces.pop();
    }
    let mut marks = Marks::default();
    for piece in pieces.iter() {
        marks.count(&piece.text);
    }
    let mut taken = None;
    if let Some(last) = pieces
        .last_mut()
        .filter(|last| !lone && is_closed(&last.text))
    {
        let bare = trimmed(&last.text);
        let mark = bare.chars().next_back().unwrap_or('"');
        // Behind a mark that stands alone, the last one may close a name.
        let surplus = match is_straight(mark) {
            true => marks.straight % 2 == 1,
            false => marks.closing > marks.opening,
        };
        if !opened || surplus {
            last.text = bare[..bare.len() - mark.len_utf8()].trim_end().to_string();
            taken = Some(mark);
            match is_straight(mark) {
                true => marks.straight -= 1,
                false => marks.closing = marks.closing.saturating_sub(1),
            }
        }
    }
    if let Some(first) = pieces
        .first_mut()
        .filter(|first| !opened && is_opened(&first.text))
    {
        let text = first.text.trim_start();
        let mark = text.chars().next().unwrap_or('"');
        let inner = &text[mark.len_utf8()..];
        let (own, shared) = match is_straight(mark) {
            // An even number of marks is left: one of them serves a name as well. It is the last
            // one where the next mark opens a name, else the first.
            true => match marks.straight % 2 {
                1 => (true, false),
                _ => (next_opens(inner), next_opens(inner)),
            },
            false if is_closing(mark) => (true, false),
            false => (
                marks.opening > marks.closing,
                marks.opening > marks.closing + 1,
            ),
        };
        let bare = inner.trim_start().to_string();
        if own {
            reversed(first, oddities);
            first.text = bare;
        }
        if !own || shared {
            oddities.push(Odd::at_start(Oddity::Merged, first));
        }
        if let (true, Some(mark), Some(last)) = (own && shared, taken, pieces.last_mut()) {
            last.text.push(mark);
        }
    }
    if let (false, None, Some(last)) = (lone, taken, pieces.last()) {
        oddities.push(Odd {
            what: Oddity::Unclosed,
            line: last.line,
            at: last.range.end,
        });
    }
    pieces.retain(|piece| !piece.text.trim().is_empty());
}

/// Quotation marks in cells of their own, the first and the last of a table, are no cells of its rows:
/// they join the words beside them.
fn unframe(pieces: &mut [Piece]) {
    let Some(last) = pieces.len().checked_sub(1) else {
        return;
    };
    let alone = |cell: &str| cell.trim().is_empty() || is_mark(cell);
    let before = |it: &Piece| it.row && it.text.split_once('\t').is_some_and(|it| alone(it.0));
    if pieces.iter().all(before) && is_opened(&pieces[0].text) {
        for piece in pieces.iter_mut() {
            piece.text = piece
                .text
                .replacen('\t', "", 1)
                .trim_start_matches(' ')
                .to_string();
        }
    }
    let behind = |it: &Piece| it.row && it.text.rsplit_once('\t').is_some_and(|it| alone(it.1));
    if pieces.iter().all(behind) && is_closed(&pieces[last].text) {
        for piece in pieces.iter_mut() {
            if let Some((cells, mark)) = piece.text.rsplit_once('\t') {
                piece.text = format!("{cells}{}", mark.trim());
            }
        }
    }
}

/// Whether a text is a quotation mark and nothing else.
fn is_mark(text: &str) -> bool {
    let mut letters = trimmed(text).trim_start().chars();
    letters.next().is_some_and(is_quote) && letters.next().is_none()
}

fn trimmed(text: &str) -> &str {
    text.trim_end()
        .trim_end_matches([';', '.', ',', ':'])
        .trim_end()
}

fn is_straight(mark: char) -> bool {
    matches!(mark, '"' | '″')
}

fn is_closing(mark: char) -> bool {
    matches!(mark, '»' | '”' | '›')
}

fn reversed(piece: &Piece, oddities: &mut Vec<Odd>) {
    if piece.text.trim_start().starts_with(is_closing) {
        oddities.push(Odd::at_start(Oddity::Reversed, piece));
    }
}

/// Whether the next straight mark of a text opens a quotation.
fn next_opens(text: &str) -> bool {
    let Some(at) = text.find(is_straight) else {
        return false;
    };
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().nth(1);
    before.is_some_and(|it| it.is_whitespace() || it == '(')
        && after.is_some_and(|it| !it.is_whitespace())
}

/// Joins paragraphs that are broken in the middle of a sentence.
pub fn rejoin(pieces: &mut Vec<Piece>, language: &Language, oddities: &mut Vec<Odd>) {
    let mut at = 1;
    while at < pieces.len() {
        let (first, second) = (&pieces[at - 1], &pieces[at]);
        let open = !first.row
            && !second.row
            // «… правил охраны труда, –» leads in its sanction.
            && !first.text.trim_end().ends_with(|last: char| {
                ".;:!?)-".contains(last) || is_dash(last) || is_quote(last)
            });
        let heading = language.unit_label(&first.text).is_some();
        let small = |piece: &Piece| {
            piece.text.trim_start().starts_with(char::is_lowercase)
                && lang::item_label(&piece.text).is_none()
        };
        // «15-1. Комитет / бастығы; / инспекторы.»: a line over its list, without a colon.
        let listed = lang::item_label(&first.text).is_some()
            && second.text.trim_end().ends_with(';')
            && pieces.get(at + 1).is_some_and(small);
        if open && small(second) && !heading && !listed {
            let more = pieces.remove(at);
            let joined = &mut pieces[at - 1];
            joined.text = format!("{} {}", joined.text.trim_end(), more.text.trim_start());
            oddities.push(Odd::at_start(Oddity::Broken, &more));
        } else {
            at += 1;
        }
    }
}

/// The pieces that belong to each of several numbered units: each starts with its own number.
pub fn by_number(
    pieces: &[Piece],
    labels: &[(Unit, &Num)],
    language: &Language,
) -> Option<Vec<Range<usize>>> {
    let mut starts = Vec::new();
    let mut from = 0;
    for (unit, num) in labels {
        let at = (from..pieces.len())
            .find(|at| number(&pieces[*at], *unit, language).as_ref() == Some(*num))?;
        starts.push(at);
        from = at + 1;
    }
    if starts.first() != Some(&0) {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([pieces.len()]);
    Some(
        starts
            .iter()
            .copied()
            .zip(ends)
            .map(|(start, end)| start..end)
            .collect(),
    )
}

/// The number that a piece bears.
pub fn number(piece: &Piece, unit: Unit, language: &Language) -> Option<Num> {
    let text = piece.text.trim_start().trim_start_matches(is_quote);
    if piece.row {
        let cells = text.split('\t').map(str::trim);
        let mut filled = cells.skip_while(|cell| cell.is_empty());
        return lang::row_number(filled.next()?);
    }
    // A row of a classified table: «005 За счет внутренних займов».
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if unit == Unit::Row && digits > 0 && text[digits..].starts_with(' ') {
        return Some(Num(text[..digits].into()));
    }
    let own = |unit: Unit, label: &lang::Label| label.unit == unit || unit == Unit::Heading;
    let named = language.unit_label(text).filter(|label| own(unit, label));
    let label = named.or_else(|| match unit {
        Unit::Article | Unit::Heading => None,
        _ => lang::item_label(text),
    })?;
    label.num
}

/// Whether a line is the rule of a Markdown table.
pub fn is_rule(line: &Line, source: &str) -> bool {
    let words = source[line.source.clone()].trim();
    let mark = |byte: u8| b"- \t|:".contains(&byte);
    line.kind == Kind::Markup && words.contains("--") && words.bytes().all(mark)
}
