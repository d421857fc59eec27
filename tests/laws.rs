//! The laws of the engine, asserted on the corpus, on real acts and on random histories.
//!
//! A *draft* is a random act, an *order* a random amending act; the operations of an order take
//! their addresses from the outline of the text that it meets. A *world* is a base with its
//! amending acts applied. Each law is a function from a world to what is wrong with it.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::{FileFailurePersistence, TestCaseError, TestError, TestRunner};

use tuzet::act::{Act, Kind, Provision, Unit};
use tuzet::address::{self, Address, View};
use tuzet::apply::{self, Fate, Options, Report};
use tuzet::diagnostic::Severity;
use tuzet::lang::Language;
use tuzet::operation::{self, Action, Amendment};
use tuzet::outline;
use tuzet::parse::{self, structure};
use tuzet::redline::{Line, Redline};
use tuzet::refine::Change;
use tuzet::render::{Document, Format, render};
use tuzet::report;
use tuzet::text::{Lifespan, Moment, OpId, Role};

// ---------------------------------------------------------------------------------------------
// Random acts

const KAZAKH: &[&str] = &[
    "білім",
    "беру",
    "ұйымы",
    "мемлекеттік",
    "тіл",
    "Қазақстан",
    "Республикасының",
    "және",
    "үшін",
    "орган",
    "уәкілетті",
    "мектеп",
    "жыл",
    "теңге",
    "қала",
    "өңір",
    "әкімдік",
    "шешім",
    "ғылым",
    "құқық",
];

const RUSSIAN: &[&str] = &[
    "образование",
    "орган",
    "уполномоченный",
    "и",
    "в",
    "городе",
    "Республики",
    "Казахстан",
    "закон",
    "года",
    "тенге",
    "школа",
    "решение",
    "наука",
    "право",
    "язык",
    "для",
    "статьи",
];

/// What acts hold beside words: marks of the format, and letters that look like them.
const RARE: &[&str] = &[
    "**қалың**",
    "**екі сөз**",
    "*көлбеу*",
    "_астын_",
    "`код`",
    "\\*",
    "\\[1\\]",
    "&nbsp;",
    "&lt;",
    "&amp;",
    "бiлiм",
    "мем\u{ad}лекет",
    "екі\u{a0}сөз",
    "«тырнақша»",
    "\"НЗМ\"",
    "“PISA”",
    "14",
    "14-1",
    "2,6",
    "5 %",
    "№ 271",
    "2023 – 2029",
    "(бұдан әрі – орган)",
    "<ins>жаңа</ins>",
    "<del>ескі</del>",
    "</ins>",
    "<b>қалың</b>",
    "a < b",
    "**\"Заң\"**ның",
    "Қ.И.",
    "т.б.",
    "63–1",
    "[сілтеме](https://example.kz)",
    "e\u{301}",
    "1)",
    "3-бап",
    "\\_",
    "**",
    "2*2",
];

fn word(russian: bool) -> BoxedStrategy<String> {
    let plain = if russian { RUSSIAN } else { KAZAKH };
    prop_oneof![
        12 => select(plain).prop_map(str::to_string),
        1 => select(RARE).prop_map(str::to_string),
    ]
    .boxed()
}

fn words(russian: bool, most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(word(russian), 1..=most).prop_map(|words| words.join(" "))
}

/// A line, row or table of a draft. Numbers are given when it is written.
#[derive(Debug, Clone)]
enum Piece {
    Section(String),
    Chapter(String),
    Article(String),
    Heading(String),
    Paragraph(String),
    Point(String),
    Part(String),
    Indent(String),
    Note(String),
    Remark(String),
    Annex(String),
    Contents,
    Signature,
    Table(TableForm, Vec<Row>),
}

#[derive(Debug, Clone, Copy)]
enum TableForm {
    Html,
    HtmlOnOneLine,
    HtmlSpanned,
    Pipe,
    Tabs,
}

#[derive(Debug, Clone)]
enum Row {
    Cells(String, String),
    Across(String),
}

#[derive(Debug, Clone)]
struct Draft {
    russian: bool,
    code: bool,
    front: bool,
    titled: bool,
    /// `## ` before articles, `**…**` around them, or nothing.
    heads: u8,
    escaped: bool,
    indent: &'static str,
    gap: &'static str,
    crlf: bool,
    /// `63-1` for every third number.
    dashed: bool,
    pieces: Vec<(Piece, bool)>,
    end: &'static str,
}

fn piece(russian: bool) -> impl Strategy<Value = (Piece, bool)> {
    let row = prop_oneof![
        5 => (words(russian, 4), words(russian, 3)).prop_map(|(a, b)| Row::Cells(a, b)),
        1 => words(russian, 3).prop_map(Row::Across),
    ];
    let form = select(
        &[
            TableForm::Html,
            TableForm::HtmlOnOneLine,
            TableForm::HtmlSpanned,
            TableForm::Pipe,
            TableForm::Tabs,
        ][..],
    );
    let piece = prop_oneof![
        1 => words(russian, 4).prop_map(Piece::Section),
        2 => words(russian, 4).prop_map(Piece::Chapter),
        5 => words(russian, 4).prop_map(Piece::Article),
        1 => words(russian, 4).prop_map(Piece::Heading),
        5 => words(russian, 9).prop_map(Piece::Paragraph),
        5 => words(russian, 7).prop_map(Piece::Point),
        5 => words(russian, 12).prop_map(Piece::Part),
        3 => words(russian, 6).prop_map(Piece::Indent),
        1 => words(russian, 5).prop_map(Piece::Note),
        1 => words(russian, 5).prop_map(Piece::Remark),
        1 => words(russian, 3).prop_map(Piece::Annex),
        1 => Just(Piece::Contents),
        1 => Just(Piece::Signature),
        2 => (form, prop::collection::vec(row, 1..5)).prop_map(|(form, rows)| Piece::Table(form, rows)),
    ];
    (piece, prop::bool::weighted(0.1))
}

fn draft() -> impl Strategy<Value = Draft> {
    let layout = (
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.15),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.85),
        0..3u8,
        prop::bool::weighted(0.2),
        select(&["", "", "      ", "\u{a0}\u{a0}"][..]),
        select(&["\n\n", "\n\n", "\n", "  \n"][..]),
        prop::bool::weighted(0.07),
        prop::bool::weighted(0.2),
    );
    layout.prop_flat_map(
        |(russian, code, front, titled, heads, escaped, indent, gap, crlf, dashed)| {
            let pieces = prop::collection::vec(piece(russian), 1..26);
            (pieces, select(&["", "\n", "\n\n"][..])).prop_map(move |(pieces, end)| Draft {
                russian,
                code,
                front,
                titled,
                heads,
                escaped,
                indent,
                gap,
                crlf,
                dashed,
                pieces,
                end,
            })
        },
    )
}

