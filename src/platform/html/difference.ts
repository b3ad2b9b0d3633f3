/**
 * What changed between versions of a text, for people to read: paragraphs side by side, and the words that differ within
 * them. Each side, joined, is its text. Bounded: what is too much to compare word by word is shown as changed whole.
 * Pure.
 */
import { alignBlocks } from './block-difference.ts';

/** A piece of a paragraph: as in the other version, only here, or only there. */
export interface Run {
  text: string;
  mark: 'same' | 'removed' | 'added';
}

/** Two versions of a paragraph; null where a version has none here. A paragraph that has no counterpart is one run. */
export interface DifferenceRow {
  /** Runs `same` and `removed`. */
  old: Run[] | null;
  /** Runs `same` and `added`. */
  now: Run[] | null;
  changed: boolean;
}

/** A paragraph at its old source, as it stands here, and at the new source; each side is marked against the old one. */
export interface ThreeWayRow {
  old: Run[] | null;
  here: Run[] | null;
  there: Run[] | null;
  /** Here, or at the new source, it is not what it was. */
  changed: boolean;
}

/** Cells of word tables, for one pair of paragraphs and for a text. A cell takes about 5 ns. */
const PAIR_CELLS = 400_000;
const TEXT_CELLS = 20_000_000;
/** Paragraphs that have so little in common are shown as one taken out and one put in. */
const RELATED = 0.25;

/** Paragraphs of the old and of the new text in; rows in the order of both out. Joined, each side is its text. */
export function difference(old: readonly string[], now: readonly string[]): DifferenceRow[] {
  const budget = { cells: TEXT_CELLS };
  const rows: DifferenceRow[] = [];
  const pairs = pairsInOrder(old, now);
  let oldAt = 0;
  let nowAt = 0;
  for (const [oldEnd, nowEnd] of [...pairs, [old.length, now.length] as const]) {
    for (; oldAt < oldEnd; oldAt += 1) rows.push({ old: whole(old[oldAt], 'removed'), now: null, changed: true });
    for (; nowAt < nowEnd; nowAt += 1) rows.push({ old: null, now: whole(now[nowAt], 'added'), changed: true });
    const before = old[oldAt];
    const after = now[nowAt];
    if (before === undefined || after === undefined) break;
    rows.push(...compared(before, after, budget));
    oldAt += 1;
    nowAt += 1;
  }
  return rows;
}

/**
 * Paragraphs of an old source, of what became of it here, and of the new source in; rows in the order of all three out.
 * Joined, each of the three sides is its text.
 */
export function threeWayDifference(
  old: readonly string[],
  here: readonly string[],
  there: readonly string[],
): ThreeWayRow[] {
  const ours = byOldRow(difference(old, here));
  const theirs = byOldRow(difference(old, there));
  const rows: ThreeWayRow[] = [];
  for (let at = 0; at <= old.length; at += 1) {
    rows.push(...newRows(ours.before[at] ?? [], theirs.before[at] ?? []));
    const one = ours.rows[at];
    const other = theirs.rows[at];
    if (!one || !other) continue;
    rows.push({
      old: eitherMarked(one, other),
      here: one.now,
      there: other.now,
      changed: one.changed || other.changed,
    });
  }
  return rows;
}

/** The rows of a difference by the old paragraph they are of, and what stands new before each of these. */
function byOldRow(rows: readonly DifferenceRow[]): { rows: DifferenceRow[]; before: Run[][][] } {
  const sorted: { rows: DifferenceRow[]; before: Run[][][] } = { rows: [], before: [[]] };
  for (const row of rows) {
    if (row.old !== null) {
      sorted.rows.push(row);
      sorted.before.push([]);
    } else if (row.now !== null) sorted.before.at(-1)?.push(row.now);
  }
  return sorted;
}

/** Paragraphs that are new here and there, side by side where they say the same. */
function newRows(here: readonly Run[][], there: readonly Run[][]): ThreeWayRow[] {
  const texts = (all: readonly Run[][]) => all.map((runs) => runs.map((run) => run.text).join(''));
  const [ours, theirs] = [texts(here), texts(there)];
  const rows: ThreeWayRow[] = [];
  let next = 0;
  for (const [at, runs] of here.entries()) {
    const same = theirs.indexOf(ours[at] ?? '', next);
    if (same !== -1) {
      for (; next < same; next += 1) rows.push({ old: null, here: null, there: there[next] ?? null, changed: true });
      next = same + 1;
    }
    rows.push({ old: null, here: runs, there: same === -1 ? null : (there[same] ?? null), changed: true });
  }
  for (; next < there.length; next += 1)
    rows.push({ old: null, here: null, there: there[next] ?? null, changed: true });
  return rows;
}

/** The old paragraph, with what either side has taken out of it. */
function eitherMarked(one: DifferenceRow, other: DifferenceRow): Run[] | null {
  if (one.old === null || other.old === null) return one.old ?? other.old;
  const ends = new Set<number>();
  for (const runs of [one.old, other.old]) {
    let end = 0;
    for (const run of runs) ends.add((end += run.text.length));
  }
  const text = one.old.map((run) => run.text).join('');
  const runs: Run[] = [];
  let from = 0;
  for (const to of [...ends].sort((a, b) => a - b)) {
    const removed = isRemoved(one.old, from) || isRemoved(other.old, from);
    push(runs, text.slice(from, to), removed ? 'removed' : 'same');
    from = to;
  }
  return runs.length > 0 ? runs : one.old;
}

