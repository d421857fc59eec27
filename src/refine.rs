//! Word marks inside a unit that was restated whole – a view, never a source of truth.
//!
//! An act that restates a paragraph does not say which of its words are new.
//! What is marked here is a guess made for the reader, in whole words and in few pieces.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use crate::fold;

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Both texts have it, byte for byte.
    Same,
    /// Both texts have it, with other quotes, dashes, white space or letters that look alike.
    Typographic,
    /// Only the old text has it.
    Deleted,
    /// Only the new text has it.
    Inserted,
}

/// A stretch of two texts.
///
/// Joining `old` of all gives the old text byte for byte, joining `new` the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// What became of it.
    pub change: Change,
    /// Its old text, empty if it was inserted.
    pub old: &'a str,
    /// Its new text, empty if it was deleted.
    pub new: &'a str,
}

/// How the paragraphs of a restated unit answer one another; they are counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// An old paragraph and the new one that took its place.
    Both(usize, usize),
    /// An old paragraph that has no new one.
    Old(usize),
    /// A new paragraph that has no old one.
    New(usize),
}

/// Marks what changed from one form of a paragraph, or of a row with tabs between its cells, to another.
///
/// Marks hold whole words, and what was deleted comes before what was inserted in its place.
/// A mark covers a tab only where a whole cell came or went.
pub fn words<'a>(old: &'a str, new: &'a str) -> Vec<Segment<'a>> {
    let (old_cells, new_cells) = (cells(old), cells(new));
    let pairs = if old_cells.len() == new_cells.len() {
        (0..old_cells.len()).map(|i| Pair::Both(i, i)).collect()
    } else {
        paragraphs(&old_cells, &new_cells)
    };
    let mut pieces = Vec::new();
    for pair in pairs {
        match pair {
            Pair::Both(i, j) => pieces.extend(cell(old_cells[i], new_cells[j])),
            Pair::Old(i) => pieces.push(Piece(false, old_cells[i].len(), 0)),
            Pair::New(j) => pieces.push(Piece(false, 0, new_cells[j].len())),
        }
    }
    segments(old, new, pieces)
}

/// The cells of a row, each with the tab after it; the last one has none.
fn cells(row: &str) -> Vec<&str> {
    let mut cells: Vec<&str> = row.split_inclusive('\t').collect();
    if cells.last().is_none_or(|cell| cell.ends_with('\t')) {
        cells.push("");
    }
    cells
}

/// Pairs the paragraphs of two forms of a unit, in reading order.
///
/// Paragraphs with equal keys pair first, then, between these, those that share half their words or more.
/// The time grows with the product of the two counts, but only where no paragraph stayed.
pub fn paragraphs(old: &[&str], new: &[&str]) -> Vec<Pair> {
    let mut numbers = HashMap::new();
    let old_keys = keys(old.iter().copied(), &mut numbers);
    let new_keys = keys(new.iter().copied(), &mut numbers);
    let mut both = Vec::new();
    let (mut i, mut j) = (0, 0);
    for Hunk { old: o, new: n } in hunks(&old_keys, &new_keys) {
        both.extend((i..o.start).zip(j..));
        (i, j) = (o.end, n.end);
        let likely = likeliest(&old[o.clone()], &new[n.clone()], &mut numbers);
        both.extend(likely.iter().map(|(i, j)| (o.start + i, n.start + j)));
    }
    both.extend((i..old.len()).zip(j..));
    let mut pairs = Vec::new();
    (i, j) = (0, 0);
    for (old, new) in both {
        pairs.extend((i..old).map(Pair::Old));
        pairs.extend((j..new).map(Pair::New));
        pairs.push(Pair::Both(old, new));
        (i, j) = (old + 1, new + 1);
    }
    pairs.extend((i..old.len()).map(Pair::Old));
    pairs.extend((j..new.len()).map(Pair::New));
    pairs
}

/// Each key that was seen, by its number.
type Numbers = HashMap<String, u32>;

