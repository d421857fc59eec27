//! Word marks: what a reader sees, and the laws on random texts.

#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use tuzet::fold;
use tuzet::refine::{Change, Pair, Segment, paragraphs, words};

/// The marks as text: `[-deleted-]`, `{+inserted+}`, `<old|new>` for typography.
fn marks(old: &str, new: &str) -> String {
    let mark = |segment: &Segment| match segment.change {
        Change::Same => segment.new.to_owned(),
        Change::Typographic => format!("<{}|{}>", segment.old, segment.new),
        Change::Deleted => format!("[-{}-]", segment.old),
        Change::Inserted => format!("{{+{}+}}", segment.new),
    };
    words(old, new).iter().map(mark).collect()
}

/// How many hunks a reader sees, and how many typographic segments.
fn counts(old: &str, new: &str) -> (usize, usize) {
    let segments = words(old, new);
    let is_edit = |it: &Segment| matches!(it.change, Change::Deleted | Change::Inserted);
    let hunks = segments
        .chunk_by(|a, b| is_edit(a) && is_edit(b))
        .filter(|run| is_edit(&run[0]))
        .count();
    (
        hunks,
        segments
            .iter()
            .filter(|it| it.change == Change::Typographic)
            .count(),
    )
}

#[track_caller]
fn check(old: &str, new: &str, expected: &str) {
    assert_eq!(marks(old, new), expected);
}

#[test]
fn marks_hold_whole_words() {
    check(
        "13-1) тірек мектеп",
        "13-2) тірек мектеп",
        "[-13-1)-]{+13-2)+} тірек мектеп",
    );
    check(
        "13) тірек мектеп",
        "13-1) тірек мектеп",
        "[-13)-]{+13-1)+} тірек мектеп",
    );
    check(
        "реттік нөмірі 63-жол",
        "реттік нөмірі 63-1-жол",
        "реттік нөмірі [-63-жол-]{+63-1-жол+}",
    );
    check(
        "ТЖКБ-ның үлесі 2,6 %",
        "ТЖКБ-ға үлесі 2,9 %",
        "[-ТЖКБ-ның-]{+ТЖКБ-ға+} үлесі [-2,6-]{+2,9+} %",
    );
    check(
        "үлесі 5 %-дан асады",
        "үлесі 5 %-ға асады",
        "үлесі 5 [-%-дан-]{+%-ға+} асады",
    );
    check("63-1 жол", "63–1 жол", "[-63-1-]{+63–1+} жол");
}

#[test]
fn marks_take_the_space_they_need() {
    check("бір екі үш", "бір екі", "бір екі[- үш-]");
    check("бір екі", "бір екі үш", "бір екі{+ үш+}");
    check("бір үш", "бір екі үш", "бір {+екі +}үш");
    check("бір (екі) үш", "бір (екі), үш", "бір (екі){+,+} үш");
    check("бір", "", "[-бір-]");
    check("", "", "");
}

#[test]
fn typography_is_marked_apart() {
    check(
        "Iшкi iстер министрлiгi",
        "Ішкі істер министрлігі",
        "<Iшкi|Ішкі> <iстер|істер> <министрлiгi|министрлігі>",
    );
    check(
        "\"НЗМ\" ДБҰ - ұйым",
        "«НЗМ» ДБҰ – ұйым",
        "<\"|«>НЗМ<\"|»> ДБҰ <-|–> ұйым",
    );
    check("бір  екі", "бір\u{a0}екі", "бір<  |\u{a0}>екі");
    check("106–бабының", "106-бабының", "<106–бабының|106-бабының>");
    check(
        "орта , техникалық ",
        "орта, техникалық",
        "орта< |>, техникалық< |>",
    );
    check(
        "ғылыми-әдістемелік",
        "ғылыми - әдістемелік",
        "[-ғылыми-әдістемелік-]{+ғылыми - әдістемелік+}",
    );
    check("“сөз”\u{a0}", "", "[-“сөз”\u{a0}-]");
}

#[test]
fn cells_are_compared_one_by_one() {
    check(
        "63-3.\tБілім алушыларды бағалау\tОМ-ге есеп",
        "63-4.\tӘдістемелік ұсынымдар әзірлеу\tОМ-ге ақпарат",
        "[-63-3.-]{+63-4.+}\t[-Білім алушыларды бағалау-]{+Әдістемелік ұсынымдар әзірлеу+}\tОМ-ге [-есеп-]{+ақпарат+}",
    );
    check("95.\t\tЖАО", "95.\tқаулы\tЖАО", "95.\t{+қаулы+}\tЖАО");
    check("95.\tесеп\tЖАО", "95.\tЖАО", "95.\t[-есеп\t-]ЖАО");
    check("95.\tЖАО", "95.\tЖАО\tОМ", "95.\tЖАО{+\tОМ+}");
}

