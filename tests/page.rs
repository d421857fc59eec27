//! The HTML page: what it may load, what it escapes, and what stands in its `<main>`.

#![allow(clippy::unwrap_used)]

use std::collections::HashSet;

use tuzet::act::{Act, Kind};
use tuzet::apply::{Fate, Options, apply};
use tuzet::redline::Redline;
use tuzet::render::{Document, Format, render};
use tuzet::text::Moment;
use tuzet::{operation, parse, report};

const BASE: &str = r#"---
language: kk
title: "Тұрғын үй <b>туралы</b> & басқа"
---

# Тұрғын үй &lt;b&gt;туралы&lt;/b&gt; & басқа

> *Үкіметтің 2023 жылғы*
> *№ 249 қаулысымен бекітілген*

```
1-тарау. Мазмұн & <i>
```

## 1-тарау. Жалпы ережелер

1-бап. Ұғымдар

1) үй – "тұрақты" тұруға арналған \<script>alert('1')\</script> & орын;

2) шарт – 5 %-дан аспайтын мөлшерде 10 күн ішінде жасалатын "құжат";

3) орган **заңды тұлғалар мен** заңды тұлғалар бірлестіктеріне тұрғын үй береді;

4) негiзгi қағидат.

2-бап. Қолданылу аясы

Бірінші бөлік.

**Екінші** бөлік.

## 2-тарау. Жоспар

| № | Іс-шара | Мерзімі |
|---|---|---|
| 1-бағыт. Қолжетімділік | | |
| 1. | Оқыту<br>және бақылау | 2026 жыл |
| 2. | Есеп <b>беру</b> | 2027 жыл |

<table>
<tr><th>№</th><th>Атауы</th></tr>
<tr><td rowspan="2">7.</td><td>бірінші & &lt;екінші&gt;</td></tr>
<tr><td>үшінші</td></tr>
</table>
"#;

const AMENDMENT: &str = r#"
[act]
kind = "law"
number = "12\"<i>"
date = 2025-04-25
in_force = "signing"

[[operation]]
at = 'article:1/point:2'
action = "replace"
lines = [10, 12]
text = "2) шарт – 7 %-дан аспайтын мөлшерде 15 жұмыс күні ішінде жасалатын «құжат» <script>alert('2')</script> & \"т.б.\";"

[[operation]]
at = "article:1/point:3"
action = "delete-words"
old = "заңды тұлғалар мен"

[[operation]]
at = "article:1/point:4"
action = "replace"
text = "4) негізгі қағидат."

[[operation]]
at = "article:1/point:5"
action = "insert"
text = "5) жалға беруші – меншік иесі."

[[operation]]
at = "chapter:2/row:1"
action = "replace-words"
old = "2026"
new = "2028 <&>"

[[operation]]
at = "chapter:2/row:2"
action = "delete"

[[operation]]
at = "chapter:2/row:1-1"
action = "insert"
text = "1-1.	Жаңа іс-шара	2029 жыл"

[[operation]]
at = "article:2/part:2"
action = "delete"
"#;

/// The act amended, and its pages: a redline and a clean text.
fn pages(base: &str, amendment: &str) -> (Act, String, String) {
    let mut act = parse::act(base, None);
    let amendments = [operation::parse(amendment).unwrap()];
    let reports = apply(&mut act, &amendments, &Options::default());
    for report in &reports {
        assert_eq!(report.fate, Fate::Applied, "{:?}", report.diagnostics);
    }
    let (from, to) = (Moment::BASE, act.last());
    let redline = Redline {
        act: &act,
        from,
        to,
        refine: true,
    };
    let clauses = report::clauses(&act, &amendments, &reports, from, to);
    let preface = vec!["Ескерту <script>".to_string()];
    let marked = page(Document {
        redline,
        preface: preface.clone(),
        clauses,
    });
    let clean = page(Document {
        redline: Redline::clean(&act, to),
        preface,
        clauses: Vec::new(),
    });
    (act, marked, clean)
}

fn page(document: Document) -> String {
    let mut out = Vec::new();
    render(&document, Format::Html, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What stands between two strings.
fn between<'a>(page: &'a str, open: &str, close: &str) -> &'a str {
    let from = page.find(open).unwrap() + open.len();
    &page[from..from + page[from..].find(close).unwrap()]
}

/// The values of an attribute.
fn values(page: &str, attribute: &str) -> Vec<String> {
    page.split(&format!(" {attribute}=\""))
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_string())
        .collect()
}

