//! Languages as tables. All words of Kazakh and Russian stand in [`kk`] and [`ru`]; what is done
//! with them stands here and knows no word.

pub mod alphabet;
pub mod drafting;
pub mod kk;
pub mod ru;

use std::ops::Range;

use crate::fold;
use crate::unit::{Num, Unit};

/// The words of one language that the engine needs to read and to mark an act.
#[derive(Debug)]
pub struct Language {
    /// Two letters (ISO 639-1), as in front matter.
    pub code: &'static str,
    /// How numbers of units are written at the start of a line: what stands before and after the
    /// number. A space stands for any white space, a hyphen for any dash with or without spaces.
    pub labels: &'static [(Unit, &'static str, &'static str)],
    /// First words of a row across a plan that states an indicator.
    pub indicators: &'static [&'static str],
    /// Lines that open a contents list.
    pub contents: &'static [&'static str],
    /// First words of a note that belongs to the act.
    pub notes: &'static [&'static str],
    /// First words of a note by the publisher of a consolidated text.
    pub remarks: &'static [&'static str],
    /// Words in the stamp over an approved document.
    pub stamps: &'static [&'static str],
    /// The state, as a line of its own over an organ of it.
    pub state: &'static str,
    /// How the lines of a stamp end that stand before such a word; none where they stand after it.
    pub bound: &'static [&'static str],
    /// How a stamp numbers an annex; as [`Language::labels`].
    pub annexes: &'static [(&'static str, &'static str)],
    /// Last or first words of the title of a document that an act approves.
    pub documents: &'static [&'static str],
    /// How captions over tables and under pictures are numbered; as [`Language::annexes`].
    pub captions: &'static [(&'static str, &'static str)],
    /// Words after a number with a bracket that make it a citation: «5) тармақша мынадай …».
    pub citing: &'static [&'static str],
    /// Words between two numbers with brackets: «7) және 10) тармақшалар».
    pub joining: &'static [&'static str],
    /// Forms of acts, as the first or last word of the line with date and number.
    pub forms: &'static [&'static str],
    /// Words in the title of a code, where `1.` inside an article is a part.
    pub codes: &'static [&'static str],
    /// Words that end a line of a signature.
    pub offices: &'static [&'static str],
    /// Abbreviations whose full stop ends no sentence.
    pub abbreviations: &'static [&'static str],
    /// What stands at the number of a unit that was struck («алып тасталды») and of one that was
    /// repealed («күші жойылды»), for the units where the form differs; the last row, of
    /// [`Unit::Act`], is for all others.
    pub marks: &'static [(Unit, &'static str, &'static str)],
    /// The line over an output made from a scaffold.
    pub scaffold: &'static str,
    /// The line over a text of which only a part of the operations could be applied, before their
    /// number.
    pub partial: &'static str,
    /// The line that names the date of the text, before the date.
    pub as_of: &'static str,
    /// The words of amending acts, where the engine can read them.
    pub drafting: Option<&'static drafting::Drafting>,
    /// What a screen reader says before inserted words.
    pub inserted: &'static str,
    /// What a screen reader says before deleted words.
    pub deleted: &'static str,
}

/// A number at the start of a line, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The unit that it numbers.
    pub unit: Unit,
    /// The number.
    pub num: Option<Num>,
    /// The label without white space around it, in bytes of the line.
    pub range: Range<usize>,
    /// Where the words after it start.
    pub rest: usize,
}

/// Every language.
pub const ALL: [&Language; 2] = [&kk::KAZAKH, &ru::RUSSIAN];

/// The language with a two-letter code.
pub fn by_code(code: &str) -> Option<&'static Language> {
    ALL.into_iter().find(|language| language.code == code)
}

