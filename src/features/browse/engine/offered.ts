/**
 * Which concepts may be shown to everyone: those of canonical tags, those that stand on works of two or more creators among
 * the works of the audience, and, where one creator signs all of these that anybody signs, every concept on that creator's
 * works. Decided when somebody asks, and remembered: who stands under a concept with the documents that prove it, until
 * works come under it.
 */
import type { Audience } from '../../works/index.ts';
import { hasBit } from './bits.ts';
import { FirstCreators, signatureOf } from './first-creators.ts';
import type { Holdings } from './holdings.ts';
import type { Part } from './part.ts';
import { NO_CREATOR } from './segment.ts';
import { CONCEPT_KIND_COUNT } from './term-key.ts';

interface Witness {
  part: Part;
  document: number;
}
/**
 * `two`: the works of two creators, or one work of both. `one`: a work of one; there is no second creator until works come.
 * `none`: nobody signs anything until works come.
 */
type Finding =
  | { creators: 'two'; witnesses: readonly Witness[] }
  | { creators: 'one'; witness: Witness }
  | { creators: 'none' };

export class Offered {
  readonly #holdings: Holdings;
  readonly #isCanonical: (slot: number) => boolean;
  readonly #firstCreators = new FirstCreators();
  readonly #found: Record<Audience, Map<number, Finding>> = { guest: new Map(), account: new Map() };

  constructor(holdings: Holdings, isCanonical: (slot: number) => boolean) {
    this.#holdings = holdings;
    this.#isCanonical = isCanonical;
  }

  isOffered(slot: number, audience: Audience): boolean {
    if (this.#holdings.terms.kindOf(slot) >= CONCEPT_KIND_COUNT || this.#isCanonical(slot)) return true;
    const known = this.#found[audience].get(slot);
    if (known !== undefined) {
      if (known.creators === 'none') return false;
      if (known.creators === 'one' && !this.#isOfOne(audience)) return false;
      const witnesses = known.creators === 'two' ? known.witnesses : [known.witness];
      if (witnesses.every((witness) => this.#stands(witness, audience))) return true;
    }
    const found = this.#look(slot, audience);
    this.#found[audience].set(slot, found);
    return found.creators === 'two' || (found.creators === 'one' && this.#isOfOne(audience));
  }

  /** Works have come under the slot: that there is no second creator is not certain any more. */
  doubt(slot: number): void {
    for (const found of Object.values(this.#found)) if (found.get(slot)?.creators !== 'two') found.delete(slot);
  }

  forgetAll(): void {
    for (const found of Object.values(this.#found)) found.clear();
  }

  #stands({ part, document }: Witness, audience: Audience): boolean {
    return hasBit(part.live[audience], document) && this.#holdings.parts.includes(part);
  }

  /** Whether one creator signs all works of an audience that anybody signs. */
  #isOfOne(audience: Audience): boolean {
    let creator: number | null = null;
    for (const part of this.#holdings.parts) {
      const first = this.#firstCreators.of(part, audience);
      if (first.several) return false;
      if (first.key === null) continue;
      if (creator !== null && creator !== first.key) return false;
      creator = first.key;
    }
    return creator !== null;
  }

  /** Looks for one work of two creators, or two works of one creator each. Where all are of one, the first says enough. */
  #look(slot: number, audience: Audience): Finding {
    const isOfOne = this.#isOfOne(audience);
    let first: (Witness & { creator: number }) | null = null;
    for (const part of this.#holdings.parts) {
      const live = part.live[audience];
      for (const document of part.listFor(part.documentsOf(slot))) {
        if (part.segment.creators[document] === NO_CREATOR || !hasBit(live, document)) continue;
        const { creator, isShared } = signatureOf(part, document);
        const witness = { part, document };
        if (isShared) return { creators: 'two', witnesses: [witness] };
        if (isOfOne) return { creators: 'one', witness };
        if (first === null) first = { ...witness, creator };
        else if (first.creator !== creator) return { creators: 'two', witnesses: [first, witness] };
      }
    }
    return first === null ? { creators: 'none' } : { creators: 'one', witness: first };
  }
}