/// The numbers of the keys of texts; equal keys have equal numbers.
fn keys<'t>(texts: impl Iterator<Item = &'t str>, numbers: &mut Numbers) -> Vec<u32> {
    let number = |text| {
        let next = numbers.len() as u32;
        *numbers.entry(fold::key(text)).or_insert(next)
    };
    texts.map(number).collect()
}

/// Pairs paragraphs, in order, so that the likeness of the pairs adds up to the most.
fn likeliest(old: &[&str], new: &[&str], numbers: &mut Numbers) -> Vec<(usize, usize)> {
    let mut words = |paragraph: &&str| {
        let words = tokens(paragraph).into_iter().filter(Token::is_word);
        let mut words = keys(words.map(|word| word.text), numbers);
        words.sort_unstable();
        words
    };
    let old: Vec<Vec<u32>> = old.iter().map(&mut words).collect();
    let new: Vec<Vec<u32>> = new.iter().map(&mut words).collect();
    // `best[i][j]` is the most that the first `i` and the first `j` paragraphs add up to.
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in 0..old.len() {
        for j in 0..new.len() {
            let both = best[i][j] + likeness(&old[i], &new[j]);
            best[i + 1][j + 1] = both.max(best[i][j + 1]).max(best[i + 1][j]);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (old.len(), new.len());
    while i > 0 && j > 0 {
        if best[i][j] == best[i - 1][j] {
            i -= 1;
        } else if best[i][j] == best[i][j - 1] {
            j -= 1;
        } else {
            (i, j) = (i - 1, j - 1);
            pairs.push((i, j));
        }
    }
    pairs.reverse();
    pairs
}

/// The share of words that two sorted lists have in common, in thousandths, or 0 if it is below half.
fn likeness(old: &[u32], new: &[u32]) -> usize {
    let all = old.len() + new.len();
    // The shorter list bounds what can be common.
    if all == 0 || 4 * old.len().min(new.len()) < all {
        return 0;
    }
    let mut rest = new.iter().peekable();
    let is_common = |word: &&u32| {
        while rest.next_if(|next| next < word).is_some() {}
        rest.next_if_eq(word).is_some()
    };
    let both = old.iter().filter(is_common).count();
    if 4 * both < all { 0 } else { 2000 * both / all }
}

/// A word, a label or a mark, and the white space after it.
struct Token<'a> {
    text: &'a str,
    gap: &'a str,
}

impl Token<'_> {
    fn is_word(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }

    /// Whether it is a figure or a word of four letters or more, `білім` and not `мен`.
    fn is_content(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphabetic());
        letters.count() >= 4 || self.text.contains(char::is_numeric)
    }
}

/// Labels (`13-1)`, `95.`, `17-бап.`), signs with an ending (`%-дан`), words (`ТЖКБ-ның`, `2,6`) and marks.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let letter = r"[\w\pN\u{ad}\u{200b}-\u{200f}\u{2060}\u{feff}]";
    let dash = r"[-\u{2010}-\u{2015}\u{2212}]";
    let part = format!(r"(?:\d+(?:[.,]\d+)+{letter}*|{letter}+)");
    let word = format!(r"{part}(?:(?:{dash}|['\u{{2019}}]){part})*");
    let number = format!(r"\d{letter}*(?:\.\d+|{dash}{letter}+)*");
    let label = format!(r"^(?:{number}|\pL|[IVXL\u{{406}}\u{{425}}]+)[).](?:\s+|$)");
    let pattern = format!(r"(?m){label}|(?:%{dash}{word}|{word}|''|\S)\s*|\s+");
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// The tokens of a text. White space at its start is a token without text.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for found in TOKEN.find_iter(text) {
        let text = found.as_str().trim_end();
        let gap = &found.as_str()[text.len()..];
        tokens.push(Token { text, gap });
    }
    tokens
}

/// Things that changed: old ones, and the new ones in their place.
struct Hunk {
    old: Range<usize>,
    new: Range<usize>,
}

impl Hunk {
    fn new(old: Range<usize>, new: Range<usize>) -> Hunk {
        Hunk { old, new }
    }

