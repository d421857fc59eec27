//! Accepting and rejecting the marks of a redline, as a reader of the file would.

use crate::order::cells;

/// Accepts or rejects the marks of a redline in Markdown. A line or a table row that came or left
/// as a whole goes with the empty lines after it.
pub fn settled(marked: &str, accept: bool) -> String {
    const GONE: char = '\u{e000}';
    let mut text = String::new();
    let mut rest = marked;
    while let Some((at, tag)) = mark(rest) {
        let name = &rest[at + 1..at + 4];
        let content = at + tag.len();
        let fenced = is_fenced(&marked[..marked.len() - rest.len() + at]);
        let end = content + closed(&rest[content..], name, fenced);
        text.push_str(&rest[..at]);
        let keep = (name == "ins") == accept;
        if keep {
            text.push_str(&rest[content..end]);
        } else if tag.contains(" data-mark=") {
            text.push(GONE);
        }
        rest = &rest[(end + "</ins>".len()).min(rest.len())..];
    }
    text.push_str(rest);
    while let Some(at) = text.find(GONE) {
        let row = text[..at]
            .rfind("<tr")
            .filter(|row| !text[*row..at].contains("</tr"));
        let (start, end) = match row {
            Some(row) => {
                let end = text[at..]
                    .find("</tr>")
                    .map_or(text.len(), |end| at + end + 5);
                let after = &text[end..];
                (row, end + after.len() - after.trim_start().len())
            }
            None => {
                let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
                let mut lines = text[at..].split_inclusive('\n');
                let line = lines.next().map_or(0, str::len);
                let blank: usize = lines
                    .take_while(|line| line.trim().is_empty())
                    .map(str::len)
                    .sum();
                (start, at + line + blank)
            }
        };
        text.replace_range(start..end, "");
    }
    text
}

/// The next mark of ours, and its opening tag.
fn mark(text: &str) -> Option<(usize, &str)> {
    let starts = text
        .match_indices('<')
        .filter(|(at, _)| text[*at..].starts_with("<del ") || text[*at..].starts_with("<ins "));
    starts
        .map(|(at, _)| {
            (
                at,
                &text[at..][..text[at..].find('>').map_or(0, |end| end + 1)],
            )
        })
        .find(|(_, tag)| tag.contains(" data-op=\""))
}

/// Whether what comes behind a text stands in a fence.
fn is_fenced(before: &str) -> bool {
    let fence = |line: &&str| line.starts_with("```") || line.starts_with("~~~");
    before.lines().filter(fence).count() % 2 == 1
}

/// Where the mark ends whose content a text starts with. The words of an act may hold tags of the
/// same name: paired ones are passed over, and so is an open one that has no partner before the
/// next mark. In a fence a back-slash is a letter like others.
fn closed(text: &str, name: &str, fenced: bool) -> usize {
    let next = mark(text).map_or(text.len(), |(at, _)| at);
    let mut depth = 1;
    let mut first = None;
    let lower = text[..next].to_ascii_lowercase();
    for (at, _) in lower.match_indices('<') {
        let tag = &lower[at + 1..];
        let back = text[..at]
            .bytes()
            .rev()
            .take_while(|it| *it == b'\\')
            .count();
        if back % 2 == 1 && !fenced {
            continue;
        }
        if tag
            .strip_prefix('/')
            .is_some_and(|tag| tag.starts_with(name))
        {
            depth -= 1;
            first = first.or(Some(at));
        } else if tag
            .strip_prefix(name)
            .is_some_and(|tag| tag.starts_with(['>', ' ']))
        {
            depth += 1;
        }
        if depth == 0 {
            return at;
        }
    }
    first.unwrap_or(text.len())
}

/// What the paragraphs and rows of a page show once its marks are accepted or rejected.
pub fn paragraphs(page: &str, accept: bool) -> Vec<String> {
    let start = page.find("<main>").unwrap() + "<main>".len();
    let mut rest = &page[start..page.rfind("</main>").unwrap()];
    let left_out = if accept { "del" } else { "ins" };
    let mut list = Vec::new();
    let mut text = String::new();
    // How deep inside an element that is left out.
    let mut hidden = 0;
    let mut gone = false;
    let mut spans: Vec<bool> = Vec::new();
    while let Some(open) = rest.find('<') {
        if hidden == 0 {
            text.push_str(&rest[..open]);
        }
        let close = open + rest[open..].find('>').unwrap();
        let tag = &rest[open + 1..close];
        rest = &rest[close + 1..];
        let name = tag.split(' ').next().unwrap_or_default();
        let by_screen_reader = tag.contains("class=\"sr\"");
        match name {
            "del" | "ins" if name == left_out => hidden += 1,
            "/del" | "/ins" if &name[1..] == left_out => hidden -= 1,
            "span" => {
                spans.push(by_screen_reader);
                hidden += usize::from(by_screen_reader);
            }
            "/span" => hidden -= usize::from(spans.pop().unwrap_or_default()),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "tr" => {
                gone = tag.contains(&format!("data-mark=\"{left_out}\""));
                text.clear();
            }
            "/td" | "/th" => text.push('\t'),
            "br" => text.push('\n'),
            "/p" | "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6" | "/pre" | "/tr" => {
                let plain = text
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#13;", "\r")
                    .replace("&amp;", "&");
                let shown = cells(&plain).trim_end().to_string();
                if !gone && !shown.is_empty() {
                    list.push(shown);
                }
                text.clear();
            }
            _ => {}
        }
    }
    list
}
