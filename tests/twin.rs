//! The two language versions of an amending act, compared.

#![allow(clippy::unwrap_used, clippy::panic)]

mod beside;
mod written;

use std::fs;

use proptest::prelude::*;

use tuzet::read::{Reading, act};
use tuzet::twin::{Kind, Twin, twin};

fn read(source: &str, code: &str) -> Reading {
    let language = tuzet::lang::by_code(code).unwrap();
    act(source, language, language.drafting.unwrap())
}

fn compared(kk: &str, ru: &str) -> Twin {
    twin(&read(kk, "kk"), &read(ru, "ru"))
}

/// The kinds of the differences, and whether they are explained.
fn kinds(twin: &Twin) -> Vec<(Kind, bool)> {
    let differences = twin.differences.iter();
    differences.map(|it| (it.kind, it.explained)).collect()
}

/// A version with these clauses.
fn kazakh(clauses: &str) -> String {
    format!("{}{clauses}.{}", written::HEAD, written::TAIL)
}

fn russian(clauses: &str) -> String {
    format!("{}{clauses}.{}", written::HEAD_RU, written::TAIL_RU)
}

#[test]
fn twins_without_a_difference() {
    let twin = compared(
        &kazakh(
            "1) 5-баптың 2-тармағы алып тасталсын;\n\n\
             2) 7-бап мынадай редакцияда жазылсын:\n\n\"7-бап. Бақ\n\n1. Бақ 2025 жылы ашылады.\"",
        ),
        &russian(
            "1) пункт 2 статьи 5 исключить;\n\n\
             2) статью 7 изложить в следующей редакции:\n\n\"Статья 7. Сад\n\n1. Сад откроется в 2025 году.\"",
        ),
    );
    assert_eq!(kinds(&twin), []);
    assert_eq!(twin.pairs, 2);
    assert!(twin.wording.is_empty(), "{:?}", twin.wording);
}

#[test]
fn the_order_of_the_operations_is_no_difference() {
    let twin = compared(
        &kazakh("1) 5-бап алып тасталсын;\n\n2) 7-бап алып тасталсын"),
        &russian("1) статью 7 исключить;\n\n2) статью 5 исключить"),
    );
    assert_eq!(kinds(&twin), []);
    assert_eq!(twin.pairs, 2);
}

#[test]
fn operations_on_one_unit_pair_by_their_figures() {
    let twin = compared(
        &kazakh(
            "5-бапта \"13 және 14\" деген сөздер \"13, 14 және 14-1\" деген сөздермен, \"гүл\" деген сөз \"ағаш\" деген сөзбен ауыстырылсын",
        ),
        &russian(
            "в статье 5 слово \"цветок\" заменить словом \"дерево\", слова \"13 и 14\" заменить словами \"13, 14 и 14-1\"",
        ),
    );
    assert_eq!((kinds(&twin), twin.pairs), (vec![], 2));
    assert!(twin.wording.is_empty(), "{:?}", twin.wording);
}

#[test]
fn an_operation_in_one_language_alone() {
    let twin = compared(
        &kazakh("1) 5-бап алып тасталсын;\n\n2) 7-бап алып тасталсын"),
        &russian("1) статью 5 исключить"),
    );
    assert_eq!(kinds(&twin), [(Kind::OnlyKk, false)]);
    let twin = compared(
        &kazakh("1) 5-бап алып тасталсын"),
        &russian("1) статью 5 исключить;\n\n2) статью 9 исключить"),
    );
    assert_eq!(kinds(&twin), [(Kind::OnlyRu, false)]);
}

#[test]
fn a_difference_that_one_version_explains() {
    let twin = compared(
        &kazakh(
            "1) 5-бап алып тасталсын;\n\n\
             2) 9-бапта орыс тіліндегі мәтінге өзгеріс енгізіледі, қазақ тіліндегі мәтін өзгермейді",
        ),
        &russian(
            "1) статью 5 исключить;\n\n\
             2) статью 9 изложить в следующей редакции:\n\n\"Статья 9. Сад\"",
        ),
    );
    assert_eq!(kinds(&twin), [(Kind::OnlyRu, true)]);
}

#[test]
fn what_is_said_of_the_text_explains_what_stands_in_it() {
    let twin = compared(
        &kazakh(
            "1) тақырыбындағы \"су\" деген сөз \"жел\" деген сөзбен және мәтіндегі \"ау\" деген сөз \"бау\" деген сөзбен ауыстырылсын;\n\n\
             2) 5-баптың 2-тармағы алып тасталсын",
        ),
        &russian(
            "1) в заголовок и текст на казахском языке внесены изменения, текст на русском языке не изменяется;\n\n\
             2) в статье 5 в текст на государственном языке внесено изменение, текст на русском языке не изменяется",
        ),
    );
    let explained = [(Kind::OnlyKk, true); 3];
    assert_eq!(kinds(&twin), explained);
}

