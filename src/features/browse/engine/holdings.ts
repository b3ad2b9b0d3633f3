/**
 * Everything an engine holds at one moment: its parts, the base first, the terms they share, and how many works of each
 * audience stand under each. Documents come in whole parts and die one by one.
 */
import type { Audience } from '../../works/index.ts';
import { AUDIENCE_BITS } from './index-document.ts';
import { countBits, hasBit, listOf } from './bits.ts';
import type { CountSet } from './counting.ts';
import { Part } from './part.ts';
import type { OpenSegment } from './segment.ts';
import { room, tally, tallyOne } from './tallies.ts';
import { NO_SLOT, Terms } from './terms.ts';

export const AUDIENCES = Object.keys(AUDIENCE_BITS) as readonly Audience[];

export class Holdings {
  readonly base: Part;
  readonly terms: Terms;
  readonly parts: Part[];
  /** Works of each audience by slot, joined slots each by itself. */
  readonly totals: Record<Audience, Uint32Array>;
  /** Told of each slot under which works have come. */
  onCome: (slot: number) => void = () => undefined;
  #dead = 0;

  constructor(segment: OpenSegment, countSet: CountSet) {
    this.terms = new Terms(segment);
    this.base = new Part(segment, this.terms, { countSet });
    this.parts = [this.base];
    this.totals = { guest: segment.guestWorks.slice(), account: segment.accountWorks.slice() };
  }

  /** Documents that have died in parts that are still here. */
  get dead(): number {
    return this.#dead;
  }

  add(segment: OpenSegment): Part {
    const part = new Part(segment, this.terms, null);
    this.parts.push(part);
    for (const audience of AUDIENCES) {
      this.totals[audience] = room(this.totals[audience], this.terms.counted);
      const hits = { bits: part.live[audience], own: false, count: part.works[audience] };
      tally(part, hits, this.totals[audience]);
    }
    for (let term = 0; term < segment.facetTerms; term += 1) this.onCome(part.slots?.[term] ?? NO_SLOT);
    return part;
  }

  /** Takes a part out, with all that lives in it. */
  remove(part: Part): void {
    const everyone = part.everyone();
    for (const document of listOf(everyone, countBits(everyone))) this.#uncount(part, document);
    this.parts.splice(this.parts.indexOf(part), 1);
    this.#dead -= part.segment.works - part.alive;
  }

  /** @returns where a work lives, or null. */
  find(work: number): { part: Part; document: number } | null {
    for (const part of this.parts) {
      const document = part.find(work);
      if (document >= 0) return { part, document };
    }
    return null;
  }

  kill(work: number): void {
    const place = this.find(work);
    if (place === null) return;
    this.#uncount(place.part, place.document);
    place.part.kill(place.document);
    this.#dead += 1;
  }

  /** From now on, documents under the key `from` stand under `to`. */
  rename(from: number, to: number): void {
    const there = this.terms.find(to);
    const before = this.parts.map((part) => (there === NO_SLOT ? null : part.listFor(part.documentsOf(there))));
    const { joined } = this.terms.rename(from, to);
    for (const [index, part] of this.parts.entries()) {
      let documents = before[index];
      if (documents === null || documents === undefined) continue;
      for (const slot of joined) documents = part.noteTwice(slot, documents);
    }
  }

  /** Works of the audience under one slot, joined ones included. */
  worksOf(slot: number, audience: Audience): number {
    const totals = this.totals[audience];
    const joined = this.terms.joinedTo(slot);
    if (joined === undefined) return totals[slot] ?? 0;
    let works = totals[slot] ?? 0;
    for (const other of joined) {
      works += totals[other] ?? 0;
      for (const part of this.parts) {
        for (const document of part.twice.get(other) ?? []) if (hasBit(part.live[audience], document)) works -= 1;
      }
    }
    return works;
  }

  /** At most how many works outside the base stand under one slot. */
  mostLater(): number {
    return this.parts.reduce((sum, part) => sum + (part === this.base ? 0 : mostUnderTerm(part)), 0);
  }

  works(audience: Audience): number {
    return this.parts.reduce((sum, part) => sum + part.works[audience], 0);
  }

  get alive(): number {
    return this.parts.reduce((sum, part) => sum + part.alive, 0);
  }

  /** Bytes of the totals. */
  get bytes(): number {
    return AUDIENCES.reduce((sum, audience) => sum + this.totals[audience].byteLength, 0);
  }

  #uncount(part: Part, document: number): void {
    for (const audience of AUDIENCES) {
      if (hasBit(part.live[audience], document)) tallyOne(part, document, this.totals[audience], -1, part.reading());
    }
  }
}

/** Works of the most frequent term that can be counted: the first one. */
function mostUnderTerm({ segment: { facetTerms, termWorks } }: Part): number {
  return facetTerms === 0 ? 0 : (termWorks[0] as number);
}
