/**
 * Counts the values of each kind among the hits: one pass over the smaller side, hits or all the rest, and from its counts
 * the largest of each kind that may be offered.
 */
import type { Audience } from '../../works/index.ts';
import type { FacetAsk, FacetKind, FacetValue } from '../browse-query.ts';
import { andNotBits } from './bits.ts';
import type { Hits } from './evaluate.ts';
import type { Holdings } from './holdings.ts';
import type { Offered } from './offered.ts';
import type { Part } from './part.ts';
import { countBits, clearList } from './bits.ts';
import { readForward } from './forward-runs.ts';
import { putTogether, room, tally } from './tallies.ts';
import { FACET_KIND_COUNT, idOfKey, KIND_NUMBERS, termKey } from './term-key.ts';
import { NO_SLOT } from './terms.ts';

/** Below one hit to so many slots, only the slots that are met are looked at. */
const FEW = 40;

export type Found = readonly { part: Part; hits: Hits }[];

export class Facets {
  readonly #holdings: Holdings;
  readonly #offered: Offered;
  #counts: Uint32Array = new Uint32Array(0);
  #fewCounts: Uint32Array = new Uint32Array(0);
  #kinds = new Uint8Array(0);
  #kindsKnown = 0;

  constructor(holdings: Holdings, offered: Offered) {
    this.#holdings = holdings;
    this.#offered = offered;
  }

  /** The values of the kinds among the hits of an audience, which are works that live for it. */
  values(found: Found, ask: FacetAsk, kinds: readonly FacetKind[], audience: Audience) {
    const hits = found.reduce((sum, one) => sum + one.hits.count, 0);
    const few = hits * FEW < this.#holdings.terms.counted;
    const slots = few ? this.#countFew(found) : null;
    const counts = few ? this.#fewCounts : this.#count(found, hits, audience);
    const tops = this.#tops(counts, slots, ask.top, kinds, audience);
    const values = kinds.map((kind) => {
      const top = tops[KIND_NUMBERS[kind]]?.values ?? [];
      return [kind, [...top, ...this.#also(counts, ask, kind, top)]];
    });
    for (const slot of slots ?? []) counts[slot] = 0;
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

  #tops(
    counts: Uint32Array,
    slots: readonly number[] | null,
    top: number,
    kinds: readonly FacetKind[],
    audience: Audience,
  ): readonly Top[] {
    const tops = Array.from({ length: FACET_KIND_COUNT }, () => new Top(0));
    for (const kind of kinds) tops[KIND_NUMBERS[kind]] = new Top(top);
    const length = slots?.length ?? counts.length;
    const kindOf = this.#kindsOfSlots(this.#holdings.terms.counted);
    const least = new Float64Array(256).fill(Infinity);
    for (const kind of kinds) least[KIND_NUMBERS[kind]] = top > 0 ? 1 : Infinity;
    const { terms } = this.#holdings;
    for (let place = 0; place < length; place += 1) {
      const slot = slots === null ? place : (slots[place] as number);
      const works = counts[slot] as number;
      const kind = kindOf[slot] as number;
      if (works < (least[kind] as number)) continue;
      const id = idOfKey(terms.keyOf(slot));
      const values = tops[kind];
      if (values === undefined || !values.wants(works, id) || !this.#offered.isOffered(slot, audience)) continue;
      values.add({ id, works });
      least[kind] = values.least;
    }
    return tops;
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

  /** Kinds by slot, for the one loop that looks at all of them. */
  #kindsOfSlots(length: number): Uint8Array {
    const { base, terms } = this.#holdings;
    if (this.#kinds.length < length) {
      const wider = new Uint8Array(Math.ceil(length * 1.25) + 1024);
      wider.set(this.#kindsKnown === 0 ? base.segment.termKinds : this.#kinds);
      this.#kindsKnown = Math.max(this.#kindsKnown, base.segment.facetTerms);
      this.#kinds = wider;
    }
    for (let slot = this.#kindsKnown; slot < length; slot += 1) this.#kinds[slot] = terms.kindOf(slot);
    this.#kindsKnown = Math.max(this.#kindsKnown, length);
    return this.#kinds;
  }
}

/** The best so many values: most works first, then the smallest id. */
class Top {
  readonly values: FacetValue[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** Works that a value must have at least to be among them. */
  get least(): number {
    return this.values.length < this.#size ? 1 : (this.values.at(-1)?.works ?? Infinity);
  }

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
  }
}
