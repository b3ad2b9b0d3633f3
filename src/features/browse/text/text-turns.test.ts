/** Many questions and one process: who asks for a word once is answered, however many somebody else asks for. */
import { expect, onTestFinished, test } from 'vitest';
import { testSite } from '../../../../test/site.ts';
import type { Bench, Done } from '../../../platform/threads/bench.ts';
import type { Asker } from '../../../platform/threads/fair-queue.ts';
import type { TextAsk, TextReply } from './text-asking.worker.ts';
import { startTextSearch, TextSearchSlow, type TextSearch } from './text-search.ts';
import { leaf } from './text.fixture.ts';

const GREEDY: Asker = { key: 'greedy', isOne: false };
const GUEST: Asker = { key: 'guest', isOne: false };
const READER: Asker = { key: 'reader', isOne: true };
const STATE = { state: 'ready', works: 0, of: 0, version: 1, bytes: 0 } as const;

/** A process that takes for ever, until it is told that the time of a question is over. */
function endlessBench() {
  const begun: TextAsk[] = [];
  let end: ((done: Done<TextReply>) => void) | null = null;
  const bench: Bench<TextAsk, TextReply> = {
    do: (asked) => {
      begun.push(asked);
      return new Promise((resolve) => (end = resolve));
    },
    close: async () => undefined,
  };
  return {
    bench,
    words: () => begun.flatMap((asked) => ('wanted' in asked ? [asked.wanted.flat()[0]?.words] : [])),
    async finish(done: Done<TextReply>) {
      end?.(done);
      await new Promise(setImmediate);
    },
  };
}

test('one guest who fills the queue keeps no other from being answered', async () => {
  const site = await testSite();
  const { bench, words, finish } = endlessBench();
  const search = startTextSearch(site.ground.config, { bench });
  onTestFinished(() => search.close());
  await finish({ answer: { state: STATE } });
  const ask = (asker: Asker, word: string, of: TextSearch = search.askedBy(asker)) =>
    of.match([leaf(word)], true).then(
      () => 'answered',
      (error: Error) => (error instanceof TextSearchSlow ? 'slow' : error.name),
    );
  const greedy = Array.from({ length: 60 }, (_, index) => ask(GREEDY, `many${index}`));
  expect(await Promise.all(greedy.slice(51))).toEqual(Array.from({ length: 9 }, () => 'NotAnswered'));
  const [guest, reader] = [ask(GUEST, 'otters'), ask(READER, 'bees')];
  // What nobody in particular asks has its turn, too.
  const nobody = ask(GUEST, 'wombats', search);
  expect(await Promise.all(greedy.slice(1, 4))).toEqual(['NotAnswered', 'NotAnswered', 'NotAnswered']);
  const answer: Done<TextReply> = { answer: { match: { works: [new Uint32Array()], version: 1, state: STATE } } };
  await finish({ overran: 'time' });
  expect(await greedy[0]).toBe('slow');
  await finish({ overran: 'time' });
  for (let others = 0; others < 3; others += 1) await finish(answer);
  expect(words()).toEqual(['many0', 'many4', 'otters', 'bees', 'wombats', 'many5']);
  expect(await Promise.all([guest, reader, nobody])).toEqual(['answered', 'answered', 'answered']);
});

test('whoever waits when it is closed is told so', async () => {
  const site = await testSite();
  const search = startTextSearch(site.ground.config);
  const asked = ['bees', 'otters', 'wombats'].map((word) => search.askedBy(READER).match([leaf(word)], true));
  const ended = Promise.allSettled(asked);
  await search.close();
  for (const one of await ended) expect(one).toMatchObject({ status: 'rejected', reason: { name: 'Unavailable' } });
});
