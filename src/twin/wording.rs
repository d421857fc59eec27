//! What two wordings of one operation do not say alike, as far as figures and shape show it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::lang;
use crate::operation::{Action, Form, Operation};

/// A difference between the wordings of a pair.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Wording {
    /// `figures`, `paragraphs`, `cells` or `numbering`.
    pub kind: &'static str,
    /// The operation in Kazakh.
    pub kk: Form,
    /// The operation in Russian.
    pub ru: Form,
    /// The difference in words.
    pub message: String,
}

/// Compares the new words of two operations.
pub fn compared(kk: &Operation, ru: &Operation) -> Vec<Wording> {
    let (one, other) = (new_words(&kk.action), new_words(&ru.action));
    let mut found = Vec::new();
    let mut add = |kind: &'static str, message: String| {
        found.push(Wording {
            kind,
            kk: Form::of(kk),
            ru: Form::of(ru),
            message: format!("{}: {message}", kk.at),
        });
    };
    if one.is_empty() || other.is_empty() {
        return found;
    }
    if one.len() != other.len() {
        add(
            "paragraphs",
            format!(
                "{} paragraphs in Kazakh, {} in Russian",
                one.len(),
                other.len()
            ),
        );
    } else {
        let cells = |text: &String| text.split('\t').count();
        let differs = |(a, b): &(&String, &String)| cells(a) != cells(b);
        if let Some((a, b)) = one.iter().zip(&other).find(differs) {
            let message = format!("{} cells in Kazakh, {} in Russian", cells(a), cells(b));
            add("cells", message);
        }
    }
    let (a, b) = (numbering(&one), numbering(&other));
    if a != b {
        let list = |it: Vec<String>| it.join(", ");
        add(
            "numbering",
            format!("numbered {} in Kazakh, {} in Russian", list(a), list(b)),
        );
    }
    let (a, b) = (figures(&one), figures(&other));
    if a != b {
        let without = |from: &[String], other: &[String]| {
            let mut rest = other.to_vec();
            let missing = from
                .iter()
                .filter(|it| match rest.iter().position(|x| x == *it) {
                    Some(at) => {
                        rest.remove(at);
                        false
                    }
                    None => true,
                });
            let list: Vec<&str> = missing.map(String::as_str).collect();
            if list.is_empty() {
                "none".to_string()
            } else {
                list.join(", ")
            }
        };
        add(
            "figures",
            format!(
                "figures in Kazakh alone: {}; in Russian alone: {}",
                without(&a, &b),
                without(&b, &a)
            ),
        );
    }
    found
}

/// The words that an operation brings.
pub fn new_words(action: &Action) -> Vec<String> {
    match action {
        Action::Replace(text) | Action::Insert(_, text) => text.clone(),
        Action::ReplaceWords { new, .. } | Action::InsertWords { new, .. } => vec![new.clone()],
        Action::Delete | Action::Repeal | Action::Renumber(_) | Action::DeleteWords { .. } => {
            Vec::new()
        }
    }
}

/// The numbers at the start of paragraphs. Letters of lists differ by alphabet.
fn numbering(text: &[String]) -> Vec<String> {
    let numbers = text.iter().filter_map(|line| lang::item_label(line)?.num);
    numbers
        .map(|num| num.to_string())
        .filter(|num| num.starts_with(|letter: char| letter.is_ascii_digit()))
        .collect()
}

/// The figures of a text in order of size: `1 380 000` is one number, `2,6` as well.
pub fn figures(text: &[String]) -> Vec<String> {
    let mut list = Vec::new();
    for line in text {
        let letters: Vec<char> = line.chars().collect();
        let mut at = 0;
        while at < letters.len() {
            if !letters[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let mut number = String::new();
            while at < letters.len() {
                let digits = |from: usize| {
                    letters[from.min(letters.len())..]
                        .iter()
                        .take_while(|it| it.is_ascii_digit())
                        .count()
                };
                let letter = letters[at];
                let groups = matches!(letter, ' ' | '\u{a0}' | '\u{202f}') && digits(at + 1) == 3;
                let decimal = matches!(letter, ',' | '.') && digits(at + 1) > 0;
                match letter {
                    letter if letter.is_ascii_digit() => number.push(letter),
                    _ if groups => {}
                    _ if decimal => number.push(','),
                    _ => break,
                }
                at += 1;
            }
            list.push(number);
        }
    }
    list.sort();
    list
}
