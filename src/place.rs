//! An act at a moment with its provisions, and places in it.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use crate::act::{Act, Cell, Kind, Provision};
use crate::address::Step;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::text::Moment;
use crate::unit::{Num, Unit};

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
    /// The nodes of each kind, in reading order.
    kinds: [Vec<u32>; Unit::COUNT],
    /// The same by their numbers, made for a kind when it is first needed.
    numbers: RefCell<HashMap<Unit, Rc<Numbers<'t>>>>,
    /// The sorted siblings of units that were looked up, by parent node and kind.
    lists: RefCell<HashMap<(u32, Unit), Rc<Siblings<'t>>>>,
}

/// The units of a kind below a node among which a new one finds its number.
#[derive(Default)]
struct Siblings<'t> {
    first: Option<usize>,
    /// By number, then in reading order.
    numbered: Vec<(&'t Num, usize)>,
    /// The holders of several lists, where the numbers start anew in each.
    holders: Vec<usize>,
}

/// Nodes by their numbers, in reading order.
type Numbers<'t> = HashMap<&'t Num, Vec<u32>>;

/// Of more nodes than these, one is found by its number in an index.
const FEW: usize = 64;

/// Nodes are counted in 32 bits, for there are many.
struct Node<'t> {
    provision: &'t Provision,
    parent: u32,
    /// The node after the last one inside it.
    end: u32,
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

    /// Its blocks.
    pub fn blocks(&self) -> Range<usize> {
        match &self.piece {
            Some(piece) => piece.block..piece.block + 1,
            None => self.provision().own_blocks(),
        }
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

    pub(crate) fn under(&self, provision: &'t Provision) -> Place<'t> {
        let mut place = self.clone();
        place.path.push(provision);
        place
    }

    pub(crate) fn piece(
        &self,
        unit: Unit,
        num: Option<Num>,
        block: usize,
        range: Range<usize>,
    ) -> Place<'t> {
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
            kinds: Default::default(),
            numbers: RefCell::default(),
            lists: RefCell::default(),
        };
        view.add(root, 0, false);
        view
    }

    fn add(&mut self, provision: &'t Provision, parent: u32, listed: bool) {
        let id = self.nodes.len() as u32;
        self.nodes.push(Node {
            provision,
            parent,
            end: id + 1,
            listed,
        });
        self.kinds[provision.unit as usize].push(id);
        for child in &provision.children {
            self.add(child, id, listed || provision.unit == Unit::Contents);
        }
        self.nodes[id as usize].end = self.nodes.len() as u32;
    }

    /// The act as a place.
    pub fn whole(&self) -> Place<'t> {
        Place {
            path: vec![self.root],
            piece: None,
            warnings: Vec::new(),
        }
    }

    /// Where a block stands in the base file.
    pub fn span(&self, block: usize) -> Span {
        let start = self.act.blocks.get(block).map_or(0, |block| block.start);
        Span {
            source: Source::Base,
            bytes: start..start,
        }
    }

    /// The cells of a block; none where it is no row of a table.
    pub fn cells(&self, block: usize) -> Option<&'t [Cell]> {
        match &self.act.blocks.get(block)?.kind {
            Kind::Row(cells) => Some(cells),
            _ => None,
        }
    }

    /// The shown text of a block.
    pub fn shown(&self, block: usize) -> String {
        let block = self.act.blocks.get(block);
        block.map_or_else(String::new, |block| block.shown(self.at))
    }

    /// The units of a kind below a place. They must form one list: where several units hold such
    /// lists, the address must say which is meant.
    fn siblings(&self, parent: &Place<'t>, unit: Unit) -> Result<Rc<Siblings<'t>>, Diagnostic> {
        let key = (parent.provision().order, unit);
        let known = self.lists.borrow().get(&key).cloned();
        let siblings = known.unwrap_or_else(|| {
            let made = Rc::new(self.list_siblings(parent, unit));
            self.lists.borrow_mut().insert(key, Rc::clone(&made));
            made
        });
        if siblings.holders.is_empty() {
            return Ok(siblings);
        }
        let names: Vec<String> = siblings
            .holders
            .iter()
            .map(|id| self.place(parent, *id).address())
            .collect();
        Err(Diagnostic::error(
            Code::AddressAmbiguous,
            format!("{} has {} lists of {unit}s", parent.address(), names.len()),
        )
        .help(format!("name the one that is meant: {}", names.join(", "))))
    }

    fn list_siblings(&self, parent: &Place<'t>, unit: Unit) -> Siblings<'t> {
        let together = [Some(unit), alike(unit).filter(|_| unit.is_division())];
        let units: Vec<Unit> = together.into_iter().flatten().collect();
        let mut list = self.nodes(parent, &units, None);
        if let (true, Some(other)) = (list.is_empty(), alike(unit)) {
            list = self.nodes(parent, &[other], None);
        }
        let top = parent.provision().order as usize;
        if top == 0 && unit != Unit::Annex {
            let in_annex = |id: &usize| {
                self.above(*id)
                    .any(|it| self.nodes[it].provision.unit == Unit::Annex)
            };
            if list.iter().any(|id| !in_annex(id)) {
                list.retain(|id| !in_annex(id));
            }
        }
        // Rows stand under the indicators of their chapter, articles under the chapters of their
        // law, numbered through. Where numbers come twice, they start anew in each unit.
        let number = |id: &usize| self.nodes[*id].provision.num.as_ref();
        let mut seen = HashSet::new();
        let mut holders = Vec::new();
        if !list.iter().filter_map(number).all(|num| seen.insert(num)) {
            let direct = |id: &usize| {
                let above = self.nodes[*id].parent as usize;
                let holder = &self.nodes[above];
                let outer = holder.parent as usize;
                let silent = || is_silent(self.nodes[outer].provision, holder.provision);
                above == top || outer == top && silent()
            };
            if list.iter().any(direct) {
                list.retain(direct);
            } else {
                let inner = [Unit::Part, Unit::Table];
                let holds = |id: &usize| !inner.contains(&self.nodes[*id].provision.unit);
                holders.extend(list.iter().filter_map(|id| self.above(*id).find(holds)));
                holders.dedup();
                if holders.len() < 2 {
                    holders.clear();
                }
            }
        }
        let mut numbered: Vec<(&Num, usize)> = list
            .iter()
            .filter_map(|id| Some((self.nodes[*id].provision.num.as_ref()?, *id)))
            .collect();
        numbered.sort();
        Siblings {
            first: list.first().copied(),
            numbered,
            holders,
        }
    }

    /// The nodes that a node stands in, from the nearest to the act.
    fn above(&self, id: usize) -> impl Iterator<Item = usize> + '_ {
        let parent = |id: &usize| (*id > 0).then(|| self.nodes[*id].parent as usize);
        std::iter::successors(Some(id), parent).skip(1)
    }

    /// The unit below a place that bears the number of a step.
    pub fn child(&self, parent: &Place<'t>, step: &Step) -> Option<Place<'t>> {
        let num = step.num.as_ref()?;
        let siblings = self.siblings(parent, step.unit).ok()?;
        let at = siblings.numbered.partition_point(|(it, _)| *it < num);
        let (found, id) = siblings.numbered.get(at)?;
        (*found == num).then(|| self.place(parent, *id))
    }

    /// The unit that a new one with this number comes right after, and the first one of its kind,
    /// which it comes before where none is smaller; none where there is none of its kind.
    pub fn neighbours(
        &self,
        parent: &Place<'t>,
        step: &Step,
    ) -> Result<Option<(Option<Place<'t>>, Place<'t>)>, Diagnostic> {
        let siblings = self.siblings(parent, step.unit)?;
        let Some(first) = siblings.first else {
            return Ok(None);
        };
        let smaller = match &step.num {
            Some(num) => siblings.numbered.partition_point(|(it, _)| *it < num),
            None => siblings.numbered.len(),
        };
        let before = smaller.checked_sub(1).map(|at| siblings.numbered[at].1);
        let place = |id: usize| self.place(parent, id);
        Ok(Some((before.map(place), place(first))))
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
        let list = self.kinds[unit as usize].iter();
        list.map(|id| &self.nodes[*id as usize])
            .find(|node| !node.listed)
            .map(|node| node.provision)
    }

    /// The provisions below a place of some kinds and a number, leaving out those inside another.
    pub(crate) fn search(
        &self,
        from: &Place<'t>,
        units: &[Unit],
        num: Option<&Num>,
    ) -> Vec<Place<'t>> {
        let nodes = self.nodes(from, units, num).into_iter();
        nodes.map(|id| self.place(from, id)).collect()
    }

    /// As [`View::search`], as nodes.
    fn nodes(&self, from: &Place<'t>, units: &[Unit], num: Option<&Num>) -> Vec<usize> {
        let top = from.provision().order as usize;
        let end = self.nodes[top].end;
        let listed = from.provision().unit == Unit::Contents;
        let mut found: Vec<usize> = Vec::new();
        for unit in units {
            let list = within(&self.kinds[*unit as usize], top, end);
            let bears = |id: &&u32| self.nodes[**id as usize].provision.num.as_ref() == num;
            match num {
                None => found.extend(list.iter().map(|id| *id as usize)),
                Some(num) if list.len() > FEW => {
                    let numbers = self.numbers(*unit);
                    let list = numbers.get(num).map_or(&[][..], Vec::as_slice);
                    found.extend(within(list, top, end).iter().map(|id| *id as usize));
                }
                Some(_) => found.extend(list.iter().filter(bears).map(|id| *id as usize)),
            }
        }
        if units.len() > 1 {
            found.sort_unstable();
        }
        let mut next = 0;
        found.retain(|id| {
            let node = &self.nodes[*id];
            let fits = *id >= next && (listed || !node.listed);
            if fits {
                next = node.end as usize;
            }
            fits
        });
        found
    }

    /// The nodes of a kind by their numbers.
    fn numbers(&self, unit: Unit) -> Rc<Numbers<'t>> {
        let mut known = self.numbers.borrow_mut();
        let numbers = known.entry(unit).or_insert_with(|| {
            let mut numbers = Numbers::new();
            for id in &self.kinds[unit as usize] {
                let provision = self.nodes[*id as usize].provision;
                if let Some(num) = &provision.num {
                    numbers.entry(num).or_default().push(*id);
                }
            }
            Rc::new(numbers)
        });
        Rc::clone(numbers)
    }

    /// The place of a node below another place.
    fn place(&self, from: &Place<'t>, id: usize) -> Place<'t> {
        let top = from.provision().order as usize;
        let mut place = from.clone();
        let start = place.path.len();
        let mut at = id;
        while at != top {
            place.path.push(self.nodes[at].provision);
            at = self.nodes[at].parent as usize;
        }
        place.path[start..].reverse();
        place
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
}

/// Of a list of nodes in reading order, those between two.
fn within(list: &[u32], top: usize, end: u32) -> &[u32] {
    let first = list.partition_point(|id| *id as usize <= top);
    let last = list.partition_point(|id| *id < end).max(first);
    &list[first..last]
}

/// The steps of a canonical address, from the act inward. What a clause would not name is no step:
/// the one table of a unit, the one part of a numbered unit.
pub fn steps(path: &[&Provision]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (index, provision) in path.iter().enumerate().skip(1) {
        let inner = index + 1 < path.len();
        if !(inner && is_silent(path[index - 1], provision)) {
            steps.push(provision.step());
        }
    }
    steps
}

/// Whether a unit stands for the unit that holds it: its one table, or the one part of a numbered
/// unit.
pub fn is_silent(parent: &Provision, child: &Provision) -> bool {
    let alone = || {
        let like = |it: &&Provision| it.unit == child.unit;
        parent.children.iter().filter(like).count() == 1
    };
    match child.unit {
        Unit::Table => alone(),
        Unit::Part => {
            let numbered = matches!(parent.unit, Unit::Paragraph | Unit::Point)
                || parent.unit == Unit::Part && !parent.label.is_empty();
            numbered && alone()
        }
        _ => false,
    }
}

impl<'t> View<'t> {
    /// The unnumbered paragraphs of a unit, its own line first, in reading order. The line over a list
    /// is one without the list (Law on legal acts, art. 23); a note of the act between them is counted
    /// with them, line by line.
    pub fn indents(&self, from: &Place<'t>) -> Vec<Place<'t>> {
        let provision = from.provision();
        let counted = |it: &&Provision| {
            it.unit == Unit::Indent || it.unit == Unit::Part && it.label.is_empty()
        };
        let children = || provision.children.iter();
        let own: Vec<Place<'t>> = match children().rev().find(counted) {
            None => Vec::new(),
            Some(last) => children()
                .take_while(|it| it.order <= last.order)
                .flat_map(|it| match it.unit {
                    Unit::Note => self.lines(&from.under(it)),
                    Unit::Part if counted(&it) => self.indents(&from.under(it)),
                    Unit::Indent => vec![from.under(it)],
                    _ => Vec::new(),
                })
                .collect(),
        };
        let holds_none = provision.unit.is_division() || provision.unit == Unit::Act;
        match (own.is_empty(), provision.children.is_empty()) {
            (false, _) => own,
            (true, _) if holds_none => own,
            (true, true) => vec![from.clone()],
            (true, false) => self.own_line(from).into_iter().collect(),
        }
    }

    /// The lines of a unit, each as a piece of it.
    fn lines(&self, from: &Place<'t>) -> Vec<Place<'t>> {
        let words = |block: &usize| !self.shown(*block).trim().is_empty();
        let blocks = from.provision().blocks.clone().filter(words);
        let line = |(at, block): (usize, usize)| {
            let range = 0..self.shown(block).trim_end().len();
            from.piece(Unit::Indent, Some(Num::counted(at + 1)), block, range)
        };
        blocks.enumerate().map(line).collect()
    }

    /// The words of a unit on its first line, where it has some besides its number and heading.
    fn own_line(&self, from: &Place<'t>) -> Option<Place<'t>> {
        let provision = from.provision();
        let block = provision.blocks.start;
        let shown = self.shown(block);
        let start = provision.body.max(provision.heading.end);
        let end = shown.trim_end().len();
        let range = Some(start..end).filter(|it| it.start < it.end)?;
        Some(from.piece(Unit::Indent, Some(Num::counted(1)), block, range))
    }
}

/// The unit that an address may name for another: chapters and directions, rows and the paragraphs
/// of a numbered list.
pub(crate) fn alike(unit: Unit) -> Option<Unit> {
    match unit {
        Unit::Chapter => Some(Unit::Direction),
        Unit::Direction => Some(Unit::Chapter),
        Unit::Row => Some(Unit::Paragraph),
        Unit::Paragraph => Some(Unit::Row),
        _ => None,
    }
}