/// Sets the first letter of a text in upper or lower case.
fn cased(text: &str, upper: bool) -> String {
    let mut done = false;
    text.chars()
        .flat_map(|letter| {
            let change = !done && letter.is_alphabetic();
            done |= letter.is_alphabetic();
            match (change, upper) {
                (true, true) => letter.to_uppercase().collect::<Vec<char>>(),
                (true, false) => letter.to_lowercase().collect(),
                (false, _) => vec![letter],
            }
        })
        .collect()
}

impl Draft {
    fn number(&self, count: usize) -> String {
        match self.dashed && count > 1 && count.is_multiple_of(3) {
            true => format!("{}-1", count - 1),
            false => count.to_string(),
        }
    }

    fn unit(&self, number: &str, kazakh: &str, russian: &str) -> String {
        match self.russian {
            true => format!("{russian} {number}."),
            false => format!("{number}-{kazakh}."),
        }
    }

    fn head(&self, level: usize, label: &str, words: &str) -> String {
        let words = cased(words, true);
        match self.heads {
            0 => format!("{} {label} {words}", "#".repeat(level)),
            1 => format!("{}{label} {words}", self.indent),
            _ => format!("**{label} {words}**"),
        }
    }

    fn item(&self, label: &str, mark: char, words: &str) -> String {
        let back = if self.escaped { "\\" } else { "" };
        format!("{}{label}{back}{mark} {words}", self.indent)
    }

    /// The draft in Markdown.
    fn source(&self) -> String {
        let mut lines: Vec<(String, bool)> = Vec::new();
        if self.titled {
            let title = match (self.russian, self.code) {
                (true, true) => "# Кодекс Республики Казахстан о школе",
                (true, false) => "# О школах и органах",
                (false, true) => "# Мектеп туралы кодексі",
                (false, false) => "# Мектеп пен орган туралы",
            };
            lines.push((title.to_string(), false));
        }
        let (mut sections, mut chapters, mut articles) = (0, 0, 0);
        let (mut paragraphs, mut points) = (0, 0);
        for (piece, space) in &self.pieces {
            let line = match piece {
                Piece::Section(words) => {
                    sections += 1;
                    let label = self.unit(&self.number(sections), "бөлім", "Раздел");
                    self.head(2, &label, words)
                }
                Piece::Chapter(words) => {
                    chapters += 1;
                    let label = self.unit(&self.number(chapters), "тарау", "Глава");
                    self.head(2, &label, words)
                }
                Piece::Article(words) => {
                    articles += 1;
                    (paragraphs, points) = (0, 0);
                    let label = self.unit(&self.number(articles), "бап", "Статья");
                    self.head(3, &label, words)
                }
                Piece::Heading(words) => format!("#### {}", cased(words, true)),
                Piece::Paragraph(words) => {
                    paragraphs += 1;
                    points = 0;
                    let mark = if points % 2 == 0 { "." } else { ":" };
                    let words = format!("{}{mark}", cased(words, true));
                    self.item(&self.number(paragraphs), '.', &words)
                }
                Piece::Point(words) => {
                    points += 1;
                    let words = format!("{};", cased(words, false));
                    self.item(&self.number(points), ')', &words)
                }
                Piece::Part(words) => format!("{}{}.", self.indent, cased(words, true)),
                Piece::Indent(words) => format!("{}{};", self.indent, cased(words, false)),
                Piece::Note(words) => match self.russian {
                    true => format!("Примечание. {words}."),
                    false => format!("Ескертпе. {words}."),
                },
                Piece::Remark(words) => match self.russian {
                    true => format!("> *Сноска. Статья {articles} с изменением – {words}.*"),
                    false => format!("> *Ескерту. {articles}-бапқа өзгеріс енгізілді – {words}.*"),
                },
                Piece::Annex(words) => {
                    (articles, paragraphs, points) = (0, 0, 0);
                    match self.russian {
                        true => format!("> Утвержден постановлением\n\n## Перечень {words}"),
                        false => format!("> қаулысымен бекітілген\n\n## {words} тізбесі"),
                    }
                }
                Piece::Contents => "```\nМазмұны\n1-бап. Білім\n2-бап. Тіл\n```".to_string(),
                Piece::Signature => "**Премьер-Министр**".to_string(),
                Piece::Table(form, rows) => table(*form, rows),
            };
            lines.push((line, *space));
        }
        let mut source = String::new();
        if self.front {
            let code = if self.russian { "ru" } else { "kk" };
            write!(source, "---\nlanguage: {code}\n---\n\n").unwrap();
        }
        let last = lines.len() - 1;
        for (index, (line, space)) in lines.iter().enumerate() {
            source.push_str(line);
            if index < last {
                // A table ends only where an empty line does.
                let table = line.starts_with(['|', '<', '1']) && line.contains('\n');
                source.push_str(if table { "\n\n" } else { self.gap });
                source.push_str(if *space { "\n" } else { "" });
            }
        }
        source.push_str(self.end);
        match self.crlf {
            true => source.replace('\n', "\r\n"),
            false => source,
        }
    }
}

fn table(form: TableForm, rows: &[Row]) -> String {
    let mut text = String::new();
    let cell = |words: &str| words.replace('|', "\\|");
    match form {
        TableForm::Pipe => text.push_str("| № | Атауы | Саны |\n|---|---|---|\n"),
        TableForm::Html => text.push_str("<table>\n<thead>\n<tr>\n<th>№</th>\n<th>Атауы</th>\n<th>Саны</th>\n</tr>\n</thead>\n<tbody>\n"),
        TableForm::HtmlSpanned => text.push_str("<table border=\"1\">\n"),
        TableForm::HtmlOnOneLine => text.push_str("<table>"),
        TableForm::Tabs => {}
    }
    let count = rows.len();
    for (index, row) in rows.iter().enumerate() {
        let n = index + 1;
        let line = match (form, row) {
            (TableForm::Pipe, Row::Cells(a, b)) => {
                format!("| {n}. | {} | {} |\n", cell(a), cell(b))
            }
            (TableForm::Pipe, Row::Across(a)) => format!("| {} | | |\n", cell(a)),
            (TableForm::Tabs, Row::Cells(a, b)) => format!("{n}.\t{a}\t{b}\n"),
            (TableForm::Tabs, Row::Across(a)) => format!("{n}.\t{a}\t\n"),
            (TableForm::Html, Row::Cells(a, b)) => {
                format!("<tr>\n<td>{n}.</td>\n<td>\n1) {a};\n2) {b}\n</td>\n<td>{b}</td>\n</tr>\n")
            }
            (TableForm::HtmlSpanned, Row::Cells(a, b)) if index == 0 => {
                format!(
                    "<tr>\n<td rowspan=\"{count}\">{n}.</td>\n<td>{a}</td>\n<td>{b}<br>{a}</td>\n</tr>\n"
                )
            }
            (TableForm::HtmlSpanned, Row::Cells(a, b)) => {
                format!("<tr>\n<td><p>{a}</p></td>\n<td>{b}</td>\n</tr>\n")
            }
            (TableForm::HtmlOnOneLine, Row::Cells(a, b)) => {
                format!("<tr><td>{n}</td><td>{a}</td><td>{b}</td></tr>")
            }
            (TableForm::Html | TableForm::HtmlSpanned, Row::Across(a)) => {
                format!("<tr>\n<td colspan=\"3\">{a}</td>\n</tr>\n")
            }
            (TableForm::HtmlOnOneLine, Row::Across(a)) => {
                format!("<tr><td colspan=\"3\">{a}</td></tr>")
            }
        };
        text.push_str(&line);
    }
    match form {
        TableForm::Html => text.push_str("</tbody>\n</table>"),
        TableForm::HtmlSpanned | TableForm::HtmlOnOneLine => text.push_str("</table>"),
        TableForm::Pipe | TableForm::Tabs => {
            text.pop();
        }
    }
    text
}

