//! Comparison keys: what two spellings of the same words have in common.
//!
//! Folding happens only while comparing; what is shown is what was published.
//!
//! Published acts write one word in many ways: with a Latin letter for a Cyrillic one, with a no-break space, with a
//! soft hyphen, with quotes of another kind. Two texts with equal keys say the same thing.

use std::convert::identity;
use std::iter;
use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text folded for comparison, with the way back to its bytes.
///
/// White space at the ends is kept, as one space, so that every place in the text has one in the key.
pub struct Folded {
    key: String,
    /// For each byte of the key, the bytes of the source that its character stands for.
    /// They fit in 32 bits: no act has four gigabytes.
    sources: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Folded {
        let letters = letters(text);
        let mut folded = Folded {
            key: String::with_capacity(text.len()),
            sources: Vec::with_capacity(text.len()),
        };
        let mut rest = letters.as_slice();
        for run in letters.chunk_by(|a, b| is_of_word(a.c) && is_of_word(b.c)) {
            rest = &rest[run.len()..];
            let next = rest.first().map(|letter| letter.c);
            let spelling = spelling(run);
            for letter in run {
                let c = spelling(letter.c);
                // `63–1` may be a range, `63-1` is a number.
                let in_number = is_dash(c)
                    && folded.key.ends_with(char::is_numeric)
                    && next.is_some_and(char::is_numeric);
                folded.push(if in_number { c } else { plain(c) }, letter);
            }
        }
        folded
    }

    /// The folded text.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The bytes of the source that a range of bytes of the key stands for.
    ///
    /// What was dropped is covered inside the range and left out at its edges.
    /// An empty range is the place before the character that follows it.
    pub fn source(&self, key: Range<usize>) -> Range<usize> {
        let end = self.sources.last().map_or(0, |last| last.1);
        let from = self.sources.get(key.start).map_or(end, |source| source.0);
        let to = if key.is_empty() {
            from
        } else {
            self.sources.get(key.end - 1).map_or(end, |source| source.1)
        };
        from as usize..to as usize
    }

    /// Adds a character, in place of the one before where the two make one.
    fn push(&mut self, c: char, letter: &Letter) {
        let joined = match (self.key.chars().last(), c) {
            // `орта , техникалық` is a slip for `орта, техникалық`.
            (Some(' '), ' ' | ',' | ';' | '.' | ':') => Some(c),
            (Some('\''), '\'') => Some('"'),
            _ => None,
        };
        let before = joined.and_then(|_| {
            self.key.pop();
            self.sources.pop()
        });
        self.key.push(joined.unwrap_or(c));
        let from = before.map_or(letter.from, |source| source.0);
        self.sources.resize(self.key.len(), (from, letter.to));
    }
}

/// The key of a text, without white space at its ends.
pub fn key(text: &str) -> String {
    Folded::new(text).key.trim_matches(' ').to_owned()
}

/// Whether two texts differ in typography alone.
pub fn typographic(a: &str, b: &str) -> bool {
    a != b && key(a) == key(b)
}

/// A composed character and the bytes of the source it stands for.
struct Letter {
    c: char,
    from: u32,
    to: u32,
}

/// A letter, or a mark upon one. Latin and Cyrillic go first: asking Unicode takes ten times as long.
fn is_of_word(c: char) -> bool {
    is_cyrillic(c) || c.is_ascii_alphabetic() || c.is_alphabetic() || is_combining_mark(c)
}

pub(crate) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}')
}

/// Figure dash, en dash, em dash, bar and minus.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '\u{2012}'..='\u{2015}' | '\u{2212}')
}

/// White space as a space, quotes and dashes as a keyboard has them, all else as it is.
fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‹' | '›' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        c if is_dash(c) => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Soft hyphen, zero-width characters and direction marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// The visible characters of a text in canonical composition, `и` and a breve being `й`.
fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len() / 2);
    let mut chars = text
        .char_indices()
        .filter(|&(_, c)| !is_invisible(c))
        .peekable();
    while let Some((from, c)) = chars.next() {
        let from = from as u32;
        let mut to = from + c.len_utf8() as u32;
        if is_settled(c) && chars.peek().is_none_or(|&(_, next)| is_settled(next)) {
            letters.push(Letter { c, from, to });
            continue;
        }
        let mut cluster = String::from(c);
        while let Some((at, mark)) = chars.next_if(|&(_, next)| !is_settled(next)) {
            cluster.push(mark);
            to = (at + mark.len_utf8()) as u32;
        }
        letters.extend(cluster.nfc().map(|c| Letter { c, from, to }));
    }
    letters
}

/// Whether composition leaves a character as it is and never joins it to the one before.
fn is_settled(c: char) -> bool {
    c < '\u{300}'
        || is_cyrillic(c)
        || canonical_combining_class(c) == 0 && is_nfc_quick(iter::once(c)) == IsNormalized::Yes
}

/// How the letters of a word are read: `Iшкi` as Cyrillic, `VІ` as a Roman numeral, `WorldSkills` as written.
fn spelling(word: &[Letter]) -> fn(char) -> char {
    if word
        .iter()
        .all(|letter| matches!(roman(letter.c), 'I' | 'V' | 'X' | 'L'))
    {
        return roman;
    }
    let of = |kind: fn(char) -> bool| word.iter().filter(|letter| kind(letter.c)).count();
    let cyrillic = of(is_cyrillic);
    let latin = of(|c| c < '\u{300}');
    let explained = of(|c| cyrillic_lookalike(c) != c);
    if cyrillic > 0 && (latin == explained || latin <= cyrillic) {
        cyrillic_lookalike
    } else {
        identity
    }
}

/// The Latin letter a Roman numeral is written with, where a Cyrillic one looks the same.
pub(crate) fn roman(c: char) -> char {
    match c {
        '\u{406}' => 'I',
        '\u{425}' => 'X',
        c => c,
    }
}

/// The Cyrillic letter that a Latin one is typed for.
pub(crate) fn cyrillic_lookalike(c: char) -> char {
    match c {
        'A' => '\u{410}',
        'B' => '\u{412}',
        'C' => '\u{421}',
        'E' => '\u{415}',
        'H' => '\u{41d}',
        'I' => '\u{406}',
        'K' => '\u{41a}',
        'M' => '\u{41c}',
        'O' => '\u{41e}',
        'P' => '\u{420}',
        'T' => '\u{422}',
        'X' => '\u{425}',
        // Acts write it for the Kazakh letter, `Yкiметі`, and hardly ever for the Russian one.
        'Y' => '\u{4ae}',
        'a' => '\u{430}',
        'c' => '\u{441}',
        'e' => '\u{435}',
        'h' => '\u{4bb}',
        'i' => '\u{456}',
        'o' => '\u{43e}',
        'p' => '\u{440}',
        'x' => '\u{445}',
        'y' => '\u{443}',
        '\u{cb}' => '\u{401}',
        '\u{eb}' => '\u{451}',
        '\u{18f}' => '\u{4d8}',
        '\u{259}' => '\u{4d9}',
        c => c,
    }
}
