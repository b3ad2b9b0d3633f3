/** Reading a work: the adult gate, chapters one by one, the entire work, its series; and the same as JSON. */
import { describe, expect, test } from 'vitest';
import { addCreator, makeWork } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { workCardJson } from '../browse/index.ts';
import { placeInSeries } from '../series/index.ts';
import { entireWorkPath, workPath } from '../works/index.ts';
import { workJson, type WorkJson } from './work-json.ts';

const CHAPTERS = ['<p>The hive hummed.</p>', '<p>The rain came.</p>', '<p>The honey was eaten.</p>'];
const textAt = async (site: TestSite, path: string, cookie = '') => {
  const answer = await site.get(path, null, cookie === '' ? {} : { cookie });
  return { status: answer.status, text: await answer.text() };
};
const chapterIds = async (site: TestSite, workId: number) =>
  (
    await site.ground.db.reads
      .selectFrom('chapters')
      .select('public_id')
      .where('work_id', '=', workId)
      .orderBy('position')
      .execute()
  ).map((row) => row.public_id);

describe('the adult gate', () => {
  test.each(['Mature', 'Explicit', 'Not Rated'])('stands before every page of a work rated %s', async (rating) => {
    const site = await testSite();
    const work = await makeWork(site, { rating, chapters: CHAPTERS }, { state: 'posted' });
    const [, second] = await chapterIds(site, work.id);
    for (const path of [
      workPath(work),
      `/works/${work.publicId}`,
      entireWorkPath(work),
      `${workPath(work)}/chapters/${second}`,
    ]) {
      const { status, text } = await textAt(site, path);
      expect(status).toBe(200);
      expect(text, path).toContain('This work could have adult content');
      expect(text).toContain(`name="return" value="${path}"`);
      expect(text).not.toMatch(/hummed|rain came|eaten/);
    }
  });

  test.each(['General Audiences', 'Teen And Up Audiences'])('is open for %s', async (rating) => {
    const site = await testSite();
    const work = await makeWork(site, { rating, chapters: CHAPTERS }, { state: 'posted' });
    expect((await textAt(site, workPath(work))).text).toContain('The hive hummed.');
  });

  test('opens for whoever says they are willing, and leads on to where they were going', async () => {
    const site = await testSite();
    const work = await makeWork(site, { rating: 'Explicit', chapters: CHAPTERS }, { state: 'posted' });
    const answer = await site.post('/adult-consent', { return: entireWorkPath(work) });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(entireWorkPath(work));
    const cookie = answer.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^adult=yes;/);
    expect(cookie).toContain('HttpOnly');
    expect((await textAt(site, entireWorkPath(work), 'adult=yes')).text).toContain('eaten');
    expect((await textAt(site, workPath(work), 'adult=no')).text).toContain('adult content');
  });

  test('is remembered with the session of who is signed in', async () => {
    const site = await testSite();
    const work = await makeWork(site, { rating: 'Mature', chapters: CHAPTERS }, { state: 'posted' });
    const reader = await site.person('reader');
    await site.ground.db.write((tx) => tx.updateTable('sessions').set({ adult: 0 }).execute());
    expect(await (await site.get(workPath(work), reader)).text()).toContain('adult content');
    await site.post('/adult-consent', { return: '/' }, reader);
    expect(await (await site.get(workPath(work), reader)).text()).toContain('hummed');
  });

  test('is not for those who keep the work', async () => {
    const site = await testSite();
    const writer = await site.person('writer');
    const work = await makeWork(site, { rating: 'Mature', by: [writer], chapters: CHAPTERS }, { state: 'posted' });
    await site.ground.db.write((tx) => tx.updateTable('sessions').set({ adult: 0 }).execute());
    expect(await (await site.get(workPath(work), writer)).text()).toContain('hummed');
    expect(await (await site.get(workPath(work), site.owner)).text()).toContain('adult content');
  });

  test('does not stand before lists', async () => {
    const site = await testSite();
    const work = await makeWork(site, { title: 'In the List', rating: 'Explicit' }, { state: 'posted' });
    expect((await textAt(site, '/works')).text).toContain(work.title);
  });

  test('hides works that are not for a guest at all', async () => {
    const site = await testSite();
    const work = await makeWork(site, { rating: 'Explicit' }, { state: 'posted', restricted: true });
    expect((await textAt(site, workPath(work))).status).toBe(404);
  });
});

