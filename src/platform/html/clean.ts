/**
 * The one place where people's text becomes HTML. Whatever comes in (typed, pasted from a word processor, Markdown, an
 * imported book, an attack), what goes out is allow-listed, well-formed, stays inside its box, asks no other host for
 * anything, and is the same when it is cleaned again.
 *
 *     source ─ markdown.ts, plain-text.ts ─ tame.ts ─ HTML parser ─ shape.ts ─ hast-util-sanitize ─ blocks.ts ─ HTML
 */
import { fromHtml } from 'hast-util-from-html';
import { sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import type { ElementContent, Root, RootContent } from 'hast';
import { OUTPUT_SCHEMA } from './allow-list.ts';
import { assignBlockIds } from './blocks.ts';
import { plainCharacters } from './characters.ts';
import { parseDirectly } from './direct.ts';
import { markdownToHtml } from './markdown.ts';
import { plainTextToHtml } from './plain-text.ts';
import { shape } from './shape.ts';
import type { Shaped } from './shape.ts';
import { tame } from './tame.ts';
import { escapeHtml, plainText } from './text.ts';
import { countWords } from './words.ts';

/** Version of these rules, stored beside every cleaned text; raised whenever the same source would come out otherwise. */
export const CLEAN_RULES = 1;

/** Twenty times the field's limit for a chapter: imports over that limit are kept whole, a whole disk is not. */
export const MAX_SOURCE_CHARACTERS = 10_000_000;

/** Rounds until the output must be its own cleaning. Seen in practice: one, rarely two. */
const MAX_ROUNDS = 4;

/** The notation a source is written in. */
export type TextFormat = 'html' | 'markdown' | 'text';

export interface CleanOptions {
  /** An earlier cleaned version of the same text; its block ids are carried over by difference. */
  previous?: string;
}

export type CleanRefusal = 'too-large' | 'not-text' | 'too-slow';

export type CleanResult =
  | {
      ok: true;
      html: string;
      /** The version of the rules that made it. */
      rules: number;
      words: number;
      /** One plain sentence for each thing that was changed and that a person may want to know. */
      notes: string[];
    }
  | { ok: false; refusal: CleanRefusal };

/**
 * Takes a source and its notation; returns cleaned HTML with block ids, its words and notes. Refused: a source over
 * MAX_SOURCE_CHARACTERS (`too-large`), and one that is a file of another kind (`not-text`). `too-slow` is told only by
 * the cleaner that watches the clock (cleaner.ts).
 */
export function clean(source: string, format: TextFormat, options: CleanOptions = {}): CleanResult {
  if (source.length > MAX_SOURCE_CHARACTERS) return { ok: false, refusal: 'too-large' };
  if (isBinary(source)) return { ok: false, refusal: 'not-text' };
  const shaped = stable(toSource(plainCharacters(source), format));
  assignBlockIds(shaped.children, options.previous);
  const html = toHtml({ type: 'root', children: shaped.children });
  return { ok: true, html, rules: CLEAN_RULES, words: countWords(html), notes: notesOn(shaped) };
}

/** A picture or archive read as text: more than a few NUL characters, which no text has. */
function isBinary(source: string): boolean {
  let count = 0;
  for (let at = source.indexOf('\u0000'); at !== -1; at = source.indexOf('\u0000', at + 1)) {
    count += 1;
    if (count > 8 && count * 200 > at) return true;
  }
  return false;
}

function toSource(source: string, format: TextFormat): string {
  if (format === 'markdown') return markdownToHtml(source);
  return format === 'text' ? plainTextToHtml(source) : source;
}

/** Parses and shapes source until the result is its own cleaning. Plain trees are so by construction. */
function stable(source: string): Shaped {
  const first = once(source);
  let current = first;
  if (first.plain && !first.flattened) return first;
  let written = write(current.children);
  for (let round = 1; round < MAX_ROUNDS; round += 1) {
    const next = once(written);
    const again = write(next.children);
    if (again === written) return { ...first, children: current.children };
    current = next;
    written = again;
  }
  // Never seen; but the promise holds for every source, so the words are kept and the markup goes.
  const paragraphs = plainText(written)
    .split('\n\n')
    .map((text) => `<p>${escapeHtml(text)}</p>`);
  return { ...once(paragraphs.join('')), flattened: true };
}

function once(source: string): Shaped {
  const tamed = tame(source);
  const parsed: RootContent[] = [];
  for (const piece of tamed.pieces) {
    const children = parseDirectly(piece) ?? fromHtml(piece, { fragment: true }).children;
    for (const child of children) parsed.push(child);
  }
  const shaped = shape(parsed);
  const locked = sanitize({ type: 'root', children: shaped.children } satisfies Root, OUTPUT_SCHEMA);
  const children = locked.type === 'root' ? locked.children : [locked];
  return {
    ...shaped,
    children: children.filter((child): child is ElementContent => child.type !== 'doctype'),
    flattened: shaped.flattened || tamed.flattened,
  };
}

function write(children: ElementContent[]): string {
  return toHtml({ type: 'root', children });
}

function notesOn(shaped: Shaped): string[] {
  const notes: string[] = [];
  if (shaped.flattened) notes.push('Markup that was nested too deeply was flattened; no text was lost.');
  if (shaped.pictures > 0) {
    notes.push(
      counted(shaped.pictures, 'picture at another address became a link', 'pictures at other addresses became links'),
    );
  }
  if (shaped.players > 0)
    notes.push(counted(shaped.players, 'embedded player became a link', 'embedded players became links'));
  if (shaped.droppedLinks > 0) {
    notes.push(
      counted(
        shaped.droppedLinks,
        'link without a full web address became text',
        'links without a full web address became text',
      ),
    );
  }
  return notes;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}.`;
}
