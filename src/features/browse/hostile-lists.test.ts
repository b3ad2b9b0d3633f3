/** Addresses that nobody means well with: each is answered soon, and what is not read is refused by name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { openSite, type TestSite } from '../../../test/site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openSite();
  await makeWork(site, {}, { state: 'posted' });
  await site.get('/works');
}, 30_000);
afterAll(() => site.close());

/** Milliseconds of the processor: several times what any of these needs, and far less than a person waits. */
const SOON_MS = 1_000;
const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
const many = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join('&');

/** What a page says where it is not what the API says. */
const REFUSED: readonly (readonly [what: string, query: string, api: RegExp, page?: RegExp])[] = [
  [
    'a thousand parameters',
    many(1_000, (index) => `tag=${index}`),
    /at most 200 parameters|up to 8,192 characters/,
    /at most 200 conditions|up to 8,192 characters/,
  ],
  ['three hundred short parameters', many(300, () => 'tag=a'), /at most 200 parameters/, /at most 200 conditions/],
  ['a value of 10 KB', `fandom=${'a'.repeat(10_000)}`, /up to 8,192 characters/],
  ['a value of 3 KB', `fandom=${'a'.repeat(3_000)}`, /at most 2,000 characters/],
  ['deep nesting', `q=${'('.repeat(900)}a${')'.repeat(900)}`, /at most 20 deep/],
  ['a forest of NOT', `q=${'-('.repeat(300)}a${')'.repeat(300)}`, /at most 20 deep/],
  ['a wall of stars and quotes', `q=${'%22a*%22'.repeat(200)}`, /50 words|at most/],
  ['sixty words', `q=${Array.from({ length: 60 }, (_, index) => `w${index}`).join('+')}`, /at most 50 words/],
  ['an enormous page', 'page=99999999999999999999', /whole number from 1/, /pages are numbered from 1/],
  ['an enormous number', `words=${'9'.repeat(30)}..`, /range like 1000\.\.5000/, /Words take whole numbers/],
  ['a number that is none', 'kudos=1e9', /range/, /Kudos take whole numbers/],
  ['a date that is none', 'posted=2026-02-30', /calendar/],
  ['a list of 101 names', `tag=${Array.from({ length: 101 }, (_, index) => index).join(',')}`, /at most 100/],
  ['an unknown parameter', '__proto__=1', /no parameter/, /by which no list can be narrowed/],
  ['an order that is none', 'sort=constructor', /sort takes/, /no order called/],
  ['a hundred and one works a page', 'per=101', /from 1 to 100/, /a page has 1 to 100/],
];

describe.each(REFUSED.map(([what, query, api, page]) => [what, query, api, page ?? api] as const))(
  '%s',
  (_what, query, api, page) => {
    test.each(['/works?', '/tags/rating/Explicit?', '/works?form=1&'])('is refused at %s', async (path) => {
      const began = spent();
      const answer = await site.get(path + query);
      expect(spent() - began).toBeLessThan(SOON_MS);
      expect(answer.status).toBe(400);
      const text = await answer.text();
      expect(text).toMatch(page);
      expect(text).not.toContain('data-work=');
      expect(text.length).toBeLessThan(200_000);
    });

    test('is refused by the API, which names the parameter', async () => {
      const began = spent();
      const answer = await site.get(`/api/v1/works?${query}`);
      expect(spent() - began).toBeLessThan(SOON_MS);
      expect(answer.status).toBe(400);
      const problem = (await answer.json()) as { type: string; parameter: string; detail: string };
      expect(problem).toMatchObject({ type: '/problems/unreadable-parameter' });
      expect(problem.parameter).not.toBe('');
      expect(problem.detail).toMatch(api);
    });
  },
);

const ANSWERED: readonly (readonly [what: string, path: string, status: number])[] = [
  ['a page far beyond the end', '/works?page=999999999', 404],
  ['a page far beyond the end, in the API', '/api/v1/works?page=999999999&per=100', 200],
  ['a hundred names', `/works?tag=${Array.from({ length: 100 }, (_, index) => `n${index}`).join(',')}`, 200],
  ['two hundred names that are not here', `/works?${many(200, (index) => `not-tag=x${index}`)}`, 200],
  [
    'a hundred creators that are not here',
    `/works?creator=${Array.from({ length: 100 }, (_, i) => `abcdefgh${String(i).padStart(2, '0')}`).join(',')}`,
    200,
  ],
  [
    'fifty words',
    `/works?q=${Array.from({ length: 50 }, (_, index) => `word${index}`).join('+')}&in=text&sort=relevance`,
    200,
  ],
  ['a regular expression’s worst friend', `/works?q=${encodeURIComponent(`${'a'.repeat(900)}!`)}`, 200],
  ['NUL and halves of characters', `/works?fandom=%00%ED%A0%80&q=a%EF%BF%BF%00`, 200],
  ['NUL and halves of characters alone', `/works?q=%00%ED%A0%80%EF%BF%BF`, 400],
  ['hundreds of pairs', `/search?q=${'ab+%26+cd/ef+'.repeat(90)}`, 400],
  ['markup', '/works?fandom=%3Cscript%3Ealert(1)%3C/script%3E', 200],
  ['a search of 2,000 characters', `/search?q=${'ab+'.repeat(660)}`, 400],
  ['a search of 20 KB', `/search?q=${'a'.repeat(20_000)}`, 400],
  ['a search of forty names', `/search?q=${Array.from({ length: 40 }, (_, index) => `name${index}`).join('+')}`, 302],
  ['type-ahead of 10 KB', `/api/v1/tags/suggestions?q=${'a'.repeat(10_000)}`, 200],
  ['type-ahead of signs', '/api/v1/tags/suggestions?q=%25_%5C', 200],
  ['type-ahead of a kind that is none', '/api/v1/tags/suggestions?q=a&kind=media', 400],
];

test.each(ANSWERED)('%s is answered', async (_what, path, status) => {
  const began = spent();
  const answer = await site.get(path);
  expect(spent() - began).toBeLessThan(SOON_MS);
  expect(answer.status).toBe(status);
  const text = await answer.text();
  expect(text).not.toContain('<script>alert');
  expect(text.length).toBeLessThan(500_000);
});