// ---------------------------------------------------------------------------------------------
// Random amending acts

#[derive(Debug, Clone)]
struct Order {
    dated: Dated,
    operations: Vec<Command>,
    /// Whether it names two acts, the second another than the base.
    targets: bool,
}

/// How an amending act enters into force.
#[derive(Debug, Clone, Copy)]
enum Dated {
    Unknown,
    Signing(i8),
    AfterPublication,
    On(i8),
}

#[derive(Debug, Clone)]
struct Command {
    verb: u8,
    /// Which provision, of those that stand in the text.
    at: Index,
    /// Which way the address, the number or the words are chosen.
    twist: u8,
    wrong: bool,
    from: Index,
    length: usize,
    new: String,
    text: Vec<String>,
    count: bool,
    expect: bool,
    elsewhere: bool,
    line: Option<usize>,
    on: Option<i8>,
}

/// Words of an operation; now and then with letters that the format of the base reads as marks.
fn order_words(most: usize) -> impl Strategy<Value = String> {
    const ODD: &[&str] = &[
        "жаңа",
        "редакция",
        "*",
        "_x_",
        "<b>",
        "[1]",
        "a|b",
        "&lt;",
        "`",
        "\\",
        "# бір",
        ", бірақ",
        "> бір",
        "; екі",
        "14-1",
        "«НЗМ»",
        "2*2",
        "1) бір",
        "5. Екі",
        "3-бап. Үш",
        "<ins>",
        "</del>",
        "- бір",
        "&",
    ];
    let word = prop_oneof![
        10 => select(KAZAKH).prop_map(str::to_string),
        1 => select(ODD).prop_map(str::to_string),
    ];
    prop::collection::vec(word, 1..=most).prop_map(|words| words.join(" "))
}

fn command() -> impl Strategy<Value = Command> {
    let own = prop_oneof![8 => Just(None), 1 => (0..6i8).prop_map(Some)];
    let line = prop_oneof![3 => Just(None), 1 => (1..9usize).prop_map(Some)];
    (
        (
            0..9u8,
            any::<Index>(),
            any::<u8>(),
            prop::bool::weighted(0.08),
        ),
        (any::<Index>(), 1..4usize),
        order_words(4),
        prop::collection::vec(order_words(8), 1..4),
        (
            prop::bool::weighted(0.2),
            prop::bool::weighted(0.1),
            prop::bool::weighted(0.3),
        ),
        (line, own),
    )
        .prop_map(
            |((verb, at, twist, wrong), (from, length), new, text, flags, (line, on))| Command {
                verb,
                at,
                twist,
                wrong,
                from,
                length,
                new,
                text,
                count: flags.0,
                expect: flags.1,
                elsewhere: flags.2,
                line,
                on,
            },
        )
}

fn order() -> impl Strategy<Value = Order> {
    let dated = prop_oneof![
        2 => Just(Dated::Unknown),
        2 => (0..6i8).prop_map(Dated::Signing),
        1 => Just(Dated::AfterPublication),
        2 => (0..6i8).prop_map(Dated::On),
    ];
    let operations = prop::collection::vec(command(), 1..9);
    (dated, operations, prop::bool::weighted(0.1)).prop_map(|(dated, operations, targets)| Order {
        dated,
        operations,
        targets,
    })
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    prop::collection::vec(order(), 1..5)
}

/// A provision that an operation may be aimed at.
#[derive(Debug, Clone)]
struct Aim {
    at: Address,
    unit: Unit,
    label: String,
    heading: bool,
    shown: String,
    cells: usize,
}

/// The provisions of an act at a moment, with their canonical addresses and the text of each block.
fn provisions(act: &Act, at: Moment) -> Vec<(Address, Provision, Vec<String>)> {
    fn add(
        view: &View,
        path: &mut Vec<&Provision>,
        list: &mut Vec<(Address, Provision, Vec<String>)>,
    ) {
        let parent = path[path.len() - 1];
        for child in &parent.children {
            path.push(child);
            let shown = child.blocks.clone().map(|block| cells(&view.shown(block)));
            let shown = shown.filter(|text| !text.trim().is_empty()).collect();
            list.push((Address(address::steps(path)), (*child).clone(), shown));
            add(view, path, list);
            path.pop();
        }
    }
    let root = structure::read(act, at);
    let view = View::new(act, at, &root);
    let mut list = Vec::new();
    add(&view, &mut vec![&root], &mut list);
    list
}

/// The text of a block without the white space around it and around its cells.
fn cells(shown: &str) -> String {
    let cells: Vec<&str> = shown
        .trim_matches([' ', '\n', '\r', '\u{a0}'])
        .split('\t')
        .map(str::trim)
        .collect();
    cells.join("\t")
}

fn aims(act: &Act, at: Moment) -> Vec<Aim> {
    provisions(act, at)
        .into_iter()
        .map(|(address, provision, _)| {
            let block = &act.blocks[provision.blocks.start];
            let shown = block.shown(at);
            Aim {
                at: address,
                unit: provision.unit,
                label: shown
                    .get(provision.label.clone())
                    .unwrap_or_default()
                    .to_string(),
                heading: !provision.heading.is_empty(),
                cells: match &block.kind {
                    Kind::Row(cells) if cells.len() > 1 && cells[0].columns == cells.len() => 1,
                    Kind::Row(cells) => cells.len(),
                    _ => 0,
                },
                shown,
            }
        })
        .collect()
}

