/** Documents as a builder has gathered them: plain data, which one thread can gather and another write a segment from. */
import type { ByteStrings } from './byte-strings.ts';
import type { IndexTag } from './index-document.ts';
import { sortBy, upTo } from './number-sort.ts';
import type { CopiedColumn, DocumentSource } from './segment-source.ts';

/** Columns and lists are longer than what is in them. Terms have numbers of their own, which the keys name. */
export interface Gathered {
  works: number;
  columns: Record<CopiedColumn, Uint32Array | Float64Array>;
  audiences: Uint8Array;
  creators: Uint32Array;
  creatorNames: Uint32Array;
  /** Where the facet terms of each document begin, one more than there are documents. */
  starts: Uint32Array;
  facets: Uint32Array;
  /** Pairs of another term and a document. */
  others: { terms: Uint32Array; documents: Uint32Array; count: number };
  /** Facet terms of the document that has most. */
  mostFacets: number;
  facetKeys: Float64Array;
  otherKeys: Float64Array;
  names: ByteStrings;
  titles: ByteStrings;
  tags: IndexTag[];
}

/** @returns the memory that need not be copied when it is posted to a thread: whoever posts it has it no more. */
export function memoryIn(gathered: Gathered): ArrayBuffer[] {
  const { columns, others, names, titles } = gathered;
  const { audiences, creators, creatorNames, starts, facets, facetKeys, otherKeys } = gathered;
  const own = [audiences, creators, creatorNames, starts, facets, facetKeys, otherKeys];
  const texts = [names.bytes, names.starts, titles.bytes, titles.starts];
  return [...Object.values(columns), ...own, others.terms, others.documents, ...texts].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}

/** What a segment is written from. A document that was gathered twice counts as the last one said. */
export function sourceOf(gathered: Gathered): DocumentSource {
  const { works, columns, audiences, creators, creatorNames, starts, facets, others } = gathered;
  const id = columns.id.subarray(0, works);
  return {
    documents: lastOfEach(id),
    columns: { ...columns, id },
    counters: new Map(),
    audiencesOf: (document) => audiences[document] as number,
    creatorOf: (document) => creators[document] as number,
    nameOf: (document) => creatorNames[document] as number,
    names: gathered.names,
    titles: gathered.titles,
    facetKeys: gathered.facetKeys,
    otherKeys: gathered.otherKeys,
    repeats: false,
    facetsOf: (document, into) => {
      const start = starts[document] as number;
      const count = (starts[document + 1] as number) - start;
      for (let index = 0; index < count; index += 1) into[index] = facets[start + index] as number;
      return count;
    },
    eachOther: (tell) => {
      for (let index = 0; index < others.count; index += 1) {
        tell(others.terms[index] as number, others.documents[index] as number);
      }
    },
    mostFacets: gathered.mostFacets,
  };
}

/** @returns the last place of every id, ascending by id. */
function lastOfEach(ids: ArrayLike<number>): Uint32Array {
  const order = upTo(ids.length);
  sortBy(order, ids, false);
  return order.filter((place, index) => index + 1 === order.length || ids[order[index + 1] as number] !== ids[place]);
}
