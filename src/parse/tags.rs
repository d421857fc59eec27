//! HTML tags in Markdown: enough to cut tables into rows and cells.

use std::ops::Range;

/// An HTML tag.
pub struct Tag<'a> {
    /// Its name in lower case.
    pub name: String,
    /// Whether it is a closing tag.
    pub closes: bool,
    /// Where it stands in the source.
    pub range: Range<usize>,
    source: &'a str,
}

impl Tag<'_> {
    /// The number that an attribute gives; 1 where it gives none, and never beyond 1,000.
    pub fn attribute(&self, name: &str) -> usize {
        let lower = self.source.to_ascii_lowercase();
        lower
            .find(name)
            .map(|at| lower[at + name.len()..].trim_start_matches(['=', '"', '\'', ' ']))
            .map(|value| &value[..value.bytes().take_while(u8::is_ascii_digit).count()])
            .and_then(|digits| digits.parse().ok())
            .map_or(1, |number: usize| number.clamp(1, 1000))
    }
}

/// The HTML tags in a stretch of a source.
pub fn tags(source: &str, range: Range<usize>) -> impl Iterator<Item = Tag<'_>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        loop {
            let open = at + source[at..range.end].find('<')?;
            at = open + 1;
            let inner = &source[open + 1..range.end];
            let closes = inner.starts_with('/');
            let name = inner.trim_start_matches('/');
            let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if length == 0 || !name.as_bytes()[0].is_ascii_alphabetic() {
                continue;
            }
            let end = inner.find('>')?;
            at = open + 1 + end + 1;
            return Some(Tag {
                name: name[..length].to_ascii_lowercase(),
                closes,
                range: open..at,
                source: &source[open..at],
            });
        }
    })
}

/// Whether a text starts with an opening tag of this name.
pub fn starts_with_tag(text: &str, name: &str) -> bool {
    text.strip_prefix('<')
        .and_then(|rest| {
            rest.get(..name.len())
                .map(|word| (word, &rest[name.len()..]))
        })
        .is_some_and(|(word, rest)| {
            word.eq_ignore_ascii_case(name) && !rest.starts_with(|c: char| c.is_alphanumeric())
        })
}

/// The bytes from `<table` to the end of its `</table>`; `None` where it is never closed.
pub fn table_length(rest: &str) -> Option<usize> {
    let start = rest.len() - rest.trim_start().len();
    let mut depth = 0;
    for tag in tags(rest, start..rest.len()) {
        if tag.name == "table" {
            depth += if tag.closes { -1 } else { 1 };
            if depth == 0 {
                let line_end = rest[tag.range.end..]
                    .find('\n')
                    .map_or(rest.len(), |at| tag.range.end + at + 1);
                let tail = &rest[tag.range.end..line_end];
                return Some(match tail.trim().is_empty() {
                    true => line_end,
                    false => tag.range.end,
                });
            }
        }
    }
    None
}