/// The language of a text: Kazakh where one word in five has a letter that Russian lacks. In Kazakh
/// acts it is every second word and more; Russian ones have such words in names alone.
pub fn of(text: &str) -> &'static Language {
    let cyrillic = |word: &&str| word.chars().any(fold::is_cyrillic);
    let words = text.split_whitespace().filter(cyrillic).take(20_000);
    let (mut all, mut kazakh) = (0usize, 0usize);
    for word in words {
        all += 1;
        kazakh += usize::from(word.contains(kk::LETTERS));
    }
    match kazakh * 5 >= all {
        true => &kk::KAZAKH,
        false => &ru::RUSSIAN,
    }
}

impl Language {
    /// The label of a unit that names itself: `5-бап.`, `Глава 2.`, `1-бағыт.`
    pub fn unit_label(&self, line: &str) -> Option<Label> {
        let start = line.len() - line.trim_start().len();
        // Most labels begin with the number: it is looked for once.
        let first = bare_number_end(line, start);
        self.labels.iter().find_map(|&(unit, before, after)| {
            let (num, end) = match before {
                "" => number(line, start, first?, after)?,
                _ => numbered(line, start, before, after)?,
            };
            let end = match line[end..].chars().next() {
                Some('.' | ':') => end + 1,
                Some(letter) if letter.is_alphanumeric() => return None,
                _ => end,
            };
            // `1-бап .`, as old editions print it.
            let spaced = line[end..].trim_start();
            let end = match spaced.starts_with('.') && !line[..end].ends_with('.') {
                true => line.len() - spaced.len() + 1,
                false => end,
            };
            let rest = line.len() - line[end..].trim_start().len();
            Some(Label {
                unit,
                num: Some(num),
                range: start..end,
                rest,
            })
        })
    }

    /// The unit that a line names first, whatever follows: «3-бапқа өзгеріс енгізілді».
    pub fn unit_prefix(&self, line: &str) -> Option<Unit> {
        self.labels
            .iter()
            .find(|(_, before, after)| numbered(line, 0, before, after).is_some())
            .map(|(unit, ..)| *unit)
    }

    /// Whether a row across a table names an indicator without a number.
    pub fn is_indicator(&self, line: &str) -> bool {
        starts_with_any(line, self.indicators)
    }

    /// The number that a stamp gives to an annex: `Some(None)` where it gives none.
    pub fn annex_number(&self, stamp: &str) -> Option<Option<Num>> {
        for &(before, after) in self.annexes {
            let mut from = 0;
            while from < stamp.len() {
                if let Some((num, end)) = numbered(stamp, from, before, after)
                    && !stamp[end..].starts_with(char::is_alphanumeric)
                {
                    return Some(Some(num));
                }
                from = next_word(stamp, from);
            }
        }
        has_any(stamp, self.stamps).then_some(None)
    }

    /// Whether the word of a stamp is the last one of a line, where such words end a stamp.
    pub fn ends_stamp(&self, line: &str) -> bool {
        let key = fold::small_key(line);
        let mut words = key.split(|letter: char| !letter.is_alphabetic());
        let last = words.rfind(|word| !word.is_empty()).unwrap_or_default();
        !self.bound.is_empty() && self.stamps.iter().any(|stamp| last.starts_with(stamp))
    }

    /// Whether a line is bound to the next one of a stamp: by its ending, or as the state over its organ.
    pub fn is_bound(&self, line: &str) -> bool {
        let key = fold::small_key(line);
        let last = key.trim_end_matches(|letter: char| !letter.is_alphabetic());
        last.trim() == self.state || self.bound.iter().any(|ending| last.ends_with(ending))
    }

