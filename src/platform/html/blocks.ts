/**
 * Gives every block of a cleaned text an id that stays: reading places, snippets, highlights and notes hang on it.
 *
 * The id comes from the block's own words, so the same text always has the same ids. When an earlier version is at hand,
 * ids are carried over by difference: an unchanged block keeps its id, an edited one keeps that of its former self, and a
 * new one never takes an id that is in use.
 */
import type { Element, ElementContent } from 'hast';
import { BLOCK_ELEMENTS } from './allow-list.ts';
import { alignBlocks } from './block-difference.ts';
import { resolveReferences } from './text.ts';
import { readAttributes, readTokens } from './tokens.ts';

/** The form of a block's id. Author's ids begin with `u-`, so the two never meet. */
export const BLOCK_ID = /^b-[a-z2-7]{6}$/;
const DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';
const WHOLE = new Set(['figure', 'hr', 'table']);
const HOLDS_TEXT = new Set([
  'address',
  'blockquote',
  'center',
  'dd',
  'div',
  'dt',
  'figcaption',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'li',
  'p',
  'pre',
  'summary',
]);
const ID_ATTRIBUTE = new Set(['id']);
const VOID = new Set(['br', 'col', 'hr', 'wbr']);

/** A block of an earlier version. */
interface OldBlock {
  id: string;
  key: string;
}

/** Gives an id to every block in the tree, which must have none. `previous` is an earlier cleaned version of the text. */
export function assignBlockIds(children: readonly ElementContent[], previous?: string): void {
  const blocks: { element: Element; key: string }[] = [];
  collect(children, blocks);
  const old = previous === undefined ? [] : readBlocks(previous);
  const matches = alignBlocks(
    old.map((block) => block.key),
    blocks.map((block) => block.key),
  );
  const carried = matches.map((index) => (index === -1 ? undefined : old[index]?.id));
  const live = new Set(carried.filter((id) => id !== undefined));
  const seen = new Map<string, number>();
  for (const [index, { element, key }] of blocks.entries()) {
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    const id = carried[index] ?? freeId(key, occurrence, live);
    live.add(id);
    element.properties = { id, ...element.properties };
  }
}

/** Takes cleaned HTML; returns the ids of its blocks in order. */
export function blockIds(html: string): string[] {
  return readBlocks(html).map((block) => block.id);
}

function collect(children: readonly ElementContent[], found: { element: Element; key: string }[]): void {
  for (const child of children) {
    if (child.type !== 'element' || !BLOCK_ELEMENTS.has(child.tagName)) continue;
    if (WHOLE.has(child.tagName)) {
      found.push({ element: child, key: keyOf(child.tagName, allText(child.children)) });
      continue;
    }
    if (HOLDS_TEXT.has(child.tagName)) {
      const own = child.children.filter((inner) => inner.type !== 'element' || !BLOCK_ELEMENTS.has(inner.tagName));
      if (own.length > 0) found.push({ element: child, key: keyOf(child.tagName, allText(own)) });
    }
    collect(child.children, found);
  }
}

function allText(children: readonly ElementContent[]): string {
  let text = '';
  for (const child of children) {
    if (child.type === 'text') text += child.value;
    else if (child.type === 'element') text += allText(child.children);
  }
  return text;
}

/** What a block is known by: its words. A rule, a picture of nothing and an empty line have their name alone. */
function keyOf(tagName: string, text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return words === '' ? `\u0000${tagName}` : words;
}

/** Reads the blocks of an earlier cleaned version. What is not a well-formed, unique id is passed over. */
function readBlocks(html: string): OldBlock[] {
  const found: { id: string; name: string; text: string }[] = [];
  const open: { name: string; block?: { text: string } }[] = [];
  const ids = new Set<string>();
  readTokens(html, {
    text: (raw) => {
      const block = open.at(-1)?.block;
      if (block !== undefined) block.text += raw;
    },
    literal: () => undefined,
    open: (name, attributes) => {
      const id = attributes.includes('b-') ? (readAttributes(attributes, ID_ATTRIBUTE).get('id') ?? '') : '';
      let block = open.at(-1)?.block;
      if (BLOCK_ID.test(id) && !ids.has(id)) {
        ids.add(id);
        const made = { id, name, text: '' };
        found.push(made);
        block = made;
      }
      if (!VOID.has(name)) open.push(block === undefined ? { name } : { name, block });
      return undefined;
    },
    close: (name) => {
      if (open.at(-1)?.name === name) open.pop();
    },
  });
  return found.map(({ id, name, text }) => ({ id, key: keyOf(name, resolveReferences(text)) }));
}

function freeId(key: string, occurrence: number, live: ReadonlySet<string>): string {
  for (let salt = 0; ; salt += 1) {
    const id = idOf(key, occurrence, salt);
    if (!live.has(id)) return id;
  }
}

/** Thirty bits of a mixed hash, in six base32 characters. Not secret, and not meant to be. */
function idOf(key: string, occurrence: number, salt: number): string {
  let high = Math.imul(occurrence + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b);
  let low = Math.imul(salt + 1, 0xc2b2ae35) ^ occurrence;
  for (let at = 0; at < key.length; at += 1) {
    const code = key.charCodeAt(at);
    high = Math.imul(high ^ code, 0x5f356495);
    low = Math.imul(low ^ code, 0x165667b1);
    high ^= low >>> 13;
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  high ^= high >>> 15;
  let id = 'b-';
  for (let shift = 0; shift < 30; shift += 5) id += DIGITS.charAt((high >>> shift) & 31);
  return id;
}
