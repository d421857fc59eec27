//! Addresses of provisions: how they are written, and the place that one means at a moment.
//!
//! An address is steps from outer to inner: `section:2/chapter:2/part:6`, `annex:2/row:63-1`,
//! `section:"Астана қаласы"/row:21-177`, `article:2/heading`, `title`.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use crate::act::{Act, Kind, Num, Provision, Unit};
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::fold;
use crate::lang;
use crate::text::Moment;

/// Where a provision is: steps from outer to inner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(pub Vec<Step>);

/// One step of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The unit.
    pub unit: Unit,
    /// Its number, as written or counted.
    pub num: Option<Num>,
    /// Its heading, or the words that it is known by.
    pub words: Option<String>,
}

impl Address {
    /// Reads an address. The error says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Address, String> {
        let mut steps = Vec::new();
        let mut rest = text.trim_start();
        loop {
            let (step, after) = step(rest).map_err(|problem| {
                let at = text.len() - rest.len();
                format!(
                    "the address `{text}` {problem} at character {}",
                    text[..at].chars().count() + 1
                )
            })?;
            steps.push(step);
            match after.trim_start().strip_prefix('/') {
                Some(next) => rest = next.trim_start(),
                None if after.trim().is_empty() => return Ok(Address(steps)),
                None => {
                    return Err(format!(
                        "the address `{text}` has `{}` where `/` or its end was expected",
                        after.trim()
                    ));
                }
            }
        }
    }

    /// The address without its last step, and that step.
    pub fn split(&self) -> (&[Step], Option<&Step>) {
        match self.0.split_last() {
            Some((last, parents)) => (parents, Some(last)),
            None => (&[], None),
        }
    }
}

/// `step = unit [ ":" ( number [words] | words ) ] ; words = '"' … '"'`, with `\"` inside words.
fn step(text: &str) -> Result<(Step, &str), String> {
    let end = text
        .find(|letter: char| !letter.is_ascii_lowercase())
        .unwrap_or(text.len());
    let name = &text[..end];
    let unit = Unit::named(name).ok_or_else(|| {
        let known: Vec<&str> = Unit::names().collect();
        format!("has no unit where one of {} was expected", known.join(", "))
    })?;
    let mut step = Step {
        unit,
        num: None,
        words: None,
    };
    let mut rest = &text[end..];
    if let Some(after) = rest.strip_prefix(':') {
        let after = after.trim_start();
        let end = after
            .find(|letter: char| letter.is_whitespace() || letter == '/' || letter == '"')
            .unwrap_or(after.len());
        let number = after[..end].trim_end_matches([')', '.']);
        if !number.is_empty() {
            step.num = Some(Num(number.to_string()));
        }
        rest = &after[end..];
        if let Some(quoted) = rest.trim_start().strip_prefix('"') {
            let (words, after) = words(quoted).ok_or("has words without a closing quote")?;
            step.words = Some(words);
            rest = after;
        }
        if step.num.is_none() && step.words.is_none() {
            return Err(format!("has neither number nor words after `{name}:`"));
        }
    } else if !unit.is_single() && !matches!(unit, Unit::Table | Unit::Annex) {
        return Err(format!("has no number after `{name}`"));
    }
    Ok((step, rest))
}

fn words(quoted: &str) -> Option<(String, &str)> {
    let mut words = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((words, &quoted[at + 1..])),
            '\\' => words.push(letters.next()?.1),
            letter => words.push(letter),
        }
    }
    None
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("/")?;
            }
            step.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.unit)?;
        if let Some(num) = &self.num {
            write!(f, ":{num}")?;
        }
        if let Some(words) = &self.words {
            let gap = if self.num.is_some() { " " } else { ":" };
            let escaped = words.replace('\\', "\\\\").replace('"', "\\\"");
            write!(f, "{gap}\"{escaped}\"")?;
        }
        Ok(())
    }
}

/// An act at a moment, with its provisions: what an address is resolved against.
pub struct View<'t> {
    /// The act.
    pub act: &'t Act,
    /// The moment.
    pub at: Moment,
    /// Its provisions then.
    pub root: &'t Provision,
    /// Every provision in reading order.
    nodes: Vec<Node<'t>>,
    /// The nodes of a kind and number, in reading order; and of a kind.
    index: HashMap<(Unit, Option<&'t Num>), Vec<usize>>,
    /// The node of a provision, by its place in memory.
    ids: HashMap<*const Provision, usize>,
}

