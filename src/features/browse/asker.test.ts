/** Each question of a page goes out in the name of who asked: readers by account, guests by network, neither to be read. */
import { expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { testSite } from '../../../test/site.ts';
import type { Asker } from '../../platform/threads/fair-queue.ts';
import { GUEST, type Viewer } from '../accounts/index.ts';
import { askerOf } from './asker.ts';
import { inlineFinder } from './keeper/inline-finder.ts';
import { NotAnswered } from './plain/not-answered.ts';

const READER: Viewer = { accountId: 7, roles: new Set(['member']), adult: true };

test('a reader is the same asker everywhere, a guest the same in their network, and no address is in it', () => {
  const [here, there] = [
    askerOf({ viewer: GUEST, network: '192.0.2.1' }),
    askerOf({ viewer: GUEST, network: '192.0.2.2' }),
  ];
  expect(here).toEqual(askerOf({ viewer: { ...GUEST, adult: true }, network: '192.0.2.1' }));
  expect(here.key).not.toBe(there.key);
  expect(here.key).not.toContain('192');
  expect(here.isOne).toBe(false);
  expect(askerOf({ viewer: READER, network: '192.0.2.1' })).toEqual(askerOf({ viewer: READER, network: '192.0.2.2' }));
  expect(askerOf({ viewer: READER, network: '192.0.2.1' }).isOne).toBe(true);
});

test('lists, searches and their programs ask for who looks; what is too much is told as such, to be asked again', async () => {
  const askers: Asker[] = [];
  let isFull = false;
  const site = await testSite({
    finder: (ground) => {
      const finder = inlineFinder(ground.db);
      return {
        ...finder,
        askedBy(asker) {
          askers.push(asker);
          const match = async () => {
            throw new NotAnswered('busy');
          };
          return isFull ? { ...finder, text: { ...finder.text, match } } : finder;
        },
      };
    },
  });
  await makeWork(site, {}, { state: 'posted' });
  const paths = [
    '/',
    '/works?q=bees',
    '/works',
    '/search?q=%22',
    '/api/v1/works?q=bees',
    '/api/v1/tags/suggestions?q=b',
  ];
  for (const path of paths) {
    askers.length = 0;
    await site.get(path);
    await site.get(path, site.owner);
    expect(
      askers.map(({ isOne }) => isOne),
      path,
    ).toEqual([false, true]);
  }
  isFull = true;
  for (const path of ['/works?q=bees', '/api/v1/works?q=bees']) {
    const refused = await site.get(path);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.text()).toContain('Too many lists are asked for at once. Try again in 5 seconds.');
  }
});