    /// Its words, the old and the new ones.
    fn words<'t>(&self, old: &'t [Token], new: &'t [Token]) -> impl Iterator<Item = &'t Token<'t>> {
        let tokens = old[self.old.clone()].iter().chain(&new[self.new.clone()]);
        tokens.filter(|token| token.is_word())
    }
}

/// What changed between two rows of keys, in order.
fn hunks(old: &[u32], new: &[u32]) -> Vec<Hunk> {
    let hunk = |op: &DiffOp| Hunk::new(op.old_range(), op.new_range());
    let ops = capture_diff_slices(Algorithm::Patience, old, new);
    ops.iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(hunk)
        .collect()
}

/// Joins hunks that a reader would not tell apart, and all of them if less than 30 % of the words stayed.
fn gathered(hunks: Vec<Hunk>, old: &[Token], new: &[Token]) -> Vec<Hunk> {
    let all = Hunk::new(0..old.len(), 0..new.len());
    let changed = hunks.iter().flat_map(|hunk| hunk.words(old, new)).count();
    if hunks.len() > 1 && 10 * changed > 7 * all.words(old, new).count() {
        return vec![all];
    }
    let mut gathered: Vec<Hunk> = Vec::new();
    for mut hunk in hunks {
        while let Some(before) = gathered.pop_if(|before| are_one(before, &hunk, old, new)) {
            (hunk.old.start, hunk.new.start) = (before.old.start, before.new.start);
        }
        gathered.push(hunk);
    }
    gathered
}

/// Whether what stands between two hunks is too little to keep them apart.
fn are_one(before: &Hunk, after: &Hunk, old: &[Token], new: &[Token]) -> bool {
    let between = before.old.end..after.old.start;
    let ends_sentence = |token: &Token| matches!(token.text, "." | ";");
    let is_swap = |hunk: &Hunk| hunk.old.len() <= 1 && hunk.new.len() <= 1;
    // Two numbers changed side by side are two changes, and so are changes in two sentences.
    if is_swap(before) && is_swap(after) || old[between.clone()].iter().any(ends_sentence) {
        return false;
    }
    let kept = old[between].iter().filter(|it| it.is_content()).count();
    let enough = (4 * kept).max(5);
    let size = |hunk: &Hunk| hunk.words(old, new).take(enough).count();
    let sizes = [size(before), size(after)];
    // Old and new words count together, so a quarter of them is half of one side.
    sizes.iter().all(|size| 4 * kept <= *size) || kept <= 1 && sizes.iter().any(|size| *size >= 5)
}

/// What stayed or did not, by its length in the old and in the new text, in bytes.
struct Piece(bool, usize, usize);

/// Takes a cell to pieces.
fn cell(old: &str, new: &str) -> Vec<Piece> {
    let (old, old_tab) = old.split_at(old.trim_end_matches('\t').len());
    let (new, new_tab) = new.split_at(new.trim_end_matches('\t').len());
    let (old, new) = (tokens(old), tokens(new));
    let mut numbers = HashMap::new();
    let old_keys = keys(old.iter().map(|token| token.text), &mut numbers);
    let new_keys = keys(new.iter().map(|token| token.text), &mut numbers);
    let mut hunks = gathered(hunks(&old_keys, &new_keys), &old, &new);
    hunks.push(Hunk::new(old.len()..old.len(), new.len()..new.len()));
    let bytes = |tokens: &[Token]| {
        tokens
            .iter()
            .map(|token| token.text.len() + token.gap.len())
            .sum()
    };
    let mut pieces = Vec::new();
    let (mut i, mut j) = (0, 0);
    for hunk in hunks {
        for (old, new) in old[i..hunk.old.start].iter().zip(&new[j..hunk.new.start]) {
            pieces.push(Piece(true, old.text.len(), new.text.len()));
            // White space that differs goes with the words that changed after it, if any did.
            pieces.push(Piece(old.gap == new.gap, old.gap.len(), new.gap.len()));
        }
        (i, j) = (hunk.old.end, hunk.new.end);
        pieces.push(Piece(false, bytes(&old[hunk.old]), bytes(&new[hunk.new])));
    }
    pieces.push(Piece(old_tab == new_tab, old_tab.len(), new_tab.len()));
    pieces
}

