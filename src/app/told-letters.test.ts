/** Letters about what others did: only to who may know of it, once, naming nothing, and off where they are turned off. */
import { expect, test } from 'vitest';
import { makeWork, openPseud, setState, showIcon } from '../../test/cast.ts';
import { runJobs } from '../../test/post.ts';
import type { Person, TestSite } from '../../test/site.ts';
import { catchUp } from '../platform/events/consumers.ts';
import { append } from '../platform/events/log.ts';
import { HOUR_MS, mailing, reachable } from '../features/accounts/mail.fixture.ts';

const BEN = 'ben@river.example';
const FORM = { language: 'en', timeZone: 'UTC', theme: '', adult: 'ask', opens: 'chapters', creatorStyle: '' };

/** What goes on beside requests, until nothing is left to do. */
async function settle(site: TestSite) {
  const { ground, features } = site;
  for (const consumer of features.flatMap((feature) => feature.consumers?.(ground) ?? []))
    await catchUp(ground.db, consumer);
  expect(await runJobs(site)).toEqual([]);
}

async function cast() {
  const all = await mailing();
  const { site, post } = all;
  const ada = await site.person('ada');
  const ben = await reachable(site, post, 'ben_signs_in', BEN);
  await openPseud(site, ben);
  // Followers begin at the head of the log.
  await settle(site);
  post.letters.length = 0;
  return { ...all, ada, ben };
}

const invite = (site: TestSite, work: { publicId: string }, by: Person) =>
  site.post(`/works/${work.publicId}/creators`, { name: 'pseud of ben signs in' }, by);

test('an invitation to co-create is told; several within hours are told together', async () => {
  const { site, post, clock, ada } = await cast();
  const titles = ['The Marsh Lantern', 'Two Hands', 'A Third'];
  for (const title of titles) await invite(site, await makeWork(site, { title, by: [ada] }), ada);
  await settle(site);
  expect(post.letters).toHaveLength(1);
  const [letter] = post.letters;
  expect(letter).toMatchObject({ to: [BEN], subject: 'An invitation to create a work together' });
  expect(letter?.text).toContain('http://localhost/sign-in?return=/account/co-creation');
  expect(letter?.raw).not.toMatch(/Marsh Lantern|Two Hands|ada\b|ben_signs_in|pseud of/);
  await invite(site, await makeWork(site, { title: 'Later', by: [ada] }), ada);
  await settle(site);
  expect(post.letters).toHaveLength(1);
  clock.now += 6 * HOUR_MS;
  await settle(site);
  expect(post.letters).toHaveLength(2);
});

test('a gift is told when its work stands in the recipient’s lists, and not before', async () => {
  const { site, post, ada } = await cast();
  const work = await makeWork(site, { title: 'For You', by: [ada] });
  const given = await site.post(`/works/${work.publicId}/gifts`, { pseud: 'pseud of ben signs in' }, ada);
  expect(given.status).toBe(303);
  await settle(site);
  expect(post.letters).toEqual([]);
  const changed = () =>
    site.ground.db.write((tx) =>
      append(tx, 0, { kind: 'work.posted', subject: 'work', subjectId: work.id, workId: work.id }),
    );
  await setState(site, work.id, { state: 'posted', unrevealed: true });
  await changed();
  await settle(site);
  expect(post.letters).toEqual([]);
  await setState(site, work.id, { unrevealed: false });
  await changed();
  await settle(site);
  expect(post.letters.map((letter) => letter.subject)).toEqual(['A work was given to you']);
  expect(post.letters[0]?.raw).not.toContain('For You');
  // Once.
  await changed();
  await settle(site);
  expect(post.letters).toHaveLength(1);
});

test('a work that goes back to another is told to who keeps the other', async () => {
  const { site, post, ada, ben } = await cast();
  const parent = await makeWork(site, { title: 'The Source', by: [ben] }, { state: 'posted' });
  const child = await makeWork(site, { title: 'The Echo', by: [ada] }, { state: 'posted' });
  const address = `http://localhost/works/${parent.publicId}/the-source`;
  const fields = { where: 'here', kind: 'inspired-by', address };
  expect((await site.post(`/works/${child.publicId}/related-works`, fields, ada)).status).toBe(303);
  await settle(site);
  expect(post.letters.map(({ to, subject }) => ({ to, subject }))).toEqual([
    { to: [BEN], subject: 'A work goes back to yours' },
  ]);
  expect(post.letters[0]?.raw).not.toMatch(/The Echo|The Source/);
});

