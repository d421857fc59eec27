'use strict';

const text = document.querySelector('.text');
const main = document.querySelector('main');
const list = document.querySelector('nav');
const counter = document.getElementById('counter');
const sides = document.getElementById('sides');

/** The element of a mark: that of its line, where the line came or left as a whole. */
const unitOf = (mark) => mark.closest('[data-mark]') ?? mark;

/** The number of the operation that a mark names. */
const operationOf = (mark) => mark.getAttribute('cite')?.slice('#op-'.length);

/** Changes in reading order: marks side by side are one, and lines side by side by one operation. */
const changes = [];
for (const mark of main.querySelectorAll('ins, del')) {
  const unit = unitOf(mark);
  const last = changes.at(-1);
  const previous = last?.units.at(-1);
  const operation = operationOf(mark);
  const beside = unit === mark ? unit.previousSibling : unit.previousElementSibling;
  if (unit === previous) continue;
  if (previous && beside === previous && (unit === mark || operation === last.operations[0])) {
    last.units.push(unit);
    last.operations.push(operation);
  } else {
    changes.push({ units: [unit], operations: [operation] });
  }
}
let at = -1;

/** The old text beside the new, once it was asked for. */
let old = null;
/** Units of the new text → their copies in the old. */
const copies = new Map();

function buildSides() {
  old = document.createElement('div');
  old.className = 'old';
  old.setAttribute('aria-hidden', 'true');
  old.append(...main.cloneNode(true).children);
  const marks = main.querySelectorAll('ins, del');
  old.querySelectorAll('ins, del').forEach((mark, index) => {
    copies.set(unitOf(marks[index]), unitOf(mark));
    mark.removeAttribute('id');
  });
  old.querySelectorAll('[tabindex]').forEach((element) => element.removeAttribute('tabindex'));
  // Lines that came stand beside those that left before them.
  let row = 0;
  let left = [];
  [...main.children].forEach((element, index) => {
    const mark = element.dataset.mark;
    const place = (mark === 'ins' && left.shift()) || ++row;
    if (mark === 'del') left.push(place);
    if (!mark) left = [];
    element.style.gridRow = old.children[index].style.gridRow = place;
  });
  text.style.setProperty('--rows', row);
  text.prepend(old);
}

/** Gives the rows of a table the height of the rows beside them, while there are any beside them. */
function alignRows() {
  if (!old) return;
  const rows = [...main.querySelectorAll('tr')];
  const others = [...old.querySelectorAll('tr')];
  for (const row of [...rows, ...others]) row.style.height = '';
  if (!document.body.classList.contains('sides')) return;
  const height = (row) => row.getBoundingClientRect().height;
  const heights = rows.map((row, index) => Math.max(height(row), height(others[index])));
  heights.forEach((height, index) => {
    rows[index].style.height = others[index].style.height = `${height}px`;
  });
}

function toggleSides() {
  const on = document.body.classList.toggle('sides');
  sides.setAttribute('aria-pressed', on);
  if (on && !old) buildSides();
  alignRows();
  if (at >= 0) light(true);
}

/** Outlines the change and its clauses, and brings the change into sight where it was not clicked. */
function light(scroll) {
  for (const element of document.querySelectorAll('.current')) element.classList.remove('current');
  for (const element of list.querySelectorAll('[aria-current]')) element.removeAttribute('aria-current');
  const change = changes[at];
  const units = change.units.flatMap((unit) => [unit, copies.get(unit)]).filter(Boolean);
  for (const unit of units) unit.classList.add('current');
  const clauses = change.operations.map((operation) => document.getElementById(`op-${operation}`)).filter(Boolean);
  for (const clause of clauses) clause.setAttribute('aria-current', 'true');
  counter.textContent = `${at + 1} / ${changes.length}`;
  if (scroll) units.find((unit) => unit.getClientRects().length > 0)?.scrollIntoView();
  const beside = getComputedStyle(list).position === 'sticky';
  if (beside && clauses[0]) list.scrollTop = clauses[0].offsetTop - list.clientHeight / 4;
  // In a narrow window the list stands below the text.
  if (!beside && !scroll) clauses[0]?.scrollIntoView();
}

function step(by) {
  if (changes.length === 0) return;
  at = at < 0 && by < 0 ? changes.length - 1 : (at + by + changes.length) % changes.length;
  light(true);
}

text.addEventListener('click', (event) => {
  const mark = event.target.closest('ins, del, [data-mark]');
  if (!mark || !getSelection().isCollapsed) return;
  const unit = unitOf(mark);
  const found = changes.findIndex(({ units }) => units.some((it) => it === unit || copies.get(it) === unit));
  if (found < 0) return;
  at = found;
  light(false);
});

list.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#at-"]');
  if (!link) return;
  event.preventDefault();
  const operation = link.hash.slice('#at-'.length);
  const own = changes.flatMap(({ operations }, index) => (operations.includes(operation) ? [index] : []));
  // Choosing the clause again goes to its next change.
  at = own.find((index) => index > at && changes[at]?.operations.includes(operation)) ?? own[0];
  light(true);
});

document.getElementById('previous').addEventListener('click', () => step(-1));
document.getElementById('next').addEventListener('click', () => step(1));
sides.addEventListener('click', toggleSides);

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  // Where the keyboard writes no Latin letters, the keys in their places.
  const key = /^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code;
  if (key === 'KeyN') step(1);
  if (key === 'KeyP') step(-1);
});

new ResizeObserver(alignRows).observe(text);

counter.textContent = changes.length === 1 ? '1 change' : `${changes.length} changes`;
document.querySelector('.bar').hidden = false;