/// Cuts two texts into segments, as few as the pieces allow.
fn segments<'a>(old: &'a str, new: &'a str, mut pieces: Vec<Piece>) -> Vec<Segment<'a>> {
    pieces.retain(|Piece(_, old, new)| old + new > 0);
    let mut segments = Vec::new();
    let mut rest = (old, new);
    let mut same = 0;
    for run in pieces.chunk_by(|a, b| !a.0 && !b.0) {
        let (o, n) = run
            .iter()
            .fold((0, 0), |sum, piece| (sum.0 + piece.1, sum.1 + piece.2));
        let (old, new) = (&rest.0[same..same + o], &rest.1[same..same + n]);
        if old == new {
            same += o;
            continue;
        }
        segments.push(cut(&mut rest, Change::Same, same, same));
        // A tab is the edge of a cell, not mere white space.
        if fold::key(old) == fold::key(new) && old.contains('\t') == new.contains('\t') {
            segments.push(cut(&mut rest, Change::Typographic, o, n));
            same = 0;
        } else {
            let ends = old.chars().rev().zip(new.chars().rev());
            let space = ends.take_while(|(old, new)| old == new && old.is_whitespace());
            same = space.map(|(c, _)| c.len_utf8()).sum();
            segments.push(cut(&mut rest, Change::Deleted, o - same, 0));
            segments.push(cut(&mut rest, Change::Inserted, 0, n - same));
        }
    }
    segments.push(cut(&mut rest, Change::Same, same, same));
    segments.retain(|segment| !segment.old.is_empty() || !segment.new.is_empty());
    segments
}

/// Cuts a segment, of so many bytes, off the front of two texts.
fn cut<'a>(rest: &mut (&'a str, &'a str), change: Change, old: usize, new: usize) -> Segment<'a> {
    let (old, old_rest) = rest.0.split_at(old);
    let (new, new_rest) = rest.1.split_at(new);
    *rest = (old_rest, new_rest);
    Segment { change, old, new }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    #[track_caller]
    fn check_tokens(text: &str, expected: &[&str]) {
        assert_eq!(
            tokens(text)
                .iter()
                .map(|token| token.text)
                .collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn tokens_hold_what_a_reader_takes_for_one_word() {
        check_tokens(
            "13-1) 5 %-дан 2,6 % «НЗМ» ДБҰ-мен 17-бап, Қ.Р.",
            &[
                "13-1)",
                "5",
                "%-дан",
                "2,6",
                "%",
                "«",
                "НЗМ",
                "»",
                "ДБҰ-мен",
                "17-бап",
                ",",
                "Қ",
                ".",
                "Р",
                ".",
            ],
        );
        check_tokens("95.\u{a0}(2-деңгей)", &["95.", "(", "2-деңгей", ")"]);
        check_tokens(
            "4) бір\n5) екі 6) үш",
            &["4)", "бір", "5)", "екі", "6", ")", "үш"],
        );
        check_tokens("IV. 1а 2.6 01.01.2025", &["IV.", "1а", "2.6", "01.01.2025"]);
        check_tokens("2.6 млн", &["2.6", "млн"]);
        check_tokens("17-бап. а) б)", &["17-бап.", "а", ")", "б", ")"]);
        check_tokens(
            "Жоқ. 106–бабының 63–1",
            &["Жоқ", ".", "106–бабының", "63–1"],
        );
        check_tokens(
            "''ет''ті д'Арк со\u{ad}з би\u{306}",
            &["''", "ет", "''", "ті", "д'Арк", "со\u{ad}з", "би\u{306}"],
        );
        check_tokens("  сөз – сөз", &["", "сөз", "–", "сөз"]);
        check_tokens("", &[]);
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
            edited.prop_map(|(head, old, new, tail)| (
                head.clone() + &old + &tail,
                head + &new + &tail
            )),
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
}