fn day(day: i8) -> Date {
    jiff::civil::date(2024, 1, 10 + day)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            letter if letter.is_control() => write!(quoted, "\\u{:04X}", letter as u32).unwrap(),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

impl Order {
    /// The order as a file of operations, aimed at the text of an act at a moment.
    fn toml(&self, number: usize, act: &Act, at: Moment) -> String {
        let aims = aims(act, at);
        let mut toml = format!("[act]\nkind = \"law\"\nnumber = \"{}\"\n", 100 + number);
        match self.dated {
            Dated::Unknown => {}
            Dated::Signing(signed) => {
                write!(toml, "date = {}\nin_force = \"signing\"\n", day(signed)).unwrap();
            }
            Dated::AfterPublication => toml.push_str("in_force = { after_publication = 2 }\n"),
            Dated::On(force) => writeln!(toml, "in_force = {}", day(force)).unwrap(),
        }
        let titled = act.identity.title.as_ref().filter(|_| self.targets);
        if let Some(title) = titled {
            write!(
                toml,
                "\n[[target]]\ntitle = {}\n\n[[target]]\ntitle = \"Басқа заң\"\nnumber = \"9\"\n",
                quoted(title)
            )
            .unwrap();
        }
        for (index, command) in self.operations.iter().enumerate() {
            write!(toml, "\n[[operation]]\nn = {}\n", index + 1).unwrap();
            if command.elsewhere && titled.is_some() {
                toml.push_str("act = 2\n");
            }
            command.fields(&aims, &mut toml);
        }
        toml
    }
}

impl Command {
    fn fields(&self, aims: &[Aim], toml: &mut String) {
        let whole = Aim {
            at: Address(Vec::new()),
            unit: Unit::Act,
            label: String::new(),
            heading: false,
            shown: "мектеп туралы".to_string(),
            cells: 0,
        };
        let aim = match aims.is_empty() {
            true => &whole,
            false => self.at.get(aims),
        };
        let mut at = match aim.at.0.is_empty() {
            true => "text".to_string(),
            false => aim.at.to_string(),
        };
        // An address as a clause cites it, some levels left out; or a piece of the unit.
        match self.twist % 12 {
            0 if aim.at.0.len() > 2 => {
                let steps = &aim.at.0;
                at = Address(vec![steps[0].clone(), steps[steps.len() - 1].clone()]).to_string();
            }
            1 if !aim.at.0.is_empty() => {
                at = Address(vec![aim.at.0[aim.at.0.len() - 1].clone()]).to_string()
            }
            2 if aim.heading => at.push_str("/heading"),
            3 => at.push_str("/sentence:1"),
            4 if aim.cells > 0 => write!(at, "/column:{}", 1 + self.length % aim.cells).unwrap(),
            5 if aim.cells > 0 => {
                write!(at, "/column:{}/point:1", 1 + self.length % aim.cells).unwrap()
            }
            6 => at.push_str("/indent:1"),
            7 if matches!(self.verb, 6..) => at = "text".to_string(),
            _ => {}
        }
        if self.wrong {
            at = format!("{}:{}", aim.unit, 77 + self.length);
        }
        let parents = match at.rsplit_once('/') {
            Some((parents, _)) => format!("{parents}/"),
            None => String::new(),
        };
        let list = |list: &[String]| {
            let list: Vec<String> = list.iter().map(|it| quoted(it)).collect();
            format!("text = [{}]", list.join(", "))
        };
        let body = match self.verb {
            0 => format!(
                "action = \"replace\"\n{}",
                list(&self.wording(aim, &aim.label))
            ),
            1 => {
                let (number, label) = self.number(aim, aims);
                at = format!("{parents}{}:{number}", aim.unit);
                format!("action = \"insert\"\n{}", list(&self.wording(aim, &label)))
            }
            2 => {
                let (_, label) = self.number(aim, aims);
                let position = ["before", "after", "end"][self.length % 3];
                format!(
                    "action = \"insert\"\nposition = \"{position}\"\n{}",
                    list(&self.wording(aim, &label))
                )
            }
            3 => "action = \"delete\"".to_string(),
            4 => "action = \"repeal\"".to_string(),
            5 => format!(
                "action = \"renumber\"\nnew = {}",
                quoted(&self.number(aim, aims).0)
            ),
            6 => format!(
                "action = \"replace-words\"\nold = {}\nnew = {}{}",
                quoted(&self.old(aim)),
                quoted(&self.new),
                self.counted()
            ),
            7 => match self.twist % 3 {
                2 => format!(
                    "action = \"insert-words\"\nposition = \"end\"\nnew = {}",
                    quoted(&self.new)
                ),
                side => format!(
                    "action = \"insert-words\"\nposition = \"{}\"\nold = {}\nnew = {}{}",
                    ["before", "after"][usize::from(side)],
                    quoted(&self.old(aim)),
                    quoted(&self.new),
                    self.counted()
                ),
            },
            _ => format!(
                "action = \"delete-words\"\nold = {}{}",
                quoted(&self.old(aim)),
                self.counted()
            ),
        };
        writeln!(toml, "at = {}\n{body}", quoted(&at)).unwrap();
        if self.expect {
            writeln!(toml, "expect = {}", quoted(aim.shown.trim())).unwrap();
        }
        if let Some(line) = self.line {
            writeln!(toml, "lines = [{line}, {}]", line + self.length).unwrap();
        }
        if let Some(on) = self.on {
            writeln!(toml, "in_force = {}", day(on)).unwrap();
        }
    }

    fn counted(&self) -> &'static str {
        if self.count { "\ncount = 1" } else { "" }
    }

    /// Some words of the target, as a reader sees them.
    fn old(&self, aim: &Aim) -> String {
        let words: Vec<&str> = aim.shown.split_whitespace().collect();
        if words.is_empty() {
            return "жоқ".to_string();
        }
        let from = self.from.index(words.len());
        let to = (from + self.length).min(words.len());
        let words = words[from..to].join(" ");
        let bare = words.trim_end_matches(['.', ';', ':']);
        match bare.trim().is_empty() {
            true => words,
            false => bare.to_string(),
        }
    }

    /// A number for a new unit, mostly free, and the label that it is written with.
    fn number(&self, aim: &Aim, aims: &[Aim]) -> (String, String) {
        let Some(old) = aim.at.0.last().and_then(|step| step.num.as_ref()) else {
            return ("1".to_string(), "1)".to_string());
        };
        let kin = aims.iter().filter(|it| it.unit == aim.unit);
        let number = match self.twist % 5 {
            0 => old.to_string(),
            1 | 2 => format!("{old}-{}", self.length),
            _ => {
                let counts = kin.filter_map(|it| it.at.0.last()?.num.as_ref()?.count());
                (counts.max().unwrap_or(0) + self.length).to_string()
            }
        };
        let label = aim.label.replacen(&old.0, &number, 1);
        (number, label)
    }

    /// The new wording of a unit, with its number where the unit bears one.
    fn wording(&self, aim: &Aim, label: &str) -> Vec<String> {
        let mut text = self.text.clone();
        let bears = !label.is_empty() && self.twist % 7 != 6;
        if aim.cells > 0 {
            text.truncate(2);
            for (row, line) in text.iter_mut().enumerate() {
                let words = line.clone();
                let first = if bears && row == 0 {
                    label
                } else {
                    words.as_str()
                };
                let mut cells = vec![first.to_string()];
                cells.resize(
                    aim.cells.saturating_sub(usize::from(self.wrong)).max(1),
                    words.clone(),
                );
                *line = cells.join("\t");
            }
            return text;
        }
        for (index, line) in text.iter_mut().enumerate() {
            *line = cased(line, index != 1 || self.length != 2);
            if !(index == 0 && aim.heading) {
                line.push(if aim.unit == Unit::Point { ';' } else { '.' });
            }
        }
        if bears {
            text[0] = format!("{label} {}", text[0]);
        }
        text
    }
}

