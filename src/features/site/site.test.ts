/** What the archive says of itself, and what it takes. */
import { describe, expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { testSite } from '../../../test/site.ts';
import { nameKey } from '../../platform/db/name-key.ts';
import { changeRules, changeSettings } from './actions.ts';
import { siteRules, siteSettings } from './queries.ts';
import { DEFAULT_SETTINGS, refusalOf } from './site.ts';

describe('settings', () => {
  test('have defaults: no name of its own yet, and not for search engines', async () => {
    const { db } = (await testSite()).ground;
    expect(await siteSettings(db.reads)).toEqual(DEFAULT_SETTINGS);
    expect(DEFAULT_SETTINGS.indexed).toBe(false);
  });

  test('are changed one by one', async () => {
    const { db } = (await testSite()).ground;
    await db.write((tx) => changeSettings(tx, 1, { name: 'The Hive' }));
    await db.write((tx) => changeSettings(tx, 2, { indexed: true }));
    expect(await siteSettings(db.reads)).toEqual({ ...DEFAULT_SETTINGS, name: 'The Hive', indexed: true });
  });

  test('robots are asked to stay away until the owner decides', async () => {
    const site = await testSite();
    expect(await (await site.get('/robots.txt')).text()).toContain('Disallow: /\n');
    await site.ground.db.write((tx) => changeSettings(tx, 1, { indexed: true }));
    const [everybody, trainers] = (await (await site.get('/robots.txt')).text()).split('\n\n');
    expect(everybody).not.toMatch(/^Disallow: \/$/m);
    expect(everybody).toContain('Content-Signal: search=yes, ai-train=no\n');
    expect(trainers).toMatch(/^User-agent: GPTBot\n[^]*\nDisallow: \/\n$/);
  });

  test('the archive asks that no AI is trained on it, until its owner takes that back', async () => {
    const site = await testSite();
    const asked = async (path: string) => {
      const answer = await site.get(path);
      const { headers } = answer;
      return [headers.get('tdm-reservation'), headers.get('content-usage'), headers.get('x-robots-tag')];
    };
    expect(await asked('/works')).toEqual(['1', 'train-ai=n', 'noai, noimageai']);
    expect(await asked('/api/v1/works')).toEqual(['1', 'train-ai=n', 'noindex, noai, noimageai']);
    expect(await (await site.get('/works')).text()).toContain('<meta name="tdm-reservation" content="1"/>');
    expect(await (await site.get('/.well-known/tdmrep.json')).json()).toEqual([
      { location: '/', 'tdm-reservation': 1 },
    ]);
    await site.ground.db.write((tx) => changeSettings(tx, 1, { noTraining: false }));
    expect(await asked('/works')).toEqual([null, null, null]);
    expect(await (await site.get('/works')).text()).not.toContain('noai');
    expect(await (await site.get('/.well-known/tdmrep.json')).json()).toEqual([]);
    expect(await (await site.get('/robots.txt')).text()).not.toMatch(/GPTBot|ai-train/);
  });
});

describe('rules', () => {
  const refusal = async (labels: readonly string[], rating: string | null = null) => {
    const { db } = (await testSite()).ground;
    return refusalOf(await siteRules(db.reads), { labelKeys: labels.map(nameKey), rating });
  };

  test.each(['Underage', 'underage', 'UNDERAGE SEX', ' Underage  Sex '])(
    'the label %j is refused with the reason',
    async (label) => {
      expect(await refusal(['Fluff', label])).toMatch(/^It is labelled "Underage( Sex)?"\. .*minors/);
    },
  );

  test.each(['Underage Drinking', 'Not Underage', 'Underage Kissing', 'Aged-Up Character'])(
    '%j is not',
    async (label) => {
      expect(await refusal([label])).toBeNull();
    },
  );

  test('every rating is taken until the owner says otherwise', async () => {
    for (const rating of ['explicit', 'not-rated', 'general', null]) expect(await refusal([], rating)).toBeNull();
  });

  test('an archive without Explicit works refuses those alone', async () => {
    const { db } = (await testSite()).ground;
    await db.write((tx) => changeRules(tx, 1, { explicitRefused: true, registeredOnly: false }));
    const rules = await siteRules(db.reads);
    expect(refusalOf(rules, { labelKeys: [], rating: 'explicit' })).toBe('This archive does not take Explicit works.');
    expect(refusalOf(rules, { labelKeys: ['explicit'], rating: 'mature' })).toBeNull();
    await db.write((tx) => changeRules(tx, 2, { explicitRefused: false, registeredOnly: false }));
    expect(refusalOf(await siteRules(db.reads), { labelKeys: [], rating: 'explicit' })).toBeNull();
    expect((await siteRules(db.reads)).refusedLabels.size).toBe(2);
  });

  test('what is here already stays when a rule comes', async () => {
    const site = await testSite();
    const work = await makeWork(site, { rating: 'Explicit' }, { state: 'posted' });
    await site.ground.db.write((tx) => changeRules(tx, 1, { explicitRefused: true, registeredOnly: false }));
    expect((await site.get(`/works/${work.publicId}`)).status).toBe(200);
  });

  test('for registered readers only: what is posted from now on is restricted', async () => {
    const site = await testSite();
    const reader = await site.person('reader');
    await site.ground.db.write((tx) => changeRules(tx, 1, { explicitRefused: false, registeredOnly: true }));
    const work = await makeWork(site);
    expect((await site.post(`/works/${work.publicId}/publication`, {}, site.owner)).status).toBe(303);
    expect((await site.get(`/works/${work.publicId}`)).status).toBe(404);
    expect((await site.get(`/works/${work.publicId}`, reader)).status).toBe(200);
  });

  test('a draft against the rules is not posted, and says why beside the field', async () => {
    const site = await testSite();
    const work = await makeWork(site, { tags: [{ kind: 'freeform', name: 'Underage' }] });
    const refused = await site.post(`/works/${work.publicId}/publication`, {}, site.owner);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('It is labelled &quot;Underage&quot;.');
    expect((await site.get(`/works/${work.publicId}`)).status).toBe(404);
  });
});
