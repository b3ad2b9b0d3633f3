/** Going in the middle of a case: it is the right of everybody, and ends no case. */
import { expect, test } from 'vitest';
import { makeWork, secureAccount } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { addPseud } from '../accounts/index.ts';
import { ACCOUNT_LEFT, GONE_CASE_MS } from './gone.ts';
import { emptyOldCases } from './gone.actions.ts';

const PASSWORD = 'correct horse battery';
const WORDS = 'On page one it says: buy watches.';

async function cast() {
  let now = Date.UTC(2026, 5, 1, 12);
  const site = await testSite({ now: () => now });
  const moderator = await site.person('hellebore', ['member', 'moderator']);
  const seller = await site.person('wintergreen');
  const reader = await site.person('anemone');
  await secureAccount(site, seller, 'wintergreen_signs_in', PASSWORD);
  const work = await makeWork(site, { title: 'Sold Watches', by: [seller] }, { state: 'posted' });
  return { site, moderator, seller, reader, work, pass: (ms: number) => void (now += ms) };
}

const text = async (answer: Response | Promise<Response>) => (await answer).text();

async function pseudOf(site: TestSite, person: Person): Promise<string> {
  const pseuds = site.ground.db.reads.selectFrom('pseuds').select('public_id');
  return (await pseuds.where('id', '=', person.pseudId).executeTakeFirstOrThrow()).public_id;
}

test('an account that is banned and reported deletes itself: the case goes on, and the ban is remembered', async () => {
  const { site, moderator, seller, reader, work, pass } = await cast();
  const pseud = await pseudOf(site, seller);
  for (const about of [`/works/${work.publicId}`, `/creators/${pseud}`])
    expect((await site.post('/reports/new', { about, reason: 'spam', words: WORDS }, reader)).status).toBe(303);
  const reports = await site.ground.db.reads.selectFrom('reports').select('public_id').orderBy('id').execute();
  const [ofWork = '', ofPerson = ''] = reports.map((row) => `/moderation/reports/${row.public_id}`);
  await site.post(`${ofPerson}/notes`, { note: 'Seen it, too.' }, moderator);
  await site.post(`/moderation/people/${pseud}/ban`, { reason: 'Sells watches.' }, moderator);

  const going = await site.post('/account/deletion', { all: 'delete', password: PASSWORD }, seller);
  expect(going.status).toBe(303);
  const { reads } = site.ground.db;
  expect(await reads.selectFrom('pseuds').select('id').where('id', '=', seller.pseudId).execute()).toEqual([]);

  // What moderators need is there; neither the name that one signs in with nor the pseud is.
  const person = await text(site.get(ofPerson, moderator));
  for (const said of [`/creators/${pseud}`, 'The account was deleted by its owner.', WORDS, 'Seen it, too.'])
    expect(person).toContain(said);
  expect(person).not.toContain('wintergreen');
  expect(person).not.toContain(`href="/creators/${pseud}"`);
  const story = await text(site.get(ofWork, moderator));
  for (const said of [`/works/${work.publicId}`, 'erased for good', WORDS]) expect(story).toContain(said);
  const queue = await text(site.get('/moderation', moderator));
  expect(queue).toContain('A pseud that is gone');
  expect(await text(site.get('/reports/mine', reader))).toContain('What you reported has been erased.');

  const log = await text(site.get('/moderation/log', moderator));
  expect(log).toContain('Sells watches.');
  expect(log).toContain('Ban in force when the account was deleted by its owner.');
  expect(log.split(`a pseud that is gone (no. ${seller.pseudId})`)).toHaveLength(3);
  expect(log).not.toContain('wintergreen');

  // The same name again: nothing that was kept is theirs, or goes.
  const again = await site.person('wintergreen');
  const rows = await reads.selectFrom('audit_log').selectAll().execute();
  await site.post(`/moderation/people/${await pseudOf(site, again)}/lifting`, { reason: 'New here.' }, moderator);
  expect(await reads.selectFrom('audit_log').selectAll().execute()).toEqual(rows);
  expect(await text(site.get(ofPerson, moderator))).toContain(WORDS);

  // The case is closed as any other, and its words go when they are not needed any more.
  for (const report of [ofPerson, ofWork])
    expect(
      (await site.post(`${report}/closing`, { outcome: 'acted', answer: 'They are gone.' }, moderator)).status,
    ).toBe(303);
  const empty = () => site.ground.db.write((tx) => emptyOldCases(tx, site.ground.now()));
  pass(GONE_CASE_MS);
  await empty();
  const kept = () => reads.selectFrom('reports').select(['path', 'words', 'answer']).execute();
  expect((await kept()).map((row) => row.words)).toEqual([WORDS, WORDS]);
  pass(1);
  await empty();
  expect(await kept()).toEqual(Array.from({ length: 2 }, () => ({ path: '', words: '', answer: 'They are gone.' })));
  expect(await reads.selectFrom('report_notes').selectAll().execute()).toEqual([]);
});

test('two pseuds that were suspended one by one are not joined in the log when their account goes', async () => {
  const { site, moderator, seller, pass } = await cast();
  const { db, now } = site.ground;
  const { accountId } = seller.viewer;
  const other = await db.write((tx) => addPseud(tx, now(), accountId, 'white orchid'));
  if ('refusal' in other) throw new Error(other.refusal);
  const otherId = await db.reads
    .selectFrom('pseuds')
    .select('id')
    .where('public_id', '=', other.publicId)
    .executeTakeFirstOrThrow();
  const suspended = async (pseud: string) => {
    const fields = { reason: 'Sells watches.', until: '' };
    expect((await site.post(`/moderation/people/${pseud}/suspension`, fields, moderator)).status).toBe(303);
  };
  await suspended(other.publicId);
  pass(86_400_000);
  await suspended(await pseudOf(site, seller));
  pass(86_400_000);
  expect((await site.post('/account/deletion', { all: 'delete', password: PASSWORD }, seller)).status).toBe(303);
  const left = await db.reads
    .selectFrom('audit_log')
    .select(['subject_id', 'at'])
    .where('action', '=', ACCOUNT_LEFT)
    .execute();
  expect(left.map((row) => row.subject_id)).toEqual([seller.pseudId]);
  // No other row of that moment names the other.
  const rows = await db.reads.selectFrom('audit_log').select('at').where('subject_id', '=', otherId.id).execute();
  expect(rows.filter((row) => left.some(({ at }) => at === row.at))).toEqual([]);
});

test('a case about what is there keeps its words, however long ago it was closed', async () => {
  const { site, moderator, reader, work, pass } = await cast();
  await site.post('/reports/new', { about: `/works/${work.publicId}`, reason: 'spam', words: WORDS }, reader);
  const { public_id: id } = await site.ground.db.reads
    .selectFrom('reports')
    .select('public_id')
    .executeTakeFirstOrThrow();
  await site.post(`/moderation/reports/${id}/closing`, { outcome: 'acted', answer: 'Done.' }, moderator);
  pass(3 * GONE_CASE_MS);
  await site.ground.db.write((tx) => emptyOldCases(tx, site.ground.now()));
  expect(await site.ground.db.reads.selectFrom('reports').select('words').execute()).toEqual([{ words: WORDS }]);
});
