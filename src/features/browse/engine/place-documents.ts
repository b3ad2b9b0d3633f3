/**
 * Where each document stands in a new segment: by its largest fandom, then by date. The works of a fandom are what most
 * questions are about; side by side, they share cache lines.
 */
import type { DocumentSource } from './segment-source.ts';
import { FANDOM, kindOfKey } from './term-key.ts';
import { runLength, WIDE } from './forward-runs.ts';
import { commonAmong, MappedFacets, type NumberedTerms } from './number-terms.ts';
import { sortBy, upTo } from './number-sort.ts';

export interface Placement {
  works: number;
  /** For each source: new numbers of its `documents`, in their order. */
  numbers: readonly Uint32Array[];
  /** For each source, from any of its numbers to the new one; NOT_TAKEN for those it does not give. */
  numberOf: readonly Uint32Array[];
  /** Entries of the forward index. */
  forwardLength: number;
}

export const NOT_TAKEN = 0xffff_ffff;

export function placeDocuments(sources: readonly DocumentSource[], facets: NumberedTerms): Placement {
  const works = sources.reduce((sum, { documents }) => sum + documents.length, 0);
  const kinds = Uint8Array.from(facets.keys, kindOfKey);
  const fandoms = new Uint32Array(works);
  const dates = new Float64Array(works);
  const common = commonAmong(facets, works);
  let forwardLength = 0;
  let place = 0;
  for (const [index, source] of sources.entries()) {
    const reader = new MappedFacets(source, facets.numbers[index] ?? new Uint32Array(0));
    const { terms } = reader;
    const { documents, columns } = source;
    for (let entry = 0; entry < documents.length; entry += 1) {
      const document = documents[entry] as number;
      const count = reader.read(document);
      let fandom = kinds.length;
      let wide = 0;
      let short = 0;
      for (let position = 0; position < count; position += 1) {
        const term = terms[position] as number;
        if (term >= WIDE) wide += 1;
        else if (term < common) short += 1;
        if (term < fandom && kinds[term] === FANDOM) fandom = term;
      }
      forwardLength += runLength(count, short, wide);
      fandoms[place] = fandom;
      dates[place] = columns.updated[document] as number;
      place += 1;
    }
  }
  return { works, ...numbered(sources, orderOf(fandoms, dates)), forwardLength };
}

/** The newest first: pages by date then find the first works of a fandom near its beginning. */
function orderOf(fandoms: Uint32Array, dates: Float64Array): Uint32Array {
  const order = upTo(fandoms.length);
  sortBy(order, dates, true);
  sortBy(order, fandoms, false);
  return order;
}

function numbered(sources: readonly DocumentSource[], order: Uint32Array) {
  const numbers = new Uint32Array(order.length);
  for (let number = 0; number < order.length; number += 1) numbers[order[number] as number] = number;
  let end = 0;
  const shares = sources.map(({ documents }) => numbers.subarray(end, (end += documents.length)));
  const numberOf = sources.map(({ columns, documents }, index) => {
    const share = shares[index] ?? numbers;
    const all = new Uint32Array(columns.id.length).fill(NOT_TAKEN);
    for (let entry = 0; entry < documents.length; entry += 1) all[documents[entry] as number] = share[entry] as number;
    return all;
  });
  return { numbers: shares, numberOf };
}