test('letters that wait for an answer come until they are turned off, by preference or by the link in them', async () => {
  const { site, post, clock, ada, ben } = await cast();
  const page = await (await site.get('/account/preferences', ben)).text();
  expect(page).toMatch(/value="co-creation"[^>]* checked/);
  expect(page).not.toMatch(/value="report"[^>]* checked/);
  await invite(site, await makeWork(site, { title: 'One', by: [ada] }), ada);
  await settle(site);
  const [letter] = post.letters;
  const [header = ''] = letter?.headers.get('list-unsubscribe') ?? [];
  expect(letter?.headers.get('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
  const path = /^<http:\/\/localhost(\/letters\/[\w-]+)>$/.exec(header.replaceAll(' ', ''))?.[1] ?? '/nowhere';
  expect(letter?.text.replaceAll('\n', ' ')).toContain(path);
  const asked = await site.get(path);
  expect(asked.status).toBe(200);
  expect(asked.headers.get('cache-control')).toContain('no-store');
  expect(await asked.text()).not.toMatch(/ben_signs_in|pseud of ben|river/);
  // Looking at it turns nothing off, and a link for another sort or account cannot be made of it.
  expect(await (await site.get('/account/preferences', ben)).text()).toMatch(/value="co-creation"[^>]* checked/);
  expect((await site.post(path.replace('/letters/', '/letters/A'), {}, ben)).status).toBe(404);
  // As a mail program sends it: no cookie, no origin.
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  const off = await site.web.request(`http://localhost${path}`, { method: 'POST', body });
  expect(off.status).toBe(200);
  const after = await (await site.get('/account/preferences', ben)).text();
  expect(after).not.toMatch(/value="co-creation"[^>]* checked/);
  expect(after).toMatch(/value="gift"[^>]* checked/);
  clock.now += 6 * HOUR_MS;
  await invite(site, await makeWork(site, { title: 'Two', by: [ada] }), ada);
  await settle(site);
  expect(post.letters).toHaveLength(1);
  const saved = await site.post(
    '/account/preferences',
    { ...FORM, workLanguage: '', notes: '', endNotes: '', lettersAsked: 'yes', letters: 'co-creation' },
    ben,
  );
  expect(saved.status).toBe(303);
  await invite(site, await makeWork(site, { title: 'Three', by: [ada] }), ada);
  await settle(site);
  expect(post.letters).toHaveLength(2);
});

test('what is taken back before its letter goes is not told, and keeps no later letter waiting', async () => {
  const { site, post, ada, ben } = await cast();
  const reads = site.ground.db.reads;
  // An invitation.
  const work = await makeWork(site, { title: 'One', by: [ada] });
  await invite(site, work, ada);
  const { invitation } = await reads
    .selectFrom('work_creators')
    .select('invitation')
    .where('invitation', 'is not', null)
    .executeTakeFirstOrThrow();
  await site.post(`/works/${work.publicId}/creators/invitations/${invitation}/withdrawal`, {}, ada);
  // A gift, and a work that goes back to one of theirs: both are put by what follows the log.
  const posted = await makeWork(site, { title: 'Two', by: [ada] }, { state: 'posted' });
  await site.post(`/works/${posted.publicId}/gifts`, { pseud: 'pseud of ben signs in' }, ada);
  const parent = await makeWork(site, { title: 'The Source', by: [ben] }, { state: 'posted' });
  const address = `http://localhost/works/${parent.publicId}/the-source`;
  const fields = { where: 'here', kind: 'inspired-by', address };
  await site.post(`/works/${posted.publicId}/related-works`, fields, ada);
  const { ground, features } = site;
  for (const consumer of features.flatMap((feature) => feature.consumers?.(ground) ?? []))
    await catchUp(ground.db, consumer);
  const waiting = await reads.selectFrom('jobs').select('payload').where('kind', '=', 'mail-told').execute();
  expect(waiting).toHaveLength(3);
  await setState(site, posted.id, { state: 'posted', deleted: true });
  await settle(site);
  expect(post.letters).toEqual([]);
  // None went: the next need not wait for hours.
  await invite(site, await makeWork(site, { title: 'Three', by: [ada] }), ada);
  await settle(site);
  expect(post.letters).toHaveLength(1);
});

test('who loses a profile or an icon is told that there is something about their account', async () => {
  const { site, post, ben } = await cast();
  const { publicId: pseud } = await showIcon(site, ben.viewer.accountId, 'ben paints', 'A pond.');
  const remove = (part: string) =>
    site.post(`/moderation/people/${pseud}/${part}-removal`, { reason: 'It sells watches.' }, site.owner);
  // There is none yet, so nothing is taken or told.
  await remove('profile');
  await settle(site);
  expect(post.letters).toEqual([]);
  await site.post(`/account/pseuds/${pseud}/profile`, { format: 'text', text: 'I sell.' }, ben);
  for (const part of ['icon', 'profile']) {
    expect((await remove(part)).status).toBe(303);
    await settle(site);
    expect(post.letters.at(-1)).toMatchObject({ to: [BEN], subject: 'About your account' });
  }
  expect(post.letters).toHaveLength(2);
  expect(post.letters.map((letter) => letter.raw).join('')).not.toMatch(/watches/);
});

test('an answered report is told to who wants it; a measure always', async () => {
  const { site, post, ada, ben } = await cast();
  const { owner } = site;
  const work = await makeWork(site, { title: 'Reported', by: [ada] }, { state: 'posted' });
  const report = async () => {
    const fields = { about: `/works/${work.publicId}`, reason: 'spam', words: 'It sells watches.' };
    expect((await site.post('/reports/new', fields, ben)).status).toBe(303);
    const { public_id: id } = await site.ground.db.reads
      .selectFrom('reports')
      .select('public_id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const closing = { outcome: 'acted', answer: 'Looked at it.' };
    expect((await site.post(`/moderation/reports/${id}/closing`, closing, owner)).status).toBe(303);
  };
  await report();
  await settle(site);
  expect(post.letters).toEqual([]);
  await site.post(
    '/account/preferences',
    { ...FORM, workLanguage: '', notes: '', endNotes: '', lettersAsked: 'yes', letters: 'report' },
    ben,
  );
  await report();
  await settle(site);
  expect(post.letters.map((letter) => letter.subject)).toEqual(['Your report was answered']);
  expect(post.letters[0]?.raw).not.toMatch(/Reported|Looked at it/);
  const { public_id: pseud } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', ben.pseudId)
    .executeTakeFirstOrThrow();
  const warned = await site.post(`/moderation/people/${pseud}/warning`, { reason: 'No watches, please.' }, owner);
  expect(warned.status).toBe(303);
  await settle(site);
  expect(post.letters.at(-1)).toMatchObject({ to: [BEN], subject: 'About your account' });
  expect(post.letters.at(-1)?.raw).not.toMatch(/watches/);
  expect(post.letters.at(-1)?.headers.has('list-unsubscribe')).toBe(false);
});

test('without mail, or without an address, the page says so and nothing is put', async () => {
  const { site, ada } = await cast();
  const carl = await site.person('carl');
  await openPseud(site, carl);
  const page = await (await site.get('/account/preferences', carl)).text();
  expect(page).toContain('no confirmed e-mail address');
  expect(page).not.toContain('lettersAsked');
  await site.post(`/works/${(await makeWork(site, { by: [ada] })).publicId}/creators`, { name: 'carl' }, ada);
  const jobs = await site.ground.db.reads.selectFrom('jobs').select('kind').where('kind', '=', 'mail-told').execute();
  expect(jobs).toEqual([]);
  // A form that did not ask changes no letters.
  await site.post('/account/preferences', { ...FORM, workLanguage: '', notes: '', endNotes: '' }, carl);
  const kept = await site.ground.db.reads.selectFrom('account_preferences').select('chosen').execute();
  expect(kept.map((row) => row.chosen).join('')).not.toContain('"gift":false');
});
