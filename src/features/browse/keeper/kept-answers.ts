/**
 * Answers that were given a moment ago, for others who ask the same. Nothing of anybody's own is kept: no answer that
 * leaves out works for one person, and none about a list of works. Pure.
 */
import type { BrowseAnswer, BrowseQuery } from '../browse-query.ts';
import { COUNTERS } from '../browse-query.ts';
import type { Stamp } from './messages.ts';

const MOST_ANSWERS = 1_000;
/** Characters of questions and answers together, as JSON. */
const MOST_CHARACTERS = 10_000_000;

interface Kept {
  answer: BrowseAnswer;
  stamp: Stamp;
  characters: number;
}

/** Where the same question is kept, and whether counters are in it; null for one that is not kept. */
export interface Place {
  key: string;
  counters: boolean;
}

const ASKS_COUNTERS = new RegExp(`"(?:by|number)":"(?:${COUNTERS.join('|')})"`);

export function placeOf(query: BrowseQuery): Place | null {
  if (query.hide !== null || query.sort.by === 'relevance') return null;
  let ofWorks = false;
  const key = JSON.stringify(query, (name, value: unknown) => {
    if (name === 'works' && value instanceof Uint32Array) ofWorks = true;
    return ofWorks ? undefined : value;
  });
  return ofWorks ? null : { key, counters: ASKS_COUNTERS.test(key) };
}

export class KeptAnswers {
  /** In the order in which they were last asked for. */
  readonly #answers = new Map<string, Kept>();
  #characters = 0;

  /** @returns the answer, true now as it was then, or null. */
  find(place: Place, now: Stamp): BrowseAnswer | null {
    const kept = this.#answers.get(place.key);
    if (kept === undefined) return null;
    this.#drop(place.key, kept);
    if (kept.stamp.content !== now.content || (place.counters && kept.stamp.counters !== now.counters)) return null;
    this.#put(place.key, kept);
    // What has changed since touches nothing that was asked.
    return { ...kept.answer, version: now.version };
  }

  keep(place: Place, answer: BrowseAnswer, stamp: Stamp): void {
    const before = this.#answers.get(place.key);
    if (before !== undefined) this.#drop(place.key, before);
    this.#put(place.key, { answer, stamp, characters: place.key.length + JSON.stringify(answer).length });
    for (const [key, kept] of this.#answers) {
      if (this.#answers.size <= MOST_ANSWERS && this.#characters <= MOST_CHARACTERS) return;
      this.#drop(key, kept);
    }
  }

  clear(): void {
    this.#answers.clear();
    this.#characters = 0;
  }

  #put(key: string, kept: Kept): void {
    this.#answers.set(key, kept);
    this.#characters += kept.characters;
  }

  #drop(key: string, kept: Kept): void {
    this.#answers.delete(key);
    this.#characters -= kept.characters;
  }
}
