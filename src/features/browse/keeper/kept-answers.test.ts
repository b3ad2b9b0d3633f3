import { describe, expect, test } from 'vitest';
import { EVERYTHING, type BrowseAnswer, type BrowseQuery, type Where } from '../browse-query.ts';
import { KeptAnswers, placeOf, type Place } from './kept-answers.ts';
import type { Stamp } from './messages.ts';

const QUESTION: BrowseQuery = {
  audience: 'guest',
  where: { all: [{ term: { kind: 'fandom', id: 7 } }] },
  hide: null,
  sort: { by: 'updated', reversed: false },
  offset: 0,
  limit: 25,
  facets: null,
};
const answer = (total: number): BrowseAnswer => ({ version: 1, total, hidden: 0, ids: [], facets: null });
const at = (content: number, counters: number, version = 1): Stamp => ({ content, counters, version });
const place = (query: BrowseQuery): Place => placeOf(query) ?? { key: 'none', counters: false };

describe('the place of a question', () => {
  test('is another for another audience, page or condition', () => {
    const others: BrowseQuery[] = [
      QUESTION,
      { ...QUESTION, audience: 'account' },
      { ...QUESTION, offset: 25 },
      { ...QUESTION, where: EVERYTHING },
    ];
    expect(new Set(others.map((query) => placeOf(query)?.key)).size).toBe(others.length);
  });

  test('there is none for what one person leaves out, nor for a list of works', () => {
    const works: Where = { works: Uint32Array.of(1, 2) };
    expect(placeOf({ ...QUESTION, hide: EVERYTHING })).toBeNull();
    expect(placeOf({ ...QUESTION, where: { all: [EVERYTHING, { not: works }] } })).toBeNull();
    expect(
      placeOf({
        ...QUESTION,
        facets: { kinds: ['fandom'], top: 5, also: [], without: [{ kind: 'fandom', where: works }] },
      }),
    ).toBeNull();
    expect(placeOf({ ...QUESTION, sort: { by: 'relevance', ranked: Uint32Array.of(1), reversed: false } })).toBeNull();
  });
});

describe('answers', () => {
  test('are found again until something changes', () => {
    const answers = new KeptAnswers();
    answers.keep(place(QUESTION), answer(3), at(1, 1));
    expect(answers.find(place(QUESTION), at(1, 1))?.total).toBe(3);
    expect(answers.find(place(QUESTION), at(1, 9, 7))).toEqual({ ...answer(3), version: 7 });
    expect(answers.find(place(QUESTION), at(2, 1))).toBeNull();
  });

  test.each([
    { ...QUESTION, sort: { by: 'kudos', reversed: false } },
    { ...QUESTION, where: { number: 'hits', from: 10, to: null } },
  ] satisfies BrowseQuery[])('with counters in the question only until those change', (query) => {
    const answers = new KeptAnswers();
    answers.keep(place(query), answer(3), at(1, 1));
    expect(answers.find(place(query), at(1, 1))?.total).toBe(3);
    expect(answers.find(place(query), at(1, 2))).toBeNull();
  });

  test('are at most a thousand: those not asked for longest go first', () => {
    const answers = new KeptAnswers();
    const stamp = at(1, 1);
    const page = (offset: number) => place({ ...QUESTION, offset });
    for (let offset = 0; offset < 1_000; offset += 1) answers.keep(page(offset), answer(offset), stamp);
    expect(answers.find(page(0), stamp)?.total).toBe(0);
    answers.keep(page(1_000), answer(1_000), stamp);
    expect(answers.find(page(0), stamp)?.total).toBe(0);
    expect(answers.find(page(1), stamp)).toBeNull();
  });

  test('are fewer where they are large', () => {
    const answers = new KeptAnswers();
    const stamp = at(1, 1);
    const page = (offset: number) => place({ ...QUESTION, offset });
    const large: BrowseAnswer = { ...answer(1), ids: Array.from({ length: 500_000 }, (_, id) => id) };
    for (let offset = 0; offset < 6; offset += 1) answers.keep(page(offset), large, stamp);
    expect([0, 1, 2, 3, 4, 5].filter((offset) => answers.find(page(offset), stamp) !== null)).toEqual([4, 5]);
  });
});
