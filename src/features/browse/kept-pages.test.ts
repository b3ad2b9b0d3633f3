/** Pages that are kept for guests: never one for somebody else, never one that is older than the truth. */
import { describe, expect, test, vi } from 'vitest';
import { makeWork, setState } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { logHead } from '../../platform/events/log.ts';
import type { Packing } from '../../platform/http/answer-bytes.ts';
import type { PackedPage } from '../../ui/show.ts';
import type { SiteView } from '../../ui/site-view.ts';
import { GUEST, type Viewer } from '../accounts/index.ts';
import { keptPages, type KeptPages } from './kept-pages.queries.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const look = (more: Partial<SiteView> = {}) =>
  ({ locale: 'en', now: NOW, viewer: null, notice: null, origin: 'http://localhost', ...more }) as SiteView;

/**
 * PostgreSQL's state is that of the whole server: a test beside this one that writes makes the same page be made again, which
 * is right and costs time alone. So a test whose archive was disturbed begins anew.
 */
function undisturbed(body: () => Promise<void>): () => Promise<void> {
  return () => vi.waitFor(body, { timeout: 15_000, interval: 20 });
}

async function keeping() {
  const site = await testSite();
  const pages = keptPages(site.ground.db.reads);
  let made = 0;
  /** The page that is found: the number of the one that was made, from 1. `behind`: what the index lacks. */
  const find = async (address: string, more: Partial<Asked> = {}): Promise<number> => {
    const { viewer = GUEST, view = look(), version = await logHead(site.ground.db.reads), length = 4 } = more;
    const { packing = null } = more;
    const found = await pages.find(viewer, view, address, packing, async () => {
      made += 1;
      return { page: pageOf(new Uint8Array(new Uint32Array(Math.ceil(length / 4)).fill(made).buffer)), version };
    });
    return found?.body[0] ?? 0;
  };
  return { site, pages, find };
}
interface Asked {
  viewer: Viewer;
  view: SiteView;
  packing: Packing | null;
  version: number | null;
  length: number;
}

const pageOf = (body: Uint8Array<ArrayBuffer>): PackedPage => ({ body, packing: null, tag: '' });
const change = async (site: TestSite) => makeWork(site, {}, { state: 'posted' });

test(
  'a page is made once for the same address, and again after anything was written',
  undisturbed(async () => {
    const { site, find } = await keeping();
    expect([await find('/works'), await find('/works'), await find('/works?page=2')]).toEqual([1, 1, 2]);
    const work = await change(site);
    expect([await find('/works'), await find('/works'), await find('/works?page=2')]).toEqual([3, 3, 4]);
    await setState(site, work.id, { state: 'posted', hidden: true });
    expect(await find('/works')).toBe(5);
  }),
);

describe('a page is not shown', () => {
  test(
    'to who is signed in, and theirs to nobody',
    undisturbed(async () => {
      const { site, find } = await keeping();
      const { viewer } = site.owner;
      const view = look({ viewer: {} as SiteView['viewer'] });
      expect([await find('/works', { viewer }), await find('/works', { view }), await find('/works')]).toEqual([
        1, 2, 3,
      ]);
      expect([await find('/works', { viewer }), await find('/works', { view }), await find('/works')]).toEqual([
        4, 5, 3,
      ]);
    }),
  );

  test(
    'again when it tells something once',
    undisturbed(async () => {
      const { find } = await keeping();
      const notice = { text: 'It is done.' } as unknown as NonNullable<SiteView['notice']>;
      expect([await find('/works', { view: look({ notice }) }), await find('/works')]).toEqual([1, 2]);
    }),
  );

  test(
    'where dates, numbers or the way of reading are others',
    undisturbed(async () => {
      const { find } = await keeping();
      const views = [
        look(),
        look({ locale: 'de' }),
        look({ now: NOW + 86_400_000 }),
        look({ origin: 'https://archive.example' }),
        look({ preferences: { theme: 'dark' } as unknown as SiteView['preferences'] }),
      ];
      const found: number[] = [];
      for (const view of views) found.push(await find('/works', { view }));
      found.push(await find('/works', { viewer: { ...GUEST, adult: !GUEST.adult } }));
      expect(found).toEqual([1, 2, 3, 4, 5, 6]);
      for (const [index, view] of views.entries()) expect(await find('/works', { view })).toBe(index + 1);
    }),
  );
});

test(
  'a page is kept as it was packed, for those alone who want it so',
  undisturbed(async () => {
    const { find } = await keeping();
    const packings = ['zstd', 'gzip', null] as const;
    for (const again of [false, true]) {
      for (const [index, packing] of packings.entries())
        expect(await find('/works', { packing }), `${packing} ${again}`).toBe(index + 1);
    }
  }),
);

describe('a page is not kept', () => {
  test(
    'when it depends on more than the truth, or the index has not read all of it',
    undisturbed(async () => {
      const { site, find } = await keeping();
      await change(site);
      const head = await logHead(site.ground.db.reads);
      expect([await find('/works', { version: null }), await find('/works', { version: head - 1 })]).toEqual([1, 2]);
      expect([await find('/works', { version: head }), await find('/works')]).toEqual([3, 3]);
    }),
  );

  test(
    'when somebody writes while it is made',
    undisturbed(async () => {
      const { site, pages } = await keeping();
      const made = (number: number) => ({ page: pageOf(new Uint8Array([number])), version: 1_000_000 });
      const find = (make: Parameters<KeptPages['find']>[4]) => pages.find(GUEST, look(), '/works', null, make);
      await find(async () => {
        await change(site);
        return made(1);
      });
      expect((await find(async () => made(2)))?.body[0]).toBe(2);
      expect((await find(async () => made(3)))?.body[0]).toBe(2);
    }),
  );

  test(
    'under an address that nobody gives twice, or when there is none',
    undisturbed(async () => {
      const { find, pages } = await keeping();
      const long = `/works?q=${'x'.repeat(2_000)}`;
      expect([await find(long), await find(long)]).toEqual([1, 2]);
      expect(await pages.find(GUEST, look(), '/nowhere', null, async () => null)).toBeNull();
    }),
  );

  test(
    'longer than others that are asked for, when there is no room',
    undisturbed(async () => {
      const { find } = await keeping();
      const length = 12 * 1024 * 1024;
      for (const address of ['/a', '/b', '/a']) await find(address, { length });
      // The third has no room beside both: the one that was asked for longest ago goes.
      expect(await find('/c', { length })).toBe(3);
      expect([await find('/a'), await find('/b')]).toEqual([1, 4]);
    }),
  );
});
