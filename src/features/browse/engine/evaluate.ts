/**
 * Which documents of one part hold a condition. Rare things go as lists, from the rarest on, and every further condition
 * only looks at what is left; frequent things go as bits, a word at a time. Dead documents and those of other audiences may
 * be in any set on the way: the last step keeps only what lives, and each step is about single documents.
 */
import type { Audience } from '../../works/index.ts';
import {
  andBits,
  andNotBits,
  andNotRun,
  andRun,
  anyIn,
  clearList,
  copyRun,
  countBits,
  filterList,
  hasBit,
  intersectLists,
  listOf,
  orBits,
  setBit,
  setList,
  subtractLists,
} from './bits.ts';
import { MANY, type Condition } from './conditions.ts';
import type { DocumentSet, Part } from './part.ts';
import { rangeAmong, rangeBits, rangeSize } from './ranges.ts';
import { DENSE_SHARE } from './segment.ts';

/** Documents with their number. */
export type Hits = DocumentSet & { count: number };

/** Longer lists of works are found by going along all works. */
const FEW = 256;

/** @returns the living documents of the audience that hold the condition. */
export function hitsOf(part: Part, condition: Condition, audience: Audience): Hits {
  const of = condition.is === 'all' ? condition.of : [condition];
  const count = part.works[audience];
  if (of.length === 0) return { bits: part.live[audience], own: false, count };
  return counted(all(part, of, audience, true));
}

/** @returns those of the hits that hold the condition, and those that do not. */
export function split(part: Part, hits: Hits, condition: Condition, audience: Audience): { held: Hits; rest: Hits } {
  if ('list' in hits) {
    const list = among(part, hits.list, condition, audience);
    return { held: counted({ list }), rest: counted({ list: subtractLists(hits.list, list) }) };
  }
  const others = setOf(part, condition, audience);
  const rest = part.lend();
  if ('list' in others) {
    rest.set(hits.bits);
    clearList(rest, others.list);
    return {
      held: counted({ list: filterList(others.list, hits.bits, true) }),
      rest: counted({ bits: rest, own: true }),
    };
  }
  andNotBits(rest, hits.bits, others.bits);
  const held = part.lend();
  andBits(held, hits.bits, others.bits);
  return { held: counted({ bits: held, own: true }), rest: counted({ bits: rest, own: true }) };
}

function counted(set: DocumentSet): Hits {
  return 'list' in set ? { list: set.list, count: set.list.length } : { ...set, count: countBits(set.bits) };
}

/** At most how many documents hold the condition. */
function sizeOf(part: Part, condition: Condition): number {
  const { works } = part.segment;
  switch (condition.is) {
    case 'term':
      return part.sizeOf(condition.slot);
    case 'range':
      return rangeSize(part, condition);
    case 'works':
      return Math.min(works, condition.ids.length);
    case 'all':
      return condition.of.reduce((least, one) => Math.min(least, sizeOf(part, one)), works);
    case 'any':
      return Math.min(
        works,
        condition.of.reduce((sum, one) => sum + sizeOf(part, one), 0),
      );
    case 'not':
      return works;
  }
}

function setOf(part: Part, condition: Condition, audience: Audience): DocumentSet {
  switch (condition.is) {
    case 'term':
      return part.documentsOf(condition.slot);
    case 'range':
      return remembered(part, condition, () => ({ bits: rangeBits(part, condition), own: true }));
    case 'works':
      return worksSet(part, condition.ids);
    case 'all':
      return all(part, condition.of, audience, false);
    case 'any':
      return anyOfSome(part, condition, audience);
    case 'not':
      return all(part, [condition], audience, false);
  }
}

/** @param last whether only what lives may be left; in between, that is seen to later. */
function all(part: Part, conditions: readonly Condition[], audience: Audience, last: boolean): DocumentSet {
  const wanted = conditions
    .filter((one) => one.is !== 'not')
    .map((condition) => ({ condition, size: sizeOf(part, condition) }))
    .sort((one, other) => one.size - other.size);
  const live: DocumentSet = { bits: part.live[audience], own: false };
  const [first, ...others] = wanted;
  if (first?.size === 0) return { list: new Uint32Array(0) };
  let left = first === undefined ? live : setOf(part, first.condition, audience);
  if ('list' in left && last) left = { list: filterList(left.list, live.bits, true) };
  const and: DocumentBits[] = last && first !== undefined ? [live] : [];
  const not: DocumentBits[] = [];
  for (const { condition } of others) {
    if ('list' in left) {
      if (left.list.length === 0) return left;
      left = { list: among(part, left.list, condition, audience) };
      continue;
    }
    const set = setOf(part, condition, audience);
    if ('bits' in set) {
      and.push(set);
      if (and.length === AT_ONCE) left = narrowed(part, left, and.splice(0), []);
    } else left = { list: filterList(set.list, narrowed(part, left, and.splice(0), []).bits, true) };
  }
  for (const condition of conditions) {
    if (condition.is !== 'not') continue;
    if ('list' in left) {
      left = { list: leftOver(part, left.list, condition.what, audience) };
      continue;
    }
    const set = setOf(part, condition.what, audience);
    if ('bits' in set) {
      not.push(set);
      if (not.length === AT_ONCE) left = narrowed(part, left, and.splice(0), not.splice(0));
    } else {
      left = narrowed(part, left, and.splice(0), not.splice(0));
      if (!left.own) left = { bits: copied(part, left.bits), own: true };
      clearList(left.bits, set.list);
    }
  }
  return 'list' in left ? left : narrowed(part, left, and, not);
}

type DocumentBits = Extract<DocumentSet, { bits: Uint32Array }>;

