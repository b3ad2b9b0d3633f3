/** Keeping people safe: reports and their answers, what moderators can do, and the log of all of it. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { makeWork, type CastWork } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { startSession } from '../accounts/index.ts';

const DAY_MS = 86_400_000;
const SPAM = { reason: 'spam', words: 'It sells watches.' };
const WHY = { reason: 'Somebody asked for it.' };

/** An archive with a moderator, a creator and a work of theirs; its clock is in the test's hands. */
async function cast() {
  let now = Date.UTC(2026, 5, 1, 12);
  const site = await testSite({ now: () => now });
  const moderator = await site.person('hellebore', ['member', 'moderator']);
  const creator = await site.person('wintergreen');
  const reader = await site.person('anemone');
  const work = await makeWork(site, { title: 'Sold Watches', by: [creator] }, { state: 'posted' });
  await site.follow();
  const pass = (ms: number) => {
    now += ms;
  };
  return { site, moderator, creator, reader, work, pass };
}

const logOf = (site: TestSite) => site.ground.db.reads.selectFrom('audit_log').selectAll().orderBy('id').execute();
const text = async (answer: Response | Promise<Response>) => (await answer).text();
const pseudOf = async (site: TestSite, person: Person) =>
  (
    await site.ground.db.reads
      .selectFrom('pseuds')
      .select('public_id')
      .where('id', '=', person.pseudId)
      .executeTakeFirstOrThrow()
  ).public_id;
const report = async (site: TestSite, work: CastWork, who: Person | null, more: Record<string, string> = {}) =>
  site.post('/reports/new', { about: `/works/${work.publicId}`, ...SPAM, ...more }, who);
const lastReport = async (site: TestSite) =>
  (
    await site.ground.db.reads
      .selectFrom('reports')
      .select('public_id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
  ).public_id;

describe('a report', () => {
  test('of a guest is answered at a secret address, and the mail address goes when it is closed', async () => {
    const { site, work, moderator } = await cast();
    const sent = await report(site, work, null, { email: 'somebody@example.org' });
    expect(sent.status).toBe(303);
    const receipt = sent.headers.get('location') ?? '';
    expect(receipt).toMatch(/^\/reports\/answers\/[\w-]{43}$/);
    expect(await text(site.get(receipt))).toContain('It has not been read yet.');
    const id = await lastReport(site);
    const queue = await text(site.get('/moderation', moderator));
    expect(queue).toContain('Sold Watches');
    expect(await text(site.get(`/moderation/reports/${id}`, moderator))).toContain('somebody@example.org');
    const kept = JSON.stringify(await site.ground.db.reads.selectFrom('reports').selectAll().execute());
    expect(kept).not.toContain(receipt.split('/').at(-1));
    const refused = await site.post(`/moderation/reports/${id}/closing`, { outcome: 'acted', answer: ' ' }, moderator);
    expect(refused.status).toBe(422);
    expect(await logOf(site)).toEqual([]);
    await site.post(`/moderation/reports/${id}/closing`, { outcome: 'acted', answer: 'It is gone.' }, moderator);
    expect(await text(site.get(receipt))).toContain('It is gone.');
    expect(JSON.stringify(await site.ground.db.reads.selectFrom('reports').selectAll().execute())).not.toContain('@');
    expect((await logOf(site)).map((row) => [row.action, row.reason])).toEqual([['close-report', 'It is gone.']]);
  });

  test('of an account stands in its own list, and in nobody else’s', async () => {
    const { site, work, reader, creator, moderator } = await cast();
    expect((await report(site, work, reader)).headers.get('location')).toMatch(/^\/reports\/mine#report-/);
    const id = await lastReport(site);
    await site.post(`/moderation/reports/${id}/notes`, { note: 'Among us: a bot.' }, moderator);
    expect(await text(site.get('/reports/mine', reader))).toContain('It sells watches.');
    expect(await text(site.get('/reports/mine', reader))).not.toContain('Among us');
    expect(await text(site.get('/reports/mine', creator))).not.toContain('It sells watches.');
    expect(await text(site.get(`/works/${work.publicId}`, creator))).not.toContain(id);
  });

  test('is not taken of what its reporter cannot read, with the same words as for what never was', async () => {
    const { site, creator, reader } = await cast();
    const draft = await makeWork(site, { title: 'Draft', by: [creator] }, { state: 'draft' });
    const answers = [
      '/works/zzzzzzzzzz',
      `/works/${draft.publicId}`,
      'https://elsewhere.example/works',
      '/settings',
    ].map(async (about) => {
      const answer = await site.post('/reports/new', { about, ...SPAM }, reader);
      expect(answer.status, about).toBe(422);
      return (await answer.text()).replaceAll(about, '…');
    });
    expect(new Set(await Promise.all(answers)).size).toBe(1);
    expect(await site.ground.db.reads.selectFrom('reports').selectAll().execute()).toEqual([]);
  });

  test('that is refused comes back as it was typed, with the sentence beside the field', async () => {
    const { site, work } = await cast();
    const words = '<b>bold</b>';
    const answer = await report(site, work, null, { reason: 'no-such', words, email: 'nobody' });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('&lt;b>bold');
    expect(html).toMatch(/id="reason-error"/);
    expect(html).toMatch(/id="email-error"/);
  });

  test('comes from one network of guests only so often', async () => {
    const { site, work } = await cast();
    const statuses = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await report(site, work, null)).status);
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
  });
});