    /// Whether a line begins or ends as a stamp does.
    pub fn is_stamp(&self, line: &str) -> bool {
        let key = fold::small_key(line);
        let mut words = key
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|word| !word.is_empty());
        let ends = [words.next(), words.next_back()];
        let stamp = |word: &str| self.stamps.iter().any(|stamp| word.starts_with(stamp));
        ends.into_iter().flatten().any(stamp)
    }

    /// Whether a line approves a document and says of which act it is an annex, all in one.
    pub fn is_whole_stamp(&self, line: &str) -> bool {
        let key = fold::small_key(line);
        self.stamps
            .iter()
            .filter(|word| key.contains(*word))
            .count()
            > 1
    }

    /// Whether a stamp says that the annex belongs to an approved document, «қағидаларына 1-қосымша», not
    /// to the act.
    pub fn is_of_document(&self, stamp: &str) -> bool {
        let key = fold::small_key(stamp);
        let words: Vec<&str> = key.split(|letter: char| !letter.is_alphabetic()).collect();
        let one_of =
            |word: &&str, list: &[&str]| list.iter().any(|it| fold::is_inflected(word, it));
        let owner = |word: &&&str| one_of(word, self.documents) || one_of(word, self.forms);
        let owner = match self.bound.is_empty() {
            true => words.iter().find(owner),
            false => words.iter().rfind(owner),
        };
        owner.is_some_and(|word| !one_of(word, self.forms))
    }

    /// Whether a line is the caption of a table or a picture.
    pub fn is_caption(&self, line: &str) -> bool {
        let start = line.len() - line.trim_start().len();
        let first = bare_number_end(line, start);
        self.captions.iter().any(|&(before, after)| {
            let found = match before {
                "" => first.and_then(|end| number(line, start, end, after)),
                _ => numbered(line, start, before, after),
            };
            found.is_some_and(|(_, end)| !line[end..].starts_with(char::is_alphanumeric))
        })
    }

    /// Whether the words after a number cite the unit instead of being it.
    pub fn cites(&self, words: &str) -> bool {
        let words = words.trim_start();
        let (noun, more) = words.split_once(' ').unwrap_or((words, ""));
        let number = || item_label(more).is_some();
        !more.is_empty() && starts_with_any(noun, self.citing)
            || starts_with_any(noun, self.joining) && number()
            || words.starts_with(['-', '–', '—', ','])
    }

    /// Whether a line gives the form, the date and the number of the act.
    pub fn is_requisite(&self, line: &str) -> bool {
        if line.len() > LONG || !line.contains('№') {
            return false;
        }
        let key = fold::small_key(line);
        let mut words = key.split(' ');
        let first = words.next();
        let last = words.next_back().map(|word| word.trim_end_matches('.'));
        [first, last]
            .into_iter()
            .flatten()
            .any(|word| self.forms.contains(&word))
    }

    /// Whether a line is a note of the act.
    pub fn is_note(&self, line: &str) -> bool {
        starts_with_any(line, self.notes)
    }

    /// Whether a line is a note of the publisher.
    pub fn is_remark(&self, line: &str) -> bool {
        let line = line.trim_start_matches(|letter| !fold::is_alphanumeric(letter));
        starts_with_any(line, self.remarks) || self.is_ours(line)
    }

    /// Whether a line is one that we set over a text: scaffold, partial, day.
    pub fn is_ours(&self, line: &str) -> bool {
        let ours = [self.scaffold, self.partial, self.as_of];
        let line = line.trim_start();
        ours.into_iter().any(|words| starts_with(line, words))
    }

    /// Whether a line opens a contents list.
    pub fn is_contents(&self, line: &str) -> bool {
        let line = line.trim_start_matches(|letter| !fold::is_alphanumeric(letter));
        self.contents.iter().any(|word| {
            eat(line, 0, word).is_some_and(|end| !line[end..].contains(fold::is_alphanumeric))
        })
    }

    /// Whether a heading is the title of an approved document.
    pub fn is_document(&self, heading: &str) -> bool {
        let key = fold::small_key(heading);
        let mut words = key
            .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
            .filter(|word| !word.is_empty());
        let first = words.next();
        let last = words.next_back().or(first);
        [first, last]
            .into_iter()
            .flatten()
            .any(|word| self.documents.contains(&word))
    }

    /// Whether an act with this title is a code.
    pub fn is_code(&self, title: &str) -> bool {
        has_any(title, self.codes)
    }

    /// Whether a line belongs to a signature.
    pub fn is_signature(&self, line: &str) -> bool {
        if line.len() > LONG || line.trim_end().ends_with(['.', ';', ':', ',']) && !is_name(line) {
            return false;
        }
        let key = fold::small_key(line);
        let office = |place: fn(&str, &str) -> bool| {
            let mut offices = self.offices.iter();
            offices.any(|office| place(&key, office))
        };
        let words: Vec<&str> = line.split_whitespace().collect();
        let named = (1..=2)
            .any(|count| words.len() > count && is_name(&words[words.len() - count..].join(" ")));
        is_name(line)
            || office(|key, office| key.ends_with(office))
            || office(|key, office| key.starts_with(office)) && words.len() < 9
            || named && office(|key, office| key.contains(office))
    }

    /// What stands at the number of a struck or repealed unit.
    pub fn mark(&self, unit: Unit, repealed: bool) -> &'static str {
        self.marks
            .iter()
            .find(|(of, ..)| *of == unit || *of == Unit::Act)
            .map_or("", |(_, struck, void)| if repealed { void } else { struck })
    }

    /// Whether the words after a number say that the unit was struck or repealed.
    pub fn is_mark(&self, words: &str) -> bool {
        let key = fold::small_key(words);
        let key = key.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        self.marks
            .iter()
            .flat_map(|(_, struck, void)| [struck, void])
            .any(|mark| key.starts_with(&mark.to_lowercase()))
    }
}

