//! Reading: published text → blocks and provisions. Whatever the text, its bytes survive; and a
//! Markdown parser's idea of lists, code and headings never renumbers the law.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Once;

use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tuzet::act::{Act, Kind, Provision};
use tuzet::address::Address;
use tuzet::outline::{Entry, outline};
use tuzet::parse::{self, structure};
use tuzet::place::{Place, View};
use tuzet::text::Moment;

/// Reads an act. Its bytes must survive.
fn read(source: &str) -> Act {
    let act = parse::act(source, None);
    assert_eq!(act.print(Moment::BASE), source, "the bytes changed");
    act
}

/// The words that a reader sees, a line a block.
fn shown(source: &str) -> String {
    let act = read(source);
    let lines = act.blocks.iter().map(|block| block.shown(Moment::BASE));
    let lines: Vec<String> = lines.filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n")
}

/// `7 article:3/point:1 [heading] words`, with ` | ` between cells and ` / ` between their lines.
fn line_of(entry: &Entry) -> String {
    let mut line = format!("{} {}", entry.line, entry.at);
    if let Some(heading) = &entry.heading {
        write!(line, " [{heading}]").unwrap();
    }
    if !entry.text.is_empty() {
        let text = entry.text.replace('\t', " | ").replace('\n', " / ");
        write!(line, " {text}").unwrap();
    }
    line
}

fn compare(source: &str, made: &[String], expected: &str) {
    let expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(
        made.join("\n"),
        expected.join("\n"),
        "\n--- read\n{source}\n"
    );
}

/// Checks the outline of a whole file.
fn check(source: &str, expected: &str) {
    let made: Vec<String> = outline(&read(source)).iter().map(line_of).collect();
    compare(source, &made, expected);
}

/// Checks the outline of an article's text, which starts in line 5.
fn check_article(text: &str, expected: &str) {
    let source = format!("# Заң\n\n1-бап. Тақырып\n\n{text}");
    let made: Vec<String> = outline(&read(&source))
        .iter()
        .filter(|entry| entry.line >= 5)
        .map(|entry| line_of(entry).replacen("article:1/", "", 1))
        .collect();
    compare(&source, &made, expected);
}

// What a Markdown parser would do to the law, a case each.

#[test]
fn points_keep_their_bracket() {
    check_article(
        "Мыналар:\n\n1) бірінші;\n\n2) екінші.\n",
        "
        5 part:1 Мыналар:
        7 part:1/point:1 бірінші;
        9 part:1/point:2 екінші.
        ",
    );
}

#[test]
fn numbers_with_gaps_are_not_counted_anew() {
    check_article(
        "Мыналар:\n\n2) екінші;\n\n4) төртінші;\n\n9) тоғызыншы.\n",
        "
        5 part:1 Мыналар:
        7 part:1/point:2 екінші;
        9 part:1/point:4 төртінші;
        11 part:1/point:9 тоғызыншы.
        ",
    );
    check_article(
        "2. Екінші.\n4. Төртінші.\n9. Тоғызыншы.\n",
        "
        5 paragraph:2 Екінші.
        6 paragraph:4 Төртінші.
        7 paragraph:9 Тоғызыншы.
        ",
    );
}

#[test]
fn a_point_right_under_a_line_of_text_is_a_point() {
    check_article(
        "Мыналар:\n1) бірінші;\n",
        "
        5 part:1 Мыналар:
        6 part:1/point:1 бірінші;
        ",
    );
    check_article(
        "Мыналар:\n4) төртінші;\n",
        "
        5 part:1 Мыналар:
        6 part:1/point:4 төртінші;
        ",
    );
}

#[test]
fn labels_that_are_no_list_to_markdown_are_labels() {
    check_article("13-1) он үш-бір;\n", "5 point:13-1 он үш-бір;");
    check_article("63-1. Алпыс үш-бір.\n", "5 paragraph:63-1 Алпыс үш-бір.");
    check_article("a) латын әрпі;\n", "5 point:a латын әрпі;");
    check_article("ә) қазақ әрпі;\n", "5 point:ә қазақ әрпі;");
    check_article(
        "\"8) тырнақшадағы тармақша\".\n",
        "5 part:1 \"8) тырнақшадағы тармақша\".",
    );
    check_article("I. Рим саны.\n", "5 part:1 I. Рим саны.");
}

#[test]
fn dash_numbers_on_consecutive_lines_are_points() {
    check_article(
        "3) үшінші;\n3-1) үш-бірінші;\n4) төртінші.\n",
        "
        5 point:3 үшінші;
        6 point:3-1 үш-бірінші;
        7 point:4 төртінші.
        ",
    );
}

#[test]
fn a_number_and_tabs_are_a_row() {
    check_article(
        "95.\tІс-шара\tақпарат\t2025 жыл\tОМ\n176.\tЕкінші іс-шара\tақпарат\t2026 жыл\tОМ\n",
        "
        5 table:1
        5 row:95 Іс-шара | ақпарат | 2025 жыл | ОМ
        6 row:176 Екінші іс-шара | ақпарат | 2026 жыл | ОМ
        ",
    );
    assert_eq!(shown("2023. Бұл жыл\n"), "2023. Бұл жыл");
    assert_eq!(
        shown("95.\tІс-шара\tақпарат\n"),
        "95.\tІс-шара\tақпарат",
        "the tabs part the cells"
    );
}

#[test]
fn a_rule_of_dashes_between_rows_is_no_row() {
    check_article(
        "63-1.\tБірінші\tбаға\n-------\t--\t--\n63-2.\tЕкінші\tбаға\n\n63-3.\tҮшінші\tбаға\n",
        "
        5 table:1
        5 row:63-1 Бірінші | баға
        7 row:63-2 Екінші | баға
        9 row:63-3 Үшінші | баға
        ",
    );
}

#[test]
fn indents_are_not_code() {
    for indent in ["      ", "\t", "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}"] {
        check(
            &format!(
                "{indent}1-бап. Тақырып\n\n{indent}1. Бірінші:\n\n{indent}1) тармақша:\n\n{indent}абзац.\n"
            ),
            "
            1 article:1 [Тақырып]
            3 article:1/paragraph:1 Бірінші:
            5 article:1/paragraph:1/point:1 тармақша:
            5 article:1/paragraph:1/point:1/indent:1 тармақша:
            7 article:1/paragraph:1/point:1/indent:2 абзац.
            ",
        );
    }
}

#[test]
fn a_rule_under_a_line_makes_no_heading() {
    for rule in ["---", "===", "----------", "___", "***", "* * *"] {
        check_article(
            &format!("Бірінші бөлік.\n{rule}\nЕкінші бөлік.\n"),
            "
            5 part:1 Бірінші бөлік.
            7 part:2 Екінші бөлік.
            ",
        );
    }
}

#[test]
fn bold_before_a_case_ending_shows_no_asterisks() {
    assert_eq!(
        shown("Осы **\"Заң\"**ның 1-бабы.\n"),
        "Осы \"Заң\"ның 1-бабы."
    );
    assert_eq!(shown("**\"Заң\"**ның 1-бабы.\n"), "\"Заң\"ның 1-бабы.");
    assert_eq!(shown("сөз**\"қалың\"**сөз\n"), "сөз\"қалың\"сөз");
    assert_eq!(shown("**ҚАУЛЫ ЕТЕДІ:**\n"), "ҚАУЛЫ ЕТЕДІ:");
}

#[test]
fn emphasis_is_not_shown_and_tildes_strike_nothing() {
    assert_eq!(shown("_М.О._ Әуезов\n"), "М.О. Әуезов");
    assert_eq!(shown("*М.О.* Әуезов\n"), "М.О. Әуезов");
    assert_eq!(
        shown("Үлесі ~5 %~ дейін, ~~10 %~~ емес\n"),
        "Үлесі ~5 %~ дейін, ~~10 %~~ емес"
    );
    assert_eq!(shown("а_б_в және 2 * 3 * 4\n"), "а_б_в және 2 * 3 * 4");
}

#[test]
fn footnotes_and_link_definitions_stay_in_sight() {
    let source = "Мәтін[1].\n\n[^1]: ескертпе мәтіні\n[1]: жоқ\n";
    assert_eq!(shown(source), "Мәтін[1].\n[^1]: ескертпе мәтіні\n[1]: жоқ");
}

#[test]
fn a_line_right_under_a_pipe_table_is_no_row() {
    check_article(
        "| 1. | Бірінші | ОМ |\n|---|---|---|\n| 2. | Екінші | ҚМ |\nКейінгі бөлік.\n",
        "
        5 table:1
        5 row:1 Бірінші | ОМ
        7 row:2 Екінші | ҚМ
        8 part:1 Кейінгі бөлік.
        ",
    );
}

#[test]
fn entities_show_what_they_stand_for() {
    assert_eq!(
        shown("<b>5</b>&nbsp;% &lt; 10 &amp; &#1178;азақ\n"),
        "5\u{a0}% < 10 & Қазақ"
    );
    assert_eq!(
        shown("<table><tr><td>&lt;5&nbsp;%</td><td><b>&laquo;Заң&raquo;</b></td></tr></table>\n"),
        "<5\u{a0}%\t«Заң»"
    );
    assert_eq!(shown("А & Б; &жоқ; 5 < 7 > 3\n"), "А & Б; &жоқ; 5 < 7 > 3");
}

#[test]
fn white_space_that_shows_before_a_label_is_no_part_of_it() {
    check(
        "# Заң\n\n&nbsp;&nbsp;1-тарау. Жалпы\n\n&nbsp;&nbsp;1-бап. Тақырып\n\n\
         &nbsp;&nbsp;1. Бірінші.\n\n&nbsp;1) тармақша;\n\n<br>5-1-бап. Бір\n\n&nbsp;Бөлік.\n",
        "
        1 title [Заң]
        3 chapter:1 [Жалпы]
        5 chapter:1/article:1 [Тақырып]
        7 chapter:1/article:1/paragraph:1 Бірінші.
        9 chapter:1/article:1/paragraph:1/point:1 тармақша;
        11 chapter:1/article:5-1 [Бір]
        13 chapter:1/article:5-1/part:1 Бөлік.
        ",
    );
}

