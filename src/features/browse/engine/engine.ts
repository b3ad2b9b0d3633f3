/**
 * The browse engine: answers what stands in lists, exactly, from arrays in memory. It holds one large segment that it shares
 * with others and, for itself, what has changed since. Changes come in batches between questions; now and then a merge,
 * made elsewhere, takes the place of everything. Synchronous and pure.
 */
import type {
  BrowseAnswer,
  BrowseQuery,
  FacetAsk,
  FacetKind,
  FacetValue,
  Suggestion,
  SuggestQuery,
  Term,
} from '../browse-query.ts';
import type { IndexBatch, IndexDocument } from './index-document.ts';
import { conditionOf, type Condition, type Made } from './conditions.ts';
import { countSet, type CountSet } from './counting.ts';
import { hitsOf, split } from './evaluate.ts';
import { Facets, type Found } from './facets.ts';
import { FreshDocuments, mergePartOf } from './fresh-documents.ts';
import { Holdings } from './holdings.ts';
import type { MergeInput } from './merge.ts';
import { Names } from './names.ts';
import { Offered } from './offered.ts';
import { pageOf } from './pages.ts';
import { openSegment, type Segment } from './segment.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { KIND_NUMBERS, packedKey, termKey } from './term-key.ts';
import { NO_SLOT } from './terms.ts';

/** What an engine holds. */
export interface EngineFigures {
  /** Works that stand in any audience's lists. */
  works: number;
  tags: number;
  /** Works that came or whose counters changed since the last merge. */
  changed: number;
  /** Documents that are still in memory though their work is gone, or stands in a newer one. */
  dead: number;
  segments: number;
  /** Shared segments and what is the engine's own. */
  bytes: number;
}

/** Everything that a swap replaces. */
interface State {
  holdings: Holdings;
  names: Names;
  offered: Offered;
  facets: Facets;
  fresh: FreshDocuments;
}

export class Engine {
  readonly #pass: CountSet;
  #state: State;
  #version: number;
  /** Batches since `mergeInput`, for the merged segment. */
  #aside: { from: number; batches: IndexBatch[] } | null = null;

  /**
   * @param segment what to begin with; without one, the engine is empty, at version 0.
   * @param pass how the sets of the large segment are counted, where not here alone.
   */
  constructor(segment: Segment = new SegmentBuilder().build(0), pass: CountSet = countSet) {
    this.#pass = pass;
    this.#state = stateOf(segment, pass);
    this.#version = segment.version;
  }

  get version(): number {
    return this.#version;
  }

  apply(batch: IndexBatch): void {
    this.#aside?.batches.push(batch);
    this.#take(batch);
  }

  search(query: BrowseQuery): BrowseAnswer {
    const { holdings, fresh } = this.#state;
    fresh.settle();
    try {
      const made: Made = new Map();
      const several = (query.facets?.without.length ?? 0) > 0;
      for (const part of holdings.parts) part.remembered = several ? new Map() : null;
      const hide = query.hide === null ? null : conditionOf(query.hide, holdings.terms, made);
      const { found, hidden } = this.#find(conditionOf(query.where, holdings.terms, made), hide, query);
      return {
        version: this.#version,
        total: found.reduce((sum, { hits }) => sum + hits.count, 0),
        hidden,
        ids: pageOf(found, query.sort, query.offset, query.limit),
        facets: query.facets === null ? null : this.#facets(found, query.facets, { hide, made }, query),
      };
    } finally {
      for (const part of holdings.parts) part.takeBack();
    }
  }

  suggest(query: SuggestQuery): Suggestion[] {
    const { fresh, names, offered } = this.#state;
    fresh.settle();
    return names.suggest(query, offered);
  }

  /** Works under a term that stand in any audience's lists. */
  worksUnder(term: Term): number {
    const { fresh, holdings } = this.#state;
    fresh.settle();
    const slot = holdings.terms.find(termKey(term));
    return slot === NO_SLOT ? 0 : holdings.parts.reduce((sum, part) => sum + part.countUnder(slot), 0);
  }

  figures(): EngineFigures {
    const { fresh, holdings, names } = this.#state;
    fresh.settle();
    const { parts, base } = holdings;
    return {
      works: holdings.alive,
      tags: names.count,
      changed: holdings.alive - base.alive + parts.reduce((sum, part) => sum + part.counters.size, 0),
      dead: holdings.dead,
      segments: parts.length,
      bytes: parts.reduce((sum, part) => sum + part.segment.buffer.byteLength + part.bytes, 0) + holdings.bytes,
    };
  }