describe('chapters', () => {
  test('are read one by one: the first on the work’s own page, each next at its own address', async () => {
    const site = await testSite();
    const work = await makeWork(site, { chapters: CHAPTERS }, { state: 'posted' });
    const [first, second, third] = await chapterIds(site, work.id);
    const { text } = await textAt(site, workPath(work));
    expect(text).toContain('The hive hummed.');
    expect(text).not.toMatch(/rain came|eaten/);
    expect(text).toContain(`${workPath(work)}/chapters/${second}`);
    const next = await textAt(site, `${workPath(work)}/chapters/${second}`);
    expect(next.text).toContain('The rain came.');
    expect(next.text).not.toMatch(/hummed|eaten/);
    expect(next.text).toContain(`${workPath(work)}/chapters/${third}`);
    expect((await textAt(site, `${workPath(work)}/chapters/${first}`)).text).toContain('hummed');
  });

  test('stand together in the entire work, in order', async () => {
    const site = await testSite();
    const work = await makeWork(site, { chapters: CHAPTERS }, { state: 'posted' });
    const { text } = await textAt(site, entireWorkPath(work));
    expect(text).toMatch(/hummed[^]*rain came[^]*eaten/);
  });

  test('a single chapter is the entire work', async () => {
    const site = await testSite();
    const work = await makeWork(site, {}, { state: 'posted' });
    const answer = await site.get(entireWorkPath(work));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(workPath(work));
  });

  test('of another work, or of none, are not there', async () => {
    const site = await testSite();
    const work = await makeWork(site, { chapters: CHAPTERS }, { state: 'posted' });
    const other = await makeWork(site, {}, { state: 'posted' });
    const [others] = await chapterIds(site, other.id);
    for (const id of [others, 'aaaaaaaaaa', '1', '%00']) {
      expect((await textAt(site, `${workPath(work)}/chapters/${id}`)).status, id).toBe(404);
    }
  });

  test('that are still drafts are read by the creators of a posted work only', async () => {
    const site = await testSite();
    const [writer, friend] = [await site.person('writer'), await site.person('friend')];
    const work = await makeWork(site, { by: [writer], chapters: CHAPTERS }, { state: 'posted' });
    await addCreator(site, work.id, friend, 'accepted');
    await site.ground.db.write((tx) =>
      tx.updateTable('chapters').set({ state: 'draft' }).where('position', '=', 2).execute(),
    );
    const [, second] = await chapterIds(site, work.id);
    for (const who of [null, site.owner]) {
      expect((await site.get(`${workPath(work)}/chapters/${second}`, who)).status).toBe(404);
      expect(await (await site.get(entireWorkPath(work), who)).text()).not.toContain('rain came');
    }
    for (const who of [writer, friend]) {
      expect(await (await site.get(entireWorkPath(work), who)).text()).toContain('rain came');
    }
  });

  test('the address finds the work by its id, whatever its title says', async () => {
    const site = await testSite();
    const work = await makeWork(site, {}, { state: 'posted' });
    for (const path of [`/works/${work.publicId}`, `/works/${work.publicId}/another-title`, workPath(work)]) {
      expect((await textAt(site, path)).text).toContain('It rained in Sussex.');
    }
    expect((await textAt(site, '/works/aaaaaaaaaa')).status).toBe(404);
  });
});

test('a part of a series leads to the parts beside it that its reader may see', async () => {
  const site = await testSite();
  const reader = await site.person('reader');
  const parts = [
    await makeWork(site, { title: 'Part One' }, { state: 'posted' }),
    await makeWork(site, { title: 'Part Two' }, { state: 'posted', restricted: true }),
    await makeWork(site, { title: 'Part Three' }, { state: 'posted' }),
    await makeWork(site, { title: 'Part Four' }),
  ];
  for (const [index, work] of parts.entries()) {
    const place = { title: 'The Hive', key: 'hive', url: null, position: index + 1 };
    await site.ground.db.write((tx) => placeInSeries(tx, 1, work.id, place));
  }
  const third = workPath(parts[2] ?? { publicId: '', title: '' });
  const forGuests = (await textAt(site, third)).text;
  expect(forGuests).toContain('The Hive');
  expect(forGuests).toContain(`/works/${parts[0]?.publicId}`);
  expect(forGuests).not.toContain(`/works/${parts[1]?.publicId}`);
  const forReaders = await (await site.get(third, reader)).text();
  expect(forReaders).toContain(`/works/${parts[1]?.publicId}`);
  for (const text of [forGuests, forReaders]) expect(text).not.toContain(`/works/${parts[3]?.publicId}`);
});

