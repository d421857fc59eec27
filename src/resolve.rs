//! The place that an address means at a moment.

use std::ops::Range;

use crate::act::Provision;
use crate::address::{Address, Step};
use crate::diagnostic::{Code, Diagnostic};
use crate::fold;
use crate::lang;
use crate::place::{Piece, Place, View, alike, steps};
use crate::unit::{Num, Unit};

impl<'t> View<'t> {
    /// The place that an address means. Levels may be skipped where that leaves one place only: the
    /// whole address must be answered once, its single steps need not be.
    pub fn resolve(&self, steps: &[Step]) -> Result<Place<'t>, Diagnostic> {
        let mut places = vec![self.whole()];
        for (index, step) in steps.iter().enumerate() {
            if self.is_outer_document(&steps[index..]) {
                continue;
            }
            let mut found = Vec::new();
            let mut problem = None;
            for place in &places {
                match self.step(place, step, index == 0) {
                    Ok(more) => found.extend(more),
                    Err(error) => problem = problem.or(Some((place, error))),
                }
            }
            if let (true, Some((place, mut problem))) = (found.is_empty(), problem) {
                let address = Address(steps[..=index].to_vec());
                if index > 0 {
                    problem.message = format!("{} ({address})", problem.message);
                }
                if place.path.len() > 1 {
                    problem.at.push(self.span(place.provision().blocks.start));
                }
                return Err(problem);
            }
            places = found;
        }
        match places.len() {
            1 => Ok(places.swap_remove(0)),
            count => {
                let list: Vec<String> = places.iter().take(4).map(Place::address).collect();
                let address = Address(steps.to_vec());
                Err(Diagnostic::error(
                    Code::AddressAmbiguous,
                    format!("{count} provisions answer the address ({address})"),
                )
                .help(format!("name the one that is meant: {}", list.join(", "))))
            }
        }
    }

    /// Whether a document is named because another one belongs to it, «… туралы ережеде: …
    /// тізбесінде:», and that one does not stand inside it in the file: approved documents follow
    /// one another there, and a file may hold one of them alone.
    fn is_outer_document(&self, steps: &[Step]) -> bool {
        let [outer, inner, ..] = steps else {
            return false;
        };
        let named = |step: &Step| step.unit == Unit::Annex && step.num.is_none();
        let inside = |place: &Place<'t>| self.step(place, inner, false).is_ok();
        // The file may show of which document an annex is, or not.
        let beside = |places: &[Place<'t>]| {
            let found = self.step(&self.whole(), inner, true).unwrap_or_default();
            let other = |it: &Place| places.iter().all(|outer| outer.address() != it.address());
            found.iter().any(other)
        };
        named(outer)
            && inner.unit == Unit::Annex
            && match self.step(&self.whole(), outer, true) {
                Ok(places) => !places.iter().any(inside) && (named(inner) || beside(&places)),
                Err(_) => true,
            }
    }

    /// The places that a step may mean below a place.
    fn step(
        &self,
        from: &Place<'t>,
        step: &Step,
        first: bool,
    ) -> Result<Vec<Place<'t>>, Diagnostic> {
        let one = match step.unit {
            Unit::Sentence => self.sentence(from, step),
            _ if from.piece.is_some() => self.in_cell(from, step),
            Unit::Act => Ok(from.clone()),
            Unit::Heading => self.heading_of(from),
            Unit::Column => self.column(from, step),
            Unit::Indent => self.indent(from, step),
            _ => return self.provisions(from, step, first),
        };
        one.map(|place| vec![place])
    }

    fn provisions(
        &self,
        from: &Place<'t>,
        step: &Step,
        first: bool,
    ) -> Result<Vec<Place<'t>>, Diagnostic> {
        let annexed = |place: &Place| place.path.iter().any(|it| it.unit == Unit::Annex);
        let mut found = self.matching(from, step);
        // The act itself is meant before what it approves, a direct child before what is deeper.
        if first && step.unit != Unit::Annex && found.iter().any(|place| !annexed(place)) {
            found.retain(|place| !annexed(place));
        }
        let depth = steps(&from.path).len() + 1;
        let direct = |place: &Place| steps(&place.path).len() == depth;
        if found.iter().any(direct) {
            found.retain(direct);
        }
        // The file may itself be the document: its title agrees better than the name of an annex.
        let named = step.unit == Unit::Annex && step.num.is_none();
        let titled = if named {
            self.title_agrees(step)
        } else {
            Agreement::None
        };
        let exact = found.iter().any(|place| place.warnings.is_empty());
        match found.is_empty() {
            false if titled == Agreement::Same && !exact => Ok(vec![from.clone()]),
            true if titled >= Agreement::Close => Ok(vec![from.clone()]),
            true => Err(self.not_found(from, step)),
            false => Ok(found),
        }
    }

    /// How far the words of a step are the title of the file: a document cut out of its act.
    fn title_agrees(&self, step: &Step) -> Agreement {
        let title = self.root.children.iter().find(|it| it.unit == Unit::Title);
        match (title, &step.words) {
            (Some(title), Some(words)) => agreement(words, &self.heading_words(title)),
            _ => Agreement::None,
        }
    }

    /// The provisions that a step may mean: first by number and words together, else the nearest
    /// that the rules on hints allow.
    fn matching(&self, from: &Place<'t>, step: &Step) -> Vec<Place<'t>> {
        let bare = step.num.is_none() && step.words.is_none();
        let num = step.num.as_ref();
        let mut found = self.search(from, &[step.unit], num);
        if found.is_empty() && (from.provision().unit, step.unit) == (Unit::Row, Unit::Row) {
            found = self.classed(from, num);
        }
        let alike = alike(step.unit).filter(|_| !bare && found.is_empty());
        found.extend(
            alike
                .into_iter()
                .flat_map(|unit| self.search(from, &[unit], num)),
        );
        let Some(words) = &step.words else {
            return found;
        };
        // The heading decides where the number alone would not.
        let agreements: Vec<Agreement> = found
            .iter()
            .map(|place| self.words_agree(place.provision(), words))
            .collect();
        let best = agreements.iter().max().copied().unwrap_or(Agreement::None);
        // A unit that is known by these very words comes before one that has them somewhere.
        let known = |place: &Place| place.provision().words.as_deref() == Some(words.as_str());
        if found.iter().any(known) {
            found.retain(known);
            return found;
        }
        if best > Agreement::None {
            let mut agreements = agreements.into_iter();
            found.retain(|_| agreements.next() == Some(best));
            if best == Agreement::Close {
                for place in &mut found {
                    let heading = self.heading_words(place.provision());
                    let message = format!(
                        "the heading of {} is «{heading}», the clause quotes «{words}»",
                        place.address()
                    );
                    place
                        .warnings
                        .push(Diagnostic::warning(Code::HeadingDiffers, message));
                }
            }
            return found;
        }
        if !step.unit.is_division() {
            return Vec::new();
        }
        // A division under another name: «бағыт» for «тарау», «бөлім» for a list.
        let mut renamed: Vec<Place> = self
            .search(from, &Unit::DIVISIONS, num)
            .into_iter()
            .filter(|place| self.words_agree(place.provision(), words) == Agreement::Same)
            .collect();
        for place in &mut renamed {
            let message = format!("the clause calls {} a {}", place.address(), step.unit);
            place
                .warnings
                .push(Diagnostic::warning(Code::UnitDiffers, message));
        }
        renamed
    }

    /// The rows that a row of a classified table heads, «группа 1: администратор 204»: those behind it
    /// that begin in a column further in, up to one that does not.
    fn classed(&self, from: &Place<'t>, num: Option<&Num>) -> Vec<Place<'t>> {
        let begins = |block: usize| {
            let shown = self.shown(block);
            let mut cells = self.cells(block)?.iter().zip(shown.split('\t'));
            let first = cells.find(|(_, text)| !text.trim().is_empty());
            first.map(|(cell, _)| cell.column)
        };
        let head = from.provision().blocks.start;
        let mut table = from.clone();
        table.path.pop();
        let level = begins(head);
        let mut below = head + 1..table.provision().blocks.end;
        let beside = |block: &usize| begins(*block).is_some_and(|it| Some(it) <= level);
        below.end = below.clone().find(beside).unwrap_or(below.end);
        let mut found = self.search(&table, &[Unit::Row], num);
        found.retain(|it| below.contains(&it.provision().blocks.start));
        found
    }

    fn not_found(&self, from: &Place<'t>, step: &Step) -> Diagnostic {
        let inside = match from.path.len() {
            1 => "the act".to_string(),
            _ => from.address(),
        };
        let near = self.search(from, &[step.unit], None);
        let mut numbers: Vec<String> = Vec::new();
        for place in &near {
            let provision = place.provision();
            let shown = match (
                &provision.num,
                step.words.is_some() || provision.num.is_none(),
            ) {
                (Some(num), false) => num.to_string(),
                (Some(num), true) => format!("{num} «{}»", self.heading_words(provision)),
                (None, _) => format!("«{}»", self.heading_words(provision)),
            };
            if !numbers.contains(&shown) {
                numbers.push(shown);
            }
        }
        let problem = Diagnostic::error(Code::AddressNotFound, format!("{inside} has no {step}"));
        if numbers.is_empty() {
            return problem.help(format!("{inside} has no {} at all", step.unit));
        }
        let wanted = step.num.as_ref().map(|num| num.to_string());
        if let Some(wanted) = &wanted {
            numbers.sort_by_key(|shown| {
                let number = shown.split(' ').next().unwrap_or_default();
                Num(number.into()).cmp(&Num(wanted.into())) == std::cmp::Ordering::Greater
            });
        }
        let shown = match numbers.len() {
            0..=12 => numbers.join(", "),
            count => format!(
                "{}, …, {} ({count} of them)",
                numbers[..4].join(", "),
                numbers[count - 2..].join(", ")
            ),
        };
        problem.help(format!("it has {} {shown}", step.unit))
    }

    fn words_agree(&self, provision: &Provision, words: &str) -> Agreement {
        let shown = self.shown(provision.blocks.start);
        let known = provision.words.as_deref();
        let heading = self.heading_words(provision);
        let own = shown.get(provision.body..).unwrap_or_default();
        let lined = !provision.unit.is_division() && provision.heading.is_empty();
        let lines = lined.then(|| own.split(['\t', '\n']).chain([own, shown.as_str()]));
        known
            .into_iter()
            .chain([heading.as_str()])
            .chain(lines.into_iter().flatten())
            .map(|text| agreement(words, text))
            .max()
            .unwrap_or(Agreement::None)
    }

    fn heading_of(&self, from: &Place<'t>) -> Result<Place<'t>, Diagnostic> {
        let provision = from.provision();
        if provision.unit == Unit::Act
            && let Some(title) = provision.children.iter().find(|it| it.unit == Unit::Title)
        {
            return Ok(from.under(title));
        }
        if provision.heading.is_empty() {
            return Err(Diagnostic::error(
                Code::AddressNotFound,
                format!("{} has no heading", from.address()),
            )
            .help("its line carries its text; address the unit itself"));
        }
        Ok(from.piece(
            Unit::Heading,
            None,
            provision.blocks.start,
            provision.heading.clone(),
        ))
    }

    /// Indents are counted in the unit that the clause names, over its own unnumbered paragraphs; one
    /// that is known by its words is the only one that says just this.
    fn indent(&self, from: &Place<'t>, step: &Step) -> Result<Place<'t>, Diagnostic> {
        let list = self.indents(from);
        let says = |place: &&Place, words: &str| {
            let (block, range) = match &place.piece {
                Some(piece) => (piece.block, piece.range.clone()),
                None => {
                    let start = place.provision().blocks.start;
                    (start, place.provision().body..self.shown(start).len())
                }
            };
            let shown = self.shown(block);
            agreement(words, shown.get(range).unwrap_or_default()) == Agreement::Same
        };
        let number = step.num.as_ref().and_then(Num::count);
        let numbered = number.and_then(|number| list.get(number.checked_sub(1)?));
        let found: Vec<&Place> = match &step.words {
            Some(words) if number.is_none() => list.iter().filter(|it| says(it, words)).collect(),
            _ => numbered.into_iter().collect(),
        };
        match found.as_slice() {
            [one] => Ok((*one).clone()),
            [] => Err(Diagnostic::error(
                Code::AddressNotFound,
                format!("{} has no {step}", from.address()),
            )
            .help(format!("it has {} indents", list.len()))),
            several => Err(Diagnostic::error(
                Code::AddressAmbiguous,
                format!("{} indents of {} say this", several.len(), from.address()),
            )
            .help("name the one that is meant by its ordinal")),
        }
    }

    /// How many sentences a place has.
    pub fn sentence_count(&self, from: &Place<'t>) -> usize {
        self.sentences(from).map_or(0, |(_, _, list)| list.len())
    }

    /// Sentences are counted in a paragraph, or in a cell: its block, where it starts there, and the
    /// sentences in it.
    fn sentences(&self, from: &Place<'t>) -> Result<(usize, usize, Vec<Range<usize>>), Diagnostic> {
        let (block, range) = match (&from.piece, self.indents(from).first()) {
            (Some(piece), _) => (piece.block, piece.range.clone()),
            (None, first) => {
                let provision = first.map_or(from.provision(), Place::provision);
                let start = provision.blocks.start;
                let shows = |block: &usize| !self.shown(*block).trim().is_empty();
                let block = provision.own_blocks().find(shows).unwrap_or(start);
                let from = if block == start { provision.body } else { 0 };
                (block, from..self.shown(block).len())
            }
        };
        if from.piece.is_none() && self.cells(block).is_some() {
            return Err(Diagnostic::error(
                Code::AddressNotFound,
                format!("{} is a row; its sentences stand in cells", from.address()),
            )
            .help("name the column before the sentence"));
        }
        let shown = self.shown(block);
        let text = shown.get(range.clone()).unwrap_or_default();
        Ok((block, range.start, sentences(text, self.act.language)))
    }

    fn sentence(&self, from: &Place<'t>, step: &Step) -> Result<Place<'t>, Diagnostic> {
        let (block, start, sentences) = self.sentences(from)?;
        let number = step.num.as_ref().and_then(Num::count);
        match number.and_then(|number| sentences.get(number.checked_sub(1)?)) {
            Some(found) => {
                let found = start + found.start..start + found.end;
                Ok(from.piece(Unit::Sentence, step.num.clone(), block, found))
            }
            None => Err(Diagnostic::error(
                Code::AddressNotFound,
                format!("{} has no {step}", from.address()),
            )
            .help(format!("it has {} sentences", sentences.len()))),
        }
    }

    fn column(&self, from: &Place<'t>, step: &Step) -> Result<Place<'t>, Diagnostic> {
        let block = from.provision().blocks.start;
        let Some(cells) = self.cells(block) else {
            return Err(Diagnostic::error(
                Code::AddressNotFound,
                format!("{} is no row of a table", from.address()),
            )
            .help("name the row before the column"));
        };
        let wanted = match (&step.num, &step.words) {
            (Some(num), _) => num.count(),
            (None, Some(words)) => self.column_named(from, words),
            (None, None) => None,
        };
        let shown = self.shown(block);
        let mut start = 0;
        for (cell, text) in cells.iter().zip(shown.split('\t')) {
            let range = start..start + text.len();
            start += text.len() + 1;
            if wanted.is_some_and(|it| (cell.column..cell.column + cell.columns).contains(&it)) {
                let num = Some(Num::counted(cell.column));
                return Ok(from.piece(Unit::Column, num, block, range));
            }
        }
        let count = cells
            .last()
            .map_or(0, |cell| cell.column + cell.columns - 1);
        Err(Diagnostic::error(
            Code::AddressNotFound,
            format!("{} has no {step}", from.address()),
        )
        .help(format!("its row has {count} columns")))
    }

    /// The column whose header has these words: the first row of the table that has a cell so named.
    fn column_named(&self, from: &Place<'t>, words: &str) -> Option<usize> {
        let table = from.path.iter().rfind(|it| it.unit == Unit::Table)?;
        table.blocks.clone().find_map(|block| {
            let cells = self.cells(block)?;
            let shown = self.shown(block);
            cells
                .iter()
                .zip(shown.split('\t'))
                .find(|(_, text)| agreement(words, text) == Agreement::Same)
                .map(|(cell, _)| cell.column)
        })
    }

    /// A numbered line or an indent inside a cell.
    fn in_cell(&self, from: &Place<'t>, step: &Step) -> Result<Place<'t>, Diagnostic> {
        let Some(cell) = from
            .piece
            .as_ref()
            .filter(|piece| piece.unit == Unit::Column)
        else {
            return Err(Diagnostic::error(
                Code::AddressNotFound,
                format!("{} holds no {step}", from.address()),
            ));
        };
        let shown = self.shown(cell.block);
        let mut start = cell.range.start;
        let mut numbers = Vec::new();
        for (index, line) in shown[cell.range.clone()].split('\n').enumerate() {
            let range = start..start + line.len();
            start += line.len() + 1;
            let (unit, num) = match lang::item_label(line) {
                Some(label) => (label.unit, label.num),
                None => (Unit::Indent, Some(Num::counted(index + 1))),
            };
            if (step.unit == unit || alike(step.unit) == Some(unit)) && num == step.num {
                let mut place = from.clone();
                place.piece = Some(Piece {
                    unit,
                    num,
                    block: cell.block,
                    range,
                });
                return Ok(place);
            }
            numbers.extend(num.map(|num| format!("{unit}:{num}")));
        }
        Err(Diagnostic::error(
            Code::AddressNotFound,
            format!("the cell {} has no {step}", from.address()),
        )
        .help(format!("it has {}", numbers.join(", "))))
    }
}

/// How far two headings say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    None,
    /// Most words are the same.
    Close,
    /// The same but for letters that look alike, case, quotes and final marks.
    Same,
}

fn agreement(cited: &str, found: &str) -> Agreement {
    let bare = |text: &str| {
        let key = fold::key(text).to_lowercase();
        match key.trim_matches(|letter: char| !letter.is_alphanumeric()) {
            "" => key,
            words => words.to_string(),
        }
    };
    let (cited, found) = (bare(cited), bare(found));
    if cited == found {
        return Agreement::Same;
    }
    let words = |text: &str| -> Vec<String> {
        let mut words: Vec<String> = text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_string)
            .collect();
        words.sort_unstable();
        words
    };
    let (cited, found) = (words(&cited), words(&found));
    if cited.is_empty() || found.is_empty() {
        return Agreement::None;
    }
    if cited == found {
        return Agreement::Same;
    }
    let mut rest = found.clone();
    let mut take = |agree: &dyn Fn(&String) -> bool| {
        let at = rest.iter().position(agree);
        at.map(|at| rest.remove(at)).is_some()
    };
    let (same, other): (Vec<&String>, Vec<&String>) =
        cited.iter().partition(|word| take(&|it| it == *word));
    let inflected = other
        .iter()
        .filter(|word| take(&|it| fold::is_inflected(word, it)));
    let shared = same.len() + inflected.count();
    // Four words of five on both sides: a case ending or a slip of the pen, not another heading.
    match shared * 10 >= (cited.len() + found.len()) * 4 {
        true => Agreement::Close,
        false => Agreement::None,
    }
}

/// The sentences of a text.
fn sentences(text: &str, language: &lang::Language) -> Vec<Range<usize>> {
    use unicode_segmentation::UnicodeSegmentation;
    let mut list: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (start, sentence) in text.split_sentence_bound_indices() {
        let words = sentence.trim_end();
        match list.last_mut().filter(|_| open) {
            Some(last) => last.end = start + words.len(),
            None => list.push(start..start + words.len()),
        }
        let last = words.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
        let initial = last.trim_end_matches('.').chars().count() == 1 && last.ends_with('.');
        open = initial
            || language
                .abbreviations
                .contains(&last.to_lowercase().as_str());
    }
    list.retain(|range| !range.is_empty());
    list
}