describe('a hidden work', () => {
  test('is hidden with a reason that its creators read, and shown again, each with one row in the log', async () => {
    const { site, work, moderator, creator, reader } = await cast();
    const at = `/moderation/works/${work.publicId}`;
    expect((await site.post(`${at}/hiding`, { reason: ' ' }, moderator)).status).toBe(422);
    expect(await logOf(site)).toEqual([]);
    expect((await site.post(`${at}/hiding`, { reason: 'It sells watches.' }, moderator)).status).toBe(303);
    await site.post(`${at}/hiding`, { reason: 'Once more.' }, site.owner);
    await site.follow();
    expect((await site.get(`/works/${work.publicId}`, reader)).status).toBe(404);
    expect(await text(site.get('/works'))).not.toContain('Sold Watches');
    expect(await text(site.get(`/works/${work.publicId}`, creator))).toContain('It sells watches.');
    await site.post(`${at}/unhiding`, { reason: 'It was a mistake.' }, moderator);
    expect((await site.get(`/works/${work.publicId}`, reader)).status).toBe(200);
    expect(await text(site.get(`/works/${work.publicId}`, creator))).not.toContain('It sells watches.');
    expect((await logOf(site)).map((row) => row.action)).toEqual(['hide-work', 'unhide-work']);
    const kinds = await site.ground.db.reads
      .selectFrom('events')
      .select('kind')
      .where('work_id', '=', work.id)
      .orderBy('id')
      .execute();
    expect(kinds.map((row) => row.kind).slice(-2)).toEqual(['work.hidden', 'work.unhidden']);
  });

  test('is looked at for a reason, for an hour, in the session that gave it', async () => {
    const { site, work, moderator, pass } = await cast();
    await site.post(`/moderation/works/${work.publicId}/hiding`, WHY, site.owner);
    const path = `/works/${work.publicId}`;
    const asked = await site.get(path, moderator);
    expect([asked.status, asked.headers.get('location')]).toEqual([302, `/moderation${path}`]);
    const page = await text(site.get(`/moderation${path}`, moderator));
    expect(page).toContain('Look at it for an hour');
    expect(page).not.toContain('Sold Watches');
    expect((await site.get(`/api/v1${path}`, moderator)).status).toBe(404);
    await site.post(`/moderation${path}/look`, WHY, moderator);
    expect((await site.get(path, moderator)).status).toBe(200);
    expect((await site.get(path, site.owner)).status).toBe(302);
    pass(3_600_000);
    expect((await site.get(path, moderator)).status).toBe(302);
    expect((await logOf(site)).map((row) => row.action)).toEqual(['hide-work', 'look-at-work']);
  });

  test('that is a draft is nothing to a moderator', async () => {
    const { site, moderator, creator } = await cast();
    const draft = await makeWork(site, { title: 'Draft', by: [creator] }, { state: 'draft', hidden: true });
    const at = `/moderation/works/${draft.publicId}`;
    expect((await site.get(at, moderator)).status).toBe(404);
    for (const act of ['hiding', 'unhiding', 'look', 'creators'])
      expect((await site.post(`${at}/${act}`, WHY, moderator)).status, act).toBe(404);
    expect(await logOf(site)).toEqual([]);
  });
});