/// A line of the Kazakh text of resolution No. 271 of 2025, as it was published.
const SUPPORT: &str = "2025 – 2029 жылдар аралығында Оқу-ағарту министрлігі \"НЗМ\" ДБҰ-мен бірлесіп еліміздің 1800-ге жуық мектебін әдістемелік қолдаумен қамтитын болады. Ауылдық жерлердегі шағын жинақты мектептерге ерекше назар аударылатын болады, онда тірек ұйымдарға бекітілген мектептердің үлесі еліміздегі шағын жинақты мектептердің жалпы санынан 5 %-дан 45 %-ға дейін ұлғаяды. Аталған жұмыс ұзақ мерзімді перспективада қалалық және ауылдық мектептер арасындағы білім беру сапасындағы алшақтықты қысқартуға мүмкіндік береді.";
const RIGHT: &str = "ТЖКБ ұйымдарының білім беру бағдарламаларының халықаралық кәсіби және (немесе) салалық талаптарына (стандарттарына) сәйкестігін бағалау рәсімінен ерікті негізде өтуге құқығы бар.";
const SCHOOLS: &str = "\"Назарбаев Зияткерлік мектептері\" дербес білім беру ұйымы (бұдан әрі – \"НЗМ\" ДБҰ) өз тәжірибесін еліміздің жалпы білім беретін мектептеріне таратуды жалғастыруда.";
const PISA_POINT: &str = "4) PISA тестінің нәтижелері бойынша мектептегі білім сапасын бағалау (математика бойынша орташа балл: PISA-2022 – 425 (2-деңгей), PISA-2025 – 433 (2-деңгей), PISA-2029 – 445 (2-деңгей); оқылым бойынша орташа балл: PISA-2022 – 386 (1а деңгейі), PISA-2025 – 393 (1а деңгейі), PISA-2029 – 406 (1а деңгейі); жаратылыстану бойынша орташа балл: PISA-2022 – 423 (2-деңгей), PISA-2025 – 430 (2-деңгей), PISA-2029 – 445 (2-деңгей));";
const PISA_INDICATOR: &str = "PISA тестінің нәтижелері бойынша мектептегі білім сапасын бағалау (математика бойынша орташа балл: PISA-2022 – 425 (2-деңгей), PISA-2025 – 433 (2-деңгей), PISA-2029 – 445 (2-деңгей); оқылым бойынша орташа балл: PISA-2022 – 386 (1а деңгейі), PISA-2025 – 393 (1а деңгейі), PISA-2029 – 406 (1а деңгей); жаратылыстану ғылымдары бойынша орташа балл: PISA-2022 – 423 (2-деңгей), PISA-2025 – 430 (2-деңгей), PISA-2029 – 445 (2-деңгей))";
const COURSES: &str = "Педагогтердің біліктілігін арттыру курстары бағдарламаларының мазмұнында \"Педагог\" кәсіби стандартына сәйкес педагогикалық қызметтің барлық түрлерін іске асыру үшін педагогке қажетті пәндік, психологиялық-педагогикалық, әлеуметтік, цифрлық және басқа да құзыреттердің оңтайлы арақатынасы қамтылады. \"НЗМ\" ДБҰ тәжірибесін трансляциялау тетігі орта білім беретін тірек ұйымдардың әлеуетін дамыту арқылы жүзеге асырылатын болады. Педагогтердің жүйелі және құрылымдалған кәсіби дамуы тірек білім беру ұйымдарының кәсіптік білімнің кең қорына қолжетімділігін кеңейтеді, бұл бекітілген мектептердің педагогтерін оқытудың каскадты әдісін іске асыруға мүмкіндік береді.";
/// Written for this test, as a shorter form of the same part might have been.
const COURSES_BEFORE: &str = "Педагогтердің біліктілігін арттыру курстарының мазмұны педагогке қажетті пәндік, әлеуметтік, цифрлық және басқа құзыреттерді қамтиды. \"НЗМ\" ДБҰ тәжірибесін тарату тірек мектептердің әлеуетін дамыту арқылы жүзеге асырылады. Тірек мектептердің педагогтері кәсіптік білімнің кең қорына қол жеткізеді, бұл басқа мектептердің педагогтерін оқытуға мүмкіндік береді.";
const INCLUSION: &str = "8) даму мүмкіндіктері шектеулі балаларды арнайы психологиялық-педагогикалық қолдаумен және ерте түзетумен қамту (2023 жыл – 73 %, 2024 жыл – 85 %, 2025 жыл – 90 %, 2026 жыл – 95 %, 2027 жыл – 100 %, 2028 жыл – 100 %, 2029 жыл – 100 %);";
const CLUSTERS: &str = "Орта, техникалық және кәсіптік, орта білімнен кейінгі, жоғары және жоғары оқу орнынан кейінгі білім беру ұйымдарының, сондай-ақ кәсіпорындардың тиімді өзара іс-қимылын қамтамасыз ету мақсатында жергілікті атқарушы органдар аумақтық кластерлерді, оның ішінде білім беру-өндірістік кластерлерді дамытуды жалғастыратын болады.";

