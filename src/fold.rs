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
/// Letters are read by the word they stand in, so what is compared should start and end at whole words.
#[derive(Clone, Debug)]
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
    /// What was dropped is covered inside the range and left out at its edges; only the space before a mark,
    /// as in `орта , техникалық`, goes with the mark.
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
            // The space before a mark is a slip.
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

/// The key of a text in lower case.
pub(crate) fn small_key(text: &str) -> String {
    own_key(text).unwrap_or_else(|| key(text).to_lowercase())
}

/// The key in lower case of a text that needs no folding: Cyrillic letters, figures and marks, one
/// space between words. Most lines are such.
fn own_key(text: &str) -> Option<String> {
    let text = text.trim_matches(' ');
    let mut key = String::with_capacity(text.len());
    let mut before = '\0';
    for c in text.chars() {
        let folds = match c {
            ' ' | ',' | ';' | '.' | ':' => before == ' ',
            '\'' => true,
            // In a Roman numeral they are Latin letters.
            '\u{406}' | '\u{425}' => true,
            '!'..='~' => c.is_ascii_alphabetic(),
            c => !is_cyrillic(c),
        };
        if folds {
            return None;
        }
        key.push(lower(c)?);
        before = c;
    }
    Some(key)
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

/// A letter, or a mark upon one.
pub(crate) fn is_of_word(c: char) -> bool {
    is_alphabetic(c) || is_combining_mark(c)
}

/// As `char::is_alphabetic`. Latin and Cyrillic go first: asking Unicode takes ten times as long.
pub(crate) fn is_alphabetic(c: char) -> bool {
    is_cyrillic(c) || c.is_alphabetic()
}

/// As `char::is_alphanumeric`, Cyrillic first.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_cyrillic(c) || c.is_alphanumeric()
}

