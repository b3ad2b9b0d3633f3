/** What other sites hang on an address is taken off it, on pages alone. */
import { expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { testSite } from '../../../test/site.ts';
import { withoutTracking } from './tracking.ts';

test.each([
  ['', null],
  ['?tag=Bees', null],
  ['?fbclid=1', ''],
  ['?fbclid', ''],
  ['?tag=Slow+Burn&utm_source=x&not-tag=A%2FB&gclid=1&page=2', '?tag=Slow+Burn&not-tag=A%2FB&page=2'],
  ['?UTM_Medium=x&tag=a', '?tag=a'],
  // Their names as values, and names that only begin like them, are left alone.
  ['?tag=fbclid&fbclids=1', null],
  ['?tag=a&&igshid=1', '?tag=a&'],
])('%s becomes %s', (search, clean) => {
  expect(withoutTracking(search)).toBe(clean);
});

test('a shared list is shown at its own address; what else is unknown stays a mistake, and so does all of it in the API', async () => {
  const site = await testSite();
  const wren = await site.person('wren');
  await makeWork(site, { title: 'Hives', by: [wren], fandoms: ['Sherlock/Bees'] }, { state: 'posted' });
  for (const [path, clean] of [
    ['/works?fbclid=x', '/works'],
    ['/works?fandom=Sherlock/Bees&ref_src=x&sort=-words', '/works?fandom=Sherlock/Bees&sort=-words'],
    ['/tags/fandom/Sherlock*s*Bees?mc_cid=1&words=1..', '/tags/fandom/Sherlock*s*Bees?words=1..'],
    ['/search?q=bees&utm_campaign=x', '/search?q=bees'],
    ['/works?fbclid=x&colour=red', '/works?colour=red'],
  ] as const) {
    const answer = await site.get(path);
    expect([answer.status, answer.headers.get('location')], path).toEqual([302, clean]);
  }
  expect((await site.get('/works?colour=red')).status).toBe(400);
  expect((await site.get('/api/v1/works?fbclid=x')).status).toBe(400);
  expect((await site.get('/works?tag=fbclid')).status).toBe(200);
});
