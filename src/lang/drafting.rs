//! The drafting language of amending acts, as tables: what its words mean, not how they are spelt.
//!
//! A language writes its forms out and says what each means; [`crate::read`] puts the meanings
//! together and knows no word.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::unit::Unit;

/// The words with which acts of one language amend other acts.
#[derive(Debug)]
pub struct Drafting {
    /// Whether the inner unit is named before the outer one and the noun before its number:
    /// «подпункт 2) пункта 5», where Kazakh has «5-тармақтың 2) тармақшасы».
    pub inner_first: bool,
    /// Nouns, each with all its forms in the order of [`Drafting::forms`], parted by `|`.
    pub nouns: &'static [(Noun, &'static str)],
    /// What the forms of a noun are.
    pub forms: &'static [Form],
    /// Words and groups of words with a meaning of their own, those of one meaning parted by `|`;
    /// the longest group that fits counts.
    pub phrases: &'static [(Mark, &'static str)],
    /// Numbers in words, the forms of one parted by `|`.
    pub numerals: &'static [(Numeral, &'static str)],
    /// The months from January, each in the forms that dates use, parted by `|`.
    pub months: [&'static str; 12],
    /// Endings of the genitive, longest first: what is left without one names an organ.
    pub genitives: &'static [&'static str],
    /// Endings of nouns, whatever they mean, those of nouns with an owner first; what is left without
    /// one is how it is named.
    pub endings: &'static [(Case, &'static str)],
    /// The words, made ready for look-ups.
    pub lexicon: OnceLock<Lexicon>,
}

/// A noun of the drafting language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// A unit of an act: тармақ, пункт.
    Unit(Unit),
    /// A row of a classified table, by the level of its class, from 1: функционалдық топ, функциональная группа.
    Row(u8),
    /// Words, figures, abbreviations as such: сөз, слово.
    Words,
    /// A mark by its name: нүкте, точка.
    Sign(&'static str),
    /// A document that an act approves: тізбе, перечень.
    Document,
    /// A form of act, with the name that [`crate::operation::Head::kind`] has for it: заң, закон.
    Act(&'static str),
}

/// A form of a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// The case.
    pub case: Case,
    /// More than one.
    pub plural: bool,
    /// Belonging to what was named before it: тармағы, not тармақ.
    pub owned: bool,
}

/// The cases of Kazakh; Russian has some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Who or what.
    Nominative,
    /// Of what.
    Genitive,
    /// To what.
    Dative,
    /// The object.
    Accusative,
    /// In what.
    Locative,
    /// From what.
    Ablative,
    /// With what.
    Instrumental,
    /// Standing in something: тармақтағы.
    Attributive,
}

/// What a group of words means in an amending act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// What is done; the second field says that another action follows («ауыстырылып, …»).
    Do(Predicate, bool),
    /// «мынадай мазмұндағы»: the new unit is set out.
    Content,
    /// «деген»: the words before are a quotation.
    Named,
    /// «кейін».
    After,
    /// «алдынан».
    Before,
    /// «тиісінше»: in pairs.
    Pairwise,
    /// «бүкіл мәтін бойынша».
    Everywhere,
    /// «қоспағанда».
    Except,
    /// «және».
    And,
    /// «ал», which parts two actions.
    While,
    /// «ол»: what was named before.
    It,
    /// «бойынша», after a unit of a budget.
    By,
    /// «в», before a place.
    In,
    /// «на», before words that come in the place of others.
    Onto,
    /// «к», before what an annex belongs to.
    To,
    /// «реттік нөмірі»: says of the number what it is anyhow.
    Numbered,
    /// «мына», before something that is set out.
    Following,
    /// «осы».
    This,
    /// «көрсетілген».
    Given,
    /// «бекітілген».
    Approved,
    /// «сәйкес», after an annex: the new wording stands there.
    According,
    /// «енгізілсін»: what follows amends the act that was named.
    Enact,
    /// «бекітілсін».
    Approve,
    /// «ҚАУЛЫ ЕТЕДІ».
    Ordain,
    /// «орыс тіліндегі мәтінге … енгізіледі, қазақ тіліндегі мәтін өзгермейді».
    OtherLanguage,
    /// «қызмет бабында пайдалану үшін»: the wording is not published.
    Restricted,
    /// «қолданысқа енгізіледі».
    InForce,
    /// «қол қойылған».
    Signed,
    /// «жарияланған».
    Published,
    /// «өткен соң»: after so many days.
    Passed,
    /// «бастап».
    From,
    /// «күші жойылған»: what the title of a list of repeals says.
    Void,
    /// «тоқтатыла тұрсын»: the unit does not apply for a time.
    Suspend,
    /// «дейін», beside a date.
    Until,
    /// «… дейін қолданылады деп белгіленсін»: the unit applies for a time alone.
    Sunset,
    /// «өзгеріс», «толықтыру»: what the title of an amending act announces.
    Change,
    /// «қолданысқа енгізілетін»: what enters into force on another day.
    Entering,
    /// «бұдан әрі», in brackets.
    Hereafter,
    /// «ай»: months.
    Months,
    /// «күн»: days.
    Days,
    /// «жылғы»: the figure before is a year.
    Year,
    /// «№».
    Number,
}