#[test]
fn quotes_dashes_and_dots_are_left_alone() {
    let words = "\"Заң\" -- 'ереже'... -– „тырнақша” «бір» 1/2 (c) 63-1";
    assert_eq!(shown(&format!("{words}\n")), words);
}

#[test]
fn escaped_labels_are_labels() {
    check_article(
        "1\\. «Бірінші» мекеме.\n\n2\\. «Екінші» мекеме:\n\n4\\) төртінші.\n",
        "
        5 paragraph:1 «Бірінші» мекеме.
        7 paragraph:2 «Екінші» мекеме:
        9 paragraph:2/point:4 төртінші.
        ",
    );
    assert_eq!(shown("\\*\\_\\[\\]\\<\\#\n"), "*_[]<#");
}

#[test]
fn the_published_text_of_271_keeps_its_rows_and_its_dashes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/amendments/271/kk.txt");
    let source = fs::read_to_string(path).unwrap();
    let act = read(&source);
    let rows: Vec<String> = act
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Row(_)))
        .map(|block| block.shown(Moment::BASE))
        .collect();
    let keys: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.split('\t').next())
        .collect();
    let expected = [
        "63-1.", "63-2.", "63-3.", "63-4.", "63-5.", "95.", "176.", "179.",
    ];
    assert_eq!(keys, expected);
    assert!(
        rows.iter().all(|row| row.matches('\t').count() == 4),
        "{rows:#?}"
    );
    let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let dashes: usize = source
        .lines()
        .filter(|line| line.starts_with("---"))
        .map(visible)
        .sum();
    let bold = source.matches("**").count() * 2;
    let words: String = act.blocks.iter().map(|it| it.shown(Moment::BASE)).collect();
    assert_eq!(visible(&words) + dashes + bold, visible(&source));
}

// Files as they come.

const SMALL: &str = "# Заң\n\n1-бап. Тақырып\n\n1. Мыналар:\n\n1) бірінші;\n\n2) екінші.\n\n2-бап. Екінші\n\nБөлік.\n";
const SMALL_OUTLINE: &str = "
    1 title [Заң]
    3 article:1 [Тақырып]
    5 article:1/paragraph:1 Мыналар:
    7 article:1/paragraph:1/point:1 бірінші;
    9 article:1/paragraph:1/point:2 екінші.
    11 article:2 [Екінші]
    13 article:2/part:1 Бөлік.
";

#[test]
fn line_ends_of_windows_change_nothing() {
    check(&SMALL.replace('\n', "\r\n"), SMALL_OUTLINE);
    let table = "<table>\r\n<tr>\r\n<td>1.</td>\r\n<td>бір\r\nекі</td>\r\n</tr>\r\n</table>\r\n";
    assert_eq!(shown(table), "1.\tбір\nекі");
    assert_eq!(shown("63-1.\tБірінші\tбаға\r\n"), "63-1.\tБірінші\tбаға");
    assert_eq!(shown("| 1. | Бірінші |\r\n"), "1.\tБірінші");
}

#[test]
fn a_byte_order_mark_is_no_letter() {
    check(&format!("\u{feff}{SMALL}"), SMALL_OUTLINE);
    check(
        "\u{feff}1-бап. Тақырып\n\nБөлік.\n",
        "
        1 article:1 [Тақырып]
        3 article:1/part:1 Бөлік.
        ",
    );
}

#[test]
fn a_last_line_needs_no_end() {
    check(SMALL.trim_end(), SMALL_OUTLINE);
    check("1. Бір", "1 paragraph:1 Бір");
}

#[test]
fn empty_lines_of_any_kind_belong_to_no_provision() {
    check(&SMALL.replace("\n\n", "\n \t\n"), SMALL_OUTLINE);
    let source = format!("\n\n{SMALL}\n\n\n");
    let made: Vec<String> = outline(&read(&source)).iter().map(line_of).collect();
    assert_eq!(made[0], "3 title [Заң]");
    assert_eq!(made.len(), 7);
}

#[test]
fn nothing_and_next_to_nothing_can_be_read() {
    for source in [
        "", "\n", "\u{feff}", " ", "\r\n", "---", "---\n", "<table>", "|", "```", ">", "#",
    ] {
        let act = read(source);
        assert!(outline(&act).len() <= 1, "{source:?}");
    }
}

#[test]
fn front_matter_says_what_the_act_is() {
    let source = "---\nstatus: scaffold\nlanguage: ru\nkind: resolution\norgan: \"Правительство\"\n\
                  number: \"249\"\ndate: 2023-03-28\ntitle: О Концепции: новая редакция\n---\n\n\
                  # Концепция\n\nТекст.\n";
    for source in [
        source.to_string(),
        source.replace('\n', "\r\n"),
        format!("\u{feff}{source}"),
    ] {
        let act = read(&source);
        let identity = &act.identity;
        assert_eq!(identity.kind.as_deref(), Some("resolution"));
        assert_eq!(identity.organ.as_deref(), Some("Правительство"));
        assert_eq!(identity.number.as_deref(), Some("249"));
        assert_eq!(identity.date, Some(date(2023, 3, 28)));
        assert_eq!(
            identity.title.as_deref(),
            Some("О Концепции: новая редакция")
        );
        assert!(identity.scaffold);
        assert_eq!(act.language.code, "ru");
        assert!(outline(&act).iter().all(|entry| entry.line > 9));
    }
}

#[test]
fn quotes_around_values_of_front_matter_are_not_part_of_them() {
    let act = read("---\nnumber: '249'\ntitle: \"\\\"Білім туралы\\\" заң\"\n---\n1. Бір.\n");
    assert_eq!(act.identity.number.as_deref(), Some("249"));
    assert_eq!(act.identity.title.as_deref(), Some("\"Білім туралы\" заң"));
}

#[test]
fn front_matter_that_never_ends_is_text() {
    let act = read("---\nЕкінші жол.\n");
    assert_eq!(outline(&act).len(), 1);
    assert_eq!(act.identity.title, None);
}

#[test]
fn breaks_and_lines_inside_a_cell_are_its_lines() {
    check_article(
        "<table>\n<tr>\n<td>1.</td>\n<td>бір<br>екі<br/>үш</td>\n<td>\n1. Бірінші.\n2. Екінші.\n</td>\n</tr>\n</table>\n",
        "
        5 table:1
        6 row:1 бір / екі / үш | 1. Бірінші. / 2. Екінші.
        ",
    );
    check_article(
        "<table><tr><td>1.</td><td><p>бір</p><p>екі</p></td></tr></table>\n",
        "
        5 table:1
        5 row:1 бір / екі
        ",
    );
}

/// The columns that the cells of every row of a source fill.
fn grid(source: &str) -> Vec<Vec<(usize, usize)>> {
    let act = read(source);
    let columns = |kind: &Kind| match kind {
        Kind::Row(cells) => Some(
            cells
                .iter()
                .map(|cell| (cell.column, cell.column + cell.columns - 1))
                .collect(),
        ),
        _ => None,
    };
    act.blocks
        .iter()
        .filter_map(|it| columns(&it.kind))
        .collect()
}

#[test]
fn cells_that_fill_rows_and_columns_move_the_cells_after_them() {
    let source = "<table>\n\
        <tr><td rowspan=\"2\">№</td><td rowspan='2'>Атауы</td><td colspan=\"3\">Болжам</td><td ROWSPAN=2>ОМ</td></tr>\n\
        <tr><td>2022</td><td colspan=2>2023</td></tr>\n\
        <tr><td>1.</td><td>Бір</td><td>5</td><td>6</td><td>7</td><td>ОМ</td></tr>\n\
        </table>\n";
    assert_eq!(
        grid(source),
        [
            vec![(1, 1), (2, 2), (3, 5), (6, 6)],
            vec![(3, 3), (4, 5)],
            vec![(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6)],
        ]
    );
    assert_eq!(grid("| а | б\\|в | г |\n"), [[(1, 1), (2, 2), (3, 3)]]);
    let act = read(source);
    let column = |address: &str| words_at(&act, address);
    assert_eq!(column("row:1/column:4"), "6");
    assert_eq!(column("row:1/column:\"2022\""), "5");
    assert_eq!(column("row:1/column:\"2023\""), "6");
    assert_eq!(column("row:1/column:\"ОМ\""), "ОМ");
}

#[test]
fn a_table_in_a_cell_is_words_of_the_cell() {
    check_article(
        "<table>\n<tr><td>1.</td><td>сырт<table><tr><td>іш</td></tr></table></td></tr>\n<tr><td>2.</td><td>екі</td></tr>\n</table>\n",
        "
        5 table:1
        6 row:1 сыртіш
        7 row:2 екі
        ",
    );
}

#[test]
fn the_words_of_a_table_that_is_never_closed_are_still_there() {
    let source = "<table>\n<tr>\n<td>1.</td>\n<td>бір</td>\n</tr>\n\nКейінгі бөлік.\n";
    let words = shown(source);
    assert!(
        words.contains("бір") && words.contains("Кейінгі бөлік."),
        "{words}"
    );
    for source in [
        "<table><tr><td>бір",
        "<td>бір</td>\n",
        "<table><tr>бір</tr></table>\n",
        "</table>\n",
    ] {
        let words = shown(source);
        assert_eq!(words.contains("бір"), source.contains("бір"), "{source}");
    }
}

#[test]
fn rows_that_are_not_closed_are_rows() {
    check_article(
        "<table><tr><td>1.</td><td>бір</td><tr><td>2.<td>екі</table>\n",
        "
        5 table:1
        5 row:1 бір
        5 row:2 екі
        ",
    );
    assert_eq!(shown("<table><tr></table>\n"), "");
}

#[test]
fn words_of_a_table_outside_its_cells_are_still_there() {
    let words = shown("<table>\n<caption>1-кесте</caption>\n<tr><td>1.</td></tr>\n</table>\n");
    assert!(words.contains("1-кесте"), "{words}");
    let words = shown("<table>\n<tr><td>1.</td></tr>\n</table> жалғасы.\n");
    assert!(words.contains("жалғасы."), "{words}");
}

