/**
 * The index in memory answers as plain SQL does, whatever has happened in the archive: the same total, page, counts and
 * suggestions, after changes, merges and restarts. A failure names the seed, what was done, and the question.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSite } from '../../../test/site.ts';
import type { Engine } from './engine/engine.ts';
import { mergeSegment, type MergeInput } from './engine/merge.ts';
import { inlineIndex } from './feed/inline-index.ts';
import { plainIndex } from './plain/plain-index.ts';
import { chanceOf, RandomArchive, type Chance } from './plain/random-archive.fixture.ts';

const ARCHIVES = 2;
/** Times that the index catches up with an archive, and questions asked each time. */
const ROUNDS = 10;
const QUESTIONS = 5;

async function agree(seed: number): Promise<void> {
  const site = await openSite();
  try {
    const chance = chanceOf(seed);
    const archive = new RandomArchive(site, chance);
    const plain = plainIndex(site.ground.db.reads);
    let index = inlineIndex(site.ground.db.reads);
    const merges = new Merges(chance);
    const done: string[] = [];
    // Now and then the index is there before the first work.
    if (chance.once(2)) await index.refresh();
    await archive.fill(30 + chance.number(31));
    for (let round = 0; round < ROUNDS; round += 1) {
      if (chance.once(5)) {
        index = inlineIndex(site.ground.db.reads);
        done.push('restart');
      }
      await index.refresh();
      done.push(...merges.goOn(index.engine));
      for (let question = 0; question < QUESTIONS; question += 1) {
        const query = await archive.query();
        const answer = await index.search(query);
        expect(answer, readable(seed, done, query)).toEqual(await plain.search(query));
        const suggestion = archive.suggestion();
        const suggested = await index.suggest(suggestion);
        expect(suggested, readable(seed, done, suggestion)).toEqual(await plain.suggest(suggestion));
      }
      for (let change = chance.number(10); change >= 0; change -= 1) done.push(await archive.change());
    }
  } finally {
    await site.close();
  }
}

/** Merges as they happen: begun at one moment, and swapped in after whatever came meanwhile. */
class Merges {
  readonly #chance: Chance;
  #begun: { engine: Engine; input: MergeInput } | null = null;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** @returns what it did. */
  goOn(engine: Engine): string[] {
    const did: string[] = [];
    // One that was begun by an index that has been made anew since comes to nothing.
    if (this.#begun?.engine === engine) {
      engine.swap(mergeSegment(this.#begun.input));
      did.push('the merge is swapped in');
    }
    this.#begun = null;
    if (this.#chance.once(2)) {
      this.#begun = { engine, input: engine.mergeInput() };
      did.push('a merge begins');
    }
    return did;
  }
}

/** What a person needs to see of a failure. What was received is the index's, what was expected is plain SQL's. */
function readable(seed: number, done: readonly string[], query: object): string {
  const asked = JSON.stringify(query, (_key, value: unknown) => (value instanceof Uint32Array ? [...value] : value));
  return `seed ${seed}, after\n  ${done.join('\n  ')}\nthe question ${asked}`;
}

test('the index and plain SQL agree, whatever has happened', async () => {
  await fc.assert(
    // A smaller seed makes no smaller archive: a failure is shown as it was found.
    fc.asyncProperty(fc.noShrink(fc.nat(2 ** 31 - 1)), agree),
    { numRuns: ARCHIVES },
  );
  expect.hasAssertions();
}, 120_000);
