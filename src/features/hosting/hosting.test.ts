/** What the owner does with the archive as a whole. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { testSite } from '../../../test/site.ts';
import { offerSamples } from '../../app/samples.ts';

const NASTY = '"><script>alert(1)</script>&amp;';

describe('settings', () => {
  test('are the owner’s alone', async () => {
    const site = await testSite();
    const others = [null, await site.person('reader'), await site.person('mod', ['moderator', 'member'])];
    for (const who of others) {
      expect((await site.get('/settings', who)).status).toBe(404);
      expect((await site.post('/settings', { name: 'Mine now' }, who)).status).toBe(404);
      expect((await site.post('/samples/removal', {}, who)).status).toBe(404);
    }
    expect(await (await site.get('/')).text()).not.toContain('Mine now');
  });

  test('name the archive, on every page', async () => {
    const site = await testSite();
    const fields = {
      name: '  The   Hive ',
      pseud: 'Keeper of Bees',
      description: 'Bees & honey.',
      readersOnly: 'on',
      indexable: 'on',
    };
    const answer = await site.post('/settings', fields, site.owner);
    expect(answer.status).toBe(303);
    for (const path of ['/', '/works', '/fandoms', '/nowhere']) {
      expect(await (await site.get(path)).text(), path).toContain('The Hive');
    }
    expect(await (await site.get('/')).text()).toContain('Bees &amp; honey.');
    const page = await (await site.get('/settings', site.owner)).text();
    expect(page).toMatch(/name="pseud"[^>]*value="Keeper of Bees"/);
    expect(page).toMatch(/name="readersOnly"[^>]*checked/);
    expect(page).not.toMatch(/name="refuseExplicit"[^>]*checked/);
    expect(await (await site.get('/robots.txt')).text()).not.toContain('Disallow: /\n');
  });

  test.each([
    ['name', { name: ' ' }, 'An archive needs a name.'],
    ['name', { name: 'x'.repeat(81) }, 'at most 80 characters'],
    ['description', { description: 'x'.repeat(501) }, 'at most 500 characters'],
    ['pseud', { pseud: '' }, 'A pseud needs a name.'],
    ['pseud', { pseud: 'x'.repeat(41) }, 'at most 40 characters'],
    ['pseud', { pseud: NASTY }, 'made of letters, digits'],
    ['pseud', { pseud: '- _' }, 'needs a letter or a digit'],
    ['pseud', { pseud: 'arch\0ivist' }, 'made of letters, digits'],
    ['joining', { joining: 'everybody' }, 'Choose who may join'],
    ['minimumAge', { minimumAge: '12' }, 'from 13 to 99'],
    ['minimumAge', { minimumAge: '1e2' }, 'from 13 to 99'],
    ['invitationsEach', { invitationsEach: '-1' }, 'from 0 to 100'],
    ['invitationsEach', { invitationsEach: '101' }, 'from 0 to 100'],
  ])('with a refused %s come back as typed, with the sentence beside it', async (field, wrong, sentence) => {
    const site = await testSite();
    const typed = { name: NASTY, description: NASTY, pseud: 'archivist', refuseExplicit: 'on', ...wrong };
    const answer = await site.post('/settings', typed, site.owner);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).not.toContain('<script>alert');
    expect(html).toMatch(new RegExp(`id="${field}-error"[^]*?${sentence}`));
    expect(html).toContain('&lt;script>alert(1)&lt;/script>&amp;amp;');
    expect(html).toMatch(/name="refuseExplicit"[^>]*checked/);
    expect(await (await site.get('/')).text()).toContain('Fanfold');
  });

  test('for registered readers only hold for what is posted already, counts included', async () => {
    const site = await testSite();
    const reader = await site.person('reader');
    const work = await makeWork(site, { fandoms: ['Emma'] }, { state: 'posted' });
    await site.follow();
    await site.post('/settings', { name: 'The Hive', pseud: 'archivist', readersOnly: 'on' }, site.owner);
    await site.follow();
    expect((await site.get(`/works/${work.publicId}`)).status).toBe(404);
    expect((await site.get(`/works/${work.publicId}`, reader)).status).toBe(200);
    expect(await (await site.get('/fandoms')).text()).not.toContain('Emma');
    expect(await (await site.get('/')).text()).not.toContain('Emma');
    expect(await (await site.get('/fandoms', reader)).text()).toContain('Emma');
  });

  test('say who may join: by invitation until the owner decides otherwise, and a form that is silent changes nothing', async () => {
    const site = await testSite();
    const settings = async () => (await site.get('/settings', site.owner)).text();
    expect(await settings()).toMatch(/value="invitation" checked/);
    const typed = { name: 'The Hive', pseud: 'archivist', joining: 'closed', minimumAge: '18', invitationsEach: '3' };
    expect((await site.post('/settings', typed, site.owner)).status).toBe(303);
    await site.post('/settings', { name: 'The Hive', pseud: 'archivist' }, site.owner);
    const page = await settings();
    expect(page).toMatch(/value="closed" checked/);
    expect(page).toMatch(/name="minimumAge"[^>]*value="18"/);
    expect(page).toMatch(/name="invitationsEach"[^>]*value="3"/);
  });

  test('refuse Explicit works from then on', async () => {
    const site = await testSite();
    await site.post('/settings', { name: 'The Hive', pseud: 'archivist', refuseExplicit: 'on' }, site.owner);
    const work = await makeWork(site, { rating: 'Explicit' });
    const refused = await site.post(`/works/${work.publicId}/publication`, {}, site.owner);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('does not take Explicit works');
  });
});

describe('the sample library', () => {
  const filesIn = async (folder: string) =>
    (await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true }).catch(() => [])).filter((entry) =>
      entry.isFile(),
    );

  test('goes with one click, whole: works, files, creators’ pages, series, counts', async () => {
    const site = await testSite({ samples: true });
    const count = await offerSamples(site.ground);
    expect(count).toBeGreaterThanOrEqual(14);
    const own = await makeWork(site, { title: 'My Own', fandoms: ['Emma'] }, { state: 'posted' });
    await site.follow();
    const list = (await (await site.get('/api/v1/works')).json()) as {
      total: number;
      works: { creators: { id: string }[] }[];
    };
    expect(list.total).toBe(count + 1);
    const creators = list.works.flatMap((work) => work.creators.map((creator) => creator.id));
    expect(await filesIn(site.folder)).toHaveLength(count);
    expect(await (await site.get('/', site.owner)).text()).toContain('action="/samples/removal"');

    const answer = await site.post('/samples/removal', {}, site.owner);
    expect(answer.status).toBe(303);
    await site.follow();
    expect(await filesIn(site.folder)).toEqual([]);
    expect(((await (await site.get('/api/v1/works')).json()) as { total: number }).total).toBe(1);
    expect((await site.get(`/works/${own.publicId}`)).status).toBe(200);
    for (const id of creators) expect((await site.get(`/creators/${id}`)).status).toBe(404);
    expect(await site.ground.db.reads.selectFrom('series').selectAll().execute()).toEqual([]);
    const fandoms = await (await site.get('/fandoms')).text();
    expect(fandoms.match(/\/tags\/fandom\//g)).toHaveLength(1);
    expect(await (await site.get('/', site.owner)).text()).not.toContain('/samples/removal');
  });

  test('is offered once: what was removed does not come back at the next start', async () => {
    const site = await testSite({ samples: true });
    await offerSamples(site.ground);
    await site.post('/samples/removal', {}, site.owner);
    expect(await offerSamples(site.ground)).toBe(0);
    expect(await site.ground.db.reads.selectFrom('works').selectAll().execute()).toEqual([]);
  });

  test('is not offered where the host said no', async () => {
    const site = await testSite({ samples: false });
    expect(await offerSamples(site.ground)).toBe(0);
  });
});