// ---------------------------------------------------------------------------------------------
// Worlds

/// A base with its amending acts applied.
struct World {
    source: String,
    tomls: Vec<String>,
    language: &'static Language,
    amendments: Vec<Amendment>,
    options: Options,
    act: Act,
    reports: Vec<Report>,
}

fn published() -> Options {
    Options {
        published: Some(day(1)),
        ..Options::default()
    }
}

impl World {
    fn new(source: &str, tomls: Vec<String>, options: Options) -> World {
        let amendments = tomls
            .iter()
            .map(|toml| {
                operation::parse(toml).unwrap_or_else(|problem| panic!("{problem:?}\n{toml}"))
            })
            .collect();
        World::of(source, tomls, amendments, options)
    }

    fn of(source: &str, tomls: Vec<String>, amendments: Vec<Amendment>, options: Options) -> World {
        let mut act = parse::act(source, None);
        let reports = apply::apply(&mut act, &amendments, &options);
        World {
            source: source.to_string(),
            tomls,
            language: act.language,
            amendments,
            options,
            act,
            reports,
        }
    }

    /// A world in which each order is aimed at the text that the orders before it left.
    fn random(source: &str, orders: &[Order]) -> World {
        let options = published();
        let mut tomls: Vec<String> = Vec::new();
        for order in orders {
            let world = World::new(source, tomls.clone(), options);
            tomls.push(order.toml(tomls.len() + 1, &world.act, world.act.last()));
        }
        World::new(source, tomls, options)
    }

    /// The same base with other amending acts or options.
    fn with(&self, amendments: Vec<Amendment>, options: Options) -> World {
        World::of(&self.source, Vec::new(), amendments, options)
    }

    fn operation(&self, report: &Report) -> &operation::Operation {
        &self.amendments[report.amendment].operations[report.operation]
    }

    /// The moments at which a reader may ask for the text: the base, and after each act or date.
    fn stages(&self) -> Vec<Moment> {
        let key = |index: usize| {
            (
                self.act.history[index].amendment,
                self.act.history[index].force,
            )
        };
        let count = self.act.history.len();
        let ends = (0..count).filter(|index| index + 1 == count || key(*index) != key(index + 1));
        std::iter::once(Moment::BASE)
            .chain(ends.map(|index| Moment(index as u32 + 1)))
            .collect()
    }

    /// Pairs of moments: the stages with one another, and single operations.
    fn spans(&self) -> Vec<(Moment, Moment)> {
        let stages = self.stages();
        let mut spans = Vec::new();
        for (index, from) in stages.iter().enumerate() {
            spans.extend(stages[index..].iter().map(|to| (*from, *to)));
        }
        spans.truncate(20);
        let last = self.act.last().0;
        spans.extend((1..=last).map(|op| (Moment(op - 1), Moment(op))).take(12));
        spans.push((Moment::BASE, self.act.last()));
        spans
    }

