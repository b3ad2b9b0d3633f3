/**
 * From a rescued text to what the page of its review shows: blocks in pieces, each with what it was and what it is, and
 * the questions that are open. Linear but for what is asked of one block. Pure.
 */
import type { Rescue } from '../imported-work.ts';
import { openGuesses } from '../guesses.ts';
import { readMarkup } from '../restore/markup.ts';
import { SURE, type Repair } from '../restore/repair.ts';
import type { ReviewBlock } from '../restore/review.ts';
import { viewOf } from '../restore/view.ts';
import type { BlockRepairView, GuessView, MarkedPiece, ReviewBlockView } from './import-view.ts';

/** The id of a block's element: the part of the work it is of, and its place in the source. */
export function blockElementId(part: number, block: Pick<ReviewBlock, 'from'>): string {
  return `block-${part}-${block.from}`;
}

const PLACES: Readonly<Record<ReviewBlock['field'], string>> = {
  text: '',
  title: 'Title',
  summary: 'Summary',
  notes: 'Notes',
  endNotes: 'End notes',
  header: 'Header',
};

/** What the markup of the source was has no name that a person would know; where it is sure, it is not listed. */
const UNNAMED: ReadonlySet<string> = new Set(['markup']);
/** Sentence ends offered in one block. A text that is all one block is broken a few times, and offers the next then. */
const BREAKS = 60;
const REPAIRS = 60;

/** Blocks (`reviewBlocks`, whole or a run of them) as the page shows them. `part`: which original, from 1. */
export function blockViews(
  source: string,
  rescue: Pick<Rescue, 'notation'>,
  blocks: readonly ReviewBlock[],
  part: number,
): ReviewBlockView[] {
  const marking = new Marking(source, rescue.notation);
  return blocks.map((block, at) => ({
    id: blockElementId(part, block),
    from: block.from,
    kind: block.kind,
    place: block.field === 'header' ? (block.name ?? PLACES.header) : PLACES[block.field],
    pieces: marking.pieces(block),
    joins: (at > 0 || block.from > 0) && begins(block),
    breaks: breaksIn(source, block),
    repairs: listed(block),
  }));
}

/** Whether an applied repair, which could be taken back, parts a block from the one before. */
function begins(block: ReviewBlock): boolean {
  const [first] = block.pieces;
  return ['paragraph', 'scene', 'section', 'chapter'].includes(first?.repair?.kind ?? '');
}

class Marking {
  readonly #source: string;
  readonly #notation: 'text' | 'html';
  /** Depth of emphasis that the source's own tags have opened. */
  #open = 0;

  constructor(source: string, notation: 'text' | 'html') {
    this.#source = source;
    this.#notation = notation;
  }