/// Lines of more bytes are neither signatures nor requisites.
const LONG: usize = 240;

/// A line that is a person's name: initials and one word, in either order: `Н. НАЗАРБАЕВ`,
/// `Н.Рахимов`, `О. Бектенов`.
fn is_name(line: &str) -> bool {
    // Four are too many, however many come after them.
    let words: Vec<&str> = line.split_whitespace().take(4).collect();
    let starts = |word: &&str| word.starts_with(char::is_uppercase);
    let initialled = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.')
    };
    (1..=3).contains(&words.len())
        && words.iter().all(starts)
        && words.iter().any(initialled)
        && words.iter().any(|word| word.chars().count() > 2)
}

/// The label of a numbered paragraph or point: `1.`, `63-1.`, `2.1.`, `13-1)`, `ә)`.
pub fn item_label(line: &str) -> Option<Label> {
    let start = line.len() - line.trim_start().len();
    let line_rest = &line[start..];
    let mut end = digits_end(line_rest);
    let unit;
    if end == 0 {
        let letter = line_rest.chars().next()?;
        if !(letter.is_lowercase() && line_rest[letter.len_utf8()..].starts_with(')')) {
            return None;
        }
        end = letter.len_utf8() + 1;
        unit = Unit::Point;
    } else {
        unit = match line_rest.as_bytes().get(end) {
            Some(b')') => Unit::Point,
            Some(b'.') => Unit::Paragraph,
            _ => return None,
        };
        end += 1;
        // A second mark, as in `224-40.-`, or a decimal such as `1.5`, is no label.
        if line_rest[end..].starts_with(|next: char| next.is_ascii_digit() || "-–)".contains(next))
        {
            return None;
        }
    }
    let num = plain_number(&line_rest[..end - 1]);
    let range = start..start + end;
    let rest = line.len() - line[range.end..].trim_start().len();
    Some(Label {
        unit,
        num: Some(num),
        range,
        rest,
    })
}

/// How many bytes of digits, with single dashes or dots between them, a text starts with.
fn digits_end(text: &str) -> usize {
    let digits = |from: usize| {
        let bytes = text.as_bytes()[from..].iter();
        bytes.take_while(|byte| byte.is_ascii_digit()).count()
    };
    let joins = |next: &char| *next == '-' || *next == '.' || fold::is_dash(*next);
    let mut end = digits(0);
    while end > 0
        && let Some(joint) = text[end..].chars().next().filter(joins)
    {
        let start = end + joint.len_utf8();
        match digits(start) {
            0 => break,
            more => end = start + more,
        }
    }
    end
}

