import { setImmediate as round } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { firstTurn, turn } from './turns.ts';

test('turns come one in a round, in order, and timers between them', async () => {
  const done: string[] = [];
  const work = async (name: string) => {
    await turn();
    done.push(name);
    // A piece of work that holds the thread for longer than the timer waits.
    const until = performance.now() + 4;
    while (performance.now() < until);
  };
  setTimeout(() => done.push('timer'), 1);
  const all = Promise.all(['a', 'b', 'c', 'd'].map(work));
  expect(done).toEqual([]);
  await all;
  expect(done.filter((name) => name !== 'timer')).toEqual(['a', 'b', 'c', 'd']);
  expect(done.indexOf('timer')).toBeLessThan(3);
  expect(done).toContain('timer');
});

test('a turn is had at once where nobody waits, also after others', async () => {
  for (let time = 0; time < 3; time += 1) {
    let had = false;
    void turn().then(() => (had = true));
    expect(had).toBe(false);
    await round();
    await round();
    expect(had).toBe(true);
  }
});

test('who asks during a turn stands behind those who wait', async () => {
  const done: string[] = [];
  const twice = async (name: string) => {
    await turn();
    done.push(`${name}1`);
    await turn();
    done.push(`${name}2`);
  };
  await Promise.all(['a', 'b'].map(twice));
  expect(done).toEqual(['a1', 'b1', 'a2', 'b2']);
});

test('what is begun goes on before anything else begins', async () => {
  const order: string[] = [];
  const request = async (name: string) => {
    await firstTurn();
    order.push(`${name} begins`);
    for (const piece of ['goes on', 'ends']) {
      await turn();
      order.push(`${name} ${piece}`);
    }
  };
  await Promise.all(['one', 'two', 'three'].map(request));
  expect(order).toEqual(
    ['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} goes on`, `${name} ends`]),
  );
});
