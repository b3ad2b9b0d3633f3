/** Postings of the terms that cannot be counted (creators, series, collections, main relationships): they have no forward index. */
import type { DocumentSource } from './segment-source.ts';
import { NOT_TAKEN, type Placement } from './place-documents.ts';
import { upTo } from './number-sort.ts';
import { numberTerms, type NumberedTerms } from './number-terms.ts';
import { uniteTerms, type UnitedTerms } from './unite-terms.ts';

export interface GatheredOthers {
  united: UnitedTerms;
  /** By place in `united.keys`: where its documents begin, and how many there are. */
  starts: Uint32Array;
  works: Uint32Array;
  /** New numbers of documents, ascending for each term. */
  documents: Uint32Array;
}

export function gatherOthers(sources: readonly DocumentSource[], placement: Placement): GatheredOthers {
  const united = uniteTerms(sources.map(({ otherKeys }) => otherKeys));
  const works = new Uint32Array(united.keys.length);
  eachPair(sources, placement, united, (place) => {
    works[place] = (works[place] as number) + 1;
  });
  const starts = new Uint32Array(works.length + 1);
  for (let place = 0; place < works.length; place += 1)
    starts[place + 1] = (starts[place] as number) + (works[place] as number);
  const documents = new Uint32Array(starts[works.length] as number);
  const cursors = starts.slice();
  eachPair(sources, placement, united, (place, document) => {
    documents[cursors[place] as number] = document;
    cursors[place] = (cursors[place] as number) + 1;
  });
  for (let place = 0; place < works.length; place += 1) {
    works[place] = sortDistinct(documents.subarray(starts[place], starts[place + 1]));
  }
  return { united, starts, works, documents };
}

function eachPair(
  sources: readonly DocumentSource[],
  placement: Placement,
  united: UnitedTerms,
  tell: (place: number, document: number) => void,
): void {
  for (const [index, source] of sources.entries()) {
    const places = united.places[index] ?? new Uint32Array(0);
    const numberOf = placement.numberOf[index] ?? new Uint32Array(0);
    source.eachOther((term, document) => {
      const number = numberOf[document] as number;
      if (number !== NOT_TAKEN) tell(places[term] as number, number);
    });
  }
}

/** Sorts in place and moves what is distinct to the front; returns how many that is. */
function sortDistinct(list: Uint32Array): number {
  if (list.length > 1) list.sort();
  let count = 0;
  for (let index = 0; index < list.length; index += 1) {
    if (count > 0 && list[count - 1] === list[index]) continue;
    list[count] = list[index] as number;
    count += 1;
  }
  return count;
}

/** @returns the numbered terms, and the places in `united.keys` in the order of these numbers. */
export function numberOthers({ united, works }: GatheredOthers): { terms: NumberedTerms; order: Uint32Array } {
  const all = { keys: united.keys, places: [...united.places, upTo(united.keys.length)] };
  const terms = numberTerms(all, works);
  const numberOf = terms.numbers.at(-1) ?? new Uint32Array(0);
  const order = new Uint32Array(terms.keys.length);
  for (let place = 0; place < numberOf.length; place += 1) {
    if ((works[place] as number) > 0) order[numberOf[place] as number] = place;
  }
  return { terms, order };
}
