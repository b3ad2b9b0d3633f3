/** Orders for one worker: one at a time, in turns, and whatever becomes of one, the next is done. */
import { expect, test } from 'vitest';
import type { Asker } from './fair-queue.ts';
import { inTurns } from './in-turns.ts';

const GUESTS: Asker = { key: 'guests', isOne: false };
const READER: Asker = { key: 'reader', isOne: true };

/** Work that ends when it is told to: no time passes. */
function slowWork() {
  const begun: string[] = [];
  let end: ((failure?: Error) => void) | null = null;
  const work = (order: string) =>
    new Promise<string>((resolve, reject) => {
      begun.push(order);
      end = (failure) => (failure ? reject(failure) : resolve(`${order} done`));
    });
  return {
    begun,
    work,
    /** Ends what is worked on, and lets the next begin. */
    async finish(failure?: Error) {
      end?.(failure);
      await new Promise(setImmediate);
    },
  };
}

const told = (answer: Promise<string>) => answer.catch((error: Error) => error.message);

test('one greedy asker keeps nobody from being answered', async () => {
  const { begun, work, finish } = slowWork();
  const ask = inTurns(work, { most: 4, mostOfOne: 2, busy: () => new Error('busy') });
  const guests = ['1', '2', '3', '4', '5', '6'].map((order) => told(ask(`guest ${order}`, GUESTS)));
  // One is worked on, four wait, and the sixth is refused as soon as it comes.
  expect(await guests[5]).toBe('busy');
  const reader = told(ask('reader 1', READER));
  expect(await guests[1]).toBe('busy');
  await finish();
  await finish();
  expect(begun).toEqual(['guest 1', 'guest 3', 'reader 1']);
  await finish();
  expect(await reader).toBe('reader 1 done');
  await finish();
  await finish();
  expect(await Promise.all(guests)).toEqual([
    'guest 1 done',
    'busy',
    'guest 3 done',
    'guest 4 done',
    'guest 5 done',
    'busy',
  ]);
});

test('what fails is told to whoever asked, and the next is worked on', async () => {
  const { begun, work, finish } = slowWork();
  const ask = inTurns(work, { most: 4, mostOfOne: 2, busy: () => new Error('busy') });
  const answers = ['1', '2'].map((order) => told(ask(order, null)));
  await finish(new Error('It broke.'));
  await finish();
  expect(await Promise.all(answers)).toEqual(['It broke.', '2 done']);
  const later = told(ask('3', null));
  await finish();
  expect(await later).toBe('3 done');
  expect(begun).toEqual(['1', '2', '3']);
});
