/**
 * Measured prose for the rescue of flattened text: pieces whose paragraphs are known, flattened to one line as a scraper
 * would. Word joiners and hair spaces go, a no-break space is a space, tags go without a trace. A rule is a paragraph's
 * end. Lines inside a paragraph (a stanza, an address) are one paragraph; pieces that are mostly verse are left out,
 * since verse has lines and no paragraphs.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { randomFrom } from './random.ts';

export interface Piece {
  author: string;
  title: string;
  /** The whole piece on one line. */
  text: string;
  /** Offsets at which a paragraph begins, the first paragraph's left out. */
  begins: readonly number[];
}

export interface Kept {
  pieces: Piece[];
  /** How many pieces were left out as verse, or as having one paragraph only. */
  leftOut: number;
}

/** The way the quotes of a corpus are written. The corpus has `curly`; the others are made from it. */
export type Quoting = 'curly' | 'straight' | 'single' | 'straight-single' | 'guillemets';

const FOLDER = process.env['FANFOLD_CORPORA'] ?? resolve(import.meta.dirname, '../../shared/corpora');
const MOSTLY_VERSE = 0.2;

interface Line {
  author: string;
  title: string;
  html: string;
}

/** Reads and flattens the corpus; the shortest pieces, of one paragraph, say nothing and are left out. */
export function readPieces(): Kept {
  const raw = gunzipSync(readFileSync(join(FOLDER, 'public_domain_fiction.jsonl.gz'))).toString('utf8');
  const pieces: Piece[] = [];
  let leftOut = 0;
  for (const row of raw.split('\n')) {
    if (row === '') continue;
    const line = JSON.parse(row) as Line;
    const blocks = line.html.match(/<p[^>]*>[\s\S]*?<\/p>/g) ?? [];
    const verse = blocks.filter((block) => block.includes('<br')).length;
    if (blocks.length < 2 || verse > blocks.length * MOSTLY_VERSE) leftOut += 1;
    else pieces.push(flattened(line, blocks));
  }
  return { pieces, leftOut };
}

function flattened(line: Line, blocks: readonly string[]): Piece {
  let text = '';
  const begins: number[] = [];
  for (const block of blocks) {
    const words = wordsOf(block);
    if (words === '') continue;
    if (text !== '') {
      text += ' ';
      begins.push(text.length);
    }
    text += words;
  }
  return { author: line.author, title: line.title, text, begins };
}

function wordsOf(block: string): string {
  return block
    .replace(/<br[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/[\u2060\u200A\u200B]/g, '')
    .replaceAll('\u2E3A', '——')
    .replaceAll('\u2E3B', '———')
    .replace(/\s+/g, ' ')
    .trim();
}

const OUTER: Readonly<Record<Exclude<Quoting, 'curly'>, readonly [string, string]>> = {
  straight: ['"', '"'],
  single: ['‘', '’'],
  'straight-single': ["'", "'"],
  guillemets: ['«', '»'],
};

/** The same piece in other quotes, character by character, so every offset stands. Nested marks change places. */
export function requoted(piece: Piece, quoting: Quoting): Piece {
  if (quoting === 'curly') return piece;
  const [open, close] = OUTER[quoting];
  const british = quoting === 'single' || quoting === 'straight-single';
  const plain = quoting === 'straight' || quoting === 'straight-single';
  // A closing single mark is told from an apostrophe by the opening one before it.
  let nested = false;
  let text = '';
  for (let at = 0; at < piece.text.length; at += 1) {
    const mark = piece.text[at] ?? '';
    const letterNext = /\p{L}/u.test(piece.text[at + 1] ?? '');
    if (mark === '“') text += open;
    else if (mark === '”') text += close;
    else if (mark === '‘') {
      nested = true;
      text += british ? (plain ? '"' : '“') : plain ? "'" : mark;
    } else if (mark === '’' && nested && !letterNext) {
      nested = false;
      text += british ? (plain ? '"' : '”') : plain ? "'" : mark;
    } else if (mark === '’') text += plain ? "'" : mark;
    else text += mark;
  }
  return { ...piece, text };
}

/**
 * The same piece with traces of its breaks left: `space` stands where a share of the paragraphs began, or between all
 * sentences.
 */
export function withTraces(piece: Piece, at: number | 'everywhere', space: string): Piece {
  const random = randomFrom(piece.text.length);
  const begins: number[] = [];
  let text = '';
  let from = 0;
  const places = at === 'everywhere' ? piece.text.matchAll(/(?<=[.!?…][”’]?) (?=[“‘\p{Lu}])/gu) : [];
  const changed = at === 'everywhere' ? Array.from(places, (match) => match.index + 1) : piece.begins;
  const known = new Set(piece.begins);
  for (const begin of [...new Set([...changed, ...piece.begins])].toSorted((a, b) => a - b)) {
    text += piece.text.slice(from, begin - 1);
    from = begin;
    text += at === 'everywhere' || random.chance(at) ? space : ' ';
    if (known.has(begin)) begins.push(text.length);
  }
  return { ...piece, text: text + piece.text.slice(from), begins };
}
