/**
 * Counts the values of each kind among the hits: one pass over the smaller side, hits or all the rest, and from its counts
 * the largest of each kind that may be offered.
 */
import type { Audience } from '../../works/index.ts';
import type { FacetAsk, FacetKind, FacetValue } from '../browse-query.ts';
import { andNotBits, clearList, countBits } from './bits.ts';
import { countUnder } from './counting.ts';
import type { Hits } from './evaluate.ts';
import type { Holdings } from './holdings.ts';
import type { Offered } from './offered.ts';
import type { Part } from './part.ts';
import { readForward } from './forward-runs.ts';
import type { OpenSegment } from './segment.ts';
import { putTogether, room, tally } from './tallies.ts';
import { FACET_KIND_COUNT, idOfKey, KIND_NUMBERS, termKey } from './term-key.ts';
import { NO_SLOT } from './terms.ts';

/** Below one hit to so many slots, only the slots that are met are looked at. */
const FEW = 40;
/** What a work costs in the counting pass, against one word of bits or one entry of a list. */
const PASS_COST = 17;
const NOTHING = new Uint32Array(0);

export type Found = readonly { part: Part; hits: Hits }[];

export class Facets {
  readonly #holdings: Holdings;
  readonly #offered: Offered;
  #counts: Uint32Array = new Uint32Array(0);
  #fewCounts: Uint32Array = new Uint32Array(0);
  #byKind: readonly Uint32Array[] | null = null;

  constructor(holdings: Holdings, offered: Offered) {
    this.#holdings = holdings;
    this.#offered = offered;
  }

  /** The values of the kinds among the hits of an audience, which are works that live for it. */
  values(found: Found, ask: FacetAsk, kinds: readonly FacetKind[], audience: Audience) {
    const hits = found.reduce((sum, one) => sum + one.hits.count, 0);
    if (hits * FEW < this.#holdings.terms.counted) return this.#valuesOfFew(found, ask, kinds, audience);
    const [only] = kinds.length === 1 ? kinds : [];
    const inKind = only !== undefined && this.#isCheaperByKind(found, hits, KIND_NUMBERS[only], audience);
    const counts = inKind ? this.#countKind(found, KIND_NUMBERS[only]) : this.#count(found, hits, audience);
    return this.#answer(counts, ask, kinds, this.#tops(counts, ask.top, kinds, audience));
  }

  #valuesOfFew(found: Found, ask: FacetAsk, kinds: readonly FacetKind[], audience: Audience) {
    const slots = this.#countFew(found);
    const counts = this.#fewCounts;
    const best = new Best(kinds, ask.top);
    const { terms } = this.#holdings;
    for (const slot of slots) this.#offer(slot, counts, best.of(terms.kindOf(slot)), audience);
    const values = this.#answer(counts, ask, kinds, best);
    for (const slot of slots) counts[slot] = 0;
    return values;
  }

  #answer(counts: Uint32Array, ask: FacetAsk, kinds: readonly FacetKind[], best: Best) {
    const values = kinds.map((kind) => {
      const top = best.of(KIND_NUMBERS[kind]).values;
      return [kind, [...top, ...this.#also(counts, ask, kind, top)]];
    });
    return Object.fromEntries(values) as Partial<Record<FacetKind, FacetValue[]>>;
  }

  /** Counts so few hits that it is worth knowing which slots they touch. @returns these; all others are 0. */
  #countFew(found: Found): readonly number[] {
    const { terms } = this.#holdings;
    this.#fewCounts = room(this.#fewCounts, terms.counted);
    const counts = this.#fewCounts;
    const touched: number[] = [];
    for (const { part, hits } of found) {
      if (hits.count === 0) continue;
      const reading = part.reading();
      for (const document of part.listFor(hits)) {
        const count = readForward(part.segment, document, reading);
        for (let index = 0; index < count; index += 1) {
          const term = reading[index] as number;
          const slot = part.slots === null ? term : (part.slots[term] as number);
          const works = counts[slot] as number;
          counts[slot] = works + 1;
          if (works === 0) touched.push(slot);
        }
      }
    }
    // A slot that only those joined to it touched has yet to be named, and none twice.
    for (const slot of terms.joins.keys()) if (slot < terms.counted && counts[slot] === 0) touched.push(slot);
    putTogether(terms, found, counts);
    return touched;
  }