test('who wrote an anonymous work is told for a reason only', async () => {
  const { site, moderator, creator } = await cast();
  const work = await makeWork(site, { title: 'Unsigned', by: [creator] }, { state: 'posted', anonymous: true });
  const at = `/moderation/works/${work.publicId}`;
  expect(await text(site.get(at, moderator))).not.toContain('wintergreen');
  await site.post(`${at}/creators`, WHY, moderator);
  expect(await text(site.get(at, moderator))).toContain('wintergreen');
  expect(await text(site.get(at, site.owner))).not.toContain('wintergreen');
  expect(await text(site.get(`/works/${work.publicId}`, moderator))).not.toContain('wintergreen');
  expect((await logOf(site)).map((row) => row.used_right)).toEqual(['reveal-creators']);
});

describe('an account', () => {
  const mayChange = async (site: TestSite, person: Person, work: CastWork) =>
    (await site.get(`/works/${work.publicId}/edit`, person)).status === 200;

  test('that is warned sees it on every page until it is read', async () => {
    const { site, moderator, creator, reader } = await cast();
    const at = `/moderation/people/${await pseudOf(site, creator)}`;
    await site.post(`${at}/warning`, { reason: 'No watches, please.' }, moderator);
    expect(await text(site.get('/works', creator))).toContain('left you a warning');
    expect(await text(site.get('/works', reader))).not.toContain('left you a warning');
    const page = await text(site.get('/standing', creator));
    expect(page).toContain('No watches, please.');
    expect(page).not.toContain('hellebore');
    const warning = /name="warning" value="(\w+)"/.exec(page)?.[1] ?? '';
    await site.post('/standing/acknowledgement', { warning }, reader);
    expect(await text(site.get('/works', creator))).toContain('left you a warning');
    await site.post('/standing/acknowledgement', { warning }, creator);
    expect(await text(site.get('/works', creator))).not.toContain('left you a warning');
    expect((await logOf(site)).map((row) => row.action)).toEqual(['warn']);
  });

  test('that is suspended until a day only reads, and may change again when it is over', async () => {
    const { site, moderator, creator, work, pass } = await cast();
    const at = `/moderation/people/${await pseudOf(site, creator)}`;
    expect((await site.post(`${at}/suspension`, { ...WHY, until: '2026-02-31' }, moderator)).status).toBe(422);
    expect((await site.post(`${at}/suspension`, { ...WHY, until: '2026-05-31' }, moderator)).status).toBe(422);
    expect(await logOf(site)).toEqual([]);
    expect(await mayChange(site, creator, work)).toBe(true);
    await site.post(`${at}/suspension`, { ...WHY, until: '2026-06-02' }, moderator);
    expect(await mayChange(site, creator, work)).toBe(false);
    expect((await site.post(`/works/${work.publicId}/deletion`, {}, creator)).status).toBe(403);
    expect((await site.get(`/works/${work.publicId}`, creator)).status).toBe(200);
    expect(await text(site.get('/works', creator))).toContain('Your account is suspended until');
    pass(DAY_MS + DAY_MS / 2 - 1);
    expect(await mayChange(site, creator, work)).toBe(false);
    pass(1);
    expect(await mayChange(site, creator, work)).toBe(true);
    expect(await text(site.get('/works', creator))).not.toContain('suspended');
    const state = () =>
      site.ground.db.reads.selectFrom('accounts').select('state').where('state', '<>', 'active').execute();
    expect(await state()).toHaveLength(1);
    for (const feature of site.features)
      for (const job of feature.jobs?.(site.ground) ?? []) if (job.kind === 'end-suspensions') await job.run({});
    expect(await state()).toEqual([]);
  });

  test('that is banned stays so until it is lifted, whatever suspension ends meanwhile', async () => {
    const { site, moderator, creator, work, pass } = await cast();
    const at = `/moderation/people/${await pseudOf(site, creator)}`;
    await site.post(`${at}/suspension`, { ...WHY, until: '2026-06-02' }, moderator);
    await site.post(`${at}/ban`, WHY, moderator);
    pass(3 * DAY_MS);
    expect(await mayChange(site, creator, work)).toBe(false);
    await site.post(`${at}/lifting`, WHY, moderator);
    expect(await mayChange(site, creator, work)).toBe(true);
    await site.post(`${at}/lifting`, WHY, moderator);
    expect((await logOf(site)).map((row) => row.action)).toEqual(['suspend', 'ban', 'lift']);
  });

  test('is met by a pseud, and nothing joins it to another but a look with a reason', async () => {
    const { site, moderator, creator } = await cast();
    await site.ground.db.write((tx) =>
      tx
        .insertInto('pseuds')
        .values({
          public_id: '0123456789',
          account_id: creator.viewer.accountId,
          name: 'oriel',
          name_key: 'oriel',
          is_default: 0,
          created_at: 0,
        })
        .execute(),
    );
    await site.post(`/moderation/people/${await pseudOf(site, creator)}/ban`, WHY, moderator);
    const other = await text(site.get('/moderation/people/0123456789', moderator));
    expect(other).not.toContain('wintergreen');
    expect(other).not.toContain(WHY.reason);
    await site.post('/moderation/people/0123456789/pseuds', WHY, moderator);
    expect(await text(site.get('/moderation/people/0123456789', moderator))).toContain('wintergreen');
  });

  test('of an owner, of a moderator and one’s own are not touched by a moderator', async () => {
    const { site, moderator } = await cast();
    const colleague = await site.person('nightshade', ['member', 'moderator']);
    for (const person of [site.owner, moderator, colleague]) {
      const at = `/moderation/people/${await pseudOf(site, person)}`;
      for (const act of ['warning', 'suspension', 'ban', 'lifting'])
        expect((await site.post(`${at}/${act}`, WHY, moderator)).status, act).toBe(422);
    }
    expect(await logOf(site)).toEqual([]);
    const at = `/moderation/people/${await pseudOf(site, colleague)}`;
    expect((await site.post(`${at}/suspension`, WHY, site.owner)).status).toBe(303);
    expect((await site.get('/moderation', colleague)).status).toBe(404);
  });
});