/** Sets that wait for each other at most: each can be an eighth of a byte for every work. */
const AT_ONCE = 16;
/** Words that are looked at together: where none of them has a bit left, nothing more is asked about them. */
const RUN = 128;

/** @returns what is in `left`, in all of `and` and in none of `not`. */
function narrowed(
  part: Part,
  left: DocumentBits,
  and: readonly DocumentBits[],
  not: readonly DocumentBits[],
): DocumentBits {
  if (and.length === 0 && not.length === 0) return left;
  const into = left.own ? left.bits : part.lend();
  for (let from = 0; from < into.length; from += RUN) {
    const to = Math.min(into.length, from + RUN);
    let any = left.own ? anyIn(into, from, to) : copyRun(into, left.bits, from, to);
    for (let place = 0; place < and.length && any !== 0; place += 1)
      any = andRun(into, (and[place] as DocumentBits).bits, from, to);
    for (let place = 0; place < not.length && any !== 0; place += 1)
      any = andNotRun(into, (not[place] as DocumentBits).bits, from, to);
  }
  for (const set of [...and, ...not]) part.giveBack(set);
  return { bits: into, own: true };
}

function copied(part: Part, bits: Uint32Array): Uint32Array {
  const copy = part.lend();
  copy.set(bits);
  return copy;
}

/** @returns a set that one question may need several times: then it is worked out once, and is nobody's own. */
function remembered(part: Part, condition: Condition, make: () => DocumentSet): DocumentSet {
  const there = part.remembered?.get(condition);
  if (there !== undefined) return there;
  const set = make();
  if (part.remembered === null) return set;
  const kept: DocumentSet = 'list' in set ? set : { bits: set.bits, own: false };
  part.remembered.set(condition, kept);
  return kept;
}

function anyOfSome(part: Part, condition: Condition & { is: 'any' }, audience: Audience): DocumentSet {
  return remembered(part, condition, () => any(part, condition.of, audience));
}

function any(part: Part, conditions: readonly Condition[], audience: Audience): DocumentSet {
  const bits = part.lend().fill(0);
  let most = 0;
  for (const condition of conditions) {
    const set = setOf(part, condition, audience);
    if ('list' in set) setList(bits, set.list);
    else orBits(bits, set.bits);
    most += 'list' in set ? set.list.length : part.segment.works;
    part.giveBack(set);
  }
  return most * DENSE_SHARE > part.segment.works ? { bits, own: true } : { list: listOf(bits, countBits(bits)) };
}

/** @returns those documents of an ascending list that hold the condition, ascending. */
function among(part: Part, list: Uint32Array, condition: Condition, audience: Audience): Uint32Array {
  if (list.length === 0) return list;
  switch (condition.is) {
    case 'term': {
      const set = part.documentsOf(condition.slot);
      return 'list' in set ? intersectLists(list, set.list) : filterList(list, set.bits, true);
    }
    case 'range':
      return rangeAmong(part, list, condition);
    case 'works':
      return worksAmong(part, list, condition.ids);
    case 'all':
      return condition.of.reduce((left, one) => among(part, left, one, audience), list);
    case 'any':
      return anyAmong(part, list, condition, audience);
    case 'not':
      return leftOver(part, list, condition.what, audience);
  }
}

function leftOver(part: Part, list: Uint32Array, condition: Condition, audience: Audience): Uint32Array {
  if (condition.is === 'term') {
    const set = part.documentsOf(condition.slot);
    return 'list' in set ? subtractLists(list, set.list) : filterList(list, set.bits, false);
  }
  return subtractLists(list, among(part, list, condition, audience));
}

/** Each choice looks only at what no earlier one took; many choices are put together once instead. */
function anyAmong(
  part: Part,
  list: Uint32Array,
  condition: Condition & { is: 'any' },
  audience: Audience,
): Uint32Array {
  if (condition.of.length >= MANY && list.length > FEW) {
    const set = anyOfSome(part, condition, audience);
    return 'list' in set ? intersectLists(list, set.list) : filterList(list, set.bits, true);
  }
  let rest = list;
  for (const one of condition.of) rest = subtractLists(rest, among(part, rest, one, audience));
  return subtractLists(list, rest);
}

function worksSet(part: Part, ids: Uint32Array): DocumentSet {
  const bits = part.lend().fill(0);
  let count = 0;
  eachWork(part, ids, (document) => {
    if (hasBit(bits, document)) return;
    setBit(bits, document);
    count += 1;
  });
  return count * DENSE_SHARE > part.segment.works ? { bits, own: true } : { list: listOf(bits, count) };
}

function worksAmong(part: Part, list: Uint32Array, ids: Uint32Array): Uint32Array {
  const { id } = part.segment;
  return list.filter((document) => includes(ids, id[document] as number));
}

function includes(ids: Uint32Array, wanted: number): boolean {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const there = ids[middle] as number;
    if (there === wanted) return true;
    if (there < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** Tells of the document of each id of an ascending list; goes along all works, in leaps that double. */
function eachWork(part: Part, ids: Uint32Array, tell: (document: number) => void): void {
  const { byId, id } = part.segment;
  let place = 0;
  for (let index = 0; index < ids.length && place < byId.length; index += 1) {
    const wanted = ids[index] as number;
    let step = 1;
    let low = place;
    while (place < byId.length && (id[byId[place] as number] as number) < wanted) {
      low = place + 1;
      place += step;
      step *= 2;
    }
    let high = Math.min(place, byId.length);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((id[byId[middle] as number] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    place = low;
    if (place < byId.length && id[byId[place] as number] === wanted) tell(byId[place] as number);
  }
}