struct Node<'t> {
    provision: &'t Provision,
    parent: usize,
    /// The node after the last one inside it.
    end: usize,
    /// Whether it is an entry of a contents list.
    listed: bool,
}

/// What an address means.
#[derive(Debug, Clone)]
pub struct Place<'t> {
    /// The provisions that lead to it, from the act inward; the last is the one meant, or holds it.
    pub path: Vec<&'t Provision>,
    /// The piece of one block that is meant, where it is no whole provision: a heading, a
    /// sentence, a cell.
    pub piece: Option<Piece>,
    /// What was found other than cited.
    pub warnings: Vec<Diagnostic>,
}

/// A piece of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub unit: Unit,
    /// Its number.
    pub num: Option<Num>,
    /// Its block.
    pub block: usize,
    /// Its bytes in the shown text of the block.
    pub range: Range<usize>,
}

impl<'t> Place<'t> {
    /// The innermost provision.
    pub fn provision(&self) -> &'t Provision {
        self.path[self.path.len() - 1]
    }

    /// The unit meant.
    pub fn unit(&self) -> Unit {
        self.piece
            .as_ref()
            .map_or(self.provision().unit, |piece| piece.unit)
    }

    /// The canonical address.
    pub fn address(&self) -> String {
        let mut steps: Vec<String> = steps(&self.path).iter().map(Step::to_string).collect();
        if let Some(piece) = &self.piece {
            steps.push(match &piece.num {
                Some(num) => format!("{}:{num}", piece.unit),
                None => piece.unit.to_string(),
            });
        }
        match steps.is_empty() {
            true => Unit::Act.to_string(),
            false => steps.join("/"),
        }
    }

    fn under(&self, provision: &'t Provision) -> Place<'t> {
        let mut place = self.clone();
        place.path.push(provision);
        place
    }

    fn piece(&self, unit: Unit, num: Option<Num>, block: usize, range: Range<usize>) -> Place<'t> {
        let mut place = self.clone();
        place.piece = Some(Piece {
            unit,
            num,
            block,
            range,
        });
        place
    }
}