test('roles are given and taken by an owner, and the last owner stays one', async () => {
  const { site, reader } = await cast();
  const at = `/moderation/people/${await pseudOf(site, reader)}/roles`;
  const change = (role: string, how: string, path = at) =>
    site.post(path, { role, change: how, roleReason: 'We talked about it.' }, site.owner);
  expect((await site.get('/moderation', reader)).status).toBe(404);
  await change('moderator', 'give');
  await change('moderator', 'give');
  // A session never rises with its account.
  expect((await site.get('/moderation', reader)).status).toBe(404);
  const { db, now } = site.ground;
  const token = await db.write((tx) => startSession(tx, now(), reader.viewer.accountId, true));
  const again = { ...reader, cookie: `session=${token}` };
  expect((await site.get('/moderation', again)).status).toBe(200);
  await change('moderator', 'take');
  expect((await site.get('/moderation', again)).status).toBe(404);
  const own = `/moderation/people/${await pseudOf(site, site.owner)}/roles`;
  const refused = await change('owner', 'take', own);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('keeps its last owner');
  expect((await change('member', 'give')).status).toBe(422);
  expect((await logOf(site)).map((row) => row.action)).toEqual(['give-role', 'take-role']);
});

describe('the log', () => {
  test('is not changed or emptied by anybody, and outlives the account that acted', async () => {
    const { site, moderator, work } = await cast();
    await site.post(`/moderation/works/${work.publicId}/hiding`, WHY, moderator);
    const { db, now } = site.ground;
    const attempts = [
      sql`delete from audit_log`,
      sql`update audit_log set reason = 'something else'`,
      sql`update audit_log set account_id = 1`,
    ];
    for (const attempt of attempts)
      await expect(db.write((tx) => attempt.execute(tx))).rejects.toThrow(/stays as it is/);
    await db.write(async (tx) => {
      for (const feature of site.features.toReversed())
        await feature.erase?.account?.(tx, now(), moderator.viewer.accountId);
    });
    expect(await logOf(site)).toMatchObject([{ action: 'hide-work', account_id: null, reason: WHY.reason }]);
    expect(await text(site.get('/moderation/log', site.owner))).toContain('Somebody who is gone');
  });

  test('keeps its row when the work is erased, and so does a case that goes on', async () => {
    const { site, moderator, work, reader } = await cast();
    await report(site, work, reader, { words: 'On page one it says: buy.' });
    const id = await lastReport(site);
    await site.post(`/moderation/reports/${id}/notes`, { note: 'It does say so.' }, moderator);
    await site.post(`/moderation/works/${work.publicId}/hiding`, WHY, moderator);
    await site.ground.db.write(async (tx) => {
      for (const feature of site.features.toReversed()) await feature.erase?.work?.(tx, site.ground.now(), work.id);
    });
    expect(await text(site.get('/reports/mine', reader))).toContain('What you reported has been erased.');
    const kept = await text(site.get(`/moderation/reports/${id}`, moderator));
    for (const said of ['On page one it says: buy.', 'It does say so.', 'erased for good', work.publicId])
      expect(kept).toContain(said);
    const { reads } = site.ground.db;
    expect(await reads.selectFrom('work_hidings').selectAll().execute()).toEqual([]);
    expect(await logOf(site)).toHaveLength(1);
  });

  test('erasing who was reported, who reported and was warned leaves the case and nothing else of them', async () => {
    const { site, moderator, creator, reader, work } = await cast();
    const pseud = await pseudOf(site, creator);
    await report(site, work, reader);
    await site.post('/reports/new', { about: `/creators/${pseud}`, ...SPAM }, reader);
    await site.post(`/moderation/people/${pseud}/warning`, WHY, moderator);
    await site.ground.db.write(async (tx) => {
      for (const feature of site.features.toReversed())
        for (const person of [creator, reader])
          await feature.erase?.account?.(tx, site.ground.now(), person.viewer.accountId);
    });
    const { reads } = site.ground.db;
    expect(await reads.selectFrom('account_measures').selectAll().execute()).toEqual([]);
    const reports = await reads.selectFrom('reports').select(['subject_kind', 'reporter_id', 'words']).execute();
    expect(reports).toEqual([
      { subject_kind: 'work', reporter_id: null, words: SPAM.words },
      { subject_kind: 'creator', reporter_id: null, words: SPAM.words },
    ]);
  });
});