  /** @returns what a merge needs of the present state. Later batches are also kept aside, for `swap`. */
  mergeInput(): MergeInput {
    const { fresh, holdings, names } = this.#state;
    fresh.freeze();
    this.#aside = { from: this.#version, batches: [] };
    return {
      version: this.#version,
      parts: holdings.parts.map((part) => mergePartOf(part, holdings)),
      ...names.changes(),
    };
  }

  /**
   * Takes a merged segment in place of everything, and applies what was kept aside.
   * @throws RangeError where the segment is older than what was kept aside: changes between the two would be lost.
   */
  swap(segment: Segment): void {
    const aside = this.#aside ?? { from: this.#version, batches: [] };
    if (segment.version < aside.from) throw new RangeError('The segment is older than the changes kept for it.');
    this.#aside = null;
    this.#version = segment.version;
    this.#state = stateOf(segment, this.#pass);
    for (const batch of aside.batches) this.#take(batch);
  }

  #take(batch: IndexBatch): void {
    const { fresh, holdings, names, offered } = this.#state;
    for (const { kind, from, to } of batch.renames) {
      if (from === to) continue;
      // What is listed first follows the relationship that it is.
      for (const place of kind === 'relationship' ? ([kind, 'main'] as const) : [kind]) {
        holdings.rename(packedKey(KIND_NUMBERS[place], from), packedKey(KIND_NUMBERS[place], to));
        fresh.rename(place, from, to);
      }
    }
    if (batch.renames.length > 0) offered.forgetAll();
    for (const work of batch.removals) this.#remove(work);
    for (const document of batch.documents) {
      this.#remove(document.id);
      fresh.set(document);
    }
    for (const { id, kudos, comments, bookmarks, hits } of batch.counters) {
      const document = fresh.get(id);
      if (document !== undefined) fresh.set({ ...document, kudos, comments, bookmarks, hits });
      else {
        const place = holdings.find(id);
        place?.part.setCounters(place.document, [kudos, comments, bookmarks, hits]);
      }
    }
    for (const tag of batch.tags) names.set(tag);
    for (const id of batch.removedTags) names.remove(id);
    if (fresh.isFull) fresh.freeze();
    this.#version = Math.max(this.#version, batch.version);
  }

  #remove(work: IndexDocument['id']): void {
    this.#state.holdings.kill(work);
    this.#state.fresh.delete(work);
  }

  #find(where: Condition, hide: Condition | null, { audience }: BrowseQuery): { found: Found; hidden: number } {
    let hidden = 0;
    const found = this.#state.holdings.parts.map((part) => {
      const hits = hitsOf(part, where, audience);
      if (hide === null || hits.count === 0) return { part, hits };
      const { held, rest } = split(part, hits, hide, audience);
      hidden += held.count;
      return { part, hits: rest };
    });
    return { found, hidden };
  }

  #facets(found: Found, ask: FacetAsk, { hide, made }: { hide: Condition | null; made: Made }, query: BrowseQuery) {
    const { facets, holdings } = this.#state;
    const apart = ask.without.filter(({ kind }) => ask.kinds.includes(kind));
    const together = ask.kinds.filter((kind) => !apart.some((one) => one.kind === kind));
    const answer: Partial<Record<FacetKind, FacetValue[]>> =
      together.length === 0 ? {} : facets.values(found, ask, together, query.audience);
    for (const { kind, where } of apart) {
      const other = this.#find(conditionOf(where, holdings.terms, made), hide, query);
      Object.assign(answer, facets.values(other.found, ask, [kind], query.audience));
    }
    return answer;
  }
}

function stateOf(segment: Segment, pass: CountSet): State {
  const holdings = new Holdings(openSegment(segment.buffer), pass);
  const names = new Names(holdings);
  const offered = new Offered(holdings, (slot) => names.isCanonical(slot));
  holdings.onCome = (slot) => offered.doubt(slot);
  return { holdings, names, offered, facets: new Facets(holdings, offered), fresh: new FreshDocuments(holdings) };
}

/** Whether so much has changed since the last merge that the next one is due: one in fifty works, or 20,000. */
export function isMergeDue({ works, changed, dead }: EngineFigures): boolean {
  return changed + dead >= Math.max(2_000, Math.min(20_000, works / 50));
}
