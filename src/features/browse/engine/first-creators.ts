/**
 * How many creators sign the living works of a part: none, one, or more. Documents of a part only ever die, so each search
 * goes on where the last one ended: all of them together walk a part once for each audience, however often somebody asks.
 */
import type { Audience } from '../../works/index.ts';
import { hasBit } from './bits.ts';
import type { Part } from './part.ts';
import { NO_CREATOR } from './segment.ts';

/** The first living document that is signed, and the first that shows a second creator; the number of works for none. */
interface Place {
  first: number;
  second: number;
}

/** `key`: the creator of the first signed work; null where none is signed. `several`: whether there is a second one. */
export interface FirstCreator {
  key: number | null;
  several: boolean;
}

const NOBODY: FirstCreator = { key: null, several: false };

export class FirstCreators {
  readonly #places: Record<Audience, WeakMap<Part, Place>> = { guest: new WeakMap(), account: new WeakMap() };

  /** Who signs what an audience may see of a part. */
  of(part: Part, audience: Audience): FirstCreator {
    const { creators, works } = part.segment;
    const live = part.live[audience];
    const isSigned = (document: number) => creators[document] !== NO_CREATOR && hasBit(live, document);
    const place = this.#places[audience].get(part) ?? { first: 0, second: 0 };
    this.#places[audience].set(part, place);
    while (place.first < works && !isSigned(place.first)) place.first += 1;
    if (place.first >= works) return NOBODY;
    // Between the two everything that is signed is of one creator: when the first dies, the second is still the nearest.
    const { creator } = signatureOf(part, place.first);
    place.second = Math.max(place.second, place.first);
    while (place.second < works && !(isSigned(place.second) && isAnother(part, place.second, creator)))
      place.second += 1;
    return { key: creator, several: place.second < works };
  }
}

/** The key of the first creator of a signed document, and whether others sign it too. */
export function signatureOf({ segment }: Part, document: number): { creator: number; isShared: boolean } {
  const mark = segment.creators[document] as number;
  return { creator: segment.termKeys[segment.facetTerms + (mark >>> 1)] as number, isShared: (mark & 1) === 1 };
}

function isAnother(part: Part, document: number, than: number): boolean {
  const { creator, isShared } = signatureOf(part, document);
  return isShared || creator !== than;
}