  #count(found: Found, hits: number, audience: Audience): Uint32Array {
    const { terms, totals } = this.#holdings;
    const length = terms.counted;
    this.#counts = room(this.#counts, length);
    const counts = this.#counts.subarray(0, length);
    const most = hits * 2 > this.#holdings.works(audience);
    if (most) {
      counts.set(totals[audience].subarray(0, length));
      this.#takeRest(found, audience);
    } else {
      counts.fill(0);
      for (const { part, hits: some } of found) tally(part, some, counts);
    }
    putTogether(terms, found, counts);
    return counts;
  }

  /** From the counts of everything, takes those of what is not among the hits. */
  #takeRest(found: Found, audience: Audience): void {
    let rest: Uint32Array | null = null;
    for (const { part, hits } of found) {
      if (hits.count === part.works[audience]) continue;
      const bits = part.lend();
      if ('bits' in hits) andNotBits(bits, part.live[audience], hits.bits);
      else {
        bits.set(part.live[audience]);
        clearList(bits, hits.list);
      }
      rest ??= new Uint32Array(this.#counts.length);
      tally(part, { bits, own: true, count: countBits(bits) }, rest);
    }
    if (rest === null) return;
    const counts = this.#counts;
    for (let slot = 0; slot < counts.length; slot += 1)
      counts[slot] = (counts[slot] as number) - (rest[slot] as number);
  }

  /** Whether going through what stands under each term of one kind is less than going through the terms of each work. */
  #isCheaperByKind(found: Found, hits: number, kind: number, audience: Audience): boolean {
    const { base } = this.#holdings;
    const inBase = found.find(({ part }) => part === base)?.hits;
    if (inBase === undefined || 'list' in inBase) return false;
    const passed = Math.min(hits, this.#holdings.works(audience) - hits) * PASS_COST;
    const { denseFacets, termWorks, width } = base.segment;
    let cost = 0;
    for (const slot of this.#inBase(kind)) {
      cost += slot < denseFacets ? width : (termWorks[slot] as number);
      if (cost > passed) return false;
    }
    return true;
  }

  /** Counts one kind alone, as well as whatever else the newer and smaller parts hold. */
  #countKind(found: Found, kind: number): Uint32Array {
    const { base, terms } = this.#holdings;
    this.#counts = room(this.#counts, terms.counted);
    const counts = this.#counts.subarray(0, terms.counted).fill(0);
    for (const { part, hits } of found) {
      if (part !== base || 'list' in hits) tally(part, hits, counts);
      else {
        for (const slot of this.#inBase(kind))
          counts[slot] = (counts[slot] as number) + countUnder(part.segment, slot, hits.bits);
      }
    }
    putTogether(terms, found, counts);
    return counts;
  }

  /**
   * The best of each kind. The base segment's terms come most frequent first, so that a kind is done as soon as no term
   * that follows can stand on enough works.
   */
  #tops(counts: Uint32Array, top: number, kinds: readonly FacetKind[], audience: Audience): Best {
    const best = new Best(kinds, top);
    if (top === 0) return best;
    const { base, terms } = this.#holdings;
    const { facetTerms, termWorks } = base.segment;
    for (let slot = facetTerms; slot < counts.length; slot += 1)
      this.#offer(slot, counts, best.of(terms.kindOf(slot)), audience);
    for (const slot of terms.joins.keys())
      if (slot < facetTerms) this.#offer(slot, counts, best.of(terms.kindOf(slot)), audience);
    const later = this.#holdings.mostLater();
    for (const name of kinds) {
      const kind = KIND_NUMBERS[name];
      const values = best.of(kind);
      for (const slot of this.#inBase(kind)) {
        if ((termWorks[slot] as number) + later < values.least) break;
        if ((counts[slot] as number) < values.least || terms.joins.has(slot)) continue;
        this.#offer(slot, counts, values, audience);
      }
    }
    return best;
  }

  #offer(slot: number, counts: Uint32Array, values: Top, audience: Audience): void {
    const works = counts[slot] ?? 0;
    if (works < values.least) return;
    const id = idOfKey(this.#holdings.terms.keyOf(slot));
    if (values.wants(works, id) && this.#offered.isOffered(slot, audience)) values.add({ id, works });
  }

  #also(counts: Uint32Array, ask: FacetAsk, kind: FacetKind, top: readonly FacetValue[]): FacetValue[] {
    const there = new Set(top.map(({ id }) => id));
    const values: FacetValue[] = [];
    for (const term of ask.also) {
      if (term.kind !== kind || there.has(term.id)) continue;
      there.add(term.id);
      const slot = this.#holdings.terms.find(termKey(term));
      values.push({ id: term.id, works: slot === NO_SLOT ? 0 : (counts[slot] ?? 0) });
    }
    return values;
  }

  /** The terms of one kind that the base segment has, most frequent first. */
  #inBase(kind: number): Uint32Array {
    this.#byKind ??= slotsByKind(this.#holdings.base.segment);
    return this.#byKind[kind] ?? NOTHING;
  }
}

