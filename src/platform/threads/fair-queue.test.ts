/** Whoever asks, and however often: turns go round, and a full queue is cleared where most waits. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FairQueue, type Asker } from './fair-queue.ts';

interface Task {
  of: string;
  number: number;
}

const person = (key: string): Asker => ({ key, isOne: true });
const network = (key: string): Asker => ({ key, isOne: false });
const task = (of: string, number = 1): Task => ({ of, number });

function queueOf(most: number, mostOfOne = most): FairQueue<Task> {
  return new FairQueue<Task>({ most, mostOfOne });
}

function allOf(queue: FairQueue<Task>): string[] {
  const served: string[] = [];
  for (let next = queue.next(); next !== undefined; next = queue.next()) served.push(`${next.of}${next.number}`);
  expect(queue.size).toBe(0);
  return served;
}

/** Puts in so many of an asker; what was refused for each. */
function ask(queue: FairQueue<Task>, asker: Asker, times: number, from = 1): (string | null)[] {
  return Array.from({ length: times }, (_, index) => {
    const refused = queue.push(task(asker.key, from + index), asker);
    return refused && `${refused.of}${refused.number}`;
  });
}

test('who asks once waits for one question of each other, whoever came first', () => {
  const queue = queueOf(50);
  ask(queue, network('a'), 20);
  ask(queue, person('b'), 3);
  ask(queue, person('c'), 1);
  expect(allOf(queue).slice(0, 7)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'b3']);
});

test('where all share one network, they are served and refused as in a single line', () => {
  const queue = queueOf(50, 8);
  expect(ask(queue, network('a'), 50)).toEqual(Array.from({ length: 50 }, () => null));
  expect(ask(queue, network('a'), 2, 51)).toEqual(['a51', 'a52']);
  expect(allOf(queue)).toEqual(Array.from({ length: 50 }, (_, index) => `a${index + 1}`));
});

test('of one person only some wait: the oldest goes, which they have most likely given up', () => {
  const queue = queueOf(50, 3);
  expect(ask(queue, person('a'), 5)).toEqual([null, null, null, 'a1', 'a2']);
  expect(allOf(queue)).toEqual(['a3', 'a4', 'a5']);
});

test('a full queue gives a place to who has fewer, until nobody has many', () => {
  const queue = queueOf(6);
  ask(queue, network('a'), 6);
  expect(ask(queue, network('b'), 4)).toEqual(['a1', 'a2', 'a3', 'b4']);
  expect(ask(queue, person('c'), 3)).toEqual(['a4', 'b1', 'c3']);
  expect(ask(queue, person('d'), 1)).toEqual(['a5']);
  expect(ask(queue, person('e'), 2)).toEqual(['b2', 'e2']);
  // Each that waits is the only one, or of one who gets no more by asking.
  expect(allOf(queue)).toEqual(['a6', 'b3', 'c1', 'd1', 'e1', 'c2']);
});

test('what several wait for is done once, in the first of their turns, takes one place, and is not refused', () => {
  const queue = queueOf(6);
  const shared = task('a', 9);
  ask(queue, network('a'), 5);
  queue.push(shared, network('a'));
  expect(queue.push(shared, person('b'))).toBeNull();
  expect(queue.push(shared, person('b'))).toBeNull();
  expect(queue.size).toBe(6);
  expect(allOf(queue)).toEqual(['a1', 'a9', 'a2', 'a3', 'a4', 'a5']);
  const full = queueOf(3, 1);
  full.push(shared, network('a'));
  full.push(shared, person('b'));
  ask(full, network('a'), 2);
  expect(ask(full, person('b'), 1)).toEqual(['a1']);
  expect(ask(full, person('c'), 1)).toEqual(['c1']);
  expect(allOf(full)).toEqual(['a9', 'b1', 'a2']);
});

test('what had its turn already comes before all others, and what is cleared is named once', () => {
  const queue = queueOf(10);
  ask(queue, network('a'), 2);
  const again = task('z', 7);
  queue.putBack(again);
  expect(queue.size).toBe(3);
  expect(queue.next()).toBe(again);
  const both = task('b', 1);
  queue.push(both, network('a'));
  queue.push(both, person('b'));
  queue.putBack(again);
  expect(queue.clear().map(({ of }) => of)).toEqual(['z', 'a', 'a', 'b']);
  expect([queue.size, queue.next()]).toEqual([0, undefined]);
});

test('nothing is lost or done twice, and nobody waits for more than one question of another in a round', () => {
  const LIMITS = { most: 12, mostOfOne: 4 };
  const step = fc.oneof(
    fc.record({ asks: fc.constantFrom('a', 'b', 'c', 'd', 'e'), isOne: fc.boolean() }),
    fc.constant('serve' as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const queue = new FairQueue<Task>(LIMITS);
      const waiting = new Set<Task>();
      let number = 0;
      for (const one of steps) {
        const key = one === 'serve' ? null : `${one.asks}${one.isOne ? '1' : ''}`;
        const asked = key === null ? null : task(key, (number += 1));
        if (asked !== null) waiting.add(asked);
        // What is served, or refused for what is asked: nothing of it where nothing waits, and where there is room.
        const gone =
          asked === null ? queue.next() : queue.push(asked, { key: asked.of, isOne: asked.of.endsWith('1') });
        expect(gone ? waiting.delete(gone) : asked !== null || waiting.size === 0).toBe(true);
        expect(queue.size).toBe(waiting.size);
        expect(queue.size).toBeLessThanOrEqual(LIMITS.most);
      }
      // From here on nobody asks any more: of each asker one is served in each round.
      const lines = Map.groupBy(waiting, ({ of }) => of);
      for (let round = 0; waiting.size > 0; round += 1) {
        const askers = [...lines.values()].filter((line) => line.length > round).length;
        const served = Array.from({ length: askers }, () => queue.next() as Task);
        expect(new Set(served.map(({ of }) => of)).size).toBe(askers);
        for (const done of served) {
          expect(lines.get(done.of)?.[round]).toBe(done);
          waiting.delete(done);
        }
      }
      expect(queue.next()).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
