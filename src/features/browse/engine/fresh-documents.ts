/**
 * The newest documents, as they came. They become a small segment when somebody asks, again and again while they are few;
 * when there are enough of them that segment stays, and small segments are folded into larger ones.
 */
import type { IndexDocument } from './index-document.ts';
import type { Holdings } from './holdings.ts';
import { mergeSegment, type MergePart } from './merge.ts';
import type { Part } from './part.ts';
import { NO_TERM, openSegment } from './segment.ts';
import { SegmentBuilder } from './segment-builder.ts';

/** Documents that are few enough to be written anew with every change of them: less than half a millisecond. */
const FEW = 32;
/** So many segments of about one size become one: a document is then written four times until the next merge. */
const ALIKE = 4;
/** Segments above so many works are left for the merge: folding four of them would hold a query up for too long. */
const LARGE = 4_096;

export class FreshDocuments {
  readonly #holdings: Holdings;
  readonly #documents = new Map<number, IndexDocument>();
  /** The segment of these documents as it was last written. */
  #part: Part | null = null;
  #stale = false;

  constructor(holdings: Holdings) {
    this.#holdings = holdings;
  }

  /** Documents that are not in any segment that stays. */
  get count(): number {
    return this.#documents.size;
  }

  get(work: number): IndexDocument | undefined {
    return this.#documents.get(work);
  }

  set(document: IndexDocument): void {
    this.#documents.set(document.id, document);
    this.#stale = true;
  }

  delete(work: number): void {
    this.#stale = this.#documents.delete(work) || this.#stale;
  }

  rename(kind: string, from: number, to: number): void {
    for (const document of this.#documents.values()) {
      const isMeant = (term: { kind: string; id: number }, id: number) => term.kind === kind && term.id === id;
      if (!document.terms.some((term) => isMeant(term, from))) continue;
      const has = document.terms.some((term) => isMeant(term, to));
      const terms = document.terms
        .filter((term) => !has || !isMeant(term, from))
        .map((term) => (isMeant(term, from) ? { ...term, id: to } : term));
      this.set({ ...document, terms });
    }
  }

  /** Makes what is held true of all documents so far. */
  settle(): void {
    if (!this.#stale) return;
    if (this.#part !== null) this.#holdings.remove(this.#part);
    this.#part = this.#documents.size === 0 ? null : this.#write();
    this.#stale = false;
  }

  /** Leaves the present segment as it is; what comes later goes to a new one. */
  freeze(): void {
    this.settle();
    this.#part = null;
    this.#documents.clear();
    this.#fold();
  }

  /** Whether so many have come that they should not wait for a question. */
  get isFull(): boolean {
    return this.#documents.size >= FEW;
  }

  #write(): Part {
    const builder = new SegmentBuilder();
    for (const document of this.#documents.values()) builder.add(document);
    return this.#holdings.add(openSegment(builder.build(0).buffer));
  }

  #fold(): void {
    for (const part of this.#holdings.parts.slice(1)) if (part.alive === 0) this.#holdings.remove(part);
    for (let size = FEW; size < LARGE; size *= ALIKE) {
      const alike = this.#holdings.parts.filter(
        (part) => part !== this.#holdings.base && part.alive < size * ALIKE && part.segment.works < LARGE,
      );
      if (alike.length < ALIKE) continue;
      const parts = alike.map((part) => mergePartOf(part, this.#holdings));
      for (const part of alike) this.#holdings.remove(part);
      const { buffer } = mergeSegment({ version: 0, parts, tags: [], removedTags: [] });
      this.#holdings.add(openSegment(buffer));
    }
  }
}

/** @returns a part as a merge takes it. */
export function mergePartOf(part: Part, { terms }: Holdings): MergePart {
  const keys = [...terms.renamed].flatMap(([slot, key]) => {
    const term = part.termOf(slot);
    return term === NO_TERM ? [] : [{ term, key }];
  });
  return { buffer: part.segment.buffer, live: part.everyone(), counters: new Map(part.counters), keys };
}