describe('the API', () => {
  test('gives a work whole, in the shape it promises', async () => {
    const site = await testSite();
    const work = await makeWork(
      site,
      {
        chapters: CHAPTERS,
        importedBy: ['Wren'],
        archivedBy: site.owner,
        sourceUrl: 'https://elsewhere.example/works/7',
        summary: '<p>Bees.</p>',
        postedAt: Date.UTC(2012, 0, 2),
        tags: [{ kind: 'relationship', name: 'Holmes/Watson' }],
      },
      { state: 'posted' },
    );
    const answer = await site.get(`/api/v1/works/${work.publicId}`);
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const json = workJson.strict().parse(await answer.json());
    expect(json).toMatchObject({
      id: work.publicId,
      url: `http://localhost${workPath(work)}`,
      creators: [{ name: 'Wren', kind: 'imported' }],
      archivedBy: 'archivist',
      source: 'https://elsewhere.example/works/7',
      rating: 'General Audiences',
      tags: { relationship: ['Holmes/Watson'] },
      status: 'complete',
      dates: { posted: '2012-01-02T00:00:00.000Z' },
    });
    expect(json.chapters.map((chapter) => [chapter.position, chapter.html.includes('<p')])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
    expect(json).not.toHaveProperty('notices');
    for (const chapter of json.chapters)
      expect((await site.get(chapter.url.replace('http://localhost', ''))).status).toBe(200);
  });

  test('tells the keeper what the import wants looked at, until the work has been edited', async () => {
    const site = await testSite();
    const work = await makeWork(site);
    const notices = JSON.stringify(['The summary: 1300 characters, over the limit of 1250.']);
    await site.ground.db.write((tx) => tx.updateTable('works').set({ notices }).execute());
    const forOwner = async () =>
      (await (await site.get(`/api/v1/works/${work.publicId}`, site.owner)).json()) as WorkJson;
    expect((await forOwner()).notices).toEqual(JSON.parse(notices));
    await site.post(`/works/${work.publicId}/edit`, { title: 'The Bees', status: 'in-progress' }, site.owner);
    expect((await forOwner()).notices).toEqual([]);
  });

  test('says of an adult work that it is one, and of a hidden one nothing', async () => {
    const site = await testSite();
    const adult = await makeWork(site, { rating: 'Explicit' }, { state: 'posted' });
    expect(await (await site.get(`/api/v1/works/${adult.publicId}`)).json()).toMatchObject({ adult: true });
    for (const state of [{}, { state: 'posted', hidden: true }, { state: 'posted', restricted: true }] as const) {
      const work = await makeWork(site, {}, state);
      const answer = await site.get(`/api/v1/works/${work.publicId}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ type: '/problems/not-found' });
    }
  });

  test('describes itself: every route below /api/ stands in its OpenAPI document', async () => {
    const site = await testSite();
    const document = (await (await site.get('/api/v1/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId?: string; responses: Record<string, unknown> }>>;
      components: { schemas: Record<string, { properties: Record<string, unknown>; required: string[] }> };
    };
    expect(document.openapi).toMatch(/^3\.1/);
    const routes = site.web.routes.filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL');
    const described = Object.entries(document.paths).flatMap(([path, ways]) =>
      Object.keys(ways).map((way) => `${way.toUpperCase()} ${path}`),
    );
    const served = routes.map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const expected = [...new Set(served)].filter((route) => route !== 'GET /api/v1/openapi.json');
    expect(described.toSorted()).toEqual(expected.toSorted());
    for (const ways of Object.values(document.paths)) {
      for (const way of Object.values(ways)) {
        expect(way.operationId).toMatch(/^\w+$/);
        expect(Object.keys(way.responses).filter((status) => /^20[01]$/.test(status))).toHaveLength(1);
      }
    }
  });

  test('its document names every field that an answer has', async () => {
    const site = await testSite();
    const work = await makeWork(site, { chapters: CHAPTERS }, { state: 'posted' });
    const document = (await (await site.get('/api/v1/openapi.json')).json()) as {
      components: { schemas: Record<string, { properties: Record<string, { type?: unknown }> }> };
    };
    const fieldsOf = (name: string) => Object.keys(document.components.schemas[name]?.properties ?? {});
    const whole = (await (await site.get(`/api/v1/works/${work.publicId}`, site.owner)).json()) as object;
    expect(Object.keys(whole).toSorted()).toEqual(fieldsOf('Work').toSorted());
    const list = (await (await site.get('/api/v1/works')).json()) as { works: object[] };
    for (const card of list.works) {
      workCardJson.strict().parse(card);
      expect(Object.keys(card).toSorted()).toEqual(fieldsOf('WorkCard').toSorted());
    }
  });
});
