/**
 * Runs: text and inline elements that stand side by side. Takes them apart where a paragraph ends, trims them, and builds
 * the nested elements again.
 *
 * A run is a list of leaves (text, line breaks, anchors), each with the inline elements around it. So a run can be cut
 * anywhere, and markup that crossed blocks comes out properly nested.
 */
import type { Element, ElementContent, Text } from 'hast';
import { balanceDirection } from './characters.ts';

export interface Leaf {
  /** The inline elements around it, outermost first. Equal objects mean one element. */
  around: readonly Element[];
  node: Text | Element;
}

/** A paragraph of a run; `spacer` stands for the empty lines that an author put between two of them. */
export interface Paragraph {
  leaves: Leaf[];
  spacer?: true;
}

const BLANK = /^[ \t\n]*$/;
/** So many line breaks in a row were meant as a gap, not only as the end of a paragraph. */
const BREAKS_OF_A_GAP = 4;

function isBreak(leaf: Leaf): boolean {
  return leaf.node.type === 'element' && leaf.node.tagName === 'br';
}

function isBlank(leaf: Leaf): boolean {
  return leaf.node.type === 'text' && BLANK.test(leaf.node.value);
}

/** True when nothing in the run would be seen: spaces and line ends only. */
export function isBlankRun(run: readonly Leaf[]): boolean {
  return run.every(isBlank);
}

/** True when the run is line breaks and spaces only: an author's gap between two blocks. */
export function isGap(run: readonly Leaf[]): boolean {
  return run.some(isBreak) && run.every((leaf) => isBreak(leaf) || isBlank(leaf));
}

/**
 * Cuts a run into paragraphs: at two line breaks in a row and at blank lines, and with `newlinesBreak` (source without
 * any paragraph markup) a single newline becomes a line break. Newlines that mean nothing become spaces.
 */
export function paragraphs(run: readonly Leaf[], newlinesBreak: boolean): Paragraph[] {
  const result: Paragraph[] = [];
  let current: Leaf[] = [];
  let breaks: Leaf[] = [];
  let newlines = 0;
  let around: readonly Element[] = [];

  const endOfPause = (): void => {
    if (breaks.length === 0 && newlines === 0) return;
    if (isBlankRun(current)) current = [];
    const lines = newlines >= 2 || newlinesBreak ? newlines : 0;
    const pause = breaks.length === 0 ? lines : Math.max(breaks.length, newlines >= 2 ? 2 : 1);
    if (pause >= 2) {
      if (current.length > 0) result.push({ leaves: current });
      if (pause >= BREAKS_OF_A_GAP && result.length > 0) result.push({ leaves: [], spacer: true });
      current = [];
    } else if (current.length > 0) {
      const node: Leaf['node'] = pause === 1 ? lineBreak() : { type: 'text', value: ' ' };
      current.push(breaks[0] ?? { around, node });
    }
    breaks = [];
    newlines = 0;
  };

  for (const leaf of run) {
    if (isBreak(leaf)) {
      breaks.push(leaf);
      continue;
    }
    if (leaf.node.type !== 'text') {
      endOfPause();
      current.push(leaf);
      continue;
    }
    const lines = leaf.node.value.split('\n');
    for (const [index, line] of lines.entries()) {
      if (index > 0) {
        if (newlines === 0) around = leaf.around;
        newlines += 1;
      }
      const value = trimLine(line, index > 0, index < lines.length - 1);
      if (value === '' || ((breaks.length > 0 || newlines > 0) && BLANK.test(value))) continue;
      endOfPause();
      current.push({ around: leaf.around, node: { type: 'text', value } });
    }
  }
  if (current.length > 0) result.push({ leaves: current });
  return result;
}

function trimLine(line: string, atStart: boolean, atEnd: boolean): string {
  const rest = atStart ? line.replace(/^[ \t]+/, '') : line;
  return atEnd ? trimEnd(rest) : rest;
}

/** A `<br>`. */
export function lineBreak(): Element {
  return { type: 'element', tagName: 'br', properties: {}, children: [] };
}

