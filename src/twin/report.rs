//! The comparison of two versions, for a reader: two columns, differences first.

use maud::{DOCTYPE, PreEscaped, html};

use super::{Row, Twin};
use crate::operation::{Action, Operation};
use crate::render::visible;
use crate::report::behind;

/// The report in Markdown.
pub fn markdown(twin: &Twin) -> String {
    let mut text = format!(
        "# Kazakh and Russian\n\n{} pairs, {} differences, {} differences of wording\n\n| Kazakh | Russian | |\n|---|---|---|\n",
        twin.pairs,
        twin.differences.len(),
        twin.wording.len()
    );
    let cell = |text: String| visible(&text).replace('|', "\\|").replace('\n', "<br>");
    for row in ordered(twin) {
        text.push_str(&format!(
            "| {} | {} | {} |\n",
            cell(shown(row.kk.as_ref())),
            cell(shown(row.ru.as_ref())),
            cell(row.said.join("\n"))
        ));
    }
    for difference in twin
        .differences
        .iter()
        .filter(|it| it.kk.is_none() && it.ru.is_none())
    {
        text.push_str(&format!(
            "\n{}: {}\n",
            difference.kind.name(),
            difference.message
        ));
    }
    text
}

/// The report as a page of its own.
pub fn page(twin: &Twin) -> String {
    let whole = twin
        .differences
        .iter()
        .filter(|it| it.kk.is_none() && it.ru.is_none());
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { "Kazakh and Russian" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "Kazakh and Russian" }
                    p { (twin.pairs) " pairs, " (twin.differences.len()) " differences, " (twin.wording.len()) " differences of wording" }
                    @for difference in whole {
                        p.differs { (difference.message) }
                    }
                    table {
                        thead { tr { th { "Kazakh" } th { "Russian" } th { "Difference" } } }
                        tbody {
                            @for row in ordered(twin) {
                                tr.differs[row.differs] {
                                    td lang="kk" { (side(row.kk.as_ref())) }
                                    td lang="ru" { (side(row.ru.as_ref())) }
                                    td { @for said in &row.said { p { (visible(said)) } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    page.into_string()
}

const STYLE: &str = "body{font:16px/1.5 Georgia,serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color-scheme:light dark}\
table{border-collapse:collapse;width:100%;table-layout:fixed}\
th,td{border-top:1px solid #8886;padding:.5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
tr.differs td:last-child,p.differs{border-left:.25rem solid #c33;padding-left:.75rem}\
p{margin:.25rem 0}code{font-size:.85em}";

/// The rows with a difference before the others, each in the order of the act.
fn ordered(twin: &Twin) -> Vec<&Row> {
    let weight = |row: &&Row| (!row.differs, row.said.is_empty());
    let mut rows: Vec<&Row> = twin.rows.iter().collect();
    rows.sort_by_key(weight);
    rows
}

fn side(operation: Option<&Operation>) -> maud::Markup {
    html! {
        @match operation {
            Some(operation) => {
                code { (operation.action.name()) " " (operation.at.to_string()) }
                @for words in words(operation) { p { (visible(&words)) } }
            }
            None => "–",
        }
    }
}

fn shown(operation: Option<&Operation>) -> String {
    match operation {
        Some(operation) => {
            let head = format!("`{} {}`", operation.action.name(), operation.at);
            let lines = std::iter::once(head).chain(words(operation));
            lines.collect::<Vec<String>>().join("\n")
        }
        None => "–".to_string(),
    }
}

/// The words of an operation, a paragraph each.
fn words(operation: &Operation) -> Vec<String> {
    let behind = behind(operation);
    match &operation.action {
        Action::Replace(text) | Action::Insert(_, text) => {
            text.iter().map(|line| line.replace('\t', " | ")).collect()
        }
        Action::Delete | Action::Repeal => Vec::new(),
        Action::Renumber(num) => vec![num.to_string()],
        Action::ReplaceWords { old, new, .. } => vec![format!("«{old}»{behind} → «{new}»")],
        Action::DeleteWords { old, .. } => vec![format!("«{old}»{behind}")],
        Action::InsertWords {
            position,
            anchor,
            new,
            ..
        } => {
            vec![format!("«{new}» {} «{anchor}»", position.name())]
        }
    }
}
