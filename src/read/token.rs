//! The words, numbers, quotes and signs of a line of an amending act.

use std::ops::Range;

use crate::fold::{self, Folded};
use crate::lang::drafting::{Lexicon, Mark, Sense};

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A number, `15` or `13-1`, with or without the bracket of a point.
    Number(String, bool),
    /// A word, folded and in lower case.
    Word(String),
    /// A quotation mark that opens (`true`) or closes.
    Quote(bool),
    /// Any other character.
    Sign(char),
}

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Whether it is written together with the word before it.
    pub joined: bool,
}

impl Token {
    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether it is a quotation mark.
    pub fn is_quote(&self) -> bool {
        matches!(self.kind, Kind::Quote(_))
    }

    /// Whether it is the dash of a range.
    pub fn is_dash(&self) -> bool {
        self.is('-') || self.is('–')
    }
}

/// Cuts a text into tokens. White space is dropped; look-alike letters, quotes and dashes are read
/// as what they stand for.
pub fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let folded = Folded::new(text);
    let key = folded.key();
    let mut tokens: Vec<Token> = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(letter) = key[at..].chars().next() {
        let start = at;
        at += letter.len_utf8();
        let kind = match letter {
            ' ' => continue,
            '0'..='9' => {
                at = number_end(key, start);
                let bracket = key[at..].starts_with(')');
                let number = key[start..at].replace(fold::is_dash, "-");
                at += usize::from(bracket);
                Kind::Number(number, bracket)
            }
            '"' => {
                let source = folded.source(start..at);
                let opens = opens(text, &source, depth);
                depth = match opens {
                    true => depth + 1,
                    false => depth.saturating_sub(1),
                };
                Kind::Quote(opens)
            }
            letter if fold::is_of_word(letter) => {
                at = word_end(key, start);
                let mut from = start;
                for (end, joined) in parts(&key[start..at], lexicon) {
                    let range = folded.source(from..start + end);
                    let kind = Kind::Word(key[from..start + end].to_lowercase());
                    tokens.push(Token {
                        kind,
                        range,
                        joined,
                    });
                    from = start + end;
                }
                continue;
            }
            sign => Kind::Sign(sign),
        };
        let range = folded.source(start..at);
        tokens.push(Token {
            kind,
            range,
            joined: false,
        });
    }
    tokens
}

/// Digits with single hyphens between them, or with full stops, as in `1.53`. `63–1` is a range,
/// `222–39–1` is a number; `1.2)` are two items.
fn number_end(key: &str, start: usize) -> usize {
    let run = |is_joint: fn(char) -> bool| {
        let mut end = start;
        let mut joints = 0;
        let mut letters = key[start..].chars().peekable();
        while let Some(letter) = letters.next() {
            let joins = is_joint(letter) && letters.peek().is_some_and(char::is_ascii_digit);
            if !letter.is_ascii_digit() && !joins {
                break;
            }
            joints += usize::from(joins);
            end += letter.len_utf8();
        }
        (end, joints)
    };
    let (dotted, _) = run(|letter| letter == '.' || letter == '-');
    if key[start..dotted].contains('.') && !key[dotted..].starts_with(')') {
        return dotted;
    }
    match run(|letter| letter == '-' || fold::is_dash(letter)) {
        (end, 2..) => end,
        _ => run(|letter| letter == '-').0,
    }
}

/// Letters with single hyphens between them.
fn word_end(key: &str, start: usize) -> usize {
    let mut letters = key[start..].char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let joins = letter == '-' && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !fold::is_of_word(letter) && !joins {
            return start + at;
        }
    }
    key.len()
}

/// The words in a word: more than one where words of the language are written together, or a capital
/// letter stands behind a small one. For each its end, and whether a blank is surely missing before it.
fn parts(word: &str, lexicon: &Lexicon) -> Vec<(usize, bool)> {
    if lexicon.knows(word) {
        return vec![(word.len(), false)];
    }
    let mut parts = Vec::new();
    let mut start = 0;
    let mut known = false;
    let small = word.char_indices().zip(word.chars().skip(1));
    let capitals = small
        .filter(|((_, before), letter)| before.is_lowercase() && letter.is_uppercase())
        .map(|((at, before), _)| at + before.len_utf8());
    for end in capitals.chain([word.len()]) {
        let part = word[start..end].to_lowercase();
        let joined = known;
        // Some letters are longer when they are small.
        let split = lexicon.joined(&part).filter(|_| part.len() == end - start);
        match split {
            Some(at) => parts.extend([(start + at, joined), (end, true)]),
            None => parts.push((end, joined)),
        }
        known = lexicon.knows(&part);
        start = end;
    }
    parts
}

/// Whether a quotation mark opens: by its shape where it has one, else by what stands around it.
fn opens(text: &str, mark: &Range<usize>, depth: usize) -> bool {
    let before = text[..mark.start].chars().next_back();
    let after = text[mark.end..].chars().next();
    let open_before = before.is_none_or(|it| it.is_whitespace() || "([«“„\"".contains(it));
    let closed_after = after.is_none_or(|it| it.is_whitespace());
    match &text[mark.clone()] {
        "«" | "“" | "„" | "‹" => true,
        "»" | "”" | "›" => false,
        _ => match (open_before, closed_after) {
            (true, false) => true,
            (false, true) => false,
            // Between blanks, or between words: «словами"и частными"».
            (true, true) | (false, false) => depth == 0,
        },
    }
}

/// The marks of a clause that close a quotation which nothing opened, right before one that opens:
/// «тармақшадағы»"жиырма" деген».
pub fn strays(tokens: &[Token]) -> Vec<usize> {
    let mut open = 0usize;
    let mut strays = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let opens = |next: &Token| next.kind == Kind::Quote(true);
        match token.kind {
            Kind::Quote(true) => open += 1,
            Kind::Quote(false) if open == 0 && tokens.get(at + 1).is_some_and(opens) => {
                strays.push(at);
            }
            Kind::Quote(false) => open = open.saturating_sub(1),
            _ => {}
        }
    }
    strays
}

/// What the words from a token on may mean: the number of tokens, and the meaning.
pub fn senses(lexicon: &Lexicon, tokens: &[Token]) -> Vec<(usize, Sense)> {
    let words = tokens.iter().map_while(|token| match &token.kind {
        Kind::Word(word) => Some(word.as_str()),
        Kind::Number(..) | Kind::Quote(_) | Kind::Sign(_) => None,
    });
    lexicon.senses(words)
}

/// The phrase at a token, the longest one.
pub fn mark(lexicon: &Lexicon, tokens: &[Token]) -> Option<(usize, Mark)> {
    senses(lexicon, tokens)
        .into_iter()
        .find_map(|(count, sense)| match sense {
            Sense::Mark(mark) => Some((count, mark)),
            Sense::Noun(..) | Sense::Numeral(_) | Sense::Month(_) => None,
        })
}

/// Whether a phrase stands anywhere in a text.
pub fn says(lexicon: &Lexicon, tokens: &[Token], wanted: impl Fn(Mark) -> bool) -> bool {
    (0..tokens.len()).any(|at| mark(lexicon, &tokens[at..]).is_some_and(|(_, mark)| wanted(mark)))
}