#[test]
fn a_plan_keeps_its_chapters_and_indicators_across_the_table() {
    check(
        "<table>\n\
        <tr><th>№</th><th>Іс-шара</th><th>Мерзімі</th></tr>\n\
        <tr><td>1</td><td>2</td><td>3</td></tr>\n\
        <tr><td colspan=\"3\">1. Бірінші тарау</td></tr>\n\
        <tr><td colspan=\"3\">Нысаналы 1-индикатор\nБірінші мақсат</td></tr>\n\
        <tr><td>1.</td><td>Бір</td><td>2025</td></tr>\n\
        <tr><td>2-1.</td><td>Екі-бір</td><td>2026</td></tr>\n\
        <tr><td colspan=\"3\">2-бағыт. Екінші</td></tr>\n\
        <tr><td>3.</td><td>Үш</td><td>2027</td></tr>\n\
        </table>\n",
        "
        1 table:1
        2 row:\"№\" № | Іс-шара | Мерзімі
        3 row:\"1\" 1 | 2 | 3
        4 chapter:1 [Бірінші тарау]
        5 chapter:1/indicator:1 Бірінші мақсат
        7 chapter:1/indicator:1/row:1 Бір | 2025
        8 chapter:1/indicator:1/row:2-1 Екі-бір | 2026
        9 direction:2 [Екінші]
        10 direction:2/row:3 Үш | 2027
        ",
    );
}

#[test]
fn the_number_of_a_row_may_stand_after_an_empty_cell() {
    check_article(
        "<table>\n<tr><td></td><td>37</td><td>Саябақ</td><td></td></tr>\n</table>\n",
        "
        5 table:1
        6 row:37 Саябақ
        ",
    );
}

#[test]
fn a_contents_list_is_not_the_articles() {
    let articles = "1-бап. Бірінші\n\nБір.\n\n2-бап. Екінші\n\nЕкі.\n";
    let contents = "1-бап. Бірінші\n2-бап. Екінші\n";
    // Before the title.
    check(
        &format!("{contents}\n# Заң\n\n{articles}"),
        "
        1 contents 1-бап. Бірінші
        1 contents/article:1 [Бірінші]
        2 contents/article:2 [Екінші]
        4 title [Заң]
        6 article:1 [Бірінші]
        8 article:1/part:1 Бір.
        10 article:2 [Екінші]
        12 article:2/part:1 Екі.
        ",
    );
    // In a fence, under its word, or because the lines come again.
    for (before, after) in [
        ("```\n", "```\n"),
        ("Мазмұны\n", ""),
        ("**МАЗМҰНЫ**\n", ""),
        ("\n", ""),
    ] {
        let source = format!("# Заң\n\n{before}{contents}{after}\n{articles}");
        let act = read(&source);
        let articles: Vec<usize> = outline(&act)
            .iter()
            .filter(|it| it.at.starts_with("article:") && it.unit == "article")
            .map(|it| it.line)
            .collect();
        let line = 7 + source.matches("```").count() / 2;
        assert_eq!(articles, [line, line + 4], "{source}");
        assert_eq!(line_at(&act, "contents/article:2"), 5, "{source}");
        assert_eq!(words_at(&act, "contents/article:2/heading"), "Екінші");
    }
}

#[test]
fn anchors_are_not_counted() {
    check(
        "# Заң\n\n<a id=\"st1\"></a>\n\n## 1-бап. Тақырып\n\n<a name=\"z5\"></a>1) бірінші;\n\n<a id=\"z6\"></a>\n2) екінші.\n",
        "
        1 title [Заң]
        5 article:1 [Тақырып]
        7 article:1/point:1 бірінші;
        10 article:1/point:2 екінші.
        ",
    );
}

#[test]
fn stamps_open_annexes_and_notes_count_nothing() {
    check(
        "# Қаулы\n\n1. Қағидалар бекітілсін.\n\n\
         > *Ескерту. 1-тармақ жаңа редакцияда – ҚР Үкіметінің 01.02.2024 № 5 қаулысымен.*\n\n\
         2. Қолданысқа енгізіледі.\n\n**Премьер-Министрі**\n\n**Ә. Смайылов**\n\n\
         > *Үкіметтің*  \n> *2023 жылғы 28 наурыздағы*  \n> *№ 249 қаулысына*  \n> *1-қосымша*\n\n\
         ## Бірінші құжат\n\n1. Бір.\n\n\
         > *Үкіметтің № 249 қаулысымен бекітілген*\n\n## Екінші құжат\n\n1. Екі.\n\n   Ескерту. 1-тармаққа өзгеріс енгізілді.\n",
        "
        1 title [Қаулы]
        3 paragraph:1 Қағидалар бекітілсін.
        7 paragraph:2 Қолданысқа енгізіледі.
        9 signature Премьер-Министрі
        18 annex:1 [Бірінші құжат]
        20 annex:1/paragraph:1 Бір.
        24 annex:2 [Екінші құжат]
        26 annex:2/paragraph:1 Екі.
        ",
    );
}

#[test]
fn approved_documents_are_annexes_in_the_order_of_the_file() {
    check(
        "# Қаулы\n\n1. Бір.\n\n## Білім беруді дамыту тұжырымдамасы\n\n### 1. Паспорт\n\nБір.\n\n\
         ### 2. Талдау\n\n#### 2.1. Орта білім\n\nЕкі.\n\n##### 1. Сапа\n\nҮш.\n\n\
         ## Тұжырымдаманы іске асыру жөніндегі іс-қимыл жоспары\n\nТөрт.\n",
        "
        1 title [Қаулы]
        3 paragraph:1 Бір.
        5 annex:1 [Білім беруді дамыту тұжырымдамасы]
        7 annex:1/section:1 [Паспорт]
        9 annex:1/section:1/part:1 Бір.
        11 annex:1/section:2 [Талдау]
        13 annex:1/section:2/chapter:2.1 [Орта білім]
        15 annex:1/section:2/chapter:2.1/part:1 Екі.
        17 annex:1/section:2/chapter:2.1/subchapter:1 [Сапа]
        19 annex:1/section:2/chapter:2.1/subchapter:1/part:1 Үш.
        21 annex:2 [Тұжырымдаманы іске асыру жөніндегі іс-қимыл жоспары]
        23 annex:2/part:1 Төрт.
        ",
    );
}

// Counting, by article 23 of the Law on legal acts.

#[test]
fn parts_start_in_upper_case_and_indents_in_lower() {
    check_article(
        "Кіріспе сөйлем:\n\nбірінші абзац;\n\nекінші абзац.\n\nКелесі бөлік.\n",
        "
        5 part:1 Кіріспе сөйлем:
        5 part:1/indent:1 Кіріспе сөйлем:
        7 part:1/indent:2 бірінші абзац;
        9 part:1/indent:3 екінші абзац.
        11 part:2 Келесі бөлік.
        ",
    );
}

#[test]
fn points_belong_to_the_part_before_them() {
    check_article(
        "Бірінші бөлік:\n\n1) бір;\n\n2) екі.\n\nЕкінші бөлік:\n\n1) бір;\n\n2) екі.\n",
        "
        5 part:1 Бірінші бөлік:
        7 part:1/point:1 бір;
        9 part:1/point:2 екі.
        11 part:2 Екінші бөлік:
        13 part:2/point:1 бір;
        15 part:2/point:2 екі.
        ",
    );
}

#[test]
fn a_figure_starts_a_part_unless_a_list_is_open() {
    check_article(
        "Бірінші бөлік.\n\n2025 – 2029 жылдар аралығында қолдау көрсетіледі.\n\n– белгімен басталған бөлік.\n",
        "
        5 part:1 Бірінші бөлік.
        7 part:2 2025 – 2029 жылдар аралығында қолдау көрсетіледі.
        9 part:3 – белгімен басталған бөлік.
        ",
    );
    check_article(
        "Айтыстар:\n\n1-2 сәуір – көктем айтысы;\n\n8 тамыз – жаз айтысы;\n\n22 қазан – күз айтысы.\n",
        "
        5 part:1 Айтыстар:
        5 part:1/indent:1 Айтыстар:
        7 part:1/indent:2 1-2 сәуір – көктем айтысы;
        9 part:1/indent:3 8 тамыз – жаз айтысы;
        11 part:1/indent:4 22 қазан – күз айтысы.
        ",
    );
}

#[test]
fn a_point_may_hold_indents_and_parts() {
    check_article(
        "Мыналар:\n\n1) бірінші:\n\nіштегі абзац;\n\nтағы бірі;\n\n2) екінші.\n\nЕкіншінің екінші бөлігі.\n\n3) үшінші.\n",
        "
        5 part:1 Мыналар:
        7 part:1/point:1 бірінші:
        7 part:1/point:1/indent:1 бірінші:
        9 part:1/point:1/indent:2 іштегі абзац;
        11 part:1/point:1/indent:3 тағы бірі;
        13 part:1/point:2 екінші.
        13 part:1/point:2/part:1 екінші.
        15 part:1/point:2/part:2 Екіншінің екінші бөлігі.
        17 part:1/point:3 үшінші.
        ",
    );
}

#[test]
fn a_quote_does_not_hide_the_first_letter() {
    check_article(
        "«Астана» орталығы жұмыс істейді.\n\n«Қазына» қоры жұмыс істейді:\n\n«жасыл» экономика.\n",
        "
        5 part:1 «Астана» орталығы жұмыс істейді.
        7 part:2 «Қазына» қоры жұмыс істейді:
        7 part:2/indent:1 «Қазына» қоры жұмыс істейді:
        9 part:2/indent:2 «жасыл» экономика.
        ",
    );
}

#[test]
fn headings_notes_tables_and_captions_are_not_counted() {
    check_article(
        "Бірінші бөлік.\n\n1-кесте. Көрсеткіштер\n\n| 1. | Бір |\n\nЕскертпе: кестедегі деректер алдын ала.\n\n\
         > *Ескерту. 1-бапқа өзгеріс енгізілді.*\n\nЕкінші бөлік.\n",
        "
        5 part:1 Бірінші бөлік.
        9 table:1
        9 row:1 Бір
        11 note Ескертпе: кестедегі деректер алдын ала.
        15 part:2 Екінші бөлік.
        ",
    );
}