/// The paragraphs and cells of `<main>` without the marks of one tag, as a program would take them.
fn shown(page: &str, without: &str) -> Vec<String> {
    let main = between(page, "<main>", "</main>");
    let mut hidden: Vec<bool> = Vec::new();
    let mut texts = Vec::new();
    let mut text = String::new();
    for part in main.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap();
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => {
                hidden.pop();
                if !["blockquote", "del", "div", "ins", "span", "table", "tr"].contains(&name) {
                    texts.push(std::mem::take(&mut text));
                }
            }
            None => hidden.push(
                name == without
                    || tag.contains("class=\"sr\"")
                    || tag.contains(&format!("data-mark=\"{without}\"")),
            ),
        }
        if !hidden.contains(&true) && !words.starts_with('\n') {
            text += words;
        }
    }
    assert!(hidden.is_empty(), "every element is closed");
    texts.retain(|text| !text.is_empty());
    for text in &mut texts {
        for (entity, letter) in [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&amp;", "&"),
        ] {
            *text = text.replace(entity, letter);
        }
    }
    texts
}

/// The paragraphs and cells of an act at a moment.
fn standing(act: &Act, at: Moment) -> Vec<String> {
    act.blocks
        .iter()
        .filter(|block| block.kind != Kind::Markup)
        .flat_map(|block| {
            let shown = block.shown(at);
            let cells: Vec<String> = match block.kind {
                Kind::Row(_) => shown.split('\t').map(str::to_string).collect(),
                _ => vec![shown],
            };
            cells
        })
        .filter(|text| !text.is_empty())
        .collect()
}

#[test]
fn main_is_the_text_at_both_moments() {
    let (act, marked, clean) = pages(BASE, AMENDMENT);
    assert_eq!(shown(&marked, "ins"), standing(&act, Moment::BASE));
    assert_eq!(shown(&marked, "del"), standing(&act, act.last()));
    assert_eq!(shown(&clean, "del"), standing(&act, act.last()));
}

#[test]
fn main_is_the_text_of_the_concept() {
    let (act, marked, clean) = pages(
        include_str!("../corpus/249/kk.md"),
        include_str!("../amendments/271/operations.toml"),
    );
    for (shown, standing) in [
        (shown(&marked, "ins"), standing(&act, Moment::BASE)),
        (shown(&marked, "del"), standing(&act, act.last())),
        (shown(&clean, "ins"), standing(&act, act.last())),
    ] {
        for (shown, standing) in shown.iter().zip(&standing) {
            assert_eq!(shown, standing);
        }
        assert_eq!(shown.len(), standing.len());
    }
}

#[test]
fn everything_is_escaped() {
    let (_, marked, _) = pages(BASE, AMENDMENT);
    let style = between(&marked, "<style>", "</style>");
    let script = between(&marked, "<script>", "</script>");
    let rest = marked.replace(style, "").replace(script, "");
    assert_eq!(rest.matches("<script").count(), 1);
    assert!(!rest.contains("<i>") && !rest.contains("<b>туралы"));
    assert!(rest.contains("<title>Тұрғын үй &lt;b&gt;туралы&lt;/b&gt; &amp; басқа</title>"));
    assert!(rest.contains("&lt;script&gt;alert('1')&lt;/script&gt; &amp; орын"));
    assert!(rest.contains("2028 &lt;&amp;&gt;"));
    assert!(rest.contains("data-op=\"12&quot;&lt;i&gt;/1\""));
    assert!(rest.contains("<p class=\"note\">Ескерту &lt;script&gt;</p>"));
}

