/**
 * HTML into clean HTML: the part of `clean` that knows no other notation. It is small enough for a browser, so that the
 * editor makes of a text what the archive will make of it.
 */
import { fromHtml } from 'hast-util-from-html';
import { sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import type { ElementContent, Root, RootContent } from 'hast';
import { OUTPUT_SCHEMA } from './allow-list.ts';
import { assignBlockIds } from './blocks.ts';
import { plainCharacters } from './characters.ts';
import { parseDirectly } from './direct.ts';
import { shape } from './shape.ts';
import type { Shaped } from './shape.ts';
import { tame } from './tame.ts';
import { escapeHtml, plainText } from './text.ts';

/** Rounds until the output must be its own cleaning. Seen in practice: one, rarely two. */
const MAX_ROUNDS = 4;

/**
 * Takes HTML of any kind and, where there is one, an earlier clean version whose block ids are carried over; returns clean
 * HTML, and a sentence for each thing that was changed and that a person may want to know.
 */
export function cleanHtml(source: string, previous?: string): { html: string; notes: string[] } {
  const shaped = stable(plainCharacters(source));
  assignBlockIds(shaped.children, previous);
  return { html: write(shaped.children), notes: notesOn(shaped) };
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
