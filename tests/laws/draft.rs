//! Random acts.

use std::fmt::Write;

use proptest::prelude::*;
use proptest::sample::select;

pub const KAZAKH: &str = "білім беру ұйымы мемлекеттік тіл Қазақстан Республикасының және үшін орган \
    уәкілетті мектеп жыл теңге қала өңір әкімдік шешім ғылым құқық";

pub const RUSSIAN: &str = "образование орган уполномоченный и в городе Республики Казахстан закон года \
    тенге школа решение наука право язык для статьи";

/// What acts hold beside words: marks of the format, and letters that look like them.
const RARE: &str = "**қалың** | **екі сөз** | *көлбеу* | _астын_ | `код` | \\* | \\[1\\] | &nbsp; | &lt; | \
    &amp; | бiлiм | мем\u{ad}лекет | екі\u{a0}сөз | «тырнақша» | \"НЗМ\" | “PISA” | 14 | 14-1 | 2,6 | \
    5 % | № 271 | 2023 – 2029 | (бұдан әрі – орган) | <ins>жаңа</ins> | <del>ескі</del> | </ins> | \
    <b>қалың</b> | a < b | **\"Заң\"**ның | Қ.И. | т.б. | 63–1 | [сілтеме](https://example.kz) | \
    e\u{301} | 1) | 3-бап | \\_ | ** | 2*2";

/// One of the words of a list.
pub fn one_of(list: &'static str, mark: &'static str) -> impl Strategy<Value = String> {
    let words: Vec<&str> = list.split(mark).map(str::trim).collect();
    select(words).prop_map(str::to_string)
}

fn word(russian: bool) -> BoxedStrategy<String> {
    let plain = if russian { RUSSIAN } else { KAZAKH };
    prop_oneof![12 => one_of(plain, " "), 1 => one_of(RARE, "|")].boxed()
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
    /// An annex of the document before, with the number of its stamp.
    Inner(String, u8),
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
pub struct Draft {
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
        1 => (words(russian, 3), 1..4u8).prop_map(|(words, number)| Piece::Inner(words, number)),
        1 => Just(Piece::Contents),
        1 => Just(Piece::Signature),
        2 => (form, prop::collection::vec(row, 1..5)).prop_map(|(form, rows)| Piece::Table(form, rows)),
    ];
    (piece, prop::bool::weighted(0.1))
}

pub fn draft() -> impl Strategy<Value = Draft> {
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
pub fn cased(text: &str, upper: bool) -> String {
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
    pub fn source(&self) -> String {
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
        for (index, (piece, space)) in self.pieces.iter().enumerate() {
            let next = self.pieces.get(index + 1);
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
                    // The line over a list.
                    let mark = match next {
                        Some((Piece::Point(_) | Piece::Indent(_), _)) => ":",
                        _ => ".",
                    };
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
                Piece::Inner(words, number) => {
                    (articles, paragraphs, points) = (0, 0, 0);
                    match self.russian {
                        true => format!("> Приложение {number}\n> к Перечню\n\n## Форма {words}"),
                        false => format!("> Тізбеге\n> {number}-қосымша\n\n## {words} нысаны"),
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
