/**
 * Makes a part of this page like the same part of another, touching only what differs: what has the focus keeps it, an
 * open group stays open, half-typed text stays. Nodes are matched by id, by the value of a row's box, else by place.
 */

/** Attributes that people change by using the page. */
const THEIRS = new Set([
  'open',
  'role',
  'tabindex',
  'aria-autocomplete',
  'aria-expanded',
  'aria-controls',
  'aria-activedescendant',
]);

/** `here` becomes like `there`. */
export function renew(here: Element, there: Element): void {
  if (here.isEqualNode(there) && !here.querySelector('input, option') && !here.matches('input, option')) return;
  renewAttributes(here, there);
  if (here instanceof HTMLInputElement && there instanceof HTMLInputElement) renewInput(here, there);
  else if (here instanceof HTMLOptionElement && there instanceof HTMLOptionElement)
    here.selected = there.defaultSelected;
  renewChildren(here, there);
}

function renewAttributes(here: Element, there: Element): void {
  for (const { name } of [...here.attributes]) {
    if (!there.hasAttribute(name) && !THEIRS.has(name)) here.removeAttribute(name);
  }
  for (const { name, value } of there.attributes) {
    if (!THEIRS.has(name) && here.getAttribute(name) !== value) here.setAttribute(name, value);
  }
}

function renewInput(here: HTMLInputElement, there: HTMLInputElement): void {
  if (here.type === 'checkbox' || here.type === 'radio') here.checked = there.defaultChecked;
  else if (here.type === 'hidden') here.value = there.defaultValue;
  // Text in the field that is being used is its user's; names not sent yet wait in theirs.
  else if (here !== document.activeElement && there.defaultValue !== '') here.value = there.defaultValue;
  else if (here !== document.activeElement && !/-(more|any)$/.test(here.name)) here.value = '';
}

function renewChildren(here: Element, there: Element): void {
  const waiting = new Map<string, ChildNode>();
  const counts = new Map<string, number>();
  for (const child of here.childNodes) waiting.set(keyOf(child, counts), child);
  const seen = new Map<string, number>();
  let at: ChildNode | null = here.firstChild;
  for (const next of there.childNodes) {
    const key = keyOf(next, seen);
    const match = waiting.get(key);
    if (!match) {
      here.insertBefore(document.importNode(next, true), at);
      continue;
    }
    waiting.delete(key);
    at = bringTo(here, match, at);
    if (match instanceof Element && next instanceof Element) renew(match, next);
    else if (match.nodeValue !== next.nodeValue) match.nodeValue = next.nodeValue;
  }
  for (const [key, child] of waiting) if (!isKept(key, child)) child.remove();
}

/** Moves a node before `at`; one that holds the focus would lose it, so what stands before it moves instead. */
function bringTo(parent: Element, node: ChildNode, at: ChildNode | null): ChildNode | null {
  if (node === at) return node.nextSibling;
  if (!node.contains(document.activeElement)) {
    parent.insertBefore(node, at);
    return at;
  }
  while (at && at !== node) {
    const after: ChildNode | null = at.nextSibling;
    parent.append(at);
    at = after;
  }
  return node.nextSibling;
}

/** What a script of this page has added (a list of offers), and the row that is being used. */
function isKept(key: string, child: ChildNode): boolean {
  if (!(child instanceof Element)) return false;
  return child.hasAttribute('data-added') || (key.startsWith('row ') && child.contains(document.activeElement));
}

function keyOf(node: Node, counts: Map<string, number>): string {
  const name = nameOf(node);
  const count = counts.get(name) ?? 0;
  counts.set(name, count + 1);
  return count === 0 ? name : `${name} ${count}`;
}

function nameOf(node: Node): string {
  if (!(node instanceof Element)) return node.nodeName;
  if (node.id) return `#${node.id}`;
  if (node.localName === 'li') {
    const box = node.querySelector('input');
    if (box) return `row ${box.name} ${box.getAttribute('value')}`;
  }
  return `${node.localName} ${node.getAttribute('class') ?? ''} ${node.getAttribute('name') ?? ''}`;
}

/** Lays the rows of the other page's group in the order that this one's rows have, so that none moves under the hand. */
export function sameOrder(here: Element, there: Element | null): void {
  const list = there?.querySelector(':scope > .facets');
  const known = [...here.querySelectorAll(':scope > .facets > li')].map(nameOf);
  if (!list) return;
  const place = (row: Element) => (known.includes(nameOf(row)) ? known.indexOf(nameOf(row)) : known.length);
  list.append(...[...list.children].sort((a, b) => place(a) - place(b)));
}
