/**
 * Which block of a text was which block of its earlier version: equal blocks in order first, then similar ones between
 * them, then equal ones that were moved. Bounded: a text of any size is aligned in about linear time.
 */

/** Largest gap (old × new blocks) that is searched for the best alignment, and for similar blocks. */
const MAX_EQUAL_CELLS = 250_000;
const MAX_SIMILAR_CELLS = 2_500;
/** Share of words that an edited block has in common with its former self, at least. */
const SIMILAR = 0.3;
/** A block of so few words, in the place of another such, is an edit of it whatever it says now. */
const SHORT = 5;

/** Takes the keys of the old and the new blocks; returns for each new one the index of its former self, or -1. */
export function alignBlocks(old: readonly string[], now: readonly string[]): number[] {
  const result = now.map(() => -1);
  if (old.length === 0) return result;
  let oldFrom = 0;
  let nowFrom = 0;
  for (const [oldAt, nowAt] of [...anchors(old, now), [old.length, now.length] as const]) {
    alignGap(old, oldFrom, oldAt, now, nowFrom, nowAt, result);
    if (nowAt < now.length) result[nowAt] = oldAt;
    oldFrom = oldAt + 1;
    nowFrom = nowAt + 1;
  }
  takeMoved(old, now, result);
  return result;
}

/** Pairs of blocks that are unique in both versions and stand in the same order: the longest such series. */
function anchors(old: readonly string[], now: readonly string[]): (readonly [number, number])[] {
  const oldPlaces = uniquePlaces(old);
  const nowPlaces = uniquePlaces(now);
  const pairs: (readonly [number, number])[] = [];
  for (const [key, nowAt] of nowPlaces) {
    const oldAt = oldPlaces.get(key);
    if (oldAt !== undefined) pairs.push([oldAt, nowAt]);
  }
  pairs.sort((a, b) => a[1] - b[1]);
  return longestRising(pairs);
}

function uniquePlaces(keys: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, key] of keys.entries()) {
    if (places.has(key)) repeated.add(key);
    else places.set(key, index);
  }
  for (const key of repeated) places.delete(key);
  return places;
}

/** The longest series of pairs that rises in both places (patience sorting). */
function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[0] ?? 0) < pair[0]) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  }
  const series: (readonly [number, number])[] = [];
  for (let at = tails.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) series.push(pair);
  }
  return series.reverse();
}

function alignGap(
  old: readonly string[],
  oldFrom: number,
  oldTo: number,
  now: readonly string[],
  nowFrom: number,
  nowTo: number,
  result: number[],
): void {
  const rows = oldTo - oldFrom;
  const columns = nowTo - nowFrom;
  if (rows === 0 || columns === 0) return;
  if (rows * columns > MAX_EQUAL_CELLS) {
    takeInOrder(old, oldFrom, oldTo, now, nowFrom, nowTo, result);
    return;
  }
  const searching = rows * columns <= MAX_SIMILAR_CELLS;
  const bags = new Map<string, Map<string, number>>();
  const score = (row: number, column: number): number => {
    const was = old[oldFrom + row] ?? '';
    const is = now[nowFrom + column] ?? '';
    // An unchanged block counts for more than any number of edited ones could take from it.
    if (was === is) return 1_000;
    if (!searching) return 0;
    const share = likeness(was, is, bags);
    return share >= SIMILAR || bothShort(was, is, bags) ? Math.max(share, 0.01) : 0;
  };
  // best[r][c]: the best total for what follows row r and column c.
  const width = columns + 1;
  const best = new Float64Array((rows + 1) * width);
  const scores = new Float32Array(rows * columns);
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const own = score(row, column);
      scores[row * columns + column] = own;
      const paired = own > 0 ? own + (best[(row + 1) * width + column + 1] ?? 0) : 0;
      const skipped = Math.max(best[(row + 1) * width + column] ?? 0, best[row * width + column + 1] ?? 0);
      best[row * width + column] = Math.max(paired, skipped);
    }
  }
  let row = 0;
  let column = 0;
  while (row < rows && column < columns) {
    const here = best[row * width + column] ?? 0;
    const below = best[(row + 1) * width + column] ?? 0;
    const beside = best[row * width + column + 1] ?? 0;
    if ((scores[row * columns + column] ?? 0) > 0 && here > below && here > beside) {
      result[nowFrom + column] = oldFrom + row;
      row += 1;
      column += 1;
    } else if (below >= beside) row += 1;
    else column += 1;
  }
}

/** In a gap too large to search: equal blocks, one after another. */
function takeInOrder(
  old: readonly string[],
  oldFrom: number,
  oldTo: number,
  now: readonly string[],
  nowFrom: number,
  nowTo: number,
  result: number[],
): void {
  const places = new Map<string, number[]>();
  for (let at = oldTo - 1; at >= oldFrom; at -= 1) {
    const key = old[at] ?? '';
    const list = places.get(key);
    if (list === undefined) places.set(key, [at]);
    else list.push(at);
  }
  let last = oldFrom - 1;
  for (let at = nowFrom; at < nowTo; at += 1) {
    const list = places.get(now[at] ?? '');
    let place = list?.pop();
    while (place !== undefined && place <= last) place = list?.pop();
    if (place === undefined) continue;
    result[at] = place;
    last = place;
  }
}

function takeMoved(old: readonly string[], now: readonly string[], result: number[]): void {
  const taken = new Set(result);
  const free = new Map<string, number[]>();
  for (let at = old.length - 1; at >= 0; at -= 1) {
    if (taken.has(at)) continue;
    const key = old[at] ?? '';
    const list = free.get(key);
    if (list === undefined) free.set(key, [at]);
    else list.push(at);
  }
  for (const [at, key] of now.entries()) {
    if (result[at] === -1) result[at] = free.get(key)?.pop() ?? -1;
  }
}

function bagOf(text: string, bags: Map<string, Map<string, number>>): Map<string, number> {
  const known = bags.get(text);
  if (known !== undefined) return known;
  const bag = new Map<string, number>();
  // Where words are not parted by spaces, characters are compared.
  const words = text.includes(' ') ? text.split(' ') : [...text.slice(0, 5_000)];
  for (const word of words) bag.set(word, (bag.get(word) ?? 0) + 1);
  bags.set(text, bag);
  return bag;
}

function size(bag: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of bag.values()) total += count;
  return total;
}

/** Share of words in common, counted (Dice): 1 for the same words in any order. A rule is like nothing else. */
function likeness(a: string, b: string, bags: Map<string, Map<string, number>>): number {
  if (a.startsWith('\u0000') || b.startsWith('\u0000')) return 0;
  const first = bagOf(a, bags);
  const second = bagOf(b, bags);
  let common = 0;
  for (const [word, count] of first) common += Math.min(count, second.get(word) ?? 0);
  return (2 * common) / Math.max(1, size(first) + size(second));
}

function bothShort(a: string, b: string, bags: Map<string, Map<string, number>>): boolean {
  if (a.startsWith('\u0000') || b.startsWith('\u0000')) return false;
  return size(bagOf(a, bags)) <= SHORT && size(bagOf(b, bags)) <= SHORT;
}