function slotsByKind({ facetTerms, termKinds }: OpenSegment): Uint32Array[] {
  const sizes = new Uint32Array(FACET_KIND_COUNT);
  for (let slot = 0; slot < facetTerms; slot += 1) {
    const kind = termKinds[slot] as number;
    sizes[kind] = (sizes[kind] as number) + 1;
  }
  const slots = Array.from(sizes, (size) => new Uint32Array(size));
  const ends = new Uint32Array(FACET_KIND_COUNT);
  for (let slot = 0; slot < facetTerms; slot += 1) {
    const kind = termKinds[slot] as number;
    const end = ends[kind] as number;
    (slots[kind] as Uint32Array)[end] = slot;
    ends[kind] = end + 1;
  }
  return slots;
}

/** The best so many values: most works first, then the smallest id. */
class Top {
  readonly values: FacetValue[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
    this.least = size === 0 ? Infinity : 1;
  }

  /** Works that a value must have at least to be among them. */
  least: number;

  wants(works: number, id: number): boolean {
    const last = this.values.at(-1);
    if (this.values.length < this.#size || last === undefined) return this.#size > 0;
    return works > last.works || (works === last.works && id < last.id);
  }

  add(value: FacetValue): void {
    let low = 0;
    let high = this.values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.values[middle];
      if (there !== undefined && (there.works > value.works || (there.works === value.works && there.id < value.id)))
        low = middle + 1;
      else high = middle;
    }
    this.values.splice(low, 0, value);
    if (this.values.length > this.#size) this.values.pop();
    if (this.values.length === this.#size) this.least = this.values.at(-1)?.works ?? Infinity;
  }
}

/** For kinds that cannot be counted. */
const NO_TOP = new Top(0);

/** The best values of each kind that is asked for; of no other anything is wanted. */
class Best {
  readonly #tops: readonly Top[];

  constructor(kinds: readonly FacetKind[], top: number) {
    const wanted = new Set(kinds.map((kind) => KIND_NUMBERS[kind]));
    this.#tops = Array.from({ length: FACET_KIND_COUNT }, (_, kind) => new Top(wanted.has(kind) ? top : 0));
  }

  of(kind: number): Top {
    return this.#tops[kind] ?? NO_TOP;
  }
}
