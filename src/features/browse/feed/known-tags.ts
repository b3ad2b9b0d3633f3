/**
 * The archive's tags and what they mean: loaded whole, then kept by reloading what the log names. What is in here can be
 * newer than the index that is told of it, never older. And which of them the index has been told of: an index that
 * was made elsewhere, and comes from a file, has perhaps not heard of those that were made since.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Handle } from '../../../platform/db/tables.ts';
import { metatagLinks, synonymsOf, tagsForIndex, type TagForIndex } from '../../tags/index.ts';
import type { ConceptKind } from '../browse-query.ts';
import type { IndexTag } from '../engine/index-document.ts';
import { ConceptMap } from './concepts.ts';

const TAGS_AT_ONCE = 10_000;

/** What reloading one tag found. */
export interface Reloaded {
  /** The tag and those it stands for or under, as they are now; nothing when it has been forgotten. */
  tags: IndexTag[];
  /** Every tag whose works stand under it now or did before. */
  meant: number[];
  /** It was a concept with nothing above, below or for it, and is a synonym of one with nothing above it. */
  becameSynonym: { kind: ConceptKind; of: number } | null;
}

export class KnownTags {
  readonly #handle: Handle;
  readonly concepts: ConceptMap;
  /** By id: 1 for a tag that the index knows as it is here. */
  #told = new Uint8Array(0);

  /** `concepts`: what is known already. */
  constructor(handle: Handle, concepts = new ConceptMap()) {
    this.#handle = handle;
    this.concepts = concepts;
  }

  /** Learns everything, and tells of the tags in pieces; of none where an index is to be followed that was not told. */
  async load(tell: ((tags: IndexTag[]) => void) | null): Promise<void> {
    for (let after = 0; ;) {
      const tags = await tagsForIndex(this.#handle, { after, limit: TAGS_AT_ONCE });
      const last = tags.at(-1);
      if (!last) break;
      for (const tag of tags) this.concepts.put(tag);
      tell?.(tags);
      if (tell) this.#markTold(tags);
      after = last.id;
      await breathe();
    }
    this.#putLinks(await metatagLinks(this.#handle, 'all'));
  }

  /** Learns those of the tags that are not known, with what they stand for and under. @returns what is new. */
  async learn(ids: Iterable<number>): Promise<IndexTag[]> {
    const learned: IndexTag[] = [];
    const asked = new Set<number>();
    const isNew = (id: number | null) => id !== null && !asked.has(id) && !this.concepts.has(id);
    for (let wanted = [...ids].filter(isNew); wanted.length > 0;) {
      for (const id of wanted) asked.add(id);
      const tags = await tagsForIndex(this.#handle, { ids: wanted });
      const upper = await this.#put(tags);
      this.#markTold(tags);
      learned.push(...tags);
      wanted = [...tags.flatMap((tag) => tag.synonymOf ?? []), ...upper].filter(isNew);
    }
    return learned;
  }

  /**
   * Those of the tags that the index has not been told of, as they are now; from here on it has been. `has`: whether the
   * index has works under one, so that it must know it.
   */
  async untold(ids: Iterable<number>, has: (kind: ConceptKind, id: number) => boolean): Promise<IndexTag[]> {
    const untold: number[] = [];
    for (const id of ids) {
      const kind = this.concepts.kindOf(id);
      if (kind === null || this.#told[id] === 1) continue;
      this.#markTold([{ id }]);
      if (!has(kind, id)) untold.push(id);
    }
    return untold.length === 0 ? [] : tagsForIndex(this.#handle, { ids: untold });
  }

  #markTold(tags: readonly { id: number }[]): void {
    if (this.#told.length < this.concepts.size) {
      const told = new Uint8Array(this.concepts.size);
      told.set(this.#told);
      this.#told = told;
    }
    for (const { id } of tags) this.#told[id] = 1;
  }

  /** Reads one tag and its links anew. */
  async reload(id: number): Promise<Reloaded> {
    const { concepts } = this;
    const wasAlone = concepts.standsAlone(id);
    const before = concepts.below(id);
    const [tag] = await tagsForIndex(this.#handle, { ids: [id] });
    if (!tag) {
      concepts.forget(id);
      return { tags: [], meant: before, becameSynonym: null };
    }
    const upper = await this.#put([tag]);
    // What it stands for may have changed with it.
    const others = tag.synonymOf === null ? [] : await tagsForIndex(this.#handle, { ids: [tag.synonymOf] });
    upper.push(...(await this.#put(others)));
    const tags = [tag, ...others, ...(await this.learn(upper))];
    this.#markTold(tags);
    return {
      tags,
      meant: await this.#withSynonyms([...before, ...concepts.below(id)]),
      becameSynonym: wasAlone ? this.#merged(tag) : null,
    };
  }

  #merged(tag: TagForIndex): Reloaded['becameSynonym'] {
    if (tag.synonymOf === null) return null;
    return this.concepts.closure([tag.synonymOf]).length === 1 ? { kind: tag.kind, of: tag.synonymOf } : null;
  }

  /** A tag with everything below it, and all their synonyms. */
  async meant(id: number): Promise<number[]> {
    return this.#withSynonyms(this.concepts.below(id));
  }

  async #withSynonyms(ids: readonly number[]): Promise<number[]> {
    return [...new Set([...ids, ...(await synonymsOf(this.#handle, ids))])];
  }

  /** Forgets a tag that is gone from the truth for good. */
  forget(id: number): void {
    this.concepts.forget(id);
  }

  /** @returns what stands right above the tags. */
  async #put(tags: readonly TagForIndex[]): Promise<number[]> {
    if (tags.length === 0) return [];
    const links = await metatagLinks(
      this.#handle,
      tags.map((tag) => tag.id),
    );
    for (const tag of tags) {
      this.concepts.put(tag);
      this.concepts.setMetatags(tag.id, []);
    }
    this.#putLinks(links);
    return links.map((link) => link.upper);
  }

  #putLinks(links: readonly { lower: number; upper: number }[]): void {
    const above = Map.groupBy(links, (link) => link.lower);
    for (const [lower, uppers] of above) {
      this.concepts.setMetatags(
        lower,
        uppers.map((link) => link.upper),
      );
    }
  }
}