impl<'t> View<'t> {
    /// Prepares a tree of provisions ([`crate::parse::structure::read`]) for look-ups.
    pub fn new(act: &'t Act, at: Moment, root: &'t Provision) -> View<'t> {
        let mut view = View {
            act,
            at,
            root,
            nodes: Vec::new(),
            index: HashMap::new(),
            ids: HashMap::new(),
        };
        view.add(root, 0, false);
        view
    }

    fn add(&mut self, provision: &'t Provision, parent: usize, listed: bool) {
        let id = self.nodes.len();
        self.nodes.push(Node {
            provision,
            parent,
            end: id + 1,
            listed,
        });
        self.ids.insert(provision, id);
        let class = class(provision.unit);
        if provision.num.is_some() {
            let key = (class, provision.num.as_ref());
            self.index.entry(key).or_default().push(id);
        }
        self.index.entry((class, None)).or_default().push(id);
        for child in &provision.children {
            self.add(child, id, listed || provision.unit == Unit::Contents);
        }
        self.nodes[id].end = self.nodes.len();
    }

    /// The act as a place.
    pub fn whole(&self) -> Place<'t> {
        Place {
            path: vec![self.root],
            piece: None,
            warnings: Vec::new(),
        }
    }

    /// The place that an address means. Levels may be skipped where that leaves one place only.
    pub fn resolve(&self, steps: &[Step]) -> Result<Place<'t>, Diagnostic> {
        let mut place = self.whole();
        for (index, step) in steps.iter().enumerate() {
            place = self.step(&place, step, index == 0).map_err(|mut problem| {
                let address = Address(steps[..=index].to_vec());
                problem.message = format!("{} ({address})", problem.message);
                if !place.provision().blocks.is_empty() && place.path.len() > 1 {
                    let block = place.provision().blocks.start;
                    problem.at.push(self.span(block));
                }
                problem
            })?;
        }
        Ok(place)
    }

    /// Where a block stands in the base file.
    pub fn span(&self, block: usize) -> crate::diagnostic::Span {
        let start = self.act.blocks.get(block).map_or(0, |block| block.start);
        crate::diagnostic::Span {
            source: Source::Base,
            bytes: start..start,
        }
    }

    /// The shown text of a block.
    pub fn shown(&self, block: usize) -> String {
        self.act.blocks[block].shown(self.at)
    }

    /// The units of a kind below a place among which a new one finds its number. They must form one
    /// list: where several units hold such lists, the address must say which of them is meant.
    pub fn siblings(&self, parent: &Place<'t>, unit: Unit) -> Result<Vec<Place<'t>>, Diagnostic> {
        let mut list = self.search(parent, unit, None);
        if parent.path.len() == 1 && unit != Unit::Annex {
            let annexed = |place: &Place| place.path.iter().any(|it| it.unit == Unit::Annex);
            if list.iter().any(|place| !annexed(place)) {
                list.retain(|place| !annexed(place));
            }
        }
        // Rows stand under the indicators of their chapter, articles under the chapters of their
        // law, numbered through. Where numbers come twice, they start anew in each unit.
        let mut numbers: Vec<&Num> = list
            .iter()
            .filter_map(|it| it.provision().num.as_ref())
            .collect();
        numbers.sort_unstable();
        if numbers.windows(2).all(|pair| pair[0] != pair[1]) {
            return Ok(list);
        }
        let direct = |place: &Place| place.path.len() == parent.path.len() + 1;
        if list.iter().any(direct) {
            list.retain(direct);
            return Ok(list);
        }
        let holder = |place: &Place| -> *const Provision {
            let mut held = place.path.iter().rev().skip(1);
            let outer = held.find(|it| it.unit != Unit::Part && it.unit != Unit::Table);
            outer.map_or(std::ptr::null(), |it| std::ptr::from_ref::<Provision>(it))
        };
        let holders: Vec<_> = list.iter().map(holder).collect();
        if holders.windows(2).any(|pair| pair[0] != pair[1]) {
            let mut seen = Vec::new();
            let mut names = Vec::new();
            for (place, holder) in list.iter().zip(holders) {
                if !seen.contains(&holder) {
                    seen.push(holder);
                    let end = place.address().rfind('/').unwrap_or(0);
                    names.push(place.address()[..end].to_string());
                }
            }
            return Err(Diagnostic::error(
                Code::AddressAmbiguous,
                format!("{} has {} lists of {unit}s", parent.address(), names.len()),
            )
            .help(format!("name the one that is meant: {}", names.join(", "))));
        }
        Ok(list)
    }

    /// The unit below a place that bears the number of a step.
    pub fn child(&self, parent: &Place<'t>, step: &Step) -> Option<Place<'t>> {
        step.num.as_ref()?;
        self.siblings(parent, step.unit)
            .unwrap_or_default()
            .into_iter()
            .find(|place| place.provision().num == step.num)
    }

    /// The units of a kind directly below a place.
    pub fn children(&self, parent: &Place<'t>, unit: Unit) -> Vec<Place<'t>> {
        let children = &parent.provision().children;
        children
            .iter()
            .filter(|it| it.unit == unit)
            .map(|it| parent.under(it))
            .collect()
    }

    /// Some unit of a kind, to see how the act lays it out.
    pub fn any(&self, unit: Unit) -> Option<&'t Provision> {
        let list = self.index.get(&(class(unit), None))?;
        let node = list.iter().map(|id| &self.nodes[*id]);
        node.filter(|node| !node.listed && node.provision.unit == unit)
            .map(|node| node.provision)
            .next()
    }

    fn step(&self, from: &Place<'t>, step: &Step, first: bool) -> Result<Place<'t>, Diagnostic> {
        if from.piece.is_some() {
            return self.in_cell(from, step);
        }
        match step.unit {
            Unit::Act => Ok(from.clone()),
            Unit::Heading => self.heading_of(from),
            Unit::Sentence => self.sentence(from, step),
            Unit::Column => self.column(from, step),
            Unit::Indent => self.indent(from, step),
            _ => self.provision(from, step, first),
        }
    }

    fn provision(
        &self,
        from: &Place<'t>,
        step: &Step,
        first: bool,
    ) -> Result<Place<'t>, Diagnostic> {
        let annexed = |place: &Place| place.path.iter().any(|it| it.unit == Unit::Annex);
        let mut found = self.matching(from, step);
        // The act itself is meant before what it approves.
        if first && step.unit != Unit::Annex && found.iter().any(|place| !annexed(place)) {
            found.retain(|place| !annexed(place));
        }
        if step.unit == Unit::Annex
            && step.num.is_none()
            && found.is_empty()
            && self.is_titled(step)
        {
            return Ok(from.clone());
        }
        let shallowest = found
            .iter()
            .map(|place| place.path.len())
            .min()
            .unwrap_or(0);
        if found.len() > 1 && shallowest == from.path.len() + 1 {
            found.retain(|place| place.path.len() == shallowest);
        }
        match found.len() {
            0 => Err(self.not_found(from, step)),
            1 => Ok(found.swap_remove(0)),
            _ => {
                let list: Vec<String> = found.iter().take(4).map(Place::address).collect();
                Err(Diagnostic::error(
                    Code::AddressAmbiguous,
                    format!("{} provisions answer the address", found.len()),
                )
                .help(format!("name the one that is meant: {}", list.join(", "))))
            }
        }
    }

    /// Whether the words of a step are the title of the file itself: a document cut out of its act.
    fn is_titled(&self, step: &Step) -> bool {
        let title = self.root.children.iter().find(|it| it.unit == Unit::Title);
        match (title, &step.words) {
            (Some(title), Some(words)) => {
                agreement(words, &self.heading_words(title)) >= Agreement::Close
            }
            _ => false,
        }
    }

    /// The provisions that a step may mean: first by number and words together, else the nearest
    /// that the rules on hints allow.
    fn matching(&self, from: &Place<'t>, step: &Step) -> Vec<Place<'t>> {
        let bare = step.num.is_none() && step.words.is_none();
        let mut found = self.search(from, step.unit, step.num.as_ref());
        found.retain(|place| !bare || place.provision().unit == step.unit);
        if found.len() > 1 && found.iter().any(|it| it.provision().unit == step.unit) {
            found.retain(|it| it.provision().unit == step.unit);
        }
        let Some(words) = &step.words else {
            return found;
        };
        // The heading decides where the number alone would not.
        let agreements: Vec<Agreement> = found
            .iter()
            .map(|place| self.words_agree(place.provision(), words))
            .collect();
        let best = agreements.iter().max().copied().unwrap_or(Agreement::None);
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
        let mut renamed: Vec<Place> = Unit::DIVISIONS
            .into_iter()
            .flat_map(|unit| self.search(from, unit, step.num.as_ref()))
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

    /// The provisions below a place of a kind and number, leaving out those inside another of them.
    fn search(&self, from: &Place<'t>, unit: Unit, num: Option<&Num>) -> Vec<Place<'t>> {
        let top = self.id(from.provision());
        let Some(list) = self.index.get(&(class(unit), num)) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut next = top + 1;
        let first = list.partition_point(|id| *id < next);
        for &id in &list[first..] {
            let node = &self.nodes[id];
            if id >= self.nodes[top].end {
                break;
            }
            if id < next || node.listed && from.provision().unit != Unit::Contents {
                continue;
            }
            next = node.end;
            let mut path = Vec::new();
            let mut at = id;
            while at != top {
                path.push(self.nodes[at].provision);
                at = self.nodes[at].parent;
            }
            let mut place = from.clone();
            place.path.extend(path.into_iter().rev());
            found.push(place);
        }
        found
    }

    fn id(&self, provision: &Provision) -> usize {
        let pointer: *const Provision = provision;
        self.ids.get(&pointer).copied().unwrap_or(0)
    }

    fn not_found(&self, from: &Place<'t>, step: &Step) -> Diagnostic {
        let inside = match from.path.len() {
            1 => "the act".to_string(),
            _ => from.address(),
        };
        let near = self.search(from, step.unit, None);
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
                Num(number.to_string()).cmp(&Num(wanted.clone())) == std::cmp::Ordering::Greater
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
        match provision.unit {
            Unit::Row | Unit::Paragraph | Unit::Point | Unit::Part | Unit::Indent | Unit::Table => {
                let shown = self.shown(provision.blocks.start);
                let own = &shown[provision.body.min(shown.len())..];
                [shown.as_str(), own]
                    .into_iter()
                    .chain(own.split('\t'))
                    .map(|text| agreement(words, text))
                    .max()
                    .unwrap_or(Agreement::None)
            }
            _ => agreement(words, &self.heading_words(provision)),
        }
    }

    /// The words of a provision's heading, on one line.
    pub fn heading_words(&self, provision: &Provision) -> String {
        let shown = self.shown(provision.blocks.start);
        let range = match provision.heading.is_empty() {
            true => provision.body.min(shown.len())..shown.len(),
            false => provision.heading.clone(),
        };
        shown[range].trim().replace(['\n', '\t'], " ")
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

    /// Indents are counted in the unit that the clause names, over its own unnumbered paragraphs.
    fn indent(&self, from: &Place<'t>, step: &Step) -> Result<Place<'t>, Diagnostic> {
        let list = indents(from);
        let number = step.num.as_ref().and_then(Num::count);
        match number.and_then(|number| list.get(number.checked_sub(1)?)) {
            Some(place) => Ok(place.clone()),
            None => Err(Diagnostic::error(
                Code::AddressNotFound,
                format!("{} has no {step}", from.address()),
            )
            .help(format!("it has {} indents", list.len()))),
        }
    }

    fn sentence(&self, from: &Place<'t>, step: &Step) -> Result<Place<'t>, Diagnostic> {
        let provision = match indents(from).first() {
            Some(first) => first.provision(),
            None => from.provision(),
        };
        let block = provision.blocks.start;
        let shown = self.shown(block);
        let sentences = sentences(&shown, provision.body, self.act.language);
        let number = step.num.as_ref().and_then(Num::count);
        match number.and_then(|number| sentences.get(number.checked_sub(1)?)) {
            Some(range) => Ok(from.piece(Unit::Sentence, step.num.clone(), block, range.clone())),
            None => Err(Diagnostic::error(
                Code::AddressNotFound,
                format!("{} has no {step}", from.address()),
            )
            .help(format!("it has {} sentences", sentences.len()))),
        }
    }

    fn column(&self, from: &Place<'t>, step: &Step) -> Result<Place<'t>, Diagnostic> {
        let block = from.provision().blocks.start;
        let Kind::Row(cells) = &self.act.blocks[block].kind else {
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
            let Kind::Row(cells) = &self.act.blocks[block].kind else {
                return None;
            };
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
            if class(step.unit) == class(unit) && num == step.num {
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

/// The steps of a canonical address, from the act inward. The one table of a unit is no step of
/// what stands in it.
pub fn steps(path: &[&Provision]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (index, provision) in path.iter().enumerate().skip(1) {
        let tables = path[index - 1]
            .children
            .iter()
            .filter(|it| it.unit == Unit::Table);
        let inner = index + 1 < path.len();
        if !(inner && provision.unit == Unit::Table && tables.count() == 1) {
            steps.push(provision.step());
        }
    }
    steps
}

/// The unnumbered paragraphs of a unit, its own line first, in reading order.
pub fn indents<'t>(from: &Place<'t>) -> Vec<Place<'t>> {
    let provision = from.provision();
    let own: Vec<Place<'t>> = provision
        .children
        .iter()
        .filter(|it| it.unit == Unit::Indent || it.unit == Unit::Part && it.label.is_empty())
        .flat_map(|it| {
            let inner = from.under(it);
            match it.unit {
                Unit::Part => indents(&inner),
                _ => vec![inner],
            }
        })
        .collect();
    match own.is_empty() && !provision.unit.is_division() && provision.unit != Unit::Act {
        true => vec![from.clone()],
        false => own,
    }
}

/// Units that an address may name one for another count as one: chapters and directions, rows and
/// the paragraphs of a numbered list.
fn class(unit: Unit) -> Unit {
    match unit {
        Unit::Direction => Unit::Chapter,
        Unit::Row => Unit::Paragraph,
        other => other,
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
        fold::key(text)
            .to_lowercase()
            .trim_matches(|letter: char| !letter.is_alphanumeric())
            .to_string()
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
    let shared = cited
        .iter()
        .filter(|word| {
            let at = rest.iter().position(|it| it == *word);
            at.map(|at| rest.remove(at)).is_some()
        })
        .count();
    // Four words of five on both sides: a case ending or a slip of the pen, not another heading.
    match shared * 10 >= (cited.len() + found.len()) * 4 {
        true => Agreement::Close,
        false => Agreement::None,
    }
}

/// The sentences of a text from byte `from` on.
fn sentences(text: &str, from: usize, language: &lang::Language) -> Vec<Range<usize>> {
    use unicode_segmentation::UnicodeSegmentation;
    let mut list: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, sentence) in text[from..].split_sentence_bound_indices() {
        let start = from + at;
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
