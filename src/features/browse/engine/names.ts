/**
 * Tags as the engine knows them: those of the base segment, and over them what has changed since. Answers which tag is
 * canonical, and finds tags by a piece of their name.
 */
import type { SuggestQuery, Suggestion } from '../browse-query.ts';
import type { Audience } from '../../works/index.ts';
import type { IndexTag } from './index-document.ts';
import type { Holdings } from './holdings.ts';
import type { Offered } from './offered.ts';
import { eachBeginning, eachHolding, placesOfKind } from './name-scan.ts';
import type { OpenSegment } from './segment.ts';
import { NO_TERM } from './segment.ts';
import { idOfKey, KIND_NUMBERS, packedKey } from './term-key.ts';
import { NO_SLOT } from './terms.ts';

interface Candidate extends Suggestion {
  own: boolean;
}

export class Names {
  readonly #segment: OpenSegment;
  readonly #holdings: Holdings;
  /** Tags that have changed, by id; null for those that are gone. */
  readonly #changed = new Map<number, IndexTag | null>();
  #count: number;

  constructor(holdings: Holdings) {
    this.#holdings = holdings;
    this.#segment = holdings.base.segment;
    this.#count = this.#segment.tagCount;
  }

  get count(): number {
    return this.#count;
  }

  set(tag: IndexTag): void {
    if (!this.#knows(tag.id)) this.#count += 1;
    this.#changed.set(tag.id, tag);
  }

  remove(id: number): void {
    if (this.#knows(id)) this.#count -= 1;
    this.#changed.set(id, null);
  }

  /** What has changed since the base segment was written. */
  changes(): { tags: IndexTag[]; removedTags: number[] } {
    const entries = [...this.#changed];
    return {
      tags: entries.flatMap(([, tag]) => (tag === null ? [] : [tag])),
      removedTags: entries.flatMap(([id, tag]) => (tag === null ? [id] : [])),
    };
  }

  /** Whether the tag of a slot is canonical; one that the engine was never told of is not. */
  isCanonical(slot: number): boolean {
    const key = this.#holdings.terms.keyOf(slot);
    const id = idOfKey(key);
    const changed = this.#changed.get(id);
    if (changed !== undefined) return changed?.canonical === true;
    const segment = this.#segment;
    if (slot < segment.facetTerms && segment.termKeys[slot] === key) return segment.termCanonical[slot] === 1;
    const place = this.#placeOf(id);
    return place >= 0 && segment.tagCanonical[place] === 1;
  }

  suggest(query: SuggestQuery, offered: Offered): Suggestion[] {
    const beginning = new Collector(this.#holdings, offered, query, true);
    this.#eachBeginning(query, beginning);
    const found = beginning.best();
    if (found.length >= query.limit) return found.slice(0, query.limit);
    const holding = new Collector(this.#holdings, offered, query, false);
    for (const { concept } of found) holding.leaveOut(concept);
    this.#eachHolding(query, holding);
    return [...found, ...holding.best()].slice(0, query.limit);
  }

  #eachBeginning({ kinds, text }: SuggestQuery, collector: Collector): void {
    const { tagNames, tagsByKey } = this.#segment;
    const needle = new TextEncoder().encode(text);
    for (const kind of kinds) {
      const number = KIND_NUMBERS[kind];
      const span = placesOfKind(this.#segment, number);
      eachBeginning(tagNames, tagsByKey, span, needle, (place) => this.#offer(place, number, collector));
    }
    for (const tag of this.#changed.values()) {
      if (tag !== null && kinds.includes(tag.kind) && tag.key.startsWith(text)) this.#offerChanged(tag, collector);
    }
  }

  /** The most used come first: as soon as none that follow can have enough works, the rest need not be looked at. */
  #eachHolding({ kinds, text }: SuggestQuery, collector: Collector): void {
    const { tagNames, tagConcepts, termWorks } = this.#segment;
    const { renamed } = this.#holdings.terms;
    const needle = new TextEncoder().encode(text);
    const later = renamed.size > 0 ? Infinity : this.#holdings.mostLater();
    for (const tag of this.#changed.values()) {
      if (tag === null || !kinds.includes(tag.kind) || tag.key.startsWith(text) || !tag.key.includes(text)) continue;
      this.#offerChanged(tag, collector);
    }
    for (const kind of kinds) {
      const number = KIND_NUMBERS[kind];
      eachHolding(tagNames, placesOfKind(this.#segment, number), needle, (place) => {
        const term = tagConcepts[place] as number;
        if ((term === NO_TERM ? 0 : (termWorks[term] as number)) + later < collector.least) return false;
        this.#offer(place, number, collector);
        return true;
      });
    }
  }

  /** Hands on a tag of the base segment, unless what it says is out of date. */
  #offer(place: number, kind: number, collector: Collector): void {
    const { tagConcepts, tagIds, tagSynonymOf } = this.#segment;
    const { terms } = this.#holdings;
    const id = tagIds[place] as number;
    if (this.#changed.size > 0 && this.#changed.has(id)) return;
    const concept = (tagSynonymOf[place] as number) || id;
    const term = tagConcepts[place] as number;
    // The base knows the concept's term, unless the concept was renamed or its first work came later.
    const known = term !== NO_TERM && terms.renamed.size === 0;
    collector.add(id, concept, known ? term : terms.find(packedKey(kind, concept)));
  }

  #offerChanged(tag: IndexTag, collector: Collector): void {
    const concept = tag.synonymOf ?? tag.id;
    collector.add(tag.id, concept, this.#holdings.terms.find(packedKey(KIND_NUMBERS[tag.kind], concept)));
  }

  #knows(id: number): boolean {
    const changed = this.#changed.get(id);
    return changed === undefined ? this.#placeOf(id) >= 0 : changed !== null;
  }

  #placeOf(id: number): number {
    const { tagsById, tagIds } = this.#segment;
    let low = 0;
    let high = tagsById.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const place = tagsById[middle] as number;
      const there = tagIds[place] as number;
      if (there === id) return place;
      if (there < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

/** The best suggestions so far, one a concept: most works first, then the smallest id of a tag. */
class Collector {
  readonly #holdings: Holdings;
  readonly #offered: Offered;
  readonly #audience: Audience;
  readonly #limit: number;
  readonly #begins: boolean;
  readonly #best = new Map<number, Candidate & { slot: number }>();
  readonly #leftOut = new Set<number>();
  /** Works below which nothing more is wanted, once there are enough better ones. */
  least = 1;

  constructor(holdings: Holdings, offered: Offered, { audience, limit }: SuggestQuery, begins: boolean) {
    this.#holdings = holdings;
    this.#offered = offered;
    this.#audience = audience;
    this.#limit = limit;
    this.#begins = begins;
  }

  leaveOut(concept: number): void {
    this.#leftOut.add(concept);
  }

  add(tag: number, concept: number, slot: number): void {
    if (slot === NO_SLOT) return;
    const works = this.#holdings.worksOf(slot, this.#audience);
    if (works < this.least) return;
    const own = tag === concept;
    const before = this.#best.get(concept);
    if (before !== undefined) {
      if (own || (!before.own && tag < before.tag)) this.#best.set(concept, { ...before, tag, own });
      return;
    }
    if (this.#leftOut.has(concept) || !this.#offered.isOffered(slot, this.#audience)) return;
    this.#best.set(concept, { tag, concept, works, begins: this.#begins, own, slot });
    if (this.#best.size >= this.#limit * 2 + 32) this.#cut();
  }

  best(): Suggestion[] {
    return this.#sorted().map(({ tag, concept, works, begins }) => ({ tag, concept, works, begins }));
  }

  #sorted(): (Candidate & { slot: number })[] {
    return [...this.#best.values()]
      .sort((one, other) => other.works - one.works || one.tag - other.tag)
      .slice(0, this.#limit);
  }

  /** Keeps the best, and whatever has as many works as the last of them: a smaller id of a tag may still come. */
  #cut(): void {
    const least = this.#sorted().at(-1)?.works ?? 1;
    this.least = Math.max(1, least);
    for (const [concept, { works }] of this.#best) if (works < this.least) this.#best.delete(concept);
  }
}