#[test]
fn a_note_that_ends_with_a_colon_holds_the_paragraphs_after_it() {
    check(
        "# Қаулы\n\n1. Бір.\n\nЕскертпе:\n\nЕскертпенің сөздері осы тармаққа жатпайды.\n\n2. Екі.\n",
        "
        1 title [Қаулы]
        3 paragraph:1 Бір.
        5 paragraph:1/note Ескертпе:
        9 paragraph:2 Екі.
        ",
    );
}

#[test]
fn in_a_code_a_number_in_an_article_is_a_part() {
    check(
        "# Қазақстан Республикасының Әкімшілік құқық бұзушылық туралы кодексі\n\n214-бап. Тақырып\n\n\
         1. Бірінші бөлік:\n\n1) тармақша:\n\nабзац;\n\n3-1. Үш-бірінші бөлік.\n",
        "
        1 title [Қазақстан Республикасының Әкімшілік құқық бұзушылық туралы кодексі]
        3 article:214 [Тақырып]
        5 article:214/part:1 Бірінші бөлік:
        7 article:214/part:1/point:1 тармақша:
        7 article:214/part:1/point:1/indent:1 тармақша:
        9 article:214/part:1/point:1/indent:2 абзац;
        11 article:214/part:3-1 Үш-бірінші бөлік.
        ",
    );
}

#[test]
fn the_line_of_an_article_may_carry_its_text() {
    check(
        "# Заң\n\n1-бап. Мынадай мөлшерлер бекітілсін:\n\n2012 жыл – 1 теңге;\n\n2-бап. Осы Заң қолданысқа енгізіледі.\n",
        "
        1 title [Заң]
        3 article:1 Мынадай мөлшерлер бекітілсін:
        3 article:1/part:1 Мынадай мөлшерлер бекітілсін:
        3 article:1/part:1/indent:1 Мынадай мөлшерлер бекітілсін:
        5 article:1/part:1/indent:2 2012 жыл – 1 теңге;
        7 article:2 Осы Заң қолданысқа енгізіледі.
        7 article:2/part:1 Осы Заң қолданысқа енгізіледі.
        ",
    );
}

#[test]
fn a_russian_law_reads_as_its_kazakh_twin() {
    check(
        "# О занятости\n\nНастоящий Закон регулирует отношения.\n\nГлава 1. Общие положения\n\nСтатья 1. Понятия\n\n\
         1. Понятия:\n\n1) занятость;\n\n2-1) отдых.\n\nСтатья 5-1 . Права\n\nПраво имеет:\n\nработник;\n\nнаниматель.\n\n\
         Сноска. Статья 5-1 в редакции Закона РК от 01.02.2024 № 5.\n\nПрезидент Республики Казахстан\n",
        "
        1 title [О занятости]
        3 preamble Настоящий Закон регулирует отношения.
        3 preamble/part:1 Настоящий Закон регулирует отношения.
        5 chapter:1 [Общие положения]
        7 chapter:1/article:1 [Понятия]
        9 chapter:1/article:1/paragraph:1 Понятия:
        11 chapter:1/article:1/paragraph:1/point:1 занятость;
        13 chapter:1/article:1/paragraph:1/point:2-1 отдых.
        15 chapter:1/article:5-1 [Права]
        17 chapter:1/article:5-1/part:1 Право имеет:
        17 chapter:1/article:5-1/part:1/indent:1 Право имеет:
        19 chapter:1/article:5-1/part:1/indent:2 работник;
        21 chapter:1/article:5-1/part:1/indent:3 наниматель.
        25 signature Президент Республики Казахстан
        ",
    );
}

#[test]
fn look_alike_letters_and_loose_dashes_do_not_hide_a_unit() {
    check(
        "# Заң\n\n1-тaрaу. Жалпы\n\n5-1 – бап . Бір\n\nБөлік.\n\nIІ бөлім. Екінші\n\n6–бап. Екі\n\nБөлік.\n",
        "
        1 title [Заң]
        3 chapter:1 [Жалпы]
        5 chapter:1/article:5-1 [Бір]
        7 chapter:1/article:5-1/part:1 Бөлік.
        9 section:II [Екінші]
        11 section:II/article:6 [Екі]
        13 section:II/article:6/part:1 Бөлік.
        ",
    );
}

#[test]
fn a_line_about_a_unit_is_not_that_unit() {
    check_article(
        "Мынадай өзгерістер енгізілсін:\n\n3-бапта:\n\n5) тармақша мынадай редакцияда жазылсын;\n\n7) және 10) тармақшалар алып тасталсын.\n",
        "
        5 part:1 Мынадай өзгерістер енгізілсін:
        5 part:1/indent:1 Мынадай өзгерістер енгізілсін:
        7 part:1/indent:2 3-бапта:
        9 part:1/indent:3 5) тармақша мынадай редакцияда жазылсын;
        11 part:1/indent:4 7) және 10) тармақшалар алып тасталсын.
        ",
    );
}

#[test]
fn quoted_units_are_words_of_the_clause_that_quotes_them() {
    let source = "# Өзгерістер енгізу туралы\n\n1-бап. Мынадай өзгерістер енгізілсін:\n\n\
        1) 6-бап мынадай редакцияда жазылсын:\n\n«6-бап. Тіркеу тәртібі\n\n1. Тіркеу жүргізіледі.\n\n\
        2) тармақша.»;\n\n2) 7-бап алып тасталсын.\n\n2-бап. Осы Заң қолданысқа енгізіледі.\n";
    let made: Vec<String> = outline(&read(source))
        .iter()
        .filter(|it| !matches!(it.unit, "part" | "indent"))
        .map(line_of)
        .collect();
    compare(
        source,
        &made,
        "
        1 title [Өзгерістер енгізу туралы]
        3 article:1 Мынадай өзгерістер енгізілсін:
        5 article:1/part:1/point:1 6-бап мынадай редакцияда жазылсын:
        13 article:1/part:1/point:2 7-бап алып тасталсын.
        15 article:2 Осы Заң қолданысқа енгізіледі.
        ",
    );
}

#[test]
fn a_signature_stands_at_the_end() {
    check(
        "# Приказ\n\n1. Дополнить:\n\n100 Резерв Правительства Республики Казахстан\n\n2. Ввести в действие.\n\n\
         Министр финансов\n\nРеспублики Казахстан\n\nМ. Такиев\n",
        "
        1 title [Приказ]
        3 paragraph:1 Дополнить:
        3 paragraph:1/indent:1 Дополнить:
        5 paragraph:1/indent:2 100 Резерв Правительства Республики Казахстан
        7 paragraph:2 Ввести в действие.
        9 signature Министр финансов
        ",
    );
    check(
        "# Қаулы\n\n1. Бір.\n\nҚазақстан Республикасының Премьер-Министрі          К. Масимов\n",
        "
        1 title [Қаулы]
        3 paragraph:1 Бір.
        5 signature Қазақстан Республикасының Премьер-Министрі          К. Масимов
        ",
    );
}

#[test]
fn a_line_that_names_an_act_is_text_in_the_body() {
    check(
        "# О признании утратившими силу некоторых решений\n\n1. Признать утратившими силу:\n\n\
         постановление Правительства Республики Казахстан от 31 декабря 2010 года № 1512;\n\n\
         приказ Министра финансов Республики Казахстан от 1 марта 2011 года № 15\n\n\
         2. Ввести в действие.\n",
        "
        1 title [О признании утратившими силу некоторых решений]
        3 paragraph:1 Признать утратившими силу:
        3 paragraph:1/indent:1 Признать утратившими силу:
        5 paragraph:1/indent:2 постановление Правительства Республики Казахстан от 31 декабря 2010 года № 1512;
        7 paragraph:1/indent:3 приказ Министра финансов Республики Казахстан от 1 марта 2011 года № 15
        9 paragraph:2 Ввести в действие.
        ",
    );
}

#[test]
fn units_of_another_document_are_no_contents_list() {
    check(
        "# Заң\n\n1-тарау. Жалпы\n\n1-бап. Бір\n\nМәтін бір.\n\n2-бап. Екі\n\nМәтін екі.\n\n\
         > *Заңға қосымша*\n\n## Келісім\n\n1-тарау. Жалпы\n\n1-бап. Үш\n\nМәтін үш.\n\n2-бап. Төрт\n\nМәтін төрт.\n",
        "
        1 title [Заң]
        3 chapter:1 [Жалпы]
        5 chapter:1/article:1 [Бір]
        7 chapter:1/article:1/part:1 Мәтін бір.
        9 chapter:1/article:2 [Екі]
        11 chapter:1/article:2/part:1 Мәтін екі.
        15 annex:1 [Келісім]
        17 annex:1/chapter:1 [Жалпы]
        19 annex:1/chapter:1/article:1 [Үш]
        21 annex:1/chapter:1/article:1/part:1 Мәтін үш.
        23 annex:1/chapter:1/article:2 [Төрт]
        25 annex:1/chapter:1/article:2/part:1 Мәтін төрт.
        ",
    );
    // Subsections and subchapters are numbered anew in each section and chapter.
    check(
        "# Кодекс\n\n1-бөлім. А\n\n1-кіші бөлім. Б\n\n1-параграф. В\n\n1-бап. Г\n\nМәтін.\n\n\
         2-бөлім. Д\n\n1-кіші бөлім. Е\n\n1-параграф. Ж\n\n2-бап. З\n\nМәтін.\n",
        "
        1 title [Кодекс]
        3 section:1 [А]
        5 section:1/subsection:1 [Б]
        7 section:1/subsection:1/subchapter:1 [В]
        9 section:1/subsection:1/subchapter:1/article:1 [Г]
        11 section:1/subsection:1/subchapter:1/article:1/part:1 Мәтін.
        13 section:2 [Д]
        15 section:2/subsection:1 [Е]
        17 section:2/subsection:1/subchapter:1 [Ж]
        19 section:2/subsection:1/subchapter:1/article:2 [З]
        21 section:2/subsection:1/subchapter:1/article:2/part:1 Мәтін.
        ",
    );
    let repealed = "# Заң\n\n1-бап. Күші жойылды – ҚР 01.01.2020 № 1-VI Заңымен.\n\n\
        2-бап. Күші жойылды – ҚР 01.01.2020 № 1-VI Заңымен.\n\n3-бап. Үш\n\nМәтін.\n\n\
        > *Заңға қосымша*\n\n## Келісім\n\n1-бап. А\n\nМәтін.\n\n2-бап. Б\n\nМәтін.\n";
    let act = read(repealed);
    assert_eq!(line_at(&act, "article:1"), 3);
    assert_eq!(line_at(&act, "article:2"), 5);
    assert_eq!(line_at(&act, "annex:1/article:2"), 19);
}