  pieces(block: ReviewBlock): MarkedPiece[] {
    const suggested = block.repairs.filter((repair) => repair.state === 'suggested' && repair.to > repair.from);
    return block.pieces.flatMap((piece): MarkedPiece[] => {
      if (piece.repair) return [this.#repair(piece.repair)];
      return this.#text(piece.from, piece.to, suggested);
    });
  }

  #repair(repair: Repair): MarkedPiece {
    const marked: MarkedPiece = {
      kind: 'repair',
      id: repair.id,
      repair: repair.kind,
      was: repair.before,
      becomes: repair.kind === 'markup' ? '' : repair.after,
      italic: this.#open > 0,
      sure: repair.certainty >= SURE,
    };
    if (this.#notation === 'html')
      for (const { kind, name, closes } of readMarkup(repair.before))
        if (kind === 'inline' && (name === 'em' || name === 'i'))
          this.#open = Math.max(0, this.#open + (closes ? -1 : 1));
    return marked;
  }

  /** Text between repairs, parted where something is suggested of it. */
  #text(from: number, to: number, suggested: readonly Repair[]): MarkedPiece[] {
    const pieces: MarkedPiece[] = [];
    let at = from;
    for (const repair of suggested) {
      // Suggestions of a group lie over each other: the first that fits is marked, and the guess names them all.
      if (repair.from < at || repair.to > to) continue;
      if (repair.from > at) pieces.push({ kind: 'text', ...this.#span(at, repair.from) });
      pieces.push({ kind: 'suggestion', id: repair.id, repair: repair.kind, ...this.#span(repair.from, repair.to) });
      at = repair.to;
    }
    if (at < to) pieces.push({ kind: 'text', ...this.#span(at, to) });
    return pieces;
  }

  #span(from: number, to: number) {
    const was = this.#source.slice(from, to);
    const text = plain(was, this.#notation);
    return { was, text, italic: this.#open > 0, from: text === was ? from : null };
  }
}

/** Source between repairs as a reader sees it. */
function plain(piece: string, notation: 'text' | 'html'): string {
  return notation === 'text' ? piece : viewOf(piece, notation).text;
}

const SENTENCE_END = /[.!?…。！？]["”’»'）)\]」』*]{0,3}(?=\s)|[。！？][」』]?(?=[^\s」』])/gu;

/** Ends of sentences in the text of a block, with the words before them. */
function breaksIn(source: string, block: ReviewBlock): ReviewBlockView['breaks'] {
  if (block.kind !== 'paragraph') return [];
  const found: ReviewBlockView['breaks'] = [];
  const last = source.slice(block.from, block.to).trimEnd().length + block.from;
  for (const piece of block.pieces) {
    if (piece.repair) continue;
    const text = source.slice(piece.from, Math.min(piece.to + 1, last));
    for (const match of text.matchAll(SENTENCE_END)) {
      const offset = piece.from + match.index + match[0].length;
      if (offset > piece.to || offset >= last) continue;
      if (found.length === BREAKS) return found;
      found.push({ offset, words: lastWords(source.slice(Math.max(block.from, offset - 60), offset)) });
    }
  }
  return found;
}

function lastWords(text: string): string {
  const words = text.trim().split(/\s+/u);
  return words.length > 4 ? `… ${words.slice(-4).join(' ')}` : words.join(' ');
}

function listed(block: ReviewBlock): BlockRepairView[] {
  return block.repairs
    .filter((repair) => !(UNNAMED.has(repair.kind) && repair.state === 'applied' && repair.certainty >= SURE))
    .slice(0, REPAIRS)
    .map(({ id, kind, state, certainty, before, after }) => ({
      id,
      kind,
      state,
      certainty,
      was: before,
      becomes: after,
    }));
}

/** Characters of the text beside a guess. */
const BESIDE = 90;

/** The open questions of a rescue in the order of the text. `blockHref`: where the block that holds an offset is shown. */
export function guessViews(
  source: string,
  rescue: Pick<Rescue, 'notation' | 'repairs'>,
  blockHref: (repair: Repair) => string,
): GuessView[] {
  const guesses = new Map<string, GuessView>();
  for (const repair of openGuesses(rescue)) {
    if (repair.state === 'undone') continue;
    const key = repair.group ?? repair.id;
    const guess = guesses.get(key) ?? {
      id: `guess-${key}`,
      kind: repair.kind,
      answers: [],
      blockHref: blockHref(repair),
    };
    guess.answers.push({
      repair: repair.id,
      state: repair.state,
      certainty: repair.certainty,
      before: beside(source.slice(Math.max(0, repair.from - BESIDE), repair.from), rescue.notation, 'before'),
      after: beside(source.slice(repair.to, repair.to + BESIDE), rescue.notation, 'after'),
      was: repair.before,
      becomes: repair.after,
    });
    guesses.set(key, guess);
  }
  for (const guess of guesses.values()) guess.answers.sort((a, b) => b.certainty - a.certainty);
  return [...guesses.values()];
}

/** A piece of the source cut at a word, as a reader sees it. */
function beside(piece: string, notation: 'text' | 'html', side: 'before' | 'after'): string {
  const whole = piece.length < BESIDE;
  const inside =
    notation === 'text' ? piece : side === 'before' ? piece.replace(/^[^<]*>/, '') : piece.replace(/<[^>]*$/, '');
  const text = plain(inside, notation).replace(/\s+/gu, ' ');
  if (whole) return text;
  if (side === 'before') return `…${text.replace(/^\S{0,40}(?=\s)/u, '')}`;
  return `${text.replace(/(?<=\s)\S{0,40}$/u, '').trimEnd()} …`;
}