#[test]
fn another_target_action_and_position() {
    let twin = compared(
        &kazakh(
            "1) 5-баптың 2-тармағы алып тасталсын;\n\n\
             2) 7-баптағы \"су\" деген сөз алып тасталсын;\n\n\
             3) 8-баптағы \"су\" деген сөздің алдынан \"жел\" деген сөзбен толықтырылсын",
        ),
        &russian(
            "1) пункт 3 статьи 5 исключить;\n\n\
             2) в статье 7 слово \"вода\" заменить словом \"ветер\";\n\n\
             3) в статье 8 после слова \"вода\" дополнить словом \"ветер\"",
        ),
    );
    let expected = [Kind::Target, Kind::Action, Kind::Position];
    assert_eq!(kinds(&twin), expected.map(|kind| (kind, false)));
    assert_eq!(twin.pairs, 3);
}

#[test]
fn another_number_of_units() {
    let rows = |rows: &str| format!(":\n\n\"{rows}\"");
    let twin = compared(
        &kazakh(&format!(
            "1) \"Бақ\" деген жолдан кейін мынадай мазмұндағы жолдармен толықтырылсын{}",
            rows("Гүл\n\nАғаш")
        )),
        &russian(&format!(
            "1) после строки \"Сад\" дополнить строками следующего содержания{}",
            rows("Цветок")
        )),
    );
    assert_eq!(kinds(&twin), [(Kind::Units, false)]);
}

#[test]
fn another_day() {
    let ru = russian("1) статью 5 исключить");
    let ru = ru.replace("со дня его подписания", "с 1 января 2030 года");
    let twin = compared(&kazakh("1) 5-бап алып тасталсын"), &ru);
    assert_eq!(kinds(&twin), [(Kind::Force, false)]);
}

#[test]
fn wordings_that_differ_in_figures_and_shape() {
    let twin = compared(
        &kazakh(
            "1) 7-бап мынадай редакцияда жазылсын:\n\n\
             \"7-бап. Бақ\n\n1. Бақ 1 380 000 теңге тұрады.\n\n2. Бақ ашық.\"",
        ),
        &russian(
            "1) статью 7 изложить в следующей редакции:\n\n\
             \"Статья 7. Сад\n\n1. Сад стоит 1 390 000 тенге.\"",
        ),
    );
    assert_eq!(kinds(&twin), []);
    let kinds: Vec<&str> = twin.wording.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, ["paragraphs", "numbering", "figures"]);
    assert!(
        twin.wording[2].message.contains("1380000"),
        "{:?}",
        twin.wording
    );
}

/// What the people who compared the real pairs found.
#[test]
fn real_pairs_differ_where_they_are_known_to() {
    let Some(folder) = beside::real() else {
        return;
    };
    let known = [
        (
            "pair-4629",
            vec![Kind::Position, Kind::Position, Kind::Action],
        ),
        ("pair-45378", vec![Kind::OnlyKk]),
        ("gov-163889", vec![Kind::OnlyKk]),
        ("gov-164355", vec![]),
        ("gov-198782", vec![]),
    ];
    for (name, expected) in known {
        let text =
            |code: &str| fs::read_to_string(folder.join(name).join(format!("{code}.md"))).unwrap();
        let twin = compared(&text("kk"), &text("ru"));
        let found: Vec<Kind> = twin.differences.iter().map(|it| it.kind).collect();
        assert_eq!(found, expected, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: proptest::test_runner::RngSeed::Fixed(271),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// One list of instructions in both languages has no difference; one instruction left out of a
    /// version is found.
    #[test]
    fn what_is_written_twice_is_a_twin(
        list in prop::collection::vec(written::instruction(), 2..6),
        left_out in any::<prop::sample::Index>(),
    ) {
        let kk = written::kazakh(&list);
        let twin = compared(&kk, &written::russian(&list));
        prop_assert!(twin.differences.is_empty(), "{}\n{:?}", kk, twin.differences);
        prop_assert!(twin.wording.is_empty(), "{}\n{:?}", kk, twin.wording);

        let mut fewer = list.clone();
        let lost = fewer.remove(left_out.index(list.len()));
        let twin = compared(&kk, &written::russian(&fewer));
        prop_assert_eq!(twin.differences.len(), lost.meaning.len());
        for difference in &twin.differences {
            prop_assert_eq!(difference.kind, Kind::OnlyKk);
        }
    }
}
