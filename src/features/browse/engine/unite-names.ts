/** The creators' names of several sources as one sorted table without repetitions; '' stands at its end. */
import { compareStrings, PREFIX_BYTES, prefixNumber, type ByteStrings } from './byte-strings.ts';
import { sortBy, SortRoom, upTo } from './number-sort.ts';

/** Groups up to this size are sorted by comparing. */
const FEW = 12;

/** Sorts numbers of texts by their bytes; the same texts keep their places. `lastIfEmpty`: '' behind all others. */
export function sortStrings(
  order: Uint32Array,
  strings: ByteStrings,
  lastIfEmpty: boolean,
  room = new SortRoom(),
): void {
  const prefixes = new Float64Array(strings.starts.length - 1);
  for (let place = 0; place < order.length; place += 1) {
    const index = order[place] as number;
    const empty = strings.starts[index] === strings.starts[index + 1];
    prefixes[index] = empty && lastIfEmpty ? 256 ** PREFIX_BYTES : prefixNumber(strings, index, 0);
  }
  sortGroup(order, { strings, prefixes, room }, 0);
}

/** Whether texts with the same prefix can differ further on: not the empty ones, nor those that have ended. */
function goesOn(prefix: number | undefined): boolean {
  return prefix !== undefined && prefix >= 0 && prefix < 256 ** PREFIX_BYTES;
}

/** What is sorted, the next five bytes of each text by its number, and memory for it. */
interface Sorting {
  strings: ByteStrings;
  prefixes: Float64Array;
  room: SortRoom;
}

/** Sorts texts that are the same up to `depth`, five bytes at a time. */
function sortGroup(order: Uint32Array, sorting: Sorting, depth: number): void {
  const { prefixes, room } = sorting;
  sortBy(order, prefixes, false, room);
  for (let start = 0; start < order.length;) {
    const prefix = prefixes[order[start] as number];
    let end = start + 1;
    while (end < order.length && prefixes[order[end] as number] === prefix) end += 1;
    if (end - start > 1 && goesOn(prefix)) sortRest(order.subarray(start, end), sorting, depth);
    start = end;
  }
}

function sortRest(group: Uint32Array, sorting: Sorting, depth: number): void {
  const { strings, prefixes } = sorting;
  if (group.length <= FEW || depth > 250) {
    const sorted = Array.from(group).sort((one, other) => compareStrings(strings, one, strings, other));
    group.set(sorted);
    return;
  }
  // A text that ends here is smaller than one that goes on with a zero byte: its length decides before its bytes do.
  const ended = (index: number) =>
    (strings.starts[index + 1] as number) - (strings.starts[index] as number) <= depth + PREFIX_BYTES;
  for (let place = 0; place < group.length; place += 1) {
    const index = group[place] as number;
    prefixes[index] = ended(index)
      ? (strings.starts[index + 1] as number) - (strings.starts[index] as number) - depth - PREFIX_BYTES - 1
      : prefixNumber(strings, index, depth + PREFIX_BYTES);
  }
  sortGroup(group, sorting, depth + PREFIX_BYTES);
}

export interface UnitedNames {
  names: ByteStrings;
  /** For each source: from its numbers of names to the new ones. */
  numbers: readonly Uint32Array[];
}

/** @param used for each source: which of its names are wanted, by number. */
export function uniteNames(tables: readonly ByteStrings[], used: readonly Uint8Array[]): UnitedNames {
  const joined = joinStrings(tables, used);
  const order = upTo(joined.starts.length - 1);
  sortStrings(order, joined, true);
  const numberOf = new Uint32Array(order.length);
  const starts = new Uint32Array(order.length + 1);
  const bytes = new Uint8Array(joined.bytes.length);
  let count = 0;
  for (let place = 0; place < order.length; place += 1) {
    const index = order[place] as number;
    const before = place === 0 ? -1 : (order[place - 1] as number);
    if (before < 0 || compareStrings(joined, before, joined, index) !== 0) {
      const from = starts[count] as number;
      const text = joined.bytes.subarray(joined.starts[index], joined.starts[index + 1]);
      bytes.set(text, from);
      count += 1;
      starts[count] = from + text.length;
    }
    numberOf[index] = count - 1;
  }
  let end = 0;
  const numbers = used.map((flags) =>
    new Uint32Array(flags.length).map((_, name) => (flags[name] === 1 ? (numberOf[end++] as number) : 0)),
  );
  return { names: { bytes: bytes.subarray(0, starts[count]), starts: starts.subarray(0, count + 1) }, numbers };
}

function joinStrings(tables: readonly ByteStrings[], used: readonly Uint8Array[]): ByteStrings {
  const count = used.reduce((sum, flags) => sum + flags.reduce((some, flag) => some + flag, 0), 0);
  const bytes = new Uint8Array(tables.reduce((sum, table) => sum + table.bytes.length, 0));
  const starts = new Uint32Array(count + 1);
  let index = 0;
  for (const [number, table] of tables.entries()) {
    const flags = used[number] ?? new Uint8Array(0);
    for (let name = 0; name < flags.length; name += 1) {
      if (flags[name] === 0) continue;
      const from = starts[index] as number;
      const text = table.bytes.subarray(table.starts[name], table.starts[name + 1]);
      bytes.set(text, from);
      index += 1;
      starts[index] = from + text.length;
    }
  }
  return { bytes, starts };
}