function isRemoved(runs: readonly Run[], offset: number): boolean {
  let end = 0;
  const at = runs.find((run) => (end += run.text.length) > offset);
  return at?.mark === 'removed';
}

/** Paragraphs that belong together, in the order of both texts: what was moved is taken out and put in. */
function pairsInOrder(old: readonly string[], now: readonly string[]): (readonly [number, number])[] {
  const matches = alignBlocks(old.map(asWords), now.map(asWords));
  const pairs = matches.flatMap((oldAt, nowAt) => (oldAt === -1 ? [] : [[oldAt, nowAt] as const]));
  return longestRising(pairs);
}

/** Paragraphs that differ in white space alone are the same to who reads them, and differ in it all the same. */
function asWords(paragraph: string): string {
  return paragraph.replace(/\s+/gu, ' ').trim();
}

/** The longest series of pairs, sorted by their second place, that rises in the first as well (patience sorting). */
function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [index, [place]] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[0] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  }
  const series: (readonly [number, number])[] = [];
  for (let at = tails.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) series.push(pair);
  }
  return series.reverse();
}

function compared(before: string, after: string, budget: { cells: number }): DifferenceRow[] {
  if (before === after) return [{ old: whole(before, 'same'), now: whole(after, 'same'), changed: false }];
  const { old, now, common } = wordDifference(before, after, budget);
  if (common < RELATED * Math.max(before.length, after.length)) {
    return [
      { old: whole(before, 'removed'), now: null, changed: true },
      { old: null, now: whole(after, 'added'), changed: true },
    ];
  }
  return [{ old, now, changed: true }];
}

/** Words, numbers, runs of white space, and single characters where words are not parted by spaces. */
const TOKENS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*|\s+|[^]/gu;

interface Step {
  mark: Run['mark'];
  token: string;
}

/** Two versions of a paragraph, word by word. `common`: characters they share. */
function wordDifference(
  before: string,
  after: string,
  budget: { cells: number },
): { old: Run[]; now: Run[]; common: number } {
  const old = before.match(TOKENS) ?? [];
  const now = after.match(TOKENS) ?? [];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, now.length) - head;
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const same = (token: string): Step => ({ mark: 'same', token });
  const steps = [
    ...old.slice(0, head).map(same),
    ...between(old.slice(head, old.length - tail), now.slice(head, now.length - tail), budget),
    ...old.slice(old.length - tail).map(same),
  ];
  const marked = { old: [] as Run[], now: [] as Run[], common: 0 };
  for (const [at, { mark, token }] of steps.entries()) {
    const shared = mark === 'same' && !isLoneSpace(steps, at);
    if (mark !== 'added') push(marked.old, token, shared ? 'same' : 'removed');
    if (mark !== 'removed') push(marked.now, token, shared ? 'same' : 'added');
    if (shared) marked.common += token.length;
  }
  return marked;
}

/** White space that is all that stayed between words that did not: it reads better as one of them. */
function isLoneSpace(steps: readonly Step[], at: number): boolean {
  const [before, after] = [steps[at - 1], steps[at + 1]];
  const changes = before !== undefined && after !== undefined && before.mark !== 'same' && after.mark !== 'same';
  return changes && (steps[at]?.token.trim() ?? '') === '';
}

/** What lies between the words that two versions begin and end with: the longest series of words they share stays. */
function between(old: readonly string[], now: readonly string[], budget: { cells: number }): Step[] {
  const steps: Step[] = [];
  const width = now.length + 1;
  const cells = (old.length + 1) * width;
  let row = 0;
  let column = 0;
  if (old.length > 0 && now.length > 0 && cells <= PAIR_CELLS && cells <= budget.cells) {
    budget.cells -= cells;
    const longest = commonLengths(old, now);
    while (row < old.length && column < now.length) {
      const token = old[row] ?? '';
      if (token === now[column]) {
        steps.push({ mark: 'same', token });
        row += 1;
        column += 1;
      } else if ((longest[(row + 1) * width + column] ?? 0) >= (longest[row * width + column + 1] ?? 0)) {
        steps.push({ mark: 'removed', token });
        row += 1;
      } else {
        steps.push({ mark: 'added', token: now[column] ?? '' });
        column += 1;
      }
    }
  }
  for (; row < old.length; row += 1) steps.push({ mark: 'removed', token: old[row] ?? '' });
  for (; column < now.length; column += 1) steps.push({ mark: 'added', token: now[column] ?? '' });
  return steps;
}

/** For each pair of places the length of the longest series of tokens that what follows both has in common. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint16Array | Uint32Array {
  const width = now.length + 1;
  const lengths =
    Math.min(old.length, now.length) < 65_536
      ? new Uint16Array((old.length + 1) * width)
      : new Uint32Array((old.length + 1) * width);
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      const at = row * width + column;
      lengths[at] =
        old[row] === now[column]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  return lengths;
}

function whole(text: string | undefined, mark: Run['mark']): Run[] {
  return [{ text: text ?? '', mark }];
}

function push(runs: Run[], text: string, mark: Run['mark']): void {
  if (text === '') return;
  const last = runs.at(-1);
  if (last?.mark === mark) last.text += text;
  else runs.push({ text, mark });
}
