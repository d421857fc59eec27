//! Kazakh: the words of the drafting language (Law on legal acts, art. 23–28; custom of the
//! Ministry of Justice's editors for notes and marks).

use super::Language;
use crate::act::Unit;

/// Letters of Kazakh that Russian lacks. «і» is left out: it is also Ukrainian, and a look-alike.
pub const LETTERS: &[char] = &[
    'ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'Ә', 'Ғ', 'Қ', 'Ң', 'Ө', 'Ұ', 'Ү', 'Һ',
];

/// Kazakh.
pub static KAZAKH: Language = Language {
    code: "kk",
    labels: &[
        (Unit::Article, "", "-бап"),
        (Unit::Chapter, "", "-тарау"),
        (Unit::Chapter, "", " тарау"),
        (Unit::Section, "", "-бөлім"),
        (Unit::Section, "", " бөлім"),
        (Unit::Subsection, "", "-кіші бөлім"),
        (Unit::Direction, "", "-бағыт"),
        (Unit::Subchapter, "", "-параграф"),
        (Unit::Indicator, "нысаналы ", "-индикатор"),
        (Unit::Indicator, "", "-нысаналы индикатор"),
        (Unit::Indicator, "", "-индикатор"),
    ],
    indicators: &["нысаналы индикатор"],
    contents: &["мазмұны"],
    notes: &["ескертпе"],
    remarks: &["ескерту", "рқао", "қр іім ескертпесі"],
    stamps: &["бекітілген", "бекітілді", "қосымша"],
    annexes: &[("", "-қосымша")],
    documents: &[
        "бағдарлама",
        "бағдарламасы",
        "ереже",
        "ережесі",
        "жоспар",
        "жоспары",
        "карта",
        "картасы",
        "қағида",
        "қағидалар",
        "қағидалары",
        "қағидасы",
        "құрамы",
        "нұсқаулық",
        "нұсқаулығы",
        "стандарт",
        "стандарты",
        "тізбе",
        "тізбесі",
        "тұжырымдама",
        "тұжырымдамасы",
    ],
    codes: &["кодексі", "кодекс "],
    offices: &[
        "әкімі",
        "басшысы",
        "министрі",
        "министр",
        "мәслихат хатшысы",
        "президенті",
        "премьер-министрі",
        "республикасының",
        "төрағасы",
        "хатшысы",
    ],
    abbreviations: &[
        "б.",
        "бб.",
        "г.",
        "ж.",
        "жж.",
        "қ.",
        "млн.",
        "млрд.",
        "мың.",
        "обл.",
        "т.б.",
        "т.с.с.",
        "трлн.",
    ],
    marks: &[
        (Unit::Point, "алып тасталды", "күші жойылды"),
        (Unit::Act, "Алып тасталды", "Күші жойылды"),
    ],
    scaffold: "Бұл ресми мәтін емес: актінің мәтіні қолда болмағандықтан, оның құрылымы ғана берілген.",
    partial: "Өзгерістердің бәрі енгізілген жоқ. Енгізілмегендер саны:",
    as_of: "Мәтін мына күнгі жағдай бойынша:",
    inserted: "қосылды:",
    deleted: "алынды:",
};
