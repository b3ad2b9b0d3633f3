/** An index that only keeps what it is told, by the letter of the contract: for tests of the feed. */
import type { Term, TermKind } from '../browse-query.ts';
import type { IndexBatch, IndexDocument, IndexTag } from '../engine/index-document.ts';
import type { Feed } from './feed.ts';

export class PlainCopy {
  version = -1;
  readonly documents = new Map<number, IndexDocument>();
  readonly tags = new Map<number, IndexTag>();
  rebuilt = 0;
  /** Every batch that was applied, in order. */
  batches: IndexBatch[] = [];

  worksUnder(term: Term): number {
    return [...this.documents.values()].filter((document) => has(document, term)).length;
  }

  apply(batch: IndexBatch): void {
    for (const { kind, from, to } of batch.renames) {
      this.#rename(kind, from, to);
      // What is listed first follows the relationship that it is.
      if (kind === 'relationship') this.#rename('main', from, to);
    }
    for (const id of batch.removals) this.documents.delete(id);
    for (const document of batch.documents) this.documents.set(document.id, document);
    for (const counters of batch.counters) {
      const document = this.documents.get(counters.id);
      if (document) this.documents.set(counters.id, { ...document, ...counters });
    }
    for (const tag of batch.tags) this.tags.set(tag.id, tag);
    for (const id of batch.removedTags) this.tags.delete(id);
    this.version = batch.version;
    this.batches.push(batch);
  }

  #rename(kind: TermKind, from: number, to: number): void {
    for (const document of this.documents.values()) {
      if (!has(document, { kind, id: from })) continue;
      const others = document.terms.filter((term) => term.kind !== kind || (term.id !== from && term.id !== to));
      this.documents.set(document.id, { ...document, terms: [...others, { kind, id: to }] });
    }
  }

  async rebuild(feed: Feed): Promise<void> {
    this.documents.clear();
    this.tags.clear();
    this.rebuilt += 1;
    this.version = await feed.whole({
      tags: (tags) => tags.forEach((tag) => this.tags.set(tag.id, tag)),
      documents: (documents) => documents.forEach((document) => this.documents.set(document.id, document)),
    });
  }

  /** Follows to the end of the log. @returns how many batches it took. */
  async follow(feed: Feed): Promise<number> {
    if (this.version < 0) await this.rebuild(feed);
    for (let batches = 0; ; batches += 1) {
      const batch = await feed.next(this.version, this);
      if (batch === null) return batches;
      if (batch === 'lost') await this.rebuild(feed);
      else this.apply(batch);
    }
  }

  /** What it holds, with terms in one order except for the byline, which has its own. */
  held(): IndexDocument[] {
    return [...this.documents.values()]
      .toSorted((a, b) => a.id - b.id)
      .map((document) => ({ ...document, terms: [...rest(document), ...byline(document)] }));
  }
}

const has = (document: IndexDocument, { kind, id }: Term) =>
  document.terms.some((term) => term.kind === kind && term.id === id);
const isName = (term: Term) => term.kind === 'pseud' || term.kind === 'imported';
const byline = (document: IndexDocument) => document.terms.filter(isName);
const rest = (document: IndexDocument) =>
  document.terms
    .filter((term) => !isName(term))
    .toSorted((a, b) => (a.kind === b.kind ? a.id - b.id : a.kind < b.kind ? -1 : 1));