/// Whether two letters are one but for their case.
pub(crate) fn is_same_letter(a: char, b: char) -> bool {
    match (lower(a), lower(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a.to_lowercase().eq(b.to_lowercase()),
    }
}

/// The first letter of a letter's lower case.
pub(crate) fn small(c: char) -> char {
    lower(c).or_else(|| c.to_lowercase().next()).unwrap_or(c)
}

/// The lower case of an ASCII or Cyrillic character, reckoned from its place in the alphabet; none
/// where Unicode must be asked.
fn lower(c: char) -> Option<char> {
    match c {
        '\0'..='\x7f' => Some(c.to_ascii_lowercase()),
        '\u{400}'..='\u{40f}' => char::from_u32(c as u32 + 0x50),
        '\u{410}'..='\u{42f}' => char::from_u32(c as u32 + 0x20),
        '\u{430}'..='\u{45f}' => Some(c),
        // Each letter stands before its small one.
        '\u{460}'..='\u{481}' | '\u{48a}'..='\u{4bf}' | '\u{4d0}'..='\u{52f}' => {
            char::from_u32(c as u32 | 1)
        }
        _ => None,
    }
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
fn is_invisible(c: char) -> bool {
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

/// Whether two words differ in their endings alone: «типовых», «типовые».
pub(crate) fn is_inflected(one: &str, other: &str) -> bool {
    let alike = |(a, b): &(char, char)| a == b && a.is_alphabetic();
    let stem = one.chars().zip(other.chars()).take_while(alike);
    let stem = stem.count();
    let ending = |word: &str| word.chars().count() - stem;
    let longest = ending(one).max(ending(other));
    stem >= 4 && longest <= 3 && stem >= longest + 2
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(key(text), expected, "{text:?}");
    }

    #[track_caller]
    fn check_source(text: &str, needle: &str, expected: &str) {
        let folded = Folded::new(text);
        let at = folded.key().find(needle).expect("the needle is in the key");
        assert_eq!(
            &text[folded.source(at..at + needle.len())],
            expected,
            "{text:?}"
        );
    }

    #[test]
    fn white_space_is_one_space() {
        check("  орта\u{a0}\u{202f}білім\t\r\nберу ", "орта білім беру");
        check(
            "орта , техникалық : екі ; үш .",
            "орта, техникалық: екі; үш.",
        );
        check("со\u{ad}з\u{200b}дер\u{feff}", "создер");
        check(" \u{ad} ", "");
        assert_eq!(Folded::new("\t сөз\u{a0}").key(), " сөз ");
    }

    #[test]
    fn quotes_are_one_kind() {
        check(
            "«НЗМ» “НЗМ” „НЗМ‟ ‹НЗМ› ″НЗМ″ ''НЗМ''",
            r#""НЗМ" "НЗМ" "НЗМ" "НЗМ" "НЗМ" "НЗМ""#,
        );
        check("'''", "\"'");
    }

    #[test]
    fn dashes_are_hyphens_but_between_figures() {
        check("2025 – 2029 — жыл − сөз", "2025 - 2029 - жыл - сөз");
        check(
            "63\u{2011}1, 63\u{2010}1, 106–бабының, ғылыми–әдістемелік",
            "63-1, 63-1, 106-бабының, ғылыми-әдістемелік",
        );
        check("63–1 63—1 63−1", "63–1 63—1 63−1");
    }

    #[test]
    fn lookalikes_take_the_script_of_their_word() {
        check("Iшкi iстер министрлiгi", "Ішкі істер министрлігі");
        check(
            "Yкiметі жəне Əділет hәм Hысан",
            "Үкіметі және Әділет һәм Нысан",
        );
        check("КAЗAКCТАН жëлтый", "КАЗАКСТАН жёлтый");
        check("WorldSkills PISA Talap i a", "WorldSkills PISA Talap i a");
        check("WorldSkillsке Talapта", "WorldSkillsке Talapта");
        check("№ 168-VІ ХХІ ІІІ-тарау", "№ 168-VI XXI III-тарау");
        check("ІС-ҚИМЫЛ IС", "ІС-ҚИМЫЛ ІС");
        check("1а 1a", "1а 1a");
    }

    #[test]
    fn letters_are_composed() {
        check("и\u{306} е\u{308} И\u{306}", "й ё Й");
        check("тари\u{ad}\u{306}х", "тарйх");
        check("сө\u{301}з", "сө\u{301}з");
    }

    #[test]
    fn places_lead_back_to_the_source() {
        check_source("Iшкi  iстер", "Ішкі істер", "Iшкi  iстер");
        check_source("Iшкi  iстер", "кі іс", "кi  iс");
        check_source("«мек\u{ad}теп\u{ad}» сөзі", "мектеп", "мек\u{ad}теп");
        check_source("ти\u{306}ын", "йы", "и\u{306}ы");
        check_source("орта , техникалық", "орта", "орта");
        check_source("орта , техникалық", ", т", " , т");
        check_source("''НЗМ'' ДБҰ", "\"НЗМ\" ", "''НЗМ'' ");
        let folded = Folded::new("\u{feff}«сөз»\u{ad}");
        assert_eq!(folded.source(0..folded.key().len()), 3..13);
        assert_eq!(folded.source(1..1), 5..5);
        assert_eq!(folded.source(8..8), 13..13);
        assert_eq!(Folded::new("").source(0..0), 0..0);
    }

    #[test]
    fn letters_are_told_as_unicode_tells_them() {
        for c in '\0'..='\u{ffff}' {
            assert!(
                lower(c).is_none_or(|lower| c.to_lowercase().eq([lower])),
                "{c:?}"
            );
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn typographic_texts_differ_in_bytes_alone() {
        assert!(typographic("«НЗМ»\u{a0}ДБҰ", "\"НЗМ\" ДБҰ"));
        assert!(!typographic("НЗМ", "НЗМ"));
        assert!(!typographic("63-1", "63–1"));
    }

    fn text() -> impl Strategy<Value = String> {
        let letters = prop::sample::select(vec![
            "б",
            "і",
            "i",
            "I",
            "Ы",
            "й",
            "и\u{306}",
            "ë",
            "V",
            "W",
            "7",
            "2",
            "\u{301}",
            "\u{ad}",
            "\u{200b}",
            " ",
            "\u{a0}",
            "\n",
            ",",
            ".",
            "«",
            "“",
            "'",
            "-",
            "–",
            "\u{2011}",
        ]);
        prop_oneof![
            prop::collection::vec(letters, 0..24).prop_map(|letters| letters.concat()),
            any::<String>()
        ]
    }

    proptest! {
        #[test]
        fn composition_makes_no_difference(text in text()) {
            prop_assert_eq!(key(&text.nfd().collect::<String>()), key(&text.nfc().collect::<String>()));
        }

        #[test]
        fn every_place_has_a_source(text in text()) {
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.key().trim_matches(' '), key(&text));
            prop_assert_eq!(small_key(&text), key(&text).to_lowercase());
            let mut end = 0;
            for (at, c) in folded.key().char_indices() {
                let source = folded.source(at..at + c.len_utf8());
                prop_assert!(text.get(source.clone()).is_some_and(|source| !source.is_empty()));
                prop_assert!(source.end >= end);
                end = source.end;
            }
        }

        #[test]
        fn a_small_key_is_the_key_in_lower_case(text in "[А-яІіҢң1. ,:\"'-]{0,12}") {
            prop_assert_eq!(small_key(&text), key(&text).to_lowercase());
        }

        #[test]
        fn a_plain_text_is_its_own_key(text in "[а-яә ]{0,9}[0-9]{0,3}\"\\(") {
            let folded = Folded::new(&text);
            for (at, _) in folded.key().char_indices().filter(|_| !text.contains("  ")) {
                prop_assert_eq!(folded.source(at..folded.key().len()), at..text.len());
            }
        }
    }
}
