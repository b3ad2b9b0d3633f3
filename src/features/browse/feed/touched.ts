/**
 * What the events of one batch touch, and what has become of it by now. Kept apart from the events: of a work that was
 * changed ten times there is one document.
 */
import type { Handle } from '../../../platform/db/tables.ts';
import type { LoggedEvent } from '../../../platform/events/log.ts';
import { seriesForIndex } from '../../series/index.ts';
import { indexRows, listedCounters, listedIds, type IndexRow, type ListedBy } from '../../works/index.ts';
import { CONCEPT_KINDS, type ConceptKind, type Term, type TermKind } from '../browse-query.ts';
import type { IndexBatch, IndexDocument, IndexTag } from '../engine/index-document.ts';
import { documentMaker } from './document.ts';
import type { KnownTags } from './known-tags.ts';

/** What the feed asks the index that it feeds. */
export interface FedIndex {
  /** Works that stand under a term, whoever may see them. */
  worksUnder(term: Term): number;
}

/** One batch in the making: events go in, then its changes are asked for once. */
export class Touched {
  readonly works = new Set<number>();
  readonly counted = new Set<number>();
  readonly #handle: Handle;
  readonly #known: KnownTags;
  readonly #index: FedIndex;
  readonly #most: number;
  readonly #tags = new Map<number, IndexTag>();
  readonly #reloaded = new Set<number>();
  readonly #removedTags = new Set<number>();
  readonly #renames: IndexBatch['renames'][number][] = [];

  constructor(handle: Handle, known: KnownTags, index: FedIndex, most: number) {
    this.#handle = handle;
    this.#known = known;
    this.#index = index;
    this.#most = most;
  }

  /** Takes one event. @returns false when it touches more than can be told. */
  async take(event: LoggedEvent): Promise<boolean> {
    if (event.kind === 'tag.forgotten') {
      this.#known.forget(event.subjectId);
      this.#removedTags.add(event.subjectId);
      return true;
    }
    if (event.subject === 'tag') return this.#takeTag(event);
    switch (event.kind) {
      case 'work.counted':
        this.counted.add(event.workId ?? event.subjectId);
        return true;
      case 'pseud.renamed':
        return this.#takeWorks({ pseudId: event.subjectId });
      case 'works.restricted':
        return this.#takeWorks('all');
    }
    if (event.workId !== null) this.works.add(event.workId);
    return true;
  }

  async #takeWorks(by: ListedBy): Promise<boolean> {
    const ids = await listedIds(this.#handle, by, this.#most + 1);
    for (const id of ids) this.works.add(id);
    return ids.length <= this.#most;
  }

  async #takeTag({ kind, subjectId: id }: LoggedEvent): Promise<boolean> {
    // It was read after all these events had happened: once is enough.
    if (this.#reloaded.has(id)) return true;
    this.#reloaded.add(id);
    const { tags, meant, becameSynonym } = await this.#known.reload(id);
    for (const tag of tags) this.#tags.set(tag.id, tag);
    if (tags.length === 0) this.#removedTags.add(id);
    if (kind !== 'tag.merged' || becameSynonym === null || !this.#isRenamed(id, becameSynonym))
      return this.#takeWorks({ tagIds: meant });
    this.#renames.push({ kind: becameSynonym.kind, from: id, to: becameSynonym.of });
    // Works that carry both are among these.
    const former = await this.#known.meant(becameSynonym.of);
    return this.#takeWorks({ tagIds: former.filter((tag) => tag !== id) });
  }

  /** Whether more stands under the tag than under the one it is merged into: then the fewer works are told anew. */
  #isRenamed(from: number, { kind, of: to }: { kind: ConceptKind; of: number }): boolean {
    return this.#index.worksUnder({ kind, id: from }) > this.#index.worksUnder({ kind, id: to });
  }

  readonly #isInUse = (kind: ConceptKind, id: number) => this.#index.worksUnder({ kind, id }) > 0;

  /** What has become of everything that was touched. */
  async changes(): Promise<Omit<IndexBatch, 'version'>> {
    const ids = [...this.works];
    const rows = await indexRows(this.#handle, { ids });
    const series = await seriesForIndex(this.#handle, { ids: rows.map((row) => row.id) });
    for (const tag of await this.#known.learn(unknownTags(rows, this.#known))) this.#tags.set(tag.id, tag);
    const documentFrom = documentMaker(this.#known.concepts);
    const documents = rows.map((row) => documentFrom(row, series.get(row.id) ?? []));
    for (const tag of await this.#known.untold(namedBy(rows, documents), this.#isInUse)) this.#tags.set(tag.id, tag);
    const listed = new Set(rows.map((row) => row.id));
    return {
      renames: this.#renames,
      removals: ids.filter((id) => !listed.has(id)),
      documents,
      counters: await listedCounters(
        this.#handle,
        [...this.counted].filter((id) => !this.works.has(id)),
      ),
      tags: [...this.#tags.values()].filter((tag) => !this.#removedTags.has(tag.id)),
      removedTags: [...this.#removedTags],
    };
  }
}

/** Tags of works that nobody has told of: an edit makes them without an event of their own. */
export function unknownTags(rows: readonly IndexRow[], { concepts }: KnownTags): Set<number> {
  const ids = new Set<number>();
  for (const row of rows) for (const id of row.tagIds) if (!concepts.has(id)) ids.add(id);
  return ids;
}

/** Every tag that an index meets with some works: those on them, and what these mean. */
function namedBy(rows: readonly IndexRow[], documents: readonly IndexDocument[]): Set<number> {
  const ids = new Set<number>();
  for (const row of rows) for (const id of row.tagIds) ids.add(id);
  for (const { terms } of documents) for (const { kind, id } of terms) if (isConceptKind(kind)) ids.add(id);
  return ids;
}

function isConceptKind(kind: TermKind): kind is ConceptKind {
  return (CONCEPT_KINDS as readonly TermKind[]).includes(kind);
}