    fn render(&self, from: Moment, to: Moment, refine: bool, format: Format) -> String {
        let redline = Redline {
            act: &self.act,
            from,
            to,
            refine,
        };
        let document = Document {
            redline,
            preface: Vec::new(),
            clauses: report::clauses(&self.act, &self.amendments, &self.reports, from, to),
        };
        let mut bytes = Vec::new();
        render(&document, format, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// The world, written so that it can be made again by hand.
    fn told(&self) -> String {
        let mut text = format!("\n=== base\n{}\n", self.source);
        for toml in &self.tomls {
            write!(text, "=== operations\n{toml}\n").unwrap();
        }
        for report in &self.reports {
            let operation = self.operation(report);
            writeln!(
                text,
                "{}/{} {:?} {}",
                report.amendment + 1,
                operation.n,
                report.fate,
                report.address
            )
            .unwrap();
        }
        text
    }
}

type Law = fn(&World) -> Result<(), String>;

/// Every law that can be asked of a world.
const LAWS: &[(&str, Law)] = &[
    ("base", base),
    ("pieces", pieces),
    ("json", json),
    ("markdown", markdown),
    ("html", html),
    ("sum", sum),
    ("marks", marks),
    ("shuffle", shuffle),
    ("undo", undo),
    ("reread", reread),
    ("untouched", untouched),
    ("steps", steps),
    ("prefix", prefix),
    ("outputs", outputs),
];

fn differ(what: &str, wanted: &str, made: &str) -> Result<(), String> {
    if wanted == made {
        return Ok(());
    }
    let same = wanted
        .chars()
        .zip(made.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |text: &str| -> String {
        text.chars()
            .skip(same.saturating_sub(60))
            .take(160)
            .collect()
    };
    Err(format!(
        "{what}\n  wanted …{:?}\n  made   …{:?}",
        around(wanted),
        around(made)
    ))
}

/// The base prints as it was read, before and after amending.
fn base(world: &World) -> Result<(), String> {
    let fresh = parse::act(&world.source, None);
    differ(
        "the act that was read",
        &world.source,
        &fresh.print(Moment::BASE),
    )?;
    differ(
        "the base after amending",
        &world.source,
        &world.act.print(Moment::BASE),
    )?;
    differ(
        "without amendments",
        &world.source,
        &fresh.print(fresh.last()),
    )
}

/// Old sides join to the text at the first moment, new sides to that at the second.
fn pieces(world: &World) -> Result<(), String> {
    for (from, to) in world.spans() {
        for refine in [false, true] {
            let redline = Redline {
                act: &world.act,
                from,
                to,
                refine,
            };
            let lines: Vec<Line> = redline.lines().collect();
            let pieces = || lines.iter().flat_map(|line| &line.pieces);
            let old: String = pieces().map(|piece| &*piece.old.source).collect();
            let new: String = pieces().map(|piece| &*piece.new.source).collect();
            let what = format!("pieces {} → {}, refined: {refine}", from.0, to.0);
            differ(&format!("old {what}"), &world.act.print(from), &old)?;
            differ(&format!("new {what}"), &world.act.print(to), &new)?;
            for piece in pieces() {
                let ops = [piece.struck, piece.brought];
                if let Some(op) = ops
                    .iter()
                    .flatten()
                    .find(|op| op.0 <= from.0 || op.0 > to.0)
                {
                    return Err(format!("{what}: a mark of operation {} in {piece:?}", op.0));
                }
                let (named, same) = (ops != [None, None], piece.change == Change::Same);
                if same && (named || piece.old.shown != piece.new.shown) && !piece.border {
                    return Err(format!(
                        "{what}: a piece that is the same and is not: {piece:?}"
                    ));
                }
                if !same && !named {
                    return Err(format!("{what}: a mark of nobody: {piece:?}"));
                }
            }
        }
    }
    Ok(())
}

/// The pieces of JSON join likewise.
fn json(world: &World) -> Result<(), String> {
    for (from, to) in world.spans() {
        let json: serde_json::Value =
            serde_json::from_str(&world.render(from, to, true, Format::Json))
                .map_err(|it| it.to_string())?;
        let side = |side: &str| -> String {
            let lines = json["lines"].as_array().into_iter().flatten();
            let pieces = lines.flat_map(|line| line["pieces"].as_array().into_iter().flatten());
            pieces.filter_map(|piece| piece[side].as_str()).collect()
        };
        let what = format!("JSON {} → {}", from.0, to.0);
        differ(
            &format!("old, {what}"),
            &world.act.print(from),
            &side("old"),
        )?;
        differ(&format!("new, {what}"), &world.act.print(to), &side("new"))?;
    }
    Ok(())
}

/// applied + refused + later + elsewhere = operations; a refusal says why.
fn sum(world: &World) -> Result<(), String> {
    let operations: usize = world.amendments.iter().map(|it| it.operations.len()).sum();
    if world.reports.len() != operations {
        return Err(format!(
            "{} reports on {operations} operations",
            world.reports.len()
        ));
    }
    for report in &world.reports {
        let error = report
            .diagnostics
            .iter()
            .any(|it| it.severity == Severity::Error);
        let n = world.operation(report).n;
        let history = report.op.is_some_and(|op| world.act.change(op).applied);
        if error != (report.fate == Fate::Refused) {
            return Err(format!(
                "operation {n}: {:?} with {:?}",
                report.fate, report.diagnostics
            ));
        }
        if history != (report.fate == Fate::Applied) {
            return Err(format!(
                "operation {n}: {:?}, and applied in the history: {history}",
                report.fate
            ));
        }
    }
    Ok(())
}

/// Every mark names an applied operation and stands in the place that its address means, or beside.
fn marks(world: &World) -> Result<(), String> {
    let act = &world.act;
    let mut allowed: Vec<Option<Range<usize>>> = vec![None; act.history.len() + 1];
    for (index, _) in world.amendments.iter().enumerate() {
        let ops = |report: &&Report| report.amendment == index && report.op.is_some();
        let Some(first) = world
            .reports
            .iter()
            .filter(ops)
            .filter_map(|it| it.op)
            .min()
        else {
            continue;
        };
        let at = Moment::before(first);
        let root = structure::read(act, at);
        let view = View::new(act, at, &root);
        for report in world
            .reports
            .iter()
            .filter(ops)
            .filter(|it| it.fate == Fate::Applied)
        {
            let operation = world.operation(report);
            let steps = &operation.at.0;
            let steps = match operation.action {
                Action::Insert(None, _) => &steps[..steps.len() - 1],
                _ => steps,
            };
            let place = view
                .resolve(steps)
                .map_err(|it| format!("operation {}: {}", operation.n, it.message))?;
            let range = match &place.piece {
                Some(piece) => piece.block..piece.block + 1,
                None => place.provision().blocks.clone(),
            };
            allowed[report.op.unwrap().0 as usize] = Some(beside(act, at, range));
        }
    }
    for (index, block) in act.blocks.iter().enumerate() {
        let runs = block.text.0.iter().map(|run| {
            let blank = run.role == Role::Markup && run.source.trim().is_empty();
            (run.life, blank)
        });
        for (life, blank) in runs.chain([(block.life, false)]) {
            for op in ops(life) {
                let Some(range) = &allowed[op.0 as usize] else {
                    return Err(format!(
                        "a mark of operation {}, which is not applied: {block:?}",
                        op.0
                    ));
                };
                // The last line of a file gets the empty line that a new one needs before it.
                if !range.contains(&index) && !blank {
                    return Err(format!(
                        "a mark of operation {} outside of blocks {range:?}, {index}: {block:?}",
                        op.0
                    ));
                }
            }
        }
    }
    Ok(())
}

fn ops(life: Lifespan) -> impl Iterator<Item = OpId> {
    [life.born, life.died].into_iter().flatten()
}

/// The blocks of a place with the blocks around them that did not stand there then.
fn beside(act: &Act, at: Moment, range: Range<usize>) -> Range<usize> {
    let absent = |index: &usize| !act.blocks[*index].life.alive(at);
    let before = (0..range.start).rev().take_while(absent).count();
    let after = (range.end..act.blocks.len()).take_while(absent).count();
    range.start - before..range.end + after
}

/// The order of the operations in a file changes nothing.
fn shuffle(world: &World) -> Result<(), String> {
    let shown = |world: &World| {
        let last = world.act.last();
        let mut all = String::new();
        for format in [Format::Json, Format::Markdown, Format::Text, Format::Html] {
            all.push_str(&world.render(Moment::BASE, last, true, format));
        }
        all.push_str(&world.render(last, last, true, Format::Markdown));
        let mut reports: Vec<&Report> = world.reports.iter().collect();
        reports.sort_by_key(|report| (report.amendment, world.operation(report).n));
        for report in reports {
            let said: Vec<String> = report
                .diagnostics
                .iter()
                .map(|it| format!("{}: {} {}", it.code, it.message, it.help))
                .collect();
            writeln!(
                all,
                "{} {:?} {:?} {} {said:?}",
                world.operation(report).n,
                report.fate,
                report.op,
                report.address
            )
            .unwrap();
        }
        all
    };
    let wanted = shown(world);
    differ(
        "the same again",
        &wanted,
        &shown(&world.with(world.amendments.clone(), world.options)),
    )?;
    type Turn = fn(&mut Vec<operation::Operation>);
    let turns: [Turn; 2] = [
        |it| it.reverse(),
        |it| {
            let middle = it.len() / 2;
            it.rotate_left(middle);
        },
    ];
    for turn in turns {
        let mut amendments = world.amendments.clone();
        amendments
            .iter_mut()
            .for_each(|it| turn(&mut it.operations));
        differ(
            "shuffled operations",
            &wanted,
            &shown(&world.with(amendments, world.options)),
        )?;
    }
    Ok(())
}

/// Undoing the last act gives back the bytes before it.
fn undo(world: &World) -> Result<(), String> {
    // An act whose operations enter into force on several days may not be the last one.
    let Some(last) = world.act.history.last() else {
        return Ok(());
    };
    let undone = last.amendment;
    let of_it = |change: &&tuzet::act::Change| change.amendment == undone;
    let count = world.act.history.iter().filter(of_it).count();
    let tail = world.act.history.iter().rev().take_while(of_it).count();
    if count != tail
        || !world.amendments[undone + 1..]
            .iter()
            .all(|it| it.operations.is_empty())
    {
        return Ok(());
    }
    let mut amendments = world.amendments.clone();
    amendments.remove(undone);
    let before = world.with(amendments, world.options);
    let moment = Moment((world.act.history.len() - tail) as u32);
    differ(
        "undone",
        &before.act.print(before.act.last()),
        &world.act.print(moment),
    )
}

/// What is printed reads back as what we think we have.
fn reread(world: &World) -> Result<(), String> {
    let list = |act: &Act, at: Moment| -> Vec<String> {
        let line = |(address, provision, shown): (Address, Provision, Vec<String>)| {
            format!("{address} [{}] {shown:?}", provision.children.len())
        };
        provisions(act, at).into_iter().map(line).collect()
    };
    for stage in world.stages() {
        let printed = world.act.print(stage);
        let mut again = parse::act(&printed, Some(world.language));
        again.identity = world.act.identity.clone();
        let (wanted, made) = (list(&world.act, stage), list(&again, Moment::BASE));
        if let Some(at) =
            (0..wanted.len().max(made.len())).find(|at| wanted.get(*at) != made.get(*at))
        {
            return Err(format!(
                "at moment {} the act has\n  {:?}\nread again it has\n  {:?}\nprinted:\n{printed}",
                stage.0,
                wanted.get(at),
                made.get(at)
            ));
        }
    }
    Ok(())
}

/// What no operation of an act is about is in the result byte for byte, in its order.
fn untouched(world: &World) -> Result<(), String> {
    for amendment in &world.amendments {
        let alone = world.with(vec![amendment.clone()], world.options);
        let act = parse::act(&world.source, None);
        let root = structure::read(&act, Moment::BASE);
        let view = View::new(&act, Moment::BASE, &root);
        let mut free = vec![true; act.blocks.len()];
        let mut seams = vec![false; act.blocks.len() + 1];
        for report in alone.reports.iter().filter(|it| it.fate == Fate::Applied) {
            let operation = alone.operation(report);
            let (parents, _) = operation.at.split();
            let (steps, inside) = match operation.action {
                Action::Insert(None, _) => (parents, false),
                Action::Insert(..) => (operation.at.0.as_slice(), false),
                _ => (operation.at.0.as_slice(), true),
            };
            let place = view.resolve(steps).map_err(|it| it.message)?;
            let blocks = match (&place.piece, place.unit()) {
                (Some(piece), _) => piece.block..piece.block + 1,
                // The measures under an indicator are not what an operation on it is about.
                (None, Unit::Indicator) if inside => {
                    place.provision().blocks.start..place.provision().blocks.start + 1
                }
                (None, _) => place.provision().blocks.clone(),
            };
            match inside || place.piece.is_some() {
                true => free[blocks].fill(false),
                // An insertion parts blocks and changes none.
                false => seams[blocks.start..=blocks.end].fill(true),
            }
        }
        let result = alone.act.print(alone.act.last());
        let mut rest = result.as_str();
        let mut stretch = String::new();
        for (index, block) in act.blocks.iter().enumerate() {
            if seams[index] || !free[index] {
                rest = after(rest, &std::mem::take(&mut stretch))?;
            }
            if free[index] {
                let source: String = block.text.0.iter().map(|run| &*run.source).collect();
                // The last line may get an empty line after it.
                match index + 1 == act.blocks.len() {
                    true => stretch.push_str(source.trim_end()),
                    false => stretch.push_str(&source),
                }
            }
        }
        after(rest, &stretch)?;
    }
    Ok(())
}

fn after<'t>(text: &'t str, stretch: &str) -> Result<&'t str, String> {
    match text.find(stretch) {
        Some(at) => Ok(&text[at + stretch.len()..]),
        None => Err(format!(
            "an untouched stretch is not in the result: {stretch:?}\nit goes on: {text:?}"
        )),
    }
}

/// Act by act over the printed text gives what the chain gives in one run.
fn steps(world: &World) -> Result<(), String> {
    // In the order of entry into force, where each act enters into force at once.
    let mut sequence: Vec<usize> = Vec::new();
    for change in &world.act.history {
        if sequence.last() != Some(&change.amendment) {
            if sequence.contains(&change.amendment) {
                return Ok(());
            }
            sequence.push(change.amendment);
        }
    }
    let mut text = world.source.clone();
    let mut count = 0;
    for index in sequence {
        let mut act = parse::act(&text, Some(world.language));
        act.identity = world.act.identity.clone();
        let amendment = world.amendments[index..=index].to_vec();
        let reports = apply::apply(&mut act, &amendment, &world.options);
        text = act.print(act.last());
        count += act.history.len();
        for report in &reports {
            let chain = world
                .reports
                .iter()
                .find(|it| (it.amendment, it.operation) == (index, report.operation));
            let chain = chain.unwrap();
            if chain.fate != report.fate {
                return Err(format!(
                    "operation {} of act {}: {:?} in the chain, {:?} alone: {:?}",
                    world.operation(chain).n,
                    index + 1,
                    chain.fate,
                    report.fate,
                    chain
                        .diagnostics
                        .iter()
                        .chain(&report.diagnostics)
                        .map(|it| &it.message)
                        .collect::<Vec<_>>()
                ));
            }
        }
        differ(
            &format!("steps, after act {}", index + 1),
            &world.act.print(Moment(count as u32)),
            &text,
        )?;
    }
    Ok(())
}

/// The text as of a day is the text at the moment of that day.
fn prefix(world: &World) -> Result<(), String> {
    if world
        .reports
        .iter()
        .any(|it| it.force.is_none() && it.fate != Fate::Elsewhere)
    {
        return Ok(());
    }
    for date in (-1..9).map(day) {
        let options = Options {
            as_of: Some(date),
            ..world.options
        };
        let then = world.with(world.amendments.clone(), options);
        let what = format!("as of {date}");
        differ(
            &what,
            &world.act.print(world.act.on(date)),
            &then.act.print(then.act.last()),
        )?;
    }
    Ok(())
}

/// Nothing panics, whatever is asked.
fn outputs(world: &World) -> Result<(), String> {
    let last = world.act.last();
    for format in [
        Format::Markdown,
        Format::Html,
        Format::Text,
        Format::Ansi,
        Format::Json,
    ] {
        for (from, to) in [(Moment::BASE, last), (last, last)] {
            for refine in [false, true] {
                world.render(from, to, refine, format);
            }
        }
    }
    for entry in outline::outline(&world.act).iter().step_by(5) {
        let address = Address::parse(&entry.at).map_err(|it| format!("outline: {it}"))?;
        if let Err(problem) = tuzet::history::history(&world.act, &address) {
            return Err(format!("history of {}: {}", entry.at, problem.message));
        }
    }
    let sources = tuzet::render::diagnostic::Sources {
        base: ("base.md".to_string(), world.source.clone()),
        amendments: world
            .tomls
            .iter()
            .map(|it| ("operations.toml".to_string(), it.clone()))
            .collect(),
    };
    report::checks(&world.amendments, &world.reports, &sources);
    for diagnostic in world.reports.iter().flat_map(|it| &it.diagnostics) {
        tuzet::render::diagnostic::show(diagnostic, &sources, false);
    }
    Ok(())
}

/// Accepting all marks of Markdown gives the second text, rejecting all the first.
fn markdown(world: &World) -> Result<(), String> {
    for (from, to) in world.spans() {
        for refine in [false, true] {
            let marked = world.render(from, to, refine, Format::Markdown);
            let what = format!("Markdown {} → {}, refined: {refine}", from.0, to.0);
            for (name, at, accept) in [("accepted", to, true), ("rejected", from, false)] {
                differ(
                    &format!("{name}, {what}"),
                    world.act.print(at).trim_end(),
                    settled(&marked, accept).trim_end(),
                )?;
            }
        }
    }
    Ok(())
}

/// Accepts or rejects the marks of a redline in Markdown. A line or a table row that came or left
/// as a whole goes with the empty lines after it.
fn settled(marked: &str, accept: bool) -> String {
    const GONE: char = '\u{e000}';
    let mut text = String::new();
    let mut rest = marked;
    while let Some((at, tag)) = mark(rest) {
        let name = &rest[at + 1..at + 4];
        let content = at + tag.len();
        let end = content + closed(&rest[content..], name);
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

/// Where the element ends whose content a text starts with.
fn closed(text: &str, name: &str) -> usize {
    let mut depth = 1;
    for (at, _) in text.match_indices('<') {
        let tag = &text[at + 1..];
        if tag
            .strip_prefix('/')
            .is_some_and(|tag| tag.starts_with(name))
        {
            depth -= 1;
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
    text.len()
}

/// The same in HTML, by what is shown in each paragraph and each cell.
fn html(world: &World) -> Result<(), String> {
    for (from, to) in world.spans() {
        for refine in [false, true] {
            let page = world.render(from, to, refine, Format::Html);
            for (name, at, accept) in [("accepted", to, true), ("rejected", from, false)] {
                let wanted: Vec<String> = world
                    .act
                    .blocks
                    .iter()
                    .filter(|block| block.kind != Kind::Markup)
                    .map(|block| cells(&block.shown(at)).trim_end().to_string())
                    .filter(|shown| !shown.is_empty())
                    .collect();
                differ(
                    &format!("{name}, HTML {} → {}, refined: {refine}", from.0, to.0),
                    &wanted.join("\n¶"),
                    &paragraphs(&page, accept).join("\n¶"),
                )?;
            }
        }
    }
    Ok(())
}

/// What the paragraphs and rows of a page show once its marks are accepted or rejected.
fn paragraphs(page: &str, accept: bool) -> Vec<String> {
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

// ---------------------------------------------------------------------------------------------
// The laws, asserted

/// Asks a law of random histories. A failure shows the smallest world found, as files.
fn random(name: &str, cases: u32) {
    let (_, law) = LAWS.iter().find(|(it, _)| *it == name).unwrap();
    let config = ProptestConfig {
        cases,
        source_file: Some(file!()),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        max_shrink_iters: 2000,
        ..ProptestConfig::default()
    };
    let outcome = TestRunner::new(config).run(&(draft(), orders()), |(draft, orders)| {
        let source = draft.source();
        let world = World::random(&source, &orders);
        law(&world).map_err(|problem| TestCaseError::fail(format!("{problem}\n{}", world.told())))
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, (draft, orders))) => {
            let orders: Vec<&Vec<Command>> = orders.iter().map(|it| &it.operations).collect();
            panic!(
                "the law `{name}`: {reason}\n(the base was {:?}, the orders {orders:?})",
                draft.source()
            )
        }
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

#[test]
fn the_base_stays() {
    random("base", 96);
}

#[test]
fn pieces_join_to_both_texts() {
    random("pieces", 48);
}

#[test]
fn json_joins_to_both_texts() {
    random("json", 48);
}

#[test]
fn markdown_is_accepted_and_rejected() {
    random("markdown", 48);
}

#[test]
fn html_is_accepted_and_rejected() {
    random("html", 48);
}

#[test]
fn every_operation_has_a_fate() {
    random("sum", 96);
}

#[test]
fn marks_stand_where_their_operation_points() {
    random("marks", 96);
}

#[test]
fn the_order_of_operations_changes_nothing() {
    random("shuffle", 64);
}

#[test]
fn undoing_gives_back_the_bytes_before() {
    random("undo", 96);
}

#[test]
fn what_is_printed_reads_back() {
    random("reread", 96);
}

#[test]
fn untouched_text_is_untouched() {
    random("untouched", 96);
}

#[test]
fn step_by_step_is_the_chain() {
    random("steps", 96);
}

#[test]
fn the_text_of_a_day_is_a_prefix() {
    random("prefix", 64);
}

#[test]
fn nothing_panics() {
    random("outputs", 48);
}

#[test]
fn no_text_panics() {
    let config = ProptestConfig {
        cases: 96,
        source_file: Some(file!()),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    };
    // Letters that the scanners look at, in any order.
    let text = "(<t[rdh]>|</t[rdh]>|<table>|</table>|[|*_`#>&;:.)(\\[\\]<\"«»\\\\ \t\n-]|[0-9]{1,2}[-.)]|-бап|[әбВIі]|\\PC){0,80}";
    let outcome = TestRunner::new(config).run(&(text, orders()), |(source, orders)| {
        let world = World::random(&source, &orders);
        for law in [base, pieces, outputs] {
            law(&world)
                .map_err(|problem| TestCaseError::fail(format!("{problem}\n{}", world.told())))?;
        }
        Ok(())
    });
    if let Err(problem) = outcome {
        panic!("{problem}");
    }
}

/// Asks every law of a world; gives what is wrong with it.
fn all(name: &str, world: &World) -> String {
    let mut problems = String::new();
    for (law, check) in LAWS {
        if let Err(problem) = check(world) {
            writeln!(problems, "\n{name}, the law `{law}`: {problem}").unwrap();
        }
    }
    problems
}

#[test]
fn the_laws_hold_for_resolution_271() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let base = fs::read_to_string(folder.join("corpus/249/kk.md")).unwrap();
    let operations = fs::read_to_string(folder.join("amendments/271/operations.toml")).unwrap();
    let world = World::new(&base, vec![operations], Options::default());
    assert!(
        world.reports.iter().all(|it| it.fate == Fate::Applied),
        "{}",
        world.told()
    );
    let problems = all("249", &world);
    assert!(problems.is_empty(), "{problems}");
}

/// The acts of a folder with real ones, which is not part of the project.
fn real_acts() -> Vec<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/real"));
    let Ok(entries) = fs::read_dir(folder) else {
        assert_ne!(
            std::env::var("CI").as_deref(),
            Ok("true"),
            "{} is missing",
            folder.display()
        );
        writeln!(
            std::io::stderr(),
            "skipped: {} is missing",
            folder.display()
        )
        .unwrap();
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .flat_map(|entry| fs::read_dir(entry.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "md" || it == "txt"))
        .collect();
    files.sort();
    files
}

#[test]
fn the_laws_hold_for_real_acts() {
    let mut runner = TestRunner::deterministic();
    let mut problems = String::new();
    for path in real_acts() {
        let source = fs::read_to_string(&path).unwrap();
        let order = order().new_tree(&mut runner).unwrap().current();
        let world = World::random(&source, &[order]);
        let name = path
            .iter()
            .rev()
            .take(2)
            .map(|it| it.to_string_lossy())
            .collect::<Vec<_>>()
            .join(" of ");
        problems.push_str(&all(&name, &world));
    }
    assert!(problems.is_empty(), "{problems}");
}