#[test]
fn nothing_foreign_is_loaded_or_run() {
    assert_eq!(hash(b"abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    let (_, marked, clean) = pages(BASE, AMENDMENT);
    for page in [&marked, &clean] {
        let policy = &values(page, "content")[0];
        assert!(policy.starts_with("default-src 'none'; "));
        assert!(!policy.contains("unsafe"));
        for (element, source) in [("style", "style-src"), ("script", "script-src")] {
            if element == "script" && page == &clean {
                continue;
            }
            let inline = between(page, &format!("<{element}>"), &format!("</{element}>"));
            let source = format!("{source} 'sha256-{}'", hash(inline.as_bytes()));
            assert!(policy.contains(&source), "in html.rs: {source}");
        }
        for foreign in [
            "://",
            " src=",
            "url(",
            "@import",
            " style=",
            " onclick=",
            "javascript:",
        ] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        assert!(
            values(page, "href")
                .iter()
                .all(|href| href.starts_with('#'))
        );
    }
}

#[test]
fn marks_and_clauses_lead_to_each_other() {
    let (act, marked, _) = pages(BASE, AMENDMENT);
    let ids: Vec<String> = values(&marked, "id");
    let unique: HashSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len());
    let cites = values(&marked, "cite");
    let links = values(&marked, "href");
    for target in cites.iter().chain(&links) {
        assert!(ids.iter().any(|id| target == &format!("#{id}")), "{target}");
    }
    for op in 1..=act.history.len() {
        assert!(cites.contains(&format!("#op-{op}")));
        assert!(links.contains(&format!("#at-{op}")));
    }
    assert!(
        values(&marked, "datetime")
            .iter()
            .all(|date| date == "2025-04-25")
    );
}

#[test]
fn a_clean_text_has_no_list_no_marks_and_no_script() {
    let (_, _, clean) = pages(BASE, AMENDMENT);
    for absent in ["<nav", "<script>", "<ins", "<del", " data-mark=", "<button"] {
        assert!(!clean.contains(absent), "{absent}");
    }
    assert!(clean.starts_with("<!DOCTYPE html><html lang=\"kk\">"));
}

#[test]
fn rows_keep_their_grid() {
    let (_, marked, _) = pages(BASE, AMENDMENT);
    let main = between(&marked, "<main>", "</main>");
    assert_eq!(main.matches("<table>").count(), 2);
    assert!(main.contains("<tr><th>№</th><th>Іс-шара</th><th>Мерзімі</th></tr>"));
    assert!(main.contains("<tr><td colspan=\"3\">1-бағыт. Қолжетімділік</td></tr>"));
    assert!(main.contains("<td>Оқыту\nжәне бақылау</td>"));
    assert!(main.contains("<td class=\"n\" rowspan=\"2\">7.</td>"));
}

#[test]
fn whole_lines_are_marked_as_such() {
    let (_, marked, _) = pages(BASE, AMENDMENT);
    for (line, operation) in [
        ("<p data-mark=\"ins\"", 4),
        ("<tr data-mark=\"ins\"", 7),
        ("<p data-mark=\"del\"", 8),
    ] {
        let line = format!("{line} data-op=\"12&quot;&lt;i&gt;/{operation}\">");
        assert_eq!(marked.matches(&line).count(), 1, "{line}");
    }
}

#[test]
fn typographic_differences_are_marked_as_such() {
    let (_, marked, _) = pages(BASE, AMENDMENT);
    assert!(marked.contains("<del class=\"typo\" "));
    assert!(marked.contains("<ins class=\"typo\" "));
}

/// The SHA-256 of bytes in Base64, as a Content-Security-Policy has it.
fn hash(bytes: &[u8]) -> String {
    let primes: Vec<f64> = (2..312u32)
        .filter(|n| (2..*n).all(|divisor| n % divisor != 0))
        .map(f64::from)
        .collect();
    let fraction = |root: f64| (root.fract() * 4_294_967_296.0) as u32;
    let mut state: Vec<u32> = primes[..8]
        .iter()
        .map(|prime| fraction(prime.sqrt()))
        .collect();
    let mut message = bytes.to_vec();
    message.push(0x80);
    message.resize(
        message.len().next_multiple_of(64) + if message.len() % 64 > 56 { 64 } else { 0 },
        0,
    );
    let end = message.len() - 8;
    message[end..].copy_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());
    for block in message.chunks_exact(64) {
        let mut words: Vec<u32> = block
            .chunks_exact(4)
            .map(|word| u32::from_be_bytes(word.try_into().unwrap()))
            .collect();
        for i in 16..64 {
            let (a, b) = (words[i - 15], words[i - 2]);
            let a = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
            let b = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
            words.push(
                a.wrapping_add(b)
                    .wrapping_add(words[i - 16])
                    .wrapping_add(words[i - 7]),
            );
        }
        let mut s = state.clone();
        for i in 0..64 {
            let e = s[4].rotate_right(6) ^ s[4].rotate_right(11) ^ s[4].rotate_right(25);
            let choice = (s[4] & s[5]) ^ (!s[4] & s[6]);
            let first = [e, choice, fraction(primes[i].cbrt()), words[i]]
                .into_iter()
                .fold(s[7], u32::wrapping_add);
            let a = s[0].rotate_right(2) ^ s[0].rotate_right(13) ^ s[0].rotate_right(22);
            let majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
            s.rotate_right(1);
            s[4] = s[4].wrapping_add(first);
            s[0] = first.wrapping_add(a).wrapping_add(majority);
        }
        for (old, new) in state.iter_mut().zip(s) {
            *old = old.wrapping_add(new);
        }
    }
    let digest: Vec<u8> = state.iter().flat_map(|word| word.to_be_bytes()).collect();
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |bits: u32| char::from(letters[(bits & 63) as usize]);
    let mut text = String::new();
    for three in digest.chunks(3) {
        let byte = |index: usize| u32::from(three.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        text.extend(
            [18, 12, 6, 0]
                .map(|shift| letter(bits >> shift))
                .iter()
                .take(three.len() + 1),
        );
        text.extend(std::iter::repeat_n('=', 3 - three.len()));
    }
    text
}