#[test]
fn a_point_may_start_with_any_word() {
    check_article(
        "Мыналар:\n\n1) тармақ бойынша шешім;\n\n2) бөлікті өзгерту;\n\n3) және басқалар.\n",
        "
        5 part:1 Мыналар:
        7 part:1/point:1 тармақ бойынша шешім;
        9 part:1/point:2 бөлікті өзгерту;
        11 part:1/point:3 және басқалар.
        ",
    );
}

#[test]
fn persons_and_offices_of_an_annex_sign_nothing() {
    check(
        "# Қаулы\n\n1. Құрам бекітілсін.\n\n**Қазақстан Республикасының**\n\n**Премьер-Министрі**\n\n\
         > *Үкіметтің № 5 қаулысына қосымша*\n\n## Комиссияның құрамы\n\n\
         Қазақстан Республикасының Премьер-Министрі, төраға\n\nҚазақстан Республикасының Қаржы министрі\n",
        "
        1 title [Қаулы]
        3 paragraph:1 Құрам бекітілсін.
        5 signature Қазақстан Республикасының
        11 annex:1 [Комиссияның құрамы]
        13 annex:1/part:1 Қазақстан Республикасының Премьер-Министрі, төраға
        15 annex:1/part:2 Қазақстан Республикасының Қаржы министрі
        ",
    );
}

#[test]
fn letters_number_points_inside_points() {
    check_article(
        "1. Алымдар:\n\n1) жергілікті:\n\nа) жер;\n\nә) су;\n\n2) өзге.\n\nЕкінші бөлік:\n\n1) бір;\n\n2) екі.\n",
        "
        5 paragraph:1 Алымдар:
        5 paragraph:1/part:1 Алымдар:
        7 paragraph:1/part:1/point:1 жергілікті:
        9 paragraph:1/part:1/point:1/point:а жер;
        11 paragraph:1/part:1/point:1/point:ә су;
        13 paragraph:1/part:1/point:2 өзге.
        15 paragraph:1/part:2 Екінші бөлік:
        17 paragraph:1/part:2/point:1 бір;
        19 paragraph:1/part:2/point:2 екі.
        ",
    );
}

#[test]
fn a_line_about_a_table_is_no_caption() {
    check_article(
        "1-кестеде деректер бар.\n\n1-кестеге сәйкес есептеледі.\n\n1-кесте. Деректер\n\n| 1. | бір |\n\nҮшінші бөлік.\n",
        "
        5 part:1 1-кестеде деректер бар.
        7 part:2 1-кестеге сәйкес есептеледі.
        11 table:1
        11 row:1 бір
        13 part:3 Үшінші бөлік.
        ",
    );
}

// Languages.

#[test]
fn the_language_is_seen_from_the_letters() {
    for (text, code) in [
        ("Осы Заң қолданысқа енгізіледі.", "kk"),
        ("Настоящий Закон вводится в действие.", "ru"),
        (
            "О передаче государственного пакета акций акционерного общества «Фонд «Самұрық-Қазына» в оплату уставного капитала",
            "ru",
        ),
        ("1-бап. Осы заң", "kk"),
        (
            "8 наурыз – Халықаралық әйелдер мерекесі, демалыс күні",
            "kk",
        ),
        ("1 мамыр – мереке. Жаңа жыл – демалыс", "kk"),
    ] {
        assert_eq!(read(text).language.code, code, "{text}");
    }
    let stated = read("---\nlanguage: kk\n---\nТекст без казахских букв.\n");
    assert_eq!(stated.language.code, "kk");
    let told = parse::act("Осы Заң.\n", tuzet::lang::by_code("ru"));
    assert_eq!(told.language.code, "ru");
    assert!(tuzet::lang::by_code("en").is_none());
}

// Addresses: every provision that the outline names is the one that its address means.

/// Where a place starts: its line in the file and its words.
fn found(act: &Act, address: &str) -> Result<(usize, String), String> {
    let root = structure::read(act, Moment::BASE);
    let view = View::new(act, Moment::BASE, &root);
    let address = Address::parse(address)?;
    let place = view
        .resolve(&address.0)
        .map_err(|problem| format!("{} {}", problem.message, problem.help))?;
    let (block, words) = match &place.piece {
        Some(piece) => (
            piece.block,
            view.shown(piece.block)[piece.range.clone()].to_string(),
        ),
        None => {
            let provision = place.provision();
            let block = provision.blocks.start;
            let words = view.shown(block);
            let from = match provision.heading.is_empty() {
                true => provision.body,
                false => provision.heading.start,
            };
            (block, words[from.min(words.len())..].to_string())
        }
    };
    let before: String = act.blocks[..block]
        .iter()
        .flat_map(|block| block.runs(Moment::BASE))
        .map(|run| run.source.as_str())
        .collect();
    Ok((before.matches('\n').count() + 1, words.trim().to_string()))
}

fn line_at(act: &Act, address: &str) -> usize {
    found(act, address)
        .unwrap_or_else(|problem| panic!("{address}: {problem}"))
        .0
}

fn words_at(act: &Act, address: &str) -> String {
    found(act, address)
        .unwrap_or_else(|problem| panic!("{address}: {problem}"))
        .1
}

/// What is wrong with the addresses of an act's outline.
fn misses(act: &Act) -> Vec<String> {
    fn collect<'t>(path: &mut Vec<&'t Provision>, all: &mut Vec<&'t Provision>) {
        let last = path[path.len() - 1];
        for child in &last.children {
            if child.unit == tuzet::unit::Unit::Table || !tuzet::place::is_silent(last, child) {
                all.push(child);
            }
            path.push(child);
            collect(path, all);
            path.pop();
        }
    }
    let root = structure::read(act, Moment::BASE);
    let view = View::new(act, Moment::BASE, &root);
    let mut all = Vec::new();
    collect(&mut vec![&root], &mut all);
    let entries = outline(act);
    assert_eq!(entries.len(), all.len());
    let mut misses = Vec::new();
    for (entry, provision) in entries.iter().zip(all) {
        let at = &entry.at;
        let address = match Address::parse(at) {
            Ok(address) => address,
            Err(problem) => {
                misses.push(format!("{}: {problem}", entry.line));
                continue;
            }
        };
        if address.to_string() != *at {
            misses.push(format!("{at}: is written back as {address}"));
        }
        let place: Result<Place, _> = view.resolve(&address.0);
        match place {
            Ok(place) if place.piece.is_none() && std::ptr::eq(place.provision(), provision) => {
                if place.address() != *at {
                    misses.push(format!("{at}: is called {}", place.address()));
                }
            }
            Ok(place) => misses.push(format!(
                "line {}: {at} means {}",
                entry.line,
                place.address()
            )),
            Err(problem) => misses.push(format!("line {}: {at}: {}", entry.line, problem.message)),
        }
    }
    misses
}

#[test]
fn every_address_of_the_scaffold_means_its_provision() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/249/kk.md");
    let act = read(&fs::read_to_string(path).unwrap());
    let misses = misses(&act);
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
fn every_annex_has_an_address_of_its_own() {
    let act = read(
        "# Бұйрық\n\n1. Бір.\n\n**Министр**\n\n> *Министрдің № 5 бұйрығымен бекітілген*\n\n## Есеп қағидалары\n\n1. Екі.\n\n\
         > *Есеп қағидаларына 1-қосымша*\n\n## Бірінші нысан\n\nМәтін.\n\n\
         > *Есеп қағидаларына 2-қосымша*\n\n## Екінші нысан\n\nМәтін.\n",
    );
    assert_eq!(misses(&act), Vec::<String>::new());
    assert_eq!(line_at(&act, "annex:\"Есеп қағидалары\""), 9);
    assert_eq!(line_at(&act, "annex:2"), 21);
}

#[test]
fn levels_may_be_skipped_where_one_place_is_left() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/249/kk.md");
    let act = read(&fs::read_to_string(path).unwrap());
    for (short, full) in [
        (
            "section:2/chapter:2/part:6",
            "annex:1/section:2/chapter:2/part:6",
        ),
        ("section:6/point:4", "annex:1/section:6/part:1/point:4"),
        (
            "section:5/direction:6/subchapter:3/part:10",
            "annex:1/section:5/chapter:6/subchapter:3/part:10",
        ),
        ("direction:7/row:176", "annex:2/chapter:7/row:176"),
        ("row:176", "annex:2/chapter:7/row:176"),
        (
            "annex:2/chapter:2/row:63",
            "annex:2/chapter:2/indicator:13/row:63",
        ),
        ("annex:2/paragraph:95", "annex:2/chapter:3/row:95"),
    ] {
        assert_eq!(line_at(&act, short), line_at(&act, full), "{short}");
    }
    for wrong in [
        "section:2/chapter:2/part:12",
        "part:1",
        "annex:3",
        "section:2/part:1",
        "chapter:2",
    ] {
        assert!(found(&act, wrong).is_err(), "{wrong} has no one place");
    }
}

// Real acts. They stay outside of the project; only their paths and line numbers stand here.

const REAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/real");

/// The folder of real acts, if it is there. It must be on the build server.
fn real() -> Option<&'static Path> {
    static SAID: Once = Once::new();
    let folder = Path::new(REAL);
    if folder.is_dir() {
        return Some(folder);
    }
    let server = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!server, "{REAL} is not there");
    SAID.call_once(|| {
        // Past the test harness, which keeps what passing tests print.
        let line = format!("\nNOT TESTED: reading of real acts; {REAL} is not there\n");
        let _ = std::io::stderr().write_all(line.as_bytes());
    });
    None
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(texts_in(&path));
        }
    }
    texts.sort();
    texts
}