/// What a clause orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Predicate {
    /// «мынадай редакцияда жазылсын».
    Restate,
    /// «толықтырылсын».
    Add,
    /// «алып тасталсын».
    Strike,
    /// «ауыстырылсын».
    Swap,
    /// «күші жойылды деп танылсын».
    Repeal,
    /// «деп есептелсін».
    Renumber,
}

/// A number in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numeral {
    /// «он».
    Cardinal(usize),
    /// «бірінші».
    Ordinal(usize),
}

/// One meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// A noun in a form.
    Noun(Noun, Form),
    /// A number.
    Numeral(Numeral),
    /// A month, from 1.
    Month(i8),
    /// A phrase.
    Mark(Mark),
}

/// The words of a language by their spelling.
#[derive(Debug, Default)]
pub struct Lexicon {
    senses: HashMap<&'static str, Vec<Sense>>,
    /// For the first word of a group, the other words of the groups and what they mean.
    groups: HashMap<&'static str, Vec<(Vec<&'static str>, Sense)>>,
    /// For every form of a noun, the same noun in all forms.
    nouns: HashMap<&'static str, &'static str>,
    /// Every word, those of groups one by one.
    words: HashSet<&'static str>,
}

impl Drafting {
    /// The words, ready for look-ups.
    pub fn lexicon(&'static self) -> &'static Lexicon {
        self.lexicon.get_or_init(|| {
            let mut lexicon = Lexicon::default();
            for &(noun, forms) in self.nouns {
                for (spelling, &form) in forms.split('|').zip(self.forms) {
                    lexicon.add(spelling, Sense::Noun(noun, form));
                    lexicon.nouns.entry(spelling).or_insert(forms);
                }
            }
            for &(mark, spellings) in self.phrases {
                for spelling in spellings.split('|') {
                    lexicon.add(spelling, Sense::Mark(mark));
                }
            }
            for &(numeral, spellings) in self.numerals {
                for spelling in spellings.split('|') {
                    lexicon.add(spelling, Sense::Numeral(numeral));
                }
            }
            for (month, forms) in (1..).zip(self.months) {
                for spelling in forms.split('|') {
                    lexicon.add(spelling, Sense::Month(month));
                }
            }
            for groups in lexicon.groups.values_mut() {
                groups.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
            }
            lexicon
        })
    }

    /// A form of a noun as it names a thing: «жоспарында» → «жоспары».
    pub fn naming(&'static self, word: &str, form: Form) -> Option<&'static str> {
        let forms = self.lexicon().nouns.get(word)?;
        let plain = self.forms.iter().position(|it| {
            it.case == Case::Nominative && it.plural == form.plural && it.owned == form.owned
        })?;
        forms.split('|').nth(plain)
    }

    /// The case of a noun that stands in no table, and how it is named: «түрлерінде» →
    /// «түрлері».
    pub fn unlisted<'w>(&self, word: &'w str) -> Option<(Case, &'w str)> {
        let mut endings = self.endings.iter();
        endings.find_map(|(case, ending)| Some((*case, word.strip_suffix(ending)?)))
    }
}

impl Lexicon {
    fn add(&mut self, spelling: &'static str, sense: Sense) {
        self.words.extend(spelling.split(' '));
        let mut words = spelling.split(' ');
        let first = words.next().unwrap_or_default();
        let rest: Vec<&str> = words.collect();
        match rest.is_empty() {
            true => {
                let senses = self.senses.entry(first).or_default();
                // Singular and plural with an owner may be spelt alike; the first one stands.
                if !senses.contains(&sense) {
                    senses.push(sense);
                }
            }
            false => self.groups.entry(first).or_default().push((rest, sense)),
        }
    }

    /// Whether it is a word of the language, in small letters.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Two words of the language that are written as one, «редакциядажазылсын»: where the second one
    /// starts, in bytes. `None` for a word of the language, and where there is no or more than one way.
    pub fn joined(&self, word: &str) -> Option<usize> {
        if word.len() < 12 || self.knows(word) {
            return None;
        }
        // Words of a letter or two end too many others.
        let long = |part: &str| part.chars().count() > 2 && self.knows(part);
        let mut ways = word
            .char_indices()
            .map(|(at, _)| at)
            .filter(|at| word.len() - at > 4 && long(&word[*at..]) && long(&word[..*at]));
        let way = ways.next();
        way.filter(|_| ways.next().is_none())
    }

    /// What the words of a text mean at its first word, the longest group first: for each meaning
    /// the number of words that it takes.
    pub fn senses<'a>(&self, words: impl Iterator<Item = &'a str> + Clone) -> Vec<(usize, Sense)> {
        let mut rest = words;
        let Some(first) = rest.next() else {
            return Vec::new();
        };
        let mut found: Vec<(usize, Sense)> = Vec::new();
        for (group, sense) in self.groups.get(first).into_iter().flatten() {
            let mut next = rest.clone();
            if group.iter().all(|word| next.next() == Some(word)) {
                found.push((group.len() + 1, *sense));
            }
        }
        let single = self.senses.get(first).into_iter().flatten();
        found.extend(single.map(|sense| (1, *sense)));
        found
    }
}