/// A change in this table is a change in what readers see: look at the marks before accepting it.
#[test]
fn readers_see_few_hunks() {
    let figures = SUPPORT.replace("5 %-дан 45 %-ға", "7 %-дан 50 %-ға");
    let endings = RIGHT
        .replace("сәйкестігін", "сәйкестігіне")
        .replace("құқығы", "құқықтары");
    let schools = SCHOOLS
        .replace("\"Назарбаев", "«Назарбаев")
        .replace("мектептері\"", "мектептері»");
    let quotes = schools
        .replace("\"НЗМ\"", "«НЗМ»")
        .replace("жалғастыруда.", "жалғастыруда;");
    let spaces = SUPPORT
        .replace("2025 – 2029", "2025\u{a0}– 2029")
        .replace("жуық ", "жуық  ");
    let term = SUPPORT.replace("мектептер", "лицейлер");
    let one_word = INCLUSION.replace("психологиялық-педагогикалық", "психология-педагогикалық");
    let cases = [
        ("nothing", SUPPORT, SUPPORT, (0, 0)),
        ("two figures", SUPPORT, &figures, (2, 0)),
        ("a case ending and a plural", RIGHT, &endings, (2, 0)),
        ("quotes and the final mark", SCHOOLS, &quotes, (1, 4)),
        ("white space alone", SUPPORT, &spaces, (0, 2)),
        ("a term in all places", SUPPORT, &term, (4, 0)),
        (
            "one word of the published pair",
            INCLUSION,
            &one_word,
            (1, 0),
        ),
        (
            "the same words as point and as indicator",
            PISA_POINT,
            PISA_INDICATOR,
            (4, 0),
        ),
        (
            "a related rewrite of 41 words into 73",
            COURSES_BEFORE,
            COURSES,
            (8, 0),
        ),
        (
            "an unrelated rewrite of 47 words into 37",
            INCLUSION,
            CLUSTERS,
            (1, 0),
        ),
    ];
    for (name, old, new, expected) in cases {
        assert_eq!(counts(old, new), expected, "{name}: {}", marks(old, new));
        assert_eq!(
            counts(new, old),
            expected,
            "{name}, backwards: {}",
            marks(new, old)
        );
    }
}

#[test]
fn hunks_join_over_little() {
    check(
        "Мерекелік даталар тізбесін Президент белгілейді.",
        "Мереке күндерінің тізбесін Қазақстан Үкіметі белгілейді.",
        "[-Мерекелік даталар-]{+Мереке күндерінің+} тізбесін [-Президент-]{+Қазақстан Үкіметі+} белгілейді.",
    );
    check(
        "5 жыл 45 жыл",
        "7 жыл 50 жыл",
        "[-5-]{+7+} жыл [-45-]{+50+} жыл",
    );
}

#[test]
fn paragraphs_pair_in_order() {
    let old = [RIGHT, SCHOOLS, "”;", PISA_POINT, CLUSTERS];
    let new = [SUPPORT, SCHOOLS, INCLUSION, PISA_INDICATOR, CLUSTERS, "”;"];
    assert_eq!(
        paragraphs(&old, &new),
        [
            Pair::Old(0),
            Pair::New(0),
            Pair::Both(1, 1),
            Pair::Old(2),
            Pair::New(2),
            Pair::Both(3, 3),
            Pair::Both(4, 4),
            Pair::New(5),
        ]
    );
}

#[test]
fn paragraphs_that_differ_in_typography_pair() {
    let pairs = paragraphs(
        &["«НЗМ» ДБҰ", "Iшкi iстер"],
        &["екі", "\"НЗМ\"\u{a0}ДБҰ", "Ішкі істер"],
    );
    assert_eq!(pairs, [Pair::New(0), Pair::Both(0, 1), Pair::Both(1, 2)]);
}