/// A number as it is kept: with hyphens.
fn plain_number(text: &str) -> Num {
    let hyphen = |letter| if fold::is_dash(letter) { '-' } else { letter };
    Num(text.chars().map(hyphen).collect())
}

/// The number of a row, as its first cell shows it: `63-1.`, `4`, `2)`.
pub fn row_number(cell: &str) -> Option<Num> {
    let cell = cell.trim();
    let end = digits_end(cell);
    let rest = cell[end..].trim();
    (end > 0 && matches!(rest, "" | "." | ")")).then(|| plain_number(&cell[..end]))
}

/// Reads `before`, a number, `after` at byte `start`; gives the number and the byte after all.
fn numbered(text: &str, start: usize, before: &str, after: &str) -> Option<(Num, usize)> {
    let at = eat(text, start, before)?;
    number(text, at, number_end(text, at)?, after)
}

/// Reads `after` behind a number that stands in bytes `start..end`. The number is made last: most
/// lines are no label, and this is asked of each for every form.
fn number(text: &str, start: usize, end: usize, after: &str) -> Option<(Num, usize)> {
    let rest = eat(text, end, after)?;
    let number = &text[start..end];
    let num = match number.starts_with(|first: char| first.is_ascii_digit()) {
        true => plain_number(number),
        false => Num(number.chars().map(fold::roman).collect()),
    };
    Some((num, rest))
}

/// Where the number at byte `start` ends: digits, or a Roman numeral that is a word of its own.
fn number_end(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let digits = digits_end(rest);
    if digits > 0 {
        return Some(start + digits);
    }
    let roman = rest
        .find(|letter| !matches!(fold::roman(letter), 'I' | 'V' | 'X' | 'L' | 'C'))
        .unwrap_or(rest.len());
    let word = roman > 0 && !rest[roman..].starts_with(fold::is_alphabetic);
    word.then_some(start + roman)
}

/// The same, where no mark stands right behind the number: most lines are items, `1.` or `1)`, and no
/// label begins so.
fn bare_number_end(text: &str, start: usize) -> Option<usize> {
    number_end(text, start).filter(|end| !text[*end..].starts_with(['.', ')']))
}

/// Reads a pattern at byte `start`, whatever the case and the look-alike letters of the text.
fn eat(text: &str, start: usize, pattern: &str) -> Option<usize> {
    let mut at = start;
    for letter in pattern.chars() {
        let rest = &text[at..];
        match letter {
            ' ' => {
                let trimmed = rest.trim_start();
                if trimmed.len() == rest.len() {
                    return None;
                }
                at = text.len() - trimmed.len();
            }
            '-' => {
                let after = rest
                    .trim_start()
                    .strip_prefix(|next| next == '-' || fold::is_dash(next))?;
                at = text.len() - after.trim_start().len();
            }
            letter => {
                let next = rest.chars().next()?;
                if !fold::is_same_letter(fold::cyrillic_lookalike(next), letter) {
                    return None;
                }
                at += next.len_utf8();
            }
        }
    }
    Some(at)
}

fn next_word(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let gap = rest[word..].len() - rest[word..].trim_start().len();
    from + (word + gap).max(1)
}

fn has_any(text: &str, words: &[&str]) -> bool {
    let key = fold::small_key(text);
    words.iter().any(|word| key.contains(word))
}

/// Whether a line starts with one of some words, given in lower case.
fn starts_with_any(line: &str, words: &[&str]) -> bool {
    let line = line.trim_start();
    let Some(first) = line.chars().next() else {
        return false;
    };
    // The first letters tell most words apart.
    let first = fold::small(fold::cyrillic_lookalike(first));
    let mut words = words.iter().filter(|word| word.starts_with(first));
    words.any(|word| starts_with(line, word))
}

fn starts_with(line: &str, words: &str) -> bool {
    eat(line, 0, words).is_some_and(|end| !line[end..].starts_with(fold::is_alphabetic))
}
