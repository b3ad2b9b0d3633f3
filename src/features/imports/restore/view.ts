/**
 * The text the steps of a rescue read, and where each of its characters stands in the source. Tags are not in it, and
 * characters that were decoded twice or written as entities are themselves; white space stays as it was typed, because it
 * is evidence. Never throws, linear, no side effects.
 */
import { readMarkup, referenceIn } from './markup.ts';
import { findTwiceDecoded } from './twice-decoded.ts';

/** A change at source offsets that the view itself makes: the text would not be readable without it. */
export interface ViewChange {
  kind: 'characters' | 'markup';
  from: number;
  to: number;
  after: string;
  certainty: number;
}

export interface View {
  text: string;
  /** Characters mended and tags left out, in order. */
  changes: readonly ViewChange[];
  /** Where the character at a view offset begins in the source; the source's length at the end. */
  startOf(offset: number): number;
  /** Where the character at a view offset ends in the source. */
  endOf(offset: number): number;
  /** The view offset of the character that holds a source offset, or of the next one. */
  offsetAt(sourceOffset: number): number;
  /** Whether a tag stands between two source offsets. */
  hasMarkup(from: number, to: number): boolean;
}

/** A piece of a text and what stands there instead; pieces lie in order and apart. */
interface Substitution {
  from: number;
  to: number;
  becomes: string;
}

/** Source offsets of each character; null where they are the view's own. */
interface Mapped {
  text: string;
  starts: Uint32Array | null;
  ends: Uint32Array | null;
  length: number;
}

/** A source in, its view out. `html`: inner HTML of a page; a raw line end is a space there, and `<br>` a line end. */
export function viewOf(source: string, notation: 'text' | 'html'): View {
  const tags: ViewChange[] = [];
  let mapped: Mapped = { text: source, starts: null, ends: null, length: source.length };
  if (notation === 'html') mapped = substituted(mapped, markupOf(source, tags));
  const literal = literalReferences(mapped.text);
  const entities = literal.map((piece) => changeAt(mapped, piece, 0.98));
  mapped = substituted(mapped, literal);
  const twice = findTwiceDecoded(mapped.text);
  const decoded = twice.map((piece) => changeAt(mapped, piece, 0.97));
  mapped = substituted(mapped, twice);
  const changes = [...tags, ...outside(entities, decoded), ...decoded].sort((a, b) => a.from - b.from || a.to - b.to);
  return viewAs(mapped, changes);
}

function viewAs({ text, starts, ends, length }: Mapped, changes: readonly ViewChange[]): View {
  const endOf = (offset: number): number => (ends === null ? Math.min(offset + 1, length) : (ends[offset] ?? length));
  const tags = changes.filter(({ kind }) => kind === 'markup');
  return {
    text,
    changes,
    startOf: (offset) => (starts === null ? Math.min(offset, length) : (starts[offset] ?? length)),
    endOf,
    offsetAt: (at) => (ends === null ? Math.min(at, length) : firstWhere(text.length, (offset) => endOf(offset) > at)),
    hasMarkup(from, to) {
      const first = tags[firstWhere(tags.length, (i) => (tags[i]?.to ?? 0) > from)];
      return first !== undefined && first.from < to;
    },
  };
}

/** The first number below `count` for which the answer is yes, where it stays yes from then on; `count` if there is none. */
function firstWhere(count: number, answers: (i: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (answers(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** `&quot;`, `&#8217;`, `&amp;nbsp;` that stand in text as they were written. */
function literalReferences(text: string): Substitution[] {
  const found: Substitution[] = [];
  if (!text.includes('&')) return found;
  for (const match of text.matchAll(/&(?:amp;){0,3}(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z][a-z0-9]{1,30});/gi)) {
    const becomes = referenceIn(`&${match[1] ?? ''};`);
    if (becomes !== null) found.push({ from: match.index, to: match.index + match[0].length, becomes });
  }
  return found;
}

/** The tags of a page as changes; what stands for tags and references in the view as substitutions. */
function markupOf(source: string, tags: ViewChange[]): Substitution[] {
  const pieces: Substitution[] = [];
  for (const { kind, from, to, name } of readMarkup(source)) {
    if (kind === 'reference') {
      const becomes = referenceIn(source.slice(from, to));
      if (becomes !== null) pieces.push({ from, to, becomes: becomes.replace(/[\r\n]/g, ' ') });
    } else if (kind === 'line-end') pieces.push({ from, to, becomes: ' ' });
    else if (kind === 'break') pieces.push({ from, to, becomes: '\n' });
    else if (kind === 'block') pieces.push({ from, to, becomes: '\n\n' });
    else if (kind === 'rule') pieces.push({ from, to, becomes: '⁂' });
    else {
      pieces.push({ from, to, becomes: '' });
      const stars = name === 'em' || name === 'i';
      tags.push({ kind: 'markup', from, to, after: stars ? '*' : '', certainty: 1 });
    }
  }
  return pieces;
}

function changeAt(mapped: Mapped, piece: Substitution, certainty: number): ViewChange {
  return {
    kind: 'characters',
    from: mapped.starts?.[piece.from] ?? piece.from,
    to: mapped.ends?.[piece.to - 1] ?? piece.to,
    after: piece.becomes,
    certainty,
  };
}

/** The changes that overlap none of the others. Both lie in order. */
function outside(changes: readonly ViewChange[], others: readonly ViewChange[]): ViewChange[] {
  let next = 0;
  return changes.filter((change) => {
    while ((others[next]?.to ?? Number.POSITIVE_INFINITY) <= change.from) next += 1;
    return (others[next]?.from ?? Number.POSITIVE_INFINITY) >= change.to;
  });
}

function substituted(mapped: Mapped, pieces: readonly Substitution[]): Mapped {
  if (pieces.length === 0) return mapped;
  const { text: before, length } = mapped;
  let size = before.length;
  for (const piece of pieces) size += piece.becomes.length - (piece.to - piece.from);
  const starts = new Uint32Array(size + 1);
  const ends = new Uint32Array(size);
  const parts: string[] = [];
  let at = 0;
  let done = 0;
  const startAt = (offset: number): number => mapped.starts?.[offset] ?? Math.min(offset, length);
  const endAt = (offset: number): number => mapped.ends?.[offset] ?? Math.min(offset + 1, length);
  const keep = (to: number): void => {
    parts.push(before.slice(done, to));
    for (; done < to; done += 1, at += 1) {
      starts[at] = startAt(done);
      ends[at] = endAt(done);
    }
  };
  for (const { from, to, becomes } of pieces) {
    keep(from);
    parts.push(becomes);
    const end = endAt(to - 1);
    for (let i = 0; i < becomes.length; i += 1, at += 1) {
      starts[at] = i === 0 ? startAt(from) : end;
      ends[at] = end;
    }
    done = to;
  }
  keep(before.length);
  starts[size] = length;
  return { text: parts.join(''), starts, ends, length };
}