#[test]
fn the_first_of_equally_likely_paragraphs_pairs() {
    let pairs = paragraphs(&["бір екі үш"], &["бір екі төрт", "бір екі бес"]);
    assert_eq!(pairs, [Pair::Both(0, 0), Pair::New(1)]);
    let pairs = paragraphs(&["бір екі төрт", "бір екі бес"], &["бір екі үш"]);
    assert_eq!(pairs, [Pair::Both(0, 0), Pair::Old(1)]);
    assert_eq!(
        paragraphs(&["бір екі үш"], &["бір төрт бес"]),
        [Pair::Old(0), Pair::New(0)]
    );
    assert_eq!(paragraphs(&[], &[]), []);
}

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "білім",
        "беру",
        "мектеп",
        "Iшкi",
        "Ішкі",
        "VІ",
        "й",
        "и\u{306}",
        "\u{ad}",
        "13-1)",
        "63–1",
        "63-1",
        "5",
        "2,6",
        "%",
        "-дан",
        " ",
        " ",
        " ",
        "  ",
        "\u{a0}",
        "\n",
        "\t",
        "«",
        "\"",
        "''",
        "'",
        ".",
        ";",
        ",",
        "–",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

/// A text and another, which is unlike it or the same but for one stretch.
fn texts() -> impl Strategy<Value = (String, String)> {
    let edited = (text(), text(), text(), text());
    prop_oneof![
        edited
            .prop_map(|(head, old, new, tail)| (head.clone() + &old + &tail, head + &new + &tail)),
        (any::<String>(), any::<String>()),
    ]
}

proptest! {
    #[test]
    fn segments_keep_both_texts((old, new) in texts()) {
        let segments = words(&old, &new);
        prop_assert_eq!(segments.iter().map(|it| it.old).collect::<String>(), &*old);
        prop_assert_eq!(segments.iter().map(|it| it.new).collect::<String>(), &*new);
        prop_assert_eq!(&segments, &words(&old, &new));
        for segment in &segments {
            match segment.change {
                Change::Same => prop_assert!(segment.old == segment.new && !segment.old.is_empty()),
                Change::Typographic => prop_assert!(fold::typographic(segment.old, segment.new)),
                Change::Deleted => prop_assert!(segment.new.is_empty() && !segment.old.is_empty()),
                Change::Inserted => prop_assert!(segment.old.is_empty() && !segment.new.is_empty()),
            }
        }
        for pair in segments.windows(2) {
            let (before, after) = (pair[0].change, pair[1].change);
            prop_assert!(before != after || before == Change::Typographic);
            prop_assert!((before, after) != (Change::Inserted, Change::Deleted));
        }
    }

    #[test]
    fn a_text_is_the_same_as_itself(text in text()) {
        let segments = words(&text, &text);
        prop_assert!(segments.len() <= 1 && segments.iter().all(|it| it.change == Change::Same));
    }

    #[test]
    fn no_word_is_split((old, new) in texts()) {
        let (mut old_at, mut new_at) = (0, 0);
        for segment in words(&old, &new) {
            (old_at, new_at) = (old_at + segment.old.len(), new_at + segment.new.len());
            for (text, at) in [(&old, old_at), (&new, new_at)] {
                let splits = text[..at].ends_with(char::is_alphanumeric) && text[at..].starts_with(char::is_alphanumeric);
                prop_assert!(!splits, "{:?} at {}", text, at);
            }
        }
    }

    #[test]
    fn a_tab_is_marked_only_with_its_cell((old, new) in texts()) {
        let tabs = |text: &str| text.matches('\t').count();
        for segment in words(&old, &new) {
            let is_marked = segment.change != Change::Same && tabs(segment.old) + tabs(segment.new) > 0;
            prop_assert!(!is_marked || tabs(&old) != tabs(&new));
        }
    }

    #[test]
    fn every_paragraph_has_one_place(
        old in prop::collection::vec(text(), 0..8),
        new in prop::collection::vec(text(), 0..8),
    ) {
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        let (mut i, mut j) = (0, 0);
        for pair in paragraphs(&old, &new) {
            match pair {
                Pair::Both(old, new) => {
                    prop_assert_eq!((old, new), (i, j));
                    (i, j) = (i + 1, j + 1);
                }
                Pair::Old(old) => {
                    prop_assert_eq!(old, i);
                    i += 1;
                }
                Pair::New(new) => {
                    prop_assert_eq!(new, j);
                    j += 1;
                }
            }
        }
        prop_assert_eq!((i, j), (old.len(), new.len()));
    }
}
