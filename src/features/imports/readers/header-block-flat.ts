/**
 * A header block whose lines ran together: `Title: The Kettle Author: Wren Rating: PG-13 Summary: …`. A value ends where
 * the next known label begins; three labels at least make it certain. Where the last value ends is told by its kind, or
 * by the end of its line, or it is the first sentence, and unsure.
 */
import type { HeaderBlock, HeaderField } from './header-field.ts';
import { knownLabel, LABEL_CHARACTERS, LABEL_WORDS } from './header-labels.ts';
import type { HeaderName, KnownLabel } from './header-labels.ts';

const LEAST_LABELS = 3;
/** What may stand before the first label: a title nobody labelled. */
const BEFORE_CHARACTERS = 100;
/** The longest a value is; a longer one means that the story has begun. */
const SHORT_VALUE = 250;
const LONG_VALUE = 2000;
const LONG: ReadonlySet<HeaderName> = new Set([
  'summary',
  'notes',
  'disclaimer',
  'credit',
  'warnings',
  'freeforms',
  'characters',
  'relationships',
  'cast',
]);

interface Found {
  known: KnownLabel;
  label: string;
  from: number;
  to: number;
}

/** The head of a text in, the block it opens with or null out. Only labels that begin with a capital count. */
export function findFlatBlock(head: string): HeaderBlock | null {
  const start = Math.max(0, head.search(/\S/));
  const end = lineEnd(head, start);
  const labels = together(labelsIn(head, start, end), start);
  if (labels.length < LEAST_LABELS || !labels.some(({ known }) => known.strong)) return null;
  // A text of one line has its story on it.
  const storyBelow = head.slice(end).trim() !== '';
  const fields = labels.map((found, i) => fieldOf(head, found, labels[i + 1]?.from ?? null, end, storyBelow));
  const last = fields.at(-1);
  if (last === null) fields.pop();
  const kept = fields.filter((field) => field !== null);
  const dropped = labels[kept.length];
  if (kept.length < LEAST_LABELS) return null;
  const to = dropped?.from ?? endOf(head, kept.at(-1)?.valueTo ?? 0);
  return { fields: kept, from: labels[0]?.from ?? 0, to, flat: true };
}

function lineEnd(text: string, from: number): number {
  const at = text.slice(from).search(/[\r\n]/);
  return at < 0 ? text.length : from + at;
}

/** Behind the white space after the block. */
function endOf(head: string, from: number): number {
  return from + (/^\s*/.exec(head.slice(from))?.[0].length ?? 0);
}

/** Every known label before a colon, the longest that fits. */
function labelsIn(head: string, start: number, end: number): Found[] {
  const found: Found[] = [];
  let free = start;
  const colon = /[ \t]?[*_]{0,3}(?:：[*_]{0,3}|:[*_]{0,3}(?=\s|$|[\p{Lo}"“]))/gu;
  colon.lastIndex = start;
  for (let match = colon.exec(head); match && match.index < end; match = colon.exec(head)) {
    const label = labelBefore(head, Math.max(free, match.index - LABEL_CHARACTERS), match.index);
    if (!label) continue;
    const to = match.index + match[0].length;
    found.push({ ...label, to });
    free = to;
  }
  return found;
}

function labelBefore(head: string, from: number, to: number): Omit<Found, 'to'> | null {
  const piece = head.slice(from, to);
  const starts = [...piece.matchAll(/(?<![\p{L}\p{M}\p{N}'’/-])[*_]{0,3}(?=[\p{Lu}\p{Lo}])/gu)].slice(-LABEL_WORDS);
  // Chinese has no spaces: any of the last characters may be the label's first.
  const han = [...piece.matchAll(/(?=\p{Script=Han}{2,6}$)/gu)];
  for (const { index, 0: marks } of [...starts, ...han]) {
    const label = piece.slice(index + marks.length).trim();
    const known = knownLabel(label);
    if (known) return { known, label, from: from + index };
  }
  return null;
}

/** The labels from the first on, as long as each value is no longer than values are, and none comes again. */
function together(labels: readonly Found[], start: number): Found[] {
  const kept: Found[] = [];
  const seen = new Set<string>();
  for (const found of labels) {
    const before = kept.at(-1);
    const longest = before ? (LONG.has(before.known.name) ? LONG_VALUE : SHORT_VALUE) : BEFORE_CHARACTERS;
    if (found.from - (before?.to ?? start) > longest || seen.has(found.label.toLowerCase())) break;
    seen.add(found.label.toLowerCase());
    kept.push(found);
  }
  return kept;
}

function fieldOf(
  head: string,
  found: Found,
  next: number | null,
  end: number,
  storyBelow: boolean,
): HeaderField | null {
  const valueFrom = Math.min(endOf(head, found.to), next ?? end);
  const written =
    next === null
      ? lastValue(found.known.name, head.slice(valueFrom, end), storyBelow)
      : { value: head.slice(valueFrom, next), certainty: 0.97 };
  if (!written) return null;
  const value = written.value.replace(/[\s|•·;]+$/, '');
  return {
    name: found.known.name,
    label: found.label,
    labelFrom: found.from,
    labelTo: value === '' ? Math.min(found.to, next ?? end) : valueFrom,
    valueFrom,
    valueTo: valueFrom + value.length,
    value,
    certainty: written.certainty,
  };
}

/** How values of these kinds look, where only they tell where the value ends. */
const SHAPES: Partial<Record<HeaderName, RegExp>> = {
  rating:
    /^(?:not rated|general audiences|teen and up audiences|general|teen|mature|explicit|adult|pg-?1[0-9]|pg|nc-?1[78]|fr-?\d+|ma|k\+?|[grtmx](?:-rated)?|p-?(?:12|16|18)(?:-slash)?|\d{1,2}\+?)(?![\p{L}\p{N}-])(?:\s?\([^()]{1,80}\))?/iu,
  words: /^(?:about|ca\.?|approx\.?|~)?\s?\d[\d,. ]{0,12}(?:k\b)?(?:\s?words)?/i,
  status:
    /^(?:complete[d]?|finished|wip|work in progress|in progress|incomplete|on hiatus|hiatus|abandoned|ongoing|one-?shot)\b\.?/i,
  published:
    /^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}\.? \p{L}{3,9},? \d{4})/iu,
  updated:
    /^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}\.? \p{L}{3,9},? \d{4})/iu,
  chapters: /^\d{1,4}(?:\s?(?:\/|of)\s?(?:\d{1,4}|\?))?/i,
  email: /^[<(]?[^\s<>()@]{1,64}@[^\s<>()@]{1,200}[>)]?/,
};

const WHOLE_LINE = 400;

/** The last value of the line: all of it where the line ends soon, else what its kind or the first sentence allows. */
function lastValue(name: HeaderName, rest: string, storyBelow: boolean): { value: string; certainty: number } | null {
  if (storyBelow && rest.length <= (LONG.has(name) ? WHOLE_LINE : 80)) {
    const shape = SHAPES[name]?.exec(rest)?.[0];
    if (shape === undefined || shape.trim().length >= rest.trim().length - 1) return { value: rest, certainty: 0.9 };
  }
  const shape = SHAPES[name]?.exec(rest)?.[0];
  if (shape !== undefined) return { value: shape, certainty: 0.9 };
  if (SHAPES[name] || !LONG.has(name)) return null;
  const sentence = /^[^\r\n]{1,400}?[.!?…]["”’)]?(?=\s|$)/u.exec(rest)?.[0];
  return sentence === undefined ? null : { value: sentence, certainty: 0.6 };
}
