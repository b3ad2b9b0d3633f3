/**
 * What every tag means, held in memory: its concept (the canonical tag, or itself), and the metatags above that one.
 * The same reading of the truth as `conceptsOf`, for an index that asks a million times. Small: a tag takes nine bytes;
 * only those that stand above or below another take more. Pure.
 */
import { CONCEPT_KINDS, type ConceptKind } from '../browse-query.ts';

/** What the map needs to know of a tag. */
export interface MappedTag {
  id: number;
  kind: ConceptKind;
  synonymOf: number | null;
}

/** A map as plain data, to be posted to a thread. */
export interface PackedConcepts {
  kinds: Uint8Array;
  concepts: Uint32Array;
  above: ReadonlyMap<number, readonly number[]>;
}

const NOBODY: readonly number[] = [];

export class ConceptMap {
  /** By id: 0 for a tag that is not known, else 1 + the place of its kind. */
  #kinds = new Uint8Array(1_024);
  /** By id: the canonical tag, or itself. */
  #concepts = new Uint32Array(1_024);
  /** By id: the last question in which it was met. */
  #met = new Uint32Array(1_024);
  #question = 0;
  readonly #above = new Map<number, readonly number[]>();
  readonly #below = new Map<number, Set<number>>();
  readonly #synonyms = new Map<number, number>();

  /** @returns all that it knows. It is the map's own: to be posted or read, not to be changed. */
  packed(): PackedConcepts {
    return { kinds: this.#kinds, concepts: this.#concepts, above: this.#above };
  }

  /** A map that knows the same. */
  static from({ kinds, concepts, above }: PackedConcepts): ConceptMap {
    const map = new ConceptMap();
    map.#kinds = kinds.slice();
    map.#concepts = concepts.slice();
    map.#met = new Uint32Array(kinds.length);
    for (const [id, concept] of concepts.entries()) if (concept !== id) map.#countSynonym(id, 1);
    for (const [id, upper] of above) map.setMetatags(id, upper);
    return map;
  }

  /** Adds a tag, or changes what it stands for. Links stay as they are. */
  put(tag: MappedTag): void {
    this.#makeRoomFor(tag.id);
    this.#countSynonym(tag.id, -1);
    this.#kinds[tag.id] = 1 + CONCEPT_KINDS.indexOf(tag.kind);
    this.#concepts[tag.id] = tag.synonymOf ?? tag.id;
    this.#countSynonym(tag.id, 1);
  }

  /** Says what stands right above a tag, in place of what was said before. */
  setMetatags(id: number, upper: readonly number[]): void {
    for (const one of this.metatagsOf(id)) this.#below.get(one)?.delete(id);
    if (upper.length === 0) this.#above.delete(id);
    else this.#above.set(id, [...upper]);
    for (const one of upper) {
      const below = this.#below.get(one);
      if (below) below.add(id);
      else this.#below.set(one, new Set([id]));
    }
  }

  /** Forgets a tag and its links to those above it. */
  forget(id: number): void {
    if (!this.has(id)) return;
    this.#countSynonym(id, -1);
    this.setMetatags(id, NOBODY);
    this.#kinds[id] = 0;
    this.#concepts[id] = 0;
  }

  has(id: number): boolean {
    return (this.#kinds[id] ?? 0) !== 0;
  }

  kindOf(id: number): ConceptKind | null {
    return CONCEPT_KINDS[(this.#kinds[id] ?? 0) - 1] ?? null;
  }

  /** The canonical tag it stands for, or itself; null for a tag that is not known. */
  conceptOf(id: number): number | null {
    return this.#concepts[id] || null;
  }

  /** What stands right above a tag. */
  metatagsOf(id: number): readonly number[] {
    return this.#above.get(id) ?? NOBODY;
  }

  /** The concepts that tags stand for and all metatags above them, each once; unknown tags stand for nothing. */
  closure(tagIds: readonly number[]): number[] {
    const question = this.#nextQuestion();
    const found: number[] = [];
    for (const id of tagIds) {
      const concept = this.#concepts[id];
      if (concept) this.#meet(concept, question, found);
    }
    // What is found is asked in its turn: a diamond is met once, and a circle, which nobody can make, would end.
    if (this.#above.size > 0) {
      for (let at = 0; at < found.length; at += 1) {
        const above = this.#above.get(found[at] ?? 0);
        if (above) for (const upper of above) this.#meet(upper, question, found);
      }
    }
    return found;
  }

  #meet(concept: number, question: number, found: number[]): void {
    if (this.#met[concept] === question || !this.has(concept)) return;
    this.#met[concept] = question;
    found.push(concept);
  }

  /** A tag and every tag below it, each once. Synonyms of them are not among these. */
  below(id: number): number[] {
    const found = new Set([id]);
    for (const one of found) for (const lower of this.#below.get(one) ?? NOBODY) found.add(lower);
    return [...found];
  }

  /** Whether nothing stands above, below or for a tag but itself. */
  standsAlone(id: number): boolean {
    return (
      this.conceptOf(id) === id &&
      !this.#above.has(id) &&
      (this.#below.get(id)?.size ?? 0) === 0 &&
      (this.#synonyms.get(id) ?? 0) === 0
    );
  }

  /** One more than the largest id there is room for. */
  get size(): number {
    return this.#kinds.length;
  }

  #countSynonym(id: number, difference: 1 | -1): void {
    const concept = this.conceptOf(id);
    if (concept === null || concept === id) return;
    const count = (this.#synonyms.get(concept) ?? 0) + difference;
    if (count === 0) this.#synonyms.delete(concept);
    else this.#synonyms.set(concept, count);
  }

  #nextQuestion(): number {
    if (this.#question === 2 ** 32 - 1) {
      this.#met.fill(0);
      this.#question = 0;
    }
    this.#question += 1;
    return this.#question;
  }

  #makeRoomFor(id: number): void {
    if (id < this.#kinds.length) return;
    const length = Math.max(id + 1, Math.ceil(this.#kinds.length * 1.5));
    this.#kinds = enlarged(this.#kinds, new Uint8Array(length));
    this.#concepts = enlarged(this.#concepts, new Uint32Array(length));
    this.#met = enlarged(this.#met, new Uint32Array(length));
  }
}

function enlarged<A extends Uint8Array | Uint32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
