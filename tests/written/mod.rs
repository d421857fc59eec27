//! Instructions written from tables in both languages, and what they mean.

#![allow(dead_code)]

use proptest::prelude::*;

/// A unit: its name in addresses, whether it is counted in words, whether its number has a
/// bracket; its noun in the nominative, genitive, owned, owned genitive, owned attributive,
/// instrumental, plural, plural instrumental.
struct Unit {
    name: &'static str,
    counted: bool,
    bracket: bool,
    forms: [&'static str; 9],
}

const UNITS: [Unit; 5] = [
    Unit {
        name: "article",
        counted: false,
        bracket: false,
        forms: [
            "бап",
            "баптың",
            "бабы",
            "бабының",
            "бабындағы",
            "баппен",
            "баптар",
            "баптармен",
            "баптағы",
        ],
    },
    Unit {
        name: "paragraph",
        counted: false,
        bracket: false,
        forms: [
            "тармақ",
            "тармақтың",
            "тармағы",
            "тармағының",
            "тармағындағы",
            "тармақпен",
            "тармақтар",
            "тармақтармен",
            "тармақтағы",
        ],
    },
    Unit {
        name: "point",
        counted: false,
        bracket: true,
        forms: [
            "тармақша",
            "тармақшаның",
            "тармақшасы",
            "тармақшасының",
            "тармақшасындағы",
            "тармақшамен",
            "тармақшалар",
            "тармақшалармен",
            "тармақшадағы",
        ],
    },
    Unit {
        name: "part",
        counted: true,
        bracket: false,
        forms: [
            "бөлік",
            "бөліктің",
            "бөлігі",
            "бөлігінің",
            "бөлігіндегі",
            "бөлікпен",
            "бөліктер",
            "бөліктермен",
            "бөліктегі",
        ],
    },
    Unit {
        name: "indent",
        counted: true,
        bracket: false,
        forms: [
            "абзац",
            "абзацтың",
            "абзацы",
            "абзацының",
            "абзацындағы",
            "абзацпен",
            "абзацтар",
            "абзацтармен",
            "абзацтағы",
        ],
    },
];

fn ordinal(number: usize) -> String {
    let ones = [
        "",
        "бірінші",
        "екінші",
        "үшінші",
        "төртінші",
        "бесінші",
        "алтыншы",
        "жетінші",
        "сегізінші",
        "тоғызыншы",
    ];
    let tens = [
        "",
        "он",
        "жиырма",
        "отыз",
        "қырық",
        "елу",
        "алпыс",
        "жетпіс",
        "сексен",
        "тоқсан",
    ];
    let round = [
        "",
        "оныншы",
        "жиырмасыншы",
        "отызыншы",
        "қырқыншы",
        "елуінші",
        "алпысыншы",
        "жетпісінші",
        "сексенінші",
        "тоқсаныншы",
    ];
    match (number / 10, number % 10) {
        (ten, 0) => round[ten].to_string(),
        (0, one) => ones[one].to_string(),
        (ten, one) => format!("{} {}", tens[ten], ones[one]),
    }
}

/// A number: a count, and perhaps a number behind a dash.
type Number = (usize, Option<usize>);

fn spelt(unit: &Unit, number: Number) -> String {
    match (unit.counted, number) {
        (true, (count, _)) => ordinal(count),
        (false, (count, None)) => count.to_string(),
        (false, (count, Some(dash))) => format!("{count}-{dash}"),
    }
}

fn step(unit: &Unit, number: Number) -> String {
    match (unit.counted, number) {
        (false, (count, Some(dash))) => format!("{}:{count}-{dash}", unit.name),
        (_, (count, _)) => format!("{}:{count}", unit.name),
    }
}

/// A number with its noun: `15-тармақтың`, `2) тармақша`, `бірінші бөлік`.
fn cited(unit: &Unit, number: Number, form: usize) -> String {
    let number = spelt(unit, number);
    match (unit.counted, unit.bracket) {
        (true, _) => format!("{number} {}", unit.forms[form]),
        (false, true) => format!("{number}) {}", unit.forms[form]),
        (false, false) => format!("{number}-{}", unit.forms[form]),
    }
}

/// Several numbers with one noun: `13-1) және 13-2) тармақшалармен`.
fn listed(unit: &Unit, numbers: &[Number], form: usize) -> String {
    let (last, first) = numbers.split_last().unwrap();
    let bracket = if unit.bracket { ")" } else { "" };
    let first: Vec<String> = first
        .iter()
        .map(|number| format!("{}{bracket}", spelt(unit, *number)))
        .collect();
    match first.is_empty() {
        true => cited(unit, *last, form),
        false => format!("{} және {}", first.join(", "), cited(unit, *last, form)),
    }
}

/// An instruction with its wording, and the operations that it means.
#[derive(Debug, Clone)]
pub struct Instruction {
    pub text: String,
    /// The same in Russian.
    pub russian: String,
    pub meaning: Vec<(&'static str, String)>,
}

fn numbers() -> impl Strategy<Value = Vec<Number>> {
    let number = (1..99usize, proptest::option::weighted(0.2, 1..9usize));
    proptest::collection::btree_set(number, 1..4).prop_map(|set| set.into_iter().collect())
}

pub fn instruction() -> impl Strategy<Value = Instruction> {
    let way = proptest::collection::vec((1..99usize, proptest::bool::weighted(0.6)), 5);
    (
        0..UNITS.len(),
        way,
        numbers(),
        0..6usize,
        proptest::bool::ANY,
    )
        .prop_map(|(last, way, mut numbers, verb, range)| {
            let unit = &UNITS[last];
            if unit.counted {
                numbers.iter_mut().for_each(|number| number.1 = None);
                numbers.dedup();
            }
            // Outer units, with the article always among them.
            let outer: Vec<(&Unit, Number)> = (0..last)
                .filter(|at| *at == 0 || way[*at].1)
                .map(|at| (&UNITS[at], (way[at].0, None)))
                .collect();
            let chain = |form: usize, alone: usize| {
                let mut words: Vec<String> = Vec::new();
                for (index, (unit, number)) in outer.iter().enumerate() {
                    words.push(cited(unit, *number, if index == 0 { 1 } else { 3 }));
                }
                words.push(listed(
                    unit,
                    &numbers,
                    if outer.is_empty() { alone } else { form },
                ));
                words.join(" ")
            };
            let prefix: Vec<String> = outer
                .iter()
                .map(|(unit, number)| step(unit, *number))
                .collect();
            let address = |number: Number| {
                let mut steps = prefix.clone();
                steps.push(step(unit, number));
                steps.join("/")
            };
            let all = |action: &'static str| -> Vec<(&'static str, String)> {
                numbers
                    .iter()
                    .map(|number| (action, address(*number)))
                    .collect()
            };
            let label = |number: Number| match (unit.name, unit.counted) {
                ("article", _) => format!("{}-бап. Бақ", spelt(unit, number)),
                ("paragraph", _) => format!("{}. Бақ.", spelt(unit, number)),
                ("point", _) => format!("{}) бақ;", spelt(unit, number)),
                _ => "Бақ.".to_string(),
            };
            let wording: Vec<String> = numbers.iter().map(|it| label(*it)).collect();
            let wording = format!("\n\n\"{}\"", wording.join("\n\n"));
            let russian_label = |number: Number| match unit.name {
                "article" => format!("Статья {}. Сад", spelt(unit, number)),
                "paragraph" => format!("{}. Сад.", spelt(unit, number)),
                "point" => format!("{}) сад;", spelt(unit, number)),
                _ => "Сад.".to_string(),
            };
            let russian_wording: Vec<String> =
                numbers.iter().map(|it| russian_label(*it)).collect();
            let russian_wording = format!("\n\n\"{}\"", russian_wording.join("\n\n"));
            // From inner to outer.
            let behind = |from: usize| -> String {
                let outer = outer[..from].iter().rev();
                outer
                    .map(|(unit, number)| {
                        let at = UNITS.iter().position(|it| it.name == unit.name).unwrap();
                        format!(" {}", russian_list(at, &[*number], GENITIVE))
                    })
                    .collect()
            };
            let russian = |case: usize| {
                format!(
                    "{}{}",
                    russian_list(last, &numbers, case),
                    behind(outer.len())
                )
            };
            let many = numbers.len() > 1;
            let plural = |one: usize, more: usize| if many { more } else { one };
            let nominative = match (outer.is_empty(), many) {
                (true, true) => chain(6, 6),
                _ => chain(2, 0),
            };
            match verb {
                0 => Instruction {
                    russian: format!("{} исключить", russian(ACCUSATIVE)),
                    text: format!("{nominative} алып тасталсын"),
                    meaning: all("delete"),
                },
                1 => Instruction {
                    russian: format!(
                        "{} изложить в следующей редакции:{russian_wording}",
                        russian(ACCUSATIVE)
                    ),
                    text: format!("{nominative} мынадай редакцияда жазылсын:{wording}"),
                    meaning: all("replace"),
                },
                2 => {
                    let holder = match outer.split_last() {
                        Some(((unit, number), rest)) => {
                            let mut words: Vec<String> = rest
                                .iter()
                                .enumerate()
                                .map(|(index, (unit, number))| {
                                    cited(unit, *number, if index == 0 { 1 } else { 3 })
                                })
                                .collect();
                            words.push(cited(unit, *number, if rest.is_empty() { 0 } else { 2 }));
                            words.join(" ") + " "
                        }
                        None => String::new(),
                    };
                    let new = listed(unit, &numbers, plural(5, 7));
                    let place = match outer.split_last() {
                        Some(((unit, number), rest)) => {
                            let at = UNITS.iter().position(|it| it.name == unit.name).unwrap();
                            let inner = russian_list(at, &[*number], ACCUSATIVE);
                            format!("{inner}{} ", behind(rest.len()))
                        }
                        None => String::new(),
                    };
                    Instruction {
                        russian: format!(
                            "{place}дополнить {} следующего содержания:{russian_wording}",
                            russian_list(last, &numbers, INSTRUMENTAL)
                        ),
                        text: format!("{holder}мынадай мазмұндағы {new} толықтырылсын:{wording}"),
                        meaning: all("insert"),
                    }
                }
                3 => Instruction {
                    russian: format!(
                        "в {} слово \"вода\" заменить словом \"ветер\"",
                        russian(PREPOSITIONAL)
                    ),
                    text: format!(
                        "{} \"су\" деген сөз \"жел\" деген сөзбен ауыстырылсын",
                        chain(4, 8)
                    ),
                    meaning: all("replace-words"),
                },
                4 => Instruction {
                    russian: format!("в {} слово \"вода\" исключить", russian(PREPOSITIONAL)),
                    text: format!("{} \"су\" деген сөз алып тасталсын", chain(4, 8)),
                    meaning: all("delete-words"),
                },
                _ if range && !unit.counted => {
                    let (first, end) = (way[4].0, way[4].0 + numbers.len());
                    let bracket = if unit.bracket { ")" } else { "" };
                    let noun = unit.forms[6];
                    let gap = if unit.bracket { " " } else { "-" };
                    let several = NOUNS[last].many[ACCUSATIVE];
                    Instruction {
                        russian: format!("{several} {first}{bracket} – {end}{bracket} исключить"),
                        text: format!(
                            "{first}{bracket} – {end}{bracket}{gap}{noun} алып тасталсын"
                        ),
                        meaning: (first..=end)
                            .map(|number| ("delete", format!("{}:{number}", unit.name)))
                            .collect(),
                    }
                }
                _ => Instruction {
                    russian: format!(
                        "в {} после слова \"вода\" дополнить словом \"ветер\"",
                        russian(PREPOSITIONAL)
                    ),
                    text: format!(
                        "{} \"су\" деген сөзден кейін \"жел\" деген сөзбен толықтырылсын",
                        chain(4, 8)
                    ),
                    meaning: all("insert-words"),
                },
            }
        })
}
pub const HEAD: &str = "# \"Бақтар туралы\" Қазақстан Республикасының Заңына өзгерістер енгізу туралы\n\n\
    1-бап. \"Бақтар туралы\" 2010 жылғы 5 мамырдағы Қазақстан Республикасының Заңына мынадай өзгерістер енгізілсін:\n\n";
pub const TAIL: &str = "\n\n2-бап. Осы Заң қол қойылған күнінен бастап қолданысқа енгізіледі.\n";

pub const HEAD_RU: &str = "# О внесении изменений в Закон Республики Казахстан \"О садах\"\n\n\
    Статья 1. Внести в Закон Республики Казахстан от 5 мая 2010 года \"О садах\" следующие изменения:\n\n";
pub const TAIL_RU: &str =
    "\n\nСтатья 2. Настоящий Закон вводится в действие со дня его подписания.\n";

/// A Russian noun in the accusative, genitive, prepositional and instrumental, one and many.
struct Noun {
    feminine: bool,
    one: [&'static str; 4],
    many: [&'static str; 4],
}

const ACCUSATIVE: usize = 0;
const GENITIVE: usize = 1;
const PREPOSITIONAL: usize = 2;
const INSTRUMENTAL: usize = 3;

const NOUNS: [Noun; 5] = [
    Noun {
        feminine: true,
        one: ["статью", "статьи", "статье", "статьей"],
        many: ["статьи", "статей", "статьях", "статьями"],
    },
    Noun {
        feminine: false,
        one: ["пункт", "пункта", "пункте", "пунктом"],
        many: ["пункты", "пунктов", "пунктах", "пунктами"],
    },
    Noun {
        feminine: false,
        one: ["подпункт", "подпункта", "подпункте", "подпунктом"],
        many: ["подпункты", "подпунктов", "подпунктах", "подпунктами"],
    },
    Noun {
        feminine: true,
        one: ["часть", "части", "части", "частью"],
        many: ["части", "частей", "частях", "частями"],
    },
    Noun {
        feminine: false,
        one: ["абзац", "абзаца", "абзаце", "абзацем"],
        many: ["абзацы", "абзацев", "абзацах", "абзацами"],
    },
];

/// An ordinal in the gender and case of its noun.
fn russian_ordinal(number: usize, feminine: bool, case: usize) -> String {
    let stems = [
        "",
        "перв",
        "втор",
        "трет",
        "четверт",
        "пят",
        "шест",
        "седьм",
        "восьм",
        "девят",
        "десят",
        "одиннадцат",
        "двенадцат",
        "тринадцат",
        "четырнадцат",
        "пятнадцат",
        "шестнадцат",
        "семнадцат",
        "восемнадцат",
        "девятнадцат",
    ];
    let tens = [
        "",
        "",
        "двадцат",
        "тридцат",
        "сороков",
        "пятидесят",
        "шестидесят",
        "семидесят",
        "восьмидесят",
        "девяност",
    ];
    let cardinals = [
        "",
        "",
        "двадцать",
        "тридцать",
        "сорок",
        "пятьдесят",
        "шестьдесят",
        "семьдесят",
        "восемьдесят",
        "девяносто",
    ];
    let ending = match (feminine, case) {
        (true, ACCUSATIVE) => "ую",
        (true, _) => "ой",
        (false, ACCUSATIVE) => "ый",
        (false, GENITIVE) => "ого",
        (false, PREPOSITIONAL) => "ом",
        (false, _) => "ым",
    };
    let third = match (feminine, case) {
        (true, ACCUSATIVE) => "третью",
        (true, _) => "третьей",
        (false, ACCUSATIVE) => "третий",
        (false, GENITIVE) => "третьего",
        (false, PREPOSITIONAL) => "третьем",
        (false, _) => "третьим",
    };
    let simple = |number: usize| match number {
        3 => third.to_string(),
        2 | 6 | 7 | 8 if !feminine && case == ACCUSATIVE => format!("{}ой", stems[number]),
        number => format!("{}{ending}", stems[number]),
    };
    match (number / 10, number % 10) {
        (0 | 1, _) => simple(number),
        (4, 0) if !feminine && case == ACCUSATIVE => "сороковой".to_string(),
        (ten, 0) => format!("{}{ending}", tens[ten]),
        (ten, one) => format!("{} {}", cardinals[ten], simple(one)),
    }
}

/// Numbers behind their noun: `подпункты 1) и 2)`, `часть вторую`.
fn russian_list(at: usize, numbers: &[Number], case: usize) -> String {
    let (unit, noun) = (&UNITS[at], &NOUNS[at]);
    let bracket = if unit.bracket { ")" } else { "" };
    let spelt: Vec<String> = numbers
        .iter()
        .map(|number| match unit.counted {
            true => russian_ordinal(number.0, noun.feminine, case),
            false => format!("{}{bracket}", self::spelt(unit, *number)),
        })
        .collect();
    let word = if numbers.len() > 1 {
        noun.many[case]
    } else {
        noun.one[case]
    };
    match spelt.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{word} {} и {last}", first.join(", ")),
        _ => format!("{word} {}", spelt.join("")),
    }
}

fn items(texts: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = texts
        .enumerate()
        .map(|(index, text)| format!("{}) {text}", index + 1))
        .collect();
    items.join(";\n\n")
}

/// An amending act with these instructions, in Kazakh.
pub fn kazakh(list: &[Instruction]) -> String {
    format!(
        "{HEAD}{}.{TAIL}",
        items(list.iter().map(|it| it.text.clone()))
    )
}

/// The same in Russian.
pub fn russian(list: &[Instruction]) -> String {
    format!(
        "{HEAD_RU}{}.{TAIL_RU}",
        items(list.iter().map(|it| it.russian.clone()))
    )
}