/** Takes the blank text at both ends away, which no browser shows. */
export function trimmed(run: readonly Leaf[]): Leaf[] {
  const result = [...run];
  for (let first = result[0]; first?.node.type === 'text'; first = result[0]) {
    const value = first.node.value.replace(/^[ \t\n]+/, '');
    if (value !== '') {
      result[0] = { around: first.around, node: { type: 'text', value } };
      break;
    }
    result.shift();
  }
  for (let last = result.at(-1); last?.node.type === 'text'; last = result.at(-1)) {
    const value = trimEnd(last.node.value);
    if (value !== '') {
      result[result.length - 1] = { around: last.around, node: { type: 'text', value } };
      break;
    }
    result.pop();
  }
  return result;
}

function trimEnd(value: string): string {
  let end = value.length;
  while (end > 0 && ' \t\n'.includes(value.charAt(end - 1))) end -= 1;
  return value.slice(0, end);
}

/** Takes leading newlines away, the first of which the parser would drop from a `pre`. */
export function withoutLeadingNewlines(run: readonly Leaf[]): Leaf[] {
  const result = [...run];
  for (let first = result[0]; first?.node.type === 'text'; first = result[0]) {
    const value = first.node.value.replace(/^\n+/, '');
    if (value !== '') {
      result[0] = { around: first.around, node: { type: 'text', value } };
      break;
    }
    result.shift();
  }
  return result;
}

/** Takes a run; returns it with every turn of writing direction closed inside it, and without empty text. */
export function balanced(run: readonly Leaf[]): Leaf[] {
  const direction = balanceDirection();
  const result: Leaf[] = [];
  for (const leaf of run) {
    if (leaf.node.type !== 'text') {
      result.push(leaf);
      continue;
    }
    const value = direction.pass(leaf.node.value);
    if (value === '') continue;
    result.push(value === leaf.node.value ? leaf : { around: leaf.around, node: { type: 'text', value } });
  }
  const rest = direction.rest();
  if (rest === '') return result;
  const ended = trimmed(result);
  ended.push({ around: [], node: { type: 'text', value: rest } });
  return ended;
}

/** How often an inline element may be built again, in another paragraph, before it is left out; a bound on size. */
const MAX_REBUILT = 100_000;

/** The inline elements of a text that were built so far, and how often one had to be built again. */
export interface Built {
  originals: Set<Element>;
  again: number;
}

/**
 * Builds the elements of a run again. An element that was built before, in another paragraph, is built without its id.
 */
export function nested(run: readonly Leaf[], before: Built): ElementContent[] {
  const result: ElementContent[] = [];
  const open: { original: Element; children: ElementContent[] }[] = [];

  for (const leaf of run) {
    let same = 0;
    while (same < open.length && open[same]?.original === leaf.around[same]) same += 1;
    open.length = same;
    for (let depth = same; depth < leaf.around.length; depth += 1) {
      const original = leaf.around[depth];
      if (original === undefined) break;
      const outer = open.at(-1)?.children ?? result;
      const again = before.originals.has(original);
      if (again) before.again += 1;
      else before.originals.add(original);
      const properties = { ...original.properties };
      if (again) delete properties.id;
      if (again && (before.again > MAX_REBUILT || saysNothing(original.tagName, properties))) {
        open.push({ original, children: outer });
        continue;
      }
      const built: Element = { type: 'element', tagName: original.tagName, properties, children: [] };
      outer.push(built);
      open.push({ original, children: built.children });
    }
    const siblings = open.at(-1)?.children ?? result;
    const last = siblings.at(-1);
    if (leaf.node.type !== 'text') siblings.push(leaf.node);
    else if (last?.type === 'text') last.value += leaf.node.value;
    else siblings.push({ type: 'text', value: leaf.node.value });
  }
  return result;
}

/** True for a link without its address and a span without any attribute: they were there for their id alone. */
function saysNothing(tagName: string, properties: Element['properties']): boolean {
  if (tagName === 'a') return properties.href === undefined;
  return tagName === 'span' && Object.keys(properties).length === 0;
}