fn texts_in(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let is_text = |path: &PathBuf| path.extension().is_some_and(|it| it == "md" || it == "txt");
    files.filter(is_text).collect()
}

#[test]
fn real_acts_print_back_byte_for_byte() {
    let Some(folder) = real() else { return };
    let texts = texts(folder);
    assert!(texts.len() >= 30, "{texts:#?}");
    for path in texts {
        let source = fs::read_to_string(&path).unwrap();
        for source in [source.clone(), source.replace('\n', "\r\n")] {
            assert_eq!(
                parse::act(source.as_str(), None).print(Moment::BASE),
                source,
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn every_address_of_a_real_act_means_its_provision() {
    let Some(folder) = real() else { return };
    let mut report = String::new();
    for path in texts(folder) {
        let act = read(&fs::read_to_string(&path).unwrap());
        for miss in misses(&act).into_iter().take(5) {
            writeln!(
                report,
                "{}: {miss}",
                path.strip_prefix(folder).unwrap().display()
            )
            .unwrap();
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn the_language_of_a_real_act_is_that_of_its_name() {
    let Some(folder) = real() else { return };
    for path in texts(folder) {
        let name = path
            .strip_prefix(folder)
            .unwrap()
            .to_string_lossy()
            .to_string();
        let russian =
            name.starts_with("rus-") || name.contains("ru.md") || name.contains("rus.txt");
        let act = read(&fs::read_to_string(&path).unwrap());
        assert_eq!(
            act.language.code,
            if russian { "ru" } else { "kk" },
            "{name}"
        );
    }
}

/// Addresses with their lines, counted by hand, under the file they stand in; `no LINE` where no
/// provision starts.
fn places(list: &str) {
    let Some(folder) = real() else { return };
    let mut wrong = String::new();
    let mut open: Option<(&str, Act)> = None;
    for line in list.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.ends_with(".md") || line.ends_with(".txt") {
            let source = fs::read_to_string(folder.join(line)).unwrap();
            open = Some((line, read(&source)));
            continue;
        }
        let (file, act) = open.as_ref().unwrap();
        for item in line.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            let (address, line) = item.rsplit_once(' ').unwrap();
            let line: usize = line.parse().unwrap();
            if address == "no" {
                for entry in outline(act).iter().filter(|entry| entry.line == line) {
                    writeln!(wrong, "{file}:{line}: {} starts", entry.at).unwrap();
                }
                continue;
            }
            match found(act, address) {
                Ok((at, _)) if at == line => {}
                Ok((at, _)) => writeln!(wrong, "{file}:{line}: {address} is in line {at}").unwrap(),
                Err(problem) => writeln!(wrong, "{file}:{line}: {address}: {problem}").unwrap(),
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_law_on_holidays() {
    places(
        "
        kaz-holidays/v0_2001-12-13.md
          title 1, preamble 3, article:1 7, article:1/part:4 15, article:2/part:1 21,
          article:3/indent:1 27, article:3/indent:2 29, article:3/indent:7 39,
          article:3/indent:8 41, article:4/part:2 49, article:5/part:3 59,
          article:6/paragraph:2 67, signature 69, no 71,
        kaz-holidays/v1_2008-06-25.md
          article:3 25, article:3/part:1 27, article:3/indent:1 27, article:3/indent:2 29,
          article:3/indent:3 31, article:3/indent:4 33, article:3/indent:5 35,
          article:3/indent:6 37, article:3/indent:7 39, article:3/indent:8 41,
          article:3/indent:9 43, no 45, article:4/part:1 51, signature 73,
        kaz-holidays/v2_2009-04-22.md
          article:3/indent:4 33, article:3/indent:8 41, no 43, article:6/paragraph:1 67,
          signature 71,
        kaz-holidays/v7_2023-04-19.md
          article:2/part:1 21, no 23, article:3/indent:6 39, article:3/indent:9 45,
          article:3/part:2 47, article:3/indent:10 47, no 49, article:4/part:3 59, no 61,
          article:6/paragraph:2 79, signature 81,
        ",
    );
    let Some(folder) = real() else { return };
    let act = read(&fs::read_to_string(folder.join("kaz-holidays/v1_2008-06-25.md")).unwrap());
    assert!(words_at(&act, "article:3/indent:7").starts_with("6 шілде"));
}

#[test]
fn the_laws_that_amend_the_law_on_holidays() {
    places(
        "
        kaz-holidays/amend1_2008-06-25_47-IV.md
          title 1, article:1 3, article:1/indent:1 3, article:1/indent:2 5, article:1/indent:3 7,
          article:2 9, article:2/part:1 9, signature 11,
        kaz-holidays/amend3_2011-12-14_509-IV.md
          title 1, article:1 3, article:1/indent:1 3, article:1/indent:2 5, article:1/indent:3 7,
          article:2 9, article:2/part:1 9, signature 11,
        kaz-holidays/amend4_2012-10-19_43-V.md
          title 1, article:1 3, article:1/indent:1 3, article:1/indent:2 5, article:1/indent:3 7,
          article:2 9, article:2/part:1 9, signature 11,
        kaz-holidays/amend2_2009-04-22_152-IV.md
          article:1/indent:1 3, article:1/indent:2 5, article:1/indent:3 7, article:1/indent:4 9,
          article:2 11, signature 13,
        ",
    );
}

#[test]
fn the_laws_on_transfers() {
    // The line of article 1 carries its text; a note of the publisher is no preamble.
    places(
        "
        kaz-transfer-2012/base_2011-11-15.md
          title 1, no 3, no 5, article:1 9, article:1/part:1 9, article:1/indent:1 9,
          article:1/indent:2 11, article:1/indent:4 15, article:2/part:1 19, article:3/part:1 23,
          signature 25, no 27,
        kaz-transfer-2012/amend_2012-03-16_5-V.md
          article:1/indent:1 3, article:1/indent:2 5, article:1/indent:3 7, article:1/indent:6 13,
          article:2 15, signature 17,
        kaz-transfer-2012/after_2013-01-01.md
          no 3, article:1 5, article:1/indent:2 7, article:1/indent:4 11, no 13, article:2 15,
          article:3 17, signature 19,
        kaz-transfer-2014/after_2014-03-31.md
          no 3, no 5, article:1/heading 9, article:1/indent:1 11, article:1/indent:2 13,
          article:1/indent:4 17, no 19, article:2/paragraph:1 25, article:2/paragraph:2 27,
          signature 29,
        kaz-transfer-2014/amend_2014-03-31_181-V.md
          article:1/indent:2 5, article:1/indent:3 7, article:2 9, signature 11,
        ",
    );
    let Some(folder) = real() else { return };
    let act =
        read(&fs::read_to_string(folder.join("kaz-transfer-2012/base_2011-11-15.md")).unwrap());
    assert!(
        found(&act, "article:1/heading").is_err(),
        "its line is text"
    );
}

#[test]
fn the_law_on_the_subsistence_level() {
    places(
        "
        triple-subsistence-2005/base.md
          article:1/paragraph:3/point:1 15, article:1/paragraph:3/point:2 17,
          article:2/paragraph:2/point:2 29, article:2/paragraph:4 33, article:3/part:1 39,
          article:3/point:3 45, article:3/part:1/point:1 41, article:4/paragraph:2 53,
          article:5/heading 59, article:6/part:1 67, article:7/part:1 73, signature 75, no 77,
        triple-subsistence-2005/expected.md
          article:1/paragraph:3/point:1 15, article:1/paragraph:3/point:2 17,
          article:2/paragraph:2/point:2 29, article:2/paragraph:4 33, article:3/part:1 39,
          article:3/point:3 45, article:3/part:1/point:1 41, article:4/paragraph:2 53,
          article:5/heading 59, article:6/part:1 67, article:7/part:1 73, signature 75, no 77,
        triple-subsistence-2005/after.md
          contents 1, contents/article:1 1, contents/article:5/heading 9, contents/article:7 13,
          title 15, preamble 17, article:1 21, article:1/paragraph:3/point:2 31, no 33,
          article:2/paragraph:1 39, no 51, article:3/point:3 63, article:4/paragraph:2 73,
          article:5 81, article:5/part:1 83, no 85, article:7/part:1 99, signature 101,
        triple-subsistence-2005/amend.md
          article:1 3, article:1/paragraph:4 5, article:1/paragraph:4/point:1 7,
          article:1/paragraph:4/point:2/indent:1 9, article:1/paragraph:4/point:2/indent:8 23,
          article:1/paragraph:4/point:5/indent:2 33, article:1/paragraph:4/point:6 37,
          article:1/paragraph:4/point:6/indent:5 45, article:2 47, signature 49,
        ",
    );
}

#[test]
fn the_lists_of_the_ministry_of_science() {
    places(
        "
        triple-mnvo-lists-2024/base.md
          title 1, no 3, paragraph:1 5, paragraph:5 13, annex:1 15, annex:1/paragraph:1 17,
          annex:1/paragraph:20 55,
        triple-mnvo-lists-2024/expected.md
          title 1, no 3, paragraph:1 5, paragraph:5 9, annex:1 11, annex:1/paragraph:1 13,
          annex:1/paragraph:20 51, annex:1/paragraph:22 55,
        triple-mnvo-lists-2024/after.md
          paragraph:2 7, paragraph:3 9, paragraph:4 11, annex:1 15, no 17, annex:1/paragraph:1 19,
          annex:1/paragraph:22 61,
        triple-mnvo-lists-2024/amend.md
          title 1, paragraph:3 3, paragraph:3/indent:2 5, paragraph:4 17,
        ",
    );
}

#[test]
fn the_concept_of_investment_policy() {
    places(
        "
        kaz-concept-2022/part1_resolution-sections-1-2.md
          title 1, preamble 3, paragraph:1 7, paragraph:4 19, paragraph:6 27, signature 29, no 33,
          annex:1 39, annex:1/contents 41, contents/direction:2 54, annex:1/section:1 61,
          section:1/row:\"Атауы\" 64, section:1/row:\"Іске асыру мерзімі\" 85, section:2 92,
          section:2/heading 92, section:2/chapter:2.1 94, section:2/chapter:2.1/part:1 96,
          section:2/chapter:2.1/part:5 104, chapter:2.2 106, chapter:2.2/part:8 122,
          chapter:2.3/part:2 128, chapter:2.4 130, chapter:2.4/part:4 138, chapter:2.4/part:7 144,
        kaz-concept-2022/part2_sections-6-7.md
          section:6 1, section:6/part:1 3, section:6/paragraph:1 5, section:6/paragraph:2 7, no 9,
          section:6/row:1 30, section:6/row:2 45, section:6/row:1/column:9 30, no 62,
          section:6/point:1 68, section:6/point:7 80, section:6/note 82, no 84, no 86, no 88,
          annex:1 91, annex:1/direction:1 114, annex:1/direction:1/row:1 117,
          direction:1/row:25 285, row:25 285, direction:2 292, direction:2/row:26 295,
          annex:1/row:26 295, direction:2/row:26/column:5 295,
        ",
    );
    let Some(folder) = real() else { return };
    let act =
        read(&fs::read_to_string(folder.join("kaz-concept-2022/part2_sections-6-7.md")).unwrap());
    for (address, words) in [
        ("section:6/row:1/column:\"2023жыл\"", "21,0"),
        ("section:6/row:1/column:\"2024 жыл\"", "23,0"),
        ("section:6/row:1/column:11", "23,0"),
        ("section:6/row:1/column:\"2025 жыл\"", "25,0"),
        ("section:6/row:2/column:\"2019 жыл (факт)\"", "24,4"),
        ("section:6/row:2/column:13", "30,5"),
        (
            "direction:2/row:26/column:\"Аяқталу мерзімі\"",
            "2022 жыл, тамыз",
        ),
    ] {
        assert_eq!(words_at(&act, address), words, "{address}");
    }
}

#[test]
fn the_rules_of_airports_in_kazakh() {
    places(
        "
        kaz-airport-rules/kaz.txt
          title 1, paragraph:1 5, paragraph:2 6, signature 7, no 8, annex:1 9,
          annex:1/section:1 10, annex:1/section:1/paragraph:1 11,
          annex:1/section:1/paragraph:3/point:17 30, annex:1/paragraph:5/point:6 50,
          annex:1/section:2 51, section:2/paragraph:6/point:11/part:2 64,
          section:2/paragraph:6/point:12 65, section:2/paragraph:9 79, section:3 85,
          section:3/paragraph:15/point:1/indent:7 93, section:4/paragraph:18 106,
          section:6/paragraph:23/part:2 121, section:7/paragraph:26/point:3 128,
          section:7/paragraph:26/part:4 131,
        ",
    );
}

#[test]
fn the_rules_of_airports_in_russian() {
    places(
        "
        kaz-airport-rules/rus.txt
          title 2, preamble 4, paragraph:1 5, paragraph:2 6, signature 7, no 8, no 9, annex:1 10,
          annex:1/paragraph:1 11, annex:1/paragraph:3/point:16 29, annex:1/section:2 50,
          section:2/paragraph:6/point:11/part:2 63, section:2/paragraph:14 84,
          section:3/paragraph:15/point:1/indent:7 93, section:5/paragraph:19 108,
          section:6/paragraph:23/part:2 121, section:7/paragraph:26/part:4 131,
        ",
    );
}

#[test]
fn amending_laws_as_bases() {
    // The act itself cites points 2, 7 and 8 and the second and third indents of point 5 (line 89).
    places(
        "
        kaz-amending-samples/62577_2012_legal-statistics.md
          title 1, article:1 3, article:1/point:1 5, article:1/point:2 9,
          article:1/point:2/indent:2 11, article:1/point:2/indent:5 17, article:2 21, signature 23,
        kaz-amending-samples/66531_2012_housing-savings.md
          title 1, article:1 3, article:1/point:1 5, article:1/point:1/indent:2 7,
          article:1/point:2 11, article:1/point:3 15, article:1/point:4 31, article:1/point:5 39,
          article:1/point:5/indent:2 41, article:1/point:5/indent:3 43, article:1/point:6 57,
          article:1/point:7 71, article:1/point:8 81, article:2 87, article:2/part:2 89,
          signature 91,
        pair-4629/kk.md
          title 1, article:1 3, article:1/paragraph:2 9, article:1/paragraph:3 11,
          article:1/paragraph:5 25, article:1/paragraph:6/point:2 31,
          article:1/paragraph:8/point:3 47, article:1/paragraph:12 73, article:1/paragraph:16 97,
          article:2 99, signature 101,
        pair-4629/ru.md
          title 1, article:1 3, article:1/paragraph:1/point:2 11, article:1/paragraph:3 15,
          article:1/paragraph:6/point:2 35, article:1/paragraph:10 55,
          article:1/paragraph:12/point:1 79, article:1/paragraph:16 107, article:2 109,
          signature 111,
        pair-45378/kk.md
          title 1, article:1 3, article:1/point:1 5, article:1/point:3 9, article:2 11,
          article:2/part:1 11, signature 13,
        pair-45378/ru.md
          title 1, article:1 3, article:1/point:1 5, article:1/point:3 9, article:2 11,
          article:2/part:1 11, signature 13,
        ",
    );
}

#[test]
fn amending_resolutions_as_bases() {
    places(
        "
        gov-163889/kk.md
          title 1, preamble 3, paragraph:1 5, paragraph:5/point:2 17,
          paragraph:5/point:2/indent:3 21, paragraph:7 25, signature 27, no 31, annex:1 36,
          annex:1/paragraph:1 38, annex:1/paragraph:1/indent:5 46, annex:1/paragraph:4 64, no 78,
        gov-163889/ru.md
          title 1, preamble 3, paragraph:5/point:2/indent:2 19, signature 27, annex:1 36,
          annex:1/paragraph:1 38, annex:1/paragraph:1/indent:3 42, annex:1/paragraph:4/indent:7 76,
          no 78,
        gov-164355/kk.md
          title 1, preamble 3, paragraph:3 9, paragraph:3/indent:2 11,
          paragraph:3/table:1/row:37 20, paragraph:3/table:2/row:37 36, paragraph:4 47,
          signature 49, annex:1 59, annex:1/row:\"Барлығы:\" 89, no 101,
        gov-164355/ru.md
          paragraph:3/table:1/row:37 20, paragraph:3/table:2/row:37 38, paragraph:4 51,
          signature 53, annex:1 63,
        gov-198782/kk.md
          paragraph:5 13, signature 15, annex:1 24, annex:1/paragraph:1 26, annex:1/paragraph:2 40,
          annex:1/paragraph:3 54, annex:1/paragraph:3/row:48 70, annex:1/paragraph:4 79,
          annex:1/paragraph:5 107, annex:1/paragraph:6 121,
        gov-198782/ru.md
          signature 15, annex:1 25, annex:1/paragraph:1 27, annex:1/paragraph:2 41,
          annex:1/paragraph:3/row:47 66, annex:1/paragraph:5/indent:4 114, annex:1/paragraph:6 122,
          no 136,
        ",
    );
    let Some(folder) = real() else { return };
    for file in ["gov-198782/kk.md", "gov-198782/ru.md"] {
        let act = read(&fs::read_to_string(folder.join(file)).unwrap());
        let numbers: Vec<String> = outline(&act)
            .into_iter()
            .filter(|it| it.at.starts_with("annex:1/") && matches!(it.unit, "paragraph" | "point"))
            .map(|it| it.at)
            .collect();
        let expected: Vec<String> = (1..=6)
            .map(|it| format!("annex:1/paragraph:{it}"))
            .collect();
        assert_eq!(
            numbers, expected,
            "{file}: quoted rows are no paragraphs of the act"
        );
    }
}

#[test]
fn russian_orders_and_decisions_as_bases() {
    places(
        "
        rus-amending-2026/223251.txt
          title 1, preamble 5, paragraph:1 6, paragraph:1/indent:2 7, paragraph:2 92,
          paragraph:2/point:2 94, paragraph:3 95, signature 96, no 97, no 98,
        rus-amending-2026/223259.txt
          title 1, preamble 8, paragraph:1 9, paragraph:1/indent:2 10, paragraph:2/point:2 14,
          paragraph:4 16, signature 17, no 18,
        rus-amending-2026/223255.txt
          title 1, preamble 4, paragraph:1 5, paragraph:1/indent:2 6, paragraph:2 27, signature 28,
          no 30, no 31, no 34, annex:1 38,
        rus-amending-2026/223261.txt
          title 1, preamble 4, paragraph:1 5, paragraph:2 27, signature 28, no 29, no 31,
          annex:1 38,
        ",
    );
}

// Anything at all can be read.

fn pieces() -> impl Strategy<Value = String> {
    let pieces = vec![
        "1-бап. Тақырып",
        "2-бап .",
        "5-1-бап:",
        "1-тарау. ",
        "II бөлім",
        "1-бағыт. ",
        "Статья 3. ",
        "Глава 2. ",
        "1. ",
        "63-1. ",
        "2.1. ",
        "1) ",
        "13-1) ",
        "ә) ",
        "a)",
        "10)",
        "№ 5",
        "«",
        "»",
        "\"",
        "“",
        "”",
        "„",
        "# ",
        "## ",
        "###### ",
        "#",
        "> ",
        ">",
        "- ",
        "* ",
        "+ ",
        "**",
        "*",
        "__",
        "_",
        "`",
        "```",
        "~~~",
        "~",
        "\\",
        "[",
        "]",
        "(",
        ")",
        "[1]: ",
        "[^1]: ",
        "![",
        "](",
        "http://x ",
        "<http://x>",
        "\n---\n",
        "\n===\n",
        "---\n",
        "|",
        "| а | б |\n",
        "|---|---|\n",
        "\\|",
        "\t",
        "\ta\tb\t",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<td colspan=\"99999\">",
        "<td rowspan=3>",
        "<th",
        "<TABLE class='a'>",
        "<br>",
        "<br/>",
        "<p>",
        "</p>",
        "<",
        ">",
        "</",
        "<!--",
        "-->",
        "<a id=\"z1\"></a>",
        "<b>",
        "</b>",
        "&nbsp;",
        "&lt;",
        "&#0;",
        "&#x110000;",
        "&amp",
        "&",
        ";",
        ":",
        ".",
        ",",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "      ",
        "\u{a0}",
        "\u{ad}",
        "\u{200b}",
        "\u{feff}",
        "\u{2028}",
        "\u{85}",
        "\u{0}",
        "\u{1b}[31m",
        "\u{7f}",
        "\u{b}",
        "\u{c}",
        "\u{301}",
        "е\u{308}",
        "𝟙",
        "👨‍👩‍👧",
        "İ",
        "ß",
        "ǅ",
        "Мазмұны",
        "Ескерту. 1-бапқа ",
        "Ескертпе: ",
        "бекітілген",
        "1-қосымша",
        "тұжырымдамасы",
        "Премьер-Министрі",
        "А. Б. Вг",
        "нысаналы 4-индикатор",
        "кодексі",
        "сөз ",
        "Сөз ",
        "слово ",
        "word ",
        "99999999999999999999999",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|pieces| pieces.concat())
}

/// The text of an article: paragraphs or parts; in each, parts; in each part what it holds.
#[derive(Debug, Clone)]
struct Body {
    numbered: bool,
    units: Vec<Vec<Shape>>,
}

/// What a part holds under its first line.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Nothing,
    Indents(usize),
    Points(usize),
    /// Points, of which the first holds indents.
    Deep(usize),
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        2 => Just(Shape::Nothing),
        1 => (1usize..4).prop_map(Shape::Indents),
        1 => (1usize..5).prop_map(Shape::Points),
        1 => (1usize..4).prop_map(Shape::Deep),
    ]
}

fn body() -> impl Strategy<Value = Body> {
    let unit = prop::collection::vec(shape(), 1..3);
    (any::<bool>(), prop::collection::vec(unit, 1..4))
        .prop_map(|(numbered, units)| Body { numbered, units })
}

/// Writes a law and, beside it, the addresses of its provisions.
#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    addresses: Vec<String>,
}

impl Writer {
    fn line(&mut self, words: impl Into<String>) {
        self.lines.push(words.into());
    }

    fn at(&mut self, address: String) {
        self.addresses.push(address);
    }

    /// A part: its first line after `label`, and what it holds.
    fn part(&mut self, holder: &str, label: &str, shape: Shape) {
        let mark = match shape {
            Shape::Nothing => '.',
            Shape::Indents(_) | Shape::Points(_) | Shape::Deep(_) => ':',
        };
        self.line(format!("{label}Бөліктің алғашқы сөздері тұрады{mark}"));
        let end = |last: bool| if last { '.' } else { ';' };
        match shape {
            Shape::Nothing => {}
            Shape::Indents(count) => {
                self.at(format!("{holder}indent:1"));
                for number in 1..=count {
                    self.at(format!("{holder}indent:{}", number + 1));
                    self.line(format!("абзацтың сөздері тұрады{}", end(number == count)));
                }
            }
            Shape::Points(count) | Shape::Deep(count) => {
                for number in 1..=count {
                    self.at(format!("{holder}point:{number}"));
                    let deep = matches!(shape, Shape::Deep(_)) && number == 1;
                    let mark = if deep { ':' } else { end(number == count) };
                    self.line(format!("{number}) тармақшаның сөздері тұрады{mark}"));
                    if deep {
                        for inner in 1..=2 {
                            self.at(format!("{holder}point:1/indent:{inner}"));
                        }
                        self.line(format!("ішкі абзацтың сөздері тұрады{}", end(count == 1)));
                    }
                }
            }
        }
    }

    fn article(&mut self, chapter: usize, number: usize, body: &Body) {
        let article = format!("chapter:{chapter}/article:{number}");
        self.at(article.clone());
        self.line(format!("{number}-бап. Бапқа арналған тақырып"));
        let mut parts = 0;
        for (index, unit) in body.units.iter().enumerate() {
            let mut label = String::new();
            let mut holder = format!("{article}/");
            if body.numbered {
                // The second paragraph was put in later.
                let number = ["1", "1-1", "2"][index];
                label = format!("{number}. ");
                holder = format!("{article}/paragraph:{number}/");
                parts = 0;
                self.at(holder.trim_end_matches('/').to_string());
            }
            for shape in unit {
                parts += 1;
                let mut inner = holder.clone();
                if !body.numbered || unit.len() > 1 {
                    inner = format!("{holder}part:{parts}/");
                    self.at(inner.trim_end_matches('/').to_string());
                }
                self.part(&inner, &label, *shape);
                label.clear();
            }
        }
    }
}

/// How lines of a law may be laid out in a file.
const LAYOUTS: [(&str, &str); 6] = [
    ("", "\n\n"),
    ("", "\n"),
    ("      ", "\n"),
    ("\u{a0}\u{a0}", "\r\n\r\n"),
    ("&nbsp;&nbsp;", "\n\n"),
    ("", "\n\n<a id=\"z\"></a>\n\n"),
];

fn survives(source: &str) -> Result<(), TestCaseError> {
    let act = parse::act(source, None);
    prop_assert_eq!(act.print(Moment::BASE), source);
    for entry in outline(&act) {
        let address = Address::parse(&entry.at);
        prop_assert!(address.is_ok(), "{:?}", address);
        prop_assert_eq!(address.unwrap().to_string(), entry.at);
        prop_assert!(entry.line <= source.matches('\n').count() + 1);
    }
    let root = structure::read(&act, Moment::BASE);
    let view = View::new(&act, Moment::BASE, &root);
    for unit in [
        "title",
        "article:1",
        "article:1/heading",
        "paragraph:1/part:1/sentence:1",
        "row:1/column:2",
    ] {
        let _ = view.resolve(&Address::parse(unit).unwrap().0);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(249),
        ..ProptestConfig::with_cases(500)
    })]

    #[test]
    fn nasty_text_survives(source in pieces()) {
        survives(&source)?;
    }

    #[test]
    fn any_text_survives(source in any::<String>()) {
        survives(&source)?;
    }

    #[test]
    fn whatever_is_put_into_an_act_survives(piece in pieces(), at in 0usize..SMALL.len()) {
        let at = (0..=at).rev().find(|at| SMALL.is_char_boundary(*at)).unwrap_or(0);
        survives(&format!("{}{piece}{}", &SMALL[..at], &SMALL[at..]))?;
    }

    #[test]
    fn a_law_of_any_shape_is_read_as_it_was_made(
        chapters in prop::collection::vec(prop::collection::vec(body(), 1..4), 1..4),
        layout in prop::sample::select(LAYOUTS.to_vec()),
        remarks in any::<bool>(),
    ) {
        let mut writer = Writer::default();
        let mut number = 0;
        for (index, articles) in chapters.iter().enumerate() {
            let chapter = index + 1;
            writer.at(format!("chapter:{chapter}"));
            writer.line(format!("{chapter}-тарау. Тарауға арналған тақырып"));
            for body in articles {
                number += 1;
                writer.article(chapter, number, body);
                if remarks {
                    writer.line(format!("Ескерту. {number}-бап жаңа редакцияда – ҚР 01.02.2024 № 5-VIII Заңымен."));
                }
            }
        }
        let (indent, end) = layout;
        let lines: Vec<String> = writer.lines.iter().map(|line| format!("{indent}{line}{end}")).collect();
        let source = format!("# Заңның атауы{end}{}", lines.concat());
        let act = parse::act(source.as_str(), None);
        prop_assert_eq!(act.print(Moment::BASE), source.clone());
        let made: Vec<String> = outline(&act).into_iter().skip(1).map(|it| it.at).collect();
        prop_assert_eq!(made.join("\n"), writer.addresses.join("\n"), "\n{}", source);
        prop_assert_eq!(misses(&act), Vec::<String>::new());
    }

    #[test]
    fn any_address_text_is_read_or_refused(text in "[a-zё:/\" \\\\0-9-]{0,40}") {
        if let Ok(address) = Address::parse(&text) {
            let written = address.to_string();
            prop_assert_eq!(Address::parse(&written).map(|it| it.to_string()), Ok(written));
        }
    }
}

/// What grows faster than the text would stop a reader of long acts.
#[test]
fn long_monotonous_text_is_read_in_time() {
    let start = std::time::Instant::now();
    for (piece, count) in [
        ("<table>\n", 3_000),
        ("<td>", 30_000),
        ("<a ", 30_000),
        ("<a>", 30_000),
        ("**а", 30_000),
        ("[", 30_000),
        ("`а ", 30_000),
        ("&", 30_000),
        ("> ", 30_000),
        ("| ", 30_000),
        ("1) бір;\n", 5_000),
        ("1-бап. Бір\n", 3_000),
        ("1. Бір\n", 5_000),
        ("\"", 30_000),
        ("бір:\n", 5_000),
        ("а\tб\tв\n", 5_000),
    ] {
        let source = piece.repeat(count);
        let one = std::time::Instant::now();
        outline(&read(&source));
        let took = one.elapsed().as_secs_f32();
        assert!(took < 20.0, "{piece:?} {count} times took {took} s");
    }
    assert!(start.elapsed().as_secs() < 120);
}

/// An act is as long as its text: its runs are stretches of one copy of it.
#[test]
fn the_bytes_of_an_act_are_kept_once() {
    let source = "# Туралы\n\n1. **Бір** &nbsp;екі\n\n| а | б |\n|---|---|\n| 1 |  |\n\n\
        <table><tr><td>а</td><td>б</td></tr></table>\n\nүш\tтөрт\tбес\n";
    let act = read(source);
    let runs: Vec<&str> = act
        .blocks
        .iter()
        .flat_map(|block| block.runs(Moment::BASE))
        .map(|run| run.source.as_str())
        .collect();
    for pair in runs.windows(2) {
        let end = pair[0].as_bytes().as_ptr_range().end;
        assert_eq!(end, pair[1].as_ptr(), "{pair:?}");
    }
}