describe('pages of the owner', () => {
  test('are written in Markdown, cleaned, and read by everybody', async () => {
    const { site } = await cast();
    expect(await text(site.get('/rules'))).toContain('sexual content about minors');
    const source = '# Be kind\n\n<script>alert(1)</script> [mail](mailto:owner@example.org)';
    expect((await site.post('/rules/edit', { text: source }, site.owner)).status).toBe(303);
    const page = await text(site.get('/rules'));
    expect(page).toContain('Be kind');
    expect(page).not.toContain('<script>alert');
    expect(await text(site.get('/rules/edit', site.owner))).toContain('# Be kind');
    await site.post('/rules/edit', { text: '' }, site.owner);
    expect(await text(site.get('/rules'))).toContain('not written this page yet');
  });

  test('stand at the end of every page, with the link by which it is reported', async () => {
    const { site, work } = await cast();
    const page = await text(site.get(`/works/${work.publicId}/sold-watches`));
    expect(page).toContain(`href="/reports/new?about=/works/${work.publicId}/sold-watches"`);
    expect(await text(site.get('/nowhere'))).not.toContain('/reports/new?about');
    expect(page).toContain('href="/contact"');
  });
});

test('a legal notice needs all that the law asks, and has a receipt that says nothing of it', async () => {
  const { site, moderator } = await cast();
  const notice = {
    kind: 'copyright',
    name: 'A. Rights',
    email: 'rights@example.org',
    places: 'http://localhost/works',
    what: 'My story of watches.',
    why: 'I wrote it.',
    signature: 'A. Rights',
    accurate: 'on',
  };
  const refused = await site.post('/legal-notice', notice);
  expect(refused.status).toBe(422);
  const html = await refused.text();
  expect(html).toContain('needs your statement of good faith');
  expect(html).toContain('My story of watches.');
  expect(html).toMatch(/name="accurate"[^>]*checked/);
  const sent = await site.post('/legal-notice', { ...notice, goodFaith: 'on' });
  const receipt = sent.headers.get('location') ?? '';
  const shown = await text(site.get(receipt));
  expect(shown).toContain(receipt.split('/').at(-1));
  expect(shown).toContain('01 Jun 2026');
  expect(shown).not.toContain('watches');
  const own = `/moderation/legal-notices/${receipt.split('/').at(-1)}`;
  expect((await site.get(own, moderator)).status).toBe(404);
  expect(await text(site.get(own, site.owner))).toContain('My story of watches.');
  await site.post(`${own}/closing`, { reason: 'It was taken down.' }, site.owner);
  expect(await text(site.get(receipt))).toContain('Decided on');
  expect((await logOf(site)).map((row) => row.action)).toEqual(['close-legal-notice']);
});
