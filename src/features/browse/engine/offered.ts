/**
 * Which concepts may be shown to everyone: those of canonical tags, and those that stand on works of two or more creators
 * among the works of the audience. Decided when somebody asks, and remembered: a yes with the documents that prove it, a
 * no until works come under the concept.
 */
import type { Audience } from '../../works/index.ts';
import { hasBit } from './bits.ts';
import type { Holdings } from './holdings.ts';
import type { Part } from './part.ts';
import { NO_CREATOR } from './segment.ts';
import { CONCEPT_KIND_COUNT } from './term-key.ts';

interface Witness {
  part: Part;
  document: number;
}
type Finding = readonly Witness[] | 'no';

export class Offered {
  readonly #holdings: Holdings;
  readonly #isCanonical: (slot: number) => boolean;
  readonly #found: Record<Audience, Map<number, Finding>> = { guest: new Map(), account: new Map() };

  constructor(holdings: Holdings, isCanonical: (slot: number) => boolean) {
    this.#holdings = holdings;
    this.#isCanonical = isCanonical;
  }

  isOffered(slot: number, audience: Audience): boolean {
    if (this.#holdings.terms.kindOf(slot) >= CONCEPT_KIND_COUNT || this.#isCanonical(slot)) return true;
    const known = this.#found[audience].get(slot);
    if (known === 'no') return false;
    if (known?.every((witness) => this.#stands(witness, audience)) === true) return true;
    const found = this.#look(slot, audience);
    this.#found[audience].set(slot, found);
    return found !== 'no';
  }

  /** Works have come under the slot: a no is not certain any more. */
  doubt(slot: number): void {
    for (const found of Object.values(this.#found)) if (found.get(slot) === 'no') found.delete(slot);
  }

  forgetAll(): void {
    for (const found of Object.values(this.#found)) found.clear();
  }

  #stands({ part, document }: Witness, audience: Audience): boolean {
    return hasBit(part.live[audience], document) && this.#holdings.parts.includes(part);
  }

  /** Looks for one work of two creators, or two works of one creator each. */
  #look(slot: number, audience: Audience): Finding {
    let first: (Witness & { creator: number }) | null = null;
    for (const part of this.#holdings.parts) {
      const { creators, facetTerms, termKeys } = part.segment;
      const live = part.live[audience];
      for (const document of part.listFor(part.documentsOf(slot))) {
        const mark = creators[document] as number;
        if (mark === NO_CREATOR || !hasBit(live, document)) continue;
        if ((mark & 1) === 1) return [{ part, document }];
        const creator = termKeys[facetTerms + (mark >>> 1)] as number;
        if (first === null) first = { part, document, creator };
        else if (first.creator !== creator) return [first, { part, document }];
      }
    }
    return 'no';
  }
}
