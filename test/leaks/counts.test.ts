/** Numbers say no more than lists: every count shown to somebody is the count of works that stand in their lists. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setState } from '../cast.ts';
import { openSite, type TestSite } from '../site.ts';
import { secretArchive, type SecretArchive, type Walker } from './archive.ts';
import { personOf } from './walk.ts';

let site: TestSite;
let archive: SecretArchive;

beforeAll(async () => {
  site = await openSite();
  archive = await secretArchive(site);
}, 60_000);
afterAll(() => site.close());

interface Counts {
  works: number;
  words: number;
  /** Works under each fandom. */
  fandoms: Record<string, number>;
}

/** What must come out, from what this test knows of every work it made. */
function expected(who: Walker): Counts {
  const listed = archive.works.filter((work) => work.listed[who === 'guest' ? 'guest' : 'account']);
  const fandoms: Record<string, number> = {};
  for (const work of listed) for (const fandom of work.fandoms) fandoms[fandom] = (fandoms[fandom] ?? 0) + 1;
  return { works: listed.length, words: listed.reduce((sum, work) => sum + work.words, 0), fandoms };
}

async function page(path: string, who: Walker): Promise<string> {
  const answer = await site.get(path, personOf(archive, who));
  expect(answer.status, path).toBe(200);
  return answer.text();
}

/** The entries of a counted list: a name and a number beside it. */
function countedList(html: string): Record<string, number> {
  const entries = html.matchAll(/<li><a href="\/tags\/fandom\/[^"]*"[^>]*>([^<]*)<\/a><span class="num">(\d+)/g);
  return Object.fromEntries([...entries].map((match) => [match[1] ?? '', Number(match[2])]));
}

const totalOf = (html: string) => Number(/<p class="total"[^>]*><b>(\d+)/.exec(html)?.[1]);

describe.each(['guest', 'reader', 'creator', 'keeper', 'moderator', 'owner'] as const)('what the %s is told', (who) => {
  test('on the home page', async () => {
    const { works, words, fandoms } = expected(who);
    const html = await page('/', who);
    const totals = (/<p class="totals">(.*?)<\/p>/.exec(html)?.[1] ?? '').replace(/<[^>]*>/g, '');
    const said = totals.match(/\d+/g)?.map(Number);
    expect(said, totals).toEqual([works, Object.keys(fandoms).length, words]);
    expect(countedList(html)).toEqual(fandoms);
  });

  test('on the list of fandoms', async () => {
    const { fandoms } = expected(who);
    const html = await page('/fandoms', who);
    expect(countedList(html)).toEqual(fandoms);
    expect(totalOf(html)).toBe(Object.keys(fandoms).length);
  });

  test('on the list of works and by the API', async () => {
    const { works, fandoms } = expected(who);
    expect(totalOf(await page('/works', who))).toBe(works);
    const api = async (query: string) =>
      (JSON.parse(await page(`/api/v1/works${query}`, who)) as { total: number }).total;
    expect(await api('')).toBe(works);
    for (const [fandom, count] of Object.entries(fandoms)) {
      expect(await api(`?fandom=${encodeURIComponent(fandom)}`), fandom).toBe(count);
      expect(totalOf(await page(`/tags/fandom/${encodeURIComponent(fandom)}`, who)), fandom).toBe(count);
    }
    const { facets } = JSON.parse(await page('/api/v1/works', who)) as {
      facets: Record<string, { name: string; works: number }[]>;
    };
    // A name that only one creator uses is offered to nobody.
    for (const { name, works: beside } of facets['fandom'] ?? []) expect(beside, name).toBe(fandoms[name]);
    const ratings = facets['rating'] ?? [];
    expect(ratings.reduce((sum, rating) => sum + rating.works, 0)).toBe(works);
  });
});

test('counts follow a work that changes what it is', async () => {
  const restricted = archive.works.find((work) => work.name === 'restricted');
  if (!restricted) throw new Error('There is no restricted work.');
  const before = expected('guest').works;
  const shown = async (who: Walker) => {
    await site.follow();
    return {
      total: totalOf(await page('/works', who)),
      fandoms: Object.values(countedList(await page('/fandoms', who))).reduce((a, b) => a + b, 0),
    };
  };
  await setState(site, restricted.id, {});
  expect(await shown('guest')).toEqual({ total: before + 1, fandoms: before + 1 });
  await setState(site, restricted.id, { hidden: true });
  expect(await shown('guest')).toEqual({ total: before, fandoms: before });
  expect(await shown('reader')).toEqual({ total: expected('reader').works - 1, fandoms: expected('reader').works - 1 });
  await setState(site, restricted.id, { restricted: true });
  expect(await shown('reader')).toEqual({ total: expected('reader').works, fandoms: expected('reader').works });
});
